//! What a screen reader finds in the tables: the rows in view and their cells, each with name, place and action. Only
//! built while someone listens.

use std::ops::Range;

use egui::accesskit::{self, Action, Role};
use egui::{Id, Pos2, Rect, Response, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::Table;
use super::body::{is_selected, only};
use crate::app::{Intent, OpenNotebook};
use crate::table::RowId;
use crate::ui::painted::bounds;
use crate::ui::widgets::ROW;

impl Table {
    pub(super) fn describe(
        &mut self,
        ui: &mut Ui,
        response: &Response,
        book: &OpenNotebook,
        origin: Pos2,
        rows: Range<usize>,
        out: &mut Vec<Intent>,
    ) {
        let which = self.which;
        response.widget_info(|| {
            let name = format!("Table of {}", which.label().to_lowercase());
            WidgetInfo::labeled(egui::Role::Unknown, true, name)
        });
        let cursor = self.cursor().map(|row| (row, self.sheet().column));
        let about = |node: &mut accesskit::Node| {
            node.set_role(Role::Grid);
            node.set_row_count(self.model.rows().len());
            node.set_column_count(which.columns().len());
            node.set_description("Arrow keys move between cells, Enter edits a cell or goes to what it counts, Shift+arrows select several rows.");
            if let Some((row, column)) = cursor.filter(|(row, _)| rows.contains(row)) {
                node.set_active_descendant(cell_id(self.model.rows()[row], column).accesskit_id());
            }
        };
        if ui.ctx().accesskit_node_builder(response.id, about).is_none() {
            return;
        }
        let clip = ui.clip_rect();
        let mut child = ui.new_child(
            UiBuilder::new()
                .id_salt("table cells")
                .max_rect(clip)
                .accessibility_parent(response.id),
        );
        child.set_clip_rect(clip);
        let mut open = None;
        for number in rows {
            let row = self.model.rows()[number];
            let rect = Rect::from_min_size(
                Pos2::new(clip.left(), origin.y + number as f32 * ROW),
                vec2(clip.width(), ROW),
            );
            let id = row_id(row);
            child.interact(rect, id, Sense::hover());
            let selected = is_selected(row, book);
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(Role::Row);
                node.set_label(row_name(book, row));
                node.set_bounds(bounds(rect));
                node.set_row_index(number);
                node.set_selected(selected);
                node.add_action(Action::Click);
            });
            if ui.input(|input| input.has_accesskit_action_request(id, Action::Click)) {
                out.push(Intent::Select(only(row, book)));
            }
            let mut cells = child
                .new_child(UiBuilder::new().id_salt(id).max_rect(rect).accessibility_parent(id));
            cells.set_clip_rect(clip);
            for (place, column) in which.columns().iter().enumerate() {
                let rect = self.cell(origin, number, place).intersect(clip);
                let id = cell_id(row, place);
                cells.interact(rect, id, Sense::hover());
                let words = column.text(book.notebook(), self.model.beside(book), row);
                ui.ctx().accesskit_node_builder(id, |node| {
                    node.set_role(Role::GridCell);
                    node.set_label(format!("{}: {words}", column.label()));
                    node.set_bounds(bounds(rect));
                    node.set_column_index(place);
                    node.add_action(Action::Click);
                });
                if ui.input(|input| input.has_accesskit_action_request(id, Action::Click)) {
                    open = Some((row, place));
                }
            }
        }
        if let Some((row, column)) = open {
            self.sheet_mut().row = Some(row);
            self.sheet_mut().column = column;
            response.request_focus();
            self.open(ui, book, out);
        }
    }
}

fn row_id(row: RowId) -> Id {
    Table::id().with(row)
}

fn cell_id(row: RowId, column: usize) -> Id {
    Table::id().with((row, column))
}

/// What a row is called: “Link: Bloomberg relays Talks are under way”.
fn row_name(book: &OpenNotebook, row: RowId) -> String {
    let notebook = book.notebook();
    match row {
        RowId::Link(id) => notebook.any_link(id).map_or_else(String::new, |link| {
            let to = link.to_entity().map_or("a link", |to| notebook.name(to));
            let relation = notebook.relation_label(&link.relation);
            format!("Link: {} {relation} {to}", notebook.name(link.from))
        }),
        RowId::Statement(id) => notebook.mention(id).map_or_else(String::new, |mention| {
            format!("Statement: {}", crate::text::shown_name(notebook.name(mention.entity)))
        }),
        RowId::Entity(id) => notebook.entity(id).map_or_else(String::new, |entity| {
            format!(
                "{}: {}",
                crate::ui::widgets::capital(entity.kind().word()),
                crate::text::shown_name(&entity.name)
            )
        }),
    }
}
