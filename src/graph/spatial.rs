//! A spatial index over rectangles (nodes, or the bounds of links), for drawing only what is in view and for finding
//! what is under the pointer.

use super::{Point, Rect};

/// A grid of several resolutions over rectangles. Each rectangle is kept once: at the finest resolution whose cells are
/// as large as itself, in the cell of its centre; a query therefore looks half a cell farther ("loose" cells, after
/// Ulrich's loose quadtrees, 2000). Building is linear; a query costs the cells it covers and what it finds. A few
/// rectangles may change afterwards ([`Grid::set`]): they are kept separately, and when there are many, the grid is
/// rebuilt.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    levels: Vec<Level>,
    items: Vec<(Rect, u32)>,
    /// Rectangles that changed since it was built: looked through one by one.
    changed: Vec<(Rect, u32)>,
    /// Whether the rectangle of an index changed; empty when none did.
    is_changed: Vec<bool>,
}

#[derive(Clone, Debug)]
struct Level {
    cell: f32,
    origin: Point,
    columns: usize,
    rows: usize,
    /// The items of cell `c` are `items[starts[c]..starts[c + 1]]`.
    starts: Vec<u32>,
}

impl Level {
    fn column(&self, x: f32) -> usize {
        (((x - self.origin.x) / self.cell).max(0.0) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f32) -> usize {
        (((y - self.origin.y) / self.cell).max(0.0) as usize).min(self.rows - 1)
    }

    fn cell_of(&self, p: Point) -> usize {
        self.row(p.y) * self.columns + self.column(p.x)
    }
}

impl Grid {
    /// An index over `rects`; those that are not finite are never found.
    pub fn build(rects: &[Rect]) -> Self {
        let numbered: Vec<(Rect, u32)> = rects.iter().copied().zip(0..).collect();
        Self::of_items(&numbered)
    }

    fn of_items(rects: &[(Rect, u32)]) -> Self {
        let mut centres = Rect::NOTHING;
        let (mut count, mut extent, mut largest) = (0usize, 0.0f64, 0.0f32);
        for (rect, _) in rects.iter().filter(|(rect, _)| rect.is_valid()) {
            centres = centres.union(Rect::of_points([rect.centre()]));
            let size = rect.size();
            extent += f64::from(size.x.max(size.y));
            largest = largest.max(size.x.max(size.y));
            count += 1;
        }
        if count == 0 {
            return Self::default();
        }
        // The finest cells are about as large as the average item, but there are not many more cells than items.
        let spread = centres.size();
        let average = (extent / count as f64) as f32;
        let fair = (f64::from(spread.x) * f64::from(spread.y) / count as f64).sqrt() as f32;
        let long = spread.x.max(spread.y) / (2.0 * count as f32);
        let mut cell = average.max(fair).max(long).max(1e-3);
        let mut levels: Vec<Level> = Vec::new();
        loop {
            let columns = (spread.x / cell) as usize + 1;
            let rows = (spread.y / cell) as usize + 1;
            let starts = vec![0u32; columns * rows + 2];
            levels.push(Level { cell, origin: centres.min, columns, rows, starts });
            if cell >= largest {
                break;
            }
            cell *= 2.0;
        }
        let level_of = |rect: &Rect| {
            let size = rect.size();
            let side = size.x.max(size.y);
            levels.iter().position(|level| level.cell >= side).unwrap_or(levels.len() - 1)
        };
        let homes: Vec<(u32, u32)> = rects
            .iter()
            .map(|(rect, _)| {
                if !rect.is_valid() {
                    return (u32::MAX, 0);
                }
                let level = level_of(rect);
                (level as u32, levels[level].cell_of(rect.centre()) as u32)
            })
            .collect();
        // Counting sort, the levels one after another in one array.
        for &(level, cell) in homes.iter().filter(|home| home.0 != u32::MAX) {
            levels[level as usize].starts[cell as usize + 2] += 1;
        }
        let mut total = 0;
        for level in &mut levels {
            for start in &mut level.starts {
                total += *start;
                *start = total;
            }
        }
        let nowhere = Rect { min: Point::default(), max: Point::default() };
        let mut items = vec![(nowhere, 0u32); count];
        for (item, &(level, cell)) in rects.iter().zip(&homes) {
            if level != u32::MAX {
                let at = &mut levels[level as usize].starts[cell as usize + 1];
                items[*at as usize] = *item;
                *at += 1;
            }
        }
        Self { levels, items, ..Self::default() }
    }

    /// Replaces the rectangle of `index`; [`Rect::NOTHING`] removes it.
    pub fn set(&mut self, index: u32, rect: Rect) {
        let place = index as usize;
        if self.is_changed.len() <= place {
            self.is_changed.resize(place + 1, false);
        }
        if std::mem::replace(&mut self.is_changed[place], true) {
            self.changed.retain(|(_, other)| *other != index);
        }
        if rect.is_valid() {
            self.changed.push((rect, index));
        }
        // Looking through a hundred costs about as much as the cells of a query.
        if self.changed.len() > (self.items.len() / 64).max(128) {
            let mut all = std::mem::take(&mut self.items);
            all.retain(|(_, index)| !self.is_changed(*index));
            all.append(&mut self.changed);
            *self = Self::of_items(&all);
        }
    }

