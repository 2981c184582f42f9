//! About Casebook.

use egui::{RichText, Ui};

use super::{Page, PageFrame, first_button, title};
use crate::app::questions::About;
use crate::app::{Intent, Program};
use crate::ui::theme::Style;

/// The page.
pub struct AboutPage;

impl Page for AboutPage {
    type Question = About;

    fn open(_: &About, _: &Program) -> Self {
        Self
    }

    fn ui(&mut self, ui: &mut Ui, _: &About, frame: &mut PageFrame<'_>) {
        draw(ui, frame.style, frame.out);
    }
}

/// Draws the page.
fn draw(ui: &mut Ui, style: &Style, out: &mut Vec<Intent>) {
    ui.set_max_width(440.0);
    title(ui, style, &format!("Casebook {}", env!("CARGO_PKG_VERSION")));
    ui.label("A desktop notebook for investigations.");
    ui.label(
        RichText::new("Everything stays on this machine: no accounts, no telemetry, no network. A notebook is one RON file, in the folder you choose; settings are in your configuration folder under casebook. Unsaved work and backups are in your data folder under casebook, readable only by you; File › Backups… lists and deletes backups.")
            .color(style.muted),
    );
    ui.label(RichText::new("Licensed under MIT or Apache-2.0; the emoji and symbols that come with it, Noto’s, under the SIL Open Font License 1.1.").color(style.muted));
    ui.add_space(10.0);
    if first_button(ui, "Close").clicked() {
        out.push(Intent::Cancel);
    }
}
