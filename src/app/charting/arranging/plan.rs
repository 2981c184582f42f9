//! The input of a layout, read from a notebook, and the layout itself: all of it inside a job.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Arrangement;
use super::subject::Subject;
use crate::graph::{
    Flow, Frame, Framed, Node, Options, Point, Pull, Rect, box_size, frame_around, node_size,
    remove_overlaps, settle_among,
};
use crate::inquiry::Weights;
use crate::notebook::{
    Card, Detail, EntityId, Family, Kind, Link, LinkId, Notebook, Target, edtf_span,
};
use crate::text::fold;

/// How far a selection may move to find room, as a multiple of its own size.
const REACH: f32 = 1.0;

/// The entities that are laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Among {
    /// All entities on the canvas.
    All,
    /// What the filter shows, with the links it shows. What it hides stays where it is; the rest is placed where it
    /// covers none of that.
    Shown(Arc<BTreeSet<EntityId>>, Arc<BTreeSet<LinkId>>),
    /// Some entities, around where they are. The others stay and are not covered.
    These(Arc<BTreeSet<EntityId>>),
}

impl Among {
    /// Whether an entity is laid out.
    pub fn has(&self, id: EntityId) -> bool {
        match self {
            Self::All => true,
            Self::Shown(ids, _) | Self::These(ids) => ids.contains(&id),
        }
    }

    fn has_link(&self, id: LinkId) -> bool {
        match self {
            Self::Shown(_, links) => links.contains(&id),
            Self::All | Self::These(_) => true,
        }
    }
}

/// A notebook's canvas as a layout sees it. Numbers refer to the entities that are laid out.
pub(super) struct Plan {
    pub ids: Vec<EntityId>,
    subject: Subject,
    /// The groups that are laid out whole.
    frames: Vec<Frame>,
    /// The rectangles of the others.
    staying: Vec<Rect>,
    /// The rectangles of the note cards.
    cards: Vec<Rect>,
    whole: bool,
    stays_near: bool,
}

impl Plan {
    pub fn new(
        notebook: &Notebook,
        among: &Among,
        how: Arrangement,
        weights: Option<&Weights>,
    ) -> Self {
        let size = |id: EntityId| {
            let kind = notebook.entity(id).map(|entity| entity.kind());
            node_size(kind, notebook.name(id)) * weights.map_or(1.0, |weights| weights.scale_of(id))
        };
        let (mut ids, mut nodes, mut staying) = (Vec::new(), Vec::new(), Vec::new());
        for (&id, node) in notebook.nodes() {
            let at = Point::new(node.x, node.y);
            if among.has(id) {
                ids.push(id);
                nodes.push(Node { at: Some(at), pinned: node.pinned, size: size(id) });
            } else {
                staying.push(Rect::around(at, size(id)));
            }
        }
        let card = |card: &Arc<Card>| {
            Rect::around(Point::new(card.x, card.y), Point::new(card.width, card.height))
        };
        let mut plan = Self {
            ids,
            subject: Subject { nodes, ..Subject::default() },
            frames: Vec::new(),
            staying,
            cards: notebook.cards().values().map(card).collect(),
            whole: matches!(among, Among::All),
            stays_near: matches!(among, Among::These(_)),
        };
        let number: HashMap<EntityId, u32> =
            plan.ids.iter().zip(0_u32..).map(|(id, n)| (*id, n)).collect();
        plan.read_frames(notebook, among, &number, &size);
        match how {
            Arrangement::Force | Arrangement::Circular => plan.read_links(notebook, among, &number),
            Arrangement::Layered => plan.read_flows(notebook, among, &number),
            Arrangement::Grid => plan.read_kinds(notebook),
        }
        plan
    }

    /// The entities that are laid out, with their places and whether they are pinned.
    pub fn nodes(&self) -> &[Node] {
        &self.subject.nodes
    }

