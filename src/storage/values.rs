//! Values used by records of every version: strings, coordinates, and the words of enumerations.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

/// Maximum absolute value of a coordinate; beyond it, single precision cannot represent every whole unit.
pub(super) const FARTHEST: f32 = 1e7;

/// A coordinate: a finite number of at most [`FARTHEST`] in absolute value.
#[derive(Clone, Copy)]
pub(super) struct Coordinate(pub(super) f32);

impl<'de> Deserialize<'de> for Coordinate {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let value = f32::deserialize(from)?;
        if value.abs() <= FARTHEST {
            Ok(Self(value))
        } else {
            Err(D::Error::custom(format_args!(
                "{value} is no coordinate: it must be a number from -{FARTHEST} to {FARTHEST}"
            )))
        }
    }
}

/// A string that borrows from the file if it has no escapes.
#[derive(Default)]
pub(super) struct Str<'a>(pub(super) Cow<'a, str>);

impl<'a, 'de: 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Str<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }
            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Borrowed(text)))
            }
            fn visit_str<E>(self, text: &str) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Owned(text.to_owned())))
            }
            fn visit_string<E>(self, text: String) -> Result<Str<'de>, E> {
                Ok(Str(Cow::Owned(text)))
            }
        }
        from.deserialize_str(Text)
    }
}

/// Defines enums of the file format that mirror those of the model; `word` gives the word as written.
macro_rules! words {
    ($($name:ident { $($word:ident),* })*) => { $(
        #[derive(Clone, Copy, Deserialize)]
        pub(super) enum $name { $($word),* }

        impl $name {
            pub(super) const fn word(model: model::$name) -> &'static str {
                match model { $(model::$name::$word => stringify!($word)),* }
            }

            #[allow(dead_code, reason = "only words of a later version come from the model")]
            pub(super) const fn of(model: model::$name) -> Self {
                match model { $(model::$name::$word => Self::$word),* }
            }

            #[allow(dead_code, reason = "only some words are read the quick way")]
            pub(super) fn read(word: &str) -> Option<Self> {
                $(if word == stringify!($word) { return Some(Self::$word); })*
                None
            }
        }

        impl From<$name> for model::$name {
            fn from(word: $name) -> Self {
                match word { $($name::$word => Self::$word),* }
            }
        }
    )* };
}

pub(super) use words;
