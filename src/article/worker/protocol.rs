//! What the two processes say to each other: frames, each its length (8 bytes, little endian) and its bytes.
//!
//! Asked: a frame of JSON ([`Request`]), then the file's bytes to the end of the stream. Answered: a frame of JSON
//! ([`Answer`]), then a frame with the text, in UTF-8, or with a page's pixels.

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::article::document::{
    Description, DocumentError, Options, PageAt, PagePlace, PlacedWord,
};
use crate::text::Structure;

/// The longest frame of JSON, in bytes.
pub(super) const MOST_JSON: usize = 64 << 20;

/// What is asked.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Request {
    /// The name of the format.
    pub(super) format: String,
    /// How to read it.
    pub(super) options: Options,
    /// The page to draw instead.
    #[serde(default)]
    pub(super) page: Option<PageRequest>,
}

/// A page that is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::article) struct PageRequest {
    /// Which.
    pub(in crate::article) at: PageAt,
    /// How wide, in pixels.
    pub(in crate::article) width: u32,
}

/// What is answered.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// A document, whose text follows.
    Document {
        /// What its lines are.
        structure: Structure,
        /// What it says about itself.
        description: Box<Description>,
        /// What was repaired.
        remarks: Vec<String>,
    },
    /// A page as a picture, whose pixels follow.
    Page {
        /// Where it is.
        place: PagePlace,
        /// In pixels.
        width: u32,
        /// In pixels.
        height: u32,
        /// Its words.
        words: Vec<PlacedWord>,
    },
    /// It could not be read.
    Failed(DocumentError),
    /// The process could not be confined, and read nothing.
    NotConfined(String),
}

/// Writes one frame.
pub(super) fn write_frame(out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_le_bytes())?;
    out.write_all(bytes)
}

/// Reads one frame of at most this many bytes.
pub(super) fn read_frame(from: &mut impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > most as u64 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "a frame that is too long"));
    }
    let mut bytes = Vec::new();
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_back_and_a_false_length_is_an_error() {
        let mut out = Vec::new();
        write_frame(&mut out, b"words").expect("memory");
        assert_eq!(read_frame(&mut &out[..], 5).expect("a frame"), b"words");
        assert!(read_frame(&mut &out[..], 4).is_err());
        assert!(read_frame(&mut &out[..9], 5).is_err());
        assert!(read_frame(&mut &[0xff; 9][..], usize::MAX).is_err());
    }
}
