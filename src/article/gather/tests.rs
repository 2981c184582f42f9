//! What is gathered from folders and archives, hostile ones among them.

use std::cell::Cell;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;

fn all(chosen: &[PathBuf]) -> Gathered {
    gather(chosen, &ReadOptions::default(), None, &|_| None, &|| false, &|_| {})
        .expect("not stopped")
}

fn put(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder for the test");
    fs::write(&path, text).expect("a file for the test");
    path
}

fn zip(path: &Path, members: &[(&str, &[u8])]) -> PathBuf {
    let mut writer = ZipWriter::new(fs::File::create(path).expect("a file"));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(bytes).expect("its bytes");
    }
    writer.finish().expect("an archive");
    path.to_owned()
}

/// The articles' names and folders.
fn names(gathered: &Gathered) -> Vec<(&str, &str)> {
    gathered.articles.iter().map(|it| (&*it.name, &*it.folder)).collect()
}

#[test]
fn a_folder_comes_in_order_and_keeps_its_folders() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("case");
    for name in ["page 10.txt", "page 9.txt", "Board/2023/minutes.md", "Board/letter.txt"] {
        put(&case, name, &format!("Words of {name}."));
    }
    put(&case, ".hidden/secret.txt", "Not for us.");
    put(&case, "notes.ron", "(casebook: 5)");
    fs::write(case.join("picture.jpg"), b"\xff\xd8\xff\xe0 and more").expect("a picture");
    let gathered = all(std::slice::from_ref(&case));
    assert_eq!(
        names(&gathered),
        [
            ("case/Board/2023/minutes.md", "Board/2023"),
            ("case/Board/letter.txt", "Board"),
            ("case/page 9.txt", ""),
            ("case/page 10.txt", ""),
        ]
    );
    let left: Vec<&str> = gathered.left_out.iter().map(|it| &*it.name).collect();
    assert_eq!(left, ["case/.hidden", "case/notes.ron", "case/picture.jpg"]);
    assert!(gathered.failed.is_empty(), "{:?}", gathered.failed);
    // Of two, each is a folder of its own.
    let two =
        all(&[case.join("Board"), put(&case, "other/x.txt", "Other words."), case.join("other")]);
    let folders: Vec<&str> = two.articles.iter().map(|it| &*it.folder).collect();
    assert_eq!(folders, ["Board/2023", "Board", ""]);
    assert_eq!(two.identical.len(), 1, "the same file, by itself and in its folder");
}

#[test]
fn identical_bytes_are_opened_once() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["a.txt", "b/a.txt", "c.md"] {
        put(folder.path(), name, "The same words.");
    }
    let gathered = all(&[folder.path().to_owned()]);
    assert_eq!(gathered.articles.len(), 1);
    assert!(gathered.identical.iter().all(|it| it.of == SameAs::Gathered(0)));
    assert_eq!(gathered.identical.len(), 2);
    let known = ArticleId::random();
    let there = |_: &str| Some(known);
    let options = ReadOptions::default();
    let again = gather(&[folder.path().to_owned()], &options, None, &there, &|| false, &|_| {});
    let again = again.expect("not stopped");
    assert!(again.articles.is_empty());
    assert!(again.identical.iter().all(|it| it.of == SameAs::There(known)));
}

#[test]
fn an_archive_is_read_and_its_names_lead_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = zip(&folder.path().join("inner.zip"), &[("x.txt", b"Deep words.")]);
    let inner = fs::read(inner).expect("an archive");
    let path = zip(
        &folder.path().join("wire.zip"),
        &[
            ("2023/nov/a.txt", b"Words of the wire."),
            ("../../etc/passwd.txt", b"Words from elsewhere."),
            ("__MACOSX/._a.txt", b"\0\0"),
            ("notes.ron", b"(casebook: 5)"),
            ("more.zip", &inner),
            ("logo.png", b"\x89PNG\r\n\x1a\n\0\0"),
        ],
    );
    let gathered = all(&[path]);
    assert_eq!(
        names(&gathered),
        [("wire.zip/2023/nov/a.txt", "2023/nov"), ("wire.zip/etc/passwd.txt", "etc")]
    );
    assert_eq!(gathered.left_out.len(), 3);
    assert_eq!(gathered.failed.len(), 1);
    assert!(gathered.failed[0].why.contains("archive inside an archive"), "{:?}", gathered.failed);
    assert!(!folder.path().join("etc").exists());
}

