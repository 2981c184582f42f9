//! How central each node is, in four ways. All but PageRank count a link in both directions; all but the degree count
//! several links between the same two as one.

use super::{Adjacency, Random};

/// The most nodes of a graph whose betweenness is computed exactly; that of a larger one is estimated.
pub const EXACT_UP_TO: usize = 2_000;
/// The number of nodes from which the betweenness of a larger graph is estimated.
pub const SAMPLE: usize = 256;

/// The probability that PageRank's walker follows a link rather than jumping anywhere (Brin and Page, 1998).
const DAMPING: f64 = 0.85;
/// The total change in a round below which PageRank stops.
const CONVERGED: f64 = 1e-10;
/// The most rounds of PageRank.
const MOST_ROUNDS: usize = 200;

/// The number of links at each node; one from a node to itself counts once.
pub fn degrees(count: usize, links: &[(u32, u32)]) -> Vec<f32> {
    let mut degrees = vec![0.0; count];
    for &(a, b) in links {
        if (a as usize) < count && (b as usize) < count {
            degrees[a as usize] += 1.0;
            if a != b {
                degrees[b as usize] += 1.0;
            }
        }
    }
    degrees
}

/// Betweenness: over all pairs of other nodes, the share of their shortest paths that pass through a node, summed
/// (Freeman 1977), by Brandes’ algorithm (“A faster algorithm for betweenness centrality”, 2001).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Betweenness {
    /// For each node.
    pub values: Vec<f32>,
    /// The number of nodes from which paths were counted: all, or a sample.
    pub sources: usize,
}

/// The betweenness of every node, counting paths from at most `sources` nodes. With fewer than all, they are sampled at
/// random and the sums scaled up (Brandes and Pich, “Centrality estimation in large networks”, 2007). Stops with what
/// it has when `stop` returns true; `progress` gets the share that is done, from 0 to 1.
pub fn betweenness(
    adjacency: &Adjacency,
    sources: usize,
    stop: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(f32),
) -> Betweenness {
    let count = adjacency.len();
    let mut order: Vec<u32> = (0..count as u32).collect();
    if sources < count {
        Random::new(count as u64).shuffle(&mut order);
        order.truncate(sources);
    }
    let mut sums = vec![0.0_f64; count];
    let mut ways = vec![0.0_f64; count];
    let mut share = vec![0.0_f64; count];
    let (mut distances, mut queue) = (Vec::new(), Vec::new());
    let mut done = 0;
    for &source in &order {
        if stop() {
            break;
        }
        adjacency.distances_from(source, &mut distances, &mut queue);
        for &node in &queue {
            ways[node as usize] = 0.0;
            share[node as usize] = 0.0;
        }
        ways[source as usize] = 1.0;
        for &node in &queue {
            let next = distances[node as usize] + 1;
            for &other in adjacency.of(node) {
                if distances[other as usize] == next {
                    ways[other as usize] += ways[node as usize];
                }
            }
        }
        // Farthest first: what a node passes on to those before it is complete when its turn comes.
        for &node in queue.iter().rev() {
            let nearer = distances[node as usize].wrapping_sub(1);
            let passed = (1.0 + share[node as usize]) / ways[node as usize];
            for &other in adjacency.of(node) {
                if distances[other as usize] == nearer {
                    share[other as usize] += ways[other as usize] * passed;
                }
            }
            if node != source {
                sums[node as usize] += share[node as usize];
            }
        }
        done += 1;
        progress(done as f32 / order.len() as f32);
    }
    // Each pair was counted from both ends.
    let scale = count as f64 / (done.max(1) as f64) * 0.5;
    Betweenness { values: sums.iter().map(|sum| (sum * scale) as f32).collect(), sources: done }
}

