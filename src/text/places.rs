//! Where a name stands in a text, for tagging the rest of its places. Finding what a user typed lives in `search`.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::RegexBuilder;

use super::Text;
use super::search::{is_word, literal, next_char, word_edge};

/// What French drops a vowel from before an apostrophe, in lower case.
const ELIDED: &[&str] = &[
    "l", "d", "j", "m", "n", "s", "t", "c", "ç", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu",
    "presqu", "quelqu", "entr", "dell", "all", "nell", "sull",
];

/// What English hangs on a word with an apostrophe, in lower case.
const CLITICS: &[&str] = &["s", "d", "ll", "re", "ve"];

/// The places (bytes, in order, none overlapping) where one of `names` stands as a whole name. Where two overlap, the
/// longer stays.
///
/// A name with a capital is looked for as it is written, others in any case. Apostrophes, spaces, hyphens and accents
/// match however they are encoded. `d’OpenAI` and `OpenAI’s` hold `OpenAI`; `OpenAIs` does not, `O’Brien` does not
/// hold `Brien`, and `Adam D’Angelo` does not hold `Angelo`. A compound of two capitalised parts (`Jean-Pierre`,
/// `Port-Léonie`) is a name of its own and does not hold its parts; `pro-Altman` holds `Altman`. In scripts written
/// without spaces any place counts.
pub fn places_of(text: &Text, names: &[String]) -> Vec<Range<usize>> {
    let text = text.as_str();
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty()) {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        let sensitive = name.chars().any(char::is_uppercase);
        // A name too large to be made ready is a whole text by mistake: it has no other place.
        let Ok(regex) = RegexBuilder::new(&literal(name)).case_insensitive(!sensitive).build()
        else {
            continue;
        };
        let mut at = 0;
        while let Some(place) = regex.find_at(text, at).map(|m| m.range()) {
            if place.is_empty() {
                break;
            }
            if stands_alone(text, &place) {
                at = place.end;
                places.push(place);
            } else {
                at = next_char(text, place.start);
            }
        }
    }
    longest(places)
}

/// The places that no longer one (of two as long, no earlier one) overlaps.
fn longest(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_by_key(|p| (usize::MAX - p.len(), p.start));
    let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
    for place in places {
        let overlaps =
            kept.range(..place.end).next_back().is_some_and(|(_, &end)| end > place.start);
        if !overlaps {
            kept.insert(place.start, place.end);
        }
    }
    kept.into_iter().map(|(start, end)| start..end).collect()
}

/// Whether what stands there is a whole name and not a part of another.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    word_edge(text, place.start)
        && word_edge(text, place.end)
        && begins(&text[..place.start], &text[place.clone()])
        && ends(&text[place.end..])
}

/// Whether a name can begin after `before`.
fn begins(before: &str, name: &str) -> bool {
    let mut back = before.chars().rev();
    match back.next() {
        Some(c) if is_apostrophe(c) => {
            let stem = last_word(&before[..before.len() - c.len_utf8()]);
            if stem.is_empty() {
                return true; // a quotation mark
            }
            if !ELIDED.contains(&stem.to_lowercase().as_str()) {
                return false;
            }
            // A capital after a word in lower case is no sentence's beginning: `Adam D’Angelo`.
            let earlier = before[..before.len() - c.len_utf8() - stem.len()].trim_end();
            let particle =
                stem.starts_with(char::is_uppercase) && earlier.ends_with(char::is_lowercase);
            !particle
        }
        Some(c) if is_hyphen(c) => {
            let part = last_word(&before[..before.len() - c.len_utf8()]);
            !(part.starts_with(char::is_uppercase) && name.starts_with(char::is_uppercase))
        }
        // The middle of an address: `sam@openai.com` holds neither `@openai` nor `openai`.
        Some('@') => !back.next().is_some_and(is_word),
        Some(c) if name.starts_with('@') => !is_word(c),
        _ => true,
    }
}

/// Whether a name can end before `after`.
fn ends(after: &str) -> bool {
    let Some(c) = after.chars().next() else { return true };
    let rest = &after[c.len_utf8()..];
    if is_apostrophe(c) {
        let tail = first_word(rest);
        return tail.is_empty() || CLITICS.contains(&tail.to_lowercase().as_str());
    }
    if is_hyphen(c) {
        return !rest.starts_with(char::is_uppercase);
    }
    true
}

fn last_word(text: &str) -> &str {
    let length: usize = text.chars().rev().take_while(|&c| is_word(c)).map(char::len_utf8).sum();
    &text[text.len() - length..]
}

fn first_word(text: &str) -> &str {
    let length: usize = text.chars().take_while(|&c| is_word(c)).map(char::len_utf8).sum();
    &text[..length]
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}
