//! The rows of the lists: an article, an entity, and what can be done with it.

use egui::{Id, Response, Ui};

use super::model::short_date;
use crate::app::{
    ChartingIntent, Command, Intent, OpenNotebook, Program, ReadingIntent, Selection,
};
use crate::notebook::{ArticleId, Detail, EntityId};
use crate::text::shown_name;
use crate::ui::theme::Style;
use crate::ui::widgets::{Row, capital, command_item, counted};

/// The row of an article.
pub(super) fn article_row(
    ui: &mut Ui,
    program: &Program,
    book: &OpenNotebook,
    style: &Style,
    id: ArticleId,
    out: &mut Vec<Intent>,
) -> Response {
    let notebook = book.notebook();
    let title = notebook.article(id).map_or("", |article| article.about.title.as_str());
    let title = if title.is_empty() { "Untitled article" } else { title };
    let count = notebook.mention_count_in(id);
    let row = Row {
        text: title,
        end: &count.to_string(),
        selected: book.article() == Some(id),
        ..Row::default()
    };
    let name = || format!("Article: {title}, {}", counted(count, "mention"));
    let response = row.show(ui, style, Id::unique(("lists article", id)), name);
    if response.secondary_clicked() {
        out.push(Intent::Reading(ReadingIntent::ShowArticle(id)));
    }
    response.context_menu(|ui| {
        for command in [Command::DescribeArticle, Command::RemoveArticle] {
            command_item(ui, Some(program), command, out);
        }
    });
    response.on_hover_text(shown_name(title))
}

/// The row of an entity, with the alias that the filter found and the date of an event.
pub(super) fn entity_row(
    ui: &mut Ui,
    program: &Program,
    book: &OpenNotebook,
    style: &Style,
    (id, alias, one_year): (EntityId, Option<&str>, bool),
    out: &mut Vec<Intent>,
) -> Response {
    let notebook = book.notebook();
    let key = Id::unique(("lists entity", id));
    let Some(entity) = notebook.entity(id) else {
        return Row::default().show(ui, style, key, String::new);
    };
    let count = notebook.mention_count_of(id);
    let end = match &entity.detail {
        Detail::Event(event) if !event.date.edtf.is_empty() => {
            short_date(&event.date.edtf, one_year)
        }
        _ => count.to_string(),
    };
    let end = if entity.to_check { format!("to check · {end}") } else { end };
    let row = Row {
        mark: Some((entity.kind(), entity.is_anonymous())),
        text: &entity.name,
        after: alias.unwrap_or(""),
        end: &end,
        alert: entity.to_check,
        selected: book.selection().entities.contains(&id),
        drag: true,
    };
    let response = row.show(ui, style, key, || {
        let kind = capital(entity.kind().word());
        format!("{kind}: {}, {}", shown_name(&entity.name), counted(count, "mention"))
    });
    // Dropped on the canvas, it is put there.
    response.dnd_set_drag_payload(id);
    if response.secondary_clicked() && !book.selection().entities.contains(&id) {
        out.push(Intent::Select(Selection::entity(id)));
    }
    response.context_menu(|ui| entity_menu(ui, program, id, out));
    response.on_hover_ui(|ui| {
        ui.strong(shown_name(&entity.name));
        if !entity.aliases.is_empty() {
            ui.label(shown_name(&format!("Aliases: {}", entity.aliases.join(", "))));
        }
        ui.label(format!(
            "{} · {}",
            counted(count, "mention"),
            counted(notebook.all_links_of(id).count(), "link")
        ));
        let named_by = crate::inquiry::dependents(notebook, &[id].into()).words();
        if !named_by.is_empty() {
            ui.label(format!("Named by {named_by}"));
        }
        if !entity.note.is_empty() {
            ui.separator();
            let note: String = entity.note.chars().take(400).collect();
            ui.label(note);
        }
    })
}

/// What can be done with an entity that is selected: the menu of its row.
pub fn entity_menu(ui: &mut Ui, program: &Program, id: EntityId, out: &mut Vec<Intent>) {
    if ui.button("Show mentions").clicked() {
        out.push(Intent::Reading(ReadingIntent::ShowMentions(id)));
        ui.close();
    }
    if ui.button("Show on canvas").clicked() {
        out.push(Intent::Charting(ChartingIntent::ShowOnCanvas(id)));
        ui.close();
    }
    ui.separator();
    for command in [
        Command::Rename,
        Command::TagTheRest,
        Command::Link,
        Command::Merge,
        Command::ToggleToCheck,
        Command::TogglePin,
    ] {
        command_item(ui, Some(program), command, out);
    }
    ui.separator();
    command_item(ui, Some(program), Command::Delete, out);
}
