//! The layout of one connected part: forces from coarse to fine, then a finish that depends on its
//! size. Large parts get their long distances put right; small ones are drawn several times over,
//! and the best picture is polished (`small`).

mod small;

use super::anneal::Picture;
use super::coarsen::Graph;
use super::fit::{Fit, fill_factor};
use super::pivots::Pivots;
use super::{Adjacency, Node, Options, Point, Random, Rect, Repulsion};
use small::{POLISH, picture, trials};

/// Up to so many nodes a part is small.
pub(super) const SMALL: usize = 160;
/// Rounds in which long distances are put right, and rounds of forces after them.
const STRETCHES: usize = 4;
const CALMS: usize = 4;
/// Rounds of forces around pinned nodes.
const ANCHORED: usize = 30;
/// Coarse levels of up to so many nodes are stretched too, for so many rounds.
const COARSE: usize = 2000;
const COARSE_STRETCHES: usize = 12;
/// From so many nodes on, two threads share the work.
const TWO_THREADS: usize = 2000;

/// A connected part being laid out.
pub(super) struct Engine {
    /// The finest graph first.
    levels: Vec<Graph>,
    /// For each level but the last: the node of the next coarser level each node belongs to.
    parents: Vec<Vec<u32>>,
    level: usize,
    round: usize,
    places: Vec<Point>,
    /// For every node of the finest graph: its node at the present level.
    shown: Vec<u32>,
    /// Where the pinned nodes of the finest graph are.
    anchors: Vec<(u32, Point)>,
    /// The sizes of the nodes of a large part.
    sizes: Vec<Point>,
    gap: f32,
    gravity: f32,
    random: Random,
    stage: Stage,
    repulsion: Repulsion,
    forces: Vec<Point>,
    next: Vec<Point>,
    masses: Vec<f32>,
}

enum Stage {
    /// Forces, coarse to fine.
    Forces,
    /// Measuring distances in the graph.
    Measure(Pivots),
    /// Putting long distances right.
    Stretch(Pivots),
    /// A few rounds of forces, so that neighbours keep apart.
    Calm,
    /// For a large part with pinned nodes, which were free so far: everybody else settles around
    /// them.
    Anchor,
    /// A small part is drawn several times over, and the best pictures are polished.
    Draw { picture: Box<Picture>, pivots: Pivots },
}

impl Engine {
    /// For the nodes `members` (indices into `nodes`), numbered here by `local`.
    pub fn new(
        members: &[u32],
        local: &[u32],
        nodes: &[Node],
        adjacency: &Adjacency,
        options: &Options,
        seed: u64,
    ) -> Self {
        let mut random = Random::new(seed);
        let count = members.len();
        let mut finest = Graph { masses: vec![1.0; count], starts: vec![0], ..Graph::default() };
        let mut anchors = Vec::new();
        let mut sizes = Vec::with_capacity(count);
        for (index, &member) in members.iter().enumerate() {
            let node = &nodes[member as usize];
            finest.targets.extend(adjacency.of(member).iter().map(|&other| local[other as usize]));
            finest.starts.push(finest.targets.len() as u32);
            finest.reaches.push(options.ideal_link * 0.5 + (node.size.x + node.size.y) * 0.25);
            // In a large part pinned nodes are free until the shape is known: see `anchor`.
            finest.pinned.push(node.pinned && count <= SMALL);
            sizes.push(node.size);
            if let (true, Some(at)) = (node.pinned, node.at) {
                anchors.push((index as u32, within_reach(at)));
            }
        }
        finest.weights = vec![1.0; finest.targets.len()];
        let stage = if count <= SMALL {
            let picture = Box::new(picture(&finest, &sizes, options.ideal_link));
            let mut pivots = Pivots::new(count, count, &mut random);
            while !pivots.measure(&finest) {}
            Stage::Draw { picture, pivots }
        } else {
            Stage::Forces
        };
        if count <= SMALL {
            sizes = Vec::new();
        }
        let mut levels = vec![finest];
        let mut parents = Vec::new();
        while let Some(level) = levels.last() {
            if level.len() <= 24 {
                break;
            }
            let Some((coarser, parent)) = level.coarser(&mut random) else { break };
            levels.push(coarser);
            parents.push(parent);
        }
        let mut engine = Self {
            levels,
            parents,
            level: 0,
            round: 0,
            places: Vec::new(),
            shown: Vec::new(),
            anchors,
            sizes,
            gap: options.gap,
            gravity: options.gravity,
            random,
            stage,
            repulsion: Repulsion::default(),
            forces: Vec::new(),
            next: Vec::new(),
            masses: Vec::new(),
        };
        engine.start();
        engine
    }

