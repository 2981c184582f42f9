//! The notebook as the canvas shows it: nodes and links with their geometry, and an index of what lies where.
//! Built anew when the notebook changes; what moves meanwhile (a drag, an animation) is set apart so that the
//! index stays true for the rest.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use crate::graph::{Curve, Grid, Point, Rect, Shape, curve, fan, loop_curve, node_size};
use crate::notebook::{
    Basis, Entity, EntityId, Kind, Link, LinkId, Notebook, RelationId, Strength, Target,
};

/// An entity on the canvas.
#[derive(Clone, Debug)]
pub struct SceneNode {
    /// Which.
    pub id: EntityId,
    /// The entity itself.
    pub entity: Arc<Entity>,
    /// Its kind.
    pub kind: Kind,
    /// Where it is shown, in canvas units: its centre.
    pub centre: Point,
    /// Its width and height, in canvas units.
    pub size: Point,
    /// “Arrange” leaves it where it is.
    pub pinned: bool,
    /// How many ends of links it has.
    pub degree: u32,
}

impl SceneNode {
    /// Its outline.
    pub const fn shape(&self) -> Shape {
        match self.kind {
            Kind::Actor => Shape::Pill,
            Kind::Event => Shape::Diamond,
            Kind::Claim => Shape::Rectangle,
        }
    }

    /// The rectangle around it, in canvas units.
    pub fn rect(&self) -> Rect {
        Rect::around(self.centre, self.size)
    }

    /// Whether a point lies within its outline grown by `margin` canvas units.
    pub fn contains(&self, p: Point, margin: f32) -> bool {
        let off = p - self.centre;
        let half = self.size * 0.5;
        if off.x.abs() > half.x + margin || off.y.abs() > half.y + margin {
            return false;
        }
        match self.shape() {
            Shape::Diamond => {
                off.x.abs() / (half.x + margin).max(1e-3)
                    + off.y.abs() / (half.y + margin).max(1e-3)
                    <= 1.0
            }
            Shape::Pill | Shape::Rectangle => true,
        }
    }

    fn end(&self) -> (Shape, Point, Point) {
        (self.shape(), self.centre, self.size)
    }
}

/// What a link ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A node: its number.
    Node(u32),
    /// The middle of another link: its number.
    Link(u32),
}

/// How a link's line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// As it is said.
    Solid,
    /// A supposition.
    Dashed,
    /// The analyst's inference.
    Dotted,
}

/// A link on the canvas.
#[derive(Clone, Debug)]
pub struct SceneLink {
    /// Which.
    pub id: LinkId,
    /// The link itself.
    pub link: Arc<Link>,
    /// The number of the node it starts at.
    pub from: u32,
    /// What it ends at.
    pub to: End,
    /// How far its middle is bent aside (see [`fan`]).
    pub bend: f32,
    /// Its line, in canvas units.
    pub curve: Curve,
    /// Its relation's label.
    pub label: Arc<str>,
    /// Where on the line its label stands (0 to 1), when there is room for it.
    pub label_at: Option<f32>,
}

impl SceneLink {
    /// How its line is drawn.
    pub fn line(&self) -> Line {
        if self.link.basis == Basis::AnalystInference {
            Line::Dotted
        } else if self.link.strength == Strength::Tentative {
            Line::Dashed
        } else {
            Line::Solid
        }
    }

    /// Whether no sentence supports it yet.
    pub fn is_bare(&self) -> bool {
        self.link.evidence.is_empty()
    }
}

/// The ids of entities are random already: mixing them again would only cost.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, bits: u64) {
        self.0 = (self.0.rotate_left(5) ^ bits).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

/// From ids to numbers.
pub type Numbers<K> = HashMap<K, u32, BuildHasherDefault<IdHasher>>;

