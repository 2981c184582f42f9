//! The file that an article was read from: a row of Article details; and the page on which files are kept.

use egui::{RichText, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::KeptSources;
use crate::app::{Answer, Intent, KeptState, OpenNotebook, Program, SessionIntent};
use crate::notebook::{ArticleId, KeepSources};
use crate::ui::theme::Style;
use crate::ui::widgets::hint;

/// The row: what there is of the kept file, in words, and what can be done. Nothing where none is kept.
pub(super) fn row(
    ui: &mut Ui,
    book: &OpenNotebook,
    id: ArticleId,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    let Some((source, state)) = book.kept_file(id) else { return };
    ui.label(RichText::new("File").color(style.muted));
    ui.vertical(|ui| {
        let (words, then) = words(state, book.sources_folder().as_deref());
        ui.horizontal(|ui| {
            let words = RichText::new(words);
            ui.label(if then.is_some() { words.color(style.accent) } else { words });
            if then.is_some() {
                let keep = ui.button("Keep a file…");
                if keep.on_hover_text("Choose the file that the article was read from").clicked() {
                    out.push(Intent::Session(SessionIntent::AskForKeptFile(id)));
                }
            } else if state.is_some() {
                let open = ui.add_enabled(source.extension.is_some(), egui::Button::new("Open"));
                if open.on_hover_text("Opens a copy that can only be read").clicked() {
                    out.push(Intent::Session(SessionIntent::OpenKeptFile(id)));
                }
            }
        });
        if let Some(then) = then {
            hint(ui, style, &then);
        }
    });
    ui.end_row();
}

/// The state of a file in words; where something is wrong with it, also what to do.
fn words(state: Option<&KeptState>, folder: Option<&str>) -> (String, Option<String>) {
    let place = folder.unwrap_or("the folder beside the notebook");
    let same = "Only the very file that was read is taken.";
    match state {
        None => ("being looked for…".to_owned(), None),
        Some(KeptState::Beside) => ("kept beside the notebook".to_owned(), None),
        Some(KeptState::Held) => {
            ("kept; the next save puts it beside the notebook".to_owned(), None)
        }
        Some(KeptState::Missing) => (
            format!("missing in {place}"),
            Some(format!("If you have it elsewhere, keep it again. {same}")),
        ),
        Some(KeptState::Altered) => (
            format!("altered in {place}"),
            Some(format!("What lies there is not the file that was read. {same}")),
        ),
        Some(KeptState::Unreadable(why)) => (
            format!("cannot be read in {place}"),
            Some(format!("The system says: {}. {same}", crate::text::shown_name(why))),
        ),
    }
}

/// The choices, as they are written and explained.
const CHOICES: [(KeepSources, &str, &str); 3] = [
    (
        KeepSources::Documents,
        "Of documents",
        "Web pages, PDFs, office files, books and mails: what their text was taken out of.",
    ),
    (KeepSources::All, "Of all articles", "Plain text and Markdown, too."),
    (KeepSources::None, "None", "Only their texts are in the notebook."),
];

/// The page.
pub struct KeptSourcesPage {
    choice: KeepSources,
}

impl Page for KeptSourcesPage {
    type Question = KeptSources;

    fn open(_: &KeptSources, program: &Program) -> Self {
        let choice = program.open_notebook().map(OpenNotebook::keep_sources);
        Self { choice: choice.unwrap_or_default() }
    }

    fn ui(&mut self, ui: &mut Ui, _: &KeptSources, frame: &mut PageFrame<'_>) {
        let Some(book) = frame.program.open_notebook() else { return };
        ui.set_width(460.0);
        title(ui, frame.style, "Keep articles’ files");
        let place = match book.sources_folder() {
            Some(folder) => format!("in the folder “{folder}” beside the notebook"),
            None => "in a folder beside the notebook".to_owned(),
        };
        let said = format!(
            "The files that articles are read from can be kept, as they are, {place}. This is for articles opened or updated from now on; what is kept stays."
        );
        hint(ui, frame.style, &said);
        ui.add_space(6.0);
        for (choice, name, about) in CHOICES {
            let radio = ui.radio_value(&mut self.choice, choice, name);
            if frame.just_opened && self.choice == choice {
                radio.request_focus();
            }
            ui.indent(name, |ui| hint(ui, frame.style, about));
            ui.add_space(2.0);
        }
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if ui.button("Done").clicked() {
                if self.choice != book.keep_sources() {
                    frame.out.push(Intent::Session(SessionIntent::KeepSources(self.choice)));
                }
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}
