//! A value computed by jobs, for one key after the other.

use std::sync::Arc;

use super::{Handle, Inbox, Job, JobId, Outcome, Pool};

/// A value that belongs to a key: a revision of the notebook and whatever else it depends on. While the value for the
/// next key is computed, the last one stays available. A job that is no longer wanted is stopped, and its result
/// dropped. If a user stops the job, its incomplete result is dropped too: the last value stays whole, and
/// [`Derived::was_stopped`] says that it is not the one asked for.
#[derive(Debug)]
pub struct Derived<K, V> {
    /// The key asked for last.
    key: Option<K>,
    job: Option<JobId>,
    /// The latest value, which may be that of an earlier key.
    value: Option<Arc<V>>,
    /// A job that was stopped delivers nothing.
    inbox: Inbox<Option<V>>,
    failed: bool,
    stopped: bool,
}

impl<K, V: Send + 'static> Default for Derived<K, V> {
    fn default() -> Self {
        Self {
            key: None,
            job: None,
            value: None,
            inbox: Inbox::default(),
            failed: false,
            stopped: false,
        }
    }
}

impl<K: PartialEq, V: Send + 'static> Derived<K, V> {
    /// The latest value; `None` until the first one is ready.
    #[must_use]
    pub const fn value(&self) -> Option<&Arc<V>> {
        self.value.as_ref()
    }

    /// The key asked for last.
    #[must_use]
    pub const fn key(&self) -> Option<&K> {
        self.key.as_ref()
    }

    /// Whether a job is computing the next value.
    #[must_use]
    pub const fn is_pending(&self) -> bool {
        self.job.is_some()
    }

    /// Whether the value for the key could not be computed because the job panicked.
    #[must_use]
    pub const fn has_failed(&self) -> bool {
        self.failed
    }

    /// Whether the value for the key is missing because somebody stopped the job.
    #[must_use]
    pub const fn was_stopped(&self) -> bool {
        self.stopped
    }

    /// If the job was stopped, makes the next [`Self::ask`] start it again, for the same key too. Returns whether it was.
    pub fn retry(&mut self) -> bool {
        if self.stopped {
            self.key = None;
        }
        std::mem::take(&mut self.stopped)
    }

    /// Asks for the value of a key: a job in this pool computes it, unless it was asked for already. Returns whether a
    /// job was started.
    pub fn ask(
        &mut self,
        pool: &Pool,
        key: K,
        job: Job,
        work: impl FnOnce(&Handle) -> V + Send + 'static,
    ) -> bool {
        if self.key.as_ref() == Some(&key) {
            return false;
        }
        self.stop();
        self.inbox.move_to(pool);
        self.key = Some(key);
        (self.failed, self.stopped) = (false, false);
        self.job = Some(self.inbox.start(job, |handle| {
            let value = work(handle);
            (!handle.is_cancelled()).then_some(value)
        }));
        true
    }

    /// Sets the value of a key that was computed without a job.
    pub fn set(&mut self, key: K, value: V) {
        self.stop();
        (self.key, self.value) = (Some(key), Some(Arc::new(value)));
        (self.failed, self.stopped) = (false, false);
    }

    /// Forgets the value, for a key that has none.
    pub fn clear_for(&mut self, key: K) {
        if self.key.as_ref() != Some(&key) {
            self.stop();
            (self.key, self.value) = (Some(key), None);
            (self.failed, self.stopped) = (false, false);
        }
    }

    /// Takes in the result of a job; returns whether the value changed.
    pub fn take(&mut self) -> bool {
        let mut any = false;
        for (id, outcome) in self.inbox.take() {
            if self.job != Some(id) {
                continue;
            }
            match outcome {
                Outcome::Part(value) | Outcome::Done(value) => {
                    // It delivers no parts.
                    match value {
                        Some(value) => self.value = Some(Arc::new(value)),
                        None => self.stopped = true,
                    }
                    self.job = None;
                }
                Outcome::Panicked => {
                    self.failed = true;
                    self.job = None;
                }
            }
            any = true;
        }
        any
    }

    /// Stops the job that is running, if there is one.
    fn stop(&mut self) {
        if let Some(job) = self.job.take() {
            self.inbox.stop(job);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    fn settle(pool: &Pool) {
        while pool.wait(Instant::now() + Duration::from_secs(60)) {}
    }

    #[test]
    fn the_last_value_stands_while_the_next_is_made_and_after_a_panic() {
        let pool = Pool::default();
        let mut derived: Derived<u32, String> = Derived::default();
        assert!(derived.ask(&pool, 1, Job::compute("one"), |_| "one".to_owned()));
        assert!(!derived.ask(&pool, 1, Job::compute("one"), |_| "never".to_owned()));
        settle(&pool);
        assert!(derived.take() && derived.value().is_some_and(|value| **value == "one"));
        assert!(derived.ask(&pool, 2, Job::compute("two"), |_| panic!("on purpose")));
        assert!(derived.is_pending() && derived.value().is_some_and(|value| **value == "one"));
        settle(&pool);
        assert!(derived.take() && derived.has_failed() && !derived.is_pending());
        assert!(derived.value().is_some_and(|value| **value == "one"));
        assert_eq!(pool.take_panicked(), ["two"]);
        // It can be asked for something else.
        assert!(derived.ask(&pool, 3, Job::compute("three"), |_| "three".to_owned()));
        settle(&pool);
        assert!(derived.take() && derived.value().is_some_and(|value| **value == "three"));
    }

    #[test]
    fn a_stopped_job_leaves_the_last_value_whole_and_can_be_started_again() {
        let pool = Pool::default();
        let mut derived: Derived<u32, &str> = Derived::default();
        derived.set(1, "one");
        let half = |handle: &Handle| {
            while !handle.is_cancelled() {
                std::thread::yield_now();
            }
            "half"
        };
        assert!(derived.ask(&pool, 2, Job::compute("two"), half));
        for running in pool.running() {
            pool.stop(running.id);
        }
        settle(&pool);
        assert!(derived.take() && derived.was_stopped() && !derived.is_pending());
        assert_eq!(derived.value().map(|value| **value), Some("one"));
        // Not by itself.
        assert!(!derived.ask(&pool, 2, Job::compute("two"), |_| "two"));
        assert!(derived.retry() && !derived.was_stopped());
        assert!(derived.ask(&pool, 2, Job::compute("two"), |_| "two"));
        settle(&pool);
        assert!(derived.take() && !derived.was_stopped());
        assert_eq!(derived.value().map(|value| **value), Some("two"));
        assert!(!derived.retry());
    }

    #[test]
    fn what_an_overtaken_job_brings_is_dropped() {
        let pool = Pool::default();
        let mut derived: Derived<u32, u32> = Derived::default();
        derived.ask(&pool, 1, Job::compute("one"), |handle| {
            while !handle.is_cancelled() {
                std::thread::yield_now();
            }
            1
        });
        derived.ask(&pool, 2, Job::compute("two"), |_| 2);
        settle(&pool);
        assert!(derived.take());
        assert_eq!(derived.value().map(|value| **value), Some(2));
    }
}
