//! Who is called what, and what leans on what: found by looking through the notebook while an edit asks once or twice,
//! and in tables from when a list of edits asks again and again. The tables follow every change the list makes.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use super::apply::Draft;
use crate::notebook::{
    ArticleId, AssessmentId, Change, Entity, EntityId, Evidence, GroupId, Link, LinkId, Mention,
    MentionId, Notebook, Target, ViewId,
};
use crate::text::{name_key, same_name};

/// So many times the notebook is looked through; then tables are made, which costs about as much as some times.
const LOOKED_THROUGH: u32 = 4;

/// The tables of a list of edits, as far as they are made.
#[derive(Default)]
pub(super) struct Lookup {
    asked_names: u32,
    asked_uses: u32,
    names: Option<Names>,
    uses: Option<Uses>,
}

/// Who has a name, and who has it as an alias.
#[derive(Default)]
struct Names {
    names: Table<String, EntityId>,
    aliases: Table<String, EntityId>,
}

/// What would lose something if a record went.
#[derive(Default)]
struct Uses {
    /// The mentions in whose chains an actor speaks.
    speaks_in: Table<EntityId, MentionId>,
    /// The entities that name another one: as owner, member, participant or subject.
    named_by: Table<EntityId, EntityId>,
    published: Table<EntityId, ArticleId>,
    /// The links that a mention is evidence for.
    evidence_for: Table<MentionId, LinkId>,
    /// The links that target a link.
    targeted_by: Table<LinkId, LinkId>,
    judged_by: Table<String, AssessmentId>,
    grouped_in: Table<EntityId, GroupId>,
    viewed_in: Table<EntityId, ViewId>,
}

/// Several values for a key, in their order.
struct Table<K, V>(HashMap<K, BTreeSet<V>>);

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Eq + Hash, V: Copy + Ord> Table<K, V> {
    fn put(&mut self, key: K, value: V, there: bool) {
        if there {
            self.0.entry(key).or_default().insert(value);
        } else if let Some(values) = self.0.get_mut(&key) {
            values.remove(&value);
            if values.is_empty() {
                self.0.remove(&key);
            }
        }
    }

    fn of<Q: ?Sized + Eq + Hash>(&self, key: &Q) -> Vec<V>
    where
        K: std::borrow::Borrow<Q>,
    {
        self.0.get(key).into_iter().flatten().copied().collect()
    }
}

impl Names {
    fn new(notebook: &Notebook) -> Self {
        let mut names = Self::default();
        for (id, entity) in notebook.entities() {
            names.entity(*id, None, Some(entity));
        }
        names
    }

    fn entity(&mut self, id: EntityId, old: Option<&Entity>, new: Option<&Entity>) {
        if old.map(|entity| &entity.name) != new.map(|entity| &entity.name) {
            for (entity, there) in [(old, false), (new, true)] {
                if let Some(entity) = entity {
                    self.names.put(name_key(&entity.name).into_owned(), id, there);
                }
            }
        }
        // Lists of names grow at their ends: what both begin with is still there.
        let old_list = old.map_or(&[][..], |entity| &entity.aliases[..]);
        let new_list = new.map_or(&[][..], |entity| &entity.aliases[..]);
        let same = old_list.iter().zip(new_list).take_while(|(a, b)| a == b).count();
        for alias in &old_list[same..] {
            self.aliases.put(name_key(alias).into_owned(), id, false);
        }
        for alias in &new_list[same..] {
            self.aliases.put(name_key(alias).into_owned(), id, true);
        }
    }
}

impl Uses {
    fn new(notebook: &Notebook) -> Self {
        let mut uses = Self::default();
        for (id, mention) in notebook.mentions() {
            uses.mention(*id, mention, true);
        }
        for (id, entity) in notebook.entities() {
            uses.entity(*id, entity, true);
        }
        for (id, link) in notebook.links() {
            uses.link(*id, link, true);
        }
        for (id, article) in notebook.articles() {
            if let Some(publisher) = article.about.publisher {
                uses.published.put(publisher, *id, true);
            }
        }
        for (id, assessment) in notebook.assessments() {
            uses.judged_by.put(assessment.of.clone(), *id, true);
        }
        for (id, group) in notebook.groups() {
            for member in &group.members {
                uses.grouped_in.put(*member, *id, true);
            }
        }
        for (id, view) in notebook.views() {
            for entity in view.focus.iter().flat_map(|focus| &focus.around) {
                uses.viewed_in.put(*entity, *id, true);
            }
        }
        uses
    }

