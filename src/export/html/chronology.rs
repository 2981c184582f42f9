//! The chronology: events and statements in the order of time, as a table.

use super::escape::name;
use super::page::section;
use crate::export::chronology::passages;
use crate::export::report::Report;
use crate::export::{Out, Stopped};
use crate::timeline::{Passage, What};

/// Writes it; each row leads to what it is about, and to its sentence in the article.
pub(super) fn write(
    report: &Report<'_>,
    all: &[Passage],
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    if all.is_empty() {
        return Ok(());
    }
    out.text(&section("chronology", "Chronology"))?;
    let heads: String = ["Date", "What", "Who", "Sentence", "How sure"]
        .map(|head| format!("<th scope=\"col\">{head}</th>"))
        .concat();
    out.line("<div class=\"wide\"><table class=\"chronology\">")?;
    out.line(&format!("<thead><tr>{heads}</tr></thead>\n<tbody>"))?;
    for passage in all {
        let mut date = if passage.date.trim().is_empty() {
            "<span class=\"muted\">no date</span>".to_owned()
        } else {
            name(&passage.date)
        };
        if !passage.written.trim().is_empty() {
            date.push_str(&format!(" <span class=\"muted\">“{}”</span>", name(&passage.written)));
        }
        let what = format!("<a href=\"#{}\">{}</a>", passage.entity, name(&passage.name));
        let kind = match passage.what {
            What::Event(_) => "",
            What::Statement(_) => "<span class=\"muted\">said:</span> ",
        };
        let place = if passage.place.trim().is_empty() {
            String::new()
        } else {
            format!(" <span class=\"muted\">({})</span>", name(passage.place.trim()))
        };
        let told =
            passage.told.as_ref().map_or_else(String::new, |(mention, article, sentence)| {
                let number =
                    report.number(*article).map_or_else(String::new, |n| format!("[{n}] "));
                format!("<a class=\"to\" href=\"#{mention}\">{number}{}</a>", name(sentence))
            });
        out.line(&format!(
            "<tr data-item><td>{date}</td><td>{kind}{what}{place}</td><td>{}</td><td>{told}</td><td>{}</td></tr>",
            name(&passage.who),
            name(&passage.sure),
        ))?;
        out.step()?;
    }
    out.text("</tbody>\n</table></div>\n</section>\n")
}

/// What is in it.
///
/// # Errors
/// The export was cancelled.
pub(super) fn of(report: &Report<'_>, out: &Out<'_>) -> Result<Vec<Passage>, Stopped> {
    let mut all = passages(report.content, out)?;
    // A statement of a claim that is not in the report leads nowhere.
    all.retain(|passage| report.content.has_entity(passage.entity));
    Ok(all)
}
