//! The reader in the accessibility tree: a document of the paragraphs in view, with the places of their characters,
//! the selection, and the mentions as nodes around their words. A screen reader can select in it, and is told which
//! mentions the text cursor came upon.
//!
//! AT-SPI knows no annotations through AccessKit: mentions are told as nodes with a name around the words, by the
//! underline among the attributes of the text, and by a live region that says what stands at the cursor.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use egui::accesskit::{
    self, Action, ActionData, Live, Role, TextDecoration, TextDecorationStyle, TextDirection,
    TextPosition, TextSelection,
};
use egui::{Color32, Id, Rect, Sense, Ui, UiBuilder, pos2, vec2};
use unicode_segmentation::UnicodeSegmentation as _;

use super::Scene;
use super::heading::Heading;
use super::line::Piece;
use super::mention_marks::{Mark, covering};
use super::nesting::{Part, parts, thinned};
use super::page::{Page, Placed};
use super::paint::Frame;
use crate::app::{Caret, Intent, Selection};
use crate::notebook::Kind;
use crate::text::shown_name;
use crate::ui::painted::bounds;
use crate::ui::widgets::capital;

/// A paragraph longer than this is described by its rows in view, in bytes.
const WHOLE: usize = 8 << 10;

/// So many mentions are told around one word, and said to stand at the cursor; more are counted.
const MOST_AROUND: usize = 12;

/// Describes what is in view, when someone listens; carries out what they ask for. The selection they ask for.
#[expect(clippy::too_many_arguments, reason = "all that is in view")]
pub(super) fn describe(
    ui: &mut Ui,
    scene: &Scene<'_>,
    frame: &Frame<'_>,
    page: &Page,
    heading: &Heading,
    marks: &[Mark],
    caret: Caret,
    out: &mut Vec<Intent>,
) -> Option<Caret> {
    let id = scene.response.id;
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Document);
        node.set_label(format!("Article: {}", scene.article.about.title));
        node.set_read_only();
        node.add_action(Action::SetTextSelection);
        if !scene.article.about.language.is_empty() {
            node.set_language(scene.article.about.language.clone());
        }
    })?;
    if let Some(title) = &heading.title
        && page.top().unit == 0
        && page.top().offset < 0.0
    {
        let y = scene.rect.top() - page.top().offset as f32 - heading.height + heading.places().0;
        let rect = Rect::from_min_size(pos2(scene.left, y), title.size());
        child(ui, id, id.with("heading"), rect, Role::Heading, scene.article.about.title.clone());
    }
    let told = thinned(marks, MOST_AROUND);
    let mut telling = Telling { scene, frame, marks: &told, runs: Vec::new() };
    let mut rest = frame.lines;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|placed| placed.unit == first.unit).count();
        let (lines, after) = rest.split_at(count);
        rest = after;
        telling.paragraph(ui, page, lines, out);
    }
    let runs = telling.runs;
    at_cursor(ui, scene, marks, caret);

    let selected = caret.range();
    let position = |byte: usize| {
        let seen = runs.first()?.bytes.start..runs.last()?.bytes.end;
        let byte = byte.clamp(seen.start, seen.end);
        let holds = |run: &&Run| run.bytes.contains(&byte);
        let ends = |run: &&Run| run.bytes.end == byte;
        // Where a selection ends belongs to its last run, every other place to the run that begins there.
        let run = if byte == selected.end && !selected.is_empty() {
            runs.iter().find(ends).or_else(|| runs.iter().find(holds))
        } else {
            runs.iter().find(holds).or_else(|| runs.iter().rev().find(ends))
        }?;
        let before = frame.text.get(run.bytes.start..byte)?;
        let character_index = before.graphemes(true).count();
        Some(TextPosition { node: run.id.accesskit_id(), character_index })
    };
    if let (Some(anchor), Some(focus)) = (position(caret.anchor), position(caret.head)) {
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_text_selection(TextSelection { anchor, focus });
        });
    }
    let byte = |position: &TextPosition| {
        let run = runs.iter().find(|run| run.id.accesskit_id() == position.node)?;
        let words = frame.text.get(run.bytes.clone())?;
        let into = words.grapheme_indices(true).nth(position.character_index);
        Some(run.bytes.start + into.map_or(words.len(), |(at, _)| at))
    };
    ui.input(|input| {
        let asked = input.accesskit_action_requests(id, Action::SetTextSelection).last()?;
        let Some(ActionData::SetTextSelection(selection)) = &asked.data else { return None };
        Some(Caret { anchor: byte(&selection.anchor)?, head: byte(&selection.focus)? })
    })
}

