//! One frame of the canvas: in which order what there is is painted, and what of it is kept from the frame before.

use egui::{Rect, Ui};

use super::Canvas;
use super::drag::Gesture;
use super::mesh_cache::Key;
use super::overview::Overview;
use super::paint::Brush;
use super::pointer;
use super::screen_pen::ScreenPen;
use crate::app::{OnCanvas, OpenNotebook};
use crate::drawing::{self, Chosen, Detail, Hovered, Inks};
use crate::graph;
use crate::scene::Visibility;
use crate::ui::theme::Style;

/// So much more of the canvas is drawn on every side than is in view, as a share of it: for small pans.
const MARGIN: f32 = 0.1;

impl Canvas {
    /// Paints the canvas.
    pub(super) fn paint(
        &mut self,
        ui: &Ui,
        book: &OpenNotebook,
        style: &Style,
        pane: Rect,
        detail: Detail,
        has_focus: bool,
    ) {
        let painter = ui.painter_at(pane);
        let inks = Inks::new(&style.palette);
        let selection = book.selection();
        let hovered =
            Hovered { node: self.hover.node, link: self.hover.link, board: self.hover.board };
        let draw = drawing::Brush {
            sight: self.view.sight(pane),
            detail,
            chosen: Chosen {
                entities: &selection.entities,
                links: &selection.links,
                groups: &selection.groups,
                cards: &selection.cards,
            },
            hovered,
            sources: book.all_sources().map(|all| &**all),
            faded: false,
            controls: true,
        };
        let brush = Brush { painter: &painter, style, inks: &inks, pane, view: self.view, draw };
        // What stands back is drawn as everything is, in colours that do too.
        let back = (!self.scene.is_all_visible()).then_some(drawing::Brush { faded: true, ..draw });
        self.labels.begin(ui.ctx(), &style.sans);
        painter.rect_filled(pane, 0.0, style.canvas);
        if self.scene.nodes.is_empty() && self.scene.board.is_empty() {
            brush.empty();
        }
        if self.scene.in_mass_motion() {
            if detail.shapes {
                self.scene.draw_moving_links(self.in_view(pane));
            }
        } else if detail.link_labels {
            let shown = self.in_view(pane);
            let margin = shown.size() * MARGIN;
            self.scene
                .place_labels(graph::Rect { min: shown.min - margin, max: shown.max + margin });
        }
        let (version, points) = (self.scene.version, ui.ctx().pixels_per_point());
        if detail.shapes {
            let standing_out = Some((selection, hovered));
            let known = draw.sources.map_or(0, |all| all.revision());
            let key = Key::new((version, known), self.view, points, style, detail, standing_out);
            self.paint_ground(&brush, back.as_ref(), key);
            self.paint_shapes(&brush, back.as_ref(), key);
        } else {
            let key = Key::new((version, 0), self.view, points, style, detail, None);
            self.paint_from_afar(&brush, book, key);
        }
        self.paint_gesture(&brush, book);
        brush.note(&note(&detail.note(self.view.zoom), self.scene.bare()));
        if has_focus {
            brush.focus();
        }
    }

    /// What lies under links and nodes: the grid, frames, note cards.
    fn paint_ground(&mut self, brush: &Brush<'_>, back: Option<&drawing::Brush<'_>>, key: Key) {
        let written = self.written();
        let scene = &self.scene;
        if scene.board.is_empty() {
            return;
        }
        let (view, pane, moving, draw) = (self.view, brush.pane, self.is_moving(), &brush.draw);
        let (groups, cards) = (&mut self.groups, &mut self.cards);
        self.under.paint(brush.painter, pane, view, key, None, MARGIN, moving, |mesh, part| {
            brush.ground(mesh, part);
            let pen = &mut ScreenPen::new(mesh, brush.inks);
            // A title may stand over its frame.
            let part = part.expand(24.0 / view.zoom);
            scene.board.groups_in(part, groups);
            scene.board.cards_in(part, cards);
            if let Some(back) = back {
                back.frames(pen, scene, &scene.take_faded_groups(groups));
            }
            draw.frames(pen, scene, groups);
            draw.cards(pen, scene, cards);
        });
        let letters = &mut brush.letters(&mut self.labels);
        let shown = view.canvas_rect(pane, pane).expand(24.0 / view.zoom);
        scene.board.groups_in(shown, groups);
        if let Some(back) = back {
            back.titles(scene, &scene.take_faded_groups(groups), letters);
        }
        draw.titles(scene, groups, letters);
        if draw.detail.labels {
            scene.board.cards_in(shown, cards);
            let card = |number: &u32| OnCanvas::Card(scene.board.cards[*number as usize].id);
            cards.retain(|number| written != Some(card(number)));
            draw.card_texts(scene, cards, letters);
        }
    }

