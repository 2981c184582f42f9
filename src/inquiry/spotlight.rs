//! What is shown on the canvas and what is highlighted there: a filter, and then the surroundings of some entities or
//! the shortest paths between two, among what passes the filter.

use std::collections::HashMap;
use std::sync::Arc;

use super::filter::{Filtered, filtered};
use crate::graph::{Adjacency, neighbourhood, shortest_paths};
use crate::notebook::{EntityId, Filter, LinkId, Notebook, Target};

/// The most shortest paths that are listed; all of them are highlighted.
pub const MOST_PATHS: usize = 100;

/// What is highlighted against the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Spotlight {
    /// Nothing.
    #[default]
    Off,
    /// The neighbourhood of some entities.
    Around {
        /// The entities.
        entities: Vec<EntityId>,
        /// How many links it reaches.
        steps: u32,
    },
    /// Every shortest path between two entities, whichever way its links point.
    Paths {
        /// Where they start.
        from: EntityId,
        /// Where they end.
        to: EntityId,
    },
}

/// The shortest paths between two entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// Where they start.
    pub from: EntityId,
    /// Where they end.
    pub to: EntityId,
    /// The entities of each, both ends included; at most [`MOST_PATHS`]. Empty where there is no path.
    pub paths: Vec<Vec<EntityId>>,
    /// Whether there are more than are listed.
    pub cut: bool,
}

/// What is shown, and what of it is highlighted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Emphasis {
    /// What passes the filter; `None` while none is set and everything is shown.
    pub shown: Option<Filtered>,
    /// What is highlighted while the rest is faded; `None` while nothing is.
    pub lit: Option<Filtered>,
    /// The shortest paths, where they were asked for.
    pub paths: Option<Paths>,
    /// How many entities are on the canvas, shown or not.
    pub all: usize,
}

/// The difference between an emphasis and the one before it.
#[derive(Clone, Debug)]
pub struct EmphasisChange {
    /// The one before.
    pub before: Arc<Emphasis>,
    /// The entities that are shown or highlighted in only one of them.
    pub entities: Vec<EntityId>,
    /// The links, likewise.
    pub links: Vec<LinkId>,
}

impl EmphasisChange {
    /// The difference between two emphases; `None` where it is larger than `most`, or where only one of them has a
    /// filter or a highlight.
    #[must_use]
    pub fn between(before: &Arc<Emphasis>, after: &Emphasis, most: usize) -> Option<Self> {
        let mut change =
            Self { before: Arc::clone(before), entities: Vec::new(), links: Vec::new() };
        for pair in [(&before.shown, &after.shown), (&before.lit, &after.lit)] {
            match pair {
                (Some(a), Some(b)) => {
                    apart(&a.entities, &b.entities, &mut change.entities);
                    apart(&a.links, &b.links, &mut change.links);
                }
                (None, None) => {}
                _ => return None,
            }
        }
        (change.entities.len() + change.links.len() <= most).then_some(change)
    }
}

/// Adds what is in only one of two ascending lists.
fn apart<T: Ord + Copy>(a: &[T], b: &[T], out: &mut Vec<T>) {
    let (mut a, mut b) = (a.iter().copied().peekable(), b.iter().copied().peekable());
    loop {
        match (a.peek(), b.peek()) {
            (Some(x), Some(y)) if x == y => {
                a.next();
                b.next();
            }
            (Some(x), Some(y)) => out.extend(if x < y { a.next() } else { b.next() }),
            (Some(_), None) => out.extend(a.next()),
            (None, _) => {
                out.extend(b);
                return;
            }
        }
    }
}

/// Computes what is shown and what is highlighted; `None` when everything is shown and nothing highlighted. Linear in
/// the notebook (and in the paths listed): a job. When `stop` returns true it ends early, with an incomplete result.
#[must_use]
pub fn emphasis(
    notebook: &Notebook,
    filter: &Filter,
    spotlight: &Spotlight,
    stop: &dyn Fn() -> bool,
) -> Option<Emphasis> {
    if filter.is_empty() && *spotlight == Spotlight::Off {
        return None;
    }
    let left = filtered(notebook, filter, stop);
    let all = notebook.nodes().len();
    if *spotlight == Spotlight::Off {
        return Some(Emphasis { shown: Some(left), lit: None, paths: None, all });
    }
    let net = Net::of(notebook, &left);
    let (levels, paths) = match spotlight {
        Spotlight::Off => (Vec::new(), None),
        Spotlight::Around { entities, steps } => {
            let starts: Vec<u32> = entities.iter().filter_map(|id| net.number(*id)).collect();
            (neighbourhood(&net.adjacency, &starts, *steps), None)
        }
        Spotlight::Paths { from, to } => {
            let (levels, paths) = net.paths(*from, *to);
            (levels, Some(paths))
        }
    };
    let lit = net.lit(notebook, &left, &levels, paths.is_some());
    let shown = (!filter.is_empty()).then_some(left);
    Some(Emphasis { shown, lit: Some(lit), paths, all })
}

