//! The text of the document, section by section.

use super::claims;
use super::document::{Document, WIDTH, table};
use super::text::Paragraph;
use crate::export::chronology::passages;
use crate::export::location::{Cited, one_line};
use crate::export::report::{Citation, Plain, Report, Summary, Voice as _, link_facts, link_head};
use crate::export::{Out, Stopped};
use crate::fields::{ENTITY, Field, Value};
use crate::inquiry::review::Open;
use crate::inquiry::sources::ASSUMED;
use crate::notebook::{Entity, EntityId, Fit, Kind};
use crate::timeline::What;

/// The text and the footnotes, as they stand in their parts.
///
/// # Errors
/// The export was cancelled.
pub(super) fn written(report: &Report<'_>, out: &mut Out<'_>) -> Result<(String, String), Stopped> {
    let mut document = Document::new(report);
    document.add(&Paragraph::new("Title").text(&one_line(report.title())));
    summary(&mut document);
    claims::write(&mut document, out)?;
    links(&mut document, out)?;
    chronology(&mut document, out)?;
    events(&mut document, out)?;
    actors(&mut document, out)?;
    matrices(&mut document);
    review(&mut document, out)?;
    bibliography(&mut document, out)?;
    Ok(document.into_parts())
}

fn summary(document: &mut Document<'_>) {
    document.heading("Heading1", "Summary");
    let summary = Summary::of(document.report);
    if !document.report.content.is_everything() {
        document.add(&Paragraph::new("Normal").text(
            "A part of the notebook. Figures count every statement that the notebook holds.",
        ));
    }
    let counts: Vec<String> =
        summary.counts.iter().map(|(count, word)| format!("{count} {word}")).collect();
    document.add(&Paragraph::new("Normal").text(&format!("Held: {}.", counts.join(", "))));
    for sentence in &summary.sentences {
        let style = if sentence == ASSUMED { "Caveat" } else { "Normal" };
        document.add(&Paragraph::new(style).text(sentence));
    }
}

fn links(document: &mut Document<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let report = document.report;
    let notebook = report.notebook();
    let links = report.links();
    if !links.is_empty() {
        document.heading("Heading1", "Links");
    }
    let voice = Plain(notebook);
    for (_, link) in links {
        let anchors = link.evidence.iter().filter_map(|one| notebook.evidence_anchor(one));
        let marks = document.footnotes(anchors);
        let (head, facts) = (link_head(&voice, link), link_facts(&voice, link));
        document.add(
            &Paragraph::new("ListBullet")
                .styled("Strong", &head)
                .text(&format!(": {facts}"))
                .marks(&marks),
        );
        document.judgements(&link.assessments);
        document.note(&link.note);
        out.step()?;
    }
    Ok(())
}

/// Events and statements in the order of time, as a table with footnotes.
fn chronology(document: &mut Document<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let report = document.report;
    let notebook = report.notebook();
    let all = passages(report.content, out)?;
    if all.is_empty() {
        return Ok(());
    }
    document.heading("Heading1", "Chronology");
    let cell = |text: &str| Paragraph::new("Cell").text(&one_line(text));
    let head = ["Date", "What", "Who", "Sentence", "How sure"].map(|text| cell(text).xml());
    let mut rows = vec![head.to_vec()];
    for passage in &all {
        let date = match (passage.date.trim(), passage.written.trim()) {
            ("", "") => "no date".to_owned(),
            (date, "") => date.to_owned(),
            ("", written) => format!("“{written}”"),
            (date, written) => format!("{date} (“{written}”)"),
        };
        let what = match passage.what {
            What::Event(_) => passage.name.clone(),
            What::Statement(_) => format!("Said: {}", passage.name),
        };
        let told = passage.told.as_ref();
        let anchor = told.and_then(|(mention, ..)| Some(&notebook.mention(*mention)?.anchor));
        let marks = document.footnotes(anchor.into_iter());
        let sentence = told.map_or("", |(.., sentence)| sentence);
        rows.push(vec![
            cell(&date).xml(),
            cell(&what).xml(),
            cell(&passage.who).xml(),
            cell(sentence).marks(&marks).xml(),
            cell(&passage.sure).xml(),
        ]);
        out.step()?;
    }
    // The sentence has the most room.
    let widths = [15, 20, 18, 33, 14].map(|share| WIDTH * share / 100);
    document.add_xml(&table(&widths, &rows));
    Ok(())
}

