//! Faces: the system's serif for reading, its sans for everything else, egui's own where there are none. Behind the
//! letters of every family stand symbols, emoji and icons: symbols of our own first, so that an arrow in a text is not a
//! picture of one; then the system's emoji in colour, then our own in one colour.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontTweak};
use fontique::{
    Attributes, Collection, CollectionOptions, FontStyle, FontWeight, FontWidth, GenericFamily,
    QueryFamily, QueryFont, QueryStatus, SourceCache, SourceCacheOptions,
};

use super::theme::{BOLD, SERIF, SERIF_BOLD};
use crate::app::Faces;

/// What the faces are called that stand behind the letters.
const SYMBOLS: &str = "symbols";
const EMOJI: &str = "emoji";
const COLOUR_EMOJI: &str = "system emoji in colour";
/// Emoji are drawn larger than letters of their size.
const EMOJI_SCALE: f32 = 0.88;

/// egui's own faces, bound to all the families the looks name: what the first frame is drawn with.
#[must_use]
pub fn built_in() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let symbols = FontData::from_static(include_bytes!("../../assets/fonts/Symbols.ttf"));
    fonts.font_data.insert(SYMBOLS.to_owned(), Arc::new(symbols));
    let emoji = FontData::from_static(include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf"));
    let emoji = emoji.tweak(FontTweak { scale: EMOJI_SCALE, ..Default::default() });
    fonts.font_data.insert(EMOJI.to_owned(), Arc::new(emoji));
    for family in fonts.families.values_mut() {
        family.extend([SYMBOLS.to_owned(), EMOJI.to_owned()]);
    }
    add_icons(&mut fonts);
    let sans = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for name in [SERIF, BOLD, SERIF_BOLD] {
        fonts.families.insert(FontFamily::Name(name.into()), sans.clone());
    }
    fonts
}

/// The icons stand behind the letters of every sans family: a label can hold both.
fn add_icons(fonts: &mut FontDefinitions) {
    let icons = egui_material_icons::font_insert();
    for bound in icons.families {
        let family = fonts.families.entry(bound.family).or_default();
        family.push(icons.name.clone());
    }
    fonts.font_data.insert(icons.name, Arc::new(icons.data));
}

/// The system's faces, bound to the families the looks name, and what was found.
pub struct OfSystem {
    /// For egui.
    pub definitions: FontDefinitions,
    /// For the panel where one chooses.
    pub found: Faces,
}

/// The system's faces bound to the families the looks name; articles in `face`, where that is installed. Takes up to
/// some hundred milliseconds: for a thread.
#[must_use]
pub fn of_system(face: Option<&str>) -> OfSystem {
    let mut collection =
        Collection::new(CollectionOptions { system_fonts: true, ..Default::default() });
    let mut cache = SourceCache::new(SourceCacheOptions::default());
    let mut fonts = built_in();
    let mut found = Faces::default();
    // A name that begins with a dot is the system's own (macOS): not meant for users.
    let mut names: Vec<String> = collection
        .family_names()
        .filter(|name| !name.starts_with('.'))
        .map(str::to_owned)
        .collect();
    names.sort_by_cached_key(|name| name.to_lowercase());
    names.dedup();
    found.names = names.into();
    for (family, generic, weight) in [
        (FontFamily::Name(SERIF.into()), GenericFamily::Serif, FontWeight::NORMAL),
        (FontFamily::Name(SERIF_BOLD.into()), GenericFamily::Serif, FontWeight::BOLD),
        (FontFamily::Proportional, GenericFamily::SansSerif, FontWeight::NORMAL),
        (FontFamily::Name(BOLD.into()), GenericFamily::SansSerif, FontWeight::BOLD),
    ] {
        // The first that can be used goes first; the chosen one stands before the usual one.
        let chosen = face.filter(|_| generic == GenericFamily::Serif);
        let wanted = chosen.map(QueryFamily::Named).into_iter();
        let mut faces: Vec<(String, QueryFont)> = Vec::new();
        for asked in wanted.chain([QueryFamily::Generic(generic)]) {
            let mut first = None;
            let mut query = collection.query(&mut cache);
            query.set_families([asked]);
            query.set_attributes(Attributes::new(FontWidth::NORMAL, FontStyle::Normal, weight));
            query.matches_with(|font| {
                // One that cannot be read would stop egui.
                if font.charmap().is_none() {
                    return QueryStatus::Continue;
                }
                first = Some(font.clone());
                QueryStatus::Stop
            });
            drop(query);
            match (first, asked) {
                (Some(font), QueryFamily::Named(name)) => {
                    faces.push((format!("chosen {name} {weight}"), font));
                }
                (Some(font), _) => {
                    if generic == GenericFamily::Serif {
                        found.usual = collection.family_name(font.family.0).map(str::to_owned);
                    }
                    faces.push((format!("system {generic:?} {weight}"), font));
                }
                (None, QueryFamily::Named(name)) => found.missing = Some(name.to_owned()),
                (None, _) => {}
            }
        }
        for (name, font) in faces.into_iter().rev() {
            let (blob, _) = font.blob.into_raw_parts();
            fonts.font_data.insert(name.clone(), Arc::new(FontData::from_blob(blob, font.index)));
            fonts.families.entry(family.clone()).or_default().insert(0, name);
        }
    }
    if let Some(font) = colour_emoji(&mut collection, &mut cache) {
        let (blob, _) = font.blob.into_raw_parts();
        let data = FontData::from_blob(blob, font.index)
            .tweak(FontTweak { scale: EMOJI_SCALE, ..Default::default() });
        fonts.font_data.insert(COLOUR_EMOJI.to_owned(), Arc::new(data));
        for family in fonts.families.values_mut() {
            if let Some(at) = family.iter().position(|name| name == EMOJI) {
                family.insert(at, COLOUR_EMOJI.to_owned());
            }
        }
    }
    OfSystem { definitions: fonts, found }
}

