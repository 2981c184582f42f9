//! Laws of the layered layout.

use super::super::{generate, overlaps};
use super::*;

fn sized(count: usize) -> Vec<Node> {
    vec![Node { at: None, pinned: false, size: Point::new(120.0, 32.0) }; count]
}

fn run(nodes: &[Node], flows: &[Flow], times: &[Option<i64>]) -> Vec<Point> {
    layered(nodes, flows, times, &Options::default(), &|| false, &mut |_| {})
}

fn firm(pairs: &[(u32, u32)]) -> Vec<Flow> {
    pairs.iter().map(|&(from, to)| Flow { from, to, pull: Pull::Firm }).collect()
}

#[test]
fn a_source_stands_left_of_what_passes_it_on() {
    // 0 → 1 → 2 → 3 and 0 → 3, with loose links the other way.
    let mut flows = firm(&[(0, 1), (1, 2), (2, 3), (0, 3)]);
    flows.push(Flow { from: 3, to: 0, pull: Pull::Loose });
    flows.push(Flow { from: 2, to: 4, pull: Pull::None });
    let places = run(&sized(5), &flows, &[]);
    assert!(places[..4].windows(2).all(|pair| pair[0].x + 120.0 < pair[1].x), "{places:?}");
}

#[test]
fn circles_are_broken_and_only_in_circles_anything_leads_back() {
    let flows = firm(&[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (5, 0), (4, 6)]);
    let places = run(&sized(7), &flows, &[]);
    assert!(places[5].x < places[0].x);
    for (from, to) in [(2, 3), (3, 4), (4, 6)] {
        assert!(places[from].x < places[to].x, "{from} {to} {places:?}");
    }
    let back = [(0, 1), (1, 2), (2, 0)].iter().filter(|(a, b)| places[*a].x > places[*b].x).count();
    assert_eq!(back, 1);
}

#[test]
fn time_runs_from_left_to_right_through_all_parts() {
    let times: Vec<Option<i64>> = [Some(30), None, Some(10), Some(20), None, Some(20)].to_vec();
    // A firm flow against time has to yield.
    let flows = firm(&[(0, 2), (1, 4)]);
    let places = run(&sized(6), &flows, &times);
    assert!(places[2].x < places[3].x && places[3].x < places[0].x, "{places:?}");
    assert!(places[5].x < places[0].x && places[2].x < places[5].x);
    assert!(places[1].x < places[4].x);
    assert_eq!(overlaps(&places, &[Point::new(120.0, 32.0); 6]), 0);
}

#[test]
fn more_times_than_columns_share_them_and_run_down() {
    let count = 400;
    let times: Vec<Option<i64>> = (0..count).map(|n| Some(i64::from(n * 7 % count))).collect();
    let places = run(&sized(count as usize), &[], &times);
    for a in 0..count as usize {
        for b in 0..count as usize {
            if times[a] < times[b] {
                let same = (places[a].x - places[b].x).abs() < 1.0;
                assert!(if same { places[a].y < places[b].y } else { places[a].x < places[b].x });
            }
        }
    }
}

#[test]
fn a_planar_net_is_drawn_without_crossings() {
    // A tree of three levels, shuffled.
    let mut pairs = Vec::new();
    for child in 1..40_u32 {
        pairs.push((((child - 1) / 3) * 7 % 40, child * 7 % 40));
    }
    let places = run(&sized(40), &firm(&pairs), &[]);
    assert_eq!(super::super::crossings(&places, &pairs), 0);
}

#[test]
fn long_and_wide_drawings_are_cut_and_nothing_overlaps() {
    let path: Vec<(u32, u32)> = (0..3_000).map(|n| (n, n + 1)).collect();
    let star: Vec<(u32, u32)> = (1..3_001).map(|n| (0, n)).collect();
    for pairs in [path, star] {
        let nodes = sized(3_001);
        let places = run(&nodes, &firm(&pairs), &[]);
        let sizes: Vec<Point> = nodes.iter().map(|node| node.size).collect();
        assert_eq!(overlaps(&places, &sizes), 0);
        let whole = Rect::of_points(places.iter().copied()).size();
        assert!((0.15..12.0).contains(&(whole.x / whole.y)), "{whole:?}");
    }
}

#[test]
fn pinned_nodes_count_and_stay() {
    let mut nodes = sized(3);
    nodes[1] = Node { at: Some(Point::new(0.1, -7.3)), pinned: true, ..nodes[1] };
    let places = run(&nodes, &firm(&[(0, 1), (1, 2)]), &[]);
    assert_eq!(places[1], Point::new(0.1, -7.3));
    assert!(places[0].x + 100.0 < places[2].x);
}

#[test]
fn a_large_graph_is_laid_out_without_overlaps() {
    let made = generate::scale_free(3_000, 6_000, 2);
    let flows: Vec<Flow> = made
        .links
        .iter()
        .enumerate()
        .map(|(i, &(from, to))| Flow {
            from,
            to,
            pull: [Pull::Firm, Pull::Loose, Pull::None][i % 3],
        })
        .collect();
    let times: Vec<Option<i64>> = (0..3_000).map(|n| (n % 5 == 0).then_some(n * 31 % 97)).collect();
    let places = run(&made.nodes(), &flows, &times);
    assert_eq!(overlaps(&places, &made.sizes), 0);
    assert!(places.iter().all(|p| p.is_finite()));
    assert_eq!(places, run(&made.nodes(), &flows, &times));
}
