//! The pane of places: the hits of a search, or an entity's mentions in all articles, as a concordance that can be
//! sorted; a click goes there.

use std::ops::Range;

use egui::{RichText, Ui, UiBuilder, vec2};

use super::concordance::{Did, Line, Roll};
use super::theme::Style;
use super::widgets::{counted, hint, segments};
use crate::app::{Find, Intent, Listed, OpenNotebook, Pane, Program, ReadingIntent, TaggingIntent};
use crate::notebook::{ArticleId, EntityId, MentionId, Notebook};
use crate::text::{fold, shown_name};
use crate::ui::panes::{PaneFrame, PaneView};

/// More places than this are not sorted but shown in their order.
const MOST_SORTED: usize = 20_000;

/// By what the places are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sort {
    /// Article by article, as they stand.
    #[default]
    Order,
    /// The words themselves.
    Words,
    /// What stands before, the nearest word first.
    Before,
    /// What stands after.
    After,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Order, Self::Words, Self::Before, Self::After];

    const fn label(self) -> &'static str {
        match self {
            Self::Order => "In order",
            Self::Words => "Words",
            Self::Before => "Before",
            Self::After => "After",
        }
    }
}

/// The pane's own state.
#[derive(Debug, Default)]
pub struct Results {
    roll: Roll,
    sort: Sort,
    /// The mentions listed, and what they were gathered from.
    mentions: (Option<(EntityId, u64)>, Vec<MentionId>),
    /// Which place stands on which line, where they are sorted; and what that was worked out from.
    order: (Option<Key>, Vec<u32>),
    /// The hit or mention that was followed last.
    followed: Option<usize>,
}

/// What an order was worked out from: changes whenever the places do.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Key {
    of: Listed,
    sort: Sort,
    count: usize,
    /// The notebook's revision, or the address of the first hits.
    state: u64,
}

/// The places listed.
enum Lines<'a> {
    Hits(&'a Find),
    Mentions(&'a [MentionId]),
}

impl Lines<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Hits(find) => find.total(),
            Self::Mentions(ids) => ids.len(),
        }
    }

    fn place(&self, notebook: &Notebook, i: usize) -> Option<(ArticleId, Range<usize>)> {
        match self {
            Self::Hits(find) => find.hit(i),
            Self::Mentions(ids) => {
                let anchor = &notebook.mention(*ids.get(i)?)?.anchor;
                Some((anchor.article, anchor.range()?))
            }
        }
    }

    fn line(&self, notebook: &Notebook, i: usize) -> Line {
        let Some((article, range)) = self.place(notebook, i) else { return Line::default() };
        let Some(record) = notebook.article(article) else { return Line::default() };
        let mut line = Line::of(&record.text, range);
        if notebook.articles().len() > 1 {
            line.end = shown_name(&record.about.title).into_owned();
        }
        line
    }
}

impl PaneView for Results {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        if frame.takes_keyboard {
            self.focus();
        }
        self.ui(ui, frame.program, frame.book, frame.style, frame.out);
    }

    fn title(&mut self, _: Pane, book: &OpenNotebook) -> String {
        Self::title(self, book)
    }
}

impl Results {
    /// A pane that lists nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next frame gives the list the keyboard.
    pub const fn focus(&mut self) {
        self.roll.focus();
    }

    /// What its tab shows: what is listed, and how many.
    #[must_use]
    pub fn title(&self, book: &OpenNotebook) -> String {
        match (book.listed(), book.find()) {
            (Listed::Mentions(id), _) => {
                format!("Mentions {}", book.notebook().mention_count_of(id))
            }
            (Listed::Results, Some(find)) if !find.query.pattern.is_empty() => {
                format!("Results {}", find.total())
            }
            _ => "Search results".to_owned(),
        }
    }

