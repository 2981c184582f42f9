//! A text with its mentions marked. They may overlap and nest in any way; elements may not. So the text is cut wherever a
//! mention begins or ends, and each piece is one element, which names all that cover it.

use std::collections::BTreeSet;
use std::ops::Range;

use super::escape::escaped;
use super::places::{Spot, What};
use crate::notebook::Kind;
use crate::text::Text;

/// A piece names at most so many of the mentions that cover it.
const NAMED: usize = 6;

/// Marks the spots of a text, paragraph by paragraph, in order. Cost grows with the text and the spots.
pub(super) struct Marker<'a> {
    text: &'a Text,
    spots: &'a [Spot],
    /// Whether the spot of this number has a note in the margin.
    noted: Vec<bool>,
    next: usize,
    /// The spots that cover the place reached: their length, and their number.
    active: BTreeSet<(usize, usize)>,
    /// The same by their end.
    ends: BTreeSet<(usize, usize)>,
    /// How many cover it of each kind, and of evidence.
    kinds: [usize; 4],
    notes: usize,
    /// The numbers of the notes, by spot.
    numbers: Vec<usize>,
}

/// A paragraph.
pub(super) struct Marked {
    /// Its text, marked.
    pub html: String,
    /// The spots with a note that begin in it, and the number of the note.
    pub notes: Vec<(usize, usize)>,
}

impl<'a> Marker<'a> {
    /// For these spots, sorted by start; those without a range come last and are passed over.
    pub(super) fn new(text: &'a Text, spots: &'a [Spot], noted: Vec<bool>) -> Self {
        let placed = spots.iter().take_while(|spot| spot.range.is_some()).count();
        let numbers = vec![0; spots.len()];
        Self {
            text,
            spots: spots.get(..placed).unwrap_or(spots),
            noted,
            next: 0,
            active: BTreeSet::new(),
            ends: BTreeSet::new(),
            kinds: [0; 4],
            notes: 0,
            numbers,
        }
    }

    /// The next paragraph: its bytes must lie after those before.
    pub(super) fn paragraph(&mut self, range: Range<usize>) -> Marked {
        let mut marked = Marked { html: String::new(), notes: Vec::new() };
        let mut begun = Vec::new();
        let mut at = range.start;
        loop {
            while let Some(spot) = self.spots.get(self.next)
                && spot.range.is_some_and(|(start, _)| start <= at)
            {
                self.begin(self.next);
                begun.push(self.next);
                if self.noted.get(self.next).copied().unwrap_or(false) {
                    self.notes += 1;
                    if let Some(number) = self.numbers.get_mut(self.next) {
                        *number = self.notes;
                    }
                    marked.notes.push((self.next, self.notes));
                }
                self.next += 1;
            }
            while let Some((end, spot)) = self.ends.first().copied()
                && end <= at
            {
                self.end(spot);
            }
            if at >= range.end {
                break;
            }
            let next =
                self.spots.get(self.next).and_then(|spot| spot.range).map(|(start, _)| start);
            let end = self.ends.first().map(|(end, _)| *end);
            let to = [next, end].into_iter().flatten().fold(range.end, usize::min);
            self.piece(at..to, &mut begun, &mut marked.html);
            at = to;
        }
        // What begins in the break after it.
        for spot in begun {
            self.anchor(spot, &mut marked.html);
        }
        marked
    }

    /// What begins after the last paragraph.
    pub(super) fn rest(&mut self) -> Marked {
        self.paragraph(usize::MAX..usize::MAX)
    }

    fn kind(&mut self, spot: usize) -> Option<&mut usize> {
        let kind = match self.spots.get(spot)?.what {
            What::Mention(.., kind) => kind as usize,
            What::Evidence(_) | What::Answer(_) => 3,
        };
        self.kinds.get_mut(kind)
    }

    fn begin(&mut self, spot: usize) {
        let Some((start, end)) = self.spots.get(spot).and_then(|spot| spot.range) else { return };
        self.active.insert((end - start.min(end), spot));
        self.ends.insert((end, spot));
        if let Some(count) = self.kind(spot) {
            *count += 1;
        }
    }

    fn end(&mut self, spot: usize) {
        let Some((start, end)) = self.spots.get(spot).and_then(|spot| spot.range) else { return };
        self.active.remove(&(end - start.min(end), spot));
        self.ends.remove(&(end, spot));
        if let Some(count) = self.kind(spot) {
            *count -= 1;
        }
    }

    /// A place to be led to, of no width.
    fn anchor(&self, spot: usize, html: &mut String) {
        if let Some(spot) = self.spots.get(spot) {
            html.push_str(&format!("<span id=\"{}\"></span>", spot.id));
        }
    }

