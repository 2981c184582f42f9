//! What is proposed when words are tagged, read by rules from the words around them: of a claim who says so and how
//! surely, of an event its date, of an actor what sort it is. The user accepts or drops each part.

mod kind;
mod speakers;
mod when;

use std::ops::Range;

pub use kind::{guess_kind, guess_kind_of_words};
pub use speakers::{nearest_actors, nearest_speakers};
pub use when::{date_near, read_typed_date};

use super::Meaning;
use super::suggest::{Lexicons, Manner, Tagged, Voice, speech};
use crate::notebook::{
    ActorKind, ArticleId, Detail, EntityId, Form, Kind, Modality, Notebook, Polarity, Source,
};
use crate::text::{Text, fold};

/// Who is proposed to say the words of a span, how surely, and in whose words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// The speakers, nearest to the article first; none where the article speaks for itself.
    pub chain: Vec<Speaker>,
    /// How sure they are.
    pub modality: Modality,
    /// Whether they affirm or deny.
    pub polarity: Polarity,
    /// In whose words.
    pub form: Form,
}

/// A speaker that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// Who: somebody in the notebook, or a new actor of this name.
    pub who: Meaning,
    /// Of a new actor, what sort it seems to be.
    pub kind: Option<ActorKind>,
    /// The words that attribute.
    pub cue: String,
    /// The words that name or describe the speaker: bytes of the article's text.
    pub words: Range<usize>,
    /// Whether the speaker's own words are there to read.
    pub source: Source,
}

/// The longest cue that is kept, in bytes.
const LONGEST_CUE: usize = 120;
/// So far from a span its article's mentions matter, in bytes.
const NEAR: usize = 32 << 10;

/// What is proposed for a claim on this span.
#[must_use]
pub fn propose_statement(
    notebook: &Notebook,
    article: ArticleId,
    range: Range<usize>,
    lexicons: &Lexicons,
) -> Proposal {
    let Some(record) = notebook.article(article) else { return Proposal::default() };
    let Some(lexicon) = lexicons.of(&record.about.language) else { return Proposal::default() };
    let text = &record.text;
    let range = text.snap(text.trim(range));
    if range.is_empty() {
        return Proposal::default();
    }
    let tagged = tagged_near(notebook, article, text, &range);
    let read = speech(text, range, lexicon, &tagged);
    let publisher = record.about.publisher;
    let own = publisher.map(|id| notebook.name(id).to_owned());
    let mut chain: Vec<Speaker> = Vec::new();
    for voice in &read.voices {
        let outlet = chain.last().map(|outer| match &outer.who {
            Meaning::Existing(id) => notebook.name(*id).to_owned(),
            Meaning::New(name) => name.clone(),
        });
        let outlet = outlet.or_else(|| own.clone());
        let who = resolve(notebook, article, text, voice, outlet.as_deref());
        // What an article says of its own outlet's work is its own word.
        let itself = match &who {
            Meaning::Existing(id) => Some(*id) == publisher,
            Meaning::New(_) => false,
        };
        if itself && voice.source == Source::Reported || chain.iter().any(|other| other.who == who)
        {
            continue;
        }
        let kind = match who {
            Meaning::Existing(_) => None,
            Meaning::New(_) => guess_of(voice, text, lexicon),
        };
        chain.push(Speaker {
            who,
            kind,
            cue: cue_words(text, voice),
            // Words are taken apart at invisible characters too, as there are inside of an emoji.
            words: text.snap(voice.words.clone()),
            source: voice.source,
        });
    }
    Proposal { chain, modality: read.modality, polarity: read.polarity, form: read.form }
}

fn guess_of(voice: &Voice, text: &Text, lexicon: &super::suggest::Lexicon) -> Option<ActorKind> {
    let words = text.get(voice.words.clone()).unwrap_or_default();
    match voice.manner {
        Manner::Unnamed => Some(ActorKind::Anonymous),
        Manner::Outlet => Some(ActorKind::Media),
        Manner::Named | Manner::Described => lexicon.kind_of(words, false),
    }
}

