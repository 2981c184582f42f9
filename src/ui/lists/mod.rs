//! The lists at the side: articles, actors, events, claims. Each scrolls by itself, and only the rows in view are
//! drawn.

mod articles;
mod model;
mod rows;
mod walking;

use std::collections::BTreeSet;
use std::ops::Range;

use egui::{Align2, Id, Key, Rect, Response, Role, ScrollArea, Sense};
use egui::{Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{
    ICON_ADD, ICON_CHEVRON_RIGHT, ICON_EXPAND_MORE, ICON_FLAG, ICON_SORT, ICON_SORT_BY_ALPHA,
};

use super::theme::Style;
use super::widgets::{ROW, icon_button, named, paint_heading};
use crate::app::{Command, Intent, OpenNotebook, Program, ReadingIntent};
use crate::notebook::{ArticleId, EntityId};
use crate::ui::panes::{PaneFrame, PaneView};
use articles::ArticleOrder;
use model::{Line, Model, Section, Wanted, share};
pub use rows::entity_menu;
use rows::{article_row, entity_row, folder_row};

/// So many rows of each list are in view, where it has them; a pane too low for that scrolls as a whole.
const LEAST_ROWS: f32 = 3.0;

/// The lists: their filter, what is closed, which row has the keyboard.
#[derive(Debug, Default)]
pub struct Lists {
    wanted: Wanted,
    model: Model,
    /// The row to bring into view.
    reveal: Option<usize>,
    /// The row that takes the keyboard once it is drawn.
    focus: Option<usize>,
    /// The same, set in an earlier frame: a row that gets the keyboard in this frame must not see this frame's keys.
    focusing: Option<usize>,
    /// What was selected when it was last looked at, to follow a selection made elsewhere.
    selected: Option<EntityId>,
    /// The article that was clicked last: Shift chooses from there on.
    chosen_from: Option<ArticleId>,
    focus_filter: bool,
}

impl PaneView for Lists {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        if frame.takes_keyboard {
            self.focus();
        }
        let (program, book, style) = (frame.program, frame.book, frame.style);
        let mut sent = Vec::new();
        self.ui(ui, program, book, style, &mut sent, |ui| frame.grip(ui));
        frame.out.append(&mut sent);
    }

    fn background(&self, style: &Style) -> egui::Color32 {
        style.sidebar
    }
}

impl Lists {
    /// Lists with nothing filtered out.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next frame puts the cursor into the filter.
    pub const fn focus(&mut self) {
        self.focus_filter = true;
    }

