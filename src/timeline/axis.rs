//! The axis: ticks at round moments, as close as their words have room, and over them the larger unit they are part of.

use super::calendar::{
    DAY, FARTHEST, HOUR, MINUTE, Seconds, WEEKDAYS, day_at, day_name, day_number, edtf_of,
    edtf_year, month_name, start_of, weekday, year_name,
};
use super::view::View;
use super::words_width::words_width;

/// Size of the face of the axis, in points.
pub const FACE: f32 = 12.0;
/// What is free between the words of two ticks, in points.
const GAP: f32 = 14.0;

/// The distance of two ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many seconds: a part of a day.
    Seconds(Seconds),
    /// A day.
    Day,
    /// A week, from Monday.
    Week,
    /// So many months: 1 or 3.
    Months(u8),
    /// So many years: 1, 2, 5 and their tenfolds.
    Years(i64),
}

/// The steps below a year.
const FINE: [Step; 16] = [
    Step::Seconds(1),
    Step::Seconds(5),
    Step::Seconds(15),
    Step::Seconds(30),
    Step::Seconds(MINUTE),
    Step::Seconds(5 * MINUTE),
    Step::Seconds(15 * MINUTE),
    Step::Seconds(30 * MINUTE),
    Step::Seconds(HOUR),
    Step::Seconds(3 * HOUR),
    Step::Seconds(6 * HOUR),
    Step::Seconds(12 * HOUR),
    Step::Day,
    Step::Week,
    Step::Months(1),
    Step::Months(3),
];

/// The most years between two ticks.
const MOST_YEARS: i64 = 100_000_000_000;

/// A tick.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The moment.
    pub at: Seconds,
    /// Where it is, from the left.
    pub x: f32,
    /// What is written there.
    pub label: String,
    /// The larger unit begins here.
    pub strong: bool,
}

/// A larger unit that ticks are part of, as far as it is in view.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Where it begins.
    pub left: f32,
    /// Where it ends.
    pub right: f32,
    /// Its name; empty where it has no room.
    pub label: String,
    /// Where the name begins: in view as long as there is room.
    pub label_at: f32,
}

/// The axis of a view.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The distance of the ticks.
    pub step: Step,
    /// The ticks in view, from the left.
    pub ticks: Vec<Tick>,
    /// The units over them, from the left; none over years.
    pub units: Vec<Unit>,
}

impl Axis {
    /// The axis of a view of this width, in points.
    #[must_use]
    pub fn of(view: View, width: f32) -> Self {
        let step = Step::fitting(view);
        let (from, to) = (view.moment(-80.0, width), view.moment(width + 80.0, width));
        let long = step.has_room(view, step.widest(view, true));
        let mut ticks = Vec::new();
        let mut at = step.at_or_before(from);
        // A screen has a few hundred at most.
        while at <= to && ticks.len() < 2_000 {
            ticks.push(Tick {
                at,
                x: view.x(at, width),
                label: step.label(at, long),
                strong: step.unit().is_some_and(|unit| unit.begins_at(at)),
            });
            let next = step.next(at);
            if next <= at {
                break;
            }
            at = next;
        }
        let units = step.unit().map_or_else(Vec::new, |unit| unit.all(view, width, from, to));
        Self { step, ticks, units }
    }
}

impl Step {
    /// The closest step at which the words of ticks do not touch.
    #[must_use]
    pub fn fitting(view: View) -> Self {
        let fits = |step: &Self| step.has_room(view, step.widest(view, false));
        FINE.iter().copied().find(fits).or_else(|| Self::years().find(fits)).unwrap_or(
            // Farther than that, no year is told apart.
            Self::Years(MOST_YEARS),
        )
    }

    /// Whether words have room between two ticks.
    fn has_room(self, view: View, words: &str) -> bool {
        let points = self.least() as f64 / view.scale;
        points >= f64::from(words_width(words, FACE) + GAP)
    }

    fn years() -> impl Iterator<Item = Self> {
        let tens = std::iter::successors(Some(1_i64), |ten| ten.checked_mul(10));
        tens.flat_map(|ten| [1, 2, 5].map(|of| Self::Years(of * ten)))
            .take_while(|step| matches!(step, Self::Years(years) if *years <= MOST_YEARS))
    }

    /// The least seconds between two ticks.
    const fn least(self) -> Seconds {
        match self {
            Self::Seconds(seconds) => seconds,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            // From 1 February, and from 1 January.
            Self::Months(months) => months as Seconds * 30 * DAY - 2 * DAY,
            // From the year 1 to that of the first round number one less.
            Self::Years(years) => (if years > 1 { years - 1 } else { 1 }) * 365 * DAY,
        }
    }

