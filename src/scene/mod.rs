//! What the canvas shows and where: the notebook's nodes and links with their geometry, and an index of what lies
//! where. Nothing is drawn here: the canvas draws it, and so can pictures without a window.
//!
//! What moves (a drag, an animation) is kept separately so that the index stays valid for the rest. Nodes and links are
//! named by numbers, which an update may change.
//!
//! | file | what is in it |
//! |---|---|
//! | `elements` | a node and a link |
//! | `board` | groups and note cards |
//! | `bundles` | the links of folded groups |
//! | `build` | from a notebook to a scene |
//! | `update` | bringing it up to date after a few changes |
//! | `query` | what lies where |
//! | `incidence` | which links each node has |
//! | `motion` | moving some nodes, and the lines at them |
//! | `mass_motion` | moving most nodes at once |
//! | `label_places` | where the labels of links stand |
//! | `visibility` | what a filter hides and a focus fades, and how large nodes are drawn |

mod board;
mod build;
mod bundles;
mod elements;
mod incidence;
mod label_places;
mod mass_motion;
mod motion;
mod query;
#[cfg(test)]
mod tests;
mod update;
mod visibility;

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use crate::graph::{Grid, Rect};
use crate::inquiry::Weights;
use crate::notebook::{EntityId, LinkId};

pub use board::{Board, SceneCard, SceneGroup};
pub use bundles::{Bundle, BundleEnd};
pub use elements::{End, LineStyle, RelationLabel, SceneLink, SceneNode};
use incidence::Incidence;
use label_places::LabelPlaces;
pub use update::Differences;
pub use visibility::Visibility;

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
    /// Whether what determined the bounds has been removed, so that they must be measured again.
    outgrown: bool,
    node_numbers: Numbers<EntityId>,
    link_numbers: Numbers<LinkId>,
    node_grid: Grid,
    link_grid: Grid,
    incidence: Incidence,
    /// The links that point at links, each after the one it points at.
    onto: Vec<u32>,
    label_places: LabelPlaces,
    /// The nodes with the most links, most first.
    landmarks: Vec<u32>,
    /// What moves now: the grids do not know where it is.
    loose_nodes: Vec<u32>,
    loose_links: Vec<u32>,
    is_loose_node: Vec<bool>,
    is_loose_link: Vec<bool>,
    /// Whether most of it moves, so that the grids are invalid.
    mass_motion: bool,
    visibilities: visibility::Visibilities,
    /// The weights that the sizes of the nodes show.
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
        self.incidence.of(node)
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
