//! The file of a lock: opening or making it, checking it, and writing it.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::private;

/// A lock's first line.
const FIRST: &str = "casebook\n";
/// The greatest length of a lock file, in bytes.
const LONGEST: u64 = 4096;

/// The process that has a notebook open, as far as the lock tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The process.
    pub pid: u32,
    /// The machine.
    pub host: String,
    /// Since when: RFC 3339, UTC.
    pub since: String,
    /// The lock file, where the file system does not support locks. It stays when Casebook or its machine crashes, and
    /// must then be removed by hand.
    pub sign: Option<PathBuf>,
}

/// How a lock's file was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// It did not exist and was made, readable by its owner only.
    Made,
    /// It existed and can be written.
    ToWrite,
    /// It belongs to another user. Whoever may read it can lock it.
    ToRead,
}

/// Opens a lock's file, or makes it.
pub(super) fn open(path: &Path) -> io::Result<(File, Opened)> {
    match private::new_file(path) {
        Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {}
        made => return Ok((made?, Opened::Made)),
    }
    match private::options().open(path) {
        Ok(file) => Ok((file, Opened::ToWrite)),
        Err(why) if why.kind() == io::ErrorKind::PermissionDenied => {
            Ok((File::open(path)?, Opened::ToRead))
        }
        // It was removed in between.
        Err(why) if why.kind() == io::ErrorKind::NotFound => {
            Ok((private::options().create(true).truncate(false).open(path)?, Opened::ToWrite))
        }
        Err(why) => Err(why),
    }
}

/// Whether the path still leads to this open file.
#[cfg(unix)]
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), std::fs::symlink_metadata(path)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

#[cfg(not(unix))]
pub(super) fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// Whether a file may be written as a lock: it is empty, or holds what a lock holds, and is not a hard link: the other
/// name's file would be overwritten with it.
pub(super) fn is_lock(file: &mut File) -> io::Result<bool> {
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) > 1 {
        return Ok(false);
    }
    file.rewind()?;
    let mut found = Vec::new();
    Read::by_ref(file).take(LONGEST + 1).read_to_end(&mut found)?;
    // A power cut may have left only a part of one, or zeros where its bytes never came.
    let ours = found.iter().zip(FIRST.bytes()).all(|(is, was)| *is == was || *is == 0);
    Ok(ours && found.len() as u64 <= LONGEST)
}

pub(super) fn write(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    let now = jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ");
    write!(file, "{FIRST}{}\n{}\n{now}\n", std::process::id(), host())
}

/// The holder that wrote it, where that can be read.
pub(super) fn holder(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.rewind().ok()?;
    Read::by_ref(file).take(LONGEST).read_to_string(&mut text).ok()?;
    let mut lines = text.strip_prefix(FIRST)?.lines();
    let pid = lines.next()?.parse().ok()?;
    let host = lines.next()?.to_owned();
    Some(Holder { pid, host, since: lines.next()?.to_owned(), sign: None })
}

impl Holder {
    /// What to do if the notebook is not open there any more, where that cannot be detected: “; if … remove …”.
    /// Otherwise empty.
    #[must_use]
    pub fn if_not(&self) -> String {
        self.sign.as_ref().map_or_else(String::new, |sign| {
            format!("; if nobody has it open there any more, remove the file {}", sign.display())
        })
    }

    /// Whether its process is known to have ended, which can be known only on the same machine.
    pub(super) fn has_ended(&self) -> bool {
        #[cfg(unix)]
        {
            use rustix::io::Errno;
            use rustix::process::{Pid, test_kill_process};
            let pid = i32::try_from(self.pid).ok().and_then(Pid::from_raw);
            self.host == host() && pid.is_some_and(|pid| test_kill_process(pid) == Err(Errno::SRCH))
        }
        #[cfg(not(unix))]
        false
    }
}

fn host() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname")
        .or_else(|_| std::fs::read_to_string("/etc/hostname"))
        .ok()
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .or_else(|| std::env::var("HOSTNAME").ok());
    let name = name.as_deref().map_or("", str::trim);
    if name.is_empty() { "this machine".to_owned() } else { name.replace('\n', " ") }
}
