//! The journal's file: writing its records, each with a checksum, and reading them back. See [`super`].

use std::io::{self, Read as _, Write};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::record_format::{self, Hash, Texts, hex, unhex};
use crate::edit::{HistoryEvent, How};
use crate::storage::regular_file::amount;
use crate::text::Text;

/// The version of the journal's format. See [`super::record_format`] for what raises it.
pub(super) const VERSION: u32 = 3;

/// The longest journal (bytes) that is written or read: four times the largest notebook.
pub const LIMIT: u64 = 4 << 30;

/// The first line, up to the version.
const MAGIC: &str = "casebook journal ";

/// The number of bytes before a record's payload.
const HEAD: usize = 4 + 8 + 1;

/// Why a journal cannot be read at all. It is left as it is.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It is not a journal, or it ends within its first record.
    #[error("it is not a recovery journal, or is incomplete")]
    NotAJournal,
    /// It has a newer version of the format.
    #[error(
        "it was written by another version of Casebook (journal version {0}; this one reads up to version {VERSION}): open it with that one"
    )]
    Version(u64),
    /// It is longer than [`LIMIT`].
    #[error("it is too long for a recovery journal (at most {})", amount(LIMIT))]
    TooLong,
    /// The system's error.
    #[error("it cannot be read ({0})")]
    Io(#[from] io::Error),
}

/// What a journal is about: its first record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The notebook's file; `None` where it was never saved.
    pub notebook: Option<PathBuf>,
    /// The name under which the window showed the notebook.
    pub name: String,
    /// When the journal began: seconds since 1970, UTC.
    pub began: i64,
    /// What its events apply to.
    pub base: Base,
}

/// What a journal's events apply to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Base {
    /// A notebook's file that has, or had, this content.
    File {
        /// SHA-256 in lower-case hexadecimal.
        sha256: String,
        /// Length in bytes.
        bytes: u64,
    },
    /// The source in the journal itself: of a notebook without a file, or of one whose file was changed by something
    /// else before the first edit.
    Inside,
}

/// A save, noted before it replaces the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Saving {
    /// The SHA-256 of the new file, in lower-case hexadecimal.
    pub(super) sha256: String,
    /// How many of the journal's events they hold.
    pub(super) events: usize,
}

/// The kinds of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    About = 1,
    Source = 2,
    Text = 3,
    HistoryEvent = 4,
    Saving = 5,
}

impl Kind {
    const fn of(byte: u8) -> Option<Self> {
        Some(match byte {
            1 => Self::About,
            2 => Self::Source,
            3 => Self::Text,
            4 => Self::HistoryEvent,
            5 => Self::Saving,
            _ => return None,
        })
    }
}

type Check = [u8; 8];

fn first_line(version: u32) -> String {
    format!("{MAGIC}{version}\n")
}

fn check(before: Check, kind: u8, payload: &[u8]) -> Check {
    let mut hash = Sha256::new();
    hash.update(before);
    hash.update([kind]);
    hash.update((payload.len() as u64).to_le_bytes());
    hash.update(payload);
    let whole: Hash = hash.finalize().into();
    let mut half = [0; 8];
    half.copy_from_slice(whole.get(..8).unwrap_or(&[0; 8]));
    half
}

fn check_of_first(line: &str) -> Check {
    check([0; 8], 0, line.as_bytes())
}

/// A journal being written.
#[derive(Debug)]
pub(super) struct Writing<W: Write> {
    out: W,
    check: Check,
    length: u64,
}

impl<W: Write> Writing<W> {
    /// Begins one: the first line and what it is about.
    pub(super) fn begin(mut out: W, about: &About) -> io::Result<Self> {
        let line = first_line(VERSION);
        out.write_all(line.as_bytes())?;
        let length = line.len() as u64;
        let mut writing = Self { out, check: check_of_first(&line), length };
        let about = ron::to_string(about).map_err(io::Error::other)?;
        writing.put(Kind::About, about.as_bytes())?;
        Ok(writing)
    }

    /// Adds a record.
    pub(super) fn put(&mut self, kind: Kind, payload: &[u8]) -> io::Result<()> {
        let length = u32::try_from(payload.len())
            .map_err(|_| io::Error::other("a record of 4 GiB or more"))?;
        let grown = self.length + HEAD as u64 + u64::from(length);
        if grown > LIMIT {
            let most = amount(LIMIT);
            return Err(io::Error::other(format!(
                "it would be longer than {most}; saving the notebook starts a new one"
            )));
        }
        let after = check(self.check, kind as u8, payload);
        let mut head = Vec::with_capacity(HEAD + payload.len().min(1 << 16));
        head.extend_from_slice(&length.to_le_bytes());
        head.extend_from_slice(&after);
        head.push(kind as u8);
        if payload.len() <= 1 << 16 {
            // A single system call in the usual case.
            head.extend_from_slice(payload);
            self.out.write_all(&head)?;
        } else {
            self.out.write_all(&head)?;
            self.out.write_all(payload)?;
        }
        (self.check, self.length) = (after, grown);
        Ok(())
    }

