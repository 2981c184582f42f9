//! Times as people say them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A moment (seconds since 1970, UTC) on this machine's clock: the time alone today, with its date otherwise.
#[must_use]
pub fn time_of(seconds: i64) -> String {
    let zone = TimeZone::system();
    let Ok(at) = Timestamp::from_second(seconds) else { return "an unknown time".to_owned() };
    let at = at.to_zoned(zone.clone());
    let today = Timestamp::now().to_zoned(zone).date() == at.date();
    at.strftime(if today { "%H:%M" } else { "%-d %B %Y, %H:%M" }).to_string()
}

/// A moment as part of a file's name.
#[must_use]
pub fn time_in_name(seconds: i64) -> String {
    Timestamp::from_second(seconds)
        .map(|at| at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d-%H%M%S").to_string())
        .unwrap_or_default()
}
