//! Pages over everything else: questions, the palette, the keys. One at a time.

mod about;
mod backups;
mod colleague;
mod compare;
mod date_event;
mod delete;
mod describe;
mod export;
mod files;
mod gathering;
mod import;
mod kept_source;
mod keys;
mod mishaps;
mod move_to_folder;
mod note;
mod open_with_encoding;
mod palette;
mod picture;
mod reason;
mod rename;
mod update;
mod versions;
mod view_name;
mod your_name;

mod page;

use egui::{Context, RichText, Ui};

use super::theme::Style;
use crate::app::{Intent, Program};
use page::{AnyPage, Page, PageFrame, PageRow};

/// What draws each type of question: a new page is its file and its row.
static PAGES: &[PageRow] = &[
    PageRow::new::<files::UnsavedPage>(),
    PageRow::new::<files::ChangedPage>(),
    PageRow::new::<files::ReplacePage>(),
    PageRow::new::<files::PathPage>(),
    PageRow::new::<files::PastePage>(),
    PageRow::new::<open_with_encoding::EncodingPage>(),
    PageRow::new::<mishaps::WorkPage>(),
    PageRow::new::<mishaps::DiscardPage>(),
    PageRow::new::<mishaps::UnreadablePage>(),
    PageRow::new::<mishaps::UnmergedPage>(),
    PageRow::new::<mishaps::NotSavedPage>(),
    PageRow::new::<mishaps::CrashedPage>(),
    PageRow::new::<compare::ComparisonPage>(),
    PageRow::new::<colleague::ColleaguePage>(),
    PageRow::new::<backups::BackupsView>(),
    PageRow::new::<backups::PurgePage>(),
    PageRow::new::<delete::DeletePage>(),
    PageRow::new::<describe::Draft>(),
    PageRow::new::<update::UpdatePage>(),
    PageRow::new::<versions::VersionsPage>(),
    PageRow::new::<export::ExportPage>(),
    PageRow::new::<export::ReplaceExportPage>(),
    PageRow::new::<picture::PicturePage>(),
    PageRow::new::<picture::ReplacePicturePage>(),
    PageRow::new::<import::ImportPage>(),
    PageRow::new::<import::ImportedPage>(),
    PageRow::new::<gathering::GatheringPage>(),
    PageRow::new::<move_to_folder::MoveToFolderPage>(),
    PageRow::new::<rename::RenamePage>(),
    PageRow::new::<kept_source::KeptSourcesPage>(),
    PageRow::new::<your_name::YourNamePage>(),
    PageRow::new::<view_name::ViewNamePage>(),
    PageRow::new::<note::NotePage>(),
    PageRow::new::<date_event::DateEventPage>(),
    PageRow::new::<reason::WaivePage>(),
    PageRow::new::<reason::ApplyPage>(),
    PageRow::new::<palette::PalettePage>(),
    PageRow::new::<keys::KeysPage>(),
    PageRow::new::<about::AboutPage>(),
];

/// The page that is open.
#[derive(Default)]
pub struct Pages {
    /// The question's serial, and what draws it.
    open: Option<(u64, Box<dyn AnyPage>)>,
}

impl Pages {
    /// Draws the page that is open.
    pub fn ui(&mut self, ctx: &Context, program: &Program, style: &Style, out: &mut Vec<Intent>) {
        let (Some(question), Some(serial)) = (program.question(), program.question_serial()) else {
            self.open = None;
            return;
        };
        let mut just_opened = false;
        if self.open.as_ref().is_none_or(|(open, _)| *open != serial) {
            just_opened = true;
            self.open = PAGES
                .iter()
                .find_map(|row| (row.open)(question, program))
                .map(|page| (serial, page));
        }
        match &mut self.open {
            Some((_, page)) => {
                page.show_any(ctx, question, &mut PageFrame { program, style, out, just_opened });
            }
            // What nothing draws must not keep the keyboard.
            None => out.push(Intent::Cancel),
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
