//! Edits of articles.

use std::collections::HashSet;
use std::sync::Arc;

use super::apply::{Draft, short};
use super::{AboutFields, Created, Ref, Refusal};
use crate::notebook::{
    Article, ArticleId, Change, Detail, Entity, Evidence, Kind, Link, LinkId, Origin, Subject,
    check_edtf,
};
use crate::text::{Text, is_visible};

impl Draft<'_> {
    pub(super) fn add_article(
        &mut self,
        id: ArticleId,
        article: &Arc<Article>,
    ) -> Result<String, Refusal> {
        if self.notebook.article(id).is_some() {
            return Err(Refusal::Invalid(format!("the notebook already holds the article {id}")));
        }
        if !is_visible(&article.about.title) {
            return Err(Refusal::Blank("an article"));
        }
        let mut article = Article::clone(article);
        let order = self.next_order.unwrap_or_else(|| {
            let orders = self.notebook.articles().values().map(|a| a.about.order.saturating_add(1));
            orders.max().unwrap_or(0)
        });
        self.next_order = Some(order.saturating_add(1));
        article.about.order = order;
        let label = format!("Add the article “{}”", short(&article.about.title));
        self.change(Change::Article(id, Some(Arc::new(article))));
        self.created.push(Created::Article(id));
        Ok(label)
    }

    pub(super) fn replace_text(
        &mut self,
        id: ArticleId,
        origin: &Origin,
        text: &Text,
    ) -> Result<String, Refusal> {
        let (_, article) = self.article(Some(&Ref::Id(id)))?;
        let answered = |entity: &Arc<Entity>| {
            match &entity.detail {
            Detail::Claim(claim) => claim.replies.iter().any(|reply| {
                matches!(&reply.answer, Some(Evidence::Quote(anchor)) if anchor.article == id)
            }),
            Detail::Actor(_) | Detail::Event(_) => false,
        }
        };
        if self.notebook.mention_count_in(id) > 0
            || !self.quotes_from(id).is_empty()
            || self.notebook.entities().values().any(answered)
        {
            return Err(Refusal::Invalid(format!(
                "“{}” is tagged already: its text no longer changes. Open the file once more as another article",
                article.about.title
            )));
        }
        let mut article = Article::clone(&article);
        let old = article.text.clone();
        article.origin = origin.clone();
        article.text = text.clone();
        self.keep_dismissed(id, &old, text);
        let label = format!("Read “{}” as {}", short(&article.about.title), origin.encoding);
        self.change(Change::Article(id, Some(Arc::new(article))));
        Ok(label)
    }

    /// The links that quote an article, other than through a mention.
    fn quotes_from(&self, id: ArticleId) -> Vec<(LinkId, Arc<Link>)> {
        let quotes = |link: &Link| {
            link.evidence
                .iter()
                .any(|e| matches!(e, Evidence::Quote(anchor) if anchor.article == id))
        };
        self.notebook
            .links()
            .iter()
            .filter(|(_, link)| quotes(link))
            .map(|(id, link)| (*id, Arc::clone(link)))
            .collect()
    }

    pub(super) fn remove_article(&mut self, article: &Ref<ArticleId>) -> Result<String, Refusal> {
        let (id, article) = self.article(Some(article))?;
        let mentions: HashSet<_> = self.notebook.mentions_in(id).collect();
        let gone = |e: &Evidence| match e {
            Evidence::Mention(mention) => mentions.contains(mention),
            Evidence::Quote(anchor) => anchor.article == id,
        };
        let links: Vec<_> = self
            .notebook
            .links()
            .iter()
            .filter(|(_, link)| link.evidence.iter().any(gone))
            .map(|(id, link)| (*id, Link::clone(link)))
            .collect();
        for (link_id, mut link) in links {
            link.evidence.retain(|e| !gone(e));
            self.put_link(link_id, link);
        }
        let answers = |entity: &Entity| match &entity.detail {
            Detail::Claim(claim) => {
                claim.replies.iter().filter_map(|it| it.answer.as_ref()).any(gone)
            }
            Detail::Actor(_) | Detail::Event(_) => false,
        };
        let answered: Vec<_> = self
            .notebook
            .entities()
            .iter()
            .filter(|(_, entity)| answers(entity))
            .map(|(id, entity)| (*id, Entity::clone(entity)))
            .collect();
        for (claim_id, mut entity) in answered {
            if let Detail::Claim(claim) = &mut entity.detail {
                for reply in &mut claim.replies {
                    reply.answer = reply.answer.take().filter(|answer| !gone(answer));
                }
            }
            self.put_entity(claim_id, entity);
        }
        for mention in &mentions {
            self.subject_instead(Subject::Mention(*mention), None);
        }
        self.subject_instead(Subject::Article(id), None);
        for mention in &mentions {
            self.change(Change::Mention(*mention, None));
        }
        self.look_away_from(id);
        self.next_order = None;
        self.change(Change::Article(id, None));
        Ok(format!("Remove the article “{}”", short(&article.about.title)))
    }

    pub(super) fn describe(
        &mut self,
        article: Option<&Ref<ArticleId>>,
        with: &AboutFields,
    ) -> Result<String, Refusal> {
        let (id, article) = self.article(article)?;
        let mut article = Article::clone(&article);
        let about = &mut article.about;
        if let Some(title) = &with.title {
            if !is_visible(title) {
                return Err(Refusal::Blank("an article"));
            }
            about.title = title.trim().to_owned();
        }
        if let Some(publisher) = &with.publisher {
            about.publisher = self.actor_or_none(publisher, "publisher")?;
        }
        if let Some(date) = &with.date {
            check_edtf(date.trim())?;
            about.date = date.trim().to_owned();
        }
        for (field, new) in [
            (&mut about.author, &with.author),
            (&mut about.url, &with.url),
            (&mut about.language, &with.language),
        ] {
            if let Some(new) = new {
                *field = new.trim().to_owned();
            }
        }
        if let Some(folder) = &with.folder {
            about.folder = folder_path(folder);
        }
        about.order = with.order.unwrap_or(about.order);
        if with.order.is_some() {
            self.next_order = None;
        }
        let label = format!("Describe “{}”", short(&about.title));
        self.change(Change::Article(id, Some(Arc::new(article))));
        Ok(label)
    }

    /// The actor named, or `None` where the reference names nobody.
    pub(super) fn actor_or_none(
        &self,
        reference: &Ref<crate::notebook::EntityId>,
        field: &'static str,
    ) -> Result<Option<crate::notebook::EntityId>, Refusal> {
        if reference.is_none() {
            return Ok(None);
        }
        self.actor(reference, field).map(Some)
    }

    /// The entity named, which must be an actor.
    pub(super) fn actor(
        &self,
        reference: &Ref<crate::notebook::EntityId>,
        field: &'static str,
    ) -> Result<crate::notebook::EntityId, Refusal> {
        let id = self.entity(reference)?;
        let entity = self.entity_record(id)?;
        if entity.kind() == Kind::Actor {
            return Ok(id);
        }
        Err(Refusal::Invalid(format!(
            "the {field} must be an actor; “{}” is {}",
            entity.name,
            super::entities::a_kind(entity.kind())
        )))
    }
}

/// A folder's path in its one form: its names without spaces around them, the empty ones left out.
fn folder_path(folder: &str) -> String {
    let names = folder.split('/').map(str::trim).filter(|name| !name.is_empty());
    names.collect::<Vec<_>>().join("/")
}
