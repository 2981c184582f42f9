//! Small helps for a parsed page: parsing, walking without recursion, the words of an element, and what is hidden.

use dom_query::{Document, NodeRef};

use super::tame::Tamed;

/// Parses a page that was made harmless.
pub(super) fn parse(tamed: &Tamed) -> Document {
    Document::from(tamed.source.as_str())
}

/// The next node in the order of the document, inside `root`, after `node` and, unless `skip`, what is in it.
pub(super) fn next<'a>(node: &NodeRef<'a>, root: &NodeRef<'a>, skip: bool) -> Option<NodeRef<'a>> {
    if !skip && let Some(child) = node.first_child() {
        return Some(child);
    }
    let mut at = *node;
    loop {
        if at.id == root.id {
            return None;
        }
        if let Some(sibling) = at.next_sibling() {
            return Some(sibling);
        }
        at = at.parent()?;
    }
}

/// Every element in `root`, in the order of the document.
pub(in crate::article::format) fn elements<'a>(root: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut found = Vec::new();
    let mut at = next(root, root, false);
    while let Some(node) = at {
        if node.is_element() {
            found.push(node);
        }
        at = next(&node, root, false);
    }
    found
}

/// The name of an element, in lower case; empty for anything else.
pub(super) fn name(node: &NodeRef<'_>) -> String {
    node.element_ref().map_or_else(String::new, |element| element.name.local.to_string())
}

/// The words of an element, white space collapsed; at most `most` bytes and a word.
pub(in crate::article::format) fn words(root: &NodeRef<'_>, most: usize) -> String {
    let mut words = String::new();
    let mut gap = false;
    let mut at = Some(*root);
    while let Some(node) = at {
        if node.is_text() {
            let text = node.text();
            for (number, part) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
                gap |= number > 0;
                if !part.is_empty() {
                    if std::mem::take(&mut gap) && !words.is_empty() {
                        words.push(' ');
                    }
                    words.push_str(part);
                }
            }
        } else {
            gap |= super::names::is_block(&name(&node)) || node.has_name("br");
        }
        if words.len() > most {
            break;
        }
        at = next(&node, root, false);
    }
    words
}

/// Whether any of these stands in an attribute of words parted by spaces.
pub(super) fn attribute_has(node: &NodeRef<'_>, attribute: &str, any: &[&str]) -> bool {
    node.attr(attribute).is_some_and(|value| {
        value
            .split_ascii_whitespace()
            .any(|word| any.iter().any(|one| one.eq_ignore_ascii_case(word)))
    })
}

/// Whether an element is not shown: by its attributes and its own style. Style sheets are not asked.
pub(super) fn is_hidden(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else { return false };
    if element.attrs.is_empty() {
        return &*element.name.local == "dialog";
    }
    drop(element);
    // “until-found” is shown when it is searched for: it is text of the page.
    let hidden =
        node.attr("hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"));
    if hidden || attribute_has(node, "class", &["sf-hidden"]) {
        return true;
    }
    if node.has_name("dialog") && node.attr("open").is_none() {
        return true;
    }
    if let Some(style) = node.attr("style") {
        let style: String =
            style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        let says = |what: &str| {
            style.split(';').any(|declaration| {
                declaration.strip_suffix("!important").unwrap_or(declaration) == what
            })
        };
        // Mails hide their preview line with these.
        if says("display:none") || says("visibility:hidden") || says("mso-hide:all") {
            return true;
        }
    }
    // What only assistive technology is not told is shown all the same, but for menus that are folded away.
    node.attr("aria-hidden").is_some_and(|value| &*value == "true") && is_menu(node)
}

fn is_menu(node: &NodeRef<'_>) -> bool {
    const NAMES: [&str; 9] =
        ["menu", "nav", "modal", "dialog", "drawer", "offcanvas", "off-canvas", "popup", "overlay"];
    let role = ["menu", "menubar", "navigation", "dialog", "alertdialog"];
    if node.has_name("nav") || node.has_name("menu") || attribute_has(node, "role", &role) {
        return true;
    }
    let named = |attribute: &str| {
        node.attr(attribute).is_some_and(|value| {
            let value = value.to_ascii_lowercase();
            NAMES.iter().any(|name| value.contains(name))
        })
    };
    named("class") || named("id")
}

/// Removes what is not shown; returns whether words were in it.
pub(super) fn remove_hidden(root: &NodeRef<'_>) -> bool {
    let mut words = false;
    let mut at = next(root, root, false);
    while let Some(node) = at {
        if node.is_element() && is_hidden(&node) {
            at = next(&node, root, true);
            words |= !self::words(&node, 0).is_empty();
            node.remove_from_parent();
        } else {
            at = next(&node, root, false);
        }
    }
    words
}
