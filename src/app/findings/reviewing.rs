//! The review: what is open, the finding that is looked at, and what is done with it.

use std::sync::Arc;

use super::Finding;
use crate::app::session::Document;
use crate::app::{
    ChartingIntent, Effect, Intent, Level, OpenNotebook, Pane, Program, Question, ReadingIntent,
    Selection,
};
use crate::edit::{Edit, Ref};
use crate::inquiry::review::{Open, ReviewList, other_value, review};
use crate::job::{Job, Pool};
use crate::notebook::{Kind, RecordId, Subject};

/// Asks for the reason to let a finding stand.
#[derive(Clone, Debug)]
pub struct WaiveFinding {
    /// Which.
    pub finding: Finding,
    /// Its rule’s heading.
    pub title: &'static str,
    /// What it is about, in words.
    pub name: String,
}

impl Question for WaiveFinding {}

/// Starts the job that reviews the notebook, where its list is out of date and the sources are known.
pub(super) fn refresh(document: &Document, findings: &mut super::Findings, pool: &Pool) {
    let revision = document.notebook().revision();
    if findings.review.key() == Some(&revision) {
        return;
    }
    let none = document.notebook().count(Kind::Claim) == 0;
    let sources = findings.sources.value().filter(|all| all.revision() == revision).cloned();
    let Some(sources) = sources.or_else(|| none.then(Arc::default)) else { return };
    let (notebook, job) = (document.snapshot(), Job::compute("Reviewing the notebook"));
    findings.review.ask(pool, revision, job, move |handle| {
        review(&notebook, &sources, &|| handle.is_cancelled()).unwrap_or_default()
    });
}

impl Program {
    /// Looks at a finding: selects what it is about, and shows it where it is.
    pub(in crate::app) fn look_at_finding(&mut self, finding: Finding) {
        let Some(book) = &mut self.book else { return };
        let Some(open) = book.finding(&finding).cloned() else { return };
        book.findings.looked_at = Some(finding);
        let notebook = book.document.notebook();
        let go = open
            .place
            .map(|(article, range)| Intent::Reading(ReadingIntent::GoToPlace(article, range)));
        let chosen = match open.what {
            Subject::Article(id) => {
                vec![Intent::Select(Selection::none()), ReadingIntent::ShowArticle(id).into()]
            }
            // A mention is shown with its statement, where it is.
            Subject::Mention(id) => vec![Intent::Reading(ReadingIntent::GoToMention(id))],
            Subject::Entity(id) => {
                let shown = Intent::Charting(ChartingIntent::ShowOnCanvas(id));
                let selected = Intent::Select(Selection::entity(id));
                go.into_iter().chain([shown, selected]).collect()
            }
            // The link last: what shows it must not take the selection from it.
            // What it is about, where that can be shown.
            Subject::Conflict(id) => {
                let of = notebook.conflicts().get(&id).map(|conflict| &conflict.of);
                match of {
                    Some(RecordId::Entity(id)) => vec![
                        Intent::Charting(ChartingIntent::ShowOnCanvas(*id)),
                        Intent::Select(Selection::entity(*id)),
                    ],
                    Some(RecordId::Mention(id)) => {
                        vec![Intent::Reading(ReadingIntent::GoToMention(*id))]
                    }
                    Some(RecordId::Link(id)) => vec![Intent::Select(Selection::link(*id))],
                    Some(RecordId::Article(id)) => vec![ReadingIntent::ShowArticle(*id).into()],
                    _ => vec![Intent::Select(Selection::none())],
                }
            }
            Subject::Link(id) => {
                let from = notebook.link(id).map(|link| link.from);
                let shown = from.map(|from| Intent::Charting(ChartingIntent::ShowOnCanvas(from)));
                let selected = Intent::Select(Selection::link(id));
                go.or(shown).into_iter().chain([selected]).collect()
            }
        };
        for intent in chosen {
            self.dispatch(intent);
        }
    }

    /// Looks at the next finding, or the one before; at the first where none is looked at.
    pub(in crate::app) fn step_finding(&mut self, by: isize) {
        self.emit(Effect::ShowPane(Pane::REVIEW));
        let Some(list) = self.book.as_ref().and_then(OpenNotebook::review) else { return };
        let all: Vec<Finding> = list.open.iter().map(Finding::of).collect();
        if all.is_empty() {
            self.notify(Level::Info, "Nothing is open.");
            return;
        }
        let now = self.book.as_ref().and_then(|book| book.finding_looked_at());
        let at = now.and_then(|now| all.iter().position(|one| one == now));
        let next = match at {
            Some(at) => (at as isize + by).rem_euclid(all.len() as isize) as usize,
            // What was looked at is settled: the one that took its place.
            None => self.book.as_ref().map_or(0, |book| book.findings.last_at).min(all.len() - 1),
        };
        if let Some(finding) = all.into_iter().nth(next) {
            self.with_open_notebook(|book| book.findings.last_at = next);
            self.look_at_finding(finding);
        }
    }

    /// Settles the finding that is looked at, where one edit does, and goes on to the next.
    pub(in crate::app) fn fix_finding(&mut self) {
        let Some(book) = &self.book else { return };
        let open = book.finding_looked_at().and_then(|finding| book.finding(finding));
        let Some(edit) = open.and_then(|open| open.fix(book.document.notebook())) else {
            self.notify(Level::Info, "One key does not settle this: see what the list says of it.");
            return;
        };
        self.edit(&edit);
    }

    /// Settles the conflict that is looked at with the value that does not stand.
    pub(in crate::app) fn take_other_value(&mut self) {
        let Some(book) = &self.book else { return };
        let open = book.finding_looked_at().and_then(|finding| book.finding(finding));
        let other = open.and_then(|open| other_value(book.document.notebook(), open));
        if let Some((_, edit)) = other {
            self.edit(&edit);
        }
    }

    /// Asks for the reason to let the finding stand that is looked at; takes its waiver back where it has one.
    pub(in crate::app) fn waive_finding(&mut self) {
        let Some(book) = &self.book else { return };
        let open = book.finding_looked_at().and_then(|finding| book.finding(finding));
        let Some(open) = open.cloned() else { return };
        match open.waived {
            Some(waiver) => {
                self.edit(&Edit::Unwaive { waiver: Ref::Id(waiver) });
            }
            None => {
                let (finding, title) = (Finding::of(&open), open.rule.title);
                self.ask(WaiveFinding { finding, title, name: open.name });
            }
        }
    }
}

impl OpenNotebook {
    /// What the review found; `None` until it is known. After an edit the previous list stands until the new one is known.
    #[must_use]
    pub fn review(&self) -> Option<&ReviewList> {
        self.findings.review.value().map(|list| &**list)
    }

    /// Whether the review could not be done because its job panicked.
    #[must_use]
    pub const fn review_has_failed(&self) -> bool {
        self.findings.review.has_failed()
    }

    /// Whether the review is missing or out of date because somebody stopped its job.
    #[must_use]
    pub const fn review_was_stopped(&self) -> bool {
        self.findings.review.was_stopped()
    }

    /// The finding that is looked at.
    #[must_use]
    pub const fn finding_looked_at(&self) -> Option<&Finding> {
        self.findings.looked_at.as_ref()
    }

    /// The open or waived item of a finding.
    #[must_use]
    pub fn finding(&self, finding: &Finding) -> Option<&Open> {
        let list = self.review()?;
        list.open.iter().chain(&list.waived).find(|open| finding.is(open))
    }
}
