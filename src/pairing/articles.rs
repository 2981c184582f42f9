//! Which articles two notebooks have in common: those of the same text. Texts that are nearly the same are told, not
//! joined: words tagged in one do not stand in the same place of the other.

use std::collections::{HashMap, HashSet};

use crate::inquiry::agreement::InBoth;
use crate::notebook::{Article, ArticleId, Notebook};
use crate::text::copies_among;

/// Texts are nearly the same from this share of common runs of five words on.
const NEAR: f64 = 0.7;

/// Two articles of nearly the same text, or of the same file read otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearArticles {
    /// Ours.
    pub ours: ArticleId,
    /// Theirs.
    pub theirs: ArticleId,
    /// Which share of their runs of five words they have in common, from 0 to 1; 1 where it is the same file.
    pub share: f64,
}

/// The articles of both, and those that are only nearly the same.
pub(super) fn in_both(
    ours: &Notebook,
    theirs: &Notebook,
    stop: &dyn Fn() -> bool,
) -> Option<(Vec<InBoth>, Vec<NearArticles>)> {
    let mut both = Vec::new();
    let mut ours_left: Vec<ArticleId> = ours.articles_in_order();
    let mut theirs_left: Vec<ArticleId> = theirs.articles_in_order();
    let mut take = |pairs: Vec<(ArticleId, ArticleId)>| {
        let taken: HashSet<(ArticleId, bool)> =
            pairs.iter().flat_map(|(a, b)| [(*a, true), (*b, false)]).collect();
        ours_left.retain(|id| !taken.contains(&(*id, true)));
        theirs_left.retain(|id| !taken.contains(&(*id, false)));
        both.extend(pairs.into_iter().map(|(ours, theirs)| InBoth { ours, theirs }));
        (ours_left.clone(), theirs_left.clone())
    };
    // An id stands for one article, also where one of the two has updated it.
    let same_id =
        ours.articles().keys().filter(|id| theirs.articles().contains_key(id)).map(|id| (*id, *id));
    let (mut rest_ours, mut rest_theirs) = take(same_id.collect());
    // The same text: first of the same file, then of any. One of ours goes with one of theirs, in the order of the tabs.
    for of_file in [true, false] {
        let key = |article: &Article| of_file.then(|| article.origin.sha256.clone());
        let mut waiting: HashMap<(&str, Option<String>), Vec<ArticleId>> = HashMap::new();
        for id in rest_ours.iter().rev() {
            let Some(article) = ours.article(*id) else { continue };
            waiting.entry((article.text.as_str(), key(article))).or_default().push(*id);
        }
        let mut pairs = Vec::new();
        for id in &rest_theirs {
            let Some(article) = theirs.article(*id) else { continue };
            let found = waiting.get_mut(&(article.text.as_str(), key(article)));
            if let Some(ours) = found.and_then(Vec::pop) {
                pairs.push((ours, *id));
            }
        }
        (rest_ours, rest_theirs) = take(pairs);
    }
    if stop() {
        return None;
    }
    let near = near(ours, theirs, &rest_ours, &rest_theirs, stop)?;
    Some((both, near))
}

fn near(
    ours: &Notebook,
    theirs: &Notebook,
    rest_ours: &[ArticleId],
    rest_theirs: &[ArticleId],
    stop: &dyn Fn() -> bool,
) -> Option<Vec<NearArticles>> {
    let of = |notebook: &'_ Notebook, id: &ArticleId| notebook.article(*id).cloned();
    let articles: Vec<_> = rest_ours
        .iter()
        .map(|id| (*id, true, of(ours, id)))
        .chain(rest_theirs.iter().map(|id| (*id, false, of(theirs, id))))
        .filter_map(|(id, is_ours, article)| Some((id, is_ours, article?)))
        .collect();
    let texts: Vec<&str> = articles.iter().map(|(.., article)| article.text.as_str()).collect();
    let mut found: Vec<NearArticles> = Vec::new();
    for copies in copies_among(&texts, NEAR, stop) {
        if let (Some((one, true, _)), Some((other, false, _))) =
            (articles.get(copies.first), articles.get(copies.second))
        {
            found.push(NearArticles { ours: *one, theirs: *other, share: copies.share });
        }
    }
    if stop() {
        return None;
    }
    // The same file, read in another encoding or by another reader.
    let files: HashMap<&str, ArticleId> = articles
        .iter()
        .filter(|(_, is_ours, article)| *is_ours && !article.origin.sha256.is_empty())
        .map(|(id, _, article)| (&*article.origin.sha256, *id))
        .collect();
    for (id, _, article) in articles.iter().filter(|(_, is_ours, _)| !is_ours) {
        if let Some(one) = files.get(&*article.origin.sha256)
            && found.iter().all(|near| (near.ours, near.theirs) != (*one, *id))
        {
            found.push(NearArticles { ours: *one, theirs: *id, share: 1.0 });
        }
    }
    Some(found)
}
