//! Find in the article: a job looks, the hits come back.

use std::ops::Range;

use super::{Effect, Find, FindQuery, JobResult, Program};
use crate::notebook::ArticleId;
use crate::text::{Finder, Query};

/// More hits than this are not kept: the count then says so.
const MOST: usize = 100_000;

/// What a search brings back.
#[derive(Debug)]
pub struct Found {
    /// The article it looked in.
    pub article: ArticleId,
    /// The hits: bytes, in order.
    pub hits: Vec<Range<usize>>,
}

impl Program {
    pub(super) fn open_find(&mut self) {
        let Some(book) = &mut self.book else { return };
        // Words that are selected are what is looked for.
        let words = book
            .selected_words()
            .and_then(|(id, range)| book.notebook.article(id)?.text.get(range).map(str::to_owned))
            .filter(|words| !words.contains('\n') && words.len() < 200);
        let mut query = book.find.take().map(|find| find.query).unwrap_or_default();
        if let Some(words) = words {
            query.pattern = if query.regex { escape(&words) } else { words };
        }
        self.effects.push(Effect::FocusFind);
        self.find_query(query);
    }

    pub(super) fn find_query(&mut self, query: FindQuery) {
        self.look_for(query, false);
    }

    fn look_for(&mut self, query: FindQuery, quiet: bool) {
        let Some(book) = &mut self.book else { return };
        if let Some(job) = book.find.as_ref().and_then(|find| find.job) {
            self.jobs.stop(job);
        }
        let article = book.article();
        let text = article.and_then(|id| book.notebook.article(id)).map(|a| a.text.clone());
        let text = text.unwrap_or_default();
        let mut find = Find { query, article, text, quiet, ..Find::default() };
        if let Some(article) = find.article
            && !find.query.pattern.is_empty()
        {
            match Finder::new(&Query {
                pattern: find.query.pattern.clone(),
                regex: find.query.regex,
                case_sensitive: find.query.case_sensitive,
                whole_word: find.query.whole_word,
            }) {
                Ok(finder) => {
                    let text = find.text.clone();
                    let job = self.jobs.start("Finding", move |handle| {
                        let hits = finder.find_all(text.as_str(), &|| handle.is_cancelled(), MOST);
                        JobResult::Found(Found { article, hits })
                    });
                    find.job = Some(job);
                }
                Err(error) => find.error = Some(format!("{}\n{error}", error.pointed)),
            }
        }
        book.find = Some(find);
    }

    /// Looks again where the article in front is another one, or its text was read anew.
    pub(super) fn refresh_find(&mut self) {
        let Some(book) = &self.book else { return };
        let Some(find) = &book.find else { return };
        let article = book.article();
        let text = article.and_then(|id| book.notebook.article(id)).map(|record| &record.text);
        if find.article != article || text.is_some_and(|text| *text != find.text) {
            let query = find.query.clone();
            self.look_for(query, true);
        }
    }

    pub(super) fn found(&mut self, job: u64, found: Found) {
        let Some(book) = &mut self.book else { return };
        let cursor = book.caret(found.article).range().start;
        let Some(find) = &mut book.find else { return };
        // An older search that was overtaken by the next keystroke.
        if find.job != Some(job) {
            return;
        }
        find.job = None;
        find.cut = found.hits.len() >= MOST;
        find.hits = found.hits.into();
        find.current = match find.hits.iter().position(|hit| hit.start >= cursor) {
            None if find.hits.is_empty() => None,
            at => Some(at.unwrap_or(0)),
        };
        let hit = find.current.and_then(|i| find.hits.get(i)).cloned();
        if let Some(hit) = hit.filter(|_| !find.quiet) {
            self.bring_into_view(found.article, hit);
        }
    }

    pub(super) fn find_step(&mut self, by: isize) {
        let Some(find) = self.book.as_mut().and_then(|book| book.find.as_mut()) else { return };
        let count = find.hits.len() as isize;
        if count == 0 {
            return;
        }
        let next = find.current.map_or(0, |i| (i as isize + by).rem_euclid(count) as usize);
        find.current = Some(next);
        let hit = find.hits.get(next).cloned();
        if let (Some(article), Some(hit)) = (find.article, hit) {
            self.go_to(article, hit);
        }
    }
}

fn escape(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if "\\.+*?()|[]{}^$#&-~".contains(c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
