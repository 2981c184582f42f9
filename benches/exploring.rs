//! What finding one's way costs in a large notebook: `exploring/filter/G…`, `exploring/focus/G…`, `exploring/paths/G…` and
//! `exploring/weigh_…/G…` are jobs in the background; `exploring/look/G…` is the one frame after such a job that hides and fades,
//! `exploring/frame_focus/G…` every other frame while a focus is on, everything in view. Graphs are generated and seeded: G3
//! 10k nodes and 20k links, G4 100k/200k; 1600×1000 points.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use casebook::app::{ChartingIntent, Command, Intent, OpenNotebook, Program, Selection};
use casebook::graph::generate::scale_free;
use casebook::inquiry::{Measure, Spotlight, emphasis, weights};
use casebook::notebook::{Filter, Kind, Notebook};
use criterion::{Criterion, criterion_group, criterion_main};

#[path = "common/canvas.rs"]
mod shared;

use shared::Window;

const GRAPHS: [(&str, usize, usize); 2] = [("G3", 10_000, 20_000), ("G4", 100_000, 200_000)];
const LONG: Duration = Duration::from_secs(600);

fn program(nodes: usize, links: usize) -> Program {
    let graph = scale_free(nodes, links, 7);
    // A sunflower: where nodes stand does not matter here, as long as they do not all stand in one place.
    let places = (0..nodes).map(|i| {
        let (turn, far) = (i as f32 * 2.399_963, (i as f32).sqrt() * 130.0);
        (turn.cos() * far, turn.sin() * far)
    });
    shared::program(places, &graph.links, |i| format!("Entity {i}"))
}

/// What a frame without events takes.
fn frame(window: &mut Window, book: &OpenNotebook) -> Duration {
    let start = Instant::now();
    black_box(window.frame(book, Vec::new()));
    start.elapsed()
}

/// The two entities with the most links.
fn hubs(notebook: &Notebook) -> Vec<casebook::notebook::EntityId> {
    let mut all: Vec<_> = notebook.entities().keys().copied().collect();
    all.sort_by_cached_key(|id| std::cmp::Reverse(notebook.links_of(*id).count()));
    all.truncate(2);
    all
}

fn exploring(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("exploring");
    group.sample_size(10).measurement_time(Duration::from_secs(4));
    for (name, nodes, links) in GRAPHS {
        let mut program = program(nodes, links);
        let Some(notebook) = program.open_notebook().map(OpenNotebook::snapshot) else { continue };
        let notebook: Arc<Notebook> = notebook;
        let hubs = hubs(&notebook);
        let filter = Filter { kinds: [Kind::Actor].into(), ..Filter::default() };
        let none = Filter::default();
        let look = |filter: &Filter, spotlight: &Spotlight| {
            black_box(emphasis(&notebook, filter, spotlight, &|| false));
        };
        group.bench_function(format!("filter/{name}"), |b| {
            b.iter(|| look(&filter, &Spotlight::Off))
        });
        let focus = Spotlight::Around { entities: vec![hubs[0]], steps: 3 };
        group.bench_function(format!("focus/{name}"), |b| b.iter(|| look(&none, &focus)));
        let paths = Spotlight::Paths { from: hubs[0], to: hubs[1] };
        group.bench_function(format!("paths/{name}"), |b| b.iter(|| look(&none, &paths)));
        for (word, measure) in [
            ("degree", Measure::Degree),
            ("betweenness", Measure::Betweenness),
            ("pagerank", Measure::PageRank),
            ("core", Measure::Core),
        ] {
            group.bench_function(format!("weigh_{word}/{name}"), |b| {
                b.iter(|| black_box(weights(&notebook, measure, &|| false, &mut |_| {})));
            });
        }

        let mut window = Window::new();
        if let Some(book) = program.open_notebook() {
            window.settle(book);
        }
        program.dispatch(Intent::Select(Selection::entity(hubs[0])));
        let mut on = false;
        group.bench_function(format!("look/{name}"), |b| {
            b.iter_custom(|times| {
                let mut sum = Duration::ZERO;
                for _ in 0..times {
                    on = !on;
                    let now = if on { filter.clone() } else { Filter::default() };
                    program.dispatch(Intent::Charting(ChartingIntent::SetFilter(Box::new(now))));
                    program.settle(LONG);
                    let Some(book) = program.open_notebook() else { continue };
                    sum += frame(&mut window, book);
                    window.settle(book);
                }
                sum
            });
        });
        program.dispatch(Intent::Charting(ChartingIntent::SetFilter(Box::default())));
        program.dispatch(Intent::Run(Command::FocusThree));
        program.settle(LONG);
        let Some(book) = program.open_notebook() else { continue };
        window.settle(book);
        window.canvas.apply_effect(&casebook::app::Effect::Fit);
        window.settle(book);
        group.bench_function(format!("frame_focus/{name}"), |b| {
            b.iter_custom(|times| (0..times).map(|_| frame(&mut window, book)).sum());
        });
    }
    group.finish();
}

criterion_group!(benches, exploring);
criterion_main!(benches);
