//! What the fonts of a file say about their glyphs, where the file itself does not.

use std::collections::HashMap;

use hayro::hayro_interpret::font::OutlineGlyph;
use skrifa::MetadataProvider as _;

use super::letters;

/// The most fonts whose character maps are kept.
const MOST_MAPS: usize = 128;

/// The character maps and the weights of the fonts that were met, by what identifies their data.
#[derive(Debug, Default)]
pub(super) struct Names {
    maps: HashMap<u128, HashMap<u32, char>>,
    bold: HashMap<u128, bool>,
}

impl Names {
    /// The character that a font's own map leads from to a glyph. A PDF may embed a font without saying which
    /// characters its glyphs stand for; the font's map still knows, unless it was taken out.
    pub(super) fn of(&mut self, glyph: &OutlineGlyph) -> Option<String> {
        let font = glyph.font_data()?;
        if self.maps.len() >= MOST_MAPS && !self.maps.contains_key(&font.cache_key) {
            return None;
        }
        let map = self.maps.entry(font.cache_key).or_insert_with(|| {
            let data = font.data.as_ref().as_ref();
            let Ok(font) = skrifa::FontRef::new(data) else { return HashMap::new() };
            let mut map = HashMap::new();
            for (code, glyph) in font.charmap().mappings().take(usize::from(u16::MAX)) {
                if let Some(c) = char::from_u32(code) {
                    map.entry(glyph.to_u32()).or_insert(c);
                }
            }
            map
        });
        let text = map.get(&glyph.glyph_id().to_u32())?.to_string();
        letters::is_readable(&text).then_some(text)
    }

    /// Whether a glyph's font is bold, by its name or its weight.
    pub(super) fn is_bold(&mut self, glyph: &OutlineGlyph) -> bool {
        let Some(font) = glyph.font_data() else { return false };
        if self.bold.len() > MOST_MAPS * MOST_MAPS {
            return false;
        }
        *self.bold.entry(font.cache_key).or_insert_with(|| {
            let name = font.postscript_name.unwrap_or_default().to_ascii_lowercase();
            font.weight.is_some_and(|weight| weight >= 600)
                || ["bold", "black", "heavy", "demi"].iter().any(|word| name.contains(word))
        })
    }
}
