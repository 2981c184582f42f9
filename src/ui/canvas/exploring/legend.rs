//! The legend: what the shapes, colours, signs and lines mean, of those that occur in view.

use std::collections::BTreeSet;

use egui::{
    Align2, Area, Id, Order, Pos2, Rect, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo,
};

use crate::app::{Command, Intent, OpenNotebook};
use crate::graph;
use crate::inquiry::Measure;
use crate::inquiry::sources::ASSUMED;
use crate::notebook::{Family, Kind, Strength};
use crate::scene::{LineStyle, Scene, Visibility};
use crate::ui::canvas::Canvas;
use crate::ui::canvas::mesh_painter::{self, MeshPainter};
use crate::ui::kind_icons::kind_mark;
use crate::ui::theme::{Style, mix};
use crate::ui::widgets::{heading, icon_button};

/// How wide the legend is, in points.
pub const WIDTH: f32 = 250.0;
/// Looked at in view; what stands out among more than this is in the fair sample they are.
const MOST: usize = 20_000;

/// The signs of what is concluded.
const SIGNS: &[&str] = &[
    "1/2: confirmed by 1, at most 2 independent",
    "≠: affirmed and denied",
    "△ on a link: surer than its source",
];

/// Something that the legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    Kind(u8, bool),
    ToCheck,
    Pinned,
    Family(u8),
    Solid,
    Confirmed,
    Tentative,
    Inferred,
    Derived,
    Bare,
    BothWays,
    Undercuts,
    Bundle,
    Frame,
    Box,
    Note,
}

/// What the legend explains, and what it was worked out for.
#[derive(Debug, Default)]
pub struct Legend {
    of: Option<(u64, graph::Rect)>,
    entries: BTreeSet<Entry>,
}

impl Legend {
    /// Looks for what there is to explain in a part of the canvas.
    fn refresh(&mut self, scene: &Scene, part: graph::Rect) {
        if self.of == Some((scene.version, part)) {
            return;
        }
        self.of = Some((scene.version, part));
        let found = &mut self.entries;
        found.clear();
        let mut numbers = Vec::new();
        scene.nodes_in(part, &mut numbers);
        for number in numbers.iter().take(MOST) {
            let node = &scene.nodes[*number as usize];
            found.insert(Entry::Kind(node.kind as u8, node.entity.is_anonymous()));
            if node.entity.to_check {
                found.insert(Entry::ToCheck);
            }
            if node.pinned {
                found.insert(Entry::Pinned);
            }
        }
        scene.links_in(part, &mut numbers);
        for number in numbers.iter().take(MOST) {
            let link = &scene.links[*number as usize];
            found.insert(Entry::Family(link.family as u8));
            found.insert(match link.line_style() {
                LineStyle::Solid => Entry::Solid,
                LineStyle::Dashed => Entry::Tentative,
                LineStyle::Dotted => Entry::Inferred,
                LineStyle::Derived => Entry::Derived,
            });
            if link.link.strength == Strength::Confirmed {
                found.insert(Entry::Confirmed);
            }
            if link.is_bare() {
                found.insert(Entry::Bare);
            }
            if !link.link.directed {
                found.insert(Entry::BothWays);
            }
            if link.link.to_entity().is_none() {
                found.insert(Entry::Undercuts);
            }
        }
        scene.board.groups_in(part, &mut numbers);
        for number in &numbers {
            let group = &scene.board.groups[*number as usize];
            if group.visibility != Visibility::Hidden {
                found.insert(if group.is_folded() { Entry::Box } else { Entry::Frame });
            }
        }
        scene.board.bundles_in(part, &mut numbers);
        let bundles = numbers.iter().map(|number| &scene.board.bundles[*number as usize]);
        if bundles.into_iter().any(|bundle| bundle.links.len() > 1) {
            found.insert(Entry::Bundle);
        }
        scene.board.cards_in(part, &mut numbers);
        if !numbers.is_empty() {
            found.insert(Entry::Note);
        }
    }
}

