//! What the keyboard does while it is in the canvas: walk from node to node, cycle links, nudge, zoom.

use egui::{Key, Modifiers, Rect, Response, Ui};

use super::Canvas;
use super::board::place;
use super::click::go_to_evidence;
use super::drag::Gesture;
use super::view::View;
use crate::app::{
    ChartingIntent, Command, Intent, OnCanvas, OpenNotebook, ReadingIntent, Selection,
    SessionIntent,
};
use crate::edit::{CardFields, Edit, Ref};
use crate::graph::Point;
use crate::inquiry::Spotlight;
use crate::notebook::EntityId;
use crate::scene::Visibility;
use crate::ui::painted::keep_keys;

/// How far one press of Alt and an arrow moves, in canvas units.
const NUDGE: f32 = 8.0;
/// How much one press of + or - zooms.
const ZOOM: f32 = 1.25;

const ARROWS: [(Key, Point); 4] = [
    (Key::ArrowLeft, Point::new(-1.0, 0.0)),
    (Key::ArrowRight, Point::new(1.0, 0.0)),
    (Key::ArrowUp, Point::new(0.0, -1.0)),
    (Key::ArrowDown, Point::new(0.0, 1.0)),
];

impl Canvas {
    pub(super) fn press_keys(
        &mut self,
        ui: &Ui,
        response: &Response,
        pane: Rect,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        if !response.has_focus() {
            return;
        }
        keep_keys(ui, response.id);
        let time = ui.input(|input| input.time);
        let pressed =
            |modifiers: Modifiers, key: Key| ui.input_mut(|i| i.consume_key(modifiers, key));

        // An arrangement that waits comes first: it is what was done last.
        if book.arranging().is_some() && matches!(book.tool(), crate::app::Tool::None) {
            if pressed(Modifiers::NONE, Key::Enter) {
                out.push(Intent::Run(Command::KeepArrangement));
            }
            // The program discards it; nothing else here is to take the key too.
            if matches!(self.gesture, Gesture::None) {
                pressed(Modifiers::NONE, Key::Escape);
            }
        }
        for (key, way) in ARROWS {
            if pressed(Modifiers::ALT | Modifiers::SHIFT, key) {
                self.resize_by(book, way * NUDGE, out);
            }
            if pressed(Modifiers::ALT, key) {
                // With nothing to nudge, they lead back and forward, as in a browser.
                let selection = book.selection();
                if book.chosen_entities().is_empty() && selection.cards.is_empty() {
                    self.step_view(way.x as i32, time);
                } else {
                    self.nudge(book, way, out);
                }
            }
            if pressed(Modifiers::NONE, key) {
                self.walk(pane, book, way, time, out);
            }
        }
        for (key, step) in [(Key::Period, 1), (Key::Comma, -1)] {
            if pressed(Modifiers::NONE, key) {
                self.cycle_links(book, step, out);
            }
        }
        if pressed(Modifiers::COMMAND, Key::A) {
            out.push(Intent::Select(self.everything()));
        }
        let larger = pressed(Modifiers::NONE, Key::Plus)
            || pressed(Modifiers::SHIFT, Key::Plus)
            || pressed(Modifiers::NONE, Key::Equals);
        for (pressed, by) in [(larger, ZOOM), (pressed(Modifiers::NONE, Key::Minus), 1.0 / ZOOM)] {
            if pressed {
                self.zoom_in_the_middle(pane, by, time);
            }
        }
        if pressed(Modifiers::NONE, Key::Enter) {
            if let Some(link) = self.enter_goes_to(book) {
                let link = self.scene.links[link as usize].id;
                out.extend(go_to_evidence(book, link));
            } else if let Some(entity) = book.selection().only_entity() {
                out.push(Intent::Reading(ReadingIntent::ShowMentions(entity)));
            } else if let Some(part) = book.selection().only_on_board() {
                self.enter(part, out);
            }
        }
        // A tool that is open over the canvas closes first: that Escape is not ours.
        if !book.selection().is_empty()
            && matches!(book.tool(), crate::app::Tool::None)
            && matches!(self.gesture, Gesture::None)
            && pressed(Modifiers::NONE, Key::Escape)
        {
            out.push(Intent::Select(Selection::none()));
        }
        // Then the focus goes: one thing at a time.
        if *book.exploration().spotlight() != Spotlight::Off
            && book.selection().is_empty()
            && matches!(book.tool(), crate::app::Tool::None)
            && pressed(Modifiers::NONE, Key::Escape)
        {
            out.push(Intent::Run(Command::LeaveFocus));
        }
        if book.exploration().panel_is_open()
            && book.selection().is_empty()
            && matches!(book.tool(), crate::app::Tool::None)
            && pressed(Modifiers::NONE, Key::Escape)
        {
            out.push(Intent::Run(Command::ToggleFilter));
        }
    }

