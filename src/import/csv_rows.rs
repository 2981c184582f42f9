//! Rows of comma-separated values (RFC 4180), also with semicolons or tabs between them.

use std::str::FromStr;

use super::case::short;
use crate::export::csv_terms::would_execute;

/// A table: what stands over its columns, and its rows.
pub(super) struct Table {
    /// The name of its file.
    pub name: String,
    head: Vec<String>,
    /// With the line that each begins in.
    rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    /// Reads a table.
    ///
    /// # Errors
    /// It is empty, or a cell does not end.
    pub(super) fn parse(name: &str, text: &str) -> Result<Self, String> {
        let text = text.trim_start_matches('\u{feff}');
        let mut rows = rows(text, delimiter(text))?.into_iter();
        let (_, head) = rows.next().ok_or_else(|| "it is empty".to_owned())?;
        let head = head.iter().map(|cell| cell.trim().to_lowercase().replace(' ', "_")).collect();
        Ok(Self { name: name.to_owned(), head, rows: rows.collect() })
    }

    /// Whether it has this column.
    pub(super) fn has(&self, name: &str) -> bool {
        self.head.iter().any(|column| column == name)
    }

    /// What stands over its columns, in lower case.
    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.head.iter().map(String::as_str)
    }

    /// Its rows, empty ones left out.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows
            .iter()
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
            .map(|(line, cells)| Row { line: *line, table: self, cells })
    }
}

/// A row of a table.
pub(super) struct Row<'a> {
    /// The line it begins in, from 1.
    pub line: usize,
    table: &'a Table,
    cells: &'a [String],
}

impl<'a> Row<'a> {
    /// The name of the table's file.
    pub(super) fn table(&self) -> &'a str {
        &self.table.name
    }

    /// What stands in a column; empty where there is none.
    pub(super) fn get(&self, name: &str) -> &'a str {
        let at = self.table.head.iter().position(|column| column == name);
        let cell = at.and_then(|at| self.cells.get(at)).map_or("", String::as_str);
        // An apostrophe that keeps a spreadsheet from taking it for a formula.
        cell.strip_prefix('\'').filter(|rest| would_execute(rest)).unwrap_or(cell)
    }

    /// What stands in the first of these columns that is there and not empty.
    pub(super) fn first(&self, names: &[&str]) -> &'a str {
        names.iter().map(|name| self.get(name).trim()).find(|cell| !cell.is_empty()).unwrap_or("")
    }

    /// The id in a column.
    ///
    /// # Errors
    /// There is none.
    pub(super) fn id<I: FromStr>(&self, name: &str) -> Result<I, String> {
        let text = self.get(name);
        text.parse().map_err(|_| format!("“{}” in the column “{name}” is no such id", short(text)))
    }
}

/// What stands between the cells of the first line most often, outside of quotes.
fn delimiter(text: &str) -> char {
    let mut quoted = false;
    let mut counts = [(',', 0_usize), (';', 0), ('\t', 0), ('|', 0)];
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => break,
            c if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(one, _)| *one == c) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    // Of equals the first: a comma.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(',', |(c, _)| c)
}

type Rows = Vec<(usize, Vec<String>)>;

fn rows(text: &str, delimiter: char) -> Result<Rows, String> {
    let (mut rows, mut row, mut cell): (Rows, Vec<String>, String) = Default::default();
    let (mut quoted, mut line, mut begun, mut opened) = (false, 1, 1, 1);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' if quoted => quoted = false,
            // A quote inside of a cell that is not quoted is one.
            '"' if cell.is_empty() => (quoted, opened) = (true, line),
            c if c == delimiter && !quoted => row.push(std::mem::take(&mut cell)),
            '\r' | '\n' if !quoted => {
                if c == '\r' && chars.peek() == Some(&'\n') {
                    chars.next();
                }
                row.push(std::mem::take(&mut cell));
                rows.push((begun, std::mem::take(&mut row)));
                line += 1;
                begun = line;
            }
            c => {
                line += usize::from(c == '\n');
                cell.push(c);
            }
        }
    }
    if quoted {
        return Err(format!("line {opened}: a cell in quotes does not end"));
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((begun, row));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        let table =
            Table::parse("a.csv", "\u{feff}ID;Its name\r\n1;\"a;\"\"b\"\"\nc\"\r\n\r\n'=1+1;'t is")
                .unwrap();
        let rows: Vec<_> = table.rows().collect();
        assert_eq!(
            (rows[0].get("id"), rows[0].get("its_name"), rows[0].line),
            ("1", "a;\"b\"\nc", 2)
        );
        assert_eq!(
            (rows[1].get("id"), rows[1].get("its_name"), rows[1].line),
            ("=1+1", "'t is", 5)
        );
        assert_eq!(rows[0].get("nothing"), "");
        assert!(Table::parse("a.csv", "a,b\n\"c").is_err_and(|why| why.contains("line 2")));
        assert!(Table::parse("a.csv", "").is_err());
    }
}
