//! Edits of what stands on the canvas beside entities and links: groups and note cards.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::apply::{Draft, short};
use super::entities::FARTHEST;
use super::{CardFields, Created, GroupFields, Ref, Refusal};
use crate::notebook::{Card, CardId, Change, EntityId, Group, GroupId};

/// The width and height of a new note card, in canvas units.
pub const CARD_SIZE: (f32, f32) = (220.0, 120.0);

impl Draft<'_> {
    pub(super) fn add_group(
        &mut self,
        handle: &str,
        with: &GroupFields,
    ) -> Result<String, Refusal> {
        let id = self.new_group_id();
        let mut group = Group::default();
        self.fill_group(&mut group, with)?;
        let label = format!("Group {}", self.group_words(&group));
        self.put_group(id, group)?;
        self.give_handle(handle, Created::Group(id))?;
        Ok(label)
    }

    pub(super) fn set_group(
        &mut self,
        group: &Ref<GroupId>,
        with: &GroupFields,
    ) -> Result<String, Refusal> {
        let (id, mut group) = self.group(group)?;
        let was_collapsed = group.collapsed;
        self.fill_group(&mut group, with)?;
        let verb = match (was_collapsed, group.collapsed) {
            (false, true) => "Fold",
            (true, false) => "Unfold",
            _ => "Change",
        };
        let label = format!("{verb} the group {}", self.group_words(&group));
        self.put_group(id, group)?;
        Ok(label)
    }

    pub(super) fn delete_group(&mut self, group: &Ref<GroupId>) -> Result<String, Refusal> {
        let (id, group) = self.group(group)?;
        self.change(Change::Group(id, None));
        Ok(format!("Ungroup {}", self.group_words(&group)))
    }

    fn fill_group(&self, group: &mut Group, with: &GroupFields) -> Result<(), Refusal> {
        if let Some(title) = &with.title {
            group.title = title.trim().to_owned();
        }
        group.hue = with.hue.unwrap_or(group.hue);
        group.collapsed = with.collapsed.unwrap_or(group.collapsed);
        if let Some(members) = &with.members {
            group.members = self.entities(members)?.into_iter().collect();
        }
        Ok(())
    }

    /// Puts a group; who comes into it leaves the group they were in.
    fn put_group(&mut self, id: GroupId, group: Group) -> Result<(), Refusal> {
        if group.members.is_empty() {
            return Err(Refusal::Invalid(
                "a group needs a member: select entities first, or delete the group".to_owned(),
            ));
        }
        self.leave_groups(&group.members, Some(id));
        self.change(Change::Group(id, Some(Arc::new(group))));
        Ok(())
    }

    /// Takes these entities out of their groups, except this one. A group that nobody is left in goes.
    pub(super) fn leave_groups(&mut self, entities: &BTreeSet<EntityId>, except: Option<GroupId>) {
        if self.notebook.groups().is_empty() {
            return;
        }
        for id in self.groups_with(entities).into_iter().filter(|id| Some(*id) != except) {
            let Some(mut group) = self.notebook.groups().get(&id).map(|group| Group::clone(group))
            else {
                continue;
            };
            group.members.retain(|member| !entities.contains(member));
            let left = (!group.members.is_empty()).then(|| Arc::new(group));
            self.change(Change::Group(id, left));
        }
    }

    fn group(&self, reference: &Ref<GroupId>) -> Result<(GroupId, Group), Refusal> {
        let groups = self.notebook.groups();
        let named = |name: &str| -> Vec<GroupId> {
            groups.iter().filter(|(_, g)| g.title == name).map(|(id, _)| *id).collect()
        };
        let made = |made: Created| match made {
            Created::Group(id) => Some(id),
            _ => None,
        };
        let id = self.one_of("group", reference, made, named)?;
        groups.get(&id).map(|group| (id, Group::clone(group))).ok_or_else(|| Refusal::Missing {
            what: "group",
            name: reference.to_string(),
            hint: String::new(),
        })
    }

    fn group_words(&self, group: &Group) -> String {
        match (&*group.title, group.members.first()) {
            ("", Some(first)) if group.members.len() == 1 => {
                format!("“{}”", short(self.notebook.name(*first)))
            }
            ("", _) => format!("{} entities", group.members.len()),
            (title, _) => format!("“{}”", short(title)),
        }
    }

    pub(super) fn add_card(&mut self, handle: &str, with: &CardFields) -> Result<String, Refusal> {
        let id = self.new_card_id();
        let (width, height) = CARD_SIZE;
        let mut card = Card { width, height, ..Card::default() };
        fill_card(&mut card, with)?;
        self.change(Change::Card(id, Some(Arc::new(card))));
        self.give_handle(handle, Created::Card(id))?;
        Ok("New note card".to_owned())
    }

    pub(super) fn set_card(
        &mut self,
        card: &Ref<CardId>,
        with: &CardFields,
    ) -> Result<String, Refusal> {
        let (id, old) = self.card(card)?;
        let mut card = old.clone();
        fill_card(&mut card, with)?;
        let label = if card.text != old.text {
            "Write on a note card"
        } else if (card.width, card.height) != (old.width, old.height) {
            "Resize a note card"
        } else if (card.x, card.y) != (old.x, old.y) {
            "Move a note card"
        } else {
            "Change a note card"
        };
        self.change(Change::Card(id, Some(Arc::new(card))));
        Ok(label.to_owned())
    }

    pub(super) fn delete_card(&mut self, card: &Ref<CardId>) -> Result<String, Refusal> {
        let (id, _) = self.card(card)?;
        self.change(Change::Card(id, None));
        Ok("Delete a note card".to_owned())
    }

    fn card(&self, reference: &Ref<CardId>) -> Result<(CardId, Card), Refusal> {
        let cards = self.notebook.cards();
        let made = |made: Created| match made {
            Created::Card(id) => Some(id),
            _ => None,
        };
        let id = self.one_of("note card", reference, made, |_| Vec::new())?;
        cards.get(&id).map(|card| (id, Card::clone(card))).ok_or_else(|| Refusal::Missing {
            what: "note card",
            name: reference.to_string(),
            hint: String::new(),
        })
    }
}

fn fill_card(card: &mut Card, with: &CardFields) -> Result<(), Refusal> {
    if let Some(text) = &with.text {
        card.text.clone_from(text);
    }
    if let Some((x, y)) = with.at {
        (card.x, card.y) = (x, y);
    }
    if let Some((width, height)) = with.size {
        (card.width, card.height) = (width, height);
    }
    card.hue = with.hue.unwrap_or(card.hue);
    let on_canvas = card.x.abs() <= FARTHEST && card.y.abs() <= FARTHEST;
    let sized = (1.0..=FARTHEST).contains(&card.width) && (1.0..=FARTHEST).contains(&card.height);
    if on_canvas && sized {
        return Ok(());
    }
    Err(Refusal::Invalid(format!(
        "a note card of {} × {} units at ({}, {}) does not fit on the canvas: it reaches {FARTHEST} units to each side, and a card is at least 1 unit wide and high",
        card.width, card.height, card.x, card.y
    )))
}
