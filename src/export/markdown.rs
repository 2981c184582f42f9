//! One Markdown file (CommonMark with footnotes), for git, Obsidian and drafts: every assertion has a footnote with its
//! article, date, paragraph and words.

use std::fmt::Write as _;

use super::location::one_line;
use super::report::{Citation, Report, Summary, Voice, link_facts, link_head, said};
use super::{Content, Out, Stopped};
use crate::fields::{self, ENTITY, Field};
use crate::inquiry::sources::ClaimSources;
use crate::notebook::{Anchor, Entity, EntityId, Fit, Kind, LinkId, Notebook};

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let notebook = content.notebook();
    let title = if notebook.title().is_empty() { "Notebook" } else { notebook.title() };
    out.line(&format!("# {}", escaped(title)))?;
    let voice = Markdown(notebook);
    let report = Report::new(content, out)?;
    out.line("\n## Summary\n")?;
    for sentence in Summary::of(&report).sentences {
        out.line(&format!("- {}", escaped(&sentence)))?;
    }
    let mut notes = Notes { notebook, next: 1, marks: String::new(), open: String::new() };
    articles(content, out)?;
    for kind in Kind::ALL {
        let all = content.by_name(kind);
        if all.is_empty() {
            continue;
        }
        out.line(&format!("\n## {}", kind.plural()))?;
        for (id, entity) in all {
            out.line(&format!("\n### {}\n", escaped(&entity.name)))?;
            describe(notebook, entity, out)?;
            for (stance, figures) in
                report.sources.of(id).into_iter().flat_map(ClaimSources::stances)
            {
                out.line(&format!("- {stance}: {}", escaped(&one_line(&figures.sentence()))))?;
            }
            let mut quoted = Vec::new();
            for (_, mention) in content.mentions_of(id) {
                if mention.statement.is_some() || !mention.note.is_empty() || mention.to_check {
                    quoted.push(mention);
                } else {
                    notes.add(&mention.anchor);
                }
                out.step()?;
            }
            let marks = notes.marks();
            if !marks.is_empty() {
                out.line(&format!("- mentioned: {marks}"))?;
            }
            for mention in quoted {
                let words = escaped(&one_line(notebook.words(&mention.anchor)));
                let said = said(&voice, mention);
                notes.add(&mention.anchor);
                out.line(&format!("- “{words}” · {said}{}", notes.marks()))?;
            }
            notes.write(out)?;
            out.step()?;
        }
    }
    let mut any = false;
    for (id, link) in content.links() {
        if !std::mem::replace(&mut any, true) {
            out.line("\n## Links\n")?;
        }
        for evidence in &link.evidence {
            if let Some(anchor) = notebook.evidence_anchor(evidence) {
                notes.add(anchor);
            }
        }
        let marks = notes.marks();
        let (head, facts) = (link_head(&voice, link), link_facts(&voice, link));
        out.line(&format!("- {head} ({id}): {facts}{marks}"))?;
        if !link.note.is_empty() {
            out.line(&format!("  - note: {}", escaped(&one_line(&link.note))))?;
        }
        out.step()?;
    }
    notes.write(out)?;
    matrices(content, out)?;
    let mut any = false;
    for (_, card) in content.cards().filter(|(_, card)| !card.text.trim().is_empty()) {
        if !std::mem::replace(&mut any, true) {
            out.line("\n## Note cards\n")?;
        }
        out.line(&format!("- {}", escaped(&one_line(&card.text))))?;
    }
    Ok(())
}

/// The matrices of competing claims as tables, the claim with the fewest inconsistencies first.
fn matrices(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let notebook = content.notebook();
    let mut any = false;
    for (_, matrix) in content.matrices() {
        if !std::mem::replace(&mut any, true) {
            out.line("\n## Competing claims")?;
        }
        out.line(&format!("\n### {}\n", escaped(&one_line(&matrix.title))))?;
        let claims = matrix.claims_by_score();
        let mut row = |first: &str, cells: &mut dyn Iterator<Item = String>| {
            let cells: String = cells.map(|cell| format!(" {cell} |")).collect();
            out.line(&format!("| {first} |{cells}"))
        };
        let name = |claim: &EntityId| escaped(&one_line(notebook.name(*claim)));
        row("", &mut claims.iter().map(name))?;
        row("---", &mut claims.iter().map(|_| "---".to_owned()))?;
        for subject in &matrix.rows {
            let fit =
                |claim: &EntityId| matrix.cell(*claim, *subject).map_or("", Fit::label).to_owned();
            let words = escaped(&one_line(&notebook.subject_name(*subject)));
            row(&words, &mut claims.iter().map(fit))?;
        }
        let count = |claim: &EntityId| {
            format!("**{} inconsistent**", matrix.count(*claim, Fit::Inconsistent))
        };
        row("", &mut claims.iter().map(count))?;
    }
    Ok(())
}

