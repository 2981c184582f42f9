//! Many files at once: read in one job, added in one step, and a summary of what did not become an article and why.
//!
//! Stopped midway, nothing is added: a notebook with half of a folder would look like one with all of it.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::Source;
use super::articles::new_article;
use crate::app::{Answer, Effect, Level, OpenNotebook, Pane, Program, Question, Remedy};
use crate::article::ReadOptions;
use crate::article::gather::{self, Gathered, NotRead, SameAs, Stopped};
use crate::edit::{Edit, Ref};
use crate::inquiry::{NearCopy, alike_in_words, near_copies};
use crate::job::{Handle, Job};
use crate::kept_sources::Keeper;
use crate::notebook::{Article, ArticleId, Notebook};

/// So many tabs are opened at once; of more articles only the first one's, and the lists have them all.
const TABS: usize = 12;

/// What came of opening many files at once.
#[derive(Clone, Debug, Default)]
pub struct Gathering {
    /// What was chosen, in words.
    pub what: String,
    /// The articles that were added, in order.
    pub opened: Vec<ArticleId>,
    /// Files that could not be read.
    pub failed: Vec<NotRead>,
    /// What is no article.
    pub left_out: Vec<NotRead>,
    /// Files with the same bytes as an article, which were not opened again.
    pub identical: Vec<(String, ArticleId)>,
    /// Articles whose text is nearly that of an earlier one.
    pub near: Vec<NearCopy>,
    /// The titles of the articles in `near`, also of those that were removed since.
    pub titles: HashMap<ArticleId, String>,
    /// Those of them that were looked at and are to stay.
    pub kept: BTreeSet<ArticleId>,
    /// Articles that were read with some doubt, and what is doubtful.
    pub doubtful: Vec<(ArticleId, String)>,
    /// What was not looked at because there is too much of it.
    pub limit: Option<String>,
}

impl Gathering {
    /// Whether there is anything to say but that all were opened.
    #[must_use]
    pub fn has_news(&self) -> bool {
        self.limit.is_some()
            || !self.failed.is_empty()
            || !self.left_out.is_empty()
            || !self.identical.is_empty()
            || !self.near.is_empty()
            || !self.doubtful.is_empty()
    }
}

/// The page that says what came of opening many files at once.
#[derive(Debug)]
pub struct GatheringSummary;

impl Question for GatheringSummary {
    fn answer(self: Box<Self>, _: &mut Program, _: Answer) {}
}

/// An article that is to be added.
struct New {
    id: ArticleId,
    name: String,
    article: Arc<Article>,
    source: Option<Source>,
}

/// How gathering ended.
struct Done {
    what: String,
    /// The notebook that was open.
    before: Option<u64>,
    ended: Result<(Vec<New>, Gathering), Stopped>,
}

impl OpenNotebook {
    /// What came of opening many files at once, the last time that was done.
    #[must_use]
    pub const fn gathering(&self) -> Option<&Gathering> {
        self.document.gathering.as_ref()
    }
}

impl Program {
    /// Asks for a folder whose articles are to be opened.
    pub(in crate::app) fn ask_which_folder(&mut self) {
        self.put_question_away();
        let folder = self.start_folder();
        self.emit(Effect::Dialog(crate::app::DialogKind::OpenFolder { folder }));
    }

    /// Opens what was chosen: one file as itself, everything else at once.
    pub(in crate::app) fn open_paths(&mut self, paths: Vec<PathBuf>, encoding: Option<String>) {
        match paths.as_slice() {
            [] => {}
            [path] if !gather::holds_several(path) => self.open_path(path.clone(), encoding),
            _ => self.start_gathering(paths, encoding.as_deref()),
        }
    }

