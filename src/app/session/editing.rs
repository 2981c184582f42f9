//! Editing: every change is one step of undo, and is recorded in the recovery journal at once.

use std::sync::Arc;

use crate::app::notice::sentence;
use crate::app::{Arranging, Command, Level, OpenNotebook, Program};
use crate::article::now;
use crate::edit::{Applied, Created, Edit, HistoryEvent, How, apply_signed};
use crate::notebook::Signature;

impl Program {
    /// Makes a change, as one step of undo. Returns what it made; `None` if it was refused, which the user is told.
    pub fn edit(&mut self, edit: &Edit) -> Option<Vec<Created>> {
        // Typing after this is a step of its own.
        self.session.typing = None;
        let Applied { step, created, made } = self.try_edit(edit)?;
        self.done(HistoryEvent { how: How::Step, label: step.label().to_owned(), changes: made });
        let book = self.book.as_mut()?;
        book.document.history.push(step);
        self.after_change();
        Some(created)
    }

    pub(super) fn edit_on(&mut self, edit: &Edit, field: u64) {
        let Some(Applied { step, made, .. }) = self.try_edit(edit) else { return };
        if step.is_empty() {
            // There is no step yet that typing could join.
            return;
        }
        let how = if self.session.typing == Some(field) { How::Join } else { How::Step };
        self.done(HistoryEvent { how, label: step.label().to_owned(), changes: made });
        if let Some(book) = &mut self.book {
            match how {
                How::Join => book.document.history.join(step),
                _ => book.document.history.push(step),
            }
        }
        self.session.typing = Some(field);
        self.after_change();
    }

    fn try_edit(&mut self, edit: &Edit) -> Option<Applied> {
        self.keep_what_is_shown();
        if let Some(why) = self.book.as_ref().and_then(OpenNotebook::read_only) {
            let why = format!("Nothing was changed. {}.", why.trim_end_matches('.'));
            self.notify(Level::Warning, why);
            return None;
        }
        self.open_notebook_or_new();
        self.start_keeping();
        let signature = Signature { at: now(), by: self.prefs().name.trim().to_owned() };
        let book = self.open_notebook_or_new();
        match apply_signed(Arc::make_mut(&mut book.document.notebook), edit, &signature) {
            Ok(applied) => Some(applied),
            Err(refusal) => {
                let why = sentence(&refusal.to_string());
                self.notify(Level::Warning, why);
                None
            }
        }
    }

    pub(in crate::app) fn step_history(&mut self, back: bool) {
        // An arrangement that is shown was done last, so undo discards it.
        if self.discard_arrangement() && back {
            return;
        }
        if self.book.as_ref().is_some_and(|book| book.as_of().is_some()) {
            return;
        }
        self.start_keeping();
        let how = if back { How::Undo } else { How::Redo };
        if let Some(event) = self.book.as_ref().and_then(|book| book.document.history.next(how)) {
            self.done(event);
        }
        if let Some(book) = &mut self.book {
            let notebook = Arc::make_mut(&mut book.document.notebook);
            if back {
                book.document.history.undo(notebook)
            } else {
                book.document.history.redo(notebook)
            };
            book.tagging.close();
        }
        self.after_change();
    }

    /// Makes typing in this field part of the step just made.
    pub(in crate::app) fn continue_typing(&mut self, field: u64) {
        self.session.typing = Some(field);
    }

    /// Makes further typing a step of its own.
    pub(in crate::app) fn end_typing(&mut self) {
        self.session.typing = None;
    }

    /// The step that undo or redo would take.
    pub(in crate::app) fn step_of(&self, command: Command) -> Option<&str> {
        let book = self.book.as_ref()?;
        match command {
            Command::Undo => {
                let shown = book.arranging().map(Arranging::label);
                shown.or_else(|| book.history().undo_label())
            }
            Command::Redo => book.history().redo_label(),
            _ => None,
        }
    }
}
