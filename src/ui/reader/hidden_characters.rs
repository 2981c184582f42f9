//! Hidden characters: which of those that cannot be seen are shown by a sign in the text. Pure.

use std::ops::Range;

use crate::text::{Text, is_hidden, name_of_hidden};

/// How a character that cannot be seen is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A frame around the mark it is shown as: it hides or turns words, or controls nothing a reader should meet.
    Framed,
    /// A faint arrow in the room it takes.
    Tab,
    /// A faint open box: a space that does not let a row end, where no typographer would put one.
    NoBreakSpace,
    /// The same where it belongs: nothing, until the pointer comes near or it is selected.
    Quiet,
    /// A tick between letters that nothing joins.
    Joiner,
}

/// The signs of a row, by the byte where each character starts.
#[must_use]
pub fn signs(text: &Text, row: &Range<usize>) -> Vec<(usize, Sign)> {
    let words = text.get(row.clone()).unwrap_or("");
    let mut signs = Vec::new();
    let mut before = '\0';
    for (i, c) in words.char_indices() {
        match sign(before, c) {
            None => {}
            Some(Sign::NoBreakSpace) => {
                let at = row.start + i;
                let whole = text.as_str();
                let quiet = belongs(&whole[..at], &whole[at + c.len_utf8()..]);
                signs.push((at, if quiet { Sign::Quiet } else { Sign::NoBreakSpace }));
            }
            Some(sign) => signs.push((row.start + i, sign)),
        }
        before = c;
    }
    signs
}

/// The sign drawn for a character after another one; `None` for those that can be seen, and for ordinary spaces. Joiners
/// between Arabic or Indic letters, and those that make one emoji of several, do their work and have no sign.
#[must_use]
const fn sign(before: char, c: char) -> Option<Sign> {
    match c {
        ' '..='~' => None,
        '\t' => Some(Sign::Tab),
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(Sign::NoBreakSpace),
        '\u{200c}' | '\u{200d}' => match before {
            '\0'..='\u{58f}' | '\u{1e00}'..='\u{206f}' => Some(Sign::Joiner),
            _ => None,
        },
        c if is_hidden(c) => Some(Sign::Framed),
        _ => None,
    }
}

/// Whether a space that does not let a row end belongs between these: beside French punctuation and dashes, inside and
/// after numbers, after short forms (“M. Alban”, “p. 12”, “J. R.”) and signs that call for what follows.
/// After the “Lexique des règles typographiques en usage à l’Imprimerie nationale”, and SI for numbers and units.
fn belongs(before: &str, after: &str) -> bool {
    let Some(next) = after.chars().next() else { return false };
    let mut back = before.chars().rev();
    let Some(last) = back.next() else { return false };
    if is_space(last) || is_space(next) || is_hidden(last) || is_hidden(next) {
        // Two in a row are there to push words apart, or by mistake.
        return false;
    }
    let sign_after =
        matches!(next, '!' | '?' | ':' | ';' | '»' | '›' | '”' | '%' | '‰' | '°' | '…' | '–' | '—')
            || is_currency(next);
    let sign_before = matches!(last, '«' | '‹' | '“' | '–' | '—' | '°' | '№' | '§' | '¶' | '©')
        || is_currency(last);
    if sign_after || sign_before || last.is_numeric() {
        return true;
    }
    if next.is_numeric() && last.is_alphabetic() {
        // “page 12”, “Louis 14”, “novembre 2023”: words that call for their number.
        return true;
    }
    if last == '.' {
        // A short form of at most four letters: “M.”, “art.”, “J.-P.”.
        let letters = back.take_while(|c| c.is_alphabetic()).count();
        return (1..=4).contains(&letters);
    }
    // “M Alban”, “Mme Ysé”, “Dr”, “St”: a title of at most three letters, the first a capital, before a name.
    let title: Vec<char> = before.chars().rev().take_while(|c| c.is_alphabetic()).take(4).collect();
    (1..=3).contains(&title.len())
        && title.last().is_some_and(|c| c.is_uppercase())
        && next.is_uppercase()
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\u{a0}' | '\u{202f}' | '\u{2007}')
}

const fn is_currency(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '\u{20a0}'..='\u{20cf}')
}

/// The name of the first character of a grapheme that cannot be seen.
#[must_use]
pub fn unseen_in(grapheme: &str) -> Option<String> {
    let mut before = '\0';
    let c = grapheme.chars().find(|c| sign(std::mem::replace(&mut before, *c), *c).is_some())?;
    Some(name_of_hidden(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_has_a_name() {
        let name = |text| unseen_in(text).unwrap_or_default();
        assert_eq!(name("\u{202e}"), "U+202E turns the direction of what follows");
        assert_eq!(name("a\u{200d}"), "U+200D joins letters, without width");
        assert_eq!(name("\u{a0}"), "U+00A0 no-break space");
        assert_eq!(name("\t"), "U+0009 tab");
        for seen in ["e\u{301}", " ", "👩\u{200d}🚀", "❤\u{fe0f}", "م\u{200c}"] {
            assert_eq!(unseen_in(seen), None, "{seen:?}");
        }
    }

    #[test]
    fn joiners_are_shown_where_nothing_joins() {
        assert_eq!(sign('a', '\u{200c}'), Some(Sign::Joiner));
        assert_eq!(sign('ی', '\u{200c}'), None);
        assert_eq!(sign('क', '\u{200d}'), None);
        assert_eq!(sign('x', '\u{ad}'), Some(Sign::Framed));
    }

    fn of(text: &str) -> Vec<Sign> {
        let text = Text::new(text);
        signs(&text, &(0..text.len())).into_iter().map(|(_, sign)| sign).collect()
    }

    #[test]
    fn spaces_that_belong_where_they_are_keep_quiet() {
        for french in [
            "«\u{a0}Elle part\u{202f}!\u{a0}»",
            "Pourquoi\u{202f}? Deux choses\u{a0}: l’une\u{202f}; l’autre",
            "1\u{202f}200\u{a0}km, 12\u{a0}%, 30\u{a0}€, US$\u{a0}3, 18\u{a0}novembre\u{a0}2023",
            "M.\u{a0}Alban, Mme\u{a0}Ysé, p.\u{a0}12, n°\u{a0}5, J.-P.\u{a0}Le Goff, §\u{a0}3",
            "un mot –\u{a0}en passant\u{a0}– et la suite",
        ] {
            let found = of(french);
            assert!(
                !found.is_empty() && found.iter().all(|s| *s == Sign::Quiet),
                "{french}: {found:?}"
            );
        }
    }

    #[test]
    fn spaces_elsewhere_are_shown_and_so_is_all_that_hides() {
        for odd in
            ["deux\u{a0}mots", "a\u{a0}\u{a0}b", "mot\u{a0}", "\u{a0}mot", "part\u{a0}\u{200b}!"]
        {
            let text = Text::new(odd);
            let found = signs(&text, &(0..text.len()));
            assert!(found.iter().all(|(_, sign)| *sign != Sign::Quiet), "{odd:?}: {found:?}");
            assert!(!found.is_empty());
        }
        assert_eq!(of("a\u{202e}b\u{200b}c\td"), [Sign::Framed, Sign::Framed, Sign::Tab]);
    }
}
