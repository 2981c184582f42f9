//! Writing: the one canonical form of a notebook. See `FORMAT.md`.
//!
//! The frame is written by hand so that one record is one line and one paragraph of an article is one line,
//! which is what version control shows and merges.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;

use super::record::{Record, escape, list, put, string};
use super::{mention, v1, v2, v3, v4, v5};
use crate::notebook::{
    ActorKind, Article, ArticleId, Assessment, Card, ClaimStatus, Conflict, Detail, Entity,
    Evidence, Filter, Group, KeepSources, Kind, Link, Matrix, NamedView, Node, Notebook, Origin,
    Relation, Reply, SetAside, Target, View, ViewState, Waiver,
};
use crate::text::{Block, BlockKind, Page, Text};

/// The notebook and its desk as a file of format version 5.
///
/// [`super::parse`] returns both; what Casebook wrote renders to the same bytes again.
#[must_use]
pub fn render(notebook: &Notebook, desk: &ViewState) -> String {
    let mut out = String::with_capacity(4096 + notebook.mentions().len() * 256);
    put(&mut out, format_args!("(\ncasebook: {},\ntitle: ", super::VERSION));
    string(&mut out, notebook.title());
    out.push_str(",\n");

    section(&mut out, "articles", notebook.articles(), |out, a| article(out, a));
    out.push_str("texts: {\n");
    for (id, article) in notebook.articles() {
        let texts = article.earlier.iter().map(|version| &version.text).chain([&article.text]);
        for (number, text) in (1_u32..).zip(texts) {
            paragraphs(&mut out, *id, number, text);
        }
    }
    out.push_str("},\n");
    for (name, kind) in [("actors", Kind::Actor), ("events", Kind::Event), ("claims", Kind::Claim)]
    {
        let of_kind = notebook.entities().iter().filter(|(_, e)| e.kind() == kind);
        section(&mut out, name, of_kind, |out, e| entity(out, notebook, e));
    }
    section(&mut out, "mentions", notebook.mentions(), |out, m| mention::write(out, notebook, m));
    section(&mut out, "links", notebook.links(), |out, l| link(out, notebook, l));
    let relations = notebook.relations().iter().map(|(id, r)| (Escaped(&id.0), r));
    section(&mut out, "relations", relations, relation);
    section(&mut out, "canvas", notebook.nodes(), node);
    section(&mut out, "groups", notebook.groups(), |out, g| group(out, g));
    section(&mut out, "cards", notebook.cards(), |out, c| card(out, c));
    section(&mut out, "views", notebook.views(), |out, v| named_view(out, v));
    dismissed(&mut out, notebook);
    section(&mut out, "waivers", notebook.waivers(), |out, w| waiver(out, w));
    section(&mut out, "set_aside", notebook.set_aside(), |out, s| set_aside(out, s));
    section(&mut out, "matrices", notebook.matrices(), |out, m| matrix(out, m));
    section(&mut out, "conflicts", notebook.conflicts(), |out, c| conflict(out, c));
    self::desk(&mut out, notebook, desk);
    out.push_str(")\n");
    out
}

fn section<K: Display, V>(
    out: &mut String,
    name: &str,
    rows: impl IntoIterator<Item = (K, V)>,
    write: impl Fn(&mut String, V),
) {
    put(out, format_args!("{name}: {{\n"));
    for (key, value) in rows {
        put(out, format_args!("\"{key}\": "));
        write(out, value);
        out.push_str(",\n");
    }
    out.push_str("},\n");
}

fn article(out: &mut String, article: &Article) {
    let about = &article.about;
    let mut record = Record::open(out, "(");
    record.plain("order", about.order);
    record.text("title", &about.title);
    record.id_if_any("publisher", about.publisher);
    record.text_if_any("author", &about.author);
    record.text_if_any("date", &about.date);
    record.text_if_any("url", &about.url);
    record.text_if_any("language", &about.language);
    record.text_if_any("folder", &about.folder);
    let versions: Vec<&Origin> =
        article.earlier.iter().map(|version| &version.origin).chain([&article.origin]).collect();
    list(record.name("versions"), &versions, |out, origin| {
        let mut record = Record::open(out, "(");
        record.text("file_name", &origin.file_name);
        record.text("sha256", &origin.sha256);
        record.plain("bytes", origin.bytes);
        record.text("encoding", &origin.encoding);
        record.text("reader", &origin.reader);
        record.text("read_at", &origin.read_at);
        record.text_if_any("captured_at", &origin.captured_at);
        if origin.kept {
            record.plain("kept", true);
        }
        record.list_if_any("blocks", &origin.structure.blocks, block);
        record.list_if_any("pages", &origin.structure.pages, page);
        record.close();
    });
    record.close();
}

