//! The links, each with the words that support it.

use super::claims::judgements;
use super::escape::{Html, lines};
use super::page::{field, section};
use super::places::Places;
use crate::export::report::{Report, link_facts, link_head};
use crate::export::{Out, Stopped};

/// Writes them.
pub(super) fn write(
    report: &Report<'_>,
    places: &Places,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let links = report.links();
    if links.is_empty() {
        return Ok(());
    }
    let voice = Html(report.content);
    out.text(&section("links", "Links"))?;
    for (id, link) in links {
        out.line(&format!("<article class=\"card link\" id=\"{id}\" data-item>"))?;
        out.line(&format!("<h3>{}</h3>", link_head(&voice, link)))?;
        let alert = if link.evidence.is_empty() { " alert" } else { "" };
        out.line(&format!("<p class=\"how{alert}\">{}</p>", link_facts(&voice, link)))?;
        for piece in places.evidence(report, id) {
            out.line(&piece)?;
        }
        let mut rows = field("Judgements", &judgements(&link.assessments));
        rows.push_str(&field("Note", &lines(&link.note)));
        if !rows.is_empty() {
            out.line(&format!("<dl>\n{rows}</dl>"))?;
        }
        out.text("</article>\n")?;
        out.step()?;
    }
    out.text("</section>\n")
}
