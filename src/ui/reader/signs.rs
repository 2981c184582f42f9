//! Which characters that cannot be seen get a sign in the text. Pure.

use crate::text::{is_hidden, name_of_hidden};

/// How a character that cannot be seen is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A frame around the mark it is shown as: it hides or turns words, or controls nothing a reader should meet.
    Framed,
    /// A faint arrow in the room it takes.
    Tab,
    /// A faint open box: a space that does not let a row end.
    NoBreakSpace,
    /// A tick between letters that nothing joins.
    Joiner,
}

/// The sign drawn for a character after another one; `None` for those that can be seen, and for ordinary spaces. Joiners
/// between Arabic or Indic letters, and those that make one emoji of several, do their work and have no sign.
#[must_use]
pub const fn sign(before: char, c: char) -> Option<Sign> {
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
}
