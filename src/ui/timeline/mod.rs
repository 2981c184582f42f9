//! The timeline: events by their dates and statements on the day of their article, in lanes, painted by hand and driven by
//! one `ui.interact`.
//!
//! What is on it and where, [`crate::timeline`] knows; this is the view: what is in view, what is hovered, a drag under way.
//! Parts: `model` (has it worked out), `tools`, `layout` (where its parts are), `pointer`, `keys` (what the user does),
//! `paint` and `card` (what is drawn), `tray` (the events without a date), `access` (what a screen reader finds).

mod access;
mod card;
mod keys;
mod layout;
mod model;
mod paint;
mod pointer;
mod tools;
mod tray;

use egui::{Id, Pos2, Rect, Sense, Ui};

use super::panes::{PaneFrame, PaneView};
use super::stopped::stopped;
use super::theme::Style;
use crate::app::{
    ChartingIntent, Effect, Intent, OpenNotebook, Pane, PaneFacts, Program, Selection,
    TimelinePlace, TimelineSettings, shortcut,
};
use crate::notebook::EntityId;
use crate::timeline::{Item, Scene, View, What};
use layout::Parts;
use model::Model;
use paint::Labels;
use pointer::{Gesture, Hover};
use tray::Tray;

static FACTS: PaneFacts = PaneFacts::new("timeline", "Timeline")
    .command("Events by their dates, and statements on the day of their article")
    .key(shortcut("E").ctrl())
    .takes_keyboard()
    .behind(Pane::CANVAS);

/// The pane.
pub const PANE: Pane = Pane::of(&FACTS);

/// The timeline of an open notebook: its view state.
#[derive(Debug, Default)]
pub struct TimelinePane {
    model: Model,
    view: View,
    /// How far down it is scrolled, in points.
    scroll: f32,
    /// The view was set by fitting, for a pane of this width and so many items.
    fitted: Option<(f32, usize)>,
    /// The user chose the view: it is not fitted any more by itself.
    touched: bool,
    fit: bool,
    /// The view was set: as it was left, or by fitting.
    placed: bool,
    /// The view as it was last sent to be kept.
    kept: Option<TimelinePlace>,
    select_all: bool,
    focus: bool,
    /// What of it is in view, as drawn last.
    scene: Option<Scene>,
    hover: Hover,
    gesture: Gesture,
    /// Where the keyboard is: the item, and the lane it was walked to in.
    walker: Option<(What, usize)>,
    /// What was selected when it was last looked at, to follow a selection made elsewhere.
    seen: Selection,
    /// The selected event, while it has no date: it comes into view once it has one.
    undated: Option<EntityId>,
    /// An event is held over the axis here.
    held: Option<(EntityId, Pos2)>,
    labels: Labels,
    tray: Tray,
}

impl PaneView for TimelinePane {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        self.focus |= frame.takes_keyboard;
        let (program, book, style) = (frame.program, frame.book, frame.style);
        let mut sent = Vec::new();
        self.ui(ui, program, book, style, &mut sent, |ui| frame.grip(ui));
        frame.out.append(&mut sent);
    }

    fn fits(&self) -> bool {
        true
    }

    fn background(&self, style: &Style) -> egui::Color32 {
        style.canvas
    }

    fn apply_effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Fit => self.fit = true,
            Effect::SelectAll => self.select_all = true,
            _ => {}
        }
    }
}

impl TimelinePane {
    /// The id of what is under the axis: where the keyboard walks.
    #[must_use]
    pub fn id() -> Id {
        Id::unique("casebook timeline")
    }

    /// Whether part of what there is to show is still being worked out.
    #[must_use]
    pub const fn is_making(&self) -> bool {
        self.model.is_making()
    }

    /// What was drawn last: for tests and benches.
    #[must_use]
    pub const fn scene(&self) -> Option<&Scene> {
        self.scene.as_ref()
    }

    /// The part of time in view: for tests.
    #[must_use]
    pub const fn view(&self) -> View {
        self.view
    }

    /// Shows a part of time: for tests and benches.
    pub const fn look_at(&mut self, view: View) {
        self.view = view;
        self.touched = true;
    }

