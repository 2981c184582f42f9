//! Findings: conclusions from the open notebook, computed in the background.

mod finding;
mod intent;
mod reviewing;
mod what_if;

use std::sync::Arc;

use super::{OpenNotebook, Program};
use crate::inquiry::review::ReviewList;
use crate::inquiry::sources::{AllSources, ClaimSources, Ladder, NextSource, WhatIf, next_sources};
use crate::job::{Derived, Job};
use crate::notebook::{EntityId, Kind, Polarity};

pub use finding::Finding;
pub use intent::FindingsIntent;
pub use reviewing::{WaiveFinding, waive};
pub use what_if::{ApplyWhatIf, Supposed, Supposition};

/// The conclusions from the open notebook.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The sources of all claims, at a revision of the notebook.
    sources: Derived<u64, AllSources>,
    /// The chains of the selected claim, at a revision of the notebook: those who affirm it, those who deny it.
    ladders: Derived<(u64, EntityId), [Ladder; 2]>,
    what_if: what_if::WhatIfState,
    /// What is open, at a revision of the notebook.
    review: Derived<u64, ReviewList>,
    /// What to read or find next, at a revision of the notebook.
    next: Derived<u64, Vec<NextSource>>,
    /// The finding of the review that is looked at.
    looked_at: Option<Finding>,
    /// Where it stood in the list.
    last_at: usize,
}

impl Findings {
    /// Makes what was stopped start again.
    pub(in crate::app) fn retry(&mut self) {
        self.sources.retry();
        self.ladders.retry();
        self.what_if.retry();
        self.review.retry();
        self.next.retry();
    }
}

impl Program {
    /// Starts jobs for findings that are out of date.
    pub(in crate::app) fn refresh_findings(&mut self) {
        let Some(book) = &mut self.book else { return };
        let claim = book.claim_in_question();
        let (document, findings) = (&book.document, &mut book.findings);
        let (notebook, pool) = (document.notebook(), self.jobs.pool());
        let revision = notebook.revision();
        if notebook.count(Kind::Claim) == 0 {
            findings.sources.clear_for(revision);
        } else if findings.sources.key() != Some(&revision) {
            let before = findings.sources.value().cloned();
            let notebook = document.snapshot();
            let job = Job::compute("Working out who says so");
            findings.sources.ask(pool, revision, job, move |handle| {
                let (what_if, stop) = (WhatIf::recorded_in(&notebook), || handle.is_cancelled());
                let found = match &before {
                    Some(before) => before.updated(&notebook, &what_if, &stop),
                    None => AllSources::new(&notebook, &what_if, &stop),
                };
                // What was stopped is dropped.
                found.unwrap_or_default()
            });
        }
        if let Some(claim) = claim {
            let key = (revision, claim);
            let same = findings.sources.value().filter(|all| all.revision() == revision);
            if let Some(all) = same
                && findings.ladders.key() != Some(&key)
            {
                let (notebook, all) = (document.snapshot(), Arc::clone(all));
                let job = Job::compute("Working out chains of speakers");
                findings.ladders.ask(pool, key, job, move |_| {
                    let what_if = WhatIf::recorded_in(&notebook);
                    Polarity::ALL
                        .map(|stance| Ladder::new(&notebook, all.same(), &what_if, claim, stance))
                });
            }
        }
        what_if::refresh(document, &mut findings.what_if, findings.sources.value(), pool);
        reviewing::refresh(document, findings, pool);
        if let Some(all) = findings.sources.value().filter(|all| all.revision() == revision)
            && findings.next.key() != Some(&revision)
        {
            let (notebook, claims) = (document.snapshot(), all.iter().map(|it| it.claim));
            let claims: Vec<EntityId> = claims.collect();
            let job = Job::compute("Working out what to read next");
            findings.next.ask(pool, revision, job, move |handle| {
                let what_if = WhatIf::recorded_in(&notebook);
                next_sources(&notebook, &what_if, &claims, &|| handle.is_cancelled())
            });
        }
    }

    /// Takes the results of finished jobs; returns whether there were any.
    pub(in crate::app) fn take_findings(&mut self) -> bool {
        let Some(book) = &mut self.book else { return false };
        let findings = &mut book.findings;
        let any = [
            findings.sources.take(),
            findings.ladders.take(),
            findings.what_if.take(),
            findings.review.take(),
            findings.next.take(),
        ];
        any.contains(&true)
    }
}

impl OpenNotebook {
    /// The claim that is selected, or whose statement is.
    fn claim_in_question(&self) -> Option<EntityId> {
        let (notebook, selection) = (self.document.notebook(), self.selection());
        let mention = selection.mention.and_then(|id| notebook.mention(id)).map(|it| it.entity);
        let id = mention.or(selection.only_entity())?;
        (notebook.entity(id)?.kind() == Kind::Claim).then_some(id)
    }

    /// The sources of all claims; `None` until they are known. After an edit the previous result is returned until the new
    /// one is known.
    #[must_use]
    pub const fn all_sources(&self) -> Option<&Arc<AllSources>> {
        self.findings.sources.value()
    }

    /// The sources of a claim and how well they confirm it; `None` until they are known.
    #[must_use]
    pub fn sources_of(&self, claim: EntityId) -> Option<&ClaimSources> {
        self.findings.sources.value()?.of(claim)
    }

    /// The chains of the speakers who affirm a claim and of those who deny it; `None` until they are known.
    #[must_use]
    pub fn ladders_of(&self, claim: EntityId) -> Option<&[Ladder; 2]> {
        let known = self.findings.ladders.key().is_some_and(|(_, of)| *of == claim);
        self.findings
            .ladders
            .value()
            .filter(|_| known && !self.findings.ladders.is_pending())
            .map(|all| &**all)
    }

    /// What to read or find next, the most useful first; empty until it is known.
    #[must_use]
    pub fn next_sources(&self) -> &[NextSource] {
        let known = self.findings.sources.value().is_some();
        self.findings.next.value().filter(|_| known).map_or(&[], |all| all)
    }

    /// Whether the sources could not be worked out because the job panicked.
    #[must_use]
    pub const fn sources_have_failed(&self) -> bool {
        self.findings.sources.has_failed()
    }

    /// Whether the sources are missing or out of date because somebody stopped the job.
    #[must_use]
    pub const fn sources_were_stopped(&self) -> bool {
        self.findings.sources.was_stopped()
    }
}
