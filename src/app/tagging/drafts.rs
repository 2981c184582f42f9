//! What the picker proposes beside the entity itself, and how much of that the user accepts: of a claim who says so, of
//! an event its date, of an actor its sort, and the other places of the words.

use crate::inquiry::{Choices, Meaning, Occurrence, Proposal, Speaker};
use crate::notebook::{ActorKind, Form, Modality, Polarity, Source, When};

/// Of a claim: who says so, how surely, and in whose words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeechDraft {
    /// The speakers, nearest to the article first.
    pub chain: Vec<SpeakerDraft>,
    /// How sure they are.
    pub modality: Modality,
    /// Whether they affirm or deny.
    pub polarity: Polarity,
    /// In whose words.
    pub form: Form,
    /// A speaker is being chosen: what the picker held before.
    pub(in crate::app) claim: Option<ClaimText>,
}

/// A speaker in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerDraft {
    /// Who, by which words.
    pub speaker: Speaker,
    /// Whether it is accepted.
    pub accepted: bool,
}

/// What the picker held before a speaker was chosen in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct ClaimText {
    pub text: String,
    pub choices: Choices,
}

impl SpeechDraft {
    /// A draft in which all that is proposed is accepted.
    #[must_use]
    pub fn of(proposal: Proposal) -> Self {
        let accept = |speaker| SpeakerDraft { speaker, accepted: true };
        Self {
            chain: proposal.chain.into_iter().map(accept).collect(),
            modality: proposal.modality,
            polarity: proposal.polarity,
            form: proposal.form,
            claim: None,
        }
    }

    /// The speakers that are accepted.
    pub fn accepted(&self) -> impl Iterator<Item = &Speaker> {
        self.chain.iter().filter(|draft| draft.accepted).map(|draft| &draft.speaker)
    }

    /// Whether a speaker is being chosen.
    #[must_use]
    pub const fn is_choosing(&self) -> bool {
        self.claim.is_some()
    }

    /// Adds a speaker, or accepts the one that is there. A source that nobody names cites nobody: others go before it.
    pub(in crate::app) fn add(
        &mut self,
        who: Meaning,
        kind: Option<ActorKind>,
        unnamed: &dyn Fn(&Meaning) -> bool,
    ) {
        if let Some(there) = self.chain.iter_mut().find(|draft| draft.speaker.who == who) {
            there.accepted = true;
            return;
        }
        let last =
            self.chain.iter().rposition(|draft| !draft.accepted || !unnamed(&draft.speaker.who));
        let at = if unnamed(&who) { self.chain.len() } else { last.map_or(0, |last| last + 1) };
        let speaker =
            Speaker { who, kind, cue: String::new(), words: 0..0, source: Source::Reported };
        self.chain.insert(at, SpeakerDraft { speaker, accepted: true });
    }
}

/// Of an event: its date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateDraft {
    /// The date found in the article.
    pub found: Option<When>,
    /// What is typed: EDTF, or words.
    pub text: String,
    /// What is typed, in EDTF; `None` where it cannot be read as a date.
    pub read: Option<String>,
}

impl DateDraft {
    /// A draft of the date that was found.
    #[must_use]
    pub fn of(found: Option<When>) -> Self {
        let text = found.as_ref().map_or_else(String::new, |when| {
            if when.edtf.is_empty() { when.written.clone() } else { when.edtf.clone() }
        });
        let read = found.as_ref().map(|when| when.edtf.clone()).filter(|edtf| !edtf.is_empty());
        Self { found, text, read }
    }

    /// The date as it is kept; `None` where none is typed.
    #[must_use]
    pub fn when(&self) -> Option<When> {
        let typed = self.text.trim();
        if typed.is_empty() {
            return None;
        }
        let edtf = self.read.clone().unwrap_or_default();
        let as_found = self.found.as_ref().filter(|found| found.edtf == edtf);
        let written = match as_found {
            Some(found) if !found.written.is_empty() => found.written.clone(),
            _ if edtf == typed => String::new(),
            _ => typed.to_owned(),
        };
        Some(When { written, edtf })
    }
}

/// Of an actor: its sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SortDraft {
    /// The sort, once it is known.
    pub kind: Option<ActorKind>,
    /// What the selected words seemed to name.
    pub(in crate::app) guess: Option<ActorKind>,
    /// The user chose it.
    pub chosen: bool,
}

/// The other places of the selected words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OthersDraft {
    /// Where they are.
    pub places: Vec<Occurrence>,
    /// Whether they are tagged too.
    pub taken: bool,
}
