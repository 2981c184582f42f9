//! The panes and how they stand. They can be resized, dragged elsewhere, hidden and shown again. Which there are,
//! the table in [`crate::ui`] says.

mod articles;
mod drawing;
mod layout;
mod tab;
mod view;

use egui::{Rect, Ui};
use egui_tiles::{Tile, TileId, Tree};

use super::theme::Style;
use crate::app::{
    Effect, Intent, Layouts, OpenNotebook, Pane, PanesShown, Program, SettingsIntent, Tool,
    Workspace,
};
use crate::notebook::ArticleId;
pub use articles::Articles;
use drawing::Drawing;
pub use view::{PaneFrame, PaneRow, PaneView};

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
    /// The panes there are, in the order in which the keyboard goes from one to the next.
    all: Vec<Pane>,
    /// Where things were in the last frame.
    places: Shown,
    /// The pane that is given the keyboard in the next frame.
    focus: Option<Pane>,
    /// The article in front in the last frame.
    front: Option<ArticleId>,
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

/// What draws the panes.
struct Views(Vec<(&'static [Pane], Box<dyn PaneView>)>);

impl Views {
    fn new(table: &[PaneRow]) -> Self {
        Self(table.iter().map(|row| (row.panes, (row.view)())).collect())
    }

    /// What draws this pane.
    fn of(&mut self, pane: Pane) -> Option<&mut dyn PaneView> {
        let (_, view) = self.0.iter_mut().find(|(panes, _)| panes.contains(&pane))?;
        Some(view.as_mut())
    }

    fn apply_effect(&mut self, effect: &Effect) {
        self.0.iter_mut().for_each(|(_, view)| view.apply_effect(effect));
    }
}

impl Panes {
    /// The panes of a program as its settings have them, drawn as the table says.
    #[must_use]
    pub fn new(table: &[PaneRow], program: &Program) -> Self {
        let layouts = &program.prefs().panes;
        let tree = layout::tree_of(&layouts.layout(program.panes()));
        Self {
            told: tree.clone(),
            tree,
            workspace: layouts.workspace,
            shown: PanesShown::default(),
            maximised: None,
            views: Views::new(table),
            all: program.panes().to_vec(),
            places: Shown::default(),
            focus: None,
            front: None,
            active: Pane::READER,
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
        let link = self.places.link.filter(|_| !matches!(book.tool(), Tool::None));
        self.places = Shown { link, ..Shown::default() };
        if let Some(beside) = self.tile(Pane::BESIDE) {
            self.tree.set_visible(beside, book.is_side_by_side());
        }
        if self.active == Pane::BESIDE && !book.is_side_by_side() {
            self.active = Pane::READER;
        }
        // The keyboard goes along when the other of two articles comes to the front.
        let front = book.article();
        if front != self.front && self.front.is_some() && book.is_side_by_side() {
            let second = book.article_in(true) == front;
            if [Pane::READER, Pane::BESIDE].contains(&self.active) {
                self.focus(if second { Pane::BESIDE } else { Pane::READER });
            }
        }
        self.front = front;
        let alone = self.alone();
        let (mut maximise, mut inspect) = (None, false);
        let mut drawing = Drawing {
            program,
            book,
            style,
            out,
            views: &mut self.views,
            shown: &mut self.places,
            focus: self.focus,
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
            self.show_beside(Pane::INSPECTOR, Pane::REVIEW);
        }
        self.tell(ui, seen, out);
        self.focus = None;
        self.places
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
        self.all.iter().copied().filter(|pane| seen.contains(pane)).collect()
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
        self.tree = layout::tree_of(&layouts.layout(&self.all));
        self.told = self.tree.clone();
        self.workspace = layouts.workspace;
        self.maximised = None;
    }

    /// How many things wait in a pane to be dealt with.
    pub fn count(&mut self, pane: Pane, book: &OpenNotebook) -> usize {
        self.views.of(pane).and_then(|view| view.count(book)).unwrap_or(0)
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
            Effect::TogglePane(pane) => self.toggle(*pane),
            Effect::SelectAll => {
                if let Some(view) = self.views.of(self.active) {
                    view.apply_effect(effect);
                }
            }
            Effect::Fit => {
                // What has the keyboard is fitted, where it can be; the canvas otherwise.
                let active = self.active;
                let fits = self.views.of(active).is_some_and(|view| view.fits());
                if let Some(view) = self.views.of(if fits { active } else { Pane::CANVAS }) {
                    view.apply_effect(effect);
                }
            }
            Effect::MaximisePane => self.maximise(self.active),
            Effect::RestorePanes => self.maximised = None,
            Effect::ShowPane(pane) if *pane == Pane::BESIDE => {}
            Effect::ShowPane(pane) => self.bring_forward(*pane),
            Effect::StepPane(by) => {
                let count = self.all.len() as i32;
                let now = self.all.iter().position(|pane| *pane == self.active).unwrap_or(0) as i32;
                // A pane behind another one's tab cannot take the keyboard.
                let in_front = self.tree.active_tiles();
                let mut next = now;
                for _ in 0..count {
                    next = (next + by).rem_euclid(count);
                    let pane = self.all[next as usize];
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
                self.bring_forward(Pane::INSPECTOR);
                self.views.apply_effect(effect);
            }
            _ => self.views.apply_effect(effect),
        }
    }

    /// What was open over the panes is closed: the keyboard goes back to the reader or the canvas.
    pub fn take_keyboard_back(&mut self) {
        let stays = [Pane::CANVAS, Pane::BESIDE].contains(&self.active);
        self.focus(if stays { self.active } else { Pane::READER });
    }

    fn focus(&mut self, pane: Pane) {
        self.active = pane;
        self.focus = Some(pane);
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
        if pane.takes_keyboard() {
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