    fn start_gathering(&mut self, paths: Vec<PathBuf>, encoding: Option<&str>) {
        self.put_question_away();
        if let Some(why) = self.book.as_ref().and_then(OpenNotebook::read_only) {
            let why = format!("Nothing was opened. {}.", why.trim_end_matches('.'));
            self.notify(Level::Warning, why);
            return;
        }
        let mut paths: Vec<PathBuf> =
            paths.into_iter().map(|path| std::path::absolute(&path).unwrap_or(path)).collect();
        paths.sort_by_cached_key(|path| crate::text::NaturalKey::of(&path.to_string_lossy()));
        paths.dedup();
        let what = match paths.as_slice() {
            [only] => only.file_name().map_or_else(
                || only.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            ),
            many if many.iter().any(|path| gather::holds_several(path)) => {
                format!("{} files and folders", many.len())
            }
            many => format!("{} files", many.len()),
        };
        let before = self.book.as_ref().map(|book| book.document.id);
        let notebook = self.book.as_ref().map(|book| book.document.present());
        let options = ReadOptions::in_encoding(encoding);
        let keeper = self.keeper();
        let name = format!("Opening {what}");
        let work = move |handle: &Handle| {
            let empty = Notebook::new("");
            let notebook = notebook.as_deref().unwrap_or(&empty);
            let ended = gathered(&paths, &options, notebook, &keeper, handle);
            Done { what, before, ended }
        };
        self.jobs.start(Job::load(name), work, Self::gathered);
    }

    fn gathered(&mut self, done: Done) {
        let Done { what, before, ended } = done;
        let (mut new, mut summary) = match ended {
            Ok(ended) => ended,
            Err(Stopped) => {
                self.notify(Level::Info, "Opening was stopped. Nothing was added.");
                return;
            }
        };
        if before != self.book.as_ref().map(|book| book.document.id) {
            let why =
                "Nothing was added: another notebook was opened meanwhile. Open the files again.";
            self.notify(Level::Warning, why);
            return;
        }
        summary.what = what;
        self.drop_those_opened_meanwhile(&mut new, &mut summary);
        summary.opened = new.iter().map(|new| new.id).collect();
        let there = self.book.as_ref().map(|book| &book.document.notebook);
        let by_id: HashMap<ArticleId, &Arc<Article>> =
            new.iter().map(|new| (new.id, &new.article)).collect();
        for id in summary.near.iter().flat_map(|near| [near.article, near.of]) {
            let article = by_id.get(&id).copied().or_else(|| there?.article(id));
            let title = article.map(|article| article.about.title.clone());
            summary.titles.insert(id, title.unwrap_or_default());
        }
        if !new.is_empty() {
            let label = match new.as_slice() {
                [only] => format!("Add the article “{}”", only.article.about.title),
                many => format!("Add {} articles", many.len()),
            };
            let edits =
                new.iter().map(|new| Edit::AddArticle(new.id, Arc::clone(&new.article))).collect();
            if self.edit(&Edit::Batch(label, edits)).is_none() {
                return;
            }
            self.show_gathered(new);
        }
        self.tell_gathered(summary);
    }

    /// What was opened by other ways while the files were read is not added a second time.
    fn drop_those_opened_meanwhile(&self, new: &mut Vec<New>, summary: &mut Gathering) {
        let Some(book) = &self.book else { return };
        let there: HashMap<&str, ArticleId> = by_content(&book.document.notebook);
        let gone: HashSet<ArticleId> = new
            .iter()
            .filter_map(|new| Some((new, *there.get(&*new.article.origin.sha256)?)))
            .map(|(new, id)| {
                summary.identical.push((new.name.clone(), id));
                new.id
            })
            .collect();
        new.retain(|new| !gone.contains(&new.id));
        summary.near.retain(|near| !gone.contains(&near.article) && !gone.contains(&near.of));
        summary.doubtful.retain(|(id, _)| !gone.contains(id));
    }

