//! A page's source, made harmless before it is parsed: what a page can ask of a parser (nesting, attributes, elements that
//! multiply) is bounded, and what holds no words (scripts, styles, pictures in the source) is gone. The words stay.
//!
//! The HTML Standard repairs bad nesting in ways whose cost grows with the square of the input: it looks through all open
//! elements at each tag, compares each attribute with all before it, and opens formatting elements anew in each
//! paragraph (13.2.4.3, 13.2.5.32 and 13.2.6.4 of the standard). So tags are followed here, roughly as the standard
//! would, and left out where too many are open.

use std::borrow::Cow;
use std::collections::HashMap;

use super::names::{self, Class};
use super::open::OpenElements;
use super::tag::{self, Tag};
use crate::article::document::{DocumentError, MOST_DEPTH};

/// The most elements of a page.
const MOST_ELEMENTS: usize = 400_000;
/// The longest source that is parsed, in bytes, after what holds no words is gone.
const MOST_SOURCE: usize = 96 << 20;
/// The longest data for search engines that is looked at, in bytes.
const MOST_DATA: usize = 4 << 20;

/// The longest text between two tags, in bytes.
const MOST_RUN: usize = 4 << 10;
/// The longest title, in bytes.
const MOST_TITLE: usize = 4 << 10;

/// A source that can be parsed.
#[derive(Debug, Default)]
pub(super) struct Tamed {
    /// The source.
    pub source: String,
    /// Whether elements lay deeper than is taken, and became words only.
    pub too_deep: bool,
    /// Whether frames were met, whose pages are files of their own.
    pub frames: bool,
    /// Data for search engines: the content of `<script type="application/ld+json">`.
    pub data: Vec<String>,
    /// How many elements there are.
    pub elements: usize,
}

/// Makes a page's source harmless. `xml` says that it keeps to the rules of XML: elements end with `/>`, and CDATA is
/// text.
///
/// # Errors
/// It has too many elements.
pub(super) fn tame(text: &str, xml: bool) -> Result<Tamed, DocumentError> {
    // A parser takes text in pieces, and each of these ends one.
    let text = if text.contains(['\r', '\0']) {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', ""))
    } else {
        Cow::Borrowed(text)
    };
    let text = &*text;
    let mut tamer = Tamer {
        text,
        run: 0,
        xml,
        out: Tamed { source: String::with_capacity(text.len().min(4 << 20)), ..Tamed::default() },
        open: OpenElements::default(),
        dropped: HashMap::new(),
        lost: 0,
        formatting: HashMap::new(),
        endless: Vec::new(),
        roots: [false; 2],
        prefix: if xml { prefix_of_root(text) } else { None },
    };
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        let start = at + found;
        tamer.words(&text[at..start]);
        at = tamer.markup(start)?;
        if tamer.out.source.len() > MOST_SOURCE {
            let what = format!("it has more than {} MiB of text and markup", MOST_SOURCE >> 20);
            return Err(DocumentError::TooMuch { what });
        }
    }
    tamer.words(&text[at..]);
    Ok(tamer.out)
}

struct Tamer<'a> {
    text: &'a str,
    xml: bool,
    out: Tamed,
    /// How much text was written since the last tag, in bytes.
    run: usize,
    open: OpenElements,
    /// Elements whose tags were left out because they lay too deep.
    dropped: HashMap<names::Key, u32>,
    /// How many of those are open.
    lost: usize,
    /// Formatting elements that are open, by name: whether their tags were kept (as `span`).
    formatting: HashMap<names::Key, Vec<bool>>,
    /// Names of which no end tag follows any more.
    endless: Vec<String>,
    /// Whether `html` and `body` were met.
    roots: [bool; 2],
    /// The prefix of XHTML's names, where they have one.
    prefix: Option<String>,
}