fn articles(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let mut any = false;
    for (number, (_, article)) in (1..).zip(content.articles()) {
        if !std::mem::replace(&mut any, true) {
            out.line("\n## Articles\n")?;
        }
        let citation = Citation::of_article(content.notebook(), article);
        let mut line = format!("{number}. {}", source(&citation));
        if !article.about.url.is_empty() {
            let _ = write!(line, ", {}", code(&article.about.url));
        }
        out.line(&line)?;
        out.step()?;
    }
    Ok(())
}

/// How Markdown writes names: nothing of them is markup.
pub(super) struct Markdown<'a>(pub(super) &'a Notebook);

impl Voice for Markdown<'_> {
    fn notebook(&self) -> &Notebook {
        self.0
    }

    fn text(&self, words: &str) -> String {
        escaped(words)
    }

    fn end(&self, id: EntityId) -> String {
        format!("**{}**", self.name(id))
    }

    fn link(&self, id: LinkId) -> String {
        format!("**the link {id}**")
    }
}

/// An article as it is cited: title, publisher, author, date.
fn source(citation: &Citation<'_>) -> String {
    citation.source(|title| format!("*{}*", escaped(title)), escaped)
}

/// The fields of an entity that hold something, but for its kind and name.
fn describe(notebook: &Notebook, entity: &Entity, out: &mut Out<'_>) -> Result<(), Stopped> {
    let shown = |field: &&Field<Entity>| !["kind", "name"].contains(&field.key);
    for field in ENTITY.iter().filter(shown) {
        let Some(value) = field.value(entity).filter(|value| !value.is_empty(field.kind)) else {
            continue;
        };
        let text = one_line(&field.text(notebook, entity));
        match value {
            fields::Value::Flag(_) => out.line(&format!("- {}", escaped(&text)))?,
            _ => out.line(&format!("- {}: {}", field.noun, escaped(&text)))?,
        }
    }
    Ok(())
}

/// The footnotes that are called for and not written yet.
struct Notes<'a> {
    notebook: &'a Notebook,
    next: usize,
    /// The marks of those added since the last call of [`Self::marks`].
    marks: String,
    /// The notes, one a line.
    open: String,
}

impl Notes<'_> {
    /// Adds a note on this place.
    fn add(&mut self, anchor: &Anchor) {
        let citation = Citation::of(self.notebook, anchor);
        let (source, place) = (source(&citation), citation.place());
        let words = escaped(&one_line(citation.words));
        // Writing to a string cannot fail.
        let _ = writeln!(self.open, "[^{}]: {source}, {place}: “{words}”", self.next);
        let _ = write!(self.marks, "[^{}]", self.next);
        self.next += 1;
    }

    /// The marks of the notes added since the last call.
    fn marks(&mut self) -> String {
        std::mem::take(&mut self.marks)
    }

    /// Writes the notes, each a paragraph.
    fn write(&mut self, out: &mut Out<'_>) -> Result<(), Stopped> {
        for line in std::mem::take(&mut self.open).lines() {
            out.text("\n")?;
            out.line(line)?;
        }
        Ok(())
    }
}

/// A text whose characters mean nothing to Markdown, on one line as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '(' | ')' | '#' | '|'
            | '!' | '~' | '$' | '=' | '^' | '%' => {
                out.push('\\');
                out.push(c);
            }
            '&' => out.push_str("&amp;"),
            // What some readers turn into an address to be followed.
            ':' => out.push_str("&#58;"),
            '@' => out.push_str("&#64;"),
            '\n' | '\r' | '\t' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    // What would begin a list, and “www.”, which some readers link.
    if out.starts_with(['-', '+']) {
        out.insert(0, '\\');
    }
    let out = out.replace("www.", "www\\.");
    let digits = out.chars().take_while(char::is_ascii_digit).count();
    match out.get(digits..) {
        Some(rest) if digits > 0 && rest.starts_with('.') => {
            format!("{}\\{rest}", &out[..digits])
        }
        _ => out,
    }
}

/// An address as code: shown, not followed.
fn code(text: &str) -> String {
    let text = one_line(text);
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    if longest == 0 { format!("`{text}`") } else { format!("{fence} {text} {fence}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_markup() {
        assert_eq!(escaped("**a** [b](http://c)"), "\\*\\*a\\*\\* \\[b\\]\\(http&#58;//c\\)");
        assert_eq!(escaped("- a"), "\\- a");
        assert_eq!(escaped("12. a"), "12\\. a");
        assert_eq!(escaped("<script>&"), "\\<script\\>&amp;");
        assert_eq!(code("a`b"), "`` a`b ``");
    }
}
