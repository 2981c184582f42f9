//! Suggestions in the current article: computed by a job, kept for each article, and stepped through, accepted or
//! dismissed.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::app::{Level, OpenNotebook, Program};
use crate::edit::{Edit, Ref, Spot};
use crate::inquiry::{
    Lexicons, Rule, Suggestion, Suggestions, read_date, read_typed_date, suggest,
};
use crate::job::{Derived, Job};
use crate::notebook::{ArticleId, Detail, EntityId, Kind, edtf_span};
use crate::storage::regular_file::{self, Unread};
use crate::text::Text;

/// The word lists: read by the first job that needs them.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct WordLists(Arc<OnceLock<Lexicons>>);

/// The most word-list files that are read.
const MOST_FILES: usize = 40;
const LONGEST_FILE: u64 = 1 << 20;

/// The suggestions in an article, for its text, its language and its day.
#[derive(Debug, Default)]
pub(super) struct Suggested(Derived<(Text, String, String), SuggestionsFound>);

/// The result of a job that computes suggestions.
#[derive(Debug)]
struct SuggestionsFound {
    found: Suggestions,
    /// Messages about word lists that cannot be used.
    faults: Vec<String>,
}

impl WordLists {
    /// The lists, and messages about the user's lists if they are read only now.
    pub(in crate::app) fn get(&self, folder: Option<PathBuf>) -> (&Lexicons, Vec<String>) {
        let mut faults = Vec::new();
        let lexicons = self.0.get_or_init(|| {
            let (files, unread) = folder.map(users_files).unwrap_or_default();
            faults.extend(unread);
            let (lexicons, wrong) = Lexicons::new(&files);
            faults.extend(
                wrong.into_iter().map(|fault| crate::app::notice::sentence(&fault.to_string())),
            );
            lexicons
        });
        (lexicons, faults)
    }
}

/// The user's word-list files, by name; and messages about those that could not be read.
fn users_files(folder: PathBuf) -> (Vec<(String, String)>, Vec<String>) {
    let (mut files, mut faults) = (Vec::new(), Vec::new());
    let Ok(entries) = std::fs::read_dir(folder) else { return (files, faults) };
    let mut paths: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .collect();
    paths.sort();
    if let Some(first) = paths.get(MOST_FILES) {
        faults.push(format!(
            "{} and the word lists after it are not used: at most {MOST_FILES} word lists are read.",
            first.display()
        ));
    }
    for path in paths.into_iter().take(MOST_FILES) {
        match regular_file::text(&path, LONGEST_FILE) {
            Ok(text) => files.push((path.display().to_string(), text)),
            Err(why @ Unread::TooLong { .. }) => faults
                .push(format!("The word list {} is not used: {why}. Split it.", path.display())),
            Err(error) => faults.push(format!(
                "The word list {} could not be read ({error}). Suggestions are made without it.",
                path.display()
            )),
        }
    }
    (files, faults)
}

impl super::Reading {
    /// Makes what was stopped start again.
    pub(in crate::app) fn retry_suggestions(&mut self) {
        for suggested in self.suggested.values_mut() {
            suggested.0.retry();
        }
    }
}

impl Program {
    /// Starts a job for the suggestions of the current article, unless they are there.
    pub(in crate::app) fn refresh_suggestions(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Some(id) = book.article() else { return };
        let Some(article) = book.document.notebook().article(id) else { return };
        let (text, language, date) = (&article.text, &article.about.language, &article.about.date);
        let suggested = &mut book.reading.suggested.entry(id).or_default().0;
        if suggested.key().is_some_and(|key| key.0 == *text && key.1 == *language && key.2 == *date)
        {
            return;
        }
        if suggested.key().is_some_and(|key| key.0 != *text) {
            // Suggestions found before belong to another text.
            *suggested = Derived::default();
        }
        let key = (text.clone(), language.clone(), date.clone());
        let (text, language, date) = key.clone();
        let (lists, folder) = (self.word_lists.clone(), self.settings.lexicon_folder());
        let job = Job::compute("Finding suggestions");
        suggested.ask(self.jobs.pool(), key, job, move |handle| {
            let (lexicons, faults) = lists.get(folder);
            let found =
                suggest(&text, &language, &date, lexicons, &|| handle.is_cancelled(), &|done| {
                    handle.set_progress(done)
                });
            SuggestionsFound { found, faults }
        });
    }