    /// Reads the groups: those that are laid out as a whole, of a selection only those whose members are all selected,
    /// and the frames of those whose members all stay.
    fn read_frames(
        &mut self,
        notebook: &Notebook,
        among: &Among,
        number: &HashMap<EntityId, u32>,
        size: &dyn Fn(EntityId) -> Point,
    ) {
        for group in notebook.groups().values() {
            let rects = group.members.iter().filter_map(|id| {
                let node = notebook.nodes().get(id)?;
                Some(Rect::around(Point::new(node.x, node.y), size(*id)))
            });
            let members: Vec<u32> =
                group.members.iter().filter_map(|id| number.get(id).copied()).collect();
            let folded = group.collapsed.then(|| box_size(&group.title));
            if members.is_empty() {
                let all = rects.fold(Rect::NOTHING, Rect::union);
                if all.is_valid() {
                    let boxed = folded.map(|size| Rect::around(all.centre(), size));
                    self.staying.push(boxed.unwrap_or_else(|| frame_around(all)));
                }
            } else if !matches!(among, Among::These(_)) || members.len() == rects.count() {
                self.frames.push(Frame { members, folded });
            }
        }
    }

    fn read_links(&mut self, notebook: &Notebook, among: &Among, number: &HashMap<EntityId, u32>) {
        let mut join = |a: EntityId, b: EntityId| {
            self.subject.links.extend(number.get(&a).zip(number.get(&b)).map(|(a, b)| (*a, *b)));
        };
        for (id, link) in notebook.all_links().filter(|(id, _)| among.has_link(*id)) {
            match link.to {
                Target::Entity(to) => join(link.from, to),
                Target::Link(_) => {
                    for end in middle_ends(notebook, id) {
                        join(link.from, end);
                    }
                }
            }
        }
    }

    /// Reads the directions of links and the dates of events: what comes first belongs to the left.
    fn read_flows(&mut self, notebook: &Notebook, among: &Among, number: &HashMap<EntityId, u32>) {
        let mut lead = |from: EntityId, to: EntityId, pull: Pull| {
            if let (Some(&from), Some(&to)) = (number.get(&from), number.get(&to)) {
                self.subject.flows.push(Flow { from, to, pull });
            }
        };
        for (id, link) in notebook.all_links().filter(|(id, _)| among.has_link(*id)) {
            let Target::Entity(to) = link.to else {
                for end in middle_ends(notebook, id) {
                    lead(link.from, end, Pull::None);
                }
                continue;
            };
            // The chains of statements are read below.
            let family = notebook.relation(&link.relation).map(|relation| relation.family);
            if id.is_derived() && family == Some(Family::Attribution) {
                lead(link.from, to, Pull::None);
                continue;
            }
            match direction(notebook, link, to) {
                (Pull::Firm, true) => lead(to, link.from, Pull::Firm),
                (pull, _) => lead(link.from, to, pull),
            }
        }
        // The chains of statements: the first to speak, those who pass it on, the claim.
        for mention in notebook.mentions().values() {
            let Some(statement) = &mention.statement else { continue };
            let mut after = mention.entity;
            for hop in &statement.chain {
                lead(hop.actor, after, Pull::Firm);
                after = hop.actor;
            }
        }
        self.subject.times = self.ids.iter().map(|id| day_of(notebook, *id)).collect();
    }

    fn read_kinds(&mut self, notebook: &Notebook) {
        for kind in Kind::ALL {
            let of_kind = |n: &u32| {
                let entity = notebook.entity(self.ids[*n as usize]);
                entity.is_some_and(|entity| entity.kind() == kind)
            };
            // Pinned ones have their place already.
            let free = |n: &u32| !self.nodes()[*n as usize].pinned;
            let mut block: Vec<u32> =
                (0..self.ids.len() as u32).filter(of_kind).filter(free).collect();
            // Events without a date come after those with one; then names in the order of a list.
            block.sort_by_cached_key(|n| {
                let id = self.ids[*n as usize];
                let day = day_of(notebook, id);
                (day.is_none(), day, fold(notebook.name(id)), id)
            });
            self.subject.kinds.push(block);
        }
    }

