//! A comparison in words: counted by kind, and each difference by its name.

use std::collections::BTreeMap;

use super::{ASK_EVERY, Count, Differing, How, What, difference};
use crate::fields::{FieldChange, Value};
use crate::notebook::{Notebook, RecordId};

/// The most characters of a name.
const NAME: usize = 120;

/// The difference between two notebooks, in words for the screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// By kind; kinds without a difference are left out.
    pub counts: BTreeMap<What, Count>,
    /// One by one: by kind, then as the notebooks order them.
    pub lines: Vec<SummaryLine>,
}

/// One difference in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryLine {
    /// How it differs.
    pub how: How,
    /// The kind of thing that differs.
    pub what: What,
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
            name: short(&notebook.record_name(&differing.record)),
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

/// What changed in a record: the old name where it was renamed, otherwise the names of the fields.
fn detail(differing: &Differing, old: &Notebook, new: &Notebook) -> String {
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
        return format!("was “{}”", short(name));
    }
    differing.fields.iter().map(|field| field.noun).collect::<Vec<_>>().join(", ")
}

/// A text shortened to one line, for a list.
fn short(text: &str) -> String {
    let mut line: String = text.chars().take(NAME).collect();
    if line.contains('\n') {
        line = line.replace('\n', " ");
    }
    if text.chars().nth(NAME).is_some() {
        line.push('…');
    }
    line
}
