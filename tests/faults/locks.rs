//! A disk that knows no locks, as some network and FUSE file systems do: two writers are told before they write.

use std::path::PathBuf;
use std::process::{Command, Output};

use crate::tools::{Case, casebook, names, run, strace};

/// `casebook edit` where asking for a lock fails.
fn edit(case: &Case) -> Output {
    let mut command = Command::new("strace");
    command.args(["-f", "-o", "/dev/null", "-e", "trace=flock", "-e", "inject=flock:error=ENOLCK"]);
    run(command.arg(casebook().get_program()).arg("edit").args([&case.notebook, &case.edits]))
}

fn sign(case: &Case) -> PathBuf {
    case.notebook.with_file_name(".n.ron.lock")
}

#[test]
fn where_there_are_no_locks_a_file_says_who_has_a_notebook_open() {
    if !strace("a disk without locks") {
        return;
    }
    let case = Case::new();
    let folder = case.notebook.parent().unwrap();
    // Nobody has it open.
    let done = edit(&case);
    // The notebook is one of chance: what else is wrong with it is said.
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && !said.contains("lock") && !said.contains("open"), "{done:?}");
    assert!(case.bytes() == case.after.as_bytes());
    assert_eq!(names(folder), ["n.ron"], "the file is gone with who made it");

    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap();
    let put = |pid: u32, host: &str| {
        let text = format!("casebook\n{pid}\n{}\n2031-03-07T10:00:00Z\n", host.trim());
        std::fs::write(sign(&case), text).unwrap();
    };
    // Somebody has, here or on another machine.
    for host in [&*host, "elsewhere"] {
        case.reset();
        put(std::process::id(), host);
        let done = edit(&case);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success());
        for part in ["is open in another Casebook", host.trim(), "remove the file", ".n.ron.lock"] {
            assert!(said.contains(part), "{said}");
        }
        assert!(case.bytes() == case.before.as_bytes());
        assert_eq!(names(folder), [".n.ron.lock", "n.ron"]);
    }
    // One that was killed on this machine, by the number of a process that has ended.
    case.reset();
    let mut ended = Command::new("true").spawn().unwrap();
    ended.wait().unwrap();
    put(ended.id(), &host);
    let done = edit(&case);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && !said.contains("lock") && !said.contains("open"), "{done:?}");
    assert!(case.bytes() == case.after.as_bytes());
    assert_eq!(names(folder), ["n.ron"]);
    // One that says nothing: it is gone on, and said at once.
    case.reset();
    std::fs::write(sign(&case), "").unwrap();
    let done = edit(&case);
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{done:?}");
    for part in ["cannot be locked", "knows no locks", "someone else may be changing it"] {
        assert!(said.contains(part), "{said}");
    }
}
