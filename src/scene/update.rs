//! Updating the scene after a few changes to the notebook, at a cost that grows with the changes and not with the
//! notebook. The number of a removed item is given to the last one.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::visibility::touches;
use super::{Bounds, End, RelationLabel, Scene, SceneLink, SceneNode, Visibility};
use crate::graph::{Point, Rect, fan};
use crate::notebook::{EntityId, LinkId, Notebook, Target, Touched};

/// The possible differences between a scene and its notebook.
#[derive(Clone, Debug, Default)]
pub struct Differences {
    /// Entities that may differ.
    pub entities: BTreeSet<EntityId>,
    /// Links that may differ.
    pub links: BTreeSet<LinkId>,
    /// Whether any group may differ; groups are all read again.
    pub groups: bool,
    /// Whether any note card may differ; note cards are all read again.
    pub cards: bool,
}

impl Differences {
    /// The possible differences from a scene built from the notebook at this revision; `None` if they are unknown or
    /// too many.
    pub fn since(notebook: &Notebook, revision: u64) -> Option<Self> {
        let mut differences = Self::default();
        for touched in notebook.touched_since(revision)? {
            match touched {
                Touched::Entity(id) => _ = differences.entities.insert(*id),
                Touched::Link(id) => _ = differences.links.insert(*id),
                // Any number of links may show its label.
                Touched::Relation(_) => return None,
                Touched::Group(_) => differences.groups = true,
                Touched::Card(_) => differences.cards = true,
                Touched::Statement(_) | Touched::Article(_) | Touched::Other => {}
            }
        }
        Some(differences)
    }
}

/// The changes made so far by an update, by id because numbers change during the update.
#[derive(Default)]
struct Changed {
    nodes: BTreeSet<EntityId>,
    links: BTreeSet<LinkId>,
    /// The ends of added and removed links; the links between them fan out again.
    pairs: BTreeSet<(EntityId, EntityId)>,
}

/// Whether an entity has a position on the canvas.
fn has_place(notebook: &Notebook, id: EntityId) -> bool {
    notebook.nodes().contains_key(&id) && notebook.entities().contains_key(&id)
}

impl Scene {
    /// Updates the scene to what [`Scene::of`] would build from this notebook, examining only the possible differences
    /// and what is loose. Returns the nodes that have moved: number, old position, new position.
    pub fn update(
        &mut self,
        notebook: &Notebook,
        mut differences: Differences,
    ) -> Vec<(u32, Point, Point)> {
        let mut changed = Changed::default();
        for &node in &self.loose_nodes {
            differences.entities.insert(self.nodes[node as usize].id);
            changed.nodes.insert(self.nodes[node as usize].id);
        }
        changed.links.extend(self.loose_links.iter().map(|link| self.links[*link as usize].id));
        self.tighten();
        if differences.groups {
            self.read_groups(notebook);
        }
        if differences.cards {
            self.read_cards(notebook);
        }
        let (mut coming, mut going) = (Vec::new(), Vec::new());
        for &id in &differences.entities {
            match (has_place(notebook, id), self.node(id)) {
                (true, None) => {
                    coming.push(id);
                    differences.links.extend(notebook.all_links_of(id));
                }
                (false, Some(number)) => {
                    going.push(id);
                    let links = self.links_of(number).iter();
                    differences.links.extend(links.map(|link| self.links[*link as usize].id));
                }
                _ => {}
            }
        }
        let folded = self.board.any_folded();
        let before = self.links.len();
        let looked_at: Vec<LinkId> = differences.links.iter().copied().collect();
        let new = self.look_at_links(notebook, differences.links, &mut changed);
        let gone_nodes = !going.is_empty();
        let mut degrees = !coming.is_empty() || !going.is_empty();
        for id in going {
            self.remove_node(id);
        }
        let regroup = gone_nodes && !self.board.groups.is_empty();
        for id in coming {
            self.add_node(notebook, id, &mut changed);
        }
        let mut moves = Vec::new();
        let gone = gone_nodes || self.links.len() < before;
        for id in differences.entities {
            self.look_at_node(notebook, id, &mut changed, &mut moves);
        }
        degrees |= !new.is_empty() || !changed.pairs.is_empty();
        self.add_links(notebook, new, &mut changed);
        self.fan_out(&mut changed);
        let nodes: Vec<u32> = changed.nodes.iter().filter_map(|id| self.node(*id)).collect();
        let mut links: Vec<u32> = changed.links.iter().filter_map(|id| self.link(*id)).collect();
        // Folding is applied again if anything folded, or a link to a box, has changed, or if numbers have changed.
        let at_a_box = |id: &LinkId| {
            self.link(*id).is_some_and(|number| {
                let link = &self.links[number as usize];
                link.ends().any(|node| self.is_folded(node)) || matches!(link.to, End::Link(_))
            })
        };
        let refold = differences.groups
            || folded
                && (gone || looked_at.iter().any(at_a_box) || changed.links.iter().any(at_a_box));
        if refold {
            // Bundles may refer to numbers that have changed.
            self.board.bundles.clear();
        } else {
            self.set_new_visibility(&nodes, &links);
        }
        for node in &nodes {
            links.extend_from_slice(self.links_of(*node));
        }
        self.place_anew(&nodes, &mut links);
        if refold {
            let emphasis = self.emphasis().cloned();
            self.apply_sight(emphasis.as_ref());
        } else if regroup {
            self.measure_board();
        } else if differences.cards {
            self.board.index();
        }
        if degrees {
            self.rank();
        }
        moves.into_iter().filter_map(|(id, from, to)| Some((self.node(id)?, from, to))).collect()
    }

