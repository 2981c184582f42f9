//! Backups: which stay, what they hold, and what is said of them.

use super::restoring::restore;
use super::*;

/// A data folder, and a notebook beside it.
struct Desktop {
    home: tempfile::TempDir,
    folder: Folder,
    notebook: PathBuf,
}

const NOON: i64 = 1_800_000_000;

impl Desktop {
    fn new() -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let folder = Folder::at(home.path().join("data"));
        let notebook = home.path().join("case.ron");
        Self { home, folder, notebook }
    }

    fn keep(&self, text: &str, at: i64) {
        keep(&self.folder, &self.notebook, text.as_bytes(), at).expect("kept");
    }

    /// What the backups hold, the newest first.
    fn texts(&self) -> Vec<String> {
        let backups = list(&self.folder, &self.notebook);
        backups.iter().map(|b| std::fs::read_to_string(&b.file).expect("read")).collect()
    }

    fn place(&self) -> PathBuf {
        folder_of(&self.folder, &self.notebook).expect("a folder")
    }
}

fn restored(backup: &Path, to: &Path) -> String {
    std::fs::read_to_string(
        restore_beside(backup, to, &|| false).expect("restored").expect("whole"),
    )
    .expect("read")
}

#[test]
fn what_was_saved_comes_back_and_a_purge_leaves_nothing() {
    let d = Desktop::new();
    for (i, text) in ["one", "two", "two"].iter().enumerate() {
        d.keep(text, NOON + i as i64);
    }
    let kept = list(&d.folder, &d.notebook);
    assert_eq!(kept.len(), 2, "the same content is kept once");
    assert_eq!(std::fs::read_to_string(&kept[0].file).expect("read"), "two");
    let to = d.home.path().join("restored.ron");
    assert!(restore(&kept[1].file, &to, &|| false).expect("restored"));
    assert_eq!(std::fs::read_to_string(&to).expect("read"), "one");
    assert!(restore(&kept[0].file, &to, &|| false).is_err(), "nothing is replaced");
    // Beside another of that name, once; and not over what somebody made of it since.
    let second = d.home.path().join("restored-2.ron");
    for _ in 0..2 {
        assert_eq!(restored(&kept[0].file, &to), "two");
        assert_eq!(std::fs::read_to_string(&second).expect("read"), "two");
    }
    std::fs::write(&second, "worked on").expect("written");
    assert_eq!(restored(&kept[0].file, &to), "two");
    assert_eq!(std::fs::read_to_string(&second).expect("read"), "worked on");
    // Beside a notebook whose name leaves no room for a number.
    let long = d.home.path().join(format!("{}.ron", "x".repeat(251)));
    std::fs::write(&long, "another").expect("written");
    assert_eq!(restored(&kept[0].file, &long), "two");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode =
            |path: &Path| std::fs::metadata(path).expect("there").permissions().mode() & 0o777;
        assert_eq!(mode(&kept[0].file), 0o600);
        assert_eq!(mode(kept[0].file.parent().expect("a folder")), 0o700);
    }
    purge(&d.folder, Some(&d.notebook), &|| false).expect("purged");
    assert!(list(&d.folder, &d.notebook).is_empty());
    assert_eq!(taken(&d.folder, None), (0, 0));
    purge(&d.folder, None, &|| false).expect("nothing is there any more");
    assert!(!d.home.path().join("data/backups").exists());
}

