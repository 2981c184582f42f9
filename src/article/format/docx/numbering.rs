//! The lists of a Word file: what stands before each item, and how they count. Word counts by abstract list, level and
//! place in the text (ECMA-376 part 1, 17.9); where a list is taken up again it goes on, unless it says otherwise.

use std::collections::{HashMap, HashSet};

use super::styles::{font, is_on};
use crate::article::format::numerals::Numeral;
use crate::article::format::office::MOST_ENTRIES;
use crate::article::format::office::symbols::{SymbolFont, bullet};
use crate::foreign::xml::{Tag, Xml};

/// How many levels a list has.
const LEVELS: usize = 9;
/// The longest sign before an item, in characters.
const LONGEST_SIGN: usize = 60;

/// A level of a list.
#[derive(Clone, Debug, Default)]
struct Level {
    start: Option<u32>,
    numeral: Numeral,
    bullet: bool,
    /// `%1.%2)`: the numbers of levels, from 1, and what stands between them.
    text: String,
    /// The level, from 1, whose items let this one begin anew; 0 for none.
    restart: Option<usize>,
    /// Whether all numbers in it are written in digits.
    legal: bool,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
    font: Option<SymbolFont>,
}

#[derive(Debug, Default)]
struct Abstract {
    levels: [Option<Level>; LEVELS],
    /// The list style it takes its levels from.
    takes: Option<String>,
    /// The list style whose levels it defines.
    defines: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    of: String,
    /// Where levels begin anew in this list.
    starts: HashMap<usize, u32>,
    levels: HashMap<usize, Level>,
}

/// The lists of a file, and how far they have counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    abstracts: HashMap<String, Abstract>,
    lists: HashMap<String, List>,
    counts: HashMap<String, [Option<u32>; LEVELS]>,
    begun: HashSet<(String, usize)>,
}

impl Numbering {
    /// Reads the part with the lists.
    pub(super) fn read(part: &str) -> Self {
        let mut numbering = Self::default();
        let mut xml = Xml::new(part);
        xml.next_tag();
        while let Some(tag) = xml.next_tag() {
            match tag.name() {
                "abstractNum" => {
                    let id = tag.get("abstractNumId").unwrap_or_default().into_owned();
                    let one = abstract_list(&mut xml);
                    if numbering.abstracts.len() < MOST_ENTRIES {
                        numbering.abstracts.entry(id).or_insert(one);
                    }
                }
                "num" => {
                    let id = tag.get("numId").unwrap_or_default().into_owned();
                    let list = list(&mut xml);
                    if numbering.lists.len() < MOST_ENTRIES {
                        numbering.lists.entry(id).or_insert(list);
                    }
                }
                _ => xml.skip(),
            }
        }
        numbering.take_levels();
        numbering
    }

    /// Lists that take their levels from a list style are made the same as the one that defines it.
    fn take_levels(&mut self) {
        let defined: HashMap<String, String> = self
            .abstracts
            .iter()
            .filter_map(|(id, one)| Some((one.defines.clone()?, id.clone())))
            .collect();
        let taken: HashMap<&String, &String> = self
            .abstracts
            .iter()
            .filter_map(|(id, one)| Some((id, defined.get(one.takes.as_ref()?)?)))
            .collect();
        for list in self.lists.values_mut() {
            if let Some(id) = taken.get(&list.of) {
                list.of = (*id).clone();
            }
        }
    }

    /// How deep the paragraphs of a style lie in a list, from 0.
    pub(super) fn depth_of(&self, list: &str, style: &str) -> Option<usize> {
        let of = self.abstracts.get(&self.lists.get(list)?.of)?;
        let is_its = |level: &Option<Level>| {
            level.as_ref().is_some_and(|level| level.style.as_deref() == Some(style))
        };
        of.levels.iter().position(is_its)
    }

