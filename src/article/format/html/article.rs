//! The article on a page: what a reader came for, without navigation, found by the density of its text (the method of
//! Arc90’s Readability, as Firefox has it).

use dom_query::Document;
use dom_smoothie::{Config, Readability};

/// The largest page in which an article is looked for, in elements and in bytes of its source: the search takes about a second
/// for as much.
const MOST_ELEMENTS: usize = 40_000;
const MOST_SOURCE: usize = 12 << 20;
/// The most elements around elements, in all: the search asks each about those around it.
const MOST_AROUND: usize = 2_000_000;
/// The least letters of an article.
const LEAST: usize = 200;

/// What was found.
pub(super) struct Found {
    /// The article's elements.
    pub page: Document,
    /// Who signed it, as its first lines say.
    pub byline: String,
}

/// Looks for the article on a page that is fit for it; `None` where there is none.
pub(super) fn find(page: Document) -> Option<Found> {
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let mut search = Readability::with_document(page, None, Some(config)).ok()?;
    let found = search.parse().ok()?;
    let letters = found.text_content.chars().filter(|c| !c.is_whitespace()).count();
    if letters < LEAST {
        return None;
    }
    let byline = found.byline.unwrap_or_default();
    let byline = byline.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Found {
        page: Document::from(found.content),
        byline: if byline.chars().count() <= 100 { byline } else { String::new() },
    })
}

/// Whether a page is small and flat enough to look for an article in it; `source` is how long its source is, in bytes.
pub(super) fn is_fit(page: &Document, source: usize) -> bool {
    if source > MOST_SOURCE {
        return false;
    }
    let root = page.root();
    let (mut elements, mut around, mut depth) = (0_usize, 0_usize, 0_usize);
    let mut at = root.first_child();
    while let Some(node) = at {
        if node.is_element() {
            elements += 1;
            around += depth;
        }
        if elements > MOST_ELEMENTS || around > MOST_AROUND {
            return false;
        }
        if let Some(child) = node.first_child() {
            depth += 1;
            at = Some(child);
            continue;
        }
        let mut done = node;
        at = loop {
            if let Some(sibling) = done.next_sibling() {
                break Some(sibling);
            }
            match done.parent() {
                Some(parent) if parent.id != root.id => {
                    depth = depth.saturating_sub(1);
                    done = parent;
                }
                _ => break None,
            }
        };
    }
    true
}
