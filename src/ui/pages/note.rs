//! A note on a mention, an entity or a link.

use egui::{Key, Modifiers, Ui};

use super::title;
use crate::app::{Answer, Intent, NoteOn, Program, SessionIntent};
use crate::edit::{Edit, EntityFields, LinkFields, Ref};
use crate::ui::limits;
use crate::ui::theme::Style;

/// Draws the page.
pub fn ui(
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
    let found = match on {
        NoteOn::Mention(id) => {
            notebook.mention(id).map(|m| (notebook.words(&m.anchor).to_owned(), m.note.clone()))
        }
        NoteOn::Entity(id) => notebook.entity(id).map(|e| (e.name.clone(), e.note.clone())),
        NoteOn::Link(id) => notebook.link(id).map(|l| {
            (
                format!("{} {}", notebook.name(l.from), notebook.relation_label(&l.relation)),
                l.note.clone(),
            )
        }),
    };
    let Some((name, note)) = found else { return };
    let too_long = limits::exceeds(&note, limits::LINES);
    if just_opened && !too_long {
        text.clone_from(&note);
    }
    ui.set_width(480.0);
    let short: String = name.chars().take(60).collect();
    title(ui, style, &format!("Note on “{short}”"));
    if too_long {
        limits::too_long(ui, &note, "Note");
    } else {
        let edit = egui::TextEdit::multiline(text).char_limit(limits::LINES);
        let field = ui.add(edit.desired_rows(6).desired_width(f32::INFINITY));
        limits::full(ui, &field, text, limits::LINES);
        field.widget_info(|| crate::ui::widgets::text_field(&note, text.as_str(), "Note"));
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
                let text = text.clone();
                out.push(Intent::Session(SessionIntent::Edit(match on {
                    NoteOn::Mention(id) => {
                        Edit::SetMention { mention: Ref::Id(id), note: Some(text), to_check: None }
                    }
                    NoteOn::Entity(id) => Edit::SetEntity {
                        entity: Ref::Id(id),
                        with: Box::new(EntityFields {
                            note: Some(text),
                            ..EntityFields::default()
                        }),
                    },
                    NoteOn::Link(id) => Edit::SetLink {
                        link: Ref::Id(id),
                        with: LinkFields { note: Some(text), ..LinkFields::default() },
                    },
                })));
            }
            out.push(Intent::Answer(Answer::Cancel));
        }
        if ui.button("Cancel").clicked() {
            out.push(Intent::Answer(Answer::Cancel));
        }
    });
}
