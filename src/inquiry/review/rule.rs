//! The table of rules.

use super::{Look, Open, articles, claims, conflicts, dates, entities, links, waivers};
use crate::edit::{Edit, EntityFields, LinkFields, Ref};
use crate::notebook::{ClaimStatus, Notebook, Subject};

/// How much what a rule finds weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Not to be published like this without a reason.
    Serious,
    /// To be looked at.
    Warning,
    /// Missing, but harmless.
    Note,
}

impl Severity {
    /// In one word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Serious => "serious",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Settles what was found: the edit, where it is possible.
pub type Fix = fn(&Notebook, &Open) -> Option<Edit>;

/// A rule of the review.
#[derive(Debug)]
pub struct Rule {
    /// Its name in files and for other programs.
    pub id: &'static str,
    /// Its heading in the list.
    pub title: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// What it finds and what can be done about it, in a sentence or two.
    pub explanation: &'static str,
    /// What settles it at once: a few words for the button, and the edit.
    pub fix: Option<(&'static str, Fix)>,
    pub(super) find: fn(&mut Look<'_>),
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

const fn rule(
    id: &'static str,
    title: &'static str,
    severity: Severity,
    explanation: &'static str,
    find: fn(&mut Look<'_>),
) -> Rule {
    Rule { id, title, severity, explanation, fix: None, find }
}

impl Rule {
    const fn fix(self, words: &'static str, fix: Fix) -> Self {
        Self { fix: Some((words, fix)), ..self }
    }
}

use Severity::{Note, Serious, Warning};

/// All rules, in the order in which what they find is listed within a severity.
pub static RULES: [Rule; 29] = [
    rule(
        "conflict",
        "Unsettled conflicts",
        Serious,
        "Two people changed it differently. What the notebook says now stands until you choose; the other value is kept here.",
        conflicts::unsettled,
    )
    .fix("Keep what stands", conflicts::keep),
    rule(
        "orphaned-anchor",
        "Words no longer in their article",
        Serious,
        "The words are not in the article any more. Tag them again where they are now, or remove them.",
        entities::orphaned,
    ),
    rule(
        "loop",
        "Sources in a circle",
        Serious,
        "They cite each other in a circle: repetition, not confirmation. Find where it began.",
        claims::in_circles,
    ),
    rule(
        "anonymous-only",
        "Only anonymous sources",
        Serious,
        "Every way leads to somebody who is not named. Find a named source, or say so in the text.",
        claims::anonymous_only,
    ),
    rule(
        "one-origin",
        "One origin only",
        Serious,
        "However many outlets repeat it, all of it goes back to one place. Find a source independent of it.",
        claims::one_origin,
    ),
    rule(
        "flat-though-contested",
        "Flat though contested",
        Serious,
        "The statement is certain while others say the opposite. Weigh both, or set its certainty.",
        claims::flat_though_contested,
    ),
    rule(
        "surer-than-source",
        "Surer than its source",
        Serious,
        "The statement is more certain than the one it goes back to, or turns it round. Use the words of the source.",
        claims::surer_than_source,
    ),
    rule(
        "reply-not-sought",
        "Denial or reply not sought",
        Serious,
        "Whoever is accused is to be asked. Note when they were asked, by whom, and where they answer.",
        claims::reply_not_sought,
    ),
    rule(
        "contradiction-unresolved",
        "Contradiction unresolved",
        Serious,
        "Both cannot be so. Give the claims a status with a reason, or call them disputed.",
        claims::contradictions,
    )
    .fix("Call it disputed", dispute),
    rule(
        "dates-contradict",
        "Dates that contradict the order of events",
        Serious,
        "Links say that one event came before another, and the dates say the opposite, or they come before each other in a circle. Correct the date or the link.",
        dates::out_of_order,
    ),
    rule(
        "reply-outstanding",
        "Asked, not answered yet",
        Warning,
        "They were asked, and no answer is noted. Note where they answer, or that they declined.",
        claims::reply_outstanding,
    ),
    rule(
        "original-not-read",
        "Original not read",
        Warning,
        "Their words are known only from those who relay them. Read the original and mark the step “original read”.",
        claims::original_not_read,
    ),
    rule(
        "link-without-evidence",
        "Links without evidence",
        Warning,
        "Select the words that support it, then run “Add selection as evidence”.",
        links::without_evidence,
    ),
    rule(
        "claim-without-statement",
        "Claims nobody makes",
        Warning,
        "No words are tagged as a statement of it. Tag the words that make this claim.",
        claims::without_statement,
    ),
    rule(
        "grade-beyond-evidence",
        "Grade beyond what is known",
        Warning,
        "The grade claims more than the sources show. Check it against the Admiralty code’s definitions.",
        claims::grades,
    ),
    rule(
        "article-incomplete",
        "Articles without publisher or date",
        Warning,
        "An article without a publisher counts as a source of its own; without a date nothing can be ordered. Add both in Article details (Ctrl+I).",
        articles::incomplete,
    ),
    rule(
        "identical-articles",
        "Articles that are alike",
        Warning,
        "The same text twice is one source. Check whether one copies the other, or both a wire.",
        articles::alike,
    ),
    rule(
        "look-alike-actors",
        "Actors that look alike",
        Warning,
        "Two entries for one actor split its links and count as two sources. Merge them, or waive this.",
        entities::actors_alike,
    )
    .fix("Merge them", merge),
    rule(
        "needs-review",
        "Marked “to check”",
        Warning,
        "Somebody marked it “to check”. Check it, then remove the mark (V).",
        entities::marked,
    )
    .fix("Remove the mark", unmark),
    rule(
        "certainty-unknown",
        "Certainty unknown",
        Note,
        "How sure the speaker is was not noted: the statement cannot be compared with its source.",
        claims::certainty_unknown,
    ),
    rule(
        "no-speaker",
        "Statements without a speaker",
        Note,
        "Nobody is named as the source: the publisher answers for it alone. Add a speaker in the inspector (W) if one is named.",
        claims::without_speaker,
    ),
    rule(
        "evidence-lost",
        "Links whose evidence is lost",
        Serious,
        "Every sentence that supported it is no longer in its article.",
        links::with_lost_evidence,
    ),
    rule(
        "repeats-derived",
        "Links that repeat a derived link",
        Note,
        "Statements and fields record it already. Delete it, unless its note or sentences say more.",
        links::repeating,
    )
    .fix("Delete the link", delete),
    rule(
        "event-without-date",
        "Events without a date",
        Note,
        "Without a date it has no place in time.",
        entities::without_date,
    ),
    rule(
        "event-after-articles",
        "Events later than their articles",
        Note,
        "Every article that tells of it is older than its date. Check the date, or waive this where the event was announced.",
        dates::after_articles,
    ),
    rule(
        "actor-kind-unset",
        "Actors of no kind",
        Note,
        "Whether it is an outlet, a person or an anonymous source decides how it counts. Set its kind.",
        entities::of_no_kind,
    ),
    rule(
        "set-aside-still-used",
        "Evidence that is set aside",
        Warning,
        "All that supports it comes from a source that is set aside.",
        links::on_what_is_set_aside,
    ),
    rule(
        "unused-entity",
        "Entities used nowhere",
        Note,
        "Nothing links it and no record names it. Link it (L), or delete it.",
        entities::unused,
    )
    .fix("Delete it", delete),
    // Last: it wants to know what the others have found.
    rule(
        "waiver-without-finding",
        "Waivers of nothing",
        Note,
        "What was waived is not found any more: it was mended, or the claim was given up. Remove the waiver, so that it hides nothing that may be found later.",
        waivers::unused,
    )
    .fix("Remove the waiver", waivers::remove),
];

fn delete(_: &Notebook, open: &Open) -> Option<Edit> {
    match open.what {
        Subject::Entity(id) => Some(Edit::DeleteEntity { entity: Ref::Id(id) }),
        Subject::Link(id) => Some(Edit::DeleteLink { link: Ref::Id(id) }),
        Subject::Article(_) | Subject::Mention(_) | Subject::Conflict(_) => None,
    }
}

fn merge(_: &Notebook, open: &Open) -> Option<Edit> {
    match (open.what, open.others.first()) {
        (Subject::Entity(into), Some(Subject::Entity(from))) => {
            Some(Edit::Merge { from: Ref::Id(*from), into: Ref::Id(into), keep_names: true })
        }
        _ => None,
    }
}

fn unmark(_: &Notebook, open: &Open) -> Option<Edit> {
    Some(match open.what {
        Subject::Entity(id) => {
            let with = EntityFields { to_check: Some(false), ..EntityFields::default() };
            Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) }
        }
        Subject::Link(id) => Edit::SetLink {
            link: Ref::Id(id),
            with: LinkFields { to_check: Some(false), ..LinkFields::default() },
        },
        Subject::Mention(id) => {
            Edit::SetMention { mention: Ref::Id(id), note: None, to_check: Some(false) }
        }
        Subject::Article(_) | Subject::Conflict(_) => return None,
    })
}

fn dispute(notebook: &Notebook, open: &Open) -> Option<Edit> {
    let claims = open.subjects().into_iter().filter_map(|subject| match subject {
        Subject::Entity(id) => Some(id),
        _ => None,
    });
    let edits: Vec<Edit> = claims
        .filter(|id| claims::status(notebook, *id) == Some(ClaimStatus::Unverified))
        .map(|id| {
            let with =
                EntityFields { status: Some(ClaimStatus::Disputed), ..EntityFields::default() };
            Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) }
        })
        .collect();
    (!edits.is_empty()).then(|| Edit::Batch("Call it disputed".to_owned(), edits))
}
