//! Orphans: quotes in a file that its articles do not contain. They are kept, counted by kind, and reported.

/// The quotes of a file that its articles do not contain at the stated position, as a line for each. All of them are
/// kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Orphaned mentions.
    pub mentions: Vec<String>,
    /// Orphaned evidence of links, and answers to claims.
    pub evidence: Vec<String>,
    /// Orphaned dismissed suggestions.
    pub dismissed: Vec<String>,
}

impl Orphans {
    /// The number of orphans.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines().count()
    }

    /// Whether there are no orphans.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines().next().is_none()
    }

    /// A line for each orphan: what it is, and the words that were not found at its position.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.mentions.iter().chain(&self.evidence).chain(&self.dismissed).map(String::as_str)
    }

    /// The number of each kind, as the start of a sentence: “2 mentions and 1 dismissed suggestion no longer match”.
    #[must_use]
    pub fn no_longer_match(&self) -> String {
        let kinds = [
            (self.mentions.len(), "mention", "mentions"),
            (self.evidence.len(), "quote of a link", "quotes of links"),
            (self.dismissed.len(), "dismissed suggestion", "dismissed suggestions"),
        ];
        let parts: Vec<_> = kinds
            .into_iter()
            .filter(|(n, ..)| *n > 0)
            .map(|(n, one, many)| format!("{n} {}", if n == 1 { one } else { many }))
            .collect();
        let verb = if self.len() == 1 { "no longer matches" } else { "no longer match" };
        match parts.split_last() {
            None => format!("nothing {verb}"),
            Some((only, [])) => format!("{only} {verb}"),
            Some((last, before)) => format!("{} and {last} {verb}", before.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_counted_as_what_it_is() {
        let line = || vec!["a line".to_owned()];
        let mut orphans = Orphans { dismissed: line(), ..Orphans::default() };
        assert_eq!(orphans.no_longer_match(), "1 dismissed suggestion no longer matches");
        orphans.mentions = [line(), line()].concat();
        assert_eq!(
            orphans.no_longer_match(),
            "2 mentions and 1 dismissed suggestion no longer match"
        );
        orphans.evidence = line();
        assert!(orphans.no_longer_match().starts_with("2 mentions, 1 quote of a link and 1"));
        assert_eq!(orphans.len(), 4);
    }
}
