//! Folding a long thin drawing into bands below each other, which run alternately to the right and to the left.

use super::{Point, Rect};

/// The ratio of width to height from which a drawing is folded.
const THIN: f32 = 6.0;
/// Room around a node, in canvas units, and the factor by which bands of many nodes are larger than their nodes.
const GAP: f32 = 16.0;
const ROOM: f32 = 4.0;

/// Cuts `places`, which lie from left to right, into bands of equal width, so that the whole is about `aspect` times as
/// wide as high; `between` is the room between two bands, in canvas units. Every other band is reversed: what was near
/// stays near, and links that did not cross still do not. A drawing that is not thin stays as it is.
pub(super) fn fold_into_bands(places: &mut [Point], sizes: &[Point], aspect: f32, between: f32) {
    let bounds = Rect::of_points(places.iter().copied());
    let wide = bounds.size().x;
    let whole =
        places.iter().zip(sizes).fold(Rect::NOTHING, |all, (&p, &s)| all.union(Rect::around(p, s)));
    if !bounds.is_valid() || wide < THIN * (whole.size().y + between) {
        return;
    }
    let band_of = |place: Point, width: f32, count: usize| {
        (((place.x - bounds.min.x) / width) as usize).min(count - 1)
    };
    // Bands are as high as what is in them, and a line that bends needs less height in a shorter band: that decides
    // their number.
    let (mut count, mut spans) = (1, vec![(whole.min.y, whole.max.y)]);
    let area: f32 = sizes.iter().map(|size| (size.x + GAP) * (size.y + GAP)).sum();
    for _ in 0..6 {
        let high = spans
            .iter()
            .filter(|(upper, lower)| upper <= lower)
            .map(|(upper, lower)| lower - upper + between)
            .sum::<f32>()
            / count as f32;
        let high = high.max(ROOM * area / wide + between);
        let wanted = ((wide / (aspect * high)).sqrt().round() as usize).clamp(1, places.len());
        if wanted == count {
            break;
        }
        count = wanted;
        spans = vec![(f32::INFINITY, f32::NEG_INFINITY); count];
        for (place, size) in places.iter().zip(sizes) {
            let band = band_of(*place, wide / count as f32, count);
            let turned = if band % 2 == 1 { -place.y } else { place.y };
            let (upper, lower) = &mut spans[band];
            *upper = upper.min(turned - size.y * 0.5);
            *lower = lower.max(turned + size.y * 0.5);
        }
    }
    let width = wide / count as f32;
    let mut top = 0.0;
    let mut areas = vec![0.0f32; count];
    for (place, size) in places.iter().zip(sizes) {
        areas[band_of(*place, width, count)] += (size.x + GAP) * (size.y + GAP);
    }
    let tops: Vec<f32> = spans
        .iter()
        .zip(areas)
        .map(|(&(upper, lower), area)| {
            if upper > lower {
                return top;
            }
            // Nodes that overlap now will need room.
            let more = (ROOM * area / width - (lower - upper)).max(0.0);
            let here = top + more * 0.5 - upper;
            top += lower - upper + more + between;
            here
        })
        .collect();
    for place in places {
        let band = band_of(*place, width, count);
        let along = place.x - bounds.min.x - band as f32 * width;
        *place = if band % 2 == 1 {
            Point::new(width - along, tops[band] - place.y)
        } else {
            Point::new(along, tops[band] + place.y)
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::{crossings, overlaps};
    use super::*;

    #[test]
    fn a_line_becomes_a_page_without_crossings() {
        let sizes = vec![Point::new(100.0, 30.0); 900];
        let mut places: Vec<Point> =
            (0..900).map(|i| Point::new(i as f32 * 150.0, (i % 3) as f32 * 4.0)).collect();
        fold_into_bands(&mut places, &sizes, 1.4, 60.0);
        let whole = Rect::of_points(places.iter().copied()).size();
        assert!((0.9..2.2).contains(&(whole.x / whole.y)), "{whole:?}");
        assert_eq!(overlaps(&places, &sizes), 0);
        let links: Vec<(u32, u32)> = (1..900).map(|i| (i - 1, i)).collect();
        assert_eq!(crossings(&places, &links), 0);
        let longest = links.iter().map(|&(a, b)| places[a as usize].distance(places[b as usize]));
        assert!(longest.fold(0.0, f32::max) < 260.0);
    }

    #[test]
    fn what_is_not_thin_stays() {
        let mut places = vec![Point::new(0.0, 0.0), Point::new(300.0, 200.0)];
        let before = places.clone();
        fold_into_bands(&mut places, &[Point::new(80.0, 30.0); 2], 1.4, 60.0);
        assert_eq!(places, before);
        fold_into_bands(&mut [], &[], 1.4, 60.0);
    }
}
