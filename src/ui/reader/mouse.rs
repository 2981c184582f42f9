//! The mouse in the reader: selecting words, taking mentions, drawing links, and what hovers.

use std::ops::Range;

use egui::{CursorIcon, Mesh, Modifiers, Pos2, Rect, Tooltip, Ui, vec2};

use super::boundary;
use super::keys::next_of;
use super::marks::{Mark, covering};
use super::page::Page;
use super::paint::Frame;
use super::{Reader, Scene};
use crate::app::{Caret, Intent, LinkDraft, Selection, Tool};
use crate::notebook::{MentionId, Notebook};
use crate::text::{self, Text};

/// A press that moves less than this is a click, in points.
const STILL: f32 = 4.0;
/// Presses within this time and distance are a double or triple click: seconds, points.
const AGAIN: (f64, f32) = (0.4, 6.0);
/// How near a handle is taken, in points.
const NEAR: f32 = 9.0;
/// How long the pointer rests on a mention before its card opens, in seconds.
const REST: f64 = 0.45;

/// By what a selection grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    Grapheme,
    Word,
    Paragraph,
}

/// What is being dragged.
#[derive(Clone, Debug, Default, PartialEq)]
enum Drag {
    #[default]
    Nothing,
    /// Words are being selected; the selection always holds where it began.
    Words { origin: Range<usize>, grain: Grain },
    /// A link is being drawn from this mention.
    Link { from: MentionId },
    /// An end of the drafted boundary is being moved.
    End { end: bool },
}

/// The pointer over a mention.
#[derive(Clone, Copy, Debug)]
struct Hover {
    mention: MentionId,
    since: f64,
}

/// The mouse's state.
#[derive(Debug, Default)]
pub struct Mouse {
    drag: Drag,
    /// The last press: where, when, and the how-manieth in a row.
    press: Option<(Pos2, f64, u32)>,
    /// The press became a drag.
    dragged: bool,
    pointer: Option<Pos2>,
    hover: Option<Hover>,
    hidden: Option<(char, Rect)>,
    asked: Option<usize>,
}

/// What stands at a place on screen.
struct Spot {
    /// The nearest grapheme boundary.
    nearest: usize,
    /// Where the text cursor goes when clicked: on the row that was clicked.
    place: usize,
    /// The grapheme under the pointer.
    under: Option<Range<usize>>,
}

fn spot(frame: &Frame<'_>, at: Pos2) -> Option<Spot> {
    let y = at.y - frame.origin.y;
    let row = frame.lines.partition_point(|placed| placed.y + placed.height <= y);
    let placed = frame.lines.get(row).or_else(|| frame.lines.last())?;
    let x = at.x - frame.origin.x;
    let nearest = placed.line.nearest(frame.text, x);
    let place = nearest.min(placed.line.last_place(frame.text));
    let inside = placed.y <= y && y < placed.y + placed.height;
    let under = if inside { placed.line.under(frame.text, x) } else { None };
    Some(Spot { nearest, place, under })
}

/// The selection from where it began to where the pointer is.
fn grown(text: &Text, origin: &Range<usize>, grain: Grain, to: usize) -> Caret {
    let unit = match grain {
        Grain::Grapheme => return Caret { anchor: origin.start, head: to },
        Grain::Word => text.word_at(to),
        Grain::Paragraph => text.paragraph(text.paragraph_at(to)),
    };
    if to < origin.start {
        Caret { anchor: origin.end, head: unit.start.min(origin.start) }
    } else {
        let end = if to >= origin.end && unit.start < to { unit.end.max(to) } else { origin.end };
        Caret { anchor: origin.start, head: end.max(origin.end) }
    }
}

impl Reader {
    /// Scrolls while something is dragged beyond the upper or lower edge.
    pub(super) fn edge(&mut self, ui: &Ui, scene: &Scene<'_>, page: &mut Page) {
        let (pointer, down, dt) =
            ui.input(|i| (i.pointer.latest_pos(), i.pointer.primary_down(), i.stable_dt.min(0.1)));
        let (Some(pointer), true) = (pointer, down && self.mouse.drag != Drag::Nothing) else {
            return;
        };
        let beyond =
            (pointer.y - scene.rect.bottom()).max(0.0) - (scene.rect.top() - pointer.y).max(0.0);
        if beyond != 0.0 {
            page.scroll_by(f64::from((beyond * 14.0 + beyond.signum() * 120.0) * dt));
            ui.ctx().request_repaint();
        }
    }

