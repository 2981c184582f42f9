//! A date with the name of its month: its parts as written, and their value.

use jiff::civil::Date;

use super::super::tokens::Kind;
use super::{Rule, edtf};

/// Which day or month is meant by a date without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    /// The one before the article's: “mars dernier”, “last Tuesday”.
    Last,
    /// The one after: “vendredi prochain”.
    Next,
    /// The one at hand: “this Friday”.
    This,
    /// The article's own or the one before: “since May”.
    NotAfter,
    /// The article's own or the one after: “will testify Friday”.
    NotBefore,
    /// Another date's: “le 3 mai suivant”.
    Other,
}

/// A day and month, or a month, as they are written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Written {
    /// The last token.
    pub end: usize,
    pub weekday: Option<i8>,
    pub day: Option<i8>,
    pub month: i8,
    /// The month comes before its day: “March 3”.
    pub month_first: bool,
    pub year: Option<i16>,
    pub lean: Option<Lean>,
    /// “mid-March”.
    pub middle: bool,
    /// The month is abbreviated: “sept”; with its dot.
    pub abbreviated: bool,
    pub dotted: bool,
}

/// A month in the text.
pub(super) struct Month {
    number: i8,
    abbreviated: bool,
    middle: bool,
    /// The token after it, and after the dot of its abbreviation.
    after: usize,
    dotted: bool,
}

