//! Where the view goes: as it was kept, fitted, to what is asked for, and to what was selected somewhere else.

use egui::{Rect, Ui};

use super::Canvas;
use super::drag::Gesture;
use super::preview_bar;
use super::view::{Glide, View};
use crate::app::{ChartingIntent, Intent, OnCanvas, OpenNotebook, Selection};
use crate::graph;
use crate::notebook::LinkId;

/// The one thing selected that the view follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Followed {
    /// Nothing, or several things.
    #[default]
    Nothing,
    /// An entity, a group or a note card.
    Part(OnCanvas),
    /// A link.
    Link(LinkId),
}

impl Followed {
    fn of(selection: &Selection) -> Self {
        let entity = selection.only_entity().map(OnCanvas::Entity);
        match (entity.or_else(|| selection.only_on_board()), selection.only_link()) {
            (Some(part), _) => Self::Part(part),
            (None, Some(link)) => Self::Link(link),
            (None, None) => Self::Nothing,
        }
    }
}

impl Canvas {
    /// Sets the view: as it was kept, fitted, or to what is asked to be shown.
    pub(super) fn place_view(&mut self, book: &OpenNotebook, pane: Rect, time: f64) {
        if !self.placed
            && let Some(kept) = book.desk().canvas
        {
            self.view = View::kept(kept);
            self.kept = Some(self.view);
            self.placed = true;
            self.touched = true;
            self.reopened = true;
        }
        self.clear_the_tools(pane);
        let bounds = self.scene.shown_bounds();
        let free = self.clear_for(pane, bounds);
        let fitting = View::fitting(free, bounds).in_pane(free, pane);
        if std::mem::take(&mut self.fit) {
            self.go_to(View::filling(free, bounds).in_pane(free, pane), time);
            self.touched = true;
        } else if !self.touched {
            // Until the user takes over, everything is shown as it was found, and in a pane of another size anew. What
            // is added changes only where one looks, never how closely.
            let nodes = self.scene.nodes.len();
            let empty = nodes == 0 && self.scene.board.is_empty();
            let known = self.fitted.is_some_and(|(size, seen)| {
                // What comes all at once onto an empty canvas was not added one by one.
                size == pane.size() && !(seen == 0 && nodes > 1)
            });
            if !self.placed || empty || !known {
                self.view = if empty { View::default() } else { fitting };
                self.fitted = Some((pane.size(), nodes));
            } else if self.motion.is_none() && self.glide.is_none() {
                let (clear, bounds) = (self.clear(pane), self.scene.shown_bounds());
                let room = clear.size() / self.view.zoom;
                let fits = bounds.is_valid()
                    && bounds.size().x <= room.x - 60.0
                    && bounds.size().y <= room.y - 60.0;
                let moved = self.view.panned_to(clear, pane, bounds);
                if fits && moved != self.view {
                    self.go_to(moved, time);
                }
                self.fitted = Some((pane.size(), nodes));
            }
            self.placed = true;
        }
        if let Some(bounds) = self.preview.fit.take() {
            let free = self.clear_for(pane, bounds);
            let view = View::filling(free, bounds).in_pane(free, pane);
            self.go_to(view, time);
        }
        self.go_where_asked(pane, time);
        let steps = std::mem::take(&mut self.steps);
        self.step_view(steps, time);
        if let Some(what) = self.show.take() {
            self.followed = Followed::of(book.selection());
            if let Some(rect) = self.rect_of(what) {
                self.walker = Some(what);
                self.bring_into_view(pane, rect, time);
            }
        }
        self.follow_selection(book, pane, time);
    }

    /// A view that was kept in a larger window may have nodes where the tools lie in this one: it moves down a little.
    fn clear_the_tools(&mut self, pane: Rect) {
        let Some(tools) = self.tools.filter(|_| self.reopened) else { return };
        self.reopened = false;
        let covered = self.view.canvas_rect(pane, tools.expand(4.0));
        let mut nodes = Vec::new();
        self.scene.nodes_in(covered, &mut nodes);
        let rects = nodes.iter().map(|node| self.scene.nodes[*node as usize].rect());
        let tops = rects.map(|rect| self.view.screen(pane, rect.min).y);
        // What the pane itself cuts off was not all in view.
        let top = tops.filter(|top| *top > pane.top()).fold(f32::INFINITY, f32::min);
        if top.is_finite() {
            self.view.pan(egui::vec2(0.0, (tools.bottom() + 10.0 - top).max(0.0)));
            self.kept = Some(self.view);
        }
    }

    /// What is selected somewhere else comes into view here, where none of it is: just so far, and as large as things
    /// are. What is selected here is in view already.
    fn follow_selection(&mut self, book: &OpenNotebook, pane: Rect, time: f64) {
        let now = Followed::of(book.selection());
        if now == self.followed {
            return;
        }
        self.followed = now;
        let rect = match now {
            Followed::Nothing => return,
            Followed::Part(what) => self.rect_of(what),
            Followed::Link(id) => self.scene.link(id).map(|number| {
                let link = &self.scene.links[number as usize];
                let boxes =
                    link.ends().map(|node| OnCanvas::Entity(self.scene.nodes[node as usize].id));
                let ends = boxes.filter_map(|end| self.rect_of(end));
                ends.fold(link.curve.bounds(), graph::Rect::union)
            }),
        };
        let hidden = match now {
            Followed::Part(OnCanvas::Entity(id)) => book.exploration().hides(id),
            _ => false,
        };
        let Some(rect) = rect.filter(|_| !hidden && self.placed) else { return };
        let target = self.glide.map_or(self.view, |glide| glide.at(f64::INFINITY).0);
        if target.canvas_rect(pane, self.clear(pane)).meets(rect) {
            return;
        }
        // The user's view moves: back leads where they were.
        self.trail.rest(target, pane);
        self.go_to(target.panned_to(self.clear(pane), pane, rect), time);
        self.touched = true;
    }

