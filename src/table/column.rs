//! The columns: what each is called, what stands in its cells, and how a cell is changed.

use std::borrow::Cow;

use super::value::{CREDIBILITY, Value};
use crate::edit::{Edit, EntityFields, LinkFields, Ref};
use crate::inquiry::relations_between;
use crate::notebook::{
    ActorKind, Basis, Detail, Entity, EntityId, Kind, Link, LinkId, Notebook, Reliability,
    Strength, Target, Verdict, check_edtf,
};
use crate::text::capital;

/// Which of the two tables.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TableKind {
    /// A row for each link.
    #[default]
    Links,
    /// A row for each entity.
    Entities,
}

impl TableKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Links, Self::Entities];

    /// As shown on screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Links => "Links",
            Self::Entities => "Entities",
        }
    }

    /// Its columns, from the left.
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Links => &[
                Column::From,
                Column::Relation,
                Column::To,
                Column::Strength,
                Column::Basis,
                Column::Direction,
                Column::Sentences,
                Column::Date,
                Column::Written,
                Column::Note,
                Column::ToCheck,
            ],
            Self::Entities => &[
                Column::Name,
                Column::Kind,
                Column::Aliases,
                Column::Sort,
                Column::Owner,
                Column::Grade,
                Column::Date,
                Column::Written,
                Column::Place,
                Column::Verdict,
                Column::Others,
                Column::Mentions,
                Column::Links,
                Column::Note,
                Column::ToCheck,
            ],
        }
    }
}

/// A row: what it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowId {
    /// A link.
    Link(LinkId),
    /// An entity.
    Entity(EntityId),
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Where a link starts.
    From,
    /// What it says.
    Relation,
    /// Where it ends.
    To,
    /// How well it is established.
    Strength,
    /// How it follows from its evidence.
    Basis,
    /// Whether it points one way.
    Direction,
    /// How many sentences support it.
    Sentences,
    /// The date, as EDTF.
    Date,
    /// The date as the article writes it.
    Written,
    /// The user's own words.
    Note,
    /// The mark “to check”.
    ToCheck,
    /// An entity's name.
    Name,
    /// Actor, event or claim.
    Kind,
    /// Its other names.
    Aliases,
    /// What sort of actor.
    Sort,
    /// Who owns an actor.
    Owner,
    /// An actor's reliability, a claim's credibility.
    Grade,
    /// Where an event happened.
    Place,
    /// The analyst's verdict on a claim.
    Verdict,
    /// Members, participants, what a claim is about.
    Others,
    /// How many mentions.
    Mentions,
    /// How many links.
    Links,
}

/// How a cell is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditMode {
    /// By typing.
    Text,
    /// By typing, several lines.
    Lines,
    /// By choosing from a list.
    Choice,
    /// On or off.
    Toggle,
    /// By choosing an entity.
    Entity,
    /// Not here: Enter goes to what is counted.
    Go,
    /// Not here.
    Never,
}

