//! The scroll bar, with ticks where something was found and a shade where there are mentions.

use std::ops::Range;

use egui::{Rect, Sense, Ui, pos2};

use super::page::Page;
use crate::notebook::{ArticleId, Notebook};
use crate::ui::theme::{Style, mix};

/// The width of the scroll bar, in points.
pub const WIDTH: f32 = 14.0;
/// The shortest handle, in points.
const SHORTEST: f32 = 28.0;
/// Height of a tick, in points: what is nearer than that is one.
const TICK: f32 = 3.0;

/// The scroll bar's own state: where it was taken, and its ticks.
#[derive(Default)]
pub struct ScrollBar {
    /// How far below the handle's upper edge it was taken, in points.
    grip: Option<f32>,
    ticks: Ticks,
}

#[derive(Default)]
struct Ticks {
    of: Option<(u64, usize, usize, u32, u64)>,
    hits: Vec<bool>,
    mentions: Vec<bool>,
}

/// What the ticks show.
pub struct Shown<'a> {
    /// The notebook.
    pub notebook: &'a Notebook,
    /// The article.
    pub article: ArticleId,
    /// Hits of the search, in order.
    pub hits: &'a [Range<usize>],
}

impl ScrollBar {
    /// Draws it and follows the mouse. Before the page is placed.
    pub fn ui(&mut self, ui: &Ui, rect: Rect, page: &mut Page, style: &Style, shown: &Shown<'_>) {
        let (y, full, _) = page.extent();
        let view = f64::from(rect.height());
        if full <= view || rect.height() < 2.0 * SHORTEST {
            self.grip = None;
            return;
        }
        let part = (view / full) as f32;
        let length = (rect.height() * part).max(SHORTEST);
        let path = rect.height() - length;
        let scale = (full - view) / f64::from(path.max(1.0));
        let mut top = rect.top() + ((y / scale) as f32).clamp(0.0, path);

        let id = ui.scope_id().with("scroll bar");
        let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(egui::accesskit::Role::ScrollBar);
            node.set_label("Article scroll bar");
            node.set_orientation(egui::accesskit::Orientation::Vertical);
            node.set_min_numeric_value(0.0);
            node.set_max_numeric_value(full - view);
            node.set_numeric_value(y.clamp(0.0, full - view));
        });
        match response.interact_pointer_pos() {
            Some(pointer) if response.is_pointer_button_down_on() => {
                let on_handle = pointer.y >= top && pointer.y <= top + length;
                let inside = if on_handle { pointer.y - top } else { length / 2.0 };
                let grip = *self.grip.get_or_insert(inside);
                top = (pointer.y - grip).clamp(rect.top(), rect.top() + path);
                page.scroll_to_height(f64::from(top - rect.top()) * scale);
            }
            _ => self.grip = None,
        }

        self.ticks.update(page, shown, rect.height());
        let painter = ui.painter();
        for (lit, color, inset) in [
            (&self.ticks.mentions, mix(style.surface, style.muted, 0.22), 4.0),
            (&self.ticks.hits, style.accent, 2.0),
        ] {
            for (i, _) in lit.iter().enumerate().filter(|(_, lit)| **lit) {
                let y = rect.top() + TICK * i as f32;
                let tick = Rect::from_min_max(
                    pos2(rect.left() + inset, y),
                    pos2(rect.right() - inset, y + TICK - 1.0),
                );
                painter.rect_filled(tick, 0.0, color);
            }
        }
        let active = self.grip.is_some() || response.hovered();
        let color = style.muted.gamma_multiply(if active { 0.75 } else { 0.4 });
        let inset = if active { 3.0 } else { 4.5 };
        let handle = Rect::from_min_max(
            pos2(rect.left() + inset, top),
            pos2(rect.right() - inset, top + length),
        );
        painter.rect_filled(handle, 4.0, color);
    }
}

impl Ticks {
    /// Looked up again only when what is shown changed: a search in the order of the places for each tick.
    fn update(&mut self, page: &Page, shown: &Shown<'_>, height: f32) {
        let (_, full, _) = page.extent();
        let hits = (shown.hits.as_ptr() as usize, shown.hits.len());
        // Heights that are measured move ticks a little: not worth looking up again until it can be seen.
        let of = (shown.notebook.revision(), hits.0, hits.1, height as u32, (full / 512.0) as u64);
        if self.of == Some(of) {
            return;
        }
        self.of = Some(of);
        let count = (height / TICK) as usize;
        self.hits.clear();
        self.mentions.clear();
        let any = shown.notebook.mention_count_in(shown.article) > 0;
        if !any && hits.1 == 0 {
            return;
        }
        let mut from = 0;
        for i in 0..count {
            let to = page.byte_at_part((i + 1) as f64 / count as f64).max(from);
            let next = shown.hits.partition_point(|hit| hit.start < from);
            let hit = shown.hits.get(next).is_some_and(|hit| hit.start < to);
            let next = any.then(|| shown.notebook.mentions_around(shown.article, from).0).flatten();
            let mention = next
                .and_then(|id| shown.notebook.mention(id)?.anchor.range())
                .is_some_and(|range| range.start < to);
            self.hits.push(hit);
            self.mentions.push(mention);
            from = to;
        }
    }
}
