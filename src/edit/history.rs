//! Undo and redo: the steps a person took, in their words.

use super::Step;
use crate::notebook::Notebook;

/// Identifies a state of the notebook in its history, to tell whether it is the saved one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(u64);

/// The steps taken and the steps taken back.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<(Step, u64)>,
    undone: Vec<(Step, u64)>,
    next: u64,
}

impl History {
    /// Keeps the step just taken. What had been undone can no longer be redone.
    pub fn push(&mut self, step: Step) {
        if step.is_empty() {
            return;
        }
        self.undone.clear();
        self.next += 1;
        self.done.push((step, self.next));
    }

    /// Makes what was just done part of the step before it: typing into one field is one step.
    pub fn join(&mut self, step: Step) {
        let Some((last, moment)) = self.done.last_mut() else {
            self.push(step);
            return;
        };
        if !step.is_empty() {
            self.undone.clear();
            self.next += 1;
            *moment = self.next;
            last.append(step);
        }
    }

    /// Takes the last step back; its name, if there was one.
    pub fn undo(&mut self, notebook: &mut Notebook) -> Option<String> {
        let (step, moment) = self.done.pop()?;
        let label = step.label().to_owned();
        self.undone.push((step.take_back(notebook), moment));
        Some(label)
    }

    /// Takes the step that was taken back last again; its name, if there was one.
    pub fn redo(&mut self, notebook: &mut Notebook) -> Option<String> {
        let (step, moment) = self.undone.pop()?;
        let label = step.label().to_owned();
        self.done.push((step.take_back(notebook), moment));
        Some(label)
    }

    /// What undo would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.done.last().map(|(step, _)| step.label())
    }

    /// What redo would do again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|(step, _)| step.label())
    }

    /// Where in the history the notebook is now.
    #[must_use]
    pub fn now(&self) -> Moment {
        Moment(self.done.last().map_or(0, |(_, moment)| *moment))
    }

    /// How many steps can be undone.
    #[must_use]
    pub fn len(&self) -> usize {
        self.done.len()
    }

    /// Whether nothing can be undone.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.done.is_empty()
    }
}
