//! Paths that share no node, and the fewest nodes that every path passes through (Menger 1927), by augmenting paths in a
//! network whose nodes carry one unit each (Ford, Fulkerson 1956).

/// The most paths that share no node, and a smallest cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Disjoint {
    /// The largest number of paths of which no two share a node.
    pub paths: usize,
    /// As many nodes, without which there is no path: of the smallest such sets, the one nearest to where paths begin.
    /// In ascending order.
    pub cut: Vec<u32>,
}

/// A network of 2·n + 2 places: each node is an arc of one unit from its entry (2·node) to its exit (2·node + 1).
struct Network {
    /// The target of each arc. An arc and its reverse are neighbours: `arc ^ 1`.
    to: Vec<u32>,
    /// Whether each arc still has capacity. Only the arcs of nodes are ever used up: a cut consists of nodes.
    open: Vec<bool>,
    narrow: Vec<bool>,
    /// The last arc of each place, and the one before each arc from the same place; [`NONE`] ends the list.
    last: Vec<u32>,
    before: Vec<u32>,
}

/// No arc.
const NONE: u32 = u32::MAX;

impl Network {
    fn arc(&mut self, from: usize, to: usize, narrow: bool) {
        for (from, to, open) in [(from, to, true), (to, from, false)] {
            self.before.push(std::mem::replace(&mut self.last[from], self.to.len() as u32));
            self.to.push(to as u32);
            self.open.push(open);
            self.narrow.push(narrow || !open);
        }
    }

    /// Sends one unit along an arc, or takes one back along a reverse arc.
    fn pass(&mut self, arc: usize) {
        self.open[arc] = !self.narrow[arc];
        self.open[arc ^ 1] = true;
    }

    /// Follows open arcs from a place, breadth first; returns the arc by which each place was reached.
    fn reach(&self, from: usize) -> Vec<Option<u32>> {
        let mut by = vec![None; self.last.len()];
        let mut seen = vec![false; self.last.len()];
        seen[from] = true;
        let mut queue = std::collections::VecDeque::from([from]);
        while let Some(place) = queue.pop_front() {
            let mut arc = self.last[place];
            while arc != NONE {
                let next = self.to[arc as usize] as usize;
                if self.open[arc as usize] && !seen[next] {
                    seen[next] = true;
                    by[next] = Some(arc);
                    queue.push_back(next);
                }
                arc = self.before[arc as usize];
            }
        }
        by
    }
}

/// The same network with at most 64 places, the arcs of a place as the bits of a word: most graphs are as small, and there
/// are many of them.
struct Small {
    open: [u64; 64],
    /// Which arcs are used up by passing: those of nodes, and all reverse arcs.
    narrow: [u64; 64],
}

/// So many nodes are few.
const FEW: usize = 31;

impl Small {
    fn arc(&mut self, from: usize, to: usize, narrow: bool) {
        self.open[from] |= 1 << to;
        self.narrow[from] |= u64::from(narrow) << to;
        self.narrow[to] |= 1 << from;
    }

    fn pass(&mut self, from: usize, to: usize) {
        self.open[from] &= !(self.narrow[from] & 1 << to);
        self.open[to] |= 1 << from;
    }

    /// The places that open arcs lead to from a place, and from where each was reached. Ends early at `sink`.
    fn reach(&self, from: usize, sink: usize) -> (u64, [u8; 64]) {
        let mut by = [0; 64];
        let mut seen = 1_u64 << from;
        let mut open = seen;
        while open != 0 && seen & 1 << sink == 0 {
            let mut further = 0;
            while open != 0 {
                let place = open.trailing_zeros() as usize;
                open &= open - 1;
                let mut new = self.open[place] & !seen;
                seen |= new;
                further |= new;
                while new != 0 {
                    by[new.trailing_zeros() as usize] = place as u8;
                    new &= new - 1;
                }
            }
            open = further;
        }
        (seen, by)
    }
}

/// The arcs of a network: from where, to where, and whether passing uses it up.
fn each_arc(
    edges: &[(u32, u32)],
    begins: &[bool],
    ends: &[bool],
    mut add: impl FnMut(usize, usize, bool),
) {
    let nodes = begins.len().min(ends.len());
    let (source, sink) = (2 * nodes, 2 * nodes + 1);
    for node in 0..nodes {
        add(2 * node, 2 * node + 1, true);
        if begins[node] {
            add(source, 2 * node, false);
        }
        if ends[node] {
            add(2 * node + 1, sink, false);
        }
    }
    for &(from, to) in edges {
        if (from as usize) < nodes && (to as usize) < nodes && from != to {
            add(2 * from as usize + 1, 2 * to as usize, false);
        }
    }
}

