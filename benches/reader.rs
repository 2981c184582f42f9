//! The reader's frames, without a window: egui is run with a fixed input and its shapes are tessellated.
//!
//! A 1280×720 view at scale 1, text at 16 points, fonts warm. Texts are generated from a seed: French-like prose
//! with accents and emoji; T3 and T4 have paragraphs of 200 KB among others.
//!
//! | name | text | mentions |
//! |---|---|---|
//! | T1 | 4 KB | 20 |
//! | T2 | 1 MB | 2,000 |
//! | T3 | 10 MB | 20,000 |
//! | T4 | 100 MB | 100,000 |
//!
//! - `first_frame`: from the text in memory to its first frame: line index, the places of all mentions from Unicode
//!   scalars to bytes, and the frame of a new reader. The notebook's own index of mentions is there before.
//! - `scroll_frame`: a frame 120 points further down each time.
//! - `jump_frame`: a frame at another, far place each time.
//! - `tag_one`: tagging a span, and the frame that shows it; then undoing it, with its frame; half of both.
//! - `find`: all places of `(?i)\bselon\s+\w+`, on as many cores as there are; a table sets it against the `regex`
//!   crate on one thread, by the clock on the wall.
//!
//! T4 takes a while: it runs when `CASEBOOK_BENCH_T4` is set. A table with medians and 99th percentiles of
//! the frames is printed first.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use casebook::app::{Book, Caret, Intent, PrefsFile, Program};
use casebook::edit::{Edit, Ref, Spot, StatementFields, apply};
use casebook::notebook::{About, Article, ArticleId, EntityId, Kind, Notebook, Origin};
use casebook::text::{Finder, Query, Text};
use casebook::ui::fonts;
use casebook::ui::look::Look;
use casebook::ui::reader::Reader;
use criterion::{Criterion, criterion_group, criterion_main};
use egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, vec2};

const SIZES: [(&str, usize, usize); 4] = [
    ("T1", 4 << 10, 20),
    ("T2", 1 << 20, 2_000),
    ("T3", 10 << 20, 20_000),
    ("T4", 100 << 20, 100_000),
];

const WORDS: [&str; 40] = [
    "selon",
    "le",
    "conseil",
    "d’administration",
    "la",
    "présidente",
    "aurait",
    "été",
    "écartée",
    "vendredi",
    "sources",
    "internes",
    "une",
    "enquête",
    "déjà",
    "menée",
    "à",
    "l’été",
    "l’entreprise",
    "n’a",
    "pas",
    "confirmé",
    "plusieurs",
    "médias",
    "affirment",
    "que",
    "les",
    "investisseurs",
    "pousseraient",
    "pour",
    "son",
    "retour",
    "🙂",
    "🇫🇷",
    "et",
    "où",
    "très",
    "peu",
    "naïveté",
    "Noël",
];

/// A small generator (Numerical Recipes' linear congruence): the same text on every machine.
struct Seed(u64);

impl Seed {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

/// The text, and the places of its mentions in Unicode scalars.
struct Sample {
    text: Arc<str>,
    places: Vec<(usize, usize)>,
}

fn sample(bytes: usize, mentions: usize) -> Sample {
    let mut seed = Seed(42);
    let mut text = String::with_capacity(bytes + 1024);
    let mut words = Vec::new();
    let mut scalars = 0;
    let mut paragraphs = 0;
    while text.len() < bytes {
        paragraphs += 1;
        let long = bytes > 5 << 20 && paragraphs % 4000 == 1000;
        let end = text.len() + if long { 200 << 10 } else { 120 + seed.below(900) };
        while text.len() < end {
            let word = WORDS[seed.below(WORDS.len())];
            let length = word.chars().count();
            words.push((scalars, length));
            text.push_str(word);
            text.push(' ');
            scalars += length + 1;
        }
        text.push('\n');
        scalars += 1;
    }
    let step = (words.len() / mentions.max(1)).max(1);
    let places = words
        .chunks(step)
        .take(mentions)
        .enumerate()
        .map(|(i, chunk)| {
            // Every third mention takes several words, so that some nest.
            let last = if i % 3 == 0 { chunk.len().min(4) - 1 } else { 0 };
            (chunk[0].0, chunk[last].0 + chunk[last].1)
        })
        .collect();
    Sample { text: text.into(), places }
}

const ARTICLE: ArticleId = ArticleId::from_bits(1);

fn notebook(sample: &Sample) -> Notebook {
    let mut notebook = Notebook::new("bench");
    let text = Text::new(Arc::clone(&sample.text));
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
        make(&mut notebook, &tag(place, entities[i % entities.len()]));
    }
    notebook
}

fn make(notebook: &mut Notebook, edit: &Edit) {
    if let Err(refusal) = apply(notebook, edit) {
        panic!("{refusal}");
    }
}

fn bytes(text: &Text, place: (usize, usize)) -> std::ops::Range<usize> {
    let start = text.byte_of(place.0).unwrap_or(0);
    let rest = &text.as_str()[start..];
    let length = rest.char_indices().nth(place.1 - place.0).map_or(rest.len(), |(at, _)| at);
    start..start + length
}

fn tag(place: std::ops::Range<usize>, entity: EntityId) -> Edit {
    Edit::Tag {
        article: Some(Ref::Id(ARTICLE)),
        at: Spot::Bytes(place),
        entity: Ref::Id(entity),
        remember_alias: false,
        statement: StatementFields::default(),
        note: String::new(),
        handle: String::new(),
    }
}

