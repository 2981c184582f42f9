//! The headless commands and their files: encodings that are told, notebooks on standard output, an output that cannot
//! be written, and lists, notebooks and graphs as other programs leave them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

struct Desk(TempDir);

impl Desk {
    /// A folder with an article and a notebook of it.
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.write("article.txt", "L’armateur Kervadec a démenti.\n".as_bytes());
        let made = desk.run(&["new", "article.txt", "-o", "n.ron"]);
        assert!(made.status.success(), "{}", stderr(&made));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
        command.args(args).current_dir(self.0.path());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// How many entities a notebook has.
    fn actors(&self, name: &str) -> u64 {
        let report = self.run(&["check", name, "--json"]);
        serde_json::from_slice::<Value>(&report.stdout).unwrap()["actors"].as_u64().unwrap()
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", stderr(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

const ADD: &str = "[AddEntity(kind: Actor, name: \"Kervadec\")]";

#[test]
fn a_doubtful_encoding_is_told_with_what_else_it_could_be() {
    let desk = Desk::new();
    desk.write("old.txt", b"Soci\x82t\x82 Kerval\n");
    let made = desk.run(&["new", "old.txt", "-o", "old.ron", "--json"]);
    let json: Value = serde_json::from_slice(&made.stdout).unwrap();
    let article = &json["articles"][0];
    assert_eq!(article["encoding_sure"], false);
    let others = article["encoding_alternatives"].as_array().unwrap();
    assert!(!others.is_empty());
    let said = stderr(&made);
    for words in ["old.txt", "not certain", "--encoding"] {
        assert!(said.contains(words), "{said}");
    }
    for other in others {
        let (name, sample) = (other["name"].as_str().unwrap(), other["sample"].as_str().unwrap());
        assert!(said.contains(name) && said.contains(sample), "{said}");
        // It can be chosen by that name, and reads as it was shown.
        let chosen = desk.run(&["new", "old.txt", "-o", "-", "--encoding", name]);
        assert_eq!(stderr(&chosen), "");
        assert!(stdout(&chosen).contains(sample), "{name}");
    }
    let named = desk.run(&["new", "old.txt", "-o", "cp.ron", "--encoding", "cp437", "--json"]);
    let json: Value = serde_json::from_str(&stdout(&named)).unwrap();
    assert_eq!(json["articles"][0]["encoding"], "cp437");
    assert_eq!(json["articles"][0]["encoding_sure"], true);
    assert!(desk.read("cp.ron").contains("Société Kerval"));
    let unknown = desk.run(&["new", "old.txt", "-o", "x.ron", "--encoding", "klingon"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(stderr(&unknown).contains("klingon"));
}

#[test]
fn lines_in_another_encoding_are_told() {
    let desk = Desk::new();
    let utf8 = "Le préfet a été prévenu.\n".as_bytes();
    desk.write("two.txt", &[utf8, b"La soci\xE9t\xE9 a \xE9t\xE9 vendue.\n", utf8].concat());
    let made = desk.run(&["new", "two.txt", "-o", "two.ron", "--json"]);
    let json: Value = serde_json::from_str(&stdout(&made)).unwrap();
    assert_eq!(json["articles"][0]["mended_lines"], 1);
    assert_eq!(json["articles"][0]["encoding"], "UTF-8 and windows-1252");
    let said = stderr(&made);
    assert!(said.contains("UTF-8 but for 1 line") && said.contains("windows-1252"), "{said}");
    assert!(desk.read("two.ron").contains("La société a été vendue."));
}

#[test]
fn a_notebook_can_go_to_standard_output() {
    let desk = Desk::new();
    desk.write("edits.ron", ADD.as_bytes());
    let made = desk.run(&["new", "article.txt", "-o", "-"]);
    assert_eq!(stderr(&made), "");
    desk.write("made.ron", stdout(&made).as_bytes());
    assert_eq!(desk.actors("made.ron"), 0);

    let before = desk.read("n.ron");
    let edited = desk.run(&["edit", "n.ron", "edits.ron", "-o", "-"]);
    assert_eq!((stderr(&edited).as_str(), desk.read("n.ron")), ("", before.clone()));
    desk.write("edited.ron", stdout(&edited).as_bytes());
    assert_eq!((desk.actors("edited.ron"), desk.actors("n.ron")), (1, 0));
    // What was written is what is saved.
    let saved = desk.run(&["edit", "edited.ron", "edits.ron", "-o", "-", "--json"]);
    let done: Value = serde_json::from_str(&stderr(&saved)).unwrap();
    assert_eq!(done["entities"].as_array().unwrap().len(), 1);
    assert!(!desk.path("-").exists());

    desk.write("graph.txt", b"2\n0 1\n");
    let places = stdout(&desk.run(&["layout", "graph.txt", "-o", "-"]));
    assert_eq!(places, stdout(&desk.run(&["layout", "graph.txt"])));
    stdout(&desk.run(&["layout", "graph.txt", "-o", "places.txt"]));
    assert_eq!(desk.read("places.txt"), places);
    let again = desk.run(&["layout", "graph.txt", "-o", "places.txt"]);
    assert!(again.status.code() == Some(1) && stderr(&again).contains("--force"));
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_saved_is_told_where_the_result_cannot_be() {
    let desk = Desk::new();
    desk.write("edits.ron", ADD.as_bytes());
    for json in [true, false] {
        for closed in [true, false] {
            let before = desk.actors("n.ron");
            let mut args = vec!["edit", "n.ron", "edits.ron"];
            args.extend(json.then_some("--json"));
            let mut command = desk.command(&args);
            if closed {
                // A pipe that nobody reads.
                let (reader, writer) = std::io::pipe().unwrap();
                drop(reader);
                command.stdout(writer);
            } else {
                command.stdout(File::options().write(true).open("/dev/full").unwrap());
            }
            let output =
                command.stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
            let said = stderr(&output);
            for words in ["n.ron", "is saved", "standard output", "done twice"] {
                assert!(said.contains(words), "{said}");
            }
            assert_eq!(desk.actors("n.ron"), before + 1);
        }
    }
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let made =
        desk.command(&["new", "article.txt", "-o", "m.ron"]).stdout(full()).output().unwrap();
    assert_eq!((made.status.code(), desk.actors("m.ron")), (Some(3), 0));
    // Nothing is saved where the notebook itself was to be written there.
    let lost = desk.command(&["new", "article.txt", "-o", "-"]).stdout(full()).output().unwrap();
    assert_eq!(lost.status.code(), Some(1));
    assert!(stderr(&lost).contains("nothing was saved"), "{}", stderr(&lost));
}

#[test]
fn a_byte_order_mark_before_a_list_is_passed_over() {
    let desk = Desk::new();
    desk.write("edits.ron", format!("\u{feff}{ADD}").as_bytes());
    stdout(&desk.run(&["edit", "n.ron", "edits.ron"]));
    assert_eq!(desk.actors("n.ron"), 1);
    desk.write("graph.txt", "\u{feff}2\r\n0 1\r\n".as_bytes());
    assert_eq!(stdout(&desk.run(&["layout", "graph.txt"])).lines().count(), 2);
}

#[test]
fn a_wrong_value_is_named_with_its_field_and_what_it_takes() {
    let desk = Desk::new();
    desk.write("edits.ron", b"[\n  AddEntity(kind: Actor, name: Kervadec),\n]");
    let refused = desk.run(&["edit", "n.ron", "edits.ron"]);
    assert_eq!(refused.status.code(), Some(1));
    let said = stderr(&refused);
    for words in ["line 2, column 32", "“name” of edit 1 (AddEntity)", "text in quotation marks"]
    {
        assert!(said.contains(words), "{said}");
    }
    desk.write(
        "bad.ron",
        desk.read("n.ron").replace("reader: \"plain text\"", "reader: plain").as_bytes(),
    );
    let report = desk.run(&["check", "bad.ron"]);
    let said = stdout_of_failure(&report);
    let words = ["reader” takes text in quotation marks", "articles.", "line "];
    assert!(words.iter().all(|word| said.contains(word)), "{said}");
}

fn stdout_of_failure(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn what_git_could_not_merge_is_recognised() {
    let desk = Desk::new();
    let sound = desk.read("n.ron");
    for end in ["\n", "\r\n"] {
        let conflict = [
            "<<<<<<< HEAD",
            "\"e000000000001\": (name: \"A\", kind: Person),",
            "||||||| 0123abc",
            "=======",
            "\"e000000000002\": (name: \"B\", kind: Person),",
            ">>>>>>> colleague",
            "",
        ]
        .join(end);
        let merged = sound
            .replace('\n', end)
            .replace(&format!("actors: {{{end}"), &format!("actors: {{{end}{conflict}"));
        assert_ne!(merged, sound);
        desk.write("merged.ron", merged.as_bytes());
        let line = 1 + merged[..merged.find("<<<<").unwrap()].matches('\n').count();
        let refused = desk.run(&["show", "merged.ron"]);
        assert_eq!(refused.status.code(), Some(1));
        let said = stderr(&refused);
        for words in ["merged.ron", &format!("line {line}, column 1"), "git", "1 place", "--ours"] {
            assert!(said.contains(words), "{said}");
        }
        assert_eq!(desk.read("merged.ron"), merged);
    }
    // In an article such lines are words like any other.
    desk.write("diff.txt", b"words\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n");
    stdout(&desk.run(&["new", "diff.txt", "-o", "diff.ron"]));
    assert_eq!(desk.run(&["check", "diff.ron"]).status.code(), Some(0));
}
