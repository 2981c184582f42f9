//! The cell that is being changed: a field over it, a list under it, or a list of entities.

use egui::{
    EventFilter, Id, Key, KeyboardShortcut, Modifiers, Popup, PopupCloseBehavior, Pos2, Rect,
    Response, ScrollArea, Sense, SetOpenCommand, Stroke, StrokeKind, Ui, UiBuilder, vec2,
};

use super::Table;
use crate::app::{Intent, OpenNotebook, SessionIntent};
use crate::fields::Value;
use crate::notebook::Notebook;
use crate::table::{Beside, Column, EditMode, RowId};
use crate::ui::entity_chooser::{Ask, Chosen};
use crate::ui::fields::{field_key, focus_all};
use crate::ui::painted::keep_keys;
use crate::ui::text_fields::field_label;
use crate::ui::theme::Style;
use crate::ui::widgets::{ROW, Row, alert, counted, keep_in_view, named};

/// What is being changed.
#[derive(Debug, Default)]
pub enum Editing {
    /// Nothing.
    #[default]
    Nothing,
    /// A text.
    Text {
        /// Of which row.
        row: RowId,
        /// In which column.
        column: Column,
        /// As typed so far.
        text: String,
        /// The frame it was opened in: what was pressed in that one is not meant for it.
        since: u64,
    },
    /// One of a few values.
    Choice {
        /// Of which row.
        row: RowId,
        /// In which column.
        column: Column,
        /// What can be chosen, each with its words.
        values: Vec<(Value, String)>,
        /// The one there is now.
        now: Option<usize>,
        /// The one Enter takes.
        highlighted: usize,
        /// The frame it was opened in.
        since: u64,
    },
    /// An entity.
    Entity {
        /// Of which row.
        row: RowId,
        /// In which column.
        column: Column,
        /// The frame it was opened in.
        since: u64,
    },
}

impl Editing {
    /// A text, starting from what stands there.
    pub const fn text(row: RowId, column: Column, text: String, since: u64) -> Self {
        Self::Text { row, column, text, since }
    }

    /// One of the values that fit there.
    pub fn choice(row: RowId, column: Column, notebook: &Notebook, since: u64) -> Self {
        let (values, now) = column.choices(notebook, row);
        if values.is_empty() {
            return Self::Nothing;
        }
        let highlighted = now.unwrap_or(0);
        Self::Choice { row, column, values, now, highlighted, since }
    }

    /// An entity.
    pub const fn entity(row: RowId, column: Column, since: u64) -> Self {
        Self::Entity { row, column, since }
    }

