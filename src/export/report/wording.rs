//! Statements and links in words.

use std::fmt::Write as _;

use crate::export::location::one_line;
use crate::fields;
use crate::inquiry::sources::{Figures, Rung};
use crate::notebook::{EntityId, Link, LinkId, Mention, Notebook, Polarity, Statement, Target};

/// How a format writes what it is given: every word of the notebook goes through here.
pub(in crate::export) trait Voice {
    /// The notebook.
    fn notebook(&self) -> &Notebook;

    /// Words of the notebook.
    fn text(&self, words: &str) -> String;

    /// The name of an entity.
    fn name(&self, id: EntityId) -> String {
        self.text(&one_line(self.notebook().name(id)))
    }

    /// The name of an entity where a link starts or ends.
    fn end(&self, id: EntityId) -> String {
        self.name(id)
    }

    /// The link that a link points to.
    fn link(&self, id: LinkId) -> String {
        let words = fields::Value::Target(Target::Link(id));
        self.text(&one_line(&words.text(fields::ValueKind::Target, self.notebook())))
    }
}

/// Words as they are.
#[derive(Clone, Copy)]
pub(in crate::export) struct Plain<'a>(pub &'a Notebook);

impl Voice for Plain<'_> {
    fn notebook(&self) -> &Notebook {
        self.0
    }

    fn text(&self, words: &str) -> String {
        words.to_owned()
    }
}

/// Who makes a statement, through whom, and how surely: “indirect, possible · according to A (only reported)”.
pub(in crate::export) fn statement(voice: &impl Voice, statement: &Statement) -> String {
    let mut text = String::new();
    if statement.polarity == Polarity::Denies {
        text.push_str("denied · ");
    }
    let _ = write!(text, "{}, {}", statement.form.label(), statement.modality.label());
    let chain: Vec<String> = statement
        .chain
        .iter()
        .map(|hop| format!("{} ({})", voice.name(hop.actor), hop.source.label()))
        .collect();
    if chain.is_empty() {
        text.push_str(" · the article itself");
    } else {
        let _ = write!(text, " · according to {}", chain.join(", according to "));
    }
    text
}

/// A statement in a few words, for a margin: “denied, possible · The Tidewrack ← insiders”.
pub(in crate::export) fn chain(voice: &impl Voice, statement: &Statement) -> String {
    let denied = if statement.polarity == Polarity::Denies { "denied, " } else { "" };
    let mut text = format!("{denied}{}", statement.modality.label());
    let speakers: Vec<String> = statement.chain.iter().map(|hop| voice.name(hop.actor)).collect();
    if !speakers.is_empty() {
        let _ = write!(text, " · {}", speakers.join(" ← "));
    }
    text
}

/// What is said at a mention: who says it and how, the mark, the user's note. Empty where nothing is.
pub(in crate::export) fn said(voice: &impl Voice, mention: &Mention) -> String {
    let mut parts = Vec::new();
    if let Some(one) = &mention.statement {
        parts.push(statement(voice, one));
    }
    if mention.to_check {
        parts.push("to check".to_owned());
    }
    if !mention.note.is_empty() {
        parts.push(format!("note: {}", voice.text(&one_line(&mention.note))));
    }
    parts.join(" · ")
}

/// What a link says: start, relation, end.
pub(in crate::export) fn link_head(voice: &impl Voice, link: &Link) -> String {
    let to = match link.to {
        Target::Entity(id) => voice.end(id),
        Target::Link(id) => voice.link(id),
    };
    let relation = voice.notebook().relation_label(&link.relation);
    format!("{} {} {to}", voice.end(link.from), voice.text(&one_line(relation)))
}

/// How well a link is established, how it follows from its evidence, and when it held.
pub(in crate::export) fn link_facts(voice: &impl Voice, link: &Link) -> String {
    let mut text = format!("{}, {}", link.strength.label(), link.basis.label());
    if !link.directed {
        text.push_str(", both ways");
    }
    let when = if link.when.edtf.is_empty() { &link.when.written } else { &link.when.edtf };
    if !when.is_empty() {
        let _ = write!(text, ", {}", voice.text(&one_line(when)));
    }
    if link.to_check {
        text.push_str(", to check");
    }
    if link.evidence.is_empty() {
        text.push_str(", no sentence yet");
    }
    text
}

/// The smallest set of speakers without which no way is left, in a sentence; `None` where there is none.
pub(in crate::export) fn cut_words(figures: &Figures) -> Option<String> {
    let cut: Vec<String> = figures.cut.iter().map(|group| group.join(" = ")).collect();
    (!cut.is_empty()).then(|| format!("Nothing is left without {} (the cut).", cut.join(", ")))
}

/// What a speaker on a chain is, and what is to be known of it.
pub(in crate::export) fn rung_facts(rung: &Rung) -> Vec<&'static str> {
    let more = [
        (rung.read, "original read"),
        (rung.in_cut, "cut"),
        (rung.in_loop, "in a circle"),
        (rung.on_withdrawn, "relies on what is set aside"),
        (rung.again, "see above"),
    ];
    let more = more.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words);
    std::iter::once(rung.standing.words()).chain(more).collect()
}
