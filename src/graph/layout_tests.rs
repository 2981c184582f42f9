//! Laws every layout keeps, on any graph: with links from a node to itself, links given twice, links to nowhere, sizes and
//! places that are no numbers, everything pinned, nothing there.

use proptest::prelude::*;

use super::usable::sane_size;
use super::{
    Flow, Layout, Node, Options, Point, Pull, Rect, arrange, blocks, circular, layered, overlaps,
    place_new,
};

/// A layout by its name.
type Way = (&'static str, fn(&[Node], &[(u32, u32)], &[Option<i64>]) -> Vec<Point>);

const WAYS: [Way; 4] = [
    ("force", |nodes, links, _| {
        arrange(nodes, links, &Options::default(), &|| false, &mut |_, _| {})
    }),
    ("force, ended early", |nodes, links, _| {
        let mut layout = Layout::new(nodes, links, &Options::default());
        for _ in 0..5 {
            layout.step();
        }
        layout.finish_as_it_is();
        layout.positions().to_vec()
    }),
    ("layered", |nodes, links, times| {
        let pulls = [Pull::Firm, Pull::Loose, Pull::None];
        let flows: Vec<Flow> = links
            .iter()
            .enumerate()
            .map(|(i, &(from, to))| Flow { from, to, pull: pulls[i % 3] })
            .collect();
        layered(nodes, &flows, times, &Options::default(), &|| false, &mut |_| {})
    }),
    ("circular", |nodes, links, _| {
        circular(nodes, links, &Options::default(), &|| false, &mut |_| {})
    }),
];

fn number() -> impl Strategy<Value = f32> {
    prop_oneof![
        8 => -3000.0_f32..3000.0,
        1 => Just(0.0),
        1 => prop_oneof![Just(f32::NAN), Just(f32::INFINITY), Just(-1e30), Just(1e9)],
    ]
}

fn any_node() -> impl Strategy<Value = Node> {
    let at = proptest::option::of((number(), number()));
    let size = prop_oneof![
        9 => (20.0_f32..300.0, 16.0_f32..90.0),
        1 => (number(), number()),
    ];
    (at, proptest::bool::weighted(0.2), size).prop_map(|(at, pinned, (w, h))| Node {
        at: at.map(|(x, y)| Point::new(x, y)),
        pinned,
        size: Point::new(w, h),
    })
}

type Graph = (Vec<Node>, Vec<(u32, u32)>, Vec<Option<i64>>);

fn any_graph() -> impl Strategy<Value = Graph> {
    (0..50_usize).prop_flat_map(|count| {
        let end = 0..(count as u32 + 2);
        (
            proptest::collection::vec(any_node(), count),
            proptest::collection::vec((end.clone(), end), 0..90),
            proptest::collection::vec(proptest::option::of(-5..5_i64), 0..60),
        )
    })
}

fn is_pinned(node: &Node) -> bool {
    node.pinned && node.at.is_some_and(Point::is_finite)
}

fn bits(points: &[Point]) -> Vec<(u32, u32)> {
    points.iter().map(|p| (p.x.to_bits(), p.y.to_bits())).collect()
}

/// What every layout of these nodes has to be.
fn is_sound(name: &str, nodes: &[Node], places: &[Point]) {
    assert_eq!(places.len(), nodes.len(), "{name}");
    let (mut free, mut sizes) = (Vec::new(), Vec::new());
    for (node, &place) in nodes.iter().zip(places) {
        assert!(place.is_finite(), "{name}: {place:?}");
        match node.at {
            Some(at) if is_pinned(node) => {
                assert_eq!(bits(&[place]), bits(&[at]), "{name}: pinned nodes stay, to the bit");
            }
            _ => {
                free.push(place);
                sizes.push(sane_size(node.size));
            }
        }
    }
    assert_eq!(overlaps(&free, &sizes), 0, "{name}: no two that may move overlap");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_layout_of_any_graph_is_sound_and_the_same_again((nodes, links, times) in any_graph()) {
        for (name, way) in WAYS {
            let places = way(&nodes, &links, &times);
            is_sound(name, &nodes, &places);
            prop_assert_eq!(bits(&places), bits(&way(&nodes, &links, &times)), "{}", name);
        }
    }

    #[test]
    fn nothing_comes_to_lie_on_what_is_pinned(seed in 0..1000_u64, pins in 2..9_usize) {
        // Pinned nodes that do not overlap each other.
        let made = super::generate::scale_free(40, 60, seed);
        let mut nodes = made.nodes();
        for (n, node) in nodes.iter_mut().enumerate().filter(|(n, _)| n % pins == 0) {
            node.at = Some(Point::new((n * 61 % 7) as f32 * 400.3, (n * 31 % 11) as f32 * 120.7));
            node.pinned = n % 2 == 0;
        }
        let places = (WAYS[0].1)(&nodes, &made.links, &[]);
        for (n, node) in nodes.iter().enumerate() {
            for (m, other) in nodes.iter().enumerate().filter(|(_, other)| !other.pinned) {
                let (one, two) = (Rect::around(places[n], node.size), Rect::around(places[m], other.size));
                prop_assert!(n == m || !one.overlaps(two), "{} {}", n, m);
            }
        }
    }

    #[test]
    fn new_nodes_move_nobody_and_lie_on_nobody((nodes, links, _) in any_graph(), new in 1..6_usize) {
        let which: Vec<usize> = (nodes.len().saturating_sub(new)..nodes.len()).collect();
        let places = place_new(&nodes, &links, &which);
        prop_assert_eq!(places.len(), which.len());
        let standing: Vec<Rect> = nodes[..nodes.len() - which.len()]
            .iter()
            .filter_map(|node| Some(Rect::around(node.at.filter(|at| at.x.abs() < 4e6 && at.y.abs() < 4e6)?, sane_size(node.size))))
            .collect();
        for (n, place) in which.iter().zip(&places) {
            let rect = Rect::around(*place, sane_size(nodes[*n].size));
            prop_assert!(standing.iter().all(|other| !other.overlaps(rect)));
        }
        let sizes: Vec<Point> = which.iter().map(|&n| sane_size(nodes[n].size)).collect();
        prop_assert_eq!(overlaps(&places, &sizes), 0);
        prop_assert_eq!(bits(&places), bits(&place_new(&nodes, &links, &which)));
    }

    #[test]
    fn blocks_of_anything_do_not_overlap(sizes in proptest::collection::vec((number(), number()), 0..80), cut in 0..80_u32) {
        let sizes: Vec<Point> = sizes.into_iter().map(|(w, h)| Point::new(w, h)).collect();
        let all = sizes.len() as u32;
        let cut = cut.min(all);
        let places = blocks(&sizes, &[(0..cut).collect(), (cut..all).collect()], &Options::default());
        let sane: Vec<Point> = sizes.iter().map(|&size| sane_size(size)).collect();
        prop_assert!(places.iter().all(|p| p.is_finite()));
        if sane.iter().all(|size| size.x < 1e5 && size.y < 1e5) {
            prop_assert_eq!(overlaps(&places, &sane), 0);
        }
    }
}

#[test]
fn a_large_star_a_long_path_a_heap_of_loose_nodes_and_many_small_parts() {
    let size = Point::new(120.0, 32.0);
    let star: Vec<(u32, u32)> = (1..10_000).map(|n| (0, n)).collect();
    let path: Vec<(u32, u32)> = (1..10_000).map(|n| (n - 1, n)).collect();
    let pairs: Vec<(u32, u32)> = (0..5_000).map(|n| (2 * n, 2 * n + 1)).collect();
    for links in [star, path, pairs, Vec::new()] {
        let nodes = vec![Node { at: None, pinned: false, size }; 10_000];
        for (name, way) in WAYS {
            is_sound(name, &nodes, &way(&nodes, &links, &[]));
        }
    }
}
