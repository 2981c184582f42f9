//! Saving keeps who may read and write a notebook, and lets nobody read what they could not.
//!
//! Most of it can only be seen as several users: the superuser (in CI, too) tries it as others, by setpriv. What
//! cannot be tried says so and passes.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::io::Write as _;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use casebook::app::{self, Intent, Prefs, PrefsFile, Program, SessionIntent, SettingsIntent};
use casebook::edit::Edit;
use casebook::notebook::{Notebook, ViewState};
use casebook::recovery::Folder;
use casebook::storage::{self, Lock};
use rustix::fs::{XattrFlags, getxattr, setxattr};
use tempfile::TempDir;

/// Users and groups that need not exist anywhere else.
const ANNE: u32 = 41_001;
const PAUL: u32 = 41_002;
const DESK: u32 = 41_100;

const LIST: &str = "system.posix_acl_access";
const LIST_OF_FOLDER: &str = "system.posix_acl_default";

/// A folder that everybody may write, with a notebook, a list of edits and a copy of the program that everybody may run.
struct Case {
    root: TempDir,
    notebook: PathBuf,
    before: Vec<u8>,
}

impl Case {
    /// The notebook belongs to this user and group. `None` where the test is not the superuser's.
    fn new(owner: u32, group: u32, mode: u32) -> Option<Self> {
        let root = tempfile::tempdir().unwrap();
        let at = |name: &str| root.path().join(name);
        let setpriv =
            Command::new("setpriv").args(["--reuid", "1", "--clear-groups", "true"]).output();
        if std::fs::metadata(root.path()).unwrap().uid() != 0
            || !setpriv.is_ok_and(|done| done.status.success())
        {
            say("skipped, it takes the superuser and setpriv");
            return None;
        }
        let set = |path: &Path, mode| {
            std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
        };
        set(root.path(), 0o755);
        std::fs::create_dir(at("shared")).unwrap();
        set(&at("shared"), 0o777);
        // By another process: a program cannot be run while a process has it open to write it, and one that another test
        // is just starting holds all that is open here.
        let from = env!("CARGO_BIN_EXE_casebook");
        assert!(Command::new("cp").arg(from).arg(at("casebook")).status().unwrap().success());
        set(&at("casebook"), 0o755);
        std::fs::write(at("edits.ron"), "[Title(\"after\")]").unwrap();
        let notebook = at("shared/n.ron");
        let before = storage::render(&Notebook::new("before"), &ViewState::default()).into_bytes();
        std::fs::write(&notebook, &before).unwrap();
        chown(&notebook, Some(owner), Some(group)).unwrap();
        set(&notebook, mode);
        Some(Self { root, notebook, before })
    }

