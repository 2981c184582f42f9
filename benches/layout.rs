//! The speed of the force layout, and how good what comes out is.
//!
//! `cargo bench --bench layout` times one iteration (a round of the finest level: all forces, all
//! moves) on generated scale-free graphs with clusters, after printing for each of them the time from
//! start to finish, stress before and after overlapping nodes are moved apart, crossings, overlaps, and
//! the mean error of the forces against all pairs compared. `casebook::graph::stress` says how stress is
//! measured. `benches/layout/compare` compares with other programs.

use casebook::graph::{
    Layout, Options, Point, Random, Repulsion, crossings, generate, overlaps, stress,
};
use criterion::{Criterion, criterion_group, criterion_main};
use std::time::{Duration, Instant};

/// Name, nodes, links.
const GRAPHS: [(&str, usize, usize); 4] =
    [("G1", 100, 200), ("G2", 1_000, 2_000), ("G3", 10_000, 20_000), ("G4", 100_000, 200_000)];

/// Forces are compared with exact ones for so many nodes at most.
const COMPARED: usize = 2_000;

/// Sources of the sampled stress.
const SOURCES: usize = 200;

fn quality(name: &str, graph: &generate::Generated) {
    let links = &graph.links;
    let start = Instant::now();
    let mut layout = Layout::new(&graph.nodes(), links, &Options::default());
    let mut forces = start.elapsed();
    let mut before = Vec::new();
    loop {
        before.clear();
        before.extend_from_slice(layout.positions());
        if layout.step() {
            break;
        }
        forces = start.elapsed();
    }
    let total = start.elapsed();
    let after = layout.positions();
    let crossing = if links.len() <= 20_000 {
        crossings(after, links).to_string()
    } else {
        "not counted".to_owned()
    };
    println!(
        "layout {name}: {} nodes, {} links: {:.3} s to arrange, {:.3} s with overlaps removed; stress {:.4}, \
         then {:.4}; crossings {crossing}; overlaps {}; mean force error {:.2} %",
        graph.sizes.len(),
        links.len(),
        forces.as_secs_f64(),
        total.as_secs_f64(),
        stress(&before, links, SOURCES, 5),
        stress(after, links, SOURCES, 5),
        overlaps(after, &graph.sizes),
        100.0 * force_error(&before, &graph.sizes),
    );
}

/// The mean relative error of the repulsion at these places, against the sum over all pairs; the pull of links is exact.
fn force_error(places: &[Point], sizes: &[Point]) -> f64 {
    // As the layout has it: the mass of a node is the length its links want to have.
    let ideal = Options::default().ideal_link;
    let masses: Vec<f32> = sizes.iter().map(|size| ideal + (size.x + size.y) * 0.5).collect();
    let mut forces = vec![Point::default(); places.len()];
    Repulsion::default().compute(places, &masses, &mut forces);
    let mut order: Vec<usize> = (0..places.len()).collect();
    Random::new(3).shuffle(&mut order);
    order.truncate(COMPARED);
    let error = |&node: &usize| {
        let (mut x, mut y) = (0.0f64, 0.0f64);
        for (other, &mass) in places.iter().zip(&masses) {
            let way = places[node] - *other;
            let square = f64::from(way.x) * f64::from(way.x) + f64::from(way.y) * f64::from(way.y);
            if square > 0.0 {
                let pull = f64::from(mass) * f64::from(masses[node]) / square;
                x += f64::from(way.x) * pull;
                y += f64::from(way.y) * pull;
            }
        }
        let off = (f64::from(forces[node].x) - x).hypot(f64::from(forces[node].y) - y);
        off / x.hypot(y).max(1e-9)
    };
    order.iter().map(error).sum::<f64>() / order.len().max(1) as f64
}

fn layout(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("layout/force");
    group.sample_size(10).measurement_time(Duration::from_secs(3));
    for (name, nodes, links) in GRAPHS {
        let graph = generate::scale_free(nodes, links, 1);
        quality(name, &graph);
        let mut iteration = Layout::iteration(&graph.nodes(), &graph.links, &Options::default());
        group.bench_function(name, |bench| bench.iter(&mut iteration));
    }
    group.finish();
}

criterion_group!(benches, layout);
criterion_main!(benches);
