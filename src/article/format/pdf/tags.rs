//! What a tagged PDF says of its text: which parts of the pages' content are headings (ISO 32000-2, 14.7 and 14.8).
//!
//! Only that is taken from the structure tree. Reading order and paragraphs are worked out for tagged files as for
//! others: many trees are made by programs that know no better, and a wrong one shows nowhere but here.

use std::collections::HashMap;

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier};

use crate::article::document::MOST_DEPTH;

/// The most elements that are looked at.
const MOST_ELEMENTS: usize = 1 << 19;

/// The marked parts of pages (page from 0, number on it) that are headings, and of which level.
pub(super) type Headings = HashMap<(usize, u32), u8>;

/// An element of the tree, with what it inherits.
struct Element<'a> {
    object: Object<'a>,
    page: Option<usize>,
    level: Option<u8>,
    depth: usize,
}

/// The headings that the structure tree names; none where there is no tree.
pub(super) fn headings(pdf: &Pdf, catalog: &Dict<'_>) -> Headings {
    let mut headings = Headings::new();
    let Some(root) = catalog.get::<Dict<'_>>(b"StructTreeRoot") else { return headings };
    let roles = root.get::<Dict<'_>>(b"RoleMap").unwrap_or_default();
    let pages: HashMap<ObjectIdentifier, usize> = pdf
        .pages()
        .iter()
        .enumerate()
        .filter_map(|(number, page)| Some((page.raw().obj_id()?, number)))
        .collect();
    let page_of = |dict: &Dict<'_>| {
        dict.get_ref(b"Pg").and_then(|page| pages.get(&ObjectIdentifier::from(page)).copied())
    };
    let mut open: Vec<Element<'_>> = Vec::new();
    open.extend(root.get::<Object<'_>>(b"K").map(|object| Element {
        object,
        page: None,
        level: None,
        depth: 0,
    }));
    let mut left = MOST_ELEMENTS;
    while let Some(Element { object, page, level, depth }) = open.pop() {
        if left == 0 || depth > MOST_DEPTH {
            continue;
        }
        left -= 1;
        match object {
            Object::Array(kids) => {
                let kids = kids.iter::<Object<'_>>().take(left);
                open.extend(kids.map(|object| Element { object, page, level, depth: depth + 1 }));
            }
            Object::Number(number) => {
                if let (Some(page), Some(level)) = (page, level)
                    && let Ok(mark) = u32::try_from(number.as_i64())
                {
                    headings.insert((page, mark), level);
                }
            }
            Object::Dict(element) => {
                let page = page_of(&element).or(page);
                if let Some(mark) = element.get::<u32>(b"MCID") {
                    if let (Some(page), Some(level)) = (page, level) {
                        headings.insert((page, mark), level);
                    }
                    continue;
                }
                let level = match role(&element, &roles).as_deref() {
                    Some(role) => level_of(role).or(level),
                    None => level,
                };
                open.extend(element.get::<Object<'_>>(b"K").map(|object| Element {
                    object,
                    page,
                    level,
                    depth: depth + 1,
                }));
            }
            _ => {}
        }
    }
    headings
}

/// An element's role, by the names that the standard knows.
fn role(element: &Dict<'_>, roles: &Dict<'_>) -> Option<String> {
    let mut role = element.get::<Name<'_>>(b"S")?.as_str().to_owned();
    // A name may stand for one that stands for another.
    for _ in 0..8 {
        if level_of(&role).is_some() {
            break;
        }
        match roles.get::<Name<'_>>(role.as_bytes()) {
            Some(next) => role = next.as_str().to_owned(),
            None => break,
        }
    }
    Some(role)
}

fn level_of(role: &str) -> Option<u8> {
    match role {
        "Title" | "H1" => Some(1),
        "H" | "H2" => Some(2),
        "H3" => Some(3),
        "H4" => Some(4),
        "H5" => Some(5),
        "H6" => Some(6),
        _ => None,
    }
}
