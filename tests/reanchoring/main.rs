//! Places found again after a text changed, against generated changes of which the truth is known.

mod changes;
mod texts;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use casebook::text::{Outcome, Text, reanchor};
use proptest::prelude::*;
use texts::{Dice, Standing, story, written};

/// What became of an anchor in truth.
#[derive(Debug)]
enum Truth {
    /// Its words stand there, every one of them.
    There(Range<usize>),
    /// Half of its words or more, or other words in their place: the bytes of each.
    Partly(Vec<Range<usize>>),
    /// Its words are gone.
    Gone,
}

#[derive(Debug, Default)]
struct Figures {
    anchors: usize,
    unchanged: usize,
    moved: usize,
    wrong: usize,
    rightly_orphaned: usize,
    partly_orphaned: usize,
    needless: usize,
}

impl Figures {
    fn count(&mut self, outcome: &Outcome, truth: &Truth) -> bool {
        self.anchors += 1;
        match outcome {
            Outcome::Unchanged(_) => self.unchanged += 1,
            Outcome::Moved { .. } => self.moved += 1,
            Outcome::Orphaned { .. } => {}
        }
        match (outcome.range(), truth) {
            (None, Truth::Gone) => self.rightly_orphaned += 1,
            (None, Truth::Partly(_)) => self.partly_orphaned += 1,
            (None, Truth::There(_)) => {
                self.needless += 1;
                return false;
            }
            (Some(found), Truth::There(there)) if found == *there => {}
            (Some(found), Truth::Partly(there)) if mostly(&found, there) => {}
            _ => {
                self.wrong += 1;
                return false;
            }
        }
        true
    }
}

/// Whether a range covers most of these words, and little else.
fn mostly(found: &Range<usize>, words: &[Range<usize>]) -> bool {
    let inside = |word: &&Range<usize>| found.start <= word.start && word.end <= found.end;
    let len = |words: &mut dyn Iterator<Item = &Range<usize>>| words.map(Range::len).sum::<usize>();
    let covered = len(&mut words.iter().filter(inside));
    covered * 2 >= len(&mut words.iter()) && covered * 2 >= found.len()
}

/// Where the words of an anchor went.
fn truth(ids: &[usize], new: &[Standing]) -> Truth {
    let of = |id: &Option<usize>| id.is_some_and(|id| ids.contains(&id));
    let there: Vec<usize> = (0..new.len()).filter(|&i| of(&new[i].id)).collect();
    let places: Vec<usize> = (0..new.len()).filter(|&i| of(&new[i].role)).collect();
    let in_order = places.windows(2).all(|pair| new[pair[0]].role < new[pair[1]].role);
    let bytes = |i: usize| new[i].bytes.clone();
    match (there.first(), there.last()) {
        (Some(&first), Some(&last))
            if there.len() == ids.len() && in_order && last - first + 1 == ids.len() =>
        {
            Truth::There(bytes(first).start..bytes(last).end)
        }
        (Some(_), Some(_)) if there.len() * 2 >= ids.len() => {
            Truth::Partly(places.into_iter().map(bytes).collect())
        }
        _ => Truth::Gone,
    }
}

