//! The forms of the timeline, drawn into meshes: bars with their ends, marks, arrows.

use egui::epaint::{Mesh, Vertex};
use egui::{Color32, Pos2, Rect, pos2, vec2};

use crate::notebook::Kind;
use crate::timeline::{Doubt, End, Figure, Look};
use crate::ui::canvas::mesh_painter::{MeshPainter, rounded};
use crate::ui::theme::{Style, mix};

/// How far an end that is about there fades out beyond it, and one that is unknown within it, in points.
const FADE: (f32, f32) = (10.0, 36.0);
/// How long the point of an open end is, in points.
const POINT: f32 = 8.0;

/// Draws into two meshes: what fades, and over it what has soft edges.
pub struct Pen {
    under: Mesh,
    pen: MeshPainter,
    outline: Vec<Pos2>,
}

impl Pen {
    /// A pen for a screen with this many pixels to the point.
    pub fn new(pixels_per_point: f32) -> Self {
        Self {
            under: Mesh::default(),
            pen: MeshPainter::new(pixels_per_point),
            outline: Vec::new(),
        }
    }

    /// What was drawn, from the bottom.
    pub fn finish(self) -> [Mesh; 2] {
        [self.under, self.pen.finish()]
    }

    /// A rectangle that goes from one colour at its left to another at its right.
    fn blend(&mut self, rect: Rect, left: Color32, right: Color32) {
        let base = self.under.vertices.len() as u32;
        for (at, colour) in [
            (rect.left_top(), left),
            (rect.right_top(), right),
            (rect.right_bottom(), right),
            (rect.left_bottom(), left),
        ] {
            self.under.vertices.push(Vertex::untextured(at, colour));
        }
        self.under.add_triangle(base, base + 1, base + 2);
        self.under.add_triangle(base, base + 2, base + 3);
    }

    /// A bar or a mark, cut at the edges of the plot.
    pub fn shape(
        &mut self,
        style: &Style,
        look: Look,
        figure: Figure,
        rect: Rect,
        ground: Color32,
    ) {
        let colour = style.kind(look.kind);
        match figure {
            Figure::Mark => self.mark(style, look, rect.center(), colour),
            Figure::Bar { core, start, end } => {
                self.bar(look, rect, core, (start, end), colour, ground);
            }
        }
    }

