//! Printing: the report in a private file, opened by the desktop.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use casebook::app::{Command, Level, Opener, PrefsFile, Program};
use casebook::notebook::Kind;

use crate::script::Script;

/// With an article open, and a data folder.
fn open() -> Script {
    let mut s = Script::new();
    let folder = casebook::recovery::Folder::at(s.path("data"));
    s.program = Program::with_folder(PrefsFile::none(), folder);
    s.open_file("article.txt", crate::script::ARTICLE.as_bytes());
    s
}

/// A program that notes what it is given and ends with this status. No file of its own: one that was just written may be
/// held open by a process that is being started.
fn opener(s: &Script, status: i32) -> Opener {
    let script = format!("printf '%s' \"$0\" > '{}'; exit {status}", s.path("opened").display());
    Opener::program("sh", &["-c", &script])
}

fn opened(s: &Script) -> PathBuf {
    std::fs::read_to_string(s.path("opened")).unwrap().into()
}

#[test]
fn the_report_is_written_for_its_owner_alone_and_handed_to_the_desktop() {
    let mut s = open();
    s.tag(Kind::Actor, "Anne Kervel", 0);
    let opener = opener(&s, 0);
    s.program.set_opener(opener);
    s.run(Command::Print);
    let (level, told) = s.told();
    assert_eq!(level, Level::Info, "{told}");
    let path = opened(&s);
    assert!(
        path.starts_with(s.path("data").join("print")) && told.contains(&*path.to_string_lossy())
    );
    let page = std::fs::read_to_string(&path).unwrap();
    assert!(page.contains("Anne Kervel") && page.contains("Casebook report"));
    let mode =
        |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
    // Once more, over the file of before.
    s.run(Command::Print);
    assert_eq!(s.told().0, Level::Info);
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    // What lies there for long goes when a Casebook starts.
    let old = std::time::SystemTime::now() - std::time::Duration::from_secs(3 * 60 * 60);
    let file = std::fs::File::options().append(true).open(&path).unwrap();
    file.set_modified(old).unwrap();
    let folder = casebook::recovery::Folder::at(s.path("data"));
    drop(Program::with_folder(PrefsFile::none(), folder));
    assert!(!path.exists());
}

#[test]
fn a_desktop_that_opens_nothing_is_told_with_where_the_report_is() {
    let mut s = open();
    let refusing = opener(&s, 3);
    s.program.set_opener(refusing);
    s.run(Command::Print);
    let path = opened(&s);
    let (level, told) = s.told();
    assert_eq!(level, Level::Error);
    assert!(
        told.contains("no program for such files") && told.contains(&*path.to_string_lossy()),
        "{told}"
    );
    assert!(path.is_file());
    let missing = s.path("nowhere/open");
    s.program.set_opener(Opener::program(missing, &[]));
    s.run(Command::Print);
    assert!(s.told().1.contains("is not installed"), "{}", s.told().1);
}
