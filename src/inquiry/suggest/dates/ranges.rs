//! Several days, months or years in a row: intervals of EDTF. “3 au 5 mars 2030”, “March 30–April 2”, “mars à mai”,
//! “from 2029 to 2031”.

use super::Rule;
use super::written::{Lean, Written};
use crate::notebook::check_edtf;

impl Rule<'_> {
    /// The last token of the range of days or months that begins here, and its value.
    pub(super) fn range(&self, i: usize) -> Option<(usize, String)> {
        let between = self.between(i);
        self.days_of_a_month(i, between)
            .or_else(|| self.whole_dates(i, between))
            .or_else(|| self.month_and_days(i, between))
            .or_else(|| self.hyphened_months(i))
    }

    /// “03/03/2030 au 05/03/2030”.
    pub(super) fn numbers_in_a_row(&self, i: usize) -> Option<(usize, String)> {
        let (end, first) = self.in_numbers(i)?;
        let (end, last) = self.in_numbers(self.connector(end + 1, self.between(i))?)?;
        (first < last).then(|| (end, format!("{first}/{last}")))
    }

    /// The connector between the ends of a range, at `i`: the first token after it, and after an article.
    pub(super) fn connector(&self, i: usize, between: bool) -> Option<usize> {
        let key = self.key(i);
        let token = self.tokens.get(i)?;
        let dash = matches!(key, "-" | "–" | "—" | "‒");
        // `à` and the verb `a` have the same key.
        let to = self.lexicon.to.contains(key)
            && (key != "a" || self.text[token.range.clone()].starts_with(['à', 'À']));
        if !(dash || to || between && self.lexicon.and.contains(key)) {
            return None;
        }
        // “jusqu’au”
        let next = i + 1 + usize::from(key == "jusqu'");
        Some(next + usize::from(self.lexicon.the.contains(self.key(next))))
    }

    /// Whether “between” comes before the date and its article.
    fn between(&self, i: usize) -> bool {
        let before = self.key_before(i);
        self.lexicon.between.contains(before)
            || self.lexicon.the.contains(before)
                && i.checked_sub(1)
                    .is_some_and(|the| self.lexicon.between.contains(self.key_before(the)))
    }

    /// “3 au 5 mars 2030”, “lundi 3 au mercredi 5 mars”, “3rd to the 5th of March”.
    fn days_of_a_month(&self, i: usize, between: bool) -> Option<(usize, String)> {
        let weekday = self.weekday(i);
        let (day, after) = self.day(i + usize::from(weekday.is_some()))?;
        if self.joined_before(i) {
            return None;
        }
        let next = self.connector(after, between).or_else(|| self.day_after_day(day, after))?;
        let last = self.written(next)?;
        if last.month_first || last.day.is_none_or(|end| end <= day) {
            return None;
        }
        let first = Written { day: Some(day), weekday, ..last };
        Some((last.end, self.interval(&first, &last)))
    }

    /// “3 et 4 mars”, “3, 4 et 5 mars”: several days listed without a gap are an interval. The token of the last day, where
    /// only its month is still to come.
    fn day_after_day(&self, mut day: i8, mut after: usize) -> Option<usize> {
        loop {
            let last = self.lexicon.and.contains(self.key(after));
            if !last && self.key(after) != "," {
                return None;
            }
            let at = after + 1 + usize::from(self.lexicon.the.contains(self.key(after + 1)));
            let (next, then) = self.day(at)?;
            if next != day + 1 {
                return None;
            }
            if last {
                return Some(at);
            }
            (day, after) = (next, then);
        }
    }

    /// “28 février au 3 mars 2030”, “March 30–April 2, 2030”, “mars à mai 2030”.
    fn whole_dates(&self, i: usize, between: bool) -> Option<(usize, String)> {
        let first = self.written(i)?;
        let next = self.connector(first.end + 1, between).or_else(|| {
            // The dot of an abbreviation does not end a range: “Feb. 3”, “janv. à mars”.
            (first.dotted && first.day.is_none()).then(|| self.connector(first.end + 2, between))?
        })?;
        // “fin mars à début avril”
        let part = first.day.is_none() && self.lexicon.before_month.contains(self.key(next));
        let last = self.written(next + usize::from(part))?;
        if first.day.is_some() != last.day.is_some() {
            return None;
        }
        let told = first.day.is_some()
            || last.year.is_some()
            || self.lexicon.from.contains(self.key_before(i))
            || self.lexicon.before_month.contains(self.key_before(i));
        told.then(|| (last.end, self.interval(&first, &last)))
    }

    /// “March 3-5, 2030”, “between March 3 and 5”.
    fn month_and_days(&self, i: usize, between: bool) -> Option<(usize, String)> {
        // Its year may be one that it shares with the last day; none is written beside it.
        let bare = |first: &Written| first.month_first && self.year(first.end).is_none();
        let first = self.written(i).filter(bare)?;
        let start = first.day?;
        let from = self.connector(first.end + 1, between);
        let (day, after) = self.day(from.or_else(|| self.day_after_day(start, first.end + 1))?)?;
        if day <= start || matches!(self.key(after), ":" | "p" | "pm" | "am" | "a" | "%") {
            return None;
        }
        let last = Written { day: Some(day), weekday: None, end: after - 1, ..first };
        let last = self.with_tail(last, after);
        Some((last.end, self.interval(&first, &last)))
    }

    /// “mars-mai 2030”: the hyphen makes one token of the two.
    fn hyphened_months(&self, i: usize) -> Option<(usize, String)> {
        let token = self.tokens.get(i).filter(|token| token.is_word())?;
        let (first, last) = token.key.split_once('-')?;
        let month = |name: &str| self.lexicon.months.get(name).copied();
        let (first, last) = (month(first)?, month(last)?);
        let capital = token.capital || self.lexicon.language != "en";
        let year = self.year(i + 1).filter(|_| capital)?;
        let start = if first > last { year - 1 } else { year };
        Some((i + 1, format!("{start:04}-{first:02}/{year:04}-{last:02}")))
    }

    /// “de 2029 à 2031”, “en 2029-2030”, “in 2029-30”.
    pub(super) fn year_range(&self, i: usize) -> Option<(usize, String)> {
        let sound = |year: &i16| (1500..=2199).contains(year);
        let first = self.year(i).filter(sound)?;
        let before = self.key_before(i);
        if !self.lexicon.from.contains(before) && !self.lexicon.before_month.contains(before) {
            return None;
        }
        let next = self.connector(i + 1, self.between(i))?;
        if let Some(last) = self.year(next).filter(sound) {
            return (first < last).then(|| (next, format!("{first:04}/{last:04}")));
        }
        let short = self.number(next, 13..=99).filter(|_| self.tight(next))?;
        (short == (first + 1) % 100).then(|| (next, format!("{first:04}/{:04}", first + 1)))
    }

    /// The interval from one date to another; empty where it is not known.
    fn interval(&self, first: &Written, last: &Written) -> String {
        let turned = (first.month, first.day) > (last.month, last.day);
        let (start, end) = match (first.year, last.year) {
            (Some(start), Some(end)) => (start, end),
            (Some(start), None) if last.lean.is_none() => (start, start + i16::from(turned)),
            _ if last.lean == Some(Lean::Other) => return String::new(),
            _ => match self.year_of(last) {
                Some(end) => (end - i16::from(turned), end),
                None => return String::new(),
            },
        };
        let value =
            |written: &Written, year: i16| self.value(&Written { year: Some(year), ..*written });
        let (from, to) = (value(first, start), value(last, end));
        let interval = format!("{from}/{to}");
        let sound = !from.is_empty() && !to.is_empty() && check_edtf(&interval).is_ok();
        if sound { interval } else { String::new() }
    }
}
