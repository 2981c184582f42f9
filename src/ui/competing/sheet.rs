//! The sheet of a matrix: the claims' names over the columns, the rows, the cells, and walking through them.

use egui::{
    Align2, CursorIcon, EventFilter, FontId, Id, Key, PointerButton, Pos2, Rect, Response, Role,
    ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::Competing;
use super::edits::{cell, edit, next};
use super::shown::Shown;
use crate::app::{Intent, OpenNotebook, Program, ReadingIntent, Selection};
use crate::notebook::{EntityId, Fit, Hue, Notebook, Polarity, Subject};
use crate::text::shown_name;
use crate::ui::theme::Style;
use crate::ui::widgets::{body, capital, cut};
/// Height of the claims' names over the columns, in points.
const HEADER: f32 = 84.0;
/// Height of a row, in points.
const ROW: f32 = 62.0;

impl Competing {
    #[expect(clippy::too_many_arguments, reason = "what a pane is drawn with, and where")]
    pub(super) fn sheet(
        &mut self,
        ui: &mut Ui,
        _program: &Program,
        book: &OpenNotebook,
        style: &Style,
        shown: &Shown<'_>,
        rect: Rect,
        can_edit: bool,
        out: &mut Vec<Intent>,
    ) {
        let header = Rect::from_min_size(rect.min, vec2(rect.width(), HEADER));
        let rows = Rect::from_min_max(pos2(rect.left(), header.bottom()), rect.max);
        let width = shown.first + shown.column * shown.claims.len() as f32;
        let height = ROW * shown.matrix.rows.len() as f32 + 30.0;
        let mut shift = 0.0;
        ui.scope_builder(UiBuilder::new().max_rect(rows).id_salt(("matrix", shown.id)), |ui| {
            ScrollArea::both().auto_shrink(false).show_viewport(ui, |ui, viewport| {
                ui.set_width(width.max(viewport.width()));
                ui.set_height(height);
                shift = viewport.min.x;
                self.cells(ui, book, style, shown, viewport, can_edit, out);
            });
        });
        self.header(ui, book, style, shown, header, shift, out);
    }

    #[expect(clippy::too_many_arguments, reason = "what a pane is drawn with, and where")]
    fn header(
        &self,
        ui: &mut Ui,
        book: &OpenNotebook,
        style: &Style,
        shown: &Shown<'_>,
        rect: Rect,
        shift: f32,
        out: &mut Vec<Intent>,
    ) {
        let painter = ui.painter().with_clip_rect(rect);
        painter.rect_filled(rect, 0.0, style.surface);
        painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, style.lines));
        let notebook = book.notebook();
        for (n, claim) in shown.claims.iter().enumerate() {
            let left = rect.left() + shown.first + shown.column * n as f32 - shift;
            let at = Rect::from_min_size(pos2(left, rect.top()), vec2(shown.column, HEADER));
            let name = shown_name(notebook.name(*claim));
            let against = shown.matrix.count(*claim, Fit::Inconsistent);
            let with = shown.matrix.count(*claim, Fit::Consistent);
            let score = format!("{against} inconsistent, {with} consistent");
            let visible = at.intersect(rect);
            let response = ui
                .interact(visible, Id::unique(("matrix claim", *claim)), Sense::click())
                .on_hover_cursor(CursorIcon::PointingHand)
                .on_hover_text(format!("{name}\n{score}"));
            response.widget_info(|| {
                WidgetInfo::labeled(Role::ColumnHeader, true, format!("{name}: {score}"))
            });
            if response.hovered() || response.has_focus() {
                painter.rect_filled(at.shrink(2.0), 5.0, style.hovered);
            }
            if response.clicked() {
                out.push(Intent::Select(Selection::entity(*claim)));
            }
            let mut job = egui::text::LayoutJob::simple(
                name.into_owned(),
                FontId::new(13.0, style.bold.clone()),
                style.ink,
                shown.column - 16.0,
            );
            job.wrap.max_rows = 3;
            let words = painter.layout_job(job);
            painter.galley(at.min + vec2(8.0, 6.0), words, style.ink);
            let colour = if against == 0 { style.muted } else { style.accent };
            let below = pos2(at.left() + 8.0, at.bottom() - 8.0);
            let score = format!("{against} inconsistent");
            painter.text(below, Align2::LEFT_BOTTOM, score, style.small(), colour);
        }
        // What scrolls under the first column's head is hidden by it.
        let corner = Rect::from_min_size(rect.min, vec2(shown.first, HEADER - 1.0));
        painter.rect_filled(corner, 0.0, style.surface);
        let words = "Fewest inconsistencies first";
        let at = corner.left_bottom() + vec2(12.0, -8.0);
        painter.text(at, Align2::LEFT_BOTTOM, words, style.small(), style.muted);
        if shown.claims.is_empty() {
            let at = pos2(corner.right() + 8.0, corner.bottom() - 8.0);
            painter.text(at, Align2::LEFT_BOTTOM, "No claims yet", style.small(), style.muted);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a pane is drawn with, and where")]
    fn cells(
        &mut self,
        ui: &mut Ui,
        book: &OpenNotebook,
        style: &Style,
        shown: &Shown<'_>,
        viewport: Rect,
        can_edit: bool,
        out: &mut Vec<Intent>,
    ) {
        let origin = ui.max_rect().min;
        let response = ui.interact(ui.clip_rect(), Self::id(), Sense::click());
        if std::mem::take(&mut self.focus) {
            response.request_focus();
            self.reveal = true;
        }
        if self.cursor.is_none_or(|at| !shown.has(at)) {
            let first = shown.matrix.rows.first().zip(shown.claims.first());
            self.cursor = first.map(|(row, claim)| (*row, *claim));
        }
        if response.has_focus() {
            self.keys(ui, &response, shown, can_edit, out);
        }
        self.point(&response, origin, shown, can_edit, book, out);
        if std::mem::take(&mut self.reveal)
            && let Some((row, claim)) = self.place(shown)
        {
            ui.scroll_to_rect(cell_rect(shown, origin, row, claim), None);
        }
        let notebook = book.notebook();
        let first = (viewport.min.y / ROW).floor().max(0.0) as usize;
        let last = ((viewport.max.y / ROW).ceil().max(0.0) as usize).min(shown.matrix.rows.len());
        for (n, subject) in shown.matrix.rows.iter().enumerate().take(last).skip(first) {
            self.row(ui, notebook, style, shown, origin, (n, *subject), response.has_focus());
        }
        if shown.matrix.rows.is_empty() {
            let at = origin + vec2(12.0, 12.0);
            let words = "No rows yet: add statements and links";
            ui.painter().text(at, Align2::LEFT_TOP, words, body(style), style.muted);
        }
        let here = self.cursor.map(|(row, claim)| cell_words(notebook, shown, row, claim));
        response.widget_info(|| {
            let words = here.clone().unwrap_or_else(|| "empty".to_owned());
            WidgetInfo::labeled(Role::Grid, true, format!("Matrix: {words}"))
        });
    }

    #[expect(clippy::too_many_arguments, reason = "what a row is drawn with, and where")]
    fn row(
        &self,
        ui: &Ui,
        notebook: &Notebook,
        style: &Style,
        shown: &Shown<'_>,
        origin: Pos2,
        (n, subject): (usize, Subject),
        focused: bool,
    ) {
        let painter = ui.painter();
        let top = origin.y + ROW * n as f32;
        let line = Rect::from_min_size(pos2(origin.x, top), vec2(ui.max_rect().width(), ROW));
        painter.hline(line.x_range(), line.bottom(), Stroke::new(1.0, style.lines));
        let mut job = egui::text::LayoutJob::simple(
            row_words(notebook, subject),
            body(style),
            style.ink,
            shown.first - 24.0,
        );
        job.wrap.max_rows = 2;
        let words = painter.layout_job(job);
        let from = source(notebook, shown, subject);
        let under = cut(ui, &from, style.small(), style.muted, shown.first - 24.0);
        let at = pos2(line.left() + 12.0, top + 5.0);
        let below = pos2(at.x, at.y + words.size().y + 1.0);
        painter.galley(at, words, style.ink);
        painter.galley(below, under, style.muted);
        for (column, claim) in shown.claims.iter().enumerate() {
            let rect = cell_rect(shown, origin, n, column);
            let fit = shown.matrix.cell(*claim, subject);
            let inner = rect.shrink2(vec2(4.0, 4.0));
            let (ground, ink) = match fit.map(hue) {
                Some(hue) => (style.hue_ground(hue), style.hue(hue)),
                None => (style.surface, style.muted),
            };
            painter.rect_filled(inner, 5.0, ground);
            let text =
                fit.map_or_else(|| "·".to_owned(), |fit| format!("{} {}", fit.sign(), fit.label()));
            painter.text(inner.center(), Align2::CENTER_CENTER, text, body(style), ink);
            if self.cursor == Some((subject, *claim)) {
                let width = if focused { 2.0 } else { 1.0 };
                let ring = Stroke::new(width, if focused { style.ink } else { style.muted });
                painter.rect_stroke(inner, 5.0, ring, StrokeKind::Inside);
            }
            let said = cell_words(notebook, shown, subject, *claim);
            let id = Id::unique(("matrix cell", shown.id, subject.to_string(), *claim));
            let node = ui.interact(rect.intersect(ui.clip_rect()), id, Sense::hover());
            node.widget_info(|| WidgetInfo::labeled(Role::GridCell, true, said.clone()));
        }
    }

    /// The numbers of the row and of the column where the keyboard is.
    fn place(&self, shown: &Shown<'_>) -> Option<(usize, usize)> {
        let (row, claim) = self.cursor?;
        let row = shown.matrix.rows.iter().position(|one| *one == row)?;
        Some((row, shown.claims.iter().position(|one| *one == claim)?))
    }

    fn keys(
        &mut self,
        ui: &Ui,
        response: &Response,
        shown: &Shown<'_>,
        can_edit: bool,
        out: &mut Vec<Intent>,
    ) {
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            tab: false,
            escape: false,
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let Some((mut row, mut column)) = self.place(shown) else { return };
        let mut fit = None;
        ui.input(|input| {
            for event in &input.events {
                match event {
                    egui::Event::Key { key, pressed: true, modifiers, .. }
                        if modifiers.is_none() =>
                    {
                        match key {
                            Key::ArrowDown => row = (row + 1).min(shown.matrix.rows.len() - 1),
                            Key::ArrowUp => row = row.saturating_sub(1),
                            Key::ArrowRight => column = (column + 1).min(shown.claims.len() - 1),
                            Key::ArrowLeft => column = column.saturating_sub(1),
                            Key::Home => column = 0,
                            Key::End => column = shown.claims.len() - 1,
                            Key::Space | Key::Enter => {
                                let now = shown.claims.get(column).zip(shown.matrix.rows.get(row));
                                fit = now.map(|(claim, row)| next(shown.matrix.cell(*claim, *row)));
                            }
                            Key::Backspace => fit = Some(None),
                            _ => {}
                        }
                    }
                    egui::Event::Text(text) => match text.as_str() {
                        "+" => fit = Some(Some(Fit::Consistent)),
                        "-" | "−" => fit = Some(Some(Fit::Inconsistent)),
                        "0" => fit = Some(Some(Fit::Neutral)),
                        _ => {}
                    },
                    _ => {}
                }
            }
        });
        let there = shown.matrix.rows.get(row).zip(shown.claims.get(column));
        let Some((subject, claim)) = there.map(|(row, claim)| (*row, *claim)) else { return };
        if self.cursor != Some((subject, claim)) {
            self.cursor = Some((subject, claim));
            self.reveal = true;
        }
        if let Some(fit) = fit.filter(|_| can_edit)
            && shown.matrix.cell(claim, subject) != fit
        {
            out.push(edit(cell(shown.id, (subject, claim), fit)));
            // The claims may change places: the cell stays in view.
            self.reveal = true;
        }
    }

    fn point(
        &mut self,
        response: &Response,
        origin: Pos2,
        shown: &Shown<'_>,
        can_edit: bool,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let Some(at) = response.interact_pointer_pos() else { return };
        if !response.clicked_by(PointerButton::Primary) {
            return;
        }
        response.request_focus();
        let row = ((at.y - origin.y) / ROW).floor();
        let Some(subject) = shown.matrix.rows.get(row.max(0.0) as usize).copied() else { return };
        let along = at.x - origin.x - shown.first;
        if along < 0.0 {
            match subject {
                Subject::Mention(id) => {
                    out.push(Intent::Reading(ReadingIntent::GoToMention(id)));
                }
                Subject::Link(id) => out.push(Intent::Select(Selection::link(id))),
                Subject::Article(_) | Subject::Entity(_) | Subject::Conflict(_) => {}
            }
            return;
        }
        let Some(claim) = shown.claims.get((along / shown.column) as usize).copied() else {
            return;
        };
        // A click goes to a cell; another one there goes on to the next mark.
        if self.cursor == Some((subject, claim)) && can_edit && book.read_only().is_none() {
            let fit = next(shown.matrix.cell(claim, subject));
            out.push(edit(cell(shown.id, (subject, claim), fit)));
        }
        self.cursor = Some((subject, claim));
    }
}

const fn hue(fit: Fit) -> Hue {
    match fit {
        Fit::Consistent => Hue::Green,
        Fit::Inconsistent => Hue::Red,
        Fit::Neutral => Hue::Grey,
    }
}

fn cell_rect(shown: &Shown<'_>, origin: Pos2, row: usize, column: usize) -> Rect {
    let min = origin + vec2(shown.first + shown.column * column as f32, ROW * row as f32);
    Rect::from_min_size(min, vec2(shown.column, ROW))
}

/// What a row says: the words of a statement, or a link as a sentence.
fn row_words(notebook: &Notebook, subject: Subject) -> String {
    shown_name(&notebook.subject_name(subject)).replace('\n', " ")
}

/// Where a row comes from; or that it does not tell the claims apart.
fn source(notebook: &Notebook, shown: &Shown<'_>, subject: Subject) -> String {
    let mut marks = shown.claims.iter().map(|claim| shown.matrix.cell(*claim, subject));
    let first = marks.next().flatten();
    let same = first.is_some() && shown.claims.len() > 1 && marks.all(|mark| mark == first);
    let mut from = match subject {
        Subject::Mention(id) => notebook.mention(id).map_or_else(String::new, |mention| {
            let article = notebook.article(mention.anchor.article);
            let title = article.map_or("", |article| &article.about.title);
            let denies = mention.statement.as_ref().is_some_and(|s| s.polarity == Polarity::Denies);
            if denies { format!("denial · {title}") } else { title.to_owned() }
        }),
        _ => "link".to_owned(),
    };
    if same {
        from.insert_str(0, "same for all, tells nothing · ");
    }
    from
}

/// A cell in words.
fn cell_words(notebook: &Notebook, shown: &Shown<'_>, row: Subject, claim: EntityId) -> String {
    let mark = shown.matrix.cell(claim, row).map_or("not judged", Fit::label);
    let (words, name) = (row_words(notebook, row), shown_name(notebook.name(claim)));
    format!("{}: “{words}” and “{name}”", capital(mark))
}
