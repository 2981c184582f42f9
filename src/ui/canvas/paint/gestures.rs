//! What the pointer is at: handles, the thread of a new link, the box of a selection.

use egui::{Pos2, Rect, Vec2};

use super::Brush;
use crate::drawing::{Line, Pen as _, Role, grown, node_outline};
use crate::graph;
use crate::scene::SceneNode;
use crate::ui::canvas::screen_pen::ScreenPen;

/// Radius of a handle, in points.
pub const HANDLE: f32 = 4.5;

impl Brush<'_> {
    /// The handles of a node, from which a link is dragged; `hot` is the one under the pointer.
    pub fn handles(&self, node: &SceneNode, hot: Option<usize>) {
        let mut pen = self.pen();
        for (number, at) in handle_places(self.rect(node)).into_iter().enumerate() {
            let radius = if hot == Some(number) { HANDLE + 1.5 } else { HANDLE };
            let fill = if hot == Some(number) { self.style.accent } else { self.style.surface };
            pen.disc(at, radius, fill);
            pen.circle(at, radius, 1.4, self.style.accent);
        }
        self.add(pen);
    }

    /// The thread that follows the pointer from a node's handle; `onto` is the node it would link to.
    pub fn thread(&self, node: &SceneNode, to: Pos2, onto: Option<&SceneNode>) {
        let centre = self.rect(node).center();
        let towards = self.view.canvas(self.pane, to);
        let from = self.at(graph::border(node.shape(), node.centre, node.size, towards));
        let mut pen = self.pen();
        if let Some(onto) = onto {
            let rect = grown(onto.kind, self.draw.rect(onto), 4.0);
            let mut corners = Vec::new();
            let outline = node_outline(onto.kind, rect, self.view.zoom, &mut corners);
            let line = Line::new(Role::Accent, 2.0);
            ScreenPen::new(&mut pen, self.inks).area(outline, None, Some(line));
        }
        // The red thread: a little slack, as a thread has.
        let sag = Vec2::new(0.0, ((to - centre).length() * 0.06).min(22.0));
        let middle = from + (to - from) * 0.5 + sag * 2.0;
        let points: Vec<Pos2> = (0..=24)
            .map(|i| {
                let t = i as f32 / 24.0;
                let a = from + (middle - from) * t;
                let b = middle + (to - middle) * t;
                a + (b - a) * t
            })
            .collect();
        pen.line(&points, 2.2, self.style.accent, false);
        pen.disc(from, 3.5, self.style.accent);
        pen.disc(to, 4.5, self.style.accent);
        self.add(pen);
    }

    /// The box that is being drawn to select what is in it.
    pub fn selection_box(&self, rect: Rect) {
        let mut pen = self.pen();
        let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
        pen.fill(&corners, self.style.accent.gamma_multiply(0.10));
        pen.dashed_outline(&corners, 1.2, self.style.accent, 5.0, 3.5);
        self.add(pen);
    }
}

/// Where a node's handles are: the middles of its right, left, upper and lower side.
pub fn handle_places(rect: Rect) -> [Pos2; 4] {
    [rect.right_center(), rect.left_center(), rect.center_top(), rect.center_bottom()]
}
