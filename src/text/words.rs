//! Words: what a double-click selects and where Ctrl+arrow stops.
//!
//! The words are those of UAX #29, adapted to what is tagged:
//!
//! - French elision separates: “l’entreprise” is “l’” and “entreprise”, “d’OpenAI” is “d’” and “OpenAI”; “aujourd’hui”,
//!   “quelqu’un” and “O’Brien” stay whole.
//! - The English possessive of a capitalised word or a handle separates: “Houlonde’s” is “Houlonde” and “’s”; “don’t”
//!   stays whole.
//! - Hyphens join: “Jean-Pierre”, “Estève-Rault”, “porte-parole”, “Covid-19”. A French pronoun after its verb
//!   separates: “a-t-elle” is “a”, “t” and “elle”. Two numbers separate: “2024-03”.
//! - “@sama” includes its “@”, unless letters come before it, as in an email address. “U.S.” includes its last dot.
//!
//! “D’Angelo” separates as well: nothing in the text distinguishes it from “D’après”. In scripts without spaces each
//! ideograph is a word, as UAX #29 has it. Only the kilobyte around a byte is read, so a longer word may be split.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::Text;

/// How far from a byte its words may reach, in bytes.
const LOOK: usize = 1024;

/// The part before the apostrophe of a French elision, in lower case.
const ELIDED: [&str; 14] =
    ["c", "ç", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// French words that a hyphen attaches to the verb before them without making one word of the two.
const CLITICS: [&str; 20] = [
    "je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ce", "le", "la", "les", "lui",
    "leur", "moi", "toi", "en", "y", "là",
];

/// One piece of a paragraph: a word, or what is between words.
#[derive(Clone, Debug)]
struct Piece {
    /// Bytes of the text.
    range: Range<usize>,
    /// Whether it holds a letter or a digit.
    word: bool,
}

impl Text {
    /// The word at a byte, for a double-click: the one that holds it, or else the one that ends there, or else the
    /// white space or punctuation there. Empty only in an empty paragraph. Always whole grapheme clusters.
    #[must_use]
    pub fn word_at(&self, byte: usize) -> Range<usize> {
        let byte = self.floor_grapheme(byte);
        let paragraph = self.paragraph(self.paragraph_at(byte));
        let byte = byte.min(paragraph.end);
        let pieces = self.pieces_around(byte, &paragraph);
        let at = pieces.partition_point(|piece| piece.range.end <= byte);
        let before =
            at.checked_sub(1).and_then(|i| pieces.get(i)).filter(|piece| piece.range.end == byte);
        let found = match (pieces.get(at), before) {
            (Some(here), Some(before)) if before.word && !here.word => Some(before),
            (Some(here), _) => Some(here),
            (None, before) => before,
        };
        self.snap(found.map_or(byte..byte, |piece| piece.range.clone()))
    }

    /// The end of the next word, for Ctrl+Right: of the word that holds `byte` or else of the one after it, in a
    /// later paragraph if need be. The end of the text where there is none.
    #[must_use]
    pub fn next_word(&self, byte: usize) -> usize {
        let byte = self.as_str().ceil_char_boundary(byte.min(self.len()));
        let rest = self.as_str().get(byte..).unwrap_or("");
        match rest.find(char::is_alphanumeric) {
            Some(at) => self.ceil_grapheme(self.piece_at(byte + at).end),
            None => self.len(),
        }
    }

    /// The start of the word before `byte`, for Ctrl+Left: of the word that `byte` is inside of or else of the one
    /// before it, in an earlier paragraph if need be. 0 where there is none.
    #[must_use]
    pub fn prev_word(&self, byte: usize) -> usize {
        let byte = self.as_str().floor_char_boundary(byte);
        let before = self.as_str().get(..byte).unwrap_or("");
        match before.rfind(char::is_alphanumeric) {
            Some(at) => self.floor_grapheme(self.piece_at(at).start),
            None => 0,
        }
    }

    /// The piece that holds the character at a byte.
    fn piece_at(&self, byte: usize) -> Range<usize> {
        let pieces = self.pieces_around(byte, &self.paragraph(self.paragraph_at(byte)));
        let at = pieces.partition_point(|piece| piece.range.end <= byte);
        pieces.get(at).map_or(byte..self.next_grapheme(byte), |piece| piece.range.clone())
    }

    /// The pieces of the part of a paragraph around a byte.
    fn pieces_around(&self, byte: usize, paragraph: &Range<usize>) -> Vec<Piece> {
        let from = self.window_start(byte, paragraph.start);
        let to = self.window_end(byte, paragraph.end);
        let text = self.as_str();
        let mut pieces = Vec::new();
        for (at, part) in text.get(from..to).unwrap_or("").split_word_bound_indices() {
            let handle = text.get(..from + at).is_some_and(|before| before.ends_with('@'));
            split_word(from + at, part, handle, &mut pieces);
        }
        tie_apostrophes(text, &mut pieces);
        tie_signs(text, &mut pieces);
        let mut pieces = tie_hyphens(text, &pieces);
        self.keep_clusters(&mut pieces);
        pieces
    }

    /// Moves the ends of pieces to grapheme boundaries: a word of UAX #29 can begin inside a cluster.
    fn keep_clusters(&self, pieces: &mut Vec<Piece>) {
        let mut start = pieces.first().map_or(0, |first| first.range.start);
        let last = pieces.last().map_or(0, |last| last.range.end);
        for piece in pieces.iter_mut() {
            let end = piece.range.end;
            let end = if end == last { end } else { self.floor_grapheme(end).max(start) };
            if piece.range != (start..end) {
                piece.range = start..end;
                piece.word =
                    self.get(start..end).is_some_and(|p| p.contains(char::is_alphanumeric));
            }
            start = end;
        }
        pieces.retain(|piece| !piece.range.is_empty());
    }

    /// A position before `byte` from which words can be determined without the text before: nothing joins a space to a
    /// letter after it.
    fn window_start(&self, byte: usize, least: usize) -> usize {
        let from = byte.saturating_sub(LOOK);
        if from <= least {
            return least;
        }
        let from = self.floor_grapheme(from).max(least);
        let words = self.as_str().get(from..byte).unwrap_or("");
        words
            .match_indices(' ')
            .map(|(at, _)| from + at + 1)
            .find(|&at| self.word_starts(at))
            .filter(|&at| at < byte)
            .unwrap_or(from)
    }

    /// A position after `byte` up to which words can be determined without the text after.
    fn window_end(&self, byte: usize, most: usize) -> usize {
        let to = byte.saturating_add(LOOK);
        if to >= most {
            return most;
        }
        let to = self.ceil_grapheme(to).min(most);
        let words = self.as_str().get(byte..to).unwrap_or("");
        words
            .rmatch_indices(' ')
            .map(|(at, _)| byte + at + 1)
            .find(|&at| self.word_starts(at))
            .filter(|&at| at > byte)
            .unwrap_or(to)
    }

    /// Whether a letter or digit begins at a byte, and not a mark that belongs to what comes before.
    fn word_starts(&self, byte: usize) -> bool {
        let next = self.as_str().get(byte..).and_then(|rest| rest.chars().next());
        next.is_some_and(char::is_alphanumeric) && self.is_grapheme_boundary(byte)
    }
}

/// Adds one part of UAX #29 to the pieces: in several where a French elision or an English possessive separates it. A
/// `handle` comes after “@”.
fn split_word(at: usize, part: &str, handle: bool, pieces: &mut Vec<Piece>) {
    let mut add = |from: usize, to: usize| {
        let word = part.get(from..to).is_some_and(|p| p.contains(char::is_alphanumeric));
        pieces.push(Piece { range: at + from..at + to, word });
    };
    let mut from = 0;
    for (apostrophe, sign) in part.match_indices(is_apostrophe) {
        let after = apostrophe + sign.len();
        if after < part.len() && part.get(from..apostrophe).is_some_and(is_elided) {
            add(from, after);
            from = after;
        }
    }
    let rest = part.get(from..).unwrap_or("");
    let possessive = rest
        .strip_suffix(['s', 'S'])
        .and_then(|name| name.strip_suffix(is_apostrophe))
        .filter(|name| handle || name.starts_with(char::is_uppercase));
    if let Some(name) = possessive {
        add(from, from + name.len());
        from += name.len();
    }
    add(from, part.len());
}

/// Attaches the apostrophe of an elision to its letters where no letter follows it: “l’« affaire »”, “l’11”.
fn tie_apostrophes(text: &str, pieces: &mut Vec<Piece>) {
    let follows = |end: usize| {
        text.get(end..).and_then(|t| t.chars().next()).is_some_and(|c| !c.is_whitespace())
    };
    pieces.dedup_by(|sign, word| {
        let sign_text = text.get(sign.range.clone()).unwrap_or("");
        let tied = sign_text == "’"
            && text.get(word.range.clone()).is_some_and(is_elided)
            && follows(sign.range.end);
        if tied {
            word.range.end = sign.range.end;
        }
        tied
    });
}

/// Attaches “@” to the word after it, and the last dot to “U.S”.
fn tie_signs(text: &str, pieces: &mut Vec<Piece>) {
    let mut after_word = false;
    pieces.dedup_by(|here, before| {
        let here_text = text.get(here.range.clone()).unwrap_or("");
        let before_text = text.get(before.range.clone()).unwrap_or("");
        if before_text == "@" && here.word && !after_word {
            before.range.end = here.range.end;
            before.word = true;
            return true;
        }
        if here_text == "." && is_initials(before_text) {
            before.range.end = here.range.end;
            return true;
        }
        after_word = before.word;
        false
    });
}

/// Joins words that are connected by hyphens.
fn tie_hyphens(text: &str, pieces: &[Piece]) -> Vec<Piece> {
    let part = |from: usize, to: usize| match (pieces.get(from), pieces.get(to)) {
        (Some(first), Some(last)) => text.get(first.range.start..last.range.end).unwrap_or(""),
        _ => "",
    };
    let is_word = |i: usize| pieces.get(i).is_some_and(|piece| piece.word);
    let mut joined = Vec::with_capacity(pieces.len());
    let mut i = 0;
    while let Some(piece) = pieces.get(i) {
        // The words of the chain that starts here, as the first and the last piece of each.
        let mut chain = vec![(i, i)];
        let mut last = i;
        let mut end = part(i, i);
        while is_word(last)
            && !end.ends_with(is_apostrophe)
            && is_hyphen(part(last + 1, last + 1))
            && is_word(last + 2)
        {
            let next = last + 2;
            let numbers = |c: Option<char>| c.is_some_and(char::is_numeric);
            if numbers(end.chars().next_back()) && numbers(part(next, next).chars().next()) {
                break;
            }
            last = next;
            // “Pont-l’Évêque”: an elision inside a chain belongs to its word.
            if part(next, next).ends_with(is_apostrophe) && is_word(next + 1) {
                last = next + 1;
            }
            end = part(next, last);
            chain.push((next, last));
        }
        let mut keep = chain.len();
        let rendez_vous = keep == 2 && part(i, i).eq_ignore_ascii_case("rendez");
        while keep > 1
            && !rendez_vous
            && chain.get(keep - 1).is_some_and(|&(a, b)| is_clitic(part(a, b)))
        {
            keep -= 1;
        }
        if keep > 1
            && keep < chain.len()
            && chain.get(keep - 1).is_some_and(|&(a, b)| part(a, b) == "t")
        {
            keep -= 1;
        }
        let last = chain.get(keep - 1).map_or(i, |&(_, last)| last);
        let end = pieces.get(last).map_or(piece.range.end, |last| last.range.end);
        joined.push(Piece { range: piece.range.start..end, word: piece.word });
        i = last + 1;
    }
    joined
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '’' | '\'')
}

fn is_hyphen(part: &str) -> bool {
    matches!(part, "-" | "\u{2010}" | "\u{2011}")
}

fn is_clitic(word: &str) -> bool {
    CLITICS.contains(&word)
}

/// Whether these letters, before an apostrophe, are an elided French word.
fn is_elided(letters: &str) -> bool {
    letters.len() <= 6 && ELIDED.contains(&letters.to_lowercase().as_str())
}

/// Whether this is “U.S” or “O.N.U”: letters, one by one, with dots between.
fn is_initials(part: &str) -> bool {
    part.contains('.')
        && part.split('.').all(|letter| {
            let mut chars = letter.chars();
            chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
        })
}
