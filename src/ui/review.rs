//! Review: what is still open, under its headings; a click goes there.

use std::collections::BTreeSet;

use egui::{Align2, Rect, Role, WidgetInfo, pos2, vec2};
use egui::{Id, ScrollArea, Sense, Ui, UiBuilder};

use super::theme::Style;
use super::widgets::{ROW, Row, hint, paint_heading};
use crate::app::{ChartingIntent, Intent, OpenNotebook, Program, ReadingIntent, Selection};
use crate::inquiry::{Open, Why, review};
use crate::notebook::{Kind, Notebook};
use crate::text::shown_name;
use crate::ui::panes::{PaneFrame, PaneView};

/// The review list: worked out once for each state of the notebook.
#[derive(Debug, Default)]
pub struct Review {
    revision: Option<u64>,
    open: Vec<Open>,
    /// Headings with how many stand under them, and the items: indices into `open`.
    lines: Vec<Line>,
    closed: BTreeSet<&'static str>,
    stale: bool,
    focus_first: bool,
}

#[derive(Debug)]
enum Line {
    Heading(&'static str, usize),
    Item(usize),
}

impl PaneView for Review {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        if frame.takes_keyboard {
            self.focus();
        }
        let before = frame.out.len();
        self.ui(ui, frame.program, frame.book, frame.style, frame.out);
        // What was chosen is shown where it is, and its details in the inspector.
        *frame.inspect |= frame.out.len() > before;
    }

    fn count(&mut self, book: &OpenNotebook) -> Option<usize> {
        Some(Self::count(self, book))
    }
}

impl Review {
    /// A list for any notebook.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next frame puts the keyboard on the first item.
    pub const fn focus(&mut self) {
        self.focus_first = true;
    }

    /// How many things are open.
    pub fn count(&mut self, book: &OpenNotebook) -> usize {
        self.update(book.notebook());
        self.open.len()
    }

    fn update(&mut self, notebook: &Notebook) {
        if self.revision != Some(notebook.revision()) {
            self.revision = Some(notebook.revision());
            self.open = review(notebook);
            self.stale = true;
        }
        if !std::mem::take(&mut self.stale) {
            return;
        }
        self.lines.clear();
        let mut at = 0;
        while let Some(first) = self.open.get(at) {
            let heading = first.why.heading();
            let n = self.open[at..].iter().take_while(|o| o.why.heading() == heading).count();
            self.lines.push(Line::Heading(heading, n));
            if !self.closed.contains(heading) {
                self.lines.extend((at..at + n).map(Line::Item));
            }
            at += n;
        }
    }

    /// Draws the list.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        _program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        self.update(book.notebook());
        let inner = ui.max_rect().shrink2(vec2(8.0, 8.0));
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| self.inside(ui, book, style, out));
    }

    fn inside(&mut self, ui: &mut Ui, book: &OpenNotebook, style: &Style, out: &mut Vec<Intent>) {
        if self.open.is_empty() {
            ui.add_space(12.0);
            ui.strong("Nothing to review");
            let words = if book.notebook().entities().is_empty() {
                "Once you have tagged something, this list shows what is open: claims without attribution, links without evidence, unlinked entities."
            } else {
                "Every claim has an attribution, every link has evidence, every entity is linked, and nothing is marked “to check”."
            };
            hint(ui, style, words);
            return;
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let rows = self.lines.len();
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW, rows, |ui, range| {
            for i in range {
                ui.scope_builder(UiBuilder::new().id_salt(i), |ui| match self.lines[i] {
                    Line::Heading(words, n) => self.heading(ui, style, words, n),
                    Line::Item(item) => self.item(ui, book, style, item, out),
                });
            }
        });
    }

    fn heading(&mut self, ui: &mut Ui, style: &Style, words: &'static str, n: usize) {
        let (_, rect) = ui.allocate_space(vec2(ui.available_width(), ROW));
        let response = ui.interact(rect, Id::unique(("review heading", words)), Sense::click());
        let closed = self.closed.contains(words);
        response.widget_info(|| {
            let state = if closed { "collapsed" } else { "expanded" };
            WidgetInfo::labeled(Role::Button, true, format!("{words}: {n}, {state}"))
        });
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect, 5.0, style.hovered);
        }
        let inner =
            Rect::from_min_max(pos2(rect.left() + 8.0, rect.top()), rect.max - vec2(40.0, 0.0));
        paint_heading(ui, style, inner, words);
        let at = pos2(rect.right() - 8.0, rect.center().y);
        ui.painter().text(at, Align2::RIGHT_CENTER, n.to_string(), style.small(), style.accent);
        if response.clicked() {
            if !self.closed.remove(words) {
                self.closed.insert(words);
            }
            self.stale = true;
        }
    }

    fn item(
        &mut self,
        ui: &mut Ui,
        book: &OpenNotebook,
        style: &Style,
        i: usize,
        out: &mut Vec<Intent>,
    ) {
        let Some(open) = self.open.get(i) else { return };
        let mark = kind_of(book.notebook(), open.why);
        let row = Row { mark, text: &open.words, ..Row::default() };
        let name = || format!("{}: {}", open.why.heading(), shown_name(&open.words));
        let response = row.show(ui, style, Id::unique(("review item", i)), name);
        if std::mem::take(&mut self.focus_first) {
            response.request_focus();
        }
        if response.clicked() {
            out.extend(way_to(book, open.why));
        }
        response.on_hover_text(format!("{}\n{}", shown_name(&open.words), what_to_do(open.why)));
    }
}

