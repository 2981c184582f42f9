//! Nothing is lost: what a person did and did not save is there again after a crash, what they saved is there as
//! backups, and no file that something else wrote is written over.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use casebook::app::questions::{
    BackupsPage, ChangedOnDisk, Comparison, DiscardWork, OfferWork, PurgeBackups, Unreadable,
};
use casebook::app::{
    Answer, Command, Intent, OpenNotebook, Prefs, PrefsFile, Program, SessionIntent, SettingsIntent,
};
use casebook::edit::Edit;
use casebook::notebook::{Kind, Notebook};
use casebook::recovery::{FileState, Folder};
use casebook::storage::{self, Expected};
use tempfile::TempDir;

const LONG: Duration = Duration::from_secs(120);
const ARTICLE: &str = "Anne Kervel a rencontré Paul Ormelot vendredi.\n";

/// A machine with a data folder, and the Casebook that runs on it.
struct Machine {
    home: TempDir,
    program: Program,
}

impl Machine {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let program = start(&home);
        Self { home, program }
    }

    /// The process is killed, and Casebook started again.
    fn crash(&mut self) {
        assert!(self.program.flush_journal(LONG));
        drop(std::mem::replace(&mut self.program, Program::new(PrefsFile::none())));
        self.program = start(&self.home);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn go(&mut self, intent: Intent) {
        self.program.dispatch(intent);
        assert!(self.program.settle(LONG), "a job does not end");
    }

    fn run(&mut self, command: Command) {
        self.go(Intent::Run(command));
    }

    fn add(&mut self, name: &str) {
        self.go(Intent::Session(SessionIntent::Edit(named(name))));
    }

    fn open_notebook(&self) -> &OpenNotebook {
        self.program.open_notebook().unwrap()
    }

    fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> =
            self.open_notebook().notebook().entities().values().map(|e| e.name.as_str()).collect();
        names.sort_unstable();
        names
    }

    fn told(&self) -> &str {
        &self.program.notices().last().expect("a notice").text
    }

    /// A notebook with one actor, saved.
    fn saved(&mut self) -> PathBuf {
        self.go(Intent::Session(SessionIntent::AddText(ARTICLE.to_owned())));
        self.add("Kervel");
        let path = self.path("case.ron");
        self.go(Intent::Session(SessionIntent::SaveTo(path.clone())));
        assert!(!self.open_notebook().is_modified(), "{:?}", self.program.notices());
        path
    }

    /// How many journals there are. Nothing else stays without one.
    fn journals(&self) -> usize {
        // What is saved leaves the journal on the journal's own thread.
        assert!(self.program.flush_journal(LONG));
        let files: Vec<PathBuf> = std::fs::read_dir(self.path("data/recovery"))
            .map_or_else(|_| Vec::new(), |all| all.map(|entry| entry.unwrap().path()).collect());
        let is_journal = |file: &&PathBuf| file.extension().is_some_and(|e| e == "journal");
        let journals = files.iter().filter(is_journal).count();
        assert!(journals > 0 || files.is_empty(), "{files:?}");
        journals
    }
}

/// A new actor.
fn named(name: &str) -> Edit {
    Edit::AddEntity {
        kind: Kind::Actor,
        name: name.to_owned(),
        handle: String::new(),
        with: Box::default(),
        at: None,
    }
}

fn start(home: &TempDir) -> Program {
    let mut program = Program::with_folder(PrefsFile::none(), Folder::at(home.path().join("data")));
    assert!(program.settle(LONG));
    program
}

