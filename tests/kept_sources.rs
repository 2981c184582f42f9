//! The files that articles were read from, kept beside the notebook: at every step between opening one and finding it again.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, Output};
use std::time::{Duration, SystemTime};

use casebook::app::{
    Command, DialogKind, Effect, Intent, KeptState, Level, Opener, PrefsFile, Program,
    SessionIntent,
};
use casebook::article::{ReadOptions, decode};
use casebook::kept_sources::{HELD_FOR, SourcesFolder, kept_by};
use casebook::notebook::{ArticleId, KeepSources};
use casebook::recovery::Folder;
use casebook::storage;

#[path = "common/program.rs"]
mod program;
#[allow(dead_code, reason = "it serves other tests, too")]
#[path = "program/script.rs"]
mod script;

use script::{ARTICLE, Script};

/// With a data folder and a new notebook that keeps the files of all its articles.
fn keeping() -> Script {
    let mut s = Script::new();
    restart(&mut s);
    s.run(Command::NewNotebook);
    s.go(Intent::Session(SessionIntent::KeepSources(KeepSources::All)));
    s
}

/// Casebook ends as it does when it is killed, as far as a test can have it, and is started again.
fn restart(s: &mut Script) {
    let folder = Folder::at(s.path("data"));
    s.program = Program::new(PrefsFile::none());
    s.program = Program::with_folder(PrefsFile::none(), folder);
    program::settle(&mut s.program, "the start");
}

fn open(s: &mut Script, path: PathBuf) {
    s.go(Intent::Session(SessionIntent::OpenPath(path)));
}

fn hash(bytes: &[u8]) -> String {
    decode("a.txt", bytes.to_vec(), &ReadOptions::default()).unwrap().origin.sha256
}

/// The names in a folder, in order; of one that is not there, none.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn state(s: &Script, article: ArticleId) -> Option<KeptState> {
    s.open_notebook().kept_file(article).unwrap().1.cloned()
}

fn casebook(arguments: &[&str], folder: &Path) -> Output {
    Process::new(env!("CARGO_BIN_EXE_casebook"))
        .args(arguments)
        .current_dir(folder)
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder.join("home"))
        .output()
        .unwrap()
}