fn events(document: &mut Document<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let events = document.report.events();
    if !events.is_empty() {
        document.heading("Heading1", "Events");
    }
    for (id, entity, event) in events {
        let when = if event.date.edtf.is_empty() { "no date" } else { &event.date.edtf };
        document.place(
            "Heading2",
            &id.to_string(),
            &format!("{}: {}", one_line(when), one_line(&entity.name)),
        );
        describe(document, id, entity, &["kind", "name", "date", "note", "assessments"], out)?;
    }
    Ok(())
}

fn actors(document: &mut Document<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let actors = document.report.content.by_name(Kind::Actor);
    if !actors.is_empty() {
        document.heading("Heading1", "Actors");
    }
    for (id, entity) in actors {
        document.place("Heading2", &id.to_string(), &one_line(&entity.name));
        describe(document, id, entity, &["kind", "name", "note", "assessments"], out)?;
        document.judgements(entity.assessments());
    }
    Ok(())
}

/// The fields of an entity but for these, and where it is mentioned.
fn describe(
    document: &mut Document<'_>,
    id: EntityId,
    entity: &Entity,
    without: &[&str],
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let report = document.report;
    let shown = |field: &&Field<Entity>| !without.contains(&field.key);
    for field in ENTITY.iter().filter(shown) {
        let Some(value) = field.value(entity).filter(|value| !value.is_empty(field.kind)) else {
            continue;
        };
        let text = one_line(&field.text(report.notebook(), entity));
        match value {
            Value::Flag(_) => document.add(&Paragraph::new("Details").styled("Alert", &text)),
            _ => document.field(field.label, &text),
        }
    }
    mentions(document, id, entity.kind(), out)?;
    document.note(&entity.note);
    out.step()
}

/// Where an entity is mentioned: of an event, footnotes with what is said of it; of an actor, the places alone, since the
/// words are its name.
fn mentions(
    document: &mut Document<'_>,
    id: EntityId,
    kind: Kind,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    let report = document.report;
    let (mut marks, mut places) = (String::new(), Vec::<(&str, Vec<usize>)>::new());
    for (_, mention) in report.mentions_of(id) {
        if kind == Kind::Actor {
            let at = Cited::at(report.notebook(), &mention.anchor);
            if places.last().is_none_or(|(title, _)| *title != at.title()) {
                places.push((at.title(), Vec::new()));
            }
            if let Some((_, numbers)) = places.last_mut() {
                numbers.extend(at.paragraph.filter(|number| numbers.last() != Some(number)));
            }
        } else {
            if !marks.is_empty() {
                marks.push_str("<w:r><w:t xml:space=\"preserve\"> </w:t></w:r>");
            }
            marks.push_str(&document.footnote(&mention.anchor));
        }
        out.step()?;
    }
    let mut line = Paragraph::new("Details").styled("Strong", "Mentioned: ").marks(&marks);
    let any = !(marks.is_empty() && places.is_empty());
    for (number, (title, numbers)) in places.into_iter().enumerate() {
        let told: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let told = match told.len() {
            0 => "no longer in the text".to_owned(),
            1 => format!("paragraph {}", told.concat()),
            _ => format!("paragraphs {}", told.join(", ")),
        };
        line = line
            .text(if number > 0 { "; " } else { "" })
            .styled("Emphasis", &one_line(title))
            .text(&format!(", {told}"));
    }
    if any {
        document.add(&line);
    }
    Ok(())
}

