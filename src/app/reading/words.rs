//! Places in the articles whose text holds what is typed into the palette: a few, the best, looked for by a job.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::app::{OpenNotebook, Program};
use crate::job::{Derived, Handle, Job};
use crate::notebook::ArticleId;
use crate::text::{Finder, Query, Text};

/// So many places are kept.
const MOST: usize = 6;
/// Of words that stand apart, so many places of each word are looked at, at most.
const MOST_APART: usize = 20_000;
/// More words than this are not looked for apart.
const MOST_WORDS: usize = 8;

/// Which words, and in which texts, the first of them that of the article in front.
type Key = (String, Vec<(ArticleId, Text)>);

/// The search for words.
#[derive(Debug, Default)]
pub(super) struct Words(Derived<Key, Found>);

/// What a search found, and for which words.
#[derive(Debug)]
struct Found {
    words: String,
    places: Vec<WordPlace>,
    /// So many of them, the first, hold the words as they are typed.
    together: usize,
}

/// A place in an article where words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordPlace {
    /// The article.
    pub article: ArticleId,
    /// Where: bytes of its text.
    pub range: Range<usize>,
    /// The text the bytes are of.
    text: Text,
}

impl WordPlace {
    /// Words that are shorter, in bytes, are not looked for: a Latin letter or two stand everywhere, and one Chinese
    /// character is a word.
    pub const SHORTEST: usize = 3;
}

impl Program {
    /// Looks for words in all articles, or stops looking where there are too few letters.
    pub(in crate::app) fn look_for_words(&mut self, words: &str) {
        let Some(book) = &mut self.book else { return };
        let words = one_line(words);
        if words.len() < WordPlace::SHORTEST {
            book.reading.words.0.clear_for(Key::default());
            return;
        }
        let notebook = book.document.notebook();
        let mut articles = notebook.articles_in_order();
        // What is on screen first.
        let front = book.reading.front;
        articles.sort_by_key(|id| Some(*id) != front);
        let texts: Vec<(ArticleId, Text)> = articles
            .into_iter()
            .filter_map(|id| Some((id, notebook.article(id)?.text.clone())))
            .collect();
        let job = Job::compute("Finding words");
        book.reading.words.0.ask(
            self.jobs.pool(),
            (words.clone(), texts.clone()),
            job,
            move |handle| look(words, &texts, handle),
        );
    }

    /// Takes in what was found; whether anything was.
    pub(in crate::app) fn take_words(&mut self) -> bool {
        self.book.as_mut().is_some_and(|book| book.reading.words.0.take())
    }
}

impl OpenNotebook {
    /// Places in the articles that hold the words typed into the palette, the best first: those of the words before
    /// until a search for the next is done.
    pub fn word_places(&self) -> impl Iterator<Item = &WordPlace> {
        let found = self.reading.words.0.value();
        found.into_iter().flat_map(|found| &found.places).filter(|place| {
            // A text read anew has other words there.
            let article = self.notebook().article(place.article);
            article.is_some_and(|article| article.text == place.text)
        })
    }

    /// Whether somebody stopped the search for the words typed into the palette.
    #[must_use]
    pub const fn looking_for_words_was_stopped(&self) -> bool {
        self.reading.words.0.was_stopped()
    }

    /// How many of those places hold these words as they are typed; `None` while they are looked for. The others are
    /// in paragraphs that hold each of the words.
    #[must_use]
    pub fn word_places_together(&self, words: &str) -> Option<usize> {
        let found = self.reading.words.0.value()?;
        (found.words == one_line(words)).then_some(found.together)
    }
}

/// The words with one space between them.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The search itself, in its job: the words as they are typed, as whole words before parts of longer ones, and where
/// that is not enough, paragraphs that hold each of them somewhere.
fn look(words: String, texts: &[(ArticleId, Text)], handle: &Handle) -> Found {
    let mut found = Found { words, places: Vec::new(), together: 0 };
    let stop = || handle.is_cancelled();
    for whole_word in [true, false] {
        let Some(finder) = finder(&found.words, whole_word) else { return found };
        for (article, text) in texts {
            // Those found before are found once more.
            let limit = MOST + found.places.len();
            finder.find_each_in(text, &stop, limit, &mut |ranges| {
                found.add(*article, text, ranges);
            });
            found.together = found.places.len();
            if found.places.len() >= MOST || stop() {
                return found;
            }
        }
    }
    let apart: Vec<Finder> =
        found.words.split(' ').take(MOST_WORDS).filter_map(|word| finder(word, false)).collect();
    if apart.len() > 1 {
        for (article, text) in texts {
            found.add(*article, text, in_one_paragraph(&apart, text, &stop));
            if found.places.len() >= MOST || stop() {
                break;
            }
        }
    }
    found
}

impl Found {
    /// Takes places in, as long as there is room.
    fn add(
        &mut self,
        article: ArticleId,
        text: &Text,
        ranges: impl IntoIterator<Item = Range<usize>>,
    ) {
        for range in ranges {
            let known = |place: &WordPlace| {
                let other = &place.range;
                place.article == article && other.start < range.end && range.start < other.end
            };
            if self.places.len() < MOST && !self.places.iter().any(known) {
                self.places.push(WordPlace { article, range, text: text.clone() });
            }
        }
    }
}

/// Where each of several words stands in one paragraph: the first place there of the longest of them.
fn in_one_paragraph(
    words: &[Finder],
    text: &Text,
    stop: &(dyn Fn() -> bool + Sync),
) -> Vec<Range<usize>> {
    let mut all: Option<BTreeMap<usize, Range<usize>>> = None;
    for word in words {
        let mut here: BTreeMap<usize, Range<usize>> = BTreeMap::new();
        word.find_each_in(text, stop, MOST_APART, &mut |found| {
            for range in found {
                here.entry(text.paragraph_at(range.start)).or_insert(range);
            }
        });
        all = Some(match all {
            None => here,
            Some(mut all) => {
                all.retain(|paragraph, place| {
                    let other = here.get(paragraph);
                    if let Some(other) = other.filter(|other| other.len() > place.len()) {
                        *place = other.clone();
                    }
                    other.is_some()
                });
                all
            }
        });
    }
    all.unwrap_or_default().into_values().collect()
}

fn finder(words: &str, whole_word: bool) -> Option<Finder> {
    // Words too long to look for are a text pasted by mistake: they are found nowhere.
    Finder::new(&Query { pattern: words.to_owned(), whole_word, ..Query::default() }).ok()
}
