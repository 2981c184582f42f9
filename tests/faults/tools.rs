//! What the fault tests share: the long form's switch, figures, a notebook, the program as a child that is waited
//! for, and what a folder holds.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use casebook::notebook::generate::{Size, generate};
use casebook::storage;
use tempfile::TempDir;

/// Far longer than anything here takes: only a hang reaches it.
pub const LONG: Duration = Duration::from_secs(120);

/// Whether the long form was asked for: this many times, or that many.
pub fn times(short: usize, long: usize) -> usize {
    if std::env::var_os("CASEBOOK_LONG").is_some() { long } else { short }
}

/// Prints a figure, whether or not the test fails: the test runner keeps back what is printed the usual way.
pub fn say(figure: &str) {
    let line = format!("faults: {figure}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

/// The program under test.
pub fn casebook() -> Command {
    Command::new(env!("CARGO_BIN_EXE_casebook"))
}

/// A notebook's source, the same every time.
pub fn source() -> String {
    let size = Size { articles: 2, text: 6000, entities: 12, mentions: 40, links: 10 };
    let (notebook, desk) = generate(7, size);
    storage::render(&notebook, &desk)
}

/// The source with another title, as `casebook edit` makes it.
pub fn titled(source: &str, title: &str) -> String {
    let (notebook, desk, _) = storage::parse(source).unwrap();
    let mut notebook = notebook;
    let edit = casebook::edit::Edit::Title(title.to_owned());
    casebook::edit::apply(&mut notebook, &edit).unwrap();
    storage::render(&notebook, &desk)
}

/// A folder with a notebook in it, and a list of edits beside that folder which gives it the title `after`.
pub struct Case {
    pub folder: TempDir,
    pub notebook: PathBuf,
    pub edits: PathBuf,
    pub before: String,
    pub after: String,
}

impl Case {
    pub fn new() -> Self {
        Self::of(source())
    }

    pub fn of(before: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Canonical, as the traces will show it.
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("book")).unwrap();
        let notebook = root.join("book/n.ron");
        let edits = root.join("edits.ron");
        std::fs::write(&notebook, &before).unwrap();
        std::fs::write(&edits, "[Title(\"after\")]").unwrap();
        let after = titled(&before, "after");
        assert_ne!(before, after);
        Self { folder, notebook, edits, before, after }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Makes the folder as it was at first: one notebook and nothing else.
    pub fn reset(&self) {
        let book = self.notebook.parent().unwrap();
        std::fs::remove_dir_all(book).unwrap();
        std::fs::create_dir(book).unwrap();
        std::fs::write(&self.notebook, &self.before).unwrap();
    }

    /// What the notebook's file holds.
    pub fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.notebook).unwrap()
    }
}

/// The names in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Runs a program to its end.
#[track_caller]
pub fn run(command: &mut Command) -> Output {
    let child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // What these programs print fits into a pipe.
    finish(child)
}

/// Waits for a program's end; one that hangs fails the test.
#[track_caller]
pub fn finish(mut child: Child) -> Output {
    let until = Instant::now() + LONG;
    while child.try_wait().unwrap().is_none() {
        if Instant::now() > until {
            let _ = child.kill();
            panic!("it hangs");
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.wait_with_output().unwrap()
}

/// Whether strace may watch a program here; says so when it may not.
#[cfg(target_os = "linux")]
pub fn strace(what: &str) -> bool {
    let probe = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "-e", "inject=getppid:error=EIO", "true"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let can = probe.is_ok_and(|status| status.success());
    if !can {
        say(&format!("{what}: skipped, strace is not installed or may not trace here"));
    }
    can
}