    /// Follows the mouse.
    pub(super) fn mouse_in(
        &mut self,
        ui: &Ui,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        marks: &[Mark],
        out: &mut Vec<Intent>,
    ) {
        let (pointer, pressed, asked, down, released, modifiers, time) = ui.input(|i| {
            let p = &i.pointer;
            (
                p.latest_pos(),
                p.primary_pressed(),
                p.secondary_pressed(),
                p.primary_down(),
                p.primary_released(),
                i.modifiers,
                i.time,
            )
        });
        let inside = scene.response.contains_pointer();
        self.mouse.pointer = pointer;
        let Some(at) = pointer else {
            self.mouse.hover = None;
            return;
        };
        let found = spot(frame, at);
        // By the end of a slow frame the pointer has moved on: what counts is where the button went down.
        let origin = ui.input(|i| i.pointer.press_origin()).unwrap_or(at);
        if inside && pressed && scene.rect.contains(origin) {
            scene.response.request_focus();
            let found = spot(frame, origin);
            self.press(scene, frame, marks, origin, found.as_ref(), modifiers, time, out);
        }
        if inside && asked {
            scene.response.request_focus();
            self.ask(scene, marks, found.as_ref(), out);
        }
        if self.mouse.drag != Drag::Nothing {
            let from = self.mouse.press.map_or(at, |press| press.0);
            self.mouse.dragged |= from.distance(at) > STILL;
            if down || released {
                self.drag(ui, scene, found.as_ref(), modifiers, out);
            }
            if released {
                self.release(scene, marks, found.as_ref(), modifiers, out);
            }
            if !down {
                self.mouse.drag = Drag::Nothing;
            }
        }
        self.hover(ui, scene, frame, marks, inside, at, found.as_ref(), time);
    }

    #[expect(clippy::too_many_arguments, reason = "what a press depends on")]
    fn press(
        &mut self,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        marks: &[Mark],
        at: Pos2,
        found: Option<&Spot>,
        modifiers: Modifiers,
        time: f64,
        out: &mut Vec<Intent>,
    ) {
        let count = match self.mouse.press {
            Some((before, when, count))
                if time - when < AGAIN.0 && before.distance(at) < AGAIN.1 =>
            {
                count % 3 + 1
            }
            _ => 1,
        };
        self.mouse.press = Some((at, time, count));
        self.mouse.dragged = false;
        self.goal = None;
        self.glide = 0.0;
        if let Tool::Boundary { article, range, .. } = scene.book.tool()
            && *article == scene.id
        {
            let (start, end) = frame.ends(range);
            for (rect, end) in [(end, true), (start, false)] {
                if rect.is_some_and(|rect| rect.expand2(vec2(NEAR, 5.0)).contains(at)) {
                    self.boundary.take_end(end);
                    self.mouse.drag = Drag::End { end };
                    return;
                }
            }
        }
        if let Some(from) = self.mouse.handle_at(scene, frame, marks, at) {
            self.mouse.drag = Drag::Link { from };
            return;
        }
        let Some(spot) = found else { return };
        if modifiers.alt
            && let Some(mark) =
                spot.under.as_ref().and_then(|u| covering(marks, u.start).first().copied())
        {
            self.mouse.drag = Drag::Link { from: mark.mention };
            out.push(Intent::Select(Selection::mention(mark.mention, scene.book.notebook())));
            return;
        }
        let text = &scene.article.text;
        let (origin, grain) = match count {
            _ if modifiers.shift => {
                let anchor = self.caret(scene).anchor;
                (anchor..anchor, Grain::Grapheme)
            }
            1 => (spot.place..spot.place, Grain::Grapheme),
            2 => (text.word_at(spot.under.as_ref().map_or(spot.place, |u| u.start)), Grain::Word),
            _ => (text.paragraph(text.paragraph_at(spot.place)), Grain::Paragraph),
        };
        let caret = if grain == Grain::Grapheme {
            Caret { anchor: origin.start, head: spot.place }
        } else {
            Caret::over(origin.clone())
        };
        if grain == Grain::Word
            && let Some(under) = &spot.under
        {
            // A double click on a mention lists all of its entity's: of several, those of the selected one.
            let here = covering(marks, under.start);
            let mark = here.iter().find(|mark| mark.selected).or_else(|| here.first());
            out.extend(mark.map(|mark| Intent::ListMentions(mark.entity)));
        }
        self.mouse.drag = Drag::Words { origin, grain };
        self.moved = Some(caret);
    }

