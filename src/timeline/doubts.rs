//! What speaks against the dates of events, in words.

use std::collections::HashMap;

use super::items::What;
use super::order::Clash;
use crate::notebook::{EntityId, Notebook};

/// What speaks against the dates of events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doubts(HashMap<EntityId, Vec<Clash>>);

impl Doubts {
    /// Of these clashes.
    #[must_use]
    pub fn of(clashes: &[Clash]) -> Self {
        let mut against: HashMap<EntityId, Vec<Clash>> = HashMap::new();
        for clash in clashes {
            for event in clash.events() {
                against.entry(event).or_default().push(clash.clone());
            }
        }
        Self(against)
    }

    /// What speaks against the date of something, each after “; but”; empty where nothing does.
    #[must_use]
    pub fn words(&self, notebook: &Notebook, what: What) -> String {
        let What::Event(event) = what else { return String::new() };
        let all = self.0.get(&event).into_iter().flatten();
        all.map(|clash| format!("; but {}", clash.words_of(notebook, event))).collect()
    }
}
