//! The state of the program: what is open, what is selected, what is asked.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use super::suggesting::Suggested;
use super::{Caret, Find, GoTo, LinkDraft, OnCanvas, Picker, Rest, Selection, Ways};
use crate::edit::{History, Moment};
use crate::notebook::{ArticleId, Desk, EntityId, Kind, MentionId, Notebook};
use crate::recovery::{HeldFile, Keeper};
use crate::storage::{Lock, Stamp};

/// An open notebook and the work going on in it.
#[derive(Debug)]
pub struct Book {
    /// Tells this notebook from every other one opened in this run: what a job brings back is for one of them.
    pub(super) id: u64,
    pub(super) notebook: Arc<Notebook>,
    pub(super) history: History,
    pub(super) saved: Moment,
    pub(super) file: Option<OpenFile>,
    /// Keeps what is not saved; begun by the first change.
    pub(super) keeper: Option<Keeper>,
    /// Why nothing in it can be changed.
    pub(super) read_only: Option<String>,
    /// The user was told that something else changed the file.
    pub(super) told_changed: bool,
    pub(super) selection: Selection,
    pub(super) carets: BTreeMap<ArticleId, Caret>,
    pub(super) desk: Desk,
    pub(super) goto: Option<GoTo>,
    pub(super) trail: super::places::Trail,
    /// The article in the reader that is not in front, while two are side by side.
    pub(super) beside: Option<ArticleId>,
    /// The second reader is in front, not the first.
    pub(super) second_in_front: bool,
    pub(super) show: Option<(u64, OnCanvas)>,
    pub(super) tool: Tool,
    pub(super) ways: Ways,
    /// The arrangement that is shown on the canvas and not yet in the notebook.
    pub(super) arranging: Option<super::Arranging>,
    pub(super) find: Option<Find>,
    /// What was looked for when find was closed.
    pub(super) looked_for: super::FindQuery,
    pub(super) places: PlacesOf,
    pub(super) suggested: BTreeMap<ArticleId, Suggested>,
    /// Entities tagged lately, the last one first: the keys 1 to 9.
    pub(super) recent: Vec<EntityId>,
    /// The last thing selected was words.
    pub(super) words_last: bool,
    /// Where the articles opened in this run were read from, for reading them in another encoding.
    pub(super) sources: BTreeMap<ArticleId, Source>,
}

/// Where an article was read from.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// Its file.
    pub(super) path: PathBuf,
    /// The title proposed when it was read.
    pub(super) title: String,
}

/// The file behind an open notebook.
#[derive(Debug)]
pub struct OpenFile {
    /// Where it is.
    pub path: PathBuf,
    /// The file as it was loaded or saved last.
    pub stamp: Stamp,
    /// The version of the format it was in when it was loaded, or in which it was saved since.
    pub version: u32,
    /// Held while it is open; `None` where the folder takes no lock.
    pub lock: Option<Lock>,
    /// The file as it was loaded or saved last, held open for the recovery journal.
    pub held: Option<HeldFile>,
}

/// Which places the pane of places lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlacesOf {
    /// The hits of what is looked for.
    #[default]
    Hits,
    /// The mentions of an entity, in all articles.
    Mentions(EntityId),
}

/// What is open over the text or the canvas.
#[derive(Clone, Debug, Default)]
pub enum Tool {
    /// Nothing.
    #[default]
    None,
    /// The picker: which entity the selected words mean.
    Picker(Picker),
    /// The link maker.
    Link(LinkDraft),
    /// “Tag the rest”.
    Rest(Rest),
    /// Moving a mention's ends.
    Boundary {
        /// Which mention.
        mention: MentionId,
        /// Its article.
        article: ArticleId,
        /// Its ends as drafted: bytes.
        range: Range<usize>,
        /// Whether the arrows move the end (or else the start).
        end: bool,
    },
}

impl Book {
    /// The notebook.
    #[must_use]
    pub fn notebook(&self) -> &Notebook {
        &self.notebook
    }

    /// The notebook as it is now, to be kept by a job.
    #[must_use]
    pub fn snapshot(&self) -> Arc<Notebook> {
        Arc::clone(&self.notebook)
    }

    /// Whether there is anything to save.
    #[must_use]
    pub fn is_modified(&self) -> bool {
        self.history.now() != self.saved
    }

    /// The file's path, once it has one.
    #[must_use]
    pub fn path(&self) -> Option<&PathBuf> {
        self.file.as_ref().map(|file| &file.path)
    }

    /// What the window's title shows: the notebook's title, its file's name, or a word for having neither.
    #[must_use]
    pub fn name(&self) -> String {
        if !self.notebook.title().is_empty() {
            return self.notebook.title().to_owned();
        }
        self.path().and_then(|path| path.file_stem()).map_or_else(
            || "Untitled notebook".to_owned(),
            |stem| stem.to_string_lossy().into_owned(),
        )
    }

    /// The steps.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// What is selected.
    #[must_use]
    pub const fn selection(&self) -> &Selection {
        &self.selection
    }

    /// How the notebook is being left: tabs, reading places, view of the canvas.
    #[must_use]
    pub const fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The article in front.
    #[must_use]
    pub fn article(&self) -> Option<ArticleId> {
        self.desk.article.filter(|id| self.notebook.article(*id).is_some())
    }

    /// The text cursor of an article.
    #[must_use]
    pub fn caret(&self, article: ArticleId) -> Caret {
        self.carets.get(&article).copied().unwrap_or_default()
    }

    /// The words selected in the article in front: article and bytes, whole characters, white space at the ends
    /// left out.
    #[must_use]
    pub fn selected_words(&self) -> Option<(ArticleId, Range<usize>)> {
        let id = self.article()?;
        let article = self.notebook.article(id)?;
        let range = article.text.trim(self.caret(id).range());
        (!range.is_empty()).then(|| (id, article.text.snap(range)))
    }

    /// Whether “copy” means words: some are selected, and nothing on the canvas or in the lists was selected since.
    #[must_use]
    pub fn copies_words(&self) -> bool {
        self.selected_words().is_some() && (self.words_last || !self.selection.has_part())
    }

    /// The place the reader is asked to bring into view.
    #[must_use]
    pub const fn goto(&self) -> Option<&GoTo> {
        self.goto.as_ref()
    }

    /// What the canvas is asked to bring into view, with a serial that grows with every request.
    #[must_use]
    pub const fn show(&self) -> Option<(u64, OnCanvas)> {
        self.show
    }

    /// What is open over the text or the canvas.
    #[must_use]
    pub const fn tool(&self) -> &Tool {
        &self.tool
    }

    /// What is being looked for.
    #[must_use]
    pub const fn find(&self) -> Option<&Find> {
        self.find.as_ref()
    }

    /// Which places the pane of places lists.
    #[must_use]
    pub const fn places(&self) -> PlacesOf {
        self.places
    }

    /// Entities tagged lately, the last one first: the keys 1 to 9.
    #[must_use]
    pub fn recent(&self) -> &[EntityId] {
        &self.recent
    }

    /// Whether an article can be read in another encoding: its file is known and nothing is tagged in it.
    #[must_use]
    pub fn can_reread(&self, article: ArticleId) -> bool {
        self.sources.contains_key(&article) && self.notebook.mention_count_in(article) == 0
    }

    /// The picker, when it is open.
    #[must_use]
    pub const fn picker(&self) -> Option<&Picker> {
        match &self.tool {
            Tool::Picker(picker) => Some(picker),
            _ => None,
        }
    }

    /// How many entities there are of a kind.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.notebook.count(kind)
    }
}
