//! Dates as EDTF: the Extended Date/Time Format of ISO 8601-2:2019, levels 0 and 1
//! (<https://www.loc.gov/standards/datetime/>): calendar dates of any precision, uncertain (`?`),
//! approximate (`~`), both (`%`), unspecified digits (`X`), seasons (months 21 to 24), open and unknown
//! interval ends (`..` and nothing), years of more than four digits (`Y`).

/// A date that is not EDTF of level 0 or 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "“{found}” is not a date of the Extended Date/Time Format: write 2023-11-17, 2023-11, 2023-11-17~ (about), 2023? (uncertain) or 2023-11-17/.. (from then on)"
)]
pub struct EdtfError {
    found: String,
}

/// Whether `text` is empty or EDTF of level 0 or 1.
///
/// # Errors
/// Says what was found and what to write instead.
pub fn check_edtf(text: &str) -> Result<(), EdtfError> {
    if text.is_empty() || edtf_span(text).is_some() {
        Ok(())
    } else {
        Err(EdtfError { found: text.chars().take(40).collect() })
    }
}

/// The first and last day an EDTF date can mean, as (year, month, day), for sorting: an open or unknown end is
/// `i64::MIN` or `i64::MAX` years. `None` when the text is not EDTF.
///
/// ```
/// use casebook::notebook::{check_edtf, edtf_span};
///
/// assert_eq!(edtf_span("2031-02"), Some(((2031, 2, 1), (2031, 2, 28))));
/// assert_eq!(edtf_span("203X~"), Some(((2030, 1, 1), (2039, 12, 31))));
/// assert_eq!(edtf_span("last Friday"), None);
/// assert!(check_edtf("2031-03-14/..").is_ok() && check_edtf("14.3.2031").is_err());
/// ```
#[must_use]
pub fn edtf_span(text: &str) -> Option<(Day, Day)> {
    if let Some((from, to)) = text.split_once('/') {
        let open = |end: &str| end.is_empty() || end == "..";
        if open(from) && open(to) {
            return None;
        }
        let start = if open(from) { (i64::MIN, 1, 1) } else { date(from)?.0 };
        let end = if open(to) { (i64::MAX, 12, 31) } else { date(to)?.1 };
        return (start <= end).then_some((start, end));
    }
    date(text)
}

/// A day of the proleptic Gregorian calendar: year, month, day.
pub type Day = (i64, u8, u8);

fn date(text: &str) -> Option<(Day, Day)> {
    let text = text.strip_suffix(['?', '~', '%']).unwrap_or(text);
    // A time of day is level 0: YYYY-MM-DDTHH:MM:SS with an optional zone.
    let text = match text.split_once('T') {
        Some((day, time)) => {
            valid_time(time).then_some(())?;
            (day.len() == 10).then_some(day)?
        }
        None => text,
    };
    if let Some(year) = text.strip_prefix('Y') {
        let digits = year.strip_prefix('-').unwrap_or(year);
        let long =
            digits.len() > 4 && digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit());
        let year: i64 = long.then(|| year.parse().ok())??;
        return Some(((year, 1, 1), (year, 12, 31)));
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let mut parts = rest.split('-');
    let (low_year, high_year) = digits(parts.next()?, 4)?;
    let (low_year, high_year) = match sign {
        -1 => (-high_year, -low_year),
        _ => (low_year, high_year),
    };
    let Some(month) = parts.next() else {
        return Some(((low_year, 1, 1), (high_year, 12, 31)));
    };
    let (low_month, high_month) = match digits(month, 2)? {
        // Spring to winter, as quarters in their usual months of the northern hemisphere.
        (season @ 21..=24, last) if season == last => {
            let first = [3_u8, 6, 9, 12][(season - 21) as usize];
            return parts.next().is_none().then_some((
                (low_year, first, 1),
                if first == 12 { (high_year + 1, 2, 29) } else { (high_year, first + 2, 31) },
            ));
        }
        (low, high) => (low.max(1), high.min(12)),
    };
    if low_month > high_month {
        return None;
    }
    let (low_month, high_month) = (low_month as u8, high_month as u8);
    let Some(day) = parts.next() else {
        return Some((
            (low_year, low_month, 1),
            (high_year, high_month, days_in(high_year, high_month)),
        ));
    };
    let longest = (low_month..=high_month).map(|m| days_in(high_year, m)).max()?;
    let (low_day, high_day) = digits(day, 2)?;
    let (low_day, high_day) = (low_day.max(1), high_day.min(i64::from(longest)));
    if low_day > high_day || parts.next().is_some() {
        return None;
    }
    Some(((low_year, low_month, low_day as u8), (high_year, high_month, high_day as u8)))
}

