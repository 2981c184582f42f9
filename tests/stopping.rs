//! “Stop” stops: every kind of long work asks often whether it is to go on, does no more once it is told not to, and says
//! that it was stopped. (Exports and saving have their tests in `tests/export.rs` and `tests/storage.rs`.)

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use casebook::app::{ChartingIntent, Command, Intent, Pane, ReadingIntent, SessionIntent};
use casebook::edit::{Edit, EntityFields, LinkFields, Ref};
use casebook::graph::{Node, Options, Point, arrange};
use casebook::inquiry::{
    Lexicons, Measure, Spotlight, emphasis, suggest, summarise, untagged_places, untagged_words,
    weights,
};
use casebook::job::{Inbox, Job};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{About, Article, ArticleId, Filter, Kind, Notebook, Origin};
use casebook::recovery::{self, Folder, RecoverError};
use casebook::scene::Scene;
use casebook::storage::{self, Expected, LoadError};
use casebook::table::{Column, FoldedNames, RowQuery, Rows, TableKind};
use casebook::text::{Finder, Query, Text, places_of_unless};
use egui_kittest::kittest::Queryable as _;

#[path = "common/session.rs"]
mod session;

use session::{Session, program};

const SIZE: Size =
    Size { articles: 3, text: 400_000, entities: 12_000, mentions: 12_000, links: 20_000 };

/// Does something that asks `stop`, once to its end and then stopped after each of some questions: it asks often, and
/// hardly once more after it was told to stop.
fn stops(what: &str, at_least: usize, work: &dyn Fn(&dyn Fn() -> bool)) {
    let asked = Cell::new(0_usize);
    let ask = |most: usize| {
        let asked = &asked;
        move || {
            asked.set(asked.get() + 1);
            asked.get() > most
        }
    };
    work(&ask(usize::MAX));
    let all = asked.get();
    assert!(all >= at_least, "{what}: it asks only {all} times");
    for most in [0, 1, all / 3, all / 2, all.saturating_sub(2)] {
        asked.set(0);
        work(&ask(most));
        assert!(asked.get() <= most + 8, "{what}: {} questions after {most}", asked.get());
    }
}

fn large() -> Notebook {
    generate(11, SIZE).0
}

#[test]
fn what_is_worked_out_of_a_text_stops() {
    let words = "Anne Kervel met the mayor on Friday, according to two officials. ";
    let text = Text::new(words.repeat(12_000));
    let finder = Finder::new(&Query { pattern: "kervel".to_owned(), ..Query::default() }).unwrap();
    stops("find", 4, &|stop| drop(finder.find_all(text.as_str(), stop, usize::MAX)));
    stops("places of names", 4, &|stop| {
        drop(places_of_unless(&text, &["Kervel".to_owned(), "mayor".to_owned()], stop));
    });
    let (lexicons, _) = Lexicons::new(&[]);
    let long = Text::new(format!("{words}\n").repeat(3_000));
    stops("suggestions", 4, &|stop| drop(suggest(&long, "en", "", &lexicons, stop, &|_| {})));
}

#[test]
fn what_is_worked_out_of_a_notebook_stops() {
    let notebook = large();
    let (entity, record) = notebook.entities().iter().next().unwrap();
    stops("tag the rest", 3, &|stop| drop(untagged_places(&notebook, *entity, &[], stop)));
    stops("tag all", 3, &|stop| drop(untagged_words(&notebook, &record.name, stop)));
    stops("the canvas", 8, &|stop| {
        let asked_to = Cell::new(false);
        let scene = Scene::of_unless(&notebook, 0, &|| {
            asked_to.set(stop());
            asked_to.get()
        });
        assert_eq!(scene.is_none(), asked_to.get(), "half a scene is none");
    });
    let filter = Filter { kinds: [Kind::Actor].into(), ..Filter::default() };
    let entities: Vec<_> = notebook.entities().keys().copied().collect();
    let paths = Spotlight::Paths { from: entities[0], to: entities[1] };
    stops("filter", 1, &|stop| drop(emphasis(&notebook, &filter, &Spotlight::Off, stop)));
    stops("paths", 1, &|stop| drop(emphasis(&notebook, &Filter::default(), &paths, stop)));
    for measure in [Measure::Betweenness, Measure::PageRank] {
        stops("weights", 2, &|stop| drop(weights(&notebook, measure, stop, &mut |_| {})));
    }
    let query = RowQuery {
        which: TableKind::Links,
        filter: "a".to_owned(),
        by: Column::From,
        descending: false,
    };
    stops("table", 2, &|stop| {
        drop(Rows::of(&notebook, None, &query, &mut FoldedNames::default(), stop))
    });
    let (other, _) = generate(12, SIZE);
    stops("comparing", 100, &|stop| drop(summarise(&notebook, &other, stop)));
    let nodes: Vec<_> = (0..2_000)
        .map(|_| Node { at: None, pinned: false, size: Point::new(120.0, 32.0) })
        .collect();
    let links: Vec<_> = (1..2_000).map(|n| (n / 2, n)).collect();
    stops("arranging", 8, &|stop| {
        drop(arrange(&nodes, &links, &Options::default(), stop, &mut |_, _| {}));
    });
}

