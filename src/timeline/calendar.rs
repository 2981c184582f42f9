//! Days and seconds of the proleptic Gregorian calendar, as ISO 8601 counts them: with a year 0, and with the same rules
//! before 1582 as after it.
//!
//! Moments are seconds since the beginning of 1970, of the clock of whoever wrote them: a day is where its name says,
//! whatever zone a time of day may add.

use crate::notebook::{Day, MONTHS};

/// Seconds since the beginning of 1970-01-01, on the clock of whoever wrote the date.
pub type Seconds = i64;

/// Seconds of a minute, an hour and a day.
pub const MINUTE: Seconds = 60;
/// Seconds of an hour.
pub const HOUR: Seconds = 3_600;
/// Seconds of a day.
pub const DAY: Seconds = 86_400;
/// Seconds of a mean year of the Gregorian calendar (400 years have 146,097 days).
pub const YEAR: Seconds = 31_556_952;

/// The farthest moment that is told apart, before and after 1970: about 126 thousand million years. Farther years, which
/// EDTF can write, are all there.
pub const FARTHEST: Seconds = 4_000_000_000_000_000_000;

/// The days of a month.
#[must_use]
pub const fn days_in(year: i64, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.rem_euclid(4) == 0
            && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) =>
        {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// The number of a day, counted from 1970-01-01. A day that its month does not have is its last one.
///
/// Years are counted from March, so that the leap day is their last, and in cycles of 400 years, which all have 146,097
/// days (after H. Hinnant, “chrono-compatible low-level date algorithms”).
#[must_use]
pub const fn day_number((year, month, day): Day) -> i64 {
    let month = if month < 1 {
        1
    } else if month > 12 {
        12
    } else {
        month
    };
    let last = days_in(year, month);
    let day = if day < 1 {
        1
    } else if day > last {
        last
    } else {
        day
    };
    let year = if month <= 2 { year.saturating_sub(1) } else { year };
    let cycle = year.div_euclid(400);
    let of_cycle = year.rem_euclid(400);
    let month = (month as i64 + 9) % 12;
    let of_year = (153 * month + 2) / 5 + day as i64 - 1;
    let days = of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year;
    cycle.saturating_mul(146_097).saturating_add(days - 719_468)
}

/// The day of this number.
#[must_use]
pub const fn day_of(number: i64) -> Day {
    let days = number.saturating_add(719_468);
    let cycle = days.div_euclid(146_097);
    let of_cycle = days.rem_euclid(146_097);
    let years = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * years + years / 4 - years / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = years + cycle * 400 + if month <= 2 { 1 } else { 0 };
    (year, month as u8, day as u8)
}

/// When a day begins.
#[must_use]
pub const fn start_of(day: Day) -> Seconds {
    let at = day_number(day).saturating_mul(DAY);
    if at > FARTHEST {
        FARTHEST
    } else if at < -FARTHEST {
        -FARTHEST
    } else {
        at
    }
}

/// The day a moment is in.
#[must_use]
pub const fn day_at(at: Seconds) -> Day {
    day_of(at.div_euclid(DAY))
}

/// The day of the week, from Monday (0).
#[must_use]
pub const fn weekday(number: i64) -> u8 {
    (number.rem_euclid(7) + 3).rem_euclid(7) as u8
}

/// The names of the days of the week, short, from Monday.
pub const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// The name of a month, in full.
#[must_use]
pub fn month_name(month: u8) -> &'static str {
    MONTHS[usize::from(month.clamp(1, 12)) - 1]
}

/// A year as it is said: “2031”, “45 BC” of the year -44 (there is no year 0 but in counting).
#[must_use]
pub fn year_name(year: i64) -> String {
    if year > 0 { year.to_string() } else { format!("{} BC", 1 - year) }
}

/// A day as it is said: “14 March 2031”.
#[must_use]
pub fn day_name((year, month, day): Day) -> String {
    format!("{day} {} {}", month_name(month), year_name(year))
}

/// A day in EDTF: `2031-03-14`, `-0044-03-15`.
#[must_use]
pub fn edtf_of((year, month, day): Day) -> String {
    format!("{}-{month:02}-{day:02}", edtf_year(year))
}

/// A year in EDTF, of four digits or more.
#[must_use]
pub fn edtf_year(year: i64) -> String {
    match year {
        10_000.. | ..=-10_000 => format!("Y{year}"),
        0.. => format!("{year:04}"),
        _ => format!("-{:04}", -year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_those_of_another_calendar() {
        let origin = jiff::civil::date(1970, 1, 1);
        let mut day = jiff::civil::date(-9999, 1, 1);
        let mut number = None;
        loop {
            let ours = day_number((day.year().into(), day.month() as u8, day.day() as u8));
            if number.is_some_and(|before: i64| before % 9973 == 0) || number.is_none() {
                assert_eq!(ours, i64::from((day - origin).get_days()), "{day}");
            }
            assert_eq!(day_of(ours), (day.year().into(), day.month() as u8, day.day() as u8));
            assert_eq!(
                i64::from(weekday(ours)),
                i64::from(day.weekday().to_monday_zero_offset()),
                "{day}"
            );
            assert!(number.is_none_or(|before| before + 1 == ours), "{day}");
            number = Some(ours);
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
    }

    proptest! {
        #[test]
        fn every_day_has_its_number(number in -40_000_000_000_000_i64..40_000_000_000_000) {
            prop_assert_eq!(day_number(day_of(number)), number);
            prop_assert_eq!(day_at(start_of(day_of(number))), day_of(number));
        }

        #[test]
        fn nothing_overflows(year in any::<i64>(), month in any::<u8>(), day in any::<u8>(), at in any::<i64>()) {
            let start = start_of((year, month, day));
            prop_assert!(start.abs() <= FARTHEST);
            let _ = (day_at(at), weekday(at), year_name(year.saturating_add(1).max(-1_000_000_000_000)));
        }
    }

    #[test]
    fn days_and_years_are_said_in_words() {
        assert_eq!(day_name((2031, 3, 14)), "14 March 2031");
        assert_eq!(day_name((-43, 3, 15)), "15 March 44 BC");
        assert_eq!(edtf_of((-43, 3, 15)), "-0043-03-15");
        assert_eq!(edtf_year(17_000), "Y17000");
    }
}
