//! What a date of EDTF takes up on the axis: from when to when it can be, what of that is certain, and what its ends are.

use super::calendar::{DAY, HOUR, MINUTE, Seconds, days_in, start_of};
use crate::notebook::{Day, edtf_span};

/// What is known of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// Where it is said to be.
    Sharp,
    /// Approximate (`~`, `%`): about there.
    About,
    /// Open (`..`): it goes on.
    Open,
    /// Unknown (nothing before or after the `/`): there is an end, and nobody says where.
    Unknown,
}

/// How exactly a date is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// To the second.
    Time,
    /// To the day.
    Day,
    /// To the month, or to a few days of it.
    Month,
    /// To the season.
    Season,
    /// To the year.
    Year,
    /// To a decade or a century.
    Years,
}

impl Precision {
    /// In words: “to the day”.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Time => "to the second",
            Self::Day => "to the day",
            Self::Month => "to the month",
            Self::Season => "to the season",
            Self::Year => "to the year",
            Self::Years => "to some years",
        }
    }
}

/// What a date takes up. `earliest < latest` always.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The first moment it can be; `Seconds::MIN` where it is open or unknown.
    pub earliest: Seconds,
    /// The moment after the last it can be; `Seconds::MAX` where it is open or unknown.
    pub latest: Seconds,
    /// What it certainly takes up: all of a day or of an interval between days; nothing of a date that only says within
    /// which month or year.
    pub core: Option<(Seconds, Seconds)>,
    /// Its beginning.
    pub start: End,
    /// Its end.
    pub end: End,
    /// It is uncertain (`?`, `%`): whether it was then at all.
    pub uncertain: bool,
    /// It is an interval: it lasted, rather than being at some time.
    pub lasts: bool,
    /// The less exact of its ends.
    pub precision: Precision,
    /// How far an approximate date may be off, on either side: as much again as it takes up.
    pub slack: Seconds,
    /// The zone of a time of day, in seconds east of Greenwich, where one is written.
    pub zone: Option<i32>,
}

impl Extent {
    /// The extent of a date; `None` where the text is no EDTF of level 0 or 1, or empty.
    ///
    /// ```
    /// use casebook::timeline::{End, Extent};
    ///
    /// let about = Extent::of("2031-03~").expect("a date");
    /// assert_eq!((about.latest - about.earliest) / 86_400, 31);
    /// assert_eq!((about.start, about.core), (End::About, None));
    /// assert_eq!(Extent::of("2031-03-14/..").map(|it| it.end), Some(End::Open));
    /// assert_eq!(Extent::of("one day"), None);
    /// ```
    #[must_use]
    pub fn of(edtf: &str) -> Option<Self> {
        // What is valid, one place in the house says.
        edtf_span(edtf)?;
        let Some((from, to)) = edtf.split_once('/') else {
            let part = Part::of(edtf)?;
            let end = if part.approximate { End::About } else { End::Sharp };
            let exact = part.precision <= Precision::Day;
            return Some(Self {
                earliest: part.from,
                latest: part.to,
                core: exact.then_some((part.from, part.to)),
                start: end,
                end,
                uncertain: part.uncertain,
                lasts: false,
                precision: part.precision,
                slack: part.slack(),
                zone: part.zone,
            });
        };
        let open = |end: &str| match end {
            "" => Some(End::Unknown),
            ".." => Some(End::Open),
            _ => None,
        };
        let side = |text: &str| -> Option<(Option<Part>, End)> {
            match open(text) {
                Some(end) => Some((None, end)),
                None => {
                    let part = Part::of(text)?;
                    Some((Some(part), if part.approximate { End::About } else { End::Sharp }))
                }
            }
        };
        let ((first, start), (last, end)) = (side(from)?, side(to)?);
        let exact = |part: &Part| part.precision <= Precision::Day;
        let inner = (
            first.map(|part| if exact(&part) { part.from } else { part.to }),
            last.map(|part| if exact(&part) { part.to } else { part.from }),
        );
        // Of an open end, all is certain that way; of an unknown one, nothing beyond the other end.
        let core = match (inner, start, end) {
            ((Some(a), Some(b)), ..) => Some((a, b)),
            ((Some(a), None), _, End::Open) => Some((a, Seconds::MAX)),
            ((None, Some(b)), End::Open, _) => Some((Seconds::MIN, b)),
            ((Some(_), None), ..) => first.filter(exact).map(|part| (part.from, part.to)),
            ((None, Some(_)), ..) => last.filter(exact).map(|part| (part.from, part.to)),
            ((None, None), ..) => None,
        };
        let both = [first, last];
        let parts = || both.iter().flatten();
        let zones = (first.and_then(|part| part.zone), last.and_then(|part| part.zone));
        Some(Self {
            earliest: first.map_or(Seconds::MIN, |part| part.from),
            latest: last.map_or(Seconds::MAX, |part| part.to),
            core: core.filter(|(from, to)| from < to),
            start,
            end,
            uncertain: parts().any(|part| part.uncertain),
            lasts: true,
            precision: parts().map(|part| part.precision).max()?,
            slack: parts().map(Part::slack).max()?,
            zone: match zones {
                (Some(a), Some(b)) => (a == b).then_some(a),
                (one, other) => one.or(other),
            },
        })
    }