#[test]
fn a_notebook_never_saved_is_offered_on_the_welcome_page_and_undone_step_by_step() {
    let mut m = Machine::new();
    m.go(Intent::Session(SessionIntent::AddText(ARTICLE.to_owned())));
    m.add("Kervel");
    m.add("Ormelot");
    m.run(Command::Undo);
    m.add("Le Guetteur");
    let before = m.open_notebook().snapshot();
    m.crash();
    let [work] = m.program.unsaved_work() else { panic!("{:?}", m.program.unsaved_work()) };
    assert_eq!((work.file_state, work.edits), (FileState::NeverSaved, 5));
    let journal = work.journal.clone();

    m.go(Intent::Session(SessionIntent::CompareWork(journal.clone())));
    let Some(page) = m.program.asked::<Comparison>() else { panic!("no comparison") };
    assert!(page.difference.summary().contains("2 actors added"), "{}", page.difference.summary());
    m.go(Intent::Answer(Answer::Cancel));

    m.go(Intent::Session(SessionIntent::Recover(journal)));
    assert!(m.open_notebook().notebook() == &*before && m.open_notebook().is_modified());
    assert!(m.program.unsaved_work().is_empty());
    for _ in 0..3 {
        m.run(Command::Undo);
    }
    assert_eq!(m.open_notebook().notebook().articles().len(), 0);
    m.run(Command::Redo);
    m.run(Command::Redo);
    assert_eq!(m.names(), ["Kervel"]);

    // And again: what was recovered and gone on from survives the next crash.
    m.add("Ormelot");
    m.crash();
    assert_eq!(m.program.unsaved_work().len(), 1, "the first journal is gone");
    let journal = m.program.unsaved_work()[0].journal.clone();
    m.go(Intent::Session(SessionIntent::Recover(journal)));
    assert_eq!(m.names(), ["Kervel", "Ormelot"]);
    let path = m.path("case.ron");
    m.go(Intent::Session(SessionIntent::SaveTo(path)));
    m.crash();
    assert!(m.program.unsaved_work().is_empty(), "what is saved is not offered");
    assert_eq!(m.journals(), 0);
}

#[test]
fn opening_a_notebook_offers_the_work_that_is_newer_than_it() {
    let mut m = Machine::new();
    let path = m.saved();
    m.add("Ormelot");
    m.crash();
    m.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    assert_eq!(m.names(), ["Kervel"], "the file as it was saved");
    let Some(OfferWork(work)) = m.program.asked() else { panic!("not offered") };
    assert_eq!((work.file_state, work.edits), (FileState::Same, 1));
    let journal = work.journal.clone();
    m.go(Intent::Answer(Answer::Cancel));
    assert_eq!(m.journals(), 1, "“not now” keeps it");

    m.go(Intent::Session(SessionIntent::Recover(journal)));
    assert_eq!((m.names(), m.open_notebook().path()), (vec!["Kervel", "Ormelot"], Some(&path)));
    assert!(m.open_notebook().is_modified());
    m.run(Command::Save);
    assert!(!m.open_notebook().is_modified() && m.journals() == 0);

    // Discarded on purpose, it is gone; so is what “Discard changes” leaves behind.
    m.add("Le Guetteur");
    m.crash();
    let journal = m.program.unsaved_work()[0].journal.clone();
    m.go(Intent::Session(SessionIntent::AskDiscardWork(journal.clone())));
    assert!(m.program.asked::<DiscardWork>().is_some());
    m.go(Intent::Session(SessionIntent::DiscardWork(journal)));
    assert_eq!((m.program.unsaved_work().len(), m.journals()), (0, 0));
    m.go(Intent::Session(SessionIntent::OpenPath(path)));
    m.add("Somebody");
    m.run(Command::CloseNotebook);
    m.go(Intent::Answer(Answer::Discard));
    m.crash();
    assert_eq!((m.program.unsaved_work().len(), m.journals()), (0, 0));
}

#[test]
fn work_on_a_file_that_changed_since_becomes_a_notebook_of_its_own() {
    let mut m = Machine::new();
    let path = m.saved();
    m.add("Ormelot");
    m.crash();
    let other = Notebook::new("Somebody else’s");
    let desk = casebook::notebook::ViewState::default();
    storage::save(&path, &other, &desk, &Expected::New, &|| false).unwrap();
    let theirs = std::fs::read(&path).unwrap();
    m.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    let Some(OfferWork(work)) = m.program.asked() else { panic!("not offered") };
    assert_eq!(work.file_state, FileState::Changed);
    let journal = work.journal.clone();
    m.go(Intent::Session(SessionIntent::Recover(journal)));
    assert_eq!((m.names(), m.open_notebook().path()), (vec!["Kervel", "Ormelot"], None));
    m.run(Command::Save);
    assert_eq!(std::fs::read(&path).unwrap(), theirs, "never saved over it");
}