#[track_caller]
fn well(arguments: &[&str], folder: &Path) -> String {
    let done = casebook(arguments, folder);
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

#[test]
fn a_file_is_kept_when_it_is_opened_and_lies_beside_the_notebook_that_is_saved() {
    let mut s = keeping();
    let article = s.open_file("article.txt", ARTICLE.as_bytes());
    let kept = format!("{}.txt", hash(ARTICLE.as_bytes()));
    let spool = s.path("data/sources");
    assert_eq!(names(&spool), [&*kept]);
    assert_eq!((mode(&spool), mode(&spool.join(&kept))), (0o700, 0o600));
    assert!(s.open_notebook().notebook().article(article).unwrap().origin.kept);
    assert_eq!(state(&s, article), Some(KeptState::Held));
    // Whatever becomes of the file meanwhile.
    std::fs::remove_file(s.path("article.txt")).unwrap();
    let path = s.save_as("case.ron");
    let beside = s.path("case.sources");
    assert_eq!(names(&beside), [&*kept]);
    assert_eq!(std::fs::read(beside.join(&kept)).unwrap(), ARTICLE.as_bytes());
    assert_eq!((mode(&beside), mode(&beside.join(&kept))), (0o700, 0o600));
    assert_eq!(state(&s, article), Some(KeptState::Beside));
    assert_eq!(names(&spool), Vec::<String>::new(), "it need not be held any more");
    let said = well(&["check", path.to_str().unwrap()], s.folder.path());
    assert!(said.contains("1 kept file, 1 verified") && said.contains("no problems"), "{said}");
    // The setting is the notebook's.
    restart(&mut s);
    open(&mut s, path);
    assert_eq!(s.open_notebook().keep_sources(), KeepSources::All);
    assert!(!s.open_notebook().is_modified());
    assert_eq!(state(&s, article), Some(KeptState::Beside));
}

#[test]
fn plain_text_is_kept_only_where_that_was_chosen() {
    let mut s = Script::new();
    restart(&mut s);
    let article = s.open_file("article.txt", ARTICLE.as_bytes());
    assert!(s.open_notebook().kept_file(article).is_none());
    let path = s.save_as("case.ron");
    assert!(!s.path("data/sources").exists() && !s.path("case.sources").exists());
    // The choice is something to save, and taken back it is nothing.
    let choose = |s: &mut Script, choice| s.go(Intent::Session(SessionIntent::KeepSources(choice)));
    choose(&mut s, KeepSources::All);
    assert!(s.open_notebook().is_modified());
    choose(&mut s, KeepSources::Documents);
    assert!(!s.open_notebook().is_modified());
    choose(&mut s, KeepSources::None);
    s.run(Command::Save);
    assert!(!s.open_notebook().is_modified());
    let desk = storage::load(&path, &|| false, &|_| {}).unwrap().desk;
    assert_eq!(desk.keep_sources, KeepSources::None);
}

#[test]
fn two_articles_of_the_same_bytes_are_one_file_and_an_update_keeps_both_versions() {
    let mut s = keeping();
    let first = s.open_file("a.txt", ARTICLE.as_bytes());
    // It is opened twice only where that is asked for.
    std::fs::write(s.path("b.txt"), ARTICLE).unwrap();
    s.go(Intent::Session(SessionIntent::OpenTwice(s.path("b.txt"))));
    let second = s.open_notebook().article().unwrap();
    assert_ne!(first, second);
    let path = s.save_as("case.ron");
    let old = format!("{}.txt", hash(ARTICLE.as_bytes()));
    assert_eq!(names(&s.path("case.sources")), [&*old]);
    let new = format!("Correction.\n{ARTICLE}");
    std::fs::write(s.path("new.md"), &new).unwrap();
    s.go(Intent::Session(SessionIntent::UpdateArticle(second, s.path("new.md"))));
    s.go(Intent::Answer(casebook::app::Answer::Reload));
    s.run(Command::Save);
    let mut both = [old, format!("{}.md", hash(new.as_bytes()))];
    both.sort();
    assert_eq!(names(&s.path("case.sources")), both);
    let said = well(&["check", path.to_str().unwrap()], s.folder.path());
    assert!(said.contains("2 kept files, 2 verified"), "{said}");
}

#[test]
fn a_notebook_saved_under_another_name_takes_its_files_along() {
    let mut s = keeping();
    s.open_file("a.txt", ARTICLE.as_bytes());
    s.open_file("b.txt", script::OTHER.as_bytes());
    s.save_as("case.ron");
    // What is undone is not taken along, and is found again when it is done again.
    s.run(Command::Undo);
    s.save_as("other.ron");
    let a = format!("{}.txt", hash(ARTICLE.as_bytes()));
    let b = format!("{}.txt", hash(script::OTHER.as_bytes()));
    assert_eq!(names(&s.path("other.sources")), [&*a]);
    s.run(Command::Redo);
    s.run(Command::Save);
    let mut both = [a, b];
    both.sort();
    assert_eq!(names(&s.path("other.sources")), both);
    assert_eq!(names(&s.path("case.sources")), both, "they stay there as well");
    // Two files, not one with two names: what happens to one does not happen to the other.
    std::fs::write(s.path("other.sources").join(&both[0]), "x").unwrap();
    well(&["check", "case.ron"], s.folder.path());
    assert!(!casebook(&["check", "other.ron"], s.folder.path()).status.success());
}

#[test]
fn what_was_kept_is_there_after_a_crash_between_opening_and_saving() {
    let mut s = keeping();
    s.open_file("article.txt", ARTICLE.as_bytes());
    assert!(s.program.flush_journal(program::LONG));
    std::fs::remove_file(s.path("article.txt")).unwrap();
    let kept = s.path("data/sources").join(format!("{}.txt", hash(ARTICLE.as_bytes())));
    // However long ago: unsaved work names it.
    let aged = |path: &Path| {
        let file = std::fs::File::options().append(true).open(path).unwrap();
        file.set_modified(SystemTime::now() - HELD_FOR - Duration::from_secs(60)).unwrap();
    };
    aged(&kept);
    restart(&mut s);
    assert!(kept.exists());
    let journal = s.program.unsaved_work()[0].journal.clone();
    s.go(Intent::Session(SessionIntent::Recover(journal)));
    assert_eq!(state(&s, s.article()), Some(KeptState::Held));
    s.save_as("case.ron");
    assert_eq!(state(&s, s.article()), Some(KeptState::Beside));
    well(&["check", "case.ron"], s.folder.path());
    assert!(!kept.exists(), "it lies beside the notebook now");

    // Work that was discarded names nothing: what was held for it goes, once it is old.
    s.run(Command::NewNotebook);
    s.go(Intent::Session(SessionIntent::KeepSources(KeepSources::All)));
    s.open_file("other.txt", script::OTHER.as_bytes());
    assert!(s.program.flush_journal(program::LONG));
    let kept = s.path("data/sources").join(format!("{}.txt", hash(script::OTHER.as_bytes())));
    restart(&mut s);
    let journal = s.program.unsaved_work()[0].journal.clone();
    s.go(Intent::Session(SessionIntent::DiscardWork(journal)));
    restart(&mut s);
    assert!(kept.exists(), "it is not old");
    aged(&kept);
    restart(&mut s);
    assert!(!kept.exists());
}

#[test]
fn what_was_read_and_not_taken_is_not_held() {
    let mut s = keeping();
    let article = s.open_file("article.txt", ARTICLE.as_bytes());
    let held = format!("{}.txt", hash(ARTICLE.as_bytes()));
    let spool = s.path("data/sources");
    // An update that is not made; the article's own file is still needed.
    std::fs::write(s.path("new.txt"), format!("Correction.\n{ARTICLE}")).unwrap();
    s.go(Intent::Session(SessionIntent::UpdateArticle(article, s.path("new.txt"))));
    assert_eq!(names(&spool).len(), 2);
    s.go(Intent::Answer(casebook::app::Answer::Cancel));
    assert_eq!(names(&spool), [&*held]);
    // What no text could be made of, and what is open already.
    std::fs::write(s.path("picture.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
    let picture = s.path("picture.txt");
    open(&mut s, picture);
    let again = s.path("article.txt");
    open(&mut s, again);
    assert_eq!(names(&spool), [&*held]);
    s.save_as("case.ron");
    assert_eq!((names(&s.path("case.sources")), names(&spool)), (vec![held], Vec::new()));
}

/// A notebook with an article whose file is kept beside it, closed: its path, and that of the kept file.
fn saved(s: &mut Script) -> (PathBuf, PathBuf) {
    s.open_file("article.txt", ARTICLE.as_bytes());
    let path = s.save_as("case.ron");
    let kept = format!("{}.txt", hash(ARTICLE.as_bytes()));
    let kept = s.path("case.sources").join(kept);
    assert!(kept.is_file());
    restart(s);
    (path, kept)
}

#[test]
fn a_missing_file_is_told_once_and_can_be_kept_again() {
    let mut s = keeping();
    let (path, kept) = saved(&mut s);
    std::fs::remove_file(&kept).unwrap();
    let done = casebook(&["check", "case.ron"], s.folder.path());
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(done.status.code(), Some(1));
    let name = kept.file_name().unwrap().to_str().unwrap();
    assert!(said.contains(name) && said.contains("“article.txt” is missing"), "{said}");

    open(&mut s, path);
    let about = |s: &Script| {
        let all = s.program.notices().iter();
        all.filter(|notice| notice.text.contains("article.txt")).count()
    };
    let (level, told) = s.told();
    assert_eq!(level, Level::Warning);
    assert!(told.contains("article.txt") && told.contains("case.sources"), "{told}");
    let once = about(&s);
    s.go(Intent::Session(SessionIntent::Focused));
    assert_eq!(about(&s), once, "told once");
    let article = s.article();
    assert_eq!(state(&s, article), Some(KeptState::Missing));
    s.program.take_effects();
    s.go(Intent::Session(SessionIntent::AskForKeptFile(article)));
    let asks = |e: &Effect| matches!(e, Effect::Dialog(DialogKind::Keep { article: a, .. }) if *a == article);
    assert!(s.program.take_effects().iter().any(asks));

    // Another file is not taken for it.
    std::fs::write(s.path("wrong.txt"), script::OTHER).unwrap();
    s.go(Intent::Session(SessionIntent::KeepFile(article, s.path("wrong.txt"))));
    assert!(s.told().1.contains("is not the file"), "{}", s.told().1);
    assert!(!kept.exists() && names(kept.parent().unwrap()).is_empty());
    // The file itself is, whatever it is called now.
    std::fs::rename(s.path("article.txt"), s.path("renamed.bin")).unwrap();
    s.go(Intent::Session(SessionIntent::KeepFile(article, s.path("renamed.bin"))));
    assert_eq!(s.told().0, Level::Info, "{}", s.told().1);
    assert_eq!(std::fs::read(&kept).unwrap(), ARTICLE.as_bytes());
    assert_eq!(state(&s, article), Some(KeptState::Beside));
    well(&["check", "case.ron"], s.folder.path());
}

#[test]
fn a_kept_file_is_opened_as_a_copy_and_an_altered_one_is_not() {
    let mut s = keeping();
    let (path, kept) = saved(&mut s);
    open(&mut s, path);
    let script = format!("printf '%s' \"$0\" > '{}'", s.path("opened").display());
    s.program.set_opener(Opener::program("sh", &["-c", &script]));
    let article = s.article();
    s.go(Intent::Session(SessionIntent::OpenKeptFile(article)));
    assert_eq!(s.told().0, Level::Info, "{}", s.told().1);
    let copy = PathBuf::from(std::fs::read_to_string(s.path("opened")).unwrap());
    assert_eq!(std::fs::read(&copy).unwrap(), ARTICLE.as_bytes());
    assert_eq!(mode(&copy), 0o400);
    assert!(copy.starts_with(s.path("data/opened")) && copy.extension().unwrap() == "txt");
    // A second time, over the copy of before.
    s.go(Intent::Session(SessionIntent::OpenKeptFile(article)));
    assert_eq!(s.told().0, Level::Info, "{}", s.told().1);
    std::fs::remove_file(s.path("opened")).unwrap();

    // As many other bytes: only reading them tells.
    let altered = ARTICLE.replace("Kervel", "Karvel");
    std::fs::write(&kept, &altered).unwrap();
    s.go(Intent::Session(SessionIntent::OpenKeptFile(article)));
    let (level, told) = s.told();
    assert!(level == Level::Error && told.contains("was altered"), "{told}");
    assert!(!s.path("opened").exists(), "nothing was opened");
    assert_eq!(state(&s, article), Some(KeptState::Altered));
    s.go(Intent::Session(SessionIntent::Focused));
    assert_eq!(state(&s, article), Some(KeptState::Altered), "it is still not right");
    let done = casebook(&["check", "case.ron", "--json"], s.folder.path());
    assert_eq!(done.status.code(), Some(1));
    let report: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert!(report["problems"][0]["what"].as_str().unwrap().contains("altered"), "{report}");
    assert_eq!(
        (&report["kept_sources"]["kept"], &report["kept_sources"]["right"]),
        (&1.into(), &0.into())
    );
    s.go(Intent::Session(SessionIntent::KeepFile(article, s.path("article.txt"))));
    assert_eq!(std::fs::read(&kept).unwrap(), ARTICLE.as_bytes());
    assert_eq!(state(&s, article), Some(KeptState::Beside));
}

#[test]
fn no_link_leads_out_of_the_folder() {
    let mut s = keeping();
    let name = format!("{}.txt", hash(ARTICLE.as_bytes()));
    // In the folder's place.
    std::fs::create_dir(s.path("outside")).unwrap();
    symlink(s.path("outside"), s.path("case.sources")).unwrap();
    s.open_file("article.txt", ARTICLE.as_bytes());
    let path = s.save_as("case.ron");
    assert!(path.is_file(), "the notebook is saved");
    assert_eq!(names(&s.path("outside")), Vec::<String>::new());
    let told = |s: &Script| s.program.notices().iter().any(|n| n.text.contains("not beside it"));
    assert!(told(&s));
    assert_eq!(
        names(&s.path("data/sources")),
        [&*name],
        "it is held until it is beside the notebook"
    );
    // In a file's place: not written through, and not taken for the file.
    std::fs::remove_file(s.path("case.sources")).unwrap();
    std::fs::create_dir(s.path("case.sources")).unwrap();
    let victim = s.path("outside/victim.txt");
    std::fs::write(&victim, ARTICLE).unwrap();
    let kept = s.path("case.sources").join(&name);
    symlink(&victim, &kept).unwrap();
    let done = casebook(&["check", "case.ron"], s.folder.path());
    assert_eq!(done.status.code(), Some(1), "a link is not the file");
    std::fs::write(&victim, "of somebody else").unwrap();
    s.run(Command::Save);
    assert!(std::fs::symlink_metadata(&kept).unwrap().is_file());
    assert_eq!(std::fs::read(&kept).unwrap(), ARTICLE.as_bytes());
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "of somebody else");
    assert_eq!(names(&s.path("data/sources")), Vec::<String>::new());
    well(&["check", "case.ron"], s.folder.path());
}

#[test]
fn what_the_notebook_says_of_names_leads_nowhere() {
    let mut s = keeping();
    let (path, kept) = saved(&mut s);
    std::fs::write(s.path("secret.txt"), "a secret").unwrap();
    let source = std::fs::read_to_string(&path).unwrap();
    let hash = hash(ARTICLE.as_bytes());
    for other in ["../secret", "../../secret.txt", "/etc/passwd"] {
        std::fs::write(&path, source.replace(&hash, other)).unwrap();
        // The folder is asked for nothing but hashes: nothing is found, and nothing is taken from elsewhere.
        if let Ok(loaded) = storage::load(&path, &|| false, &|_| {}) {
            assert_eq!(kept_by(&loaded.notebook), []);
        }
        let done = casebook(&["edit", "case.ron", "-", "-o", "out.ron"], s.folder.path());
        assert!(!s.path("out.sources").exists(), "{done:?}");
    }
    std::fs::write(&path, source.replace("\"plain text\"", "\"sh\"")).unwrap();
    let loaded = storage::load(&path, &|| false, &|_| {}).unwrap();
    let [source] = &kept_by(&loaded.notebook)[..] else { panic!("one file") };
    assert_eq!(source.extension, None, "no program is found by what a notebook says");
    // It is found all the same, by its hash.
    assert_eq!(SourcesFolder::beside(&path).look(source), KeptState::Beside);
    assert!(kept.is_file());
}

#[test]
fn an_undone_article_leaves_a_file_that_is_told_and_stays() {
    let mut s = keeping();
    s.open_file("article.txt", ARTICLE.as_bytes());
    s.save_as("case.ron");
    let name = format!("{}.txt", hash(ARTICLE.as_bytes()));
    s.run(Command::Undo);
    s.run(Command::Save);
    let said = well(&["check", "case.ron"], s.folder.path());
    assert!(said.contains(&format!("case.sources/{name}: no article")), "{said}");
    assert_eq!(names(&s.path("case.sources")), [&*name], "undo history may need it");
    s.run(Command::Redo);
    s.run(Command::Save);
    let said = well(&["check", "case.ron"], s.folder.path());
    assert!(!said.contains("no article") && said.contains("1 verified"), "{said}");
    // Undone before the first save, nothing is put there.
    s.run(Command::NewNotebook);
    s.go(Intent::Session(SessionIntent::KeepSources(KeepSources::All)));
    s.open_file("other.txt", script::OTHER.as_bytes());
    s.run(Command::Undo);
    s.save_as("empty.ron");
    assert!(!s.path("empty.sources").exists());
    s.run(Command::Redo);
    s.run(Command::Save);
    assert_eq!(names(&s.path("empty.sources")).len(), 1, "it was held for this");
}

#[test]
fn commands_keep_files_and_take_them_along() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("a.txt"), ARTICLE).unwrap();
    std::fs::write(at("b.md"), script::OTHER).unwrap();
    // Whatever the user's umask.
    let made = Process::new("sh")
        .args(["-c", "umask 000 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_casebook")])
        .args(["new", "a.txt", "b.md", "-o", "n.ron", "--keep-sources", "all"])
        .current_dir(folder.path())
        .env("XDG_DATA_HOME", at("home"))
        .status();
    assert!(made.unwrap().success());
    let (a, b) = (hash(ARTICLE.as_bytes()), hash(script::OTHER.as_bytes()));
    let mut both = vec![format!("{a}.txt"), format!("{b}.md")];
    both.sort();
    assert_eq!(names(&at("n.sources")), both);
    assert_eq!(mode(&at("n.sources")), 0o700);
    assert!(both.iter().all(|name| mode(&at("n.sources").join(name)) == 0o600));
    // An update keeps the new version by the notebook's own setting; written elsewhere, all go along.
    std::fs::write(at("a.txt"), format!("Correction.\n{ARTICLE}")).unwrap();
    well(&["update", "n.ron", "a.txt", "-o", "m.ron"], folder.path());
    assert_eq!((names(&at("m.sources")).len(), names(&at("n.sources")).len()), (3, 2));
    well(&["check", "m.ron"], folder.path());
    std::fs::write(at("edits.ron"), "[Title(\"Port-Léonie\")]").unwrap();
    well(&["edit", "m.ron", "edits.ron", "-o", "o.ron"], folder.path());
    assert_eq!(names(&at("o.sources")), names(&at("m.sources")));
    // Both sides' files.
    std::fs::write(at("c.txt"), "Another article.\n\nIt says something else.\n").unwrap();
    well(&["new", "c.txt", "-o", "theirs.ron", "--keep-sources", "all"], folder.path());
    well(&["merge", "n.ron", "theirs.ron", "-o", "merged.ron"], folder.path());
    assert_eq!(names(&at("merged.sources")).len(), 3);
    well(&["check", "merged.ron"], folder.path());
    // What is missing is named, and the rest is merged.
    std::fs::remove_dir_all(at("theirs.sources")).unwrap();
    let done = casebook(&["merge", "n.ron", "theirs.ron", "-o", "again.ron"], folder.path());
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && said.contains("“c.txt” is not in"), "{said}");
    assert_eq!(names(&at("again.sources")).len(), 2);
    // By default plain text is not kept, and nothing at all with `none`.
    well(&["new", "c.txt", "-o", "d.ron"], folder.path());
    well(&["new", "c.txt", "-o", "e.ron", "--keep-sources", "none"], folder.path());
    assert!(!at("d.sources").exists() && !at("e.sources").exists());
    // A notebook that was not made leaves nothing.
    let done = casebook(
        &["new", "c.txt", "gone.txt", "-o", "f.ron", "--keep-sources", "all"],
        folder.path(),
    );
    assert!(!done.status.success() && !at("f.sources").exists());
}

