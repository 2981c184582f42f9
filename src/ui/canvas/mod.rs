//! The canvas: entities as nodes, links as lines, painted by hand and driven by one `ui.interact`.
//!
//! [`Canvas`] holds what only the view knows: what is in view, what is hovered, a drag under way, an animation.
//! It reads the [`Book`] and sends [`Intent`]s. Parts: `scene` (what there is and where), `detail` (how much of it
//! is drawn), `paint`, `overview`, `labels` and `pen` (drawing it), `pointer`, `keys` and `menu` (what the user
//! does), `hint` (what is said of what is under the pointer), `preview` and
//! `preview_bar` (an arrangement before it is kept), `ways` (what of it is seen, and views there were),
//! `access` (what a screen reader sees).

mod access;
mod detail;
mod drop;
mod hint;
mod keys;
mod labels;
mod menu;
mod overview;
mod paint;
mod pen;
mod pointer;
mod preview;
mod preview_bar;
mod scene;
mod sheet;
mod snap;
mod view;
mod ways;

use egui::{Id, Pos2, Rect, Sense, Ui};

use crate::app::{Book, Intent};
use crate::graph::{self, Point};
use crate::job::{Jobs, Outcome};
use crate::notebook::{EntityId, LinkId, Notebook, Touched};
use crate::ui::look::Look;
use detail::Detail;
use hint::Card;
use labels::Labels;
use overview::Overview;
use paint::Brush;
pub(in crate::ui) use pointer::go_to_evidence;
use pointer::{Gesture, Hover};
use preview::{Motion, Preview};
use scene::{Differences, Scene};
use sheet::{Key, Sheet};
use view::{Glide, View};
use ways::{Listed, SmallMap, Through, Trail};

/// A scene made in the background: the revision it is of, whether it shows an arrangement not kept, and itself.
type Made = (u64, bool, Box<Scene>);

/// What the canvas tells the window after a frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct CanvasOutput {
    /// The keyboard is in the canvas.
    pub has_focus: bool,
    /// Where a link was dropped in this frame, or a new entity is wanted, on screen and in canvas units: the link
    /// maker or the picker opens there.
    pub link_anchor: Option<(Pos2, Point)>,
}

/// How long nodes take to their new places, in seconds.
const MOTION: f64 = 0.25;
/// So much more of the canvas is drawn on every side than is in view, as a share of it: for small pans.
const MARGIN: f32 = 0.1;

/// The canvas of an open notebook: its view state. One for each notebook opened.
#[derive(Debug, Default)]
pub struct Canvas {
    view: View,
    /// The view was set: from what the notebook kept, or by fitting.
    placed: bool,
    /// The user chose the view: it is not fitted any more by itself.
    touched: bool,
    /// The view as it was last sent to be kept.
    kept: Option<View>,
    glide: Option<Glide>,
    fit: bool,
    /// Where to go in the trail of views.
    steps: i32,
    scene: Scene,
    revision: Option<u64>,
    motion: Option<Motion>,
    /// No animation is wanted.
    still: bool,
    preview: Preview,
    gesture: Gesture,
    /// Nodes were dropped in the last frame: until the notebook says so too, they stay there.
    dropped: bool,
    hover: Hover,
    menu: menu::On,
    /// The node from which the arrows walk and whose links `.` and `,` cycle.
    walker: Option<EntityId>,
    /// The last request to show an entity that was followed.
    shown: u64,
    labels: Labels,
    /// Scenes being made in the background.
    making: Jobs<Made>,
    /// Nodes and links in view, as drawn last.
    close: Sheet,
    /// The same from afar, where they are dots and slivers.
    far: Sheet,
    /// Where the tools lie over the canvas.
    tools: Option<Rect>,
    /// What else lies over it.
    over: Vec<Rect>,
    /// What is seen of the scene.
    through: Through,
    /// The last request of what stands out to be brought into view, and whether it is still to be followed.
    reached: u64,
    reach: bool,
    /// The last request of a part of the canvas that was followed.
    looked: u64,
    /// The views there were.
    trail: Trail,
    map: SmallMap,
    /// The shortest paths, in words.
    listed: Listed,
    /// The sentence of the link under the pointer.
    card: Card,
    nodes: Vec<u32>,
    links: Vec<u32>,
    /// What a dragged node is in line with now: canvas units.
    guides: Vec<(Point, Point)>,
    /// Where the right button was pressed: canvas units.
    menu_at: Point,
    /// An entity of the lists is held over the canvas here.
    held: Option<(EntityId, Pos2)>,
}

