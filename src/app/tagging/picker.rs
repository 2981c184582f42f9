//! The picker, and changing boundaries. “Tag the rest” is in `occurrences`.

use std::ops::Range;

use crate::app::charting::placed_by_hand;
use crate::app::{Caret, Level, OpenNotebook, Picker, Program, Purpose, Selection, TagRest, Tool};
use crate::edit::{Created, Edit, EntityFields, Ref, Spot};
use crate::graph::Point;
use crate::inquiry::{Choice, Choices, Meaning, Rule, choices, outlet_near};
use crate::notebook::{ActorKind, ArticleId, Detail, EntityId, Kind, MentionId};
use crate::text::{looks_anonymous, looks_like_description};

/// The most characters of the selected words that are proposed as a name.
const LONGEST_NAME: usize = 1_000;

const SELECT_FIRST: &str = "Select the words to tag first: drag over them, or Shift+arrows.";

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
        self.with_picker(|picker| picker.taken = taken);
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
        };
        picker.choices = book.offer(&picker);
        book.tagging.tool = Tool::Picker(picker);
    }

    pub(in crate::app) fn picker_text(&mut self, text: String) {
        self.refresh_picker(|picker| picker.text = text);
    }

    pub(in crate::app) fn picker_kind(&mut self, kind: Kind) {
        self.refresh_picker(|picker| {
            if matches!(
                picker.purpose,
                Purpose::Tag { .. } | Purpose::TagAll(_) | Purpose::Retag(_) | Purpose::Place(_)
            ) {
                picker.kind = kind;
            }
        });
    }

    fn refresh_picker(&mut self, change: impl FnOnce(&mut Picker)) {
        let Some(book) = &mut self.book else { return };
        let Tool::Picker(picker) = &book.tagging.tool else { return };
        let mut picker = picker.clone();
        change(&mut picker);
        picker.choices = book.offer(&picker);
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

    pub(in crate::app) fn picker_accept(&mut self) {
        let Some(book) = &self.book else { return };
        let Tool::Picker(picker) = &book.tagging.tool else { return };
        let Some(row) = picker.choices.rows.get(picker.choices.highlighted) else { return };
        let picker = picker.clone();
        let meaning = row.meaning.clone();
        if matches!(&meaning, Meaning::New(name) if name.trim().is_empty()) {
            self.notify(Level::Info, "Enter a name first.");
            return;
        }
        if let Purpose::Place(at) = picker.purpose {
            self.put_picked(&picker, at, &meaning);
            return;
        }
        if let Purpose::TagAll(places) = &picker.purpose {
            self.tag_all(&picker, places, &meaning);
            return;
        }
        if let (Purpose::Tag { article, range }, Meaning::Existing(id)) =
            (&picker.purpose, &meaning)
            && let Some(there) = book.mention_of(*id, *article, range)
        {
            self.already_tagged(&picker, *article, range.clone(), there);
            if let Some((x, y)) = picker.put_at {
                self.put_entity(*id, x as f32, y as f32);
            }
            return;
        }
        let new = |name: &str| picker.new_entity(name);
        let label =
            |verb: &str| format!("{verb} “{}” as {}", short(&picker.words), picker.kind.word());
        let edit = match (&picker.purpose, &meaning) {
            (Purpose::Tag { article, range }, meaning) => {
                let tag = |entity, remember_alias| Edit::Tag {
                    article: Some(Ref::Id(*article)),
                    at: Spot::Bytes(range.clone()),
                    entity,
                    remember_alias,
                    statement: match &picker.taken {
                        Some(taken) if picker.kind == Kind::Claim => {
                            book.statement_of(*article, taken)
                        }
                        _ => crate::edit::StatementFields::default(),
                    },
                    note: String::new(),
                    handle: String::new(),
                };
                let date = book.date_of(&picker, meaning);
                match meaning {
                    Meaning::New(name) => {
                        let mut edits = vec![new(name), tag(Ref::handle("new"), picker.remember)];
                        edits.extend(date.map(|with| dated(Ref::handle("new"), with)));
                        Edit::Batch(label("Tag"), edits)
                    }
                    Meaning::Existing(id) => match date {
                        None => tag(Ref::Id(*id), picker.remember),
                        Some(with) => Edit::Batch(
                            label("Tag"),
                            vec![tag(Ref::Id(*id), picker.remember), dated(Ref::Id(*id), with)],
                        ),
                    },
                }
            }
            (Purpose::Retag(mention), Meaning::New(name)) => Edit::Batch(
                label("Tag"),
                vec![
                    new(name),
                    Edit::Retag { mention: Ref::Id(*mention), entity: Ref::handle("new") },
                ],
            ),
            (Purpose::Retag(mention), Meaning::Existing(id)) => {
                Edit::Retag { mention: Ref::Id(*mention), entity: Ref::Id(*id) }
            }
            (Purpose::Merge(from), Meaning::Existing(into)) => Edit::Merge {
                from: Ref::Id(*from),
                into: Ref::Id(*into),
                keep_names: picker.remember,
            },
            (Purpose::Split(mention), Meaning::New(name)) => Edit::Split {
                mention: Ref::Id(*mention),
                name: name.clone(),
                handle: String::new(),
            },
            (Purpose::Merge(_), Meaning::New(_))
            | (Purpose::Split(_), Meaning::Existing(_))
            | (Purpose::TagAll(_) | Purpose::Place(_), _) => return,
        };
        let edit = match (picker.put_at, &meaning) {
            (Some(at), Meaning::Existing(id)) => {
                let at = Point::new(at.0 as f32, at.1 as f32);
                let mut edits = vec![edit];
                edits.extend(placed_by_hand(std::iter::once((*id, at))));
                Edit::Batch(label("Tag"), edits)
            }
            _ => edit,
        };
        let Some(created) = self.edit(&edit) else { return };
        self.after_pick(&picker.purpose, &meaning, &created);
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

    /// Handles words that are tagged as that already: the picker closes as after tagging, or what is typed next would
    /// go into it and name a new entity.
    fn already_tagged(
        &mut self,
        picker: &Picker,
        article: ArticleId,
        range: Range<usize>,
        there: MentionId,
    ) {
        let Some(book) = &mut self.book else { return };
        let name = book.document.notebook().mention(there).map(|m| m.entity);
        let name = name.map_or("", |id| book.document.notebook().name(id)).to_owned();
        book.tagging.close();
        book.select(Selection::mention(there, book.document.notebook()));
        book.reading.set_caret(article, Caret::at(range.end));
        let (words, name) = (short(&picker.words), short(&name));
        self.notify(Level::Info, format!("“{words}” is tagged as “{name}” already."));
    }

    fn after_pick(&mut self, purpose: &Purpose, meaning: &Meaning, created: &[Created]) {
        let Some(book) = &mut self.book else { return };
        book.tagging.tool = Tool::None;
        let mention = created.iter().find_map(|made| match made {
            Created::Mention(id) => Some(*id),
            _ => None,
        });
        book.select(match (purpose, meaning) {
            (Purpose::Merge(_), Meaning::Existing(into)) => Selection::entity(*into),
            (Purpose::Retag(id) | Purpose::Split(id), _) => {
                Selection::mention(*id, book.document.notebook())
            }
            _ => match mention {
                Some(id) => Selection::mention(id, book.document.notebook()),
                None => return,
            },
        });
        // The words are deselected, so that the next key does not tag anything by mistake.
        if let Purpose::Tag { article, range } = purpose {
            book.reading.set_caret(*article, Caret::at(range.end));
        }
        if let Some(id) = book.selection().entities.first().copied() {
            book.tagging.used(id);
        }
    }

    /// Tags the selected words as one of the recently used entities, without asking.
    pub(in crate::app) fn tag_recent(&mut self, n: usize) {
        let Some(book) = &self.book else { return };
        let Some((article, range)) = book.selected_words() else {
            self.notify(Level::Info, SELECT_FIRST);
            return;
        };
        let Some(entity) = n.checked_sub(1).and_then(|i| book.tagging.recent.get(i)).copied()
        else {
            return;
        };
        let edit = Edit::Tag {
            article: Some(Ref::Id(article)),
            at: Spot::Bytes(range.clone()),
            entity: Ref::Id(entity),
            remember_alias: false,
            statement: crate::edit::StatementFields::default(),
            note: String::new(),
            handle: String::new(),
        };
        if let Some(created) = self.edit(&edit) {
            self.after_pick(&Purpose::Tag { article, range }, &Meaning::Existing(entity), &created);
        }
    }

    pub(in crate::app) fn start_boundary(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Some(id) = book.selection().mention else { return };
        let Some(mention) = book.document.notebook().mention(id) else { return };
        let Some(range) = mention.anchor.range() else { return };
        let article = mention.anchor.article;
        book.tagging.tool =
            Tool::Boundary { mention: id, article, range: range.clone(), end: true };
        self.bring_into_view(article, range);
    }

    pub(in crate::app) fn draft_boundary(&mut self, new: std::ops::Range<usize>) {
        let Some(book) = &mut self.book else { return };
        match &mut book.tagging.tool {
            Tool::Boundary { range, .. } => *range = new,
            Tool::None => {
                let Some(id) = book.selection().mention else { return };
                let Some(mention) = book.document.notebook().mention(id) else { return };
                let Some(range) = mention.anchor.range() else { return };
                let (article, end) = (mention.anchor.article, range.end != new.end);
                book.tagging.tool = Tool::Boundary { mention: id, article, range: new, end };
            }
            _ => {}
        }
    }

    pub(in crate::app) fn boundary_accept(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Tool::Boundary { mention, range, .. } = book.tagging.tool.clone() else { return };
        let same = book.document.notebook().mention(mention).and_then(|m| m.anchor.range())
            == Some(range.clone());
        if same
            || self
                .edit(&Edit::Rebound { mention: Ref::Id(mention), at: Spot::Bytes(range) })
                .is_some()
        {
            self.with_open_notebook(|book| book.tagging.tool = Tool::None);
        }
    }
}

fn dated(entity: Ref<EntityId>, with: EntityFields) -> Edit {
    Edit::SetEntity { entity, with: Box::new(with) }
}

/// Words shortened for the Edit menu.
fn short(words: &str) -> String {
    const LENGTH: usize = 32;
    match words.char_indices().nth(LENGTH) {
        None => words.to_owned(),
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or(words).trim_end()),
    }
}

