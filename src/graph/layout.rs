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

/// A layout in the making. Call [`Layout::step`] until it returns true, as many times as there is time for;
/// [`Layout::positions`] may be shown in between. Dropping it stops it.
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

/// The progress of a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Begun,
    /// It has its final scale and orientation.
    Fitted,
}

impl Layout {
    /// Prepares a layout of `nodes` joined by `links` (pairs of indices; links to nodes that do not
    /// exist and self-links do not matter). Until the first step the nodes are where they were.
    pub fn new(nodes: &[Node], links: &[(u32, u32)], options: &Options) -> Self {
        let mut nodes = nodes.to_vec();
        for node in &mut nodes {
            node.pinned = node.is_fixed();
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
            // Two nodes simply go side by side.
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

    /// As [`Self::step`], but the last step, which tidies up and takes longest, does little more once `stopped` returns
    /// true.
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

    /// Ends the layout early: the places so far are tidied up as far as that is quick, so that no nodes overlap. Parts
    /// that were not begun stay as they were.
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
            // Parts that were not begun stay as they were.
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
        self.fill(&sizes, effort);
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

    /// Turns and stretches a drawing of one part towards the wished proportions. Lines that do not cross do not cross
    /// afterwards either; only nodes have to be moved apart.
    fn fill(&mut self, sizes: &[Point], effort: &Effort) {
        /// Things become at most so much wider, and as much lower, or the other way round.
        const MOST: f32 = 1.35;
        /// The part that has at least this share of all nodes decides how the whole looks.
        const MAIN: f32 = 0.6;
        let least = (self.positions.len() as f32 * MAIN) as usize;
        let main = self.parts.iter().find(|part| part.members.len() > least && !part.anchored);
        let Some(members) = main.filter(|_| self.options.fill).map(|part| part.members.clone())
        else {
            return;
        };
        let mut places: Vec<Point> = members.iter().map(|n| self.positions[*n as usize]).collect();
        let own: Vec<Point> = members.iter().map(|n| sizes[*n as usize]).collect();
        let all = |places: &[Point]| {
            let rects = places.iter().zip(&own).map(|(at, size)| Rect::around(*at, *size));
            rects.fold(Rect::NOTHING, Rect::union).size()
        };
        // A quarter turn, where the other side is the longer one.
        let size = all(&places);
        if (size.x > size.y) != (self.options.aspect > 1.0)
            && (size.x / size.y.max(1.0)).ln().abs() > MOST.ln()
        {
            for at in &mut places {
                *at = Point::new(-at.y, at.x);
            }
        }
        let size = all(&places);
        let wanted = self.options.aspect / (size.x / size.y.max(1.0)).max(1e-3);
        let by = wanted.sqrt().clamp(1.0 / MOST, MOST);
        if by.is_finite() {
            for at in &mut places {
                *at = Point::new(at.x * by, at.y / by);
            }
        }
        if self.options.apart {
            move_apart(&mut places, &own, &[], self.options.gap, effort);
        }
        for (&node, place) in members.iter().zip(places) {
            self.positions[node as usize] = place;
        }
    }

    /// Packs the parts that have no pinned node side by side, at about the wished aspect; below the anchored parts if
    /// there are any.
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

/// The whole layout in one call: calls `progress` with the places so far and the share done after each step, and stops
/// early, with the places so far, when `cancelled` returns true.
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
mod tests;
