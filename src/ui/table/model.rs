//! The rows that a table shows, made by [`Rows::of`] once for each state of the notebook and of what is asked for.
//! Never in a frame in which nothing changed; what did not change since is not folded again. Of a large notebook a job
//! works it out, and until it is done the rows there were stand.

use std::sync::Arc;

use crate::app::OpenNotebook;
use crate::inquiry::sources::AllSources;
use crate::job::{Derived, Job};
use crate::notebook::Notebook;
use crate::table::{Beside, FoldedNames, RowId, RowQuery, Rows, TableKind};

/// More rows than this take longer than a frame has: a job sorts them.
const MOST_AT_ONCE: usize = 2_000;

/// The revision of the notebook, that of its sources, and what is asked for.
type MadeFor = (u64, u64, RowQuery);

/// The rows.
#[derive(Debug, Default)]
pub struct Model {
    /// The rows of the other table are no rows of this one: until its own are there, it has none.
    current: Option<Arc<Made>>,
    /// What a job works out of a large notebook.
    made: Derived<MadeFor, Made>,
}

/// Rows, and what they were made for.
#[derive(Debug)]
struct Made {
    made_for: MadeFor,
    rows: Rows,
    names: FoldedNames,
}

impl Model {
    /// The rows, from the top.
    pub fn rows(&self) -> &[RowId] {
        self.current.as_ref().map_or(&[], |made| &made.rows.shown)
    }

    /// What cells show that no record says.
    pub fn beside<'a>(&'a self, book: &'a OpenNotebook) -> Beside<'a> {
        let doubts = self.current.as_ref().map(|made| &made.rows.doubts);
        Beside { sources: book.all_sources().map(|all| &**all), doubts }
    }

    /// How many there are without the filter.
    pub fn total(&self) -> usize {
        self.current.as_ref().map_or(0, |made| made.rows.total)
    }

    /// Makes the rows anew when something they depend on has changed: at once, or by a job.
    pub fn update(&mut self, book: &OpenNotebook, wanted: &RowQuery) {
        if self.made.take() {
            self.current = self.made.value().cloned();
        }
        let notebook = book.notebook();
        let sources = book.all_sources().cloned();
        let of_sources = sources.as_ref().map_or(0, |all| all.revision());
        let now = (notebook.revision(), of_sources, wanted.clone());
        if self.current.as_ref().is_some_and(|made| made.made_for == now)
            || self.made.key() == Some(&now)
        {
            return;
        }
        let last = self.current.clone();
        let mentions =
            if wanted.which == TableKind::Chronology { notebook.mentions().len() } else { 0 };
        let most = notebook.count_all_links().max(notebook.entities().len()).max(mentions);
        if most <= MOST_AT_ONCE {
            self.made.set(
                now.clone(),
                make(notebook, sources.as_deref(), now, last.as_deref(), &|| false),
            );
            self.current = self.made.value().cloned();
            return;
        }
        self.current.take_if(|made| made.made_for.2.which != wanted.which);
        let snapshot = book.snapshot();
        let job = Job::compute("Sorting the table");
        self.made.ask(book.pool(), now.clone(), job, move |handle| {
            make(&snapshot, sources.as_deref(), now, last.as_deref(), &|| handle.is_cancelled())
        });
    }

    /// Whether a job is at work on other rows than there are.
    pub const fn is_making(&self) -> bool {
        self.made.is_pending()
    }

    /// Whether the rows are those of before because somebody stopped the job.
    pub const fn was_stopped(&self) -> bool {
        self.made.was_stopped()
    }

    /// Makes the rows after all.
    pub fn retry(&mut self) {
        self.made.retry();
    }

    /// The row of this, when it is shown.
    pub fn position(&self, row: RowId) -> Option<usize> {
        self.rows().iter().position(|shown| *shown == row)
    }
}

/// Works the rows out; too few of them where `stop` says so, which nobody is shown. What was folded for the last ones is not folded again.
fn make(
    notebook: &Notebook,
    sources: Option<&AllSources>,
    made_for: MadeFor,
    last: Option<&Made>,
    stop: &dyn Fn() -> bool,
) -> Made {
    let mut names = last.map(|made| made.names.clone()).unwrap_or_default();
    let rows = Rows::of(notebook, sources, &made_for.2, &mut names, stop);
    Made { made_for, rows, names }
}
