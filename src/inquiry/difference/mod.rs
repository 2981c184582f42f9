//! The difference between two notebooks: which records differ, and in which fields, with their values. [`Summary`] puts
//! it into words for the screen; [`fields_of`] says of one record what each field was and is; [`readable`] is a whole
//! notebook in lines that a line-by-line comparison makes sense of.

mod changed;
mod facts;
mod readable;
mod summary;

use std::cmp::Ordering;
use std::collections::BTreeMap;

pub use changed::{FieldDifference, fields_of};
pub use facts::{Said, id_of};
pub use readable::readable;
pub use summary::{Summary, SummaryLine, summarise};

use crate::fields::{
    ARTICLE, ENTITY, FieldChange, LINK, MENTION, STATEMENT, Value, ValueKind, changes,
};
use crate::notebook::{Kind, Notebook, RecordId};

/// The kind of thing that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The notebook's title.
    Title,
    /// An article.
    Article,
    /// An actor.
    Actor,
    /// An event.
    Event,
    /// A claim.
    Claim,
    /// A mention.
    Mention,
    /// A link.
    Link,
    /// A relation.
    Relation,
    /// A place on the canvas.
    Place,
    /// A group on the canvas.
    Group,
    /// A note card.
    Card,
    /// A named view.
    View,
    /// Suggestions that were dismissed in an article.
    Dismissed,
    /// A waiver of a finding of the review.
    Waiver,
    /// A source that is set aside.
    SetAside,
    /// A matrix of competing claims.
    Matrix,
    /// What two people changed differently.
    Conflict,
}

impl What {
    /// Its name in the singular and the plural.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Title => ("title", "titles"),
            Self::Article => ("article", "articles"),
            Self::Actor => ("actor", "actors"),
            Self::Event => ("event", "events"),
            Self::Claim => ("claim", "claims"),
            Self::Mention => ("mention", "mentions"),
            Self::Link => ("link", "links"),
            Self::Relation => ("relation", "relations"),
            Self::Place => ("position on the canvas", "positions on the canvas"),
            Self::Group => ("group", "groups"),
            Self::Card => ("note card", "note cards"),
            Self::View => ("named view", "named views"),
            Self::Dismissed => ("dismissed suggestion", "dismissed suggestions"),
            Self::Waiver => ("waiver", "waivers"),
            Self::SetAside => ("source set aside", "sources set aside"),
            Self::Matrix => ("matrix", "matrices"),
            Self::Conflict => ("conflict", "conflicts"),
        }
    }

    const fn of(kind: Kind) -> Self {
        match kind {
            Kind::Actor => Self::Actor,
            Kind::Event => Self::Event,
            Kind::Claim => Self::Claim,
        }
    }
}

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Only the second notebook has it.
    Added,
    /// Only the first has it.
    Removed,
    /// Both have it, and not the same.
    Changed,
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Differing {
    /// How it differs.
    pub how: How,
    /// What it is.
    pub what: What,
    /// Its id.
    pub record: RecordId,
    /// The fields that differ, where both have the record. Records without a table of fields (groups, note cards, named
    /// views, relations, dismissed suggestions, waivers, sources set aside, matrices) differ without any field here.
    pub fields: Vec<FieldChange>,
}

/// How many records of one kind differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Only in the second notebook.
    pub added: usize,
    /// Only in the first.
    pub removed: usize,
    /// In both, and not the same.
    pub changed: usize,
}

/// The difference between two notebooks. They are equal exactly when it is empty.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Difference {
    /// By kind; kinds without a difference are left out.
    pub counts: BTreeMap<What, Count>,
    /// One by one: by kind, then as the notebooks order them.
    pub records: Vec<Differing>,
}

