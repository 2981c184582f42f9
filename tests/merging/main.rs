//! Merging what two people made of one notebook: the laws, and cases worked out by hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

#[path = "../common/mod.rs"]
#[allow(dead_code, reason = "a part of what all tests share")]
mod common;

mod cases;
mod git;

use std::collections::BTreeSet;

use casebook::edit::three_way::{Merged, merge, merge_desks};
use casebook::edit::{Side, apply, settle_all};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{Conflict, Notebook, RecordId, check};
use casebook::storage;
use common::{Dice, SORTS, edit};
use proptest::prelude::*;

fn sizes() -> impl Strategy<Value = Size> {
    (1..4_usize, 20..1500_usize, 2..25_usize, 0..40_usize, 0..20_usize).prop_map(
        |(articles, text, entities, mentions, links)| Size {
            articles,
            text,
            entities,
            mentions,
            links,
        },
    )
}

type Throws = Vec<(usize, u64)>;

fn throws(most: usize) -> impl Strategy<Value = Throws> {
    prop::collection::vec((0..SORTS, any::<u64>()), 0..most)
}

/// What somebody made of a notebook.
fn session(base: &Notebook, throws: &Throws) -> Notebook {
    let mut notebook = base.clone();
    for (sort, throw) in throws {
        let edit = edit(&mut Dice(*throw), &notebook, *sort, true);
        let _ = apply(&mut notebook, &edit);
    }
    notebook
}

fn merged(base: &Notebook, ours: &Notebook, theirs: &Notebook) -> Merged {
    merge(base, ours, theirs, &|| false).expect("not stopped")
}

fn problems(notebook: &Notebook) -> Vec<String> {
    let all = check(notebook).into_iter().filter(|problem| !problem.is_orphan());
    all.map(|problem| problem.to_string()).collect()
}

/// The records that no one removed: in both, or made by one.
fn expected(base: &Notebook, ours: &Notebook, theirs: &Notebook) -> BTreeSet<RecordId> {
    let ids = |notebook: &Notebook| notebook.record_ids().into_iter().collect::<BTreeSet<_>>();
    let (base, ours, theirs) = (ids(base), ids(ours), ids(theirs));
    let both = ours.intersection(&theirs).cloned();
    let made = ours.symmetric_difference(&theirs).filter(|id| !base.contains(id)).cloned();
    both.chain(made).collect()
}

