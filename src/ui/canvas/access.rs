//! What a screen reader finds on the canvas: the pane, the nodes named at this zoom, what is selected and what is linked
//! to it, their links, groups and note cards; each with name, place and action. Only built while someone listens.

use std::cmp::Reverse;
use std::collections::HashSet;

use egui::accesskit::Role;
use egui::{Id, Rect, Response, Ui, UiBuilder, WidgetInfo};

use super::{Canvas, paint};
use crate::app::{Intent, OnCanvas, OpenNotebook, Selection};
use crate::drawing::Detail;
use crate::notebook::{Basis, EntityId, Kind, Link, LinkId, Notebook, Strength, Target};
use crate::scene::{BundleEnd, SceneLink, Visibility};
use crate::ui::painted::describe;

/// No more nodes than this are in the tree.
const MOST: usize = 500;
/// The most links that are in the accessibility tree.
const MOST_LINKS: usize = 1_000;

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
    format!("{kind}: {}, {links}", crate::text::shown_name(notebook.name(id)))
}

/// What a link says, in words: “Bloomberg relays Talks are under way”.
pub fn link_sentence(book: &OpenNotebook, link: &SceneLink) -> String {
    let notebook = book.notebook();
    let says =
        |link: &Link, label: &str, to: &str| format!("{} {label} {to}", notebook.name(link.from));
    let to = match link.link.to {
        Target::Entity(to) => notebook.name(to).to_owned(),
        Target::Link(onto) => notebook.any_link(onto).map_or_else(
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
        parts = vec!["no evidence", strength.label()];
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
        book: &OpenNotebook,
        detail: Detail,
        out: &mut Vec<Intent>,
    ) {
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Canvas"));
        let scene = &self.scene;
        let about = || {
            format!(
                "{} entities, {} links. Arrow keys move between nodes; comma and full stop move between the links of the selected node.",
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
        let nodes = self.nodes_to_tell(pane, book, detail);
        self.describe_nodes(&child, pane, book, &nodes, out);
        self.describe_board(&child, pane, book, out);
        self.describe_links(&child, pane, book, &nodes, out);
    }

    /// The nodes of the tree: what is selected and what is linked to it, and what has its name written at this zoom;
    /// of more than [`MOST`], those with the most links.
    fn nodes_to_tell(&self, pane: Rect, book: &OpenNotebook, detail: Detail) -> Vec<u32> {
        let scene = &self.scene;
        let seen = |number: &u32| scene.node_visibility(*number) == Visibility::Full;
        let mut told: Vec<u32> = Vec::new();
        let mut known: HashSet<u32> = HashSet::new();
        let selection = book.selection();
        let chosen: Vec<u32> = selection.entities.iter().filter_map(|id| scene.node(*id)).collect();
        // The neighbours of a crowd would leave no room for the rest.
        let of_links = selection.links.iter().filter_map(|id| scene.link(*id)).take(MOST / 4);
        let ends = of_links.flat_map(|link| scene.links[link as usize].ends());
        let around = chosen
            .iter()
            .take(8)
            .flat_map(|node| scene.links_of(*node))
            .flat_map(|link| scene.links[*link as usize].ends());
        let first = chosen.iter().copied().chain(ends).chain(around);
        told.extend(first.filter(|n| seen(n) && known.insert(*n)).take(MOST));
        let shown = self.in_view(pane);
        if detail.shapes {
            let mut here = Vec::new();
            scene.nodes_in(shown, &mut here);
            here.retain(|number| seen(number) && known.insert(*number));
            let left = MOST - told.len().min(MOST);
            if here.len() > left {
                here.sort_unstable_by_key(|n| Reverse(scene.nodes[*n as usize].degree));
                here.truncate(left);
            }
            told.extend(here);
        } else {
            let named = scene.landmarks().iter().copied();
            let named = named.filter(|n| shown.contains(scene.nodes[*n as usize].centre));
            told.extend(named.filter(|n| seen(n) && known.insert(*n)).take(MOST - told.len()));
        }
        // Top to bottom, then left to right: the order in which one reads.
        let place = |n: u32| {
            let at = scene.nodes[n as usize].centre;
            ((at.y / 40.0) as i32, at.x)
        };
        told.sort_unstable_by(|a, b| {
            let (a, b) = (place(*a), place(*b));
            a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
        });
        told
    }

    fn describe_nodes(
        &self,
        ui: &Ui,
        pane: Rect,
        book: &OpenNotebook,
        nodes: &[u32],
        out: &mut Vec<Intent>,
    ) {
        for &number in nodes {
            let node = &self.scene.nodes[number as usize];
            let rect = self.view.screen_rect(pane, node.rect());
            let id = entity_id(node.id);
            let name = || entity_name(book.notebook(), node.id, node.degree);
            if describe(ui, id, rect, name, book.selection().entities.contains(&node.id)).is_some()
            {
                out.push(Intent::Select(Selection::entity(node.id)));
            }
        }
    }

    /// Groups and note cards in view.
    fn describe_board(&self, ui: &Ui, pane: Rect, book: &OpenNotebook, out: &mut Vec<Intent>) {
        let board = &self.scene.board;
        let mut tell = |part: OnCanvas, rect, name: String| {
            let id = Self::id().with(("on the board", part));
            let rect = self.view.screen_rect(pane, rect);
            if describe(ui, id, rect, || name, book.selection().holds(part)).is_some() {
                out.push(Intent::Select(Selection::on_canvas(part)));
            }
        };
        let shown = self.in_view(pane);
        let mut found = Vec::new();
        board.groups_in(shown, &mut found);
        for number in found.iter().take(MOST) {
            let group = &board.groups[*number as usize];
            if group.visibility != Visibility::Full {
                continue;
            }
            let title = match &*group.group.title {
                "" => "untitled",
                title => title,
            };
            let folded = if group.is_folded() { ", collapsed" } else { "" };
            let name = format!("Group: {title}, {}{folded}", group.count());
            tell(OnCanvas::Group(group.id), group.rect, name);
        }
        board.cards_in(shown, &mut found);
        for number in found.iter().take(MOST) {
            let card = &board.cards[*number as usize];
            let name = match card.card.text.trim() {
                "" => "Note: empty".to_owned(),
                text => format!("Note: {text}"),
            };
            tell(OnCanvas::Card(card.id), card.rect(), name);
        }
        board.bundles_in(shown, &mut found);
        for number in found.iter().take(MOST) {
            let bundle = &board.bundles[*number as usize];
            if bundle.visibility != Visibility::Full {
                continue;
            }
            let links = self.links_of_bundle(*number);
            let name = match bundle.links[..] {
                [one] => {
                    let link = &self.scene.links[one as usize];
                    format!("Link: {}, {}", link_sentence(book, link), link_remarks(link))
                }
                _ => {
                    // The box first, whichever way the links point.
                    let boxed = matches!(bundle.from, BundleEnd::Group(_));
                    let ends =
                        if boxed { [bundle.from, bundle.to] } else { [bundle.to, bundle.from] };
                    let [from, to] = ends.map(|end| self.end_name(end));
                    format!("{}: {from} – {to}", bundle.written)
                }
            };
            let middle = self.view.screen(pane, bundle.curve.at(0.5));
            let rect = Rect::from_center_size(middle, egui::Vec2::splat(paint::HANDLE * 4.0));
            let id = Self::id().with(("bundle", &links.links));
            let selected = links.links == book.selection().links;
            if describe(ui, id, rect, || name, selected).is_some() {
                out.push(Intent::Select(links));
            }
        }
    }

    fn end_name(&self, end: BundleEnd) -> String {
        match end {
            BundleEnd::Node(node) => self.scene.nodes[node as usize].entity.name.clone(),
            BundleEnd::Group(group) => {
                match &*self.scene.board.groups[group as usize].group.title {
                    "" => "a group".to_owned(),
                    title => format!("the group {title}"),
                }
            }
            BundleEnd::Link(link) => format!("a link “{}”", self.scene.links[link as usize].label),
        }
    }

    /// The selected links, those of what is selected, and then those of the nodes that are told of.
    fn describe_links(
        &self,
        ui: &Ui,
        pane: Rect,
        book: &OpenNotebook,
        nodes: &[u32],
        out: &mut Vec<Intent>,
    ) {
        let (scene, selection) = (&self.scene, book.selection());
        let mut numbers: Vec<u32> = Vec::new();
        let mut known: HashSet<u32> = HashSet::new();
        let walked = match self.walker {
            Some(OnCanvas::Entity(id)) => Some(id),
            _ => None,
        };
        let around = selection.only_entity().or(walked).and_then(|id| scene.node(id));
        let chosen = selection.links.iter().filter_map(|id| scene.link(*id));
        let first = around.into_iter().flat_map(|node| scene.links_of(node)).copied();
        let rest = nodes.iter().flat_map(|node| scene.links_of(*node)).copied();
        for link in chosen.chain(first).chain(rest) {
            if numbers.len() == MOST_LINKS {
                break;
            }
            if scene.link_visibility(link) == Visibility::Full && known.insert(link) {
                numbers.push(link);
            }
        }
        numbers.sort_unstable();
        for number in numbers {
            let link = &scene.links[number as usize];
            let rect = link_rect(self, pane, link);
            let name = || format!("Link: {}, {}", link_sentence(book, link), link_remarks(link));
            if describe(ui, link_id(link.id), rect, name, selection.links.contains(&link.id))
                .is_some()
            {
                out.push(Intent::Select(Selection::link(link.id)));
            }
        }
    }
}

/// A link's place in the tree: around its middle, where it can be clicked.
fn link_rect(canvas: &Canvas, pane: Rect, link: &SceneLink) -> Rect {
    let middle = canvas.view.screen(pane, link.curve.at(link.label_at.unwrap_or(0.5)));
    Rect::from_center_size(middle, egui::Vec2::splat(paint::HANDLE * 4.0))
}
