//! The folders of a notebook's articles: articles moved into one, a folder renamed with what is in it.

use std::collections::BTreeSet;

use crate::app::{Level, OpenNotebook, Program, Question};
use crate::edit::{AboutFields, Edit, Ref};
use crate::notebook::ArticleId;

/// The page that asks for a folder.
#[derive(Clone, Debug)]
pub struct MoveToFolder {
    /// The articles that are moved.
    pub articles: Vec<ArticleId>,
    /// The folder that is renamed with what is in it, where it is one; then the articles are those in it.
    pub renamed: Option<String>,
}

impl Question for MoveToFolder {}

impl OpenNotebook {
    /// The folders of its articles, those they lie in included, by name.
    #[must_use]
    pub fn folders(&self) -> Vec<String> {
        let mut all = BTreeSet::new();
        for article in self.notebook().articles().values() {
            let mut path = &*article.about.folder;
            while !path.is_empty() && all.insert(path.to_owned()) {
                path = path.rsplit_once('/').map_or("", |(above, _)| above);
            }
        }
        let mut all: Vec<String> = all.into_iter().collect();
        all.sort_by_cached_key(|folder| key_of(folder));
        all
    }
}

/// What folders are sorted by: name by name, so that what is in a folder stands right below it.
fn key_of(folder: &str) -> Vec<crate::text::NaturalKey> {
    folder.split('/').map(crate::text::NaturalKey::of).collect()
}

/// Whether an article in this folder is in that one, or in one that is in it.
#[must_use]
pub fn is_in_folder(folder: &str, of: &str) -> bool {
    folder.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl Program {
    /// Asks into which folder the articles meant are to be moved.
    pub(in crate::app) fn ask_for_folder(&mut self) {
        let Some(book) = &self.book else { return };
        let articles = book.articles_meant();
        if !articles.is_empty() {
            self.ask(MoveToFolder { articles, renamed: None });
        }
    }

    /// Asks what a folder is to be called.
    pub(in crate::app) fn ask_for_folder_name(&mut self, folder: String) {
        let Some(book) = &self.book else { return };
        let articles = book
            .notebook()
            .articles_in_order()
            .into_iter()
            .filter(|id| {
                let article = book.notebook().article(*id);
                article.is_some_and(|article| is_in_folder(&article.about.folder, &folder))
            })
            .collect();
        self.ask(MoveToFolder { articles, renamed: Some(folder) });
    }

    /// Moves articles into a folder, in one step; of a folder that is renamed, what is in it keeps its place there.
    pub(in crate::app) fn move_articles(&mut self, asked: &MoveToFolder, to: &str) {
        self.close_question();
        let Some(book) = &self.book else { return };
        let to = to.split('/').map(str::trim).filter(|name| !name.is_empty());
        let to = to.collect::<Vec<_>>().join("/");
        let mut edits = Vec::new();
        for id in &asked.articles {
            let Some(article) = book.document.notebook.article(*id) else { continue };
            let now = &*article.about.folder;
            let within = asked.renamed.as_deref().and_then(|from| now.strip_prefix(from));
            let folder = format!("{to}{}", within.unwrap_or(""));
            let folder = folder.trim_matches('/').to_owned();
            if folder != now {
                let with = AboutFields { folder: Some(folder), ..AboutFields::default() };
                edits.push(Edit::Describe { article: Some(Ref::Id(*id)), with });
            }
        }
        let what = match edits.len() {
            0 => {
                self.notify(Level::Info, "The articles are in that folder already.");
                return;
            }
            1 => "1 article".to_owned(),
            n => format!("{n} articles"),
        };
        let label = match (&asked.renamed, to.is_empty()) {
            (Some(from), false) => format!("Rename the folder “{from}” to “{to}”"),
            (_, true) => format!("Take {what} out of the folder"),
            (None, false) => format!("Move {what} to “{to}”"),
        };
        self.edit(&Edit::Batch(label, edits));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_in_itself_and_in_those_above_and_in_no_namesake() {
        assert!(is_in_folder("a/b", "a") && is_in_folder("a", "a") && is_in_folder("a/b/c", "a/b"));
        assert!(!is_in_folder("ab", "a") && !is_in_folder("", "a") && !is_in_folder("a", "a/b"));
    }
}
