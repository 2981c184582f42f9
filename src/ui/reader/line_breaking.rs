//! Line breaking: where rows may end, by a light form of the Unicode rules (UAX #14). Pure.
//!
//! Rows end after spaces, after hyphens and dashes inside words, between ideographs; not before closing
//! punctuation, nor between French punctuation and the ordinary space that should have been a no-break one.
//! Widths are sums of advances, without kerning: in ragged text the difference does not show, it makes a row's
//! end a matter of adding up, and so the rows of any part of the text are found without shaping what is before.

use unicode_segmentation::GraphemeCursor;

/// What the rows of a text need to know about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// It holds right-to-left letters or characters that turn the direction.
    pub bidi: bool,
}

/// Rows at the end of a part that are evened out, so that its last row is full.
const EVENED: usize = 60;
/// Widths tried for them, down to 94 % of the column.
const TRIES: usize = 40;
/// How full the last row of a part should be.
const FULL: f32 = 0.9;

/// Finds where the rows of `text` start: bytes, the first always 0.
///
/// `advance` is a character's width in points. With `even`, the last rows are broken a little narrower so that
/// the last of them is about full: for a text that goes on in the next unit.
pub fn break_rows(
    text: &str,
    width: f32,
    even: bool,
    mut advance: impl FnMut(char) -> f32,
    rows: &mut Vec<u32>,
) -> Found {
    rows.clear();
    rows.push(0);
    let mut found = Found::default();
    let mut last = fill(text, 0, width, &mut advance, rows, &mut found);
    if even && rows.len() > EVENED && last < FULL * width {
        let keep = rows.len() - EVENED;
        let from = rows[keep];
        let mut best = (last, width);
        for step in 1..=TRIES {
            let narrow = width * (1.0 - 0.06 * step as f32 / TRIES as f32);
            rows.truncate(keep + 1);
            last = fill(text, from as usize, narrow, &mut advance, rows, &mut found);
            if last > best.0 {
                best = (last, narrow);
            }
            if last >= FULL * width {
                return found;
            }
        }
        rows.truncate(keep + 1);
        fill(text, from as usize, best.1, &mut advance, rows, &mut found);
    }
    found
}

/// The width of a text on one row without the spaces at its end, in points.
pub fn unbroken(text: &str, mut advance: impl FnMut(char) -> f32) -> (f32, Found) {
    let mut found = Found::default();
    let width = fill(text, 0, f32::INFINITY, &mut advance, &mut Vec::new(), &mut found);
    (width, found)
}

/// Breaks from `from` on; gives the width of the last row without the spaces at its end.
fn fill(
    text: &str,
    from: usize,
    width: f32,
    advance: &mut impl FnMut(char) -> f32,
    rows: &mut Vec<u32>,
    found: &mut Found,
) -> f32 {
    let mut row = from;
    let mut x = 0.0_f32;
    let mut inked = 0.0_f32;
    let mut chance: Option<(usize, f32)> = None;
    let mut before = ['\0'; 2];
    let mut last_kind = Class::Other;
    let mut joined = false;
    for (i, c) in text[from..].char_indices() {
        let i = from + i;
        let kind = Class::of(c);
        found.bidi |= kind == Class::Bidi;
        let wide = if joined || kind == Class::Extends { 0.0 } else { advance(c) };
        if i > row && may_break(before, last_kind, c, kind) {
            chance = Some((i, x));
        }
        if kind != Class::Space {
            while x + wide > width && i > row {
                if let Some((place, so_far)) = chance.take() {
                    let place = on_grapheme(text, place, row);
                    if place > row {
                        rows.push(place as u32);
                        row = place;
                        x -= so_far;
                        continue;
                    }
                }
                // No place to break: anywhere between graphemes. Inside one, it grows beyond the width.
                if kind == Class::Extends || joined || on_grapheme(text, i, row) != i {
                    break;
                }
                rows.push(i as u32);
                row = i;
                x = 0.0;
            }
        }
        x += wide;
        if kind != Class::Space {
            inked = x;
        }
        joined = c == '\u{200d}';
        before = [before[1], c];
        last_kind = kind;
    }
    inked
}

