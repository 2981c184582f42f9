//! A notebook as tables, one description for every format that makes some: a table for each sort of record with every
//! field of it, taken from the tables of fields, the chronology, and one for each matrix of competing claims.

use super::location::Cited;
use super::{Content, Stopped};
use crate::fields::{ARTICLE, ENTITY, Field, LINK, MENTION, Record, STATEMENT, Value, ValueKind};
use crate::notebook::{
    Anchor, Article, ArticleId, Evidence, Fit, Matrix, MatrixId, Notebook, Target,
};
use crate::timeline::{Passage, What};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cell {
    /// Words, ids, dates.
    Text(String),
    /// A count, an offset, the number of a paragraph.
    Number(usize),
    /// Yes or no.
    Flag(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// What tables are written into.
pub(super) trait Tables {
    /// Begins a table of this name: what stands over its columns.
    fn begin(&mut self, name: &str, head: &[String]) -> Result<(), Stopped>;

    /// Writes a row, with a cell for each column.
    fn row(&mut self, cells: &[Cell]) -> Result<(), Stopped>;

    /// What stands for an article's text in its row.
    fn text_of(&self, id: ArticleId, article: &Article) -> String;
}

/// Writes all tables.
pub(super) fn write_tables(
    content: &Content<'_>,
    passages: &[Passage],
    to: &mut dyn Tables,
) -> Result<(), Stopped> {
    let notebook = content.notebook();
    to.begin("entities", &head(&["id"], &[ENTITY]))?;
    for (id, entity) in content.entities() {
        let mut row = Row::new(id.to_string());
        row.fields(ENTITY, notebook, entity);
        to.row(&row.0)?;
    }
    to.begin("mentions", &head(&["id"], &[MENTION]))?;
    for (id, mention) in content.mentions() {
        let mut row = Row::new(id.to_string());
        row.fields(MENTION, notebook, mention);
        to.row(&row.0)?;
    }
    to.begin("statements", &head(&["mention", "claim", "claim_id", "quote"], &[STATEMENT]))?;
    for (id, mention) in content.mentions().filter(|(_, mention)| mention.statement.is_some()) {
        let mut row = Row::new(id.to_string());
        row.cell(notebook.name(mention.entity));
        row.cell(mention.entity.to_string());
        row.cell(notebook.words(&mention.anchor));
        row.fields(STATEMENT, notebook, mention);
        to.row(&row.0)?;
    }
    to.begin("links", &head(&["id"], &[LINK]))?;
    for (id, link) in content.links() {
        let mut row = Row::new(id.to_string());
        row.fields(LINK, notebook, link);
        to.row(&row.0)?;
    }
    let mut columns = names(&["link", "mention"]);
    columns.extend(place_columns("at"));
    to.begin("evidence", &columns)?;
    for (id, link) in content.links() {
        for evidence in &link.evidence {
            let Some(anchor) = notebook.evidence_anchor(evidence) else { continue };
            let mut row = Row::new(id.to_string());
            row.cell(match evidence {
                Evidence::Mention(mention) => mention.to_string(),
                Evidence::Quote(_) => String::new(),
            });
            row.place(notebook, anchor);
            to.row(&row.0)?;
        }
    }
    let columns = ["id", "from", "from_id", "relation", "to", "to_id", "follows_from"];
    to.begin("derived_links", &names(&columns))?;
    for (id, link) in content.derived_links() {
        let mut row = Row::new(id.to_string());
        row.cell(notebook.name(link.from));
        row.cell(link.from.to_string());
        row.cell(notebook.relation_label(&link.relation));
        row.cell(link.to_entity().map_or("", |to| notebook.name(to)));
        row.cell(link.to_entity().map_or_else(String::new, |to| to.to_string()));
        row.0.push(Cell::Number(link.evidence.len()));
        to.row(&row.0)?;
    }
    to.begin("articles", &head(&["id"], &[ARTICLE]))?;
    for (id, article) in content.articles() {
        let mut row = Row::new(id.to_string());
        for field in ARTICLE {
            match field.kind {
                ValueKind::Body => row.cell(to.text_of(id, article)),
                _ => row.field(field, notebook, article),
            }
        }
        to.row(&row.0)?;
    }
    chronology_table(notebook, passages, to)?;
    for (id, matrix) in content.matrices() {
        matrix_table(notebook, id, matrix, to)?;
    }
    Ok(())
}

/// The chronology: events and statements in the order of time.
fn chronology_table(
    notebook: &Notebook,
    passages: &[Passage],
    to: &mut dyn Tables,
) -> Result<(), Stopped> {
    let columns = [
        "date",
        "date_as_written",
        "what",
        "kind",
        "who",
        "place",
        "sentence",
        "article",
        "article_id",
        "how_sure",
        "entity_id",
        "mention_id",
    ];
    to.begin("chronology", &names(&columns))?;
    for passage in passages {
        let mut row = Row(vec![Cell::Text(passage.date.clone())]);
        row.cell(passage.written.as_str());
        row.cell(passage.name.as_str());
        row.cell(match passage.what {
            What::Event(_) => "event",
            What::Statement(_) => "statement",
        });
        row.cell(passage.who.as_str());
        row.cell(passage.place.as_str());
        let told = passage.told.as_ref();
        row.cell(told.map_or("", |(.., sentence)| sentence));
        let article = told.and_then(|(_, article, _)| notebook.article(*article));
        row.cell(article.map_or("", |article| &article.about.title));
        row.cell(told.map_or_else(String::new, |(_, article, _)| article.to_string()));
        row.cell(passage.sure.as_str());
        row.cell(passage.entity.to_string());
        row.cell(told.map_or_else(String::new, |(mention, ..)| mention.to_string()));
        to.row(&row.0)?;
    }
    Ok(())
}

/// A matrix of competing claims: a column for each claim, the one with the fewest inconsistencies first, and how many
/// each has in the last row.
fn matrix_table(
    notebook: &Notebook,
    id: MatrixId,
    matrix: &Matrix,
    to: &mut dyn Tables,
) -> Result<(), Stopped> {
    let claims = matrix.claims_by_score();
    let mut columns = vec!["row".to_owned(), matrix.title.clone()];
    columns.extend(claims.iter().map(|claim| notebook.name(*claim).to_owned()));
    to.begin(&format!("matrix-{id}"), &columns)?;
    for subject in &matrix.rows {
        let mut row = Row::new(subject.to_string());
        row.cell(notebook.subject_name(*subject).to_string());
        for claim in &claims {
            row.cell(matrix.cell(*claim, *subject).map_or("", Fit::label));
        }
        to.row(&row.0)?;
    }
    let mut row = Row::new(String::new());
    row.cell("inconsistent");
    for claim in &claims {
        row.0.push(Cell::Number(matrix.count(*claim, Fit::Inconsistent)));
    }
    to.row(&row.0)
}

fn names(all: &[&str]) -> Vec<String> {
    all.iter().map(|name| (*name).to_owned()).collect()
}

/// What stands over a table: these columns, and those of the fields.
fn head<R: Record>(first: &[&str], fields: &[&'static [Field<R>]]) -> Vec<String> {
    let of_fields = fields.iter().copied().flatten().flat_map(|f| columns(f.key, f.kind));
    names(first).into_iter().chain(of_fields).collect()
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
    ["article", "article_id", "start", "end", "paragraph", "quote", "orphan", "version"]
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
struct Row(Vec<Cell>);

impl Row {
    fn new(id: String) -> Self {
        Self(vec![Cell::Text(id)])
    }

    fn cell(&mut self, cell: impl Into<Cell>) {
        self.0.push(cell.into());
    }

    fn fields<R: Record>(&mut self, fields: &'static [Field<R>], notebook: &Notebook, record: &R) {
        for field in fields {
            self.field(field, notebook, record);
        }
    }

    fn field<R: Record>(&mut self, field: &'static Field<R>, notebook: &Notebook, record: &R) {
        let value = field.value(record);
        self.0.push(match &value {
            Some(Value::Anchor(anchor)) => {
                self.place(notebook, anchor);
                return;
            }
            Some(Value::Chain(chain)) => Cell::Text(
                chain
                    .iter()
                    .map(|hop| {
                        let cue = if hop.cue.is_empty() { "" } else { ": " };
                        let (name, source) = (notebook.name(hop.actor), hop.source.label());
                        format!("{name} ({source}{cue}{})", hop.cue)
                    })
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
            Some(Value::Flag(on)) => Cell::Flag(*on),
            Some(Value::Number(number)) if field.kind == ValueKind::Number => Cell::Number(*number),
            _ => Cell::Text(field.text(notebook, record).into_owned()),
        });
        if has_ids(field.kind) {
            self.cell(value.as_ref().map_or_else(String::new, ids));
        }
    }

    fn place(&mut self, notebook: &Notebook, anchor: &Anchor) {
        let at = Cited::at(notebook, anchor);
        self.cell(at.title());
        self.cell(anchor.article.to_string());
        self.0.push(Cell::Number(at.start));
        self.0.push(Cell::Number(at.end));
        self.0.push(at.paragraph.map_or_else(|| Cell::Text(String::new()), Cell::Number));
        self.cell(at.words);
        self.0.push(Cell::Flag(at.paragraph.is_none()));
        self.0.push(Cell::Number(anchor.version as usize));
    }
}
