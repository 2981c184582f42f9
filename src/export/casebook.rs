//! The notebook itself, or a part of it: a file that Casebook opens.

use std::collections::BTreeSet;

use super::{Content, Out, Stopped};
use crate::edit::{Edit, Ref, apply};
use crate::notebook::{EntityId, Notebook, ViewState};

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let desk = ViewState::default();
    let text = if content.is_everything() {
        crate::storage::render(content.notebook(), &desk)
    } else {
        crate::storage::render(&part(content), &desk)
    };
    for _ in 0..content.size() {
        out.step()?;
    }
    out.text(&text)
}

/// The notebook without what is not exported. Entities that own, publish or say something stay, so that no chain has a
/// gap; nothing else of them does.
fn part(content: &Content<'_>) -> Notebook {
    let all = content.notebook();
    let mut part = all.clone();
    let articles = all.articles().keys().filter(|id| !content.has_article(**id));
    let mut edits: Vec<Edit> =
        articles.map(|id| Edit::RemoveArticle { article: Ref::Id(*id) }).collect();
    let links: BTreeSet<_> = content.links().map(|(id, _)| id).collect();
    let cards: BTreeSet<_> = content.cards().map(|(id, _)| id).collect();
    let cards = all.cards().keys().filter(|id| !cards.contains(id));
    edits.extend(cards.map(|id| Edit::DeleteCard { card: Ref::Id(*id) }));
    // They are there: nothing refuses to take them out.
    let _ = apply(&mut part, &Edit::Batch(String::new(), edits));
    let ids: Vec<_> = part.links().keys().filter(|id| !links.contains(id)).copied().collect();
    for id in ids {
        // A link that targets another goes with it.
        let _ = apply(&mut part, &Edit::DeleteLink { link: Ref::Id(id) });
    }
    let mentions = part.mentions().keys().filter(|id| !content.has_mention(**id));
    let untag = mentions.map(|id| Edit::Untag { mention: Ref::Id(*id) }).collect();
    let _ = apply(&mut part, &Edit::Batch(String::new(), untag));
    let mut named: BTreeSet<EntityId> = BTreeSet::new();
    named.extend(part.articles().values().filter_map(|article| article.about.publisher));
    named.extend(part.mentions().values().flat_map(|mention| mention.speakers()));
    let mut open: Vec<EntityId> =
        content.entities().map(|(id, _)| id).chain(named.iter().copied()).collect();
    while let Some(id) = open.pop() {
        let refers_to = part.entity(id).map(|entity| entity.refers_to()).unwrap_or_default();
        open.extend(refers_to.into_iter().filter(|id| named.insert(*id)));
    }
    let others =
        part.entities().keys().filter(|id| !content.has_entity(**id) && !named.contains(id));
    let gone = others.map(|id| Edit::DeleteEntity { entity: Ref::Id(*id) }).collect();
    let _ = apply(&mut part, &Edit::Batch(String::new(), gone));
    part
}
