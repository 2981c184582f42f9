//! File › Export…: the format, and what of the notebook. Where it goes is asked next.

use egui::{RichText, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::{ExportNotebook, ReplaceExport};
use crate::app::{Answer, ExportChoice, Intent, OpenNotebook, Program, SessionIntent};
use crate::edit::redaction::Hidden;
use crate::export::{FORMATS, Format, Hide, Packaging, Scope};
use crate::text::shown_name;
use crate::ui::theme::Style;
use crate::ui::widgets::{hint, named};

/// The width of the list of formats, in points.
const FORMATS_WIDTH: f32 = 230.0;
/// The width of what is chosen beside it, in points.
const CHOICES_WIDTH: f32 = 470.0;

/// The page.
pub struct ExportPage {
    format: &'static str,
    scope: Scope,
    hide: Hide,
    /// Who is hidden, with what is replaced: for the choice it was made for.
    hidden: (Hide, Vec<Hidden>),
}

/// The list of who is hidden takes no more than this, in points.
const HIDDEN: f32 = 84.0;

impl Page for ExportPage {
    type Question = ExportNotebook;

    fn open(_: &ExportNotebook, _: &Program) -> Self {
        Self {
            format: FORMATS.first().map_or("", |format| format.id),
            scope: Scope::Everything,
            hide: Hide::Nobody,
            hidden: (Hide::Nobody, Vec::new()),
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &ExportNotebook, frame: &mut PageFrame<'_>) {
        let Some(book) = frame.program.open_notebook() else { return };
        ui.set_width(FORMATS_WIDTH + 24.0 + CHOICES_WIDTH);
        title(ui, frame.style, "Export");
        // What fits above the buttons, in windows of any height.
        let room = (ui.ctx().content_rect().height() - 190.0).clamp(200.0, 520.0);
        ui.horizontal_top(|ui| {
            ui.vertical(|ui| {
                ui.set_width(FORMATS_WIDTH);
                self.formats(ui, frame, room);
            });
            ui.add_space(16.0);
            ui.vertical(|ui| {
                ui.set_width(CHOICES_WIDTH);
                egui::ScrollArea::vertical().id_salt("choices").max_height(room).show(ui, |ui| {
                    if let Some(format) = crate::export::format(self.format) {
                        describe(ui, frame.style, format);
                    }
                    ui.add_space(8.0);
                    self.scopes(ui, book, frame.style);
                    ui.add_space(8.0);
                    self.names(ui, book, frame.style);
                });
            });
        });
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            if ui.button("Export…").clicked() {
                let (format, scope) = (self.format, self.scope.clone());
                let choice = ExportChoice { format, scope, hide: self.hide.clone() };
                frame.out.push(Intent::Session(SessionIntent::AskWhereToExport(choice)));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}

impl ExportPage {
    fn formats(&mut self, ui: &mut Ui, frame: &PageFrame<'_>, room: f32) {
        ui.label(RichText::new("Format").strong());
        let area = egui::ScrollArea::vertical().max_height(room - 24.0);
        area.auto_shrink([false, true]).show(ui, |ui| {
            for format in FORMATS {
                let radio = in_view(ui.radio(self.format == format.id, format.name));
                if radio.clicked() {
                    self.format = format.id;
                }
                let chosen = self.format == format.id;
                if chosen && frame.just_opened {
                    radio.request_focus();
                }
            }
        });
    }

    fn scopes(&mut self, ui: &mut Ui, book: &OpenNotebook, style: &Style) {
        ui.label(RichText::new("What").strong());
        if in_view(ui.radio(self.scope == Scope::Everything, "Everything")).clicked() {
            self.scope = Scope::Everything;
        }
        let views = book.notebook().views();
        ui.horizontal(|ui| {
            let is_view = matches!(self.scope, Scope::View(_));
            let first = views.keys().next().copied();
            let radio =
                ui.add_enabled(!views.is_empty(), egui::RadioButton::new(is_view, "Saved view"));
            let radio = in_view(radio);
            if radio.clicked()
                && !is_view
                && let Some(first) = first
            {
                self.scope = Scope::View(first);
            }
            if let Scope::View(chosen) = &mut self.scope {
                let name = |id| {
                    views.get(&id).map_or(String::new(), |view| shown_name(&view.name).into_owned())
                };
                let list = egui::ComboBox::from_id_salt("view")
                    .selected_text(name(*chosen))
                    .show_ui(ui, |ui| {
                        for id in views.keys() {
                            ui.selectable_value(chosen, *id, name(*id));
                        }
                    });
                let now = name(*chosen);
                named(ui, &list.response, "Saved view to export");
                ui.ctx().accesskit_node_builder(list.response.id, |node| node.set_value(now));
            }
        });
        let selected = Scope::of_selection(book);
        let is_selection = matches!(self.scope, Scope::Selection { .. });
        let radio =
            ui.add_enabled(selected.is_some(), egui::RadioButton::new(is_selection, "Selection"));
        let radio = in_view(radio);
        if radio.clicked()
            && let Some(selected) = selected
        {
            self.scope = selected;
        }
        if matches!(self.scope, Scope::View(_) | Scope::Selection { .. }) {
            hint(
                ui,
                style,
                "With the links among these entities, their mentions, and the articles these are in.",
            );
        }
    }
}

impl ExportPage {
    /// Whose names are left out, and what is replaced by what.
    fn names(&mut self, ui: &mut Ui, book: &OpenNotebook, style: &Style) {
        ui.label(RichText::new("Names").strong());
        if in_view(ui.radio(self.hide == Hide::Nobody, "Keep all names")).clicked() {
            self.hide = Hide::Nobody;
        }
        let any = book.notebook().entities().values().any(|entity| entity.is_anonymous());
        let chosen = self.hide == Hide::Anonymous;
        let radio = egui::RadioButton::new(chosen, "Replace those of anonymous sources");
        if in_view(ui.add_enabled(any, radio)).clicked() {
            self.hide = Hide::Anonymous;
        }
        let selected = book.selection().entities.clone();
        let chosen = matches!(self.hide, Hide::These(_));
        let radio = egui::RadioButton::new(chosen, "Replace those of the selected entities");
        if in_view(ui.add_enabled(!selected.is_empty(), radio)).clicked() {
            self.hide = Hide::These(selected);
        }
        if self.hide == Hide::Nobody {
            return;
        }
        let new = self.hidden.0 != self.hide;
        if new {
            let redaction = self.hide.redaction(book.notebook());
            let hidden = redaction.map_or_else(Vec::new, |it| it.hidden().to_vec());
            self.hidden = (self.hide.clone(), hidden);
        }
        let shown = egui::Frame::new().fill(style.hovered).corner_radius(5.0).inner_margin(8.0);
        let shown = shown.show(ui, |ui| {
            let area = egui::ScrollArea::vertical().max_height(HIDDEN).auto_shrink([false, true]);
            area.show(ui, |ui| {
                for hidden in &self.hidden.1 {
                    let line = format!("{} for {}", hidden.stand_in, hidden.listed());
                    ui.label(RichText::new(shown_name(&line)).font(style.small()));
                }
            });
        });
        hint(
            ui,
            style,
            "Read this list first: only what stands in it is replaced, in every text, and searched for afterwards. Notes on \
             these entities are left out. Who else could be told from the text, you must judge.",
        );
        // The list is what the choice is about.
        if new {
            let below = shown.response.rect.with_max_y(ui.min_rect().bottom());
            ui.scroll_to_rect(below, Some(egui::Align::BOTTOM));
        }
    }
}

/// What the keyboard reaches is scrolled into view.
fn in_view(response: egui::Response) -> egui::Response {
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response
}

fn describe(ui: &mut Ui, style: &Style, format: &Format) {
    let makes = match format.packaging {
        Packaging::File(extension) => format!("A .{extension} file for {}.", format.read_by),
        Packaging::Folder => format!("A folder of files for {}.", format.read_by),
    };
    hint(ui, style, &makes);
    hint(ui, style, format.keeps);
    hint(ui, style, format.loses);
}

/// Something is at the place of the export.
pub struct ReplaceExportPage;

impl Page for ReplaceExportPage {
    type Question = ReplaceExport;

    fn open(_: &ReplaceExport, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &ReplaceExport, frame: &mut PageFrame<'_>) {
        ask_to_replace(ui, "Replace the last export?", &asked.path, frame);
    }
}

/// Says that something is at the place of an export, and asks what to do.
pub(super) fn ask_to_replace(
    ui: &mut Ui,
    heading: &str,
    path: &std::path::Path,
    frame: &mut PageFrame<'_>,
) {
    ui.set_max_width(460.0);
    title(ui, frame.style, heading);
    ui.label(format!(
        "{} already exists. Export under another name to keep it, or replace it.",
        shown_name(&path.display().to_string())
    ));
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if super::first_button(ui, "Export elsewhere…").clicked() {
            frame.out.push(Intent::Answer(Answer::SaveAs));
        }
        if ui.button(RichText::new("Replace").color(frame.style.accent)).clicked() {
            frame.out.push(Intent::Answer(Answer::Overwrite));
        }
        if ui.button("Cancel").clicked() {
            frame.out.push(Intent::Answer(Answer::Cancel));
        }
    });
}
