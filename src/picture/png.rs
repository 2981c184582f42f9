//! Portable Network Graphics: a drawing in pixels, painted by tiny-skia.

use std::collections::HashMap;

use skrifa::instance::Size;
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{GlyphId, MetadataProvider as _, Tag};
use tiny_skia::{
    Color, FillRule, GradientStop, LineJoin, LinearGradient, Paint as Ink, Path, PathBuilder,
    Pixmap, SpreadMode, Stroke, StrokeDash, Transform,
};

use super::faces::{Face, Faces};
use super::shapes::{Closed, Drawing, Shape, Step, Words};
use crate::drawing::{Colour, Inks, Line, Paint, Role, Side};
use crate::graph::{Point, Rect};

/// No side has more pixels than this, and no picture more than this many of them: four bytes each, and more while it is
/// written.
pub const MOST_ALONG: f32 = 30_000.0;
/// See [`MOST_ALONG`].
pub const MOST_PIXELS: f32 = 120e6;
/// Shapes between two looks at whether to stop.
const ASK_EVERY: usize = 512;

/// The width and height in pixels of a drawing `scale` times as large; `None` where that is too much.
#[must_use]
pub fn pixels(size: Point, scale: f32) -> Option<(u32, u32)> {
    let (width, height) = ((size.x * scale).ceil().max(1.0), (size.y * scale).ceil().max(1.0));
    let fits = width <= MOST_ALONG && height <= MOST_ALONG && width * height <= MOST_PIXELS;
    fits.then_some((width as u32, height as u32))
}

/// A drawing in pixels, `scale` times as large; `None` where it is too large or was stopped.
#[must_use]
pub fn painted(
    drawing: &Drawing,
    inks: &Inks,
    faces: &Faces,
    scale: f32,
    stop: &dyn Fn() -> bool,
) -> Option<Pixmap> {
    let (width, height) = pixels(drawing.size, scale)?;
    let mut canvas = Canvas {
        pixmap: Pixmap::new(width, height)?,
        inks,
        faces,
        scale: Transform::from_scale(scale, scale),
        glyphs: HashMap::new(),
    };
    canvas.pixmap.fill(colour(inks.colour(Role::Canvas.into())));
    for (shape, count) in drawing.shapes.iter().zip(1..) {
        if count % ASK_EVERY == 0 && stop() {
            return None;
        }
        canvas.shape(shape);
    }
    Some(canvas.pixmap)
}

struct Canvas<'a> {
    pixmap: Pixmap,
    inks: &'a Inks,
    faces: &'a Faces,
    scale: Transform,
    /// The outlines of glyphs, in units of their faces.
    glyphs: HashMap<(usize, u32), Option<Path>>,
}

fn colour(colour: Colour) -> Color {
    Color::from_rgba8(colour.r, colour.g, colour.b, colour.a)
}

