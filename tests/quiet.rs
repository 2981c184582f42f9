//! No word of an article reaches standard output, standard error or a panic's message: those end in logs.
//!
//! A whole session runs in a process of its own, with what people meet in it: edits that are refused, damaged
//! notebooks, a save that fails, a job and then the window falling over with the article's words at hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use casebook::app::questions::{ChangedOnDisk, NotSaved};
use casebook::app::{self, Answer, Intent, PrefsFile, Program, ReadingIntent, SessionIntent};
use casebook::crash;
use casebook::edit::{Edit, Ref, Spot, StatementFields};
use casebook::job::{Inbox, Job};
use casebook::notebook::Kind;
use casebook::recovery::{self, Folder};
use casebook::storage;

const LONG: Duration = Duration::from_secs(120);
const FOLDER: &str = "CASEBOOK_QUIET_FOLDER";

/// Each word stands nowhere else in Casebook, so that one is enough to betray the article.
const ARTICLE: &str = "Zwirbeltal savait.\n\nQuastenmoor a prévenu Flimmerdorf « vendredi », dit Zwirbeltal. é👩‍🚀 Krummhexen.\n";
const WORDS: [&str; 5] = ["Zwirbeltal", "Quastenmoor", "Flimmerdorf", "prévenu", "Krummhexen"];

fn silent(output: &[u8], what: &str) {
    let said = String::from_utf8_lossy(output);
    for word in WORDS {
        assert!(!said.contains(word), "{what} says “{word}”:\n{said}");
    }
}

fn go(program: &mut Program, intent: Intent) {
    program.dispatch(intent);
    assert!(program.settle(LONG), "a job does not end");
    program.take_effects();
}

fn add(program: &mut Program, name: &str) {
    let edit = Edit::AddEntity {
        kind: Kind::Claim,
        name: name.to_owned(),
        handle: String::new(),
        with: Box::default(),
        at: None,
    };
    go(program, Intent::Session(SessionIntent::Edit(edit)));
}

fn tag(program: &mut Program, entity: &str, words: &str) {
    let edit = Edit::Tag {
        article: None,
        at: Spot::Quote(words.to_owned()),
        entity: Ref::Name(entity.to_owned()),
        remember_alias: true,
        statement: StatementFields::default(),
        note: String::new(),
        handle: String::new(),
    };
    go(program, Intent::Session(SessionIntent::Edit(edit)));
}

/// The notebook's source, damaged where a reader would repeat what it found.
fn damaged(source: &str) -> Vec<(&'static str, String)> {
    let whole = |from: &str, to: &str| {
        assert!(source.contains(from), "{from}: {source}");
        source.replacen(from, to, 1)
    };
    vec![
        ("order", whole("order: 0", "order: \"Zwirbeltal savait\"")),
        ("exact", whole("exact: \"", "exact: \"Quastenmoor\\q")),
        ("list", whole("versions: [", "versions: \"Krummhexen\", v: [")),
        ("orphan", whole("exact: \"", "exact: \"Flimmerdorf ")),
        ("cut", source.chars().take(source.chars().count() * 2 / 3).collect()),
    ]
}

/// Not a test but the session whose streams are looked at.
#[test]
fn child_with_a_session() {
    let Some(folder) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let window = std::thread::Builder::new().name("main".to_owned());
    let ended = window.spawn(move || crash::guard(|| session(&folder))).unwrap().join().unwrap();
    let why = ended.expect_err("it falls over");
    casebook::cli::complain(&why);
    // Where another Casebook would be started, nothing is.
    let said = crash::restart(Path::new("/nowhere/casebook")).expect("where it fell");
    assert!(said.contains("quiet.rs:"), "{said}");
    casebook::cli::complain(&said);
}

