//! Competing claims: a matrix of claims and of what is known, the claim with the fewest inconsistencies first (analysis of
//! competing hypotheses, Heuer 1999).
//!
//! The cells are painted by hand and driven by one `ui.interact`, like a table's; the keyboard walks from cell to cell.

use egui::{
    Align2, CursorIcon, EventFilter, FontId, Id, Key, PointerButton, Pos2, Rect, Response, Role,
    ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons::ICON_MORE_HORIZ;

use super::entity_chooser::{Ask, Chooser, Chosen};
use super::fields::{Drafts, Field, field_key};
use super::theme::Style;
use super::widgets::{body, capital, cut, hint, named, segments};
use crate::app::{
    Intent, OpenNotebook, Pane, PaneFacts, Program, ReadingIntent, Selection, SessionIntent,
};
use crate::edit::{Edit, MatrixFields, Ref};
use crate::notebook::{EntityId, Fit, Hue, Kind, Matrix, MatrixId, Notebook, Polarity, Subject};
use crate::text::shown_name;
use crate::ui::panes::{PaneFrame, PaneView};

static FACTS: PaneFacts = PaneFacts::new("competing", "Competing claims")
    .command("A matrix of claims and of what speaks for or against each, the one with the fewest inconsistencies first")
    .behind(Pane::CANVAS);

/// The pane.
pub const PANE: Pane = Pane::of(&FACTS);

/// Height of the claims' names over the columns, in points.
const HEADER: f32 = 84.0;
/// Height of a row, in points.
const ROW: f32 = 62.0;
/// Least and greatest width of the first column, in points.
const FIRST: (f32, f32) = (170.0, 340.0);
/// Least and greatest width of a claim's column, in points.
const COLUMN: (f32, f32) = (112.0, 190.0);

/// The matrices, one at a time.
#[derive(Debug, Default)]
pub struct Competing {
    /// The matrix that is shown; the first one where it is gone.
    matrix: Option<MatrixId>,
    /// Where the keyboard is: the row and the claim.
    cursor: Option<(Subject, EntityId)>,
    drafts: Drafts,
    chooser: Chooser,
    focus: bool,
    reveal: bool,
}

/// A matrix as it is shown: its claims in the order of their score.
struct Shown<'a> {
    id: MatrixId,
    matrix: &'a Matrix,
    claims: Vec<EntityId>,
    /// Width of the first column, in points.
    first: f32,
    /// Width of a claim's column, in points.
    column: f32,
}

impl PaneView for Competing {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        self.focus |= frame.takes_keyboard;
        let (program, book, style) = (frame.program, frame.book, frame.style);
        let mut sent = Vec::new();
        self.ui(ui, program, book, style, &mut sent, |ui| frame.grip(ui));
        frame.out.append(&mut sent);
    }
}

impl Competing {
    /// The id of the cells: where the keyboard walks.
    #[must_use]
    pub fn id() -> Id {
        Id::unique("competing claims")
    }

