//! Pages about work that was not saved, notebooks that cannot be read, and a crash of Casebook.

use egui::{RichText, Ui};

use super::{Page, PageFrame, first_button, title};
use crate::app::questions::{Crashed, DiscardWork, NotSaved, OfferWork, Unmerged, Unreadable};
use crate::app::{Answer, Command, Intent, Program, SessionIntent, describe_work, time_of};
use crate::text::shown_name;

/// Work that was not saved when a Casebook ended.
pub struct WorkPage;

impl Page for WorkPage {
    type Question = OfferWork;

    fn open(_: &OfferWork, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &OfferWork, frame: &mut PageFrame<'_>) {
        let (style, out) = (frame.style, &mut *frame.out);
        let found = &asked.0;
        ui.set_max_width(520.0);

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
}

/// Asks before unsaved work goes for good.
pub struct DiscardPage;

impl Page for DiscardPage {
    type Question = DiscardWork;

    fn open(_: &DiscardWork, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &DiscardWork, frame: &mut PageFrame<'_>) {
        let (style, out) = (frame.style, &mut *frame.out);
        let found = &asked.0;
        ui.set_max_width(520.0);

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
}

/// A notebook that cannot be read.
pub struct UnreadablePage;

impl Page for UnreadablePage {
    type Question = Unreadable;

    fn open(_: &Unreadable, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &Unreadable, frame: &mut PageFrame<'_>) {
        let (style, out) = (frame.style, &mut *frame.out);
        let Unreadable { path, why, backups, work } = asked;
        ui.set_max_width(520.0);

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
}

/// A file in which git left two versions of a notebook.
pub struct UnmergedPage;

impl Page for UnmergedPage {
    type Question = Unmerged;

    fn open(_: &Unmerged, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &Unmerged, frame: &mut PageFrame<'_>) {
        let (style, out) = (frame.style, &mut *frame.out);
        ui.set_max_width(520.0);

        title(ui, style, "This file holds two versions of the notebook");
        ui.label(shown_name(&asked.why));
        ui.add_space(4.0);
        ui.label(
            RichText::new("Merging takes what either of the two changed. Where they disagree, the version of the branch you are on stands, and the review lists the other value until you choose. The file is not changed before you save.")
                .color(style.muted),
        );
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            if first_button(ui, "Merge the two versions").clicked() {
                out.push(Intent::Answer(Answer::Reload));
            }
            if ui.button("Cancel").clicked() {
                out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}

/// A notebook that could not be saved where it is.
pub struct NotSavedPage;

impl Page for NotSavedPage {
    type Question = NotSaved;

    fn open(_: &NotSaved, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &NotSaved, frame: &mut PageFrame<'_>) {
        let (style, out) = (frame.style, &mut *frame.out);
        let why = &asked.0;
        ui.set_max_width(520.0);

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
}

/// A crash of the Casebook before this one.
pub struct CrashedPage;

impl Page for CrashedPage {
    type Question = Crashed;

    fn open(_: &Crashed, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &Crashed, frame: &mut PageFrame<'_>) {
        let (style, out) = (frame.style, &mut *frame.out);
        let place = &asked.0;
        ui.set_max_width(520.0);

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
}