    /// Whether a node is in a folded group.
    fn is_folded(&self, node: u32) -> bool {
        self.board.box_of(self.nodes[node as usize].id).is_some()
    }

    /// Examines links that may differ: updates those that stay, removes those that do not, and returns those to add.
    fn look_at_links(
        &mut self,
        notebook: &Notebook,
        links: BTreeSet<LinkId>,
        changed: &mut Changed,
    ) -> Vec<LinkId> {
        let mut new = Vec::new();
        let mut waiting: Vec<LinkId> = links.into_iter().collect();
        while let Some(id) = waiting.pop() {
            let wanted = notebook.any_link(id);
            let Some(number) = self.link(id) else {
                if wanted.is_some() {
                    new.push(id);
                }
                continue;
            };
            let shown = &self.links[number as usize];
            let stays = wanted.filter(|wanted| {
                (wanted.from, wanted.to) == (shown.link.from, shown.link.to)
                    && wanted.ends().all(|id| has_place(notebook, id))
                    && match wanted.to {
                        Target::Entity(_) => true,
                        Target::Link(to) => self.link(to).is_some(),
                    }
            });
            if let Some(link) = stays {
                let link = Arc::clone(link);
                let relation = RelationLabel::of(notebook, &link.relation);
                let shown = &mut self.links[number as usize];
                if shown.label != relation.label || shown.family != relation.family {
                    changed.links.insert(id);
                }
                self.bare -= usize::from(shown.is_bare());
                shown.link = link;
                self.bare += usize::from(shown.is_bare());
                (shown.label, shown.written, shown.family) =
                    (relation.label, relation.written, relation.family);
                continue;
            }
            if wanted.is_some() {
                new.push(id);
            }
            // Links that target it are removed with it and added again with it.
            waiting.extend(self.pointing_at(number).map(|onto| self.links[onto as usize].id));
            changed.pairs.extend(self.pair(number));
            self.remove_link(number);
        }
        new
    }

