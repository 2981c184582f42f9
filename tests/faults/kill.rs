//! `kill -9` inside saves: the program's own, without a window, in a process of its own.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use casebook::app::{self, Intent, PrefsFile, Program, SessionIntent};
use casebook::edit::Edit;
use casebook::storage;

use crate::common::Dice;
use crate::tools::{Case, LONG, names, say, times};

/// Names the notebook for a child; without it the child's test does nothing.
pub const NOTEBOOK: &str = "CASEBOOK_FAULTS_NOTEBOOK";

/// What a child has to say: one line each, nothing kept back.
pub fn tell(line: &str) {
    let mut out = std::io::stdout();
    let line = format!("\n#{line}\n");
    for _ in 0..100 {
        if out.write_all(line.as_bytes()).and_then(|()| out.flush()).is_ok() {
            return;
        }
    }
    panic!("nobody hears “{line}”");
}

/// Opens a notebook as the window does.
pub fn open(path: &Path) -> Program {
    let mut program = Program::new(PrefsFile::none());
    program.dispatch(Intent::Session(SessionIntent::OpenPath(path.to_owned())));
    assert!(program.settle(LONG), "opening does not end");
    assert!(program.open_notebook().is_some(), "{:?}", program.notices());
    program
}

/// Not a test but the program to be killed: saves as fast as it can, a higher number for a title each time.
#[test]
fn child_that_saves() {
    let Some(path) = std::env::var_os(NOTEBOOK).map(PathBuf::from) else { return };
    let mut program = open(&path);
    let title = |program: &Program| program.open_notebook().unwrap().notebook().title().to_owned();
    let beside = names(path.parent().unwrap());
    tell(&format!("ready {} {}", title(&program), beside.join(" ")));
    for number in title(&program).parse::<u64>().unwrap() + 1.. {
        program.dispatch(Intent::Session(SessionIntent::Edit(Edit::Title(number.to_string()))));
        tell(&format!("saving {number}"));
        program.dispatch(Intent::Run(app::Command::Save));
        assert!(program.settle(LONG), "saving does not end");
        assert!(!program.open_notebook().unwrap().is_modified(), "{:?}", program.notices());
        tell(&format!("saved {number}"));
    }
}

/// This test program, as a child that runs one of its tests only.
pub fn child(test: &str, notebook: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args([test, "--exact", "--nocapture", "--test-threads=1"])
        .env(NOTEBOOK, notebook)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Why it fails, where it does.
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// What a child tells, line by line; `None` at its end.
pub struct Summary(BufReader<std::process::ChildStdout>);

impl Summary {
    pub fn by(child: &mut Child) -> Self {
        Self(BufReader::new(child.stdout.take().unwrap()))
    }

    pub fn next(&mut self) -> Option<String> {
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            // A line that the kill cut off acknowledges nothing.
            if let Some(line) = line.strip_prefix('#').and_then(|line| line.strip_suffix('\n')) {
                return Some(line.to_owned());
            }
        }
    }
}

#[test]
fn killed_inside_a_save_nothing_is_lost() {
    let wanted = times(300, 10_000);
    let case = Case::of(crate::tools::titled(&crate::tools::source(), "0"));
    let book = case.notebook.parent().unwrap();
    let began = Instant::now();
    let seed = began.elapsed().as_nanos() as u64 ^ u64::from(std::process::id());
    let mut dice = Dice(seed);
    let (mut inside, mut kills, mut saves, mut newer, mut littered) = (0, 0, 0, 0, 0);
    let mut acknowledged = 0;
    // How long a save takes here and now, as heard: the kills follow it, so that they fall all over a save on a quick
    // disk and on a slow one.
    let mut length = Duration::from_millis(5);
    while inside < wanted {
        let mut child = child("kill::child_that_saves", &case.notebook);
        let mut told = Summary::by(&mut child);
        let ready = told.next().expect("the program starts after every kill");
        let (found, beside) = ready.strip_prefix("ready ").unwrap().split_once(' ').unwrap();
        let found: u64 = found.parse().unwrap();
        assert!(found >= acknowledged, "acknowledged {acknowledged}, found {found} ({ready})");
        // The start has swept what the kill before left.
        assert_eq!(beside, ".n.ron.lock n.ron");
        acknowledged = found;
        let mut begun = found;
        let mut hear = |line: &str| {
            let (what, number) = line.split_once(' ').unwrap();
            let number: u64 = number.parse().unwrap();
            match what {
                "saving" => begun = number,
                "saved" => {
                    acknowledged = number;
                    saves += 1;
                }
                _ => panic!("{line}"),
            }
        };
        // Into the first save, which follows a start, or a later one.
        for _ in 0..dice.below(3) {
            hear(&told.next().expect("it begins a save"));
            let saving = Instant::now();
            hear(&told.next().expect("it ends a save"));
            length = (length * 7 + saving.elapsed()) / 8;
        }
        hear(&told.next().expect("it begins a save"));
        let until = Instant::now() + length.mul_f64(dice.below(1100) as f64 / 1000.0);
        // A sleep would end too late by much of a save.
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        while let Some(line) = told.next() {
            hear(&line);
        }
        let bytes = std::fs::read_to_string(&case.notebook).unwrap();
        let (notebook, _, _) = storage::parse(&bytes)
            .unwrap_or_else(|error| panic!("corrupt after {kills} kills: {error}"));
        let title: u64 = notebook.title().parse().unwrap();
        assert!(
            title == acknowledged || title == begun,
            "acknowledged {acknowledged}, begun {begun}, found {title}"
        );
        inside += usize::from(begun > acknowledged);
        newer += usize::from(title > acknowledged);
        littered += usize::from(names(book).iter().any(|name| name.ends_with(".casebook-tmp")));
    }
    // The next start, by another door: nothing is left but the notebook.
    drop(storage::Lock::acquire(&case.notebook).unwrap());
    assert_eq!(names(book), ["n.ron"]);
    say(&format!(
        "kill -9: {kills} kills, {inside} of them inside a save of about {:.1} ms ({} before its temporary file, \
         {littered} with one left, {newer} after the rename), {saves} saves acknowledged: 0 corrupt, 0 lost, no litter \
         after the next start; {:.0} s",
        length.as_secs_f64() * 1000.0,
        inside - newer - littered,
        began.elapsed().as_secs_f64()
    ));
}
