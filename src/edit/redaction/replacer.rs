//! Finding what is replaced in a text, and replacing it.

use std::ops::Range;

use memchr::memmem;

use super::Hidden;
use super::places::Moved;
use crate::text::{Finder, Query, fold, word_around};

/// Shorter forms, in letters, are found as whole words with their accents and capital only: “May” is a month too.
const SHORT: usize = 5;

/// A place where a form stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The number of the form.
    pub form: usize,
    /// The number of what is hidden.
    pub hidden: usize,
}

/// What is looked for in every text.
#[derive(Debug)]
pub(super) struct Replacer {
    forms: Vec<Form>,
    stand_ins: Vec<String>,
}

#[derive(Debug)]
struct Form {
    words: String,
    hidden: usize,
    short: bool,
    /// Finds the folded form in a folded text: most texts hold none.
    scout: memmem::Finder<'static>,
    /// `None` for a form that is too long to be a pattern: that is found as it is.
    finder: Option<Finder>,
}

impl Replacer {
    pub(super) fn new(hidden: &[Hidden]) -> Self {
        let all = hidden.iter().enumerate();
        let all = all.flat_map(|(number, one)| one.forms.iter().map(move |form| (number, form)));
        let forms = all.map(|(hidden, words)| {
            let short = words.chars().filter(|c| c.is_alphanumeric()).count() < SHORT;
            let pattern = words.clone();
            let query = Query { pattern, whole_word: short, accents: short, ..Query::default() };
            let scout = memmem::Finder::new(fold(words).as_bytes()).into_owned();
            Form { words: words.clone(), hidden, short, scout, finder: Finder::new(&query).ok() }
        });
        let stand_ins = hidden.iter().map(|one| one.stand_in.clone()).collect();
        Self { forms: forms.collect(), stand_ins }
    }

    /// The words of a form.
    pub(super) fn form(&self, number: usize) -> &str {
        &self.forms[number].words
    }

    /// Where forms stand in a text, in order; of those that overlap, the places together.
    pub(super) fn spots(&self, text: &str) -> Vec<Spot> {
        self.spots_and(text, Vec::new())
    }

    /// The same with places that are replaced whatever stands there.
    pub(super) fn spots_and(&self, text: &str, also: Vec<Spot>) -> Vec<Spot> {
        let mut found = also;
        let folded = fold(text);
        for (number, form) in self.forms.iter().enumerate() {
            if form.scout.find(folded.as_bytes()).is_none() {
                continue;
            }
            let places = match &form.finder {
                Some(finder) => finder.find_all(text, &|| false, usize::MAX),
                None => {
                    let places = text.match_indices(&form.words);
                    places.map(|(start, words)| start..start + words.len()).collect()
                }
            };
            for place in places {
                let range = if form.short {
                    if !has_its_capital(&form.words, &text[place.clone()]) {
                        continue;
                    }
                    place
                } else {
                    // “@svarquier” and “Varquierist” tell as much as the name in them.
                    word_around(text, place)
                };
                found.push(Spot { range, form: number, hidden: form.hidden });
            }
        }
        joined(found)
    }

    /// Whether a form stands in an address or a file name, in whatever letters and with whatever signs between its words.
    pub(super) fn stands_in_address(&self, address: &str) -> bool {
        if !self.spots(address).is_empty() {
            return true;
        }
        let plain = |text: &str| -> String {
            // Folded first: an accent of its own is no end of a word.
            let text = fold(text);
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            format!(" {} ", words.collect::<Vec<_>>().join(" "))
        };
        let (address, close) = (plain(address), plain(address).replace(' ', ""));
        self.forms.iter().any(|form| {
            let words = plain(&form.words);
            address.contains(&words) || !form.short && close.contains(&words.replace(' ', ""))
        })
    }

    /// The text with the stand-ins, where anything is replaced, and how places moved.
    pub(super) fn replaced(&self, text: &str, spots: &[Spot]) -> Option<(String, Moved)> {
        if spots.is_empty() {
            return None;
        }
        let mut moved = Moved::default();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for spot in spots {
            out.push_str(&text[at..spot.range.start]);
            let start = out.len();
            out.push_str(&self.stand_ins[spot.hidden]);
            moved.add(spot.range.clone(), start..out.len());
            at = spot.range.end;
        }
        out.push_str(&text[at..]);
        Some((out, moved))
    }
}

fn has_its_capital(form: &str, found: &str) -> bool {
    let capital =
        |words: &str| words.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    !capital(form) || capital(found)
}

/// Places that overlap as one, which has the stand-in of the longest.
fn joined(mut all: Vec<Spot>) -> Vec<Spot> {
    all.sort_by_key(|spot| (spot.range.start, std::cmp::Reverse(spot.range.end)));
    let mut found: Vec<(Spot, usize)> = Vec::new();
    for spot in all {
        let length = spot.range.len();
        match found.last_mut() {
            Some((last, longest)) if spot.range.start < last.range.end => {
                last.range.end = last.range.end.max(spot.range.end);
                if length > *longest {
                    (last.form, last.hidden) = (spot.form, spot.hidden);
                    *longest = length;
                }
            }
            _ => found.push((spot, length)),
        }
    }
    found.into_iter().map(|(spot, _)| spot).collect()
}
