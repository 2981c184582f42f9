//! Coarser versions of a graph, each with a third or so of the nodes of the one before, so that a layout can find the
//! overall shape with few nodes before it refines the details.

use super::Random;

/// A graph whose nodes stand for clusters of the nodes of a finer one.
#[derive(Clone, Debug, Default)]
pub(super) struct Graph {
    /// The links of node i are `targets[starts[i]..starts[i + 1]]`, each link at both its ends.
    pub starts: Vec<u32>,
    pub targets: Vec<u32>,
    /// How many links of the finest graph each link stands for.
    pub weights: Vec<f32>,
    /// How many nodes of the finest graph each node stands for.
    pub masses: Vec<f32>,
    /// Half the room a node takes up along a link, in canvas units: the wished distance between the centres of two
    /// linked nodes is the sum of theirs.
    pub reaches: Vec<f32>,
    /// Whether a node must not move (only in the finest graph and in coarser ones that keep such nodes single).
    pub pinned: Vec<bool>,
}

impl Graph {
    pub fn len(&self) -> usize {
        self.masses.len()
    }

    pub fn range(&self, node: usize) -> std::ops::Range<usize> {
        self.starts[node] as usize..self.starts[node + 1] as usize
    }

    /// The number of links from `source` to every node; `u32::MAX` where it cannot be reached.
    pub fn distances_from(&self, source: u32) -> Vec<u32> {
        let mut distances = vec![u32::MAX; self.len()];
        let mut queue: Vec<u32> = Vec::with_capacity(self.len());
        queue.push(source);
        distances[source as usize] = 0;
        let mut head = 0;
        while let Some(&node) = queue.get(head) {
            head += 1;
            let next = distances[node as usize] + 1;
            for link in self.range(node as usize) {
                let other = self.targets[link];
                if distances[other as usize] == u32::MAX {
                    distances[other as usize] = next;
                    queue.push(other);
                }
            }
        }
        distances
    }

    /// The approximate greatest distance between two nodes, in links: from the node farthest from any node to the one
    /// farthest from that. The graph is connected.
    pub fn diameter(&self) -> u32 {
        let farthest = |from: u32| {
            let distances = self.distances_from(from);
            let far = distances.iter().zip(0u32..).filter(|(far, _)| **far != u32::MAX).max();
            far.map_or((0, from), |(far, node)| (*far, node))
        };
        farthest(farthest(0).1).0
    }

    /// The next coarser graph and, for each node here, its cluster there; `None` when merging
    /// would leave nearly as many nodes.
    ///
    /// Nodes are visited in random order, the least linked first; each joins the cluster of the
    /// neighbour it is tied to most strongly (links per mass of both, so that clusters stay
    /// balanced and hubs do not swallow everything), as long as that cluster is below the cap.
    /// Pinned nodes stay alone.
    pub fn coarser(&self, random: &mut Random) -> Option<(Self, Vec<u32>)> {
        let count = self.len();
        let mut visit: Vec<u32> = (0..count as u32).collect();
        random.shuffle(&mut visit);
        visit.sort_by_key(|&node| self.range(node as usize).len().min(16));
        let average = self.masses.iter().sum::<f32>() / count.max(1) as f32;
        let cap = 4.0 * average;
        let mut cluster = vec![u32::MAX; count];
        let mut cluster_mass: Vec<f32> = Vec::new();
        for &node in &visit {
            let node = node as usize;
            if cluster[node] != u32::MAX || self.pinned[node] {
                continue;
            }
            let mass = self.masses[node];
            let mut best: Option<(f32, usize)> = None;
            for link in self.range(node) {
                let other = self.targets[link] as usize;
                if self.pinned[other] {
                    continue;
                }
                let joined = match cluster[other] {
                    u32::MAX => self.masses[other],
                    there => cluster_mass[there as usize],
                };
                if joined + mass > cap && joined > average {
                    continue;
                }
                let tie = self.weights[link] / (self.masses[other] * joined.max(1.0)).sqrt();
                if best.is_none_or(|(most, _)| tie > most) {
                    best = Some((tie, other));
                }
            }
            let Some((_, other)) = best else { continue };
            if cluster[other] == u32::MAX {
                cluster[other] = cluster_mass.len() as u32;
                cluster_mass.push(self.masses[other]);
            }
            cluster[node] = cluster[other];
            cluster_mass[cluster[node] as usize] += mass;
        }
        // Leaves whose hub is full: merge them with each other, by hub, up to the cap.
        let mut of_hub: Vec<Option<u32>> = vec![None; count];
        for &node in &visit {
            let node = node as usize;
            if cluster[node] != u32::MAX {
                continue;
            }
            let hub = self.range(node).next().map(|link| self.targets[link] as usize);
            let mate = hub.and_then(|hub| of_hub[hub]);
            match mate {
                Some(mate)
                    if !self.pinned[node]
                        && cluster_mass[mate as usize] + self.masses[node] <= cap =>
                {
                    cluster[node] = mate;
                    cluster_mass[mate as usize] += self.masses[node];
                }
                _ => {
                    cluster[node] = cluster_mass.len() as u32;
                    cluster_mass.push(self.masses[node]);
                    if let (Some(hub), false) = (hub, self.pinned[node]) {
                        of_hub[hub] = Some(cluster[node]);
                    }
                }
            }
        }
        let coarse = cluster_mass.len();
        if coarse * 10 > count * 9 {
            return None;
        }
        Some((self.merged(&cluster, coarse), cluster))
    }

