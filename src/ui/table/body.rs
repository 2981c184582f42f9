//! The rows in view: painted by hand, driven by one `ui.interact`.

use std::collections::BTreeSet;

use egui::{
    Event, Key, Modifiers, PointerButton, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui,
    pos2, vec2,
};

use super::Table;
use super::editor::Editing;
use crate::app::{
    ChartingIntent, Command, Intent, OpenNotebook, Program, ReadingIntent, Selection, SessionIntent,
};
use crate::notebook::{EntityId, MentionId};
use crate::table::{Beside, Column, EditMode, RowId, TableKind};
use crate::timeline::{What, mention_of};
use crate::ui::canvas::go_to_evidence;
use crate::ui::kind_icons::kind_mark;
use crate::ui::painted::keep_keys;
use crate::ui::theme::Style;
use crate::ui::widgets::{ROW, body, command_item, cut};

/// Whether a row is selected.
pub(super) fn is_selected(row: RowId, book: &OpenNotebook) -> bool {
    let selection = book.selection();
    match row {
        RowId::Link(id) => selection.links.contains(&id),
        RowId::Entity(id) => selection.entities.contains(&id),
        // A claim selected as such is all that is said of it.
        RowId::Statement(id) => match selection.mention {
            Some(mention) => mention == id,
            None => claim_of(book, id).is_some_and(|claim| selection.entities.contains(&claim)),
        },
    }
}

/// A row alone selected.
pub(super) fn only(row: RowId, book: &OpenNotebook) -> Selection {
    match row {
        RowId::Link(id) => Selection::link(id),
        RowId::Entity(id) => Selection::entity(id),
        RowId::Statement(id) => Selection::mention(id, book.notebook()),
    }
}

/// What adds a row to what is selected, or takes it away: of a statement its claim.
fn toggle(row: RowId, book: &OpenNotebook) -> Option<Intent> {
    Some(match row {
        RowId::Link(id) => Intent::ToggleLink(id),
        RowId::Entity(id) => Intent::ToggleEntity(id),
        RowId::Statement(id) => Intent::ToggleEntity(claim_of(book, id)?),
    })
}

/// The claim of a statement.
fn claim_of(book: &OpenNotebook, statement: MentionId) -> Option<EntityId> {
    book.notebook().mention(statement).map(|mention| mention.entity)
}

impl Table {
    pub(super) fn body(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        viewport: Rect,
        out: &mut Vec<Intent>,
    ) {
        let origin = ui.max_rect().min;
        let shown = ui.clip_rect();
        let response = ui.interact(shown, Self::id(), Sense::click_and_drag());
        if std::mem::take(&mut self.focus) {
            response.request_focus();
            if self.cursor().is_none() {
                self.sheet_mut().row = self.model.rows().first().copied();
            }
            self.reveal = true;
        }
        if response.has_focus() && !self.editing.is_open() {
            self.keys(ui, &response, viewport, book, out);
        }
        self.point(ui, &response, origin, book, out);
        if std::mem::take(&mut self.reveal)
            && let Some(row) = self.cursor()
        {
            ui.scroll_to_rect(self.cell(origin, row, self.sheet().column), None);
        }
        let first = (viewport.min.y / ROW).floor().max(0.0) as usize;
        let last = (viewport.max.y / ROW).ceil().max(0.0) as usize;
        let rows = first.min(self.model.rows().len())..last.min(self.model.rows().len());
        self.paint(ui, book, style, &response, origin, rows.clone());
        if self.model.rows().is_empty() {
            let words = match (self.model.total(), self.which) {
                _ if self.model.is_making() => "Sorting…",
                _ if self.model.was_stopped() => "",
                (0, TableKind::Links) => "No links yet: select an entity and press L",
                (0, TableKind::Entities) => "No entities yet: select words and press A, E or C",
                (0, TableKind::Chronology) => {
                    "Nothing yet: tag events (E) and claims (C); events have dates, statements the day of their article"
                }
                _ => "No matches",
            };
            let at = shown.min + vec2(12.0, 10.0);
            ui.painter().text(at, egui::Align2::LEFT_TOP, words, body(style), style.muted);
        }
        self.describe(ui, &response, book, origin, rows, out);
        self.edit_cell(ui, &response, book, style, origin, out);
        response.context_menu(|ui| self.menu(ui, program, book, out));
    }

    /// The number of the row the keyboard is in.
    pub(super) fn cursor(&self) -> Option<usize> {
        self.sheet().row.and_then(|row| self.model.position(row))
    }

