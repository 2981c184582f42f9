//! What finding one's way costs in a large notebook: `ways/filter/G…`, `ways/focus/G…`, `ways/paths/G…` and
//! `ways/weigh_…/G…` are jobs in the background; `ways/look/G…` is the one frame after such a job that hides and fades,
//! `ways/frame_focus/G…` every other frame while a focus is on, everything in view. Graphs are generated and seeded: G3
//! 10k nodes and 20k links, G4 100k/200k; 1600×1000 points.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use casebook::app::{Book, Command, Intent, PrefsFile, Program, Selection};
use casebook::edit::{Edit, LinkFields, Ref};
use casebook::graph::generate::scale_free;
use casebook::inquiry::{Measure, Spotlight, sight, weights};
use casebook::notebook::{Filter, Kind, Notebook, RelationId};
use casebook::ui::canvas::Canvas;
use casebook::ui::fonts;
use casebook::ui::look::Look;
use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Pos2, RawInput, Rect, Vec2};

const GRAPHS: [(&str, usize, usize); 2] = [("G3", 10_000, 20_000), ("G4", 100_000, 200_000)];
const LONG: Duration = Duration::from_secs(600);

fn program(nodes: usize, links: usize) -> Program {
    let graph = scale_free(nodes, links, 7);
    let mut edits: Vec<Edit> = (0..nodes)
        .map(|i| {
            // A sunflower: where nodes stand does not matter here, as long as they do not all stand in one place.
            let (turn, far) = (i as f32 * 2.399_963, (i as f32).sqrt() * 130.0);
            Edit::AddEntity {
                kind: Kind::ALL[i % 7 % 3],
                name: format!("Entity {i}"),
                handle: format!("n{i}"),
                with: Box::default(),
                at: Some((turn.cos() * far, turn.sin() * far)),
            }
        })
        .collect();
    let relations = ["works for", "relays", "supports", "agent"];
    edits.extend(graph.links.iter().enumerate().map(|(i, (from, to))| Edit::Link {
        from: Ref::handle(&format!("n{from}")),
        relation: RelationId::from(relations[i % relations.len()]),
        to: Ref::handle(&format!("n{to}")),
        evidence: Vec::new(),
        with: LinkFields::default(),
        handle: String::new(),
    }));
    let mut program = Program::new(PrefsFile::none());
    let made = program.edit(&Edit::Batch("bench".to_owned(), edits));
    assert!(made.is_some(), "the generated graph is a notebook: {:?}", program.notices());
    program
}

/// A window without a screen.
struct Window {
    ctx: egui::Context,
    canvas: Canvas,
    look: Look,
    frame: u64,
}

impl Window {
    fn new() -> Self {
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::built_in());
        Self { ctx, canvas: Canvas::new(), look: Look::light(), frame: 0 }
    }

    fn frame(&mut self, book: &Book) -> Duration {
        self.frame += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1600.0, 1000.0))),
            time: Some(self.frame as f64 / 60.0),
            ..RawInput::default()
        };
        let mut out = Vec::new();
        let start = Instant::now();
        let mut full = self.ctx.run_ui(input, |ui| {
            self.canvas.ui(ui, book, &self.look, &mut out);
        });
        let shapes = std::mem::take(&mut full.shapes);
        let pixels_per_point = full.pixels_per_point;
        full.drop_without_applying_deltas();
        black_box(self.ctx.tessellate(shapes, pixels_per_point).len());
        start.elapsed()
    }

    fn settle(&mut self, book: &Book) {
        self.frame(book);
        while self.canvas.is_making() {
            std::thread::sleep(Duration::from_millis(5));
            self.frame(book);
        }
        for _ in 0..60 {
            self.frame(book);
        }
    }
}

/// The two entities with the most links.
fn hubs(notebook: &Notebook) -> Vec<casebook::notebook::EntityId> {
    let mut all: Vec<_> = notebook.entities().keys().copied().collect();
    all.sort_by_cached_key(|id| std::cmp::Reverse(notebook.links_of(*id).count()));
    all.truncate(2);
    all
}

fn ways(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ways");
    group.sample_size(10).measurement_time(Duration::from_secs(4));
    for (name, nodes, links) in GRAPHS {
        let mut program = program(nodes, links);
        let Some(notebook) = program.book().map(Book::snapshot) else { continue };
        let notebook: Arc<Notebook> = notebook;
        let hubs = hubs(&notebook);
        let filter = Filter { kinds: [Kind::Actor].into(), ..Filter::default() };
        let none = Filter::default();
        let look = |filter: &Filter, spotlight: &Spotlight| {
            black_box(sight(&notebook, filter, spotlight, &|| false));
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
        if let Some(book) = program.book() {
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
                    program.dispatch(Intent::SetFilter(Box::new(now)));
                    program.settle(LONG);
                    let Some(book) = program.book() else { continue };
                    sum += window.frame(book);
                    window.settle(book);
                }
                sum
            });
        });
        program.dispatch(Intent::SetFilter(Box::default()));
        program.dispatch(Intent::Run(Command::FocusThree));
        program.settle(LONG);
        let Some(book) = program.book() else { continue };
        window.settle(book);
        window.canvas.fit();
        window.settle(book);
        group.bench_function(format!("frame_focus/{name}"), |b| {
            b.iter_custom(|times| (0..times).map(|_| window.frame(book)).sum());
        });
    }
    group.finish();
}

criterion_group!(benches, ways);
criterion_main!(benches);
