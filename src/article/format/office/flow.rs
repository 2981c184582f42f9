//! Paragraphs, tables and notes as office files have them, written as text by a [`Builder`].

use crate::article::document::{Builder, Description, Document, DocumentError};
use crate::text::BlockKind;

/// How often a cell or a row that is said to be repeated is written at most.
const MOST_REPEATED: u32 = 64;
/// From how many paragraphs and bytes in one of its cells on a table is one that only arranges what is on the page.
const ARRANGED: (usize, usize) = (4, 800);

/// The most pieces of one paragraph: further line ends in it are spaces.
const MOST_PIECES: usize = 500_000;
/// Lines of code are not longer than this, in bytes; paragraphs of prose are.
const LONGEST_LINE: usize = 200;

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::article::format) enum Piece {
    /// Words, with the white space as it was.
    Words(String),
    /// The line ends.
    Break,
    /// A page of this label begins.
    Page(String),
}

/// A paragraph, or a heading, an item and the like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::article::format) struct Paragraph {
    /// What it is; `None` for a paragraph.
    pub(in crate::article::format) kind: Option<BlockKind>,
    /// What stands in it.
    pub(in crate::article::format) pieces: Vec<Piece>,
}

impl Paragraph {
    /// Adds words.
    pub(in crate::article::format) fn push(&mut self, words: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Words(last)) => last.push_str(words),
            _ if words.is_empty() => {}
            _ => self.pieces.push(Piece::Words(words.to_owned())),
        }
    }

    /// Ends the line.
    pub(in crate::article::format) fn end_line(&mut self) {
        match self.pieces.last() {
            // Several line ends are one: a text has no empty lines but those between paragraphs.
            Some(Piece::Break) => {}
            _ if self.pieces.len() >= MOST_PIECES => self.push(" "),
            _ => self.pieces.push(Piece::Break),
        }
    }

    /// Puts words at the beginning.
    pub(in crate::article::format) fn put_first(&mut self, words: &str) {
        self.pieces.insert(0, Piece::Words(words.to_owned()));
    }

    /// Whether there are no words in it.
    pub(in crate::article::format) fn is_blank(&self) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Words(words) => words.trim().is_empty(),
            Piece::Break | Piece::Page(_) => true,
        })
    }

    /// Its words alone.
    pub(in crate::article::format) fn words(&self) -> String {
        let words = self.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.as_str(),
            Piece::Break => " ",
            Piece::Page(_) => "",
        });
        words.collect()
    }

    fn length(&self) -> usize {
        let lengths = self.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.len(),
            Piece::Break | Piece::Page(_) => 0,
        });
        lengths.sum()
    }
}

/// What a document consists of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::article::format) enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table: its rows.
    Table(Vec<Row>),
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::article::format) struct Row {
    /// Its cells.
    pub(in crate::article::format) cells: Vec<Cell>,
    /// How often it stands there.
    pub(in crate::article::format) times: u32,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::article::format) struct Cell {
    /// What stands in it.
    pub(in crate::article::format) blocks: Vec<Block>,
    /// Over how many columns it goes.
    pub(in crate::article::format) columns: u32,
    /// How often it stands there.
    pub(in crate::article::format) times: u32,
}

impl Cell {
    /// A cell over this many columns.
    pub(in crate::article::format) const fn new(blocks: Vec<Block>, columns: u32) -> Self {
        Self { blocks, columns, times: 1 }
    }

    fn is_blank(&self) -> bool {
        self.blocks.iter().all(|block| match block {
            Block::Paragraph(paragraph) => paragraph.is_blank(),
            Block::Table(rows) => rows.iter().all(|row| row.cells.iter().all(Self::is_blank)),
        })
    }
}

/// A document's text as it grows.
#[derive(Debug, Default)]
pub(in crate::article::format) struct Flow {
    builder: Builder,
    /// Whether the last block is preformatted: the next paragraph of the kind is its next line.
    preformatted: bool,
    /// Whether repeated cells or rows with words were not written as often as they are said to stand there.
    shortened: bool,
}

