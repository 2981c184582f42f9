//! The XML files of a book as a list of elements, read also where they are not quite XML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::article::document::MOST_DEPTH;
use crate::article::format::html;

/// The most elements of one file.
const MOST_ELEMENTS: usize = 200_000;
/// The longest text of one element, in bytes.
const MOST_TEXT: usize = 64 << 10;

/// An element. Names are without their prefix.
#[derive(Clone, Debug, Default)]
pub(super) struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// The words in it, those of elements in it included.
    pub text: String,
    /// The elements it is in, by their places in the list: the innermost last.
    pub inside: Vec<usize>,
}

impl Element {
    /// An attribute; empty where it has none of that name.
    pub(super) fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }
}

/// The elements of a file, in the order in which they begin; those before a fault, where there is one. Entities that the file
/// declares are not looked at.
pub(super) fn elements(bytes: &[u8]) -> Vec<Element> {
    let Ok(decoded) = html::decode(bytes, None, None) else { return Vec::new() };
    let mut reader = Reader::from_str(decoded.text.trim_start_matches('\u{feff}'));
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    // Elements that lie too deep are passed over.
    let mut deeper = 0_usize;
    while elements.len() < MOST_ELEMENTS {
        let words = match reader.read_event() {
            Ok(Event::Start(_)) if open.len() >= MOST_DEPTH / 8 => {
                deeper += 1;
                continue;
            }
            Ok(Event::Start(start)) => {
                let element = element(&start, &open);
                open.push(elements.len());
                elements.push(element);
                continue;
            }
            Ok(Event::Empty(start)) => {
                elements.push(element(&start, &open));
                continue;
            }
            Ok(Event::End(_)) => {
                if deeper > 0 {
                    deeper -= 1;
                } else {
                    open.pop();
                }
                continue;
            }
            Ok(Event::Text(words)) => words.to_string(),
            Ok(Event::CData(words)) => words.to_string(),
            Ok(Event::GeneralRef(reference)) => entity(&reference).to_string(),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => continue,
        };
        if words.trim().is_empty() && words.len() != 1 {
            continue;
        }
        for at in &open {
            if let Some(element) = elements.get_mut(*at)
                && element.text.len() + words.len() <= MOST_TEXT
            {
                element.text.push_str(&words);
            }
        }
    }
    for element in &mut elements {
        element.text = element.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    elements
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

fn element(start: &BytesStart<'_>, open: &[usize]) -> Element {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).flatten().take(40);
    Element {
        name: local(start.name().as_ref()),
        attributes: attributes
            .map(|attribute| (local(attribute.key.as_ref()), unescaped(&attribute.value)))
            .collect(),
        text: String::new(),
        inside: open.to_vec(),
    }
}

/// An attribute's value without its references.
fn unescaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';') {
            Some((name, after)) if name.len() <= 10 => {
                out.push(entity(name));
                rest = after;
            }
            _ => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// What a reference stands for; a space where that is not known.
fn entity(name: &str) -> char {
    match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        number => {
            let number = number.strip_prefix('#').unwrap_or_default();
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            };
            code.and_then(char::from_u32).unwrap_or(' ')
        }
    }
}