impl Canvas {
    /// A canvas that has not been looked at: it starts from the view the notebook kept, or shows everything.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The id of the pane: to give it the keyboard.
    #[must_use]
    pub fn id() -> Id {
        Id::unique("casebook canvas")
    }

    /// Shows everything, from the next frame on.
    pub const fn fit(&mut self) {
        self.fit = true;
    }

    /// Goes to the view before (-1) or after (1) this one, from the next frame on.
    pub const fn step(&mut self, by: i32) {
        self.steps = by;
    }

    /// Whether part of what there is to show is still being made in the background.
    #[must_use]
    pub fn is_making(&self) -> bool {
        !self.making.running().is_empty()
    }

    /// What is at a place on screen, when the pane is there: for benches.
    #[must_use]
    pub fn pick(&self, pane: Rect, at: Pos2) -> (Option<EntityId>, Option<LinkId>) {
        let node = self.node_at(pane, at).map(|number| self.scene.nodes[number as usize].id);
        let link = self.link_at(pane, at).map(|number| self.scene.links[number as usize].id);
        (node, link)
    }

    /// Zooms into the middle until at most so many nodes are in view, at most to 100 %: for benches. How many
    /// nodes and links are then in view.
    pub fn look_closer(&mut self, pane: egui::Vec2, most: usize) -> (usize, usize) {
        let pane = Rect::from_min_size(Pos2::ZERO, pane);
        self.take_over();
        loop {
            let counts = self.scene.count_in(self.in_view(pane));
            if counts.0 <= most || self.view.zoom >= 1.0 {
                return counts;
            }
            self.view.zoom_at(pane, pane.center(), 1.05);
        }
    }

