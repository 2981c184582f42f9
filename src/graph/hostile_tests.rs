//! Graphs that are hard on a layout: every one comes out in order, and whoever stops it need not wait.

use std::cell::Cell;

use super::*;

const SIZE: Point = Point::new(120.0, 32.0);
const NEVER: &dyn Fn() -> bool = &|| false;

type Links = Vec<(u32, u32)>;

/// What it is called, how many nodes, and the links.
fn graphs() -> Vec<(&'static str, u32, Links)> {
    let clique = |from: u32, count: u32| -> Links {
        (0..count).flat_map(|a| (0..a).map(move |b| (from + b, from + a))).collect()
    };
    let grid = |wide: u32, high: u32| -> Links {
        let at = move |x: u32, y: u32| y * wide + x;
        let right = (0..high).flat_map(|y| (1..wide).map(move |x| (at(x - 1, y), at(x, y))));
        let down = (1..high).flat_map(|y| (0..wide).map(move |x| (at(x, y - 1), at(x, y))));
        right.chain(down).collect()
    };
    let path = |from: u32, to: u32| (from + 1..to).map(|n| (n - 1, n));
    vec![
        ("a path", 3000, path(0, 3000).collect()),
        ("a ring", 3000, path(0, 3000).chain([(2999, 0)]).collect()),
        ("a short ring", 300, path(0, 300).chain([(299, 0)]).collect()),
        ("a star", 2500, (1..2500).map(|n| (0, n)).collect()),
        ("a tree", 2500, (1..2500).map(|n| ((n - 1) / 2, n)).collect()),
        ("a square grid", 1600, grid(40, 40)),
        ("a long grid", 2400, grid(800, 3)),
        (
            "a caterpillar",
            2400,
            (1..2400).map(|n| if n % 4 == 0 { (n - 4, n) } else { (n / 4 * 4, n) }).collect(),
        ),
        ("a spider", 2001, (1..2001).map(|n| if n <= 5 { (0, n) } else { (n - 5, n) }).collect()),
        ("a small clique", 70, clique(0, 70)),
        ("a clique", 160, clique(0, 160)),
        ("a large clique", 400, clique(0, 400)),
        ("two hubs", 2000, (2..2000).flat_map(|n| [(0, n), (1, n)]).collect()),
        ("a clique on a stick", 1500, clique(0, 60).into_iter().chain(path(59, 1500)).collect()),
        ("many pairs", 1200, (0..600).map(|n| (2 * n, 2 * n + 1)).collect()),
        ("many paths", 1200, (1..1200).filter(|n| n % 8 != 0).map(|n| (n - 1, n)).collect()),
        ("nodes alone", 3000, Vec::new()),
    ]
}

fn nodes(count: u32) -> Vec<Node> {
    vec![Node { at: None, pinned: false, size: SIZE }; count as usize]
}

fn force(nodes: &[Node], links: &[(u32, u32)]) -> Vec<Point> {
    arrange(nodes, links, &Options::default(), NEVER, &mut |_, _| {})
}

fn flows(links: &[(u32, u32)]) -> Vec<Flow> {
    links.iter().map(|&(from, to)| Flow { from, to, pull: Pull::Firm }).collect()
}

#[test]
fn every_layout_of_every_graph_ends_without_overlaps() {
    let options = Options::default();
    for (name, count, links) in graphs() {
        let nodes = nodes(count);
        let drawn = [
            force(&nodes, &links),
            circular(&nodes, &links, &options, NEVER, &mut |_| {}),
            layered(&nodes, &flows(&links), &[], &options, NEVER, &mut |_| {}),
        ];
        for (places, how) in drawn.iter().zip(["force", "circular", "layered"]) {
            assert!(places.iter().all(|at| at.is_finite()), "{how} of {name}");
            assert_eq!(overlaps(places, &vec![SIZE; count as usize]), 0, "{how} of {name}");
        }
    }
}

#[test]
fn chains_of_all_sorts_are_not_tangled_and_lie_on_a_page() {
    let all = graphs();
    let graph = |name: &str| all.iter().find(|graph| graph.0 == name).expect("there");
    for (name, most) in [("a path", 0), ("a ring", 8), ("a short ring", 4), ("a long grid", 400)] {
        let (_, count, links) = graph(name);
        let places = force(&nodes(*count), links);
        let crossed = crossings(&places, links);
        assert!(crossed <= most, "{crossed} crossings of {name}");
        let whole = Rect::of_points(places.iter().copied()).size();
        assert!((0.4..4.0).contains(&(whole.x / whole.y)), "{whole:?} of {name}");
    }
    // A ring is a circle.
    let (_, count, links) = graph("a ring");
    let places = force(&nodes(*count), links);
    assert!(stress(&places, links, 100, 1) < 0.04, "{}", stress(&places, links, 100, 1));
}