    /// Whether something is being changed.
    pub const fn is_open(&self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// The id of the field over a cell. While it has the keyboard, Escape is its own.
pub fn field_id() -> Id {
    Id::unique("table field")
}

impl Table {
    pub(super) fn edit_cell(
        &mut self,
        ui: &mut Ui,
        body: &Response,
        book: &OpenNotebook,
        style: &Style,
        origin: Pos2,
        out: &mut Vec<Intent>,
    ) {
        let editing = std::mem::take(&mut self.editing);
        let place = |table: &Self, row: RowId, column: Column| {
            let number = table.which.columns().iter().position(|one| *one == column)?;
            Some(table.cell(origin, table.model.position(row)?, number))
        };
        match editing {
            Editing::Nothing => {}
            Editing::Text { row, column, text, since } => {
                if let Some(cell) = place(self, row, column) {
                    self.text_field(ui, body, book, style, cell, (row, column, text, since), out);
                }
            }
            Editing::Choice { row, column, .. } => {
                if let Some(cell) = place(self, row, column) {
                    self.list(ui, body, book, style, cell, editing, out);
                }
            }
            Editing::Entity { row, column, since } => {
                if let Some(cell) = place(self, row, column) {
                    self.entities(ui, body, book, style, cell, (row, column, since), out);
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what every editor of a cell needs")]
    fn text_field(
        &mut self,
        ui: &mut Ui,
        body: &Response,
        book: &OpenNotebook,
        style: &Style,
        cell: Rect,
        (row, column, mut text, since): (RowId, Column, String, u64),
        out: &mut Vec<Intent>,
    ) {
        let fresh = since == ui.ctx().cumulative_frame_nr();
        let lines = column.edit_mode(book.notebook(), row) == EditMode::Lines;
        let wide = cell.width().max(if lines { 320.0 } else { 180.0 });
        let rect = Rect::from_min_size(cell.min, vec2(wide, cell.height()));
        let field = ui
            .scope_builder(UiBuilder::new().max_rect(rect), |ui| {
                let edit = if lines {
                    // Enter takes the text; a new line is Shift+Enter.
                    let break_line = KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter);
                    crate::ui::limits::lines(&mut text)
                        .desired_rows(3)
                        .with(|edit| edit.return_key(break_line))
                } else {
                    crate::ui::limits::line(&mut text)
                };
                ui.add(edit.id(field_id()).desired_width(wide - 10.0))
            })
            .inner;
        named(ui, &field, &format!("Edit {}", column.label()));
        if fresh {
            focus_all(ui, &field, &text);
        }
        keep_keys(ui, field.id);
        let (enter, escape) = ui.input(|input| {
            (
                input.key_pressed(Key::Enter) && !input.modifiers.shift,
                input.key_pressed(Key::Escape),
            )
        });
        let fault = column.fault(book.notebook(), row, &text);
        let ring = if fault.is_some() { style.accent } else { style.ink };
        ui.painter().rect_stroke(field.rect, 3.0, Stroke::new(1.5, ring), StrokeKind::Outside);
        if let Some(why) = &fault {
            Popup::from_response(&field).open(true).id(field_id().with("fault")).show(|ui| {
                ui.set_max_width(320.0);
                alert(ui, style, why);
            });
        }
        if escape && !fresh {
            body.request_focus();
            return;
        }
        let done = !fresh && (enter || field.lost_focus());
        if !done {
            self.editing = Editing::Text { row, column, text, since };
            return;
        }
        if fault.is_some() {
            if enter {
                // What cannot be kept stays in the field, with the reason under it.
                field.request_focus();
                self.editing = Editing::Text { row, column, text, since };
            }
            return;
        }
        let notebook = book.notebook();
        if text.trim() != column.text(notebook, Beside::default(), row) {
            out.extend(
                column.set_text(notebook, row, &text).map(|it| SessionIntent::Edit(it).into()),
            );
        }
        if enter {
            body.request_focus();
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what every editor of a cell needs")]
    fn list(
        &mut self,
        ui: &Ui,
        body: &Response,
        book: &OpenNotebook,
        style: &Style,
        cell: Rect,
        editing: Editing,
        out: &mut Vec<Intent>,
    ) {
        let Editing::Choice { row, column, values, now, mut highlighted, since } = editing else {
            return;
        };
        let fresh = since == ui.ctx().cumulative_frame_nr();
        let notebook = book.notebook();
        let rows = self.meant(book, row);
        let id = Id::unique("table list");
        let anchor = ui.interact(cell, id.with("cell"), Sense::hover());
        let mut taken = None;
        let shown = Popup::from_response(&anchor)
            .id(id)
            .width(cell.width().max(200.0))
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .open_memory(fresh.then_some(SetOpenCommand::Bool(true)))
            .accessible_name(column.label())
            .show(|ui| {
                if rows.len() > 1 {
                    field_label(ui, style, &format!("Set for {}", counted_rows(&rows)));
                }
                if !fresh {
                    let (down, up, enter) = ui.input(|input| {
                        (
                            input.key_pressed(Key::ArrowDown),
                            input.key_pressed(Key::ArrowUp),
                            input.key_pressed(Key::Enter),
                        )
                    });
                    let count = values.len();
                    if down {
                        highlighted = (highlighted + 1) % count;
                    }
                    if up {
                        highlighted = (highlighted + count - 1) % count;
                    }
                    highlighted = typed(ui, &values).unwrap_or(highlighted);
                    if enter {
                        taken = Some(highlighted);
                    }
                }
                ui.spacing_mut().item_spacing.y = 0.0;
                let height = (ROW * values.len() as f32).min(320.0);
                // All of that, also near the foot of the window: the list then opens upwards.
                let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
                area.show(ui, |ui| {
                    for (number, (_, text)) in values.iter().enumerate() {
                        let end = if now == Some(number) { "current" } else { "" };
                        let name = || format!("{}: {text}", column.label());
                        let one =
                            Row { text, end, selected: number == highlighted, ..Row::default() }
                                .show(ui, style, id.with(number), name);
                        if number == highlighted {
                            one.request_focus();
                            let filter = EventFilter {
                                vertical_arrows: true,
                                escape: true,
                                ..EventFilter::default()
                            };
                            ui.memory_mut(|m| m.set_focus_lock_filter(one.id, filter));
                            keep_in_view(ui, &one);
                        }
                        if one.clicked() && !fresh {
                            taken = Some(number);
                        }
                    }
                });
                if taken.is_some() {
                    ui.close();
                }
            });
        if let Some((value, _)) = taken.and_then(|taken| values.get(taken)) {
            let edit = column.set_in(notebook, row, &rows, value);
            out.extend(edit.map(|it| SessionIntent::Edit(it).into()));
        }
        let escape = ui.input(|input| input.key_pressed(Key::Escape));
        if taken.is_some() || shown.is_none() || escape {
            body.request_focus();
        } else {
            self.editing = Editing::Choice { row, column, values, now, highlighted, since };
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what every editor of a cell needs")]
    fn entities(
        &mut self,
        ui: &Ui,
        body: &Response,
        book: &OpenNotebook,
        style: &Style,
        cell: Rect,
        (row, column, since): (RowId, Column, u64),
        out: &mut Vec<Intent>,
    ) {
        let notebook = book.notebook();
        let key = field_key((row, column), "table");
        if since == ui.ctx().cumulative_frame_nr() {
            self.chooser.open(ui, key);
        }
        let anchor = ui.interact(cell, Id::unique(("table entity", key)), Sense::hover());
        let (kind, nobody) = column.takes_entity(notebook, row);
        let ask = Ask {
            name: column.label(),
            prompt: "Choose…",
            kind,
            now: column.entity(notebook, row),
            except: match row {
                RowId::Entity(id) => Some(id),
                RowId::Link(_) | RowId::Statement(_) => None,
            },
            new: false,
            nobody,
            near: None,
        };
        let chosen = self.chooser.below(style, notebook, &anchor, key, ask);
        let edit = match &chosen {
            Some(Chosen::Entity(id)) => column.set_entity(notebook, row, Some(*id)),
            Some(Chosen::Nobody) => column.set_entity(notebook, row, None),
            Some(Chosen::New(_)) | None => None,
        };
        out.extend(edit.map(|it| SessionIntent::Edit(it).into()));
        if chosen.is_some() || !self.chooser.is_open(ui, key) {
            body.request_focus();
        } else {
            self.editing = Editing::Entity { row, column, since };
        }
    }
}

/// The first value that begins with what was typed in this frame.
fn typed(ui: &Ui, values: &[(Value, String)]) -> Option<usize> {
    let letter = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Text(text) => text.chars().next(),
            _ => None,
        })
    })?;
    let begins = |(_, words): &(Value, String)| {
        words.chars().next().is_some_and(|first| first.to_lowercase().eq(letter.to_lowercase()))
    };
    values.iter().position(begins)
}

fn counted_rows(rows: &[RowId]) -> String {
    match rows.first() {
        Some(RowId::Entity(_)) => format!("{} selected entities", rows.len()),
        _ => counted(rows.len(), "selected link"),
    }
}
