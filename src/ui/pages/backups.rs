//! The backups of the open notebook.

use egui::{RichText, Ui};

use super::{Page, PageFrame, first_button, title};
use crate::app::questions::{BackupsPage, PurgeBackups};
use crate::app::{
    Answer, BackupsProgress, Command, Intent, Prefs, Program, SessionIntent, SettingsIntent,
    backup_rules, bytes_text, time_of,
};
use crate::ui::theme::Style;

/// The page.
pub struct BackupsView;

impl Page for BackupsView {
    type Question = BackupsPage;

    fn open(_: &BackupsPage, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, page: &BackupsPage, frame: &mut PageFrame<'_>) {
        draw(ui, frame.program, page, frame.style, frame.out);
    }
}

/// Asks before backups go for good.
pub struct PurgePage;

impl Page for PurgePage {
    type Question = PurgeBackups;

    fn open(_: &PurgeBackups, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &PurgeBackups, frame: &mut PageFrame<'_>) {
        purge(ui, frame.program, (asked.all, asked.bytes), frame.style, frame.out);
    }
}

/// Draws the page.
fn draw(ui: &mut Ui, program: &Program, page: &BackupsPage, style: &Style, out: &mut Vec<Intent>) {
    let width = (ui.ctx().content_rect().width() - 80.0).min(720.0);
    ui.set_width(width);
    let name = page.notebook.as_ref().and_then(|path| path.file_name());
    match name {
        Some(name) => title(ui, style, &format!("Backups of “{}”", name.to_string_lossy())),
        None => title(ui, style, "Backups"),
    }
    ui.label(RichText::new(backup_rules()).color(style.muted));
    ui.add_space(6.0);
    if page.rows.is_empty() {
        ui.label(if page.progress == BackupsProgress::Looking {
            "Loading backups…"
        } else if page.notebook.is_none() {
            "Open a notebook to see its backups."
        } else if program.prefs().keep_backups {
            "No backups yet: the next save makes one."
        } else {
            "No backups: keeping them is turned off."
        });
    } else {
        rows(ui, page, style, out);
    }
    ui.add_space(8.0);
    let mut keep = program.prefs().keep_backups;
    if ui
        .checkbox(&mut keep, "Keep backups when notebooks are saved")
        .on_hover_text(
            "Turn off to leave no copies behind. Existing backups stay until you delete them.",
        )
        .changed()
    {
        out.push(Intent::Settings(SettingsIntent::SetPrefs(Prefs {
            keep_backups: keep,
            ..program.prefs().clone()
        })));
    }
    ui.horizontal(|ui| {
        if first_button(ui, "Close").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let (one, all) = page.taken;
            let delete = |ui: &mut Ui, bytes: u64, text: &str| {
                let text = RichText::new(format!("{text} ({})", bytes_text(bytes)));
                ui.add_enabled(bytes > 0, egui::Button::new(text.color(style.accent)))
            };
            if delete(ui, all, "Delete backups of all notebooks…").clicked() {
                out.push(Intent::Session(SessionIntent::AskPurgeBackups { all: true }));
            }
            if delete(ui, one, "Delete these backups…").clicked() {
                out.push(Intent::Session(SessionIntent::AskPurgeBackups { all: false }));
            }
        });
    });
}

fn purge(
    ui: &mut Ui,
    program: &Program,
    (all, bytes): (bool, u64),
    style: &Style,
    out: &mut Vec<Intent>,
) {
    ui.set_max_width(520.0);
    let name = program.open_notebook().map(|book| book.name()).unwrap_or_default();
    let whose = if all { "of all notebooks".to_owned() } else { format!("of “{name}”") };
    title(ui, style, &format!("Delete the backups {whose}?"));
    ui.label(format!(
        "{} will be deleted; the notebooks themselves stay. This cannot be undone.",
        bytes_text(bytes)
    ));
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if first_button(ui, "Cancel").clicked() {
            out.push(Intent::Run(Command::Backups));
        }
        if ui.button(RichText::new("Delete").color(style.accent)).clicked() {
            out.push(Intent::Session(SessionIntent::PurgeBackups { all }));
        }
    });
}

fn rows(ui: &mut Ui, page: &BackupsPage, style: &Style, out: &mut Vec<Intent>) {
    let height = (ui.ctx().content_rect().height() - 320.0).clamp(120.0, 380.0);
    egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for row in &page.rows {
            let time = time_of(row.at);
            let frame = egui::Frame::new().fill(style.surface).corner_radius(6);
            frame.stroke(egui::Stroke::new(1.0, style.lines)).inner_margin(8).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.vertical(|ui| {
                        ui.set_width((ui.available_width() - 170.0).max(160.0));
                        ui.horizontal(|ui| {
                            ui.label(RichText::new(&time).color(style.ink));
                            ui.label(
                                RichText::new(bytes_text(row.bytes))
                                    .font(style.small())
                                    .color(style.muted),
                            );
                        });
                        let small = |text: &str| RichText::new(text).font(style.small());
                        if row.counts.is_empty() {
                            let reading = page.progress != BackupsProgress::Read;
                            let text = if reading { "loading…" } else { "not read" };
                            ui.label(small(text).color(style.muted));
                        } else {
                            ui.label(small(&row.counts).color(style.muted));
                        }
                        if !row.differs.is_empty() {
                            let text = format!("Changes since: {}.", row.differs);
                            ui.label(small(&text).color(style.ink));
                        }
                    });
                    let Some(notebook) = &page.notebook else { return };
                    for (text, intent) in [
                        (
                            "Compare",
                            Intent::Session(SessionIntent::CompareBackup(row.file.clone())),
                        ),
                        (
                            "Restore",
                            Intent::Session(SessionIntent::RestoreBackup(
                                row.file.clone(),
                                notebook.clone(),
                            )),
                        ),
                    ] {
                        let button = ui.button(text);
                        button.widget_info(|| {
                            let name = format!("{text} the backup of {time}");
                            egui::WidgetInfo::labeled(egui::Role::Button, true, name)
                        });
                        if button.clicked() {
                            out.push(intent);
                        }
                    }
                });
            });
            ui.add_space(4.0);
        }
    });
}