    fn drag(
        &mut self,
        ui: &Ui,
        scene: &Scene<'_>,
        found: Option<&Spot>,
        modifiers: Modifiers,
        out: &mut Vec<Intent>,
    ) {
        let (Some(spot), true) = (found, self.mouse.dragged) else { return };
        let text = &scene.article.text;
        match &self.mouse.drag {
            Drag::Words { origin, grain } => {
                let caret = grown(text, origin, *grain, spot.nearest);
                if caret != self.caret(scene) {
                    self.moved = Some(caret);
                }
            }
            Drag::End { end } => {
                let Tool::Boundary { range, .. } = scene.book.tool() else { return };
                let to = if modifiers.alt {
                    spot.nearest
                } else {
                    nearest_word_end(text, spot.nearest, *end)
                };
                let range_now = boundary::moved(text, range, *end, to);
                if range_now != *range {
                    out.push(Intent::Boundary(range_now));
                    ui.ctx().request_repaint();
                }
            }
            Drag::Link { .. } | Drag::Nothing => {}
        }
    }

    fn release(
        &mut self,
        scene: &Scene<'_>,
        marks: &[Mark],
        found: Option<&Spot>,
        modifiers: Modifiers,
        out: &mut Vec<Intent>,
    ) {
        let under: Vec<&Mark> = found
            .and_then(|spot| spot.under.as_ref())
            .map_or_else(Vec::new, |under| covering(marks, under.start));
        let notebook = scene.book.notebook();
        match &self.mouse.drag {
            Drag::Words { grain: Grain::Grapheme, .. }
                if !self.mouse.dragged && !modifiers.shift =>
            {
                let found: Vec<MentionId> = under.iter().map(|mark| mark.mention).collect();
                if let Some(mention) = next_of(&found, scene.book.selection().mention) {
                    out.push(Intent::Select(Selection::mention(mention, notebook)));
                } else if scene.book.selection().mention.is_some() {
                    out.push(Intent::Select(Selection::none()));
                }
            }
            Drag::Link { from } => {
                let ends = notebook.mention(*from).and_then(|start| {
                    let target = under.iter().find(|mark| mark.entity != start.entity)?;
                    Some((start.entity, start.anchor.range()?, *target))
                });
                if let Some((entity, start, target)) = ends {
                    let both = start.start.min(target.range.start)..start.end.max(target.range.end);
                    let draft = LinkDraft::between(entity, target.entity, Some((scene.id, both)));
                    out.push(Intent::StartLink(draft));
                } else if !self.mouse.dragged {
                    out.push(Intent::Select(Selection::mention(*from, notebook)));
                }
            }
            _ => {}
        }
    }

