//! The layout of one connected part: forces from coarse to fine, then a finish that depends on its size. In large parts
//! long distances are corrected; small ones are drawn several times, and the best picture is polished (`small`). Long
//! parts (paths, rings, chains of all kinds) would crumple on the way from coarse to fine, since clusters are sized by
//! area and a chain has none: they are unrolled by their distances instead.

mod long;
mod moves;
mod small;
mod work;

use super::coarsen::Graph;
use super::fit::{Fit, fill_factor};
use super::pivots::Pivots;
use super::{Adjacency, Node, Options, Point, Random, Rect, Repulsion};
use moves::Moves;
pub(super) use small::Care;
use small::{Drawing, picture};

/// The most nodes of a small part.
pub(super) const SMALL: usize = 160;
/// Rounds in which long distances are corrected, and rounds of forces after them.
const STRETCHES: usize = 4;
const CALMS: usize = 4;
/// Rounds of forces in which the others settle around pinned nodes.
const ANCHORED: usize = 30;
/// The most nodes of a coarse level whose distances are corrected too, and the rounds of that.
const COARSE: usize = 2000;
const COARSE_STRETCHES: usize = 12;
/// A part is long if its diameter exceeds the square root of its nodes by this factor: for a square grid the factor is
/// 2.
const LONG: f32 = 6.0;
/// Rounds in which the distances of a long part are corrected, and rounds of forces after them.
const LONG_STRETCHES: usize = 12;
const LONG_CALMS: usize = 24;
/// The number of nodes from which two threads share the work.
const TWO_THREADS: usize = 2000;

/// A connected part being laid out.
pub(super) struct Engine {
    /// The finest graph first.
    levels: Vec<Graph>,
    /// For each level but the last: the node of the next coarser level each node belongs to.
    parents: Vec<Vec<u32>>,
    level: usize,
    round: usize,
    /// The work done so far, in rounds times nodes.
    done: f32,
    places: Vec<Point>,
    /// For every node of the finest graph: its node at the current level.
    shown: Vec<u32>,
    /// Where the pinned nodes of the finest graph are.
    anchors: Vec<(u32, Point)>,
    /// The sizes of the nodes of a large part.
    sizes: Vec<Point>,
    gap: f32,
    ideal: f32,
    aspect: f32,
    gravity: f32,
    care: Care,
    is_long: bool,
    random: Random,
    stage: Stage,
    repulsion: Repulsion,
    forces: Vec<Point>,
    next: Vec<Point>,
    masses: Vec<f32>,
}

enum Stage {
    /// Determining whether a large part is long.
    Begin,
    /// Making coarser graphs, one after another.
    Coarsen,
    /// Forces, coarse to fine.
    Forces,
    /// Measuring distances in the graph.
    Measure(Pivots),
    /// Correcting long distances.
    Stretch(Pivots),
    /// A few rounds of forces that separate neighbours.
    Calm,
    /// For a large part with pinned nodes, which were free so far: the others settle around them.
    Anchor,
    /// A small part is drawn several times over, and the best pictures are polished.
    Draw(Box<Drawing>),
}

impl Engine {
    /// The layout of the nodes `members` (indices into `nodes`), numbered here by `local`.
    pub fn new(
        members: &[u32],
        local: &[u32],
        nodes: &[Node],
        adjacency: &Adjacency,
        options: &Options,
        (seed, care): (u64, Care),
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
        let small = (count <= SMALL).then(|| {
            let picture = picture(&finest, &sizes, options.ideal_link);
            let mut pivots = Pivots::new(count, count, &mut random);
            while !pivots.measure(&finest) {}
            (picture, pivots)
        });
        if count <= SMALL {
            sizes = Vec::new();
        }
        let mut engine = Self {
            levels: vec![finest],
            parents: Vec::new(),
            level: 0,
            round: 0,
            done: 0.0,
            places: Vec::new(),
            shown: Vec::new(),
            anchors,
            sizes,
            gap: options.gap,
            ideal: options.ideal_link,
            aspect: options.aspect,
            gravity: options.gravity,
            care,
            is_long: false,
            random,
            stage: Stage::Begin,
            repulsion: Repulsion::default(),
            forces: Vec::new(),
            next: Vec::new(),
            masses: Vec::new(),
        };
        if let Some((picture, pivots)) = small {
            while !engine.coarsen() {}
            let drawing = Drawing::new(&mut engine, &picture, pivots, care);
            engine.stage = Stage::Draw(Box::new(drawing));
        }
        engine
    }

