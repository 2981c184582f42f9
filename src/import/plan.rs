//! From what a file says to edits of a notebook: what is there already is left as it is, what is new keeps its id, and what
//! does not fit is told, not dropped.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::ImportError;
use super::case::{
    Case, CaseArticle, CaseEntity, CaseEvidence, CaseLink, CaseMention, CasePlace, Missed, short,
};
use super::place;
use crate::article::now;
use crate::edit::{
    AboutFields, Created, Edit, EntityFields, EvidenceRef, LinkFields, Ref, Spot, StatementFields,
    apply,
};
use crate::export::web_address;
use crate::notebook::{
    About, Anchor, Article, ArticleId, EntityId, Family, Kind, LinkId, MentionId, Notebook, Origin,
    RelationId, Target,
};
use crate::text::{Text, fold, is_visible, name_key};

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

/// An import that is worked out and not carried out yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What carries it out, as one step. The notebook it was worked out for takes it.
    pub edit: Edit,
    /// What is new.
    pub new: Counts,
    /// What the notebook holds already.
    pub there: Counts,
    /// What did not fit, a line each.
    pub missed: Missed,
}

/// So many edits are tried together; one by one only where one of them is refused.
const TOGETHER: usize = 256;

/// Works out what makes of this notebook one that also holds what the file says. `label` names the step.
///
/// # Errors
/// Only [`ImportError::Cancelled`].
pub fn plan(
    case: Case,
    notebook: &Notebook,
    label: &str,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Plan, ImportError> {
    let mut planner = Planner {
        notebook,
        new: Counts::default(),
        there: Counts::default(),
        missed: case.missed,
        articles: HashMap::new(),
        entities: HashMap::new(),
        mentions: HashMap::new(),
        tagged: HashSet::new(),
        relations: HashMap::new(),
        tasks: Vec::new(),
    };
    for article in &case.articles {
        planner.article(article);
    }
    planner.entities(&case.entities);
    for article in &case.articles {
        planner.publisher(article);
    }
    for entity in &case.entities {
        planner.fields(entity);
    }
    for (number, mention) in case.mentions.iter().enumerate() {
        if number.is_multiple_of(256) {
            if cancelled() {
                return Err(ImportError::Cancelled);
            }
            progress(number as f32 / case.mentions.len() as f32 / 2.0);
        }
        planner.mention(mention);
    }
    planner.links(case.links);
    planner.say_what_articles_are_missing();
    planner.try_out(label, cancelled, progress)
}

/// What a task makes, to be counted once it is known that the notebook takes it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Makes {
    Article,
    Entity,
    Mention,
    Link,
    Nothing,
}

/// An edit, what it makes, and what is said where it is refused.
struct Task {
    edit: Edit,
    makes: Makes,
    of: String,
}

/// An article of the file.
struct Known {
    /// In the notebook.
    id: ArticleId,
    text: Text,
}

struct Planner<'a> {
    notebook: &'a Notebook,
    new: Counts,
    there: Counts,
    missed: Missed,
    /// The file's articles: `Err` with a name and how much was lost where the notebook lacks one.
    articles: HashMap<ArticleId, Result<Known, (String, usize)>>,
    entities: HashMap<EntityId, (EntityId, Kind)>,
    mentions: HashMap<MentionId, MentionId>,
    /// Where the file's own mentions are: entity, article, start, end.
    tagged: HashSet<(EntityId, ArticleId, usize, usize)>,
    /// Relations that are new.
    relations: HashMap<String, RelationId>,
    tasks: Vec<Task>,
}

