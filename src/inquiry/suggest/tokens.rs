//! Splitting a paragraph into the tokens that the rules use: words, numbers, handles, addresses, signs.
//!
//! A word may contain invisible characters (soft hyphens), the sign of “AT&T” and “E.ON”, and the initials of a
//! compound given name: “J.-L.” An email or web address is one token, in which only an account is searched for:
//! `https://…/@name`.

mod shapes;

use std::ops::Range;

use crate::text::{fold, is_abbreviation, is_invisible};
use shapes::{account_end, address_end, handle_end, initials_end, is_letter, word_end};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Number,
    Handle,
    Address,
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
    /// It has a capital inside: `OpenAI`, `iPhone`.
    pub inner: bool,
    /// It is the first word of its sentence, so that its capital means nothing.
    pub first: bool,
    /// White space comes before it, or nothing.
    pub spaced: bool,
    /// It is inside quotation marks.
    pub quoted: bool,
    /// It is among words that are all in capitals, so that its own mean nothing.
    pub shouted: bool,
}

impl Token {
    pub fn is(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.key == sign
    }

    pub fn is_word(&self) -> bool {
        self.kind == Kind::Word
    }
}

/// The key of what stands between two cells of a table.
const CELL: &str = "\t";

/// The tab at this byte, which ends a cell.
fn cell_end(at: usize) -> Token {
    Token {
        range: at..at + CELL.len(),
        kind: Kind::Sign,
        key: CELL.to_owned(),
        capital: false,
        inner: false,
        first: false,
        spaced: false,
        quoted: false,
        shouted: false,
    }
}

/// The longest word, in bytes; names are far shorter.
const LONGEST: usize = 120;

/// The tokens of a paragraph.
pub(super) fn tokens(text: &str, paragraph: Range<usize>) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = paragraph.start;
    let mut spaced = true;
    let mut first = true;
    // The sign that will close the quotation.
    let mut quote: Option<char> = None;
    // Where the address ends that an account was taken out of.
    let mut address = 0;
    while at < paragraph.end {
        let Some(c) = text[at..paragraph.end].chars().next() else { break };
        if c.is_whitespace() || is_invisible(c) {
            // Between two cells of a table: no name goes on from one to the next.
            if c == '\t' && found.last().is_some_and(|last| !last.is(CELL)) {
                found.push(cell_end(at));
                first = true;
            }
            at += c.len_utf8();
            spaced |= c.is_whitespace();
            continue;
        }
        let (end, kind) = if at < address {
            in_address(text, at..address)
        } else {
            let (end, kind) = token_end(text, at, paragraph.end, found.last(), first);
            if kind == Kind::Address {
                address = end;
                in_address(text, at..end)
            } else {
                (end, kind)
            }
        };
        let words = &text[at..end];
        let mut chars = words.chars();
        let capital = chars.next().is_some_and(char::is_uppercase);
        let inner = chars.any(char::is_uppercase);
        let plain = words.len() <= LONGEST && kind != Kind::Address;
        let key = if plain { fold(words) } else { String::new() };
        let mut token = Token {
            range: at..end,
            kind,
            key,
            capital,
            inner,
            first,
            spaced,
            quoted: quote.is_some(),
            shouted: false,
        };
        if kind == Kind::Sign {
            // Similar quotation marks have the same key: they are distinguished by their characters.
            token.key = sign_key(c);
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
            // After an elided article the next word still is the first one: “L’État”.
            first = first && words.ends_with(['’', '\'']);
        }
        found.push(token);
        spaced = false;
        at = end;
    }
    mark_shouted(&mut found, text);
    found
}

/// A sign as the rules name it: itself, apostrophes as “'”.
fn sign_key(c: char) -> String {
    match c {
        '’' | '‘' | 'ʼ' | '′' | '＇' => "'".to_owned(),
        '\u{2010}' | '\u{2011}' => "-".to_owned(),
        c => c.to_string(),
    }
}

