//! Groups with their frames and boxes, and note cards.

use egui::{Pos2, Rect, Vec2};

use super::Brush;
use crate::app::OnCanvas;
use crate::notebook::Hue;
use crate::scene::{Scene, SceneCard, SceneGroup, Visibility};
use crate::ui::canvas::board_parts::{OnBoard, fold_mark, strip_of};
use crate::ui::canvas::labels::{Labels, Room};
use crate::ui::canvas::mesh_painter::{self, MeshPainter};
use crate::ui::theme::mix;

/// Room between a card's border and its text, in canvas units.
const PADDING: f32 = 10.0;

impl Brush<'_> {
    fn group_rect(&self, group: &SceneGroup) -> Rect {
        self.view.screen_rect(self.pane, group.rect)
    }

    /// The frames of groups, on the ground.
    pub fn frames(&self, pen: &mut MeshPainter, scene: &Scene, groups: &[u32]) {
        let mut outline = Vec::new();
        for &number in groups {
            let group = &scene.board.groups[number as usize];
            if group.is_folded() || group.visibility == Visibility::Hidden {
                continue;
            }
            let rect = self.group_rect(group);
            let hue = self.style.hue(group.group.hue);
            let selected = self.selection.groups.contains(&group.id);
            let hovered = self.is_hovered(OnBoard::Frame(number));
            mesh_painter::rounded(rect, 10.0 * self.view.zoom.clamp(0.3, 1.4), &mut outline);
            pen.fill(&outline, hue.gamma_multiply(if self.style.dark { 0.13 } else { 0.08 }));
            let (width, colour) = match (selected, hovered) {
                (true, _) => (2.2, self.style.accent),
                (false, true) => (1.8, hue),
                (false, false) => (1.2, mix(hue, self.style.canvas, 0.25)),
            };
            pen.line(&outline, width, colour, true);
            self.chevron(pen, fold_mark(strip_of(rect, self.view.zoom)), number, false, hue);
        }
    }

    /// The mark that folds (pointing down) or unfolds (pointing right).
    fn chevron(
        &self,
        pen: &mut MeshPainter,
        at: Rect,
        number: u32,
        folded: bool,
        colour: egui::Color32,
    ) {
        let hot = self.is_hovered(OnBoard::Fold(number));
        let middle = at.center();
        let reach = at.width() * 0.2;
        let ends = if folded {
            [Vec2::new(-0.5, -1.0), Vec2::new(0.5, 0.0), Vec2::new(-0.5, 1.0)]
        } else {
            [Vec2::new(-1.0, -0.5), Vec2::new(0.0, 0.5), Vec2::new(1.0, -0.5)]
        };
        if hot {
            let mut ring = Vec::new();
            mesh_painter::rounded(at.shrink(1.0), 5.0, &mut ring);
            pen.fill_soft(&ring, colour.gamma_multiply(0.25));
        }
        pen.line(&ends.map(|end| middle + end * reach), 1.8, colour, false);
    }

    /// The titles of frames.
    pub fn titles(&self, scene: &Scene, groups: &[u32], labels: &mut Labels) {
        for &number in groups {
            let group = &scene.board.groups[number as usize];
            if group.is_folded() || group.visibility == Visibility::Hidden {
                continue;
            }
            let strip = strip_of(self.group_rect(group), self.view.zoom);
            let mark = fold_mark(strip);
            let room = Room {
                width: strip.right() - mark.right() - 8.0,
                rows: 1,
                size: (13.5 * self.view.zoom).clamp(11.0, 18.0),
                centred: false,
            };
            if room.width < 16.0 {
                continue;
            }
            let text = match &*group.group.title {
                "" => group.count(),
                title => format!("{title}  ·  {}", group.group.members.len()),
            };
            let key = group.id.bits();
            let Some(galley) = labels.words(self.ctx(), key, &text, room) else { continue };
            let top = strip.center().y - galley.size().y * 0.5;
            let ink = self.style.hue(group.group.hue);
            self.painter.galley(Pos2::new(mark.right() + 2.0, top), galley, ink);
        }
    }

    /// The boxes of folded groups, over the links.
    pub fn boxes(&self, pen: &mut MeshPainter, scene: &Scene, groups: &[u32]) {
        let mut outline = Vec::new();
        for &number in groups {
            let group = &scene.board.groups[number as usize];
            if !group.is_folded() || group.visibility == Visibility::Hidden {
                continue;
            }
            let rect = self.group_rect(group);
            let hue = self.style.hue(group.group.hue);
            let selected = self.selection.groups.contains(&group.id);
            let hovered = self.is_hovered(OnBoard::Box(number));
            let scale = self.view.zoom.sqrt().clamp(0.6, 1.4);
            let radius = 8.0 * self.view.zoom.clamp(0.3, 1.6);
            // Something lies under it: there is more than one.
            let back = rect.translate(Vec2::splat(4.0 * self.view.zoom.min(1.2)));
            mesh_painter::rounded(back, radius, &mut outline);
            pen.shape(&outline, self.style.canvas, 1.1 * scale, mix(hue, self.style.canvas, 0.3));
            mesh_painter::rounded(rect, radius, &mut outline);
            let width = if selected || hovered { 2.4 } else { 1.7 } * scale;
            pen.shape(&outline, self.style.hue_ground(group.group.hue), width, hue);
            let grown = rect.expand(4.0 * scale);
            if selected {
                mesh_painter::rounded(grown, radius + 4.0, &mut outline);
                pen.line(&outline, 1.6, self.style.accent, true);
            } else if self.selected_inside(scene, group).is_some() {
                // What is selected is in there.
                mesh_painter::rounded(grown, radius + 4.0, &mut outline);
                pen.dashed_outline(&outline, 1.6, self.style.accent, 6.0, 4.0);
            }
            if rect.height() > 16.0 {
                self.chevron(pen, fold_mark(rect), number, true, hue);
            }
        }
    }

    /// The first selected entity that is folded away in a group.
    fn selected_inside<'a>(&self, scene: &'a Scene, group: &SceneGroup) -> Option<&'a str> {
        let members = &group.group.members;
        // Of many selected ones, looking a few of them up says enough.
        let inside = self.selection.entities.iter().take(500).find(|id| members.contains(id))?;
        scene.node(*inside).map(|node| &*scene.nodes[node as usize].entity.name)
    }

    /// What stands on boxes: the title, and how many are in it, or who of them is selected.
    pub fn box_titles(&self, scene: &Scene, groups: &[u32], labels: &mut Labels) {
        for &number in groups {
            let group = &scene.board.groups[number as usize];
            if !group.is_folded() || group.visibility == Visibility::Hidden {
                continue;
            }
            let rect = self.group_rect(group);
            let zoom = self.view.zoom;
            let hue = self.style.hue(group.group.hue);
            let (key, count) = (group.id.bits(), group.count());
            let title = match &*group.group.title {
                "" => &count,
                title => title,
            };
            // Between the mark and the other side.
            let free = rect.with_min_x(fold_mark(rect).right());
            let mut room = Room {
                width: free.width() - 6.0,
                rows: 1,
                size: (13.5 * zoom).clamp(9.0, 40.0),
                centred: true,
            };
            if rect.height() < 26.0 {
                // Too small for words inside: they stand under it.
                room = Room { width: rect.width().max(110.0), size: 11.0, ..room };
                let Some(galley) = labels.words(self.ctx(), key, title, room) else { continue };
                let under = Pos2::new(rect.center().x, rect.bottom() + 10.0);
                self.text(galley, under, self.style.ink);
                continue;
            }
            let inside = self.selected_inside(scene, group);
            let below = match inside {
                Some(name) => format!("holds {name}"),
                None if group.group.title.is_empty() => String::new(),
                None => count.clone(),
            };
            let off = if below.is_empty() { 0.0 } else { 8.5 * zoom };
            if let Some(galley) = labels.words(self.ctx(), key, title, room) {
                self.text(galley, free.center() - Vec2::new(3.0, off), self.style.ink);
            }
            if !below.is_empty() {
                let small = Room { size: (11.5 * zoom).max(8.5), ..room };
                // A second line of the same group: its own key.
                let key = key.rotate_left(17) ^ 0x5bd1_e995;
                if let Some(galley) = labels.words(self.ctx(), key, &below, small) {
                    let ink = if inside.is_some() { self.style.ink } else { hue };
                    self.text(galley, free.center() + Vec2::new(-3.0, off), ink);
                }
            }
        }
    }

    /// Note cards.
    pub fn cards(&self, pen: &mut MeshPainter, scene: &Scene, cards: &[u32]) {
        for &number in cards {
            let card = &scene.board.cards[number as usize];
            let rect = self.view.screen_rect(self.pane, card.rect());
            let hue = self.style.hue(card.card.hue);
            let selected = self.selection.holds(OnCanvas::Card(card.id));
            let hovered = self.is_hovered(OnBoard::Card(number));
            // A sheet of paper with a corner turned down: no kind of entity looks like that.
            let ear = (14.0 * self.view.zoom).min(rect.width() * 0.3).min(rect.height() * 0.3);
            let turned = [
                Pos2::new(rect.right() - ear, rect.top()),
                Pos2::new(rect.right() - ear, rect.top() + ear),
                Pos2::new(rect.right(), rect.top() + ear),
            ];
            let outline =
                [rect.left_top(), turned[0], turned[2], rect.right_bottom(), rect.left_bottom()];
            pen.fill(&outline, self.style.hue_ground(card.card.hue));
            pen.fill(&turned, mix(self.style.hue_ground(card.card.hue), hue, 0.3));
            let (width, colour) = match (selected, hovered) {
                (true, _) => (2.2, self.style.accent),
                (false, true) => (1.6, hue),
                (false, false) => (1.0, mix(hue, self.style.canvas, 0.35)),
            };
            pen.line(&outline, width, colour, true);
            if selected && rect.width() > 40.0 && rect.height() > 30.0 {
                let corner = rect.max - Vec2::splat(4.0);
                for reach in [5.0, 10.0] {
                    let ends = [corner - Vec2::new(reach, 0.0), corner - Vec2::new(0.0, reach)];
                    pen.line(&ends, 1.5, self.style.accent, false);
                }
            }
        }
    }

    /// What is written on note cards. `written` is being written on right now.
    pub fn card_texts(
        &self,
        scene: &Scene,
        cards: &[u32],
        labels: &mut Labels,
        written: Option<OnCanvas>,
    ) {
        for &number in cards {
            let card = &scene.board.cards[number as usize];
            if written != Some(OnCanvas::Card(card.id)) {
                self.card_text(card, labels);
            }
        }
    }

    fn card_text(&self, card: &SceneCard, labels: &mut Labels) {
        let zoom = self.view.zoom;
        let rect = self.view.screen_rect(self.pane, card.rect()).shrink((PADDING * zoom).min(14.0));
        let size = (13.5 * zoom).max(8.5);
        let rows = (rect.height() / (size * 1.28)).floor() as usize;
        if rows == 0 || rect.width() < 24.0 {
            return;
        }
        let (text, ink) = match card.card.text.trim() {
            "" => ("Empty note: press Enter to write", self.style.muted),
            text => (text, self.style.ink),
        };
        let room = Room { width: rect.width(), rows: rows.max(2), size, centred: false };
        if let Some(galley) = labels.words(self.ctx(), card.id.bits(), text, room) {
            self.painter
                .with_clip_rect(rect.expand(3.0).intersect(self.pane))
                .galley(rect.min, galley, ink);
        }
    }

    /// The frame or box that what is dragged would be dropped into.
    pub fn drop_target(&self, group: &SceneGroup, labels: &mut Labels) {
        let rect = self.group_rect(group).expand(3.0);
        let mut pen = self.pen();
        let mut outline = Vec::new();
        mesh_painter::rounded(rect, 10.0, &mut outline);
        pen.fill(&outline, self.style.accent.gamma_multiply(0.08));
        pen.dashed_outline(&outline, 2.0, self.style.accent, 7.0, 4.0);
        let words = match &*group.group.title {
            "" => "Drop into the group".to_owned(),
            title => format!("Drop into “{title}”"),
        };
        let room = Room { width: 260.0, rows: 1, size: 12.0, centred: true };
        if let Some(galley) = labels.words(self.ctx(), 1, &words, room) {
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
