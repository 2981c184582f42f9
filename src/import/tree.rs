//! XML of unknown origin as a tree, which any fault ends.

use crate::foreign::xml::{Node, Xml};

/// How deep elements may be nested.
const DEPTH: usize = 64;

/// An element. Names are without their prefix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Element {
    /// Its name.
    pub name: String,
    /// Its attributes, in their order.
    pub attributes: Vec<(String, String)>,
    /// The text directly in it.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    /// An attribute; empty where it has none of that name.
    pub(super) fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The elements in it of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> + 'a {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The first element in it of this name.
    pub(super) fn first(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }
}

/// Reads a document: its root element.
///
/// # Errors
/// Where and why it is no such document.
pub(super) fn parse(text: &str, cancelled: &dyn Fn() -> bool) -> Result<Element, String> {
    let mut xml = Xml::new(text).strict().at_most_deep(DEPTH);
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0_usize;
    loop {
        count += 1;
        if count.is_multiple_of(4096) && cancelled() {
            return Err("it was cancelled".to_owned());
        }
        match xml.next_node() {
            Node::Start(tag) => {
                let attributes =
                    tag.all_attributes().map_err(|why| format!("line {}: {why}", xml.line()))?;
                let name = tag.name().to_owned();
                open.push(Element { name, attributes, ..Element::default() });
            }
            Node::Text(words) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&words);
                }
            }
            Node::End if xml.is_ended() => break,
            Node::End => {
                if let Some(element) = open.pop() {
                    close(element, &mut open, &mut root);
                }
            }
        }
    }
    match (xml.broken(), open.last()) {
        (Some(_), Some(element)) if xml.is_cut_off() => {
            Err(format!("it ends inside of “{}”", element.name))
        }
        (Some(why), _) => Err(format!("line {}: {why}", xml.line())),
        (None, _) => root.ok_or_else(|| "it holds no element".to_owned()),
    }
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if root.is_none() => *root = Some(element),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_becomes_a_tree() {
        let root = parse(
            "<?xml version='1.0'?><a:x p='1 &amp; &#10;2'>é&lt;<b/><!-- c --><![CDATA[&]]></a:x>",
            &|| false,
        )
        .unwrap();
        assert_eq!((&*root.name, root.get("p"), &*root.text), ("x", "1 & \n2", "é<&"));
        assert_eq!(root.children.len(), 1);
    }

    #[test]
    fn what_would_grow_or_nest_without_end_is_refused() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>";
        assert!(parse(bomb, &|| false).unwrap_err().contains("document type"));
        assert!(parse("<!DOCTYPE x SYSTEM \"http://x.example/x.dtd\"><x/>", &|| false).is_ok());
        assert!(parse("<x>&a;</x>", &|| false).unwrap_err().contains("stands for nothing"));
        let deep = "<a>".repeat(100_000);
        assert!(parse(&deep, &|| false).unwrap_err().contains("nested"));
        for bad in ["", "<a>", "<a></b>", "text", "<a p=1/>", "<a p='&x'/>", "<"] {
            assert!(parse(bad, &|| false).is_err(), "{bad}");
        }
    }
}