/// Says which mentions stand at the text cursor: a live region, so that it is heard when that changes.
fn at_cursor(ui: &mut Ui, scene: &Scene<'_>, marks: &[Mark], caret: Caret) {
    let notebook = scene.book.notebook();
    let here = caret.range();
    let mut seen = HashSet::new();
    let mut names: Vec<String> = Vec::new();
    for mark in covering(marks, here.start).into_iter().filter(|m| here.end <= m.range.end) {
        if seen.insert(mark.entity) && seen.len() <= MOST_AROUND {
            let name = shown_name(notebook.name(mark.entity));
            names.push(format!("{}: {name}", capital(mark.kind.word())));
        }
    }
    if seen.len() > MOST_AROUND {
        names.push(format!("and {} more", seen.len() - MOST_AROUND));
    }
    let document = scene.response.id;
    let rect = Rect::from_min_size(scene.rect.left_top(), vec2(1.0, 1.0));
    let id = document.with("mentions at the cursor");
    let told = child(ui, document, id, rect, Role::Status, names.join("; "));
    told.ctx().accesskit_node_builder(told.unique_id(), |node| node.set_live(Live::Polite));
}

fn child(ui: &mut Ui, parent: Id, id: Id, rect: Rect, role: Role, label: String) -> Ui {
    let builder = UiBuilder::new()
        .scope_id(id)
        .max_rect(rect)
        .accessibility_parent(parent)
        .accessibility_role(role)
        .accessibility_label(label);
    let child = ui.new_child(builder);
    child.ctx().accesskit_node_builder(child.unique_id(), |node| node.set_bounds(bounds(rect)));
    child
}

/// A stretch of text as it was told.
struct Run {
    id: Id,
    bytes: Range<usize>,
}

/// What is needed to tell a paragraph, and the runs told so far.
struct Telling<'a> {
    scene: &'a Scene<'a>,
    frame: &'a Frame<'a>,
    marks: &'a [Mark],
    runs: Vec<Run>,
}

impl Telling<'_> {
    fn paragraph(&mut self, ui: &mut Ui, page: &Page, lines: &[Placed], out: &mut Vec<Intent>) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let first_unit = first.unit;
        let unit = page.unit_bytes(first_unit);
        let seen = first.line.bytes.start..last.line.bytes.end;
        let told = if unit.len() <= WHOLE { unit } else { seen.clone() };
        let words = self.frame.text.get(told).unwrap_or("");
        let rect = Rect::from_min_max(
            self.frame.origin + vec2(0.0, first.y),
            self.frame.origin + vec2(self.frame.metrics.column, last.y + last.height),
        );
        let document = self.scene.response.id;
        let id = document.with(("unit", first.unit));
        let mut node = child(ui, document, id, rect, Role::Paragraph, words.to_owned());
        let parts = parts(&seen, self.marks);
        // The nodes of the mentions in this paragraph, by their places in the list of marks.
        let mut mentions: HashMap<usize, Ui> = HashMap::new();
        for placed in lines {
            let from = self.runs.len();
            let mut pieces: Vec<&Piece> = placed.line.pieces.iter().collect();
            pieces.sort_by_key(|piece| piece.bytes.start);
            for piece in pieces {
                let first = parts.partition_point(|part| part.bytes.end <= piece.bytes.start);
                let here = |part: &&Part| part.bytes.start < piece.bytes.end;
                for part in parts[first..].iter().take_while(here) {
                    let bytes = part.bytes.start.max(piece.bytes.start)
                        ..part.bytes.end.min(piece.bytes.end);
                    let mut parent = None;
                    for mark in &part.around {
                        if !mentions.contains_key(mark) {
                            let around = match parent.and_then(|outer| mentions.get_mut(outer)) {
                                Some(outer) => outer,
                                None => &mut node,
                            };
                            let new = mention(around, self, *mark, first_unit, &seen, out);
                            if let Some(new) = new {
                                mentions.insert(*mark, new);
                            }
                        }
                        parent = mentions.contains_key(mark).then_some(mark).or(parent);
                    }
                    let around = parent.and_then(|mark| mentions.get(mark)).unwrap_or(&node);
                    let kind = part.around.last().and_then(|i| self.marks.get(*i)).map(|m| m.kind);
                    self.run(around, placed, piece, bytes, kind);
                }
            }
            if placed.line.ends_paragraph {
                self.line_feed(&node, placed);
            }
            // What stands on one row is read as one.
            let row: Vec<Id> = self.runs[from..].iter().map(|run| run.id).collect();
            for pair in row.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                ui.ctx().accesskit_node_builder(a, |node| node.set_next_on_line(b.accesskit_id()));
                ui.ctx()
                    .accesskit_node_builder(b, |node| node.set_previous_on_line(a.accesskit_id()));
            }
        }
    }

    /// A stretch of text with the places of its characters.
    fn run(
        &mut self,
        parent: &Ui,
        placed: &Placed,
        piece: &Piece,
        bytes: Range<usize>,
        kind: Option<Kind>,
    ) {
        let text = self.frame.text;
        let words = text.get(bytes.clone()).unwrap_or("");
        let graphemes: Vec<(Range<usize>, f32, f32)> = piece
            .graphemes(text)
            .filter(|(at, _, _)| bytes.start <= at.start && at.end <= bytes.end)
            .map(|(at, near, far)| (at, near.min(far), near.max(far)))
            .collect();
        let left = graphemes.iter().map(|g| g.1).fold(f32::INFINITY, f32::min).min(1e9);
        let right = graphemes.iter().map(|g| g.2).fold(left, f32::max);
        let at = self.frame.origin + vec2(left, placed.y);
        let rect = Rect::from_min_size(at, vec2(right - left, placed.height));
        let id = self.scene.response.id.with(("run", bytes.start));
        // Says whose child the run is.
        parent.interact(rect, id, Sense::hover());
        let line = kind.map(|kind| decoration(kind, self.scene.style.kind(kind)));
        parent.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::TextRun);
            node.set_bounds(bounds(rect));
            node.set_value(words);
            node.set_text_direction(if piece.rtl {
                TextDirection::RightToLeft
            } else {
                TextDirection::LeftToRight
            });
            if let Some(line) = line {
                node.set_underline(line);
            }
            let mut lengths = Vec::new();
            let (mut places, mut widths, mut starts) = (Vec::new(), Vec::new(), Vec::new());
            let mut in_word = false;
            for (bytes, near, far) in &graphemes {
                // A character longer than AccessKit counts: the run is told without places.
                let Ok(length) = u8::try_from(bytes.len()) else { return };
                let letter = text[bytes.clone()].starts_with(char::is_alphanumeric);
                if letter && !in_word {
                    starts.extend(u8::try_from(lengths.len()));
                }
                in_word = letter;
                lengths.push(length);
                // From where reading begins.
                places.push(if piece.rtl { right - far } else { near - left });
                widths.push(far - near);
            }
            node.set_character_lengths(lengths);
            node.set_character_positions(places);
            node.set_character_widths(widths);
            node.set_word_starts(starts);
        });
        self.runs.push(Run { id, bytes });
    }

    /// The line feed at a paragraph's end: it keeps what is read apart.
    fn line_feed(&mut self, parent: &Ui, placed: &Placed) {
        let end = placed.line.bytes.end;
        if self.frame.text.as_bytes().get(end) != Some(&b'\n') {
            return;
        }
        let (left, right) = placed.line.ends();
        let x = if placed.line.is_rtl() { left } else { right };
        let at = self.frame.origin + vec2(x, placed.y);
        let rect = Rect::from_min_size(at, vec2(0.0, placed.height));
        let id = self.scene.response.id.with(("line feed", end));
        parent.interact(rect, id, Sense::hover());
        parent.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::TextRun);
            node.set_bounds(bounds(rect));
            node.set_value("\n");
            node.set_text_direction(TextDirection::LeftToRight);
            node.set_character_lengths([1]);
            node.set_character_positions([0.0]);
            node.set_character_widths([0.0]);
        });
        self.runs.push(Run { id, bytes: end..end + 1 });
    }
}

