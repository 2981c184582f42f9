//! The claims: how each is judged and confirmed, its chains of speakers, and what is said.

use std::collections::BTreeMap;

use super::escape::{Html, escaped, lines, name};
use super::page::{field, section, tag};
use super::places::Places;
use crate::export::location::one_line;
use crate::export::report::{Report, Voice as _, cut_words, rung_facts, statement};
use crate::export::{Out, Stopped};
use crate::inquiry::sources::{ASSUMED, ClaimSources, Drift, Figures, Ladder, Rung};
use crate::notebook::{Assessment, Claim, Detail, Entity, EntityId, Mention, MentionId, Polarity};

/// Chains are indented so far at most.
const DEEPEST: u16 = 8;

/// Writes them.
pub(super) fn write(
    report: &Report<'_>,
    places: &Places,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let claims = report.claims();
    if claims.is_empty() {
        return Ok(());
    }
    out.text(&section("claims", "Claims"))?;
    out.line(&format!("<p class=\"assumed\">{ASSUMED}</p>"))?;
    for claim in claims {
        let Detail::Claim(detail) = &claim.entity.detail else { continue };
        let id = claim.id;
        out.line(&format!("<article class=\"card claim\" id=\"{id}\" data-item>"))?;
        out.line(&format!("<h3>{}</h3>", name(&claim.entity.name)))?;
        out.line(&tags(claim.entity, detail))?;
        match (claim.counted_with, claim.sources) {
            (Some(first), _) => out.line(&format!(
                "<p>Counted as one with <a href=\"#{first}\">{}</a>.</p>",
                name(report.notebook().name(first))
            ))?,
            (None, Some(sources)) => standing(report, id, sources, out)?,
            (None, None) => {}
        }
        statements(report, places, id, claim.sources.map_or(&[], |all| &all.drifts), out)?;
        out.text(&about(report, places, id, claim.entity, detail))?;
        out.text("</article>\n")?;
        out.step()?;
    }
    out.text("</section>\n")
}

/// How it is judged, as words in frames.
fn tags(entity: &Entity, claim: &Claim) -> String {
    let mut text = "<p class=\"tags\">".to_owned();
    text.push_str(&tag(claim.status.label(), claim.status.label()));
    if let Some(figure) = claim.credibility {
        text.push_str(&tag("", &format!("credibility {figure}")));
    }
    if claim.accusation {
        text.push_str(&tag("alert", "accusation"));
    }
    if entity.to_check {
        text.push_str(&tag("alert", "to check"));
    }
    text.push_str("</p>");
    text
}

/// The figures and chains of each stance.
fn standing(
    report: &Report<'_>,
    id: EntityId,
    sources: &ClaimSources,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    if !sources.equivalent.is_empty() {
        let voice = Html(report.content);
        let others: Vec<String> = sources.equivalent.iter().map(|id| voice.name(*id)).collect();
        out.line(&format!("<p class=\"muted\">Counted together with {}.</p>", others.join(", ")))?;
    }
    for (polarity, stance, figures) in [
        (Polarity::Affirms, "Affirmed", &sources.affirmed),
        (Polarity::Denies, "Denied", &sources.denied),
    ] {
        let Some(figures) = figures else { continue };
        out.text(&figures_of(stance, figures))?;
        let ladder =
            Ladder::new(report.notebook(), report.sources.same(), &report.what_if, id, polarity);
        chains(report, &ladder, out)?;
    }
    Ok(())
}

fn figures_of(stance: &str, figures: &Figures) -> String {
    format!(
        "<div class=\"figures\"><h4>{stance}</h4><p class=\"meter\"><span><b>{}</b> confirmed</span>\
         <span><b>{}</b> independent at most</span></p></div>\n<p class=\"sentence\">{} {}</p>\n",
        figures.confirmed,
        figures.at_most,
        escaped(&one_line(&figures.sentence())),
        escaped(&one_line(&cut_words(figures).unwrap_or_default()))
    )
}

/// The chains of speakers, from those who publish down to the origins.
fn chains(report: &Report<'_>, ladder: &Ladder, out: &mut Out<'_>) -> Result<(), Stopped> {
    out.text("<ol class=\"chain\">\n")?;
    for rung in &ladder.rungs {
        out.line(&rung_line(report, rung))?;
    }
    out.text("</ol>\n")?;
    if ladder.cut_off {
        out.line("<p class=\"muted\">There are more steps than are shown.</p>")?;
    }
    Ok(())
}

