//! Dates that cannot all be right: an event that its links put after another one lies wholly before it, events come before
//! each other in a circle, or an event is later than every article that tells of it.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::extent::Extent;
use crate::notebook::{Detail, EntityId, LinkId, Notebook};

/// Dates that do not go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// The links say that `first` came before `then`, but its date is after all that `then` can mean.
    Order {
        /// What is said to come first, and is dated later.
        first: EntityId,
        /// What is said to come then, and is dated earlier.
        then: EntityId,
        /// The links that say so, from the one to the other.
        links: Vec<LinkId>,
    },
    /// Each of these comes before the next, and the last before the first.
    Circle {
        /// The events.
        events: Vec<EntityId>,
        /// The links between them.
        links: Vec<LinkId>,
    },
    /// It is dated after every article that tells of it: announced, or the date is wrong.
    AfterArticles {
        /// The event.
        event: EntityId,
        /// The date of the last of these articles, as EDTF.
        last: String,
    },
}

impl Clash {
    /// The events it is about.
    #[must_use]
    pub fn events(&self) -> Vec<EntityId> {
        match self {
            Self::Order { first, then, .. } => vec![*first, *then],
            Self::Circle { events, .. } => events.clone(),
            Self::AfterArticles { event, .. } => vec![*event],
        }
    }

    /// Whether both cannot be so. An event later than the articles that tell of it may have been announced.
    #[must_use]
    pub const fn is_contradiction(&self) -> bool {
        matches!(self, Self::Order { .. } | Self::Circle { .. })
    }

    /// The links that say otherwise than the dates.
    #[must_use]
    pub fn links(&self) -> &[LinkId] {
        match self {
            Self::Order { links, .. } | Self::Circle { links, .. } => links,
            Self::AfterArticles { .. } => &[],
        }
    }

    /// What does not go together, as it is said of one of its events.
    #[must_use]
    pub fn words_of(&self, notebook: &Notebook, event: EntityId) -> String {
        let named = |id: EntityId| {
            let date = date_of(notebook, id).unwrap_or("no date");
            format!("“{}” ({date})", crate::text::shortened(notebook.name(id)))
        };
        match self {
            Self::Order { first, then, .. } if *then == event => {
                format!("{} is said to come before it", named(*first))
            }
            Self::Order { then, .. } => format!("it is said to come before {}", named(*then)),
            Self::Circle { events, .. } => {
                let others: Vec<String> =
                    events.iter().filter(|id| **id != event).map(|id| named(*id)).collect();
                format!("it comes both before and after {}", others.join(", "))
            }
            Self::AfterArticles { last, .. } => {
                format!("it is later than the last article that tells of it ({last})")
            }
        }
    }
}

fn date_of(notebook: &Notebook, event: EntityId) -> Option<&str> {
    match &notebook.entity(event)?.detail {
        Detail::Event(event) => Some(event.date.edtf.trim()).filter(|date| !date.is_empty()),
        Detail::Actor(_) | Detail::Claim(_) => None,
    }
}

fn extent_of(notebook: &Notebook, event: EntityId) -> Option<Extent> {
    Extent::of(date_of(notebook, event)?)
}

/// What a link says about the order of two events: which comes first, and which then. What causes something does not
/// come after it.
#[must_use]
pub fn order_of(notebook: &Notebook, link: LinkId) -> Option<(EntityId, EntityId)> {
    let link = notebook.any_link(link)?;
    let to = link.to_entity().filter(|to| *to != link.from)?;
    match &*link.relation.0 {
        "before" | "causes" => Some((link.from, to)),
        "after" => Some((to, link.from)),
        _ => None,
    }
}

/// All dates that do not go together. Linear in the events and links, but for what is found. Incomplete once `stop`
/// returns true.
#[must_use]
pub fn clashes(notebook: &Notebook, stop: &dyn Fn() -> bool) -> Vec<Clash> {
    let mut found = Vec::new();
    let mut then: HashMap<EntityId, Vec<(EntityId, LinkId)>> = HashMap::new();
    let mut before: HashMap<EntityId, usize> = HashMap::new();
    for id in notebook.links().keys() {
        let Some((first, second)) = order_of(notebook, *id) else { continue };
        let is_event =
            |id| notebook.entity(id).is_some_and(|it| matches!(it.detail, Detail::Event(_)));
        if is_event(first) && is_event(second) {
            then.entry(first).or_default().push((second, *id));
            *before.entry(second).or_default() += 1;
            before.entry(first).or_default();
        }
    }
    in_order(notebook, &then, before, &mut found, stop);
    if !stop() {
        after_articles(notebook, &mut found);
    }
    found
}

/// What is known of how early an event can be: the event that says so, and the link by which that comes here.
#[derive(Clone, Copy)]
struct Bound {
    by: EntityId,
    extent: Extent,
    link: Option<LinkId>,
    from: Option<EntityId>,
}

