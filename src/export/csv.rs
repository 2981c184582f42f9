//! Tables as comma-separated values (RFC 4180): a folder of files with every field of every record, taken from the
//! tables of fields, and the articles' texts as files of their own.

use super::location::Cited;
use super::{Content, Out, Stopped};
use crate::fields::{ARTICLE, ENTITY, Field, LINK, MENTION, Record, STATEMENT, Value, ValueKind};
use crate::notebook::{Anchor, Evidence, Fit, Matrix, MatrixId, Notebook, Target};

/// Spreadsheets take a file for UTF-8 only when it begins so.
const MARK: &str = "\u{feff}";

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let notebook = content.notebook();
    begin::<crate::notebook::Entity>(out, "entities.csv", &["id"], &[ENTITY])?;
    for (id, entity) in content.entities() {
        let mut row = Row::new(id.to_string());
        row.fields(ENTITY, notebook, entity);
        row.write(out)?;
    }
    begin::<crate::notebook::Mention>(out, "mentions.csv", &["id"], &[MENTION])?;
    for (id, mention) in content.mentions() {
        let mut row = Row::new(id.to_string());
        row.fields(MENTION, notebook, mention);
        row.write(out)?;
    }
    begin(out, "statements.csv", &["mention", "claim", "claim_id", "quote"], &[STATEMENT])?;
    for (id, mention) in content.mentions().filter(|(_, mention)| mention.statement.is_some()) {
        let mut row = Row::new(id.to_string());
        row.cell(notebook.name(mention.entity));
        row.cell(&mention.entity.to_string());
        row.cell(notebook.words(&mention.anchor));
        row.fields(STATEMENT, notebook, mention);
        row.write(out)?;
    }
    begin::<crate::notebook::Link>(out, "links.csv", &["id"], &[LINK])?;
    for (id, link) in content.links() {
        let mut row = Row::new(id.to_string());
        row.fields(LINK, notebook, link);
        row.write(out)?;
    }
    begin::<crate::notebook::Link>(out, "evidence.csv", &["link", "mention"], &[])?;
    out_line(out, &place_columns("at"), ",")?;
    for (id, link) in content.links() {
        for evidence in &link.evidence {
            let Some(anchor) = notebook.evidence_anchor(evidence) else { continue };
            let mut row = Row::new(id.to_string());
            row.cell(&match evidence {
                Evidence::Mention(mention) => mention.to_string(),
                Evidence::Quote(_) => String::new(),
            });
            row.place(notebook, anchor);
            row.write(out)?;
        }
    }
    let columns = ["id", "from", "from_id", "relation", "to", "to_id", "follows_from"];
    begin::<crate::notebook::Link>(out, "derived_links.csv", &columns, &[])?;
    out.text("\r\n")?;
    for (id, link) in content.derived_links() {
        let mut row = Row::new(id.to_string());
        row.cell(notebook.name(link.from));
        row.cell(&link.from.to_string());
        row.cell(notebook.relation_label(&link.relation));
        row.cell(link.to_entity().map_or("", |to| notebook.name(to)));
        row.cell(&link.to_entity().map_or_else(String::new, |to| to.to_string()));
        row.cell(&link.evidence.len().to_string());
        row.write(out)?;
    }
    begin::<crate::notebook::Article>(out, "articles.csv", &["id"], &[ARTICLE])?;
    for (id, article) in content.articles() {
        let mut row = Row::new(id.to_string());
        for field in ARTICLE {
            match field.kind {
                // A spreadsheet's cell holds some 32,000 characters.
                ValueKind::Body => row.cell(&text_file(&id.to_string())),
                _ => row.field(field, notebook, article),
            }
        }
        row.write(out)?;
    }
    for (id, matrix) in content.matrices() {
        matrix_table(notebook, id, matrix, out)?;
    }
    for (id, article) in content.articles() {
        out.begin(&text_file(&id.to_string()))?;
        out.text(article.text.as_str())?;
        out.step()?;
    }
    Ok(())
}

/// A matrix of competing claims: a column for each claim, the one with the fewest inconsistencies first, and how many
/// each has in the last row.
fn matrix_table(
    notebook: &Notebook,
    id: MatrixId,
    matrix: &Matrix,
    out: &mut Out<'_>,
) -> Result<(), Stopped> {
    out.begin(&format!("matrix-{id}.csv"))?;
    out.text(MARK)?;
    let claims = matrix.claims_by_score();
    let line = |first: &str, second: &str, cells: &mut dyn Iterator<Item = String>| {
        let mut row = Row::new(cell(first));
        row.cell(second);
        cells.for_each(|text| row.cell(&text));
        row.0 + "\r\n"
    };
    let names = &mut claims.iter().map(|claim| notebook.name(*claim).to_owned());
    out.text(&line("row", &matrix.title, names))?;
    for row in &matrix.rows {
        let fits = claims.iter().map(|claim| matrix.cell(*claim, *row));
        let fits = &mut fits.map(|fit| fit.map_or("", Fit::label).to_owned());
        out.text(&line(&row.to_string(), &notebook.subject_name(*row), fits))?;
    }
    let counts =
        &mut claims.iter().map(|claim| matrix.count(*claim, Fit::Inconsistent).to_string());
    out.text(&line("", "inconsistent", counts))
}

/// The name of the file that holds an article's text.
fn text_file(id: &str) -> String {
    format!("text-{id}.txt")
}

