//! What opens over the canvas: the tools in the corner, the menu of the right button, and the hint that says what
//! a link says and in which sentence.

use egui::{
    Align, Button, Layout, PopupAnchor, Rect, Response, RichText, Tooltip, Ui, UiBuilder, Vec2,
};

use super::Canvas;
use super::access::{link_remarks, link_sentence};
use super::pointer::{Gesture, go_to_evidence, run};
use crate::app::{Book, Command, Intent, LinkDraft, Selection};
use crate::notebook::{EntityId, LinkId};
use crate::ui::look::Look;

/// How long the pointer rests before the hint appears, in seconds.
const PATIENCE: f64 = 0.6;
/// A sentence longer than this many characters is cut in the hint.
const LONGEST: usize = 280;

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

fn command(ui: &mut Ui, command: Command, out: &mut Vec<Intent>) {
    if item(ui, command.text(), command.shortcut().map(|key| key.text()), command.hint()) {
        out.push(run(command));
        ui.close();
    }
}

impl Canvas {
    pub(super) fn context_menu(&self, ui: &mut Ui, book: &Book, out: &mut Vec<Intent>) {
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
                for entry in [Command::Fit, Command::Arrange] {
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
                    let entities = self.scene.nodes.iter().map(|node| node.id).collect();
                    out.push(Intent::Select(Selection { entities, ..Selection::none() }));
                    ui.close();
                }
                ui.separator();
                for entry in [Command::Undo, Command::Redo] {
                    command(ui, entry, out);
                }
            }
        }
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
            if tool(ui, "Arrange", "Arrange the canvas", hint(Command::Arrange)) {
                out.push(run(Command::Arrange));
            }
            if tool(ui, "Fit", "Fit the canvas", hint(Command::Fit)) {
                out.push(run(Command::Fit));
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

    /// The hint at the pointer: what a link says and its first sentence; a node's name and numbers.
    pub(super) fn tooltip(
        &self,
        ui: &Ui,
        response: &Response,
        book: &Book,
        look: &Look,
        time: f64,
    ) {
        let hover = self.hover;
        if (hover.node.is_none() && hover.link.is_none())
            || !matches!(self.gesture, Gesture::None)
            || response.context_menu_opened()
            || ui.input(|input| input.pointer.any_down())
        {
            return;
        }
        let waited = time - hover.since;
        if waited < PATIENCE {
            let left = std::time::Duration::from_secs_f64((PATIENCE - waited).max(0.01));
            ui.ctx().request_repaint_after(left);
            return;
        }
        // Under a node, so that its name stays in sight; at the pointer for a link, which may be long.
        let node = hover.node.and_then(|number| self.scene.nodes.get(number as usize));
        let anchor = match node {
            Some(node) => {
                PopupAnchor::ParentRect(self.view.screen_rect(response.rect, node.rect()))
            }
            None => PopupAnchor::Pointer,
        };
        let tip = Tooltip::always_open(
            ui.ctx().clone(),
            response.layer_id,
            response.id.with("hint"),
            anchor,
        )
        .gap(if node.is_some() { 7.0 } else { 14.0 });
        tip.show(|ui| {
            ui.set_max_width(340.0);
            if let Some(number) = hover.link {
                self.link_hint(ui, number, book, look);
            } else if let Some(number) = hover.node {
                self.node_hint(ui, number, book, look);
            }
        });
    }

    fn link_hint(&self, ui: &mut Ui, number: u32, book: &Book, look: &Look) {
        let Some(link) = self.scene.links.get(number as usize) else { return };
        ui.label(RichText::new(link_sentence(book, link)).strong());
        let remarks = RichText::new(link_remarks(link)).small();
        ui.label(remarks.color(if link.is_bare() { look.accent } else { look.muted }));
        let notebook = book.notebook();
        let first = link.link.evidence.first().and_then(|e| notebook.evidence_anchor(e));
        if let Some(anchor) = first {
            let words = shorten(notebook.words(anchor));
            ui.label(
                RichText::new(format!("“{words}”")).family(look.serif.clone()).color(look.ink),
            );
            let more = link.link.evidence.len() - 1;
            let also = if more > 0 { format!("and {more} more · ") } else { String::new() };
            ui.label(
                RichText::new(format!("{also}Enter or a double click goes there"))
                    .small()
                    .color(look.muted),
            );
        }
    }

    fn node_hint(&self, ui: &mut Ui, number: u32, book: &Book, look: &Look) {
        let Some(node) = self.scene.nodes.get(number as usize) else { return };
        ui.label(RichText::new(&node.entity.name).strong());
        let count = |number: usize, one: &str| match number {
            1 => format!("1 {one}"),
            more => format!("{more} {one}s"),
        };
        let mut parts = vec![
            node.kind.word().to_owned(),
            count(book.notebook().mention_count_of(node.id), "mention"),
            count(node.degree as usize, "link"),
        ];
        if node.entity.is_anonymous() {
            parts.insert(1, "anonymous".to_owned());
        }
        if node.entity.to_check {
            parts.push("to check".to_owned());
        }
        if node.pinned {
            parts.push("pinned".to_owned());
        }
        ui.label(RichText::new(parts.join(" · ")).small().color(look.muted));
    }
}

/// A text's beginning, on one line.
fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.split_whitespace().collect::<Vec<_>>().join(" ")
}