fn matrices(document: &mut Document<'_>) {
    let report = document.report;
    let voice = Plain(report.notebook());
    let mut any = false;
    for (_, matrix) in report.content.matrices() {
        if !std::mem::replace(&mut any, true) {
            document.heading("Heading1", "Competing claims");
        }
        document.heading("Heading2", &one_line(&matrix.title));
        let claims = matrix.claims_by_score();
        let mut rows = vec![
            std::iter::once(String::new())
                .chain(claims.iter().map(|id| voice.name(*id)))
                .collect::<Vec<_>>(),
        ];
        for row in &matrix.rows {
            let fit = |claim: &EntityId| {
                matrix
                    .cell(*claim, *row)
                    .map_or_else(String::new, |fit| format!("{} {}", fit.sign(), fit.label()))
            };
            let words = one_line(&report.notebook().subject_name(*row));
            rows.push(std::iter::once(words).chain(claims.iter().map(fit)).collect());
        }
        let count =
            |claim: &EntityId| format!("{} inconsistent", matrix.count(*claim, Fit::Inconsistent));
        rows.push(std::iter::once(String::new()).chain(claims.iter().map(count)).collect());
        let cells = |row: &Vec<String>| {
            row.iter().map(|cell| Paragraph::new("Cell").text(cell).xml()).collect::<Vec<_>>()
        };
        let rows: Vec<Vec<String>> = rows.iter().map(cells).collect();
        let columns = claims.len() + 1;
        let first = if columns == 1 { WIDTH } else { WIDTH * 2 / (columns + 1) };
        let other = (WIDTH - first) / claims.len().max(1);
        let widths: Vec<usize> =
            std::iter::once(first).chain(claims.iter().map(|_| other)).collect();
        document.add_xml(&table(&widths, &rows));
    }
}

fn review(document: &mut Document<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let report = document.report;
    document.heading("Heading1", "Review");
    if report.review.open.is_empty() {
        document.add(&Paragraph::new("Normal").text("Nothing is open."));
    }
    let mut rule = "";
    for open in &report.review.open {
        if open.rule.id != rule {
            rule = open.rule.id;
            document.heading(
                "Heading2",
                &format!("{} ({})", open.rule.title, open.rule.severity.word()),
            );
            document.add(&Paragraph::new("Details").text(open.rule.explanation));
        }
        document.add(&finding(open));
        out.step()?;
    }
    if !report.review.waived.is_empty() {
        document.heading("Heading2", "Waived");
    }
    for open in &report.review.waived {
        let mut line = finding(open).text(&format!(" ({})", open.rule.title));
        if let Some(waiver) = open.waived.and_then(|id| report.notebook().waivers().get(&id)) {
            line = line.text(&reason(&waiver.reason, &waiver.at, &waiver.by));
        }
        document.add(&line);
        out.step()?;
    }
    let mut any = false;
    for one in report.set_aside() {
        if !std::mem::replace(&mut any, true) {
            document.heading("Heading2", "Set aside");
        }
        let what = one_line(&report.notebook().subject_name(one.what));
        let from = if one.from.is_empty() {
            String::new()
        } else {
            format!(", from {} on", one_line(&one.from))
        };
        document.add(
            &Paragraph::new("ListBullet")
                .styled("Strong", &what)
                .text(&format!("{from}{}", reason(&one.reason, &one.at, &one.by))),
        );
    }
    Ok(())
}

fn bibliography(document: &mut Document<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let report = document.report;
    for (number, (_, article)) in (1..).zip(report.content.articles()) {
        if number == 1 {
            document.heading("Heading1", "Bibliography");
        }
        let citation = Citation::of_article(report.notebook(), article);
        let by: String = citation.by.iter().map(|part| format!(", {}", one_line(part))).collect();
        let mut line = Paragraph::new("Bibliography")
            .text(&format!("{number}. "))
            .styled("Emphasis", &one_line(citation.title))
            .text(&by);
        if let Some(address) = &citation.address {
            line = line.text(", ").address(address);
        } else if !article.about.url.is_empty() {
            line = line.text(&format!(", {}", one_line(&article.about.url)));
        }
        document.add(&line);
        out.step()?;
    }
    Ok(())
}

/// What was found: of what, and what is to be said.
fn finding(open: &Open) -> Paragraph {
    let words =
        if open.words.is_empty() { String::new() } else { format!(": {}", one_line(&open.words)) };
    Paragraph::new("ListBullet").styled("Strong", &one_line(&open.name)).text(&words)
}

/// Why, by whom and when.
fn reason(reason: &str, at: &str, by: &str) -> String {
    let words =
        if reason.trim().is_empty() { "no reason given".to_owned() } else { one_line(reason) };
    let day = at.get(..10).unwrap_or(at);
    let signed: Vec<String> =
        [by, day].into_iter().filter(|part| !part.is_empty()).map(one_line).collect();
    let signed =
        if signed.is_empty() { String::new() } else { format!(" ({})", signed.join(", ")) };
    format!(": {words}{signed}")
}