impl Tamer<'_> {
    /// Writes text. A parser adds each reference and each line to the text before it, which it copies: so long texts are parted by
    /// what is no more than a place to break a line.
    fn words(&mut self, text: &str) {
        let mut rest = text;
        while self.run + rest.len() > MOST_RUN {
            let from = MOST_RUN.saturating_sub(self.run);
            let next =
                memchr::memchr2(b'&', b'\n', rest.as_bytes().get(from..).unwrap_or_default());
            let Some(at) = next.map(|at| from + at) else { break };
            self.out.source.push_str(&rest[..at]);
            self.out.source.push_str("<wbr>");
            self.run = 0;
            rest = &rest[at..];
        }
        self.out.source.push_str(rest);
        self.run += rest.len();
    }

    /// Writes a space in the place of a tag.
    fn gap(&mut self) {
        if !self.out.source.ends_with([' ', '\n', '\t']) {
            self.out.source.push(' ');
        }
    }

    /// Whether elements are open that were left out because they lie too deep: what is in them is words.
    fn is_too_deep(&self) -> bool {
        self.open.depth() >= MOST_DEPTH && self.lost > 0
    }

    /// What begins with `<` at `start`; returns where the source goes on.
    fn markup(&mut self, start: usize) -> Result<usize, DocumentError> {
        let rest = &self.text[start..];
        let bytes = rest.as_bytes();
        let next = bytes.get(1).copied().unwrap_or(0);
        if rest.starts_with("<!--") {
            // `<!-->` and `<!--->` end at once.
            let end = ["<!-->", "<!--->"].iter().find(|short| rest.starts_with(**short));
            return Ok(match end {
                Some(short) => start + short.len(),
                None => tag::after(self.text, start + 4, "-->"),
            });
        }
        if self.xml && rest.starts_with("<![CDATA[") {
            let end = memchr::memmem::find(&bytes[9..], b"]]>").map_or(rest.len(), |end| end + 9);
            let words = escaped(&rest[9..end]);
            self.words(&words);
            return Ok((start + end + 3).min(self.text.len()));
        }
        if next == b'!' || next == b'?' {
            return Ok(self.declaration(start));
        }
        if next == b'/' && bytes.get(2).is_some_and(u8::is_ascii_alphabetic) {
            let Some(tag) = Tag::read(self.text, start + 2, self.prefix.as_deref()) else {
                return Ok(self.text.len());
            };
            self.run = 0;
            self.end_tag(&tag);
            return Ok(tag.end);
        }
        if next.is_ascii_alphabetic() {
            let Some(tag) = Tag::read(self.text, start + 1, self.prefix.as_deref()) else {
                return Ok(self.text.len());
            };
            self.run = 0;
            return self.start_tag(&tag);
        }
        if next == b'/' {
            // `</>` and `</ …>` are a comment to browsers.
            return Ok(tag::after(self.text, start + 2, ">"));
        }
        self.words("&lt;");
        Ok(start + 1)
    }

    /// A document type or an instruction: gone, but for what says how the page is parsed.
    fn declaration(&mut self, start: usize) -> usize {
        let rest = &self.text[start..];
        let end = memchr::memchr(b'>', rest.as_bytes());
        let subset = memchr::memchr(b'[', &rest.as_bytes()[..end.unwrap_or(rest.len())]);
        let doctype = rest.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<!doctype"));
        if doctype && self.out.source.trim().is_empty() {
            let kept = end.filter(|end| *end < 512 && subset.is_none() && !self.xml);
            self.out.source.push_str(kept.map_or("<!DOCTYPE html>", |end| &rest[..=end]));
        }
        if doctype && subset.is_some() {
            return tag::after(self.text, start, "]>");
        }
        end.map_or(self.text.len(), |end| start + end + 1)
    }

    fn start_tag(&mut self, tag: &Tag) -> Result<usize, DocumentError> {
        let name = tag.name.as_str();
        let closed = self.xml && tag.self_closing;
        match name {
            "script" | "style" | "noscript" | "xmp" | "noembed" | "select" | "datalist" | "svg"
            | "iframe" => return Ok(self.without_words(tag, closed)),
            "title" | "textarea" if !closed => {
                // Without an end tag all that follows would be its text.
                let Some(end) = self.find_end(tag) else { return Ok(tag.end) };
                self.count()?;
                let words = &self.text[tag.end..end];
                if name == "title" {
                    let most = (0..=words.len().min(MOST_TITLE)).rev();
                    let most = most.into_iter().find(|end| words.is_char_boundary(*end));
                    let words = words.get(..most.unwrap_or(0)).unwrap_or_default();
                    self.out.source.push_str(&format!("<title>{words}</title>"));
                } else {
                    self.out.source.push_str("<pre>");
                    self.words(&words.replace('<', "&lt;"));
                    self.out.source.push_str("</pre>");
                }
                return Ok(tag::after(self.text, end, ">"));
            }
            "frameset" | "frame" => {
                self.out.frames = true;
                return Ok(tag.end);
            }
            "plaintext" | "noframes" | "option" | "optgroup" | "title" | "textarea" => {
                return Ok(tag.end);
            }
            "html" | "body" => {
                let met = &mut self.roots[usize::from(name == "body")];
                if std::mem::replace(met, true) {
                    self.gap();
                    return Ok(tag.end);
                }
                self.count()?;
                tag.write(name, &mut self.out.source);
                return Ok(tag.end);
            }
            _ => {}
        }
        self.count()?;
        let key = names::key(name);
        let class = names::class(name);
        if self.is_too_deep() && !class.counts() && class != Class::Void {
            if class != Class::Formatting {
                self.gap();
            }
            return Ok(tag.end);
        }
        if class == Class::Formatting {
            let kept = tag.matters() && self.open.depth() < MOST_DEPTH;
            if closed {
                return Ok(tag.end);
            }
            if kept {
                tag.write("span", &mut self.out.source);
                self.open.push(names::key("span"), Class::Inline, None);
            }
            self.formatting.entry(key).or_default().push(kept);
            return Ok(tag.end);
        }
        self.open.close_before(name, class);
        // A template with a shadow root is shown; others are not.
        let other = (name == "template" && tag.has("shadowrootmode")).then_some("div");
        let written = other.unwrap_or(name);
        match class {
            Class::Void => tag.write(written, &mut self.out.source),
            Class::Anchor => {
                tag.write(written, &mut self.out.source);
                if closed {
                    self.out.source.push_str("</a>");
                }
            }
            Class::Ruby if !self.open.has("ruby") => {}
            _ => {
                let counts = class.counts();
                if counts && self.open.depth() >= MOST_DEPTH {
                    self.out.too_deep = true;
                    self.gap();
                    if !closed {
                        self.lost += 1;
                        *self.dropped.entry(key).or_default() += 1;
                    }
                    return Ok(tag.end);
                }
                tag.write(written, &mut self.out.source);
                if closed {
                    self.out.source.push_str(&format!("</{written}>"));
                } else if class != Class::TablePart {
                    self.open.push(key, class, other);
                }
            }
        }
        Ok(tag.end)
    }

    /// Where the end tag of an element begins.
    fn find_end(&mut self, tag: &Tag) -> Option<usize> {
        if self.endless.contains(&tag.name) {
            return None;
        }
        let end = tag::find_end(self.text, tag.end, &tag.name);
        if end.is_none() {
            self.endless.push(tag.name.clone());
        }
        end
    }

    fn end_tag(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        let key = names::key(name);
        let class = names::class(name);
        let written = |out: &mut String, name: &str| {
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        };
        if let Some(count) = self.dropped.get_mut(&key)
            && *count > 0
        {
            *count -= 1;
            self.lost -= 1;
            self.gap();
            return;
        }
        if self.is_too_deep() && !class.counts() {
            return;
        }
        match class {
            Class::Formatting => {
                if self.formatting.get_mut(&key).and_then(Vec::pop) == Some(true)
                    && let Some(at) = self.open.find(names::key("span"), Class::Inline)
                {
                    self.open.pop_from(at);
                    written(&mut self.out.source, "span");
                }
                return;
            }
            Class::Void => {
                // `</br>` is a line break to browsers.
                if name == "br" {
                    self.out.source.push_str("<br>");
                }
                return;
            }
            Class::Anchor => return written(&mut self.out.source, "a"),
            Class::TablePart => {
                if let Some(at) = self.open.table() {
                    self.open.pop_from(at + 1);
                    written(&mut self.out.source, name);
                }
                return;
            }
            _ => {}
        }
        let Some(at) = self.open.find(key, class) else { return };
        // A form's end does not end what is open inside it: then it is left to its parent's.
        if name == "form" && !self.open.is_last(at) {
            return;
        }
        let other = self.open.written(at);
        self.open.pop_from(at);
        written(&mut self.out.source, other.unwrap_or(name));
    }

    /// An element whose content is no words of the page; returns where the source goes on after it.
    fn without_words(&mut self, tag: &Tag, closed: bool) -> usize {
        let name = tag.name.as_str();
        if name == "iframe" && tag.has("srcdoc") {
            self.out.frames = true;
        }
        if closed {
            return tag.end;
        }
        let Some(end) = self.find_end(tag) else { return tag.end };
        let content = &self.text[tag.end..end];
        if name == "script" && tag.value("type").is_some_and(|kind| kind.contains("ld+json")) {
            let held: usize = self.out.data.iter().map(String::len).sum();
            if held + content.len() <= MOST_DATA {
                self.out.data.push(content.to_owned());
            }
        } else if name == "svg" {
            self.words_of_drawing(content);
        }
        if !matches!(name, "script" | "style" | "noscript") {
            self.gap();
        }
        tag::after(self.text, end, ">")
    }

    /// The words that stand in a drawing: the labels of charts and maps.
    fn words_of_drawing(&mut self, drawing: &str) {
        let mut at = 0;
        while let Some(found) = memchr::memmem::find(&drawing.as_bytes()[at..], b"<text") {
            let start = at + found + 5;
            at = start;
            if !drawing[start..].starts_with([' ', '>', '\n', '\t']) {
                continue;
            }
            let Some(end) = tag::find_end(drawing, start, "text") else { break };
            let from = tag::after(drawing, start, ">").min(end);
            self.gap();
            for (number, part) in drawing[from..end].split('<').enumerate() {
                let words =
                    if number == 0 { part } else { part.split_once('>').map_or("", |(_, w)| w) };
                self.words(words);
            }
            at = end;
        }
    }

    fn count(&mut self) -> Result<(), DocumentError> {
        self.out.elements += 1;
        if self.out.elements > MOST_ELEMENTS {
            let what = format!("the page has more than {MOST_ELEMENTS} elements");
            return Err(DocumentError::TooMuch { what });
        }
        Ok(())
    }
}

/// The prefix of the names of XHTML: `html` in `<html:html xmlns:html="…">`.
fn prefix_of_root(text: &str) -> Option<String> {
    let mut head = text.get(..4096).unwrap_or(text);
    while let Some((_, rest)) = head.split_once('<') {
        head = rest;
        if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest.find([' ', '>', '\n', '\t', '\r', '/'])?;
            let (prefix, local) = rest[..end].split_once(':')?;
            return (local == "html").then(|| format!("{prefix}:"));
        }
    }
    None
}

/// Text as it is written in a source.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
