//! Tables as comma-separated values (RFC 4180): a folder of files, and the articles' texts as files of their own.

use super::chronology::passages;
use super::tables::{Cell, Tables, write_tables};
use super::{Content, Out, Stopped};
use crate::notebook::{Article, ArticleId};

/// Spreadsheets take a file for UTF-8 only when it begins so.
const MARK: &str = "\u{feff}";

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let passages = passages(content, out)?;
    write_tables(content, &passages, &mut Files(out))?;
    for (id, article) in content.articles() {
        out.begin(&text_file(id))?;
        out.text(article.text.as_str())?;
        out.step()?;
    }
    Ok(())
}

/// The name of the file that holds an article's text: a spreadsheet's cell holds some 32,000 characters.
fn text_file(id: ArticleId) -> String {
    format!("text-{id}.txt")
}

/// A file for each table.
struct Files<'a, 'b>(&'a mut Out<'b>);

impl Files<'_, '_> {
    fn line(&mut self, cells: impl Iterator<Item = String>) -> Result<(), Stopped> {
        let mut line = cells.collect::<Vec<_>>().join(",");
        line.push_str("\r\n");
        self.0.text(&line)
    }
}

impl Tables for Files<'_, '_> {
    fn begin(&mut self, name: &str, head: &[String]) -> Result<(), Stopped> {
        self.0.begin(&format!("{name}.csv"))?;
        self.0.text(MARK)?;
        self.line(head.iter().map(|text| cell(text)))
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), Stopped> {
        self.line(cells.iter().map(|one| match one {
            Cell::Text(text) => cell(text),
            Cell::Number(number) => number.to_string(),
            Cell::Flag(on) => on.to_string(),
        }))?;
        self.0.step()
    }

    fn text_of(&self, id: ArticleId, _: &Article) -> String {
        text_file(id)
    }
}

/// Whether a spreadsheet would take a cell for a formula, whatever apostrophes stand before it.
pub(crate) fn would_execute(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    let first = bare.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || bare.starts_with(['\t', '\r'])
}

/// A text as a cell. What a spreadsheet would take for a formula gets an apostrophe before it, and so does what begins
/// with an apostrophe and would be taken for one without it: so one apostrophe is taken away to read it again.
fn cell(text: &str) -> String {
    let text = if would_execute(text) { format!("'{text}") } else { text.to_owned() };
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