impl Difference {
    /// Whether nothing differs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    fn add(&mut self, how: How, what: What, record: RecordId, fields: Vec<FieldChange>) {
        let count = self.counts.entry(what).or_default();
        match how {
            How::Added => count.added += 1,
            How::Removed => count.removed += 1,
            How::Changed => count.changed += 1,
        }
        self.records.push(Differing { how, what, record, fields });
    }

    /// Compares two maps entry by entry.
    fn maps<K: Ord, V: PartialEq>(
        &mut self,
        (old, new): (&BTreeMap<K, V>, &BTreeMap<K, V>),
        what: impl Fn(&V) -> What,
        record: impl Fn(&K) -> RecordId,
        fields: impl Fn(&V, &V) -> Vec<FieldChange>,
        stop: &dyn Fn() -> bool,
    ) -> Option<()> {
        let (mut olds, mut news) = (old.iter().peekable(), new.iter().peekable());
        for n in 0_usize.. {
            if n.is_multiple_of(ASK_EVERY) && stop() {
                return None;
            }
            let order = match (olds.peek(), news.peek()) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((a, _)), Some((b, _))) => a.cmp(b),
            };
            let old = if order == Ordering::Greater { None } else { olds.next() };
            let new = if order == Ordering::Less { None } else { news.next() };
            match (old, new) {
                (Some((key, a)), Some((_, b))) if a != b => {
                    self.add(How::Changed, what(b), record(key), fields(a, b));
                }
                (Some((key, a)), None) => {
                    self.add(How::Removed, what(a), record(key), Vec::new());
                }
                (None, Some((key, b))) => self.add(How::Added, what(b), record(key), Vec::new()),
                _ => {}
            }
        }
        Some(())
    }
}

/// The number of records after which a comparison asks whether it is to stop.
const ASK_EVERY: usize = 256;

