//! The columns of the tables on a page, found once for each table.

use std::rc::Rc;

use egui::Context;

use super::Page;
use crate::ui::reader::columns::Columns;
use crate::ui::reader::setting::Set;

/// So many rows of a table are measured, its first ones: cells of later ones are broken to the columns that those make.
const MOST_ROWS: usize = 1000;
/// So many bytes of them.
const MOST_BYTES: usize = 256 << 10;
/// The most tables that are remembered.
const MOST_TABLES: usize = 4096;

impl Page {
    /// The columns of the table that a unit is a row of.
    pub(super) fn columns_of(
        &mut self,
        ctx: &Context,
        unit: usize,
        set: Set,
    ) -> Option<Rc<Columns>> {
        let paragraph = self.units.paragraph(unit);
        // A row longer than a unit is words without end.
        if !set.cells || self.units.bytes(&self.text, unit) != self.text.paragraph(paragraph) {
            return None;
        }
        let line = u32::try_from(paragraph).ok()?;
        if let Some((_, (last, columns))) = self.tables.range(..=line).next_back()
            && line <= *last
        {
            return columns.clone();
        }
        let (first, last) = self.structure.table_of(line)?;
        let (text, face) = (&self.text, self.metrics.face(set.face));
        let advances = &mut self.advances[set.face as usize];
        let mut left = MOST_BYTES;
        let rows = (first..=last).take(MOST_ROWS).map_while(|line| {
            let row = text.get(text.paragraph(line as usize))?;
            left = left.checked_sub(row.len())?;
            Some(row)
        });
        let (font, width) = (&face.font, self.metrics.column - set.indent);
        let columns = ctx.fonts_mut(|fonts| {
            Columns::of(rows, width, font.size, |c| advances.get(c, fonts, font))
        });
        let columns = columns.map(Rc::new);
        if self.tables.len() >= MOST_TABLES {
            self.tables.clear();
        }
        self.tables.insert(first, (last, columns.clone()));
        columns
    }
}
