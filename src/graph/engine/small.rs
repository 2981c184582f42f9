//! The layout of a small part: it is drawn several times on two threads, the best picture of each is polished, and the
//! better one kept.

use super::super::anneal::Picture;
use super::super::coarsen::Graph;
use super::super::pivots::Pivots;
use super::super::{Adjacency, Point, Random, Repulsion};
use super::{Engine, Stage};

/// Elementary comparisons spent on polishing each of the two best pictures of a small part: a few hundredths of a
/// second.
pub(super) const POLISH: usize = 14_000_000;
/// The number of small parts that are drawn with full care. More than these share the same total effort.
const PARTS: usize = 100;
/// Elementary comparisons of one step of the polish.
const STEP: usize = 2_000_000;
/// The most nodes of a picture that is shaken while it is polished: that removes a quarter of its crossings at some
/// cost to its shape. In a larger one it removes hardly any, and the shape is what is seen.
const SHAKEN: usize = 70;
/// Rounds in which the distances of a small part are put right before it is polished.
const DRAWN_STRETCHES: usize = 30;
/// The number of nodes below which a part needs no second thread and no second polish.
const ALONE: usize = 12;

/// The effort spent on one small part, depending on how many there are.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Care {
    parts: usize,
}

impl Care {
    /// The care for each of this many small parts.
    pub fn for_parts(parts: usize) -> Self {
        Self { parts: parts.max(1) }
    }

    /// Pictures drawn for a small part of `count` nodes.
    pub(super) fn trials(self, count: usize) -> usize {
        let most = if count <= 60 { 8 } else { 4 };
        (most * PARTS).div_ceil(self.parts).clamp(2, most)
    }

    /// Rounds of forces on the coarsest level.
    pub(super) fn rounds(self) -> usize {
        if self.parts <= PARTS { 200 } else { 60 }
    }

    fn polish(self) -> usize {
        POLISH.min(POLISH.saturating_mul(PARTS) / self.parts)
    }
}

/// A small part while it is drawn.
pub(super) struct Drawing {
    pivots: Pivots,
    /// One for each thread.
    lanes: Vec<Lane>,
}

/// What one thread does: it draws half of the pictures one after another, then polishes the best of them.
struct Lane {
    engine: Engine,
    picture: Picture,
    trials: usize,
    best: f32,
    kept: Vec<Point>,
    sweep: usize,
    sweeps: usize,
    polish: usize,
    is_done: bool,
}

impl Drawing {
    /// A drawing without any picture yet.
    pub fn new(engine: &mut Engine, picture: &Picture, pivots: Pivots, care: Care) -> Self {
        let count = engine.levels[0].len();
        let trials = care.trials(count);
        let shares =
            if count < ALONE { vec![trials] } else { vec![trials.div_ceil(2), trials / 2] };
        let lane = |trials| Lane {
            engine: engine.lane(),
            picture: picture.clone(),
            trials,
            best: f32::INFINITY,
            kept: Vec::new(),
            sweep: 0,
            sweeps: 0,
            polish: care.polish(),
            is_done: false,
        };
        Self { pivots, lanes: shares.into_iter().map(lane).collect() }
    }

    /// Draws one more picture, or polishes some more; `true` when all is done. The result does not depend on which
    /// thread finishes first.
    pub fn step(&mut self) -> bool {
        let pivots = &self.pivots;
        match self.lanes.as_mut_slice() {
            [one, other] => std::thread::scope(|scope| {
                let second = scope.spawn(|| other.step(pivots));
                let first = one.step(pivots);
                // A lane that panicked is finished: the other one's picture counts.
                second.join().unwrap_or(true) && first
            }),
            lanes => {
                // Every lane takes its step, even when another is finished.
                let done: Vec<bool> = lanes.iter_mut().map(|lane| lane.step(pivots)).collect();
                done.into_iter().all(|done| done)
            }
        }
    }

    /// The better picture, and what it costs.
    pub fn result(&self) -> Vec<Point> {
        let cost = |lane: &Lane| {
            if lane.picture.places.is_empty() { f32::INFINITY } else { lane.picture.cost() }
        };
        match self.lanes.as_slice() {
            [one, other] if cost(other) < cost(one) => other.picture.places.clone(),
            [one, ..] => one.picture.places.clone(),
            [] => Vec::new(),
        }
    }

