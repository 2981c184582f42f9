//! The chronology: what is on the timeline as a table of date, what, who, the sentence it stands in, and how sure it is.

use super::doubts::Doubts;
use super::extent::Extent;
use super::items::{Items, What, mention_of, sentence_of};
use super::order::Clash;
use crate::notebook::{ArticleId, Detail, EntityId, MentionId, Modality, Notebook, Polarity, When};

/// A row of the chronology.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is about.
    pub what: What,
    /// The event, or the claim that is stated.
    pub entity: EntityId,
    /// When: the date as EDTF, of a statement that of its article. Empty where nobody knows.
    pub date: String,
    /// The date as the article writes it.
    pub written: String,
    /// The event’s name, or what is claimed.
    pub name: String,
    /// Who took part, or who says so and through whom.
    pub who: String,
    /// Where.
    pub place: String,
    /// The mention it is told in, its article, and the sentence around it.
    pub told: Option<(MentionId, ArticleId, String)>,
    /// How sure: how exact the date is, what does not go with it, or how sure the speaker is.
    pub sure: String,
}

/// The whole chronology: what has a date in the order of time, then what has none. Incomplete once `stop`
/// returns true.
#[must_use]
pub fn chronology(notebook: &Notebook, clashes: &[Clash], stop: &dyn Fn() -> bool) -> Vec<Passage> {
    let items = Items::of(notebook, true, stop);
    let dated = items.dated.iter().map(|item| item.what);
    let undated = items.undated.iter().map(|id| What::Event(*id));
    let undated = undated.chain(items.undated_statements.iter().map(|id| What::Statement(*id)));
    let doubts = Doubts::of(clashes);
    let mut all = Vec::new();
    for (n, what) in dated.chain(undated).enumerate() {
        if n % 256 == 0 && stop() {
            break;
        }
        let Some(mut passage) = Passage::of(notebook, what) else { continue };
        passage.sure.push_str(&doubts.words(notebook, what));
        all.push(passage);
    }
    all
}

impl Passage {
    /// The row of something; `None` where it is neither an event nor a statement.
    #[must_use]
    pub fn of(notebook: &Notebook, what: What) -> Option<Self> {
        let entity = match what {
            What::Event(id) => id,
            What::Statement(id) => notebook.mention(id)?.entity,
        };
        let when = when(notebook, what)?;
        let told = mention_of(notebook, what).and_then(|mention| {
            let (article, sentence) = sentence_of(notebook, mention)?;
            Some((mention, article, sentence))
        });
        Some(Self {
            what,
            entity,
            date: when.edtf,
            written: when.written,
            name: notebook.name(entity).to_owned(),
            who: who(notebook, what),
            place: place(notebook, what).to_owned(),
            told,
            sure: sure(notebook, what),
        })
    }
}

/// When something was: of a statement the date of its article, which nobody wrote into the text.
#[must_use]
pub fn when(notebook: &Notebook, what: What) -> Option<When> {
    match what {
        What::Event(id) => match &notebook.entity(id)?.detail {
            Detail::Event(event) => Some(event.date.clone()),
            Detail::Actor(_) | Detail::Claim(_) => None,
        },
        What::Statement(id) => {
            let mention = notebook.mention(id)?;
            mention.statement.as_ref()?;
            let edtf = notebook.article(mention.anchor.article)?.about.date.clone();
            Some(When { edtf, ..When::default() })
        }
    }
}

/// Who took part in an event, each with their part; who says a statement, the nearest to the article first.
#[must_use]
pub fn who(notebook: &Notebook, what: What) -> String {
    match what {
        What::Event(id) => match notebook.entity(id).map(|entity| &entity.detail) {
            Some(Detail::Event(event)) => event
                .participants
                .iter()
                .map(|one| format!("{} ({})", notebook.name(one.actor), one.role.label()))
                .collect::<Vec<_>>()
                .join(", "),
            _ => String::new(),
        },
        What::Statement(id) => {
            let Some(mention) = notebook.mention(id) else { return String::new() };
            let publisher =
                notebook.article(mention.anchor.article).and_then(|it| it.about.publisher);
            let mut chain: Vec<EntityId> =
                publisher.into_iter().chain(mention.speakers()).collect();
            chain.dedup();
            chain.into_iter().map(|id| notebook.name(id)).collect::<Vec<_>>().join(" ← ")
        }
    }
}

/// Where an event was.
#[must_use]
pub fn place(notebook: &Notebook, what: What) -> &str {
    let What::Event(id) = what else { return "" };
    match notebook.entity(id).map(|entity| &entity.detail) {
        Some(Detail::Event(event)) => &event.place,
        _ => "",
    }
}

/// How sure something is, in words: how exact an event's date is, how sure the speaker of a statement is.
#[must_use]
pub fn sure(notebook: &Notebook, what: What) -> String {
    match what {
        What::Event(_) => {
            let date = when(notebook, what).unwrap_or_default();
            match Extent::of(date.edtf.trim()) {
                Some(extent) => extent.words(),
                None if date.written.trim().is_empty() => "no date".to_owned(),
                None => "date not reckoned".to_owned(),
            }
        }
        What::Statement(id) => {
            let statement = notebook.mention(id).and_then(|it| it.statement.as_ref());
            let Some(statement) = statement else { return String::new() };
            let modality = match statement.modality {
                Modality::Unknown => "certainty unknown",
                other => other.label(),
            };
            match statement.polarity {
                Polarity::Affirms => modality.to_owned(),
                Polarity::Denies => format!("{modality}, {}", Polarity::Denies.label()),
            }
        }
    }
}