impl Column {
    /// What stands over it.
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
            Self::Verdict => "Verdict",
            Self::Others => "Related entities",
            Self::Mentions => "Mentions",
            Self::Links => "Links",
        }
    }

    /// Its width at first, in points.
    pub const fn width(self) -> f32 {
        match self {
            Self::Name => 240.0,
            Self::From | Self::To => 190.0,
            Self::Note | Self::Sentences | Self::Others => 220.0,
            Self::Aliases | Self::Written | Self::Owner | Self::Basis => 140.0,
            Self::Sort | Self::Grade => 150.0,
            Self::Relation | Self::Date | Self::Place | Self::Verdict => 130.0,
            Self::Strength => 110.0,
            Self::Direction | Self::ToCheck | Self::Mentions => 86.0,
            Self::Kind | Self::Links => 74.0,
        }
    }

    /// Whether figures stand in it: they are set to the right.
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Mentions | Self::Links)
    }

    /// How its cell of this row is changed.
    pub fn edit_mode(self, notebook: &Notebook, row: RowId) -> EditMode {
        let kind = match row {
            RowId::Entity(id) => notebook.entity(id).map(|entity| entity.kind()),
            RowId::Link(_) => None,
        };
        let of = |wanted: Kind, mode: EditMode| {
            if kind == Some(wanted) { mode } else { EditMode::Never }
        };
        let is_link = matches!(row, RowId::Link(_));
        match self {
            Self::From | Self::To => EditMode::Entity,
            Self::Relation | Self::Strength | Self::Basis => EditMode::Choice,
            Self::Direction | Self::ToCheck => EditMode::Toggle,
            Self::Date | Self::Written if is_link => EditMode::Text,
            Self::Date | Self::Written | Self::Place => of(Kind::Event, EditMode::Text),
            Self::Note => EditMode::Lines,
            Self::Name | Self::Aliases => EditMode::Text,
            Self::Sort => of(Kind::Actor, EditMode::Choice),
            Self::Owner => of(Kind::Actor, EditMode::Entity),
            Self::Grade if kind == Some(Kind::Event) => EditMode::Never,
            Self::Grade => EditMode::Choice,
            Self::Verdict => of(Kind::Claim, EditMode::Text),
            Self::Sentences | Self::Mentions | Self::Links => EditMode::Go,
            Self::Kind | Self::Others => EditMode::Never,
        }
    }

    /// What its cell of a link says.
    pub fn of_link<'a>(self, notebook: &'a Notebook, link: &'a Link) -> Cow<'a, str> {
        match self {
            Self::From => notebook.name(link.from).into(),
            Self::Relation => notebook.relation_label(&link.relation).into(),
            Self::To => link.to_entity().map_or("a link", |to| notebook.name(to)).into(),
            Self::Strength => link.strength.label().into(),
            Self::Basis => link.basis.label().into(),
            Self::Direction => if link.directed { "directed" } else { "undirected" }.into(),
            Self::Sentences => sentences(notebook, link).into(),
            Self::Date => link.when.edtf.as_str().into(),
            Self::Written => link.when.written.as_str().into(),
            Self::Note => link.note.as_str().into(),
            Self::ToCheck => mark(link.to_check).into(),
            _ => "".into(),
        }
    }

    /// What its cell of an entity says.
    pub fn of_entity<'a>(
        self,
        notebook: &'a Notebook,
        id: EntityId,
        entity: &'a Entity,
    ) -> Cow<'a, str> {
        let names = |ids: &[EntityId]| {
            ids.iter().map(|id| notebook.name(*id)).collect::<Vec<_>>().join(", ")
        };
        match (self, &entity.detail) {
            (Self::Name, _) => entity.name.as_str().into(),
            (Self::Kind, _) => capital(entity.kind().word()).into(),
            (Self::Aliases, _) => entity.aliases.join("; ").into(),
            (Self::Note, _) => entity.note.as_str().into(),
            (Self::ToCheck, _) => mark(entity.to_check).into(),
            (Self::Mentions, _) => notebook.mention_count_of(id).to_string().into(),
            (Self::Links, _) => notebook.links_of(id).count().to_string().into(),
            (Self::Sort, Detail::Actor(actor)) => actor.kind.label().into(),
            (Self::Owner, Detail::Actor(actor)) => {
                actor.owner.map_or("", |owner| notebook.name(owner)).into()
            }
            (Self::Grade, Detail::Actor(actor)) => {
                actor.reliability.map_or("", Reliability::label).into()
            }
            (Self::Grade, Detail::Claim(claim)) => claim
                .credibility
                .and_then(|grade| CREDIBILITY.get(usize::from(grade)))
                .map_or("", |words| words)
                .into(),
            (Self::Date, Detail::Event(event)) => event.date.edtf.as_str().into(),
            (Self::Written, Detail::Event(event)) => event.date.written.as_str().into(),
            (Self::Place, Detail::Event(event)) => event.place.as_str().into(),
            (Self::Verdict, Detail::Claim(claim)) => {
                claim.verdict.as_ref().map_or("", |verdict| &verdict.status).into()
            }
            (Self::Others, Detail::Actor(actor)) => names(&actor.members).into(),
            (Self::Others, Detail::Event(event)) => event
                .participants
                .iter()
                .map(|p| format!("{} ({})", notebook.name(p.actor), p.role.label()))
                .collect::<Vec<_>>()
                .join(", ")
                .into(),
            (Self::Others, Detail::Claim(claim)) => names(&claim.about).into(),
            _ => "".into(),
        }
    }

    /// What its cell of a row says.
    pub fn text(self, notebook: &Notebook, row: RowId) -> Cow<'_, str> {
        match row {
            RowId::Link(id) => notebook.link(id).map(|link| self.of_link(notebook, link)),
            RowId::Entity(id) => {
                notebook.entity(id).map(|entity| self.of_entity(notebook, id, entity))
            }
        }
        .unwrap_or_default()
    }

    /// What can be chosen in its cell of a row, and which of them it is now.
    pub fn choices(self, notebook: &Notebook, row: RowId) -> (Vec<Value>, Option<usize>) {
        let (values, now): (Vec<Value>, Option<Value>) = match row {
            RowId::Link(id) => {
                let Some(link) = notebook.link(id) else { return (Vec::new(), None) };
                match self {
                    Self::Relation => {
                        let to = link.to_entity().map(Target::Entity);
                        let all = relations_between(notebook, link.from, to);
                        (
                            all.into_iter().map(Value::Relation).collect(),
                            Some(Value::Relation(link.relation.clone())),
                        )
                    }
                    Self::Strength => (
                        Strength::ALL.map(Value::Strength).to_vec(),
                        Some(Value::Strength(link.strength)),
                    ),
                    Self::Basis => {
                        (Basis::ALL.map(Value::Basis).to_vec(), Some(Value::Basis(link.basis)))
                    }
                    Self::Direction => (
                        [true, false].map(Value::Directed).to_vec(),
                        Some(Value::Directed(link.directed)),
                    ),
                    Self::ToCheck => (
                        [true, false].map(Value::ToCheck).to_vec(),
                        Some(Value::ToCheck(link.to_check)),
                    ),
                    _ => (Vec::new(), None),
                }
            }
            RowId::Entity(id) => {
                let Some(entity) = notebook.entity(id) else { return (Vec::new(), None) };
                match (self, &entity.detail) {
                    (Self::Sort, Detail::Actor(actor)) => {
                        (ActorKind::ALL.map(Value::Sort).to_vec(), Some(Value::Sort(actor.kind)))
                    }
                    (Self::Grade, Detail::Actor(actor)) => {
                        let all = std::iter::once(None).chain(Reliability::ALL.map(Some));
                        (
                            all.map(Value::Reliability).collect(),
                            Some(Value::Reliability(actor.reliability)),
                        )
                    }
                    (Self::Grade, Detail::Claim(claim)) => (
                        (0..=6).map(Value::Credibility).collect(),
                        Some(Value::Credibility(claim.credibility.unwrap_or(0))),
                    ),
                    (Self::ToCheck, _) => (
                        [true, false].map(Value::ToCheck).to_vec(),
                        Some(Value::ToCheck(entity.to_check)),
                    ),
                    _ => (Vec::new(), None),
                }
            }
        };
        let now = now.and_then(|now| values.iter().position(|value| *value == now));
        (values, now)
    }

    /// What is wrong with a text for one of its cells.
    pub fn fault(self, text: &str) -> Option<String> {
        match self {
            Self::Name if text.trim().is_empty() => Some("A name cannot be blank.".to_owned()),
            Self::Date => check_edtf(text.trim()).err().map(|why| why.to_string()),
            _ => None,
        }
    }

    /// The edit that makes its cell of a row say this.
    pub fn set_text(self, notebook: &Notebook, row: RowId, text: &str) -> Option<Edit> {
        let text = text.trim();
        match row {
            RowId::Link(id) => {
                let mut with = LinkFields::default();
                let field = match self {
                    Self::Date => &mut with.date,
                    Self::Written => &mut with.written,
                    Self::Note => &mut with.note,
                    _ => return None,
                };
                *field = Some(text.to_owned());
                Some(Edit::SetLink { link: Ref::Id(id), with })
            }
            RowId::Entity(id) => {
                let mut with = EntityFields::default();
                let field = match self {
                    Self::Name => &mut with.name,
                    Self::Date => &mut with.date,
                    Self::Written => &mut with.written,
                    Self::Place => &mut with.place,
                    Self::Note => &mut with.note,
                    Self::Aliases => {
                        with.aliases = Some(text.split(';').map(|a| a.trim().to_owned()).collect());
                        return Some(Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) });
                    }
                    Self::Verdict => {
                        let reason = match &notebook.entity(id)?.detail {
                            Detail::Claim(claim) => {
                                claim.verdict.as_ref().map(|v| v.reason.clone())
                            }
                            _ => None,
                        };
                        let reason = reason.unwrap_or_default();
                        with.verdict = Some(Verdict { status: text.to_owned(), reason });
                        return Some(Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) });
                    }
                    _ => return None,
                };
                *field = Some(text.to_owned());
                Some(Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) })
            }
        }
    }

    /// The edit that makes its cell of a row mean this entity; nobody, where it is none.
    pub fn set_entity(self, row: RowId, entity: Ref<EntityId>) -> Option<Edit> {
        match (self, row) {
            (Self::From, RowId::Link(id)) => Some(Edit::SetLink {
                link: Ref::Id(id),
                with: LinkFields { from: Some(entity), ..LinkFields::default() },
            }),
            (Self::To, RowId::Link(id)) => Some(Edit::SetLink {
                link: Ref::Id(id),
                with: LinkFields { to: Some(entity), ..LinkFields::default() },
            }),
            (Self::Owner, RowId::Entity(id)) => Some(Edit::SetEntity {
                entity: Ref::Id(id),
                with: Box::new(EntityFields { owner: Some(entity), ..EntityFields::default() }),
            }),
            _ => None,
        }
    }

    /// The entity that its cell of a row means.
    pub fn entity(self, notebook: &Notebook, row: RowId) -> Option<EntityId> {
        match (self, row) {
            (Self::From, RowId::Link(id)) => notebook.link(id).map(|link| link.from),
            (Self::To, RowId::Link(id)) => notebook.link(id)?.to_entity(),
            (Self::Owner, RowId::Entity(id)) => match &notebook.entity(id)?.detail {
                Detail::Actor(actor) => actor.owner,
                _ => None,
            },
            _ => None,
        }
    }
}

const fn mark(on: bool) -> &'static str {
    if on { "to check" } else { "" }
}

/// The first sentence that supports a link, and how many there are.
fn sentences(notebook: &Notebook, link: &Link) -> String {
    /// Of a sentence no more than this is of use in a cell.
    const MOST: usize = 120;
    let Some(first) = link.evidence.first() else { return "no evidence".to_owned() };
    let words = notebook.evidence_anchor(first).map_or("", |anchor| notebook.words(anchor));
    let words: String = words.chars().take(MOST).map(|c| if c == '\n' { ' ' } else { c }).collect();
    format!("{} · {words}", link.evidence.len())
}
