//! Exploring the canvas: what the filter, the focus and the paths do to the scene, and what is said about it on screen.
//!
//! `filter_panel` holds the conditions of the filter, `saved_views` the named views, `path_list` the shortest paths,
//! `view_history` the views there were, `minimap` the whole canvas, `legend` what shapes, colours and lines mean.

mod filter_panel;
mod legend;
mod minimap;
mod path_list;
mod saved_views;
mod view_history;

pub use legend::Legend;
pub use minimap::Minimap;
pub use path_list::Listed;
pub use view_history::ViewHistory;

use std::sync::Arc;

use egui::{Align, Button, Layout, Rect, RichText, Ui, UiBuilder, Vec2};

use super::Canvas;
use super::view::View;
use crate::app::{Command, Intent, OpenNotebook};
use crate::drawing::{LABELS_FROM, reaches};
use crate::inquiry::{Emphasis, Spotlight};
use crate::scene::Scene;
use crate::text::shown_name;
use crate::ui::theme::Style;
use filter_panel::filter_panel;

impl Canvas {
    /// Hides, fades and sizes what is in the scene, where that is not done yet.
    pub(super) fn apply_exploration(&mut self, book: &OpenNotebook) {
        if self.scene.is_unfinished() {
            return;
        }
        let exploration = book.exploration();
        if !self.scene.is_weighed_by(exploration.weights()) {
            if !Scene::is_large(book.notebook()) {
                self.scene.weigh(exploration.weights());
            } else if !self.is_making() {
                // That takes too long for a frame: it is made anew, in those sizes, in the background.
                self.make(book, false);
            }
        }
        let is = |emphasis: &Arc<Emphasis>| {
            self.scene.emphasis().is_some_and(|now| Arc::ptr_eq(now, emphasis))
        };
        match (exploration.emphasis(), exploration.emphasis_change()) {
            (None, _) if self.scene.emphasis().is_none() => return,
            (Some(emphasis), _) if is(emphasis) => return,
            (Some(emphasis), Some(change)) if is(&change.before) => {
                self.scene.update_sight(emphasis, &change.entities, &change.links);
            }
            (emphasis, _) => self.scene.apply_sight(emphasis),
        }
        if exploration.emphasis().is_some() {
            self.reach |= std::mem::take(&mut self.reach_later);
        }
    }

    /// Brings into view what has just come to stand out, unless it can be read as it is; and the part of the canvas
    /// that a named view asks for.
    pub(super) fn go_where_asked(&mut self, pane: Rect, time: f64) {
        if let Some(camera) = self.look_at.take() {
            self.reach = false;
            self.go_to(View::kept(camera), time);
            self.touched = true;
        }
        if std::mem::take(&mut self.reach) {
            let (lit, view) = (self.scene.lit_bounds(), self.view.canvas_rect(pane, pane));
            let in_view = view.contains(lit.min) && view.contains(lit.max);
            if lit.is_valid() && !(in_view && reaches(self.view.zoom, LABELS_FROM)) {
                // What is said of the focus lies over the top of the pane.
                let free = pane.with_min_y(pane.top() + 34.0);
                let mut view = View::fitting(free, lit);
                view.pan(free.center() - pane.center());
                self.go_to(view, time);
                self.touched = true;
            }
        }
    }

    /// Draws what helps to find one's way over the canvas.
    pub(super) fn find_ones_way(
        &mut self,
        ui: &mut Ui,
        pane: Rect,
        style: &Style,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        self.small_map(ui, pane, style, book);
        let below = self.status_chips(ui, pane, style, book, out);
        self.said = below - pane.top();
        let (filter, legend) = shared(pane.with_min_y(below), book);
        self.over.extend(filter_panel(ui, filter, style, book, out));
        self.path_list(ui, pane, style, book, out);
        self.show_legend(ui, legend, style, book, out);
    }

