//! Painting what is in view. Nothing here decides anything: what is where, the scene says.

use std::collections::HashMap;
use std::sync::Arc;

use egui::epaint::TextShape;
use egui::text::{LayoutJob, TextWrapping};
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::layout::{AXIS, Parts};
use super::{TimelinePane, is_selected};
use crate::app::OpenNotebook;
use crate::drawing::{Forms, Inks, Paint, Role, arrow_line};
use crate::text::shown_name;
use crate::timeline::{LABEL, SIGN, Scene, Shape as Drawn, words_width};
use crate::ui::canvas::mesh_painter::{MeshPainter, rounded};
use crate::ui::canvas::screen_pen::{ScreenPen, plain_rect, point};
use crate::ui::kind_icons::kind_mark;
use crate::ui::theme::Style;
use crate::ui::widgets::cut;

/// The words of items, laid out once.
#[derive(Default)]
pub struct Labels {
    made_for: Option<(u64, bool, u32)>,
    laid_out: HashMap<u32, Arc<Galley>>,
}

impl std::fmt::Debug for Labels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Labels").field("laid_out", &self.laid_out.len()).finish()
    }
}

impl Labels {
    /// Forgets them where they are of another timeline or look.
    pub fn of(&mut self, serial: u64, style: &Style) {
        let made_for = (serial, style.dark, 0);
        // More than this are not in view: those are not needed again soon.
        if self.made_for != Some(made_for) || self.laid_out.len() > 6_000 {
            self.made_for = Some(made_for);
            self.laid_out.clear();
        }
    }

    fn get(
        &mut self,
        painter: &Painter,
        style: &Style,
        item: u32,
        text: &str,
        width: f32,
    ) -> Arc<Galley> {
        // Glyphs are drawn at the screen’s size: on another one they are laid out anew.
        let pixels = painter.pixels_per_point().to_bits();
        if let Some(made_for) = self.made_for.as_mut().filter(|made_for| made_for.2 != pixels) {
            made_for.2 = pixels;
            self.laid_out.clear();
        }
        let lay_out = || {
            let face = FontId::new(LABEL, style.sans.clone());
            let mut job = LayoutJob::simple_singleline(text.to_owned(), face, Color32::PLACEHOLDER);
            job.wrap = TextWrapping::truncate_at_width(width);
            painter.layout_job(job)
        };
        Arc::clone(self.laid_out.entry(item).or_insert_with(lay_out))
    }
}

impl TimelinePane {
    pub(super) fn paint(
        &mut self,
        ui: &Ui,
        book: &OpenNotebook,
        style: &Style,
        parts: Parts,
        has_focus: bool,
    ) {
        let Some(scene) = self.scene.take() else { return };
        let painter = ui.painter_at(parts.field);
        self.ground(&painter, style, parts, &scene);
        let plot = ui.painter_at(parts.plot);
        self.paint_arrows(&plot, book, style, parts, &scene);
        self.shapes(&plot, book, style, parts, &scene, has_focus);
        self.axis(&painter, style, parts, &scene);
        self.names(ui, style, parts, &scene);
        self.paint_held(&painter, book, style, parts);
        self.scene = Some(scene);
    }

