//! What lies under the pointer, and what the wheel and the buttons of the mouse begin: `drag` and `click` go on.

use egui::{CursorIcon, Key, PointerButton, Pos2, Rect, Response, Ui, Vec2};

use super::drag::Gesture;
use super::paint::{HANDLE, handle_places};
use super::{Canvas, CanvasOutput};
use crate::app::{Intent, OpenNotebook};
use crate::drawing::OnBoard;

/// How near to a link's line the pointer hits it, in points.
const LINK_REACH: f32 = 6.0;
/// How near to a node's outline the pointer still hits it, in points.
const NODE_REACH: f32 = 2.0;
/// How near to a handle's middle the pointer hits it, in points.
const HANDLE_REACH: f32 = HANDLE + 4.5;

/// What is under the pointer.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Hover {
    /// The number of a node.
    pub node: Option<u32>,
    /// The number of a link, when no node is there.
    pub link: Option<u32>,
    /// A handle: the number of its node, and its side.
    pub handle: Option<(u32, usize)>,
    /// A group, a note card or a bundle, when no node or link is there.
    pub board: Option<OnBoard>,
    /// Since when, in seconds.
    pub since: f64,
}

/// Whether a node is drawn large enough to have handles.
pub fn has_handles(rect: Rect) -> bool {
    rect.height() >= 20.0 && rect.width() >= 34.0
}

impl Canvas {
    pub(super) fn point(
        &mut self,
        ui: &Ui,
        response: &Response,
        pane: Rect,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
        output: &mut CanvasOutput,
    ) {
        let time = ui.input(|input| input.time);
        let pointer = ui
            .input(|input| input.pointer.latest_pos())
            .filter(|_| response.contains_pointer() || response.dragged());
        let pointer = pointer.filter(|at| {
            let covered = self.tools.iter().chain(&self.over).any(|rect| rect.contains(*at));
            response.dragged() || !covered
        });
        if response.contains_pointer() {
            self.zoom_by_wheel(ui, pane, pointer);
            // The two buttons at the side of a mouse, as in a browser.
            for (button, by) in [(PointerButton::Extra1, -1), (PointerButton::Extra2, 1)] {
                if ui.input(|input| input.pointer.button_clicked(button)) {
                    self.step_view(by, time);
                }
            }
        }
        if response.clicked() || response.secondary_clicked() || response.drag_started() {
            response.request_focus();
        }
        if response.drag_started() {
            self.begin(ui, response, pane, book, out);
        }
        self.hover_over(book, pane, pointer, time);
        if let Some(at) = pointer.filter(|_| response.dragged()) {
            self.drag(ui, pane, at);
            self.scroll_at_the_edge(ui, pane, at);
        }
        if ui.input(|input| input.key_pressed(Key::Escape))
            && !matches!(self.gesture, Gesture::None)
        {
            self.cancel();
        }
        if response.drag_stopped() {
            let at = ui.input(|input| input.pointer.latest_pos());
            // In a slow frame the last moves come together with the release: they count.
            if let Some(at) = at {
                self.drag(ui, pane, at);
            }
            self.release(ui, pane, at, book, out, output);
        } else if response.clicked() || response.secondary_clicked() {
            self.click(ui, response, pane, book, out, output);
        }
        self.show_cursor(ui, pointer);
    }

    fn zoom_by_wheel(&mut self, ui: &Ui, pane: Rect, pointer: Option<Pos2>) {
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
        let at = pointer.unwrap_or_else(|| pane.center());
        let by = pinch * (scroll.y * 0.0013).exp();
        if by != 1.0 {
            self.stop_camera();
            self.view.zoom_at(pane, at, by);
        }
        if scroll.x != 0.0 {
            self.stop_camera();
            self.view.pan(Vec2::new(scroll.x, 0.0));
        }
    }

    /// Stops the camera: from now on the user says what is in view.
    pub(super) const fn stop_camera(&mut self) {
        self.glide = None;
        self.touched = true;
        self.preview.left_alone = true;
    }

