//! Changing a mention's boundaries.

use std::ops::Range;

use crate::app::{Program, Tool};
use crate::edit::{Edit, Ref, Spot};

impl Program {
    pub(in crate::app) fn start_boundary(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Some(id) = book.selection().mention else { return };
        let Some(mention) = book.document.notebook().mention(id) else { return };
        let Some(range) = mention.anchor.range() else { return };
        let article = mention.anchor.article;
        book.tagging.tool =
            Tool::Boundary { mention: id, article, range: range.clone(), end: true };
        self.bring_into_view(article, range);
    }

    pub(in crate::app) fn draft_boundary(&mut self, new: Range<usize>) {
        let Some(book) = &mut self.book else { return };
        match &mut book.tagging.tool {
            Tool::Boundary { range, .. } => *range = new,
            Tool::None => {
                let Some(id) = book.selection().mention else { return };
                let Some(mention) = book.document.notebook().mention(id) else { return };
                let Some(range) = mention.anchor.range() else { return };
                let (article, end) = (mention.anchor.article, range.end != new.end);
                book.tagging.tool = Tool::Boundary { mention: id, article, range: new, end };
            }
            _ => {}
        }
    }

    pub(in crate::app) fn boundary_accept(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Tool::Boundary { mention, range, .. } = book.tagging.tool.clone() else { return };
        let same = book.document.notebook().mention(mention).and_then(|m| m.anchor.range())
            == Some(range.clone());
        if same
            || self
                .edit(&Edit::Rebound { mention: Ref::Id(mention), at: Spot::Bytes(range) })
                .is_some()
        {
            self.with_open_notebook(|book| book.tagging.tool = Tool::None);
        }
    }
}
