//! The faces that pictures are set in: the system's sans first, as in the window; behind it faces that Casebook brings
//! along; and for what those lack, the system's face for that script.
//!
//! Emoji are those of one colour that Casebook brings along: a picture is the same on paper, and small.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use fontique::{
    Attributes, Collection, CollectionOptions, FallbackKey, FontStyle, FontWeight, FontWidth,
    GenericFamily, Language, QueryFamily, QueryFont, QueryStatus, SourceCache, SourceCacheOptions,
};
use harfrust::{ShaperData, ShaperInstance, Variation};
use skrifa::{FontRef, GlyphId, MetadataProvider as _, Tag};
use unicode_script::{Script, UnicodeScript as _};

/// The bytes of a font file.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// A face.
pub struct Face {
    /// The family's name, as other programs know it.
    pub family: String,
    /// The font file.
    pub bytes: Bytes,
    /// Which face of the file.
    pub index: u32,
    /// The values of a variable font's axes.
    pub axes: Vec<([u8; 4], f32)>,
    /// What shaping needs of it, made once.
    pub shaper: ShaperData,
    /// Its axes, for shaping.
    pub instance: ShaperInstance,
    /// The units of its em square.
    pub units: f32,
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Face").field("family", &self.family).field("index", &self.index).finish()
    }
}

impl Face {
    fn new(family: String, bytes: Bytes, index: u32, axes: Vec<([u8; 4], f32)>) -> Option<Self> {
        let font = FontRef::from_index((*bytes).as_ref(), index).ok()?;
        let shaper = ShaperData::new(&font);
        let settings =
            axes.iter().map(|(tag, value)| Variation { tag: Tag::new(tag), value: *value });
        let instance = ShaperInstance::from_variations(&font, settings);
        let units = font
            .metrics(skrifa::instance::Size::unscaled(), skrifa::instance::LocationRef::default());
        let units = f32::from(units.units_per_em);
        if units <= 0.0 {
            return None;
        }
        Some(Self { family, bytes, index, axes, shaper, instance, units })
    }

    /// The font, to be read.
    #[must_use]
    pub fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index((*self.bytes).as_ref(), self.index).ok()
    }

    /// The glyph of a character, if it has one with an outline.
    #[must_use]
    pub fn glyph(&self, c: char) -> Option<u32> {
        let font = self.font()?;
        let glyph = font.charmap().map(c).filter(|glyph| *glyph != GlyphId::NOTDEF)?;
        font.outline_glyphs().get(glyph).map(|_| glyph.to_u32())
    }
}

/// The system's faces, to be looked through.
struct System {
    collection: Collection,
    cache: SourceCache,
    /// All families by name, once they were asked for.
    names: Option<Vec<String>>,
}

/// The faces there are.
pub struct Faces {
    all: Vec<Face>,
    /// The number of the first bold one of those that come first; 0 where there is none.
    bold: Option<usize>,
    /// How many of them are asked before the system is: found ones stand behind.
    first: usize,
    system: Option<System>,
    of_char: HashMap<(char, bool), Option<usize>>,
    of_cluster: HashMap<(String, bool), Option<usize>>,
    missing: BTreeSet<String>,
}

impl fmt::Debug for Faces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Faces").field("all", &self.all).finish_non_exhaustive()
    }
}

impl Default for Faces {
    fn default() -> Self {
        Self::bundled()
    }
}

