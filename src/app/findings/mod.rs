//! Findings: conclusions from the open notebook, computed in the background while they are shown.

use std::collections::BTreeMap;

use super::{OpenNotebook, Program};
use crate::inquiry::sources::{ClaimSources, WhatIf, sources};
use crate::job::{Derived, Job};
use crate::notebook::{EntityId, Kind};

/// The conclusions from the open notebook.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// The sources of each claim, at a revision of the notebook.
    sources: Derived<u64, BTreeMap<EntityId, ClaimSources>>,
}

impl Findings {
    /// Makes what was stopped start again.
    pub(in crate::app) fn retry(&mut self) {
        self.sources.retry();
    }
}

impl Program {
    /// Starts jobs for findings that are shown and out of date.
    pub(in crate::app) fn refresh_findings(&mut self) {
        let Some(book) = &mut self.book else { return };
        let notebook = book.document.notebook();
        let selection = book.selection();
        let mention = selection.mention.and_then(|id| notebook.mention(id)).map(|it| it.entity);
        let claim = mention.or(selection.only_entity()).and_then(|id| notebook.entity(id));
        let key = notebook.revision();
        if claim.is_none_or(|entity| entity.kind() != Kind::Claim)
            || book.findings.sources.key() == Some(&key)
        {
            return;
        }
        let notebook = book.document.snapshot();
        let job = Job::compute("Working out who says so");
        book.findings.sources.ask(self.jobs.pool(), key, job, move |handle| {
            sources(&notebook, &WhatIf::default(), &|| handle.is_cancelled())
        });
    }

    /// Takes the results of finished jobs; returns whether there were any.
    pub(in crate::app) fn take_findings(&mut self) -> bool {
        self.book.as_mut().is_some_and(|book| book.findings.sources.take())
    }
}

impl OpenNotebook {
    /// The sources of a claim and how well they confirm it; `None` until they are known. After an edit, the previous
    /// result is returned until the new one is known.
    #[must_use]
    pub fn sources_of(&self, claim: EntityId) -> Option<&ClaimSources> {
        self.findings.sources.value()?.get(&claim)
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
