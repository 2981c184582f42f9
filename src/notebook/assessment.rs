//! Assessments: what a person judged a claim, actor or link to be, when, and why. They are added, never overwritten.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::{Reliability, Strength, check_edtf};

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

/// A judgement that was made: it changed an aspect from one grade to another, or left it and says why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assessment {
    /// When: a day or a moment in UTC, as [`is_moment`] has it; empty where that is not known.
    pub at: String,
    /// By whom. May be empty.
    pub by: String,
    /// What was held before.
    pub old: Grade,
    /// What is held from then on. Of the same aspect as `old`.
    pub new: Grade,
    /// Why. May be empty.
    pub reason: String,
}

impl Assessment {
    /// What it judges.
    #[must_use]
    pub const fn aspect(&self) -> Aspect {
        self.new.aspect()
    }

    /// The day it was made: `2031-03-15`; empty where that is not known.
    #[must_use]
    pub fn day(&self) -> &str {
        self.at.get(..10).unwrap_or("")
    }

    /// In a line: “status: unverified → disputed · 2031-03-15 · J. R. · Two sources deny it.”
    #[must_use]
    pub fn line(&self) -> String {
        let mut line = format!("{}: ", self.aspect().word());
        if self.old == self.new {
            let _ = write!(line, "{}", self.new.label());
        } else {
            let _ = write!(line, "{} → {}", self.old.label(), self.new.label());
        }
        for part in [self.day(), &self.by, &self.reason] {
            if !part.is_empty() {
                let _ = write!(line, " · {part}");
            }
        }
        line
    }
}

/// Who does something, and when: what an edit writes down beside a judgement.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signature {
    /// When: as [`is_moment`] has it.
    pub at: String,
    /// By whom. May be empty.
    pub by: String,
}

/// The status that a verdict of a notebook of format version 2, or of a journal of version 1, stands for, and the
/// assessment that says so. What is no known word is kept at the beginning of the reason.
pub(crate) fn of_verdict(status: &str, reason: &str) -> (ClaimStatus, Option<Assessment>) {
    let known = ClaimStatus::of_words(status);
    let reason = match (known, status.trim(), reason) {
        (None, "", "") => return (ClaimStatus::Unverified, None),
        (Some(_), _, reason) | (None, "", reason) => reason.to_owned(),
        (None, _, "") => status.to_owned(),
        (None, ..) => format!("{status}: {reason}"),
    };
    let new = known.unwrap_or_default();
    let assessment = Assessment {
        at: String::new(),
        by: String::new(),
        old: Grade::Status(ClaimStatus::Unverified),
        new: Grade::Status(new),
        reason,
    };
    (new, Some(assessment))
}

/// What is wrong with the assessments of a record that is graded so at present, in a sentence; `None` where nothing is.
///
/// Each is of an aspect the record has, and the last one of an aspect says what the record does.
#[must_use]
pub fn wrong_assessment(assessments: &[Assessment], grades: &[Grade]) -> Option<String> {
    for one in assessments {
        let aspect = one.aspect();
        if one.old.aspect() != aspect || !grades.iter().any(|grade| grade.aspect() == aspect) {
            return Some(format!("it has no {} to be judged", one.old.aspect().word()));
        }
        if !one.old.is_sound() || !one.new.is_sound() {
            return Some("an assessment gives a credibility that is no grade from 1 to 6".into());
        }
        if !is_moment(&one.at) {
            return Some(format!("“{}” is no time of an assessment", one.at));
        }
    }
    for grade in grades {
        let aspect = grade.aspect();
        let last = assessments.iter().rev().find(|one| one.aspect() == aspect);
        if let Some(last) = last.filter(|last| last.new != *grade) {
            return Some(format!(
                "its {} is “{}”, and its last assessment says “{}”",
                aspect.word(),
                grade.label(),
                last.new.label()
            ));
        }
    }
    None
}

/// Whether a text is a day (`2031-03-15`), a moment of it in UTC (`2031-03-15T10:00:00Z`), or empty.
#[must_use]
pub fn is_moment(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let Some((day, rest)) = text.split_at_checked(10) else { return false };
    let digits =
        |text: &str, n: usize| text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = day.split('-').map(str::len).eq([4, 2, 2])
        && day.split('-').all(|part| digits(part, part.len()))
        && check_edtf(day).is_ok();
    let is_time = |time: &str| {
        let Some(time) = time.strip_prefix('T').and_then(|time| time.strip_suffix('Z')) else {
            return false;
        };
        let (clock, fraction) = time.split_once('.').unwrap_or((time, "0"));
        let parts: Vec<&str> = clock.split(':').collect();
        let below = |part: &str, most: u32| {
            digits(part, 2) && part.parse::<u32>().is_ok_and(|number| number < most)
        };
        let fraction = !fraction.is_empty() && digits(fraction, fraction.len());
        matches!(parts[..], [h, m, s] if below(h, 24) && below(m, 60) && below(s, 61)) && fraction
    };
    is_day && (rest.is_empty() || is_time(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_moments_are_told_from_other_texts() {
        for good in ["", "2031-03-15", "2031-03-15T10:00:00Z", "2031-03-15T10:00:00.25Z"] {
            assert!(is_moment(good), "{good}");
        }
        for bad in [
            "2031",
            "2031-03",
            "2031-13-01",
            "2031-03-15T10:00Z",
            "2031-03-15T25:00:00Z",
            "2031-03-15T10:00:00",
            "2031-03-15T10:00:00.Z",
            "yesterday",
            "2031-03-1~",
            "20310-3-15",
            "2031-03-15 10:00:00Z",
            "été à la mer",
        ] {
            assert!(!is_moment(bad), "{bad}");
        }
    }

    #[test]
    fn words_of_both_languages_stand_for_a_status() {
        for (words, status) in [
            ("Confirmed", ClaimStatus::Supported),
            (" CONFIRMÉ ", ClaimStatus::Supported),
            ("supported", ClaimStatus::Supported),
            ("Disputed", ClaimStatus::Disputed),
            ("contestée", ClaimStatus::Disputed),
            ("faux", ClaimStatus::Refuted),
            ("false.", ClaimStatus::Refuted),
            ("Retracted", ClaimStatus::Withdrawn),
            ("unverified", ClaimStatus::Unverified),
        ] {
            assert_eq!(ClaimStatus::of_words(words), Some(status), "{words}");
        }
        for words in ["", "open", "probably false", "not confirmed"] {
            assert_eq!(ClaimStatus::of_words(words), None, "{words}");
        }
    }

    #[test]
    fn the_last_assessment_of_an_aspect_is_what_the_record_says() {
        let one = |old, new| Assessment {
            at: String::new(),
            by: String::new(),
            old: Grade::Status(old),
            new: Grade::Status(new),
            reason: String::new(),
        };
        use ClaimStatus::{Disputed, Refuted, Unverified};
        let all = [one(Unverified, Disputed), one(Disputed, Refuted)];
        let now = |status| [Grade::Status(status), Grade::Credibility(None)];
        assert_eq!(wrong_assessment(&all, &now(Refuted)), None);
        assert_eq!(wrong_assessment(&[], &now(Refuted)), None);
        assert!(wrong_assessment(&all, &now(Disputed)).is_some());
        assert!(wrong_assessment(&all, &[Grade::Reliability(None)]).is_some());
    }
}
