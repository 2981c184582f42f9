//! A paragraph cut into what the rules look at: words, numbers, handles, signs.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::text::fold;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Handle,
    Sign,
}

/// A token.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub kind: Kind,
    /// Folded.
    pub key: String,
    /// It begins with a capital.
    pub capital: bool,
    /// A capital stands inside: `OpenAI`, `iPhone`.
    pub inner: bool,
    /// It is the first word of its sentence, so that its capital says nothing.
    pub first: bool,
    /// White space stands before it, or nothing.
    pub spaced: bool,
    /// It stands inside quotation marks.
    pub quoted: bool,
}

impl Token {
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.key == sign
    }

    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// French small words that lose their vowel: `l’`, `qu’`.
const ELIDED: [&str; 13] =
    ["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu"];

/// A token longer than this is no word; what names need is far shorter.
const LONGEST: usize = 120;

/// The tokens of a paragraph.
pub(super) fn tokens(text: &str, paragraph: Range<usize>) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = paragraph.start;
    let mut spaced = true;
    let mut first = true;
    // The sign that will close the quotation.
    let mut quote: Option<char> = None;
    while at < paragraph.end {
        let Some(c) = text[at..paragraph.end].chars().next() else { break };
        if c.is_whitespace() {
            at += c.len_utf8();
            spaced = true;
            continue;
        }
        let (end, kind) = token_end(text, at, paragraph.end, found.last(), first);
        let words = &text[at..end];
        let mut chars = words.chars();
        let capital = chars.next().is_some_and(char::is_uppercase);
        let inner = chars.any(char::is_uppercase);
        let key = if words.len() > LONGEST { String::new() } else { fold(words) };
        let mut token = Token {
            range: at..end,
            kind,
            key,
            capital,
            inner,
            first,
            spaced,
            quoted: quote.is_some(),
        };
        if kind == Kind::Sign {
            match (quote, c) {
                (Some(close), c) if c == close => {
                    quote = None;
                    token.quoted = false;
                }
                (None, '«') => quote = Some('»'),
                (None, '“') => quote = Some('”'),
                (None, '"') => quote = Some('"'),
                _ => {}
            }
            first = opens_sentence(&found, &token, first, text);
        } else {
            // An article that lost its vowel leaves the word after it the first one: “L’État”.
            first = first && words.ends_with(['’', '\'']);
        }
        found.push(token);
        spaced = false;
        at = end;
    }
    found
}

/// Whether the next word is the first of its sentence.
fn opens_sentence(before: &[Token], sign: &Token, first: bool, text: &str) -> bool {
    match &text[sign.range.clone()] {
        // Not after an initial or a title: “J. R. Pennick”, “M. Ormelot”.
        "." => !before.last().is_some_and(|word| {
            let short = text[word.range.clone()].chars().count() <= 3;
            word.is_word() && word.capital && short && !sign.spaced
        }),
        "!" | "?" | "…" | "«" | "“" | "\"" => true,
        "–" | "—" | "-" | "•" | "*" => first || before.is_empty(),
        ":" => false,
        _ => first,
    }
}

fn token_end(
    text: &str,
    at: usize,
    end: usize,
    before: Option<&Token>,
    first: bool,
) -> (usize, Kind) {
    let rest = &text[at..end];
    let mut chars = rest.char_indices().peekable();
    let Some((_, c)) = chars.next() else { return (end, Kind::Sign) };
    let joined = before.is_some_and(|token| token.range.end == at);
    if c == '@' && !(joined && before.is_some_and(Token::is_word)) {
        let length =
            rest[1..].find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len() - 1);
        // The middle of an address is no handle.
        if length >= 2 {
            return (at + 1 + length, Kind::Handle);
        }
    }
    if c.is_ascii_digit() {
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        return (at + length, Kind::Number);
    }
    if !is_letter(c) {
        return (at + c.len_utf8(), Kind::Sign);
    }
    let mut last = c.len_utf8();
    while let Some((i, c)) = chars.next() {
        let letter_follows = chars.peek().is_some_and(|(_, next)| is_letter(*next));
        if is_letter(c) || c.is_ascii_digit() {
            last = i + c.len_utf8();
        } else if matches!(c, '-' | '\u{2010}' | '\u{2011}') && letter_follows {
            continue;
        } else if matches!(c, '’' | '\'' | 'ʼ') && letter_follows {
            // None of them is longer: a word of megabytes is not folded at each of its apostrophes.
            let stem = if i <= 16 { fold(&rest[..i]) } else { String::new() };
            let small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            let capital = rest.starts_with(char::is_uppercase);
            // “D’Angelo”, “O’Brien” are one word, “l’État”, “D’après” are two, and so is “OpenAI’s”.
            if ELIDED.contains(&stem.as_str()) && (!capital || small || first) {
                return (at + i + c.len_utf8(), Kind::Word);
            }
            let tail: String =
                rest[i + c.len_utf8()..].chars().take_while(|c| is_letter(*c)).collect();
            if matches!(tail.as_str(), "s" | "S") {
                return (at + i, Kind::Word);
            }
        } else {
            break;
        }
    }
    (at + last, Kind::Word)
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text, 0..text.len()).into_iter().map(|token| &text[token.range]).collect()
    }

    #[test]
    fn words_are_cut_where_the_rules_need_it() {
        assert_eq!(words("l’État d’OpenAI"), ["l’", "État", "d’", "OpenAI"]);
        assert_eq!(words("Adam D’Angelo, O’Brien"), ["Adam", "D’Angelo", ",", "O’Brien"]);
        assert_eq!(words("D’après Demi-brasse"), ["D’", "après", "Demi-brasse"]);
        assert_eq!(words("a-t-elle dit (@sama)"), ["a-t-elle", "dit", "(", "@sama", ")"]);
        assert_eq!(words("OpenAI’s"), ["OpenAI", "’", "s"]);
        assert_eq!(words("9 mars 2031"), ["9", "mars", "2031"]);
    }

    #[test]
    fn the_first_word_of_a_sentence_is_known() {
        let text = "Selon M. Ormelot, oui. Non ! « Peut-être », dit Anne. – Et toi ?";
        let first: Vec<&str> = tokens(text, 0..text.len())
            .into_iter()
            .filter(|t| t.first && t.is_word())
            .map(|t| &text[t.range])
            .collect();
        assert_eq!(first, ["Selon", "Non", "Peut-être", "Et"]);
    }
}
