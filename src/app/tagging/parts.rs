//! The parts of the picker beside the entity: what is proposed for them, and changing them.

use super::drafts::{ClaimText, DateDraft, OthersDraft, SortDraft, SpeechDraft};
use crate::app::{OpenNotebook, Picker, Program, Purpose, Tool};
use crate::inquiry::{
    Choice, Choices, Lexicons, Meaning, Occurrence, choices, date_near, guess_kind,
    guess_kind_of_words, nearest_speakers, propose_statement, read_typed_date, untagged_words,
};
use crate::job::{Handle, Job};
use crate::notebook::{ActorKind, Form, Kind, Modality, Polarity};
use crate::text::{looks_anonymous, looks_like_description};

/// A part of what the picker proposes that one key changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PickerPart {
    /// The n-th speaker, from 0: accepted or dropped.
    Speaker(usize),
    /// How sure they are: the next of the list.
    Certainty,
    /// Whether they affirm or deny: the other.
    Stance,
    /// In whose words: the next of the list.
    Form,
    /// A new actor's sort: this one, or not set where it is this one.
    Sort(ActorKind),
    /// The other places of the words: tagged too, or not.
    Others,
}

/// The most bytes of text in which other places are looked for without a job.
const AT_ONCE: usize = 2 << 20;
/// The most other places that are tagged with one key; “Tag the rest” lists more.
const MOST_OTHERS: usize = 10_000;
/// The longest words whose other places are looked for, in bytes.
const LONGEST_WORDS: usize = 120;

/// Other places that a job has found.
#[derive(Debug)]
struct OthersFound {
    book: (u64, u64),
    purpose: Purpose,
    places: Vec<Occurrence>,
}

impl Program {
    /// Calls a function with the open notebook and the word lists.
    pub(super) fn with_lexicons<T>(
        &mut self,
        act: impl FnOnce(&OpenNotebook, &Lexicons) -> T,
    ) -> Option<T> {
        let lists = self.word_lists.clone();
        let (lexicons, faults) = lists.get(self.settings.lexicon_folder());
        for fault in faults {
            self.notify(crate::app::Level::Warning, fault);
        }
        self.book.as_ref().map(|book| act(book, lexicons))
    }

    /// Proposes the parts that the picker's kind has, where that was not done yet.
    pub(super) fn propose_parts(&mut self) {
        let Some(picker) = self.open_notebook().and_then(OpenNotebook::picker).cloned() else {
            return;
        };
        let made = self.with_lexicons(|book, lexicons| picker.proposed(book, lexicons));
        let Some(made) = made else { return };
        self.with_picker(|picker| {
            (picker.speech, picker.date, picker.sort) = (made.speech, made.date, made.sort);
        });
        self.look_for_others();
    }

    /// Guesses the sort of actor anew, for what is typed now.
    pub(super) fn guess_sort(&mut self) {
        let Some(picker) = self.open_notebook().and_then(OpenNotebook::picker) else { return };
        let Some(sort) = picker.sort.filter(|sort| !sort.chosen) else { return };
        let (text, unnamed) = (picker.text.clone(), picker.is_unnamed());
        let language = picker.language(self.open_notebook());
        let kind = self.with_lexicons(|_, lexicons| match sort.guess {
            _ if unnamed => Some(ActorKind::Anonymous),
            Some(guess) if guess != ActorKind::Anonymous => Some(guess),
            _ => guess_kind_of_words(&text, &language, lexicons),
        });
        self.with_picker(|picker| picker.sort = Some(SortDraft { kind: kind.flatten(), ..sort }));
    }

    pub(in crate::app) fn picker_part(&mut self, part: PickerPart) {
        self.with_picker(|picker| {
            match part {
                PickerPart::Sort(kind) => {
                    if let Some(sort) = &mut picker.sort {
                        sort.kind = (sort.kind != Some(kind)).then_some(kind);
                        sort.chosen = true;
                    }
                    return;
                }
                PickerPart::Others => {
                    picker.others.taken = !picker.others.taken && !picker.others.places.is_empty();
                    return;
                }
                _ => {}
            }
            let Some(speech) = picker.speech.as_mut().filter(|speech| !speech.is_choosing()) else {
                return;
            };
            match part {
                PickerPart::Speaker(i) => {
                    if let Some(draft) = speech.chain.get_mut(i) {
                        draft.accepted = !draft.accepted;
                    }
                }
                PickerPart::Certainty => speech.modality = next(speech.modality, &Modality::ALL),
                PickerPart::Stance => speech.polarity = next(speech.polarity, &Polarity::ALL),
                PickerPart::Form => speech.form = next(speech.form, &Form::ALL),
                PickerPart::Sort(_) | PickerPart::Others => {}
            }
        });
    }

