//! Where the labels of links stand.

use std::collections::HashMap;

use super::{Scene, Seen};
use crate::graph::{Point, Rect};

/// More links than this get no labels but under the pointer: there would be no room for them.
const MOST_LABELLED: usize = 3000;

impl Scene {
    /// Finds each link's label a place on its line, off the nodes and off the labels before it.
    pub(super) fn place_labels(&mut self) {
        /// Labels are looked up by the cells they touch, in canvas units.
        const CELL: Point = Point::new(160.0, 60.0);
        let cells = |rect: Rect| {
            let column = |x: f32| (x / CELL.x).floor() as i32;
            let row = |y: f32| (y / CELL.y).floor() as i32;
            let rows = row(rect.min.y)..=row(rect.max.y);
            let columns = column(rect.min.x)..=column(rect.max.x);
            rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
        };
        let labelled = self.links.len() <= MOST_LABELLED;
        let mut taken: HashMap<(i32, i32), Vec<Rect>> = HashMap::new();
        for number in 0..self.links.len() {
            let link = &self.links[number];
            let size = link_label_size(&link.label);
            let spot = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]
                .into_iter()
                .filter(|_| labelled && self.link_seen(number as u32) != Seen::Hidden)
                .map(|t| (t, Rect::around(link.curve.at(t), size)))
                .find(|(_, rect)| {
                    let crowded = |cell| {
                        taken.get(&cell).is_some_and(|here| here.iter().any(|r| r.overlaps(*rect)))
                    };
                    if cells(*rect).any(crowded) {
                        return false;
                    }
                    let mut free = true;
                    self.node_grid
                        .visit(*rect, |node| free &= self.node_seen(node) == Seen::Hidden);
                    free
                });
            if let Some((_, rect)) = spot {
                for cell in cells(rect) {
                    taken.entry(cell).or_default().push(rect);
                }
            }
            self.links[number].label_at = spot.map(|(t, _)| t);
        }
    }
}

/// Size of a link's label at 100 %, in canvas units, with its margin.
pub fn link_label_size(label: &str) -> Point {
    Point::new(label.chars().count() as f32 * 6.3 + 14.0, 20.0)
}
