//! A read-only folder with a writable file in it: the one place where a file could be saved only by writing over it.

use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

use casebook::app::questions::NotSaved;
use casebook::app::{self, Answer, DialogKind, Effect, Intent, Level, SessionIntent};
use casebook::edit::Edit;
use casebook::storage;

use crate::kill::open;
use crate::tools::{Case, LONG, finish, names, run, say};

const FOLDER: &str = "CASEBOOK_FAULTS_READ_ONLY";

/// Not a test but the program where the folder's mode counts: the superuser's would not.
#[test]
fn child_in_a_read_only_folder() {
    let Some(path) = std::env::var_os(FOLDER).map(PathBuf::from) else { return };
    let folder = path.parent().unwrap();
    if std::fs::write(folder.join("probe"), "").is_ok() {
        std::fs::remove_file(folder.join("probe")).unwrap();
        say("a read-only folder: skipped, its mode does not count here");
        return;
    }
    let state = |path: &Path| {
        let metadata = std::fs::metadata(path).unwrap();
        (metadata.ino(), metadata.mtime_nsec(), std::fs::read(path).unwrap())
    };
    // The file itself could be written.
    std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    let before = state(&path);

    let mut program = open(&path);
    let locked = |program: &app::Program| {
        program.notices().iter().any(|notice| notice.text.contains("cannot be locked"))
    };
    assert!(locked(&program), "{:?}", program.notices());
    let go = |program: &mut app::Program, intent| {
        program.dispatch(intent);
        assert!(program.settle(LONG));
    };
    go(&mut program, Intent::Session(SessionIntent::Edit(Edit::Title("after".to_owned()))));
    go(&mut program, Intent::Run(app::Command::Save));
    let Some(NotSaved(why)) = program.asked() else {
        panic!("nothing is offered: {:?}", program.notices())
    };
    assert!(why.contains("read-only") && why.contains("Save as"), "{why}");
    assert!(program.notices().iter().any(|notice| notice.level == Level::Error));
    assert!(program.open_notebook().unwrap().is_modified());
    assert!(state(&path) == before, "the file was touched");
    assert_eq!(names(folder), ["n.ron"]);

    // “Save as…” asks where to, and what was done is saved there.
    go(&mut program, Intent::Answer(Answer::SaveAs));
    let effects = program.take_effects();
    assert!(
        effects.iter().any(|effect| matches!(effect, Effect::Dialog(DialogKind::SaveAs { .. }))),
        "{effects:?}"
    );
    let elsewhere = folder.parent().unwrap().join("elsewhere.ron");
    go(&mut program, Intent::Session(SessionIntent::SaveTo(elsewhere.clone())));
    assert!(!program.open_notebook().unwrap().is_modified(), "{:?}", program.notices());
    let saved = storage::load(&elsewhere, &|| false, &|_| {}).unwrap();
    assert_eq!(saved.notebook.title(), "after");
    assert!(state(&path) == before, "the file was touched");
    say(
        "a read-only folder with a writable file: not saved, not touched, “Save as…” offered and done",
    );
}

#[test]
fn in_a_read_only_folder_the_file_is_never_written_over() {
    let case = Case::new();
    let folder = case.notebook.parent().unwrap();
    let set = |mode| {
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(0o555);
    let itself = std::env::current_exe().unwrap();
    // The superuser without the right to pass over modes is held to them like anybody.
    let without = "-dac_override,-dac_read_search";
    let setpriv = ["--bounding-set", without, "--inh-caps", without];
    let root = std::fs::metadata("/proc/self").is_ok_and(|itself| itself.uid() == 0);
    let can = run(Command::new("sh").args(["-c", "command -v setpriv"])).status.success()
        && run(Command::new("setpriv").args(setpriv).arg("true")).status.success();
    let mut command = if root && can {
        let mut command = Command::new("setpriv");
        command.args(setpriv).arg(itself);
        command
    } else {
        Command::new(itself)
    };
    command
        .args(["folder::child_in_a_read_only_folder", "--exact", "--test-threads=1"])
        .env(FOLDER, &case.notebook)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    let done = finish(command.spawn().unwrap());
    set(0o755);
    let said = String::from_utf8_lossy(&done.stderr);
    for line in said.lines().filter(|line| line.starts_with("faults: ")) {
        say(line.trim_start_matches("faults: "));
    }
    assert!(done.status.success(), "{}\n{said}", String::from_utf8_lossy(&done.stdout));
}
