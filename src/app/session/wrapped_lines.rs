//! Texts whose lines were cut at one length: asked about when they are opened, and joined into paragraphs.

use std::sync::Arc;

use crate::app::{Level, OpenNotebook, Program};
use crate::article::joined_reader;
use crate::edit::Edit;
use crate::job::{Handle, Job};
use crate::notebook::{ArticleId, Origin};
use crate::text::{Structure, Text};

impl Program {
    /// Asks, in a bar above the text, what becomes of its lines.
    pub(super) fn ask_about_lines(&mut self, article: ArticleId) {
        self.with_open_notebook(|book| {
            book.document.wrapped.insert(article);
        });
    }

    /// Its lines stay as they are, and nothing is asked any more.
    pub(in crate::app) fn keep_lines(&mut self, article: ArticleId) {
        self.with_open_notebook(|book| {
            book.document.wrapped.remove(&article);
        });
    }

    /// The same for the article in front.
    pub(in crate::app) fn join_lines_in_front(&mut self) {
        if let Some(article) = self.book.as_ref().and_then(OpenNotebook::article) {
            self.join_lines(article);
        }
    }

    /// Joins its lines into paragraphs, as one step. Nothing may be tagged in it.
    pub(in crate::app) fn join_lines(&mut self, article: ArticleId) {
        let Some(book) = &self.book else { return };
        let Some(record) = book.notebook().article(article) else { return };
        if book.notebook().mention_count_in(article) > 0 {
            let why = "Lines can be joined only while nothing is tagged in the article. Undo the tagging, or read the file again with “Update article…”.";
            self.notify(Level::Warning, why);
            return;
        }
        let (origin, text) = (record.origin.clone(), record.text.clone());
        let work = move |_: &Handle| {
            let (joined, structure) = text.unwrapped_as(&origin.structure);
            joined.prepare();
            (article, origin, structure, joined)
        };
        self.jobs.start(
            Job::load("Joining lines"),
            work,
            |program, (article, origin, structure, text)| {
                program.lines_joined(article, origin, structure, text);
            },
        );
    }

    fn lines_joined(
        &mut self,
        article: ArticleId,
        origin: Origin,
        structure: Structure,
        text: Text,
    ) {
        let Some(book) = &self.book else { return };
        let Some(record) = book.notebook().article(article) else { return };
        // It was read again meanwhile: what was joined is another text.
        if record.origin != origin {
            return;
        }
        let label = format!("Join the lines of “{}”", record.about.title);
        let reader = joined_reader(&origin.reader);
        let origin = Origin { reader, structure: Arc::new(structure), ..origin };
        let edit = Edit::ReplaceText { article, origin, text };
        if self.edit(&Edit::Batch(label, vec![edit])).is_some() {
            self.keep_lines(article);
            self.refresh_find();
        }
    }
}
