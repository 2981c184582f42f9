//! Layout units: a text cut into pieces that are broken into rows on their own. Pure.
//!
//! A unit is a paragraph, or, for a paragraph longer than [`LONGEST`], a part of it. So the cost of breaking a
//! unit into rows is bounded whatever the text; [`super::rows`] evens out the last rows of a part, so that its
//! end does not look like the end of a paragraph.

use std::ops::Range;

use crate::text::Text;

/// The longest unit, in bytes.
pub const LONGEST: usize = 256 << 10;
/// How far beyond its place a cut is moved to find white space, in bytes.
const REACH: usize = 256;
/// Paragraphs looked at together: if so many are short in sum, none of them is long.
const BLOCK: usize = 64;

/// The units of one text, numbered from 0.
#[derive(Clone, Debug, Default)]
pub struct Units {
    long: Vec<Long>,
    count: usize,
}

/// A paragraph of several units.
#[derive(Clone, Debug)]
struct Long {
    paragraph: usize,
    /// The number of the paragraph’s first unit.
    first: usize,
    /// Where its units start: bytes of the text; at least two.
    cuts: Vec<usize>,
}

impl Long {
    const fn last(&self) -> usize {
        self.first + self.cuts.len() - 1
    }
}

impl Units {
    /// The units of this text. Looks at one paragraph in 64, and at those of blocks that could hold a long one.
    #[must_use]
    pub fn new(text: &Text) -> Self {
        let paragraphs = text.paragraph_count();
        let mut units = Self { long: Vec::new(), count: paragraphs };
        for block in (0..paragraphs).step_by(BLOCK) {
            let end = (block + BLOCK).min(paragraphs);
            if text.paragraph(end - 1).end - text.paragraph(block).start <= LONGEST {
                continue;
            }
            for paragraph in block..end {
                let bytes = text.paragraph(paragraph);
                if bytes.len() > LONGEST {
                    let first = units.first_of(paragraph);
                    let cuts = cuts(text, &bytes);
                    units.count += cuts.len() - 1;
                    units.long.push(Long { paragraph, first, cuts });
                }
            }
        }
        units
    }

    /// How many there are: at least one.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The first unit of a paragraph.
    #[must_use]
    pub fn first_of(&self, paragraph: usize) -> usize {
        let before = self.long.partition_point(|long| long.paragraph < paragraph);
        let extra = before
            .checked_sub(1)
            .and_then(|i| self.long.get(i))
            .map_or(0, |long| long.last() - long.paragraph);
        paragraph + extra
    }

    /// The paragraph of a unit, and which part of it the unit is if it is long.
    fn locate(&self, unit: usize) -> (usize, Option<(&Long, usize)>) {
        let before = self.long.partition_point(|long| long.first <= unit);
        match before.checked_sub(1).and_then(|i| self.long.get(i)) {
            None => (unit, None),
            Some(long) if unit <= long.last() => (long.paragraph, Some((long, unit - long.first))),
            Some(long) => (long.paragraph + (unit - long.last()), None),
        }
    }

    /// The paragraph that a unit belongs to.
    #[must_use]
    pub fn paragraph(&self, unit: usize) -> usize {
        self.locate(unit).0
    }

    /// The unit's bytes, without the line feed.
    #[must_use]
    pub fn bytes(&self, text: &Text, unit: usize) -> Range<usize> {
        match self.locate(unit) {
            (paragraph, None) => text.paragraph(paragraph),
            (paragraph, Some((long, part))) => {
                let end = long
                    .cuts
                    .get(part + 1)
                    .copied()
                    .unwrap_or_else(|| text.paragraph(paragraph).end);
                long.cuts[part]..end
            }
        }
    }

    /// Where a unit starts; the length of the text for the one after the last.
    #[must_use]
    pub fn start(&self, text: &Text, unit: usize) -> usize {
        if unit >= self.count { text.len() } else { self.bytes(text, unit).start }
    }

    /// The unit that holds this byte.
    #[must_use]
    pub fn at(&self, text: &Text, byte: usize) -> usize {
        let paragraph = text.paragraph_at(byte.min(text.len()));
        let first = self.first_of(paragraph);
        match self.locate(first).1 {
            None => first,
            Some((long, _)) => {
                first + long.cuts.partition_point(|cut| *cut <= byte).saturating_sub(1)
            }
        }
    }

    /// Whether the unit ends its paragraph.
    #[must_use]
    pub fn ends_paragraph(&self, unit: usize) -> bool {
        self.locate(unit).1.is_none_or(|(long, part)| part + 1 == long.cuts.len())
    }
}

fn cuts(text: &Text, bytes: &Range<usize>) -> Vec<usize> {
    let mut cuts = vec![bytes.start];
    let mut last = bytes.start;
    while bytes.end - last > LONGEST {
        let place = last + LONGEST;
        let near = &text.as_str().as_bytes()[place..(place + REACH).min(bytes.end)];
        let cut = match near.iter().position(|byte| *byte == b' ') {
            Some(space) => place + space + 1,
            None => text.floor_grapheme(place),
        };
        // A single grapheme longer than a unit is cut at a character: there is nothing better.
        let cut = if cut > last { cut } else { text.as_str().floor_char_boundary(place) };
        if cut <= last || cut >= bytes.end {
            break;
        }
        cuts.push(cut);
        last = cut;
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Units {
        let text = Text::new(text);
        let units = Units::new(&text);
        let mut byte = 0;
        for unit in 0..units.count() {
            let bytes = units.bytes(&text, unit);
            assert_eq!(bytes.start, byte, "unit {unit}");
            assert!(bytes.len() <= LONGEST + REACH);
            assert_eq!(units.at(&text, bytes.start), unit);
            let paragraph = units.paragraph(unit);
            assert!(units.first_of(paragraph) <= unit);
            byte = bytes.end + usize::from(units.ends_paragraph(unit));
        }
        assert_eq!(byte, text.len() + 1);
        units
    }

    #[test]
    fn short_paragraphs_are_units() {
        assert_eq!(check("").count(), 1);
        assert_eq!(check("a\n\nb").count(), 3);
        assert_eq!(check(&"\n".repeat(1000)).count(), 1001);
    }

    #[test]
    fn long_paragraphs_are_cut_after_a_space() {
        let long = "un deux trois quatre ".repeat(50_000);
        let text = format!("court\n{long}\n\ncourt\n{long}\nfin");
        let units = check(&text);
        assert!(units.count() > 12, "{}", units.count());
        let text = Text::new(text);
        let second = units.bytes(&text, 2);
        assert!(text.as_str()[..second.start].ends_with(' '));
    }

    #[test]
    fn long_paragraphs_without_space_are_cut_between_graphemes() {
        let text = format!("{}\nfin", "e\u{301}".repeat(200_000));
        let units = check(&text);
        let text = Text::new(text);
        for unit in 0..units.count() {
            assert!(text.is_grapheme_boundary(units.bytes(&text, unit).start));
        }
    }
}
