//! Goes through the parts of a Rich Text file and takes its words.

use super::charset::{Charset, language};
use super::frame::{Frame, FrameKind};
use super::groups::{Destination, Group, character};
use super::header::{Font, Header, StyleEntry};
use super::token::{Token, Tokens};
use crate::article::format::office::fields::shown_by;
use crate::article::format::office::flow::Block;
use crate::article::format::office::output::Output;

/// How many groups may lie in one another: what lies deeper is left out.
const MOST_GROUPS: usize = 1000;
/// The most of a name, a sign or an instruction that is kept, in bytes.
const LONGEST: usize = 4096;
/// The most languages that are told apart.
const MOST_LANGUAGES: usize = 64;

/// A field that is open.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) depth: usize,
    pub(super) instruction: String,
    pub(super) said: usize,
}

/// What was left out.
#[derive(Debug, Default)]
pub(super) struct Left {
    pub(super) deletions: usize,
    pub(super) comments: usize,
    pub(super) hidden: bool,
    pub(super) edges: bool,
    pub(super) deep: bool,
    /// Whether groups were open at the end.
    pub(super) cut: bool,
}

/// What a file says about itself, as it is written.
#[derive(Debug, Default)]
pub(super) struct Info {
    pub(super) title: String,
    pub(super) author: String,
    pub(super) company: String,
    /// Year, month and day.
    pub(super) created: [i32; 3],
    pub(super) changed: [i32; 3],
}

/// The reader of a Rich Text file.
pub(super) struct Reader<'a> {
    tokens: Tokens<'a>,
    pub(super) header: Header,
    pub(super) groups: Vec<Group>,
    /// How many groups are open that lie too deep.
    beyond: usize,
    pub(super) frames: Vec<Frame>,
    pub(super) out: Output,
    pub(super) notes: Vec<(String, Vec<Block>)>,
    pub(super) numbered: u32,
    pub(super) fields: Vec<Field>,
    pub(super) info: Info,
    pub(super) left: Left,
    /// Bytes that are not decoded yet, and whether one of them from 0x80 on was written as a number.
    bytes: Vec<u8>,
    written: bool,
    /// How many characters are passed over: they stand for one that was read.
    pass: usize,
    /// The first half of a character that is written in two.
    half: Option<u32>,
    /// What is gathered for a name or a sign.
    pub(super) gathered: String,
    font: (i32, Font),
    style: (i32, StyleEntry),
    pub(super) said: usize,
    /// Whether the words before were deleted ones.
    deleting: bool,
    /// The first paragraph in the style of titles.
    pub(super) heading: Option<String>,
    default_language: i32,
    languages: Vec<(i32, usize)>,
}

