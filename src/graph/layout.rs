//! The force layout: linked nodes pull each other near, all nodes push each other away, first for
//! the large clusters of the graph and then for ever smaller ones; then connected parts are packed
//! side by side and overlapping nodes moved apart.

use super::effort::Effort;
use super::engine::{Care, Engine, SMALL};
use super::fit::{fill_factor, flip_like, turn_wide};
use super::overlap::move_apart;
use super::pack::pack;
use super::usable::{is_usable, sane_size};
use super::{Adjacency, Node, Options, Point, Random, Rect};

/// A layout in the making. [`Layout::step`] it until it says that it is finished, as many steps a
/// time as there is time for; [`Layout::positions`] may be shown in between. Dropping it stops it.
pub struct Layout {
    nodes: Vec<Node>,
    options: Options,
    adjacency: Adjacency,
    /// The number of each node in its part.
    local: Vec<u32>,
    care: Care,
    positions: Vec<Point>,
    parts: Vec<Part>,
    current: usize,
    work_done: f32,
    work: f32,
    finished: bool,
}

/// A connected part of the graph.
struct Part {
    /// The nodes, as indices into the whole.
    members: Vec<u32>,
    anchored: bool,
    seed: u64,
    work: f32,
    engine: Option<Engine>,
    state: State,
}

/// How far a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Begun,
    /// In its scale and position already.
    Fitted,
}

impl Layout {
    /// Prepares a layout of `nodes` joined by `links` (pairs of indices; links to nodes that do not
    /// exist and self-links do not matter). Until the first step the nodes are where they were.
    pub fn new(nodes: &[Node], links: &[(u32, u32)], options: &Options) -> Self {
        let mut nodes = nodes.to_vec();
        for node in &mut nodes {
            node.pinned &= node.at.is_some_and(Point::is_finite);
            node.at = node.at.filter(|&at| is_usable(at) || node.pinned);
            node.size = sane_size(node.size);
        }
        let options = &options.sane();
        let adjacency = Adjacency::new(nodes.len(), links);
        let (part_of, count) = adjacency.parts();
        let mut parts: Vec<Part> = (0..count as u64)
            .map(|number| Part {
                members: Vec::new(),
                anchored: false,
                seed: options.seed ^ number << 20,
                work: 0.0,
                engine: None,
                state: State::Waiting,
            })
            .collect();
        let mut local = vec![0u32; nodes.len()];
        for (node, &part) in part_of.iter().enumerate() {
            let part = &mut parts[part as usize];
            local[node] = part.members.len() as u32;
            part.members.push(node as u32);
            part.anchored |= nodes[node].pinned;
        }
        let mut small = 0;
        for part in &mut parts {
            small += usize::from((2..=SMALL).contains(&part.members.len()));
            if part.members.len() > 1 {
                part.work = Engine::expected_work(part.members.len());
            }
        }
        parts.sort_by_key(|part| (std::cmp::Reverse(part.members.len()), part.members[0]));
        let work: f32 = parts.iter().map(|part| part.work).sum::<f32>().max(1.0);
        let positions = nodes.iter().map(|node| node.at.unwrap_or_default()).collect();
        Self {
            nodes,
            options: *options,
            adjacency,
            local,
            care: Care::for_parts(small),
            positions,
            parts,
            current: 0,
            work_done: 0.0,
            work,
            finished: false,
        }
    }

    /// Begins with the part whose turn it is, unless it is begun or has nothing to lay out.
    fn begin(&mut self) {
        let Some(part) = self.parts.get_mut(self.current) else { return };
        if part.state != State::Waiting {
            return;
        }
        part.state = State::Begun;
        if let ([a, b], false) = (&part.members[..], part.anchored) {
            // Side by side: there is nothing to find out.
            let (a, b) = (*a as usize, *b as usize);
            let width = (self.nodes[a].size.x + self.nodes[b].size.x) * 0.5;
            self.positions[a] = Point::default();
            self.positions[b] = Point::new(width + self.options.ideal_link, 0.0);
            self.work_done += part.work;
        } else if part.members.len() > 1 {
            part.engine = Some(Engine::new(
                &part.members,
                &self.local,
                &self.nodes,
                &self.adjacency,
                &self.options,
                (Random::new(part.seed).bits(), self.care),
            ));
        }
    }

