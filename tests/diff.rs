//! `casebook diff`: two notebooks in words, and with git itself, as its external diff and as a textconv.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

#[path = "common/cli.rs"]
mod cli;

use cli::{json, run, text};

const ARTICLE: &str = "Anne Kervel a vu Paul Orr.\nLe conseil a cédé, selon Le Phare.\n";
const EDITS: &str = r#"[
    AddEntity(kind: Actor, name: "Anne Kervel", handle: "$anne", with: (note: "Seen twice.")),
    AddEntity(kind: Actor, name: "Le Phare", handle: "$phare", with: (actor_kind: Media)),
    AddEntity(kind: Claim, name: "The board gave way.", handle: "$claim"),
    Tag(at: Quote("Anne Kervel"), entity: "$anne"),
    Tag(at: Quote("Le conseil a cédé"), entity: "$claim", handle: "$said", statement: (chain: [(actor: "$phare", cue: "selon", source: Reported)], modality: Possible)),
    Link(from: "$anne", relation: "denies", to: "$claim", evidence: [Mention("$said")], with: (strength: Tentative)),
]"#;
/// What a colleague changed.
const CHANGES: &str = r#"[
    SetEntity(entity: "Anne Kervel", with: (note: "Seen three times.", aliases: ["A. K."], owner: "Le Phare")),
    AddEntity(kind: Actor, name: "Paul Orr", handle: "$paul", with: (actor_kind: Person)),
    Tag(at: Quote("Paul Orr"), entity: "$paul"),
    Title("Port-Léonie"),
]"#;

/// A folder with a notebook, and what it became.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(TempDir::new().unwrap());
        desk.write("a.txt", ARTICLE);
        desk.write("edits.ron", EDITS);
        desk.write("changes.ron", CHANGES);
        text(run(desk.path(), &["new", "a.txt", "-o", "old.ron"]));
        text(run(desk.path(), &["edit", "old.ron", "edits.ron"]));
        text(run(desk.path(), &["edit", "old.ron", "changes.ron", "-o", "new.ron"]));
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, content: &str) {
        fs::write(self.path().join(name), content).unwrap();
    }

    /// Git, with nothing of whoever runs the tests; `None` where there is none.
    fn git(&self, args: &[&str]) -> Option<Output> {
        let mut git = Command::new("git");
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("GIT_")) {
            git.env_remove(name);
        }
        git.args(args)
            .current_dir(self.path())
            .env("HOME", self.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_PAGER", "cat")
            .env("GIT_AUTHOR_NAME", "A")
            .env("GIT_AUTHOR_EMAIL", "a@example.invalid")
            .env("GIT_COMMITTER_NAME", "A")
            .env("GIT_COMMITTER_EMAIL", "a@example.invalid");
        match git.output() {
            Ok(output) => Some(output),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                use std::io::Write as _;
                let said = "diff: git is not here; nothing was tried with it\n";
                std::io::stderr().write_all(said.as_bytes()).unwrap();
                None
            }
            Err(error) => panic!("{error}"),
        }
    }

    /// A repository with the older notebook committed, and git told how to compare notebooks.
    fn repository(&self, driver: &str) -> Option<()> {
        let program = PathBuf::from(env!("CARGO_BIN_EXE_casebook"));
        let program = program.to_string_lossy().replace('\\', "/");
        self.git(&["init", "--quiet"])?;
        self.write(".gitattributes", "*.ron diff=casebook\n");
        let (key, command) = match driver {
            "textconv" => ("diff.casebook.textconv", format!("'{program}' diff --textconv --")),
            _ => ("diff.casebook.command", format!("'{program}' diff --")),
        };
        text(self.git(&["config", key, &command])?);
        fs::copy(self.path().join("old.ron"), self.path().join("case.ron")).unwrap();
        text(self.git(&["add", ".gitattributes", "case.ron"])?);
        text(self.git(&["commit", "--quiet", "-m", "one"])?);
        Some(())
    }
}