    /// Draws the pane. `grip` draws what moves it, at the left of the tools.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
        grip: impl FnOnce(&mut Ui),
    ) {
        let notebook = book.notebook();
        let all = notebook.matrices();
        let known = self.matrix.filter(|id| all.contains_key(id));
        let id = known.or_else(|| all.keys().next().copied());
        self.matrix = id;
        let pane = ui.max_rect();
        let shown = id.and_then(|id| {
            let matrix = all.get(&id)?;
            let claims = matrix.claims_by_score();
            let first = (pane.width() * 0.36).clamp(FIRST.0, FIRST.1);
            let column = ((pane.width() - first) / claims.len().max(1) as f32 - 4.0)
                .clamp(COLUMN.0, COLUMN.1);
            Some(Shown { id, matrix, claims, first, column })
        });
        let can_edit = book.read_only().is_none();
        // In a narrow pane the tools take several lines.
        let tools = pane.shrink2(vec2(8.0, 5.0));
        let drawn = ui.scope_builder(UiBuilder::new().max_rect(tools), |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
                grip(ui);
                if !can_edit {
                    ui.disable();
                }
                self.tools(ui, book, style, shown.as_ref(), out);
            });
            if let Some(shown) = &shown {
                ui.horizontal(|ui| {
                    ui.add_space(14.0);
                    if !can_edit {
                        ui.disable();
                    }
                    self.marks(ui, shown, out);
                });
            }
        });
        let top = drawn.response.rect.bottom() + 5.0;
        let below = Rect::from_min_max(pos2(pane.left(), top.min(pane.bottom())), pane.max);
        let Some(shown) = shown else {
            let inner = below.shrink2(vec2(14.0, 8.0));
            ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
                ui.strong("No matrix yet");
                hint(ui, style, "Put claims that cannot all be so side by side, and judge each statement and link: is it what one would expect if the claim were so? The claim with the fewest inconsistencies stands best.");
            });
            return;
        };
        self.sheet(ui, program, book, style, &shown, below, can_edit, out);
    }

    fn tools(
        &mut self,
        ui: &mut Ui,
        book: &OpenNotebook,
        style: &Style,
        shown: Option<&Shown<'_>>,
        out: &mut Vec<Intent>,
    ) {
        let notebook = book.notebook();
        if let Some(shown) = shown {
            self.which(ui, notebook, style, shown, out);
        }
        let new =
            ui.button("New matrix").on_hover_text("Of the claims that are selected, or empty");
        if new.clicked() {
            out.push(edit(new_matrix(book)));
            // The new one has the highest of no ids: it is shown when it is there, by its title.
            self.cursor = None;
        }
        let Some(shown) = shown else { return };
        let ask = Ask {
            name: "Add a claim to the matrix",
            prompt: "Add claim…",
            kind: Some(Kind::Claim),
            now: None,
            near: None,
            except: None,
            new: true,
            nobody: false,
        };
        ui.scope(|ui| {
            ui.set_max_width(118.0);
            match self.chooser.ui(ui, style, notebook, field_key(shown.id, "claims"), ask) {
                Some(Chosen::Entity(claim)) => out.push(edit(with_claims(shown, Ref::Id(claim)))),
                Some(Chosen::New(name)) => {
                    let add = Edit::AddEntity {
                        kind: Kind::Claim,
                        name,
                        handle: "new".to_owned(),
                        with: Box::default(),
                        at: None,
                    };
                    let more = with_claims(shown, Ref::handle("new"));
                    out.push(edit(Edit::Batch(
                        "Add a claim to the matrix".to_owned(),
                        vec![add, more],
                    )));
                }
                Some(Chosen::Nobody) | None => {}
            }
        });
        let rows = ui.menu_button("Add rows…", |ui| add_rows(ui, book, shown, out));
        named(ui, &rows.response, "Add rows to the matrix");
        let more = ui.menu_button(ICON_MORE_HORIZ.rich_text(), |ui| self.more(ui, shown, out));
        named(ui, &more.response, "More on the matrix");
    }

    /// The title, to be changed; and the other matrices, where there are several.
    fn which(
        &mut self,
        ui: &mut Ui,
        notebook: &Notebook,
        _style: &Style,
        shown: &Shown<'_>,
        out: &mut Vec<Intent>,
    ) {
        if notebook.matrices().len() > 1 {
            let combo = egui::ComboBox::from_id_salt("matrices").selected_text("").width(20.0);
            let response = combo
                .show_ui(ui, |ui| {
                    for (id, matrix) in notebook.matrices() {
                        let title = shown_name(&matrix.title);
                        if ui.selectable_label(*id == shown.id, title).clicked() {
                            self.matrix = Some(*id);
                            self.cursor = None;
                        }
                    }
                })
                .response;
            named(ui, &response, "Matrix");
            let title = shown_name(&shown.matrix.title).into_owned();
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(title));
        }
        let key = field_key(shown.id, "title");
        let field = Field::line("Title of the matrix", "What is in question").wide(220.0);
        if let Some(title) = self.drafts.filled(ui, key, &shown.matrix.title, field).changed {
            let with = MatrixFields { title: Some(title), ..MatrixFields::default() };
            let edit = Edit::SetMatrix { matrix: Ref::Id(shown.id), with };
            out.push(Intent::Session(SessionIntent::EditOn { edit, field: key }));
        }
    }

    /// What is done with the matrix, and with the row and the claim where the keyboard is.
    fn more(&self, ui: &mut Ui, shown: &Shown<'_>, out: &mut Vec<Intent>) {
        let here = self.cursor.filter(|at| is_in(shown, *at));
        let row = ui.add_enabled(here.is_some(), egui::Button::new("Remove this row"));
        if let Some((subject, _)) = here.filter(|_| row.clicked()) {
            let rows = shown.matrix.rows.iter().filter(|row| **row != subject);
            let rows = Some(rows.map(|row| Ref::Id(*row)).collect());
            out.push(edit(set(shown.id, MatrixFields { rows, ..MatrixFields::default() })));
        }
        let claim = ui.add_enabled(here.is_some(), egui::Button::new("Remove this claim"));
        if let Some((_, gone)) = here.filter(|_| claim.clicked()) {
            let claims = shown.matrix.claims.iter().filter(|claim| **claim != gone);
            let claims = Some(claims.map(|claim| Ref::Id(*claim)).collect());
            out.push(edit(set(shown.id, MatrixFields { claims, ..MatrixFields::default() })));
        }
        ui.separator();
        if ui.button("Delete matrix").clicked() {
            out.push(edit(Edit::DeleteMatrix { matrix: Ref::Id(shown.id) }));
        }
    }

    /// The marks for the cell where the keyboard is, as buttons.
    fn marks(&self, ui: &mut Ui, shown: &Shown<'_>, out: &mut Vec<Intent>) {
        const MARKS: [Option<Fit>; 4] =
            [Some(Fit::Consistent), Some(Fit::Inconsistent), Some(Fit::Neutral), None];
        // They stand there also while there is no cell, so that nothing moves when one comes.
        let here = self.cursor.filter(|at| is_in(shown, *at));
        let now = here.and_then(|(row, claim)| shown.matrix.cell(claim, row));
        let label = |fit: Option<Fit>| match fit {
            Some(Fit::Consistent) => "+ consistent",
            Some(Fit::Inconsistent) => "− inconsistent",
            Some(Fit::Neutral) => "0 neutral",
            None => "not judged",
        };
        let chosen =
            ui.add_enabled_ui(here.is_some(), |ui| segments(ui, "This cell", now, &MARKS, label));
        if let Some((at, fit)) = here.zip(chosen.inner) {
            out.push(edit(cell(shown.id, at, fit)));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a pane is drawn with, and where")]
    fn sheet(
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
        if self.cursor.is_none_or(|at| !is_in(shown, at)) {
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
                Subject::Article(_) | Subject::Entity(_) => {}
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

/// The mark after this one, as a click or Space goes through them.
const fn next(fit: Option<Fit>) -> Option<Fit> {
    match fit {
        None => Some(Fit::Consistent),
        Some(Fit::Consistent) => Some(Fit::Inconsistent),
        Some(Fit::Inconsistent) => Some(Fit::Neutral),
        Some(Fit::Neutral) => None,
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

fn is_in(shown: &Shown<'_>, (row, claim): (Subject, EntityId)) -> bool {
    shown.matrix.rows.contains(&row) && shown.claims.contains(&claim)
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

fn edit(edit: Edit) -> Intent {
    Intent::Session(SessionIntent::Edit(edit))
}

const fn cell(id: MatrixId, (row, claim): (Subject, EntityId), fit: Option<Fit>) -> Edit {
    Edit::SetCell { matrix: Ref::Id(id), claim: Ref::Id(claim), row: Ref::Id(row), fit }
}

const fn set(id: MatrixId, with: MatrixFields) -> Edit {
    Edit::SetMatrix { matrix: Ref::Id(id), with }
}

/// Adds a claim.
fn with_claims(shown: &Shown<'_>, more: Ref<EntityId>) -> Edit {
    let claims = shown.matrix.claims.iter().map(|claim| Ref::Id(*claim)).chain([more]).collect();
    set(shown.id, MatrixFields { claims: Some(claims), ..MatrixFields::default() })
}

/// A new matrix of the claims that are selected.
fn new_matrix(book: &OpenNotebook) -> Edit {
    let notebook = book.notebook();
    let is_claim =
        |id: &&EntityId| notebook.entity(**id).is_some_and(|it| it.kind() == Kind::Claim);
    let claims: Vec<EntityId> =
        book.selection().entities.iter().filter(is_claim).copied().collect();
    let titles = notebook.matrices().values().map(|matrix| &matrix.title);
    let taken = titles.filter(|title| title.starts_with("Competing claims")).count();
    let title = match taken {
        0 => "Competing claims".to_owned(),
        n => format!("Competing claims {}", n + 1),
    };
    let with = MatrixFields {
        title: Some(title),
        claims: Some(claims.into_iter().map(Ref::Id).collect()),
        rows: None,
    };
    Edit::AddMatrix { handle: String::new(), with }
}

/// The choices of what to add as rows.
fn add_rows(ui: &mut Ui, book: &OpenNotebook, shown: &Shown<'_>, out: &mut Vec<Intent>) {
    let notebook = book.notebook();
    let selection = book.selection();
    let selected: Vec<Subject> = selection
        .mention
        .into_iter()
        .map(Subject::Mention)
        .chain(selection.links.iter().copied().map(Subject::Link))
        .collect();
    let statements: Vec<Subject> = shown
        .matrix
        .claims
        .iter()
        .flat_map(|claim| notebook.mentions_of(*claim))
        .map(Subject::Mention)
        .collect();
    let links: Vec<Subject> = shown
        .matrix
        .claims
        .iter()
        .flat_map(|claim| notebook.links_of(*claim))
        .map(Subject::Link)
        .collect();
    for (words, subjects) in [
        ("What is selected", selected),
        ("All statements of these claims", statements),
        ("All links of these claims", links),
    ] {
        let mut rows = shown.matrix.rows.clone();
        for subject in subjects {
            if !rows.contains(&subject) {
                rows.push(subject);
            }
        }
        let new = rows.len() - shown.matrix.rows.len();
        let label = if new == 0 { words.to_owned() } else { format!("{words} ({new})") };
        if ui.add_enabled(new > 0, egui::Button::new(label)).clicked() {
            let rows = Some(rows.into_iter().map(Ref::Id).collect());
            out.push(edit(set(shown.id, MatrixFields { rows, ..MatrixFields::default() })));
        }
    }
}
