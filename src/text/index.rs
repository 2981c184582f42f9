//! The index of a text, built once: where its paragraphs start, and how many scalars precede each block.
//!
//! One pass over the text, a part at a time while it is in the processor's cache: line feeds with `memchr`, scalars by
//! counting the bytes that begin one, which compiles to a few instructions for sixteen bytes. Single characters are
//! examined only within one block.

use std::ops::Range;

/// The number of bytes between two scalar checkpoints.
const BLOCK: usize = 256;
/// The number of bytes read for line feeds and then for scalars: a part that fits into the first-level cache.
const PART: usize = 16 << 10;
/// The number of scalars between two hints.
const HINT: usize = 4096;

/// Ascending offsets, of four bytes each where the text is shorter than 4 GiB.
#[derive(Debug)]
enum Offsets {
    /// Every offset fits in 32 bits.
    Short(Vec<u32>),
    /// The text is 4 GiB or longer.
    Long(Vec<usize>),
}

impl Offsets {
    /// An empty list for a text of `len` bytes, with room for so many offsets.
    fn of(len: usize, room: usize) -> Self {
        if u32::try_from(len).is_ok() {
            Self::Short(Vec::with_capacity(room))
        } else {
            Self::Long(Vec::with_capacity(room))
        }
    }

    /// Adds offsets; none may exceed the text's length.
    fn extend(&mut self, more: impl Iterator<Item = usize>) {
        match self {
            Self::Short(offsets) => {
                offsets.extend(more.map(|o| u32::try_from(o).unwrap_or(u32::MAX)));
            }
            Self::Long(offsets) => offsets.extend(more),
        }
    }

    fn shrink(&mut self) {
        match self {
            Self::Short(offsets) => offsets.shrink_to_fit(),
            Self::Long(offsets) => offsets.shrink_to_fit(),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Short(offsets) => offsets.len(),
            Self::Long(offsets) => offsets.len(),
        }
    }

    fn get(&self, i: usize) -> Option<usize> {
        match self {
            Self::Short(offsets) => offsets.get(i).map(|&o| o as usize),
            Self::Long(offsets) => offsets.get(i).copied(),
        }
    }

    /// How many of the offsets are at most `value`.
    fn up_to(&self, value: usize) -> usize {
        self.up_to_within(value, 0..self.len())
    }

    /// As [`Self::up_to`], where the result is known to be in this range.
    fn up_to_within(&self, value: usize, known: Range<usize>) -> usize {
        let end = known.end.min(self.len());
        let start = known.start.min(end);
        start
            + match self {
                Self::Short(offsets) => {
                    offsets[start..end].partition_point(|&o| o as usize <= value)
                }
                Self::Long(offsets) => offsets[start..end].partition_point(|&o| o <= value),
            }
    }
}

/// Paragraph starts and scalar checkpoints of one text.
#[derive(Debug)]
pub(super) struct Index {
    /// Byte where each paragraph starts; the first is 0.
    starts: Offsets,
    /// Scalars that begin before byte `i * BLOCK`.
    before: Offsets,
    /// The last block with at most `i * HINT` scalars before it.
    hints: Vec<usize>,
    /// The number of scalars of the text.
    scalars: usize,
}

/// The number of scalars that begin in these bytes: all bytes except continuation bytes (RFC 3629, section 3).
fn begin(bytes: &[u8]) -> usize {
    // In parts whose count fits into a byte, so that sixteen are added up at once.
    bytes
        .chunks(128)
        .map(|part| part.iter().fold(0_u8, |n, &b| n + u8::from((b & 0xC0) != 0x80)))
        .map(usize::from)
        .sum()
}

impl Index {
    /// Builds the index, reading the text once.
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let blocks = bytes.len() / BLOCK + 1;
        let mut starts = Offsets::of(bytes.len(), bytes.len() / 256 + 1);
        starts.extend(std::iter::once(0));
        let mut before = Offsets::of(bytes.len(), blocks + 1);
        let mut scalars = 0;
        let mut from = 0;
        for part in bytes.chunks(PART) {
            starts.extend(memchr::memchr_iter(b'\n', part).map(|at| from + at + 1));
            before.extend(part.chunks(BLOCK).map(|block| {
                let so_far = scalars;
                scalars += begin(block);
                so_far
            }));
            from += part.len();
        }
        if bytes.len().is_multiple_of(BLOCK) {
            before.extend(std::iter::once(scalars));
        }
        starts.shrink();
        let mut hints = Vec::with_capacity(scalars / HINT + 1);
        let mut block = 0;
        for hint in 0..=scalars / HINT {
            while before.get(block + 1).is_some_and(|scalars| scalars <= hint * HINT) {
                block += 1;
            }
            hints.push(block);
        }
        Self { starts, before, hints, scalars }
    }

    pub(super) fn paragraphs(&self) -> usize {
        self.starts.len()
    }

    /// Bytes of paragraph `i` of a text of `len` bytes, without its LF; the last one where `i` is too large.
    pub(super) fn paragraph(&self, i: usize, len: usize) -> Range<usize> {
        let i = i.min(self.starts.len().saturating_sub(1));
        let start = self.starts.get(i).unwrap_or(0);
        start..self.starts.get(i + 1).map_or(len, |next| next - 1)
    }

    /// The paragraph that holds a byte.
    pub(super) fn paragraph_at(&self, byte: usize) -> usize {
        self.starts.up_to(byte).saturating_sub(1)
    }

    pub(super) fn scalars(&self) -> usize {
        self.scalars
    }

    /// The number of scalars before `byte`, which is floored to a character boundary of `text`.
    pub(super) fn scalar_of(&self, text: &str, byte: usize) -> usize {
        if self.scalars == text.len() {
            return byte.min(text.len());
        }
        let byte = text.floor_char_boundary(byte);
        let block = byte / BLOCK;
        let before = self.before.get(block).unwrap_or(0);
        before + begin(text.as_bytes().get(block * BLOCK..byte).unwrap_or_default())
    }

    /// The byte where a scalar starts; the end of the text for the one after the last; `None` beyond.
    pub(super) fn byte_of(&self, text: &str, scalar: usize) -> Option<usize> {
        if scalar > self.scalars {
            return None;
        }
        if self.scalars == text.len() {
            return Some(scalar);
        }
        if scalar == self.scalars {
            return Some(text.len());
        }
        let hint = |i: usize| self.hints.get(i).copied();
        let near = hint(scalar / HINT).unwrap_or(0);
        let far = hint(scalar / HINT + 1).unwrap_or(self.before.len());
        let block = self.before.up_to_within(scalar, near..far + 1).saturating_sub(1);
        let bytes = text.as_bytes();
        let (mut from, mut to) = (block * BLOCK, ((block + 1) * BLOCK).min(bytes.len()));
        // The number of scalars in the block before the one searched for.
        let mut more = scalar - self.before.get(block).unwrap_or(0);
        while to - from > 16 {
            let half = from.midpoint(to);
            let scalars = begin(&bytes[from..half]);
            if scalars <= more {
                (from, more) = (half, more - scalars);
            } else {
                to = half;
            }
        }
        let starts = bytes[from..].iter().enumerate().filter(|(_, b)| (**b & 0xC0) != 0x80);
        starts.map(|(at, _)| from + at).nth(more)
    }
}