    /// Places for the coarsest level: pinned nodes where they are, the others around them at random.
    fn start(&mut self) {
        self.level = self.levels.len() - 1;
        self.round = 0;
        self.enter();
        let graph = &self.levels[self.level];
        let anchors = Rect::of_points(self.anchors.iter().map(|&(_, at)| at));
        let middle = if anchors.is_valid() { anchors.centre() } else { Point::default() };
        let room = graph.reaches.iter().map(|r| r * r * 4.0).sum::<f32>().sqrt();
        self.places = (0..graph.len())
            .map(|_| {
                let off = Point::new(self.random.unit() - 0.5, self.random.unit() - 0.5);
                middle + off * room
            })
            .collect();
        if self.is_small() {
            for &(node, at) in &self.anchors {
                self.places[self.shown[node as usize] as usize] = at;
            }
        }
    }

    /// Lays the shape found so far over the pinned nodes as well as it fits, with turning and
    /// mirroring, and pins them: everybody starts about where they belong.
    fn anchor(&mut self) {
        let fill = fill_factor(&self.places, &self.sizes, self.gap);
        let fit = Fit::new(&self.places, &self.anchors, fill);
        for place in &mut self.places {
            *place = fit.apply(*place);
        }
        for &(node, at) in &self.anchors {
            self.places[node as usize] = at;
            self.levels[0].pinned[node as usize] = true;
        }
        // Forces that are at rest at this scale: the length of a link goes with the third root of
        // the product of two masses.
        for mass in &mut self.masses {
            *mass *= fit.scale.powf(1.5);
        }
    }

    /// What is kept for the present level.
    fn enter(&mut self) {
        let graph = &self.levels[self.level];
        // The mass of a node is the length its links want to have, so that two nodes alone come to
        // rest at that length: m m / d = d² / l.
        self.masses.clear();
        self.masses.extend(graph.reaches.iter().map(|reach| 2.0 * reach));
        self.forces.clear();
        self.forces.resize(graph.len(), Point::default());
        self.shown.clear();
        self.shown.extend(0..self.levels[0].len() as u32);
        for parent in &self.parents[..self.level] {
            for shown in &mut self.shown {
                *shown = parent[*shown as usize];
            }
        }
    }

    /// How many rounds a level gets: many when it is small, few when the coarser ones did the work.
    fn rounds(&self, level: usize) -> usize {
        let count = self.levels[level].len();
        if level + 1 == self.levels.len() {
            200
        } else if count > 30_000 {
            14
        } else {
            40
        }
    }

    fn pivots(&self) -> usize {
        if self.levels[0].len() > 30_000 { 48 } else { 100 }
    }

    fn is_small(&self) -> bool {
        self.levels[0].len() <= SMALL
    }

    /// How much there is to do in all, in rounds times nodes.
    pub fn work(&self) -> f32 {
        let forces: usize =
            (0..self.levels.len()).map(|l| self.rounds(l) * self.levels[l].len()).sum();
        let count = self.levels[0].len();
        let more = if self.is_small() {
            forces * (trials(count) - 1) + POLISH / 300
        } else {
            let anchored = if self.anchors.is_empty() { 0 } else { ANCHORED };
            count * (self.pivots() / 4 + STRETCHES + CALMS + anchored)
        };
        (forces + more) as f32
    }

    /// How much of it the next step does.
    pub fn cost(&self) -> f32 {
        match &self.stage {
            Stage::Draw { .. } => self.work(),
            _ => self.levels[self.level].len() as f32,
        }
    }

    /// Stops where it is: nodes that still share a place with their cluster are strewn around it, and pinned ones come
    /// to stand where they are pinned.
    pub fn end_as_it_is(&mut self) {
        while self.level > 0 {
            self.refine();
        }
        if !self.is_small() && !self.anchors.is_empty() && !matches!(self.stage, Stage::Anchor) {
            self.anchor();
        }
    }

    /// One round; `true` after the last.
    pub fn step(&mut self) -> bool {
        let stage = std::mem::replace(&mut self.stage, Stage::Calm);
        let (stage, finished) = self.advance(stage);
        self.stage = stage;
        finished
    }

    fn advance(&mut self, stage: Stage) -> (Stage, bool) {
        match stage {
            Stage::Forces => {
                if !self.force_round() {
                    return (Stage::Forces, false);
                }
                let pivots = Pivots::new(self.places.len(), self.pivots(), &mut self.random);
                (Stage::Measure(pivots), false)
            }
            Stage::Measure(mut pivots) => {
                if pivots.measure(&self.levels[0]) {
                    self.round = 0;
                    return (Stage::Stretch(pivots), false);
                }
                (Stage::Measure(pivots), false)
            }
            Stage::Stretch(pivots) => {
                pivots.relax(&mut self.places, &self.levels[0].pinned, 0.7);
                self.round += 1;
                if self.round < STRETCHES {
                    return (Stage::Stretch(pivots), false);
                }
                self.round = 0;
                (Stage::Calm, false)
            }
            Stage::Calm => {
                self.relax(0.9);
                self.round += 1;
                if self.round < CALMS {
                    return (Stage::Calm, false);
                }
                if self.anchors.is_empty() {
                    return (Stage::Calm, true);
                }
                self.anchor();
                self.round = 0;
                (Stage::Anchor, false)
            }
            Stage::Anchor => {
                self.relax(0.4 + 0.6 * self.round as f32 / ANCHORED as f32);
                self.round += 1;
                (Stage::Anchor, self.round >= ANCHORED)
            }
            Stage::Draw { picture, pivots } => {
                self.places = self.draw(&picture, &pivots);
                self.level = 0;
                self.enter();
                (Stage::Calm, true)
            }
        }
    }