    /// Goes to the view before (-1) or after (1) this one.
    pub(super) fn step_view(&mut self, by: i32, time: f64) {
        if by != 0
            && let Some(view) = self.trail.step(by)
        {
            self.go_to(view, time);
            self.touched = true;
        }
    }

    /// Zooms by a factor, keeping the middle where it is.
    pub(super) fn zoom_in_the_middle(&mut self, pane: Rect, by: f32, time: f64) {
        let mut view = self.glide.map_or(self.view, |glide| glide.at(f64::INFINITY).0);
        view.zoom_at(pane, pane.center(), by);
        self.stop_camera();
        self.go_to(view, time);
    }

    /// Every entity, box and note card that is shown and not faded, selected.
    pub(super) fn everything(&self) -> Selection {
        let seen = |number: u32| self.scene.node_visibility(number) == Visibility::Full;
        let all = self.scene.nodes.iter().zip(0_u32..).filter(|(_, number)| seen(*number));
        let board = &self.scene.board;
        let boxes =
            board.groups.iter().filter(|g| g.is_folded() && g.visibility == Visibility::Full);
        Selection {
            entities: all.map(|(node, _)| node.id).collect(),
            groups: boxes.map(|group| group.id).collect(),
            cards: board.cards.iter().map(|card| card.id).collect(),
            ..Selection::none()
        }
    }

    /// Enter on a box unfolds it; on a frame or a card it begins to write.
    fn enter(&self, part: OnCanvas, out: &mut Vec<Intent>) {
        if let OnCanvas::Group(id) = part
            && let Some(number) = self.scene.board.group(id)
            && self.scene.board.groups[number as usize].is_folded()
        {
            self.fold(number, out);
        } else {
            out.push(Intent::Charting(ChartingIntent::WriteOn(part)));
        }
    }

    fn nudge(&mut self, book: &OpenNotebook, way: Point, out: &mut Vec<Intent>) {
        let notebook = book.notebook();
        let moved: Vec<(EntityId, Point)> = book
            .chosen_entities()
            .iter()
            .filter_map(|id| Some((*id, book.place_on_canvas(*id)? + way * NUDGE)))
            .collect();
        let mut cards: Vec<Edit> = Vec::new();
        for id in &book.selection().cards {
            let Some(card) = notebook.cards().get(id) else { continue };
            let at = Point::new(card.x, card.y) + way * NUDGE;
            let with = CardFields { at: Some((at.x, at.y)), ..CardFields::default() };
            cards.push(Edit::SetCard { card: Ref::Id(*id), with });
        }
        if moved.is_empty() && cards.is_empty() {
            return;
        }
        self.touched = true;
        let count = moved.len() + cards.len();
        let edit = match (place(book, &moved), cards.len()) {
            (nodes, 0) => nodes,
            (_, 1) if moved.is_empty() => cards.remove(0),
            (Edit::Batch(_, mut edits), _) => {
                edits.append(&mut cards);
                Edit::Batch(format!("Move {count} items"), edits)
            }
            (nodes, _) => nodes,
        };
        out.push(Intent::Session(SessionIntent::Edit(edit)));
    }
}

impl View {
    /// The zoom in percent, as shown.
    pub fn percent(self) -> String {
        let percent = self.zoom * 100.0;
        if percent < 10.0 { format!("{percent:.1}%") } else { format!("{percent:.0}%") }
    }
}
