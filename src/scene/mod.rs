//! The scene: the notebook's nodes and links with their geometry, and a spatial index of them. Nothing is drawn here:
//! the scene is drawn by the canvas, and by picture export without a window.
//!
//! Whatever is moving (a drag, an animation) is “loose”: it is kept apart, so that the index stays valid for the rest.
//! Nodes and links are identified by numbers, which an update may change.
//!
//! | file | contents |
//! |---|---|
//! | `elements` | nodes and links |
//! | `board` | groups and note cards |
//! | `bundles` | the links of folded groups |
//! | `build` | building a scene from a notebook |
//! | `update` | updating a scene after a few changes |
//! | `query` | finding what is in a rectangle or at a point |
//! | `incidence` | the links of each node |
//! | `motion` | moving some nodes, and their lines |
//! | `mass_motion` | moving most nodes at once |
//! | `detours` | lines that go around nodes |
//! | `label_places` | the positions of link labels |
//! | `visibility` | what filters hide and focus fades, and the size of nodes |

mod board;
mod build;
mod bundles;
mod detours;
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

/// A cheap hasher for ids, which are random already and need no further mixing.
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

/// Map from ids to numbers.
pub type Numbers<K> = HashMap<K, u32, BuildHasherDefault<IdHasher>>;

/// All nodes, links, groups and note cards on the canvas.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The nodes, by number.
    pub nodes: Vec<SceneNode>,
    /// The links, by number.
    pub links: Vec<SceneLink>,
    /// The bounding rectangle of all nodes and links; [`Rect::NOTHING`] for an empty canvas.
    pub bounds: Bounds,
    /// The groups and note cards.
    pub board: Board,
    /// Version of its appearance; increases whenever anything may look different.
    pub version: u64,
    unfinished: bool,
    /// The number of links without evidence.
    bare: usize,
    /// Whether something at the border of the bounds was moved or removed, so that they must be measured again.
    outgrown: bool,
    node_numbers: Numbers<EntityId>,
    link_numbers: Numbers<LinkId>,
    node_grid: Grid,
    link_grid: Grid,
    incidence: Incidence,
    /// The links that target links, each after its target.
    onto: Vec<u32>,
    label_places: LabelPlaces,
    /// Whether any link takes a detour around a node.
    any_detour: bool,
    /// The nodes with the largest scale, largest first; at equal scale, those with the most links first.
    landmarks: Vec<u32>,
    /// The nodes and links that are moving; the grids do not have their current positions.
    loose_nodes: Vec<u32>,
    loose_links: Vec<u32>,
    is_loose_node: Vec<bool>,
    is_loose_link: Vec<bool>,
    /// Whether mass motion is in progress; the grids are invalid meanwhile.
    mass_motion: bool,
    visibilities: visibility::Visibilities,
    /// The weights that determine the sizes of the nodes.
    weighed: Option<Arc<Weights>>,
}

/// A bounding rectangle; the default is [`Rect::NOTHING`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds(pub Rect);

impl Default for Bounds {
    fn default() -> Self {
        Self(Rect::NOTHING)
    }
}

impl Scene {
    /// The nodes whose names are shown first when not all fit: those with the largest scale and, at equal scale, the
    /// most links.
    pub fn landmarks(&self) -> &[u32] {
        &self.landmarks
    }

    /// The numbers of the links that start or end at a node.
    pub fn links_of(&self, node: u32) -> &[u32] {
        self.incidence.of(node)
    }

    /// The number of links without evidence.
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
