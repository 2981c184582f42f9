//! What is drawn of the canvas, put on the screen: shapes into a mesh, words onto the painter.

use egui::epaint::TextShape;
use egui::{Color32, Painter, Pos2, Rect};

use super::labels::Labels;
use super::mesh_painter::{self, MeshPainter};
use crate::drawing::{Anchor, Dash, Inks, Letters, Line, Outline, Paint, Pen, Side, Text};
use crate::graph::{self, Curve, Point};

/// How far a curve may be from the line it is drawn with, in points.
const TOLERANCE: f32 = 0.3;

/// A point as the screen has it.
pub fn pos(p: Point) -> Pos2 {
    Pos2::new(p.x, p.y)
}

/// A point of the screen as geometry has it.
pub fn point(p: Pos2) -> Point {
    Point::new(p.x, p.y)
}

/// A rectangle as the screen has it.
pub fn screen_rect(rect: graph::Rect) -> Rect {
    Rect { min: pos(rect.min), max: pos(rect.max) }
}

/// A rectangle of the screen as geometry has it.
pub fn plain_rect(rect: Rect) -> graph::Rect {
    graph::Rect { min: point(rect.min), max: point(rect.max) }
}

/// Draws into a mesh.
pub struct ScreenPen<'a> {
    mesh: &'a mut MeshPainter,
    inks: &'a Inks,
    flat: Vec<Point>,
    points: Vec<Pos2>,
}

impl<'a> ScreenPen<'a> {
    /// Draws into this mesh in these colours.
    pub fn new(mesh: &'a mut MeshPainter, inks: &'a Inks) -> Self {
        Self { mesh, inks, flat: Vec::new(), points: Vec::new() }
    }

    fn colour(&self, paint: Paint) -> Color32 {
        self.inks.colour(paint).into()
    }

    fn stroke(&mut self, line: Line) {
        let colour = self.colour(line.paint);
        match line.dash {
            Dash::None => self.mesh.line(&self.points, line.width, colour, false),
            dash => self.mesh.dashes(&self.points, line.width, colour, dash.lengths()),
        }
    }
}

impl Pen for ScreenPen<'_> {
    fn area(&mut self, outline: Outline<'_>, fill: Option<Paint>, line: Option<Line>) {
        if let (Outline::Round(rect, radius), Some(paint), None) = (outline, fill, line)
            && radius <= 0.0
        {
            let rect = screen_rect(rect);
            return self.mesh.block(rect.center(), rect.size() * 0.5, self.colour(paint));
        }
        let round = match outline {
            Outline::Round(rect, radius) => {
                mesh_painter::rounded(screen_rect(rect), radius, &mut self.points);
                true
            }
            Outline::Corners(corners) => {
                self.points.clear();
                self.points.extend(corners.iter().copied().map(pos));
                false
            }
        };
        let fill = fill.map(|paint| self.colour(paint));
        let Some(line) = line else {
            match fill {
                // The grounds of words need no soft edge.
                Some(colour) if round => self.mesh.fill(&self.points, colour),
                Some(colour) => self.mesh.fill_soft(&self.points, colour),
                None => {}
            }
            return;
        };
        let colour = self.colour(line.paint);
        match (fill, line.dash) {
            (Some(fill), Dash::None) if round && fill.is_opaque() => {
                return self.mesh.shape(&self.points, fill, line.width, colour);
            }
            (Some(fill), _) => self.mesh.fill(&self.points, fill),
            (None, _) => {}
        }
        if line.dash == Dash::None {
            self.mesh.line(&self.points, line.width, colour, true);
        } else {
            self.points.extend(self.points.first().copied());
            self.stroke(line);
        }
    }

    fn path(&mut self, points: &[Point], line: Line) {
        self.points.clear();
        self.points.extend(points.iter().copied().map(pos));
        self.stroke(line);
    }

    fn thread(&mut self, curve: &Curve, cut: (f32, f32), line: Line) {
        self.flat.clear();
        curve.flatten(TOLERANCE, &mut self.flat);
        self.points.clear();
        self.points.extend(self.flat.iter().copied().map(pos));
        if cut.1 > 0.0 {
            mesh_painter::trim_end(&mut self.points, cut.1);
        }
        if cut.0 > 0.0 {
            self.points.reverse();
            mesh_painter::trim_end(&mut self.points, cut.0);
            self.points.reverse();
        }
        self.stroke(line);
    }

    fn disc(&mut self, centre: Point, radius: f32, fill: Paint) {
        let colour = self.colour(fill);
        self.mesh.disc(pos(centre), radius, colour);
    }

    fn fade(&mut self, rect: graph::Rect, fill: Paint, to: Side) {
        let (colour, none) = (self.colour(fill), Color32::TRANSPARENT);
        let (left, right) = match to {
            Side::Left => (none, colour),
            Side::Right => (colour, none),
        };
        self.mesh.blend(screen_rect(rect), left, right);
    }
}

/// Writes on the painter, with what was laid out before.
pub struct ScreenLetters<'a> {
    /// What was laid out before.
    pub labels: &'a mut Labels,
    /// Where to write.
    pub painter: &'a Painter,
    /// In which colours.
    pub inks: &'a Inks,
}

impl Letters for ScreenLetters<'_> {
    fn measure(&mut self, text: &Text<'_>) -> Option<Point> {
        let galley = self.labels.galley(self.painter.ctx(), text)?;
        let size = galley.rect.size();
        Some(Point::new(size.x, size.y))
    }

    fn write(&mut self, text: &Text<'_>, at: Point, paint: Paint) {
        let Some(galley) = self.labels.galley(self.painter.ctx(), text) else { return };
        let top = match text.room().anchor {
            Anchor::Middle | Anchor::Left => at.y - galley.rect.height() * 0.5,
            Anchor::TopLeft => at.y,
        };
        let colour = self.inks.colour(paint).into();
        self.painter.add(TextShape::new(Pos2::new(at.x, top), galley, colour));
    }
}
