//! What drawing needs to know: where the canvas is, how large, and what of it stands out.

use std::collections::BTreeSet;

use super::{Detail, OnBoard, Paint, Role};
use crate::graph::{Point, Rect};
use crate::inquiry::sources::AllSources;
use crate::notebook::{CardId, EntityId, GroupId, LinkId};

/// Where the canvas is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sight {
    /// The place, in points, of `centre`.
    pub middle: Point,
    /// The canvas point that is drawn there.
    pub centre: Point,
    /// Points for one canvas unit.
    pub zoom: f32,
}

impl Sight {
    /// Where a canvas point is drawn.
    #[must_use]
    pub fn at(&self, p: Point) -> Point {
        self.middle + (p - self.centre) * self.zoom
    }

    /// Where a canvas rectangle is drawn.
    #[must_use]
    pub fn rect(&self, rect: Rect) -> Rect {
        Rect { min: self.at(rect.min), max: self.at(rect.max) }
    }
}

/// What is selected.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// Entities.
    pub entities: &'a BTreeSet<EntityId>,
    /// Links.
    pub links: &'a BTreeSet<LinkId>,
    /// Groups.
    pub groups: &'a BTreeSet<GroupId>,
    /// Note cards.
    pub cards: &'a BTreeSet<CardId>,
}

impl Chosen<'_> {
    /// Nothing.
    pub const NOTHING: Self = Self {
        entities: &BTreeSet::new(),
        links: &BTreeSet::new(),
        groups: &BTreeSet::new(),
        cards: &BTreeSet::new(),
    };
}

/// What is under the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hovered {
    /// A node, by number.
    pub node: Option<u32>,
    /// A link, by number.
    pub link: Option<u32>,
    /// Something of the board.
    pub board: Option<OnBoard>,
}

/// What drawing needs to know.
#[derive(Clone, Copy, Debug)]
pub struct Brush<'a> {
    /// Where the canvas is drawn.
    pub sight: Sight,
    /// How much is drawn.
    pub detail: Detail,
    /// What is selected.
    pub chosen: Chosen<'a>,
    /// What is under the pointer.
    pub hovered: Hovered,
    /// The sources of the claims, where they are known.
    pub sources: Option<&'a AllSources>,
    /// Whether what is drawn stands back.
    pub faded: bool,
    /// Whether what is pressed is drawn too: the marks that fold groups.
    pub controls: bool,
}

impl Brush<'_> {
    /// A colour of what stands out, or of what stands back.
    pub(super) const fn paint(&self, role: Role) -> Paint {
        Paint { role, faded: self.faded }
    }

    /// Whether this is under the pointer.
    pub(super) fn is_hovered(&self, what: OnBoard) -> bool {
        self.hovered.board == Some(what)
    }
}
