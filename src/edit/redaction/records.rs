//! The copy itself: every text of every record. The patterns name each field, so that a new one cannot be forgotten.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::places::Moved;
use super::replacer::Spot;
use super::{Redacted, Redaction};
use crate::notebook::{
    About, Actor, Anchor, Article, ArticleId, Assessment, Card, Change, Claim, Detail, Dismissed,
    Entity, Event, Evidence, Filter, Group, Hop, Link, Matrix, Mention, MentionId, NamedView,
    Notebook, Origin, Place, Relation, RelationId, Reply, SetAside, Statement, Version, Waiver,
    When,
};
use crate::text::{Quote, Structure, Text, words_touched};

/// Makes the copy.
pub(super) fn redacted(
    redaction: &Redaction,
    notebook: &Notebook,
    stop: &dyn Fn() -> bool,
) -> Option<Redacted> {
    let mut copy = Copy { redaction, places: 0, moved: HashMap::new(), relations: HashMap::new() };
    let mut then = notebook.clone();
    let mut title = notebook.title().to_owned();
    copy.text(&mut title);
    then.replace(Change::Title(title));
    copy.relations(notebook, &mut then);
    for (id, article) in notebook.articles() {
        if stop() {
            return None;
        }
        let spots = copy.tagged_in(notebook, *id);
        let new = copy.article(*id, article, spots);
        then.replace(Change::Article(*id, Some(Arc::new(new))));
    }
    for (id, entity) in notebook.entities() {
        if stop() {
            return None;
        }
        let mut entity = Entity::clone(entity);
        copy.entity(redaction.hides(*id).map(|hidden| &*hidden.stand_in), &mut entity);
        then.replace(Change::Entity(*id, Some(Arc::new(entity))));
    }
    let mut seen = HashMap::new();
    let mut same: Vec<MentionId> = Vec::new();
    for (number, (id, mention)) in notebook.mentions().iter().enumerate() {
        if number % 1024 == 0 && stop() {
            return None;
        }
        let mut mention = Mention::clone(mention);
        let was = mention.anchor.range();
        copy.mention(redaction.hides(mention.entity).is_some(), &mut mention);
        if let Some(now) = mention.anchor.range() {
            let place = (mention.entity, mention.anchor.article, now.start, now.end);
            match seen.entry(place) {
                Entry::Vacant(first) => _ = first.insert(was),
                // Two that were at one place before stay two.
                Entry::Occupied(first) if *first.get() != was => same.push(*id),
                Entry::Occupied(_) => {}
            }
        }
        then.replace(Change::Mention(*id, Some(Arc::new(mention))));
    }
    for id in notebook.targets_first(notebook.links().keys().copied()) {
        let Some(link) = notebook.link(id) else { continue };
        let mut link = Link::clone(link);
        copy.link(&mut link);
        then.replace(Change::Link(id, Some(Arc::new(link))));
    }
    copy.desk(notebook, &mut then);
    // Two mentions of one entity whose words became the same are one.
    let untag =
        same.into_iter().map(|id| crate::edit::Edit::Untag { mention: crate::edit::Ref::Id(id) });
    let _ =
        crate::edit::apply(&mut then, &crate::edit::Edit::Batch(String::new(), untag.collect()));
    Some(Redacted { notebook: then, places: copy.places })
}

struct Copy<'a> {
    redaction: &'a Redaction,
    places: usize,
    /// How the texts of articles changed; absent where they did not.
    moved: HashMap<ArticleId, Moved>,
    /// Relations whose name in files holds a form.
    relations: HashMap<RelationId, RelationId>,
}

