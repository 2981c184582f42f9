//! The XML files of a book as a list of elements, read also where they are not quite XML.

use crate::article::format::html;
use crate::foreign::xml::{self, Node, Xml};

/// The most elements of one file.
const MOST_ELEMENTS: usize = 200_000;
/// The longest text of one element, in bytes.
const MOST_TEXT: usize = 64 << 10;
/// The most elements that lie in one another.
const MOST_DEEP: usize = 32;
/// The most attributes of one element.
const MOST_ATTRIBUTES: usize = 40;

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
    let mut xml = Xml::new(&decoded.text).forgiving().at_most_deep(MOST_DEEP);
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    while elements.len() < MOST_ELEMENTS {
        match xml.next_node() {
            Node::Start(tag) => {
                let attributes = tag.attributes().take(MOST_ATTRIBUTES);
                elements.push(Element {
                    name: tag.name().to_owned(),
                    attributes: attributes
                        .map(|(name, value)| (xml::local(&name).to_owned(), value))
                        .collect(),
                    text: String::new(),
                    inside: open.clone(),
                });
                open.push(elements.len() - 1);
            }
            Node::Text(words) => {
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
            Node::End if xml.is_ended() => break,
            Node::End => {
                open.pop();
            }
        }
    }
    for element in &mut elements {
        element.text = element.text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    elements
}
