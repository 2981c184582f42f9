//! Pages over everything else: questions, the palette, the keys. One at a time.

mod about;
mod backups;
mod compare;
mod delete;
mod describe;
mod files;
mod keys;
mod mishaps;
mod note;
mod palette;
mod rename;
mod view_name;

use egui::{Context, RichText, Ui};

use super::theme::Style;
use crate::app::{Intent, Program, Question};

/// The pages' own state: what is typed into them.
#[derive(Default)]
pub struct Pages {
    /// The page that was open in the last frame: one that just opened takes the keyboard.
    open: Option<std::mem::Discriminant<Question>>,
    text: String,
    describe: describe::Draft,
    palette: palette::Palette,
}

impl Pages {
    /// Draws the page that is open.
    pub fn ui(&mut self, ctx: &Context, program: &Program, style: &Style, out: &mut Vec<Intent>) {
        let Some(question) = program.question() else {
            self.open = None;
            return;
        };
        let kind = std::mem::discriminant(question);
        let just_opened = self.open != Some(kind);
        self.open = Some(kind);
        let offers = match question {
            Question::Palette => Some(palette::Offers::Everything),
            Question::FindOnCanvas => Some(palette::Offers::OnCanvas),
            Question::ChooseGroup => Some(palette::Offers::Groups),
            _ => None,
        };
        if let Some(offers) = offers {
            self.palette.ui(ctx, program, style, just_opened, offers, out);
            return;
        }
        let modal = egui::Modal::new(egui::Id::unique("page"))
            .backdrop_color(egui::Color32::from_black_alpha(if style.dark { 130 } else { 70 }))
            .frame(egui::Frame::window(&ctx.global_style()).inner_margin(egui::Margin::same(20)))
            .show(ctx, |ui| match question {
                Question::Unsaved(after) => files::unsaved(ui, program, after, style, out),
                Question::ChangedOnDisk(path) => {
                    files::changed_on_disk(ui, program, path, style, out)
                }
                Question::Work(_)
                | Question::DiscardWork(_)
                | Question::Corrupt { .. }
                | Question::NotSaved(_)
                | Question::Fault(_) => mishaps::ui(ui, question, style, out),
                Question::Compare(comparison) => {
                    compare::ui(ui, program, comparison, style, out);
                }
                Question::Backups(page) => backups::ui(ui, program, page, style, out),
                Question::PurgeBackups { all, bytes } => {
                    backups::purge(ui, program, (*all, *bytes), style, out);
                }
                Question::DeleteWithDependents(asked) => delete::ui(ui, asked, style, out),
                Question::Replace(path) => files::replace(ui, path, style, out),
                Question::Path { kind, why } => {
                    files::path(ui, kind, why, style, &mut self.text, just_opened, out);
                }
                Question::Paste(pasted) => {
                    if just_opened {
                        self.text.clone_from(pasted);
                    }
                    files::paste(ui, style, &mut self.text, just_opened, out);
                }
                Question::Describe(id) => {
                    self.describe.ui(ui, program, *id, style, just_opened, out);
                }
                Question::Title => {
                    rename::ui(ui, program, style, &mut self.text, just_opened, out);
                }
                Question::NameView(view) => {
                    view_name::ui(ui, program, *view, style, &mut self.text, just_opened, out);
                }
                Question::Note(on) => {
                    note::ui(ui, program, *on, style, &mut self.text, just_opened, out);
                }
                Question::Keys => keys::ui(ui, program, style, out),
                Question::About => about::ui(ui, style, out),
                Question::Palette | Question::FindOnCanvas | Question::ChooseGroup => {}
            });
        if modal.backdrop_response.clicked() {
            out.push(Intent::Cancel);
        }
    }
}

fn title(ui: &mut Ui, style: &Style, text: &str) {
    ui.label(
        RichText::new(crate::text::shown_name(text))
            .font(egui::FontId::new(18.0, style.bold.clone()))
            .color(style.ink),
    );
    ui.add_space(4.0);
}

/// A button that takes the keyboard when its page opens, so that Enter answers.
fn first_button(ui: &mut Ui, text: &str) -> egui::Response {
    let response = ui.button(text);
    if ui.ctx().memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    response
}
