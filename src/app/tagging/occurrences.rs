//! “Tag the rest” of an entity, and “Tag all” of some words or of the hits of a search: the untagged occurrences in a
//! list, of which the ticked ones are tagged in one step.

use crate::app::{Level, Picker, Program, Purpose, Selection, TagRest, TagRestOf, Tool};
use crate::edit::{Created, Edit, Ref, Spot, StatementFields};
use crate::inquiry::{Meaning, Occurrence, is_tagged, untagged_places, untagged_words};
use crate::job::{Handle, Job};
use crate::notebook::{EntityId, Kind, Notebook};
use crate::text::{looks_anonymous, looks_like_description};

/// The most bytes of text that are searched without a job.
const AT_ONCE: usize = 2 << 20;
/// The most occurrences that are listed at once: the rest follows when these are tagged.
const MOST: usize = 10_000;

/// The result of a search for untagged occurrences.
#[derive(Debug)]
pub struct RestFound {
    /// The notebook that was searched, and its revision.
    book: (u64, u64),
    rest: TagRest,
}

impl Program {
    /// Lists the other occurrences of the selected entity, or of the selected words if no entity is selected.
    pub(in crate::app) fn open_rest(&mut self) {
        let Some(book) = &self.book else { return };
        let Some(entity) = book.selection().only_entity() else {
            self.open_rest_of_words();
            return;
        };
        // The tagged words themselves may be neither name nor alias yet: they are searched for too if they look like a
        // name.
        let words: Vec<String> = book
            .selection()
            .mention
            .and_then(|id| book.document.notebook().mention(id))
            .map(|mention| book.document.notebook().words(&mention.anchor).to_owned())
            .filter(|words| !looks_anonymous(words) && !looks_like_description(words))
            .into_iter()
            .collect();
        let of = TagRestOf::Entity(entity);
        self.look_for_rest(of, move |notebook, stop| {
            untagged_places(notebook, entity, &words, stop)
        });
    }

    /// Lists the occurrences of the selected words.
    pub(in crate::app) fn open_rest_of_words(&mut self) {
        let Some(book) = &self.book else { return };
        let words = book.selected_words().and_then(|(article, range)| {
            Some(book.document.notebook().article(article)?.text.get(range)?.to_owned())
        });
        let Some(words) = words else { return };
        if words.contains('\n') {
            self.notify(Level::Info, "Select words within one paragraph to tag all occurrences.");
            return;
        }
        let of = TagRestOf::Words(words.clone());
        self.look_for_rest(of, move |notebook, stop| untagged_words(notebook, &words, stop));
    }

    fn look_for_rest(
        &mut self,
        of: TagRestOf,
        look: impl FnOnce(&Notebook, &dyn Fn() -> bool) -> Vec<Occurrence> + Send + 'static,
    ) {
        let Some(book) = &self.book else { return };
        let notebook = book.snapshot();
        let state = (book.document.id(), notebook.revision());
        let size: usize = notebook.articles().values().map(|article| article.text.len()).sum();
        let work = move |stop: &dyn Fn() -> bool| RestFound {
            book: state,
            rest: TagRest::new(of, look(&notebook, stop)),
        };
        if size <= AT_ONCE {
            let found = work(&|| false);
            self.rest_found(found);
        } else {
            let work = move |handle: &Handle| {
                let found = work(&|| handle.is_cancelled());
                // Some of the places would pass for all.
                (!handle.is_cancelled()).then_some(found)
            };
            self.jobs.start(Job::compute("Finding mentions"), work, |program, found| {
                if let Some(found) = found {
                    program.rest_found(found);
                }
            });
        }
    }

    pub(in crate::app) fn rest_found(&mut self, found: RestFound) {
        let Some(book) = &mut self.book else { return };
        // The notebook was changed, or something else opened, in the meantime.
        if found.book != (book.document.id(), book.document.notebook().revision())
            || !matches!(book.tagging.tool, Tool::None)
        {
            return;
        }
        let rest = found.rest;
        if rest.places.is_empty() {
            let why = match &rest.of {
                TagRestOf::Entity(entity) => {
                    let name = book.document.notebook().name(*entity);
                    format!("No other mentions of “{name}” found.")
                }
                TagRestOf::Words(words) => format!("No untagged occurrences of “{words}” found."),
            };
            self.notify(Level::Info, why);
            return;
        }
        book.tagging.tool = Tool::Rest(rest);
    }

