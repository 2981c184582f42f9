//! The reader's speed, headless: a 1280×720 view at scale 1, text at 16 points, fonts warm.
//!
//! Texts are generated from a seed: French-like prose with accents and emoji; T3 and T4 have paragraphs of 200 KB
//! among others.
//!
//! | name | text | mentions |
//! |---|---|---|
//! | T1 | 4 KB | 20 |
//! | T2 | 1 MB | 2,000 |
//! | T3 | 10 MB | 20,000 |
//! | T4 | 100 MB | 100,000 |
//! | arabic, hebrew, devanagari, chinese, japanese | 1 MB | 2,000 |
//! | one line | 10 MB without a line feed | 20,000 |
//! | empty lines | 100,000, a word in every thousandth | 100 |
//!
//! - `first_frame`: from the text in memory to its first frame: line index, the places of all mentions from Unicode
//!   scalars to bytes, and the frame of a new reader, nothing of it laid out before. The notebook's own index of
//!   mentions is there before.
//! - `scroll_frame`: a frame 120 points further down each time.
//! - `jump_frame`: a frame at another, far place each time: Ctrl+End, Ctrl+Home, Page Down, the scroll bar dragged.
//! - `tag_one`: tagging a span, and the frame that shows it; then undoing it, with its frame; half of both.
//! - `find`: all places of `(?i)\bselon\s+\w+`, on as many cores as there are; a table sets it against the `regex`
//!   crate on one thread, by the clock on the wall.
//!
//! Times are this thread's processor time where the system tells it (Linux), so that what else the machine does
//! counts less. Tables with medians and 99th percentiles are printed, and last what T4 takes from its file to the
//! first frame (by the clock) and its memory, measured in a process of its own. `CASEBOOK_BENCH_SHORT` leaves T4 out,
//! `CASEBOOK_BENCH_ONLY=arabic,T2` measures these alone.

#[path = "reader/memory.rs"]
mod memory;
#[path = "reader/sample.rs"]
mod sample;

use std::hint::black_box;
use std::io::Read as _;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use casebook::app::{
    Caret, Intent, OpenNotebook, PrefsFile, Program, ReadingIntent, SessionIntent,
};
use casebook::edit::{Edit, Ref, Spot, StatementFields, apply};
use casebook::notebook::{About, Article, ArticleId, EntityId, Kind, Notebook, Origin};
use casebook::text::{Finder, Query, Text};
use casebook::ui::fonts;
use casebook::ui::reader::Reader;
use casebook::ui::theme::Style;
use criterion::{Criterion, criterion_group};
use egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, vec2};

use self::sample::{Sample, Seed};

const SIZES: [(&str, usize, usize); 4] = [
    ("T1", 4 << 10, 20),
    ("T2", 1 << 20, 2_000),
    ("T3", 10 << 20, 20_000),
    ("T4", 100 << 20, 100_000),
];

const ARTICLE: ArticleId = ArticleId::from_bits(1);

fn notebook(sample: &Sample) -> Notebook {
    let mut notebook = Notebook::new("bench");
    let text = Text::new(&*sample.text);
    let about =
        About { title: "Un long récit".to_owned(), language: "fr".to_owned(), ..About::default() };
    let places: Vec<_> = sample.places.iter().map(|place| bytes(&text, *place)).collect();
    let article = Article { about, origin: Origin::default(), text, earlier: Vec::new() };
    make(&mut notebook, &Edit::AddArticle(ARTICLE, article.into()));
    let kinds = [Kind::Actor, Kind::Event, Kind::Claim];
    for i in 0..60 {
        make(
            &mut notebook,
            &Edit::AddEntity {
                kind: kinds[i % 3],
                name: format!("{} {i}", kinds[i % 3].word()),
                handle: String::new(),
                with: Box::default(),
                at: None,
            },
        );
    }
    let entities: Vec<EntityId> = notebook.entities().keys().copied().collect();
    for (i, place) in places.into_iter().enumerate() {
        make(&mut notebook, &tag_in(ARTICLE, place, entities[i % entities.len()]));
    }
    notebook
}

fn make(notebook: &mut Notebook, edit: &Edit) {
    if let Err(refusal) = apply(notebook, edit) {
        panic!("{refusal}");
    }
}

fn bytes(text: &Text, place: (usize, usize)) -> std::ops::Range<usize> {
    text.byte_of(place.0).unwrap_or(0)..text.byte_of(place.1).unwrap_or(0)
}

