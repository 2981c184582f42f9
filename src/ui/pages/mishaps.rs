//! Pages about work that was not saved, notebooks that cannot be read, and a crash of Casebook.

use egui::{RichText, Ui};

use super::{first_button, title};
use crate::app::{Answer, Command, Intent, Question, SessionIntent, describe_work, time_of};
use crate::text::shown_name;
use crate::ui::theme::Style;

/// Draws the page of this question, if it is one of these.
pub fn ui(ui: &mut Ui, question: &Question, style: &Style, out: &mut Vec<Intent>) {
    ui.set_max_width(520.0);
    match question {
        Question::Work(found) => {
            title(ui, style, "This notebook has unsaved work");
            ui.label(format!("{}.", describe_work(found)));
            ui.label(
                RichText::new("Casebook closed before it was saved. You are looking at the last saved version. Recovering does not change the file: review the changes, then save or undo them.")
                    .color(style.muted),
            );
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                if first_button(ui, "Recover").clicked() {
                    out.push(Intent::Session(SessionIntent::Recover(found.journal.clone())));
                }
                if ui.button("Compare").clicked() {
                    out.push(Intent::Session(SessionIntent::CompareWork(found.journal.clone())));
                }
                if ui.button(RichText::new("Discard…").color(style.accent)).clicked() {
                    out.push(Intent::Session(SessionIntent::AskDiscardWork(found.journal.clone())));
                }
                if ui
                    .button("Not now")
                    .on_hover_text("The unsaved work is kept and offered again")
                    .clicked()
                {
                    out.push(Intent::Answer(Answer::Cancel));
                }
            });
        }
        Question::DiscardWork(found) => {
            title(ui, style, &format!("Discard the unsaved work on “{}”?", found.about.name));
            ui.label(format!("{}. This cannot be undone.", describe_work(found)));
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                if first_button(ui, "Cancel").clicked() {
                    out.push(Intent::Answer(Answer::Cancel));
                }
                if ui.button(RichText::new("Discard").color(style.accent)).clicked() {
                    out.push(Intent::Session(SessionIntent::DiscardWork(found.journal.clone())));
                }
            });
        }
        Question::Corrupt { path, why, backups, work } => {
            title(ui, style, "This notebook cannot be read");
            ui.label(shown_name(why));
            ui.add_space(8.0);
            for found in work {
                ui.horizontal_wrapped(|ui| {
                    ui.label(format!("{}.", describe_work(found)));
                    if ui.button("Recover").clicked() {
                        out.push(Intent::Session(SessionIntent::Recover(found.journal.clone())));
                    }
                });
            }
            if !backups.is_empty() {
                let text = "Backups, newest first. Restoring one creates a new file next to the notebook and opens it.";
                ui.label(RichText::new(text).color(style.muted));
                egui::ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
                    for backup in backups {
                        ui.horizontal(|ui| {
                            let time = time_of(backup.at);
                            let button = ui.button("Restore");
                            button.widget_info(|| {
                                let name = format!("Restore the backup of {time}");
                                egui::WidgetInfo::labeled(egui::Role::Button, true, name)
                            });
                            if button.clicked() {
                                let (file, path) = (backup.file.clone(), path.clone());
                                out.push(Intent::Session(SessionIntent::RestoreBackup(file, path)));
                            }
                            ui.label(&time);
                            let bytes = crate::app::bytes_text(backup.bytes);
                            ui.label(RichText::new(bytes).color(style.muted));
                        });
                    }
                });
            }
            ui.add_space(12.0);
            if first_button(ui, "Close").clicked() {
                out.push(Intent::Answer(Answer::Cancel));
            }
        }
        Question::NotSaved(why) => {
            title(ui, style, "Not saved");
            ui.label(shown_name(why));
            ui.label(RichText::new("The existing file was not changed.").color(style.muted));
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                if first_button(ui, "Save as…").clicked() {
                    out.push(Intent::Answer(Answer::SaveAs));
                }
                if ui.button("Cancel").clicked() {
                    out.push(Intent::Answer(Answer::Cancel));
                }
            });
        }
        Question::Fault(place) => {
            title(ui, style, "Casebook crashed");
            ui.label(format!(
                "Casebook crashed (at {place}) and restarted. No file was changed, and your unsaved work was kept: you can recover it on the next page."
            ));
            let text =
                "Please report the location above. It contains nothing of what you were reading.";
            ui.label(RichText::new(text).color(style.muted));
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                if first_button(ui, "Continue").clicked() {
                    out.push(Intent::Answer(Answer::Cancel));
                }
                if ui.button("Quit").clicked() {
                    out.push(Intent::Answer(Answer::Cancel));
                    out.push(Intent::Run(Command::Quit));
                }
            });
        }
        _ => {}
    }
}
