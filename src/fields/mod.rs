//! One description of each field of a record: what it is called, what kind of value it holds, how it is read and how it is
//! written as an edit. Comparing notebooks, `casebook show`, bulk edits, tables and imports are made from these tables, so
//! that a new field of a record is one row here.
//!
//! A table is a static array of [`Field`]s: [`ARTICLE`], [`ENTITY`], [`MENTION`], [`STATEMENT`] and [`LINK`]. Statements are
//! part of mentions: a statement's fields are read from and written to its mention.

mod article;
mod bulk;
mod choices;
mod entity;
mod link;
mod mention;
mod parse;
mod value;

use std::borrow::Cow;

pub use article::ARTICLE;
pub use bulk::set_field;
pub use choices::{Choice, choices_of, credibility_label};
pub use entity::ENTITY;
pub use link::LINK;
pub use mention::{MENTION, STATEMENT};
pub use parse::NotAValue;
pub use value::{Value, ValueKind};

use crate::edit::{Edit, Ref};
use crate::notebook::{
    Article, ArticleId, Entity, EntityId, Kind, Link, LinkId, Mention, MentionId, Notebook,
};

/// A record that has a table of fields.
pub trait Record: Sized + 'static {
    /// What names one of them in a notebook.
    type Id: Copy + Ord + std::fmt::Display;

    /// The word for one of them, in lower case.
    const WORD: &'static str;

    /// Its fields, in the order in which they are shown.
    fn fields() -> &'static [Field<Self>];

    /// The record of this id.
    fn find(notebook: &Notebook, id: Self::Id) -> Option<&Self>;

    /// The id of the record as an entity's, where it is one.
    fn entity(_: Self::Id) -> Option<EntityId> {
        None
    }
}

/// One field of a record.
pub struct Field<R: Record> {
    /// Its name in edit lists and in the JSON of `casebook show`: `actor_kind`. Unique in its table.
    pub key: &'static str,
    /// As shown on screen, beside or over it: “Kind”.
    pub label: &'static str,
    /// In the middle of a sentence: “the *kind of actor* of 3 actors”.
    pub noun: &'static str,
    /// What kind of value it holds.
    pub kind: ValueKind,
    /// The only kind of entity that has it.
    pub only: Option<Kind>,
    /// Whether it may be set to one value for many records at once.
    pub in_bulk: bool,
    /// Whether it must hold something.
    pub required: bool,
    /// Shown in its control while it is empty: an example, or what to write.
    pub hint: &'static str,
    /// What it means, where the label does not say it; empty where it does.
    pub help: &'static str,
    read: Read<R>,
    write: Option<Write<R>>,
    add: Option<Add<R>>,
}

impl<R: Record> std::fmt::Debug for Field<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", R::WORD, self.key)
    }
}

/// How a field is read. Text is lent, so that a table of many rows copies nothing.
enum Read<R> {
    Text(fn(&R) -> Option<&str>),
    Value(fn(&R) -> Option<Value>),
}

impl<R: Record> Field<R> {
    /// A line of text that cannot be edited.
    const fn line(
        key: &'static str,
        label: &'static str,
        noun: &'static str,
        read: fn(&R) -> Option<&str>,
    ) -> Self {
        Self {
            key,
            label,
            noun,
            kind: ValueKind::Line,
            only: None,
            in_bulk: false,
            required: false,
            hint: "",
            help: "",
            read: Read::Text(read),
            write: None,
            add: None,
        }
    }

    /// A value of this kind that cannot be edited.
    const fn of(
        kind: ValueKind,
        key: &'static str,
        label: &'static str,
        noun: &'static str,
        read: fn(&R) -> Option<Value>,
    ) -> Self {
        let mut field = Self::line(key, label, noun, |_| None);
        field.kind = kind;
        field.read = Read::Value(read);
        field
    }
}

/// Makes the edit that gives a field of a record a value; `None` for a value of another kind.
type Write<R> = fn(Ref<<R as Record>::Id>, &Value) -> Option<Edit>;

/// Makes the edit that puts an entity into a field, or adds it to the field's list: one that the same batch makes, and that
/// has no id yet.
pub type Add<R> = fn(Ref<<R as Record>::Id>, &R, Ref<EntityId>) -> Edit;

impl<R: Record> Field<R> {
    /// Its value in a record; `None` where the record has no such field (an event has no owner).
    pub fn value(&self, record: &R) -> Option<Value> {
        match self.read {
            Read::Text(read) => read(record).map(|text| Value::Text(text.to_owned())),
            Read::Value(read) => read(record),
        }
    }