/// PageRank: how often a walker visits each node who follows links at random and now and then jumps anywhere. `links`
/// are (from, to, holds both ways). The values add up to 1. From a node without outgoing links the walker always jumps.
pub fn page_rank(count: usize, links: &[(u32, u32, bool)], stop: &dyn Fn() -> bool) -> Vec<f32> {
    if count == 0 {
        return Vec::new();
    }
    let mut steps: Vec<(u32, u32)> = Vec::with_capacity(links.len() * 2);
    for &(from, to, both) in links {
        if from != to && (from as usize) < count && (to as usize) < count {
            steps.push((from, to));
            if both {
                steps.push((to, from));
            }
        }
    }
    steps.sort_unstable();
    steps.dedup();
    let mut out = vec![0.0_f64; count];
    for &(from, _) in &steps {
        out[from as usize] += 1.0;
    }
    let even = 1.0 / count as f64;
    let mut rank = vec![even; count];
    let mut next = vec![0.0_f64; count];
    for _ in 0..MOST_ROUNDS {
        if stop() {
            break;
        }
        let lost: f64 = rank.iter().zip(&out).filter(|(_, out)| **out == 0.0).map(|(r, _)| r).sum();
        next.fill((1.0 - DAMPING) * even + DAMPING * lost * even);
        for &(from, to) in &steps {
            next[to as usize] += DAMPING * rank[from as usize] / out[from as usize];
        }
        let change: f64 = rank.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        std::mem::swap(&mut rank, &mut next);
        if change < CONVERGED {
            break;
        }
    }
    rank.into_iter().map(|rank| rank as f32).collect()
}

