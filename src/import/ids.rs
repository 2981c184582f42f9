//! Ids for what comes from elsewhere: those that a notebook gave are kept; others are made of what the file calls things,
//! so that the same file gives the same ids again.

use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::notebook::{ArticleId, EntityId, LinkId, MentionId};

/// Makes the ids of one file's things.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    /// What tells this file's names from those of others: empty where they are the same everywhere.
    space: String,
}

impl Ids {
    /// Ids for names that mean the same thing wherever this format and `space` are the same.
    pub(super) fn new(format: &str, space: &str) -> Self {
        Self { space: format!("Casebook import\n{format}\n{space}\n") }
    }

    fn bits(&self, sort: &str, name: &str) -> u64 {
        let digest = Sha256::digest(format!("{}{sort}\n{name}", self.space).as_bytes());
        digest.iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
    }

    fn id<I: FromStr>(&self, sort: &str, name: &str, made: fn(u64) -> I) -> (I, bool) {
        match name.parse() {
            Ok(id) => (id, true),
            Err(_) => (made(self.bits(sort, name)), false),
        }
    }

    /// The article of this name, and whether a notebook gave it the id.
    pub(super) fn article(&self, name: &str) -> (ArticleId, bool) {
        self.id("article", name, ArticleId::from_bits)
    }

    /// The entity of this name, and whether a notebook gave it the id.
    pub(super) fn entity(&self, name: &str) -> (EntityId, bool) {
        self.id("entity", name, EntityId::from_bits)
    }

    /// The mention of this name.
    pub(super) fn mention(&self, name: &str) -> MentionId {
        self.id("mention", name, MentionId::from_bits).0
    }

    /// The link of this name.
    pub(super) fn link(&self, name: &str) -> LinkId {
        self.id("link", name, LinkId::from_bits).0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kept_and_a_name_gives_the_same_one_again() {
        let ids = Ids::new("brat", "a.ann");
        assert_eq!(ids.entity("e0123456789"), ("e0123456789".parse().unwrap(), true));
        assert_eq!(ids.entity("T1"), Ids::new("brat", "a.ann").entity("T1"));
        assert_ne!(ids.entity("T1"), Ids::new("brat", "b.ann").entity("T1"));
        assert!(!ids.entity("m0123456789").1);
    }
}
