//! Notes: references to them, and what they say, which stands at the end of the text.

use std::collections::{HashMap, HashSet};

use dom_query::NodeRef;

use super::dom;
use super::walk::{self, Nothing, Surroundings, is_marked};
use crate::article::document::Builder;
use crate::text::BlockKind;

/// The most notes of a document.
const MOST_NOTES: usize = 50_000;

/// Where something is: a document’s own path (empty for a page), and the id in it: `ch1.xhtml#n3`.
pub(in crate::article::format) type Target = String;

/// What the references of a document lead to. `resolve` turns an `href` into a target; `None` for one that leads outside.
pub(in crate::article::format) type Resolve<'a> = &'a dyn Fn(&str) -> Option<Target>;

/// The notes of a document, as they are found.
#[derive(Debug, Default)]
pub(in crate::article::format) struct Notes {
    /// What was referred to so far, also in other parts, and by which words.
    wanted: HashMap<Target, String>,
    /// What the notes say.
    texts: HashMap<Target, String>,
    /// The notes in the order in which they stand.
    order: Vec<Target>,
    /// The numbers of those that were referred to.
    numbers: HashMap<Target, u32>,
    /// Those that were referred to, in order.
    numbered: Vec<Target>,
}

impl Notes {
    /// Takes the notes out of a part of a document: each is kept as its words, and removed from the page. `path` is the part's
    /// own. A document of several parts is gone through twice: notes may stand before what refers to them.
    pub(in crate::article::format) fn take_out(
        &mut self,
        root: &NodeRef<'_>,
        path: &str,
        resolve: Resolve<'_>,
    ) {
        let elements = dom::elements(root);
        for element in &elements {
            if let Some((target, label)) = reference(element, resolve) {
                self.wanted.entry(target).or_insert(label);
            }
        }
        let mut removed = HashSet::new();
        for (place, element) in elements.iter().enumerate() {
            if self.texts.len() >= MOST_NOTES {
                break;
            }
            let id = element
                .attr("id")
                .or_else(|| element.attr("name").filter(|_| element.has_name("a")));
            let target = id.map(|id| format!("{path}#{id}"));
            let label = target.as_ref().and_then(|target| self.wanted.get(target));
            let note = is_marked(element, &["footnote", "endnote", "rearnote"]);
            if label.is_none() && !note {
                continue;
            }
            let Some(holder) = holder_of(element, note) else { continue };
            // What was removed with a note around it is a part of that.
            if holder.ancestors_it(None).any(|above| removed.contains(&above.id))
                || !removed.insert(holder.id)
            {
                continue;
            }
            let text = words_of(&holder, label.map_or("", String::as_str));
            let target = target.unwrap_or_else(|| format!("{path}#\u{0}{place}"));
            holder.remove_from_parent();
            if !text.is_empty() && !self.texts.contains_key(&target) {
                self.order.push(target.clone());
                self.texts.insert(target, text);
            }
        }
    }

    /// The number of the note that a reference leads to, where there is such a note.
    pub(in crate::article::format) fn number(
        &mut self,
        element: &NodeRef<'_>,
        resolve: Resolve<'_>,
    ) -> Option<u32> {
        let (target, _) = reference(element, resolve)?;
        if !self.texts.contains_key(&target) {
            return None;
        }
        let next = u32::try_from(self.numbered.len()).ok()?.saturating_add(1);
        if let Some(number) = self.numbers.get(&target) {
            return Some(*number);
        }
        self.numbers.insert(target.clone(), next);
        self.numbered.push(target);
        Some(next)
    }

    /// Writes the notes: those that were referred to with their numbers, then, where `all`, the others.
    pub(in crate::article::format) fn write(self, all: bool, builder: &mut Builder) {
        let mut texts = self.texts;
        let mut line = |number: Option<usize>, text: &str| {
            builder.begin(Some(BlockKind::Note));
            if let Some(number) = number {
                builder.push(&format!("[{number}] "));
            }
            for (at, line) in text.lines().enumerate() {
                if at > 0 {
                    builder.line_break();
                }
                builder.push(line);
            }
            builder.end();
        };
        for (at, target) in self.numbered.iter().enumerate() {
            if let Some(text) = texts.remove(target) {
                line(Some(at + 1), &text);
            }
        }
        for target in self.order.iter().filter(|_| all) {
            if let Some(text) = texts.remove(target) {
                line(None, &text);
            }
        }
    }
}

