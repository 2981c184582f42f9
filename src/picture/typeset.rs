//! Words laid out: broken into lines, shaped as each script wants it, with the next face where one lacks a glyph.

use std::collections::HashMap;

use harfrust::{Direction, ShapeOptions, UnicodeBuffer};
use unicode_bidi::BidiInfo;
use unicode_script::{Script, UnicodeScript as _};
use unicode_segmentation::UnicodeSegmentation as _;

use super::faces::{Face, Faces};
use super::shapes::{Glyph, Laid, Run, Shape, Words};
use crate::drawing::{Anchor, Letters, Paint, Room, Text};
use crate::graph::Point;
use crate::text::{shown, shown_name};

/// Height of a line as a multiple of the size of its type.
const LEADING: f32 = 1.28;
/// How far below the middle of a line its letters stand, as a share of their size: half the height of a capital.
const MIDDLE: f32 = 0.36;
/// What stands for what is cut off.
const CUT: &str = "…";
/// What stands for a character without a glyph.
const UNKNOWN: char = '?';

/// Lays words out, and keeps them in the order in which they were written.
#[derive(Debug)]
pub struct Typesetter<'a> {
    faces: &'a mut Faces,
    widths: HashMap<(String, bool), f32>,
    /// How much wider words are taken to be than they are here.
    caution: f32,
    written: Vec<Shape>,
}

/// A line that was shaped: its width as a share of the size of its type, and its glyphs.
struct Shaped {
    width: f32,
    from_right: bool,
    runs: Vec<Run>,
}

impl<'a> Typesetter<'a> {
    /// Sets in these faces.
    pub fn new(faces: &'a mut Faces) -> Self {
        Self { faces, widths: HashMap::new(), caution: 1.0, written: Vec::new() }
    }

    /// Takes words to be so much wider than they are: for readers with other faces.
    #[must_use]
    pub fn cautiously(self, caution: f32) -> Self {
        Self { caution, ..self }
    }

    /// What was written since this was asked for last.
    pub fn take(&mut self) -> Vec<Shape> {
        std::mem::take(&mut self.written)
    }

    /// Sets words at a place.
    pub fn set(&mut self, text: &str, room: Room, bold: bool, at: Point, paint: Paint) {
        let lines = self.lines(text, room, bold);
        let leading = leading(room.size);
        let top = match room.anchor {
            Anchor::Middle | Anchor::Left => at.y - leading * lines.len() as f32 * 0.5,
            Anchor::TopLeft => at.y,
        };
        let lines = lines.into_iter().zip(0_u16..).map(|(text, row)| {
            let shaped = self.shape(&text, bold);
            Laid {
                text,
                x: at.x,
                baseline: top + leading * (f32::from(row) + 0.5) + MIDDLE * room.size,
                width: shaped.width * room.size,
                from_right: shaped.from_right,
                runs: shaped.runs,
            }
        });
        let lines: Vec<Laid> = lines.filter(|line| !line.text.is_empty()).collect();
        if !lines.is_empty() {
            let centred = room.anchor == Anchor::Middle;
            let words = Words { lines, size: room.size, bold, centred, paint };
            self.written.push(Shape::Words(words));
        }
    }

    /// The width and height that words take.
    pub fn size(&mut self, text: &str, room: Room, bold: bool) -> Point {
        let lines = self.lines(text, room, bold);
        let widths = lines.iter().map(|line| self.width(line, bold) * room.size);
        Point::new(widths.fold(0.0, f32::max), leading(room.size) * lines.len() as f32)
    }

    /// Words broken into lines that fit, the last one cut where not all do.
    fn lines(&mut self, text: &str, room: Room, bold: bool) -> Vec<String> {
        let one = room.rows <= 1;
        let text = if one { shown_name(text) } else { shown(text) };
        // In shares of the size of the type.
        let width = (room.width / room.size).max(1.0);
        let mut lines: Vec<String> = Vec::new();
        let mut paragraphs = text.split('\n').peekable();
        while let Some(paragraph) = paragraphs.next() {
            let mut rest = paragraph.trim();
            loop {
                if lines.len() + 1 == room.rows.max(1) {
                    let more = paragraphs.peek().is_some_and(|next| !next.trim().is_empty());
                    lines.push(self.cut(rest, width, bold, more));
                    return lines;
                }
                let end = self.fitting(rest, width, bold);
                lines.push(rest[..end].trim_end().to_owned());
                rest = rest[end..].trim_start();
                if rest.is_empty() {
                    break;
                }
            }
        }
        lines
    }

