//! What a frame of the canvas costs: interaction, painting and tessellation, without a screen.
//!
//! `canvas/frame_all/G…` pans with everything in view, `canvas/frame_200/G…` with about 200 nodes in view (at 100 %
//! and closer up to that many), `canvas/pick/G4` finds what is under the pointer, `canvas/edit/G…` moves one node and
//! draws the frame after it; `canvas/moving/G…` prints frames in which everything glides,
//! `canvas/picture/G…` what a picture takes. Each pan is also measured with
//! 100 groups and as many note cards. Where the system says what a thread spends on the processor, that is what is measured:
//! on a busy machine the clock on the wall says more about the other programs. Graphs are generated and seeded: G1 100 nodes and 200 links,
//! G2 1k/2k, G3 10k/20k, G4 100k/200k; 1600×1000 points.

use std::hint::black_box;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use casebook::app::{Command, Intent, OpenNotebook, Program};
use casebook::edit::{CardFields, Edit, GroupFields, Ref};
use casebook::graph::{Options, arrange, generate::scale_free};
use casebook::picture::{Faces, Format, Look, Picture, What};
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Event, Pos2, Rect};

#[path = "common/canvas.rs"]
mod shared;

use shared::{PANE, Window};

/// How many groups, and at most as many note cards, the variant with groups has.
const GROUPS: usize = 100;

const GRAPHS: [(&str, usize, usize); 4] =
    [("G1", 100, 200), ("G2", 1_000, 2_000), ("G3", 10_000, 20_000), ("G4", 100_000, 200_000)];

/// A notebook of a generated graph, laid out.
fn program(nodes: usize, links: usize) -> Program {
    let graph = scale_free(nodes, links, 7);
    let options = Options { seed: 7, ..Options::default() };
    let places = arrange(&graph.nodes(), &graph.links, &options, &|| false, &mut |_, _| {});
    shared::program(places.iter().map(|at| (at.x, at.y)), &graph.links, |i| {
        format!("{} {i}", ["Agency", "The board dismissed", "Bloomberg News"][i % 3])
    })
}