impl Flow {
    /// Writes a paragraph or a table.
    pub(in crate::article::format) fn write(&mut self, block: &Block) {
        if self.is_full() {
            return;
        }
        match block {
            Block::Paragraph(paragraph) => self.paragraph(paragraph),
            Block::Table(rows) if is_arrangement(rows) => {
                let cells = rows.iter().flat_map(|row| &row.cells);
                cells.flat_map(|cell| &cell.blocks).for_each(|block| self.write(block));
            }
            Block::Table(rows) => rows.iter().for_each(|row| self.row(row)),
        }
    }

    /// Writes a footnote or endnote. A mark of its own may stand in its words already.
    pub(in crate::article::format) fn note(&mut self, label: &str, mut blocks: Vec<Block>) {
        self.preformatted = false;
        if let Some(Block::Paragraph(first)) = blocks.first_mut()
            && let Some(Piece::Words(words)) = first.pieces.first_mut()
            && !label.contains(char::is_numeric)
            && let Some(rest) = words.trim_start().strip_prefix(label)
        {
            *words = rest.to_owned();
        }
        // A space that does not break stands between a number and the words in some files.
        if let Some(Block::Paragraph(first)) = blocks.first_mut()
            && let Some(Piece::Words(words)) = first.pieces.first_mut()
        {
            *words = words.trim_start().to_owned();
        }
        self.builder.begin(Some(BlockKind::Note));
        self.builder.push(&format!("[{label}] "));
        self.run_in(&blocks, true);
        self.builder.end();
    }

    /// Says what was repaired or left out.
    pub(in crate::article::format) fn remark(&mut self, remark: impl Into<String>) {
        self.builder.remark(remark);
    }

    /// Says how many tracked deletions and comments were left out, and whether hidden words were.
    pub(in crate::article::format) fn left_out(
        &mut self,
        deletions: usize,
        comments: usize,
        hidden: bool,
    ) {
        match deletions {
            0 => {}
            1 => self.remark("One tracked deletion was left out; insertions were kept."),
            n => self.remark(format!("{n} tracked deletions were left out; insertions were kept.")),
        }
        match comments {
            0 => {}
            1 => self.remark("A comment in the margin was left out."),
            n => self.remark(format!("{n} comments in the margin were left out.")),
        }
        if hidden {
            self.remark("Words that are hidden in the document were left out.");
        }
    }

    /// Whether nothing was written so far.
    pub(in crate::article::format) fn is_empty(&self) -> bool {
        self.builder.text().is_empty()
    }

    /// Whether no more text is taken.
    pub(in crate::article::format) const fn is_full(&self) -> bool {
        self.builder.is_full()
    }

    /// The document.
    pub(in crate::article::format) fn finish(
        mut self,
        description: Description,
    ) -> Result<Document, DocumentError> {
        if self.shortened {
            self.remark("Rows or cells that are repeated very often were written fewer times.");
        }
        self.builder.finish(description).and_then(prose)
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let preformatted = paragraph.kind == Some(BlockKind::Preformatted);
        if preformatted && self.preformatted {
            self.builder.line_break();
        } else {
            self.builder.begin(paragraph.kind.clone());
        }
        self.pieces(&paragraph.pieces, preformatted, true);
        if preformatted {
            self.preformatted |= self.builder.has_words();
        } else if self.builder.has_words() {
            self.preformatted = false;
        }
    }

    fn pieces(&mut self, pieces: &[Piece], verbatim: bool, breaks: bool) {
        for piece in pieces {
            match piece {
                Piece::Words(words) if verbatim => self.builder.push_verbatim(words),
                Piece::Words(words) => {
                    self.builder.push(words);
                }
                Piece::Break if breaks => self.builder.line_break(),
                Piece::Break => {
                    self.builder.push(" ");
                }
                Piece::Page(label) => self.builder.page(label.clone()),
            }
        }
    }

