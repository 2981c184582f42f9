//! The legend: what the shapes, colours, signs and lines mean, of those that occur in view.

use std::collections::BTreeSet;

use egui::{
    Align2, Area, Id, Order, Pos2, Rect, RichText, ScrollArea, Sense, Ui, Vec2, WidgetInfo,
};

use crate::app::{Command, Intent, OpenNotebook};
use crate::drawing::{self, Entry, Inks, SIGNS};
use crate::graph;
use crate::inquiry::Measure;
use crate::inquiry::sources::ASSUMED;
use crate::notebook::Kind;
use crate::scene::Scene;
use crate::ui::canvas::Canvas;
use crate::ui::canvas::mesh_painter::MeshPainter;
use crate::ui::canvas::screen_pen::{ScreenPen, plain_rect};
use crate::ui::theme::Style;
use crate::ui::widgets::{heading, icon_button};

/// How wide the legend is, in points.
pub const WIDTH: f32 = 250.0;
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
        self.entries = drawing::entries(scene, part);
    }
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
        let inks = Inks::new(&style.palette);
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
                            part.iter().for_each(|entry| row(ui, style, &inks, *entry));
                        }
                        if book.exploration().measure() != Measure::None {
                            heading(ui, style, "Size", "");
                            ui.label(book.exploration().measure().sentence());
                        }
                        let claims = |entry: &Entry| *entry == Entry::Kind(Kind::Claim, false);
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

fn row(ui: &mut Ui, style: &Style, inks: &Inks, entry: Entry) {
    let words = entry.words();
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), 21.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &words));
    let sign =
        Rect::from_min_size(rect.min, Vec2::new(36.0, rect.height())).shrink2(Vec2::new(2.0, 3.0));
    let mut mesh = MeshPainter::new(ui.ctx().pixels_per_point());
    entry.draw(&mut ScreenPen::new(&mut mesh, inks), plain_rect(sign));
    let mesh = mesh.finish();
    if !mesh.is_empty() {
        ui.painter().add(egui::Shape::mesh(mesh));
    }
    let face = egui::FontId::new(13.0, style.sans.clone());
    let galley = crate::ui::widgets::cut(ui, &words, face, style.ink, rect.width() - 46.0);
    let at = Pos2::new(rect.left() + 46.0, rect.center().y - galley.size().y * 0.5);
    ui.painter().galley(at, galley, style.ink);
}
