//! Dates, and what day they are: EDTF, computed against the day of the article.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::Date;

use super::lexicon::Lexicon;
use super::tokens::{Kind, Token};

/// A date in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub range: Range<usize>,
    /// EDTF; empty where it cannot be told.
    pub value: String,
}

/// The dates in a paragraph, in order. `today` is the article's day, where it is known.
pub(super) fn dates(tokens: &[Token], lexicon: &Lexicon, today: Option<Date>) -> Vec<Found> {
    let rule = Rule { tokens, lexicon, today };
    let mut found = Vec::new();
    let mut i = 0;
    while i < tokens.len() {
        match rule.at(i) {
            Some((end, value)) => {
                found.push(Found { range: tokens[i].range.start..tokens[end].range.end, value });
                i = end + 1;
            }
            None => i += 1,
        }
    }
    found
}

struct Rule<'a> {
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
    today: Option<Date>,
}

impl Rule<'_> {
    fn key(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |token| token.key.as_str())
    }

    fn number(&self, i: usize, range: std::ops::RangeInclusive<i16>) -> Option<i16> {
        let token = self.tokens.get(i).filter(|token| token.kind == Kind::Number)?;
        token.key.parse().ok().filter(|n| range.contains(n))
    }

    fn year(&self, i: usize) -> Option<i16> {
        let four = self.tokens.get(i).is_some_and(|token| token.range.len() == 4);
        self.number(i, 1000..=2999).filter(|_| four)
    }

    /// English months have a capital: “may” and “march” are verbs.
    fn month(&self, i: usize) -> Option<i8> {
        let token = self.tokens.get(i).filter(|token| token.is_word())?;
        let capital = token.capital || self.lexicon.language != "en";
        self.lexicon.months.get(&token.key).copied().filter(|_| capital)
    }

    fn weekday(&self, i: usize) -> Option<i8> {
        let token = self.tokens.get(i).filter(|token| token.is_word())?;
        self.lexicon.weekdays.get(&token.key).copied()
    }

    /// The last token of the date that begins here, and its value.
    fn at(&self, i: usize) -> Option<(usize, String)> {
        if let Some(found) = self.in_numbers(i) {
            return Some(found);
        }
        let weekday = self.weekday(i);
        // “jeudi 6 mars”, “Thursday, 6 March”
        let from = match weekday {
            Some(_) if self.key(i + 1) == "," => i + 2,
            Some(_) => i + 1,
            None => i,
        };
        if let Some((end, day, month, year)) = self.day_and_month(from) {
            return Some((end, self.value(weekday, day, month, year)));
        }
        if let Some(weekday) = weekday {
            let next = self.lexicon.next.contains(self.key(i + 1));
            let value = self.today.map(|today| near(today, weekday, next)).unwrap_or_default();
            return Some((if next { i + 1 } else { i }, value));
        }
        self.month_alone(i).or_else(|| self.by_distance(i)).or_else(|| self.year_alone(i))
    }

    /// “6 mars 2031”, “1er mars”, “6th of March”, “March 6, 2031”: the last token, day, month, year.
    fn day_and_month(&self, i: usize) -> Option<(usize, i8, i8, Option<i16>)> {
        if let Some(day) = self.number(i, 1..=31) {
            let mut at = i + 1;
            if matches!(self.key(at), "er" | "st" | "nd" | "rd" | "th") && !self.tokens[at].spaced {
                at += 1;
            }
            if self.key(at) == "of" {
                at += 1;
            }
            let month = self.month(at)?;
            let year = self.year(at + 1);
            return Some((at + usize::from(year.is_some()), day as i8, month, year));
        }
        let month = self.month(i)?;
        let day = self.number(i + 1, 1..=31)?;
        let mut end = i + 1;
        if matches!(self.key(end + 1), "st" | "nd" | "rd" | "th") {
            end += 1;
        }
        let comma = usize::from(self.key(end + 1) == ",");
        let year = self.year(end + 1 + comma);
        Some((end + year.map_or(0, |_| 1 + comma), day as i8, month, year))
    }

    fn value(&self, weekday: Option<i8>, day: i8, month: i8, year: Option<i16>) -> String {
        if let Some(year) = year {
            return Date::new(year, month, day).map(edtf).unwrap_or_default();
        }
        let Some(today) = self.today else { return String::new() };
        // The year that brings the day nearest to the article's, of those in which the weekday is right.
        let days = (today.year() - 1..=today.year() + 1)
            .filter_map(|year| Date::new(year, month, day).ok());
        let right =
            |date: &Date| weekday.is_none_or(|w| date.weekday().to_monday_one_offset() == w);
        let nearest =
            |days: Vec<Date>| days.into_iter().min_by_key(|date| (*date - today).get_days().abs());
        let all: Vec<Date> = days.collect();
        let fitting: Vec<Date> = all.iter().copied().filter(right).collect();
        nearest(if fitting.is_empty() { all } else { fitting }).map(edtf).unwrap_or_default()
    }

    /// “en janvier”, “fin février 2031”, “mars 2031”: without the word before it.
    fn month_alone(&self, i: usize) -> Option<(usize, String)> {
        let month = self.month(i)?;
        if let Some(year) = self.year(i + 1) {
            return Some((i + 1, format!("{year:04}-{month:02}")));
        }
        let before = i.checked_sub(1).map_or("", |before| self.key(before));
        if !self.lexicon.before_month.contains(before) {
            return None;
        }
        let value = self.today.and_then(|today| {
            let months = |year: i16| i32::from(year) * 12 + i32::from(month);
            let now = i32::from(today.year()) * 12 + i32::from(today.month());
            let year = (today.year() - 1..=today.year() + 1)
                .min_by_key(|year| (months(*year) - now).abs())?;
            Some(format!("{year:04}-{month:02}"))
        });
        Some((i, value.unwrap_or_default()))
    }

    /// “hier”, “last year”.
    fn by_distance(&self, i: usize) -> Option<(usize, String)> {
        let token = self.tokens.get(i).filter(|token| token.is_word())?;
        if let Some(days) = self.lexicon.days.get(&token.key) {
            let day = self.today.and_then(|today| today.checked_add(days.days()).ok());
            return Some((i, day.map(edtf).unwrap_or_default()));
        }
        let (words, years) = self.lexicon.years.iter().find(|(words, _)| {
            words.iter().enumerate().all(|(n, word)| self.key(i + n) == word.as_str())
        })?;
        let value = self.today.map(|today| format!("{:04}", today.year() + years));
        Some((i + words.len() - 1, value.unwrap_or_default()))
    }

    /// “en 2023”, “in 2023”.
    fn year_alone(&self, i: usize) -> Option<(usize, String)> {
        let year = self.year(i).filter(|year| (1500..=2199).contains(year))?;
        let before = i.checked_sub(1).map_or("", |before| self.key(before));
        self.lexicon.before_month.contains(before).then(|| (i, format!("{year:04}")))
    }

    /// 2031-03-06, 06/03/2031, 6.3.2031.
    fn in_numbers(&self, i: usize) -> Option<(usize, String)> {
        let sign = self.key(i + 1);
        let tight =
            (i + 1..=i + 4).all(|at| self.tokens.get(at).is_some_and(|token| !token.spaced));
        if !tight || !matches!(sign, "-" | "/" | ".") || self.key(i + 3) != sign {
            return None;
        }
        // Not the middle of a longer number.
        if self.tokens.get(i + 5).is_some_and(|token| token.kind == Kind::Number && !token.spaced) {
            return None;
        }
        let date = if let Some(year) = self.year(i) {
            let (month, day) = (self.number(i + 2, 1..=12)?, self.number(i + 4, 1..=31)?);
            Date::new(year, month as i8, day as i8).ok()?
        } else {
            let year = self.year(i + 4)?;
            let (a, b) = (self.number(i, 1..=31)?, self.number(i + 2, 1..=31)?);
            let (day, month) = match (a > 12, b > 12) {
                (_, false) if a > 12 || self.lexicon.day_first || sign == "." => (a, b),
                (false, true) => (b, a),
                _ => return None,
            };
            Date::new(year, month as i8, day as i8).ok()?
        };
        Some((i + 4, edtf(date)))
    }
}

/// The last such day of the week up to the article's day; the first after it where the next one is meant.
fn near(today: Date, weekday: i8, next: bool) -> String {
    let now = today.weekday().to_monday_one_offset();
    let back = (now - weekday).rem_euclid(7);
    let days = if next { 7 - i32::from(back) } else { -i32::from(back) };
    today.checked_add(days.days()).map(edtf).unwrap_or_default()
}

fn edtf(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// The day an article is of, where its date is a single day.
pub(super) fn day_of(edtf: &str) -> Option<Date> {
    let (first, last) = crate::notebook::edtf_span(edtf)?;
    let (year, month, day) = first;
    (first == last)
        .then(|| Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok())
        .flatten()
}
