//! Page labels: how the document itself counts its pages (ISO 32000-2, 12.4.2).

use hayro::hayro_syntax::object::{Array, Dict, Name, String as Bytes};

use super::letters;

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
    let start = usize::try_from(range.get::<u32>(b"St").unwrap_or(1)).unwrap_or(1);
    let number = start.saturating_add(offset);
    let style = range.get::<Name<'_>>(b"S");
    let number = match style.as_ref().map(Name::as_str) {
        Some("D") => number.to_string(),
        Some("r") => roman(number),
        Some("R") => roman(number).to_uppercase(),
        Some("a") => alphabetic(number),
        Some("A") => alphabetic(number).to_uppercase(),
        _ => String::new(),
    };
    prefix + &number
}

/// Lower-case Roman numerals; beyond 3,999 in digits.
fn roman(number: usize) -> String {
    const SIGNS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut left = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            out.push_str(sign);
            left -= value;
        }
    }
    out
}

/// a to z, aa to zz, aaa to zzz; beyond ten letters in digits.
fn alphabetic(number: usize) -> String {
    let Some(index) = number.checked_sub(1).filter(|index| *index < 260) else {
        return number.to_string();
    };
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
    std::iter::repeat_n(letter, index / 26 + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals() {
        assert_eq!([1, 4, 9, 14, 1999].map(roman), ["i", "iv", "ix", "xiv", "mcmxcix"]);
        assert_eq!((roman(0), roman(4000)), ("0".to_owned(), "4000".to_owned()));
        assert_eq!([1, 26, 27, 53].map(alphabetic), ["a", "z", "aa", "aaa"]);
        assert_eq!(alphabetic(usize::MAX), usize::MAX.to_string());
    }
}
