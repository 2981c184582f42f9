//! What the pointer does: pans, zooms where it is, selects, opens; and what is dropped on the axis.

use egui::{CursorIcon, Pos2, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

use super::layout::{BAR, Parts};
use super::{TimelinePane, is_selected, only};
use crate::app::{Command, Intent, OpenNotebook, Program, ReadingIntent, Selection, TaggingIntent};
use crate::notebook::{Detail, EntityId, LinkId};
use crate::timeline::{Item, Step, What, mention_of};
use crate::ui::canvas::go_to_evidence;
use crate::ui::theme::Style;
use crate::ui::widgets::command_item;

/// How near the pointer must be to a link, in points.
const REACH: f32 = 5.0;

/// What is under the pointer, and since when.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hover {
    /// The entry, by number.
    pub entry: Option<u32>,
    /// The link.
    pub link: Option<LinkId>,
    /// Since when, in seconds.
    pub since: f64,
}

/// A drag under way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gesture {
    /// None.
    #[default]
    None,
    /// What is shown is moved.
    Pan,
}

impl TimelinePane {
    pub(super) fn point(
        &mut self,
        ui: &Ui,
        response: &Response,
        parts: Parts,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        if response.clicked() || response.secondary_clicked() || response.drag_started() {
            response.request_focus();
        }
        if response.contains_pointer() {
            self.wheel(ui, parts);
        }
        if response.drag_started() {
            self.gesture = Gesture::Pan;
        }
        if response.dragged() && self.gesture == Gesture::Pan {
            let by = response.drag_delta();
            if by.x != 0.0 {
                self.view.pan(by.x);
                self.touched = true;
            }
            self.scroll -= by.y;
        }
        if response.drag_stopped() {
            self.gesture = Gesture::None;
        }
        if response.clicked() || response.secondary_clicked() {
            self.click(ui, response, parts, book, out);
        }
    }

    /// The wheel zooms where the pointer is; over the names of the lanes, or with Alt, it scrolls.
    fn wheel(&mut self, ui: &Ui, parts: Parts) {
        let (scroll, pinch, alt, at) = ui.input(|input| {
            let at = input.pointer.hover_pos();
            (input.smooth_scroll_delta(), input.zoom_delta(), input.modifiers.alt, at)
        });
        let Some(at) = at else { return };
        if (parts.names.contains(at) || alt) && scroll.y != 0.0 {
            self.scroll -= scroll.y;
        } else {
            let by = pinch * (scroll.y * 0.0018).exp();
            if by != 1.0 {
                let x = at.x - parts.plot.left();
                self.view.zoom_at(x.max(0.0), parts.plot.width(), f64::from(by));
                self.touched = true;
            }
        }
        if scroll.x != 0.0 {
            self.view.pan(scroll.x);
            self.touched = true;
        }
    }

