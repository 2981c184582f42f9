//! Words that were divided at the ends of lines.

use std::collections::HashSet;

/// What becomes of a hyphen at the end of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hyphen {
    /// There is none: a space parts the words.
    None,
    /// It divided a word, which is whole again without it.
    Dropped,
    /// It belongs to the word.
    Kept,
}

/// The words of a document as they stand inside its lines, where nothing divides them.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashSet<String>,
}

/// The most words that are remembered.
const MOST_WORDS: usize = 1 << 19;
/// What French joins to a verb or a pronoun with a hyphen, and does not divide words before.
const ENCLITICS: [&str; 22] = [
    "je", "tu", "il", "ils", "elle", "elles", "on", "nous", "vous", "ce", "ci", "là", "moi", "toi",
    "lui", "leur", "le", "la", "les", "y", "en", "même",
];

impl Vocabulary {
    /// Remembers a word that stands whole.
    pub(super) fn add(&mut self, word: &str) {
        let bare = bare(word);
        if self.words.len() < MOST_WORDS && bare.chars().count() > 2 {
            self.words.insert(bare.to_lowercase());
        }
    }

    fn knows(&self, word: &str) -> bool {
        self.words.contains(&bare(word).to_lowercase())
    }

    /// What becomes of the hyphen between a word that ends a line and the one that begins the next.
    ///
    /// A soft hyphen divides. Otherwise the document itself is asked: where it has the word whole, or with a hyphen,
    /// elsewhere, that is how it is written. Names (“Jean-Luc”) and numbers keep theirs; anything else was divided.
    pub(super) fn hyphen(&self, end: &str, begin: &str, french: bool) -> Hyphen {
        let Some(hyphen) = end.chars().next_back().filter(|c| "-\u{2010}\u{ad}".contains(*c))
        else {
            return Hyphen::None;
        };
        let head = end.strip_suffix(hyphen).unwrap_or(end);
        let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        if !letter(head.chars().next_back())
            || !begin.chars().next().is_some_and(char::is_alphanumeric)
        {
            // It divides no word: “2030-”, “…-”; by itself it is a dash.
            return if head.is_empty() { Hyphen::None } else { Hyphen::Kept };
        }
        if hyphen == '\u{ad}' {
            return Hyphen::Dropped;
        }
        if !letter(begin.chars().next()) || begin.chars().next().is_some_and(char::is_uppercase) {
            return Hyphen::Kept;
        }
        if self.knows(&format!("{head}{begin}")) {
            return Hyphen::Dropped;
        }
        if self.knows(&format!("{head}-{begin}")) {
            return Hyphen::Kept;
        }
        let next = bare(begin).to_lowercase();
        let next = next.split('-').next().unwrap_or_default();
        // “a-t-il”, “peut-être-elle”: what has a hyphen already is put together of words.
        if french && (ENCLITICS.contains(&next) || bare(begin).starts_with("t-")) {
            return Hyphen::Kept;
        }
        Hyphen::Dropped
    }
}

/// A word without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divided_words_are_whole_again_and_hyphens_of_words_stay() {
        let mut words = Vocabulary::default();
        for word in ["porte-parole,", "coopération", "sous-marins"] {
            words.add(word);
        }
        let hyphen = |end, begin| words.hyphen(end, begin, true);
        assert_eq!(hyphen("adminis-", "trateurs"), Hyphen::Dropped);
        assert_eq!(hyphen("coopé-", "ration,"), Hyphen::Dropped);
        assert_eq!(hyphen("porte-", "parole"), Hyphen::Kept);
        assert_eq!(hyphen("Jean-", "Luc"), Hyphen::Kept);
        assert_eq!(hyphen("2030-", "2031"), Hyphen::Kept);
        assert_eq!(hyphen("a-", "t-il"), Hyphen::Kept);
        assert_eq!(hyphen("dit-", "elle."), Hyphen::Kept);
        assert_eq!(hyphen("nou\u{ad}", "velle"), Hyphen::Dropped);
        assert_eq!(hyphen("said", "he"), Hyphen::None);
        assert_eq!(hyphen("elle…-", "Hester"), Hyphen::Kept);
        assert_eq!(hyphen("-", "item"), Hyphen::None);
        assert_eq!(words.hyphen("el-", "le", false), Hyphen::Dropped);
    }
}
