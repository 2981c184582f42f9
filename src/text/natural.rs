//! The order of names as people sort them: “page 9” before “page 10”, capitals and accents aside.

use std::cmp::Ordering;

use super::fold;

/// A name as it is sorted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NaturalKey {
    parts: Vec<Part>,
    /// What is the same but for capitals and accents has an order all the same.
    name: String,
}

/// A figure, or the letters between two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Figure {
        /// A longer figure, without noughts before it, is larger.
        digits: usize,
        figure: String,
    },
    Letters(String),
}

impl NaturalKey {
    /// The key of a name.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let folded = fold(name);
        let mut parts = Vec::new();
        let mut rest = folded.as_str();
        while let Some(first) = rest.chars().next() {
            let is_figure = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_figure).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            rest = after;
            parts.push(if is_figure {
                let figure = part.trim_start_matches('0').to_owned();
                Part::Figure { digits: figure.len(), figure }
            } else {
                Part::Letters(part.to_owned())
            });
        }
        Self { parts, name: name.to_owned() }
    }
}

/// Compares two names as people sort them.
///
/// ```
/// use casebook::text::natural_order;
///
/// let mut names = ["page 10", "Page 9", "été", "Etat"];
/// names.sort_by(|a, b| natural_order(a, b));
/// assert_eq!(names, ["Etat", "été", "Page 9", "page 10"]);
/// ```
#[must_use]
pub fn natural_order(a: &str, b: &str) -> Ordering {
    NaturalKey::of(a).cmp(&NaturalKey::of(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_compared_as_figures() {
        let mut names = ["a10b2", "a2", "a10b10", "a02", "a", "B1", "a18446744073709551616"];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(names, ["a", "a02", "a2", "a10b2", "a10b10", "a18446744073709551616", "B1"]);
    }
}
