//! Portable Document Format (ISO 32000): one page of the drawing's size, by krilla. Words stay words, in subsets of their
//! fonts that are embedded; no date and no random id is written.

use std::collections::HashMap;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point as At, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineJoin, LinearGradient, SpreadMethod, Stop, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph, Tag};

use super::faces::{Bytes, Faces};
use super::shapes::{Closed, Drawing, Shape, Step, Words};
use crate::drawing::{Inks, Line, Paint, Role, Side};
use crate::graph::{Point, Rect};

/// Points of PDF (72 to the inch) for one point of the screen (96 to the inch).
const POINT: f32 = 0.75;
/// The longest side of a page, in points of PDF (Annex C.2 of ISO 32000-1).
pub const LONGEST: f32 = 14_400.0;
/// Shapes between two looks at whether to stop.
const ASK_EVERY: usize = 1_024;

/// Why there is no file.
#[derive(Debug)]
pub enum Failed {
    /// On request.
    Stopped,
    /// The page would be too large.
    TooLarge,
    /// The writer said this.
    Writer(String),
}

/// A drawing as a file, `scale` times as large.
///
/// # Errors
/// See [`Failed`].
pub fn file(
    drawing: &Drawing,
    inks: &Inks,
    faces: &Faces,
    scale: f32,
    stop: &dyn Fn() -> bool,
) -> Result<Vec<u8>, Failed> {
    let scale = scale * POINT;
    let (width, height) = (drawing.size.x * scale, drawing.size.y * scale);
    if width > LONGEST || height > LONGEST {
        return Err(Failed::TooLarge);
    }
    let settings = PageSettings::from_wh(width, height).ok_or(Failed::TooLarge)?;
    let mut document = Document::new();
    let mut about = Metadata::new().creator("Casebook".to_owned());
    if !drawing.title.is_empty() {
        about = about.title(drawing.title.clone());
    }
    document.set_metadata(about);
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    surface.push_transform(&Transform::from_scale(scale, scale));
    let mut sheet = Sheet { surface: &mut surface, inks, faces, fonts: HashMap::new() };
    let all = Rect { min: Point::default(), max: drawing.size };
    sheet.area(&Closed::Round(all, 0.0), Some(Role::Canvas.into()), None);
    for (shape, count) in drawing.shapes.iter().zip(1..) {
        if count % ASK_EVERY == 0 && stop() {
            return Err(Failed::Stopped);
        }
        sheet.shape(shape);
    }
    surface.pop();
    surface.finish();
    page.finish();
    document.finish().map_err(|error| Failed::Writer(format!("{error:?}")))
}

struct Sheet<'a, 's> {
    surface: &'a mut Surface<'s>,
    inks: &'a Inks,
    faces: &'a Faces,
    fonts: HashMap<usize, Option<Font>>,
}

impl Sheet<'_, '_> {
    fn colour(&self, paint: Paint) -> (krilla::paint::Paint, NormalizedF32) {
        let colour = self.inks.colour(paint);
        let opacity = NormalizedF32::new(colour.opacity()).unwrap_or(NormalizedF32::ONE);
        (rgb::Color::new(colour.r, colour.g, colour.b).into(), opacity)
    }

    fn fill(&self, paint: Paint) -> Fill {
        let (paint, opacity) = self.colour(paint);
        Fill { paint, opacity, ..Fill::default() }
    }

    fn stroke(&self, line: Line) -> Stroke {
        let (paint, opacity) = self.colour(line.paint);
        let lengths = line.dash.lengths();
        let dash =
            (!lengths.is_empty()).then(|| StrokeDash { array: lengths.to_vec(), offset: 0.0 });
        let line_join = LineJoin::Round;
        Stroke { paint, opacity, width: line.width, dash, line_join, ..Stroke::default() }
    }

