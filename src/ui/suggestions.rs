//! The pane of suggestions: what the rules find in the article in front and nobody has tagged or dismissed yet.

use std::ops::Range;

use egui::{RichText, Ui, UiBuilder, vec2};

use super::concordance::{Did, Line, Roll};
use super::limits::beginning;
use super::stopped::stopped;
use super::theme::Style;
use super::widgets::{command_button, counted, hint, named, segments};
use crate::app::{
    Command, Intent, OpenNotebook, Pane, Program, ReadingIntent, SessionIntent, TaggingIntent,
};
use crate::edit::{Edit, Ref, Spot};
use crate::inquiry::Rule;
use crate::notebook::{Article, ArticleId};
use crate::text::shown_name;
use crate::ui::panes::{PaneFrame, PaneView};

/// So many suggestions are looked through in no time.
const FEW: usize = 2_000;
/// So many characters of words that no longer stand in the article are shown.
const SHOWN: usize = 90;

/// Which suggestions are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Only {
    #[default]
    All,
    Names,
    Dates,
    Attribution,
    Quotes,
}

impl Only {
    const ALL: [Self; 5] = [Self::All, Self::Names, Self::Dates, Self::Attribution, Self::Quotes];

    const fn label(self) -> &'static str {
        match self {
            Self::All => "All",
            Self::Names => "Names",
            Self::Dates => "Dates",
            Self::Attribution => "Attribution",
            Self::Quotes => "Quoted words",
        }
    }

    const fn takes(self, rule: &Rule) -> bool {
        matches!(
            (self, rule),
            (Self::All, _)
                | (Self::Names, Rule::Name | Rule::Handle | Rule::Unnamed)
                | (Self::Dates, Rule::Date(_))
                | (Self::Attribution, Rule::Cue(_))
                | (Self::Quotes, Rule::Quote)
        )
    }
}

/// The pane's own state: what is open, worked out once for each state of the notebook.
#[derive(Debug, Default)]
pub struct Suggestions {
    roll: Roll,
    /// The list of those that were dismissed.
    put_away: Roll,
    /// Their places, and what they were gathered from.
    places: (Option<(ArticleId, u64)>, Vec<Range<usize>>),
    /// After them, those that no longer fit: the place in scalar values, and the words.
    lost: Vec<(Range<usize>, String)>,
    only: Only,
    /// What was dismissed is listed, not what is open.
    gone: bool,
    state: Option<(ArticleId, u64, usize, usize, Only)>,
    /// Indices into the article's suggestions.
    open: Vec<usize>,
    followed: Option<usize>,
}

impl PaneView for Suggestions {
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

impl Suggestions {
    /// A pane that lists nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The next frame gives the list the keyboard.
    pub const fn focus(&mut self) {
        if self.gone { self.put_away.focus() } else { self.roll.focus() }
    }

    /// What its tab shows. Where there are very many, they are counted only while the pane is in front: an edit
    /// must not wait for it.
    pub fn title(&mut self, book: &OpenNotebook) -> String {
        let suggested = book.article().map_or(0, |article| book.suggestions(article).all.len());
        if suggested <= FEW {
            self.update(book);
        }
        match self.open.len() {
            _ if self.state != self.state_of(book) => "Suggestions".to_owned(),
            0 => "Suggestions".to_owned(),
            n => format!("Suggestions {n}"),
        }
    }

    /// What the list is worked out from.
    fn state_of(&self, book: &OpenNotebook) -> Option<(ArticleId, u64, usize, usize, Only)> {
        let article = book.article()?;
        let all = &book.suggestions(article).all;
        let revision = book.notebook().revision();
        Some((article, revision, all.as_ptr() as usize, all.len(), self.only))
    }

    fn update(&mut self, book: &OpenNotebook) {
        let Some(article) = book.article() else {
            self.state = None;
            self.open.clear();
            return;
        };
        let all = &book.suggestions(article).all;
        let state = self.state_of(book);
        if self.state == state {
            return;
        }
        self.state = state;
        let open =
            |s: &crate::inquiry::Suggestion| self.only.takes(&s.rule) && book.is_open(article, s);
        self.open = all.iter().enumerate().filter(|(_, s)| open(s)).map(|(i, _)| i).collect();
    }

