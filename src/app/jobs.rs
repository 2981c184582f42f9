//! The program's jobs: each is started with the function that handles its result.

use std::time::{Duration, Instant};

use super::{Level, Program};
use crate::job::{Handle, Inbox, Job, JobId, Outcome, Pool, Running, Waker};

/// The function that handles a result: it gets the job, and whether the job has ended.
type Then = Box<dyn FnOnce(&mut Program, JobId, bool) + Send>;
/// The function that is called if a job panicked.
type Failed = fn(&mut Program, JobId);

/// The jobs of the program, in a pool that the views' jobs run in as well.
#[derive(Default)]
pub(super) struct Jobs {
    inbox: Inbox<Then>,
    failed: Vec<(JobId, Failed)>,
}

impl std::fmt::Debug for Jobs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inbox.fmt(f)
    }
}

impl Jobs {
    /// The pool.
    pub(super) const fn pool(&self) -> &Pool {
        self.inbox.pool()
    }

    /// Starts a job; `then` handles its result.
    pub(super) fn start<T: Send + 'static>(
        &mut self,
        job: Job,
        work: impl FnOnce(&Handle) -> T + Send + 'static,
        then: fn(&mut Program, T),
    ) -> JobId {
        self.inbox.start(job, move |handle| {
            let result = work(handle);
            Box::new(move |program: &mut Program, _, _| then(program, result)) as Then
        })
    }

    /// Starts a job that can deliver parts of its result as it goes, by calling its second argument; `then` handles
    /// each, with the job and whether it was the last.
    pub(super) fn start_in_parts<T: Send + 'static>(
        &mut self,
        job: Job,
        work: impl FnOnce(&Handle, &dyn Fn(T)) -> T + Send + 'static,
        then: fn(&mut Program, JobId, T, bool),
    ) -> JobId {
        let boxed = move |found: T| -> Then {
            Box::new(move |program: &mut Program, job, last| then(program, job, found, last))
        };
        self.inbox.start_in_parts(job, move |handle, part| {
            boxed(work(handle, &|found| part(boxed(found))))
        })
    }

    /// Sets what is done if this job panics, besides telling the user.
    pub(super) fn on_failure(&mut self, job: JobId, failed: Failed) {
        self.failed.push((job, failed));
    }

    /// Tells a job to stop. It still ends with a result.
    pub(super) fn stop(&self, job: JobId) {
        self.inbox.stop(job);
    }
}

impl Program {
    /// Sets the function to call when a job ends.
    pub fn set_waker(&self, waker: Waker) {
        self.jobs.pool().set_waker(waker);
    }

    /// The pool that all jobs run in, the views' as well.
    #[must_use]
    pub const fn pool(&self) -> &Pool {
        self.jobs.pool()
    }

    /// The jobs under way.
    #[must_use]
    pub fn jobs(&self) -> Vec<Running> {
        self.jobs.pool().running()
    }

    /// Handles the results of jobs; returns whether there were any.
    pub fn poll(&mut self) -> bool {
        let came = self.jobs.inbox.take();
        let mut any = !came.is_empty();
        for (job, outcome) in came {
            let failed = if matches!(outcome, Outcome::Part(_)) {
                None
            } else {
                let at = self.jobs.failed.iter().position(|(id, _)| *id == job);
                at.map(|at| self.jobs.failed.swap_remove(at).1)
            };
            match outcome {
                Outcome::Part(then) => then(self, job, false),
                Outcome::Done(then) => then(self, job, true),
                Outcome::Panicked => {
                    if let Some(failed) = failed {
                        failed(self, job);
                    }
                }
            }
        }
        any |= self.take_derived();
        for name in self.jobs.pool().take_panicked() {
            any = true;
            self.notify(
                Level::Error,
                format!("“{name}” stopped because of an internal error. The notebook was not changed. If in doubt, save it under another name."),
            );
        }
        if any {
            self.refresh_derived();
        }
        self.report_recording();
        any
    }

    /// Waits until no job is under way, handling results as [`Self::poll`] does: for tests and scripts. False if it
    /// took longer than `at_most`.
    pub fn settle(&mut self, at_most: Duration) -> bool {
        let until = Instant::now() + at_most;
        loop {
            // In this order, because a job's result is there before the job counts as ended.
            let busy = self.jobs.pool().is_busy();
            let came = self.poll();
            if !busy && !came && !self.jobs.pool().is_busy() {
                return true;
            }
            if Instant::now() >= until {
                return false;
            }
            if !came {
                self.jobs.pool().wait(until);
            }
        }
    }

    /// Starts jobs for derived values that are out of date.
    pub(super) fn refresh_derived(&mut self) {
        self.refresh_exploration();
        self.refresh_suggestions();
        self.refresh_findings();
    }

    /// Forgets that derived values were not computed because somebody stopped the jobs: the next refresh starts them.
    pub(super) fn retry_derived(&mut self) {
        self.with_open_notebook(|book| {
            book.charting.retry_exploration();
            book.reading.retry_suggestions();
            book.findings.retry();
        });
    }

    /// Takes in derived values; returns whether there were any.
    fn take_derived(&mut self) -> bool {
        let exploring = self.take_exploration();
        let found = self.take_findings();
        let words = self.take_words();
        self.take_suggestions() || exploring || found || words
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Writing is not cut off, but a disk that does not respond for so long is not waited for.
        self.jobs.pool().finish(Duration::from_secs(20));
        self.sweep_prints();
    }
}