#[test]
fn a_merge_and_a_restored_backup_bring_their_files() {
    let mut s = keeping();
    std::fs::create_dir(s.path("theirs")).unwrap();
    std::fs::write(s.path("theirs/c.txt"), script::OTHER).unwrap();
    well(&["new", "c.txt", "-o", "n.ron", "--keep-sources", "all"], &s.path("theirs"));
    s.open_file("article.txt", ARTICLE.as_bytes());
    let path = s.save_as("case.ron");
    let theirs = s.path("theirs/n.ron");
    s.go(Intent::Session(SessionIntent::CompareWithColleague(theirs)));
    s.go(Intent::Session(SessionIntent::MergeColleague));
    let held = |s: &Script| {
        let articles = s.open_notebook().notebook().articles().keys();
        articles.filter(|id| state(s, **id) == Some(KeptState::Held)).count()
    };
    assert_eq!(held(&s), 1, "it lies beside the colleague’s notebook");
    s.run(Command::Save);
    let mut both = [ARTICLE, script::OTHER].map(|text| format!("{}.txt", hash(text.as_bytes())));
    both.sort();
    assert_eq!((names(&s.path("case.sources")), held(&s)), (both.to_vec(), 0));

    let backups = casebook::recovery::backups::list(&Folder::at(s.path("data")), &path);
    let newest = backups.first().unwrap().file.clone();
    s.go(Intent::Session(SessionIntent::RestoreBackup(newest, path.clone())));
    let restored = s.open_notebook().path().unwrap().clone();
    assert_ne!(restored, path);
    assert_eq!(names(SourcesFolder::beside(&restored).path()), both);
    well(&["check", restored.to_str().unwrap()], s.folder.path());
}

