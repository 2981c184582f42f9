//! What is dragged: the view, nodes and what stands beside them, the corner of a note card, a box, a thread.

use egui::{PointerButton, Pos2, Rect, Response, Ui, Vec2};

use super::board::Moved;
use super::{Canvas, CanvasOutput};
use crate::app::{
    ChartingIntent, Intent, LinkDraft, OnCanvas, OpenNotebook, Selection, SessionIntent,
};
use crate::drawing::OnBoard;
use crate::graph::{self, Point};
use crate::scene::Visibility;

/// So near to the edge of the pane, in points, a drag takes the view along.
const EDGE: f32 = 28.0;
/// How fast: points a second for each point beyond that.
const EDGE_SPEED: f32 = 14.0;

/// A drag under way.
#[derive(Clone, Debug, Default)]
pub enum Gesture {
    /// None.
    #[default]
    None,
    /// The view follows: this canvas point stays under the pointer.
    Pan {
        /// The point of the scene that was grabbed.
        grabbed: Point,
    },
    /// Nodes, groups and note cards follow the pointer.
    Move {
        /// The canvas point where they were taken.
        grabbed: Point,
        /// What they are, and where they stood.
        moved: Moved,
    },
    /// The corner of a note card follows the pointer.
    Resize {
        /// The number of the card in the scene.
        card: u32,
        /// The card’s upper left corner, which stays where it is.
        from: Point,
        /// From the pointer to the corner.
        off: Point,
    },
    /// A box that selects what is in it.
    Box {
        /// The canvas point where it begins.
        from: Point,
        /// Where it ends on screen.
        to: Pos2,
    },
    /// A link being drawn.
    Thread {
        /// The number of the node it starts at.
        from: u32,
        /// Where its end is on screen.
        at: Pos2,
    },
}

impl Canvas {
    /// A drag begins.
    pub(super) fn begin(
        &mut self,
        ui: &Ui,
        response: &Response,
        pane: Rect,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let Some(origin) = ui.input(|input| input.pointer.press_origin()) else { return };
        let grabbed = self.view.canvas(pane, origin);
        if !response.drag_started_by(PointerButton::Primary) {
            self.gesture = Gesture::Pan { grabbed };
            self.stop_camera();
            return;
        }
        let modifiers = ui.input(|input| input.modifiers);
        if let Some((from, _)) = self.handle_at(book, pane, origin) {
            self.gesture = Gesture::Thread { from, at: origin };
        } else if let Some(number) = self.node_at(pane, origin) {
            self.take(grabbed, OnCanvas::Entity(self.scene.nodes[number as usize].id), book, out);
        } else if let Some(on) = self.over_links_at(book, pane, origin).or_else(|| {
            let link = self.link_at(pane, origin).is_some();
            (!link).then(|| self.under_links_at(pane, origin)).flatten()
        }) {
            match (on, self.part_of(on)) {
                (OnBoard::Corner(card), _) => {
                    let rect = self.scene.board.cards[card as usize].rect();
                    self.touched = true;
                    self.gesture =
                        Gesture::Resize { card, from: rect.min, off: rect.max - grabbed };
                }
                (_, Some(part)) => self.take(grabbed, part, book, out),
                (_, None) => {}
            }
        } else if modifiers.shift {
            self.gesture = Gesture::Box { from: grabbed, to: origin };
        } else {
            self.gesture = Gesture::Pan { grabbed };
            self.stop_camera();
        }
    }

    /// Takes something up, and what is selected with it, to move it.
    fn take(&mut self, grabbed: Point, what: OnCanvas, book: &OpenNotebook, out: &mut Vec<Intent>) {
        if !book.selection().holds(what) {
            out.push(Intent::Select(Selection::on_canvas(what)));
        }
        self.walker = Some(what);
        self.arrive();
        let moved = self.taken(book.selection(), what);
        let numbers: Vec<u32> = moved.nodes.iter().map(|(number, _)| *number).collect();
        self.scene.loosen(&numbers);
        self.touched = true;
        self.gesture = Gesture::Move { grabbed, moved };
    }

    pub(super) fn drag(&mut self, ui: &Ui, pane: Rect, pointer: Pos2) {
        let here = self.view.canvas(pane, pointer);
        match &mut self.gesture {
            Gesture::None => {}
            Gesture::Pan { grabbed } => {
                self.view.centre = self.view.centre + (*grabbed - here);
            }
            Gesture::Move { grabbed, moved } => {
                let way = here - *grabbed;
                let mut moved = std::mem::take(moved);
                self.move_to(&moved, way);
                if ui.input(|input| input.modifiers.alt) {
                    self.guides.clear();
                } else {
                    // Boxes and frames follow first: their sides snap too.
                    if !moved.groups.is_empty() {
                        self.scene.follow_board();
                    }
                    let by = self.snap(self.moved_rect(&moved));
                    self.move_to(&moved, way + by);
                }
                moved.onto = self.drop_onto(&moved, here);
                self.scene.follow();
                if let Gesture::Move { moved: now, .. } = &mut self.gesture {
                    *now = moved;
                }
            }
            Gesture::Resize { card, from, off } => {
                let (card, from, off) = (*card, *from, *off);
                self.resize(card, from, here + off);
            }
            Gesture::Box { to, .. } => *to = pointer,
            Gesture::Thread { at, .. } => *at = pointer,
        }
    }

