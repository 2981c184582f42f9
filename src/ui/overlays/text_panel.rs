//! How articles are set: a panel beside the reader, so that every change is seen at once in the text.

use egui::{Key, Modifiers, Pos2, Rect, RichText, Slider, Ui, pos2};

use super::{Overlay, OverlayFrame};
use crate::app::{Command, Intent, OpenNotebook, Program, SettingsIntent, TextSettings};
use crate::text::shown_name;
use crate::ui::text_fields::{field_label, text_field};
use crate::ui::theme::Style;
use crate::ui::widgets::{Row, heading, icon_button, named};

/// Width of the panel, in points.
const WIDTH: f32 = 330.0;
/// Rows of the list of fonts that are seen at once.
const ROWS: f32 = 7.0;

/// The panel's own state.
#[derive(Default)]
pub struct TextPanel {
    /// What the list of fonts is narrowed down by.
    wanted: String,
    /// The row of the list that was brought into view last.
    at: Option<usize>,
}

impl Overlay for TextPanel {
    fn is_open(&self, program: &Program, _: &OpenNotebook) -> bool {
        program.text_panel_is_open()
    }

    fn ui(&mut self, frame: &mut OverlayFrame<'_>) {
        let Some(reader) = frame.shown.reader else { return };
        let (ctx, program, style) = (frame.ctx, frame.program, frame.style);
        let (just_opened, out) = (frame.just_opened, &mut *frame.out);
        if just_opened {
            self.wanted.clear();
            self.at = None;
        }
        let room = ctx.content_rect().bottom() - reader.top() - 60.0;
        let area = egui::Area::new(egui::Id::unique("text panel"))
            .order(egui::Order::Foreground)
            .fixed_pos(beside(ctx.content_rect(), reader))
            .constrain(true)
            .show(ctx, |ui| {
                egui::Frame::popup(ui.style()).inner_margin(egui::Margin::same(12)).show(
                    ui,
                    |ui| {
                        ui.set_width(WIDTH);
                        self.inside(ui, program, style, just_opened, room, out);
                    },
                );
            });
        crate::ui::notices::keep_clear_of(ctx, area.response.rect);
    }
}

