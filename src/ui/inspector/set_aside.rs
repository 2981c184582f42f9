//! That an actor or article is set aside: since when and why, with a button that counts it again.

use egui::Ui;

use super::Scope;
use crate::edit::{Edit, Ref};
use crate::notebook::Subject;
use crate::text::shown_name;
use crate::ui::widgets::alert;

/// Says that this is set aside, if it is.
pub(super) fn notice(ui: &mut Ui, scope: &mut Scope<'_>, what: impl Into<Subject>) {
    let what = what.into();
    let notebook = scope.notebook();
    for (id, aside) in notebook.set_aside().iter().filter(|(_, aside)| aside.what == what) {
        let mut words = "Set aside".to_owned();
        if !aside.from.is_empty() {
            words += &format!(" since {}", aside.from);
        }
        if !aside.reason.is_empty() {
            words += &format!(": {}", shown_name(&aside.reason));
        }
        alert(ui, scope.style, &words);
        if ui.button("Count again").on_hover_text("It counts as a source again").clicked() {
            scope.edit(Edit::CountAgain { aside: Ref::Id(*id) });
        }
    }
}
