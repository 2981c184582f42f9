//! Find, in the current article or in all of them: a job searches and delivers hits as they are found.

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::app::{Effect, Pane, Program};
use crate::job::{Job, JobId};
use crate::notebook::ArticleId;
use crate::text::{Finder, Query, Text};

/// The most hits that are kept: the count shows if there are more.
const MOST: usize = 500_000;
/// After the first hits, the least time between two deliveries.
const PAUSE: Duration = Duration::from_millis(60);

/// What is searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindQuery {
    /// The words or the regular expression.
    pub pattern: String,
    /// Whether the pattern is a regular expression.
    pub regex: bool,
    /// Whether case matters.
    pub case_sensitive: bool,
    /// Whether accents matter.
    pub accents: bool,
    /// Whether only whole words are found.
    pub whole_word: bool,
    /// Whether all articles are searched, not only the current one.
    pub everywhere: bool,
}

/// The hits in one article.
#[derive(Clone, Debug)]
pub struct Hits {
    /// The article.
    pub article: ArticleId,
    /// The hits: bytes, in order.
    pub places: Arc<Vec<Range<usize>>>,
    /// The text they were found in: when it is replaced, it is searched again.
    text: Text,
}

/// The state of find while it is open.
#[derive(Clone, Debug, Default)]
pub struct Find {
    /// What is searched for.
    pub query: FindQuery,
    /// The hits in each article that was searched, in the order of the articles.
    pub hits: Vec<Hits>,
    /// The current hit: its article, and its number there.
    pub current: Option<(ArticleId, usize)>,
    /// What is wrong with the pattern, with the position marked.
    pub error: Option<String>,
    /// The job, while it is searching.
    pub job: Option<JobId>,
    /// Whether there may be more hits: more than are kept, or the search was stopped.
    pub cut: bool,
    /// Whether the search was started by the program: the view then stays where it is.
    quiet: bool,
}

impl Find {
    /// The number of hits, in all articles searched.
    #[must_use]
    pub fn total(&self) -> usize {
        self.hits.iter().map(|hits| hits.places.len()).sum()
    }

    /// The hits in an article, in order.
    #[must_use]
    pub fn hits_in(&self, article: ArticleId) -> &[Range<usize>] {
        self.hits.iter().find(|hits| hits.article == article).map_or(&[], |hits| &hits.places)
    }

    /// The number of the current hit, if it is in this article.
    #[must_use]
    pub fn current_in(&self, article: ArticleId) -> Option<usize> {
        self.current.filter(|(of, _)| *of == article).map(|(_, i)| i)
    }

    /// The number of the current hit among all, from 0.
    #[must_use]
    pub fn position(&self) -> Option<usize> {
        let (article, i) = self.current?;
        let before = self.hits.iter().take_while(|hits| hits.article != article);
        Some(before.map(|hits| hits.places.len()).sum::<usize>() + i)
    }

    /// The n-th of all hits, from 0.
    #[must_use]
    pub fn hit(&self, n: usize) -> Option<(ArticleId, Range<usize>)> {
        self.nth(n).and_then(|(hits, i)| Some((hits.article, hits.places.get(i)?.clone())))
    }

    fn nth(&self, mut n: usize) -> Option<(&Hits, usize)> {
        for hits in &self.hits {
            if n < hits.places.len() {
                return Some((hits, n));
            }
            n -= hits.places.len();
        }
        None
    }
}

/// A part of a search's result: hits in articles, following those delivered before.
#[derive(Debug, Default)]
pub struct Found {
    places: Vec<(ArticleId, Vec<Range<usize>>)>,
    /// It was told to stop: there may be more.
    stopped: bool,
}

impl Program {
    pub(in crate::app) fn open_find(&mut self, everywhere: bool) {
        let Some(book) = &mut self.book else { return };
        // Selected words are what is searched for.
        let words = book
            .selected_words()
            .and_then(|(id, range)| {
                book.document.notebook().article(id)?.text.get(range).map(str::to_owned)
            })
            .filter(|words| !words.contains('\n') && words.len() < 200);
        let mut query = match &book.reading.find {
            Some(find) => find.query.clone(),
            None => book.reading.last_query.clone(),
        };
        query.everywhere = everywhere;
        if let Some(words) = words {
            query.pattern = if query.regex { escape(&words) } else { words };
        }
        if everywhere {
            book.reading.listed = crate::app::Listed::Results;
            self.emit(Effect::ShowPane(Pane::RESULTS));
        }
        self.emit(Effect::FocusFind);
        self.find_query(query);
    }

    /// Closes find, remembering the query; false if it was not open.
    pub(in crate::app) fn close_find(&mut self) -> bool {
        let Some(book) = &mut self.book else { return false };
        let Some(find) = book.reading.find.take() else { return false };
        if let Some(job) = find.job {
            self.jobs.stop(job);
        }
        book.reading.last_query = find.query;
        true
    }

    pub(in crate::app) fn find_query(&mut self, query: FindQuery) {
        self.look_for(query, false);
    }

