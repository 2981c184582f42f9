//! XML of unknown origin, read forwards: names without their prefixes, elements not deeper than a limit, no entity but the
//! five and character numbers, no document type looked up.
//!
//! A reader of a format goes down with the elements: [`Xml::next`] gives what stands in the element whose start was given
//! last, then [`Node::End`]. Where the text breaks off or is no XML, everything that is open ends there, and
//! [`Xml::broken`] says why: what was read until then stands.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::article::document::MOST_DEPTH;

/// What stands in an element.
pub(super) enum Node<'a> {
    /// An element begins; what stands in it is next, unless it is skipped.
    Start(Tag<'a>),
    /// Words.
    Text(Cow<'a, str>),
    /// The element ends, or everything.
    End,
}

/// The start of an element.
pub(super) struct Tag<'a>(BytesStart<'a>);

impl Tag<'_> {
    /// Its name without the prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// Its prefix; empty where it has none. What that stands for is not looked up.
    pub(super) fn prefix(&self) -> &str {
        self.0.name().prefix().map_or("", |prefix| prefix.into_inner())
    }

    /// An attribute by its name without the prefix: the first one.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|a| a.key.local_name().into_inner() == name)?;
        Some(match found.value {
            Cow::Borrowed(value) if !value.contains('&') => Cow::Borrowed(value),
            value => Cow::Owned(unescaped(&value)),
        })
    }

    /// An attribute that is a number.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.trim().parse().ok()
    }
}

/// XML that is being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    /// How many elements are open.
    depth: usize,
    broken: Option<String>,
    too_deep: bool,
    ended: bool,
}

impl<'a> Xml<'a> {
    /// At the beginning of this text.
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0, broken: None, too_deep: false, ended: false }
    }

    /// What comes next in the element that is open; elements that lie too deep are passed over.
    pub(super) fn next(&mut self) -> Node<'a> {
        loop {
            if self.ended {
                return Node::End;
            }
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    if self.depth >= MOST_DEPTH {
                        self.too_deep = true;
                        self.pass_over(&start);
                        continue;
                    }
                    self.depth += 1;
                    return Node::Start(Tag(start));
                }
                // Empty elements were asked to come as a start and an end.
                Ok(Event::Empty(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_)) => {}
                // Nothing that a document type declares is taken: its entities stand for nothing.
                Ok(Event::DocType(_)) => {}
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Node::End;
                }
                Ok(Event::Text(words)) => return Node::Text(words.into_inner()),
                Ok(Event::CData(words)) => return Node::Text(words.into_inner()),
                Ok(Event::GeneralRef(reference)) => {
                    let name: &str = &reference;
                    let words = entity(name).map_or_else(|| format!("&{name};"), String::from);
                    return Node::Text(Cow::Owned(words));
                }
                Ok(Event::Eof) => {
                    if self.depth > 0 {
                        self.broken = Some("it is cut off".to_owned());
                    }
                    self.ended = true;
                }
                Err(why) => {
                    self.broken = Some(why.to_string());
                    self.ended = true;
                }
            }
        }
    }

    /// What comes next in the element that is open, words left out: the start of an element, or `None` at the end.
    pub(super) fn next_tag(&mut self) -> Option<Tag<'a>> {
        loop {
            match self.next() {
                Node::Start(tag) => return Some(tag),
                Node::Text(_) => {}
                Node::End => return None,
            }
        }
    }

    /// Passes over the rest of the element that is open.
    pub(super) fn skip(&mut self) {
        let mut open = 1_usize;
        while open > 0 && !self.ended {
            match self.next() {
                Node::Start(_) => open += 1,
                Node::Text(_) => {}
                Node::End => open -= 1,
            }
        }
    }

    /// The words in the element that is open and in those in it.
    pub(super) fn words(&mut self) -> String {
        let mut words = String::new();
        let mut open = 1_usize;
        while open > 0 && !self.ended {
            match self.next() {
                Node::Start(_) => open += 1,
                Node::Text(more) => words.push_str(&more),
                Node::End => open -= 1,
            }
        }
        words
    }

    /// Ends the reading: everything that is open ends here.
    pub(super) const fn stop(&mut self) {
        self.ended = true;
    }

    /// Whether everything was read, or the reading was ended.
    pub(super) const fn is_ended(&self) -> bool {
        self.ended
    }

    /// Why it could not be read to its end, if it could not.
    pub(super) fn broken(&self) -> Option<&str> {
        self.broken.as_deref()
    }

    /// Whether something lay too deep and was passed over.
    pub(super) const fn too_deep(&self) -> bool {
        self.too_deep
    }

    /// How far it was read, in bytes of the text without its byte-order mark.
    pub(super) fn place(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn pass_over(&mut self, start: &BytesStart<'_>) {
        if let Err(why) = self.reader.read_to_end(start.name()) {
            self.broken = Some(why.to_string());
            self.ended = true;
        }
    }
}

