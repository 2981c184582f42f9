//! The claims in the document: a table of all of them, then each with its figures, chains and statements.

use super::document::{Document, WIDTH, table};
use super::text::Paragraph;
use crate::export::location::one_line;
use crate::export::report::{Claimed, Plain, Voice as _, cut_words, rung_facts, said};
use crate::export::{Out, Stopped};
use crate::inquiry::sources::{ASSUMED, ClaimSources, Figures, Ladder, Rung};
use crate::notebook::{Claim, Detail, Polarity};

/// Chains are indented so far at most.
const DEEPEST: u16 = 10;

/// Writes them.
///
/// # Errors
/// The export was cancelled.
pub(super) fn write(document: &mut Document<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let claims = document.report.claims();
    if claims.is_empty() {
        return Ok(());
    }
    document.heading("Heading1", "Claims");
    document.add(&Paragraph::new("Caveat").text(ASSUMED));
    at_a_glance(document, &claims);
    for claim in &claims {
        let Detail::Claim(detail) = &claim.entity.detail else { continue };
        document.place("Heading2", &claim.id.to_string(), &one_line(&claim.entity.name));
        judged(document, claim, detail);
        match (claim.counted_with, claim.sources) {
            (Some(first), _) => {
                let name = one_line(document.report.notebook().name(first));
                let line = Paragraph::new("Details")
                    .text("Counted as one with ")
                    .to(&first.to_string(), &name);
                document.add(&line.text("."));
            }
            (None, Some(sources)) => standing(document, claim, sources),
            (None, None) => {}
        }
        statements(document, claim, out)?;
        about(document, detail);
        document.judgements(&detail.assessments);
        document.note(&claim.entity.note);
        out.step()?;
    }
    Ok(())
}

/// The table.
fn at_a_glance(document: &mut Document<'_>, claims: &[Claimed<'_, '_>]) {
    let cell = |text: &str| Paragraph::new("Cell").text(text).xml();
    let mut rows = vec![
        ["Claim", "Status", "Confirmed", "At most", "All of it passes through"].map(&cell).to_vec(),
    ];
    for claim in claims {
        let status = match &claim.entity.detail {
            Detail::Claim(detail) => detail.status.label(),
            Detail::Actor(_) | Detail::Event(_) => "",
        };
        let name =
            Paragraph::new("Cell").to(&claim.id.to_string(), &one_line(&claim.entity.name)).xml();
        let (confirmed, at_most, through) = match (claim.counted_with, claim.sources) {
            (Some(first), _) => {
                let first = one_line(document.report.notebook().name(first));
                (String::new(), String::new(), format!("one with {first}"))
            }
            (None, sources) => figures_told(sources),
        };
        rows.push(vec![name, cell(status), cell(&confirmed), cell(&at_most), cell(&through)]);
    }
    document.add(&Paragraph::new("Caption").text("How well each claim is confirmed"));
    let widths = [WIDTH - 5_900, 1_200, 1_300, 1_000, 2_400];
    document.add_xml(&table(&widths, &rows));
}

/// Confirmed, at most, through: of those who affirm it, or where nobody does of those who deny it.
fn figures_told(sources: Option<&ClaimSources>) -> (String, String, String) {
    let figures = sources.and_then(|all| all.affirmed.as_ref().or(all.denied.as_ref()));
    let (Some(sources), Some(figures)) = (sources, figures) else {
        return (String::new(), String::new(), "no statement".to_owned());
    };
    let through: Vec<String> =
        figures.through.iter().map(|group| one_line(&group.join(" = "))).collect();
    let mut told = through.join(", ");
    if sources.affirmed.is_none() {
        told = format!("(only denied) {told}");
    } else if sources.is_contested() {
        told.push_str(" (also denied)");
    }
    (figures.confirmed.to_string(), figures.at_most.to_string(), told.trim().to_owned())
}

fn judged(document: &mut Document<'_>, claim: &Claimed<'_, '_>, detail: &Claim) {
    let mut parts = vec![detail.status.label().to_owned()];
    if let Some(figure) = detail.credibility {
        parts.push(format!("credibility {figure}"));
    }
    let mut line =
        Paragraph::new("Details").kept().styled("Strong", "Judged: ").text(&parts.join(", "));
    for (holds, words) in [(detail.accusation, "accusation"), (claim.entity.to_check, "to check")] {
        if holds {
            line = line.text(", ").styled("Alert", words);
        }
    }
    document.add(&line);
}

