//! Unsaved work: the journals in the data folder that no running Casebook holds.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};
use std::path::{Path, PathBuf};

use super::base;
use super::folder::{COPY, DAMAGED, Folder, JOURNAL, claim, discard, name_of};
use super::journal::{self, About, Summary};
use super::replay::{FileState, file_state};

/// A journal that holds unsaved work and that no running Casebook is writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsavedWork {
    /// The journal's file.
    pub journal: PathBuf,
    /// What it is about.
    pub about: About,
    /// How many edits it holds that the notebook's file does not.
    pub edits: usize,
    /// When the last of them was made: seconds since 1970, UTC.
    pub last: i64,
    /// The state of the notebook's file compared with it.
    pub file_state: FileState,
    /// The number of bytes at its end that are torn or damaged and not used.
    pub lost: u64,
}

/// The journals in the folder, the latest first, and messages about others. Journals without unsaved work are removed,
/// and so are copies that belong to none. Those that another version of Casebook wrote stay, those whose edits are
/// damaged are set aside under another name, and both are reported in the messages.
///
/// It reads the notebooks' files to compare them, so it belongs in a job.
#[must_use]
pub fn found(folder: &Folder) -> (Vec<UnsavedWork>, Vec<String>) {
    found_named(folder, "")
}

/// The journals about the notebook at this path. As [`found`].
#[must_use]
pub fn found_about(folder: &Folder, notebook: &Path) -> (Vec<UnsavedWork>, Vec<String>) {
    found_named(folder, &name_of(notebook))
}

fn found_named(folder: &Folder, name: &str) -> (Vec<UnsavedWork>, Vec<String>) {
    let (mut found, mut others) = (Vec::new(), Vec::new());
    let Some(entries) = folder.journals().and_then(|folder| std::fs::read_dir(folder).ok()) else {
        return (found, others);
    };
    let named = |file: &Path| {
        file.file_name().is_some_and(|have| have.as_encoded_bytes().starts_with(name.as_bytes()))
    };
    let files: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|file| named(file)).collect();
    let ends = |file: &Path, ending: &str| file.extension().is_some_and(|have| have == ending);
    for journal in files.iter().filter(|file| ends(file, JOURNAL)) {
        let Ok(Some(file)) = claim(journal) else { continue };
        let Ok(length) = file.metadata().map(|metadata| metadata.len()) else { continue };
        let lost = match journal::tell(io::BufReader::new(&*file), length) {
            Ok(told) => {
                let lost = told.lost;
                match one(journal, told) {
                    Some(one) => {
                        if let (FileState::Same, Some(notebook)) =
                            (one.file_state, &one.about.notebook)
                        {
                            base::copy_for(journal, notebook);
                        }
                        found.push(one);
                        continue;
                    }
                    None => lost,
                }
            }
            Err(journal::JournalError::NotAJournal) => length,
            Err(error) => {
                others.push(format!("{}: {error}", journal.display()));
                continue;
            }
        };
        match holds_something(&file, length.saturating_sub(lost)) {
            // Everything in it is saved, or a power cut happened before anything was written.
            Ok(false) => discard(journal),
            Ok(true) => others.push(put_aside(journal, lost)),
            Err(error) => others.push(format!("{}: {error}", journal.display())),
        }
    }
    for copy in files.iter().filter(|file| ends(file, COPY)) {
        if !copy.with_extension(JOURNAL).exists() {
            let _ = std::fs::remove_file(copy);
        }
    }
    for new in files.iter().filter(|file| ends(file, "new") || ends(file, "tmp")) {
        // A crash left it unfinished. A Casebook that is making one just now is given time.
        let age = new.metadata().and_then(|metadata| metadata.modified()).map(|at| at.elapsed());
        if age.is_ok_and(|age| age.is_ok_and(|age| age.as_secs() > 3600)) {
            let _ = std::fs::remove_file(new);
        }
    }
    // A crash while recovered work was being continued leaves two with the same events: the longer one first.
    found.sort_by_key(|one| std::cmp::Reverse((one.last, one.edits)));
    (found, others)
}

/// Whether anything but zeros follows the first `good` bytes: a power cut can leave a file longer than what was
/// written, filled with zeros.
fn holds_something(mut file: &File, good: u64) -> io::Result<bool> {
    file.seek(io::SeekFrom::Start(good))?;
    let mut buffer = vec![0_u8; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(false),
            read => {
                if buffer.iter().take(read).any(|byte| *byte != 0) {
                    return Ok(true);
                }
            }
        }
    }
}

/// Keeps a damaged journal under another name, so that it is reported only once; returns the message.
fn put_aside(journal: &Path, lost: u64) -> String {
    let aside = journal.with_extension(DAMAGED);
    // The rename is atomic: there is nothing to sync.
    match std::fs::rename(journal, &aside) {
        Ok(()) => format!(
            "{}: it is damaged ({lost} bytes cannot be read) and holds no unsaved edits before the damage. It is not offered again; you can delete it",
            aside.display()
        ),
        Err(error) => format!(
            "{}: it is damaged ({lost} bytes cannot be read) and could not be set aside ({error})",
            journal.display()
        ),
    }
}

fn one(journal: &Path, told: Summary) -> Option<UnsavedWork> {
    let (file_state, saved) = file_state(&told.about, &told.saves);
    let edits = told.edits_after(saved);
    let Summary { about, last, lost, .. } = told;
    (edits > 0).then(|| UnsavedWork {
        journal: journal.to_owned(),
        about,
        edits,
        last,
        file_state,
        lost,
    })
}
