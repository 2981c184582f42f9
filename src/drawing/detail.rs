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

/// Whether a zoom reaches another one, both as they are shown: in whole percent.
#[must_use]
pub fn reaches(zoom: f32, least: f32) -> bool {
    (zoom * 100.0).round() >= (least * 100.0).round()
}

/// How much is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// Names in the nodes.
    pub labels: bool,
    /// Names in those nodes that have room for them at this zoom; beside others, where there is a place.
    pub some_labels: bool,
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
        let few = shapes && nodes <= MOST_LABELS;
        let labels = few && reaches(zoom, LABELS_FROM);
        Self {
            labels,
            some_labels: few && !labels,
            link_labels: labels && reaches(zoom, LINK_LABELS_FROM) && links <= 400,
            shapes,
            links: (links, links.min(MOST_LINKS)),
        }
    }

    /// What is left out, in words; empty when nothing is.
    pub fn note(&self, zoom: f32) -> String {
        // From which zoom on, where it is the zoom that leaves something out, and not how much is in view.
        let mut from = Vec::new();
        let mut crowded = false;
        for (there, what, least) in [
            (self.labels, "all labels", LABELS_FROM),
            (self.shapes, "shapes", SHAPES_FROM),
            (self.link_labels || !self.labels, "relations", LINK_LABELS_FROM),
        ] {
            match there {
                true => {}
                false if !reaches(zoom, least) => {
                    from.push(format!("{what} from {:.0} %", least * 100.0));
                }
                false => crowded |= what != "shapes",
            }
        }
        let mut parts = Vec::new();
        if !from.is_empty() {
            parts.push(crate::text::capital(&from.join(", ")));
        }
        if crowded {
            let what = if self.labels { "relations" } else { "all labels" };
            parts.push(format!("Zoom in for {what}"));
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
        assert_eq!(small.note(0.3), "All labels from 42 %");
        assert_eq!(Detail::at(0.5, 60, 90).note(0.5), "Relations from 62 %");
        let tiny = Detail::at(0.02, 100_000, 200_000);
        assert!(!tiny.labels && !tiny.shapes && tiny.links.1 < tiny.links.0);
        assert_eq!(
            tiny.note(0.02),
            "All labels from 42 %, shapes from 10 % · 50000 of 200000 links drawn"
        );
        assert!(Detail::at(1.0, 50_000, 10).note(1.0).contains("Zoom in"));
    }
    #[test]
    fn what_is_said_of_a_zoom_is_true_at_that_zoom() {
        // The zoom is shown in whole percent: whatever is shown as 42 % has all labels.
        for zoom in [0.415, 0.4196, 0.42, 0.4249] {
            let detail = Detail::at(zoom, 60, 90);
            assert!(detail.labels && !detail.note(zoom).contains("labels"), "{zoom}");
        }
        let below = Detail::at(0.4149, 60, 90);
        assert!(!below.labels && below.some_labels);
        let many = Detail::at(0.8, 1_200, 90);
        assert!(!many.labels && !many.some_labels);
        assert_eq!(many.note(0.8), "Zoom in for all labels");
    }
}