/// [`disjoint_paths`] for at most [`FEW`] nodes.
fn few_disjoint_paths(edges: &[(u32, u32)], begins: &[bool], ends: &[bool]) -> Disjoint {
    let nodes = begins.len().min(ends.len());
    let (source, sink) = (2 * nodes, 2 * nodes + 1);
    let mut network = Small { open: [0; 64], narrow: [0; 64] };
    each_arc(edges, begins, ends, |from, to, narrow| network.arc(from, to, narrow));
    let mut paths = 0;
    let reached = loop {
        let (reached, by) = network.reach(source, sink);
        if reached & 1 << sink == 0 {
            break reached;
        }
        let mut place = sink;
        while place != source {
            let before = by[place] as usize;
            network.pass(before, place);
            place = before;
        }
        paths += 1;
    };
    let is_cut = |node: &usize| reached >> (2 * node) & 3 == 1;
    Disjoint { paths, cut: (0..nodes).filter(is_cut).map(|node| node as u32).collect() }
}

/// The most paths along `edges` (from, to) that begin in a node of `begins`, end in a node of `ends`, and share no node;
/// a node that is both is a path by itself. `begins` and `ends` say so for each of the nodes. Edges to nodes that do not
/// exist are ignored.
#[must_use]
pub fn disjoint_paths(edges: &[(u32, u32)], begins: &[bool], ends: &[bool]) -> Disjoint {
    if begins.len().min(ends.len()) <= FEW {
        few_disjoint_paths(edges, begins, ends)
    } else {
        many_disjoint_paths(edges, begins, ends)
    }
}

/// [`disjoint_paths`] for any number of nodes.
fn many_disjoint_paths(edges: &[(u32, u32)], begins: &[bool], ends: &[bool]) -> Disjoint {
    let nodes = begins.len().min(ends.len());
    let (source, sink) = (2 * nodes, 2 * nodes + 1);
    let mut network = Network {
        to: Vec::new(),
        open: Vec::new(),
        narrow: Vec::new(),
        last: vec![NONE; 2 * nodes + 2],
        before: Vec::new(),
    };
    each_arc(edges, begins, ends, |from, to, narrow| network.arc(from, to, narrow));
    let mut paths = 0;
    let reached = loop {
        let by = network.reach(source);
        if by[sink].is_none() {
            break by;
        }
        let mut place = sink;
        while let Some(arc) = by[place].map(|arc| arc as usize) {
            network.pass(arc);
            place = network.to[arc ^ 1] as usize;
        }
        paths += 1;
    };
    let cut = (0..nodes)
        .filter(|node| reached[2 * node].is_some() && reached[2 * node + 1].is_none())
        .map(|node| node as u32)
        .collect();
    Disjoint { paths, cut }
}

/// The nodes that every path from `begins` to `ends` passes through, in the order in which paths pass them. Empty where
/// there is no path.
#[must_use]
pub fn bottlenecks(edges: &[(u32, u32)], begins: &[bool], ends: &[bool]) -> Vec<u32> {
    let nodes = begins.len().min(ends.len());
    let edges = || {
        let exist = |(from, to): &&(u32, u32)| (*from as usize) < nodes && (*to as usize) < nodes;
        edges.iter().filter(exist).copied()
    };
    if nodes <= 64 {
        let mut after = [0_u64; 64];
        edges().for_each(|(from, to)| after[from as usize] |= 1 << to);
        let bits = |of: &[bool]| {
            let set = |bits, (node, is): (usize, &bool)| bits | u64::from(*is) << node;
            of[..nodes].iter().enumerate().fold(0, set)
        };
        let (begins, ends) = (bits(begins), bits(ends));
        let Some(path) = few_path_without(&after, begins, ends, 0) else { return Vec::new() };
        let every = |node: &u32| few_path_without(&after, begins, ends, 1 << node).is_none();
        return path.into_iter().filter(every).collect();
    }
    let mut after: Vec<Vec<u32>> = vec![Vec::new(); nodes];
    edges().for_each(|(from, to)| after[from as usize].push(to));
    // All of them are on every path: only the nodes of one path need to be tried.
    let Some(path) = path_without(&after, begins, ends, None) else { return Vec::new() };
    path.into_iter()
        .filter(|node| path_without(&after, begins, ends, Some(*node)).is_none())
        .collect()
}

/// [`path_without`] for at most 64 nodes, sets of them as the bits of a word.
fn few_path_without(after: &[u64; 64], begins: u64, ends: u64, without: u64) -> Option<Vec<u32>> {
    let mut by = [u8::MAX; 64];
    let mut seen = begins & !without;
    let mut open = seen;
    while open != 0 && seen & ends == 0 {
        let mut further = 0;
        while open != 0 {
            let node = open.trailing_zeros() as usize;
            open &= open - 1;
            let mut new = after[node] & !seen & !without;
            seen |= new;
            further |= new;
            while new != 0 {
                by[new.trailing_zeros() as usize] = node as u8;
                new &= new - 1;
            }
        }
        open = further;
    }
    let end = seen & ends;
    if end == 0 {
        return None;
    }
    let mut path = vec![end.trailing_zeros()];
    loop {
        let earlier = by[path[path.len() - 1] as usize];
        if earlier == u8::MAX {
            break;
        }
        path.push(u32::from(earlier));
    }
    path.reverse();
    Some(path)
}

