//! Groups, with their frames or boxes, and note cards on the canvas.
//!
//! A group's frame is computed from its members. It is cached, and measured again when one of them changes.

use std::collections::HashMap;
use std::sync::Arc;

use super::bundles::Bundle;
use super::{Bounds, Numbers, Scene, Visibility};
use crate::graph::{Grid, Point, Rect, box_size, frame_around};
use crate::notebook::{Card, CardId, EntityId, Group, GroupId, Notebook};

/// A group on the canvas.
#[derive(Clone, Debug)]
pub struct SceneGroup {
    /// The group's id.
    pub id: GroupId,
    /// The group itself.
    pub group: Arc<Group>,
    /// Its frame, or its box while it is folded, in canvas units; [`Rect::NOTHING`] if none of its members is shown.
    pub rect: Rect,
    /// The number of its members that are shown, or would be if it were not folded.
    pub shown: usize,
    /// Its visibility: that of its most visible member.
    pub visibility: Visibility,
}

impl SceneGroup {
    /// Whether its members are folded into a box.
    pub fn is_folded(&self) -> bool {
        self.group.collapsed
    }

    /// The number of members in words; if a filter hides some, also how many are shown.
    pub fn count(&self) -> String {
        let all = self.group.members.len();
        if self.shown < all {
            return format!("{} of {all} entities", self.shown);
        }
        if all == 1 { "1 entity".to_owned() } else { format!("{all} entities") }
    }
}

/// A note card on the canvas.
#[derive(Clone, Debug)]
pub struct SceneCard {
    /// The card's id.
    pub id: CardId,
    /// The card itself.
    pub card: Arc<Card>,
    /// Its centre, in canvas units.
    pub centre: Point,
    /// Its width and height, in canvas units.
    pub size: Point,
}

impl SceneCard {
    fn new(id: CardId, card: &Arc<Card>) -> Self {
        Self {
            id,
            card: Arc::clone(card),
            centre: Point::new(card.x, card.y),
            size: Point::new(card.width, card.height),
        }
    }

    /// Its bounding rectangle, in canvas units.
    pub fn rect(&self) -> Rect {
        Rect::around(self.centre, self.size)
    }

    /// Restores the position and size that the notebook gives it.
    pub fn restore(&mut self) {
        *self = Self::new(self.id, &Arc::clone(&self.card));
    }
}

/// The groups and note cards of a scene, by number, and the links that end at boxes.
#[derive(Clone, Debug, Default)]
pub struct Board {
    /// The groups.
    pub groups: Vec<SceneGroup>,
    /// The note cards.
    pub cards: Vec<SceneCard>,
    /// The links of folded members, bundled by the two ends they connect.
    pub bundles: Vec<Bundle>,
    /// The number of the group that an entity is in.
    pub(super) of: Numbers<EntityId>,
    group_numbers: HashMap<GroupId, u32>,
    card_numbers: HashMap<CardId, u32>,
    group_grid: Grid,
    card_grid: Grid,
    bundle_grid: Grid,
    bounds: Bounds,
    /// The groups of loose nodes, which are measured again as those move.
    loose: Vec<u32>,
}

