//! Groups with their frames and boxes, and note cards.

use super::{
    Anchor, Brush, Dash, Letters, Line, OnBoard, Outline, Pen, Role, Room, Text, fold_mark,
    strip_of,
};
use crate::graph::{Point, Rect};
use crate::scene::{Scene, SceneCard, SceneGroup, Visibility};

/// Room between a card's border and its text, in canvas units.
const PADDING: f32 = 10.0;

/// Height of a line of a card's text, as a multiple of the size of its type.
const CARD_LINE: f32 = 1.28;

impl Brush<'_> {
    /// The frame or box of a group, in points; `None` where it is not drawn as this.
    fn group_rect(&self, group: &SceneGroup, folded: bool) -> Option<Rect> {
        let drawn = group.is_folded() == folded && group.visibility != Visibility::Hidden;
        (drawn && group.rect.is_valid()).then(|| self.sight.rect(group.rect))
    }

    /// The frames of groups, on the ground.
    pub fn frames(&self, pen: &mut impl Pen, scene: &Scene, groups: &[u32]) {
        let zoom = self.sight.zoom;
        for &number in groups {
            let group = &scene.board.groups[number as usize];
            let Some(rect) = self.group_rect(group, false) else { continue };
            let hue = group.group.hue;
            let selected = self.chosen.groups.contains(&group.id);
            let hovered = self.is_hovered(OnBoard::Frame(number));
            let (width, role) = match (selected, hovered) {
                (true, _) => (2.2, Role::Accent),
                (false, true) => (1.8, Role::Hue(hue)),
                (false, false) => (1.2, Role::FrameLine(hue)),
            };
            let line = Line::new(self.paint(role), width);
            let outline = Outline::Round(rect, 10.0 * zoom.clamp(0.3, 1.4));
            pen.area(outline, Some(self.paint(Role::FrameGround(hue))), Some(line));
            self.chevron(pen, fold_mark(strip_of(rect, zoom)), number, false, scene);
        }
    }

    /// The mark that folds (pointing down) or unfolds (pointing right).
    fn chevron(&self, pen: &mut impl Pen, at: Rect, number: u32, folded: bool, scene: &Scene) {
        if !self.controls {
            return;
        }
        let hue = scene.board.groups[number as usize].group.hue;
        let reach = at.size().x * 0.2;
        let ends = if folded {
            [Point::new(-0.5, -1.0), Point::new(0.5, 0.0), Point::new(-0.5, 1.0)]
        } else {
            [Point::new(-1.0, -0.5), Point::new(0.0, 0.5), Point::new(1.0, -0.5)]
        };
        if self.is_hovered(OnBoard::Fold(number)) {
            let ground = Outline::Round(at.expand(-1.0), 5.0);
            pen.area(ground, Some(self.paint(Role::HueVeil(hue))), None);
        }
        let ends = ends.map(|end| at.centre() + end * reach);
        pen.path(&ends, Line::new(self.paint(Role::Hue(hue)), 1.8));
    }

    /// The titles of frames.
    pub fn titles(&self, scene: &Scene, groups: &[u32], letters: &mut impl Letters) {
        let zoom = self.sight.zoom;
        for &number in groups {
            let group = &scene.board.groups[number as usize];
            let Some(rect) = self.group_rect(group, false) else { continue };
            let strip = strip_of(rect, zoom);
            let left =
                if self.controls { fold_mark(strip).max.x + 2.0 } else { strip.min.x + 10.0 };
            let room = Room {
                width: strip.max.x - left - 6.0,
                rows: 1,
                size: (13.5 * zoom).clamp(11.0, 18.0),
                anchor: Anchor::Left,
            };
            if room.width < 16.0 {
                continue;
            }
            let text = match &*group.group.title {
                "" => group.count(),
                title => format!("{title}  ·  {}", group.group.members.len()),
            };
            let text = Text::Block { key: group.id.bits(), text: &text, room };
            let at = Point::new(left, strip.centre().y);
            // Over its frame, a title may stand where another node is: then it waits for more room.
            if strip.max.y <= rect.min.y && self.covers_a_node(scene, &text, at, letters) {
                continue;
            }
            letters.write(&text, at, self.paint(Role::Hue(group.group.hue)));
        }
    }

    /// Whether words that begin here lie over a node.
    fn covers_a_node(
        &self,
        scene: &Scene,
        text: &Text<'_>,
        at: Point,
        letters: &mut impl Letters,
    ) -> bool {
        let Some(size) = letters.measure(text) else { return false };
        let half = Point::new(0.0, size.y * 0.5);
        let sight = &self.sight;
        let canvas = |p: Point| sight.centre + (p - sight.middle) * (1.0 / sight.zoom);
        let words =
            Rect { min: canvas(at - half), max: canvas(at + half + Point::new(size.x, 0.0)) };
        let mut covers = false;
        scene
            .visit_nodes(words, |node| covers |= scene.nodes[node as usize].rect().overlaps(words));
        covers
    }

    /// The boxes of folded groups, over the links.
    pub fn boxes(&self, pen: &mut impl Pen, scene: &Scene, groups: &[u32]) {
        let zoom = self.sight.zoom;
        for &number in groups {
            let group = &scene.board.groups[number as usize];
            let Some(rect) = self.group_rect(group, true) else { continue };
            let hue = group.group.hue;
            let selected = self.chosen.groups.contains(&group.id);
            let hovered = self.is_hovered(OnBoard::Box(number));
            let scale = zoom.sqrt().clamp(0.6, 1.4);
            let radius = 8.0 * zoom.clamp(0.3, 1.6);
            // Something lies under it: there is more than one.
            let off = 4.0 * zoom.min(1.2);
            let off = Point::new(off, off);
            let back = Rect { min: rect.min + off, max: rect.max + off };
            let line = Line::new(self.paint(Role::BoxBack(hue)), 1.1 * scale);
            pen.area(Outline::Round(back, radius), Some(self.paint(Role::Canvas)), Some(line));
            let width = if selected || hovered { 2.4 } else { 1.7 } * scale;
            let line = Line::new(self.paint(Role::Hue(hue)), width);
            let ground = self.paint(Role::HueGround(hue));
            pen.area(Outline::Round(rect, radius), Some(ground), Some(line));
            let ring = Outline::Round(rect.expand(4.0 * scale), radius + 4.0);
            let accent = Line::new(self.paint(Role::Accent), 1.6);
            if selected {
                pen.area(ring, None, Some(accent));
            } else if self.selected_inside(scene, group).is_some() {
                // What is selected is in there.
                pen.area(ring, None, Some(accent.dashed(Dash::Ring)));
            }
            if rect.size().y > 16.0 {
                self.chevron(pen, fold_mark(rect), number, true, scene);
            }
        }
    }

    /// The first selected entity that is folded away in a group.
    fn selected_inside<'a>(&self, scene: &'a Scene, group: &SceneGroup) -> Option<&'a str> {
        let members = &group.group.members;
        // Of many selected ones, looking a few of them up says enough.
        let inside = self.chosen.entities.iter().take(500).find(|id| members.contains(id))?;
        scene.node(*inside).map(|node| &*scene.nodes[node as usize].entity.name)
    }

    /// What stands on boxes: the title, and how many are in it, or who of them is selected.
    pub fn box_titles(&self, scene: &Scene, groups: &[u32], letters: &mut impl Letters) {
        let zoom = self.sight.zoom;
        for &number in groups {
            let group = &scene.board.groups[number as usize];
            let Some(rect) = self.group_rect(group, true) else { continue };
            let (key, count) = (group.id.bits(), group.count());
            let title = match &*group.group.title {
                "" => &count,
                title => title,
            };
            // Between the mark and the other side.
            let left = if self.controls { fold_mark(rect).max.x } else { rect.min.x + 6.0 };
            let free = Rect { min: Point::new(left, rect.min.y), max: rect.max };
            let mut room = Room {
                width: free.size().x - 6.0,
                rows: 1,
                size: (13.5 * zoom).clamp(9.0, 40.0),
                anchor: Anchor::Middle,
            };
            let ink = self.paint(Role::Ink);
            if rect.size().y < 26.0 {
                // Too small for words inside: they stand under it.
                room = Room { width: rect.size().x.max(110.0), size: 11.0, ..room };
                let under = Point::new(rect.centre().x, rect.max.y + 10.0);
                letters.write(&Text::Block { key, text: title, room }, under, ink);
                continue;
            }
            let inside = self.selected_inside(scene, group);
            let below = match inside {
                Some(name) => format!("holds {name}"),
                None if group.group.title.is_empty() => String::new(),
                None => count.clone(),
            };
            let off = if below.is_empty() { 0.0 } else { 8.5 * zoom };
            let middle = free.centre() - Point::new(3.0, 0.0);
            let title = Text::Block { key, text: title, room };
            letters.write(&title, middle - Point::new(0.0, off), ink);
            if !below.is_empty() {
                let room = Room { size: (11.5 * zoom).max(8.5), ..room };
                // A second line of the same group: its own key.
                let key = key.rotate_left(17) ^ 0x5bd1_e995;
                let role = if inside.is_some() { Role::Ink } else { Role::Hue(group.group.hue) };
                let below = Text::Block { key, text: &below, room };
                letters.write(&below, middle + Point::new(0.0, off), self.paint(role));
            }
        }
    }

    /// Note cards.
    pub fn cards(&self, pen: &mut impl Pen, scene: &Scene, cards: &[u32]) {
        for &number in cards {
            let card = &scene.board.cards[number as usize];
            let rect = self.sight.rect(card.rect());
            let size = rect.size();
            let hue = card.card.hue;
            let selected = self.chosen.cards.contains(&card.id);
            let hovered = self.is_hovered(OnBoard::Card(number));
            // A sheet of paper with a corner turned down: no kind of entity looks like that.
            let ear = (14.0 * self.sight.zoom).min(size.x * 0.3).min(size.y * 0.3);
            let turned = [
                Point::new(rect.max.x - ear, rect.min.y),
                Point::new(rect.max.x, rect.min.y + ear),
                Point::new(rect.max.x - ear, rect.min.y + ear),
            ];
            let outline =
                [rect.min, turned[0], turned[1], rect.max, Point::new(rect.min.x, rect.max.y)];
            let (width, role) = match (selected, hovered) {
                (true, _) => (2.2, Role::Accent),
                (false, true) => (1.6, Role::Hue(hue)),
                (false, false) => (1.0, Role::CardLine(hue)),
            };
            let line = Line::new(self.paint(role), width);
            pen.area(Outline::Corners(&outline), Some(self.paint(Role::HueGround(hue))), None);
            pen.area(Outline::Corners(&turned), Some(self.paint(Role::CardEar(hue))), None);
            pen.area(Outline::Corners(&outline), None, Some(line));
            if selected && size.x > 40.0 && size.y > 30.0 {
                let corner = rect.max - Point::new(4.0, 4.0);
                for reach in [5.0, 10.0] {
                    let ends = [corner - Point::new(reach, 0.0), corner - Point::new(0.0, reach)];
                    pen.path(&ends, Line::new(self.paint(Role::Accent), 1.5));
                }
            }
        }
    }

    /// What is written on a note card: its words, and the room they have. `None` where there is no room.
    #[must_use]
    pub fn card_text(&self, card: &SceneCard) -> Option<(Rect, Room)> {
        let zoom = self.sight.zoom;
        let rect = self.sight.rect(card.rect()).expand(-(PADDING * zoom).min(14.0));
        let size = (13.5 * zoom).max(8.5);
        let room = rect.size();
        let rows = (room.y / (size * CARD_LINE)).floor().max(0.0) as usize;
        if rows == 0 || room.x < 24.0 {
            return None;
        }
        Some((rect, Room { width: room.x, rows, size, anchor: Anchor::TopLeft }))
    }

    /// Writes on note cards what stands on them.
    pub fn card_texts(&self, scene: &Scene, cards: &[u32], letters: &mut impl Letters) {
        for &number in cards {
            let card = &scene.board.cards[number as usize];
            let Some((rect, room)) = self.card_text(card) else { continue };
            let (text, role) = match card.card.text.trim() {
                "" if !self.controls => continue,
                "" => ("Empty note: press Enter to write", Role::Muted),
                text => (text, Role::Ink),
            };
            let text = Text::Block { key: card.id.bits(), text, room };
            letters.write(&text, rect.min, self.paint(role));
        }
    }
}