fn kind_of(notebook: &Notebook, why: Why) -> Option<(Kind, bool)> {
    let entity = match why {
        Why::EntityToCheck(id) | Why::NoStatement(id) | Why::NotLinked(id) => id,
        Why::MentionToCheck(id) | Why::NoSpeaker(id) | Why::Orphan(id) => {
            notebook.mention(id)?.entity
        }
        Why::LinkToCheck(_) | Why::NoSentence(_) | Why::Repeats(_) => return None,
    };
    notebook.entity(entity).map(|e| (e.kind(), e.is_anonymous()))
}

/// What to do about it, in a sentence.
const fn what_to_do(why: Why) -> &'static str {
    match why {
        Why::EntityToCheck(_) | Why::MentionToCheck(_) | Why::LinkToCheck(_) => {
            "Check it, then remove the mark “to check” (V)."
        }
        Why::NoSpeaker(_) => "Add a speaker in the inspector (W).",
        Why::NoStatement(_) => "Tag the words that make this claim.",
        Why::NoSentence(_) => {
            "Select the words that support it, then run “Add selection as evidence”."
        }
        Why::Repeats(_) => {
            "Delete it (Delete), unless its note or sentences say more than the statements do."
        }
        Why::NotLinked(_) => "Link it to another entity (L). Nothing else names it.",
        Why::Orphan(_) => "Tag the words again where they are now, or untag the mention.",
    }
}

/// The intents that show it where it is.
fn way_to(book: &OpenNotebook, why: Why) -> Vec<Intent> {
    match why {
        Why::EntityToCheck(id) | Why::NoStatement(id) | Why::NotLinked(id) => {
            vec![
                Intent::Select(Selection::entity(id)),
                Intent::Charting(ChartingIntent::ShowOnCanvas(id)),
            ]
        }
        Why::MentionToCheck(id) | Why::NoSpeaker(id) | Why::Orphan(id) => {
            vec![Intent::Reading(ReadingIntent::GoToMention(id))]
        }
        Why::LinkToCheck(id) | Why::NoSentence(id) | Why::Repeats(id) => {
            let Some(link) = book.notebook().link(id) else { return Vec::new() };
            let place = link.evidence.first().and_then(|first| book.place_of(first));
            let shown = match place {
                Some((article, range)) => Intent::Reading(ReadingIntent::GoToPlace(article, range)),
                None => Intent::Charting(ChartingIntent::ShowOnCanvas(link.from)),
            };
            // The link last: what shows it must not take the selection from it.
            vec![shown, Intent::Select(Selection::link(id))]
        }
    }
}