    /// The part of the pane that is clear of what lies over its top and its foot.
    pub(super) fn clear(&self, pane: Rect) -> Rect {
        let mut over = self.tools.map_or(46.0, |tools| tools.bottom() - pane.top()).max(self.said);
        if self.preview.serial != 0 {
            over += preview_bar::HEIGHT;
        }
        let top = (over + 10.0).min(pane.height() * 0.4);
        Rect { min: pane.min + egui::vec2(0.0, top), max: pane.max - egui::vec2(0.0, 32.0) }
    }

    /// Tells how much wider than high the room is that “Arrange” has to fill, once that has changed.
    pub(super) fn tell_room(&mut self, pane: Rect, out: &mut Vec<Intent>) {
        let room = self.clear(pane).size();
        // In steps: a pane that grows by a few points is no other room.
        let aspect = ((room.x / room.y.max(1.0)) * 10.0).round() / 10.0;
        if aspect != self.room && aspect > 0.0 {
            self.room = aspect;
            out.push(Intent::Charting(ChartingIntent::SetRoom(aspect)));
        }
    }

    /// The part of the pane that is clear of all that lies over it, the legend and the map included: of the ways to
    /// keep clear of each, the one that shows `bounds` largest.
    fn clear_for(&self, pane: Rect, bounds: graph::Rect) -> Rect {
        let free = self.clear(pane);
        let size = bounds.size();
        let zoom = |part: Rect| {
            let room = part.size() - egui::vec2(48.0, 24.0);
            (room.x / size.x.max(1.0)).min(room.y / size.y.max(1.0))
        };
        // With panels on both sides of a small pane there is a strip between them: better small than covered.
        let least = pane.size() * 0.2;
        let over: Vec<Rect> =
            self.over.iter().map(|over| over.expand(8.0)).take(MOST_OVER).collect();
        // What covers nearly all leaves nothing to choose: then the last ones are not kept clear of.
        (0..=over.len())
            .rev()
            .find_map(|count| beside(free, &over[..count], least, &zoom))
            .unwrap_or(free)
    }

    /// Glides to a view.
    pub(super) fn go_to(&mut self, view: View, time: f64) {
        if view != self.view {
            self.glide = Some(Glide::new(self.view, view, time));
        }
    }

    /// Glides so far that a place is in view and can be read.
    pub(super) fn bring_into_view(&mut self, pane: Rect, rect: graph::Rect, time: f64) {
        let view = self.view.showing(pane, rect);
        if view != self.view {
            self.go_to(view, time);
            self.touched = true;
        }
    }

    /// Sends the view to be kept, once it rests.
    pub(super) fn keep_view(&mut self, ui: &Ui, pane: Rect, out: &mut Vec<Intent>) {
        if !self.touched || self.kept == Some(self.view) {
            if self.glide.is_none() {
                self.trail.stay(self.view);
            }
            return;
        }
        let busy = self.glide.is_some()
            || !matches!(self.gesture, Gesture::None)
            || ui.input(|input| {
                input.smooth_scroll_delta() != egui::Vec2::ZERO || input.zoom_delta() != 1.0
            });
        if busy {
            ui.ctx().request_repaint();
        } else {
            self.kept = Some(self.view);
            self.trail.rest(self.view, pane);
            out.push(Intent::Charting(ChartingIntent::SetView(self.view.to_keep())));
        }
    }

    /// The canvas rectangle in the pane.
    pub(super) fn in_view(&self, pane: Rect) -> graph::Rect {
        self.view.canvas_rect(pane, pane)
    }
}

/// No more things than this that lie over the canvas are kept clear of.
const MOST_OVER: usize = 5;

/// The part of `free` beside all of these, of those at least so large the one that shows most: each is passed on its left or
/// right, above or below. `None` where there is none.
fn beside(
    free: Rect,
    over: &[Rect],
    least: egui::Vec2,
    zoom: &dyn Fn(Rect) -> f32,
) -> Option<Rect> {
    let Some((first, rest)) = over.split_first() else { return Some(free) };
    if !first.intersects(free) {
        return beside(free, rest, least, zoom);
    }
    let ways = [
        free.with_max_x(first.left()),
        free.with_min_x(first.right()),
        free.with_max_y(first.top()),
        free.with_min_y(first.bottom()),
    ];
    ways.into_iter()
        .filter(|way| way.width() > least.x && way.height() > least.y)
        .filter_map(|way| beside(way, rest, least, zoom))
        .max_by(|a, b| zoom(*a).total_cmp(&zoom(*b)))
}