    fn look_for(&mut self, query: FindQuery, quiet: bool) {
        let Some(book) = &mut self.book else { return };
        if let Some(job) = book.reading.find.as_ref().and_then(|find| find.job) {
            self.jobs.stop(job);
        }
        let front = book.article();
        let ids = if query.everywhere {
            book.document.notebook().articles_in_order()
        } else {
            front.into_iter().collect()
        };
        let hits: Vec<Hits> = ids
            .into_iter()
            .filter_map(|article| {
                let text = book.document.notebook().article(article)?.text.clone();
                Some(Hits { article, places: Arc::default(), text })
            })
            .collect();
        let mut find = Find { query, hits, quiet, ..Find::default() };
        if !find.query.pattern.is_empty() && !find.hits.is_empty() {
            match Finder::new(&Query {
                pattern: find.query.pattern.clone(),
                regex: find.query.regex,
                case_sensitive: find.query.case_sensitive,
                accents: find.query.accents,
                whole_word: find.query.whole_word,
            }) {
                Ok(finder) => {
                    let mut texts: Vec<(ArticleId, Text)> =
                        find.hits.iter().map(|hits| (hits.article, hits.text.clone())).collect();
                    // What is on screen first.
                    texts.sort_by_key(|(article, _)| Some(*article) != front);
                    let job = self.jobs.start_in_parts(
                        Job::compute("Finding"),
                        move |handle, part| search(&finder, &texts, handle, part),
                        Self::found,
                    );
                    self.jobs.on_failure(job, Self::find_failed);
                    find.job = Some(job);
                }
                Err(error) => find.error = Some(format!("{}\n{error}", error.pointed)),
            }
        }
        book.reading.find = Some(find);
    }

    /// Searches again if the current article changed, or a text was replaced or added.
    pub(in crate::app) fn refresh_find(&mut self) {
        let Some(book) = &self.book else { return };
        let Some(find) = &book.reading.find else { return };
        let stale = if find.query.everywhere {
            find.hits.len() != book.document.notebook().articles().len()
        } else {
            find.hits.first().map(|hits| hits.article) != book.article()
        };
        let same = |hits: &Hits| {
            book.document
                .notebook()
                .article(hits.article)
                .is_some_and(|record| record.text == hits.text)
        };
        if stale || !find.hits.iter().all(same) {
            let query = find.query.clone();
            self.look_for(query, true);
        }
    }

    pub(in crate::app) fn found(&mut self, job: JobId, found: Found, last: bool) {
        let Some(book) = &mut self.book else { return };
        let front = book.article();
        let cursor = front.map_or(0, |id| book.caret(id).range().start);
        let Some(find) = &mut book.reading.find else { return };
        // An older search, replaced since the next keystroke.
        if find.job != Some(job) {
            return;
        }
        for (article, places) in found.places {
            if let Some(hits) = find.hits.iter_mut().find(|hits| hits.article == article) {
                Arc::make_mut(&mut hits.places).extend(places);
            }
        }
        if last {
            find.job = None;
            find.cut = found.stopped || find.total() >= MOST;
        }
        let Some(front) = front.filter(|_| find.current.is_none()) else { return };
        let here = find.hits_in(front);
        // The first hit after the cursor, or the first of all once it is certain that there is none.
        let after = here.partition_point(|hit| hit.start < cursor);
        let next = match here.get(after) {
            Some(hit) => Some((after, hit.clone())),
            None if last => here.first().map(|hit| (0, hit.clone())),
            None => None,
        };
        let Some((i, hit)) = next else { return };
        find.current = Some((front, i));
        if !find.quiet {
            self.bring_into_view(front, hit);
        }
    }

    /// Handles a job that failed: the search ends with the hits so far, and the user is told.
    fn find_failed(&mut self, job: JobId) {
        self.with_open_notebook(|book| {
            if let Some(find) = book.reading.find.as_mut().filter(|find| find.job == Some(job)) {
                find.job = None;
                find.error = Some("The search stopped because of an internal error.".to_owned());
            }
        });
    }

    pub(in crate::app) fn find_step(&mut self, by: isize) {
        let Some(find) = self.book.as_ref().and_then(|book| book.reading.find.as_ref()) else {
            return;
        };
        let count = find.total() as isize;
        if count == 0 {
            return;
        }
        let next = match find.position() {
            Some(now) => (now as isize + by).rem_euclid(count),
            None if by < 0 => count - 1,
            None => 0,
        };
        self.find_go(next as usize);
    }

    /// Goes to the n-th of all hits, from 0.
    pub(in crate::app) fn find_go(&mut self, n: usize) {
        let Some(find) = self.book.as_mut().and_then(|book| book.reading.find.as_mut()) else {
            return;
        };
        let Some((hits, i)) = find.nth(n) else { return };
        let (article, hit) = (hits.article, hits.places.get(i).cloned());
        find.current = Some((article, i));
        if let Some(hit) = hit {
            self.go_to(article, hit);
        }
    }
}

/// The search itself, in its job: the first hits are delivered at once, further ones from time to time.
fn search(
    finder: &Finder,
    texts: &[(ArticleId, Text)],
    handle: &crate::job::Handle,
    part: &dyn Fn(Found),
) -> Found {
    let mut ready = Found::default();
    let mut count = 0;
    let mut handed: Option<Instant> = None;
    for (i, (article, text)) in texts.iter().enumerate() {
        finder.find_each_in(text, &|| handle.is_cancelled(), MOST - count, &mut |places| {
            count += places.len();
            match ready.places.last_mut() {
                Some((last, more)) if last == article => more.extend(places),
                _ => ready.places.push((*article, places)),
            }
            if handed.is_none_or(|when| when.elapsed() > PAUSE) {
                handed = Some(Instant::now());
                part(std::mem::take(&mut ready));
            }
        });
        handle.set_progress((i + 1) as f32 / texts.len() as f32);
        if handle.is_cancelled() || count >= MOST {
            break;
        }
    }
    ready.stopped = handle.is_cancelled();
    ready
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