    /// The links that target this one.
    fn pointing_at(&self, link: u32) -> impl Iterator<Item = u32> + '_ {
        self.onto
            .iter()
            .copied()
            .filter(move |onto| self.links[*onto as usize].to == End::Link(link))
    }

    /// The ids of a link's two entities, the smaller first; `None` if it targets a link.
    fn pair(&self, link: u32) -> Option<(EntityId, EntityId)> {
        let link = &self.links[link as usize];
        let End::Node(to) = link.to else { return None };
        let (a, b) = (self.nodes[link.from as usize].id, self.nodes[to as usize].id);
        Some((a.min(b), a.max(b)))
    }

    fn remove_link(&mut self, number: u32) {
        self.forget_label(number);
        self.outgrow(self.links[number as usize].curve.bounds());
        let last = self.links.len() as u32 - 1;
        for end in self.links[number as usize].ends() {
            self.incidence.remove(end, number);
            self.nodes[end as usize].degree -= 1;
        }
        self.onto.retain(|onto| *onto != number);
        self.link_grid.set(last, Rect::NOTHING);
        if number != last {
            for end in self.links[last as usize].ends() {
                self.incidence.renumber_link(end, last, number);
            }
            for at in 0..self.onto.len() {
                let onto = self.onto[at];
                if self.links[onto as usize].to == End::Link(last) {
                    self.links[onto as usize].to = End::Link(number);
                }
                if onto == last {
                    self.onto[at] = number;
                }
            }
            self.label_places.renumber(last, number);
            self.link_grid.set(number, self.links[last as usize].curve.bounds());
            self.link_numbers.insert(self.links[last as usize].id, number);
        }
        self.remove_link_visibility(number);
        let gone = self.links.swap_remove(number as usize);
        self.is_loose_link.swap_remove(number as usize);
        self.link_numbers.remove(&gone.id);
        self.bare -= usize::from(gone.is_bare());
    }

    /// Removes a node whose links have been removed.
    fn remove_node(&mut self, id: EntityId) {
        let Some(number) = self.node(id) else { return };
        self.make_way(self.nodes[number as usize].rect());
        self.outgrow(self.nodes[number as usize].rect());
        let last = self.nodes.len() as u32 - 1;
        self.node_grid.set(last, Rect::NOTHING);
        if number != last {
            let links = self.incidence.of(last).to_vec();
            for &link in &links {
                let link = &mut self.links[link as usize];
                if link.from == last {
                    link.from = number;
                }
                if link.to == End::Node(last) {
                    link.to = End::Node(number);
                }
            }
            self.incidence.put(number, links);
            self.node_grid.set(number, self.nodes[last as usize].rect());
            self.node_numbers.insert(self.nodes[last as usize].id, number);
        }
        self.incidence.put(last, Vec::new());
        self.remove_node_visibility(number);
        self.nodes.swap_remove(number as usize);
        self.is_loose_node.swap_remove(number as usize);
        self.node_numbers.remove(&id);
    }

    fn add_node(&mut self, notebook: &Notebook, id: EntityId, changed: &mut Changed) {
        let (Some(node), Some(entity)) = (notebook.nodes().get(&id), notebook.entity(id)) else {
            return;
        };
        let number = self.nodes.len() as u32;
        let mut new = SceneNode::new(id, entity, node);
        new.scale = self.scale_of(id);
        new.size = new.size * new.scale;
        self.nodes.push(new);
        self.add_node_visibility();
        self.is_loose_node.push(false);
        self.incidence.put(number, Vec::new());
        self.node_numbers.insert(id, number);
        changed.nodes.insert(id);
    }

    fn look_at_node(
        &mut self,
        notebook: &Notebook,
        id: EntityId,
        changed: &mut Changed,
        moves: &mut Vec<(EntityId, Point, Point)>,
    ) {
        let (Some(number), Some(node), Some(entity)) =
            (self.node(id), notebook.nodes().get(&id), notebook.entity(id))
        else {
            return;
        };
        let shown = &mut self.nodes[number as usize];
        let mut now = SceneNode::new(id, entity, node);
        (now.degree, now.scale) = (shown.degree, shown.scale);
        now.size = now.size * now.scale;
        let was = std::mem::replace(shown, now);
        let now = &self.nodes[number as usize];
        if (was.centre, was.size, was.kind) == (now.centre, now.size, now.kind) {
            return;
        }
        changed.nodes.insert(id);
        if was.centre.distance(now.centre) > 1.0 {
            moves.push((id, was.centre, now.centre));
        }
        self.make_way(was.rect());
        self.outgrow(was.rect());
    }

    /// Adds links: those to entities first, then those to links, each after its target.
    fn add_links(&mut self, notebook: &Notebook, mut new: Vec<LinkId>, changed: &mut Changed) {
        new.sort_unstable();
        new.dedup();
        let to_entity =
            |id: &LinkId| notebook.any_link(*id).is_some_and(|link| link.to_entity().is_some());
        let (to_entities, to_links): (Vec<LinkId>, Vec<LinkId>) =
            new.into_iter().partition(to_entity);
        for id in to_entities.into_iter().chain(notebook.targets_first(to_links)) {
            let Some(link) = notebook.any_link(id) else { continue };
            let to = match link.to {
                Target::Entity(to) => self.node(to).map(End::Node),
                Target::Link(to) => self.link(to).map(End::Link),
            };
            let (Some(from), Some(to)) = (self.node(link.from), to) else { continue };
            let number = self.links.len() as u32;
            let relation = RelationLabel::of(notebook, &link.relation);
            self.links.push(SceneLink::new(id, link, from, to, relation));
            self.add_link_visibility();
            self.is_loose_link.push(false);
            self.bare += usize::from(self.links[number as usize].is_bare());
            self.link_numbers.insert(id, number);
            for end in self.links[number as usize].ends() {
                self.incidence.add(end, number);
                self.nodes[end as usize].degree += 1;
            }
            if matches!(to, End::Link(_)) {
                self.onto.push(number);
            }
            changed.links.insert(id);
            changed.pairs.extend(self.pair(number));
        }
    }

    /// Fans out the links between each pair of nodes between which links were added or removed.
    fn fan_out(&mut self, changed: &mut Changed) {
        for (a, b) in std::mem::take(&mut changed.pairs) {
            let (Some(a), Some(b)) = (self.node(a), self.node(b)) else { continue };
            let mut between: Vec<(LinkId, u32)> = self
                .links_of(a)
                .iter()
                .filter(|link| {
                    let link = &self.links[**link as usize];
                    let other = if link.from == a { link.to } else { End::Node(link.from) };
                    other == End::Node(b) && !matches!(link.to, End::Link(_))
                })
                .map(|link| (self.links[*link as usize].id, *link))
                .collect();
            between.sort_unstable();
            // As in a newly built scene, “right” is seen from the end with the smaller id.
            let ends: Vec<(u32, u32)> = between
                .iter()
                .map(|(_, link)| match () {
                    () if a == b => (0, 0),
                    () if self.links[*link as usize].from == a => (0, 1),
                    () => (1, 0),
                })
                .collect();
            for ((id, link), bend) in between.into_iter().zip(fan(&ends)) {
                if self.links[link as usize].bend != bend {
                    self.links[link as usize].bend = bend;
                    changed.links.insert(id);
                }
            }
        }
    }

    /// Redraws the lines of these links and indexes these nodes and links at their current positions.
    pub(super) fn place_anew(&mut self, nodes: &[u32], links: &mut Vec<u32>) {
        let mut among = if self.onto.is_empty() { Vec::new() } else { self.marks_of(links) };
        for &onto in &self.onto {
            if let End::Link(to) = self.links[onto as usize].to
                && among[to as usize]
            {
                among[onto as usize] = true;
                links.push(onto);
            }
        }
        links.sort_unstable();
        links.dedup();
        for &link in links.iter() {
            self.outgrow(self.links[link as usize].curve.bounds());
            self.forget_label(link);
        }
        self.draw_lines(links);
        for &node in nodes {
            let rect = self.nodes[node as usize].rect();
            self.node_grid.set(node, rect);
            self.bounds.0 = self.bounds.0.union(rect);
            let seen = self.node_visibility(node);
            self.widen(rect, seen, seen == Visibility::Full);
            for label in self.label_places.over(rect) {
                self.forget_label(label);
            }
        }
        for &link in links.iter() {
            let rect = self.links[link as usize].curve.bounds();
            self.link_grid.set(link, rect);
            self.bounds.0 = self.bounds.0.union(rect);
            self.widen(rect, self.link_visibility(link), false);
        }
        self.take_detours();
        if self.outgrown {
            self.outgrown = false;
            let nodes = self.nodes.iter().map(SceneNode::rect);
            let links = self.links.iter().map(|link| link.curve.bounds());
            self.bounds = Bounds(nodes.chain(links).fold(Rect::NOTHING, Rect::union));
        }
        self.measure_visible_if_outgrown();
        self.measure_groups_of(nodes);
        self.version += 1;
    }

    /// Notes that something in `rect` is removed: labels nearby that had no room are placed again.
    pub(super) fn make_way(&mut self, rect: Rect) {
        let mut near = Vec::new();
        self.link_grid.visit(rect, |link| near.push(link));
        for link in near {
            if self.label_places.was_crowded_out(link) {
                self.forget_label(link);
            }
        }
    }

    /// Notes that something in `rect` is removed or moves: if it touches the border of the bounds, they must be
    /// measured again.
    pub(super) fn outgrow(&mut self, rect: Rect) {
        self.outgrown |= touches(rect, self.bounds.0);
        if !self.is_all_visible() {
            self.outgrow_visible(rect);
        }
    }
}
