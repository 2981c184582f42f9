//! The effort put into something that the user may stop.

use std::cell::Cell;

/// The work between two checks whether to stop, in elementary comparisons: some tenths of a millisecond.
const ASKED_EVERY: u64 = 100_000;
/// The work still done after a stop, in elementary comparisons: some hundredths of a second. It tidies up an
/// arrangement that was stopped.
const AFTERWARDS: u64 = 12_000_000;

/// Work that ends soon after the user stops it. Without a stop it is unlimited, so that the result is the same on every
/// machine.
pub(super) struct Effort<'a> {
    stopped: &'a dyn Fn() -> bool,
    unasked: Cell<u64>,
    left: Cell<Option<u64>>,
}

impl<'a> Effort<'a> {
    /// An effort that is unlimited until `stopped` returns true.
    pub fn until(stopped: &'a dyn Fn() -> bool) -> Self {
        Self { stopped, unasked: Cell::new(ASKED_EVERY), left: Cell::new(None) }
    }

    /// Counts work that was done; returns whether to go on.
    pub fn spend(&self, work: u64) -> bool {
        if let Some(left) = self.left.get() {
            self.left.set(Some(left.saturating_sub(work)));
            return left > work;
        }
        let unasked = self.unasked.get() + work;
        if unasked < ASKED_EVERY {
            self.unasked.set(unasked);
            return true;
        }
        self.unasked.set(0);
        if (self.stopped)() {
            self.left.set(Some(AFTERWARDS));
        }
        true
    }

    /// Whether it had been stopped at the last check.
    pub fn was_stopped(&self) -> bool {
        self.left.get().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_ends_soon_after_it_is_stopped_and_not_before() {
        let asked = Cell::new(0);
        let stopped = || {
            asked.set(asked.get() + 1);
            asked.get() > 3
        };
        let effort = Effort::until(&stopped);
        let mut done = 0;
        while effort.spend(1000) {
            done += 1000;
        }
        assert_eq!(asked.get(), 4);
        assert!(done <= 4 * ASKED_EVERY + AFTERWARDS, "{done}");
        assert!(effort.was_stopped() && !effort.spend(1));
        assert!(Effort::until(&|| false).spend(u64::MAX / 2));
    }
}