/// The system's face of emoji, if it has one in colour.
fn colour_emoji(collection: &mut Collection, cache: &mut SourceCache) -> Option<QueryFont> {
    let mut found = None;
    let mut query = collection.query(cache);
    query.set_families([QueryFamily::Generic(GenericFamily::Emoji)]);
    query.matches_with(|font| {
        // Where there is no such face a system may name any other instead.
        let has_emoji = font.charmap().is_some_and(|map| map.map('😀').is_some_and(|id| id != 0));
        if has_emoji && is_in_colour(font.blob.data(), font.index) {
            found = Some(font.clone());
            return QueryStatus::Stop;
        }
        QueryStatus::Continue
    });
    found
}

/// Whether a face has a table of pictures or colours that egui draws.
fn is_in_colour(bytes: &[u8], index: u32) -> bool {
    let number = |at: usize| -> Option<usize> {
        let four: [u8; 4] = bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(four)).ok()
    };
    let in_collection = bytes.starts_with(b"ttcf");
    let start = if in_collection { number(12 + 4 * index as usize) } else { Some(0) };
    let Some((start, head)) = start.and_then(|start| Some((start, number(start + 4)?))) else {
        return false;
    };
    // The number of tables, and then a record of 16 bytes for each, which begins with its name.
    (0..head >> 16).any(|table| {
        let at = start.saturating_add(12 + 16 * table);
        let name = bytes.get(at..at.saturating_add(4));
        name.is_some_and(|name| [&b"CBDT"[..], b"COLR", b"sbix"].contains(&name))
    })
}

#[cfg(test)]
mod tests {
    use egui::{Color32, Context, FontId, MissingGlyphPolicy};
    use regex::Regex;

    use super::*;

    /// With no face of the system: what a bare machine shows.
    fn with_fonts<T>(act: impl Fn(&Context, &FontFamily) -> T) {
        let ctx = Context::default();
        ctx.set_fonts(built_in());
        ctx.set_missing_glyph_policy(MissingGlyphPolicy::Panic);
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let named = [SERIF, BOLD, SERIF_BOLD].map(|name| FontFamily::Name(name.into()));
            for family in [FontFamily::Proportional].iter().chain(&named) {
                act(ui, family);
            }
        });
        output.textures_delta.clear();
    }

    #[test]
    fn no_emoji_is_a_box_on_a_machine_without_faces() {
        let emoji = Regex::new(r"\p{Emoji}").expect("a pattern");
        with_fonts(|ctx, family| {
            let all = '\u{21}'..='\u{1ffff}';
            let mut letter = [0; 4];
            let missing: String = all
                .filter(|c| emoji.is_match(c.encode_utf8(&mut letter)))
                .filter(|c| !ctx.fonts_mut(|f| f.has_glyph(&FontId::new(14.0, family.clone()), *c)))
                .collect();
            assert_eq!(missing, "", "{family:?}");
        });
    }

    #[test]
    fn what_is_put_together_of_several_characters_holds_no_box() {
        // Families, a profession, tints of skin, flags of countries and of others, keycaps, a picture asked for.
        const TOGETHER: &str = "👨‍👩‍👧‍👦 👩‍🚀 👍🏽 👋🏿 🧑🏻‍🤝‍🧑🏿 🇫🇷 🇺🇸 🇪🇺 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏳️‍🌈 🏴‍☠️ 1️⃣ #️⃣ ❤️ ❤️‍🔥 👁️‍🗨️ 🤷‍♀️ ☎️ ©️ ™️ ‼️";
        const SYMBOLS: &str = "A ↔ B → C ← D ↑ ↓ ⇒ ▲ ▼ ● ★ ✔ ✖ ⏎ ♀ ♂";
        with_fonts(|ctx, family| {
            for text in TOGETHER.split(' ').chain([TOGETHER, SYMBOLS]) {
                let font = FontId::new(14.0, family.clone());
                // A box would panic.
                let galley = ctx
                    .fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, Color32::BLACK));
                assert!(galley.size().x > 5.0, "{text:?} is drawn");
            }
        });
    }

    #[test]
    fn a_face_in_colour_is_told_by_its_tables() {
        let plain: &[u8] = include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf");
        assert!(!is_in_colour(plain, 0));
        let head = |tables: &[&[u8; 4]]| {
            let mut bytes = vec![0, 1, 0, 0, 0, tables.len() as u8, 0, 0, 0, 0, 0, 0];
            tables.iter().for_each(|name| bytes.extend(name.iter().chain(&[0; 12])));
            bytes
        };
        let coloured = head(&[b"cmap", b"CBDT"]);
        assert!(is_in_colour(&coloured, 0));
        assert!(!is_in_colour(&coloured[..28], 0), "cut off before the name");
        // Of several faces in one file, the one that is meant.
        let mut several = b"ttcf\0\x01\0\0\0\0\0\x02\0\0\0\x14\0\0\0\x30".to_vec();
        several.extend(head(&[b"glyf"]));
        several.extend(head(&[b"COLR"]));
        assert!(!is_in_colour(&several, 0) && is_in_colour(&several, 1));
        assert!(!is_in_colour(&several, 2) && !is_in_colour(&[], 0) && !is_in_colour(b"ttcf", 7));
    }
}
