//! Reasoning over a notebook: which entity a phrase means, what is still open, what else could be tagged.
//! Pure: asks a notebook, changes nothing.

mod choices;
mod rest;
mod review;

pub use choices::{Choice, Choices, Meaning, choices, fuzzy, outlet_near};
pub use rest::{Place, is_tagged, untagged_places, untagged_words};
pub use review::{Open, Why, review};
