//! XML of unknown origin as a tree, within limits: no document type of its own, no entity but the five and character numbers, no
//! more than so deep.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

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
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open: Vec<Element> = Vec::new();
    let mut root = None;
    let mut count = 0_usize;
    loop {
        let line = |reader: &Reader<&[u8]>| {
            let end = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            let before = text.as_bytes().get(..end.min(text.len())).unwrap_or_default();
            memchr::memchr_iter(b'\n', before).count() + 1
        };
        count += 1;
        if count.is_multiple_of(4096) && cancelled() {
            return Err("it was cancelled".to_owned());
        }
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(why) => return Err(format!("line {}: {why}", line(&reader))),
        };
        match event {
            Event::Start(start) => {
                if open.len() >= DEPTH {
                    return Err(format!("line {}: elements are nested too deeply", line(&reader)));
                }
                let element =
                    element(&start).map_err(|w| format!("line {}: {w}", line(&reader)))?;
                open.push(element);
            }
            Event::Empty(start) => {
                let element =
                    element(&start).map_err(|w| format!("line {}: {w}", line(&reader)))?;
                close(element, &mut open, &mut root);
            }
            Event::End(_) => {
                if let Some(element) = open.pop() {
                    close(element, &mut open, &mut root);
                }
            }
            Event::Text(words) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&words);
                }
            }
            Event::CData(words) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&words);
                }
            }
            Event::GeneralRef(reference) => {
                let name: &str = &reference;
                let c = entity(name).ok_or_else(|| {
                    format!("line {}: “&{name};” stands for nothing", line(&reader))
                })?;
                if let Some(element) = open.last_mut() {
                    element.text.push(c);
                }
            }
            // A type that is only named is not looked up; one that is declared here could define entities.
            Event::DocType(declared) if declared.contains('[') => {
                return Err(format!(
                    "line {}: it declares a document type of its own, which is not read",
                    line(&reader)
                ));
            }
            Event::DocType(_) => {}
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
            Event::Eof => break,
        }
    }
    if let Some(element) = open.last() {
        return Err(format!("it ends inside of “{}”", element.name));
    }
    root.ok_or_else(|| "it holds no element".to_owned())
}

fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) {
    match open.last_mut() {
        Some(parent) => parent.children.push(element),
        None if root.is_none() => *root = Some(element),
        None => {}
    }
}

fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or("").to_owned()
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element { name: local(start.name().as_ref()), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|why| why.to_string())?;
        element.attributes.push((local(attribute.key.as_ref()), unescaped(&attribute.value)?));
    }
    Ok(element)
}

/// An attribute's value without its references.
fn unescaped(raw: &str) -> Result<String, String> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) =
            after.split_once(';').ok_or_else(|| "“&” stands alone in an attribute".to_owned())?;
        out.push(entity(name).ok_or_else(|| format!("“&{name};” stands for nothing"))?);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
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
