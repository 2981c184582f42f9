//! The welcome page, and what a notebook without an article shows.

use egui::{RichText, Ui};
use egui_material_icons::icons::{ICON_ADD, ICON_CONTENT_PASTE, ICON_FOLDER_OPEN, ICON_MENU_BOOK};

use super::theme::Style;
use crate::app::{Command, Intent, Program, SessionIntent, UnsavedWork, describe_work};
use crate::text::shown_name;

/// Draws the welcome page.
pub fn ui(ui: &mut Ui, program: &Program, style: &Style, out: &mut Vec<Intent>) {
    egui::CentralPanel::default().frame(egui::Frame::new().fill(style.canvas)).show(ui, |ui| {
        egui::ScrollArea::vertical().show(ui, |ui| {
            ui.add_space((ui.available_height() * 0.14).max(24.0));
            ui.vertical_centered(|ui| {
                ui.set_max_width(520.0);
                ui.label(
                    RichText::new("Casebook")
                        .font(egui::FontId::new(38.0, style.serif_bold.clone()))
                        .color(style.ink),
                );
                ui.add_space(2.0);
                ui.label(
                    RichText::new(
                        "Who says so, how sure are they,\nand is it confirmed or only repeated?",
                    )
                    .font(egui::FontId::new(16.0, style.serif.clone()))
                    .color(style.muted),
                );
                ui.add_space(26.0);
                for found in program.unsaved_work() {
                    unsaved(ui, style, found, out);
                    ui.add_space(8.0);
                }
                let files = format!(
                    "A text ({}) or a notebook (.ron). You can also drop files and folders on this window.",
                    crate::article::usual_extensions()
                );
                for (command, icon, text, what) in [
                    (Command::Open, ICON_FOLDER_OPEN, "Open an article or a notebook…", &*files),
                    (
                        Command::PasteArticle,
                        ICON_CONTENT_PASTE,
                        "New article from text…",
                        "Paste the text of an article.",
                    ),
                    (
                        Command::NewNotebook,
                        ICON_ADD,
                        "New notebook",
                        "Start empty and add articles later.",
                    ),
                    (
                        Command::OpenSample,
                        ICON_MENU_BOOK,
                        "Open sample notebook",
                        "A finished example about two fictional articles.",
                    ),
                ] {
                    let key = command.shortcut().map(crate::app::Shortcut::text);
                    let key = key.unwrap_or_default();
                    if card(ui, style, icon.codepoint, text, what, &key).clicked() {
                        out.push(Intent::Run(command));
                    }
                    ui.add_space(6.0);
                }
                if !program.prefs().recent.is_empty() {
                    ui.add_space(18.0);
                    ui.label(
                        RichText::new("Recent notebooks").font(style.small()).color(style.muted),
                    );
                    ui.add_space(4.0);
                    for path in &program.prefs().recent {
                        let name = path.file_stem().map_or_else(
                            || path.display().to_string(),
                            |n| n.to_string_lossy().into_owned(),
                        );
                        let folder =
                            path.parent().map_or_else(String::new, |f| f.display().to_string());
                        let mut job = egui::text::LayoutJob::default();
                        job.append(
                            &shown_name(&name),
                            0.0,
                            egui::TextFormat::simple(
                                egui::FontId::new(14.0, style.sans.clone()),
                                style.ink,
                            ),
                        );
                        job.append(
                            &shown_name(&folder),
                            10.0,
                            egui::TextFormat::simple(style.small(), style.muted),
                        );
                        job.wrap = egui::text::TextWrapping::truncate_at_width(480.0);
                        if ui
                            .add(egui::Button::new(job).frame(false))
                            .on_hover_text(shown_name(&path.display().to_string()))
                            .clicked()
                        {
                            out.push(Intent::Session(SessionIntent::OpenPath(path.clone())));
                        }
                    }
                }
            });
        });
    });
}

