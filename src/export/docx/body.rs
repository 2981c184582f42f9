//! The text of the document, section by section, and its footnotes.

use super::claims;
use super::text::Paragraph;
use crate::export::location::{Cited, one_line};
use crate::export::report::{Citation, Plain, Report, Summary, Voice as _, link_facts, link_head};
use crate::export::{Out, Stopped};
use crate::fields::{ENTITY, Field, Value};
use crate::inquiry::review::Open;
use crate::inquiry::sources::ASSUMED;
use crate::notebook::{Anchor, Assessment, Entity, EntityId, Fit, Kind};

/// The document as it grows.
pub(super) struct Document<'a> {
    /// What is reported.
    pub report: &'a Report<'a>,
    body: String,
    notes: String,
    next: usize,
}

/// The text and the footnotes, as they stand in their parts.
///
/// # Errors
/// The export was cancelled.
pub(super) fn written(report: &Report<'_>, out: &mut Out<'_>) -> Result<(String, String), Stopped> {
    let mut document = Document { report, body: String::new(), notes: String::new(), next: 1 };
    document.add(&Paragraph::new("Title").text(&one_line(report.title())));
    document.summary();
    claims::write(&mut document, out)?;
    document.links(out)?;
    document.events(out)?;
    document.actors(out)?;
    document.matrices();
    document.review(out)?;
    document.bibliography(out)?;
    Ok((document.body, document.notes))
}