#[test]
fn what_a_save_replaces_is_kept_once() {
    let d = Desktop::new();
    let opened = |at| keep_opened(&d.folder, &d.notebook, None, at).expect("kept");
    opened(NOON);
    assert!(d.texts().is_empty() && !d.place().exists(), "there was no file");
    std::fs::write(&d.notebook, "made elsewhere").expect("written");
    opened(NOON);
    opened(NOON + 1);
    d.keep("saved", NOON + 2);
    assert_eq!(d.texts(), ["saved", "made elsewhere"]);
    assert_eq!(
        list(&d.folder, &d.notebook).iter().map(|b| b.opened).collect::<Vec<_>>(),
        [false, true]
    );
    // What was saved is a backup already.
    std::fs::write(&d.notebook, "saved").expect("written");
    opened(NOON + 3);
    assert_eq!(d.texts().len(), 2);
    // All the saves of that hour do not push it out.
    for i in 0..30 {
        d.keep(&format!("save {i}"), NOON + 10 + i);
    }
    let texts = d.texts();
    assert_eq!(texts.len(), LAST + 1);
    assert_eq!((&*texts[0], &*texts[LAST]), ("save 29", "made elsewhere"));
    // The notebook's file is a file of its own.
    std::fs::write(&d.notebook, "changed in place").expect("written");
    assert_eq!(d.texts(), texts);
}

#[test]
fn a_file_that_is_not_the_one_opened_is_not_taken_for_it() {
    let d = Desktop::new();
    let (notebook, desk) =
        crate::notebook::generate::generate(3, crate::notebook::generate::Size::bench(10));
    let expected = crate::storage::Expected::New;
    let saved = crate::storage::save(&d.notebook, &notebook, &desk, &expected, &|| false);
    let stamp = saved.expect("saved").stamp;
    let source = std::fs::read_to_string(&d.notebook).expect("read");
    std::fs::write(&d.notebook, "another’s").expect("written");
    keep_opened(&d.folder, &d.notebook, Some(&stamp), NOON).expect("nothing to keep");
    assert!(d.texts().is_empty());
    std::fs::write(&d.notebook, &source).expect("written");
    keep_opened(&d.folder, &d.notebook, Some(&stamp), NOON).expect("kept");
    // It is known by its stamp: the file is not even looked at.
    std::fs::remove_file(&d.notebook).expect("removed");
    std::fs::create_dir(&d.notebook).expect("made");
    keep_opened(&d.folder, &d.notebook, Some(&stamp), NOON).expect("kept already");
    assert_eq!(d.texts(), [source]);
}

#[test]
fn a_clock_that_is_set_back_loses_no_backups() {
    let d = Desktop::new();
    const YEAR: i64 = 365 * 24 * 3600;
    // The clock is five years ahead; then it is right, and then it is two hours behind.
    let saves = |name: &str, from: i64| {
        for i in 0..12 {
            d.keep(&format!("{name} {i}"), from + i);
        }
    };
    saves("ahead", NOON + 5 * YEAR);
    saves("right", NOON);
    let last = |name: &str| (2..12).rev().map(|i| format!("{name} {i}")).collect::<Vec<_>>();
    assert_eq!(d.texts()[..LAST], last("right"));
    assert_eq!(d.texts()[LAST], "ahead 11", "and the last of that hour");
    saves("behind", NOON - 7200);
    assert_eq!(d.texts()[..LAST], last("behind"));
    assert_eq!(d.texts()[LAST..], ["right 11", "ahead 11"]);
    // The newest is the one saved last: the same again is not kept again, the same as an older one is.
    let count = d.texts().len();
    d.keep("behind 11", NOON - 7100);
    assert_eq!(d.texts().len(), count);
    d.keep("ahead 11", NOON - 7000);
    assert_eq!(d.texts()[0], "ahead 11");
    // Backups of an earlier Casebook, without a number, are older than any.
    let old = d.place().join("20991231T000000Z-0123456789abcdef.ron");
    std::fs::write(old, "unnumbered").expect("written");
    d.keep("newest", NOON);
    assert_eq!(d.texts()[0], "newest");
    assert_eq!(d.texts().last().map(String::as_str), Some("unnumbered"));
}

#[test]
fn the_file_that_names_the_notebook_is_whole_or_not_there() {
    let d = Desktop::new();
    d.keep("one", NOON);
    let about = d.place().join(WHERE);
    let named = d.notebook.to_string_lossy().into_owned();
    assert_eq!(std::fs::read_to_string(&about).expect("read"), named);
    // What an earlier Casebook left where there was no room.
    std::fs::write(&about, "").expect("written");
    d.keep("two", NOON + 1);
    assert_eq!(std::fs::read_to_string(&about).expect("read"), named);
}

