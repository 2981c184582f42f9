//! Building a document's text block by block: white space as browsers treat it, empty lines between blocks, and the
//! structure beside it.

use std::ops::Range;

use super::{
    Description, Document, DocumentError, LONGEST_LABEL, LONGEST_LINE, MOST_TEXT, one_line,
};
use crate::text::{Block, BlockKind, Page, Structure};

/// A document being built. Readers begin a block, push its words as they come, and end it; what holds no words leaves
/// no trace.
///
/// ```
/// use casebook::article::document::Builder;
/// use casebook::text::BlockKind;
///
/// let mut builder = Builder::default();
/// builder.block(Some(BlockKind::Heading(1)), "A  denial\n");
/// builder.begin(None);
/// builder.push("Kervel ");
/// builder.push(" denies.");
/// builder.end();
/// let document = builder.finish(Default::default())?;
/// assert_eq!(document.text, "A denial\n\nKervel denies.");
/// assert_eq!(document.structure.kind_of(0), Some(&BlockKind::Heading(1)));
/// # Ok::<(), casebook::article::document::DocumentError>(())
/// ```
#[derive(Debug, Default)]
pub struct Builder {
    text: String,
    structure: Structure,
    remarks: Vec<String>,
    /// The lines that are complete.
    lines: u32,
    /// Where the line that is being written begins, in bytes.
    line_start: usize,
    /// The block that was begun, if any.
    open: Option<Open>,
    /// The kind of the block before; `None` before the first.
    before: Option<Option<BlockKind>>,
    /// Pages that begin with the next word.
    pages: Vec<String>,
    full: bool,
}

#[derive(Debug)]
struct Open {
    kind: Option<BlockKind>,
    /// Whether words of it stand in the text.
    written: bool,
    /// White space that was met and not written yet.
    gap: Gap,
    /// Cells that ended since the last word.
    cells: usize,
}

/// White space between two words, the strongest wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
}

impl Builder {
    /// A whole block: its kind (`None` for a paragraph) and its words. See [`Self::push`].
    pub fn block(&mut self, kind: Option<BlockKind>, words: &str) {
        self.begin(kind);
        self.push(words);
        self.end();
    }

    /// Begins a block; one that is open is ended. The sign of an item is taken as one line without control characters, as
    /// are labels of pages and remarks.
    pub fn begin(&mut self, kind: Option<BlockKind>) {
        self.end();
        let kind = match kind {
            Some(BlockKind::Item(depth, sign)) => {
                Some(BlockKind::Item(depth, one_line(&sign, LONGEST_LABEL)))
            }
            kind => kind,
        };
        self.open = Some(Open { kind, written: false, gap: Gap::None, cells: 0 });
    }