fn tag_in(article: ArticleId, place: std::ops::Range<usize>, entity: EntityId) -> Edit {
    Edit::Tag {
        article: Some(Ref::Id(article)),
        at: Spot::Bytes(place),
        entity: Ref::Id(entity),
        remember_alias: false,
        statement: StatementFields::default(),
        note: String::new(),
        handle: String::new(),
    }
}

/// This thread's processor time; the time by the clock where the system does not tell.
fn now() -> Duration {
    static START: Mutex<Option<Instant>> = Mutex::new(None);
    // The scheduler counts up what a thread used when it gives way.
    std::thread::yield_now();
    let mut bytes = [0; 64];
    let told = std::fs::File::open("/proc/thread-self/schedstat")
        .and_then(|mut file| file.read(&mut bytes))
        .ok()
        .and_then(|read| std::str::from_utf8(&bytes[..read]).ok()?.split(' ').next()?.parse().ok());
    match (told, START.lock()) {
        (Some(nanoseconds), _) => Duration::from_nanos(nanoseconds),
        (None, Ok(mut start)) => start.get_or_insert_with(Instant::now).elapsed(),
        (None, Err(_)) => Duration::ZERO,
    }
}

/// A context with warm fonts, and the look of the measurement.
struct Bench {
    ctx: Context,
    style: Style,
    time: f64,
}

impl Bench {
    fn new() -> Self {
        let ctx = Context::default();
        ctx.set_fonts(fonts::built_in());
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        let mut bench = Self { ctx, style: Style { text_size: 16.0, ..Style::light() }, time: 0.0 };
        // The system's faces for other scripts are looked up when the first of their letters is met.
        let mut warm = Program::new(PrefsFile::none());
        warm.dispatch(Intent::Session(SessionIntent::AddText(
            "Selon أبجد אבגד कखग 漢字 かな 🙂 🇫🇷".to_owned(),
        )));
        if let Some(book) = warm.open_notebook() {
            let mut reader = Reader::new();
            for _ in 0..20 {
                bench.frame(book, &mut reader, Vec::new());
                std::thread::sleep(Duration::from_millis(10));
            }
        }
        bench
    }

    /// A frame without the reader.
    fn rest(&mut self) {
        self.time += 1.0 / 60.0;
        let input = RawInput { time: Some(self.time), ..RawInput::default() };
        self.ctx.run_ui(input, |_| {}).drop_without_applying_deltas();
    }

    /// One frame, tessellated; what the reader sent, and how long it took.
    fn frame(
        &mut self,
        book: &OpenNotebook,
        reader: &mut Reader,
        events: Vec<Event>,
    ) -> (Vec<Intent>, Duration) {
        self.time += 1.0 / 60.0;
        let article = book.article().unwrap_or(ARTICLE);
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 720.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let mut out = Vec::new();
        let start = now();
        let output = self.ctx.run_ui(input, |ui| {
            out.clear();
            reader.ui(ui, book, article, &self.style, &mut out);
        });
        let shapes = output.shapes.clone();
        black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
        let took = now().saturating_sub(start);
        output.drop_without_applying_deltas();
        (out, took)
    }
}

/// A fresh reader of a book has its second frame behind it, and the keyboard.
fn opened(bench: &mut Bench, book: &OpenNotebook) -> Reader {
    let mut reader = Reader::new();
    reader.focus();
    bench.frame(book, &mut reader, vec![Event::PointerMoved(Pos2::new(600.0, 400.0))]);
    bench.frame(book, &mut reader, Vec::new());
    reader
}

fn wheel() -> Vec<Event> {
    vec![Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: vec2(0.0, -120.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Trackpad,
        modifiers: Modifiers::NONE,
    }]
}

fn key(key: Key, modifiers: Modifiers) -> Vec<Event> {
    vec![Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }]
}

/// Where the jumps go: to the ends by keys, and to places all over the text by the scroll bar.
fn jump(seed: &mut Seed, i: usize) -> Vec<Event> {
    match i % 4 {
        0 => key(Key::End, Modifiers::COMMAND),
        1 => key(Key::Home, Modifiers::COMMAND),
        2 => key(Key::PageDown, Modifiers::NONE),
        _ => {
            let at = Pos2::new(1274.0, 20.0 + seed.below(680) as f32);
            let button = |pressed| Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            vec![Event::PointerMoved(at), button(true)]
        }
    }
}

fn let_go() -> Vec<Event> {
    let at = Pos2::new(600.0, 400.0);
    let up = Event::PointerButton {
        pos: at,
        button: egui::PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    };
    vec![up, Event::PointerMoved(at)]
}

