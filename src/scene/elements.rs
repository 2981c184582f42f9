//! A node and a link of the scene, each with its geometry.

use std::sync::Arc;

use crate::graph::{Curve, Point, Rect, Shape};
use crate::notebook::{
    Basis, Entity, EntityId, Family, Kind, Link, LinkId, Notebook, RelationId, Strength,
};

/// A node on the canvas.
#[derive(Clone, Debug)]
pub struct SceneNode {
    /// Which.
    pub id: EntityId,
    /// The entity itself.
    pub entity: Arc<Entity>,
    /// Its kind.
    pub kind: Kind,
    /// Where it is shown, in canvas units: its centre.
    pub centre: Point,
    /// Its width and height, in canvas units.
    pub size: Point,
    /// Its scale, relative to the size its name needs.
    pub scale: f32,
    /// Whether “Arrange” leaves it where it is.
    pub pinned: bool,
    /// How many ends of links it has.
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

    /// The rectangle around it, in canvas units.
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

/// What a link ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A node: its number.
    Node(u32),
    /// The middle of another link: its number.
    Link(u32),
}

/// How a link's line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineStyle {
    /// As it is said.
    Solid,
    /// A supposition.
    Dashed,
    /// The analyst's inference.
    Dotted,
}

/// A link on the canvas.
#[derive(Clone, Debug)]
pub struct SceneLink {
    /// Which.
    pub id: LinkId,
    /// The link itself.
    pub link: Arc<Link>,
    /// The number of the node it starts at.
    pub from: u32,
    /// What it ends at.
    pub to: End,
    /// How far its middle is bent aside (see `fan`).
    pub bend: f32,
    /// Its line, in canvas units.
    pub curve: Curve,
    /// Its relation's label.
    pub label: Arc<str>,
    /// The label with the sign of its family, as written on the line.
    pub written: Arc<str>,
    /// The family of its relation.
    pub family: Family,
    /// Where on the line its label stands (0 to 1), when there is room for it.
    pub label_at: Option<f32>,
}

impl SceneLink {
    /// The numbers of the nodes it touches: one or two.
    pub fn ends(&self) -> impl Iterator<Item = u32> + use<> {
        let from = self.from;
        let to = match self.to {
            End::Node(to) if to != from => Some(to),
            _ => None,
        };
        std::iter::once(from).chain(to)
    }

    /// How its line is drawn.
    pub fn line_style(&self) -> LineStyle {
        if self.link.basis == Basis::AnalystInference {
            LineStyle::Dotted
        } else if self.link.strength == Strength::Tentative {
            LineStyle::Dashed
        } else {
            LineStyle::Solid
        }
    }

    /// Whether no sentence supports it yet.
    pub fn is_bare(&self) -> bool {
        self.link.evidence.is_empty()
    }
}

/// A relation as the canvas shows it.
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
        let family = notebook.relations().get(relation).map_or(Family::Other, |r| r.family);
        let label = notebook.relation_label(relation);
        Self {
            label: Arc::from(label),
            written: Arc::from(format!("{} {label}", family.sign())),
            family,
        }
    }
}
