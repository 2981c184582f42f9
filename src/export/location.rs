//! Places in articles, told as the formats want them.

use crate::notebook::{Anchor, Article, Notebook, Place};

/// A place in an article.
#[derive(Clone, Debug)]
pub(super) struct Cited<'a> {
    /// The article, where the notebook holds it.
    pub article: Option<&'a Article>,
    /// Where it starts, in Unicode scalar values from the start of the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// The words there; of an orphan, the words it quoted.
    pub words: &'a str,
    /// Its paragraph, from 1; `None` for an orphan.
    pub paragraph: Option<usize>,
}

impl<'a> Cited<'a> {
    /// This anchor's place.
    pub(super) fn at(notebook: &'a Notebook, anchor: &'a Anchor) -> Self {
        let article = notebook.article(anchor.article).map(|article| &**article);
        let words = notebook.words(anchor);
        match (&anchor.place, article) {
            (Place::At { start, end }, Some(article)) => Self {
                article: Some(article),
                start: article.text.scalar_of(*start),
                end: article.text.scalar_of(*end),
                words,
                paragraph: Some(article.text.paragraph_at(*start) + 1),
            },
            (Place::At { .. }, None) => Self { article, start: 0, end: 0, words, paragraph: None },
            (Place::Orphan(quote), _) => {
                Self { article, start: quote.start, end: quote.end, words, paragraph: None }
            }
        }
    }

    /// The article's title.
    pub(super) fn title(&self) -> &'a str {
        self.article.map_or("", |article| &article.about.title)
    }
}

/// An article's address as an IRI, if it is one of the web: characters that none may hold are percent-encoded. It is
/// written, never opened.
pub(crate) fn web_address(url: &str) -> Option<String> {
    use std::fmt::Write as _;
    let url = url.trim();
    let scheme = url.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase())?;
    if !["http", "https"].contains(&scheme.as_str()) {
        return None;
    }
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_control() || c.is_whitespace() || "<>\"{}|\\^`".contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                // Writing to a string cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        } else {
            out.push(c);
        }
    }
    Some(out)
}

/// Words on one line, without control characters.
pub(super) fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
