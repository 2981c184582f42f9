//! What the inspector shows of many records, worked out once for each state of the notebook: quotes with their
//! context, links with their other end, chains of speakers in one line.

use std::collections::BTreeSet;

use crate::inquiry::dependents;
use crate::notebook::{
    Anchor, ArticleId, EntityId, LinkId, MentionId, Notebook, Place, Statement, Target,
};
use crate::text::{MARK, Quote, is_hidden};
use crate::ui::widgets::QuoteText;

/// Letters of a long quote that are shown; the reader shows the rest.
const LONGEST: usize = 600;

/// A mention as it is listed.
#[derive(Clone, Debug)]
pub struct MentionRow {
    /// Which.
    pub id: MentionId,
    /// The quoted words, with what stands around them.
    pub quote: QuoteText,
    /// For a claim: who says so, in one line.
    pub chain: Option<String>,
    /// It is marked “to check”, or no longer found.
    pub alert: bool,
}

/// A link as it is listed at one of its ends.
#[derive(Clone, Debug)]
pub struct LinkRow {
    /// Which.
    pub id: LinkId,
    /// What it says.
    pub relation: String,
    /// The entity at its other end, unless that is a link.
    pub other: Option<EntityId>,
    /// How many pieces of evidence it has.
    pub evidence: usize,
}

/// A piece of evidence as it is listed.
#[derive(Clone, Debug)]
pub struct EvidenceRow {
    /// The quoted words, with what stands around them.
    pub quote: QuoteText,
    /// The mention it is, if it is one.
    pub mention: Option<MentionId>,
    /// Where it is, if it is found.
    pub place: Option<(ArticleId, std::ops::Range<usize>)>,
}

/// What was gathered, and for which state of the notebook.
#[derive(Debug, Default)]
pub struct Gathered {
    revision: Option<u64>,
    shown: usize,
    /// The entity's mentions, as many as are shown.
    pub mentions: Vec<MentionRow>,
    /// Links that start here.
    pub out: Vec<LinkRow>,
    /// Links that end here.
    pub into: Vec<LinkRow>,
    /// The records that name the entity besides mentions and links, counted.
    pub named_by: String,
    /// A link's evidence.
    pub evidence: Vec<EvidenceRow>,
    /// The selected mention.
    pub mention: Option<MentionRow>,
}

/// Mentions and links shown at first.
pub const AT_FIRST: usize = 30;

impl Gathered {
    /// How many mentions and links are listed.
    pub fn shown(&self) -> usize {
        self.shown.max(AT_FIRST)
    }

    /// Lists more.
    pub fn show_more(&mut self) {
        self.shown = self.shown() * 4;
        self.revision = None;
    }

    fn is_current(&mut self, notebook: &Notebook) -> bool {
        self.revision.replace(notebook.revision()) == Some(notebook.revision())
    }

    /// Gathers what an entity's page shows.
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
        for link_id in notebook.links_of(id).take(most) {
            let Some(link) = notebook.link(link_id) else { continue };
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

    /// Gathers what a mention's page shows.
    pub fn mention(&mut self, notebook: &Notebook, id: MentionId) {
        if !self.is_current(notebook) {
            self.mention = mention_row(notebook, id);
        }
    }

    /// Gathers what a link's page shows.
    pub fn link(&mut self, notebook: &Notebook, id: LinkId) {
        if self.is_current(notebook) {
            return;
        }
        self.evidence.clear();
        let Some(link) = notebook.link(id) else { return };
        for evidence in &link.evidence {
            let Some(anchor) = notebook.evidence_anchor(evidence) else { continue };
            let mention = match evidence {
                crate::notebook::Evidence::Mention(id) => Some(*id),
                crate::notebook::Evidence::Quote(_) => None,
            };
            self.evidence.push(EvidenceRow {
                // Evidence is a sentence more often than a name: its words stand alone.
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

/// The words at an anchor, with their context where wanted, and where they stand.
fn quote_at(notebook: &Notebook, anchor: &Anchor, context: bool) -> QuoteText {
    let article = notebook.article(anchor.article);
    let title = article.map_or("(missing article)", |a| a.about.title.as_str());
    let (quote, source) = match (&anchor.place, article) {
        (Place::Orphan(quote), _) => {
            (Quote::clone(quote), format!("{title}: words no longer found"))
        }
        (Place::At { start, end }, Some(article)) => (
            article.text.quote(*start..*end),
            format!("{title}, ¶{}", article.text.paragraph_at(*start) + 1),
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

/// Control characters (line ends among them) as spaces: one of them in a quote must not break its lines.
fn one_line(chars: impl Iterator<Item = char>) -> String {
    chars
        .map(|c| match c {
            c if c.is_control() => ' ',
            c if is_hidden(c) => MARK,
            c => c,
        })
        .collect()
}

/// “Bras de fer ← Bloomberg ← sources internes”.
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
