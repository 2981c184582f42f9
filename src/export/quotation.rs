//! Words with their source, for pasting into a draft: as text, and as Markdown.

use std::ops::Range;

use super::location::one_line;
use super::markdown::escaped;
use super::report::Citation;
use crate::notebook::{ArticleId, Evidence, LinkId, MentionId, Notebook};

/// What is quoted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quoted {
    /// These bytes of an article.
    Words(ArticleId, Range<usize>),
    /// The words of a mention.
    Mention(MentionId),
    /// The evidence of a link, made by hand or derived.
    Evidence(LinkId),
}

impl Quoted {
    fn citations<'a>(&self, notebook: &'a Notebook) -> Vec<Citation<'a>> {
        match self {
            Self::Words(id, range) => {
                let article = notebook.article(*id);
                let words = |article| Citation::of_words(notebook, article, range.clone());
                article.map(|article| words(article)).into_iter().collect()
            }
            Self::Mention(id) => {
                let mention = notebook.mention(*id);
                mention.map(|it| Citation::of(notebook, &it.anchor)).into_iter().collect()
            }
            Self::Evidence(id) => {
                let evidence: &[Evidence] =
                    notebook.any_link(*id).map_or(&[], |link| &link.evidence);
                let anchors = evidence.iter().filter_map(|one| notebook.evidence_anchor(one));
                anchors.map(|anchor| Citation::of(notebook, anchor)).collect()
            }
        }
    }

    /// As text, a quotation a paragraph: “words” (title, publisher, author, date, paragraph, address). Empty where there is
    /// nothing to quote.
    #[must_use]
    pub fn text(&self, notebook: &Notebook) -> String {
        let all = self.citations(notebook);
        let each = all.iter().filter(|one| !one.words.trim().is_empty()).map(|one| {
            let source = one.source(|title| format!("“{title}”"), str::to_owned);
            let mut text =
                format!("“{}”\n— {source}, {}", paragraphs(one.words).join("\n"), one.place());
            if let Some(address) = &one.address {
                text.push_str(&format!("\n{address}"));
            }
            text
        });
        each.collect::<Vec<_>>().join("\n\n")
    }

    /// As Markdown (CommonMark), a block quotation each, with its source below.
    #[must_use]
    pub fn markdown(&self, notebook: &Notebook) -> String {
        let all = self.citations(notebook);
        let each = all.iter().filter(|one| !one.words.trim().is_empty()).map(|one| {
            let words: Vec<String> =
                paragraphs(one.words).iter().map(|words| format!("> {}", escaped(words))).collect();
            let source = one.source(|title| format!("*{}*", escaped(title)), escaped);
            let mut text = format!("{}\n>\n> — {source}, {}", words.join("\n>\n"), one.place());
            if let Some(address) = &one.address {
                text.push_str(&format!(", <{address}>"));
            }
            text.push('\n');
            text
        });
        each.collect::<Vec<_>>().join("\n")
    }
}

/// The paragraphs of words that run over several, each on one line.
fn paragraphs(words: &str) -> Vec<String> {
    let lines = words.lines().map(one_line).filter(|line| !line.is_empty());
    lines.collect()
}