    /// Adds an event, after the texts that are new in it.
    pub(super) fn event(
        &mut self,
        at: i64,
        event: &HistoryEvent,
        texts: &mut Texts,
    ) -> io::Result<()> {
        let mut new: Vec<Text> = Vec::new();
        let payload = record_format::write(at, event, texts, &mut |text| {
            new.push(text.clone());
            Ok(())
        })?;
        for text in new {
            self.put(Kind::Text, text.as_str().as_bytes())?;
        }
        self.put(Kind::HistoryEvent, &payload)
    }

    /// Notes that the notebook is about to be saved.
    pub(super) fn saving(&mut self, sha256: &Hash, events: usize) -> io::Result<()> {
        let saving = Saving { sha256: hex(sha256), events };
        let saving = ron::to_string(&saving).map_err(io::Error::other)?;
        self.put(Kind::Saving, saving.as_bytes())
    }

    /// What it is written to.
    pub(super) const fn out(&self) -> &W {
        &self.out
    }
}

/// Writes a whole journal at once, as the recorder does piece by piece: for tests and tools. `source` is the base in
/// the journal, for [`Base::Inside`]; `base` holds the texts that the events need not include.
///
/// # Errors
/// A record of 4 GiB or more, or a journal longer than [`LIMIT`].
pub fn write(
    about: &About,
    source: Option<&str>,
    base: &crate::notebook::Notebook,
    events: &[(i64, HistoryEvent)],
) -> io::Result<Vec<u8>> {
    let mut writing = Writing::begin(Vec::new(), about)?;
    if let Some(source) = source {
        writing.put(Kind::Source, source.as_bytes())?;
    }
    let mut texts = Texts::default();
    texts.add_all(&base.texts());
    for (at, event) in events {
        writing.event(*at, event, &mut texts)?;
    }
    Ok(writing.out)
}

/// What is known of a journal once its records were read.
pub(super) struct Scanned {
    /// The version of its format.
    version: u32,
    /// How many bytes there are after the last whole record.
    left: u64,
}

/// Reads record after record, as far as they are whole.
///
/// `length` (bytes) is how long the file is: no record is taken that says it is longer than what is left.
pub(super) fn scan(
    mut from: impl io::Read,
    length: u64,
    each: &mut dyn FnMut(Kind, &[u8]) -> bool,
) -> Result<Scanned, JournalError> {
    if length > LIMIT {
        return Err(JournalError::TooLong);
    }
    let mut line = Vec::new();
    while line.len() < 40 && line.last() != Some(&b'\n') {
        let mut byte = [0];
        if from.read(&mut byte)? == 0 {
            return Err(JournalError::NotAJournal);
        }
        line.extend_from_slice(&byte);
    }
    let version = std::str::from_utf8(&line)
        .ok()
        .and_then(|line| line.strip_prefix(MAGIC)?.strip_suffix('\n')?.parse::<u64>().ok())
        .ok_or(JournalError::NotAJournal)?;
    let version = match u32::try_from(version) {
        Ok(known @ 1..=VERSION) => known,
        _ => return Err(JournalError::Version(version)),
    };
    let mut before = check_of_first(&first_line(version));
    let mut good = line.len() as u64;
    let mut payload = Vec::new();
    loop {
        let left = length.saturating_sub(good);
        let mut head = [0_u8; HEAD];
        if left < HEAD as u64 || !filled(&mut from, &mut head)? {
            return Ok(Scanned { version, left });
        }
        let [a, b, c, d, rest @ ..] = head;
        let size = u64::from(u32::from_le_bytes([a, b, c, d]));
        let (said, kind) = rest.split_at(8);
        let kind = kind.first().copied().unwrap_or(0);
        if size > left - HEAD as u64 {
            return Ok(Scanned { version, left });
        }
        payload.clear();
        (&mut from).take(size).read_to_end(&mut payload)?;
        let after = check(before, kind, &payload);
        let Some(known) = Kind::of(kind) else { return Ok(Scanned { version, left }) };
        if payload.len() as u64 != size || said != after || !each(known, &payload) {
            return Ok(Scanned { version, left });
        }
        before = after;
        good += HEAD as u64 + size;
    }
}

/// Fills the buffer; false at the end of the file.
fn filled(from: &mut impl io::Read, buffer: &mut [u8]) -> io::Result<bool> {
    match from.read_exact(buffer) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(error),
    }
}

