//! The links of folded groups: they end at the group's box, and links between the same two ends share one line.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::{End, Scene, Visibility};
use crate::graph::{Curve, Point, Shape, curve};
use crate::notebook::Family;

/// An end of a bundle, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BundleEnd {
    /// A node.
    Node(u32),
    /// The box of a group.
    Group(u32),
    /// The middle of a link.
    Link(u32),
}

/// The links between two ends, at least one of which is a box.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// Its start; if it has several links, either end.
    pub from: BundleEnd,
    /// Its other end.
    pub to: BundleEnd,
    /// The numbers of its links, at least one.
    pub links: Vec<u32>,
    /// Its line, in canvas units.
    pub curve: Curve,
    /// Whether any of its links points at its start, and whether any points at its end.
    pub arrows: (bool, bool),
    /// The family of the links' relations, if they all share one.
    pub family: Option<Family>,
    /// Whether none of its links is supported by a sentence yet.
    pub bare: bool,
    /// Its visibility.
    pub visibility: Visibility,
    /// The label on its line: the relation of a single link, or the number of links.
    pub written: Arc<str>,
}

impl Scene {
    /// Folds groups: hides their members and the links of those, and draws the links to the boxes instead.
    pub(super) fn fold(&mut self) {
        self.board.bundles.clear();
        if !self.board.any_folded() {
            return;
        }
        let mut folded: HashSet<u32> = HashSet::new();
        let mut links: Vec<u32> = Vec::new();
        for number in 0..self.board.groups.len() as u32 {
            if !self.board.groups[number as usize].is_folded() {
                continue;
            }
            for node in self.members(number) {
                self.set_node_visibility(node, Visibility::Hidden);
                links.extend(self.links_of(node).iter().filter(|link| folded.insert(**link)));
            }
        }
        // A link that targets a folded link is folded too.
        for &onto in &self.onto {
            if let End::Link(to) = self.links[onto as usize].to
                && folded.contains(&to)
                && folded.insert(onto)
            {
                links.push(onto);
            }
        }
        links.sort_unstable();
        let mut numbers: HashMap<(BundleEnd, BundleEnd), usize> = HashMap::new();
        for link in links {
            let seen = self.link_visibility(link);
            self.set_link_visibility(link, Visibility::Hidden);
            let (Some(from), Some(to)) = (
                Some(self.bundle_end_at(self.links[link as usize].from)),
                self.bundle_end_of(self.links[link as usize].to, &folded),
            ) else {
                continue;
            };
            // Inside the box, or hidden by a filter.
            if from == to || seen == Visibility::Hidden {
                continue;
            }
            let key = if from <= to { (from, to) } else { (to, from) };
            let number = *numbers.entry(key).or_insert(self.board.bundles.len());
            self.add_to_bundle(number, link, (from, to), seen);
        }
        for bundle in &mut self.board.bundles {
            bundle.written = match &bundle.links[..] {
                [one] => Arc::clone(&self.links[*one as usize].written),
                many => Arc::from(format!("{} links", many.len())),
            };
        }
    }

    fn add_to_bundle(
        &mut self,
        number: usize,
        link: u32,
        (from, to): (BundleEnd, BundleEnd),
        seen: Visibility,
    ) {
        const NOWHERE: Point = Point::new(0.0, 0.0);
        let scene_link = &self.links[link as usize];
        let (family, bare) = (scene_link.family, scene_link.is_bare());
        let directed = scene_link.link.directed;
        let bundles = &mut self.board.bundles;
        if number == bundles.len() {
            bundles.push(Bundle {
                from,
                to,
                links: Vec::new(),
                curve: Curve { from: NOWHERE, control: NOWHERE, to: NOWHERE },
                arrows: (false, false),
                family: Some(family),
                bare: true,
                visibility: seen,
                written: Arc::from(""),
            });
        }
        let bundle = &mut bundles[number];
        bundle.links.push(link);
        if directed && bundle.to == to {
            bundle.arrows.1 = true;
        } else if directed {
            bundle.arrows.0 = true;
        }
        bundle.family = bundle.family.filter(|all| *all == family);
        bundle.bare &= bare;
        if seen == Visibility::Full {
            bundle.visibility = Visibility::Full;
        }
    }

    /// The end that represents a node: the node itself, or the box of its folded group.
    fn bundle_end_at(&self, node: u32) -> BundleEnd {
        match self.board.box_of(self.nodes[node as usize].id) {
            Some(group) => BundleEnd::Group(group),
            None => BundleEnd::Node(node),
        }
    }

    /// The end that represents a link's target: for a folded link, the box that hides it.
    fn bundle_end_of(&self, end: End, folded: &HashSet<u32>) -> Option<BundleEnd> {
        match end {
            End::Node(node) => Some(self.bundle_end_at(node)),
            End::Link(link) if folded.contains(&link) => {
                let link = &self.links[link as usize];
                let from = self.bundle_end_at(link.from);
                if matches!(from, BundleEnd::Group(_)) {
                    return Some(from);
                }
                self.bundle_end_of(link.to, folded)
            }
            End::Link(link) => Some(BundleEnd::Link(link)),
        }
    }

    /// Draws the lines of the bundles at the current positions of their ends.
    pub(super) fn draw_bundles(&mut self) {
        for number in 0..self.board.bundles.len() {
            let bundle = &self.board.bundles[number];
            let (from, to) = (self.outline(bundle.from), self.outline(bundle.to));
            self.board.bundles[number].curve = curve(from, to, 0.0);
        }
    }

    /// The outline, centre and size of an end, for a line that stops at its border.
    fn outline(&self, end: BundleEnd) -> (Shape, Point, Point) {
        match end {
            BundleEnd::Node(node) => self.nodes[node as usize].end(),
            BundleEnd::Group(group) => {
                let rect = self.board.groups[group as usize].rect;
                (Shape::Rectangle, rect.centre(), rect.size())
            }
            BundleEnd::Link(link) => {
                let middle = self.links[link as usize].curve.at(0.5);
                (Shape::Rectangle, middle, Point::default())
            }
        }
    }

    /// The numbers of the bundles that end at a node or a box.
    pub fn bundles_at(&self, end: BundleEnd) -> Vec<u32> {
        let ends = |bundle: &Bundle| bundle.from == end || bundle.to == end;
        let all = self.board.bundles.iter().zip(0_u32..);
        all.filter(|(bundle, _)| ends(bundle)).map(|(_, number)| number).collect()
    }
}
