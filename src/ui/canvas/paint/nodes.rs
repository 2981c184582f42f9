//! What is drawn of nodes on screen only: how often they are mentioned.

use std::sync::Arc;

use egui::{Pos2, Rect, Vec2};

use super::Brush;
use crate::drawing::Text;
use crate::notebook::Kind;
use crate::scene::{Scene, SceneNode};
use crate::ui::canvas::labels::Labels;
use crate::ui::canvas::mesh_painter;
use crate::ui::canvas::screen_pen::ScreenPen;

impl Brush<'_> {
    /// How well each claim is confirmed: the grounds first, so that the words stand over them.
    pub fn claim_signs(&self, scene: &Scene, nodes: &[u32], labels: &mut Labels) {
        let ground = self.painter.add(egui::Shape::Noop);
        let mut mesh = self.pen();
        let pen = &mut ScreenPen::new(&mut mesh, self.inks);
        self.draw.claim_signs(pen, scene, nodes, &mut self.letters(labels));
        let mesh = mesh.finish();
        if !mesh.is_empty() {
            self.painter.set(ground, egui::Shape::mesh(mesh));
        }
    }

    /// How many mentions a node has, at its upper right corner.
    pub fn badge(&self, node: &SceneNode, mentions: usize, labels: &mut Labels) {
        let rect = self.rect(node);
        let text: Arc<str> = Arc::from(mentions.to_string());
        let Some(galley) = labels.galley(self.ctx(), &Text::Line(&text, 10.5)) else { return };
        let size = Vec2::new((galley.rect.width() + 10.0).max(16.0), 16.0);
        let drop = if node.kind == Kind::Event { rect.height() * 0.25 } else { 0.0 };
        let aside = if node.kind == Kind::Event { rect.width() * 0.25 } else { 14.0 };
        let aside = if node.entity.to_check { aside + 20.0 } else { aside };
        let centre = Pos2::new(rect.right() - aside, rect.top() + drop - 3.0);
        let mut pen = self.pen();
        let mut outline = Vec::new();
        mesh_painter::rounded(Rect::from_center_size(centre, size), 99.0, &mut outline);
        pen.fill_soft(&outline, self.style.kind(node.kind));
        self.add(pen);
        self.text(galley, centre, self.style.surface);
    }
}
