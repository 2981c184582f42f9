//! The inbox: the results of the jobs that one part of the program started.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::{Handle, Job, JobId, Pool};

/// What a job delivers: its result, or a part of it.
#[derive(Debug)]
pub enum Outcome<T> {
    /// A part of the result; the job goes on.
    Part(T),
    /// The result; the job has ended.
    Done(T),
    /// It panicked. The pool reports its name.
    Panicked,
}

/// The results of the jobs started through this inbox, in a pool shared with others.
pub struct Inbox<T> {
    pool: Pool,
    sender: Sender<(JobId, Outcome<T>)>,
    receiver: Receiver<(JobId, Outcome<T>)>,
}

impl<T> std::fmt::Debug for Inbox<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inbox").field("pool", &self.pool).finish_non_exhaustive()
    }
}

impl<T: Send + 'static> Default for Inbox<T> {
    fn default() -> Self {
        Self::new(&Pool::default())
    }
}

impl<T: Send + 'static> Inbox<T> {
    /// An inbox that starts its jobs in this pool.
    #[must_use]
    pub fn new(pool: &Pool) -> Self {
        let (sender, receiver) = channel();
        Self { pool: pool.clone(), sender, receiver }
    }

    /// Starts its jobs in this pool from now on.
    pub fn move_to(&mut self, pool: &Pool) {
        self.pool = pool.clone();
    }

    /// The pool.
    #[must_use]
    pub const fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Starts a job.
    pub fn start(&mut self, job: Job, work: impl FnOnce(&Handle) -> T + Send + 'static) -> JobId {
        self.start_in_parts(job, move |handle, _| work(handle))
    }

    /// Starts a job that can deliver parts of its result as it goes, by calling its second argument.
    pub fn start_in_parts(
        &mut self,
        job: Job,
        work: impl FnOnce(&Handle, &dyn Fn(T)) -> T + Send + 'static,
    ) -> JobId {
        let (parts, end, pool) = (self.sender.clone(), self.sender.clone(), self.pool.clone());
        self.pool.start(
            job,
            move |handle, id| {
                work(handle, &|found| {
                    // Sending fails only when the program is closing.
                    let _ = parts.send((id, Outcome::Part(found)));
                    pool.wake();
                })
            },
            move |id, result| {
                let _ = end.send((id, result.map_or(Outcome::Panicked, Outcome::Done)));
            },
        )
    }

    /// Tells a job to stop. It still ends with a result.
    pub fn stop(&self, id: JobId) {
        self.pool.stop(id);
    }

    /// Takes what has arrived: results, and parts of results of jobs that go on.
    pub fn take(&mut self) -> Vec<(JobId, Outcome<T>)> {
        self.receiver.try_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn parts_come_before_the_end_in_their_order() {
        let mut inbox: Inbox<u32> = Inbox::default();
        inbox.start_in_parts(Job::compute("count"), |_, part| {
            part(1);
            part(2);
            3
        });
        while inbox.pool().wait(Instant::now() + LONG) {}
        let came: Vec<_> = inbox.take().into_iter().map(|(_, outcome)| outcome).collect();
        assert!(matches!(came[..], [Outcome::Part(1), Outcome::Part(2), Outcome::Done(3)]));
    }

    #[test]
    fn a_stopped_job_sees_it() {
        let mut inbox: Inbox<bool> = Inbox::default();
        let id = inbox.start(Job::compute("wait"), |handle| {
            while !handle.is_cancelled() {
                std::thread::yield_now();
            }
            true
        });
        inbox.stop(id);
        while inbox.pool().wait(Instant::now() + LONG) {}
        assert!(matches!(inbox.take()[..], [(_, Outcome::Done(true))]));
    }
}
