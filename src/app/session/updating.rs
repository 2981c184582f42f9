//! An article's new version: its file is chosen, read and compared in a job; what becomes of its mentions is shown, and
//! accepted or not.

use std::path::PathBuf;
use std::sync::Arc;

use super::Source;
use crate::app::notice::sentence;
use crate::app::{Answer, DialogKind, Effect, Level, OpenNotebook, Program, Question, Remedy};
use crate::article::{Read, ReadOptions};
use crate::edit::{Edit, Update};
use crate::inquiry::VersionChanges;
use crate::job::{Handle, Job};
use crate::notebook::{
    Anchor, ArticleId, Detail, EntityId, Evidence, LinkId, Mention, MentionId, Notebook,
};
use crate::text::Outcome;

/// Something that is anchored in an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchored {
    /// A mention.
    Mention(MentionId),
    /// A quote that is evidence of a link, by its number there.
    Evidence(LinkId, usize),
    /// A quote in which someone answers a claim, by the number of the reply.
    Answer(EntityId, usize),
}

impl Anchored {
    /// Its anchor.
    #[must_use]
    pub fn anchor(self, notebook: &Notebook) -> Option<&Anchor> {
        let quoted = |evidence: &'_ Evidence| matches!(evidence, Evidence::Quote(_));
        match self {
            Self::Mention(id) => notebook.mention(id).map(|mention| &mention.anchor),
            Self::Evidence(id, number) => {
                let evidence = notebook.link(id)?.evidence.get(number)?;
                notebook.evidence_anchor(evidence).filter(|_| quoted(evidence))
            }
            Self::Answer(id, number) => {
                let Detail::Claim(claim) = &notebook.entity(id)?.detail else { return None };
                let answer = claim.replies.get(number)?.answer.as_ref()?;
                notebook.evidence_anchor(answer).filter(|_| quoted(answer))
            }
        }
    }

    /// What it is of, in words: an entity’s name, “evidence: Kervel owns Ormelot”, “answer of Kervel”.
    #[must_use]
    pub fn of(self, notebook: &Notebook) -> String {
        match self {
            Self::Mention(id) => {
                notebook.mention(id).map_or("", |mention| notebook.name(mention.entity)).to_owned()
            }
            Self::Evidence(id, _) => {
                let Some(link) = notebook.link(id) else { return "evidence".to_owned() };
                let to = link.to_entity().map_or("a link", |to| notebook.name(to));
                let relation = notebook.relation_label(&link.relation);
                format!("evidence: {} {relation} {to}", notebook.name(link.from))
            }
            Self::Answer(id, number) => {
                let detail = notebook.entity(id).map(|entity| &entity.detail);
                let Some(Detail::Claim(claim)) = detail else { return "answer".to_owned() };
                let who = claim.replies.get(number).map_or("", |reply| notebook.name(reply.actor));
                format!("answer of {who} on {}", notebook.name(id))
            }
        }
    }

    /// Everything of an article, in the order of its text; quotes after the mentions.
    fn all(notebook: &Notebook, article: ArticleId) -> Vec<Self> {
        let mut all: Vec<Self> = notebook.mentions_in(article).map(Self::Mention).collect();
        let here = |item: &Self| item.anchor(notebook).is_some_and(|it| it.article == article);
        for (id, link) in notebook.links() {
            all.extend((0..link.evidence.len()).map(|n| Self::Evidence(*id, n)).filter(&here));
        }
        for (id, entity) in notebook.entities() {
            if let Detail::Claim(claim) = &entity.detail {
                all.extend((0..claim.replies.len()).map(|n| Self::Answer(*id, n)).filter(&here));
            }
        }
        all
    }
}

/// What becomes of everything in an article when its text becomes another: shown before it is done.
#[derive(Debug)]
pub struct ArticleUpdate {
    /// The update.
    pub update: Arc<Update>,
    /// The article's title.
    pub title: String,
    /// Its mentions and quotes: orphans first, then those that moved, the least sure first, then the others, in reading
    /// order.
    pub items: Vec<Anchored>,
    /// How many mentions are unchanged, moved, orphaned, and put at a place by hand.
    pub counts: [usize; 4],
    /// The same of quotes that are evidence or answers.
    pub quotes: [usize; 4],
    /// What changed in the text, and what stood in it.
    pub changes: Arc<VersionChanges>,
    source: Source,
}

