//! How good the rules behind suggestions are: precision and recall of names and of attribution cues on both sample
//! articles, against what a person annotated by hand (`tests/gold/`).
//!
//! `cargo test --test suggest -- --nocapture` prints the figures. The word lists were written knowing this kind of
//! article, so expect somewhat less on others.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::ops::Range;

use casebook::inquiry::{Lexicons, Rule, suggest};
use casebook::text::Text;

struct Gold {
    names: Vec<Range<usize>>,
    cues: Vec<Range<usize>>,
}

/// Each line of a list stands after the one before it.
fn gold(text: &str, lists: &str) -> Gold {
    let mut gold = Gold { names: Vec::new(), cues: Vec::new() };
    let mut list = &mut gold.names;
    let mut at = 0;
    for line in lists.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        match line {
            "[names]" => (list, at) = (&mut gold.names, 0),
            "[cues]" => (list, at) = (&mut gold.cues, 0),
            words => {
                let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let found = text[at..].match_indices(words).map(|(i, _)| at + i).find(|start| {
                    let end = start + words.len();
                    !letter(text[..*start].chars().next_back())
                        && !letter(text[end..].chars().next())
                });
                let start = found.unwrap_or_else(|| panic!("“{words}” does not follow"));
                at = start + words.len();
                list.push(start..at);
            }
        }
    }
    gold
}

/// Right, found, wanted; a place is right where it is the same (or, loosely, shares a letter).
fn score(found: &[Range<usize>], gold: &[Range<usize>], loosely: bool) -> (f64, f64) {
    let same = |a: &Range<usize>, b: &Range<usize>| {
        if loosely { a.start < b.end && b.start < a.end } else { a == b }
    };
    let right = found.iter().filter(|f| gold.iter().any(|g| same(f, g))).count() as f64;
    let hit = gold.iter().filter(|g| found.iter().any(|f| same(f, g))).count() as f64;
    (right / found.len() as f64, hit / gold.len() as f64)
}

#[test]
fn precision_and_recall_on_the_samples() {
    let samples = [
        (
            "bras-de-fer-a-port-leonie",
            "fr",
            "2031-03-12",
            include_str!("../assets/articles/bras-de-fer-a-port-leonie.txt"),
            include_str!("gold/bras-de-fer-a-port-leonie.txt"),
        ),
        (
            "what-the-board-knew",
            "en",
            "2031-03-14",
            include_str!("../assets/articles/what-the-board-knew.txt"),
            include_str!("gold/what-the-board-knew.txt"),
        ),
    ];
    let (lexicons, faults) = Lexicons::new(&[]);
    assert_eq!(faults, []);
    println!(
        "| article | rule | wanted | found | precision | recall | precision, overlapping | recall, overlapping |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for (name, language, date, article, lists) in samples {
        let gold = gold(article, lists);
        let text = Text::new(article);
        let all = suggest(&text, language, date, &lexicons, &|| false, &|_| ()).all;
        let of = |wanted: fn(&Rule) -> bool| -> Vec<Range<usize>> {
            all.iter().filter(|s| wanted(&s.rule)).map(|s| s.range.clone()).collect()
        };
        for (rule, found, wanted) in [
            ("names", of(|r| matches!(r, Rule::Name | Rule::Handle)), &gold.names),
            ("cues", of(|r| matches!(r, Rule::Cue(_))), &gold.cues),
        ] {
            let (precision, recall) = score(&found, wanted, false);
            let (loose_precision, loose_recall) = score(&found, wanted, true);
            println!(
                "| {name} | {rule} | {} | {} | {precision:.2} | {recall:.2} | {loose_precision:.2} | {loose_recall:.2} |",
                wanted.len(),
                found.len()
            );
            let say = |what: &str, some: Vec<&Range<usize>>| {
                let words: Vec<&str> = some.into_iter().map(|r| &article[r.clone()]).collect();
                println!("  {what}: {}", words.join(" | "));
            };
            say("not wanted", found.iter().filter(|f| !wanted.contains(f)).collect());
            say("missed", wanted.iter().filter(|w| !found.contains(w)).collect());
            assert!(precision >= 0.80 && recall >= 0.75, "{name} {rule}: the rules got worse");
        }
    }
}
