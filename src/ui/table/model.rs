//! The rows that a table shows, made by [`Rows::of`] once for each state of the notebook and of what is asked for.
//! Never in a frame in which nothing changed; what did not change since is not folded again. Of a large notebook a job
//! works it out, and until it is done the rows there were stand.

use std::sync::Arc;

use egui::Context;

use crate::app::Book;
use crate::job::{Jobs, Outcome};
use crate::notebook::Notebook;
use crate::table::{FoldedNames, RowId, RowQuery, Rows};

/// More rows than this take longer than a frame has: a job sorts them.
const MOST_AT_ONCE: usize = 2_000;

/// The rows.
#[derive(Debug, Default)]
pub struct Model {
    made_for: Option<(u64, RowQuery)>,
    /// The rows, from the top.
    pub rows: Vec<RowId>,
    /// How many there are without the filter.
    pub total: usize,
    names: FoldedNames,
    /// What a job works out, and which one it is.
    asked: Option<(u64, RowQuery)>,
    job: Option<u64>,
    jobs: Jobs<Box<Made>>,
}

/// What a job brings back.
#[derive(Debug)]
struct Made {
    made_for: (u64, RowQuery),
    rows: Rows,
    names: FoldedNames,
}

impl Model {
    /// Makes the rows anew when something they depend on has changed: at once, or by a job.
    pub fn update(&mut self, ctx: &Context, book: &Book, wanted: &RowQuery) {
        self.take_made();
        let notebook = book.notebook();
        let now = (notebook.revision(), wanted.clone());
        if self.made_for.as_ref() == Some(&now) || self.asked.as_ref() == Some(&now) {
            return;
        }
        if let Some(job) = self.job.take() {
            // It is about something that nobody asks for any more.
            self.jobs.stop(job);
        }
        self.asked = None;
        if notebook.links().len().max(notebook.entities().len()) <= MOST_AT_ONCE {
            let names = std::mem::take(&mut self.names);
            self.take(make(notebook, now, names, &|| false));
            return;
        }
        if self.made_for.as_ref().is_some_and(|(_, made)| made.which != wanted.which) {
            // Rows of the other table are no rows of this one.
            self.rows.clear();
        }
        let (snapshot, ctx) = (book.snapshot(), ctx.clone());
        let names = std::mem::take(&mut self.names);
        self.asked = Some(now.clone());
        self.jobs.set_waker(Arc::new(move || ctx.request_repaint()));
        self.job = Some(self.jobs.start("Sorting the table", move |handle| {
            Box::new(make(&snapshot, now, names, &|| handle.is_cancelled()))
        }));
    }

    /// Takes in what a job made, unless something else was asked for since.
    fn take_made(&mut self) {
        for (job, outcome) in self.jobs.poll() {
            if self.job != Some(job) {
                continue;
            }
            self.job = None;
            self.asked = None;
            if let Outcome::Done(made) = outcome {
                self.take(*made);
            }
        }
    }

    fn take(&mut self, made: Made) {
        self.made_for = Some(made.made_for);
        (self.rows, self.total, self.names) = (made.rows.shown, made.rows.total, made.names);
    }

    /// Whether a job is at work on other rows than there are.
    pub const fn is_making(&self) -> bool {
        self.job.is_some()
    }

    /// The row of this, when it is shown.
    pub fn position(&self, row: RowId) -> Option<usize> {
        self.rows.iter().position(|shown| *shown == row)
    }
}

/// Works the rows out. Too few of them where `stop` says so.
fn make(
    notebook: &Notebook,
    made_for: (u64, RowQuery),
    mut names: FoldedNames,
    stop: &dyn Fn() -> bool,
) -> Made {
    let rows = Rows::of(notebook, &made_for.1, &mut names, stop);
    Made { made_for, rows, names }
}
