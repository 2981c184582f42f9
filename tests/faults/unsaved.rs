//! Work that is not saved yet: the program killed, and the power gone, while someone edits.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use casebook::app::{Command, Intent, PrefsFile, Program, SessionIntent};
use casebook::edit::Edit;
use casebook::recovery::{FileState, Folder};

use crate::common::Dice;
use crate::kill::{NOTEBOOK, Summary, child, tell};
use crate::tools::{Case, LONG, say, times, titled};

/// The data folder beside the notebook's.
pub fn data(notebook: &Path) -> Folder {
    Folder::at(notebook.parent().unwrap().parent().unwrap().join("data"))
}

fn go(program: &mut Program, intent: Intent) {
    program.dispatch(intent);
    assert!(program.settle(LONG), "a job does not end");
}

/// The title counts the edits.
fn number(program: &Program) -> u64 {
    program.open_notebook().unwrap().notebook().title().parse().unwrap()
}

/// The next start: the program as the window starts it, what it offers taken up, or else the notebook opened. Whether
/// there was work to be taken up.
fn start(path: &Path) -> (Program, bool) {
    let mut program = Program::with_folder(PrefsFile::none(), data(path));
    assert!(program.settle(LONG), "looking for work does not end");
    // Killed while it went on from recovered work, it leaves two journals: the first holds at least what the other does,
    // and a person who takes that one discards the other.
    let work = program.unsaved_work().to_vec();
    assert!(work.len() <= 2, "{work:#?}");
    for other in work.iter().skip(1) {
        assert!(other.edits <= work[0].edits, "{work:#?}");
        go(&mut program, Intent::Session(SessionIntent::DiscardWork(other.journal.clone())));
    }
    match work.first() {
        None => go(&mut program, Intent::Session(SessionIntent::OpenPath(path.to_owned()))),
        Some(found) => {
            assert_eq!(found.file_state, FileState::Same, "nothing else changed the file");
            assert_eq!(found.about.notebook.as_deref(), Some(path));
            go(&mut program, Intent::Session(SessionIntent::Recover(found.journal.clone())));
            assert!(
                program.open_notebook().is_some_and(|book| book.is_modified()),
                "it is to be saved"
            );
        }
    }
    let book = program.open_notebook().unwrap_or_else(|| panic!("{:?}", program.notices()));
    assert_eq!(book.path().map(PathBuf::as_path), Some(path));
    (program, !work.is_empty())
}

fn edit(program: &mut Program) {
    let number = number(program) + 1;
    go(program, Intent::Session(SessionIntent::Edit(Edit::Title(number.to_string()))));
    tell(&format!("did {number}"));
}

fn save(program: &mut Program) {
    go(program, Intent::Run(Command::Save));
    assert!(!program.open_notebook().unwrap().is_modified(), "{:?}", program.notices());
    tell(&format!("kept {}", number(program)));
}

/// Not a test but the program to be killed: someone edits fast and saves now and then.
#[test]
fn child_that_edits() {
    let Some(path) = std::env::var_os(NOTEBOOK).map(PathBuf::from) else { return };
    let (mut program, _) = start(&path);
    let mut dice = Dice(u64::from(std::process::id()));
    tell(&format!("ready {}", number(&program)));
    loop {
        edit(&mut program);
        std::thread::sleep(Duration::from_micros(dice.below(6000) as u64));
        if dice.one_in(8) {
            save(&mut program);
        }
    }
}

#[test]
fn killed_while_someone_edits_at_most_two_seconds_are_lost() {
    let kills = times(120, 4000);
    let case = Case::of(titled(&crate::tools::source(), "0"));
    let began = Instant::now();
    let mut dice = Dice(began.elapsed().as_nanos() as u64 ^ u64::from(std::process::id()));
    let (mut edits, mut lost, mut saves, mut longest) = (0, 0, 0, Duration::ZERO);
    // What was done last before the kill, with when this test heard of it; what a save acknowledged.
    let mut done: Vec<(u64, Instant)> = Vec::new();
    let (mut kept, mut killed) = (0, began);
    for _ in 0..=kills {
        let mut child = child("unsaved::child_that_edits", &case.notebook);
        let mut told = Summary::by(&mut child);
        let ready = told.next().expect("the program starts after every kill");
        let found: u64 = ready.strip_prefix("ready ").unwrap().parse().unwrap();
        assert!(found >= kept, "saved {kept}, found {found}");
        for (_, at) in done.iter().filter(|(number, _)| *number > found) {
            lost += 1;
            longest = longest.max(killed.saturating_duration_since(*at));
        }
        assert!(longest <= Duration::from_secs(2), "edits of the last {longest:?} were lost");
        // Heard as they come, so that their time is known.
        let until = Instant::now() + Duration::from_micros(dice.below(120_000) as u64);
        done.clear();
        let mut hear = |line: String, done: &mut Vec<(u64, Instant)>, kept: &mut u64| match line
            .split_once(' ')
            .map(|(what, number)| (what, number.parse().unwrap()))
        {
            Some(("did", number)) => done.push((number, Instant::now())),
            Some(("kept", number)) => {
                *kept = number;
                saves += 1;
            }
            other => panic!("{other:?}"),
        };
        while Instant::now() < until {
            hear(told.next().expect("it edits on"), &mut done, &mut kept);
        }
        child.kill().unwrap();
        killed = Instant::now();
        child.wait().unwrap();
        while let Some(line) = told.next() {
            hear(line, &mut done, &mut kept);
        }
        edits += done.len();
    }
    say(&format!(
        "kill -9 while editing: {kills} kills, {edits} edits, {saves} saves acknowledged: {lost} edits lost, the \
         oldest of them {} ms before its kill (2000 allowed), no saved one; {:.0} s",
        longest.as_millis(),
        began.elapsed().as_secs_f64()
    ));
}

