//! The command, and the page in the window.

use std::fs;

use casebook::app::questions::{EnterPath, ImportInto, Imported};
use casebook::app::{Command as AppCommand, DialogKind, Effect, Intent, Level, SessionIntent};
use casebook::import;
use egui_kittest::kittest::Queryable as _;

use crate::session::Session;
use crate::{SAMPLE, casebook, sample};

#[test]
fn the_command_imports_what_the_command_exports_and_says_what_did_not_fit() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("a.txt"), "Barry Kade met ACME.").unwrap();
    assert!(casebook(at, &["new", "a.txt", "-o", "empty.ron"]).status.success());
    for (id, out) in [
        ("brat", "brat"),
        ("csv", "csv"),
        ("qdpx", "a.qdpx"),
        ("graphml", "a.graphml"),
        ("ftm", "a.ftm.json"),
        ("annotations", "a.jsonld"),
    ] {
        assert!(casebook(at, &["export", SAMPLE, "--to", id, "-o", out]).status.success());
        let args = ["import", "empty.ron", out, "-o", "new.ron", "--force", "--json"];
        let done = casebook(at, &args);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let json: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!(json["format"], id);
        // Annotations hold no texts: nothing has a place, and the file says so.
        if id == "annotations" {
            assert!(json["missed_count"].as_u64().unwrap() > 0);
            continue;
        }
        assert!(json["new"]["entities"].as_u64().unwrap() > 40, "{json}");
        let again = casebook(at, &["import", "new.ron", out]);
        let said = String::from_utf8_lossy(&again.stdout).into_owned();
        assert!(said.contains("imported 0 articles, 0 entities, 0 mentions, 0 links"), "{said}");
        assert!(casebook(at, &["check", "new.ron"]).status.success());
    }
    let unknown = casebook(at, &["import", "empty.ron", "a.txt"]);
    assert_eq!(unknown.status.code(), Some(1));
    let said = String::from_utf8_lossy(&unknown.stderr).into_owned();
    assert!(import::FORMATS.iter().all(|format| said.contains(format.name)), "{said}");
    let missing = casebook(at, &["import", "empty.ron", "nowhere.csv"]);
    assert!(String::from_utf8_lossy(&missing.stderr).contains("nowhere.csv"));
}

#[test]
fn the_page_names_every_format_and_asks_for_a_file_or_a_folder() {
    let mut s = Session::open();
    s.run(AppCommand::Import);
    assert!(s.program().asked::<ImportInto>().is_some());
    for format in import::FORMATS {
        s.0.get_by_label(format.brings);
    }
    for (button, folder) in [("Choose a file…", false), ("Choose a folder…", true)] {
        s.run(AppCommand::Import);
        s.0.get_by_label(button);
        s.program().dispatch(Intent::Session(SessionIntent::AskWhatToImport { folder }));
        let asked = s.program().take_effects();
        assert!(asked.iter().any(|effect| matches!(
            effect,
            Effect::Dialog(DialogKind::Import { is_folder, .. }) if *is_folder == folder
        )));
    }
}

#[test]
fn what_is_imported_in_the_window_is_one_step_and_what_did_not_fit_is_listed() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    assert!(casebook(at, &["export", SAMPLE, "--to", "csv", "-o", "tables"]).status.success());
    let mut s = Session::open();
    let path = at.join("tables");
    s.send(Intent::Session(SessionIntent::ImportFrom(path.clone())));
    let old = sample();
    {
        let new = s.open_notebook().notebook();
        assert_eq!(new.mentions().len(), old.mentions().len());
        assert_eq!(new.links().len(), old.links().len());
    }
    let missed = s.program().asked::<Imported>().map(|done| done.missed.clone()).unwrap();
    assert!(!missed.is_empty());
    s.0.get_by_label("Imported");
    s.0.get_by_label("Close").click();
    s.settle();
    assert!(s.program().question().is_none());
    // Again: nothing is new, and nothing can be undone but the first step.
    s.send(Intent::Session(SessionIntent::ImportFrom(path)));
    assert_eq!(s.program().asked::<Imported>().map(|done| done.new.clone()).unwrap(), "nothing");
    s.send(Intent::Cancel);
    s.run(AppCommand::Undo);
    assert!(s.open_notebook().notebook().entities().is_empty());
    assert!(s.open_notebook().notebook().articles().is_empty());
    s.run(AppCommand::Redo);
    assert_eq!(s.open_notebook().notebook().mentions().len(), old.mentions().len());
}

#[test]
fn without_a_file_dialog_the_path_is_typed_and_an_error_names_the_file() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("edges.csv"), "source,target\nA,B\n").unwrap();
    let mut s = Session::open();
    let kind = DialogKind::Import { folder: folder.path().to_owned(), is_folder: false };
    s.send(Intent::DialogFailed(kind, "this desktop has none".to_owned()));
    assert!(s.program().asked::<EnterPath>().is_some());
    s.send(Intent::Session(SessionIntent::ImportFrom(folder.path().join("edges.csv"))));
    assert!(s.program().question().is_none());
    let notice = s.program().notices().last().unwrap().clone();
    assert_eq!(notice.level, Level::Info);
    assert!(notice.text.contains("2 entities, 1 link"), "{}", notice.text);
    fs::write(folder.path().join("bad.graphml"), "<graphml><node>").unwrap();
    s.send(Intent::Session(SessionIntent::ImportFrom(folder.path().join("bad.graphml"))));
    let notice = s.program().notices().last().unwrap().clone();
    assert_eq!(notice.level, Level::Error);
    assert!(
        notice.text.contains("bad.graphml") && notice.text.contains("ends inside"),
        "{}",
        notice.text
    );
}
