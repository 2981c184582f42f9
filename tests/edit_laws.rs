//! Laws that every edit keeps, whatever the notebook and whatever is asked of it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

mod common;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use casebook::edit::{Created, Edit, History, HistoryEvent, How, Ref, apply};
use casebook::inquiry::sources::{AllSources, WhatIf};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{
    Detail, EntityId, Evidence, Kind, MentionId, Notebook, Place, Polarity, Role, Target,
    ViewState, check,
};
use casebook::{recovery, storage};
use common::{Dice, SORTS, edit};
use proptest::prelude::*;

fn sizes() -> impl Strategy<Value = Size> {
    (1..4_usize, 20..1500_usize, 0..25_usize, 0..40_usize, 0..20_usize).prop_map(
        |(articles, text, entities, mentions, links)| Size {
            articles,
            text,
            entities,
            mentions,
            links,
        },
    )
}

const MEDIUM: Size = Size { articles: 3, text: 1500, entities: 20, mentions: 40, links: 15 };

/// What is wrong with a notebook, other than words that were lost before any edit.
fn problems(notebook: &Notebook) -> Vec<String> {
    check(notebook)
        .into_iter()
        .filter(|problem| !problem.what.starts_with("orphan"))
        .map(|problem| problem.to_string())
        .collect()
}

/// The notebook's indexes against a count of everything.
fn indexes_hold(notebook: &Notebook, dice: &mut Dice) {
    for kind in Kind::ALL {
        let count = notebook.entities().values().filter(|e| e.kind() == kind).count();
        assert_eq!(notebook.count(kind), count, "{kind:?}");
    }
    for entity in notebook.entities().keys() {
        let mut mentions: Vec<_> = notebook
            .mentions()
            .iter()
            .filter(|(_, m)| m.entity == *entity)
            .map(|(id, m)| {
                let start = m.anchor.range().map_or(usize::MAX, |range| range.start);
                (m.anchor.article, start, *id)
            })
            .collect();
        mentions.sort_unstable();
        let mentions: Vec<MentionId> = mentions.into_iter().map(|m| m.2).collect();
        assert_eq!(notebook.mentions_of(*entity).collect::<Vec<_>>(), mentions);
        assert_eq!(notebook.mention_count_of(*entity), mentions.len());
        let links: BTreeSet<_> = notebook
            .links()
            .iter()
            .filter(|(_, l)| l.from == *entity || l.to == Target::Entity(*entity))
            .map(|(id, _)| *id)
            .collect();
        assert_eq!(notebook.links_of(*entity).collect::<Vec<_>>(), Vec::from_iter(links));
    }
    for (article, record) in notebook.articles() {
        let mut placed: Vec<(usize, Reverse<usize>, MentionId)> = Vec::new();
        let mut orphans = Vec::new();
        for (id, mention) in notebook.mentions() {
            match (mention.anchor.article == *article, &mention.anchor.place) {
                (true, Place::At { start, end }) => placed.push((*start, Reverse(*end), *id)),
                (true, Place::Orphan(_)) => orphans.push(*id),
                _ => {}
            }
        }
        placed.sort_unstable();
        let order: Vec<_> = placed.iter().map(|spot| spot.2).chain(orphans).collect();
        assert_eq!(notebook.mentions_in(*article).collect::<Vec<_>>(), order);
        assert_eq!(notebook.mention_count_in(*article), order.len());
        for _ in 0..6 {
            let from = dice.below(record.text.len() + 1);
            let to = from + dice.below(40);
            let touching: Vec<_> = placed
                .iter()
                .filter(|(start, Reverse(end), _)| {
                    if from == to {
                        *start <= from && *end >= from
                    } else {
                        *start < to && *end > from
                    }
                })
                .map(|spot| spot.2)
                .collect();
            assert_eq!(notebook.mentions_touching(*article, from..to), touching, "{from}..{to}");
            let after = placed.iter().find(|spot| spot.0 >= from).map(|spot| spot.2);
            let before = placed.iter().rev().find(|spot| spot.0 < from).map(|spot| spot.2);
            assert_eq!(notebook.mentions_around(*article, from), (after, before), "{from}");
        }
    }
}