fn session(folder: &Path) -> Result<(), String> {
    let path = folder.join("case.ron");
    let mut program = Program::with_folder(PrefsFile::none(), Folder::at(folder.join("data")));
    assert!(program.settle(LONG));
    crash::has_drawn();
    go(&mut program, Intent::Session(SessionIntent::OpenPath(folder.join("article.txt"))));
    add(&mut program, "Zwirbeltal knew");
    tag(&mut program, "Zwirbeltal knew", "Quastenmoor a prévenu Flimmerdorf");
    // Refused: words that are not there, words that are there twice.
    tag(&mut program, "Zwirbeltal knew", "Flimmerdorf dément");
    tag(&mut program, "Zwirbeltal knew", "Zwirbeltal");
    let pattern = casebook::app::FindQuery {
        pattern: "(Krummhexen".to_owned(),
        regex: true,
        ..casebook::app::FindQuery::default()
    };
    go(&mut program, Intent::Reading(ReadingIntent::FindQuery(pattern)));
    go(&mut program, Intent::Session(SessionIntent::SaveTo(path.clone())));
    assert!(!program.open_notebook().unwrap().is_modified(), "{:?}", program.notices());

    // A save that fails: its folder is gone, its file another's, its name a folder's.
    add(&mut program, "Flimmerdorf was warned");
    go(&mut program, Intent::Session(SessionIntent::SaveTo(folder.join("none/case.ron"))));
    assert!(program.asked::<NotSaved>().is_some());
    go(&mut program, Intent::Answer(Answer::Cancel));
    let source = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, source.replace("Zwirbeltal", "Somebody")).unwrap();
    go(&mut program, Intent::Run(app::Command::Save));
    assert!(program.asked::<ChangedOnDisk>().is_some());
    go(&mut program, Intent::Answer(Answer::Cancel));
    std::fs::write(&path, &source).unwrap();
    // Not a device such as /dev/full: saving gives a name without an ending one, and whoever may write beside the
    // device then saves there.
    std::fs::create_dir(folder.join("taken.ron")).unwrap();
    go(&mut program, Intent::Session(SessionIntent::SaveTo(folder.join("taken.ron"))));
    go(&mut program, Intent::Answer(Answer::Cancel));
    assert!(
        program.open_notebook().unwrap().is_modified(),
        "nothing of it is saved: {:?}",
        program.notices()
    );

    for (name, source) in damaged(&source) {
        let path = folder.join(format!("{name}.ron"));
        std::fs::write(&path, source).unwrap();
        go(&mut program, Intent::Session(SessionIntent::OpenPath(path)));
        go(&mut program, Intent::Answer(Answer::Cancel));
        assert!(program.open_notebook().unwrap().is_modified(), "{name}: {:?}", program.notices());
    }
    add(&mut program, "Krummhexen, too");

    // A job that falls over ends alone.
    let mut inbox: Inbox<()> = Inbox::default();
    inbox.start(Job::load("Reading"), |_| {
        // What a slice that is wrong says: the words around it.
        let inside = ARTICLE.find('é').unwrap() + 1;
        assert!(ARTICLE.get(inside..).is_some(), "byte {inside} is inside “{ARTICLE}”");
    });
    while inbox.pool().wait(Instant::now() + LONG) {}
    assert_eq!(inbox.take().len(), 1);
    let words = program
        .open_notebook()
        .unwrap()
        .notebook()
        .articles()
        .values()
        .next()
        .unwrap()
        .text
        .clone();
    std::panic::panic_any(format!("byte 3 is not a char boundary of `{}`", words.as_str()))
}

#[test]
fn a_whole_session_with_faults_says_nothing_of_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("article.txt"), ARTICLE).unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["child_with_a_session", "--exact", "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}\n{}", String::from_utf8_lossy(&output.stdout));
    silent(&output.stdout, "standard output");
    silent(&output.stderr, "standard error");
    // What is said is where the faults are.
    assert!(errors.matches("quiet.rs:").count() >= 3, "{errors}");

    // And what was done until then is all there.
    let data = Folder::at(folder.path().join("data"));
    let (found, others) = recovery::found(&data);
    assert!(others.is_empty(), "{others:?}");
    let [work] = &found[..] else { panic!("{found:?}") };
    let recovered = recovery::recover(&data, &work.journal).unwrap();
    let mut names: Vec<_> =
        recovered.notebook.entities().values().map(|entity| entity.name.clone()).collect();
    names.sort();
    assert_eq!(names, ["Flimmerdorf was warned", "Krummhexen, too", "Zwirbeltal knew"]);
    assert_eq!((work.edits, recovered.lost), (2, None));
}

/// The headless commands print what they are asked for on standard output. Standard error gets none of it.
#[test]
fn headless_commands_keep_what_is_read_off_standard_error() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| -> Output {
        Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let edits = r#"[AddEntity(kind: Actor, name: "The source", handle: "$a"),
        Tag(at: Quote("Zwirbeltal savait"), entity: "$a")]"#;
    std::fs::write(folder.path().join("article.txt"), ARTICLE).unwrap();
    std::fs::write(folder.path().join("edits.ron"), edits).unwrap();
    std::fs::write(folder.path().join("none.ron"), "[]").unwrap();
    let made = run(&["new", "article.txt", "--title", "Case", "-o", "case.ron"]);
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    assert!(run(&["edit", "case.ron", "edits.ron"]).status.success());
    let source = std::fs::read_to_string(folder.path().join("case.ron")).unwrap();
    storage::parse(&source).unwrap();
    let mut said = 0;
    for (name, source) in damaged(&source) {
        let file = format!("{name}.ron");
        std::fs::write(folder.path().join(&file), &source).unwrap();
        for arguments in [
            &["show", &file][..],
            &["check", &file],
            &["check", &file, "--json"],
            &["edit", &file, "none.ron"],
        ] {
            let output = run(arguments);
            silent(&output.stderr, &format!("{arguments:?}"));
            said += usize::from(!output.stderr.is_empty());
        }
    }
    assert!(said >= 10, "{said} had something to say");
}
