//! The encoding of an article, chosen before its file is opened.

use egui::{RichText, Ui};

use super::{Page, PageFrame, first_button, title};
use crate::app::questions::OpenWithEncoding;
use crate::app::{Answer, Intent, Program, SessionIntent};
use crate::ui::widgets::named;

/// What is shown while the encoding is to be detected.
const DETECT: &str = "Detect";

/// The encoding that is chosen.
pub struct EncodingPage {
    encoding: Option<String>,
}

impl Page for EncodingPage {
    type Question = OpenWithEncoding;

    fn open(_: &OpenWithEncoding, _: &Program) -> Self {
        Self { encoding: None }
    }

    fn ui(&mut self, ui: &mut Ui, _: &OpenWithEncoding, frame: &mut PageFrame<'_>) {
        ui.set_max_width(460.0);
        title(ui, frame.style, "Open with encoding");
        ui.add_space(6.0);
        let now = self.encoding.as_deref().unwrap_or(DETECT).to_owned();
        let combo = egui::ComboBox::from_id_salt("open with encoding")
            .selected_text(&now)
            .width(220.0)
            .height(320.0)
            .show_ui(ui, |ui| {
                if ui.selectable_label(self.encoding.is_none(), DETECT).clicked() {
                    self.encoding = None;
                }
                for label in crate::article::encodings().iter().copied() {
                    if ui.selectable_label(now == label, label).clicked() {
                        self.encoding = Some(label.to_owned());
                    }
                }
            });
        named(ui, &combo.response, "Encoding");
        ui.ctx().accesskit_node_builder(combo.response.id, |node| node.set_value(now.as_str()));
        if frame.just_opened {
            combo.response.request_focus();
        }
        ui.add_space(6.0);
        let note = "The article’s bytes are read in this encoding. It can be changed later under Article details.";
        ui.add(egui::Label::new(RichText::new(note).color(frame.style.muted)).wrap());
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            if first_button(ui, "Choose file…").clicked() {
                let choose = SessionIntent::ChooseFile(self.encoding.clone());
                frame.out.push(Intent::Session(choose));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
        });
    }
}
