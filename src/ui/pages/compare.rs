//! Two notebooks, compared: how much of each kind differs, and each difference by its name.

use egui::{RichText, Ui};

use super::{Page, PageFrame, first_button, title};
use crate::app::questions::{AfterComparison, Comparison};
use crate::app::{Answer, Intent, Program, SessionIntent};
use crate::inquiry::difference::How;
use crate::text::shown_name;
use crate::ui::theme::Style;

/// The page.
pub struct ComparisonPage;

impl Page for ComparisonPage {
    type Question = Comparison;

    fn open(_: &Comparison, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, comparison: &Comparison, frame: &mut PageFrame<'_>) {
        draw(ui, frame.program, comparison, frame.style, frame.out);
    }
}

/// Draws the page.
fn draw(
    ui: &mut Ui,
    program: &Program,
    comparison: &Comparison,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    let width = (ui.ctx().content_rect().width() - 80.0).min(680.0);
    ui.set_width(width);
    title(ui, style, &comparison.title);
    ui.label(
        RichText::new(format!("From {} to {}.", comparison.from, comparison.to)).color(style.muted),
    );
    let difference = &comparison.difference;
    let summary = difference.summary();
    let mut capital = summary.chars();
    let first: String = capital.next().into_iter().flat_map(char::to_uppercase).collect();
    ui.label(format!("{first}{}.", capital.as_str()));
    ui.add_space(6.0);
    if !difference.is_empty() {
        list(ui, difference, style);
    }
    ui.add_space(10.0);
    ui.horizontal(|ui| match &comparison.then {
        AfterComparison::Work(journal) => {
            if first_button(ui, "Recover").clicked() {
                out.push(Intent::Session(SessionIntent::Recover(journal.clone())));
            }
            if ui.button(RichText::new("Discard…").color(style.accent)).clicked() {
                out.push(Intent::Session(SessionIntent::AskDiscardWork(journal.clone())));
            }
            close(ui, "Not now", out);
        }
        AfterComparison::Backup(file) => {
            let notebook = program.open_notebook().and_then(crate::app::OpenNotebook::path);
            if let Some(notebook) = notebook
                && first_button(ui, "Restore as a new file").clicked()
            {
                out.push(Intent::Session(SessionIntent::RestoreBackup(
                    file.clone(),
                    notebook.clone(),
                )));
            }
            close(ui, "Close", out);
        }
        AfterComparison::File(_) => {
            if first_button(ui, "Save as…").on_hover_text("Keep both").clicked() {
                out.push(Intent::Answer(Answer::SaveAs));
            }
            let modified =
                program.open_notebook().is_some_and(crate::app::OpenNotebook::is_modified);
            let text = if modified { "Reload and discard changes" } else { "Reload" };
            if ui.button(RichText::new(text).color(style.accent)).clicked() {
                out.push(Intent::Answer(Answer::Reload));
            }
            close(ui, "Cancel", out);
        }
    });
}

fn close(ui: &mut Ui, text: &str, out: &mut Vec<Intent>) {
    if ui.button(text).clicked() {
        out.push(Intent::Answer(Answer::Cancel));
    }
}

/// The list: only the rows in view are laid out, however many there are.
fn list(ui: &mut Ui, difference: &crate::inquiry::Summary, style: &Style) {
    let row = ui.text_style_height(&egui::TextStyle::Body) + 4.0;
    let height = (ui.ctx().content_rect().height() - 260.0).clamp(120.0, 420.0);
    egui::Frame::new()
        .fill(style.surface)
        .stroke(egui::Stroke::new(1.0, style.lines))
        .corner_radius(6)
        .inner_margin(8)
        .show(ui, |ui| {
            egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show_rows(
                ui,
                row,
                difference.lines.len(),
                |ui, rows| {
                    for line in difference.lines.get(rows).unwrap_or(&[]) {
                        let (sign, word) = match line.how {
                            How::Added => ("+", "added"),
                            How::Removed => ("−", "removed"),
                            How::Changed => ("~", "changed"),
                        };
                        let mut job = egui::text::LayoutJob::default();
                        let sans = |size| egui::FontId::new(size, style.sans.clone());
                        let plain = |colour| egui::TextFormat::simple(sans(14.0), colour);
                        let small = egui::TextFormat::simple(style.small(), style.muted);
                        job.append(sign, 0.0, plain(style.accent));
                        job.append(line.what.words().0, 8.0, small.clone());
                        job.append(&shown_name(&line.name), 8.0, plain(style.ink));
                        if !line.detail.is_empty() {
                            job.append(&shown_name(&line.detail), 10.0, small);
                        }
                        job.wrap =
                            egui::text::TextWrapping::truncate_at_width(ui.available_width());
                        let label = ui.add(egui::Label::new(job).selectable(false));
                        let told = format!(
                            "{} {word}: {} {}",
                            line.what.words().0,
                            line.name,
                            line.detail
                        );
                        label.widget_info(|| {
                            let told = shown_name(told.trim_end());
                            egui::WidgetInfo::labeled(egui::Role::Label, true, told)
                        });
                    }
                },
            );
        });
}
