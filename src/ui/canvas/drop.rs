//! What is dragged here is put where it is dropped: an entity out of the lists, words out of an article.

use egui::{Align2, FontId, Pos2, Rect, Response, Vec2};

use super::paint::Brush;
use super::{Canvas, CanvasOutput};
use crate::app::{ChartingIntent, Intent, OpenNotebook};
use crate::notebook::EntityId;
use crate::ui::kind_icons::kind_mark;
use crate::ui::reader::HeldWords;

impl Canvas {
    pub(super) fn take_drop(
        &mut self,
        response: &Response,
        pane: Rect,
        out: &mut Vec<Intent>,
        output: &mut CanvasOutput,
    ) {
        let pointer: Option<Pos2> = response.ctx.input(|input| input.pointer.latest_pos());
        if let (Some(words), Some(at)) = (response.dnd_release_payload::<HeldWords>(), pointer) {
            let here = self.view.canvas(pane, at);
            self.touched = true;
            let words = HeldWords::clone(&words);
            out.push(Intent::Charting(ChartingIntent::PutWords(
                words.article,
                words.range,
                here.x,
                here.y,
            )));
            output.link_anchor = Some((at, here));
        }
        self.held = response.dnd_hover_payload::<EntityId>().map(|id| *id).zip(pointer);
        if let (Some(id), Some(at)) = (response.dnd_release_payload::<EntityId>(), pointer) {
            let at = self.view.canvas(pane, at);
            self.touched = true;
            self.held = None;
            response.request_focus();
            out.push(Intent::Charting(ChartingIntent::PutEntity(*id, at.x, at.y)));
        }
    }

    /// What is held over the canvas, by its name.
    pub(super) fn paint_held(&self, brush: &Brush<'_>, book: &OpenNotebook) {
        let Some((id, at)) = self.held else { return };
        let Some(entity) = book.notebook().entity(id) else { return };
        let style = brush.style;
        let name: String = entity.name.chars().take(40).collect();
        let face = FontId::new(13.0, style.sans.clone());
        let words = brush.painter.layout_no_wrap(name, face, style.ink);
        let size = words.size() + Vec2::new(34.0, 12.0);
        let rect = Rect::from_center_size(at, size);
        brush.painter.rect(
            rect,
            8.0,
            style.surface,
            egui::Stroke::new(1.5, style.kind(entity.kind())),
            egui::StrokeKind::Inside,
        );
        let mark = rect.left_center() + Vec2::new(14.0, 0.0);
        kind_mark(brush.painter, mark, style, entity.kind(), entity.is_anonymous());
        let text = Align2::LEFT_CENTER
            .anchor_size(rect.left_center() + Vec2::new(26.0, 0.0), words.size())
            .min;
        brush.painter.galley(text, words, style.ink);
    }
}