/// What passes a filter, as a graph of numbers.
struct Net {
    entities: Vec<EntityId>,
    adjacency: Adjacency,
}

impl Net {
    fn of(notebook: &Notebook, left: &Filtered) -> Self {
        let number: HashMap<EntityId, u32> =
            left.entities.iter().zip(0_u32..).map(|(id, number)| (*id, number)).collect();
        let links: Vec<(u32, u32)> = left
            .links
            .iter()
            .filter_map(|id| {
                let link = notebook.any_link(*id)?;
                Some((*number.get(&link.from)?, *number.get(&link.to_entity()?)?))
            })
            .collect();
        let adjacency = Adjacency::new(left.entities.len(), &links);
        Self { entities: left.entities.clone(), adjacency }
    }

    fn number(&self, id: EntityId) -> Option<u32> {
        self.entities.binary_search(&id).ok().map(|number| number as u32)
    }

    /// How many steps from the start each node on a shortest path is, and the paths themselves.
    fn paths(&self, from: EntityId, to: EntityId) -> (Vec<Option<u32>>, Paths) {
        let mut found = Paths { from, to, paths: Vec::new(), cut: false };
        let mut levels = vec![None; self.entities.len()];
        let (Some(a), Some(b)) = (self.number(from), self.number(to)) else {
            return (levels, found);
        };
        let (mut from_a, mut from_b, mut queue) = (Vec::new(), Vec::new(), Vec::new());
        self.adjacency.distances_from(a, &mut from_a, &mut queue);
        self.adjacency.distances_from(b, &mut from_b, &mut queue);
        let length = from_a[b as usize];
        for (level, (a, b)) in levels.iter_mut().zip(from_a.iter().zip(&from_b)) {
            if length != u32::MAX && a.saturating_add(*b) == length {
                *level = Some(*a);
            }
        }
        // The ends are highlighted even where there is no path between them.
        levels[a as usize] = Some(0);
        levels[b as usize] = Some(length);
        let mut paths = shortest_paths(&self.adjacency, a, b, MOST_PATHS + 1);
        found.cut = paths.len() > MOST_PATHS;
        paths.truncate(MOST_PATHS);
        let ids = |path: Vec<u32>| path.iter().map(|n| self.entities[*n as usize]).collect();
        found.paths = paths.into_iter().map(ids).collect();
        (levels, found)
    }

    /// The entities that have a level and the links between two of them; with `step` only links that lead to the next
    /// level.
    fn lit(
        &self,
        notebook: &Notebook,
        left: &Filtered,
        levels: &[Option<u32>],
        step: bool,
    ) -> Filtered {
        let level = |id| self.number(id).and_then(|number| levels[number as usize]);
        let plain = |id: LinkId| {
            let Some(link) = notebook.any_link(id) else { return false };
            match (level(link.from), link.to_entity().and_then(level)) {
                (Some(a), Some(b)) => !step || a.abs_diff(b) == 1,
                _ => false,
            }
        };
        let to_lit_link = |id: LinkId| {
            notebook.any_link(id).is_some_and(|link| match link.to {
                Target::Link(to) => level(link.from).is_some() && plain(to),
                Target::Entity(_) => false,
            })
        };
        Filtered {
            entities: self.entities.iter().copied().filter(|id| level(*id).is_some()).collect(),
            links: left.links.iter().copied().filter(|id| plain(*id) || to_lit_link(*id)).collect(),
        }
    }
}

