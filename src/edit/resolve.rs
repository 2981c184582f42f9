//! Finding what an edit names: an entity, an article, a mention, a link, a place in a text.

use std::sync::Arc;

use super::apply::{Created, Draft};
use super::{Ref, Refusal, Spot};
use crate::notebook::{
    Anchor, Article, ArticleId, Entity, EntityId, Link, LinkId, Mention, MentionId,
};
use crate::text::{occurrences, same_name};

impl Draft<'_> {
    /// The id a reference stands for: itself, what a handle was given to, or the only one of that name.
    pub(super) fn one_of<I: Copy + std::fmt::Display>(
        &self,
        what: &'static str,
        reference: &Ref<I>,
        made: impl Fn(Created) -> Option<I>,
        named: impl Fn(&str) -> Vec<I>,
    ) -> Result<I, Refusal> {
        let missing =
            || Refusal::Missing { what, name: reference.to_string(), hint: String::new() };
        match reference {
            Ref::Id(id) => Ok(*id),
            Ref::Handle(handle) => made(self.made(handle)?).ok_or_else(missing),
            Ref::Name(name) => match named(name)[..] {
                [id] => Ok(id),
                [] => Err(missing()),
                ref several => Err(Refusal::Ambiguous {
                    what,
                    name: name.clone(),
                    candidates: several.iter().map(ToString::to_string).collect(),
                }),
            },
        }
    }

    pub(super) fn entity(&self, reference: &Ref<EntityId>) -> Result<EntityId, Refusal> {
        let missing = |name: String, hint: &str| Refusal::Missing {
            what: "entity",
            name,
            hint: hint.to_owned(),
        };
        match reference {
            Ref::Id(id) if self.notebook.entity(*id).is_some() => Ok(*id),
            Ref::Id(id) => Err(missing(id.to_string(), "")),
            Ref::Handle(handle) => match self.made(handle)? {
                Created::Entity(id) if self.notebook.entity(id).is_some() => Ok(id),
                Created::Entity(_) => {
                    Err(missing(format!("${handle}"), ": a later edit of this list took it away"))
                }
                _ => Err(missing(format!("${handle}"), ": that handle names something else")),
            },
            Ref::Name(name) => {
                let found = self.entities_called(name);
                match found[..] {
                    [id] => Ok(id),
                    [] => Err(missing(
                        name.clone(),
                        ": add it with AddEntity first, or write its name as it is",
                    )),
                    _ => Err(Refusal::Ambiguous {
                        what: "entity",
                        name: name.clone(),
                        candidates: found
                            .iter()
                            .filter_map(|id| {
                                let entity = self.notebook.entity(*id)?;
                                Some(format!("{id} ({} “{}”)", entity.kind().word(), entity.name))
                            })
                            .collect(),
                    }),
                }
            }
        }
    }

    pub(super) fn entities(&self, all: &[Ref<EntityId>]) -> Result<Vec<EntityId>, Refusal> {
        all.iter().map(|reference| self.entity(reference)).collect()
    }

    pub(super) fn entity_record(&self, id: EntityId) -> Result<&Arc<Entity>, Refusal> {
        self.notebook.entity(id).ok_or_else(|| Refusal::Missing {
            what: "entity",
            name: id.to_string(),
            hint: String::new(),
        })
    }

    pub(super) fn mention(
        &self,
        reference: &Ref<MentionId>,
    ) -> Result<(MentionId, Mention), Refusal> {
        let id = match reference {
            Ref::Id(id) => Some(*id),
            Ref::Handle(handle) => match self.made(handle)? {
                Created::Mention(id) => Some(id),
                _ => None,
            },
            Ref::Name(_) => None,
        };
        id.and_then(|id| Some((id, Mention::clone(self.notebook.mention(id)?)))).ok_or_else(|| {
            Refusal::Missing {
                what: "mention",
                name: reference.to_string(),
                hint: ": name a mention by its id, or by the handle its Tag gave".to_owned(),
            }
        })
    }

    pub(super) fn link_record(&self, reference: &Ref<LinkId>) -> Result<(LinkId, Link), Refusal> {
        let id = match reference {
            Ref::Id(id) => Some(*id),
            Ref::Handle(handle) => match self.made(handle)? {
                Created::Link(id) => Some(id),
                _ => None,
            },
            Ref::Name(_) => None,
        };
        id.and_then(|id| Some((id, Link::clone(self.notebook.link(id)?)))).ok_or_else(|| {
            Refusal::Missing {
                what: "link",
                name: reference.to_string(),
                hint: ": name a link by its id, or by the handle its Link gave".to_owned(),
            }
        })
    }

    pub(super) fn article(
        &self,
        reference: Option<&Ref<ArticleId>>,
    ) -> Result<(ArticleId, Arc<Article>), Refusal> {
        let articles = self.notebook.articles();
        let found: Vec<ArticleId> = match reference {
            None => articles.keys().copied().collect(),
            Some(Ref::Id(id)) => {
                articles.get_key_value(id).map(|(id, _)| *id).into_iter().collect()
            }
            Some(Ref::Handle(handle)) => match self.made(handle)? {
                Created::Article(id) => vec![id],
                _ => Vec::new(),
            },
            Some(Ref::Name(name)) => articles
                .iter()
                .filter(|(_, a)| {
                    same_name(&a.about.title, name) || same_name(&a.origin.file_name, name)
                })
                .map(|(id, _)| *id)
                .collect(),
        };
        let name = reference.map_or_else(|| "(the only one)".to_owned(), ToString::to_string);
        match found[..] {
            [id] => articles
                .get(&id)
                .map(|article| (id, Arc::clone(article)))
                .ok_or(Refusal::Missing { what: "article", name, hint: String::new() }),
            [] => Err(Refusal::Missing {
                what: "article",
                name,
                hint: ": name it by its id, title or file name".to_owned(),
            }),
            _ => Err(Refusal::Ambiguous {
                what: "article",
                name,
                candidates: found
                    .iter()
                    .filter_map(|id| Some(format!("{id} (“{}”)", articles.get(id)?.about.title)))
                    .collect(),
            }),
        }
    }

    /// Finds a spot in an article and makes an anchor of it.
    pub(super) fn anchor(
        &self,
        article: Option<&Ref<ArticleId>>,
        spot: &Spot,
    ) -> Result<(Anchor, Arc<Article>), Refusal> {
        let (id, article) = self.article(article)?;
        let text = &article.text;
        let all = |quote: &str| {
            let places = occurrences(text, quote);
            if places.is_empty() {
                return Err(Refusal::QuoteMissing {
                    quote: quote.to_owned(),
                    article: article.about.title.clone(),
                });
            }
            Ok(places)
        };
        let range = match spot {
            Spot::Bytes(range) => range.clone(),
            Spot::Offsets(start, end) => text
                .byte_of(*start)
                .zip(text.byte_of(*end))
                .map(|(start, end)| start..end)
                .ok_or_else(|| Refusal::BadPlace(format!("{start}..{end}")))?,
            Spot::Quote(quote) => match &all(quote)?[..] {
                [range] => range.clone(),
                places => {
                    return Err(Refusal::QuoteAmbiguous {
                        quote: quote.clone(),
                        article: article.about.title.clone(),
                        places: places
                            .iter()
                            .take(20)
                            .enumerate()
                            .map(|(i, range)| {
                                let quote = text.quote(range.clone());
                                format!(
                                    "  {}: …{}[{}]{}…",
                                    i + 1,
                                    quote.prefix,
                                    quote.exact,
                                    quote.suffix
                                )
                            })
                            .collect(),
                    });
                }
            },
            Spot::Nth(quote, n) => {
                let places = all(quote)?;
                n.checked_sub(1).and_then(|i| places.get(i)).cloned().ok_or_else(|| {
                    Refusal::Invalid(format!(
                        "“{quote}” stands {} times in “{}”; there is no number {n}",
                        places.len(),
                        article.about.title
                    ))
                })?
            }
        };
        let sound = range.start < range.end
            && range.end <= text.len()
            && text.is_grapheme_boundary(range.start)
            && text.is_grapheme_boundary(range.end);
        if !sound {
            return Err(Refusal::BadPlace(format!("{}..{} (bytes)", range.start, range.end)));
        }
        Ok((article.anchor(id, range), article))
    }
}