    /// Near the edge of the pane, and beyond it, what is dragged takes the view along: faster the farther out.
    pub(super) fn scroll_at_the_edge(&mut self, ui: &Ui, pane: Rect, pointer: Pos2) {
        if matches!(self.gesture, Gesture::None | Gesture::Pan { .. }) {
            return;
        }
        let inner = pane.shrink(EDGE.min(pane.width() * 0.2).min(pane.height() * 0.2));
        let out = pointer - inner.clamp(pointer);
        if out == Vec2::ZERO {
            return;
        }
        let time = ui.input(|input| input.stable_dt).min(0.05);
        self.stop_camera();
        self.view.pan(
            -out.clamp(Vec2::splat(-2.0 * EDGE), Vec2::splat(2.0 * EDGE)) * (EDGE_SPEED * time),
        );
        self.drag(ui, pane, pointer);
        ui.ctx().request_repaint();
    }

    fn move_to(&mut self, moved: &Moved, way: Point) {
        for (number, stood) in &moved.nodes {
            self.scene.nodes[*number as usize].centre = *stood + way;
        }
        for (number, stood) in &moved.cards {
            self.scene.board.cards[*number as usize].centre = *stood + way;
        }
        if !moved.cards.is_empty() {
            self.scene.version += 1;
        }
    }

    /// Lets go of a drag as if it had not been.
    pub(super) fn cancel(&mut self) {
        self.guides.clear();
        match std::mem::take(&mut self.gesture) {
            Gesture::Move { moved, .. } => {
                self.move_to(&moved, Point::default());
                self.scene.follow_board();
                self.scene.settle();
            }
            Gesture::Resize { card, .. } => {
                if let Some(card) = self.scene.board.cards.get_mut(card as usize) {
                    card.restore();
                }
                self.scene.follow_board();
                self.scene.version += 1;
            }
            _ => {}
        }
    }

    /// A drag ends.
    pub(super) fn release(
        &mut self,
        ui: &Ui,
        pane: Rect,
        pointer: Option<Pos2>,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
        output: &mut CanvasOutput,
    ) {
        self.guides.clear();
        match std::mem::take(&mut self.gesture) {
            Gesture::None | Gesture::Pan { .. } => {}
            Gesture::Move { moved, .. } => {
                // Whole units: half a point more or less is not seen, but read in a diff.
                let whole = |p: Point| Point::new(p.x.round(), p.y.round());
                for (number, _) in &moved.nodes {
                    let node = &mut self.scene.nodes[*number as usize];
                    node.centre = whole(node.centre);
                }
                for (number, _) in &moved.cards {
                    let card = &mut self.scene.board.cards[*number as usize];
                    card.centre = whole(card.centre);
                }
                self.scene.follow();
                out.extend(
                    self.dropped_edit(book, &moved).map(|it| SessionIntent::Edit(it).into()),
                );
                self.dropped = true;
            }
            Gesture::Resize { card, .. } => {
                out.extend(self.resized_edit(card).map(|it| SessionIntent::Edit(it).into()));
                self.dropped = true;
            }
            Gesture::Box { from, .. } => {
                let Some(to) = pointer else { return };
                let to = self.view.canvas(pane, to);
                let keep = ui.input(|input| input.modifiers.command);
                out.push(Intent::Select(self.boxed(
                    graph::Rect::of_points([from, to]),
                    if keep { book.selection().clone() } else { Selection::none() },
                )));
            }
            Gesture::Thread { from, .. } => {
                let Some(at) = pointer else { return };
                let from_id = self.scene.nodes[from as usize].id;
                let draft = match (self.node_at(pane, at), self.link_at(pane, at)) {
                    // Back where it came from: nothing was meant.
                    (Some(to), _) if to == from => return,
                    (Some(to), _) => {
                        LinkDraft::between(from_id, self.scene.nodes[to as usize].id, None)
                    }
                    // Onto a link: it speaks of what that link says.
                    // A derived link is none that a notebook holds.
                    (None, Some(onto)) if !self.scene.links[onto as usize].id.is_derived() => {
                        LinkDraft::onto(from_id, self.scene.links[onto as usize].id)
                    }
                    (None, _) => LinkDraft::from(from_id),
                };
                output.link_anchor = Some((at, self.view.canvas(pane, at)));
                out.push(Intent::Charting(ChartingIntent::StartLink(draft)));
            }
        }
    }

    /// What is in a box, added to a selection: nodes whose middle is in it, and links both of whose ends are.
    fn boxed(&self, rect: graph::Rect, mut selection: Selection) -> Selection {
        let mut found = Vec::new();
        self.scene.nodes_in(rect, &mut found);
        let inside = |n: u32| {
            rect.contains(self.scene.nodes[n as usize].centre)
                && self.scene.node_visibility(n) == Visibility::Full
        };
        found.retain(|n| inside(*n));
        selection.mention = None;
        for &number in &found {
            selection.entities.insert(self.scene.nodes[number as usize].id);
            for &number in self.scene.links_of(number) {
                let link = &self.scene.links[number as usize];
                if let crate::scene::End::Node(to) = link.to
                    && inside(link.from)
                    && inside(to)
                    && self.scene.link_visibility(number) == Visibility::Full
                {
                    selection.links.insert(link.id);
                }
            }
        }
        let board = &self.scene.board;
        board.cards_in(rect, &mut found);
        let cards = found.iter().map(|number| &board.cards[*number as usize]);
        selection.cards.extend(cards.filter(|c| rect.contains(c.centre)).map(|card| card.id));
        board.groups_in(rect, &mut found);
        let boxes = found.iter().map(|number| &board.groups[*number as usize]);
        selection.groups.extend(
            boxes
                .filter(|group| group.is_folded() && group.visibility == Visibility::Full)
                .filter(|group| rect.contains(group.rect.centre()))
                .map(|group| group.id),
        );
        selection
    }
}
