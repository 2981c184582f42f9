//! Articles whose text is nearly that of another one: a wire agency's report in several papers.

use std::collections::HashMap;

use crate::notebook::ArticleId;
use crate::text::copies_among;

/// Articles are near copies from this share of common runs of five words on. The review asks for more: there a copy is a
/// finding, here it is pointed out as it comes in.
pub const NEAR_COPY: f64 = 0.5;

/// An article whose text is nearly that of another one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearCopy {
    /// The article.
    pub article: ArticleId,
    /// The one that came before it.
    pub of: ArticleId,
    /// Their resemblance ([`crate::text::resemblance`]), from [`NEAR_COPY`] to 1; 1 for the same text.
    pub share: f64,
}

impl NearCopy {
    /// The resemblance in words: “87 % alike”, “the same text”.
    #[must_use]
    pub fn in_words(&self) -> String {
        alike_in_words(self.share)
    }
}

/// A resemblance in words: “87 % alike”, “the same text”.
#[must_use]
pub fn alike_in_words(share: f64) -> String {
    if share >= 1.0 { "the same text".to_owned() } else { format!("{:.0} % alike", share * 100.0) }
}

/// For each of the new articles the one among those that were there, or that are new and come before it, which it
/// resembles most, if it is a near copy of any. When `stop` returns true, none.
#[must_use]
pub fn near_copies(
    there: &[(ArticleId, &str)],
    new: &[(ArticleId, &str)],
    stop: &dyn Fn() -> bool,
) -> Vec<NearCopy> {
    let all: Vec<(ArticleId, &str)> = there.iter().chain(new).copied().collect();
    let texts: Vec<&str> = all.iter().map(|(_, text)| *text).collect();
    let mut best: HashMap<usize, (usize, f64)> = HashMap::new();
    for copies in copies_among(&texts, NEAR_COPY, stop) {
        if copies.second < there.len() {
            continue;
        }
        let best = best.entry(copies.second).or_insert((copies.first, copies.share));
        if copies.share > best.1 {
            *best = (copies.first, copies.share);
        }
    }
    let mut found: Vec<(usize, (usize, f64))> = best.into_iter().collect();
    found.sort_unstable_by_key(|(number, _)| *number);
    found
        .into_iter()
        .filter_map(|(number, (of, share))| {
            Some(NearCopy { article: all.get(number)?.0, of: all.get(of)?.0, share })
        })
        .collect()
}