#[test]
fn a_copy_without_names_takes_no_file_along() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("a.txt"), ARTICLE).unwrap();
    well(&["new", "a.txt", "-o", "n.ron", "--keep-sources", "all"], folder.path());
    std::fs::write(at("edits.ron"), "[AddEntity(kind: Actor, name: \"Anne Kervel\")]").unwrap();
    well(&["edit", "n.ron", "edits.ron"], folder.path());
    let to = ["--to", "casebook", "--redact", "Anne Kervel", "-o", "shared.ron"];
    well(&[&["export", "n.ron"], &to[..]].concat(), folder.path());
    let shared = storage::load(&at("shared.ron"), &|| false, &|_| {}).unwrap().notebook;
    assert_eq!(shared.articles().len(), 1);
    assert_eq!(kept_by(&shared), []);
    assert!(!at("shared.sources").exists());
}

/// Not a test but what runs inside a mount namespace of its own, where a small disk can be mounted.
#[test]
fn child_on_a_small_disk() {
    let Some(disk) = std::env::var_os("CASEBOOK_KEPT_DISK").map(PathBuf::from) else { return };
    let mounted = Process::new("mount")
        .args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"])
        .arg(&disk)
        .status()
        .unwrap();
    if !mounted.success() {
        eprintln!("a small disk cannot be mounted: skipped");
        return;
    }
    let mut s = keeping();
    // The notebook fits, and so does the file: not both.
    let long = ARTICLE.repeat(600_000 / ARTICLE.len());
    let article = s.open_file("long.txt", long.as_bytes());
    let path = disk.join("case.ron");
    s.go(Intent::Session(SessionIntent::SaveTo(path.clone())));
    assert!(path.is_file(), "{:?}", s.program.notices());
    assert!(!s.open_notebook().is_modified());
    let told = s.program.notices().iter().find(|n| n.text.contains("not beside it")).unwrap();
    assert!(told.level == Level::Warning && told.text.contains("no room left"), "{}", told.text);
    // While it is open it is locked.
    assert_eq!(names(&disk), [".case.ron.lock", "case.ron"], "litter on a full disk");
    assert_eq!(state(&s, article), Some(KeptState::Held));
    // A save that finds room puts it there.
    s.save_as("roomy.ron");
    assert_eq!(state(&s, article), Some(KeptState::Beside));
    // A disk that takes nothing: neither is saved, and nothing is lost.
    let remount = |how: &str| Process::new("mount").args(["-o", how]).arg(&disk).status().unwrap();
    assert!(remount("remount,ro").success());
    s.go(Intent::Session(SessionIntent::SaveTo(disk.join("other.ron"))));
    assert!(s.program.notices().iter().any(|n| n.text.contains("read-only")));
    // Only the folder takes nothing: the notebook is saved.
    assert!(remount("remount,rw,size=8m").success());
    std::fs::create_dir(disk.join("case2.sources")).unwrap();
    let folder = disk.join("case2.sources");
    assert!(
        Process::new("mount").arg("--bind").arg(&folder).arg(&folder).status().unwrap().success()
    );
    assert!(
        Process::new("mount")
            .args(["-o", "remount,bind,ro"])
            .arg(&folder)
            .status()
            .unwrap()
            .success()
    );
    s.go(Intent::Session(SessionIntent::SaveTo(disk.join("case2.ron"))));
    assert!(disk.join("case2.ron").is_file());
    let told = s.program.notices().iter().rfind(|n| n.text.contains("not beside it")).unwrap();
    assert!(
        told.text.contains("read-only") && told.text.contains("case2.sources"),
        "{}",
        told.text
    );
    println!("seen on a small disk");
}

#[test]
fn on_a_full_or_read_only_disk_the_notebook_is_saved_and_the_file_is_held() {
    let disk = tempfile::tempdir().unwrap();
    let done = Process::new("unshare")
        .args(["--mount", "--map-root-user"])
        .arg(std::env::current_exe().unwrap())
        .args(["child_on_a_small_disk", "--exact", "--nocapture"])
        .env("CASEBOOK_KEPT_DISK", disk.path())
        .output();
    let Ok(done) = done else { return eprintln!("there is no unshare: skipped") };
    let said = String::from_utf8_lossy(&done.stdout);
    let why = String::from_utf8_lossy(&done.stderr);
    if why.contains("unshare failed") {
        return eprintln!("no namespace of its own: skipped");
    }
    assert!(done.status.success(), "{said}{why}");
    assert!(said.contains("seen on a small disk") || why.contains("skipped"), "{said}{why}");
}