    /// How many bytes of a line fit, up to a place where it may be broken; at least one character.
    fn fitting(&mut self, text: &str, width: f32, bold: bool) -> usize {
        let (mut end, mut used) = (0, 0.0);
        for token in tokens(text) {
            let bare = token.trim_end();
            if used + self.width(bare, bold) > width {
                break;
            }
            used += self.width(token, bold);
            end += token.len();
        }
        if end > 0 {
            return end;
        }
        // A word that is longer than the line.
        for (at, letter) in text.grapheme_indices(true) {
            used += self.width(letter, bold);
            if used > width && at > 0 {
                return at;
            }
        }
        text.len()
    }

    /// A line that is cut where it does not fit, or where `more` would follow.
    fn cut(&mut self, text: &str, width: f32, bold: bool, more: bool) -> String {
        if !more && self.width(text, bold) <= width {
            return text.to_owned();
        }
        let mut left = width - self.width(CUT, bold);
        let mut end = 0;
        for (at, letter) in text.grapheme_indices(true) {
            left -= self.width(letter, bold);
            if left < 0.0 {
                break;
            }
            end = at + letter.len();
        }
        format!("{}{CUT}", text[..end].trim_end())
    }

    /// The width of words on one line, as a share of the size of their type.
    fn width(&mut self, text: &str, bold: bool) -> f32 {
        let key = (text.to_owned(), bold);
        if let Some(width) = self.widths.get(&key) {
            return *width;
        }
        let width = self.shape(text, bold).width * self.caution;
        self.widths.insert(key, width);
        width
    }

    fn shape(&mut self, text: &str, bold: bool) -> Shaped {
        let mut shaped = Shaped { width: 0.0, from_right: false, runs: Vec::new() };
        let order = BidiInfo::new(text, None);
        for paragraph in &order.paragraphs {
            let (levels, runs) = order.visual_runs(paragraph, paragraph.range.clone());
            shaped.from_right = paragraph.level.is_rtl();
            for run in runs {
                let from_right = levels.get(run.start).is_some_and(|level| level.is_rtl());
                let mut pieces = self.pieces(text, run, bold);
                if from_right {
                    pieces.reverse();
                }
                for piece in pieces {
                    let run = self.shape_piece(text, &piece, from_right, bold);
                    shaped.width += run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>();
                    shaped.runs.push(run);
                }
            }
        }
        shaped
    }

    /// Part of a line cut where the face or the script changes.
    fn pieces(&mut self, text: &str, run: std::ops::Range<usize>, bold: bool) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let words = text.get(run.clone()).unwrap_or_default();
        for (at, cluster) in words.grapheme_indices(true) {
            let range = run.start + at..run.start + at + cluster.len();
            let face = self.faces.of(cluster, bold);
            let script = cluster.chars().map(|c| c.script()).find(|script| {
                !matches!(script, Script::Common | Script::Inherited | Script::Unknown)
            });
            if let Some(last) = pieces.last_mut()
                && last.face == face
                && (script.is_none() || last.script.is_none() || last.script == script)
            {
                last.range.end = range.end;
                last.script = last.script.or(script);
            } else {
                pieces.push(Piece { range, face, script });
            }
        }
        pieces
    }

    fn shape_piece(&self, text: &str, piece: &Piece, from_right: bool, bold: bool) -> Run {
        let words = text.get(piece.range.clone()).unwrap_or_default();
        let face = piece.face.and_then(|number| Some((number, self.faces.face(number)?)));
        let Some((number, face)) = face else {
            return self.unknown(words, piece.range.start, bold);
        };
        let glyphs = shape(face, words, piece, from_right);
        Run { face: number, glyphs }
    }

    /// A question mark for each character without a glyph. The words it stands for stay what they are.
    fn unknown(&self, words: &str, start: usize, bold: bool) -> Run {
        let number = self.faces.main(bold);
        let mut glyphs = Vec::new();
        if let Some(face) = self.faces.face(number) {
            let mark = UNKNOWN.to_string();
            let piece = Piece { range: 0..1, face: Some(number), script: None };
            for (at, cluster) in words.grapheme_indices(true) {
                let range = start + at..start + at + cluster.len();
                let drawn = shape(face, &mark, &piece, false).into_iter();
                let wide = if alone(cluster) { 1.0 } else { 0.0 };
                glyphs.extend(drawn.map(|glyph| Glyph {
                    range: range.clone(),
                    // As much room as the character itself would take.
                    advance: glyph.advance.max(wide),
                    ..glyph
                }));
            }
        }
        Run { face: number, glyphs }
    }
}

