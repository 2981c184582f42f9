//! Measures of the quality of an arrangement: overlapping nodes, crossing links, stress.

use super::{Adjacency, Grid, Point, Random, Rect};

/// How many pairs of nodes overlap (touching does not count), each node a rectangle of `sizes`
/// around its centre.
pub fn overlaps(centres: &[Point], sizes: &[Point]) -> usize {
    let rects: Vec<Rect> = centres.iter().zip(sizes).map(|(&c, &s)| Rect::around(c, s)).collect();
    let grid = Grid::build(&rects);
    let mut pairs = 0;
    for (index, &rect) in rects.iter().enumerate().filter(|(_, rect)| rect.is_valid()) {
        grid.visit(rect, |other| {
            if (other as usize) > index && rects[other as usize].overlaps(rect) {
                pairs += 1;
            }
        });
    }
    pairs
}

/// How many pairs of links cross, drawn as straight lines between centres; links that share an end do not cross. The
/// cost grows with the pairs whose bounding boxes meet: suitable for some thousands of links.
pub fn crossings(centres: &[Point], links: &[(u32, u32)]) -> usize {
    let ends =
        |link: (u32, u32)| Some((*centres.get(link.0 as usize)?, *centres.get(link.1 as usize)?));
    let usable: Vec<(u32, u32)> =
        links.iter().copied().filter(|&link| link.0 != link.1 && ends(link).is_some()).collect();
    let boxes: Vec<Rect> = usable
        .iter()
        .map(|&link| ends(link).map_or(Rect::NOTHING, |(a, b)| Rect::of_points([a, b])))
        .collect();
    let grid = Grid::build(&boxes);
    let mut count = 0;
    for (index, &link) in usable.iter().enumerate() {
        let Some((a, b)) = ends(link) else { continue };
        grid.visit(boxes[index], |other| {
            let rival = usable[other as usize];
            let apart =
                rival.0 != link.0 && rival.0 != link.1 && rival.1 != link.0 && rival.1 != link.1;
            if (other as usize) > index
                && apart
                && let Some((c, d)) = ends(rival)
            {
                count += usize::from(segments_cross(a, b, c, d));
            }
        });
    }
    count
}

/// Whether the segments `ab` and `cd` cross in a point inside both.
pub(super) fn segments_cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    let side = |p: Point, q: Point, r: Point| (q - p).cross(r - p);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// Scale-fitted stress: how far distances on the canvas are from distances in the graph. The mean
/// over all pairs (sampled source, node reached from it) of (s·x/d − 1)², where x is the distance
/// on the canvas, d the number of links between the two, and s the one scale that makes the sum
/// smallest; so weights d⁻² (Gansner, Koren, North: "Graph drawing by stress majorization", 2004).
/// 0 is perfect; 1 is everything in one point. `sources` nodes are drawn with `seed`; all of them
/// if there are no more.
pub fn stress(centres: &[Point], links: &[(u32, u32)], sources: usize, seed: u64) -> f64 {
    let adjacency = Adjacency::new(centres.len(), links);
    let mut chosen: Vec<u32> = (0..centres.len() as u32).collect();
    if sources < chosen.len() {
        Random::new(seed).shuffle(&mut chosen);
        chosen.truncate(sources);
    }
    let (mut distances, mut queue) = (Vec::new(), Vec::new());
    // Σ (s r − 1)² with r = x/d is s² Σr² − 2 s Σr + n, smallest at s = Σr / Σr².
    let (mut sum, mut squares, mut pairs) = (0.0f64, 0.0f64, 0usize);
    for source in chosen {
        adjacency.distances_from(source, &mut distances, &mut queue);
        let from = centres[source as usize];
        for &node in queue.iter().skip(1) {
            let ratio = f64::from(from.distance(centres[node as usize]))
                / f64::from(distances[node as usize]);
            sum += ratio;
            squares += ratio * ratio;
            pairs += 1;
        }
    }
    if pairs == 0 {
        return 0.0;
    }
    if squares <= 0.0 {
        return 1.0;
    }
    1.0 - sum * sum / (squares * pairs as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: f32, y: f32) -> Point {
        Point::new(x, y)
    }

    #[test]
    fn overlaps_count_pairs_and_not_touching() {
        let sizes = [p(10.0, 10.0); 4];
        let centres = [p(0.0, 0.0), p(10.0, 0.0), p(5.0, 5.0), p(f32::NAN, 0.0)];
        assert_eq!(overlaps(&centres, &sizes), 2);
        assert_eq!(overlaps(&[], &[]), 0);
    }

    #[test]
    fn crossings_of_a_square() {
        let square = [p(0.0, 0.0), p(10.0, 0.0), p(10.0, 10.0), p(0.0, 10.0)];
        assert_eq!(crossings(&square, &[(0, 2), (1, 3)]), 1);
        assert_eq!(crossings(&square, &[(0, 1), (2, 3), (1, 2), (3, 3), (0, 9)]), 0);
    }

    #[test]
    fn stress_is_zero_for_a_straight_path_at_any_scale_and_grows_when_folded() {
        let links: Vec<(u32, u32)> = (0..9).map(|i| (i, i + 1)).collect();
        let straight: Vec<Point> = (0..10).map(|i| p(i as f32 * 37.0, 4.0)).collect();
        assert!(stress(&straight, &links, 200, 1) < 1e-9);
        let folded: Vec<Point> = (0..10).map(|i| p((i % 2) as f32, 0.0)).collect();
        assert!(stress(&folded, &links, 200, 1) > 0.3);
        assert_eq!(stress(&[p(1.0, 1.0); 10], &links, 200, 1), 1.0);
        assert_eq!(stress(&straight, &[], 200, 1), 0.0);
    }
}
