//! The adjacency of a graph, in two flat arrays.

/// The neighbours of every node: each link counted at both its ends, self-links and links to
/// nodes that do not exist left out, neighbours in ascending order, each once.
#[derive(Clone, Debug, Default)]
pub struct Adjacency {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Adjacency {
    /// Built from `links` between nodes `0..count`. Linear in both.
    pub fn new(count: usize, links: &[(u32, u32)]) -> Self {
        let usable =
            |&&(a, b): &&(u32, u32)| a != b && (a as usize) < count && (b as usize) < count;
        let mut starts = vec![0u32; count + 2];
        for &(a, b) in links.iter().filter(usable) {
            starts[a as usize + 2] += 1;
            starts[b as usize + 2] += 1;
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut targets = vec![0u32; starts[count + 1] as usize];
        for &(a, b) in links.iter().filter(usable) {
            for (from, to) in [(a, b), (b, a)] {
                let at = &mut starts[from as usize + 1];
                targets[*at as usize] = to;
                *at += 1;
            }
        }
        starts.pop();
        let mut write = 0usize;
        for node in 0..count {
            let (from, to) = (starts[node] as usize, starts[node + 1] as usize);
            targets[from..to].sort_unstable();
            starts[node] = write as u32;
            let mut last = None;
            for read in from..to {
                let target = targets[read];
                if last != Some(target) {
                    last = Some(target);
                    targets[write] = target;
                    write += 1;
                }
            }
        }
        if let Some(end) = starts.last_mut() {
            *end = write as u32;
        }
        targets.truncate(write);
        Self { starts, targets }
    }

    /// The number of nodes.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether the graph has no nodes.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The neighbours of `node`, ascending; none if it does not exist.
    pub fn of(&self, node: u32) -> &[u32] {
        let node = node as usize;
        match (self.starts.get(node), self.starts.get(node + 1)) {
            (Some(&from), Some(&to)) => &self.targets[from as usize..to as usize],
            _ => &[],
        }
    }

    /// The number of steps from `source` to every node (`u32::MAX` where it cannot be reached), written into
    /// `distances`; `queue` is scratch, left holding the nodes reached in order of distance.
    pub fn distances_from(&self, source: u32, distances: &mut Vec<u32>, queue: &mut Vec<u32>) {
        distances.clear();
        distances.resize(self.len(), u32::MAX);
        queue.clear();
        if let Some(first) = distances.get_mut(source as usize) {
            *first = 0;
            queue.push(source);
        }
        let mut head = 0;
        while let Some(&node) = queue.get(head) {
            head += 1;
            let next = distances[node as usize] + 1;
            for &other in self.of(node) {
                let distance = &mut distances[other as usize];
                if *distance == u32::MAX {
                    *distance = next;
                    queue.push(other);
                }
            }
        }
    }

    /// The number of the connected part each node belongs to, and how many parts there are; parts
    /// are numbered by their smallest node.
    pub fn parts(&self) -> (Vec<u32>, usize) {
        let mut part = vec![u32::MAX; self.len()];
        let mut count = 0;
        let mut stack = Vec::new();
        for start in 0..self.len() as u32 {
            if part[start as usize] != u32::MAX {
                continue;
            }
            part[start as usize] = count;
            stack.push(start);
            while let Some(node) = stack.pop() {
                for &other in self.of(node) {
                    if part[other as usize] == u32::MAX {
                        part[other as usize] = count;
                        stack.push(other);
                    }
                }
            }
            count += 1;
        }
        (part, count as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_count_at_both_ends_once() {
        let adjacency = Adjacency::new(4, &[(2, 0), (0, 1), (1, 0), (3, 3), (0, 9), (0, 1)]);
        assert_eq!(adjacency.len(), 4);
        assert_eq!(adjacency.of(0), [1, 2]);
        assert_eq!(adjacency.of(1), [0]);
        assert_eq!(adjacency.of(2), [0]);
        assert!(adjacency.of(3).is_empty());
        assert!(adjacency.of(77).is_empty());
        assert_eq!(adjacency.parts(), (vec![0, 0, 0, 1], 2));
        let (mut distances, mut queue) = (Vec::new(), Vec::new());
        adjacency.distances_from(1, &mut distances, &mut queue);
        assert_eq!(distances, [1, 0, 2, u32::MAX]);
        assert_eq!(queue, [1, 0, 2]);
        assert!(Adjacency::new(0, &[(0, 0)]).is_empty());
    }
}
