//! Web pages: their article, or all that is seen on them.

mod article;
mod charset;
pub(super) mod date;
mod description;
mod dom;
mod list;
mod names;
pub(super) mod notes;
mod open;
mod table;
mod tag;
mod tame;
#[cfg(test)]
mod tests;
pub(super) mod walk;

use std::collections::HashSet;

use dom_query::{Document as Page, NodeRef};

use crate::article::document::{Builder, Description, Document, DocumentError, Options};
use crate::text::BlockKind;

use notes::{Notes, OfPage};
use tame::Tamed;

pub(super) use charset::{decode, decode_text};
pub(super) use description::{Saved, address, is_no_title, language};
pub(super) use dom::{elements, words};

/// What is left out of an article, in bytes, before that is said.
const LONG_PARAGRAPH: usize = 120;

/// Reads a web page.
///
/// # Errors
/// It holds no words, it is too large, or the encoding asked for is unknown.
pub(in crate::article) fn read(bytes: &[u8], options: &Options) -> Result<Document, DocumentError> {
    let decoded = decode(bytes, options.encoding.as_deref(), None)?;
    let mut builder = Builder::default();
    if let Some(remark) = decoded.remark {
        builder.remark(remark);
    }
    let saved = Saved::of(&decoded.text);
    let description = write(&decoded.text, &saved, options.everything, &mut builder)?;
    builder.finish(description)
}

/// Whether bytes are a web page: they begin with its document type or its first element, after white space, comments and an
/// XML declaration. Text that merely contains tags is none.
pub(in crate::article) fn looks_like(bytes: &[u8]) -> bool {
    let head = bytes.get(..64 << 10).unwrap_or(bytes);
    let narrow: Vec<u8>;
    let head = match head {
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest,
        // Of UTF-16 the half that ASCII uses is enough.
        [0xFF, 0xFE, rest @ ..] => {
            narrow = rest.iter().copied().step_by(2).collect();
            &narrow
        }
        [0xFE, 0xFF, rest @ ..] => {
            narrow = rest.iter().copied().skip(1).step_by(2).collect();
            &narrow
        }
        head => head,
    };
    let mut rest = head.trim_ascii_start();
    for _ in 0..50 {
        let end = if rest.starts_with(b"<!--") {
            memchr::memmem::find(rest, b"-->").map(|end| end + 3)
        } else if rest.starts_with(b"<?") {
            memchr::memchr(b'>', rest).map(|end| end + 1)
        } else {
            break;
        };
        // A comment that goes on past what was looked at is SingleFile's, or none can tell.
        let Some(end) = end else {
            return memchr::memmem::find(rest, b"Page saved with SingleFile").is_some();
        };
        rest = rest.get(end..).unwrap_or_default().trim_ascii_start();
    }
    let begins = |what: &[u8]| {
        rest.get(..what.len()).is_some_and(|start| start.eq_ignore_ascii_case(what))
            && rest
                .get(what.len())
                .is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'-')
    };
    if begins(b"<!doctype") {
        let name = rest.get(9..).unwrap_or_default().trim_ascii_start();
        return name.get(..4).is_some_and(|name| name.eq_ignore_ascii_case(b"html"));
    }
    begins(b"<html") || begins(b"<head") && memchr::memmem::find(rest, b"</head").is_some()
}

/// Writes a page's words into a builder; returns what it says about itself.
///
/// # Errors
/// It is too large.
pub(super) fn write(
    text: &str,
    saved: &Saved,
    everything: bool,
    builder: &mut Builder,
) -> Result<Description, DocumentError> {
    let xml = text.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml");
    let tamed = tame::tame(text, xml)?;
    let (page, mut notes, hidden) = prepare(&tamed);
    let mut description = description::of(&page, &tamed.data, saved);
    if description.title.is_empty() && !is_no_title(&saved.title) {
        description.title.clone_from(&saved.title);
    }
    if tamed.too_deep {
        builder.remark(
            "Parts of the page lie too deep in one another: their words were kept, how they were set was not.",
        );
    }
    if tamed.frames {
        builder.remark(
            "What stands in frames of the page, which are pages of their own, was left out.",
        );
    }
    let mut left_out = 0;
    let found = if everything {
        Found::NotLookedFor(page)
    } else if !article::is_fit(&page, tamed.source.len()) {
        builder.remark(
            "The page is too large to look for its article: all that is seen on it was taken.",
        );
        Found::NotLookedFor(page)
    } else {
        let heading = heading_of(&page, &description.title);
        let long = long_paragraphs(&page);
        article::find(page).map_or(Found::None, |article| Found::Article { article, heading, long })
    };
    match found {
        Found::Article { article, heading, long } => {
            let start = builder.text().len();
            write_article(&article.page, heading.as_deref(), &mut notes, builder);
            let words = squeezed(builder.text().get(start..).unwrap_or_default());
            left_out = long.iter().filter(|part| !words.contains(&squeezed(part))).count();
            if description.author.is_empty() {
                description.author = description::signed(&article.byline);
            }
            notes.write(false, builder);
        }
        Found::NotLookedFor(page) => {
            walk::walk(&page.root(), builder, &mut OfPage { notes: &mut notes });
            notes.write(true, builder);
        }
        Found::None => {
            builder.remark("No article was found on the page: all that is seen on it was taken.");
            // The search took the page apart.
            let (page, mut notes, _) = prepare(&tamed);
            walk::walk(&page.root(), builder, &mut OfPage { notes: &mut notes });
            notes.write(true, builder);
        }
    }
    match left_out {
        0 => {}
        1 => builder.remark(
            "One longer paragraph of the page was not taken for a part of the article. Everything on the page shows it.",
        ),
        n => builder.remark(format!(
            "{n} longer paragraphs of the page were not taken for parts of the article. Everything on the page shows them."
        )),
    }
    if hidden {
        builder.remark("Words that are hidden on the page were left out.");
    }
    Ok(description)
}

