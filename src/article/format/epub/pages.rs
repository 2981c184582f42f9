//! Where the pages of a printed edition begin: marked in the text, or listed in the navigation.

use std::collections::HashMap;

use dom_query::NodeRef;

use super::elements::elements;
use super::paths;
use crate::article::format::html::walk::is_marked;
use crate::article::format::html::words;

/// The most pages of a book.
const MOST_PAGES: usize = 100_000;
/// The longest label of a page, in characters.
const MOST_LABEL: usize = 16;

/// The pages that the navigation lists: labels by path and id.
#[derive(Debug, Default)]
pub(super) struct Pages(HashMap<(String, String), String>);

impl Pages {
    /// Adds the pages of a list: `<nav epub:type="page-list">` of EPUB 3, `<pageList>` of EPUB 2.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) {
        let elements = elements(bytes);
        let lists = |at: &usize| {
            elements.get(*at).is_some_and(|list| {
                list.name == "pageList"
                    || list.name == "nav"
                        && list.get("type").split_ascii_whitespace().any(|kind| kind == "page-list")
            })
        };
        for (place, element) in elements.iter().enumerate() {
            if self.0.len() >= MOST_PAGES || !element.inside.iter().any(lists) {
                continue;
            }
            let (href, name) = match element.name.as_str() {
                "a" => (element.get("href"), element.text.as_str()),
                "pageTarget" => {
                    // What it leads to and its label stand in it, a few elements on.
                    let within = elements.iter().skip(place + 1).take(12);
                    let mut within = within.filter(|inner| inner.inside.contains(&place));
                    let source = within.clone().find(|inner| inner.name == "content");
                    let label = within.find(|inner| inner.name == "text");
                    let label = label.map_or("", |label| label.text.as_str());
                    let label = if label.is_empty() { element.get("value") } else { label };
                    (source.map_or("", |source| source.get("src")), label)
                }
                _ => continue,
            };
            if let Some(target) = paths::resolve(path, href)
                && let Some(label) = label(name)
            {
                self.0.entry(target).or_insert(label);
            }
        }
    }

    /// The label of the page that begins here; it is told once.
    pub(super) fn take(&mut self, path: &str, id: &str) -> Option<String> {
        self.0.remove(&(path.to_owned(), id.to_owned()))
    }

    /// The label of the page that begins with an element, and whether that is nothing but its mark.
    pub(super) fn at(&mut self, path: &str, element: &NodeRef<'_>) -> Option<(String, bool)> {
        let id = element.attr("id").unwrap_or_default();
        let listed = if self.0.is_empty() || id.is_empty() { None } else { self.take(path, &id) };
        if !is_marked(element, &["pagebreak"]) {
            return listed.map(|label| (label, false));
        }
        let written = words(element, 64);
        let stated = listed
            .or_else(|| element.attr("title").and_then(|title| label(&title)))
            .or_else(|| element.attr("aria-label").and_then(|name| label(&name)))
            .or_else(|| label(&written))
            .or_else(|| of_id(&id))?;
        // What is more than the page's number is text of the book.
        let alone = written.is_empty() || label(&written).is_some();
        Some((stated, alone))
    }
}

/// The label in “Page 12.”, “p. xiv”, “12”.
fn label(written: &str) -> Option<String> {
    let words =
        written.trim().trim_matches(['[', ']', '(', ')', '{', '}', '.', '-', '–', '—', ' ']);
    let lower = words.to_lowercase();
    let names = ["page", "seite", "página", "pagina", "pag.", "pg.", "p.", "s.", "p"];
    let cut = names.iter().find(|name| {
        lower.strip_prefix(**name).is_some_and(|rest| {
            rest.starts_with([' ', '.', '\u{a0}']) || rest.starts_with(|c: char| c.is_ascii_digit())
        })
    });
    let rest = cut.map_or(words, |name| words.get(name.len()..).unwrap_or(words));
    let rest = rest.trim().trim_matches(['.', ':', ' ', '\u{a0}']);
    let fits = !rest.is_empty()
        && rest.chars().count() <= MOST_LABEL
        && !rest.contains(char::is_whitespace);
    fits.then(|| rest.to_owned())
}

/// The number at the end of an id: `page_12`, `pg12`, `pxiv`.
fn of_id(id: &str) -> Option<String> {
    let digits = id.bytes().rev().take_while(u8::is_ascii_digit).count();
    let number = id.get(id.len() - digits..)?.trim_start_matches('0');
    if !number.is_empty() && number.len() <= 6 {
        return Some(number.to_owned());
    }
    let tail = id.rsplit(['_', '-', '.']).next()?;
    let roman =
        tail.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x' | b'l' | b'c')) && tail != id;
    (roman && !tail.is_empty()).then(|| tail.to_owned())
}
