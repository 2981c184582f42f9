//! What of a file is new, and what the notebook holds already: articles, entities and mentions. Links are in
//! `planned_links`.

use super::case::{CaseArticle, CaseEntity, CaseMention, CasePlace, Missed, short};
use super::place;
use crate::article::now;
use crate::edit::{AboutFields, Created, Edit, EntityFields, Ref, Spot, StatementFields};
use crate::export::web_address;
use crate::notebook::{
    About, Article, ArticleId, EntityId, Kind, MentionId, Notebook, Origin, RelationId,
};
use crate::text::{Text, is_visible, name_key};
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use std::sync::Arc;

/// How many of each sort.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Entities.
    pub entities: usize,
    /// Mentions.
    pub mentions: usize,
    /// Links.
    pub links: usize,
}

impl Counts {
    /// All of them together.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.articles + self.entities + self.mentions + self.links
    }
}

/// What a task makes, to be counted once it is known that the notebook takes it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Makes {
    Article,
    Entity,
    Mention,
    Link,
    Nothing,
}

/// An edit, what it makes, and what is said where it is refused.
pub(super) struct Task {
    pub(super) edit: Edit,
    pub(super) makes: Makes,
    pub(super) of: String,
}

/// An article of the file.
pub(super) struct Known {
    /// In the notebook.
    pub(super) id: ArticleId,
    pub(super) text: Text,
}

pub(super) struct Planner<'a> {
    pub(super) notebook: &'a Notebook,
    pub(super) new: Counts,
    pub(super) there: Counts,
    pub(super) missed: Missed,
    /// The file's articles: `Err` with a name and how much was lost where the notebook lacks one.
    pub(super) articles: HashMap<ArticleId, Result<Known, (String, usize)>>,
    pub(super) entities: HashMap<EntityId, (EntityId, Kind)>,
    pub(super) mentions: HashMap<MentionId, MentionId>,
    /// The file's own mentions by where they are: entity, article, start, end.
    pub(super) tagged: HashMap<(EntityId, ArticleId, usize, usize), MentionId>,
    /// Relations that are new.
    pub(super) relations: HashMap<String, RelationId>,
    pub(super) tasks: Vec<Task>,
}

