//! The panes and how they stand: lists, reader, canvas, inspector, review, tables. They can be resized, dragged elsewhere,
//! hidden and shown again.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Rect, Ui, WidgetText};
use egui_material_icons::icons::{ICON_DRAG_INDICATOR, ICON_FORMAT_SIZE};
use egui_tiles::{Container, Linear, LinearDir, TileId, Tiles, Tree, UiResponse};

use super::canvas::Canvas;
use super::inspector::Inspector;
use super::lists::Lists;
use super::look::Look;
use super::places::Places;
use super::reader::Reader;
use super::review::Review;
use super::suggestions::Suggestions;
use super::table::Table;
use super::widgets::icon_button;
use crate::app::{Book, Command, Effect, Intent, Pane, Program, Tool};
use crate::notebook::ArticleId;

/// Where things are on screen that overlays open beside.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shown {
    /// The words selected in the reader.
    pub words: Option<Rect>,
    /// The reader's pane.
    pub reader: Option<Rect>,
    /// The canvas's pane.
    pub canvas: Option<Rect>,
    /// Where on the canvas a link was dropped, or a new entity is wanted: on screen, and in canvas units.
    pub link: Option<(egui::Pos2, crate::graph::Point)>,
}

/// The panes.
pub struct Panes {
    tree: Tree<Pane>,
    views: Views,
    /// The pane that has the keyboard.
    active: Pane,
    /// Links without a sentence, and the revision they were counted at.
    without_sentence: (u64, usize),
}

struct Views {
    lists: Lists,
    readers: HashMap<ArticleId, Reader>,
    canvas: Canvas,
    inspector: Inspector,
    review: Review,
    places: Places,
    suggestions: Suggestions,
    table: Table,
    focus: Option<Pane>,
    /// The article whose reader had the keyboard last.
    read: Option<ArticleId>,
    /// The article in front in the last frame.
    front: Option<ArticleId>,
    shown: Shown,
}

impl Pane {
    const fn title(self) -> &'static str {
        match self {
            Self::Lists => "Lists",
            Self::Reader => "Article",
            Self::Beside => "Second article",
            Self::Canvas => "Canvas",
            Self::Inspector => "Inspector",
            Self::Review => "Review",
            Self::Places => "Places",
            Self::Suggestions => "Suggestions",
            Self::Table => "Tables",
        }
    }
}

const ORDER: [Pane; 9] = [
    Pane::Lists,
    Pane::Reader,
    Pane::Beside,
    Pane::Canvas,
    Pane::Inspector,
    Pane::Review,
    Pane::Places,
    Pane::Suggestions,
    Pane::Table,
];

fn first_tree() -> Tree<Pane> {
    let mut tiles = Tiles::default();
    let [lists, reader, beside, canvas, inspector, review, places, suggestions, table] =
        ORDER.map(|pane| tiles.insert_pane(pane));
    let details = tiles.insert_tab_tile(vec![inspector, review, places, suggestions]);
    let mut right = Linear::new(LinearDir::Vertical, vec![canvas, details]);
    right.shares.set_share(canvas, 0.54);
    right.shares.set_share(details, 0.46);
    let right = tiles.insert_container(Container::Linear(right));
    let mut all = Linear::new(LinearDir::Horizontal, vec![lists, reader, beside, right]);
    all.shares.set_share(lists, 0.18);
    all.shares.set_share(reader, 0.42);
    all.shares.set_share(beside, 0.36);
    all.shares.set_share(right, 0.40);
    let all = tiles.insert_container(Container::Linear(all));
    // The tables want the whole width. They are there when they are asked for.
    let mut root = Linear::new(LinearDir::Vertical, vec![all, table]);
    root.shares.set_share(all, 0.66);
    root.shares.set_share(table, 0.34);
    let root = tiles.insert_container(Container::Linear(root));
    tiles.set_visible(table, false);
    Tree::new(egui::Id::unique("panes"), root, tiles)
}

impl Panes {
    /// The panes as they stand at first.
    #[must_use]
    pub fn new() -> Self {
        Self {
            tree: first_tree(),
            views: Views {
                lists: Lists::new(),
                readers: HashMap::new(),
                canvas: Canvas::new(),
                inspector: Inspector::new(),
                review: Review::new(),
                places: Places::new(),
                suggestions: Suggestions::new(),
                table: Table::new(),
                focus: None,
                read: None,
                front: None,
                shown: Shown::default(),
            },
            active: Pane::Reader,
            without_sentence: (0, 0),
        }
    }

