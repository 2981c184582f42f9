//! How the lists of an OpenDocument text count (part 3, 5.3 and 16.30 of OpenDocument 1.3).

use std::collections::HashMap;

use super::list_style::{LEVELS, ListStyle};
use super::styles::Styles;
use crate::article::format::numerals::Numeral;
use crate::article::format::office::MOST_ENTRIES;

/// The longest sign before an item, in characters.
const LONGEST_SIGN: usize = 60;

type Counts = [Option<u32>; LEVELS];

/// A list that is open.
#[derive(Clone, Debug)]
pub(super) struct Open {
    style: String,
    counts: usize,
}

/// The lists of a text as they count.
#[derive(Debug, Default)]
pub(super) struct Lists {
    open: Vec<Open>,
    /// The counts of lists that go on in one another.
    counts: Vec<Counts>,
    /// Which counts a list of this id has, and the last list of this style.
    by_id: HashMap<String, usize>,
    by_style: HashMap<String, usize>,
    headings: Counts,
}

/// How a list begins.
#[derive(Debug, Default)]
pub(super) struct Beginning {
    pub(super) id: String,
    pub(super) style: String,
    /// Whether it goes on with the numbers of the list before.
    pub(super) goes_on: bool,
    /// The id of the list it goes on with.
    pub(super) after: String,
}

impl Lists {
    /// A list begins.
    pub(super) fn begin(&mut self, beginning: Beginning) {
        let Beginning { id, style, goes_on, after } = beginning;
        let outer = self.open.last().cloned();
        let depth = self.open.len();
        let (style, counts) = match outer {
            Some(outer) => {
                if !goes_on && let Some(count) = self.counts_mut(outer.counts, depth) {
                    *count = None;
                }
                (if style.is_empty() { outer.style } else { style }, outer.counts)
            }
            None => {
                let before = self.by_id.get(&after).copied().filter(|_| !after.is_empty());
                let before = before.or_else(|| {
                    let last = self.by_style.get(&style).copied();
                    last.or_else(|| self.counts.len().checked_sub(1)).filter(|_| goes_on)
                });
                let counts = before.unwrap_or_else(|| {
                    if self.counts.len() < MOST_ENTRIES {
                        self.counts.push(Counts::default());
                    }
                    self.counts.len() - 1
                });
                (style, counts)
            }
        };
        if !id.is_empty() && self.by_id.len() < MOST_ENTRIES {
            self.by_id.insert(id, counts);
        }
        if depth == 0 && self.by_style.len() < MOST_ENTRIES {
            self.by_style.insert(style.clone(), counts);
        }
        self.open.push(Open { style, counts });
    }

    /// The list that began last ends.
    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// How many lists lie around what comes next.
    pub(super) const fn depth(&self) -> usize {
        self.open.len()
    }

    /// Lists that are open are left for a box or a note, which has lists of its own.
    pub(super) fn leave(&mut self) -> Vec<Open> {
        std::mem::take(&mut self.open)
    }

    /// Comes back to the lists that were left.
    pub(super) fn come_back(&mut self, open: Vec<Open>) {
        self.open = open;
    }

    /// An item begins: the sign before it. `own` is the style of lists that its paragraph names.
    pub(super) fn count(
        &mut self,
        styles: &Styles,
        own: Option<&str>,
        start: Option<u32>,
    ) -> String {
        let depth = self.open.len().saturating_sub(1).min(LEVELS - 1);
        let Some(open) = self.open.last() else { return String::new() };
        let name = if open.style.is_empty() { own.unwrap_or_default() } else { &open.style };
        let Some(counts) = self.counts.get_mut(open.counts) else { return String::new() };
        let Some(style) = styles.list(name).filter(|_| !name.is_empty()) else {
            return "•".to_owned();
        };
        count(style, counts, depth, start)
    }

    /// A heading of a level (from 1) begins: its number; empty where headings have none.
    pub(super) fn heading(&mut self, styles: &Styles, level: u8, start: Option<u32>) -> String {
        let Some(style) = styles.outline() else { return String::new() };
        let depth = usize::from(level.max(1) - 1).min(LEVELS - 1);
        count(style, &mut self.headings, depth, start)
    }

    fn counts_mut(&mut self, counts: usize, depth: usize) -> Option<&mut Option<u32>> {
        self.counts.get_mut(counts)?.get_mut(depth)
    }
}

fn count(style: &ListStyle, counts: &mut Counts, depth: usize, start: Option<u32>) -> String {
    let level_at = |at: usize| style.levels.get(at).and_then(Option::as_ref);
    let start_at = |at: usize| level_at(at).map_or(1, |level| level.start);
    let next = match (start, counts[depth]) {
        (Some(start), _) => start,
        (None, Some(count)) => count.saturating_add(1),
        (None, None) => start_at(depth),
    };
    counts[depth] = Some(next);
    counts[depth + 1..].fill(None);
    let Some(level) = level_at(depth) else { return String::new() };
    if let Some(bullet) = &level.bullet {
        return bullet.clone();
    }
    if level.numeral == Numeral::None {
        return String::new();
    }
    let number = |at: usize| {
        let numeral = level_at(at).map_or(Numeral::Decimal, |level| level.numeral);
        numeral.write(counts.get(at).copied().flatten().unwrap_or_else(|| start_at(at)))
    };
    let sign = match &level.pattern {
        Some(pattern) => {
            let mut sign = pattern.clone();
            for at in 0..=depth {
                sign = sign.replace(&format!("%{}%", at + 1), &number(at));
            }
            sign
        }
        None => {
            let from = (depth + 1).saturating_sub(level.shown.max(1));
            let numbers: Vec<String> =
                (from..=depth).map(number).filter(|number| !number.is_empty()).collect();
            format!("{}{}{}", level.prefix, numbers.join("."), level.suffix)
        }
    };
    sign.trim().chars().take(LONGEST_SIGN).collect()
}