const NOTEBOOK: &str = "CASEBOOK_SAFETY_NOTEBOOK";
const BEFORE: &str = "CASEBOOK_SAFETY_BEFORE";

/// What another program does to the notebook's file.
const CHANGES: [&str; 4] = ["leave it", "replace it", "write into it", "remove it"];

fn change(path: &Path, how: &str) {
    match how {
        "replace it" => {
            let other = path.with_file_name("other");
            std::fs::write(&other, "not a notebook").unwrap();
            std::fs::rename(other, path).unwrap();
        }
        "write into it" => std::fs::write(path, "not a notebook").unwrap(),
        "remove it" => drop(std::fs::remove_file(path)),
        _ => {}
    }
}

/// Not a test but the program to be killed: it opens the notebook, makes one edit, and waits.
#[test]
fn child_that_makes_one_edit() {
    let Some(path) = std::env::var_os(NOTEBOOK).map(PathBuf::from) else { return };
    let data = Folder::at(path.parent().unwrap().join("data"));
    let mut program = Program::with_folder(PrefsFile::none(), data);
    program.dispatch(Intent::Session(SessionIntent::OpenPath(path.clone())));
    assert!(program.settle(LONG));
    change(&path, &std::env::var(BEFORE).unwrap());
    program.dispatch(Intent::Session(SessionIntent::Edit(named("Ormelot"))));
    assert!(program.settle(LONG) && program.flush_journal(LONG));
    println!("\nready");
    std::thread::sleep(LONG);
}

/// Has another Casebook make an edit, and kills it as soon as that is in its journal.
fn edited_and_killed(path: &Path, before: &str) {
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["child_that_makes_one_edit", "--exact", "--nocapture", "--test-threads=1"])
        .env(NOTEBOOK, path)
        .env(BEFORE, before)
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let lines = std::io::BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.map_while(Result::ok).any(|line| line == "ready");
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(ready, "it got to its edit");
}

/// A save by this Casebook, a save by another program, and a checkout by git all take the name away from the file that
/// unsaved work was done to.
#[test]
fn work_put_off_is_recovered_after_the_file_was_saved_again() {
    let mut m = Machine::new();
    let path = m.saved();
    m.add("Ormelot");
    m.crash();
    m.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    assert!(m.program.asked::<OfferWork>().is_some());
    m.go(Intent::Answer(Answer::Cancel));
    // Neither backups nor anything else but the journal's own copy is there to go back to.
    std::fs::remove_dir_all(m.path("data/backups")).unwrap();
    m.go(Intent::Settings(SettingsIntent::SetPrefs(Prefs {
        keep_backups: false,
        ..m.program.prefs().clone()
    })));
    m.add("Le Guetteur");
    m.run(Command::Save);
    assert!(!m.open_notebook().is_modified(), "{:?}", m.program.notices());
    m.crash();
    let [work] = m.program.unsaved_work() else { panic!("{:?}", m.program.unsaved_work()) };
    assert_eq!(work.file_state, FileState::Changed);
    let text = casebook::app::describe_work(work);
    assert!(text.contains("has changed since"), "{text}");
    let journal = work.journal.clone();
    m.go(Intent::Session(SessionIntent::Recover(journal)));
    assert_eq!(
        (m.names(), m.open_notebook().path()),
        (vec!["Kervel", "Ormelot"], None),
        "{}",
        m.told()
    );
    assert!(m.program.unsaved_work().is_empty());
    m.crash();
    let [work] = m.program.unsaved_work() else { panic!("{:?}", m.program.unsaved_work()) };
    let journal = work.journal.clone();
    m.go(Intent::Session(SessionIntent::Recover(journal)));
    assert_eq!(m.names(), ["Kervel", "Ormelot"], "it is as safe as it was");
}

