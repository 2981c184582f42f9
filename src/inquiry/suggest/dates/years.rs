//! Which year is spoken of: a date without its own belongs to it, or is not known.
//!
//! “In 2019, on May 3, she signed; on June 6 she left” tells of one year, though “June 6” alone would be the article's.

use super::Rule;
use super::written::Written;

/// The year that the last date of a paragraph had, where it is not the article's.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Years(Option<i16>);

/// How far in tokens a year of the same sentence is looked for.
const REACH: usize = 40;

impl Years {
    /// A date was found with this value; `own` where its year is written, and not in passing: “founded in 1998”.
    pub(super) fn found(&mut self, value: &str, own: bool, today: Option<i16>) {
        let year = value.get(..4).and_then(|year| year.parse().ok());
        self.0 = match year {
            Some(_) if own => year.filter(|year| Some(*year) != today),
            // One that is not known is of the same year as those before it.
            None => self.0,
            Some(_) => None,
        };
    }
}

impl Rule<'_> {
    /// The year of a date without one, by what is written beside it: the year where it is certain; `Some(None)` where another
    /// year than this one is spoken of.
    pub(super) fn year_beside(
        &self,
        first: usize,
        written: &Written,
        nearest: Option<i16>,
    ) -> Option<Option<i16>> {
        if let Some(year) = self.year_just_before(first) {
            return Some(Some(year));
        }
        let this = self.today?.year();
        let another = |year: i16| year != this && Some(year) != nearest;
        if self.years_of_sentence(first, written.end).any(another) {
            return Some(None);
        }
        let spoken = self.years.0.filter(|_| self.begins_sentence(first));
        spoken.is_some_and(another).then_some(None)
    }

    /// “En 2019, le 3 mai”, “in 2019 (May 3)”.
    fn year_just_before(&self, first: usize) -> Option<i16> {
        let mut at = first;
        for _ in 0..4 {
            at = at.checked_sub(1)?;
            let key = self.key(at);
            let small = matches!(
                key,
                "," | "(" | "on" | "le" | "du" | "au" | "des" | "depuis" | "since" | "from"
            );
            if small {
                continue;
            }
            // “Since 2019, May 3 is a holiday.”
            let before = self.key_before(at);
            let told =
                self.lexicon.before_month.contains(before) && !self.lexicon.since.contains(before);
            return self.year(at).filter(|_| told && at + 1 < first);
        }
        None
    }

    /// The years that are written in a date's sentence as years.
    fn years_of_sentence(&self, first: usize, last: usize) -> impl Iterator<Item = i16> {
        let ends = |at: usize| self.tokens[at].first && self.tokens[at].is_word();
        // The first word of the sentence is part of it.
        let mut open = true;
        let before = (0..first).rev().take(REACH).take_while(move |at| {
            let was = open;
            open = !ends(*at);
            was
        });
        let after = (last + 1..self.tokens.len())
            .take(REACH)
            .take_while(move |at| !ends(*at) && self.key(*at) != ";");
        before.chain(after).filter_map(|at| {
            let year = self.year(at).filter(|year| (1500..=2199).contains(year))?;
            let before = self.key_before(at);
            let month = at.checked_sub(1).is_some_and(|at| self.month(at).is_some());
            // “March 3, 2030”
            let day = before == "," && at > 1 && self.day(at - 2).is_some();
            let dotted = before == "." && at > 1 && self.month(at - 2).is_some();
            // “founded in 1998”: in passing.
            let frames = || self.lexicon.before_month.contains(before) && self.begins_sentence(at);
            (month || day || dotted || frames()).then_some(year)
        })
    }
}
