//! What changed between two versions of a text: the sentences that were removed, reworded, moved or added, the words
//! that differ, and the two texts in rows that stand side by side.
//!
//! The sentences are those of the search for places ([`super::reanchor`]) and are compared as there: straightened
//! quotation marks, no-break spaces and decomposed accents are no change of words. A sentence that shares enough of its
//! words with one in the same gap of the text was reworded; one that is found elsewhere was moved; the others were
//! removed or added.

mod marks;
mod pairs;
mod rows;

use std::ops::Range;

use super::reanchor::alignment::Alignment;
use super::reanchor::tokens::{Keys, Tokens};
use super::{Text, reanchor};
use marks::Marks;
use pairs::Pairs;

/// So many removed sentences are looked for elsewhere in the new text; of more it is said that they were removed.
const MOST_SOUGHT: usize = 2_000;

/// What became of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    /// It is not in the new text.
    Removed,
    /// It stands there in other words; several may have become one, or one several.
    Reworded,
    /// It stands elsewhere.
    Moved,
    /// It was not in the old text.
    Added,
}

impl ChangeKind {
    /// As shown on screen and in scripts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Reworded => "reworded",
            Self::Moved => "moved",
            Self::Added => "added",
        }
    }

    /// Whether words of the old text are gone: what the article took back.
    #[must_use]
    pub const fn takes_back(self) -> bool {
        matches!(self, Self::Removed | Self::Reworded)
    }
}

/// A change of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub kind: ChangeKind,
    /// Bytes of the old text: the sentence; of an added one none, at the place where it is missing.
    pub old: Range<usize>,
    /// Bytes of the new text: the sentence; of a removed one none, at the place where it is missing.
    pub new: Range<usize>,
    /// The row in which the two texts show it, by its number.
    pub row: usize,
}

/// How words are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// They are not in the other text, which is the newer one.
    Removed,
    /// They are not in the other text, which is the older one.
    Added,
    /// They stand elsewhere in the other text.
    Moved,
    /// They are the same words, with other signs, spaces or accents.
    Respelt,
}

/// Words that are marked: bytes of their text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The words.
    pub bytes: Range<usize>,
    /// How they are marked.
    pub mark: Mark,
}

/// A row of the two texts side by side: a paragraph or several that belong together, or a part of a long one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Bytes of the old text; may be none.
    pub old: Range<usize>,
    /// Bytes of the new text; may be none.
    pub new: Range<usize>,
    /// Whether words in it are marked.
    pub changed: bool,
}

/// What changed between two versions of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    list: Vec<Change>,
    rows: Vec<Row>,
    /// By their place in the old text and in the new.
    marks: (Vec<Marked>, Vec<Marked>),
    respelt: usize,
}

impl Changes {
    /// Compares an older version of a text with a newer one. A megabyte takes about a tenth of a second, more where
    /// hundreds of sentences changed: for a job.
    ///
    /// ```
    /// use casebook::text::{ChangeKind, Changes, Text};
    ///
    /// let old = Text::new("Kervel dément tout. Le conseil savait depuis vendredi.");
    /// let new = Text::new("Kervel dément tout. Le conseil savait depuis lundi soir.");
    /// let changes = Changes::of(&old, &new);
    /// let [change] = changes.list() else { panic!("one sentence was reworded") };
    /// assert_eq!(change.kind, ChangeKind::Reworded);
    /// assert_eq!(old.get(change.old.clone()), Some("Le conseil savait depuis vendredi."));
    /// let marked = &changes.old_marks(&(0..old.len()))[0];
    /// assert_eq!(old.get(marked.bytes.clone()), Some("vendredi"));
    /// ```
    #[must_use]
    pub fn of(old: &Text, new: &Text) -> Self {
        let mut keys = Keys::default();
        let tokens = (Tokens::new(old.as_str(), &mut keys), Tokens::new(new.as_str(), &mut keys));
        let alignment = Alignment::new(&tokens.0, &tokens.1);
        let mut pairs = Pairs::new((&tokens.0, &tokens.1), &alignment, &keys.weights());
        find_elsewhere((old, new), (&tokens.0, &tokens.1), &mut pairs);
        let rows = rows::rows((old, new), (&tokens.0, &tokens.1), &pairs);
        let mut marks = Marks::new((old, new), (&tokens.0, &tokens.1));
        let mut list = Vec::new();
        for joined in &pairs.joined {
            let bytes = (tokens.0.bytes_of(&joined.old), tokens.1.bytes_of(&joined.new));
            match joined.kind {
                pairs::Kind::Same => marks.same(joined),
                pairs::Kind::Reworded => {
                    marks.reworded(joined, None);
                    list.push((ChangeKind::Reworded, bytes));
                }
                pairs::Kind::Moved => {
                    marks.reworded(joined, Some(Mark::Moved));
                    list.push((ChangeKind::Moved, bytes));
                }
            }
        }
        for (stretch, before) in pairs.alone(true) {
            let old = tokens.0.bytes_of(&(stretch..stretch + 1));
            let at = end_of(before, &tokens.1);
            marks.alone(&old, Mark::Removed);
            list.push((ChangeKind::Removed, (old, at..at)));
        }
        for (stretch, before) in pairs.alone(false) {
            let new = tokens.1.bytes_of(&(stretch..stretch + 1));
            let at = end_of(before, &tokens.0);
            marks.alone(&new, Mark::Added);
            list.push((ChangeKind::Added, (at..at, new)));
        }
        // In the order of the old text; what was added stands after what it follows.
        list.sort_by_key(|(_, (old, new))| (old.start, old.is_empty(), new.start));
        let list = list
            .into_iter()
            .map(|(kind, (old, new))| {
                let row = rows::row_of(&rows, kind, &old, &new);
                Change { kind, old, new, row }
            })
            .collect();
        let (marks, respelt) = marks.finish();
        let mut all = Self { list, rows, marks, respelt };
        all.say_which_rows_changed();
        all
    }