/// What an edit was made to is secured with the edit: nobody has to wait for a copy, and nothing that happens to the
/// file takes it away.
#[test]
fn work_killed_at_once_is_recovered_whatever_becomes_of_the_file() {
    for before in CHANGES {
        for after in CHANGES {
            let mut m = Machine::new();
            let path = m.saved();
            std::fs::remove_dir_all(m.path("data/backups")).unwrap();
            m.program = Program::new(PrefsFile::none());
            edited_and_killed(&path, before);
            if after == "write into it" {
                // A link leads to the file that is written into: the next start makes a copy of it.
                drop(start(&m.home));
            }
            change(&path, after);
            m.program = start(&m.home);
            let [work] = m.program.unsaved_work() else {
                panic!("{before}, {after}: {:?}", m.program.unsaved_work())
            };
            let journal = work.journal.clone();
            m.go(Intent::Session(SessionIntent::Recover(journal)));
            assert!(m.program.open_notebook().is_some(), "{before}, {after}: {}", m.told());
            assert_eq!(m.names(), ["Kervel", "Ormelot"], "{before}, {after}");
        }
    }
}

#[test]
fn a_file_changed_by_something_else_is_noticed_with_the_focus_and_read_again() {
    let mut m = Machine::new();
    let path = m.saved();
    m.go(Intent::Session(SessionIntent::Focused));
    assert!(m.program.question().is_none());
    let other = Notebook::new("Somebody else’s");
    let desk = casebook::notebook::ViewState::default();
    storage::save(&path, &other, &desk, &Expected::New, &|| false).unwrap();
    m.go(Intent::Session(SessionIntent::Focused));
    assert!(m.program.asked::<ChangedOnDisk>().is_some());
    m.go(Intent::Answer(Answer::Compare));
    let Some(page) = m.program.asked::<Comparison>() else { panic!("no comparison") };
    assert!(page.difference.summary().contains("1 actor added"), "{}", page.difference.summary());
    m.go(Intent::Answer(Answer::Reload));
    assert_eq!(m.open_notebook().notebook().title(), "Somebody else’s");
    assert!(!m.open_notebook().is_modified() && m.open_notebook().read_only().is_none());
    m.add("Ormelot");
    m.run(Command::Save);
    assert!(!m.open_notebook().is_modified(), "{:?}", m.program.notices());
}

#[test]
fn a_journal_whose_edits_cannot_be_read_is_put_aside_and_told_once() {
    let mut m = Machine::new();
    m.saved();
    m.add("Ormelot");
    assert!(m.program.flush_journal(LONG));
    let place = m.path("data").join("recovery");
    let journals = |ending: &str| -> Vec<PathBuf> {
        let files = std::fs::read_dir(&place).unwrap().map(|entry| entry.unwrap().path());
        files.filter(|file| file.extension().is_some_and(|e| e == ending)).collect()
    };
    let journal = journals("journal").remove(0);
    let bytes = std::fs::read(&journal).unwrap();
    let first = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    // In the first line; in what it is about; in its only edit.
    for at in [3, first + 40, bytes.len() - 3] {
        m.crash();
        for old in journals("journal") {
            std::fs::remove_file(old).unwrap();
        }
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        std::fs::write(&journal, &damaged).unwrap();
        m.crash();
        let told: Vec<_> = m.program.notices().iter().map(|notice| notice.text.clone()).collect();
        assert!(told.iter().any(|text| text.contains("is damaged")), "byte {at}: {told:?}");
        let aside = journals("damaged").remove(0);
        assert_eq!(std::fs::read(&aside).unwrap(), damaged, "it is kept as it was");
        m.crash();
        assert!(m.program.notices().is_empty(), "it is told once");
        std::fs::remove_file(aside).unwrap();
    }
    // What a power cut leaves, a file of zeros, holds nothing.
    std::fs::write(&journal, vec![0; 5000]).unwrap();
    m.crash();
    assert!(m.program.notices().is_empty() && journals("journal").is_empty());
    assert!(journals("damaged").is_empty());
}

