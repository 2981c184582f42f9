//! Addresses that lead to words on a page: text fragments, `#:~:text=prefix-,start,end,-suffix`
//! (<https://wicg.github.io/scroll-to-text-fragment/>). Browsers look for each part inside of one block, between edges of
//! words; here a block is a paragraph of the article.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::location::{one_line, web_address};
use crate::text::Text;

/// Longer quotes, in bytes, are told by their first and last words.
const LONG: usize = 120;
/// So many words tell where a long quote starts, and where it ends.
const EDGE: usize = 5;
/// So many words around tell a quote from others like it.
const AROUND: usize = 3;
/// More words than this, in bytes, are no help: a text without spaces has long ones.
const MOST: usize = 160;

/// The address of these words: the article's, with a fragment that leads to them. `None` where the address is none of the
/// web. It is written, never opened.
pub(super) fn address_of(url: &str, text: &Text, range: Range<usize>) -> Option<String> {
    let mut address = web_address(url)?;
    // A directive that is there already would lead elsewhere.
    if let Some(at) = address.find(":~:") {
        address.truncate(at);
    }
    if let Some(directive) = directive(text, range) {
        let hash = if address.contains('#') { "" } else { "#" };
        address = format!("{address}{hash}:~:text={directive}");
    }
    Some(address)
}

/// What leads to these words: the parts, percent-encoded. `None` for words with no letter or figure to look for.
fn directive(text: &Text, range: Range<usize>) -> Option<String> {
    let words = text.get(range.clone())?;
    let range = range.start..range.start + words.trim_end().len();
    let range = range.start + (words.len() - words.trim_start().len())..range.end;
    if range.is_empty() {
        return None;
    }
    let first = text.paragraph(text.paragraph_at(range.start));
    let last = text.paragraph(text.paragraph_at(range.end - 1));
    let start = first.start + word_edge(text.get(first.clone())?, range.start - first.start, false);
    let end = last.start + word_edge(text.get(last.clone())?, range.end - last.start, true);
    let before = last_words(text.get(first.start..start)?, AROUND);
    let after = first_words(text.get(end..last.end)?, AROUND);
    let mut parts = Vec::new();
    if first == last && end - start <= LONG {
        parts.push(encoded(text.get(start..end)?));
    } else {
        let (head, tail) =
            (text.get(start..first.end.min(end))?, text.get(last.start.max(start)..end)?);
        let (head, tail) = (first_words(head, EDGE), last_words(tail, EDGE));
        if !head.is_empty() {
            parts.push(encoded(head));
        }
        // A single word without spaces may be longer than what is looked for: then its start must do.
        if !tail.is_empty() && tail.len() + head.len() <= end - start {
            parts.push(encoded(tail));
        }
    }
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() || !text.get(start..end)?.chars().any(char::is_alphanumeric) {
        return None;
    }
    if !before.is_empty() {
        parts.insert(0, format!("{}-", encoded(before)));
    }
    if !after.is_empty() {
        parts.push(format!("-{}", encoded(after)));
    }
    Some(parts.join(","))
}

/// A byte moved to the edge of the word that it is in: forwards to its end, or back to its start.
fn word_edge(paragraph: &str, byte: usize, forwards: bool) -> usize {
    for (start, word) in paragraph.split_word_bound_indices() {
        let end = start + word.len();
        if start == byte || end == byte {
            return byte;
        }
        if end > byte {
            return if forwards { end } else { start };
        }
    }
    byte
}

/// The first words, with the signs between them.
fn first_words(text: &str, count: usize) -> &str {
    let text = text.trim();
    let end = text.unicode_word_indices().take(count).last();
    let end = end.map_or(0, |(at, word)| at + word.len());
    text.get(..end).filter(|words| words.len() <= MOST).unwrap_or("")
}

/// The last words, with the signs between and after them.
fn last_words(text: &str, count: usize) -> &str {
    let text = text.trim();
    let start = text.unicode_word_indices().rev().take(count).last();
    let words = start.and_then(|(at, _)| text.get(at..));
    words.filter(|words| words.len() <= MOST).unwrap_or("")
}

/// Words as they stand in a part: all but letters and figures of ASCII, `.`, `_` and `~` percent-encoded, and with them
/// what would end a part (`-`, `,`, `&`).
fn encoded(words: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(words.len() * 2);
    for byte in one_line(words).bytes() {
        if byte.is_ascii_alphanumeric() || b"._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, words: &str) -> Option<String> {
        let at = text.find(words).unwrap();
        directive(&Text::new(text), at..at + words.len())
    }

    #[test]
    fn words_are_told_with_those_around_them_in_their_paragraph() {
        let text = "Titre\nOn dit que Kervel, hier, a cédé : tout-puissant & seul. Fin.\nSuite";
        assert_eq!(
            of(text, "a cédé").as_deref(),
            Some(
                "que%20Kervel%2C%20hier%2C-,a%20c%C3%A9d%C3%A9,-%3A%20tout%2Dpuissant%20%26%20seul"
            )
        );
        let told = of(text, "tout-puissant & seul").unwrap();
        assert!(told.contains("tout%2Dpuissant%20%26%20seul"), "{told}");
        assert!(told.ends_with(",-.%20Fin"), "{told}");
        // Nothing of the paragraphs around: they are other blocks.
        assert_eq!(of(text, "Titre"), Some("Titre".to_owned()));
        assert_eq!(of(text, "Suite"), Some("Suite".to_owned()));
    }

    #[test]
    fn part_of_a_word_becomes_the_word() {
        let text = "Elle parle de l’éviction du chef";
        assert_eq!(
            of(text, "évict"),
            Some("Elle%20parle%20de-,l%E2%80%99%C3%A9viction,-du%20chef".into())
        );
    }

    #[test]
    fn a_long_quote_and_one_over_paragraphs_are_told_by_their_ends() {
        let long = "un deux trois quatre cinq six sept huit ".repeat(8);
        let text = format!("Avant. {long}Fin");
        let told = of(&text, &long).unwrap();
        assert_eq!(
            told,
            "Avant.-,un%20deux%20trois%20quatre%20cinq,quatre%20cinq%20six%20sept%20huit,-Fin"
        );
        let text = "Un deux.\n\nTrois quatre.";
        assert_eq!(of(text, "deux.\n\nTrois"), Some("Un-,deux,Trois,-quatre".into()));
    }

    #[test]
    fn an_address_keeps_its_own_fragment_and_loses_another_directive() {
        let text = Text::new("Kervel dément.");
        let to = |url: &str| address_of(url, &text, 0..6);
        assert_eq!(
            to("https://a.example/x").as_deref(),
            Some("https://a.example/x#:~:text=Kervel,-d%C3%A9ment")
        );
        assert_eq!(
            to("https://a.example/x#p").as_deref(),
            Some("https://a.example/x#p:~:text=Kervel,-d%C3%A9ment")
        );
        assert_eq!(
            to("https://a.example/x#:~:text=b").as_deref(),
            Some("https://a.example/x#:~:text=Kervel,-d%C3%A9ment")
        );
        assert_eq!(to("javascript:alert(1)"), None);
        assert_eq!(
            address_of("https://a.example", &Text::new("« ! »"), 0..7).as_deref(),
            Some("https://a.example")
        );
    }
}
