//! Recovery: the notebook of before the crash, whatever was done and wherever the journal breaks off; damaged journals
//! and backups.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use casebook::edit::{History, HistoryEvent, How, apply};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{Notebook, ViewState};
use casebook::recovery::{self, About, Base, FileState, Folder, RecoverError, Recovered, backups};
use casebook::storage::{self, Expected};
use proptest::prelude::*;

use crate::common::{self, Dice, SORTS};
use crate::tools::{say, times};

const SIZE: Size = Size { articles: 2, text: 700, entities: 10, mentions: 16, links: 6 };

/// A session of random edits, undo and redo: a journal that begins at some moment of it, and the notebook after each
/// of the journal's events.
struct Session {
    /// Where the journal begins.
    base: Notebook,
    desk: ViewState,
    events: Vec<(i64, HistoryEvent)>,
    /// After so many events: the first is the base.
    states: Vec<Notebook>,
    history: History,
}

fn session(seed: u64, before: usize, after: usize) -> Session {
    let (mut notebook, desk) = generate(seed, SIZE);
    let mut dice = Dice(seed);
    let mut history = History::default();
    let mut base = notebook.clone();
    let (mut events, mut states) = (Vec::new(), vec![base.clone()]);
    for n in 0..before + after {
        if n == before {
            base = notebook.clone();
            (events, states) = (Vec::new(), vec![base.clone()]);
        }
        let deed = match dice.below(10) {
            0..=1 => history.next(How::Undo).inspect(|_| {
                history.undo(&mut notebook);
            }),
            2 => history.next(How::Redo).inspect(|_| {
                history.redo(&mut notebook);
            }),
            throw => {
                let sort = dice.below(SORTS);
                let edit = common::edit(&mut dice, &notebook, sort, true);
                let Ok(applied) = apply(&mut notebook, &edit) else { continue };
                if applied.step.is_empty() {
                    continue;
                }
                // Going on with a step of before the journal is a step of its own once it is recovered.
                let on =
                    |(_, deed): &(i64, HistoryEvent)| matches!(deed.how, How::Step | How::Join);
                let how =
                    if throw == 9 && events.last().is_some_and(on) { How::Join } else { How::Step };
                let label = applied.step.label().to_owned();
                match how {
                    How::Join => history.join(applied.step),
                    _ => history.push(applied.step),
                }
                Some(HistoryEvent { how, label, changes: applied.made })
            }
        };
        if let Some(deed) = deed {
            events.push((1_900_000_000 + n as i64, deed));
            states.push(notebook.clone());
        }
    }
    Session { base, desk, events, states, history }
}

impl Session {
    /// The whole journal, of a notebook that was never saved.
    fn journal(&self) -> Vec<u8> {
        let about = About {
            notebook: None,
            name: "never saved".to_owned(),
            began: 1_900_000_000,
            base: Base::Inside,
        };
        let source = storage::render(&self.base, &self.desk);
        recovery::write(&about, Some(&source), &self.base, &self.events).unwrap()
    }
}

