//! Filters: conditions that combine, and the part of a notebook that passes them.
//!
//! Every condition that is set must hold. An entity passes when it has one of the kinds, is mentioned in one of the
//! articles, is not dated outside the period, and so on; a link when it meets the conditions on links and both its ends
//! pass (and, for a link to a link, that link too). Conditions on relations and strengths are about links: an entity
//! without any such link does not pass.

use std::collections::{HashMap, HashSet};

use crate::notebook::{
    Day, Detail, Entity, EntityId, Filter, Link, LinkId, Notebook, Target, edtf_span,
};

impl Filter {
    /// How many conditions are set.
    #[must_use]
    pub fn count(&self) -> usize {
        [
            !self.kinds.is_empty(),
            !self.relations.is_empty(),
            !self.strengths.is_empty(),
            !self.articles.is_empty(),
            !self.from.trim().is_empty() || !self.to.trim().is_empty(),
            self.with_evidence,
            self.to_check,
        ]
        .into_iter()
        .filter(|on| *on)
        .count()
    }

    /// The first and last day of the period; an end that is not set, or is not EDTF, is open.
    fn days(&self) -> (Day, Day) {
        let first = edtf_span(self.from.trim()).map_or((i64::MIN, 1, 1), |(first, _)| first);
        let last = edtf_span(self.to.trim()).map_or((i64::MAX, 12, 31), |(_, last)| last);
        (first, last)
    }
}

/// The entities on the canvas that pass a filter, and the links between them; both by id, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filtered {
    /// The entities.
    pub entities: Vec<EntityId>,
    /// The links.
    pub links: Vec<LinkId>,
}

impl Filtered {
    /// Whether an entity passes.
    #[must_use]
    pub fn has_entity(&self, id: EntityId) -> bool {
        self.entities.binary_search(&id).is_ok()
    }

    /// Whether a link passes.
    #[must_use]
    pub fn has_link(&self, id: LinkId) -> bool {
        self.links.binary_search(&id).is_ok()
    }
}

/// Applies a filter. Linear in the notebook: a job where that is large. When `stop` returns true it ends early, with an
/// incomplete result.
#[must_use]
pub fn filtered(notebook: &Notebook, filter: &Filter, stop: &dyn Fn() -> bool) -> Filtered {
    let sieve = Sieve { notebook, filter, days: filter.days() };
    let mut entities: Vec<EntityId> = Vec::with_capacity(notebook.nodes().len());
    let mut joined: HashSet<EntityId> = HashSet::new();
    let link_first = !filter.relations.is_empty() || !filter.strengths.is_empty();

    // Links by their own conditions; their ends are checked after.
    let mut links: Vec<(LinkId, &Link)> = Vec::new();
    for (i, (id, link)) in notebook.all_links().enumerate() {
        if i % 4096 == 0 && stop() {
            return Filtered::default();
        }
        if !(filter.hide_derived && id.is_derived()) && sieve.takes_link(link) {
            links.push((id, link));
        }
    }
    let mut candidates: HashSet<EntityId> = HashSet::new();
    for (i, id) in notebook.nodes().keys().enumerate() {
        if i % 4096 == 0 && stop() {
            return Filtered::default();
        }
        let Some(entity) = notebook.entity(*id) else { continue };
        if sieve.takes_entity(*id, entity) {
            candidates.insert(*id);
        }
    }
    // A link to a link passes only with its target, and that only with its own.
    let mut taken: HashMap<LinkId, bool> = HashMap::with_capacity(links.len());
    let with_ends = |link: &Link| link.ends().all(|end| candidates.contains(&end));
    let in_order = notebook.targets_first(links.iter().map(|(id, _)| *id));
    for link in in_order.into_iter().filter_map(|id| Some((id, notebook.any_link(id)?))) {
        let (id, link) = link;
        let on = match link.to {
            Target::Link(to) => taken.get(&to) == Some(&true),
            Target::Entity(_) => true,
        };
        taken.insert(id, on && with_ends(link));
    }
    links.retain(|(id, _)| taken.get(id) == Some(&true));
    for (_, link) in &links {
        joined.extend(link.ends());
    }
    for id in notebook.nodes().keys() {
        let stays = candidates.contains(id)
            && (!link_first || joined.contains(id))
            && (!filter.to_check || joined.contains(id) || sieve.is_to_check(*id));
        if stays {
            entities.push(*id);
        }
    }
    Filtered { entities, links: links.into_iter().map(|(id, _)| id).collect() }
}

