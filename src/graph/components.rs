//! Strongly connected parts: nodes that reach each other along the direction of edges (Tarjan, "Depth-first search and
//! linear graph algorithms", 1972), without recursion.

/// The strongly connected parts of a graph with these edges (from, to), each as its nodes in ascending order. Edges to
/// nodes that do not exist are ignored.
#[must_use]
pub fn strong_components(count: usize, edges: &[(u32, u32)]) -> Vec<Vec<usize>> {
    let mut after: Vec<Vec<u32>> = vec![Vec::new(); count];
    for &(from, to) in edges {
        if (from as usize) < count && (to as usize) < count {
            after[from as usize].push(to);
        }
    }
    let part = strong_parts(count, |node, at| after[node as usize].get(at).copied());
    let parts = part.iter().max().map_or(0, |last| *last as usize + 1);
    let mut found = vec![Vec::new(); parts];
    for (node, part) in part.iter().enumerate() {
        found[*part as usize].push(node);
    }
    found
}

/// The number of the part each node is in. `step` returns the targets of a node's edges one by one.
pub(super) fn strong_parts(count: usize, step: impl Fn(u32, usize) -> Option<u32>) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let (mut index, mut low) = (vec![NONE; count], vec![NONE; count]);
    let mut part = vec![NONE; count];
    let (mut stack, mut walk) = (Vec::new(), Vec::<(u32, usize)>::new());
    let (mut next, mut parts) = (0, 0);
    for root in 0..count as u32 {
        if index[root as usize] != NONE {
            continue;
        }
        walk.push((root, 0));
        while let Some((node, at)) = walk.last_mut() {
            let n = *node as usize;
            if *at == 0 {
                index[n] = next;
                low[n] = next;
                next += 1;
                stack.push(*node);
            }
            if let Some(leads_to) = step(*node, *at) {
                *at += 1;
                let to = leads_to as usize;
                if index[to] == NONE {
                    walk.push((leads_to, 0));
                } else if part[to] == NONE {
                    low[n] = low[n].min(index[to]);
                }
                continue;
            }
            walk.pop();
            if let Some((above, _)) = walk.last() {
                let above = *above as usize;
                low[above] = low[above].min(low[n]);
            }
            if low[n] == index[n] {
                while let Some(member) = stack.pop() {
                    part[member as usize] = parts;
                    if member as usize == n {
                        break;
                    }
                }
                parts += 1;
            }
        }
    }
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_the_circles_and_what_stands_alone() {
        let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (4, 4), (9, 1)];
        let mut parts = strong_components(5, &edges);
        parts.sort();
        assert_eq!(parts, [vec![0, 1, 2], vec![3], vec![4]]);
        assert_eq!(strong_components(0, &[]), Vec::<Vec<usize>>::new());
        // A long chain must not overflow the stack.
        let chain: Vec<(u32, u32)> = (0..200_000).map(|i| (i, i + 1)).collect();
        assert_eq!(strong_components(200_001, &chain).len(), 200_001);
    }
}
