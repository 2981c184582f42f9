//! What programs that save pages write into them: where a page came from, and when.

use super::super::date;

/// Where a page was saved from, and when; empty where that is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::article::format) struct Saved {
    /// The address.
    pub url: String,
    /// The moment, as RFC 3339.
    pub at: String,
    /// The title that the page had then.
    pub title: String,
}

/// How far into a page these are looked for, in bytes.
const HEAD: usize = 64 << 10;

impl Saved {
    /// What stands in a page's first comments: SingleFile's (`Page saved with SingleFile`, `url:`, `saved date:`), and that of
    /// browsers (`saved from url=(0027)https://…`; the figure is the length of the address).
    pub(in crate::article::format) fn of(page: &str) -> Self {
        let mut saved = Self::default();
        let end = (0..=HEAD.min(page.len())).rev().find(|end| page.is_char_boundary(*end));
        let mut rest = page.get(..end.unwrap_or(0)).unwrap_or_default();
        while let Some((_, after)) = rest.split_once("<!--") {
            let (comment, after) = after.split_once("-->").unwrap_or((after, ""));
            rest = after;
            if comment.contains("SingleFile") {
                for line in comment.lines() {
                    let Some((name, value)) = line.split_once(':') else { continue };
                    let value = value.trim();
                    match name.trim() {
                        "url" if saved.url.is_empty() => saved.url = address(value),
                        "saved date" => saved.at = date::moment(value).unwrap_or_default(),
                        _ => {}
                    }
                }
            } else if let Some((_, from)) = comment.split_once("saved from url=(")
                && let Some((_, url)) = from.split_once(')')
                && saved.url.is_empty()
            {
                saved.url = address(url.trim());
            }
        }
        saved
    }
}

/// An address of the web; empty for others, such as `about:internet`.
pub(in crate::article::format) fn address(url: &str) -> String {
    let end = url.find(char::is_whitespace).unwrap_or(url.len());
    let url = url.get(..end).unwrap_or_default();
    let web = ["http://", "https://", "ftp://"].iter().any(|scheme| url.starts_with(scheme));
    if web { url.to_owned() } else { String::new() }
}
