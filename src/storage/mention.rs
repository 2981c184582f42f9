//! Storage of mentions: their record, writing it as a line, and a fast reader for such lines.
//!
//! A new attribute of mentions needs an optional field in [`Mention`], and must be written by [`write`] and converted
//! in [`Mention::into_model`]. The fast reader, [`read_line`], does not define the format: for a line in any other form
//! (fields in another order, other spaces, an escape in a string) it returns `None`, and the RON reader reads it. Both
//! give the same record.

use std::borrow::Cow;
use std::str::FromStr;

use serde::Deserialize;

use super::record::Record;
use super::values::{Str, words};
use crate::notebook::{
    self as model, Anchor, ArticleId, EntityId, MentionId, Notebook, first_version,
};

/// A mention as stored in a file of any version. Fields added after version 1 may be missing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'a"))]
pub(super) struct Mention<'a> {
    pub(super) of: EntityId,
    #[serde(rename = "in")]
    pub(super) article: ArticleId,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) exact: Str<'a>,
    pub(super) prefix: Str<'a>,
    pub(super) suffix: Str<'a>,
    #[serde(default = "first_version")]
    pub(super) version: u32,
    #[serde(default)]
    pub(super) note: Str<'a>,
    #[serde(default)]
    pub(super) to_check: bool,
    #[serde(default)]
    pub(super) statement: Option<Statement>,
}

/// The statement made by a mention of a claim.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Statement {
    #[serde(default)]
    pub(super) chain: Vec<Hop>,
    pub(super) modality: Modality,
    pub(super) polarity: Polarity,
    pub(super) form: Form,
}

/// A speaker in the chain of a statement.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hop {
    pub(super) actor: EntityId,
    #[serde(default)]
    pub(super) cue: String,
    pub(super) source: Source,
}

words! {
    Modality { Certain, Probable, Possible, Unknown }
    Polarity { Affirms, Denies }
    Form { Direct, Indirect, Mixed }
    Source { Reported, Read }
}

/// An anchor as stored in a file.
pub(super) struct WrittenAnchor<'a> {
    pub(super) article: ArticleId,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) exact: Str<'a>,
    pub(super) prefix: Str<'a>,
    pub(super) suffix: Str<'a>,
    /// The number of the version in which it was read.
    pub(super) version: u32,
}

impl<'a> Mention<'a> {
    /// Takes its anchor, leaving the strings empty.
    pub(super) fn take_anchor(&mut self) -> WrittenAnchor<'a> {
        WrittenAnchor {
            article: self.article,
            start: self.start,
            end: self.end,
            exact: std::mem::take(&mut self.exact),
            prefix: std::mem::take(&mut self.prefix),
            suffix: std::mem::take(&mut self.suffix),
            version: self.version,
        }
    }

    /// Converts it to a mention of the model, given its anchor in the article. The caller checks the entity that it
    /// names.
    pub(super) fn into_model(self, anchor: Anchor) -> model::Mention {
        model::Mention {
            note: self.note.0.into_owned(),
            to_check: self.to_check,
            statement: self.statement.map(Into::into),
            ..model::Mention::new(self.of, anchor)
        }
    }
}

impl From<Statement> for model::Statement {
    fn from(said: Statement) -> Self {
        let hop = |Hop { actor, cue, source }| model::Hop { actor, cue, source: source.into() };
        Self {
            chain: said.chain.into_iter().map(hop).collect(),
            modality: said.modality.into(),
            polarity: said.polarity.into(),
            form: said.form.into(),
        }
    }
}

/// Writes a mention, including its brackets.
pub(super) fn write(out: &mut String, notebook: &Notebook, mention: &model::Mention) {
    let mut record = Record::open(out, "(");
    record.id("of", mention.entity);
    record.quote(&mention.anchor, notebook);
    record.text_if_any("note", &mention.note);
    record.flag("to_check", mention.to_check, false);
    if let Some(said) = &mention.statement {
        statement(record.name("statement"), said);
    }
    record.close();
}

fn statement(out: &mut String, statement: &model::Statement) {
    let mut record = Record::open(out, "Some((");
    record.list_if_any("chain", &statement.chain, |out, hop| {
        let mut record = Record::open(out, "(");
        record.id("actor", hop.actor);
        record.text_if_any("cue", &hop.cue);
        record.plain("source", Source::word(hop.source));
        record.close();
    });
    record.plain("modality", Modality::word(statement.modality));
    record.plain("polarity", Polarity::word(statement.polarity));
    record.plain("form", Form::word(statement.form));
    record.close();
    out.push(')');
}

/// Reads a line `"m…": (of: "e…", …),` without its line ending; `None` if it has any other form.
pub(super) fn read_line(line: &str) -> Option<(MentionId, Mention<'_>)> {
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
    let version = match at.skip(", version: ") {
        Some(()) => u32::try_from(at.number()?).ok()?,
        None => first_version(),
    };
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
    let mention = Mention {
        of,
        article,
        start,
        end,
        exact,
        prefix,
        suffix,
        version,
        note,
        to_check,
        statement,
    };
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

    /// A decimal number without leading zeros.
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

    /// A statement after its `Some((`, including the closing brackets.
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
