//! Navigation: going to mentions, passages and articles, and from one to the next.

use crate::app::{Caret, Effect, GoTo, Level, Pane, Program, Selection};
use crate::notebook::{ArticleId, EntityId, MentionId};

impl Program {
    /// Brings an article's bytes into view and selects them.
    pub(in crate::app) fn go_to(&mut self, article: ArticleId, range: std::ops::Range<usize>) {
        self.with_open_notebook(|book| book.leave_for(article, &range));
        self.bring_into_view(article, range.clone());
        self.with_open_notebook(|book| {
            book.reading.carets.insert(article, Caret::over(range));
        });
    }

    pub(in crate::app) fn bring_into_view(
        &mut self,
        article: ArticleId,
        range: std::ops::Range<usize>,
    ) {
        self.with_open_notebook(|book| book.bring_to_front(article));
        self.send_reader(GoTo { article, range, reading: None });
        self.refresh_find();
        self.emit(Effect::ShowPane(Pane::READER));
    }

    /// Makes the reader bring a place into view.
    pub(super) fn send_reader(&mut self, goto: GoTo) {
        self.with_open_notebook(|book| book.reading.last_goto = Some(goto.clone()));
        self.emit(Effect::GoTo(goto));
    }

    pub(in crate::app) fn go_to_mention(&mut self, id: MentionId) {
        let Some(book) = &mut self.book else { return };
        let Some(mention) = book.document.notebook().mention(id).cloned() else { return };
        book.select(Selection::mention(id, book.document.notebook()));
        match mention.anchor.range() {
            Some(range) => {
                book.leave_for(mention.anchor.article, &range);
                book.reading.carets.insert(mention.anchor.article, Caret::at(range.start));
                self.bring_into_view(mention.anchor.article, range);
            }
            None => self.notify(
                Level::Warning,
                "The words of this mention are no longer in the article. Tag them again where they are now, or untag the mention.",
            ),
        }
    }

    pub(in crate::app) fn show_mentions(&mut self, entity: EntityId) {
        let Some(book) = &mut self.book else { return };
        book.select(Selection::entity(entity));
        book.reading.listed = crate::app::Listed::Mentions(entity);
        let first = book.document.notebook().mentions_of(entity).find(|id| {
            book.document
                .notebook()
                .mention(*id)
                .is_some_and(|mention| mention.anchor.range().is_some())
        });
        match first {
            Some(first) => {
                self.go_to_mention(first);
                self.emit(Effect::ShowPane(Pane::RESULTS));
            }
            None => self.emit(Effect::ShowPane(Pane::INSPECTOR)),
        }
    }

    pub(in crate::app) fn show_article(&mut self, id: ArticleId) {
        self.with_open_notebook(|book| {
            if book.document.notebook().article(id).is_some() {
                if !book.is_side_by_side() && book.article() != Some(id) {
                    let caret = book.caret(id).range();
                    book.leave_for(id, &caret);
                }
                book.bring_to_front(id);
            }
        });
        self.refresh_find();
    }

    pub(in crate::app) fn step_article(&mut self, by: isize) {
        let Some(book) = &self.book else { return };
        let all = book.tabs();
        let Some(now) = book.article().and_then(|id| all.iter().position(|other| *other == id))
        else {
            return;
        };
        let next = (now as isize + by).rem_euclid(all.len() as isize) as usize;
        self.show_article(all[next]);
    }

    pub(in crate::app) fn step_mention(&mut self, forward: bool) {
        let Some(book) = &self.book else { return };
        let Some(article) = book.article() else { return };
        let order: Vec<MentionId> = book
            .document
            .notebook()
            .mentions_in(article)
            .filter(|id| {
                book.document.notebook().mention(*id).is_some_and(|m| m.anchor.range().is_some())
            })
            .collect();
        let selected =
            book.selection().mention.and_then(|id| order.iter().position(|other| *other == id));
        let next = match selected {
            Some(i) if forward => order.get(i + 1).copied(),
            Some(i) => i.checked_sub(1).and_then(|i| order.get(i).copied()),
            None => {
                let (after, before) =
                    book.document.notebook().mentions_around(article, book.caret(article).head);
                if forward { after } else { before }
            }
        };
        match next {
            Some(id) => self.go_to_mention(id),
            None => self.notify(
                Level::Info,
                if forward {
                    "No more mentions in this article."
                } else {
                    "No earlier mentions in this article."
                },
            ),
        }
    }

    /// Selects the next of the mentions that overlap at the cursor: from the innermost outwards, then the innermost
    /// again.
    pub(in crate::app) fn cycle_mentions(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Some(article) = book.article() else { return };
        let selected = book
            .selection()
            .mention
            .and_then(|id| book.document.notebook().mention(id))
            .filter(|mention| mention.anchor.article == article)
            .and_then(|mention| mention.anchor.range());
        let head = book.caret(article).head;
        // The selected mention may be elsewhere, chosen in a list: then the mentions that overlap its beginning are
        // meant.
        let at = match selected {
            Some(range) if !(range.start..=range.end).contains(&head) => range.start,
            _ => head,
        };
        let here = book.document.notebook().mentions_at(article, at);
        let now =
            book.selection().mention.and_then(|id| here.iter().position(|other| *other == id));
        let next = now.map_or(0, |i| (i + 1) % here.len().max(1));
        if let Some(id) = here.get(next) {
            book.select(Selection::mention(*id, book.document.notebook()));
        }
    }
}
