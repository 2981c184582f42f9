//! The panes and how they stand: lists, reader, canvas, inspector, review, tables. They can be resized, dragged elsewhere,
//! hidden and shown again.

mod drawing;
mod tab;

use std::collections::HashMap;

use egui::{Rect, Ui};
use egui_tiles::{Container, Linear, LinearDir, TileId, Tiles, Tree};

use super::canvas::Canvas;
use super::inspector::Inspector;
use super::lists::Lists;
use super::reader::Reader;
use super::results::Results;
use super::review::Review;
use super::suggestions::Suggestions;
use super::table::Table;
use super::theme::Style;
use crate::app::{Book, Effect, Intent, Pane, Program, Tool};
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

const ORDER: [Pane; 9] = [
    Pane::Lists,
    Pane::Reader,
    Pane::Beside,
    Pane::Canvas,
    Pane::Inspector,
    Pane::Review,
    Pane::Results,
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
        book: &Book,
        look: &Style,
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
            super::splitters::describe(ui, &mut self.tree, look, Pane::title);
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
    pub fn apply_effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Fit
            | Effect::StepView(_)
            | Effect::WriteOn(_)
            | Effect::ShowOnCanvas(_)
            | Effect::LookAt(_)
            | Effect::ShowFocus => self.views.canvas.apply_effect(effect),
            Effect::GoTo(goto) => self.views.goto = Some((goto.article, effect.clone())),
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

impl Default for Panes {
    fn default() -> Self {
        Self::new()
    }
}