/// A step of a path, in words: “Kervel works for Port Authority”, whichever way the link points, and how many more
/// links there are between the two.
#[must_use]
pub fn step_in_words(
    notebook: &Notebook,
    a: EntityId,
    b: EntityId,
    left: Option<&Filtered>,
) -> String {
    let mut between = notebook.all_links_of(a).filter_map(|id| {
        let link = notebook.any_link(id)?;
        let shown = left.is_none_or(|left| left.has_link(id));
        let joins = link
            .to_entity()
            .is_some_and(|to| (link.from, to) == (a, b) || (link.from, to) == (b, a));
        (shown && joins).then_some(link)
    });
    let Some(first) = between.next() else { return String::new() };
    let to = first.to_entity().unwrap_or(b);
    let more = match between.count() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    let relation = notebook.relation_label(&first.relation);
    format!("{} {relation} {}{more}", notebook.name(first.from), notebook.name(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, apply, parse_script};

    /// a–b–d, a–c–d (twice between c and d), d–e, and f alone.
    fn notebook() -> Notebook {
        let mut notebook = Notebook::new("test");
        let mut script = String::from("[");
        for name in ["a", "b", "c", "d", "e", "f"] {
            script += &format!("AddEntity(kind: Actor, name: \"{name}\", handle: \"${name}\"),");
        }
        for (from, relation, to) in [
            ("a", "owns", "b"),
            ("d", "directs", "b"),
            ("a", "member of", "c"),
            ("c", "owns", "d"),
            ("d", "works for", "c"),
            ("d", "cites", "e"),
            ("b", "family", "c"),
        ] {
            script += &format!("Link(from: \"${from}\", relation: \"{relation}\", to: \"${to}\"),");
        }
        script += "]";
        let edits = parse_script(&script).unwrap();
        apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
        notebook
    }

    fn id(notebook: &Notebook, name: &str) -> EntityId {
        *notebook.entities().iter().find(|(_, entity)| entity.name == name).unwrap().0
    }

    fn names(notebook: &Notebook, ids: &[EntityId]) -> String {
        let mut names: Vec<&str> = ids.iter().map(|id| notebook.name(*id)).collect();
        names.sort_unstable();
        names.concat()
    }

    #[test]
    fn a_focus_reaches_as_far_as_its_steps() {
        let notebook = notebook();
        for (steps, reached, links) in [(1, "abc", 3), (2, "abcd", 6), (3, "abcde", 7)] {
            let spotlight = Spotlight::Around { entities: vec![id(&notebook, "a")], steps };
            let emphasis = emphasis(&notebook, &Filter::default(), &spotlight, &|| false).unwrap();
            let lit = emphasis.lit.unwrap();
            assert_eq!(names(&notebook, &lit.entities), reached);
            assert_eq!(lit.links.len(), links, "links between any two in reach");
            assert!(emphasis.shown.is_none());
        }
    }

    #[test]
    fn what_changed_between_two_sights_is_what_is_in_one_alone() {
        let notebook = notebook();
        let look = |steps| {
            let spotlight = Spotlight::Around { entities: vec![id(&notebook, "a")], steps };
            emphasis(&notebook, &Filter::default(), &spotlight, &|| false).unwrap()
        };
        let (near, far) = (Arc::new(look(1)), look(3));
        let change = EmphasisChange::between(&near, &far, 100).unwrap();
        assert_eq!(names(&notebook, &change.entities), "de");
        assert_eq!(change.links.len(), 4);
        assert!(EmphasisChange::between(&near, &far, 5).is_none(), "that is too much");
        let other = Filter { with_evidence: true, ..Filter::default() };
        let other = emphasis(&notebook, &other, &Spotlight::Off, &|| false).unwrap();
        assert!(EmphasisChange::between(&near, &other, 100).is_none());
    }

    #[test]
    fn every_shortest_path_is_lit_and_told_in_words() {
        let notebook = notebook();
        let (a, d) = (id(&notebook, "a"), id(&notebook, "d"));
        let spotlight = Spotlight::Paths { from: a, to: d };
        let emphasis = emphasis(&notebook, &Filter::default(), &spotlight, &|| false).unwrap();
        let (lit, paths) = (emphasis.lit.unwrap(), emphasis.paths.unwrap());
        assert_eq!(names(&notebook, &lit.entities), "abcd");
        // Both links between c and d, but not the one between b and c, which leads no nearer.
        assert_eq!(lit.links.len(), 5);
        assert_eq!(paths.paths.len(), 2);
        assert!(paths.paths.iter().all(|path| path.len() == 3 && path[0] == a && path[2] == d));
        assert!(!paths.cut);
        assert_eq!(step_in_words(&notebook, id(&notebook, "b"), d, None), "d directs b");
        assert!(step_in_words(&notebook, d, id(&notebook, "c"), None).ends_with("(and 1 more)"));
    }

    #[test]
    fn paths_keep_to_what_the_filter_leaves() {
        let notebook = notebook();
        let (a, e) = (id(&notebook, "a"), id(&notebook, "e"));
        let relations = ["owns", "directs", "cites"].map(crate::notebook::RelationId::from);
        let filter = Filter { relations: relations.into(), ..Filter::default() };
        let look = |from, to| {
            let spotlight = Spotlight::Paths { from, to };
            emphasis(&notebook, &filter, &spotlight, &|| false).unwrap()
        };
        let found = look(a, e);
        assert_eq!(found.paths.unwrap().paths.len(), 1);
        assert_eq!(names(&notebook, &found.lit.unwrap().entities), "abde");
        let none = look(a, id(&notebook, "f"));
        assert!(none.paths.unwrap().paths.is_empty());
        assert_eq!(names(&notebook, &none.lit.unwrap().entities), "", "f is not shown at all");
    }
}