/// The smallest and largest number that `width` digits can mean, where `X` is any digit.
fn digits(text: &str, width: usize) -> Option<(i64, i64)> {
    if text.len() != width {
        return None;
    }
    let mut low = 0;
    let mut high = 0;
    let mut unspecified = false;
    for byte in text.bytes() {
        let (l, h) = match byte {
            // At level 1 the unspecified digits are the rightmost ones.
            b'0'..=b'9' if !unspecified => (i64::from(byte - b'0'), i64::from(byte - b'0')),
            b'X' => {
                unspecified = true;
                (0, 9)
            }
            _ => return None,
        };
        low = low * 10 + l;
        high = high * 10 + h;
    }
    Some((low, high))
}

fn valid_time(time: &str) -> bool {
    let clock = time.strip_suffix('Z').unwrap_or(time);
    let clock = match clock.get(8..) {
        Some(zone) if zone.starts_with(['+', '-']) => {
            let zone = &zone[1..];
            let valid = zone.len() == 5 && zone.as_bytes()[2] == b':' || zone.len() == 2;
            if !valid || !zone.bytes().all(|b| b.is_ascii_digit() || b == b':') {
                return false;
            }
            &clock[..8]
        }
        _ => clock,
    };
    let numbers: Vec<Option<u32>> =
        clock.split(':').map(|n| (n.len() == 2).then(|| n.parse().ok()).flatten()).collect();
    matches!(numbers[..], [Some(h), Some(m), Some(s)] if h < 24 && m < 60 && s < 61)
}

const fn days_in(year: i64, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_levels_0_and_1_are_taken() {
        for good in [
            "",
            "2023",
            "2023-11",
            "2023-11-17",
            "2023-11-17?",
            "2023-11~",
            "2023%",
            "202X",
            "20XX",
            "2023-XX",
            "2023-11-XX",
            "2023-21",
            "2023-11-17/..",
            "../2023-11-17",
            "2023/2024",
            "2023-11-17T20:30:00",
            "2023-11-17T20:30:00Z",
            "2023-11-17T20:30:00+01:00",
            "-0044",
            "Y17000",
            "2024-02-29",
            "2023-11-17/",
            "1985-04~/2004-06?",
        ] {
            assert_eq!(check_edtf(good), Ok(()), "{good}");
        }
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for bad in [
            "vendredi",
            "17/11/2023",
            "2023-13",
            "2023-02-30",
            "2023-1-1",
            "23",
            "2023-11-17T25:00:00",
            "/",
            "..",
            "../..",
            "2024/2023",
            "2X23",
            "2023-11-17-",
            "2023-00-00x",
            "é",
            "2023-11-17Té",
            "Y",
            "--2023",
            "2023-25",
        ] {
            assert!(check_edtf(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_span_covers_what_the_date_can_mean() {
        assert_eq!(edtf_span("2023-02"), Some(((2023, 2, 1), (2023, 2, 28))));
        assert_eq!(edtf_span("202X"), Some(((2020, 1, 1), (2029, 12, 31))));
        assert_eq!(edtf_span("2023-11-17/.."), Some(((2023, 11, 17), (i64::MAX, 12, 31))));
    }
}
