//! What the keyboard does while it is in the canvas: walk from node to node, cycle links, nudge, zoom.

use egui::{EventFilter, Key, Modifiers, Rect, Response, Ui};

use super::Canvas;
use super::pointer::{Gesture, go_to_evidence, place};
use super::scene::{End, Seen};
use super::view::View;
use crate::app::{Book, Command, Intent, Selection};
use crate::graph::Point;
use crate::inquiry::Spotlight;
use crate::notebook::EntityId;

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
        book: &Book,
        out: &mut Vec<Intent>,
    ) {
        if !response.has_focus() {
            return;
        }
        // Tab leaves the pane as it leaves everything else; the arrows and Escape are the canvas's own.
        let filter = EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: true,
            escape: true,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
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
            if pressed(Modifiers::ALT, key) {
                // With nothing to nudge, they lead back and forward, as in a browser.
                if book.selection().entities.is_empty() {
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
                out.push(Intent::ShowMentions(entity));
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
        if *book.ways().spotlight() != Spotlight::Off
            && book.selection().is_empty()
            && matches!(book.tool(), crate::app::Tool::None)
            && pressed(Modifiers::NONE, Key::Escape)
        {
            out.push(Intent::Run(Command::LeaveFocus));
        }
        if book.ways().panel_is_open()
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
        self.take_over();
        self.go_to(view, time);
    }

    /// Every entity that is shown and not faded, selected.
    pub(super) fn everything(&self) -> Selection {
        let seen = |number: u32| self.scene.node_seen(number) == Seen::Full;
        let all = self.scene.nodes.iter().zip(0_u32..).filter(|(_, number)| seen(*number));
        Selection { entities: all.map(|(node, _)| node.id).collect(), ..Selection::none() }
    }

    /// The node the arrows start from: the last one walked to, while it is selected, or else a selected one.
    fn here(&self, book: &Book) -> Option<u32> {
        let selected = &book.selection().entities;
        self.walker
            .filter(|id| selected.contains(id))
            .or_else(|| selected.first().copied())
            .or_else(|| {
                let link = book.selection().only_link()?;
                let link = book.notebook().link(link)?;
                self.walker.filter(|id| link.ends().any(|end| end == *id)).or(Some(link.from))
            })
            .and_then(|id| self.scene.node(id))
    }

    fn select(&mut self, pane: Rect, number: u32, time: f64, out: &mut Vec<Intent>) {
        let id = self.scene.nodes[number as usize].id;
        self.walker = Some(id);
        out.push(Intent::Select(Selection::entity(id)));
        self.bring_into_view(pane, number, time);
    }

    /// Selects the nearest node in a direction; linked ones are preferred. From nowhere: the one nearest to the
    /// middle of the view.
    fn walk(&mut self, pane: Rect, book: &Book, way: Point, time: f64, out: &mut Vec<Intent>) {
        let target = match self.here(book) {
            Some(here) => self.neighbour(here, way),
            None => {
                let nodes = self.scene.nodes.iter().zip(0_u32..);
                let seen = nodes.filter(|(_, n)| self.scene.node_seen(*n) == Seen::Full);
                nearest(seen.map(|(node, n)| (node.centre, n)), self.in_view(pane).centre())
            }
        };
        if let Some(target) = target {
            self.select(pane, target, time, out);
        }
    }

    fn neighbour(&self, here: u32, way: Point) -> Option<u32> {
        let from = self.scene.nodes[here as usize].centre;
        let linked: Vec<u32> = self
            .scene
            .links_of(here)
            .iter()
            .filter_map(|&link| {
                let link = &self.scene.links[link as usize];
                match link.to {
                    End::Node(to) if to != link.from => {
                        Some(if link.from == here { to } else { link.from })
                    }
                    _ => None,
                }
            })
            .collect();
        let mut best: Option<(f32, u32)> = None;
        for (node, number) in self.scene.nodes.iter().zip(0_u32..) {
            let off = node.centre - from;
            let (along, aside) = (off.dot(way), off.cross(way).abs());
            let seen = self.scene.node_seen(number) == Seen::Full;
            if number == here || !seen || along <= 0.0 || aside > along * 1.8 {
                continue;
            }
            let mut cost = along + 2.0 * aside;
            if linked.contains(&number) {
                cost *= 0.45;
            }
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, number));
            }
        }
        best.map(|(_, number)| number)
    }

    /// Selects the next or the previous link of the node the arrows stand on.
    fn cycle_links(&mut self, book: &Book, step: isize, out: &mut Vec<Intent>) {
        let Some(here) = self.here(book) else { return };
        let seen = |link: &u32| self.scene.link_seen(*link) == Seen::Full;
        let links: Vec<u32> = self.scene.links_of(here).iter().copied().filter(seen).collect();
        let Ok(count) = isize::try_from(links.len()) else { return };
        if count == 0 {
            return;
        }
        self.walker = Some(self.scene.nodes[here as usize].id);
        let at = book
            .selection()
            .only_link()
            .and_then(|id| links.iter().position(|&l| self.scene.links[l as usize].id == id));
        let next = match at {
            Some(at) => (at as isize + step).rem_euclid(count),
            None if step > 0 => 0,
            None => count - 1,
        };
        let link = &self.scene.links[links[next as usize] as usize];
        out.push(Intent::Select(Selection::link(link.id)));
    }

    fn nudge(&mut self, book: &Book, way: Point, out: &mut Vec<Intent>) {
        let moved: Vec<(EntityId, Point)> = book
            .selection()
            .entities
            .iter()
            .filter_map(|id| Some((*id, book.place_on_canvas(*id)? + way * NUDGE)))
            .collect();
        if !moved.is_empty() {
            self.touched = true;
            out.push(Intent::Edit(place(book, &moved)));
        }
    }
}

/// The number of the point nearest to `to`.
fn nearest(points: impl Iterator<Item = (Point, u32)>, to: Point) -> Option<u32> {
    points
        .map(|(p, number)| (p.distance(to), number))
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, number)| number)
}

impl View {
    /// The zoom in percent, as shown.
    pub fn percent(self) -> String {
        let percent = self.zoom * 100.0;
        if percent < 10.0 { format!("{percent:.1} %") } else { format!("{percent:.0} %") }
    }
}