    /// The sentences that changed, in the order of the old text.
    #[must_use]
    pub fn list(&self) -> &[Change] {
        &self.list
    }

    /// The two texts side by side. Blank paragraphs are in no row.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The marked words in these bytes of the old text, in their order.
    #[must_use]
    pub fn old_marks(&self, bytes: &Range<usize>) -> &[Marked] {
        within(&self.marks.0, bytes)
    }

    /// The marked words in these bytes of the new text, in their order.
    #[must_use]
    pub fn new_marks(&self, bytes: &Range<usize>) -> &[Marked] {
        within(&self.marks.1, bytes)
    }

    /// How many sentences have the same words with other signs, spaces or accents. They are no changes.
    #[must_use]
    pub const fn respelt(&self) -> usize {
        self.respelt
    }

    /// How many sentences were removed, reworded, moved and added.
    #[must_use]
    pub fn counts(&self) -> [usize; 4] {
        use ChangeKind::{Added, Moved, Removed, Reworded};
        [Removed, Reworded, Moved, Added]
            .map(|kind| self.list.iter().filter(|change| change.kind == kind).count())
    }

    fn say_which_rows_changed(&mut self) {
        for row in &mut self.rows {
            row.changed = !within(&self.marks.0, &row.old).is_empty()
                || !within(&self.marks.1, &row.new).is_empty();
        }
    }
}

/// The marks that touch these bytes.
fn within<'a>(marks: &'a [Marked], bytes: &Range<usize>) -> &'a [Marked] {
    let first = marks.partition_point(|marked| marked.bytes.end <= bytes.start);
    let end = marks.partition_point(|marked| marked.bytes.start < bytes.end);
    marks.get(first..end).unwrap_or_default()
}

/// Where what stands after this stretch would begin.
fn end_of(stretch: Option<usize>, tokens: &Tokens) -> usize {
    let stretch = stretch.and_then(|stretch| tokens.stretches.get(stretch));
    stretch.map_or(0, |it| tokens.bytes(it).end)
}

/// Looks for sentences that the gaps of the text do not hold: those that were moved and reworded.
fn find_elsewhere(texts: (&Text, &Text), tokens: (&Tokens, &Tokens), pairs: &mut Pairs) {
    let alone: Vec<usize> = pairs.alone(true).into_iter().map(|(stretch, _)| stretch).collect();
    if alone.is_empty() || alone.len() > MOST_SOUGHT || pairs.alone(false).is_empty() {
        return;
    }
    let ranges: Vec<Range<usize>> =
        alone.iter().map(|&stretch| tokens.0.bytes_of(&(stretch..stretch + 1))).collect();
    for (stretch, outcome) in alone.into_iter().zip(reanchor(texts.0, texts.1, &ranges)) {
        let Some(found) = outcome.range() else { continue };
        let there = tokens.1.touched(&found);
        let (Some(first), Some(last)) = (there.clone().next(), there.last()) else { continue };
        let there = tokens.1.stretch_of(first)..tokens.1.stretch_of(last) + 1;
        pairs.join_moved(stretch, there);
    }
}

impl Tokens {
    /// The bytes of these stretches.
    fn bytes_of(&self, stretches: &Range<usize>) -> Range<usize> {
        self.bytes(&self.tokens_of(stretches))
    }

    /// The tokens of these stretches.
    fn tokens_of(&self, stretches: &Range<usize>) -> Range<usize> {
        let first = self.stretches.get(stretches.start).map(|tokens| tokens.start);
        let end = stretches.end.checked_sub(1).and_then(|last| self.stretches.get(last));
        match (first, end) {
            (Some(first), Some(last)) if first <= last.end => first..last.end,
            _ => 0..0,
        }
    }
}

#[cfg(test)]
mod tests;
