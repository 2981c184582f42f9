//! The styles of a Word file: which of them are headings, quotations and the like, through all they are based on.

use std::collections::HashMap;

use crate::article::format::office::MOST_ENTRIES;
use crate::article::format::office::meaning::Meaning;
use crate::article::format::office::symbols::SymbolFont;
use crate::foreign::xml::{Tag, Xml};

/// The longest chain of styles that are based on one another.
const LONGEST_CHAIN: usize = 32;
/// What a style says, with all it is based on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The level of a heading, from 1.
    pub(super) heading: Option<u8>,
    /// Whether it is the title of the document.
    pub(super) title: bool,
    /// Whether it quotes.
    pub(super) quotation: bool,
    /// Whether its spaces and line ends matter.
    pub(super) preformatted: bool,
    /// Whether its words are hidden.
    pub(super) hidden: bool,
    /// The list its paragraphs are items of, and how deep, where that is said.
    pub(super) numbering: Option<(String, Option<usize>)>,
    /// The font, where that is one of symbols.
    pub(super) font: Option<SymbolFont>,
    /// The language of its words.
    pub(super) language: Option<String>,
}

/// A style as it is written.
#[derive(Debug, Default)]
struct Written {
    name: String,
    based_on: String,
    /// From 0; 9 for words that are no heading.
    outline: Option<u8>,
    list: Option<String>,
    depth: Option<usize>,
    hidden: Option<bool>,
    font: Option<Option<SymbolFont>>,
    language: Option<String>,
}

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Style,
    /// The language that holds where no other is said.
    language: String,
}

impl Styles {
    /// Reads the part with the styles.
    pub(super) fn read(part: &str) -> Self {
        let mut written: HashMap<String, Written> = HashMap::new();
        let mut default = None;
        let mut language = String::new();
        let mut xml = Xml::new(part);
        xml.next_tag();
        while let Some(tag) = xml.next_tag() {
            match tag.name() {
                "style" => {
                    let id = tag.get("styleId").unwrap_or_default().into_owned();
                    let is_default = tag.get("default").is_some_and(|on| is_on(&on));
                    if is_default && tag.get("type").is_none_or(|kind| kind == "paragraph") {
                        default.get_or_insert_with(|| id.clone());
                    }
                    let style = style(&mut xml);
                    if written.len() < MOST_ENTRIES {
                        written.entry(id).or_insert(style);
                    }
                }
                "docDefaults" => {
                    let defaults = style(&mut xml);
                    language = defaults.language.unwrap_or_default();
                }
                _ => xml.skip(),
            }
        }
        let styles: HashMap<String, Style> =
            written.keys().map(|id| (id.clone(), resolved(id, &written))).collect();
        let default = default.and_then(|id| styles.get(&id).cloned()).unwrap_or_default();
        Self { styles, default, language }
    }

    /// A style by its id; the default one where none is named. One that the file does not define is known by its name.
    pub(super) fn get(&self, id: Option<&str>) -> Style {
        match id {
            None => self.default.clone(),
            Some(id) => self.styles.get(id).cloned().unwrap_or_else(|| {
                let named = Meaning::of(id);
                Style {
                    heading: named.heading.map(|level| level.min(6)),
                    title: named.title,
                    quotation: named.quotation,
                    preformatted: named.preformatted,
                    ..Style::default()
                }
            }),
        }
    }

    /// The language that holds where no other is said; empty where none does.
    pub(super) fn language(&self) -> &str {
        &self.language
    }
}

/// Whether a switch is on: `<w:vanish/>`, `w:val="1"`.
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off" | "none")
}

/// The switch that an element is: on without a value.
pub(super) fn switched(tag: &Tag<'_>) -> bool {
    tag.get("val").is_none_or(|value| is_on(&value))
}

fn style(xml: &mut Xml<'_>) -> Written {
    let mut style = Written::default();
    let mut open = 1_usize;
    while open > 0 {
        let Some(tag) = xml.next_tag() else {
            open -= 1;
            continue;
        };
        match tag.name() {
            // How the style was before, and what holds for parts of a table only.
            "pPrChange" | "rPrChange" | "tblStylePr" => {
                xml.skip();
                continue;
            }
            "name" => style.name = tag.get("val").unwrap_or_default().into_owned(),
            "basedOn" => style.based_on = tag.get("val").unwrap_or_default().into_owned(),
            "outlineLvl" => style.outline = tag.number("val"),
            "numId" => style.list = tag.get("val").map(|value| value.into_owned()),
            "ilvl" => style.depth = tag.number("val"),
            "vanish" => style.hidden = Some(switched(&tag)),
            "rFonts" => style.font = font(&tag),
            "lang" => style.language = tag.get("val").map(|value| value.into_owned()),
            _ => {}
        }
        open += 1;
    }
    style
}

