//! Every system call of a save failing in turn, with each error a disk gives, and the program killed in each.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use casebook::app::{self, Intent, Level, PrefsFile, Program, SessionIntent};
use casebook::edit::Edit;

use crate::kill::{Summary, child, tell};
use crate::tools::{Case, LONG, casebook, finish, names, run, say, strace, times};
use crate::trace;

/// What no disk does: memory, threads, signals, the clock, the program's end.
const NOT_THE_DISK: [&str; 27] = [
    "arch_prctl",
    "brk",
    "clone",
    "clone3",
    "execve",
    "exit",
    "exit_group",
    "futex",
    "gettid",
    "madvise",
    "mmap",
    "mprotect",
    "mremap",
    "munmap",
    "nanosleep",
    "clock_nanosleep",
    "poll",
    "prctl",
    "prlimit64",
    "restart_syscall",
    "rseq",
    "rt_sigaction",
    "rt_sigprocmask",
    "sched_getaffinity",
    "set_robust_list",
    "set_tid_address",
    "sigaltstack",
];

const ERRORS: [&str; 4] = ["ENOSPC", "EIO", "EACCES", "EDQUOT"];

/// `casebook edit` under strace, with these arguments of strace's own.
fn under_strace(case: &Case, arguments: &[&str]) -> Command {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]).args(arguments).arg(casebook().get_program());
    command.arg("edit").args([&case.notebook, &case.edits]);
    command
}

/// The calls of a save that nothing disturbs: those that come after the notebook's folder was first named, by name,
/// each with the numbers (from 1, counted within its thread, as strace counts) under which it is made.
fn calls(case: &Case) -> BTreeMap<String, BTreeSet<usize>> {
    let out = case.path("calls");
    let done = run(&mut under_strace(case, &["-ttt", "-xx", "-y", "-o", out.to_str().unwrap()]));
    assert!(done.status.success(), "{done:?}");
    let mut counts: BTreeMap<(u32, String), usize> = BTreeMap::new();
    let mut found: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    let folder = case.notebook.parent().unwrap();
    let mut begun = false;
    for call in trace::read(&std::fs::read_to_string(out).unwrap()) {
        let count = counts.entry((call.thread, call.name.clone())).or_default();
        *count += 1;
        begun |= call.touches(folder) && call.name != "execve";
        if begun && !NOT_THE_DISK.contains(&&*call.name) {
            found.entry(call.name).or_default().insert(*count);
        }
    }
    found
}

#[test]
fn each_system_call_of_a_save_may_fail() {
    if !strace("failing system calls") {
        return;
    }
    let began = Instant::now();
    let case = Case::new();
    let calls = calls(&case);
    let (mut runs, mut old, mut new, mut warned, mut killed) = (0, 0, 0, 0, 0);
    let log = case.path("log");
    let mut turn = 0;
    for (call, numbers) in &calls {
        for number in numbers {
            turn += 1;
            // In the short form each call fails with two of the errors, in turn, and the program is killed in it.
            let errors = (0..times(2, 4)).map(|n| format!("error={}", ERRORS[(turn + n) % 4]));
            for fault in errors.chain(["signal=KILL".to_owned()]) {
                case.reset();
                runs += 1;
                let inject = format!("inject={call}:{fault}:when={number}");
                let done = run(&mut under_strace(
                    &case,
                    &["-e", &inject, "-e", &format!("trace={call}"), "-o", log.to_str().unwrap()],
                ));
                let bytes = case.bytes();
                let (is_old, is_new) =
                    (bytes == case.before.as_bytes(), bytes == case.after.as_bytes());
                let said = String::from_utf8_lossy(&done.stderr);
                assert!(is_old || is_new, "{inject}: {} bytes, neither old nor new", bytes.len());
                if fault == "signal=KILL" {
                    killed += 1;
                    assert!(!done.status.success(), "{inject}: it lived on");
                } else if done.status.success() {
                    assert!(is_new, "{inject}: it says that it saved: {said}");
                    if call == "fsync" {
                        assert!(said.contains("does not confirm"), "{inject}: {said}");
                        warned += 1;
                    }
                } else if call != "write" {
                    assert!(is_old, "{inject}: it says that it failed, and saved: {said}");
                    assert!(!said.trim().is_empty(), "{inject}: nothing is said");
                } else {
                    // What cannot be written may be the acknowledgement itself.
                    assert!(is_old || !said.trim().is_empty(), "{inject}: nothing is said");
                }
                old += usize::from(is_old);
                new += usize::from(is_new);
                // Afterwards it works again, and sweeps.
                let again = run(casebook().arg("edit").args([&case.notebook, &case.edits]));
                assert!(again.status.success(), "{inject}: {again:?}");
                assert!(case.bytes() == case.after.as_bytes(), "{inject}: not saved afterwards");
                assert_eq!(names(case.notebook.parent().unwrap()), ["n.ron"], "{inject}");
            }
        }
    }
    assert!(warned > 0, "the folder's fsync failed nowhere");
    assert!(old > 20 && new > 20, "{old} and {new}");
    say(&format!(
        "system calls failing: {turn} calls of a save ({}), {runs} runs, {killed} of them killed in the call: old file \
         whole {old}, new one complete {new}, neither 0; {:.0} s",
        calls.keys().cloned().collect::<Vec<_>>().join(" "),
        began.elapsed().as_secs_f64()
    ));
}