impl Question for ArticleUpdate {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::Reload => program.accept_update(*self),
            _ => {
                program.let_kept_file_go(self.update.origin());
                program.give_up_waiting();
            }
        }
    }
}

/// Where an outcome is counted: unchanged, moved, orphaned, placed.
fn column(update: &Update, anchor: &Anchor) -> Option<usize> {
    Some(match update.outcome(anchor)? {
        Outcome::Unchanged(_) => 0,
        Outcome::Moved { .. } => 1,
        Outcome::Orphaned { .. } if update.placed(anchor).is_some() => 3,
        Outcome::Orphaned { .. } => 2,
    })
}

impl ArticleUpdate {
    fn of(notebook: &Notebook, update: Update, source: Source) -> Option<Self> {
        let article = update.article();
        let title = notebook.article(article).map_or_else(String::new, |a| a.about.title.clone());
        let changes =
            VersionChanges::with_new_text(notebook, article, update.origin(), update.text())?;
        let mut items: Vec<(usize, f32, Anchored)> = Anchored::all(notebook, article)
            .into_iter()
            .filter_map(|item| {
                let anchor = item.anchor(notebook)?;
                let outcome = update.outcome(anchor)?;
                Some((column(&update, anchor)?, outcome.confidence(), item))
            })
            .collect();
        // Stable: otherwise in reading order.
        items.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
        let items = items.into_iter().map(|(_, _, item)| item).collect();
        let (update, changes) = (Arc::new(update), Arc::new(changes));
        let (counts, quotes) = ([0; 4], [0; 4]);
        let mut all = Self { update, title, items, counts, quotes, changes, source };
        all.count(notebook);
        Some(all)
    }

    fn count(&mut self, notebook: &Notebook) {
        (self.counts, self.quotes) = ([0; 4], [0; 4]);
        for item in &self.items {
            let column = item.anchor(notebook).and_then(|anchor| column(&self.update, anchor));
            let counts = match item {
                Anchored::Mention(_) => &mut self.counts,
                Anchored::Evidence(..) | Anchored::Answer(..) => &mut self.quotes,
            };
            if let Some(column) = column {
                counts[column] += 1;
            }
        }
    }

    /// The mentions, in the order of the items.
    pub fn mentions(&self) -> impl Iterator<Item = MentionId> + '_ {
        self.items.iter().filter_map(|item| match item {
            Anchored::Mention(id) => Some(*id),
            Anchored::Evidence(..) | Anchored::Answer(..) => None,
        })
    }
}

impl Program {
    /// Asks for the file that is a new version of the article in front.
    pub(in crate::app) fn ask_for_new_version(&mut self) {
        let Some(article) = self.book.as_ref().and_then(OpenNotebook::article) else { return };
        let beside = self.book.as_ref().and_then(|book| book.article_file(article));
        let beside = beside.and_then(std::path::Path::parent);
        let folder = beside.map_or_else(|| self.start_folder(), std::path::Path::to_owned);
        self.emit(Effect::Dialog(DialogKind::Update { folder, article }));
    }

