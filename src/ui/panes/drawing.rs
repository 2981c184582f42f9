//! How panes share the window, and what is drawn in each.

use egui::{Ui, WidgetText};
use egui_tiles::{Tile, TileId, Tiles, UiResponse};

use super::tab::{paint_tab, tab_size};
use super::{PaneFrame, Shown, Views};
use crate::app::{Intent, OpenNotebook, Pane, Program};
use crate::ui::theme::Style;

/// One frame of the panes.
pub(super) struct Drawing<'a> {
    pub program: &'a Program,
    pub book: &'a OpenNotebook,
    pub style: &'a Style,
    pub out: &'a mut Vec<Intent>,
    pub views: &'a mut Views,
    pub shown: &'a mut Shown,
    /// The pane that is given the keyboard.
    pub focus: Option<Pane>,
    pub active: &'a mut Pane,
    /// See [`PaneFrame::maximise`].
    pub maximise: &'a mut Option<Pane>,
    /// See [`PaneFrame::inspect`].
    pub inspect: &'a mut bool,
}

impl egui_tiles::Behavior<Pane> for Drawing<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _tile: TileId, pane: &mut Pane) -> UiResponse {
        let Some(view) = self.views.of(*pane) else { return UiResponse::None };
        let ground = view.background(self.style);
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
        if self.focus.is_none()
            && focused.and_then(|id| ui.ctx().read_response(id)).is_some_and(|r| here(&r))
        {
            *self.active = *pane;
        }
        let mut frame = PaneFrame {
            pane: *pane,
            program: self.program,
            book: self.book,
            style: self.style,
            out: self.out,
            shown: self.shown,
            takes_keyboard: self.focus == Some(*pane),
            inspect: self.inspect,
            maximise: self.maximise,
            dragged: UiResponse::None,
        };
        view.show(ui, &mut frame);
        frame.dragged
    }

    fn tab_title_for_pane(&mut self, pane: &Pane) -> WidgetText {
        match self.views.of(*pane) {
            Some(view) => view.title(*pane, self.book).into(),
            None => pane.title().into(),
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
        // What is behind the tabs moves all of them.
        let behind = ui.scope_id().with("background");
        if ui.ctx().read_response(behind).is_some() {
            ui.ctx().accesskit_node_builder(behind, |node| node.set_label("Move these panes"));
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
