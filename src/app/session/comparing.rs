//! Comparing two notebooks in a job.

use super::questions::Comparison;
use crate::app::notice::sentence;
use crate::app::{Level, Program};
use crate::job::{Handle, Job};

impl Program {
    /// Starts a job that compares two notebooks, and shows the comparison. `work` is given a function that says whether
    /// it is to stop; it returns nothing when it did, or what went wrong.
    pub(super) fn compare(
        &mut self,
        work: impl FnOnce(&dyn Fn() -> bool) -> Result<Option<Comparison>, String> + Send + 'static,
    ) {
        let compare = move |handle: &Handle| {
            let compared = work(&|| handle.is_cancelled());
            // A stopped read is no fault.
            if handle.is_cancelled() { Ok(None) } else { compared }
        };
        self.jobs.start(Job::load("Comparing"), compare, |program, compared| match compared {
            Ok(Some(comparison)) => program.ask(comparison),
            Ok(None) => program.notify(Level::Info, "Comparing was stopped."),
            Err(why) => program.notify(Level::Error, sentence(&why)),
        });
    }
}
