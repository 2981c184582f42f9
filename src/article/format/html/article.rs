//! The article on a page: what a reader came for, without navigation, found by the density of its text (the method of
//! Arc90’s Readability, as Firefox has it).

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::dom;

/// The largest page in which an article is looked for, in elements and in bytes of its source: the search takes about a second
/// for as much.
const MOST_ELEMENTS: usize = 40_000;
const MOST_SOURCE: usize = 12 << 20;
/// The deepest page in which an article is looked for.
const MOST_DEEP: usize = 1200;
/// The least letters of an article.
const LEAST: usize = 200;

/// What was found.
pub(super) struct Found {
    /// The article's elements.
    pub page: Document,
    /// Who signed it, as its first lines say.
    pub byline: String,
}

/// Looks for the article; `None` where there is none, or the page is too large to look.
pub(super) fn find(page: Document, source: usize) -> Option<Found> {
    if source > MOST_SOURCE {
        return None;
    }
    let root = page.root();
    let (mut elements, mut deepest) = (0, 0);
    let mut at = dom::next(&root, &root, false);
    while let Some(node) = at {
        if node.is_element() {
            elements += 1;
            // Only leaves can be deepest.
            if node.first_child().is_none() {
                deepest = deepest.max(node.ancestors_it(Some(MOST_DEEP + 1)).count());
            }
        }
        if elements > MOST_ELEMENTS || deepest > MOST_DEEP {
            return None;
        }
        at = dom::next(&node, &root, false);
    }
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
