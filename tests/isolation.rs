//! The process that reads documents: what it may not do, and what is told when it fails. Documents that try it are in
//! `tests/documents/`.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::io::{Read as _, Write as _};
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use casebook::article::worker::ARGUMENT;

/// A process that was asked something.
fn asked(json: &str, file: &[u8]) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .arg(ARGUMENT)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let length = u64::try_from(json.len()).unwrap().to_le_bytes();
    for part in [&length[..], json.as_bytes(), file] {
        // One that was killed does not listen.
        let _ = input.write_all(part);
    }
    child
}

fn request(format: &str) -> String {
    format!(
        r#"{{"format":"{format}","options":{{"name":"x","everything":false,"encoding":null}}}}"#
    )
}

/// What it answers as text, what it says on standard error, and how it ends.
fn outcome(mut child: Child) -> (String, String, ExitStatus) {
    let (mut answer, mut said) = (Vec::new(), String::new());
    child.stdout.take().unwrap().read_to_end(&mut answer).unwrap();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (String::from_utf8_lossy(&answer).into_owned(), said, child.wait().unwrap())
}

fn attempt(what: &str) -> (String, String, ExitStatus) {
    outcome(asked(&request(&format!("try {what}")), b""))
}

#[test]
fn it_opens_no_file_and_starts_no_program() {
    for what in ["read a file", "write a file", "list a folder", "start a program"] {
        let (answer, _, status) = attempt(what);
        assert!(status.success(), "{what}: {status}");
        assert!(answer.contains("refused: permission denied"), "{what}: {answer}");
    }
    assert!(!Path::new("/tmp/casebook-was-here").exists());
    let (answer, ..) = attempt("see the environment");
    assert!(answer.contains("done: 0"), "{answer}");
}

#[test]
fn memory_beyond_its_own_is_not_to_be_had() {
    let (answer, _, status) = attempt("take memory");
    assert!(!answer.contains("done"), "{answer}");
    assert_eq!(status.signal(), Some(6), "{status}");
}

#[test]
fn a_crash_says_nothing_of_what_was_read() {
    let (answer, said, status) = attempt("crash");
    assert!(answer.is_empty() && !status.success(), "{answer}");
    // The program gives it no standard error at all; here it has one.
    assert!(!said.contains("Mona Kervadec"), "{said}");
}

#[test]
fn time_beyond_its_own_ends_it() {
    if std::env::var_os("CASEBOOK_LONG").is_none() {
        return;
    }
    let (answer, _, status) = attempt("take time");
    assert!(answer.is_empty(), "{answer}");
    assert!(matches!(status.signal(), Some(9 | 24)), "{status}");
}

#[test]
fn it_ends_with_the_program_that_asked() {
    let mut child = asked(&request("try wait"), b"");
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "it waits");
    child.kill().unwrap();
    assert!(!child.wait().unwrap().success());
}

#[test]
fn what_it_is_asked_may_be_anything() {
    let long = "x".repeat(1 << 20);
    for json in ["", "{}", "null", "\u{1}\u{2}", &request("no such format"), &long] {
        let (answer, _, status) = outcome(asked(json, b"PK\x03\x04"));
        assert!(status.success() && answer.contains("Failed"), "{status}: {answer}");
    }
}

/// A document is stopped at once, and nothing of its process stays.
#[test]
fn stopping_a_document_ends_its_process() {
    use casebook::article::{ArticleError, ReadOptions, read_file, worker};

    worker::use_program(Path::new(env!("CARGO_BIN_EXE_casebook")));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("slow.rtf");
    // A document of 60 MB: reading it takes longer than to say stop.
    let mut words = String::from("{\\rtf1\\ansi ");
    while words.len() < 60 << 20 {
        words.push_str("\\b some words\\b0 of a text that goes on and on\\par ");
    }
    words.push('}');
    std::fs::write(&path, &words).unwrap();
    let since = Instant::now();
    let asked = std::cell::Cell::new(0);
    let stop = || {
        asked.set(asked.get() + 1);
        asked.get() > 70
    };
    let read = read_file(&path, &ReadOptions::default(), &stop, &|_| {});
    if since.elapsed() > Duration::from_millis(100) && asked.get() > 70 {
        assert!(matches!(read, Err(ArticleError::Cancelled { .. })), "{read:?}");
    }
    let children =
        std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", std::process::id()));
    assert!(children.unwrap_or_default().trim().is_empty(), "a process is left");
}
