//! Where the results of somebody's jobs arrive.

use std::sync::mpsc::{Receiver, Sender, channel};

use super::{Handle, Job, JobId, Pool};

/// What a job brings: how it ended, or something before its end.
#[derive(Debug)]
pub enum Outcome<T> {
    /// It goes on; this it has already.
    Part(T),
    /// With a result.
    Done(T),
    /// It panicked. The pool tells what it was doing.
    Panicked,
}

/// The results of jobs that were started here, in a pool that others use as well.
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
    /// Starts its jobs in this pool.
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

    /// Starts a job that hands over parts of what it finds as it goes, by calling what it is given second.
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
                    // Nobody listens any more only when the program is closing.
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

    /// What has come in: results, and parts of results of jobs that go on.
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
