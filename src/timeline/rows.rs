//! Rows: in each lane, what would lie over each other is put into rows below each other. Which row something has depends
//! on what there is and on the step of zoom, never on what is in view: nothing jumps while one pans.

use super::calendar::Seconds;
use super::extent::End;
use super::items::{Item, Items};
use super::lanes::{Lane, LaneKey};
use super::view::{Level, View};

/// Height of a row, in points.
pub const ROW: f32 = 24.0;
/// What is left free above the first row of a lane and below the last, in points.
pub const LANE_PAD: f32 = 5.0;
/// The narrowest bar, in points: what is shorter is a mark.
pub const NARROWEST: f32 = 14.0;
/// The width of a mark, in points.
pub const MARK: f32 = 14.0;
/// What is free between things in one row, in points.
const GAP: f32 = 8.0;
/// How far an end that is about there, or unknown, fades out beyond it, in points.
pub const FADE: (f32, f32) = (10.0, 44.0);

/// Where something is in its row, from the left: points at some scale, from some origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Room {
    /// The left of its bar or mark; `-∞` where it is open.
    pub left: f64,
    /// The right of it.
    pub right: f64,
    /// It is a mark: too short for a bar.
    pub is_mark: bool,
    /// Its label stands in the bar, not after it.
    pub label_inside: bool,
    /// All that is its own, the label included.
    pub from: f64,
    /// Where the next thing may begin.
    pub to: f64,
}

impl Room {
    /// The room of an item at a scale (seconds of a point).
    #[must_use]
    pub fn of(item: &Item, scale: f64) -> Self {
        let extent = &item.extent;
        let at = |moment: Seconds| match moment {
            Seconds::MIN => f64::NEG_INFINITY,
            Seconds::MAX => f64::INFINITY,
            moment => moment as f64 / scale,
        };
        let (mut left, mut right) = (at(extent.earliest), at(extent.latest));
        // Of an unknown end there is only its neighbourhood.
        if extent.start == End::Unknown {
            left = right - f64::from(FADE.1);
        }
        if extent.end == End::Unknown {
            right = at(extent.earliest) + f64::from(FADE.1);
        }
        let is_mark = right - left < f64::from(NARROWEST);
        if is_mark {
            let middle = (left + right) * 0.5;
            (left, right) = (middle - f64::from(MARK) * 0.5, middle + f64::from(MARK) * 0.5);
        }
        let faded = |end: End| if end == End::About { f64::from(FADE.0) } else { 0.0 };
        let (from, end) = (left - faded(extent.start), right + faded(extent.end));
        let words = f64::from(item.width);
        let label_inside = !is_mark && right - left >= words + 2.0 * f64::from(INSET);
        let label = if label_inside { 0.0 } else { words + f64::from(INSET) };
        Self { left, right, is_mark, label_inside, from, to: end + label + f64::from(GAP) }
    }
}

/// What is free between the end of a bar and the words in it or after it, in points.
pub const INSET: f32 = 6.0;

/// Something in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What, by number among the items.
    pub item: u32,
    /// The row, counted over all lanes.
    pub row: u32,
    /// The lane.
    pub lane: u32,
}

/// A lane with its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneRows {
    /// What it is for.
    pub key: LaneKey,
    /// What is written beside it.
    pub title: String,
    /// Its first row, counted over all lanes.
    pub first: u32,
    /// How many rows it has.
    pub rows: u32,
    /// How many things are in it.
    pub count: usize,
}

/// Everything in its row, at a step of zoom.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    /// The lanes, from the top.
    pub lanes: Vec<LaneRows>,
    /// What is in the rows, lane by lane in the order of time.
    pub entries: Vec<Entry>,
    /// The numbers of the entries in each row, from the left.
    rows: Vec<Vec<u32>>,
}