#[test]
fn what_differs_is_told_with_names_old_and_new() {
    let desk = Desk::new();
    let said = text(run(desk.path(), &["diff", "old.ron", "new.ron"]));
    let head = said.lines().next().unwrap();
    assert!(
        head.starts_with("old.ron → new.ron: 1 title changed, 1 actor added, 1 actor changed"),
        "{head}"
    );
    for line in [
        "~ title “Port-Léonie”",
        "~ actor “Anne Kervel”",
        "    note: “Seen twice.” → “Seen three times.”",
        "    aliases: + “A. K.”",
        "    owner: nothing → “Le Phare”",
        "+ actor “Paul Orr”",
        "    kind of actor: Person",
        "+ mention “Paul Orr”",
    ] {
        assert!(said.lines().any(|found| found == line), "{line}: {said}");
    }
    // The same way round, and the other.
    assert_eq!(said, text(run(desk.path(), &["diff", "old.ron", "new.ron"])));
    let back = text(run(desk.path(), &["diff", "new.ron", "old.ron"]));
    assert!(back.contains("− actor “Paul Orr”") && back.contains("aliases: − “A. K.”"), "{back}");
    let same = text(run(desk.path(), &["diff", "old.ron", "old.ron", "--exit-code"]));
    assert_eq!(same, "old.ron → old.ron: no differences\n");
    let differs = run(desk.path(), &["diff", "old.ron", "new.ron", "--exit-code"]);
    assert_eq!(differs.status.code(), Some(1));
}

#[test]
fn a_script_gets_ids_and_values() {
    let desk = Desk::new();
    let said = json(desk.path(), &["diff", "old.ron", "new.ron", "--json"]);
    assert_eq!((&said["old"], &said["new"]), (&"old.ron".into(), &"new.ron".into()));
    assert_eq!(
        said["counts"]["actor"],
        serde_json::json!({"added": 1, "changed": 1, "removed": 0})
    );
    let all = said["differences"].as_array().unwrap();
    let of = |how: &str, name: &str| -> &Value {
        all.iter()
            .find(|it| it["how"] == how && it["name"] == name && it["what"] == "actor")
            .unwrap()
    };
    let anne = of("changed", "Anne Kervel");
    let show = json(desk.path(), &["show", "new.ron", "--json"]);
    let there = show["entities"].as_array().unwrap();
    let shown = there.iter().find(|it| it["name"] == "Anne Kervel").unwrap();
    assert_eq!(anne["id"], shown["id"]);
    let field = |of: &Value, key: &str| -> Value {
        of["fields"].as_array().unwrap().iter().find(|it| it["field"] == key).unwrap().clone()
    };
    let note = field(anne, "note");
    assert_eq!((&note["old"], &note["new"]), (&"Seen twice.".into(), &"Seen three times.".into()));
    let owner = field(anne, "owner");
    assert_eq!((&owner["old"], &owner["new"]["name"]), (&Value::Null, &"Le Phare".into()));
    assert_eq!(field(of("added", "Paul Orr"), "actor_kind")["new"], "Person");
}

#[test]
fn a_notebook_in_lines_names_everything_and_keeps_its_order() {
    let desk = Desk::new();
    let lines = text(run(desk.path(), &["diff", "--textconv", "old.ron"]));
    for line in [
        "  kind of actor: Media",
        "  in “Anne Kervel a vu Paul Orr.”: …[Anne Kervel] a vu Paul Orr.…",
        "  attribution: Le Phare, “selon”, only reported",
        "  strength: tentative",
        "    Le conseil a cédé, selon Le Phare.",
    ] {
        assert!(lines.lines().any(|found| found == line), "{line}: {lines}");
    }
    let new = text(run(desk.path(), &["diff", "--textconv", "new.ron"]));
    // Every line of what did not change stands there still, in the same order.
    let mut rest = new.lines();
    let lost: Vec<&str> = lines
        .lines()
        .filter(|line| {
            let mut ahead = rest.clone();
            let found = ahead.any(|other| other == *line);
            if found {
                rest = ahead;
            }
            !found
        })
        .collect();
    assert_eq!(lost, ["notebook “”", "  note: Seen twice."]);
}

#[test]
fn what_makes_no_sense_is_said() {
    let desk = Desk::new();
    desk.write("no.ron", "<<<<<<< ours\n");
    for (args, words) in [
        (&["diff", "old.ron"][..], "name two notebooks"),
        (&["diff", "old.ron", "gone.ron"], "does not exist"),
        (&["diff", "old.ron", "no.ron"], "no.ron"),
        (&["diff", "--textconv", "old.ron", "new.ron"], "name one file"),
    ] {
        let output = run(desk.path(), args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(words), "{args:?}: {said}");
        assert!(output.stdout.is_empty());
    }
    let few = run(desk.path(), &["diff", "a", "b", "c"]);
    assert_eq!(few.status.code(), Some(2));
}

