//! Small widgets that several panes share: rows, headings, chips, quotes, segmented choices. They know the look and
//! the commands, and nothing of where they stand.

use std::hash::Hash;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Align2, Color32, CursorIcon, FontId, Galley, Id, Rect, Response, RichText, Role, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::kind_icons::kind_mark;
use super::limits;
use super::text_fields::labelled;
use super::theme::Style;
use crate::app::{Command, Intent, Program};
use crate::notebook::{EntityId, Kind, Notebook};
pub use crate::text::capital;
use crate::text::shown_name;

/// Height of a row of a list, in points.
pub const ROW: f32 = 25.0;

/// Gives a control the name that assistive technology says.
pub fn named(ui: &Ui, response: &Response, name: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_label(limits::beginning(name, limits::LINE))
    });
}

/// What a screen reader is told of a row that can be chosen: its name, and whether it is the chosen one. egui would
/// make of “selected” a box that is ticked.
pub fn option(ui: &Ui, response: &Response, selected: bool, name: &str) {
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::ListBoxOption, enabled, name));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(selected));
}

/// Scrolls a row into view unless it is there. Asking for it without need would, in some lists, ask for another
/// frame each time, and an open list would never come to rest.
pub fn keep_in_view(ui: &Ui, row: &Response) {
    let clip = ui.clip_rect().expand(0.5);
    if row.rect.top() < clip.top() || row.rect.bottom() > clip.bottom() {
        row.scroll_to_me(None);
    }
}

/// One row of a list: a mark, words cut to fit, something short at its end.
#[derive(Clone, Debug, Default)]
pub struct Row<'a> {
    /// The kind whose mark stands first, and whether it is an anonymous actor.
    pub mark: Option<(Kind, bool)>,
    /// The words.
    pub text: &'a str,
    /// Words of less weight after them.
    pub after: &'a str,
    /// What stands at the row's end.
    pub end: &'a str,
    /// The end asks for attention.
    pub alert: bool,
    /// The row is chosen.
    pub selected: bool,
    /// The row can be dragged somewhere.
    pub drag: bool,
    /// The room at its left, in points: for a row that lies in others.
    pub indent: f32,
}

impl Row<'_> {
    /// Draws the row over the whole width. `name` is what assistive technology says.
    pub fn show(&self, ui: &mut Ui, style: &Style, id: Id, name: impl Fn() -> String) -> Response {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let sense = if self.drag { Sense::click_and_drag() } else { Sense::click() };
        let response = ui.interact(rect, id, sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name()));
        let selected = self.selected;
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(selected));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let ground = match () {
            () if self.selected => Some(style.chosen),
            () if response.hovered() => Some(style.hovered),
            () => None,
        };
        let painter = ui.painter();
        if let Some(ground) = ground {
            painter.rect_filled(rect, 5.0, ground);
        }
        if response.has_focus() {
            let ring = Stroke::new(1.5, style.ink);
            painter.rect_stroke(rect, 5.0, ring, StrokeKind::Inside);
        }
        let mut left = rect.left() + 8.0 + self.indent;
        if let Some((kind, anonymous)) = self.mark {
            kind_mark(painter, pos2(left + 6.0, rect.center().y), style, kind, anonymous);
            left += 19.0;
        }
        let mut right = rect.right() - 8.0;
        if !self.end.is_empty() {
            let colour = if self.alert { style.accent } else { style.muted };
            let at = pos2(right, rect.center().y);
            let drawn =
                painter.text(at, Align2::RIGHT_CENTER, shown_name(self.end), style.small(), colour);
            right = drawn.left() - 8.0;
        }
        let mut job = LayoutJob::default();
        job.append(&shown_name(self.text), 0.0, TextFormat::simple(body(style), style.ink));
        if !self.after.is_empty() {
            job.append(
                &shown_name(self.after),
                8.0,
                TextFormat::simple(style.small(), style.muted),
            );
        }
        job.wrap = TextWrapping::truncate_at_width((right - left).max(8.0));
        let galley = painter.layout_job(job);
        let top = rect.center().y - galley.size().y / 2.0;
        painter.galley(pos2(left, top), galley, style.ink);
        response
    }
}

/// The face of rows and labels.
#[must_use]
pub fn body(style: &Style) -> FontId {
    FontId::new(14.0, style.sans.clone())
}

/// A row for an entity, that can be clicked.
pub fn entity_row(
    ui: &mut Ui,
    style: &Style,
    notebook: &Notebook,
    entity: EntityId,
    salt: impl Hash + std::fmt::Debug,
) -> Response {
    let id = ui.scope_id().with((salt, entity));
    let Some(record) = notebook.entity(entity) else {
        return Row { text: "(missing)", ..Row::default() }
            .show(ui, style, id, || "Missing".to_owned());
    };
    Row { mark: Some((record.kind(), record.is_anonymous())), text: &record.name, ..Row::default() }
        .show(ui, style, id, || {
            format!("{}: {}", capital(record.kind().word()), shown_name(&record.name))
        })
}

