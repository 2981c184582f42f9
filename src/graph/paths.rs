//! Paths through the graph: the neighbourhood of some nodes, and every shortest path between two.

use super::Adjacency;

/// The number of steps from the nearest of `starts` to each node within `steps` of them, counting
/// links in both directions; `None` for those farther away.
pub fn neighbourhood(adjacency: &Adjacency, starts: &[u32], steps: u32) -> Vec<Option<u32>> {
    let mut found = vec![None; adjacency.len()];
    let mut edge: Vec<u32> = Vec::new();
    for &start in starts {
        if let Some(slot @ None) = found.get_mut(start as usize) {
            *slot = Some(0);
            edge.push(start);
        }
    }
    for step in 1..=steps {
        let mut next = Vec::new();
        for &node in &edge {
            for &other in adjacency.of(node) {
                if found[other as usize].is_none() {
                    found[other as usize] = Some(step);
                    next.push(other);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        edge = next;
    }
    found
}

/// All shortest paths from `from` to `to`, counting links in both directions; each a list of nodes with both ends. At
/// most `limit` of them (the first in order of node numbers), since there can be exponentially many. `[[from]]` when
/// both are the same, empty when there is none.
pub fn shortest_paths(adjacency: &Adjacency, from: u32, to: u32, limit: usize) -> Vec<Vec<u32>> {
    let mut distances = Vec::new();
    adjacency.distances_from(to, &mut distances, &mut Vec::new());
    let length = match distances.get(from as usize) {
        Some(&length) if length != u32::MAX => length as usize,
        _ => return Vec::new(),
    };
    // From `from`, each step to a neighbour one nearer to `to` is on a shortest path, so the search has no dead ends
    // and costs no more than the paths it returns.
    let mut paths = Vec::new();
    let mut path = vec![from];
    let mut choices = vec![0usize];
    while paths.len() < limit {
        let (Some(&node), Some(choice)) = (path.last(), choices.last_mut()) else {
            break;
        };
        if path.len() > length {
            paths.push(path.clone());
            path.pop();
            choices.pop();
            continue;
        }
        let nearer = distances[node as usize].wrapping_sub(1);
        let neighbours = adjacency.of(node);
        let next =
            (*choice..neighbours.len()).find(|&i| distances[neighbours[i] as usize] == nearer);
        match next {
            Some(i) => {
                *choice = i + 1;
                path.push(neighbours[i]);
                choices.push(0);
            }
            None => {
                path.pop();
                choices.pop();
            }
        }
    }
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diamond() -> Adjacency {
        // 0 – 1, 2 – 3 – 4, and 5 alone.
        Adjacency::new(6, &[(0, 1), (0, 2), (1, 3), (2, 3), (3, 4)])
    }

    #[test]
    fn neighbourhood_stops_after_the_steps() {
        let found = neighbourhood(&diamond(), &[0], 2);
        assert_eq!(found, [Some(0), Some(1), Some(1), Some(2), None, None]);
        assert_eq!(neighbourhood(&diamond(), &[5, 99], 3)[5], Some(0));
        assert_eq!(neighbourhood(&diamond(), &[], 3), vec![None; 6]);
    }

    #[test]
    fn every_shortest_path_is_found_in_order() {
        let paths = shortest_paths(&diamond(), 0, 4, 10);
        assert_eq!(paths, [vec![0, 1, 3, 4], vec![0, 2, 3, 4]]);
        assert_eq!(shortest_paths(&diamond(), 0, 4, 1).len(), 1);
        assert_eq!(shortest_paths(&diamond(), 3, 3, 10), [[3]]);
        assert!(shortest_paths(&diamond(), 0, 5, 10).is_empty());
        assert!(shortest_paths(&diamond(), 42, 0, 10).is_empty());
    }

    #[test]
    fn a_ladder_of_choices_stays_within_the_limit() {
        // 30 diamonds in a row: 2^30 shortest paths.
        let mut links = Vec::new();
        for i in 0..30u32 {
            let base = i * 3;
            links.extend([(base, base + 1), (base, base + 2)]);
            links.extend([(base + 1, base + 3), (base + 2, base + 3)]);
        }
        let adjacency = Adjacency::new(91, &links);
        let paths = shortest_paths(&adjacency, 0, 90, 50);
        assert_eq!(paths.len(), 50);
        assert!(paths.iter().all(|path| path.len() == 61));
    }
}
