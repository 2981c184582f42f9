//! The panes and how they stand: lists, reader, canvas, inspector, review, tables. They can be resized, dragged elsewhere,
//! hidden and shown again.

mod drawing;
mod layout;
mod tab;

use std::collections::HashMap;

use egui::{Rect, Ui};
use egui_tiles::{Tile, TileId, Tree};

use super::canvas::Canvas;
use super::inspector::Inspector;
use super::lists::Lists;
use super::reader::Reader;
use super::results::Results;
use super::review::Review;
use super::suggestions::Suggestions;
use super::table::Table;
use super::theme::Style;
use crate::app::{
    Effect, Intent, Layouts, OpenNotebook, Pane, PanesShown, Program, SettingsIntent, Tool,
    Workspace,
};
use crate::notebook::ArticleId;
use drawing::Drawing;

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
    /// The workspace the tiles were laid out for, and the tiles as they were last told to the program.
    workspace: Workspace,
    told: Tree<Pane>,
    shown: PanesShown,
    /// The pane that has the window to itself.
    maximised: Option<Pane>,
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
    results: Results,
    suggestions: Suggestions,
    table: Table,
    focus: Option<Pane>,
    /// What is asked of the reader of an article, which may not be there yet.
    goto: Option<(ArticleId, Effect)>,
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
            Self::Results => "Results",
            Self::Suggestions => "Suggestions",
            Self::Table => "Tables",
        }
    }
}

