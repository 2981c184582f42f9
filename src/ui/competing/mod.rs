//! Competing claims: a matrix of claims and of what is known, the claim with the fewest inconsistencies first (analysis of
//! competing hypotheses, Heuer 1999).
//!
//! The cells are painted by hand and driven by one `ui.interact`, like a table's; the keyboard walks from cell to cell:
//! `sheet`. `edits` changes a matrix.

use egui::{Id, Rect, Ui, UiBuilder, pos2, vec2};
use egui_material_icons::icons::ICON_MORE_HORIZ;

mod edits;
mod sheet;
mod shown;

use super::entity_chooser::{Ask, Chooser, Chosen};
use super::fields::{Drafts, Field, field_key};
use super::theme::Style;
use super::widgets::{hint, named, segments};
use crate::app::{Intent, OpenNotebook, Pane, PaneFacts, Program, SessionIntent};
use crate::edit::{Edit, MatrixFields, Ref};
use crate::notebook::{EntityId, Fit, Kind, MatrixId, Notebook, Subject};
use crate::text::shown_name;
use crate::ui::panes::{PaneFrame, PaneView};

use edits::{add_rows, cell, edit, new_matrix, set, with_claims};
use shown::Shown;

static FACTS: PaneFacts = PaneFacts::new("competing", "Competing claims")
    .command("A matrix of claims and of what speaks for or against each, the one with the fewest inconsistencies first")
    .behind(Pane::CANVAS);

/// The pane.
pub const PANE: Pane = Pane::of(&FACTS);

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
        let here = self.cursor.filter(|at| shown.has(*at));
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
        let here = self.cursor.filter(|at| shown.has(*at));
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
}
