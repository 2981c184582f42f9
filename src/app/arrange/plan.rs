//! What a layout has to know of a notebook, and the layout itself: all of it inside of a job.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::Arrangement;
use crate::graph::{
    Flow, Layout, Node, Options, Point, Pull, Rect, blocks, circular, layered, node_size,
    settle_among,
};
use crate::inquiry::Weights;
use crate::notebook::{Detail, EntityId, Family, Kind, Link, LinkId, Notebook, Target, edtf_span};
use crate::text::fold;

/// How far a selection may go from where it was to find room, as a multiple of its own size.
const REACH: f32 = 1.0;

/// Which entities are laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Among {
    /// All on the canvas.
    All,
    /// What the filter shows, with the links it shows. What it hides stays where it is; the picture of the rest goes
    /// where it covers none of it.
    Shown(Arc<BTreeSet<EntityId>>, Arc<BTreeSet<LinkId>>),
    /// Some of them, around where they are. The others stay, and are covered by none of them.
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

/// A notebook's canvas as a layout sees it. The entities that are laid out come first; what is numbered is these.
pub(super) struct Plan {
    pub ids: Vec<EntityId>,
    pub nodes: Vec<Node>,
    links: Vec<(u32, u32)>,
    flows: Vec<Flow>,
    times: Vec<Option<i64>>,
    /// The entities of each kind in the order of a list.
    kinds: Vec<Vec<u32>>,
    /// Where the others stand.
    staying: Vec<Rect>,
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
        let mut plan = Self {
            ids,
            nodes,
            links: Vec::new(),
            flows: Vec::new(),
            times: Vec::new(),
            kinds: Vec::new(),
            staying,
            whole: matches!(among, Among::All),
            stays_near: matches!(among, Among::These(_)),
        };
        let number: HashMap<EntityId, u32> =
            plan.ids.iter().zip(0_u32..).map(|(id, n)| (*id, n)).collect();
        match how {
            Arrangement::Force | Arrangement::Circular => plan.read_links(notebook, among, &number),
            Arrangement::Layered => plan.read_flows(notebook, among, &number),
            Arrangement::Grid => plan.read_kinds(notebook),
        }
        plan
    }

    fn read_links(&mut self, notebook: &Notebook, among: &Among, number: &HashMap<EntityId, u32>) {
        let mut join = |a: EntityId, b: EntityId| {
            self.links.extend(number.get(&a).zip(number.get(&b)).map(|(a, b)| (*a, *b)));
        };
        for (id, link) in notebook.links().iter().filter(|(id, _)| among.has_link(**id)) {
            match link.to {
                Target::Entity(to) => join(link.from, to),
                Target::Link(_) => {
                    for end in middle_ends(notebook, *id) {
                        join(link.from, end);
                    }
                }
            }
        }
    }

    /// Which way the links lead, and when events were: what comes first is to stand on the left.
    fn read_flows(&mut self, notebook: &Notebook, among: &Among, number: &HashMap<EntityId, u32>) {
        let mut lead = |from: EntityId, to: EntityId, pull: Pull| {
            if let (Some(&from), Some(&to)) = (number.get(&from), number.get(&to)) {
                self.flows.push(Flow { from, to, pull });
            }
        };
        for (id, link) in notebook.links().iter().filter(|(id, _)| among.has_link(**id)) {
            let Target::Entity(to) = link.to else {
                for end in middle_ends(notebook, *id) {
                    lead(link.from, end, Pull::None);
                }
                continue;
            };
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
        self.times = self.ids.iter().map(|id| day_of(notebook, *id)).collect();
    }

    fn read_kinds(&mut self, notebook: &Notebook) {
        for kind in Kind::ALL {
            let of_kind = |n: &u32| {
                let entity = notebook.entity(self.ids[*n as usize]);
                entity.is_some_and(|entity| entity.kind() == kind)
            };
            // Pinned ones have their place already.
            let free = |n: &u32| !self.nodes[*n as usize].pinned;
            let mut block: Vec<u32> =
                (0..self.ids.len() as u32).filter(of_kind).filter(free).collect();
            // Events without a date come after those with one; then names in the order of a list.
            block.sort_by_cached_key(|n| {
                let id = self.ids[*n as usize];
                let day = day_of(notebook, id);
                (day.is_none(), day, fold(notebook.name(id)), id)
            });
            self.kinds.push(block);
        }
    }

    /// Lays them out: where each is, in the order of `ids`. What is pinned stays as it is to the bit. `told` gets the
    /// share done and, while forces are at work, the places so far. When `stopped` says so, what there is is put in
    /// order and returned.
    pub fn lay_out(
        &self,
        how: Arrangement,
        stopped: &dyn Fn() -> bool,
        told: &mut dyn FnMut(f32, Option<&[Point]>),
    ) -> Vec<Point> {
        let options = Options::default();
        let mut places = match how {
            Arrangement::Force => {
                let mut layout = Layout::new(&self.nodes, &self.links, &options);
                while !layout.step() {
                    if stopped() {
                        layout.finish_as_it_is();
                        break;
                    }
                    told(layout.progress(), self.whole.then(|| layout.positions()));
                }
                layout.positions().to_vec()
            }
            Arrangement::Layered => {
                let tell = &mut |share| told(share, None);
                layered(&self.nodes, &self.flows, &self.times, &options, stopped, tell)
            }
            Arrangement::Circular => {
                let tell = &mut |share| told(share, None);
                circular(&self.nodes, &self.links, &options, stopped, tell)
            }
            Arrangement::Grid => {
                let sizes: Vec<Point> = self.nodes.iter().map(|node| node.size).collect();
                blocks(&sizes, &self.kinds, &options)
            }
        };
        // Forces have found their way around what is pinned; the other drawings are made beside it.
        let anchored = how == Arrangement::Force && self.nodes.iter().any(|node| node.pinned);
        self.settle(&mut places, anchored, options.gap);
        for (place, node) in places.iter_mut().zip(&self.nodes) {
            // Whole units: half a point more or less is not seen, but read in a diff.
            *place = Point::new(place.x.round(), place.y.round());
            if let (true, Some(at)) = (node.pinned, node.at) {
                *place = at;
            }
        }
        places
    }

    /// Finds the drawing its place among what stays.
    fn settle(&self, places: &mut [Point], anchored: bool, gap: f32) {
        let free: Vec<usize> = (0..self.nodes.len()).filter(|&n| !self.nodes[n].pinned).collect();
        let mut staying = self.staying.clone();
        let pinned = self.nodes.iter().filter(|node| node.pinned);
        staying.extend(pinned.filter_map(|node| Some(Rect::around(node.at?, node.size))));
        // Around what is pinned forces have left room already.
        if staying.is_empty() || free.is_empty() || (anchored && self.whole) {
            return;
        }
        let rect = |n: usize, at: Point| Rect::around(at, self.nodes[n].size);
        let around = |at: &dyn Fn(usize) -> Option<Point>| {
            free.iter()
                .filter_map(|&n| at(n).filter(|at| at.is_finite()).map(|at| rect(n, at)))
                .fold(Rect::NOTHING, Rect::union)
        };
        let now = around(&|n| Some(places[n]));
        let before = around(&|n| self.nodes[n].at);
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
        let sizes: Vec<Point> = free.iter().map(|&n| self.nodes[n].size).collect();
        settle_among(&mut moved, &sizes, &staying, gap, reach);
        for (&n, place) in free.iter().zip(moved) {
            places[n] = place;
        }
    }
}

/// How much a link's direction means, and whether what it points to comes first. In attribution whoever speaks stands
/// before the claim, and what is cited, quoted or relayed before who does so.
fn direction(notebook: &Notebook, link: &Link, to: EntityId) -> (Pull, bool) {
    let relation = notebook.relations().get(&link.relation);
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

/// The entities a link to a link stands between: the ends of what it points at.
fn middle_ends(notebook: &Notebook, mut id: LinkId) -> Vec<EntityId> {
    // Links may point at each other in a circle.
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