    fn show_gathered(&mut self, new: Vec<New>) {
        let ids: Vec<ArticleId> = new.iter().map(|new| new.id).collect();
        let mut files = Vec::new();
        self.with_open_notebook(|book| {
            for New { id, source, .. } in new {
                if let Some(source) = source {
                    files.push((id, source.path.clone()));
                    book.document.sources.insert(id, source);
                }
            }
            if ids.len() > TABS {
                book.close_tabs(ids.iter().skip(1).copied());
            }
            if let Some(first) = ids.first() {
                book.bring_to_front(*first);
            }
        });
        for (id, path) in &files {
            self.note_article_file(*id, path);
        }
        self.refresh_find();
        self.emit(Effect::ShowPane(Pane::READER));
    }

    fn tell_gathered(&mut self, summary: Gathering) {
        if summary.opened.is_empty() && !summary.has_news() {
            let text = format!("“{}” holds no files. Nothing was opened.", summary.what);
            self.notify(Level::Warning, text);
            return;
        }
        let opened = match summary.opened.len() {
            0 => format!("No article was opened from “{}”", summary.what),
            1 => format!("Opened 1 article from “{}”", summary.what),
            n => format!("Opened {n} articles from “{}”", summary.what),
        };
        let has_news = summary.has_news();
        // There may be no notebook where nothing was added.
        let book = self.open_notebook_or_new();
        book.document.gathering = Some(summary);
        if !has_news {
            self.notify(Level::Info, format!("{opened}."));
        } else if self.question().is_none() {
            self.ask(GatheringSummary);
        } else {
            let text = format!("{opened}. Some files need a look.");
            self.notify_with(Remedy::Gathering, Level::Warning, text);
        }
    }

    /// Shows what came of opening many files, once more.
    pub(in crate::app) fn show_gathering(&mut self) {
        if self.book.as_ref().is_some_and(|book| book.gathering().is_some()) {
            self.ask(GatheringSummary);
        }
    }

    /// Removes articles, near copies of others, in one step.
    pub(in crate::app) fn remove_articles(&mut self, articles: &[ArticleId]) {
        let Some(book) = &self.book else { return };
        let there: Vec<ArticleId> = articles
            .iter()
            .copied()
            .filter(|id| book.document.notebook.article(*id).is_some())
            .collect();
        let label = match there.as_slice() {
            [] => return,
            [only] => {
                let article = book.document.notebook.article(*only);
                let title = article.map_or("", |article| &*article.about.title);
                format!("Remove the article “{}”", crate::text::shortened(title))
            }
            many => format!("Remove {} articles", many.len()),
        };
        let edits =
            there.into_iter().map(|id| Edit::RemoveArticle { article: Ref::Id(id) }).collect();
        self.edit(&Edit::Batch(label, edits));
    }

    /// Notes that near copies were looked at and are to stay.
    pub(in crate::app) fn keep_copies(&mut self, articles: Vec<ArticleId>) {
        self.with_open_notebook(|book| {
            if let Some(gathering) = &mut book.document.gathering {
                gathering.kept.extend(articles);
            }
        });
    }

    /// Shows two articles side by side.
    pub(in crate::app) fn show_side_by_side(&mut self, left: ArticleId, right: ArticleId) {
        self.close_question();
        self.with_open_notebook(|book| book.put_side_by_side(left, right));
        self.refresh_find();
        self.emit(Effect::ShowPane(Pane::READER));
    }

    /// Looks, in a job, whether an article that was just added is a near copy of another one, and tells it.
    pub(super) fn look_for_near_copy(&mut self, article: ArticleId) {
        let Some(book) = &self.book else { return };
        let notebook = book.document.present();
        if notebook.articles().len() < 2 {
            return;
        }
        let look = move |handle: &Handle| {
            let text = notebook.article(article)?.text.clone();
            let others: Vec<ArticleId> =
                notebook.articles_in_order().into_iter().filter(|id| *id != article).collect();
            let texts =
                others.iter().filter_map(|id| notebook.article(*id)).map(|it| it.text.as_str());
            let (number, share) =
                crate::text::likest(text.as_str(), texts, crate::inquiry::NEAR_COPY, &|| {
                    handle.is_cancelled()
                })?;
            Some(NearCopy { article, of: *others.get(number)?, share })
        };
        let job = Job::compute("Comparing the article with the others");
        self.jobs.start(job, look, |program, found| {
            if let Some(near) = found {
                program.tell_near_copy(near);
            }
        });
    }

