//! How far around a span its speakers are looked for: the sentence, its clauses, a quotation.

use std::ops::Range;

use super::Reader;

impl Reader<'_> {
    /// The sentence of a span, with the whole of a quotation that it stands in, as tokens.
    pub(super) fn sentence(&self, span: &Range<usize>, at: &Range<usize>) -> Range<usize> {
        let tokens = self.rule.tokens;
        let first = self.text.sentence_at(span.start).start;
        let last = self.text.sentence_at(self.text.as_str().floor_char_boundary(span.end - 1)).end;
        let mut range = self.within(&(first..last.max(span.end)));
        range = range.start.min(at.start)..range.end.max(at.end);
        // A quotation of several sentences has one speaker, who stands before or after it.
        if tokens[at.start].quoted {
            let open = (0..at.start).rev().find(|i| !tokens[*i].quoted);
            if let Some(open) = open.filter(|open| *open < range.start) {
                let before = self.text.sentence_at(tokens[open].range.start).start;
                range.start = self.within(&(before..span.end)).start.min(range.start);
            }
        }
        if let Some(token) = tokens.get(at.end.saturating_sub(1)).filter(|token| token.quoted) {
            let close = (at.end - 1..tokens.len()).find(|i| !tokens[*i].quoted);
            if let Some(close) = close.filter(|close| *close >= range.end || token.range.end > last)
            {
                let sentence = self.text.sentence_at(tokens[close].range.start).end;
                range.end = self.within(&(span.start..sentence)).end.max(range.end);
            }
        }
        self.up_to_semicolons(range, at)
    }

    /// The part of a sentence between semicolons that a span stands in.
    pub(super) fn up_to_semicolons(
        &self,
        sentence: Range<usize>,
        at: &Range<usize>,
    ) -> Range<usize> {
        let ends = |i: &usize| self.rule.tokens[*i].is(";") && !self.rule.tokens[*i].quoted;
        let start = (sentence.start..at.start).rev().find(ends).map_or(sentence.start, |i| i + 1);
        let end = (at.end..sentence.end).find(ends).unwrap_or(sentence.end);
        start..end
    }

    /// The parts of a sentence that begin with “, and”, “, but”.
    pub(super) fn clauses(&self, sentence: &Range<usize>) -> Vec<Range<usize>> {
        let rule = &self.rule;
        let mut found = Vec::new();
        let mut start = sentence.start;
        for i in sentence.start + 1..sentence.end {
            let opens = rule.lexicon.clauses.contains(rule.key(i)) && !rule.tokens[i].quoted;
            if opens && rule.tokens[i - 1].is(",") {
                found.push(start..i);
                start = i;
            }
        }
        found.push(start..sentence.end);
        found
    }

    /// The tokens of the quotation that a span stands in.
    pub(super) fn quotation(&self, at: &Range<usize>) -> Range<usize> {
        let tokens = self.rule.tokens;
        let start = (0..at.start).rev().find(|i| !tokens[*i].quoted).map_or(0, |i| i + 1);
        let end = (at.end..tokens.len()).find(|i| !tokens[*i].quoted).unwrap_or(tokens.len());
        start..end
    }
}
