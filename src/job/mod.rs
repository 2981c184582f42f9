//! Background work: a thread for each job, with progress and cancel. Knows no window: it gets a waker.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Called from a job's thread when the program has something to look at.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

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
    pub id: u64,
    /// What it does: “Opening article.txt”.
    pub name: String,
    /// When it began.
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

/// What a job brings: how it ended, or something before its end.
#[derive(Debug)]
pub enum Outcome<T> {
    /// It goes on; this it has already.
    Part(T),
    /// With a result.
    Done(T),
    /// It panicked: with what it was doing, never with what it was reading.
    Panicked(String),
}

/// The jobs under way and the results of those that ended.
pub struct Jobs<T> {
    running: Vec<Running>,
    next: u64,
    waker: Arc<Mutex<Option<Waker>>>,
    sender: Sender<(u64, Outcome<T>)>,
    receiver: Receiver<(u64, Outcome<T>)>,
}

impl<T> std::fmt::Debug for Jobs<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Jobs").field("running", &self.running).finish_non_exhaustive()
    }
}

impl<T: Send + 'static> Default for Jobs<T> {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self { running: Vec::new(), next: 1, waker: Arc::default(), sender, receiver }
    }
}

impl<T: Send + 'static> Jobs<T> {
    /// What to call when a job ends.
    pub fn set_waker(&self, waker: Waker) {
        if let Ok(mut slot) = self.waker.lock() {
            *slot = Some(waker);
        }
    }

    /// Starts a job; its number.
    pub fn start(
        &mut self,
        name: impl Into<String>,
        work: impl FnOnce(&Handle) -> T + Send + 'static,
    ) -> u64 {
        self.start_in_parts(name, move |handle, _| work(handle))
    }

    /// Starts a job that hands over parts of what it finds as it goes, by calling what it is given second; its number.
    pub fn start_in_parts(
        &mut self,
        name: impl Into<String>,
        work: impl FnOnce(&Handle, &dyn Fn(T)) -> T + Send + 'static,
    ) -> u64 {
        let id = self.next;
        self.next += 1;
        let name = name.into();
        let handle = Handle::default();
        self.running.push(Running {
            id,
            name: name.clone(),
            since: Instant::now(),
            handle: handle.clone(),
        });
        let (sender, waker) = (self.sender.clone(), Arc::clone(&self.waker));
        let started = std::thread::Builder::new().name("job".to_owned()).spawn({
            let name = name.clone();
            move || {
                let send = |outcome| {
                    // Nobody listens any more only when the program is closing.
                    let _ = sender.send((id, outcome));
                    let waker = waker.lock().ok().and_then(|slot| slot.clone());
                    if let Some(wake) = waker {
                        wake();
                    }
                };
                let part = |found| send(Outcome::Part(found));
                let outcome = catch_unwind(AssertUnwindSafe(|| work(&handle, &part)))
                    .map_or_else(|_| Outcome::Panicked(name), Outcome::Done);
                send(outcome);
            }
        });
        if started.is_err() {
            let _ = self.sender.send((id, Outcome::Panicked(name)));
        }
        id
    }

    /// Tells a job to stop. It still ends with a result.
    pub fn stop(&self, id: u64) {
        if let Some(job) = self.running.iter().find(|job| job.id == id) {
            job.handle.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// The jobs under way.
    #[must_use]
    pub fn running(&self) -> &[Running] {
        &self.running
    }

    /// What has come in: results, and parts of results of jobs that go on.
    pub fn poll(&mut self) -> Vec<(u64, Outcome<T>)> {
        let came: Vec<_> = self.receiver.try_iter().collect();
        let over = |job: &Running, (id, outcome): &(u64, Outcome<T>)| {
            *id == job.id && !matches!(outcome, Outcome::Part(_))
        };
        self.running.retain(|job| !came.iter().any(|one| over(job, one)));
        came
    }

    /// Waits for the next result: for tests and headless scripts.
    pub fn wait(&mut self, at_most: Duration) -> Option<(u64, Outcome<T>)> {
        let came = self.receiver.recv_timeout(at_most).ok()?;
        if !matches!(came.1, Outcome::Part(_)) {
            self.running.retain(|job| job.id != came.0);
        }
        Some(came)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_reports_its_result_and_a_panic_is_told() {
        let mut jobs: Jobs<u32> = Jobs::default();
        let first = jobs.start("count", |handle| {
            handle.set_progress(0.5);
            7
        });
        assert!(
            matches!(jobs.wait(Duration::from_secs(20)), Some((id, Outcome::Done(7))) if id == first)
        );
        jobs.start("fall", |_| panic!("on purpose"));
        assert!(
            matches!(jobs.wait(Duration::from_secs(20)), Some((_, Outcome::Panicked(name))) if name == "fall")
        );
        assert!(jobs.running().is_empty());
    }

    #[test]
    fn parts_come_before_the_end_in_their_order() {
        let mut jobs: Jobs<u32> = Jobs::default();
        jobs.start_in_parts("count", |_, part| {
            part(1);
            part(2);
            3
        });
        for n in 1..=3 {
            let came = jobs.wait(Duration::from_secs(20));
            assert_eq!(jobs.running().len(), usize::from(n < 3));
            assert!(matches!(came, Some((_, Outcome::Part(m) | Outcome::Done(m))) if m == n));
        }
    }

    #[test]
    fn a_stopped_job_sees_it() {
        let mut jobs: Jobs<bool> = Jobs::default();
        let id = jobs.start("wait", |handle| {
            while !handle.is_cancelled() {
                std::thread::yield_now();
            }
            true
        });
        jobs.stop(id);
        assert!(matches!(jobs.wait(Duration::from_secs(20)), Some((_, Outcome::Done(true)))));
    }
}
