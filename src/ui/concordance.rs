//! A concordance: one line for each place, the words in the middle of it so that the eye runs down one column, and a
//! list of such lines that mouse and keyboard walk. It knows nothing of what the places are.

use egui::{
    Align2, Color32, EventFilter, FontFamily, FontId, Id, Key, Modifiers, Rect, Role, ScrollArea,
    Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::kind_icons::kind_mark;
use super::theme::Style;
use crate::notebook::Kind;
use crate::text::Text;

/// Height of a line, in points.
pub const ROW: f32 = 27.0;
/// How many bytes of context are shown on each side, at most.
const CONTEXT: usize = 90;

/// A line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// The kind whose mark stands first, and whether it is an anonymous actor.
    pub mark: Option<(Kind, bool)>,
    /// What stands before.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands after.
    pub after: String,
    /// Something short at the end: the article, a date.
    pub end: String,
}

impl Line {
    /// The line of a place of a text.
    #[must_use]
    pub fn of(text: &Text, range: std::ops::Range<usize>) -> Self {
        let (before, after) = text.context(range.clone(), CONTEXT);
        let words = |range| text.get(range).unwrap_or("").replace('\n', " ¶ ");
        Self { before: words(before), words: words(range), after: words(after), ..Self::default() }
    }

    /// What assistive technology says: the words, then the words in their context.
    #[must_use]
    pub fn name(&self) -> String {
        let end = if self.end.is_empty() { String::new() } else { format!(", {}", self.end) };
        format!("{}: {}{}{}{end}", self.words, self.before, self.words, self.after)
    }

    /// Paints it into a rectangle.
    pub fn paint(&self, ui: &Ui, style: &Style, rect: Rect) {
        let mut left = rect.left() + 6.0;
        if let Some((kind, anonymous)) = self.mark {
            kind_mark(ui.painter(), pos2(left + 6.0, rect.center().y), style, kind, anonymous);
            left += 18.0;
        }
        let mut right = rect.right() - 6.0;
        if !self.end.is_empty() {
            let most = (rect.width() * 0.26).min(150.0);
            let end = super::widgets::cut(ui, &self.end, style.small(), style.muted, most);
            right -= end.size().x;
            let top = rect.center().y - end.size().y / 2.0;
            ui.painter().galley(pos2(right, top), end, style.muted);
            right -= 8.0;
        }
        let lay = |text: &str, family: &FontFamily, colour: Color32| {
            ui.painter().layout_no_wrap(
                crate::text::shown(text).into_owned(),
                FontId::new(14.5, family.clone()),
                colour,
            )
        };
        let before = lay(&self.before, &style.serif, style.muted);
        let words = lay(&self.words, &style.serif_bold, style.ink);
        let after = lay(&self.after, &style.serif, style.muted);
        let room = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
        // The column of the words; words too long for what is right of it begin further left.
        let column = (room.left() + room.width() * 0.38)
            .min((room.right() - words.size().x).max(room.left()))
            .round();
        let top = |height: f32| rect.center().y - height / 2.0;
        let painter = ui.painter().with_clip_rect(room.intersect(ui.clip_rect()));
        painter.galley(pos2(column - before.size().x, top(before.size().y)), before, style.muted);
        let end = column + words.size().x;
        painter.galley(pos2(column, top(words.size().y)), words, style.ink);
        painter.galley(pos2(end, top(after.size().y)), after, style.muted);
    }
}

/// A list of lines, of which only those in view are drawn.
#[derive(Debug, Default)]
pub struct Roll {
    /// The line the keyboard is on.
    cursor: usize,
    reveal: bool,
    focus: bool,
}

/// What was done with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Did {
    /// The keyboard or the mouse went to it.
    Went(usize),
    /// Enter, or a double click.
    Took(usize),
}

impl Roll {
    /// The next frame gives it the keyboard.
    pub const fn focus(&mut self) {
        self.focus = true;
    }

    /// Puts the cursor on a line and brings it into view.
    pub const fn show_line(&mut self, line: usize) {
        self.cursor = line;
        self.reveal = true;
    }

