//! Edits of mentions and their statements.

use std::sync::Arc;

use super::apply::{Draft, short};
use super::entities::add_alias;
use super::{Created, Edit, HopFields, Ref, Refusal, Spot, StatementFields};
use crate::notebook::{
    Anchor, ArticleId, Entity, EntityId, Hop, Kind, Mention, MentionId, Statement, Subject,
};
use crate::text::is_visible;

impl Draft<'_> {
    pub(super) fn tag(
        &mut self,
        article: Option<&Ref<ArticleId>>,
        at: &Spot,
        entity: &Ref<EntityId>,
        remember_alias: bool,
        with: &StatementFields,
        note: &str,
    ) -> Result<(MentionId, String), Refusal> {
        let entity_id = self.entity(entity)?;
        let record = Arc::clone(self.entity_record(entity_id)?);
        let (anchor, _) = self.anchor(article, at)?;
        let words = self.notebook.words(&anchor).to_owned();
        self.not_twice(entity_id, &anchor, None)?;
        let statement = match record.kind() {
            Kind::Claim => {
                let mut statement = Statement::default();
                self.fill_statement(&mut statement, with)?;
                Some(statement)
            }
            _ if *with != StatementFields::default() => {
                return Err(Refusal::WrongKind {
                    name: record.name.clone(),
                    is: super::entities::a_kind(record.kind()),
                    field: "a statement",
                    wanted: "claims",
                });
            }
            _ => None,
        };
        if remember_alias {
            let mut entity = Entity::clone(&record);
            add_alias(&mut entity, &words);
            self.put_entity(entity_id, entity);
        }
        let label = format!("Tag “{}”", short(&words));
        let id = self.new_mention_id();
        self.put_mention(
            id,
            Mention { note: note.to_owned(), statement, ..Mention::new(entity_id, anchor) },
        );
        Ok((id, label))
    }

    /// Refuses a second mention of one entity on the same words.
    fn not_twice(
        &self,
        entity: EntityId,
        anchor: &Anchor,
        except: Option<MentionId>,
    ) -> Result<(), Refusal> {
        let Some(range) = anchor.range() else { return Ok(()) };
        let mut here = self.notebook.mentions_of_at(entity, anchor.article, range.start);
        let twice = here.any(|id| {
            Some(id) != except
                && self.notebook.mention(id).is_some_and(|m| m.anchor.is_where(anchor))
        });
        if twice {
            let words = self.notebook.words(anchor).to_owned();
            let name = self.notebook.name(entity).to_owned();
            return Err(Refusal::AlreadyTagged { words, name });
        }
        Ok(())
    }

    pub(super) fn untag(&mut self, mention: &Ref<MentionId>) -> Result<String, Refusal> {
        let (id, mention) = self.mention(mention)?;
        let label = format!("Untag “{}”", short(self.notebook.words(&mention.anchor)));
        self.remove_mention(id);
        Ok(label)
    }

    pub(super) fn retag(
        &mut self,
        mention: &Ref<MentionId>,
        entity: &Ref<EntityId>,
    ) -> Result<String, Refusal> {
        let (id, mut mention) = self.mention(mention)?;
        let entity_id = self.entity(entity)?;
        let kind = self.entity_record(entity_id)?.kind();
        self.not_twice(entity_id, &mention.anchor, Some(id))?;
        let label = format!(
            "Tag “{}” as “{}”",
            short(self.notebook.words(&mention.anchor)),
            short(self.notebook.name(entity_id))
        );
        if mention.statement.is_some() && kind != Kind::Claim {
            self.count_again_as_no_statement(Subject::Mention(id));
        }
        mention.entity = entity_id;
        mention.statement =
            (kind == Kind::Claim).then(|| mention.statement.take().unwrap_or_default());
        self.put_mention(id, mention);
        Ok(label)
    }

    pub(super) fn rebound(
        &mut self,
        mention: &Ref<MentionId>,
        at: &Spot,
    ) -> Result<String, Refusal> {
        let (id, mut mention) = self.mention(mention)?;
        let (anchor, _) = self.anchor(Some(&Ref::Id(mention.anchor.article)), at)?;
        self.not_twice(mention.entity, &anchor, Some(id))?;
        mention.anchor = anchor;
        let label = format!("Move the ends of “{}”", short(self.notebook.words(&mention.anchor)));
        self.put_mention(id, mention);
        Ok(label)
    }

    pub(super) fn split(
        &mut self,
        mention: &Ref<MentionId>,
        name: &str,
        handle: &str,
    ) -> Result<String, Refusal> {
        let (id, mut mention) = self.mention(mention)?;
        let old = Arc::clone(self.entity_record(mention.entity)?);
        if !is_visible(name) {
            return Err(Refusal::Blank(super::entities::a_kind(old.kind())));
        }
        let mut entity = Entity::new(old.kind(), name.trim());
        // An outlet's mention split off is an outlet still; all else was said of the other one.
        if let (crate::notebook::Detail::Actor(new), crate::notebook::Detail::Actor(old)) =
            (&mut entity.detail, &old.detail)
        {
            new.kind = old.kind;
        }
        let label = format!("Split “{}” off “{}”", short(name.trim()), short(&old.name));
        let new = EntityId::random();
        self.put_entity(new, entity);
        self.give_handle(handle, Created::Entity(new))?;
        mention.entity = new;
        self.put_mention(id, mention);
        Ok(label)
    }

    /// Changes the attributes of a mention that [`Edit::SetMention`] names.
    pub(super) fn set_mention(&mut self, edit: &Edit) -> Result<String, Refusal> {
        let Edit::SetMention { mention, note, to_check } = edit else {
            return Err(Refusal::Invalid("this edit changes no mention".to_owned()));
        };
        let (id, mut mention) = self.mention(mention)?;
        let words = short(self.notebook.words(&mention.anchor));
        let label = match (note, to_check) {
            (Some(_), _) => format!("Note on “{words}”"),
            (None, Some(true)) => format!("Mark “{words}” to check"),
            _ => format!("Unmark “{words}”"),
        };
        if let Some(note) = note {
            mention.note.clone_from(note);
        }
        mention.to_check = to_check.unwrap_or(mention.to_check);
        self.put_mention(id, mention);
        Ok(label)
    }

    pub(super) fn set_statement(
        &mut self,
        mention: &Ref<MentionId>,
        with: &StatementFields,
    ) -> Result<String, Refusal> {
        let (id, mut mention) = self.mention(mention)?;
        let mut statement = mention.statement.take().ok_or_else(|| {
            Refusal::Invalid(format!(
                "“{}” is not a mention of a claim: only a claim's mention is a statement",
                short(self.notebook.words(&mention.anchor))
            ))
        })?;
        self.fill_statement(&mut statement, with)?;
        let label = format!("Say who says “{}”", short(self.notebook.words(&mention.anchor)));
        mention.statement = Some(statement);
        self.put_mention(id, mention);
        Ok(label)
    }

    fn fill_statement(
        &self,
        statement: &mut Statement,
        with: &StatementFields,
    ) -> Result<(), Refusal> {
        if let Some(chain) = &with.chain {
            statement.chain = chain
                .iter()
                .map(|HopFields { actor, cue, source }| {
                    Ok(Hop {
                        actor: self.actor(actor, "speaker")?,
                        cue: cue.trim().to_owned(),
                        source: *source,
                    })
                })
                .collect::<Result<_, Refusal>>()?;
        }
        statement.modality = with.modality.unwrap_or(statement.modality);
        statement.polarity = with.polarity.unwrap_or(statement.polarity);
        statement.form = with.form.unwrap_or(statement.form);
        Ok(())
    }
}