    fn mention(&mut self, id: MentionId, mention: &Mention, there: bool) {
        for hop in mention.statement.iter().flat_map(|statement| &statement.chain) {
            self.speaks_in.put(hop.actor, id, there);
        }
    }

    fn entity(&mut self, id: EntityId, entity: &Entity, there: bool) {
        for other in entity.refers_to() {
            self.named_by.put(other, id, there);
        }
    }

    fn link(&mut self, id: LinkId, link: &Link, there: bool) {
        if let Target::Link(to) = link.to {
            self.targeted_by.put(to, id, there);
        }
        for evidence in &link.evidence {
            if let Evidence::Mention(mention) = evidence {
                self.evidence_for.put(*mention, id, there);
            }
        }
    }

    /// Takes a record in, or out again.
    fn follow(&mut self, change: &Change, there: bool) {
        match change {
            Change::Mention(id, Some(mention)) => self.mention(*id, mention, there),
            Change::Entity(id, Some(entity)) => self.entity(*id, entity, there),
            Change::Link(id, Some(link)) => self.link(*id, link, there),
            Change::Article(id, Some(article)) => {
                if let Some(publisher) = article.about.publisher {
                    self.published.put(publisher, *id, there);
                }
            }
            Change::Assessment(id, Some(assessment)) => {
                self.judged_by.put(assessment.of.clone(), *id, there);
            }
            Change::Group(id, Some(group)) => {
                for member in &group.members {
                    self.grouped_in.put(*member, *id, there);
                }
            }
            Change::View(id, Some(view)) => {
                for entity in view.focus.iter().flat_map(|focus| &focus.around) {
                    self.viewed_in.put(*entity, *id, there);
                }
            }
            _ => {}
        }
    }
}

impl Lookup {
    /// Follows a change that was made: what the record was, and what it is.
    pub(super) fn follow(&mut self, old: &Change, new: &Change) {
        if let Some(names) = &mut self.names
            && let (Change::Entity(id, old), Change::Entity(_, new)) = (old, new)
        {
            names.entity(*id, old.as_deref(), new.as_deref());
        }
        if let Some(uses) = &mut self.uses {
            uses.follow(old, false);
            uses.follow(new, true);
        }
    }

    /// Follows an entity that was given more aliases, and nothing else that is looked up.
    pub(super) fn more_aliases(&mut self, id: EntityId, aliases: &[String]) {
        if let Some(names) = &mut self.names {
            for alias in aliases {
                names.aliases.put(name_key(alias).into_owned(), id, true);
            }
        }
    }

    /// Follows an entity that names others now than it did.
    pub(super) fn refers_now(&mut self, id: EntityId, old: &[EntityId], new: &[EntityId]) {
        if let Some(uses) = self.uses.as_mut().filter(|_| old != new) {
            old.iter().for_each(|other| uses.named_by.put(*other, id, false));
            new.iter().for_each(|other| uses.named_by.put(*other, id, true));
        }
    }

    fn names(&mut self, notebook: &Notebook) -> Option<&Names> {
        self.asked_names += 1;
        if self.names.is_none() && self.asked_names > LOOKED_THROUGH {
            self.names = Some(Names::new(notebook));
        }
        self.names.as_ref()
    }

    fn uses(&mut self, notebook: &Notebook) -> Option<&Uses> {
        self.asked_uses += 1;
        if self.uses.is_none() && self.asked_uses > LOOKED_THROUGH {
            self.uses = Some(Uses::new(notebook));
        }
        self.uses.as_ref()
    }
}

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
    pub(super) fn links_leaning_on(&self, mention: MentionId) -> Vec<LinkId> {
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

    /// The assessments of something. By id.
    pub(super) fn assessments_of(&self, what: &str) -> Vec<AssessmentId> {
        match self.lookup.borrow_mut().uses(self.notebook) {
            Some(uses) => uses.judged_by.of(what),
            None => keys(self.notebook.assessments(), |assessment| assessment.of == what),
        }
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