    /// Computes the layout: the place of each entity, in the order of `ids`. Pinned ones stay exactly where they are,
    /// and groups stay together; the whole canvas becomes about `aspect` times as wide as high. `told` gets the share done and, during the force layout, the places so far. When
    /// `stopped` returns true, the places so far are tidied up and returned.
    pub fn lay_out(
        &self,
        how: Arrangement,
        aspect: Option<f32>,
        stopped: &dyn Fn() -> bool,
        told: &mut dyn FnMut(f32, Option<&[Point]>),
    ) -> Vec<Point> {
        /// The share of the work that the contents of groups take.
        const INSIDE: f32 = 0.3;
        let usual = Options::default();
        let options = match aspect.filter(|_| self.whole) {
            Some(aspect) => Options { aspect, fill: true, ..usual },
            None => usual,
        };
        let (mut drawn, groups) = (0, self.frames.len());
        let mut framed = Framed::new(&self.subject.nodes, &self.frames, &mut |members| {
            told(INSIDE * drawn as f32 / groups.max(1) as f32, None);
            drawn += 1;
            self.subject.among(members).inside(how, &options, stopped)
        });
        let units = self.subject.of_units(&framed);
        let from = if groups == 0 { 0.0 } else { INSIDE };
        let mut places = units.draw(how, &options, stopped, &mut |share, places| {
            let share = from + share * (1.0 - from);
            match places.filter(|_| self.whole) {
                // Every unit is a node: nothing needs to be computed, a hundred times a second.
                Some(places) if groups == 0 => told(share, Some(places)),
                places => told(share, places.map(|places| framed.spread(places)).as_deref()),
            }
        });
        // The force layout takes pinned nodes into account; the other layouts do not.
        let anchored = how == Arrangement::Force && units.nodes.iter().any(|node| node.pinned);
        self.settle(&units.nodes, &mut places, (how, anchored), options.gap, stopped);
        if how != Arrangement::Grid {
            let flows = self.subject.flows.iter().map(|flow| (flow.from, flow.to));
            let links: Vec<(u32, u32)> = self.subject.links.iter().copied().chain(flows).collect();
            framed.mirror(&places, &links, how != Arrangement::Layered);
        }
        let mut places = framed.spread(&places);
        for (place, node) in places.iter_mut().zip(&self.subject.nodes) {
            // Whole units: fractions are not visible, but would clutter a diff.
            *place = Point::new(place.x.round(), place.y.round());
            if let (true, Some(at)) = (node.pinned, node.at) {
                *place = at;
            }
        }
        places
    }

    /// Places the drawing among what stays.
    fn settle(
        &self,
        nodes: &[Node],
        places: &mut [Point],
        (how, anchored): (Arrangement, bool),
        gap: f32,
        stopped: &dyn Fn() -> bool,
    ) {
        let free: Vec<usize> = (0..nodes.len()).filter(|&n| !nodes[n].pinned).collect();
        let mut staying = self.staying.clone();
        let pinned = nodes.iter().filter(|node| node.pinned);
        staying.extend(pinned.filter_map(|node| Some(Rect::around(node.at?, node.size))));
        if self.whole && how == Arrangement::Force {
            // There is room for a card among the nodes: none has to move far.
            if staying.is_empty() || anchored {
                self.make_room_for_cards(nodes, places, gap, stopped);
                return;
            }
        }
        staying.extend(&self.cards);
        // The force layout has left room around pinned nodes already.
        if staying.is_empty() || free.is_empty() || (anchored && self.whole) {
            return;
        }
        let rect = |n: usize, at: Point| Rect::around(at, nodes[n].size);
        let around = |at: &dyn Fn(usize) -> Option<Point>| {
            free.iter()
                .filter_map(|&n| at(n).filter(|at| at.is_finite()).map(|at| rect(n, at)))
                .fold(Rect::NOTHING, Rect::union)
        };
        let now = around(&|n| Some(places[n]));
        let before = around(&|n| nodes[n].at);
        if !anchored && before.is_valid() && now.is_valid() {
            let by = before.centre() - now.centre();
            for &n in &free {
                places[n] = places[n] + by;
            }
        }
        let size = now.size();
        let reach = match () {
            () if anchored => 0.0,
            () if self.stays_near => size.x.max(size.y).max(200.0) * REACH,
            () => f32::INFINITY,
        };
        let mut moved: Vec<Point> = free.iter().map(|&n| places[n]).collect();
        let sizes: Vec<Point> = free.iter().map(|&n| nodes[n].size).collect();
        settle_among(&mut moved, &sizes, &staying, gap, reach, stopped);
        for (&n, place) in free.iter().zip(moved) {
            places[n] = place;
        }
    }