/// The text of an XML file: in UTF-8, UTF-16, or the encoding that its declaration names.
pub(super) fn decoded(bytes: Vec<u8>) -> String {
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

/// An attribute's value without its references; what stands for nothing is left as it is.
fn unescaped(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = after.split_once(';').and_then(|(name, more)| Some((entity(name)?, more)));
        match known {
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

    /// The elements' names in brackets and the words.
    fn shown(text: &str) -> (String, Option<String>) {
        let mut xml = Xml::new(text);
        let mut out = String::new();
        while !xml.ended {
            match xml.next() {
                Node::Start(tag) => out += &format!("[{}", tag.name()),
                Node::Text(words) => out += &words,
                Node::End => out.push(']'),
            }
        }
        (out, xml.broken().map(str::to_owned))
    }

    #[test]
    fn elements_come_without_prefixes_and_with_their_words() {
        let text =
            "\u{feff}<?xml version='1.0'?><w:a>é&lt;&#x41;<b/><!-- c --><![CDATA[<&]]></w:a>";
        assert_eq!(shown(text), ("[aé<A[b]<&]]".to_owned(), None));
        let mut xml = Xml::new("<w:a r:id='7' w:val=' 1 &amp; &#10;2&x;' b='&'/>");
        let tag = xml.next_tag().unwrap();
        assert_eq!((tag.name(), tag.prefix()), ("a", "w"));
        assert_eq!(tag.get("val").as_deref(), Some(" 1 & \n2&x;"));
        assert_eq!(tag.get("b").as_deref(), Some("&"));
        assert_eq!((tag.number::<u8>("id"), tag.number::<u8>("val")), (Some(7), None));
        assert_eq!(tag.get("c"), None);
    }

    #[test]
    fn entities_stand_for_nothing() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;&amp;</x>";
        assert_eq!(shown(bomb), ("[x&b;&]]".to_owned(), None));
    }

    #[test]
    fn what_breaks_off_ends_there() {
        for broken in ["<a>words<b>more", "<a>words</b>", "<a>words<", "<a>words<b c='"] {
            let (out, why) = shown(broken);
            assert!(out.starts_with("[awords") && why.is_some(), "{broken}: {out}");
        }
        let mut xml = Xml::new("<a><b>words<c>more");
        let (a, b) = (xml.next_tag(), xml.next_tag());
        assert!(a.is_some() && b.is_some());
        xml.skip();
        assert!(xml.next_tag().is_none() && xml.broken().is_some());
    }

    #[test]
    fn elements_that_lie_too_deep_are_passed_over() {
        let deep = "<a>".repeat(100_000) + "x" + &"</a>".repeat(100_000) + "<b/>";
        let (out, why) = shown(&deep);
        assert_eq!(out.matches('[').count(), MOST_DEPTH + 1);
        assert!(!out.contains('x') && why.is_none());
        let mut xml = Xml::new(&deep);
        assert!(xml.next_tag().is_some());
        xml.skip();
        assert!(xml.too_deep());
        assert_eq!(xml.next_tag().unwrap().name(), "b");
    }

    #[test]
    fn skipping_and_gathering_end_with_their_element() {
        let mut xml = Xml::new("<x><a>1<b>2</b></a><c>3<d>4</d></c><e/></x>");
        assert_eq!(xml.next_tag().unwrap().name(), "x");
        assert_eq!(xml.next_tag().unwrap().name(), "a");
        xml.skip();
        assert_eq!(xml.next_tag().unwrap().name(), "c");
        assert_eq!(xml.words(), "34");
        assert_eq!(xml.next_tag().unwrap().name(), "e");
    }

    #[test]
    fn encodings_are_those_of_xml() {
        let words = "<?xml version=\"1.0\"?><a>é漢</a>";
        let wide = |order: fn(u16) -> [u8; 2]| words.encode_utf16().flat_map(order).collect();
        let mut marked: Vec<u8> = wide(u16::to_le_bytes);
        marked.splice(..0, [0xff, 0xfe]);
        for bytes in [words.into(), wide(u16::to_le_bytes), wide(u16::to_be_bytes), marked] {
            assert_eq!(decoded(bytes), words);
        }
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe9</a>".to_vec();
        assert!(decoded(latin).ends_with("<a>é</a>"));
        let wrong = b"<?xml version='1.0' encoding='UTF-16'?><a>e</a>".to_vec();
        assert!(decoded(wrong).ends_with("<a>e</a>"));
        assert_eq!(decoded(b"<a>\xff</a>".to_vec()), "<a>\u{fffd}</a>");
    }
}