    fn bar(
        &mut self,
        look: Look,
        rect: Rect,
        core: Option<(f32, f32)>,
        (start, end): (End, End),
        colour: Color32,
        ground: Color32,
    ) {
        let light = mix(colour, ground, 0.86);
        let full = mix(colour, ground, 0.66);
        let line = mix(colour, ground, 0.15);
        let none = Color32::TRANSPARENT;
        // The straight part, and how far it fades on either side.
        let inner = |end: End| match end {
            End::Sharp => 0.0,
            End::About => FADE.0 * 0.6,
            End::Open => POINT,
            End::Unknown => FADE.1,
        };
        let outer = |end: End| if end == End::About { FADE.0 } else { 0.0 };
        let room = rect.width() * 0.5;
        let (left, right) =
            (rect.left() + inner(start).min(room), rect.right() - inner(end).min(room));
        let fill = |x: f32| {
            if core.is_some_and(|(from, to)| from <= x && x <= to) { full } else { light }
        };
        // What is only possible, and what is certain.
        self.blend(Rect::from_x_y_ranges(left..=right, rect.y_range()), light, light);
        if let Some((from, to)) = core {
            let (from, to) = (from.max(left), to.min(right));
            if from < to {
                self.blend(Rect::from_x_y_ranges(from..=to, rect.y_range()), full, full);
            }
        }
        let (at_left, at_right) = (fill(left + 0.5), fill(right - 0.5));
        if matches!(start, End::About | End::Unknown) {
            let out = Rect::from_x_y_ranges(rect.left() - outer(start)..=left, rect.y_range());
            self.blend(out, none, at_left);
        }
        if matches!(end, End::About | End::Unknown) {
            let out = Rect::from_x_y_ranges(right..=rect.right() + outer(end), rect.y_range());
            self.blend(out, at_right, none);
        }
        // The outline: open where an end fades, with a point where it goes on.
        let (top, bottom, middle) = (rect.top() + 0.6, rect.bottom() - 0.6, rect.center().y);
        let mut way: Vec<Pos2> = Vec::new();
        match start {
            End::Sharp => way.extend([pos2(left + 0.6, middle), pos2(left + 0.6, top)]),
            End::Open => way.extend([pos2(rect.left(), middle), pos2(left, top)]),
            End::About | End::Unknown => way.push(pos2(left, top)),
        }
        match end {
            End::Sharp => way.extend([
                pos2(right - 0.6, top),
                pos2(right - 0.6, middle),
                pos2(right - 0.6, bottom),
            ]),
            End::Open => {
                way.extend([pos2(right, top), pos2(rect.right(), middle), pos2(right, bottom)]);
            }
            End::About | End::Unknown => way.push(pos2(right, top)),
        }
        let mut back = Vec::new();
        let closed = !matches!(end, End::About | End::Unknown);
        if !closed {
            back.push(pos2(right, bottom));
        }
        match start {
            End::Sharp => back.extend([pos2(left + 0.6, bottom), pos2(left + 0.6, middle)]),
            End::Open => back.extend([pos2(left, bottom), pos2(rect.left(), middle)]),
            End::About | End::Unknown => back.push(pos2(left, bottom)),
        }
        if start == End::Open {
            self.pen.fill_soft(
                &[pos2(rect.left(), middle), pos2(left, rect.top()), pos2(left, rect.bottom())],
                at_left,
            );
        }
        if end == End::Open {
            self.pen.fill_soft(
                &[pos2(right, rect.top()), pos2(rect.right(), middle), pos2(right, rect.bottom())],
                at_right,
            );
        }
        if closed {
            way.extend(back);
            self.stroke(&way, look.uncertain, line);
        } else {
            self.stroke(&way, look.uncertain, line);
            self.stroke(&back, look.uncertain, line);
        }
        // A thick edge where an end is known: it can be told from one that only may be there.
        let edge = 2.6;
        for (end, x) in [(start, left), (end, right - edge)] {
            let reaches = core.is_some_and(|(from, to)| from <= x + edge && to >= x);
            let certain = reaches && end == End::Sharp && !look.uncertain;
            if certain {
                let rect = Rect::from_min_size(pos2(x, rect.top()), vec2(edge, rect.height()));
                self.pen.block(rect.center(), rect.size() * 0.5, colour);
            }
        }
    }

    fn stroke(&mut self, way: &[Pos2], dashed: bool, colour: Color32) {
        if dashed {
            self.pen.dashes(way, 1.4, colour, &[4.0, 3.0]);
        } else {
            self.pen.line(way, 1.2, colour, false);
        }
    }

