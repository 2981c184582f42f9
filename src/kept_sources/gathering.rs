//! Bringing the kept files beside a notebook, before it is saved there.

use super::{KeepError, KeptSource, KeptState, SourcesFolder, Spool};

/// What became of the files that a notebook says are kept.
#[derive(Debug, Default)]
pub struct Gathered {
    /// The hashes of those that came out of the spool, and lie beside the notebook now.
    pub spooled: Vec<String>,
    /// The hashes of those that were written there.
    pub written: Vec<String>,
    /// Those that do not lie there.
    pub not_beside: Vec<NotBeside>,
}

/// A file that could not be put beside the notebook.
#[derive(Debug)]
pub struct NotBeside {
    /// Which.
    pub source: KeptSource,
    /// Why; `None` where it was found nowhere.
    pub why: Option<KeepError>,
    /// Whether Casebook holds it in its own folder.
    pub held: bool,
}

impl Gathered {
    /// Removes what was written, because it left no room for the notebook itself.
    pub fn give_way(&mut self, needed: &[KeptSource], to: &SourcesFolder) {
        for sha256 in std::mem::take(&mut self.written) {
            to.remove(&sha256);
            let held = self.spooled.contains(&sha256);
            self.spooled.retain(|spooled| *spooled != sha256);
            if let Some(source) = needed.iter().find(|source| source.sha256 == sha256) {
                let why = Some(KeepError::Full(to.path().to_owned()));
                self.not_beside.push(NotBeside { source: source.clone(), why, held });
            }
        }
    }
}

/// Puts everything that is needed into the folder: from the spool, otherwise from one of the other folders. What lies there
/// already is not read again, unless it comes out of the spool.
#[must_use]
pub fn gather(
    needed: &[KeptSource],
    to: &SourcesFolder,
    spool: Option<&Spool>,
    elsewhere: &[SourcesFolder],
    cancelled: &dyn Fn() -> bool,
) -> Gathered {
    let mut gathered = Gathered::default();
    for source in needed {
        let held = spool.is_some_and(|spool| spool.holds(source));
        if !held && to.look(source) == KeptState::Beside {
            continue;
        }
        let others = elsewhere.iter().filter(|folder| *folder != to);
        let places = spool.map(Spool::folder).into_iter().chain(others);
        match bring(source, to, places, cancelled) {
            Ok(Some(written)) => {
                if held {
                    gathered.spooled.push(source.sha256.clone());
                }
                if written {
                    gathered.written.push(source.sha256.clone());
                }
            }
            Ok(None) => {
                gathered.not_beside.push(NotBeside { source: source.clone(), why: None, held });
            }
            Err(why) => {
                let why = Some(why);
                gathered.not_beside.push(NotBeside { source: source.clone(), why, held });
            }
        }
    }
    gathered
}

/// Copies a file from the first place that has it; whether it had to be written, `None` where no place has it.
fn bring<'a>(
    source: &KeptSource,
    to: &SourcesFolder,
    places: impl Iterator<Item = &'a SourcesFolder>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<bool>, KeepError> {
    for place in places {
        let Ok(Some(file)) = place.open(source) else { continue };
        match to.put(&source.sha256, source.extension, file, cancelled) {
            // That one is altered, or its disk is failing: another place may have it.
            Err(KeepError::OtherContent | KeepError::Unreadable(_)) => {}
            put => return put.map(Some),
        }
    }
    Ok(None)
}