    /// Goes on by a small amount of work; `true` when the layout is finished (and from then on).
    pub fn step(&mut self) -> bool {
        self.step_until(&|| false)
    }

    /// The same, where the last step, which puts everything in order and takes longest, does little more from when
    /// `stopped` says so.
    pub fn step_until(&mut self, stopped: &dyn Fn() -> bool) -> bool {
        if self.finished {
            return true;
        }
        // Many small parts are done in one go.
        let mut budget = 2000.0f32;
        while budget > 0.0 {
            self.begin();
            let Some(part) = self.parts.get_mut(self.current) else {
                self.finish(&Effort::until(stopped));
                return true;
            };
            let Some(engine) = &mut part.engine else {
                self.current += 1;
                budget -= 1.0;
                continue;
            };
            budget -= engine.cost().max(1.0);
            let done = engine.step();
            engine.show(&part.members, &mut self.positions);
            if done {
                if engine.is_long() {
                    part.state = State::Fitted;
                }
                part.engine = None;
                self.work_done += part.work;
                self.current += 1;
            }
        }
        false
    }

    /// One round of the finest level of the largest part, again and again: what a bench measures.
    pub fn iteration(
        nodes: &[Node],
        links: &[(u32, u32)],
        options: &Options,
    ) -> impl FnMut() + use<> {
        let mut layout = Self::new(nodes, links, options);
        layout.begin();
        let mut engine = layout.parts.first_mut().and_then(|part| part.engine.take());
        if let Some(engine) = &mut engine {
            engine.skip_to_finest();
        }
        move || {
            if let Some(engine) = &mut engine {
                engine.iterate();
            }
        }
    }

    /// Where every node is now, in the order of the nodes.
    pub fn positions(&self) -> &[Point] {
        &self.positions
    }

    /// How much is done, from 0 to 1.
    pub fn progress(&self) -> f32 {
        if self.finished {
            return 1.0;
        }
        let part = self.parts.get(self.current);
        let begun =
            part.map_or(0.0, |part| part.work * part.engine.as_ref().map_or(0.0, Engine::progress));
        ((self.work_done + begun) / self.work).clamp(0.0, 0.99)
    }

    /// Ends it before its time: what there is is put in order as far as that is quickly done, so that no nodes overlap.
    /// Parts that were not begun stay as they were.
    pub fn finish_as_it_is(&mut self) {
        if self.finished {
            return;
        }
        if let Some(part) = self.parts.get_mut(self.current)
            && let Some(engine) = &mut part.engine
        {
            engine.end_as_it_is();
            engine.show(&part.members, &mut self.positions);
            if engine.is_long() {
                part.state = State::Fitted;
            }
            part.engine = None;
        }
        self.finish(&Effort::until(&|| true));
    }

