//! A changing set of rectangles: what a new or moved one would overlap, and where there is room.

use std::cell::Cell;

use super::usable::is_usable;
use super::{Point, Rect};

const NOBODY: u32 = u32::MAX;
/// The most cells along a side of a rectangle; a larger one is kept on a level with larger cells.
const SPAN: f32 = 8.0;
/// The factor by which the cells of the next level are larger.
const COARSER: f32 = 8.0;
/// The most levels: the last one takes everything.
const LEVELS: usize = 8;

/// A plane of square cells, each with a list of the rectangles whose centre lies in it. Unlike [`super::Grid`] it is
/// made for change: adding and moving cost the same however many there are, and when too many end up outside the bounds
/// it was made for, it is rebuilt. Much larger rectangles have larger cells of their own, so that one of them does not
/// slow down every query.
pub(super) struct Field {
    levels: Vec<Level>,
    next: Vec<u32>,
    previous: Vec<u32>,
    /// The level and the cell of each.
    homes: Vec<(u8, u32)>,
    rects: Vec<Rect>,
    /// How many were added outside the bounds since it was built.
    outside: usize,
    /// The number of rectangles it was built for; with more it is rebuilt.
    room: usize,
    /// The number of cells and rectangles examined since [`Self::take_work`].
    work: Cell<u64>,
}

struct Level {
    origin: Point,
    cell: f32,
    columns: usize,
    rows: usize,
    heads: Vec<u32>,
    /// Half of the widest and of the highest rectangle: how far a rectangle reaches beyond its cell.
    reach: Point,
    count: usize,
}

impl Level {
    /// A level for `count` rectangles of about `side` within `bounds`.
    fn new(bounds: Rect, side: f64, count: usize) -> Self {
        let count = count.max(1) as f64;
        let spread = bounds.size();
        // Cells about as large as a rectangle, but not many more cells than rectangles.
        let fair = (f64::from(spread.x) * f64::from(spread.y) / (4.0 * count)).sqrt();
        let long = f64::from(spread.x.max(spread.y)) / (4.0 * count);
        let cell = side.max(fair).max(long).max(1.0) as f32;
        let columns = (spread.x / cell) as usize + 1;
        let rows = (spread.y / cell) as usize + 1;
        Self {
            origin: bounds.min,
            cell,
            columns,
            rows,
            heads: vec![NOBODY; columns * rows],
            reach: Point::default(),
            count: 0,
        }
    }

    fn column(&self, x: f32) -> usize {
        (((x - self.origin.x) / self.cell).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f32) -> usize {
        (((y - self.origin.y) / self.cell).max(0.0) as usize).min(self.rows - 1)
    }

    fn is_outside(&self, p: Point) -> bool {
        let far = p - self.origin;
        far.x < -self.cell
            || far.y < -self.cell
            || far.x > self.cell * (self.columns + 1) as f32
            || far.y > self.cell * (self.rows + 1) as f32
    }
}

impl Field {
    /// An empty field, made for rectangles of `sizes` within `bounds`; others can be added too.
    pub fn new(bounds: Rect, sizes: &[Point]) -> Self {
        let mut field = Self {
            levels: Vec::new(),
            next: Vec::with_capacity(sizes.len()),
            previous: Vec::with_capacity(sizes.len()),
            homes: Vec::with_capacity(sizes.len()),
            rects: Vec::with_capacity(sizes.len()),
            outside: 0,
            room: sizes.len().max(64),
            work: Cell::new(0),
        };
        field.make_levels(bounds, sizes.len(), sizes.iter().copied());
        field
    }

    fn make_levels(&mut self, bounds: Rect, count: usize, sizes: impl Iterator<Item = Point>) {
        let (mut sum, mut largest) = (0.0, 0.0f32);
        for size in sizes {
            sum += f64::from(size.x + size.y) * 0.5;
            largest = largest.max(size.x).max(size.y);
        }
        let bounds = if bounds.is_valid() { bounds } else { Rect::of_points([Point::default()]) };
        let mut level = Level::new(bounds, sum / count.max(1) as f64, count);
        self.levels.clear();
        while self.levels.len() + 1 < LEVELS && level.cell * SPAN < largest {
            let coarser = Level::new(bounds, f64::from(level.cell * COARSER), count);
            self.levels.push(level);
            level = coarser;
        }
        self.levels.push(level);
        self.outside = 0;
    }

