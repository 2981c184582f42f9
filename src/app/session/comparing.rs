//! Comparing two notebooks in a job.

use std::path::PathBuf;

use super::questions::{AfterComparison, Comparison};
use crate::app::notice::sentence;
use crate::app::{Level, Program};
use crate::inquiry::summarise;
use crate::job::{Handle, Job};
use crate::storage;

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

    /// Compares a file with the open notebook as it is now: `title` of the notebook's name, what the file and the notebook are
    /// called, and what is offered afterwards.
    pub(super) fn compare_file_with_now(
        &mut self,
        file: PathBuf,
        title: fn(&str) -> String,
        [from, to]: [&'static str; 2],
        then: fn(PathBuf) -> AfterComparison,
    ) {
        let Some(book) = &self.book else { return };
        let (now, name) = (book.document.present(), book.name());
        self.compare(move |stop| {
            let loaded = storage::load(&file, stop, &|_| {}).map_err(|error| error.to_string())?;
            let Some(difference) = summarise(&loaded.notebook, &now, stop) else { return Ok(None) };
            Ok(Some(Comparison {
                title: title(&name),
                from: from.to_owned(),
                to: to.to_owned(),
                difference,
                then: then(file),
            }))
        });
    }
}
