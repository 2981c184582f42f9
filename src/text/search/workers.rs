//! Searching on several threads: a long text is divided at paragraphs, and matches are delivered in order, the first of
//! them as soon as they are found.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

use super::{Finder, Search};
use crate::text::Text;

/// The least number of bytes that are searched at once: a stretch ends with its paragraph. A search that is told to
/// stop finishes its stretch first, however slow its pattern.
pub(super) const STRETCH: usize = 32 << 10;
/// The most threads, however many cores there are.
const MOST_THREADS: usize = 4;

/// The end of a stretch that begins at `at`: after the first LF past [`STRETCH`] bytes.
pub(super) fn stretch_end(text: &str, at: usize) -> usize {
    let far = at.saturating_add(STRETCH);
    if far >= text.len() {
        return text.len();
    }
    memchr::memchr(b'\n', &text.as_bytes()[far..]).map_or(text.len(), |i| far + i + 1)
}

impl Finder {
    /// Finds all matches in `text`, at most `limit`, and passes them to `take` in order, stretch by stretch. It uses
    /// this thread and as many more as there are cores (four at most); `take` is called on this one. `cancelled` is
    /// checked before each match.
    pub fn find_each(
        &self,
        text: &str,
        cancelled: &(dyn Fn() -> bool + Sync),
        limit: usize,
        take: &mut dyn FnMut(Vec<Range<usize>>),
    ) {
        self.find_in_parts(text, true, cancelled, limit, take);
    }

    /// As [`Finder::find_each`], in a text, which remembers from the first search whether it holds invisible
    /// characters.
    pub fn find_each_in(
        &self,
        text: &Text,
        cancelled: &(dyn Fn() -> bool + Sync),
        limit: usize,
        take: &mut dyn FnMut(Vec<Range<usize>>),
    ) {
        self.find_in_parts(text.as_str(), text.holds_invisible(), cancelled, limit, take);
    }

    fn find_in_parts(
        &self,
        text: &str,
        invisible: bool,
        cancelled: &(dyn Fn() -> bool + Sync),
        limit: usize,
        take: &mut dyn FnMut(Vec<Range<usize>>),
    ) {
        let Some(mut memory) = self.memory() else { return };
        let cores = std::thread::available_parallelism().map_or(1, |n| n.get()).min(MOST_THREADS);
        if cores < 2 || text.len() <= STRETCH {
            let mut left = limit;
            let mut at = 0;
            while at < text.len() && left > 0 && !cancelled() {
                let end = stretch_end(text, at);
                let mut found = Vec::new();
                let search = Search { text, cancelled, limit: left, wanted: &|_| true, invisible };
                self.search(&mut memory, &search, at..end, &mut found);
                left -= found.len();
                if !found.is_empty() {
                    take(found);
                }
                at = end;
            }
            return;
        }
        // The next stretch to search: its number and where it begins.
        let next = Mutex::new((0_usize, 0_usize));
        let enough = AtomicBool::new(false);
        let stop = || enough.load(Ordering::Relaxed) || cancelled();
        let (sender, receiver) = channel();
        std::thread::scope(|scope| {
            for _ in 0..cores {
                let sender = sender.clone();
                let (next, stop) = (&next, &stop);
                scope.spawn(move || {
                    let Some(mut memory) = self.memory() else { return };
                    let search =
                        Search { text, cancelled: stop, limit, wanted: &|_| true, invisible };
                    while !stop() {
                        let (number, stretch) = {
                            let Ok(mut next) = next.lock() else { return };
                            if next.1 >= text.len() {
                                return;
                            }
                            let start = next.1;
                            let end = stretch_end(text, start);
                            *next = (next.0 + 1, end);
                            (next.0 - 1, start..end)
                        };
                        let mut found = Vec::new();
                        self.search(&mut memory, &search, stretch, &mut found);
                        // Sending fails once there are enough matches.
                        if sender.send((number, found)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            let mut waiting: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
            let (mut due, mut left) = (0, limit);
            for (number, found) in receiver {
                waiting.insert(number, found);
                while let Some(mut found) = waiting.remove(&due) {
                    due += 1;
                    found.truncate(left);
                    left -= found.len();
                    if !found.is_empty() {
                        take(found);
                    }
                    if left == 0 {
                        enough.store(true, Ordering::Relaxed);
                    }
                }
            }
        });
    }
}
