//! Assessments that an edit adds: what was judged, by whom, when and why.

use super::Refusal;
use super::apply::Draft;
use crate::notebook::{Aspect, Assessment, Grade, is_moment};

/// What an edit says beside the grades it gives.
pub(super) struct Judging<'a> {
    /// The aspects it gives a grade of, also where that is the one there is.
    pub(super) given: Vec<Aspect>,
    pub(super) reason: Option<&'a str>,
    pub(super) by: Option<&'a str>,
    pub(super) at: Option<&'a str>,
}

impl Draft<'_> {
    /// Writes down what was judged: every grade that changed, and every one that was given again with a reason.
    pub(super) fn assess(
        &self,
        assessments: &mut Vec<Assessment>,
        old: &[Grade],
        new: &[Grade],
        how: &Judging<'_>,
    ) -> Result<(), Refusal> {
        let said = [how.reason, how.by, how.at];
        if how.given.is_empty() && said.iter().any(Option::is_some) {
            return Err(Refusal::Invalid(
                "a reason, and who gives it when, belong to a judgement: set status, credibility, reliability or strength with it"
                    .to_owned(),
            ));
        }
        let (at, by) = self.signed(how.at, how.by)?;
        let reason = how.reason.unwrap_or("").trim();
        for (old, new) in old.iter().zip(new) {
            let again = how.given.contains(&new.aspect()) && !reason.is_empty();
            if old != new || again {
                assessments.push(Assessment {
                    at: at.clone(),
                    by: by.clone(),
                    old: *old,
                    new: *new,
                    reason: reason.to_owned(),
                });
            }
        }
        Ok(())
    }

    /// When and by whom: as the edit says, or else as whoever makes it.
    pub(super) fn signed(
        &self,
        at: Option<&str>,
        by: Option<&str>,
    ) -> Result<(String, String), Refusal> {
        let at = at.unwrap_or(&self.signature.at).trim();
        let by = by.unwrap_or(&self.signature.by).trim();
        if is_moment(at) {
            return Ok((at.to_owned(), by.to_owned()));
        }
        Err(Refusal::Invalid(format!(
            "“{at}” is no time of a judgement: write a day such as 2031-03-15, or a time in UTC such as 2031-03-15T10:00:00Z"
        )))
    }
}
