//! How two states of a record differ, field by field, in words.

use super::Differing;
use super::facts::{Fact, Is, Said, VALUE, facts, short};
use crate::fields::Value;
use crate::notebook::Notebook;
use crate::text::Text;

/// A field in which two states of a record differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDifference {
    /// The field's key: unique in its record.
    pub key: &'static str,
    /// What it is called in the middle of a sentence.
    pub noun: &'static str,
    /// What it was.
    pub old: Said,
    /// What it is.
    pub new: Said,
}

/// How many characters that two long texts share are kept before and after what differs.
const SHARED: usize = 16;

impl FieldDifference {
    /// In a line: “note: “a” → “b””, “aliases: + “c”, − “d””. Long values are shortened around what differs.
    #[must_use]
    pub fn words(&self) -> String {
        let Self { noun, old, new, .. } = self;
        if old.items.is_empty() && new.items.is_empty() {
            if old.words == new.words {
                return format!("{noun}: changed");
            }
            let (a, b) = around_difference(&old.words, &new.words);
            return format!("{noun}: {} → {}", quoted(&a), quoted(&b));
        }
        let left = |from: &[String], without: &[String]| {
            let mut without: Vec<&String> = without.iter().collect();
            let mut left = Vec::new();
            for item in from {
                match without.iter().position(|other| *other == item) {
                    Some(at) => _ = without.swap_remove(at),
                    None => left.push(item.clone()),
                }
            }
            left
        };
        let come = left(&new.items, &old.items);
        let gone = left(&old.items, &new.items);
        let signed = |sign: &str, item: &String| format!("{sign} {}", quoted(&short(item, VALUE)));
        let parts: Vec<String> = come
            .iter()
            .map(|item| signed("+", item))
            .chain(gone.iter().map(|item| signed("−", item)))
            .collect();
        if parts.is_empty() {
            return format!("{noun}: in another order");
        }
        format!("{noun}: {}", parts.join(", "))
    }
}

fn quoted(words: &str) -> String {
    if words.is_empty() { "nothing".to_owned() } else { format!("“{words}”") }
}

/// Two texts, each shortened to where it differs from the other.
fn around_difference(a: &str, b: &str) -> (String, String) {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if x.len() <= VALUE && y.len() <= VALUE {
        return (short(a, VALUE), short(b, VALUE));
    }
    let same = x.iter().zip(&y).take_while(|(p, q)| p == q).count();
    let from = if same > 2 * SHARED { same - SHARED } else { 0 };
    let cut = |all: &[char]| {
        let words: String = all[from..].iter().collect();
        let words = short(&words, VALUE);
        if from > 0 { format!("…{words}") } else { words }
    };
    (cut(&x), cut(&y))
}

/// In which fields two states of a record differ, in words: of a record that was added or removed, all that it says. The
/// first notebook is the older one.
#[must_use]
pub fn fields_of(differing: &Differing, old: &Notebook, new: &Notebook) -> Vec<FieldDifference> {
    let (olds, news) = (facts(old, &differing.record), facts(new, &differing.record));
    let mut found = Vec::new();
    for fact in &news {
        let before = olds.iter().find(|before| before.key == fact.key);
        match before {
            Some(before) if before.is == fact.is => {}
            Some(before) => found.push(changed(before, fact)),
            None if fact.is_empty => {}
            None => found.push(FieldDifference {
                key: fact.key,
                noun: fact.noun,
                old: Said::default(),
                new: fact.said.clone(),
            }),
        }
    }
    let gone = |fact: &&Fact| !fact.is_empty && news.iter().all(|new| new.key != fact.key);
    found.extend(olds.iter().filter(gone).map(|fact| FieldDifference {
        key: fact.key,
        noun: fact.noun,
        old: fact.said.clone(),
        new: Said::default(),
    }));
    found
}

fn changed(before: &Fact, now: &Fact) -> FieldDifference {
    let (mut old, mut new) = (before.said.clone(), now.said.clone());
    if let (Is::Value(Value::Body(a)), Is::Value(Value::Body(b))) = (&before.is, &now.is) {
        (old.words, new.words) = paragraphs(a, b);
    }
    FieldDifference { key: now.key, noun: now.noun, old, new }
}

/// How many paragraphs each of two texts has, and how many of them the other one has not.
fn paragraphs(a: &Text, b: &Text) -> (String, String) {
    use std::collections::HashMap;
    let mut counts: HashMap<&str, i64> = HashMap::new();
    a.as_str().split('\n').for_each(|line| *counts.entry(line).or_default() += 1);
    b.as_str().split('\n').for_each(|line| *counts.entry(line).or_default() -= 1);
    let gone: i64 = counts.values().filter(|count| **count > 0).sum();
    let come: i64 = -counts.values().filter(|count| **count < 0).sum::<i64>();
    let words = |text: &Text, count: i64, which: &str| {
        format!("{} characters, {count} {which}", text.scalars())
    };
    (words(a, gone, "paragraphs that are gone"), words(b, come, "paragraphs that are new"))
}
