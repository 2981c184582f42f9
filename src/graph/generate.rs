//! Made-up graphs, the same for the same seed: for benches, tests and demonstrations.

use super::{Node, Point, Random};

/// A graph to lay out: nodes without places, and links.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// Width and height of every node, in canvas units: what labels of 4 to 30 letters take.
    pub sizes: Vec<Point>,
    /// The links (source, target); none from a node to itself, none twice.
    pub links: Vec<(u32, u32)>,
}

impl Generated {
    /// The nodes as [`super::Layout`] wants them: not pinned, without a place.
    pub fn nodes(&self) -> Vec<Node> {
        self.sizes.iter().map(|&size| Node { at: None, pinned: false, size }).collect()
    }
}

/// A scale-free graph with clusters, like a large notebook: `nodes` nodes, all connected, and
/// `links` links. The nodes come in clusters of 10 to 200; nine links in ten stay in their cluster
/// and prefer nodes that have many already (Barabási, Albert, 1999), the others join clusters,
/// mostly neighbouring ones.
pub fn scale_free(nodes: usize, links: usize, seed: u64) -> Generated {
    let mut random = Random::new(seed ^ 0xCA5E_B00C);
    let mut sizes = Vec::with_capacity(nodes);
    for _ in 0..nodes {
        let letters = 4.0 + 26.0 * random.unit() * random.unit();
        let height = if random.index(4) == 0 { 46.0 } else { 32.0 };
        sizes.push(Point::new(28.0 + 6.5 * letters, height));
    }
    // Clusters are ranges of node numbers.
    let mut starts = vec![0usize];
    while let Some(&last) = starts.last() {
        let size = 10 + (190.0 * random.unit() * random.unit() * random.unit()) as usize;
        if last + size >= nodes {
            break;
        }
        starts.push(last + size);
    }
    let cluster_of = |node: usize| starts.partition_point(|&start| start <= node) - 1;
    let range_of =
        |cluster: usize| starts[cluster]..starts.get(cluster + 1).copied().unwrap_or(nodes);
    let mut made = std::collections::HashSet::with_capacity(links * 2);
    let mut list: Vec<(u32, u32)> = Vec::with_capacity(links);
    // The ends of the links so far, per cluster: drawing from it prefers well linked nodes.
    let mut ends: Vec<Vec<u32>> = vec![Vec::new(); starts.len()];
    let mut add = |a: usize, b: usize, ends: &mut Vec<Vec<u32>>| {
        if a == b || list.len() >= links || !made.insert((a.min(b) as u32, a.max(b) as u32)) {
            return;
        }
        list.push((a as u32, b as u32));
        ends[cluster_of(a)].push(a as u32);
        ends[cluster_of(b)].push(b as u32);
    };
    let neighbour_cluster = |cluster: usize, random: &mut Random| {
        let reach = if random.index(5) == 0 { starts.len() } else { 4.min(starts.len()) };
        let step = 1 + random.index(reach.saturating_sub(1).max(1));
        if cluster >= step { cluster - step } else { (cluster + step) % starts.len() }
    };
    let preferred = |cluster: usize, ends: &[Vec<u32>], random: &mut Random| {
        let known = &ends[cluster];
        if known.is_empty() {
            range_of(cluster).start
        } else {
            known[random.index(known.len())] as usize
        }
    };
    // A tree first, so that everything is connected.
    for node in 1..nodes {
        let cluster = cluster_of(node);
        let other = if range_of(cluster).start == node {
            preferred(neighbour_cluster(cluster, &mut random).min(cluster - 1), &ends, &mut random)
        } else {
            preferred(cluster, &ends, &mut random)
        };
        add(node, other, &mut ends);
    }
    let tree = nodes.saturating_sub(1);
    let possible = nodes * nodes.saturating_sub(1) / 2;
    let wanted = links.min(possible / 2).saturating_sub(tree);
    for _ in 0..wanted * 2 {
        let a = random.index(nodes);
        let cluster = cluster_of(a);
        let to =
            if random.index(10) == 0 { neighbour_cluster(cluster, &mut random) } else { cluster };
        let b = preferred(to, &ends, &mut random);
        add(a, b, &mut ends);
    }
    Generated { sizes, links: list }
}

#[cfg(test)]
mod tests {
    use super::super::Adjacency;
    use super::*;

    #[test]
    fn a_generated_graph_is_connected_scale_free_and_repeatable() {
        let graph = scale_free(1000, 2000, 7);
        assert_eq!(graph.sizes.len(), 1000);
        assert!(graph.links.len() > 1950 && graph.links.len() <= 2000, "{}", graph.links.len());
        assert_eq!(graph.links, scale_free(1000, 2000, 7).links);
        assert_ne!(graph.links, scale_free(1000, 2000, 8).links);
        let adjacency = Adjacency::new(1000, &graph.links);
        assert_eq!(adjacency.parts().1, 1);
        let degrees: Vec<usize> = (0..1000).map(|node| adjacency.of(node).len()).collect();
        assert!(degrees.iter().max() > Some(&25));
        for small in 0..5 {
            assert_eq!(scale_free(small, 10, 1).sizes.len(), small);
        }
    }
}