    /// The widest words of a tick, about: the longer or the shorter ones.
    fn widest(self, view: View, long: bool) -> &'static str {
        match self {
            Self::Seconds(seconds) if seconds < MINUTE => "00:00:00",
            Self::Seconds(_) => "00:00",
            Self::Day if long => "Wed 00",
            Self::Day | Self::Week => "00",
            Self::Months(_) if long => "September",
            Self::Months(_) => "May",
            Self::Years(_) => {
                let far = view.centre.abs() + view.scale * 4_000.0;
                match (far / 31_556_952.0).abs() {
                    years if years < 9_000.0 => "0000 BC",
                    years if years < 9e6 => "0000000 BC",
                    _ => "000000000000 BC",
                }
            }
        }
    }

    /// The tick at a moment, or the last one before it.
    #[must_use]
    pub fn at_or_before(self, at: Seconds) -> Seconds {
        let at = at.clamp(-FARTHEST, FARTHEST);
        let (year, month, _) = day_at(at);
        match self {
            Self::Seconds(seconds) => at.div_euclid(seconds) * seconds,
            Self::Day => at.div_euclid(DAY) * DAY,
            Self::Week => {
                let day = at.div_euclid(DAY);
                (day - i64::from(weekday(day))) * DAY
            }
            Self::Months(months) => start_of((year, (month - 1) / months * months + 1, 1)),
            Self::Years(years) => start_of((round_year(year, years), 1, 1)),
        }
    }

    /// The tick after one.
    #[must_use]
    pub fn next(self, at: Seconds) -> Seconds {
        let (year, month, _) = day_at(at);
        match self {
            Self::Seconds(seconds) => at.saturating_add(seconds),
            Self::Day => at.saturating_add(DAY),
            Self::Week => at.saturating_add(7 * DAY),
            Self::Months(months) => match month + months {
                month @ ..=12 => start_of((year, month, 1)),
                month => start_of((year + 1, month - 12, 1)),
            },
            Self::Years(years) => {
                // Round numbers on both sides, and the year 1 between them, for there is no year 0.
                let next = round_year(year.saturating_add(years).max(year + 1), years);
                let next = if next <= year { year.saturating_add(years) } else { next };
                start_of((next, 1, 1))
            }
        }
    }

    fn label(self, at: Seconds, long: bool) -> String {
        let (year, month, day) = day_at(at);
        let of_day = at.rem_euclid(DAY);
        let (hour, minute, second) = (of_day / HOUR, of_day % HOUR / MINUTE, of_day % MINUTE);
        match self {
            Self::Seconds(seconds) if seconds < MINUTE => {
                format!("{hour:02}:{minute:02}:{second:02}")
            }
            Self::Seconds(_) => format!("{hour:02}:{minute:02}"),
            Self::Day if long => {
                let weekday = weekday(day_number((year, month, day)));
                format!("{} {day}", WEEKDAYS[usize::from(weekday)])
            }
            Self::Day | Self::Week => day.to_string(),
            Self::Months(_) if long => month_name(month).to_owned(),
            // The names of months are of plain letters.
            Self::Months(_) => month_name(month).chars().take(3).collect(),
            Self::Years(_) => year_name(year),
        }
    }

    /// The larger unit that its ticks are part of.
    const fn unit(self) -> Option<Larger> {
        match self {
            Self::Seconds(_) => Some(Larger::Day),
            Self::Day | Self::Week => Some(Larger::Month),
            Self::Months(_) => Some(Larger::Year),
            Self::Years(_) => None,
        }
    }

    /// A moment as a date of EDTF, as exactly as one can point at this step: to the minute, the day, the month, the year,
    /// the decade or the century.
    #[must_use]
    pub fn edtf_at(self, at: Seconds) -> String {
        let (year, month, day) = day_at(at);
        let of_day = at.rem_euclid(DAY);
        match self {
            Self::Seconds(step) if step < HOUR => {
                let (hour, minute) = (of_day / HOUR, of_day % HOUR / MINUTE);
                let second = if step < MINUTE { of_day % MINUTE } else { 0 };
                format!("{}T{hour:02}:{minute:02}:{second:02}", edtf_of((year, month, day)))
            }
            Self::Seconds(_) | Self::Day | Self::Week => edtf_of((year, month, day)),
            Self::Months(_) => format!("{}-{month:02}", edtf_year(year)),
            Self::Years(..=10) => edtf_year(year),
            Self::Years(_) if !(0..10_000).contains(&year) => edtf_year(year),
            Self::Years(..=100) => format!("{:03}X", year / 10),
            Self::Years(_) => format!("{:02}XX", year / 100),
        }
    }
}

/// The last round year at or before this one: of years after Christ the multiples of `step`, and the year 1; of those
/// before, the ones whose number before Christ is a multiple.
const fn round_year(year: i64, step: i64) -> i64 {
    if step <= 1 {
        return year;
    }
    if year >= step {
        return year.div_euclid(step) * step;
    }
    if year >= 1 {
        return 1;
    }
    // The year 0 is 1 BC.
    let before = 1 - year;
    1 - (before + step - 1).div_euclid(step) * step
}

/// A larger unit.
#[derive(Clone, Copy, Debug)]
enum Larger {
    Day,
    Month,
    Year,
}

impl Larger {
    const fn step(self) -> Step {
        match self {
            Self::Day => Step::Day,
            Self::Month => Step::Months(1),
            Self::Year => Step::Years(1),
        }
    }

    fn begins_at(self, at: Seconds) -> bool {
        self.step().at_or_before(at) == at
    }

