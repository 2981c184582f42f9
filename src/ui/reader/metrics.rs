//! What the reader's fonts measure: advances, row height, the width of the column.

use egui::epaint::text::FontsView;
use egui::{Color32, Context, FontId};

use super::heights::Estimate;
use crate::ui::look::Look;

/// Characters in a full row, about: the upper end of what reads comfortably (Bringhurst, “The Elements of
/// Typographic Style”, 2.1.2).
const CHARACTERS: f32 = 70.0;
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
            c if super::display::is_hidden(c) => fonts.glyph_width(font, super::display::MARK),
            c => fonts.glyph_width(font, c),
        };
        if self.pages.len() <= page {
            self.pages.resize_with(page + 1, || None);
        }
        self.pages[page].get_or_insert_with(|| Box::new([f32::NAN; 256]))[at] = wide;
        wide
    }
}

/// What the rows are made to.
#[derive(Clone, Debug)]
pub struct Metrics {
    /// The text's font.
    pub font: FontId,
    /// The text's colour.
    pub ink: Color32,
    /// From row to row, in points: whole pixels.
    pub row: f32,
    /// From a row's top to where its galley is painted.
    pub drop: f32,
    /// From a row's top to the upper and the lower edge of a tint behind words.
    pub band: (f32, f32),
    /// Between paragraphs, in points.
    pub gap: f32,
    /// Width of the column, in points.
    pub column: f32,
    /// The mean advance of a character.
    pub mean: f32,
    pixels_per_point: f32,
    leading: f32,
    available: f32,
}

impl Metrics {
    /// Measures. `available`: the widest the column may be, in points.
    pub fn new(ctx: &Context, look: &Look, available: f32) -> Self {
        let font = FontId::new(look.text_size, look.serif.clone());
        let pixels_per_point = ctx.pixels_per_point();
        let mean = mean_advance(ctx, &font);
        let (height, ascent) = ctx.fonts_mut(|fonts| {
            let probe = fonts.layout_no_wrap("x".to_owned(), font.clone(), look.ink);
            let ascent = probe
                .rows
                .first()
                .and_then(|r| r.glyphs.first())
                .map_or(0.8 * font.size, |g| g.pos.y);
            (fonts.row_height(&font), ascent)
        });
        let whole = |points: f32| (points * pixels_per_point).round() / pixels_per_point;
        let row = whole((look.text_size * look.leading).max(height));
        let drop = whole((row - height) / 2.0);
        let baseline = drop + ascent;
        Self {
            row,
            drop,
            band: (baseline - 0.95 * look.text_size, baseline + 0.28 * look.text_size),
            gap: whole(look.text_size * 0.75),
            column: (CHARACTERS * mean).min(available).max(8.0 * mean).round(),
            mean,
            pixels_per_point,
            leading: look.leading,
            available,
            ink: look.ink,
            font,
        }
    }

    /// Whether measuring again would find the same: the faces may have been exchanged, too.
    pub fn holds(&self, ctx: &Context, look: &Look, available: f32) -> bool {
        self.pixels_per_point == ctx.pixels_per_point()
            && self.font.size == look.text_size
            && self.font.family == look.serif
            && self.leading == look.leading
            && self.ink == look.ink
            && self.available == available
            && self.mean == mean_advance(ctx, &self.font)
    }

    /// What a unit's height is taken to be before its rows are known: half a row of slack and the gap, and a row
    /// for each full row's bytes (a row ends early by half a word; accented letters take two bytes).
    pub fn estimate(&self) -> Estimate {
        let bytes = f64::from(self.column / self.mean) * 1.01;
        Estimate {
            base: f64::from(self.row.mul_add(0.5, self.gap)),
            per_byte: f64::from(self.row) / bytes,
        }
    }
}

fn mean_advance(ctx: &Context, font: &FontId) -> f32 {
    let sum: f32 = ctx.fonts_mut(|fonts| SAMPLE.chars().map(|c| fonts.glyph_width(font, c)).sum());
    (sum / SAMPLE.chars().count() as f32).max(1.0)
}