    /// Draws the lists. `grip` draws what moves the pane, at the left of the filter.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
        grip: impl FnOnce(&mut Ui),
    ) {
        let inner = ui.max_rect().shrink2(vec2(8.0, 8.0));
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            self.tools(ui, style, grip);
            self.inside(ui, program, book, style, out);
        });
    }

    fn inside(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        self.focusing = self.focus.take().or(self.focusing);
        self.model.update(book.notebook(), &self.wanted);
        self.follow(book);
        ui.spacing_mut().item_spacing.y = 0.0;
        let sections = self.model.sections();
        let lines = std::mem::take(&mut self.model.lines);
        // Each kind scrolls by itself, so that a long list of actors does not push the claims out of sight. All of them
        // together scroll only where the pane is too low for a few rows of each.
        let rows = |(from, to): &(usize, usize)| (to - from - 1) as f32 * ROW;
        let needs: Vec<f32> = sections.iter().map(rows).collect();
        let room = ui.available_height() - sections.len() as f32 * ROW - 1.0;
        let heights = share(&needs, room, LEAST_ROWS * ROW);
        ScrollArea::vertical().id_salt("all lists").auto_shrink(false).show(ui, |ui| {
            for ((from, to), height) in sections.into_iter().zip(heights) {
                let at = Rect::from_min_size(ui.cursor().min, vec2(ui.available_width(), ROW));
                ui.scope_builder(UiBuilder::new().max_rect(at).id_salt(("heading", from)), |ui| {
                    self.line(ui, program, book, style, (from, &lines[from]), &lines, out);
                });
                ui.advance_cursor_after_rect(at);
                if to > from + 1 {
                    self.rows(ui, program, book, style, (from + 1..to, height), &lines, out);
                }
            }
        });
        self.model.lines = lines;
    }

    /// The rows of one section, of which only those in view are drawn.
    #[expect(clippy::too_many_arguments, reason = "what every row needs")]
    fn rows(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        (rows, height): (Range<usize>, f32),
        lines: &[Line],
        out: &mut Vec<Intent>,
    ) {
        let kind = match lines.get(rows.start.saturating_sub(1)) {
            Some(Line::Heading(section, _)) => *section,
            _ => Section::Articles,
        };
        // A list that goes on says so at rest: the next heading stands right below it.
        ui.spacing_mut().scroll.dormant_handle_opacity = 0.5;
        let area = ScrollArea::vertical().id_salt(kind).auto_shrink(false).max_height(height);
        area.show_viewport(ui, |ui, viewport| {
            ui.set_height(ROW * rows.len() as f32);
            let all = ui.max_rect();
            let first = (viewport.min.y / ROW).floor().max(0.0) as usize;
            let last = ((viewport.max.y / ROW).ceil().max(0.0) as usize + 1).min(rows.len());
            let rect_of = |row: usize| {
                let at = pos2(all.left(), all.top() + row as f32 * ROW);
                Rect::from_min_size(at, vec2(all.width(), ROW))
            };
            if let Some(at) = self.reveal.take_if(|at| rows.contains(at)) {
                ui.scroll_to_rect(rect_of(at - rows.start).expand2(vec2(0.0, ROW)), None);
            }
            for row in first..last {
                let at = rows.start + row;
                let Some(line) = lines.get(at) else { break };
                let rect = rect_of(row);
                ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(row), |ui| {
                    self.line(ui, program, book, style, (at, line), lines, out);
                });
            }
        });
    }

    fn tools(&mut self, ui: &mut Ui, style: &Style, grip: impl FnOnce(&mut Ui)) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding.x = 4.0;
            grip(ui);
            let field = ui.add(
                crate::ui::limits::line(&mut self.wanted.filter)
                    .id(Id::unique("lists filter"))
                    .hint_text("Filter")
                    .desired_width((ui.available_width() - 62.0).max(40.0)),
            );
            named(ui, &field, "Filter the lists");
            if std::mem::take(&mut self.focus_filter) {
                field.request_focus();
            }
            if field.has_focus() && ui.input(|i| i.key_pressed(Key::ArrowDown)) {
                self.focus = self.model.lines.iter().position(|line| line.takes_keyboard());
                self.reveal = self.focus;
                ui.ctx().request_repaint();
            }
            let name = "Show only items to check";
            let flag = toggle(ui, style, ICON_FLAG, name, self.wanted.to_check);
            if flag.clicked() {
                self.wanted.to_check = !self.wanted.to_check;
            }
            let (icon, name) = if self.wanted.by_mentions {
                (ICON_SORT, "Sorted by mentions; sort by name")
            } else {
                (ICON_SORT_BY_ALPHA, "Sorted by name, events by date; sort by mentions")
            };
            if icon_button(ui, style, icon, name).clicked() {
                self.wanted.by_mentions = !self.wanted.by_mentions;
            }
        });
        ui.add_space(2.0);
    }

    /// Brings the selected entity's row into view when it was selected somewhere else.
    fn follow(&mut self, book: &OpenNotebook) {
        let now = book.selection().only_entity();
        if now == self.selected {
            return;
        }
        self.selected = now;
        if let Some(id) = now {
            let row = self
                .model
                .lines
                .iter()
                .position(|line| matches!(line, Line::Entity(e, _) if *e == id));
            self.reveal = row.or(self.reveal);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what every row needs")]
    fn line(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        (i, line): (usize, &Line),
        lines: &[Line],
        out: &mut Vec<Intent>,
    ) {
        let response = match line {
            Line::Heading(section, count) => {
                self.heading(ui, style, *section, *count, out);
                return;
            }
            Line::Words(words) => {
                let rect = ui.max_rect();
                let galley =
                    super::widgets::cut(ui, words, style.small(), style.muted, rect.width() - 12.0);
                let (_, rect) = ui.allocate_space(rect.size());
                let response = ui.interact(rect, ui.scope_id().with("words"), Sense::hover());
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
                let at = pos2(rect.left() + 8.0, rect.center().y - galley.size().y / 2.0);
                ui.painter().galley(at, galley, style.muted);
                return;
            }
            Line::Folder(folder) => folder_row(ui, book, style, folder, out),
            Line::Article(id, depth) => {
                let of = (*id, *depth, self.wanted.articles_by);
                article_row(ui, program, book, style, of, out)
            }
            Line::Entity(id, alias) => {
                let one_year = self.model.one_year;
                entity_row(ui, program, book, style, (*id, alias.as_deref(), one_year), out)
            }
        };
        if self.focusing == Some(i) {
            self.focusing = None;
            response.request_focus();
        } else if response.has_focus() {
            self.keys(ui, book, &response, i, lines, out);
        }
        if response.clicked() {
            self.clicked(ui, book, line, lines, out);
        }
        if response.double_clicked()
            && let Line::Entity(id, _) = line
        {
            out.push(Intent::Reading(ReadingIntent::ShowMentions(*id)));
        }
    }

    fn heading(
        &mut self,
        ui: &mut Ui,
        style: &Style,
        section: Section,
        count: usize,
        out: &mut Vec<Intent>,
    ) {
        let closed = self.wanted.closed.contains(&section);
        let rect = ui.max_rect();
        let add = section == Section::Articles;
        let room = if add { 50.0 } else { 0.0 };
        let click = Rect::from_min_max(rect.min, rect.max - vec2(room, 0.0));
        let response = ui.interact(click, Id::unique(("lists heading", section)), Sense::click());
        response.widget_info(|| {
            let state = if closed { "collapsed" } else { "expanded" };
            WidgetInfo::labeled(
                Role::Button,
                true,
                format!("{}: {count}, {state}", section.label()),
            )
        });
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(click, 5.0, style.hovered);
        }
        let icon = if closed { ICON_CHEVRON_RIGHT } else { ICON_EXPAND_MORE };
        let font = egui::FontId::new(14.0, icon.font_family());
        let at = pos2(rect.left() + 1.0, rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, icon.codepoint, font, style.muted);
        let words = Rect::from_min_max(
            pos2(rect.left() + 17.0, rect.top()),
            pos2(click.right() - 30.0, rect.bottom()),
        );
        paint_heading(ui, style, words, section.label());
        let at = pos2(click.right() - 8.0, rect.center().y);
        ui.painter().text(at, Align2::RIGHT_CENTER, count.to_string(), style.small(), style.muted);
        if response.clicked() {
            let closed: &mut BTreeSet<Section> = &mut self.wanted.closed;
            if !closed.remove(&section) {
                closed.insert(section);
            }
        }
        if add {
            let button = |from_right: f32| {
                let at = pos2(rect.right() - from_right, rect.top() + 1.0);
                UiBuilder::new()
                    .id_salt(("button", from_right as u32))
                    .max_rect(Rect::from_min_size(at, vec2(24.0, 23.0)))
            };
            ui.scope_builder(button(49.0), |ui| self.order_menu(ui, style));
            ui.scope_builder(button(25.0), |ui| {
                if icon_button(ui, style, ICON_ADD, "Open an article").clicked() {
                    out.push(Intent::Run(Command::Open));
                }
            });
        }
    }
}

