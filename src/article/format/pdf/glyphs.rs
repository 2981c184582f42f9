//! What is drawn on a page, glyph by glyph: a device for the interpreter that takes down characters and places, and
//! draws nothing.

use std::collections::HashMap;

use hayro::hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro::hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use hayro::hayro_syntax::object::{Dict, Name, Stream, String as Bytes};
use hayro::hayro_syntax::page::Page;
use hayro::kurbo::{Affine, BezPath, Point, Rect, Shape};

use super::letters;
use super::names::Names;
use super::place::{Area, Glyph, Turn};

/// The most glyphs, and the most forms and clips, of one page. A page of a telephone book has some 20,000 glyphs; forms
/// that draw forms that draw forms have no end.
const MOST_GLYPHS: usize = 1 << 19;
const MOST_FORMS: usize = 1 << 17;
/// The most glyphs of a page that is drawn as a picture.
const MOST_DRAWN: usize = 1 << 18;
/// The most characters that a note in the file may put in the place of what is drawn.
const MOST_ACTUAL: usize = 32;

/// What was found on a page.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) glyphs: Vec<Glyph>,
    /// How large the page is, in points.
    pub(super) width: f32,
    pub(super) height: f32,
    /// How much of the page the largest picture covers, 0 to 1.
    pub(super) pictured: f32,
    /// Ligatures that were taken apart.
    pub(super) ligatures: usize,
    /// Glyphs outside the page, or the part of it that is shown.
    pub(super) outside: usize,
    /// Letters of headers and footers, where the file says that they are.
    pub(super) framing: usize,
    /// Lines and shapes that are drawn, letters and pictures aside.
    pub(super) drawn: usize,
    /// Whether more is drawn than was taken down.
    pub(super) cut: bool,
    /// Whether so much is drawn that drawing it would take all memory.
    pub(super) heavy: bool,
}

/// Unwinds the interpreter where there is more than is taken.
struct Enough;

/// Takes down what is drawn on a page; `None` where the interpreter failed: it is a young library, and a page that makes
/// it panic shall not take the other pages with it.
pub(super) fn of_page<'a>(
    page: &'a Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
    names: &mut Names,
) -> Option<Found> {
    let (width, height) = page.render_dimensions();
    let frame = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = page.initial_transform(true).to_kurbo();
    let mut context = Context::new(transform, frame, cache, page.xref(), settings.clone());
    let whole = Area { left: 0.0, top: 0.0, right: width, bottom: height };
    let mut taker = Taker {
        found: Found { width, height, ..Found::default() },
        clips: vec![whole],
        marks: Vec::new(),
        names,
        taken: 0,
        forms: 0,
    };
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        interpret_page(page, &mut context, &mut taker);
    }));
    match done {
        Ok(()) => Some(Found { heavy: taker.taken > MOST_DRAWN, ..taker.found }),
        Err(why) if why.is::<Enough>() => Some(Found { cut: true, heavy: true, ..taker.found }),
        Err(_) => None,
    }
}

/// A marked part of the content that has begun.
struct Mark {
    number: Option<u32>,
    /// Whether it is a header, a footer or a page number (ISO 32000-2, 14.8.2.2).
    framing: bool,
    /// The glyph it began with, and what the file says it reads as.
    actual: Option<(usize, String)>,
}

struct Taker<'n> {
    found: Found,
    /// What of the page is shown: the innermost clip last.
    clips: Vec<Area>,
    marks: Vec<Mark>,
    names: &'n mut Names,
    taken: usize,
    forms: usize,
}

