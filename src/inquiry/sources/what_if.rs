//! What is taken to be otherwise: an actor or an article set aside, two actors taken for one, an original read.

use std::collections::{BTreeMap, BTreeSet};

use crate::notebook::{ArticleId, EntityId, MentionId, Notebook, Subject, edtf_span};

/// What is taken to be otherwise than the notebook has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// These actors are set aside: whoever relies on one relies on something withdrawn. Each from a date on (EDTF; empty:
    /// from the beginning): only statements of articles published then or later count as withdrawn, and of articles whose
    /// date is not known.
    pub without_actors: BTreeMap<EntityId, String>,
    /// The statements of these articles are set aside.
    pub without_articles: BTreeSet<ArticleId>,
    /// These statements are set aside.
    pub without_statements: BTreeSet<MentionId>,
    /// The original words of these actors were read, wherever they are named on a chain.
    pub read: BTreeSet<EntityId>,
    /// The two of each pair are one source.
    pub same: BTreeSet<(EntityId, EntityId)>,
}

impl WhatIf {
    /// What the notebook itself records as set aside.
    #[must_use]
    pub fn recorded_in(notebook: &Notebook) -> Self {
        let mut what_if = Self::default();
        for aside in notebook.set_aside().values() {
            match aside.what {
                Subject::Entity(id) => _ = what_if.without_actors.insert(id, aside.from.clone()),
                Subject::Article(id) => _ = what_if.without_articles.insert(id),
                Subject::Mention(id) => _ = what_if.without_statements.insert(id),
                Subject::Link(_) | Subject::Conflict(_) => {}
            }
        }
        what_if
    }

    /// Whether everything is as the notebook has it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// This and the other together.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.without_actors.extend(other.without_actors.clone());
        both.without_articles.extend(&other.without_articles);
        both.without_statements.extend(&other.without_statements);
        both.read.extend(&other.read);
        both.same.extend(&other.same);
        both
    }

    /// Whether what an actor says in an article is set aside.
    pub(super) fn withdraws(
        &self,
        notebook: &Notebook,
        actor: EntityId,
        article: ArticleId,
    ) -> bool {
        let Some(since) = self.without_actors.get(&actor) else { return false };
        let Some((since, _)) = edtf_span(since.trim()) else { return true };
        let date = notebook.article(article).and_then(|it| edtf_span(it.about.date.trim()));
        date.is_none_or(|(_, last)| last >= since)
    }

    /// Whether everything in an article is set aside.
    #[must_use]
    pub fn withdraws_article(&self, notebook: &Notebook, article: ArticleId) -> bool {
        let publisher = notebook.article(article).and_then(|it| it.about.publisher);
        self.without_articles.contains(&article)
            || publisher.is_some_and(|actor| self.withdraws(notebook, actor, article))
    }
}