impl Rule<'_> {
    /// A month, in English with a capital: “may” and “march” are verbs.
    pub(super) fn month(&self, i: usize) -> Option<Month> {
        let token = self.tokens.get(i).filter(|token| token.is_word())?;
        let words = self.text.get(token.range.clone())?;
        let (name, middle) = match token.key.split_once('-') {
            Some((before, month)) if self.lexicon.middle.contains(before) => (month, true),
            _ => (token.key.as_str(), false),
        };
        let month = words.rsplit(['-', '\u{2010}', '\u{2011}']).next().unwrap_or(words);
        let capital = month.starts_with(char::is_uppercase) || self.lexicon.language != "en";
        let number = self.lexicon.months.get(name).copied().filter(|_| capital)?;
        let abbreviated = self.lexicon.short_months.contains(name);
        let dotted = abbreviated && self.key(i + 1) == "." && self.tight(i + 1);
        Some(Month { number, abbreviated, middle, after: i + 1 + usize::from(dotted), dotted })
    }

    /// A day of a month, and the token after it: “6”, “1er”, “6th”, “premier”.
    pub(super) fn day(&self, i: usize) -> Option<(i8, usize)> {
        if self.lexicon.first.contains(self.key(i)) {
            return Some((1, i + 1));
        }
        let day = self.number(i, 1..=31)?;
        if self.tokens.get(i)?.range.len() > 2 {
            return None;
        }
        // “10,5”, “1,200”, “8:30”
        let goes_on = self.tight(i + 1)
            && self.tight(i + 2)
            && matches!(self.key(i + 1), "," | "." | ":" | "'")
            && self.tokens.get(i + 2).is_some_and(|token| token.kind == Kind::Number);
        if goes_on {
            return None;
        }
        let ordinal = matches!(self.key(i + 1), "er" | "st" | "nd" | "rd" | "th" | "re" | "e")
            && self.tight(i + 1);
        Some((day as i8, i + 1 + usize::from(ordinal)))
    }

    /// Four digits.
    pub(super) fn year(&self, i: usize) -> Option<i16> {
        let four = self.tokens.get(i).is_some_and(|token| token.range.len() == 4);
        self.number(i, 1000..=2999).filter(|_| four)
    }

    /// The date with a month that begins here, with what belongs to it after it.
    pub(super) fn written(&self, i: usize) -> Option<Written> {
        let (weekday, after) = self.named_weekday(i);
        let comma = weekday.is_some() && self.key(after) == ",";
        let from = after + usize::from(comma);
        // “Thursday the 6th of March”
        let from =
            from + usize::from(weekday.is_some() && self.lexicon.the.contains(self.key(from)));
        let (mut written, after) = self.day_and_month(from)?;
        if weekday.is_some() && written.day.is_none() {
            return None;
        }
        written.weekday = weekday;
        Some(self.with_tail(written, after))
    }

    /// A weekday before a date, in full or abbreviated (“Tues., Feb. 3”, “lun. 3 mars”), and the token after it.
    fn named_weekday(&self, i: usize) -> (Option<i8>, usize) {
        if let Some(weekday) = self.weekday(i) {
            return (Some(weekday), i + 1);
        }
        let token = self.tokens.get(i).filter(|token| token.is_word());
        let short = token.and_then(|token| self.lexicon.short_weekdays.get(&token.key).copied());
        let dot = self.key(i + 1) == "." && self.tight(i + 1);
        // “mer” and “sun” are words.
        let told = dot || token.is_some_and(|token| token.capital) && !self.lexicon.day_first;
        match short.filter(|_| told) {
            Some(weekday) => (Some(weekday), i + 1 + usize::from(dot)),
            None => (None, i),
        }
    }

    /// “6 mars”, “6th of March”, “March 6”, “mid-March”: without what follows, and the token after it.
    fn day_and_month(&self, i: usize) -> Option<(Written, usize)> {
        let written = |month: &Month, end: usize, day: Option<i8>| Written {
            end,
            weekday: None,
            day,
            month: month.number,
            month_first: false,
            year: None,
            lean: None,
            middle: month.middle,
            abbreviated: month.abbreviated,
            dotted: month.dotted,
        };
        if let Some((day, after)) = self.day(i)
            && (self.key_before(i) == "-" || !self.joined_before(i))
        {
            let of = self.key(after) == "of";
            // “the first May Day” is not the first of May.
            let number = self.tokens.get(i).is_some_and(|token| token.kind == Kind::Number);
            if !number && !of && !self.lexicon.day_first {
                return None;
            }
            let at = after + usize::from(of);
            let month = self.month(at).filter(|month| !month.middle)?;
            return Some((written(&month, at, Some(day)), month.after));
        }
        let month = self.month(i)?;
        if !self.lexicon.day_first
            && !month.middle
            && let Some((day, after)) = self.day(month.after)
            && self.tokens.get(month.after).is_some_and(|token| token.kind == Kind::Number)
            && !matches!(self.key(after), "million" | "millions" | "billion" | "percent" | "%")
        {
            let found = written(&month, after - 1, Some(day));
            return Some((Written { month_first: true, ..found }, after));
        }
        let after = month.after;
        Some((written(&month, i, None), after))
    }

    /// The year after a day and month, or the words that replace it.
    pub(super) fn with_tail(&self, mut written: Written, after: usize) -> Written {
        // In English a comma comes before the year.
        let comma = usize::from(!self.lexicon.day_first && self.key(after) == ",");
        let of = usize::from(self.key(after) == "of");
        for at in [after, after + comma, after + of] {
            if let Some(year) = self.year(at) {
                return Written { end: at, year: Some(year), ..written };
            }
        }
        if let Some((end, year)) = self.short_year(after) {
            return Written { end, year, lean: year.is_none().then_some(Lean::Other), ..written };
        }
        if let Some(lean) = self.lean_after(after) {
            return Written { end: after, lean: Some(lean), ..written };
        }
        let from = after + usize::from(matches!(self.key(after), "of" | "de"));
        if let Some((words, years)) = self.expression(from, &self.lexicon.years) {
            let year = self.today.map(|today| today.year() + years);
            let lean = year.is_none().then_some(Lean::Other);
            return Written { end: from + words - 1, year, lean, ..written };
        }
        for at in [after, from] {
            if let Some((words, ())) = self.expression(at, &self.lexicon.other) {
                return Written { end: at + words - 1, lean: Some(Lean::Other), ..written };
            }
        }
        if written.year.is_none() {
            written.year = self.shared_year(after, &written);
        }
        written
    }

    /// The word before a weekday or month that decides which one is meant.
    pub(super) fn lean(&self, i: usize) -> Option<Lean> {
        let key = self.key(i);
        if self.lexicon.last.contains(key) {
            Some(Lean::Last)
        } else if self.lexicon.next.contains(key) {
            Some(Lean::Next)
        } else if self.lexicon.this.contains(key) {
            Some(Lean::This)
        } else {
            None
        }
    }

    /// The word that decides this after a weekday or month, as in French: “mars dernier”.
    pub(super) fn lean_after(&self, i: usize) -> Option<Lean> {
        self.lean(i).filter(|lean| self.lexicon.day_first && *lean != Lean::This)
    }

    /// A year of two digits after a month, “mai 68”, “May ’68”, and its last token; the year is `None` where the
    /// century is not known.
    fn short_year(&self, i: usize) -> Option<(usize, Option<i16>)> {
        let apostrophe = self.key(i) == "'" && self.tight(i + 1);
        let at = i + usize::from(apostrophe);
        let token = self.tokens.get(at).filter(|t| t.kind == Kind::Number && t.range.len() == 2)?;
        let short: i16 = token.key.parse().ok()?;
        if !apostrophe {
            // “en juin 40 salariés” and “May 12” contain no year.
            let next = self.tokens.get(at + 1);
            let small = next
                .is_some_and(|next| next.is_word() && !self.lexicon.not_names.contains(&next.key));
            let goes_on = next.is_some_and(|next| {
                !next.spaced && matches!(next.key.as_str(), ":" | "%" | "e" | "h")
                    || matches!(next.key.as_str(), "%" | "€" | "$" | "£" | "h")
            }) || next.is_some_and(|next| next.kind == Kind::Number)
                || self.tight(at + 1)
                    && self.tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Number && !t.spaced);
            let counts = if self.lexicon.day_first {
                self.plural(at + 1) || small && short < 32
            } else {
                short < 32 || next.is_some_and(super::super::tokens::Token::is_word)
            };
            if goes_on || counts {
                return None;
            }
        }
        let this = self.today.map(Date::year);
        let year = match this {
            Some(this) if 2000 + short <= this => Some(2000 + short),
            Some(_) => Some(1900 + short),
            None if short >= 50 => Some(1900 + short),
            None => None,
        };
        Some((at, year))
    }

    /// The year that several dates share and only the last one contains: “le 3 mars et le 5 avril 2030”.
    fn shared_year(&self, mut at: usize, first: &Written) -> Option<i16> {
        for _ in 0..6 {
            let joins = matches!(self.key(at), "," | "/" | "or" | "ou")
                || self.lexicon.and.contains(self.key(at));
            if !joins {
                return None;
            }
            at += 1;
            at += usize::from(self.lexicon.and.contains(self.key(at)));
            at += usize::from(self.lexicon.the.contains(self.key(at)));
            let from = at + usize::from(self.weekday(at).is_some());
            // “March 3, 5 and 7, 2030”
            if first.month_first
                && let Some((_, after)) = self.day(from)
                && self.month(after).is_none()
            {
                let comma = usize::from(self.key(after) == ",");
                if let Some(year) = self.year(after).or_else(|| self.year(after + comma)) {
                    return Some(year);
                }
                at = after;
                continue;
            }
            let (next, after) = self.day_and_month(from)?;
            if next.day.is_some() != first.day.is_some() {
                return None;
            }
            let comma = usize::from(!self.lexicon.day_first && self.key(after) == ",");
            if let Some(year) = self.year(after).or_else(|| self.year(after + comma)) {
                // “December and January 2030” may be of two years.
                let in_order = (first.month, first.day) < (next.month, next.day);
                return in_order.then_some(year);
            }
            at = after;
        }
        None
    }

    /// The value of a date; empty where it is not known.
    pub(super) fn value(&self, written: &Written) -> String {
        let Some(year) = self.year_of(written) else { return String::new() };
        match written.day {
            Some(day) => Date::new(year, written.month, day).map(edtf).unwrap_or_default(),
            None => format!("{year:04}-{:02}", written.month),
        }
    }

    /// The year of a date: the one that is written, or the one that brings it nearest to the article's day.
    pub(super) fn year_of(&self, written: &Written) -> Option<i16> {
        if written.year.is_some() {
            return written.year;
        }
        let today = self.today?;
        let years = today.year() - 1..=today.year() + 1;
        let Some(day) = written.day else {
            let now = i32::from(today.year()) * 12 + i32::from(today.month());
            let away = |year: &i16| i32::from(*year) * 12 + i32::from(written.month) - now;
            return match written.lean {
                None => years.min_by_key(|year| away(year).abs()),
                Some(Lean::Last) => years.rev().find(|year| away(year) < 0),
                Some(Lean::NotAfter) => years.rev().find(|year| away(year) <= 0),
                Some(Lean::Next) => years.into_iter().find(|year| away(year) > 0),
                Some(Lean::NotBefore) => years.into_iter().find(|year| away(year) >= 0),
                Some(Lean::This) => Some(today.year()),
                Some(Lean::Other) => None,
            };
        };
        let away = |date: &Date| (*date - today).get_days();
        let right = |date: &Date| {
            written.weekday.is_none_or(|w| date.weekday().to_monday_one_offset() == w)
        };
        let mut days =
            years.filter_map(|year| Date::new(year, written.month, day).ok()).filter(right);
        let date = match written.lean {
            None | Some(Lean::This) => days.min_by_key(|date| away(date).abs()),
            Some(Lean::Last | Lean::NotAfter) => days.rfind(|date| away(date) < 0),
            Some(Lean::Next | Lean::NotBefore) => days.find(|date| away(date) > 0),
            Some(Lean::Other) => None,
        };
        date.map(Date::year)
    }
}