impl Planner<'_> {
    fn task(&mut self, edit: Edit, makes: Makes, of: impl Into<String>) {
        self.tasks.push(Task { edit, makes, of: of.into() });
    }

    /// The notebook's article that a file's one is.
    fn same_article(&self, case: &CaseArticle, text: Option<&Text>) -> Option<ArticleId> {
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

    fn article(&mut self, case: &CaseArticle) {
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

    fn describe(&mut self, id: ArticleId, with: AboutFields, name: &str) {
        let edit = Edit::Describe { article: Some(Ref::Id(id)), with };
        self.task(edit, Makes::Nothing, format!("the article “{name}”"));
    }

    fn publisher(&mut self, case: &CaseArticle) {
        let Some(publisher) = case.publisher else { return };
        let new = self.notebook.article(case.id).is_none();
        if new && matches!(self.articles.get(&case.id), Some(Ok(known)) if known.id == case.id) {
            let publisher = Some(self.entity_ref(publisher));
            let with = AboutFields { publisher, ..AboutFields::default() };
            self.describe(case.id, with, &case.title);
        }
    }

    fn entities(&mut self, all: &[CaseEntity]) {
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
    fn fields(&mut self, case: &CaseEntity) {
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

    fn entity_ref(&self, id: EntityId) -> Ref<EntityId> {
        Ref::Id(self.entities.get(&id).map_or(id, |(id, _)| *id))
    }

    fn map_ref(&self, reference: &mut Ref<EntityId>) {
        if let Ref::Id(id) = reference {
            *reference = self.entity_ref(*id);
        }
    }

    /// The same with the notebook's entities.
    fn mapped(&self, mut with: EntityFields) -> EntityFields {
        with.owner.iter_mut().for_each(|one| self.map_ref(one));
        for list in [&mut with.members, &mut with.about].into_iter().flatten() {
            list.iter_mut().for_each(|one| self.map_ref(one));
        }
        with.participants.iter_mut().flatten().for_each(|(one, _)| self.map_ref(one));
        with
    }

    /// A place in an article of the notebook.
    fn place(&mut self, place: &CasePlace) -> Result<(ArticleId, std::ops::Range<usize>), String> {
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

    fn mention(&mut self, case: &CaseMention) {
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
        let anchor = Anchor::at(article, range.clone());
        let mut same = self.notebook.mentions_of_at(entity, article, range.start);
        let same = same
            .find(|id| self.notebook.mention(*id).is_some_and(|mention| mention.anchor == anchor));
        if let Some(same) = same {
            self.there.mentions += 1;
            self.mentions.insert(case.id, same);
            return;
        }
        if !self.tagged.insert((entity, article, range.start, range.end)) {
            return;
        }
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

    /// The relation that this names: by its id, its label, or either in the letters that some formats take.
    fn relation(&mut self, name: &str) -> RelationId {
        let relations = self.notebook.relations();
        let letters = |text: &str| fold(&text.replace(['_', '-'], " "));
        let id = RelationId::from(name);
        if relations.contains_key(&id) {
            return id;
        }
        let found = relations.iter().find(|(_, one)| one.label == name).or_else(|| {
            relations
                .iter()
                .find(|(id, one)| [&id.0, &one.label].map(|t| letters(t)).contains(&letters(name)))
        });
        if let Some((id, _)) = found {
            return id.clone();
        }
        let name = if is_visible(name) { name.trim() } else { "linked to" };
        if let Some(id) = self.relations.get(name) {
            return id.clone();
        }
        let id = RelationId::from(name);
        self.relations.insert(name.to_owned(), id.clone());
        if !relations.contains_key(&id) {
            let edit = Edit::SetRelation {
                relation: id.clone(),
                label: name.to_owned(),
                family: Family::Other,
                directed: true,
            };
            self.task(edit, Makes::Nothing, format!("the relation “{name}”"));
        }
        id
    }

    /// The links, each after the one it targets.
    fn links(&mut self, mut all: Vec<CaseLink>) {
        let mut made: HashSet<LinkId> = HashSet::new();
        loop {
            let before = all.len();
            let mut later = Vec::new();
            for case in all {
                let ready = match case.to {
                    Target::Entity(_) => true,
                    Target::Link(to) => made.contains(&to) || self.notebook.link(to).is_some(),
                };
                if ready {
                    if self.link(&case) {
                        made.insert(case.id);
                    }
                } else {
                    later.push(case);
                }
            }
            all = later;
            if all.is_empty() || all.len() == before {
                break;
            }
        }
        for case in all {
            self.missed.say(format!("the link {}: the link it leads to is missing", case.id));
        }
    }

    /// Whether the link is there or will be.
    fn link(&mut self, case: &CaseLink) -> bool {
        if self.notebook.link(case.id).is_some() {
            self.there.links += 1;
            return true;
        }
        let of = format!("the link {} ({})", case.id, case.relation);
        let here =
            |id: EntityId| self.entities.contains_key(&id) || self.notebook.entity(id).is_some();
        let end = match case.to {
            Target::Entity(to) => here(to),
            Target::Link(_) => true,
        };
        if !here(case.from) || !end {
            self.missed.say(format!("{of}: an end of it is missing"));
            return false;
        }
        let relation = self.relation(&case.relation);
        let from = self.entity_ref(case.from);
        let edit = match case.to {
            Target::Entity(to) => Edit::Link {
                from,
                relation,
                to: self.entity_ref(to),
                evidence: Vec::new(),
                with: LinkFields::default(),
                handle: String::new(),
            },
            Target::Link(to) => Edit::LinkToLink {
                from,
                relation,
                to: Ref::Id(to),
                evidence: Vec::new(),
                with: LinkFields::default(),
                handle: String::new(),
            },
        };
        self.task(Edit::Under(Created::Link(case.id), Box::new(edit)), Makes::Link, &*of);
        for with in &case.with {
            let edit = Edit::SetLink { link: Ref::Id(case.id), with: with.clone() };
            self.task(edit, Makes::Nothing, &*of);
        }
        let mut given = HashSet::new();
        for evidence in &case.evidence {
            let evidence = match evidence {
                CaseEvidence::Mention(id) => match self.mentions.get(id) {
                    Some(id) => EvidenceRef::Mention(Ref::Id(*id)),
                    None => {
                        self.missed.say(format!("evidence of {of}: the mention {id} is missing"));
                        continue;
                    }
                },
                CaseEvidence::Quote(place) => match self.place(place) {
                    Ok((article, range)) => EvidenceRef::Quote {
                        article: Some(Ref::Id(article)),
                        at: Spot::Bytes(range),
                    },
                    Err(why) => {
                        if !why.is_empty() {
                            let words = short(&place.exact);
                            self.missed.say(format!("evidence of {of}, “{words}”: {why}"));
                        }
                        continue;
                    }
                },
            };
            if given.insert(format!("{evidence:?}")) {
                let edit = Edit::AddEvidence { link: Ref::Id(case.id), evidence };
                self.task(edit, Makes::Nothing, format!("evidence of {of}"));
            }
        }
        true
    }

    fn say_what_articles_are_missing(&mut self) {
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

    /// Tries the edits on a copy of the notebook, so that the whole is taken; what is refused is told.
    fn try_out(
        mut self,
        label: &str,
        cancelled: &dyn Fn() -> bool,
        progress: &dyn Fn(f32),
    ) -> Result<Plan, ImportError> {
        let mut copy = self.notebook.clone();
        let mut taken = Vec::with_capacity(self.tasks.len());
        let tasks = std::mem::take(&mut self.tasks);
        let all = tasks.len();
        let mut rest = tasks.into_iter();
        loop {
            let group: Vec<Task> = rest.by_ref().take(TOGETHER).collect();
            if group.is_empty() {
                break;
            }
            if cancelled() {
                return Err(ImportError::Cancelled);
            }
            progress(0.5 + taken.len() as f32 / all as f32 / 2.0);
            let edits = group.iter().map(|task| task.edit.clone()).collect();
            let together = apply(&mut copy, &Edit::Batch(String::new(), edits)).is_ok();
            for task in group {
                if !together && let Err(why) = apply(&mut copy, &task.edit) {
                    self.missed.say(format!("{}: {why}", task.of));
                    continue;
                }
                match task.makes {
                    Makes::Article => self.new.articles += 1,
                    Makes::Entity => self.new.entities += 1,
                    Makes::Mention => self.new.mentions += 1,
                    Makes::Link => self.new.links += 1,
                    Makes::Nothing => {}
                }
                taken.push(task.edit);
            }
        }
        Ok(Plan {
            edit: Edit::Batch(label.to_owned(), taken),
            new: self.new,
            there: self.there,
            missed: self.missed,
        })
    }
}
