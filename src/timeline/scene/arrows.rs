//! The arrows of a timeline: links between two of its events, on their ways between the rows.

use super::{BAR, Scene, Stacked, Timeline};
use crate::graph::Point;
use crate::notebook::LinkId;
use crate::timeline::calendar::Seconds;
use crate::timeline::rows::{Entry, ROW, Room};
use crate::timeline::view::View;

/// The most arrows that are drawn at once, of those that go with the dates and of those that do not.
const MOST_ARROWS: usize = 240;
/// How long those may be together that do not go with the dates, in points: they are dashed, and each dash costs as much as a
/// whole arrow.
const MOST_DASHED: f32 = 30_000.0;

/// A link, from one entry to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub link: LinkId,
    pub first: u32,
    pub then: u32,
}

/// A link between two events: from the end of the one, between the rows, to the beginning of the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Arrow {
    /// The link.
    pub link: LinkId,
    /// The corners of its way; its head is at the last.
    pub way: [Point; 5],
    /// The numbers of the items at its ends.
    pub items: (u32, u32),
    /// The dates say otherwise.
    pub clashes: bool,
}

impl Scene {
    /// Draws the arrows that are in view.
    pub(super) fn draw_arrows(
        &mut self,
        timeline: &Timeline,
        stacked: &Stacked,
        view: View,
        (width, height): (f32, f32),
        scroll: f32,
    ) {
        let rows = &stacked.rows;
        let (from, to) = (view.moment(0.0, width), view.moment(width, width));
        let mut counts = [0_usize; 2];
        let mut dashed = 0.0;
        for pair in &stacked.pairs {
            let ends = [pair.first, pair.then].map(|entry| rows.entries[entry as usize]);
            let tops = ends.map(|entry| rows.top(entry) - scroll);
            let out_of_sight =
                tops.iter().all(|top| top + ROW < 0.0) || tops.iter().all(|top| *top > height);
            let extents = ends.map(|entry| timeline.items.dated[entry.item as usize].extent);
            let before = |moment: Seconds| extents.iter().all(|it| it.latest < moment);
            let after = |moment: Seconds| extents.iter().all(|it| it.earliest > moment);
            if out_of_sight || before(from) || after(to) {
                continue;
            }
            let clashes = timeline.clashing_links.contains(&pair.link);
            let count = &mut counts[usize::from(clashes)];
            *count += 1;
            if *count > MOST_ARROWS {
                self.left_out += 1;
                continue;
            }
            let way = way(timeline, ends, tops, view, (width, height));
            if clashes {
                dashed += way.windows(2).map(|pair| pair[0].distance(pair[1])).sum::<f32>();
                if dashed > MOST_DASHED {
                    self.left_out += 1;
                    continue;
                }
            }
            let items = (ends[0].item, ends[1].item);
            self.arrows.push(Arrow { link: pair.link, way, items, clashes });
        }
    }

    /// The link at a place: of those within `reach` points the nearest.
    #[must_use]
    pub fn arrow_at(&self, point: Point, reach: f32) -> Option<&Arrow> {
        let distance = |arrow: &Arrow| {
            arrow
                .way
                .windows(2)
                .map(|pair| to_stretch(point, pair[0], pair[1]))
                .fold(f32::MAX, f32::min)
        };
        self.arrows
            .iter()
            .map(|arrow| (distance(arrow), arrow))
            .filter(|(distance, _)| *distance <= reach)
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, arrow)| arrow)
    }
}

/// How far a point is from a stretch that runs along an axis.
fn to_stretch(point: Point, a: Point, b: Point) -> f32 {
    let along = |v: f32, a: f32, b: f32| v.clamp(a.min(b), a.max(b));
    point.distance(Point::new(along(point.x, a.x, b.x), along(point.y, a.y, b.y)))
}

/// The way of an arrow: down or up from the end of what comes first to the edge of the other row, along that, and in at
/// the beginning of what comes then. Between the rows nothing is written.
fn way(
    timeline: &Timeline,
    ends: [Entry; 2],
    tops: [f32; 2],
    view: View,
    (width, height): (f32, f32),
) -> [Point; 5] {
    /// How far outside the view a way is cut, in points.
    const OUTSIDE: f32 = 60.0;
    let origin = view.centre / view.scale - f64::from(width) * 0.5;
    let room = |entry: Entry| {
        let room = Room::of(&timeline.items.dated[entry.item as usize], view.scale);
        let cut = |x: f64| (x - origin).clamp(-1e6, 1e6) as f32;
        (cut(room.left), cut(room.right), room.is_mark, room.right.is_finite())
    };
    let (first, then) = (room(ends[0]), room(ends[1]));
    let start = match first {
        (left, right, true, _) => (left + right) * 0.5,
        (_, right, false, true) => right - 5.0,
        (left, _, false, false) => left + 5.0,
    };
    let down = tops[1] >= tops[0];
    let same = ends[0].row == ends[1].row;
    let (from, edge) = match (down, same) {
        (_, true) => (tops[0] + (ROW + BAR) * 0.5, tops[1] + ROW),
        (true, false) => (tops[0] + (ROW + BAR) * 0.5, tops[1]),
        (false, false) => (tops[0] + (ROW - BAR) * 0.5, tops[1] + ROW),
    };
    let middle = tops[1] + ROW * 0.5;
    let turn = then.0 - 8.0;
    [
        Point::new(start, from),
        Point::new(start, edge),
        Point::new(turn, edge),
        Point::new(turn, middle),
        Point::new(then.0, middle),
    ]
    // It runs along the axes: what is cut is out of view, and what is in view stays.
    .map(|at| {
        let x = at.x.clamp(-OUTSIDE, width + OUTSIDE);
        Point::new(x, at.y.clamp(-OUTSIDE, height + OUTSIDE))
    })
}