    /// Finds what is under the pointer.
    pub(super) fn hover_over(&mut self, ui: &Ui, response: &Response, parts: Parts) {
        let mut hover = Hover { since: self.hover.since, ..Hover::default() };
        let pointer = response.hover_pos().filter(|at| parts.plot.contains(*at));
        if let (Some(at), Some(scene)) = (pointer, &self.scene)
            && self.gesture == Gesture::None
        {
            let at = parts.scene(at);
            hover.entry = scene.at(at).map(|shape| shape.entry);
            if hover.entry.is_none() {
                hover.link = scene.arrow_at(at, REACH).map(|arrow| arrow.link);
            }
        }
        if (hover.entry, hover.link) != (self.hover.entry, self.hover.link) {
            hover.since = ui.input(|input| input.time);
        }
        self.hover = hover;
        if self.gesture == Gesture::Pan {
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        } else if hover.entry.is_some() || hover.link.is_some() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        }
    }

    fn click(
        &mut self,
        ui: &Ui,
        response: &Response,
        parts: Parts,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let Some(at) = response.interact_pointer_pos() else { return };
        let modifiers = ui.input(|input| input.modifiers);
        let toggle = modifiers.command || modifiers.shift;
        let secondary = response.secondary_clicked();
        let inside = parts.plot.contains(at);
        let scene = self.scene.as_ref().filter(|_| inside);
        let shape = scene.and_then(|scene| scene.at(parts.scene(at))).copied();
        let link = scene.and_then(|scene| scene.arrow_at(parts.scene(at), REACH));
        if let Some((shape, item)) =
            shape.and_then(|shape| Some((shape, self.model.timeline().item(shape.item)?.clone())))
        {
            let lane = self.model.stacked().rows.entries[shape.entry as usize].lane as usize;
            self.walker = Some((item.what, lane));
            if secondary {
                if !is_selected(&item, book.selection()) {
                    self.select(&item, book, out);
                }
            } else if response.double_clicked() {
                out.extend(go_to(book, item.what));
            } else if toggle {
                out.push(Intent::ToggleEntity(item.entity));
            } else {
                self.select(&item, book, out);
            }
        } else if let Some(link) = link.map(|arrow| arrow.link) {
            if response.double_clicked() {
                out.extend(go_to_evidence(book, link));
            } else if toggle {
                out.push(Intent::ToggleLink(link));
            } else {
                out.push(Intent::Select(Selection::link(link)));
            }
        } else if inside && !secondary && !toggle && !book.selection().is_empty() {
            self.walker = None;
            out.push(Intent::Select(Selection::none()));
        }
    }

    /// Selects an item alone.
    pub(super) fn select(&mut self, item: &Item, book: &OpenNotebook, out: &mut Vec<Intent>) {
        let selection = only(item, book);
        self.seen = selection.clone();
        out.push(Intent::Select(selection));
    }

    /// An event that is dropped on the axis is asked for its date, with the one it was dropped at.
    pub(super) fn take_drop(
        &mut self,
        response: &Response,
        parts: Parts,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let pointer: Option<Pos2> = response.ctx.input(|input| input.pointer.latest_pos());
        let is_event = |id: &EntityId| {
            book.notebook().entity(*id).is_some_and(|it| matches!(it.detail, Detail::Event(_)))
        };
        let place = pointer.filter(|at| parts.plot.union(parts.axis).contains(*at));
        let held = response.dnd_hover_payload::<EntityId>().map(|id| *id);
        self.held = held.filter(is_event).zip(place);
        let dropped = response.dnd_release_payload::<EntityId>().map(|id| *id);
        if let (Some(id), Some(at)) = (dropped.filter(is_event), place) {
            self.held = None;
            out.push(Intent::Select(Selection::entity(id)));
            out.push(TaggingIntent::AskDate(id, self.date_at(parts, at)).into());
        }
    }

    /// The date at a place, as exactly as one can point at it.
    pub(super) fn date_at(&self, parts: Parts, at: Pos2) -> String {
        let moment = self.view.moment(at.x - parts.plot.left(), parts.plot.width());
        Step::fitting(self.view).edtf_at(moment)
    }

    /// The bar at the right edge, where there are more rows than room.
    pub(super) fn scroll_bar(&mut self, ui: &Ui, style: &Style, parts: Parts, height: f32) {
        let room = parts.plot.height();
        let strip = Rect::from_min_max(
            pos2(parts.plot.right(), parts.plot.top()),
            pos2(parts.plot.right() + BAR, parts.plot.bottom()),
        );
        if height <= room || room <= 0.0 {
            return;
        }
        let id = Self::id().with("scroll bar");
        let response = ui.interact(strip, id, Sense::DRAG);
        response
            .widget_info(|| WidgetInfo::labeled(egui::Role::Splitter, true, "Scroll the timeline"));
        let handle = (room * room / height).max(24.0);
        if response.dragged() {
            let way = (room - handle).max(1.0);
            self.scroll += response.drag_delta().y * (height - room) / way;
            self.scroll = self.scroll.clamp(0.0, height - room);
        }
        let top = strip.top() + (room - handle) * self.scroll / (height - room);
        let bar = Rect::from_min_size(pos2(strip.left() + 3.0, top), vec2(5.0, handle));
        let hot = response.hovered() || response.dragged();
        let colour = if hot { style.muted } else { style.muted.gamma_multiply(0.5) };
        ui.painter().rect_filled(bar, 2.5, colour);
    }

    /// The menu of the right button.
    pub(super) fn menu(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let Some(id) = book.selection().only_entity() else {
            for command in [Command::Fit, Command::Chronology, Command::ToggleFilter] {
                command_item(ui, Some(program), command, out);
            }
            return;
        };
        let here = self.walker.map(|(what, _)| what).filter(|what| match what {
            What::Event(event) => *event == id,
            What::Statement(mention) => {
                book.notebook().mention(*mention).is_some_and(|it| it.entity == id)
            }
        });
        if let Some(go) = go_to(book, here.unwrap_or(What::Event(id)))
            && ui.add(egui::Button::new("Go to the sentence").shortcut_text("Enter")).clicked()
        {
            out.push(go);
            ui.close();
        }
        command_item(ui, Some(program), Command::DateEvent, out);
        ui.separator();
        crate::ui::lists::entity_menu(ui, program, id, out);
    }
}

/// Goes to the sentence that tells of something.
pub(super) fn go_to(book: &OpenNotebook, what: What) -> Option<Intent> {
    let mention = mention_of(book.notebook(), what)?;
    Some(Intent::Reading(ReadingIntent::GoToMention(mention)))
}
