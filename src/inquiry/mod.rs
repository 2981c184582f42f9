//! Reasoning over a notebook: which entity a phrase means, what is still open, what else could be tagged, which part of
//! it passes a filter. It only reads a notebook.

pub mod agreement;
mod choices;
mod contents;
mod dependents;
pub mod difference;
mod filter;
mod near_copies;
mod proposal;
mod relations;
pub mod review;
pub mod sources;
mod spotlight;
pub mod suggest;
mod untagged;
mod versions;
mod weight;

pub use choices::{Choice, Choices, Meaning, choices, fuzzy, outlet_near};
pub use contents::contents;
pub use dependents::{Dependents, dependents, tied};
pub use difference::{Difference, Summary, difference, readable, summarise};
pub use filter::{Filtered, filtered};
pub use near_copies::{NEAR_COPY, NearCopy, alike_in_words, near_copies};
pub use proposal::{
    Proposal, Speaker, date_near, guess_kind, guess_kind_of_words, nearest_actors,
    nearest_speakers, propose_statement, read_typed_date,
};
pub use relations::relations_between;
pub use spotlight::{
    Emphasis, EmphasisChange, MOST_PATHS, Paths, Spotlight, emphasis, step_in_words,
};
pub use suggest::{Lexicons, Rule, Suggestion, Suggestions, read_date, suggest};
pub use untagged::{Occurrence, is_tagged, untagged_places, untagged_words};
pub use versions::{ComparedVersion, VersionChanges};
pub use weight::{LARGEST, Measure, SMALLEST, Weights, weights};
