//! Room for a new frame: who is not in a group must not lie in its frame.

use super::clusters::frame_around;
use super::insertion::free_place;
use super::usable::is_usable;
use super::{Point, Rect};

/// A node, for [`frame_room`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Its centre, in canvas units.
    pub at: Point,
    /// Its width and height, in canvas units.
    pub size: Point,
    /// Whether it must not move.
    pub pinned: bool,
}

impl Standing {
    fn rect(&self) -> Rect {
        Rect::around(self.at, self.size)
    }
}

/// The places of the `members` and of the `others`, so that none of the others that may move overlaps the frame around
/// the members, with `gap` around it: either the others make way, each to the nearest free place, or the members are
/// gathered in rows near their middle, whichever moves the nodes less in all. Nobody is moved who is not in the way.
/// `staying` are rectangles to keep clear of.
#[must_use]
pub fn frame_room(
    members: &[Standing],
    others: &[Standing],
    staying: &[Rect],
    gap: f32,
) -> (Vec<Point>, Vec<Point>) {
    let here = |all: &[Standing]| all.iter().map(|node| node.at).collect::<Vec<_>>();
    let frame = frame_around(members.iter().fold(Rect::NOTHING, |all, m| all.union(m.rect())));
    if !frame.is_valid() || !is_usable(frame.centre()) {
        return (here(members), here(others));
    }
    let frame = frame.expand(gap);
    let in_the_way = |node: &Standing| !node.pinned && node.rect().overlaps(frame);
    if !others.iter().any(in_the_way) {
        return (here(members), here(others));
    }
    // The others make way: those nearest to the border first, as they have the shortest way.
    let mut aside = here(others);
    let mut taken: Vec<Rect> =
        others.iter().filter(|o| !in_the_way(o)).map(Standing::rect).collect();
    taken.extend(staying);
    taken.push(frame);
    let mut order: Vec<usize> = (0..others.len()).filter(|n| in_the_way(&others[*n])).collect();
    let depth = |n: &usize| {
        let at = others[*n].at;
        let across = (at.x - frame.min.x).min(frame.max.x - at.x);
        across.min(at.y - frame.min.y).min(frame.max.y - at.y)
    };
    order.sort_by(|a, b| depth(a).total_cmp(&depth(b)).then(a.cmp(b)));
    for number in order {
        let node = &others[number];
        aside[number] = free_place(node.at, node.size, &taken, gap, f32::INFINITY);
        taken.push(Rect::around(aside[number], node.size));
    }
    let cost = |from: &[Standing], to: &[Point]| -> f64 {
        from.iter().zip(to).map(|(node, at)| f64::from(node.at.distance(*at))).sum()
    };
    let make_way = cost(others, &aside);
    let gathered = gathered(members, others, staying, gap);
    match gathered {
        Some(places) if cost(members, &places) < make_way => (places, here(others)),
        _ => (here(members), aside),
    }
}

/// The members in rows near their middle, where their frame is free; `None` where one of them must not move.
fn gathered(
    members: &[Standing],
    others: &[Standing],
    staying: &[Rect],
    gap: f32,
) -> Option<Vec<Point>> {
    if members.iter().any(|member| member.pinned) {
        return None;
    }
    let mut order: Vec<usize> = (0..members.len()).collect();
    // In the order in which they are read: rows from top to bottom, and each from left to right.
    order.sort_by(|a, b| members[*a].at.y.total_cmp(&members[*b].at.y).then(a.cmp(b)));
    let columns = (members.len() as f32).sqrt().ceil().max(1.0) as usize;
    let mut places = vec![Point::default(); members.len()];
    let mut y = 0.0;
    for row in order.chunks_mut(columns) {
        row.sort_by(|a, b| members[*a].at.x.total_cmp(&members[*b].at.x).then(a.cmp(b)));
        let height = row.iter().map(|n| members[*n].size.y).fold(0.0, f32::max);
        let mut x = 0.0;
        for &number in row.iter() {
            let size = members[number].size;
            places[number] = Point::new(x + size.x * 0.5, y + height * 0.5);
            x += size.x + gap;
        }
        y += height + gap;
    }
    let rects = places.iter().zip(members).map(|(at, member)| Rect::around(*at, member.size));
    let frame = frame_around(rects.fold(Rect::NOTHING, Rect::union)).expand(gap);
    let middle = members.iter().fold(Point::default(), |sum, m| sum + m.at)
        * (1.0 / members.len().max(1) as f32);
    let mut taken: Vec<Rect> = others.iter().map(Standing::rect).collect();
    taken.extend(staying);
    let centre = free_place(middle, frame.size(), &taken, gap, f32::INFINITY);
    let by = centre - frame.centre();
    Some(places.into_iter().map(|at| at + by).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn standing() -> impl Strategy<Value = Standing> {
        (
            -900.0..900.0f32,
            -600.0..600.0f32,
            30.0..200.0f32,
            30.0..60.0f32,
            prop::bool::weighted(0.15),
        )
            .prop_map(|(x, y, w, h, pinned)| Standing {
                at: Point::new(x, y),
                size: Point::new(w, h),
                pinned,
            })
    }

    proptest! {
        #[test]
        fn a_frame_holds_no_outsider_and_nobody_moves_without_need(
            members in prop::collection::vec(standing(), 1..8),
            others in prop::collection::vec(standing(), 0..30),
        ) {
            let (inside, outside) = frame_room(&members, &others, &[], 12.0);
            let frame = |places: &[Point]| {
                let rects = places.iter().zip(&members).map(|(at, m)| Rect::around(*at, m.size));
                frame_around(rects.fold(Rect::NOTHING, Rect::union))
            };
            let after = frame(&inside);
            for (other, at) in others.iter().zip(&outside) {
                let rect = Rect::around(*at, other.size);
                if other.pinned {
                    prop_assert_eq!(*at, other.at);
                } else {
                    prop_assert!(!rect.overlaps(after), "{rect:?} in {after:?}");
                }
                let was = frame(&members.iter().map(|m| m.at).collect::<Vec<_>>());
                if !other.rect().overlaps(was.expand(12.0)) {
                    prop_assert_eq!(*at, other.at, "not in the way");
                }
            }
            for (member, at) in members.iter().zip(&inside) {
                prop_assert!(!member.pinned || *at == member.at);
            }
        }
    }

    #[test]
    fn one_in_the_way_makes_way_and_few_far_apart_are_gathered() {
        let node = |x: f32, y: f32| Standing {
            at: Point::new(x, y),
            size: Point::new(100.0, 30.0),
            pinned: false,
        };
        let members = [node(0.0, 0.0), node(300.0, 0.0)];
        let (inside, outside) = frame_room(&members, &[node(150.0, 10.0)], &[], 12.0);
        assert_eq!(inside, [members[0].at, members[1].at]);
        assert_ne!(outside[0], Point::new(150.0, 10.0));
        // Two at the ends of a crowd: they come together, and the crowd stays.
        let crowd: Vec<Standing> =
            (0..60).map(|i| node((i % 10) as f32 * 130.0, (i / 10) as f32 * 60.0)).collect();
        let ends = [node(-140.0, -60.0), node(1310.0, 360.0)];
        let (inside, outside) = frame_room(&ends, &crowd, &[], 12.0);
        assert!(outside.iter().zip(&crowd).all(|(at, node)| *at == node.at));
        assert!(inside[0].distance(inside[1]) < 200.0);
    }
}
