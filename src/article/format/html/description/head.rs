//! What stands in a page's head, and the few places of its body that say who wrote it and when.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};

use super::{dom, is_address, language, tidy};

/// How many elements of the body are looked at for an author and a date.
const MOST_LOOKED_AT: usize = 20_000;
/// How many values of one name are kept.
const MOST_VALUES: usize = 20;

/// What a page's head says.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// `<meta>`: the values by name, property or `itemprop`, in lower case.
    metas: HashMap<String, Vec<String>>,
    pub title: String,
    pub canonical: String,
    pub language: String,
    /// Who signed, as the body marks it.
    pub signed: String,
    /// Who published it, as microdata in the body say.
    pub publisher: String,
    /// The first date in an article, as the body marks it.
    pub time: String,
}

impl Head {
    pub(super) fn of(page: &Document) -> Self {
        let mut head = Self::default();
        let root = page.root();
        let mut at = dom::next(&root, &root, false);
        let mut looked_at = 0;
        while let Some(node) = at {
            if looked_at > MOST_LOOKED_AT {
                break;
            }
            if node.is_element() {
                looked_at += 1;
                head.look_at(&node);
            }
            at = dom::next(&node, &root, false);
        }
        head
    }

    fn look_at(&mut self, node: &NodeRef<'_>) {
        let value = |name: &str| tidy(&node.attr(name).unwrap_or_default());
        match &*dom::name(node) {
            "html" => {
                self.language = first_language(&[&value("lang"), &value("xml:lang")]);
            }
            "meta" => {
                let content = value("content");
                if content.is_empty() {
                    return;
                }
                if value("http-equiv").eq_ignore_ascii_case("content-language")
                    && self.language.is_empty()
                {
                    self.language = language(content.split(',').next().unwrap_or_default());
                }
                for name in ["property", "name", "itemprop"] {
                    let name = value(name).to_lowercase();
                    let values = self.metas.entry(name).or_default();
                    if values.len() < MOST_VALUES && !values.contains(&content) {
                        values.push(content.clone());
                    }
                }
            }
            "link" => {
                if self.canonical.is_empty() && dom::attribute_has(node, "rel", &["canonical"]) {
                    self.canonical = value("href");
                }
            }
            "title" => {
                if self.title.is_empty() {
                    self.title = tidy(&dom::words(node, 2000));
                }
            }
            "time" => {
                let published = dom::attribute_has(node, "itemprop", &["datePublished"]);
                let inside = || {
                    node.ancestors_it(None).any(|above| {
                        above.has_name("article")
                            || above.has_name("main")
                            || above.has_name("header")
                    })
                };
                if self.time.is_empty() && (published || inside()) {
                    self.time = value("datetime");
                }
            }
            _ => {
                let signs = dom::attribute_has(node, "rel", &["author"])
                    || dom::attribute_has(node, "itemprop", &["author"]);
                if self.publisher.is_empty() && dom::attribute_has(node, "itemprop", &["publisher"])
                {
                    self.publisher = named(node);
                }
                if self.signed.is_empty() && signs {
                    self.signed = named(node);
                }
            }
        }
    }

    /// The first value of the first of these names that has one.
    pub(super) fn first(&self, names: &[&str]) -> String {
        let mut values = names.iter().filter_map(|name| self.metas.get(*name)?.first());
        values.next().cloned().unwrap_or_default()
    }

    /// All values of the first of these names that has some, parted by commas; addresses are no names.
    pub(super) fn all(&self, names: &[&str]) -> String {
        for name in names {
            let Some(values) = self.metas.get(*name) else { continue };
            let values: Vec<&str> =
                values.iter().map(String::as_str).filter(|value| !is_address(value)).collect();
            if !values.is_empty() {
                return values.join(", ");
            }
        }
        String::new()
    }
}

/// The name of somebody whom microdata describe.
fn named(node: &NodeRef<'_>) -> String {
    let is_name = |inner: &NodeRef<'_>| dom::attribute_has(inner, "itemprop", &["name"]);
    let name = node.descendants_it().take(20).find(is_name);
    let content = name.and_then(|name| name.attr("content"));
    let words = content
        .map_or_else(|| dom::words(&name.unwrap_or(*node), 120), |content| content.to_string());
    if words.len() <= 120 { tidy(&words) } else { String::new() }
}

fn first_language(written: &[&str]) -> String {
    written.iter().map(|tag| language(tag)).find(|tag| !tag.is_empty()).unwrap_or_default()
}
