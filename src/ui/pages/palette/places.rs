//! The lower part of the palette: a few places in the articles that hold what is typed, and the way to all of them.

use egui::{Align2, FontId, Response, RichText, Sense, Ui, Vec2};

use super::{ROW, mark_row};
use crate::app::{
    Answer, Command, FindQuery, Intent, OpenNotebook, Program, ReadingIntent, WordPlace,
};
use crate::ui::concordance::Line;
use crate::ui::theme::Style;
use crate::ui::widgets;

/// The places that are shown.
#[derive(Default)]
pub(super) struct Places {
    /// What is looked for; empty where nothing is.
    words: String,
    shown: Vec<(WordPlace, Line)>,
    /// So many of the places hold the words as they are typed; `None` while they are looked for.
    together: Option<usize>,
    /// Whether somebody stopped the search for these words.
    stopped: bool,
}

impl Places {
    /// Looks for what is typed.
    pub fn look_for(&mut self, typed: &str, program: &Program, out: &mut Vec<Intent>) {
        let articles = program.open_notebook().map_or(0, |book| book.notebook().articles().len());
        let typed = typed.trim();
        self.words =
            if articles > 0 && typed.len() >= WordPlace::SHORTEST { typed } else { "" }.to_owned();
        out.push(Intent::Reading(ReadingIntent::LookForWords(self.words.clone())));
    }

    /// Takes in what was found.
    pub fn refresh(&mut self, program: &Program) {
        let Some(book) = program.open_notebook().filter(|_| !self.words.is_empty()) else {
            self.shown.clear();
            return;
        };
        self.together = book.word_places_together(&self.words);
        self.stopped = book.looking_for_words_was_stopped();
        let same = book.word_places().eq(self.shown.iter().map(|(place, _)| place));
        if !same {
            self.shown =
                book.word_places().map(|place| (place.clone(), line(book, place))).collect();
        }
    }

    /// Whether something is looked for.
    pub fn is_open(&self) -> bool {
        !self.words.is_empty()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match () {
            () if self.words.is_empty() => 0,
            // What was found for the words before is not shown for these.
            () if self.stopped => 1,
            () => usize::from(self.offers_all()) + self.shown.len(),
        }
    }

    /// Whether the first row leads to all places: not where it is known that there are none.
    fn offers_all(&self) -> bool {
        self.stopped || self.together != Some(0)
    }

    /// Goes to a place, or finds all of them.
    pub fn take(&self, row: usize, out: &mut Vec<Intent>) {
        let intents = match row.checked_sub(usize::from(self.offers_all())) {
            None => [
                ReadingIntent::FindQuery(FindQuery {
                    pattern: self.words.clone(),
                    everywhere: true,
                    ..FindQuery::default()
                }),
                ReadingIntent::ListResults,
            ]
            .map(Intent::Reading)
            .to_vec(),
            Some(row) => {
                let Some((place, _)) = self.shown.get(row) else { return };
                let go = ReadingIntent::GoToPlace(place.article, place.range.clone());
                vec![Intent::Reading(go)]
            }
        };
        out.push(Intent::Answer(Answer::Cancel));
        out.extend(intents);
    }

    /// Draws them; which was clicked.
    pub fn ui(&self, ui: &mut Ui, style: &Style, highlighted: Option<usize>) -> Option<usize> {
        if self.words.is_empty() {
            return None;
        }
        let mut clicked = None;
        let first = usize::from(self.offers_all());
        if self.offers_all() {
            let response = self.all(ui, style, highlighted == Some(0));
            clicked = response.clicked().then_some(0);
        } else {
            let none = if self.shown.is_empty() {
                "No article holds these words."
            } else {
                "In one paragraph:"
            };
            ui.label(RichText::new(none).color(style.muted));
        }
        if self.stopped {
            let stopped = "The search for these words was stopped; the row above looks again.";
            ui.label(RichText::new(stopped).color(style.muted));
            return clicked;
        }
        for (i, (_, line)) in self.shown.iter().enumerate() {
            let chosen = highlighted == Some(first + i);
            let (rect, response) =
                ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
            mark_row(ui, style, rect, chosen, &response);
            line.paint(ui, style, rect.with_min_x(rect.left() + 24.0));
            widgets::option(ui, &response, chosen, &line.name());
            if response.clicked() {
                clicked = Some(first + i);
            }
        }
        clicked
    }

    /// The row that leads to all places.
    fn all(&self, ui: &mut Ui, style: &Style, chosen: bool) -> Response {
        let (rect, response) =
            ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
        mark_row(ui, style, rect, chosen, &response);
        let name = format!("Find “{}” in all articles", self.words);
        let key = Command::FindEverywhere.shortcut().map_or_else(String::new, |key| key.text());
        let right = rect.right_center() - Vec2::new(10.0, 0.0);
        let key = ui.painter().text(right, Align2::RIGHT_CENTER, key, style.small(), style.muted);
        let most = key.left() - rect.left() - 45.0;
        let font = FontId::new(14.0, style.sans.clone());
        let words = widgets::cut(ui, &name, font, style.ink, most);
        let top = rect.center().y - words.size().y / 2.0;
        ui.painter().galley(egui::pos2(rect.left() + 30.0, top), words, style.ink);
        let mark = rect.left_center() + Vec2::new(15.0, 0.0);
        let icon = egui_material_icons::icons::ICON_SEARCH.codepoint;
        let font = FontId::new(15.0, style.sans.clone());
        ui.painter().text(mark, Align2::CENTER_CENTER, icon, font, style.muted);
        widgets::option(ui, &response, chosen, &name);
        response
    }
}

/// The line of a place, with the name of its article at the end.
fn line(book: &OpenNotebook, place: &WordPlace) -> Line {
    let Some(article) = book.notebook().article(place.article) else { return Line::default() };
    Line { end: article.about.title.clone(), ..Line::of(&article.text, place.range.clone()) }
}
