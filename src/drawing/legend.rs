//! The legend: what the shapes, colours, signs and lines mean, of those that occur.

use std::collections::BTreeSet;

use super::nodes::check_mark;
use super::{Dash, InTime, Line, Outline, Pen, Role, node_outline};
use crate::graph::{Point, Rect};
use crate::notebook::{Family, Hue, Kind, Strength};
use crate::scene::{LineStyle, Scene, Visibility};
use crate::text::capital;

/// Looked at; what stands out among more than this is in the fair sample they are.
const MOST: usize = 20_000;

/// The size of a sample that [`Entry::draw`] draws, in points.
pub const SIGN: Point = Point::new(32.0, 15.0);

/// The signs of what is concluded.
pub const SIGNS: &[&str] = &[
    "1/2: confirmed by 1, at most 2 independent",
    "≠: affirmed and denied",
    "△ on a link: surer than its source",
];

/// Something that the legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// A kind of entity, anonymous ones apart.
    Kind(Kind, bool),
    /// The mark “to check”.
    ToCheck,
    /// The mark “pinned”.
    Pinned,
    /// The colour and sign of a family of relations.
    Family(Family),
    /// Links that are neither confirmed nor tentative.
    Solid,
    /// Confirmed links.
    Confirmed,
    /// Tentative links.
    Tentative,
    /// The analyst's inferences.
    Inferred,
    /// Derived links.
    Derived,
    /// Links without evidence.
    Bare,
    /// Undirected links.
    BothWays,
    /// Links to links.
    Undercuts,
    /// Several links to a box.
    Bundle,
    /// A group.
    Frame,
    /// A folded group.
    Box,
    /// A note card.
    Note,
    /// Something on the timeline.
    InTime(InTime),
}

/// What there is to explain in a part of the canvas.
#[must_use]
pub fn entries(scene: &Scene, part: Rect) -> BTreeSet<Entry> {
    let mut found = BTreeSet::new();
    let mut numbers = Vec::new();
    scene.nodes_in(part, &mut numbers);
    for number in numbers.iter().take(MOST) {
        let node = &scene.nodes[*number as usize];
        found.insert(Entry::Kind(node.kind, node.entity.is_anonymous()));
        if node.entity.to_check {
            found.insert(Entry::ToCheck);
        }
        if node.pinned {
            found.insert(Entry::Pinned);
        }
    }
    scene.links_in(part, &mut numbers);
    for number in numbers.iter().take(MOST) {
        let link = &scene.links[*number as usize];
        found.insert(Entry::Family(link.family));
        found.insert(match link.line_style() {
            LineStyle::Solid => Entry::Solid,
            LineStyle::Dashed => Entry::Tentative,
            LineStyle::Dotted => Entry::Inferred,
            LineStyle::Derived => Entry::Derived,
        });
        if link.link.strength == Strength::Confirmed {
            found.insert(Entry::Confirmed);
        }
        if link.is_bare() {
            found.insert(Entry::Bare);
        }
        if !link.link.directed {
            found.insert(Entry::BothWays);
        }
        if link.link.to_entity().is_none() {
            found.insert(Entry::Undercuts);
        }
    }
    scene.board.groups_in(part, &mut numbers);
    for number in &numbers {
        let group = &scene.board.groups[*number as usize];
        if group.visibility != Visibility::Hidden {
            found.insert(if group.is_folded() { Entry::Box } else { Entry::Frame });
        }
    }
    scene.board.bundles_in(part, &mut numbers);
    let bundles = numbers.iter().map(|number| &scene.board.bundles[*number as usize]);
    if bundles.into_iter().any(|bundle| bundle.links.len() > 1) {
        found.insert(Entry::Bundle);
    }
    scene.board.cards_in(part, &mut numbers);
    if !numbers.is_empty() {
        found.insert(Entry::Note);
    }
    found
}