    fn at(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// `casebook edit` by this user, in these groups.
    fn run(&self, user: u32, groups: &[u32]) -> Output {
        let mut command = Command::new("setpriv");
        command.args(["--reuid", &user.to_string(), "--regid", &groups[0].to_string()]);
        match groups {
            [_] => command.arg("--clear-groups"),
            [_, more @ ..] => {
                let more: Vec<_> = more.iter().map(u32::to_string).collect();
                command.args(["--groups", &more.join(",")])
            }
            [] => unreachable!(),
        };
        command
            .arg(self.at("casebook"))
            .arg("edit")
            .args([&self.notebook, &self.at("edits.ron")])
            .output()
            .unwrap()
    }

    /// The same, which leaves nothing but the notebook.
    fn edit(&self, user: u32, groups: &[u32]) -> Output {
        let done = self.run(user, groups);
        assert_eq!(names(&self.at("shared")), ["n.ron"], "{done:?}");
        done
    }

    /// The same, which must save, with what it said.
    fn saved(&self, user: u32, groups: &[u32]) -> String {
        let done = self.edit(user, groups);
        assert!(done.status.success(), "{done:?}");
        assert_ne!(std::fs::read(&self.notebook).unwrap(), self.before);
        String::from_utf8(done.stderr).unwrap()
    }

    /// Owner, group and mode.
    fn access(&self) -> (u32, u32, u32) {
        let now = std::fs::metadata(&self.notebook).unwrap();
        (now.uid(), now.gid(), now.mode() & 0o7777)
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn say(what: &str) {
    std::io::stderr().write_all(format!("permissions: {what}\n").as_bytes()).unwrap();
}

/// An access list (acl(5)) that lets one more user read and write: as the system keeps it, its numbers little-endian.
fn list_with(user: u32) -> Vec<u8> {
    const NOBODY: u32 = u32::MAX;
    // Tag, permissions, whose: the owner, that user, the group, the mask, everybody.
    let entries = [
        (1_u16, 6_u16, NOBODY),
        (2, 6, user),
        (4, 0, NOBODY),
        (0x10, 6, NOBODY),
        (0x20, 0, NOBODY),
    ];
    let mut list = 2_u32.to_le_bytes().to_vec();
    for (tag, permissions, whose) in entries {
        list.extend(tag.to_le_bytes());
        list.extend(permissions.to_le_bytes());
        list.extend(whose.to_le_bytes());
    }
    list
}

/// The access list of a file, where it has one; `false` where its file system knows none.
fn list_of(path: &Path) -> Option<Vec<u8>> {
    let mut list = vec![0; 1000];
    let length = getxattr(path, LIST, list.as_mut_slice()).ok()?;
    list.truncate(length);
    Some(list)
}

fn set_list(path: &Path, name: &str, list: &[u8]) -> bool {
    let set = setxattr(path, name, list, XattrFlags::empty());
    if set.is_err() {
        say("access lists: skipped, this file system has none");
    }
    set.is_ok()
}

#[test]
fn the_superuser_saves_and_the_file_stays_its_owners() {
    for mode in [0o600, 0o640, 0o664] {
        let Some(case) = Case::new(ANNE, DESK, mode) else { return };
        assert_eq!(case.saved(0, &[0]), "");
        assert_eq!(case.access(), (ANNE, DESK, mode));
        // Who owns it can go on with it.
        std::fs::write(case.at("edits.ron"), "[Title(\"later\")]").unwrap();
        assert_eq!(case.saved(ANNE, &[ANNE, DESK]), "");
        assert_eq!(case.access(), (ANNE, DESK, mode));
    }
}

#[test]
fn a_group_is_kept_or_loses_its_access() {
    let Some(case) = Case::new(ANNE, DESK, 0o660) else { return };
    assert_eq!(case.saved(ANNE, &[ANNE, DESK]), "");
    assert_eq!(case.access(), (ANNE, DESK, 0o660));
    // One who has left the group cannot keep it.
    for (mode, left) in [(0o660, 0o600), (0o640, 0o600), (0o664, 0o600), (0o600, 0o600)] {
        let case = Case::new(ANNE, DESK, mode).unwrap();
        let said = case.saved(ANNE, &[ANNE]);
        assert_eq!(case.access(), (ANNE, ANNE, left), "{said}");
        for part in ["n.ron", "group could not be kept", "nobody but its owner"] {
            assert!(said.contains(part), "{said}");
        }
    }
}

#[test]
fn a_file_that_a_user_may_not_write_is_left_alone_where_its_folder_would_take_another() {
    for (owner, group, mode) in [(PAUL, DESK, 0o644), (PAUL, PAUL, 0o664), (0, 0, 0o604)] {
        let Some(case) = Case::new(owner, group, mode) else { return };
        let inode = std::fs::metadata(&case.notebook).unwrap().ino();
        let done = case.edit(ANNE, &[ANNE, DESK]);
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(!done.status.success());
        for part in ["n.ron", "may not write", "Save as"] {
            assert!(said.contains(part), "{said}");
        }
        assert_eq!(case.access(), (owner, group, mode));
        assert_eq!(std::fs::metadata(&case.notebook).unwrap().ino(), inode);
        assert_eq!(std::fs::read(&case.notebook).unwrap(), case.before);
    }
}

#[test]
fn a_colleagues_file_that_the_group_may_write_changes_its_owner_and_that_is_said() {
    let Some(case) = Case::new(PAUL, DESK, 0o660) else { return };
    let said = case.saved(ANNE, &[ANNE, DESK]);
    assert_eq!(case.access(), (ANNE, DESK, 0o660));
    assert!(said.contains("owner could not be kept") && said.contains("as they were"), "{said}");
    // Everybody may write it: its owner is not shut out, and nobody gains.
    for (mode, left) in [(0o666, 0o666), (0o646, 0o644), (0o626, 0o622)] {
        let case = Case::new(PAUL, DESK, mode).unwrap();
        let said = case.saved(ANNE, &[ANNE]);
        assert_eq!(case.access(), (ANNE, ANNE, left & mode), "{mode:o}: {said}");
        assert!(said.contains("owner and group could not be kept"), "{said}");
    }
}

#[test]
fn access_lists_are_kept_or_nobody_else_has_access() {
    let Some(case) = Case::new(ANNE, DESK, 0o600) else { return };
    let list = list_with(PAUL);
    if !set_list(&case.notebook, LIST, &list) {
        return;
    }
    assert_eq!(case.access(), (ANNE, DESK, 0o660), "the mask shows as the group’s bits");
    for (user, groups) in [(ANNE, &[ANNE, DESK][..]), (0, &[0])] {
        std::fs::write(case.at("edits.ron"), format!("[Title(\"by {user}\")]")).unwrap();
        assert_eq!(case.saved(user, groups), "");
        assert_eq!(case.access(), (ANNE, DESK, 0o660));
        assert_eq!(list_of(&case.notebook).as_ref(), Some(&list));
    }
    // With another group the list would let that one in.
    let said = case.saved(ANNE, &[ANNE]);
    assert_eq!(case.access(), (ANNE, ANNE, 0o600));
    assert_eq!(list_of(&case.notebook), None);
    assert!(said.contains("group and access list could not be kept"), "{said}");
}

#[test]
fn what_a_folder_gives_to_new_files_is_not_given_to_an_old_one() {
    let Some(case) = Case::new(ANNE, DESK, 0o640) else { return };
    if !set_list(&case.at("shared"), LIST_OF_FOLDER, &list_with(PAUL)) {
        return;
    }
    assert_eq!(case.saved(ANNE, &[ANNE, DESK]), "");
    assert_eq!((case.access(), list_of(&case.notebook)), ((ANNE, DESK, 0o640), None));
}

#[test]
fn the_new_file_is_its_owners_alone_until_its_owner_and_group_are_right() {
    let Some(case) = Case::new(ANNE, DESK, 0o664) else { return };
    let has_lists = set_list(&case.notebook, LIST, &list_with(PAUL));
    let trace = case.at("trace");
    let calls =
        "trace=openat,open,creat,fchown,fchmod,chmod,chown,fsetxattr,rename,renameat,renameat2";
    let traced = Command::new("strace")
        .args(["-f", "-o"])
        .arg(&trace)
        .args(["-e", calls])
        .arg(case.at("casebook"))
        .arg("edit")
        .args([&case.notebook, &case.at("edits.ron")])
        .output();
    if !traced.is_ok_and(|done| done.status.success()) {
        return say("the order of calls: skipped, strace is not installed or may not trace here");
    }
    let trace = std::fs::read_to_string(trace).unwrap();
    let lines: Vec<&str> =
        trace.lines().skip_while(|line| !line.contains("casebook-tmp")).collect();
    assert!(lines[0].contains("O_EXCL") && lines[0].contains("0600"), "{}", lines[0]);
    let at = |call: &str| {
        lines
            .iter()
            .position(|line| line.contains(call))
            .unwrap_or_else(|| panic!("{call}: {trace}"))
    };
    assert!(at("fchown(") < at("rename"), "{trace}");
    if has_lists {
        assert!(at(&format!("1, {DESK})")) < at("fsetxattr("), "{trace}");
    }
    for (i, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("chmod(")) {
        assert!(at("fchown(") < i && i < at("rename"), "{line}: {trace}");
    }
}

#[test]
fn whoever_may_write_a_notebook_sees_that_it_is_locked() {
    // Another of the group, its owner, and one who may not even read the lock.
    let Some(case) = Case::new(ANNE, DESK, 0o660) else { return };
    let lock = Lock::acquire(&case.notebook).unwrap();
    let lock_file = case.at("shared/.n.ron.lock");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().mode() & 0o777;
    for (user, groups) in [(PAUL, &[PAUL, DESK][..]), (ANNE, &[ANNE])] {
        assert_eq!(mode(&lock_file), 0o660);
        let done = case.run(user, groups);
        let said = String::from_utf8(done.stderr).unwrap();
        let pid = std::process::id().to_string();
        assert!(said.contains("is open in another Casebook") && said.contains(&pid), "{said}");
        assert_eq!(std::fs::read(&case.notebook).unwrap(), case.before);
    }
    drop(lock);
    assert_eq!(names(&case.at("shared")), ["n.ron"]);
    // One that only its owner may write: the lock is theirs alone.
    let case = Case::new(ANNE, DESK, 0o644).unwrap();
    let lock = Lock::acquire(&case.notebook).unwrap();
    let lock_file = case.at("shared/.n.ron.lock");
    assert_eq!(mode(&lock_file), 0o600);
    let said = String::from_utf8(case.run(ANNE, &[ANNE]).stderr).unwrap();
    assert!(said.contains("is open in another Casebook"), "{said}");
    // Another user’s that cannot be opened, in a folder of everybody’s: it is gone on, and said before.
    std::fs::set_permissions(&case.notebook, PermissionsExt::from_mode(0o666)).unwrap();
    let done = case.run(PAUL, &[PAUL]);
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        said.contains("cannot be locked") && said.contains("another user’s Casebook"),
        "{said}"
    );
    drop(lock);
    // A lock that another user's Casebook left when it was killed is no hindrance to whoever may read it.
    let case = Case::new(ANNE, DESK, 0o660).unwrap();
    for mode in [0o644, 0o660] {
        let lock_file = case.at("shared/.n.ron.lock");
        std::fs::write(&lock_file, "casebook\n4711\nhere\n2031-03-07T00:00:00Z\n").unwrap();
        std::fs::set_permissions(&lock_file, PermissionsExt::from_mode(mode)).unwrap();
        chown(&lock_file, Some(PAUL), Some(DESK)).unwrap();
        let said = case.saved(ANNE, &[ANNE, DESK]);
        assert_eq!(said, "", "{mode:o}");
        std::fs::write(case.at("edits.ron"), "[Title(\"later\")]").unwrap();
    }
}

const OPEN_UMASK: &str = "CASEBOOK_UNDER_AN_OPEN_UMASK";

/// Not a test but the program where everybody may read and write what is made without a word about it.
#[test]
fn child_under_an_open_umask() {
    let Some(home) = std::env::var_os(OPEN_UMASK).map(PathBuf::from) else { return };
    let at = |name: &str| home.join(name);
    std::fs::write(at("probe"), "").unwrap();
    assert_eq!(std::fs::metadata(at("probe")).unwrap().mode() & 0o777, 0o666, "no open umask");
    std::fs::remove_file(at("probe")).unwrap();
    let prefs = PrefsFile::in_folder(&at("config/casebook"));
    let mut program = Program::with_folder(prefs, Folder::at(at("share/casebook")));
    let mut go = |intent| {
        program.dispatch(intent);
        assert!(program.settle(std::time::Duration::from_secs(120)));
    };
    std::fs::create_dir(at("book")).unwrap();
    std::fs::set_permissions(at("book"), PermissionsExt::from_mode(0o700)).unwrap();
    go(Intent::Session(SessionIntent::AddText(
        "Anne Kervel a rencontré Paul Ormelot vendredi.\n".to_owned(),
    )));
    go(Intent::Session(SessionIntent::SaveTo(at("book/n.ron"))));
    go(Intent::Session(SessionIntent::Edit(Edit::Title("after".to_owned()))));
    go(Intent::Settings(SettingsIntent::SetPrefs(Prefs::default())));
    go(Intent::Run(app::Command::Save));
    go(Intent::Session(SessionIntent::Edit(Edit::Title("not saved".to_owned()))));
    assert!(program.flush_journal(std::time::Duration::from_secs(120)));

    let (mut folders, mut seen) = (vec![home.clone()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let metadata = std::fs::symlink_metadata(&path).unwrap();
            let wanted = if metadata.is_dir() { 0o700 } else { 0o600 };
            assert_eq!(metadata.mode() & 0o777, wanted, "{}", path.display());
            seen.push(path.to_string_lossy().into_owned());
            if metadata.is_dir() {
                folders.push(path);
            }
        }
    }
    for part in ["/n.ron", ".n.ron.lock", "settings.ron", ".journal", "notebook.txt", "backups/"] {
        assert!(seen.iter().any(|path| path.contains(part)), "no {part}: {seen:?}");
    }
}

#[test]
fn under_an_open_umask_all_that_is_made_is_private() {
    let home = tempfile::tempdir().unwrap();
    let done = Command::new("sh")
        .args(["-c", "umask 000 && exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["child_under_an_open_umask", "--exact", "--test-threads=1"])
        .env(OPEN_UMASK, home.path())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stdout);
    assert!(done.status.success(), "{said}\n{}", String::from_utf8_lossy(&done.stderr));
}
