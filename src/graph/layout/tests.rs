//! Laws and cases of the force layout.

use super::super::{generate, overlaps, stress};
use super::*;

fn run(nodes: &[Node], links: &[(u32, u32)], options: &Options) -> Vec<Point> {
    arrange(nodes, links, options, &|| false, &mut |_, _| {})
}

fn node(at: Option<(f32, f32)>, pinned: bool) -> Node {
    let at = at.map(|(x, y)| Point::new(x, y));
    Node { at, pinned, size: Point::new(120.0, 32.0) }
}

fn bits(points: &[Point]) -> Vec<(u32, u32)> {
    points.iter().map(|p| (p.x.to_bits(), p.y.to_bits())).collect()
}

#[test]
fn pinned_nodes_stay_bit_identical_and_nothing_else_overlaps() {
    for count in [12, 50, 400, 2200] {
        let made = generate::scale_free(count, count * 2, 3);
        let mut nodes = made.nodes();
        for (i, node) in nodes.iter_mut().enumerate() {
            let angle = i as f32;
            node.at = Some(Point::new(angle.cos() * 937.3 * i as f32, angle.sin() * 511.7));
            node.pinned = i % 5 == 2;
        }
        let places = run(&nodes, &made.links, &Options::default());
        let (mut free, mut free_sizes) = (Vec::new(), Vec::new());
        for (node, &place) in nodes.iter().zip(&places) {
            if let (true, Some(at)) = (node.pinned, node.at) {
                assert_eq!(bits(&[place]), bits(&[at]));
            } else {
                free.push(place);
                free_sizes.push(node.size);
            }
        }
        assert_eq!(overlaps(&free, &free_sizes), 0);
        let moved = nodes.iter().zip(&places).filter(|(n, p)| n.at != Some(**p)).count();
        assert!(moved > count / 2);
    }
}

#[test]
fn the_seed_decides() {
    let made = generate::scale_free(300, 600, 3);
    let with = |seed| run(&made.nodes(), &made.links, &Options { seed, ..Options::default() });
    assert_eq!(bits(&with(1)), bits(&with(1)));
    assert_ne!(bits(&with(1)), bits(&with(2)));
    let made = generate::scale_free(2400, 4000, 3);
    let with = |seed| run(&made.nodes(), &made.links, &Options { seed, ..Options::default() });
    assert_eq!(bits(&with(1)), bits(&with(1)));
}

#[test]
fn no_two_nodes_overlap() {
    for (count, links) in [(2, 1), (10, 12), (40, 60), (600, 1300), (2100, 3000)] {
        let made = generate::scale_free(count, links, 9);
        let places = run(&made.nodes(), &made.links, &Options::default());
        assert_eq!(overlaps(&places, &made.sizes), 0, "{count} nodes");
        assert!(places.iter().all(|p| p.is_finite()));
    }
}

#[test]
fn parts_without_links_between_them_lie_side_by_side() {
    let mut links = Vec::new();
    for part in 0..6u32 {
        links.extend((1..5).map(|i| (part * 5, part * 5 + i)));
    }
    let nodes = vec![node(None, false); 34];
    let places = run(&nodes, &links, &Options::default());
    let bounds = |from: usize, to: usize| {
        places[from..to]
            .iter()
            .fold(Rect::NOTHING, |rect, &p| rect.union(Rect::around(p, Point::new(120.0, 32.0))))
    };
    let boxes: Vec<Rect> = (0..6)
        .map(|part| bounds(part * 5, part * 5 + 5))
        .chain((30..34).map(|i| bounds(i, i + 1)))
        .collect();
    for (i, a) in boxes.iter().enumerate() {
        assert!(boxes[..i].iter().all(|b| !a.overlaps(*b)));
    }
    let whole = bounds(0, 34).size();
    assert!((0.7..2.8).contains(&(whole.x / whole.y)), "{whole:?}");
}

#[test]
fn odd_graphs_are_laid_out() {
    let options = Options::default();
    assert!(run(&[], &[], &options).is_empty());
    assert!(run(&[], &[(0, 0), (3, 9)], &options).is_empty());
    assert_eq!(run(&[node(None, false)], &[(0, 0)], &options).len(), 1);
    let pinned = run(&[node(Some((4.5, -3.25)), true)], &[], &options);
    assert_eq!(pinned, [Point::new(4.5, -3.25)]);
    let odd = [
        node(Some((f32::NAN, 0.0)), true),
        node(Some((f32::INFINITY, 0.0)), false),
        node(Some((1e30, 1e30)), true),
        node(Some((7.0, 7.0)), false),
        Node { at: None, pinned: true, size: Point::new(f32::NAN, -5.0) },
    ];
    let links = [(0, 1), (1, 0), (0, 1), (1, 1), (1, 2), (2, 3), (3, 4), (4, 77)];
    let places = run(&odd, &links, &options);
    assert!(places.iter().all(|p| p.is_finite()), "{places:?}");
    assert_eq!(places[2], Point::new(1e30, 1e30));
    let nan = Options {
        ideal_link: f32::NAN,
        gap: f32::NAN,
        gravity: f32::NAN,
        aspect: 0.0,
        fill: false,
        seed: 0,
        apart: true,
    };
    assert!(run(&odd, &links, &nan).iter().all(|p| p.is_finite()));
}