impl Entry {
    fn words(self) -> String {
        match self {
            Self::Kind(kind, anonymous) => {
                let kind = Kind::ALL.iter().find(|k| **k as u8 == kind);
                let word = crate::ui::widgets::capital(kind.map_or("", |kind| kind.word()));
                if anonymous { format!("{word}, anonymous") } else { word }
            }
            Self::ToCheck => "Marked “to check”".to_owned(),
            Self::Pinned => "Pinned: “Arrange” does not move it".to_owned(),
            Self::Family(family) => {
                let family = Family::ALL.into_iter().find(|f| *f as u8 == family);
                family.map_or_else(String::new, |f| format!("{}  {}", f.sign(), f.label()))
            }
            Self::Solid => "Unconfirmed".to_owned(),
            Self::Confirmed => "Confirmed: a thicker line".to_owned(),
            Self::Tentative => "Tentative".to_owned(),
            Self::Inferred => "Analyst’s inference".to_owned(),
            Self::Derived => "Derived from statements and fields".to_owned(),
            Self::Bare => "No evidence: pale, hollow arrow".to_owned(),
            Self::BothWays => "Undirected: no arrow".to_owned(),
            Self::Undercuts => "Points to another link: ends at its middle".to_owned(),
            Self::Bundle => "Several links to a collapsed group".to_owned(),
            Self::Frame => "Group".to_owned(),
            Self::Box => "Collapsed group".to_owned(),
            Self::Note => "Note card".to_owned(),
        }
    }

    const fn section(self) -> &'static str {
        match self {
            Self::Kind(..) | Self::ToCheck | Self::Pinned => "Entities",
            Self::Family(_) => "Relations: colour and symbol",
            Self::Solid
            | Self::Confirmed
            | Self::Tentative
            | Self::Inferred
            | Self::Derived
            | Self::Bare
            | Self::BothWays
            | Self::Undercuts
            | Self::Bundle => "Links: line and arrow",
            Self::Frame | Self::Box | Self::Note => "Groups and notes",
        }
    }

    /// Paints its sign into a rectangle.
    fn paint(self, ui: &Ui, style: &Style, rect: Rect) {
        let painter = ui.painter();
        let middle = rect.center();
        let mut pen = MeshPainter::new(ui.ctx().pixels_per_point());
        let (left, right) = (rect.left_center(), rect.right_center());
        let ink = style.muted;
        let arrow = |pen: &mut MeshPainter, hollow: bool| {
            let head = [right, right - Vec2::new(8.0, 3.6), right - Vec2::new(8.0, -3.6)];
            if hollow {
                pen.fill(&head, style.surface);
                pen.line(&head, 1.2, ink, true);
            } else {
                pen.fill_soft(&head, ink);
            }
        };
        let end = right - Vec2::new(7.0, 0.0);
        match self {
            Self::Kind(kind, anonymous) => {
                if let Some(kind) = Kind::ALL.into_iter().find(|k| *k as u8 == kind) {
                    kind_mark(painter, middle, style, kind, anonymous);
                }
            }
            Self::ToCheck => {
                pen.disc(middle, 7.0, style.accent);
                let top = middle - Vec2::new(0.0, 3.8);
                pen.line(&[top, middle + Vec2::new(0.0, 0.8)], 1.7, style.surface, false);
                pen.disc(middle + Vec2::new(0.0, 3.2), 1.0, style.surface);
            }
            Self::Pinned => {
                pen.line(&[middle, middle + Vec2::new(-2.6, 5.2)], 1.2, ink, false);
                pen.disc(middle, 3.0, ink);
            }
            Self::Family(family) => {
                let family = Family::ALL.into_iter().find(|f| *f as u8 == family);
                let colour = family.map_or(ink, |family| style.family(family));
                pen.line(&[left, right], 2.2, colour, false);
            }
            Self::Solid => {
                pen.line(&[left, end], 1.4, ink, false);
                arrow(&mut pen, false);
            }
            Self::Confirmed => {
                pen.line(&[left, end], 2.2, ink, false);
                arrow(&mut pen, false);
            }
            Self::Tentative => {
                pen.dashes(&[left, end], 1.4, ink, &[7.0, 4.5]);
                arrow(&mut pen, false);
            }
            Self::Inferred => {
                pen.dashes(&[left, end], 1.6, ink, &[1.8, 3.6]);
                arrow(&mut pen, false);
            }
            Self::Derived => {
                pen.dashes(&[left, end], 1.2, ink, &mesh_painter::DASH_DOT);
                arrow(&mut pen, false);
            }
            Self::Bare => {
                pen.line(&[left, end], 1.4, mix(ink, style.surface, 0.25), false);
                arrow(&mut pen, true);
            }
            Self::BothWays => pen.line(&[left, right], 1.4, ink, false),
            Self::Undercuts => {
                let foot = rect.center_bottom();
                pen.line(&[left, right], 1.4, ink, false);
                pen.line(&[foot, middle], 1.4, style.accent, false);
                pen.disc(middle, 2.4, style.accent);
            }
            Self::Bundle => {
                pen.line(&[left, end], 3.4, ink, false);
                arrow(&mut pen, false);
            }
            Self::Frame => {
                let frame = Rect::from_center_size(middle, Vec2::new(26.0, 14.0));
                let corners = corners(frame);
                pen.fill(&corners, style.hue(crate::notebook::Hue::Blue).gamma_multiply(0.15));
                pen.line(&corners, 1.2, style.hue(crate::notebook::Hue::Blue), true);
            }
            Self::Box => {
                let frame = Rect::from_center_size(middle, Vec2::new(22.0, 11.0));
                let hue = style.hue(crate::notebook::Hue::Blue);
                pen.line(&corners(frame.translate(Vec2::splat(3.0))), 1.0, hue, true);
                pen.fill(&corners(frame), style.hue_ground(crate::notebook::Hue::Blue));
                pen.line(&corners(frame), 1.5, hue, true);
            }
            Self::Note => {
                let sheet = Rect::from_center_size(middle, Vec2::new(18.0, 14.0));
                let [a, b, c, d] = corners(sheet);
                let ear = [b - Vec2::new(5.0, 0.0), b + Vec2::new(0.0, 5.0)];
                let outline = [a, ear[0], ear[1], c, d];
                pen.fill(&outline, style.hue_ground(crate::notebook::Hue::Orange));
                pen.line(&outline, 1.1, style.hue(crate::notebook::Hue::Orange), true);
            }
        }
        let mesh = pen.finish();
        if !mesh.is_empty() {
            painter.add(egui::Shape::mesh(mesh));
        }
    }
}

