//! The styles of an OpenDocument text: which of them are headings, quotations and the like, through their parents; and the
//! styles of its lists.

use std::collections::HashMap;

use super::list_style::{Level, ListStyle};
use crate::article::format::numerals::Numeral;
use crate::article::format::office::MOST_ENTRIES;
use crate::article::format::office::meaning::Meaning;
use crate::article::format::office::properties;
use crate::article::format::office::symbols::{SymbolFont, bullet};
use crate::foreign::xml::{Node, Tag, Xml};

/// The longest chain of styles and their parents.
const LONGEST_CHAIN: usize = 32;

/// What a style says, with its parents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) meaning: Meaning,
    /// The level of a heading, from 1.
    pub(super) outline: Option<u8>,
    /// The style of the lists its paragraphs are in; empty for none at all.
    pub(super) list: Option<String>,
    pub(super) hidden: bool,
    /// Whether a page begins before it, and the number of that page where it is said.
    pub(super) page: bool,
    pub(super) page_number: Option<u32>,
}

#[derive(Debug, Default)]
struct Written {
    name: String,
    parent: String,
    outline: Option<u8>,
    list: Option<String>,
    hidden: Option<bool>,
    page: bool,
    page_number: Option<u32>,
}

/// The styles of a text.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// By family and name.
    written: HashMap<(String, String), Written>,
    lists: HashMap<String, ListStyle>,
    /// The numbers of headings.
    outline: Option<ListStyle>,
    /// The language that holds where no other is said.
    pub(super) language: String,
}

impl Styles {
    /// Reads the styles in an element.
    pub(super) fn read(&mut self, xml: &mut Xml<'_>) {
        while let Some(tag) = xml.next_tag() {
            let get = |name| tag.get(name).unwrap_or_default();
            match tag.name() {
                "style" => {
                    let key = (get("family").into_owned(), get("name").into_owned());
                    let style = style(&tag, xml);
                    if self.written.len() < MOST_ENTRIES {
                        self.written.insert(key, style);
                    }
                }
                "default-style" if get("family") == "paragraph" => {
                    while let Some(inner) = xml.next_tag() {
                        if inner.name() == "text-properties" {
                            let get = |name| inner.get(name).unwrap_or_default();
                            let (language, country) = (get("language"), get("country"));
                            let country = if country == "none" {
                                String::new()
                            } else {
                                format!("-{country}")
                            };
                            self.language = properties::language(&format!("{language}{country}"));
                        }
                        xml.skip();
                    }
                }
                "list-style" => {
                    let name = get("name").into_owned();
                    let list = list_style(xml);
                    if self.lists.len() < MOST_ENTRIES {
                        self.lists.insert(name, list);
                    }
                }
                "outline-style" => {
                    self.outline = Some(list_style(xml));
                }
                _ => xml.skip(),
            }
        }
    }

    /// What the style of a paragraph says.
    pub(super) fn paragraph(&self, name: &str) -> Style {
        self.resolved("paragraph", name)
    }

    /// Whether the words in this style are hidden.
    pub(super) fn hides(&self, name: &str) -> bool {
        self.resolved("text", name).hidden
    }

    /// The style of a list.
    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }

    /// How headings are numbered.
    pub(super) const fn outline(&self) -> Option<&ListStyle> {
        self.outline.as_ref()
    }

    fn resolved(&self, family: &str, name: &str) -> Style {
        let mut style = Style::default();
        let mut hidden = None;
        let mut key = (family.to_owned(), name.to_owned());
        for step in 0..LONGEST_CHAIN {
            let meaning = Meaning::of(&key.1);
            let Some(one) = self.written.get(&key) else {
                // A style that is not there still has a name.
                style.meaning = merged(style.meaning, meaning);
                break;
            };
            style.meaning = merged(merged(style.meaning, meaning), Meaning::of(&one.name));
            style.outline = style.outline.or(one.outline);
            style.list = style.list.or_else(|| one.list.clone());
            hidden = hidden.or(one.hidden);
            // Only what a style itself says of pages holds; its parents are of other paragraphs.
            style.page |= one.page && (step == 0 || one.name.is_empty());
            style.page_number = style.page_number.or(one.page_number);
            if one.parent.is_empty() {
                break;
            }
            key.1.clone_from(&one.parent);
        }
        style.hidden = hidden.unwrap_or(false);
        style
    }
}

/// What a style means with its parent. A subtitle whose parent is a title is none, but a style of the text's own is what
/// its parent is.
fn merged(style: Meaning, parent: Meaning) -> Meaning {
    Meaning {
        heading: style.heading.or(parent.heading),
        title: style.title || parent.title,
        quotation: style.quotation || parent.quotation,
        preformatted: style.preformatted || parent.preformatted,
    }
}

fn style(tag: &Tag<'_>, xml: &mut Xml<'_>) -> Written {
    let get = |name| tag.get(name).map(|value| value.into_owned());
    let mut style = Written {
        name: get("display-name").unwrap_or_default(),
        parent: get("parent-style-name").unwrap_or_default(),
        outline: tag.number("default-outline-level"),
        list: get("list-style-name"),
        page: get("master-page-name").is_some_and(|name| !name.is_empty()),
        ..Written::default()
    };
    while let Some(inner) = xml.next_tag() {
        match inner.name() {
            "paragraph-properties" => {
                style.page |= inner.get("break-before").is_some_and(|kind| kind == "page");
                style.page_number = inner.number("page-number").filter(|number| *number > 0);
            }
            "text-properties" => {
                style.hidden = inner.get("display").map(|display| display == "none");
            }
            _ => {}
        }
        xml.skip();
    }
    style
}

fn list_style(xml: &mut Xml<'_>) -> ListStyle {
    let mut list = ListStyle::default();
    while let Some(tag) = xml.next_tag() {
        let get = |name| tag.get(name).unwrap_or_default().into_owned();
        let at: usize = tag.number("level").unwrap_or(0);
        let mut level = Level {
            numeral: Numeral::of_opendocument(&get("num-format"), get("num-letter-sync") == "true"),
            prefix: get("num-prefix"),
            suffix: get("num-suffix"),
            pattern: tag.get("num-list-format").map(|pattern| pattern.into_owned()),
            shown: tag.number("display-levels").unwrap_or(1),
            start: tag.number("start-value").unwrap_or(1),
            bullet: None,
        };
        let mut font = None;
        while let Some(inner) = xml.next_tag() {
            if inner.name() == "text-properties" {
                let name = inner.get("font-name").or_else(|| inner.get("font-family"));
                font = name.and_then(|name| SymbolFont::named(name.trim_matches('\'')));
            }
            xml.skip();
        }
        match tag.name() {
            "list-level-style-bullet" => level.bullet = Some(bullet(font, &get("bullet-char"))),
            "list-level-style-image" => level.bullet = Some("•".to_owned()),
            _ => {}
        }
        if let Some(place) = at.checked_sub(1).and_then(|at| list.levels.get_mut(at)) {
            *place = Some(level);
        }
    }
    list
}

/// Whether headers or footers in an element say words, not only numbers.
pub(super) fn edges_say_words(xml: &mut Xml<'_>) -> bool {
    let mut says = false;
    let mut open = 1_usize;
    while open > 0 {
        match xml.next_node() {
            Node::Start(_) => open += 1,
            Node::Text(words) => says |= words.contains(char::is_alphabetic),
            Node::End => open -= 1,
        }
        if xml.is_ended() {
            break;
        }
    }
    says
}
