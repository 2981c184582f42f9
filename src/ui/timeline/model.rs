//! What is on the timeline, made once for each state of the notebook and of the settings: at once, or, of a large notebook,
//! by a job, while the one there was stands. And its rows, made once for each step of zoom.

use std::sync::Arc;

use crate::app::{OpenNotebook, TimelineSettings};
use crate::inquiry::Emphasis;
use crate::job::{Derived, Job};
use crate::timeline::{Item, Level, Stacked, Timeline};

/// More records than this take longer than a frame has.
const MOST_AT_ONCE: usize = 3_000;

/// What the timeline is made for: the notebook's revision, and what is asked for.
type MadeFor = (u64, TimelineSettings);

/// What the rows are made for: the number of the timeline, the step of zoom, and what the filter lets through.
#[derive(Debug)]
struct StackedFor(u64, Level, Option<Arc<Emphasis>>);

/// The timeline and its rows.
#[derive(Debug, Default)]
pub struct Model {
    made: Derived<MadeFor, Timeline>,
    current: Arc<Timeline>,
    /// Grows with each timeline.
    serial: u64,
    stacked: Stacked,
    stacked_for: Option<StackedFor>,
}

impl Model {
    /// The timeline.
    pub fn timeline(&self) -> &Timeline {
        &self.current
    }

    /// A number that is another one for each timeline.
    pub const fn serial(&self) -> u64 {
        self.serial
    }

    /// Its rows.
    pub const fn stacked(&self) -> &Stacked {
        &self.stacked
    }

    /// Whether a job is at work on another timeline than there is.
    pub const fn is_making(&self) -> bool {
        self.made.is_pending()
    }

    /// Whether the timeline is that of before because somebody stopped the job.
    pub const fn was_stopped(&self) -> bool {
        self.made.was_stopped()
    }

    /// Makes it after all.
    pub fn retry(&mut self) {
        self.made.retry();
    }

    /// Makes the timeline anew when something it depends on has changed.
    pub fn update(&mut self, book: &OpenNotebook, settings: TimelineSettings) {
        if self.made.take() {
            self.take_over();
        }
        let notebook = book.notebook();
        let key = (notebook.revision(), settings);
        if self.made.key() == Some(&key) {
            return;
        }
        let TimelineSettings { lanes, statements } = settings;
        let size = notebook.entities().len() + notebook.links().len() + notebook.mentions().len();
        if size <= MOST_AT_ONCE {
            self.made.set(key, Timeline::of(notebook, lanes, statements, &|| false));
            self.take_over();
            return;
        }
        let snapshot = book.snapshot();
        self.made.ask(book.pool(), key, Job::compute("Drawing the timeline"), move |handle| {
            Timeline::of(&snapshot, lanes, statements, &|| handle.is_cancelled())
        });
    }

    fn take_over(&mut self) {
        if let Some(made) = self.made.value() {
            self.current = Arc::clone(made);
            self.serial += 1;
        }
    }

    /// Puts the timeline into rows, where that is not done for this step of zoom and this filter.
    pub fn stack(&mut self, level: Level, book: &OpenNotebook) {
        let emphasis = book.exploration().emphasis();
        let same = |one: &StackedFor| {
            let seen = match (&one.2, emphasis) {
                (None, None) => true,
                (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                _ => false,
            };
            one.0 == self.serial && one.1 == level && seen
        };
        if self.stacked_for.as_ref().is_some_and(same) {
            return;
        }
        let shown = |item: &Item| !book.exploration().hides(item.entity);
        self.stacked = self.current.stack(level, &shown);
        self.stacked_for = Some(StackedFor(self.serial, level, emphasis.cloned()));
    }

    /// What has a date and passes the filter.
    pub fn shown<'a>(&'a self, book: &'a OpenNotebook) -> impl Iterator<Item = &'a Item> {
        let dated = self.current.items.dated.iter();
        dated.filter(|item| !book.exploration().hides(item.entity))
    }
}
