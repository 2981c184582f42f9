//! Two versions of an article, chosen from all it has, side by side.

use egui::{RichText, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::ComparedVersions;
use crate::app::{Answer, Intent, OpenNotebook, Program, SessionIntent};
use crate::inquiry::ComparedVersion;
use crate::notebook::Article;
use crate::text::{capital, shown_name};
use crate::ui::versions::VersionsView;
use crate::ui::widgets::named;

/// The page.
pub struct VersionsPage {
    view: VersionsView,
}

impl Page for VersionsPage {
    type Question = ComparedVersions;

    fn open(asked: &ComparedVersions, _: &Program) -> Self {
        Self { view: VersionsView::new(&asked.changes) }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &ComparedVersions, frame: &mut PageFrame<'_>) {
        let Some(notebook) = frame.program.open_notebook().map(OpenNotebook::notebook) else {
            return;
        };
        let (changes, style) = (&asked.changes, frame.style);
        let Some(article) = notebook.article(changes.article) else { return };
        let screen = ui.ctx().content_rect();
        ui.set_width((screen.width() - 80.0).clamp(300.0, 1400.0));
        title(ui, style, &format!("Versions of “{}”", article.about.title));
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("From").color(style.muted));
            let from = choose(ui, "Compare from", article, &changes.from);
            ui.label(RichText::new("to").color(style.muted));
            let to = choose(ui, "Compare with", article, &changes.to);
            if from.is_some() || to.is_some() {
                let from = from.unwrap_or(changes.from.number);
                let to = to.unwrap_or(changes.to.number);
                let compare = SessionIntent::CompareVersions(changes.article, from, to);
                frame.out.push(Intent::Session(compare));
            }
        });
        self.view.bar(ui, changes, notebook, style);
        ui.add_space(4.0);
        if frame.just_opened {
            self.view.focus(ui);
        }
        let height = (screen.height() - 220.0).max(160.0);
        self.view.body(ui, changes, notebook, style, height, frame.out);
        ui.add_space(8.0);
        if ui.button("Close").clicked() {
            frame.out.push(Intent::Answer(Answer::Cancel));
        }
    }
}

/// A list of the versions; returns the number of the one that was chosen.
fn choose(ui: &mut Ui, name: &str, article: &Article, shown: &ComparedVersion) -> Option<u32> {
    let mut chosen = None;
    let told = |number: u32| {
        let (origin, text) = article.version(number)?;
        let version = ComparedVersion { number, origin: origin.clone(), text: text.clone() };
        Some(capital(&shown_name(&version.told())))
    };
    let now = told(shown.number).unwrap_or_default();
    let combo = egui::ComboBox::from_id_salt(name).selected_text(&now).width(300.0).truncate();
    let combo = combo.show_ui(ui, |ui| {
        for number in 1..=article.versions() {
            let Some(text) = told(number) else { continue };
            if ui.selectable_label(number == shown.number, text).clicked() {
                chosen = Some(number).filter(|number| *number != shown.number);
            }
        }
    });
    named(ui, &combo.response, name);
    ui.ctx().accesskit_node_builder(combo.response.id, |node| node.set_value(now.as_str()));
    chosen
}
