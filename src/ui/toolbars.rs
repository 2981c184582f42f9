//! The bars of the window: menus, the notebook’s name, search and undo above; counts, jobs and the file below.

use egui::{Align, Layout, RichText, Ui};
use egui_material_icons::icons::{ICON_REDO, ICON_SEARCH, ICON_UNDO};

use super::panes::Panes;
use super::theme::Style;
use crate::app::{
    Command, Intent, Menu, OpenNotebook, Pane, Prefs, Program, Safe, SessionIntent, SettingsIntent,
    time_of,
};
use crate::inquiry::contents;
use crate::text::shown_name;

/// Width of the menus, in points.
const MENUS: f32 = 358.0;

/// Draws the bar above.
pub fn top(
    ui: &mut Ui,
    program: &Program,
    style: &Style,
    out: &mut Vec<Intent>,
    panes: &mut Panes,
) {
    egui::Panel::top("top bar")
        .exact_size(42.0)
        .frame(
            egui::Frame::new()
                .fill(style.sidebar)
                .inner_margin(egui::Margin::symmetric(12, 0))
                .stroke(egui::Stroke::NONE),
        )
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                // A menu bar takes all the width it is given.
                ui.allocate_ui(egui::vec2(MENUS, 28.0), |ui| menus(ui, program, out));
                ui.add_space(6.0);
                if let Some(book) = program.open_notebook() {
                    name(ui, book, style, out);
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if let Some(book) = program.open_notebook() {
                        review(ui, book, style, out, panes);
                        for (command, icon) in
                            [(Command::Redo, ICON_REDO), (Command::Undo, ICON_UNDO)]
                        {
                            let text = program.command_text(command);
                            let key = command.shortcut().map_or_else(String::new, |k| k.text());
                            let button = ui
                                .add_enabled(
                                    program.is_enabled(command),
                                    egui::Button::new(RichText::new(icon.codepoint).size(16.0))
                                        .frame(false),
                                )
                                .on_hover_text(format!("{text}  ({key})"))
                                .on_disabled_hover_text(
                                    &*program.why_not(command).unwrap_or_default(),
                                );
                            button.widget_info(|| {
                                egui::WidgetInfo::labeled(
                                    egui::Role::Button,
                                    program.is_enabled(command),
                                    &text,
                                )
                            });
                            if button.clicked() {
                                out.push(Intent::Run(command));
                            }
                        }
                    }
                    search(ui, style, out);
                });
            });
        });
}

fn menus(ui: &mut Ui, program: &Program, out: &mut Vec<Intent>) {
    egui::MenuBar::new().ui(ui, |ui| {
        for menu in Menu::ALL {
            ui.menu_button(menu.label(), |ui| {
                ui.set_min_width(240.0);
                let all = program.commands().into_iter();
                let here: Vec<Command> = all.filter(|c| c.menu() == menu).collect();
                let alike =
                    |a: &Command, b: &Command| a.submenu().is_some() && a.submenu() == b.submenu();
                for part in here.chunk_by(alike) {
                    let Some(first) = part.first() else { continue };
                    if here.first() != Some(first) && first.starts_section() {
                        ui.separator();
                    }
                    if let Some(name) = first.submenu() {
                        ui.menu_button(name, |ui| {
                            ui.set_min_width(200.0);
                            part.iter().for_each(|command| menu_item(ui, program, *command, out));
                        });
                    } else {
                        menu_item(ui, program, *first, out);
                    }
                    if *first == Command::Open {
                        recent(ui, program, out);
                    }
                }
            });
        }
    });
}

fn recent(ui: &mut Ui, program: &Program, out: &mut Vec<Intent>) {
    let any = !program.prefs().recent.is_empty();
    ui.add_enabled_ui(any, |ui| recent_menu(ui, program, out));
}

