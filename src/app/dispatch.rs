//! Dispatching intents to the parts that handle them.

use super::charting::ChartingIntent;
use super::questions::EnterPath;
use super::reading::ReadingIntent;
use super::session::SessionIntent;
use super::settings::SettingsIntent;
use super::{Answer, Intent, OpenNotebook, Program, Selection, Tool};

impl Program {
    /// Carries out one intent.
    pub fn dispatch(&mut self, intent: Intent) {
        let goes_on_typing = matches!(
            intent,
            Intent::Session(SessionIntent::EditOn { .. })
                | Intent::Reading(ReadingIntent::SetReading(..))
                | Intent::Charting(ChartingIntent::SetView(_) | ChartingIntent::SetRoom(_))
                | Intent::Settings(SettingsIntent::PanesAre(_) | SettingsIntent::WindowIs(_))
        );
        if !goes_on_typing {
            self.end_typing();
        }
        match intent {
            Intent::Run(command) => self.run(command),
            Intent::Select(selection) => self.change_selection(|all| *all = selection),
            Intent::ToggleEntity(id) => self.change_selection(|all| all.toggle(id)),
            Intent::ToggleLink(id) => self.change_selection(|all| all.toggle_link(id)),
            Intent::ToggleOnCanvas(what) => self.change_selection(|all| all.toggle_on_canvas(what)),
            Intent::Cancel => self.cancel(),
            Intent::Answer(answer) => self.answer(answer),
            Intent::DialogFailed(kind, why) => self.ask(EnterPath { kind, why }),
            Intent::DismissNotice(serial) => self.dismiss_notice(serial),
            Intent::StopJob(id) => {
                self.jobs.stop(id);
                self.arranging_stopped(id);
            }
            Intent::ResumeStopped => self.retry_derived(),
            Intent::Session(intent) => self.session_intent(intent),
            Intent::Reading(intent) => self.reading_intent(intent),
            Intent::Tagging(intent) => self.tagging_intent(intent),
            Intent::Charting(intent) => self.charting_intent(intent),
            Intent::Findings(intent) => self.findings_intent(intent),
            Intent::Settings(intent) => self.settings_intent(intent),
        }
        self.refresh_derived();
    }

    /// Changes what is selected in the lists, in the text or on the canvas.
    fn change_selection(&mut self, change: impl FnOnce(&mut Selection)) {
        self.with_open_notebook(|book| {
            let mut selection = book.selection().clone();
            change(&mut selection);
            book.select(selection);
            book.reading.selected_items();
        });
    }

    /// Removes references to what a change deleted.
    pub(super) fn after_change(&mut self) {
        self.with_open_notebook(OpenNotebook::prune);
        self.refresh_find();
    }

    pub(super) fn with_open_notebook(&mut self, act: impl FnOnce(&mut OpenNotebook)) {
        if let Some(book) = &mut self.book {
            act(book);
        }
    }

    /// Goes one step back: closes the page that is open, then what is open over the text or the canvas, then clears the
    /// selection.
    fn cancel(&mut self) {
        if self.question().is_some() {
            self.answer(Answer::Cancel);
            return;
        }
        let idle = self.book.as_ref().is_none_or(|book| matches!(book.tool(), Tool::None));
        if idle
            && (self.open_text_panel(false)
                || self.discard_arrangement()
                || self.close_find()
                || self.leave_as_of()
                || self.restore_panes())
        {
            return;
        }
        self.with_open_notebook(OpenNotebook::step_back);
    }
}
