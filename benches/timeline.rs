//! What the timeline costs: making it of a notebook, putting it into rows, what is in view of it, and whole frames of the
//! pane, tessellated, while it is panned. Notebooks are generated: 1,000 and 10,000 events, half as many links in order
//! between them, every tenth event uncertain or open; 1600×1000 points.

use std::hint::black_box;
use std::time::{Duration, Instant};

use casebook::app::{OpenNotebook, PrefsFile, Program};
use casebook::edit::{Edit, EntityFields, LinkFields, Ref};
use casebook::notebook::{Kind, Role};
use casebook::timeline::{LaneBy, Scene, Timeline, View};
use casebook::ui::fonts;
use casebook::ui::theme::Style;
use casebook::ui::timeline::TimelinePane;
use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Event, Modifiers, PointerButton, Pos2, RawInput, Rect, Vec2};

/// The pane, in points.
const PANE: Vec2 = Vec2::new(1600.0, 1000.0);
/// How many actors take part.
const ACTORS: usize = 40;

/// A date for an event: days over four years, denser towards the end; some months, some intervals, some vague.
fn date(i: usize, events: usize) -> String {
    let share = ((i * 7_919) % events) as f64 / events as f64;
    let day = (share.sqrt() * 1_460.0) as usize;
    let (year, month, of_month) = (2028 + day / 365, day % 365 / 31 + 1, day % 28 + 1);
    match i % 20 {
        0 => format!("{year}-{month:02}-{of_month:02}?"),
        1 => format!("{year}-{month:02}~"),
        2 => format!("{year}-{month:02}-{of_month:02}/.."),
        3 | 4 => format!("{year}-{month:02}-{of_month:02}/{}-{month:02}", year + 1),
        5 => format!("{year}-{month:02}-{of_month:02}T{:02}:30:00", i % 24),
        _ => format!("{year}-{month:02}-{of_month:02}"),
    }
}

fn program(events: usize) -> Program {
    let mut edits: Vec<Edit> = (0..ACTORS)
        .map(|i| Edit::AddEntity {
            kind: Kind::Actor,
            name: format!("Actor {i}"),
            handle: format!("a{i}"),
            with: Box::default(),
            at: Some((i as f32 * 90.0, -400.0)),
        })
        .collect();
    edits.extend((0..events).map(|i| {
        let with = EntityFields {
            date: Some(date(i, events)),
            participants: Some(vec![(Ref::handle(&format!("a{}", i % ACTORS)), Role::Agent)]),
            ..EntityFields::default()
        };
        let names = ["Meeting of the board", "The agency pays the second part", "Departure"];
        Edit::AddEntity {
            kind: Kind::Event,
            name: format!("{} {i}", names[i % 3]),
            handle: format!("e{i}"),
            with: Box::new(with),
            at: Some(((i % 100) as f32 * 220.0, (i / 100) as f32 * 90.0)),
        }
    }));
    edits.extend((0..events / 2).map(|i| Edit::Link {
        from: Ref::handle(&format!("e{}", i * 2)),
        relation: ["before", "after", "causes"][i % 3].into(),
        to: Ref::handle(&format!("e{}", (i * 2 + 37) % events)),
        evidence: Vec::new(),
        with: LinkFields::default(),
        handle: String::new(),
    }));
    let mut program = Program::new(PrefsFile::none());
    let made = program.edit(&Edit::Batch("bench".to_owned(), edits));
    assert!(made.is_some(), "the events are a notebook: {:?}", program.notices());
    program
}

/// The pane in a window without a screen.
struct Window {
    ctx: egui::Context,
    pane: TimelinePane,
    style: Style,
    frame: u64,
}