/// The core number of every node: the largest k such that it belongs to a part of the graph in which every node has at
/// least k neighbours (Seidman 1983). Linear: Batagelj and Zaveršnik, “An O(m) algorithm for cores decomposition of
/// networks”, 2003.
pub fn core_numbers(adjacency: &Adjacency) -> Vec<u32> {
    let count = adjacency.len();
    let mut core: Vec<u32> = (0..count as u32).map(|n| adjacency.of(n).len() as u32).collect();
    let most = core.iter().copied().max().unwrap_or(0) as usize;
    // The nodes sorted by degree, the position of each, and where each degree begins.
    let mut begins = vec![0usize; most + 2];
    for &degree in &core {
        begins[degree as usize + 1] += 1;
    }
    for i in 1..begins.len() {
        begins[i] += begins[i - 1];
    }
    let mut free = begins.clone();
    let (mut order, mut place) = (vec![0u32; count], vec![0usize; count]);
    for node in 0..count {
        let slot = &mut free[core[node] as usize];
        order[*slot] = node as u32;
        place[node] = *slot;
        *slot += 1;
    }
    for i in 0..count {
        let node = order[i];
        for &other in adjacency.of(node) {
            let degree = core[other as usize];
            if degree > core[node as usize] {
                // One neighbour fewer: it moves to the front of those of its degree, and out of them.
                let (here, front) = (place[other as usize], begins[degree as usize]);
                let first = order[front];
                order.swap(here, front);
                place[other as usize] = front;
                place[first as usize] = here;
                begins[degree as usize] = front + 1;
                core[other as usize] -= 1;
            }
        }
    }
    core
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::generate::scale_free;
    use crate::graph::shortest_paths;

    const NEVER: &dyn Fn() -> bool = &|| false;

    fn graph(seed: u64) -> (usize, Vec<(u32, u32)>) {
        let mut random = Random::new(seed);
        let count = 2 + random.index(9);
        let links = (0..random.index(22))
            .map(|_| (random.index(count) as u32, random.index(count) as u32))
            .collect();
        (count, links)
    }

    fn close(a: f32, b: f32) -> bool {
        (a - b).abs() <= 1e-4 * (1.0 + a.abs().max(b.abs()))
    }

    #[test]
    fn betweenness_is_what_listing_every_shortest_path_gives() {
        for seed in 0..60 {
            let (count, links) = graph(seed);
            let adjacency = Adjacency::new(count, &links);
            let mut brute = vec![0.0_f32; count];
            for a in 0..count as u32 {
                for b in a + 1..count as u32 {
                    let paths = shortest_paths(&adjacency, a, b, 100_000);
                    for path in &paths {
                        for &node in &path[1..path.len() - 1] {
                            brute[node as usize] += 1.0 / paths.len() as f32;
                        }
                    }
                }
            }
            let fast = betweenness(&adjacency, usize::MAX, NEVER, &mut |_| {});
            assert_eq!(fast.sources, count);
            for (a, b) in fast.values.iter().zip(&brute) {
                assert!(close(*a, *b), "seed {seed}: {:?} {brute:?}", fast.values);
            }
        }
    }

    #[test]
    fn sampled_betweenness_finds_the_same_top_and_says_how_many_sources() {
        let graph = scale_free(1_500, 3_000, 4);
        let adjacency = Adjacency::new(1_500, &graph.links);
        let exact = betweenness(&adjacency, usize::MAX, NEVER, &mut |_| {});
        let sampled = betweenness(&adjacency, SAMPLE, NEVER, &mut |_| {});
        assert_eq!((exact.sources, sampled.sources), (1_500, SAMPLE));
        let top = |values: &[f32], most: usize| {
            let mut order: Vec<usize> = (0..values.len()).collect();
            order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
            order.truncate(most);
            order
        };
        let (best, guessed) = (top(&exact.values, 20), top(&sampled.values, 30));
        let hit = best.iter().filter(|node| guessed.contains(node)).count();
        assert!(hit >= 18, "{hit} of 20");
        let sum = |values: &[f32]| values.iter().map(|v| f64::from(*v)).sum::<f64>();
        let ratio = sum(&sampled.values) / sum(&exact.values);
        assert!((0.85..1.15).contains(&ratio), "{ratio}");
    }

    #[test]
    fn page_rank_of_known_graphs() {
        // A ring: all alike.
        let ring =
            page_rank(4, &[(0, 1, false), (1, 2, false), (2, 3, false), (3, 0, false)], NEVER);
        assert!(ring.iter().all(|rank| close(*rank, 0.25)), "{ring:?}");
        // 0 → 1, nothing out of 1. By hand: r0 = 0.075 + 0.425 r1, r1 = 1 − r0.
        let two = page_rank(2, &[(0, 1, false)], NEVER);
        assert!(close(two[0], 0.5 / 1.425) && close(two[1], 1.0 - 0.5 / 1.425), "{two:?}");
        // A star whose links hold both ways, by symmetry: c = 0.03 + 0.85 · 4l, l = 0.03 + 0.85 · c / 4.
        let star: Vec<_> = (1..5).map(|leaf| (0, leaf, true)).collect();
        let star = page_rank(5, &star, NEVER);
        let centre = (0.03 + 3.4 * 0.03) / (1.0 - 0.85 * 0.85);
        assert!(close(star[0], centre), "{star:?} {centre}");
        for seed in 0..40 {
            let (count, links) = graph(seed);
            let links: Vec<_> = links.into_iter().map(|(a, b)| (a, b, a > b)).collect();
            let sum: f32 = page_rank(count, &links, NEVER).iter().sum();
            assert!(close(sum, 1.0), "{sum}");
        }
        assert!(page_rank(0, &[], NEVER).is_empty());
    }

    #[test]
    fn core_numbers_are_what_peeling_by_hand_gives() {
        for seed in 0..200 {
            let (count, links) = graph(seed);
            let adjacency = Adjacency::new(count, &links);
            let mut brute = vec![0; count];
            for k in 1..count as u32 {
                // Take away whoever has fewer than k neighbours left, until nobody has.
                let mut left = vec![true; count];
                loop {
                    let weak = (0..count as u32).find(|&n| {
                        let near = adjacency.of(n).iter().filter(|o| left[**o as usize]).count();
                        left[n as usize] && near < k as usize
                    });
                    match weak {
                        Some(node) => left[node as usize] = false,
                        None => break,
                    }
                }
                for node in 0..count {
                    if left[node] {
                        brute[node] = k;
                    }
                }
            }
            assert_eq!(core_numbers(&adjacency), brute, "seed {seed}: {links:?}");
        }
    }

    #[test]
    fn degrees_count_every_link_and_loops_once() {
        assert_eq!(degrees(3, &[(0, 1), (0, 1), (2, 2), (7, 0)]), [2.0, 2.0, 1.0]);
    }
}
