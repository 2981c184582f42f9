//! The quick way to read one mention: a line exactly as Casebook writes it.
//!
//! Nothing here decides what the format is. A line in any other shape (fields in another order, other spaces, an
//! escape in a string) is `None`, and the RON reader reads it; both give the same record.

use std::borrow::Cow;
use std::str::FromStr;

use super::v1::{Form, Hop, Mention, Modality, Polarity, Source, Statement, Str};
use crate::notebook::MentionId;

/// Reads `"m…": (of: "e…", …),`, without the line's end.
pub(super) fn mention(line: &str) -> Option<(MentionId, Mention<'_>)> {
    let mut at = Cursor { rest: line };
    let id = at.id()?;
    at.skip(": (of: ")?;
    let of = at.id()?;
    at.skip(", in: ")?;
    let article = at.id()?;
    at.skip(", start: ")?;
    let start = at.number()?;
    at.skip(", end: ")?;
    let end = at.number()?;
    at.skip(", exact: ")?;
    let exact = at.string()?;
    at.skip(", prefix: ")?;
    let prefix = at.string()?;
    at.skip(", suffix: ")?;
    let suffix = at.string()?;
    let note = match at.skip(", note: ") {
        Some(()) => at.string()?,
        None => Str::default(),
    };
    let to_check = at.skip(", to_check: true").is_some();
    let statement = match at.skip(", statement: Some((") {
        Some(()) => Some(at.statement()?),
        None => None,
    };
    at.skip("),")?;
    let mention =
        Mention { of, article, start, end, exact, prefix, suffix, note, to_check, statement };
    at.rest.is_empty().then_some((id, mention))
}

struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn skip(&mut self, exactly: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(exactly)?;
        Some(())
    }

    /// A string without escapes.
    fn string(&mut self) -> Option<Str<'a>> {
        let inside = self.rest.strip_prefix('"')?;
        let end = memchr::memchr2(b'"', b'\\', inside.as_bytes())?;
        self.rest = inside.get(end..)?.strip_prefix('"')?;
        Some(Str(Cow::Borrowed(inside.get(..end)?)))
    }

    fn id<T: FromStr>(&mut self) -> Option<T> {
        self.string()?.0.parse().ok()
    }

    /// Digits, as a number is written in decimal.
    fn number(&mut self) -> Option<usize> {
        let digits = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = self.rest.split_at_checked(digits)?;
        if number.len() > 1 && number.starts_with('0') {
            return None;
        }
        self.rest = rest;
        number.parse().ok()
    }

    fn word<T>(&mut self, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let letters = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (word, rest) = self.rest.split_at_checked(letters)?;
        self.rest = rest;
        read(word)
    }

    /// What follows `Some((`, with the brackets that close it.
    fn statement(&mut self) -> Option<Statement> {
        let mut chain = Vec::new();
        if self.skip("chain: [").is_some() {
            loop {
                self.skip("(actor: ")?;
                let actor = self.id()?;
                let cue = match self.skip(", cue: ") {
                    Some(()) => self.string()?.0.into_owned(),
                    None => String::new(),
                };
                self.skip(", source: ")?;
                chain.push(Hop { actor, cue, source: self.word(Source::read)? });
                self.skip(")")?;
                if self.skip(", ").is_none() {
                    break;
                }
            }
            self.skip("], ")?;
        }
        self.skip("modality: ")?;
        let modality = self.word(Modality::read)?;
        self.skip(", polarity: ")?;
        let polarity = self.word(Polarity::read)?;
        self.skip(", form: ")?;
        let form = self.word(Form::read)?;
        self.skip("))")?;
        Some(Statement { chain, modality, polarity, form })
    }
}