struct Sieve<'a> {
    notebook: &'a Notebook,
    filter: &'a Filter,
    days: (Day, Day),
}

impl Sieve<'_> {
    /// Whether an entity meets the conditions on entities; “to check” is checked later, with its links.
    fn takes_entity(&self, id: EntityId, entity: &Entity) -> bool {
        let (filter, notebook) = (self.filter, self.notebook);
        if !filter.kinds.is_empty() && !filter.kinds.contains(&entity.kind()) {
            return false;
        }
        if filter.with_evidence && notebook.mention_count_of(id) == 0 {
            return false;
        }
        if let Detail::Event(event) = &entity.detail
            && !self.in_time(&event.date.edtf)
        {
            return false;
        }
        filter.articles.is_empty()
            || notebook
                .mentions_of(id)
                .filter_map(|mention| notebook.mention(mention))
                .any(|mention| filter.articles.contains(&mention.anchor.article))
    }

    /// Whether a link meets the conditions on links, regardless of its ends.
    fn takes_link(&self, link: &Link) -> bool {
        let (filter, notebook) = (self.filter, self.notebook);
        if !filter.relations.is_empty() && !filter.relations.contains(&link.relation) {
            return false;
        }
        if !filter.strengths.is_empty() && !filter.strengths.contains(&link.strength) {
            return false;
        }
        if filter.with_evidence && link.evidence.is_empty() {
            return false;
        }
        if filter.to_check
            && !link.to_check
            && !(link.to_entity().is_some() && link.ends().all(|end| self.is_to_check(end)))
        {
            return false;
        }
        if !self.in_time(&link.when.edtf) {
            return false;
        }
        // Without evidence it is in no article, and its ends decide.
        filter.articles.is_empty()
            || link.evidence.is_empty()
            || link
                .evidence
                .iter()
                .filter_map(|evidence| notebook.evidence_anchor(evidence))
                .any(|anchor| filter.articles.contains(&anchor.article))
    }

    /// Whether a date can mean a day of the period; an entity without a date passes.
    fn in_time(&self, edtf: &str) -> bool {
        edtf_span(edtf).is_none_or(|(first, last)| first <= self.days.1 && last >= self.days.0)
    }

    /// Whether an entity, or one of its mentions, is marked “to check”.
    fn is_to_check(&self, id: EntityId) -> bool {
        let notebook = self.notebook;
        notebook.entity(id).is_some_and(|entity| entity.to_check)
            || notebook
                .mentions_of(id)
                .any(|mention| notebook.mention(mention).is_some_and(|m| m.to_check))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::edit::{Edit, apply, parse_script};
    use crate::notebook::{About, Article, ArticleId, Kind, Origin, RelationId, Strength};
    use crate::text::Text;

    /// An actor, two dated events, a claim nobody mentions; links of three sorts; one article of two mentions.
    fn notebook() -> Notebook {
        let mut notebook = Notebook::new("test");
        let article = Article {
            about: About { title: "Strike".to_owned(), ..About::default() },
            origin: Origin::default(),
            earlier: Vec::new(),
            text: Text::new("Kervel met Ormelot on Friday. The strike began."),
        };
        let add = Edit::AddArticle(ArticleId::from_bits(7), Arc::new(article));
        apply(&mut notebook, &add).unwrap();
        let script = parse_script(
            r#"[
            AddEntity(kind: Actor, name: "Kervel", handle: "$k"),
            AddEntity(kind: Actor, name: "Ormelot", handle: "$o"),
            AddEntity(kind: Event, name: "Strike", handle: "$s", with: (date: "2031-03-14")),
            AddEntity(kind: Event, name: "Vote", handle: "$v", with: (date: "2031-05")),
            AddEntity(kind: Claim, name: "It will close.", handle: "$c", with: (to_check: true)),
            Tag(at: Quote("Kervel"), entity: "$k"),
            Tag(at: Quote("Ormelot"), entity: "$o"),
            Link(from: "$k", relation: "works for", to: "$o", evidence: [Quote(at: Quote("Kervel met Ormelot"))]),
            Link(from: "$k", relation: "agent", to: "$s", with: (strength: Tentative)),
            Link(from: "$s", relation: "before", to: "$v"),
            Link(from: "$o", relation: "denies", to: "$c", with: (to_check: true)),
        ]"#,
        )
        .unwrap();
        apply(&mut notebook, &Edit::Batch(String::new(), script)).unwrap();
        notebook
    }

    fn names(notebook: &Notebook, filter: &Filter) -> (Vec<String>, Vec<String>) {
        let left = filtered(notebook, filter, &|| false);
        let mut entities: Vec<String> =
            left.entities.iter().map(|id| notebook.name(*id).to_owned()).collect();
        entities.sort();
        let mut links: Vec<String> = left
            .links
            .iter()
            .filter_map(|id| Some(notebook.any_link(*id)?.relation.0.clone()))
            .collect();
        links.sort();
        (entities, links)
    }

    #[test]
    fn each_condition_leaves_what_it_says() {
        let notebook = notebook();
        let all = ["It will close.", "Kervel", "Ormelot", "Strike", "Vote"];
        let none = Filter::default();
        assert!(none.is_empty());
        assert_eq!(names(&notebook, &none).0, all);
        assert_eq!(names(&notebook, &none).1.len(), 4);

        let actors = Filter { kinds: [Kind::Actor].into(), ..Filter::default() };
        let (entities, links) = names(&notebook, &actors);
        assert_eq!(
            (entities, links),
            (vec!["Kervel".into(), "Ormelot".into()], vec!["works for".into()])
        );

        // A relation is asked for its links: who has none of it goes.
        let agents = Filter { relations: [RelationId::from("agent")].into(), ..Filter::default() };
        assert_eq!(names(&notebook, &agents).0, ["Kervel", "Strike"]);
        let tentative = Filter { strengths: [Strength::Tentative].into(), ..Filter::default() };
        assert_eq!(names(&notebook, &tentative).1, ["agent"]);

        let evidence = Filter { with_evidence: true, ..Filter::default() };
        let (entities, links) = names(&notebook, &evidence);
        assert_eq!(
            (entities, links),
            (vec!["Kervel".into(), "Ormelot".into()], vec!["works for".into()])
        );

        let check = Filter { to_check: true, ..Filter::default() };
        assert_eq!(names(&notebook, &check).0, ["It will close.", "Ormelot"]);
        assert_eq!(names(&notebook, &check).1, ["denies"]);

        let spring = Filter { from: "2031-04".into(), to: "2031".into(), ..Filter::default() };
        assert_eq!(names(&notebook, &spring).0, ["It will close.", "Kervel", "Ormelot", "Vote"]);
        let wrong = Filter { from: "soon".into(), ..Filter::default() };
        assert_eq!(names(&notebook, &wrong).0, all, "what is no date asks for nothing");
    }

    #[test]
    fn conditions_combine_and_an_article_counts_its_mentions() {
        let notebook = notebook();
        let article = *notebook.articles().keys().next().unwrap();
        let here = Filter { articles: [article].into(), ..Filter::default() };
        assert_eq!(names(&notebook, &here).0, ["Kervel", "Ormelot"]);
        let both = Filter {
            articles: [article].into(),
            relations: [RelationId::from("agent")].into(),
            ..Filter::default()
        };
        assert_eq!(both.count(), 2);
        assert_eq!(names(&notebook, &both), (vec![], vec![]), "the strike is not mentioned there");
    }
}