fn rung_line(report: &Report<'_>, rung: &Rung) -> String {
    let speaker = match (rung.actor, rung.article) {
        (Some(actor), _) => Html(report.content).name(actor),
        (None, Some(article)) if report.content.has_article(article) => {
            format!("<a href=\"#{article}\">{}</a>", name(&rung.name))
        }
        _ => name(&rung.name),
    };
    let facts = rung_facts(rung);
    let seen = |id: &&MentionId| report.content.has_mention(**id);
    let places: String = rung
        .statements
        .iter()
        .filter(seen)
        .zip(1..)
        .map(|(id, number)| format!(" <a class=\"to\" href=\"#{id}\">{number}</a>"))
        .collect();
    let cut = if rung.in_cut { " cut" } else { "" };
    format!(
        "<li class=\"d{}{cut}\">{speaker} <span class=\"muted\">{}</span><span class=\"at\">{places}</span></li>",
        rung.depth.min(DEEPEST),
        facts.join(", ")
    )
}

/// What is said, statement by statement, each leading to its sentence.
fn statements(
    report: &Report<'_>,
    places: &Places,
    claim: EntityId,
    drifts: &[Drift],
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let mut drifting: BTreeMap<MentionId, Vec<&Drift>> = BTreeMap::new();
    for drift in drifts {
        drifting.entry(drift.statement).or_default().push(drift);
    }
    let mut any = false;
    for (id, mention) in report.mentions_of(claim) {
        if !std::mem::replace(&mut any, true) {
            out.text("<h4>Statements</h4>\n<ul class=\"statements\">\n")?;
        }
        out.text(&said(report, places, id, mention, drifting.get(&id).map_or(&[], Vec::as_slice)))?;
        out.step()?;
    }
    if any { out.text("</ul>\n") } else { Ok(()) }
}

fn said(
    report: &Report<'_>,
    places: &Places,
    id: MentionId,
    mention: &Mention,
    drifts: &[&Drift],
) -> String {
    let words = places.quote(report, &mention.anchor, &id.to_string());
    let mut text = format!("<li><blockquote>{words}</blockquote>\n<p class=\"how\">");
    if let Some(one) = &mention.statement {
        text.push_str(&statement(&Html(report.content), one));
    }
    for drift in drifts {
        let words = drift.kind.words();
        let than = if report.content.has_mention(drift.than) {
            format!("<a href=\"#{}\">▲ {words}</a>", drift.than)
        } else {
            format!("▲ {words}")
        };
        text.push_str(&format!(" <span class=\"tag alert\">{than}</span>"));
    }
    if mention.to_check {
        text.push_str(" <span class=\"tag alert\">to check</span>");
    }
    text.push_str("</p>\n");
    if !mention.note.is_empty() {
        text.push_str(&format!("<div class=\"note\">{}</div>\n", lines(&mention.note)));
    }
    text.push_str(&format!(
        "<p class=\"source\">{}</p></li>\n",
        places.source(report, &mention.anchor)
    ));
    text
}

/// What it is about, who was asked, how it was judged, the user's note.
fn about(
    report: &Report<'_>,
    places: &Places,
    id: EntityId,
    entity: &Entity,
    claim: &Claim,
) -> String {
    let voice = Html(report.content);
    let subjects: Vec<String> = claim.about.iter().map(|id| voice.name(*id)).collect();
    let mut rows = field("About", &subjects.join(", "));
    let replies: String = claim
        .replies
        .iter()
        .enumerate()
        .map(|(number, reply)| {
            let asked =
                if reply.asked.edtf.is_empty() { &reply.asked.written } else { &reply.asked.edtf };
            let mut head = vec![voice.name(reply.actor)];
            if !asked.is_empty() {
                head.push(format!("asked {}", name(asked)));
            }
            if !reply.asked_by.is_empty() {
                head.push(format!("by {}", name(&reply.asked_by)));
            }
            let answer = reply.answer.as_ref().and_then(|answer| {
                let anchor = report.notebook().evidence_anchor(answer)?;
                Some(places.piece(report, answer, anchor, &format!("{id}-{number}")))
            });
            let answer = answer.unwrap_or_else(|| "<p class=\"how\">no answer</p>".to_owned());
            format!("<li><p class=\"how\">{}</p>{answer}</li>", head.join(", "))
        })
        .collect();
    if !replies.is_empty() {
        rows.push_str(&field(
            "Right of reply",
            &format!("<ul class=\"statements\">{replies}</ul>"),
        ));
    }
    rows.push_str(&field("Judgements", &judgements(&claim.assessments)));
    rows.push_str(&field("Note", &lines(&entity.note)));
    if rows.is_empty() { rows } else { format!("<dl>\n{rows}</dl>\n") }
}

/// How something was judged, in the order in which that was written down.
pub(super) fn judgements(all: &[Assessment]) -> String {
    let line = |one: &Assessment| format!("<li>{}</li>", name(&one.line()));
    if all.is_empty() {
        return String::new();
    }
    format!("<ul class=\"plain\">{}</ul>", all.iter().map(line).collect::<String>())
}
