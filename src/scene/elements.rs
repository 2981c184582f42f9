//! The nodes and links of the scene, with their geometry.

use std::sync::Arc;

use crate::graph::{Curve, Point, Rect, Shape};
use crate::notebook::{
    Basis, Entity, EntityId, Family, Kind, Link, LinkId, Notebook, RelationId, Strength,
};

/// A node on the canvas.
#[derive(Clone, Debug)]
pub struct SceneNode {
    /// The entity's id.
    pub id: EntityId,
    /// The entity itself.
    pub entity: Arc<Entity>,
    /// Its kind.
    pub kind: Kind,
    /// Its centre, in canvas units.
    pub centre: Point,
    /// Its width and height, in canvas units.
    pub size: Point,
    /// Its scale, relative to the size that its name needs.
    pub scale: f32,
    /// Whether “Arrange” keeps its position.
    pub pinned: bool,
    /// The number of links that start or end at it.
    pub degree: u32,
}

impl SceneNode {
    /// Its outline.
    pub const fn shape(&self) -> Shape {
        match self.kind {
            Kind::Actor => Shape::Pill,
            Kind::Event => Shape::Diamond,
            Kind::Claim => Shape::Rectangle,
        }
    }

    /// Its bounding rectangle, in canvas units.
    pub fn rect(&self) -> Rect {
        Rect::around(self.centre, self.size)
    }

    /// Whether a point lies within its outline grown by `margin` canvas units.
    pub fn contains(&self, p: Point, margin: f32) -> bool {
        let off = p - self.centre;
        let half = self.size * 0.5;
        if off.x.abs() > half.x + margin || off.y.abs() > half.y + margin {
            return false;
        }
        match self.shape() {
            Shape::Diamond => {
                off.x.abs() / (half.x + margin).max(1e-3)
                    + off.y.abs() / (half.y + margin).max(1e-3)
                    <= 1.0
            }
            Shape::Pill | Shape::Rectangle => true,
        }
    }

    /// Its outline, centre and size, for a line that stops at its border.
    pub fn end(&self) -> (Shape, Point, Point) {
        (self.shape(), self.centre, self.size)
    }
}

/// The target of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A node, by number.
    Node(u32),
    /// The middle of another link, by number.
    Link(u32),
}

/// The style of a link's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStyle {
    /// An ordinary link.
    Solid,
    /// A tentative link.
    Dashed,
    /// A link inferred by the analyst.
    Dotted,
    /// A derived link.
    Derived,
}

/// A link on the canvas.
#[derive(Clone, Debug)]
pub struct SceneLink {
    /// The link's id.
    pub id: LinkId,
    /// The link itself.
    pub link: Arc<Link>,
    /// The number of the node it starts at.
    pub from: u32,
    /// Its target.
    pub to: End,
    /// The sideways bend of its middle (see `fan`).
    pub bend: f32,
    /// How much farther its middle is moved aside, so that it does not run behind a node.
    pub detour: f32,
    /// Its line, in canvas units.
    pub curve: Curve,
    /// Its relation's label.
    pub label: Arc<str>,
    /// The label on its line: that of its relation, with the sign of the family.
    pub written: Arc<str>,
    /// The family of its relation.
    pub family: Family,
    /// The position of its label along the line (0 to 1), if there is room for it.
    pub label_at: Option<f32>,
    /// Whether its label has room there in a larger type too: when zoomed out, type is larger than things are.
    pub label_roomy: bool,
}

impl SceneLink {
    /// The numbers of the one or two nodes at its ends.
    pub fn ends(&self) -> impl Iterator<Item = u32> + use<> {
        let from = self.from;
        let to = match self.to {
            End::Node(to) if to != from => Some(to),
            _ => None,
        };
        std::iter::once(from).chain(to)
    }

    /// The style of its line.
    pub fn line_style(&self) -> LineStyle {
        if self.id.is_derived() {
            LineStyle::Derived
        } else if self.link.basis == Basis::AnalystInference {
            LineStyle::Dotted
        } else if self.link.strength == Strength::Tentative {
            LineStyle::Dashed
        } else {
            LineStyle::Solid
        }
    }

    /// Whether it has no evidence yet.
    pub fn is_bare(&self) -> bool {
        self.link.evidence.is_empty()
    }
}

/// A relation, as shown on the canvas.
#[derive(Clone, Debug)]
pub struct RelationLabel {
    /// Its label.
    pub label: Arc<str>,
    /// Its label with the sign of its family.
    pub written: Arc<str>,
    /// Its family.
    pub family: Family,
}

impl RelationLabel {
    /// The label of a relation in a notebook.
    pub fn of(notebook: &Notebook, relation: &RelationId) -> Self {
        let family = notebook.relation(relation).map_or(Family::Other, |r| r.family);
        let label = notebook.relation_label(relation);
        Self {
            label: Arc::from(label),
            written: Arc::from(format!("{} {label}", family.sign())),
            family,
        }
    }
}