/// Not a test but a short session that is recorded: edits, a save, edits that outlive the save, a pause in which the base
/// is copied, and an end without a word.
#[cfg(target_os = "linux")]
#[test]
fn child_with_a_short_session() {
    let Some(path) = std::env::var_os(NOTEBOOK).map(PathBuf::from) else { return };
    let (mut program, _) = start(&path);
    tell("ready");
    for round in 0..3 {
        for _ in 0..4 {
            edit(&mut program);
            std::thread::sleep(Duration::from_millis(60));
        }
        match round {
            // On the disk by itself, a while after.
            0 => std::thread::sleep(Duration::from_millis(900)),
            1 => save(&mut program),
            _ => {}
        }
    }
    std::thread::sleep(Duration::from_millis(5200));
    edit(&mut program);
    assert!(program.flush_journal(LONG));
    tell(&format!("kept {}", number(&program)));
    edit(&mut program);
    std::process::exit(0);
}

#[cfg(target_os = "linux")]
#[test]
fn the_power_may_go_while_someone_edits() {
    use crate::disk::Disk;
    use crate::replay::{Seen, held, record};
    use crate::tools::strace;

    if !strace("recorded edits replayed") {
        return;
    }
    let began = Instant::now();
    let case = Case::of(titled(&crate::tools::source(), "0"));
    let root = case.notebook.parent().unwrap().parent().unwrap().to_owned();
    let recovery = root.join("data/recovery");
    let backups = root.join("data/backups");
    std::fs::create_dir_all(&recovery).unwrap();
    std::fs::create_dir_all(&backups).unwrap();
    let before = held(&root);
    let trace = tempfile::NamedTempFile::new().unwrap();
    let mut session = std::process::Command::new(std::env::current_exe().unwrap());
    session
        .args(["unsaved::child_with_a_short_session", "--exact", "--nocapture", "--test-threads=1"])
        .env(NOTEBOOK, &case.notebook);
    let calls = record(&mut session, trace.path());

    let mut disk = Disk::new(&root, &before);
    let mut dice = Dice(13);
    let mut seen = Seen::default();
    let (mut points, mut states, mut offered, mut lost_most) = (0, 0, 0, 0);
    // What was done, with when; what must be there: saved, or said to be on the disk.
    let mut done: Vec<(u64, f64)> = Vec::new();
    let mut kept = 0;
    let mut changed = true;
    let end = calls.last().unwrap().at;
    for call in calls.iter().map(Some).chain([None]) {
        // What is older than two seconds must be there as well.
        let now = call.map_or(end, |call| call.at);
        let old = done.iter().filter(|(_, at)| now - at > 2.0).map(|(number, _)| *number);
        let must = old.chain([kept]).max().unwrap_or(0);
        let latest = done.last().map_or(0, |(number, _)| *number);
        if changed {
            points += 1;
            for state in disk.crashes(times(10, 100), &mut dice) {
                states += 1;
                if !seen.is_new(&(must, &state)) {
                    continue;
                }
                for path in held(&root).keys().filter(|path| !state.contains_key(*path)) {
                    std::fs::remove_file(path).unwrap();
                }
                for (path, bytes) in &state {
                    std::fs::write(path, bytes).unwrap();
                }
                let (program, recovered) = start(&case.notebook);
                let number = number(&program);
                assert!(
                    number >= must && number <= latest + 1,
                    "found {number}, must have {must} of {latest}, before {call:?}"
                );
                lost_most = lost_most.max(latest.saturating_sub(number));
                offered += usize::from(recovered);
            }
        }
        let Some(call) = call else { break };
        changed = disk.take(call);
        if call.name == "write" && call.argument(0).starts_with("1<") {
            let line = String::from_utf8(call.string(1)).unwrap();
            for told in line.lines().filter_map(|line| line.strip_prefix('#')) {
                match told.split_once(' ').map(|(what, n)| (what, n.parse::<u64>().unwrap())) {
                    Some(("did", number)) => done.push((number, call.at)),
                    Some(("kept", number)) => kept = number,
                    _ => {}
                }
                changed = true;
            }
        }
    }
    assert_eq!(done.len(), 14, "{done:?}");
    assert!(kept >= 13 && offered > 0);
    assert!(states >= 1000, "only {states} states");
    say(&format!(
        "power failures while editing: {} calls recorded, {points} points, {states} crashes, {} different: each a state \
         there was, at most {lost_most} edits lost and none of them older than 2 s or acknowledged, work offered {offered} \
         times; {:.0} s",
        calls.len(),
        seen.len(),
        began.elapsed().as_secs_f64()
    ));
}