#[test]
fn coincident_nodes_separate() {
    let nodes = vec![node(Some((50.0, 50.0)), false); 40];
    let links: Vec<(u32, u32)> = (0..40).map(|i| (i, (i + 1) % 40)).collect();
    for links in [&links[..], &[]] {
        let places = run(&nodes, links, &Options::default());
        assert_eq!(overlaps(&places, &[Point::new(120.0, 32.0); 40]), 0);
    }
}

#[test]
fn a_grid_graph_comes_out_nearly_flat() {
    let side = 20u32;
    let mut links = Vec::new();
    for y in 0..side {
        for x in 0..side {
            let i = y * side + x;
            if x + 1 < side {
                links.push((i, i + 1));
            }
            if y + 1 < side {
                links.push((i, i + side));
            }
        }
    }
    let nodes = vec![Node { size: Point::new(10.0, 10.0), ..Node::default() }; 400];
    let places = run(&nodes, &links, &Options::default());
    assert!(stress(&places, &links, 400, 1) < 0.06, "{}", stress(&places, &links, 400, 1));
}

#[test]
fn it_can_be_watched_and_cancelled() {
    let made = generate::scale_free(500, 1000, 2);
    let mut last = 0.0;
    let mut seen = 0;
    arrange(&made.nodes(), &made.links, &Options::default(), &|| false, &mut |places, share| {
        assert_eq!(places.len(), 500);
        assert!(share >= last && share <= 1.0);
        last = share;
        seen += 1;
    });
    assert!(seen > 5 && last > 0.8, "{seen} {last}");
    let places = arrange(&made.nodes(), &made.links, &Options::default(), &|| true, &mut |_, _| {
        panic!("cancelled")
    });
    assert_eq!(places.len(), 500);
}

#[test]
fn ended_early_it_is_in_order_all_the_same() {
    for (count, pins) in [(40, 0), (40, 7), (900, 0), (900, 11), (2500, 0)] {
        let made = generate::scale_free(count, count * 2, 2);
        let mut nodes = made.nodes();
        nodes.extend(vec![node(Some((3.0, 4.0)), false); 5]);
        for (i, node) in nodes.iter_mut().enumerate().filter(|(i, _)| pins > 0 && i % pins == 0) {
            node.at = Some(Point::new(i as f32 * 170.3, (i * 37 % 11) as f32 * 90.0));
            node.pinned = true;
        }
        let sizes: Vec<Point> = nodes.iter().map(|node| node.size).collect();
        for steps in [0, 1, 7, 150] {
            let mut layout = Layout::new(&nodes, &made.links, &Options::default());
            for _ in 0..steps {
                layout.step();
            }
            layout.finish_as_it_is();
            assert!(layout.step());
            let places = layout.positions();
            assert_eq!(overlaps(places, &sizes), 0, "{count} {pins} {steps}");
            for (node, place) in nodes.iter().zip(places).filter(|(node, _)| node.pinned) {
                assert_eq!(node.at, Some(*place));
            }
        }
    }
}

#[test]
fn a_drawing_fills_the_room_it_is_given() {
    for seed in 1..4 {
        let made = generate::scale_free(60, 90, seed);
        let nodes = made.nodes();
        let sizes: Vec<Point> = nodes.iter().map(|node| node.size).collect();
        let proportions = |aspect: f32, fill: bool| {
            let options = Options { aspect, fill, seed, ..Options::default() };
            let places = run(&nodes, &made.links, &options);
            assert_eq!(overlaps(&places, &sizes), 0);
            let rects = places.iter().zip(&sizes).map(|(at, size)| Rect::around(*at, *size));
            let size = rects.fold(Rect::NOTHING, Rect::union).size();
            size.x / size.y
        };
        for aspect in [0.5_f32, 0.8, 1.4, 2.2] {
            let off = |ratio: f32| (ratio / aspect).ln().abs();
            let (as_it_is, filled) = (proportions(aspect, false), proportions(aspect, true));
            assert!(off(filled) <= off(as_it_is) + 0.1, "{aspect}: {as_it_is} {filled}");
            // No more than half of the room is left empty beside it.
            assert!(off(filled) < 2.0_f32.ln(), "{aspect}: {filled}");
        }
    }
}