impl<'a> Reader<'a> {
    /// At the beginning of a file.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            tokens: Tokens::new(bytes),
            header: Header::default(),
            groups: Vec::new(),
            beyond: 0,
            frames: vec![Frame::new(FrameKind::Main, 0)],
            out: Output::default(),
            notes: Vec::new(),
            numbered: 0,
            fields: Vec::new(),
            info: Info::default(),
            left: Left::default(),
            bytes: Vec::new(),
            written: false,
            pass: 0,
            half: None,
            gathered: String::new(),
            font: (0, Font::default()),
            style: (0, StyleEntry::default()),
            said: 0,
            deleting: false,
            heading: None,
            default_language: 0,
            languages: Vec::new(),
        }
    }

    /// Reads everything.
    pub(super) fn read(&mut self) {
        while let Some(token) = self.tokens.next() {
            if self.beyond > 0 {
                match token {
                    Token::Open => self.beyond += 1,
                    Token::Close => self.beyond -= 1,
                    Token::Word("bin", count) => self.pass_over(count),
                    _ => {}
                }
                continue;
            }
            if self.out.is_full() {
                return;
            }
            match token {
                Token::Open => self.open(),
                Token::Close => {
                    self.close();
                    if self.groups.is_empty() {
                        break;
                    }
                }
                Token::Text(bytes) => self.text(bytes),
                Token::Byte(byte) => self.byte(byte),
                Token::Symbol(sign) => self.symbol(sign),
                Token::Word(name, number) => self.control(name, number),
            }
        }
        self.left.cut = !self.groups.is_empty();
        while !self.groups.is_empty() {
            self.close();
        }
    }

    /// How the group that is open is set.
    pub(super) fn group(&mut self) -> &mut Group {
        if self.groups.is_empty() {
            self.groups.push(Group::default());
        }
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn to(&self) -> Destination {
        self.groups.last().map_or(Destination::Skip, |group| group.destination)
    }

    fn pass_over(&mut self, count: Option<i32>) {
        self.tokens.pass_over(usize::try_from(count.unwrap_or(0)).unwrap_or(0));
    }

    fn open(&mut self) {
        self.flush();
        self.pass = 0;
        if self.groups.len() >= MOST_GROUPS {
            self.beyond = 1;
            self.left.deep = true;
            return;
        }
        let mut group = self.groups.last().cloned().unwrap_or_default();
        if std::mem::take(&mut group.twice) {
            // The words in bytes; those in Unicode come after them.
            group.destination = Destination::Skip;
        }
        group.fresh = true;
        group.optional = false;
        self.groups.push(group);
    }

    fn close(&mut self) {
        self.flush();
        self.pass = 0;
        let depth = self.groups.len();
        let Some(group) = self.groups.pop() else { return };
        let outer = self.to();
        if group.destination != outer {
            let gathered = std::mem::take(&mut self.gathered);
            match group.destination {
                Destination::Title => self.info.title = gathered,
                Destination::Author => self.info.author = gathered,
                Destination::Company => self.info.company = gathered,
                Destination::Marker if !group.hidden => {
                    if let Some(frame) = self.frames.last_mut() {
                        frame.marker = Some(gathered);
                    }
                }
                _ => {}
            }
        }
        if self.frames.last().is_some_and(|frame| frame.depth == depth && depth > 0) {
            self.end_frame(&group);
        }
        if let Some(field) = self.fields.pop_if(|field| field.depth == depth)
            && field.said == self.said
            && let Some(shown) = shown_by(&field.instruction)
        {
            self.take(&shown);
        }
        if depth == 1 {
            // The end of the file ends the last paragraph.
            self.groups.push(group);
            self.end_frame(&Group::default());
            self.groups.clear();
        }
    }

    fn text(&mut self, bytes: &[u8]) {
        let pass = self.pass.min(bytes.len());
        self.pass -= pass;
        let bytes = bytes.get(pass..).unwrap_or_default();
        if bytes.is_empty() {
            return;
        }
        self.group().fresh = false;
        if self.to() != Destination::Skip {
            self.bytes.extend_from_slice(bytes);
        }
    }

    fn byte(&mut self, byte: u8) {
        self.group().fresh = false;
        if self.pass > 0 {
            self.pass -= 1;
        } else if self.to() != Destination::Skip {
            self.bytes.push(byte);
            self.written |= byte >= 0x80;
        }
    }

    fn symbol(&mut self, sign: u8) {
        if sign == b'*' {
            self.flush();
            self.group().optional = true;
            return;
        }
        self.group().fresh = false;
        if self.pass > 0 && matches!(sign, b'~' | b'_' | b'-' | b'\\' | b'{' | b'}') {
            self.pass -= 1;
            return;
        }
        match sign {
            b'\\' | b'{' | b'}' => {
                if self.to() != Destination::Skip {
                    self.bytes.push(sign);
                }
                return;
            }
            b'~' => self.say("\u{a0}"),
            b'_' => self.say("\u{2011}"),
            b'\r' | b'\n' => self.control("par", None),
            b'\t' => self.control("tab", None),
            _ => {}
        }
        self.flush();
    }

    /// Takes what was read as bytes.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let written = std::mem::take(&mut self.written);
        let font = match self.to() {
            Destination::Fonts | Destination::Styles => self.header.default_font,
            _ => self.groups.last().map_or(0, |group| group.font),
        };
        let (charset, _) = self.header.font(font);
        // Names are in letters, also those of fonts of symbols.
        let charset = match (self.to(), charset) {
            (Destination::Body | Destination::Marker, charset) => charset,
            (Destination::Fonts, _) if self.font.1.set > 2 => {
                Charset::of_font(self.font.1.set, self.header.usual)
            }
            (_, Charset::Symbols) => self.header.usual,
            (_, charset) => charset,
        };
        let words = charset.decode(&bytes, !written);
        self.take(&words);
    }

    /// Takes the sign that a control word stands for.
    pub(super) fn take_sign(&mut self, sign: &str) {
        self.take(sign);
    }

    fn say(&mut self, words: &str) {
        self.flush();
        self.take(words);
    }

    /// Takes words to where they go.
    fn take(&mut self, words: &str) {
        self.half = None;
        let Some(group) = self.groups.last() else { return };
        let symbols = self.header.font(group.font).1;
        let private = |c: char| matches!(c, '\u{f020}'..='\u{f0ff}');
        let mapped = symbols.filter(|_| words.contains(private)).map(|font| {
            words.chars().map(|c| if private(c) { font.meant(c) } else { c }).collect::<String>()
        });
        let words = mapped.as_deref().unwrap_or(words);
        match group.destination {
            Destination::Body => self.take_shown(words),
            Destination::Fonts => {
                for part in words.split_inclusive(';') {
                    match part.strip_suffix(';') {
                        Some(last) => {
                            self.gather(last);
                            let (number, mut font) = std::mem::take(&mut self.font);
                            font.name = std::mem::take(&mut self.gathered).trim().to_owned();
                            self.header.add_font(number, font);
                        }
                        None => self.gather(part),
                    }
                }
            }
            Destination::Styles => {
                self.gather(words.trim_end_matches(';'));
                if words.ends_with(';') {
                    let (number, mut style) = std::mem::take(&mut self.style);
                    style.name = std::mem::take(&mut self.gathered).trim().to_owned();
                    self.header.add_style(number, style);
                }
            }
            Destination::Instruction => {
                if let Some(field) = self.fields.last_mut()
                    && field.instruction.len() + words.len() <= LONGEST
                {
                    field.instruction.push_str(words);
                }
            }
            Destination::Edge => self.left.edges |= words.contains(char::is_alphabetic),
            Destination::Title
            | Destination::Author
            | Destination::Company
            | Destination::Marker => self.gather(words),
            Destination::Skip | Destination::Info | Destination::Created | Destination::Changed => {
            }
        }
    }

    fn gather(&mut self, words: &str) {
        if self.gathered.len() + words.len() <= LONGEST {
            self.gathered.push_str(words);
        }
    }

    pub(super) fn take_shown(&mut self, words: &str) {
        let Some(group) = self.groups.last() else { return };
        let blank = words.trim().is_empty();
        if group.deleted {
            self.left.deletions += usize::from(!self.deleting && !blank);
            self.deleting |= !blank;
            return;
        }
        self.deleting &= blank;
        if group.hidden {
            self.left.hidden |= !blank;
            return;
        }
        let said = if group.language == 0 { self.default_language } else { group.language };
        let many = self.languages.len() >= MOST_LANGUAGES;
        match self.languages.iter_mut().find(|(language, _)| *language == said) {
            Some((_, count)) => *count += words.len(),
            None if many => {}
            None => self.languages.push((said, words.len())),
        }
        self.said += words.len();
        if !self.out.takes(words.len()) {
            return;
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.line.push(words);
        }
    }

    /// A control word.
    fn control(&mut self, name: &str, number: Option<i32>) {
        if self.pass > 0 && character(name).is_some() {
            self.pass -= 1;
            return;
        }
        if name == "bin" {
            self.pass_over(number);
            return;
        }
        if name == "u" {
            self.unicode(number.unwrap_or(0));
            return;
        }
        self.flush();
        self.pass = 0;
        let group = self.group();
        let optional = group.optional;
        if std::mem::take(&mut group.fresh) && self.begins(name, optional) {
            return;
        }
        match self.to() {
            Destination::Skip => {}
            Destination::Fonts => match (name, number) {
                ("f", Some(number)) => self.font.0 = number,
                ("fcharset", Some(set)) => self.font.1.set = set,
                ("cpg", Some(page)) => self.font.1.page = Some(page),
                _ => {}
            },
            Destination::Styles => match (name, number) {
                ("s", Some(number)) => self.style.0 = number,
                ("sbasedon", based_on) => self.style.1.based_on = based_on,
                ("outlinelevel", outline) => self.style.1.outline = outline,
                ("lang", language) => self.style.1.language = language,
                _ => {}
            },
            Destination::Created => part_of_date(&mut self.info.created, name, number),
            Destination::Changed => part_of_date(&mut self.info.changed, name, number),
            _ => self.apply(name, number),
        }
    }

    fn unicode(&mut self, number: i32) {
        self.flush();
        self.pass = self.group().fallback;
        self.group().fresh = false;
        let code = match u32::try_from(number) {
            Ok(code) => code,
            // Numbers of 16 bits with a sign.
            Err(_) => u32::try_from(number.saturating_add(0x1_0000)).unwrap_or(0xfffd),
        };
        let code = match (code, self.half) {
            (0xd800..=0xdbff, _) => {
                self.half = Some(code);
                return;
            }
            (0xdc00..=0xdfff, Some(half)) => 0x1_0000 + ((half - 0xd800) << 10) + (code - 0xdc00),
            _ => code,
        };
        let c = char::from_u32(code).unwrap_or('\u{fffd}');
        let pass = self.pass;
        self.take(c.encode_utf8(&mut [0; 4]));
        self.pass = pass;
    }

    pub(super) const fn set_default_language(&mut self, code: i32) {
        self.default_language = code;
    }

    /// The language most words are in.
    pub(super) fn language(&self) -> &'static str {
        let most = self.languages.iter().max_by_key(|(_, count)| *count);
        match most {
            Some((0, _)) => language(self.header.language()),
            Some((code, _)) => language(*code),
            None => "",
        }
    }
}

fn part_of_date(date: &mut [i32; 3], name: &str, number: Option<i32>) {
    let at = ["yr", "mo", "dy"].iter().position(|part| *part == name);
    if let Some(place) = at.and_then(|at| date.get_mut(at)) {
        *place = number.unwrap_or(0);
    }
}
