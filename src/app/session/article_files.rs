//! The files that articles were read from: whether they hold something else now.
//!
//! A notebook names files and never says where they are. Where they are is known of articles that were opened in this
//! run, and, from the user's settings, of some that were opened before. They are looked at when a notebook is opened and
//! when the window gets the keyboard, in a job: by length and time first, and read only where those differ from what was
//! seen last.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::app::{Level, OpenNotebook, Program, Remedy};
use crate::article::{self, FileContent};
use crate::job::{Handle, Job};
use crate::kept_sources::{KeptState, SourcesFolder};
use crate::notebook::{Article, ArticleId};

/// What is known of the files of a notebook's articles.
#[derive(Debug, Default)]
pub(super) struct ArticleFiles {
    known: BTreeMap<ArticleId, KnownFile>,
}

/// The file of an article.
#[derive(Clone, Debug)]
struct KnownFile {
    path: PathBuf,
    /// Its length and time when it was read last, and the SHA-256 of what it held.
    seen: Option<FileContent>,
    /// The SHA-256 of the content of which the user was told.
    told: Option<String>,
}

/// A file to be looked at, and what it held when it was read last.
struct Look {
    article: ArticleId,
    path: PathBuf,
    seen: Option<FileContent>,
}

impl ArticleFiles {
    fn add(&mut self, article: ArticleId, path: &Path) {
        match self.known.get_mut(&article) {
            Some(known) if known.path == path => {}
            _ => {
                let path = path.to_owned();
                self.known.insert(article, KnownFile { path, seen: None, told: None });
            }
        }
    }

    /// The file of an article, and what it holds as far as that is known.
    pub(super) fn get(&self, article: ArticleId) -> Option<(&Path, Option<&FileContent>)> {
        self.known.get(&article).map(|known| (&*known.path, known.seen.as_ref()))
    }
}

/// Whether an article was read from this content, now or before one of its updates.
fn is_of(article: &Article, content: &FileContent) -> bool {
    article.origin.sha256 == content.sha256
}

impl OpenNotebook {
    /// The file of an article where it holds something else than the article was read from, as far as was looked.
    #[must_use]
    pub fn changed_article_file(&self, article: ArticleId) -> Option<&Path> {
        let record = self.notebook().article(article)?;
        let (path, content) = self.document.article_files.get(article)?;
        content.filter(|content| !is_of(record, content)).map(|_| path)
    }

    /// A file from which the pages of an article can be drawn, where one is known.
    #[must_use]
    pub fn file_with_pages(&self, article: ArticleId) -> Option<PathBuf> {
        // The kept one is what was read; the other may have changed.
        let kept = self.kept_file(article).and_then(|(source, state)| {
            let there = matches!(state, Some(KeptState::Beside));
            let folder = SourcesFolder::beside(self.path()?);
            there.then(|| folder.path().join(source.file_name()))
        });
        kept.or_else(|| self.article_file(article).map(Path::to_owned))
    }

    /// Where the file of an article is, where that is known.
    #[must_use]
    pub fn article_file(&self, article: ArticleId) -> Option<&Path> {
        self.document.article_files.get(article).map(|(path, _)| path)
    }
}

impl Program {
    /// Notes where an article was read from, for this run and in the settings.
    pub(super) fn note_article_file(&mut self, article: ArticleId, path: &Path) {
        self.with_open_notebook(|book| book.document.article_files.add(article, path));
        self.remember_article_file(article, path);
    }

    /// Takes what the settings know of the files of the open notebook's articles, and looks at them.
    pub(super) fn look_for_article_files(&mut self) {
        let Some(book) = &self.book else { return };
        let remembered = &self.prefs().article_files;
        let known: Vec<(ArticleId, PathBuf)> = remembered
            .iter()
            .filter(|file| book.notebook().article(file.article).is_some())
            .map(|file| (file.article, file.path.clone()))
            .collect();
        self.with_open_notebook(|book| {
            for (article, path) in known {
                book.document.article_files.add(article, &path);
            }
        });
        self.check_article_files();
    }

    /// Looks whether the files of articles hold something else than the articles were read from.
    pub(in crate::app) fn check_article_files(&mut self) {
        let Some(book) = &self.book else { return };
        if self.session.looking_at_articles.is_some()
            || book.document.article_files.known.is_empty()
        {
            return;
        }
        let notebook = book.document.present();
        let looks: Vec<Look> = book
            .document
            .article_files
            .known
            .iter()
            .filter(|(article, _)| notebook.article(**article).is_some())
            .map(|(article, known)| Look {
                article: *article,
                path: known.path.clone(),
                seen: known.seen.clone(),
            })
            .collect();
        let id = book.document.id;
        let look = move |handle: &Handle| {
            let mut found = Vec::new();
            for look in looks {
                if handle.is_cancelled() {
                    break;
                }
                let cancelled = || handle.is_cancelled();
                // A file that is gone, or cannot be read, tells nothing.
                if let Ok(Some(content)) = content_of(&look, &cancelled) {
                    found.push((look.article, look.path, content));
                }
            }
            (id, found)
        };
        let job = Job::load("Checking the articles’ files");
        let job = self.jobs.start(job, look, |program, (id, found)| {
            program.session.looking_at_articles = None;
            program.looked_at_articles(id, found);
        });
        self.jobs.on_failure(job, |program, _| program.session.looking_at_articles = None);
        self.session.looking_at_articles = Some(job);
    }

    fn looked_at_articles(&mut self, id: u64, found: Vec<(ArticleId, PathBuf, FileContent)>) {
        let Some(book) = self.book.as_mut().filter(|book| book.document.id == id) else { return };
        let mut changed: Vec<(ArticleId, PathBuf, String)> = Vec::new();
        for (article, path, content) in found {
            let Some(record) = book.document.notebook.article(article).cloned() else { continue };
            let Some(known) = book.document.article_files.known.get_mut(&article) else { continue };
            if known.path != path {
                continue;
            }
            let told = known.told.as_ref() == Some(&content.sha256);
            if is_of(&record, &content) {
                known.told = None;
            } else if !told {
                known.told = Some(content.sha256.clone());
                changed.push((article, path, record.about.title.clone()));
            }
            known.seen = Some(content);
        }
        let Some((article, path, title)) = changed.first().cloned() else { return };
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let others = match changed.len() {
            1 => String::new(),
            2 => " So has the file of another article; its details say so.".to_owned(),
            n => format!(" So have the files of {} other articles; their details say so.", n - 1),
        };
        self.notify_with(
            Remedy::Update(article, path),
            Level::Warning,
            format!(
                "{name} has changed since “{title}” was read from it.{others} Nothing is changed here until you update the article."
            ),
        );
    }
}

/// What is in a file: as it was seen last where its length and time are those, otherwise read. `None` where it was
/// stopped.
fn content_of(
    look: &Look,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<FileContent>, article::ArticleError> {
    let now = article::look_at(&look.path)?;
    let same = |bytes: u64, modified: Option<SystemTime>| now == (bytes, modified);
    if let Some(seen) =
        look.seen.as_ref().filter(|seen| seen.modified.is_some() && same(seen.bytes, seen.modified))
    {
        return Ok(Some(seen.clone()));
    }
    article::content_of(&look.path, cancelled)
}
