//! The bar that says that a text's lines were cut at one length, and asks whether to join them.

use egui::{RichText, Ui};
use egui_material_icons::icons::ICON_WRAP_TEXT;

use super::kind_icons::icon;
use super::theme::Style;
use crate::app::{Intent, OpenNotebook, SessionIntent};
use crate::notebook::ArticleId;

/// Draws the bar above an article, while that is asked.
pub fn wrapped_bar(
    ui: &mut Ui,
    book: &OpenNotebook,
    article: ArticleId,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    if !book.is_wrapped(article) {
        return;
    }
    let frame = egui::Frame::new().fill(style.chosen).inner_margin(egui::Margin::symmetric(14, 6));
    egui::Panel::top(ui.scope_id().with("wrapped lines")).frame(frame).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let sign = RichText::new(ICON_WRAP_TEXT.codepoint).size(16.0).color(style.accent);
            icon(ui, sign, "Lines");
            ui.label("The lines of this text look cut at one length.");
            let join = ui.button("Join").on_hover_text(
                "Makes paragraphs of them, so that names, sentences and what is searched for are whole. Undo brings the lines back.",
            );
            if join.clicked() {
                out.push(Intent::Session(SessionIntent::JoinLines(article)));
            }
            let keep = ui.button("Keep").on_hover_text("The lines stay as they are in the file.");
            if keep.clicked() {
                out.push(Intent::Session(SessionIntent::KeepLines(article)));
            }
        });
    });
}