/// Compares an older notebook with a newer one. The cost grows with both, so it belongs in a job; `None` if `stop`
/// returns true.
#[must_use]
pub fn difference(old: &Notebook, new: &Notebook, stop: &dyn Fn() -> bool) -> Option<Difference> {
    let mut found = Difference::default();
    if old.title() != new.title() {
        let text = |notebook: &Notebook| Some(Value::Text(notebook.title().to_owned()));
        let (key, label, noun) = ("title", "Title", "title");
        let kind = ValueKind::Line;
        let title = FieldChange { key, label, noun, kind, old: text(old), new: text(new) };
        found.add(How::Changed, What::Title, RecordId::Title, vec![title]);
    }
    found.maps(
        (old.articles(), new.articles()),
        |_| What::Article,
        |id| RecordId::Article(*id),
        |a, b| changes(ARTICLE, a, b),
        stop,
    )?;
    found.maps(
        (old.entities(), new.entities()),
        |entity| What::of(entity.kind()),
        |id| RecordId::Entity(*id),
        |a, b| changes(ENTITY, a, b),
        stop,
    )?;
    found.maps(
        (old.mentions(), new.mentions()),
        |_| What::Mention,
        |id| RecordId::Mention(*id),
        |a, b| {
            let mut all = changes(MENTION, a, b);
            all.extend(changes(STATEMENT, a, b));
            all
        },
        stop,
    )?;
    found.maps(
        (old.links(), new.links()),
        |_| What::Link,
        |id| RecordId::Link(*id),
        |a, b| changes(LINK, a, b),
        stop,
    )?;
    let none = Vec::new;
    found.maps(
        (old.relations(), new.relations()),
        |_| What::Relation,
        |id| RecordId::Relation(id.clone()),
        |_, _| none(),
        stop,
    )?;
    found.maps(
        (old.nodes(), new.nodes()),
        |_| What::Place,
        |id| RecordId::Node(*id),
        |_, _| none(),
        stop,
    )?;
    found.maps(
        (old.groups(), new.groups()),
        |_| What::Group,
        |id| RecordId::Group(*id),
        |_, _| none(),
        stop,
    )?;
    found.maps(
        (old.cards(), new.cards()),
        |_| What::Card,
        |id| RecordId::Card(*id),
        |_, _| none(),
        stop,
    )?;
    found.maps(
        (old.views(), new.views()),
        |_| What::View,
        |id| RecordId::View(*id),
        |_, _| none(),
        stop,
    )?;
    found.maps(
        (old.dismissed(), new.dismissed()),
        |_| What::Dismissed,
        |id| RecordId::Dismissed(*id),
        |_, _| none(),
        stop,
    )?;
    found.maps(
        (old.waivers(), new.waivers()),
        |_| What::Waiver,
        |id| RecordId::Waiver(*id),
        |_, _| none(),
        stop,
    )?;
    found.maps(
        (old.set_aside(), new.set_aside()),
        |_| What::SetAside,
        |id| RecordId::SetAside(*id),
        |_, _| none(),
        stop,
    )?;
    found.maps(
        (old.matrices(), new.matrices()),
        |_| What::Matrix,
        |id| RecordId::Matrix(*id),
        |_, _| none(),
        stop,
    )?;
    found.maps(
        (old.conflicts(), new.conflicts()),
        |_| What::Conflict,
        |id| RecordId::Conflict(*id),
        |_, _| none(),
        stop,
    )?;
    // Entities are in one map and have three headings.
    found.records.sort_by_key(|record| record.what);
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, EntityFields, Ref, apply};
    use crate::notebook::generate::{Size, generate};

    #[test]
    fn what_an_edit_did_is_told_with_its_name() {
        let size = Size { articles: 1, text: 600, entities: 24, mentions: 10, links: 12 };
        let (old, _) = generate(3, size);
        let all = |a: &Notebook, b: &Notebook| difference(a, b, &|| false).expect("not stopped");
        assert!(all(&old, &old).is_empty());
        let mut new = old.clone();
        let actor = *old.entities().iter().find(|(_, e)| e.kind() == Kind::Actor).expect("one").0;
        let link = *old.links().keys().next().expect("one");
        let owner = Some(Ref::Name(String::new()));
        let was = old.entity(actor).expect("there").note.clone();
        for edit in [
            Edit::AddEntity {
                kind: Kind::Claim,
                name: "Kervel leaves".to_owned(),
                handle: String::new(),
                with: Box::default(),
                at: None,
            },
            Edit::SetEntity {
                entity: Ref::Id(actor),
                with: Box::new(EntityFields {
                    note: Some("seen".to_owned()),
                    owner,
                    ..EntityFields::default()
                }),
            },
            Edit::Reverse { link: Ref::Id(link) },
        ] {
            // A link to a link cannot be reversed.
            let _ = apply(&mut new, &edit);
        }
        let found = all(&old, &new);
        let of = |record: RecordId| {
            found.records.iter().find(|differing| differing.record == record).expect("there")
        };
        let note = of(RecordId::Entity(actor)).fields.iter().find(|f| f.key == "note");
        let note = note.expect("it differs");
        assert_eq!(note.old, Some(Value::Text(was)));
        assert_eq!(note.new, Some(Value::Text("seen".to_owned())));
        let told = summarise(&old, &new, &|| false).expect("not stopped");
        let line =
            |how, what| told.lines.iter().find(|l| (l.how, l.what) == (how, what)).expect("told");
        assert_eq!(line(How::Added, What::Claim).name, "Kervel leaves");
        assert!(line(How::Changed, What::Actor).detail.contains("note"));
        assert!(told.summary().contains("1 claim added"), "{}", told.summary());
        // The other way round it is what was removed, and each value on the other side.
        let back = all(&new, &old);
        assert_eq!(back.counts[&What::Claim].removed, 1);
        assert_eq!(back.records.len(), found.records.len());
        for (there, back) in found.records.iter().zip(&back.records) {
            assert_eq!(there.fields.len(), back.fields.len());
            for (a, b) in there.fields.iter().zip(&back.fields) {
                assert_eq!((&a.old, &a.new), (&b.new, &b.old));
            }
        }
    }
}
