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
    ui.horizontal_wrapped(|ui| {
        let (words, is_wrong) = words(state, book.sources_folder().as_deref());
        let words = RichText::new(words);
        ui.label(if is_wrong { words.color(style.accent) } else { words });
        if matches!(state, Some(KeptState::Beside | KeptState::Held)) {
            let open = ui.add_enabled(source.extension.is_some(), egui::Button::new("Open"));
            let open = open.on_hover_text("Opens a copy that can only be read");
            if open.clicked() {
                out.push(Intent::Session(SessionIntent::OpenKeptFile(id)));
            }
        }
        if is_wrong {
            let keep = ui.button("Keep a file…");
            let keep = keep.on_hover_text("Choose the file that the article was read from");
            if keep.clicked() {
                out.push(Intent::Session(SessionIntent::AskForKeptFile(id)));
            }
        }
    });
    ui.end_row();
}

/// The state of a file in words, and whether something is wrong with it.
fn words(state: Option<&KeptState>, folder: Option<&str>) -> (String, bool) {
    let place = folder.unwrap_or("the folder beside the notebook");
    match state {
        None => ("being looked for…".to_owned(), false),
        Some(KeptState::Beside) => ("kept beside the notebook".to_owned(), false),
        Some(KeptState::Held) => {
            ("kept; the next save puts it beside the notebook".to_owned(), false)
        }
        Some(KeptState::Missing) => {
            (format!("missing in {place}: if you have the file elsewhere, keep it again"), true)
        }
        Some(KeptState::Altered) => (
            format!(
                "altered: what lies in {place} is not the file that was read; keep the right one"
            ),
            true,
        ),
        Some(KeptState::Unreadable(why)) => {
            (format!("cannot be read in {place} ({})", crate::text::shown_name(why)), true)
        }
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