    /// Its name, and a shorter one.
    fn names(self, at: Seconds) -> [String; 2] {
        let day = day_at(at);
        match self {
            Self::Day => {
                let of_week = WEEKDAYS[usize::from(weekday(day_number(day)))];
                [format!("{of_week} {}", day_name(day)), format!("{} {}", day.2, month_name(day.1))]
            }
            Self::Month => [
                format!("{} {}", month_name(day.1), year_name(day.0)),
                month_name(day.1).to_owned(),
            ],
            Self::Year => [year_name(day.0), String::new()],
        }
    }

    /// Those in view.
    fn all(self, view: View, width: f32, from: Seconds, to: Seconds) -> Vec<Unit> {
        /// What is free before and after a name, in points.
        const INSET: f32 = 8.0;
        let mut units = Vec::new();
        let mut at = self.step().at_or_before(from);
        while at <= to && units.len() < 2_000 {
            let next = self.step().next(at);
            let (left, right) = (view.x(at, width), view.x(next, width));
            let label_at = left.max(0.0) + INSET;
            let room = right - INSET - label_at;
            let fits = |name: &String| words_width(name, FACE) <= room;
            let label = self.names(at).into_iter().find(fits).unwrap_or_default();
            units.push(Unit { left, right, label, label_at });
            if next <= at {
                break;
            }
            at = next;
        }
        units
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::edtf_span;
    use proptest::prelude::*;

    fn labels(year: i64, scale: f64) -> Vec<String> {
        let view = View { centre: start_of((year, 7, 1)) as f64, scale };
        Axis::of(view, 600.0).ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_at_round_moments() {
        assert!(labels(2031, 3_600.0 / 60.0).contains(&"12:00".to_owned()));
        assert!(labels(2031, 86_400.0 / 60.0).contains(&"Tue 1".to_owned()));
        assert!(labels(2031, 86_400.0 / 36.0).contains(&"1".to_owned()));
        assert!(labels(2031, 86_400.0 * 30.0 / 50.0).contains(&"Jul".to_owned()));
        assert!(labels(2031, 86_400.0 * 30.0 / 90.0).contains(&"July".to_owned()));
        let across = labels(1, 31_556_952.0 * 2.0);
        assert!(
            across.contains(&"1".to_owned()) && across.contains(&"200 BC".to_owned()),
            "{across:?}"
        );
        assert!(across.contains(&"200".to_owned()) && !across.contains(&"0".to_owned()));
    }

    #[test]
    fn round_years_leave_out_none() {
        for step in [1, 2, 5, 10, 100] {
            let mut at = start_of((-250, 1, 1));
            let mut years = Vec::new();
            while at < start_of((250, 1, 1)) {
                at = Step::Years(step).next(at);
                years.push(day_at(at).0);
            }
            assert!(years.windows(2).all(|pair| pair[1] > pair[0] && pair[1] - pair[0] <= step));
            assert!(
                years.contains(&1) && years.contains(&100) && years.contains(&-99),
                "{years:?}"
            );
        }
    }

    proptest! {
        #[test]
        fn words_of_ticks_never_touch(centre in -3e14_f64..3e14, doubled in -2.0_f64..50.0, width in 200.0_f32..3000.0) {
            let view = View { centre, scale: doubled.exp2() };
            let axis = Axis::of(view, width);
            prop_assert!(!axis.ticks.is_empty());
            for pair in axis.ticks.windows(2) {
                prop_assert!(pair[0].at < pair[1].at);
                let half = |tick: &Tick| words_width(&tick.label, FACE) * 0.5;
                let free = (pair[1].x - half(&pair[1])) - (pair[0].x + half(&pair[0]));
                prop_assert!(free > 3.0, "{:?} {} {}", axis.step, pair[0].label, pair[1].label);
            }
            for pair in axis.units.windows(2) {
                prop_assert!((pair[0].right - pair[1].left).abs() < 0.01);
            }
            for unit in axis.units.iter().filter(|unit| !unit.label.is_empty()) {
                prop_assert!(unit.label_at >= unit.left && unit.label_at + words_width(&unit.label, FACE) <= unit.right);
            }
        }

        #[test]
        fn what_one_points_at_is_a_date_around_it(centre in -1e11_f64..1e11, doubled in -2.0_f64..40.0) {
            let view = View { centre, scale: doubled.exp2() };
            let (step, at) = (Step::fitting(view), centre as Seconds);
            let edtf = step.edtf_at(at);
            let span = edtf_span(&edtf);
            prop_assert!(span.is_some_and(|(first, last)| first <= day_at(at) && day_at(at) <= last), "{edtf}");
        }

        #[test]
        fn ticks_follow_each_other(at in -1e15_f64..1e15, doubled in -2.0_f64..50.0) {
            let step = Step::fitting(View { centre: at, scale: doubled.exp2() });
            let at = at as Seconds;
            let first = step.at_or_before(at);
            prop_assert!(first <= at && step.next(first) > at, "{step:?}");
            prop_assert_eq!(step.at_or_before(first), first);
        }
    }
}