impl Picker {
    /// The edit that makes an entity with the typed name; later edits refer to it as `$new`.
    pub(in crate::app) fn new_entity(&self, name: &str) -> Edit {
        Edit::AddEntity {
            kind: self.kind,
            name: name.to_owned(),
            handle: "new".to_owned(),
            with: Box::new(EntityFields {
                actor_kind: (self.kind == Kind::Actor && self.is_unnamed())
                    .then_some(ActorKind::Anonymous),
                ..EntityFields::default()
            }),
            at: self.put_at.map(|(x, y)| (x as f32, y as f32)),
        }
    }

    /// Whether the source stays unnamed: its words name nobody, and no name was typed instead.
    fn is_unnamed(&self) -> bool {
        looks_anonymous(&self.text)
            || looks_anonymous(&self.words)
                && (self.text.trim() == self.words || looks_like_description(&self.text))
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

    /// The mention of this entity on exactly these bytes.
    fn mention_of(
        &self,
        entity: EntityId,
        article: ArticleId,
        range: &Range<usize>,
    ) -> Option<MentionId> {
        let notebook = self.document.notebook();
        notebook.mentions_touching(article, range.clone()).into_iter().find(|id| {
            notebook.mention(*id).is_some_and(|mention| {
                mention.entity == entity && mention.anchor.range().as_ref() == Some(range)
            })
        })
    }

    /// The date of a suggestion that is accepted as an event, for an event that has none yet.
    fn date_of(&self, picker: &Picker, meaning: &Meaning) -> Option<EntityFields> {
        let Rule::Date(edtf) = &picker.taken.as_ref()?.rule else { return None };
        let has_none = match meaning {
            Meaning::New(_) => true,
            Meaning::Existing(id) => matches!(
                &self.notebook().entity(*id)?.detail,
                Detail::Event(event) if event.date.edtf.is_empty() && event.date.written.is_empty()
            ),
        };
        (picker.kind == Kind::Event && has_none).then(|| EntityFields {
            written: Some(picker.words.clone()),
            date: Some(edtf.clone()),
            ..EntityFields::default()
        })
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
