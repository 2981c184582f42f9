//! File › Import…: what can be imported, a file or a folder to choose, and afterwards what did not fit.

use egui::{RichText, Ui};

use super::{Page, PageFrame, first_button, title};
use crate::app::questions::{ImportInto, Imported};
use crate::app::{Answer, Intent, Program, SessionIntent};
use crate::import::FORMATS;
use crate::text::shown_name;
use crate::ui::theme::Style;
use crate::ui::widgets::hint;

/// The list of formats takes no more than this, in points, and less in a small window.
const LIST: f32 = 430.0;

/// What can be imported.
pub struct ImportPage;

impl Page for ImportPage {
    type Question = ImportInto;

    fn open(_: &ImportInto, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, _: &ImportInto, frame: &mut PageFrame<'_>) {
        ui.set_width(560.0);
        title(ui, frame.style, "Import");
        hint(
            ui,
            frame.style,
            "What is in the file is added to this notebook in one step. What the notebook holds already stays as it is.",
        );
        ui.add_space(6.0);
        let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, LIST);
        egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for format in FORMATS {
                let endings: Vec<String> =
                    format.endings.iter().map(|ending| format!(".{ending}")).collect();
                let mut line = format!("{} · {}", format.name, endings.join(", "));
                line.push_str(if format.folder { ", or a folder of them" } else { "" });
                ui.label(RichText::new(line).strong());
                hint(ui, frame.style, format.brings);
                ui.add_space(4.0);
            }
        });
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let asking = |folder| Intent::Session(SessionIntent::AskWhatToImport { folder });
            if first_button(ui, "Choose a file…").clicked() {
                frame.out.push(asking(false));
            }
            if ui.button("Choose a folder…").clicked() {
                frame.out.push(asking(true));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}

/// What came, and what did not fit.
pub struct ImportedPage;

impl Page for ImportedPage {
    type Question = Imported;

    fn open(_: &Imported, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, done: &Imported, frame: &mut PageFrame<'_>) {
        let width = (ui.ctx().content_rect().width() - 80.0).min(680.0);
        ui.set_width(width);
        title(ui, frame.style, "Imported");
        let from = format!("{} · {}", shown_name(&done.name), done.format.name);
        ui.label(RichText::new(from).color(frame.style.muted));
        ui.label(format!("Added: {}.", done.new));
        if !done.there.is_empty() {
            ui.label(format!("There already: {}.", done.there));
        }
        ui.add_space(6.0);
        let count = done.missed.len() + done.more;
        let heading = if count == 1 {
            "1 thing did not fit".to_owned()
        } else {
            format!("{count} things did not fit")
        };
        ui.label(RichText::new(heading).strong());
        lines(ui, &done.missed, frame.style);
        if done.more > 0 {
            hint(ui, frame.style, &format!("And {} more.", done.more));
        }
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            if first_button(ui, "Close").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
            let copy = ui.button("Copy the list");
            if copy.clicked() {
                ui.ctx().copy_text(done.missed.join("\n"));
            }
        });
    }
}

/// The lines, as many as fit at once.
fn lines(ui: &mut Ui, all: &[String], style: &Style) {
    let row = ui.text_style_height(&egui::TextStyle::Body) + 4.0;
    let height = (ui.ctx().content_rect().height() - 280.0).clamp(100.0, 420.0);
    egui::Frame::new()
        .fill(style.surface)
        .stroke(egui::Stroke::new(1.0, style.lines))
        .corner_radius(6)
        .inner_margin(8)
        .show(ui, |ui| {
            let list = egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
            list.show_rows(ui, row, all.len(), |ui, rows| {
                for line in all.get(rows).unwrap_or(&[]) {
                    let line = shown_name(line);
                    ui.add(egui::Label::new(&*line).truncate());
                }
            });
        });
}