fn block(out: &mut String, block: &Block) {
    put(out, format_args!("({}, ", block.line));
    match &block.kind {
        BlockKind::Heading(level) => put(out, format_args!("Heading({level})")),
        BlockKind::Item(depth, sign) => {
            put(out, format_args!("Item({depth}, "));
            string(out, sign);
            out.push(')');
        }
        BlockKind::Quotation(depth) => put(out, format_args!("Quotation({depth})")),
        BlockKind::Row => out.push_str("Row"),
        BlockKind::Note => out.push_str("Note"),
        BlockKind::Preformatted => out.push_str("Preformatted"),
    }
    out.push(')');
}

fn page(out: &mut String, page: &Page) {
    out.push('(');
    string(out, &page.label);
    put(out, format_args!(", {}, {})", page.line, page.column));
}

fn paragraphs(out: &mut String, id: ArticleId, number: u32, text: &Text) {
    put(out, format_args!("(\"{id}\", {number}): [\n"));
    out.reserve(text.len() + text.len() / 16);
    for paragraph in text.as_str().split('\n') {
        string(out, paragraph);
        out.push_str(",\n");
    }
    out.push_str("],\n");
}

fn entity(out: &mut String, notebook: &Notebook, entity: &Entity) {
    let mut record = Record::open(out, "(");
    record.text("name", &entity.name);
    record.list_if_any("aliases", &entity.aliases, |out, alias| string(out, alias));
    let id = |out: &mut String, id: &crate::notebook::EntityId| put(out, format_args!("\"{id}\""));
    match &entity.detail {
        Detail::Actor(actor) => {
            if actor.kind != ActorKind::Unset {
                record.plain("kind", v3::ActorKind::word(actor.kind));
            }
            record.id_if_any("owner", actor.owner);
            if let Some(grade) = actor.reliability {
                record.plain("reliability", format_args!("Some({})", v1::Reliability::word(grade)));
            }
            record.list_if_any("members", &actor.members, id);
            assessments(&mut record, &actor.assessments);
        }
        Detail::Event(event) => {
            record.when_if_any("date", &event.date);
            record.text_if_any("place", &event.place);
            record.list_if_any("participants", &event.participants, |out, participant| {
                let mut record = Record::open(out, "(");
                record.id("actor", participant.actor);
                record.plain("role", v1::Role::word(participant.role));
                record.close();
            });
        }
        Detail::Claim(claim) => {
            record.list_if_any("about", &claim.about, id);
            if let Some(grade) = claim.credibility {
                record.plain("credibility", format_args!("Some({grade})"));
            }
            if claim.status != ClaimStatus::default() {
                record.plain("status", v3::ClaimStatus::word(claim.status));
            }
            record.flag("accusation", claim.accusation, false);
            record.list_if_any("replies", &claim.replies, |out, one| reply(out, notebook, one));
            assessments(&mut record, &claim.assessments);
        }
    }
    record.text_if_any("note", &entity.note);
    record.flag("to_check", entity.to_check, false);
    record.close();
}

fn reply(out: &mut String, notebook: &Notebook, reply: &Reply) {
    let mut record = Record::open(out, "(");
    record.id("actor", reply.actor);
    record.when_if_any("asked", &reply.asked);
    record.text_if_any("asked_by", &reply.asked_by);
    if let Some(answer) = &reply.answer {
        let out = record.name("answer");
        out.push_str("Some(");
        evidence(out, notebook, answer);
        out.push(')');
    }
    record.close();
}

fn evidence(out: &mut String, notebook: &Notebook, evidence: &Evidence) {
    match evidence {
        Evidence::Mention(id) => put(out, format_args!("Mention(\"{id}\")")),
        Evidence::Quote(anchor) => {
            let mut record = Record::open(out, "Quote(");
            record.quote(anchor, notebook);
            record.close();
        }
    }
}

