//! Articles of the open notebook and their files: added, read again in another encoding, described, removed.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Source;
use super::opening::same_file;
use super::questions::ArticleDetails;
use crate::app::notice::sentence;
use crate::app::{Effect, Level, OpenNotebook, Program, Remedy};
use crate::article::{self, Read, ReadOptions};
use crate::edit::{AboutFields, Edit, Ref};
use crate::job::{Handle, Job};
use crate::notebook::{About, Article, ArticleId};

impl Source {
    /// The source of an article that was just read from this path.
    pub(super) fn of(path: PathBuf, read: &Read) -> Self {
        Self {
            path,
            title: read.title.clone(),
            encoding: read.origin.encoding.clone(),
            guess: read.encoding_guess.clone(),
            description: read.description.clone(),
        }
    }
}

impl Program {
    /// Opens the page on the article in front.
    pub(in crate::app) fn show_article_details(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(OpenNotebook::article) {
            self.ask(ArticleDetails(id));
        }
    }

    /// Opens the page on an article, which comes to the front.
    pub(in crate::app) fn show_details_of(&mut self, article: ArticleId) {
        if self.book.as_ref().is_some_and(|book| book.notebook().article(article).is_some()) {
            self.show_article(article);
            self.ask(ArticleDetails(article));
        } else {
            self.notify(Level::Info, "The article is no longer in this notebook.");
        }
    }

    /// Removes the article in front, with its mentions.
    pub(in crate::app) fn remove_article(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(OpenNotebook::article) {
            self.edit(&Edit::RemoveArticle { article: Ref::Id(id) });
        }
    }

    /// Brings the article to the front that was read from this file, if there is one; returns whether there is. A file
    /// is the same if its content and its path are, or its name where the path is not known.
    pub(super) fn goes_to_its_tab(&mut self, path: &Path, read: &Read) -> bool {
        let Some(book) = &self.book else { return false };
        let same = |id: &ArticleId, article: &Article| {
            let here = book.document.sources.get(id).map_or_else(
                || article.origin.file_name == read.origin.file_name,
                |source| same_file(&source.path, path),
            );
            here && article.origin.sha256 == read.origin.sha256
        };
        let articles = book.document.notebook.articles().iter();
        let mut found = articles
            .filter(|(id, article)| same(id, article))
            .map(|(id, article)| (*id, article.about.title.clone()));
        let Some((id, title)) = found.next_back() else {
            return self.goes_to_the_tab_of_its_like(path, read);
        };
        // Its path is known again, so that it can be read in another encoding.
        let source = Source::of(path.to_owned(), read);
        self.with_open_notebook(|book| {
            book.document.sources.entry(id).or_insert(source);
        });
        self.note_article_file(id, path);
        self.show_article(id);
        self.emit(Effect::ShowPane(crate::app::Pane::READER));
        self.notify(Level::Info, format!("“{title}” is already in this notebook."));
        true
    }

    /// Brings the article to the front that was read from another file with the same bytes, if there is one, and offers to
    /// open this one all the same; returns whether there is one.
    fn goes_to_the_tab_of_its_like(&mut self, path: &Path, read: &Read) -> bool {
        let Some(book) = &self.book else { return false };
        let articles = book.document.notebook.articles().iter();
        let like = articles
            .filter(|(_, article)| article.origin.sha256 == read.origin.sha256)
            .map(|(id, article)| (*id, article.about.title.clone()))
            .next();
        let Some((id, title)) = like else { return false };
        self.show_article(id);
        self.emit(Effect::ShowPane(crate::app::Pane::READER));
        let name =
            path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        self.notify_with(
            Remedy::OpenTwice(path.to_owned()),
            Level::Warning,
            format!("{name} has the same content as “{title}”, which is already in this notebook. It was not opened twice."),
        );
        true
    }

    /// Tells the user if the encoding of an article is doubtful.
    pub(super) fn report_doubts(&mut self, article: ArticleId) {
        let Some(book) = &self.book else { return };
        let (Some((encoding, guess)), Some(read)) =
            (book.encoding_guess(article), book.notebook().article(article))
        else {
            return;
        };
        let title = &read.about.title;
        let doubt = if guess.mended_lines > 0 {
            let (lines, were) = match guess.mended_lines {
                1 => ("1 line".to_owned(), "was"),
                n => (format!("{n} lines"), "were"),
            };
            let other = encoding.rsplit(' ').next().unwrap_or(encoding);
            format!(
                "“{title}” is UTF-8 but for {lines}, which {were} read as {other}. Check the accents there."
            )
        } else if !guess.sure {
            format!(
                "“{title}” was read as {encoding}, which is not certain. Compare it with the other readings before tagging."
            )
        } else {
            return;
        };
        self.notify_of(article, Level::Warning, doubt);
    }

