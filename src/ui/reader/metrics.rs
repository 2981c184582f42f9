//! What the reader's fonts measure: advances, row height, the width of the column.

use std::sync::Arc;

use egui::epaint::text::FontsView;
use egui::{Color32, Context, FontId, Galley};

use crate::ui::heights::Estimate;
use crate::ui::theme::Style;

/// French prose, to find the mean advance of a character.
const SAMPLE: &str = "Selon plusieurs rapports, le licenciement était le résultat d’une lutte de pouvoir avec le conseil";
/// Height of a paragraph without a word, as a part of a row's.
pub const BLANK: f32 = 0.45;

/// Advances by character, in points.
#[derive(Clone, Debug, Default)]
pub struct Advances {
    pages: Vec<Option<Box<[f32; 256]>>>,
}

impl Advances {
    /// A character's advance: asked of the fonts once.
    #[inline]
    pub fn get(&mut self, c: char, fonts: &mut FontsView<'_>, font: &FontId) -> f32 {
        let (page, at) = ((c as usize) >> 8, (c as usize) & 255);
        if let Some(Some(known)) = self.pages.get(page)
            && !known[at].is_nan()
        {
            return known[at];
        }
        let wide = match c {
            '\t' => 4.0 * fonts.glyph_width(font, ' '),
            // As the text engine sets it.
            '\u{2009}' | '\u{202f}' => 0.5 * fonts.glyph_width(font, ' '),
            // Two of these make one flag.
            '\u{1f1e6}'..='\u{1f1ff}' => 0.6 * font.size,
            c if crate::text::is_hidden(c) => fonts.glyph_width(font, crate::text::MARK),
            // What no font has is drawn as a box, whose width the fonts do not tell.
            c if !fonts.has_glyph(font, c) => {
                let galley = fonts.layout_no_wrap(c.to_string(), font.clone(), Color32::BLACK);
                galley.size().x
            }
            c => fonts.glyph_width(font, c),
        };
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, || None);
        }
        self.pages[page].get_or_insert_with(|| Box::new([f32::NAN; 256]))[at] = wide;
        wide
    }
}

/// A face of the column, and how its rows are set.
#[derive(Clone, Debug)]
pub struct Face {
    /// The font.
    pub font: FontId,
    /// From row to row, in points: whole pixels.
    pub row: f32,
    /// From a row's top to where its galley is painted.
    pub drop: f32,
    /// From a row's top to the upper and the lower edge of a tint behind words.
    pub band: (f32, f32),
    /// To the next paragraph, in points.
    pub gap: f32,
    /// Width of a space.
    pub space: f32,
}

impl Face {
    fn new(ctx: &Context, font: FontId, leading: f32, gap: f32) -> Self {
        let probe = probe(ctx, &font);
        let glyph = probe.rows.first().and_then(|row| row.glyphs.first());
        let ascent = glyph.map_or(0.8 * font.size, |glyph| glyph.pos.y);
        let (height, space) =
            ctx.fonts_mut(|fonts| (fonts.row_height(&font), fonts.glyph_width(&font, ' ')));
        let scale = ctx.pixels_per_point();
        let whole = |points: f32| (points * scale).round() / scale;
        let row = whole((font.size * leading).max(height));
        let drop = whole((row - height) / 2.0);
        let baseline = drop + ascent;
        Self {
            row,
            drop,
            band: (baseline - 0.95 * font.size, baseline + 0.28 * font.size),
            gap: whole(gap),
            space,
            font,
        }
    }
}

/// Which face a paragraph is set in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FaceOf {
    /// The text's.
    #[default]
    Body,
    /// A title's.
    Title,
    /// A heading of the first two levels.
    Heading,
    /// A heading below them.
    Subheading,
    /// A footnote's.
    Note,
    /// That of code and verse: each character as wide as the next.
    Code,
}

impl FaceOf {
    /// How many there are.
    pub const COUNT: usize = 6;
}

/// What the rows are made to.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// The text's face.
    pub body: Face,
    /// The face of a title: the heading's, or a first paragraph that is the article's title.
    pub title: Face,
    /// The faces of headings in the text, of its notes, and of words whose spaces matter.
    heading: Face,
    subheading: Face,
    note: Face,
    code: Face,
    /// The text's colour.
    pub ink: Color32,
    /// Width of the column, in points.
    pub column: f32,
    /// The mean advance of a character.
    pub mean: f32,
    title_mean: f32,
    pixels_per_point: f32,
    leading: f32,
    measure: f32,
    available: f32,
    probe: Arc<Galley>,
}

