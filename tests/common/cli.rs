//! The program without a window, as a script runs it.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Runs `casebook` in a folder.
pub fn run(folder: impl AsRef<Path>, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_casebook"))
        .args(args)
        .current_dir(folder.as_ref())
        .output()
        .unwrap()
}

/// What a run that went well printed.
pub fn text(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What a run that went well printed, as JSON.
pub fn json(folder: impl AsRef<Path>, args: &[&str]) -> Value {
    serde_json::from_str(&text(run(folder, args))).unwrap()
}
