//! What T4 takes from its file to its first frame, and in memory, in a process of its own.
//!
//! The process reads the file as the program does (a job, as the window would start it), tags 100,000 places, and
//! draws. What the process held before it opened the file is taken off.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use casebook::app::{Intent, PrefsFile, Program, SessionIntent};
use casebook::edit::{Edit, apply};
use casebook::notebook::Kind;

use super::{Bench, opened, sample, tag_in};

const MENTIONS: usize = 100_000;

/// Where the child process finds the file.
const ASKED: &str = "CASEBOOK_BENCH_FILE";

/// Whether this process is the one that measures.
pub fn is_asked() -> bool {
    std::env::var_os(ASKED).is_some()
}

/// Writes T4 to a file, has it measured in a process of its own, and prints what that says.
pub fn print() {
    let sample = sample::french(100 << 20, 0);
    let path = std::env::temp_dir().join(format!("casebook-bench-{}.txt", std::process::id()));
    if let Err(why) = std::fs::write(&path, sample.text.as_bytes()) {
        println!(
            "T4 could not be written to {} ({why}): its memory is not measured.",
            path.display()
        );
        return;
    }
    let done = std::env::current_exe()
        .and_then(|exe| std::process::Command::new(exe).env(ASKED, &path).status());
    if !done.is_ok_and(|status| status.success()) {
        println!("The process that measures T4's memory failed.");
    }
    // What is left in the folder of temporary files is its own business.
    let _ = std::fs::remove_file(&path);
}

/// One of the lines of /proc/self/status, in bytes; `None` on other systems.
fn status(line: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let found = status.lines().find_map(|l| l.strip_prefix(line)?.strip_prefix(':'))?;
    Some(found.trim().trim_end_matches("kB").trim().parse::<f64>().ok()? * 1024.0)
}

/// Opens the file, shows it, tags, and prints.
pub fn measure() {
    let Some(path) = std::env::var_os(ASKED).map(PathBuf::from) else { return };
    let mut bench = Bench::new();
    let before = status("VmRSS");
    let mut program = Program::new(PrefsFile::none());
    let start = Instant::now();
    program.dispatch(Intent::Session(SessionIntent::OpenPath(path)));
    // Until it is open: what is looked for in it afterwards, such as suggestions, is not waited for.
    let until = start + Duration::from_secs(60);
    while program.open_notebook().is_none_or(|book| book.article().is_none()) {
        if Instant::now() > until {
            return;
        }
        if !program.poll() {
            std::thread::sleep(Duration::from_micros(500));
        }
    }
    let Some(book) = program.open_notebook() else { return };
    opened(&mut bench, book);
    let took = start.elapsed();
    let opened_at = status("VmRSS");

    let Some(article) = book.article() else { return };
    let mut notebook = book.notebook().clone();
    drop(program);
    let Some(text) = notebook.article(article).map(|a| a.text.clone()) else { return };
    for i in 0..60 {
        let name = format!("Une source {i}");
        let edit = Edit::AddEntity {
            kind: Kind::Actor,
            name,
            handle: String::new(),
            with: Box::default(),
            at: None,
        };
        let _ = apply(&mut notebook, &edit);
    }
    let entities: Vec<_> = notebook.entities().keys().copied().collect();
    let step = text.len() / MENTIONS;
    for i in 0..MENTIONS {
        let entity = entities[i % entities.len()];
        let _ = apply(&mut notebook, &tag_in(article, text.word_at(i * step), entity));
    }
    let book = casebook::app::OpenNotebook::with(notebook);
    opened(&mut bench, &book);
    let (now, peak) = (status("VmRSS"), status("VmHWM"));
    println!(
        "\n| T4 from its file to the first frame, by the clock | {:.0} ms |",
        took.as_secs_f64() * 1e3
    );
    println!("|---|---|");
    let length = text.len() as f64;
    for (what, value) in
        [("once open", opened_at), ("with its 100,000 mentions", now), ("at the peak", peak)]
    {
        if let (Some(value), Some(before)) = (value, before) {
            println!("| memory {what}, in times the text | {:.2} |", (value - before) / length);
        }
    }
}