fn corners(rect: Rect) -> [Pos2; 4] {
    [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()]
}

impl Canvas {
    /// Draws the legend while it is open.
    pub(super) fn show_legend(
        &mut self,
        ui: &Ui,
        pane: Rect,
        style: &Style,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        if !book.exploration().legend_is_open() || pane.width() < WIDTH || pane.height() < 120.0 {
            return;
        }
        let resting = self.glide.is_none() && !self.scene.is_loose();
        if resting || self.legend.of.is_none() {
            self.legend.refresh(&self.scene, self.view.canvas_rect(pane, pane));
        }
        let entries: Vec<Entry> = self.legend.entries.iter().copied().collect();
        let area = Area::new(Id::unique("canvas legend"))
            .order(Order::Middle)
            .constrain_to(pane)
            .pivot(Align2::RIGHT_BOTTOM)
            .fixed_pos(pane.right_bottom() - Vec2::new(10.0, 10.0));
        let shown = area.show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).inner_margin(10).show(ui, |ui| {
                ui.set_width(WIDTH - 20.0);
                ui.horizontal(|ui| {
                    ui.label(RichText::new("Legend").strong());
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        let close = egui_material_icons::icons::ICON_CLOSE;
                        if icon_button(ui, style, close, "Close legend").clicked() {
                            out.push(Intent::Run(Command::ToggleLegend));
                        }
                    });
                });
                ScrollArea::vertical()
                    .max_height((pane.height() - 76.0).max(40.0))
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        ui.spacing_mut().item_spacing.y = 2.0;
                        for part in entries.chunk_by(|a, b| a.section() == b.section()) {
                            if let Some(first) = part.first() {
                                heading(ui, style, first.section(), "");
                            }
                            part.iter().for_each(|entry| row(ui, style, *entry));
                        }
                        if book.exploration().measure() != Measure::None {
                            heading(ui, style, "Size", "");
                            ui.label(book.exploration().measure().sentence());
                        }
                        let claims =
                            |entry: &Entry| *entry == Entry::Kind(Kind::Claim as u8, false);
                        if entries.iter().any(claims) && book.all_sources().is_some() {
                            heading(ui, style, "Claims: who says so", "");
                            for words in SIGNS {
                                ui.label(*words);
                            }
                            ui.label(RichText::new(ASSUMED).small().color(style.muted));
                        }
                        if entries.is_empty() {
                            ui.label(RichText::new("Nothing in view.").color(style.muted));
                        }
                        let about = "Shows only what is in view.";
                        ui.label(RichText::new(about).small().color(style.muted));
                    });
            });
        });
        self.over.push(shown.response.rect);
    }
}

fn row(ui: &mut Ui, style: &Style, entry: Entry) {
    let words = entry.words();
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), 21.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
    let sign =
        Rect::from_min_size(rect.min, Vec2::new(36.0, rect.height())).shrink2(Vec2::new(2.0, 3.0));
    entry.paint(ui, style, sign);
    let face = egui::FontId::new(13.0, style.sans.clone());
    let galley = crate::ui::widgets::cut(ui, &words, face, style.ink, rect.width() - 46.0);
    let at = Pos2::new(rect.left() + 46.0, rect.center().y - galley.size().y * 0.5);
    ui.painter().galley(at, galley, style.ink);
}