fn recent_menu(ui: &mut Ui, program: &Program, out: &mut Vec<Intent>) {
    ui.menu_button("Open recent", |ui| {
        for path in &program.prefs().recent {
            let name = path.file_name().map_or_else(
                || path.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            );
            let whole = path.display().to_string();
            if ui.button(shown_name(&name)).on_hover_text(shown_name(&whole)).clicked() {
                out.push(Intent::Session(SessionIntent::OpenPath(path.clone())));
                ui.close();
            }
        }
        ui.separator();
        if ui.button("Clear recent notebooks").clicked() {
            let prefs = program.prefs().clone();
            out.push(Intent::Settings(SettingsIntent::SetPrefs(Prefs {
                recent: Vec::new(),
                left: Vec::new(),
                ..prefs
            })));
            ui.close();
        }
    });
}

fn menu_item(ui: &mut Ui, program: &Program, command: Command, out: &mut Vec<Intent>) {
    let text = program.command_text(command);
    let text = match program.is_checked(command) {
        Some(true) => format!("✔ {text}"),
        Some(false) => format!("     {text}"),
        None => text,
    };
    let mut button = egui::Button::new(text);
    if let Some(key) = command.shortcut() {
        button = button.shortcut_text(key.text());
    }
    let response =
        ui.add_enabled(program.is_enabled(command), button).on_hover_text(command.hint());
    if response.clicked() {
        out.push(Intent::Run(command));
        ui.close();
    }
}

fn name(ui: &mut Ui, book: &OpenNotebook, style: &Style, out: &mut Vec<Intent>) {
    let text = RichText::new(shown_name(&book.name())).font(style.heading()).color(style.ink);
    let label = ui.add(egui::Label::new(text).truncate().sense(egui::Sense::click()));
    let file =
        book.path().map_or_else(|| "Not saved".to_owned(), |path| path.display().to_string());
    let file = shown_name(&file);
    if label.on_hover_text(format!("{file}\nClick to rename the notebook")).clicked() {
        out.push(Intent::Run(Command::RenameNotebook));
    }
    if book.is_modified() {
        ui.label(RichText::new("● modified").font(style.small()).color(style.muted));
    }
}

fn search(ui: &mut Ui, style: &Style, out: &mut Vec<Intent>) {
    let width = (ui.available_width() - 40.0).clamp(40.0, 320.0);
    let key = Command::Palette.shortcut().map_or_else(String::new, |key| key.text());
    let text = RichText::new(format!("{}  {}", ICON_SEARCH.codepoint, Command::Palette.text()))
        .color(style.muted);
    let button = egui::Button::new(text)
        .shortcut_text(RichText::new(key).font(style.small()).color(style.muted))
        .fill(style.surface)
        .min_size(egui::vec2(width, 28.0))
        .truncate();
    let response = ui.add(button).on_hover_text(Command::Palette.hint());
    super::widgets::named(ui, &response, Command::Palette.text());
    if response.clicked() {
        out.push(Intent::Run(Command::Palette));
    }
}

fn review(
    ui: &mut Ui,
    book: &OpenNotebook,
    style: &Style,
    out: &mut Vec<Intent>,
    panes: &mut Panes,
) {
    let open = panes.count(Pane::REVIEW, book);
    let mut text = egui::text::LayoutJob::default();
    let plain =
        |colour| egui::TextFormat::simple(egui::FontId::new(14.0, style.sans.clone()), colour);
    text.append("Review ", 0.0, plain(style.ink));
    if open > 0 {
        text.append(&open.to_string(), 0.0, plain(style.accent));
    }
    let response = ui
        .add(egui::Button::new(text).frame(false))
        .on_hover_text(Command::Pane(Pane::REVIEW).hint_with_key());
    if response.clicked() {
        out.push(Intent::Run(Command::Pane(Pane::REVIEW)));
    }
}

/// Draws, beneath the bar above, that the notebook cannot be changed here, and why.
pub fn read_only(ui: &mut Ui, program: &Program, style: &Style, out: &mut Vec<Intent>) {
    let Some(why) = program.open_notebook().and_then(OpenNotebook::locked) else { return };
    egui::Panel::top("read-only bar")
        .frame(egui::Frame::new().fill(style.surface).inner_margin(egui::Margin::symmetric(14, 6)))
        .show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                let icon = egui_material_icons::icons::ICON_LOCK.codepoint;
                super::kind_icons::icon(
                    ui,
                    RichText::new(icon).size(16.0).color(style.accent),
                    "Lock",
                );
                ui.label(RichText::new("Read-only.").strong().color(style.ink));
                ui.label(RichText::new(format!("{why}.")).color(style.ink));
                for command in [Command::TakeOver, Command::SaveAs] {
                    let button = ui.button(command.text()).on_hover_text(command.hint_with_key());
                    if button.clicked() {
                        out.push(Intent::Run(command));
                    }
                }
            });
        });
}