    /// Lists the search results that are not tagged.
    pub(in crate::app) fn tag_hits(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Some(find) = book.find() else { return };
        let words = find.query.pattern.clone();
        let mut places: Vec<Occurrence> = Vec::new();
        'all: for hits in &find.hits {
            for range in hits.places.iter() {
                let place = Occurrence { article: hits.article, range: range.clone() };
                // A pattern may find what cannot be a mention: half a character, or only white space.
                let Some(article) = book.document.notebook().article(place.article) else {
                    continue;
                };
                let whole = article.text.snap(article.text.trim(place.range.clone()));
                if whole == place.range && !is_tagged(book.document.notebook(), &place) {
                    places.push(place);
                    if places.len() > MOST {
                        break 'all;
                    }
                }
            }
        }
        if places.is_empty() {
            self.notify(Level::Info, "All results are already tagged.");
            return;
        }
        book.tagging.tool = Tool::Rest(TagRest::new(TagRestOf::Words(words), places));
    }

    pub(in crate::app) fn rest_apply(&mut self) {
        let Some(book) = &self.book else { return };
        let Tool::Rest(rest) = &book.tagging.tool else { return };
        let places: Vec<Occurrence> = rest
            .places
            .iter()
            .zip(&rest.ticked)
            .filter(|(_, ticked)| **ticked)
            .map(|(place, _)| place.clone())
            .collect();
        if places.is_empty() {
            self.notify(Level::Info, "Select at least one occurrence first.");
            return;
        }
        match &rest.of {
            TagRestOf::Entity(entity) => {
                let entity = *entity;
                let count = counted(places.len());
                let name = book.document.notebook().name(entity).to_owned();
                let label = format!("Tag {} as “{name}”", count.replace("mention", "more mention"));
                if self.edit(&Edit::Batch(label, tags(&places, &Ref::Id(entity)))).is_some() {
                    self.with_open_notebook(|book| {
                        book.tagging.tool = Tool::None;
                        book.tagging.used(entity);
                    });
                    self.notify(Level::Info, format!("Tagged {count} as “{name}”."));
                }
            }
            TagRestOf::Words(_) => self.open_picker_of(Purpose::TagAll(places.into()), Kind::Actor),
        }
    }

    /// Tags all of a picker's occurrences as what was chosen in it.
    pub(in crate::app) fn tag_all(
        &mut self,
        picker: &Picker,
        places: &[Occurrence],
        meaning: &Meaning,
    ) {
        let (entity, mut edits) = match meaning {
            Meaning::New(name) => (Ref::handle("new"), vec![picker.new_entity(name)]),
            Meaning::Existing(id) => (Ref::Id(*id), Vec::new()),
        };
        edits.extend(tags(places, &entity));
        let name = match (meaning, &self.book) {
            (Meaning::New(name), _) => name.clone(),
            (Meaning::Existing(id), Some(book)) => book.document.notebook().name(*id).to_owned(),
            _ => return,
        };
        let count = counted(places.len());
        let label = format!("Tag {count} as “{name}”");
        let Some(created) = self.edit(&Edit::Batch(label, edits)) else { return };
        let made = created.iter().find_map(|made| match made {
            Created::Entity(id) => Some(*id),
            _ => None,
        });
        let entity: Option<EntityId> = match meaning {
            Meaning::New(_) => made,
            Meaning::Existing(id) => Some(*id),
        };
        self.with_open_notebook(|book| {
            book.tagging.tool = Tool::None;
            if let Some(id) = entity {
                book.select(Selection::entity(id));
                book.tagging.used(id);
            }
        });
        self.notify(Level::Info, format!("Tagged {count} as “{name}”."));
    }
}

fn tags(places: &[Occurrence], entity: &Ref<EntityId>) -> Vec<Edit> {
    let tag = |place: &Occurrence| Edit::Tag {
        article: Some(Ref::Id(place.article)),
        at: Spot::Bytes(place.range.clone()),
        entity: entity.clone(),
        remember_alias: false,
        statement: StatementFields::default(),
        note: String::new(),
        handle: String::new(),
    };
    places.iter().map(tag).collect()
}

fn counted(places: usize) -> String {
    if places == 1 { "1 mention".to_owned() } else { format!("{places} mentions") }
}

impl TagRest {
    /// A list with all occurrences ticked, up to the most that are listed at once.
    fn new(of: TagRestOf, mut places: Vec<Occurrence>) -> Self {
        let cut = places.len() > MOST;
        places.truncate(MOST);
        Self { of, ticked: vec![true; places.len()], places, cut }
    }
}