/// The derived links against a reading of every statement, participant and “about”.
fn derived_links_hold(notebook: &Notebook) {
    let mut expected: BTreeMap<(EntityId, String, EntityId), BTreeSet<MentionId>> = BTreeMap::new();
    for (id, mention) in notebook.mentions() {
        let Some(statement) = &mention.statement else { continue };
        let article = notebook.article(mention.anchor.article).unwrap();
        let mut way: Vec<EntityId> = article.about.publisher.into_iter().collect();
        for hop in &statement.chain {
            if way.last() != Some(&hop.actor) {
                way.push(hop.actor);
            }
        }
        let says = if statement.polarity == Polarity::Affirms { "says" } else { "denies" };
        let mut step = |from, what: &str, to| {
            expected.entry((from, what.to_owned(), to)).or_default().insert(*id);
        };
        for i in 1..way.len() {
            step(way[i - 1], "cites", way[i]);
        }
        if let Some(last) = way.last() {
            step(*last, says, mention.entity);
        }
    }
    for (id, entity) in notebook.entities() {
        let mentions: BTreeSet<MentionId> = notebook.mentions_of(*id).collect();
        match &entity.detail {
            Detail::Actor(_) => {}
            Detail::Event(event) => {
                for one in &event.participants {
                    let role = match one.role {
                        Role::Agent => "agent",
                        Role::Patient => "patient",
                        Role::Organiser => "organiser",
                        Role::Involved => "involved",
                    };
                    expected.insert((one.actor, role.to_owned(), *id), mentions.clone());
                }
            }
            Detail::Claim(claim) => {
                for about in claim.about.iter().filter(|about| *about != id) {
                    expected.insert((*id, "about".to_owned(), *about), mentions.clone());
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    for (id, link) in notebook.derived_links() {
        let mentions = link.evidence.iter().map(|evidence| match evidence {
            Evidence::Mention(id) => *id,
            Evidence::Quote(_) => panic!("a derived link quotes"),
        });
        let key = (link.from, link.relation.0.clone(), link.to_entity().unwrap());
        assert!(id.is_derived());
        assert!(notebook.derived_links_of(link.from).any(|one| one == id));
        assert!(notebook.derived_links_of(key.2).any(|one| one == id));
        assert!(notebook.derived_twin(link) == Some(id));
        found.insert(key, mentions.collect::<BTreeSet<_>>());
    }
    assert_eq!(found, expected);
    for entity in notebook.entities().keys() {
        assert!(notebook.derived_links_of(*entity).all(|id| notebook.any_link(id).is_some()));
    }
}

/// Nothing in the notebook's file names this id any more, but conflicts: they outlive what they are about.
fn is_gone(notebook: &Notebook, id: impl ToString) {
    let source = storage::render(notebook, &ViewState::default());
    let id = id.to_string();
    let mut lines = source.lines().filter(|line| !line.starts_with("\"c"));
    let line = lines.find(|line| line.contains(&id));
    assert_eq!(line, None, "{id} is still named");
}

/// What one edit promises beyond what all promise.
fn keeps_its_promise(edit: &Edit, before: &Notebook, after: &Notebook) {
    match edit {
        Edit::DeleteEntity { entity: Ref::Id(id) } => {
            is_gone(after, id);
            let mentions: BTreeSet<_> = before.mentions_of(*id).collect();
            let left: BTreeSet<_> = after.mentions().keys().copied().collect();
            assert!(mentions.is_disjoint(&left));
            assert_eq!(mentions.len() + left.len(), before.mentions().len());
        }
        Edit::RemoveArticle { article: Ref::Id(id) } => is_gone(after, id),
        Edit::Untag { mention: Ref::Id(id) } => {
            is_gone(after, id);
            // Evidence keeps the words it had.
            let words = |notebook: &Notebook| -> Vec<Vec<String>> {
                let of = |evidence: &Evidence| {
                    let anchor = notebook.evidence_anchor(evidence).unwrap();
                    notebook.words(anchor).to_owned()
                };
                notebook
                    .links()
                    .values()
                    .map(|link| {
                        let mut words: Vec<_> = link.evidence.iter().map(of).collect();
                        words.dedup();
                        words
                    })
                    .collect()
            };
            assert_eq!(words(before), words(after));
        }
        Edit::DeleteLink { link: Ref::Id(id) } => is_gone(after, id),
        Edit::Merge { from: Ref::Id(from), into, .. } => {
            is_gone(after, from);
            assert!(before.mentions().keys().eq(after.mentions().keys()), "every mention is kept");
            assert!(before.links().keys().eq(after.links().keys()), "every link is kept");
            for (id, mention) in before.mentions() {
                let now = after.mention(*id).unwrap();
                assert_eq!(now.anchor, mention.anchor);
                if let (true, Ref::Id(into)) = (mention.entity == *from, into) {
                    assert_eq!(now.entity, *into);
                }
            }
            if let Ref::Id(into) = into {
                let refers = after.entity(*into).unwrap().refers_to();
                let was = before.entity(*into).unwrap().refers_to().contains(into);
                assert!(was || !refers.contains(into), "a merged entity refers to itself");
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_sources_of_claims_follow_every_edit(
        seed: u64,
        size in sizes(),
        throws in prop::collection::vec((0..SORTS, any::<u64>()), 1..12),
    ) {
        let (mut notebook, _) = generate(seed, size);
        let none = WhatIf::default();
        let mut known = AllSources::new(&notebook, &none, &|| false).unwrap();
        for (sort, throw) in throws {
            let mut dice = Dice(throw);
            let edit = edit(&mut dice, &notebook, sort, true);
            if apply(&mut notebook, &edit).is_ok() {
                known = known.updated(&notebook, &none, &|| false).unwrap();
                let anew = AllSources::new(&notebook, &none, &|| false).unwrap();
                prop_assert!(known.iter().eq(anew.iter()), "{edit:?}");
            }
        }
    }

    #[test]
    fn an_edit_is_all_or_nothing_and_can_be_taken_back(
        seed: u64,
        size in sizes(),
        throws in prop::collection::vec((0..SORTS, any::<u64>()), 1..24),
    ) {
        let (mut notebook, desk) = generate(seed, size);
        let first = notebook.clone();
        let mut history = History::default();
        let mut states = vec![first.clone()];
        let mut labels = Vec::new();
        for (sort, throw) in throws {
            let mut dice = Dice(throw);
            let edit = edit(&mut dice, &notebook, sort, true);
            let before = notebook.clone();
            match apply(&mut notebook, &edit) {
                Err(refusal) => {
                    prop_assert!(notebook == before, "refused ({refusal}), yet changed: {edit:?}");
                    prop_assert!(!refusal.to_string().is_empty());
                    indexes_hold(&notebook, &mut dice);
                    derived_links_hold(&notebook);
                }
                Ok(applied) => {
                    prop_assert_eq!(problems(&notebook), Vec::<String>::new(), "{:?}", edit);
                    // Edits of one list can cancel each other out; one alone that changes nothing is no step.
                    let same = notebook == before;
                    let one = !matches!(edit, Edit::Batch(..) | Edit::Place(_));
                    prop_assert!(same || !applied.step.is_empty(), "{edit:?}");
                    prop_assert!(!(one && same) || applied.step.is_empty(), "{edit:?}");
                    indexes_hold(&notebook, &mut dice);
                    derived_links_hold(&notebook);
                    keeps_its_promise(&edit, &before, &notebook);
                    let after = notebook.clone();
                    let again = applied.step.take_back(&mut notebook);
                    prop_assert!(notebook == before, "not taken back: {edit:?}");
                    indexes_hold(&notebook, &mut dice);
                    derived_links_hold(&notebook);
                    let step = again.take_back(&mut notebook);
                    prop_assert!(notebook == after, "not done again: {edit:?}");
                    if !step.is_empty() {
                        labels.push(step.label().to_owned());
                        states.push(after);
                    }
                    history.push(step);
                }
            }
        }
        let last = notebook.clone();
        prop_assert_eq!(history.len(), labels.len());
        for (label, state) in labels.iter().zip(&states).rev() {
            prop_assert_eq!(history.undo_label(), Some(label.as_str()));
            prop_assert_eq!(history.undo(&mut notebook), Some(label.clone()));
            prop_assert!(notebook == *state);
        }
        prop_assert_eq!(history.undo(&mut notebook), None);
        prop_assert!(notebook == first);
        for (label, state) in labels.iter().zip(&states[1..]) {
            prop_assert_eq!(history.redo(&mut notebook), Some(label.clone()));
            prop_assert!(notebook == *state);
        }
        prop_assert_eq!(history.redo(&mut notebook), None);
        prop_assert!(notebook == last);

        let source = storage::render(&notebook, &desk);
        let (again, desk_again, _) = storage::parse(&source).expect("reads back");
        prop_assert!(again == notebook);
        prop_assert_eq!(storage::render(&again, &desk_again), source);
        indexes_hold(&again, &mut Dice(seed));
        derived_links_hold(&again);
    }

    /// What was done, undone and done again, told by a journal and read back from its bytes, makes the same notebook
    /// with the same steps to undo and redo.
    #[test]
    fn a_journal_makes_the_notebook_again_with_its_history(
        seed: u64,
        size in sizes(),
        throws in prop::collection::vec((0..SORTS + 6, any::<u64>()), 1..40),
        saved_after in 0..40_usize,
    ) {
        let (base, _) = generate(seed, size);
        let (mut base, mut notebook) = (base.clone(), base);
        let (mut history, mut events) = (History::default(), Vec::new());
        for (i, (sort, throw)) in throws.into_iter().enumerate() {
            if i == saved_after {
                // A journal that begins in the middle: what is undone now was done before it.
                (base, events) = (notebook.clone(), Vec::new());
            }
            let how = match sort.checked_sub(SORTS) {
                Some(n) if n < 4 => How::Undo,
                Some(_) => How::Redo,
                // Typing goes on only right after it began; undo and saving end it.
                None if throw % 5 == 0 && typing(&events) => How::Join,
                None => How::Step,
            };
            if let Some(deed) = history.next(how) {
                events.push((i as i64, deed));
            }
            match how {
                How::Undo => { history.undo(&mut notebook); }
                How::Redo => { history.redo(&mut notebook); }
                How::Step | How::Join => {
                    let edit = edit(&mut Dice(throw), &notebook, sort, false);
                    let Ok(applied) = apply(&mut notebook, &edit) else { continue };
                    if applied.step.is_empty() {
                        continue;
                    }
                    let label = applied.step.label().to_owned();
                    events.push((i as i64, HistoryEvent { how, label, changes: applied.made }));
                    if how == How::Join { history.join(applied.step) } else { history.push(applied.step) }
                }
            }
        }
        let about = recovery::About {
            notebook: None,
            name: "law".to_owned(),
            began: 0,
            base: recovery::Base::Inside,
        };
        let bytes = recovery::write(&about, None, &base, &events).unwrap();
        let read = recovery::read(&bytes[..], bytes.len() as u64).unwrap();
        let (told, lost) = read.events(&base);
        prop_assert_eq!(lost, None);
        prop_assert_eq!(&told, &events);
        let mut again = base.clone();
        let mut recovered = recovery::replay(&mut again, &told);
        prop_assert!(again == notebook);
        prop_assert_eq!(problems(&again), problems(&notebook));
        indexes_hold(&again, &mut Dice(seed));
        derived_links_hold(&again);
        // Back through everything the journal knows, and forth again.
        while let Some(label) = recovered.undo(&mut again) {
            prop_assert_eq!(history.undo(&mut notebook), Some(label));
            prop_assert!(again == notebook);
        }
        while let Some(label) = recovered.redo(&mut again) {
            prop_assert_eq!(history.redo(&mut notebook), Some(label));
            prop_assert!(again == notebook);
        }
    }

    #[test]
    fn a_list_does_all_its_edits_or_none(
        seed: u64,
        throws in prop::collection::vec((0..SORTS, any::<u64>()), 1..8),
        bad in 0..8_usize,
    ) {
        let (mut notebook, _) = generate(seed, MEDIUM);
        let before = notebook.clone();
        let mut good = Vec::new();
        for (sort, throw) in throws {
            let edit = edit(&mut Dice(throw), &notebook, sort, false);
            // Ids are random: an edit that names what an earlier one made is not repeated with the same ids.
            if apply(&mut notebook, &edit).is_ok() {
                good.push(edit);
            }
        }
        let mut alone = before.clone();
        if apply(&mut alone, &Edit::Batch("all".to_owned(), good.clone())).is_ok() {
            prop_assert_eq!(problems(&alone), Vec::<String>::new());
        } else {
            prop_assert!(alone == before);
        }
        let mut spoilt = good;
        let nobody = Ref::Name("nobody at all".to_owned());
        spoilt.insert(bad.min(spoilt.len()), Edit::DeleteEntity { entity: nobody });
        let mut alone = before.clone();
        prop_assert!(apply(&mut alone, &Edit::Batch("none".to_owned(), spoilt)).is_err());
        prop_assert!(alone == before);
    }
}

fn typing(events: &[(i64, HistoryEvent)]) -> bool {
    events.last().is_some_and(|(_, deed)| matches!(deed.how, How::Step | How::Join))
}

/// The laws above say nothing unless every sort of edit is both carried out and refused.
#[test]
fn the_thrown_edits_are_of_every_sort_and_both_sound_and_unsound() {
    let (mut done, mut refused) = ([0; SORTS], [0; SORTS]);
    for seed in 0..12 {
        let (mut notebook, _) = generate(seed, MEDIUM);
        if seed % 2 == 0 {
            let mut fresh = (0..9).map(|throw| edit(&mut Dice(throw), &notebook, 1, false));
            let mut with_one_more = notebook.clone();
            assert!(fresh.any(|edit| apply(&mut with_one_more, &edit).is_ok()));
            notebook = with_one_more;
        }
        for sort in 0..SORTS {
            for throw in 0..40_u64 {
                let mut dice = Dice(seed << 32 | (sort as u64) << 8 | throw);
                let edit = edit(&mut dice, &notebook, sort, true);
                let which = if let Ok(applied) = apply(&mut notebook, &edit) {
                    drop(applied.step.take_back(&mut notebook));
                    &mut done
                } else {
                    &mut refused
                };
                which[sort] += 1;
            }
        }
    }
    for sort in 0..SORTS {
        assert!(done[sort] > 20, "sort {sort} is carried out only {} times", done[sort]);
        // A title can be anything.
        assert!(
            sort == 0 || refused[sort] > 5,
            "sort {sort} is refused only {} times",
            refused[sort]
        );
    }
}

#[test]
fn what_an_edit_made_is_told_in_order() {
    let (mut notebook, _) = generate(9, MEDIUM);
    let id = *notebook.articles().keys().next().unwrap();
    let mut dice = Dice(4);
    for sort in [5, 9, 13, 16, 25, 26, 29, 32, 37, 39, 41] {
        for _ in 0..30 {
            let edit = edit(&mut dice, &notebook, sort, false);
            let Ok(applied) = apply(&mut notebook, &edit) else { continue };
            assert_eq!(applied.created.len(), 1, "{edit:?}");
            match applied.created[0] {
                Created::Entity(id) => assert!(sort != 9 && notebook.entity(id).is_some()),
                Created::Mention(id) => assert!(sort == 9 && notebook.mention(id).is_some()),
                Created::Link(id) => {
                    assert!([16, 25].contains(&sort) && notebook.link(id).is_some());
                }
                Created::Group(id) => assert!(notebook.groups().contains_key(&id)),
                Created::Card(id) => assert!(notebook.cards().contains_key(&id)),
                Created::View(id) => assert!(notebook.views().contains_key(&id)),
                Created::Waiver(id) => assert!(notebook.waivers().contains_key(&id)),
                Created::SetAside(id) => assert!(notebook.set_aside().contains_key(&id)),
                Created::Matrix(id) => assert!(notebook.matrices().contains_key(&id)),
                Created::Article(_) => panic!("no article was added"),
            }
        }
    }
    assert!(notebook.article(id).is_some());
}
