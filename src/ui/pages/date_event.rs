//! When an event was: the date, and the words of the article, which are kept.

use egui::{Key, Modifiers, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::DateEvent;
use crate::app::{Answer, Intent, Program, SessionIntent};
use crate::edit::{Edit, EntityFields, Ref};
use crate::notebook::{Detail, Event};
use crate::text::shown_name;
use crate::timeline::{Extent, What, mention_of, sentence_of};
use crate::ui::limits;
use crate::ui::text_fields::{field_label, labelled, text_field};
use crate::ui::widgets::{alert, hint};

/// The page.
pub struct DateEventPage {
    typed: String,
    written: String,
}

impl Page for DateEventPage {
    type Question = DateEvent;

    fn open(asked: &DateEvent, _: &Program) -> Self {
        Self { typed: asked.date.edtf.clone(), written: asked.date.written.clone() }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &DateEvent, frame: &mut PageFrame<'_>) {
        let (program, style) = (frame.program, frame.style);
        let Some(book) = program.open_notebook() else { return };
        let notebook = book.notebook();
        let Some(entity) = notebook.entity(asked.event) else { return };
        let Detail::Event(event) = &entity.detail else { return };
        ui.set_width(480.0);
        let short: String = shown_name(&entity.name).chars().take(60).collect();
        title(ui, style, &format!("When was “{short}”?"));
        let sentence = mention_of(notebook, What::Event(asked.event))
            .and_then(|mention| sentence_of(notebook, mention));
        if let Some((_, sentence)) = sentence {
            let short: String = sentence.chars().take(320).collect();
            let face = egui::FontId::new(14.5, style.serif.clone());
            ui.label(egui::RichText::new(shown_name(&short)).font(face).color(style.muted));
            ui.add_space(4.0);
        }
        // Before the fields: one that takes Enter lets go of the keyboard, also where the date cannot be read yet.
        let enter = ui.ctx().text_edit_focused()
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        field_label(ui, style, "Date");
        let before = self.typed.clone();
        let edit = limits::line(&mut self.typed).hint_text("2031-03-14, 2031-03~, 14 March 2031");
        let field = ui.add(edit.desired_width(f32::INFINITY));
        labelled(ui, &field);
        field.widget_info(|| text_field(&before, self.typed.as_str(), "Date of the event"));
        if frame.just_opened {
            field.request_focus();
        }
        let read = program.read_typed(asked.event, &self.typed);
        let empty = self.typed.trim().is_empty();
        match &read {
            Some(date) => {
                let words = Extent::of(date).map_or_else(String::new, |extent| extent.words());
                let said =
                    if date == self.typed.trim() { words } else { format!("{date} · {words}") };
                hint(ui, style, &said);
            }
            None if empty => {
                hint(ui, style, "Without a date it stays among the undated ones.");
            }
            None => {
                alert(
                    ui,
                    style,
                    "This is no date that can be read: write it as 2031-03-14, 2031-03, 2031~ (about) or 2031-03-14/.. (from then on).",
                );
            }
        }
        ui.add_space(4.0);
        field_label(ui, style, "As written");
        let before = self.written.clone();
        let edit =
            limits::line(&mut self.written).hint_text("The words of the article: last Friday");
        let field = ui.add(edit.desired_width(f32::INFINITY));
        labelled(ui, &field);
        field.widget_info(|| text_field(&before, self.written.as_str(), "As written"));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let ready = empty || read.is_some();
            if ui.add_enabled(ready, egui::Button::new("Done")).clicked() || (enter && ready) {
                let edtf = read.clone().unwrap_or_default();
                frame.out.extend(edit_of(asked, event, edtf, self.written.trim()));
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}

/// The edit that sets the date; `None` where it is the one there is.
fn edit_of(asked: &DateEvent, event: &Event, edtf: String, written: &str) -> Option<Intent> {
    let with = EntityFields {
        date: (edtf != event.date.edtf).then_some(edtf),
        written: (written != event.date.written).then(|| written.to_owned()),
        ..EntityFields::default()
    };
    let changes = with.date.is_some() || with.written.is_some();
    let edit = Edit::SetEntity { entity: Ref::Id(asked.event), with: Box::new(with) };
    changes.then_some(Intent::Session(SessionIntent::Edit(edit)))
}