/// Part of a line in one face and one script.
struct Piece {
    range: std::ops::Range<usize>,
    face: Option<usize>,
    script: Option<Script>,
}

/// Shapes words in a face.
fn shape(face: &Face, words: &str, piece: &Piece, from_right: bool) -> Vec<Glyph> {
    let Some(font) = face.font() else { return Vec::new() };
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(words);
    buffer.set_direction(if from_right { Direction::RightToLeft } else { Direction::LeftToRight });
    let script = piece.script.and_then(|script| script.short_name().parse().ok());
    buffer.set_script(script.unwrap_or(harfrust::script::COMMON));
    let shaper = face.shaper.shaper(&font).instance(Some(&face.instance)).build();
    let shaped = shaper.shape(buffer, ShapeOptions::new());
    // Where each cluster begins: a glyph stands for the words up to the next one.
    let mut starts: Vec<usize> =
        shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let em = |units: i32| units as f32 / face.units;
    let glyphs = shaped.glyph_infos().iter().zip(shaped.glyph_positions());
    glyphs
        .map(|(info, place)| {
            let start = info.cluster as usize;
            let next = starts.partition_point(|at| *at <= start);
            let end = starts.get(next).copied().unwrap_or(words.len());
            Glyph {
                id: info.glyph_id,
                advance: em(place.x_advance),
                dx: em(place.x_offset),
                dy: em(place.y_offset),
                range: piece.range.start + start..piece.range.start + end.max(start),
            }
        })
        .collect()
}

/// Words cut where a line may be broken: after spaces and hyphens, and between the characters of scripts without spaces.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut letters = rest.grapheme_indices(true).peekable();
        let mut end = rest.len();
        while let Some((at, letter)) = letters.next() {
            let after = at + letter.len();
            let Some((_, next)) = letters.peek() else { break };
            let here = letter.trim().is_empty() && !next.trim().is_empty();
            let hyphen = matches!(letter, "-" | "–" | "—" | "/");
            if here || hyphen || (alone(letter) && !closes(next)) || (alone(next) && !closes(next))
            {
                end = after;
                break;
            }
        }
        let (token, left) = rest.split_at(end);
        rest = left;
        (!token.is_empty()).then_some(token)
    })
}

/// Whether a character is of a script that is written without spaces.
fn alone(letter: &str) -> bool {
    let script = |c: char| {
        matches!(c.script(), Script::Han | Script::Hiragana | Script::Katakana)
            || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
    };
    letter.chars().next().is_some_and(script)
}

/// Whether a character may not begin a line.
fn closes(letter: &str) -> bool {
    letter.chars().next().is_some_and(|c| "、。，．）」』】〉》！？：；,.!?;:)]}»”’…".contains(c))
}

/// The height of a line of this size of type.
fn leading(size: f32) -> f32 {
    size * LEADING
}

impl Letters for Typesetter<'_> {
    fn measure(&mut self, text: &Text<'_>) -> Option<Point> {
        Some(self.size(text.words(), text.room(), false))
    }

    fn write(&mut self, text: &Text<'_>, at: Point, paint: Paint) {
        self.set(text.words(), text.room(), false, at, paint);
    }
}
