//! The weight of an entity among all others: four measures over the notebook's links, shown as sizes on the canvas.

use std::collections::HashMap;

use crate::graph::{Adjacency, EXACT_UP_TO, SAMPLE, betweenness, core_numbers, degrees, page_rank};
use crate::notebook::{EntityId, Notebook};

/// The measure that the size of a node shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Nothing: every node is as large as its name.
    #[default]
    None,
    /// How many links it has.
    Degree,
    /// How often it lies between others.
    Betweenness,
    /// How often it is visited when following links at random.
    PageRank,
    /// How densely connected its surroundings are.
    Core,
}

impl Measure {
    /// Its name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "uniform",
            Self::Degree => "degree",
            Self::Betweenness => "betweenness",
            Self::PageRank => "PageRank",
            Self::Core => "k-core",
        }
    }

    /// What it measures, in one sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::None => "Every node is as large as its name needs.",
            Self::Degree => "The more links an entity has, the larger it is.",
            Self::Betweenness => "The more shortest paths run through an entity, the larger it is.",
            Self::PageRank => {
                "The more an entity is linked to by well-linked entities, the larger it is."
            }
            Self::Core => {
                "The larger k, the larger the entity: it belongs to a group in which everyone is linked to at least k others."
            }
        }
    }
}

/// One measure of every entity on the canvas.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// The measure.
    pub measure: Measure,
    /// The entities by id, ascending, each with its value.
    pub values: Vec<(EntityId, f32)>,
    /// The largest value.
    pub most: f32,
    /// The values in descending order, for ranks.
    order: Vec<f32>,
    /// The number of entities from which paths were counted, where not from all.
    pub sampled: Option<usize>,
}

/// The scale of a node without weight, relative to the size its name needs.
pub const SMALLEST: f32 = 0.8;
/// The scale of the node with the greatest weight.
pub const LARGEST: f32 = 1.8;

impl Weights {
    /// The value of an entity.
    #[must_use]
    pub fn of(&self, id: EntityId) -> Option<f32> {
        let at = self.values.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Some(self.values[at].1)
    }

    /// The scale of a node with this value, from [`SMALLEST`] to [`LARGEST`]: with the square root of the value, so
    /// that areas are proportional and not lengths.
    #[must_use]
    pub fn scale(&self, value: f32) -> f32 {
        if self.most <= 0.0 || !value.is_finite() {
            return SMALLEST;
        }
        SMALLEST + (LARGEST - SMALLEST) * (value / self.most).clamp(0.0, 1.0).sqrt()
    }

    /// The scale of an entity's node.
    #[must_use]
    pub fn scale_of(&self, id: EntityId) -> f32 {
        self.of(id).map_or(1.0, |value| self.scale(value))
    }

    /// The value and the rank of an entity, in words: “betweenness 12.5, 3rd of 59”.
    #[must_use]
    pub fn in_words(&self, id: EntityId) -> Option<String> {
        let value = self.of(id)?;
        let rank = self.order.partition_point(|other| *other > value) + 1;
        let about = if self.sampled.is_some() { "about " } else { "" };
        let number = match self.measure {
            Measure::Degree | Measure::Core => format!("{value:.0}"),
            Measure::PageRank => format!("{:.2}%", value * 100.0),
            Measure::None | Measure::Betweenness if value >= 100.0 => format!("{value:.0}"),
            Measure::None | Measure::Betweenness => format!("{value:.1}"),
        };
        let label = self.measure.label();
        Some(format!("{label} {about}{number}, rank {rank} of {}", self.values.len()))
    }

    /// What the sizes show, for the screen, and how they were estimated if they were.
    #[must_use]
    pub fn note(&self) -> String {
        let how = self.sampled.map_or_else(String::new, |sources| {
            format!(" Estimated from the paths of {sources} of {} entities.", self.values.len())
        });
        format!("Size: {}. {}{how}", self.measure.label(), self.measure.sentence())
    }
}