/// `place`, or the grapheme boundary before it; `row` where there is none after the row's start.
fn on_grapheme(text: &str, place: usize, row: usize) -> usize {
    let mut cursor = GraphemeCursor::new(place, text.len(), true);
    match cursor.is_boundary(text, 0) {
        Ok(true) => place,
        _ => cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(row).max(row),
    }
}

/// What a character does at the end of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Space,
    /// Belongs to the character before it, without width of its own.
    Extends,
    /// Ideographs, kana, syllables, pictographs: a row may end on either side.
    Ideograph,
    /// Right-to-left letters and direction controls.
    Bidi,
}

impl Class {
    #[inline]
    fn of(c: char) -> Self {
        if c.is_ascii() {
            return if c == ' ' || c == '\t' { Self::Space } else { Self::Other };
        }
        match c {
            '\u{c0}'..='\u{2ff}' => Self::Other,
            '\u{300}'..='\u{36f}'
            | '\u{1ab0}'..='\u{1aff}'
            | '\u{1dc0}'..='\u{1dff}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{200c}'
            | '\u{200d}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{fe20}'..='\u{fe2f}'
            | '\u{1f3fb}'..='\u{1f3ff}'
            | '\u{e0020}'..='\u{e01ef}' => Self::Extends,
            '\u{1680}'
            | '\u{2000}'..='\u{2006}'
            | '\u{2008}'..='\u{200b}'
            | '\u{205f}'
            | '\u{3000}' => Self::Space,
            '\u{590}'..='\u{8ff}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}' => Self::Bidi,
            '\u{2e80}'..='\u{2fff}'
            | '\u{3001}'..='\u{9fff}'
            | '\u{a000}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7af}'
            | '\u{f900}'..='\u{faff}'
            | '\u{ff00}'..='\u{ffef}'
            | '\u{1b000}'..='\u{1b2ff}'
            | '\u{1f300}'..='\u{1faff}'
            | '\u{20000}'..='\u{3ffff}' => Self::Ideograph,
            _ => Self::Other,
        }
    }
}

/// Whether a row may end between the characters `before` (the last two) and `c`.
#[inline]
fn may_break(before: [char; 2], last_kind: Class, c: char, kind: Class) -> bool {
    let [earlier, last] = before;
    if last.is_ascii_alphanumeric() && kind != Class::Ideograph {
        return false;
    }
    if kind == Class::Space || kind == Class::Extends {
        return false;
    }
    match last_kind {
        Class::Space => {
            // “Quoi ?” and “« Non »” written with ordinary spaces stay together.
            return !(matches!(c, '!' | '?' | ':' | ';' | '»') || earlier == '«');
        }
        Class::Ideograph => {
            return last != '\u{200d}' && !opens(last) && !closes(c) && !is_no_break(c);
        }
        _ => {}
    }
    if kind == Class::Ideograph {
        return last != '\0'
            && last != '\u{200d}'
            && !closes(c)
            && !opens(last)
            && !is_no_break(last);
    }
    match last {
        '-' | '\u{2010}' | '/' | '–' => earlier.is_alphabetic() && c.is_alphanumeric(),
        '—' => !closes(c),
        '\u{ad}' => true,
        _ => false,
    }
}

const fn is_no_break(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2060}' | '\u{feff}')
}

const fn opens(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '«'
            | '“'
            | '‘'
            | '（'
            | '［'
            | '｛'
            | '「'
            | '『'
            | '【'
            | '《'
            | '〈'
            | '〔'
            | '〖'
    )
}