    /// Moves nodes aside that would overlap a note card. The drawing is first aligned with its old place, so that a
    /// card is about where it was among the nodes.
    fn make_room_for_cards(
        &self,
        nodes: &[Node],
        places: &mut [Point],
        gap: f32,
        stopped: &dyn Fn() -> bool,
    ) {
        if self.cards.is_empty() {
            return;
        }
        let mut centres = places.to_vec();
        let mut sizes: Vec<Point> = nodes.iter().map(|node| node.size).collect();
        let mut pinned: Vec<bool> = nodes.iter().map(|node| node.pinned).collect();
        if !pinned.contains(&true) {
            let middle = |all: &mut dyn Iterator<Item = Point>| Rect::of_points(all).centre();
            let before = middle(&mut nodes.iter().filter_map(|node| node.at));
            let by = before - middle(&mut centres.iter().copied());
            if by.is_finite() {
                centres.iter_mut().for_each(|centre| *centre = *centre + by);
            }
        }
        centres.extend(self.cards.iter().map(|card| card.centre()));
        sizes.extend(self.cards.iter().map(|card| card.size()));
        pinned.resize(sizes.len(), true);
        remove_overlaps(&mut centres, &sizes, &pinned, gap, stopped);
        centres.truncate(places.len());
        places.copy_from_slice(&centres);
    }
}

/// How strongly a link's direction counts, and whether its target comes first. In attribution the speaker comes before
/// the claim, and what is cited, quoted or relayed before whoever does so.
fn direction(notebook: &Notebook, link: &Link, to: EntityId) -> (Pull, bool) {
    let relation = notebook.relation(&link.relation);
    let family = relation.map_or(Family::Other, |relation| relation.family);
    if !link.directed {
        return (Pull::None, false);
    }
    let is_claim = |id| notebook.entity(id).is_some_and(|entity| entity.kind() == Kind::Claim);
    match family {
        Family::Attribution => (Pull::Firm, is_claim(link.from) || !is_claim(to)),
        Family::Sequence => (Pull::Firm, link.relation.0 == "after"),
        Family::Tie | Family::Part | Family::Argument | Family::Other => (Pull::Loose, false),
    }
}

/// The entities between which a link to a link is drawn: the ends of its target.
fn middle_ends(notebook: &Notebook, mut id: LinkId) -> Vec<EntityId> {
    // Links may target each other in a circle.
    for _ in 0..16 {
        match notebook.link(id).map(|link| link.to) {
            Some(Target::Link(to)) => id = to,
            Some(Target::Entity(to)) => {
                let from = notebook.link(id).map(|link| link.from);
                return from.into_iter().chain([to]).collect();
            }
            None => break,
        }
    }
    Vec::new()
}

/// The first day an event's date can mean, as a number that grows with it; the last day where the first is open.
fn day_of(notebook: &Notebook, id: EntityId) -> Option<i64> {
    let Detail::Event(event) = &notebook.entity(id)?.detail else { return None };
    let (first, last) = edtf_span(&event.date.edtf)?;
    let (year, month, day) = if first.0 == i64::MIN { last } else { first };
    Some(year.saturating_mul(372).saturating_add(i64::from(month) * 31 + i64::from(day)))
}