#[test]
fn hostile_archives_are_told_and_nothing_hangs() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    // No archive at all, an empty file, one cut short.
    put(folder.path(), "words.zip", "These are words.");
    put(folder.path(), "empty.zip", "");
    let whole = fs::read(zip(&at("whole.zip"), &[("a.txt", b"Words, and more of them.")]));
    let whole = whole.expect("an archive");
    fs::write(at("cut.zip"), &whole[..whole.len() / 2]).expect("a file");
    // A member that says it is short and is long, and one that is damaged.
    let long = "nothing ".repeat(100_000);
    let mut lying = fs::read(zip(&at("lying.zip"), &[("a.txt", long.as_bytes())])).expect("it");
    let size = u32::try_from(long.len()).expect("small").to_le_bytes();
    let mut at_byte = 0;
    while let Some(found) = memchr::memmem::find(&lying[at_byte..], &size) {
        lying[at_byte + found..at_byte + found + 4].copy_from_slice(&9_u32.to_le_bytes());
        at_byte += found + 4;
    }
    fs::write(at("lying.zip"), lying).expect("a file");
    // Encrypted: the flag is enough.
    let mut secret = fs::read(zip(&at("secret.zip"), &[("a.txt", b"Secret words.")])).expect("it");
    let local = memchr::memmem::find(&secret, b"PK\x03\x04").expect("a header");
    secret[local + 6] |= 1;
    let central = memchr::memmem::find(&secret, b"PK\x01\x02").expect("an entry");
    secret[central + 8] |= 1;
    fs::write(at("secret.zip"), secret).expect("a file");
    for (name, word) in [
        ("words.zip", "cannot be unpacked"),
        ("empty.zip", "cannot be unpacked"),
        ("cut.zip", "cannot be unpacked"),
        ("lying.zip", ""),
        ("secret.zip", "encrypted"),
    ] {
        let gathered = all(&[at(name)]);
        assert!(gathered.articles.is_empty(), "{name}");
        assert_eq!(gathered.failed.len(), 1, "{name}");
        assert!(gathered.failed[0].why.contains(word), "{name}: {}", gathered.failed[0].why);
    }
}

#[test]
fn a_bomb_is_stopped_by_what_it_unpacks_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bomb.zip");
    let mut writer = ZipWriter::new(fs::File::create(&path).expect("a file"));
    writer.start_file("big.txt", SimpleFileOptions::default().large_file(true)).expect("a member");
    let zeros = vec![b'0'; 1 << 20];
    for _ in 0..257 {
        writer.write_all(&zeros).expect("its bytes");
    }
    writer.finish().expect("an archive");
    assert!(fs::metadata(&path).expect("it").len() < 2 << 20, "it is small");
    let gathered = all(&[path]);
    assert!(gathered.articles.is_empty());
    assert!(gathered.failed[0].why.contains("too large"), "{:?}", gathered.failed);
}

#[test]
fn mutants_of_an_archive_never_panic() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = zip(
        &folder.path().join("m.zip"),
        &[("a/b.txt", b"Words of a."), ("c.md", b"# Words\n\nof c."), ("d/", b"")],
    );
    let whole = fs::read(&path).expect("an archive");
    let mut dice = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..3 {
            dice ^= dice << 13;
            dice ^= dice >> 7;
            dice ^= dice << 17;
            let at = usize::try_from(dice % bytes.len() as u64).expect("small");
            bytes[at] = (dice >> 40) as u8;
        }
        fs::write(&path, bytes).expect("a file");
        let gathered = all(std::slice::from_ref(&path));
        assert!(gathered.articles.len() <= 3);
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_pipes_are_not_waited_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = folder.path().join("case");
    put(&case, "a.txt", "Words.");
    put(folder.path(), "outside.txt", "Words outside.");
    std::os::unix::fs::symlink(&case, case.join("loop")).expect("a link");
    std::os::unix::fs::symlink("../outside.txt", case.join("out.txt")).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(case.join("pipe")).status();
    assert!(made.expect("mkfifo is there").success());
    let gathered = all(&[case]);
    assert_eq!(names(&gathered), [("case/a.txt", "")]);
    let left: Vec<&str> = gathered.left_out.iter().map(|it| &*it.name).collect();
    assert_eq!(left, ["case/loop", "case/out.txt", "case/pipe"]);
    let gathered = all(&[PathBuf::from("/dev/null"), PathBuf::from("/nowhere/at all.txt")]);
    assert_eq!(gathered.failed.len(), 2);
    assert!(gathered.failed.iter().all(|it| it.chosen));
}

#[test]
fn stopped_midway_there_is_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for n in 0..50 {
        put(folder.path(), &format!("{n}.txt"), &format!("Words of {n}."));
    }
    let read = Cell::new(0);
    let seen = AtomicUsize::new(0);
    let progress = |at: Progress| {
        read.set(read.get() + 1);
        seen.store(at.done, Ordering::Relaxed);
    };
    let stop = || seen.load(Ordering::Relaxed) >= 10;
    let ended = gather(
        &[folder.path().to_owned()],
        &ReadOptions::default(),
        None,
        &|_| None,
        &stop,
        &progress,
    );
    assert_eq!(ended.expect_err("stopped"), Stopped);
    assert_eq!(read.get(), 10);
}