impl Taker<'_> {
    /// The interpreter cannot be told to stop: it is unwound, past no panic hook.
    fn check(&self) {
        if self.taken > MOST_GLYPHS || self.forms > MOST_FORMS {
            std::panic::resume_unwind(Box::new(Enough));
        }
    }

    fn shown(&self) -> Area {
        self.clips.last().copied().unwrap_or_default()
    }

    fn clip(&mut self, bounds: Rect) {
        self.forms += 1;
        self.check();
        #[allow(clippy::cast_possible_truncation, reason = "points need no more than f32")]
        let bounds = Area {
            left: bounds.x0 as f32,
            top: bounds.y0 as f32,
            right: bounds.x1 as f32,
            bottom: bounds.y1 as f32,
        };
        self.clips.push(self.shown().common(bounds));
    }

    fn take(&mut self, run: &GlyphRun<'_, '_>, transform: Affine, hidden: bool) {
        let places: Vec<Affine> =
            run.glyphs().iter().map(|glyph| transform * glyph.transform()).collect();
        let vertical = run.writing_mode() == WritingMode::Vertical;
        let stretched = stretched(&places);
        let mut bold = None;
        if self.marks.iter().any(|mark| mark.framing) {
            let letter = |glyph: &Drawn<'_>| match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.is_alphabetic(),
                _ => false,
            };
            self.found.framing += run.glyphs().iter().filter(|glyph| letter(glyph)).count();
            return;
        }
        let mark = self.marks.iter().rev().find_map(|mark| mark.number);
        for (glyph, place) in run.glyphs().iter().zip(places) {
            self.taken += 1;
            self.check();
            let length = |x: f64, y: f64| {
                let origin = place * Point::ZERO;
                let there = place * Point::new(x, y);
                (there.x - origin.x, there.y - origin.y)
            };
            let (x, y) = length(1.0, 0.0);
            let (up_x, up_y) = length(0.0, 1.0);
            let (across, upward) = (x.hypot(y), up_x.hypot(up_y));
            let size = upward * 1000.0;
            if !(0.1..=10_000.0).contains(&size) {
                self.found.outside += 1;
                continue;
            }
            let advance = match &**glyph {
                Drawn::Outline(outline) => outline.advance_width(),
                Drawn::Type3(drawn) => drawn.advance_width(),
            };
            let advance = f64::from(advance.unwrap_or(500.0)).clamp(-4000.0, 8000.0);
            let origin = place * Point::ZERO;
            let (turn, ahead) = if vertical {
                // Upright signs that run down: the frame is turned, the signs are not.
                (Turn::of(-up_x, -up_y), size)
            } else {
                (Turn::of(x, y), advance * if stretched { upward } else { across })
            };
            let (start, base) = turn.into_frame(origin.x, origin.y);
            #[allow(clippy::cast_possible_truncation, reason = "points need no more than f32")]
            let (ahead, size) = (ahead as f32, size as f32);
            #[allow(clippy::cast_possible_truncation, reason = "points need no more than f32")]
            let (x, y) = (origin.x as f32, origin.y as f32);
            let shown = self.shown();
            // A glyph's origin is its lower left corner; a little of it may lie outside.
            let slack = size * 0.25;
            let wide = Area {
                left: shown.left - slack,
                top: shown.top,
                right: shown.right + slack,
                bottom: shown.bottom + slack,
            };
            if !(start.is_finite() && base.is_finite() && wide.holds(x, y)) {
                self.found.outside += 1;
                continue;
            }
            let text = match glyph.as_unicode() {
                Some(BfString::Char(c)) => c.to_string(),
                Some(BfString::String(text)) => text,
                None => String::new(),
            };
            let text = if letters::is_readable(&text) {
                text
            } else if let Drawn::Outline(outline) = &**glyph {
                self.names.of(outline).unwrap_or_default()
            } else {
                String::new()
            };
            let (text, ligature) = letters::apart(&text);
            self.found.ligatures += usize::from(ligature);
            let bold = *bold.get_or_insert_with(|| match &**glyph {
                Drawn::Outline(outline) => self.names.is_bold(outline),
                Drawn::Type3(_) => false,
            });
            self.found.glyphs.push(Glyph {
                text,
                turn,
                start: start.min(start + ahead),
                end: start.max(start + ahead),
                base,
                size,
                bold,
                hidden,
                mark,
            });
        }
    }
}

/// Whether the glyphs of a run are each stretched to the width that the file states, as is done with fonts that stand
/// in for absent ones. What the whole run is stretched by is a setting of the text, and part of the advance.
fn stretched(places: &[Affine]) -> bool {
    let ratio = |place: &Affine| {
        let [a, b, c, d, _, _] = place.as_coeffs();
        a.hypot(b) / c.hypot(d)
    };
    let Some(first) = places.first().map(ratio) else { return false };
    places.iter().any(|place| (ratio(place) - first).abs() > 0.004 * first.abs())
}

impl<'a> Device<'a> for Taker<'_> {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.found.drawn += 1;
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.found.drawn += 1;
    }

    fn push_clip_path(&mut self, clip: &ClipPath) {
        self.clip(clip.path.bounding_box());
    }

    fn push_clip_rect(&mut self, rect: &Rect) {
        self.clip(*rect);
    }

    fn pop_clip(&mut self) {
        if self.clips.len() > 1 {
            self.clips.pop();
        }
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let hidden = matches!(mode, DrawMode::Invisible);
        self.take(run, props.transform, hidden);
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let of = |stream: &Stream<'_>| {
            let side = |long: &[u8], short: &[u8]| {
                let side = stream.dict().get::<u32>(long).or_else(|| stream.dict().get(short));
                f64::from(side.unwrap_or(1))
            };
            (side(b"Width", b"W"), side(b"Height", b"H"))
        };
        let (width, height) = match &image {
            Image::Stencil(stencil) => of(stencil.stream()),
            Image::Raster(raster) => of(raster.stream()),
        };
        let bounds = props.transform.transform_rect_bbox(Rect::new(0.0, 0.0, width, height));
        self.clip(bounds);
        let covered = self.shown().size() / (self.found.width * self.found.height).max(1.0);
        self.clips.pop();
        self.found.pictured = self.found.pictured.max(covered);
    }

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        self.forms += 1;
        self.check();
        let number = properties.and_then(|p| p.get::<u32>(b"MCID"));
        let kind = properties.and_then(|p| p.get::<Name<'_>>(b"Type"));
        let framing = tag == b"Artifact" && kind.is_some_and(|kind| kind.as_str() == "Pagination");
        let actual = properties
            .and_then(|p| p.get::<Bytes<'_>>(b"ActualText"))
            .map(|bytes| letters::of_text_string(bytes.as_bytes()))
            .filter(|text| text.chars().count() <= MOST_ACTUAL)
            .map(|text| (self.found.glyphs.len(), text));
        self.marks.push(Mark { number, framing, actual });
    }

    fn end_marked_content(&mut self) {
        let Some(Mark { actual: Some((first, text)), .. }) = self.marks.pop() else { return };
        read_as(self.found.glyphs.get_mut(first..).unwrap_or_default(), &text);
    }
}