/// Measures every entity on the canvas, over all links of the notebook. A job: betweenness takes a while.
#[must_use]
pub fn weights(
    notebook: &Notebook,
    measure: Measure,
    stop: &dyn Fn() -> bool,
    progress: &mut dyn FnMut(f32),
) -> Weights {
    let ids: Vec<EntityId> = notebook.nodes().keys().copied().collect();
    let number: HashMap<EntityId, u32> =
        ids.iter().zip(0_u32..).map(|(id, number)| (*id, number)).collect();
    let links: Vec<(u32, u32, bool)> = notebook
        .all_links()
        .filter_map(|(_, link)| {
            let to = link.to_entity()?;
            Some((*number.get(&link.from)?, *number.get(&to)?, !link.directed))
        })
        .collect();
    let plain: Vec<(u32, u32)> = links.iter().map(|(a, b, _)| (*a, *b)).collect();
    let mut sampled = None;
    let values = match measure {
        Measure::None => vec![0.0; ids.len()],
        Measure::Degree => degrees(ids.len(), &plain),
        Measure::PageRank => page_rank(ids.len(), &links, stop),
        Measure::Core => {
            let cores = core_numbers(&Adjacency::new(ids.len(), &plain));
            cores.into_iter().map(|core| core as f32).collect()
        }
        Measure::Betweenness => {
            let sources = if ids.len() <= EXACT_UP_TO { ids.len() } else { SAMPLE };
            let adjacency = Adjacency::new(ids.len(), &plain);
            let found = betweenness(&adjacency, sources, stop, progress);
            sampled = (found.sources < ids.len()).then_some(found.sources);
            found.values
        }
    };
    let mut order = values.clone();
    order.sort_by(|a, b| b.total_cmp(a));
    Weights {
        measure,
        most: order.first().copied().unwrap_or(0.0),
        order,
        values: ids.into_iter().zip(values).collect(),
        sampled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Edit, apply, parse_script};

    #[test]
    fn the_middle_of_a_star_weighs_most_by_every_measure() {
        let mut notebook = Notebook::new("test");
        let script = parse_script(
            r#"[AddEntity(kind: Actor, name: "hub", handle: "$h"),
                AddEntity(kind: Actor, name: "a", handle: "$a"),
                AddEntity(kind: Actor, name: "b", handle: "$b"),
                AddEntity(kind: Actor, name: "c", handle: "$c"),
                Link(from: "$a", relation: "cites", to: "$h"),
                Link(from: "$b", relation: "cites", to: "$h"),
                Link(from: "$c", relation: "cites", to: "$h")]"#,
        )
        .unwrap();
        apply(&mut notebook, &Edit::Batch(String::new(), script)).unwrap();
        let id = |name: &str| *notebook.entities().iter().find(|(_, e)| e.name == name).unwrap().0;
        for (measure, hub, leaf) in [
            (Measure::Degree, "degree 3, rank 1 of 4", "degree 1, rank 2 of 4"),
            (Measure::Betweenness, "betweenness 3.0, rank 1 of 4", "betweenness 0.0, rank 2 of 4"),
            (Measure::PageRank, "PageRank 54.20%, rank 1 of 4", "PageRank 15.27%, rank 2 of 4"),
            (Measure::Core, "k-core 1, rank 1 of 4", "k-core 1, rank 1 of 4"),
        ] {
            let weights = weights(&notebook, measure, &|| false, &mut |_| {});
            assert_eq!(weights.in_words(id("hub")).unwrap(), hub);
            assert_eq!(weights.in_words(id("a")).unwrap(), leaf);
            assert_eq!(weights.scale(weights.most), LARGEST);
            assert_eq!(weights.scale(0.0), SMALLEST);
            assert!(weights.note().contains(measure.sentence()));
            assert!(weights.sampled.is_none());
        }
    }
}