    fn tell_near_copy(&mut self, near: NearCopy) {
        let Some(book) = &self.book else { return };
        let title = |id: ArticleId| {
            let article = book.document.notebook.article(id)?;
            Some(crate::text::shortened(&article.about.title).into_owned())
        };
        let (Some(title), Some(other)) = (title(near.article), title(near.of)) else { return };
        let how = alike_in_words(near.share);
        let text = if near.share >= 1.0 {
            format!("“{title}” has {how} as “{other}”, from another file.")
        } else {
            format!("“{title}” and “{other}” are {how}: they may be copies of one report.")
        };
        self.notify_with(Remedy::SideBySide(near.of, near.article), Level::Warning, text);
    }
}

/// Articles by the SHA-256 of their files. Pasted text has one of its own.
fn by_content(notebook: &Notebook) -> HashMap<&str, ArticleId> {
    let articles = notebook.articles().iter();
    articles.map(|(id, article)| (&*article.origin.sha256, *id)).collect()
}

/// Reads everything, and finds near copies.
fn gathered(
    paths: &[PathBuf],
    options: &ReadOptions,
    notebook: &Notebook,
    keeper: &Keeper,
    handle: &Handle,
) -> Result<(Vec<New>, Gathering), Stopped> {
    let there = by_content(notebook);
    let cancelled = || handle.is_cancelled();
    // The rest of the bar is for comparing the texts.
    let progress = |at: gather::Progress| {
        handle.set_progress(0.9 * at.done as f32 / at.of.max(1) as f32);
        let name = at.name.rsplit('/').next().unwrap_or(&at.name);
        handle.set_step(format!("{} of {}: {name}", at.done, at.of));
    };
    let known = |sha256: &str| there.get(sha256).copied();
    let Gathered { articles, failed, left_out, identical, limit, not_kept } =
        gather::gather(paths, options, Some(keeper), &known, &cancelled, &progress)?;
    handle.set_step("comparing the texts".to_owned());
    let mut summary = Gathering { failed, left_out, limit, ..Gathering::default() };
    let mut new = Vec::with_capacity(articles.len());
    for it in articles {
        let id = ArticleId::random();
        if let Some(doubt) = it.read.doubt() {
            summary.doubtful.push((id, doubt));
        }
        if let Some(not) = not_kept.iter().find(|not| not.name == it.name) {
            summary.doubtful.push((id, format!("Its file is not kept: {}.", not.why)));
        }
        let source = it.path.map(|path| Source::of(path, &it.read));
        let article = Arc::new(new_article(it.read, it.folder));
        new.push(New { id, name: it.name, article, source });
    }
    let id_of = |same: SameAs| match same {
        SameAs::There(id) => Some(id),
        SameAs::Gathered(number) => new.get(number).map(|new| new.id),
    };
    summary.identical =
        identical.into_iter().filter_map(|it| Some((it.name, id_of(it.of)?))).collect();
    let there: Vec<(ArticleId, &str)> = notebook
        .articles_in_order()
        .into_iter()
        .filter_map(|id| Some((id, notebook.article(id)?.text.as_str())))
        .collect();
    let texts: Vec<(ArticleId, &str)> =
        new.iter().map(|new| (new.id, new.article.text.as_str())).collect();
    summary.near = near_copies(&there, &texts, &cancelled);
    if cancelled() {
        return Err(Stopped);
    }
    Ok((new, summary))
}
