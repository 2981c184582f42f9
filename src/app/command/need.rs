//! The needs of commands: a condition and the message if it is not met. The list of needs is in `needs`.

use crate::app::{OpenNotebook, Program};

/// Something a command needs besides an open notebook.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) met: Met,
    /// What is missing, as a sentence for the user; empty where a message would not help.
    pub(super) why: &'static str,
}

/// The condition.
#[derive(Debug)]
pub(super) enum Met {
    OpenNotebook(fn(&OpenNotebook) -> bool),
    Program(fn(&Program) -> bool),
}

impl Need {
    /// Whether it is met.
    pub(super) fn is_met(&self, program: &Program) -> bool {
        match self.met {
            Met::OpenNotebook(met) => program.open_notebook().is_some_and(met),
            Met::Program(met) => met(program),
        }
    }
}
