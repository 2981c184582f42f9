//! A need of a command: a test, and what is said where it fails. The needs themselves are in `needs`.

use crate::app::{OpenNotebook, Program};

/// Something a command needs besides an open notebook.
#[derive(Debug)]
pub(super) struct Need {
    pub(super) met: Met,
    /// What is missing, as a sentence for the user; empty where saying so helps nobody.
    pub(super) why: &'static str,
}

/// How it is known whether that is there.
#[derive(Debug)]
pub(super) enum Met {
    OpenNotebook(fn(&OpenNotebook) -> bool),
    Program(fn(&Program) -> bool),
}

impl Need {
    /// Whether it is there.
    pub(super) fn is_met(&self, program: &Program) -> bool {
        match self.met {
            Met::OpenNotebook(met) => program.open_notebook().is_some_and(met),
            Met::Program(met) => met(program),
        }
    }
}
