//! Groups and note cards under the pointer: what is hit, how it is dragged, resized and dropped into.

use std::collections::BTreeSet;

use egui::{Pos2, Rect};

use super::Canvas;
use super::board_parts::{corner_of, fold_mark, strip_of};
use crate::app::{Intent, OnCanvas, OpenNotebook, Selection, SessionIntent, joining};
use crate::drawing::OnBoard;
use crate::edit::{CardFields, Edit, GroupFields, Ref};
use crate::graph::{self, Point};
use crate::notebook::{EntityId, GroupId};
use crate::scene::{SceneGroup, Visibility};

/// How near to a frame's line the pointer hits it, in points.
const FRAME_REACH: f32 = 5.0;
/// A note card is never dragged smaller than this, in canvas units.
const SMALLEST: Point = Point::new(60.0, 32.0);

/// What a drag moves.
#[derive(Clone, Debug, Default)]
pub struct Moved {
    /// Nodes by number, and where they stood.
    pub nodes: Vec<(u32, Point)>,
    /// Note cards by number, and where they stood.
    pub cards: Vec<(u32, Point)>,
    /// The groups that are moved as such.
    pub groups: BTreeSet<GroupId>,
    /// The group that the nodes would be dropped into: its number.
    pub onto: Option<u32>,
}

impl Canvas {
    /// What lies over the links here: boxes, cards, and the marks that fold.
    pub(super) fn over_links_at(
        &self,
        book: &OpenNotebook,
        pane: Rect,
        at: Pos2,
    ) -> Option<OnBoard> {
        let board = &self.scene.board;
        // What a layout is moving cannot be taken hold of.
        if board.is_empty() || self.preview.at_work {
            return None;
        }
        let p = self.view.canvas(pane, at);
        let margin = 2.0 / self.view.zoom;
        if let Some(OnCanvas::Card(id)) = book.selection().only_on_board()
            && let Some(number) = board.card(id)
        {
            let rect = self.view.screen_rect(pane, board.cards[number as usize].rect());
            if corner_of(rect).contains(at) {
                return Some(OnBoard::Corner(number));
            }
        }
        if let Some(number) = board.box_at(p, margin) {
            let rect = self.group_on_screen(pane, number);
            let on_mark = rect.height() > 16.0 && fold_mark(rect).contains(at);
            return Some(if on_mark { OnBoard::Fold(number) } else { OnBoard::Box(number) });
        }
        if let Some(number) = board.card_at(p, margin) {
            return Some(OnBoard::Card(number));
        }
        let strips = strip_of;
        board
            .frames_at(p, 20.0 / self.view.zoom)
            .into_iter()
            .find(|number| {
                let strip = strips(self.group_on_screen(pane, *number), self.view.zoom);
                fold_mark(strip).contains(at)
            })
            .map(OnBoard::Fold)
    }

    /// What lies under the links here: the frames of groups.
    pub(super) fn under_links_at(&self, pane: Rect, at: Pos2) -> Option<OnBoard> {
        let board = &self.scene.board;
        if board.groups.is_empty() || self.preview.at_work {
            return None;
        }
        let p = self.view.canvas(pane, at);
        // A title may stand over its frame.
        let found = board.frames_at(p, 20.0 / self.view.zoom).into_iter().find(|number| {
            let rect = self.group_on_screen(pane, *number);
            let outer = rect.expand(FRAME_REACH).contains(at);
            let inner = rect.shrink(FRAME_REACH).contains(at);
            (outer && !inner) || strip_of(rect, self.view.zoom).contains(at)
        });
        found.map(OnBoard::Frame)
    }

    pub(super) fn bundle_at(&self, pane: Rect, at: Pos2, reach: f32) -> Option<OnBoard> {
        if self.scene.board.bundles.is_empty() {
            return None;
        }
        let p = self.view.canvas(pane, at);
        self.scene.board.bundle_at(p, reach / self.view.zoom).map(OnBoard::Bundle)
    }

    /// The rectangle of something that stands on the canvas, in canvas units, where it is seen: of a folded member, its
    /// group's box.
    pub(super) fn rect_of(&self, what: OnCanvas) -> Option<graph::Rect> {
        match what {
            OnCanvas::Entity(id) => self.scene.rect_of_entity(id),
            OnCanvas::Group(id) => self.scene.rect_of_group(id),
            OnCanvas::Card(id) => self.scene.rect_of_card(id),
        }
    }

