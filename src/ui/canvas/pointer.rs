//! What the pointer does: hover, click, drag nodes, draw a thread, a box, pan, zoom.

use egui::{CursorIcon, Key, PointerButton, Pos2, Rect, Response, Ui, Vec2};

use super::board::{Moved, OnBoard};
use super::paint::{HANDLE, handle_places};
use super::scene::Seen;
use super::{Canvas, CanvasOutput, menu};
use crate::app::{Book, Command, Intent, LinkDraft, OnCanvas, Selection};
use crate::edit::{Edit, Ref};
use crate::graph::{self, Point};
use crate::notebook::{EntityId, Evidence, LinkId};

/// How near to a link's line the pointer hits it, in points.
const LINK_REACH: f32 = 6.0;
/// How near to a node's outline the pointer still hits it, in points.
const NODE_REACH: f32 = 2.0;
/// How near to a handle's middle the pointer hits it, in points.
const HANDLE_REACH: f32 = HANDLE + 4.5;

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
        /// That point.
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
        /// Its number.
        card: u32,
        /// Its upper left corner, which stays.
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
        book: &Book,
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
            self.take_over();
            self.view.zoom_at(pane, at, by);
        }
        if scroll.x != 0.0 {
            self.take_over();
            self.view.pan(Vec2::new(scroll.x, 0.0));
        }
    }

    /// From now on the user says what is in view.
    pub(super) const fn take_over(&mut self) {
        self.glide = None;
        self.touched = true;
        self.preview.left_alone = true;
    }

    fn hover_over(&mut self, book: &Book, pane: Rect, pointer: Option<Pos2>, time: f64) {
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
        let reach = if self.view.zoom < super::detail::SHAPES_FROM { 2.0 } else { LINK_REACH };
        self.scene.link_at(self.view.canvas(pane, at), reach / self.view.zoom)
    }

    /// The handle under the pointer: of the node that was hovered, of the selected one, or of the one here.
    fn handle_at(&self, book: &Book, pane: Rect, at: Pos2) -> Option<(u32, usize)> {
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

    /// A drag begins.
    fn begin(
        &mut self,
        ui: &Ui,
        response: &Response,
        pane: Rect,
        book: &Book,
        out: &mut Vec<Intent>,
    ) {
        let Some(origin) = ui.input(|input| input.pointer.press_origin()) else { return };
        let grabbed = self.view.canvas(pane, origin);
        if !response.drag_started_by(PointerButton::Primary) {
            self.gesture = Gesture::Pan { grabbed };
            self.take_over();
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
            self.take_over();
        }
    }

    /// Takes something up, and what is selected with it, to move it.
    fn take(&mut self, grabbed: Point, what: OnCanvas, book: &Book, out: &mut Vec<Intent>) {
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

    fn drag(&mut self, ui: &Ui, pane: Rect, pointer: Pos2) {
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
    fn scroll_at_the_edge(&mut self, ui: &Ui, pane: Rect, pointer: Pos2) {
        if matches!(self.gesture, Gesture::None | Gesture::Pan { .. }) {
            return;
        }
        let inner = pane.shrink(EDGE.min(pane.width() * 0.2).min(pane.height() * 0.2));
        let out = pointer - inner.clamp(pointer);
        if out == Vec2::ZERO {
            return;
        }
        let time = ui.input(|input| input.stable_dt).min(0.05);
        self.take_over();
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
    fn release(
        &mut self,
        ui: &Ui,
        pane: Rect,
        pointer: Option<Pos2>,
        book: &Book,
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
                out.extend(self.dropped_edit(book, &moved).map(Intent::Edit));
                self.dropped = true;
            }
            Gesture::Resize { card, .. } => {
                out.extend(self.resized_edit(card).map(Intent::Edit));
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
                    (None, Some(onto)) => {
                        LinkDraft::onto(from_id, self.scene.links[onto as usize].id)
                    }
                    (None, None) => LinkDraft::from(from_id),
                };
                output.link_anchor = Some((at, self.view.canvas(pane, at)));
                out.push(Intent::StartLink(draft));
            }
        }
    }

    /// What is in a box, added to a selection: nodes whose middle is in it, and links both of whose ends are.
    fn boxed(&self, rect: graph::Rect, mut selection: Selection) -> Selection {
        let mut found = Vec::new();
        self.scene.nodes_in(rect, &mut found);
        let inside = |n: u32| {
            rect.contains(self.scene.nodes[n as usize].centre)
                && self.scene.node_seen(n) == Seen::Full
        };
        found.retain(|n| inside(*n));
        selection.mention = None;
        for &number in &found {
            selection.entities.insert(self.scene.nodes[number as usize].id);
            for &number in self.scene.links_of(number) {
                let link = &self.scene.links[number as usize];
                if let super::scene::End::Node(to) = link.to
                    && inside(link.from)
                    && inside(to)
                    && self.scene.link_seen(number) == Seen::Full
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
                .filter(|group| group.is_folded() && group.seen == Seen::Full)
                .filter(|group| rect.contains(group.rect.centre()))
                .map(|group| group.id),
        );
        selection
    }

    fn click(
        &mut self,
        ui: &Ui,
        response: &Response,
        pane: Rect,
        book: &Book,
        out: &mut Vec<Intent>,
        output: &mut CanvasOutput,
    ) {
        let at = response.interact_pointer_pos();
        if let Some(at) = at {
            self.menu_at = self.view.canvas(pane, at);
        }
        let modifiers = ui.input(|input| input.modifiers);
        let toggle = modifiers.command || modifiers.shift;
        let secondary = response.secondary_clicked();
        let selection = book.selection();
        if let Some(number) = self.hover.node {
            let id = self.scene.nodes[number as usize].id;
            self.walker = Some(OnCanvas::Entity(id));
            self.menu = menu::On::Entity(id);
            if secondary {
                if !selection.entities.contains(&id) {
                    out.push(Intent::Select(Selection::entity(id)));
                }
            } else if response.double_clicked() {
                out.push(Intent::ShowMentions(id));
            } else if toggle {
                out.push(Intent::ToggleEntity(id));
            } else {
                out.push(Intent::Select(Selection::entity(id)));
            }
        } else if let Some(number) = self.hover.link {
            let link = &self.scene.links[number as usize];
            let id = link.id;
            self.menu = menu::On::Link(id);
            if secondary {
                if !selection.links.contains(&id) {
                    out.push(Intent::Select(Selection::link(id)));
                }
            } else if response.double_clicked() {
                out.extend(go_to_evidence(book, id));
            } else if toggle {
                out.push(Intent::ToggleLink(id));
            } else {
                out.push(Intent::Select(Selection::link(id)));
            }
        } else if let Some(on) = self.hover.board {
            self.click_on_board(response, book, on, toggle, out);
        } else {
            self.menu = menu::On::Nothing;
            if let Some(at) = at
                && response.double_clicked_by(PointerButton::Primary)
            {
                output.link_anchor = Some((at, self.menu_at));
                out.push(Intent::PutHere(self.menu_at.x, self.menu_at.y));
            } else if !secondary && !toggle && !selection.is_empty() {
                out.push(Intent::Select(Selection::none()));
            }
        }
    }

    fn click_on_board(
        &mut self,
        response: &Response,
        book: &Book,
        on: OnBoard,
        toggle: bool,
        out: &mut Vec<Intent>,
    ) {
        let selection = book.selection();
        let secondary = response.secondary_clicked();
        let Some(part) = self.part_of(on) else {
            let OnBoard::Bundle(number) = on else { return };
            let links = self.links_of_bundle(number);
            let one = links.only_link();
            self.menu = one.map_or(menu::On::Nothing, menu::On::Link);
            if response.double_clicked()
                && let Some(one) = one
            {
                out.extend(go_to_evidence(book, one));
            } else if toggle {
                let mut all = selection.clone();
                all.mention = None;
                all.links.extend(links.links);
                out.push(Intent::Select(all));
            } else {
                out.push(Intent::Select(links));
            }
            return;
        };
        self.walker = Some(part);
        self.menu = menu::On::Part(part);
        if secondary {
            if !selection.holds(part) {
                out.push(Intent::Select(Selection::on_canvas(part)));
            }
        } else if let OnBoard::Fold(number) = on {
            self.fold(number, out);
        } else if response.double_clicked() {
            match on {
                OnBoard::Box(number) => self.fold(number, out),
                _ => out.push(Intent::WriteOn(part)),
            }
        } else if toggle {
            out.push(Intent::ToggleOnCanvas(part));
        } else {
            out.push(Intent::Select(Selection::on_canvas(part)));
        }
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

/// Puts entities where the user put them, and pins them: what was placed by hand “Arrange” leaves alone.
pub fn place(book: &Book, moved: &[(EntityId, Point)]) -> Edit {
    let label = match moved {
        [(id, _)] => format!("Move “{}”", book.notebook().name(*id)),
        _ => format!("Move {} entities", moved.len()),
    };
    Edit::Batch(
        label,
        vec![
            Edit::Place(moved.iter().map(|(id, at)| (Ref::Id(*id), at.x, at.y)).collect()),
            Edit::Pin {
                entities: moved.iter().map(|(id, _)| Ref::Id(*id)).collect(),
                pinned: true,
            },
        ],
    )
}

/// Goes to the words that support a link: to the first, and from there, the link still selected, to the next; nowhere
/// where it has none.
pub fn go_to_evidence(book: &Book, link: LinkId) -> Option<Intent> {
    let evidence = &book.notebook().link(link)?.evidence;
    let places: Vec<_> = evidence.iter().filter_map(|piece| book.place_of(piece)).collect();
    let here = book.goto().and_then(|went| {
        places.iter().position(|(article, range)| *article == went.article && *range == went.range)
    });
    match places.get(here.map_or(0, |here| (here + 1) % places.len())) {
        Some((article, range)) => Some(Intent::GoToPlace(*article, range.clone())),
        // Its words are gone from their article: the program says so.
        None => evidence.iter().find_map(|piece| match piece {
            Evidence::Mention(mention) => Some(Intent::GoToMention(*mention)),
            Evidence::Quote(_) => None,
        }),
    }
}

/// Runs a command.
pub const fn run(command: Command) -> Intent {
    Intent::Run(command)
}
