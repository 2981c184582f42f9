//! The tables of links, of entities and of what happened when: every column, sorted by any, filtered by words, changed in place.
//!
//! Only the rows in view are drawn. What a cell says and how it is changed, [`crate::table`] knows; `model` has it work
//! out once for each state of the notebook which rows there are. `body` draws and follows pointer and keys, `editor` is
//! the cell that is being changed, `access` what a screen reader finds. What is selected here is selected
//! everywhere.

mod access;
mod body;
mod editor;
mod model;

use std::collections::HashMap;

use egui::{
    Align2, CursorIcon, FontId, Id, Key, Rect, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons::{
    ICON_ARROW_DOWNWARD, ICON_ARROW_UPWARD, ICON_CLOSE, ICON_CONTENT_COPY,
};

use super::entity_chooser::Chooser;
use super::stopped::stopped;
use super::text_fields::field_label;
use super::theme::Style;
use super::widgets::{ROW, cut, icon_button, named, segments};
use crate::app::{Effect, Intent, OpenNotebook, Program, Selection};
use crate::table::{Column, RowId, RowQuery, TableKind};
use crate::ui::panes::{PaneFrame, PaneView};
use editor::Editing;
pub(super) use editor::field_id;
use model::Model;

/// Height of the headings over the columns, in points.
const HEADER: f32 = 26.0;
/// The narrowest a column can be made, in points.
const NARROWEST: f32 = 40.0;

/// One of the tables, as it was left.
#[derive(Clone, Debug)]
struct Sheet {
    filter: String,
    by: Column,
    descending: bool,
    /// Where the keyboard is: the row, and the number of the column.
    row: Option<RowId>,
    column: usize,
}

/// The tables: what is shown, how it is sorted, where the keyboard is, what is being changed.
#[derive(Debug)]
pub struct Table {
    which: TableKind,
    sheets: [Sheet; 3],
    model: Model,
    widths: HashMap<Column, f32>,
    /// Where a selection with Shift begins.
    anchor: Option<RowId>,
    /// What was selected when it was last looked at, to follow a selection made elsewhere.
    seen: Selection,
    /// The cursor is brought into view.
    reveal: bool,
    focus: bool,
    /// All rows are to be selected.
    select_all: bool,
    editing: Editing,
    chooser: Chooser,
}

impl Default for Table {
    fn default() -> Self {
        let sheet =
            |by| Sheet { filter: String::new(), by, descending: false, row: None, column: 0 };
        Self {
            which: TableKind::Links,
            sheets: [sheet(Column::From), sheet(Column::Name), sheet(Column::Date)],
            model: Model::default(),
            widths: HashMap::new(),
            anchor: None,
            select_all: false,
            seen: Selection::none(),
            reveal: false,
            focus: false,
            editing: Editing::Nothing,
            chooser: Chooser::default(),
        }
    }
}

impl PaneView for Table {
    fn apply_effect(&mut self, effect: &Effect) {
        match effect {
            Effect::SelectAll => self.select_all = true,
            Effect::ShowTable(which) => self.turn_to(*which),
            _ => {}
        }
    }

    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        if frame.takes_keyboard {
            self.focus();
        }
        let (program, book, style) = (frame.program, frame.book, frame.style);
        let mut sent = Vec::new();
        if std::mem::take(&mut self.select_all) {
            self.select_all_rows(book, &mut sent);
        }
        self.ui(ui, program, book, style, &mut sent, |ui| frame.grip(ui));
        frame.out.append(&mut sent);
    }
}

impl Table {
    /// A table of links, sorted by where they start.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of the rows: where the keyboard walks from cell to cell.
    #[must_use]
    pub fn id() -> Id {
        Id::unique("casebook table")
    }

    /// The next frame puts the keyboard into the rows.
    pub const fn focus(&mut self) {
        self.focus = true;
    }

    const fn sheet(&self) -> &Sheet {
        match self.which {
            TableKind::Links => &self.sheets[0],
            TableKind::Entities => &self.sheets[1],
            TableKind::Chronology => &self.sheets[2],
        }
    }

    const fn sheet_mut(&mut self) -> &mut Sheet {
        match self.which {
            TableKind::Links => &mut self.sheets[0],
            TableKind::Entities => &mut self.sheets[1],
            TableKind::Chronology => &mut self.sheets[2],
        }
    }