/// The times of many frames, each the shortest of several runs with a new reader: what else the machine does in
/// the meantime does not count, and what a frame costs when it is first seen does.
fn best_of(
    bench: &mut Bench,
    book: &OpenNotebook,
    frames: usize,
    mut run: impl FnMut(&mut Bench, &mut Reader, usize) -> Duration,
) -> Vec<Duration> {
    let mut best = vec![Duration::MAX; frames];
    for _ in 0..5 {
        let mut reader = opened(bench, book);
        for (i, best) in best.iter_mut().enumerate() {
            *best = run(bench, &mut reader, i).min(*best);
        }
    }
    best
}

fn percentiles(times: &mut [Duration]) -> (f64, f64) {
    times.sort_unstable();
    let at = |part: f64| {
        let i = ((times.len() - 1) as f64 * part) as usize;
        times.get(i).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    };
    (at(0.5), at(0.99))
}

fn first(bench: &mut Bench, sample: &Sample, book: &OpenNotebook) -> Duration {
    // Nothing of the page is remembered: a frame without the reader has egui forget its galleys.
    bench.rest();
    let start = now();
    let text = Text::new(&*sample.text);
    for place in &sample.places {
        black_box(bytes(&text, *place));
    }
    let mut reader = Reader::new();
    bench.frame(book, &mut reader, Vec::new());
    now().saturating_sub(start)
}

/// A row of the table that is printed last.
struct Row {
    name: &'static str,
    first: f64,
    scroll: (f64, f64),
    jump: (f64, f64),
}

fn readers(c: &mut Criterion) {
    // `cargo bench --bench reader -- find` is about nothing else.
    if std::env::args().any(|arg| arg == "find") {
        return;
    }
    let mut rows = Vec::new();
    for (name, size, mentions) in SIZES {
        if !is_asked(name) || (name == "T4" && is_short()) {
            continue;
        }
        let sample = sample::french(size, mentions);
        rows.push(measure(c, name, &sample));
        if name == "T3" {
            tag_one(c, &mut Bench::new(), &sample);
        }
    }
    for name in ["arabic", "hebrew", "devanagari", "chinese", "japanese"] {
        if is_asked(name) {
            rows.push(measure(c, name, &sample::in_script(name)));
        }
    }
    for name in ["one line", "empty lines"] {
        if is_asked(name) {
            rows.push(measure(c, name, &sample::odd(name)));
        }
    }
    println!("\n| text | first frame ms | scroll median ms | p99 | jump median ms | p99 |");
    println!("|---|---|---|---|---|---|");
    for row in rows {
        let Row { name, first, scroll, jump } = row;
        println!(
            "| {name} | {first:.2} | {:.3} | {:.3} | {:.3} | {:.3} |",
            scroll.0, scroll.1, jump.0, jump.1
        );
    }
}

fn measure(c: &mut Criterion, name: &'static str, sample: &Sample) -> Row {
    let book = OpenNotebook::with(notebook(sample));
    let mut bench = Bench::new();
    let mut reader = opened(&mut bench, &book);

    let firsts = (0..9).map(|_| first(&mut bench, sample, &book));
    let first_ms = firsts.min().map_or(0.0, |time| time.as_secs_f64() * 1e3);
    let mut scrolls = best_of(&mut bench, &book, 1000, |bench, reader, i| {
        if i % 200 == 199 {
            let mut seed = Seed(i as u64);
            bench.frame(&book, reader, jump(&mut seed, 3));
            bench.frame(&book, reader, let_go());
        }
        bench.frame(&book, reader, wheel()).1
    });
    let mut jumps = best_of(&mut bench, &book, 200, |bench, reader, i| {
        let took = bench.frame(&book, reader, jump(&mut Seed(i as u64), i)).1;
        bench.frame(&book, reader, let_go());
        took
    });

    c.bench_function(&format!("reader/first_frame/{name}"), |b| {
        b.iter_custom(|times| (0..times).map(|_| first(&mut bench, sample, &book)).sum());
    });
    c.bench_function(&format!("reader/scroll_frame/{name}"), |b| {
        b.iter_custom(|times| (0..times).map(|_| bench.frame(&book, &mut reader, wheel()).1).sum());
    });
    let (mut i, mut seed) = (0, Seed(7));
    c.bench_function(&format!("reader/jump_frame/{name}"), |b| {
        b.iter_custom(|times| {
            let mut total = Duration::ZERO;
            for _ in 0..times {
                i += 1;
                total += bench.frame(&book, &mut reader, jump(&mut seed, i)).1;
                bench.frame(&book, &mut reader, let_go());
            }
            total
        });
    });
    Row { name, first: first_ms, scroll: percentiles(&mut scrolls), jump: percentiles(&mut jumps) }
}