impl Rows {
    /// Puts everything that `shown` lets through into rows, for a step of zoom. Lanes in which nothing is shown are left
    /// out.
    #[must_use]
    pub fn of(items: &Items, lanes: &[Lane], level: Level, shown: &dyn Fn(&Item) -> bool) -> Self {
        let scale = level.scale();
        let mut all = Self::default();
        for lane in lanes {
            let there: Vec<u32> = (lane.items.iter().copied())
                .filter(|number| items.dated.get(*number as usize).is_some_and(shown))
                .collect();
            if there.is_empty() && !(lanes.len() == 1 && lane.key == LaneKey::All) {
                continue;
            }
            let (number, first) = (all.lanes.len() as u32, all.rows.len() as u32);
            let mut ends = Ends::new(there.len());
            for item in &there {
                let room = Room::of(&items.dated[*item as usize], scale);
                let row = first + ends.take(room.from, room.to);
                while all.rows.len() <= row as usize {
                    all.rows.push(Vec::new());
                }
                all.rows[row as usize].push(all.entries.len() as u32);
                all.entries.push(Entry { item: *item, row, lane: number });
            }
            all.lanes.push(LaneRows {
                key: lane.key.clone(),
                title: lane.title.clone(),
                first,
                rows: all.rows.len() as u32 - first,
                count: there.len(),
            });
        }
        for row in &mut all.rows {
            let from = |entry: &u32| {
                let entry = all.entries[*entry as usize];
                items.dated.get(entry.item as usize).map_or(0.0, |it| Room::of(it, scale).from)
            };
            row.sort_by(|a, b| from(a).total_cmp(&from(b)));
        }
        all
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is nothing in them.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries of a row, from the left.
    #[must_use]
    pub fn in_row(&self, row: u32) -> &[u32] {
        self.rows.get(row as usize).map_or(&[], Vec::as_slice)
    }

    /// The top of a row, in points from the top of the first lane.
    #[must_use]
    pub fn top(&self, entry: Entry) -> f32 {
        self.top_of_lane(entry.lane as usize)
            + LANE_PAD
            + ROW * (entry.row - self.lanes[entry.lane as usize].first) as f32
    }

    /// The top of a lane; of the one after the last, the foot of all.
    #[must_use]
    pub fn top_of_lane(&self, lane: usize) -> f32 {
        let rows = self.lanes.get(lane).map_or(self.rows.len() as u32, |lane| lane.first);
        ROW * rows as f32 + 2.0 * LANE_PAD * lane as f32
    }

    /// The height of all lanes.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.top_of_lane(self.lanes.len())
    }

    /// The lane at this height, or the nearest.
    #[must_use]
    pub fn lane_at(&self, y: f32) -> usize {
        let (mut low, mut high) = (0, self.lanes.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.top_of_lane(middle) <= y { low = middle + 1 } else { high = middle }
        }
        low.saturating_sub(1)
    }

    /// The rows of a lane between two heights.
    #[must_use]
    pub fn rows_between(&self, lane: usize, top: f32, bottom: f32) -> std::ops::Range<u32> {
        let Some(rows) = self.lanes.get(lane) else { return 0..0 };
        let first_top = self.top_of_lane(lane) + LANE_PAD;
        let number = |y: f32| ((y - first_top) / ROW).clamp(0.0, rows.rows as f32);
        rows.first + number(top).floor() as u32..rows.first + number(bottom).ceil() as u32
    }

    /// The entries of a row that reach into a part of the view, from the left.
    pub fn reaching<'a>(
        &'a self,
        items: &'a Items,
        row: u32,
        view: View,
        width: f32,
    ) -> impl Iterator<Item = (u32, Room)> + 'a {
        let origin = view.centre / view.scale - f64::from(width) * 0.5;
        let room = move |entry: u32| {
            let item = self.entries[entry as usize].item as usize;
            let mut room = Room::of(&items.dated[item], view.scale);
            for place in [&mut room.left, &mut room.right, &mut room.from, &mut room.to] {
                *place -= origin;
            }
            room
        };
        let all = self.in_row(row);
        // In a row one thing ends before the next begins.
        let first = all.partition_point(|entry| room(*entry).to < 0.0);
        all[first..]
            .iter()
            .map(move |entry| (*entry, room(*entry)))
            .take_while(move |(_, room)| room.from <= f64::from(width))
    }
}

/// Where each row of a lane ends, in a tree of minima: finds the first row with room in a few steps, of however many.
struct Ends {
    /// The tree: the root is 1, the leaves are the second half.
    least: Vec<f64>,
    leaves: usize,
}

impl Ends {
    fn new(most: usize) -> Self {
        let leaves = most.max(1).next_power_of_two();
        Self { least: vec![f64::NEG_INFINITY; 2 * leaves], leaves }
    }

    /// The first row that ends before `from`; it ends at `to` from then on.
    fn take(&mut self, from: f64, to: f64) -> u32 {
        let mut at = 1;
        while at < self.leaves {
            at *= 2;
            if self.least[at] > from {
                at += 1;
            }
        }
        self.least[at] = to;
        let row = at - self.leaves;
        while at > 1 {
            at /= 2;
            self.least[at] = self.least[2 * at].min(self.least[2 * at + 1]);
        }
        row as u32
    }
}
