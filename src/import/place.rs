//! Where the words stand that a file points at. Offsets are never believed without the words: what the file counts
//! (code points, UTF-16, carriage returns or not) is tried, and words that stand elsewhere are taken only where there is
//! one place for them.

use std::ops::Range;

use super::case::{CasePlace, Unit};
use crate::text::{Text, occurrences};

/// Finds a place in a text, in bytes on character boundaries.
///
/// # Errors
/// Says why there is none, as the end of a sentence.
pub(super) fn find(text: &Text, place: &CasePlace) -> Result<Range<usize>, String> {
    let exact = Text::with_line_feeds(&place.exact).into_owned();
    if exact.is_empty() {
        let Some((start, end)) = place.offsets else {
            return Err("it says neither words nor a place".to_owned());
        };
        let range = counted(text, start, place.unit, false)
            .zip(counted(text, end, place.unit, false))
            .map(|(start, end)| start..end);
        return range.filter(|range| sound(text, range)).ok_or_else(|| {
            format!("{start}–{end} is empty, outside the text, or cuts a character in two")
        });
    }
    if let Some((start, _)) = place.offsets {
        let other = match place.unit {
            Unit::Scalars => Unit::Utf16,
            Unit::Utf16 => Unit::Scalars,
        };
        for (unit, returns) in
            [(place.unit, false), (place.unit, true), (other, false), (other, true)]
        {
            let Some(start) = counted(text, start, unit, returns) else { continue };
            let range = start..start.saturating_add(exact.len());
            if text.get(range.clone()) == Some(&exact) && sound(text, &range) {
                return Ok(range);
            }
        }
    }
    elsewhere(text, place, &exact)
}

/// The one place where the words stand, by their paragraph and what surrounds them where they stand in several.
fn elsewhere(text: &Text, place: &CasePlace, exact: &str) -> Result<Range<usize>, String> {
    let all: Vec<_> =
        occurrences(text, exact).into_iter().filter(|range| sound(text, range)).collect();
    if let [only] = &all[..] {
        return Ok(only.clone());
    }
    let prefix = Text::with_line_feeds(&place.prefix);
    let suffix = Text::with_line_feeds(&place.suffix);
    let fits = |range: &&Range<usize>| {
        let before = text.get(0..range.start).unwrap_or("");
        let after = text.get(range.end..text.len()).unwrap_or("");
        let there =
            place.paragraph.is_none_or(|number| text.paragraph_at(range.start) + 1 == number);
        before.ends_with(&*prefix) && after.starts_with(&*suffix) && there
    };
    let near: Vec<_> = all.iter().filter(fits).collect();
    match (&near[..], all.len()) {
        ([only], _) => Ok((*only).clone()),
        (_, 0) => Err("its words do not stand in the article".to_owned()),
        (_, many) => {
            Err(format!("its words stand in {many} places of the article, none of them certain"))
        }
    }
}

fn sound(text: &Text, range: &Range<usize>) -> bool {
    range.start < range.end
        && range.end <= text.len()
        && text.is_grapheme_boundary(range.start)
        && text.is_grapheme_boundary(range.end)
}

/// The byte at an offset of another unit; with `returns`, as if each line ended in a carriage return and a line feed.
/// A place inside such a line end, or inside a character, is none.
fn counted(text: &Text, offset: usize, unit: Unit, returns: bool) -> Option<usize> {
    if unit == Unit::Scalars && !returns {
        return text.byte_of(offset);
    }
    let mut at = 0;
    for (byte, c) in text.as_str().char_indices() {
        if at >= offset {
            return (at == offset).then_some(byte);
        }
        at += match unit {
            Unit::Scalars => 1,
            Unit::Utf16 => c.len_utf16(),
        };
        at += usize::from(returns && c == '\n');
    }
    (at == offset).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::ArticleId;

    fn place(offsets: Option<(usize, usize)>, exact: &str) -> CasePlace {
        CasePlace { offsets, ..CasePlace::words(ArticleId::from_bits(1), exact) }
    }

    #[test]
    fn offsets_are_checked_against_the_words_in_every_unit() {
        let text = Text::new("😀 é\nun mot\nun mot");
        let first = text.as_str().find("mot").unwrap();
        for start in [7, 8, 8 + 1] {
            let found = find(&text, &place(Some((start, start + 3)), "mot"));
            // Code points; with a carriage return, or UTF-16; both.
            assert_eq!(found, Ok(first..first + 3), "{start}");
        }
        assert!(find(&text, &place(Some((3, 6)), "mot")).is_err(), "two places, neither certain");
        assert!(find(&text, &place(Some((0, 4)), "absent")).is_err());
        let by_context = CasePlace { prefix: "é\r\nun ".to_owned(), ..place(None, "mot") };
        assert_eq!(find(&text, &by_context), Ok(first..first + 3));
        let by_paragraph = CasePlace { paragraph: Some(3), ..place(None, "mot") };
        assert!(find(&text, &by_paragraph).unwrap().start > first);
        assert_eq!(
            find(&text, &place(Some((0, 1)), "é")).unwrap().len(),
            2,
            "it stands there once"
        );
    }

    #[test]
    fn without_words_a_place_must_be_sound() {
        let text = Text::new("e\u{301}a");
        assert!(find(&text, &place(Some((1, 2)), "")).is_err(), "half a character");
        assert_eq!(find(&text, &place(Some((0, 2)), "")), Ok(0..3));
        assert!(find(&text, &place(Some((2, 9)), "")).is_err());
        assert!(find(&text, &place(Some((2, 1)), "")).is_err());
        assert!(find(&text, &place(Some((usize::MAX, usize::MAX)), "a")).is_ok());
    }
}
