//! What the reader of a Word file knows while it goes through the words.

use std::collections::HashMap;

use super::notes::{NoteKey, Notes};
use super::numbering::Numbering;
use super::pages::Pages;
use super::styles::{Style, Styles};
use crate::article::format::office::flow::{Block, Paragraph, Piece};
use crate::article::format::office::output::Output;
use crate::article::format::office::symbols::SymbolFont;

/// The most languages that are told apart.
const MOST_LANGUAGES: usize = 64;

/// How the words of a run are set.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub(super) hidden: bool,
    pub(super) font: Option<SymbolFont>,
    pub(super) language: Option<String>,
}

impl Run {
    /// As a style says.
    pub(super) fn of(style: &Style) -> Self {
        Self { hidden: style.hidden, font: style.font, language: style.language.clone() }
    }
}

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct Field {
    /// Whether its result has begun: what is shown in its place.
    pub(super) result: bool,
    /// What it is to do.
    pub(super) instruction: String,
    /// What it shows where it has no result.
    pub(super) shown: String,
    /// How much was said when it began.
    pub(super) said: usize,
}

/// What a paragraph says of itself.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) style: Option<String>,
    pub(super) list: Option<String>,
    pub(super) depth: Option<usize>,
    pub(super) outline: Option<u8>,
    /// Whether its end was deleted: the next paragraph goes on in its line.
    pub(super) joined: bool,
    /// Whether it holds the large first letter of the next one.
    pub(super) drop_cap: bool,
    /// Whether it begins a page.
    pub(super) page: bool,
    /// Whether it ends a section.
    pub(super) section: bool,
}

/// A paragraph that is being read.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub(super) paragraph: Paragraph,
    pub(super) properties: Properties,
    /// How its words are set where a run does not say.
    pub(super) run: Run,
    /// The reference to a note whose own mark comes next, and what of that was read.
    pub(super) mark: Option<(NoteKey, String)>,
}

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct Left {
    pub(super) deleted: usize,
    pub(super) hidden: bool,
    pub(super) comments: usize,
    pub(super) missing_notes: bool,
    pub(super) files: bool,
    pub(super) formulas: bool,
}

/// The reader of a Word file.
pub(super) struct State<'a> {
    pub(super) styles: &'a Styles,
    pub(super) numbering: Numbering,
    pub(super) notes: Notes,
    pub(super) pages: Pages,
    /// The words of diagrams, by the id they are named with.
    pub(super) diagrams: HashMap<String, Vec<String>>,
    pub(super) out: Output,
    pub(super) left: Left,
    /// The first paragraph in the style of titles.
    pub(super) title: Option<String>,
    /// How the words are set that are read now.
    pub(super) run: Run,
    /// How many deletions lie around them.
    pub(super) deleted: usize,
    pub(super) fields: Vec<Field>,
    /// How many paragraphs began since a field began that has no result yet.
    pub(super) waiting: usize,
    /// How many bytes of words were taken.
    pub(super) said: usize,
    /// Words that belong to the paragraph that comes next.
    pub(super) carried: Vec<Piece>,
    /// Boxes that are written after the paragraph they are in.
    pub(super) after: Vec<Block>,
    /// How many bytes of words are in which language.
    languages: Vec<(String, usize)>,
}

impl<'a> State<'a> {
    /// At the beginning of a file.
    pub(super) fn new(
        styles: &'a Styles,
        numbering: Numbering,
        notes: Notes,
        pages: Pages,
    ) -> Self {
        Self {
            styles,
            numbering,
            notes,
            pages,
            diagrams: HashMap::new(),
            out: Output::default(),
            left: Left::default(),
            title: None,
            run: Run::default(),
            deleted: 0,
            fields: Vec::new(),
            waiting: 0,
            said: 0,
            carried: Vec::new(),
            after: Vec::new(),
            languages: Vec::new(),
        }
    }

    /// Takes words, if they are shown.
    pub(super) fn say(&mut self, line: &mut Line, words: &str) {
        let blank = words.trim().is_empty();
        if words.is_empty() || self.deleted > 0 || self.fields.iter().any(|field| !field.result) {
            return;
        }
        if self.run.hidden {
            self.left.hidden |= !blank;
            return;
        }
        if !self.out.takes(words.len()) {
            return;
        }
        if let Some((_, mark)) = &mut line.mark {
            mark.push_str(words);
            return;
        }
        if !blank && let Some(label) = self.pages.due() {
            line.paragraph.pieces.push(Piece::Page(label));
        }
        self.said += words.len();
        line.paragraph.push(words);
        if let Some(language) = &self.run.language {
            let many = self.languages.len() >= MOST_LANGUAGES;
            match self.languages.iter_mut().find(|(known, _)| known == language) {
                Some((_, count)) => *count += words.len(),
                None if many => {}
                None => self.languages.push((language.clone(), words.len())),
            }
        }
    }

    /// Ends a line, if it is shown.
    pub(super) fn end_line(&mut self, line: &mut Line) {
        if self.deleted == 0 && !self.run.hidden && self.fields.iter().all(|field| field.result) {
            line.paragraph.end_line();
        }
    }

    /// Refers to a note, if the reference is shown.
    pub(super) fn refer(&mut self, line: &mut Line, key: &NoteKey, mark: &str) {
        let shown = self.deleted == 0 && !self.run.hidden;
        if !shown || self.fields.iter().any(|field| !field.result) {
            return;
        }
        match self.notes.refer(key, mark) {
            Some(label) => self.say(line, &format!("[{label}]")),
            None => self.left.missing_notes = true,
        }
    }

    /// Reads what stands in a cell or box: fields and joined paragraphs do not go beyond it.
    pub(super) fn contained(&mut self, read: impl FnOnce(&mut Self)) -> Vec<Block> {
        self.out.open();
        let fields = std::mem::take(&mut self.fields);
        let carried = std::mem::take(&mut self.carried);
        let after = std::mem::take(&mut self.after);
        let run = std::mem::take(&mut self.run);
        read(self);
        self.flush();
        self.fields = fields;
        self.carried = carried;
        self.after = after;
        self.run = run;
        self.out.close()
    }

    /// Writes words that waited for a paragraph which did not come.
    pub(super) fn flush(&mut self) {
        let pieces = std::mem::take(&mut self.carried);
        if !pieces.is_empty() {
            self.out.emit(Block::Paragraph(Paragraph { kind: None, pieces }));
        }
    }

    /// The language most words are in; that of the styles where none is said.
    pub(super) fn language(&self) -> String {
        let most = self.languages.iter().max_by_key(|(_, count)| *count);
        let said: usize = self.languages.iter().map(|(_, count)| count).sum();
        match most {
            // Words that do not say their language are in that of the styles.
            Some((language, count)) if *count >= self.said.saturating_sub(said) => language.clone(),
            _ => self.styles.language().to_owned(),
        }
    }
}