    fn draw(&mut self, path: Option<Path>, fill: Option<Fill>, stroke: Option<Stroke>) {
        let Some(path) = path.filter(|_| fill.is_some() || stroke.is_some()) else { return };
        self.surface.set_fill(fill);
        self.surface.set_stroke(stroke);
        self.surface.draw_path(&path);
    }

    fn area(&mut self, outline: &Closed, fill: Option<Paint>, line: Option<Line>) {
        let fill = fill.map(|paint| self.fill(paint));
        let stroke = line.map(|line| self.stroke(line));
        self.draw(closed(outline), fill, stroke);
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Area { outline, fill, line } => self.area(outline, *fill, *line),
            Shape::Path(points, line) => {
                let mut path = PathBuilder::new();
                if let Some((first, rest)) = points.split_first() {
                    path.move_to(first.x, first.y);
                    rest.iter().for_each(|point| path.line_to(point.x, point.y));
                }
                let stroke = self.stroke(*line);
                self.draw(path.finish(), None, Some(stroke));
            }
            Shape::Thread(curve, line) => {
                let mut path = PathBuilder::new();
                path.move_to(curve.from.x, curve.from.y);
                path.quad_to(curve.control.x, curve.control.y, curve.to.x, curve.to.y);
                let stroke = self.stroke(*line);
                self.draw(path.finish(), None, Some(stroke));
            }
            Shape::Fade(rect, fill, to) => self.fade(*rect, *fill, *to),
            Shape::Words(words) => self.words(words),
            Shape::Open(_) | Shape::Close => {}
        }
    }

    fn fade(&mut self, rect: Rect, fill: Paint, to: Side) {
        let colour = self.inks.colour(fill);
        let stop = |offset: f32, opacity: f32| Stop {
            offset: NormalizedF32::new(offset).unwrap_or(NormalizedF32::ONE),
            color: rgb::Color::new(colour.r, colour.g, colour.b).into(),
            opacity: NormalizedF32::new(opacity).unwrap_or(NormalizedF32::ONE),
        };
        let (left, right) = match to {
            Side::Left => (0.0, colour.opacity()),
            Side::Right => (colour.opacity(), 0.0),
        };
        let gradient = LinearGradient {
            x1: rect.min.x,
            y1: rect.min.y,
            x2: rect.max.x,
            y2: rect.min.y,
            transform: Transform::default(),
            spread_method: SpreadMethod::Pad,
            stops: vec![stop(0.0, left), stop(1.0, right)],
            anti_alias: false,
        };
        let fill = Fill { paint: gradient.into(), ..Fill::default() };
        self.draw(closed(&Closed::Round(rect, 0.0)), Some(fill), None);
    }

    fn font(&mut self, number: usize) -> Option<Font> {
        let faces = self.faces;
        let font = self.fonts.entry(number).or_insert_with(|| {
            let face = faces.face(number)?;
            let bytes: Bytes = face.bytes.clone();
            let axes: Vec<(Tag, f32)> =
                face.axes.iter().map(|(tag, value)| (Tag::new(tag), *value)).collect();
            Font::new_variable(bytes.into(), face.index, &axes)
        });
        font.clone()
    }

    fn words(&mut self, words: &Words) {
        let fill = self.fill(words.paint);
        self.surface.set_fill(Some(fill));
        self.surface.set_stroke(None);
        for line in &words.lines {
            let mut x = line.left(words.centred);
            for run in &line.runs {
                let glyphs: Vec<KrillaGlyph> = run
                    .glyphs
                    .iter()
                    .map(|glyph| {
                        let id = GlyphId::new(glyph.id);
                        let range = glyph.range.clone();
                        KrillaGlyph::new(id, glyph.advance, glyph.dx, glyph.dy, 0.0, range, None)
                    })
                    .collect();
                if let Some(font) = self.font(run.face).filter(|_| !glyphs.is_empty()) {
                    let at = At::from_xy(x, line.baseline);
                    self.surface.draw_glyphs(at, &glyphs, font, &line.text, words.size, false);
                }
                x += run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * words.size;
            }
        }
    }
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
