//! The level of detail at a zoom: labels drop out first, then shapes, then links; and it is said on screen.

/// Labels are drawn from this zoom on.
pub const LABELS_FROM: f32 = 0.42;
/// Outlines, arrows and curves are drawn from this zoom on; below it, dots and slivers.
pub const SHAPES_FROM: f32 = 0.1;
/// Labels of links are drawn from this zoom on.
pub const LINK_LABELS_FROM: f32 = 0.62;
/// With more nodes than this in view there are no labels, whatever the zoom.
const MOST_LABELS: usize = 1_000;
/// With more nodes or links than this in view they are dots and slivers.
const MOST_SHAPES: usize = 2_500;
const MOST_CURVES: usize = 5_000;
/// More links than this are never drawn at once.
pub const MOST_LINKS: usize = 50_000;

/// How much is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Names in the nodes.
    pub labels: bool,
    /// Relations on the links.
    pub link_labels: bool,
    /// Nodes with outlines and links with arrows; otherwise dots and slivers.
    pub shapes: bool,
    /// How many links are in view and how many of them are drawn.
    pub links: (usize, usize),
}

impl Detail {
    /// For this zoom and so many nodes and links in view.
    pub fn at(zoom: f32, nodes: usize, links: usize) -> Self {
        let shapes = zoom >= SHAPES_FROM && nodes <= MOST_SHAPES && links <= MOST_CURVES;
        let labels = shapes && zoom >= LABELS_FROM && nodes <= MOST_LABELS;
        Self {
            labels,
            link_labels: labels && zoom >= LINK_LABELS_FROM && links <= 400,
            shapes,
            links: (links, links.min(MOST_LINKS)),
        }
    }

    /// What is left out, in words; empty when nothing is.
    pub fn note(&self, zoom: f32) -> String {
        let mut missing = Vec::new();
        if !self.labels {
            missing.push("all labels");
        }
        if !self.shapes && zoom < SHAPES_FROM {
            missing.push("shapes");
        }
        if self.labels && !self.link_labels {
            missing.push("relations");
        }
        let mut parts = Vec::new();
        if !missing.is_empty() {
            parts.push(format!("Zoom in for {}", missing.join(" and ")));
        }
        let (all, drawn) = self.links;
        if drawn < all {
            parts.push(format!("{drawn} of {all} links drawn"));
        }
        parts.join(" · ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_go_first_then_shapes_then_links_and_each_is_said() {
        assert_eq!(Detail::at(1.0, 60, 90).note(1.0), "");
        let small = Detail::at(0.3, 60, 90);
        assert!(!small.labels && small.shapes);
        assert_eq!(small.note(0.3), "Zoom in for all labels");
        assert_eq!(Detail::at(0.5, 60, 90).note(0.5), "Zoom in for relations");
        let tiny = Detail::at(0.02, 100_000, 200_000);
        assert!(!tiny.labels && !tiny.shapes && tiny.links.1 < tiny.links.0);
        assert_eq!(
            tiny.note(0.02),
            "Zoom in for all labels and shapes · 50000 of 200000 links drawn"
        );
        assert!(Detail::at(1.0, 50_000, 10).note(1.0).contains("Zoom in"));
    }
}
