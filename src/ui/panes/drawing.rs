//! What is drawn in each pane, and how panes share the window.

use egui::{Rect, Ui, WidgetText};
use egui_material_icons::icons::ICON_FORMAT_SIZE;
use egui_tiles::{Tile, TileId, Tiles, UiResponse};

use super::Views;
use super::tab::{article_tab, grip, paint_tab, tab_size};
use crate::app::{Command, Intent, OpenNotebook, Pane, Program, ReadingIntent};
use crate::notebook::ArticleId;
use crate::ui::canvas::Canvas;
use crate::ui::reader::Reader;
use crate::ui::theme::Style;
use crate::ui::widgets::icon_button;

/// One frame of the panes.
pub(super) struct Drawing<'a> {
    pub program: &'a Program,
    pub book: &'a OpenNotebook,
    pub style: &'a Style,
    pub out: &'a mut Vec<Intent>,
    pub views: &'a mut Views,
    pub active: &'a mut Pane,
    /// The pane whose tab or grip was clicked twice: it gets the window to itself, or the others their room back.
    pub maximise: &'a mut Option<Pane>,
    /// Something was chosen whose details are to be seen.
    pub inspect: &'a mut bool,
}

impl Drawing<'_> {
    /// The reader, or the second one beside it.
    fn reader(&mut self, ui: &mut Ui, second: bool) -> UiResponse {
        let pane = if second { Pane::Beside } else { Pane::Reader };
        let shown = self.book.article_in(second);
        let in_front = shown == self.book.article();
        let response = self.article_tabs(ui, pane, shown);
        crate::ui::notices::keep_clear(ui);
        if in_front {
            self.views.shown.reader = Some(ui.max_rect());
        }
        let Some(article) = shown else {
            crate::ui::welcome::no_article(ui, self.style, self.out);
            return response;
        };
        let focus = self.views.focus == Some(pane);
        let reader = self.views.readers.entry(article).or_insert_with(|| {
            let mut reader = Reader::new();
            reader.focus();
            reader
        });
        if focus {
            reader.focus();
        }
        if let Some((_, effect)) = self.views.goto.take_if(|(of, _)| *of == article) {
            reader.apply_effect(&effect);
        }
        let output = reader.ui(ui, self.book, article, self.style, self.out);
        if in_front {
            self.views.shown.words = output.selection_rect;
        }
        // What has the keyboard is in front: that is where commands tag.
        if output.has_focus && self.views.read != Some(article) {
            self.views.read = Some(article);
            if !in_front {
                self.out.push(Intent::Reading(ReadingIntent::ShowArticle(article)));
            }
        }
        response
    }

    /// A tab for each article, a button to add one, and the grip that moves the pane.
    fn article_tabs(&mut self, ui: &mut Ui, pane: Pane, shown: Option<ArticleId>) -> UiResponse {
        let mut response = UiResponse::None;
        egui::Panel::top(ui.scope_id().with(("article tabs", pane)))
            .exact_size(34.0)
            .frame(
                egui::Frame::new()
                    .fill(self.style.surface)
                    .inner_margin(egui::Margin::symmetric(8, 0)),
            )
            .show(ui, |ui| {
                let all = egui::Layout::right_to_left(egui::Align::Center);
                ui.with_layout(all, |ui| {
                    let name = Command::TextPanel.hint();
                    if icon_button(ui, self.style, ICON_FORMAT_SIZE, name).clicked() {
                        self.out.push(Intent::Run(Command::TextPanel));
                    }
                    let rest = egui::Layout::left_to_right(egui::Align::Center);
                    ui.with_layout(rest, |ui| {
                        response = self.grip(ui, pane);
                        egui::ScrollArea::horizontal()
                            .id_salt("tabs")
                            .show(ui, |ui| self.tabs(ui, pane, shown));
                    });
                });
            });
        response
    }

    fn tabs(&mut self, ui: &mut Ui, pane: Pane, shown: Option<ArticleId>) {
        let notebook = self.book.notebook();
        let tabs = self.book.tabs();
        for id in tabs.iter().copied() {
            let Some(article) = notebook.article(id) else { continue };
            let title = &article.about.title;
            let (tab, close) = article_tab(ui, self.style, title, shown == Some(id));
            let show = Intent::Reading(ReadingIntent::ShowArticleIn(id, pane == Pane::Beside));
            if close || tab.middle_clicked() {
                self.out.push(Intent::Reading(ReadingIntent::CloseTab(id)));
            } else if tab.clicked() {
                self.out.push(show.clone());
            }
            if tab.double_clicked() {
                *self.maximise = Some(pane);
            }
            tab.context_menu(|ui| {
                if ui.button(Command::CloseTab.text()).clicked() {
                    self.out.push(Intent::Reading(ReadingIntent::CloseTab(id)));
                    ui.close();
                }
                if ui.add_enabled(tabs.len() > 1, egui::Button::new("Close other tabs")).clicked() {
                    let others = tabs.iter().copied().filter(|other| *other != id);
                    self.out.extend(others.map(|it| Intent::Reading(ReadingIntent::CloseTab(it))));
                    ui.close();
                }
                ui.separator();
                for command in
                    [Command::DescribeArticle, Command::SideBySide, Command::RemoveArticle]
                {
                    if ui.button(command.text()).clicked() {
                        self.out.push(show.clone());
                        self.out.push(Intent::Run(command));
                        ui.close();
                    }
                }
            });
        }
        let add = ui
            .add(egui::Button::new("+").frame(false))
            .on_hover_text(Command::Open.hint_with_key());
        add.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Open an article"));
        if add.clicked() {
            self.out.push(Intent::Run(Command::Open));
        }
    }

    fn canvas(&mut self, ui: &mut Ui) -> UiResponse {
        let rect = ui.max_rect();
        self.views.shown.canvas = Some(rect);
        if self.views.focus == Some(Pane::Canvas) {
            ui.memory_mut(|memory| memory.request_focus(Canvas::id()));
        }
        let output = self.views.canvas.ui(ui, self.book, self.style, self.out);
        self.views.shown.link = output.link_anchor.or(self.views.shown.link);
        // The grip stands over the canvas, in the corner its tools leave free.
        let corner =
            Rect::from_min_size(rect.left_top() + egui::vec2(6.0, 6.0), egui::vec2(22.0, 22.0));
        let mut corner =
            ui.new_child(egui::UiBuilder::new().id_salt("canvas grip").max_rect(corner));
        self.grip(&mut corner, Pane::Canvas)
    }

    /// The grip of a pane: dragged, it moves the pane; clicked twice, it gives it the window.
    fn grip(&mut self, ui: &mut Ui, pane: Pane) -> UiResponse {
        let (response, twice) = grip(ui, self.style, pane);
        if twice {
            *self.maximise = Some(pane);
        }
        response
    }
}

