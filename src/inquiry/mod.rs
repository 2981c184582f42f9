//! Reasoning over a notebook: which entity a phrase means, what is still open, what else could be tagged,
//! which part of it is looked at.
//! Pure: asks a notebook, changes nothing.

mod choices;
pub mod difference;
mod filter;
mod leaning;
mod relations;
mod review;
mod sight;
pub mod suggest;
mod untagged;
mod weight;

pub use choices::{Choice, Choices, Meaning, choices, fuzzy, outlet_near};
pub use difference::{Difference, Told, difference, told};
pub use filter::{Left, filtered};
pub use leaning::{Leaning, leaning, tied};
pub use relations::relations_between;
pub use review::{Open, Why, review};
pub use sight::{MOST_PATHS, Paths, Sight, SightChange, Spotlight, sight, step_in_words};
pub use suggest::{Lexicons, Rule, Suggestion, Suggestions, read_date, suggest};
pub use untagged::{Occurrence, is_tagged, untagged_places, untagged_words};
pub use weight::{LARGEST, Measure, SMALLEST, Weights, weights};
