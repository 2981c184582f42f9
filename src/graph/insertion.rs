//! Placing a part of a drawing that was laid out by itself among the nodes that stay.

use super::effort::Effort;
use super::overlap::move_apart;
use super::usable::{is_usable, sane_size};
use super::{Grid, Point, Rect};

/// The number of directions in which places are tried.
const WAYS: usize = 24;

/// Moves a part so that it covers nothing of what stays: as a whole, no farther than `reach` canvas units, and where
/// there is no room for it there, node by node. `places` are the centres of the part's nodes and `sizes` their sizes;
/// `staying` are the rectangles of the others; `gap` is the room to leave, in canvas units. The nodes of the part do
/// not overlap each other afterwards either, nor any of the others that is within four million canvas units of the
/// origin. Once `stopped` returns true, little more is tried.
pub fn settle_among(
    places: &mut [Point],
    sizes: &[Point],
    staying: &[Rect],
    gap: f32,
    reach: f32,
    stopped: &dyn Fn() -> bool,
) {
    let effort = &Effort::until(stopped);
    let staying: Vec<Rect> = staying
        .iter()
        .copied()
        .filter(|rect| rect.is_valid() && is_usable(rect.centre()))
        .collect();
    if places.is_empty() || staying.is_empty() {
        return;
    }
    let grid = Grid::build(&staying.iter().map(|rect| rect.expand(gap)).collect::<Vec<Rect>>());
    let rects: Vec<Rect> = places
        .iter()
        .zip(sizes)
        .map(|(&place, &size)| Rect::around(place, sane_size(size)))
        .collect();
    let is_free = |by: Point| {
        rects.iter().all(|rect| {
            let moved = Rect { min: rect.min + by, max: rect.max + by };
            let (mut free, mut met) = (true, 8);
            grid.visit(moved, |other| {
                met += 1;
                free &= !staying[other as usize].expand(gap).overlaps(moved);
            });
            // A place that was not fully checked counts as taken.
            effort.spend(met) && free
        })
    };
    let whole = rects.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect));
    let around = staying.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect));
    let by = nearest_free(reach, &is_free).or_else(|| {
        // Below everything there is always room.
        let below = Point::new(
            around.centre().x - whole.centre().x,
            around.max.y + 3.0 * gap - whole.min.y,
        );
        (reach == f32::INFINITY).then_some(below)
    });
    if let Some(by) = by {
        for place in places {
            *place = *place + by;
        }
        return;
    }
    let mut centres: Vec<Point> = places.to_vec();
    centres.extend(staying.iter().map(|rect| rect.centre()));
    let mut all: Vec<Point> = sizes.to_vec();
    all.extend(staying.iter().map(|rect| rect.size()));
    let mut pinned = vec![false; places.len()];
    pinned.resize(all.len(), true);
    move_apart(&mut centres, &all, &pinned, gap, effort);
    places.copy_from_slice(&centres[..places.len()]);
}

/// The nearest place to `at` where a node of `size` covers nothing of what stays, with `gap` around it; `at` itself where
/// there is none within `reach`. In canvas units.
#[must_use]
pub fn free_place(at: Point, size: Point, staying: &[Rect], gap: f32, reach: f32) -> Point {
    let room = Rect::around(at, sane_size(size)).expand(gap);
    let is_free = |by: Point| {
        let moved = Rect { min: room.min + by, max: room.max + by };
        !staying.iter().any(|rect| rect.is_valid() && rect.overlaps(moved))
    };
    nearest_free(reach, &is_free).map_or(at, |by| at + by)
}

/// The shortest free displacement of those tried: none at all, or one on rings that grow by a fifth.
fn nearest_free(reach: f32, is_free: &dyn Fn(Point) -> bool) -> Option<Point> {
    if is_free(Point::default()) {
        return Some(Point::default());
    }
    let mut radius = 24.0_f32;
    // Farther away than any usual canvas extends; then there is always room below everything.
    while radius <= reach.min(2e5) {
        for way in 0..WAYS {
            let (sin, cos) = (way as f32 * std::f32::consts::TAU / WAYS as f32).sin_cos();
            let by = Point::new(cos, sin) * radius;
            if is_free(by) {
                return Some(by);
            }
        }
        radius *= 1.2;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::overlaps;
    use super::*;

    const NEVER: &dyn Fn() -> bool = &|| false;
    const SIZE: Point = Point::new(100.0, 30.0);

    fn row(count: usize, at: Point) -> Vec<Point> {
        (0..count).map(|n| at + Point::new(n as f32 * 130.0, 0.0)).collect()
    }

    #[test]
    fn a_part_keeps_its_shape_where_there_is_room() {
        let staying: Vec<Rect> =
            row(3, Point::default()).into_iter().map(|at| Rect::around(at, SIZE)).collect();
        let mut places = row(3, Point::new(10.0, 5.0));
        let before = places.clone();
        settle_among(&mut places, &[SIZE; 3], &staying, 10.0, 400.0, NEVER);
        let by = places[0] - before[0];
        assert!(by.length() > 20.0 && by.length() < 100.0, "{by:?}");
        assert!(places.iter().zip(&before).all(|(now, then)| (*now - *then - by).length() < 0.01));
        let free = places.clone();
        settle_among(&mut places, &[SIZE; 3], &staying, 10.0, 400.0, NEVER);
        assert_eq!(places, free);
    }

    #[test]
    fn in_a_crowd_nothing_overlaps_all_the_same() {
        let mut staying = Vec::new();
        for x in -20..20 {
            for y in -20..20 {
                let at = Point::new(x as f32 * 180.0, y as f32 * 80.0);
                staying.push(Rect::around(at, SIZE));
            }
        }
        for reach in [200.0, f32::INFINITY] {
            let mut places = row(4, Point::new(10.0, 5.0));
            settle_among(&mut places, &[SIZE; 4], &staying, 10.0, reach, NEVER);
            let mut all = places.clone();
            all.extend(staying.iter().map(|rect| rect.centre()));
            assert_eq!(overlaps(&all, &vec![SIZE; all.len()]), 0);
        }
    }

    #[test]
    fn one_alone_goes_to_the_nearest_free_place_or_stays() {
        let staying = [Rect::around(Point::default(), Point::new(300.0, 40.0))];
        let at = free_place(Point::default(), SIZE, &staying, 10.0, 500.0);
        assert!(!Rect::around(at, SIZE).expand(9.0).overlaps(staying[0]), "{at:?}");
        assert!(at.length() < 120.0, "{at:?}");
        let far = Point::new(0.0, 400.0);
        assert_eq!(free_place(far, SIZE, &staying, 10.0, 500.0), far);
        let wall = [Rect::around(Point::default(), Point::new(9000.0, 9000.0))];
        assert_eq!(free_place(Point::default(), SIZE, &wall, 10.0, 500.0), Point::default());
    }

    #[test]
    fn odd_places_are_fine() {
        let staying = [Rect::around(Point::new(f32::NAN, 0.0), SIZE), Rect::NOTHING];
        settle_among(&mut [], &[], &staying, 10.0, 9.0, NEVER);
        let mut places = [Point::default()];
        settle_among(&mut places, &[SIZE], &staying, 10.0, 9.0, NEVER);
        assert_eq!(places, [Point::default()]);
    }
}
