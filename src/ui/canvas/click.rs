//! What is clicked: selected, opened, folded, gone to.

use egui::{PointerButton, Rect, Response, Ui};

use super::{Canvas, CanvasOutput};
use crate::app::{
    ChartingIntent, Command, Intent, OnCanvas, OpenNotebook, ReadingIntent, Selection,
};
use crate::drawing::OnBoard;
use crate::notebook::{EntityId, Evidence, LinkId};

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
    /// A group or a note card.
    Part(OnCanvas),
}

impl Canvas {
    pub(super) fn click(
        &mut self,
        ui: &Ui,
        response: &Response,
        pane: Rect,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
        output: &mut CanvasOutput,
    ) {
        let at = response.interact_pointer_pos();
        if let Some(at) = at {
            self.menu_at = self.view.canvas(pane, at);
        }
        let modifiers = ui.input(|input| input.modifiers);
        let toggle = modifiers.command || modifiers.shift;
        let secondary = response.secondary_clicked();
        let selection = book.selection();
        if let Some(number) = self.hover.node {
            let id = self.scene.nodes[number as usize].id;
            self.walker = Some(OnCanvas::Entity(id));
            self.menu = On::Entity(id);
            if secondary {
                if !selection.entities.contains(&id) {
                    out.push(Intent::Select(Selection::entity(id)));
                }
            } else if response.double_clicked() {
                out.push(Intent::Reading(ReadingIntent::ShowMentions(id)));
            } else if toggle {
                out.push(Intent::ToggleEntity(id));
            } else {
                out.push(Intent::Select(Selection::entity(id)));
            }
        } else if let Some(number) = self.hover.link {
            let link = &self.scene.links[number as usize];
            let id = link.id;
            self.menu = On::Link(id);
            if secondary {
                if !selection.links.contains(&id) {
                    out.push(Intent::Select(Selection::link(id)));
                }
            } else if response.double_clicked() {
                out.extend(go_to_evidence(book, id));
            } else if toggle {
                out.push(Intent::ToggleLink(id));
            } else {
                out.push(Intent::Select(Selection::link(id)));
            }
        } else if let Some(on) = self.hover.board {
            self.click_on_board(response, book, on, toggle, out);
        } else {
            self.menu = On::Nothing;
            if let Some(at) = at
                && response.double_clicked_by(PointerButton::Primary)
            {
                output.link_anchor = Some((at, self.menu_at));
                out.push(Intent::Charting(ChartingIntent::PutHere(self.menu_at.x, self.menu_at.y)));
            } else if !secondary && !toggle && !selection.is_empty() {
                out.push(Intent::Select(Selection::none()));
            }
        }
    }

    fn click_on_board(
        &mut self,
        response: &Response,
        book: &OpenNotebook,
        on: OnBoard,
        toggle: bool,
        out: &mut Vec<Intent>,
    ) {
        let selection = book.selection();
        let secondary = response.secondary_clicked();
        let Some(part) = self.part_of(on) else {
            let OnBoard::Bundle(number) = on else { return };
            let links = self.links_of_bundle(number);
            let one = links.only_link();
            self.menu = one.map_or(On::Nothing, On::Link);
            if response.double_clicked()
                && let Some(one) = one
            {
                out.extend(go_to_evidence(book, one));
            } else if toggle {
                let mut all = selection.clone();
                all.mention = None;
                all.links.extend(links.links);
                out.push(Intent::Select(all));
            } else {
                out.push(Intent::Select(links));
            }
            return;
        };
        self.walker = Some(part);
        self.menu = On::Part(part);
        if secondary {
            if !selection.holds(part) {
                out.push(Intent::Select(Selection::on_canvas(part)));
            }
        } else if let OnBoard::Fold(number) = on {
            self.fold(number, out);
        } else if response.double_clicked() {
            match on {
                OnBoard::Box(number) => self.fold(number, out),
                _ => out.push(Intent::Charting(ChartingIntent::WriteOn(part))),
            }
        } else if toggle {
            out.push(Intent::ToggleOnCanvas(part));
        } else {
            out.push(Intent::Select(Selection::on_canvas(part)));
        }
    }
}

/// Goes to the words that support a link: to the first, and from there, the link still selected, to the next; nowhere
/// where it has none.
pub fn go_to_evidence(book: &OpenNotebook, link: LinkId) -> Option<Intent> {
    let evidence = &book.notebook().any_link(link)?.evidence;
    let places: Vec<_> = evidence.iter().filter_map(|piece| book.place_of(piece)).collect();
    let here = book.last_goto().and_then(|went| {
        places.iter().position(|(article, range)| *article == went.article && *range == went.range)
    });
    match places.get(here.map_or(0, |here| (here + 1) % places.len())) {
        Some((article, range)) => {
            Some(Intent::Reading(ReadingIntent::GoToPlace(*article, range.clone())))
        }
        // Its words are gone from their article: the program says so.
        None => evidence.iter().find_map(|piece| match piece {
            Evidence::Mention(mention) => {
                Some(Intent::Reading(ReadingIntent::GoToMention(*mention)))
            }
            Evidence::Quote(_) => None,
        }),
    }
}

/// Runs a command.
pub const fn run(command: Command) -> Intent {
    Intent::Run(command)
}
