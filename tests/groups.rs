//! Groups in every arrangement: whoever is in one keeps together, and its frame covers nobody else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::collections::{BTreeMap, BTreeSet};

use casebook::app::{Command, Intent, PrefsFile, Program, Selection, SessionIntent};
use casebook::edit::{CardFields, Edit, GroupFields, Ref};
use casebook::graph::{Point, Random, Rect, box_size, frame_around, node_size};
use casebook::notebook::generate::{Size, generate};
use casebook::notebook::{EntityId, Group, Notebook};
use casebook::storage::{self, Expected};
use proptest::prelude::*;

#[path = "common/program.rs"]
mod program;

use program::go;

fn notebook(program: &Program) -> &Notebook {
    program.open_notebook().unwrap().notebook()
}

fn rect_of(notebook: &Notebook, id: EntityId) -> Option<Rect> {
    let node = notebook.nodes().get(&id)?;
    let kind = notebook.entity(id).unwrap().kind();
    Some(Rect::around(Point::new(node.x, node.y), node_size(Some(kind), notebook.name(id))))
}

fn frame_of(notebook: &Notebook, group: &Group) -> Rect {
    let members = group.members.iter().filter_map(|id| rect_of(notebook, *id));
    let all = members.fold(Rect::NOTHING, Rect::union);
    if group.collapsed {
        return Rect::around(all.centre(), box_size(&group.title));
    }
    frame_around(all)
}

/// What stands where it may not, in words.
fn covered(notebook: &Notebook) -> Vec<String> {
    let mut found = Vec::new();
    let pinned = |group: &Group| {
        group.members.iter().any(|id| notebook.nodes().get(id).is_some_and(|node| node.pinned))
    };
    let groups: Vec<(&Group, Rect)> = notebook
        .groups()
        .values()
        .filter(|group| !pinned(group))
        .map(|group| (&**group, frame_of(notebook, group)))
        .collect();
    let inside: BTreeSet<EntityId> =
        notebook.groups().values().flat_map(|group| group.members.iter().copied()).collect();
    for (n, (group, frame)) in groups.iter().enumerate() {
        for (id, node) in notebook.nodes() {
            // What is pinned may be anywhere; so may a group with somebody pinned.
            if node.pinned || inside.contains(id) {
                continue;
            }
            if rect_of(notebook, *id).unwrap().overlaps(*frame) {
                found.push(format!("“{}” covers {}", group.title, notebook.name(*id)));
            }
        }
        for (other, their) in &groups[n + 1..] {
            if frame.overlaps(*their) {
                found.push(format!("“{}” covers “{}”", group.title, other.title));
            }
        }
        for card in notebook.cards().values() {
            let card =
                Rect::around(Point::new(card.x, card.y), Point::new(card.width, card.height));
            if card.overlaps(*frame) {
                found.push(format!("“{}” covers a card", group.title));
            }
        }
    }
    found
}

/// A notebook on the canvas, with groups, note cards and pins.
fn made(seed: u64, groups: usize, pins: usize) -> Program {
    let (made, desk) =
        generate(seed, Size { articles: 1, text: 2000, entities: 34, mentions: 40, links: 40 });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("n.ron");
    storage::save(&path, &made, &desk, &Expected::New, &|| false).unwrap();
    let mut program = Program::new(PrefsFile::none());
    go(&mut program, Intent::Session(SessionIntent::OpenPath(path)));
    let mut random = Random::new(seed);
    let mut ids: Vec<EntityId> = notebook(&program).nodes().keys().copied().collect();
    assert!(ids.len() >= 20, "{} of them on the canvas", ids.len());
    let old: Vec<Ref<_>> = notebook(&program).groups().keys().map(|id| Ref::Id(*id)).collect();
    let mut edits: Vec<Edit> = old.into_iter().map(|group| Edit::DeleteGroup { group }).collect();
    random.shuffle(&mut ids);
    for n in 0..groups {
        let size = 1 + (random.unit() * 7.0) as usize;
        let members: Vec<Ref<EntityId>> =
            ids.split_off(ids.len().saturating_sub(size)).into_iter().map(Ref::Id).collect();
        if members.is_empty() {
            break;
        }
        let with = GroupFields {
            title: Some(format!("Group {n}")),
            members: Some(members),
            collapsed: Some(n % 4 == 3),
            ..GroupFields::default()
        };
        edits.push(Edit::AddGroup { handle: String::new(), with });
    }
    for n in 0..2 {
        let at = Some((n as f32 * 300.0, random.unit() * 400.0));
        let with = CardFields { text: Some("A card".to_owned()), at, ..CardFields::default() };
        edits.push(Edit::AddCard { handle: String::new(), with });
    }
    let all: Vec<EntityId> = notebook(&program).nodes().keys().copied().collect();
    let pinned: Vec<Ref<EntityId>> =
        (0..pins).map(|_| Ref::Id(all[(random.unit() * all.len() as f32) as usize])).collect();
    edits.push(Edit::Pin { entities: all.iter().copied().map(Ref::Id).collect(), pinned: false });
    edits.push(Edit::Pin { entities: pinned, pinned: true });
    go(&mut program, Intent::Session(SessionIntent::Edit(Edit::Batch("groups".to_owned(), edits))));
    program
}

