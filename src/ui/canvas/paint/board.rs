//! What is drawn of groups and note cards on screen only: where something is dropped, and what is seen from afar.

use egui::{Pos2, Rect, Vec2};

use super::Brush;
use crate::drawing::{Anchor, Room, Text};
use crate::notebook::Hue;
use crate::scene::{Scene, SceneGroup, Visibility};
use crate::ui::canvas::labels::Labels;
use crate::ui::canvas::mesh_painter::{self, MeshPainter};
use crate::ui::theme::mix;

impl Brush<'_> {
    /// The frame or box that what is dragged would be dropped into.
    pub fn drop_target(&self, group: &SceneGroup, labels: &mut Labels) {
        let rect = self.view.screen_rect(self.pane, group.rect).expand(3.0);
        let mut pen = self.pen();
        let mut outline = Vec::new();
        mesh_painter::rounded(rect, 10.0, &mut outline);
        pen.fill(&outline, self.style.accent.gamma_multiply(0.08));
        pen.dashed_outline(&outline, 2.0, self.style.accent, 7.0, 4.0);
        let words = match &*group.group.title {
            "" => "Drop into the group".to_owned(),
            title => format!("Drop into “{title}”"),
        };
        let room = Room { width: 260.0, rows: 1, size: 12.0, anchor: Anchor::Middle };
        let words = Text::Block { key: 1, text: &words, room };
        if let Some(galley) = labels.galley(self.ctx(), &words) {
            let at = Pos2::new(rect.center().x, rect.top() - 12.0);
            let ground = Rect::from_center_size(at, galley.rect.size() + Vec2::new(14.0, 5.0));
            mesh_painter::rounded(ground, 99.0, &mut outline);
            pen.shape(&outline, self.style.surface, 1.2, self.style.accent);
            self.add(pen);
            self.text(galley, at, self.style.accent);
        } else {
            self.add(pen);
        }
    }

    /// Frames, boxes and cards from afar.
    pub fn board_from_afar(&self, pen: &mut MeshPainter, scene: &Scene, part: crate::graph::Rect) {
        let mut found = Vec::new();
        scene.board.groups_in(part, &mut found);
        let block = |pen: &mut MeshPainter, rect: crate::graph::Rect, colour| {
            let rect = self.view.screen_rect(self.pane, rect);
            pen.block(rect.center(), (rect.size() * 0.5).max(Vec2::splat(1.2)), colour);
        };
        for group in found.iter().map(|number| &scene.board.groups[*number as usize]) {
            if group.visibility == Visibility::Hidden {
                continue;
            }
            let hue = self.style.hue(group.group.hue);
            let share = if group.is_folded() { 0.9 } else { 0.12 };
            block(pen, group.rect, hue.gamma_multiply(share));
        }
        scene.board.cards_in(part, &mut found);
        for card in found.iter().map(|number| &scene.board.cards[*number as usize]) {
            let hue = if card.card.hue == Hue::Grey { Hue::Orange } else { card.card.hue };
            block(pen, card.rect(), mix(self.style.hue(hue), self.style.canvas, 0.5));
        }
        scene.board.bundles_in(part, &mut found);
        let colour = mix(self.style.muted, self.style.canvas, 0.4);
        for bundle in found.iter().map(|number| &scene.board.bundles[*number as usize]) {
            let (from, to) = (self.at(bundle.curve.from), self.at(bundle.curve.to));
            pen.line(&[from, to], 1.2, colour, false);
        }
    }
}