    /// Counts an item of a list at a depth (from 0): what stands before it; `None` where there is no such list.
    pub(super) fn count(&mut self, id: &str, depth: usize) -> Option<String> {
        let list = self.lists.get(id)?;
        let of = self.abstracts.get(&list.of)?;
        let depth = depth.min(LEVELS - 1);
        let level_at = |at: usize| list.levels.get(&at).or(of.levels.get(at)?.as_ref());
        let level = level_at(depth)?;
        let start_at = |at: usize| level_at(at).and_then(|level| level.start).unwrap_or(0);

        let counts = self.counts.entry(list.of.clone()).or_default();
        let first = self.begun.insert((id.to_owned(), depth));
        let next = match (counts[depth], list.starts.get(&depth).filter(|_| first)) {
            (_, Some(start)) => *start,
            (Some(count), None) => count.saturating_add(1),
            (None, None) => start_at(depth),
        };
        counts[depth] = Some(next);
        for (deeper, count) in counts.iter_mut().enumerate().skip(depth + 1) {
            let after = level_at(deeper).and_then(|level| level.restart).unwrap_or(deeper);
            if depth < after {
                *count = None;
            }
        }
        if level.bullet {
            return Some(bullet(level.font, &level.text));
        }
        let mut sign = String::new();
        let mut rest = level.text.chars().peekable();
        while let Some(c) = rest.next() {
            let number = rest.peek().and_then(|digit| digit.to_digit(10)).filter(|d| *d > 0);
            let Some(number) = number.filter(|_| c == '%') else {
                sign.push(c);
                continue;
            };
            rest.next();
            let at = number as usize - 1;
            let numeral = level_at(at).map_or(Numeral::Decimal, |level| level.numeral);
            let numeral = match numeral {
                Numeral::None => Numeral::None,
                _ if level.legal => Numeral::Decimal,
                other => other,
            };
            sign.push_str(&numeral.write(counts[at].unwrap_or_else(|| start_at(at))));
        }
        Some(sign.trim().chars().take(LONGEST_SIGN).collect())
    }
}

fn abstract_list(xml: &mut Xml<'_>) -> Abstract {
    let mut one = Abstract::default();
    while let Some(tag) = xml.next_tag() {
        match tag.name() {
            "lvl" => {
                let (at, level) = level(&tag, xml);
                if let Some(place) = one.levels.get_mut(at) {
                    *place = Some(level);
                }
                continue;
            }
            "numStyleLink" => one.takes = tag.get("val").map(|value| value.into_owned()),
            "styleLink" => one.defines = tag.get("val").map(|value| value.into_owned()),
            _ => {}
        }
        xml.skip();
    }
    one
}

fn list(xml: &mut Xml<'_>) -> List {
    let mut list = List::default();
    while let Some(tag) = xml.next_tag() {
        match tag.name() {
            "abstractNumId" => list.of = tag.get("val").unwrap_or_default().into_owned(),
            "lvlOverride" => {
                let at = tag.number("ilvl").unwrap_or(0);
                while let Some(inner) = xml.next_tag() {
                    match inner.name() {
                        "startOverride" if at < LEVELS => {
                            list.starts.insert(at, inner.number("val").unwrap_or(0));
                        }
                        "lvl" => {
                            let (_, level) = level(&inner, xml);
                            if at < LEVELS {
                                list.levels.insert(at, level);
                            }
                            continue;
                        }
                        _ => {}
                    }
                    xml.skip();
                }
                continue;
            }
            _ => {}
        }
        xml.skip();
    }
    list
}

fn level(tag: &Tag<'_>, xml: &mut Xml<'_>) -> (usize, Level) {
    let at = tag.number("ilvl").unwrap_or(0);
    let mut level = Level::default();
    while let Some(tag) = xml.next_tag() {
        let value = || tag.get("val").unwrap_or_default();
        match tag.name() {
            "start" => level.start = tag.number("val"),
            "numFmt" => {
                level.bullet = value() == "bullet";
                level.numeral = Numeral::of_word(&value());
            }
            // Newer kinds of numbers are named beside an older one: the older one is taken.
            "AlternateContent" => alternative(xml, &mut level),
            "lvlText" => level.text = value().into_owned(),
            "lvlRestart" => level.restart = tag.number("val"),
            "isLgl" => level.legal = tag.get("val").is_none_or(|value| is_on(&value)),
            "pStyle" => level.style = Some(value().into_owned()),
            "rPr" => {
                while let Some(inner) = xml.next_tag() {
                    if inner.name() == "rFonts" {
                        level.font = font(&inner).flatten();
                    }
                    xml.skip();
                }
            }
            _ => {}
        }
        if !matches!(tag.name(), "rPr" | "AlternateContent") {
            xml.skip();
        }
    }
    (at, level)
}