    /// Nodes, links, boxes and what is written on them.
    fn paint_shapes(&mut self, brush: &Brush<'_>, back: Option<&drawing::Brush<'_>>, key: Key) {
        let scene = &self.scene;
        let (view, pane, draw, moving) = (self.view, brush.pane, &brush.draw, self.is_moving());
        let (nodes, links) = (&mut self.nodes, &mut self.links);
        let (groups, bundles) = (&mut self.groups, &mut self.bundles);
        let letters = &mut brush.letters(&mut self.labels);
        self.close.paint(brush.painter, pane, view, key, None, MARGIN, moving, |mesh, part| {
            if scene.board.is_empty() {
                brush.ground(mesh, part);
            }
            let pen = &mut ScreenPen::new(mesh, brush.inks);
            // What meets the margin counts: arrows, halos and badges reach past their nodes.
            let part = part.expand(16.0 / view.zoom);
            scene.links_in(part, links);
            scene.nodes_in(part, nodes);
            scene.board.groups_in(part, groups);
            scene.board.bundles_in(part, bundles);
            nodes.retain(|node| !scene.is_loose_node(*node));
            // What stands back lies under what does not.
            if let Some(back) = back {
                back.links(pen, scene, &scene.take_faded_links(links));
                back.bundles(pen, scene, &scene.take_faded_bundles(bundles));
                back.boxes(pen, scene, &scene.take_faded_groups(groups));
                back.nodes(pen, scene, &scene.take_faded_nodes(nodes));
            }
            draw.links(pen, scene, links);
            draw.bundles(pen, scene, bundles);
            let mut written = draw.link_labels(scene, links, letters);
            written.extend(draw.bundle_labels(scene, bundles, letters));
            draw.link_label_grounds(pen, &written);
            draw.boxes(pen, scene, groups);
            draw.nodes(pen, scene, nodes);
        });
        let shown = view.canvas_rect(pane, pane);
        if draw.writes_on_links() {
            scene.links_in(shown, links);
            scene.take_faded_links(links);
            let written = draw.link_labels(scene, links, letters);
            draw.link_label_texts(letters, &written);
        }
        if !scene.board.is_empty() {
            scene.board.bundles_in(shown, bundles);
            scene.take_faded_bundles(bundles);
            let written = draw.bundle_labels(scene, bundles, letters);
            draw.link_label_texts(letters, &written);
            scene.board.groups_in(shown, groups);
            if let Some(back) = back {
                back.box_titles(scene, &scene.take_faded_groups(groups), letters);
            }
            draw.box_titles(scene, groups, letters);
        }
        scene.nodes_in(shown, nodes);
        // What is being moved lies over everything else, labels included.
        let over = nodes.iter().position(|node| scene.is_loose_node(*node));
        let over = nodes.split_off(over.unwrap_or(nodes.len()));
        if draw.detail.labels || draw.detail.some_labels {
            if let Some(back) = back {
                back.node_labels(scene, &scene.take_faded_nodes(nodes), letters);
            }
            draw.node_labels(scene, nodes, letters);
        }
        if draw.detail.labels {
            brush.claim_signs(scene, nodes, letters.labels);
        }
        let mut mesh = brush.pen();
        draw.nodes(&mut ScreenPen::new(&mut mesh, brush.inks), scene, &over);
        brush.add(mesh);
        if draw.detail.labels {
            draw.node_labels(scene, &over, &mut brush.letters(&mut self.labels));
        } else {
            brush.landmarks(scene, &mut self.labels, &self.over);
        }
    }