/// Carries the earliest moments along the links, from what comes first to what comes then. What has no date hands on what
/// came to it.
fn in_order(
    notebook: &Notebook,
    then: &HashMap<EntityId, Vec<(EntityId, LinkId)>>,
    mut before: HashMap<EntityId, usize>,
    found: &mut Vec<Clash>,
    stop: &dyn Fn() -> bool,
) {
    let mut all: Vec<EntityId> = before.keys().copied().collect();
    all.sort_unstable();
    let mut ready: VecDeque<EntityId> =
        all.iter().copied().filter(|id| before.get(id) == Some(&0)).collect();
    let mut bounds: HashMap<EntityId, Bound> = HashMap::new();
    let mut done = BTreeSet::new();
    while let Some(id) = ready.pop_front() {
        if done.len() % 1_024 == 0 && stop() {
            return;
        }
        done.insert(id);
        if let Some(extent) = extent_of(notebook, id) {
            let here = bounds.get(&id).copied();
            let clash = here.filter(|bound| bound.extent.is_surely_after(&extent));
            if let Some(bound) = clash {
                let links = way_to(&bounds, id);
                found.push(Clash::Order { first: bound.by, then: id, links });
            }
            // What is wrong is said once: from here on its own date counts.
            let later =
                here.filter(|bound| clash.is_none() && bound.extent.earliest > extent.earliest);
            if later.is_none() {
                bounds.insert(id, Bound { by: id, extent, link: None, from: None });
            }
        }
        let bound = bounds.get(&id).copied();
        for (next, link) in then.get(&id).into_iter().flatten() {
            if let Some(bound) = bound {
                let stronger = bounds
                    .get(next)
                    .is_none_or(|known| bound.extent.earliest > known.extent.earliest);
                if stronger {
                    bounds.insert(*next, Bound { link: Some(*link), from: Some(id), ..bound });
                }
            }
            if let Some(count) = before.get_mut(next) {
                *count -= 1;
                if *count == 0 {
                    ready.push_back(*next);
                }
            }
        }
    }
    let left: BTreeSet<EntityId> = all.into_iter().filter(|id| !done.contains(id)).collect();
    circles(then, &left, found);
}

/// The links by which the bound of an event came to it, from where it began.
fn way_to(bounds: &HashMap<EntityId, Bound>, event: EntityId) -> Vec<LinkId> {
    let mut links = Vec::new();
    let mut at = bounds.get(&event);
    while let Some(bound) = at {
        let (Some(link), Some(from)) = (bound.link, bound.from) else { break };
        links.push(link);
        // Its own date may have taken the place of what came to it: there the way began.
        at = bounds.get(&from).filter(|it| it.by == bound.by && links.len() <= bounds.len());
    }
    links.reverse();
    links
}

/// Circles among what is left: from each event on, always to the first of what comes then, until one comes again.
fn circles(
    then: &HashMap<EntityId, Vec<(EntityId, LinkId)>>,
    left: &BTreeSet<EntityId>,
    found: &mut Vec<Clash>,
) {
    // What only follows from a circle leads nowhere in the end: taken off, until only circles and ways between them stay.
    let mut left = left.clone();
    loop {
        let leads = |id: &EntityId| {
            then.get(id).is_some_and(|all| all.iter().any(|(next, _)| left.contains(next)))
        };
        let kept: BTreeSet<EntityId> = left.iter().copied().filter(leads).collect();
        if kept.len() == left.len() {
            break;
        }
        left = kept;
    }
    let mut told: BTreeSet<EntityId> = BTreeSet::new();
    for start in &left {
        if told.contains(start) {
            continue;
        }
        let mut way: Vec<(EntityId, LinkId)> = Vec::new();
        let mut place: HashMap<EntityId, usize> = HashMap::new();
        let mut at = *start;
        while !place.contains_key(&at) && !told.contains(&at) {
            place.insert(at, way.len());
            let all = then.get(&at).into_iter().flatten();
            let Some((next, link)) = all.copied().find(|(next, _)| left.contains(next)) else {
                break;
            };
            way.push((at, link));
            at = next;
        }
        if let Some(first) = place.get(&at).filter(|_| !told.contains(&at)) {
            let round = way.get(*first..).unwrap_or_default();
            found.push(Clash::Circle {
                events: round.iter().map(|(event, _)| *event).collect(),
                links: round.iter().map(|(_, link)| *link).collect(),
            });
        }
        told.extend(place.into_keys());
    }
}

fn after_articles(notebook: &Notebook, found: &mut Vec<Clash>) {
    for (id, entity) in notebook.entities() {
        let Detail::Event(event) = &entity.detail else { continue };
        let Some(extent) = Extent::of(event.date.edtf.trim()) else { continue };
        let articles: BTreeSet<_> = notebook
            .mentions_of(*id)
            .filter_map(|id| Some(notebook.mention(id)?.anchor.article))
            .collect();
        let mut last: Option<(Extent, String)> = None;
        let mut all_before = !articles.is_empty();
        for article in articles {
            let date = notebook.article(article).map_or("", |it| it.about.date.trim());
            match Extent::of(date) {
                Some(day) if extent.is_surely_after(&day) => {
                    if last.as_ref().is_none_or(|(known, _)| day.latest > known.latest) {
                        last = Some((day, date.to_owned()));
                    }
                }
                _ => all_before = false,
            }
        }
        if let Some((_, last)) = last.filter(|_| all_before) {
            found.push(Clash::AfterArticles { event: *id, last });
        }
    }
}
