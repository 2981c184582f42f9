//! A comparison in words: counted by kind, and each difference by its name.

use std::collections::BTreeMap;

use super::facts::{fields_of, short};
use super::{ASK_EVERY, Count, Differing, How, What, difference};
use crate::fields::{FieldChange, Value};
use crate::notebook::{Link, Notebook, RecordId, Target};
use crate::text::fold;

/// The most characters of a name.
const NAME: usize = 120;

/// The difference between two notebooks, in words for the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// By kind; kinds without a difference are left out.
    pub counts: BTreeMap<What, Count>,
    /// One by one: by kind, then by name, then by id.
    pub lines: Vec<SummaryLine>,
}

/// One difference in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLine {
    /// How it differs.
    pub how: How,
    /// The kind of thing that differs.
    pub what: What,
    /// Which record it is.
    pub record: RecordId,
    /// Its name, or its words.
    pub name: String,
    /// What changed in it; may be empty.
    pub detail: String,
}

/// Compares an older notebook with a newer one, in words. The cost grows with both, so it belongs in a job; `None` if
/// `stop` returns true.
#[must_use]
pub fn summarise(old: &Notebook, new: &Notebook, stop: &dyn Fn() -> bool) -> Option<Summary> {
    let found = difference(old, new, stop)?;
    let line = |differing: &Differing| {
        // Only the old notebook has what was removed.
        let notebook = if differing.how == How::Removed { old } else { new };
        SummaryLine {
            how: differing.how,
            what: differing.what,
            record: differing.record.clone(),
            name: short(&record_name(notebook, &differing.record), NAME),
            detail: detail(differing, old, new),
        }
    };
    let mut lines = Vec::with_capacity(found.records.len());
    for (n, differing) in found.records.iter().enumerate() {
        if n.is_multiple_of(ASK_EVERY) && stop() {
            return None;
        }
        lines.push(line(differing));
    }
    lines.sort_by_cached_key(|line| (line.what, fold(&line.name), line.record.clone()));
    Some(Summary { lines, counts: found.counts })
}

impl Summary {
    /// Whether nothing differs.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// In a sentence: “2 actors added, 1 link changed”.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut parts = Vec::new();
        for (what, count) in &self.counts {
            for (n, how) in
                [(count.added, "added"), (count.removed, "removed"), (count.changed, "changed")]
            {
                let (one, many) = what.words();
                match n {
                    0 => {}
                    1 => parts.push(format!("1 {one} {how}")),
                    n => parts.push(format!("{n} {many} {how}")),
                }
            }
        }
        if parts.is_empty() { "no differences".to_owned() } else { parts.join(", ") }
    }
}

/// The name of a record, or the words of a place in an article; empty where the notebook does not hold it.
#[must_use]
pub fn record_name(notebook: &Notebook, record: &RecordId) -> String {
    let article =
        |id| notebook.article(id).map_or_else(String::new, |article| article.about.title.clone());
    match record {
        RecordId::Title => notebook.title().to_owned(),
        RecordId::Article(id) | RecordId::Dismissed(id) => article(*id),
        RecordId::Entity(id) | RecordId::Node(id) => notebook.name(*id).to_owned(),
        RecordId::Mention(id) => notebook.mention(*id).map_or_else(String::new, |mention| {
            let (words, of) = (notebook.words(&mention.anchor), notebook.name(mention.entity));
            if words == of { words.to_owned() } else { format!("{} → {of}", short(words, NAME)) }
        }),
        RecordId::Link(id) => {
            notebook.link(*id).map_or_else(String::new, |link| link_name(notebook, link))
        }
        RecordId::Relation(id) => notebook.relation_label(id).to_owned(),
        RecordId::Group(id) => {
            notebook.groups().get(id).map_or_else(String::new, |group| group.title.clone())
        }
        RecordId::Card(id) => {
            notebook.cards().get(id).map_or_else(String::new, |card| card.text.clone())
        }
        RecordId::View(id) => {
            notebook.views().get(id).map_or_else(String::new, |view| view.name.clone())
        }
        RecordId::Waiver(id) => notebook.waivers().get(id).map_or_else(String::new, |waiver| {
            let of: Vec<_> = waiver.of.iter().map(|of| notebook.subject_name(*of)).collect();
            format!("{}: {}", waiver.rule, of.join(", "))
        }),
        RecordId::SetAside(id) => notebook
            .set_aside()
            .get(id)
            .map_or_else(String::new, |aside| notebook.subject_name(aside.what)),
        RecordId::Matrix(id) => {
            notebook.matrices().get(id).map_or_else(String::new, |matrix| matrix.title.clone())
        }
    }
}

fn link_name(notebook: &Notebook, link: &Link) -> String {
    let to = match link.to {
        Target::Entity(to) => notebook.name(to).to_owned(),
        Target::Link(to) => notebook.link(to).map_or_else(String::new, |to| {
            format!("({} {})", notebook.name(to.from), notebook.relation_label(&to.relation))
        }),
    };
    format!("{} {} {to}", notebook.name(link.from), notebook.relation_label(&link.relation))
}

/// How many fields are told in a line.
const FIELDS: usize = 3;

/// What changed in a record: its old name where it was renamed, otherwise the fields, with what they were and are.
fn detail(differing: &Differing, old: &Notebook, new: &Notebook) -> String {
    if differing.how != How::Changed {
        return String::new();
    }
    if let RecordId::Node(id) = differing.record {
        let (Some(a), Some(b)) = (old.nodes().get(&id), new.nodes().get(&id)) else {
            return String::new();
        };
        let parts = [((a.x, a.y) != (b.x, b.y), "moved"), (a.pinned != b.pinned, "pin")];
        let parts: Vec<&str> = parts.iter().filter(|(is, _)| *is).map(|(_, word)| *word).collect();
        return parts.join(", ");
    }
    let renamed = |field: &&FieldChange| matches!(field.key, "name" | "title");
    if let Some(FieldChange { old: Some(Value::Text(name)), .. }) =
        differing.fields.iter().find(renamed)
    {
        return format!("was “{}”", short(name, NAME));
    }
    let fields = fields_of(differing, old, new);
    let mut parts: Vec<String> = fields.iter().take(FIELDS).map(|field| field.words()).collect();
    if fields.len() > FIELDS {
        parts.push(format!("and {} more", fields.len() - FIELDS));
    }
    parts.join("; ")
}