impl egui_tiles::Behavior<Pane> for Drawing<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile: TileId, pane: &mut Pane) -> UiResponse {
        let ground = match pane {
            Pane::Lists => self.style.sidebar,
            Pane::Reader
            | Pane::Beside
            | Pane::Inspector
            | Pane::Review
            | Pane::Results
            | Pane::Suggestions
            | Pane::Table => self.style.surface,
            Pane::Canvas => self.style.canvas,
        };
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, ground);
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        // What lies over a pane is no part of it.
        let bare = |at: egui::Pos2| {
            let layer = ui.ctx().layer_id_at(at);
            layer.is_none_or(|layer| layer.order == egui::Order::Background)
        };
        if ui.input(|input| input.pointer.any_pressed())
            && let Some(at) = ui.input(|input| input.pointer.interact_pos())
            && rect.contains(at)
            && bare(at)
        {
            *self.active = *pane;
        }
        // Wherever the keyboard went, by a click or by Tab: the next pane is counted from there. Not while it is on
        // its way to another pane, and not for what lies over the panes.
        let here = |response: &egui::Response| {
            response.layer_id.order == egui::Order::Background
                && rect.contains(response.rect.center())
        };
        let focused = ui.memory(|memory| memory.focused());
        if self.views.focus.is_none()
            && focused.and_then(|id| ui.ctx().read_response(id)).is_some_and(|r| here(&r))
        {
            *self.active = *pane;
        }
        let focus = self.views.focus == Some(*pane);
        match pane {
            Pane::Reader => self.reader(ui, false),
            Pane::Beside => self.reader(ui, true),
            Pane::Canvas => self.canvas(ui),
            Pane::Lists => {
                if focus {
                    self.views.lists.focus();
                }
                let (mut response, mut twice) = (UiResponse::None, false);
                let style = self.style;
                self.views.lists.ui(ui, self.program, self.book, style, self.out, |ui| {
                    (response, twice) = grip(ui, style, Pane::Lists);
                });
                if twice {
                    *self.maximise = Some(Pane::Lists);
                }
                response
            }
            Pane::Inspector => {
                if focus {
                    self.views.inspector.focus();
                }
                // What it shows can be read; why nothing can be changed stands above the panes.
                ui.visuals_mut().disabled_alpha = 0.8;
                ui.add_enabled_ui(self.book.read_only().is_none(), |ui| {
                    self.views.inspector.ui(ui, self.program, self.book, self.style, self.out);
                });
                UiResponse::None
            }
            Pane::Review => {
                if focus {
                    self.views.review.focus();
                }
                let before = self.out.len();
                self.views.review.ui(ui, self.program, self.book, self.style, self.out);
                // What was chosen is shown where it is, and its details in the inspector.
                *self.inspect |= self.out.len() > before;
                UiResponse::None
            }
            Pane::Suggestions => {
                if focus {
                    self.views.suggestions.focus();
                }
                self.views.suggestions.ui(ui, self.program, self.book, self.style, self.out);
                UiResponse::None
            }
            Pane::Results => {
                if focus {
                    self.views.results.focus();
                }
                self.views.results.ui(ui, self.program, self.book, self.style, self.out);
                UiResponse::None
            }
            Pane::Table => {
                if focus {
                    self.views.table.focus();
                }
                let (mut response, mut twice) = (UiResponse::None, false);
                let style = self.style;
                self.views.table.ui(ui, self.program, self.book, style, self.out, |ui| {
                    (response, twice) = grip(ui, style, Pane::Table);
                });
                if twice {
                    *self.maximise = Some(Pane::Table);
                }
                response
            }
        }
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        match pane {
            Pane::Review => format!("Review {}", self.views.review.count(self.book)).into(),
            Pane::Results => self.views.results.title(self.book).into(),
            Pane::Suggestions => self.views.suggestions.title(self.book).into(),
            pane => pane.title().into(),
        }
    }

    fn tab_ui(
        &mut self,
        tiles: &mut Tiles<Pane>,
        ui: &mut Ui,
        id: egui::Id,
        tile_id: TileId,
        state: &egui_tiles::TabState,
    ) -> egui::Response {
        let title = self.tab_title_for_tile(tiles, tile_id);
        let size = tab_size(ui, self.style, title.text());
        let (_, rect) = ui.allocate_space(size);
        let response = ui
            .interact(rect, id, egui::Sense::click_and_drag())
            .on_hover_cursor(egui::CursorIcon::Grab);
        if response.double_clicked()
            && let Some(Tile::Pane(pane)) = tiles.get(tile_id)
        {
            *self.maximise = Some(*pane);
        }
        if !state.is_being_dragged {
            paint_tab(ui, self.style, rect, &response, title.text(), state.active);
        }
        self.on_tab_button(tiles, tile_id, response)
    }

    fn tab_bar_hline_stroke(&self, _visuals: &egui::Visuals) -> egui::Stroke {
        egui::Stroke::new(1.0, self.style.lines)
    }

    fn gap_width(&self, _style: &egui::Style) -> f32 {
        1.0
    }

    fn min_size(&self) -> f32 {
        140.0
    }

    fn tab_bar_height(&self, _style: &egui::Style) -> f32 {
        32.0
    }

    fn tab_bar_color(&self, _visuals: &egui::Visuals) -> egui::Color32 {
        self.style.sidebar
    }

    fn resize_stroke(&self, _style: &egui::Style, state: egui_tiles::ResizeState) -> egui::Stroke {
        match state {
            egui_tiles::ResizeState::Idle => egui::Stroke::NONE,
            egui_tiles::ResizeState::Hovering | egui_tiles::ResizeState::Dragging => {
                egui::Stroke::new(2.0, self.style.accent)
            }
        }
    }

    fn simplification_options(&self) -> egui_tiles::SimplificationOptions {
        egui_tiles::SimplificationOptions {
            prune_single_child_tabs: true,
            ..egui_tiles::SimplificationOptions::default()
        }
    }
}