fn assessments(record: &mut Record<'_>, all: &[Assessment]) {
    record.list_if_any("assessments", all, |out, one| {
        let mut record = Record::open(out, "(");
        record.text_if_any("at", &one.at);
        record.text_if_any("by", &one.by);
        record.plain("old", v3::Grade::words(one.old));
        record.plain("new", v3::Grade::words(one.new));
        record.text_if_any("reason", &one.reason);
        record.close();
    });
}

fn link(out: &mut String, notebook: &Notebook, link: &Link) {
    let mut record = Record::open(out, "(");
    record.id("from", link.from);
    match link.to {
        Target::Entity(to) => record.plain("to", format_args!("Entity(\"{to}\")")),
        Target::Link(to) => record.plain("to", format_args!("Link(\"{to}\")")),
    }
    record.text("relation", &link.relation.0);
    record.flag("directed", link.directed, true);
    record.list_if_any("evidence", &link.evidence, |out, one| evidence(out, notebook, one));
    record.plain("basis", v1::Basis::word(link.basis));
    record.plain("strength", v1::Strength::word(link.strength));
    record.when_if_any("when", &link.when);
    assessments(&mut record, &link.assessments);
    record.text_if_any("note", &link.note);
    record.flag("to_check", link.to_check, false);
    record.close();
}

fn relation(out: &mut String, relation: &Relation) {
    let mut record = Record::open(out, "(");
    record.text("label", &relation.label);
    record.plain("family", v1::Family::word(relation.family));
    record.flag("directed", relation.directed, true);
    record.close();
}

fn node(out: &mut String, node: &Node) {
    let mut record = Record::open(out, "(");
    record.number("x", node.x);
    record.number("y", node.y);
    record.flag("pinned", node.pinned, false);
    record.close();
}

fn group(out: &mut String, group: &Group) {
    let mut record = Record::open(out, "(");
    record.text("title", &group.title);
    record.plain("hue", v2::Hue::word(group.hue));
    record.flag("collapsed", group.collapsed, false);
    record.ids("members", &group.members);
    record.close();
}

fn card(out: &mut String, card: &Card) {
    let mut record = Record::open(out, "(");
    record.text("text", &card.text);
    record.number("x", card.x);
    record.number("y", card.y);
    record.number("width", card.width.max(1.0));
    record.number("height", card.height.max(1.0));
    record.plain("hue", v2::Hue::word(card.hue));
    record.close();
}

fn named_view(out: &mut String, named: &NamedView) {
    let mut record = Record::open(out, "(");
    record.text("name", &named.name);
    if !named.filter.is_empty() {
        filter(record.name("filter"), &named.filter);
    }
    if let Some(focus) = &named.focus {
        let mut inner = Record::open(record.name("focus"), "Some((");
        inner.ids("around", &focus.around);
        inner.plain("steps", focus.steps);
        inner.close();
        record.out.push(')');
    }
    if let Some(camera) = &named.camera {
        record.name("camera").push_str("Some(");
        view(record.out, camera);
        record.out.push(')');
    }
    record.close();
}

fn filter(out: &mut String, filter: &Filter) {
    let mut record = Record::open(out, "(");
    let kinds: Vec<_> = filter.kinds.iter().map(|kind| v2::Kind::word(*kind)).collect();
    record.list_if_any("kinds", &kinds, |out, word| out.push_str(word));
    let relations: Vec<_> = filter.relations.iter().collect();
    record.list_if_any("relations", &relations, |out, relation| string(out, &relation.0));
    let strengths: Vec<_> = filter.strengths.iter().map(|s| v1::Strength::word(*s)).collect();
    record.list_if_any("strengths", &strengths, |out, word| out.push_str(word));
    if !filter.articles.is_empty() {
        record.ids("articles", &filter.articles);
    }
    record.text_if_any("from", &filter.from);
    record.text_if_any("to", &filter.to);
    record.flag("with_evidence", filter.with_evidence, false);
    record.flag("to_check", filter.to_check, false);
    record.flag("hide_derived", filter.hide_derived, false);
    record.close();
}

