//! What is counted once per text: where its paragraphs start, and how many scalars stand before each block.
//!
//! One pass each, over whole blocks: nothing here looks at one character at a time except inside a block.

use std::ops::Range;

/// Bytes between two scalar checkpoints.
const BLOCK: usize = 1024;

/// Ascending offsets, held in four bytes each where the text is shorter than 4 GiB.
#[derive(Debug)]
enum Offsets {
    /// Every offset fits in 32 bits.
    Short(Vec<u32>),
    /// The text is 4 GiB or longer.
    Long(Vec<usize>),
}

impl Offsets {
    /// Collects offsets in a text of `len` bytes; none may exceed `len`.
    fn collect(len: usize, offsets: impl Iterator<Item = usize>) -> Self {
        if u32::try_from(len).is_ok() {
            Self::Short(offsets.map(|o| u32::try_from(o).unwrap_or(u32::MAX)).collect())
        } else {
            Self::Long(offsets.collect())
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
        match self {
            Self::Short(offsets) => offsets.partition_point(|&o| o as usize <= value),
            Self::Long(offsets) => offsets.partition_point(|&o| o <= value),
        }
    }
}

/// Paragraph starts and scalar checkpoints of one text.
#[derive(Debug)]
pub(super) struct Index {
    /// Byte where each paragraph starts; the first is 0.
    starts: Offsets,
    /// Scalars before block `i`, which starts at the character boundary at or before byte `i * BLOCK`.
    before: Offsets,
    /// All scalars of the text.
    scalars: usize,
}

impl Index {
    /// Reads the text once for line feeds and once for scalars.
    pub(super) fn new(text: &str) -> Self {
        let starts =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1));
        let mut scalars = 0;
        let mut from = 0;
        let before = (0..=text.len() / BLOCK).map(|i| {
            let to = text.floor_char_boundary(i * BLOCK);
            // `chars().count()` counts whole machine words inside the standard library, whatever our own profile.
            scalars += text.get(from..to).map_or(0, |block| block.chars().count());
            from = to;
            scalars
        });
        let before = Offsets::collect(text.len(), before);
        scalars += text.get(from..).map_or(0, |block| block.chars().count());
        Self { starts: Offsets::collect(text.len(), starts), before, scalars }
    }

    pub(super) fn paragraphs(&self) -> usize {
        self.starts.len()
    }

    /// Bytes of paragraph `i` of a text of `len` bytes, without its LF; the last one where there is no such one.
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

    /// Scalars before `byte`, which is floored to a character boundary of `text`.
    pub(super) fn scalar_of(&self, text: &str, byte: usize) -> usize {
        if self.scalars == text.len() {
            return byte.min(text.len());
        }
        let byte = text.floor_char_boundary(byte);
        // A block that starts inside a character starts at that character: its floor is never above `byte`.
        let block = byte / BLOCK;
        let from = text.floor_char_boundary(block * BLOCK);
        let before = self.before.get(block).unwrap_or(0);
        before + text.get(from..byte).map_or(0, |part| part.chars().count())
    }

    /// The byte where a scalar starts; the end of the text for the one after the last; `None` beyond.
    pub(super) fn byte_of(&self, text: &str, scalar: usize) -> Option<usize> {
        if scalar > self.scalars {
            return None;
        }
        if self.scalars == text.len() {
            return Some(scalar);
        }
        let block = self.before.up_to(scalar).saturating_sub(1);
        let mut from = text.floor_char_boundary(block * BLOCK);
        let mut to = text.floor_char_boundary((block + 1) * BLOCK);
        let mut more = scalar - self.before.get(block).unwrap_or(0);
        // Halving the block lets the standard library count; a walk by characters would read it one by one.
        while to - from > 16 {
            let half = text.floor_char_boundary(from.midpoint(to));
            let scalars = text.get(from..half).map_or(0, |part| part.chars().count());
            if scalars <= more {
                (from, more) = (half, more - scalars);
            } else {
                to = half;
            }
        }
        let rest = text.get(from..)?;
        Some(from + rest.char_indices().nth(more).map_or(rest.len(), |(at, _)| at))
    }
}
