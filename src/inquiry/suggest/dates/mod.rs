//! Dates and their values in EDTF, computed relative to the day of the article.
//!
//! A wrong value is worse than none. A date whose year depends on another sentence (“le 3 mai suivant”) has no value;
//! weekdays that describe a habit (“du lundi au vendredi”, “every Monday”) and names (“Good Friday”) are not dates. Several
//! days in a row are an interval of EDTF.
//!
//! A day or month without its year is the one nearest to the article's day, a weekday the last one, unless the verb beside
//! it says otherwise (“will testify Friday”), or another year was spoken of.

mod named;
mod numbers;
mod ranges;
mod spans;
mod tense;
mod written;
mod years;

use std::cmp::Ordering;
use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::lexicon::Lexicon;
use super::tokens::{Kind, Token};
use tense::Tense;
use written::{Lean, Written};
use years::Years;

/// A date in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub range: Range<usize>,
    /// Its value in EDTF; empty where it is not known.
    pub value: String,
}

/// The dates in a paragraph, in order. `today` is the article's day, where it is known.
pub(super) fn dates(
    text: &str,
    tokens: &[Token],
    lexicon: &Lexicon,
    today: Option<Date>,
) -> Vec<Found> {
    let mut rule = Rule { text, tokens, lexicon, today, years: Years::default() };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        if let Some(end) = rule.habit(i) {
            i = end + 1;
            continue;
        }
        match rule.at(i) {
            Some((end, _)) if rule.is_part_of_name(i, end) => i = end + 1,
            Some((end, value)) => {
                rule.remember_year(i, end, &value);
                found.push(Found { range: tokens[i].range.start..tokens[end].range.end, value });
                i = end + 1;
            }
            None => i += 1,
        }
    }
    found
}

/// The rules over the tokens of one paragraph. A rule returns the last token of what it found.
struct Rule<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    today: Option<Date>,
    /// The year that was spoken of before.
    years: Years,
}