    /// Draws the pane.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        _program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        let inner = ui.max_rect().shrink2(vec2(8.0, 8.0));
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| self.inside(ui, book, style, out));
    }

    fn inside(&mut self, ui: &mut Ui, book: &OpenNotebook, style: &Style, out: &mut Vec<Intent>) {
        let notebook = book.notebook();
        let mentions = self.gather(book);
        let listed = match (book.listed(), book.find()) {
            (Listed::Mentions(_), _) => Lines::Mentions(&mentions),
            (Listed::Results, Some(find)) if !find.query.pattern.is_empty() => Lines::Hits(find),
            _ => {
                hint(
                    ui,
                    style,
                    "Search results appear here: press Ctrl+F to find in the article, Ctrl+Shift+F to find in all articles. Double-click an entity to list its mentions.",
                );
                self.mentions.1 = mentions;
                return;
            }
        };
        let count = listed.len();
        self.head(ui, book, style, &listed, out);
        ui.add_space(4.0);
        self.sort_anew(book, &listed);
        self.follow(book, &listed);
        let order = (self.order.1.len() == count).then_some(&self.order.1);
        let nth = |i: usize| order.and_then(|order| order.get(i)).map_or(i, |n| *n as usize);
        let did = self.roll.ui(ui, style, "Results", count, |i| listed.line(notebook, nth(i)));
        if let Some(Did::Went(i) | Did::Took(i)) = did {
            let i = nth(i);
            self.followed = Some(i);
            match &listed {
                Lines::Hits(_) => out.push(Intent::Reading(ReadingIntent::FindGo(i))),
                Lines::Mentions(ids) => {
                    out.extend(ids.get(i).copied().map(|it| ReadingIntent::GoToMention(it).into()))
                }
            }
        }
        self.mentions.1 = mentions;
    }

    /// The mentions listed, taken out of the pane for this frame.
    fn gather(&mut self, book: &OpenNotebook) -> Vec<MentionId> {
        let Listed::Mentions(entity) = book.listed() else { return Vec::new() };
        let state = Some((entity, book.notebook().revision()));
        if self.mentions.0 != state {
            let notebook = book.notebook();
            self.mentions.0 = state;
            self.mentions.1 = notebook
                .articles_in_order()
                .into_iter()
                .flat_map(|article| {
                    let here = |id: &MentionId| {
                        notebook.mention(*id).is_some_and(|mention| {
                            mention.anchor.article == article && mention.anchor.range().is_some()
                        })
                    };
                    notebook.mentions_of(entity).filter(here).collect::<Vec<_>>()
                })
                .collect();
        }
        std::mem::take(&mut self.mentions.1)
    }

    fn head(
        &mut self,
        ui: &mut Ui,
        book: &OpenNotebook,
        style: &Style,
        listed: &Lines<'_>,
        out: &mut Vec<Intent>,
    ) {
        let count = listed.len();
        let words = match listed {
            Lines::Hits(find) => {
                let more = if find.cut { " and more" } else { "" };
                let articles = find.hits.iter().filter(|hits| !hits.places.is_empty()).count();
                let whereabouts =
                    if articles > 1 { format!(" in {articles} articles") } else { String::new() };
                let looking = if find.job.is_some() { ", searching…" } else { "" };
                let hits = counted(count, "result");
                format!("“{}”: {hits}{more}{whereabouts}{looking}", find.query.pattern)
            }
            Lines::Mentions(_) => {
                let Listed::Mentions(id) = book.listed() else { return };
                format!("{}: {}", book.notebook().name(id), counted(count, "mention"))
            }
        };
        let words = shown_name(&words).into_owned();
        ui.horizontal(|ui| {
            let tag = matches!(listed, Lines::Hits(_)) && count > 0;
            let room = ui.available_width() - if tag { 84.0 } else { 0.0 };
            let galley = super::widgets::cut(
                ui,
                &words,
                egui::FontId::new(14.0, style.bold.clone()),
                style.ink,
                room,
            );
            ui.label(galley).on_hover_text(words);
            if tag {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let button = ui
                        .button("Tag all…")
                        .on_hover_text("Choose which untagged results to tag, then the entity");
                    if button.clicked() {
                        out.push(Intent::Tagging(TaggingIntent::TagResults));
                    }
                });
            }
        });
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new("Sort").font(style.small()).color(style.muted));
            if count > MOST_SORTED {
                let words = format!("In order (more than {MOST_SORTED} results are not sorted)");
                ui.label(RichText::new(words).font(style.small()).color(style.muted));
            } else if let Some(sort) = segments(ui, "Sort", self.sort, &Sort::ALL, Sort::label) {
                self.sort = sort;
            }
        });
    }

    fn sort_anew(&mut self, book: &OpenNotebook, listed: &Lines<'_>) {
        let count = listed.len();
        if self.sort == Sort::Order || count > MOST_SORTED {
            self.order = (None, Vec::new());
            return;
        }
        let state = match listed {
            Lines::Hits(find) => find.hits.iter().fold(0_u64, |sum, hits| {
                sum.wrapping_mul(31).wrapping_add(hits.places.as_ptr() as u64)
            }),
            Lines::Mentions(_) => book.notebook().revision(),
        };
        let key = Key { of: book.listed(), sort: self.sort, count, state };
        if self.order.0 == Some(key) {
            return;
        }
        let mut keyed: Vec<(String, String, u32)> = (0..count)
            .map(|i| {
                let line = listed.line(book.notebook(), i);
                let (first, second) = match self.sort {
                    Sort::Before => (backwards(&line.before), fold(&line.after)),
                    Sort::After => (letters(&line.after), backwards(&line.before)),
                    _ => (fold(&line.words), letters(&line.after)),
                };
                (first, second, i as u32)
            })
            .collect();
        keyed.sort();
        self.order = (Some(key), keyed.into_iter().map(|(_, _, i)| i).collect());
    }

    /// Goes along when the hit or the selected mention is another one, chosen elsewhere.
    fn follow(&mut self, book: &OpenNotebook, listed: &Lines<'_>) {
        let now = match listed {
            Lines::Hits(find) => find.position(),
            Lines::Mentions(ids) => {
                book.selection().mention.and_then(|id| ids.iter().position(|other| *other == id))
            }
        };
        if now == self.followed {
            return;
        }
        self.followed = now;
        if let Some(i) = now {
            let line = self.order.1.iter().position(|n| *n as usize == i).unwrap_or(i);
            self.roll.show_line(line);
        }
    }
}

/// What stands after, from its first letter on.
fn letters(after: &str) -> String {
    fold(after.trim_start_matches(|c: char| !c.is_alphanumeric()))
}

/// The words of what stands before, the nearest first.
fn backwards(before: &str) -> String {
    let folded = fold(before);
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.into_iter().rev().collect::<Vec<_>>().join(" ")
}