impl Faces {
    /// The faces that Casebook brings along, and no other: the same on every machine.
    #[must_use]
    pub fn bundled() -> Self {
        let mut all = Vec::new();
        let own: [(&str, &'static [u8]); 3] = [
            ("Ubuntu", epaint_default_fonts::UBUNTU_LIGHT),
            ("Noto Sans Symbols 2", include_bytes!("../../assets/fonts/Symbols.ttf")),
            ("Noto Emoji", include_bytes!("../../assets/fonts/NotoEmoji-Regular.ttf")),
        ];
        for (family, bytes) in own {
            all.extend(Face::new(family.to_owned(), Arc::new(bytes), 0, Vec::new()));
        }
        let first = all.len();
        Self {
            all,
            bold: None,
            first,
            system: None,
            of_char: HashMap::new(),
            of_cluster: HashMap::new(),
            missing: BTreeSet::new(),
        }
    }

    /// The system's faces before and behind those. Takes up to some hundred milliseconds.
    #[must_use]
    pub fn of_system() -> Self {
        let mut faces = Self::bundled();
        let mut system = System {
            collection: Collection::new(CollectionOptions {
                system_fonts: true,
                ..Default::default()
            }),
            cache: SourceCache::new(SourceCacheOptions::default()),
            names: None,
        };
        let mut before = Vec::new();
        before.extend(system.sans(FontWeight::NORMAL));
        let bold = system.sans(FontWeight::BOLD);
        faces.bold = bold.is_some().then_some(before.len());
        before.extend(bold);
        before.append(&mut faces.all);
        faces.first = before.len();
        faces.all = before;
        faces.system = Some(system);
        faces
    }

    /// A face by number.
    #[must_use]
    pub fn face(&self, number: usize) -> Option<&Face> {
        self.all.get(number)
    }

    /// The families of the faces used, the main one first, each once.
    #[must_use]
    pub fn families(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for face in &self.all {
            if !found.contains(&face.family.as_str()) {
                found.push(&face.family);
            }
        }
        found
    }

    /// What no face has a glyph for, of all that was set so far.
    #[must_use]
    pub const fn missing(&self) -> &BTreeSet<String> {
        &self.missing
    }

    /// The face that stands first.
    #[must_use]
    pub fn main(&self, bold: bool) -> usize {
        if bold { self.bold.unwrap_or(0) } else { 0 }
    }

    /// The weight that a face stands for, in CSS; `None` where it stands for every weight.
    #[must_use]
    pub fn weight(&self, number: usize) -> Option<u16> {
        let bold = self.bold?;
        if number == bold {
            return Some(700);
        }
        let of_bold = self.all.get(bold).map(|face| &face.family);
        let family = self.all.get(number).map(|face| &face.family);
        (family == of_bold).then_some(400)
    }

    /// The face for a character as it is read: one that has all it is put together of. `None` where there is none.
    pub fn of(&mut self, cluster: &str, bold: bool) -> Option<usize> {
        let mut chars = cluster.chars();
        let (first, rest) = (chars.next()?, chars.as_str());
        if rest.is_empty() {
            if let Some(known) = self.of_char.get(&(first, bold)) {
                return *known;
            }
            let found = self.look_for(cluster, bold);
            self.of_char.insert((first, bold), found);
            return found;
        }
        let key = (cluster.to_owned(), bold);
        if let Some(known) = self.of_cluster.get(&key) {
            return *known;
        }
        let found = self.look_for(cluster, bold);
        self.of_cluster.insert(key, found);
        found
    }

    fn look_for(&mut self, cluster: &str, bold: bool) -> Option<usize> {
        let seen: Vec<char> = cluster.chars().filter(|c| !joins(*c)).collect();
        let base = *seen.first()?;
        let has = |face: &Face, all: bool| {
            let needed = if all { &seen[..] } else { &seen[..1] };
            needed.iter().all(|c| face.glyph(*c).is_some())
        };
        // The bold one goes first where bold is asked for, and is passed over where it is not.
        let heavy = self.bold;
        let order: Vec<usize> = heavy
            .filter(|_| bold)
            .into_iter()
            .chain((0..self.all.len()).filter(|number| Some(*number) != heavy))
            .collect();
        for all in [true, false] {
            if let Some(number) = order.iter().find(|number| has(&self.all[**number], all)) {
                return Some(*number);
            }
            // A mark that stands on a letter may be missing in the first; the system may have both.
            if let Some(face) = self.system.as_mut().and_then(|system| system.fallback(base))
                && has(&face, all)
            {
                self.all.push(face);
                return Some(self.all.len() - 1);
            }
        }
        self.missing.insert(cluster.to_owned());
        None
    }
}

/// What joins or turns the characters around it, and is not seen itself.
fn joins(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0020}'..='\u{e007f}')
}