    /// Draws the canvas into the space that is left, and sends what the user wants.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        book: &Book,
        look: &Look,
        out: &mut Vec<Intent>,
    ) -> CanvasOutput {
        let pane = ui.available_rect_before_wrap();
        let response = ui.interact(pane, Self::id(), Sense::click_and_drag());
        ui.advance_cursor_after_rect(pane);
        let mut output = CanvasOutput::default();
        if pane.width() < 8.0 || pane.height() < 8.0 {
            return output;
        }
        let time = ui.input(|input| input.time);

        self.still = ui.style().animation_time <= 0.0;
        self.take_in(ui.ctx(), book, time);
        self.look_through(ui.ctx(), book);
        self.follow_arranging(ui.ctx(), book, time);
        self.move_on(ui.ctx(), book, time);
        self.place_view(book, pane, time);
        self.point(ui, &response, pane, book, out, &mut output);
        self.take_drop(&response, pane, out);
        self.press_keys(ui, &response, pane, book, out);

        let shown = self.view.canvas_rect(pane, pane);
        let (nodes, links) = self.scene.count_in(shown);
        let detail = Detail::at(self.view.zoom, nodes, links);
        if ui.is_rect_visible(pane) {
            self.paint(ui, book, look, pane, detail, response.has_focus());
        }
        self.describe(ui, &response, pane, book, detail, out);
        self.tools(ui, pane, look, book, out);
        self.preview_bar(ui, pane, look, book, out);
        self.find_ones_way(ui, pane, look, book, out);
        self.tooltip(ui, &response, book, look, time);
        response.context_menu(|ui| {
            if let Some(here) = self.context_menu(ui, book, out) {
                output.link_anchor = Some((self.view.screen(pane, here), here));
            }
        });

        self.keep_view(ui, pane, out);
        if self.glide.is_some() || self.motion.is_some() || self.labels.late() {
            ui.ctx().request_repaint();
        }
        output.has_focus = response.has_focus();
        output
    }

    /// Brings the scene up to date when the notebook has changed, and sets nodes that stand elsewhere now in motion.
    fn take_in(&mut self, ctx: &egui::Context, book: &Book, time: f64) {
        let notebook = book.notebook();
        self.take_made(notebook);
        if self.is_making() {
            return;
        }
        let dropped = std::mem::take(&mut self.dropped);
        if self.revision == Some(notebook.revision()) && !dropped {
            return;
        }
        let since = self.revision.replace(notebook.revision());
        self.gesture = Gesture::None;
        self.hover = Hover::default();
        let moves = match since.and_then(|since| self.differences(notebook, since)) {
            Some(differences) => self.scene.update(notebook, differences),
            None => self.make(ctx, book, since.is_none()),
        };
        self.look_through(ctx, book);
        self.motion = None;
        self.preview.stale = true;
        if since.is_some() {
            for &(number, from, _) in &moves {
                self.scene.nodes[number as usize].centre = from;
            }
            self.set_out(moves, time, MOTION);
        }
    }

    /// What may differ from the scene since a revision; `None` when that is not known, or too much.
    fn differences(&self, notebook: &Notebook, since: u64) -> Option<Differences> {
        if self.scene.is_unfinished() {
            return None;
        }
        let mut differences = Differences::default();
        for touched in notebook.touched_since(since)? {
            match touched {
                Touched::Entity(id) => _ = differences.entities.insert(*id),
                Touched::Link(id) => _ = differences.links.insert(*id),
                // Its label may be on any number of links.
                Touched::Relation(_) => return None,
                Touched::Other => {}
            }
        }
        Some(differences)
    }

    /// Makes the scene anew: at once, or, of a very large notebook, in the background, while the old one or one of
    /// the nodes alone is shown. Which nodes stand elsewhere than before.
    fn make(&mut self, ctx: &egui::Context, book: &Book, first: bool) -> Vec<(u32, Point, Point)> {
        let notebook = book.notebook();
        let version = self.scene.version + 1;
        if !Scene::is_large(notebook) {
            let old = std::mem::replace(&mut self.scene, Scene::of(notebook, version));
            self.through = Through::default();
            return old.moves_to(&self.scene);
        }
        if first {
            self.scene = Scene::rough(notebook, version);
            self.through = Through::default();
        }
        let (snapshot, ctx) = (book.snapshot(), ctx.clone());
        let weights = book.ways().weights().cloned();
        let shown = book.arranging().filter(|shown| !shown.ids().is_empty());
        let shown = shown.map(|shown| (shown.ids().clone(), shown.places().clone()));
        self.making.set_waker(std::sync::Arc::new(move || ctx.request_repaint()));
        self.making.start("Drawing the canvas", move |_| {
            let mut scene = Scene::of(&snapshot, version);
            scene.weigh(weights.as_ref());
            if let Some((ids, places)) = &shown {
                scene.put(ids.iter().copied().zip(places.iter().copied()));
            }
            (snapshot.revision(), shown.is_some(), Box::new(scene))
        });
        Vec::new()
    }

    /// Takes over a scene that was made in the background.
    fn take_made(&mut self, notebook: &Notebook) {
        for (_, outcome) in self.making.poll() {
            // One that was overtaken by an edit is brought up to date like any other.
            if let Outcome::Done((revision, arranged, mut scene)) = outcome
                && (notebook.revision() == revision || notebook.touched_since(revision).is_some())
            {
                scene.version = self.scene.version + 1;
                self.scene = *scene;
                self.through = Through::default();
                self.revision = Some(revision);
                self.gesture = Gesture::None;
                self.motion = None;
                self.preview.stale = true;
                if arranged && self.preview.serial == 0 {
                    self.preview.serial = preview::GONE;
                }
                self.hover = Hover::default();
            }
        }
    }

    /// Moves nodes and the view on their way.
    fn move_on(&mut self, ctx: &egui::Context, book: &Book, time: f64) {
        self.move_nodes(ctx, book, time);
        if let Some(glide) = self.glide {
            let (view, over) = glide.at(time);
            self.view = view;
            if over {
                self.glide = None;
            }
        }
    }

    /// Sets the view: as it was kept, fitted, or to what is asked to be shown.
    fn place_view(&mut self, book: &Book, pane: Rect, time: f64) {
        if !self.placed
            && let Some(kept) = book.desk().canvas
        {
            self.view = View::kept(kept);
            self.kept = Some(self.view);
            self.placed = true;
            self.touched = true;
        }
        let fitting = View::fitting(self.clear(pane), self.scene.shown_bounds())
            .in_pane(self.clear(pane), pane);
        if std::mem::take(&mut self.fit) {
            self.go_to(fitting, time);
            self.touched = true;
        } else if !self.touched {
            // Until the user takes over, everything stays in view as the notebook grows.
            if !self.placed || self.scene.nodes.is_empty() {
                self.view = fitting;
            } else if self.motion.is_none() && self.glide.is_none() && self.view != fitting {
                self.go_to(fitting, time);
            }
            self.placed = true;
        }
        if let Some(bounds) = self.preview.fit.take() {
            let view = View::fitting(self.clear(pane), bounds).in_pane(self.clear(pane), pane);
            self.go_to(view, time);
        }
        self.go_where_asked(book, pane, time);
        let steps = std::mem::take(&mut self.steps);
        self.step_view(steps, time);
        if let Some((serial, entity)) = book.show()
            && serial != self.shown
        {
            self.shown = serial;
            if let Some(number) = self.scene.node(entity) {
                self.walker = Some(entity);
                self.bring_into_view(pane, number, time);
            }
        }
    }

    /// The part of the pane that is clear of what lies over its top and its foot.
    fn clear(&self, pane: Rect) -> Rect {
        let mut over = self.tools.map_or(46.0, |tools| tools.bottom() - pane.top());
        if self.preview.serial != 0 {
            over += preview_bar::HEIGHT;
        }
        let top = (over + 10.0).min(pane.height() * 0.4);
        Rect { min: pane.min + egui::vec2(0.0, top), max: pane.max - egui::vec2(0.0, 32.0) }
    }

    /// Glides to a view.
    fn go_to(&mut self, view: View, time: f64) {
        if view != self.view {
            self.glide = Some(Glide::new(self.view, view, time));
        }
    }

    /// Glides so far that a node is in view and can be read.
    fn bring_into_view(&mut self, pane: Rect, number: u32, time: f64) {
        let rect = self.scene.nodes[number as usize].rect();
        let view = self.view.showing(pane, rect);
        if view != self.view {
            self.go_to(view, time);
            self.touched = true;
        }
    }

    /// Sends the view to be kept, once it rests.
    fn keep_view(&mut self, ui: &Ui, pane: Rect, out: &mut Vec<Intent>) {
        if !self.touched || self.kept == Some(self.view) {
            if self.glide.is_none() {
                self.trail.stay(self.view);
            }
            return;
        }
        let busy = self.glide.is_some()
            || !matches!(self.gesture, Gesture::None)
            || ui.input(|input| {
                input.smooth_scroll_delta() != egui::Vec2::ZERO || input.zoom_delta() != 1.0
            });
        if busy {
            ui.ctx().request_repaint();
        } else {
            self.kept = Some(self.view);
            self.trail.rest(self.view, pane);
            out.push(Intent::SetView(self.view.to_keep()));
        }
    }

    fn paint(
        &mut self,
        ui: &Ui,
        book: &Book,
        look: &Look,
        pane: Rect,
        detail: Detail,
        has_focus: bool,
    ) {
        let painter = ui.painter_at(pane);
        let brush = Brush {
            painter: &painter,
            look,
            pane,
            view: self.view,
            detail,
            selection: book.selection(),
            hovered_node: self.hover.node,
            hovered_link: self.hover.link,
        };
        // What stands back is painted as everything is, in colours that do too.
        let faded = (!self.scene.is_all_seen()).then(|| look.faded());
        let back = faded.as_ref().map(|look| Brush { look, ..brush });
        self.labels.begin(ui.ctx(), &look.sans);
        painter.rect_filled(pane, 0.0, look.canvas);
        if self.scene.nodes.is_empty() {
            brush.empty();
        }
        if self.scene.is_drifting() {
            if detail.shapes {
                self.scene.draw_drifting(self.in_view(pane));
            }
        } else if detail.link_labels {
            let shown = self.in_view(pane);
            let margin = shown.size() * MARGIN;
            self.scene
                .place_labels(graph::Rect { min: shown.min - margin, max: shown.max + margin });
        }
        let scene = &self.scene;
        let (view, pixels_per_point) = (self.view, ui.ctx().pixels_per_point());
        let moving = scene.is_loose() || self.motion.is_some();
        if detail.shapes {
            let hovered = (self.hover.node, self.hover.link);
            let standing_out = Some((book.selection(), hovered));
            let key = Key::new(scene.version, view, pixels_per_point, look, detail, standing_out);
            let (nodes, links, labels) = (&mut self.nodes, &mut self.links, &mut self.labels);
            self.close.paint(&painter, pane, view, key, None, MARGIN, moving, |pen, part| {
                brush.ground(pen, part);
                // What meets the margin counts: arrows, halos and badges reach past their nodes.
                let part = part.expand(16.0 / view.zoom);
                scene.links_in(part, links);
                scene.nodes_in(part, nodes);
                nodes.retain(|node| !scene.is_loose_node(*node));
                // What stands back lies under what does not.
                if let Some(back) = &back {
                    back.links(pen, scene, &scene.take_faded_links(links));
                    back.nodes(pen, scene, &scene.take_faded_nodes(nodes));
                }
                brush.links(pen, scene, links);
                let written = brush.link_labels(scene, links, labels);
                brush.link_label_grounds(pen, &written);
                brush.nodes(pen, scene, nodes);
            });
            let shown = view.canvas_rect(pane, pane);
            scene.links_in(shown, links);
            scene.take_faded_links(links);
            brush.link_label_texts(brush.link_labels(scene, links, labels));
            scene.nodes_in(shown, nodes);
            // What is being moved lies over everything else, labels included.
            let over = nodes.iter().position(|node| scene.is_loose_node(*node));
            let over = nodes.split_off(over.unwrap_or(nodes.len()));
            if detail.labels {
                if let Some(back) = &back {
                    back.node_labels(scene, &scene.take_faded_nodes(nodes), labels);
                }
                brush.node_labels(scene, nodes, labels);
            }
            let mut pen = brush.pen();
            brush.nodes(&mut pen, scene, &over);
            brush.add(pen);
            if detail.labels {
                brush.node_labels(scene, &over, labels);
            } else {
                brush.landmarks(scene, labels);
            }
        } else {
            let key = Key::new(scene.version, view, pixels_per_point, look, detail, None);
            let all = Some(scene.shown_bounds());
            let overview = Overview { scene, view, pane, look };
            self.far.paint(&painter, pane, view, key, all, 0.5, moving, |pen, part| {
                overview.draw(pen, part);
            });
            self.standing_out(book);
            let mut pen = brush.pen();
            brush.links(&mut pen, &self.scene, &self.links);
            let written = brush.link_labels(&self.scene, &self.links, &mut self.labels);
            brush.link_label_grounds(&mut pen, &written);
            brush.nodes(&mut pen, &self.scene, &self.nodes);
            brush.add(pen);
            brush.link_label_texts(written);
            brush.landmarks(&self.scene, &mut self.labels);
        }
        self.paint_gesture(&brush, book);
        brush.note(&note(&detail.note(self.view.zoom), self.scene.bare()));
        if has_focus {
            brush.focus();
        }
    }

    /// Of thousands of dots, the ones to be drawn as what they are: selected, or under the pointer.
    fn standing_out(&mut self, book: &Book) {
        /// More than this cannot be told apart anyway.
        const MOST: usize = 2_000;
        let selection = book.selection();
        self.nodes.clear();
        self.links.clear();
        let scene = &self.scene;
        self.nodes.extend(selection.entities.iter().filter_map(|id| scene.node(*id)).take(MOST));
        self.nodes.extend(self.hover.node);
        self.links.extend(selection.links.iter().filter_map(|id| scene.link(*id)).take(MOST));
        self.links.extend(self.hover.link);
    }

    fn paint_gesture(&mut self, brush: &Brush<'_>, book: &Book) {
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
                    if brush.detail.labels {
                        let mentions = book.notebook().mention_count_of(node.id);
                        brush.badge(node, mentions, &mut self.labels);
                    }
                }
            }
            Gesture::Move { .. } => self.paint_guides(brush),
            Gesture::Pan { .. } => {}
        }
        self.paint_held(brush, book);
    }

    /// The canvas rectangle in the pane.
    fn in_view(&self, pane: Rect) -> graph::Rect {
        self.view.canvas_rect(pane, pane)
    }
}

/// What is said in the corner: what is left out at this zoom, and how many links wait for their sentence.
fn note(left_out: &str, bare: usize) -> String {
    let waiting = match bare {
        0 => return left_out.to_owned(),
        1 => "1 link without a sentence yet".to_owned(),
        more => format!("{more} links without a sentence yet"),
    };
    if left_out.is_empty() { waiting } else { format!("{left_out} · {waiting}") }
}