    /// The part of it with an end on both sides, to be shown: of an open or unknown one the day at its other end.
    #[must_use]
    pub fn known(&self) -> (Seconds, Seconds) {
        match (self.earliest, self.latest) {
            (Seconds::MIN, Seconds::MAX) => (0, DAY),
            (Seconds::MIN, to) => (to.saturating_sub(DAY), to),
            (from, Seconds::MAX) => (from, from.saturating_add(DAY)),
            both => both,
        }
    }

    /// Whether all of it is after all of another, whatever its vagueness allows: it cannot have been before it.
    #[must_use]
    pub fn is_surely_after(&self, other: &Self) -> bool {
        if self.earliest == Seconds::MIN || other.latest == Seconds::MAX {
            return false;
        }
        // On clocks of different zones, or where only one of them is known, moments are compared as they were.
        let shift = match (self.zone, other.zone) {
            (Some(a), Some(b)) => i64::from(b) - i64::from(a),
            // The other clock may be any on earth, from 12 hours west of Greenwich to 14 east.
            (Some(a), None) => -12 * HOUR - i64::from(a),
            (None, Some(b)) => i64::from(b) - 14 * HOUR,
            (None, None) => 0,
        };
        let slack = self.slack.saturating_add(other.slack);
        self.earliest.saturating_add(shift).saturating_sub(slack) >= other.latest
    }

    /// How sure the date is, in words: “to the month, approximate, uncertain”.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = vec![if self.lasts {
            match self.precision {
                Precision::Time | Precision::Day => "lasting",
                other => return self.with_vagueness(vec!["lasting", other.words()]),
            }
        } else {
            self.precision.words()
        }];
        if self.lasts && self.precision <= Precision::Day {
            words.push("to the day");
        }
        self.with_vagueness(words)
    }

    fn with_vagueness(&self, mut words: Vec<&'static str>) -> String {
        if [self.start, self.end].contains(&End::About) {
            words.push("approximate");
        }
        if self.uncertain {
            words.push("uncertain");
        }
        match (self.start, self.end) {
            (End::Open, _) => words.push("open beginning"),
            (End::Unknown, _) => words.push("beginning unknown"),
            (_, End::Open) => words.push("open end"),
            (_, End::Unknown) => words.push("end unknown"),
            _ => {}
        }
        words.join(", ")
    }
}

/// A date that is no interval.
#[derive(Clone, Copy, Debug)]
struct Part {
    from: Seconds,
    to: Seconds,
    approximate: bool,
    uncertain: bool,
    precision: Precision,
    zone: Option<i32>,
}

impl Part {
    /// Reads a date that is known to be valid.
    fn of(text: &str) -> Option<Self> {
        let (bare, approximate, uncertain) = match text.as_bytes().last()? {
            b'~' => (&text[..text.len() - 1], true, false),
            b'?' => (&text[..text.len() - 1], false, true),
            b'%' => (&text[..text.len() - 1], true, true),
            _ => (text, false, false),
        };
        let (first, last) = edtf_span(bare)?;
        let (from, to) = (start_of(first), after(last));
        let part = Self { from, to, approximate, uncertain, precision: Precision::Day, zone: None };
        // A time is of one day; of a day that is not known it says nothing.
        let (day, time) = match bare.split_once('T') {
            Some((day, time)) => (day, Some(time).filter(|_| first == last)),
            None => (bare, None),
        };
        if let Some(time) = time {
            let (second, zone) = time_of_day(time)?;
            let at = from.saturating_add(second);
            return Some(Self { from: at, to: at + 1, precision: Precision::Time, zone, ..part });
        }
        Some(Self { precision: precision(day), ..part })
    }

    const fn slack(&self) -> Seconds {
        if self.approximate { self.to.saturating_sub(self.from) } else { 0 }
    }
}

/// When the day after this one begins. The last day of a winter may be named as the 29th of February.
const fn after((year, month, day): Day) -> Seconds {
    let last = days_in(year, month);
    let at = start_of((year, month, if day > last { last } else { day }));
    at.saturating_add(DAY)
}

/// The second of the day, and the zone.
fn time_of_day(time: &str) -> Option<(Seconds, Option<i32>)> {
    let two = |at: usize| time.get(at..at + 2)?.parse::<Seconds>().ok();
    let second = two(0)? * HOUR + two(3)? * MINUTE + two(6)?;
    // A leap second is the last of its day.
    let second = second.min(DAY - 1);
    let zone = match time.get(8..)? {
        "" => None,
        "Z" => Some(0),
        zone => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let hours: i32 = zone.get(1..3)?.parse().ok()?;
            let minutes: i32 = zone.get(4..6).map_or(Some(0), |text| text.parse().ok())?;
            Some(sign * (hours * 3_600 + minutes * 60))
        }
    };
    Some((second, zone))
}

