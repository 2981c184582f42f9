//! What a notebook's file promises: it reads back as it was, and nothing wrong is taken for right.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::path::Path;

use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{Desk, Notebook, Place, check};
use casebook::storage::{self, Expected, FormatError, LoadError, SaveError};
use proptest::prelude::*;

fn sizes() -> impl Strategy<Value = Size> {
    (0..4_usize, 1..3000_usize, 0..30_usize, 0..60_usize, 0..20_usize).prop_map(
        |(articles, text, entities, mentions, links)| Size {
            articles,
            text,
            entities,
            mentions,
            links,
        },
    )
}

const SMALL: Size = Size { articles: 2, text: 600, entities: 12, mentions: 14, links: 6 };

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn what_is_rendered_reads_back_and_renders_the_same(seed: u64, size in sizes()) {
        let (notebook, desk) = generate(seed, size);
        prop_assert_eq!(check(&notebook).iter().filter(|p| !p.what.starts_with("orphan")).count(), 0);
        let source = storage::render(&notebook, &desk);
        let (again, desk_again, orphans) = storage::parse(&source).expect("reads back");
        prop_assert!(again == notebook);
        prop_assert_eq!(&desk_again, &desk);
        for (id, node) in notebook.nodes() {
            let same = again.nodes()[id];
            prop_assert_eq!((same.x.to_bits(), same.y.to_bits()), (node.x.to_bits(), node.y.to_bits()));
        }
        let anchors = notebook.mentions().values().map(|m| &m.anchor);
        let lost = anchors.filter(|a| matches!(a.place, Place::Orphan(_))).count();
        prop_assert!(orphans.len() >= lost);
        prop_assert_eq!(storage::render(&again, &desk_again), source);
    }
}

#[test]
fn a_file_loads_as_it_was_saved_and_saves_to_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one.ron");
    let (notebook, desk) = generate(3, Size::bench(3000));
    let saved = save(&path, &notebook, &desk, &Expected::New).unwrap();
    assert!(saved.durable);
    let bytes = std::fs::read(&path).unwrap();
    let loaded = load(&path).unwrap();
    assert!(loaded.notebook == notebook && loaded.desk == desk);
    assert_eq!(loaded.stamp, saved.stamp);
    save(&path, &loaded.notebook, &loaded.desk, &Expected::Same(loaded.stamp)).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

fn save(
    path: &Path,
    notebook: &Notebook,
    desk: &Desk,
    expected: &Expected,
) -> Result<storage::Saved, SaveError> {
    storage::save(path, notebook, desk, expected, &|| false)
}

fn load(path: &Path) -> Result<storage::Loaded, LoadError> {
    storage::load(path, &|| false, &|_| {})
}

#[test]
fn a_notebook_cut_off_anywhere_is_refused_without_a_panic() {
    let (notebook, desk) = generate(5, SMALL);
    let source = storage::render(&notebook, &desk);
    // The last character is the end of the last line.
    for end in (0..source.len() - 1).filter(|end| source.is_char_boundary(*end)) {
        let error: FormatError = storage::parse(&source[..end]).expect_err("cut off");
        assert!(error.line >= 1 && error.column >= 1 && !error.what.is_empty());
    }
}
