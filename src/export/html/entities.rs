//! The actors, what every entity has, and the matrices of competing claims.

use super::claims::judgements;
use super::escape::{Html, lines, name};
use super::page::{field, names, section, tag};
use super::places::Places;
use crate::export::report::{Report, Voice as _};
use crate::export::{Out, Stopped};
use crate::fields::{ENTITY, Field};
use crate::notebook::{Detail, Entity, EntityId, Fit, Kind, Link, LinkId, Subject};

/// Writes the actors.
pub(super) fn write(
    report: &Report<'_>,
    places: &Places,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let actors = report.content.by_name(Kind::Actor);
    if actors.is_empty() {
        return Ok(());
    }
    let voice = Html(report.content);
    let links = report.links_by_end();
    out.text(&section("actors", "Actors"))?;
    out.text("<div class=\"cards\">\n")?;
    for (id, entity) in actors {
        let Detail::Actor(actor) = &entity.detail else { continue };
        out.line(&format!("<article class=\"card actor\" id=\"{id}\" data-item>"))?;
        out.line(&format!("<h3>{}</h3>", name(&entity.name)))?;
        let anonymous = if entity.is_anonymous() { "anonymous" } else { "" };
        let mut tags = tag(anonymous, actor.kind.label());
        if let Some(letter) = actor.reliability {
            tags.push_str(&tag("", &format!("reliability {}", letter.label())));
        }
        if entity.to_check {
            tags.push_str(&tag("alert", "to check"));
        }
        out.line(&format!("<p class=\"tags\">{tags}</p>"))?;
        let owner = actor.owner.map_or_else(String::new, |owner| voice.name(owner));
        let members: Vec<String> = actor.members.iter().map(|id| voice.name(*id)).collect();
        let mut rows = field("Also called", &names(&entity.aliases));
        rows.push_str(&field("Owner", &owner));
        rows.push_str(&field("Members", &members.join(", ")));
        rows.push_str(&field("Judgements", &judgements(&actor.assessments)));
        rows.push_str(&rest(report, places, id, entity, links.get(&id).map_or(&[], Vec::as_slice)));
        if !rows.is_empty() {
            out.line(&format!("<dl>\n{rows}</dl>"))?;
        }
        out.text("</article>\n")?;
        out.step()?;
    }
    out.text("</div>\n</section>\n")
}

/// What every entity has: where it is mentioned, its links, the user's note.
pub(super) fn rest(
    report: &Report<'_>,
    places: &Places,
    id: EntityId,
    entity: &Entity,
    links: &[(LinkId, &Link)],
) -> String {
    let mut rows = String::new();
    if entity.kind() == Kind::Event {
        rows.push_str(&field("Also called", &names(&entity.aliases)));
    }
    rows.push_str(&field("Mentioned", &Places::mentions(report, id)));
    let links: String =
        links.iter().map(|(id, _)| format!("<li>{}</li>", places.link(report, *id))).collect();
    if !links.is_empty() {
        rows.push_str(&field("Links", &format!("<ul class=\"plain\">{links}</ul>")));
    }
    rows.push_str(&field("Note", &lines(&entity.note)));
    if entity.kind() == Kind::Event && entity.to_check {
        rows.push_str(&field(label("to_check"), "yes"));
    }
    rows
}

/// The label of a field of entities.
fn label(key: &str) -> &'static str {
    ENTITY.iter().find(|field: &&Field<Entity>| field.key == key).map_or("", |field| field.label)
}

/// Writes the matrices of competing claims, the claim with the fewest inconsistencies first.
pub(super) fn write_matrices(report: &Report<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let voice = Html(report.content);
    let mut any = false;
    for (_, matrix) in report.content.matrices() {
        if !std::mem::replace(&mut any, true) {
            out.text(&section("matrices", "Competing claims"))?;
        }
        out.line(&format!(
            "<div class=\"wide\" data-item><table class=\"matrix\">\n<caption>{}</caption>",
            name(&matrix.title)
        ))?;
        let claims = matrix.claims_by_score();
        let heads: String =
            claims.iter().map(|id| format!("<th scope=\"col\">{}</th>", voice.name(*id))).collect();
        out.line(&format!("<thead><tr><td></td>{heads}</tr></thead>\n<tbody>"))?;
        for row in &matrix.rows {
            let words = name(&report.notebook().subject_name(*row));
            let words = if reached(report, *row) {
                format!("<a href=\"#{row}\">{words}</a>")
            } else {
                words
            };
            let cells: String = claims
                .iter()
                .map(|claim| match matrix.cell(*claim, *row) {
                    Some(fit) => format!(
                        "<td class=\"fit {0}\"><b aria-hidden=\"true\">{1}</b> {0}</td>",
                        fit.label(),
                        fit.sign()
                    ),
                    None => "<td></td>".to_owned(),
                })
                .collect();
            out.line(&format!("<tr><th scope=\"row\">{words}</th>{cells}</tr>"))?;
            out.step()?;
        }
        let counts: String = claims
            .iter()
            .map(|claim| {
                format!("<td>{} inconsistent</td>", matrix.count(*claim, Fit::Inconsistent))
            })
            .collect();
        out.line(&format!("</tbody>\n<tfoot><tr><td></td>{counts}</tr></tfoot>\n</table></div>"))?;
    }
    if any { out.text("</section>\n") } else { Ok(()) }
}

/// Whether the page has a place for this.
pub(super) fn reached(report: &Report<'_>, subject: Subject) -> bool {
    match subject {
        Subject::Article(id) => report.content.has_article(id),
        Subject::Entity(id) => report.content.has_entity(id),
        Subject::Mention(id) => report.content.has_mention(id),
        Subject::Link(id) => report.content.has_link(id),
        Subject::Conflict(_) => false,
    }
}