    /// Takes in results; returns whether there were any.
    pub(in crate::app) fn take_suggestions(&mut self) -> bool {
        let Some(book) = &mut self.book else { return false };
        let (mut any, mut faults) = (false, Vec::new());
        for suggested in book.reading.suggested.values_mut() {
            if suggested.0.take() {
                any = true;
                faults.extend(suggested.0.value().into_iter().flat_map(|s| s.faults.clone()));
            }
        }
        for fault in faults {
            self.notify(Level::Warning, fault);
        }
        any
    }

    /// Goes to the next open suggestion, or the previous one, from the selected words.
    pub(in crate::app) fn step_suggestion(&mut self, forward: bool) {
        let Some(book) = &self.book else { return };
        let Some(article) = book.article() else { return };
        let all = &book.suggestions(article).all;
        let caret = book.caret(article);
        let at = caret.range();
        let here = book.suggestion_at_caret().map(|s| s.range.clone());
        let open = |s: &&Suggestion| book.is_open(article, s);
        let found = if forward {
            let from = match &here {
                Some(here) => all
                    .partition_point(|s| (s.range.start, !s.range.end) <= (here.start, !here.end)),
                None => all.partition_point(|s| s.range.start < at.start.max(caret.head)),
            };
            all[from..].iter().find(open)
        } else {
            let to = match &here {
                Some(here) => {
                    all.partition_point(|s| (s.range.start, !s.range.end) < (here.start, !here.end))
                }
                None => all.partition_point(|s| s.range.start < at.start),
            };
            all[..to].iter().rev().find(open)
        };
        match found.map(|s| s.range.clone()) {
            Some(range) => self.go_to(article, range),
            None => self.notify(
                Level::Info,
                if forward {
                    "No more suggestions in this article."
                } else {
                    "No earlier suggestions in this article."
                },
            ),
        }
    }

    /// Dismisses the suggestion on the selected words permanently, and goes on to the next.
    pub(in crate::app) fn dismiss_suggestion(&mut self) {
        let Some(book) = &self.book else { return };
        let (Some(article), Some(suggestion)) = (book.article(), book.suggestion_at_caret()) else {
            return;
        };
        let at = Spot::Bytes(suggestion.range.clone());
        let edit = Edit::Dismiss { article: Some(Ref::Id(article)), at };
        if self.edit(&edit).is_some()
            && self.book.as_ref().is_some_and(OpenNotebook::has_open_suggestion_after)
        {
            self.step_suggestion(true);
        }
    }

    /// Restores the dismissed suggestion on the selected words.
    pub(in crate::app) fn restore_suggestion(&mut self) {
        let Some((article, range)) = self.book.as_ref().and_then(OpenNotebook::dismissed_at_caret)
        else {
            return;
        };
        self.edit(&Edit::Restore { article: Some(Ref::Id(article)), at: Spot::Bytes(range) });
    }

    /// The date expressed by an event's words, if it has none yet: in EDTF, relative to the day of the article that
    /// mentions it first.
    #[must_use]
    pub fn read_date(&self, event: EntityId) -> Option<String> {
        let notebook = self.open_notebook()?.notebook();
        let Detail::Event(detail) = &notebook.entity(event)?.detail else { return None };
        let written = &detail.date.written;
        if written.is_empty() || !detail.date.edtf.is_empty() || written.len() > 200 {
            return None;
        }
        let mention = notebook.mentions_of(event).next().and_then(|id| notebook.mention(id));
        let article = match mention {
            Some(mention) => mention.anchor.article,
            None => self.open_notebook()?.article()?,
        };
        let about = &notebook.article(article)?.about;
        read_date(written, &about.language, &about.date, self.word_lists.0.get()?)
    }

    /// The date that is typed for an event, as EDTF: in EDTF already, or in words, relative to the day of the article that
    /// mentions the event first. `None` where it cannot be read.
    #[must_use]
    pub fn read_typed(&self, event: EntityId, typed: &str) -> Option<String> {
        let typed = typed.trim();
        if edtf_span(typed).is_some() {
            return Some(typed.to_owned());
        }
        let notebook = self.open_notebook()?.notebook();
        let mention = notebook.mentions_of(event).next().and_then(|id| notebook.mention(id));
        let article = mention.and_then(|mention| notebook.article(mention.anchor.article));
        let about = article.map(|article| &article.about);
        let (language, day) = about.map_or(("", ""), |about| (&about.language, &about.date));
        read_typed_date(typed, language, day, self.word_lists.0.get()?)
    }
}

