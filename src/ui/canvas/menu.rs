//! What opens over the canvas: the tools in the corner and the menu of the right button.

use egui::{Align, Button, Layout, Rect, RichText, Ui, UiBuilder, Vec2};

use super::Canvas;
use super::pointer::{go_to_evidence, run};
use super::preview_bar::arrange_menu;
use crate::app::{Book, Command, Intent, LinkDraft};
use crate::graph::Point;
use crate::notebook::{EntityId, LinkId};
use crate::ui::look::Look;

/// What the menu was opened on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum On {
    /// The ground.
    #[default]
    Nothing,
    /// An entity.
    Entity(EntityId),
    /// A link.
    Link(LinkId),
}

fn item(ui: &mut Ui, text: &str, shortcut: Option<String>, hint: &str) -> bool {
    let mut button = Button::new(text);
    if let Some(shortcut) = shortcut {
        button = button.shortcut_text(shortcut);
    }
    ui.add(button).on_hover_text(hint).clicked()
}

pub(super) fn command(ui: &mut Ui, command: Command, out: &mut Vec<Intent>) {
    if item(ui, command.text(), command.shortcut().map(|key| key.text()), command.hint()) {
        out.push(run(command));
        ui.close();
    }
}

impl Canvas {
    /// The menu; where on the canvas a new entity is wanted.
    pub(super) fn context_menu(
        &self,
        ui: &mut Ui,
        book: &Book,
        out: &mut Vec<Intent>,
    ) -> Option<Point> {
        let mut new_here = None;
        ui.set_min_width(200.0);
        match self.menu {
            On::Entity(id) if book.notebook().entity(id).is_some() => {
                if item(
                    ui,
                    "Show its mentions",
                    Some("Enter".to_owned()),
                    "Go to its first mention in the text",
                ) {
                    out.push(Intent::ShowMentions(id));
                    ui.close();
                }
                if item(ui, "Link to…", Some("L".to_owned()), "Link it to another entity") {
                    out.push(Intent::StartLink(LinkDraft::from(id)));
                    ui.close();
                }
                ui.separator();
                for entry in [Command::Rename, Command::Merge, Command::TagTheRest] {
                    command(ui, entry, out);
                }
                ui.separator();
                let focus = [Command::FocusOne, Command::FocusTwo, Command::FocusThree];
                for entry in focus {
                    command(ui, entry, out);
                }
                if book.selection().pair().is_some() {
                    command(ui, Command::ShowPaths, out);
                }
                ui.separator();
                if book.selection().entities.len() > 1 {
                    command(ui, Command::ArrangeSelection, out);
                }
                for entry in [Command::ToggleToCheck, Command::TogglePin, Command::Delete] {
                    command(ui, entry, out);
                }
            }
            On::Link(id) if book.notebook().link(id).is_some() => {
                if let Some(go) = go_to_evidence(book, id)
                    && item(
                        ui,
                        "Go to its sentence",
                        Some("Enter".to_owned()),
                        "Show the sentence that supports it",
                    )
                {
                    out.push(go);
                    ui.close();
                }
                for entry in [Command::AddEvidence, Command::ReverseLink] {
                    command(ui, entry, out);
                }
                ui.separator();
                for entry in [Command::ToggleToCheck, Command::Delete] {
                    command(ui, entry, out);
                }
            }
            _ => {
                let hint = "Put a new entity here, or one that exists";
                if item(ui, "New entity here…", Some("double-click".to_owned()), hint) {
                    out.push(Intent::PutHere(self.menu_at.x, self.menu_at.y));
                    new_here = Some(self.menu_at);
                    ui.close();
                }
                ui.separator();
                let ways = [Command::FindOnCanvas, Command::ToggleFilter];
                for entry in [Command::Fit, Command::Arrange].into_iter().chain(ways) {
                    command(ui, entry, out);
                }
                if !self.scene.nodes.is_empty()
                    && item(
                        ui,
                        "Select all entities",
                        Some("Ctrl+A".to_owned()),
                        "Select every entity on the canvas",
                    )
                {
                    out.push(Intent::Select(self.everything()));
                    ui.close();
                }
                ui.separator();
                for entry in [Command::Undo, Command::Redo] {
                    command(ui, entry, out);
                }
            }
        }
        new_here
    }

    /// The tools in the upper right corner: zoom, fit, arrange.
    pub(super) fn tools(
        &mut self,
        ui: &mut Ui,
        pane: Rect,
        look: &Look,
        book: &Book,
        out: &mut Vec<Intent>,
    ) {
        self.tools = None;
        self.over.clear();
        if pane.width() < 260.0 || pane.height() < 120.0 || book.notebook().nodes().is_empty() {
            return;
        }
        let time = ui.input(|input| input.time);
        let corner = Rect::from_min_max(
            pane.left_top() + Vec2::splat(10.0),
            pane.right_top() + Vec2::new(-12.0, 46.0),
        );
        let mut child = ui.new_child(
            UiBuilder::new()
                .id_salt("canvas tools")
                .max_rect(corner)
                .layout(Layout::right_to_left(Align::Min)),
        );
        let frame = egui::Frame::new()
            .fill(look.surface)
            .stroke(egui::Stroke::new(1.0, look.lines))
            .corner_radius(8.0)
            .inner_margin(egui::Margin::symmetric(4, 3));
        let shown = frame.show(&mut child, |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let tool = |ui: &mut Ui, text: &str, name: &str, hint: String| {
                let button = Button::new(RichText::new(text).size(13.0)).frame_when_inactive(false);
                let response = ui.add(button).on_hover_text(hint);
                response.clone().accessible_name(name);
                response.clicked()
            };
            let hint = |command: Command| match command.shortcut() {
                Some(key) => format!("{} ({})", command.hint(), key.text()),
                None => command.hint().to_owned(),
            };
            arrange_menu(ui, book, out);
            if tool(ui, "Arrange", "Arrange the canvas", hint(Command::Arrange)) {
                out.push(run(Command::Arrange));
            }
            if tool(ui, "Fit", "Fit the canvas", hint(Command::Fit)) {
                out.push(run(Command::Fit));
            }
            let filter = hint(Command::ToggleFilter);
            let text = match book.ways().filter().count() {
                0 => "Filter".to_owned(),
                on => format!("Filter · {on}"),
            };
            if tool(ui, &text, "Filter the canvas", filter) {
                out.push(run(Command::ToggleFilter));
            }
            if tool(ui, "+", "Zoom in", "Larger (+)".to_owned()) {
                self.zoom_in_the_middle(pane, 1.25, time);
            }
            let percent = self.view.percent();
            if tool(ui, &percent, "Zoom to 100 %", "Back to 100 %".to_owned()) {
                let by = 1.0 / self.view.zoom;
                self.zoom_in_the_middle(pane, by, time);
            }
            if tool(ui, "−", "Zoom out", "Smaller (-)".to_owned()) {
                self.zoom_in_the_middle(pane, 0.8, time);
            }
        });
        self.tools = Some(shown.response.rect);
    }
}
