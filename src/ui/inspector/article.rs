//! The page shown when nothing is selected: a summary of the active article, and what to do next.

use egui::{RichText, Ui};

use super::Scope;
use crate::app::Command;
use crate::notebook::Article;
use crate::text::shown_name;
use crate::ui::text_fields::field_label;
use crate::ui::widgets::{command_button, counted, heading, hint};

pub(super) fn show(ui: &mut Ui, scope: &mut Scope<'_>, focus: bool) {
    let Some((id, article)) =
        scope.book.article().and_then(|id| scope.notebook().article(id).map(|a| (id, a)))
    else {
        ui.strong("No article yet");
        hint(ui, scope.style, "Open an article to begin. It is added to this notebook.");
        let open = command_button(ui, scope.program, Command::Open, scope.out);
        if focus {
            open.request_focus();
        }
        command_button(ui, scope.program, Command::PasteArticle, scope.out);
        return;
    };
    let title = RichText::new(shown_name(&article.about.title))
        .font(egui::FontId::new(16.0, scope.style.bold.clone()))
        .color(scope.style.ink);
    ui.label(title);
    let mentions = scope.notebook().mention_count_in(id);
    hint(
        ui,
        scope.style,
        &format!(
            "{} · {} · {}",
            counted(mentions, "mention"),
            counted(article.text.paragraph_count(), "paragraph"),
            counted(article.text.scalars(), "character"),
        ),
    );
    egui::Grid::new(("article", id)).num_columns(2).spacing([12.0, 4.0]).show(ui, |ui| {
        for (name, value) in facts(scope, article) {
            field_label(ui, scope.style, name);
            ui.add(egui::Label::new(value).wrap());
            ui.end_row();
        }
    });
    super::set_aside::notice(ui, scope, id);
    let describe = command_button(ui, scope.program, Command::DescribeArticle, scope.out);
    if focus {
        describe.request_focus();
    }
    heading(ui, scope.style, "Next steps", "");
    for words in [
        "Select words and press A (actor), E (event) or C (claim).",
        "Click a mention, a node or a list row to see its details here.",
        "Press L to link the selection, ? for all keyboard shortcuts.",
    ] {
        hint(ui, scope.style, words);
    }
}

/// The known facts about an article: labels and values, without empty ones.
fn facts(scope: &Scope<'_>, article: &Article) -> Vec<(&'static str, String)> {
    /// Number of digits of a checksum shown: enough to compare by eye.
    const SHORT: usize = 12;
    let (about, origin) = (&article.about, &article.origin);
    let publisher =
        about.publisher.map_or_else(String::new, |id| scope.notebook().name(id).to_owned());
    let checksum: String = origin.sha256.chars().take(SHORT).collect();
    [
        ("Publisher", publisher),
        ("Author", about.author.clone()),
        ("Published", about.date.clone()),
        ("Language", about.language.clone()),
        ("URL", about.url.clone()),
        ("File", origin.file_name.clone()),
        ("Read as", origin.reader.clone()),
        ("Encoding", origin.encoding.clone()),
        ("SHA-256", if checksum.is_empty() { checksum } else { format!("{checksum}…") }),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(what, value)| (what, shown_name(&value).into_owned()))
    .collect()
}