    /// Draws the panes.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &Book,
        look: &Look,
        out: &mut Vec<Intent>,
    ) -> Shown {
        // What opened at a place of the canvas stays there as long as it is open.
        let link = self.views.shown.link.filter(|_| !matches!(book.tool(), Tool::None));
        self.views.shown = Shown { link, ..Shown::default() };
        self.views.readers.retain(|id, _| book.notebook().article(*id).is_some());
        if let Some(beside) = self.tile(Pane::Beside) {
            self.tree.set_visible(beside, book.is_side_by_side());
        }
        if self.active == Pane::Beside && !book.is_side_by_side() {
            self.active = Pane::Reader;
        }
        // The keyboard goes along when the other of two articles comes to the front.
        let front = book.article();
        if front != self.views.front && self.views.read.is_some() && book.is_side_by_side() {
            let second = book.article_in(true) == front;
            if matches!(self.active, Pane::Reader | Pane::Beside) {
                self.focus(if second { Pane::Beside } else { Pane::Reader });
            }
        }
        self.views.front = front;
        let mut drawing =
            Drawing { program, book, look, out, views: &mut self.views, active: &mut self.active };
        egui::CentralPanel::default().frame(egui::Frame::new().fill(look.lines)).show(ui, |ui| {
            self.tree.ui(&mut drawing, ui);
            super::splitters::tell(ui, &mut self.tree, look, Pane::title);
        });
        self.views.focus = None;
        self.views.shown
    }

    /// How many things are open in the notebook.
    pub fn open_count(&mut self, book: &Book) -> usize {
        self.views.review.count(book)
    }

    /// How many links have no sentence.
    pub fn links_without_sentence(&mut self, book: &Book) -> usize {
        let revision = book.notebook().revision();
        if self.without_sentence.0 != revision {
            let links = book.notebook().links().values();
            self.without_sentence =
                (revision, links.filter(|link| link.evidence.is_empty()).count());
        }
        self.without_sentence.1
    }

    /// Carries out what the program asks of the panes.
    pub fn carry_out(&mut self, effect: &Effect) {
        match effect {
            Effect::Fit => self.views.canvas.fit(),
            Effect::StepView(by) => self.views.canvas.step(*by),
            Effect::WriteOn(what) => self.views.canvas.write_on(*what),
            Effect::TogglePane(pane) => {
                if let Some(tile) = self.tile(*pane) {
                    let visible = self.tree.is_visible(tile);
                    self.tree.set_visible(tile, !visible);
                    // Who asks for the tables wants to work in them; who hides them, goes on where they were.
                    if *pane == Pane::Table && visible {
                        self.take_keyboard_back();
                    } else if *pane == Pane::Table {
                        self.focus(Pane::Table);
                    }
                }
            }
            Effect::ShowPane(Pane::Beside) => {}
            Effect::ShowPane(pane) => self.bring_forward(*pane),
            Effect::ResetPanes => self.tree = first_tree(),
            Effect::StepPane(by) => {
                let now = ORDER.iter().position(|pane| *pane == self.active).unwrap_or(0) as i32;
                // A pane behind another one's tab cannot take the keyboard.
                let in_front = self.tree.active_tiles();
                let mut next = now;
                for _ in 0..ORDER.len() {
                    next = (next + by).rem_euclid(ORDER.len() as i32);
                    let pane = ORDER[next as usize];
                    if self.tile(pane).is_some_and(|tile| in_front.contains(&tile)) {
                        self.focus(pane);
                        break;
                    }
                }
            }
            Effect::FocusPane(pane) => {
                self.bring_forward(*pane);
                self.focus(*pane);
            }
            Effect::FocusName => {
                self.bring_forward(Pane::Inspector);
                self.views.inspector.focus_name();
            }
            _ => {}
        }
    }

    /// What was open over the panes is closed: the keyboard goes back to the reader or the canvas.
    pub fn take_keyboard_back(&mut self) {
        let pane = match self.active {
            pane @ (Pane::Canvas | Pane::Beside) => pane,
            _ => Pane::Reader,
        };
        self.focus(pane);
    }

    fn focus(&mut self, pane: Pane) {
        self.active = pane;
        self.views.focus = Some(pane);
    }

    fn bring_forward(&mut self, pane: Pane) {
        if let Some(tile) = self.tile(pane) {
            self.tree.set_visible(tile, true);
            self.tree.make_active(|id, _| id == tile);
        }
    }

    fn tile(&self, pane: Pane) -> Option<TileId> {
        self.tree.tiles.find_pane(&pane)
    }
}