impl Entry {
    /// What it means.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Kind(kind, anonymous) => {
                let word = capital(kind.word());
                if anonymous { format!("{word}, anonymous") } else { word }
            }
            Self::ToCheck => "Marked “to check”".to_owned(),
            Self::Pinned => "Pinned: “Arrange” does not move it".to_owned(),
            Self::Family(family) => format!("{}  {}", family.sign(), family.label()),
            Self::Solid => "Unconfirmed".to_owned(),
            Self::Confirmed => "Confirmed: a thicker line".to_owned(),
            Self::Tentative => "Tentative".to_owned(),
            Self::Inferred => "Analyst’s inference".to_owned(),
            Self::Derived => "Derived from statements and fields".to_owned(),
            Self::Bare => "No evidence: pale, hollow arrow".to_owned(),
            Self::BothWays => "Undirected: no arrow".to_owned(),
            Self::Undercuts => "Points to another link: ends at its middle".to_owned(),
            Self::Bundle => "Several links to a collapsed group".to_owned(),
            Self::Frame => "Group".to_owned(),
            Self::Box => "Collapsed group".to_owned(),
            Self::Note => "Note card".to_owned(),
            Self::InTime(what) => what.words().to_owned(),
        }
    }

    /// The heading it stands under.
    #[must_use]
    pub const fn section(self) -> &'static str {
        match self {
            Self::Kind(..) | Self::ToCheck | Self::Pinned => "Entities",
            Self::Family(_) => "Relations: colour and symbol",
            Self::Solid
            | Self::Confirmed
            | Self::Tentative
            | Self::Inferred
            | Self::Derived
            | Self::Bare
            | Self::BothWays
            | Self::Undercuts
            | Self::Bundle => "Links: line and arrow",
            Self::Frame | Self::Box | Self::Note => "Groups and notes",
            Self::InTime(what) => what.section(),
        }
    }

    /// Draws a sample of it into a rectangle of [`SIGN`]'s size.
    pub fn draw(self, pen: &mut dyn Pen, rect: Rect) {
        let middle = rect.centre();
        let at = |x: f32, y: f32| middle + Point::new(x, y);
        let around = |x: f32, y: f32| Rect::around(middle, Point::new(x, y));
        let half = rect.size().x * 0.5;
        let (left, right) = (at(-half, 0.0), at(half, 0.0));
        let line = |width: f32| Line::new(Role::Muted, width);
        let thread = |pen: &mut dyn Pen, width: f32, dash: Dash, hollow: bool| {
            pen.path(&[left, at(half - 7.0, 0.0)], line(width).dashed(dash));
            let head = [right, at(half - 8.0, -3.6), at(half - 8.0, 3.6)];
            let head = Outline::Corners(&head);
            if hollow {
                pen.area(head, Some(Role::Surface.into()), Some(line(1.2)));
            } else {
                pen.area(head, Some(Role::Muted.into()), None);
            }
        };
        match self {
            Self::Kind(kind, anonymous) => {
                let mut corners = Vec::new();
                let size =
                    if kind == Kind::Event { around(26.0, 15.0) } else { around(26.0, 13.0) };
                let outline = node_outline(kind, size, 0.6, &mut corners);
                let dash = if anonymous { Dash::Outline } else { Dash::None };
                let border = Line::new(Role::Kind(kind), 1.5).dashed(dash);
                pen.area(outline, Some(Role::Surface.into()), Some(border));
            }
            Self::ToCheck => {
                check_mark(pen, middle, 1.0, (Role::Accent.into(), Role::Surface.into()));
            }
            Self::Pinned => {
                pen.path(&[middle, at(-2.6, 5.2)], line(1.2));
                pen.disc(middle, 3.0, Role::Muted.into());
            }
            Self::Family(family) => pen.path(&[left, right], Line::new(Role::Family(family), 2.2)),
            Self::Solid => thread(pen, 1.4, Dash::None, false),
            Self::Confirmed => thread(pen, 2.2, Dash::None, false),
            Self::Tentative => thread(pen, 1.4, Dash::Dashed, false),
            Self::Inferred => thread(pen, 1.6, Dash::Dotted, false),
            Self::Derived => thread(pen, 1.2, Dash::DashDot, false),
            Self::Bare => thread(pen, 1.4, Dash::None, true),
            Self::BothWays => pen.path(&[left, right], line(1.4)),
            Self::Undercuts => {
                pen.path(&[left, right], line(1.4));
                pen.path(&[at(0.0, rect.size().y * 0.5), middle], Line::new(Role::Accent, 1.4));
                pen.disc(middle, 2.4, Role::Accent.into());
            }
            Self::Bundle => thread(pen, 3.4, Dash::None, false),
            Self::Frame => {
                let border = Line::new(Role::FrameLine(Hue::Blue), 1.2);
                let ground = Role::FrameGround(Hue::Blue).into();
                pen.area(Outline::Round(around(26.0, 14.0), 3.0), Some(ground), Some(border));
            }
            Self::Box => {
                let border = |width| Some(Line::new(Role::Hue(Hue::Blue), width));
                let front = around(22.0, 11.0);
                let off = Point::new(3.0, 3.0);
                let back = Rect { min: front.min + off, max: front.max + off };
                pen.area(Outline::Round(back, 2.0), Some(Role::Canvas.into()), border(1.0));
                let ground = Role::HueGround(Hue::Blue).into();
                pen.area(Outline::Round(front, 2.0), Some(ground), border(1.5));
            }
            Self::Note => {
                let sheet = around(18.0, 14.0);
                let ear = Point::new(sheet.max.x - 5.0, sheet.min.y);
                let outline = [
                    sheet.min,
                    ear,
                    Point::new(sheet.max.x, sheet.min.y + 5.0),
                    sheet.max,
                    Point::new(sheet.min.x, sheet.max.y),
                ];
                let border = Line::new(Role::Hue(Hue::Orange), 1.1);
                let ground = Role::HueGround(Hue::Orange).into();
                pen.area(Outline::Corners(&outline), Some(ground), Some(border));
            }
            Self::InTime(what) => what.draw(pen, rect),
        }
    }
}
