//! Pages about files: unsaved work, a file changed on disk, a path typed by hand, pasted text.

use std::path::{Path, PathBuf};

use egui::{RichText, Ui};

use super::{Page, PageFrame, first_button, title};
use crate::app::questions::{
    ChangedOnDisk, EnterPath, NextStep, PasteArticle, ReplaceFile, Unsaved,
};
use crate::app::{Answer, DialogKind, Intent, Program, SessionIntent};
use crate::article::gather;
use crate::text::shown_name;
use crate::ui::limits;
use crate::ui::theme::Style;

/// Unsaved changes.
pub struct UnsavedPage;

impl Page for UnsavedPage {
    type Question = Unsaved;

    fn open(_: &Unsaved, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &Unsaved, frame: &mut PageFrame<'_>) {
        unsaved(ui, frame.program, &asked.0, frame.style, frame.out);
    }
}

/// The file on disk is another one now.
pub struct ChangedPage;

impl Page for ChangedPage {
    type Question = ChangedOnDisk;

    fn open(_: &ChangedOnDisk, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &ChangedOnDisk, frame: &mut PageFrame<'_>) {
        changed_on_disk(ui, frame.program, &asked.0, frame.style, frame.out);
    }
}

/// There is a file of that name already.
pub struct ReplacePage;

impl Page for ReplacePage {
    type Question = ReplaceFile;

    fn open(_: &ReplaceFile, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, asked: &ReplaceFile, frame: &mut PageFrame<'_>) {
        replace(ui, &asked.0, frame.style, frame.out);
    }
}

/// No file dialog: the path, typed.
pub struct PathPage {
    text: String,
}

impl Page for PathPage {
    type Question = EnterPath;

    fn open(asked: &EnterPath, _: &Program) -> Self {
        let text = match &asked.kind {
            DialogKind::Open { folder, .. }
            | DialogKind::OpenFolder { folder }
            | DialogKind::Update { folder, .. }
            | DialogKind::Keep { folder, .. }
            | DialogKind::Colleague { folder }
            | DialogKind::Import { folder, .. } => folder_text(folder),
            DialogKind::SaveAs { folder, name }
            | DialogKind::Export { folder, name, .. }
            | DialogKind::Picture { folder, name, .. } => folder.join(name).display().to_string(),
        };
        Self { text }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &EnterPath, frame: &mut PageFrame<'_>) {
        path(
            ui,
            &asked.kind,
            &asked.why,
            frame.style,
            &mut self.text,
            frame.just_opened,
            frame.out,
        );
    }
}

/// Pasted text as a new article.
pub struct PastePage {
    text: String,
}

impl Page for PastePage {
    type Question = PasteArticle;

    fn open(asked: &PasteArticle, _: &Program) -> Self {
        Self { text: asked.0.clone() }
    }

    fn ui(&mut self, ui: &mut Ui, _: &PasteArticle, frame: &mut PageFrame<'_>) {
        paste(ui, frame.style, &mut self.text, frame.just_opened, frame.out);
    }
}

fn unsaved(ui: &mut Ui, program: &Program, after: &NextStep, style: &Style, out: &mut Vec<Intent>) {
    ui.set_max_width(460.0);
    let name = program.open_notebook().map(crate::app::OpenNotebook::name).unwrap_or_default();
    title(ui, style, &format!("Save “{name}”?"));
    let what = match after {
        NextStep::Close => "before Casebook closes",
        NextStep::CloseNotebook => "before it is closed",
        NextStep::New => "before a new notebook is created",
        NextStep::Show(_) => "before the other notebook opens",
    };
    ui.label(format!("It has unsaved changes. Save them {what}?"));
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if first_button(ui, "Save").clicked() {
            out.push(Intent::Answer(Answer::Save));
        }
        let discard = ui.button(RichText::new("Discard changes").color(style.accent));
        if discard.clicked() {
            out.push(Intent::Answer(Answer::Discard));
        }
        if ui.button("Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
    });
}