/// A shortest path that does not pass through a node.
fn path_without(
    after: &[Vec<u32>],
    begins: &[bool],
    ends: &[bool],
    without: Option<u32>,
) -> Option<Vec<u32>> {
    let mut before = vec![None; after.len()];
    let mut seen = vec![false; after.len()];
    let mut queue = std::collections::VecDeque::new();
    for (node, begins) in (0_u32..).zip(begins) {
        if *begins && Some(node) != without {
            seen[node as usize] = true;
            queue.push_back(node);
        }
    }
    while let Some(node) = queue.pop_front() {
        if ends[node as usize] {
            let mut path = vec![node];
            while let Some(earlier) = before[path[path.len() - 1] as usize] {
                path.push(earlier);
            }
            path.reverse();
            return Some(path);
        }
        for &next in &after[node as usize] {
            if !seen[next as usize] && Some(next) != without {
                seen[next as usize] = true;
                before[next as usize] = Some(node);
                queue.push_back(next);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some(nodes: usize, of: &[usize]) -> Vec<bool> {
        (0..nodes).map(|node| of.contains(&node)).collect()
    }

    #[test]
    fn paths_share_no_node_and_the_cut_is_as_small() {
        // 0 and 1 lead through 2 to 3 and 4.
        let edges = [(0, 2), (1, 2), (2, 3), (2, 4)];
        let (begins, ends) = (some(5, &[0, 1]), some(5, &[3, 4]));
        assert_eq!(disjoint_paths(&edges, &begins, &ends), Disjoint { paths: 1, cut: vec![2] });
        assert_eq!(bottlenecks(&edges, &begins, &ends), [2]);
        // One more way round.
        let edges = [(0, 2), (1, 2), (2, 3), (2, 4), (1, 4)];
        let found = disjoint_paths(&edges, &begins, &ends);
        assert_eq!((found.paths, found.cut), (2, vec![0, 1]));
        assert_eq!(bottlenecks(&edges, &begins, &ends), [0_u32; 0]);
        // What begins and ends at once is a path.
        assert_eq!(disjoint_paths(&[], &some(2, &[0, 1]), &some(2, &[1])).paths, 1);
        assert_eq!(disjoint_paths(&[(0, 7), (9, 1)], &[true, false], &[false, true]).paths, 0);
    }

    /// By trying every set of nodes: the fewest without which there is no path.
    fn smallest_cut(edges: &[(u32, u32)], begins: &[bool], ends: &[bool]) -> usize {
        let nodes = begins.len();
        let cuts = (0_u32..1 << nodes).filter(|set| {
            let left = |node: usize| set & (1 << node) == 0;
            let edges: Vec<(u32, u32)> = edges
                .iter()
                .copied()
                .filter(|(a, b)| left(*a as usize) && left(*b as usize))
                .collect();
            let only = |of: &[bool]| -> Vec<bool> {
                of.iter().enumerate().map(|(node, is)| *is && left(node)).collect()
            };
            bottlenecks(&edges, &only(begins), &only(ends)).is_empty()
                && !reaches(&edges, &only(begins), &only(ends))
        });
        cuts.map(u32::count_ones).min().unwrap_or(0) as usize
    }

    fn reaches(edges: &[(u32, u32)], begins: &[bool], ends: &[bool]) -> bool {
        let mut seen = begins.to_vec();
        loop {
            let mut more = false;
            for &(from, to) in edges {
                if seen[from as usize] && !seen[to as usize] {
                    seen[to as usize] = true;
                    more = true;
                }
            }
            if !more {
                return seen.iter().zip(ends).any(|(seen, ends)| *seen && *ends);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn as_many_paths_as_the_smallest_cut_has_nodes(
            edges in prop::collection::vec((0_u32..7, 0_u32..7), 0..16),
            begins in prop::collection::vec(any::<bool>(), 7),
            ends in prop::collection::vec(any::<bool>(), 7),
        ) {
            let found = disjoint_paths(&edges, &begins, &ends);
            prop_assert_eq!(found.paths, smallest_cut(&edges, &begins, &ends));
            prop_assert_eq!(found.cut.len(), found.paths);
            prop_assert_eq!(&found, &many_disjoint_paths(&edges, &begins, &ends));
            let without = |of: &[bool]| -> Vec<bool> {
                (0_u32..).zip(of).map(|(node, is)| *is && !found.cut.contains(&node)).collect()
            };
            let left: Vec<_> = edges
                .iter()
                .copied()
                .filter(|(a, b)| !found.cut.contains(a) && !found.cut.contains(b))
                .collect();
            prop_assert!(!reaches(&left, &without(&begins), &without(&ends)));
            // All of it hangs on one node where one is enough to cut it, and only there; nodes nothing leads to change
            // nothing.
            let through = bottlenecks(&edges, &begins, &ends);
            let (mut more_begins, mut more_ends) = (begins.clone(), ends.clone());
            more_begins.resize(70, false);
            more_ends.resize(70, false);
            prop_assert_eq!(&through, &bottlenecks(&edges, &more_begins, &more_ends));
            prop_assert_eq!(found.paths == 1, !through.is_empty());
        }
    }
}