    /// The best so far.
    pub fn so_far(&self) -> Option<&Vec<Point>> {
        let drawn = self.lanes.iter().filter(|lane| !lane.kept.is_empty());
        let best = drawn.min_by(|a, b| a.best.total_cmp(&b.best))?;
        Some(if best.trials == 0 { &best.picture.places } else { &best.kept })
    }
}

impl Lane {
    fn step(&mut self, pivots: &Pivots) -> bool {
        if self.trials > 0 {
            self.trials -= 1;
            self.try_one(pivots);
            if self.trials == 0 {
                self.plan_polish();
            }
            return false;
        }
        if self.is_done {
            return true;
        }
        // The last sweeps only accept what is better.
        let count = self.picture.places.len();
        let hottest =
            if count <= SHAKEN { (1.2 - count as f32 / 120.0).clamp(0.4, 1.0) } else { 0.0 };
        let mut work = 0;
        while self.sweep < self.sweeps && work < STEP {
            let age = self.sweep as f32 / self.sweeps as f32;
            let heat = hottest * (1.0 - age * 1.15).max(0.0);
            self.picture.sweep(heat, &mut self.engine.random);
            self.sweep += 1;
            work += self.picture.sweep_work();
        }
        if self.sweep >= self.sweeps {
            self.picture.make_room();
            self.is_done = true;
        }
        self.is_done
    }

    fn try_one(&mut self, pivots: &Pivots) {
        let engine = &mut self.engine;
        engine.start();
        while !engine.force_round() {}
        for _ in 0..DRAWN_STRETCHES {
            let link = pivots.fitting_link(&engine.places);
            pivots.relax(&mut engine.places, &engine.levels[0].pinned, 0.9, link);
        }
        self.picture.places.clone_from(&engine.places);
        let cost = self.picture.best_turn();
        if cost < self.best || self.kept.is_empty() {
            self.best = cost;
            self.kept.clone_from(&self.picture.places);
        }
    }

    /// Plans the polish: a larger graph is shaken less or not at all, because it would lose its shape and there is no
    /// time to find another.
    fn plan_polish(&mut self) {
        self.picture.places.clone_from(&self.kept);
        let shaken = self.picture.places.len() <= SHAKEN;
        let work = if shaken { self.polish } else { self.polish / 10 };
        self.sweeps = (work / self.picture.sweep_work().max(1)).clamp(2, 320);
    }
}

impl Engine {
    /// Another lane for the same part, with a random sequence of its own.
    fn lane(&mut self) -> Self {
        Self {
            levels: self.levels.clone(),
            parents: self.parents.clone(),
            level: 0,
            round: 0,
            done: 0.0,
            places: Vec::new(),
            shown: Vec::new(),
            anchors: self.anchors.clone(),
            sizes: Vec::new(),
            gap: self.gap,
            ideal: self.ideal,
            aspect: self.aspect,
            gravity: self.gravity,
            care: self.care,
            is_long: false,
            random: Random::new(self.random.bits()),
            stage: Stage::Forces,
            repulsion: Repulsion::default(),
            forces: Vec::new(),
            next: Vec::new(),
            masses: Vec::new(),
        }
    }
}

/// What the polish of a small part needs.
pub(super) fn picture(graph: &Graph, sizes: &[Point], ideal: f32) -> Picture {
    let mut links = Vec::new();
    for node in 0..graph.len() {
        for link in graph.range(node) {
            if graph.targets[link] as usize > node {
                links.push((node as u32, graph.targets[link]));
            }
        }
    }
    let adjacency = Adjacency::new(graph.len(), &links);
    let (mut row, mut queue) = (Vec::new(), Vec::new());
    let mut distances = Vec::with_capacity(graph.len() * graph.len());
    for node in 0..graph.len() as u32 {
        adjacency.distances_from(node, &mut row, &mut queue);
        distances.extend(row.iter().map(|&steps| steps as f32));
    }
    Picture::new(sizes, &graph.pinned, links, distances, ideal)
}
