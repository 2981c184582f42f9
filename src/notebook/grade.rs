//! Grades: what can be judged of a claim, an actor or a link, and what it can be judged to be.

use serde::{Deserialize, Serialize};

/// Reliability of a source: the letter of the Admiralty code (NATO AJP-2.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

impl Reliability {
    /// All of them, best first.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::F];

    /// What the letter means, in a sentence (after FM 2-22.3, appendix B).
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::A => {
                "No doubt of its authenticity, trustworthiness or competence; it has always been reliable."
            }
            Self::B => "Minor doubts; most of what it said was right.",
            Self::C => "Doubts; it has been right in the past.",
            Self::D => "Significant doubts, though it has been right in the past.",
            Self::E => "Not authentic, trustworthy or competent; what it said was wrong.",
            Self::F => "There is nothing to judge it by yet.",
        }
    }

    /// The letter and its meaning.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::A => "A · completely reliable",
            Self::B => "B · usually reliable",
            Self::C => "C · fairly reliable",
            Self::D => "D · not usually reliable",
            Self::E => "E · unreliable",
            Self::F => "F · cannot be judged",
        }
    }
}

/// How well a link is established.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Strength {
    /// Established.
    Confirmed,
    /// Said, not established.
    #[default]
    Unconfirmed,
    /// A supposition.
    Tentative,
}

impl Strength {
    /// All of them, strongest first.
    pub const ALL: [Self; 3] = [Self::Confirmed, Self::Unconfirmed, Self::Tentative];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Unconfirmed => "unconfirmed",
            Self::Tentative => "tentative",
        }
    }
}

/// What a person holds of a claim, all in all.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum ClaimStatus {
    /// Not judged yet, or not to be judged from what is known.
    #[default]
    Unverified,
    /// Held to be so.
    Supported,
    /// Held by some and denied by others, and not settled.
    Disputed,
    /// Held not to be so.
    Refuted,
    /// Taken back by whoever made it.
    Withdrawn,
}

impl ClaimStatus {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 5] =
        [Self::Unverified, Self::Supported, Self::Disputed, Self::Refuted, Self::Withdrawn];

    /// As shown on screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Supported => "supported",
            Self::Disputed => "disputed",
            Self::Refuted => "refuted",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// What it means, in a sentence without its full stop.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Unverified => "not judged yet, or not to be judged from what is known",
            Self::Supported => "what is known speaks for it",
            Self::Disputed => "held by some and denied by others, and not settled",
            Self::Refuted => "what is known speaks against it",
            Self::Withdrawn => "taken back by whoever made it",
        }
    }

    /// The status that a word or two of English or French stand for; `None` for any others.
    #[must_use]
    pub fn of_words(words: &str) -> Option<Self> {
        let words = crate::text::fold(words.trim().trim_end_matches(['.', '!']));
        Some(match words.as_str() {
            "unverified" | "not verified" | "non verifie" | "non verifiee" | "a verifier" => {
                Self::Unverified
            }
            "supported" | "confirmed" | "verified" | "true" | "established" | "proven"
            | "confirme" | "confirmee" | "verifie" | "verifiee" | "vrai" | "vraie" | "etabli"
            | "etablie" | "avere" | "averee" | "prouve" | "prouvee" => Self::Supported,
            "disputed" | "contested" | "conteste" | "contestee" | "controverse"
            | "controversee" => Self::Disputed,
            "refuted" | "false" | "disproved" | "disproven" | "debunked" | "refute" | "refutee"
            | "faux" | "fausse" => Self::Refuted,
            "withdrawn" | "retracted" | "retire" | "retiree" | "retracte" | "retractee" => {
                Self::Withdrawn
            }
            _ => return None,
        })
    }
}

/// What can be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// The status of a claim.
    Status,
    /// The credibility of a claim.
    Credibility,
    /// The reliability of an actor as a source.
    Reliability,
    /// How well a link is established.
    Strength,
}

impl Aspect {
    /// In the middle of a sentence.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Credibility => "credibility",
            Self::Reliability => "reliability",
            Self::Strength => "strength",
        }
    }
}

/// A judgement of one aspect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Grade {
    /// The status of a claim.
    Status(ClaimStatus),
    /// The credibility of a claim: 1 to 6, the Admiralty code's figure; `None` where it is not graded.
    Credibility(Option<u8>),
    /// The reliability of an actor: the Admiralty code's letter; `None` where it is not graded.
    Reliability(Option<Reliability>),
    /// The strength of a link.
    Strength(Strength),
}

impl Grade {
    /// What it judges.
    #[must_use]
    pub const fn aspect(self) -> Aspect {
        match self {
            Self::Status(_) => Aspect::Status,
            Self::Credibility(_) => Aspect::Credibility,
            Self::Reliability(_) => Aspect::Reliability,
            Self::Strength(_) => Aspect::Strength,
        }
    }

    /// As shown on screen: a word, or the letter or figure alone.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::Status(status) => status.label().to_owned(),
            Self::Credibility(Some(figure)) => figure.to_string(),
            Self::Reliability(Some(letter)) => format!("{letter:?}"),
            Self::Credibility(None) | Self::Reliability(None) => "not graded".to_owned(),
            Self::Strength(strength) => strength.label().to_owned(),
        }
    }

    /// Whether it is one there can be.
    #[must_use]
    pub fn is_sound(self) -> bool {
        !matches!(self, Self::Credibility(Some(figure)) if !(1..=6).contains(&figure))
    }
}

/// What a figure of the Admiralty code's credibility means, in a sentence (after FM 2-22.3, appendix B).
#[must_use]
pub const fn credibility_definition(figure: u8) -> &'static str {
    match figure {
        1 => {
            "Other independent sources confirm it; it is logical, and agrees with what else is known."
        }
        2 => "Not confirmed; it is logical, and agrees with what else is known.",
        3 => "Not confirmed; it is fairly logical, and agrees with some of what is known.",
        4 => "Not confirmed; it is possible but not logical, and nothing else is known of it.",
        5 => "Not confirmed; it is not logical, and what is known speaks against it.",
        _ => "There is nothing to judge it by.",
    }
}