fn tag_one(c: &mut Criterion, bench: &mut Bench, sample: &Sample) {
    let mut program = Program::new(PrefsFile::none());
    program.dispatch(Intent::Session(SessionIntent::AddText(sample.text.to_string())));
    program.dispatch(Intent::Session(SessionIntent::Edit(Edit::AddEntity {
        kind: Kind::Actor,
        name: "Une source".to_owned(),
        handle: String::new(),
        with: Box::default(),
        at: None,
    })));
    let Some(book) = program.open_notebook() else { return };
    let (Some(article), Some(entity)) =
        (book.article(), book.notebook().entities().keys().next().copied())
    else {
        return;
    };
    let tag = |place| tag_in(article, place, entity);
    let text = Text::new(&*sample.text);
    for place in &sample.places {
        program.dispatch(Intent::Session(SessionIntent::Edit(tag(bytes(&text, *place)))));
    }
    let Some(book) = program.open_notebook() else { return };
    let mut reader = opened(bench, book);
    c.bench_function("reader/tag_one/T3", |b| {
        b.iter_custom(|times| {
            let mut total = Duration::ZERO;
            for _ in 0..times {
                let start = now();
                program
                    .dispatch(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(0..5))));
                program.dispatch(Intent::Session(SessionIntent::Edit(tag(0..5))));
                total += now().saturating_sub(start);
                if let Some(book) = program.open_notebook() {
                    total += bench.frame(book, &mut reader, Vec::new()).1;
                }
                let start = now();
                program.dispatch(Intent::Run(casebook::app::Command::Undo));
                total += now().saturating_sub(start);
                if let Some(book) = program.open_notebook() {
                    total += bench.frame(book, &mut reader, Vec::new()).1;
                }
            }
            total / 2
        });
    });
}

/// `(?i)\bselon\s+\w+` over the whole text: what find does, against the bare `regex` crate on one thread.
fn find(c: &mut Criterion) {
    const PATTERN: &str = r"(?i)\bselon\s+\w+";
    let query =
        Query { pattern: PATTERN.to_owned(), regex: true, accents: true, ..Query::default() };
    let (Ok(bare), Ok(finder)) = (regex::Regex::new(PATTERN), Finder::new(&query)) else {
        return;
    };
    println!("| text | hits | bare regex ms | find ms | find on one thread ms | times as fast |");
    println!("|---|---|---|---|---|---|");
    for (name, size, mentions) in &SIZES[2..] {
        if *name == "T4" && is_short() {
            continue;
        }
        let text = sample::french(*size, *mentions).text;
        let one = || bare.find_iter(&text).count();
        let ours = || {
            let mut count = 0;
            finder.find_each(&text, &|| false, usize::MAX, &mut |places| count += places.len());
            count
        };
        let alone = || finder.find_all(&text, &|| false, usize::MAX).len();
        // What the bare crate finds across the end of a paragraph is no place.
        let inside = bare.find_iter(&text).filter(|found| !found.as_str().contains('\n')).count();
        assert!(ours() == alone() && ours() >= inside, "all find the same");
        let best = |search: &dyn Fn() -> usize| {
            let times = (0..5).map(|_| {
                let start = Instant::now();
                black_box(search());
                start.elapsed().as_secs_f64() * 1e3
            });
            times.fold(f64::INFINITY, f64::min)
        };
        let (one_ms, ours_ms, alone_ms) = (best(&one), best(&ours), best(&alone));
        println!(
            "| {name} | {} | {one_ms:.0} | {ours_ms:.0} | {alone_ms:.0} | {:.1} |",
            ours(),
            one_ms / ours_ms
        );
        c.bench_function(&format!("reader/find/{name}"), |b| b.iter(ours));
    }
}

/// Whether this text is to be measured: all are, unless `CASEBOOK_BENCH_ONLY` names some.
fn is_asked(name: &str) -> bool {
    std::env::var("CASEBOOK_BENCH_ONLY").is_ok_and(|only| only.split(',').any(|one| one == name))
        || std::env::var_os("CASEBOOK_BENCH_ONLY").is_none()
}

/// Whether T4 is left out.
fn is_short() -> bool {
    std::env::var_os("CASEBOOK_BENCH_SHORT").is_some()
}

/// The child process that measures memory never sees criterion.
fn main() {
    if memory::is_asked() {
        memory::measure();
        return;
    }
    benches();
    if !is_short() && is_asked("T4") {
        memory::print();
    }
    Criterion::default().configure_from_args().final_summary();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(15).measurement_time(Duration::from_secs(3));
    targets = readers, find
}
