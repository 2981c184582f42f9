//! The side that opens a document: starts the process that reads it, and takes its answer as a stranger's.

use std::io::{self, Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use super::protocol::{Answer, MOST_JSON, PageRequest, Request, read_frame, write_frame};
use super::{ARGUMENT, CLOCK, MEMORY, PROCESSOR, program};
use crate::article::document::{
    Document, DocumentError, LONGEST_LABEL, LONGEST_LINE, MOST_TEXT, Options, PageImage, one_line,
};
use crate::text::BlockKind;

/// How often it is asked whether to go on.
const LOOK: Duration = Duration::from_millis(20);

/// Why a document was not read.
#[derive(Debug)]
pub enum WorkerError {
    /// Its reader says why.
    Document(DocumentError),
    /// The process could not be started, or not be confined.
    NotStarted(String),
    /// It was stopped.
    Cancelled,
}

/// Reads a document of this format in a process of its own. `cancelled` is asked every 20 ms.
///
/// # Errors
/// The document cannot be read, its reader crashes or takes more memory or time than it may, the process does not start,
/// or `cancelled` returned true.
pub(in crate::article) fn read(
    format: &str,
    options: &Options,
    bytes: Vec<u8>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Document, WorkerError> {
    let request = Request { format: format.to_owned(), options: options.clone(), page: None };
    match ask(&request, bytes, cancelled)? {
        (Answer::Document { structure, description, remarks }, text) => {
            let text = String::from_utf8(text).map_err(|_| strange())?;
            checked(Document { text, structure, description: *description, remarks })
                .map_err(WorkerError::Document)
        }
        _ => Err(strange()),
    }
}

/// Draws a page of a document of this format in a process of its own.
///
/// # Errors
/// As [`read`]; or there is no such page.
pub(in crate::article) fn draw(
    format: &str,
    page: PageRequest,
    bytes: Vec<u8>,
    cancelled: &dyn Fn() -> bool,
) -> Result<PageImage, WorkerError> {
    let options = Options::default();
    let request = Request { format: format.to_owned(), options, page: Some(page) };
    match ask(&request, bytes, cancelled)? {
        (Answer::Page { place, width, height, words }, rgba)
            if width > 0 && u64::from(width) * u64::from(height) * 4 == rgba.len() as u64 =>
        {
            Ok(PageImage { place, width, height, rgba, words })
        }
        _ => Err(strange()),
    }
}

/// An answer to something that was not asked.
fn strange() -> WorkerError {
    WorkerError::Document(DocumentError::damaged("its reader could not go on"))
}

/// Starts the process, asks it, and waits for its answer.
fn ask(
    request: &Request,
    bytes: Vec<u8>,
    cancelled: &dyn Fn() -> bool,
) -> Result<(Answer, Vec<u8>), WorkerError> {
    let request =
        serde_json::to_vec(request).map_err(|error| WorkerError::NotStarted(error.to_string()))?;
    let program = program().map_err(|error| WorkerError::NotStarted(error.to_string()))?;
    let mut child = Started(
        Command::new(program)
            .arg(ARGUMENT)
            .env_clear()
            .current_dir(std::path::MAIN_SEPARATOR_STR)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| WorkerError::NotStarted(error.to_string()))?,
    );
    let (Some(mut input), Some(mut output)) = (child.0.stdin.take(), child.0.stdout.take()) else {
        return Err(WorkerError::NotStarted("it has no streams".to_owned()));
    };
    // Both streams at once: either side may fill up while the other waits. The threads end with the process.
    std::thread::spawn(move || {
        // A process that is gone says why by how it ended.
        let _ = write_frame(&mut input, &request).and_then(|()| input.write_all(&bytes));
    });
    let (sender, answers) = channel();
    std::thread::spawn(move || {
        let _ = sender.send(answer(&mut output));
    });
    let until = Instant::now() + CLOCK;
    let answer = loop {
        match answers.recv_timeout(LOOK) {
            Ok(answer) => break answer,
            Err(RecvTimeoutError::Disconnected) => break Err(io::ErrorKind::UnexpectedEof.into()),
            Err(RecvTimeoutError::Timeout) => {}
        }
        if cancelled() {
            return Err(WorkerError::Cancelled);
        }
        if Instant::now() > until {
            let what = format!("reading it takes longer than {} seconds", CLOCK.as_secs());
            return Err(WorkerError::Document(DocumentError::TooMuch { what }));
        }
    };
    match answer {
        Ok((Answer::Failed(error), _)) => Err(WorkerError::Document(error)),
        Ok((Answer::NotConfined(why), _)) => Err(WorkerError::NotStarted(why)),
        Ok(answer) => Ok(answer),
        Err(_) => {
            // Its output has ended, and so has it, or it will at once.
            let ended = child.0.wait().ok();
            Err(WorkerError::Document(why_it_ended(ended)))
        }
    }
}

/// The process; it is gone when this is.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What the process says.
fn answer(from: &mut impl Read) -> io::Result<(Answer, Vec<u8>)> {
    let json = read_frame(from, MOST_JSON)?;
    let answer = serde_json::from_slice(&json).map_err(|_| io::ErrorKind::InvalidData)?;
    Ok((answer, read_frame(from, MOST_TEXT)?))
}

/// A document as it may go into a notebook, whatever the process was made to say: no control characters, and a
/// structure that fits its text.
fn checked(mut document: Document) -> Result<Document, DocumentError> {
    let strange = |c: char| c.is_control() && c != '\n' && c != '\t';
    if document.text.contains(strange) {
        document.text = document.text.replace(strange, "");
    }
    if document.text.trim().is_empty() {
        return Err(DocumentError::Empty);
    }
    let lines = 1 + memchr::memchr_iter(b'\n', document.text.as_bytes()).count();
    if !document.structure.fits(u32::try_from(lines).unwrap_or(u32::MAX)) {
        document.structure = Default::default();
    }
    for block in &mut document.structure.blocks {
        if let BlockKind::Item(_, sign) = &mut block.kind {
            *sign = one_line(sign, LONGEST_LABEL);
        }
    }
    for page in &mut document.structure.pages {
        page.label = one_line(&page.label, LONGEST_LABEL);
    }
    let description = &mut document.description;
    for field in [
        &mut description.title,
        &mut description.author,
        &mut description.date,
        &mut description.publisher,
        &mut description.language,
        &mut description.url,
        &mut description.captured_at,
    ] {
        *field = one_line(field, LONGEST_LINE);
    }
    for remark in &mut document.remarks {
        *remark = one_line(remark, LONGEST_LINE);
    }
    document.remarks.retain(|remark| !remark.is_empty());
    document.remarks.truncate(20);
    Ok(document)
}

/// Why a process ended that did not answer.
fn why_it_ended(ended: Option<ExitStatus>) -> DocumentError {
    #[cfg(unix)]
    if let Some(signal) =
        ended.and_then(|status| std::os::unix::process::ExitStatusExt::signal(&status))
    {
        use rustix::process::Signal;
        // SIGKILL: the hard limit of processor time, or the system's own when memory is short.
        if signal == Signal::XCPU.as_raw() || signal == Signal::KILL.as_raw() {
            let what = format!("reading it takes more than {PROCESSOR} seconds of the processor");
            return DocumentError::TooMuch { what };
        }
        if signal == Signal::ABORT.as_raw() {
            let what = format!("reading it takes more than {} MiB of memory", MEMORY >> 20);
            return DocumentError::TooMuch { what };
        }
    }
    let _ = (ended, MEMORY, PROCESSOR);
    DocumentError::damaged("its reader could not go on")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Block, Page, Structure};

    #[test]
    fn what_a_process_says_is_taken_as_a_strangers() {
        let document = Document {
            text: "Words\u{0}\u{1b}[31m\r\nand more".to_owned(),
            structure: Structure {
                blocks: vec![Block { line: 7, kind: BlockKind::Row }],
                pages: Vec::new(),
            },
            remarks: vec!["One\nline.".to_owned(), "\u{7}".to_owned()],
            ..Document::default()
        };
        let document = checked(document).expect("words");
        assert_eq!(document.text, "Words[31m\nand more");
        assert!(document.structure.is_empty());
        assert_eq!(document.remarks, ["One line."]);
        let structure = Structure {
            blocks: vec![Block { line: 0, kind: BlockKind::Item(1, "1\n\u{1b}.".to_owned()) }],
            pages: vec![Page { label: "i\rv".to_owned(), line: 0, column: 0 }],
        };
        let document = Document { text: "Words".to_owned(), structure, ..Document::default() };
        let structure = checked(document).expect("words").structure;
        assert_eq!(structure.blocks[0].kind, BlockKind::Item(1, "1 .".to_owned()));
        assert_eq!(structure.pages[0].label, "i v");
        assert_eq!(
            checked(Document { text: "\u{0}\n".to_owned(), ..Document::default() }),
            Err(DocumentError::Empty)
        );
    }
}