    /// One round of forces, then on to the next level when it was the last there; `true` when it
    /// was the last of all.
    fn force_round(&mut self) -> bool {
        let rounds = self.rounds(self.level);
        self.relax(self.round as f32 / rounds as f32);
        self.round += 1;
        if self.round < rounds {
            return false;
        }
        if self.level == 0 {
            return true;
        }
        self.stretch_coarse();
        self.refine();
        false
    }

    /// Puts long distances right on a coarse level: the large shape is settled there, for next to
    /// nothing.
    fn stretch_coarse(&mut self) {
        let graph = &self.levels[self.level];
        if self.is_small() || graph.len() > COARSE {
            return;
        }
        let mut pivots = Pivots::new(graph.len(), 100, &mut self.random);
        while !pivots.measure(graph) {}
        for _ in 0..COARSE_STRETCHES {
            pivots.relax(&mut self.places, &graph.pinned, 0.7);
        }
    }

    /// Moves every node by the forces on it; `age` goes from 0 to 1 and cools the moves down.
    fn relax(&mut self, age: f32) {
        let graph = &self.levels[self.level];
        let count = graph.len();
        self.repulsion.compute(&self.places, &self.masses, &mut self.forces);
        let (x, y) = self
            .places
            .iter()
            .fold((0.0f64, 0.0f64), |(x, y), p| (x + f64::from(p.x), y + f64::from(p.y)));
        let moves = Moves {
            graph,
            places: &self.places,
            forces: &self.forces,
            middle: Point::new((x / count as f64) as f32, (y / count as f64) as f32),
            gravity: self.gravity,
            heat: 0.9 * (1.0 - age) + 0.05,
        };
        self.next.resize(count, Point::default());
        if count < TWO_THREADS {
            moves.apply(0, &mut self.next);
        } else {
            let cut = count / 2;
            let (low, high) = self.next.split_at_mut(cut);
            std::thread::scope(|scope| {
                scope.spawn(|| moves.apply(0, low));
                moves.apply(cut, high);
            });
        }
        std::mem::swap(&mut self.places, &mut self.next);
    }

    /// Goes to the next finer level: every node starts near its cluster.
    fn refine(&mut self) {
        self.level -= 1;
        self.round = 0;
        let parent = &self.parents[self.level];
        let graph = &self.levels[self.level];
        self.places = (0..graph.len())
            .map(|node| {
                let centre = self.places[parent[node] as usize];
                if graph.pinned[node] {
                    return centre;
                }
                let off = Point::new(self.random.unit() - 0.5, self.random.unit() - 0.5);
                centre + off * graph.reaches[node]
            })
            .collect();
        self.enter();
    }

    /// Writes the places of the present level for all nodes of the part.
    pub fn show(&self, members: &[u32], positions: &mut [Point]) {
        for (&member, &shown) in members.iter().zip(&self.shown) {
            positions[member as usize] = self.places[shown as usize];
        }
    }

    /// Goes to the finest level at once, for a bench.
    pub fn skip_to_finest(&mut self) {
        while self.level > 0 {
            self.step();
        }
    }

    /// One round of forces at the present level, for a bench.
    pub fn iterate(&mut self) {
        self.relax(0.5);
    }
}

/// What one round of moves needs to know.
struct Moves<'a> {
    graph: &'a Graph,
    places: &'a [Point],
    forces: &'a [Point],
    middle: Point,
    gravity: f32,
    heat: f32,
}

impl Moves<'_> {
    /// Writes the new places of the nodes from `first` on.
    fn apply(&self, first: usize, next: &mut [Point]) {
        for (offset, place) in next.iter_mut().enumerate() {
            *place = self.moved(first + offset);
        }
    }

    fn moved(&self, node: usize) -> Point {
        let graph = self.graph;
        let here = self.places[node];
        if graph.pinned[node] {
            return here;
        }
        let reach = graph.reaches[node];
        let mut force = self.forces[node];
        let mut stiffness = 1e-3;
        for link in graph.range(node) {
            let other = graph.targets[link] as usize;
            let way = self.places[other] - here;
            let pull = graph.weights[link] * way.dot(way).sqrt() / (reach + graph.reaches[other]);
            force = force + way * pull;
            stiffness += pull;
        }
        let centring = self.gravity * stiffness.min(2.0 * reach);
        force = force + (self.middle - here) * centring;
        stiffness += centring;
        // As if only the links were there (a Jacobi step), but no farther than a few lengths.
        let way = force * (self.heat / stiffness);
        let far = way.dot(way).sqrt();
        let most = 4.0 * reach * self.heat;
        here + if far > most { way * (most / far) } else { way }
    }
}

/// The nearest place that can be computed with: a pinned node may be anywhere.
fn within_reach(at: Point) -> Point {
    Point::new(at.x.clamp(-4e6, 4e6), at.y.clamp(-4e6, 4e6))
}
