//! Quotation marks and brackets: which of them open and which close, and what is between them.
//!
//! One sign serves several languages in opposite ways (“ opens in English and closes in German, » opens in German and
//! closes in French, ’ closes and is an apostrophe), so each is interpreted by what is open and by the characters
//! beside it.

use std::ops::Range;

/// The longest quotation or parenthesis that is not split, in bytes.
pub(super) const HELD: usize = 600;

/// The marks of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The positions of the opening marks, in order.
    opening: Vec<usize>,
    /// The positions of the closing marks, in order.
    closing: Vec<usize>,
    /// The contents of quotations and parentheses short enough not to be split, including their closing mark; in order,
    /// and none inside another.
    held: Vec<Range<usize>>,
}

impl Marks {
    pub fn opens(&self, at: usize) -> bool {
        self.opening.binary_search(&at).is_ok()
    }

    pub fn closes(&self, at: usize) -> bool {
        self.closing.binary_search(&at).is_ok()
    }

    /// Whether a break here would split a quotation or parenthesis.
    pub fn holds(&self, at: usize) -> bool {
        let next = self.held.partition_point(|span| span.end <= at);
        self.held.get(next).is_some_and(|span| at >= span.start)
    }

    /// The marks of a paragraph.
    pub fn of(words: &str) -> Self {
        let mut reading = Reading { words, marks: Self::default(), open: Vec::new() };
        let mut before = None;
        for (at, c) in words.char_indices() {
            reading.take(at, c, before);
            before = Some(c);
        }
        reading.marks
    }
}

struct Reading<'a> {
    words: &'a str,
    marks: Marks,
    /// The marks that are open: what closes them, and where their inside begins.
    open: Vec<(Closer, usize)>,
}

/// What closes an open mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closer {
    /// One of these characters.
    One(&'static str),
    /// An apostrophe at this place, looked for when the mark was read.
    At(usize),
}

impl Reading<'_> {
    fn take(&mut self, at: usize, c: char, before: Option<char>) {
        let inside = at + c.len_utf8();
        let after = self.words[inside..].chars().next();
        // An opening mark has nothing or white space before it, and something else after it.
        let can_open = before.is_none_or(|c| {
            c.is_whitespace()
                || matches!(c, '(' | '[' | '«' | '“' | '„' | '‘' | '"' | '—' | '–' | '-' | '/')
        }) && after.is_some_and(|c| !c.is_whitespace());
        let spaced_before = before.is_none_or(char::is_whitespace);
        match c {
            '(' => self.open(at, inside, Closer::One(")")),
            '[' => self.open(at, inside, Closer::One("]")),
            ')' | ']' => self.close(at, c),
            '«' | '‹' if !spaced_before && self.is_open(c) => self.close(at, c),
            '«' => self.open(at, inside, Closer::One("»")),
            '‹' => self.open(at, inside, Closer::One("›")),
            '»' if can_open && !self.is_open(c) => self.open(at, inside, Closer::One("«")),
            '›' if can_open && !self.is_open(c) => self.open(at, inside, Closer::One("‹")),
            '»' | '›' => self.close(at, c),
            '„' => self.open(at, inside, Closer::One("“”")),
            '“' if self.is_open(c) => self.close(at, c),
            '“' => self.open(at, inside, Closer::One("”")),
            '”' if can_open && spaced_before && !self.is_open(c) => {
                self.open(at, inside, Closer::One("”"));
            }
            '”' => self.close(at, c),
            '‚' if can_open => self.open(at, inside, Closer::One("‘’")),
            '‘' if self.is_open(c) && !spaced_before => self.close(at, c),
            '‘' if can_open => {
                if let Some(end) = self.single_end(inside) {
                    self.open(at, inside, Closer::At(end));
                }
            }
            '\'' if can_open && !self.is_open_at() => {
                if let Some(end) = self.straight_end(inside) {
                    self.open(at, inside, Closer::At(end));
                }
            }
            '’' | '\'' if self.open.iter().any(|open| open.0 == Closer::At(at)) => {
                self.close(at, c)
            }
            '’' if self.is_open(c) && !after.is_some_and(char::is_alphanumeric) => {
                self.close(at, c)
            }
            '"' if can_open && (spaced_before || !self.is_open(c)) => {
                self.open(at, inside, Closer::One("\""));
            }
            '"' if self.is_open(c) => self.close(at, c),
            _ => {}
        }
    }

    fn open(&mut self, at: usize, inside: usize, closer: Closer) {
        self.marks.opening.push(at);
        self.open.push((closer, inside));
    }

    fn is_open(&self, c: char) -> bool {
        self.open.iter().any(|(closer, _)| matches!(closer, Closer::One(one) if one.contains(c)))
    }

    fn is_open_at(&self) -> bool {
        self.open.iter().any(|(closer, _)| matches!(closer, Closer::At(_)))
    }

    fn close(&mut self, at: usize, c: char) {
        self.marks.closing.push(at);
        let closed = self.open.iter().rposition(|(closer, _)| match closer {
            Closer::One(one) => one.contains(c),
            Closer::At(place) => *place == at,
        });
        let Some(i) = closed else { return };
        let from = self.open[i].1;
        // Marks left open inside it were never closed.
        self.open.truncate(i);
        if at - from <= HELD {
            let held = &mut self.marks.held;
            while held.pop_if(|span| span.start >= from).is_some() {}
            held.push(from..at + c.len_utf8());
        }
    }

    /// The end of a quotation in ‘ ’: at the first ’ after a punctuation mark, or else at the first that ends a word;
    /// the others are apostrophes (“the dogs’ bowl”).
    fn single_end(&self, from: usize) -> Option<usize> {
        let mut word_end = None;
        let mut before = ' ';
        for (at, c) in self.near(from) {
            match c {
                '‘' if !before.is_alphanumeric() => break,
                '’' => {
                    let after = self.words[at + c.len_utf8()..].chars().next();
                    if !after.is_some_and(char::is_alphanumeric) {
                        if ends_speech(before) {
                            return Some(at);
                        }
                        word_end = word_end.or(Some(at).filter(|_| !before.is_whitespace()));
                    }
                }
                _ => {}
            }
            before = c;
        }
        word_end
    }

    /// The end of a quotation in ' ', which is an apostrophe unless punctuation comes before it.
    fn straight_end(&self, from: usize) -> Option<usize> {
        let mut before = ' ';
        for (at, c) in self.near(from) {
            if c == '\'' {
                if before.is_whitespace() {
                    return None;
                }
                let after = self.words[at + 1..].chars().next();
                if ends_speech(before) && !after.is_some_and(char::is_alphanumeric) {
                    return Some(at);
                }
            }
            before = c;
        }
        None
    }

    /// The characters from a byte on, as far as a quotation may reach.
    fn near(&self, from: usize) -> impl Iterator<Item = (usize, char)> + '_ {
        let to = self.words.floor_char_boundary(from + HELD);
        self.words[from..to].char_indices().map(move |(at, c)| (from + at, c))
    }
}

/// Whether a punctuation mark can end quoted speech, inside its quotation marks.
fn ends_speech(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | '…' | '—' | '–' | ';')
}