    fn row(&mut self, row: &Row) {
        if self.is_full() || row.cells.iter().all(Cell::is_blank) {
            return;
        }
        self.preformatted = false;
        self.shortened |= row.times > MOST_REPEATED;
        for _ in 0..row.times.clamp(1, MOST_REPEATED) {
            self.builder.begin(Some(BlockKind::Row));
            for cell in &row.cells {
                let blank = cell.is_blank();
                self.shortened |= cell.times > MOST_REPEATED && !blank;
                for _ in 0..cell.times.clamp(1, MOST_REPEATED) {
                    self.run_in(&cell.blocks, false);
                    for _ in 0..cell.columns.clamp(1, MOST_REPEATED) {
                        self.builder.cell_break();
                    }
                    if self.is_full() {
                        return;
                    }
                }
            }
            self.builder.end();
        }
    }

    /// Writes blocks into the block that is open: each on a line of its own, or all on the one line of a row.
    fn run_in(&mut self, blocks: &[Block], lines: bool) {
        for (at, block) in blocks.iter().enumerate() {
            if at > 0 && lines {
                self.builder.line_break();
            } else if at > 0 {
                self.builder.push(" ");
            }
            match block {
                Block::Paragraph(paragraph) => {
                    // A list's number cannot stand beside a row: it is part of the words there.
                    if let Some(BlockKind::Item(_, marker)) = &paragraph.kind
                        && marker.contains(char::is_alphanumeric)
                    {
                        self.builder.push(marker);
                        self.builder.push(" ");
                    }
                    self.pieces(&paragraph.pieces, false, lines);
                }
                Block::Table(rows) => {
                    for cell in rows.iter().flat_map(|row| &row.cells) {
                        self.run_in(&cell.blocks, false);
                        self.builder.push(" ");
                    }
                }
            }
        }
    }
}

/// A text whose paragraphs are all preformatted is prose: LibreOffice sets plain text so, which was opened in it and saved
/// as an office file.
fn prose(document: Document) -> Result<Document, DocumentError> {
    let structure = &document.structure;
    let lines: Vec<&str> = document.text.split('\n').collect();
    let kind = |at: usize| structure.kind_of(u32::try_from(at).unwrap_or(u32::MAX));
    let is_set = |(at, line): (usize, &&str)| {
        line.is_empty() || matches!(kind(at), Some(BlockKind::Preformatted | BlockKind::Note))
    };
    let long = lines.iter().any(|line| line.len() > LONGEST_LINE);
    if !long || !lines.iter().enumerate().all(is_set) {
        return Ok(document);
    }
    let mut builder = Builder::default();
    for (at, line) in lines.iter().enumerate() {
        builder.begin(kind(at).filter(|kind| **kind != BlockKind::Preformatted).cloned());
        let (mut rest, mut column) = (*line, 0);
        for page in structure.pages_in(u32::try_from(at).unwrap_or(u32::MAX)) {
            let ahead = page.column.saturating_sub(column) as usize;
            let cut = rest.char_indices().nth(ahead).map_or(rest.len(), |(cut, _)| cut);
            let (before, after) = rest.split_at(cut);
            builder.push(before);
            builder.page(page.label.clone());
            (rest, column) = (after, page.column);
        }
        builder.push(rest);
    }
    document.remarks.iter().for_each(|remark| builder.remark(remark.clone()));
    builder.finish(document.description)
}

