//! Background work: one bounded pool of threads for everything, with progress and cancel. It does not depend on a
//! window: it is given a waker.
//!
//! - A [`Job`] is a name and a [`Kind`], which decides whether it waits for a free thread and whether a program that
//!   ends waits for it.
//! - The [`Pool`] runs jobs and lists those under way.
//! - An [`Inbox`] receives the results of the jobs that one part of the program started.
//! - A [`Derived`] value is computed by jobs, for one key after the other.

mod derived;
mod inbox;
mod pool;

pub use derived::Derived;
pub use inbox::{Inbox, Outcome};
pub use pool::{Pool, Waker};

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// The identity of a job, unique in its pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(u64);

/// What a job is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It computes something that can be computed again. At most a few run at once; the others wait.
    Compute,
    /// It reads a file that somebody asked for. It never waits for computations.
    Load,
    /// It writes something that must be on the disk: it never waits for computations, and a program that ends waits for
    /// it.
    Store,
}

/// A job: what is to be done in the background.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its name in the status bar: “Opening article.txt”. It never holds a word of an article's text.
    pub name: Cow<'static, str>,
    /// What it is for.
    pub kind: Kind,
}

impl Job {
    /// A job that computes something.
    pub fn compute(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), kind: Kind::Compute }
    }

    /// A job that reads a file.
    pub fn load(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), kind: Kind::Load }
    }

    /// A job that writes a file.
    pub fn store(name: impl Into<Cow<'static, str>>) -> Self {
        Self { name: name.into(), kind: Kind::Store }
    }
}

/// The handle that a running job has on itself.
#[derive(Clone, Debug, Default)]
pub struct Handle {
    cancelled: Arc<AtomicBool>,
    progress: Arc<AtomicU32>,
    step: Arc<Mutex<String>>,
}

impl Handle {
    /// Whether the job was told to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Reports how much of the work is done, from 0 to 1.
    pub fn set_progress(&self, done: f32) {
        self.progress.store(done.clamp(0.0, 1.0).to_bits(), Ordering::Relaxed);
    }

    /// How much of the work is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        f32::from_bits(self.progress.load(Ordering::Relaxed))
    }

    /// Says what the job is at: “12 of 300: letter.txt”.
    pub fn set_step(&self, step: String) {
        *self.step.lock().unwrap_or_else(PoisonError::into_inner) = step;
    }
}

/// A job under way, as the status bar shows it.
#[derive(Clone, Debug)]
pub struct Running {
    /// Its identity.
    pub id: JobId,
    /// What it does.
    pub job: Job,
    /// When it was started, even if it still waits for a free thread.
    pub since: Instant,
    handle: Handle,
}

impl Running {
    /// How much of the work is done, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        self.handle.progress()
    }

    /// What the job is at, where it says so: “12 of 300: letter.txt”.
    #[must_use]
    pub fn step(&self) -> String {
        self.handle.step.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
