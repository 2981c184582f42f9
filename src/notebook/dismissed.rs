//! Suggestions that a person dismissed in an article: where they are not made again.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::Text;

/// Where suggestions were dismissed in one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dismissed {
    /// The places: bytes of the article's text, start and end.
    pub places: BTreeSet<(usize, usize)>,
    /// Those that no longer fit: the place in Unicode scalar values, start and end, and the words that stood there.
    /// They hold nothing back, and stay until they are restored. No place in `places` has the same scalar values.
    pub lost: BTreeMap<(usize, usize), String>,
}

impl Dismissed {
    /// Whether nothing was dismissed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty() && self.lost.is_empty()
    }

    /// How many were dismissed, those that no longer fit among them.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len() + self.lost.len()
    }

    /// What of them still fits when the article's text becomes another: what has the same words at the same place.
    #[must_use]
    pub fn in_text(&self, old: &Text, new: &Text) -> Self {
        let mut moved = Self::default();
        let placed = self.places.iter().map(|(start, end)| {
            let quote = old.quote(*start..*end);
            ((quote.start, quote.end), quote.exact)
        });
        let lost = self.lost.iter().map(|(place, words)| (*place, words.clone()));
        for (place, words) in placed.chain(lost) {
            match new.stands_at(place.0..place.1, &words) {
                Some(bytes) => {
                    moved.places.insert((bytes.start, bytes.end));
                }
                None => {
                    moved.lost.insert(place, words);
                }
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_longer_fits_is_kept_and_fits_again() {
        let (old, new) =
            (Text::new("Été à Port-Léonie, mai."), Text::new("Ete a Port-Léonie, mai."));
        let place = |words: &str| {
            let start = old.as_str().find(words).unwrap();
            (start, start + words.len())
        };
        let dismissed = Dismissed {
            places: [place("Été"), place("Port-Léonie"), place("mai")].into(),
            lost: [((40, 44), "loin".to_owned())].into(),
        };
        let moved = dismissed.in_text(&old, &new);
        let words: Vec<_> = moved.places.iter().filter_map(|(a, b)| new.get(*a..*b)).collect();
        assert_eq!(words, ["Port-Léonie", "mai"]);
        let lost: Vec<_> = moved.lost.values().collect();
        assert_eq!(lost, ["Été", "loin"]);
        assert_eq!(moved.in_text(&new, &old), dismissed);
        assert_eq!((moved.len(), moved.is_empty()), (4, false));
    }
}
