//! Which year is spoken of: a date without its own belongs to it, or is not known.
//!
//! “In 2019, on May 3, she signed, and on June 6 she left” tells of one year, though “June 6” alone would be the article's.
//! Only a date that begins its sentence is taken for the time of what is told: “Fondée en 1998, l’usine fermera le 3 mai”
//! speaks of 1998 in passing.

use super::Rule;
use super::written::Written;

/// A year, and its month where it is known, that began a sentence and is not the article's.
#[derive(Clone, Copy, Debug)]
struct Frame {
    year: i16,
    month: Option<i8>,
    /// The last token of it.
    end: usize,
}

/// The year that was spoken of last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Years(Option<Frame>);

/// How far in tokens a sentence is looked through.
const REACH: usize = 60;
/// How many months after it what goes on without a year may be.
const MONTHS: i32 = 12;

impl Rule<'_> {
    /// Remembers the year of a date with these first and last tokens, and this value.
    pub(super) fn remember_year(&mut self, first: usize, end: usize, value: &str) {
        // One that is not known is of the same time as those before it.
        let Some(year) = value.get(..4).and_then(|year| year.parse().ok()) else { return };
        let own = (first..=end).any(|at| self.year(at).is_some());
        let same = self.years.0.is_some_and(|frame| frame.year == year);
        let in_passing = own && !self.begins_sentence(first);
        if same || in_passing {
            return;
        }
        let another = own && self.today.is_some_and(|today| today.year() != year);
        let month = value.get(5..7).and_then(|month| month.parse().ok());
        self.years = Years(another.then_some(Frame { year, month, end }));
    }

    /// The year of a date without one, by what is written before it: the year where it is certain; `Some(None)` where another
    /// time than that of its nearest year is spoken of.
    pub(super) fn year_before(
        &self,
        first: usize,
        written: &Written,
        nearest: Option<i16>,
    ) -> Option<Option<i16>> {
        if let Some(year) = self.year_just_before(first) {
            return Some(Some(year));
        }
        let frame = self.years.0?;
        let goes_on = self.begins_sentence(first) || self.is_same_sentence(frame.end, first);
        let months = |year: i16, month: i8| i32::from(year) * 12 + i32::from(month);
        let fits = nearest.is_some_and(|year| {
            let after = months(year, written.month) - months(frame.year, frame.month.unwrap_or(12));
            (0..=MONTHS).contains(&after)
        });
        (goes_on && !fits).then_some(None)
    }

    /// Whether no sentence begins between two tokens.
    fn is_same_sentence(&self, from: usize, to: usize) -> bool {
        let begins = |at: usize| self.tokens[at].first && self.tokens[at].is_word();
        to - from <= REACH && !(from + 1..to).any(begins)
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
}