/// A heading over a part of a pane, in small spaced capitals, with something at its end.
pub fn heading(ui: &mut Ui, style: &Style, text: &str, end: &str) {
    ui.add_space(8.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
    paint_heading(ui, style, rect, text);
    let at = rect.right_center();
    ui.painter().text(at, Align2::RIGHT_CENTER, end, style.small(), style.muted);
}

/// Paints a heading's words at the left of a rectangle.
pub fn paint_heading(ui: &Ui, style: &Style, rect: Rect, text: &str) {
    let mut format = TextFormat::simple(FontId::new(11.5, style.bold.clone()), style.muted);
    format.extra_letter_spacing = 0.8;
    let mut job = LayoutJob::default();
    job.append(&text.to_uppercase(), 0.0, format);
    job.wrap = TextWrapping::truncate_at_width(rect.width().max(8.0));
    let galley = ui.painter().layout_job(job);
    let top = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(pos2(rect.left(), top), galley, style.muted);
}

/// A sentence of less weight.
pub fn hint(ui: &mut Ui, style: &Style, text: &str) -> Response {
    ui.label(RichText::new(text).color(style.muted))
}

/// A chain of speakers, “article ← outlet ← source”. Few text faces have the arrow: it is drawn with the icons' one,
/// and said as it is written.
pub fn chain_label(ui: &mut Ui, style: &Style, chain: &str, colour: Color32) -> Response {
    let arrow = egui_material_icons::icons::ICON_ARROW_BACK;
    let mut job = LayoutJob::default();
    for (i, part) in chain.split('←').enumerate() {
        if i > 0 {
            let face = FontId::new(13.0, arrow.font_family());
            let mut format = TextFormat::simple(face, style.accent);
            format.valign = egui::Align::Center;
            job.append(arrow.codepoint, 0.0, format);
        }
        let mut format = TextFormat::simple(body(style), colour);
        format.valign = egui::Align::Center;
        job.append(&shown_name(part), 0.0, format);
    }
    // Not to be selected: the runs of a text that can be are told as they are drawn, with the signs of the icons’ face.
    let response = ui.add(egui::Label::new(job).wrap().selectable(false));
    // A label's words are its value.
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(chain));
    response
}

/// A sentence that asks for attention.
pub fn alert(ui: &mut Ui, style: &Style, text: &str) -> Response {
    ui.label(RichText::new(text).color(style.accent))
}

/// A small outlined word: something that holds of what is shown.
pub fn tag(ui: &mut Ui, style: &Style, text: &str) {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), style.small(), style.muted);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(18.0, 6.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_stroke(rect, 10.0, Stroke::new(1.0, style.lines), StrokeKind::Inside);
    ui.painter().galley(rect.min + vec2(9.0, 3.0), galley, style.muted);
}

/// What was clicked of a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChipClick {
    /// The text of the chip.
    Words,
    /// The cross that removes the chip.
    Remove,
}

/// A word with a cross that removes it. `what` says what it is: “alias”.
pub fn chip(
    ui: &mut Ui,
    style: &Style,
    mark: Option<(Kind, bool)>,
    text: &str,
    what: &str,
) -> Option<ChipClick> {
    let mut clicked = None;
    egui::Frame::new()
        .stroke(Stroke::new(1.0, style.lines))
        .corner_radius(10)
        .inner_margin(egui::Margin { left: 8, right: 2, top: 0, bottom: 0 })
        .show(ui, |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if let Some((kind, anonymous)) = mark {
                super::kind_icons::mark(ui, style, kind, anonymous);
            }
            let most = (ui.available_width() - 34.0).max(40.0);
            let words = cut(ui, text, body(style), style.ink, most);
            let (rect, response) = ui.allocate_exact_size(
                vec2(words.size().x, 22.0),
                if mark.is_some() { Sense::click() } else { Sense::hover() },
            );
            let role = if mark.is_some() { Role::Button } else { Role::Label };
            response.widget_info(|| WidgetInfo::labeled(role, true, text));
            let top = rect.center().y - words.size().y / 2.0;
            ui.painter().galley(pos2(rect.left(), top), words, style.ink);
            if response.clicked() {
                clicked = Some(ChipClick::Words);
            }
            let name = format!("Remove {what} {text}");
            if icon_button(ui, style, egui_material_icons::icons::ICON_CLOSE, &name).clicked() {
                clicked = Some(ChipClick::Remove);
            }
        });
    clicked
}

/// Words on one line, cut to a width.
pub fn cut(ui: &Ui, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(shown_name(text).into_owned(), font, colour);
    job.wrap = TextWrapping::truncate_at_width(width);
    ui.painter().layout_job(job)
}

/// A button of one icon. Its name is its tooltip and what assistive technology says.
pub fn icon_button(
    ui: &mut Ui,
    style: &Style,
    icon: egui_material_icons::MaterialIcon,
    name: &str,
) -> Response {
    let text = icon.rich_text().size(15.0).color(style.muted);
    // As wide as it is high: the padding of words is too much for a sign.
    let padding = std::mem::replace(&mut ui.spacing_mut().button_padding, vec2(4.0, 2.0));
    let response =
        ui.add(egui::Button::new(text).frame_when_inactive(false).min_size(vec2(24.0, 24.0)));
    ui.spacing_mut().button_padding = padding;
    named(ui, &response, name);
    response.on_hover_text(name)
}