/// Anchors of a text: names, some words, whole sentences, two sentences.
fn anchors(dice: &mut Dice, story: &texts::Story, number: usize) -> Vec<Vec<usize>> {
    let ids = |words: &[texts::Word]| words.iter().filter_map(|word| word.id).collect::<Vec<_>>();
    let mut all = HashSet::new();
    let mut tries = 0;
    while all.len() < number && tries < number * 20 {
        tries += 1;
        let paragraph = &story.paragraphs[dice.below(story.paragraphs.len())];
        let at = dice.below(paragraph.len());
        let sentence = &paragraph[at];
        let anchor = match dice.below(10) {
            0..6 => {
                let first = dice.below(sentence.len());
                let word = &sentence[first].words;
                if !(word.chars().count() > 4 && word.starts_with(char::is_uppercase)) {
                    continue;
                }
                ids(&sentence[first..=first])
            }
            6 | 7 => {
                let first = dice.below(sentence.len());
                let end = (first + 2 + dice.below(5)).min(sentence.len());
                let words = &sentence[first..end];
                if words.len() < 2 || !words.iter().any(|w| w.words.chars().count() > 4) {
                    continue;
                }
                ids(words)
            }
            8 => ids(sentence),
            _ => {
                let next = paragraph.get(at + 1).map_or(&[][..], |next| &next[..]);
                ids(&[&sentence[..], next].concat())
            }
        };
        all.insert(anchor);
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort();
    all
}

#[test]
fn generated_changes_move_anchors_to_where_their_words_went() {
    let mut figures = Figures::default();
    let mut shown = 0;
    let mut kinds = [0_usize; changes::KINDS.len()];
    for seed in 0..400 {
        let mut dice = Dice(seed);
        let language = dice.below(2);
        let paragraphs = 6 + dice.below(40);
        let old_story = story(&mut dice, language, paragraphs);
        let mut new_story = old_story.clone();
        changes::change(&mut dice, &mut new_story, language, &mut |kind| kinds[kind] += 1);
        let (old, old_places) = written(&old_story);
        let (new, new_places) = written(&new_story);
        let from: HashMap<usize, Range<usize>> =
            old_places.iter().filter_map(|word| Some((word.id?, word.bytes.clone()))).collect();
        let anchors = anchors(&mut dice, &old_story, 40);
        let ranges: Vec<Range<usize>> =
            anchors.iter().map(|ids| from[&ids[0]].start..from[&ids[ids.len() - 1]].end).collect();
        let (old, new) = (Text::new(old), Text::new(new));
        for ((range, ids), outcome) in
            ranges.iter().zip(&anchors).zip(reanchor(&old, &new, &ranges))
        {
            let truth = truth(ids, &new_places);
            if !figures.count(&outcome, &truth) && outcome.range().is_some() && shown < 70 {
                shown += 1;
                let around = |text: &Text, range: &Range<usize>| {
                    let (a, b) = text.context(range.clone(), 90);
                    format!(
                        "{}[{}]{}",
                        &text.as_str()[a],
                        &text.as_str()[range.clone()],
                        &text.as_str()[b]
                    )
                };
                eprintln!("text {seed}: {}", around(&old, range));
                match &truth {
                    Truth::There(range) => eprintln!("   truth: {}", around(&new, range)),
                    Truth::Partly(words) => {
                        let range = words[0].start..words[words.len() - 1].end;
                        eprintln!("   in part: {}", around(&new, &range));
                    }
                    Truth::Gone => {}
                }
                if let Some(range) = outcome.range() {
                    eprintln!("   found: {} ({})", around(&new, &range), outcome.confidence());
                } else if let Outcome::Orphaned { candidates } = &outcome {
                    for (range, confidence) in candidates {
                        eprintln!("   could be: {} ({confidence})", around(&new, range));
                    }
                }
            }
        }
    }
    println!("{figures:?}");
    for (kind, texts) in changes::KINDS.iter().zip(kinds) {
        println!("{kind}: in {texts} texts");
        assert!(texts >= 40, "{kind}: in {texts} texts of 400");
    }
    assert!(figures.anchors >= 5_000, "{figures:?}");
    assert!(figures.moved >= 500 && figures.rightly_orphaned >= 200, "{figures:?}");
    assert!(figures.wrong * 1_000 <= figures.anchors, "wrong: {figures:?}");
    assert!(figures.needless * 50 <= figures.anchors, "needlessly orphaned: {figures:?}");
}

#[test]
fn a_place_that_ends_before_a_lone_accent_stays_on_whole_characters() {
    let old = Text::new(
        "e\u{301}Altman \n北京\na dit. \u{301}\u{ad}\u{a0}«\u{a0}北京𝒻:𞗿𐄇!𑛀!Altman a dit. e\u{301}a dit. Altman [a:!北京",
    );
    let new = Text::new("a dit. Altman \u{301}\u{ad}👩\u{200d}🚀北京Altman Altman ");
    let place = 24..99;
    for outcome in reanchor(&old, &new, std::slice::from_ref(&place)) {
        assert!(sound(&new, &outcome), "{outcome:?}");
    }
}

#[test]
fn texts_without_words_or_sentences_are_no_trap() {
    let blob = "QmFzZTY0".repeat(60_000);
    let line = "le conseil et le syndicat ".repeat(12_000);
    let commas = "a, ".repeat(80_000);
    let same = "Kervel dément. ".repeat(8_000);
    for (old, change) in [(&blob, "x"), (&line, "donc "), (&commas, "b. "), (&same, "Orr nie. ")] {
        let middle = old.floor_char_boundary(old.len() / 2);
        let new = format!("{change}{}{change}{}", &old[..middle], &old[middle..]);
        let ranges: Vec<_> = (0..200).map(|i| i * 1_000..i * 1_000 + 9).collect();
        let (old, new) = (Text::new(old.as_str()), Text::new(new));
        for outcome in reanchor(&old, &new, &ranges) {
            assert!(sound(&new, &outcome), "{outcome:?}");
        }
    }
}

fn sound(text: &Text, outcome: &Outcome) -> bool {
    let on_boundaries = |range: &Range<usize>| {
        range.start < range.end
            && text.is_grapheme_boundary(range.start)
            && text.is_grapheme_boundary(range.end)
    };
    match outcome {
        Outcome::Unchanged(range) | Outcome::Moved { range, .. } => on_boundaries(range),
        Outcome::Orphaned { candidates } => {
            candidates.iter().all(|(range, _)| on_boundaries(range))
        }
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("Altman ".to_owned()),
        Just("a dit. ".to_owned()),
        Just("e\u{301}".to_owned()),
        Just("👩\u{200d}🚀".to_owned()),
        Just("\u{a0}«\u{a0}".to_owned()),
        Just("\n".to_owned()),
        Just("北京".to_owned()),
        Just("\u{301}\u{ad}".to_owned()),
        "\\PC{0,6}",
    ];
    proptest::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn in_the_same_text_all_is_unchanged(text in any_text(), at in 0_usize..400, len in 0_usize..60) {
        let (text, again) = (Text::new(text.clone()), Text::new(text));
        let range = text.snap(at.min(text.len())..(at + len).min(text.len()));
        prop_assert_eq!(reanchor(&text, &again, std::slice::from_ref(&range)), [Outcome::Unchanged(range)]);
    }

    #[test]
    fn whatever_the_texts_results_are_whole_characters(
        old in any_text(),
        new in any_text(),
        ranges in proptest::collection::vec((0_usize..400, 0_usize..400), 0..8),
    ) {
        let (old, new) = (Text::new(old), Text::new(new));
        let ranges: Vec<_> = ranges.into_iter().map(|(a, b)| a..b).collect();
        let outcomes = reanchor(&old, &new, &ranges);
        prop_assert_eq!(outcomes.len(), ranges.len());
        for outcome in &outcomes {
            prop_assert!(old == new || sound(&new, outcome), "{:?}", outcome);
        }
    }
}
