//! Git's own merging, with Casebook as its merge driver.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{Notebook, ViewState};
use casebook::storage::{self, LoadError, load};

use crate::common::Dice;
use crate::{merged, problems, session};

/// How many pairs of sessions are merged.
const PAIRS: usize = 200;

fn git(folder: &Path, args: &[&str]) -> Output {
    Command::new("git")
        .args(["-c", "user.name=A. Reader", "-c", "user.email=reader@example.org"])
        .args(["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"])
        .args(args)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", folder.join("no-such-file"))
        .env("XDG_STATE_HOME", folder.join("state"))
        .env("LC_ALL", "C")
        .output()
        .expect("git runs: it is needed for the tests of its merge driver")
}

fn done(folder: &Path, args: &[&str]) {
    let output = git(folder, args);
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A folder under git whose `.ron` files Casebook merges.
fn repository(style: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["init", "--quiet", "--initial-branch=ours"]);
    let driver = format!("'{}' merge %O %A %B -o %A", env!("CARGO_BIN_EXE_casebook"));
    done(folder.path(), &["config", "merge.casebook.driver", &driver]);
    done(folder.path(), &["config", "merge.conflictStyle", style]);
    folder
}

fn commit(folder: &Path, message: &str) {
    done(folder, &["add", "--all"]);
    done(folder, &["commit", "--quiet", "--allow-empty", "--message", message]);
}

/// As a file gives it back.
fn as_read(notebook: &Notebook) -> Notebook {
    storage::parse(&storage::render(notebook, &ViewState::default())).unwrap().0
}

fn write(folder: &Path, name: &str, notebook: &Notebook) {
    fs::write(folder.join(name), storage::render(notebook, &ViewState::default())).unwrap();
}

#[test]
fn two_hundred_pairs_of_sessions_merge_through_gits_own_driver() {
    let repository = repository("merge");
    let folder = repository.path();
    fs::write(folder.join(".gitattributes"), "*.ron merge=casebook\n").unwrap();
    let mut all = Vec::new();
    for pair in 0..PAIRS {
        let mut dice = Dice(pair as u64);
        let size = Size { articles: 2, text: 800, entities: 12, mentions: 20, links: 8 };
        let (base, _) = generate(dice.next(), size);
        let mut throws = || (0..12).map(|_| (dice.below(45), dice.next())).collect::<Vec<_>>();
        let (ours, theirs) = (session(&base, &throws()), session(&base, &throws()));
        let [base, ours, theirs] = [&base, &ours, &theirs].map(as_read);
        all.push((format!("{pair}.ron"), base, ours, theirs));
    }
    for (name, base, ..) in &all {
        write(folder, name, base);
    }
    commit(folder, "base");
    done(folder, &["branch", "theirs"]);
    for (name, _, ours, _) in &all {
        write(folder, name, ours);
    }
    commit(folder, "ours");
    done(folder, &["checkout", "--quiet", "theirs"]);
    for (name, _, _, theirs) in &all {
        write(folder, name, theirs);
    }
    commit(folder, "theirs");
    done(folder, &["checkout", "--quiet", "ours"]);
    let output = git(folder, &["merge", "--no-edit", "theirs"]);
    let unmerged = git(folder, &["diff", "--name-only", "--diff-filter=U"]);
    let unmerged = String::from_utf8(unmerged.stdout).unwrap();
    let unmerged: Vec<&str> = unmerged.lines().collect();
    let mut conflicts = 0;
    for (name, base, ours, theirs) in &all {
        let expected = merged(base, ours, theirs);
        let loaded = load(&folder.join(name), &|| false, &|_| {})
            .unwrap_or_else(|why| panic!("{why}\n{}", String::from_utf8_lossy(&output.stderr)));
        assert_eq!(problems(&loaded.notebook), Vec::<String>::new(), "{name}");
        assert!(loaded.notebook == as_read(expected.notebook()), "{name}");
        let open = !expected.conflicts().is_empty();
        conflicts += usize::from(open);
        assert_eq!(open, unmerged.contains(&&**name), "{name}: what git calls unmerged");
    }
    assert_eq!(output.status.success(), conflicts == 0);
    assert!((10..PAIRS - 10).contains(&conflicts), "both kinds are among them: {conflicts}");
}

