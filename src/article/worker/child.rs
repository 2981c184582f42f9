//! What runs in the process that reads one document.

use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

use super::confinement;
use super::protocol::{Answer, MOST_JSON, PageRequest, Request, read_frame, write_frame};
use crate::article::LIMIT;
use crate::article::document::{Document, DocumentError, PageImage};
use crate::article::format::{Reader, format_named};

/// How much of a stack the readers have, in bytes: what lies in one another is limited by them, in far less.
const STACK: usize = 32 << 20;

/// Reads the document on standard input and answers on standard output; for a process that was started with
/// [`super::ARGUMENT`]. It gives up what it may do before it reads the first byte.
#[must_use]
pub fn serve() -> ExitCode {
    // A panic's words may hold the document's: standard error is nowhere, and the place says enough.
    let work = std::thread::Builder::new().stack_size(STACK).spawn(|| {
        let confined = confinement::confine();
        let mut out = io::stdout().lock();
        let (answer, more) = match confined {
            Ok(()) => answer(),
            Err(why) => (Answer::NotConfined(why), Vec::new()),
        };
        let json = serde_json::to_vec(&answer).unwrap_or_default();
        write_frame(&mut out, &json)?;
        write_frame(&mut out, &more)?;
        out.flush()
    });
    match work.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn answer() -> (Answer, Vec<u8>) {
    let failed = |error| (Answer::Failed(error), Vec::new());
    let mut from = io::stdin().lock();
    let request = read_frame(&mut from, MOST_JSON)
        .ok()
        .and_then(|json| serde_json::from_slice::<Request>(&json).ok());
    let Some(Request { format, options, page: asked }) = request else {
        return failed(DocumentError::damaged("it did not arrive whole"));
    };
    #[cfg(debug_assertions)]
    if let Some(what) = format.strip_prefix("try ") {
        return failed(DocumentError::damaged(attempt(what)));
    }
    let mut bytes = Vec::new();
    if from.take(LIMIT + 1).read_to_end(&mut bytes).is_err() {
        return failed(DocumentError::damaged("it did not arrive whole"));
    }
    let Some(Reader::Document { read, page }) = format_named(&format).map(|format| format.reader)
    else {
        return failed(DocumentError::damaged(format_args!("no reader for {format}")));
    };
    if let Some(PageRequest { at, width }) = asked {
        let Some(draw) = page else {
            return failed(DocumentError::damaged("its format has no pages"));
        };
        return match draw(&bytes, at, width) {
            Ok(PageImage { place, width, height, rgba, words }) => {
                (Answer::Page { place, width, height, words }, rgba)
            }
            Err(error) => failed(error),
        };
    }
    match read(&bytes, &options) {
        Ok(Document { text, structure, description, remarks }) => (
            Answer::Document { structure, description: Box::new(description), remarks },
            text.into_bytes(),
        ),
        Err(error) => failed(error),
    }
}

/// Tries what it must not be able to do, in a program that was built for tests: what came of it, in words.
#[cfg(debug_assertions)]
fn attempt(what: &str) -> String {
    let outcome = |result: io::Result<String>| match result {
        Ok(done) => format!("done: {done}"),
        Err(error) => format!("refused: {}", error.kind()),
    };
    match what {
        "read a file" => outcome(std::fs::read_to_string("/etc/hostname")),
        "write a file" => {
            let path = std::env::temp_dir().join("casebook-was-here");
            outcome(std::fs::write(&path, "x").map(|()| path.display().to_string()))
        }
        "list a folder" => outcome(std::fs::read_dir("/").map(|all| all.count().to_string())),
        "start a program" => {
            let started = std::process::Command::new("/bin/sh").arg("-c").arg("exit").status();
            outcome(started.map(|status| status.to_string()))
        }
        "see the environment" => format!("done: {}", std::env::vars_os().count()),
        "take memory" => {
            let taken = vec![1_u8; 700 << 20];
            format!("done: {}", taken.iter().map(|byte| usize::from(*byte)).sum::<usize>())
        }
        "take time" => loop {
            std::hint::spin_loop();
        },
        "wait" => loop {
            std::thread::sleep(std::time::Duration::from_secs(1));
        },
        // Only a panic shows what becomes of one.
        "crash" => std::panic::panic_any("a reader’s fault"),
        other => format!("unknown: {other}"),
    }
}