const ALL: [Command; 4] =
    [Command::Arrange, Command::ArrangeLayered, Command::ArrangeCircular, Command::ArrangeGrid];

fn places(notebook: &Notebook, pinned: bool) -> BTreeMap<EntityId, (u32, u32)> {
    let nodes = notebook.nodes().iter().filter(|(_, node)| !pinned || node.pinned);
    nodes.map(|(id, node)| (*id, (node.x.to_bits(), node.y.to_bits()))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    #[test]
    fn a_frame_covers_nobody_else_however_the_canvas_is_arranged(
        seed in any::<u64>(), groups in 1_usize..6, pins in prop_oneof![Just(0_usize), 1_usize..5],
    ) {
        let mut program = made(seed, groups, pins);
        for command in ALL {
            let fixed = places(notebook(&program), true);
            go(&mut program, Intent::Run(command));
            go(&mut program, Intent::Run(Command::KeepArrangement));
            let found = covered(notebook(&program));
            prop_assert!(found.is_empty(), "{command:?}: {found:?}");
            prop_assert_eq!(&places(notebook(&program), true), &fixed, "{:?} moved a pin", command);
        }
    }
}

#[test]
fn a_selected_group_is_arranged_whole_and_a_part_of_one_like_any_entities() {
    let mut program = made(11, 3, 0);
    go(&mut program, Intent::Run(Command::Arrange));
    go(&mut program, Intent::Run(Command::KeepArrangement));
    let groups: Vec<Group> =
        notebook(&program).groups().values().map(|group| (**group).clone()).collect();
    let alone: BTreeSet<EntityId> = notebook(&program)
        .nodes()
        .keys()
        .filter(|id| !groups.iter().any(|group| group.members.contains(id)))
        .copied()
        .take(6)
        .collect();
    let group = groups.iter().max_by_key(|group| group.members.len()).unwrap();
    let entities: BTreeSet<EntityId> = group.members.union(&alone).copied().collect();
    let before = places(notebook(&program), false);
    go(&mut program, Intent::Select(Selection { entities: entities.clone(), ..Selection::none() }));
    for command in [Command::ArrangeSelectionLayered, Command::ArrangeSelection] {
        go(&mut program, Intent::Run(command));
        go(&mut program, Intent::Run(Command::KeepArrangement));
        assert_eq!(covered(notebook(&program)), Vec::<String>::new(), "{command:?}");
    }
    for (id, at) in places(notebook(&program), false) {
        assert!(entities.contains(&id) || before[&id] == at, "the others stay");
    }
}

#[test]
fn who_is_not_pinned_gathers_around_a_member_who_is() {
    let mut program = made(5, 3, 0);
    let group = notebook(&program)
        .groups()
        .values()
        .filter(|group| !group.collapsed)
        .max_by_key(|group| group.members.len())
        .map(|group| (**group).clone())
        .unwrap();
    assert!(group.members.len() > 2);
    let first = *group.members.first().unwrap();
    let far = vec![(Ref::Id(first), 9000.25, -7000.5)];
    go(&mut program, Intent::Session(SessionIntent::Edit(Edit::Place(far))));
    go(
        &mut program,
        Intent::Session(SessionIntent::Edit(Edit::Pin {
            entities: vec![Ref::Id(first)],
            pinned: true,
        })),
    );
    for command in ALL {
        go(&mut program, Intent::Run(command));
        go(&mut program, Intent::Run(Command::KeepArrangement));
        let frame = frame_of(notebook(&program), &group);
        let size = frame.size();
        assert!(size.x.max(size.y) < 2500.0, "{command:?}: {frame:?}");
        let node = notebook(&program).nodes()[&first];
        assert_eq!((node.x, node.y), (9000.25, -7000.5));
    }
}

#[test]
fn a_new_groups_frame_holds_nobody_else_and_ctrl_z_takes_all_of_it_back() {
    let mut program = made(7, 0, 4);
    go(&mut program, Intent::Run(Command::Arrange));
    go(&mut program, Intent::Run(Command::KeepArrangement));
    let ids: Vec<EntityId> = notebook(&program).nodes().keys().copied().collect();
    for take in [2, 5, 9] {
        let before = places(notebook(&program), false);
        // Some from all over the canvas: others lie between them.
        let entities: BTreeSet<EntityId> =
            ids.iter().step_by(ids.len() / take).copied().take(take).collect();
        go(
            &mut program,
            Intent::Select(Selection { entities: entities.clone(), ..Selection::none() }),
        );
        go(&mut program, Intent::Run(Command::GroupSelection));
        let group = notebook(&program).groups().values().next().unwrap();
        assert_eq!(group.members, entities);
        let frame = frame_of(notebook(&program), group);
        let inside: Vec<&str> = ids
            .iter()
            .filter(|id| !entities.contains(id) && !notebook(&program).nodes()[*id].pinned)
            .filter(|id| rect_of(notebook(&program), **id).unwrap().overlaps(frame))
            .map(|id| notebook(&program).name(*id))
            .collect();
        assert_eq!(inside, Vec::<&str>::new(), "{take}");
        go(&mut program, Intent::Run(Command::Undo));
        assert!(notebook(&program).groups().is_empty());
        assert_eq!(places(notebook(&program), false), before, "one step");
    }
}