    /// The mark of a kind: a diamond for an event, a square for a statement. Hollow where the date is approximate, dashed
    /// where it is uncertain; a statement that denies is crossed.
    fn mark(&mut self, style: &Style, look: Look, centre: Pos2, colour: Color32) {
        let mut outline = std::mem::take(&mut self.outline);
        outline.clear();
        let around: f32 = match look.kind {
            Kind::Event => {
                let reach = 6.4;
                outline.extend([
                    centre - vec2(0.0, reach),
                    centre + vec2(reach, 0.0),
                    centre + vec2(0.0, reach),
                    centre - vec2(reach, 0.0),
                ]);
                reach
            }
            Kind::Actor | Kind::Claim => {
                rounded(Rect::from_center_size(centre, vec2(10.4, 10.4)), 2.0, &mut outline);
                5.2
            }
        };
        if look.about {
            // It may be a little to the left or to the right.
            let flank = |from: f32, to: f32| {
                Rect::from_x_y_ranges(
                    centre.x + from..=centre.x + to,
                    centre.y - 2.0..=centre.y + 2.0,
                )
            };
            self.blend(flank(-around - 9.0, -around + 1.0), Color32::TRANSPARENT, colour);
            self.blend(flank(around - 1.0, around + 9.0), colour, Color32::TRANSPARENT);
        }
        if look.uncertain {
            self.pen.fill_soft(&outline, style.surface);
            self.pen.dashed_outline(&outline, 1.5, colour, 3.0, 2.2);
        } else if look.about || look.denies {
            self.pen.shape(&outline, style.surface, 1.6, colour);
        } else {
            self.pen.fill_soft(&outline, colour);
        }
        if look.denies {
            let reach = 3.2;
            for turn in [1.0, -1.0] {
                let way =
                    [centre + vec2(-reach, -reach * turn), centre + vec2(reach, reach * turn)];
                self.pen.line(&way, 1.5, colour, false);
            }
        }
        self.outline = outline;
    }

    /// The sign of what speaks against a date: full where it cannot be so, hollow where it may.
    pub fn sign(&mut self, style: &Style, centre: Pos2, doubt: Doubt) {
        let ink = match doubt {
            Doubt::Contradicts => {
                self.pen.disc(centre, 6.2, style.accent);
                style.surface
            }
            Doubt::Later => {
                self.pen.disc(centre, 6.2, style.surface);
                self.pen.circle(centre, 5.6, 1.3, style.muted);
                style.muted
            }
        };
        self.pen.line(&[centre - vec2(0.0, 3.6), centre + vec2(0.0, 0.8)], 1.6, ink, false);
        self.pen.disc(centre + vec2(0.0, 3.1), 1.0, ink);
    }

    /// A link from one event to another.
    pub fn arrow(&mut self, way: &[Pos2; 5], colour: Color32, width: f32, dashed: bool) {
        let mut points = Vec::with_capacity(20);
        points.push(way[0]);
        for corner in way.windows(3) {
            let [a, b, c] = *corner else { continue };
            // Corners are round, as far as there is room.
            let (before, after) = (b - a, c - b);
            let radius = 5.0_f32.min(before.length() * 0.5).min(after.length() * 0.5);
            if radius < 0.5 {
                points.push(b);
                continue;
            }
            let (from, to) = (b - before.normalized() * radius, b + after.normalized() * radius);
            for step in 0..=4 {
                let t = step as f32 / 4.0;
                points.push(from.lerp(b, t).lerp(b.lerp(to, t), t));
            }
        }
        let tip = way[4];
        points.push(tip - vec2(4.0, 0.0));
        if dashed {
            self.pen.dashes(&points, width, colour, &[5.0, 3.0]);
        } else {
            self.pen.line(&points, width, colour, false);
        }
        self.pen.fill_soft(&[tip, tip + vec2(-6.5, -3.6), tip + vec2(-6.5, 3.6)], colour);
    }

    /// A line around something.
    pub fn ring(&mut self, rect: Rect, radius: f32, width: f32, colour: Color32) {
        let mut outline = std::mem::take(&mut self.outline);
        rounded(rect, radius, &mut outline);
        self.pen.line(&outline, width, colour, true);
        self.outline = outline;
    }

    /// What lies behind words, so that no line runs through them.
    pub fn clear(&mut self, rect: Rect, colour: Color32) {
        self.pen.block(rect.center(), rect.size() * 0.5, colour);
    }

    /// A filled ground with round corners.
    pub fn ground(&mut self, rect: Rect, radius: f32, colour: Color32) {
        let mut outline = std::mem::take(&mut self.outline);
        rounded(rect, radius, &mut outline);
        self.pen.fill_soft(&outline, colour);
        self.outline = outline;
    }
}
