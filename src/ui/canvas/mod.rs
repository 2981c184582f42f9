//! The canvas: entities as nodes, links as lines, painted by hand and driven by one `ui.interact`.
//!
//! [`Canvas`] holds what only the view knows: what is in view, what is hovered, a drag under way, an animation.
//! It reads the [`OpenNotebook`] and sends [`Intent`]s. What there is and where, [`crate::scene`] knows;
//! how it is drawn, [`crate::drawing`]. Parts: `drawing`, `paint`, `screen_pen`, `overview`, `labels` and `mesh_painter` (drawing it), `camera` (where the view goes),
//! `pointer`, `drag`, `click`, `board`, `keys`, `keyboard_navigation`, `menu` and `writing` (what the user does), `hint` (what is said
//! of what is under the pointer), `preview` and `preview_bar` (an arrangement before it is kept), `exploring` (what of it is
//! seen, and views there were), `access` (what a screen reader sees).

mod access;
mod board;
mod board_parts;
mod camera;
mod click;
mod drag;
mod drawing;
mod drop;
mod exploring;
mod hint;
mod keyboard_navigation;
mod keys;
mod labels;
mod menu;
mod mesh_cache;
pub(in crate::ui) mod mesh_painter;
mod overview;
mod paint;
mod pointer;
mod preview;
mod preview_bar;
pub(in crate::ui) mod screen_pen;
mod snap;
mod stopped_bar;
mod view;
mod writing;

use egui::{Id, Pos2, Rect, Sense, Ui};

use crate::app::{Effect, Intent, OnCanvas, OpenNotebook};
use crate::drawing::Detail;
use crate::graph::Point;
use crate::job::{Inbox, Job, JobId, Outcome};
use crate::notebook::{EntityId, LinkId, Notebook};
use crate::scene::{Differences, Scene};
use crate::ui::panes::{PaneFrame, PaneView};
use crate::ui::theme::Style;
use camera::Followed;
pub(in crate::ui) use click::go_to_evidence;
use drag::Gesture;
use exploring::{Legend, Listed, Minimap, ViewHistory};
use hint::Card;
use labels::Labels;
pub(in crate::ui) use menu::coloured;
use mesh_cache::MeshCache;
use pointer::Hover;
use preview::{Motion, Preview};
use view::{Glide, View};
use writing::Writing;

/// A scene made in the background: the revision it is of, whether it shows an arrangement not kept, and itself.
type Made = Option<(u64, bool, Box<Scene>)>;

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

/// The canvas of an open notebook: its view state. One for each notebook opened.
#[derive(Debug, Default)]
pub struct Canvas {
    view: View,
    /// The view was set: from what the notebook kept, or by fitting.
    placed: bool,
    /// The user chose the view: it is not fitted any more by itself.
    touched: bool,
    /// The view is the one the notebook kept, and not looked at yet.
    reopened: bool,
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
    menu: click::On,
    /// What the arrows walk from and whose links `.` and `,` cycle.
    walker: Option<OnCanvas>,
    /// What was selected when it was last looked at.
    followed: Followed,
    /// What is to be written on, and what is being written on.
    write: Option<OnCanvas>,
    writing: Option<Writing>,
    /// What is to be brought into view.
    show: Option<OnCanvas>,
    labels: Labels,
    /// Scenes being made in the background.
    made: Inbox<Made>,
    making: Option<JobId>,
    /// Making one was stopped: only entities are shown until the notebook changes or it is asked for again.
    stopped: bool,
    /// Frames and note cards in view, as drawn last: they lie under the rest.
    under: MeshCache,
    /// Nodes and links in view, as drawn last.
    close: MeshCache,
    /// The same from afar, where they are dots and slivers.
    far: MeshCache,
    /// How much wider than high the room is that was told last.
    room: f32,
    /// The size of the pane that everything was last fitted into, and how many nodes there were last.
    fitted: Option<(egui::Vec2, usize)>,
    /// Where the tools lie over the canvas.
    tools: Option<Rect>,
    /// How far down the tools, and what is said of what is seen, reach over the canvas.
    said: f32,
    /// What else lies over it.
    over: Vec<Rect>,
    /// What stands out is to be brought into view: once it is known, and then now.
    reach_later: bool,
    reach: bool,
    /// The part of the canvas that is to be shown.
    look_at: Option<crate::notebook::View>,
    /// Everything is to be selected.
    select_all: bool,
    /// The views there were.
    trail: ViewHistory,
    map: Minimap,
    /// The shortest paths, in words.
    listed: Listed,
    /// The sentence of the link under the pointer.
    card: Card,
    /// The legend: what it explains.
    legend: Legend,
    /// What is in view, by number: room that is used again in each frame.
    nodes: Vec<u32>,
    links: Vec<u32>,
    groups: Vec<u32>,
    cards: Vec<u32>,
    bundles: Vec<u32>,
    /// What a dragged node is in line with now: canvas units.
    guides: Vec<(Point, Point)>,
    /// Where the right button was pressed: canvas units.
    menu_at: Point,
    /// An entity of the lists is held over the canvas here.
    held: Option<(EntityId, Pos2)>,
}

