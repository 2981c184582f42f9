//! The positions of link labels: determined when they first come into view, and kept until something nearby changes.

use std::collections::HashMap;

use super::{Scene, Visibility};
use crate::graph::{Point, Rect};

/// Size of the cells by which labels are looked up, in canvas units.
const CELL: Point = Point::new(160.0, 60.0);

/// How much larger labels are, against what they stand among, at the smallest zoom at which they are drawn.
const LARGER: f32 = 1.3;

/// The positions of link labels.
#[derive(Clone, Debug, Default)]
pub struct LabelPlaces {
    taken: HashMap<(i32, i32), Vec<(u32, Rect)>>,
    /// The links whose labels have been placed; `None` for those without room.
    of: HashMap<u32, Option<Rect>>,
}

fn cells(rect: Rect) -> impl Iterator<Item = (i32, i32)> {
    let column = |x: f32| (x / CELL.x).floor() as i32;
    let row = |y: f32| (y / CELL.y).floor() as i32;
    let rows = row(rect.min.y)..=row(rect.max.y);
    let columns = column(rect.min.x)..=column(rect.max.x);
    rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
}

impl LabelPlaces {
    fn is_free(&self, rect: Rect) -> bool {
        let crowded = |cell| {
            self.taken.get(&cell).is_some_and(|here| here.iter().any(|(_, r)| r.overlaps(rect)))
        };
        !cells(rect).any(crowded)
    }

    fn put(&mut self, link: u32, rect: Option<Rect>) {
        self.of.insert(link, rect);
        for cell in rect.into_iter().flat_map(cells) {
            self.taken.entry(cell).or_default().push((link, rect.unwrap_or(Rect::NOTHING)));
        }
    }

    /// Forgets the position of a link's label, to be determined again when it is next in view. Returns the old
    /// position, or `None` if there was no entry.
    pub fn forget(&mut self, link: u32) -> Option<Option<Rect>> {
        let rect = self.of.remove(&link)?;
        for cell in rect.into_iter().flat_map(cells) {
            if let Some(here) = self.taken.get_mut(&cell) {
                here.retain(|(other, _)| *other != link);
            }
        }
        Some(rect)
    }

    /// Changes the number of a link.
    pub fn renumber(&mut self, old: u32, new: u32) {
        if let Some(rect) = self.forget(old) {
            self.put(new, rect);
        }
    }

    /// The links whose labels overlap a rectangle.
    pub fn over(&self, rect: Rect) -> Vec<u32> {
        let mut found: Vec<u32> = cells(rect)
            .filter_map(|cell| self.taken.get(&cell))
            .flatten()
            .filter(|(_, other)| other.overlaps(rect))
            .map(|(link, _)| *link)
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a link has no label because there was no room for it.
    pub fn was_crowded_out(&self, link: u32) -> bool {
        self.of.get(&link).is_some_and(Option::is_none)
    }
}

impl Scene {
    /// Places the labels of the links in a rectangle on their lines, clear of the nodes and of labels placed before.
    /// Labels that already have a position keep it.
    pub fn place_labels(&mut self, rect: Rect) {
        let mut links = Vec::new();
        self.links_in(rect, &mut links);
        for number in links {
            if self.label_places.of.contains_key(&number) || self.is_loose_link[number as usize] {
                continue;
            }
            let link = &self.links[number as usize];
            let size = link_label_size(&link.written);
            let spot = |size: Point| {
                [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]
                    .into_iter()
                    .map(|t| (t, Rect::around(link.curve.at(t), size)))
                    .find(|(_, rect)| {
                        if !self.label_places.is_free(*rect) {
                            return false;
                        }
                        let mut free = true;
                        self.node_grid.visit(*rect, |node| {
                            free &= self.node_visibility(node) == Visibility::Hidden
                        });
                        free
                    })
            };
            let roomy = spot(size * LARGER);
            let spot = roomy.or_else(|| spot(size));
            self.label_places.put(number, spot.map(|(_, rect)| rect));
            let link = &mut self.links[number as usize];
            (link.label_at, link.label_roomy) = (spot.map(|(t, _)| t), roomy.is_some());
        }
    }

    /// Forgets the positions of all labels; they are determined again when they are next in view.
    pub(super) fn forget_labels(&mut self) {
        for link in std::mem::take(&mut self.label_places).of.into_keys() {
            if let Some(link) = self.links.get_mut(link as usize) {
                link.label_at = None;
            }
        }
    }

    /// Forgets the position of a link's label; it is determined again when it is next in view.
    pub(super) fn forget_label(&mut self, link: u32) {
        if self.label_places.forget(link).is_some() {
            self.links[link as usize].label_at = None;
        }
    }
}

/// Size of a link's label at 100 %, in canvas units, including its margin.
pub fn link_label_size(label: &str) -> Point {
    Point::new(label.chars().count() as f32 * 6.3 + 14.0, 20.0)
}