#[test]
fn a_pinned_node_of_a_chain_stays_and_the_rest_settles_around_it() {
    for (name, count, links) in graphs().into_iter().take(2) {
        let mut nodes = nodes(count);
        nodes[700] = Node { at: Some(Point::new(333.5, -77.25)), pinned: true, size: SIZE };
        let places = force(&nodes, &links);
        assert_eq!(Some(places[700]), nodes[700].at);
        assert_eq!(overlaps(&places, &vec![SIZE; count as usize]), 0, "{name}");
        assert!(places[699].distance(places[700]) < 4_000.0, "{name}");
    }
}

/// Says that it is stopped from the `from`th time it is asked on, and counts.
fn stopping(asked: &Cell<usize>, from: usize) -> impl Fn() -> bool {
    move || {
        asked.set(asked.get() + 1);
        asked.get() >= from
    }
}

#[test]
fn whoever_stops_a_layout_is_heard_and_what_there_is_overlaps_nowhere() {
    let options = Options::default();
    for (name, count, links) in graphs() {
        let nodes = nodes(count);
        let sizes = vec![SIZE; count as usize];
        for from in [1, 3, 20] {
            let asked = Cell::new(0);
            let stopped = stopping(&asked, from);
            let mut layout = Layout::new(&nodes, &links, &options);
            let mut told = 0;
            while !layout.step_until(&stopped) {
                if stopped() {
                    layout.finish_as_it_is();
                    break;
                }
                told += 1;
            }
            assert_eq!(overlaps(layout.positions(), &sizes), 0, "{name} from {from}");
            assert!(asked.get() <= from + 2, "{name}: {} times after {from}", asked.get());
            assert!(told <= from, "{name}: {told} steps after {from}");
            for way in ["circular", "layered"] {
                let asked = Cell::new(0);
                let stopped = stopping(&asked, from);
                let places = if way == "circular" {
                    circular(&nodes, &links, &options, &stopped, &mut |_| {})
                } else {
                    layered(&nodes, &flows(&links), &[], &options, &stopped, &mut |_| {})
                };
                assert!(asked.get() <= from, "{way} of {name}: {} times", asked.get());
                assert_eq!(overlaps(&places, &sizes), 0, "{way} of {name} from {from}");
            }
        }
    }
}

#[test]
fn a_heap_is_cleared_in_steps_that_can_be_stopped() {
    for count in [1500, 6000] {
        let sizes: Vec<Point> =
            (0..count).map(|n| Point::new(60.0 + (n * 37 % 90) as f32, 32.0)).collect();
        let heap = vec![Point::new(70.0, 9.0); count];
        let asked = Cell::new(0);
        let mut all = heap.clone();
        remove_overlaps(&mut all, &sizes, &[], 4.0, &stopping(&asked, usize::MAX));
        assert_eq!(overlaps(&all, &sizes), 0);
        assert!(asked.get() > 10, "asked {} times", asked.get());
        let whole = Rect::of_points(all.iter().copied()).size();
        assert!(whole.x * whole.y < 12.0 * 110.0 * 36.0 * count as f32, "{whole:?}");
        // Nothing that cannot be computed with makes it one long heap again.
        let mut lost = vec![Point::new(1e9, f32::NAN); count];
        let again = Cell::new(0);
        remove_overlaps(&mut lost, &sizes, &[], 4.0, &stopping(&again, 2));
        assert_eq!(overlaps(&lost, &sizes), 0);
        assert!(again.get() <= 2);
    }
}

#[test]
fn one_huge_node_among_many_small_ones_is_no_burden() {
    let mut sizes = vec![SIZE; 4000];
    sizes[17] = Point::new(60_000.0, 40_000.0);
    let mut centres: Vec<Point> =
        (0..4000).map(|n| Point::new((n % 70) as f32 * 110.0, (n / 70) as f32 * 30.0)).collect();
    remove_overlaps(&mut centres, &sizes, &[], 4.0, NEVER);
    assert_eq!(overlaps(&centres, &sizes), 0);
}
