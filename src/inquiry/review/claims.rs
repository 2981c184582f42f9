//! What is open about claims and their statements.

use std::collections::BTreeSet;

use super::Look;
use crate::inquiry::sources::{ClaimSources, DriftKind, Figures, Group};
use crate::notebook::{
    ActorKind, Claim, ClaimStatus, Detail, EntityId, Kind, MentionId, Modality, Notebook, Polarity,
    Reliability, Subject, Target,
};

fn claim(notebook: &Notebook, id: EntityId) -> Option<&Claim> {
    match &notebook.entity(id)?.detail {
        Detail::Claim(claim) => Some(claim),
        Detail::Actor(_) | Detail::Event(_) => None,
    }
}

/// What a person holds of a claim; `None` for what is no claim.
pub(super) fn status(notebook: &Notebook, id: EntityId) -> Option<ClaimStatus> {
    claim(notebook, id).map(|claim| claim.status)
}

impl Look<'_> {
    /// Each claim with its sources, once for those that are one. A claim that is refuted or withdrawn is not published as
    /// one: who says it is asked no more.
    fn each_claim(&mut self, mut act: impl FnMut(&mut Self, &ClaimSources)) {
        let mut seen: BTreeSet<EntityId> = BTreeSet::new();
        let sources = self.sources;
        for one in sources.iter() {
            if (self.stop)() {
                return;
            }
            if seen.insert(one.claim) {
                seen.extend(&one.equivalent);
                let given_up = |id| {
                    let status = status(self.notebook, id);
                    matches!(status, Some(ClaimStatus::Refuted | ClaimStatus::Withdrawn))
                };
                if !given_up(one.claim) || one.equivalent.iter().any(|id| !given_up(*id)) {
                    act(self, one);
                }
            }
        }
    }

    /// Each stance of each claim.
    fn each_stance(&mut self, mut act: impl FnMut(&mut Self, EntityId, &str, &Figures)) {
        self.each_claim(|look, one| {
            for (stance, figures) in one.stances() {
                let words = if stance == "denied" { "denied: " } else { "" };
                act(look, one.claim, words, figures);
            }
        });
    }
}

fn listed(groups: &[Group]) -> String {
    groups.iter().map(|group| group.join(" = ")).collect::<Vec<_>>().join(", ")
}

pub(super) fn one_origin(look: &mut Look<'_>) {
    look.each_claim(|look, one| {
        // A denial is usually that of whoever is meant: it has one origin by nature.
        let Some(figures) = one.affirmed.as_ref().or(one.denied.as_ref()) else { return };
        if figures.at_most <= 1 && figures.loops.is_empty() {
            let through: Vec<String> =
                figures.through.iter().map(|group| group.join(" = ")).collect();
            let words = match through.join(", then through ") {
                through if through.is_empty() => "no origin is left".to_owned(),
                through => format!("all of it passes through {through}"),
            };
            look.say(one.claim, words);
        }
    });
}

pub(super) fn anonymous_only(look: &mut Look<'_>) {
    look.each_stance(|look, claim, stance, figures| {
        if figures.anonymous > 0 && figures.anonymous == figures.origins.len() {
            look.say(claim, format!("{stance}{}", listed(&figures.origins)));
        }
    });
}

pub(super) fn in_circles(look: &mut Look<'_>) {
    look.each_stance(|look, claim, stance, figures| {
        for circle in &figures.loops {
            look.say(claim, format!("{stance}{}", circle.join(" ↔ ")));
        }
    });
}

pub(super) fn original_not_read(look: &mut Look<'_>) {
    look.each_stance(|look, claim, stance, figures| {
        if !figures.unread.is_empty() {
            look.say(claim, format!("{stance}{}", listed(&figures.unread)));
        }
    });
}

pub(super) fn surer_than_source(look: &mut Look<'_>) {
    look.each_claim(|look, one| {
        for drift in &one.drifts {
            let words = match drift.kind {
                DriftKind::SurerThanSource | DriftKind::SurerThanBody | DriftKind::Turned => {
                    let than = look.notebook.subject_name(drift.than.into());
                    format!("{}: “{}”", drift.kind.words(), crate::text::shortened(&than))
                }
            };
            look.say_of(drift.statement, vec![drift.than.into()], words);
        }
    });
}

/// The statements of these claims.
fn statements<'a>(
    notebook: &'a Notebook,
    one: &'a ClaimSources,
) -> impl Iterator<Item = MentionId> + 'a {
    let claims = std::iter::once(one.claim).chain(one.equivalent.iter().copied());
    claims.flat_map(|claim| notebook.mentions_of(claim))
}