impl OpenNotebook {
    /// The suggestions in an article, open or not, in the order of its text.
    #[must_use]
    pub fn suggestions(&self, article: ArticleId) -> &Suggestions {
        static NONE: Suggestions = Suggestions { all: Vec::new(), cut: false };
        self.reading
            .suggested
            .get(&article)
            .and_then(|suggested| suggested.0.value())
            .map_or(&NONE, |suggested| &suggested.found)
    }

    /// Whether suggestions are still being computed for an article.
    #[must_use]
    pub fn is_suggesting(&self, article: ArticleId) -> bool {
        self.reading.suggested.get(&article).is_some_and(|suggested| suggested.0.is_pending())
    }

    /// Whether an article's suggestions are missing or out of date because somebody stopped the job.
    #[must_use]
    pub fn suggesting_was_stopped(&self, article: ArticleId) -> bool {
        self.reading.suggested.get(&article).is_some_and(|suggested| suggested.0.was_stopped())
    }

    /// Whether a suggestion is open: it was not dismissed, and nothing of its kind is tagged there.
    #[must_use]
    pub fn is_open(&self, article: ArticleId, suggestion: &Suggestion) -> bool {
        let range = &suggestion.range;
        let dismissed = self
            .document
            .notebook()
            .dismissed()
            .get(&article)
            .is_some_and(|dismissed| dismissed.places.contains(&(range.start, range.end)));
        let scope = &suggestion.scope;
        !dismissed
            && !self.document.notebook().mentions_touching(article, scope.clone()).into_iter().any(
                |id| {
                    self.document.notebook().mention(id).is_some_and(|mention| {
                        let overlaps = mention
                            .anchor
                            .range()
                            .is_some_and(|at| at.start < scope.end && scope.start < at.end);
                        let kind = self
                            .document
                            .notebook()
                            .entity(mention.entity)
                            .map(|entity| entity.kind());
                        overlaps && kind == Some(suggestion.kind())
                    })
                },
            )
    }

    /// The suggestion on the selected words.
    #[must_use]
    pub fn suggestion_at_caret(&self) -> Option<&Suggestion> {
        let article = self.article()?;
        let at = self.caret(article).range();
        let all = &self.suggestions(article).all;
        let first = all.partition_point(|s| s.range.start < at.start);
        all[first..].iter().take_while(|s| s.range.start == at.start).find(|s| s.range == at)
    }

    /// The places of an article where suggestions were dismissed, in the order of its text.
    pub fn dismissed(&self, article: ArticleId) -> impl Iterator<Item = Range<usize>> + '_ {
        let dismissed = self.document.notebook().dismissed().get(&article);
        dismissed.into_iter().flat_map(|all| all.places.iter().map(|(start, end)| *start..*end))
    }

    /// The suggestions dismissed in an article that no longer fit it: where they were, in Unicode scalar values, and
    /// their words.
    pub fn lost_dismissed(
        &self,
        article: ArticleId,
    ) -> impl Iterator<Item = (Range<usize>, &str)> + '_ {
        let dismissed = self.document.notebook().dismissed().get(&article);
        dismissed
            .into_iter()
            .flat_map(|all| all.lost.iter().map(|((start, end), words)| (*start..*end, &**words)))
    }

    /// The dismissed suggestion on the selected words.
    #[must_use]
    pub fn dismissed_at_caret(&self) -> Option<(ArticleId, Range<usize>)> {
        let article = self.article()?;
        let at = self.caret(article).range();
        let places = self.document.notebook().dismissed().get(&article)?;
        places.places.contains(&(at.start, at.end)).then_some((article, at))
    }

    fn has_open_suggestion_after(&self) -> bool {
        let Some(article) = self.article() else { return false };
        let at = self.caret(article).range().start;
        let all = &self.suggestions(article).all;
        all[all.partition_point(|s| s.range.start <= at)..].iter().any(|s| self.is_open(article, s))
    }

    /// The words that are tagged when a suggestion is accepted as something of this kind: for an attribution, the
    /// source, or the sentence that it attributes.
    pub(in crate::app) fn taken_as(&self, suggestion: &Suggestion, kind: Kind) -> Range<usize> {
        match (&suggestion.rule, kind) {
            (Rule::Cue(Some(speaker)), Kind::Actor) => speaker.clone(),
            (Rule::Cue(_), Kind::Event | Kind::Claim) => suggestion.scope.clone(),
            _ => suggestion.range.clone(),
        }
    }
}
