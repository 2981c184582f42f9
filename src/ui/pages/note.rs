//! A note on a mention, an entity or a link.

use egui::{Key, Modifiers, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::NoteOn;
use crate::app::{Answer, Intent, OpenNotebook, Program, SessionIntent};
use crate::fields::{Value, field};
use crate::notebook::{Entity, Link, Mention, Notebook};
use crate::ui::limits;
use crate::ui::theme::Style;

/// The page.
pub struct NotePage {
    text: String,
}

impl Page for NotePage {
    type Question = NoteOn;

    fn open(asked: &NoteOn, program: &Program) -> Self {
        let notebook = program.open_notebook().map(OpenNotebook::notebook);
        Self {
            text: notebook
                .and_then(|notebook| subject(notebook, *asked))
                .map(|(_, note)| note)
                .filter(|note| !limits::exceeds(note, limits::LINES))
                .unwrap_or_default(),
        }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &NoteOn, frame: &mut PageFrame<'_>) {
        draw(ui, frame.program, *asked, frame.style, &mut self.text, frame.just_opened, frame.out);
    }
}

/// Draws the page.
fn draw(
    ui: &mut Ui,
    program: &Program,
    on: NoteOn,
    style: &Style,
    text: &mut String,
    just_opened: bool,
    out: &mut Vec<Intent>,
) {
    let Some(book) = program.open_notebook() else { return };
    let notebook = book.notebook();
    let Some((name, note)) = subject(notebook, on) else { return };
    let too_long = limits::exceeds(&note, limits::LINES);
    ui.set_width(480.0);
    let short: String = name.chars().take(60).collect();
    title(ui, style, &format!("Note on “{short}”"));
    if too_long {
        limits::too_long(ui, &note, "Note");
    } else {
        let edit = crate::ui::limits::lines(text);
        let field = ui.add(edit.desired_rows(6).desired_width(f32::INFINITY));
        field.widget_info(|| {
            crate::ui::text_fields::text_field_of_lines(&note, text.as_str(), "Note")
        });
        if just_opened {
            field.request_focus();
        }
    }
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        let taken = ui.button("Done").on_hover_text("Ctrl+Enter").clicked()
            || ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
        if taken {
            if *text != note && !too_long {
                let note = Value::Text(text.clone());
                let edit = match on {
                    NoteOn::Mention(id) => {
                        field::<Mention>("note").and_then(|it| it.set(id, &note))
                    }
                    NoteOn::Entity(id) => field::<Entity>("note").and_then(|it| it.set(id, &note)),
                    NoteOn::Link(id) => field::<Link>("note").and_then(|it| it.set(id, &note)),
                };
                out.extend(edit.map(|edit| Intent::Session(SessionIntent::Edit(edit))));
            }
            out.push(Intent::Answer(Answer::Cancel));
        }
        if ui.button("Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
    });
}

/// What a note is on, in words, and the note.
fn subject(notebook: &Notebook, on: NoteOn) -> Option<(String, String)> {
    Some(match on {
        NoteOn::Mention(id) => {
            let mention = notebook.mention(id)?;
            (notebook.words(&mention.anchor).to_owned(), mention.note.clone())
        }
        NoteOn::Entity(id) => {
            let entity = notebook.entity(id)?;
            (entity.name.clone(), entity.note.clone())
        }
        NoteOn::Link(id) => {
            let link = notebook.link(id)?;
            let relation = notebook.relation_label(&link.relation);
            (format!("{} {relation}", notebook.name(link.from)), link.note.clone())
        }
    })
}
