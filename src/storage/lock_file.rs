//! The file of a lock: opened or made, looked at, and written.

use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::private;

/// A lock's first line.
const FIRST: &str = "casebook\n";
/// A longer file (bytes) is no lock.
const LONGEST: u64 = 4096;

/// Who has a notebook open, as far as the lock tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The process.
    pub pid: u32,
    /// The machine.
    pub host: String,
    /// Since when: RFC 3339, UTC.
    pub since: String,
    /// Where the disk knows no locks, the file that says all this. It stays when a Casebook is killed or its machine
    /// is, and is to be removed then by hand.
    pub sign: Option<PathBuf>,
}

/// How a lock's file was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// It was not there and was made, for its owner alone.
    Made,
    /// It was there and can be written.
    ToWrite,
    /// It is another user's. It can be locked by whoever may read it.
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
        // Removed in between.
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

/// Whether a file may be written as a lock: it is empty, or holds what a lock holds, and has no other name. A file of
/// another name would be written over with it.
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

/// Who wrote it, where that can be read.
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
    /// What to do if nobody has it open any more, where that cannot be told: “; if … remove …”. Else nothing.
    #[must_use]
    pub fn if_not(&self) -> String {
        self.sign.as_ref().map_or_else(String::new, |sign| {
            format!("; if nobody has it open there any more, remove the file {}", sign.display())
        })
    }

    /// Whether its process is known to have ended: only of one on this machine that can be known.
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
