//! The notebook as the canvas shows it: nodes and links with their geometry, and an index of what lies where.
//! What moves (a drag, an animation) is set apart so that the index stays true for the rest.
//!
//! `build` makes it from a notebook, `patch` brings it up to date after a few changes, `motion` moves nodes and
//! their lines, `drift` moves most of them at once, `find` says what lies where, `ends` which links a node has, `spots`
//! gives the labels of links their places, `seen` hides and fades, `board` holds groups and note cards, `bundles` the
//! links of folded groups, `item` holds a node and a link. Nodes and links are named by numbers, which a patch may change.

mod board;
mod build;
mod bundles;
mod drift;
mod ends;
mod find;
mod item;
mod motion;
mod patch;
mod seen;
mod spots;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use crate::graph::{Grid, Rect};
use crate::inquiry::Weights;
use crate::notebook::{EntityId, LinkId};

pub use board::{Board, SceneCard, SceneGroup};
pub use bundles::{Bundle, Tip};
use ends::Ends;
pub use item::{End, Line, Says, SceneLink, SceneNode};
pub use patch::Differences;
pub use seen::Seen;
use spots::Spots;

/// The ids of entities are random already: mixing them again would only cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, bits: u64) {
        self.0 = (self.0.rotate_left(5) ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// From ids to numbers.
pub type Numbers<K> = HashMap<K, u32, BuildHasherDefault<IdHasher>>;

/// Everything on the canvas.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The nodes: their numbers are their places here.
    pub nodes: Vec<SceneNode>,
    /// The links, by number.
    pub links: Vec<SceneLink>,
    /// The rectangle around everything; [`Rect::NOTHING`] for an empty canvas.
    pub bounds: Bounds,
    /// The groups and note cards.
    pub board: Board,
    /// Grows whenever anything in it may look different.
    pub version: u64,
    unfinished: bool,
    /// How many links no sentence supports yet.
    bare: usize,
    /// What held the bounds is gone: they are to be measured anew.
    outgrown: bool,
    node_numbers: Numbers<EntityId>,
    link_numbers: Numbers<LinkId>,
    node_grid: Grid,
    link_grid: Grid,
    ends: Ends,
    /// The links that point at links, each after the one it points at.
    onto: Vec<u32>,
    spots: Spots,
    /// The nodes with the most links, most first.
    landmarks: Vec<u32>,
    /// What moves now: the grids do not know where it is.
    loose_nodes: Vec<u32>,
    loose_links: Vec<u32>,
    is_loose_node: Vec<bool>,
    is_loose_link: Vec<bool>,
    /// Most of it moves: the grids are not true.
    drifting: bool,
    seen: seen::SeenOf,
    /// What the sizes of the nodes tell.
    weighed: Option<Arc<Weights>>,
}

/// A rectangle around things, with [`Rect::NOTHING`] as its default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds(pub Rect);

impl Default for Bounds {
    fn default() -> Self {
        Self(Rect::NOTHING)
    }
}

impl Scene {
    /// The nodes with the most links, most first: which names are worth showing when not all fit.
    pub fn landmarks(&self) -> &[u32] {
        &self.landmarks
    }

    /// The numbers of the links that start or end at a node.
    pub fn links_of(&self, node: u32) -> &[u32] {
        self.ends.of(node)
    }

    /// How many links no sentence supports yet.
    pub const fn bare(&self) -> usize {
        self.bare
    }

    /// A node's number.
    pub fn node(&self, id: EntityId) -> Option<u32> {
        self.node_numbers.get(&id).copied()
    }

    /// A link's number.
    pub fn link(&self, id: LinkId) -> Option<u32> {
        self.link_numbers.get(&id).copied()
    }
}