    /// Draws the pane. `grip` draws what moves it, at the left of the tools.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
        grip: impl FnOnce(&mut Ui),
    ) {
        let pane = ui.available_rect_before_wrap();
        let settings = program.prefs().timeline;
        self.model.update(book, settings);
        let below = self.tools(ui, program, book, style, pane, out, grip);
        if self.model.was_stopped() {
            let line = Rect::from_min_max(below.min, below.min + egui::vec2(below.width(), 30.0));
            let ui = &mut ui
                .new_child(egui::UiBuilder::new().max_rect(line.shrink2(egui::vec2(12.0, 3.0))));
            if stopped(
                ui,
                style,
                "This is the timeline from before: working it out was stopped.",
                "Go on",
            ) {
                self.model.retry();
                ui.ctx().request_repaint();
            }
        }
        if below.width() < 60.0 || below.height() < 60.0 {
            return;
        }
        let timeline = self.model.timeline();
        if timeline.is_empty() {
            self.scene = None;
            self.nothing(ui, style, below);
            return;
        }
        let parts = Parts::of(below, settings.lanes, !timeline.items.undated.is_empty());
        let response = ui.interact(parts.field, Self::id(), Sense::click_and_drag());
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        self.labels.of(self.model.serial(), style);
        self.place_view(book, parts);
        // Before anything is selected here: what is sent in this frame is not selected yet.
        self.follow_selection(book, parts);
        self.point(ui, &response, parts, book, out);
        self.take_drop(&response, parts, book, out);
        self.press_keys(ui, &response, parts, book, out);

        self.model.stack(self.view.level(), book);
        let height = self.model.stacked().rows.height();
        self.scroll = self.scroll.clamp(0.0, (height - parts.plot.height()).max(0.0));
        let size = (parts.plot.width(), parts.plot.height());
        let scene =
            Scene::of(self.model.timeline(), self.model.stacked(), self.view, size, self.scroll);
        self.scene = Some(scene);
        self.hover_over(ui, &response, parts);
        if ui.is_rect_visible(parts.field) {
            self.paint(ui, book, style, parts, response.has_focus());
        }
        self.describe(ui, &response, parts, book, out);
        self.scroll_bar(ui, style, parts, height);
        self.show_tray(ui, style, parts, book, out);
        self.tooltip(ui, &response, parts, book, style);
        response.context_menu(|ui| self.menu(ui, program, book, out));
        self.keep_place(ui, out);
    }

    /// Fits the view, at first and where it is asked for.
    fn place_view(&mut self, book: &OpenNotebook, parts: Parts) {
        if !std::mem::replace(&mut self.placed, true)
            && let Some(place) = book.timeline_place()
        {
            self.view = View { centre: place.centre, scale: place.scale }.sound();
            self.scroll = place.scroll;
            self.kept = Some(place);
            self.touched = true;
            // What is selected already does not move it.
            self.seen = book.selection().clone();
        }
        let (width, items) = (parts.plot.width(), self.model.timeline().items.dated.len());
        let known = self.fitted.is_some_and(|(old, count)| old == width && count == items);
        let by_itself = !self.touched && !known;
        if std::mem::take(&mut self.fit) || by_itself {
            let seen: Vec<(i64, i64)> =
                self.model.shown(book).map(|item| item.extent.known()).collect();
            let from = seen.iter().map(|it| it.0).min();
            let to = seen.iter().map(|it| it.1).max();
            if let (Some(from), Some(to)) = (from, to) {
                // The words of the last ones have their room.
                let widest = self.model.shown(book).map(|item| item.width).fold(0.0, f32::max);
                let right = (widest + 30.0).min(width * 0.45).max(40.0);
                self.view = View::fitting(from, to, width, (26.0, right));
                self.scroll = 0.0;
            }
            self.fitted = Some((width, items));
        }
    }

    /// Sends what is in view to be kept, once it rests.
    fn keep_place(&mut self, ui: &Ui, out: &mut Vec<Intent>) {
        let View { centre, scale } = self.view;
        let place = TimelinePlace { centre, scale, scroll: self.scroll };
        if !self.touched || self.kept == Some(place) {
            return;
        }
        let moves = ui.input(|input| {
            input.smooth_scroll_delta() != egui::Vec2::ZERO || input.zoom_delta() != 1.0
        });
        if moves || self.gesture != Gesture::None {
            ui.ctx().request_repaint();
        } else {
            self.kept = Some(place);
            out.push(ChartingIntent::SetTimelinePlace(place).into());
        }
    }

    /// What is said while there is nothing.
    fn nothing(&self, ui: &mut Ui, style: &Style, below: Rect) {
        let inner = below.shrink2(egui::vec2(16.0, 12.0));
        ui.scope_builder(egui::UiBuilder::new().max_rect(inner), |ui| {
            if self.model.is_making() {
                super::widgets::hint(ui, style, "Working out what happened when…");
                return;
            }
            ui.strong("Nothing with a date yet");
            super::widgets::hint(
                ui,
                style,
                "Tag an event in an article (E) and give it a date: its bar stands here. Statements of claims (C) stand on the day of their article, which Article details (Ctrl+I) keeps.",
            );
        });
    }

    /// What was selected elsewhere comes into view, where none of it is.
    fn follow_selection(&mut self, book: &OpenNotebook, parts: Parts) {
        let timeline = self.model.timeline();
        let dated = self.undated.is_some_and(|id| timeline.number(What::Event(id)).is_some());
        if *book.selection() == self.seen && !dated {
            return;
        }
        self.seen = book.selection().clone();
        let one = book.selection().only_entity();
        self.undated = one.filter(|id| timeline.items.undated.contains(id));
        let mention = book.selection().mention.map(What::Statement);
        let what = mention.filter(|what| timeline.number(*what).is_some()).or_else(|| {
            let entity = book.selection().only_entity()?;
            let event = Some(What::Event(entity)).filter(|what| timeline.number(*what).is_some());
            event.or_else(|| {
                let first = timeline.items.dated.iter().find(|item| item.entity == entity)?;
                Some(first.what)
            })
        });
        let Some(what) = what else { return };
        if dated || self.walker.is_none_or(|(walker, _)| walker != what) {
            self.walker = Some((what, 0));
            self.reveal(book, parts, what, 0);
        }
    }

    /// Moves the view just so far that an item is in it.
    fn reveal(&mut self, book: &OpenNotebook, parts: Parts, what: What, lane: usize) {
        let Some(number) = self.model.timeline().number(what) else { return };
        let Some(item) = self.model.timeline().item(number) else { return };
        let (from, to) = item.extent.known();
        let width = parts.plot.width();
        let words = (item.width + 30.0).min(width * 0.5);
        let shown = self.view.showing(from, to, width, (24.0, words));
        if shown != self.view {
            self.view = shown;
            self.touched = true;
        }
        self.model.stack(self.view.level(), book);
        let rows = &self.model.stacked().rows;
        let mut entries = rows.entries.iter().filter(|entry| entry.item == number);
        let first = entries.next();
        let here = entries.chain(first).find(|entry| entry.lane as usize == lane).or(first);
        if let Some(entry) = here {
            let (top, height) = (rows.top(*entry), parts.plot.height());
            let foot = top + crate::timeline::ROW;
            if top < self.scroll {
                self.scroll = (top - 8.0).max(0.0);
            } else if foot > self.scroll + height {
                self.scroll = foot + 8.0 - height;
            }
        }
    }
}

/// Whether an item is selected.
fn is_selected(item: &Item, selection: &Selection) -> bool {
    match (item.what, selection.mention) {
        (What::Statement(id), Some(mention)) => id == mention,
        _ => selection.entities.contains(&item.entity),
    }
}

/// An item alone selected.
fn only(item: &Item, book: &OpenNotebook) -> Selection {
    match item.what {
        What::Event(id) => Selection::entity(id),
        What::Statement(id) => Selection::mention(id, book.notebook()),
    }
}

/// What the settings become; they are the user's, not the notebook's.
fn set(program: &Program, timeline: TimelineSettings) -> Intent {
    let prefs = crate::app::Prefs { timeline, ..program.prefs().clone() };
    Intent::Settings(crate::app::SettingsIntent::SetPrefs(prefs))
}