/// Everything on the canvas.
#[derive(Clone, Debug, Default)]
pub struct Scene {
    /// The nodes, by id: their numbers are their places here.
    pub nodes: Vec<SceneNode>,
    /// The links, by id.
    pub links: Vec<SceneLink>,
    /// The rectangle around everything; [`Rect::NOTHING`] for an empty canvas.
    pub bounds: Bounds,
    /// Grows whenever anything in it may look different.
    pub version: u64,
    unfinished: bool,
    node_numbers: Numbers<EntityId>,
    link_numbers: Numbers<LinkId>,
    node_grid: Grid,
    link_grid: Grid,
    /// The links of each node: those of node `n` are `of_node[starts[n]..starts[n + 1]]`.
    of_node: Vec<u32>,
    starts: Vec<u32>,
    /// The nodes with the most links, most first.
    landmarks: Vec<u32>,
    /// What moves now: the grids do not know where it is.
    loose_nodes: Vec<u32>,
    loose_links: Vec<u32>,
    is_loose_node: Vec<bool>,
    is_loose_link: Vec<bool>,
}

/// A rectangle around things, with [`Rect::NOTHING`] as its default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds(pub Rect);

impl Default for Bounds {
    fn default() -> Self {
        Self(Rect::NOTHING)
    }
}

/// More links than this get no labels but under the pointer: there would be no room for them.
const MOST_LABELLED: usize = 3000;

/// A scene with more links than this may be left unfinished at first.
const MOST_AT_ONCE: usize = 30_000;

/// So many nodes are in the running for a name beside them.
const MOST_LANDMARKS: usize = 600;

impl Scene {
    /// The notebook's entities that have a place, and its links between them. Unless all is wanted at once, a very
    /// large scene is left unfinished, so that something is on screen soon.
    pub fn of(notebook: &Notebook, version: u64, at_once: bool) -> Self {
        let mut nodes = Vec::with_capacity(notebook.nodes().len());
        let mut node_numbers = Numbers::default();
        node_numbers.reserve(notebook.nodes().len());
        // Both are sorted by id: walking them side by side saves looking each one up.
        let mut entities = notebook.entities().iter().peekable();
        for (id, node) in notebook.nodes() {
            while entities.next_if(|(entity, _)| *entity < id).is_some() {}
            let Some((_, entity)) = entities.next_if(|(entity, _)| *entity == id) else { continue };
            let centre = Point::new(node.x, node.y);
            node_numbers.insert(*id, nodes.len() as u32);
            nodes.push(SceneNode {
                id: *id,
                kind: entity.kind(),
                centre: if centre.is_finite() { centre } else { Point::default() },
                size: node_size(Some(entity.kind()), &entity.name),
                pinned: node.pinned,
                degree: 0,
                entity: Arc::clone(entity),
            });
        }
        let mut links = Vec::with_capacity(notebook.links().len());
        let mut link_numbers = Numbers::default();
        link_numbers.reserve(notebook.links().len());
        let straight =
            Curve { from: Point::default(), control: Point::default(), to: Point::default() };
        let labels: HashMap<&RelationId, Arc<str>> = notebook
            .relations()
            .iter()
            .map(|(id, relation)| (id, Arc::from(relation.label.as_str())))
            .collect();
        let label_of = |relation: &RelationId| {
            labels.get(relation).map_or_else(|| Arc::from(relation.0.as_str()), Arc::clone)
        };
        // Links to links are put in afterwards: what they end at has to be there.
        let mut to_links = Vec::new();
        for (id, link) in notebook.links() {
            let Some(&from) = node_numbers.get(&link.from) else { continue };
            let to = match link.to {
                Target::Entity(to) => match node_numbers.get(&to) {
                    Some(&to) => End::Node(to),
                    None => continue,
                },
                Target::Link(target) => {
                    to_links.push((*id, from, target));
                    continue;
                }
            };
            link_numbers.insert(*id, links.len() as u32);
            links.push(SceneLink {
                id: *id,
                label: label_of(&link.relation),
                link: Arc::clone(link),
                from,
                to,
                bend: 0.0,
                curve: straight,
                label_at: None,
            });
        }
        let plain = links.len();
        for (id, from, target) in to_links {
            // A link to a link that is itself such a link, or not shown, has no middle to point at.
            let (Some(&to), Some(link)) = (link_numbers.get(&target), notebook.link(id)) else {
                continue;
            };
            links.push(SceneLink {
                id,
                label: label_of(&link.relation),
                link: Arc::clone(link),
                from,
                to: End::Link(to),
                bend: 0.0,
                curve: straight,
                label_at: None,
            });
        }
        for (number, link) in links.iter().enumerate().skip(plain) {
            link_numbers.insert(link.id, number as u32);
        }
        let mut scene = Self {
            is_loose_node: vec![false; nodes.len()],
            is_loose_link: vec![false; links.len()],
            nodes,
            links,
            version,
            node_numbers,
            link_numbers,
            unfinished: true,
            ..Self::default()
        };
        if at_once || scene.links.len() <= MOST_AT_ONCE {
            scene.finish();
        } else {
            let rects: Vec<Rect> = scene.nodes.iter().map(SceneNode::rect).collect();
            scene.bounds = Bounds(rects.iter().fold(Rect::NOTHING, |all, rect| all.union(*rect)));
            scene.node_grid = Grid::build(&rects);
            scene.starts = vec![0; scene.nodes.len() + 2];
        }
        scene
    }