/// Lays a journal where a crashed Casebook leaves it.
fn lay(folder: &Path, bytes: &[u8]) -> PathBuf {
    std::fs::create_dir_all(folder.join("recovery")).unwrap();
    let journal = folder.join("recovery/unsaved-0000000000000001.journal");
    std::fs::write(&journal, bytes).unwrap();
    journal
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if times(0, 1) == 0 { 96 } else { 4096 }))]

    #[test]
    fn recovery_gives_the_notebook_of_before_the_crash(
        seed: u64,
        before in 0..12_usize,
        after in 0..25_usize,
        cut in 0.0..1.0_f64,
    ) {
        let session = session(seed, before, after);
        let bytes = session.journal();

        // Whole.
        let read = recovery::read(&bytes[..], bytes.len() as u64).unwrap();
        let (events, lost) = read.events(&session.base);
        prop_assert_eq!(lost, None);
        prop_assert!(events == session.events);
        let mut notebook = session.base.clone();
        let mut history = recovery::replay(&mut notebook, &events);
        prop_assert!(notebook == *session.states.last().unwrap());

        // Undo reaches back as far as the journal knows, and gives what undo would have given.
        let (mut live, mut steps) = (session.history, 0);
        let mut state = notebook.clone();
        while let Some(label) = history.undo_label().map(str::to_owned) {
            prop_assert_eq!(live.undo_label(), Some(label.as_str()));
            history.undo(&mut notebook);
            live.undo(&mut state);
            prop_assert!(notebook == state, "undo number {steps}: “{label}”");
            steps += 1;
        }
        // What was taken back before the journal began, only the session itself can take again.
        while let Some(label) = history.redo_label().map(str::to_owned) {
            prop_assert_eq!(live.redo_label(), Some(label.as_str()));
            history.redo(&mut notebook);
            live.redo(&mut state);
            prop_assert!(notebook == state, "redo after {steps} undone: “{label}”");
        }

        // Torn anywhere: a state there was.
        let cut = (bytes.len() as f64 * cut) as usize;
        if let Ok(read) = recovery::read(&bytes[..cut], cut as u64) {
            let (events, _) = read.events(&session.base);
            let mut notebook = session.base.clone();
            recovery::replay(&mut notebook, &events);
            prop_assert!(notebook == session.states[events.len()]);
        }
    }
}

/// [`recovery::recover`]. Other tests of this process start programs meanwhile, and each holds a copy of every open file,
/// with its lock, from its birth until it runs its own program: such a moment is waited for.
fn recover(folder: &Folder, journal: &Path) -> Result<Recovered, RecoverError> {
    for _ in 0..1000 {
        match recovery::recover(folder, journal) {
            Err(RecoverError::Held) => std::thread::sleep(Duration::from_millis(5)),
            other => return other,
        }
    }
    Err(RecoverError::Held)
}

/// What is recovered from a damaged journal's file: how many events, or `None` with a reason.
fn recovered(
    folder: &Folder,
    journal: &Path,
    bytes: &[u8],
    session: &Session,
    what: &str,
) -> Option<usize> {
    std::fs::write(journal, bytes).unwrap();
    let found = match recover(folder, journal) {
        Err(error) => {
            assert!(!error.to_string().is_empty());
            None
        }
        Ok(recovered) => {
            let events = recovered.events.len();
            assert!(events <= session.events.len(), "{what}");
            assert!(recovered.notebook == session.states[events], "{what}: another notebook");
            // Cut between two records, nothing tells that there was more.
            let told = recovered.lost.is_some() || bytes.len() < session.journal().len();
            assert!(told || events == session.events.len(), "{what}: what is lost is not told");
            Some(events)
        }
    };
    assert!(std::fs::read(journal).unwrap() == bytes, "{what}: the journal was changed");
    found
}

