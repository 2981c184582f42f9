//! An article's new version: its file is chosen, read and compared in a job; what becomes of its mentions is shown, and
//! accepted or not.

use std::path::PathBuf;
use std::sync::Arc;

use super::Source;
use crate::app::notice::sentence;
use crate::app::{Answer, DialogKind, Effect, Level, OpenNotebook, Program, Question};
use crate::article::{self, Read};
use crate::edit::{Edit, Update};
use crate::job::{Handle, Job};
use crate::notebook::{ArticleId, MentionId, Notebook};
use crate::text::Outcome;

/// What becomes of everything in an article when its text becomes another: shown before it is done.
#[derive(Debug)]
pub struct ArticleUpdate {
    /// The update.
    pub update: Arc<Update>,
    /// The article's title.
    pub title: String,
    /// Its mentions: orphans first, then those that moved, the least sure first, then the others, in reading order.
    pub mentions: Vec<MentionId>,
    /// How many mentions are unchanged, moved and orphaned.
    pub counts: [usize; 3],
    /// How many quotes that are evidence or answers are unchanged, moved and orphaned.
    pub quotes: [usize; 3],
    source: Source,
}

impl Question for ArticleUpdate {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::Reload => program.accept_update(*self),
            _ => program.give_up_waiting(),
        }
    }
}

/// Where an outcome is counted: unchanged, moved, orphaned.
const fn column(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Unchanged(_) => 0,
        Outcome::Moved { .. } => 1,
        Outcome::Orphaned { .. } => 2,
    }
}

impl ArticleUpdate {
    fn of(notebook: &Notebook, update: Update, source: Source) -> Self {
        let article = update.article();
        let title = notebook.article(article).map_or_else(String::new, |a| a.about.title.clone());
        let (mut counts, mut quotes) = ([0; 3], [0; 3]);
        let mut mentions: Vec<(usize, f32, MentionId)> = Vec::new();
        for id in notebook.mentions_in(article) {
            let anchor = notebook.mention(id).map(|mention| &mention.anchor);
            let Some(outcome) = anchor.and_then(|anchor| update.outcome(anchor)) else { continue };
            counts[column(outcome)] += 1;
            mentions.push((column(outcome), outcome.confidence(), id));
        }
        for outcome in update.quotes(notebook).filter_map(|anchor| update.outcome(anchor)) {
            quotes[column(outcome)] += 1;
        }
        // Stable: otherwise in reading order.
        mentions.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
        let mentions = mentions.into_iter().map(|(_, _, id)| id).collect();
        Self { update: Arc::new(update), title, mentions, counts, quotes, source }
    }
}

impl Program {
    /// Asks for the file that is a new version of the article in front.
    pub(in crate::app) fn ask_for_new_version(&mut self) {
        let Some(article) = self.book.as_ref().and_then(OpenNotebook::article) else { return };
        let beside = self.book.as_ref().and_then(|book| book.document.sources.get(&article));
        let beside = beside.and_then(|source| source.path.parent());
        let folder = beside.map_or_else(|| self.start_folder(), std::path::Path::to_owned);
        self.emit(Effect::Dialog(DialogKind::Update { folder, article }));
    }

    /// Reads a file as a new version of an article, and shows what becomes of its mentions.
    pub(in crate::app) fn start_update(&mut self, article: ArticleId, path: PathBuf) {
        self.put_question_away();
        let Some(book) = &self.book else { return };
        let notebook = book.snapshot();
        let work = move |handle: &Handle| {
            let read = article::read_file(&path, None, &|| handle.is_cancelled(), &|done| {
                handle.set_progress(done / 2.0);
            });
            match read {
                Err(_) if handle.is_cancelled() => Ok(None),
                Err(error) => Err(error.to_string()),
                Ok(read) => {
                    let source = Source::of(path, &read);
                    let Read { origin, text, .. } = read;
                    let update = Update::of(&notebook, article, origin, text);
                    update
                        .map(|update| Some(ArticleUpdate::of(&notebook, update, source)))
                        .map_err(|refusal| refusal.to_string())
                }
            }
        };
        self.jobs.start(Job::load("Updating the article"), work, |program, done| match done {
            Ok(Some(update)) => program.ask(update),
            Ok(None) => program.notify(Level::Info, "Updating was stopped. Nothing was changed."),
            Err(why) => program.notify(Level::Warning, sentence(&why)),
        });
    }

    fn accept_update(&mut self, accepted: ArticleUpdate) {
        let ArticleUpdate { update, title, counts, source, .. } = accepted;
        let article = update.article();
        if self.edit(&Edit::UpdateArticle(update)).is_none() {
            return;
        }
        self.with_open_notebook(|book| {
            book.document.sources.insert(article, source);
        });
        self.show_article(article);
        self.refresh_find();
        let [unchanged, moved, orphaned] = counts;
        let level = if orphaned > 0 { Level::Warning } else { Level::Info };
        let mut said = format!(
            "“{title}” is updated. Mentions: {unchanged} unchanged, {moved} moved, {orphaned} orphaned."
        );
        if orphaned > 0 {
            said.push_str(" Orphans keep their words; the review lists them.");
        }
        self.notify_of(article, level, said);
    }
}