    /// Whether there are only nodes and straight links yet: [`Self::finish`] does the rest.
    pub const fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// Makes out how links fan out, run, and where their labels stand.
    pub fn finish(&mut self) {
        if !std::mem::take(&mut self.unfinished) {
            return;
        }
        let pairs: Vec<(u32, u32)> = self
            .links
            .iter()
            .map_while(|link| match link.to {
                End::Node(to) => Some((link.from, to)),
                End::Link(_) => None,
            })
            .collect();
        for (link, bend) in self.links.iter_mut().zip(fan(&pairs)) {
            link.bend = bend;
        }
        self.list_links_of_nodes();
        self.settle();
    }

    /// Makes out which links each node has.
    fn list_links_of_nodes(&mut self) {
        let mut starts = vec![0_u32; self.nodes.len() + 2];
        let ends = |link: &SceneLink| match link.to {
            End::Node(to) if to != link.from => (link.from, Some(to)),
            _ => (link.from, None),
        };
        for link in &self.links {
            let (a, b) = ends(link);
            for node in std::iter::once(a).chain(b) {
                starts[node as usize + 2] += 1;
                self.nodes[node as usize].degree += 1;
            }
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        self.of_node = vec![0; starts.last().map_or(0, |last| *last as usize)];
        for (number, link) in self.links.iter().enumerate() {
            let (a, b) = ends(link);
            for node in std::iter::once(a).chain(b) {
                let at = &mut starts[node as usize + 1];
                self.of_node[*at as usize] = number as u32;
                *at += 1;
            }
        }
        self.starts = starts;
        let mut landmarks: Vec<u32> = (0..self.nodes.len() as u32).collect();
        let rank = |n: &u32| (std::cmp::Reverse(self.nodes[*n as usize].degree), *n);
        if landmarks.len() > MOST_LANDMARKS {
            landmarks.select_nth_unstable_by_key(MOST_LANDMARKS, rank);
            landmarks.truncate(MOST_LANDMARKS);
        }
        landmarks.sort_unstable_by_key(rank);
        self.landmarks = landmarks;
    }

    /// The nodes with the most links, most first: which names are worth showing when not all fit.
    pub fn landmarks(&self) -> &[u32] {
        &self.landmarks
    }

    /// The numbers of the links that start or end at a node.
    pub fn links_of(&self, node: u32) -> &[u32] {
        let (from, to) = (self.starts[node as usize], self.starts[node as usize + 1]);
        &self.of_node[from as usize..to as usize]
    }

    /// A node's number.
    pub fn node(&self, id: EntityId) -> Option<u32> {
        self.node_numbers.get(&id).copied()
    }

    /// A link's number.
    pub fn link(&self, id: LinkId) -> Option<u32> {
        self.link_numbers.get(&id).copied()
    }

    /// The link's line with the nodes where they are now.
    fn curve_of(&self, link: &SceneLink) -> Curve {
        let from = self.nodes[link.from as usize].end();
        match link.to {
            End::Node(to) if to == link.from => loop_curve(from, link.bend),
            End::Node(to) => curve(from, self.nodes[to as usize].end(), link.bend),
            End::Link(to) => {
                let middle = self.links[to as usize].curve.at(0.5);
                curve(from, (Shape::Rectangle, middle, Point::default()), 0.0)
            }
        }
    }

    /// Draws all lines anew, indexes everything where it is now, and finds the labels their places: nothing is
    /// loose afterwards.
    pub fn settle(&mut self) {
        self.index();
        self.place_labels();
    }

    /// [`Self::settle`] without places for labels: for the frames of an animation.
    pub fn index(&mut self) {
        for number in 0..self.links.len() {
            self.links[number].curve = self.curve_of(&self.links[number]);
        }
        let node_rects: Vec<Rect> = self.nodes.iter().map(SceneNode::rect).collect();
        let link_rects: Vec<Rect> = self.links.iter().map(|link| link.curve.bounds()).collect();
        self.bounds = Bounds(
            node_rects.iter().chain(&link_rects).fold(Rect::NOTHING, |all, rect| all.union(*rect)),
        );
        self.node_grid = Grid::build(&node_rects);
        self.link_grid = Grid::build(&link_rects);
        for number in self.loose_nodes.drain(..) {
            self.is_loose_node[number as usize] = false;
        }
        for number in self.loose_links.drain(..) {
            self.is_loose_link[number as usize] = false;
        }
        self.version += 1;
    }

    /// Sets nodes and their links apart: they are about to move.
    pub fn loosen(&mut self, nodes: &[u32]) {
        for &node in nodes {
            if std::mem::replace(&mut self.is_loose_node[node as usize], true) {
                continue;
            }
            self.loose_nodes.push(node);
            for at in self.starts[node as usize]..self.starts[node as usize + 1] {
                let link = self.of_node[at as usize];
                if !std::mem::replace(&mut self.is_loose_link[link as usize], true) {
                    self.loose_links.push(link);
                }
            }
        }
        // Links that point at the middle of those.
        for (number, link) in self.links.iter().enumerate().rev() {
            let End::Link(to) = link.to else { break };
            if self.is_loose_link[to as usize] && !self.is_loose_link[number] {
                self.is_loose_link[number] = true;
                self.loose_links.push(number as u32);
            }
        }
        self.version += 1;
    }

    /// Draws the lines of loose links where their nodes are now.
    pub fn follow(&mut self) {
        // Links to links come last in the list of links, so their targets are done first.
        let mut loose = std::mem::take(&mut self.loose_links);
        loose.sort_unstable();
        for &number in &loose {
            self.links[number as usize].curve = self.curve_of(&self.links[number as usize]);
        }
        self.loose_links = loose;
    }

    /// Whether anything is set apart.
    pub fn is_loose(&self) -> bool {
        !self.loose_nodes.is_empty()
    }

    /// What is set apart: nodes and links.
    pub fn loose(&self) -> (&[u32], &[u32]) {
        (&self.loose_nodes, &self.loose_links)
    }

    /// The nodes that meet `rect`, in ascending order, then the loose ones.
    pub fn nodes_in(&self, rect: Rect, out: &mut Vec<u32>) {
        self.node_grid.query(rect, out);
        if self.is_loose() {
            out.retain(|&node| !self.is_loose_node[node as usize]);
            out.extend(
                self.loose_nodes.iter().filter(|&&n| self.nodes[n as usize].rect().meets(rect)),
            );
        }
    }

    /// The links whose bounds meet `rect`, in ascending order, then the loose ones.
    pub fn links_in(&self, rect: Rect, out: &mut Vec<u32>) {
        self.link_grid.query(rect, out);
        if !self.loose_links.is_empty() {
            out.retain(|&link| !self.is_loose_link[link as usize]);
            out.extend(
                self.loose_links
                    .iter()
                    .filter(|&&n| self.links[n as usize].curve.bounds().meets(rect)),
            );
        }
    }

    /// The node at a point, with a margin in canvas units; the one painted last.
    pub fn node_at(&self, p: Point, margin: f32) -> Option<u32> {
        let here = Rect { min: p, max: p }.expand(margin);
        let mut top = None;
        self.node_grid.visit(here, |node| {
            if !self.is_loose_node[node as usize] && self.nodes[node as usize].contains(p, margin) {
                top = top.max(Some(node));
            }
        });
        self.loose_nodes
            .iter()
            .rev()
            .copied()
            .find(|&node| self.nodes[node as usize].contains(p, margin))
            .or(top)
    }

    /// The link nearest to a point, no farther than `reach` canvas units.
    pub fn link_at(&self, p: Point, reach: f32) -> Option<u32> {
        let here = Rect { min: p, max: p }.expand(reach);
        let mut best: Option<(f32, u32)> = None;
        let mut consider = |number: u32| {
            let far = self.links[number as usize].curve.distance(p);
            if far <= reach && best.is_none_or(|(least, _)| far < least) {
                best = Some((far, number));
            }
        };
        self.link_grid.visit(here, |link| {
            if !self.is_loose_link[link as usize] {
                consider(link);
            }
        });
        for &link in &self.loose_links {
            consider(link);
        }
        best.map(|(_, link)| link)
    }

    /// Finds each link's label a place on its line, off the nodes and off the labels before it.
    fn place_labels(&mut self) {
        /// Labels are looked up by the cells they touch, in canvas units.
        const CELL: Point = Point::new(160.0, 60.0);
        let cells = |rect: Rect| {
            let column = |x: f32| (x / CELL.x).floor() as i32;
            let row = |y: f32| (y / CELL.y).floor() as i32;
            let rows = row(rect.min.y)..=row(rect.max.y);
            let columns = column(rect.min.x)..=column(rect.max.x);
            rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
        };
        let labelled = self.links.len() <= MOST_LABELLED;
        let mut taken: HashMap<(i32, i32), Vec<Rect>> = HashMap::new();
        for number in 0..self.links.len() {
            let link = &self.links[number];
            let size = link_label_size(&link.label);
            let spot = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74]
                .into_iter()
                .filter(|_| labelled)
                .map(|t| (t, Rect::around(link.curve.at(t), size)))
                .find(|(_, rect)| {
                    let crowded = |cell| {
                        taken.get(&cell).is_some_and(|here| here.iter().any(|r| r.overlaps(*rect)))
                    };
                    if cells(*rect).any(crowded) {
                        return false;
                    }
                    let mut free = true;
                    self.node_grid.visit(*rect, |_| free = false);
                    free
                });
            if let Some((_, rect)) = spot {
                for cell in cells(rect) {
                    taken.entry(cell).or_default().push(rect);
                }
            }
            self.links[number].label_at = spot.map(|(t, _)| t);
        }
    }