/// The words that attribute, on one line.
fn cue_words(text: &Text, voice: &Voice) -> String {
    let words = text.get(voice.cue.clone()).unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.len() <= LONGEST_CUE { words } else { String::new() }
}

/// The actors tagged near a span.
pub(super) fn tagged_near(
    notebook: &Notebook,
    article: ArticleId,
    text: &Text,
    range: &Range<usize>,
) -> Vec<Tagged> {
    let all = text.as_str();
    let start = all.floor_char_boundary(range.start.saturating_sub(NEAR));
    let end = all.ceil_char_boundary(range.end.saturating_add(NEAR).min(all.len()));
    let mentions = notebook.mentions_touching(article, start..end).into_iter();
    mentions
        .filter_map(|id| {
            let mention = notebook.mention(id)?;
            let Detail::Actor(actor) = &notebook.entity(mention.entity)?.detail else {
                return None;
            };
            let manner = match actor.kind {
                ActorKind::Anonymous => Manner::Unnamed,
                ActorKind::Media => Manner::Outlet,
                _ => Manner::Named,
            };
            Some(Tagged { range: mention.anchor.range()?, manner })
        })
        .collect()
}

/// Whom the words of a speaker mean: the actor that is tagged there, or whose name they are; otherwise somebody new.
fn resolve(
    notebook: &Notebook,
    article: ArticleId,
    text: &Text,
    voice: &Voice,
    outlet: Option<&str>,
) -> Meaning {
    let here = notebook.mentions_touching(article, voice.words.clone()).into_iter();
    let tagged = here
        .filter_map(|id| notebook.mention(id))
        .filter(|mention| is_actor(notebook, mention.entity))
        .filter_map(|mention| Some((mention.anchor.range()?, mention.entity)))
        .filter(|(at, _)| at.start < voice.words.end && voice.words.start < at.end);
    let words = text.get(voice.words.clone()).unwrap_or_default();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let unnamed = voice.manner == Manner::Unnamed;
    let fits = |(at, id): &(Range<usize>, EntityId)| {
        // “deux proches du conseil” with “du conseil” tagged in it is not the board.
        *at == voice.words
            || at.start <= voice.words.start && voice.words.end <= at.end
            || !unnamed
            || notebook.entity(*id).is_some_and(|entity| entity.is_anonymous())
    };
    let best = tagged.filter(fits).min_by_key(|(at, id)| {
        (at.start.abs_diff(voice.words.start) + at.end.abs_diff(voice.words.end), *id)
    });
    if let Some((_, id)) = best {
        return Meaning::Existing(id);
    }
    if !unnamed && let Some(id) = named(notebook, &words) {
        return Meaning::Existing(id);
    }
    Meaning::New(match outlet.filter(|_| unnamed) {
        Some(outlet) => format!("{words} ({outlet})"),
        None => words,
    })
}

fn is_actor(notebook: &Notebook, id: EntityId) -> bool {
    notebook.entity(id).is_some_and(|entity| entity.kind() == Kind::Actor)
}

/// The actor of this name; the only person whose name holds this word.
fn named(notebook: &Notebook, words: &str) -> Option<EntityId> {
    let key = fold(words);
    let short = without_article(&key);
    let mut exact = None;
    let mut bearers: Vec<EntityId> = Vec::new();
    for (id, entity) in notebook.entities() {
        let Detail::Actor(actor) = &entity.detail else { continue };
        for name in entity.names() {
            let name = fold(name);
            if name == key {
                return Some(*id);
            }
            if without_article(&name) == short {
                exact = exact.or(Some(*id));
            }
            // What nobody has set may be a person.
            if matches!(actor.kind, ActorKind::Unset | ActorKind::Person)
                && !bearers.contains(id)
                && name.split(' ').any(|word| word == key)
            {
                bearers.push(*id);
            }
        }
    }
    exact.or_else(|| if let [only] = bearers[..] { Some(only) } else { None })
}

fn without_article(name: &str) -> &str {
    ["le ", "la ", "les ", "l'", "the "]
        .iter()
        .find_map(|article| name.strip_prefix(article))
        .unwrap_or(name)
}
