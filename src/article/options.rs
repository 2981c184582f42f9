//! How an article's file is read, and how that is noted in its origin, so that a later version is read alike.

use super::document;

/// What stands in an origin's reader where all of a web page was taken.
const EVERYTHING: &str = ", everything";
/// What stands there where hard-wrapped lines were joined.
const JOINED: &str = ", lines joined";

/// How an article's file is to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The name of an encoding, one of [`super::encodings`] or a name that other programs use; `None` to take the one a
    /// document states, or to guess.
    pub encoding: Option<String>,
    /// Of a web page: everything that stands on it, not only its article.
    pub everything: bool,
    /// What becomes of the line ends of a text.
    pub lines: Lines,
}

/// What becomes of the line ends of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lines {
    /// They stay.
    #[default]
    Kept,
    /// Where the text is hard-wrapped, its lines are joined into paragraphs; otherwise they stay.
    JoinedIfWrapped,
    /// Its lines are joined into paragraphs.
    Joined,
}

/// What an origin names as the reader once the lines of its text were joined.
#[must_use]
pub fn joined_reader(reader: &str) -> String {
    if reader.ends_with(JOINED) { reader.to_owned() } else { format!("{reader}{JOINED}") }
}

impl ReadOptions {
    /// In this encoding, or in the one that is guessed.
    #[must_use]
    pub fn in_encoding(encoding: Option<&str>) -> Self {
        Self { encoding: encoding.map(str::to_owned), ..Self::default() }
    }

    /// As a text was read whose origin names this reader; the encoding is guessed anew.
    #[must_use]
    pub fn as_by(reader: &str) -> Self {
        let lines = if reader.ends_with(JOINED) { Lines::JoinedIfWrapped } else { Lines::Kept };
        Self { encoding: None, everything: reader.ends_with(EVERYTHING), lines }
    }

    /// What an origin names as the reader: the format, and what was asked of it.
    pub(super) fn reader(&self, format: &str, joined: bool) -> String {
        let everything = if self.everything { EVERYTHING } else { "" };
        let joined = if joined { JOINED } else { "" };
        format!("{format}{everything}{joined}")
    }

    /// As a reader of documents takes them.
    pub(super) fn of_document(&self, name: &str) -> document::Options {
        document::Options {
            name: name.to_owned(),
            everything: self.everything,
            encoding: self.encoding.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_asked_of_a_reader_can_be_asked_again() {
        let whole = ReadOptions { everything: true, ..ReadOptions::default() };
        assert_eq!(ReadOptions::as_by(&whole.reader("web page", false)), whole);
        let joined = ReadOptions { lines: Lines::JoinedIfWrapped, ..ReadOptions::default() };
        assert_eq!(ReadOptions::as_by(&joined.reader("plain text", true)), joined);
        assert_eq!(ReadOptions::as_by("Markdown"), ReadOptions::default());
    }
}
