//! The fonts of a drawing in its SVG: of each face that words are set in, what these words need, as a rule of CSS (Fonts
//! Module Level 4, section 4) with the font itself in it.
//!
//! Browsers set the words in it on a machine that lacks the font. Programs in which a drawing is worked on take no notice
//! of such rules and look for the family among their own fonts. A subset keeps the tables by which Arabic, Devanagari and
//! others are shaped. What its maker allows neither to be embedded nor to be cut down, and what has no TrueType outlines,
//! is named and not embedded.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use skera::{DEFAULT_DROP_TABLES, DEFAULT_LAYOUT_FEATURES, Plan, SubsetFlags, subset_font};
use write_fonts::read::collections::IntSet;
use write_fonts::read::types::{GlyphId, NameId, Tag};
use write_fonts::read::{FontRef, TableProvider as _};

use super::base64::base64;
use super::faces::{Face, Faces};
use super::shapes::{Drawing, Shape};
use super::svg::plain_family;

/// A rule for each face that words are set in, in the order of the faces; `None` where it was stopped.
pub fn rules(drawing: &Drawing, faces: &Faces, stop: &dyn Fn() -> bool) -> Option<String> {
    let mut out = String::new();
    for (number, characters) in characters(drawing) {
        if stop() {
            return None;
        }
        let Some(face) = faces.face(number) else { continue };
        let Some(bytes) = part(face, &characters) else { continue };
        let weight = match faces.weight(number) {
            Some(weight) => weight.to_string(),
            // There is no other of its family: a browser need not make one bold.
            None => "100 900".to_owned(),
        };
        let _ = writeln!(
            out,
            "@font-face{{font-family:'{}';font-weight:{weight};unicode-range:{};src:url(data:font/ttf;base64,{})}}",
            plain_family(&face.family),
            ranges(&characters),
            base64(&bytes)
        );
    }
    Some(out)
}

/// The characters that are set in each face.
fn characters(drawing: &Drawing) -> BTreeMap<usize, BTreeSet<char>> {
    let mut found: BTreeMap<usize, BTreeSet<char>> = BTreeMap::new();
    for shape in &drawing.shapes {
        let Shape::Words(words) = shape else { continue };
        for line in &words.lines {
            for run in &line.runs {
                let of_face = found.entry(run.face).or_default();
                for glyph in &run.glyphs {
                    of_face.extend(line.text.get(glyph.range.clone()).unwrap_or_default().chars());
                }
            }
        }
    }
    found
}

/// Whether a font may be embedded, and in part: bits 1 and 8 of `fsType` say that it may not (OpenType, table OS/2).
fn is_allowed(font: &FontRef<'_>) -> bool {
    font.os2().is_ok_and(|os2| os2.fs_type() & 0x000f != 0x0002 && os2.fs_type() & 0x0100 == 0)
}

/// The part of a face that these characters need, as a font.
fn part(face: &Face, characters: &BTreeSet<char>) -> Option<Vec<u8>> {
    let font = FontRef::from_index((*face.bytes).as_ref(), face.index).ok()?;
    if font.glyf().is_err() || !is_allowed(&font) {
        return None;
    }
    let mut unicodes = IntSet::<u32>::empty();
    unicodes.extend(characters.iter().map(|c| u32::from(*c)));
    let mut scripts = IntSet::<Tag>::empty();
    scripts.invert();
    let mut features = IntSet::<Tag>::empty();
    features.extend(DEFAULT_LAYOUT_FEATURES.iter().copied());
    let mut without = IntSet::<Tag>::empty();
    without.extend(DEFAULT_DROP_TABLES.iter().copied());
    // Who made it and under which licence stays with it.
    let mut names = IntSet::<NameId>::empty();
    names.insert_range(NameId::new(0)..=NameId::new(6));
    names.insert_range(NameId::new(13)..=NameId::new(14));
    let mut languages = IntSet::<u16>::empty();
    languages.insert(0x0409);
    let plan = Plan::new(
        &IntSet::<GlyphId>::empty(),
        &unicodes,
        &font,
        SubsetFlags::SUBSET_FLAGS_NO_HINTING,
        &without,
        &scripts,
        &features,
        &names,
        &languages,
    );
    subset_font(&font, &plan).ok()
}

/// Characters as CSS has them: “U+41-5A,U+E9”.
fn ranges(characters: &BTreeSet<char>) -> String {
    let mut found: Vec<(u32, u32)> = Vec::new();
    for c in characters.iter().map(|c| u32::from(*c)) {
        match found.last_mut() {
            Some((_, last)) if *last + 1 == c => *last = c,
            _ => found.push((c, c)),
        }
    }
    let told = found.into_iter().map(|(first, last)| {
        if first == last { format!("U+{first:X}") } else { format!("U+{first:X}-{last:X}") }
    });
    told.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_in_a_row_are_one_range() {
        let of = |text: &str| ranges(&text.chars().collect());
        assert_eq!(of("cabé a"), "U+20,U+61-63,U+E9");
        assert_eq!(of(""), "");
    }
}
