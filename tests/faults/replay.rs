//! A save's system calls recorded, and the power gone after each of them.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use casebook::storage::{self, Lock};

use crate::common::Dice;
use crate::disk::{Disk, State};
use crate::tools::{Case, casebook, names, run, say, strace, times};
use crate::trace::{self, Call};

/// The calls this program makes on files, whole strings and all.
pub fn record(command: &mut Command, out: &Path) -> Vec<Call> {
    let mut strace = Command::new("strace");
    strace
        .args(["-f", "-qq", "-ttt", "-xx", "-y", "-s", "33554432", "-e", "trace=%file,%desc", "-o"])
        .arg(out)
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            strace.env(name, value);
        }
    }
    let done = run(&mut strace);
    assert!(done.status.success(), "{done:?}");
    trace::read(&std::fs::read_to_string(out).unwrap())
}

/// The files of a folder and of those in it.
pub fn held(folder: &Path) -> State {
    let mut state = State::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            state.extend(held(&path));
        } else {
            state.insert(path.clone(), std::fs::read(path).unwrap());
        }
    }
    state
}

/// Tells states that were seen before.
#[derive(Default)]
pub struct Seen(HashSet<u64>);

impl Seen {
    pub fn is_new(&mut self, state: &impl Hash) -> bool {
        let mut hasher = DefaultHasher::new();
        state.hash(&mut hasher);
        self.0.insert(hasher.finish())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

#[test]
fn the_power_may_go_after_any_call_of_a_save() {
    if !strace("recorded saves replayed") {
        return;
    }
    let began = Instant::now();
    let case = Case::new();
    let book = case.notebook.parent().unwrap();
    let mut disk = Disk::new(book, &held(book));
    let mut edit = casebook();
    let calls = record(edit.arg("edit").args([&case.notebook, &case.edits]), &case.path("trace"));
    assert!(case.bytes() == case.after.as_bytes());

    let mut dice = Dice(11);
    let mut seen = Seen::default();
    let (mut points, mut states, mut old, mut new) = (0, 0, 0, 0);
    let mut acknowledged = false;
    let mut changed = true;
    for call in calls.iter().map(Some).chain([None]) {
        // The crash comes before this call.
        if changed {
            points += 1;
            for state in disk.crashes(times(600, 6000), &mut dice) {
                states += 1;
                let bytes = state.get(&case.notebook).expect("the notebook is gone");
                let is_new = bytes == case.after.as_bytes();
                assert!(is_new || bytes == case.before.as_bytes(), "torn before {call:?}");
                assert!(is_new || !acknowledged, "acknowledged, and lost before {call:?}");
                *(if is_new { &mut new } else { &mut old }) += 1;
                if seen.is_new(&state) {
                    starts_again(&state, &case, is_new);
                }
            }
        }
        let Some(call) = call else { break };
        changed = disk.take(call);
        if call.name == "write" && call.argument(0).starts_with("1<") {
            // From here on the user has been told.
            acknowledged = true;
            changed = true;
        }
    }
    assert!(acknowledged, "nothing was acknowledged");
    assert!(disk.seen() == held(book), "the model is not the disk");
    assert!(seen.len() >= 1000, "only {} different states", seen.len());
    assert!(old > 0 && new > 0);
    say(&format!(
        "power failures: {} calls recorded, {points} points, {states} crashes, {} different states: before {old}, after \
         {new}, neither 0; {:.0} s",
        calls.len(),
        seen.len(),
        began.elapsed().as_secs_f64()
    ));
}

/// The next start on what the crash left: the notebook opens, and the litter is swept.
fn starts_again(state: &State, case: &Case, is_new: bool) {
    let book = case.notebook.parent().unwrap();
    let folder = case.path("after");
    let _ = std::fs::create_dir(&folder);
    for (path, bytes) in state {
        std::fs::write(folder.join(path.strip_prefix(book).unwrap()), bytes).unwrap();
    }
    let notebook = folder.join("n.ron");
    let lock = Lock::acquire(&notebook).unwrap();
    let loaded = storage::load(&notebook, &|| false, &|_| {}).unwrap();
    assert_eq!(loaded.notebook.title() == "after", is_new);
    drop(lock);
    assert_eq!(names(&folder), ["n.ron"]);
}