/// Where the work is: saved, and when; or kept for recovery only.
fn safe(ui: &mut Ui, book: &OpenNotebook, style: &Style) {
    let Some(safe) = book.safe() else { return };
    let (words, hint, colour) = match safe {
        Safe::Saved(Some(at)) => {
            (format!("saved {}", time_of(at)), "Everything is in the notebook’s file.", style.muted)
        }
        Safe::Saved(None) => (
            "no changes".to_owned(),
            "Nothing was changed since the notebook was opened.",
            style.muted,
        ),
        Safe::Kept => (
            "kept, not saved".to_owned(),
            "Not in the notebook’s file yet (Ctrl+S saves). It is kept: after a crash it is offered again.",
            style.muted,
        ),
        Safe::Keeping => {
            // The journal is forced to the disk within a second.
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(300));
            ("not saved".to_owned(), "Not kept yet: that takes less than a second.", style.muted)
        }
        Safe::Unsaved => (
            "not saved".to_owned(),
            "Not in the notebook’s file yet, and not kept in case of a crash either: save it.",
            style.accent,
        ),
    };
    let label = egui::Label::new(RichText::new(words).font(style.small()).color(colour));
    ui.add(label).on_hover_text(hint);
}

/// Draws the bar below.
pub fn status(
    ui: &mut Ui,
    program: &Program,
    style: &Style,
    out: &mut Vec<Intent>,
    panes: &mut Panes,
) {
    egui::Panel::bottom("status bar")
        .exact_size(26.0)
        .frame(egui::Frame::new().fill(style.sidebar).inner_margin(egui::Margin::symmetric(14, 0)))
        .show(ui, |ui| {
            ui.horizontal_centered(|ui| {
                ui.spacing_mut().item_spacing.x = 16.0;
                let small =
                    |text: String| RichText::new(text).font(style.small()).color(style.muted);
                if let Some(book) = program.open_notebook() {
                    for count in contents(book.notebook()) {
                        ui.label(small(count));
                    }
                    let without = panes.links_without_sentence(book);
                    if without > 0 {
                        let text = if without == 1 {
                            "1 link without evidence".to_owned()
                        } else {
                            format!("{without} links without evidence")
                        };
                        let text = RichText::new(text).font(style.small()).color(style.accent);
                        let clicked = ui.add(egui::Button::new(text).frame(false)).clicked();
                        if clicked && !program.shows_pane(Pane::REVIEW) {
                            out.push(Intent::Run(Command::Pane(Pane::REVIEW)));
                        }
                    }
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    for job in program.jobs() {
                        // What is done at once needs no word.
                        if job.since.elapsed().as_millis() < 250 {
                            ui.ctx().request_repaint_after(std::time::Duration::from_millis(260));
                            continue;
                        }
                        ui.ctx().request_repaint_after(std::time::Duration::from_millis(120));
                        if ui.small_button("Stop").clicked() {
                            out.push(Intent::StopJob(job.id));
                        }
                        let percent = (job.progress() * 100.0).round();
                        let step = job.step();
                        let step = if step.is_empty() { step } else { format!(" · {step}") };
                        // A file's name may be longer than the bar is wide.
                        let step: String = step.chars().take(60).collect();
                        let said = format!("{}{step} {percent}%", job.job.name);
                        ui.label(small(shown_name(&said).into_owned()));
                    }
                    if let Some(book) = program.open_notebook() {
                        safe(ui, book, style);
                    }
                    if let Some(path) = program.open_notebook().and_then(OpenNotebook::path) {
                        let path = path.display().to_string();
                        ui.add(egui::Label::new(small(shown_name(&path).into_owned())).truncate());
                    }
                });
            });
        });
}
