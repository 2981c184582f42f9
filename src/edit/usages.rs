//! Who is called what, and what uses what: found by looking through the notebook while an edit asks once or twice, and in
//! the tables of `lookup` from when a list of edits asks again and again.

use std::collections::BTreeSet;

use super::apply::Draft;
use crate::notebook::{
    ArticleId, EntityId, Evidence, GroupId, LinkId, Matrix, MatrixId, Mention, MentionId,
    SetAsideId, Subject, Target, ViewId, WaiverId,
};
use crate::text::{name_key, same_name};

/// The keys of a map whose values fit.
fn keys<'a, K: Copy + 'a, V: 'a>(
    map: impl IntoIterator<Item = (&'a K, &'a V)>,
    fits: impl Fn(&V) -> bool,
) -> Vec<K> {
    map.into_iter().filter(|(_, value)| fits(value)).map(|(key, _)| *key).collect()
}

impl Draft<'_> {
    /// The entities of this name; where there are none, those that have it as an alias. By id.
    pub(super) fn entities_called(&self, name: &str) -> Vec<EntityId> {
        let mut lookup = self.lookup.borrow_mut();
        if let Some(names) = lookup.names(self.notebook) {
            let key = name_key(name);
            let found = names.names.of(&*key);
            return if found.is_empty() { names.aliases.of(&*key) } else { found };
        }
        let entities = self.notebook.entities();
        let found = keys(entities, |entity| same_name(&entity.name, name));
        if !found.is_empty() {
            return found;
        }
        keys(entities, |entity| entity.aliases.iter().any(|alias| same_name(alias, name)))
    }

    /// The mentions of an entity, and those in whose chains it speaks. By id.
    pub(super) fn mentions_naming(&self, entity: EntityId) -> Vec<MentionId> {
        let speaks = |mention: &Mention| {
            mention.statement.iter().any(|s| s.chain.iter().any(|hop| hop.actor == entity))
        };
        let mut lookup = self.lookup.borrow_mut();
        let found = match lookup.uses(self.notebook) {
            Some(uses) => uses.speaks_in.of(&entity),
            None => keys(self.notebook.mentions(), |mention| speaks(mention)),
        };
        let all: BTreeSet<MentionId> =
            found.into_iter().chain(self.notebook.mentions_of(entity)).collect();
        all.into_iter().collect()
    }

    /// The entities that name this one. By id.
    pub(super) fn entities_naming(&self, entity: EntityId) -> Vec<EntityId> {
        match self.lookup.borrow_mut().uses(self.notebook) {
            Some(uses) => uses.named_by.of(&entity),
            None => keys(self.notebook.entities(), |other| other.refers_to().contains(&entity)),
        }
    }

    /// The articles that an actor published. By id.
    pub(super) fn articles_of(&self, publisher: EntityId) -> Vec<ArticleId> {
        match self.lookup.borrow_mut().uses(self.notebook) {
            Some(uses) => uses.published.of(&publisher),
            None => keys(self.notebook.articles(), |a| a.about.publisher == Some(publisher)),
        }
    }

    /// The links that a mention is evidence for. By id.
    pub(super) fn links_supported_by(&self, mention: MentionId) -> Vec<LinkId> {
        let evidence = Evidence::Mention(mention);
        match self.lookup.borrow_mut().uses(self.notebook) {
            Some(uses) => uses.evidence_for.of(&mention),
            None => keys(self.notebook.links(), |link| link.evidence.contains(&evidence)),
        }
    }

    /// The links that target a link. By id.
    pub(super) fn links_targeting(&self, link: LinkId) -> Vec<LinkId> {
        match self.lookup.borrow_mut().uses(self.notebook) {
            Some(uses) => uses.targeted_by.of(&link),
            None => keys(self.notebook.links(), |other| other.to == Target::Link(link)),
        }
    }

    /// The claims to which a mention is an answer. By id.
    pub(super) fn claims_answered_by(&self, mention: MentionId) -> Vec<EntityId> {
        match self.lookup.borrow_mut().uses(self.notebook) {
            Some(uses) => uses.answers_to.of(&mention),
            None => {
                keys(self.notebook.entities(), |entity| entity.answers().any(|it| it == mention))
            }
        }
    }

    /// The waivers, the sources set aside and the matrices that name a record. By id.
    pub(super) fn naming(
        &self,
        subject: Subject,
    ) -> (Vec<WaiverId>, Vec<SetAsideId>, Vec<MatrixId>) {
        if let Some(uses) = self.lookup.borrow_mut().uses(self.notebook) {
            let (waivers, asides) = (uses.waived_in.of(&subject), uses.aside_in.of(&subject));
            return (waivers, asides, uses.in_matrix.of(&subject));
        }
        let claim = |matrix: &Matrix| match subject {
            Subject::Entity(id) => matrix.claims.contains(&id),
            _ => matrix.rows.contains(&subject),
        };
        (
            keys(self.notebook.waivers(), |waiver| waiver.of.contains(&subject)),
            keys(self.notebook.set_aside(), |aside| aside.what == subject),
            keys(self.notebook.matrices(), |matrix| claim(matrix)),
        )
    }

    /// The groups that some of these entities are in. By id.
    pub(super) fn groups_with(&self, entities: &BTreeSet<EntityId>) -> Vec<GroupId> {
        match self.lookup.borrow_mut().uses(self.notebook) {
            Some(uses) => {
                let all: BTreeSet<GroupId> =
                    entities.iter().flat_map(|id| uses.grouped_in.of(id)).collect();
                all.into_iter().collect()
            }
            None => keys(self.notebook.groups(), |group| !group.members.is_disjoint(entities)),
        }
    }

    /// The named views that look at an entity. By id.
    pub(super) fn views_around(&self, entity: EntityId) -> Vec<ViewId> {
        let around = |view: &crate::notebook::NamedView| {
            view.focus.as_ref().is_some_and(|focus| focus.around.contains(&entity))
        };
        match self.lookup.borrow_mut().uses(self.notebook) {
            Some(uses) => uses.viewed_in.of(&entity),
            None => keys(self.notebook.views(), |view| around(view)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::{Edit, Ref, apply};
    use crate::graph::Random;
    use crate::notebook::generate::{Size, generate};
    use crate::notebook::{EntityId, Kind, LinkId, MentionId, Notebook, Target, check};

    fn one_of<K: Copy>(keys: impl ExactSizeIterator<Item = K>, random: &mut Random) -> Option<K> {
        let at = random.index(keys.len().max(1));
        keys.into_iter().nth(at)
    }

    /// Some edit that takes something away, moves or renames it: none makes a record, so that it comes out the same again.
    fn some_edit(notebook: &Notebook, random: &mut Random) -> Option<Edit> {
        let entity = |random: &mut Random| -> Option<EntityId> {
            one_of(notebook.entities().keys().copied(), random)
        };
        let by_name = |id: EntityId, random: &mut Random| {
            let name = notebook.name(id).to_owned();
            let only =
                notebook.entities().values().filter(|e| e.names().any(|n| n == name)).count();
            if only == 1 && random.index(2) == 0 { Ref::Name(name) } else { Ref::Id(id) }
        };
        Some(match random.index(8) {
            0..=2 => {
                let (from, into) = (entity(random)?, entity(random)?);
                let kind = |id| notebook.entity(id).map(|e| e.kind());
                if from == into || kind(from) != kind(into) {
                    return None;
                }
                let keep_names = random.index(2) == 0;
                Edit::Merge { from: by_name(from, random), into: by_name(into, random), keep_names }
            }
            3 => Edit::DeleteEntity {
                entity: {
                    let id = entity(random)?;
                    by_name(id, random)
                },
            },
            4 => {
                let id: MentionId = one_of(notebook.mentions().keys().copied(), random)?;
                Edit::Untag { mention: Ref::Id(id) }
            }
            5 => {
                let id: LinkId = one_of(notebook.links().keys().copied(), random)?;
                Edit::DeleteLink { link: Ref::Id(id) }
            }
            6 => {
                let id: MentionId = one_of(notebook.mentions().keys().copied(), random)?;
                let to = entity(random)?;
                let claim = |id| notebook.entity(id).is_some_and(|e| e.kind() == Kind::Claim);
                if claim(to) != claim(notebook.mention(id)?.entity) {
                    return None;
                }
                Edit::Retag { mention: Ref::Id(id), entity: Ref::Id(to) }
            }
            _ => {
                let id: LinkId = one_of(notebook.links().keys().copied(), random)?;
                notebook.link(id)?.to_entity()?;
                Edit::Reverse { link: Ref::Id(id) }
            }
        })
    }

    #[test]
    fn a_list_does_what_its_edits_do_one_by_one() {
        let size = Size { articles: 2, text: 2000, entities: 60, mentions: 160, links: 90 };
        for seed in 0..12 {
            let (start, _) = generate(seed, size);
            let mut random = Random::new(seed);
            let (mut one_by_one, mut list) = (start.clone(), Vec::new());
            for _ in 0..300 {
                let Some(edit) = some_edit(&one_by_one, &mut random) else { continue };
                if apply(&mut one_by_one, &edit).is_ok() {
                    list.push(edit);
                }
            }
            assert!(list.len() > 40, "{}", list.len());
            let mut at_once = start.clone();
            let batch = Edit::Batch("all".to_owned(), list);
            let applied = apply(&mut at_once, &batch).expect("each was taken alone");
            assert!(at_once == one_by_one, "seed {seed}");
            assert!(check(&at_once).len() <= check(&start).len());
            // The journal carries the same out, and undo takes it back.
            let mut again = start.clone();
            let mut records = std::collections::HashSet::new();
            for change in &applied.made {
                assert!(records.insert(change.record()), "a record was told of twice");
                again.replace(change.clone());
            }
            assert!(again == at_once);
            let redo = applied.step.take_back(&mut at_once);
            assert!(at_once == start);
            let _ = redo.take_back(&mut at_once);
            assert!(at_once == again);
        }
    }

    #[test]
    fn a_list_that_is_refused_leaves_no_trace() {
        let size = Size { articles: 1, text: 900, entities: 30, mentions: 40, links: 20 };
        let (start, _) = generate(4, size);
        let mut random = Random::new(9);
        let (mut now, mut list) = (start.clone(), Vec::new());
        while list.len() < 30 {
            let Some(edit) = some_edit(&now, &mut random) else { continue };
            if apply(&mut now, &edit).is_ok() {
                list.push(edit);
            }
        }
        list.push(Edit::DeleteLink { link: Ref::handle("nothing") });
        let mut notebook = start.clone();
        apply(&mut notebook, &Edit::Batch(String::new(), list)).expect_err("there is no such link");
        assert!(notebook == start);
    }

    #[test]
    fn a_long_chain_of_links_on_links_goes_with_its_first() {
        let mut script = String::from(
            "[AddEntity(kind: Actor, name: \"P\", handle: \"$p\", at: (0, 0)), \
             AddEntity(kind: Actor, name: \"Q\", handle: \"$q\", at: (300, 0)), \
             Link(from: \"$p\", relation: \"owns\", to: \"$q\", handle: \"$l0\")",
        );
        const LENGTH: usize = 20_000;
        for n in 1..LENGTH {
            let before = n - 1;
            script += &format!(
                ", LinkToLink(from: \"$q\", relation: \"undercuts\", to: \"$l{before}\", handle: \"$l{n}\")"
            );
        }
        script += "]";
        let edits = crate::edit::parse_script(&script).expect("it reads");
        let mut notebook = Notebook::new("chain");
        apply(&mut notebook, &Edit::Batch("chain".to_owned(), edits)).expect("it is taken");
        let order = notebook.targets_first(notebook.links().keys().copied());
        assert_eq!(order.len(), LENGTH);
        let mut seen = std::collections::HashSet::new();
        for id in order {
            if let Some(Target::Link(to)) = notebook.link(id).map(|link| link.to) {
                assert!(seen.contains(&to));
            }
            seen.insert(id);
        }
        let mut without = notebook.clone();
        let first = notebook.links().iter().find(|(_, link)| link.to_entity().is_some());
        let first = *first.expect("there is one").0;
        let delete = Edit::DeleteLink { link: Ref::Id(first) };
        let applied = apply(&mut without, &delete).expect("it is taken");
        assert!(without.links().is_empty());
        let _ = applied.step.take_back(&mut without);
        assert!(without == notebook);
    }
}
