//! What is held, and how well it is confirmed: counts and sentences.

use super::gathered::Report;
use crate::inquiry::review::Severity;
use crate::inquiry::sources::ASSUMED;
use crate::notebook::{ClaimStatus, Detail, Kind};

/// The summary of a report.
#[derive(Clone, Debug)]
pub(in crate::export) struct Summary {
    /// How many there are of each kind of record: the number, and the word for so many.
    pub counts: Vec<(usize, &'static str)>,
    /// What is held and how well it is confirmed, in sentences.
    pub sentences: Vec<String>,
}

impl Summary {
    /// The summary. Linear.
    pub(in crate::export) fn of(report: &Report<'_>) -> Self {
        let content = report.content;
        let of_kind = |kind| content.entities().filter(|(_, entity)| entity.kind() == kind).count();
        let (claims, statements) = (
            report.claims(),
            content.mentions().filter(|(_, mention)| mention.statement.is_some()).count(),
        );
        let counts = vec![
            counted(content.articles().count(), "article", "articles"),
            counted(of_kind(Kind::Actor), "actor", "actors"),
            counted(of_kind(Kind::Event), "event", "events"),
            counted(of_kind(Kind::Claim), "claim", "claims"),
            counted(statements, "statement", "statements"),
            counted(content.links().count(), "link", "links"),
        ];
        let mut sentences = Vec::new();
        let (mut several, mut one, mut none, mut contested, mut bare) = (0, 0, 0, 0, 0);
        let mut by_status = [0_usize; ClaimStatus::ALL.len()];
        for claim in &claims {
            if let Detail::Claim(detail) = &claim.entity.detail {
                by_status[detail.status as usize] += 1;
            }
            if claim.counted_with.is_some() {
                continue;
            }
            let sources = claim.sources;
            contested += usize::from(sources.is_some_and(|all| all.is_contested()));
            match sources.and_then(|all| all.affirmed.as_ref().or(all.denied.as_ref())) {
                None => bare += 1,
                Some(figures) => match figures.confirmed {
                    0 => none += 1,
                    1 => one += 1,
                    _ => several += 1,
                },
            }
        }
        if !claims.is_empty() {
            sentences.push(held(&by_status));
            sentences.push(confirmed(several, one, none, bare));
            if contested > 0 {
                sentences.push(format!(
                    "{} both affirmed and denied.",
                    are(contested, "claim is", "claims are")
                ));
            }
            sentences.push(ASSUMED.to_owned());
        }
        let severity =
            |wanted| report.review.open.iter().filter(move |open| open.rule.severity == wanted);
        let serious = severity(Severity::Serious).count();
        sentences.push(match report.review.open.len() {
            0 => "The review finds nothing open.".to_owned(),
            open => format!(
                "The review finds {} open, {serious} of them serious.",
                are(open, "thing", "things")
            ),
        });
        if !report.review.waived.is_empty() {
            let waived = are(report.review.waived.len(), "finding is", "findings are");
            sentences.push(format!("{waived} waived, with reasons."));
        }
        let aside = report.set_aside().count();
        if aside > 0 {
            let them = are(aside, "source is", "sources are");
            sentences.push(format!("{them} set aside and not counted, with reasons."));
        }
        Self { counts, sentences }
    }
}

/// What the analyst holds of the claims: “Held: 3 supported, 2 disputed, 12 unverified.”
fn held(by_status: &[usize]) -> String {
    let parts: Vec<String> = ClaimStatus::ALL
        .iter()
        .filter(|status| by_status[**status as usize] > 0)
        .map(|status| format!("{} {}", by_status[*status as usize], status.label()))
        .collect();
    format!("Claims as they are judged: {}.", parts.join(", "))
}

/// How well the claims are confirmed. Claims that are one count once.
fn confirmed(several: usize, one: usize, none: usize, bare: usize) -> String {
    let mut parts = Vec::new();
    for (count, how) in [
        (several, "by two or more named sources whose own words were read"),
        (one, "by one"),
        (none, "by none"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {how}"));
        }
    }
    let mut text = if parts.is_empty() {
        "No claim has a statement yet.".to_owned()
    } else {
        format!("Confirmed: {}.", parts.join(", "))
    };
    if bare > 0 && !parts.is_empty() {
        text.push_str(&format!(" {} without a statement.", are(bare, "claim is", "claims are")));
    }
    text
}

fn counted(count: usize, one: &'static str, many: &'static str) -> (usize, &'static str) {
    (count, if count == 1 { one } else { many })
}

fn are(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
