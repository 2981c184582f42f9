//! Opening the picker, and what it offers. What is taken from it is in `picked`, its parts in `parts`, “Tag the rest” in
//! `occurrences`.

use std::ops::Range;

use super::OthersDraft;
use crate::app::{Level, OpenNotebook, Picker, Program, Purpose, TagRest, Tool};
use crate::inquiry::{Choice, Choices, Meaning, choices, outlet_near};
use crate::notebook::{ArticleId, Kind};

/// The most characters of the selected words that are proposed as a name.
const LONGEST_NAME: usize = 1_000;

pub(super) const SELECT_FIRST: &str =
    "Select the words to tag first: drag over them, or Shift+arrows.";

impl Program {
    pub(in crate::app) fn with_picker(&mut self, act: impl FnOnce(&mut Picker)) {
        if let Some(Tool::Picker(picker)) = self.book.as_mut().map(|book| &mut book.tagging.tool) {
            act(picker);
        }
    }

    pub(in crate::app) fn with_rest(&mut self, act: impl FnOnce(&mut TagRest)) {
        if let Some(Tool::Rest(rest)) = self.book.as_mut().map(|book| &mut book.tagging.tool) {
            act(rest);
        }
    }

    /// Opens the picker on the selected words; on the selected mention's words when none are selected.
    pub(in crate::app) fn open_picker_on_selection(&mut self, kind: Kind) {
        let Some(book) = &self.book else { return };
        let place = book.selected_words().or_else(|| {
            let mention = book.document.notebook().mention(book.selection().mention?)?;
            Some((mention.anchor.article, mention.anchor.range()?))
        });
        let Some((article, range)) = place else {
            self.notify(Level::Info, SELECT_FIRST);
            return;
        };
        let taken = book.suggestion_at_caret().filter(|s| s.range == range).cloned();
        let range = taken.as_ref().map_or(range, |taken| book.taken_as(taken, kind));
        let range = match book.document.notebook().article(article) {
            Some(record) => record.text.snap(range),
            None => return,
        };
        self.open_picker_of(Purpose::Tag { article, range }, kind);
        if taken.is_some() {
            self.with_picker(|picker| picker.taken = taken);
            self.propose_parts();
        }
    }

    pub(in crate::app) fn open_picker(&mut self, purpose: Purpose) {
        let Some(book) = &self.book else { return };
        let kind_of = |id| book.document.notebook().entity(id).map(|entity| entity.kind());
        let kind = match &purpose {
            Purpose::Tag { .. } | Purpose::TagAll(_) | Purpose::Place(_) => Some(Kind::Actor),
            Purpose::Merge(entity) => kind_of(*entity),
            Purpose::Retag(mention) | Purpose::Split(mention) => {
                book.document.notebook().mention(*mention).and_then(|m| kind_of(m.entity))
            }
        };
        if let Some(kind) = kind {
            self.open_picker_of(purpose, kind);
        }
    }

    pub(in crate::app) fn open_picker_of(&mut self, purpose: Purpose, kind: Kind) {
        let Some(book) = &mut self.book else { return };
        let notebook = book.document.notebook();
        let words = match &purpose {
            Purpose::Tag { article, range } => notebook
                .article(*article)
                .and_then(|a| a.text.get(range.clone()))
                .map(str::to_owned),
            Purpose::TagAll(places) => places.first().and_then(|place| {
                let article = notebook.article(place.article)?;
                article.text.get(place.range.clone()).map(str::to_owned)
            }),
            Purpose::Place(_) => Some(String::new()),
            Purpose::Merge(entity) => Some(notebook.name(*entity).to_owned()),
            Purpose::Retag(mention) | Purpose::Split(mention) => {
                notebook.mention(*mention).map(|m| notebook.words(&m.anchor).to_owned())
            }
        };
        let Some(words) = words else { return };
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = match purpose {
            Purpose::Merge(_) => String::new(),
            // The name is edited from here, and a field allows only so much.
            _ => words.chars().take(LONGEST_NAME).collect(),
        };
        let mut picker = Picker {
            purpose,
            kind,
            words,
            text,
            choices: Choices::default(),
            remember: false,
            put_at: None,
            taken: None,
            speech: None,
            date: None,
            sort: None,
            others: OthersDraft::default(),
        };
        picker.choices = book.offer(&picker);
        book.tagging.tool = Tool::Picker(Box::new(picker));
        self.propose_parts();
    }