    /// Rebuilds the cells for the present rectangles.
    fn renew(&mut self) {
        let middles = self.rects.iter().map(|rect| rect.centre()).filter(|&at| is_usable(at));
        let bounds = Rect::of_points(middles);
        let rects = std::mem::take(&mut self.rects);
        let sizes = rects.iter().filter(|rect| rect.is_valid()).map(|rect| rect.size());
        self.make_levels(bounds, rects.len(), sizes);
        self.rects = rects;
        self.room = self.rects.len() * 2;
        for index in 0..self.rects.len() {
            self.put_in(index as u32);
        }
    }

    fn home_of(&self, rect: Rect) -> (u8, u32) {
        let size = rect.size();
        let side = size.x.max(size.y);
        let last = self.levels.len() - 1;
        let level = self.levels.iter().position(|level| side <= level.cell * SPAN).unwrap_or(last);
        let (at, centre) = (&self.levels[level], rect.centre());
        (level as u8, (at.row(centre.y) * at.columns + at.column(centre.x)) as u32)
    }

    /// Puts rectangle `index` at the head of its cell's list.
    fn put_in(&mut self, index: u32) {
        let rect = self.rects[index as usize];
        let home = self.home_of(rect);
        let level = &mut self.levels[usize::from(home.0)];
        if rect.is_valid() {
            let size = rect.size();
            level.reach =
                Point::new(level.reach.x.max(size.x * 0.5), level.reach.y.max(size.y * 0.5));
            self.outside += usize::from(level.is_outside(rect.centre()));
        }
        level.count += 1;
        let head = std::mem::replace(&mut level.heads[home.1 as usize], index);
        self.next[index as usize] = head;
        self.previous[index as usize] = NOBODY;
        if head != NOBODY {
            self.previous[head as usize] = index;
        }
        self.homes[index as usize] = home;
    }

    /// Adds a rectangle; they are numbered 0, 1, 2, … as they come.
    pub fn add(&mut self, rect: Rect) {
        let index = self.rects.len() as u32;
        self.rects.push(rect);
        self.next.push(NOBODY);
        self.previous.push(NOBODY);
        self.homes.push((0, 0));
        self.put_in(index);
        self.renew_if_needed();
    }

    /// Moves rectangle `index`.
    pub fn set(&mut self, index: usize, rect: Rect) {
        self.rects[index] = rect;
        let (home, old) = (self.home_of(rect), self.homes[index]);
        if home == old {
            return;
        }
        let (next, previous) = (self.next[index], self.previous[index]);
        let level = &mut self.levels[usize::from(old.0)];
        level.count -= 1;
        if previous == NOBODY {
            level.heads[old.1 as usize] = next;
        } else {
            self.next[previous as usize] = next;
        }
        if next != NOBODY {
            self.previous[next as usize] = previous;
        }
        self.put_in(index as u32);
        self.renew_if_needed();
    }

    fn renew_if_needed(&mut self) {
        if self.rects.len() > self.room || self.outside > 64 + self.rects.len() / 4 {
            self.renew();
        }
    }

    /// How many cells and rectangles were examined since the last call.
    pub fn take_work(&self) -> u64 {
        self.work.take()
    }