    /// Gives each part its scale, packs the parts, and moves overlapping nodes apart.
    fn finish(&mut self, effort: &Effort) {
        self.finished = true;
        let pinned: Vec<bool> = self.nodes.iter().map(|node| node.pinned).collect();
        let sizes: Vec<Point> = self.nodes.iter().map(|node| node.size).collect();
        for part in self.parts.iter().filter(|part| !part.anchored) {
            let mut places: Vec<Point> =
                part.members.iter().map(|&node| self.positions[node as usize]).collect();
            let own: Vec<Point> = part.members.iter().map(|&n| sizes[n as usize]).collect();
            // What never began stays as it was.
            if part.members.len() > SMALL && part.state == State::Begun {
                turn_wide(&mut places);
                let factor = fill_factor(&places, &own, self.options.gap);
                places.iter_mut().for_each(|place| *place = *place * factor);
            }
            let before: Vec<Option<Point>> =
                part.members.iter().map(|&n| self.nodes[n as usize].at).collect();
            flip_like(&mut places, &before);
            if self.options.apart {
                move_apart(&mut places, &own, &[], self.options.gap, effort);
            }
            for (&node, place) in part.members.iter().zip(places) {
                self.positions[node as usize] = place;
            }
        }
        self.pack(&sizes);
        if self.options.apart && self.parts.iter().any(|part| part.anchored) {
            move_apart(&mut self.positions, &sizes, &pinned, self.options.gap, effort);
        }
        for (position, node) in self.positions.iter_mut().zip(&self.nodes) {
            if let (true, Some(at)) = (node.pinned, node.at) {
                *position = at;
            }
        }
    }

    /// Puts the parts that have no pinned node side by side, around the aspect wished for; below
    /// the anchored parts if there are any.
    fn pack(&mut self, sizes: &[Point]) {
        let margin = self.options.gap.max(1.0) * 3.0;
        let mut anchored = Rect::NOTHING;
        let mut loose = Vec::new();
        let mut boxes = Vec::new();
        for (index, part) in self.parts.iter().enumerate() {
            let own = part.members.iter().fold(Rect::NOTHING, |rect, &n| {
                rect.union(Rect::around(self.positions[n as usize], sizes[n as usize]))
            });
            if part.anchored {
                anchored = anchored.union(own);
            } else {
                let own = own.expand(margin * 0.5);
                loose.push((index, own.min));
                boxes.push(own.size());
            }
        }
        let origin = if anchored.is_valid() {
            Point::new(anchored.min.x, anchored.max.y + margin)
        } else {
            Point::default()
        };
        for ((index, corner), place) in loose.into_iter().zip(pack(&boxes, self.options.aspect)) {
            let shift = origin + place - corner;
            for &node in &self.parts[index].members {
                let position = &mut self.positions[node as usize];
                *position = *position + shift;
            }
        }
    }
}

/// The whole layout in one call: calls `progress` with the places so far and the share done after
/// each step, and stops early, with the places so far, when `cancelled` says so.
///
/// ```
/// use casebook::graph::{Node, Options, Point, arrange};
///
/// let node = Node { at: None, pinned: false, size: Point::new(120.0, 32.0) };
/// let pinned = Node { at: Some(Point::new(10.0, 20.0)), pinned: true, ..node };
/// let links = [(0, 1), (1, 2), (2, 0)];
/// let options = Options { seed: 7, ..Options::default() };
/// let places = arrange(&[pinned, node, node], &links, &options, &|| false, &mut |_, _| {});
/// assert_eq!(places.len(), 3);
/// assert_eq!(places[0], Point::new(10.0, 20.0));
/// ```
pub fn arrange(
    nodes: &[Node],
    links: &[(u32, u32)],
    options: &Options,
    cancelled: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(&[Point], f32),
) -> Vec<Point> {
    let mut layout = Layout::new(nodes, links, options);
    while !cancelled() && !layout.step_until(cancelled) {
        progress(layout.positions(), layout.progress());
    }
    layout.positions
}

#[cfg(test)]
mod tests {
    use super::super::{generate, overlaps, stress};
    use super::*;

    fn run(nodes: &[Node], links: &[(u32, u32)], options: &Options) -> Vec<Point> {
        arrange(nodes, links, options, &|| false, &mut |_, _| {})
    }

    fn node(at: Option<(f32, f32)>, pinned: bool) -> Node {
        let at = at.map(|(x, y)| Point::new(x, y));
        Node { at, pinned, size: Point::new(120.0, 32.0) }
    }

    fn bits(points: &[Point]) -> Vec<(u32, u32)> {
        points.iter().map(|p| (p.x.to_bits(), p.y.to_bits())).collect()
    }

