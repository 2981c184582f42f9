//! Data gathered from many records for the inspector, once for each state of the notebook: quotes with their context,
//! links with their other end, chains of speakers in one line.

use std::collections::BTreeSet;

use crate::inquiry::dependents;
use crate::notebook::{
    Anchor, ArticleId, EntityId, LinkId, MentionId, Notebook, Place, Statement, Target,
};
use crate::text::{MARK, Quote, is_hidden};
use crate::ui::widgets::QuoteText;

/// Maximum number of characters shown of a quote; the reader shows the rest.
const LONGEST: usize = 600;

/// A row in a list of mentions.
#[derive(Clone, Debug)]
pub struct MentionRow {
    /// The mention's id.
    pub id: MentionId,
    /// The quoted words, with their context.
    pub quote: QuoteText,
    /// For a claim, the chain of speakers in one line.
    pub chain: Option<String>,
    /// Whether it is marked “to check” or no longer found.
    pub alert: bool,
}

/// A row in the list of links of an entity.
#[derive(Clone, Debug)]
pub struct LinkRow {
    /// The link's id.
    pub id: LinkId,
    /// The label of its relation.
    pub relation: String,
    /// The entity at its other end; `None` if that is a link.
    pub other: Option<EntityId>,
    /// The number of pieces of evidence it has.
    pub evidence: usize,
}

/// A row in a list of evidence.
#[derive(Clone, Debug)]
pub struct EvidenceRow {
    /// The quoted words, with their context.
    pub quote: QuoteText,
    /// The mention that is the evidence, if it is one.
    pub mention: Option<MentionId>,
    /// Its position, if it is found.
    pub place: Option<(ArticleId, std::ops::Range<usize>)>,
}

/// The gathered data, and the state of the notebook it was gathered for.
#[derive(Debug, Default)]
pub struct Gathered {
    revision: Option<u64>,
    shown: usize,
    /// The entity's mentions, limited to those shown.
    pub mentions: Vec<MentionRow>,
    /// Links that start at the entity.
    pub out: Vec<LinkRow>,
    /// Links that end at the entity.
    pub into: Vec<LinkRow>,
    /// The numbers of records that refer to the entity, besides mentions and links, in words.
    pub named_by: String,
    /// A link's evidence.
    pub evidence: Vec<EvidenceRow>,
    /// The selected mention.
    pub mention: Option<MentionRow>,
}

/// Number of mentions and links shown at first.
pub const AT_FIRST: usize = 30;

impl Gathered {
    /// The number of mentions and links to list.
    pub fn shown(&self) -> usize {
        self.shown.max(AT_FIRST)
    }

    /// Lists four times as many mentions and links.
    pub fn show_more(&mut self) {
        self.shown = self.shown() * 4;
        self.revision = None;
    }

    fn is_current(&mut self, notebook: &Notebook) -> bool {
        self.revision.replace(notebook.revision()) == Some(notebook.revision())
    }

    /// Gathers the data for an entity's page.
    pub fn entity(&mut self, notebook: &Notebook, id: EntityId) {
        if self.is_current(notebook) {
            return;
        }
        let most = self.shown();
        self.mentions = notebook
            .mentions_of(id)
            .take(most)
            .filter_map(|id| mention_row(notebook, id))
            .collect();
        self.named_by = dependents(notebook, &BTreeSet::from([id])).words();
        self.out.clear();
        self.into.clear();
        for link_id in notebook.all_links_of(id).take(most) {
            let Some(link) = notebook.any_link(link_id) else { continue };
            let row = |other| LinkRow {
                id: link_id,
                relation: notebook.relation_label(&link.relation).to_owned(),
                other,
                evidence: link.evidence.len(),
            };
            if link.from == id {
                let to = match link.to {
                    Target::Entity(to) => Some(to),
                    Target::Link(_) => None,
                };
                self.out.push(row(to));
            } else {
                self.into.push(row(Some(link.from)));
            }
        }
    }

