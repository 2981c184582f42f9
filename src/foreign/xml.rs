//! XML of unknown origin, read forwards: names without their prefixes, elements not deeper than a limit, no entity but the
//! five and character numbers, no document type looked up.
//!
//! A reader of a format goes down with the elements: [`Xml::next_node`] gives what stands in the element whose start was given
//! last, then [`Node::End`]. Where the text breaks off or is no XML, everything that is open ends there, and
//! [`Xml::broken`] says why: what was read until then stands.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::attributes::{AttrError, Attribute};
use quick_xml::events::{BytesStart, Event};

/// The most elements that may lie in one another, where a format asks for no other limit.
pub const MOST_DEPTH: usize = 256;
/// What is wrong with a text that ends inside of an element.
const CUT_OFF: &str = "it is cut off";
/// The longest name of an unknown reference that is taken for one, in bytes: `&` may also be a sign of its own.
const MOST_NAME: usize = 10;

/// How much is forgiven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// References that stand for nothing stay as they are; what lies too deep is passed over.
    Lenient,
    /// Besides, elements end in any order, and what such references stood for becomes a space.
    Forgiving,
    /// Each fault ends the reading, also what lies too deep, and a document type that is declared in the text.
    Strict,
}

/// What stands in an element.
pub enum Node<'a> {
    /// An element begins; what stands in it is next, unless it is skipped.
    Start(Tag<'a>),
    /// Words.
    Text(Cow<'a, str>),
    /// The element ends, or everything.
    End,
}

/// The start of an element.
pub struct Tag<'a> {
    start: BytesStart<'a>,
    manner: Manner,
}

impl Tag<'_> {
    /// Its name without the prefix.
    #[must_use]
    pub fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// Its prefix; empty where it has none. What that stands for is not looked up.
    #[must_use]
    pub fn prefix(&self) -> &str {
        self.start.name().prefix().map_or("", |prefix| prefix.into_inner())
    }

    /// Its name as it is written.
    #[must_use]
    pub fn written(&self) -> &str {
        self.start.name().into_inner()
    }

    /// An attribute by its name without the prefix: the first one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|a| a.key.local_name().into_inner() == name)?;
        Some(match found.value {
            Cow::Borrowed(value) if !value.contains('&') => Cow::Borrowed(value),
            value => Cow::Owned(forgiven(&value, self.manner)),
        })
    }

    /// An attribute that is a number.
    #[must_use]
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }

    /// Its attributes in their order, those left out that cannot be read: their names as they are written, and their values.
    pub fn attributes(&self) -> impl Iterator<Item = (String, String)> {
        let mut attributes = self.start.attributes();
        attributes.with_checks(false);
        attributes.flatten().map(|attribute| {
            let value = forgiven(&attribute.value, self.manner);
            (attribute.key.into_inner().to_owned(), value)
        })
    }

    /// All its attributes in their order: their names without prefixes, and their values.
    ///
    /// # Errors
    /// One of them cannot be read, stands there twice, or holds a reference that stands for nothing.
    pub fn all_attributes(&self) -> Result<Vec<(String, String)>, String> {
        let read = |attribute: Result<Attribute<'_>, AttrError>| {
            let attribute = attribute.map_err(|why| why.to_string())?;
            let name = attribute.key.local_name().into_inner().to_owned();
            Ok((name, unescaped(&attribute.value)?))
        };
        self.start.attributes().map(read).collect()
    }
}

/// A name without its prefix.
#[must_use]
pub fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or_default()
}

/// XML that is being read.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    manner: Manner,
    /// The most elements that may lie in one another.
    most_depth: usize,
    /// How many elements are open.
    depth: usize,
    /// How many elements are open beyond those, and passed over.
    passed: usize,
    broken: Option<String>,
    too_deep: bool,
    ended: bool,
}