fn changed_on_disk(
    ui: &mut Ui,
    program: &Program,
    path: &Path,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    ui.set_max_width(560.0);
    let modified = program.open_notebook().is_some_and(crate::app::OpenNotebook::is_modified);
    title(ui, style, "The file changed on disk");
    ui.label(format!(
        "{} was changed by another program since it was opened. Nothing was overwritten. {}",
        shown_name(&path.display().to_string()),
        if modified {
            "Compare the two, save your work under another name to keep both, or reload the file and discard your changes."
        } else {
            "You have no unsaved changes: reload to see the current file."
        }
    ));
    ui.add_space(12.0);
    ui.horizontal_wrapped(|ui| {
        let compare = |ui: &mut Ui, out: &mut Vec<Intent>| {
            if ui.button("Compare").clicked() {
                out.push(Intent::Answer(Answer::Compare));
            }
        };
        if modified {
            if first_button(ui, "Save as…").on_hover_text("Keep both").clicked() {
                out.push(Intent::Answer(Answer::SaveAs));
            }
            compare(ui, out);
            if ui.button(RichText::new("Reload and discard changes").color(style.accent)).clicked()
            {
                out.push(Intent::Answer(Answer::Reload));
            }
            if ui.button(RichText::new("Overwrite").color(style.accent)).clicked() {
                out.push(Intent::Answer(Answer::Overwrite));
            }
        } else {
            if first_button(ui, "Reload").clicked() {
                out.push(Intent::Answer(Answer::Reload));
            }
            compare(ui, out);
        }
        if ui.button("Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
    });
}

fn replace(ui: &mut Ui, path: &Path, style: &Style, out: &mut Vec<Intent>) {
    ui.set_max_width(460.0);
    title(ui, style, "Replace the file?");
    ui.label(format!(
        "{} already exists. Save under another name to keep it, or replace it.",
        shown_name(&path.display().to_string())
    ));
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        if first_button(ui, "Save as…").clicked() {
            out.push(Intent::Answer(Answer::SaveAs));
        }
        if ui.button(RichText::new("Replace").color(style.accent)).clicked() {
            out.push(Intent::Answer(Answer::Overwrite));
        }
        if ui.button("Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
    });
}

fn path(
    ui: &mut Ui,
    kind: &DialogKind,
    why: &str,
    style: &Style,
    text: &mut String,
    just_opened: bool,
    out: &mut Vec<Intent>,
) {
    ui.set_width(520.0);
    let (heading, button) = match kind {
        DialogKind::Open { .. } => ("Open articles or a notebook", "Open"),
        DialogKind::OpenFolder { .. } => ("Open a folder of articles", "Open"),
        DialogKind::Update { .. } => ("Update the article", "Read"),
        DialogKind::Keep { .. } => ("Keep the file of the article", "Keep"),
        DialogKind::Colleague { .. } => ("Compare with a colleague’s notebook", "Compare"),
        DialogKind::SaveAs { .. } => ("Save the notebook", "Save"),
        DialogKind::Import { is_folder: true, .. } => ("Import a folder", "Import"),
        DialogKind::Import { is_folder: false, .. } => ("Import a file", "Import"),
        DialogKind::Export { .. } => ("Export the notebook", "Export"),
        DialogKind::Picture { .. } => ("Export the picture", "Export"),
    };
    title(ui, style, heading);
    ui.label(
        RichText::new(format!("No file dialog could be opened: {why}. Enter the path instead."))
            .color(style.muted),
    );
    if matches!(kind, DialogKind::Open { .. } | DialogKind::OpenFolder { .. }) {
        let most = gather::MOST_FILES;
        let said = format!("A folder or a .zip opens all articles in it, at most {most}.");
        ui.label(RichText::new(said).color(style.muted));
    }
    ui.add_space(6.0);
    let field = ui.add(limits::path(text).hint_text("/folder/file").desired_width(f32::INFINITY));
    field.widget_info(|| crate::ui::text_fields::text_field(text.as_str(), text.as_str(), "Path"));
    if just_opened {
        field.request_focus();
    }
    let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        let taken = ui.button(button).clicked() || enter;
        if taken && !text.trim().is_empty() {
            let path = PathBuf::from(text.trim());
            out.push(match kind {
                DialogKind::Open { encoding, .. } => {
                    Intent::Session(SessionIntent::opening(vec![path], encoding.clone()))
                }
                DialogKind::OpenFolder { .. } => {
                    Intent::Session(SessionIntent::opening(vec![path], None))
                }
                DialogKind::Update { article, .. } => {
                    Intent::Session(SessionIntent::UpdateArticle(*article, path))
                }
                DialogKind::Keep { article, .. } => {
                    Intent::Session(SessionIntent::KeepFile(*article, path))
                }
                DialogKind::Colleague { .. } => {
                    Intent::Session(SessionIntent::CompareWithColleague(path))
                }
                DialogKind::SaveAs { .. } => Intent::Session(SessionIntent::SaveTo(path)),
                DialogKind::Import { .. } => Intent::Session(SessionIntent::ImportFrom(path)),
                DialogKind::Export { choice, .. } => {
                    Intent::Session(SessionIntent::ExportTo(path, choice.clone()))
                }
                DialogKind::Picture { choice, .. } => {
                    Intent::Session(SessionIntent::DrawTo(path, choice.clone()))
                }
            });
        }
        if ui.button("Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
    });
}

