//! Going places: to mentions, passages, articles, and from one to the next.

use super::{Caret, Effect, Level, Pane, Program, Selection};
use crate::notebook::{ArticleId, EntityId, MentionId};

impl Program {
    /// Brings an article's bytes into view and selects them.
    pub(super) fn go_to(&mut self, article: ArticleId, range: std::ops::Range<usize>) {
        self.with_book(|book| book.leave_for(article, &range));
        self.bring_into_view(article, range.clone());
        self.with_book(|book| {
            book.carets.insert(article, Caret::over(range));
        });
    }

    pub(super) fn bring_into_view(&mut self, article: ArticleId, range: std::ops::Range<usize>) {
        let serial = self.next_serial();
        self.with_book(|book| {
            book.bring_to_front(article);
            book.goto = Some(super::GoTo { serial, article, range, reading: None });
        });
        self.refresh_find();
        self.effects.push(Effect::ShowPane(Pane::Reader));
    }

    pub(super) fn go_to_mention(&mut self, id: MentionId) {
        let Some(book) = &mut self.book else { return };
        let Some(mention) = book.notebook.mention(id).cloned() else { return };
        book.selection = Selection::mention(id, &book.notebook);
        match mention.anchor.range() {
            Some(range) => {
                book.leave_for(mention.anchor.article, &range);
                book.carets.insert(mention.anchor.article, Caret::at(range.start));
                self.bring_into_view(mention.anchor.article, range);
            }
            None => self.notify(
                Level::Warning,
                "The words of this mention no longer stand in the article; tag them anew where they are now, or untag it.",
            ),
        }
    }

    pub(super) fn show_mentions(&mut self, entity: EntityId) {
        let Some(book) = &mut self.book else { return };
        book.selection = Selection::entity(entity);
        book.places = super::PlacesOf::Mentions(entity);
        let first = book.notebook.mentions_of(entity).find(|id| {
            book.notebook.mention(*id).is_some_and(|mention| mention.anchor.range().is_some())
        });
        match first {
            Some(first) => {
                self.go_to_mention(first);
                self.effects.push(Effect::ShowPane(Pane::Places));
            }
            None => self.effects.push(Effect::ShowPane(Pane::Inspector)),
        }
    }

    pub(super) fn show_article(&mut self, id: ArticleId) {
        self.with_book(|book| {
            if book.notebook.article(id).is_some() {
                if !book.is_side_by_side() && book.article() != Some(id) {
                    let caret = book.caret(id).range();
                    book.leave_for(id, &caret);
                }
                book.bring_to_front(id);
            }
        });
        self.refresh_find();
    }

    pub(super) fn step_article(&mut self, by: isize) {
        let Some(book) = &self.book else { return };
        let all = book.notebook.articles_in_order();
        let Some(now) = book.article().and_then(|id| all.iter().position(|other| *other == id))
        else {
            return;
        };
        let next = (now as isize + by).rem_euclid(all.len() as isize) as usize;
        self.show_article(all[next]);
    }

    pub(super) fn step_mention(&mut self, forward: bool) {
        let Some(book) = &self.book else { return };
        let Some(article) = book.article() else { return };
        let order: Vec<MentionId> = book
            .notebook
            .mentions_in(article)
            .filter(|id| book.notebook.mention(*id).is_some_and(|m| m.anchor.range().is_some()))
            .collect();
        let selected =
            book.selection.mention.and_then(|id| order.iter().position(|other| *other == id));
        let next = match selected {
            Some(i) if forward => order.get(i + 1).copied(),
            Some(i) => i.checked_sub(1).and_then(|i| order.get(i).copied()),
            None => {
                let (after, before) =
                    book.notebook.mentions_around(article, book.caret(article).head);
                if forward { after } else { before }
            }
        };
        match next {
            Some(id) => self.go_to_mention(id),
            None => self.notify(
                Level::Info,
                if forward {
                    "That was the last mention of this article."
                } else {
                    "That was the first mention of this article."
                },
            ),
        }
    }

    /// Selects the next of the mentions that overlap where the cursor is: from the innermost outwards, and again.
    pub(super) fn cycle_mentions(&mut self) {
        let Some(book) = &mut self.book else { return };
        let Some(article) = book.article() else { return };
        let selected = book
            .selection
            .mention
            .and_then(|id| book.notebook.mention(id))
            .filter(|mention| mention.anchor.article == article)
            .and_then(|mention| mention.anchor.range());
        let head = book.caret(article).head;
        // The selected mention may be elsewhere, chosen in a list: then what overlaps its beginning is meant.
        let at = match selected {
            Some(range) if !(range.start..=range.end).contains(&head) => range.start,
            _ => head,
        };
        let here = book.notebook.mentions_at(article, at);
        let now = book.selection.mention.and_then(|id| here.iter().position(|other| *other == id));
        let next = now.map_or(0, |i| (i + 1) % here.len().max(1));
        if let Some(id) = here.get(next) {
            book.selection = Selection::mention(*id, &book.notebook);
        }
    }
}
