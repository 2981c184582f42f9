//! A place of a text that somebody reads, in what became of that text: at the same sentence.

use std::ops::Range;

use memchr::memmem;

use super::Text;

/// How many sentences after the one that is read, and before it, are looked for where that one is gone.
const SENTENCES: usize = 40;
/// So many bytes of what follows a sentence tell it from another one of the same words.
const FOLLOWING: usize = 240;

/// Where a byte of the old text is in the new one: at the same sentence, or, where that is gone, at the next one that is
/// there, or at the one before. It is exact only as far as sentences kept their letters: for a place to read on from.
#[must_use]
pub fn carried(old: &Text, new: &Text, byte: usize) -> usize {
    let byte = old.floor_grapheme(byte.min(old.len()));
    let here = old.sentence_at(byte);
    if let Some(found) = find(old, new, &here) {
        return new.floor_grapheme((found + byte.saturating_sub(here.start)).min(new.len()));
    }
    let mut at = here.end;
    for _ in 0..SENTENCES {
        let Some(next) = next_word(old, at) else { break };
        let sentence = old.sentence_at(next);
        if let Some(found) = find(old, new, &sentence) {
            return new.floor_grapheme(found);
        }
        at = sentence.end.max(next + 1);
    }
    let mut at = here.start;
    for _ in 0..SENTENCES {
        let Some(before) = old.get(0..at).map(|text| text.trim_end().len()).filter(|&it| it > 0)
        else {
            break;
        };
        let sentence = old.sentence_at(before - 1);
        if let Some(found) = find(old, new, &sentence) {
            return new.floor_grapheme(found);
        }
        at = sentence.start.min(before - 1);
    }
    new.floor_grapheme(byte.min(new.len()))
}

/// The first byte from here that is no white space.
fn next_word(text: &Text, from: usize) -> Option<usize> {
    let rest = text.get(from..text.len())?;
    let spaces = rest.len() - rest.trim_start().len();
    (spaces < rest.len()).then_some(from + spaces)
}

/// Where a sentence of the old text starts in the new one: with what follows it there, or alone; of several places the
/// one nearest to where it was, counted from either end. What stands before it there may draw its first character into
/// another grapheme.
fn find(old: &Text, new: &Text, sentence: &Range<usize>) -> Option<usize> {
    let long = old.floor_grapheme((sentence.end + FOLLOWING).min(old.len()));
    // Where it stands if what came before it, or what follows it, is as long as it was.
    let from_start = sentence.start.min(new.len());
    let from_end = new.len().saturating_sub(old.len() - sentence.start);
    let moved = |at: usize| at.abs_diff(from_start).min(at.abs_diff(from_end));
    [sentence.start..long, sentence.clone()].into_iter().find_map(|words| {
        let words = old.get(words).filter(|words| !words.trim().is_empty())?;
        [from_start, from_end]
            .into_iter()
            .flat_map(|place| nearest(new.as_str().as_bytes(), words.as_bytes(), place))
            .min_by_key(|&at| (moved(at), at))
    })
}

/// Where words begin at this place or after it, and where they begin before it: the nearest of each. Words that repeat
/// themselves may begin within themselves.
fn nearest(text: &[u8], words: &[u8], place: usize) -> impl Iterator<Item = usize> {
    let after = memmem::find(&text[place..], words).map(|at| place + at);
    let last = (place + words.len()).saturating_sub(1).min(text.len());
    let before = memmem::rfind(&text[..last], words);
    after.into_iter().chain(before)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_place_is_at_the_same_sentence_or_the_next() {
        let old =
            Text::new("Le conseil cède.\nKervel dément. Ormelot se tait.\nKervel dément. Fin.");
        let new = Text::new("Une correction.\nLe conseil cède.\nKervel dément. Fin.");
        let at = |words: &str, text: &Text| text.as_str().find(words).expect("there");
        assert_eq!(carried(&old, &new, at("conseil", &old)), at("conseil", &new));
        // The second of two that are alike, by what follows it.
        let second = old.as_str().rfind("Kervel").expect("there");
        assert_eq!(carried(&old, &new, second), at("Kervel", &new));
        // Gone: where it goes on.
        assert_eq!(carried(&old, &new, at("tait", &old)), at("Kervel", &new));
        // At the end: the one before.
        assert_eq!(carried(&new, &Text::new("Une correction."), new.len() - 1), 0);
        assert_eq!(carried(&old, &Text::new(""), 9), 0);
    }

    #[test]
    fn words_that_begin_within_themselves_stay_where_they_are() {
        let text = Text::new("Non. Non. Non.\nNon. Non. Non.\nNon. ");
        for byte in 0..text.len() {
            assert_eq!(carried(&text, &text, byte), byte);
        }
        let text = Text::new("\u{1ee80}\u{fffc}. . \n. . \n. ");
        assert_eq!(carried(&text, &text, 12), 12);
    }

    proptest! {
        #[test]
        fn it_is_a_place_of_the_new_text(old in "(\\PC|\\. |\n){0,60}", new in "(\\PC|\\. |\n){0,60}", byte in 0_usize..300) {
            let (old, new) = (Text::new(old), Text::new(new));
            let at = carried(&old, &new, byte);
            prop_assert!(at <= new.len() && new.is_grapheme_boundary(at));
        }

        #[test]
        fn in_the_same_text_it_stays(text in "(\\PC|\\. |\n){1,60}", byte in 0_usize..200) {
            let text = Text::new(text);
            let byte = text.floor_grapheme(byte.min(text.len()));
            let again = Text::new(text.as_str());
            let at = carried(&text, &again, byte);
            // White space before the first sentence of a paragraph counts as its beginning.
            let sentence = text.sentence_at(byte);
            let stays = text.floor_grapheme(byte.max(sentence.start));
            prop_assert!(sentence.is_empty() || at == stays);
        }
    }
}
