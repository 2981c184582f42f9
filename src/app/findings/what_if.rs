//! What if: actors or articles set aside, or two actors taken for one, for as long as the user looks at what follows.

use std::sync::Arc;

use crate::app::session::Document;
use crate::app::{OpenNotebook, Program, Question};
use crate::edit::{Edit, LinkFields, Ref};
use crate::inquiry::sources::{AllSources, WhatChanges, WhatIf, what_changes};
use crate::job::{Derived, Job, Pool};
use crate::notebook::{ArticleId, EntityId, Kind, Notebook, RelationId, Subject, check_edtf};

/// Something taken to be otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supposition {
    /// An actor is set aside, from a date on (EDTF; empty: from the beginning).
    WithoutActor(EntityId, String),
    /// An article is set aside.
    WithoutArticle(ArticleId),
    /// Two actors are one source.
    Same(EntityId, EntityId),
}

impl Supposition {
    /// Whether what it is about is still there.
    fn holds_in(&self, notebook: &Notebook) -> bool {
        let actor =
            |id: &EntityId| notebook.entity(*id).is_some_and(|entity| entity.kind() == Kind::Actor);
        match self {
            Self::WithoutActor(id, _) => actor(id),
            Self::WithoutArticle(id) => notebook.article(*id).is_some(),
            Self::Same(a, b) => actor(a) && actor(b),
        }
    }

    /// Whether it is about the same as another one.
    fn is_about(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::WithoutActor(a, _), Self::WithoutActor(b, _)) => a == b,
            (a, b) => a == b,
        }
    }
}

/// The edit that records a supposition.
fn recorded(supposition: &Supposition, reason: &str) -> Edit {
    let aside = |what: Subject, from: &str| Edit::SetAside {
        what: Ref::Id(what),
        // What is no date counts from the beginning.
        from: check_edtf(from.trim()).map_or_else(|_| String::new(), |()| from.trim().to_owned()),
        reason: reason.to_owned(),
        by: None,
        at: None,
        handle: String::new(),
    };
    match supposition {
        Supposition::WithoutActor(id, since) => aside((*id).into(), since),
        Supposition::WithoutArticle(id) => aside((*id).into(), ""),
        Supposition::Same(a, b) => Edit::Link {
            from: Ref::Id(*a),
            relation: RelationId::from("equivalent"),
            to: Ref::Id(*b),
            evidence: Vec::new(),
            with: LinkFields {
                directed: Some(false),
                note: Some(reason.to_owned()),
                ..LinkFields::default()
            },
            handle: String::new(),
        },
    }
}

/// Asks for the reason to record what is supposed.
#[derive(Clone, Copy, Debug)]
pub struct ApplyWhatIf;

impl Question for ApplyWhatIf {}

/// What is supposed, and what follows.
#[derive(Debug, Default)]
pub(super) struct WhatIfState {
    all: Vec<Supposition>,
    /// Grows when that changes.
    number: u64,
    changes: Derived<(u64, u64), WhatChanges>,
}

impl WhatIfState {
    fn change(&mut self, change: impl FnOnce(&mut Vec<Supposition>)) {
        change(&mut self.all);
        self.number += 1;
    }

    pub(super) fn retry(&mut self) {
        self.changes.retry();
    }

    pub(super) fn take(&mut self) -> bool {
        self.changes.take()
    }

    fn what_if(&self) -> WhatIf {
        let mut what_if = WhatIf::default();
        for one in &self.all {
            match one {
                Supposition::WithoutActor(id, since) => {
                    what_if.without_actors.insert(*id, since.clone());
                }
                Supposition::WithoutArticle(id) => _ = what_if.without_articles.insert(*id),
                Supposition::Same(a, b) => _ = what_if.same.insert((*a, *b)),
            }
        }
        what_if
    }
}