/// Begins a table: its head, with these columns and those of the fields. Without fields the head is left open.
fn begin<R: Record>(
    out: &mut Out<'_>,
    name: &str,
    first: &[&str],
    fields: &[&'static [Field<R>]],
) -> Result<(), Stopped> {
    out.begin(name)?;
    out.text(MARK)?;
    let first: Vec<String> = first.iter().map(|name| (*name).to_owned()).collect();
    let of_fields = fields.iter().copied().flatten().flat_map(|f| columns(f.key, f.kind));
    let head: Vec<String> = first.into_iter().chain(of_fields).collect();
    if fields.is_empty() {
        return out.text(&head.join(","));
    }
    out_line(out, &head, "")
}

fn out_line(out: &mut Out<'_>, columns: &[String], before: &str) -> Result<(), Stopped> {
    out.text(before)?;
    out.text(&columns.join(","))?;
    out.text("\r\n")
}

/// The columns of a field: its words, and the ids behind them.
fn columns(key: &str, kind: ValueKind) -> Vec<String> {
    match kind {
        ValueKind::Anchor => place_columns(key),
        _ if has_ids(kind) => vec![key.to_owned(), format!("{key}_id")],
        _ => vec![key.to_owned()],
    }
}

fn place_columns(key: &str) -> Vec<String> {
    ["article", "article_id", "start", "end", "paragraph", "quote", "orphan"]
        .iter()
        .map(|part| format!("{key}_{part}"))
        .collect()
}

/// Whether values of this kind name other records.
const fn has_ids(kind: ValueKind) -> bool {
    matches!(
        kind,
        ValueKind::Entity(..)
            | ValueKind::Entities(_)
            | ValueKind::Participants(_)
            | ValueKind::Relation
            | ValueKind::Target
            | ValueKind::Chain(_)
    )
}

/// The ids in a value, in their order.
fn ids(value: &Value) -> String {
    fn all<T: ToString>(ids: impl Iterator<Item = T>) -> String {
        ids.map(|id| id.to_string()).collect::<Vec<_>>().join(" ")
    }
    match value {
        Value::Entity(id) => all(id.iter()),
        Value::Entities(ids) => all(ids.iter()),
        Value::Participants(them) => all(them.iter().map(|p| p.actor)),
        Value::Chain(chain) => all(chain.iter().map(|hop| hop.actor)),
        Value::Relation(relation) => relation.0.clone(),
        Value::Target(Target::Entity(id)) => id.to_string(),
        Value::Target(Target::Link(id)) => id.to_string(),
        _ => String::new(),
    }
}

/// A row of a table.
struct Row(String);

impl Row {
    fn new(id: String) -> Self {
        Self(id)
    }

    fn cell(&mut self, text: &str) {
        self.0.push(',');
        self.0.push_str(&cell(text));
    }

    fn fields<R: Record>(&mut self, fields: &'static [Field<R>], notebook: &Notebook, record: &R) {
        for field in fields {
            self.field(field, notebook, record);
        }
    }

    fn field<R: Record>(&mut self, field: &'static Field<R>, notebook: &Notebook, record: &R) {
        let value = field.value(record);
        if let Some(Value::Anchor(anchor)) = &value {
            self.place(notebook, anchor);
            return;
        }
        self.cell(&match &value {
            Some(Value::Chain(chain)) => chain
                .iter()
                .map(|hop| {
                    let cue = if hop.cue.is_empty() { "" } else { ": " };
                    format!("{} ({}{cue}{})", notebook.name(hop.actor), hop.source.label(), hop.cue)
                })
                .collect::<Vec<_>>()
                .join("; "),
            Some(Value::Flag(on)) => on.to_string(),
            _ => field.text(notebook, record).into_owned(),
        });
        if has_ids(field.kind) {
            self.cell(&value.as_ref().map_or_else(String::new, ids));
        }
    }

    fn place(&mut self, notebook: &Notebook, anchor: &Anchor) {
        let at = Cited::at(notebook, anchor);
        self.cell(at.title());
        self.cell(&anchor.article.to_string());
        self.cell(&at.start.to_string());
        self.cell(&at.end.to_string());
        self.cell(&at.paragraph.map_or_else(String::new, |number| number.to_string()));
        self.cell(at.words);
        self.cell(if at.paragraph.is_none() { "true" } else { "false" });
    }

    fn write(mut self, out: &mut Out<'_>) -> Result<(), Stopped> {
        self.0.push_str("\r\n");
        out.text(&self.0)?;
        out.step()
    }
}

/// A text as a cell. What a spreadsheet would take for a formula gets an apostrophe before it, and so does what begins
/// with an apostrophe and would be taken for one without it: so one apostrophe is taken away to read it again.
fn cell(text: &str) -> String {
    let bare = text.trim_start_matches('\'');
    let first = bare.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    let executes = first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || bare.starts_with(['\t', '\r']);
    let text = if executes { format!("'{text}") } else { text.to_owned() };
    // A NUL ends a cell in some readers.
    let text = text.replace('\0', "\u{fffd}");
    let quoted = text.contains([',', ';', '"', '\n', '\r', '\t']) || text.trim() != text;
    if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_stays_text_and_a_cell_stays_one() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("-5 °C"), "'-5 °C");
        assert_eq!(cell("@svarquier"), "'@svarquier");
        assert_eq!(cell(" +33"), "' +33");
        assert_eq!(cell("'=x"), "''=x");
        assert_eq!(cell("l'an"), "l'an");
        assert_eq!(cell("a,\"b\"\nc"), "\"a,\"\"b\"\"\nc\"");
        assert_eq!(cell("\t=1"), "\"'\t=1\"");
    }
}