    /// Thousands of dots and slivers, and over them what stands out.
    fn paint_from_afar(&mut self, brush: &Brush<'_>, book: &OpenNotebook, key: Key) {
        let (view, pane, moving, draw) = (self.view, brush.pane, self.is_moving(), &brush.draw);
        let scene = &self.scene;
        let all = Some(scene.shown_bounds());
        let overview = Overview { scene, view, pane, style: brush.style, inks: brush.inks };
        self.far.paint(brush.painter, pane, view, key, all, 0.5, moving, |mesh, part| {
            if !scene.board.is_empty() {
                brush.board_from_afar(mesh, scene, part);
            }
            overview.draw(mesh, part);
        });
        self.standing_out(book);
        let scene = &self.scene;
        let mut mesh = brush.pen();
        let pen = &mut ScreenPen::new(&mut mesh, brush.inks);
        let letters = &mut brush.letters(&mut self.labels);
        draw.links(pen, scene, &self.links);
        let written = draw.link_labels(scene, &self.links, letters);
        draw.link_label_grounds(pen, &written);
        draw.nodes(pen, scene, &self.nodes);
        brush.add(mesh);
        let letters = &mut brush.letters(&mut self.labels);
        draw.link_label_texts(letters, &written);
        if !scene.board.is_empty() {
            scene.board.groups_in(view.canvas_rect(pane, pane), &mut self.groups);
            draw.titles(scene, &self.groups, letters);
        }
        brush.landmarks(scene, &mut self.labels, &self.over);
    }

    /// Whether what is on the canvas moves in this frame.
    fn is_moving(&self) -> bool {
        self.scene.is_loose() || self.motion.is_some()
    }

    /// Of thousands of dots, the ones to be drawn as what they are: selected, or under the pointer.
    fn standing_out(&mut self, book: &OpenNotebook) {
        /// More than this cannot be told apart anyway.
        const MOST: usize = 2_000;
        let selection = book.selection();
        self.nodes.clear();
        self.links.clear();
        let scene = &self.scene;
        let seen = |n: &u32| scene.node_visibility(*n) != Visibility::Hidden;
        let chosen = selection.entities.iter().filter_map(|id| scene.node(*id)).filter(seen);
        self.nodes.extend(chosen.take(MOST));
        self.nodes.extend(self.hover.node);
        self.links.extend(selection.links.iter().filter_map(|id| scene.link(*id)).take(MOST));
        self.links.extend(self.hover.link);
    }

    fn paint_gesture(&mut self, brush: &Brush<'_>, book: &OpenNotebook) {
        match &self.gesture {
            Gesture::Thread { from, at } => {
                let onto = self.hover.node.filter(|onto| onto != from);
                let node = &self.scene.nodes[*from as usize];
                brush.thread(node, *at, onto.map(|onto| &self.scene.nodes[onto as usize]));
            }
            Gesture::Box { from, to } => {
                let from = self.view.screen(brush.pane, *from);
                brush.selection_box(Rect::from_two_pos(from, *to));
            }
            Gesture::None => {
                let only = book.selection().only_entity().and_then(|id| self.scene.node(id));
                let mut with_handles: Vec<u32> = self.hover.node.into_iter().chain(only).collect();
                with_handles.dedup();
                for number in with_handles {
                    let node = &self.scene.nodes[number as usize];
                    if !pointer::has_handles(brush.rect(node)) {
                        continue;
                    }
                    let hot =
                        self.hover.handle.filter(|(of, _)| *of == number).map(|(_, side)| side);
                    brush.handles(node, hot);
                }
                if let Some(number) = self.hover.node {
                    let node = &self.scene.nodes[number as usize];
                    if brush.draw.detail.labels {
                        let mentions = book.notebook().mention_count_of(node.id);
                        brush.badge(node, mentions, &mut self.labels);
                    }
                }
            }
            Gesture::Move { moved, .. } => {
                let onto = moved.onto.and_then(|n| self.scene.board.groups.get(n as usize));
                if let Some(onto) = onto {
                    brush.drop_target(onto, &mut self.labels);
                }
                self.paint_guides(brush);
            }
            Gesture::Pan { .. } | Gesture::Resize { .. } => {}
        }
        self.paint_held(brush, book);
    }
}

/// What is said in the corner: what is left out at this zoom, and how many links wait for their sentence.
fn note(left_out: &str, bare: usize) -> String {
    let waiting = match bare {
        0 => return left_out.to_owned(),
        1 => "1 link without evidence".to_owned(),
        more => format!("{more} links without evidence"),
    };
    if left_out.is_empty() { waiting } else { format!("{left_out} · {waiting}") }
}