    #[test]
    fn pinned_nodes_stay_bit_identical_and_nothing_else_overlaps() {
        for count in [12, 50, 400, 2200] {
            let made = generate::scale_free(count, count * 2, 3);
            let mut nodes = made.nodes();
            for (i, node) in nodes.iter_mut().enumerate() {
                let angle = i as f32;
                node.at = Some(Point::new(angle.cos() * 937.3 * i as f32, angle.sin() * 511.7));
                node.pinned = i % 5 == 2;
            }
            let places = run(&nodes, &made.links, &Options::default());
            let (mut free, mut free_sizes) = (Vec::new(), Vec::new());
            for (node, &place) in nodes.iter().zip(&places) {
                if let (true, Some(at)) = (node.pinned, node.at) {
                    assert_eq!(bits(&[place]), bits(&[at]));
                } else {
                    free.push(place);
                    free_sizes.push(node.size);
                }
            }
            assert_eq!(overlaps(&free, &free_sizes), 0);
            let moved = nodes.iter().zip(&places).filter(|(n, p)| n.at != Some(**p)).count();
            assert!(moved > count / 2);
        }
    }

    #[test]
    fn the_seed_decides() {
        let made = generate::scale_free(300, 600, 3);
        let with = |seed| run(&made.nodes(), &made.links, &Options { seed, ..Options::default() });
        assert_eq!(bits(&with(1)), bits(&with(1)));
        assert_ne!(bits(&with(1)), bits(&with(2)));
        let made = generate::scale_free(2400, 4000, 3);
        let with = |seed| run(&made.nodes(), &made.links, &Options { seed, ..Options::default() });
        assert_eq!(bits(&with(1)), bits(&with(1)));
    }

    #[test]
    fn no_two_nodes_overlap() {
        for (count, links) in [(2, 1), (10, 12), (40, 60), (600, 1300), (2100, 3000)] {
            let made = generate::scale_free(count, links, 9);
            let places = run(&made.nodes(), &made.links, &Options::default());
            assert_eq!(overlaps(&places, &made.sizes), 0, "{count} nodes");
            assert!(places.iter().all(|p| p.is_finite()));
        }
    }

    #[test]
    fn parts_without_links_between_them_lie_side_by_side() {
        let mut links = Vec::new();
        for part in 0..6u32 {
            links.extend((1..5).map(|i| (part * 5, part * 5 + i)));
        }
        let nodes = vec![node(None, false); 34];
        let places = run(&nodes, &links, &Options::default());
        let bounds = |from: usize, to: usize| {
            places[from..to].iter().fold(Rect::NOTHING, |rect, &p| {
                rect.union(Rect::around(p, Point::new(120.0, 32.0)))
            })
        };
        let boxes: Vec<Rect> = (0..6)
            .map(|part| bounds(part * 5, part * 5 + 5))
            .chain((30..34).map(|i| bounds(i, i + 1)))
            .collect();
        for (i, a) in boxes.iter().enumerate() {
            assert!(boxes[..i].iter().all(|b| !a.overlaps(*b)));
        }
        let whole = bounds(0, 34).size();
        assert!((0.7..2.8).contains(&(whole.x / whole.y)), "{whole:?}");
    }