/// A context with warm fonts, and the look of the measurement.
struct Bench {
    ctx: Context,
    look: Look,
    time: f64,
}

impl Bench {
    fn new() -> Self {
        let ctx = Context::default();
        ctx.set_fonts(fonts::built_in());
        ctx.all_styles_mut(|style| style.animation_time = 0.0);
        Self { ctx, look: Look { text_size: 16.0, ..Look::light() }, time: 0.0 }
    }

    /// One frame, tessellated; what the reader sent, and how long it took.
    fn frame(
        &mut self,
        book: &Book,
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
        let start = Instant::now();
        let output = self.ctx.run_ui(input, |ui| {
            out.clear();
            reader.ui(ui, book, article, &self.look, &mut out);
        });
        let shapes = output.shapes.clone();
        black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
        let took = start.elapsed();
        output.drop_without_applying_deltas();
        (out, took)
    }
}

/// A fresh reader of a book has its second frame behind it, and the keyboard.
fn opened(bench: &mut Bench, book: &Book) -> Reader {
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
    book: &Book,
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

fn first(bench: &mut Bench, sample: &Sample, book: &Book) -> Duration {
    let start = Instant::now();
    let text = Text::new(Arc::clone(&sample.text));
    for place in &sample.places {
        black_box(bytes(&text, *place));
    }
    let mut reader = Reader::new();
    bench.frame(book, &mut reader, Vec::new());
    start.elapsed()
}

fn readers(c: &mut Criterion) {
    // `cargo bench --bench reader -- find` is about nothing else.
    if std::env::args().any(|arg| arg == "find") {
        return;
    }
    println!("| text | first frame ms | scroll median ms | p99 | jump median ms | p99 |");
    println!("|---|---|---|---|---|---|");
    for (name, size, mentions) in SIZES {
        if name == "T4" && std::env::var_os("CASEBOOK_BENCH_T4").is_none() {
            continue;
        }
        let sample = sample(size, mentions);
        let book = Book::with(notebook(&sample));
        let mut bench = Bench::new();
        let mut reader = opened(&mut bench, &book);

        let firsts: Vec<Duration> = (0..9).map(|_| first(&mut bench, &sample, &book)).collect();
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
        let mut seed = Seed(7);
        let first_ms = firsts.iter().min().map_or(0.0, |time| time.as_secs_f64() * 1e3);
        let (scroll, scroll_99) = percentiles(&mut scrolls);
        let (jump_ms, jump_99) = percentiles(&mut jumps);
        println!(
            "| {name} | {first_ms:.2} | {scroll:.3} | {scroll_99:.3} | {jump_ms:.3} | {jump_99:.3} |"
        );

        c.bench_function(&format!("reader/first_frame/{name}"), |b| {
            b.iter_custom(|times| (0..times).map(|_| first(&mut bench, &sample, &book)).sum());
        });
        c.bench_function(&format!("reader/scroll_frame/{name}"), |b| {
            b.iter_custom(|times| {
                (0..times).map(|_| bench.frame(&book, &mut reader, wheel()).1).sum()
            });
        });
        let mut i = 0;
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
        if name == "T3" {
            tag_one(c, &mut bench, &sample);
        }
    }
}

fn tag_one(c: &mut Criterion, bench: &mut Bench, sample: &Sample) {
    let mut program = Program::new(PrefsFile::none());
    program.dispatch(Intent::AddText(sample.text.to_string()));
    program.dispatch(Intent::Edit(Edit::AddEntity {
        kind: Kind::Actor,
        name: "Une source".to_owned(),
        handle: String::new(),
        with: Box::default(),
        at: None,
    }));
    let Some(book) = program.book() else { return };
    let (Some(article), Some(entity)) =
        (book.article(), book.notebook().entities().keys().next().copied())
    else {
        return;
    };
    let tag = |place| match tag(place, entity) {
        Edit::Tag { at, entity, remember_alias, statement, note, handle, .. } => Edit::Tag {
            article: Some(Ref::Id(article)),
            at,
            entity,
            remember_alias,
            statement,
            note,
            handle,
        },
        other => other,
    };
    let text = Text::new(Arc::clone(&sample.text));
    for place in &sample.places {
        program.dispatch(Intent::Edit(tag(bytes(&text, *place))));
    }
    let Some(book) = program.book() else { return };
    println!("tag_one: {} mentions", book.notebook().mentions().len());
    let mut reader = opened(bench, book);
    c.bench_function("reader/tag_one/T3", |b| {
        b.iter_custom(|times| {
            let mut total = Duration::ZERO;
            for _ in 0..times {
                let start = Instant::now();
                program.dispatch(Intent::SetCaret(article, Caret::over(0..5)));
                program.dispatch(Intent::Edit(tag(0..5)));
                total += start.elapsed();
                if let Some(book) = program.book() {
                    total += bench.frame(book, &mut reader, Vec::new()).1;
                }
                let start = Instant::now();
                program.dispatch(Intent::Run(casebook::app::Command::Undo));
                total += start.elapsed();
                if let Some(book) = program.book() {
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
        if *name == "T4" && std::env::var_os("CASEBOOK_BENCH_T4").is_none() {
            continue;
        }
        let text = sample(*size, *mentions).text;
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

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20).measurement_time(Duration::from_secs(3));
    targets = readers, find
}
criterion_main!(benches);
