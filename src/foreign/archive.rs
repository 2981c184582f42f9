//! Zip archives of unknown origin, for what is one: Word, OpenDocument, EPUB, REFI-QDA. Within limits: how many entries, how much
//! they unpack to in all, none over another, none behind a password. Nothing is written anywhere.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

/// How many times more often than it may have entries they may be listed, in the archive or in archives that lie in it unpacked.
const LISTED: usize = 5;

/// How much of an archive is read.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The most entries it may have.
    pub entries: usize,
    /// The most that one entry may unpack to, in bytes.
    pub entry: u64,
    /// The most that everything read from it may unpack to, in bytes.
    pub unpacked: u64,
}

/// Why an archive, or something in it, was not read. The words are a clause without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// It is behind a password.
    #[error("it needs a password")]
    Encrypted,
    /// It is no archive, or one that was altered.
    #[error("{0}")]
    Damaged(String),
    /// It has more entries than this.
    #[error("it holds more than {0} files")]
    TooMany(usize),
    /// It unpacks to more bytes than this.
    #[error("it unpacks to more than {} MiB", .0 >> 20)]
    TooLarge(u64),
}

/// An entry that was unpacked as far as it could be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// What could be read of it.
    pub bytes: Vec<u8>,
    /// Why that is not all, if it is not.
    pub damage: Option<String>,
}

/// An archive whose entries are unpacked when they are asked for.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The entries by name, as [`normal`] has it: their number in the archive.
    numbers: HashMap<String, usize>,
    /// Their names in lower case, for files whose parts are named in another case than they are asked for.
    lower: HashMap<String, usize>,
    limits: Limits,
    /// How many more bytes may be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive; nothing is unpacked yet.
    ///
    /// # Errors
    /// It is no archive, has too many entries, or entries that share bytes.
    pub fn open(bytes: &'a [u8], limits: Limits) -> Result<Self, ArchiveError> {
        // The list of entries takes more memory than it has bytes: it is counted before it is read.
        let most_listed = limits.entries.saturating_mul(LISTED);
        let listed = memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(most_listed + 1);
        if listed.count() > most_listed {
            return Err(ArchiveError::TooMany(limits.entries));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|why| {
            ArchiveError::Damaged(match why {
                ZipError::Io(_) | ZipError::InvalidArchive(_) => {
                    "it is cut off, or no archive (zip) as such files are".to_owned()
                }
                other => other.to_string(),
            })
        })?;
        if zip.len() > limits.entries {
            return Err(ArchiveError::TooMany(limits.entries));
        }
        // What cannot be told here (the header of some entry is damaged) shows when that entry is read.
        if zip.has_overlapping_entries().unwrap_or(false) {
            return Err(ArchiveError::Damaged("the files in it lie over one another".to_owned()));
        }
        let mut numbers = HashMap::with_capacity(zip.len());
        let mut lower = HashMap::with_capacity(zip.len());
        for number in 0..zip.len() {
            let Some(Ok(name)) = zip.name_for_index(number) else { continue };
            let name = normal(&name);
            lower.entry(name.to_lowercase()).or_insert(number);
            numbers.insert(name, number);
        }
        Ok(Self { zip, numbers, lower, limits, left: limits.unpacked })
    }

    /// Unpacks no more than so many bytes from now on: enough to tell what a file is.
    #[must_use]
    pub fn only(mut self, bytes: u64) -> Self {
        self.left = self.left.min(bytes);
        self
    }

    /// The names of its entries, in no order; parts are separated by `/`, none stands in front.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.numbers.keys().map(String::as_str)
    }

    /// Whether it has an entry of this name, in whatever case.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.number(name).is_some()
    }

    /// Whether an entry is behind a password.
    #[must_use]
    pub fn is_encrypted(&self, name: &str) -> bool {
        let entry = self.number(name).and_then(|number| self.zip.by_index_data(number).ok());
        entry.is_some_and(|entry| entry.encrypted())
    }

    /// Unpacks an entry; `None` where there is none of this name. A name in another case is taken where no entry has it
    /// exactly.
    ///
    /// # Errors
    /// It is behind a password, damaged, packed in a way that is unknown here, or unpacks to too much.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ArchiveError> {
        let Some(entry) = self.read_what_is_whole(name)? else { return Ok(None) };
        match entry.damage {
            Some(why) => Err(ArchiveError::Damaged(format!("“{}”: {why}", shown(name)))),
            None => Ok(Some(entry.bytes)),
        }
    }

    /// Unpacks an entry as [`Self::read`] does; of one that is damaged, what comes before the damage.
    ///
    /// # Errors
    /// It is behind a password, or unpacks to too much.
    pub fn read_what_is_whole(&mut self, name: &str) -> Result<Option<Unpacked>, ArchiveError> {
        let Some(number) = self.number(name) else { return Ok(None) };
        if self.is_encrypted(name) {
            return Err(ArchiveError::Encrypted);
        }
        let most = self.left.min(self.limits.entry);
        let of_one = most == self.limits.entry;
        let too_large = ArchiveError::TooLarge(if of_one { most } else { self.limits.unpacked });
        let entry = match self.zip.by_index(number) {
            Ok(entry) => entry,
            Err(why) => {
                let damage = Some(why.to_string());
                return Ok(Some(Unpacked { bytes: Vec::new(), damage }));
            }
        };
        let said = entry.size();
        if said > most {
            return Err(too_large);
        }
        // What it says of its size is not believed.
        let mut bytes = Vec::with_capacity(usize::try_from(said.min(1 << 20)).unwrap_or(0));
        let ended = entry.take(most + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        if length > most {
            return Err(too_large);
        }
        self.left -= length;
        let damage = ended.err().map(|why| format!("it cannot be unpacked ({why})"));
        Ok(Some(Unpacked { bytes, damage }))
    }

    fn number(&self, name: &str) -> Option<usize> {
        let name = normal(name);
        let found = self.numbers.get(&name);
        found.or_else(|| self.lower.get(&name.to_lowercase())).copied()
    }
}

