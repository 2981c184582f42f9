//! The columns: their labels, the contents of their cells, and how a cell is edited.

use std::borrow::Cow;

use super::beside::Beside;
use super::row_id::RowId;
use crate::edit::{Edit, Ref};
use crate::fields::{Field, NotAValue, Value, ValueKind, choices_of, field, set_field};
use crate::inquiry::relations_between;
use crate::inquiry::sources::{ASSUMED, ClaimSources};
use crate::notebook::{Entity, EntityId, Kind, Link, Notebook, Target};
use crate::text::capital;
use crate::timeline::{What, mention_of, sentence_of, sure, when, who};

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// The entity where a link starts.
    From,
    /// A link's relation.
    Relation,
    /// The target of a link.
    To,
    /// How well a link is established.
    Strength,
    /// How a link follows from its evidence.
    Basis,
    /// Whether a link is directed.
    Direction,
    /// The sentences that support a link.
    Sentences,
    /// The date, as EDTF.
    Date,
    /// The date as written in the article.
    Written,
    /// The user's note.
    Note,
    /// The mark “to check”.
    ToCheck,
    /// An entity's name.
    Name,
    /// An entity's kind: actor, event or claim.
    Kind,
    /// An entity's other names.
    Aliases,
    /// An actor's kind.
    Sort,
    /// The owner of an actor.
    Owner,
    /// An actor's reliability, or a claim's credibility.
    Grade,
    /// Where an event happened.
    Place,
    /// What the analyst holds of a claim.
    Status,
    /// How many named origins confirm a claim whose own words were read.
    Confirmed,
    /// How many independent ways there are at most to the origins of a claim.
    AtMost,
    /// An actor's members, an event's participants, or what a claim is about.
    Others,
    /// The number of an entity's mentions.
    Mentions,
    /// The number of an entity's links.
    Links,
    /// What happened, or what is claimed.
    What,
    /// Who took part, or who says so and through whom.
    Who,
    /// The sentence that tells of it.
    Told,
    /// The article of that sentence.
    ToldIn,
    /// How exact a date is, or how sure the speaker.
    Sure,
}

/// How a cell is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditMode {
    /// As a line of text.
    Text,
    /// As several lines of text.
    Lines,
    /// As a choice from a list.
    Choice,
    /// As a toggle, on or off.
    Toggle,
    /// As a choice of an entity.
    Entity,
    /// Not editable in the table: Enter goes to the records that are counted.
    Go,
    /// Not editable in the table.
    Never,
}

