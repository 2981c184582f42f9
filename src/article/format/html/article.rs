//! The article on a page: what a reader came for, without navigation, found by the density of its text (the method of
//! Arc90’s Readability, as Firefox has it).

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};

use super::dom;

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

/// Stands for a line break in what the search is given, which loses some: no page holds this character (Unicode, 23.7).
pub(super) const BREAK: char = '\u{fdd0}';

/// Looks for the article on a page that is fit for it; `None` where there is none.
pub(super) fn find(page: Document) -> Option<Found> {
    prepare(&page.root());
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let mut search = Readability::with_document(page, None, Some(config)).ok()?;
    let found = search.parse().ok()?;
    let letters = found.text_content.chars().filter(|c| !c.is_whitespace()).count();
    if letters < LEAST {
        return None;
    }
    let byline = found.byline.unwrap_or_default();
    let byline = byline.split(|c: char| c.is_whitespace() || c == BREAK);
    let byline = byline.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    Some(Found {
        page: Document::from(found.content),
        byline: if byline.chars().count() <= 100 { byline } else { String::new() },
    })
}

/// Writes down what the search would lose: single line breaks beside paragraphs, the ends of cells of tables that only
/// arrange the page, and the last lines of quotations and articles.
fn prepare(root: &NodeRef<'_>) {
    for element in dom::elements(root) {
        match &*dom::name(&element) {
            // Two in a row part paragraphs, and the search knows that.
            "br" if !is_beside_another(&element) => {
                element.replace_with(&element.tree.new_text(BREAK.to_string()));
            }
            "td" => element.prepend_child(&element.tree.new_text(BREAK.to_string())),
            "footer" if is_of_text(&element) => element.rename("div"),
            _ => {}
        }
    }
}

fn is_beside_another(br: &NodeRef<'_>) -> bool {
    let is_gap = |node: &NodeRef<'_>| node.is_text() && node.text().trim().is_empty();
    let mut before = br.prev_sibling();
    while let Some(node) = before.filter(is_gap) {
        before = node.prev_sibling();
    }
    let mut after = br.next_sibling();
    while let Some(node) = after.filter(is_gap) {
        after = node.next_sibling();
    }
    [before, after].into_iter().flatten().any(|node| node.has_name("br"))
}

/// Whether a footer ends a quotation, with who said it, or an article, with sentences.
fn is_of_text(footer: &NodeRef<'_>) -> bool {
    let within = |name: &str| footer.ancestors_it(None).any(|above| above.has_name(name));
    let says = || {
        dom::elements(footer).iter().filter(|element| element.has_name("p")).any(|paragraph| {
            let words = dom::words(paragraph, 2_000);
            let links: usize = dom::elements(paragraph)
                .iter()
                .filter(|inner| inner.has_name("a"))
                .map(|link| dom::words(link, 2_000).len())
                .sum();
            let sentence = words.contains(' ') && words.ends_with(['.', '!', '?', '”', '»']);
            sentence && !words.contains('©') && links * 2 < words.len()
        })
    };
    within("blockquote") || within("article") && says()
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