    /// Tells what was repaired or left out in a document, and that it says more about itself than its title.
    pub(super) fn report_reading(&mut self, article: ArticleId, remarks: &[String]) {
        let Some(book) = &self.book else { return };
        let Some(record) = book.notebook().article(article) else { return };
        let says: Vec<&str> = book.description(article).map_or_else(Vec::new, |about| {
            [
                (&about.author, "its author"),
                (&about.date, "its date"),
                (&about.publisher, "its publisher"),
                (&about.url, "its address"),
            ]
            .into_iter()
            .filter(|(value, _)| !value.is_empty())
            .map(|(_, what)| what)
            .collect()
        });
        let mut told = remarks.join(" ");
        if let Some((last, before)) = says.split_last() {
            let all = if before.is_empty() {
                (*last).to_owned()
            } else {
                format!("{} and {last}", before.join(", "))
            };
            if !told.is_empty() {
                told.push(' ');
            }
            told.push_str(&format!("The file names {all}: confirm that in the details."));
        }
        if !told.is_empty() {
            let told = format!("“{}”: {told}", record.about.title);
            self.notify_of(article, Level::Info, told);
        }
    }

    pub(in crate::app) fn add_text(&mut self, text: &str) {
        match article::pasted(text) {
            Ok(read) => {
                self.put_question_away();
                self.add_read(read);
            }
            Err(error) => self.notify(Level::Warning, sentence(&error.to_string())),
        }
    }

    pub(super) fn add_read(&mut self, read: Read) -> Option<ArticleId> {
        let id = ArticleId::random();
        let known = self.book.as_ref().and_then(|book| {
            book.document
                .notebook
                .articles()
                .values()
                .find(|a| a.origin.sha256 == read.origin.sha256)
                .map(|a| a.about.title.clone())
        });
        let (lossy, encoding, title) =
            (read.lossy, read.origin.encoding.clone(), read.title.clone());
        let wrapped = read.hard_wrapped;
        let article = new_article(read, String::new());
        self.edit(&Edit::AddArticle(id, Arc::new(article)))?;
        self.with_open_notebook(|book| book.bring_to_front(id));
        self.refresh_find();
        if wrapped {
            self.ask_about_lines(id);
        }
        if let Some(other) = known {
            self.notify(
                Level::Warning,
                format!("“{title}” has the same content as “{other}”, which is already in this notebook. Undo removes it again."),
            );
        }
        if lossy {
            self.notify_of(id, Level::Warning, lost(&title, &encoding));
        }
        Some(id)
    }

    pub(in crate::app) fn start_reread(&mut self, id: ArticleId, options: ReadOptions) {
        let source = self.book.as_ref().and_then(|book| book.document.sources.get(&id));
        let Some(path) = source.map(|source| source.path.clone()) else {
            self.notify(
                Level::Warning,
                "The location of this article’s file is not known. Open the file again to choose its encoding.",
            );
            return;
        };
        let keeper = self.keeper();
        let read = move |handle: &Handle| {
            let read = keeper.read(&path, &options, &|| handle.is_cancelled(), &|done| {
                handle.set_progress(done)
            });
            (id, read.map_err(|error| error.to_string()))
        };
        self.jobs.start(Job::load("Rereading the article"), read, |program, (id, read)| {
            let kept = read.map(|(read, not_kept)| {
                program.report_not_kept(&read.title, not_kept.as_ref());
                read
            });
            program.reread(id, kept);
            program.check_kept_files();
        });
    }

    pub(in crate::app) fn reread(&mut self, article: ArticleId, read: Result<Read, String>) {
        match read {
            Ok(mut read) => {
                let Some(book) = &self.book else { return };
                let Some(before) = book.document.notebook.article(article) else { return };
                let now = before.about.title.clone();
                // The same bytes, which are kept already.
                read.origin.kept |=
                    before.origin.kept && before.origin.sha256 == read.origin.sha256;
                let (encoding, lossy, title) =
                    (read.origin.encoding.clone(), read.lossy, read.title);
                let mut edits =
                    vec![Edit::ReplaceText { article, origin: read.origin, text: read.text }];
                // A proposed title was misread like the text; one that the user typed stays.
                if book.document.sources.get(&article).is_some_and(|source| source.title == now) {
                    edits.push(Edit::Describe {
                        article: Some(Ref::Id(article)),
                        with: AboutFields { title: Some(title.clone()), ..AboutFields::default() },
                    });
                }
                let label = format!("Read “{title}” as {encoding}");
                if self.edit(&Edit::Batch(label, edits)).is_none() {
                    return;
                }
                if lossy {
                    self.notify_of(article, Level::Warning, lost(&title, &encoding));
                }
                self.with_open_notebook(|book| {
                    if let Some(source) = book.document.sources.get_mut(&article) {
                        source.title = title;
                    }
                });
            }
            Err(why) => self.notify(Level::Error, sentence(&why)),
        }
    }
}

/// The article that is made of what was read, in this folder.
pub(super) fn new_article(read: Read, folder: String) -> Article {
    Article {
        // What else the document says of itself is offered, and taken when it is confirmed.
        about: About {
            author: String::new(),
            date: String::new(),
            url: String::new(),
            folder,
            ..read.about()
        },
        origin: read.origin,
        text: read.text,
        earlier: Vec::new(),
    }
}

/// The message that some bytes are not valid in an encoding.
fn lost(title: &str, encoding: &str) -> String {
    format!(
        "Some bytes of “{title}” are not valid {encoding} and show as “\u{fffd}”. Choose another encoding under “Article details” before tagging."
    )
}
