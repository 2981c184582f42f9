//! The text cursor on screen. Arrows move it whenever the reader has the keyboard; where it is asked for (F7) it is
//! also shown without, blinks as the style says, and starts where one is reading.

use egui::{Stroke, Ui};

use super::paint::Frame;
use super::{Reader, Scene};
use crate::app::Caret;

/// How the cursor was shown so far.
#[derive(Debug, Default)]
pub struct Cursor {
    /// Whether the cursor was asked for in the last frame.
    asked: bool,
    /// Where it was last, and since when.
    stands: Option<(Caret, f64)>,
}

impl Reader {
    /// Brings the cursor to where one is reading when it is asked for anew and is not in view.
    pub(super) fn call_cursor(&mut self, scene: &Scene<'_>, frame: &Frame<'_>) {
        let asked = scene.style.cursor;
        let anew = asked && !std::mem::replace(&mut self.cursor.asked, asked);
        if !anew || scene.book.article() != Some(scene.id) {
            return;
        }
        let height = scene.rect.height();
        let head = self.caret(scene).head;
        if frame.cursor(head).is_some_and(|place| scene.rect.contains_rect(place)) {
            return;
        }
        let whole = frame.lines.iter().find(|placed| placed.y >= 0.0 && placed.y < height);
        if let Some(placed) = whole.or_else(|| frame.lines.first()) {
            self.moved = Some(Caret::at(placed.line.bytes.start));
        }
    }

    /// Paints it.
    pub(super) fn paint_cursor(
        &mut self,
        ui: &Ui,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        caret: Caret,
        focused: bool,
    ) {
        let style = scene.style;
        let time = ui.input(|input| input.time);
        let since = match self.cursor.stands {
            Some((before, since)) if before == caret => since,
            _ => time,
        };
        self.cursor.stands = Some((caret, since));
        let Some(place) = frame.cursor(caret.head) else {
            // Where the cursor is not in view, the edge says who has the keyboard.
            if focused {
                let edge = scene.rect.shrink(1.0);
                let stroke = Stroke::new(2.0, style.muted);
                frame.painter.vline(edge.left(), edge.y_range(), stroke);
            }
            return;
        };
        match (focused, style.cursor) {
            (false, false) => {}
            (true, false) => {
                frame.painter.rect_filled(place, 0.0, style.ink);
            }
            (false, true) => {
                frame.painter.rect_filled(place, 0.0, style.muted);
            }
            (true, true) => {
                let blinking = &ui.visuals().text_cursor;
                let (on, off) = (f64::from(blinking.on_duration), f64::from(blinking.off_duration));
                let into = (time - since) % (on + off).max(0.02);
                if !blinking.blink || into < on {
                    frame.painter.rect_filled(place.expand2(egui::vec2(0.5, 0.0)), 0.0, style.ink);
                }
                if blinking.blink {
                    let wake = if into < on { on - into } else { on + off - into };
                    ui.ctx().request_repaint_after_secs(wake.max(0.01) as f32);
                }
            }
        }
    }
}