    /// Its value in words, as a cell or a line of text shows it: names, not ids. Empty where there is none.
    pub fn text<'a>(&self, notebook: &'a Notebook, record: &'a R) -> Cow<'a, str> {
        match self.read {
            Read::Text(read) => Cow::Borrowed(read(record).unwrap_or("")),
            Read::Value(read) => {
                read(record).map_or(Cow::Borrowed(""), |value| value.text(self.kind, notebook))
            }
        }
    }

    /// Its text where it is a line, lines or a date.
    pub fn lent_text<'a>(&self, record: &'a R) -> Option<&'a str> {
        match self.read {
            Read::Text(read) => read(record),
            Read::Value(_) => None,
        }
    }

    /// Its value for another program: ids with names, figures as figures; null where there is none.
    pub fn json(&self, notebook: &Notebook, record: &R) -> Option<serde_json::Value> {
        self.value(record).map(|value| value.json(self.kind, notebook))
    }

    /// Whether an edit can change it.
    pub const fn is_editable(&self) -> bool {
        self.write.is_some()
    }

    /// The edit that gives it this value; `None` where it cannot be edited or does not hold such values. Whether the
    /// notebook takes the edit is for [`crate::edit::apply`] to say.
    pub fn set(&self, record: impl Into<Ref<R::Id>>, value: &Value) -> Option<Edit> {
        self.write.and_then(|write| write(record.into(), value))
    }

    /// What puts an entity that has no id yet into it; `None` where none can be made on the way.
    pub const fn add(&self) -> Option<Add<R>> {
        self.add
    }

    /// What assistive technology calls its control: “Kind of actor”.
    pub fn name(&self) -> String {
        crate::text::capital(self.noun)
    }

    /// The value that was typed, in a cell or in a file to be imported.
    ///
    /// # Errors
    /// Says in a sentence what it takes instead.
    pub fn parse(&self, notebook: &Notebook, text: &str) -> Result<Value, NotAValue> {
        parse::parse(self.kind, self.required, notebook, text)
    }
}

/// The field of this key.
pub fn field<R: Record>(key: &str) -> Option<&'static Field<R>> {
    R::fields().iter().find(|field| field.key == key)
}

/// A field whose value differs between two states of a record.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    /// The field's key.
    pub key: &'static str,
    /// As shown on screen.
    pub label: &'static str,
    /// In the middle of a sentence.
    pub noun: &'static str,
    /// What kind of value it holds.
    pub kind: ValueKind,
    /// What it held; `None` where the record had no such field.
    pub old: Option<Value>,
    /// What it holds.
    pub new: Option<Value>,
}

/// Which of these fields differ between two states of a record.
pub fn changes<R: Record>(fields: &'static [Field<R>], old: &R, new: &R) -> Vec<FieldChange> {
    let change = |field: &'static Field<R>| {
        let (old, new) = (field.value(old), field.value(new));
        let Field { key, label, noun, kind, .. } = *field;
        (old != new).then_some(FieldChange { key, label, noun, kind, old, new })
    };
    fields.iter().filter_map(change).collect()
}

impl Record for Article {
    type Id = ArticleId;
    const WORD: &'static str = "article";

    fn fields() -> &'static [Field<Self>] {
        ARTICLE
    }

    fn find(notebook: &Notebook, id: ArticleId) -> Option<&Self> {
        notebook.article(id).map(|article| &**article)
    }
}

impl Record for Entity {
    type Id = EntityId;
    const WORD: &'static str = "entity";

    fn fields() -> &'static [Field<Self>] {
        ENTITY
    }

    fn find(notebook: &Notebook, id: EntityId) -> Option<&Self> {
        notebook.entity(id).map(|entity| &**entity)
    }

    fn entity(id: EntityId) -> Option<EntityId> {
        Some(id)
    }
}

impl Record for Mention {
    type Id = MentionId;
    const WORD: &'static str = "mention";

    fn fields() -> &'static [Field<Self>] {
        MENTION
    }

    fn find(notebook: &Notebook, id: MentionId) -> Option<&Self> {
        notebook.mention(id).map(|mention| &**mention)
    }
}

impl Record for Link {
    type Id = LinkId;
    const WORD: &'static str = "link";

    fn fields() -> &'static [Field<Self>] {
        LINK
    }

    fn find(notebook: &Notebook, id: LinkId) -> Option<&Self> {
        notebook.link(id).map(|link| &**link)
    }
}

#[cfg(test)]
mod tests;
