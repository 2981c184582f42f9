//! What is installed on this machine, for the window, which does not access files itself, and opening a file where the
//! desktop opens such files.

use std::ffi::OsString;
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// A program that opens files with whatever the desktop opens them with. It is run without a shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opener {
    program: OsString,
    before: Vec<OsString>,
}

impl Default for Opener {
    /// The desktop’s own.
    fn default() -> Self {
        let (program, before): (_, &[&str]) = if cfg!(target_os = "macos") {
            ("open", &[])
        } else if cfg!(windows) {
            // `start` would need a shell.
            ("rundll32.exe", &["url.dll,FileProtocolHandler"])
        } else {
            ("xdg-open", &[])
        };
        Self { program: program.into(), before: before.iter().map(OsString::from).collect() }
    }
}

/// Why a file was not opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The program is not installed.
    #[error("“{0}”, which opens files here, is not installed")]
    Missing(String),
    /// It could not be run.
    #[error("“{0}” could not be run ({1})")]
    Failed(String, io::Error),
    /// It found nothing that opens such files.
    #[error("this desktop has no program for such files (“{0}” ended with {1})")]
    Refused(String, ExitStatus),
}

impl Opener {
    /// This program, which is given these arguments and then the file’s path.
    #[must_use]
    pub fn program(program: impl Into<OsString>, before: &[&str]) -> Self {
        Self { program: program.into(), before: before.iter().map(OsString::from).collect() }
    }

    /// Opens a file. Waits a few seconds for the program to say that it cannot; some end only with the browser. Belongs
    /// into a job.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(&self, path: &Path, cancelled: &dyn Fn() -> bool) -> Result<(), OpenError> {
        /// So long it is waited for.
        const PATIENCE: Duration = Duration::from_secs(4);
        const APART: Duration = Duration::from_millis(20);
        let name = || self.program.to_string_lossy().into_owned();
        let mut command = Command::new(&self.program);
        command.args(&self.before).arg(path);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => OpenError::Missing(name()),
            _ => OpenError::Failed(name(), error),
        })?;
        let until = Instant::now() + PATIENCE;
        loop {
            match child.try_wait() {
                Ok(Some(status)) if status.success() => return Ok(()),
                Ok(Some(status)) => return Err(OpenError::Refused(name(), status)),
                Ok(None) if Instant::now() < until && !cancelled() => std::thread::sleep(APART),
                Ok(None) => break,
                Err(error) => return Err(OpenError::Failed(name(), error)),
            }
        }
        // Somebody must learn of its end, or the system keeps its entry; nobody waits for it here.
        let reaper = std::thread::Builder::new().name("opener".to_owned());
        let _ = reaper.spawn(move || child.wait());
        Ok(())
    }
}

/// Whether a program of this name can be run, because it is in a folder of `PATH`.
#[must_use]
pub fn has_program(name: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
}

/// Whether the session bus of this Linux desktop would start a service of this name when asked for it.
#[must_use]
pub fn has_session_service(name: &str) -> bool {
    Path::new("/usr/share/dbus-1/services").join(format!("{name}.service")).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_machine_has_is_not_found() {
        assert!(!has_program("no program is called this"));
        assert!(!has_session_service("org.example.NoSuchService"));
    }
}