/// How a kind's underline looks, among the attributes of the text.
fn decoration(kind: Kind, color: Color32) -> TextDecoration {
    let style = match kind {
        Kind::Actor => TextDecorationStyle::Solid,
        Kind::Event => TextDecorationStyle::Dashed,
        Kind::Claim => TextDecorationStyle::Double,
    };
    let [red, green, blue, alpha] = color.to_array();
    TextDecoration { style, color: accesskit::Color { red, green, blue, alpha } }
}

/// The node of a mention in this paragraph, around what of its words is in view.
fn mention(
    parent: &mut Ui,
    telling: &Telling<'_>,
    mark: usize,
    paragraph: usize,
    seen: &Range<usize>,
    out: &mut Vec<Intent>,
) -> Option<Ui> {
    let (scene, frame) = (telling.scene, telling.frame);
    let mark = telling.marks.get(mark)?;
    let here = mark.range.start.max(seen.start)..mark.range.end.min(seen.end);
    let rect = frame.rects(&here, true).into_iter().reduce(Rect::union)?;
    let notebook = scene.book.notebook();
    let words = frame.text.get(mark.range.clone()).unwrap_or("");
    let kind = capital(mark.kind.word());
    let label = format!("{kind}: {} — {words}", shown_name(notebook.name(mark.entity)));
    let id = scene.response.id.with(("mention", mark.mention.bits(), paragraph));
    let outer = parent.unique_id();
    let node = child(parent, outer, id, rect, Role::Mark, label);
    let id = node.unique_id();
    node.ctx().accesskit_node_builder(id, |node| {
        node.set_selected(mark.selected);
        node.add_action(Action::Click);
    });
    if node.input(|input| input.has_accesskit_action_request(id, Action::Click)) {
        out.push(Intent::Select(Selection::mention(mark.mention, notebook)));
    }
    Some(node)
}