    /// The lanes, and the lines of the ticks.
    fn ground(&self, painter: &Painter, style: &Style, parts: Parts, scene: &Scene) {
        painter.rect_filled(parts.plot, 0.0, style.canvas);
        for band in &scene.bands {
            let (top, bottom) = (parts.plot.top() + band.top, parts.plot.top() + band.bottom);
            let rect =
                Rect::from_min_max(pos2(parts.plot.left(), top), pos2(parts.plot.right(), bottom))
                    .intersect(parts.plot);
            // A single lane is all there is.
            let rect = if parts.names.width() > 0.0 {
                rect
            } else {
                parts.plot.with_max_x(parts.field.right())
            };
            painter.rect_filled(rect, 0.0, lane_ground(style, band.lane));
        }
        for tick in &scene.axis.ticks {
            let x = parts.plot.left() + tick.x;
            if (parts.plot.left()..=parts.plot.right()).contains(&x) {
                let colour = if tick.strong {
                    Color32::from(style.palette.colour(Role::StrongRule))
                } else {
                    style.lines
                };
                painter.vline(x, parts.plot.y_range(), Stroke::new(1.0, colour));
            }
        }
        for unit in &scene.axis.units {
            let x = parts.plot.left() + unit.left;
            if (parts.plot.left()..=parts.plot.right()).contains(&x) {
                let colour = Color32::from(style.palette.colour(Role::StrongRule));
                let line = Stroke::new(1.0, colour);
                painter.vline(x, parts.axis.top()..=parts.plot.bottom(), line);
            }
        }
    }

    fn axis(&self, painter: &Painter, style: &Style, parts: Parts, scene: &Scene) {
        let whole = parts.axis.with_max_x(parts.field.right());
        painter.rect_filled(whole, 0.0, style.sidebar);
        painter.hline(parts.field.x_range(), whole.bottom() - 0.5, Stroke::new(1.0, style.lines));
        let painter = painter.with_clip_rect(parts.axis.intersect(painter.clip_rect()));
        let face = FontId::new(12.0, style.sans.clone());
        let strong = FontId::new(12.0, style.bold.clone());
        let left = parts.axis.left();
        for unit in &scene.axis.units {
            let x = left + unit.left;
            let line = Stroke::new(1.0, Color32::from(style.palette.colour(Role::StrongRule)));
            // Under it a tick has its words.
            painter.vline(x, parts.axis.top()..=parts.axis.top() + AXIS.0, line);
            if !unit.label.is_empty() {
                let at = pos2(left + unit.label_at, parts.axis.top() + AXIS.0 * 0.5 + 1.0);
                let label = &unit.label;
                painter.text(at, Align2::LEFT_CENTER, label, strong.clone(), style.ink);
            }
        }
        let alone = scene.axis.units.is_empty();
        for tick in &scene.axis.ticks {
            let x = left + tick.x;
            let bottom = parts.axis.bottom();
            painter.vline(x, bottom - 5.0..=bottom, Stroke::new(1.0, style.muted));
            let half = words_width(&tick.label, 12.0) * 0.5;
            if x - half < parts.axis.left() || x + half > parts.axis.right() {
                continue;
            }
            let y = if alone { parts.axis.center().y } else { bottom - AXIS.1 * 0.5 - 2.0 };
            let colour = if alone { style.ink } else { style.muted };
            painter.text(pos2(x, y), Align2::CENTER_CENTER, &tick.label, face.clone(), colour);
        }
    }

    /// The names of the lanes, each in view as long as its lane is.
    fn names(&self, ui: &Ui, style: &Style, parts: Parts, scene: &Scene) {
        if parts.names.width() <= 0.0 {
            return;
        }
        let painter = ui.painter_at(parts.names);
        painter.rect_filled(parts.names, 0.0, style.sidebar);
        let line = Stroke::new(1.0, style.lines);
        painter.vline(parts.names.right() - 0.5, parts.names.y_range(), line);
        for band in &scene.bands {
            let Some(lane) = self.model.stacked().rows.lanes.get(band.lane) else { continue };
            let (top, bottom) = (parts.plot.top() + band.top, parts.plot.top() + band.bottom);
            painter.hline(parts.names.x_range(), bottom - 0.5, line);
            let room = parts.names.width() - 18.0;
            let face = FontId::new(12.5, style.bold.clone());
            let words = cut(ui, &lane.title, face, style.ink, room.max(12.0));
            let y = (top + 8.0).max(parts.names.top() + 6.0).min(bottom - words.size().y - 5.0);
            let below = y + words.size().y + 1.0;
            painter.galley(pos2(parts.names.left() + 10.0, y), words, style.ink);
            if below + 15.0 < bottom {
                let at = pos2(parts.names.left() + 10.0, below);
                let count = lane.count.to_string();
                painter.text(at, Align2::LEFT_TOP, count, style.small(), style.muted);
            }
        }
    }