/// The part of an address up to the next account in it, or that account.
fn in_address(text: &str, range: Range<usize>) -> (usize, Kind) {
    let rest = &text[range.clone()];
    if rest.starts_with('@')
        && text[..range.start].ends_with('/')
        && let Some(end) = account_end(rest)
    {
        return (range.start + end, Kind::Handle);
    }
    let account = rest.match_indices("/@").find(|(at, _)| account_end(&rest[at + 1..]).is_some());
    match account {
        // An email address has no account in it.
        Some((at, _)) => (range.start + at + 1, Kind::Address),
        None => (range.end, Kind::Address),
    }
}

/// Whether a compound given name is cut short before a dot: “Jean-Ch.”, but not “Kim Jong-un.”
pub(super) fn is_cut_compound(words: &str) -> bool {
    let parts = words.rsplit_once(['-', '\u{2010}', '\u{2011}']);
    parts.is_some_and(|(_, last)| matches!(last, "Ch" | "Cl" | "Fr" | "Ph" | "Th"))
}

/// Whether the next word is the first of its sentence.
fn opens_sentence(before: &[Token], sign: &Token, first: bool, text: &str) -> bool {
    match &text[sign.range.clone()] {
        // A dot after an initial, a title or a rank does not end a sentence: “J. R. Pennick”, “M. Ormelot”, “Capt.
        // Orr”.
        "." => !before.last().is_some_and(|word| {
            let words = &text[word.range.clone()];
            let short = word.capital && (words.chars().count() <= 3 || is_cut_compound(words));
            word.is_word() && !sign.spaced && (short || is_abbreviation(words))
        }),
        // “FRITZ!Quai”
        "!" | "?" => {
            let next = text[sign.range.end..].chars().next();
            first || !next.is_some_and(char::is_alphanumeric)
        }
        "…" | "«" | "“" | "\"" | "„" | "‘" => true,
        "–" | "—" | "-" | "•" | "*" => {
            first || before.is_empty() || is_dateline(before, sign, text)
        }
        ":" => false,
        _ => first,
    }
}

/// Whether a dash ends the dateline of an agency: “BREST, 12 mars (AFP) — Le maire …”.
fn is_dateline(before: &[Token], dash: &Token, text: &str) -> bool {
    const LONGEST: usize = 12;
    let spaced = dash.spaced && text[dash.range.end..].starts_with(char::is_whitespace);
    if !spaced || before.len() > LONGEST {
        return false;
    }
    let words = |token: &&Token| token.is_word();
    let place = before.first().filter(words).is_some_and(|token| {
        let words = &text[token.range.clone()];
        token.range.len() > 2 && !words.chars().any(char::is_lowercase)
    });
    let agency = before.last().is_some_and(|last| last.is(")"))
        && before.first().filter(words).is_some_and(|token| token.capital);
    // The month, in French.
    let small = before.iter().filter(words).filter(|token| !token.capital).count();
    (place || agency) && small <= 1
}

fn token_end(
    text: &str,
    at: usize,
    end: usize,
    before: Option<&Token>,
    first: bool,
) -> (usize, Kind) {
    let rest = &text[at..end];
    let Some(c) = rest.chars().next() else { return (end, Kind::Sign) };
    let joined = before.is_some_and(|token| token.range.end == at);
    // The middle of an address is not a handle.
    if c == '@'
        && !(joined && before.is_some_and(Token::is_word))
        && let Some(length) = handle_end(rest)
    {
        return (at + length, Kind::Handle);
    }
    let word_before = joined && before.is_some_and(|token| token.kind != Kind::Sign);
    if c.is_alphanumeric()
        && !word_before
        && let Some(length) = address_end(rest)
    {
        return (at + length, Kind::Address);
    }
    if c.is_ascii_digit() {
        let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        return (at + length, Kind::Number);
    }
    if !is_letter(c) {
        return (at + c.len_utf8(), Kind::Sign);
    }
    if let Some(length) = initials_end(rest) {
        return (at + length, Kind::Word);
    }
    (at + word_end(rest, first), Kind::Word)
}

