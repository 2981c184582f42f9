//! Where places of a text are after parts of it were replaced.

use std::ops::Range;

/// The parts that were replaced, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Moved(Vec<(Range<usize>, Range<usize>)>);

impl Moved {
    /// These bytes of the old text became those of the new one. In order, not overlapping.
    pub(super) fn add(&mut self, old: Range<usize>, new: Range<usize>) {
        self.0.push((old, new));
    }

    /// Where a range is now: what touches a replaced part holds all of it.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        self.place(range.start, false)..self.place(range.end, true)
    }

    fn place(&self, byte: usize, is_end: bool) -> usize {
        // The last part that begins before the place.
        let before = self.0.partition_point(|(old, _)| old.start < byte);
        let Some((old, new)) = before.checked_sub(1).map(|at| &self.0[at]) else { return byte };
        if byte >= old.end {
            new.end + (byte - old.end)
        } else if is_end {
            new.end
        } else {
            new.start
        }
    }
}