#[test]
fn a_damaged_journal_gives_the_whole_edits_before_the_damage() {
    let began = Instant::now();
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::at(home.path());
    let (notebook, desk) =
        generate(3, Size { articles: 1, text: 300, entities: 4, mentions: 4, links: 2 });
    let mut session = Session {
        base: notebook.clone(),
        desk,
        events: Vec::new(),
        states: vec![notebook.clone()],
        history: History::default(),
    };
    let mut now = notebook;
    let mut dice = Dice(77);
    while session.events.len() < 8 {
        let sort = dice.below(SORTS);
        let edit = common::edit(&mut dice, &now, sort, false);
        if let Ok(applied) = apply(&mut now, &edit)
            && !applied.step.is_empty()
        {
            let label = applied.step.label().to_owned();
            session.events.push((
                1_900_000_000,
                HistoryEvent { how: How::Step, label, changes: applied.made },
            ));
            session.states.push(now.clone());
        }
    }
    let bytes = session.journal();
    let journal = lay(home.path(), &bytes);
    assert_eq!(recovered(&folder, &journal, &bytes, &session, "whole"), Some(8));

    let (mut cuts, mut most) = (0, Some(0));
    for end in (0..bytes.len()).step_by(times(5, 1)) {
        let found = recovered(&folder, &journal, &bytes[..end], &session, &format!("cut at {end}"));
        assert!(
            found >= most || found.is_none() && most == Some(0),
            "cut at {end}: fewer than before"
        );
        most = most.max(found);
        cuts += 1;
    }
    assert_eq!(most, Some(7));
    let flips = times(1500, 10_000);
    let mut used = 0;
    for n in 0..flips {
        let mut damaged = bytes.clone();
        let at = dice.below(damaged.len());
        damaged[at] ^= 1 << dice.below(8);
        let what = format!("flip {n} at {at}");
        used += usize::from(recovered(&folder, &journal, &damaged, &session, &what).is_some());
    }
    assert!(used > 0 && used < flips);
    say(&format!(
        "damaged journals: {cuts} lengths of {} bytes and {flips} turned bits, every one a state there was (up to the \
         damage, and told) or an error; {:.0} s",
        bytes.len(),
        began.elapsed().as_secs_f64()
    ));
}

#[test]
fn a_damaged_backup_is_an_error_and_never_a_base() {
    let began = Instant::now();
    let home = tempfile::tempdir().unwrap();
    let folder = Folder::at(home.path().join("data"));
    let notebook = home.path().join("n.ron");
    let session = session(9, 0, 12);
    let saved = storage::save(&notebook, &session.base, &session.desk, &Expected::New, &|| false);
    let stamp = saved.unwrap().stamp;
    let bytes = std::fs::read(&notebook).unwrap();
    backups::keep(&folder, &notebook, &bytes, 1_900_000_000).unwrap();
    let kept = backups::list(&folder, &notebook).remove(0);
    // Something else has changed the file meanwhile: only the backup still holds the base.
    let other = crate::tools::titled(std::str::from_utf8(&bytes).unwrap(), "changed elsewhere");
    std::fs::write(&notebook, other).unwrap();
    let sha256: String = stamp.sha256().iter().map(|byte| format!("{byte:02x}")).collect();
    let about = About {
        notebook: Some(notebook.clone()),
        name: "saved".to_owned(),
        began: 1_900_000_000,
        base: Base::File { sha256, bytes: bytes.len() as u64 },
    };
    let journal = recovery::write(&about, None, &session.base, &session.events).unwrap();
    let journal = lay(&home.path().join("data"), &journal);
    {
        let recovered = recover(&folder, &journal).unwrap();
        assert_eq!(recovered.file_state, FileState::Changed);
        assert!(recovered.notebook == *session.states.last().unwrap());
        assert!(recovered.file.is_none(), "it is never saved over the file that was changed");
    }
    let mut dice = Dice(4);
    let damages = times(150, 10_000);
    let mut read = 0;
    for n in 0..damages {
        let mut damaged = bytes.clone();
        if n % 2 == 0 {
            damaged.truncate(dice.below(bytes.len()));
        } else {
            let at = dice.below(bytes.len());
            damaged[at] ^= 1 << dice.below(8);
        }
        std::fs::write(&kept.file, &damaged).unwrap();
        // As a base it is no use, and nothing is made up.
        match recover(&folder, &journal) {
            Err(RecoverError::NoBase(path)) => assert_eq!(path, notebook),
            Err(error) => panic!("damage {n}: {error}"),
            Ok(_) => panic!("damage {n}: recovered on a damaged base"),
        }
        // To look into, it is a notebook like any other.
        read += usize::from(crate::damage::load(&kept.file, &damaged, &format!("damage {n}")));
    }
    say(&format!(
        "damaged backups: {damages}, {read} of them still sound notebooks, none used as a base; {:.0} s",
        began.elapsed().as_secs_f64()
    ));
}