    /// Draws the pane.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        self.update(book);
        let inner = ui.max_rect().shrink2(vec2(8.0, 8.0));
        ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            self.inside(ui, program, book, style, out);
        });
    }

    fn inside(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        let Some(id) = book.article() else { return };
        let Some(article) = book.notebook().article(id) else { return };
        ui.horizontal_wrapped(|ui| {
            let shown = (!self.gone).then_some(self.only);
            let all = Only::ALL.map(Some);
            let label = |only: Option<Only>| only.map_or("", Only::label);
            if let Some(only) = segments(ui, "Show", shown, &all, label) {
                self.gone = false;
                self.only = only.unwrap_or_default();
                self.update(book);
            }
            let count = book.notebook().dismissed().get(&id).map_or(0, |dismissed| dismissed.len());
            let text = format!("Dismissed ({count})");
            let toggle = ui.selectable_label(self.gone, &text);
            named(ui, &toggle, &format!("Show: {text}"));
            if toggle.on_hover_text("Suggestions dismissed in this article").clicked() {
                self.gone = true;
            }
            let command =
                if self.gone { Command::RestoreSuggestion } else { Command::DismissSuggestion };
            command_button(ui, program, command, out);
        });
        if self.gone {
            self.dismissed(ui, book, id, article, style, out);
            return;
        }
        if book.suggesting_was_stopped(id)
            && stopped(ui, style, "Finding suggestions was stopped.", "Find again")
        {
            out.push(Intent::ResumeStopped);
        }
        let state = if book.is_suggesting(id) {
            "Finding suggestions…".to_owned()
        } else {
            let cut =
                if book.suggestions(id).cut { " in the beginning of the article" } else { "" };
            let open = counted(self.open.len(), "suggestion");
            format!("{open}{cut}. J and K: next and previous. A, E, C: accept. X: dismiss.")
        };
        let words = ui.label(RichText::new(state).font(style.small()).color(style.muted));
        words.on_hover_text(about(program));
        ui.add_space(4.0);
        if self.open.is_empty() && !book.is_suggesting(id) {
            hint(ui, style, &about(program));
            return;
        }
        let all = &book.suggestions(id).all;
        let now = book.suggestion_at_caret().and_then(|now| {
            self.open.iter().position(|i| all.get(*i).is_some_and(|s| std::ptr::eq(s, now)))
        });
        if now.is_some() && now != self.followed {
            self.roll.show_line(now.unwrap_or(0));
        }
        self.followed = now;
        let open = &self.open;
        let did = self.roll.ui(ui, style, "Suggestions", open.len(), |i| {
            let Some(suggestion) = open.get(i).and_then(|i| all.get(*i)) else {
                return Line::default();
            };
            let end = match &suggestion.rule {
                Rule::Date(value) if !value.is_empty() => value.clone(),
                Rule::Cue(Some(who)) => {
                    let who = article.text.get(who.clone()).unwrap_or_default();
                    format!("← {}", shown_name(who))
                }
                _ => suggestion.word().to_owned(),
            };
            Line {
                mark: Some((suggestion.kind(), suggestion.rule == Rule::Unnamed)),
                end,
                ..Line::of(&article.text, suggestion.range.clone())
            }
        });
        if let Some(Did::Went(i) | Did::Took(i)) = did
            && let Some(suggestion) = open.get(i).and_then(|i| all.get(*i))
        {
            self.followed = Some(i);
            out.push(Intent::Reading(ReadingIntent::GoToPlace(id, suggestion.range.clone())));
            if matches!(did, Some(Did::Took(_))) {
                out.push(Intent::Tagging(TaggingIntent::Tag(suggestion.kind())));
            }
        }
    }
}

impl Suggestions {
    /// The list of what was dismissed.
    fn dismissed(
        &mut self,
        ui: &mut Ui,
        book: &OpenNotebook,
        id: ArticleId,
        article: &Article,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        let of = Some((id, book.notebook().revision()));
        if self.places.0 != of {
            self.places = (of, book.dismissed(id).collect());
            let lost = book.lost_dismissed(id);
            self.lost = lost.map(|(place, words)| (place, words.to_owned())).collect();
        }
        let (places, lost) = (&self.places.1, &self.lost);
        let count = places.len() + lost.len();
        let state = match count {
            0 => "No dismissed suggestions in this article.".to_owned(),
            n => format!(
                "{}. Press Enter or double-click to restore one.",
                counted(n, "dismissed suggestion")
            ),
        };
        ui.label(RichText::new(state).font(style.small()).color(style.muted));
        if !lost.is_empty() {
            let words = match lost.len() {
                1 => "1 of them no longer fits the article’s text".to_owned(),
                n => format!("{n} of them no longer fit the article’s text"),
            };
            let words = format!("{words}: Enter or a double click forgets it.");
            ui.label(RichText::new(words).font(style.small()).color(style.muted));
        }
        ui.add_space(4.0);
        if count == 0 {
            return;
        }
        let did = self.put_away.ui(ui, style, "Dismissed suggestions", count, |i| {
            match (places.get(i), lost.get(i.saturating_sub(places.len()))) {
                (Some(at), _) => Line::of(&article.text, at.clone()),
                (None, Some((_, words))) => Line {
                    words: beginning(words, SHOWN).to_owned(),
                    end: "not in the text".to_owned(),
                    ..Line::default()
                },
                (None, None) => Line::default(),
            }
        });
        if let Some(Did::Took(i)) = did
            && let Some((at, _)) = i.checked_sub(places.len()).and_then(|i| lost.get(i))
        {
            let at = Spot::Offsets(at.start, at.end);
            let forget = Edit::Restore { article: Some(Ref::Id(id)), at };
            out.push(Intent::Session(SessionIntent::Edit(forget)));
        }
        if let Some(Did::Went(i) | Did::Took(i)) = did
            && let Some(at) = places.get(i)
        {
            out.push(Intent::Reading(ReadingIntent::GoToPlace(id, at.clone())));
            if matches!(did, Some(Did::Took(_))) {
                out.push(Intent::Run(Command::RestoreSuggestion));
            }
        }
    }
}

/// What stands behind the suggestions, and where users add their own words.
fn about(program: &Program) -> String {
    let folder = program.lexicon_folder().map_or_else(String::new, |folder| {
        format!(
            " Add your own word lists as .ron files in {}; they are read when Casebook starts.",
            folder.display()
        )
    });
    format!(
        "Names, handles, unnamed sources, dates, quoted words and words of attribution, found by rules and word lists in French and English. Nothing is tagged until you accept it.{folder}"
    )
}