    /// Whether a block is open that holds words already.
    #[must_use]
    pub fn has_words(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.written)
    }

    /// Adds words to the open block (a paragraph where none is open). Runs of spaces, tabs and line ends become one
    /// space, none at the beginning and the end of a line; control characters and soft hyphens are dropped. Returns
    /// where the words stand in the text, in bytes: what holds no white space stands there as it was.
    pub fn push(&mut self, words: &str) -> Range<usize> {
        let mut start = None;
        for (at, part) in words.split([' ', '\t', '\n', '\r', '\u{c}']).enumerate() {
            if at > 0 {
                self.widen(Gap::Space);
            }
            if !part.is_empty() {
                let range = self.word(part);
                start.get_or_insert(range.start);
            }
        }
        start.unwrap_or(self.text.len())..self.text.len()
    }

    /// Adds words whose spaces, tabs and line ends are kept.
    pub fn push_verbatim(&mut self, words: &str) {
        for (at, line) in words.split('\n').enumerate() {
            if at > 0 {
                self.line_break();
            }
            let line = line.strip_suffix('\r').unwrap_or(line);
            if !line.is_empty() {
                self.word(line);
            }
        }
    }

    /// Ends the line inside the open block, as `<br>` does.
    pub fn line_break(&mut self) {
        self.widen(Gap::Line);
    }

    /// Ends a cell of a row: a tab follows, if another cell does.
    pub fn cell_break(&mut self) {
        if let Some(open) = &mut self.open {
            // Tabs are written with the next word: empty cells keep their place, and a row does not end with them.
            open.cells += 1;
            open.gap = Gap::None;
        }
    }

    /// The next word begins a page of this label.
    pub fn page(&mut self, label: impl Into<String>) {
        self.pages.push(one_line(&label.into(), LONGEST_LABEL));
    }

    /// Ends the open block.
    pub fn end(&mut self) {
        if let Some(open) = self.open.take()
            && open.written
        {
            self.before = Some(open.kind);
        }
    }

    /// Says what was repaired or left out: a whole sentence.
    pub fn remark(&mut self, remark: impl Into<String>) {
        self.remarks.push(one_line(&remark.into(), LONGEST_LINE));
    }

    /// Whether it holds the most text that is taken: readers stop then, and [`Self::finish`] fails.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.full
    }

    /// The text so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The document.
    ///
    /// # Errors
    /// There are no words in it, or more than [`MOST_TEXT`].
    pub fn finish(mut self, description: Description) -> Result<Document, DocumentError> {
        self.end();
        if self.full {
            let what = format!("it has more than {} MiB of text", MOST_TEXT >> 20);
            return Err(DocumentError::TooMuch { what });
        }
        if self.text.trim().is_empty() {
            return Err(DocumentError::Empty);
        }
        let Self { text, structure, remarks, .. } = self;
        Ok(Document { text, structure, description, remarks })
    }

    fn widen(&mut self, gap: Gap) {
        // No white space at the beginning of a block, nor of a cell.
        if let Some(open) = &mut self.open
            && open.written
            && open.cells == 0
        {
            open.gap = open.gap.max(gap);
        }
    }

    /// Writes a word after the gap before it.
    fn word(&mut self, word: &str) -> Range<usize> {
        let dropped = |c: char| (c.is_control() && c != '\t') || c == '\u{ad}' || c == '\u{feff}';
        let words = word.chars().filter(|c| !dropped(*c));
        if self.full || words.clone().next().is_none() {
            return self.text.len()..self.text.len();
        }
        if self.text.len() + word.len() > MOST_TEXT {
            self.full = true;
            return self.text.len()..self.text.len();
        }
        if self.open.is_none() {
            self.begin(None);
        }
        self.write_begin();
        for label in self.pages.drain(..) {
            let column = self.text.get(self.line_start..).map_or(0, |line| line.chars().count());
            self.structure.pages.push(Page {
                label,
                line: self.lines,
                column: u32::try_from(column).unwrap_or(u32::MAX),
            });
        }
        let start = self.text.len();
        self.text.extend(words);
        start..self.text.len()
    }

    /// Writes what stands before the next word: the empty line before a block and its kind, or white space in it.
    fn write_begin(&mut self) {
        let Some(open) = &mut self.open else { return };
        let gap = std::mem::replace(&mut open.gap, Gap::None);
        let cells = std::mem::take(&mut open.cells);
        if open.written {
            match gap {
                Gap::None => {}
                Gap::Space => self.text.push(' '),
                Gap::Line => {
                    let kind = open.kind.clone();
                    self.next_line();
                    self.note(kind, true);
                }
            }
            self.text.extend(std::iter::repeat_n('\t', cells));
            return;
        }
        open.written = true;
        let kind = open.kind.clone();
        if let Some(before) = &self.before {
            let close = matches!(
                (before, &kind),
                (Some(BlockKind::Item(..)), Some(BlockKind::Item(..)))
                    | (Some(BlockKind::Row), Some(BlockKind::Row))
                    | (Some(BlockKind::Note), Some(BlockKind::Note))
            );
            self.next_line();
            if !close {
                self.next_line();
            }
        }
        self.note(kind, false);
        self.text.extend(std::iter::repeat_n('\t', cells));
    }

    fn next_line(&mut self) {
        self.text.push('\n');
        self.lines = self.lines.saturating_add(1);
        self.line_start = self.text.len();
    }

    /// Notes what the line that begins is. The further lines of an item have no sign of their own.
    fn note(&mut self, kind: Option<BlockKind>, further: bool) {
        let kind = match kind {
            Some(BlockKind::Item(depth, _)) if further => {
                Some(BlockKind::Item(depth, String::new()))
            }
            kind => kind,
        };
        if let Some(kind) = kind {
            self.structure.blocks.push(Block { line: self.lines, kind });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(marker: &str) -> Option<BlockKind> {
        Some(BlockKind::Item(1, marker.to_owned()))
    }

    #[test]
    fn white_space_collapses_and_blocks_are_parted() {
        let mut builder = Builder::default();
        builder.page("1");
        builder.block(Some(BlockKind::Heading(2)), " \n A \t heading ");
        builder.block(None, " \n ");
        builder.block(item("1."), "one");
        builder.begin(item("2."));
        builder.push("two");
        builder.line_break();
        builder.page("2");
        let range = builder.push(" lines");
        builder.block(None, "co\u{ad}operate\u{0}");
        let document = builder.finish(Description::default()).expect("words");
        assert_eq!(document.text, "A heading\n\none\ntwo\nlines\n\ncooperate");
        assert_eq!(&document.text[range], "lines");
        assert!(document.structure.fits(7));
        let kinds: Vec<_> =
            document.structure.blocks.iter().map(|b| (b.line, b.kind.clone())).collect();
        assert_eq!(
            kinds,
            [
                (0, BlockKind::Heading(2)),
                (2, BlockKind::Item(1, "1.".to_owned())),
                (3, BlockKind::Item(1, "2.".to_owned())),
                (4, BlockKind::Item(1, String::new())),
            ]
        );
        let pages: Vec<_> =
            document.structure.pages.iter().map(|p| (&*p.label, p.line, p.column)).collect();
        assert_eq!(pages, [("1", 0, 0), ("2", 4, 0)]);
    }

    #[test]
    fn cells_keep_their_place_and_verbatim_words_their_spaces() {
        let mut builder = Builder::default();
        for row in [["a", "", "c"], ["", "b", ""]] {
            builder.begin(Some(BlockKind::Row));
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    builder.cell_break();
                }
                builder.push(&format!(" {cell} "));
            }
        }
        builder.begin(Some(BlockKind::Preformatted));
        builder.push_verbatim("  x\n\n\ty");
        let document = builder.finish(Description::default()).expect("words");
        assert_eq!(document.text, "a\t\tc\n\tb\n\n  x\n\ty");
    }

    #[test]
    fn signs_labels_and_remarks_are_one_line_each() {
        let mut builder = Builder::default();
        builder.page("i\u{12}\n v");
        builder.block(item("9\r0\u{0}."), "words");
        builder.remark("Missing:\tmi\u{b}ssing.");
        let document = builder.finish(Description::default()).expect("words");
        assert_eq!(document.structure.blocks[0].kind, BlockKind::Item(1, "9 0 .".to_owned()));
        assert_eq!(document.structure.pages[0].label, "i v");
        assert_eq!(document.remarks, ["Missing: mi ssing."]);
    }

    #[test]
    fn what_holds_no_words_is_no_document() {
        let mut builder = Builder::default();
        builder.block(None, " \u{ad} \u{0} ");
        assert_eq!(builder.finish(Description::default()), Err(DocumentError::Empty));
    }
}