/// A name as it is compared: with `/` between its parts and none in front.
fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_owned()
}

/// A name in a message: short and without control characters.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(80).collect()
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    const LIMITS: Limits = Limits { entries: 20_000, entry: 128 << 20, unpacked: 256 << 20 };

    fn open(bytes: &[u8]) -> Result<Archive<'_>, ArchiveError> {
        Archive::open(bytes, LIMITS)
    }

    fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    /// Every place where these bytes stand.
    fn places(bytes: &[u8], wanted: &[u8]) -> Vec<usize> {
        bytes.windows(wanted.len()).enumerate().filter(|(_, w)| *w == wanted).map(|w| w.0).collect()
    }

    #[test]
    fn entries_are_read_by_name_whatever_their_case_and_strokes() {
        let bytes = zipped(&[("word\\Document.xml", b"<a/>"), ("b", b"B"), ("B", b"other")]);
        let mut archive = open(&bytes).unwrap();
        assert_eq!(archive.read("/word/document.xml").unwrap().as_deref(), Some(&b"<a/>"[..]));
        assert_eq!(archive.read("b").unwrap().as_deref(), Some(&b"B"[..]));
        assert_eq!(archive.read("B").unwrap().as_deref(), Some(&b"other"[..]));
        assert_eq!(archive.read("c").unwrap(), None);
        assert_eq!(archive.read_what_is_whole("c").unwrap(), None);
        assert!(archive.contains("B") && !archive.contains("word"));
        assert_eq!(archive.names().count(), 3);
    }

    #[test]
    fn what_is_no_whole_archive_is_damaged() {
        let whole = zipped(&[("a", b"some words that are packed")]);
        for bytes in [&b""[..], b"PK\x03\x04", b"words", &whole[..whole.len() / 2], &whole[9..]] {
            let damaged = open(bytes).map(|mut archive| archive.read("a"));
            assert!(matches!(damaged, Err(ArchiveError::Damaged(_)) | Ok(Err(_))));
        }
        let mut altered = zipped(&[("a", &b"words ".repeat(90))]);
        altered[36] ^= 0x55;
        let mut archive = open(&altered).unwrap();
        assert!(matches!(archive.read("a"), Err(ArchiveError::Damaged(_))));
        let part = archive.read_what_is_whole("a").unwrap().unwrap();
        assert!(part.damage.is_some() && part.bytes.len() < 6 * 90);
    }

    #[test]
    fn a_bomb_is_refused_by_what_it_says_and_by_what_it_is() {
        let honest = zipped(&[("a", &vec![0; (LIMITS.entry + 1) as usize])]);
        assert!(honest.len() < 1 << 20);
        let refused = |bytes: &[u8]| open(bytes).unwrap().read("a").unwrap_err();
        assert!(matches!(refused(&honest), ArchiveError::TooLarge(_)));
        // Both headers say 12 bytes.
        let mut lying = honest;
        let size = u32::try_from(LIMITS.entry + 1).unwrap().to_le_bytes();
        let at = places(&lying, &size);
        assert_eq!(at.len(), 2);
        for place in at {
            lying[place..place + 4].copy_from_slice(&12_u32.to_le_bytes());
        }
        // More than was said is no longer read, or told as damage: it is never kept.
        let why = refused(&lying);
        assert!(matches!(why, ArchiveError::TooLarge(_) | ArchiveError::Damaged(_)));
    }

    #[test]
    fn many_entries_together_are_a_bomb_too() {
        let third = vec![0; (LIMITS.unpacked / 5 * 2) as usize];
        let bytes = zipped(&[("a", &third), ("b", &third), ("c", &third)]);
        let mut archive = open(&bytes).unwrap();
        assert!(archive.read("a").is_ok() && archive.read("b").is_ok());
        assert!(matches!(archive.read("c"), Err(ArchiveError::TooLarge(_))));
        let mut little = open(&bytes).unwrap().only(9);
        assert!(matches!(little.read("a"), Err(ArchiveError::TooLarge(_))));
    }

    #[test]
    fn entries_over_one_another_are_refused() {
        let mut bytes = zipped(&[("a", &b"x".repeat(999)), ("b", &b"x".repeat(999))]);
        // The second entry of the directory points at the first one's data.
        let directory = places(&bytes, b"PK\x01\x02");
        let offset = directory[1] + 42;
        bytes[offset..offset + 4].copy_from_slice(&0_u32.to_le_bytes());
        let refused = open(&bytes).err().unwrap();
        assert!(refused.to_string().contains("over one another"), "{refused}");
    }

    #[test]
    fn a_list_without_end_is_not_read() {
        let mut bytes = zipped(&[("a", b"words")]);
        bytes.splice(0..0, b"PK\x01\x02".repeat(LIMITS.entries * LISTED));
        assert!(matches!(open(&bytes).err(), Some(ArchiveError::TooMany(_))));
    }

    #[test]
    fn a_password_is_told() {
        let mut bytes = zipped(&[("a", b"words")]);
        for (header, flags) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
            let at = places(&bytes, header)[0] + flags;
            bytes[at] |= 1;
        }
        let mut archive = open(&bytes).unwrap();
        assert_eq!(archive.read("a"), Err(ArchiveError::Encrypted));
    }
}