    pub(in crate::app) fn picker_text(&mut self, text: String) {
        self.refresh_picker(|picker| picker.text = text);
        self.offer_nearest();
        self.guess_sort();
    }

    pub(in crate::app) fn picker_kind(&mut self, kind: Kind) {
        self.refresh_picker(|picker| {
            if matches!(
                picker.purpose,
                Purpose::Tag { .. } | Purpose::TagAll(_) | Purpose::Retag(_) | Purpose::Place(_)
            ) {
                if let Some(claim) = picker.speech.as_mut().and_then(|speech| speech.claim.take()) {
                    picker.text = claim.text;
                }
                picker.kind = kind;
            }
        });
        self.propose_parts();
    }

    pub(super) fn refresh_picker(&mut self, change: impl FnOnce(&mut Picker)) {
        let Some(book) = &mut self.book else { return };
        let Tool::Picker(picker) = &book.tagging.tool else { return };
        let mut picker = picker.clone();
        change(&mut picker);
        picker.choices = if picker.is_choosing_speaker() {
            book.offer_speakers(&picker)
        } else {
            book.offer(&picker)
        };
        book.tagging.tool = Tool::Picker(picker);
    }

    pub(in crate::app) fn picker_move(&mut self, by: isize) {
        self.with_picker(|picker| {
            let rows = picker.choices.rows.len() as isize;
            if rows > 0 {
                let next = picker.choices.highlighted as isize + by;
                picker.choices.highlighted = next.rem_euclid(rows) as usize;
            }
        });
    }

    /// Opens the picker on words dropped on the canvas, to add the entity they mean there.
    pub(in crate::app) fn put_words(
        &mut self,
        article: ArticleId,
        range: Range<usize>,
        at: (i32, i32),
    ) {
        let kind = match &self.book {
            Some(book) => book.kind_of_words(article, &range),
            None => return,
        };
        self.open_picker_of(Purpose::Tag { article, range }, kind);
        self.with_picker(|picker| picker.put_at = Some(at));
    }
}

impl OpenNotebook {
    /// The most likely kind of entity for these words: that of a mention on them, otherwise actor.
    fn kind_of_words(&self, article: ArticleId, range: &Range<usize>) -> Kind {
        let notebook = self.notebook();
        let mentions = notebook.mentions_touching(article, range.clone()).into_iter();
        let mut on_them = mentions
            .filter_map(|id| notebook.mention(id))
            .filter(|mention| mention.anchor.range().as_ref() == Some(range));
        on_them
            .find_map(|mention| notebook.entity(mention.entity))
            .map_or(Kind::Actor, |entity| entity.kind())
    }

    /// The choices for what is typed in the picker.
    fn offer(&self, picker: &Picker) -> Choices {
        let notebook = self.document.notebook();
        match &picker.purpose {
            Purpose::Tag { article, range } => {
                let outlet = outlet_near(notebook, *article, range).map(|id| notebook.name(id));
                choices(notebook, picker.kind, &picker.text, &picker.words, outlet, true, None)
            }
            Purpose::TagAll(_) | Purpose::Place(_) => {
                choices(notebook, picker.kind, &picker.text, &picker.words, None, true, None)
            }
            Purpose::Retag(mention) => {
                let now = notebook.mention(*mention).map(|m| m.entity);
                choices(notebook, picker.kind, &picker.text, &picker.words, None, true, now)
            }
            Purpose::Merge(entity) => choices(
                notebook,
                picker.kind,
                &picker.text,
                &picker.words,
                None,
                false,
                Some(*entity),
            ),
            Purpose::Split(_) => Choices {
                rows: vec![Choice {
                    meaning: Meaning::New(picker.text.trim().to_owned()),
                    alias: None,
                }],
                highlighted: 0,
            },
        }
    }
}