impl PaneView for Canvas {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        let rect = ui.max_rect();
        frame.shown.canvas = Some(rect);
        if frame.takes_keyboard {
            ui.memory_mut(|memory| memory.request_focus(Self::id()));
        }
        if std::mem::take(&mut self.select_all) {
            frame.out.push(Intent::Select(self.everything()));
        }
        let output = self.ui(ui, frame.book, frame.style, frame.out);
        frame.shown.link = output.link_anchor.or(frame.shown.link);
        // The grip stands over the canvas, in the corner its tools leave free.
        let corner =
            Rect::from_min_size(rect.left_top() + egui::vec2(6.0, 6.0), egui::vec2(22.0, 22.0));
        let corner = egui::UiBuilder::new().id_salt("canvas grip").max_rect(corner);
        frame.grip(&mut ui.new_child(corner));
    }

    fn fits(&self) -> bool {
        true
    }

    fn background(&self, style: &Style) -> egui::Color32 {
        style.canvas
    }

    fn apply_effect(&mut self, effect: &Effect) {
        Self::apply_effect(self, effect);
    }
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

    /// Does what the program asks of the canvas, from the next frame on.
    pub fn apply_effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Fit => self.fit = true,
            Effect::SelectAll => self.select_all = true,
            Effect::StepView(by) => self.steps = *by,
            Effect::WriteOn(what) => self.write_on(*what),
            Effect::ShowOnCanvas(what) => self.show = Some(*what),
            Effect::LookAt(view) => self.look_at = Some(*view),
            Effect::ShowFocus => self.reach_later = true,
            _ => {}
        }
    }

    /// Whether part of what there is to show is still being made in the background.
    #[must_use]
    pub const fn is_making(&self) -> bool {
        self.making.is_some()
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
        self.stop_camera();
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
        book: &OpenNotebook,
        style: &Style,
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
        self.update_scene(book, time);
        self.apply_exploration(book);
        self.follow_arranging(book, time);
        self.move_on(book, time);
        self.place_view(book, pane, time);
        self.tell_room(pane, out);
        self.begin_to_write(book, pane, time);
        self.point(ui, &response, pane, book, out, &mut output);
        self.take_drop(&response, pane, out, &mut output);
        self.press_keys(ui, &response, pane, book, out);

        let shown = self.view.canvas_rect(pane, pane);
        let (nodes, links) = self.scene.count_in(shown);
        let detail = Detail::at(self.view.zoom, nodes, links);
        if ui.is_rect_visible(pane) {
            self.paint(ui, book, style, pane, detail, response.has_focus());
        }
        self.describe(ui, &response, pane, book, detail, out);
        self.tools(ui, pane, style, book, out);
        self.preview_bar(ui, pane, style, book, out);
        self.stopped_bar(ui, pane, style, book, out);
        self.find_ones_way(ui, pane, style, book, out);
        self.write(ui, pane, style, book, out);
        self.tooltip(ui, &response, book, style, time);
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
    fn update_scene(&mut self, book: &OpenNotebook, time: f64) {
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
        let since_then = since.filter(|_| !self.scene.is_unfinished());
        let moves = match since_then.and_then(|since| Differences::since(notebook, since)) {
            Some(mut differences) => {
                // Note cards that were dropped stand where they are only until the notebook says so too.
                differences.cards |= dropped && !self.scene.board.cards.is_empty();
                self.scene.update(notebook, differences)
            }
            None => self.make(book, since.is_none()),
        };
        self.apply_exploration(book);
        self.motion = None;
        self.preview.stale = true;
        if since.is_some() {
            for &(number, from, _) in &moves {
                self.scene.nodes[number as usize].centre = from;
            }
            self.set_out(moves, time, MOTION);
        }
    }

    /// Makes the scene anew: at once, or, of a very large notebook, in the background, while the old one or one of
    /// the nodes alone is shown. Which nodes stand elsewhere than before.
    fn make(&mut self, book: &OpenNotebook, first: bool) -> Vec<(u32, Point, Point)> {
        let notebook = book.notebook();
        let version = self.scene.version + 1;
        if !Scene::is_large(notebook) {
            let old = std::mem::replace(&mut self.scene, Scene::of(notebook, version));
            return old.moves_to(&self.scene);
        }
        if first {
            self.scene = Scene::nodes_only(notebook, version);
        }
        let snapshot = book.snapshot();
        let weights = book.exploration().weights().cloned();
        let shown = book.arranging().filter(|shown| !shown.ids().is_empty());
        let shown = shown.map(|shown| (shown.ids().clone(), shown.places().clone()));
        self.made.move_to(book.pool());
        self.stopped = false;
        self.making = Some(self.made.start(Job::compute("Drawing the canvas"), move |handle| {
            let mut scene = Scene::of_unless(&snapshot, version, &|| handle.is_cancelled())?;
            scene.weigh(weights.as_ref());
            if let Some((ids, places)) = &shown {
                scene.set_places(ids.iter().copied().zip(places.iter().copied()));
            }
            Some((snapshot.revision(), shown.is_some(), Box::new(scene)))
        }));
        Vec::new()
    }

    /// Takes over a scene that was made in the background.
    fn take_made(&mut self, notebook: &Notebook) {
        for (job, outcome) in self.made.take() {
            let current = self.making.take_if(|making| *making == job).is_some();
            if current && matches!(outcome, Outcome::Done(None)) {
                self.stopped = true;
                self.scene = Scene::nodes_only(notebook, self.scene.version + 1);
                self.revision = Some(notebook.revision());
                self.gesture = Gesture::None;
                self.motion = None;
                self.hover = Hover::default();
                self.preview.stale = true;
            }
            // One that was overtaken by an edit is brought up to date like any other.
            if let Outcome::Done(Some((revision, arranged, mut scene))) = outcome
                && (notebook.revision() == revision || notebook.touched_since(revision).is_some())
            {
                scene.version = self.scene.version + 1;
                self.scene = *scene;
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
    fn move_on(&mut self, book: &OpenNotebook, time: f64) {
        self.move_nodes(book, time);
        if let Some(glide) = self.glide {
            let (view, over) = glide.at(time);
            self.view = view;
            if over {
                self.glide = None;
            }
        }
    }
}
