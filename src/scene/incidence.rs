//! The links of each node.

use std::collections::HashMap;

use super::SceneLink;

/// The links that start or end at each node, by number. Built for all nodes at once in two flat arrays; the lists of
/// the few nodes that change afterwards are stored separately.
#[derive(Clone, Debug, Default)]
pub struct Incidence {
    /// The links of node `n` are `links[starts[n]..starts[n + 1]]`.
    starts: Vec<u32>,
    links: Vec<u32>,
    changed: HashMap<u32, Vec<u32>>,
}

impl Incidence {
    /// Builds the incidence of a number of nodes and these links.
    pub fn new(nodes: usize, links: &[SceneLink]) -> Self {
        let mut starts = vec![0_u32; nodes + 2];
        for link in links {
            for node in link.ends() {
                starts[node as usize + 2] += 1;
            }
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut of_node = vec![0; starts.last().map_or(0, |last| *last as usize)];
        for (link, number) in links.iter().zip(0_u32..) {
            for node in link.ends() {
                let at = &mut starts[node as usize + 1];
                of_node[*at as usize] = number;
                *at += 1;
            }
        }
        Self { starts, links: of_node, changed: HashMap::new() }
    }

    /// The links of a node; empty for an unknown node.
    pub fn of(&self, node: u32) -> &[u32] {
        if !self.changed.is_empty()
            && let Some(links) = self.changed.get(&node)
        {
            return links;
        }
        let at = node as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(from), Some(to)) => self.links.get(*from as usize..*to as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    fn list(&mut self, node: u32) -> &mut Vec<u32> {
        let links = self.of(node).to_vec();
        self.changed.entry(node).or_insert(links)
    }

    /// Adds a link to a node.
    pub fn add(&mut self, node: u32, link: u32) {
        self.list(node).push(link);
    }

    /// Removes a link from a node.
    pub fn remove(&mut self, node: u32, link: u32) {
        self.list(node).retain(|other| *other != link);
    }

    /// Changes the number of one of a node's links.
    pub fn renumber_link(&mut self, node: u32, old: u32, new: u32) {
        for link in self.list(node) {
            if *link == old {
                *link = new;
            }
        }
    }

    /// Sets the links of a node that is new or has been renumbered.
    pub fn put(&mut self, node: u32, links: Vec<u32>) {
        self.changed.insert(node, links);
    }
}
