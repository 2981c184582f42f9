//! Zip archives of unknown origin, for the formats that are one: Word, OpenDocument, EPUB. Within limits: how many entries,
//! how much they unpack to in all, none over another, none behind a password. Nothing is written anywhere.

use std::collections::HashMap;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::article::document::DocumentError;

/// The most entries an archive may have.
const MOST_ENTRIES: usize = 20_000;
/// The most times an entry may be listed, in the archive or in archives that lie in it unpacked.
const MOST_LISTED: usize = 100_000;
/// The most that one entry may unpack to, in bytes.
const MOST_ENTRY: u64 = 128 << 20;
/// The most that everything read from one archive may unpack to, in bytes.
const MOST_UNPACKED: u64 = 256 << 20;

/// An archive whose entries are unpacked when they are asked for.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// The entries by name, as [`normal`] has it: their number in the archive.
    numbers: HashMap<String, usize>,
    /// Their names in lower case, for files whose parts are named in another case than they are asked for.
    lower: HashMap<String, usize>,
    /// How many more bytes may be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive; nothing is unpacked yet.
    ///
    /// # Errors
    /// It is no archive, has too many entries, or entries that share bytes.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocumentError> {
        // The list of entries takes more memory than it has bytes: it is counted before it is read.
        let listed = memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(MOST_LISTED + 1);
        if listed.count() > MOST_LISTED {
            let what = format!("it holds more than {MOST_ENTRIES} files");
            return Err(DocumentError::TooMuch { what });
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|why| match why {
            ZipError::Io(_) | ZipError::InvalidArchive(_) => {
                DocumentError::damaged("it is cut off, or no archive (zip) as such files are")
            }
            other => DocumentError::damaged(other),
        })?;
        if zip.len() > MOST_ENTRIES {
            let what = format!("it holds more than {MOST_ENTRIES} files");
            return Err(DocumentError::TooMuch { what });
        }
        // What cannot be told here (the header of some entry is damaged) shows when that entry is read.
        if zip.has_overlapping_entries().unwrap_or(false) {
            return Err(DocumentError::damaged("the files in it lie over one another"));
        }
        let mut numbers = HashMap::with_capacity(zip.len());
        let mut lower = HashMap::with_capacity(zip.len());
        for number in 0..zip.len() {
            let Some(Ok(name)) = zip.name_for_index(number) else { continue };
            let name = normal(&name);
            lower.entry(name.to_lowercase()).or_insert(number);
            numbers.insert(name, number);
        }
        Ok(Self { zip, numbers, lower, left: MOST_UNPACKED })
    }

    /// Unpacks no more than so many bytes from now on: enough to tell what a file is.
    pub(super) fn only(mut self, bytes: u64) -> Self {
        self.left = self.left.min(bytes);
        self
    }

    /// The names of its entries, in no order; parts are separated by `/`, none stands in front.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.numbers.keys().map(String::as_str)
    }

    /// Whether it has an entry of this name, in whatever case.
    pub(super) fn contains(&self, name: &str) -> bool {
        self.number(name).is_some()
    }

    /// Whether an entry is behind a password.
    pub(super) fn is_encrypted(&self, name: &str) -> bool {
        let entry = self.number(name).and_then(|number| self.zip.by_index_data(number).ok());
        entry.is_some_and(|entry| entry.encrypted())
    }

    /// Unpacks an entry; `None` where there is none of this name. A name in another case is taken where no entry has it
    /// exactly.
    ///
    /// # Errors
    /// It is behind a password, damaged, packed in a way that is unknown here, or unpacks to too much.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, DocumentError> {
        let Some(number) = self.number(name) else { return Ok(None) };
        if self.is_encrypted(name) {
            return Err(DocumentError::Encrypted);
        }
        let damaged = |why: String| DocumentError::damaged(format!("“{}”: {why}", shown(name)));
        let most = self.left.min(MOST_ENTRY);
        let too_much = || {
            let mebibytes = if most == MOST_ENTRY { MOST_ENTRY } else { MOST_UNPACKED } >> 20;
            DocumentError::TooMuch { what: format!("it unpacks to more than {mebibytes} MiB") }
        };
        let entry = self.zip.by_index(number).map_err(|why| damaged(why.to_string()))?;
        let said = entry.size();
        if said > most {
            return Err(too_much());
        }
        // What it says of its size is not believed.
        let mut bytes = Vec::with_capacity(usize::try_from(said.min(1 << 20)).unwrap_or(0));
        entry
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|why| damaged(format!("it cannot be unpacked ({why})")))?;
        let length = bytes.len() as u64;
        if length > most {
            return Err(too_much());
        }
        self.left -= length;
        Ok(Some(bytes))
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
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.read("/word/document.xml").unwrap().as_deref(), Some(&b"<a/>"[..]));
        assert_eq!(archive.read("b").unwrap().as_deref(), Some(&b"B"[..]));
        assert_eq!(archive.read("B").unwrap().as_deref(), Some(&b"other"[..]));
        assert_eq!(archive.read("c").unwrap(), None);
        assert!(archive.contains("B") && !archive.contains("word"));
        assert_eq!(archive.names().count(), 3);
    }

    #[test]
    fn what_is_no_whole_archive_is_damaged() {
        let whole = zipped(&[("a", b"some words that are packed")]);
        for bytes in [&b""[..], b"PK\x03\x04", b"words", &whole[..whole.len() / 2], &whole[9..]] {
            let damaged = Archive::open(bytes).map(|mut archive| archive.read("a"));
            assert!(matches!(damaged, Err(DocumentError::Damaged { .. }) | Ok(Err(_))));
        }
        let mut altered = zipped(&[("a", &b"words ".repeat(90))]);
        altered[36] ^= 0x55;
        let mut archive = Archive::open(&altered).unwrap();
        assert!(matches!(archive.read("a"), Err(DocumentError::Damaged { .. })));
    }

    #[test]
    fn a_bomb_is_refused_by_what_it_says_and_by_what_it_is() {
        let honest = zipped(&[("a", &vec![0; (MOST_ENTRY + 1) as usize])]);
        assert!(honest.len() < 1 << 20);
        let refused = |bytes: &[u8]| Archive::open(bytes).unwrap().read("a").unwrap_err();
        assert!(matches!(refused(&honest), DocumentError::TooMuch { .. }));
        // Both headers say 12 bytes.
        let mut lying = honest;
        let size = u32::try_from(MOST_ENTRY + 1).unwrap().to_le_bytes();
        let at = places(&lying, &size);
        assert_eq!(at.len(), 2);
        for place in at {
            lying[place..place + 4].copy_from_slice(&12_u32.to_le_bytes());
        }
        // More than was said is no longer read, or told as damage: it is never kept.
        let why = refused(&lying);
        assert!(matches!(why, DocumentError::TooMuch { .. } | DocumentError::Damaged { .. }));
    }

    #[test]
    fn many_entries_together_are_a_bomb_too() {
        let third = vec![0; (MOST_UNPACKED / 5 * 2) as usize];
        let bytes = zipped(&[("a", &third), ("b", &third), ("c", &third)]);
        let mut archive = Archive::open(&bytes).unwrap();
        assert!(archive.read("a").is_ok() && archive.read("b").is_ok());
        assert!(matches!(archive.read("c"), Err(DocumentError::TooMuch { .. })));
        let mut little = Archive::open(&bytes).unwrap().only(9);
        assert!(matches!(little.read("a"), Err(DocumentError::TooMuch { .. })));
    }

    #[test]
    fn entries_over_one_another_are_refused() {
        let mut bytes = zipped(&[("a", &b"x".repeat(999)), ("b", &b"x".repeat(999))]);
        // The second entry of the directory points at the first one's data.
        let directory = places(&bytes, b"PK\x01\x02");
        let offset = directory[1] + 42;
        bytes[offset..offset + 4].copy_from_slice(&0_u32.to_le_bytes());
        let refused = Archive::open(&bytes).err().unwrap();
        assert!(refused.to_string().contains("over one another"), "{refused}");
    }

    #[test]
    fn a_list_without_end_is_not_read() {
        let mut bytes = zipped(&[("a", b"words")]);
        bytes.splice(0..0, b"PK\x01\x02".repeat(MOST_LISTED));
        assert!(matches!(Archive::open(&bytes).err(), Some(DocumentError::TooMuch { .. })));
    }

    #[test]
    fn a_password_is_told() {
        let mut bytes = zipped(&[("a", b"words")]);
        for (header, flags) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
            let at = places(&bytes, header)[0] + flags;
            bytes[at] |= 1;
        }
        let mut archive = Archive::open(&bytes).unwrap();
        assert_eq!(archive.read("a"), Err(DocumentError::Encrypted));
    }
}