    fn hover_over(&mut self, book: &OpenNotebook, pane: Rect, pointer: Option<Pos2>, time: f64) {
        let mut hover = Hover { since: self.hover.since, ..Hover::default() };
        if let Some(at) = pointer
            && !matches!(
                self.gesture,
                Gesture::Pan { .. } | Gesture::Move { .. } | Gesture::Resize { .. }
            )
        {
            if matches!(self.gesture, Gesture::None) {
                hover.handle = self.handle_at(book, pane, at);
            }
            hover.node = hover.handle.map(|(node, _)| node).or_else(|| self.node_at(pane, at));
            let quiet = matches!(self.gesture, Gesture::None);
            if hover.node.is_none() && quiet {
                hover.board = self.over_links_at(book, pane, at);
            }
            if hover.node.is_none()
                && hover.board.is_none()
                && matches!(self.gesture, Gesture::None | Gesture::Thread { .. })
            {
                hover.link = self.link_at(pane, at);
            }
            if hover.node.is_none() && hover.link.is_none() && hover.board.is_none() && quiet {
                hover.board =
                    self.bundle_at(pane, at, LINK_REACH).or_else(|| self.under_links_at(pane, at));
            }
        }
        let on = |hover: &Hover| (hover.node, hover.link, hover.board);
        if on(&hover) != on(&self.hover) {
            hover.since = time;
        }
        self.hover = hover;
    }

    pub(super) fn node_at(&self, pane: Rect, at: Pos2) -> Option<u32> {
        // What a layout is moving cannot be taken hold of.
        if self.preview.at_work {
            return None;
        }
        self.scene.node_at(self.view.canvas(pane, at), NODE_REACH / self.view.zoom)
    }

    pub(super) fn link_at(&self, pane: Rect, at: Pos2) -> Option<u32> {
        if self.preview.at_work {
            return None;
        }
        // Far out there are many links within reach: only the pixel itself counts.
        let reach = if self.view.zoom < crate::drawing::SHAPES_FROM { 2.0 } else { LINK_REACH };
        self.scene.link_at(self.view.canvas(pane, at), reach / self.view.zoom)
    }

    /// The handle under the pointer: of the node that was hovered, of the selected one, or of the one here.
    pub(super) fn handle_at(
        &self,
        book: &OpenNotebook,
        pane: Rect,
        at: Pos2,
    ) -> Option<(u32, usize)> {
        let selected = book.selection().only_entity().and_then(|id| self.scene.node(id));
        [self.node_at(pane, at), self.hover.node, selected].into_iter().flatten().find_map(
            |number| {
                let node = self.scene.nodes.get(number as usize)?;
                let rect = self.view.screen_rect(pane, node.rect());
                if !has_handles(rect) {
                    return None;
                }
                // On a small node the handles must leave room to take the node itself.
                let reach = HANDLE_REACH.min(rect.height() * 0.3);
                let side = handle_places(rect).iter().position(|h| h.distance(at) <= reach)?;
                Some((number, side))
            },
        )
    }

    fn show_cursor(&self, ui: &Ui, pointer: Option<Pos2>) {
        if pointer.is_none() {
            return;
        }
        let icon = match self.gesture {
            Gesture::Pan { .. } | Gesture::Move { .. } => CursorIcon::Grabbing,
            Gesture::Thread { .. } | Gesture::Box { .. } => CursorIcon::Crosshair,
            Gesture::Resize { .. } => CursorIcon::ResizeNwSe,
            Gesture::None if matches!(self.hover.board, Some(OnBoard::Corner(_))) => {
                CursorIcon::ResizeNwSe
            }
            Gesture::None if matches!(self.hover.board, Some(OnBoard::Frame(_))) => {
                CursorIcon::Grab
            }
            Gesture::None if self.hover.board.is_some() => CursorIcon::PointingHand,
            Gesture::None if self.hover.handle.is_some() => CursorIcon::Crosshair,
            Gesture::None if self.hover.node.is_some() || self.hover.link.is_some() => {
                CursorIcon::PointingHand
            }
            Gesture::None => return,
        };
        ui.ctx().set_cursor_icon(icon);
    }
}
