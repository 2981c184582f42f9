//! The summary: counts, sentences, and a table of the claims with how well each is confirmed.

use super::escape::name;
use super::page::section;
use crate::export::report::{Report, Summary};
use crate::export::{Out, Stopped};
use crate::inquiry::sources::{ASSUMED, ClaimSources};
use crate::notebook::Detail;

/// Writes it.
pub(super) fn write(
    report: &Report<'_>,
    summary: &Summary,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    out.text(&section("summary", "Summary"))?;
    out.text("<ul class=\"counts\">\n")?;
    for (count, word) in &summary.counts {
        out.line(&format!("<li><b>{count}</b> {word}</li>"))?;
    }
    out.text("</ul>\n<div class=\"held\">\n")?;
    for sentence in &summary.sentences {
        let class = if sentence == ASSUMED { " class=\"assumed\"" } else { "" };
        out.line(&format!("<p{class}>{sentence}</p>"))?;
    }
    out.text("</div>\n")?;
    table(report, out)?;
    out.text("</section>\n")
}

/// The claims at a glance.
fn table(report: &Report<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let claims = report.claims();
    if claims.is_empty() {
        return Ok(());
    }
    out.text(
        "<div class=\"wide\"><table class=\"claims\">\n<caption>How well each claim is confirmed</caption>\n\
         <thead><tr><th scope=\"col\">Claim</th><th scope=\"col\">Status</th>\
         <th scope=\"col\" class=\"number\">Confirmed</th><th scope=\"col\" class=\"number\">At most</th>\
         <th scope=\"col\">All of it passes through</th></tr></thead>\n<tbody>\n",
    )?;
    for claim in claims {
        let status = match &claim.entity.detail {
            Detail::Claim(detail) => detail.status.label(),
            Detail::Actor(_) | Detail::Event(_) => "",
        };
        let title = name(&claim.entity.name);
        out.text(&format!(
            "<tr data-item><th scope=\"row\"><a href=\"#{}\">{title}</a></th><td>{status}</td>",
            claim.id
        ))?;
        match (claim.counted_with, claim.sources) {
            (Some(first), _) => out.text(&format!(
                "<td colspan=\"3\">one with <a href=\"#{first}\">{}</a></td>",
                name(report.notebook().name(first))
            ))?,
            (None, Some(sources)) => out.text(&cells(sources))?,
            (None, None) => out.text("<td colspan=\"3\">no statement</td>")?,
        }
        out.text("</tr>\n")?;
    }
    out.text("</tbody>\n</table></div>\n")
}

/// Confirmed, at most, through: of those who affirm it, or where nobody does of those who deny it.
fn cells(sources: &ClaimSources) -> String {
    let Some(figures) = sources.affirmed.as_ref().or(sources.denied.as_ref()) else {
        return "<td colspan=\"3\">no statement</td>".to_owned();
    };
    let through: Vec<String> =
        figures.through.iter().map(|group| name(&group.join(" = "))).collect();
    let mut told = through.join(", ");
    if sources.affirmed.is_none() {
        told.insert_str(0, "<span class=\"contested\">only denied</span> ");
    } else if sources.is_contested() {
        told.push_str(" <span class=\"contested\">also denied</span>");
    }
    format!(
        "<td class=\"number\">{}</td><td class=\"number\">{}</td><td>{}</td>",
        figures.confirmed, figures.at_most, told
    )
}
