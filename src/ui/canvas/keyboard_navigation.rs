//! Keyboard navigation: from node to node along links, and from link to link.

use egui::Rect;

use super::Canvas;
use crate::app::{Intent, OnCanvas, OpenNotebook, Selection};
use crate::graph::Point;
use crate::scene::{BundleEnd, Visibility};

/// A link, or the links that run to a box together, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Link(u32),
    Bundle(u32),
}

impl Canvas {
    /// What the arrows start from: what was last walked to, while it is selected, or else something selected; of a
    /// folded member, its box.
    fn here(&self, book: &OpenNotebook) -> Option<OnCanvas> {
        let selection = book.selection();
        let entity = || selection.entities.first().copied().map(OnCanvas::Entity);
        let group = || selection.groups.first().copied().map(OnCanvas::Group);
        let card = || selection.cards.first().copied().map(OnCanvas::Card);
        let link = || {
            // While links are selected, they are seen from where one came to them.
            let id = selection.links.first()?;
            let link = book.notebook().any_link(*id)?;
            let ends = |what: &OnCanvas| match what {
                OnCanvas::Entity(id) => link.ends().any(|end| end == *id),
                OnCanvas::Group(_) => {
                    link.ends().any(|end| self.boxed_in(OnCanvas::Entity(end)) == *what)
                }
                OnCanvas::Card(_) => false,
            };
            Some(self.walker.filter(ends).unwrap_or(OnCanvas::Entity(link.from)))
        };
        self.walker
            .filter(|what| selection.holds(*what))
            .or_else(entity)
            .or_else(group)
            .or_else(card)
            .or_else(link)
            .map(|what| self.boxed_in(what))
            .filter(|what| self.rect_of(*what).is_some())
    }

    /// What stands for something on the canvas: of a folded member, its group.
    fn boxed_in(&self, what: OnCanvas) -> OnCanvas {
        let number = match what {
            OnCanvas::Entity(id) => self.scene.board.box_of(id),
            _ => None,
        };
        number.map_or(what, |n| OnCanvas::Group(self.scene.board.groups[n as usize].id))
    }

    fn end_at(&self, what: OnCanvas) -> Option<BundleEnd> {
        match what {
            OnCanvas::Entity(id) => self.scene.node(id).map(BundleEnd::Node),
            OnCanvas::Group(id) => self.scene.board.group(id).map(BundleEnd::Group),
            OnCanvas::Card(_) => None,
        }
    }

    /// Everything the arrows can walk to, with its middle: nodes, boxes, note cards.
    fn stops(&self) -> impl Iterator<Item = (Point, OnCanvas)> + '_ {
        let scene = &self.scene;
        let nodes = scene.nodes.iter().zip(0_u32..);
        let nodes = nodes.filter(|(_, number)| scene.node_visibility(*number) == Visibility::Full);
        let boxes = scene.board.groups.iter();
        let boxes = boxes.filter(|group| group.is_folded() && group.visibility == Visibility::Full);
        let cards = scene.board.cards.iter();
        nodes
            .map(|(node, _)| (node.centre, OnCanvas::Entity(node.id)))
            .chain(boxes.map(|group| (group.rect.centre(), OnCanvas::Group(group.id))))
            .chain(cards.map(|card| (card.centre, OnCanvas::Card(card.id))))
    }

    /// Selects what is nearest in a direction; what is linked is preferred. From nowhere: what is nearest to the
    /// middle of the view.
    pub(super) fn walk(
        &mut self,
        pane: Rect,
        book: &OpenNotebook,
        way: Point,
        time: f64,
        out: &mut Vec<Intent>,
    ) {
        let target = match self.here(book) {
            Some(here) => self.neighbour(here, way),
            None => {
                let middle = self.in_view(pane).centre();
                self.stops()
                    .min_by(|a, b| a.0.distance(middle).total_cmp(&b.0.distance(middle)))
                    .map(|(_, what)| what)
            }
        };
        let Some(target) = target else { return };
        self.walker = Some(target);
        out.push(Intent::Select(Selection::on_canvas(target)));
        if let Some(rect) = self.rect_of(target) {
            self.bring_into_view(pane, rect, time);
        }
    }

    fn neighbour(&self, here: OnCanvas, way: Point) -> Option<OnCanvas> {
        let from = self.rect_of(here)?.centre();
        let linked = self.linked_to(here);
        let mut best: Option<(f32, OnCanvas)> = None;
        for (centre, what) in self.stops() {
            let off = centre - from;
            let (along, aside) = (off.dot(way), off.cross(way).abs());
            if what == here || along <= 0.0 || aside > along * 1.8 {
                continue;
            }
            let mut cost = along + 2.0 * aside;
            if linked.contains(&what) {
                cost *= 0.45;
            }
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, what));
            }
        }
        best.map(|(_, what)| what)
    }

    /// The nodes and boxes that links join with this.
    fn linked_to(&self, here: OnCanvas) -> Vec<OnCanvas> {
        let Some(end) = self.end_at(here) else { return Vec::new() };
        let part = |end: BundleEnd| match end {
            BundleEnd::Node(node) => Some(OnCanvas::Entity(self.scene.nodes[node as usize].id)),
            BundleEnd::Group(group) => {
                Some(OnCanvas::Group(self.scene.board.groups[group as usize].id))
            }
            BundleEnd::Link(_) => None,
        };
        let mut linked = Vec::new();
        if let BundleEnd::Node(node) = end {
            for &link in self.scene.links_of(node) {
                let others = self.scene.links[link as usize].ends().filter(|end| *end != node);
                linked.extend(others.filter_map(|end| part(BundleEnd::Node(end))));
            }
        }
        for number in self.scene.bundles_at(end) {
            let bundle = &self.scene.board.bundles[number as usize];
            let other = if bundle.from == end { bundle.to } else { bundle.from };
            linked.extend(part(other));
        }
        linked
    }

    /// Selects the next or the previous link of what the arrows stand on; of a box, the links that run to it together.
    pub(super) fn cycle_links(&mut self, book: &OpenNotebook, step: isize, out: &mut Vec<Intent>) {
        let Some(here) = self.here(book) else { return };
        let Some(end) = self.end_at(here) else { return };
        let scene = &self.scene;
        let mut steps: Vec<Step> = Vec::new();
        if let BundleEnd::Node(node) = end {
            let seen = |link: &u32| scene.link_visibility(*link) == Visibility::Full;
            steps.extend(scene.links_of(node).iter().copied().filter(seen).map(Step::Link));
        }
        let seen =
            |number: &u32| scene.board.bundles[*number as usize].visibility == Visibility::Full;
        steps.extend(scene.bundles_at(end).into_iter().filter(seen).map(Step::Bundle));
        let Ok(count) = isize::try_from(steps.len()) else { return };
        if count == 0 {
            return;
        }
        let selection_of = |step: Step| match step {
            Step::Link(number) => Selection::link(scene.links[number as usize].id),
            Step::Bundle(number) => self.links_of_bundle(number),
        };
        let selected = &book.selection().links;
        let at = (!selected.is_empty())
            .then(|| steps.iter().position(|step| selection_of(*step).links == *selected))
            .flatten();
        let next = match at {
            Some(at) => (at as isize + step).rem_euclid(count),
            None if step > 0 => 0,
            None => count - 1,
        };
        out.push(Intent::Select(selection_of(steps[next as usize])));
        self.walker = Some(here);
    }
}