/// What came of looking for the article.
enum Found {
    Article {
        article: article::Found,
        /// The page's heading, where that is what the article is called.
        heading: Option<String>,
        /// The longer paragraphs of the page.
        long: Vec<String>,
    },
    None,
    NotLookedFor(Page),
}

/// A part of something larger, such as a chapter of a book.
pub(super) struct Part {
    page: Page,
    /// Whether words of it are hidden.
    pub hidden: bool,
    /// Whether parts of it lay too deep.
    pub too_deep: bool,
    /// How many elements it has.
    pub elements: usize,
}

impl Part {
    /// Parses a part written in XHTML.
    ///
    /// # Errors
    /// It is too large.
    pub(super) fn parse(text: &str) -> Result<Self, DocumentError> {
        let tamed = tame::tame(text, true)?;
        let page = dom::parse(&tamed);
        let hidden = dom::remove_hidden(&page.root());
        Ok(Self { page, hidden, too_deep: tamed.too_deep, elements: tamed.elements })
    }

    /// Its root.
    pub(super) fn root(&self) -> NodeRef<'_> {
        self.page.root()
    }
}

/// Parses a page, takes what is hidden out of it, and its notes.
fn prepare(tamed: &Tamed) -> (Page, Notes, bool) {
    let page = dom::parse(tamed);
    let hidden = dom::remove_hidden(&page.root());
    let mut notes = Notes::default();
    notes.take_out(&page.root(), "", &notes::own);
    (page, notes, hidden)
}

/// The page's heading, if it is what the article is called: the search for the article takes it out.
fn heading_of(page: &Page, title: &str) -> Option<String> {
    let headings: Vec<String> = dom::elements(&page.root())
        .iter()
        .filter(|element| element.has_name("h1"))
        .map(|heading| dom::words(heading, 400))
        .filter(|words| !words.is_empty())
        .take(20)
        .collect();
    let title = squeezed(title);
    let same = |heading: &&String| {
        let heading = squeezed(heading);
        !title.is_empty() && (title.contains(&heading) || heading.contains(&title))
    };
    let only = || (headings.len() == 1 && title.is_empty()).then(|| headings.first()).flatten();
    headings.iter().find(same).or_else(only).cloned()
}

fn write_article(page: &Page, heading: Option<&str>, notes: &mut Notes, builder: &mut Builder) {
    if let Some(heading) = heading {
        let first = dom::elements(&page.root()).into_iter().find(|element| {
            matches!(&*dom::name(element), "h1" | "h2" | "p") && !dom::words(element, 0).is_empty()
        });
        let stands =
            first.is_some_and(|first| squeezed(&dom::words(&first, 500)) == squeezed(heading));
        if !stands {
            builder.block(Some(BlockKind::Heading(1)), heading);
        }
    }
    walk::walk(&page.root(), builder, &mut OfPage { notes });
}

/// Paragraphs of running text that stand on a page, not in its navigation and not mostly links.
fn long_paragraphs(page: &Page) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut long = Vec::new();
    for element in dom::elements(&page.root()) {
        if !element.has_name("p") || long.len() >= 2000 {
            continue;
        }
        let words = dom::words(&element, 20_000);
        if words.len() < LONG_PARAGRAPH
            || !words.contains(". ") && !words.ends_with(['.', '!', '?', '”', '"', '»'])
        {
            continue;
        }
        let beside = element.ancestors_it(None).any(|above| {
            matches!(&*dom::name(&above), "nav" | "aside" | "footer" | "form" | "header")
        });
        let links: usize = dom::elements(&element)
            .iter()
            .filter(|inner| inner.has_name("a"))
            .map(|link| dom::words(link, 20_000).len())
            .sum();
        if !beside && links * 2 < words.len() && seen.insert(words.clone()) {
            long.push(words);
        }
    }
    long
}

/// Words without white space, in lower case, to compare.
fn squeezed(words: &str) -> String {
    let kept = words.chars().map(walk::lowered).filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