    /// The graph of the clusters.
    fn merged(&self, cluster: &[u32], coarse: usize) -> Self {
        let count = self.len();
        let mut graph = Self {
            masses: vec![0.0; coarse],
            reaches: vec![0.0; coarse],
            pinned: vec![false; coarse],
            ..Self::default()
        };
        let mut first = vec![0u32; coarse + 1];
        for (node, &home) in cluster.iter().enumerate() {
            let home = home as usize;
            graph.masses[home] += self.masses[node];
            // Areas add up, not lengths.
            graph.reaches[home] += self.reaches[node] * self.reaches[node];
            graph.pinned[home] |= self.pinned[node];
            first[home + 1] += 1;
        }
        for reach in &mut graph.reaches {
            *reach = reach.sqrt();
        }
        for home in 0..coarse {
            first[home + 1] += first[home];
        }
        let mut members = vec![0u32; count];
        let mut fill = first.clone();
        for (node, &home) in cluster.iter().enumerate() {
            let at = &mut fill[home as usize];
            members[*at as usize] = node as u32;
            *at += 1;
        }
        let mut slot = vec![u32::MAX; coarse];
        graph.starts.push(0);
        for home in 0..coarse {
            let begin = graph.targets.len();
            for &node in &members[first[home] as usize..first[home + 1] as usize] {
                for link in self.range(node as usize) {
                    let other = cluster[self.targets[link] as usize];
                    if other as usize == home {
                        continue;
                    }
                    let at = slot[other as usize];
                    if at != u32::MAX && at as usize >= begin {
                        graph.weights[at as usize] += self.weights[link];
                    } else {
                        slot[other as usize] = graph.targets.len() as u32;
                        graph.targets.push(other);
                        graph.weights.push(self.weights[link]);
                    }
                }
            }
            graph.starts.push(graph.targets.len() as u32);
        }
        graph
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Adjacency, generate};
    use super::*;

    fn graph(count: usize, links: &[(u32, u32)], pinned: &[usize]) -> Graph {
        let adjacency = Adjacency::new(count, links);
        let mut graph = Graph {
            masses: vec![1.0; count],
            reaches: vec![1.0; count],
            pinned: vec![false; count],
            starts: vec![0],
            ..Graph::default()
        };
        for node in 0..count as u32 {
            graph.targets.extend(adjacency.of(node));
            graph.starts.push(graph.targets.len() as u32);
        }
        graph.weights = vec![1.0; graph.targets.len()];
        for &node in pinned {
            graph.pinned[node] = true;
        }
        graph
    }

    #[test]
    fn coarsening_keeps_mass_and_links_and_shrinks() {
        let made = generate::scale_free(2000, 4000, 1);
        let mut level = graph(2000, &made.links, &[3, 77]);
        let mut random = Random::new(1);
        let mut levels = 0;
        while let Some((coarse, cluster)) = level.coarser(&mut random) {
            assert!(coarse.len() < level.len());
            assert_eq!(coarse.masses.iter().sum::<f32>(), 2000.0);
            assert_eq!(coarse.pinned.iter().filter(|&&p| p).count(), 2);
            let between: f32 = (0..level.len())
                .flat_map(|node| level.range(node).map(move |link| (node, link)))
                .filter(|&(node, link)| cluster[node] != cluster[level.targets[link] as usize])
                .map(|(_, link)| level.weights[link])
                .sum();
            assert_eq!(coarse.weights.iter().sum::<f32>(), between);
            level = coarse;
            levels += 1;
        }
        assert!(levels >= 3 && level.len() < 200, "{levels} levels, {} nodes", level.len());
    }

    #[test]
    fn a_star_shrinks_too() {
        let links: Vec<(u32, u32)> = (1..500).map(|i| (0, i)).collect();
        let (coarse, _) =
            graph(500, &links, &[]).coarser(&mut Random::new(1)).expect("a star can be merged");
        assert!(coarse.len() < 300, "{}", coarse.len());
    }
}
