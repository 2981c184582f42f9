//! The mouse's buttons in the reader: selecting words, taking mentions, dragging their ends, drawing links.
//!
//! Presses and releases are taken one by one from the events of a frame, each where it happened: a slow frame may
//! hold two clicks. What merely hovers is `hover`'s.

use std::ops::Range;

use egui::{Event, Modifiers, PointerButton, Pos2, Rect, Ui};

use super::boundary;
use super::keys::next_of;
use super::margin;
use super::mention_marks::{Mark, covering};
use super::overlap_list::{self, OverlapList};
use super::page::Page;
use super::paint::Frame;
use super::{Reader, Scene};
use crate::app::{
    Caret, ChartingIntent, Command, Intent, LinkDraft, ReadingIntent, Selection, TaggingIntent,
};
use crate::notebook::{ArticleId, MentionId};
use crate::text::Text;

/// A press that moves less than this is a click, in points.
const STILL: f32 = 4.0;
/// Presses within this time and distance are a double or triple click: seconds, points.
const AGAIN: (f64, f32) = (0.4, 6.0);

/// By what a selection grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    Grapheme,
    Word,
    Paragraph,
}

/// What is being dragged.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Drag {
    /// Nothing.
    #[default]
    Nothing,
    /// Words are being selected; the selection always holds where it began.
    Words(DraggedSelection),
    /// The selected words were taken up, to be dropped on the canvas.
    Held(Range<usize>),
    /// A link is being drawn from this mention.
    Link {
        /// The mention.
        from: MentionId,
    },
    /// An end of a mention is being moved.
    End {
        /// True for the end of the mention, false for its start.
        end: bool,
        /// The ends as drafted: bytes.
        range: Range<usize>,
        /// The boundary tool was not open before: letting go takes the ends as they are.
        passing: bool,
    },
}

/// Words that were taken up and are held over something that may take them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldWords {
    /// The article.
    pub article: ArticleId,
    /// The bytes.
    pub range: Range<usize>,
}

/// A selection being dragged.
#[derive(Clone, Debug, PartialEq)]
pub struct DraggedSelection {
    origin: Range<usize>,
    grain: Grain,
}

/// The pointer over a mention.
#[derive(Clone, Copy, Debug)]
pub struct Hover {
    pub(super) mention: MentionId,
    pub(super) since: f64,
}

/// The mouse's state.
#[derive(Debug, Default)]
pub struct Mouse {
    /// What is being dragged.
    pub(super) drag: Drag,
    /// The last press: where, when, and the how-manieth in a row.
    press: Option<(Pos2, f64, u32)>,
    /// The press became a drag.
    pub(super) dragged: bool,
    pub(super) pointer: Option<Pos2>,
    pub(super) hover: Option<Hover>,
    /// The pointer has rested since a key was pressed.
    pub(super) idle: bool,
    pub(super) hidden: Option<(String, Rect)>,
    /// The character that cannot be seen under the pointer: its byte, and since when it rests there.
    pub(super) over: Option<(usize, f64)>,
    /// The list of the mentions that overlap where it was clicked.
    pub(super) stack: Option<OverlapList>,
    asked: Option<usize>,
}

/// What stands at a place on screen.
pub(super) struct Spot {
    /// The nearest grapheme boundary.
    pub nearest: usize,
    /// Where the text cursor goes when clicked: on the row that was clicked.
    pub place: usize,
    /// The grapheme under the pointer.
    pub under: Option<Range<usize>>,
}

