//! A disk of one megabyte that fills.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use casebook::recovery::{Folder, backups};

use crate::tools::{Case, casebook, names, run, say, source, titled};

/// Not a test but what runs inside a mount namespace of its own, where a small disk can be mounted.
#[test]
fn child_on_a_small_disk() {
    let Some(folder) = std::env::var_os("CASEBOOK_FAULTS_DISK").map(std::path::PathBuf::from)
    else {
        return;
    };
    let began = Instant::now();
    let mounted =
        run(Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(&folder));
    if !mounted.status.success() {
        say(&format!(
            "a disk of 1 MB that fills: skipped, {}",
            String::from_utf8_lossy(&mounted.stderr).trim()
        ));
        return;
    }
    let case = Case::new();
    let notebook = folder.join("n.ron");
    // It grows by a fifth of its disk at a time, in its title.
    let (mut saved, mut refused) = (0, 0);
    let mut held = source();
    std::fs::write(&notebook, &held).unwrap();
    for step in 1..=12 {
        let title = "é".repeat(step * 50_000);
        std::fs::write(&case.edits, format!("[Title(\"{title}\")]")).unwrap();
        let done = run(casebook().arg("edit").args([&notebook, &case.edits]));
        let said = String::from_utf8_lossy(&done.stderr);
        let bytes = std::fs::read_to_string(&notebook).unwrap();
        if done.status.success() {
            assert_eq!(refused, 0, "it fits again");
            held = titled(&held, &title);
            saved += 1;
        } else {
            assert!(said.contains("no room left") && said.contains("n.ron"), "{said}");
            refused += 1;
        }
        assert!(bytes == held, "step {step}: neither the old file nor the new one");
        assert_eq!(names(&folder), ["n.ron"], "litter on a full disk");
    }
    assert!(saved >= 2 && refused >= 2, "{saved} and {refused}");
    // Filled to the last byte by something else, not even the lock can say who holds it.
    let filler = folder.join("filler");
    let _ = std::fs::write(&filler, vec![0; 1 << 20]);
    std::fs::write(&case.edits, "[Title(\"short\")]").unwrap();
    let done = run(casebook().arg("edit").args([&notebook, &case.edits]));
    assert!(!done.status.success());
    assert!(std::fs::read_to_string(&notebook).unwrap() == held);
    std::fs::remove_file(filler).unwrap();
    let done = run(casebook().arg("edit").args([&notebook, &case.edits]));
    assert!(done.status.success(), "there is room again: {done:?}");
    assert!(std::fs::read_to_string(&notebook).unwrap() == titled(&held, "short"));
    assert_eq!(names(&folder), ["n.ron"]);
    a_full_data_folder(&folder);
    an_export(&folder, &case.notebook);
    say(&format!(
        "a disk of 1 MB that fills: {saved} saves fitted, {} did not: each told, old file whole; {:.0} s",
        refused + 1,
        began.elapsed().as_secs_f64()
    ));
}

/// Where backups find no room nothing is left half made, and the next one is kept.
fn a_full_data_folder(disk: &Path) {
    let data = Folder::at(disk.join("data"));
    let (notebook, filler) = (disk.join("n.ron"), disk.join("filler"));
    let keep = |text: &str| backups::keep(&data, &notebook, text.as_bytes(), 1_800_000_000);
    let opened = || backups::keep_opened(&data, &notebook, None, 1_800_000_000);
    let _ = std::fs::write(&filler, vec![0; 1 << 20]);
    assert!(keep("saved").is_err() && opened().is_err());
    let made = names(&disk.join("data/backups"));
    let [made] = &made[..] else { panic!("{made:?}") };
    assert_eq!(names(&disk.join("data/backups").join(made)), Vec::<String>::new());
    std::fs::remove_file(filler).unwrap();
    opened().unwrap();
    keep("saved").unwrap();
    assert_eq!(backups::list(&data, &notebook).len(), 2);
    let named = std::fs::read(disk.join("data/backups").join(made).join("notebook.txt")).unwrap();
    assert_eq!(named, notebook.as_os_str().as_encoded_bytes());
    backups::purge(&data, None, &|| false).unwrap();
}

/// Where an export finds no room the last one is kept, and nothing is left beside it.
fn an_export(disk: &Path, notebook: &Path) {
    let (filler, file, folder) = (disk.join("filler"), disk.join("out.md"), disk.join("tables"));
    let export = |format: &str, to: &Path| {
        let to_format = ["--to", format, "--force", "-o"];
        run(casebook().arg("export").arg(notebook).args(to_format).arg(to))
    };
    std::fs::write(&file, "the last one").unwrap();
    assert!(export("csv", &folder).status.success());
    let (there, tables) = (names(disk), names(&folder));
    let entities = std::fs::read(folder.join("entities.csv")).unwrap();
    let _ = std::fs::write(&filler, vec![0; 1 << 20]);
    for (format, to) in [("markdown", &file), ("csv", &folder)] {
        let done = export(format, to);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{said}");
        assert!(
            said.contains("no room left") && said.contains("What was there was kept"),
            "{said}"
        );
    }
    std::fs::remove_file(&filler).unwrap();
    assert_eq!((names(disk), names(&folder)), (there, tables), "litter on a full disk");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "the last one");
    assert_eq!(std::fs::read(folder.join("entities.csv")).unwrap(), entities);
    assert!(export("markdown", &file).status.success(), "there is room again");
}

#[test]
fn a_limit_on_file_sizes_is_an_error() {
    let case = Case::new();
    // In blocks of 512 or of 1,024 bytes, as the shell has it: less than the notebook in any case.
    let bytes = case.before.len();
    assert!(bytes > 10_000, "{bytes}");
    let limited = run(Command::new("sh")
        .args(["-c", "ulimit -f 8 && exec \"$0\" edit \"$@\""])
        .arg(env!("CARGO_BIN_EXE_casebook"))
        .args([&case.notebook, &case.edits]));
    let said = String::from_utf8_lossy(&limited.stderr);
    assert_eq!(limited.status.code(), Some(1), "{limited:?}");
    for part in ["n.ron", "not saved", "ulimit -f", "Save as"] {
        assert!(said.contains(part), "{said}");
    }
    assert!(case.bytes() == case.before.as_bytes());
    assert_eq!(names(case.notebook.parent().unwrap()), ["n.ron"]);
}

#[test]
fn a_disk_that_fills_keeps_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let itself = std::env::current_exe().unwrap();
    for namespace in [&["--mount"][..], &["--map-root-user", "--mount"]] {
        let probe = run(Command::new("unshare").args(namespace).arg("true"));
        if !probe.status.success() {
            continue;
        }
        let done = Command::new("unshare")
            .args(namespace)
            .arg(itself)
            .args(["full::child_on_a_small_disk", "--exact", "--test-threads=1"])
            .env("CASEBOOK_FAULTS_DISK", folder.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        for line in said.lines().filter(|line| line.starts_with("faults: ")) {
            say(line.trim_start_matches("faults: "));
        }
        assert!(done.status.success(), "{}\n{said}", String::from_utf8_lossy(&done.stdout));
        return;
    }
    say("a disk of 1 MB that fills: skipped, no mount namespace can be made here");
}