#[test]
fn what_was_saved_before_is_listed_compared_and_given_back_as_a_new_file() {
    let mut m = Machine::new();
    let path = m.saved();
    m.add("Ormelot");
    m.run(Command::Save);
    m.run(Command::Backups);
    let Some(page) = m.program.asked::<BackupsPage>() else { panic!("no page") };
    assert_eq!(page.rows.len(), 2);
    assert!(page.rows[1].counts.contains("1 actor,"), "{}", page.rows[1].counts);
    assert!(page.rows[1].differs.contains("1 actor added"), "{}", page.rows[1].differs);
    assert!(page.taken.0 > 0 && page.taken.0 == page.taken.1);
    let first = page.rows[1].file.clone();
    m.go(Intent::Session(SessionIntent::CompareBackup(first.clone())));
    assert!(m.program.asked::<Comparison>().is_some());
    let now = std::fs::read(&path).unwrap();
    m.go(Intent::Session(SessionIntent::RestoreBackup(first, path.clone())));
    assert_eq!(m.names(), ["Kervel"]);
    assert_ne!(m.open_notebook().path(), Some(&path));
    assert_eq!(std::fs::read(&path).unwrap(), now, "restoring changes no file");

    // None are kept when none are wanted, and those there are go when told to.
    m.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    m.go(Intent::Settings(SettingsIntent::SetPrefs(Prefs {
        keep_backups: false,
        ..m.program.prefs().clone()
    })));
    m.add("Le Guetteur");
    m.run(Command::Save);
    m.run(Command::Backups);
    let Some(page) = m.program.asked::<BackupsPage>() else { panic!("no page") };
    assert_eq!(page.rows.len(), 2);
    m.go(Intent::Session(SessionIntent::AskPurgeBackups { all: false }));
    let Some(PurgeBackups { all: false, bytes }) = m.program.asked() else {
        panic!("it is not asked")
    };
    assert!(*bytes > 0);
    m.go(Intent::Cancel);
    m.run(Command::Backups);
    let Some(page) = m.program.asked::<BackupsPage>() else { panic!("no page") };
    assert_eq!(page.rows.len(), 2, "nothing was deleted without the answer");
    m.go(Intent::Session(SessionIntent::AskPurgeBackups { all: true }));
    m.go(Intent::Session(SessionIntent::PurgeBackups { all: true }));
    let Some(page) = m.program.asked::<BackupsPage>() else { panic!("no page") };
    assert_eq!((page.rows.len(), page.taken), (0, (0, 0)));
}

#[test]
fn a_notebook_as_it_was_opened_is_a_backup_before_the_first_save() {
    let mut m = Machine::new();
    // Made on another machine, or by hand.
    let desk = casebook::notebook::ViewState::default();
    let path = m.path("theirs.ron");
    let theirs = storage::render(&Notebook::new("Somebody else’s"), &desk);
    std::fs::write(&path, &theirs).unwrap();
    m.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    m.add("Kervel");
    m.run(Command::Save);
    m.add("Ormelot");
    m.run(Command::Save);
    let kept = |m: &Machine| -> Vec<String> {
        let backups = casebook::recovery::backups::list(m.program.folder(), &path);
        backups.iter().map(|backup| std::fs::read_to_string(&backup.file).unwrap()).collect()
    };
    let found = kept(&m);
    assert_eq!(found.len(), 3, "two saves, and what was there before them");
    assert_eq!(found[2], theirs);
    assert!(found[0].contains("Ormelot") && !found[1].contains("Ormelot"));

    // Opened again as it was left, there is nothing new to keep; as another program left it, there is.
    m.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    m.add("Le Guetteur");
    m.run(Command::Save);
    assert_eq!(kept(&m).len(), 4);
    m.run(Command::CloseNotebook);
    let again = storage::render(&Notebook::new("From the archive"), &desk);
    std::fs::write(&path, &again).unwrap();
    m.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    m.add("Kervel");
    m.run(Command::Save);
    assert_eq!((kept(&m).len(), &kept(&m)[1]), (6, &again));

    // And what “Save as…” replaces, once that was agreed to.
    let other = m.path("other.ron");
    std::fs::write(&other, "a file of another kind").unwrap();
    m.go(Intent::Session(SessionIntent::SaveTo(other.clone())));
    let backups = casebook::recovery::backups::list(m.program.folder(), &other);
    assert_eq!(backups.len(), 2, "{:?}", m.program.notices());
    assert_eq!(std::fs::read_to_string(&backups[1].file).unwrap(), "a file of another kind");
    assert!(m.program.notices().iter().all(|n| n.level == casebook::app::Level::Info));
}

