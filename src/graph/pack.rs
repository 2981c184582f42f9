//! Packing boxes side by side into as little room as possible.

use super::{Point, Rect};

/// The number of largest boxes that are fitted one by one; the others go in rows below.
const FITTED: usize = 64;

/// The top left corner of each of `boxes` (width, height), so that none overlap and the box around
/// all of them, which begins at the origin, is small and about `aspect` times as wide as high.
///
/// The largest first, each at the corner (right of or below one that is there) that makes the whole
/// grow least.
pub(super) fn pack(boxes: &[Point], aspect: f32) -> Vec<Point> {
    let mut order: Vec<usize> = (0..boxes.len()).collect();
    let area = |i: usize| boxes[i].x * boxes[i].y;
    order.sort_by(|&a, &b| area(b).total_cmp(&area(a)).then(a.cmp(&b)));
    let (large, small) = order.split_at(order.len().min(FITTED));
    let mut places = vec![Point::default(); boxes.len()];
    let mut taken: Vec<Rect> = Vec::new();
    let mut whole = Point::default();
    let grown =
        |whole: Point, rect: Rect| Point::new(whole.x.max(rect.max.x), whole.y.max(rect.max.y));
    for &index in large {
        let mut columns = vec![0.0f32];
        let mut rows = vec![0.0f32];
        columns.extend(taken.iter().map(|rect| rect.max.x));
        rows.extend(taken.iter().map(|rect| rect.max.y));
        let mut best: Option<(f32, f32, Point)> = None;
        for &x in &columns {
            for &y in &rows {
                let corner = Point::new(x, y);
                let rect = Rect { min: corner, max: corner + boxes[index] };
                let size = grown(whole, rect);
                let extent = (size.x / aspect).max(size.y);
                let far = rect.max.x / aspect + rect.max.y;
                let better = best.is_none_or(|(least, nearest, _)| {
                    extent < least || (extent == least && far < nearest)
                });
                if better && !taken.iter().any(|other| other.overlaps(rect)) {
                    best = Some((extent, far, corner));
                }
            }
        }
        // There is always room below everything.
        let corner = best.map_or(Point::new(0.0, whole.y), |(_, _, corner)| corner);
        let rect = Rect { min: corner, max: corner + boxes[index] };
        whole = grown(whole, rect);
        taken.push(rect);
        places[index] = corner;
    }
    let rest: f32 = small.iter().map(|&i| area(i)).sum();
    let width = ((whole.x * whole.y + rest * 1.1) * aspect).sqrt().max(whole.x);
    let (mut at, mut row) = (Point::new(0.0, whole.y), 0.0f32);
    let mut rows = small.to_vec();
    rows.sort_by(|&a, &b| boxes[b].y.total_cmp(&boxes[a].y).then(a.cmp(&b)));
    for index in rows {
        if at.x > 0.0 && at.x + boxes[index].x > width {
            at = Point::new(0.0, at.y + row);
            row = 0.0;
        }
        places[index] = at;
        at.x += boxes[index].x;
        row = row.max(boxes[index].y);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::super::Random;
    use super::*;

    #[test]
    fn boxes_do_not_overlap_and_take_little_room() {
        let mut random = Random::new(2);
        for count in [1, 7, 64, 400] {
            let boxes: Vec<Point> = (0..count)
                .map(|_| Point::new(20.0 + 300.0 * random.unit(), 20.0 + 200.0 * random.unit()))
                .collect();
            let places = pack(&boxes, 1.4);
            let rects: Vec<Rect> =
                places.iter().zip(&boxes).map(|(&p, &b)| Rect { min: p, max: p + b }).collect();
            for (i, a) in rects.iter().enumerate() {
                assert!(rects[..i].iter().all(|b| !a.overlaps(*b)));
            }
            let whole = rects.iter().fold(Rect::NOTHING, |w, r| w.union(*r)).size();
            let used: f32 = boxes.iter().map(|b| b.x * b.y).sum();
            assert!(count < 7 || used / (whole.x * whole.y) > 0.55, "{count} {whole:?}");
            assert!(count < 64 || (0.9..2.1).contains(&(whole.x / whole.y)), "{whole:?}");
        }
        assert!(pack(&[], 1.4).is_empty());
    }
}