fn view(out: &mut String, view: &View) {
    let mut record = Record::open(out, "(");
    record.number("x", view.x);
    record.number("y", view.y);
    record.number("zoom", view.zoom);
    record.close();
}

fn dismissed(out: &mut String, notebook: &Notebook) {
    out.push_str("dismissed: {\n");
    for (id, dismissed) in notebook.dismissed() {
        let Some(article) = notebook.article(*id) else { continue };
        // One key twice would be a file that cannot be read: what still fits counts.
        let mut all: BTreeMap<(usize, usize), Cow<'_, str>> = dismissed
            .lost
            .iter()
            .map(|(place, words)| (*place, Cow::Borrowed(words.as_str())))
            .collect();
        for (start, end) in &dismissed.places {
            let quote = article.text.quote(*start..*end);
            all.insert((quote.start, quote.end), Cow::Owned(quote.exact));
        }
        for ((start, end), words) in &all {
            put(out, format_args!("(\"{id}\", {start}, {end}): "));
            string(out, words);
            out.push_str(",\n");
        }
    }
    out.push_str("},\n");
}

fn waiver(out: &mut String, waiver: &Waiver) {
    let mut record = Record::open(out, "(");
    record.text("rule", &waiver.rule);
    record.ids("of", &waiver.of);
    record.text_if_any("reason", &waiver.reason);
    record.text_if_any("at", &waiver.at);
    record.text_if_any("by", &waiver.by);
    record.close();
}

fn set_aside(out: &mut String, aside: &SetAside) {
    let mut record = Record::open(out, "(");
    record.id("what", aside.what);
    record.text_if_any("from", &aside.from);
    record.text_if_any("reason", &aside.reason);
    record.text_if_any("at", &aside.at);
    record.text_if_any("by", &aside.by);
    record.close();
}

fn conflict(out: &mut String, conflict: &Conflict) {
    let mut record = Record::open(out, "(");
    let (word, id) = v4::Of::written(&conflict.of).unwrap_or(("Title", String::new()));
    let of = record.name("of");
    of.push_str(word);
    if !id.is_empty() {
        of.push('(');
        string(of, &id);
        of.push(')');
    }
    record.text("field", &conflict.field);
    record.text("base", &conflict.base);
    record.text("ours", &conflict.ours);
    record.text("theirs", &conflict.theirs);
    record.close();
}

fn matrix(out: &mut String, matrix: &Matrix) {
    let mut record = Record::open(out, "(");
    record.text("title", &matrix.title);
    record.list_if_any("claims", &matrix.claims, |out, id| put(out, format_args!("\"{id}\"")));
    record.list_if_any("rows", &matrix.rows, |out, row| put(out, format_args!("\"{row}\"")));
    if !matrix.cells.is_empty() {
        let out = record.name("cells");
        out.push('{');
        for (number, ((claim, row), fit)) in matrix.cells.iter().enumerate() {
            let gap = if number == 0 { "" } else { ", " };
            let word = v3::Fit::word(*fit);
            put(out, format_args!("{gap}(\"{claim}\", \"{row}\"): {word}"));
        }
        out.push('}');
    }
    record.close();
}

/// Places in deleted articles are left out.
fn desk(out: &mut String, notebook: &Notebook, desk: &ViewState) {
    let there = |id: &ArticleId| notebook.article(*id).is_some();
    out.push_str("desk: (\n");
    if let Some(article) = desk.article.filter(there) {
        put(out, format_args!("article: Some(\"{article}\"),\n"));
    }
    let reading = desk.reading.iter().filter(|(id, _)| there(id));
    section(out, "reading", reading, |out, place| {
        let mut record = Record::open(out, "(");
        record.plain("paragraph", place.paragraph);
        record.number("offset", place.offset);
        record.close();
    });
    if let Some(camera) = &desk.canvas {
        out.push_str("canvas: Some(");
        view(out, camera);
        out.push_str("),\n");
    }
    if desk.keep_sources != KeepSources::default() {
        let keep = v5::KeepSources::word(desk.keep_sources);
        put(out, format_args!("keep_sources: Some({keep}),\n"));
    }
    out.push_str("),\n");
}

/// A string's characters, escaped, without the quotation marks.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = String::with_capacity(self.0.len());
        escape(&mut out, self.0);
        f.write_str(&out)
    }
}
