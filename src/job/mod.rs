//! Background work: one bounded pool of threads for everything, with progress and cancel. Knows no window: it gets a
//! waker.
//!
//! - A [`Job`] says what is done, and of which [`Kind`] it is: what waits for a place in the pool, and what a program that
//!   ends waits for.
//! - The [`Pool`] runs jobs and lists those under way, whoever started them.
//! - An [`Inbox`] is where the results of somebody's jobs arrive.
//! - A [`Derived`] value is worked out by jobs for one key after the other.

mod derived;
mod inbox;
mod pool;

pub use derived::Derived;
pub use inbox::{Inbox, Outcome};
pub use pool::{Pool, Waker};

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Instant;

/// Tells one job from every other of its pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(u64);

/// What a job is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It works something out that can be worked out again. At most a few run at once, the others wait.
    Compute,
    /// It reads a file that somebody asked for. It never waits for computations.
    Load,
    /// It writes something that must be on the disk: it never waits for computations, and a program that ends waits for
    /// it.
    Store,
}

/// What is to be done in the background.
#[derive(Clone, Debug)]
pub struct Job {
    /// As the status bar shows it: “Opening article.txt”. Never a word of an article's text.
    pub name: Cow<'static, str>,
    /// What it is for.
    pub kind: Kind,
}

impl Job {
    /// A computation.
    pub fn compute(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), kind: Kind::Compute }
    }

    /// A file that is read.
    pub fn load(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), kind: Kind::Load }
    }

    /// A file that is written.
    pub fn store(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), kind: Kind::Store }
    }
}

/// What a job holds of itself while it runs.
#[derive(Clone, Debug, Default)]
pub struct Handle {
    cancelled: Arc<AtomicBool>,
    progress: Arc<AtomicU32>,
}

impl Handle {
    /// Whether the job was told to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Says how much of the work is done, from 0 to 1.
    pub fn set_progress(&self, done: f32) {
        self.progress.store(done.clamp(0.0, 1.0).to_bits(), Ordering::Relaxed);
    }

    /// How much of the work is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        f32::from_bits(self.progress.load(Ordering::Relaxed))
    }
}

/// A job under way, as the status bar shows it.
#[derive(Clone, Debug)]
pub struct Running {
    /// Names it.
    pub id: JobId,
    /// What it does.
    pub job: Job,
    /// When it began, or began to wait for a place.
    pub since: Instant,
    handle: Handle,
}

impl Running {
    /// How much of the work is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        self.handle.progress()
    }
}
