//! What a notebook that can only be read refuses, and what a job that panics leaves behind.

use casebook::app::questions::Unsaved;
use casebook::app::{
    Answer, Caret, Command, FindQuery, Intent, Level, LinkDraft, Prefs, PrefsFile, Program,
    ReadingIntent, Selection, SessionIntent, SettingsIntent, TaggingIntent,
};
use casebook::edit::{CardFields, Edit};
use casebook::inquiry::Measure;
use casebook::notebook::Kind;
use casebook::recovery::Folder;
use casebook::storage::Lock;

use crate::script::Script;

/// A notebook with one of everything, saved; what is selected lets as many commands as possible make sense.
fn full() -> (Script, std::path::PathBuf) {
    let mut s = Script::open();
    s.open_file("other.txt", crate::script::OTHER.as_bytes());
    s.go(Intent::Run(Command::PreviousArticle));
    let (kervel, _) = s.tag(Kind::Actor, "Anne Kervel", 0);
    let (ormelot, mention) = s.tag(Kind::Actor, "Paul Ormelot", 0);
    s.link(LinkDraft::between(kervel, ormelot, None));
    s.edit(Edit::AddCard { handle: String::new(), with: CardFields::default() });
    s.go(Intent::Select(Selection::entity(kervel)));
    s.run(Command::GroupSelection);
    let path = s.save_as("full.ron");
    s.go(Intent::Select(Selection::mention(mention, s.open_notebook().notebook())));
    (s, path)
}

#[test]
fn a_notebook_that_can_only_be_read_refuses_every_command_that_changes_it() {
    let (mut s, path) = full();
    s.run(Command::CloseNotebook);
    let _lock = Lock::acquire(&path).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    s.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    assert!(s.open_notebook().read_only().is_some());
    let everything = |s: &Script| {
        let notebook = s.open_notebook().notebook();
        Selection {
            entities: notebook.entities().keys().copied().collect(),
            links: notebook.links().keys().copied().collect(),
            groups: notebook.groups().keys().copied().collect(),
            cards: notebook.cards().keys().copied().collect(),
            ..Selection::none()
        }
    };
    let before = s.open_notebook().snapshot();
    let mut refused = 0;
    for command in Command::TABLE {
        for selection in [Selection::none(), everything(&s)] {
            if s.open_notebook().article().is_none() {
                // Its tab was closed.
                let first = *s.open_notebook().notebook().articles().keys().next().unwrap();
                s.go(Intent::Reading(ReadingIntent::ShowArticle(first)));
            }
            s.go(Intent::Select(selection));
            let article = s.article();
            s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::over(0..4))));
            if command.changes_notebook() {
                assert!(!s.program.is_enabled(*command), "{command:?}");
                let why = s.program.why_not(*command).unwrap_or_default();
                assert!(why.contains("another Casebook"), "{command:?}: {why}");
                refused += 1;
            }
            // Whatever the table says, nothing changes: neither by the command nor by what it opens.
            s.run(*command);
            s.go(Intent::Tagging(TaggingIntent::PickerAccept));
            s.go(Intent::Answer(Answer::Cancel));
            let open = s.program.open_notebook().and_then(|book| book.path()).cloned();
            if open.as_ref() == Some(&path) {
                assert!(s.open_notebook().notebook() == &*before, "{command:?} changed it");
                assert!(!s.open_notebook().is_modified(), "{command:?} changed it");
            } else {
                s.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
                s.go(Intent::Answer(Answer::Discard));
            }
            s.go(Intent::Cancel);
            s.program.take_effects();
            assert_eq!(std::fs::read(&path).unwrap(), bytes, "{command:?} wrote the file");
        }
    }
    assert!(refused > 100, "{refused}");
}

/// Runs something whose job of this name panics, and then again without the fault.
fn with_a_panic(s: &mut Script, name: &str, act: impl Fn(&mut Script), works: impl Fn(&Script)) {
    let before = s.program.open_notebook().map(|book| book.snapshot());
    s.program.pool().panic_once(name);
    act(s);
    assert!(!s.program.pool().is_to_panic(), "no job named “{name}” ran");
    let (level, text) = s.told();
    assert!(level == Level::Error && text.contains(name), "{name}: {text}");
    assert!(s.program.jobs().is_empty(), "{name} is said to go on");
    if let (Some(before), Some(book)) = (before, s.program.open_notebook()) {
        assert!(book.notebook() == &*before, "{name} changed the notebook");
    }
    act(s);
    works(s);
}