#[test]
fn a_notebook_saved_where_no_lock_can_be_had_is_said_to_have_none() {
    let mut m = Machine::new();
    m.go(Intent::Session(SessionIntent::AddText(ARTICLE.to_owned())));
    let path = m.path("case.ron");
    // Something else has the name of the lock.
    std::fs::create_dir(m.path(".case.ron.lock")).unwrap();
    m.go(Intent::Session(SessionIntent::SaveTo(path.clone())));
    assert!(!m.open_notebook().is_modified());
    let told = |m: &Machine| {
        let says = |n: &&casebook::app::Notice| n.text.contains("cannot be locked");
        m.program.notices().iter().filter(says).count()
    };
    assert_eq!(told(&m), 1, "{:?}", m.program.notices());
    // Once, and again when it is opened: before anything is saved over what somebody else did.
    m.add("Kervel");
    m.run(Command::Save);
    assert_eq!(told(&m), 1, "{:?}", m.program.notices());
    m.crash();
    m.go(Intent::Session(SessionIntent::OpenPath(path)));
    assert_eq!(told(&m), 1, "{:?}", m.program.notices());
}

#[test]
fn a_notebook_that_cannot_be_read_offers_its_backups_and_unsaved_work() {
    let mut m = Machine::new();
    let path = m.saved();
    m.add("Ormelot");
    m.crash();
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    m.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    let Some(Unreadable { why, backups, work, .. }) = m.program.asked() else {
        panic!("nothing offered")
    };
    assert!(why.contains("case.ron") && why.contains("line"), "{why}");
    assert_eq!((backups.len(), work.len()), (1, 1));
    let (backup, journal) = (backups[0].file.clone(), work[0].journal.clone());
    m.go(Intent::Session(SessionIntent::Recover(journal)));
    assert_eq!((m.names(), m.open_notebook().path()), (vec!["Kervel", "Ormelot"], None));
    m.go(Intent::Session(SessionIntent::RestoreBackup(backup, path.clone())));
    m.go(Intent::Answer(Answer::Discard));
    assert_eq!(m.names(), ["Kervel"]);
    assert_eq!(std::fs::read(&path).unwrap(), whole[..whole.len() / 2], "left as it is");
}

#[test]
fn an_older_format_keeps_its_original_beside_it() {
    let mut m = Machine::new();
    let path = m.path("old.ron");
    let old = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1.ron")).unwrap();
    std::fs::write(&path, &old).unwrap();
    m.go(Intent::Session(SessionIntent::OpenPath(path.clone())));
    m.add("Newcomer");
    m.run(Command::Save);
    assert!(!m.open_notebook().is_modified(), "{:?}", m.program.notices());
    assert_eq!(std::fs::read(m.path("old.v1.ron")).unwrap(), old);
    assert!(m.program.notices().iter().any(|notice| notice.text.contains("old.v1.ron")));
    m.add("Another");
    m.run(Command::Save);
    assert!(!m.path("old.v1-2.ron").exists() && m.told().contains("Saved"));
}

/// Figures, not a test: what an edit costs the window with a large article, with and without the journal.
#[test]
#[ignore = "prints figures; takes a while"]
fn what_an_edit_costs_with_an_article_of_100_mb() {
    let text =
        "Anne Kervel a rencontré Paul Ormelot vendredi, selon Le Guetteur.\n".repeat(1_500_000);
    for keeping in [false, true] {
        let mut m = Machine::new();
        if !keeping {
            m.program = Program::new(PrefsFile::none());
        }
        m.go(Intent::Session(SessionIntent::AddText(text.clone())));
        let mut times = Vec::new();
        for i in 0..200 {
            let edit = Edit::AddEntity {
                kind: Kind::Actor,
                name: format!("Actor {i}"),
                handle: String::new(),
                with: Box::default(),
                at: Some((i as f32, 0.0)),
            };
            let start = std::time::Instant::now();
            m.program.dispatch(Intent::Session(SessionIntent::Edit(edit)));
            times.push(start.elapsed());
            std::thread::sleep(Duration::from_millis(10));
        }
        times.sort_unstable();
        let start = std::time::Instant::now();
        assert!(m.program.flush_journal(LONG));
        let journal: u64 = std::fs::read_dir(m.path("data/recovery"))
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().metadata().unwrap().len())
            .sum();
        println!(
            "journal {keeping}: an edit takes {:?} (median), {:?} (95 %), {:?} (longest); on the disk after {:?}; journal {journal} bytes for a text of {}",
            times[100],
            times[190],
            times[199],
            start.elapsed(),
            text.len()
        );
    }
}