pub(super) fn flat_though_contested(look: &mut Look<'_>) {
    look.each_claim(|look, one| {
        if !one.is_contested() {
            return;
        }
        for id in statements(look.notebook, one) {
            let said = look.notebook.mention(id).and_then(|it| it.statement.as_ref());
            if said.is_some_and(|it| {
                it.modality == Modality::Certain && it.polarity == Polarity::Affirms
            }) {
                look.say(id, "others deny it");
            }
        }
    });
}

pub(super) fn certainty_unknown(look: &mut Look<'_>) {
    for (id, mention) in look.notebook.mentions() {
        if mention.statement.as_ref().is_some_and(|it| it.modality == Modality::Unknown) {
            look.say(*id, "");
        }
    }
}

pub(super) fn without_speaker(look: &mut Look<'_>) {
    for (id, mention) in look.notebook.mentions() {
        if mention.statement.as_ref().is_some_and(|it| it.chain.is_empty()) {
            look.say(*id, "");
        }
    }
}

pub(super) fn without_statement(look: &mut Look<'_>) {
    for (id, entity) in look.notebook.entities() {
        if entity.kind() == Kind::Claim && look.notebook.mention_count_of(*id) == 0 {
            look.say(*id, "");
        }
    }
}

/// Those a claim accuses: the actors it is about.
fn accused(notebook: &Notebook, claim: &Claim) -> Vec<EntityId> {
    let actor = |id: &EntityId| notebook.entity(*id).is_some_and(|it| it.kind() == Kind::Actor);
    claim.about.iter().copied().filter(actor).collect()
}

pub(super) fn reply_not_sought(look: &mut Look<'_>) {
    for (id, entity) in look.notebook.entities() {
        let Detail::Claim(claim) = &entity.detail else { continue };
        if !claim.accusation {
            continue;
        }
        let accused = accused(look.notebook, claim);
        if accused.is_empty() {
            look.say(*id, "whom it accuses is not noted (“about”)");
        }
        for actor in accused {
            if !claim.replies.iter().any(|reply| reply.actor == actor) {
                let words = format!("{} was not asked", look.notebook.name(actor));
                look.say_of(*id, vec![actor.into()], words);
            }
        }
    }
}

pub(super) fn reply_outstanding(look: &mut Look<'_>) {
    for (id, entity) in look.notebook.entities() {
        let Detail::Claim(claim) = &entity.detail else { continue };
        let open = claim.replies.iter().filter(|reply| claim.accusation && reply.answer.is_none());
        for reply in open {
            let asked = [&reply.asked.edtf, &reply.asked.written];
            let when = asked.into_iter().find(|text| !text.is_empty());
            let when = when.map_or_else(String::new, |when| format!(", {when}"));
            let words = format!("{} was asked{when}", look.notebook.name(reply.actor));
            look.say_of(*id, vec![reply.actor.into()], words);
        }
    }
}

/// Whether a claim has no status that would settle it.
fn is_unsettled(notebook: &Notebook, id: EntityId) -> bool {
    matches!(status(notebook, id), Some(ClaimStatus::Unverified | ClaimStatus::Supported))
}

pub(super) fn contradictions(look: &mut Look<'_>) {
    let notebook = look.notebook;
    look.each_claim(|look, one| {
        if one.is_contested() && status(notebook, one.claim) == Some(ClaimStatus::Unverified) {
            look.say(one.claim, "affirmed and denied");
        }
    });
    for link in notebook.links().values() {
        let Target::Entity(to) = link.to else { continue };
        if link.relation.0 == "contradicts"
            && is_unsettled(notebook, link.from)
            && is_unsettled(notebook, to)
        {
            let words = format!("contradicts “{}”", crate::text::shortened(notebook.name(to)));
            look.say_of(link.from, vec![Subject::Entity(to)], words);
        }
    }
}

pub(super) fn grades(look: &mut Look<'_>) {
    for (id, entity) in look.notebook.entities() {
        match &entity.detail {
            Detail::Claim(claim) if claim.credibility == Some(1) => {
                let affirmed = look.sources.of(*id).and_then(|one| one.affirmed.as_ref());
                let confirmed = affirmed.map_or(0, |figures| figures.confirmed);
                if confirmed < 2 {
                    let words = format!(
                        "graded 1, “confirmed by other sources”; confirmed here: {confirmed}"
                    );
                    look.say(*id, words);
                }
            }
            Detail::Actor(actor)
                if actor.kind == ActorKind::Anonymous
                    && actor.reliability == Some(Reliability::A) =>
            {
                look.say(*id, "graded A, “completely reliable”, and anonymous");
            }
            Detail::Actor(_) | Detail::Event(_) | Detail::Claim(_) => {}
        }
    }
}
