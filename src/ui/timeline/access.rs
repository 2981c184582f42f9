//! What a screen reader finds on the timeline: the pane, and what is in view of it, each with name, place and action. Only
//! built while someone listens.

use egui::accesskit::{self, Role};
use egui::{Id, Rect, Response, Ui, UiBuilder, WidgetInfo};

use super::layout::Parts;
use super::pointer::go_to;
use super::{TimelinePane, is_selected, only};
use crate::app::{Intent, OpenNotebook, Selection};
use crate::notebook::Subject;
use crate::timeline::{Item, LaneKey, What, sure, when};
use crate::ui::painted::{Asked, describe};

/// No more things than this are in the tree.
const MOST: usize = 500;

/// What an item is called: “Event: Landing, 2031-03-14, to the day”.
fn item_name(book: &OpenNotebook, item: &Item, lane: &str, clash: Option<String>) -> String {
    let notebook = book.notebook();
    let kind = match item.what {
        What::Event(_) => "Event",
        What::Statement(_) => "Statement",
    };
    let date = when(notebook, item.what).unwrap_or_default().edtf;
    let mut name = format!("{kind}: {}, {date}, {}", item.label, sure(notebook, item.what));
    if item.to_check {
        name.push_str(", to check");
    }
    if !lane.is_empty() {
        name.push_str(&format!(", in {lane}"));
    }
    if let Some(clash) = clash {
        name.push_str(&format!(", dates clash: {clash}"));
    }
    name
}

impl TimelinePane {
    pub(super) fn describe(
        &self,
        ui: &mut Ui,
        response: &Response,
        parts: Parts,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Timeline"));
        let timeline = self.model.timeline();
        let active = self.here(book).map(|entry| entry_id(timeline, entry.item, entry.lane));
        let about = |node: &mut accesskit::Node| {
            let words = format!(
                "{} dated, {} without a date. Left and Right go on in time, Up and Down to the next row or lane, Enter goes to the sentence, plus and minus zoom.",
                timeline.items.dated.len(),
                timeline.items.undated.len()
            );
            node.set_description(words);
        };
        if ui.ctx().accesskit_node_builder(response.id, about).is_none() {
            return;
        }
        let Some(scene) = &self.scene else { return };
        let mut child = ui.new_child(
            UiBuilder::new()
                .id_salt("timeline items")
                .max_rect(parts.plot)
                .accessibility_parent(response.id),
        );
        child.set_clip_rect(parts.plot.intersect(ui.clip_rect()));
        let rows = &self.model.stacked().rows;
        for shape in scene.shapes.iter().take(MOST) {
            let Some(item) = timeline.item(shape.item) else { continue };
            let entry = rows.entries[shape.entry as usize];
            let lane = &rows.lanes[entry.lane as usize];
            let title = if lane.key == LaneKey::All { "" } else { &lane.title };
            let clash = match item.what {
                What::Event(id) => {
                    timeline.clashes_of(id).next().map(|it| it.words_of(book.notebook(), id))
                }
                What::Statement(_) => None,
            };
            let rect = parts.rect(shape.whole()).intersect(parts.plot);
            let id = entry_id(timeline, entry.item, entry.lane);
            let name = item_name(book, item, title, clash);
            let selected = is_selected(item, book.selection());
            match tell(&child, id, rect, name, selected) {
                Some(Told::Click) => out.push(Intent::Select(only(item, book))),
                Some(Told::Open) => out.extend(go_to(book, item.what)),
                None => {}
            }
        }
        if let Some(active) = active {
            ui.ctx().accesskit_node_builder(response.id, |node| {
                node.set_active_descendant(active.accesskit_id());
            });
        }
        for arrow in scene.arrows.iter().take(MOST) {
            let middle = parts.screen(arrow.way[2]);
            let rect = Rect::from_center_size(middle, egui::Vec2::splat(16.0));
            let name = book.notebook().subject_name(Subject::Link(arrow.link));
            let clashes = if arrow.clashes { ", the dates say otherwise" } else { "" };
            let id = Self::id().with(("link", arrow.link.bits()));
            let selected = book.selection().links.contains(&arrow.link);
            let name = format!("Link: {name}{clashes}");
            if tell(&child, id, rect.intersect(parts.plot), name, selected).is_some() {
                out.push(Intent::Select(Selection::link(arrow.link)));
            }
        }
    }
}

fn entry_id(timeline: &crate::timeline::Timeline, item: u32, lane: u32) -> Id {
    let what = timeline.item(item).map(|item| item.what);
    TimelinePane::id().with((what, lane))
}

/// What a screen reader asked for.
enum Told {
    /// To select it.
    Click,
    /// To go to its sentence.
    Open,
}

/// Puts one node of the tree there; what was asked of it.
fn tell(ui: &Ui, id: Id, rect: Rect, name: String, selected: bool) -> Option<Told> {
    describe(ui, id, rect, || name, selected).map(|asked| match asked {
        Asked::Click if selected => Told::Open,
        Asked::Click | Asked::Focus => Told::Click,
    })
}
