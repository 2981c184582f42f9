//! The tables as a workbook (Office Open XML): a sheet for each, with headings that stay and can be filtered by. Every
//! text is a text: nothing is a formula or an address. What a cell cannot hold is cut, and a sheet says so.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::chronology::passages;
use super::tables::{Cell, Tables, write_tables};
use super::{Content, Out, Stopped};
use crate::notebook::{Article, ArticleId};

/// The most that a cell holds, in UTF-16 code units.
const CELL: usize = 32_767;
/// The most rows of a sheet, its head included.
const ROWS: u32 = 1_048_576;
/// A column shows no more characters than this without being widened.
const WIDEST: usize = 50;
/// The most columns of a sheet.
const COLUMNS: usize = 16_384;

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let passages = passages(content, out)?;
    let mut workbook = Workbook::new();
    let mut properties = DocProperties::new().set_title(content.notebook().title());
    // The same notebook gives the same bytes: the day of the export is no part of it.
    if let Ok(day) = ExcelDateTime::from_ymd(2000, 1, 1) {
        properties = properties.set_creation_datetime(&day);
    }
    workbook.set_properties(&properties);
    let mut sheets = Sheets {
        out,
        head_format: Format::new().set_bold(),
        done: Vec::new(),
        name: String::new(),
        head: Vec::new(),
        sheet: None,
        widths: Vec::new(),
        row: 0,
        cut: Vec::new(),
    };
    write_tables(content, &passages, &mut sheets)?;
    sheets.say_what_was_cut()?;
    sheets.end()?;
    for sheet in std::mem::take(&mut sheets.done) {
        workbook.push_worksheet(sheet);
    }
    let bytes = workbook.save_to_buffer().map_err(failed)?;
    out.bytes(&bytes)
}

fn failed(error: XlsxError) -> Stopped {
    Stopped::Write(std::io::Error::other(error.to_string()))
}

struct Sheets<'a, 'b> {
    out: &'a mut Out<'b>,
    head_format: Format,
    done: Vec<Worksheet>,
    /// Of the table that is written.
    name: String,
    head: Vec<String>,
    sheet: Option<Worksheet>,
    /// How many characters its columns show at most.
    widths: Vec<usize>,
    /// The next row, from 0.
    row: u32,
    /// The cells that were cut: sheet, row, column, length in UTF-16 code units.
    cut: Vec<(String, u32, String, usize)>,
}

impl Sheets<'_, '_> {
    /// Begins a sheet for the table: its first, or another one where it has too many rows.
    fn sheet(&mut self, name: String) -> Result<(), Stopped> {
        self.end()?;
        let mut sheet = Worksheet::new();
        self.widths.clear();
        sheet.set_name(&name).map_err(failed)?;
        sheet.set_freeze_panes(1, 1).map_err(failed)?;
        for (column, text) in (0..).zip(self.head.iter().take(COLUMNS)) {
            let text = cell_text(text);
            self.widths.push(text.chars().count() + 2);
            sheet
                .write_string_with_format(0, column, cut(&text).0, &self.head_format)
                .map_err(failed)?;
        }
        (self.sheet, self.row, self.name) = (Some(sheet), 1, name);
        Ok(())
    }

    fn end(&mut self) -> Result<(), Stopped> {
        let Some(mut sheet) = self.sheet.take() else { return Ok(()) };
        for (column, width) in (0..).zip(&self.widths) {
            sheet
                .set_column_width(column, (*width).clamp(8, WIDEST) as f64 + 2.0)
                .map_err(failed)?;
        }
        let last = self.head.len().min(COLUMNS).saturating_sub(1);
        let last = u16::try_from(last).unwrap_or(0);
        sheet.autofilter(0, 0, self.row.saturating_sub(1), last).map_err(failed)?;
        self.done.push(sheet);
        Ok(())
    }

    fn say_what_was_cut(&mut self) -> Result<(), Stopped> {
        let cut = std::mem::take(&mut self.cut);
        if cut.is_empty() {
            return Ok(());
        }
        let head = ["sheet", "row", "column", "characters"].map(str::to_owned);
        self.begin("cut", &head)?;
        for (sheet, row, column, length) in cut {
            let row = usize::try_from(row).unwrap_or(0) + 1;
            let cells = [sheet.into(), Cell::Number(row), column.into(), Cell::Number(length)];
            self.row(&cells)?;
        }
        Ok(())
    }
}

impl Tables for Sheets<'_, '_> {
    fn begin(&mut self, name: &str, head: &[String]) -> Result<(), Stopped> {
        // The sheet before is ended under its own head.
        self.end()?;
        self.head = head.to_vec();
        self.sheet(name.to_owned())
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), Stopped> {
        if self.row == ROWS {
            let (name, number) = match self.name.rsplit_once(' ') {
                Some((name, number)) => (name, number.parse().unwrap_or(1)),
                None => (&*self.name, 1),
            };
            self.sheet(format!("{name} {}", number + 1))?;
        }
        let Some(sheet) = &mut self.sheet else { return Ok(()) };
        for (column, cell) in (0_u16..).zip(cells.iter().take(COLUMNS)) {
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => {
                    let text = cell_text(text);
                    if let Some(width) = self.widths.get_mut(usize::from(column)) {
                        let first = text.lines().next().unwrap_or("");
                        *width = (*width).max(first.chars().take(WIDEST).count());
                    }
                    let (kept, length) = cut(&text);
                    if let Some(length) = length {
                        let over = self.head.get(usize::from(column)).cloned().unwrap_or_default();
                        self.cut.push((self.name.clone(), self.row, over, length));
                    }
                    sheet.write_string(self.row, column, kept).map_err(failed)?;
                }
                Cell::Number(number) => {
                    sheet.write_number(self.row, column, *number as f64).map_err(failed)?;
                }
                Cell::Flag(on) => {
                    sheet.write_boolean(self.row, column, *on).map_err(failed)?;
                }
            }
        }
        self.row += 1;
        self.out.step()
    }

    fn text_of(&self, _: ArticleId, article: &Article) -> String {
        article.text.as_str().to_owned()
    }
}

/// A text without what XML cannot hold.
fn cell_text(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            c if c.is_control() || c == '\u{fffe}' || c == '\u{ffff}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// As much of a text as a cell holds, with a mark where it was cut; and its whole length, if it was.
fn cut(text: &str) -> (String, Option<usize>) {
    let length = text.encode_utf16().count();
    if length <= CELL {
        return (text.to_owned(), None);
    }
    let mark = format!("… [cut: {length} characters in all]");
    let mut left = CELL - mark.chars().count();
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            let room = left >= c.len_utf16();
            left = left.saturating_sub(c.len_utf16());
            room
        })
        .collect();
    kept.push_str(&mark);
    (kept, Some(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_no_cell_holds_is_cut_and_says_so() {
        assert_eq!(cut("é"), ("é".to_owned(), None));
        for long in ["a".repeat(40_000), "😀".repeat(20_000)] {
            let (kept, length) = cut(&long);
            assert!(kept.encode_utf16().count() <= CELL && length == Some(40_000));
            assert!(kept.ends_with("… [cut: 40000 characters in all]"));
        }
    }
}