impl Lists {
    /// What articles are sorted by.
    fn order_menu(&mut self, ui: &mut Ui, style: &Style) {
        ui.spacing_mut().button_padding.x = 4.0;
        let sorted = self.wanted.articles_by != ArticleOrder::Added;
        let colour = if sorted { style.accent } else { style.muted };
        let icon = ICON_SORT.rich_text().size(15.0).color(colour);
        let button = egui::Button::new(icon).frame_when_inactive(false);
        let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
            for order in ArticleOrder::ALL {
                let here = self.wanted.articles_by == order;
                if ui.selectable_label(here, order.label()).clicked() {
                    self.wanted.articles_by = order;
                    ui.close();
                }
            }
        });
        let name = format!("Sort the articles; now: {}", self.wanted.articles_by.label());
        named(ui, &response, &name);
        response.on_hover_text(name);
    }
}

fn toggle(
    ui: &mut Ui,
    style: &Style,
    icon: egui_material_icons::MaterialIcon,
    name: &str,
    on: bool,
) -> Response {
    let colour = if on { style.accent } else { style.muted };
    let response = ui
        .add(
            egui::Button::new(icon.rich_text().size(15.0).color(colour))
                .selected(on)
                .frame_when_inactive(on)
                .min_size(vec2(22.0, 22.0)),
        )
        .on_hover_text(name);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, on, name));
    response
}
