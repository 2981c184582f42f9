//! Faces: the system's serif for reading, its sans for everything else, egui's own where there are none.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};
use fontique::{
    Attributes, Collection, CollectionOptions, FontStyle, FontWeight, FontWidth, GenericFamily,
    QueryFamily, QueryFont, QueryStatus, SourceCache, SourceCacheOptions,
};

use super::theme::{BOLD, SERIF, SERIF_BOLD};
use crate::app::Faces;

/// egui's own faces, bound to all the families the looks name: what the first frame is drawn with.
#[must_use]
pub fn built_in() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
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
    OfSystem { definitions: fonts, found }
}
