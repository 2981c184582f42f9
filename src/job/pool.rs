//! The pool: a bounded number of threads, and the list of jobs under way.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::{Handle, Job, JobId, Kind, Running};

/// A function called from a job's thread when there is a result to look at.
pub type Waker = Arc<dyn Fn() + Send + Sync>;

/// The most computations that run at once; more than processors, so that a short one does not wait for long ones.
const MOST: usize = 4;

/// The pool that runs jobs. Clones share it.
#[derive(Clone, Default)]
pub struct Pool(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    /// Signalled when a job ended or delivered a part of its result.
    changed: Condvar,
    waker: Mutex<Option<Waker>>,
}

#[derive(Default)]
struct State {
    next: u64,
    running: Vec<Running>,
    /// Computations that wait for a free thread.
    waiting: VecDeque<Task>,
    /// The number of threads working on computations.
    computing: usize,
    /// The names of jobs that panicked, until they are reported.
    panicked: Vec<String>,
    /// The beginning of the name of the job that is to panic instead of working.
    to_panic: Option<String>,
}

/// A job with its work; it delivers its own outcome.
struct Task {
    id: JobId,
    work: Box<dyn FnOnce() + Send>,
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pool").field("running", &self.running()).finish_non_exhaustive()
    }
}

impl Pool {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sets the function to call when a job ends.
    pub fn set_waker(&self, waker: Waker) {
        *self.0.waker.lock().unwrap_or_else(PoisonError::into_inner) = Some(waker);
    }

    /// Wakes the window and whoever waits for results.
    pub(super) fn wake(&self) {
        self.0.changed.notify_all();
        let waker = self.0.waker.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(wake) = waker {
            wake();
        }
    }

    /// The jobs under way, the oldest first.
    #[must_use]
    pub fn running(&self) -> Vec<Running> {
        self.state().running.clone()
    }

