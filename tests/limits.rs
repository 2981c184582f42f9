//! Whatever is read is limited, and who meets a limit is told it, with what to do. (Notebooks, articles, settings and
//! patterns have their tests where they are read.)

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use casebook::app::questions::OfferWork;
use casebook::app::{Command as Do, Intent, PrefsFile, Program, SessionIntent};
use casebook::edit::{PART_LIMIT, SCRIPT_LIMIT, copy_part, parse_part};
use casebook::notebook::generate::{Size, generate};
use casebook::recovery::{self, Folder};
use casebook::storage::{self, Expected};

const SMALL: Size = Size { articles: 1, text: 400, entities: 4, mentions: 4, links: 2 };
const LONG: Duration = Duration::from_secs(120);

/// A file that long, of which nothing was written.
fn hollow(path: &Path, length: u64) {
    std::fs::File::create(path).unwrap().set_len(length).unwrap();
}

/// What a headless command says when it refuses.
fn refusal(folder: &Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(!output.status.success() && output.stdout.is_empty(), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[track_caller]
fn says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "“{part}” is not in: {text}");
    }
}

fn notices(program: &Program) -> String {
    program.notices().iter().map(|notice| format!("{}\n", notice.text)).collect()
}

fn go(program: &mut Program, intent: Intent) {
    program.dispatch(intent);
    assert!(program.settle(LONG), "a job does not end");
}

/// A part of a small notebook, as the clipboard holds it.
fn part() -> String {
    let (notebook, _) = generate(5, SMALL);
    let entities = notebook.entities().keys().copied().collect();
    let links = notebook.links().keys().copied().collect();
    copy_part(&notebook, &entities, &links, &Default::default()).unwrap()
}

#[test]
fn headless_commands_tell_the_limit_of_each_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let (notebook, desk) = generate(5, SMALL);
    storage::save(&at("n.ron"), &notebook, &desk, &Expected::New, &|| false).unwrap();
    let before = std::fs::read(at("n.ron")).unwrap();

    hollow(&at("edits.ron"), SCRIPT_LIMIT + 1);
    let said = refusal(folder.path(), &["edit", "n.ron", "edits.ron"]);
    says(&said, &["edits.ron", "longer than 64 MiB", "split it"]);
    std::fs::write(at("deep.ron"), format!("[{}", "Batch(\"\", [".repeat(2000))).unwrap();
    let said = refusal(folder.path(), &["edit", "n.ron", "deep.ron"]);
    says(&said, &["deep.ron", "line 1", "deeper than 64 levels"]);

    hollow(&at("graph.txt"), (512 << 20) + 1);
    let said = refusal(folder.path(), &["layout", "graph.txt"]);
    says(&said, &["graph.txt", "longer than 512 MiB", "lay out a part of it"]);
    std::fs::write(at("graph.txt"), "5000001\n").unwrap();
    let said = refusal(folder.path(), &["layout", "graph.txt"]);
    says(&said, &["line 1", "5000001 nodes are too many", "at most 5000000"]);

    hollow(&at("large.ron"), storage::LIMIT + 1);
    let said = refusal(folder.path(), &["check", "large.ron"]);
    says(&said, &["large.ron", "1 GiB", "split the investigation"]);
    hollow(&at("large.txt"), (256 << 20) + 1);
    let said = refusal(folder.path(), &["new", "large.txt", "-o", "new.ron"]);
    says(&said, &["large.txt", "at most 256 MiB", "Split it"]);
    assert!(!at("new.ron").exists());
    assert_eq!(std::fs::read(at("n.ron")).unwrap(), before);
}

#[test]
fn a_part_that_is_too_long_too_deep_or_says_something_twice_is_not_pasted() {
    let part = part();
    assert!(parse_part(&part).unwrap().is_ok());
    let refused = |text: &str| parse_part(text).unwrap().unwrap_err().to_string();

    let long = part.clone() + &" ".repeat(PART_LIMIT);
    says(&refused(&long), &["longer than 64 MiB"]);
    let (header, _) = part.split_once('\n').unwrap();
    let deep = format!("{header}\n(edits: [{}", "Batch(\"\", [".repeat(2000));
    says(&refused(&deep), &["line 2", "deeper than 64 levels"]);

    let id = "a0123456789";
    let twice = format!(
        "{header}\n(articles: {{\n\"{id}\": (title: \"one\", sha256: \"\"),\n\"{id}\": (title: \"two\", sha256: \"\"),\n}}, from: [], edits: [])"
    );
    says(&refused(&twice), &["line 4", id, "twice"]);

    // The window says so, and nothing is opened or made.
    let mut program = Program::new(PrefsFile::none());
    go(&mut program, Intent::Session(SessionIntent::Pasted(long)));
    says(&notices(&program), &["cannot be read", "longer than 64 MiB", "Copy it again"]);
    assert!(program.open_notebook().is_none());
}

#[test]
fn word_lists_that_are_too_long_or_too_many_are_told_and_the_others_used() {
    let folder = tempfile::tempdir().unwrap();
    let lists = folder.path().join("lexicon");
    std::fs::create_dir(&lists).unwrap();
    hollow(&lists.join("00-long.ron"), (1 << 20) + 1);
    for n in 1..=41 {
        let text = std::fs::read_to_string("assets/lexicon/en.ron").unwrap();
        std::fs::write(lists.join(format!("{n:02}.ron")), text).unwrap();
    }
    let mut program = Program::new(PrefsFile::in_folder(folder.path()));
    go(&mut program, Intent::Run(Do::OpenSample));
    let told = notices(&program);
    says(
        &told,
        &["00-long.ron", "longer than 1 MiB", "Split it", "40.ron", "at most 40 word lists"],
    );
}

#[test]
fn a_journal_that_is_too_long_is_told_and_stays() {
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::at(home.path());
    let place = home.path().join("recovery");
    std::fs::create_dir(&place).unwrap();
    let journal = place.join("unsaved-0123456789abcdef.journal");
    hollow(&journal, recovery::LIMIT + 1);
    let mut program = Program::with_folder(PrefsFile::none(), folder);
    assert!(program.settle(LONG));
    says(&notices(&program), &["left untouched", "0123456789abcdef", "4 GiB"]);
    assert!(journal.exists() && program.unsaved_work().is_empty());
    assert!(program.asked::<OfferWork>().is_none());
}