    /// The other button: what is under the pointer is meant.
    fn ask(
        &mut self,
        scene: &Scene<'_>,
        marks: &[Mark],
        found: Option<&Spot>,
        out: &mut Vec<Intent>,
    ) {
        let Some(spot) = found else { return };
        self.mouse.asked = Some(spot.place);
        self.mouse.hover = None;
        let selected = self.caret(scene).range();
        let byte = spot.under.as_ref().map_or(spot.place, |under| under.start);
        let under = covering(marks, byte);
        if spot.under.is_some() && !under.is_empty() && !selected.contains(&byte) {
            if !under.iter().any(|mark| mark.selected) {
                out.push(Intent::Select(Selection::mention(
                    under[0].mention,
                    scene.book.notebook(),
                )));
            }
            self.moved = Some(Caret::at(spot.place));
        } else if selected.is_empty() {
            self.moved = Some(Caret::at(spot.place));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what hovering depends on")]
    fn hover(
        &mut self,
        ui: &Ui,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        marks: &[Mark],
        inside: bool,
        at: Pos2,
        found: Option<&Spot>,
        time: f64,
    ) {
        self.mouse.hidden = None;
        if self.mouse.drag != Drag::Nothing {
            self.mouse.hover = None;
            ui.ctx().set_cursor_icon(match self.mouse.drag {
                Drag::Link { .. } => CursorIcon::Crosshair,
                Drag::End { .. } => CursorIcon::ResizeHorizontal,
                _ => CursorIcon::Text,
            });
            return;
        }
        if !inside {
            self.mouse.hover = None;
            return;
        }
        let handle = self.mouse.handle_at(scene, frame, marks, at);
        let under = found.and_then(|spot| spot.under.clone());
        let mention = handle
            .or_else(|| covering(marks, under.as_ref()?.start).first().map(|mark| mark.mention));
        let before = self.mouse.hover;
        self.mouse.hover = mention.map(|mention| match before {
            Some(same) if same.mention == mention => same,
            _ => Hover { mention, since: time },
        });
        if let Some(range) = under
            && let Some(c) = frame.text[range.clone()].chars().find(|c| text::is_hidden(*c))
            && let Some(rect) = frame.rects(&range, true).first()
        {
            self.mouse.hidden = Some((c, *rect));
        }
        ui.ctx().set_cursor_icon(match (handle, &self.mouse.hover) {
            (Some(_), _) => CursorIcon::Grab,
            (None, Some(_)) => CursorIcon::PointingHand,
            (None, None) => CursorIcon::Text,
        });
    }
}

/// Where a dragged end of a mention goes: to the nearer edge of the word.
fn nearest_word_end(text: &Text, byte: usize, end: bool) -> usize {
    let word = text.word_at(if end { text.prev_grapheme(byte) } else { byte });
    if word.is_empty() {
        return byte;
    }
    let middle = word.start + word.len() / 2;
    if byte <= middle { word.start } else { word.end }
}

impl Mouse {
    /// Where the menu was asked for: a byte.
    pub const fn asked_at(&self) -> Option<usize> {
        self.asked
    }

    /// The mentions that show a handle to draw a link from: the selected and the hovered one.
    fn with_handle<'a>(
        &'a self,
        scene: &Scene<'_>,
        marks: &'a [Mark],
    ) -> impl Iterator<Item = &'a Mark> {
        let idle = matches!(scene.book.tool(), Tool::None);
        let hovered = self.hover.map(|hover| hover.mention);
        marks.iter().filter(move |mark| idle && (mark.selected || Some(mark.mention) == hovered))
    }

    /// The mention whose link handle is here.
    fn handle_at(
        &self,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        marks: &[Mark],
        at: Pos2,
    ) -> Option<MentionId> {
        self.with_handle(scene, marks)
            .find(|mark| {
                frame.link_handle(&mark.range).is_some_and(|place| place.distance(at) < NEAR)
            })
            .map(|mark| mark.mention)
    }

    /// Behind the words that a link being drawn would reach.
    pub fn grounds(&self, frame: &Frame<'_>, marks: &[Mark], mesh: &mut Mesh) {
        let (Drag::Link { from }, Some(at)) = (&self.drag, self.pointer) else { return };
        let under = spot(frame, at).and_then(|spot| spot.under);
        let start = marks.iter().find(|mark| mark.mention == *from).map(|mark| mark.entity);
        if let Some(under) = under
            && let Some(target) =
                covering(marks, under.start).into_iter().find(|mark| Some(mark.entity) != start)
        {
            frame.band(&target.range, frame.look.accent.gamma_multiply(0.25), mesh);
        }
    }

    /// The link handles, and the thread of a link being drawn.
    pub fn handles(&self, scene: &Scene<'_>, frame: &Frame<'_>, marks: &[Mark]) {
        if let (Drag::Link { from }, Some(at)) = (&self.drag, self.pointer) {
            let range = scene.book.notebook().mention(*from).and_then(|m| m.anchor.range());
            let start = range.and_then(|range| {
                frame
                    .link_handle(&range)
                    .or_else(|| Some(frame.rects(&range, true).last()?.right_top()))
            });
            if let Some(start) = start {
                frame.draw_link_handle(start, true);
                if self.dragged {
                    frame.thread(start, at);
                }
            }
            return;
        }
        if self.drag != Drag::Nothing {
            return;
        }
        for mark in self.with_handle(scene, marks) {
            if let Some(place) = frame.link_handle(&mark.range) {
                let hot = self.pointer.is_some_and(|at| place.distance(at) < NEAR);
                frame.draw_link_handle(place, hot);
            }
        }
    }