struct Drawing<'a> {
    program: &'a Program,
    book: &'a Book,
    look: &'a Look,
    out: &'a mut Vec<Intent>,
    views: &'a mut Views,
    active: &'a mut Pane,
}

impl Drawing<'_> {
    /// The reader, or the second one beside it.
    fn reader(&mut self, ui: &mut Ui, second: bool) -> UiResponse {
        let pane = if second { Pane::Beside } else { Pane::Reader };
        let shown = self.book.article_in(second);
        let in_front = shown == self.book.article();
        let response = self.article_tabs(ui, pane, shown);
        if in_front {
            self.views.shown.reader = Some(ui.max_rect());
        }
        let Some(article) = shown else {
            super::welcome::no_article(ui, self.look, self.out);
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
        let output = reader.ui(ui, self.book, article, self.look, self.out);
        if in_front {
            self.views.shown.words = output.selection_rect;
        }
        // What has the keyboard is in front: that is where commands tag.
        if output.has_focus && self.views.read != Some(article) {
            self.views.read = Some(article);
            if !in_front {
                self.out.push(Intent::ShowArticle(article));
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
                    .fill(self.look.surface)
                    .inner_margin(egui::Margin::symmetric(8, 0)),
            )
            .show(ui, |ui| {
                let all = egui::Layout::right_to_left(egui::Align::Center);
                ui.with_layout(all, |ui| {
                    let name = Command::TextPanel.hint();
                    if icon_button(ui, self.look, ICON_FORMAT_SIZE, name).clicked() {
                        self.out.push(Intent::Run(Command::TextPanel));
                    }
                    let rest = egui::Layout::left_to_right(egui::Align::Center);
                    ui.with_layout(rest, |ui| {
                        response = grip(ui, self.look, pane);
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
        for id in notebook.articles_in_order() {
            let Some(article) = notebook.article(id) else { continue };
            let tab = tab(ui, self.look, &article.about.title, shown == Some(id));
            let show = Intent::ShowArticleIn(id, pane == Pane::Beside);
            if tab.clicked() {
                self.out.push(show.clone());
            }
            tab.context_menu(|ui| {
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
            .on_hover_text(super::widgets::command_tip(Command::Open));
        add.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Add an article"));
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
        let output = self.views.canvas.ui(ui, self.book, self.look, self.out);
        self.views.shown.link = output.link_anchor.or(self.views.shown.link);
        // The grip stands over the canvas, in the corner its tools leave free.
        let corner =
            Rect::from_min_size(rect.left_top() + egui::vec2(6.0, 6.0), egui::vec2(22.0, 22.0));
        let mut corner =
            ui.new_child(egui::UiBuilder::new().id_salt("canvas grip").max_rect(corner));
        grip(&mut corner, self.look, Pane::Canvas)
    }
}

impl egui_tiles::Behavior<Pane> for Drawing<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile: TileId, pane: &mut Pane) -> UiResponse {
        let ground = match pane {
            Pane::Lists => self.look.sidebar,
            Pane::Reader
            | Pane::Beside
            | Pane::Inspector
            | Pane::Review
            | Pane::Places
            | Pane::Suggestions
            | Pane::Table => self.look.surface,
            Pane::Canvas => self.look.canvas,
        };
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, ground);
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        if ui.input(|input| input.pointer.any_pressed())
            && ui.input(|i| i.pointer.interact_pos()).is_some_and(|at| rect.contains(at))
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
                let mut response = UiResponse::None;
                let look = self.look;
                self.views.lists.ui(ui, self.program, self.book, look, self.out, |ui| {
                    response = grip(ui, look, Pane::Lists);
                });
                response
            }
            Pane::Inspector => {
                if focus {
                    self.views.inspector.focus();
                }
                // What it shows can be read; why nothing can be changed stands above the panes.
                ui.visuals_mut().disabled_alpha = 0.8;
                ui.add_enabled_ui(self.book.read_only().is_none(), |ui| {
                    self.views.inspector.ui(ui, self.program, self.book, self.look, self.out);
                });
                UiResponse::None
            }
            Pane::Review => {
                if focus {
                    self.views.review.focus();
                }
                self.views.review.ui(ui, self.program, self.book, self.look, self.out);
                UiResponse::None
            }
            Pane::Suggestions => {
                if focus {
                    self.views.suggestions.focus();
                }
                self.views.suggestions.ui(ui, self.program, self.book, self.look, self.out);
                UiResponse::None
            }
            Pane::Places => {
                if focus {
                    self.views.places.focus();
                }
                self.views.places.ui(ui, self.program, self.book, self.look, self.out);
                UiResponse::None
            }
            Pane::Table => {
                if focus {
                    self.views.table.focus();
                }
                let mut response = UiResponse::None;
                let look = self.look;
                self.views.table.ui(ui, self.program, self.book, look, self.out, |ui| {
                    response = grip(ui, look, Pane::Table);
                });
                response
            }
        }
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        match pane {
            Pane::Review => format!("Review {}", self.views.review.count(self.book)).into(),
            Pane::Places => self.views.places.title(self.book).into(),
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
        let size = tab_size(ui, self.look, title.text());
        let (_, rect) = ui.allocate_space(size);
        let response = ui
            .interact(rect, id, egui::Sense::click_and_drag())
            .on_hover_cursor(egui::CursorIcon::Grab);
        if !state.is_being_dragged {
            paint_tab(ui, self.look, rect, &response, title.text(), state.active);
        }
        self.on_tab_button(tiles, tile_id, response)
    }

    fn tab_bar_hline_stroke(&self, _visuals: &egui::Visuals) -> egui::Stroke {
        egui::Stroke::new(1.0, self.look.lines)
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
        self.look.sidebar
    }

    fn resize_stroke(&self, _style: &egui::Style, state: egui_tiles::ResizeState) -> egui::Stroke {
        match state {
            egui_tiles::ResizeState::Idle => egui::Stroke::NONE,
            egui_tiles::ResizeState::Hovering | egui_tiles::ResizeState::Dragging => {
                egui::Stroke::new(2.0, self.look.accent)
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

/// The grip that drags a pane elsewhere.
fn grip(ui: &mut Ui, look: &Look, pane: Pane) -> UiResponse {
    let label = egui::Label::new(
        egui::RichText::new(ICON_DRAG_INDICATOR.codepoint).color(look.muted).size(15.0),
    )
    .sense(egui::Sense::drag());
    let response = ui
        .add(label)
        .on_hover_cursor(egui::CursorIcon::Grab)
        .on_hover_text("Drag to move this pane");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(
            egui::Role::Unknown,
            true,
            format!("Move the pane {}", pane.title()),
        )
    });
    if response.drag_started() { UiResponse::DragStarted } else { UiResponse::None }
}

/// A tab: the title, and the red thread under the one in front.
fn tab(ui: &mut Ui, look: &Look, title: &str, here: bool) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(tab_size(ui, look, title), egui::Sense::click());
    paint_tab(ui, look, rect, &response, title, here);
    response.on_hover_text(crate::text::shown_name(title))
}

/// The title of a tab, cut where it is long.
fn tab_title(ui: &Ui, look: &Look, title: &str, colour: egui::Color32) -> Arc<egui::Galley> {
    let font = egui::FontId::new(14.0, look.sans.clone());
    let mut job = egui::text::LayoutJob::simple_singleline(
        crate::text::shown_name(title).into_owned(),
        font,
        colour,
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(220.0);
    ui.ctx().fonts_mut(|fonts| fonts.layout_job(job))
}

fn tab_size(ui: &Ui, look: &Look, title: &str) -> egui::Vec2 {
    let width = tab_title(ui, look, title, look.ink).size().x;
    egui::vec2(width + 20.0, ui.available_height())
}

fn paint_tab(ui: &Ui, look: &Look, rect: Rect, response: &egui::Response, title: &str, here: bool) {
    let colour = if here { look.ink } else { look.muted };
    let galley = tab_title(ui, look, title, colour);
    if response.hovered() && !here {
        ui.painter().rect_filled(rect, 0.0, look.hovered);
    }
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, colour);
    if here || response.has_focus() {
        let line =
            Rect::from_min_max(rect.left_bottom() - egui::vec2(0.0, 2.0), rect.right_bottom());
        ui.painter().rect_filled(line, 0.0, if here { look.accent } else { look.muted });
    }
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, here, title));
}

impl Default for Panes {
    fn default() -> Self {
        Self::new()
    }
}
