//! A small part: drawn several times over on two threads, the best picture of each polished, the better one kept.

use super::super::anneal::Picture;
use super::super::coarsen::Graph;
use super::super::pivots::Pivots;
use super::super::{Adjacency, Point, Random, Repulsion};
use super::{Engine, Stage};

/// Elementary comparisons spent on polishing each of the two best pictures of a small part: some hundredths of a second.
pub(super) const POLISH: usize = 14_000_000;
/// Up to so many nodes the picture is shaken while it is polished: that saves a quarter of its crossings and costs it some
/// of its shape. Beyond, it saves hardly any, and shape is what one sees.
const SHAKEN: usize = 70;
/// Rounds in which the distances of a small part are put right before it is polished.
const DRAWN_STRETCHES: usize = 30;
/// A part of fewer nodes needs no second thread, and no second try at its polish.
const ALONE: usize = 12;

impl Engine {
    /// Draws a small part: half of the pictures on each of two threads, the best of each half polished there. What comes
    /// out does not depend on who is done first.
    pub(super) fn draw(&mut self, picture: &Picture, pivots: &Pivots) -> Vec<Point> {
        let count = self.levels[0].len();
        let trials = trials(count);
        if count < ALONE {
            return self.lane().best_of(trials, picture, pivots).1;
        }
        let (mut one, mut other) = (self.lane(), self.lane());
        let (first, second) = std::thread::scope(|scope| {
            let second = scope.spawn(|| other.best_of(trials / 2, picture, pivots));
            let first = one.best_of(trials.div_ceil(2), picture, pivots);
            (first, second.join().unwrap_or((f32::INFINITY, Vec::new())))
        });
        if second.0 < first.0 { second.1 } else { first.1 }
    }

    /// Another one for the same part, with a luck of its own.
    fn lane(&mut self) -> Self {
        Self {
            levels: self.levels.clone(),
            parents: self.parents.clone(),
            level: 0,
            round: 0,
            places: Vec::new(),
            shown: Vec::new(),
            anchors: self.anchors.clone(),
            sizes: Vec::new(),
            gap: self.gap,
            gravity: self.gravity,
            random: Random::new(self.random.bits()),
            stage: Stage::Forces,
            repulsion: Repulsion::default(),
            forces: Vec::new(),
            next: Vec::new(),
            masses: Vec::new(),
        }
    }

    /// The best of some pictures, polished, and what it costs.
    fn best_of(&mut self, pictures: usize, like: &Picture, pivots: &Pivots) -> (f32, Vec<Point>) {
        let mut picture = like.clone();
        let (mut best, mut kept) = (f32::INFINITY, Vec::new());
        for _ in 0..pictures {
            self.start();
            while !self.force_round() {}
            for _ in 0..DRAWN_STRETCHES {
                pivots.relax(&mut self.places, &self.levels[0].pinned, 0.9);
            }
            picture.places.clone_from(&self.places);
            let cost = picture.best_turn();
            if cost < best || kept.is_empty() {
                (best, kept) = (cost, picture.places.clone());
            }
        }
        if kept.is_empty() {
            return (f32::INFINITY, kept);
        }
        picture.places = kept;
        // A larger graph is shaken less, or not at all: that would cost it its shape, and there is no time to find another.
        // The last sweeps only accept what is better.
        let count = picture.places.len();
        let shaken = count <= SHAKEN;
        let work = if shaken { POLISH } else { POLISH / 10 };
        let sweeps = (work / picture.sweep_work().max(1)).clamp(2, 320);
        let hottest = if shaken { (1.2 - count as f32 / 120.0).clamp(0.4, 1.0) } else { 0.0 };
        for sweep in 0..sweeps {
            let age = sweep as f32 / sweeps as f32;
            picture.sweep(hottest * (1.0 - age * 1.15).max(0.0), &mut self.random);
        }
        (picture.cost(), picture.places)
    }
}

/// Pictures drawn for a small part of `count` nodes.
pub(super) fn trials(count: usize) -> usize {
    if count <= 60 { 8 } else { 4 }
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