    /// The date was typed.
    pub(in crate::app) fn picker_date(&mut self, text: String) {
        let Some(picker) = self.open_notebook().and_then(OpenNotebook::picker) else { return };
        let Some(mut date) = picker.date.clone() else { return };
        let language = picker.language(self.open_notebook());
        let day = picker.article_day(self.open_notebook());
        date.read = match &date.found {
            Some(found) if found.written == text && !found.edtf.is_empty() => {
                Some(found.edtf.clone())
            }
            _ => self
                .with_lexicons(|_, lexicons| read_typed_date(&text, &language, &day, lexicons))
                .flatten(),
        };
        date.text = text;
        self.with_picker(|picker| picker.date = Some(date));
    }

    /// Begins choosing one more speaker in the picker.
    pub(in crate::app) fn choose_speaker(&mut self) {
        self.refresh_picker(|picker| {
            let held = ClaimText { text: picker.text.clone(), choices: picker.choices.clone() };
            if let Some(speech) = picker.speech.as_mut().filter(|speech| !speech.is_choosing()) {
                speech.claim = Some(held);
                picker.text = String::new();
            }
        });
        self.offer_nearest();
    }

    /// While nothing is typed, the nearest speakers are offered.
    pub(super) fn offer_nearest(&mut self) {
        let Some(picker) = self.open_notebook().and_then(OpenNotebook::picker) else { return };
        let Purpose::Tag { article, range } = picker.purpose.clone() else { return };
        if !picker.is_choosing_speaker() || !picker.text.trim().is_empty() {
            return;
        }
        let accepted: Vec<Meaning> = picker
            .speech
            .iter()
            .flat_map(SpeechDraft::accepted)
            .map(|speaker| speaker.who.clone())
            .collect();
        let nearest = self.with_lexicons(|book, lexicons| {
            nearest_speakers(book.notebook(), article, &range, lexicons)
        });
        let rows = nearest.unwrap_or_default().into_iter().filter(|who| !accepted.contains(who));
        let rows = rows.map(|meaning| Choice { meaning, alias: None }).collect();
        self.with_picker(|picker| picker.choices = Choices { rows, highlighted: 0 });
    }

    /// Takes a speaker that was chosen.
    pub(super) fn add_speaker(&mut self, who: Meaning) {
        let Some(picker) = self.open_notebook().and_then(OpenNotebook::picker) else { return };
        let language = picker.language(self.open_notebook());
        let kind = self.with_lexicons(|_, lexicons| match &who {
            Meaning::Existing(_) => None,
            Meaning::New(name) if looks_anonymous(name) => Some(ActorKind::Anonymous),
            Meaning::New(name) => guess_kind_of_words(name, &language, lexicons),
        });
        let Some(book) = &mut self.book else { return };
        let notebook = book.document.notebook();
        let unnamed = |who: &Meaning| match who {
            Meaning::Existing(id) => {
                notebook.entity(*id).is_some_and(|entity| entity.is_anonymous())
            }
            Meaning::New(name) => looks_anonymous(name),
        };
        if let Tool::Picker(picker) = &mut book.tagging.tool
            && let Some(speech) = &mut picker.speech
        {
            speech.add(who, kind.flatten(), &unnamed);
            picker.restore_claim();
        }
    }

    fn look_for_others(&mut self) {
        let Some(book) = &self.book else { return };
        let Tool::Picker(picker) = &book.tagging.tool else { return };
        let words = picker.words.clone();
        let Purpose::Tag { article, range } = picker.purpose.clone() else { return };
        let name = match picker.kind {
            Kind::Actor => !looks_anonymous(&words) && !looks_like_description(&words),
            Kind::Event => true,
            Kind::Claim => false,
        };
        let exact = book.notebook().article(article).and_then(|a| a.text.get(range.clone()))
            == Some(words.as_str());
        if !name || !exact || words.len() > LONGEST_WORDS || !picker.others.places.is_empty() {
            return;
        }
        let notebook = book.snapshot();
        let state = (book.document.id(), notebook.revision());
        let size: usize = notebook.articles().values().map(|article| article.text.len()).sum();
        let purpose = picker.purpose.clone();
        let work = move |stop: &dyn Fn() -> bool| {
            let mut places = untagged_words(&notebook, &words, stop);
            places.retain(|place| place.article != article || place.range != range);
            places.truncate(MOST_OTHERS);
            OthersFound { book: state, purpose, places }
        };
        if size <= AT_ONCE {
            let found = work(&|| false);
            self.others_found(found);
        } else {
            let work = move |handle: &Handle| {
                let found = work(&|| handle.is_cancelled());
                (!handle.is_cancelled()).then_some(found)
            };
            self.jobs.start(Job::compute("Finding mentions"), work, |program, found| {
                if let Some(found) = found {
                    program.others_found(found);
                }
            });
        }
    }

