//! The intents that this part handles.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Caret, FindQuery, Listed};
use crate::app::{Effect, Pane, Program};
use crate::notebook::{ArticleId, EntityId, MentionId, ReadingPlace};

/// What the user wants to do with the articles.
#[derive(Clone, Debug)]
pub enum ReadingIntent {
    /// Selects a mention and brings it into view in the reader.
    GoToMention(MentionId),
    /// Brings these bytes of an article into view and selects them.
    GoToPlace(ArticleId, Range<usize>),
    /// Lists an entity's mentions in the results pane; the view of the text stays.
    ListMentions(EntityId),
    /// Selects an entity, lists its mentions and goes to the first.
    ShowMentions(EntityId),
    /// Brings an article's tab to the front; opens it where it was closed.
    ShowArticle(ArticleId),
    /// Chooses exactly these articles in the list of articles.
    ChooseArticles(BTreeSet<ArticleId>),
    /// Closes an article's tab. The article stays in the notebook.
    CloseTab(ArticleId),
    /// Shows an article in the reader, or (`true`) in the second one beside it.
    ShowArticleIn(ArticleId, bool),
    /// Remembers the present place for going back, because the reader is about to go to this byte.
    LeaveFor(ArticleId, usize),
    /// Moves the text cursor or the selection in an article.
    SetCaret(ArticleId, Caret),
    /// The reading place: stored with the notebook, but not an edit.
    SetReading(ArticleId, ReadingPlace),
    /// Find: changes what is searched for.
    FindQuery(FindQuery),
    /// Find: the next hit (1) or the one before (-1).
    FindStep(isize),
    /// Find: the n-th of all hits, from 0.
    FindGo(usize),
    /// Lists the hits in the results pane.
    ListResults,
    /// The palette: looks for a few places whose text holds these words, or stops looking where there are too few letters.
    LookForWords(String),
}

impl Program {
    pub(in crate::app) fn reading_intent(&mut self, intent: ReadingIntent) {
        match intent {
            ReadingIntent::GoToMention(id) => self.go_to_mention(id),
            ReadingIntent::GoToPlace(article, range) => self.go_to(article, range),
            ReadingIntent::ListMentions(entity) => self.list(Listed::Mentions(entity)),
            ReadingIntent::ShowMentions(entity) => self.show_mentions(entity),
            ReadingIntent::ShowArticle(id) => self.show_article(id),
            ReadingIntent::ChooseArticles(articles) => self.choose_articles(articles),
            ReadingIntent::CloseTab(id) => self.close_tab(id),
            ReadingIntent::ShowArticleIn(id, second) => self.show_article_in(id, second),
            ReadingIntent::LeaveFor(article, byte) => {
                self.with_open_notebook(|book| book.leave_for(article, &(byte..byte)));
            }
            ReadingIntent::SetCaret(article, caret) => self.with_open_notebook(|book| {
                book.reading.words_last = !caret.is_empty();
                book.reading.set_caret(article, caret);
                book.bring_to_front(article);
            }),
            ReadingIntent::SetReading(article, place) => self.with_open_notebook(|book| {
                book.reading.places.insert(article, place);
            }),
            ReadingIntent::FindQuery(query) => self.find_query(query),
            ReadingIntent::FindStep(by) => self.find_step(by),
            ReadingIntent::FindGo(n) => self.find_go(n),
            ReadingIntent::ListResults => self.list(Listed::Results),
            ReadingIntent::LookForWords(words) => self.look_for_words(&words),
        }
    }

    /// Lists something in the results pane.
    pub(super) fn list(&mut self, what: Listed) {
        self.with_open_notebook(|book| book.reading.listed = what);
        self.emit(Effect::ShowPane(Pane::RESULTS));
    }
}