impl<'a> Xml<'a> {
    /// At the beginning of this text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            text,
            manner: Manner::Lenient,
            most_depth: MOST_DEPTH,
            depth: 0,
            passed: 0,
            broken: None,
            too_deep: false,
            ended: false,
        }
    }

    /// Reads also what is not quite XML: elements may end in any order, and an unknown reference is a space.
    #[must_use]
    pub fn forgiving(mut self) -> Self {
        self.manner = Manner::Forgiving;
        let config = self.reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        self
    }

    /// Ends at the first fault: also at a reference that stands for nothing, at what lies too deep, and at a document type that
    /// is declared in the text itself. One that is only named is not looked up.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.manner = Manner::Strict;
        self.reader.config_mut().allow_dangling_amp = false;
        self
    }

    /// No more elements than these may lie in one another.
    #[must_use]
    pub const fn at_most_deep(mut self, depth: usize) -> Self {
        self.most_depth = depth;
        self
    }

    /// What comes next in the element that is open; elements that lie too deep are passed over.
    pub fn next_node(&mut self) -> Node<'a> {
        loop {
            if self.ended {
                return Node::End;
            }
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(why) => {
                    self.break_off(why.to_string());
                    continue;
                }
            };
            match event {
                Event::Start(start) if self.depth < self.most_depth => {
                    self.depth += 1;
                    return Node::Start(Tag { start, manner: self.manner });
                }
                Event::Start(_) if self.manner == Manner::Strict => {
                    self.break_off("elements are nested too deeply".to_owned());
                }
                Event::Start(_) => {
                    self.too_deep = true;
                    self.passed += 1;
                }
                Event::End(_) if self.passed > 0 => self.passed -= 1,
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Node::End;
                }
                Event::Eof => {
                    if self.depth > 0 {
                        self.broken = Some(CUT_OFF.to_owned());
                    }
                    self.ended = true;
                }
                Event::DocType(declared)
                    if self.manner == Manner::Strict && declared.contains('[') =>
                {
                    let why = "it declares a document type of its own, which is not read";
                    self.break_off(why.to_owned());
                }
                // Empty elements were asked to come as a start and an end. Nothing that a document type declares is taken: its
                // entities stand for nothing.
                Event::Empty(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::Comment(_)
                | Event::DocType(_) => {}
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if self.passed > 0 => {}
                Event::Text(words) => return Node::Text(words.into_inner()),
                Event::CData(words) => return Node::Text(words.into_inner()),
                Event::GeneralRef(reference) => {
                    let name: &str = &reference;
                    let words = match (entity(name), self.manner) {
                        (Some(c), _) => String::from(c),
                        (None, Manner::Lenient) => format!("&{name};"),
                        (None, Manner::Forgiving) => " ".to_owned(),
                        (None, Manner::Strict) => {
                            self.break_off(format!("“&{name};” stands for nothing"));
                            continue;
                        }
                    };
                    return Node::Text(Cow::Owned(words));
                }
            }
        }
    }

    /// What comes next in the element that is open, words left out: the start of an element, or `None` at the end.
    pub fn next_tag(&mut self) -> Option<Tag<'a>> {
        loop {
            match self.next_node() {
                Node::Start(tag) => return Some(tag),
                Node::Text(_) => {}
                Node::End => return None,
            }
        }
    }

    /// Passes over the rest of the element that is open.
    pub fn skip(&mut self) {
        let mut open = 1_usize;
        while open > 0 && !self.ended {
            match self.next_node() {
                Node::Start(_) => open += 1,
                Node::Text(_) => {}
                Node::End => open -= 1,
            }
        }
    }

    /// The words in the element that is open and in those in it.
    pub fn words(&mut self) -> String {
        let mut words = String::new();
        let mut open = 1_usize;
        while open > 0 && !self.ended {
            match self.next_node() {
                Node::Start(_) => open += 1,
                Node::Text(more) => words.push_str(&more),
                Node::End => open -= 1,
            }
        }
        words
    }

    /// Ends the reading: everything that is open ends here.
    pub const fn stop(&mut self) {
        self.ended = true;
    }

    /// Whether everything was read, or the reading was ended.
    #[must_use]
    pub const fn is_ended(&self) -> bool {
        self.ended
    }

    /// Why it could not be read to its end, if it could not.
    #[must_use]
    pub fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    /// Whether something lay too deep and was passed over.
    #[must_use]
    pub const fn too_deep(&self) -> bool {
        self.too_deep
    }

    /// How far it was read, in bytes of the text without its byte-order mark.
    #[must_use]
    pub fn place(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Whether it ends inside of an element.
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        self.broken() == Some(CUT_OFF)
    }

    /// The line it was read to, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        let before = self.text.as_bytes().get(..self.place()).unwrap_or(self.text.as_bytes());
        memchr::memchr_iter(b'\n', before).count() + 1
    }

    fn break_off(&mut self, why: String) {
        self.broken = Some(why);
        self.ended = true;
    }
}

/// The text of an XML file: in UTF-8, UTF-16, or the encoding that its declaration names.
#[must_use]
pub fn decoded(bytes: Vec<u8>) -> String {
    let encoding = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding).or_else(|| {
        match bytes.get(..4) {
            // UTF-16 without a mark: “<?” in it.
            Some([b'<', 0, b'?', 0]) => Some(encoding_rs::UTF_16LE),
            Some([0, b'<', 0, b'?']) => Some(encoding_rs::UTF_16BE),
            _ => declared(&bytes),
        }
    });
    match encoding {
        Some(encoding) if encoding != encoding_rs::UTF_8 => encoding.decode(&bytes).0.into_owned(),
        _ => {
            let text = match String::from_utf8(bytes) {
                Ok(text) => text,
                Err(why) => String::from_utf8_lossy(why.as_bytes()).into_owned(),
            };
            // Places in a text are counted without a mark.
            text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
        }
    }
}

/// The encoding that an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(200))?;
    let head = std::str::from_utf8(head.split(|b| *b == b'>').next()?).ok()?;
    let after = head.strip_prefix("<?xml")?.split_once("encoding")?.1;
    let label = after.split(['"', '\'']).nth(1)?;
    // A file that could be read so far is not in UTF-16, whatever it says.
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

/// An attribute's value without its references; what stands for nothing is left as it is or becomes a space.
fn forgiven(raw: &str, manner: Manner) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let named = after.split_once(';').and_then(|(name, more)| {
            let spaced = manner == Manner::Forgiving && name.len() <= MOST_NAME;
            Some((entity(name).or_else(|| spaced.then_some(' '))?, more))
        });
        match named {
            Some((c, more)) => {
                out.push(c);
                rest = more;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// An attribute's value without its references.
///
/// # Errors
/// One of them stands for nothing.
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

/// What a reference stands for: one of the five of XML, or a character's number.
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