/// Marks words whose capitals mean nothing: those of a paragraph without small letters, of more than one short word,
/// and those of four such words in a row. A comma or semicolon ends a row, so that the names of a list are not marked.
fn mark_shouted(tokens: &mut [Token], text: &str) {
    let loud = |token: &Token| {
        token.is_word() && !text[token.range.clone()].chars().any(char::is_lowercase)
    };
    let dotted = |token: &Token| text[token.range.end..].starts_with('.');
    let words = tokens.iter().filter(|token| token.is_word()).count();
    let all = tokens.iter().filter(|token| token.is_word()).all(loud);
    let long = |token: &Token| token.is_word() && token.key.chars().count() > 5;
    let enough = if all && (words > 1 || tokens.iter().any(long)) { 1 } else { 4 };
    let mut from = 0;
    while from < tokens.len() {
        // A paragraph without small letters, and its longest row.
        let (mut row, mut longest, mut to) = (0, 0, from);
        while let Some(token) = tokens.get(to) {
            match token.kind {
                Kind::Word if !loud(token) => break,
                // “S.N.C.F.” is four letters, and one name.
                Kind::Word if token.key.chars().count() == 1 && dotted(token) => {}
                Kind::Word => row += 1,
                Kind::Sign if matches!(token.key.as_str(), "," | ";" | "•" | "/" | "(" | ")") => {
                    row = 0
                }
                Kind::Address | Kind::Handle => row = 0,
                Kind::Sign | Kind::Number => {}
            }
            longest = longest.max(row);
            to += 1;
        }
        if longest >= enough {
            for token in &mut tokens[from..to] {
                token.shouted = token.is_word();
            }
        }
        from = to + 1;
    }
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
    fn signs_and_soft_hyphens_stay_inside_words() {
        assert_eq!(words("R&V, E.RO et T&S."), ["R&V", ",", "E.RO", "et", "T&S", "."]);
        assert_eq!(words("Var\u{ad}quier\u{200e}, Or\u{ad}"), ["Var\u{ad}quier", ",", "Or"]);
        assert_eq!(words("J.-R. Pennick, Th.-M. Orr"), ["J.-R.", "Pennick", ",", "Th.-M.", "Orr"]);
        assert_eq!(words("plan B. Fin"), ["plan", "B", ".", "Fin"]);
    }

    #[test]
    fn an_address_is_one_token_but_for_the_account_in_it() {
        assert_eq!(words("à s.varquier@quai.example."), ["à", "s.varquier@quai.example", "."]);
        assert_eq!(
            words("(https://mer.example/a?B=3), www.mer.example/C"),
            ["(", "https://mer.example/a?B=3", ")", ",", "www.mer.example/C"]
        );
        assert_eq!(
            words("https://mer.example/@pellorc/42 lu"),
            ["https://mer.example/", "@pellorc", "/42", "lu"]
        );
        assert_eq!(
            words("@pellorc@mer.example, @pellorc.mer.example."),
            ["@pellorc@mer.example", ",", "@pellorc.mer.example", "."]
        );
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

    #[test]
    fn lines_of_capitals_are_told_from_lists_of_acronyms() {
        let shouted = |text: &str| {
            let all = tokens(text, 0..text.len());
            all.iter().filter(|t| t.shouted).count()
        };
        assert_eq!(shouted("LE CONSEIL SAVAIT, DIT L’AUDIT"), 6);
        assert_eq!(shouted("URGENT – LE CONSEIL SAVAIT TOUT. Il nie."), 5);
        assert_eq!(shouted("La SNM, l’AMI, la FTQ, le SGM et l’USQ."), 0);
        assert_eq!(shouted("SNM"), 0);
    }
}
