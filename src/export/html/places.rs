//! Where words stand, as places to be led to: the anchors of mentions and of evidence, and what each supports.

use std::collections::BTreeMap;

use super::escape::{Html, escaped, quoted};
use crate::export::report::{Citation, Report, link_head};
use crate::notebook::{
    Anchor, ArticleId, Detail, EntityId, Evidence, Kind, LinkId, MentionId, Place,
};

/// What is marked at a place.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A mention.
    Mention(MentionId, EntityId, Kind),
    /// Evidence of a link that is no mention.
    Evidence(LinkId),
    /// An answer to a claim that is no mention.
    Answer(EntityId),
}

/// A place in an article.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// Its first byte and the one past its last; `None` for words that are no longer in the text.
    pub range: Option<(usize, usize)>,
    /// The anchor that leads to it.
    pub id: String,
    /// What is marked.
    pub what: What,
    /// The words, of an orphan.
    pub words: String,
}

/// The places of all articles of a report, and what leads to them.
#[derive(Debug, Default)]
pub(super) struct Places {
    of: BTreeMap<ArticleId, Vec<Spot>>,
    supports: BTreeMap<MentionId, Vec<LinkId>>,
}

impl Places {
    /// Gathers them. Linear, but for sorting.
    pub(super) fn new(report: &Report<'_>) -> Self {
        let mut all = Self::default();
        let content = report.content;
        for (id, mention) in content.mentions() {
            let kind = report.notebook().entity(mention.entity).map_or(Kind::Actor, |it| it.kind());
            let what = What::Mention(id, mention.entity, kind);
            all.add(report, &mention.anchor, id.to_string(), what);
        }
        for (id, link) in content.links() {
            for (number, evidence) in link.evidence.iter().enumerate() {
                match evidence {
                    Evidence::Mention(mention) => {
                        all.supports.entry(*mention).or_default().push(id)
                    }
                    Evidence::Quote(anchor) => {
                        all.add(report, anchor, format!("{id}-{number}"), What::Evidence(id));
                    }
                }
            }
        }
        for (id, entity) in content.entities() {
            let Detail::Claim(claim) = &entity.detail else { continue };
            for (number, reply) in claim.replies.iter().enumerate() {
                if let Some(Evidence::Quote(anchor)) = &reply.answer {
                    all.add(report, anchor, format!("{id}-{number}"), What::Answer(id));
                }
            }
        }
        for spots in all.of.values_mut() {
            // The outermost first of those that begin together; orphans last.
            let key = |spot: &Spot| {
                let (start, end) = spot.range.unwrap_or((usize::MAX, 0));
                (start, std::cmp::Reverse(end), spot.id.clone())
            };
            spots.sort_by_cached_key(key);
        }
        all
    }

    fn add(&mut self, report: &Report<'_>, anchor: &Anchor, id: String, what: What) {
        if !report.content.has_article(anchor.article) {
            return;
        }
        let (range, words) = match &anchor.place {
            Place::At { start, end } => (Some((*start, *end)), String::new()),
            Place::Orphan(quote) => (None, quote.exact.clone()),
        };
        self.of.entry(anchor.article).or_default().push(Spot { range, id, what, words });
    }

    /// Those in an article, in reading order.
    pub(super) fn of(&self, article: ArticleId) -> &[Spot] {
        self.of.get(&article).map_or(&[], Vec::as_slice)
    }

    /// The links that a mention supports.
    pub(super) fn supported_by(&self, mention: MentionId) -> &[LinkId] {
        self.supports.get(&mention).map_or(&[], Vec::as_slice)
    }

    /// The words at an anchor, leading to their place in the article; `id` is the place's.
    pub(super) fn quote(&self, report: &Report<'_>, anchor: &Anchor, id: &str) -> String {
        let words = quoted(report.notebook().words(anchor));
        if report.content.has_article(anchor.article) {
            format!("<a class=\"to\" href=\"#{id}\">{words}</a>")
        } else {
            words
        }
    }

    /// Where words stand, told as a source is, and leading to the article.
    pub(super) fn source(&self, report: &Report<'_>, anchor: &Anchor) -> String {
        let citation = Citation::of(report.notebook(), anchor);
        let source = citation.source(
            |title| format!("<cite><bdi>{}</bdi></cite>", escaped(title)),
            |part| format!("<bdi>{}</bdi>", escaped(part)),
        );
        let mut text = format!("{source}, {}", citation.place());
        if let Some(address) = citation.address {
            text.push_str(&format!(
                " · <a class=\"out\" href=\"{}\" rel=\"noreferrer noopener\">original</a>",
                escaped(&address)
            ));
        }
        text
    }

    /// The evidence of a link, piece by piece: the words and where they stand.
    pub(super) fn evidence(&self, report: &Report<'_>, id: LinkId) -> Vec<String> {
        let notebook = report.notebook();
        let Some(link) = notebook.link(id) else { return Vec::new() };
        let mut all = Vec::new();
        for (number, evidence) in link.evidence.iter().enumerate() {
            let Some(anchor) = notebook.evidence_anchor(evidence) else { continue };
            all.push(self.piece(report, evidence, anchor, &format!("{id}-{number}")));
        }
        all
    }

    /// A piece of evidence: the words, leading to their place (`quote_id` where it is no mention), and their source.
    pub(super) fn piece(
        &self,
        report: &Report<'_>,
        evidence: &Evidence,
        anchor: &Anchor,
        quote_id: &str,
    ) -> String {
        let words = match evidence {
            Evidence::Mention(mention) if report.content.has_mention(*mention) => {
                self.quote(report, anchor, &mention.to_string())
            }
            // A mention of what is not in the report has no place of its own.
            Evidence::Mention(_) => quoted(report.notebook().words(anchor)),
            Evidence::Quote(_) => self.quote(report, anchor, quote_id),
        };
        let source = self.source(report, anchor);
        format!("<blockquote>{words}</blockquote><p class=\"source\">{source}</p>")
    }

    /// Links to the places of an entity's mentions, article by article: “[1] ¶ 2 · 3”.
    pub(super) fn mentions(report: &Report<'_>, entity: EntityId) -> String {
        let mut text = String::new();
        let mut last = None;
        for (id, mention) in report.mentions_of(entity) {
            let anchor = &mention.anchor;
            let Some(number) = report.number(anchor.article) else { continue };
            if last.replace(number) != Some(number) {
                text.push_str(&format!("<span class=\"no\">[{number}]</span> "));
            }
            let article = report.notebook().article(anchor.article);
            let paragraph = anchor
                .range()
                .zip(article)
                .map(|(range, article)| article.text.paragraph_at(range.start) + 1);
            let shown = paragraph.map_or_else(|| "?".to_owned(), |number| format!("¶ {number}"));
            text.push_str(&format!("<a href=\"#{id}\">{shown}</a> "));
        }
        text
    }

    /// What a link says, leading to it.
    pub(super) fn link(&self, report: &Report<'_>, id: LinkId) -> String {
        Html(report.content).link_to(report, id)
    }
}

impl Html<'_> {
    /// What a link says, its ends and the link itself leading to their places.
    fn link_to(self, report: &Report<'_>, id: LinkId) -> String {
        report.notebook().link(id).map_or_else(String::new, |link| {
            format!(
                "{} <a class=\"to\" href=\"#{id}\" title=\"to the link\">↗</a>",
                link_head(&self, link)
            )
        })
    }
}
