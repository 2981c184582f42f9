//! Undo and redo: the steps a person took, in their words; and the same again, as a journal tells them.

use serde::{Deserialize, Serialize};

use super::Step;
use crate::notebook::{Change, Notebook};

/// How a [`HistoryEvent`] was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// As a step of its own.
    Step,
    /// As more of the step before it.
    Join,
    /// By taking the last step back.
    Undo,
    /// By taking again a step that was taken back.
    Redo,
}

/// Something done to a notebook, told so that it can be done again to the same notebook: what the recovery journal
/// keeps. Its changes name what was made by its id, which an [`super::Edit`] done again would draw anew.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEvent {
    /// How.
    pub how: How,
    /// The step's name.
    pub label: String,
    /// The changes, first first.
    pub changes: Vec<Change>,
}

/// Identifies a state of the notebook in its history, to tell whether it is the saved one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HistoryPoint(u64);

/// The steps taken and the steps taken back.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<(Step, u64)>,
    undone: Vec<(Step, u64)>,
    next: u64,
    /// The point before the first step that is known.
    floor: u64,
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
        let Some((last, point)) = self.done.last_mut() else {
            self.push(step);
            return;
        };
        if !step.is_empty() {
            self.undone.clear();
            self.next += 1;
            *point = self.next;
            last.append(step);
        }
    }

    /// Takes the last step back; its name, if there was one.
    pub fn undo(&mut self, notebook: &mut Notebook) -> Option<String> {
        let (step, point) = self.done.pop()?;
        let label = step.label().to_owned();
        self.undone.push((step.take_back(notebook), point));
        Some(label)
    }

    /// Takes the step that was taken back last again; its name, if there was one.
    pub fn redo(&mut self, notebook: &mut Notebook) -> Option<String> {
        let (step, point) = self.undone.pop()?;
        let label = step.label().to_owned();
        self.done.push((step.take_back(notebook), point));
        Some(label)
    }

    /// What taking the last step back does, or taking again the one taken back; to be asked before it is done.
    #[must_use]
    pub fn next(&self, how: How) -> Option<HistoryEvent> {
        let from = match how {
            How::Undo => &self.done,
            How::Redo => &self.undone,
            How::Step | How::Join => return None,
        };
        let (step, _) = from.last()?;
        Some(HistoryEvent { how, label: step.label().to_owned(), changes: step.back() })
    }

    /// Does again what a journal tells. Undo works afterwards as if it had just been done: also for steps that
    /// were taken back before the journal began, which can then be redone.
    pub fn do_again(&mut self, notebook: &mut Notebook, event: HistoryEvent) {
        let step = Step::again(event.label, event.changes, notebook);
        let point = match event.how {
            How::Step => return self.push(step),
            How::Join => return self.join(step),
            How::Undo => self.done.pop(),
            How::Redo => self.undone.pop(),
        };
        let known = point.is_some();
        let point = point.map_or_else(|| self.next + 1, |(_, point)| point);
        if !known {
            // What was before the journal's first step is no longer where undo ends.
            self.next += 2;
            self.floor = self.next;
        }
        match event.how {
            How::Undo => self.undone.push((step, point)),
            _ => self.done.push((step, point)),
        }
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
    pub fn now(&self) -> HistoryPoint {
        HistoryPoint(self.done.last().map_or(self.floor, |(_, point)| *point))
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