    #[test]
    fn odd_graphs_are_laid_out() {
        let options = Options::default();
        assert!(run(&[], &[], &options).is_empty());
        assert!(run(&[], &[(0, 0), (3, 9)], &options).is_empty());
        assert_eq!(run(&[node(None, false)], &[(0, 0)], &options).len(), 1);
        let pinned = run(&[node(Some((4.5, -3.25)), true)], &[], &options);
        assert_eq!(pinned, [Point::new(4.5, -3.25)]);
        let odd = [
            node(Some((f32::NAN, 0.0)), true),
            node(Some((f32::INFINITY, 0.0)), false),
            node(Some((1e30, 1e30)), true),
            node(Some((7.0, 7.0)), false),
            Node { at: None, pinned: true, size: Point::new(f32::NAN, -5.0) },
        ];
        let links = [(0, 1), (1, 0), (0, 1), (1, 1), (1, 2), (2, 3), (3, 4), (4, 77)];
        let places = run(&odd, &links, &options);
        assert!(places.iter().all(|p| p.is_finite()), "{places:?}");
        assert_eq!(places[2], Point::new(1e30, 1e30));
        let nan = Options {
            ideal_link: f32::NAN,
            gap: f32::NAN,
            gravity: f32::NAN,
            aspect: 0.0,
            seed: 0,
            apart: true,
        };
        assert!(run(&odd, &links, &nan).iter().all(|p| p.is_finite()));
    }

    #[test]
    fn coincident_nodes_separate() {
        let nodes = vec![node(Some((50.0, 50.0)), false); 40];
        let links: Vec<(u32, u32)> = (0..40).map(|i| (i, (i + 1) % 40)).collect();
        for links in [&links[..], &[]] {
            let places = run(&nodes, links, &Options::default());
            assert_eq!(overlaps(&places, &[Point::new(120.0, 32.0); 40]), 0);
        }
    }

    #[test]
    fn a_grid_graph_comes_out_nearly_flat() {
        let side = 20u32;
        let mut links = Vec::new();
        for y in 0..side {
            for x in 0..side {
                let i = y * side + x;
                if x + 1 < side {
                    links.push((i, i + 1));
                }
                if y + 1 < side {
                    links.push((i, i + side));
                }
            }
        }
        let nodes = vec![Node { size: Point::new(10.0, 10.0), ..Node::default() }; 400];
        let places = run(&nodes, &links, &Options::default());
        assert!(stress(&places, &links, 400, 1) < 0.06, "{}", stress(&places, &links, 400, 1));
    }

    #[test]
    fn it_can_be_watched_and_cancelled() {
        let made = generate::scale_free(500, 1000, 2);
        let mut last = 0.0;
        let mut seen = 0;
        arrange(
            &made.nodes(),
            &made.links,
            &Options::default(),
            &|| false,
            &mut |places, share| {
                assert_eq!(places.len(), 500);
                assert!(share >= last && share <= 1.0);
                last = share;
                seen += 1;
            },
        );
        assert!(seen > 5 && last > 0.8, "{seen} {last}");
        let places =
            arrange(&made.nodes(), &made.links, &Options::default(), &|| true, &mut |_, _| {
                panic!("cancelled")
            });
        assert_eq!(places.len(), 500);
    }

    #[test]
    fn ended_early_it_is_in_order_all_the_same() {
        for (count, pins) in [(40, 0), (40, 7), (900, 0), (900, 11), (2500, 0)] {
            let made = generate::scale_free(count, count * 2, 2);
            let mut nodes = made.nodes();
            nodes.extend(vec![node(Some((3.0, 4.0)), false); 5]);
            for (i, node) in nodes.iter_mut().enumerate().filter(|(i, _)| pins > 0 && i % pins == 0)
            {
                node.at = Some(Point::new(i as f32 * 170.3, (i * 37 % 11) as f32 * 90.0));
                node.pinned = true;
            }
            let sizes: Vec<Point> = nodes.iter().map(|node| node.size).collect();
            for steps in [0, 1, 7, 150] {
                let mut layout = Layout::new(&nodes, &made.links, &Options::default());
                for _ in 0..steps {
                    layout.step();
                }
                layout.finish_as_it_is();
                assert!(layout.step());
                let places = layout.positions();
                assert_eq!(overlaps(places, &sizes), 0, "{count} {pins} {steps}");
                for (node, place) in nodes.iter().zip(places).filter(|(node, _)| node.pinned) {
                    assert_eq!(node.at, Some(*place));
                }
            }
        }
    }
}
