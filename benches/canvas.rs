//! What a frame of the canvas costs: interaction, painting and tessellation, without a screen.
//!
//! `canvas/frame_all/G…` pans with everything in view, `canvas/frame_200/G…` with about 200 nodes in view,
//! `canvas/pick/G4` finds what is under the pointer. Graphs are generated and seeded: G1 100 nodes and 200 links,
//! G2 1k/2k, G3 10k/20k, G4 100k/200k; 1600×1000 points.

use std::hint::black_box;
use std::time::{Duration, Instant};

use casebook::app::Book;
use casebook::edit::{Edit, LinkFields, Ref, apply};
use casebook::graph::{Options, arrange, generate::scale_free};
use casebook::notebook::{Kind, Notebook, RelationId};
use casebook::ui::canvas::Canvas;
use casebook::ui::fonts;
use casebook::ui::look::Look;
use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2};

const PANE: Vec2 = Vec2::new(1600.0, 1000.0);
const GRAPHS: [(&str, usize, usize); 4] =
    [("G1", 100, 200), ("G2", 1_000, 2_000), ("G3", 10_000, 20_000), ("G4", 100_000, 200_000)];

/// A notebook of a generated graph, laid out.
fn book(nodes: usize, links: usize) -> Book {
    let graph = scale_free(nodes, links, 7);
    let options = Options { seed: 7, ..Options::default() };
    let places = arrange(&graph.nodes(), &graph.links, &options, &|| false, &mut |_, _| {});
    let mut edits: Vec<Edit> = places
        .iter()
        .enumerate()
        .map(|(i, at)| Edit::AddEntity {
            kind: Kind::ALL[i % 7 % 3],
            name: format!("{} {i}", ["Agency", "The board dismissed", "Bloomberg News"][i % 3]),
            handle: format!("n{i}"),
            with: Box::default(),
            at: Some((at.x, at.y)),
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
    let mut notebook = Notebook::new("bench");
    let made = apply(&mut notebook, &Edit::Batch("bench".to_owned(), edits));
    assert!(made.is_ok(), "the generated graph is a notebook: {:?}", made.err());
    Book::with(notebook)
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

    fn frame(&mut self, book: &Book, events: Vec<Event>) -> usize {
        self.frame += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, PANE)),
            time: Some(self.frame as f64 / 60.0),
            events,
            ..RawInput::default()
        };
        let mut out = Vec::new();
        let mut full = self.ctx.run_ui(input, |ui| {
            self.canvas.ui(ui, book, &self.look, &mut out);
        });
        let shapes = std::mem::take(&mut full.shapes);
        let pixels_per_point = full.pixels_per_point;
        full.drop_without_applying_deltas();
        self.ctx.tessellate(shapes, pixels_per_point).len()
    }

    /// Frames until nothing moves any more.
    fn settle(&mut self, book: &Book) {
        for _ in 0..60 {
            self.frame(book, Vec::new());
        }
    }

    fn press(&mut self, book: &Book, at: Pos2) {
        self.frame(book, vec![Event::PointerMoved(at)]);
        let pressed = Event::PointerButton {
            pos: at,
            button: PointerButton::Middle,
            pressed: true,
            modifiers: Modifiers::NONE,
        };
        self.frame(book, vec![pressed]);
    }
}

/// What this thread has spent on the processor, where the system says so: on a busy machine the clock on the
/// wall says more about the other programs.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(stat.split_whitespace().next()?.parse().ok()?))
}

/// Prints the processor time of a frame, the mean of a hundred.
fn print_processor_time(name: &str, mut frame: impl FnMut()) {
    let Some(before) = processor_time() else { return };
    for _ in 0..100 {
        frame();
    }
    let Some(after) = processor_time() else { return };
    println!("{name}: {:.3} ms of processor time", (after - before).as_secs_f64() * 10.0);
}

/// Where the pointer is in frame `i` of a pan: to and fro by a few points, as a hand does.
fn wander(i: u64) -> Pos2 {
    let turn = i as f32 * 0.11;
    Pos2::new(800.0 + 60.0 * turn.sin(), 500.0 + 40.0 * turn.cos())
}

fn frames(c: &mut Criterion) {
    // Building G4 takes a while: left out when only others are asked for.
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| arg.contains("/G")).collect();
    for (name, nodes, links) in GRAPHS {
        if !asked.is_empty() && !asked.iter().any(|arg| arg.contains(name)) {
            continue;
        }
        let book = book(nodes, links);
        let mut window = Window::new();
        let (start, before) = (Instant::now(), processor_time());
        window.frame(&book, Vec::new());
        let (wall, after) = (start.elapsed(), processor_time());
        let spent = after.zip(before).map_or(wall, |(after, before)| after - before);
        println!(
            "canvas/first_frame/{name}: {:.1} ms, {:.1} ms of processor time",
            wall.as_secs_f64() * 1e3,
            spent.as_secs_f64() * 1e3
        );
        window.settle(&book);
        window.press(&book, wander(0));
        let mut pan = || {
            let at = wander(window.frame);
            black_box(window.frame(&book, vec![Event::PointerMoved(at)]));
        };
        print_processor_time(&format!("canvas/frame_all/{name}"), &mut pan);
        c.bench_function(&format!("canvas/frame_all/{name}"), |b| b.iter(&mut pan));

        let mut window = Window::new();
        window.frame(&book, Vec::new());
        window.settle(&book);
        let in_view = window.canvas.look_closer(PANE, 200);
        println!("canvas/frame_200/{name}: {} nodes and {} links in view", in_view.0, in_view.1);
        window.settle(&book);
        window.press(&book, wander(0));
        let mut pan = || {
            let at = wander(window.frame);
            black_box(window.frame(&book, vec![Event::PointerMoved(at)]));
        };
        print_processor_time(&format!("canvas/frame_200/{name}"), &mut pan);
        c.bench_function(&format!("canvas/frame_200/{name}"), |b| b.iter(&mut pan));

        if name == "G4" {
            let pane = Rect::from_min_size(Pos2::ZERO, PANE);
            let mut i = 0_u64;
            c.bench_function("canvas/pick/G4", |b| {
                b.iter(|| {
                    i += 1;
                    black_box(window.canvas.pick(pane, wander(i * 7)))
                });
            });
            let mut window = Window::new();
            window.frame(&book, Vec::new());
            c.bench_function("canvas/pick/G4 all in view", |b| {
                b.iter(|| {
                    i += 1;
                    black_box(window.canvas.pick(pane, wander(i * 7)))
                });
            });
        }
    }
}

criterion_group! {
    name = canvas;
    config = Criterion::default()
        .sample_size(30)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3));
    targets = frames
}
criterion_main!(canvas);