#[test]
fn a_stopped_purge_counts_what_is_left_and_a_stopped_restore_leaves_no_file() {
    let d = Desktop::new();
    for i in 0..5 {
        d.keep(&format!("text {i}"), NOON + i);
    }
    let asked = std::cell::Cell::new(0);
    let after = |most: usize| {
        asked.set(0);
        let asked = &asked;
        move || {
            asked.set(asked.get() + 1);
            asked.get() > most
        }
    };
    let to = d.home.path().join("restored.ron");
    let newest = d.home.path().join("long.ron");
    std::fs::write(&newest, vec![b'x'; 1_000_000]).expect("written");
    for most in 0..4 {
        assert_eq!(restore_beside(&newest, &to, &after(most)).expect("no fault"), None);
        assert!(!to.exists(), "after {most}");
    }
    assert_eq!(restore_beside(&newest, &to, &|| false).expect("no fault").as_ref(), Some(&to));
    // It is there already: compared, and stopped there too.
    let before = std::fs::read_dir(d.home.path()).expect("read").count();
    assert_eq!(restore_beside(&newest, &to, &after(1)).expect("no fault"), None);
    assert_eq!(std::fs::read_dir(d.home.path()).expect("read").count(), before);

    let purged = purge(&d.folder, None, &after(2)).expect("no fault");
    assert_eq!(purged, Purged { deleted: 2, left: 3, stopped: true });
    assert_eq!(d.texts().len(), 3, "what is left is whole");
    d.keep("one more", NOON + 9);
    let purged = purge(&d.folder, None, &|| false).expect("no fault");
    assert_eq!(purged, Purged { deleted: 4, left: 0, stopped: false });
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_purge_removes_what_links_lead_to() {
        // All backups on another disk, or those of one notebook.
        for of_one in [false, true] {
            let d = Desktop::new();
            d.keep("one", NOON);
            let link = if of_one { d.place() } else { d.folder.backups().expect("a folder") };
            let disk = d.home.path().join("disk");
            std::fs::rename(&link, &disk).expect("moved");
            symlink(&disk, &link).expect("linked");
            std::fs::write(disk.join("of mine.txt"), "kept").expect("written");
            d.keep("two", NOON + 1);
            assert_eq!(d.texts(), ["two", "one"]);
            purge(&d.folder, None, &|| false).expect("purged");
            assert_eq!((d.texts().len(), taken(&d.folder, None)), (0, (0, 0)));
            let left: Vec<_> = std::fs::read_dir(&disk)
                .expect("read")
                .map(|e| e.expect("one").file_name())
                .collect();
            assert_eq!(left, ["of mine.txt"]);
            // And the next ones go where the link leads.
            d.keep("three", NOON + 2);
            assert_eq!(d.texts(), ["three"]);
            // A disk that is not there may still hold some.
            std::fs::rename(&disk, d.home.path().join("away")).expect("moved");
            for notebook in [None, Some(&*d.notebook)] {
                let why = purge(&d.folder, notebook, &|| false).expect_err("not there").to_string();
                assert!(why.contains("backups") && why.contains("cannot be read"), "{why}");
            }
        }
    }

    #[test]
    fn what_a_purge_leaves_is_said() {
        let d = Desktop::new();
        d.keep("one", NOON);
        d.keep("two", NOON + 1);
        let [_, old] = &list(&d.folder, &d.notebook)[..] else { panic!("two") };
        let elsewhere = d.home.path().join("elsewhere.ron");
        std::fs::rename(&old.file, &elsewhere).expect("moved");
        symlink(&elsewhere, &old.file).expect("linked");
        let why = purge(&d.folder, None, &|| false).expect_err("one is left").to_string();
        assert!(why.contains("1 is left") && why.contains("link"), "{why}");
        assert!(elsewhere.exists() && d.texts().is_empty());
    }
}