impl TextPanel {
    fn inside(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        style: &Style,
        just_opened: bool,
        room: f32,
        out: &mut Vec<Intent>,
    ) {
        let now = &program.prefs().text;
        let mut text = now.clone();
        ui.horizontal(|ui| {
            ui.label(RichText::new("Reading settings").font(style.heading()).color(style.ink));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let close = egui_material_icons::icons::ICON_CLOSE;
                if icon_button(ui, style, close, "Close reading settings (Esc)").clicked() {
                    out.push(Intent::Run(Command::TextPanel));
                }
            });
        });
        let size = slider(
            ui,
            style,
            "Text size",
            Slider::new(&mut text.size, TextSettings::SIZES)
                .step_by(1.0)
                .fixed_decimals(0)
                .suffix(" points"),
        );
        if just_opened {
            size.request_focus();
        }
        slider(
            ui,
            style,
            "Line length",
            Slider::new(&mut text.width, TextSettings::WIDTHS)
                .step_by(1.0)
                .fixed_decimals(0)
                .suffix(" characters"),
        );
        slider(
            ui,
            style,
            "Line spacing",
            Slider::new(&mut text.leading, TextSettings::LEADINGS)
                .step_by(0.05)
                .fixed_decimals(2)
                .suffix(" × text size"),
        );
        ui.checkbox(&mut text.cursor, "Show text cursor")
            .on_hover_text(Command::ToggleCursor.hint_with_key());
        self.faces(ui, program, style, room, &mut text);
        ui.add_space(4.0);
        let usual = TextSettings { cursor: text.cursor, ..TextSettings::default() };
        if ui.add_enabled(text != usual, egui::Button::new("Reset to defaults")).clicked() {
            text = usual;
        }
        if text != *now {
            out.push(Intent::Settings(SettingsIntent::SetText(text)));
        }
    }

    /// The installed faces: typing narrows the list down, arrows and clicks choose.
    fn faces(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        style: &Style,
        room: f32,
        text: &mut TextSettings,
    ) {
        let faces = program.faces();
        heading(ui, style, "Font", "");
        let id = egui::Id::unique("search fonts");
        let step = if ui.memory(|memory| memory.has_focus(id)) {
            ui.input_mut(|input| {
                let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown) as isize;
                down - input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp) as isize
            })
        } else {
            0
        };
        let prompt = "Search installed fonts";
        let before = self.wanted.clone();
        let field = ui.add(
            crate::ui::limits::line(&mut self.wanted)
                .id(id)
                .hint_text(prompt)
                .desired_width(f32::INFINITY),
        );
        field.widget_info(|| text_field(&before, &self.wanted, prompt));
        let wanted = self.wanted.trim().to_lowercase();
        let usual = faces
            .usual
            .as_ref()
            .map_or_else(|| "System serif".to_owned(), |name| format!("System serif: {name}"));
        // What is chosen is listed, also where it is not installed.
        let missing = text.face.as_ref().filter(|face| !faces.names.contains(face));
        let all = std::iter::once(None)
            .chain(missing.map(Some))
            .chain(faces.names.iter().map(Some))
            .map(|face| (face, face.map_or(usual.as_str(), String::as_str)));
        let rows: Vec<(Option<&String>, &str)> =
            all.filter(|(_, name)| name.to_lowercase().contains(&wanted)).collect();
        let at = rows.iter().position(|(face, _)| *face == text.face.as_ref());
        let mut chosen = None;
        if step != 0 && !rows.is_empty() {
            let last = rows.len() as isize - 1;
            let to = at.map_or(0, |at| (at as isize + step).clamp(0, last));
            chosen = rows.get(to as usize).map(|row| row.0.cloned());
        }
        let height = (ROWS * crate::ui::widgets::ROW).min((room - 330.0).max(60.0));
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut list = egui::ScrollArea::vertical()
            .max_height(height)
            .min_scrolled_height(height)
            .auto_shrink([false, true]);
        if at != self.at {
            self.at = at;
            let down = at.unwrap_or(0) as f32 * (crate::ui::widgets::ROW + 2.0);
            list = list.vertical_scroll_offset((down - height / 2.0).max(0.0));
        }
        list.show_rows(ui, crate::ui::widgets::ROW, rows.len(), |ui, range| {
            for (i, (face, name)) in rows.iter().enumerate().take(range.end).skip(range.start) {
                let gone = missing.is_some() && *face == missing;
                let row = Row {
                    text: name,
                    end: if gone { "not installed" } else { "" },
                    alert: gone,
                    selected: at == Some(i),
                    ..Row::default()
                };
                let shown = || format!("Font: {}", shown_name(name));
                let response = row.show(ui, style, ui.scope_id().with(("face", i)), shown);
                if response.clicked() {
                    chosen = Some(face.cloned());
                }
            }
        });
        if rows.is_empty() {
            field_label(ui, style, "No matching fonts.");
        }
        if let Some(face) = chosen {
            text.face = face;
        }
    }
}

/// Where the panel opens: beside the reader where there is room, so that the text stays in view.
fn beside(all: Rect, reader: Rect) -> Pos2 {
    let width = WIDTH + 40.0;
    let x = if reader.right() + width <= all.right() {
        reader.right() + 8.0
    } else if reader.left() - width >= all.left() {
        reader.left() - width
    } else {
        reader.right() - width
    };
    pos2(x, reader.top() + 42.0)
}

/// A slider under its name.
fn slider(ui: &mut Ui, style: &Style, name: &str, slider: Slider<'_>) -> egui::Response {
    let label = field_label(ui, style, name);
    ui.spacing_mut().slider_width = (ui.available_width() - 130.0).max(80.0);
    let response = ui.add(slider).labelled_by(label.id);
    named(ui, &response, name);
    response
}