    /// How many nodes and links meet `rect`.
    pub fn count_in(&self, rect: Rect) -> (usize, usize) {
        let all = self.bounds.0;
        if rect.contains(all.min) && rect.contains(all.max) {
            return (self.nodes.len(), self.links.len());
        }
        let (mut nodes, mut links) = (0, 0);
        self.node_grid.visit(rect, |_| nodes += 1);
        self.link_grid.visit(rect, |_| links += 1);
        (nodes, links)
    }

    /// Whether a node is set apart.
    pub fn is_loose_node(&self, node: u32) -> bool {
        self.is_loose_node[node as usize]
    }

    /// Calls `found` with every node that meets `rect`, in no useful order, the loose ones left out.
    pub fn visit_nodes(&self, rect: Rect, mut found: impl FnMut(u32)) {
        self.node_grid.visit(rect, |node| {
            if !self.is_loose_node[node as usize] {
                found(node);
            }
        });
    }

    /// Calls `found` with every link whose bounds meet `rect`, in no useful order, the loose ones left out.
    pub fn visit_links(&self, rect: Rect, mut found: impl FnMut(u32)) {
        self.link_grid.visit(rect, |link| {
            if !self.is_loose_link[link as usize] {
                found(link);
            }
        });
    }
}

/// Size of a link's label at 100 %, in canvas units, with its margin.
pub fn link_label_size(label: &str) -> Point {
    Point::new(label.chars().count() as f32 * 6.3 + 14.0, 20.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, Ref, apply};
    use crate::notebook::RelationId;

    fn notebook(edits: Vec<Edit>) -> Notebook {
        let mut notebook = Notebook::new("test");
        apply(&mut notebook, &Edit::Batch(String::new(), edits)).unwrap();
        notebook
    }

    fn entity(name: &str, x: f32, y: f32) -> Edit {
        Edit::AddEntity {
            kind: Kind::Actor,
            name: name.to_owned(),
            handle: name.to_owned(),
            with: Box::default(),
            at: Some((x, y)),
        }
    }

    fn link(from: &str, to: &str) -> Edit {
        Edit::Link {
            from: Ref::handle(from),
            relation: RelationId::from("owns"),
            to: Ref::handle(to),
            evidence: Vec::new(),
            with: crate::edit::LinkFields::default(),
            handle: String::new(),
        }
    }

    fn number(scene: &Scene, name: &str) -> u32 {
        scene.nodes.iter().position(|n| n.entity.name == name).unwrap() as u32
    }

    #[test]
    fn parallel_links_lie_apart_and_each_can_be_hit() {
        let book = notebook(vec![
            entity("A", 0.0, 0.0),
            entity("B", 400.0, 0.0),
            link("A", "B"),
            link("A", "B"),
            link("B", "A"),
        ]);
        let scene = Scene::of(&book, 0, true);
        assert_eq!(scene.links.len(), 3);
        for (i, link) in scene.links.iter().enumerate() {
            assert_eq!(scene.link_at(link.curve.at(0.5), 4.0), Some(i as u32));
        }
        assert_eq!(scene.links_of(number(&scene, "A")).len(), 3);
        assert_eq!(scene.nodes[0].degree, 3);
    }

    #[test]
    fn what_moves_is_found_where_it_is_and_nowhere_else() {
        let book = notebook(vec![entity("A", 0.0, 0.0), entity("B", 400.0, 0.0), link("A", "B")]);
        let mut scene = Scene::of(&book, 0, true);
        let b = number(&scene, "B");
        scene.loosen(&[b]);
        scene.nodes[b as usize].centre = Point::new(0.0, 900.0);
        scene.follow();
        assert_eq!(scene.node_at(Point::new(0.0, 900.0), 0.0), Some(b));
        assert_eq!(scene.node_at(Point::new(400.0, 0.0), 0.0), None);
        assert_eq!(scene.link_at(Point::new(0.0, 450.0), 3.0), Some(0));
        assert_eq!(scene.link_at(Point::new(200.0, 0.0), 3.0), None);
        let mut found = Vec::new();
        scene.nodes_in(Rect::around(Point::new(400.0, 0.0), Point::new(50.0, 50.0)), &mut found);
        assert!(found.is_empty());
        scene.settle();
        assert_eq!(scene.node_at(Point::new(0.0, 900.0), 0.0), Some(b));
        assert_eq!(scene.link_at(Point::new(0.0, 450.0), 3.0), Some(0));
    }

    #[test]
    fn a_self_link_is_a_loop_outside_its_node() {
        let book = notebook(vec![entity("A", 0.0, 0.0), link("A", "A")]);
        let scene = Scene::of(&book, 0, true);
        let top = scene.links[0].curve.at(0.5);
        assert!(!scene.nodes[0].contains(top, 2.0));
        assert_eq!(scene.nodes[0].degree, 1);
        assert_eq!(scene.links_of(0), [0]);
    }

    #[test]
    fn labels_keep_off_nodes_and_each_other() {
        let mut edits: Vec<Edit> = (0..12)
            .map(|i| entity(&format!("N{i}"), (i % 4) as f32 * 260.0, (i / 4) as f32 * 150.0))
            .collect();
        for i in 0..11 {
            edits.push(link(&format!("N{i}"), &format!("N{}", i + 1)));
            edits.push(link(&format!("N{}", i + 1), &format!("N{i}")));
        }
        let scene = Scene::of(&notebook(edits), 0, true);
        let rects: Vec<Rect> = scene
            .links
            .iter()
            .filter_map(|l| Some(Rect::around(l.curve.at(l.label_at?), link_label_size(&l.label))))
            .collect();
        assert!(rects.len() > 10);
        for (i, rect) in rects.iter().enumerate() {
            assert!(!rects[i + 1..].iter().any(|other| other.overlaps(*rect)));
            assert!(!scene.nodes.iter().any(|node| node.rect().overlaps(*rect)));
        }
    }
}