/// How exactly a date without time is written.
fn precision(bare: &str) -> Precision {
    let rest = bare.strip_prefix('-').unwrap_or(bare);
    let parts: Vec<&str> = rest.split('-').collect();
    let season = |month: &str| matches!(month, "21" | "22" | "23" | "24");
    match parts[..] {
        [year, ..] if year.starts_with('Y') => Precision::Year,
        [year, ..] if year.contains('X') => Precision::Years,
        [_] => Precision::Year,
        [_, month] if season(month) => Precision::Season,
        [_, month, ..] if month.contains('X') => Precision::Year,
        [_, _] => Precision::Month,
        [_, _, day, ..] if day.contains('X') => Precision::Month,
        _ => Precision::Day,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::timeline::calendar::{day_at, edtf_of};

    fn days(edtf: &str) -> (String, String) {
        let extent = Extent::of(edtf).unwrap_or_else(|| panic!("{edtf}"));
        let day = |at: Seconds| match at {
            Seconds::MIN => "past".to_owned(),
            Seconds::MAX => "future".to_owned(),
            at => edtf_of(day_at(at)),
        };
        (day(extent.earliest), day(extent.latest.saturating_sub(1)))
    }

    fn pair(a: &str, b: &str) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    #[test]
    fn an_extent_is_from_the_first_moment_to_the_last() {
        assert_eq!(days("2031-03-14"), pair("2031-03-14", "2031-03-14"));
        assert_eq!(days("2031-02"), pair("2031-02-01", "2031-02-28"));
        assert_eq!(days("2031-24"), pair("2031-12-01", "2032-02-29"));
        assert_eq!(days("2030-24"), pair("2030-12-01", "2031-02-28"));
        assert_eq!(days("203X"), pair("2030-01-01", "2039-12-31"));
        assert_eq!(days("-0044"), pair("-0044-01-01", "-0044-12-31"));
        assert_eq!(days("2031-03-14/2031-04"), pair("2031-03-14", "2031-04-30"));
        assert_eq!(days("../2031"), ("past".to_owned(), "2031-12-31".to_owned()));
        assert_eq!(Extent::of("2031-03-14/").unwrap().latest, Seconds::MAX);
        assert_eq!(Extent::of(""), None);
        assert_eq!(Extent::of("../.."), None);
    }

    #[test]
    fn ends_are_what_is_known_of_them() {
        let ends = |edtf: &str| {
            let it = Extent::of(edtf).unwrap();
            (it.start, it.end, it.uncertain)
        };
        assert_eq!(ends("2031-03-14"), (End::Sharp, End::Sharp, false));
        assert_eq!(ends("2031-03-14~"), (End::About, End::About, false));
        assert_eq!(ends("2031?"), (End::Sharp, End::Sharp, true));
        assert_eq!(ends("2031%"), (End::About, End::About, true));
        assert_eq!(ends("2031~/.."), (End::About, End::Open, false));
        assert_eq!(ends("/2031?"), (End::Unknown, End::Sharp, true));
    }

    #[test]
    fn the_core_is_what_is_certain() {
        let core = |edtf: &str| {
            let (from, to) = Extent::of(edtf).unwrap().core?;
            Some((edtf_of(day_at(from)), edtf_of(day_at(to - 1))))
        };
        assert_eq!(core("2031-03-14"), Some(pair("2031-03-14", "2031-03-14")));
        assert_eq!(core("2031-03"), None);
        assert_eq!(core("2030/2032"), Some(pair("2031-01-01", "2031-12-31")));
        assert_eq!(core("2030/2031"), None);
        assert_eq!(core("2031-03-14/2031-03-20"), Some(pair("2031-03-14", "2031-03-20")));
        assert_eq!(core("2031-03-14/"), Some(pair("2031-03-14", "2031-03-14")));
        assert_eq!(Extent::of("2031-03-14/..").unwrap().core.unwrap().1, Seconds::MAX);
    }

    #[test]
    fn what_is_vague_may_be_off_by_as_much_again() {
        let after =
            |a: &str, b: &str| Extent::of(a).unwrap().is_surely_after(&Extent::of(b).unwrap());
        assert!(after("2031-03-15", "2031-03-14") && !after("2031-03-14", "2031-03-14"));
        assert!(!after("2031-03-15~", "2031-03-14") && after("2031-03-16~", "2031-03-14"));
        assert!(!after("2031-03-15/..", "2031-03-01/.."));
        assert!(after("2031-03-14T12:00:00Z", "2031-03-14T12:30:00+02:00"));
        assert!(!after("2031-03-14T12:00:00+02:00", "2031-03-14T11:30:00Z"));
        assert!(!after("2031-03-15T01:00:00Z", "2031-03-14"), "elsewhere it is that day still");
        assert!(after("2031-03-15T14:00:00Z", "2031-03-14"));
    }

    #[test]
    fn how_sure_a_date_is_is_said_in_words() {
        let words = |edtf: &str| Extent::of(edtf).unwrap().words();
        assert_eq!(words("2031-03-14"), "to the day");
        assert_eq!(words("2031-03~"), "to the month, approximate");
        assert_eq!(words("203X?"), "to some years, uncertain");
        assert_eq!(words("2031-03-14/.."), "lasting, to the day, open end");
        assert_eq!(words("/2031"), "lasting, to the year, beginning unknown");
    }
}