/// Glyphs of which the file says what they read as, such as a letter and its accent, or the hyphen of a divided word.
fn read_as(glyphs: &mut [Glyph], text: &str) {
    let one_line = glyphs.windows(2).all(|pair| {
        pair[0].turn == pair[1].turn && (pair[0].base - pair[1].base).abs() < pair[0].size
    });
    // What is already said letter by letter keeps its letters' places.
    let said: String = glyphs.iter().map(|glyph| &*glyph.text).collect();
    if !one_line || said == text {
        return;
    }
    let (text, _) = letters::apart(text);
    if let Some((first, rest)) = glyphs.split_first_mut() {
        first.text = text;
        for glyph in rest {
            first.end = first.end.max(glyph.end);
            first.start = first.start.min(glyph.start);
            // Taken out when the glyphs are cleaned: no letter, and no gap.
            glyph.text = "\u{200b}".to_owned();
        }
    }
}

/// What was repaired when glyphs were cleaned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cleaned {
    /// Letters drawn twice, a little apart, to look bold.
    pub(super) twice: usize,
    /// Letters that are not shown.
    pub(super) hidden: usize,
    /// Glyphs of which nothing says which characters they are.
    pub(super) unknown: usize,
}

impl Cleaned {
    /// Counts what was repaired on another page.
    pub(super) fn add(&mut self, other: Self) {
        self.twice += other.twice;
        self.hidden += other.hidden;
        self.unknown += other.unknown;
    }
}

/// Leaves out what is drawn twice and what is hidden (unless it is what was recognised in a scan), and marks what cannot
/// be read.
pub(super) fn clean(found: &mut Found) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let hidden = found.glyphs.iter().filter(|glyph| glyph.hidden).count();
    // Recognised text lies, without ink, on the picture it was recognised in.
    let recognised = found.pictured > 0.5 || hidden == found.glyphs.len();
    let glyphs = std::mem::take(&mut found.glyphs);
    let mut seen: HashMap<(i32, i32, u16), Vec<usize>> = HashMap::new();
    let mut kept: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for mut glyph in glyphs {
        if glyph.text == "\u{200b}" {
            continue;
        }
        if glyph.hidden && !recognised {
            cleaned.hidden += usize::from(!glyph.is_space());
            continue;
        }
        if glyph.text.is_empty() {
            glyph.text = "\u{fffd}".to_owned();
            cleaned.unknown += 1;
        }
        // How far apart the two may be: less than the next same letter (“ll”) would be.
        let reach = (0.1 * glyph.size).min(0.3 * (glyph.end - glyph.start)).max(0.02);
        #[allow(clippy::cast_possible_truncation, reason = "cells of four points")]
        let cell = |at: f32| (at / 4.0).floor() as i32;
        let near = |at: f32| cell(at - reach)..=cell(at + reach);
        let twin = near(glyph.start)
            .flat_map(|u| near(glyph.base).map(move |v| (u, v, glyph.turn.0)))
            .filter_map(|key| seen.get(&key))
            .flatten()
            .copied()
            .find(|at| {
                kept.get(*at).is_some_and(|other| {
                    other.text == glyph.text
                        && (other.start - glyph.start).abs() <= reach
                        && (other.base - glyph.base).abs() <= reach
                        && (other.size - glyph.size).abs() < 0.1 * glyph.size
                })
            });
        if let Some(twin) = twin.and_then(|at| kept.get_mut(at)) {
            // Drawn twice to look bold: a little apart, or in the very same place, filled and then outlined.
            twin.bold = true;
            let moved = (twin.start - glyph.start).abs() + (twin.base - glyph.base).abs() > 0.01;
            cleaned.twice += usize::from(moved && !glyph.is_space());
            continue;
        }
        let places = seen.entry((cell(glyph.start), cell(glyph.base), glyph.turn.0)).or_default();
        // Where hundreds of letters lie in one place none can be read; looking at all of them would take for ever.
        if places.len() < 64 {
            places.push(kept.len());
        }
        kept.push(glyph);
    }
    found.glyphs = kept;
    cleaned
}