    fn others_found(&mut self, found: OthersFound) {
        let Some(book) = &self.book else { return };
        let state = (book.document.id(), book.document.notebook().revision());
        if found.book == state {
            self.with_picker(|picker| {
                if picker.purpose == found.purpose {
                    picker.others = OthersDraft { places: found.places, taken: false };
                }
            });
        }
    }
}

/// The one after it in a list, round and round.
fn next<T: Copy + PartialEq>(now: T, all: &[T]) -> T {
    let at = all.iter().position(|one| *one == now).map_or(0, |at| (at + 1) % all.len());
    all.get(at).copied().unwrap_or(now)
}

/// What is proposed for a picker.
struct Proposed {
    speech: Option<SpeechDraft>,
    date: Option<DateDraft>,
    sort: Option<SortDraft>,
}

impl Picker {
    /// Whether a speaker of the claim is being chosen.
    #[must_use]
    pub fn is_choosing_speaker(&self) -> bool {
        self.kind == Kind::Claim && self.speech.as_ref().is_some_and(SpeechDraft::is_choosing)
    }

    /// How many rows it offers, or offered before a speaker was to be chosen.
    #[must_use]
    pub fn rows_at_rest(&self) -> usize {
        let claim = self.speech.as_ref().and_then(|speech| speech.claim.as_ref());
        claim.map_or(&self.choices, |claim| &claim.choices).rows.len()
    }

    /// Goes back from choosing a speaker to the claim; returns whether one was being chosen.
    pub(super) fn restore_claim(&mut self) -> bool {
        let Some(claim) = self.speech.as_mut().and_then(|speech| speech.claim.take()) else {
            return false;
        };
        (self.text, self.choices) = (claim.text, claim.choices);
        true
    }

    /// The language of the article that the words are in.
    fn language(&self, book: Option<&OpenNotebook>) -> String {
        self.about(book).map_or_else(String::new, |about| about.language.clone())
    }

    /// The day of that article.
    fn article_day(&self, book: Option<&OpenNotebook>) -> String {
        self.about(book).map_or_else(String::new, |about| about.date.clone())
    }

    fn about<'a>(&self, book: Option<&'a OpenNotebook>) -> Option<&'a crate::notebook::About> {
        let book = book?;
        let article = match &self.purpose {
            Purpose::Tag { article, .. } => *article,
            _ => book.article()?,
        };
        Some(&book.notebook().article(article)?.about)
    }

    /// The parts of this kind: those that are there, or else what is proposed.
    fn proposed(&self, book: &OpenNotebook, lexicons: &Lexicons) -> Proposed {
        let notebook = book.notebook();
        let mut made =
            Proposed { speech: self.speech.clone(), date: self.date.clone(), sort: self.sort };
        match (self.kind, &self.purpose) {
            (Kind::Claim, Purpose::Tag { article, range }) => {
                made.speech.get_or_insert_with(|| {
                    SpeechDraft::of(propose_statement(notebook, *article, range.clone(), lexicons))
                });
            }
            (Kind::Event, Purpose::Tag { article, range }) => {
                made.date.get_or_insert_with(|| {
                    DateDraft::of(date_near(notebook, *article, range, lexicons))
                });
            }
            (Kind::Actor, Purpose::Tag { article, range }) => {
                made.sort.get_or_insert_with(|| {
                    let guess = guess_kind(notebook, *article, range.clone(), lexicons);
                    SortDraft { kind: guess, guess, chosen: false }
                });
            }
            (Kind::Event, Purpose::TagAll(_) | Purpose::Place(_)) => {
                made.date.get_or_insert_default();
            }
            (Kind::Actor, Purpose::TagAll(_) | Purpose::Place(_)) => {
                let language = self.language(Some(book));
                made.sort.get_or_insert_with(|| {
                    let guess = if self.is_unnamed() {
                        Some(ActorKind::Anonymous)
                    } else {
                        guess_kind_of_words(&self.words, &language, lexicons)
                    };
                    SortDraft { kind: guess, guess, chosen: false }
                });
            }
            _ => {}
        }
        made
    }
}

impl OpenNotebook {
    /// The speakers that fit what is typed.
    pub(super) fn offer_speakers(&self, picker: &Picker) -> Choices {
        choices(self.notebook(), Kind::Actor, &picker.text, "", None, true, None)
    }
}