/// Where a reference to a note leads, and its words; `None` for what is none.
fn reference(element: &NodeRef<'_>, resolve: Resolve<'_>) -> Option<(Target, String)> {
    if !element.has_name("a") {
        return None;
    }
    let href = element.attr("href")?;
    let (_, id) = href.rsplit_once('#')?;
    let marked = is_marked(element, &["noteref"])
        || dom::attribute_has(element, "class", &["footnote-ref", "sdfootnoteanc", "sdendnoteanc", "noteref"])
        // Word: `<a href="#_ftn1" name="_ftnref1">`.
        || (id.starts_with("_ftn") || id.starts_with("_edn")) && !id.contains("ref");
    if !marked || id.is_empty() {
        return None;
    }
    // What refers to a note is short: a number or a sign.
    let label = dom::words(element, 24);
    if label.chars().count() > 12 {
        return None;
    }
    Some((resolve(&href)?, bare(&label)))
}

/// The element that holds a whole note.
fn holder_of<'a>(element: &NodeRef<'a>, note: bool) -> Option<NodeRef<'a>> {
    let holds = |node: &NodeRef<'_>| {
        matches!(
            &*dom::name(node),
            "p" | "li" | "div" | "aside" | "dd" | "section" | "td" | "blockquote"
        )
    };
    let mut holder = if note || holds(element) {
        *element
    } else {
        element.ancestors_it(Some(4)).find(holds)?
    };
    // LibreOffice and Word put a division around the paragraphs of a note.
    if let Some(parent) = holder.parent()
        && parent.has_name("div")
        && parent.attr("id").is_some_and(|id| {
            ["sdfootnote", "sdendnote", "ftn", "edn"].iter().any(|start| id.starts_with(start))
        })
    {
        holder = parent;
    }
    (!holder.has_name("body")).then_some(holder)
}

/// What a note says, without the way back and the label it was referred to by; its blocks are lines.
fn words_of(holder: &NodeRef<'_>, label: &str) -> String {
    for link in dom::elements(holder) {
        if !link.has_name("a") {
            continue;
        }
        let words = dom::words(&link, 24);
        let back = is_marked(&link, &["backlink"])
            || dom::attribute_has(
                &link,
                "class",
                &["footnote-back", "sdfootnotesym", "sdendnotesym"],
            )
            || link.attr("href").is_some_and(|href| href.contains('#'))
                && (is_arrow(&words) || !label.is_empty() && bare(&words) == label);
        // Some links back go around the whole note: those stay.
        if back && words.chars().count() <= 8 {
            link.remove_from_parent();
        }
    }
    let mut builder = Builder::default();
    walk::walk(holder, &mut builder, &mut Nothing);
    builder.end();
    let lines: Vec<&str> = builder.text().lines().filter(|line| !line.trim().is_empty()).collect();
    let text = lines.join("\n");
    let space = |c: char| c.is_whitespace() || matches!(c, '.' | ')' | ':');
    let text = text.trim_start_matches(space);
    // “1. ”, “[1] ” and “* ” stand before the note itself.
    let first = text.split(char::is_whitespace).next().unwrap_or_default();
    let rest = text.get(first.len()..).unwrap_or_default().trim_start();
    let stands = !label.is_empty() && bare(first) == label && !rest.is_empty();
    if stands { rest } else { text }.to_owned()
}

/// A label without what stands around it, figures on the line: `1` for “[1]”, “1.” and “¹”.
fn bare(label: &str) -> String {
    let label = label.trim().trim_start_matches(['[', '(']);
    let label = label.trim_end_matches([']', ')', '.', ':', '\u{fe0e}']);
    label.chars().map(super::walk::lowered).collect()
}

/// Whether words are but an arrow back.
fn is_arrow(words: &str) -> bool {
    let arrow = |c: char| {
        matches!(c, '↩' | '↑' | '^' | '←' | '⏎' | '⤴' | '⇧' | '↵' | '\u{fe0e}' | '\u{fe0f}')
    };
    !words.trim().is_empty() && words.trim().chars().all(arrow)
}

/// A page's own surroundings: its notes, and no pages.
pub(super) struct OfPage<'a> {
    pub notes: &'a mut Notes,
}

impl Surroundings for OfPage<'_> {
    fn note(&mut self, reference: &NodeRef<'_>) -> Option<u32> {
        self.notes.number(reference, &own)
    }
    fn page(&mut self, _: &NodeRef<'_>) -> Option<(String, bool)> {
        None
    }
}

/// Targets in a page that stands alone.
pub(super) fn own(href: &str) -> Option<Target> {
    href.starts_with('#').then(|| href.to_owned())
}
