//! Linking: the draft of a link, its evidence, and the relations that fit.

use std::ops::Range;

use crate::app::{Level, LinkDraft, OpenNotebook, Program, Selection, Tool};
use crate::edit::{Created, Edit, EvidenceRef, LinkFields, Ref, Spot};
use crate::inquiry::relations_between;
use crate::notebook::{ArticleId, EntityId, Family, MentionId};

impl Program {
    pub(in crate::app) fn start_link_from_selection(&mut self) {
        let Some(book) = &self.book else { return };
        let selection = book.selection();
        let first = selection.first.filter(|id| selection.entities.contains(id));
        let Some(from) = first.or_else(|| selection.entities.first().copied()) else {
            return;
        };
        let link = selection.made_links().next().filter(|_| selection.links.len() == 1);
        let draft = match (selection.pair(), link) {
            (Some((from, to)), _) => LinkDraft::between(from, to, None),
            (None, Some(link)) if selection.entities.len() == 1 => LinkDraft::onto(from, link),
            _ => LinkDraft::from(from),
        };
        self.start_link(draft);
    }

    /// Opens the link maker, with proposed evidence. For ends chosen in the text: the sentence that contains both. For
    /// ends chosen elsewhere: a sentence that mentions both. Otherwise the selected words, which also take precedence
    /// where they are not part of such a sentence.
    pub(in crate::app) fn start_link(&mut self, mut draft: LinkDraft) {
        let Some(book) = &mut self.book else { return };
        if draft.evidence.is_none() {
            let selected = book.selected_words();
            let sentence = match &draft.spans {
                Some((article, spans)) => book.one_sentence(*article, spans),
                None => draft.to.and_then(|to| book.sentence_of_both(draft.from, to)).filter(
                    |(article, sentence)| {
                        selected.as_ref().is_none_or(|(of, words)| {
                            of == article
                                && sentence.start <= words.start
                                && words.end <= sentence.end
                        })
                    },
                ),
            };
            draft.evidence = sentence.or(selected);
        }
        book.tagging.open(Tool::Link(draft));
    }

    /// Changes the draft. If its end has just been chosen and there is no evidence yet, a sentence that mentions both
    /// ends is proposed.
    pub(in crate::app) fn change_link_draft(&mut self, mut draft: LinkDraft) {
        let Some(book) = &mut self.book else { return };
        let Tool::Link(before) = book.tool() else { return };
        if before.to.is_none() && draft.evidence.is_none() {
            draft.evidence = draft.to.and_then(|to| book.sentence_of_both(draft.from, to));
        }
        book.tagging.open(Tool::Link(draft));
    }

    pub(in crate::app) fn make_link(&mut self) {
        let Some(book) = &self.book else { return };
        let Tool::Link(draft) = book.tool() else { return };
        if !draft.is_aimed() {
            self.notify(Level::Info, "Choose the link’s target first.");
            return;
        }
        let relation = draft.relation.clone().or_else(|| {
            relations_between(book.document.notebook(), draft.from, draft.target())
                .into_iter()
                .next()
        });
        let Some(relation) = relation else {
            self.notify(Level::Warning, "The notebook has no relations to link with.");
            return;
        };
        let evidence: Vec<EvidenceRef> = draft
            .evidence
            .iter()
            .map(|(article, range)| EvidenceRef::Quote {
                article: Some(Ref::Id(*article)),
                at: Spot::Bytes(range.clone()),
                version: None,
            })
            .collect();
        let new_relation = !book.document.notebook().relations().contains_key(&relation);
        let (from, with) = (Ref::Id(draft.from), LinkFields::default());
        let (handle, named) = (String::new(), relation.clone());
        let link = match (draft.to, draft.onto) {
            (_, Some(onto)) => {
                let to = Ref::Id(onto);
                Edit::LinkToLink { from, relation: named, to, evidence, with, handle }
            }
            (Some(to), None) => {
                let to = Ref::Id(to);
                Edit::Link { from, relation: named, to, evidence, with, handle }
            }
            (None, None) => return,
        };
        // A relation that is not in the notebook yet was typed by the user.
        let edit = if new_relation {
            let label = format!("Link with the new relation “{}”", relation.0);
            let define = Edit::SetRelation {
                label: relation.0.clone(),
                relation,
                family: Family::Other,
                directed: true,
            };
            Edit::Batch(label, vec![define, link])
        } else {
            link
        };
        if let Some(created) = self.edit(&edit) {
            self.with_open_notebook(|book| {
                book.tagging.close();
                if let Some(Created::Link(id)) = created.first() {
                    book.select(Selection::link(*id));
                }
            });
        }
    }

    pub(in crate::app) fn add_selected_words_as_evidence(&mut self) {
        let Some(book) = &self.book else { return };
        if let (Some(link), Some((article, range))) =
            (book.selection().only_made_link(), book.selected_words())
        {
            self.edit(&Edit::AddEvidence {
                link: Ref::Id(link),
                evidence: EvidenceRef::Quote {
                    article: Some(Ref::Id(article)),
                    at: Spot::Bytes(range),
                    version: None,
                },
            });
        }
    }
}

impl OpenNotebook {
    /// A sentence that mentions both: that of the selected mention, otherwise the first in the current article,
    /// otherwise the first in any article.
    fn sentence_of_both(&self, a: EntityId, b: EntityId) -> Option<(ArticleId, Range<usize>)> {
        /// The most mentions that are examined: more would cause a delay.
        const MOST: usize = 5_000;
        let notebook = self.notebook();
        // Starts from the one with fewer mentions: there are fewer sentences to examine.
        let (few, many) = match notebook.mention_count_of(a) <= notebook.mention_count_of(b) {
            true => (a, b),
            false => (b, a),
        };
        let around = |id: MentionId, other: EntityId| {
            let anchor = &notebook.mention(id)?.anchor;
            let (article, sentence) = self.one_sentence(anchor.article, &anchor.range()?)?;
            let mentioned = notebook
                .mentions_touching(article, sentence.clone())
                .into_iter()
                .filter_map(|id| notebook.mention(id))
                .any(|mention| {
                    let within = |range: Range<usize>| {
                        sentence.start <= range.start && range.end <= sentence.end
                    };
                    mention.entity == other && mention.anchor.range().is_some_and(within)
                });
            mentioned.then_some((article, sentence))
        };
        let selected = self.selection().mention.and_then(|id| {
            let of = notebook.mention(id)?.entity;
            let other = if of == a { b } else { a };
            [a, b].contains(&of).then(|| around(id, other)).flatten()
        });
        let mut found =
            notebook.mentions_of(few).take(MOST).filter_map(|id| around(id, many)).peekable();
        selected.or_else(|| {
            let first = found.peek().cloned();
            found.find(|(article, _)| Some(*article) == self.article()).or(first)
        })
    }

    /// The sentence that contains these bytes, if there is one.
    fn one_sentence(
        &self,
        article: ArticleId,
        spans: &Range<usize>,
    ) -> Option<(ArticleId, Range<usize>)> {
        let text = &self.notebook().article(article)?.text;
        let sentence = text.sentence_at(spans.start);
        (sentence.start <= spans.start && spans.end <= sentence.end && !sentence.is_empty())
            .then(|| (article, text.snap(sentence)))
    }
}
