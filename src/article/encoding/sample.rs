//! The sample of a file by which its encoding is guessed: lines with bytes beyond ASCII.

/// The most bytes of each kind of line that are examined.
const ROOM: usize = 8 << 10;
/// The most bytes of one line.
const LINE: usize = 2 << 10;

/// Lines of a file with bytes beyond ASCII, each ended by LF.
#[derive(Debug, Default)]
pub(super) struct Sample {
    /// Lines that are valid UTF-8.
    pub utf8: Vec<u8>,
    /// Lines that are not.
    pub other: Vec<u8>,
    /// Lines of ASCII, for the words in them.
    pub ascii: Vec<u8>,
    /// Where the file's first byte beyond ASCII is in a line that is not valid UTF-8.
    pub first: Option<usize>,
}

/// The lines of bytes, without their ends, with where each begins. A CR ends a line as an LF does.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = bytes.get(at..).filter(|rest| !rest.is_empty())?;
        let length = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let line = (at, &rest[..length]);
        at += length + 1;
        Some(line)
    })
}

impl Sample {
    pub fn of(bytes: &[u8]) -> Self {
        let mut sample = Self::default();
        for (start, line) in lines(bytes) {
            let ascii = encoding_rs::Encoding::ascii_valid_up_to(line);
            if ascii == line.len() {
                add(&mut sample.ascii, line);
                continue;
            }
            if simdutf8::basic::from_utf8(line).is_ok() {
                add(&mut sample.utf8, cut(line, ascii));
                continue;
            }
            sample.first.get_or_insert(start + ascii);
            // The part of a long line may be valid UTF-8 even if the rest is not.
            add(&mut sample.other, cut(line, first_fault(line)));
            if sample.other.len() >= ROOM {
                break;
            }
        }
        sample
    }

    /// Both kinds of lines together.
    pub fn all(&self) -> Vec<u8> {
        [&*self.other, &*self.utf8].concat()
    }
}

fn first_fault(line: &[u8]) -> usize {
    match std::str::from_utf8(line) {
        Ok(_) => line.len(),
        Err(error) => error.valid_up_to(),
    }
}

/// A line, or the part of a long one around its byte `at`. It is cut after ASCII if possible, so that no character of
/// several bytes is split.
fn cut(line: &[u8], at: usize) -> &[u8] {
    if line.len() <= LINE {
        return line;
    }
    let from = at.saturating_sub(LINE / 4);
    let start = line[from..at].iter().position(|b| *b == b' ').map_or(from, |space| from + space);
    &line[start..line.len().min(start + LINE)]
}

fn add(to: &mut Vec<u8>, line: &[u8]) {
    if to.len() < ROOM {
        to.extend_from_slice(line);
        to.push(b'\n');
    }
}