/// Not a test but a program that is told to save while its disk fails: prints what the user would see.
#[test]
fn child_whose_disk_fails() {
    let Some(path) = std::env::var_os("CASEBOOK_FAULTS_NOTEBOOK") else { return };
    let path = Path::new(&path);
    let mut program = Program::with_folder(PrefsFile::none(), crate::unsaved::data(path));
    assert!(program.settle(LONG), "looking for work does not end");
    program.dispatch(Intent::Session(SessionIntent::OpenPath(path.to_owned())));
    assert!(program.settle(LONG), "opening does not end");
    program.dispatch(Intent::Session(SessionIntent::Edit(Edit::Title("after".to_owned()))));
    tell("ready");
    for line in std::io::stdin().lock().lines() {
        // The fault may hit this thread too: what it reads and says itself is tried again.
        let Ok(line) = line else { continue };
        assert_eq!(line, "save");
        program.dispatch(Intent::Run(app::Command::Save));
        assert!(program.settle(LONG), "saving does not end");
        let book = program.open_notebook().unwrap();
        let complaints = program.notices().iter().filter(|notice| notice.level != Level::Info);
        tell(&format!(
            "{} {} {}",
            if book.is_modified() { "modified" } else { "clean" },
            book.notebook().title(),
            complaints.count() + usize::from(program.question().is_some())
        ));
    }
}

#[test]
fn a_save_that_fails_keeps_the_edits_in_the_window() {
    if !strace("a failing disk under the window's save") {
        return;
    }
    let began = Instant::now();
    let case = Case::new();
    let calls =
        ["openat", "write", "fchmod", "fsync", "lseek", "read", "statx", "rename", "renameat"];
    let (mut failed, mut saved, mut unheard) = (0, 0, 0);
    for (turn, call) in calls.into_iter().enumerate() {
        // The first ones of most belong to what is kept of the file before it is replaced: a save goes on without that.
        for number in 1..=times(9, 20) {
            case.reset();
            let mut child = child("syscalls::child_whose_disk_fails", &case.notebook);
            let mut told = Summary::by(&mut child);
            assert_eq!(told.next().as_deref(), Some("ready"));
            let error = ERRORS[(turn + number) % 4];
            let mut strace = Command::new("strace")
                .args(["-f", "-p", &child.id().to_string(), "-o", "/dev/null"])
                // strace counts within each thread: the save's own begins with its first call.
                .args(["-e", &format!("inject={call}:error={error}:when={number}")])
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            // It says when it has attached itself, or that it may not.
            let mut heard = String::new();
            let mut ear = BufReader::new(strace.stderr.take().unwrap());
            ear.read_line(&mut heard).unwrap();
            if !heard.contains("attached") {
                let _ = child.kill();
                let _ = (child.wait(), strace.wait());
                say(&format!("a failing disk under the window's save: skipped, {}", heard.trim()));
                return;
            }
            let mut orders = child.stdin.take().unwrap();
            writeln!(orders, "save").unwrap();
            let first = told.next().unwrap_or_else(|| panic!("{call} {number}: it ended"));
            // SIGTERM makes strace let go of the program.
            run(Command::new("kill").arg(strace.id().to_string()));
            drop(ear);
            strace.wait().unwrap();
            let bytes = case.bytes();
            let place = format!("{call} failing with {error} at {number}: {first}");
            if let Some(rest) = first.strip_prefix("modified after ") {
                assert_ne!(rest, "0", "{place}: nothing was said");
                assert!(bytes == case.before.as_bytes(), "{place}: the file was changed");
                failed += 1;
            } else {
                assert!(bytes == case.after.as_bytes(), "{place}: not saved");
                // The fault hit what a save can do without, or nothing at all.
                saved += 1;
                unheard += usize::from(first == "clean after 0");
            }
            // The disk works again, and so does the next save: no edit was lost.
            writeln!(orders, "save").unwrap();
            let second = told.next().unwrap_or_else(|| panic!("{place}: it ended"));
            assert!(second.starts_with("clean after"), "{place}, then {second}");
            assert!(case.bytes() == case.after.as_bytes(), "{place}: edits were lost");
            drop(orders);
            assert!(finish(child).status.success());
        }
    }
    assert!(failed >= 8, "only {failed} saves failed");
    say(&format!(
        "the window's save on a failing disk: {failed} failed with a message and kept file and edits, {saved} succeeded \
         ({unheard} without a word); {:.0} s",
        began.elapsed().as_secs_f64()
    ));
}