/// What this thread has spent on the processor, where the system says so; otherwise the clock on the wall.
fn spent() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = stat.and_then(|stat| stat.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// Processor time as criterion measures it: in nanoseconds, as it measures the wall clock.
struct ProcessorTime(WallTime);

impl Measurement for ProcessorTime {
    type Intermediate = Duration;
    type Value = Duration;

    fn start(&self) -> Duration {
        spent()
    }

    fn end(&self, start: Duration) -> Duration {
        spent().saturating_sub(start)
    }

    fn add(&self, a: &Duration, b: &Duration) -> Duration {
        *a + *b
    }

    fn zero(&self) -> Duration {
        Duration::ZERO
    }

    fn to_f64(&self, value: &Duration) -> f64 {
        // Criterion divides by it.
        value.as_nanos().max(1) as f64
    }

    fn formatter(&self) -> &dyn ValueFormatter {
        self.0.formatter()
    }
}

/// Where the pointer is in frame `i` of a pan: to and fro by a few points, as a hand does.
fn wander(i: u64) -> Pos2 {
    let turn = i as f32 * 0.11;
    Pos2::new(800.0 + 60.0 * turn.sin(), 500.0 + 40.0 * turn.cos())
}

fn frames(c: &mut Criterion<ProcessorTime>) {
    // Building G4 takes a while: left out when only others are asked for.
    let asked: Vec<String> = std::env::args().skip(1).filter(|arg| arg.contains("/G")).collect();
    for (name, nodes, links) in GRAPHS {
        if !asked.is_empty() && !asked.iter().any(|arg| arg.contains(name)) {
            continue;
        }
        let mut program = program(nodes, links);
        let Some(book) = program.open_notebook() else { return };
        let mut window = Window::new();
        let start = spent();
        window.frame(book, Vec::new());
        println!("canvas/first_frame/{name}: {:.1} ms", (spent() - start).as_secs_f64() * 1e3);
        let mut worst = Duration::ZERO;
        for _ in 0..40 {
            let start = spent();
            window.frame(book, Vec::new());
            worst = worst.max(spent() - start);
            std::thread::sleep(Duration::from_millis(16));
        }
        println!("canvas/next_frames/{name}: at most {:.1} ms", worst.as_secs_f64() * 1e3);
        window.settle(book);
        window.press(book, wander(0));
        let mut pan = || {
            let at = wander(window.frame);
            black_box(window.frame(book, vec![Event::PointerMoved(at)]));
        };
        c.bench_function(&format!("canvas/frame_all/{name}"), |b| b.iter(&mut pan));

        let mut window = Window::new();
        window.settle(book);
        let in_view = window.canvas.look_closer(PANE, 200);
        println!("canvas/frame_200/{name}: {} nodes and {} links in view", in_view.0, in_view.1);
        window.settle(book);
        window.press(book, wander(0));
        let mut pan = || {
            let at = wander(window.frame);
            black_box(window.frame(book, vec![Event::PointerMoved(at)]));
        };
        c.bench_function(&format!("canvas/frame_200/{name}"), |b| b.iter(&mut pan));

        if name == "G4" {
            pick(c, book, &window);
        }
        picture(name, book);
        edit(c, name, &mut program, window);
        moving(name, &mut program);
        with_groups(c, name, &mut program);
    }
}

/// The same frames with groups, every fifth of them folded, and note cards.
fn with_groups(c: &mut Criterion<ProcessorTime>, name: &str, program: &mut Program) {
    let Some(notebook) = program.open_notebook().map(|book| book.snapshot()) else { return };
    // Neighbours by place: strips from the left, each from the top.
    let mut places: Vec<_> = notebook.nodes().iter().map(|(id, at)| (*id, at.x, at.y)).collect();
    places.sort_by(|a, b| {
        ((a.1 / 400.0) as i32).cmp(&((b.1 / 400.0) as i32)).then(a.2.total_cmp(&b.2))
    });
    let each = (places.len() / GROUPS).clamp(1, 20);
    let mut edits: Vec<Edit> = places
        .chunks(places.len() / GROUPS.min(places.len()))
        .take(GROUPS)
        .enumerate()
        .map(|(i, part)| Edit::AddGroup {
            handle: String::new(),
            with: GroupFields {
                title: Some(format!("Group {i}")),
                collapsed: Some(i % 5 == 0),
                members: Some(part.iter().take(each).map(|(id, ..)| Ref::Id(*id)).collect()),
                ..GroupFields::default()
            },
        })
        .collect();
    edits.extend(places.iter().step_by(each * 2 + 1).take(GROUPS).map(|(_, x, y)| Edit::AddCard {
        handle: String::new(),
        with: CardFields {
            text: Some("Ask who signed it, and when.".to_owned()),
            at: Some((x + 60.0, y + 90.0)),
            ..CardFields::default()
        },
    }));
    program.edit(&Edit::Batch("groups".to_owned(), edits));
    let Some(book) = program.open_notebook() else { return };
    let mut window = Window::new();
    window.settle(book);
    window.press(book, wander(0));
    let mut pan = || {
        let at = wander(window.frame);
        black_box(window.frame(book, vec![Event::PointerMoved(at)]));
    };
    c.bench_function(&format!("canvas/frame_all/{name} with 100 groups"), |b| b.iter(&mut pan));
    let mut window = Window::new();
    window.settle(book);
    let (nodes, links) = window.canvas.look_closer(PANE, 200);
    println!("canvas/frame_200/{name} with 100 groups: {nodes} nodes and {links} links in view");
    window.settle(book);
    window.press(book, wander(0));
    let mut pan = || {
        let at = wander(window.frame);
        black_box(window.frame(book, vec![Event::PointerMoved(at)]));
    };
    c.bench_function(&format!("canvas/frame_200/{name} with 100 groups"), |b| b.iter(&mut pan));
    if name == "G4" {
        let pane = Rect::from_min_size(Pos2::ZERO, PANE);
        let mut i = 0_u64;
        c.bench_function("canvas/pick/G4 with 100 groups", |b| {
            b.iter(|| {
                i += 1;
                black_box(window.canvas.pick(pane, wander(i * 7)))
            });
        });
    }
}

/// Finds what is under the pointer: close up, and with everything in view.
fn pick(c: &mut Criterion<ProcessorTime>, book: &OpenNotebook, close: &Window) {
    let pane = Rect::from_min_size(Pos2::ZERO, PANE);
    let mut i = 0_u64;
    c.bench_function("canvas/pick/G4", |b| {
        b.iter(|| {
            i += 1;
            black_box(close.canvas.pick(pane, wander(i * 7)))
        });
    });
    let mut window = Window::new();
    window.settle(book);
    c.bench_function("canvas/pick/G4 all in view", |b| {
        b.iter(|| {
            i += 1;
            black_box(window.canvas.pick(pane, wander(i * 7)))
        });
    });
}

/// Prints what a picture of everything takes as SVG, the system's fonts included, and how large it is.
fn picture(name: &str, book: &OpenNotebook) {
    let start = spent();
    let look = Look { legend: true, ..Look::default() };
    let drawn = Picture::of(book.notebook(), &What::Canvas, &look, Faces::of_system(), &|| false);
    let Ok(svg) = drawn.and_then(|picture| picture.write(Format::Svg, &|| false)) else { return };
    let (took, size) = ((spent() - start).as_secs_f64(), svg.len() / 1024);
    println!("canvas/picture/{name}: {took:.2} s as SVG, {size} kB");
}

/// Prints what the frames cost in which everything glides to another arrangement, and those in which it rests there.
fn moving(name: &str, program: &mut Program) {
    // What is given a place by hand is pinned there: lets go of everybody.
    let all: Vec<_> = program.open_notebook().map_or_else(Vec::new, |book| {
        book.notebook().nodes().keys().map(|id| Ref::Id(*id)).collect()
    });
    program.edit(&Edit::Pin { entities: all, pinned: false });
    let mut window = Window::new();
    if let Some(book) = program.open_notebook() {
        window.settle(book);
    }
    program.dispatch(Intent::Run(Command::ArrangeGrid));
    program.settle(Duration::from_secs(600));
    let Some(book) = program.open_notebook() else { return };
    let frame = |window: &mut Window| {
        let start = spent();
        window.frame(book, Vec::new());
        spent() - start
    };
    let first = frame(&mut window);
    // The system counts what a thread has spent in steps of some milliseconds: only sums of frames tell.
    let start = spent();
    for _ in 0..24 {
        window.frame(book, Vec::new());
    }
    let moves = (spent() - start) / 24;
    // Until it has come to rest, and what is made in the background is taken over.
    let last = (0..300).map(|_| {
        std::thread::sleep(Duration::from_millis(3));
        frame(&mut window)
    });
    let last = last.max().unwrap_or_default();
    let start = spent();
    for _ in 0..100 {
        window.frame(book, Vec::new());
    }
    let rests = (spent() - start) / 100;
    let ms = |cost: Duration| cost.as_secs_f64() * 1e3;
    println!(
        "canvas/moving/{name}: the first frame {:.0} ms, while everything moves {:.1} ms a frame, when it comes to \
         rest at most {:.0} ms, then {:.2} ms",
        ms(first),
        ms(moves),
        ms(last),
        ms(rests),
    );
    program.dispatch(Intent::Run(Command::DiscardArrangement));
}

/// Moves one node to and fro, and draws the frame after it.
fn edit(c: &mut Criterion<ProcessorTime>, name: &str, program: &mut Program, mut window: Window) {
    let Some(first) = program.open_notebook().and_then(|book| {
        let (id, node) = book.notebook().nodes().iter().next()?;
        Some((*id, *node))
    }) else {
        return;
    };
    let (id, node) = first;
    let mut to_and_fro = 0.5;
    c.bench_function(&format!("canvas/edit/{name}"), |b| {
        b.iter(|| {
            to_and_fro = -to_and_fro;
            program.edit(&Edit::Place(vec![(Ref::Id(id), node.x + to_and_fro, node.y)]));
            if let Some(book) = program.open_notebook() {
                black_box(window.frame(book, Vec::new()));
            }
        });
    });
}

criterion_group! {
    name = canvas;
    config = Criterion::default()
        .with_measurement(ProcessorTime(WallTime))
        .sample_size(20)
        .warm_up_time(Duration::from_millis(400))
        .measurement_time(Duration::from_secs(2));
    targets = frames
}
criterion_main!(canvas);
