//! Where reading stood in notebooks when they were left: a notebook's file keeps the places as of its last save, and
//! reading on changes no file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Program;
use crate::notebook::{ArticleId, ReadingPlace};
use crate::storage::Stamp;

/// How many notebooks are remembered, and how many articles of each.
const NOTEBOOKS: usize = 12;
const ARTICLES: usize = 200;

/// Where reading stood in a notebook when it was left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Left {
    /// The SHA-256 of its file, in hexadecimal: it is known again by its bytes, whatever it is called.
    pub file: String,
    /// The article in front.
    pub article: Option<ArticleId>,
    /// The places.
    pub reading: BTreeMap<ArticleId, ReadingPlace>,
}

fn name_of(stamp: &Stamp) -> String {
    stamp.sha256().iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Program {
    /// Remembers where reading stands in the open notebook, where its file does not know it.
    pub(super) fn remember_reading(&mut self) {
        let Some(book) = &self.book else { return };
        let Some(file) = &book.file else { return };
        let left = Left {
            file: name_of(&file.stamp),
            article: book.article(),
            reading: book.desk.reading.iter().take(ARTICLES).map(|(id, at)| (*id, *at)).collect(),
        };
        if self.prefs.left.first() == Some(&left) {
            return;
        }
        self.prefs.left.retain(|other| other.file != left.file);
        self.prefs.left.insert(0, left);
        self.prefs.left.truncate(NOTEBOOKS);
        self.keep_prefs();
    }

    /// Goes on reading where the notebook was left, if this file is the one that was left.
    pub(super) fn go_on_reading(&mut self, stamp: &Stamp) {
        let name = name_of(stamp);
        let Some(left) = self.prefs.left.iter().find(|left| left.file == name).cloned() else {
            return;
        };
        self.with_book(|book| {
            let there = |id: &ArticleId| book.notebook.article(*id).is_some();
            let sound = |at: &ReadingPlace| at.offset.is_finite();
            let reading = left.reading.into_iter().filter(|(id, at)| there(id) && sound(at));
            book.desk.reading.extend(reading);
            if let Some(front) = left.article.filter(there) {
                book.desk.article = Some(front);
            }
        });
    }
}
