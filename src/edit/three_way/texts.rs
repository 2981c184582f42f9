//! The texts of a merge: where somebody updated an article, all three notebooks are brought to the same text.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::json;

use super::sides::Sides;
use crate::edit::{Edit, Update, apply};
use crate::notebook::{
    Anchor, Article, ArticleId, Change, Conflict, Detail, Entity, Evidence, Link, Mention,
    Notebook, Origin, RecordId, Version,
};
use crate::text::Text;

/// Three notebooks whose articles have the same texts.
#[derive(Default)]
pub(super) struct Aligned {
    /// The base, where it is not as it was; the same for the others.
    pub(super) base: Option<Notebook>,
    pub(super) ours: Option<Notebook>,
    pub(super) theirs: Option<Notebook>,
    /// The articles with the versions of both.
    pub(super) articles: Vec<(ArticleId, Article)>,
    /// The articles that somebody gave another text.
    pub(super) updated: BTreeSet<ArticleId>,
    /// Those that both gave other texts.
    pub(super) conflicts: Vec<Conflict>,
}

/// An article's versions, oldest first.
fn versions(article: &Article) -> Vec<Version> {
    let current = Version { origin: article.origin.clone(), text: article.text.clone() };
    article.earlier.iter().cloned().chain([current]).collect()
}

/// The same versions as an article's, in this order; the last is the current one.
fn with_versions(article: &Article, mut versions: Vec<Version>) -> Article {
    let mut article = article.clone();
    if let Some(last) = versions.pop() {
        article.origin = last.origin;
        article.text = last.text;
        article.earlier = versions;
    }
    article
}

/// Brings the three to the same texts. `None` if `stop` returns true.
pub(super) fn aligned(sides: Sides<'_>, stop: &dyn Fn() -> bool) -> Option<Aligned> {
    let Sides { base, ours, theirs } = sides;
    let mut aligned = Aligned::default();
    let ids: BTreeSet<ArticleId> =
        ours.articles().keys().chain(theirs.articles().keys()).copied().collect();
    for id in ids {
        let of = |notebook: &Notebook| notebook.article(id).map(|article| versions(article));
        let (b, o, t) = (of(base), of(ours), of(theirs));
        let merged = match (&b, &o, &t) {
            (_, Some(o), Some(t)) => {
                let b = b.clone().unwrap_or_default();
                let mut merged = merged_versions(&b, o, t);
                let current = |all: &[Version]| all.last().map(|version| version.text.clone());
                if current(o) != current(t)
                    && current(o) != current(&b)
                    && current(t) != current(&b)
                {
                    aligned.conflicts.push(conflict(id, &b, o, t));
                }
                let target = if current(o) == current(&b) { t.last() } else { o.last() };
                // A text that came back is a version again: only what two made apart is joined.
                if let Some(target) = target.filter(|it| merged.last() != Some(*it)) {
                    merged.retain(|version| version.text != target.text);
                    merged.push(target.clone());
                }
                merged
            }
            (_, Some(one), None) | (_, None, Some(one)) => one.clone(),
            (_, None, None) => continue,
        };
        let is =
            |versions: &Option<Vec<Version>>| versions.as_ref().is_none_or(|all| *all == merged);
        if is(&b) && is(&o) && is(&t) {
            continue;
        }
        if stop() {
            return None;
        }
        aligned.updated.insert(id);
        let Some(last) = merged.last() else { continue };
        let text = &last.text;
        for (was, now, versions) in [
            (base, &mut aligned.base, &b),
            (ours, &mut aligned.ours, &o),
            (theirs, &mut aligned.theirs, &t),
        ] {
            align(was, now, id, &last.origin, text);
            renumber(was, now, id, versions.as_deref().unwrap_or(&[]), &merged);
        }
        if let Some(article) = ours.article(id).filter(|_| theirs.article(id).is_some()) {
            aligned.articles.push((id, with_versions(article, merged)));
        }
    }
    Some(aligned)
}

