//! Work that is not saved yet: the program killed, and the power gone, while someone edits.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use casebook::edit::{Deed, Edit, How, apply};
use casebook::notebook::{Desk, Notebook};
use casebook::recovery::{self, Beginning, Folder, Keeper, Standing};
use casebook::storage::{self, Expected, Lock, Stamp};
use sha2::{Digest, Sha256};

use crate::common::Dice;
use crate::kill::{NOTEBOOK, Told, child, tell};
use crate::tools::{Case, LONG, say, times, titled};

/// An open notebook as the program keeps one: its journal, its lock, its saves. The title counts the edits.
struct Work {
    path: PathBuf,
    notebook: Notebook,
    desk: Desk,
    stamp: Stamp,
    keeper: Keeper,
    _lock: Lock,
}

fn data(notebook: &Path) -> Folder {
    Folder::at(notebook.parent().unwrap().parent().unwrap().join("data"))
}

/// What the next start makes of what is there: the file, and the work that is offered with it.
fn start(path: &Path) -> (Notebook, Desk, Stamp, Option<recovery::Recovered>) {
    let folder = data(path);
    let loaded = storage::load(path, &|| false, &|_| {}).expect("the notebook loads");
    let (found, others) = recovery::found(&folder);
    assert!(others.is_empty(), "{others:?}");
    // Killed while it went on from recovered work, it leaves two journals: the first holds at least what the other does,
    // and a person who took that one discards the other.
    assert!(found.len() <= 2, "{found:#?}");
    for other in found.iter().skip(1) {
        assert!(other.edits <= found[0].edits, "{found:#?}");
        recovery::discard(&other.journal);
    }
    match found.first() {
        None => (loaded.notebook, loaded.desk, loaded.stamp, None),
        Some(found) => {
            assert_eq!(found.standing, Standing::Same, "nothing else changed the file");
            assert_eq!(found.about.notebook.as_deref(), Some(path));
            let recovered = recovery::recover(&folder, &found.journal).expect("it is recovered");
            let (notebook, desk) = (recovered.notebook.clone(), recovered.desk.clone());
            (notebook, desk, loaded.stamp, Some(recovered))
        }
    }
}

impl Work {
    fn open(path: &Path) -> Self {
        let lock = Lock::acquire(path).unwrap();
        let (notebook, desk, stamp, recovered) = start(path);
        let texts = notebook.texts();
        let beginning = Beginning::File { path: path.to_owned(), stamp: stamp.clone(), texts };
        let mut keeper = Keeper::new(&data(path), "n".to_owned(), beginning);
        if let Some(recovered) = recovered {
            keeper.take_over(recovered.deeds, recovered.claim);
        }
        Self { path: path.to_owned(), notebook, desk, stamp, keeper, _lock: lock }
    }

    fn number(&self) -> u64 {
        self.notebook.title().parse().unwrap()
    }

    fn edit(&mut self) {
        let number = self.number() + 1;
        let applied = apply(&mut self.notebook, &Edit::Title(number.to_string())).unwrap();
        let label = applied.step.label().to_owned();
        self.keeper.keep(1_900_000_000, Deed { how: How::Step, label, changes: applied.made });
        tell(&format!("did {number}"));
    }

    fn save(&mut self) {
        let number = self.number();
        let noter = self.keeper.noter();
        let source = storage::render(&self.notebook, &self.desk);
        noter.about_to_save(&Sha256::digest(source.as_bytes()).into());
        let same = Expected::Same(self.stamp.clone());
        let saved =
            storage::save(&self.path, &self.notebook, &self.desk, &same, &|| false).unwrap();
        self.stamp = saved.stamp;
        tell(&format!("kept {number}"));
        let texts = self.notebook.texts();
        let (path, stamp) = (self.path.clone(), self.stamp.clone());
        self.keeper.saved(Beginning::File { path, stamp, texts }, noter.deeds());
    }
}

/// Not a test but the program to be killed: someone edits fast and saves now and then.
#[test]
fn child_that_edits() {
    let Some(path) = std::env::var_os(NOTEBOOK).map(PathBuf::from) else { return };
    let mut work = Work::open(&path);
    let mut dice = Dice(u64::from(std::process::id()));
    tell(&format!("ready {}", work.number()));
    loop {
        work.edit();
        std::thread::sleep(Duration::from_micros(dice.below(6000) as u64));
        if dice.one_in(30) {
            work.save();
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
        let mut told = Told::by(&mut child);
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
        let hear = |line: String, done: &mut Vec<(u64, Instant)>, kept: &mut u64| match line
            .split_once(' ')
            .map(|(what, number)| (what, number.parse().unwrap()))
        {
            Some(("did", number)) => done.push((number, Instant::now())),
            Some(("kept", number)) => *kept = number,
            other => panic!("{other:?}"),
        };
        while Instant::now() < until {
            hear(told.next().expect("it edits on"), &mut done, &mut kept);
        }
        child.kill().unwrap();
        killed = Instant::now();
        child.wait().unwrap();
        let before = kept;
        while let Some(line) = told.next() {
            hear(line, &mut done, &mut kept);
        }
        saves += usize::from(kept > before);
        edits += done.len();
    }
    say(&format!(
        "kill -9 while editing: {kills} kills, {edits} edits, {saves} saves heard of after the kill: {lost} edits lost, the \
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
    let mut work = Work::open(&path);
    tell("ready");
    for round in 0..3 {
        for _ in 0..4 {
            work.edit();
            std::thread::sleep(Duration::from_millis(60));
        }
        match round {
            // On the disk by itself, a while after.
            0 => std::thread::sleep(Duration::from_millis(900)),
            1 => work.save(),
            _ => {}
        }
    }
    std::thread::sleep(Duration::from_millis(5200));
    work.edit();
    assert!(work.keeper.flush(LONG));
    tell(&format!("kept {}", work.number()));
    work.edit();
    std::process::exit(0);
}

#[cfg(target_os = "linux")]
#[test]
fn the_power_may_go_while_someone_edits() {
    use crate::disk::{Disk, State};
    use crate::replay::{Seen, held, record};
    use crate::tools::{names, strace};

    if !strace("recorded edits replayed") {
        return;
    }
    let began = Instant::now();
    let case = Case::of(titled(&crate::tools::source(), "0"));
    let root = case.notebook.parent().unwrap().parent().unwrap().to_owned();
    let recovery = root.join("data/recovery");
    std::fs::create_dir_all(&recovery).unwrap();
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
                let (notebook, _, _, recovered) = start(&case.notebook);
                let number: u64 = notebook.title().parse().unwrap();
                assert!(
                    number >= must && number <= latest + 1,
                    "found {number}, must have {must} of {latest}, before {call:?}"
                );
                lost_most = lost_most.max(latest.saturating_sub(number));
                offered += usize::from(recovered.is_some());
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
    let _: State = disk.seen();
    assert!(states >= 1000, "only {states} states");
    // What is left of copies and half-made journals belongs to a journal, or goes.
    let _ = recovery::found(&data(&case.notebook));
    let left = names(&recovery);
    assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?}");
    say(&format!(
        "power failures while editing: {} calls recorded, {points} points, {states} crashes, {} different: each a state \
         there was, at most {lost_most} edits lost and none of them older than 2 s or acknowledged, work offered {offered} \
         times; {:.0} s",
        calls.len(),
        seen.len(),
        began.elapsed().as_secs_f64()
    ));
}