#[test]
fn reading_stops_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (notebook, desk) = generate(3, Size { links: 500, mentions: 3_000, ..SIZE });
    let path = folder.path().join("n.ron");
    storage::save(&path, &notebook, &desk, &Expected::New, &|| false).unwrap();
    let stamp = storage::load(&path, &|| false, &|_| {}).unwrap().stamp;
    stops("opening a notebook", 3, &|stop| drop(storage::load(&path, stop, &|_| {})));
    assert!(matches!(storage::load(&path, &|| true, &|_| {}), Err(LoadError::Cancelled(_))));
    stops("looking whether a file changed", 3, &|stop| {
        drop(stamp.is_current_unless(&path, stop));
    });
    assert_eq!(stamp.is_current_unless(&path, &|| true).unwrap(), None);
    assert_eq!(stamp.is_current_unless(&path, &|| false).unwrap(), Some(true));
    let article = folder.path().join("a.txt");
    std::fs::write(&article, "Some words of an article.\n".repeat(100_000)).unwrap();
    stops("opening an article", 2, &|stop| {
        drop(casebook::article::read_file(
            &article,
            &casebook::article::ReadOptions::default(),
            stop,
            &|_| {},
        ));
    });
    assert!(
        casebook::article::read_file(
            &article,
            &casebook::article::ReadOptions::default(),
            &|| true,
            &|_| {}
        )
        .is_err()
    );
    let journal = folder.path().join("some.journal");
    std::fs::write(&journal, "").unwrap();
    let stopped = recovery::recover_unless(&Folder::at(folder.path()), &journal, &|| true);
    assert!(matches!(stopped, Err(RecoverError::Cancelled)), "{stopped:?}");
    assert!(journal.exists());
}

/// A notebook whose canvas is made in the background.
fn many_links(links: usize) -> Edit {
    let actor = |name: &str| Edit::AddEntity {
        kind: Kind::Actor,
        name: name.to_owned(),
        handle: name.to_owned(),
        with: Box::<EntityFields>::default(),
        at: None,
    };
    let mut edits: Vec<Edit> = ["A", "B", "C"].map(actor).into();
    let link = |n: usize| Edit::Link {
        from: Ref::handle(if n.is_multiple_of(2) { "$A" } else { "$C" }),
        relation: "cites".into(),
        to: Ref::handle("$B"),
        evidence: Vec::new(),
        with: LinkFields::default(),
        handle: String::new(),
    };
    edits.extend((0..links).map(link));
    Edit::Batch("Set up".to_owned(), edits)
}

/// Takes all places of the pool until it is dropped, so that a job that computes something waits and can be stopped
/// before it is done.
struct Busy(Arc<AtomicBool>);