fn alternative(xml: &mut Xml<'_>, level: &mut Level) {
    while let Some(branch) = xml.next_tag() {
        if branch.name() == "Choice" {
            while let Some(inner) = xml.next_tag() {
                if inner.name() == "numFmt" {
                    // Only numbers with leading zeros are made in such a way by Word: “001, 002, 003, ...”.
                    let pattern = inner.get("format").unwrap_or_default().into_owned();
                    let digits = pattern.split(',').next().unwrap_or_default().trim().len();
                    level.numeral = Numeral::Padded(digits.clamp(1, 9));
                }
                xml.skip();
            }
        } else {
            xml.skip();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(at: usize, kind: &str, text: &str, more: &str) -> String {
        format!(
            "<w:lvl w:ilvl='{at}'><w:start w:val='1'/><w:numFmt w:val='{kind}'/>\
             <w:lvlText w:val='{text}'/>{more}</w:lvl>"
        )
    }

    fn lists() -> Numbering {
        let levels = level(0, "upperRoman", "%1.", "")
            + &level(1, "decimal", "%1.%2", "<w:isLgl/>")
            + &level(2, "lowerLetter", "(%3)", "<w:lvlRestart w:val='0'/>");
        let bullets = level(0, "bullet", "\u{f0b7}", "<w:rPr><w:rFonts w:ascii='Symbol'/></w:rPr>")
            + &level(1, "bullet", "o", "")
            + &level(2, "none", "", "<w:pStyle w:val='s'/>");
        Numbering::read(&format!(
            "<w:numbering><w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum>\
             <w:abstractNum w:abstractNumId='2'><w:styleLink w:val='x'/>{bullets}</w:abstractNum>\
             <w:abstractNum w:abstractNumId='3'><w:numStyleLink w:val='x'/></w:abstractNum>\
             <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>\
             <w:num w:numId='2'><w:abstractNumId w:val='1'/><w:lvlOverride w:ilvl='0'>\
             <w:startOverride w:val='4'/></w:lvlOverride></w:num>\
             <w:num w:numId='3'><w:abstractNumId w:val='3'/></w:num>\
             <w:num w:numId='4'><w:abstractNumId w:val='1'/></w:num></w:numbering>"
        ))
    }

    #[test]
    fn levels_count_and_begin_anew() {
        let mut lists = lists();
        let mut signs = Vec::new();
        for (list, depth) in [
            ("1", 0),
            ("1", 1),
            ("1", 1),
            ("1", 2),
            ("1", 0),
            ("1", 1),
            ("1", 2),
            // Another list of the same kind goes on; one that says where it starts does not.
            ("4", 0),
            ("2", 0),
            ("2", 0),
        ] {
            signs.push(lists.count(list, depth).unwrap());
        }
        assert_eq!(signs, ["I.", "1.1", "1.2", "(a)", "II.", "2.1", "(b)", "III.", "IV.", "V."]);
    }

    #[test]
    fn bullets_and_list_styles_are_found() {
        let mut lists = lists();
        assert_eq!(lists.count("3", 0).as_deref(), Some("•"));
        assert_eq!(lists.count("3", 1).as_deref(), Some("◦"));
        assert_eq!(lists.count("3", 2).as_deref(), Some(""));
        assert_eq!((lists.count("3", 5), lists.count("0", 0)), (None, None));
        assert_eq!(lists.depth_of("3", "s"), Some(2));
        // A level that is skipped counts as its first.
        assert_eq!(lists.count("1", 1).as_deref(), Some("1.1"));
    }
}
