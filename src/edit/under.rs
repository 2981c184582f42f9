//! Making things under ids that are known beforehand.

use super::apply::Draft;
use super::{Created, Refusal};
use crate::notebook::{CardId, EntityId, GroupId, LinkId, MentionId};

impl Draft<'_> {
    /// The next thing that is made gets this id.
    pub(super) fn make_under(&mut self, id: Created) -> Result<(), Refusal> {
        let taken = match id {
            Created::Entity(id) => self.notebook.entity(id).is_some(),
            Created::Mention(id) => self.notebook.mention(id).is_some(),
            Created::Link(id) => self.notebook.link(id).is_some(),
            Created::Group(id) => self.notebook.groups().contains_key(&id),
            Created::Card(id) => self.notebook.cards().contains_key(&id),
            _ => {
                return Err(Refusal::Invalid("such a thing is not made under an id".to_owned()));
            }
        };
        if taken {
            return Err(Refusal::Invalid(
                "the notebook already holds something of that id".to_owned(),
            ));
        }
        self.under = Some(id);
        Ok(())
    }

    /// Checks that what was made took the id.
    pub(super) fn was_made_under(&mut self, id: Created) -> Result<(), Refusal> {
        let same = self.created.last() == Some(&id);
        match self.under.take() {
            None if same => Ok(()),
            _ => Err(Refusal::Invalid("the edit makes no such thing".to_owned())),
        }
    }

    pub(super) fn new_entity_id(&mut self) -> EntityId {
        match self.under.take() {
            Some(Created::Entity(id)) => id,
            other => {
                self.under = other;
                EntityId::random()
            }
        }
    }

    pub(super) fn new_mention_id(&mut self) -> MentionId {
        match self.under.take() {
            Some(Created::Mention(id)) => id,
            other => {
                self.under = other;
                MentionId::random()
            }
        }
    }

    pub(super) fn new_link_id(&mut self) -> LinkId {
        match self.under.take() {
            Some(Created::Link(id)) => id,
            other => {
                self.under = other;
                LinkId::random()
            }
        }
    }

    pub(super) fn new_group_id(&mut self) -> GroupId {
        match self.under.take() {
            Some(Created::Group(id)) => id,
            other => {
                self.under = other;
                GroupId::random()
            }
        }
    }

    pub(super) fn new_card_id(&mut self) -> CardId {
        match self.under.take() {
            Some(Created::Card(id)) => id,
            other => {
                self.under = other;
                CardId::random()
            }
        }
    }
}
