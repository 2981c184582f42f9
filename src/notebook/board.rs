//! What stands on the canvas beside entities and links: groups of entities, and note cards.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::EntityId;

/// The colour of a group or a note card: a word of the palette, which every look paints in its own way.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Hue {
    /// No colour of its own.
    #[default]
    Grey,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
}

impl Hue {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Grey, Self::Red, Self::Orange, Self::Green, Self::Blue, Self::Purple];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Grey => "grey",
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Purple => "purple",
        }
    }
}

/// Entities the user put in one frame: they move together, and can be folded into one box.
///
/// It has at least one member; an entity is in one group at most. Where its frame runs follows from its members.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What is written on the frame. May be empty.
    pub title: String,
    /// The frame's colour.
    pub hue: Hue,
    /// Its members are folded into one box.
    pub collapsed: bool,
    /// Who is in it.
    pub members: BTreeSet<EntityId>,
}

/// A note on the canvas.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The user's own words. May be empty while they are looked for.
    pub text: String,
    /// Its centre in canvas units, to the right.
    pub x: f32,
    /// Its centre in canvas units, downwards.
    pub y: f32,
    /// In canvas units; greater than 0.
    pub width: f32,
    /// In canvas units; greater than 0.
    pub height: f32,
    /// Its colour.
    pub hue: Hue,
}
