//! Why an edit was refused.

use crate::notebook::EdtfError;

/// Why an edit was refused. The notebook is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// One edit of a list.
    #[error("edit {number} ({edit}): {why}")]
    InList {
        /// Its place in the list, from 1.
        number: usize,
        /// What it would have done.
        edit: String,
        /// Why not.
        why: Box<Self>,
    },
    /// Nothing of that id or name.
    #[error("there is no {what} “{name}”{hint}")]
    Missing {
        /// `entity`, `article`, `mention`, `link`, `relation`.
        what: &'static str,
        /// As it was named.
        name: String,
        /// What to do now; begins with a separator, or is empty.
        hint: String,
    },
    /// More than one has that name.
    #[error("“{name}” names more than one {what} ({}): {}; name one by its id", candidates.len(), candidates.join(", "))]
    Ambiguous {
        /// `entity` or `article`.
        what: &'static str,
        /// As it was named.
        name: String,
        /// The ids, each with what tells it apart.
        candidates: Vec<String>,
    },
    /// A handle that no earlier edit gave.
    #[error("no earlier edit of this list made ${0}")]
    UnknownHandle(String),
    /// A handle given twice.
    #[error("the handle ${0} is given twice in this list; choose another")]
    HandleTaken(String),
    /// Words the article does not hold.
    #[error("“{quote}” does not stand in “{article}”; quote it exactly as it is written there")]
    QuoteMissing {
        /// The words.
        quote: String,
        /// The article's title.
        article: String,
    },
    /// Words the article holds several times.
    #[error("“{quote}” stands {} times in “{article}”; say which with Nth(…, n):\n{}", places.len(), places.join("\n"))]
    QuoteAmbiguous {
        /// The words.
        quote: String,
        /// The article's title.
        article: String,
        /// Each place with its context.
        places: Vec<String>,
    },
    /// Offsets that are empty, outside the text, or inside a character.
    #[error("the place {0} is empty, outside the article, or cuts a character in two")]
    BadPlace(String),
    /// A field of another kind of entity.
    #[error("“{name}” is {is}; {field} belongs to {wanted}")]
    WrongKind {
        /// The entity.
        name: String,
        /// `an actor`, `an event`, `a claim`.
        is: &'static str,
        /// The field.
        field: &'static str,
        /// Which kind has it.
        wanted: &'static str,
    },
    /// A name of which nothing can be seen: empty, or spaces and invisible characters alone.
    #[error("{0} needs a name that can be seen: write a letter, a digit or a sign")]
    Blank(&'static str),
    /// The same place is already tagged so.
    #[error("“{words}” is already tagged as “{name}” there")]
    AlreadyTagged {
        /// The words there.
        words: String,
        /// The entity.
        name: String,
    },
    /// A date that is not EDTF.
    #[error(transparent)]
    Date(#[from] EdtfError),
    /// Anything else that must not be.
    #[error("{0}")]
    Invalid(String),
}