/// Starts the job that works out what follows, where that is out of date.
pub(super) fn refresh(
    document: &Document,
    state: &mut WhatIfState,
    sources: Option<&Arc<AllSources>>,
    pool: &Pool,
) {
    let notebook = document.notebook();
    if state.all.iter().any(|one| !one.holds_in(notebook)) {
        state.change(|all| all.retain(|one| one.holds_in(notebook)));
    }
    let key = (notebook.revision(), state.number);
    if state.all.is_empty() {
        state.changes.clear_for(key);
        return;
    }
    let Some(now) = sources.filter(|all| all.revision() == notebook.revision()) else { return };
    if state.changes.key() == Some(&key) {
        return;
    }
    let (now, notebook, what_if) = (Arc::clone(now), document.snapshot(), state.what_if());
    let job = Job::compute("Working out what would change");
    state.changes.ask(pool, key, job, move |handle| {
        let base = WhatIf::recorded_in(&notebook);
        what_changes(&notebook, &now, &base, &what_if, &|| handle.is_cancelled())
            .unwrap_or_default()
    });
}

/// What is supposed, as the bar shows it.
#[derive(Debug)]
pub struct Supposed<'a> {
    /// The suppositions, in the order in which they were made.
    pub all: &'a [Supposition],
    /// What would change; `None` until it is known.
    pub changes: Option<&'a WhatChanges>,
    /// Whether the computation was stopped or failed.
    pub stopped: bool,
}

impl Program {
    /// Supposes something as well. The same actor again with another date replaces the date.
    pub(in crate::app) fn suppose(&mut self, supposition: Supposition) {
        self.with_open_notebook(|book| {
            book.findings.what_if.change(|all| {
                match all.iter_mut().find(|one| one.is_about(&supposition)) {
                    Some(one) => *one = supposition,
                    None => all.push(supposition),
                }
            });
        });
    }

    /// Supposes one thing less.
    pub(in crate::app) fn drop_supposition(&mut self, number: usize) {
        self.with_open_notebook(|book| {
            book.findings.what_if.change(|all| {
                if number < all.len() {
                    all.remove(number);
                }
            });
        });
    }

    /// Asks for the reason to record what is supposed.
    pub(in crate::app) fn ask_to_apply_what_if(&mut self) {
        self.ask(ApplyWhatIf);
    }

    /// Records what is supposed, as one step, with the reason: an actor or article is set aside, two actors are
    /// equivalent.
    pub(in crate::app) fn apply_what_if(&mut self, reason: &str) {
        let Some(book) = &self.book else { return };
        let all = book.findings.what_if.all.iter();
        let edits: Vec<Edit> = all.map(|one| recorded(one, reason.trim())).collect();
        if self.edit(&Edit::Batch("Apply what-if".to_owned(), edits)).is_some() {
            self.drop_what_if();
        }
    }

    /// Supposes nothing any more.
    pub(in crate::app) fn drop_what_if(&mut self) {
        self.with_open_notebook(|book| book.findings.what_if.change(Vec::clear));
    }

    /// Supposes that the selected actors, or the article where none is selected, are set aside; two selected actors may
    /// be supposed to be one source by [`Program::suppose_selected_same`].
    pub(in crate::app) fn suppose_selected_set_aside(&mut self) {
        let Some(book) = &self.book else { return };
        let actors = book.selected_actors();
        let article = book.article();
        if actors.is_empty() {
            article.into_iter().for_each(|id| self.suppose(Supposition::WithoutArticle(id)));
        }
        for actor in actors {
            self.suppose(Supposition::WithoutActor(actor, String::new()));
        }
    }

    /// Supposes that the two selected actors are one source.
    pub(in crate::app) fn suppose_selected_same(&mut self) {
        let pair = self.book.as_ref().and_then(|book| book.selection().pair());
        if let Some((a, b)) = pair {
            self.suppose(Supposition::Same(a, b));
        }
    }
}

impl OpenNotebook {
    /// The selected actors.
    #[must_use]
    pub fn selected_actors(&self) -> Vec<EntityId> {
        let notebook = self.notebook();
        let is_actor =
            |id: &EntityId| notebook.entity(*id).is_some_and(|it| it.kind() == Kind::Actor);
        self.selection().entities.iter().copied().filter(is_actor).collect()
    }

    /// What is supposed; `None` while nothing is.
    #[must_use]
    pub fn supposed(&self) -> Option<Supposed<'_>> {
        let state = &self.findings.what_if;
        let value = state.changes.value().filter(|_| !state.changes.is_pending());
        let stopped = state.changes.has_failed() || state.changes.was_stopped();
        (!state.all.is_empty()).then(|| Supposed {
            all: &state.all,
            changes: value.filter(|_| !stopped).map(|changes| &**changes),
            stopped,
        })
    }
}
