//! The reader in the accessibility tree: a document of the paragraphs in view, with the places of their
//! characters, the selection, and the mentions on them.

use egui::accesskit::{self, Action, Role, TextDirection, TextPosition, TextSelection};
use egui::{Id, Rect, Sense, Ui, UiBuilder, pos2, vec2};
use unicode_segmentation::UnicodeSegmentation as _;

use super::Scene;
use super::heading::Heading;
use super::line::Piece;
use super::marks::Mark;
use super::page::{Page, Placed};
use super::paint::Frame;
use crate::app::{Caret, Intent, Selection};
use crate::notebook::Kind;

/// A paragraph longer than this is described by its rows in view, in bytes.
const WHOLE: usize = 8 << 10;

/// Describes what is in view, when someone listens; carries out what they ask for.
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
) {
    let id = scene.response.id;
    let listening = ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Document);
        node.set_label(format!("Article: {}", scene.article.about.title));
        node.set_read_only();
        if !scene.article.about.language.is_empty() {
            node.set_language(scene.article.about.language.clone());
        }
    });
    if listening.is_none() {
        return;
    }
    if let Some(title) = &heading.title
        && page.top().unit == 0
        && page.top().offset < 0.0
    {
        let y = scene.rect.top() - page.top().offset as f32 - heading.height + heading.places().0;
        let rect = Rect::from_min_size(pos2(scene.left, y), title.size());
        child(ui, id, id.with("heading"), rect, Role::Heading, scene.article.about.title.clone());
    }
    let mut runs: Vec<(Id, Piece)> = Vec::new();
    let mut rest = frame.lines;
    let mut told = vec![false; marks.len()];
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|placed| placed.unit == first.unit).count();
        let (lines, after) = rest.split_at(count);
        rest = after;
        paragraph(ui, scene, frame, page, lines, marks, &mut told, &mut runs, out);
    }
    let position = |byte: usize| {
        let (id, piece) = runs
            .iter()
            .find(|(_, piece)| piece.bytes.contains(&byte))
            .or_else(|| runs.iter().find(|(_, piece)| piece.bytes.end == byte))?;
        let before = frame.text.get(piece.bytes.start..byte)?;
        Some(TextPosition {
            node: id.accesskit_id(),
            character_index: before.graphemes(true).count(),
        })
    };
    if let (Some(anchor), Some(focus)) = (position(caret.anchor), position(caret.head)) {
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_text_selection(TextSelection { anchor, focus });
        });
    }
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

fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    }
}

#[expect(clippy::too_many_arguments, reason = "all that is in view")]
fn paragraph(
    ui: &mut Ui,
    scene: &Scene<'_>,
    frame: &Frame<'_>,
    page: &Page,
    lines: &[Placed],
    marks: &[Mark],
    told: &mut [bool],
    runs: &mut Vec<(Id, Piece)>,
    out: &mut Vec<Intent>,
) {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let unit = page.unit_bytes(first.unit);
    let seen = first.line.bytes.start..last.line.bytes.end;
    let told_bytes = if unit.len() <= WHOLE { unit } else { seen.clone() };
    let words = frame.text.get(told_bytes).unwrap_or("");
    if words.is_empty() {
        return;
    }
    let rect = Rect::from_min_max(
        frame.origin + vec2(0.0, first.y),
        frame.origin + vec2(frame.metrics.column, last.y + last.height),
    );
    let document = scene.response.id;
    let mut node = child(
        ui,
        document,
        document.with(("unit", first.unit)),
        rect,
        Role::Paragraph,
        words.to_owned(),
    );
    for placed in lines {
        for piece in &placed.line.pieces {
            let id = node.unique_id().with(piece.bytes.start);
            let at = frame.origin + vec2(piece.x, placed.y);
            let rect = Rect::from_min_size(at, vec2(piece.width, placed.height));
            // Says whose child the run is.
            node.interact(rect, id, Sense::hover());
            run(&node, id, rect, piece, frame.text);
            runs.push((id, piece.clone()));
        }
    }
    for (mark, told) in marks.iter().zip(told) {
        if *told || mark.range.start >= seen.end || mark.range.end <= seen.start {
            continue;
        }
        let Some(rect) = frame.rects(&mark.range, true).first().copied() else { continue };
        *told = true;
        mention(&mut node, scene, frame, mark, rect, out);
    }
}

/// A stretch of text with the places of its characters.
fn run(ui: &Ui, id: Id, rect: Rect, piece: &Piece, text: &str) {
    ui.ctx().accesskit_node_builder(id, |node| {
        let words = text.get(piece.bytes.clone()).unwrap_or("");
        let mut lengths = Vec::new();
        let (mut places, mut widths, mut starts) = (Vec::new(), Vec::new(), Vec::new());
        let mut in_word = false;
        for (bytes, near, far) in piece.graphemes(text) {
            // A character longer than AccessKit counts: the run is told without places.
            let Ok(length) = u8::try_from(bytes.len()) else { return };
            let letter = text[bytes].starts_with(char::is_alphanumeric);
            if letter && !in_word {
                starts.extend(u8::try_from(lengths.len()));
            }
            in_word = letter;
            lengths.push(length);
            let (left, right) = (near.min(far), near.max(far));
            places.push(if piece.rtl { piece.x + piece.width - right } else { left - piece.x });
            widths.push(right - left);
        }
        node.set_role(Role::TextRun);
        node.set_bounds(bounds(rect));
        node.set_value(words);
        node.set_text_direction(if piece.rtl {
            TextDirection::RightToLeft
        } else {
            TextDirection::LeftToRight
        });
        node.set_character_lengths(lengths);
        node.set_character_positions(places);
        node.set_character_widths(widths);
        node.set_word_starts(starts);
    });
}

fn mention(
    ui: &mut Ui,
    scene: &Scene<'_>,
    frame: &Frame<'_>,
    mark: &Mark,
    rect: Rect,
    out: &mut Vec<Intent>,
) {
    let notebook = scene.book.notebook();
    let id = scene.response.id.with(("mention", mark.mention.bits()));
    ui.interact(rect, id, Sense::hover());
    let kind = match mark.kind {
        Kind::Actor => "Actor",
        Kind::Event => "Event",
        Kind::Claim => "Claim",
    };
    let words = frame.text.get(mark.range.clone()).unwrap_or("");
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Mark);
        node.set_label(format!("{kind}: {} — {words}", notebook.name(mark.entity)));
        node.set_bounds(bounds(rect));
        node.set_selected(mark.selected);
        node.add_action(Action::Click);
    });
    if ui.input(|input| input.has_accesskit_action_request(id, Action::Click)) {
        out.push(Intent::Select(Selection::mention(mark.mention, notebook)));
    }
}
