//! The block layout: blocks side by side, each a list in columns, such as entities by kind.

use super::usable::sane_size;
use super::{Options, Point};

/// Room between two blocks, in canvas units: wide enough that they are seen as two.
const APART: f32 = 220.0;
/// Room between two columns of a block.
const COLUMN: f32 = 36.0;

/// Places for nodes of `sizes`, those of each block in the order given: down the first column, then down the next. In a
/// column the left sides are aligned; all blocks start at the same height and are about equally high. Nodes in no block
/// are placed at the origin. No two that are in blocks overlap.
pub fn blocks(sizes: &[Point], blocks: &[Vec<u32>], options: &Options) -> Vec<Point> {
    let options = &options.sane();
    let mut places = vec![Point::default(); sizes.len()];
    let size = |node: u32| sizes.get(node as usize).copied().map_or(Point::default(), sane_size);
    let blocks: Vec<&Vec<u32>> = blocks.iter().filter(|block| !block.is_empty()).collect();
    let height_of = |node: u32| size(node).y + options.gap;
    // The height at which the whole is about as wide as wished.
    let area: f64 = blocks
        .iter()
        .copied()
        .flatten()
        .map(|&n| f64::from(size(n).x + COLUMN) * f64::from(height_of(n)))
        .sum();
    let height = ((area / f64::from(options.aspect)).sqrt() as f32 * 1.1).max(240.0);
    let mut left = 0.0;
    for block in blocks {
        let whole: f32 = block.iter().map(|&node| height_of(node)).sum();
        // Columns of equal height, rather than full ones and a shorter last one.
        let share = whole / (whole / height).ceil().max(1.0);
        let mut rest = block.as_slice();
        while !rest.is_empty() {
            let mut filled = 0.0;
            let mut end = 0;
            while end < rest.len() && (end == 0 || filled + height_of(rest[end]) * 0.5 <= share) {
                filled += height_of(rest[end]);
                end += 1;
            }
            let (column, more) = rest.split_at(end);
            let width = column.iter().map(|&node| size(node).x).fold(0.0, f32::max);
            let mut top = 0.0;
            for &node in column {
                if let Some(place) = places.get_mut(node as usize) {
                    *place = Point::new(left + size(node).x * 0.5, top + size(node).y * 0.5);
                }
                top += height_of(node);
            }
            left += width + COLUMN;
            rest = more;
        }
        left += APART - COLUMN;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::{Rect, overlaps};
    use super::*;

    #[test]
    fn blocks_keep_their_order_and_lie_apart() {
        let sizes: Vec<Point> = (0..90)
            .map(|n| Point::new(80.0 + (n * 37 % 100) as f32, 32.0 + (n % 3) as f32 * 16.0))
            .collect();
        let parts = [(0..50).collect::<Vec<u32>>(), Vec::new(), (50..90).rev().collect()];
        let places = blocks(&sizes, &parts, &Options::default());
        assert_eq!(overlaps(&places, &sizes), 0);
        for part in &parts {
            for pair in part.windows(2) {
                let (a, b) = (places[pair[0] as usize], places[pair[1] as usize]);
                let left = |n: u32| places[n as usize].x - sizes[n as usize].x * 0.5;
                let same = (left(pair[0]) - left(pair[1])).abs() < 0.01;
                assert!(if same { a.y < b.y } else { a.x < b.x }, "{pair:?}");
            }
        }
        let bounds = |part: &[u32]| {
            part.iter().fold(Rect::NOTHING, |all, &n| {
                all.union(Rect::around(places[n as usize], sizes[n as usize]))
            })
        };
        let (first, last) = (bounds(&parts[0]), bounds(&parts[2]));
        assert!(last.min.x - first.max.x > 150.0);
        assert_eq!(first.min.y, last.min.y);
        let whole = first.union(last).size();
        assert!((0.8..3.0).contains(&(whole.x / whole.y)), "{whole:?}");
    }

    #[test]
    fn odd_input_is_fine() {
        assert!(blocks(&[], &[vec![0, 9]], &Options::default()).is_empty());
        let places = blocks(&[Point::new(f32::NAN, 9.0)], &[vec![0]], &Options::default());
        assert!(places[0].is_finite());
    }
}
