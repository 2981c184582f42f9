//! What opens over the canvas: the tools in the corner and the menu of the right button.

use egui::{Align, Button, Layout, Rect, RichText, Ui, UiBuilder, Vec2};

use super::Canvas;
use super::click::{On, go_to_evidence, run};
use crate::app::{
    ChartingIntent, Command, Intent, LinkDraft, OnCanvas, OpenNotebook, ReadingIntent,
    SessionIntent,
};
use crate::edit::{CardFields, Edit, GroupFields, Ref};
use crate::graph::Point;
use crate::notebook::Hue;
use crate::ui::theme::Style;

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

/// Draws the small button beside “Arrange” with the other layouts, for all and for what is selected.
fn arrange_menu(ui: &mut Ui, book: &OpenNotebook, out: &mut Vec<Intent>) {
    let more = RichText::new("…").size(13.0);
    let button = Button::new(more).frame_when_inactive(false);
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(230.0);
        let all = [
            Command::Arrange,
            Command::ArrangeLayered,
            Command::ArrangeCircular,
            Command::ArrangeGrid,
        ];
        for entry in all {
            command(ui, entry, out);
        }
        if book.selection().entities.len() < 2 {
            return;
        }
        ui.separator();
        let selection = [
            Command::ArrangeSelection,
            Command::ArrangeSelectionLayered,
            Command::ArrangeSelectionCircular,
            Command::ArrangeSelectionGrid,
        ];
        for entry in selection {
            command(ui, entry, out);
        }
    });
    let response = response.on_hover_text("Other layouts, and layouts of the selection");
    response.accessible_name("Layouts");
}

/// The menu of a group or a note card.
fn part_menu(ui: &mut Ui, book: &OpenNotebook, part: OnCanvas, out: &mut Vec<Intent>) {
    let (text, hint) = match part {
        OnCanvas::Card(_) => ("Edit text", "Edit the text of the note card"),
        _ => ("Rename", "Rename the group"),
    };
    if item(ui, text, Command::Rename.shortcut().map(|key| key.text()), hint) {
        out.push(Intent::Charting(ChartingIntent::WriteOn(part)));
        ui.close();
    }
    let now = hue_of(book, part);
    ui.menu_button("Colour", |ui| {
        for hue in Hue::ALL {
            let mark = if now == Some(hue) { "✔ " } else { "     " };
            if ui.button(format!("{mark}{}", hue.label())).clicked() {
                out.push(Intent::Session(SessionIntent::Edit(coloured(part, hue))));
                ui.close();
            }
        }
    });
    ui.separator();
    if matches!(part, OnCanvas::Group(_)) {
        command(ui, Command::ToggleFold, out);
        command(ui, Command::SelectGroup, out);
        if !book.selection().entities.is_empty() {
            command(ui, Command::AddToGroup, out);
        }
        for entry in [Command::FocusOne, Command::Copy, Command::Ungroup] {
            command(ui, entry, out);
        }
    } else {
        for entry in [Command::Copy, Command::Cut, Command::Delete] {
            command(ui, entry, out);
        }
    }
}

/// The colour of a group or a note card.
fn hue_of(book: &OpenNotebook, part: OnCanvas) -> Option<Hue> {
    let notebook = book.notebook();
    match part {
        OnCanvas::Group(id) => notebook.groups().get(&id).map(|group| group.hue),
        OnCanvas::Card(id) => notebook.cards().get(&id).map(|card| card.hue),
        OnCanvas::Entity(_) => None,
    }
}

/// The edit that gives a group or a note card a colour.
pub fn coloured(part: OnCanvas, hue: Hue) -> Edit {
    match part {
        OnCanvas::Group(id) => {
            let with = GroupFields { hue: Some(hue), ..GroupFields::default() };
            Edit::SetGroup { group: Ref::Id(id), with }
        }
        OnCanvas::Card(id) => {
            let with = CardFields { hue: Some(hue), ..CardFields::default() };
            Edit::SetCard { card: Ref::Id(id), with }
        }
        OnCanvas::Entity(id) => Edit::SetEntity { entity: Ref::Id(id), with: Box::default() },
    }
}

/// In a pane narrower than this there is no room for the buttons that zoom, in points.
const NARROW: f32 = 380.0;