impl Planner<'_> {
    pub(super) fn task(&mut self, edit: Edit, makes: Makes, of: impl Into<String>) {
        self.tasks.push(Task { edit, makes, of: of.into() });
    }

    /// The notebook's article that a file's one is.
    pub(super) fn same_article(
        &self,
        case: &CaseArticle,
        text: Option<&Text>,
    ) -> Option<ArticleId> {
        let articles = self.notebook.articles();
        if articles.contains_key(&case.id) {
            return Some(case.id);
        }
        if let Some(text) = text {
            return articles.iter().find(|(_, one)| one.text == *text).map(|(id, _)| *id);
        }
        let only = |wanted: &str, of: fn(&Article) -> &str| {
            let mut found =
                articles.iter().filter(|(_, one)| !wanted.is_empty() && of(one) == wanted);
            match (found.next(), found.next()) {
                (Some((id, _)), None) => Some(*id),
                _ => None,
            }
        };
        // Exports write an address as an address may be written.
        let address = |url: &str| web_address(url).unwrap_or_else(|| url.trim().to_owned());
        let wanted = address(&case.url);
        let mut at_url = articles
            .iter()
            .filter(|(_, one)| !wanted.is_empty() && address(&one.about.url) == wanted);
        let by_url = match (at_url.next(), at_url.next()) {
            (Some((id, _)), None) => Some(*id),
            _ => None,
        };
        by_url
            .or_else(|| only(&case.title, |one| &one.about.title))
            .or_else(|| only(&case.file_name, |one| &one.origin.file_name))
    }

    pub(super) fn article(&mut self, case: &CaseArticle) {
        let text = case.text.as_deref().map(Text::canonical);
        if let Some(id) = self.same_article(case, text.as_ref()) {
            if let Some(article) = self.notebook.article(id) {
                let text = article.text.clone();
                self.there.articles += 1;
                self.articles.insert(case.id, Ok(Known { id, text }));
            }
            return;
        }
        let names = [&case.title, &case.file_name, &case.url];
        let name = names.into_iter().find(|name| is_visible(name));
        let name = name.cloned().unwrap_or_else(|| format!("article {}", case.id));
        let Some(text) = text.filter(|text| !text.is_empty()) else {
            if case.text.is_some() {
                self.missed.say(format!("“{name}”: its text is empty"));
            }
            self.articles.insert(case.id, Err((name, 0)));
            return;
        };
        let stem = name.strip_suffix(".txt").unwrap_or(&name);
        let about = About {
            title: stem.trim().to_owned(),
            author: case.author.trim().to_owned(),
            url: case.url.trim().to_owned(),
            language: case.language.trim().to_owned(),
            ..About::default()
        };
        let digest = Sha256::digest(text.as_str().as_bytes());
        let origin = Origin {
            file_name: Origin::file_name_of(&case.file_name),
            sha256: digest.iter().map(|byte| format!("{byte:02x}")).collect(),
            bytes: text.len() as u64,
            encoding: "UTF-8".to_owned(),
            reader: "imported".to_owned(),
            read_at: now(),
            ..Origin::default()
        };
        let article = Article { about, origin, text: text.clone(), earlier: Vec::new() };
        self.articles.insert(case.id, Ok(Known { id: case.id, text }));
        let of = format!("the article “{name}”");
        self.task(Edit::AddArticle(case.id, Arc::new(article)), Makes::Article, of);
        if !case.date.trim().is_empty() {
            let with = AboutFields { date: Some(case.date.clone()), ..AboutFields::default() };
            self.describe(case.id, with, &name);
        }
    }

    pub(super) fn describe(&mut self, id: ArticleId, with: AboutFields, name: &str) {
        let edit = Edit::Describe { article: Some(Ref::Id(id)), with };
        self.task(edit, Makes::Nothing, format!("the article “{name}”"));
    }

    pub(super) fn publisher(&mut self, case: &CaseArticle) {
        let Some(publisher) = case.publisher else { return };
        let new = self.notebook.article(case.id).is_none();
        if new && matches!(self.articles.get(&case.id), Some(Ok(known)) if known.id == case.id) {
            let publisher = Some(self.entity_ref(publisher));
            let with = AboutFields { publisher, ..AboutFields::default() };
            self.describe(case.id, with, &case.title);
        }
    }

    pub(super) fn entities(&mut self, all: &[CaseEntity]) {
        let mut names: HashMap<(u8, String), Vec<EntityId>> = HashMap::new();
        if all.iter().any(|entity| !entity.known) {
            for (id, entity) in self.notebook.entities() {
                let mut keys: Vec<String> =
                    entity.names().map(|name| name_key(name).into_owned()).collect();
                keys.sort_unstable();
                keys.dedup();
                for key in keys {
                    names.entry((entity.kind() as u8, key)).or_default().push(*id);
                }
            }
        }
        for case in all {
            if self.entities.contains_key(&case.id) {
                continue;
            }
            if let Some(there) = self.notebook.entity(case.id) {
                self.entities.insert(case.id, (case.id, there.kind()));
                self.there.entities += 1;
                continue;
            }
            if !is_visible(&case.name) {
                self.missed.say(format!("{}: it has no name", case.id));
                continue;
            }
            let called = names.get(&(case.kind as u8, name_key(&case.name).into_owned()));
            if let Some([only]) = called.filter(|_| !case.known).map(Vec::as_slice) {
                self.entities.insert(case.id, (*only, case.kind));
                self.there.entities += 1;
                continue;
            }
            self.entities.insert(case.id, (case.id, case.kind));
            let edit = Edit::AddEntity {
                kind: case.kind,
                name: case.name.clone(),
                handle: String::new(),
                with: Box::default(),
                at: case.at.filter(|(x, y)| x.is_finite() && y.is_finite()),
            };
            let edit = Edit::Under(Created::Entity(case.id), Box::new(edit));
            self.task(edit, Makes::Entity, format!("“{}”", case.name));
        }
    }

    /// What is known of a new entity; one that is there already stays as it is.
    pub(super) fn fields(&mut self, case: &CaseEntity) {
        let new = self.notebook.entity(case.id).is_none();
        if !new || self.entities.get(&case.id).is_none_or(|(id, _)| *id != case.id) {
            return;
        }
        for with in &case.with {
            let with = Box::new(self.mapped(with.clone()));
            let edit = Edit::SetEntity { entity: Ref::Id(case.id), with };
            self.task(edit, Makes::Nothing, format!("“{}”", case.name));
        }
    }

    pub(super) fn entity_ref(&self, id: EntityId) -> Ref<EntityId> {
        Ref::Id(self.entities.get(&id).map_or(id, |(id, _)| *id))
    }

    pub(super) fn map_ref(&self, reference: &mut Ref<EntityId>) {
        if let Ref::Id(id) = reference {
            *reference = self.entity_ref(*id);
        }
    }

    /// The same with the notebook's entities.
    pub(super) fn mapped(&self, mut with: EntityFields) -> EntityFields {
        with.owner.iter_mut().for_each(|one| self.map_ref(one));
        for list in [&mut with.members, &mut with.about].into_iter().flatten() {
            list.iter_mut().for_each(|one| self.map_ref(one));
        }
        with.participants.iter_mut().flatten().for_each(|(one, _)| self.map_ref(one));
        with
    }

    /// A place in an article of the notebook.
    pub(super) fn place(
        &mut self,
        place: &CasePlace,
    ) -> Result<(ArticleId, std::ops::Range<usize>), String> {
        match self.articles.get_mut(&place.article) {
            Some(Ok(known)) => place::find(&known.text, place).map(|range| (known.id, range)),
            Some(Err((_, lost))) => {
                *lost += 1;
                Err(String::new())
            }
            None => match self.notebook.article(place.article) {
                Some(article) => {
                    place::find(&article.text, place).map(|range| (place.article, range))
                }
                None => Err("it names no article".to_owned()),
            },
        }
    }

    pub(super) fn mention(&mut self, case: &CaseMention) {
        if self.notebook.mention(case.id).is_some() {
            self.there.mentions += 1;
            self.mentions.insert(case.id, case.id);
            return;
        }
        if self.mentions.contains_key(&case.id) {
            return;
        }
        let words = short(&case.place.exact);
        let known = self.entities.get(&case.entity).copied().or_else(|| {
            self.notebook.entity(case.entity).map(|entity| (case.entity, entity.kind()))
        });
        let Some((entity, kind)) = known else {
            self.missed.say(format!("the mention “{words}”: what it refers to is missing"));
            return;
        };
        let (article, range) = match self.place(&case.place) {
            Ok(found) => found,
            Err(why) => {
                // A missing article is told once.
                if !why.is_empty() {
                    self.missed.say(format!("the mention “{words}”: {why}"));
                }
                return;
            }
        };
        let mut same = self.notebook.mentions_of_at(entity, article, range.start);
        let same = same.find(|id| {
            self.notebook
                .mention(*id)
                .is_some_and(|mention| mention.anchor.range().as_ref() == Some(&range))
        });
        if let Some(same) = same {
            self.there.mentions += 1;
            self.mentions.insert(case.id, same);
            return;
        }
        // A second mention of one entity on the same words is the same one.
        let here = (entity, article, range.start, range.end);
        if let Some(first) = self.tagged.get(&here) {
            self.mentions.insert(case.id, *first);
            self.there.mentions += 1;
            return;
        }
        self.tagged.insert(here, case.id);
        self.mentions.insert(case.id, case.id);
        let edit = Edit::Tag {
            article: Some(Ref::Id(article)),
            at: Spot::Bytes(range),
            entity: Ref::Id(entity),
            remember_alias: false,
            statement: StatementFields::default(),
            note: case.note.clone(),
            handle: String::new(),
        };
        let of = format!("the mention “{words}”");
        self.task(Edit::Under(Created::Mention(case.id), Box::new(edit)), Makes::Mention, &*of);
        if case.to_check {
            let mention = Ref::Id(case.id);
            let edit = Edit::SetMention { mention, note: None, to_check: Some(true) };
            self.task(edit, Makes::Nothing, &*of);
        }
        for with in case.statement.iter().filter(|_| kind == Kind::Claim) {
            let mut with = with.clone();
            with.chain.iter_mut().flatten().for_each(|hop| self.map_ref(&mut hop.actor));
            let edit = Edit::SetStatement { mention: Ref::Id(case.id), with };
            self.task(edit, Makes::Nothing, &*of);
        }
    }

    pub(super) fn say_what_articles_are_missing(&mut self) {
        let mut lost: Vec<(String, usize)> =
            self.articles.values().filter_map(|one| one.as_ref().err().cloned()).collect();
        lost.sort();
        for (name, lost) in lost {
            let what = match lost {
                0 => "nothing stands in it".to_owned(),
                1 => "1 place in it was left out".to_owned(),
                many => format!("{many} places in it were left out"),
            };
            self.missed.say(format!(
                "“{name}”: neither the notebook nor the file holds this article’s text; {what}. Add the article, and import again"
            ));
        }
    }
}
