//! Links that each target the link before: however many, they are read, checked, shown, drawn, arranged and deleted.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::fmt::Write;

use casebook::app::{Command, Intent, Selection, SessionIntent};
use casebook::notebook::{Target, check};
use egui::{Key, Modifiers};

#[path = "common/session.rs"]
mod session;

use session::{Session, program};

const LINKS: usize = 4_000;

/// An edit list that makes them, each edit naming what the one before it made.
fn list() -> String {
    let mut list = r#"[
        AddEntity(kind: Actor, name: "A", handle: "$a"),
        AddEntity(kind: Actor, name: "B", handle: "$b"),
        Link(from: "$a", relation: "cites", to: "$b", handle: "$l0"),
    "#
    .to_owned();
    for i in 1..LINKS {
        let to = i - 1;
        writeln!(
            list,
            r#"LinkToLink(from: "$a", relation: "undercuts", to: "$l{to}", handle: "$l{i}"),"#
        )
        .unwrap();
    }
    list.push(']');
    list
}

fn headless(folder: &std::path::Path, args: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(args)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_long_chain_goes_through_every_headless_command() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "A cites B.\n").unwrap();
    std::fs::write(folder.path().join("edits.ron"), list()).unwrap();
    let run = |args: &[&str]| headless(folder.path(), args);
    run(&["new", "a.txt", "-o", "n.ron"]);
    run(&["edit", "n.ron", "edits.ron"]);
    assert!(run(&["check", "n.ron"]).contains("no problems"));
    assert_eq!(run(&["show", "n.ron"]).matches("undercuts").count(), LINKS - 1);
    for format in ["csv", "graphml", "markdown", "canvas"] {
        run(&["export", "n.ron", "--to", format, "-o", &format!("out-{format}")]);
    }
    // With the end of the first link goes everything that stands on it.
    std::fs::write(folder.path().join("delete.ron"), r#"[DeleteEntity(entity: "B")]"#).unwrap();
    run(&["edit", "n.ron", "delete.ron"]);
    assert!(run(&["check", "n.ron"]).contains(" 0 links"));
}

#[test]
fn a_long_chain_is_drawn_focused_arranged_and_deleted_and_comes_back() {
    let mut s = Session::open();
    s.send(Intent::Run(Command::NewNotebook));
    s.send(Intent::Session(SessionIntent::Edit(program::batch("Set up", &list()))));
    let id = s.id("B");
    s.send(Intent::Select(Selection::entity(id)));
    for command in [
        Command::Fit,
        Command::FocusTwo,
        Command::LeaveFocus,
        Command::SizeByBetweenness,
        Command::SizeAlike,
        Command::Arrange,
        Command::KeepArrangement,
        Command::ArrangeLayered,
        Command::KeepArrangement,
        Command::WorkspaceReview,
    ] {
        s.run(command);
        s.0.run();
    }
    let before = s.open_notebook().snapshot();
    s.send(Intent::Select(Selection::entity(id)));
    s.run(Command::Delete);
    // What leans on it is said first.
    s.key(Modifiers::NONE, Key::Enter);
    assert!(s.open_notebook().notebook().links().is_empty());
    s.run(Command::Undo);
    assert!(*s.open_notebook().snapshot() == *before);
    let notebook = s.open_notebook().notebook();
    let on_links = |target: &Target| matches!(target, Target::Link(_));
    assert_eq!(notebook.links().values().filter(|l| on_links(&l.to)).count(), LINKS - 1);
    assert_eq!(check(notebook), []);
}