    /// The line the keyboard is on.
    #[must_use]
    pub const fn cursor(&self) -> usize {
        self.cursor
    }

    /// Draws the lines; `what` names the list, `line` makes the n-th line.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        style: &Style,
        what: &str,
        count: usize,
        mut line: impl FnMut(usize) -> Line,
    ) -> Option<Did> {
        let mut did = None;
        let id = Id::unique(("roll", what));
        let room = ui.available_rect_before_wrap();
        let area = ui.interact(room, id, Sense::focusable_noninteractive());
        area.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, what));
        if std::mem::take(&mut self.focus) {
            area.request_focus();
        }
        self.cursor = self.cursor.min(count.saturating_sub(1));
        let focused = area.has_focus();
        if focused {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            did = self.keys(ui, count, room.height());
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().id_salt(what).auto_shrink(false).show_viewport(
            ui,
            |ui, viewport| {
                ui.set_height(ROW * count as f32);
                let all = ui.max_rect();
                let rect_of = |i: usize| {
                    let at = pos2(all.left(), all.top() + i as f32 * ROW);
                    Rect::from_min_size(at, vec2(all.width(), ROW))
                };
                if std::mem::take(&mut self.reveal) {
                    let rect = rect_of(self.cursor);
                    let seen = ui.clip_rect();
                    if rect.top() < seen.top() || rect.bottom() > seen.bottom() {
                        ui.scroll_to_rect(rect.expand2(vec2(0.0, ROW)), None);
                    }
                }
                let first = (viewport.min.y / ROW).floor().max(0.0) as usize;
                let last = ((viewport.max.y / ROW).ceil().max(0.0) as usize + 1).min(count);
                for i in first..last {
                    let rect = rect_of(i);
                    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(i), |ui| {
                        let row = line(i);
                        let here = i == self.cursor;
                        let response = ui.interact(rect, id.with(i), Sense::CLICK);
                        response.widget_info(|| {
                            WidgetInfo::selected(Role::ListBoxOption, true, here, row.name())
                        });
                        if here && focused {
                            ui.ctx().accesskit_node_builder(id, |node| {
                                node.set_active_descendant(response.id.accesskit_id());
                            });
                        }
                        if here {
                            ui.painter().rect_filled(rect, 5.0, style.chosen);
                        } else if response.hovered() {
                            ui.painter().rect_filled(rect, 5.0, style.hovered);
                        }
                        if here && focused {
                            let ring = Stroke::new(1.5, style.ink);
                            ui.painter().rect_stroke(rect, 5.0, ring, StrokeKind::Inside);
                        }
                        row.paint(ui, style, rect);
                        if response.clicked() {
                            self.cursor = i;
                            area.request_focus();
                            did = Some(if response.double_clicked() {
                                Did::Took(i)
                            } else {
                                Did::Went(i)
                            });
                        }
                    });
                }
                if count == 0 {
                    let at = all.left_top() + vec2(8.0, 8.0);
                    ui.painter().text(at, Align2::LEFT_TOP, "None.", style.small(), style.muted);
                }
            },
        );
        did
    }

    /// Arrows, pages, ends, and Enter.
    fn keys(&mut self, ui: &Ui, count: usize, height: f32) -> Option<Did> {
        if count == 0 {
            return None;
        }
        let page = ((height / ROW) as usize).saturating_sub(1).max(1);
        let before = self.cursor;
        let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        let down = pressed(Key::ArrowDown) + page * pressed(Key::PageDown);
        let up = pressed(Key::ArrowUp) + page * pressed(Key::PageUp);
        self.cursor = (self.cursor + down).min(count - 1).saturating_sub(up);
        if pressed(Key::Home) > 0 {
            self.cursor = 0;
        }
        if pressed(Key::End) > 0 {
            self.cursor = count - 1;
        }
        if self.cursor != before {
            self.reveal = true;
            return Some(Did::Went(self.cursor));
        }
        (pressed(Key::Enter) > 0).then_some(Did::Took(self.cursor))
    }
}