/// The figures and chains of each stance.
fn standing(document: &mut Document<'_>, claim: &Claimed<'_, '_>, sources: &ClaimSources) {
    let report = document.report;
    let voice = Plain(report.notebook());
    if !sources.equivalent.is_empty() {
        let others: Vec<String> = sources.equivalent.iter().map(|id| voice.name(*id)).collect();
        document.add(
            &Paragraph::new("Details")
                .text(&format!("Counted together with {}.", others.join(", "))),
        );
    }
    for (polarity, stance, figures) in [
        (Polarity::Affirms, "Affirmed", &sources.affirmed),
        (Polarity::Denies, "Denied", &sources.denied),
    ] {
        let Some(figures) = figures else { continue };
        document.heading("Heading3", stance);
        document.add(&Paragraph::new("Normal").text(&told(figures)));
        let ladder = Ladder::new(
            report.notebook(),
            report.sources.same(),
            &report.what_if,
            claim.id,
            polarity,
        );
        for rung in &ladder.rungs {
            document.add(&rung_line(rung));
        }
        if ladder.cut_off {
            document.add(&Paragraph::new("Details").text("There are more steps than are shown."));
        }
    }
}

fn told(figures: &Figures) -> String {
    let mut text = one_line(&figures.sentence());
    if let Some(cut) = cut_words(figures) {
        text.push(' ');
        text.push_str(&one_line(&cut));
    }
    text
}

/// A step of a chain: from who publishes down to the origins.
fn rung_line(rung: &Rung) -> Paragraph {
    let arrow = if rung.depth > 0 { "← " } else { "" };
    let facts = rung_facts(rung);
    Paragraph::new("Details").indented(1 + usize::from(rung.depth.min(DEEPEST))).text(&format!(
        "{arrow}{}: {}",
        one_line(&rung.name),
        facts.join(", ")
    ))
}

/// What is said, each statement with its footnote.
fn statements(
    document: &mut Document<'_>,
    claim: &Claimed<'_, '_>,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let report = document.report;
    let voice = Plain(report.notebook());
    let mut any = false;
    for (_, mention) in report.mentions_of(claim.id) {
        if !std::mem::replace(&mut any, true) {
            document.heading("Heading3", "Statements");
        }
        let words = one_line(report.notebook().words(&mention.anchor));
        let how = said(&voice, mention);
        let mark = document.footnote(&mention.anchor);
        document.add(
            &Paragraph::new("ListBullet")
                .styled("Quotation", &format!("“{words}”"))
                .marks(&mark)
                .text(&format!(" · {how}")),
        );
        out.step()?;
    }
    Ok(())
}

/// What it is about, and who was asked.
fn about(document: &mut Document<'_>, claim: &Claim) {
    let report = document.report;
    let voice = Plain(report.notebook());
    let subjects: Vec<String> = claim.about.iter().map(|id| voice.name(*id)).collect();
    document.field("About", &subjects.join(", "));
    for reply in &claim.replies {
        let asked =
            if reply.asked.edtf.is_empty() { &reply.asked.written } else { &reply.asked.edtf };
        let mut head = voice.name(reply.actor);
        if !asked.is_empty() {
            head.push_str(&format!(", asked {}", one_line(asked)));
        }
        if !reply.asked_by.is_empty() {
            head.push_str(&format!(" by {}", one_line(&reply.asked_by)));
        }
        let answer = reply.answer.as_ref().and_then(|one| report.notebook().evidence_anchor(one));
        let mut line = Paragraph::new("Details")
            .styled("Strong", "Right of reply: ")
            .text(&format!("{head}: "));
        line = match answer {
            Some(anchor) => {
                let words = one_line(report.notebook().words(anchor));
                let mark = document.footnote(anchor);
                line.styled("Quotation", &format!("“{words}”")).marks(&mark)
            }
            None => line.text("no answer"),
        };
        document.add(&line);
    }
}
