//! Times in words.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A time (seconds since 1970, UTC) in this machine's time zone: without the date if it is today.
#[must_use]
pub fn time_of(seconds: i64) -> String {
    let zone = TimeZone::system();
    let Ok(at) = Timestamp::from_second(seconds) else { return "an unknown time".to_owned() };
    let at = at.to_zoned(zone.clone());
    let today = Timestamp::now().to_zoned(zone).date() == at.date();
    at.strftime(if today { "%H:%M" } else { "%-d %B %Y, %H:%M" }).to_string()
}

/// Today, in this machine's time zone, in words: “12 March 2031”.
#[must_use]
pub fn today() -> String {
    Timestamp::now().to_zoned(TimeZone::system()).strftime("%-d %B %Y").to_string()
}

/// A time as part of a file name.
#[must_use]
pub fn time_in_name(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map(|at| at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d-%H%M%S").to_string())
        .unwrap_or_default()
}