/// Gives an article of a notebook this text, and takes along what is anchored in it.
fn align(was: &Notebook, now: &mut Option<Notebook>, id: ArticleId, origin: &Origin, text: &Text) {
    if was.article(id).is_none_or(|article| article.text == *text) {
        return;
    }
    let notebook = now.get_or_insert_with(|| was.clone());
    if let Ok(update) = Update::of(notebook, id, origin.clone(), text.clone()) {
        // An update of the notebook as it is is never refused: it was worked out from it.
        let _ = apply(notebook, &Edit::UpdateArticle(Arc::new(update)));
    }
}

/// Gives the anchors in an article the numbers that its versions have among those of both.
fn renumber(
    was: &Notebook,
    now: &mut Option<Notebook>,
    id: ArticleId,
    versions: &[Version],
    merged: &[Version],
) {
    let number = |version: &Version| {
        let at = merged.iter().position(|one| one == version);
        let at = at.or_else(|| merged.iter().position(|one| one.text == version.text));
        u32::try_from(at.map_or(merged.len(), |at| at + 1)).unwrap_or(u32::MAX)
    };
    let numbers: Vec<u32> = versions.iter().map(number).collect();
    if (1..).zip(&numbers).all(|(old, new)| old == *new) {
        return;
    }
    let new = |anchor: &mut Anchor| {
        if anchor.article == id
            && let Some(number) = numbers.get(anchor.version.saturating_sub(1) as usize)
        {
            anchor.version = *number;
        }
    };
    let notebook = now.get_or_insert_with(|| was.clone());
    let mut changes = Vec::new();
    for mention_id in notebook.mentions_in(id) {
        if let Some(mut mention) = notebook.mention(mention_id).map(|it| Mention::clone(it)) {
            new(&mut mention.anchor);
            changes.push(Change::Mention(mention_id, Some(Arc::new(mention))));
        }
    }
    let quotes = |evidence: &mut Evidence| {
        if let Evidence::Quote(anchor) = evidence {
            new(anchor);
        }
    };
    for (link_id, link) in notebook.links() {
        let mut changed = Link::clone(link);
        changed.evidence.iter_mut().for_each(quotes);
        if changed != **link {
            changes.push(Change::Link(*link_id, Some(Arc::new(changed))));
        }
    }
    for (entity_id, entity) in notebook.entities() {
        let mut changed = Entity::clone(entity);
        if let Detail::Claim(claim) = &mut changed.detail {
            claim.replies.iter_mut().filter_map(|reply| reply.answer.as_mut()).for_each(quotes);
        }
        if changed != **entity {
            changes.push(Change::Entity(*entity_id, Some(Arc::new(changed))));
        }
    }
    for change in changes {
        notebook.replace(change);
    }
}

/// The versions of both: those that all have, then those of theirs, then ours.
fn merged_versions(base: &[Version], ours: &[Version], theirs: &[Version]) -> Vec<Version> {
    if ours == base || ours == theirs {
        return theirs.to_vec();
    }
    if theirs == base {
        return ours.to_vec();
    }
    let mut all: Vec<Version> = Vec::new();
    let left = base.iter().filter(|one| ours.contains(one) && theirs.contains(one));
    let added = theirs.iter().chain(ours).filter(|one| !base.contains(one));
    for version in left.chain(added) {
        if !all.iter().any(|one| one.text == version.text) {
            all.push(version.clone());
        }
    }
    all
}

fn conflict(id: ArticleId, base: &[Version], ours: &[Version], theirs: &[Version]) -> Conflict {
    let value = |versions: &[Version]| {
        let value = versions.last().map(|version| {
            let Origin { file_name, sha256, read_at, .. } = &version.origin;
            json!({ "file_name": file_name, "sha256": sha256, "read_at": read_at })
        });
        json!(value).to_string()
    };
    Conflict {
        of: RecordId::Article(id),
        field: Conflict::TEXT.to_owned(),
        base: value(base),
        ours: value(ours),
        theirs: value(theirs),
    }
}