    /// Where a cell is on screen.
    pub(super) fn cell(&self, origin: Pos2, row: usize, column: usize) -> Rect {
        let columns = self.which.columns();
        let left: f32 = columns.iter().take(column).map(|column| self.width(*column)).sum();
        let width = columns.get(column).map_or(0.0, |column| self.width(*column));
        Rect::from_min_size(origin + vec2(left, row as f32 * ROW), vec2(width, ROW))
    }

    fn cell_at(&self, origin: Pos2, at: Pos2) -> Option<(usize, usize)> {
        let row = ((at.y - origin.y) / ROW).floor();
        if row < 0.0 || row as usize >= self.model.rows().len() {
            return None;
        }
        let mut right = origin.x;
        let columns = self.which.columns();
        let column = columns.iter().position(|column| {
            right += self.width(*column);
            at.x < right
        });
        Some((row as usize, column.unwrap_or(columns.len() - 1)))
    }

    fn paint(
        &self,
        ui: &Ui,
        book: &OpenNotebook,
        style: &Style,
        response: &Response,
        origin: Pos2,
        rows: std::ops::Range<usize>,
    ) {
        let notebook = book.notebook();
        let beside = self.model.beside(book);
        let painter = ui.painter();
        let hovered = response.hover_pos().and_then(|at| self.cell_at(origin, at)).map(|at| at.0);
        let cursor = self.sheet();
        for number in rows {
            let row = self.model.rows()[number];
            let top = origin.y + number as f32 * ROW;
            let rect = Rect::from_min_max(
                pos2(ui.clip_rect().left(), top),
                pos2(ui.clip_rect().right(), top + ROW),
            );
            if is_selected(row, book) {
                painter.rect_filled(rect, 0.0, style.chosen);
                let thread = Rect::from_min_size(rect.min, vec2(3.0, ROW));
                painter.rect_filled(thread, 0.0, style.accent);
            } else if hovered == Some(number) {
                painter.rect_filled(rect, 0.0, style.hovered);
            }
            painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, style.lines));
            let mut left = origin.x;
            for (place, column) in self.which.columns().iter().enumerate() {
                let width = self.width(*column);
                let cell = Rect::from_min_size(pos2(left, top), vec2(width, ROW));
                left += width;
                if cell.right() < rect.left() || cell.left() > rect.right() {
                    continue;
                }
                let mut start = cell.left() + 8.0;
                let entity = match (column, row) {
                    (Column::Name | Column::What, RowId::Entity(id)) => Some(id),
                    (Column::What, RowId::Statement(id)) => claim_of(book, id),
                    (Column::From | Column::To | Column::Owner, _) => column.entity(notebook, row),
                    _ => None,
                };
                if let Some(entity) = entity.and_then(|id| notebook.entity(id)) {
                    let at = pos2(start + 6.0, cell.center().y);
                    kind_mark(painter, at, style, entity.kind(), entity.is_anonymous());
                    start += 19.0;
                }
                let words = column.text(notebook, beside, row);
                if !words.is_empty() {
                    let bare = *column == Column::Sentences && words == "no evidence";
                    let colour = if *column == Column::ToCheck || bare {
                        style.accent
                    } else if matches!(column, Column::Kind | Column::Mentions | Column::Links) {
                        style.muted
                    } else {
                        style.ink
                    };
                    let room = (cell.right() - 8.0 - start).max(8.0);
                    let galley = cut(ui, &words, body(style), colour, room);
                    if column.is_figure() {
                        start = cell.right() - 10.0 - galley.size().x;
                    }
                    let at = pos2(start, cell.center().y - galley.size().y / 2.0);
                    painter.galley(at, galley, colour);
                }
                if cursor.row == Some(row) && cursor.column == place && response.has_focus() {
                    let ring = Stroke::new(1.5, style.ink);
                    painter.rect_stroke(cell.shrink(1.0), 3.0, ring, StrokeKind::Inside);
                }
            }
        }
    }

    fn point(
        &mut self,
        ui: &Ui,
        response: &Response,
        origin: Pos2,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let Some(at) = response.interact_pointer_pos() else { return };
        let modifiers = ui.input(|input| input.modifiers);
        let pressed = response.clicked_by(PointerButton::Primary)
            || response.clicked_by(PointerButton::Secondary)
            || response.drag_started();
        let Some((row, column)) = self.cell_at(origin, at) else {
            if pressed {
                response.request_focus();
            }
            return;
        };
        let id = self.model.rows()[row];
        if pressed {
            response.request_focus();
        }
        if response.clicked_by(PointerButton::Secondary) {
            self.go(row, column);
            if !is_selected(id, book) {
                self.select(only(id, book), out);
            }
        } else if response.double_clicked_by(PointerButton::Primary) {
            self.go(row, column);
            self.open(ui, book, out);
        } else if response.clicked_by(PointerButton::Primary) || response.drag_started() {
            let from = self.anchor.and_then(|anchor| self.model.position(anchor));
            match from {
                Some(from) if modifiers.shift => self.select_range(book, from, row, out),
                _ => {
                    self.anchor = Some(id);
                    if modifiers.command {
                        out.extend(toggle(id, book));
                    } else {
                        self.select(only(id, book), out);
                    }
                }
            }
            self.go(row, column);
        } else if response.dragged_by(PointerButton::Primary) {
            // A drag over rows selects them.
            let now = self.cursor();
            if now != Some(row)
                && let Some(from) = self.anchor.and_then(|anchor| self.model.position(anchor))
            {
                self.select_range(book, from, row, out);
                self.go(row, column);
            }
        }
    }

    /// The keyboard goes to a cell.
    fn go(&mut self, row: usize, column: usize) {
        let id = self.model.rows().get(row).copied();
        let sheet = self.sheet_mut();
        sheet.row = id;
        sheet.column = column;
    }

    /// Selects all rows that are listed.
    pub(super) fn select_all_rows(&mut self, book: &OpenNotebook, out: &mut Vec<Intent>) {
        let all = selection_of(self.model.rows(), book);
        self.select(all, out);
    }

    fn select(&mut self, selection: Selection, out: &mut Vec<Intent>) {
        self.seen = selection.clone();
        out.push(Intent::Select(selection));
    }

    fn select_range(&mut self, book: &OpenNotebook, a: usize, b: usize, out: &mut Vec<Intent>) {
        let rows = self.model.rows().get(a.min(b)..=a.max(b)).unwrap_or_default();
        let selection = selection_of(rows, book);
        self.select(selection, out);
    }

    fn keys(
        &mut self,
        ui: &Ui,
        response: &Response,
        viewport: Rect,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        // Escape lets go of the selection, not of the keyboard.
        keep_keys(ui, response.id);
        let page = ((viewport.height() / ROW) as usize).saturating_sub(1).max(1);
        let events: Vec<(Key, Modifiers)> = ui.input(|input| {
            let pressed = |event: &Event| match event {
                Event::Key { key, pressed: true, modifiers, .. } if !modifiers.alt => {
                    Some((*key, *modifiers))
                }
                _ => None,
            };
            input.events.iter().filter_map(pressed).collect()
        });
        let end = self.model.rows().len().saturating_sub(1);
        for (key, modifiers) in events {
            let columns = self.which.columns().len();
            let (row, column) = (self.cursor().unwrap_or(0), self.sheet().column);
            let (command, shift) = (modifiers.command, modifiers.shift);
            let (to_row, to_column) = match key {
                Key::ArrowDown if self.cursor().is_none() => (0, column),
                Key::ArrowDown if command => (end, column),
                Key::ArrowUp if command => (0, column),
                Key::ArrowDown => ((row + 1).min(end), column),
                Key::ArrowUp => (row.saturating_sub(1), column),
                Key::PageDown => ((row + page).min(end), column),
                Key::PageUp => (row.saturating_sub(page), column),
                Key::ArrowRight => (row, (column + 1).min(columns - 1)),
                Key::ArrowLeft => (row, column.saturating_sub(1)),
                Key::Home if command => (0, column),
                Key::End if command => (end, column),
                Key::Home => (row, 0),
                Key::End => (row, columns - 1),
                Key::A if command => {
                    self.select_all_rows(book, out);
                    continue;
                }
                Key::Space if command => {
                    if let Some(id) = self.sheet().row {
                        self.anchor = Some(id);
                        out.extend(toggle(id, book));
                    }
                    continue;
                }
                Key::Enter | Key::Space if !command && !shift => {
                    self.open(ui, book, out);
                    continue;
                }
                _ => continue,
            };
            if self.model.rows().is_empty() {
                continue;
            }
            let moved = Some(to_row) != self.cursor();
            self.go(to_row, to_column);
            self.reveal = true;
            ui.ctx().request_repaint();
            if !moved {
                continue;
            }
            let id = self.model.rows()[to_row];
            match self.anchor.and_then(|anchor| self.model.position(anchor)) {
                Some(from) if shift => self.select_range(book, from, to_row, out),
                _ => {
                    self.anchor = Some(id);
                    // With Ctrl, Up and Down go to the ends; nothing is left selected on the way.
                    self.select(only(id, book), out);
                }
            }
        }
    }

    /// Changes the cell the keyboard is in, or goes to what it counts.
    pub(super) fn open(&mut self, ui: &Ui, book: &OpenNotebook, out: &mut Vec<Intent>) {
        let now = ui.ctx().cumulative_frame_nr();
        let notebook = book.notebook();
        let sheet = self.sheet();
        let (Some(row), Some(column)) =
            (sheet.row, self.which.columns().get(sheet.column).copied())
        else {
            return;
        };
        match column.edit_mode(notebook, row) {
            EditMode::Text | EditMode::Lines => {
                let text = column.text(notebook, Beside::default(), row).into_owned();
                self.editing = Editing::text(row, column, text, now);
            }
            EditMode::Choice => self.editing = Editing::choice(row, column, notebook, now),
            EditMode::Entity => self.editing = Editing::entity(row, column, now),
            EditMode::Toggle => {
                let (values, now) = column.choices(notebook, row);
                if let Some((value, _)) = values.get(usize::from(now == Some(0))) {
                    let rows = self.meant(book, row);
                    let edit = column.set_in(notebook, row, &rows, value);
                    out.extend(edit.map(|it| SessionIntent::Edit(it).into()));
                }
            }
            EditMode::Go => match row {
                RowId::Link(id) => out.extend(go_to_evidence(book, id)),
                RowId::Statement(id) => out.push(ReadingIntent::GoToMention(id).into()),
                RowId::Entity(id) if matches!(column, Column::Told | Column::ToldIn) => {
                    let told = mention_of(notebook, What::Event(id));
                    out.extend(told.map(|id| ReadingIntent::GoToMention(id).into()));
                }
                RowId::Entity(id) if column == Column::Links => {
                    out.push(Intent::Charting(ChartingIntent::ShowOnCanvas(id)));
                }
                RowId::Entity(id) => out.push(Intent::Reading(ReadingIntent::ShowMentions(id))),
            },
            EditMode::Never => {}
        }
    }

    /// The rows that a choice made in a row is meant for: all that are selected, when this one is among them.
    pub(super) fn meant(&self, book: &OpenNotebook, row: RowId) -> Vec<RowId> {
        let selection = book.selection();
        if !is_selected(row, book) {
            return vec![row];
        }
        match row {
            RowId::Statement(_) => vec![row],
            RowId::Link(_) => selection.links.iter().map(|id| RowId::Link(*id)).collect(),
            RowId::Entity(_) => selection.entities.iter().map(|id| RowId::Entity(*id)).collect(),
        }
    }

    fn menu(&mut self, ui: &mut Ui, program: &Program, book: &OpenNotebook, out: &mut Vec<Intent>) {
        let Some(row) = self.sheet().row else { return };
        let column = self.which.columns().get(self.sheet().column).copied();
        if let Some(column) = column
            && !matches!(column.edit_mode(book.notebook(), row), EditMode::Never | EditMode::Go)
        {
            let button = egui::Button::new(format!("Edit {}", column.label()));
            if ui.add(button.shortcut_text("Enter")).clicked() {
                ui.close();
                self.open(ui, book, out);
            }
            ui.separator();
        }
        match row {
            RowId::Entity(id) => {
                if self.which == TableKind::Chronology {
                    command_item(ui, Some(program), Command::DateEvent, out);
                }
                crate::ui::lists::entity_menu(ui, program, id, out);
            }
            RowId::Statement(id) => {
                if ui.button("Go to the sentence").clicked() {
                    out.push(ReadingIntent::GoToMention(id).into());
                    ui.close();
                }
                if let Some(claim) = claim_of(book, id) {
                    crate::ui::lists::entity_menu(ui, program, claim, out);
                }
            }
            RowId::Link(id) => {
                if let Some(go) = go_to_evidence(book, id)
                    && ui.button("Go to evidence").clicked()
                {
                    out.push(go);
                    ui.close();
                }
                for command in [
                    Command::AddEvidence,
                    Command::ReverseLink,
                    Command::ToggleToCheck,
                    Command::Note,
                    Command::Delete,
                ] {
                    command_item(ui, Some(program), command, out);
                }
            }
        }
    }
}

fn selection_of(rows: &[RowId], book: &OpenNotebook) -> Selection {
    let mut selection = Selection::none();
    let (mut links, mut entities) = (BTreeSet::new(), BTreeSet::new());
    for row in rows {
        match row {
            RowId::Link(id) => {
                links.insert(*id);
            }
            RowId::Entity(id) => {
                entities.insert(*id);
            }
            RowId::Statement(id) => entities.extend(claim_of(book, *id)),
        }
    }
    selection.links = links;
    selection.entities = entities;
    selection
}
