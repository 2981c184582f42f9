//! Writing on the canvas itself: a group's title, a note card's text. What is typed is in the notebook at once; all that
//! is typed in one go is one step.

use egui::{Id, Key, Modifiers, Rect, Ui, Vec2};

use super::Canvas;
use super::board_parts::strip_of;
use crate::app::{Intent, OnCanvas, OpenNotebook, SessionIntent, writing_field};
use crate::edit::{CardFields, Edit, GroupFields, Ref};
use crate::ui::painted::OWN_KEYS;
use crate::ui::text_fields::{field_layout, text_field, text_field_of_lines};
use crate::ui::theme::Style;

/// What is being written on.
#[derive(Clone, Debug)]
pub struct Writing {
    /// What it is.
    pub what: OnCanvas,
    /// What is typed so far.
    text: String,
    /// The keyboard is yet to be taken.
    focus: bool,
}

impl Canvas {
    /// The id of the field: the window leaves Escape to it.
    #[must_use]
    pub fn writing_id() -> Id {
        Id::unique("casebook canvas writing")
    }

    /// The field has the keyboard from now on, also before it is drawn.
    pub fn give_keyboard_to_writing(ctx: &egui::Context) {
        let id = Self::writing_id();
        // Single letters run no commands while a field is typed into; one is that by its state.
        egui::text_edit::TextEditState::default().store(ctx, id);
        ctx.memory_mut(|memory| {
            memory.request_focus(id);
            memory.set_focus_lock_filter(id, OWN_KEYS);
        });
    }

    /// Puts the cursor into a group's title or a note card's text, from the next frame on.
    pub fn write_on(&mut self, what: OnCanvas) {
        self.write = Some(what);
    }

    /// What is being written on.
    pub(super) fn written(&self) -> Option<OnCanvas> {
        self.writing.as_ref().map(|writing| writing.what)
    }

    /// Begins to write where that was asked for: with what is in view.
    pub(super) fn begin_to_write(&mut self, book: &OpenNotebook, pane: Rect, time: f64) {
        let Some(what) = self.write.take() else { return };
        let notebook = book.notebook();
        let text = match what {
            OnCanvas::Group(id) => notebook.groups().get(&id).map(|group| group.title.clone()),
            OnCanvas::Card(id) => notebook.cards().get(&id).map(|card| card.text.clone()),
            OnCanvas::Entity(_) => None,
        };
        // A filter may hide a group, and what cannot be seen is not written on.
        let (Some(text), Some(rect), None) = (text, self.rect_of(what), book.read_only()) else {
            return;
        };
        self.bring_into_view(pane, rect, time);
        self.writing = Some(Writing { what, text, focus: true });
    }

    /// The field over the title or the card.
    pub(super) fn write(
        &mut self,
        ui: &mut Ui,
        pane: Rect,
        style: &Style,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let Some(mut writing) = self.writing.take() else { return };
        let Some(place) = self.rect_of(writing.what) else { return };
        let rect = self.view.screen_rect(pane, place);
        let zoom = self.view.zoom;
        let (rect, name, size, lines) = match writing.what {
            OnCanvas::Group(id) => {
                let folded = book.notebook().groups().get(&id).is_some_and(|g| g.collapsed);
                let strip = if folded { rect } else { strip_of(rect, zoom) };
                let middle = strip.center().y;
                let rect = Rect::from_min_size(
                    egui::pos2(strip.left(), middle - 14.0),
                    Vec2::new(strip.width().clamp(190.0, 420.0), 28.0),
                );
                (rect, "Group title", 14.0, false)
            }
            OnCanvas::Card(_) => {
                let size = rect.size().max(Vec2::new(200.0, 90.0));
                let face = (13.5 * zoom).clamp(12.0, 28.0);
                (Rect::from_min_size(rect.min, size), "Note text", face, true)
            }
            OnCanvas::Entity(_) => return,
        };
        // It stays where it can be reached, also at the edge of the pane.
        let inner = pane.shrink(4.0);
        let rect = Rect::from_min_size(
            rect.min.clamp(inner.min, (inner.max - rect.size()).max(inner.min)),
            rect.size(),
        );
        let rect = rect.intersect(inner);
        self.over.push(rect);
        let mut child = ui.new_child(egui::UiBuilder::new().id_salt("writing").max_rect(rect));
        child.set_clip_rect(pane.intersect(ui.clip_rect()));
        child.painter().rect_filled(rect, 4.0, style.surface);
        child.style_mut().override_font_id = Some(egui::FontId::new(size, style.sans.clone()));
        let before = writing.text.clone();
        let mut layout = field_layout(lines);
        let edit = if lines {
            crate::ui::limits::lines(&mut writing.text)
        } else {
            crate::ui::limits::line(&mut writing.text)
        };
        let hint = if lines { "Write a note" } else { "Title" };
        let edit =
            edit.id(Self::writing_id()).hint_text(hint).desired_width(f32::INFINITY).with(|edit| {
                edit.layouter(&mut layout)
                    .event_filter(OWN_KEYS)
                    .margin(egui::Margin::symmetric(8, if lines { 6 } else { 4 }))
                    .min_size(rect.size())
            });
        let shown = if lines {
            egui::ScrollArea::vertical()
                .id_salt("writing scroll")
                .max_height(rect.height())
                .show(&mut child, |ui| ui.add(edit))
                .inner
        } else {
            child.put(rect, edit)
        };
        shown.widget_info(|| {
            if lines {
                text_field_of_lines(&before, &writing.text, name)
            } else {
                text_field(&before, &writing.text, name)
            }
        });
        let frame = egui::Stroke::new(1.5, style.accent);
        ui.painter_at(pane).rect_stroke(rect, 4.0, frame, egui::StrokeKind::Inside);
        if std::mem::take(&mut writing.focus) {
            shown.request_focus();
            let end = writing.text.chars().count();
            select(ui, if lines { end..end } else { 0..end });
            ui.ctx().request_repaint();
        }
        if shown.changed() {
            out.push(Intent::Session(SessionIntent::EditOn {
                edit: edit_of(writing.what, writing.text.clone()),
                field: writing_field(writing.what),
            }));
        }
        let done = ui.input_mut(|input| {
            input.consume_key(Modifiers::NONE, Key::Escape)
                || input.consume_key(Modifiers::COMMAND, Key::Enter)
        });
        let entered = !lines && ui.input(|input| input.key_pressed(Key::Enter));
        if done || (shown.lost_focus() && entered) {
            ui.memory_mut(|memory| memory.request_focus(Self::id()));
        } else if !shown.lost_focus() {
            self.writing = Some(writing);
        }
    }
}

fn edit_of(what: OnCanvas, text: String) -> Edit {
    match what {
        OnCanvas::Card(id) => {
            let with = CardFields { text: Some(text), ..CardFields::default() };
            Edit::SetCard { card: Ref::Id(id), with }
        }
        OnCanvas::Group(id) => {
            let with = GroupFields { title: Some(text), ..GroupFields::default() };
            Edit::SetGroup { group: Ref::Id(id), with }
        }
        OnCanvas::Entity(id) => Edit::SetEntity { entity: Ref::Id(id), with: Box::default() },
    }
}

/// Selects these characters of the field: what is typed next replaces them.
fn select(ui: &Ui, range: std::ops::Range<usize>) {
    use egui::text::{CCursor, CCursorRange};
    let id = Canvas::writing_id();
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let range = CCursorRange::two(CCursor::new(range.start), CCursor::new(range.end));
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), id);
}