impl Board {
    /// Whether there are no groups and no note cards.
    pub const fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.cards.is_empty()
    }

    /// Whether any group is folded.
    pub(super) fn any_folded(&self) -> bool {
        self.groups.iter().any(SceneGroup::is_folded)
    }

    /// The number of the group that an entity is in.
    pub fn group_of(&self, id: EntityId) -> Option<u32> {
        self.of.get(&id).copied()
    }

    /// The number of the folded group that an entity is in.
    pub fn box_of(&self, id: EntityId) -> Option<u32> {
        self.group_of(id).filter(|number| self.groups[*number as usize].is_folded())
    }

    /// A group's number.
    pub fn group(&self, id: GroupId) -> Option<u32> {
        self.group_numbers.get(&id).copied()
    }

    /// A note card's number.
    pub fn card(&self, id: CardId) -> Option<u32> {
        self.card_numbers.get(&id).copied()
    }

    /// The bounding rectangle of all groups and note cards, in canvas units.
    pub(super) const fn bounds(&self) -> Rect {
        self.bounds.0
    }

    /// The groups whose frames or boxes meet `rect`, in ascending order.
    pub fn groups_in(&self, rect: Rect, out: &mut Vec<u32>) {
        self.group_grid.query(rect, out);
    }

    /// The note cards that meet `rect`, in ascending order.
    pub fn cards_in(&self, rect: Rect, out: &mut Vec<u32>) {
        self.card_grid.query(rect, out);
    }

    /// The bundles whose bounds meet `rect`, in ascending order.
    pub fn bundles_in(&self, rect: Rect, out: &mut Vec<u32>) {
        self.bundle_grid.query(rect, out);
    }

    /// The topmost box at a point, with a margin in canvas units; faded boxes are ignored.
    pub fn box_at(&self, p: Point, margin: f32) -> Option<u32> {
        let mut top = None;
        self.group_grid.visit(Rect { min: p, max: p }.expand(margin), |number| {
            let group = &self.groups[number as usize];
            if group.is_folded() && group.visibility == Visibility::Full {
                top = top.max(Some(number));
            }
        });
        top
    }

    /// The topmost note card at a point, with a margin in canvas units.
    pub fn card_at(&self, p: Point, margin: f32) -> Option<u32> {
        let mut top = None;
        self.card_grid
            .visit(Rect { min: p, max: p }.expand(margin), |number| top = top.max(Some(number)));
        top
    }

    /// The groups whose frames contain a point or are within `margin` canvas units of it, smallest first; faded groups
    /// are ignored.
    pub fn frames_at(&self, p: Point, margin: f32) -> Vec<u32> {
        let mut found = Vec::new();
        self.group_grid.visit(Rect { min: p, max: p }.expand(margin), |number| {
            let group = &self.groups[number as usize];
            if !group.is_folded() && group.visibility == Visibility::Full {
                found.push(number);
            }
        });
        let area = |number: &u32| {
            let size = self.groups[*number as usize].rect.size();
            size.x * size.y
        };
        found.sort_by(|a, b| area(a).total_cmp(&area(b)).then(a.cmp(b)));
        found
    }

    /// The bundle nearest to a point, within `reach` canvas units; faded bundles are ignored.
    pub fn bundle_at(&self, p: Point, reach: f32) -> Option<u32> {
        let mut best: Option<(f32, u32)> = None;
        self.bundle_grid.visit(Rect { min: p, max: p }.expand(reach), |number| {
            let bundle = &self.bundles[number as usize];
            let far = bundle.curve.distance(p);
            if bundle.visibility == Visibility::Full
                && far <= reach
                && best.is_none_or(|(least, _)| far < least)
            {
                best = Some((far, number));
            }
        });
        best.map(|(_, number)| number)
    }

    /// Stops following loose nodes.
    pub(super) fn let_go(&mut self) {
        self.loose.clear();
    }

    /// Rebuilds the indexes and the bounds from the current positions.
    pub(super) fn index(&mut self) {
        let groups: Vec<Rect> = self.groups.iter().map(|group| group.rect).collect();
        let cards: Vec<Rect> = self.cards.iter().map(SceneCard::rect).collect();
        let bundles: Vec<Rect> = self.bundles.iter().map(|b| b.curve.bounds()).collect();
        self.bounds =
            Bounds(groups.iter().chain(&cards).fold(Rect::NOTHING, |all, r| all.union(*r)));
        self.group_grid = Grid::build(&groups);
        self.card_grid = Grid::build(&cards);
        self.bundle_grid = Grid::build(&bundles);
    }
}

impl Scene {
    /// Removes the faded groups from a list and returns them.
    pub fn take_faded_groups(&self, groups: &mut Vec<u32>) -> Vec<u32> {
        let seen = |number: &u32| self.board.groups[*number as usize].visibility;
        groups.extract_if(.., |number| seen(number) == Visibility::Faded).collect()
    }

    /// Removes the faded bundles from a list and returns them.
    pub fn take_faded_bundles(&self, bundles: &mut Vec<u32>) -> Vec<u32> {
        let seen = |number: &u32| self.board.bundles[*number as usize].visibility;
        bundles.extract_if(.., |number| seen(number) == Visibility::Faded).collect()
    }

    /// Reads the groups from the notebook.
    pub(super) fn read_groups(&mut self, notebook: &Notebook) {
        let board = &mut self.board;
        board.groups.clear();
        board.group_numbers.clear();
        board.of.clear();
        for ((id, group), number) in notebook.groups().iter().zip(0_u32..) {
            board.group_numbers.insert(*id, number);
            for member in &group.members {
                board.of.insert(*member, number);
            }
            let (rect, shown, visibility) = (Rect::NOTHING, 0, Visibility::Full);
            board.groups.push(SceneGroup {
                id: *id,
                group: Arc::clone(group),
                rect,
                shown,
                visibility,
            });
        }
    }

