//! Rectangles that come and move: what a new or moved one would overlap, and where there is room.

use super::{Point, Rect};

const NOBODY: u32 = u32::MAX;

/// A plane of square cells, each with a list of the rectangles whose centre lies in it. Unlike
/// [`super::Grid`] it changes: adding and moving cost the same however many there are.
pub(super) struct Field {
    origin: Point,
    cell: f32,
    columns: usize,
    rows: usize,
    heads: Vec<u32>,
    next: Vec<u32>,
    previous: Vec<u32>,
    homes: Vec<u32>,
    rects: Vec<Rect>,
    /// Half of the widest and of the highest rectangle: how far a rectangle reaches beyond its cell.
    reach: Point,
}

impl Field {
    /// An empty field, made for rectangles of `sizes` within `bounds`; others are welcome but slower.
    pub fn new(bounds: Rect, sizes: &[Point]) -> Self {
        let count = sizes.len().max(1) as f64;
        let sum: f64 = sizes.iter().map(|s| f64::from(s.x + s.y) * 0.5).sum();
        let bounds = if bounds.is_valid() { bounds } else { Rect::of_points([Point::default()]) };
        let spread = bounds.size();
        // Cells about as large as a rectangle, but not many more cells than rectangles.
        let fair = (f64::from(spread.x) * f64::from(spread.y) / (4.0 * count)).sqrt();
        let long = f64::from(spread.x.max(spread.y)) / (4.0 * count);
        let cell = (sum / count).max(fair).max(long).max(1.0) as f32;
        let columns = (spread.x / cell) as usize + 1;
        let rows = (spread.y / cell) as usize + 1;
        Self {
            origin: bounds.min,
            cell,
            columns,
            rows,
            heads: vec![NOBODY; columns * rows],
            next: Vec::with_capacity(sizes.len()),
            previous: Vec::with_capacity(sizes.len()),
            homes: Vec::with_capacity(sizes.len()),
            rects: Vec::with_capacity(sizes.len()),
            reach: Point::default(),
        }
    }

    fn column(&self, x: f32) -> usize {
        (((x - self.origin.x) / self.cell).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f32) -> usize {
        (((y - self.origin.y) / self.cell).max(0.0) as usize).min(self.rows - 1)
    }

    fn home_of(&self, rect: Rect) -> u32 {
        let centre = rect.centre();
        (self.row(centre.y) * self.columns + self.column(centre.x)) as u32
    }

    fn link(&mut self, index: u32, home: u32) {
        let head = std::mem::replace(&mut self.heads[home as usize], index);
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
        self.homes.push(0);
        let size = rect.size();
        if rect.is_valid() {
            self.reach = Point::new(self.reach.x.max(size.x * 0.5), self.reach.y.max(size.y * 0.5));
        }
        self.link(index, self.home_of(rect));
    }

    /// Puts rectangle `index` elsewhere.
    pub fn set(&mut self, index: usize, rect: Rect) {
        self.rects[index] = rect;
        let home = self.home_of(rect);
        if home == self.homes[index] {
            return;
        }
        let (next, previous) = (self.next[index], self.previous[index]);
        if previous == NOBODY {
            self.heads[self.homes[index] as usize] = next;
        } else {
            self.next[previous as usize] = next;
        }
        if next != NOBODY {
            self.previous[next as usize] = previous;
        }
        self.link(index as u32, home);
    }

    /// Calls `found` with the number of each rectangle that overlaps `rect`, until it says `true`;
    /// whether it did.
    pub fn any(&self, rect: Rect, mut found: impl FnMut(usize) -> bool) -> bool {
        if !rect.is_valid() {
            return false;
        }
        let columns =
            self.column(rect.min.x - self.reach.x)..=self.column(rect.max.x + self.reach.x);
        for row in self.row(rect.min.y - self.reach.y)..=self.row(rect.max.y + self.reach.y) {
            for column in columns.clone() {
                let mut index = self.heads[row * self.columns + column];
                while index != NOBODY {
                    if self.rects[index as usize].overlaps(rect) && found(index as usize) {
                        return true;
                    }
                    index = self.next[index as usize];
                }
            }
        }
        false
    }

    /// Whether a rectangle of `size` around `centre` would overlap none.
    pub fn is_free(&self, centre: Point, size: Point) -> bool {
        !self.any(Rect::around(centre, size), |_| true)
    }

    /// The free place nearest to `wish` (to within a step of the search) for a node of `size`.
    pub fn nearest_free(&self, wish: Point, size: Point) -> Point {
        if self.is_free(wish, size) {
            return wish;
        }
        // Rings of places around the wish, each finer than the smallest side it must find.
        let step = (size.x.min(size.y) * 0.5).max(6.0);
        let mut ring = 1u32;
        loop {
            let radius = step * ring as f32;
            let places = (6 * ring).min(256);
            let mut best: Option<(f32, Point)> = None;
            for k in 0..places {
                // A different start angle on each ring, so that rings do not line up.
                let turn = (k as f32 + 0.618 * (ring % 7) as f32) / places as f32;
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
                return place;
            }
            if radius > 1e8 {
                return wish;
            }
            // Far out the rings grow faster: the end is always beyond everything taken.
            ring += 1 + ring / 16;
        }
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
            let free = field.nearest_free(asked.centre(), size);
            assert!(rects.iter().all(|r| !r.overlaps(Rect::around(free, size))));
        }
    }
}
