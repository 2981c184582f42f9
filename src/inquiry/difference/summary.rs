//! A comparison in words: counted by kind, and each difference by its name.

use std::collections::BTreeMap;

use super::changed::fields_of;
use super::facts::short;
use super::{ASK_EVERY, Count, Differing, How, What, difference};
use crate::fields::{FieldChange, Value};
use crate::notebook::{Notebook, RecordId};
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
            name: short(&notebook.record_name(&differing.record), NAME),
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

/// How many fields are told in a line.
const FIELDS: usize = 3;

/// What changed in a record: the old name where it was renamed, otherwise the fields, with what they were and are.
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