    /// What is said, in the upper left corner, while not everything is shown alike; each with a cross that ends it. How far
    /// down the tools and it reach.
    fn status_chips(
        &mut self,
        ui: &mut Ui,
        pane: Rect,
        style: &Style,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) -> f32 {
        let mut below = self.tools.map_or(pane.top() + 10.0, |tools| tools.bottom());
        let said = status_texts(book);
        if said.is_empty() || pane.width() < 160.0 || pane.height() < 120.0 {
            return below;
        }
        // Beside the tools where there is room, under them otherwise.
        let mut corner = Rect::from_min_max(
            pane.left_top() + Vec2::new(36.0, 10.0),
            egui::pos2(pane.right() - 12.0, pane.top() + 40.0),
        );
        match self.tools {
            Some(tools) if tools.left() - corner.left() > 330.0 => {
                corner.max.x = tools.left() - 8.0;
            }
            Some(tools) => {
                corner = corner.translate(Vec2::new(-26.0, tools.bottom() - pane.top() - 4.0));
            }
            None => {}
        }
        let mut child = ui.new_child(
            UiBuilder::new()
                .id_salt("canvas seen")
                .max_rect(corner)
                .layout(Layout::left_to_right(Align::Min).with_main_wrap(true)),
        );
        child.spacing_mut().item_spacing = Vec2::splat(6.0);
        for (text, hint, command) in said {
            let frame = egui::Frame::new()
                .fill(style.surface)
                .stroke(egui::Stroke::new(1.0, style.accent))
                .corner_radius(8.0)
                .inner_margin(egui::Margin::symmetric(8, 2));
            let shown = frame.show(&mut child, |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                let words = RichText::new(text).font(style.small()).color(style.ink);
                ui.label(words).on_hover_text(hint);
                let cross = RichText::new("✖").size(11.0).color(style.muted);
                let button = ui
                    .add(Button::new(cross).frame_when_inactive(false).min_size(Vec2::splat(18.0)))
                    .on_hover_text(command.text());
                crate::ui::widgets::named(ui, &button, command.text());
                if button.clicked() {
                    out.push(Intent::Run(command));
                }
            });
            self.over.push(shown.response.rect);
            below = below.max(shown.response.rect.bottom());
        }
        below
    }
}

/// The places of the filter's panel and of the legend, below the tools and what is said at the top: where they are not
/// wide enough to stand side by side, one stands over the other.
fn shared(below: Rect, book: &OpenNotebook) -> (Rect, Rect) {
    let both = book.exploration().panel_is_open() && book.exploration().legend_is_open();
    if !both || below.width() >= filter_panel::WIDTH + legend::WIDTH + 30.0 {
        return (below, below);
    }
    let middle = below.center().y;
    (below.with_max_y(middle), below.with_min_y(middle))
}

/// What is said of what is seen: a short text, what more there is to say, and the command that ends it.
fn status_texts(book: &OpenNotebook) -> Vec<(String, String, Command)> {
    let (exploration, notebook) = (book.exploration(), book.notebook());
    let mut said = Vec::new();
    if exploration.filter().hide_derived && notebook.derived_links().len() > 0 {
        let hint = "What statements and fields record is not drawn.".to_owned();
        said.push(("Derived links hidden".to_owned(), hint, Command::ToggleDerived));
    }
    if exploration.filter().count() > 0 {
        let counts = match exploration
            .emphasis()
            .and_then(|s| Some((s.shown.as_ref()?.entities.len(), s.all)))
        {
            Some((shown, all)) => format!("{shown} of {all} shown · filter on"),
            None if exploration.stopped().is_some() => "Filtering was stopped".to_owned(),
            None => "Filtering…".to_owned(),
        };
        let links = exploration
            .emphasis()
            .and_then(|emphasis| emphasis.shown.as_ref())
            .map_or(0, |s| s.links.len());
        let hint = format!("{links} of {} links shown.", notebook.count_all_links());
        said.push((counts, hint, Command::ClearFilter));
    }
    let lit = exploration
        .emphasis()
        .and_then(|emphasis| emphasis.lit.as_ref())
        .map(|lit| lit.entities.len());
    let lit = lit.map_or_else(|| "…".to_owned(), |lit| lit.to_string());
    match exploration.spotlight() {
        Spotlight::Off => {}
        Spotlight::Around { entities, steps } => {
            let around = match entities.as_slice() {
                [one] => format!("“{}”", short(notebook.name(*one))),
                many => format!("{} entities", many.len()),
            };
            let steps = if *steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") };
            let hint = "Everything else is faded and cannot be clicked.".to_owned();
            said.push((
                format!("Focus: {steps} around {around} · {lit}"),
                hint,
                Command::LeaveFocus,
            ));
        }
        Spotlight::Paths { from, to } => {
            let (from, to) = (short(notebook.name(*from)), short(notebook.name(*to)));
            let hint = "All shortest paths are highlighted, ignoring link direction.".to_owned();
            said.push((format!("Shortest paths: {from} – {to}"), hint, Command::LeaveFocus));
        }
    }
    if let Some(weights) = exploration.weights() {
        let text = format!("Size: {}", weights.measure.label());
        said.push((text, weights.note(), Command::SizeAlike));
    }
    said
}

/// The beginning of a name.
fn short(name: &str) -> String {
    const LONGEST: usize = 26;
    let name = shown_name(name);
    if name.chars().count() <= LONGEST {
        return name.into_owned();
    }
    let mut short: String = name.chars().take(LONGEST - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}
