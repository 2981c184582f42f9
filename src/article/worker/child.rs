//! What runs in the process that reads one document.

use std::io::{self, Read as _, Write as _};
use std::process::ExitCode;

use super::confinement;
use super::protocol::{Answer, MOST_JSON, Request, read_frame, write_frame};
use crate::article::LIMIT;
use crate::article::document::{Document, DocumentError};
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
        let (answer, text) = match confined {
            Ok(()) => answer(),
            Err(why) => (Answer::NotConfined(why), String::new()),
        };
        let json = serde_json::to_vec(&answer).unwrap_or_default();
        write_frame(&mut out, &json)?;
        write_frame(&mut out, text.as_bytes())?;
        out.flush()
    });
    match work.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn answer() -> (Answer, String) {
    let failed = |error| (Answer::Failed(error), String::new());
    let mut from = io::stdin().lock();
    let request = read_frame(&mut from, MOST_JSON)
        .ok()
        .and_then(|json| serde_json::from_slice::<Request>(&json).ok());
    let Some(Request { format, options }) = request else {
        return failed(DocumentError::damaged("it did not arrive whole"));
    };
    let mut bytes = Vec::new();
    if from.take(LIMIT + 1).read_to_end(&mut bytes).is_err() {
        return failed(DocumentError::damaged("it did not arrive whole"));
    }
    let Some(Reader::Document { read }) = format_named(&format).map(|format| format.reader) else {
        return failed(DocumentError::damaged(format_args!("no reader for {format}")));
    };
    match read(&bytes, &options) {
        Ok(Document { text, structure, description, remarks }) => {
            (Answer::Document { structure, description, remarks }, text)
        }
        Err(error) => failed(error),
    }
}