    /// Reads the note cards from the notebook.
    pub(super) fn read_cards(&mut self, notebook: &Notebook) {
        let board = &mut self.board;
        board.cards.clear();
        board.card_numbers.clear();
        for ((id, card), number) in notebook.cards().iter().zip(0_u32..) {
            board.card_numbers.insert(*id, number);
            board.cards.push(SceneCard::new(*id, card));
        }
    }

    /// Measures every group, draws the bundles and rebuilds the indexes.
    pub(super) fn measure_board(&mut self) {
        for number in 0..self.board.groups.len() as u32 {
            self.measure(number);
        }
        self.draw_bundles();
        self.board.index();
    }

    /// Computes a group's frame or box, and its visibility.
    fn measure(&mut self, number: u32) {
        let group = &self.board.groups[number as usize];
        let (mut all, mut frame) = (Rect::NOTHING, Rect::NOTHING);
        let (mut shown, mut seen) = (0, Visibility::Hidden);
        for id in &group.group.members {
            let Some(node) = self.node(*id) else { continue };
            let rect = self.nodes[node as usize].rect();
            all = all.union(rect);
            match self.node_in_sight(*id) {
                Visibility::Hidden => continue,
                Visibility::Full => seen = Visibility::Full,
                Visibility::Faded if seen == Visibility::Hidden => seen = Visibility::Faded,
                Visibility::Faded => {}
            }
            shown += 1;
            frame = frame.union(rect);
        }
        let rect = match shown {
            0 => Rect::NOTHING,
            _ if group.is_folded() => Rect::around(all.centre(), box_size(&group.group.title)),
            _ => frame_around(frame),
        };
        let group = &mut self.board.groups[number as usize];
        (group.rect, group.shown, group.visibility) = (rect, shown, seen);
    }

    /// The numbers of the nodes that are a group's members.
    pub fn members(&self, group: u32) -> Vec<u32> {
        let members = &self.board.groups[group as usize].group.members;
        members.iter().filter_map(|id| self.node(*id)).collect()
    }

    /// Measures the groups of these nodes and redraws the lines that end at boxes.
    pub(super) fn measure_groups_of(&mut self, nodes: &[u32]) {
        if self.board.groups.is_empty() {
            return;
        }
        let groups = self.groups_of(nodes);
        for group in &groups {
            self.measure(*group);
        }
        if !groups.is_empty() || !self.board.bundles.is_empty() {
            self.draw_bundles();
            self.board.index();
        }
    }

    fn groups_of(&self, nodes: &[u32]) -> Vec<u32> {
        let of = |node: &u32| self.board.group_of(self.nodes[*node as usize].id);
        let mut groups: Vec<u32> = nodes.iter().filter_map(of).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// Makes the groups of loose nodes follow them from now on.
    pub(super) fn loosen_groups(&mut self) {
        self.board.loose = self.groups_of(&self.loose_nodes);
    }

    /// Updates the frames and boxes of loose nodes, the lines that end at boxes, and the indexes, note cards included.
    pub fn follow_board(&mut self) {
        if self.board.is_empty() {
            return;
        }
        for group in std::mem::take(&mut self.board.loose) {
            self.measure(group);
            self.board.loose.push(group);
        }
        self.draw_bundles();
        self.board.index();
    }

    /// The rectangle of an entity, in canvas units: the group's box if it is in a folded group. `None` if it is not on
    /// the canvas.
    pub fn rect_of_entity(&self, id: EntityId) -> Option<Rect> {
        let rect = match self.board.box_of(id) {
            Some(number) => self.board.groups[number as usize].rect,
            None => self.nodes[self.node(id)? as usize].rect(),
        };
        rect.is_valid().then_some(rect)
    }

    /// The frame or box of a group, in canvas units; `None` if none of its members is shown.
    pub fn rect_of_group(&self, id: GroupId) -> Option<Rect> {
        let rect = self.board.groups[self.board.group(id)? as usize].rect;
        rect.is_valid().then_some(rect)
    }

    /// The rectangle of a note card, in canvas units.
    pub fn rect_of_card(&self, id: CardId) -> Option<Rect> {
        let rect = self.board.cards[self.board.card(id)? as usize].rect();
        rect.is_valid().then_some(rect)
    }
}