/// Conflicts as the other sees them.
fn turned(conflicts: &[Conflict]) -> BTreeSet<String> {
    let turn = |conflict: &Conflict| Conflict {
        ours: conflict.theirs.clone(),
        theirs: conflict.ours.clone(),
        ..conflict.clone()
    };
    conflicts.iter().map(turn).map(|conflict| format!("{conflict:?}")).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whoever_changed_nothing_takes_what_the_other_did(
        seed: u64, size in sizes(), throws in throws(24),
    ) {
        let (base, desk) = generate(seed, size);
        let (_, other_desk) = generate(seed ^ 1, size);
        let one = session(&base, &throws);
        for (ours, theirs) in [(&base, &one), (&one, &base), (&one, &one)] {
            let merged = merged(&base, ours, theirs);
            prop_assert_eq!(merged.conflicts(), &[]);
            prop_assert!(*merged.notebook() == one, "{:?}", (ours == &base, theirs == &base));
        }
        let merged = merged(&one, &one, &one);
        prop_assert!(*merged.notebook() == one && merged.changes().is_empty());
        for (ours, theirs) in [(&desk, &other_desk), (&other_desk, &desk)] {
            let merged = merge_desks(&desk, ours, theirs);
            prop_assert_eq!(storage::render(&one, &merged), storage::render(&one, &other_desk));
        }
    }

    #[test]
    fn two_sessions_merge_without_loss_or_problems(
        seed: u64, size in sizes(), ours in throws(20), theirs in throws(20),
    ) {
        let (base, _) = generate(seed, size);
        let (ours, theirs) = (session(&base, &ours), session(&base, &theirs));
        let known: Vec<String> = [&base, &ours, &theirs].into_iter().flat_map(problems).collect();
        prop_assert_eq!(&known, &Vec::<String>::new());
        let there = merged(&base, &ours, &theirs);
        prop_assert_eq!(problems(there.notebook()), Vec::<String>::new());
        // Nothing that neither removed is gone; where it does not fit the rest, a conflict keeps it.
        let ids: BTreeSet<RecordId> = there.notebook().record_ids().into_iter().collect();
        let kept: BTreeSet<&RecordId> = there.conflicts().iter().map(|it| &it.of).collect();
        for id in expected(&base, &ours, &theirs) {
            let place = matches!(id, RecordId::Node(_) | RecordId::Dismissed(_));
            prop_assert!(ids.contains(&id) || kept.contains(&id) || place, "{id:?}");
        }
        // Every conflict is in the notebook, and its changes make it of ours.
        prop_assert!(there.notebook().conflicts().len() >= there.conflicts().len());
        let mut by_changes = ours.clone();
        let edit = casebook::edit::Edit::CarryOut(std::sync::Arc::new(casebook::edit::Prepared {
            label: "Merge".to_owned(),
            revision: ours.revision(),
            changes: there.changes().to_vec(),
        }));
        let applied = apply(&mut by_changes, &edit).expect("carried out");
        prop_assert!(by_changes == *there.notebook());
        let _ = applied.step.take_back(&mut by_changes);
        prop_assert!(by_changes == ours);
        // The other way round it is the same, but for who is who.
        let back = merged(&base, &theirs, &ours);
        let here: BTreeSet<String> =
            back.conflicts().iter().map(|conflict| format!("{conflict:?}")).collect();
        // Where each has another version of a text, whose text stands decides where everything in it goes.
        let texts = there.conflicts().iter().any(|it| it.field == Conflict::TEXT);
        prop_assert!(texts || turned(there.conflicts()) == here);
        if there.conflicts().is_empty() {
            let mut pair = [there.notebook().clone(), back.notebook().clone()];
            // Who merges whom decides where things stand on the canvas and in what order.
            for one in &mut pair {
                prop_assert_eq!(problems(one), Vec::<String>::new());
            }
            let [a, b] = &pair;
            prop_assert_eq!(a.entities(), b.entities());
            prop_assert_eq!(a.mentions(), b.mentions());
            prop_assert_eq!(a.links(), b.links());
            prop_assert_eq!(a.groups(), b.groups());
            prop_assert_eq!(a.waivers(), b.waivers());
            prop_assert_eq!(a.matrices(), b.matrices());
            prop_assert_eq!(a.dismissed(), b.dismissed());
        }
    }

    #[test]
    fn settled_conflicts_are_gone_and_leave_no_problem(
        seed: u64, size in sizes(), ours in throws(24), theirs in throws(24), take in 0..3_usize,
    ) {
        let (base, _) = generate(seed, size);
        let (ours, theirs) = (session(&base, &ours), session(&base, &theirs));
        let mut notebook = merged(&base, &ours, &theirs).into_notebook();
        let take = [None, Some(Side::Ours), Some(Side::Theirs)][take];
        let all: Vec<_> = notebook.conflicts().keys().copied().collect();
        for id in all {
            let before = notebook.clone();
            match apply(&mut notebook, &settle_all([id], take)) {
                Ok(applied) => {
                    prop_assert!(!notebook.conflicts().contains_key(&id));
                    prop_assert_eq!(problems(&notebook), Vec::<String>::new());
                    let after = notebook.clone();
                    let again = applied.step.take_back(&mut notebook);
                    prop_assert!(notebook == before);
                    let _ = again.take_back(&mut notebook);
                    prop_assert!(notebook == after);
                }
                Err(why) => {
                    // What others' settling made impossible is said, and nothing is changed.
                    prop_assert!(notebook == before, "{why}");
                    prop_assert!(take.is_some(), "{why}");
                    prop_assert!(apply(&mut notebook, &settle_all([id], None)).is_ok());
                }
            }
        }
        prop_assert!(notebook.conflicts().is_empty());
    }
}
