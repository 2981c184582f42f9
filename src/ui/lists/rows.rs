//! The rows of the lists: an article, an entity, and what can be done with it.

use std::collections::BTreeSet;

use egui::{Id, Response, Ui};
use egui_material_icons::icons::{ICON_CHEVRON_RIGHT, ICON_EXPAND_MORE};

use super::articles::{ArticleOrder, FolderLine};
use super::model::short_date;
use crate::app::{
    ChartingIntent, Command, Intent, OpenNotebook, Program, ReadingIntent, Selection, SessionIntent,
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
    (id, depth, by): (ArticleId, u8, ArticleOrder),
    out: &mut Vec<Intent>,
) -> Response {
    let notebook = book.notebook();
    let chosen = book.chosen_articles();
    let title = notebook.article(id).map_or("", |article| article.about.title.as_str());
    let title = if title.is_empty() { "Untitled article" } else { title };
    let count = notebook.mention_count_in(id);
    let about = notebook.article(id).map(|article| &article.about);
    // What they are sorted by is what is looked for.
    let (after, end) = match by {
        ArticleOrder::Date => {
            let date = about.map_or("", |about| &*about.date);
            ("", if date.is_empty() { "no date".to_owned() } else { short_date(date, false) })
        }
        ArticleOrder::Publisher => {
            let publisher = about.and_then(|about| about.publisher);
            (publisher.map_or("", |id| notebook.name(id)), count.to_string())
        }
        _ => ("", count.to_string()),
    };
    let row = Row {
        text: title,
        after,
        end: &end,
        selected: chosen.contains(&id) || (chosen.is_empty() && book.article() == Some(id)),
        // Below the name of its folder, not below the arrow.
        indent: if depth == 0 { 0.0 } else { indent(depth) + 11.0 },
        ..Row::default()
    };
    let name = || format!("Article: {title}, {}", counted(count, "mention"));
    let response = row.show(ui, style, Id::unique(("lists article", id)), name);
    let several = chosen.contains(&id) && chosen.len() > 1;
    if response.secondary_clicked() && !several {
        out.push(Intent::Reading(ReadingIntent::ChooseArticles(BTreeSet::new())));
        out.push(Intent::Reading(ReadingIntent::ShowArticle(id)));
    }
    response.context_menu(|ui| {
        if several {
            command_item(ui, Some(program), Command::MoveToFolder, out);
            let text = format!("Remove {} articles", chosen.len());
            let may_change = book.read_only().is_none();
            if ui.add_enabled(may_change, egui::Button::new(text)).clicked() {
                let all = chosen.iter().copied().collect();
                out.push(Intent::Session(SessionIntent::RemoveArticles(all)));
                ui.close();
            }
            return;
        }
        for command in [Command::DescribeArticle, Command::MoveToFolder, Command::RemoveArticle] {
            command_item(ui, Some(program), command, out);
        }
    });
    response.on_hover_text(shown_name(title))
}

/// The room at the left of what lies so many folders deep.
fn indent(depth: u8) -> f32 {
    // Deeper, the words would have no room.
    14.0 * f32::from(depth.min(6))
}

/// The row of a folder of articles.
pub(super) fn folder_row(
    ui: &mut Ui,
    book: &OpenNotebook,
    style: &Style,
    folder: &FolderLine,
    out: &mut Vec<Intent>,
) -> Response {
    let indent = indent(folder.depth);
    let end = folder.count.to_string();
    let row = Row { text: folder.name(), end: &end, indent: indent + 17.0, ..Row::default() };
    let state = if folder.closed { "collapsed" } else { "expanded" };
    let name = || {
        let articles = counted(folder.count, "article");
        format!("Folder: {}, {articles}, {state}", shown_name(&folder.path))
    };
    let response = row.show(ui, style, Id::unique(("lists folder", &folder.path)), name);
    let icon = if folder.closed { ICON_CHEVRON_RIGHT } else { ICON_EXPAND_MORE };
    let font = egui::FontId::new(14.0, icon.font_family());
    let at = egui::pos2(response.rect.left() + 6.0 + indent, response.rect.center().y);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, icon.codepoint, font, style.muted);
    response.context_menu(|ui| {
        if ui.button("Choose its articles").clicked() {
            let notebook = book.notebook();
            let inside = notebook.articles().iter().filter(|(_, article)| {
                crate::app::is_in_folder(&article.about.folder, &folder.path)
            });
            let all = inside.map(|(id, _)| *id).collect();
            out.push(Intent::Reading(ReadingIntent::ChooseArticles(all)));
            ui.close();
        }
        let rename = egui::Button::new("Rename folder…");
        if ui.add_enabled(book.read_only().is_none(), rename).clicked() {
            let asks = SessionIntent::AskFolderName(folder.path.clone());
            out.push(Intent::Session(asks));
            ui.close();
        }
    });
    response.on_hover_text(shown_name(&folder.path))
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
        indent: 0.0,
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