#[test]
fn git_shows_changes_in_words() {
    let desk = Desk::new();
    if desk.repository("command").is_none() {
        return;
    }
    fs::copy(desk.path().join("new.ron"), desk.path().join("case.ron")).unwrap();
    let said = text(desk.git(&["diff"]).unwrap());
    assert!(said.starts_with("case.ron: 1 title changed, 1 actor added"), "{said}");
    assert!(said.contains("    note: “Seen twice.” → “Seen three times.”"), "{said}");
    // Added, renamed, deleted; and what is no notebook keeps git from nothing.
    text(desk.git(&["add", "case.ron"]).unwrap());
    text(desk.git(&["commit", "--quiet", "-m", "two"]).unwrap());
    text(desk.git(&["mv", "case.ron", "port léonie.ron"]).unwrap());
    fs::copy(desk.path().join("old.ron"), desk.path().join("second.ron")).unwrap();
    desk.write("broken.ron", "(\n<<<<<<< ours\n");
    text(desk.git(&["add", "-A"]).unwrap());
    let said = text(desk.git(&["diff", "--cached", "--no-renames", "--", "*.ron"]).unwrap());
    assert!(said.contains("second.ron: added: "), "{said}");
    assert!(said.contains("case.ron: deleted: "), "{said}");
    assert!(said.contains("broken.ron: cannot be compared: "), "{said}");
    text(desk.git(&["commit", "--quiet", "-m", "three"]).unwrap());
    text(desk.git(&["mv", "port léonie.ron", "moved.ron"]).unwrap());
    fs::copy(desk.path().join("old.ron"), desk.path().join("moved.ron")).unwrap();
    let renamed =
        text(desk.git(&["diff", "HEAD", "-M1%", "--", "port léonie.ron", "moved.ron"]).unwrap());
    assert!(renamed.contains("moved.ron: "), "{renamed}");
    assert!(renamed.contains("− actor “Paul Orr”"), "{renamed}");
}

#[test]
fn git_says_so_where_a_notebook_is_not_merged() {
    let desk = Desk::new();
    if desk.repository("command").is_none() {
        return;
    }
    text(desk.git(&["checkout", "--quiet", "-b", "theirs"]).unwrap());
    fs::copy(desk.path().join("new.ron"), desk.path().join("case.ron")).unwrap();
    text(desk.git(&["commit", "--quiet", "-am", "theirs"]).unwrap());
    text(desk.git(&["checkout", "--quiet", "-"]).unwrap());
    desk.write("other.ron", r#"[SetEntity(entity: "Anne Kervel", with: (note: "Never seen."))]"#);
    text(run(desk.path(), &["edit", "case.ron", "other.ron"]));
    text(desk.git(&["commit", "--quiet", "-am", "ours"]).unwrap());
    let merged = desk.git(&["merge", "theirs"]).unwrap();
    assert!(!merged.status.success(), "the note was changed by both");
    let said = text(desk.git(&["diff", "HEAD"]).unwrap());
    assert!(
        said.contains("case.ron: cannot be compared: ") && said.contains("left both in it"),
        "{said}"
    );
    let said = text(desk.git(&["diff", "--cached"]).unwrap());
    assert!(said.contains("case.ron: not merged yet"), "{said}");
}

#[test]
fn git_compares_the_lines_of_notebooks() {
    let desk = Desk::new();
    if desk.repository("textconv").is_none() {
        return;
    }
    fs::copy(desk.path().join("new.ron"), desk.path().join("case.ron")).unwrap();
    let said = text(desk.git(&["diff"]).unwrap());
    for line in [
        "-  note: Seen twice.",
        "+  note: Seen three times.",
        "+  aliases: A. K.",
        "+notebook “Port-Léonie”",
    ] {
        assert!(said.lines().any(|found| found == line), "{line}: {said}");
    }
    assert!(!said.contains("Actor("), "no RON: {said}");
}