impl Canvas {
    /// The menu; where on the canvas a new entity is wanted.
    pub(super) fn context_menu(
        &self,
        ui: &mut Ui,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) -> Option<Point> {
        let mut new_here = None;
        ui.set_min_width(200.0);
        match self.menu {
            On::Entity(id) if book.notebook().entity(id).is_some() => {
                if item(
                    ui,
                    "Show mentions",
                    Some("Enter".to_owned()),
                    "Go to the first mention in the text",
                ) {
                    out.push(Intent::Reading(ReadingIntent::ShowMentions(id)));
                    ui.close();
                }
                let key = Command::Link.shortcut().map(|key| key.text());
                if item(ui, "Link to…", key, "Link to another entity") {
                    out.push(Intent::Charting(ChartingIntent::StartLink(LinkDraft::from(id))));
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
                command(ui, Command::GroupSelection, out);
                if book.is_in_a_group() {
                    command(ui, Command::TakeOutOfGroup, out);
                    command(ui, Command::ToggleFold, out);
                } else if !book.notebook().groups().is_empty() {
                    command(ui, Command::AddToGroup, out);
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
                        "Go to evidence",
                        Some("Enter".to_owned()),
                        "Show the words that support this link",
                    )
                {
                    out.push(go);
                    ui.close();
                }
                for entry in [Command::AddEvidence, Command::ReverseLink] {
                    command(ui, entry, out);
                }
                if book.quoted().is_some() {
                    for entry in [Command::CopyCited, Command::CopyCitedMarkdown] {
                        command(ui, entry, out);
                    }
                }
                ui.separator();
                for entry in [Command::ToggleToCheck, Command::Delete] {
                    command(ui, entry, out);
                }
            }
            On::Part(part) if hue_of(book, part).is_some() => {
                part_menu(ui, book, part, out);
            }
            _ => {
                let hint = "Add a new or existing entity here";
                if item(ui, "New entity here…", Some("double-click".to_owned()), hint) {
                    out.push(Intent::Charting(ChartingIntent::PutHere(
                        self.menu_at.x,
                        self.menu_at.y,
                    )));
                    new_here = Some(self.menu_at);
                    ui.close();
                }
                let hint = "Add a note card here";
                if item(ui, "New note card here", None, hint) {
                    out.push(Intent::Charting(ChartingIntent::PutCard(
                        self.menu_at.x,
                        self.menu_at.y,
                    )));
                    ui.close();
                }
                ui.separator();
                let ways = [Command::FindOnCanvas, Command::ToggleFilter, Command::ToggleLegend];
                for entry in [Command::Fit, Command::Arrange].into_iter().chain(ways) {
                    command(ui, entry, out);
                }
                command(ui, Command::SelectAll, out);
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
        style: &Style,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        self.tools = None;
        self.over.clear();
        if pane.width() < 260.0 || pane.height() < 120.0 {
            return;
        }
        if book.notebook().nodes().is_empty() && book.notebook().cards().is_empty() {
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
            .fill(style.surface)
            .stroke(egui::Stroke::new(1.0, style.lines))
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
            let hint = Command::hint_with_key;
            arrange_menu(ui, book, out);
            if tool(ui, "Arrange", "Arrange the canvas", hint(Command::Arrange)) {
                out.push(run(Command::Arrange));
            }
            if tool(ui, "Fit", "Fit the canvas", hint(Command::Fit)) {
                out.push(run(Command::Fit));
            }
            let filter = hint(Command::ToggleFilter);
            let text = match book.exploration().filter().count() {
                0 => "Filter".to_owned(),
                on => format!("Filter · {on}"),
            };
            if tool(ui, &text, "Filter the canvas", filter) {
                out.push(run(Command::ToggleFilter));
            }
            // In a narrow pane the wheel and the keys zoom: what is left of the tools is whole.
            if pane.width() < NARROW {
                return;
            }
            if tool(ui, "+", "Zoom in", "Zoom in (+)".to_owned()) {
                self.zoom_in_the_middle(pane, 1.25, time);
            }
            let percent = self.view.percent();
            if tool(ui, &percent, "Zoom to 100%", "Zoom to 100%".to_owned()) {
                let by = 1.0 / self.view.zoom;
                self.zoom_in_the_middle(pane, by, time);
            }
            if tool(ui, "−", "Zoom out", "Zoom out (−)".to_owned()) {
                self.zoom_in_the_middle(pane, 0.8, time);
            }
        });
        self.tools = Some(shown.response.rect);
    }
}