#[test]
fn a_job_that_panics_ends_alone_whatever_it_was_doing() {
    let (mut s, path) = full();
    let data = s.path("data");
    s.program = Program::with_folder(PrefsFile::in_folder(s.folder.path()), Folder::at(data));
    assert!(s.program.settle(crate::program::LONG));
    let open = path.clone();
    with_a_panic(
        &mut s,
        "Opening",
        move |s| s.go(Intent::Session(SessionIntent::OpenPath(open.clone()))),
        |s| assert!(s.program.open_notebook().is_some()),
    );
    let query = || FindQuery { pattern: "Kervel".to_owned(), ..FindQuery::default() };
    with_a_panic(
        &mut s,
        "Finding",
        move |s| s.go(Intent::Reading(ReadingIntent::FindQuery(query()))),
        |s| {
            let find = s.open_notebook().find().unwrap();
            assert!(find.job.is_none() && find.error.is_none() && find.total() > 0);
        },
    );
    with_a_panic(
        &mut s,
        "Filtering the canvas",
        |s| {
            let all = s.open_notebook().notebook().entities().keys().copied().collect();
            s.go(Intent::Select(Selection { entities: all, ..Selection::none() }));
            s.run(Command::LeaveFocus);
            s.run(Command::FocusOne);
        },
        |s| assert!(s.open_notebook().exploration().emphasis().is_some()),
    );
    with_a_panic(
        &mut s,
        "Computing",
        |s| {
            s.run(Command::SizeAlike);
            s.run(Command::SizeByDegree);
        },
        |s| {
            assert_eq!(s.open_notebook().exploration().measure(), Measure::Degree);
            assert!(s.open_notebook().exploration().weights().is_some());
        },
    );
    with_a_panic(
        &mut s,
        "Arranging the canvas",
        |s| s.run(Command::Arrange),
        |s| assert!(s.open_notebook().arranging().is_some_and(|shown| !shown.is_running())),
    );
    s.run(Command::DiscardArrangement);
    with_a_panic(
        &mut s,
        "Saving the settings",
        |s| {
            let prefs = Prefs { zoom: s.program.prefs().zoom + 0.1, ..s.program.prefs().clone() };
            s.go(Intent::Settings(SettingsIntent::SetPrefs(prefs)));
        },
        |s| assert!(s.path("settings.ron").exists()),
    );
    with_a_panic(
        &mut s,
        "Checking the file",
        |s| s.go(Intent::Session(SessionIntent::Focused)),
        |s| assert!(s.program.question().is_none()),
    );
    with_a_panic(&mut s, "Reading the backups", |s| s.run(Command::Backups), |_| {});
    s.go(Intent::Answer(Answer::Cancel));
    // Suggestions are looked for in another article: they are there for this one.
    with_a_panic(
        &mut s,
        "Finding suggestions",
        |s| {
            s.run(Command::NextArticle);
        },
        |s| {
            let article = s.article();
            assert!(!s.open_notebook().is_suggesting(article));
        },
    );
    // A save that panics: what was to follow does not, and the next one is as good as ever.
    let article = s.article();
    s.go(Intent::Reading(ReadingIntent::SetCaret(article, Caret::at(0))));
    s.edit(Edit::Title("Changed".to_owned()));
    s.run(Command::CloseNotebook);
    assert!(s.program.asked::<Unsaved>().is_some());
    s.program.pool().panic_once("Saving");
    s.go(Intent::Answer(Answer::Save));
    assert!(s.program.open_notebook().is_some_and(|book| book.is_modified()), "it is still open");
    s.run(Command::Save);
    assert!(!s.open_notebook().is_modified(), "{:?}", s.told());
}

#[test]
fn a_job_that_panics_cancels_no_save_that_something_waits_for() {
    let (mut s, _) = full();
    s.edit(Edit::Title("Changed".to_owned()));
    s.run(Command::CloseNotebook);
    // Both run at once: the search fails while the notebook is being saved.
    s.program.pool().panic_once("Finding");
    let query = FindQuery { pattern: "Kervel".to_owned(), ..FindQuery::default() };
    s.program.dispatch(Intent::Answer(Answer::Save));
    s.program.dispatch(Intent::Reading(ReadingIntent::FindQuery(query)));
    assert!(s.program.settle(crate::program::LONG));
    assert!(s.program.open_notebook().is_none(), "it is saved, and closed as was wanted");
}