    /// Gathers the data for a mention's page.
    pub fn mention(&mut self, notebook: &Notebook, id: MentionId) {
        if !self.is_current(notebook) {
            self.mention = mention_row(notebook, id);
        }
    }

    /// Gathers the data for a link's page.
    pub fn link(&mut self, notebook: &Notebook, id: LinkId) {
        if self.is_current(notebook) {
            return;
        }
        self.evidence.clear();
        let Some(link) = notebook.any_link(id) else { return };
        for evidence in &link.evidence {
            let Some(anchor) = notebook.evidence_anchor(evidence) else { continue };
            let mention = match evidence {
                crate::notebook::Evidence::Mention(id) => Some(*id),
                crate::notebook::Evidence::Quote(_) => None,
            };
            self.evidence.push(EvidenceRow {
                // Evidence is usually a sentence rather than a name, and is shown without context.
                quote: quote_at(notebook, anchor, mention.is_some()),
                mention,
                place: anchor.range().map(|range| (anchor.article, range)),
            });
        }
    }
}

fn mention_row(notebook: &Notebook, id: MentionId) -> Option<MentionRow> {
    let mention = notebook.mention(id)?;
    Some(MentionRow {
        id,
        quote: quote_at(notebook, &mention.anchor, true),
        chain: mention
            .statement
            .as_ref()
            .map(|statement| chain_line(notebook, mention.anchor.article, statement)),
        alert: mention.to_check || matches!(mention.anchor.place, Place::Orphan(_)),
    })
}

/// The words at an anchor, with their context if `context` is set, and their source.
pub(super) fn quote_at(notebook: &Notebook, anchor: &Anchor, context: bool) -> QuoteText {
    let article = notebook.article(anchor.article);
    let title = article.map_or("(missing article)", |a| a.about.title.as_str());
    let (quote, mut source) = match (&anchor.place, article) {
        (Place::Orphan(quote), _) => {
            (Quote::clone(quote), format!("{title}: words no longer found"))
        }
        (Place::At { start, end }, Some(article)) => (
            article.text.quote(*start..*end),
            match article.pages_of(&(*start..*end)) {
                Some(pages) => {
                    format!("{title}, {pages}, ¶{}", article.text.paragraph_at(*start) + 1)
                }
                None => format!("{title}, ¶{}", article.text.paragraph_at(*start) + 1),
            },
        ),
        (Place::At { .. }, None) => (
            Quote {
                start: 0,
                end: 0,
                exact: String::new(),
                prefix: String::new(),
                suffix: String::new(),
            },
            title.to_owned(),
        ),
    };
    if let Some(read_in) = notebook.read_in(anchor) {
        source.push_str(&format!(", {read_in}"));
    }
    let mut words: String = one_line(quote.exact.chars().take(LONGEST));
    if quote.exact.chars().nth(LONGEST).is_some() {
        words.push('…');
    }
    let around = |text: &str| if context { one_line(text.chars()) } else { String::new() };
    let (before, after) = (around(&quote.prefix), around(&quote.suffix));
    QuoteText {
        before: if before.is_empty() { before } else { format!("…{before}") },
        words,
        after: if after.is_empty() { after } else { format!("{after}…") },
        source,
    }
}

/// Replaces control characters, including line endings, with spaces, so that they do not break the lines of a quote.
fn one_line(chars: impl Iterator<Item = char>) -> String {
    chars
        .map(|c| match c {
            c if c.is_control() => ' ',
            c if is_hidden(c) => MARK,
            c => c,
        })
        .collect()
}

/// The chain of speakers of a statement in one line: “Bras de fer ← Bloomberg ← sources internes”.
pub fn chain_line(notebook: &Notebook, article: ArticleId, statement: &Statement) -> String {
    let mut line = notebook
        .article(article)
        .map_or("(missing article)", |a| a.about.title.as_str())
        .to_owned();
    for hop in &statement.chain {
        line.push_str(" ← ");
        line.push_str(notebook.name(hop.actor));
    }
    line
}
