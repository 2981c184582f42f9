//! A copy of the notebook's file beside its journal, should something else change that file: the deeds need what they
//! were done to.

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use sha2::{Digest, Sha256};

use super::backups;
use super::folder::{self, COPY, Folder};
use super::written::{Hash, hex};
use crate::storage::{LIMIT, Stamp, regular_file};

/// A copy that is being made, on a thread of its own: a large file takes a while, and deeds go on.
pub(super) struct BaseCopy {
    stop: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl BaseCopy {
    /// Starts copying the file with this content beside the journal. `None` where no thread can be had: without a copy
    /// only a file that something else changes meanwhile keeps the edits from being recovered.
    pub(super) fn start(
        folder: &Folder,
        file: &Path,
        stamp: &Stamp,
        journal: &Path,
    ) -> Option<Self> {
        let (from, to, wanted) = (file.to_owned(), journal.with_extension(COPY), stamp.sha256());
        let stop = Arc::new(AtomicBool::new(false));
        let (folder, told) = (folder.clone(), Arc::clone(&stop));
        let started = std::thread::Builder::new().name("base".to_owned()).spawn(move || {
            // A backup with that content serves as well.
            let there = backups::with_content(&folder, &from, &hex(&wanted));
            if there.and_then(|file| folder::hash_of(&file).ok()).is_none_or(|hash| hash != wanted)
            {
                // It is tried once; see above what depends on it.
                let _ = copy_base(&from, &to, &wanted, &told);
            }
        });
        Some(Self { stop, thread: started.ok()? })
    }

    /// Stops it, and waits until it has.
    pub(super) fn end(self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.thread.join();
    }
}

fn copy_base(from: &Path, to: &Path, wanted: &Hash, stop: &AtomicBool) -> io::Result<()> {
    let place = to.parent().unwrap_or(Path::new("."));
    let mut source = regular_file::open(from)?.0.take(LIMIT + 1);
    let mut copy = tempfile::Builder::new().prefix(".").suffix(".tmp").tempfile_in(place)?;
    let (mut hash, mut buffer) = (Sha256::new(), vec![0_u8; 1 << 20]);
    loop {
        if stop.load(Ordering::Relaxed) {
            return Ok(());
        }
        let n = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(n) => n,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let piece = buffer.get(..n).unwrap_or(&[]);
        hash.update(piece);
        copy.write_all(piece)?;
    }
    if Hash::from(hash.finalize()) != *wanted {
        return Ok(());
    }
    copy.as_file().sync_all()?;
    copy.persist(to).map_err(|error| error.error)?;
    folder::sync(place)
}