impl Metrics {
    /// Measures. `available`: the widest the column may be, in points.
    pub fn new(ctx: &Context, style: &Style, available: f32) -> Self {
        let size = style.text_size;
        let font = FontId::new(size, style.serif.clone());
        let title = FontId::new((size * 1.5).round(), style.serif_bold.clone());
        let mean = mean_advance(ctx, &font);
        let bold = |part: f32| FontId::new((size * part).round(), style.serif_bold.clone());
        let plain = |part: f32| FontId::new((size * part).round(), style.serif.clone());
        Self {
            probe: probe(ctx, &font),
            body: Face::new(ctx, font, style.leading, size * 0.75),
            title: Face::new(ctx, title.clone(), 1.3, size * 0.9),
            heading: Face::new(ctx, bold(1.22), 1.3, size * 0.5),
            subheading: Face::new(ctx, bold(1.0), style.leading, size * 0.4),
            note: Face::new(ctx, plain(0.88), style.leading, size * 0.3),
            code: Face::new(ctx, FontId::monospace((size * 0.9).round()), style.leading, 0.0),
            column: (style.measure * mean).min(available).max(8.0 * mean).round(),
            mean,
            title_mean: mean_advance(ctx, &title),
            pixels_per_point: ctx.pixels_per_point(),
            leading: style.leading,
            measure: style.measure,
            available,
            ink: style.ink,
        }
    }

    /// A face.
    pub const fn face(&self, of: FaceOf) -> &Face {
        match of {
            FaceOf::Body => &self.body,
            FaceOf::Title => &self.title,
            FaceOf::Heading => &self.heading,
            FaceOf::Subheading => &self.subheading,
            FaceOf::Note => &self.note,
            FaceOf::Code => &self.code,
        }
    }

    /// Whether they were measured for this: they may still be of faces that were exchanged since, which is what
    /// [`Self::galleys_live`] tells.
    pub fn holds(&self, ctx: &Context, style: &Style, available: f32) -> bool {
        self.pixels_per_point == ctx.pixels_per_point()
            && self.body.font.size == style.text_size
            && self.body.font.family == style.serif
            && self.leading == style.leading
            && self.measure == style.measure
            && self.ink == style.ink
            && self.available == available
    }

    /// Whether galleys laid out in earlier frames can still be painted. When egui exchanges faces or begins its atlas
    /// of glyphs anew, it forgets its galleys, and among them the one asked for here in every frame.
    pub fn galleys_live(&self, ctx: &Context) -> bool {
        Arc::ptr_eq(&self.probe, &probe(ctx, &self.body.font))
    }

    /// Whether rows broken by those measures still end where they would by these.
    pub fn breaks_like(&self, other: &Self) -> bool {
        let face = |face: &Face| (face.row, face.drop, face.band, face.gap);
        self.mean == other.mean
            && self.title_mean == other.title_mean
            && self.column == other.column
            && face(&self.body) == face(&other.body)
            && face(&self.title) == face(&other.title)
            && face(&self.heading) == face(&other.heading)
            && face(&self.subheading) == face(&other.subheading)
            && face(&self.note) == face(&other.note)
            && face(&self.code) == face(&other.code)
    }

    /// What a unit's height is taken to be before its rows are known: half a row of slack and the gap, and a row
    /// for each full row's bytes (a row ends early by half a word; accented letters take two bytes).
    pub fn estimate(&self) -> Estimate {
        let bytes = f64::from(self.column / self.mean) * 1.01;
        Estimate {
            base: f64::from(self.body.row.mul_add(0.5, self.body.gap)),
            per_byte: f64::from(self.body.row) / bytes,
        }
    }
}

/// A galley that egui keeps as long as it keeps any.
fn probe(ctx: &Context, font: &FontId) -> Arc<Galley> {
    ctx.fonts_mut(|fonts| fonts.layout_no_wrap("x".to_owned(), font.clone(), Color32::BLACK))
}

fn mean_advance(ctx: &Context, font: &FontId) -> f32 {
    let sum: f32 = ctx.fonts_mut(|fonts| SAMPLE.chars().map(|c| fonts.glyph_width(font, c)).sum());
    (sum / SAMPLE.chars().count() as f32).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_font_has_is_as_wide_as_its_box() {
        let ctx = Context::default();
        ctx.run_ui(egui::RawInput::default(), |_| {}).textures_delta.clear();
        let font = FontId::proportional(18.0);
        ctx.fonts_mut(|fonts| {
            assert!(!fonts.has_glyph(&font, '森'), "the fonts of a bare context have it");
            let mut advances = Advances::default();
            for text in ["森", "森山健二", "a森 b"] {
                let galley = fonts.layout_no_wrap(text.to_owned(), font.clone(), Color32::BLACK);
                let sum: f32 = text.chars().map(|c| advances.get(c, fonts, &font)).sum();
                assert!((sum - galley.size().x).abs() < 1.0, "{text}: {sum}, {}", galley.size().x);
            }
        });
    }
}
