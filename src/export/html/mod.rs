//! One self-contained HTML page for colleagues without Casebook: it loads nothing, runs nothing but its own filter, and
//! every link, statement and piece of evidence leads to its sentence in the article.
//!
//! Anchors are the ids of the notebook's records; evidence without a mention has that of its link or claim and a number.

mod articles;
mod canvas;
mod chronology;
mod claims;
mod entities;
mod escape;
mod events;
mod links;
mod marks;
mod page;
mod places;
mod review;
mod summary;

use super::report::{Report, Summary};
use super::{Content, Out, Stopped};
use escape::name;
use places::Places;

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let report = Report::new(content, out)?;
    let summary = Summary::of(&report);
    let places = Places::new(&report);
    let canvas = canvas::drawn(&report, out)?;
    out.text(&page::head(report.title()))?;
    let passages = chronology::of(&report, out)?;
    let sections = page::sections(&report, canvas.is_some(), passages.len());
    out.text(&page::navigation(&sections))?;
    out.text("<main>\n<header class=\"title\">\n<p class=\"kicker\">Casebook report</p>\n")?;
    out.line(&format!("<h1>{}</h1>", name(report.title())))?;
    if !content.is_everything() {
        out.line("<p class=\"muted\">A part of the notebook. Figures count every statement that the notebook holds.</p>")?;
    }
    out.line("</header>")?;
    summary::write(&report, &summary, out)?;
    claims::write(&report, &places, out)?;
    links::write(&report, &places, out)?;
    chronology::write(&report, &passages, out)?;
    events::write(&report, &places, out)?;
    entities::write(&report, &places, out)?;
    entities::write_matrices(&report, out)?;
    if let Some(canvas) = canvas {
        out.text(&canvas)?;
    }
    review::write(&report, out)?;
    articles::write(&report, &places, out)?;
    out.text(page::FOOT)
}
