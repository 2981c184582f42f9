//! The tray: the events without a date, in a row under the axis. One is dragged to a place in time, or given a date by Enter.

use egui::{FontId, Key, Modifiers, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::TimelinePane;
use super::layout::Parts;
use crate::app::{Intent, OpenNotebook, Selection, TaggingIntent};
use crate::notebook::EntityId;
use crate::text::shown_name;
use crate::timeline::{LABEL, words_width};
use crate::ui::kind_icons::kind_mark;
use crate::ui::theme::Style;
use crate::ui::widgets::{counted, cut};

/// The widest chip, in points.
const WIDEST: f32 = 190.0;
/// Height of a chip, in points.
const HEIGHT: f32 = 24.0;
/// What is free between two chips, in points.
const GAP: f32 = 6.0;

/// What is known of the tray: how far it is moved, and where its chips are.
#[derive(Debug, Default)]
pub struct Tray {
    scroll: f32,
    /// The number of the timeline the places are of, and where each chip begins; then where the last one ends.
    lefts: (u64, Vec<f32>),
}

impl TimelinePane {
    pub(super) fn show_tray(
        &mut self,
        ui: &mut Ui,
        style: &Style,
        parts: Parts,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let Some(rect) = parts.tray else { return };
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, style.sidebar);
        painter.hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, style.lines));
        let undated = self.model.timeline().items.undated.clone();
        if self.tray.lefts.0 != self.model.serial() || self.tray.lefts.1.is_empty() {
            let mut lefts = vec![0.0];
            for id in &undated {
                let words = words_width(&shown_name(book.notebook().name(*id)), LABEL);
                let width = (words + 34.0).min(WIDEST);
                lefts.push(lefts.last().copied().unwrap_or(0.0) + width + GAP);
            }
            self.tray.lefts = (self.model.serial(), lefts);
        }
        let said = format!("{} without a date", counted(undated.len(), "event"));
        let label = painter.layout_no_wrap(said.clone(), style.small(), style.muted);
        let at = pos2(rect.left() + 12.0, rect.center().y - label.size().y * 0.5);
        let chips = rect.with_min_x(at.x + label.size().x + 12.0).shrink2(vec2(0.0, 2.0));
        painter.galley(at, label, style.muted);
        let mut child = ui.new_child(
            egui::UiBuilder::new()
                .id_salt("timeline tray")
                .max_rect(chips)
                .accessibility_role(egui::Role::GenericContainer)
                .accessibility_label(said),
        );
        child.set_clip_rect(chips.intersect(ui.clip_rect()));
        let lefts = std::mem::take(&mut self.tray.lefts.1);
        let over = lefts.last().copied().unwrap_or(0.0) - chips.width();
        if ui.rect_contains_pointer(rect) {
            let scroll = ui.input(|input| input.smooth_scroll_delta());
            self.tray.scroll -= scroll.x + scroll.y;
        }
        self.tray.scroll = self.tray.scroll.clamp(0.0, over.max(0.0));
        let first = lefts.partition_point(|left| *left < self.tray.scroll).saturating_sub(1);
        let mut wanted = None;
        for (number, id) in undated.iter().enumerate().skip(first) {
            let (Some(from), Some(to)) = (lefts.get(number), lefts.get(number + 1)) else { break };
            let left = chips.left() + from - self.tray.scroll;
            // One more than is in view, so that Tab goes on to it.
            if left > chips.right() + WIDEST {
                break;
            }
            let size = vec2(to - from - GAP, HEIGHT);
            let chip = Rect::from_min_size(pos2(left, chips.center().y - HEIGHT * 0.5), size);
            if self.chip(&child, style, book, chip, *id, out) {
                wanted = Some((from - 8.0, to + 8.0));
            }
        }
        // The chip with the keyboard is in view.
        if let Some((from, to)) = wanted {
            let (low, high) = (to - chips.width(), from);
            let target = if low > high { high } else { self.tray.scroll.clamp(low, high) };
            let target = target.clamp(0.0, over.max(0.0));
            if target != self.tray.scroll {
                self.tray.scroll = target;
                ui.ctx().request_repaint();
            }
        }
        self.tray.lefts.1 = lefts;
    }

    /// A chip; whether it has the keyboard.
    fn chip(
        &self,
        ui: &Ui,
        style: &Style,
        book: &OpenNotebook,
        rect: Rect,
        event: EntityId,
        out: &mut Vec<Intent>,
    ) -> bool {
        let id = Self::id().with(("undated", event));
        let response = ui.interact(rect, id, Sense::click_and_drag());
        let selected = book.selection().entities.contains(&event);
        response.widget_info(|| {
            let name = shown_name(book.notebook().name(event));
            let said = format!("Event without a date: {name}. Enter gives it one");
            WidgetInfo::labeled(egui::Role::Button, true, said)
        });
        ui.ctx().accesskit_node_builder(id, |node| node.set_selected(selected));
        let ask = |out: &mut Vec<Intent>| {
            out.push(TaggingIntent::AskDate(event, String::new()).into());
        };
        let by_pointer = response.interact_pointer_pos().is_some();
        if response.double_clicked() {
            ask(out);
        } else if response.clicked() && by_pointer {
            response.request_focus();
            out.push(Intent::Select(Selection::entity(event)));
        } else if response.clicked() {
            // By the keyboard, or by a screen reader.
            ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            out.push(Intent::Select(Selection::entity(event)));
            ask(out);
        }
        response.dnd_set_drag_payload(event);
        let ground = match () {
            () if selected => style.chosen,
            () if response.hovered() => style.hovered,
            () => style.surface,
        };
        let edge = if selected { style.accent } else { style.lines };
        let painter = ui.painter();
        painter.rect(rect, 6.0, ground, Stroke::new(1.0, edge), StrokeKind::Inside);
        if response.has_focus() {
            let ring = Stroke::new(1.5, style.ink);
            painter.rect_stroke(rect, 6.0, ring, StrokeKind::Inside);
        }
        let mark = rect.left_center() + vec2(13.0, 0.0);
        kind_mark(painter, mark, style, crate::notebook::Kind::Event, false);
        let face = FontId::new(LABEL, style.sans.clone());
        let room = (rect.width() - 30.0).max(8.0);
        let words = cut(ui, book.notebook().name(event), face, style.ink, room);
        let at = pos2(rect.left() + 23.0, rect.center().y - words.size().y * 0.5);
        painter.galley(at, words, style.ink);
        let focused = response.has_focus();
        response.on_hover_cursor(egui::CursorIcon::Grab).on_hover_text(
            "Drag it to its place in time, or double-click (Enter) to write its date",
        );
        focused
    }
}