/// What stands at this place; `None` where nothing is in view.
pub(super) fn spot(frame: &Frame<'_>, at: Pos2) -> Option<Spot> {
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
        let (latest, down, modifiers, time) =
            ui.input(|i| (i.pointer.latest_pos(), i.pointer.primary_down(), i.modifiers, i.time));
        let inside = scene.response.contains_pointer();
        // By the end of a slow frame the pointer has moved on: what counts is where a button went down.
        let hits = |at: Pos2| {
            scene.rect.contains(at)
                && if Some(at) == latest {
                    inside
                } else {
                    ui.ctx().layer_id_at(at) == Some(scene.response.layer_id)
                }
        };
        let buttons: Vec<(Pos2, PointerButton, bool, Modifiers)> = ui.input(|i| {
            let of_button = |event: &Event| match event {
                Event::PointerButton { pos, button, pressed, modifiers } => {
                    Some((*pos, *button, *pressed, *modifiers))
                }
                _ => None,
            };
            i.events.iter().filter_map(of_button).collect()
        });
        for (at, button, pressed, modifiers) in buttons {
            match (button, pressed) {
                (PointerButton::Primary, true) => {
                    if !overlap_list::is_at(ui.ctx(), at) {
                        self.mouse.stack = None;
                    }
                    if hits(at) {
                        scene.response.request_focus();
                        self.press(scene, frame, marks, at, modifiers, time, out);
                    }
                }
                (PointerButton::Primary, false) if self.mouse.drag != Drag::Nothing => {
                    self.drag(ui, scene, frame, at, modifiers, out);
                    self.release(scene, frame, marks, at, modifiers, out);
                    self.mouse.drag = Drag::Nothing;
                }
                (PointerButton::Secondary, true) if hits(at) => {
                    scene.response.request_focus();
                    self.mouse.stack = None;
                    self.ask(scene, marks, spot(frame, at).as_ref(), out);
                }
                (PointerButton::Extra1, true) if hits(at) => out.push(Intent::Run(Command::Back)),
                (PointerButton::Extra2, true) if hits(at) => {
                    out.push(Intent::Run(Command::Forward));
                }
                _ => {}
            }
        }
        self.mouse.pointer = latest;
        match latest {
            Some(at) if down => self.drag(ui, scene, frame, at, modifiers, out),
            _ => self.mouse.drag = Drag::Nothing,
        }
        self.hover(ui, scene, frame, marks, inside, time);
    }

    #[expect(clippy::too_many_arguments, reason = "what a press depends on")]
    fn press(
        &mut self,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        marks: &[Mark],
        at: Pos2,
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
        self.mouse.drag = Drag::Nothing;
        self.goal = None;
        self.glide = 0.0;
        if let Some((range, end, passing)) = self.mouse.end_at(scene, frame, marks, at) {
            self.boundary.take_end(end);
            self.mouse.drag = Drag::End { end, range, passing };
            return;
        }
        if let Some(from) = self.mouse.handle_at(scene, frame, marks, at) {
            self.mouse.drag = Drag::Link { from };
            return;
        }
        let beside = margin::under(frame, marks, at);
        if let Some(first) = beside.first() {
            out.push(Intent::Select(Selection::mention(first.mention, scene.book.notebook())));
            self.mouse.stack = OverlapList::of(&beside, at);
            return;
        }
        let Some(spot) = spot(frame, at) else { return };
        if modifiers.alt
            && let Some(mark) =
                spot.under.as_ref().and_then(|u| covering(marks, u.start).first().copied())
        {
            self.mouse.drag = Drag::Link { from: mark.mention };
            out.push(Intent::Select(Selection::mention(mark.mention, scene.book.notebook())));
            return;
        }
        let text = &scene.article.text;
        let selected = self.caret(scene).range();
        let on_selected = spot.under.as_ref().is_some_and(|u| selected.contains(&u.start));
        if count == 1 && on_selected && !modifiers.shift {
            self.mouse.drag = Drag::Held(selected);
            return;
        }
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
            out.extend(mark.map(|mark| Intent::Reading(ReadingIntent::ListMentions(mark.entity))));
        }
        self.mouse.drag = Drag::Words(DraggedSelection { origin, grain });
        self.moved = Some(caret);
    }

    /// The pointer is here with the button down.
    fn drag(
        &mut self,
        ui: &Ui,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        at: Pos2,
        modifiers: Modifiers,
        out: &mut Vec<Intent>,
    ) {
        let from = self.mouse.press.map_or(at, |press| press.0);
        self.mouse.dragged |= from.distance(at) > STILL;
        if !self.mouse.dragged || self.mouse.drag == Drag::Nothing {
            return;
        }
        let Some(spot) = spot(frame, at) else { return };
        let text = &scene.article.text;
        match &mut self.mouse.drag {
            Drag::Words(DraggedSelection { origin, grain }) => {
                let caret = grown(text, origin, *grain, spot.nearest);
                if caret != self.caret(scene) {
                    self.moved = Some(caret);
                }
            }
            Drag::End { end, range, .. } => {
                let to = if modifiers.alt {
                    spot.nearest
                } else {
                    nearest_word_end(text, spot.nearest, *end)
                };
                let now = boundary::moved(text, range, *end, to);
                if now != *range {
                    *range = now.clone();
                    out.push(Intent::Tagging(TaggingIntent::Boundary(now)));
                    ui.ctx().request_repaint();
                }
            }
            Drag::Held(range) => {
                let words = HeldWords { article: scene.id, range: range.clone() };
                egui::DragAndDrop::set_payload(ui.ctx(), words);
            }
            Drag::Link { .. } | Drag::Nothing => {}
        }
    }

    fn release(
        &mut self,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        marks: &[Mark],
        at: Pos2,
        modifiers: Modifiers,
        out: &mut Vec<Intent>,
    ) {
        let found = spot(frame, at);
        let found_at = found.as_ref().map(|spot| spot.place);
        let under: Vec<&Mark> = found
            .as_ref()
            .and_then(|spot| spot.under.as_ref())
            .map_or_else(Vec::new, |under| covering(marks, under.start));
        let notebook = scene.book.notebook();
        match &self.mouse.drag {
            Drag::Words(DraggedSelection { grain: Grain::Grapheme, .. }) | Drag::Held(_)
                if !self.mouse.dragged && !modifiers.shift =>
            {
                if matches!(self.mouse.drag, Drag::Held(_)) {
                    self.moved = found_at.map(Caret::at);
                }
                let found: Vec<MentionId> = under.iter().map(|mark| mark.mention).collect();
                if let Some(mention) = next_of(&found, scene.book.selection().mention) {
                    out.push(Intent::Select(Selection::mention(mention, notebook)));
                    self.mouse.stack = OverlapList::of(&under, at);
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
                    out.push(Intent::Charting(ChartingIntent::StartLink(draft)));
                } else if !self.mouse.dragged {
                    out.push(Intent::Select(Selection::mention(*from, notebook)));
                }
            }
            Drag::End { passing: true, .. } if self.mouse.dragged => {
                out.push(Intent::Tagging(TaggingIntent::BoundaryAccept));
            }
            // A click on an end that was not dragged is a click in the text.
            Drag::End { passing: true, .. } => {
                self.moved = found.map(|spot| Caret::at(spot.place));
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