    /// The card of the mention under the pointer, or the name of a character that cannot be seen.
    pub fn card(&self, ui: &Ui, scene: &Scene<'_>, frame: &Frame<'_>, marks: &[Mark]) {
        if scene.response.context_menu_opened() || !matches!(scene.book.tool(), Tool::None) {
            return;
        }
        let id = scene.response.id.with("card");
        let layer = scene.response.layer_id;
        if let Some((c, rect)) = self.hidden {
            Tooltip::always_open(ui.ctx().clone(), layer, id, rect)
                .show(|ui| ui.label(text::name_of_hidden(c)));
            return;
        }
        let Some(hover) = self.hover else { return };
        let rested = ui.input(|i| i.time) - hover.since;
        if rested < REST {
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_secs_f64(REST - rested + 0.01));
            return;
        }
        let Some(mark) = marks.iter().find(|mark| mark.mention == hover.mention) else { return };
        let near = |rect: &&Rect| self.pointer.is_some_and(|at| rect.expand(6.0).contains(at));
        let rects = frame.rects(&mark.range, true);
        let Some(anchor) = rects.iter().find(near).or_else(|| rects.first()) else { return };
        Tooltip::always_open(ui.ctx().clone(), layer, id, *anchor)
            .gap(10.0)
            .show(|ui| card(ui, scene.book.notebook(), scene, mark));
    }
}

/// Who or what it is, where else it is mentioned, what was noted.
fn card(ui: &mut Ui, notebook: &Notebook, scene: &Scene<'_>, mark: &Mark) {
    let look = scene.look;
    let Some(entity) = notebook.entity(mark.entity) else { return };
    ui.set_max_width(320.0);
    ui.label(
        egui::RichText::new(text::shown_name(&entity.name))
            .font(egui::FontId::new(14.5, look.bold.clone()))
            .color(look.ink),
    );
    let count = notebook.mention_count_of(mark.entity);
    let links = notebook.links_of(mark.entity).count();
    let kind = if entity.is_anonymous() { "anonymous source" } else { mark.kind.word() };
    let line = format!("{kind} · {} · {}", many(count, "mention"), many(links, "link"));
    ui.label(egui::RichText::new(line).small().color(look.kind(mark.kind)));
    let mention = notebook.mention(mark.mention);
    if let Some(statement) = mention.and_then(|mention| mention.statement.as_ref()) {
        let chain: Vec<&str> = statement.chain.iter().map(|hop| notebook.name(hop.actor)).collect();
        let said = if chain.is_empty() {
            "no speaker yet".to_owned()
        } else {
            text::shown_name(&format!("article ← {}", chain.join(" ← "))).into_owned()
        };
        ui.label(egui::RichText::new(said).small().color(look.muted));
    }
    for note in [entity.note.as_str(), mention.map_or("", |mention| mention.note.as_str())] {
        if !note.is_empty() {
            ui.label(note);
        }
    }
}

fn many(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_by_words_keeps_the_word_it_began_with() {
        let text = Text::new("un deux trois quatre");
        let origin = text.word_at(4);
        assert_eq!(origin, 3..7);
        assert_eq!(grown(&text, &origin, Grain::Word, 10).range(), 3..13);
        assert_eq!(grown(&text, &origin, Grain::Word, 1).range(), 0..7);
        assert_eq!(grown(&text, &origin, Grain::Word, 5).range(), 3..7);
    }

    #[test]
    fn dragged_ends_go_to_words() {
        let text = Text::new("un deux trois");
        assert_eq!(nearest_word_end(&text, 6, true), 7);
        assert_eq!(nearest_word_end(&text, 4, true), 3);
        assert_eq!(nearest_word_end(&text, 4, false), 3);
    }
}
