//! Merging two people's work on one notebook: three-way, by record and by field.
//!
//! Both began with one notebook, the *base*. What only one of them changed is taken; what both changed to the same is
//! taken; what they changed differently is a [`Conflict`]: *ours* stands, and the other value is kept in the notebook
//! beside it until somebody settles it. Nothing is picked by date or by how sure it is, and texts are never joined by
//! guess. The steps, a file each:
//!
//! 1. `texts`: where one of them updated an article, all three notebooks are brought to the same text, with everything
//!    that is anchored in it.
//! 2. `records`: every record that is not the same in all three, field by field (`fields`, `lists`). What one of them
//!    removed and the other changed, or still uses, stays, and is a conflict.
//! 3. `repair`: what holds of each notebook and not of both together: an owner in a circle, an entity in two groups.
//! 4. `places`: nodes of the one and of the other that would cover each other on the canvas are parted.
//!
//! Three-way merging of records is as in diff3 (Khanna, Kunal and Pierce, “A Formal Investigation of Diff3”, 2007), with
//! fields in the place of lines.

mod desk;
mod fields;
mod lists;
mod places;
mod records;
mod references;
mod repair;
mod sides;
mod texts;

use std::sync::Arc;

pub use desk::merge_desks;
use sha2::{Digest, Sha256};

use crate::notebook::{Change, Conflict, ConflictId, Notebook, RecordId};
use sides::Sides;

/// What a merge makes of two notebooks.
#[derive(Clone, Debug)]
pub struct Merged {
    notebook: Notebook,
    changes: Vec<Change>,
    conflicts: Vec<Conflict>,
}

impl Merged {
    /// The merged notebook. It holds the conflicts of this merge beside those that were in the two already.
    #[must_use]
    pub const fn notebook(&self) -> &Notebook {
        &self.notebook
    }

    /// As [`Merged::notebook`].
    #[must_use]
    pub fn into_notebook(self) -> Notebook {
        self.notebook
    }

    /// What makes ours the merged notebook.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The conflicts of this merge: by record, then by field.
    #[must_use]
    pub fn conflicts(&self) -> &[Conflict] {
        &self.conflicts
    }
}

/// Merges what two people made of `base`. With an empty base, records of the same id are merged as if both had begun with
/// a blank one.
///
/// The result has no problems that neither notebook has. The cost grows with the notebooks, so it belongs in a job; `None`
/// if `stop` returns true.
#[must_use]
pub fn merge(
    base: &Notebook,
    ours: &Notebook,
    theirs: &Notebook,
    stop: &dyn Fn() -> bool,
) -> Option<Merged> {
    let aligned = texts::aligned(Sides { base, ours, theirs }, stop)?;
    let sides = Sides {
        base: aligned.base.as_ref().unwrap_or(base),
        ours: aligned.ours.as_ref().unwrap_or(ours),
        theirs: aligned.theirs.as_ref().unwrap_or(theirs),
    };
    let merged = records::merged(sides, &aligned.updated, stop)?;
    let mut conflicts = aligned.conflicts;
    conflicts.extend(merged.conflicts);
    let mut notebook = sides.ours.clone();
    for change in merged.changes {
        notebook.replace(change);
    }
    for (id, article) in aligned.articles {
        if let Some(now) = notebook.article(id) {
            let mut article = article;
            article.about = now.about.clone();
            notebook.replace(Change::Article(id, Some(Arc::new(article))));
        }
    }
    repair::repair(&mut notebook, sides, &mut conflicts);
    places::part(&mut notebook, sides, stop);
    conflicts.sort_by(|a, b| (&a.of, &a.field).cmp(&(&b.of, &b.field)));
    conflicts.dedup();
    for conflict in &conflicts {
        notebook.replace(Change::Conflict(id_of(conflict), Some(Arc::new(conflict.clone()))));
    }
    if stop() {
        return None;
    }
    let changes = differences(ours, &notebook);
    Some(Merged { notebook, changes, conflicts })
}

/// A conflict's id: the same for the same conflict, so that merging anew does not list it twice.
fn id_of(conflict: &Conflict) -> ConflictId {
    let text = serde_json::to_string(conflict).unwrap_or_default();
    let hash = Sha256::digest(text.as_bytes());
    let mut bits = [0; 8];
    bits.copy_from_slice(&hash[..8]);
    ConflictId::from_bits(u64::from_le_bytes(bits))
}

/// What makes one notebook the other: what is removed, then what is put.
fn differences(from: &Notebook, to: &Notebook) -> Vec<Change> {
    let mut all: Vec<RecordId> = Vec::new();
    records::differing(from, to, &mut all);
    all.sort_unstable();
    all.dedup();
    let (removed, put): (Vec<Change>, Vec<Change>) =
        all.iter().map(|record| to.as_it_is(record)).partition(Change::removes);
    removed.into_iter().rev().chain(put).collect()
}