/// A button that runs a command: greyed where it makes no sense, its hint and key as its tooltip.
pub fn command_button(
    ui: &mut Ui,
    program: &Program,
    command: Command,
    out: &mut Vec<Intent>,
) -> Response {
    let enabled = program.is_enabled(command);
    let response = ui
        .add_enabled(enabled, egui::Button::new(command.text()))
        .on_hover_text(command.hint_with_key())
        .on_disabled_hover_text(command.hint_with_key());
    if response.clicked() {
        out.push(Intent::Run(command));
    }
    response
}

/// A command's entry in a menu.
pub fn command_item(
    ui: &mut Ui,
    program: Option<&Program>,
    command: Command,
    out: &mut Vec<Intent>,
) -> Response {
    let enabled = program.is_none_or(|program| program.is_enabled(command));
    let mut button = egui::Button::new(command.text());
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(shortcut.text());
    }
    let response = ui.add_enabled(enabled, button).on_hover_text(command.hint());
    if response.clicked() {
        out.push(Intent::Run(command));
        ui.close();
    }
    response
}

/// A few choices side by side, one of them taken; what was chosen anew.
pub fn segments<T: Copy + PartialEq>(
    ui: &mut Ui,
    what: &str,
    now: T,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> Option<T> {
    let mut chosen = None;
    let now_said = all.iter().find(|one| **one == now).map_or("", |one| label(*one));
    let group = egui::UiBuilder::new()
        .id_salt(("segments", what))
        .accessibility_role(Role::RadioGroup)
        .accessibility_label(what.to_owned());
    ui.scope_builder(group, |ui| {
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_value(now_said));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
            for one in all {
                let response = ui.selectable_label(*one == now, label(*one));
                named(ui, &response, &format!("{what}: {}", label(*one)));
                let selected = *one == now;
                ui.ctx().accesskit_node_builder(response.id, |node| node.set_selected(selected));
                labelled(ui, &response);
                if response.clicked() && *one != now {
                    chosen = Some(*one);
                }
            }
        });
    });
    chosen
}

/// A choice out of a list that drops down; what was chosen anew.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    salt: impl Hash + std::fmt::Debug,
    what: &str,
    now: T,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> Option<T> {
    let mut chosen = None;
    let response = egui::ComboBox::from_id_salt(salt)
        .selected_text(label(now))
        .show_ui(ui, |ui| {
            for one in all {
                if ui.selectable_label(*one == now, label(*one)).clicked() && *one != now {
                    chosen = Some(*one);
                }
            }
        })
        .response;
    named(ui, &response, what);
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(label(now)));
    labelled(ui, &response);
    chosen
}

/// Words of an article with their context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteText {
    /// What stands before.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands after.
    pub after: String,
    /// Where: “Bras de fer, ¶2”.
    pub source: String,
}

/// A quote with the bar at its side, and under it where it stands; clicking goes there.
pub fn quote(
    ui: &mut Ui,
    style: &Style,
    quote: &QuoteText,
    bar: Color32,
    id: Id,
    name: &str,
) -> Response {
    let width = ui.available_width();
    let face = FontId::new(15.0, style.serif.clone());
    let bold = FontId::new(15.0, style.serif_bold.clone());
    let mut job = LayoutJob::default();
    job.append(&quote.before, 0.0, TextFormat::simple(face.clone(), style.muted));
    job.append(&quote.words, 0.0, TextFormat::simple(bold, style.ink));
    job.append(&quote.after, 0.0, TextFormat::simple(face, style.muted));
    job.wrap.max_width = (width - 22.0).max(40.0);
    job.wrap.max_rows = 12;
    let words = ui.painter().layout_job(job);
    let source = cut(ui, &quote.source, style.small(), style.muted, (width - 22.0).max(40.0));
    let size = vec2(width, words.size().y + source.size().y + 10.0);
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, id, Sense::click()).on_hover_cursor(CursorIcon::PointingHand);
    response.widget_info(|| {
        let said = format!("{name}: {}, {}", quote.words, quote.source);
        WidgetInfo::labeled(Role::Button, ui.is_enabled(), said)
    });
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, style.hovered);
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, style.ink);
        ui.painter().rect_stroke(rect, 4.0, ring, StrokeKind::Inside);
    }
    let side = Rect::from_min_size(rect.min + vec2(1.0, 3.0), vec2(3.0, rect.height() - 6.0));
    ui.painter().rect_filled(side, 1.0, bar);
    let at = rect.min + vec2(14.0, 3.0);
    let below = at + vec2(0.0, words.size().y + 3.0);
    ui.painter().galley(at, words, style.ink);
    ui.painter().galley(below, source, style.muted);
    response
}

/// “1 mention”, “3 mentions”.
#[must_use]
pub fn counted(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}
