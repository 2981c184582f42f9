//! Renaming: nothing is lost, nothing is broken, and it can be taken back.

use proptest::prelude::*;

use super::*;
use crate::notebook::check;
use crate::notebook::generate::{Size, generate};

const SIZE: Size = Size { articles: 2, text: 1500, entities: 14, mentions: 40, links: 14 };

/// Every id becomes a fresh one.
fn all_fresh(notebook: &Notebook) -> Renaming {
    let mut map = Renaming::default();
    notebook.articles().keys().for_each(|id| map.articles.set(*id, ArticleId::random()));
    notebook.entities().keys().for_each(|id| map.entities.set(*id, EntityId::random()));
    notebook.mentions().keys().for_each(|id| map.mentions.set(*id, MentionId::random()));
    notebook.links().keys().for_each(|id| map.links.set(*id, LinkId::random()));
    notebook.groups().keys().for_each(|id| map.groups.set(*id, GroupId::random()));
    notebook.cards().keys().for_each(|id| map.cards.set(*id, CardId::random()));
    notebook.views().keys().for_each(|id| map.views.set(*id, ViewId::random()));
    notebook.waivers().keys().for_each(|id| map.waivers.set(*id, WaiverId::random()));
    notebook.set_aside().keys().for_each(|id| map.set_aside.set(*id, SetAsideId::random()));
    notebook.matrices().keys().for_each(|id| map.matrices.set(*id, MatrixId::random()));
    map
}

fn back(map: &Renaming, notebook: &Notebook) -> Renaming {
    let mut back = Renaming::default();
    notebook.articles().keys().for_each(|id| back.articles.set(map.articles.of(*id), *id));
    notebook.entities().keys().for_each(|id| back.entities.set(map.entities.of(*id), *id));
    notebook.mentions().keys().for_each(|id| back.mentions.set(map.mentions.of(*id), *id));
    notebook.links().keys().for_each(|id| back.links.set(map.links.of(*id), *id));
    notebook.groups().keys().for_each(|id| back.groups.set(map.groups.of(*id), *id));
    notebook.cards().keys().for_each(|id| back.cards.set(map.cards.of(*id), *id));
    notebook.views().keys().for_each(|id| back.views.set(map.views.of(*id), *id));
    notebook.waivers().keys().for_each(|id| back.waivers.set(map.waivers.of(*id), *id));
    notebook.set_aside().keys().for_each(|id| back.set_aside.set(map.set_aside.of(*id), *id));
    notebook.matrices().keys().for_each(|id| back.matrices.set(map.matrices.of(*id), *id));
    back
}

fn counts(notebook: &Notebook) -> [usize; 11] {
    [
        notebook.articles().len(),
        notebook.entities().len(),
        notebook.mentions().len(),
        notebook.links().len(),
        notebook.nodes().len(),
        notebook.groups().len(),
        notebook.cards().len(),
        notebook.views().len(),
        notebook.waivers().len(),
        notebook.set_aside().len(),
        notebook.matrices().len(),
    ]
}

proptest! {
    #[test]
    fn without_a_name_to_change_it_is_the_same(seed in any::<u64>()) {
        let (notebook, _) = generate(seed, SIZE);
        let copy = Renaming::default().apply(&notebook, &|| false).expect("not stopped");
        prop_assert_eq!(copy, notebook);
    }

    #[test]
    fn other_ids_can_be_taken_back_and_break_nothing(seed in any::<u64>()) {
        let (notebook, _) = generate(seed, SIZE);
        let map = all_fresh(&notebook);
        let copy = map.apply(&notebook, &|| false).expect("not stopped");
        prop_assert_eq!(check(&copy).len(), check(&notebook).len(), "{:?}", check(&copy));
        let shared = notebook.entities().keys().any(|id| copy.entities().contains_key(id));
        prop_assert!(!shared);
        let again = back(&map, &notebook).apply(&copy, &|| false).expect("not stopped");
        prop_assert_eq!(again, notebook);
    }

    /// Two that would become one stay two: nothing is lost, whatever is asked for.
    #[test]
    fn no_record_is_lost(seed in any::<u64>(), few in 1_u64..4) {
        let (notebook, _) = generate(seed, SIZE);
        let mut map = Renaming::default();
        for id in notebook.entities().keys() {
            // Onto a few ids, one of which another entity has.
            let first = notebook.entities().keys().next().map_or(0, |id| id.bits());
            map.entities.set(*id, EntityId::from_bits(first + id.bits() % few));
        }
        for id in notebook.links().keys() {
            map.links.set(*id, LinkId::from_bits(id.bits() % few));
        }
        for id in notebook.mentions().keys().take(5) {
            let last = notebook.mentions().keys().next_back().copied();
            map.mentions.set(*id, last.unwrap_or(*id));
        }
        let copy = map.apply(&notebook, &|| false).expect("not stopped");
        prop_assert_eq!(counts(&copy), counts(&notebook));
        prop_assert_eq!(check(&copy).len(), check(&notebook).len(), "{:?}", check(&copy));
    }
}

#[test]
fn it_stops_when_told_to() {
    let (notebook, _) = generate(1, SIZE);
    assert!(Renaming::default().apply(&notebook, &|| true).is_none());
}