/// Whether a table only arranges what is on the page: it has one column, or a cell with a heading or much text in it.
fn is_arrangement(rows: &[Row]) -> bool {
    let one_column = rows.iter().all(|row| {
        row.cells.len() <= 1 && row.cells.iter().all(|cell| cell.times <= 1 && row.times <= 1)
    });
    let arranged = |cell: &Cell| {
        let mut paragraphs = 0;
        let mut length = 0;
        for block in &cell.blocks {
            if let Block::Paragraph(paragraph) = block
                && !paragraph.is_blank()
            {
                if matches!(paragraph.kind, Some(BlockKind::Heading(_))) {
                    return true;
                }
                paragraphs += 1;
                length += paragraph.length();
            }
        }
        paragraphs >= ARRANGED.0 && length >= ARRANGED.1
    };
    one_column || rows.iter().flat_map(|row| &row.cells).any(arranged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(words: &str) -> Block {
        let pieces = vec![Piece::Words(words.to_owned())];
        Block::Paragraph(Paragraph { kind: None, pieces })
    }

    fn of(kind: BlockKind, text: &str) -> Block {
        let pieces = vec![Piece::Words(text.to_owned())];
        Block::Paragraph(Paragraph { kind: Some(kind), pieces })
    }

    fn row(cells: Vec<Vec<Block>>) -> Row {
        Row { cells: cells.into_iter().map(|blocks| Cell::new(blocks, 1)).collect(), times: 1 }
    }

    fn written(blocks: &[Block]) -> Document {
        let mut flow = Flow::default();
        blocks.iter().for_each(|block| flow.write(block));
        flow.note("1", vec![words("The note."), words("Its end.")]);
        flow.finish(Description::default()).unwrap()
    }

    #[test]
    fn a_table_is_rows_and_one_that_arranges_is_not() {
        let item = of(BlockKind::Item(1, "4.".to_owned()), "d");
        let nested = Block::Table(vec![row(vec![vec![words("e")], vec![words("f")]])]);
        let table = Block::Table(vec![
            row(vec![vec![words(" a "), words("b")], vec![], vec![words(" c")]]),
            row(vec![vec![item], vec![nested]]),
            row(vec![vec![], vec![words(" ")]]),
        ]);
        let document = written(&[words("x"), table]);
        assert_eq!(document.text, "x\n\na b\t\tc\n4. d\te f\n\n[1] The note.\nIts end.");
        let kinds: Vec<_> = document.structure.blocks.iter().map(|b| (b.line, &b.kind)).collect();
        assert_eq!(kinds[..2], [(2, &BlockKind::Row), (3, &BlockKind::Row)]);
        assert_eq!(kinds[2..], [(5, &BlockKind::Note), (6, &BlockKind::Note)]);

        let one_column = Block::Table(vec![row(vec![vec![words("a"), words("b")]])]);
        assert!(written(&[one_column]).text.starts_with("a\n\nb\n\n"));
        let headed = vec![of(BlockKind::Heading(2), "a"), words("b")];
        let arranged = Block::Table(vec![row(vec![headed, vec![words("c")]])]);
        let document = written(&[arranged]);
        assert!(document.text.starts_with("a\n\nb\n\nc\n\n"), "{}", document.text);
        assert_eq!(document.structure.kind_of(0), Some(&BlockKind::Heading(2)));
    }

    #[test]
    fn what_is_repeated_without_end_is_not() {
        let cell = |blocks, times| Cell { blocks, columns: 1, times };
        let cells = vec![cell(vec![words("a")], 1), cell(vec![], u32::MAX), cell(vec![], 1)];
        let few = vec![cell(vec![words("b")], 2), cell(vec![words("c")], 1)];
        let table = vec![Row { cells, times: u32::MAX }, Row { cells: few, times: 1 }];
        let document = written(&[Block::Table(table)]);
        assert_eq!(document.text.matches("a\n").count(), 64);
        assert!(document.text.contains("\nb\tb\tc\n"));
        assert_eq!(document.remarks.len(), 1);
    }

    #[test]
    fn preformatted_paragraphs_are_lines_of_one_block() {
        let line = |text| of(BlockKind::Preformatted, text);
        let document = written(&[line("a:"), line(""), line("  b"), words("c"), line("d")]);
        assert!(document.text.starts_with("a:\n  b\n\nc\n\nd\n\n"), "{}", document.text);
    }

    #[test]
    fn prose_that_is_set_as_code_is_prose() {
        let line = |text: &str| of(BlockKind::Preformatted, text);
        let long = "words ".repeat(50);
        let pieces = [
            Piece::Words("a ".to_owned()),
            Piece::Page("2".to_owned()),
            Piece::Words("b".to_owned()),
        ];
        let paged = Paragraph { kind: Some(BlockKind::Preformatted), pieces: pieces.into() };
        let document = written(&[line("Title"), line(&long), Block::Paragraph(paged)]);
        assert!(document.text.starts_with("Title\n\nwords words"), "{}", document.text);
        assert!(document.structure.blocks.iter().all(|block| block.kind == BlockKind::Note));
        let page = &document.structure.pages[0];
        assert_eq!((page.line, page.column), (4, 2));
        assert!(written(&[line("Title"), line("code")]).text.starts_with("Title\ncode\n\n"));
    }
}