impl Busy {
    fn new(s: &Session) -> Self {
        let mut inbox: Inbox<()> = Inbox::new(s.open_notebook().pool());
        let free = Arc::new(AtomicBool::new(false));
        for _ in 0..8 {
            let free = Arc::clone(&free);
            inbox.start(Job::compute("think"), move |_| {
                while !free.load(Ordering::SeqCst) {
                    std::thread::yield_now();
                }
            });
        }
        Self(free)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// Stops the job of this name, which must be under way.
fn stop(s: &mut Session, name: &str) {
    let id = |s: &mut Session| {
        let jobs = s.program().jobs();
        jobs.iter().find(|job| job.job.name == name).map(|job| job.id)
    };
    let job = id(s).unwrap_or_else(|| panic!("{name} is under way"));
    s.program().dispatch(Intent::StopJob(job));
    while id(s).is_some() {
        std::thread::yield_now();
    }
}

#[test]
fn a_stopped_filter_says_so_and_what_was_shown_stays_whole() {
    let mut s = Session::open();
    s.send(Intent::Run(Command::NewNotebook));
    s.program().edit(&many_links(10)).unwrap();
    s.settle();
    let shown = |s: &Session| {
        let emphasis = s.open_notebook().exploration().emphasis().cloned();
        emphasis.and_then(|seen| seen.shown.as_ref().map(|shown| shown.entities.len()))
    };
    let only = |kind: Kind| {
        let filter = Filter { kinds: [kind].into(), ..Filter::default() };
        Intent::Charting(ChartingIntent::SetFilter(Box::new(filter)))
    };
    s.send(only(Kind::Actor));
    assert_eq!(shown(&s), Some(3));
    let busy = Busy::new(&s);
    s.program().dispatch(only(Kind::Claim));
    stop(&mut s, "Filtering the canvas");
    drop(busy);
    s.settle();
    s.0.run();
    assert_eq!(shown(&s), Some(3), "as before");
    assert!(s.0.query_by_label_contains("Filtering was stopped:").is_some());
    s.0.get_by_label("Try again").click();
    s.0.run();
    s.settle();
    s.0.run();
    assert_eq!(shown(&s), Some(0));
    assert!(s.0.query_by_label_contains("Filtering was stopped").is_none());
}

#[test]
fn a_stopped_table_says_so_and_keeps_the_rows_it_had() {
    let mut s = Session::open();
    s.send(Intent::Run(Command::NewNotebook));
    s.program().edit(&many_links(2_500)).unwrap();
    s.run(Command::Pane(Pane::TABLE));
    s.0.run();
    assert!(s.0.query_by_label_contains("Sorting was stopped").is_none());
    let busy = Busy::new(&s);
    s.program().edit(&program::batch("Title", r#"[Title("Another")]"#)).unwrap();
    s.0.step();
    stop(&mut s, "Sorting the table");
    drop(busy);
    s.settle();
    s.0.run();
    assert!(s.0.query_by_label_contains("Sorting was stopped").is_some());
    let rows = s.0.query_all_by_label_contains("2500").count();
    assert!(rows > 0, "the rows are those of before");
    s.0.get_by_label("Sort again").click();
    s.0.run();
    s.settle();
    s.0.run();
    assert!(s.0.query_by_label_contains("Sorting was stopped").is_none());
}

#[test]
fn stopped_suggestions_say_so_and_are_found_on_request() {
    let mut s = Session::open();
    s.settle();
    s.send(Intent::Run(Command::NewNotebook));
    s.run(Command::Pane(Pane::SUGGESTIONS));
    let busy = Busy::new(&s);
    let about = About { title: "Quays".to_owned(), language: "en".to_owned(), ..About::default() };
    let text = Text::new("Anne Kervel met the mayor on 3 March 2030.");
    let article = Article { about, origin: Origin::default(), text, earlier: Vec::new() };
    let id = ArticleId::from_bits(7);
    s.program()
        .dispatch(Intent::Session(SessionIntent::Edit(Edit::AddArticle(id, Arc::new(article)))));
    s.program().dispatch(Intent::Reading(ReadingIntent::ShowArticle(id)));
    s.0.step();
    stop(&mut s, "Finding suggestions");
    drop(busy);
    s.settle();
    s.0.run();
    assert!(s.0.query_by_label_contains("Finding suggestions was stopped").is_some());
    s.0.get_by_label("Find again").click();
    s.0.run();
    s.settle();
    s.0.run();
    assert!(s.0.query_by_label_contains("was stopped").is_none());
    assert!(!s.open_notebook().suggestions(id).all.is_empty());
}

#[test]
fn drawing_the_canvas_stops_says_so_and_is_done_again_on_request() {
    let mut s = Session::open();
    s.send(Intent::Run(Command::NewNotebook));
    let busy = Busy::new(&s);
    s.program().edit(&many_links(30_001)).unwrap();
    s.0.step();
    let drawing = |s: &mut Session| {
        let jobs = s.program().jobs();
        jobs.iter().find(|job| job.job.name == "Drawing the canvas").map(|job| job.id)
    };
    stop(&mut s, "Drawing the canvas");
    drop(busy);
    s.settle();
    s.0.run();
    assert!(s.0.query_by_label_contains("Drawing was stopped").is_some());
    assert!(drawing(&mut s).is_none(), "it is not begun again by itself");
    s.0.get_by_label("Draw again").click();
    s.0.run();
    s.settle();
    s.0.run();
    assert!(s.0.query_by_label_contains("Drawing was stopped").is_none());
    let shown = s.open_notebook().notebook().links().len();
    assert_eq!(shown, 30_001);
    let rename = r#"[Title("Another")]"#;
    s.send(Intent::Session(SessionIntent::Edit(program::batch("Title", rename))));
}

#[test]
fn a_stopped_search_of_the_palette_says_so_and_the_row_above_looks_again() {
    let mut s = Session::open();
    s.send(Intent::Run(Command::NewNotebook));
    let about = About { title: "Quays".to_owned(), language: "en".to_owned(), ..About::default() };
    let text = Text::new("Anne Kervel met the mayor on 3 March 2030.");
    let article = Article { about, origin: Origin::default(), text, earlier: Vec::new() };
    let add = Edit::AddArticle(ArticleId::from_bits(7), Arc::new(article));
    s.send(Intent::Session(SessionIntent::Edit(add)));
    s.settle();
    s.run(Command::Palette);
    let busy = Busy::new(&s);
    s.0.event(egui::Event::Text("kervel".to_owned()));
    s.0.step();
    s.0.step();
    stop(&mut s, "Finding words");
    drop(busy);
    s.settle();
    s.0.run();
    assert!(s.0.query_by_label_contains("The search for these words was stopped").is_some());
    assert_eq!(s.open_notebook().word_places().count(), 0);
    s.0.get_by_label("Find “kervel” in all articles").click();
    s.0.run();
    s.settle();
    assert_eq!(s.open_notebook().find().unwrap().total(), 1);
}