#[test]
fn what_git_merged_as_text_is_merged_from_its_marks() {
    let base = crate::cases::base();
    let edited = crate::cases::edited;
    let set = |note: &str| {
        edited(
            &base,
            &format!(
                r#"[SetEntity(entity: "Anne Kervel", with: (note: "{note}")), Title("{note}")]"#
            ),
        )
    };
    for style in ["merge", "diff3", "zdiff3"] {
        let repository = repository(style);
        let folder = repository.path();
        write(folder, "case.ron", &base);
        commit(folder, "base");
        done(folder, &["branch", "theirs"]);
        write(folder, "case.ron", &set("mayor"));
        commit(folder, "ours");
        done(folder, &["checkout", "--quiet", "theirs"]);
        write(folder, "case.ron", &set("deputy"));
        commit(folder, "theirs");
        done(folder, &["checkout", "--quiet", "ours"]);
        assert!(!git(folder, &["merge", "theirs"]).status.success(), "git alone cannot merge it");
        let path = folder.join("case.ron");
        let why = load(&path, &|| false, &|_| {}).unwrap_err();
        assert!(matches!(why, LoadError::Unmerged { .. }), "{why}");
        assert!(why.to_string().contains("casebook merge"), "{why}");
        let output = Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(["merge", "case.ron", "-o", "merged.ron", "--json"])
            .env("XDG_STATE_HOME", folder.join("state"))
            .current_dir(folder)
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        let told: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let fields: Vec<&str> = told["conflicts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["field"].as_str().unwrap())
            .collect();
        assert_eq!(fields, ["title", "note"], "{style}");
        let base = if style == "merge" { serde_json::Value::Null } else { "".into() };
        assert_eq!(told["conflicts"][1]["base"], base, "{style}");
        let merged = load(&folder.join("merged.ron"), &|| false, &|_| {}).unwrap().notebook;
        assert_eq!((merged.title(), merged.conflicts().len()), ("mayor", 2));
    }
}

#[test]
fn what_cannot_be_merged_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_casebook"))
            .args(args)
            .env("XDG_STATE_HOME", folder.path().join("state"))
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    let base = crate::cases::base();
    write(folder.path(), "a.ron", &base);
    fs::write(folder.path().join("empty.ron"), "").unwrap();
    fs::write(folder.path().join("broken.ron"), "(casebook: 3,").unwrap();
    for (args, says) in [
        (&["merge", "a.ron", "broken.ron", "a.ron", "-o", "out.ron"][..], "broken.ron"),
        (&["merge", "a.ron", "a.ron", "missing.ron", "-o", "out.ron"][..], "missing.ron"),
        (&["merge", "a.ron", "-o", "out.ron"][..], "BASE"),
        (&["merge", "a.ron", "a.ron", "empty.ron", "-o", "out.ron"][..], "empty"),
    ] {
        let output = run(args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(129), "{args:?} {said}");
        assert!(said.contains(says) && said.contains("nothing was written"), "{said}");
        assert!(!folder.path().join("out.ron").exists());
    }
    // An empty base is one in which nothing is; and what is there is not overwritten unasked.
    assert_eq!(
        run(&["merge", "empty.ron", "a.ron", "a.ron", "-o", "out.ron"]).status.code(),
        Some(0)
    );
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(bytes("out.ron"), bytes("a.ron"));
    assert_eq!(
        run(&["merge", "a.ron", "a.ron", "a.ron", "-o", "out.ron"]).status.code(),
        Some(129)
    );
    assert_eq!(run(&["merge", "a.ron", "a.ron", "a.ron", "-o", "a.ron"]).status.code(), Some(0));
}
