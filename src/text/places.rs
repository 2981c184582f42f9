//! Finding the occurrences of a name in a text, for tagging the rest of them. Finding what the user typed is in
//! `search`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Text;
use super::equivalence::is_invisible;
use super::names::among;
use super::search::{Finder, LONGEST, Query, is_word, word_edge};

/// The French words that are elided before an apostrophe, in lower case.
const ELIDED: &str = "\
    l d j m n s t c ç qu jusqu lorsqu puisqu quoiqu presqu quelqu entr dell all nell sull";

/// What English appends to a word after an apostrophe, in lower case.
const CLITICS: &str = "\
    s d ll re ve";

/// The occurrences (in bytes, in order, not overlapping) of `names` as whole names. Of two that overlap, the longer is
/// kept.
///
/// Names are compared as by [`fold`](super::fold): accents, apostrophes, dashes, spaces, ligatures and invisible
/// characters may differ. The capitals that begin the name's words are required: `Le Monde` is found in `LE MONDE` but
/// not in `le monde`; a name without capitals is found in any case. `d’OpenAI` and `OpenAI’s` contain `OpenAI`;
/// `OpenAIs` does not, `O’Brien` does not contain `Brien`, and `Adam D’Angelo` does not contain `Angelo`. A compound of
/// two capitalised parts (`Jean-Pierre`, `Port-Léonie`) is a name of its own and does not contain its parts;
/// `pro-Altman` contains `Altman`. In scripts written without spaces any occurrence counts.
pub fn places_of(text: &Text, names: &[String]) -> Vec<Range<usize>> {
    places_of_unless(text, names, &|| false)
}

/// The same; some of them where `stop` says so.
#[must_use]
pub fn places_of_unless(
    text: &Text,
    names: &[String],
    stop: &dyn Fn() -> bool,
) -> Vec<Range<usize>> {
    let words = text.as_str();
    let mut places: Vec<Range<usize>> = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for name in names.iter().map(|n| n.trim()).filter(|n| !n.is_empty() && n.len() <= LONGEST) {
        if seen.contains(&name) {
            continue;
        }
        seen.push(name);
        // A name is too short for its pattern to exceed the limits; if it did, it would have no occurrences.
        let Ok(finder) = Finder::new(&Query { pattern: name.to_owned(), ..Query::default() })
        else {
            continue;
        };
        places.extend(finder.find_wanted(text, stop, &|place| {
            has_capitals_of(&words[place.clone()], name) && stands_alone(words, place)
        }));
    }
    longest(places)
}

/// Whether each word of the occurrence has a capital where the name's word begins with one.
fn has_capitals_of(place: &str, name: &str) -> bool {
    if !name.contains(char::is_uppercase) {
        return true;
    }
    let begins = |words: &str| -> Vec<bool> {
        let words = words.split(|c: char| !(is_word(c) || is_invisible(c)));
        let first = |word: &str| word.chars().find(|c| !is_invisible(*c));
        words.filter_map(first).map(char::is_uppercase).collect()
    };
    let (wanted, found) = (begins(name), begins(place));
    // An occurrence has as many words as the name.
    wanted.iter().zip(&found).all(|(wanted, found)| *found || !*wanted)
}

/// The occurrences that no longer one overlaps (of two equally long, no earlier one).
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

/// Whether the words there are a whole name and not a part of another.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    word_edge(text, place.start)
        && word_edge(text, place.end)
        && begins(&text[..place.start], &text[place.clone()])
        && ends(&text[place.end..], text[place.clone()].starts_with('@'))
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
            if !among(ELIDED, &stem.to_lowercase()) {
                return false;
            }
            // A capital after a word in lower case does not begin a sentence: `Adam D’Angelo`.
            let earlier = before[..before.len() - c.len_utf8() - stem.len()].trim_end();
            let particle =
                stem.starts_with(char::is_uppercase) && earlier.ends_with(char::is_lowercase);
            !particle
        }
        Some(c) if is_hyphen(c) => {
            let part = last_word(&before[..before.len() - c.len_utf8()]);
            !(part.starts_with(char::is_uppercase) && name.starts_with(char::is_uppercase))
        }
        // The middle of an address: `sam@openai.com` contains neither `@openai` nor `openai`.
        Some('@') => !back.next().is_some_and(is_word),
        Some(c) if name.starts_with('@') => !is_word(c),
        _ => true,
    }
}