/// The contents of a journal.
#[derive(Debug)]
pub struct Read {
    /// What it is about.
    pub about: About,
    /// The version of its format.
    pub(super) version: u32,
    /// The number of bytes after the last complete record: torn by a crash, or damaged. They are not used.
    pub lost: u64,
    pub(super) source: Option<String>,
    pub(super) texts: Vec<Text>,
    pub(super) events: Vec<Vec<u8>>,
    pub(super) saves: Vec<Saving>,
}

/// Reads a whole journal.
///
/// # Errors
/// [`JournalError`]; nothing in it can be used.
pub fn read(from: impl io::Read, length: u64) -> Result<Read, JournalError> {
    let (mut about, mut source) = (None, None);
    let (mut texts, mut events, mut saves) = (Vec::new(), Vec::new(), Vec::new());
    let Scanned { version, left: lost } = scan(from, length, &mut |kind, payload| {
        let text = || std::str::from_utf8(payload).ok();
        match kind {
            Kind::About if about.is_none() => {
                about = record_format::parse::<About>(payload).ok();
                about.is_some()
            }
            _ if about.is_none() => false,
            Kind::About => false,
            Kind::Source => match text() {
                Some(text) if source.is_none() && events.is_empty() => {
                    source = Some(text.to_owned());
                    true
                }
                _ => false,
            },
            Kind::Text => text().map(|text| texts.push(Text::new(text))).is_some(),
            Kind::HistoryEvent => {
                events.push(payload.to_owned());
                true
            }
            Kind::Saving => match record_format::parse::<Saving>(payload) {
                Ok(saving) if saving.events <= events.len() && unhex(&saving.sha256).is_some() => {
                    saves.push(saving);
                    true
                }
                _ => false,
            },
        }
    })?;
    let about = about.ok_or(JournalError::NotAJournal)?;
    Ok(Read { about, version, lost, source, texts, events, saves })
}

/// A summary of a journal, without its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What it is about.
    pub about: About,
    /// When the last event happened: seconds since 1970, UTC.
    pub last: i64,
    /// The number of bytes after the last complete record.
    pub lost: u64,
    /// For each event whether it counts as an edit of its own: continuing to type in a field does not.
    pub(super) counts: Vec<bool>,
    pub(super) saves: Vec<Saving>,
}

impl Summary {
    /// How many edits it holds after its first `events` events.
    pub(super) fn edits_after(&self, events: usize) -> usize {
        let rest = self.counts.get(events..).unwrap_or(&[]);
        // Continuing a step that was saved is an edit too.
        rest.iter().filter(|counts| **counts).count().max(usize::from(!rest.is_empty()))
    }
}

/// Reads only the first record of a journal.
pub(super) fn about(from: impl io::Read) -> Result<About, JournalError> {
    let mut about = None;
    scan(from, LIMIT, &mut |kind, payload| {
        if kind == Kind::About {
            about = record_format::parse::<About>(payload).ok();
        }
        // One record is enough here.
        false
    })?;
    about.ok_or(JournalError::NotAJournal)
}

/// Summarises a journal. It needs no more memory than the longest record.
pub(super) fn tell(from: impl io::Read, length: u64) -> Result<Summary, JournalError> {
    let mut about: Option<About> = None;
    let (mut counts, mut saves) = (Vec::new(), Vec::new());
    let mut last = 0;
    let Scanned { left: lost, .. } = scan(from, length, &mut |kind, payload| match kind {
        Kind::About if about.is_none() => {
            about = record_format::parse(payload).ok();
            about.is_some()
        }
        _ if about.is_none() => false,
        Kind::About => false,
        Kind::HistoryEvent => match record_format::peek(payload) {
            Ok((at, how)) => {
                last = at;
                counts.push(how != How::Join);
                true
            }
            Err(_) => false,
        },
        Kind::Saving => match record_format::parse::<Saving>(payload) {
            Ok(saving) if saving.events <= counts.len() => {
                saves.push(saving);
                true
            }
            _ => false,
        },
        Kind::Source | Kind::Text => true,
    })?;
    let about = about.ok_or(JournalError::NotAJournal)?;
    Ok(Summary { last: last.max(about.began), about, lost, counts, saves })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_stops_before_it_is_too_long_to_be_read() {
        let name = "case".to_owned();
        let about = About { notebook: None, name, began: 0, base: Base::Inside };
        let mut writing = Writing::begin(Vec::new(), &about).expect("begun");
        writing.length = LIMIT - HEAD as u64 - 4;
        writing.put(Kind::Text, b"four").expect("it just fits");
        let error = writing.put(Kind::Text, b"").expect_err("too long").to_string();
        assert_eq!(error, "it would be longer than 4 GiB; saving the notebook starts a new one");
    }
}