const fn closes(c: char) -> bool {
    matches!(
        c,
        ')' | ']'
            | '}'
            | '»'
            | '”'
            | '’'
            | '.'
            | ','
            | ';'
            | ':'
            | '!'
            | '?'
            | '…'
            | '%'
            | '）'
            | '］'
            | '｝'
            | '」'
            | '』'
            | '】'
            | '》'
            | '〉'
            | '〕'
            | '〗'
            | '、'
            | '。'
            | '，'
            | '．'
            | '：'
            | '；'
            | '！'
            | '？'
            | '・'
            | 'ー'
            | '々'
            | '〻'
            | 'ぁ'
            | 'ぃ'
            | 'ぅ'
            | 'ぇ'
            | 'ぉ'
            | 'っ'
            | 'ゃ'
            | 'ゅ'
            | 'ょ'
            | 'ゎ'
            | 'ァ'
            | 'ィ'
            | 'ゥ'
            | 'ェ'
            | 'ォ'
            | 'ッ'
            | 'ャ'
            | 'ュ'
            | 'ョ'
            | 'ヮ'
            | '％'
            | '‼'
            | '⁇'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;

    fn rows(text: &str, width: f32) -> Vec<&str> {
        let mut starts = Vec::new();
        break_rows(text, width, false, |_| 1.0, &mut starts);
        let ends = starts.iter().skip(1).map(|s| *s as usize).chain([text.len()]);
        starts.iter().zip(ends).map(|(start, end)| &text[*start as usize..end]).collect()
    }

    #[test]
    fn rows_end_after_spaces_which_hang() {
        assert_eq!(rows("aaa bbb ccc", 7.0), ["aaa bbb ", "ccc"]);
        assert_eq!(rows("aaa    bbb", 4.0), ["aaa    ", "bbb"]);
        assert_eq!(rows("", 7.0), [""]);
    }

    #[test]
    fn no_break_spaces_and_french_punctuation_hold() {
        assert_eq!(rows("aaa bbb\u{a0}!", 7.0), ["aaa ", "bbb\u{a0}!"]);
        assert_eq!(rows("aaa bbb !", 7.0), ["aaa ", "bbb !"]);
        assert_eq!(rows("aaaa « bb »", 6.0), ["aaaa ", "« bb »"]);
    }

    #[test]
    fn hyphens_inside_words_end_rows_and_minus_signs_do_not() {
        assert_eq!(rows("porte-parole", 8.0), ["porte-", "parole"]);
        assert_eq!(rows("aaaaa -500", 8.0), ["aaaaa ", "-500"]);
    }

    #[test]
    fn ideographs_end_rows_but_not_before_a_full_stop() {
        assert_eq!(rows("漢字漢字。漢字", 4.0), ["漢字漢", "字。漢字"]);
    }

    #[test]
    fn long_words_are_cut_between_graphemes() {
        assert_eq!(rows("aaaaaaaa", 3.0), ["aaa", "aaa", "aa"]);
        let flags = "🇫🇷🇫🇷🇫🇷";
        for row in rows(flags, 3.0) {
            assert_eq!(row.chars().count() % 2, 0, "{row}");
        }
    }

    #[test]
    fn the_last_row_of_a_part_is_full() {
        let mut seed = 7_u32;
        let mut text = String::new();
        while text.len() < 10_200 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(&"abcdefghijkl"[..(seed >> 24) as usize % 11 + 1]);
            text.push(' ');
        }
        let advance = |c: char| 0.6 + (c as u32 % 13) as f32 / 15.0;
        for cut in 10_000..10_070 {
            let mut starts = Vec::new();
            let part = &text[..cut];
            break_rows(part, 70.0, true, advance, &mut starts);
            let last: f32 = part[starts[starts.len() - 1] as usize..].chars().map(advance).sum();
            assert!(last >= 42.0, "{last} of 70 at {cut}");
        }
    }

    proptest! {
        #[test]
        fn rows_cover_the_text_on_graphemes(
            text in "([a-zé’,. \\-]|漢|。|🇫🇷|👩‍🚀|e\u{301}|\u{a0}|العربية|\u{202e}){0,80}",
            width in 1.0_f32..20.0,
        ) {
            let mut starts = Vec::new();
            break_rows(&text, width, true, |_| 1.0, &mut starts);
            prop_assert_eq!(starts[0], 0);
            let boundaries: Vec<usize> = text.grapheme_indices(true).map(|(i, _)| i).collect();
            for pair in starts.windows(2) {
                prop_assert!(pair[0] < pair[1]);
            }
            for start in starts.iter().skip(1) {
                prop_assert!(boundaries.contains(&(*start as usize)));
            }
        }
    }
}