    /// Makes the next coarser graph; `true` when there is none, and every node has a first place.
    fn coarsen(&mut self) -> bool {
        let coarser = self.levels.last().filter(|level| level.len() > 24);
        match coarser.and_then(|level| level.coarser(&mut self.random)) {
            Some((coarser, parent)) => {
                self.levels.push(coarser);
                self.parents.push(parent);
                false
            }
            None => {
                self.start();
                true
            }
        }
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

    /// Lays the shape found so far over the pinned nodes as well as it fits, rotating and mirroring it, and pins them:
    /// every node starts about where it belongs.
    fn anchor(&mut self) {
        // A long part has its scale already.
        let fill =
            if self.is_long { 1.0 } else { fill_factor(&self.places, &self.sizes, self.gap) };
        let fit = Fit::new(&self.places, &self.anchors, fill);
        for place in &mut self.places {
            *place = fit.apply(*place);
        }
        for &(node, at) in &self.anchors {
            self.places[node as usize] = at;
            self.levels[0].pinned[node as usize] = true;
        }
        // Makes the forces balance at this scale: the length of a link grows with the cube root of the product of two
        // masses.
        for mass in &mut self.masses {
            *mass *= fit.scale.powf(1.5);
        }
    }

    /// Sets up what is kept for the current level.
    fn enter(&mut self) {
        let graph = &self.levels[self.level];
        // The mass of a node is the wished length of its links, so that two nodes alone balance at that length: m m / d
        // = d² / l.
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

    fn is_small(&self) -> bool {
        self.levels[0].len() <= SMALL
    }

    /// Whether the part is long: the result then has its final scale and orientation.
    pub const fn is_long(&self) -> bool {
        self.is_long
    }

    /// Ends early: nodes that still share a place with their cluster are scattered around it, and pinned ones go to
    /// where they are pinned.
    pub fn end_as_it_is(&mut self) {
        match &self.stage {
            Stage::Begin | Stage::Coarsen => self.start(),
            // Distances are being measured, and nothing has a place yet.
            Stage::Measure(_) if self.places.is_empty() => self.start(),
            Stage::Draw(drawing) => match drawing.so_far() {
                Some(places) => {
                    self.places.clone_from(places);
                    self.level = 0;
                    self.enter();
                }
                None => self.start(),
            },
            _ => {}
        }
        while self.level > 0 {
            self.refine();
        }
        if self.is_long && !matches!(self.stage, Stage::Anchor) {
            self.lay_in_bands();
        }
        if !self.is_small() && !self.anchors.is_empty() && !matches!(self.stage, Stage::Anchor) {
            self.anchor();
        }
    }

    /// Does one round; `true` after the last.
    pub fn step(&mut self) -> bool {
        if !matches!(self.stage, Stage::Begin | Stage::Coarsen) {
            self.done += self.cost();
        }
        let stage = std::mem::replace(&mut self.stage, Stage::Calm);
        let (stage, finished) = self.advance(stage);
        self.stage = stage;
        finished
    }

    fn advance(&mut self, stage: Stage) -> (Stage, bool) {
        match stage {
            Stage::Begin => {
                let finest = &self.levels[0];
                self.is_long = finest.diameter() as f32 > LONG * (finest.len() as f32).sqrt();
                if !self.is_long {
                    return (Stage::Coarsen, false);
                }
                let pivots = Pivots::new(finest.len(), self.pivots(), &mut self.random);
                (Stage::Measure(pivots), false)
            }
            Stage::Coarsen => (if self.coarsen() { Stage::Forces } else { Stage::Coarsen }, false),
            Stage::Forces => {
                if !self.force_round() {
                    return (Stage::Forces, false);
                }
                let pivots = Pivots::new(self.places.len(), self.pivots(), &mut self.random);
                (Stage::Measure(pivots), false)
            }
            Stage::Measure(mut pivots) => {
                if pivots.measure(&self.levels[0]) {
                    if self.is_long {
                        self.unroll(&pivots);
                    }
                    self.round = 0;
                    return (Stage::Stretch(pivots), false);
                }
                (Stage::Measure(pivots), false)
            }
            Stage::Stretch(pivots) => {
                let link = if self.is_long {
                    pivots.fitting_link_far(&self.places)
                } else {
                    pivots.fitting_link(&self.places)
                };
                pivots.relax(&mut self.places, &self.levels[0].pinned, 0.7, link);
                self.round += 1;
                if self.round < if self.is_long { LONG_STRETCHES } else { STRETCHES } {
                    return (Stage::Stretch(pivots), false);
                }
                self.round = 0;
                (Stage::Calm, false)
            }
            Stage::Calm => {
                let cooling = 0.4 + 0.55 * self.round as f32 / LONG_CALMS as f32;
                self.relax(if self.is_long { cooling } else { 0.9 });
                self.round += 1;
                if self.round < if self.is_long { LONG_CALMS } else { CALMS } {
                    return (Stage::Calm, false);
                }
                if self.is_long {
                    self.lay_in_bands();
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
            Stage::Draw(mut drawing) => {
                if !drawing.step() {
                    return (Stage::Draw(drawing), false);
                }
                self.places = drawing.result();
                self.level = 0;
                self.enter();
                (Stage::Calm, true)
            }
        }
    }

    /// Does one round of forces and goes to the next level after the last of a level; `true` after the last of all.
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

    /// Corrects long distances on a coarse level, where it determines the overall shape at little cost.
    fn stretch_coarse(&mut self) {
        let graph = &self.levels[self.level];
        if self.is_small() || graph.len() > COARSE {
            return;
        }
        let mut pivots = Pivots::new(graph.len(), 100, &mut self.random);
        while !pivots.measure(graph) {}
        for _ in 0..COARSE_STRETCHES {
            let link = pivots.fitting_link(&self.places);
            pivots.relax(&mut self.places, &graph.pinned, 0.7, link);
        }
    }

    /// Moves every node by the forces on it; as `age` goes from 0 to 1 the moves get smaller.
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

    /// Writes the places of the current level for all nodes of the part.
    pub fn show(&self, members: &[u32], positions: &mut [Point]) {
        for (&member, &shown) in members.iter().zip(&self.shown) {
            positions[member as usize] = self.places[shown as usize];
        }
    }

    /// Goes to the finest level at once, for a bench.
    pub fn skip_to_finest(&mut self) {
        while self.level > 0 || matches!(self.stage, Stage::Begin | Stage::Coarsen) {
            self.step();
        }
    }

    /// One round of forces at the current level, for a bench.
    pub fn iterate(&mut self) {
        self.relax(0.5);
    }
}

/// The nearest place that can be computed with: a pinned node may be anywhere.
fn within_reach(at: Point) -> Point {
    Point::new(at.x.clamp(-4e6, 4e6), at.y.clamp(-4e6, 4e6))
}
