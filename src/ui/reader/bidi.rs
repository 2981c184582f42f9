//! Mixed writing directions (bidi): in which order the words of a row stand. Pure.
//!
//! The text engine does not reorder (egui #8576), so a unit with right-to-left letters is laid out word by word,
//! in the visual order that the Unicode bidirectional algorithm (UAX #9) gives.

use std::ops::Range;

use unicode_bidi::{BidiClass, BidiInfo, Level, ParagraphBidiInfo, bidi_class};
use unicode_segmentation::UnicodeSegmentation as _;

/// Units up to this many bytes are resolved as a whole; longer ones row by row.
const WHOLE: usize = 16 << 10;

/// The directions of a unit.
#[derive(Clone, Debug)]
pub struct Directions {
    base: Level,
    /// A level for each byte; empty where the unit is resolved row by row.
    levels: Vec<Level>,
}

/// A stretch of a row that is laid out on its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Bytes of the unit.
    pub bytes: Range<usize>,
    /// Whether the part is read from right to left.
    pub rtl: bool,
}

impl Directions {
    /// Resolves a unit's text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let start = &text[..text.floor_char_boundary(WHOLE)];
        let info = ParagraphBidiInfo::new(start, None);
        let base = info.paragraph_level;
        Self { base, levels: if text.len() <= WHOLE { info.levels } else { Vec::new() } }
    }

    /// The unit reads from right to left as a whole: its rows stand at the right.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.base.is_rtl()
    }

    /// The words of a row, from left to right as they stand. `row` is in bytes of the unit.
    #[must_use]
    pub fn runs(&self, unit: &str, row: Range<usize>) -> Vec<Run> {
        let Some(text) = unit.get(row.clone()) else { return Vec::new() };
        let own;
        let levels = match self.levels.get(row.clone()) {
            Some(levels) => levels,
            None => {
                own = ParagraphBidiInfo::new(text, Some(self.base)).levels;
                &own
            }
        };
        let mut runs: Vec<Run> = Vec::new();
        let mut of: Vec<Level> = Vec::new();
        let inked = text.trim_end().len();
        let mut last = Sort::Sign;
        for (i, grapheme) in text.grapheme_indices(true) {
            let Some(c) = grapheme.chars().next() else { continue };
            // Spaces at the end of a row go back to the base direction (rule L1).
            let level =
                if i >= inked { self.base } else { levels.get(i).copied().unwrap_or(self.base) };
            let at = row.start + i;
            let end = at + grapheme.len();
            let sort = Sort::of(c, last);
            match (runs.last_mut(), of.last()) {
                (Some(run), Some(same))
                    if *same == level
                        && (level.is_ltr() || (sort == last && sort != Sort::Sign)) =>
                {
                    run.bytes.end = end;
                }
                _ => {
                    runs.push(Run { bytes: at..end, rtl: level.is_rtl() });
                    of.push(level);
                }
            }
            last = sort;
        }
        let order = BidiInfo::reorder_visual(&of);
        order.into_iter().filter_map(|i| runs.get(i).cloned()).collect()
    }
}

/// What is kept together where it reads from right to left. Signs stand alone: they often come from another face
/// than the letters, and the text engine would put them behind the word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Rtl,
    Letter,
    Space,
    Sign,
}

impl Sort {
    fn of(c: char, last: Self) -> Self {
        match bidi_class(c) {
            BidiClass::R | BidiClass::AL => Self::Rtl,
            // Marks, joiners and selectors belong to what they stand on.
            BidiClass::NSM => last,
            _ if matches!(c, '\u{200c}' | '\u{200d}') => last,
            _ if c == ' ' => Self::Space,
            _ if c.is_alphanumeric() => Self::Letter,
            _ => Self::Sign,
        }
    }
}

/// The sign that stands for another one where it reads from right to left (rule L4, for the common brackets).
#[must_use]
pub const fn mirrored(c: char) -> char {
    match c {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '<' => '>',
        '>' => '<',
        '«' => '»',
        '»' => '«',
        '‹' => '›',
        '›' => '‹',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        let directions = Directions::new(text);
        directions.runs(text, 0..text.len()).into_iter().map(|run| &text[run.bytes]).collect()
    }

    #[test]
    fn words_of_a_right_to_left_phrase_stand_from_right_to_left() {
        assert_eq!(shown("abc אחת שתיים def"), ["abc ", "שתיים", " ", "אחת", " def"]);
    }

    #[test]
    fn a_right_to_left_text_starts_at_the_right() {
        let text = "אחת abc שתיים";
        assert_eq!(shown(text), ["שתיים", " ", "abc", " ", "אחת"]);
        assert!(Directions::new(text).is_rtl());
    }

    #[test]
    fn signs_stand_apart_from_right_to_left_words() {
        assert_eq!(shown("אחת (שתיים)."), [".", ")", "שתיים", "(", " ", "אחת"]);
        assert_eq!(shown("שָׁלוֹם"), ["שָׁלוֹם"]);
    }

    #[test]
    fn flags_stay_whole_where_the_direction_is_turned() {
        assert_eq!(shown("\u{202e}🇫🇷🇩🇪x"), ["\u{202e}", "x", "🇩🇪", "🇫🇷"]);
    }

    #[test]
    fn an_override_turns_words_of_latin_letters() {
        assert!(
            Directions::new("a \u{202e}bc\u{202c} d")
                .runs("a \u{202e}bc\u{202c} d", 0..12)
                .iter()
                .any(|r| r.rtl)
        );
    }

    proptest! {
        #[test]
        fn runs_cover_the_row_once(text in "([a-z0-9 .,]|ا|ל|\u{202e}|\u{2067}|\u{2069}|漢){0,60}", whole in any::<bool>()) {
            let mut directions = Directions::new(&text);
            if !whole {
                directions.levels.clear();
            }
            let mut runs = directions.runs(&text, 0..text.len());
            runs.sort_by_key(|run| run.bytes.start);
            let mut end = 0;
            for run in runs {
                prop_assert_eq!(run.bytes.start, end);
                prop_assert!(text.is_char_boundary(run.bytes.end));
                end = run.bytes.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