    /// A piece of text that the same spots cover throughout.
    fn piece(&self, range: Range<usize>, begun: &mut Vec<usize>, html: &mut String) {
        let words = escaped(self.text.get(range.clone()).unwrap_or(""));
        let innermost = self.active.first().and_then(|(_, spot)| self.spots.get(*spot));
        let Some(innermost) = innermost else {
            for spot in begun.drain(..) {
                self.anchor(spot, html);
            }
            html.push_str(&words);
            return;
        };
        let mut own = String::new();
        for spot in begun.drain(..) {
            match self.spots.get(spot) {
                Some(spot) if own.is_empty() => own = format!(" id=\"{}\"", spot.id),
                _ => self.anchor(spot, html),
            }
        }
        let (class, to) = match &innermost.what {
            What::Mention(_, entity, kind) => (kind.word(), entity.to_string()),
            What::Evidence(link) => ("evidence", link.to_string()),
            What::Answer(claim) => ("evidence", claim.to_string()),
        };
        // One line under the words for each kind that covers them, the innermost's own nearest.
        let names = [Kind::Actor.word(), Kind::Event.word(), Kind::Claim.word(), "evidence"];
        let around = names.iter().zip(self.kinds).rev();
        let around: Vec<&str> = around
            .filter(|(name, count)| *count > 0 && **name != class)
            .map(|(name, _)| *name)
            .collect();
        for name in &around {
            html.push_str(&format!("<span class=\"{name}\">"));
        }
        let covering: Vec<&str> = self
            .active
            .iter()
            .take(NAMED)
            .filter_map(|(_, spot)| self.spots.get(*spot))
            .map(|spot| spot.id.as_str())
            .collect();
        html.push_str(&format!(
            "<a class=\"{class}\"{own} href=\"#{to}\" data-of=\"{}\"",
            covering.join(" ")
        ));
        let ending = self.ends.range(..=(range.end, usize::MAX));
        let numbers: Vec<String> = ending
            .filter_map(|(_, spot)| self.numbers.get(*spot).filter(|number| **number > 0))
            .map(ToString::to_string)
            .collect();
        if !numbers.is_empty() {
            html.push_str(&format!(" data-note=\"{}\"", numbers.join(",")));
        }
        html.push_str(&format!(">{words}</a>"));
        for _ in &around {
            html.push_str("</span>");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::EntityId;
    use proptest::prelude::*;

    fn spots(ranges: &[(usize, usize)]) -> Vec<Spot> {
        let kinds = Kind::ALL;
        let mut all: Vec<Spot> = ranges
            .iter()
            .enumerate()
            .map(|(n, (start, end))| Spot {
                range: Some((*start, *end)),
                id: format!("m{n}"),
                what: match n % 4 {
                    3 => What::Answer(EntityId::random()),
                    n => What::Mention(
                        crate::notebook::MentionId::random(),
                        EntityId::random(),
                        kinds[n],
                    ),
                },
                words: String::new(),
            })
            .collect();
        all.sort_by_key(|spot| spot.range.map(|(start, end)| (start, std::cmp::Reverse(end))));
        all
    }

    /// The text without its tags; fails where they do not nest or an id stands twice.
    fn bare(html: &str) -> (String, Vec<String>) {
        let (mut text, mut open, mut ids) = (String::new(), Vec::new(), Vec::new());
        let mut rest = html;
        while let Some((before, after)) = rest.split_once('<') {
            text.push_str(before);
            let (tag, after) = after.split_once('>').unwrap();
            if let Some(name) = tag.strip_prefix('/') {
                assert_eq!(open.pop().as_deref(), Some(name), "{html}");
            } else {
                open.push(tag.split(' ').next().unwrap().to_owned());
                assert!(open.iter().filter(|name| *name == "a").count() <= 1, "{html}");
                ids.extend(
                    tag.split(" id=\"")
                        .nth(1)
                        .map(|id| id.split('"').next().unwrap().to_owned())
                        .or_else(|| {
                            tag.strip_prefix("span id=\"")
                                .map(|id| id.trim_end_matches('"').to_owned())
                        }),
                );
            }
            rest = after;
        }
        text.push_str(rest);
        assert!(open.is_empty(), "{html}");
        (text, ids)
    }

    proptest! {
        #[test]
        fn marks_nest_keep_the_text_and_every_spot_has_one_anchor(
            text in "[a-z<&é\n ]{1,60}",
            ends in prop::collection::vec((0_usize..60, 1_usize..30), 0..12),
        ) {
            let text = Text::new(text);
            let boundary = |byte: usize| text.floor_grapheme(byte.min(text.len()));
            let ranges: Vec<(usize, usize)> = ends
                .iter()
                .map(|(start, length)| (boundary(*start), boundary(start + length)))
                .filter(|(start, end)| start < end)
                .collect();
            let spots = spots(&ranges);
            let mut marker = Marker::new(&text, &spots, vec![true; spots.len()]);
            let (mut all, mut ids, mut notes) = (Vec::new(), Vec::new(), Vec::new());
            for number in 0..text.paragraph_count() {
                let marked = marker.paragraph(text.paragraph(number));
                let (words, here) = bare(&marked.html);
                all.push(words);
                ids.extend(here);
                notes.extend(marked.notes);
            }
            let rest = marker.rest();
            ids.extend(bare(&rest.html).1);
            notes.extend(rest.notes);
            prop_assert_eq!(all.join("\n"), escaped(text.as_str()));
            ids.sort();
            let mut wanted: Vec<String> = spots.iter().map(|spot| spot.id.clone()).collect();
            wanted.sort();
            prop_assert_eq!(ids, wanted);
            prop_assert_eq!(notes.len(), spots.len());
        }
    }
}
