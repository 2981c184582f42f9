//! Page labels: how the document itself counts its pages (ISO 32000-2, 12.4.2).

use hayro::hayro_syntax::object::{Array, Dict, Name, String as Bytes};

use super::letters;
use crate::article::format::numerals::Numeral;

/// How many nodes of the tree are looked at.
const MOST_NODES: usize = 10_000;

/// The labels of `count` pages: those that the catalog states, or 1, 2, ….
pub(super) fn of_catalog(catalog: &Dict<'_>, count: usize) -> Vec<String> {
    let mut ranges: Vec<(usize, Dict<'_>)> = Vec::new();
    if let Some(root) = catalog.get::<Dict<'_>>(b"PageLabels") {
        let mut left = MOST_NODES;
        let mut nodes = vec![root];
        while let Some(node) = nodes.pop() {
            left = left.saturating_sub(1);
            if left == 0 {
                break;
            }
            if let Some(numbers) = node.get::<Array<'_>>(b"Nums") {
                let mut entries = numbers.flex_iter();
                while let Some(first) = entries.next::<u32>() {
                    let Some(range) = entries.next::<Dict<'_>>() else { break };
                    if let Ok(first) = usize::try_from(first)
                        && ranges.len() < MOST_NODES
                    {
                        ranges.push((first, range));
                    }
                }
            }
            if let Some(kids) = node.get::<Array<'_>>(b"Kids") {
                nodes.extend(kids.iter::<Dict<'_>>().take(left));
            }
        }
    }
    ranges.sort_by_key(|range| range.0);
    let mut labels = Vec::with_capacity(count);
    let mut at = 0;
    for page in 0..count {
        while ranges.get(at + 1).is_some_and(|next| next.0 <= page) {
            at += 1;
        }
        let label = match ranges.get(at) {
            Some((first, range)) if *first <= page => label(range, page - first),
            _ => (page + 1).to_string(),
        };
        // A page without a label still has a number.
        labels.push(if label.trim().is_empty() { (page + 1).to_string() } else { label });
    }
    labels
}

/// The label of a range's page.
fn label(range: &Dict<'_>, offset: usize) -> String {
    let prefix = range
        .get::<Bytes<'_>>(b"P")
        .map(|bytes| letters::of_text_string(bytes.as_bytes()))
        .unwrap_or_default();
    let prefix: String = prefix.chars().filter(|c| !c.is_control()).take(40).collect();
    let start = range.get::<u32>(b"St").unwrap_or(1);
    let number = start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX));
    let style = range.get::<Name<'_>>(b"S");
    let numeral = match style.as_ref().map(Name::as_str) {
        Some("D") => Numeral::Decimal,
        Some("r") => Numeral::LowerRoman,
        Some("R") => Numeral::UpperRoman,
        Some("a") => Numeral::LowerLetter,
        Some("A") => Numeral::UpperLetter,
        _ => Numeral::None,
    };
    prefix + &numeral.write(number)
}
