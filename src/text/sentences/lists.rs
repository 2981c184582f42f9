//! The word lists for finding sentences: `assets/lexicon/sentences.ron`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

/// Words that decide where sentences end. Abbreviations are without their dot, and case matters in them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Lists {
    /// Abbreviations that never end a sentence.
    pub never_last: HashSet<String>,
    /// Abbreviations that may end a sentence.
    pub may_be_last: HashSet<String>,
    /// Abbreviations before a number.
    pub before_number: HashSet<String>,
    /// Words that are abbreviations of streets after a number or a French article.
    pub streets: HashSet<String>,
    /// Words that are abbreviations only after a number.
    pub after_number: HashSet<String>,
    /// Names that end in a sign.
    pub with_sign: HashSet<String>,
    /// Verbs of saying.
    pub speaking: HashSet<String>,
    /// Words that often begin a sentence, in small letters.
    pub starters: HashSet<String>,
}

/// The deepest nesting that is read. The lists have two levels.
const DEPTH: usize = 8;

fn read() -> Result<Lists, ron::error::SpannedError> {
    let options = ron::Options::default().with_recursion_limit(DEPTH);
    options.from_str(include_str!("../../../assets/lexicon/sentences.ron"))
}

/// Casebook's own lists. They are part of the program, and a test reads them: they are never empty.
pub(super) static LISTS: LazyLock<Lists> = LazyLock::new(|| read().unwrap_or_default());

/// Whether a word, without its dot, is an abbreviation that a sentence seldom ends with.
#[must_use]
pub(crate) fn is_abbreviation(word: &str) -> bool {
    let lists = &*LISTS;
    [&lists.never_last, &lists.may_be_last, &lists.before_number]
        .into_iter()
        .any(|list| list.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_can_be_read_and_are_as_they_are_compared() {
        let lists = read().expect("the lists are RON");
        assert!(lists.never_last.contains("Capt") && lists.starters.contains("puis"));
        assert!(lists.starters.iter().all(|word| *word == word.to_lowercase()));
        let dotted = |list: &HashSet<String>| list.iter().any(|word| word.ends_with('.'));
        assert!(!dotted(&lists.never_last) && !dotted(&lists.may_be_last));
        assert!(is_abbreviation("Inc") && !is_abbreviation("fin"));
    }
}