    /// Draws the tables. `grip` draws what moves the pane, at the left of the tools.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
        grip: impl FnOnce(&mut Ui),
    ) {
        let pane = ui.max_rect();
        let tools = Rect::from_min_size(pane.min, vec2(pane.width(), 38.0)).shrink2(vec2(8.0, 5.0));
        ui.scope_builder(UiBuilder::new().max_rect(tools), |ui| {
            ui.horizontal_centered(|ui| {
                grip(ui);
                self.tools(ui, book, style);
            });
        });
        let wanted = RowQuery {
            which: self.which,
            filter: self.sheet().filter.clone(),
            by: self.sheet().by,
            descending: self.sheet().descending,
        };
        self.model.update(book, &wanted);
        self.follow(book);

        let columns = self.which.columns();
        let mut top = pane.top() + 38.0;
        if self.model.was_stopped() {
            let line = Rect::from_min_size(pos2(pane.left(), top), vec2(pane.width(), 32.0));
            let line = line.shrink2(vec2(8.0, 3.0));
            ui.scope_builder(UiBuilder::new().max_rect(line), |ui| {
                let text = "Sorting was stopped: these are the rows from before.";
                if stopped(ui, style, text, "Sort again") {
                    self.model.retry();
                    ui.ctx().request_repaint();
                }
            });
            top += 32.0;
        }
        let header = Rect::from_min_max(
            pos2(pane.left(), top),
            pos2(pane.right(), (top + HEADER).min(pane.bottom())),
        );
        let rows = Rect::from_min_max(pos2(pane.left(), header.bottom()), pane.max);
        let width: f32 = columns.iter().map(|column| self.width(*column)).sum();
        let mut shift = 0.0;
        ui.scope_builder(UiBuilder::new().max_rect(rows).id_salt("table rows"), |ui| {
            let area = ScrollArea::both().id_salt(self.which).auto_shrink(false);
            area.show_viewport(ui, |ui, viewport| {
                ui.set_width(width.max(viewport.width()));
                ui.set_height(ROW * self.model.rows().len() as f32);
                shift = viewport.min.x;
                self.body(ui, program, book, style, viewport, out);
            });
        });
        self.header(ui, style, header, shift);
    }

    /// Which table, its filter, and how much of it is shown.
    fn tools(&mut self, ui: &mut Ui, book: &OpenNotebook, style: &Style) {
        ui.spacing_mut().item_spacing.x = 6.0;
        if let Some(which) = segments(ui, "Table", self.which, &TableKind::ALL, TableKind::label) {
            self.turn_to(which);
        }
        let which = self.which;
        let filter = ui.add(
            crate::ui::limits::line(&mut self.sheet_mut().filter)
                .id(Id::unique(("table filter", which)))
                .hint_text("Filter")
                .desired_width(180.0),
        );
        named(ui, &filter, &format!("Filter the {}", which.label().to_lowercase()));
        if filter.has_focus() && ui.input(|i| i.key_pressed(Key::ArrowDown)) {
            self.focus = true;
            ui.ctx().request_repaint();
        }
        if !self.sheet().filter.is_empty()
            && icon_button(ui, style, ICON_CLOSE, "Clear filter").clicked()
        {
            self.sheet_mut().filter.clear();
        }
        let (shown, total) = (self.model.rows().len(), self.model.total());
        let selected = match self.which {
            TableKind::Links => book.selection().links.len(),
            TableKind::Entities | TableKind::Chronology => book.selection().entities.len(),
        };
        let mut words =
            if shown == total { total.to_string() } else { format!("{shown} of {total}") };
        if selected > 1 {
            words.push_str(&format!(" · {selected} selected: a value set in one is set in all"));
        }
        field_label(ui, style, &words);
        let hint = "Copy the rows as a table, to be pasted into a spreadsheet or a text";
        if shown > 0 && icon_button(ui, style, ICON_CONTENT_COPY, hint).clicked() {
            ui.ctx().copy_text(self.as_text(book));
        }
    }

    /// Shows this one of the tables.
    fn turn_to(&mut self, which: TableKind) {
        self.which = which;
        self.editing = Editing::Nothing;
        self.anchor = None;
        self.seen = Selection::none();
    }

    /// The rows that are shown, as text with tabs between the cells, headings first: what spreadsheets paste.
    fn as_text(&self, book: &OpenNotebook) -> String {
        let columns = self.which.columns();
        let clean = |text: &str| text.replace(['\t', '\n', '\r'], " ");
        let heads: Vec<String> = columns.iter().map(|column| clean(column.label())).collect();
        let mut lines = vec![heads.join("\t")];
        let beside = self.model.beside(book);
        for row in self.model.rows() {
            let cell = |column: &Column| clean(&column.text(book.notebook(), beside, *row));
            lines.push(columns.iter().map(cell).collect::<Vec<_>>().join("\t"));
        }
        lines.join("\n")
    }

    fn width(&self, column: Column) -> f32 {
        self.widths.get(&column).copied().unwrap_or(column.width())
    }

    /// The headings: a click sorts, their edges can be dragged.
    fn header(&mut self, ui: &mut Ui, style: &Style, rect: Rect, shift: f32) {
        let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("table header"));
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        ui.painter().rect_filled(rect, 0.0, style.sidebar);
        let line = Stroke::new(1.0, style.lines);
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, line);
        let mut left = rect.left() - shift;
        for (number, column) in self.which.columns().iter().enumerate() {
            let width = self.width(*column);
            let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
            left += width;
            let id = Id::unique(("table heading", self.which, column));
            let response = ui.interact(cell, id, Sense::click());
            let sheet = self.sheet();
            let sorted = (sheet.by == *column).then_some(sheet.descending);
            response.widget_info(|| {
                let how = match sorted {
                    Some(false) => ", sorted ascending",
                    Some(true) => ", sorted descending",
                    None => "",
                };
                let name = format!("Sort by {}{how}", column.label());
                WidgetInfo::labeled(egui::Role::Button, true, name)
            });
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(cell, 0.0, style.hovered);
            }
            if response.has_focus() {
                let ring = Stroke::new(1.5, style.ink);
                ui.painter().rect_stroke(cell, 0.0, ring, egui::StrokeKind::Inside);
            }
            let room = width - 16.0 - if sorted.is_some() { 14.0 } else { 0.0 };
            let face = FontId::new(12.5, style.bold.clone());
            let words = cut(&ui, column.label(), face, style.muted, room.max(8.0));
            let at = pos2(cell.left() + 8.0, cell.center().y - words.size().y / 2.0);
            let arrow = pos2(at.x + words.size().x + 3.0, cell.center().y);
            ui.painter().galley(at, words, style.muted);
            if let Some(descending) = sorted {
                let icon = if descending { ICON_ARROW_DOWNWARD } else { ICON_ARROW_UPWARD };
                let face = FontId::new(12.0, icon.font_family());
                ui.painter().text(arrow, Align2::LEFT_CENTER, icon.codepoint, face, style.accent);
            }
            let clicked = response.clicked();
            if let Some(hint) = column.hint() {
                response.on_hover_text(hint);
            }
            if clicked {
                let sheet = self.sheet_mut();
                sheet.descending = sorted == Some(false);
                sheet.by = *column;
                sheet.column = number;
                self.reveal = true;
            }
            self.edge(&ui, style, *column, pos2(cell.right(), cell.top()));
        }
    }

    /// The edge of a column: dragged, it makes the column wider; double-clicked, as wide as at first.
    fn edge(&mut self, ui: &Ui, style: &Style, column: Column, top: egui::Pos2) {
        let strip = Rect::from_min_max(top - vec2(3.0, 0.0), top + vec2(3.0, HEADER));
        let id = Id::unique(("table edge", self.which, column));
        // Not focusable: the width is only how it looks, and eleven more stops of Tab help nobody.
        let response = ui.interact(strip, id, Sense::DRAG | Sense::CLICK);
        response.widget_info(|| {
            let name = format!("Width of column {}", column.label());
            WidgetInfo::labeled(egui::Role::Splitter, true, name)
        });
        let hot = response.hovered() || response.dragged();
        let line =
            Stroke::new(if hot { 2.0 } else { 1.0 }, if hot { style.accent } else { style.lines });
        ui.painter().vline(top.x - 0.5, strip.y_range(), line);
        if response.double_clicked() {
            self.widths.remove(&column);
        } else if response.dragged() {
            let width = self.width(column) + response.drag_delta().x;
            self.widths.insert(column, width.clamp(NARROWEST, 900.0));
        }
        response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    }

    /// Goes to what was selected somewhere else.
    fn follow(&mut self, book: &OpenNotebook) {
        let selection = book.selection();
        if *selection == self.seen {
            return;
        }
        self.seen = selection.clone();
        let row = match self.which {
            TableKind::Links => selection.only_link().map(RowId::Link),
            TableKind::Entities => selection.only_entity().map(RowId::Entity),
            TableKind::Chronology => {
                let statement = selection.mention.map(RowId::Statement);
                let there = |row: &RowId| self.model.position(*row).is_some();
                let entity = selection.only_entity().map(RowId::Entity);
                statement.filter(there).or_else(|| entity.filter(there))
            }
        };
        if let Some(row) = row.filter(|row| self.sheet().row != Some(*row)) {
            self.sheet_mut().row = Some(row);
            self.anchor = Some(row);
            self.reveal = true;
        }
    }
}