    fn group_on_screen(&self, pane: Rect, number: u32) -> Rect {
        self.view.screen_rect(pane, self.scene.board.groups[number as usize].rect)
    }

    /// What is selected by a click on something of the board.
    pub(super) fn part_of(&self, on: OnBoard) -> Option<OnCanvas> {
        let board = &self.scene.board;
        match on {
            OnBoard::Frame(n) | OnBoard::Fold(n) | OnBoard::Box(n) => {
                board.groups.get(n as usize).map(|group| OnCanvas::Group(group.id))
            }
            OnBoard::Card(n) | OnBoard::Corner(n) => {
                board.cards.get(n as usize).map(|card| OnCanvas::Card(card.id))
            }
            OnBoard::Bundle(_) => None,
        }
    }

    /// The links of a bundle, as a selection.
    pub(super) fn links_of_bundle(&self, number: u32) -> Selection {
        let links = self.scene.board.bundles.get(number as usize).into_iter();
        Selection::links(
            links.flat_map(|b| &b.links).map(|link| self.scene.links[*link as usize].id),
        )
    }

    /// What a drag of `what` moves: it, or everything that is selected with it.
    pub(super) fn taken(&self, selection: &Selection, what: OnCanvas) -> Moved {
        let alone = Selection::on_canvas(what);
        let selection = if selection.holds(what) { selection } else { &alone };
        let mut moved = Moved::default();
        let mut entities: BTreeSet<EntityId> = selection.entities.clone();
        for id in &selection.groups {
            let Some(number) = self.scene.board.group(*id) else { continue };
            moved.groups.insert(*id);
            entities.extend(&self.scene.board.groups[number as usize].group.members);
        }
        moved.nodes = entities
            .iter()
            .filter_map(|id| self.scene.node(*id))
            .map(|number| (number, self.scene.nodes[number as usize].centre))
            .collect();
        moved.cards = selection
            .cards
            .iter()
            .filter_map(|id| self.scene.board.card(*id))
            .map(|number| (number, self.scene.board.cards[number as usize].centre))
            .collect();
        moved
    }

    /// The rectangle around what is moved, as it is seen.
    pub(super) fn moved_rect(&self, moved: &Moved) -> graph::Rect {
        let board = &self.scene.board;
        let nodes = moved
            .nodes
            .iter()
            .filter(|(n, _)| self.scene.node_visibility(*n) != Visibility::Hidden);
        let nodes = nodes.map(|(n, _)| self.scene.nodes[*n as usize].rect());
        let cards = moved.cards.iter().map(|(n, _)| board.cards[*n as usize].rect());
        let groups = moved.groups.iter().filter_map(|id| board.group(*id));
        let groups = groups.map(|number| board.groups[number as usize].rect);
        nodes.chain(cards).chain(groups).fold(graph::Rect::NOTHING, graph::Rect::union)
    }

    /// The group whose frame or box is here, into which what is moved may be dropped.
    pub(super) fn drop_onto(&self, moved: &Moved, here: Point) -> Option<u32> {
        if !moved.groups.is_empty() || moved.nodes.is_empty() {
            return None;
        }
        let board = &self.scene.board;
        let takes = |number: &u32| {
            let members = &board.groups[*number as usize].group.members;
            moved.nodes.iter().any(|(n, _)| !members.contains(&self.scene.nodes[*n as usize].id))
                // A frame that follows what is dragged is no place to drop it.
                && !moved.nodes.iter().any(|(n, _)| members.contains(&self.scene.nodes[*n as usize].id))
        };
        let within = |number: &u32| board.groups[*number as usize].rect.contains(here);
        let in_box = board.box_at(here, 0.0).filter(takes);
        in_box.or_else(|| board.frames_at(here, 0.0).into_iter().find(|n| within(n) && takes(n)))
    }