impl Rule<'_> {
    fn key(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.key.as_str())
    }

    /// The key of the token before; empty at the beginning.
    fn key_before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |before| self.key(before))
    }

    /// Whether there is a token without white space before it.
    fn tight(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| !token.spaced)
    }

    fn number(&self, i: usize, range: std::ops::RangeInclusive<i16>) -> Option<i16> {
        let token = self.tokens.get(i).filter(|token| token.kind == Kind::Number)?;
        token.key.parse().ok().filter(|n| range.contains(n))
    }

    fn weekday(&self, i: usize) -> Option<i8> {
        let token = self.tokens.get(i).filter(|token| token.is_word())?;
        self.lexicon.weekdays.get(&token.key).copied()
    }

    /// The number of tokens of the expression at `i`, and its meaning.
    fn expression<T: Copy>(&self, i: usize, those: &[(Vec<String>, T)]) -> Option<(usize, T)> {
        let (words, meaning) = those.iter().find(|(words, _)| {
            words.iter().enumerate().all(|(n, word)| self.key(i + n) == word.as_str())
        })?;
        Some((words.len(), *meaning))
    }

    /// The last token of the date that begins here, and its value.
    fn at(&self, i: usize) -> Option<(usize, String)> {
        let number = match self.tokens.get(i)?.kind {
            Kind::Number => true,
            Kind::Word => false,
            // “’80s”
            Kind::Sign if self.key(i) == "'" => return self.decade(i),
            Kind::Handle | Kind::Address | Kind::Sign => return None,
        };
        if number && let Some(found) = self.numbers_in_a_row(i).or_else(|| self.in_numbers(i)) {
            return Some(found);
        }
        if let Some(found) = self.season(i).or_else(|| self.decade(i)).or_else(|| self.days_ago(i))
        {
            return Some(found);
        }
        if number || self.tells_date(i) {
            let found = self
                .range(i)
                .or_else(|| self.relative(i))
                .or_else(|| self.with_day(i))
                .or_else(|| self.weekday_alone(i))
                .or_else(|| self.month_alone(i));
            if found.is_some() {
                return found;
            }
        }
        self.by_distance(i).or_else(|| self.year_range(i)).or_else(|| self.year_alone(i))
    }

    /// Whether a word may begin a date with a month or weekday: this rules out most words quickly.
    fn tells_date(&self, i: usize) -> bool {
        let (key, lexicon) = (self.key(i), self.lexicon);
        lexicon.months.contains_key(key)
            || lexicon.weekdays.contains_key(key)
            || lexicon.short_weekdays.contains_key(key)
            || key.contains('-')
            || lexicon.first.contains(key)
            || self.lean(i).is_some()
    }

    /// “jeudi 6 mars”, “Thursday, 6 March”, “March 6, 2031”.
    fn with_day(&self, i: usize) -> Option<(usize, String)> {
        let written = self.written(i).filter(|written| written.day.is_some())?;
        if written.year.is_none() && self.names_something(i, written.end) {
            return None;
        }
        Some((written.end, self.value(&self.meant(i, written))))
    }

    /// A date with what its sentence says of its year.
    fn meant(&self, first: usize, written: Written) -> Written {
        if written.year.is_some() || written.lean.is_some() {
            return written;
        }
        let nearest = self.year_of(&written);
        match self.year_before(first, &written, nearest) {
            Some(Some(year)) => return Written { year: Some(year), ..written },
            Some(None) => return Written { lean: Some(Lean::Other), ..written },
            None => {}
        }
        let (Some(year), Some(today), None) = (nearest, self.today, written.weekday) else {
            return written;
        };
        let (date, day) = ((year, written.month, written.day), written.day.map(|_| today.day()));
        let lean =
            match (date.cmp(&(today.year(), today.month(), day)), self.tense(first, written.end)) {
                (Ordering::Less, Some(Tense::Future { near: true })) => Lean::Next,
                (Ordering::Less, Some(Tense::Future { near: false })) => Lean::Other,
                (Ordering::Greater, Some(Tense::Past)) => Lean::Last,
                _ => return written,
            };
        Written { lean: Some(lean), ..written }
    }

    /// “last Tuesday”, “next March”, where no whole date follows.
    fn relative(&self, i: usize) -> Option<(usize, String)> {
        let lean = self.lean(i).filter(|_| !self.lexicon.day_first)?;
        if let Some(weekday) = self.weekday(i + 1) {
            if self.written(i + 1).is_some() || self.of_month(i + 2) {
                return None;
            }
            // “the next Friday” is usually relative to another day, “the last Friday” rarely.
            let told = lean != Lean::Next || !self.lexicon.the.contains(self.key_before(i));
            let value = self.today.filter(|_| told).and_then(|today| near(today, weekday, lean));
            return Some((i + 1, value.unwrap_or_default()));
        }
        let month = self.written(i + 1).filter(|written| written.day.is_none())?;
        if month.year.is_some() || month.lean.is_some() {
            return None;
        }
        let month = Written { lean: Some(lean), ..month };
        Some((month.end, self.value(&month)))
    }

    /// “lundi”, “vendredi dernier”, “Friday next week”, “vendredi 14”.
    fn weekday_alone(&self, i: usize) -> Option<(usize, String)> {
        let weekday = self.weekday(i)?;
        let before = self.key_before(i);
        // “le premier lundi de mai” depends on the month; “every Monday” is not a day.
        if self.lexicon.every.contains(before) || self.of_month(i + 1) || self.is_any(i) {
            return None;
        }
        let value = |lean: Lean| {
            self.today.and_then(|today| near(today, weekday, lean)).unwrap_or_default()
        };
        if let Some((end, value)) = self.weekday_of_week(i, weekday) {
            return Some((end, value));
        }
        if let Some(lean) = self.lean_after(i + 1) {
            return Some((i + 1, value(lean)));
        }
        if let Some((words, ())) = self.expression(i + 1, &self.lexicon.other) {
            return Some((i + words, String::new()));
        }
        if self.lexicon.other.iter().any(|(words, ())| *words == [before]) {
            return Some((i, String::new()));
        }
        if let Some((end, value)) = self.weekday_and_day(i, weekday) {
            return Some((end, value));
        }
        let lean = i.checked_sub(1).and_then(|before| self.lean(before));
        if lean.is_none() && (self.is_deadline(i) || self.is_counted(i)) {
            return Some((i, String::new()));
        }
        let lean = lean.unwrap_or_else(|| match self.tense(i, i) {
            Some(Tense::Future { .. }) => Lean::NotBefore,
            Some(Tense::Either) => Lean::Other,
            Some(Tense::Past) | None => Lean::NotAfter,
        });
        Some((i, value(lean)))
    }

    /// “by Friday”, “jusqu’à lundi”: it may be the one before the article's day or the one after.
    fn is_deadline(&self, i: usize) -> bool {
        let small = |key: &str| key == "a" || self.lexicon.the.contains(key);
        let mut before = (0..i).rev().map(|at| self.key(at)).skip_while(|key| small(key));
        before.next().is_some_and(|key| self.lexicon.deadline.contains(key))
    }

    /// “vendredi de la semaine prochaine”, “Friday last week”.
    fn weekday_of_week(&self, i: usize, weekday: i8) -> Option<(usize, String)> {
        let from = if matches!(self.key(i + 1), "of" | "de") { i + 2 } else { i + 1 };
        let (words, weeks) = self.expression(from, &self.lexicon.weeks)?;
        let value = self.today.and_then(|today| {
            let now = i32::from(today.weekday().to_monday_one_offset());
            today.checked_add((weeks * 7 + i32::from(weekday) - now).days()).ok()
        });
        Some((from + words - 1, value.map(edtf).unwrap_or_default()))
    }

    /// “vendredi 14”: the nearest day of that number on that weekday, not further than five weeks from the article's.
    fn weekday_and_day(&self, i: usize, weekday: i8) -> Option<(usize, String)> {
        let from = if self.key(i + 1) == "the" { i + 2 } else { i + 1 };
        let (day, after) = self.day(from)?;
        // “vendredi 14 h” and “Friday 8:30” are times.
        if matches!(self.key(after), "h" | "heures" | "heure" | ":" | "am" | "pm" | "a" | "p") {
            return None;
        }
        let value = self.today.and_then(|today| {
            (-35_i32..=35)
                .filter_map(|days| today.checked_add(days.days()).ok())
                .filter(|date| date.day() == day)
                .filter(|date| date.weekday().to_monday_one_offset() == weekday)
                .min_by_key(|date| (*date - today).get_days().abs())
        });
        match value {
            Some(date) => Some((after - 1, edtf(date))),
            // “vendredi 14 personnes ont été entendues”
            None if self.today.is_some() && self.plural(after) => None,
            None => Some((after - 1, String::new())),
        }
    }

    /// Weekdays that describe a habit: “du lundi au vendredi”, “Monday to Friday”.
    fn habit(&self, i: usize) -> Option<usize> {
        self.weekday(i)?;
        let next = self.connector(i + 1, false)?;
        self.weekday(next)?;
        let dated = self.written(next).is_some() || self.day(next + 1).is_some();
        (!dated).then_some(next)
    }

    /// Whether “of” and a month follow.
    fn of_month(&self, i: usize) -> bool {
        matches!(self.key(i), "of" | "de" | "d'" | "in") && self.month(i + 1).is_some()
            || self.key(i) == "du" && self.key(i + 1) == "mois"
    }

    /// “en janvier”, “fin février 2031”, “mars 2031”: without the word before it.
    fn month_alone(&self, i: usize) -> Option<(usize, String)> {
        let mut month = self.written(i).filter(|written| written.day.is_none())?;
        let before = self.key_before(i);
        let other = self.lexicon.other.iter().any(|(words, ())| *words == [before]);
        let told = month.year.is_some() || month.lean.is_some() || month.middle;
        // “en sept jours”: an abbreviation without its dot, a day or a year is an ordinary word.
        let bare = month.abbreviated && !month.dotted;
        if !told && (bare || !other && !self.lexicon.before_month.contains(before)) {
            return None;
        }
        if month.lean.is_none() && month.year.is_none() {
            if other {
                month.lean = Some(Lean::Other);
            } else if self.lexicon.since.contains(before) {
                month.lean = Some(Lean::NotAfter);
            }
        }
        Some((month.end, self.value(&self.meant(i, month))))
    }

    /// “hier”, “the day before yesterday”, “last year”.
    fn by_distance(&self, i: usize) -> Option<(usize, String)> {
        self.tokens.get(i).filter(|token| token.is_word())?;
        if let Some((words, days)) = self.expression(i, &self.lexicon.days) {
            let day = self.today.and_then(|today| today.checked_add(days.days()).ok());
            return Some((i + words - 1, day.map(edtf).unwrap_or_default()));
        }
        let (words, years) = self.expression(i, &self.lexicon.years)?;
        let value = self.today.map(|today| format!("{:04}", today.year() + years));
        Some((i + words - 1, value.unwrap_or_default()))
    }

    /// “en 2023”, “in 2023”, “mid-2023”.
    fn year_alone(&self, i: usize) -> Option<(usize, String)> {
        let middle = self.lexicon.middle.contains(self.key(i))
            && self.key(i + 1) == "-"
            && self.tight(i + 1)
            && self.tight(i + 2);
        let at = if middle { i + 2 } else { i };
        let year = self.year(at).filter(|year| (1500..=2199).contains(year))?;
        // Not a decade (“the 1990s”), a number of a longer one (“2030,5”), a price.
        let goes_on = self.tight(at + 1)
            && (self.key(at + 1) == "s"
                || self.tokens.get(at + 2).is_some_and(|t| t.kind == Kind::Number && !t.spaced));
        if goes_on || matches!(self.key(at + 1), "%" | "€" | "$" | "£") {
            return None;
        }
        let told = middle || self.lexicon.before_month.contains(self.key_before(i));
        told.then(|| (at, format!("{year:04}")))
    }

    /// Whether a word in the plural is here, as after a number that counts something.
    fn plural(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| {
            token.is_word() && token.key.ends_with(['s', 'x']) && token.key.chars().count() > 3
                || matches!(token.key.as_str(), "people" | "men" | "women" | "children" | "%" | "€")
        })
    }
}

/// The date of a weekday relative to a day; `None` where it is relative to another day.
fn near(today: Date, weekday: i8, lean: Lean) -> Option<String> {
    let now = today.weekday().to_monday_one_offset();
    let back = i32::from((now - weekday).rem_euclid(7));
    let days = match lean {
        Lean::NotAfter => -back,
        Lean::NotBefore => (7 - back) % 7,
        Lean::Last if back == 0 => -7,
        Lean::Last => -back,
        Lean::Next => 7 - back,
        // “ce vendredi” may be the day before, in an article published after midnight.
        Lean::This if back <= 1 => -back,
        // On a Wednesday, “this Monday” may be the one before or the one after.
        Lean::This if back <= 3 && weekday < now => return None,
        Lean::This => 7 - back,
        Lean::Other => return None,
    };
    today.checked_add(days.days()).ok().map(edtf)
}

fn edtf(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// The day of an article, where its date is a single day.
pub(super) fn day_of(edtf: &str) -> Option<Date> {
    let (first, last) = crate::notebook::edtf_span(edtf)?;
    let (year, month, day) = first;
    (first == last)
        .then(|| Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok())
        .flatten()
}