/// Work that was not saved when a Casebook ended.
fn unsaved(ui: &mut Ui, style: &Style, found: &UnsavedWork, out: &mut Vec<Intent>) {
    let frame = egui::Frame::new().fill(style.surface).corner_radius(10).inner_margin(12);
    frame.stroke(egui::Stroke::new(1.0, style.accent)).show(ui, |ui| {
        ui.set_width(ui.available_width().min(496.0));
        let name = shown_name(&found.about.name);
        ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.label(RichText::new(&*name).font(style.heading()).color(style.ink));
            ui.label(RichText::new(format!("{}.", describe_work(found))).color(style.ink));
            if let Some(path) = &found.about.notebook {
                let path = RichText::new(shown_name(&path.display().to_string()));
                ui.add(egui::Label::new(path.font(style.small()).color(style.muted)).truncate());
            }
            ui.add_space(4.0);
            ui.horizontal(|ui| {
                let journal = &found.journal;
                for (text, intent, colour) in [
                    (
                        "Recover",
                        Intent::Session(SessionIntent::Recover(journal.clone())),
                        style.ink,
                    ),
                    (
                        "Compare",
                        Intent::Session(SessionIntent::CompareWork(journal.clone())),
                        style.ink,
                    ),
                    (
                        "Discard…",
                        Intent::Session(SessionIntent::AskDiscardWork(journal.clone())),
                        style.accent,
                    ),
                ] {
                    let button = ui.button(RichText::new(text).color(colour));
                    button.widget_info(|| {
                        let told =
                            format!("{} the unsaved work on {name}", text.trim_end_matches('…'));
                        egui::WidgetInfo::labeled(egui::Role::Button, true, told)
                    });
                    if button.clicked() {
                        out.push(intent);
                    }
                }
            });
        });
    });
}

/// A wide button with an icon, what it does, its key, and a line beneath. Nothing is told of it only under the pointer:
/// a window that opens there would begin with its next one covered.
fn card(
    ui: &mut Ui,
    style: &Style,
    icon: &str,
    text: &str,
    what: &str,
    key: &str,
) -> egui::Response {
    let width = ui.available_width().min(520.0);
    // What it is for is said in as many lines as it takes.
    let job = egui::text::LayoutJob::simple(
        what.to_owned(),
        style.small(),
        style.muted,
        (width - 76.0).max(40.0),
    );
    let lines = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
    let size = egui::vec2(width, (34.0 + lines.size().y + 12.0).max(62.0));
    let (rect, response) = ui.allocate_exact_size(size, egui::Sense::click());
    let active = response.hovered() || response.has_focus();
    let stroke = egui::Stroke::new(
        if response.has_focus() { 2.0 } else { 1.0 },
        if active { style.accent } else { style.lines },
    );
    let fill = if active { style.hovered } else { style.surface };
    ui.painter().rect(rect, 10.0, fill, stroke, egui::StrokeKind::Inside);
    let painter = ui.painter();
    painter.text(
        rect.left_center() + egui::vec2(30.0, 0.0),
        egui::Align2::CENTER_CENTER,
        icon,
        egui::FontId::new(24.0, style.sans.clone()),
        style.accent,
    );
    painter.text(
        rect.left_top() + egui::vec2(60.0, 11.0),
        egui::Align2::LEFT_TOP,
        text,
        style.heading(),
        style.ink,
    );
    ui.painter().text(
        rect.right_top() + egui::vec2(-16.0, 13.0),
        egui::Align2::RIGHT_TOP,
        key,
        style.small(),
        style.muted,
    );
    ui.painter().galley(rect.left_top() + egui::vec2(60.0, 34.0), lines, style.muted);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text));
    response
}

/// What the reader shows while the notebook has no article.
pub fn no_article(ui: &mut Ui, style: &Style, out: &mut Vec<Intent>) {
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.3);
        ui.label(
            RichText::new("This notebook has no article yet.")
                .font(egui::FontId::new(19.0, style.serif.clone()))
                .color(style.ink),
        );
        ui.label(
            RichText::new("Open an article, drop a file here, or paste text.").color(style.muted),
        );
        ui.add_space(12.0);
        for command in [Command::Open, Command::PasteArticle] {
            if ui.button(command.text()).on_hover_text(command.hint_with_key()).clicked() {
                out.push(Intent::Run(command));
            }
        }
    });
}
