//! What stands on the canvas beside the entities: groups and note cards.

use std::collections::HashSet;

use super::case::{CaseCard, CaseGroup, short};
use super::planner::{Makes, Planner};
use crate::edit::{CardFields, Created, Edit, GroupFields, Ref};
use crate::notebook::EntityId;

impl Planner<'_> {
    /// The groups. Who is in a group of the notebook stays there.
    pub(super) fn groups(&mut self, all: &[CaseGroup]) {
        let mut grouped: HashSet<EntityId> =
            self.notebook.groups().values().flat_map(|group| group.members.clone()).collect();
        for case in all.iter().filter(|case| !self.notebook.groups().contains_key(&case.id)) {
            let of = format!("the group “{}”", short(&case.title));
            let mut members = Vec::new();
            for id in &case.members {
                let Some((member, _)) = self.entities.get(id).copied() else { continue };
                if grouped.insert(member) {
                    members.push(Ref::Id(member));
                } else {
                    let name = self.notebook.entity(member).map_or("", |entity| &entity.name);
                    let name = short(name);
                    self.missed.say(format!("{of}: “{name}” is in another group already"));
                }
            }
            let with = GroupFields {
                title: Some(case.title.clone()),
                members: Some(members),
                ..GroupFields::default()
            };
            let edit = Edit::AddGroup { handle: String::new(), with };
            let edit = Edit::Under(Created::Group(case.id), Box::new(edit));
            self.task(edit, Makes::Nothing, of);
        }
    }

    pub(super) fn cards(&mut self, all: &[CaseCard]) {
        for case in all.iter().filter(|case| !self.notebook.cards().contains_key(&case.id)) {
            let with = CardFields {
                text: Some(case.text.clone()),
                at: case.frame.map(|(at, _)| at),
                size: case.frame.map(|(_, size)| size),
                hue: None,
            };
            let edit = Edit::AddCard { handle: String::new(), with };
            let edit = Edit::Under(Created::Card(case.id), Box::new(edit));
            self.task(edit, Makes::Nothing, format!("the note card “{}”", short(&case.text)));
        }
    }
}