impl Copy<'_> {
    /// Replaces what is hidden in a text.
    fn text(&mut self, text: &mut String) {
        let spots = self.redaction.replacer.spots(text);
        if let Some((new, _)) = self.redaction.replacer.replaced(text, &spots) {
            self.places += spots.len();
            *text = new;
        }
    }

    /// Empties a text that holds something hidden: an address or file name with a stand-in in it would name nothing.
    fn without(&mut self, text: &mut String) -> bool {
        let holds = self.redaction.replacer.stands_in_address(text);
        if holds {
            self.places += 1;
            text.clear();
        }
        holds
    }

    fn when(&mut self, when: &mut When) {
        let When { written, edtf: _ } = when;
        self.text(written);
    }

    fn assessments(&mut self, all: &mut [Assessment]) {
        for Assessment { at: _, by, old: _, new: _, reason } in all {
            self.text(by);
            self.text(reason);
        }
    }

    /// The mentions of what is hidden: they are replaced whatever their words are.
    fn tagged_in(&self, notebook: &Notebook, article: ArticleId) -> Vec<Spot> {
        let Some(text) = notebook.article(article).map(|article| &article.text) else {
            return Vec::new();
        };
        let mentions = notebook.mentions_in(article).filter_map(|id| notebook.mention(id));
        let spot = |mention: &Arc<Mention>| {
            let hidden = self.redaction.number_of(mention.entity)?;
            // The words of a claim are not its name.
            mention.statement.is_none().then_some(())?;
            let range = mention.anchor.range()?;
            text.get(range.clone())?;
            // A piece of a word would be left, or stand beside the other name as one word with it.
            let range = words_touched(text.as_str(), range);
            Some(Spot { range, form: 0, hidden })
        };
        mentions.filter_map(spot).collect()
    }

    fn article(&mut self, id: ArticleId, article: &Article, tagged: Vec<Spot>) -> Article {
        let mut new = article.clone();
        let Article { about, origin, text, earlier } = &mut new;
        let About { order: _, title, publisher: _, author, date: _, url, language: _, folder } =
            about;
        self.text(folder);
        self.text(title);
        self.text(author);
        self.without(url);
        let spots = self.redaction.replacer.spots_and(text.as_str(), tagged);
        let mut changed = !spots.is_empty();
        if let Some((words, moved)) = self.redaction.replacer.replaced(text.as_str(), &spots) {
            self.places += spots.len();
            let new = Text::new(words);
            origin.structure = Arc::new(carried(&origin.structure, text, &new, &moved));
            *text = new;
            self.moved.insert(id, moved);
        }
        for Version { origin, text } in earlier {
            let mut words = text.as_str().to_owned();
            self.text(&mut words);
            let different = words != text.as_str();
            if different {
                // Where its pages began inside a line is not known any more.
                let structure = Arc::make_mut(&mut origin.structure);
                for page in &mut structure.pages {
                    page.column = 0;
                }

                *text = Text::new(words);
            }
            changed |= different;
            self.origin(origin, different);
        }
        self.origin(origin, changed);
        new
    }

    /// The hash of a text that was replaced would tell which text it was.
    fn origin(&mut self, origin: &mut Origin, changed: bool) {
        let Origin {
            file_name,
            sha256,
            bytes,
            encoding: _,
            reader: _,
            read_at: _,
            captured_at: _,
            kept,
            structure: _,
        } = origin;
        // The file itself tells everything, of whoever is hidden.
        *kept &= self.redaction.hidden.is_empty();
        if self.without(file_name) | changed {
            sha256.clear();
            *bytes = 0;
        }
    }

    fn entity(&mut self, stand_in: Option<&str>, entity: &mut Entity) {
        let Entity { name, aliases, note, to_check: _, detail } = entity;
        match stand_in {
            Some(stand_in) => {
                self.places += 1 + aliases.len() + usize::from(!note.is_empty());
                stand_in.clone_into(name);
                aliases.clear();
                note.clear();
            }
            None => {
                self.text(name);
                aliases.iter_mut().for_each(|alias| self.text(alias));
                self.text(note);
            }
        }
        match detail {
            Detail::Actor(Actor { kind: _, owner: _, reliability: _, members: _, assessments }) => {
                self.assessments(assessments);
            }
            Detail::Event(Event { date, place, participants: _ }) => {
                self.when(date);
                self.text(place);
            }
            Detail::Claim(claim) => {
                let Claim {
                    about: _,
                    credibility: _,
                    status: _,
                    accusation: _,
                    replies,
                    assessments,
                } = claim;
                for Reply { actor: _, asked, asked_by, answer } in replies {
                    self.when(asked);
                    self.text(asked_by);
                    answer.iter_mut().for_each(|answer| self.evidence(answer));
                }
                self.assessments(assessments);
            }
        }
    }

    fn mention(&mut self, hidden: bool, mention: &mut Mention) {
        let Mention { entity: _, anchor, note, to_check: _, statement } = mention;
        self.anchor(anchor);
        if hidden && !note.is_empty() {
            self.places += 1;
            note.clear();
        }
        self.text(note);
        if let Some(Statement { chain, modality: _, polarity: _, form: _ }) = statement {
            for Hop { actor: _, cue, source: _ } in chain {
                self.text(cue);
            }
        }
    }

    fn anchor(&mut self, anchor: &mut Anchor) {
        match &mut anchor.place {
            Place::At { start, end } => {
                if let Some(moved) = self.moved.get(&anchor.article) {
                    let now = moved.range(*start..*end);
                    (*start, *end) = (now.start, now.end);
                }
            }
            Place::Orphan(quote) => {
                let Quote { start: _, end: _, exact, prefix, suffix } = &mut **quote;
                [exact, prefix, suffix].into_iter().for_each(|words| self.text(words));
            }
        }
    }

    fn evidence(&mut self, evidence: &mut Evidence) {
        match evidence {
            Evidence::Mention(_) => {}
            Evidence::Quote(anchor) => self.anchor(anchor),
        }
    }

    fn link(&mut self, link: &mut Link) {
        let Link {
            from: _,
            to: _,
            relation,
            directed: _,
            evidence,
            basis: _,
            strength: _,
            when,
            note,
            to_check: _,
            assessments,
        } = link;
        if let Some(new) = self.relations.get(relation) {
            *relation = new.clone();
        }
        evidence.iter_mut().for_each(|one| self.evidence(one));
        self.when(when);
        self.text(note);
        self.assessments(assessments);
    }

    /// Relations, whose names in files hold words too.
    fn relations(&mut self, notebook: &Notebook, then: &mut Notebook) {
        let mut number = 0;
        for (id, relation) in notebook.relations() {
            let mut new = relation.clone();
            let Relation { label, family: _, directed: _ } = &mut new;
            self.text(label);
            let mut name = id.0.clone();
            self.text(&mut name);
            if name == id.0 {
                then.replace(Change::Relation(id.clone(), Some(new)));
                continue;
            }
            let free = loop {
                number += 1;
                let free = RelationId(format!("relation {number}"));
                if !notebook.relations().contains_key(&free) {
                    break free;
                }
            };
            then.replace(Change::Relation(free.clone(), Some(new)));
            then.replace(Change::Relation(id.clone(), None));
            self.relations.insert(id.clone(), free);
        }
    }

    /// What lies beside the records: the canvas, views, waivers, what is set aside, matrices, dismissed suggestions.
    fn desk(&mut self, notebook: &Notebook, then: &mut Notebook) {
        for (id, group) in notebook.groups() {
            let mut new = Group::clone(group);
            let Group { title, hue: _, collapsed: _, members: _ } = &mut new;
            self.text(title);
            then.replace(Change::Group(*id, Some(Arc::new(new))));
        }
        for (id, card) in notebook.cards() {
            let mut new = Card::clone(card);
            let Card { text, x: _, y: _, width: _, height: _, hue: _ } = &mut new;
            self.text(text);
            then.replace(Change::Card(*id, Some(Arc::new(new))));
        }
        for (id, view) in notebook.views() {
            let mut new = NamedView::clone(view);
            let NamedView { name, filter, focus: _, camera: _ } = &mut new;
            self.text(name);
            let Filter { relations, .. } = filter;
            let renamed = |id: &RelationId| self.relations.get(id).unwrap_or(id).clone();
            *relations = relations.iter().map(renamed).collect();
            then.replace(Change::View(*id, Some(Arc::new(new))));
        }
        for (id, waiver) in notebook.waivers() {
            let mut new = Waiver::clone(waiver);
            let Waiver { rule: _, of: _, reason, at: _, by } = &mut new;
            self.text(reason);
            self.text(by);
            then.replace(Change::Waiver(*id, Some(Arc::new(new))));
        }
        for (id, aside) in notebook.set_aside() {
            let mut new = SetAside::clone(aside);
            let SetAside { what: _, from: _, reason, at: _, by } = &mut new;
            self.text(reason);
            self.text(by);
            then.replace(Change::SetAside(*id, Some(Arc::new(new))));
        }
        for (id, matrix) in notebook.matrices() {
            let mut new = Matrix::clone(matrix);
            let Matrix { title, claims: _, rows: _, cells: _ } = &mut new;
            self.text(title);
            then.replace(Change::Matrix(*id, Some(Arc::new(new))));
        }
        // Values that do not stand are nobody else's business, and name whom they like.
        let hides = !self.redaction.hidden.is_empty();
        for id in notebook.conflicts().keys().filter(|_| hides) {
            then.replace(Change::Conflict(*id, None));
        }
        for (id, dismissed) in notebook.dismissed() {
            let new = self.dismissed(*id, dismissed);
            then.replace(Change::Dismissed(*id, Some(Arc::new(new))));
        }
    }

    fn dismissed(&mut self, article: ArticleId, dismissed: &Dismissed) -> Dismissed {
        let Dismissed { places, lost } = dismissed;
        let moved = self.moved.get(&article);
        let place = |(start, end): &(usize, usize)| {
            let now = moved.map_or(*start..*end, |moved| moved.range(*start..*end));
            (now.start, now.end)
        };
        let places = places.iter().map(place).collect();
        let lost: BTreeMap<(usize, usize), String> = lost
            .iter()
            .map(|(place, words)| {
                let mut words = words.clone();
                self.text(&mut words);
                (*place, words)
            })
            .collect();
        Dismissed { places, lost }
    }
}

/// How a text was set, once words in it were replaced: its lines are what they were, and pages begin inside them where
/// the same words begin.
fn carried(structure: &Structure, old: &Text, new: &Text, moved: &Moved) -> Structure {
    let mut structure = structure.clone();
    for page in &mut structure.pages {
        let line = old.paragraph(page.line as usize);
        let before = old.get(line.clone()).unwrap_or("").chars().take(page.column as usize);
        let at = line.start + before.map(char::len_utf8).sum::<usize>();
        let now = moved.range(at..at).start;
        let start = new.paragraph(page.line as usize).start;
        let column = new.get(start..now.max(start)).map_or(0, |words| words.chars().count());
        page.column = u32::try_from(column).unwrap_or(u32::MAX);
    }
    structure
}