/// Whether a name, or a `handle`, can end before `after`.
fn ends(after: &str, handle: bool) -> bool {
    let Some(c) = after.chars().next() else { return true };
    let rest = &after[c.len_utf8()..];
    // `@name` is not `@name_`, `@name.example` nor `@name@example`.
    if handle && matches!(c, '_' | '@' | '.') {
        return c == '.' && !rest.starts_with(|c: char| c.is_lowercase() || c.is_numeric());
    }
    if is_apostrophe(c) {
        let tail = first_word(rest);
        return tail.is_empty() || among(CLITICS, &tail.to_lowercase());
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn find(text: &str, names: &[&str]) -> Vec<String> {
        let names: Vec<String> = names.iter().map(|n| (*n).to_owned()).collect();
        places_of(&Text::new(text), &names).into_iter().map(|p| text[p].to_owned()).collect()
    }

    fn count(text: &str, name: &str) -> usize {
        find(text, &[name]).len()
    }

    #[test]
    fn elision_is_no_part_of_a_name() {
        assert_eq!(count("d’OpenAI, d'OpenAI, qu’OpenAI, D’OpenAI, jusqu’OpenAI", "OpenAI"), 5);
        assert_eq!(count("OpenAIs OpenAIste MonOpenAI", "OpenAI"), 0);
        assert_eq!(count("OpenAI’s plan, OpenAI's, ‘OpenAI’", "OpenAI"), 3);
        assert_eq!(count("Le départ. D’Altman, on ne sait rien.", "Altman"), 1);
    }

    #[test]
    fn an_apostrophe_inside_a_name_is() {
        assert_eq!(count("Conan O’Brien", "Brien"), 0);
        assert_eq!(count("Adam D’Angelo siège", "Angelo"), 0);
        assert_eq!(count("Adam D’Angelo siège", "D'Angelo"), 1);
        assert_eq!(count("aujourd’hui", "aujourd"), 0);
    }

    #[test]
    fn compounds_of_two_names_are_names_of_their_own() {
        assert_eq!(count("Jean-Pierre et Jean, Port-Léonie", "Jean"), 1);
        assert_eq!(count("Jean-Pierre et Pierre", "Pierre"), 1);
        assert_eq!(count("pro-Altman, l’ex-Altman, Altman-mania", "Altman"), 3);
        assert_eq!(count("Port-Léonie", "Port-Léonie"), 1);
    }

    #[test]
    fn longest_first_and_none_overlapping() {
        assert_eq!(
            find("Sam Altman, Altman et Sam", &["Altman", "Sam", "Sam Altman"]),
            ["Sam Altman", "Altman", "Sam"]
        );
        // The longer name fails at its edge; the shorter one there still counts.
        assert_eq!(find("OpenAI Globals", &["OpenAI Global", "OpenAI"]), ["OpenAI"]);
        assert_eq!(find("a b c", &["a b", "b c"]), ["a b"]);
        assert_eq!(find("Sam Sam", &["Sam", "Sam", " Sam ", ""]), ["Sam", "Sam"]);
    }

    #[test]
    fn case_matters_to_names_with_capitals_only() {
        assert_eq!(find("Le Monde, le monde, LE MONDE", &["Le Monde"]), ["Le Monde", "LE MONDE"]);
        assert_eq!(find("VARQUIER, varquier, Varquier", &["Varquier"]), ["VARQUIER", "Varquier"]);
        assert_eq!(find("Sources internes, sources\u{a0}internes", &["sources internes"]).len(), 2);
    }

    #[test]
    fn a_place_holds_what_comparing_names_calls_the_same() {
        assert_eq!(
            find("Or\u{ad}melot, ORMELOT, O\u{200b}rmelot\u{200e}.", &["Ormelot"]),
            ["Or\u{ad}melot", "ORMELOT", "O\u{200b}rmelot"]
        );
        assert_eq!(
            find(
                "Solène  Varquier, Solene\u{a0}Varquier, Sole\u{300}ne\tVarquier",
                &["Solène Varquier"]
            )
            .len(),
            3
        );
        assert_eq!(find("la ﬁlière Dauﬀe, la filiere DAUFFE", &["filière Dauffe"]).len(), 2);
        assert_eq!(find("Aydin Isik, AYDIN IŞIK", &["Aydın Işık"]).len(), 2);
        assert_eq!(find("Le fonds « Orr–Vance », Orr-Vance", &["Orr-Vance"]).len(), 2);
        assert_eq!(
            find("_Varquier_ et __Orr__, Orr_2, _Orr_s", &["Varquier", "Orr"]),
            ["Varquier", "Orr"]
        );
        assert!(find("Var\u{ad}quier", &["Var", "quier"]).is_empty());
    }

    #[test]
    fn handles_and_addresses() {
        assert_eq!(count("@orr @orr_ @orr.example @orr@example @orr.", "@orr"), 2);
        assert_eq!(count("(@sama) @samaritan @sama, x@sama.org", "@sama"), 2);
        assert_eq!(count("@OpenAI #OpenAI sam@OpenAI.com", "OpenAI"), 2);
    }

    #[test]
    fn scripts_without_spaces_count_anywhere() {
        assert_eq!(count("他在北京工作。", "北京"), 1);
        assert_eq!(count("今日OpenAIは発表", "OpenAI"), 1);
        assert_eq!(count("삼성은 발표", "삼성"), 1);
    }

    #[test]
    fn a_word_of_hostile_punctuation_is_only_words() {
        assert_eq!(find("C++ (a|b) C", &["C++", "(a|b)"]), ["C++", "(a|b)"]);
    }

    proptest! {
        #[test]
        fn places_are_in_order_and_hold_one_of_the_names(
            text in "[AaBéb’' \n@\\-北👩\u{200d}👧e\u{301}]{0,60}",
            names in proptest::collection::vec("[AaBéb’' @北👩\u{200d}e\u{301}-]{0,4}", 0..4),
        ) {
            let keys: Vec<String> = names.iter().map(|n| crate::text::fold(n)).collect();
            let mut end = 0;
            for place in places_of(&Text::new(text.as_str()), &names) {
                prop_assert!(place.start >= end && !place.is_empty());
                let found = text.get(place.clone()).map(crate::text::fold);
                prop_assert!(found.is_some_and(|f| keys.contains(&f)));
                end = place.end;
            }
        }

        #[test]
        fn a_name_between_spaces_is_found_every_time(name in "[A-Zé][a-z’é-]{0,6}[a-z]", n in 1_usize..5) {
            let text = format!(" {name} ,").repeat(n);
            prop_assert_eq!(places_of(&Text::new(text), &[name]).len(), n);
        }
    }
}