    /// Reads a file as a new version of an article, and shows what becomes of its mentions.
    pub(in crate::app) fn start_update(&mut self, article: ArticleId, path: PathBuf) {
        self.put_question_away();
        let Some(book) = &self.book else { return };
        let notebook = book.snapshot();
        let keeper = self.keeper();
        let work = move |handle: &Handle| {
            let before = notebook.article(article).map_or("", |article| &*article.origin.reader);
            let options = ReadOptions::as_by(before);
            let read = keeper.read(&path, &options, &|| handle.is_cancelled(), &|done| {
                handle.set_progress(done / 2.0);
            });
            match read {
                Err(_) if handle.is_cancelled() => Ok(None),
                Err(error) => Err(error.to_string()),
                Ok((read, not_kept)) => {
                    let source = Source::of(path, &read);
                    let Read { origin, text, .. } = read;
                    let update = Update::of(&notebook, article, origin, text);
                    update
                        .map(|update| {
                            ArticleUpdate::of(&notebook, update, source)
                                .map(|update| (update, not_kept))
                        })
                        .map_err(|refusal| refusal.to_string())
                }
            }
        };
        self.jobs.start(Job::load("Updating the article"), work, |program, done| match done {
            Ok(Some((update, not_kept))) => {
                program.report_not_kept(&update.title, not_kept.as_ref());
                program.ask(update);
            }
            Ok(None) => program.notify(Level::Info, "Updating was stopped. Nothing was changed."),
            Err(why) => program.notify(Level::Warning, sentence(&why)),
        });
    }

    /// Puts an orphan of the update that is shown at one of the places that it could be, or takes it from there.
    pub(in crate::app) fn place_orphan(&mut self, item: usize, candidate: Option<usize>) {
        let Some(notebook) = self.book.as_ref().map(OpenNotebook::snapshot) else { return };
        let Some(asked) = self.asked_mut::<ArticleUpdate>() else { return };
        let Some(item) = asked.items.get(item).copied() else { return };
        let Some(anchor) = item.anchor(&notebook) else { return };
        let range = match (candidate, asked.update.outcome(anchor)) {
            (Some(number), Some(Outcome::Orphaned { candidates })) => {
                let Some((range, _)) = candidates.get(number) else { return };
                Some(range.clone())
            }
            _ => None,
        };
        if let (Anchored::Mention(id), Some(range)) = (item, &range)
            && let Some(other) = is_tagged_there(&notebook, &asked.update, id, range)
        {
            let (words, name) =
                (notebook.words(&other.anchor).to_owned(), notebook.name(other.entity).to_owned());
            let why = format!(
                "“{words}” is tagged there as “{name}” already: that mention keeps the place."
            );
            self.notify(Level::Info, why);
            return;
        }
        let placed = Arc::make_mut(&mut asked.update).place(anchor, range);
        asked.count(&notebook);
        if let Err(refusal) = placed {
            self.notify(Level::Warning, sentence(&refusal.to_string()));
        }
    }

    fn accept_update(&mut self, accepted: ArticleUpdate) {
        let ArticleUpdate { update, title, counts, source, .. } = accepted;
        let article = update.article();
        let origin = update.origin().clone();
        if self.edit(&Edit::UpdateArticle(update)).is_none() {
            self.let_kept_file_go(&origin);
            return;
        }
        let path = source.path.clone();
        self.with_open_notebook(|book| {
            book.document.sources.insert(article, source);
        });
        self.note_article_file(article, &path);
        self.show_article(article);
        self.refresh_find();
        self.check_kept_files();
        let [unchanged, moved, orphaned, placed] = counts;
        let level = if orphaned > 0 { Level::Warning } else { Level::Info };
        let mut said = format!(
            "“{title}” is updated. Mentions: {unchanged} unchanged, {moved} moved, {orphaned} orphaned"
        );
        if placed > 0 {
            said.push_str(&format!(", {placed} placed by you"));
        }
        said.push('.');
        if orphaned > 0 {
            said.push_str(" Orphans keep their words; the review lists them.");
        }
        self.notify_with(Remedy::Changes(article), level, said);
    }
}

/// The other mention of the same entity that will stand at this place of the new text.
fn is_tagged_there<'a>(
    notebook: &'a Notebook,
    update: &Update,
    mention: MentionId,
    range: &std::ops::Range<usize>,
) -> Option<&'a Mention> {
    let entity = notebook.mention(mention)?.entity;
    let others = notebook.mentions_of(entity).filter(|id| *id != mention);
    others
        .filter_map(|id| notebook.mention(id).map(|mention| &**mention))
        .find(|other| update.goes_to(&other.anchor).as_ref() == Some(range))
}
