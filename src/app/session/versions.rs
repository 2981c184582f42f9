//! Two versions of an article side by side: compared in a job, shown on a page.

use std::sync::Arc;

use crate::app::{Level, OpenNotebook, Program, Question};
use crate::inquiry::VersionChanges;
use crate::job::{Handle, Job};
use crate::notebook::ArticleId;

/// Two versions of an article, compared.
#[derive(Debug)]
pub struct ComparedVersions {
    /// What changed between them.
    pub changes: Arc<VersionChanges>,
}

impl Question for ComparedVersions {}

impl Program {
    /// Compares the latest version of the article in front with the one before.
    pub(in crate::app) fn compare_latest_versions(&mut self) {
        if let Some(article) = self.book.as_ref().and_then(OpenNotebook::article) {
            self.compare_latest_versions_of(article);
        }
    }

    /// The same of an article.
    pub(in crate::app) fn compare_latest_versions_of(&mut self, article: ArticleId) {
        let record = self.book.as_ref().and_then(|book| book.notebook().article(article));
        let Some(latest) = record.map(|record| record.versions()) else { return };
        self.compare_versions(article, latest.saturating_sub(1), latest);
    }

    /// Compares two versions of an article, and shows them.
    pub(in crate::app) fn compare_versions(&mut self, article: ArticleId, from: u32, to: u32) {
        let Some(book) = &self.book else { return };
        let notebook = book.snapshot();
        let compare = move |handle: &Handle| {
            let changes = VersionChanges::between(&notebook, article, from, to);
            if handle.is_cancelled() { Err(()) } else { Ok(changes) }
        };
        self.jobs.start(Job::load("Comparing versions"), compare, |program, done| match done {
            Ok(Some(changes)) => program.ask(ComparedVersions { changes: Arc::new(changes) }),
            Ok(None) => {
                program.notify(Level::Info, "The article no longer has these versions.");
            }
            Err(()) => program.notify(Level::Info, "Comparing was stopped."),
        });
    }
}
