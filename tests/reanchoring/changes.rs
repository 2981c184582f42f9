//! What an outlet does to an article: every change leaves the words that stay who they are.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use super::texts::{Dice, OTHER_WORDS, Sentence, Story, sentence};

/// The kinds of change, as they are counted.
pub const KINDS: [&str; 11] = [
    "reworded",
    "sentences swapped",
    "sentence deleted",
    "sentence added",
    "paragraph deleted",
    "paragraph copied",
    "paragraph moved",
    "quotation marks straightened",
    "no-break spaces replaced",
    "accents decomposed",
    "misspelt",
];

/// Changes a text: a few changes of every kind that there is. `done` is told the number of each that changed something.
pub fn change(dice: &mut Dice, story: &mut Story, language: usize, done: &mut dyn FnMut(usize)) {
    let text = |story: &Story| super::texts::written(story).0;
    let mut was = text(story);
    let mut note = |story: &Story, kind: usize| {
        let now = text(story);
        if now != was {
            done(kind);
            was = now;
        }
    };
    change_with(dice, story, language, &mut note);
}

fn change_with(
    dice: &mut Dice,
    story: &mut Story,
    language: usize,
    note: &mut dyn FnMut(&Story, usize),
) {
    let paragraphs = story.paragraphs.len();
    let before: HashSet<String> = story.paragraphs.iter().flatten().map(words_of).collect();
    for _ in 0..dice.below(1 + paragraphs / 12) + 1 {
        reworded(dice, story, language);
        reworded(dice, story, language);
    }
    note(story, 0);
    for _ in 0..dice.below(3) {
        swapped(dice, story);
    }
    note(story, 1);
    for _ in 0..dice.below(4) {
        without_a_sentence(dice, story);
    }
    note(story, 2);
    for _ in 0..dice.below(3) {
        with_a_sentence(dice, story, language, &before);
    }
    note(story, 3);
    for _ in 0..dice.below(3) {
        if story.paragraphs.len() > 3 {
            let at = dice.below(story.paragraphs.len());
            story.paragraphs.remove(at);
        }
    }
    note(story, 4);
    // Where a paragraph was moved and a copy stands in its old place, nobody could say which is the copy: one or the other.
    if dice.one_in(2) {
        copied(dice, story);
        note(story, 5);
    } else {
        for _ in 0..dice.below(4) {
            let from = dice.below(story.paragraphs.len());
            let moved = story.paragraphs.remove(from);
            let to = dice.below(story.paragraphs.len() + 1);
            story.paragraphs.insert(to, moved);
        }
        note(story, 6);
    }
    misspelt(dice, story);
    note(story, 10);
    if dice.one_in(3) {
        each(story, |word| match word {
            "«" | "»" | "“" | "”" => "\"".to_owned(),
            other => other.replace('’', "'"),
        });
        note(story, 7);
    }
    if dice.one_in(3) {
        for word in story.paragraphs.iter_mut().flatten().flatten() {
            word.before = word.before.replace('\u{a0}', " ");
        }
        note(story, 8);
    }
    if dice.one_in(3) {
        each(story, |word| word.nfd().collect());
        note(story, 9);
    }
}

/// A sentence as it is compared.
fn words_of(sentence: &Sentence) -> String {
    sentence.iter().map(|word| word.words.as_str()).collect::<Vec<_>>().join(" ")
}

fn each(story: &mut Story, with: impl Fn(&str) -> String) {
    for word in story.paragraphs.iter_mut().flatten().flatten() {
        word.words = with(&word.words);
    }
}

/// Any sentence, by its paragraph and its number there.
fn any(dice: &mut Dice, story: &Story) -> (usize, usize) {
    let paragraph = dice.below(story.paragraphs.len());
    (paragraph, dice.below(story.paragraphs[paragraph].len()))
}

/// Up to a quarter of the words of a sentence become others, one at least.
fn reworded(dice: &mut Dice, story: &mut Story, language: usize) {
    let (p, s) = any(dice, story);
    let sentence = &mut story.paragraphs[p][s];
    let most = (sentence.len() / 4).max(1);
    for _ in 0..=dice.below(most) {
        let at = dice.below(sentence.len());
        let word = &mut sentence[at];
        if word.words.chars().all(char::is_alphanumeric) {
            word.instead_of = word.id.take().or(word.instead_of);
            word.words = dice.of(OTHER_WORDS[language]).to_owned();
        }
    }
}

fn swapped(dice: &mut Dice, story: &mut Story) {
    let (p, s) = any(dice, story);
    if s > 0 {
        story.paragraphs[p].swap(s - 1, s);
    }
}

fn without_a_sentence(dice: &mut Dice, story: &mut Story) {
    let (p, s) = any(dice, story);
    if story.paragraphs[p].len() > 1 {
        story.paragraphs[p].remove(s);
    }
}

/// A sentence about the same people, that did not stand there before.
fn with_a_sentence(dice: &mut Dice, story: &mut Story, language: usize, before: &HashSet<String>) {
    let names: Vec<String> = story
        .paragraphs
        .iter()
        .flatten()
        .flatten()
        .map(|word| word.words.clone())
        .filter(|word| word.len() > 4 && word.starts_with(char::is_uppercase))
        .collect();
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    names.sort_unstable();
    names.dedup();
    if names.is_empty() {
        return;
    }
    let new = sentence(dice, language, &names);
    if before.contains(&words_of(&new)) {
        return;
    }
    let (p, s) = any(dice, story);
    story.paragraphs[p].insert(s, new);
}

/// A paragraph stands a second time, elsewhere than beside itself.
fn copied(dice: &mut Dice, story: &mut Story) {
    let from = dice.below(story.paragraphs.len());
    let to = dice.below(story.paragraphs.len() + 1);
    if to.abs_diff(from) < 2 {
        return;
    }
    let mut copy = story.paragraphs[from].clone();
    copy.iter_mut().flatten().for_each(|word| (word.id, word.instead_of) = (None, None));
    story.paragraphs.insert(to, copy);
}

/// One word in eighty is misspelt: two letters change places, one is left out or doubled.
fn misspelt(dice: &mut Dice, story: &mut Story) {
    for word in story.paragraphs.iter_mut().flatten().flatten() {
        let letters: Vec<char> = word.words.chars().collect();
        if letters.len() < 5 || !dice.one_in(80) {
            continue;
        }
        let at = 1 + dice.below(letters.len() - 2);
        let mut misspelt = letters;
        match dice.below(3) {
            0 => misspelt.swap(at, at - 1),
            1 => {
                misspelt.remove(at);
            }
            _ => misspelt.insert(at, misspelt[at]),
        }
        word.words = misspelt.into_iter().collect();
    }
}