    fn is_changed(&self, index: u32) -> bool {
        self.is_changed.get(index as usize).is_some_and(|changed| *changed)
    }

    /// The number of rectangles that can be found.
    pub fn len(&self) -> usize {
        let unchanged = self.items.iter().filter(|(_, index)| !self.is_changed(*index)).count();
        unchanged + self.changed.len()
    }

    /// Whether nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts the indices of all rectangles that meet `rect` (touching counts) into `out`, in
    /// ascending order, replacing what was there.
    pub fn query(&self, rect: Rect, out: &mut Vec<u32>) {
        out.clear();
        self.visit(rect, |index| out.push(index));
        out.sort_unstable();
    }

    /// Calls `found` with the index of every rectangle that meets `rect`, in no useful order.
    pub fn visit(&self, rect: Rect, mut found: impl FnMut(u32)) {
        if !(rect.min.x <= rect.max.x && rect.min.y <= rect.max.y) {
            return;
        }
        for level in &self.levels {
            // The small margin allows for rounding in the centre and the half side.
            let reach = level.cell * 0.501;
            let columns = (level.column(rect.min.x - reach), level.column(rect.max.x + reach));
            let rows = (level.row(rect.min.y - reach), level.row(rect.max.y + reach));
            for row in rows.0..=rows.1 {
                let base = row * level.columns;
                // Cells of a row are adjacent in memory.
                let from = level.starts[base + columns.0] as usize;
                let to = level.starts[base + columns.1 + 1] as usize;
                for (item, index) in &self.items[from..to] {
                    if item.meets(rect) && !self.is_changed(*index) {
                        found(*index);
                    }
                }
            }
        }
        for (item, index) in &self.changed {
            if item.meets(rect) {
                found(*index);
            }
        }
    }

    /// The highest index among the rectangles that contain `p`: the one painted last.
    pub fn at(&self, p: Point) -> Option<u32> {
        let mut top = None;
        self.visit(Rect { min: p, max: p }, |index| top = top.max(Some(index)));
        top
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rect() -> impl Strategy<Value = Rect> {
        let side = prop_oneof![0.0..5.0f32, 10.0..220.0f32, 0.0..4000.0f32];
        (-3000.0..3000.0f32, -3000.0..3000.0f32, side.clone(), side)
            .prop_map(|(x, y, w, h)| Rect { min: Point::new(x, y), max: Point::new(x + w, y + h) })
    }

    proptest! {
        #[test]
        fn query_equals_brute_force(
            rects in prop::collection::vec(rect(), 0..120),
            views in prop::collection::vec(rect(), 1..8),
            changes in prop::collection::vec((0..150u32, prop::option::of(rect())), 0..200),
        ) {
            let (mut rects, mut grid) = (rects.clone(), Grid::build(&rects));
            for (index, rect) in changes {
                let rect = rect.unwrap_or(Rect::NOTHING);
                grid.set(index, rect);
                rects.resize(rects.len().max(index as usize + 1), Rect::NOTHING);
                rects[index as usize] = rect;
            }
            prop_assert_eq!(grid.len(), rects.iter().filter(|rect| rect.is_valid()).count());
            let mut found = vec![7];
            for view in views {
                grid.query(view, &mut found);
                let brute: Vec<u32> = (0..rects.len() as u32)
                    .filter(|&i| rects[i as usize].meets(view))
                    .collect();
                prop_assert_eq!(&found, &brute);
                let p = view.min;
                let top = (0..rects.len() as u32).rev().find(|&i| rects[i as usize].contains(p));
                prop_assert_eq!(grid.at(p), top);
            }
        }
    }

    #[test]
    fn odd_rectangles_are_tolerated() {
        let whole = Rect { min: Point::new(-9.0, -9.0), max: Point::new(9.0, 9.0) };
        let nan = Rect { min: Point::new(f32::NAN, 0.0), max: Point::new(1.0, 1.0) };
        let dot = Rect { min: Point::default(), max: Point::default() };
        let grid = Grid::build(&[nan, dot, Rect::NOTHING, dot]);
        let mut found = Vec::new();
        grid.query(whole, &mut found);
        assert_eq!(found, [1, 3]);
        grid.query(nan, &mut found);
        assert!(found.is_empty());
        assert_eq!(Grid::build(&[]).at(Point::default()), None);
        let everywhere = Rect {
            min: Point::new(f32::NEG_INFINITY, f32::NEG_INFINITY),
            max: Point::new(f32::INFINITY, f32::INFINITY),
        };
        grid.query(everywhere, &mut found);
        assert_eq!(found, [1, 3]);
    }

    #[test]
    fn items_in_a_line_do_not_need_a_cell_each_mile() {
        let rects: Vec<Rect> = (0..1000)
            .map(|i| Rect::around(Point::new(i as f32 * 1000.0, 0.0), Point::new(1.0, 1.0)))
            .collect();
        let grid = Grid::build(&rects);
        assert_eq!(grid.at(Point::new(500_000.0, 0.0)), Some(500));
        assert!(grid.levels.iter().all(|level| level.starts.len() < 5000));
    }
}