    /// Whether any job is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.state().running.is_empty()
    }

    /// Tells a job to stop. It still ends with a result; one that waits for a place begins at once, to end.
    pub fn stop(&self, id: JobId) {
        let mut state = self.state();
        if let Some(job) = state.running.iter().find(|job| job.id == id) {
            job.handle.cancelled.store(true, Ordering::Relaxed);
        }
        let waiting = state.waiting.iter().position(|task| task.id == id);
        let task = waiting.and_then(|at| state.waiting.remove(at));
        drop(state);
        if let Some(task) = task {
            self.spawn(task, Kind::Load);
        }
    }

    /// The names of the jobs that panicked since the last call.
    pub fn take_panicked(&self) -> Vec<String> {
        std::mem::take(&mut self.state().panicked)
    }

    /// For tests: the next job whose name begins so panics instead of working.
    pub fn panic_once(&self, name: &str) {
        self.state().to_panic = Some(name.to_owned());
    }

    /// For tests: whether [`Self::panic_once`] still waits for its job.
    #[must_use]
    pub fn is_to_panic(&self) -> bool {
        self.state().to_panic.is_some()
    }

    /// Runs a job: `work` in a thread, and then `deliver` with what came of it, `None` where it panicked. The job is under
    /// way until that was delivered.
    pub(super) fn start<T: 'static>(
        &self,
        job: Job,
        work: impl FnOnce(&Handle, JobId) -> T + Send + 'static,
        deliver: impl FnOnce(JobId, Option<T>) + Send + 'static,
    ) -> JobId {
        let handle = Handle::default();
        let mut state = self.state();
        let id = JobId(state.next);
        state.next += 1;
        let name = job.name.clone();
        let kind = job.kind;
        let panics = state.to_panic.take_if(|begins| name.starts_with(&**begins)).is_some();
        state.running.push(Running { id, job, since: Instant::now(), handle: handle.clone() });
        let pool = self.clone();
        let work = Box::new(move || {
            let result = catch_unwind(AssertUnwindSafe(|| {
                if panics {
                    std::panic::panic_any("a fault for a test");
                }
                work(&handle, id)
            }));
            let panicked = result.is_err();
            deliver(id, result.ok());
            let mut state = pool.state();
            state.running.retain(|job| job.id != id);
            if panicked {
                // The name of the job is reported, never what it was reading.
                state.panicked.push(name.into_owned());
            }
            drop(state);
            pool.wake();
        });
        let task = Task { id, work };
        if kind == Kind::Compute {
            if state.computing >= MOST {
                state.waiting.push_back(task);
                return id;
            }
            state.computing += 1;
        }
        drop(state);
        self.spawn(task, kind);
        id
    }

    /// Runs a task in a thread, which, after a computation, goes on with those that wait.
    fn spawn(&self, task: Task, kind: Kind) {
        let pool = self.clone();
        let id = task.id;
        // Where no thread can be started the task is run here: slow is better than never.
        let slot = Arc::new(Mutex::new(Some(task)));
        let taken = Arc::clone(&slot);
        let run = move || {
            let mut next = taken.lock().unwrap_or_else(PoisonError::into_inner).take();
            while let Some(task) = next {
                (task.work)();
                next = if kind == Kind::Compute { pool.next() } else { None };
            }
        };
        let started = std::thread::Builder::new().name("job".to_owned()).spawn(run);
        if started.is_err() {
            let task = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
            debug_assert!(task.as_ref().is_none_or(|task| task.id == id));
            let mut next = task;
            while let Some(task) = next {
                (task.work)();
                next = if kind == Kind::Compute { self.next() } else { None };
            }
        }
    }

    /// The next computation that waits; without one the thread ends.
    fn next(&self) -> Option<Task> {
        let mut state = self.state();
        let next = state.waiting.pop_front();
        if next.is_none() {
            state.computing -= 1;
        }
        next
    }

    /// Waits until a job ends or delivers something, or until this time. False where no job is under way.
    pub fn wait(&self, until: Instant) -> bool {
        let state = self.state();
        if state.running.is_empty() {
            return false;
        }
        let left = until.saturating_duration_since(Instant::now());
        // A result that arrived between the caller's last look and this wait is noticed because the wait is short.
        let _state = self.0.changed.wait_timeout(state, left.min(Duration::from_millis(20)));
        true
    }

    /// Waits for the jobs that must not be cut off, before the program ends. False where one was still running after
    /// this time.
    pub fn finish(&self, at_most: Duration) -> bool {
        let until = Instant::now() + at_most;
        let mut state = self.state();
        loop {
            if !state.running.iter().any(|job| job.job.kind == Kind::Store) {
                return true;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            state = match self.0.changed.wait_timeout(state, left) {
                Ok((state, _)) => state,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::super::{Inbox, Outcome};
    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    fn idle(pool: &Pool) {
        let until = Instant::now() + LONG;
        while pool.wait(until) {
            assert!(Instant::now() < until);
        }
    }

    #[test]
    fn only_so_many_computations_run_at_once_and_all_of_them_run() {
        let pool = Pool::default();
        let mut inbox: Inbox<usize> = Inbox::new(&pool);
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        for n in 0..40 {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            inbox.start(Job::compute("count"), move |_| {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(1));
                now.fetch_sub(1, Ordering::SeqCst);
                n
            });
        }
        idle(&pool);
        let mut all: Vec<usize> = inbox
            .take()
            .into_iter()
            .filter_map(|(_, outcome)| match outcome {
                Outcome::Done(n) => Some(n),
                _ => None,
            })
            .collect();
        all.sort_unstable();
        assert_eq!(all, (0..40).collect::<Vec<_>>());
        assert!(most.load(Ordering::SeqCst) <= MOST);
    }

    #[test]
    fn what_is_written_does_not_wait_for_computations_and_is_waited_for_at_the_end() {
        let pool = Pool::default();
        let mut inbox: Inbox<()> = Inbox::new(&pool);
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        for _ in 0..MOST * 2 {
            let stop = Arc::clone(&stop);
            inbox.start(Job::compute("think"), move |_| {
                while !stop.load(Ordering::SeqCst) {
                    std::thread::yield_now();
                }
            });
        }
        let written = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&written);
        inbox.start(Job::store("write"), move |_| {
            counter.fetch_add(1, Ordering::SeqCst);
        });
        assert!(pool.finish(LONG), "it is not held up");
        assert_eq!(written.load(Ordering::SeqCst), 1);
        assert_eq!(pool.running().len(), MOST * 2, "the others are listed, waiting or not");
        stop.store(true, Ordering::SeqCst);
        idle(&pool);
    }

    #[test]
    fn a_job_that_waits_for_a_place_and_is_stopped_waits_no_more() {
        let pool = Pool::default();
        let mut inbox: Inbox<bool> = Inbox::new(&pool);
        let stop = Arc::new(std::sync::atomic::AtomicBool::new(false));
        for _ in 0..MOST {
            let stop = Arc::clone(&stop);
            inbox.start(Job::compute("think"), move |_| {
                while !stop.load(Ordering::SeqCst) {
                    std::thread::yield_now();
                }
                false
            });
        }
        let waits = inbox.start(Job::compute("wait"), Handle::is_cancelled);
        inbox.stop(waits);
        let until = Instant::now() + LONG;
        while pool.running().iter().any(|job| job.id == waits) {
            assert!(pool.wait(until) && Instant::now() < until, "the others are still at work");
        }
        assert!(matches!(inbox.take()[..], [(id, Outcome::Done(true))] if id == waits));
        stop.store(true, Ordering::SeqCst);
        idle(&pool);
        assert_eq!(inbox.take().len(), MOST);
    }

    #[test]
    fn a_panic_ends_one_job_and_is_told_once() {
        let pool = Pool::default();
        let mut inbox: Inbox<u32> = Inbox::new(&pool);
        let failed = inbox.start(Job::compute("fall"), |_| panic!("on purpose"));
        let good = inbox.start(Job::compute("count"), |_| 7);
        idle(&pool);
        let mut outcomes = inbox.take();
        outcomes.sort_by_key(|(id, _)| *id);
        assert!(matches!(
            outcomes[..],
            [(a, Outcome::Panicked), (b, Outcome::Done(7))] if a == failed && b == good
        ));
        assert_eq!(pool.take_panicked(), ["fall"]);
        assert!(pool.take_panicked().is_empty());
    }
}
