//! The program: at most one notebook, the jobs, the open question, and what the window is asked to do.

use super::jobs::Jobs;
use super::question::Asked;
use super::reading::WordLists;
use super::session::Session;
use super::settings::Settings;
use super::{Effect, Intent, Level, Notice, OpenNotebook, Pane, PrefsFile, Remedy};
use crate::notebook::{ArticleId, Notebook};

/// The whole program without a window.
#[derive(Debug)]
pub struct Program {
    pub(super) book: Option<OpenNotebook>,
    pub(super) session: Session,
    pub(super) settings: Settings,
    pub(super) jobs: Jobs,
    pub(super) asked: Asked,
    effects: Vec<Effect>,
    notices: Vec<Notice>,
    serial: u64,
    pub(super) word_lists: WordLists,
    panes: Vec<Pane>,
}

impl Program {
    /// A program with nothing open. Settings are read from, and stored in, `prefs_file`.
    #[must_use]
    pub fn new(prefs_file: PrefsFile) -> Self {
        let (settings, fault) = Settings::load(prefs_file);
        let mut program = Self {
            book: None,
            session: Session::default(),
            settings,
            jobs: Jobs::default(),
            asked: Asked::default(),
            effects: Vec::new(),
            notices: Vec::new(),
            serial: 0,
            word_lists: WordLists::default(),
            panes: Pane::OWN.to_vec(),
        };
        if let Some(why) = fault {
            program.notify(Level::Warning, why);
        }
        program
    }

    /// The open notebook.
    #[must_use]
    pub const fn open_notebook(&self) -> Option<&OpenNotebook> {
        self.book.as_ref()
    }

    /// Registers panes that the window has besides those of [`Pane::OWN`]: their commands, and their places in layouts.
    pub fn add_panes(&mut self, panes: impl IntoIterator<Item = Pane>) {
        for pane in panes {
            if !self.panes.contains(&pane) {
                self.panes.push(pane);
            }
        }
    }

    /// All panes, in the order in which the keyboard goes from one to the next.
    #[must_use]
    pub fn panes(&self) -> &[Pane] {
        &self.panes
    }

    /// Hands an effect to the window.
    pub(super) fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// The notices, the newest last.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// Takes what the window is asked to do.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Carries out everything the views sent in one frame.
    pub fn dispatch_all(&mut self, intents: impl IntoIterator<Item = Intent>) {
        for intent in intents {
            self.dispatch(intent);
        }
    }

    /// Dismisses a notice.
    pub(super) fn dismiss_notice(&mut self, serial: u64) {
        self.notices.retain(|notice| notice.serial != serial);
    }

    /// Shows a notice.
    pub(super) fn notify(&mut self, level: Level, text: impl Into<String>) {
        /// The most notices on screen at once; only errors may exceed it.
        const MOST: usize = 3;
        /// The most errors: they stay until dismissed, but not without limit.
        const MOST_ERRORS: usize = 20;
        let text = text.into();
        self.notices.retain(|notice| notice.text != text);
        self.serial += 1;
        self.notices.push(Notice { serial: self.serial, level, text, remedy: None });
        // The newest stays, and errors stay until dismissed.
        while self.notices.len() > MOST {
            let before = &self.notices[..self.notices.len() - 1];
            match before.iter().position(|notice| notice.level != Level::Error) {
                Some(passing) => {
                    self.notices.remove(passing);
                }
                None if self.notices.len() > MOST_ERRORS => {
                    self.notices.remove(0);
                }
                None => break,
            }
        }
    }

    /// As [`Self::notify`], with a button for this article's details.
    pub(super) fn notify_of(&mut self, article: ArticleId, level: Level, text: impl Into<String>) {
        self.notify_with(Remedy::Details(article), level, text);
    }

    /// The same with something that can be done about it.
    pub(super) fn notify_with(&mut self, remedy: Remedy, level: Level, text: impl Into<String>) {
        self.notify(level, text);
        if let Some(notice) = self.notices.last_mut() {
            notice.remedy = Some(remedy);
        }
    }

    pub(super) fn next_serial(&mut self) -> u64 {
        self.serial += 1;
        self.serial
    }

    /// Opens an empty notebook unless one is open.
    pub(super) fn open_notebook_or_new(&mut self) -> &mut OpenNotebook {
        self.book
            .get_or_insert_with(|| OpenNotebook::with(Notebook::new("")).in_pool(self.jobs.pool()))
    }
}