fn folder_text(folder: &Path) -> String {
    let mut text = folder.display().to_string();
    if !text.ends_with(std::path::MAIN_SEPARATOR) {
        text.push(std::path::MAIN_SEPARATOR);
    }
    text
}

fn paste(ui: &mut Ui, style: &Style, text: &mut String, just_opened: bool, out: &mut Vec<Intent>) {
    ui.set_width(620.0);
    title(ui, style, "New article from text");
    ui.label(
        RichText::new(
            "Paste the whole article, one paragraph per line. Its text cannot be edited later.",
        )
        .color(style.muted),
    );
    ui.add_space(6.0);
    take_pasted(ui, text);
    if text.len() > LAID_OUT {
        let begins = limits::beginning(text, 600);
        ui.add(egui::Label::new(format!("{}…", crate::text::shown(begins))).wrap());
        let size = crate::app::bytes_text(text.len() as u64);
        ui.label(RichText::new(format!("{size} of text: only its beginning is shown.")).strong());
        if ui.button("Clear").clicked() {
            text.clear();
        }
    } else {
        pasted_field(ui, text, just_opened);
    }
    ui.add_space(10.0);
    ui.horizontal(|ui| {
        let ready = !text.trim().is_empty();
        if ui.add_enabled(ready, egui::Button::new("Add article")).clicked() {
            out.push(Intent::Session(SessionIntent::AddText(std::mem::take(text))));
        }
        if ui.button("Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
    });
}

/// A longer text is not laid out in the field where it can be changed, in bytes.
const LAID_OUT: usize = 200_000;

/// What is pasted and too long to be laid out goes past the field.
fn take_pasted(ui: &Ui, text: &mut String) {
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            egui::Event::Paste(pasted) if pasted.len() > LAID_OUT => {
                text.push_str(pasted);
                false
            }
            _ => true,
        });
    });
}

fn pasted_field(ui: &mut Ui, text: &mut String, just_opened: bool) {
    egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        let field = ui.add(
            limits::lines_of(text, LAID_OUT)
                .desired_rows(14)
                .desired_width(f32::INFINITY)
                .hint_text("Ctrl+V"),
        );
        field.widget_info(|| {
            crate::ui::text_fields::text_field_of_lines(
                text.as_str(),
                text.as_str(),
                "Article text",
            )
        });
        if just_opened {
            field.request_focus();
        }
    });
}