    fn paint_arrows(
        &self,
        painter: &Painter,
        book: &OpenNotebook,
        style: &Style,
        parts: Parts,
        scene: &Scene,
    ) {
        let mut mesh = MeshPainter::new(painter.pixels_per_point());
        let inks = Inks::new(&style.palette);
        let mut pen = ScreenPen::new(&mut mesh, &inks);
        let mut forms = Forms::new(&mut pen);
        let emphasis = book.exploration().emphasis();
        let (shown, lit) = (
            emphasis.and_then(|emphasis| emphasis.shown.as_ref()),
            emphasis.and_then(|emphasis| emphasis.lit.as_ref()),
        );
        for arrow in &scene.arrows {
            if shown.is_some_and(|shown| !shown.has_link(arrow.link)) {
                continue;
            }
            let way = arrow.way.map(|at| point(parts.screen(at)));
            let of_selected = [arrow.items.0, arrow.items.1].iter().any(|number| {
                let item = self.model.timeline().item(*number);
                item.is_some_and(|item| is_selected(item, book.selection()))
            });
            let selected = book.selection().links.contains(&arrow.link);
            let hovered = self.hover.link == Some(arrow.link);
            let mut line = arrow_line(arrow.clashes);
            if selected {
                line.paint.role = Role::Accent;
            } else if !arrow.clashes && (hovered || of_selected) {
                line.paint.role = Role::Ink;
            }
            line.paint.faded = lit.is_some_and(|lit| !lit.has_link(arrow.link)) && !selected;
            if selected || hovered {
                line.width = 2.2;
            }
            forms.arrow(&way, line);
        }
        add(painter, mesh);
    }

    fn shapes(
        &mut self,
        painter: &Painter,
        book: &OpenNotebook,
        style: &Style,
        parts: Parts,
        scene: &Scene,
        has_focus: bool,
    ) {
        let lit = book.exploration().emphasis().and_then(|emphasis| emphasis.lit.as_ref());
        let inks = Inks::new(&style.palette);
        let here = self.here(book).filter(|_| has_focus);
        let pixels = painter.pixels_per_point();
        let (mut ground, mut mesh) = (MeshPainter::new(pixels), MeshPainter::new(pixels));
        let mut pen = ScreenPen::new(&mut mesh, &inks);
        let mut forms = Forms::new(&mut pen);
        let mut corners = Vec::new();
        let mut words: Vec<(&Drawn, bool)> = Vec::with_capacity(scene.shapes.len());
        for shape in &scene.shapes {
            let Some(item) = self.model.timeline().item(shape.item) else { continue };
            let stands_back = lit.is_some_and(|lit| !lit.has_entity(item.entity));
            forms.fade(stands_back);
            let rect = parts.rect(shape.rect);
            let whole = parts.rect(shape.whole()).expand2(vec2(4.0, 2.0));
            let selected = is_selected(item, book.selection());
            if !scene.arrows.is_empty() && !shape.label.inside {
                let at = parts.screen(shape.label.at);
                let room = vec2(shape.label.width, 15.0);
                let words = Rect::from_min_size(at - vec2(2.0, 7.5), room);
                let lane = self.model.stacked().rows.entries[shape.entry as usize].lane;
                // No line runs through words.
                ground.block(words.center(), words.size() * 0.5, lane_ground(style, lane as usize));
            }
            if selected {
                rounded(whole, 5.0, &mut corners);
                ground.shape(&corners, style.chosen, 1.6, style.accent);
            } else if self.hover.entry == Some(shape.entry) {
                rounded(whole, 5.0, &mut corners);
                ground.fill_soft(&corners, style.hovered);
            }
            if here.is_some_and(|here| {
                let rows = &self.model.stacked().rows;
                rows.entries[shape.entry as usize] == here
            }) {
                rounded(whole.expand(2.5), 7.0, &mut corners);
                ground.line(&corners, 1.4, style.ink, true);
            }
            let core = |figure| match figure {
                crate::timeline::Figure::Bar { core: Some((from, to)), start, end } => {
                    let left = parts.plot.left();
                    crate::timeline::Figure::Bar {
                        core: Some((left + from, left + to)),
                        start,
                        end,
                    }
                }
                other => other,
            };
            forms.shape(shape.look, core(shape.figure), plain_rect(rect));
            if let Some(doubt) = shape.look.doubt {
                let at = parts.screen(shape.label.at) + vec2(SIGN * 0.5 - 1.5, 0.0);
                forms.sign(point(at), doubt);
            }
            words.push((shape, stands_back));
        }
        add(painter, ground);
        add(painter, mesh);
        let mut texts = Vec::with_capacity(words.len());
        for (shape, stands_back) in words {
            let Some(item) = self.model.timeline().item(shape.item) else { continue };
            let sign = if shape.look.doubt.is_some() { SIGN } else { 0.0 };
            let room = item.width - sign;
            let (label, width) = (Arc::clone(&item.label), room + 1.0);
            let galley = self.labels.get(painter, style, shape.item, &label, width);
            let ink = Paint { role: Role::Ink, faded: stands_back };
            let colour: Color32 = inks.colour(ink).into();
            let at = parts.screen(shape.label.at) + vec2(sign, -galley.size().y * 0.5);
            texts.push(Shape::Text(TextShape::new(at, galley, colour)));
        }
        painter.extend(texts);
    }