/// The font that an element names, if it names one: whether it is one of symbols.
pub(super) fn font(tag: &Tag<'_>) -> Option<Option<SymbolFont>> {
    let name = tag.get("ascii").or_else(|| tag.get("hAnsi"))?;
    Some(SymbolFont::named(&name))
}

/// A style with all it is based on.
fn resolved(id: &str, written: &HashMap<String, Written>) -> Style {
    let mut style = Style::default();
    let mut outline = None;
    let (mut hidden, mut font, mut list, mut depth) = (None, None, None, None);
    let mut at = id;
    for step in 0..LONGEST_CHAIN {
        let Some(one) = written.get(at) else { break };
        let named = Meaning::of(&one.name);
        outline = outline.or(one.outline).or(named.heading.map(|level| level - 1));
        style.quotation |= named.quotation;
        style.preformatted |= named.preformatted;
        // A subtitle that is based on the title is none.
        style.title |= named.title && step == 0;
        hidden = hidden.or(one.hidden);
        font = font.or(one.font);
        list = list.or_else(|| one.list.clone());
        depth = depth.or(one.depth);
        style.language = style.language.or_else(|| one.language.clone());
        at = &one.based_on;
    }
    style.heading = outline.filter(|level| *level < 9).map(|level| (level + 1).min(6));
    style.hidden = hidden.unwrap_or(false);
    style.font = font.flatten();
    style.numbering = list.map(|list| (list, depth));
    style
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles(inner: &str) -> Styles {
        Styles::read(&format!("<w:styles>{inner}</w:styles>"))
    }

    #[test]
    fn headings_are_known_by_level_by_name_and_by_what_they_are_based_on() {
        let styles = styles(
            r#"<w:style w:styleId="a"><w:name w:val="heading 3"/></w:style>
            <w:style w:styleId="b"><w:name w:val="Mine"/><w:basedOn w:val="a"/></w:style>
            <w:style w:styleId="c"><w:name w:val="x"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:styleId="d"><w:name w:val="TOC Heading"/><w:basedOn w:val="c"/>
              <w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
            <w:style w:styleId="e"><w:name w:val="Überschrift 2"/></w:style>
            <w:style w:styleId="f"><w:name w:val="loop"/><w:basedOn w:val="g"/></w:style>
            <w:style w:styleId="g"><w:name w:val="loop"/><w:basedOn w:val="f"/></w:style>
            <w:style w:styleId="h"><w:name w:val="heading 9"/></w:style>"#,
        );
        let level = |id| styles.get(Some(id)).heading;
        let levels: Vec<_> = ["a", "b", "c", "d", "e", "f", "h"].map(level).into();
        assert_eq!(levels, [Some(3), Some(3), Some(1), None, Some(2), None, Some(6)]);
        assert_eq!((level("Heading2"), level("nothing")), (Some(2), None));
    }

    #[test]
    fn quotations_titles_hidden_words_and_lists_come_with_styles() {
        let styles = styles(
            r#"<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>
            <w:style w:type="paragraph" w:default="1" w:styleId="n"><w:name w:val="Normal"/>
              <w:rPr><w:vanish w:val="0"/></w:rPr></w:style>
            <w:style w:styleId="q"><w:name w:val="Intense Quote"/><w:basedOn w:val="n"/></w:style>
            <w:style w:styleId="t"><w:name w:val="Title"/></w:style>
            <w:style w:styleId="s"><w:name w:val="Subtitle"/><w:basedOn w:val="t"/></w:style>
            <w:style w:styleId="v"><w:rPr><w:vanish/><w:rFonts w:ascii="Wingdings"/></w:rPr></w:style>
            <w:style w:styleId="l"><w:basedOn w:val="m"/><w:pPr><w:numPr><w:ilvl w:val="2"/></w:numPr></w:pPr></w:style>
            <w:style w:styleId="m"><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>"#,
        );
        assert_eq!(styles.language(), "fr-FR");
        assert!(styles.get(Some("q")).quotation && !styles.get(None).quotation);
        assert!(styles.get(Some("t")).title && !styles.get(Some("s")).title);
        assert!(styles.get(Some("v")).hidden && !styles.get(Some("q")).hidden);
        assert_eq!(styles.get(Some("v")).font, Some(SymbolFont::Wingdings));
        assert_eq!(styles.get(Some("l")).numbering, Some(("7".to_owned(), Some(2))));
    }
}
