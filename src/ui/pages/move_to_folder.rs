//! Into which folder articles are moved, or what a folder is to be called.

use egui::{Key, Modifiers, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::MoveToFolder;
use crate::app::{Answer, Intent, OpenNotebook, Program, SessionIntent};
use crate::text::shown_name;
use crate::ui::limits;
use crate::ui::text_fields::text_field;
use crate::ui::widgets::{counted, hint, option};

/// The page.
pub struct MoveToFolderPage {
    text: String,
    before: String,
    /// The folders there are, sorted.
    folders: Vec<String>,
}

impl Page for MoveToFolderPage {
    type Question = MoveToFolder;

    fn open(asked: &MoveToFolder, program: &Program) -> Self {
        let book = program.open_notebook();
        let folder_of = |id| Some(&*book?.notebook().article(id)?.about.folder);
        let mut of_articles = asked.articles.iter().map(|id| folder_of(*id).unwrap_or(""));
        let first = of_articles.next().unwrap_or("");
        let common = if of_articles.all(|folder| folder == first) { first } else { "" };
        let text = asked.renamed.clone().unwrap_or_else(|| common.to_owned());
        let folders = book.map(OpenNotebook::folders).unwrap_or_default();
        Self { before: text.clone(), text, folders }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &MoveToFolder, frame: &mut PageFrame<'_>) {
        ui.set_width(460.0);
        let heading = match &asked.renamed {
            Some(folder) => format!("Rename the folder “{folder}”"),
            None => format!("Move {} to a folder", counted(asked.articles.len(), "article")),
        };
        title(ui, frame.style, &heading);
        hint(
            ui,
            frame.style,
            "A folder in a folder is written with a slash: Board/Minutes. Left empty, the articles are in no folder.",
        );
        ui.add_space(6.0);
        let field = ui.add(
            limits::line(&mut self.text).hint_text("Board/Minutes").desired_width(f32::INFINITY),
        );
        field.widget_info(|| text_field(&self.before, &self.text, "Folder"));
        if frame.just_opened {
            field.request_focus();
        }
        if !self.folders.is_empty() && asked.renamed.is_none() {
            ui.add_space(6.0);
            let row = ui.text_style_height(&egui::TextStyle::Body) + 6.0;
            let list = egui::ScrollArea::vertical().max_height(220.0).auto_shrink([false, true]);
            list.show_rows(ui, row, self.folders.len(), |ui, rows| {
                for folder in self.folders.get(rows).unwrap_or(&[]) {
                    let selected = *folder == self.text;
                    let shown = shown_name(folder);
                    let button = ui.add(egui::Button::selectable(selected, &*shown).truncate());
                    option(ui, &button, selected, &format!("Folder {shown}"));
                    if button.clicked() {
                        self.text.clone_from(folder);
                    }
                }
            });
        }
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            let done = if asked.renamed.is_some() { "Rename" } else { "Move" };
            if ui.button(done).clicked() || enter {
                let moved = SessionIntent::MoveArticles(asked.clone(), self.text.clone());
                frame.out.push(Intent::Session(moved));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}