impl Column {
    /// Its label in the table's header.
    pub const fn label(self) -> &'static str {
        match self {
            Self::From => "From",
            Self::Relation => "Relation",
            Self::To => "To",
            Self::Strength => "Strength",
            Self::Basis => "Basis",
            Self::Direction => "Direction",
            Self::Sentences => "Evidence",
            Self::Date => "Date",
            Self::Written => "Date as written",
            Self::Note => "Note",
            Self::ToCheck => "To check",
            Self::Name => "Name",
            Self::Kind => "Kind",
            Self::Aliases => "Aliases",
            Self::Sort => "Actor kind",
            Self::Owner => "Owner",
            Self::Grade => "Grade",
            Self::Place => "Place",
            Self::Status => "Status",
            Self::Confirmed => "Confirmed",
            Self::AtMost => "At most",
            Self::Others => "Related entities",
            Self::Mentions => "Mentions",
            Self::Links => "Links",
            Self::What => "What",
            Self::Who => "Who",
            Self::Told => "Sentence",
            Self::ToldIn => "Article",
            Self::Sure => "How sure",
        }
    }

    /// What its label alone does not say.
    pub fn hint(self) -> Option<String> {
        let words = match self {
            Self::Confirmed => "Named origins whose own words were read.",
            Self::AtMost => "The most independent ways to origins.",
            _ => return None,
        };
        Some(format!("{words} {ASSUMED}"))
    }

    /// Its initial width, in points.
    pub const fn width(self) -> f32 {
        match self {
            Self::Name | Self::What => 240.0,
            Self::Told => 360.0,
            Self::Who => 200.0,
            Self::ToldIn | Self::Sure => 170.0,
            Self::From | Self::To => 190.0,
            Self::Note | Self::Sentences | Self::Others => 220.0,
            Self::Aliases | Self::Written | Self::Owner | Self::Basis => 140.0,
            Self::Sort | Self::Grade => 150.0,
            Self::Relation | Self::Place | Self::Status => 130.0,
            // An interval between two days has room.
            Self::Date => 168.0,
            Self::Strength => 110.0,
            Self::Direction | Self::ToCheck | Self::Mentions => 86.0,
            Self::Confirmed | Self::AtMost => 92.0,
            Self::Kind | Self::Links => 74.0,
        }
    }

    /// Whether it contains figures, which are aligned right.
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Mentions | Self::Links | Self::Confirmed | Self::AtMost)
    }

    /// The field of a link that it shows; `None` if it shows a figure or something that links do not have.
    pub fn of_links(self) -> Option<&'static Field<Link>> {
        field(match self {
            Self::From => "from",
            Self::Relation => "relation",
            Self::To => "to",
            Self::Strength => "strength",
            Self::Basis => "basis",
            Self::Direction => "directed",
            Self::Date => "date",
            Self::Written => "written",
            Self::Note => "note",
            Self::ToCheck => "to_check",
            _ => return None,
        })
    }

    /// The field that it shows for entities of a kind; `None` if it shows a figure or something that they do not have.
    pub fn of_entities(self, kind: Kind) -> Option<&'static Field<Entity>> {
        let field: &Field<Entity> = field(match (self, kind) {
            (Self::Name, _) | (Self::What, Kind::Event) => "name",
            (Self::Kind, _) => "kind",
            (Self::Aliases, _) => "aliases",
            (Self::Sort, _) => "actor_kind",
            (Self::Owner, _) => "owner",
            (Self::Grade, Kind::Actor) => "reliability",
            (Self::Grade, Kind::Claim) => "credibility",
            (Self::Date, _) => "date",
            (Self::Written, _) => "written",
            (Self::Place, _) => "place",
            (Self::Status, _) => "status",
            (Self::Others, Kind::Actor) => "members",
            (Self::Others, Kind::Event) => "participants",
            (Self::Others, Kind::Claim) => "about",
            (Self::Note, _) => "note",
            (Self::ToCheck, _) => "to_check",
            _ => return None,
        })?;
        field.only.is_none_or(|only| only == kind).then_some(field)
    }

    /// The kind of value in its cell of a row, if it is editable.
    fn editable(self, notebook: &Notebook, row: RowId) -> Option<ValueKind> {
        match row {
            // Who changes what a derived link follows from changes it.
            RowId::Link(id) if id.is_derived() => None,
            RowId::Link(_) => self.of_links().filter(|it| it.is_editable()).map(|it| it.kind),
            RowId::Entity(id) => self
                .of_entities(notebook.entity(id)?.kind())
                .filter(|it| it.is_editable())
                .map(|it| it.kind),
            // Its date is its article's, and the claim is changed where claims are.
            RowId::Statement(_) => None,
        }
    }

    /// How its cell of a row is edited.
    pub fn edit_mode(self, notebook: &Notebook, row: RowId) -> EditMode {
        if matches!(
            self,
            Self::Sentences | Self::Mentions | Self::Links | Self::Told | Self::ToldIn
        ) {
            return EditMode::Go;
        }
        match self.editable(notebook, row) {
            Some(ValueKind::Line | ValueKind::Date | ValueKind::Names) => EditMode::Text,
            Some(ValueKind::Lines) => EditMode::Lines,
            Some(ValueKind::Choice(_) | ValueKind::Figure(_) | ValueKind::Relation) => {
                EditMode::Choice
            }
            Some(ValueKind::Flag(..)) => EditMode::Toggle,
            Some(ValueKind::Entity(..) | ValueKind::Target) => EditMode::Entity,
            _ => EditMode::Never,
        }
    }

    /// The text of its cell for a link.
    pub fn of_link<'a>(self, notebook: &'a Notebook, link: &'a Link) -> Cow<'a, str> {
        match self {
            // Borrowed, to avoid an allocation for each of a hundred thousand rows.
            Self::Relation => notebook.relation_label(&link.relation).into(),
            Self::To if link.to_entity().is_none() => "a link".into(),
            Self::Sentences => sentences(notebook, link).into(),
            _ => self.of_links().map_or(Cow::Borrowed(""), |field| field.text(notebook, link)),
        }
    }

    /// The text of its cell for an entity.
    pub fn of_entity<'a>(
        self,
        notebook: &'a Notebook,
        id: EntityId,
        entity: &'a Entity,
    ) -> Cow<'a, str> {
        match self {
            Self::Kind => capital(entity.kind().word()).into(),
            Self::Mentions => notebook.mention_count_of(id).to_string().into(),
            Self::Links => notebook.all_links_of(id).count().to_string().into(),
            // That nobody has said what kind of actor it is stands there too.
            Self::Sort => self
                .of_entities(entity.kind())
                .and_then(|field| Some(field.value(entity)?.label(field.kind, notebook)))
                .unwrap_or_default(),
            _ => self
                .of_entities(entity.kind())
                .map_or(Cow::Borrowed(""), |field| field.text(notebook, entity)),
        }
    }

    /// What it shows of a claim's sources, those who affirm before those who deny; `None` for other columns.
    pub(super) fn of_sources(self, sources: &ClaimSources) -> Option<usize> {
        let figures = sources.affirmed.as_ref().or(sources.denied.as_ref())?;
        match self {
            Self::Confirmed => Some(figures.confirmed),
            Self::AtMost => Some(figures.at_most),
            _ => None,
        }
    }

    /// The text of its cell of the chronology; `None` for columns of events that show a field.
    fn of_time<'a>(
        self,
        notebook: &'a Notebook,
        beside: Beside<'_>,
        what: What,
    ) -> Option<Cow<'a, str>> {
        let told = || mention_of(notebook, what).and_then(|id| sentence_of(notebook, id));
        Some(match (self, what) {
            (Self::Who, _) => who(notebook, what).into(),
            (Self::Sure, _) => {
                let doubts = beside.doubts.map(|doubts| doubts.words(notebook, what));
                (sure(notebook, what) + &doubts.unwrap_or_default()).into()
            }
            (Self::Told, _) => told().map_or_else(String::new, |(_, sentence)| sentence).into(),
            (Self::ToldIn, _) => {
                let article = mention_of(notebook, what)
                    .and_then(|id| notebook.article(notebook.mention(id)?.anchor.article));
                article.map_or("", |article| &article.about.title).into()
            }
            (Self::What, What::Statement(id)) => {
                notebook.mention(id).map_or("", |mention| notebook.name(mention.entity)).into()
            }
            (Self::Date, What::Statement(_)) => {
                when(notebook, what).unwrap_or_default().edtf.into()
            }
            _ => return None,
        })
    }

    /// The text of its cell of a row.
    pub fn text<'a>(self, notebook: &'a Notebook, beside: Beside<'_>, row: RowId) -> Cow<'a, str> {
        if let Some(what) = row.what()
            && let Some(text) = self.of_time(notebook, beside, what)
        {
            return text;
        }
        match row {
            // What is judged of links made by hand is not judged of derived ones.
            RowId::Link(id) if id.is_derived() && self == Self::Basis => return "derived".into(),
            RowId::Link(id)
                if id.is_derived()
                    && matches!(self, Self::Strength | Self::Direction | Self::ToCheck) =>
            {
                return "".into();
            }
            RowId::Entity(id) if matches!(self, Self::Confirmed | Self::AtMost) => {
                let figure = beside.sources.and_then(|all| self.of_sources(all.of(id)?));
                return figure.map_or_else(String::new, |figure| figure.to_string()).into();
            }
            _ => {}
        }
        match row {
            RowId::Link(id) => notebook.any_link(id).map(|link| self.of_link(notebook, link)),
            RowId::Entity(id) => {
                notebook.entity(id).map(|entity| self.of_entity(notebook, id, entity))
            }
            RowId::Statement(_) => None,
        }
        .unwrap_or_default()
    }

    /// The value of its cell of a row.
    pub fn value(self, notebook: &Notebook, row: RowId) -> Option<Value> {
        match row {
            RowId::Link(id) => self.of_links()?.value(notebook.any_link(id)?),
            RowId::Entity(id) => {
                let entity = notebook.entity(id)?;
                self.of_entities(entity.kind())?.value(entity)
            }
            RowId::Statement(_) => None,
        }
    }

    /// The choices for its cell of a row, each with its label, and the index of the current one.
    pub fn choices(self, notebook: &Notebook, row: RowId) -> (Vec<(Value, String)>, Option<usize>) {
        let Some(kind) = self.editable(notebook, row) else { return (Vec::new(), None) };
        let values: Vec<Value> = match (kind, row) {
            (ValueKind::Relation, RowId::Link(id)) => {
                let Some(link) = notebook.any_link(id) else { return (Vec::new(), None) };
                let to = link.to_entity().map(Target::Entity);
                relations_between(notebook, link.from, to)
                    .into_iter()
                    .map(Value::Relation)
                    .collect()
            }
            (ValueKind::Choice(_) | ValueKind::Figure(_), _) => {
                (0..choices_of(kind).len()).map(Value::Number).collect()
            }
            (ValueKind::Flag(..), _) => [true, false].map(Value::Flag).to_vec(),
            _ => return (Vec::new(), None),
        };
        let now = self.value(notebook, row);
        let now = now.and_then(|now| values.iter().position(|value| *value == now));
        let words = |value: Value| {
            let words = value.label(kind, notebook).into_owned();
            (value, words)
        };
        (values.into_iter().map(words).collect(), now)
    }

    /// The error message for a text that its cell of a row cannot take; `None` if the text is valid.
    pub fn fault(self, notebook: &Notebook, row: RowId, text: &str) -> Option<String> {
        let (noun, parsed) = match row {
            RowId::Link(_) => {
                let field = self.of_links()?;
                (field.noun, field.parse(notebook, text))
            }
            RowId::Entity(id) => {
                let field = self.of_entities(notebook.entity(id)?.kind())?;
                (field.noun, field.parse(notebook, text))
            }
            RowId::Statement(_) => return None,
        };
        match parsed {
            Ok(_) => None,
            Err(NotAValue::Blank) => Some(format!("A {noun} cannot be blank.")),
            Err(why) => Some(why.to_string()),
        }
    }

    /// The edit that sets its cell of a row to a text; `None` if the text is not valid.
    pub fn set_text(self, notebook: &Notebook, row: RowId, text: &str) -> Option<Edit> {
        match row {
            RowId::Link(id) => {
                let field = self.of_links()?;
                field.set(Ref::Id(id), &field.parse(notebook, text).ok()?)
            }
            RowId::Entity(id) => {
                let field = self.of_entities(notebook.entity(id)?.kind())?;
                field.set(Ref::Id(id), &field.parse(notebook, text).ok()?)
            }
            RowId::Statement(_) => None,
        }
    }

    /// The edit that sets a value, chosen in its cell of a row, in all of these rows as one step. Rows that cannot take
    /// the value are left out.
    pub fn set_in(
        self,
        notebook: &Notebook,
        row: RowId,
        rows: &[RowId],
        value: &Value,
    ) -> Option<Edit> {
        match row {
            RowId::Link(_) => {
                let links = rows.iter().filter_map(|row| match row {
                    RowId::Link(id) => Some(*id),
                    RowId::Entity(_) | RowId::Statement(_) => None,
                });
                set_field(notebook, links, self.of_links()?, value)
            }
            RowId::Entity(id) => {
                let kind = notebook.entity(id)?.kind();
                let entities = rows.iter().filter_map(|row| match row {
                    RowId::Entity(id) => Some(*id),
                    RowId::Link(_) | RowId::Statement(_) => None,
                });
                set_field(notebook, entities, self.of_entities(kind)?, value)
            }
            RowId::Statement(_) => None,
        }
    }

    /// The edit that sets its cell of a row to an entity, or to nobody if `entity` is `None`.
    pub fn set_entity(
        self,
        notebook: &Notebook,
        row: RowId,
        entity: Option<EntityId>,
    ) -> Option<Edit> {
        let value = match self.editable(notebook, row)? {
            ValueKind::Target => Value::Target(Target::Entity(entity?)),
            _ => Value::Entity(entity),
        };
        match row {
            RowId::Link(id) => self.of_links()?.set(Ref::Id(id), &value),
            RowId::Entity(id) => {
                self.of_entities(notebook.entity(id)?.kind())?.set(Ref::Id(id), &value)
            }
            RowId::Statement(_) => None,
        }
    }

    /// The entities that its cell of a row accepts: their kind, and whether it may be nobody.
    pub fn takes_entity(self, notebook: &Notebook, row: RowId) -> (Option<Kind>, bool) {
        match self.editable(notebook, row) {
            Some(ValueKind::Entity(kind, nobody)) => (kind, nobody),
            _ => (None, false),
        }
    }

    /// The entity in its cell of a row.
    pub fn entity(self, notebook: &Notebook, row: RowId) -> Option<EntityId> {
        match self.value(notebook, row)? {
            Value::Entity(entity) => entity,
            Value::Target(Target::Entity(entity)) => Some(entity),
            _ => None,
        }
    }
}

/// The number of sentences that support a link, and the first of them.
fn sentences(notebook: &Notebook, link: &Link) -> String {
    /// Maximum number of characters of a sentence shown in a cell.
    const MOST: usize = 120;
    let Some(first) = link.evidence.first() else { return "no evidence".to_owned() };
    let words = notebook.evidence_anchor(first).map_or("", |anchor| notebook.words(anchor));
    let words: String = words.chars().take(MOST).map(|c| if c == '\n' { ' ' } else { c }).collect();
    format!("{} · {words}", link.evidence.len())
}