impl Canvas<'_> {
    fn ink(&self, paint: Paint) -> Ink<'static> {
        let mut ink = Ink::default();
        ink.set_color(colour(self.inks.colour(paint)));
        ink
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Area { outline, fill, line } => {
                let Some(path) = closed(outline) else { return };
                if let Some(fill) = fill {
                    let ink = self.ink(*fill);
                    self.pixmap.fill_path(&path, &ink, FillRule::Winding, self.scale, None);
                }
                if let Some(line) = line {
                    self.stroke(&path, *line);
                }
            }
            Shape::Path(points, line) => {
                let mut path = PathBuilder::new();
                for (point, first) in
                    points.iter().zip(std::iter::once(true).chain(std::iter::repeat(false)))
                {
                    if first {
                        path.move_to(point.x, point.y);
                    } else {
                        path.line_to(point.x, point.y);
                    }
                }
                if let Some(path) = path.finish() {
                    self.stroke(&path, *line);
                }
            }
            Shape::Thread(curve, line) => {
                let mut path = PathBuilder::new();
                path.move_to(curve.from.x, curve.from.y);
                path.quad_to(curve.control.x, curve.control.y, curve.to.x, curve.to.y);
                if let Some(path) = path.finish() {
                    self.stroke(&path, *line);
                }
            }
            Shape::Fade(rect, fill, to) => self.fade(*rect, *fill, *to),
            Shape::Words(words) => self.words(words),
            Shape::Open(_) | Shape::Close => {}
        }
    }

    fn fade(&mut self, rect: Rect, fill: Paint, to: Side) {
        let full = colour(self.inks.colour(fill));
        let mut none = full;
        none.set_alpha(0.0);
        let (left, right) = match to {
            Side::Left => (none, full),
            Side::Right => (full, none),
        };
        let at = |x: f32| tiny_skia::Point::from_xy(x, rect.min.y);
        let stops = vec![GradientStop::new(0.0, left), GradientStop::new(1.0, right)];
        let shader = LinearGradient::new(
            at(rect.min.x),
            at(rect.max.x),
            stops,
            SpreadMode::Pad,
            Transform::identity(),
        );
        // Where it has no width there is none.
        let (Some(shader), Some(path)) = (shader, closed(&Closed::Round(rect, 0.0))) else {
            return;
        };
        let ink = Ink { shader, ..Ink::default() };
        self.pixmap.fill_path(&path, &ink, FillRule::Winding, self.scale, None);
    }

    fn stroke(&mut self, path: &Path, line: Line) {
        let lengths = line.dash.lengths();
        let dash = if lengths.is_empty() { None } else { StrokeDash::new(lengths.to_vec(), 0.0) };
        let stroke =
            Stroke { width: line.width, line_join: LineJoin::Round, dash, ..Stroke::default() };
        let ink = self.ink(line.paint);
        self.pixmap.stroke_path(path, &ink, &stroke, self.scale, None);
    }

    fn words(&mut self, words: &Words) {
        let ink = self.ink(words.paint);
        for line in &words.lines {
            let mut x = line.left(words.centred);
            for run in &line.runs {
                let Some(face) = self.faces.face(run.face) else { continue };
                let size = words.size / face.units;
                for glyph in &run.glyphs {
                    let at = Point::new(
                        x + glyph.dx * words.size,
                        line.baseline - glyph.dy * words.size,
                    );
                    let outline = self
                        .glyphs
                        .entry((run.face, glyph.id))
                        .or_insert_with(|| glyph_outline(face, glyph.id));
                    if let Some(path) = outline {
                        // Glyphs have y upwards.
                        let place = Transform::from_row(size, 0.0, 0.0, -size, at.x, at.y);
                        let place = place.post_concat(self.scale);
                        self.pixmap.fill_path(path, &ink, FillRule::Winding, place, None);
                    }
                    x += glyph.advance * words.size;
                }
            }
        }
    }
}

fn glyph_outline(face: &Face, id: u32) -> Option<Path> {
    struct Outline(PathBuilder);
    impl OutlinePen for Outline {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.move_to(x, y);
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.line_to(x, y);
        }
        fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
            self.0.quad_to(cx, cy, x, y);
        }
        fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
            self.0.cubic_to(ax, ay, bx, by, x, y);
        }
        fn close(&mut self) {
            self.0.close();
        }
    }
    let font = face.font()?;
    let axes = font.axes().location(face.axes.iter().map(|(tag, value)| (Tag::new(tag), *value)));
    let glyph = font.outline_glyphs().get(GlyphId::new(id))?;
    let mut pen = Outline(PathBuilder::new());
    glyph.draw(DrawSettings::unhinted(Size::unscaled(), &axes), &mut pen).ok()?;
    pen.0.finish()
}

fn closed(outline: &Closed) -> Option<Path> {
    let mut path = PathBuilder::new();
    for step in outline.steps() {
        match step {
            Step::Move(at) => path.move_to(at.x, at.y),
            Step::Line(at) => path.line_to(at.x, at.y),
            Step::Cubic(a, b, at) => path.cubic_to(a.x, a.y, b.x, b.y, at.x, at.y),
            Step::Close => path.close(),
        }
    }
    path.finish()
}
