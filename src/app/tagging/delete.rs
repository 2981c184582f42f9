//! The question before deleting entities that other records refer to.

use crate::app::{Answer, Program, Question};
use crate::edit::Edit;
use crate::inquiry::Dependents;

/// What is about to be deleted, and what depends on it.
#[derive(Clone, Debug)]
pub struct DeleteWithDependents {
    /// Its name, or “3 entities”.
    pub words: String,
    /// Whether it is more than one entity.
    pub several: bool,
    /// What would change.
    pub dependents: Dependents,
    /// The edit that deletes it.
    pub(super) edit: Edit,
}

impl DeleteWithDependents {
    /// What would change, a sentence each; what is hardest to notice comes first.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let dependents = &self.dependents;
        let it = if self.several { "them" } else { "it" };
        let mut said = Vec::new();
        let mut say = |n: usize, one: &str, then: String| match n {
            0 => {}
            1 => said.push(format!("1 {one} {then}.")),
            n => said.push(format!("{n} {one}s {then}.")),
        };
        let chains = if dependents.gaps > 0 {
            format!("that came through {it} will have a speaker less")
        } else {
            format!("that came through {it} will name an “unknown source” instead")
        };
        say(dependents.chains, "statement", chains);
        say(dependents.articles, "article", format!("published by {it} will name no publisher"));
        say(dependents.events, "event", format!("will no longer name {it} among who took part"));
        say(dependents.owned, "actor", format!("owned by {it} will name no owner"));
        say(dependents.memberships, "group", format!("will no longer have {it} as a member"));
        say(dependents.claims, "claim", format!("will no longer be about {it}"));
        say(dependents.mentions, "mention", format!("of {it} will be untagged"));
        say(dependents.links, "link", format!("at {it} will be deleted"));
        said
    }
}

impl Question for DeleteWithDependents {
    fn answer(self: Box<Self>, program: &mut Program, answer: Answer) {
        match answer {
            Answer::Delete => {
                program.edit(&self.edit);
            }
            _ => program.give_up_waiting(),
        }
    }
}
