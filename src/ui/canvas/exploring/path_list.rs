//! The list of the shortest paths between two entities, in words.

use egui::{Align2, Area, Id, Order, Rect, RichText, ScrollArea, Sense, Ui, Vec2};

use crate::app::{ChartingIntent, Command, Intent, OpenNotebook};
use crate::inquiry::{MOST_PATHS, Paths, step_in_words};
use crate::text::shown_name;
use crate::ui::canvas::Canvas;
use crate::ui::theme::Style;
use crate::ui::widgets::icon_button;

const WIDTH: f32 = 330.0;
const HEIGHT: f32 = 190.0;

/// The words of the paths that are listed.
#[derive(Debug, Default)]
pub struct Listed {
    /// The emphasis they are of, by what it was worked out for.
    of: Option<(u64, std::sync::Weak<crate::inquiry::Emphasis>)>,
    heading: String,
    rows: Vec<String>,
}

impl Listed {
    /// Puts the paths into words, once for each.
    fn refresh(&mut self, book: &OpenNotebook, paths: &Paths) {
        let Some(emphasis) = book.exploration().emphasis() else { return };
        let revision = book.notebook().revision();
        let known = self.of.as_ref().is_some_and(|(at, of)| {
            *at == revision && std::ptr::eq(of.as_ptr(), std::sync::Arc::as_ptr(emphasis))
        });
        if known {
            return;
        }
        self.of = Some((revision, std::sync::Arc::downgrade(emphasis)));
        let notebook = book.notebook();
        let lit = emphasis.lit.as_ref();
        self.rows = paths
            .paths
            .iter()
            .map(|path| {
                let steps = path.windows(2).filter_map(|pair| match pair {
                    [a, b] => Some(step_in_words(notebook, *a, *b, lit)),
                    _ => None,
                });
                shown_name(&steps.collect::<Vec<_>>().join(" · ")).into_owned()
            })
            .collect();
        let steps = paths.paths.first().map_or(0, |path| path.len().saturating_sub(1));
        let steps = if steps == 1 { "1 step".to_owned() } else { format!("{steps} steps") };
        self.heading = match paths.paths.len() {
            0 => "No path between them".to_owned(),
            1 => format!("1 shortest path, {steps}"),
            _ if paths.cut => {
                format!("More than {MOST_PATHS} shortest paths, {steps}; the first {MOST_PATHS}")
            }
            many => format!("{many} shortest paths, {steps}"),
        };
    }
}

impl Canvas {
    /// Draws the list while paths are asked for.
    pub(super) fn path_list(
        &mut self,
        ui: &Ui,
        pane: Rect,
        style: &Style,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        let Some(paths) =
            book.exploration().emphasis().and_then(|emphasis| emphasis.paths.as_ref())
        else {
            return;
        };
        if pane.width() < 200.0 || pane.height() < 160.0 {
            return;
        }
        self.listed.refresh(book, paths);
        let listed = &self.listed;
        let width = WIDTH.min(pane.width() - 24.0);
        let area = Area::new(Id::unique("canvas paths"))
            .order(Order::Middle)
            .constrain_to(pane)
            .pivot(Align2::LEFT_BOTTOM)
            .fixed_pos(pane.left_bottom() + Vec2::new(10.0, -36.0));
        area.show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).inner_margin(10).show(ui, |ui| {
                ui.set_width(width - 20.0);
                ui.horizontal(|ui| {
                    ui.add(egui::Label::new(RichText::new(&listed.heading).strong()).wrap());
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                        let close = egui_material_icons::icons::ICON_CLOSE;
                        if icon_button(ui, style, close, "Close paths").clicked() {
                            out.push(Intent::Run(Command::LeaveFocus));
                        }
                    });
                });
                ScrollArea::vertical()
                    .max_height(HEIGHT.min(pane.height() * 0.4))
                    .auto_shrink([false, true])
                    .show(ui, |ui| {
                        for (number, words) in listed.rows.iter().enumerate() {
                            let text = RichText::new(format!("{}.  {words}", number + 1));
                            let label = egui::Label::new(text).wrap().sense(Sense::click());
                            let row = ui
                                .add(label)
                                .on_hover_text("Select the entities and links on this path")
                                .on_hover_cursor(egui::CursorIcon::PointingHand);
                            row.widget_info(|| {
                                let name = format!("Path {}: {words}", number + 1);
                                egui::WidgetInfo::labeled(egui::Role::Button, true, name)
                            });
                            if row.has_focus() || row.hovered() {
                                let ring = egui::Stroke::new(1.0, style.muted);
                                let rect = row.rect.expand(2.0);
                                ui.painter().rect_stroke(rect, 3.0, ring, egui::StrokeKind::Inside);
                            }
                            if row.clicked() {
                                out.push(Intent::Charting(ChartingIntent::SelectPath(number)));
                            }
                            ui.add_space(3.0);
                        }
                    });
            });
        });
    }
}