impl Panes {
    /// The panes as the settings have them.
    #[must_use]
    pub fn new(layouts: &Layouts) -> Self {
        let tree = layout::tree_of(&layouts.layout());
        Self {
            told: tree.clone(),
            tree,
            workspace: layouts.workspace,
            shown: PanesShown::default(),
            maximised: None,
            views: Views {
                lists: Lists::new(),
                readers: HashMap::new(),
                canvas: Canvas::new(),
                inspector: Inspector::new(),
                review: Review::new(),
                results: Results::new(),
                suggestions: Suggestions::new(),
                table: Table::new(),
                focus: None,
                goto: None,
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
        book: &OpenNotebook,
        style: &Style,
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
        let alone = self.alone();
        let (mut maximise, mut inspect) = (None, false);
        let mut drawing = Drawing {
            program,
            book,
            style,
            out,
            views: &mut self.views,
            active: &mut self.active,
            maximise: &mut maximise,
            inspect: &mut inspect,
        };
        egui::CentralPanel::default().frame(egui::Frame::new().fill(style.lines)).show(ui, |ui| {
            self.tree.ui(&mut drawing, ui);
            super::splitters::describe(ui, &mut self.tree, style, Pane::title);
        });
        let seen = self.seen();
        for tile in alone {
            self.tree.set_visible(tile, true);
        }
        if let Some(pane) = maximise {
            self.maximise(pane);
            ui.ctx().request_repaint();
        }
        if inspect {
            self.show_beside(Pane::Inspector, Pane::Review);
        }
        self.tell(ui, seen, out);
        self.views.focus = None;
        self.views.shown
    }

    /// Hides the panes beside the one that has the window to itself, as long as they are drawn: which.
    fn alone(&mut self) -> Vec<TileId> {
        let Some(pane) = self.maximised else { return Vec::new() };
        let others: Vec<TileId> = (self.tree.tiles.iter())
            .filter(|(_, tile)| matches!(tile, Tile::Pane(other) if *other != pane))
            .map(|(id, _)| *id)
            .filter(|id| self.tree.is_visible(*id))
            .collect();
        for other in &others {
            self.tree.set_visible(*other, false);
        }
        others
    }

    /// Gives a pane the window to itself, or the others their room back.
    fn maximise(&mut self, pane: Pane) {
        self.maximised = if self.maximised.is_some() { None } else { Some(pane) };
        if self.maximised.is_some() {
            self.front(pane);
            self.focus(pane);
        }
    }

    /// The panes that are neither hidden nor behind another one's tab.
    fn seen(&self) -> Vec<Pane> {
        let in_front = self.tree.active_tiles();
        let seen = in_front.iter().filter_map(|tile| self.tree.tiles.get_pane(tile).copied());
        let seen: Vec<Pane> = seen.collect();
        Pane::ALL.into_iter().filter(|pane| seen.contains(pane)).collect()
    }

    /// Tells the program how the panes stand, when that has changed.
    fn tell(&mut self, ui: &Ui, seen: Vec<Pane>, out: &mut Vec<Intent>) {
        let same = self.shown.seen == seen
            && self.shown.maximised == self.maximised
            && self.shown.workspace == self.workspace;
        // A line that is dragged is told where it is let go.
        let moved = self.told != self.tree && !ui.input(|input| input.pointer.any_down());
        if same && !moved {
            return;
        }
        let mut layout = None;
        if moved {
            self.told.clone_from(&self.tree);
            layout = layout::layout_of(&self.tree);
        }
        let (workspace, maximised) = (self.workspace, self.maximised);
        self.shown = PanesShown { workspace, layout, seen, maximised };
        out.push(Intent::Settings(SettingsIntent::PanesAre(self.shown.clone())));
    }

    /// Lays the panes out as the settings have them.
    pub fn arrange(&mut self, layouts: &Layouts) {
        self.tree = layout::tree_of(&layouts.layout());
        self.told = self.tree.clone();
        self.workspace = layouts.workspace;
        self.maximised = None;
    }

    /// How many things are open in the notebook.
    pub fn open_count(&mut self, book: &OpenNotebook) -> usize {
        self.views.review.count(book)
    }

    /// How many links have no sentence.
    pub fn links_without_sentence(&mut self, book: &OpenNotebook) -> usize {
        let revision = book.notebook().revision();
        if self.without_sentence.0 != revision {
            let links = book.notebook().links().values();
            self.without_sentence =
                (revision, links.filter(|link| link.evidence.is_empty()).count());
        }
        self.without_sentence.1
    }

    /// Carries out what the program asks of the panes.
    pub fn apply_effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Fit
            | Effect::StepView(_)
            | Effect::WriteOn(_)
            | Effect::ShowOnCanvas(_)
            | Effect::LookAt(_)
            | Effect::ShowFocus => self.views.canvas.apply_effect(effect),
            Effect::GoTo(goto) => self.views.goto = Some((goto.article, effect.clone())),
            Effect::TogglePane(pane) => self.toggle(*pane),
            Effect::MaximisePane => self.maximise(self.active),
            Effect::RestorePanes => self.maximised = None,
            Effect::ShowPane(Pane::Beside) => {}
            Effect::ShowPane(pane) => self.bring_forward(*pane),
            Effect::StepPane(by) => {
                let now =
                    Pane::ALL.iter().position(|pane| *pane == self.active).unwrap_or(0) as i32;
                // A pane behind another one's tab cannot take the keyboard.
                let in_front = self.tree.active_tiles();
                let mut next = now;
                for _ in 0..Pane::ALL.len() {
                    next = (next + by).rem_euclid(Pane::ALL.len() as i32);
                    let pane = Pane::ALL[next as usize];
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

    /// Shows a pane, unless it would cover another one that is to stay in view.
    fn show_beside(&mut self, pane: Pane, stays: Pane) {
        let tabs_of = |pane| self.tree.tiles.parent_of(self.tile(pane)?);
        let tabs = tabs_of(pane).and_then(|tile| self.tree.tiles.get_container(tile));
        let covers = tabs_of(pane) == tabs_of(stays)
            && tabs.is_some_and(|tabs| tabs.kind() == egui_tiles::ContainerKind::Tabs);
        if !covers {
            self.bring_forward(pane);
        }
    }

    /// Hides a pane that is seen; shows one that is hidden or behind another one's tab.
    fn toggle(&mut self, pane: Pane) {
        let Some(tile) = self.tile(pane) else { return };
        if self.maximised.is_none() && self.tree.active_tiles().contains(&tile) {
            // A window without panes would have no place to drop one.
            if self.seen().len() > 1 {
                self.tree.set_visible(tile, false);
            }
            if self.active == pane {
                self.take_keyboard_back();
            }
            return;
        }
        self.bring_forward(pane);
        // Who asks for the tables wants to work in them.
        if pane == Pane::Table {
            self.focus(pane);
        }
    }

    fn bring_forward(&mut self, pane: Pane) {
        if self.maximised.is_some_and(|alone| alone != pane) {
            self.maximised = None;
        }
        self.front(pane);
    }

    fn front(&mut self, pane: Pane) {
        if let Some(tile) = self.tile(pane) {
            self.tree.set_visible(tile, true);
            self.tree.make_active(|id, _| id == tile);
        }
    }

    fn tile(&self, pane: Pane) -> Option<TileId> {
        self.tree.tiles.find_pane(&pane)
    }
}
