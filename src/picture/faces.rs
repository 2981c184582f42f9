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
    /// All families by name with what each can write, once a character was found by no other way.
    coverage: Option<Vec<Coverage>>,
}

/// What the main face of a family can write.
struct Coverage {
    family: String,
    /// Its characters as code points: first and last of each run, in order.
    runs: Vec<(u32, u32)>,
}

impl Coverage {
    /// The runs of these code points, which come in order.
    fn of(family: String, points: impl IntoIterator<Item = u32>) -> Self {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for point in points {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 >= point => *last = point.max(*last),
                _ => runs.push((point, point)),
            }
        }
        Self { family, runs }
    }

    fn has(&self, c: char) -> bool {
        let after = self.runs.partition_point(|(first, _)| *first <= u32::from(c));
        after.checked_sub(1).is_some_and(|at| u32::from(c) <= self.runs[at].1)
    }
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
            coverage: None,
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
        let first = |all: bool| order.iter().copied().find(|number| has(&self.all[*number], all));
        if let Some(number) = first(true) {
            return Some(number);
        }
        // A mark that stands on a letter may be missing in the first; the system may have both.
        let found = self.system.as_mut().and_then(|system| system.fallback(base));
        if !found.as_ref().is_some_and(|face| has(face, true))
            && let Some(number) = first(false)
        {
            return Some(number);
        }
        if let Some(face) = found {
            self.all.push(face);
            return Some(self.all.len() - 1);
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
        self.first(&[GenericFamily::SansSerif], None, weight, None)
    }

    /// The first face of these families, or of those for a script; where a character is given, the first that has it.
    fn first(
        &mut self,
        generic: &[GenericFamily],
        key: Option<FallbackKey>,
        weight: FontWeight,
        with: Option<char>,
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
        // What shaping needs of a face is made only for one that will do.
        let may_do = |font: &QueryFont| {
            with.is_none_or(|c| {
                FontRef::from_index(font.blob.as_ref(), font.index)
                    .is_ok_and(|font| font.charmap().map(c).is_some())
            })
        };
        let mut faces = candidates.into_iter().filter(may_do).filter_map(|font| self.face(font));
        faces.find(|face| with.is_none_or(|c| face.glyph(c).is_some()))
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
        // A text may be full of characters that no face has: each is looked for in the table of all.
        if self.coverage.as_ref().is_some_and(|all| !all.iter().any(|one| one.has(c))) {
            return None;
        }
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
                let found = self.first(&[GenericFamily::SansSerif], Some(key), normal, Some(c));
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
        self.first(&generic, None, normal, Some(c)).or_else(|| self.any(c))
    }

    /// The first family by name that has this character.
    fn any(&mut self, c: char) -> Option<Face> {
        let coverage = self.coverage.take().unwrap_or_else(|| self.look_through());
        let mut families = coverage.iter().filter(|one| one.has(c));
        let found = families.find_map(|one| {
            let font = self.collection.family_by_name(&one.family)?.default_font()?.clone();
            let (bytes, _) = font.load(Some(&mut self.cache))?.into_raw_parts();
            let face = Face::new(one.family.clone(), bytes, font.index(), Vec::new());
            face.filter(|face| face.glyph(c).is_some())
        });
        self.coverage = Some(coverage);
        found
    }

    /// What each family can write, by name.
    fn look_through(&mut self) -> Vec<Coverage> {
        let names: BTreeSet<String> = self.collection.family_names().map(str::to_owned).collect();
        let coverage = names.into_iter().filter_map(|name| {
            let font = self.collection.family_by_name(&name)?.default_font()?.clone();
            let blob = font.load(Some(&mut self.cache))?;
            let points: BTreeSet<u32> = FontRef::from_index(blob.as_ref(), font.index())
                .ok()?
                .charmap()
                .mappings()
                .filter(|(_, glyph)| *glyph != GlyphId::NOTDEF)
                .map(|(point, _)| point)
                .collect();
            Some(Coverage::of(name, points))
        });
        coverage.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_has_the_characters_of_its_runs_and_no_other() {
        let points = [0x20, 0x21, 0x22, 0x41, 0x43, 0x1_0000];
        let coverage = Coverage::of("A".to_owned(), points);
        assert_eq!(coverage.runs, [(0x20, 0x22), (0x41, 0x41), (0x43, 0x43), (0x1_0000, 0x1_0000)]);
        for point in (0..0x200).chain(0xff00..0x1_0100) {
            let Some(c) = char::from_u32(point) else { continue };
            assert_eq!(coverage.has(c), points.contains(&point), "{point:x}");
        }
        assert!(!Coverage::of("B".to_owned(), []).has('a'));
    }

    /// What the table of all families says of a character is what looking for it finds, before and after it was made.
    #[test]
    fn what_the_system_has_is_found_whether_or_not_others_were_looked_for() {
        let letters =
            ['a', 'é', 'щ', 'ش', 'क', '北', 'あ', '\u{1b170}', '𝄞', '∮', '\u{e0f0}', '\u{10ff00}'];
        let found = |faces: &mut Faces, c: char| {
            let number = faces.of(&c.to_string(), false);
            let face = number.and_then(|number| faces.face(number));
            assert!(face.is_none_or(|face| face.glyph(c).is_some()), "{c}");
            number.is_some()
        };
        let alone = letters.map(|c| found(&mut Faces::of_system(), c));
        let mut faces = Faces::of_system();
        assert!(!found(&mut faces, '\u{10fffd}'));
        assert_eq!(letters.map(|c| found(&mut faces, c)), alone);
        assert!(faces.missing().contains("\u{10fffd}"));
    }
}