    /// The edit that leaves what was moved where it is now, in the group it was dropped into.
    pub(super) fn dropped_edit(&self, book: &OpenNotebook, moved: &Moved) -> Option<Edit> {
        let notebook = book.notebook();
        let places: Vec<(EntityId, Point)> = moved
            .nodes
            .iter()
            .map(|(n, _)| &self.scene.nodes[*n as usize])
            .map(|node| (node.id, node.centre))
            .collect();
        let mut edits = Vec::new();
        if !places.is_empty()
            && let Edit::Batch(_, placed) = place(book, &places)
        {
            edits.extend(placed);
        }
        for (number, _) in &moved.cards {
            let card = &self.scene.board.cards[*number as usize];
            let with =
                CardFields { at: Some((card.centre.x, card.centre.y)), ..CardFields::default() };
            edits.push(Edit::SetCard { card: Ref::Id(card.id), with });
        }
        let onto = moved.onto.and_then(|n| self.scene.board.groups.get(n as usize));
        if let Some(onto) = onto {
            let coming: BTreeSet<EntityId> = places.iter().map(|(id, _)| *id).collect();
            edits.push(joining(notebook, onto.id, &coming));
        }
        let what = match (&places[..], moved.cards.len(), moved.groups.len()) {
            (_, 0, 1) => self.group_named(moved.groups.first().copied()),
            ([(id, _)], 0, 0) => format!("“{}”", notebook.name(*id)),
            ([], 1, 0) => "a note card".to_owned(),
            (places, 0, 0) => format!("{} entities", places.len()),
            (places, cards, _) => format!("{} items", places.len() + cards),
        };
        let label = match onto {
            Some(onto) => format!("Move {what} into {}", self.group_named(Some(onto.id))),
            None => format!("Move {what}"),
        };
        (!edits.is_empty()).then_some(Edit::Batch(label, edits))
    }

    fn group_named(&self, id: Option<GroupId>) -> String {
        let group: Option<&SceneGroup> = id
            .and_then(|id| self.scene.board.group(id))
            .map(|number| &self.scene.board.groups[number as usize]);
        match group.map(|group| &*group.group.title) {
            None | Some("") => "a group".to_owned(),
            Some(title) => format!("the group “{title}”"),
        }
    }

    /// A note card follows the pointer that drags its corner: its upper left corner stays.
    pub(super) fn resize(&mut self, number: u32, from: Point, here: Point) {
        let Some(card) = self.scene.board.cards.get_mut(number as usize) else { return };
        let size = here - from;
        card.size = Point::new(size.x.max(SMALLEST.x).round(), size.y.max(SMALLEST.y).round());
        card.centre = from + card.size * 0.5;
        self.scene.follow_board();
        self.scene.version += 1;
    }

    /// The edit that leaves a card as it was resized.
    pub(super) fn resized_edit(&self, number: u32) -> Option<Edit> {
        let card = self.scene.board.cards.get(number as usize)?;
        let with = CardFields {
            at: Some((card.centre.x, card.centre.y)),
            size: Some((card.size.x, card.size.y)),
            ..CardFields::default()
        };
        Some(Edit::SetCard { card: Ref::Id(card.id), with })
    }

    /// Makes the selected note cards larger or smaller by so many canvas units; their upper left corners stay.
    pub(super) fn resize_by(&self, book: &OpenNotebook, by: Point, out: &mut Vec<Intent>) {
        let mut edits = Vec::new();
        for id in &book.selection().cards {
            let Some(card) = book.notebook().cards().get(id) else { continue };
            let was = Point::new(card.width, card.height);
            let size = was + by;
            let size = Point::new(size.x.max(SMALLEST.x), size.y.max(SMALLEST.y));
            let grown = (size - was) * 0.5;
            let with = CardFields {
                at: Some((card.x + grown.x, card.y + grown.y)),
                size: Some((size.x, size.y)),
                ..CardFields::default()
            };
            edits.push(Edit::SetCard { card: Ref::Id(*id), with });
        }
        match edits.len() {
            0 => {}
            1 => out.extend(edits.pop().map(|it| SessionIntent::Edit(it).into())),
            many => {
                let label = format!("Resize {many} note cards");
                out.push(Intent::Session(SessionIntent::Edit(Edit::Batch(label, edits))));
            }
        }
    }

    /// Folds a group, or unfolds it.
    pub(super) fn fold(&self, number: u32, out: &mut Vec<Intent>) {
        let Some(group) = self.scene.board.groups.get(number as usize) else { return };
        let with = GroupFields { collapsed: Some(!group.is_folded()), ..GroupFields::default() };
        out.push(Intent::Select(Selection::on_canvas(OnCanvas::Group(group.id))));
        out.push(Intent::Session(SessionIntent::Edit(Edit::SetGroup {
            group: Ref::Id(group.id),
            with,
        })));
    }
}

/// Puts entities where the user put them, and pins them: what was placed by hand “Arrange” leaves alone.
pub fn place(book: &OpenNotebook, moved: &[(EntityId, Point)]) -> Edit {
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
