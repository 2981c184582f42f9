//! Arranging by hand: aligning, distributing, and the guides a dragged node snaps to.

use super::{Point, Rect};

/// The lines of several rectangles that are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Their left sides.
    Left,
    /// Their middles, on a vertical line.
    Centre,
    /// Their right sides.
    Right,
    /// Their upper sides.
    Top,
    /// Their middles, on a horizontal line.
    Middle,
    /// Their lower sides.
    Bottom,
}

/// Where the middles of these rectangles go so that they are aligned: to the outermost side of them all, or to the
/// middle of the rectangle around them.
#[must_use]
pub fn align(rects: &[Rect], how: Align) -> Vec<Point> {
    let all = rects.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect));
    let to = |rect: &Rect| {
        let (centre, half) = (rect.centre(), rect.size() * 0.5);
        match how {
            Align::Left => Point::new(all.min.x + half.x, centre.y),
            Align::Centre => Point::new(all.centre().x, centre.y),
            Align::Right => Point::new(all.max.x - half.x, centre.y),
            Align::Top => Point::new(centre.x, all.min.y + half.y),
            Align::Middle => Point::new(centre.x, all.centre().y),
            Align::Bottom => Point::new(centre.x, all.max.y - half.y),
        }
    };
    rects.iter().map(to).collect()
}

/// Where the middles of these rectangles go so that the gaps between neighbours are equal, side by side or one below
/// the other. The outermost two stay where they are.
#[must_use]
pub fn distribute(rects: &[Rect], horizontally: bool) -> Vec<Point> {
    let along = |p: Point| if horizontally { p.x } else { p.y };
    let mut places: Vec<Point> = rects.iter().map(|rect| rect.centre()).collect();
    if rects.len() < 3 {
        return places;
    }
    let mut order: Vec<usize> = (0..rects.len()).collect();
    order.sort_by(|a, b| along(places[*a]).total_cmp(&along(places[*b])));
    let (first, last) = (order[0], order[order.len() - 1]);
    let inner: f32 = order[1..order.len() - 1].iter().map(|i| along(rects[*i].size())).sum();
    let room = along(rects[last].min) - along(rects[first].max) - inner;
    let gap = room / (order.len() - 1) as f32;
    let mut at = along(rects[first].max);
    for &i in &order[1..order.len() - 1] {
        let size = along(rects[i].size());
        let middle = at + gap + size * 0.5;
        if horizontally {
            places[i].x = middle;
        } else {
            places[i].y = middle;
        }
        at += gap + size;
    }
    places
}

/// How far a dragged rectangle is moved to be in line with its neighbours, and the lines it is then in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snap {
    /// The displacement from where it was dragged to.
    pub by: Point,
    /// Each guide's two ends.
    pub guides: Vec<(Point, Point)>,
}

/// The position a dragged rectangle snaps to: its sides and middles align with those of the rectangles around it, in
/// each direction no farther than `reach`.
#[must_use]
pub fn snap(moving: Rect, still: &[Rect], reach: f32) -> Snap {
    let lines = |rect: Rect, vertical: bool| {
        let (low, high) =
            if vertical { (rect.min.x, rect.max.x) } else { (rect.min.y, rect.max.y) };
        [(low + high) * 0.5, low, high]
    };
    // The nearest line in each direction; of equally near ones the first, and middles come before sides.
    let nearest = |vertical: bool| {
        let mut best: Option<f32> = None;
        for rect in still {
            for to in lines(*rect, vertical) {
                for from in lines(moving, vertical) {
                    let way = to - from;
                    if way.abs() <= reach && best.is_none_or(|least| way.abs() < least.abs()) {
                        best = Some(way);
                    }
                }
            }
        }
        best
    };
    let (x, y) = (nearest(true), nearest(false));
    let by = Point::new(x.unwrap_or(0.0), y.unwrap_or(0.0));
    let moved = Rect { min: moving.min + by, max: moving.max + by };
    let mut guides = Vec::new();
    for (vertical, found) in [(true, x), (false, y)] {
        if found.is_none() {
            continue;
        }
        for line in lines(moved, vertical) {
            // From end to end of everything that stands on it.
            let on_it = still
                .iter()
                .filter(|rect| lines(**rect, vertical).iter().any(|at| (at - line).abs() < 0.01))
                .fold(Rect::NOTHING, |all, rect| all.union(*rect));
            if !on_it.is_valid() {
                continue;
            }
            let all = on_it.union(moved);
            guides.push(if vertical {
                (Point::new(line, all.min.y), Point::new(line, all.max.y))
            } else {
                (Point::new(all.min.x, line), Point::new(all.max.x, line))
            });
        }
    }
    Snap { by, guides }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
        Rect::around(Point::new(x, y), Point::new(width, height))
    }

    #[test]
    fn sides_and_middles_are_made_one() {
        let rects = [rect(0.0, 0.0, 100.0, 20.0), rect(300.0, 50.0, 40.0, 40.0)];
        assert_eq!(align(&rects, Align::Left)[1], Point::new(-30.0, 50.0));
        assert_eq!(align(&rects, Align::Right)[0], Point::new(270.0, 0.0));
        assert_eq!(align(&rects, Align::Top)[1], Point::new(300.0, 10.0));
        assert_eq!(align(&rects, Align::Bottom)[0], Point::new(0.0, 60.0));
        let middle = align(&rects, Align::Middle);
        assert_eq!(middle[0].y, middle[1].y);
        let centre = align(&rects, Align::Centre);
        assert_eq!(centre[0].x, centre[1].x);
        assert_eq!(centre[0].y, 0.0);
    }

    #[test]
    fn gaps_become_equal_and_the_outermost_stay() {
        let rects = [
            rect(500.0, 0.0, 100.0, 20.0),
            rect(0.0, 9.0, 100.0, 20.0),
            rect(60.0, 5.0, 20.0, 20.0),
            rect(70.0, 5.0, 40.0, 20.0),
        ];
        let places = distribute(&rects, true);
        assert_eq!((places[0], places[1]), (rects[0].centre(), rects[1].centre()));
        let gaps = [
            places[2].x - 10.0 - 50.0,
            places[3].x - 20.0 - (places[2].x + 10.0),
            450.0 - (places[3].x + 20.0),
        ];
        for gap in gaps {
            assert!((gap - gaps[0]).abs() < 1e-3, "{gaps:?}");
        }
        assert_eq!(places[2].y, 5.0);
    }

    #[test]
    fn what_is_dragged_near_a_line_comes_to_stand_on_it() {
        let still = [rect(0.0, 0.0, 100.0, 40.0), rect(900.0, 700.0, 10.0, 10.0)];
        let snapped = snap(rect(3.0, 200.0, 60.0, 40.0), &still, 6.0);
        assert_eq!(snapped.by, Point::new(-3.0, 0.0));
        assert_eq!(snapped.guides.len(), 1);
        let (from, to) = snapped.guides[0];
        assert_eq!((from.x, to.x), (0.0, 0.0));
        assert_eq!((from.y, to.y), (-20.0, 220.0));
        assert_eq!(snap(rect(40.0, 300.0, 60.0, 30.0), &still, 6.0), Snap::default());
    }
}