impl Window {
    fn new() -> Self {
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::built_in());
        Self { ctx, pane: TimelinePane::default(), style: Style::light(), frame: 0 }
    }

    /// A frame with these events, tessellated; how many meshes it takes.
    fn frame(&mut self, program: &Program, book: &OpenNotebook, events: Vec<Event>) -> usize {
        self.frame += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, PANE)),
            time: Some(self.frame as f64 / 60.0),
            events,
            ..RawInput::default()
        };
        let mut out = Vec::new();
        let mut full = self.ctx.run_ui(input, |ui| {
            self.pane.ui(ui, program, book, &self.style, &mut out, |_| {});
        });
        let shapes = std::mem::take(&mut full.shapes);
        let pixels_per_point = full.pixels_per_point;
        full.drop_without_applying_deltas();
        self.ctx.tessellate(shapes, pixels_per_point).len()
    }

    /// Frames until nothing is being made any more.
    fn settle(&mut self, program: &Program, book: &OpenNotebook) {
        self.frame(program, book, Vec::new());
        while self.pane.is_making() {
            std::thread::sleep(Duration::from_millis(5));
            self.frame(program, book, Vec::new());
        }
        for _ in 0..30 {
            self.frame(program, book, Vec::new());
        }
    }

    /// The left button goes down here: what follows pans.
    fn press(&mut self, program: &Program, book: &OpenNotebook, at: Pos2) {
        self.frame(program, book, vec![Event::PointerMoved(at)]);
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        let pressed = Event::PointerButton { pos: at, button, pressed: true, modifiers };
        self.frame(program, book, vec![pressed]);
    }
}

/// Where the pointer is in frame `i` of a pan: to and fro, as a hand does.
fn wander(i: u64) -> Pos2 {
    let turn = i as f32 * 0.11;
    Pos2::new(800.0 + 160.0 * turn.sin(), 500.0 + 40.0 * turn.cos())
}

fn timeline(c: &mut Criterion) {
    for (name, events) in [("1k", 1_000), ("10k", 10_000)] {
        let program = program(events);
        let Some(book) = program.open_notebook() else { return };
        let notebook = book.notebook();
        let make = |by| Timeline::of(notebook, by, true, &|| false);
        c.bench_function(&format!("timeline/make/{name}"), |b| {
            b.iter(|| black_box(make(LaneBy::None)));
        });
        c.bench_function(&format!("timeline/make by actor/{name}"), |b| {
            b.iter(|| black_box(make(LaneBy::Actor)));
        });
        let made = make(LaneBy::Actor);
        let Some((from, to)) = made.items.span() else { return };
        let all = View::fitting(from, to, PANE.x, (20.0, 200.0));
        c.bench_function(&format!("timeline/rows/{name}"), |b| {
            b.iter(|| black_box(made.stack(all.level(), &|_| true)));
        });
        let close = View { scale: all.scale / 60.0, ..all };
        for (zoom, view) in [("all", all), ("close", close)] {
            let stacked = made.stack(view.level(), &|_| true);
            let mut view = view;
            let mut i = 0_u64;
            c.bench_function(&format!("timeline/scene {zoom}/{name}"), |b| {
                b.iter(|| {
                    i += 1;
                    view.pan(if i % 200 < 100 { 3.0 } else { -3.0 });
                    black_box(Scene::of(&made, &stacked, view, (PANE.x, PANE.y), 300.0))
                });
            });
            let mut window = Window::new();
            window.settle(&program, book);
            window.pane.look_at(view);
            window.settle(&program, book);
            window.press(&program, book, wander(0));
            let shapes = window.pane.scene().map_or(0, |scene| scene.shapes.len());
            println!("timeline/frame {zoom}/{name}: {shapes} in view");
            let mut worst = Duration::ZERO;
            for _ in 0..60 {
                let (at, start) = (wander(window.frame), Instant::now());
                window.frame(&program, book, vec![Event::PointerMoved(at)]);
                worst = worst.max(start.elapsed());
            }
            println!("timeline/frame {zoom}/{name}: at most {:.2} ms", worst.as_secs_f64() * 1e3);
            c.bench_function(&format!("timeline/frame {zoom}/{name}"), |b| {
                b.iter(|| {
                    let at = wander(window.frame);
                    black_box(window.frame(&program, book, vec![Event::PointerMoved(at)]))
                });
            });
        }
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(400))
        .measurement_time(Duration::from_secs(2));
    targets = timeline
}
criterion_main!(benches);
