//! The reading places in notebooks when they were left, and what of their timelines was in view: a notebook's file stores the
//! reading places of its last save, and reading does not change the file.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{TimelinePlace, TimelineSettings};
use crate::app::Program;
use crate::notebook::{ArticleId, ReadingPlace};
use crate::storage::Stamp;

/// The most notebooks that are remembered, and the most articles of each.
const NOTEBOOKS: usize = 12;
const ARTICLES: usize = 200;

/// The reading places in a notebook when it was left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LastPlaces {
    /// The SHA-256 of its file, in hexadecimal: it is recognised by its content, whatever its name.
    pub file: String,
    /// The article in front.
    pub article: Option<ArticleId>,
    /// The article beside it.
    pub beside: Option<ArticleId>,
    /// The articles whose tabs were closed.
    pub closed: BTreeSet<ArticleId>,
    /// The places.
    pub reading: BTreeMap<ArticleId, ReadingPlace>,
    /// What of the timeline was in view, once the user had chosen that, and what the timeline showed.
    pub timeline: Option<(TimelinePlace, TimelineSettings)>,
}

fn name_of(stamp: &Stamp) -> String {
    stamp.sha256().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Program {
    /// Remembers the reading places in the open notebook, if they are not in its file.
    pub(in crate::app) fn remember_reading(&mut self) {
        let Some(book) = &self.book else { return };
        let Some(stamp) = book.stamp() else { return };
        let left = LastPlaces {
            file: name_of(stamp),
            article: book.article(),
            beside: book.article_beside(),
            closed: book.closed_tabs().take(ARTICLES).collect(),
            reading: book.desk().reading.into_iter().take(ARTICLES).collect(),
            timeline: book.timeline_place().map(|place| (place, self.settings.prefs.timeline)),
        };
        if self.settings.prefs.left.first() == Some(&left) {
            return;
        }
        self.settings.prefs.left.retain(|other| other.file != left.file);
        self.settings.prefs.left.insert(0, left);
        self.settings.prefs.left.truncate(NOTEBOOKS);
        self.keep_prefs();
    }

    /// Restores the reading places, if this is the file that was left.
    pub(in crate::app) fn restore_reading(&mut self, stamp: &Stamp) {
        let name = name_of(stamp);
        let Some(left) = self.settings.prefs.left.iter().find(|left| left.file == name).cloned()
        else {
            return;
        };
        let timeline = left.timeline.filter(|(place, _)| place.is_sound());
        if let Some((_, shown)) = timeline {
            self.settings.prefs.timeline = shown;
        }
        self.with_open_notebook(|book| {
            book.set_timeline_place(timeline.map(|(place, _)| place));
            let sound = left.reading.into_iter().filter(|(_, at)| at.offset.is_finite());
            book.restore_reading(left.article, sound);
            book.leave_closed(left.closed, left.beside);
        });
    }
}
