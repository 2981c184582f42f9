//! What a screen reader finds on the canvas: the pane, the nodes drawn as such in view, the selected link and
//! the links of the selected node; each with name, place and action. Only built while someone listens.

use egui::accesskit::{Action, Role};
use egui::{Id, Rect, Response, Sense, Ui, UiBuilder, WidgetInfo};

use super::detail::Detail;
use super::scene::{Scene, SceneLink, Seen};
use super::{Canvas, paint};
use crate::app::{Book, Intent, Selection};
use crate::notebook::{Basis, EntityId, Kind, Link, LinkId, Notebook, Strength, Target};

/// No more nodes than this are in the tree.
const MOST: usize = 500;

/// The name of an entity as a screen reader says it: “Actor: Bloomberg, 3 links”.
fn entity_name(notebook: &Notebook, id: EntityId, degree: u32) -> String {
    let kind = match notebook.entity(id).map(|entity| entity.kind()) {
        Some(Kind::Actor) => "Actor",
        Some(Kind::Event) => "Event",
        Some(Kind::Claim) => "Claim",
        None => "Entity",
    };
    let links = match degree {
        0 => "no links".to_owned(),
        1 => "1 link".to_owned(),
        more => format!("{more} links"),
    };
    format!("{kind}: {}, {links}", notebook.name(id))
}

/// What a link says, in words: “Bloomberg relays Talks are under way”.
pub fn link_sentence(book: &Book, link: &SceneLink) -> String {
    let notebook = book.notebook();
    let says =
        |link: &Link, label: &str, to: &str| format!("{} {label} {to}", notebook.name(link.from));
    let to = match link.link.to {
        Target::Entity(to) => notebook.name(to).to_owned(),
        Target::Link(onto) => notebook.link(onto).map_or_else(
            || "a link".to_owned(),
            |onto| {
                let label = notebook.relation_label(&onto.relation);
                let to = onto.to_entity().map_or("a link", |to| notebook.name(to));
                format!("“{}”", says(onto, label, to))
            },
        ),
    };
    says(&link.link, &link.label, &to)
}

/// What is known of a link besides what it says: “quoted · tentative · to check”.
pub fn link_remarks(link: &SceneLink) -> String {
    let basis: Basis = link.link.basis;
    let strength: Strength = link.link.strength;
    let mut parts = vec![basis.label(), strength.label()];
    if link.is_bare() {
        parts = vec!["no sentence yet", strength.label()];
    }
    if link.link.to_check {
        parts.push("to check");
    }
    parts.join(" · ")
}

/// The id of an entity's node in the tree.
fn entity_id(id: EntityId) -> Id {
    Canvas::id().with(("entity", id.bits()))
}

/// The id of a link in the tree.
fn link_id(id: LinkId) -> Id {
    Canvas::id().with(("link", id.bits()))
}

impl Canvas {
    pub(super) fn describe(
        &mut self,
        ui: &mut Ui,
        response: &Response,
        pane: Rect,
        book: &Book,
        detail: Detail,
        out: &mut Vec<Intent>,
    ) {
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Canvas"));
        let scene = &self.scene;
        let about = || {
            format!(
                "{} entities, {} links. Arrows walk from node to node, comma and full stop cycle the links of the selected one.",
                scene.nodes.len(),
                scene.links.len()
            )
        };
        let listening = ui
            .ctx()
            .accesskit_node_builder(response.id, |node| node.set_description(about()))
            .is_some();
        if !listening {
            return;
        }
        let mut child = ui.new_child(
            UiBuilder::new()
                .id_salt("canvas nodes")
                .max_rect(pane)
                .accessibility_parent(response.id),
        );
        child.set_clip_rect(pane.intersect(ui.clip_rect()));
        self.describe_nodes(&child, pane, book, detail, out);
        self.describe_links(&child, pane, book, out);
    }

    fn describe_nodes(
        &self,
        ui: &Ui,
        pane: Rect,
        book: &Book,
        detail: Detail,
        out: &mut Vec<Intent>,
    ) {
        let selection = book.selection();
        let mut numbers: Vec<u32> = Vec::new();
        if detail.shapes {
            self.scene.nodes_in(self.in_view(pane), &mut numbers);
            numbers.retain(|number| self.scene.node_seen(*number) == Seen::Full);
        }
        numbers.extend(selection.entities.iter().filter_map(|id| self.scene.node(*id)).take(MOST));
        // Top to bottom, then left to right: the order in which one reads.
        let place = |n: u32| {
            let at = self.scene.nodes[n as usize].centre;
            ((at.y / 40.0) as i32, at.x)
        };
        numbers.sort_unstable_by(|a, b| {
            let (a, b) = (place(*a), place(*b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        numbers.dedup();
        for number in numbers.into_iter().take(MOST) {
            let node = &self.scene.nodes[number as usize];
            let rect = self.view.screen_rect(pane, node.rect());
            let id = entity_id(node.id);
            let name = || entity_name(book.notebook(), node.id, node.degree);
            if describe(ui, id, rect, name, selection.entities.contains(&node.id)) {
                out.push(Intent::Select(Selection::entity(node.id)));
            }
        }
    }

    fn describe_links(&self, ui: &Ui, pane: Rect, book: &Book, out: &mut Vec<Intent>) {
        let selection = book.selection();
        let mut numbers: Vec<u32> =
            selection.links.iter().filter_map(|id| self.scene.link(*id)).take(MOST).collect();
        let around = selection.only_entity().or(self.walker);
        if let Some(node) = around.and_then(|id| self.scene.node(id)) {
            let seen = |link: &&u32| self.scene.link_seen(**link) == Seen::Full;
            numbers.extend(self.scene.links_of(node).iter().filter(seen).take(MOST));
        }
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let link = &self.scene.links[number as usize];
            let rect = link_rect(self, &self.scene, pane, link);
            let name = || format!("Link: {}, {}", link_sentence(book, link), link_remarks(link));
            if describe(ui, link_id(link.id), rect, name, selection.links.contains(&link.id)) {
                out.push(Intent::Select(Selection::link(link.id)));
            }
        }
    }
}

/// A link's place in the tree: around its middle, where it can be clicked.
fn link_rect(canvas: &Canvas, _: &Scene, pane: Rect, link: &SceneLink) -> Rect {
    let middle = canvas.view.screen(pane, link.curve.at(link.label_at.unwrap_or(0.5)));
    Rect::from_center_size(middle, egui::Vec2::splat(paint::HANDLE * 4.0))
}

/// Puts one node of the tree there; whether it was chosen.
fn describe(ui: &Ui, id: Id, rect: Rect, name: impl FnOnce() -> String, selected: bool) -> bool {
    // It senses nothing: the pane under it does. It is there so that it has a parent and a place.
    ui.interact(rect, id, Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Button);
        node.set_label(name());
        node.set_bounds(egui::accesskit::Rect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
        node.set_selected(selected);
        node.add_action(Action::Click);
        node.add_action(Action::Focus);
    });
    ui.input(|input| {
        input.has_accesskit_action_request(id, Action::Click)
            || input.has_accesskit_action_request(id, Action::Focus)
    })
}