impl System {
    fn sans(&mut self, weight: FontWeight) -> Option<Face> {
        self.first(&[GenericFamily::SansSerif], None, weight, &|_| true)
    }

    /// The first face of these families, or of those for a script, that will do.
    fn first(
        &mut self,
        generic: &[GenericFamily],
        key: Option<FallbackKey>,
        weight: FontWeight,
        will_do: &dyn Fn(&Face) -> bool,
    ) -> Option<Face> {
        let mut candidates = Vec::new();
        let mut query = self.collection.query(&mut self.cache);
        query.set_families(generic.iter().map(|family| QueryFamily::Generic(*family)));
        query.set_attributes(Attributes::new(FontWidth::NORMAL, FontStyle::Normal, weight));
        if let Some(key) = key {
            query.set_fallbacks(key);
        }
        query.matches_with(|font| {
            candidates.push(font.clone());
            QueryStatus::Continue
        });
        drop(query);
        candidates.into_iter().filter_map(|font| self.face(font)).find(|face| will_do(face))
    }

    fn face(&mut self, font: QueryFont) -> Option<Face> {
        let family = self.collection.family_name(font.family.0).unwrap_or("sans-serif").to_owned();
        let axes = font.synthesis.variation_settings().iter();
        let axes = axes.map(|(tag, value)| (tag.to_be_bytes(), *value)).collect();
        let (bytes, _) = font.blob.into_raw_parts();
        Face::new(family, bytes, font.index, axes)
    }

    /// A face that has this character: the one the system names for its script, or else the first of all.
    fn fallback(&mut self, c: char) -> Option<Face> {
        let has = |face: &Face| face.glyph(c).is_some();
        let normal = FontWeight::NORMAL;
        let script = c.script();
        let named = !matches!(script, Script::Common | Script::Inherited | Script::Unknown);
        if let Some(script) =
            named.then(|| fontique::Script::parse(script.short_name()).ok()).flatten()
        {
            // The system may name one face for each language of a script: Han is written in four.
            let languages: &[&str] = match c.script() {
                Script::Han => &["zh-SG", "zh-TW", "ja", "ko"],
                _ => &[],
            };
            let languages = languages.iter().filter_map(|tag| Language::parse(tag).ok());
            for language in std::iter::once(None).chain(languages.map(Some)) {
                let key = FallbackKey::new(script, language.as_ref());
                let found = self.first(&[GenericFamily::SansSerif], Some(key), normal, &has);
                if found.is_some() {
                    return found;
                }
            }
        }
        let generic = [
            GenericFamily::SystemUi,
            GenericFamily::Math,
            GenericFamily::Serif,
            GenericFamily::Monospace,
        ];
        self.first(&generic, None, normal, &has).or_else(|| self.any(c))
    }

    /// The first family by name that has this character.
    fn any(&mut self, c: char) -> Option<Face> {
        if self.names.is_none() {
            let mut names: Vec<String> =
                self.collection.family_names().map(str::to_owned).collect();
            names.sort();
            names.dedup();
            self.names = Some(names);
        }
        let count = self.names.as_ref().map_or(0, Vec::len);
        for number in 0..count {
            let name = self.names.as_ref().and_then(|names| names.get(number)).cloned()?;
            let Some(info) = self.collection.family_by_name(&name) else { continue };
            let Some(font) = info.default_font() else { continue };
            let Some(blob) = font.load(Some(&mut self.cache)) else { continue };
            let mapped = font.charmap_index().charmap(blob.as_ref()).and_then(|map| map.map(c));
            if mapped.is_none_or(|glyph| glyph == 0) {
                continue;
            }
            let (bytes, _) = blob.into_raw_parts();
            let face = Face::new(name, bytes, font.index(), Vec::new());
            if let Some(face) = face.filter(|face| face.glyph(c).is_some()) {
                return Some(face);
            }
        }
        None
    }
}
