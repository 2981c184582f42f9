//! The events in time.

use super::entities::rest;
use super::escape::{Html, name};
use super::page::{field, section};
use super::places::Places;
use crate::export::report::{Report, Voice as _};
use crate::export::{Out, Stopped};

/// Writes them, the earliest first; those without a date last.
pub(super) fn write(
    report: &Report<'_>,
    places: &Places,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let events = report.events();
    if events.is_empty() {
        return Ok(());
    }
    let voice = Html(report.content);
    let links = report.links_by_end();
    out.text(&section("events", "Events"))?;
    out.text("<ol class=\"time\">\n")?;
    for (id, entity, event) in events {
        let when = if event.date.edtf.is_empty() {
            "<span class=\"muted\">no date</span>".to_owned()
        } else {
            name(&event.date.edtf)
        };
        out.line(&format!("<li id=\"{id}\" data-item><p class=\"when\">{when}</p><div>"))?;
        out.line(&format!("<h3>{}</h3>", name(&entity.name)))?;
        let written = if event.date.written.is_empty() {
            String::new()
        } else {
            format!("“{}”", name(&event.date.written))
        };
        let place = if event.place.is_empty() { String::new() } else { name(&event.place) };
        let who: Vec<String> = event
            .participants
            .iter()
            .map(|one| format!("{} ({})", voice.name(one.actor), one.role.label()))
            .collect();
        let mut rows = field("Date as written", &written);
        rows.push_str(&field("Place", &place));
        rows.push_str(&field("Participants", &who.join(", ")));
        rows.push_str(&rest(report, places, id, entity, links.get(&id).map_or(&[], Vec::as_slice)));
        if !rows.is_empty() {
            out.line(&format!("<dl>\n{rows}</dl>"))?;
        }
        out.text("</div></li>\n")?;
        out.step()?;
    }
    out.text("</ol>\n</section>\n")
}
