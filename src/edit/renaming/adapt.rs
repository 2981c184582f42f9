//! What a renamed notebook takes from the one it is to be merged with, where the two differ in nothing that anybody wrote:
//! names, of which the other one becomes an alias, and the order of the articles.

use std::sync::Arc;

use crate::edit::entities::add_alias;
use crate::notebook::{Article, Change, Entity, Link, LinkId, Notebook, Target};
use crate::text::same_name;

/// Theirs, with the names and the order of ours. `None` once `stop` returns true.
///
/// - An entity of both is called as ours calls it; its name in theirs becomes an alias.
/// - The notebook is called as ours is, where ours has a title.
/// - A link of both that holds both ways has its ends in the order of ours.
/// - An article of both has the place, and where its text is the same the origin, that it has in ours; those of theirs
///   alone come after all of ours, in their order.
#[must_use]
pub fn adapted(ours: &Notebook, mut theirs: Notebook, stop: &dyn Fn() -> bool) -> Option<Notebook> {
    if !ours.title().is_empty() {
        theirs.replace(Change::Title(ours.title().to_owned()));
    }
    let last = ours.articles().values().map(|article| article.about.order).max();
    let mut next = last.map_or(0, |last| last.saturating_add(1));
    for id in theirs.articles_in_order() {
        let Some(article) = theirs.article(id) else { continue };
        let mut new = Article::clone(article);
        match ours.article(id) {
            Some(our) => {
                new.about.order = our.about.order;
                if new.text == our.text {
                    new.origin.clone_from(&our.origin);
                }
            }
            None => {
                new.about.order = next;
                next = next.saturating_add(1);
            }
        }
        if new != **article {
            theirs.replace(Change::Article(id, Some(Arc::new(new))));
        }
    }
    let turned: Vec<(LinkId, Arc<Link>)> = theirs
        .links()
        .iter()
        .filter(|(id, link)| ours.link(**id).is_some_and(|our| turns(our, link)))
        .map(|(id, link)| (*id, Arc::clone(link)))
        .collect();
    for (id, link) in turned {
        let Target::Entity(to) = link.to else { continue };
        let link = Link { from: to, to: Target::Entity(link.from), ..Link::clone(&link) };
        theirs.replace(Change::Link(id, Some(Arc::new(link))));
    }
    let called: Vec<_> = theirs
        .entities()
        .iter()
        .filter_map(|(id, entity)| Some((*id, Arc::clone(entity), ours.entity(*id)?)))
        .filter(|(_, entity, our)| entity.kind() == our.kind() && entity.name != our.name)
        .map(|(id, entity, our)| (id, entity, our.name.clone()))
        .collect();
    for (n, (id, entity, name)) in called.into_iter().enumerate() {
        if n.is_multiple_of(1024) && stop() {
            return None;
        }
        let mut new = Entity::clone(&entity);
        let was = std::mem::replace(&mut new.name, name);
        new.aliases.retain(|alias| !same_name(alias, &new.name));
        add_alias(&mut new, &was);
        theirs.replace(Change::Entity(id, Some(Arc::new(new))));
    }
    Some(theirs)
}

/// Whether two links hold both ways between the same ends, named in another order.
fn turns(our: &Link, link: &Link) -> bool {
    !our.directed
        && !link.directed
        && our.from != link.from
        && our.to == Target::Entity(link.from)
        && link.to == Target::Entity(our.from)
}
