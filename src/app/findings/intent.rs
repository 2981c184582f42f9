//! The intents that this part handles.

use super::{Finding, Supposition};
use crate::app::Program;

/// What the user wants to know or suppose.
#[derive(Clone, Debug)]
pub enum FindingsIntent {
    /// Supposes something as well, or with another date.
    Suppose(Supposition),
    /// Supposes one thing less, by its number.
    DropSupposition(usize),
    /// Records what is supposed, with this reason.
    ApplyWhatIf(String),
    /// Looks at a finding of the review.
    LookAt(Finding),
}

impl Program {
    pub(in crate::app) fn findings_intent(&mut self, intent: FindingsIntent) {
        match intent {
            FindingsIntent::Suppose(supposition) => self.suppose(supposition),
            FindingsIntent::DropSupposition(number) => self.drop_supposition(number),
            FindingsIntent::ApplyWhatIf(reason) => self.apply_what_if(&reason),
            FindingsIntent::LookAt(finding) => self.look_at_finding(finding),
        }
    }
}
