//! What is taken from the picker, as one edit: the entity, its mention, and the parts that were accepted.

use std::ops::Range;

use super::picker::SELECT_FIRST;
use crate::app::charting::placed_by_hand;
use crate::app::{Caret, Level, OpenNotebook, Picker, Program, Purpose, Selection, Tool};
use crate::edit::{Created, Edit, EntityFields, HopFields, Ref, Spot, StatementFields};
use crate::graph::Point;
use crate::inquiry::{Meaning, Speaker};
use crate::notebook::{ArticleId, Detail, EntityId, Kind, MentionId};
use crate::text::{looks_anonymous, looks_like_description};

impl Program {
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
        if picker.is_choosing_speaker() {
            self.add_speaker(meaning);
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
                let mut edits = book.tagging_edits(&picker, *article, range, meaning);
                match (edits.len(), meaning) {
                    (1, Meaning::Existing(_)) => edits.remove(0),
                    _ => Edit::Batch(label("Tag"), edits),
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
        let edit = tag(article, range.clone(), Ref::Id(entity));
        if let Some(created) = self.edit(&edit) {
            self.after_pick(&Purpose::Tag { article, range }, &Meaning::Existing(entity), &created);
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
                actor_kind: self
                    .sort
                    .filter(|_| self.kind == Kind::Actor)
                    .and_then(|sort| sort.kind),
                ..EntityFields::default()
            }),
            at: self.put_at.map(|(x, y)| (x as f32, y as f32)),
        }
    }

    /// Whether the source stays unnamed: its words name nobody, and no name was typed instead.
    pub(in crate::app) fn is_unnamed(&self) -> bool {
        looks_anonymous(&self.text)
            || looks_anonymous(&self.words)
                && (self.text.trim() == self.words || looks_like_description(&self.text))
    }

    /// The statement that is accepted with a claim: what makes its new speakers, its fields, and what tags those.
    fn statement(&self, article: ArticleId) -> (Vec<Edit>, StatementFields, Vec<Edit>) {
        let Some(speech) = self.speech.as_ref().filter(|_| self.kind == Kind::Claim) else {
            return (Vec::new(), StatementFields::default(), Vec::new());
        };
        let (mut makes, mut tags, mut chain) = (Vec::new(), Vec::new(), Vec::new());
        for (i, speaker) in speech.accepted().enumerate() {
            let actor = match &speaker.who {
                Meaning::Existing(id) => Ref::Id(*id),
                Meaning::New(name) => {
                    let handle = format!("speaker{i}");
                    makes.push(new_speaker(name, &handle, speaker));
                    let actor = Ref::handle(&handle);
                    if !speaker.words.is_empty() {
                        tags.push(tag(article, speaker.words.clone(), actor.clone()));
                    }
                    actor
                }
            };
            chain.push(HopFields { actor, cue: speaker.cue.clone(), source: speaker.source });
        }
        let with = StatementFields {
            chain: (!chain.is_empty()).then_some(chain),
            modality: Some(speech.modality),
            polarity: Some(speech.polarity),
            form: Some(speech.form),
        };
        (makes, with, tags)
    }
}

fn new_speaker(name: &str, handle: &str, speaker: &Speaker) -> Edit {
    let with = EntityFields { actor_kind: speaker.kind, ..EntityFields::default() };
    Edit::AddEntity {
        kind: Kind::Actor,
        name: name.to_owned(),
        handle: handle.to_owned(),
        with: Box::new(with),
        at: None,
    }
}

fn tag(article: ArticleId, range: Range<usize>, entity: Ref<EntityId>) -> Edit {
    Edit::Tag {
        article: Some(Ref::Id(article)),
        at: Spot::Bytes(range),
        entity,
        remember_alias: false,
        statement: StatementFields::default(),
        note: String::new(),
        handle: String::new(),
    }
}

impl OpenNotebook {
    /// The edits that tag the words of a picker as what was chosen in it.
    fn tagging_edits(
        &self,
        picker: &Picker,
        article: ArticleId,
        range: &Range<usize>,
        meaning: &Meaning,
    ) -> Vec<Edit> {
        let entity = match meaning {
            Meaning::New(_) => Ref::handle("new"),
            Meaning::Existing(id) => Ref::Id(*id),
        };
        let (mut edits, statement, mentions) = picker.statement(article);
        if let Meaning::New(name) = meaning {
            edits.push(picker.new_entity(name));
        }
        edits.push(Edit::Tag {
            article: Some(Ref::Id(article)),
            at: Spot::Bytes(range.clone()),
            entity: entity.clone(),
            remember_alias: picker.remember,
            statement,
            note: String::new(),
            handle: String::new(),
        });
        edits.extend(self.date_of(picker, meaning).map(|with| dated(entity.clone(), with)));
        if picker.others.taken && picker.kind != Kind::Claim {
            let others = picker.others.places.iter();
            edits.extend(
                others.map(|place| tag(place.article, place.range.clone(), entity.clone())),
            );
        }
        edits.extend(mentions);
        edits
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

    /// The date that is accepted for an event that has none yet.
    fn date_of(&self, picker: &Picker, meaning: &Meaning) -> Option<EntityFields> {
        if picker.kind != Kind::Event {
            return None;
        }
        let when = picker.date.as_ref()?.when()?;
        let has_none = match meaning {
            Meaning::New(_) => true,
            Meaning::Existing(id) => matches!(
                &self.notebook().entity(*id)?.detail,
                Detail::Event(event) if event.date.edtf.is_empty() && event.date.written.is_empty()
            ),
        };
        has_none.then(|| EntityFields {
            written: Some(when.written),
            date: Some(when.edtf),
            ..EntityFields::default()
        })
    }
}