    /// What is held over the axis: its name, and the date it would have there.
    fn paint_held(&self, painter: &Painter, book: &OpenNotebook, style: &Style, parts: Parts) {
        let Some((id, at)) = self.held else { return };
        let Some(entity) = book.notebook().entity(id) else { return };
        let line = Stroke::new(1.5, style.accent);
        painter.vline(at.x, parts.axis.bottom()..=parts.plot.bottom(), line);
        let date = self.date_at(parts, at);
        let face = FontId::new(12.0, style.bold.clone());
        let words = painter.layout_no_wrap(date, face, style.surface);
        let size = words.size() + vec2(12.0, 6.0);
        let centre = pos2(at.x, parts.axis.bottom() - size.y * 0.5);
        let rect = Rect::from_center_size(centre, size);
        painter.rect_filled(rect, 4.0, style.accent);
        painter.galley(rect.min + vec2(6.0, 3.0), words, style.surface);
        let name: String = shown_name(&entity.name).chars().take(40).collect();
        let face = FontId::new(LABEL, style.sans.clone());
        let words = painter.layout_no_wrap(name, face, style.ink);
        let size = words.size() + vec2(32.0, 10.0);
        let rect = Rect::from_min_size(at + vec2(10.0, -size.y * 0.5), size);
        let edge = Stroke::new(1.4, style.event);
        painter.rect(rect, 6.0, style.surface, edge, egui::StrokeKind::Inside);
        let mark: Pos2 = rect.left_center() + vec2(13.0, 0.0);
        kind_mark(painter, mark, style, entity.kind(), false);
        painter.galley(rect.min + vec2(24.0, 5.0), words, style.ink);
    }
}

/// The ground of a lane: every other one is lighter.
fn lane_ground(style: &Style, lane: usize) -> Color32 {
    if lane.is_multiple_of(2) { style.palette.colour(Role::Lane).into() } else { style.canvas }
}

fn add(painter: &Painter, mesh: MeshPainter) {
    let mesh = mesh.finish();
    if !mesh.is_empty() {
        painter.add(Shape::mesh(mesh));
    }
}
