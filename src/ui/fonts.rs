//! Faces: the system's serif for reading, its sans for everything else, egui's own where there are none.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};
use fontique::{
    Attributes, Collection, CollectionOptions, FontStyle, FontWeight, FontWidth, GenericFamily,
    QueryFamily, QueryStatus, SourceCache, SourceCacheOptions,
};

use super::look::{BOLD, SERIF, SERIF_BOLD};

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

/// The system's faces bound to the families the looks name. Takes up to some hundred milliseconds: for a thread.
#[must_use]
pub fn of_system() -> FontDefinitions {
    let mut collection =
        Collection::new(CollectionOptions { system_fonts: true, ..Default::default() });
    let mut cache = SourceCache::new(SourceCacheOptions::default());
    let mut fonts = built_in();
    for (family, generic, weight) in [
        (FontFamily::Name(SERIF.into()), GenericFamily::Serif, FontWeight::NORMAL),
        (FontFamily::Name(SERIF_BOLD.into()), GenericFamily::Serif, FontWeight::BOLD),
        (FontFamily::Proportional, GenericFamily::SansSerif, FontWeight::NORMAL),
        (FontFamily::Name(BOLD.into()), GenericFamily::SansSerif, FontWeight::BOLD),
    ] {
        let mut query = collection.query(&mut cache);
        query.set_families([QueryFamily::Generic(generic)]);
        query.set_attributes(Attributes::new(FontWidth::NORMAL, FontStyle::Normal, weight));
        let mut found = None;
        query.matches_with(|font| {
            found = Some(font.clone());
            QueryStatus::Stop
        });
        if let Some(font) = found {
            let name = format!("system {generic:?} {weight}");
            let (blob, _) = font.blob.into_raw_parts();
            fonts.font_data.insert(name.clone(), Arc::new(FontData::from_blob(blob, font.index)));
            fonts.families.entry(family).or_default().insert(0, name);
        }
    }
    fonts
}