impl Document<'_> {
    /// Adds a paragraph.
    pub(super) fn add(&mut self, paragraph: &Paragraph) {
        self.body.push_str(&paragraph.xml());
        self.body.push('\n');
    }

    /// Adds what is written already: a table.
    pub(super) fn add_xml(&mut self, xml: &str) {
        self.body.push_str(xml);
        self.body.push('\n');
    }

    /// Adds a heading.
    pub(super) fn heading(&mut self, style: &'static str, text: &str) {
        self.add(&Paragraph::new(style).text(text));
    }

    /// Adds a heading that can be led to.
    pub(super) fn place(&mut self, style: &'static str, id: &str, text: &str) {
        let number = self.next_place();
        let marks = format!(
            "<w:bookmarkStart w:id=\"{number}\" w:name=\"{id}\"/><w:bookmarkEnd w:id=\"{number}\"/>"
        );
        self.add(&Paragraph::new(style).text(text).marks(&marks));
    }

    fn next_place(&self) -> usize {
        // The length of the text never falls: as a number it stands once.
        self.body.len()
    }

    /// Writes a footnote on a place, and returns the mark that leads to it.
    pub(super) fn footnote(&mut self, anchor: &Anchor) -> String {
        let citation = Citation::of(self.report.notebook(), anchor);
        let id = self.next;
        self.next += 1;
        let mark =
            "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/></w:r>";
        let by: String = citation.by.iter().map(|part| format!(", {}", one_line(part))).collect();
        let mut note = Paragraph::new("FootnoteText")
            .marks(mark)
            .text(" ")
            .styled("Emphasis", &one_line(citation.title))
            .text(&format!("{by}, {}: ", citation.place()))
            .styled("Quotation", &format!("“{}”", one_line(citation.words)));
        if let Some(address) = &citation.address {
            note = note.text(". ").address(address);
        }
        self.notes.push_str(&format!("<w:footnote w:id=\"{id}\">{}</w:footnote>\n", note.xml()));
        format!(
            "<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteReference w:id=\"{id}\"/></w:r>"
        )
    }

    /// Footnotes on several places, with commas between their marks.
    pub(super) fn footnotes<'b>(
        &mut self,
        anchors: impl IntoIterator<Item = &'b Anchor>,
    ) -> String {
        let mut marks = String::new();
        for anchor in anchors {
            if !marks.is_empty() {
                marks.push_str(
                    "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>,</w:t></w:r>",
                );
            }
            marks.push_str(&self.footnote(anchor));
        }
        marks
    }

    /// A field: its label and what is in it.
    pub(super) fn field(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.add(&Paragraph::new("Details").styled("Strong", &format!("{label}: ")).text(text));
        }
    }

    /// How something was judged.
    pub(super) fn judgements(&mut self, all: &[Assessment]) {
        for one in all {
            self.field("Judged", &one_line(&one.line()));
        }
    }

    /// The user's note, lines and all.
    pub(super) fn note(&mut self, text: &str) {
        self.field("Note", text.trim_end());
    }

    fn summary(&mut self) {
        self.heading("Heading1", "Summary");
        let summary = Summary::of(self.report);
        if !self.report.content.is_everything() {
            self.add(&Paragraph::new("Normal").text(
                "A part of the notebook. Figures count every statement that the notebook holds.",
            ));
        }
        let counts: Vec<String> =
            summary.counts.iter().map(|(count, word)| format!("{count} {word}")).collect();
        self.add(&Paragraph::new("Normal").text(&format!("Held: {}.", counts.join(", "))));
        for sentence in &summary.sentences {
            let style = if sentence == ASSUMED { "Caveat" } else { "Normal" };
            self.add(&Paragraph::new(style).text(sentence));
        }
    }

    fn links(&mut self, out: &mut Out<'_>) -> Result<(), Stopped> {
        let report = self.report;
        let notebook = report.notebook();
        let links = report.links();
        if !links.is_empty() {
            self.heading("Heading1", "Links");
        }
        let voice = Plain(notebook);
        for (_, link) in links {
            let anchors = link.evidence.iter().filter_map(|one| notebook.evidence_anchor(one));
            let marks = self.footnotes(anchors);
            let (head, facts) = (link_head(&voice, link), link_facts(&voice, link));
            self.add(
                &Paragraph::new("ListBullet")
                    .styled("Strong", &head)
                    .text(&format!(": {facts}"))
                    .marks(&marks),
            );
            self.judgements(&link.assessments);
            self.note(&link.note);
            out.step()?;
        }
        Ok(())
    }

    fn events(&mut self, out: &mut Out<'_>) -> Result<(), Stopped> {
        let events = self.report.events();
        if !events.is_empty() {
            self.heading("Heading1", "Events");
        }
        for (id, entity, event) in events {
            let when = if event.date.edtf.is_empty() { "no date" } else { &event.date.edtf };
            self.place(
                "Heading2",
                &id.to_string(),
                &format!("{}: {}", one_line(when), one_line(&entity.name)),
            );
            self.describe(id, entity, &["kind", "name", "date", "note", "assessments"], out)?;
        }
        Ok(())
    }

    fn actors(&mut self, out: &mut Out<'_>) -> Result<(), Stopped> {
        let actors = self.report.content.by_name(Kind::Actor);
        if !actors.is_empty() {
            self.heading("Heading1", "Actors");
        }
        for (id, entity) in actors {
            self.place("Heading2", &id.to_string(), &one_line(&entity.name));
            self.describe(id, entity, &["kind", "name", "note", "assessments"], out)?;
            self.judgements(entity.assessments());
        }
        Ok(())
    }

    /// The fields of an entity but for these, and where it is mentioned.
    fn describe(
        &mut self,
        id: EntityId,
        entity: &Entity,
        without: &[&str],
        out: &mut Out<'_>,
    ) -> Result<(), Stopped> {
        let report = self.report;
        let shown = |field: &&Field<Entity>| !without.contains(&field.key);
        for field in ENTITY.iter().filter(shown) {
            let Some(value) = field.value(entity).filter(|value| !value.is_empty(field.kind))
            else {
                continue;
            };
            let text = one_line(&field.text(report.notebook(), entity));
            match value {
                Value::Flag(_) => self.add(&Paragraph::new("Details").styled("Alert", &text)),
                _ => self.field(field.label, &text),
            }
        }
        self.mentions(id, entity.kind(), out)?;
        self.note(&entity.note);
        out.step()
    }

    /// Where an entity is mentioned: of an event, footnotes with what is said of it; of an actor, the places alone, since the
    /// words are its name.
    fn mentions(&mut self, id: EntityId, kind: Kind, out: &mut Out<'_>) -> Result<(), Stopped> {
        let report = self.report;
        let (mut marks, mut places) = (String::new(), Vec::<(&str, Vec<usize>)>::new());
        for (_, mention) in report.content.mentions_of(id) {
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
                marks.push_str(&self.footnote(&mention.anchor));
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
            self.add(&line);
        }
        Ok(())
    }

    fn matrices(&mut self) {
        let report = self.report;
        let voice = Plain(report.notebook());
        let mut any = false;
        for (_, matrix) in report.content.matrices() {
            if !std::mem::replace(&mut any, true) {
                self.heading("Heading1", "Competing claims");
            }
            self.heading("Heading2", &one_line(&matrix.title));
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
            let count = |claim: &EntityId| {
                format!("{} inconsistent", matrix.count(*claim, Fit::Inconsistent))
            };
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
            self.add_xml(&table(&widths, &rows));
        }
    }

    fn review(&mut self, out: &mut Out<'_>) -> Result<(), Stopped> {
        let report = self.report;
        self.heading("Heading1", "Review");
        if report.review.open.is_empty() {
            self.add(&Paragraph::new("Normal").text("Nothing is open."));
        }
        let mut rule = "";
        for open in &report.review.open {
            if open.rule.id != rule {
                rule = open.rule.id;
                self.heading(
                    "Heading2",
                    &format!("{} ({})", open.rule.title, open.rule.severity.word()),
                );
                self.add(&Paragraph::new("Details").text(open.rule.explanation));
            }
            self.add(&finding(open));
            out.step()?;
        }
        if !report.review.waived.is_empty() {
            self.heading("Heading2", "Waived");
        }
        for open in &report.review.waived {
            let mut line = finding(open).text(&format!(" ({})", open.rule.title));
            if let Some(waiver) = open.waived.and_then(|id| report.notebook().waivers().get(&id)) {
                line = line.text(&reason(&waiver.reason, &waiver.at, &waiver.by));
            }
            self.add(&line);
            out.step()?;
        }
        let mut any = false;
        for one in report.set_aside() {
            if !std::mem::replace(&mut any, true) {
                self.heading("Heading2", "Set aside");
            }
            let what = one_line(&report.notebook().subject_name(one.what));
            let from = if one.from.is_empty() {
                String::new()
            } else {
                format!(", from {} on", one_line(&one.from))
            };
            self.add(
                &Paragraph::new("ListBullet")
                    .styled("Strong", &what)
                    .text(&format!("{from}{}", reason(&one.reason, &one.at, &one.by))),
            );
        }
        Ok(())
    }

    fn bibliography(&mut self, out: &mut Out<'_>) -> Result<(), Stopped> {
        let report = self.report;
        for (number, (_, article)) in (1..).zip(report.content.articles()) {
            if number == 1 {
                self.heading("Heading1", "Bibliography");
            }
            let citation = Citation::of_article(report.notebook(), article);
            let by: String =
                citation.by.iter().map(|part| format!(", {}", one_line(part))).collect();
            let mut line = Paragraph::new("Bibliography")
                .text(&format!("{number}. "))
                .styled("Emphasis", &one_line(citation.title))
                .text(&by);
            if let Some(address) = &citation.address {
                line = line.text(", ").address(address);
            } else if !article.about.url.is_empty() {
                line = line.text(&format!(", {}", one_line(&article.about.url)));
            }
            self.add(&line);
            out.step()?;
        }
        Ok(())
    }
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

/// The width between the margins, in twentieths of a point.
pub(super) const WIDTH: usize = 9354;

/// A table whose first row is its head; each cell is its paragraphs.
pub(super) fn table(widths: &[usize], rows: &[Vec<String>]) -> String {
    let mut text = format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Claims\"/><w:tblW w:w=\"{}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
         w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
        widths.iter().sum::<usize>()
    );
    for width in widths {
        text.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
    }
    text.push_str("</w:tblGrid>\n");
    for (number, row) in rows.iter().enumerate() {
        let head = if number == 0 { "<w:tblHeader/>" } else { "" };
        text.push_str(&format!("<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>"));
        for (cell, width) in row.iter().zip(widths) {
            text.push_str(&format!(
                "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>"
            ));
        }
        text.push_str("</w:tr>\n");
    }
    text.push_str("</w:tbl>");
    text
}
