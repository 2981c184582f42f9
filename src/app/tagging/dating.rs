//! Dating an event: the page that asks when it was, with what the article writes.

use crate::app::{Level, OpenNotebook, Program, Question};
use crate::inquiry::date_near;
use crate::notebook::{Detail, EntityId, When};

/// The page that asks when an event was.
#[derive(Debug)]
pub struct DateEvent {
    /// The event.
    pub event: EntityId,
    /// The proposed date: the one that was pointed at, the one it has, or the one its words mean.
    pub date: When,
}

impl Question for DateEvent {}

impl OpenNotebook {
    /// The event that is selected, when nothing else is.
    #[must_use]
    pub fn selected_event(&self) -> Option<EntityId> {
        let id = self.selection().only_entity()?;
        let entity = self.notebook().entity(id)?;
        matches!(entity.detail, Detail::Event(_)).then_some(id)
    }
}

impl Program {
    /// Asks when the selected event was.
    pub(in crate::app) fn ask_date_of_selected(&mut self) {
        if let Some(event) = self.open_notebook().and_then(OpenNotebook::selected_event) {
            self.ask_date(event, String::new());
        }
    }

    /// Asks when an event was. The words of the article stand there already: those the event has, or the ones nearest to
    /// its first mention.
    pub(in crate::app) fn ask_date(&mut self, event: EntityId, date: String) {
        let Some(book) = &self.book else { return };
        if let Some(why) = book.read_only() {
            let why = format!("{}.", why.trim_end_matches('.'));
            self.notify(Level::Info, why);
            return;
        }
        let notebook = book.notebook();
        let Some(Detail::Event(now)) = notebook.entity(event).map(|entity| &entity.detail) else {
            return;
        };
        let now = now.date.clone();
        let place = notebook
            .mentions_of(event)
            .filter_map(|id| notebook.mention(id))
            .find_map(|mention| Some((mention.anchor.article, mention.anchor.range()?)));
        let told = place.and_then(|(article, range)| {
            self.with_lexicons(|book, lexicons| {
                date_near(book.notebook(), article, &range, lexicons)
            })
            .flatten()
        });
        let told = told.unwrap_or_default();
        let written = if now.written.trim().is_empty() { told.written } else { now.written };
        // What was pointed at; what it has; what the words mean, where they are the ones beside it.
        let meant = || {
            let read = self.read_typed(event, &written);
            if told.edtf.is_empty() { read.unwrap_or_default() } else { told.edtf.clone() }
        };
        let edtf = [date, now.edtf].into_iter().find(|date| !date.trim().is_empty());
        let edtf = edtf.unwrap_or_else(meant);
        self.ask(DateEvent { event, date: When { written, edtf } });
    }
}
