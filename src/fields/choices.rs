//! The values a field is chosen from.

use crate::notebook::{
    ActorKind, Basis, ClaimStatus, Form, Kind, Modality, Polarity, Reliability, Role, Source,
    Strength,
};

/// One of the values a field can be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Choice {
    /// As edit lists write it: `PublicBody`. Empty for “none”.
    pub key: &'static str,
    /// As shown on screen.
    pub label: &'static str,
}

impl Choice {
    /// Whether it says nothing: not graded, not set.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        matches!(self.key.as_bytes(), b"" | b"0" | b"Unset")
    }
}

/// The choices of an enumeration, in the order of its `ALL`.
macro_rules! choices {
    ($name:ident, $type:ident, [$($variant:ident),*]) => {
        choices!($name, $type, label, [$($variant),*]);
    };
    ($name:ident, $type:ident, $label:ident, [$($variant:ident),*]) => {
        pub(super) static $name: &[Choice] = &[
            $(Choice { key: stringify!($variant), label: $type::$variant.$label() }),*
        ];
    };
}

choices!(KINDS, Kind, word, [Actor, Event, Claim]);
choices!(
    ACTOR_KINDS,
    ActorKind,
    [Unset, Person, Organisation, Media, PublicBody, Group, Anonymous]
);
choices!(CLAIM_STATUSES, ClaimStatus, [Unverified, Supported, Disputed, Refuted, Withdrawn]);
choices!(ROLES, Role, [Agent, Patient, Organiser, Involved]);
choices!(BASES, Basis, [Quoted, Paraphrased, AnalystInference]);
choices!(STRENGTHS, Strength, [Confirmed, Unconfirmed, Tentative]);
choices!(MODALITIES, Modality, [Certain, Probable, Possible, Unknown]);
choices!(POLARITIES, Polarity, [Affirms, Denies]);
choices!(FORMS, Form, [Direct, Indirect, Mixed]);
choices!(SOURCES, Source, [Reported, Read]);

/// No grade, then the Admiralty code's letters (NATO AJP-2.1).
pub(super) static RELIABILITIES: &[Choice] = &[
    Choice { key: "", label: "not graded" },
    Choice { key: "A", label: Reliability::A.label() },
    Choice { key: "B", label: Reliability::B.label() },
    Choice { key: "C", label: Reliability::C.label() },
    Choice { key: "D", label: Reliability::D.label() },
    Choice { key: "E", label: Reliability::E.label() },
    Choice { key: "F", label: Reliability::F.label() },
];

/// No grade, then the Admiralty code's figures (NATO AJP-2.1).
pub(super) static CREDIBILITIES: &[Choice] = &[
    Choice { key: "0", label: "not graded" },
    Choice { key: "1", label: "1 · confirmed by other sources" },
    Choice { key: "2", label: "2 · probably true" },
    Choice { key: "3", label: "3 · possibly true" },
    Choice { key: "4", label: "4 · doubtful" },
    Choice { key: "5", label: "5 · improbable" },
    Choice { key: "6", label: "6 · cannot be judged" },
];

/// The figure of a credibility and its meaning; empty for one there is not.
#[must_use]
pub fn credibility_label(figure: u8) -> &'static str {
    CREDIBILITIES.get(usize::from(figure)).map_or("", |choice| choice.label)
}

/// The place of a value among all of its enumeration: its choice's number.
pub(super) fn number_of<T: PartialEq>(all: &[T], value: &T) -> usize {
    all.iter().position(|one| one == value).unwrap_or(0)
}

/// The choices of a kind of value that is chosen from a list; none for the others.
#[must_use]
pub const fn choices_of(kind: super::ValueKind) -> &'static [Choice] {
    match kind {
        super::ValueKind::Choice(choices) | super::ValueKind::Figure(choices) => choices,
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_stand_in_the_order_of_what_they_stand_for() {
        fn same(choices: &[Choice], labels: Vec<(String, &'static str)>) {
            let told: Vec<(String, &'static str)> =
                choices.iter().map(|choice| (choice.key.to_owned(), choice.label)).collect();
            assert_eq!(told, labels);
        }
        fn all<T: std::fmt::Debug + Copy>(
            all: &[T],
            label: fn(T) -> &'static str,
        ) -> Vec<(String, &'static str)> {
            all.iter().map(|one| (format!("{one:?}"), label(*one))).collect()
        }
        same(KINDS, all(&Kind::ALL, Kind::word));
        same(ACTOR_KINDS, all(&ActorKind::ALL, ActorKind::label));
        same(CLAIM_STATUSES, all(&ClaimStatus::ALL, ClaimStatus::label));
        same(ROLES, all(&Role::ALL, Role::label));
        same(BASES, all(&Basis::ALL, Basis::label));
        same(STRENGTHS, all(&Strength::ALL, Strength::label));
        same(MODALITIES, all(&Modality::ALL, Modality::label));
        same(POLARITIES, all(&Polarity::ALL, Polarity::label));
        same(FORMS, all(&Form::ALL, Form::label));
        same(SOURCES, all(&Source::ALL, Source::label));
        same(&RELIABILITIES[1..], all(&Reliability::ALL, Reliability::label));
    }
}
