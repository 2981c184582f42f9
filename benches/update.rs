//! How long it takes to find 1,000 places of a text of 1 MB again after the article changed: `update/1MB/edited`, a few
//! changes of every kind in each part of the text; `update/1MB/rewritten`, where every sentence was changed somehow; and
//! `update/1MB/same`, where nothing was. `…/changes`: to list the sentences that changed between the two texts, and to
//! bring them side by side.

#[allow(dead_code)]
#[path = "../tests/reanchoring/changes.rs"]
mod changes;
#[allow(dead_code)]
#[path = "../tests/reanchoring/texts.rs"]
mod texts;

use std::hint::black_box;
use std::ops::Range;

use casebook::text::{Changes, Text, reanchor};
use criterion::{Criterion, criterion_group, criterion_main};
use texts::{Dice, Standing, Story, story, written};

const PARTS: usize = 60;

/// Parts of 60 paragraphs each that make 1 MB, before and after so many rounds of changes of each; and 1,000 names.
fn texts(rounds: usize) -> (Text, Text, Vec<Range<usize>>) {
    let mut dice = Dice(7);
    let (mut old, mut new) = (String::new(), String::new());
    let mut names = Vec::new();
    for part in 0..PARTS {
        let before = story(&mut dice, part % 2, 60);
        let mut after = before.clone();
        for _ in 0..rounds {
            changes::change(&mut dice, &mut after, part % 2, &mut |_| {});
        }
        let (words, places) = part_of(&before, old.len());
        names.extend(places);
        old.push_str(&words);
        old.push('\n');
        new.push_str(&written(&after).0);
        new.push('\n');
    }
    let every = (names.len() / 1_000).max(1);
    let chosen: Vec<_> = names.into_iter().step_by(every).take(1_000).collect();
    assert_eq!(chosen.len(), 1_000, "the text holds enough names");
    (Text::new(old), Text::new(new), chosen)
}

fn part_of(story: &Story, from: usize) -> (String, Vec<Range<usize>>) {
    let (words, places) = written(story);
    let name = |place: &Standing| {
        let word = words.get(place.bytes.clone())?;
        (word.len() > 4 && word.starts_with(char::is_uppercase))
            .then_some(place.bytes.start + from..place.bytes.end + from)
    };
    let names = places.iter().filter_map(name).collect();
    (words, names)
}

fn update(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("update");
    group.sample_size(20);
    for (name, rounds) in [("same", 0), ("edited", 1), ("rewritten", 12)] {
        let (old, new, ranges) = texts(rounds);
        assert!(old.len() > 900_000, "{} bytes", old.len());
        group.bench_function(format!("1MB/{name}"), |bench| {
            bench.iter(|| black_box(reanchor(&old, &new, &ranges)));
        });
        group.bench_function(format!("1MB/{name}/changes"), |bench| {
            bench.iter(|| black_box(Changes::of(&old, &new)));
        });
    }
    group.finish();
}

criterion_group!(benches, update);
criterion_main!(benches);