    /// Calls `found` with the number of each rectangle that overlaps `rect`, until it returns `true`; returns whether
    /// it did.
    pub fn any(&self, rect: Rect, mut found: impl FnMut(usize) -> bool) -> bool {
        if !rect.is_valid() {
            return false;
        }
        let mut work = 0;
        let mut any = false;
        'all: for level in self.levels.iter().filter(|level| level.count > 0) {
            let columns =
                level.column(rect.min.x - level.reach.x)..=level.column(rect.max.x + level.reach.x);
            for row in level.row(rect.min.y - level.reach.y)..=level.row(rect.max.y + level.reach.y)
            {
                for column in columns.clone() {
                    let mut index = level.heads[row * level.columns + column];
                    work += 1;
                    while index != NOBODY {
                        work += 1;
                        if self.rects[index as usize].overlaps(rect) && found(index as usize) {
                            any = true;
                            break 'all;
                        }
                        index = self.next[index as usize];
                    }
                }
            }
        }
        self.work.set(self.work.get() + work);
        any
    }

    /// Whether a rectangle of `size` around `centre` would overlap none.
    pub fn is_free(&self, centre: Point, size: Point) -> bool {
        !self.any(Rect::around(centre, size), |_| true)
    }

    /// The free place nearest to `wish` (to within a step of the search) for a node of `size`, looking from ring `ring`
    /// of the places around the wish on (0 is the wish itself). `ring` is then set to that of the place found: the next
    /// search nearby need not look at the inner rings again. Gives up when `go_on`, asked at each ring, returns false.
    pub fn nearest_free_from(
        &self,
        wish: Point,
        size: Point,
        ring: &mut u32,
        go_on: &mut dyn FnMut() -> bool,
    ) -> Option<Point> {
        if *ring == 0 {
            if self.is_free(wish, size) {
                return Some(wish);
            }
            *ring = 1;
        }
        // Places on rings around the wish, spaced more closely than the smallest side.
        let step = (size.x.min(size.y) * 0.5).max(6.0);
        while go_on() {
            let radius = step * *ring as f32;
            let places = (6 * *ring).min(256);
            let mut best: Option<(f32, Point)> = None;
            for k in 0..places {
                // A different start angle on each ring, so that rings do not line up.
                let turn = (k as f32 + 0.618 * (*ring % 7) as f32) / places as f32;
                let angle = turn * std::f32::consts::TAU;
                // Labels are wide: look farther sideways than up and down.
                let way = Point::new(angle.cos() * 1.2, angle.sin() * 0.8);
                let place = wish + way * radius;
                let distance = place.distance(wish);
                let nearer = best.is_none_or(|(least, _)| distance < least);
                if nearer && self.is_free(place, size) {
                    best = Some((distance, place));
                }
            }
            if let Some((_, place)) = best {
                return Some(place);
            }
            if radius > 1e8 {
                return None;
            }
            // Far out the rings grow faster: the end is always beyond everything taken.
            *ring += 1 + *ring / 16;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::Random;
    use super::*;

    #[test]
    fn a_moving_field_finds_what_comparing_all_finds() {
        let mut random = Random::new(4);
        let mut rect = |spread: f32| {
            let at = Point::new(random.unit() - 0.5, random.unit() - 0.5) * spread;
            Rect::around(at, Point::new(10.0 + random.unit() * 200.0, 32.0))
        };
        let mut rects: Vec<Rect> = (0..200).map(|_| rect(1500.0)).collect();
        let sizes: Vec<Point> = rects.iter().map(|r| r.size()).collect();
        let mut field =
            Field::new(Rect::around(Point::default(), Point::new(900.0, 900.0)), &sizes);
        for &r in &rects {
            field.add(r);
        }
        for turn in 0..400 {
            let moved = rect(2500.0);
            rects[turn % 200] = moved;
            field.set(turn % 200, moved);
            let asked = rect(1500.0);
            let mut found = Vec::new();
            field.any(asked, |index| {
                found.push(index);
                false
            });
            found.sort_unstable();
            let all: Vec<usize> = (0..200).filter(|&i| rects[i].overlaps(asked)).collect();
            assert_eq!(found, all);
            let size = Point::new(90.0, 30.0);
            let free = field
                .nearest_free_from(asked.centre(), size, &mut 0, &mut || true)
                .expect("there is room");
            assert!(rects.iter().all(|r| !r.overlaps(Rect::around(free, size))));
        }
    }
}
