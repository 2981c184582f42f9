//! brat standoff (<https://brat.nlplab.org/standoff.html>): for each article its text and its annotations, and a
//! configuration that declares what they use. Offsets count Unicode code points. What the format has no line for (ids,
//! the words of evidence) stands in its comments, which readers keep or skip.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::file_names::safe;
use super::location::Cited;
use super::{Content, Out, Stopped};
use crate::notebook::{
    ActorKind, ArticleId, Detail, Entity, EntityId, Evidence, Form, Link, LinkId, Mention,
    MentionId, Modality, Notebook, Polarity, RelationId, Role, Target,
};

/// The comments that say which record of the notebook an annotation is.
pub(crate) const ID_COMMENT: &str = "Casebook";
/// The comments that quote what supports a relation.
pub(crate) const EVIDENCE_COMMENT: &str = "Evidence";
/// What entities are known by, as the name of a knowledge base.
pub(crate) const KNOWLEDGE_BASE: &str = "Casebook";

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let names = relation_names(content);
    let mut by_article: BTreeMap<ArticleId, Vec<(MentionId, &Mention)>> = BTreeMap::new();
    let mut told = Told::new();
    for (id, mention) in content.mentions() {
        if mention.anchor.range().is_some() {
            told.insert((mention.entity, mention.anchor.article));
        }
        by_article.entry(mention.anchor.article).or_default().push((id, mention));
    }
    let mut links: BTreeMap<ArticleId, Vec<(LinkId, &Link)>> = BTreeMap::new();
    for (id, link) in content.links() {
        for article in articles_of(content, &told, link) {
            links.entry(article).or_default().push((id, link));
        }
        out.step()?;
    }
    for (id, article) in content.articles() {
        let stem = format!("{}-{id}", safe(&article.about.title, "article"));
        out.begin(&format!("{stem}.txt"))?;
        out.text(article.text.as_str())?;
        out.begin(&format!("{stem}.ann"))?;
        let mut page = Page::new(content.notebook(), &names);
        for (id, mention) in by_article.get(&id).into_iter().flatten() {
            page.mention(*id, mention);
            out.step()?;
        }
        for spans in page.of_entity.values_mut() {
            spans.sort_unstable();
        }
        page.events();
        out.text(&std::mem::take(&mut page.lines))?;
        for (link_id, link) in links.get(&id).into_iter().flatten() {
            page.link(id, *link_id, link);
            out.text(&std::mem::take(&mut page.lines))?;
        }
        out.step()?;
    }
    out.begin("annotation.conf")?;
    out.text(&configuration(&names))
}

/// In which articles each entity is mentioned.
type Told = BTreeSet<(EntityId, ArticleId)>;

/// The articles in which a link is told: those of its evidence where both its ends are mentioned; without evidence, the
/// first in which they are.
fn articles_of(content: &Content<'_>, told: &Told, link: &Link) -> Vec<ArticleId> {
    let Target::Entity(to) = link.to else { return Vec::new() };
    let notebook = content.notebook();
    let both = |id: &ArticleId| told.contains(&(link.from, *id)) && told.contains(&(to, *id));
    let evidence = link.evidence.iter().filter_map(|one| notebook.evidence_anchor(one));
    let mut articles: Vec<ArticleId> =
        evidence.map(|anchor| anchor.article).filter(|id| both(id)).collect();
    articles.sort_unstable();
    articles.dedup();
    if articles.is_empty() {
        articles.extend(content.articles().map(|(id, _)| id).find(both));
    }
    articles
}

/// What the relations are called: brat takes letters, digits, `_` and `-` alone.
fn relation_names(content: &Content<'_>) -> BTreeMap<RelationId, String> {
    let mut names: BTreeMap<RelationId, String> = BTreeMap::new();
    for (_, link) in content.links() {
        if names.contains_key(&link.relation) {
            continue;
        }
        let name = relation_name(&link.relation.0);
        let mut unique = name.clone();
        let mut number = 1;
        while names.values().any(|taken| *taken == unique) {
            number += 1;
            unique = format!("{name}_{number}");
        }
        names.insert(link.relation.clone(), unique);
    }
    names
}

/// A relation's id in the letters that brat takes.
pub(crate) fn relation_name(id: &str) -> String {
    let mut name = String::new();
    for c in id.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('_') {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.to_owned()
    } else {
        format!("relation_{name}").trim_end_matches('_').to_owned()
    }
}

/// What an actor's kind, or another kind of entity, is called.
pub(crate) const fn type_of(entity: &Entity) -> &'static str {
    match &entity.detail {
        Detail::Actor(actor) => actor_type(actor.kind),
        Detail::Event(_) => "Event",
        Detail::Claim(_) => "Claim",
    }
}

/// What a kind of actor is called.
pub(crate) const fn actor_type(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Unset => "Actor",
        ActorKind::Person => "Person",
        ActorKind::Organisation => "Organisation",
        ActorKind::Media => "Media",
        ActorKind::PublicBody => "Public_body",
        ActorKind::Group => "Group",
        ActorKind::Anonymous => "Anonymous",
    }
}

/// What a role in an event is called.
pub(crate) const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Agent => "Agent",
        Role::Patient => "Patient",
        Role::Organiser => "Organiser",
        Role::Involved => "Involved",
    }
}

/// The annotations of one article.
struct Page<'a> {
    notebook: &'a Notebook,
    names: &'a BTreeMap<RelationId, String>,
    lines: String,
    /// Where an entity is mentioned, and what that annotation is called: by start.
    of_entity: BTreeMap<EntityId, Vec<(usize, usize)>>,
    /// What the annotation of a mention is called.
    of_mention: BTreeMap<MentionId, usize>,
    /// The mentions of events: annotation, place, entity.
    triggers: Vec<(usize, usize, EntityId)>,
    /// The events by their triggers.
    event_of: BTreeMap<usize, usize>,
    /// How many lines of each letter there are: T, E, R, A, N, #.
    counts: [usize; 6],
}

impl<'a> Page<'a> {
    fn new(notebook: &'a Notebook, names: &'a BTreeMap<RelationId, String>) -> Self {
        Self {
            notebook,
            names,
            lines: String::new(),
            of_entity: BTreeMap::new(),
            of_mention: BTreeMap::new(),
            triggers: Vec::new(),
            event_of: BTreeMap::new(),
            counts: [0; 6],
        }
    }

    fn next(&mut self, letter: usize) -> usize {
        self.counts[letter] += 1;
        self.counts[letter]
    }

    fn comment(&mut self, sort: &str, of: &str, text: &str) {
        let text = on_one_line(text);
        if !text.trim().is_empty() {
            let number = self.next(5);
            // Writing to a string cannot fail.
            let _ = writeln!(self.lines, "#{number}\t{sort} {of}\t{text}");
        }
    }

    fn attribute(&mut self, sort: &str, of: usize, value: &str) {
        let number = self.next(3);
        let space = if value.is_empty() { "" } else { " " };
        let _ = writeln!(self.lines, "A{number}\t{sort} T{of}{space}{value}");
    }

    fn mention(&mut self, id: MentionId, mention: &Mention) {
        let Some(entity) = self.notebook.entity(mention.entity) else { return };
        let at = Cited::at(self.notebook, &mention.anchor);
        let words = words(at.words);
        // An orphan stands nowhere, and readers take no words of spaces alone.
        if at.paragraph.is_none() || words.trim().is_empty() {
            return;
        }
        let number = self.next(0);
        let spans = spans(at.start, at.words);
        let _ = writeln!(self.lines, "T{number}\t{} {spans}\t{words}", type_of(entity));
        let reference = self.next(4);
        let _ = writeln!(
            self.lines,
            "N{reference}\tReference T{number} {KNOWLEDGE_BASE}:{}\t{}",
            mention.entity,
            on_one_line(&entity.name)
        );
        let of = format!("T{number}");
        self.comment(ID_COMMENT, &of, &id.to_string());
        self.comment("AnnotatorNotes", &of, &mention.note);
        if mention.to_check {
            self.attribute("To_check", number, "");
        }
        if let Some(statement) = &mention.statement {
            if statement.modality != Modality::default() {
                self.attribute("Modality", number, &format!("{:?}", statement.modality));
            }
            if statement.polarity != Polarity::default() {
                self.attribute("Polarity", number, &format!("{:?}", statement.polarity));
            }
            if statement.form != Form::default() {
                self.attribute("Form", number, &format!("{:?}", statement.form));
            }
        }
        self.of_mention.insert(id, number);
        self.of_entity.entry(mention.entity).or_default().push((at.start, number));
        if matches!(entity.detail, Detail::Event(_)) {
            self.triggers.push((number, at.start, mention.entity));
        }
    }

    /// The mention of an entity that is nearest to a place.
    fn nearest(&self, entity: EntityId, place: usize) -> Option<usize> {
        let spans = self.of_entity.get(&entity)?;
        let at = spans.partition_point(|(start, _)| *start < place);
        let near = [at.checked_sub(1), Some(at)].into_iter().flatten();
        near.filter_map(|at| spans.get(at))
            .min_by_key(|(start, _)| start.abs_diff(place))
            .map(|(_, number)| *number)
    }

    /// A line for each mention of an event, with those of its participants that are mentioned in this article.
    fn events(&mut self) {
        for (trigger, place, entity) in std::mem::take(&mut self.triggers) {
            let number = self.next(1);
            let mut line = format!("E{number}\tEvent:T{trigger}");
            if let Some(Detail::Event(event)) = self.notebook.entity(entity).map(|e| &e.detail) {
                let mut counts = BTreeMap::new();
                for who in &event.participants {
                    let Some(mention) = self.nearest(who.actor, place) else { continue };
                    let count = counts.entry(who.role).or_insert(0_usize);
                    *count += 1;
                    let _ = write!(line, " {}", role_name(who.role));
                    if *count > 1 {
                        let _ = write!(line, "{count}");
                    }
                    let _ = write!(line, ":T{mention}");
                }
            }
            let _ = writeln!(self.lines, "{line}");
            self.event_of.insert(trigger, number);
        }
    }

    /// What a relation names a mention by: brat lets relations of events name the event.
    fn argument(&self, mention: usize) -> String {
        match self.event_of.get(&mention) {
            Some(event) => format!("E{event}"),
            None => format!("T{mention}"),
        }
    }

    fn link(&mut self, article: ArticleId, id: LinkId, link: &'a Link) {
        let Target::Entity(to) = link.to else { return };
        let notebook = self.notebook;
        let here = |one: &&Evidence| {
            notebook
                .evidence_anchor(one)
                .is_some_and(|anchor| anchor.article == article && anchor.range().is_some())
        };
        let evidence: Vec<&'a Evidence> = link.evidence.iter().filter(here).collect();
        let cited = |one: &'a Evidence| {
            notebook.evidence_anchor(one).map(|anchor| Cited::at(notebook, anchor))
        };
        let place = evidence.first().and_then(|one| cited(one)).map_or(0, |at| at.start);
        let (Some(from), Some(to)) = (self.nearest(link.from, place), self.nearest(to, place))
        else {
            return;
        };
        let number = self.next(2);
        let name = self.names.get(&link.relation).map_or("relation", String::as_str);
        let (from, to) = (self.argument(from), self.argument(to));
        let _ = writeln!(self.lines, "R{number}\t{name} Arg1:{from} Arg2:{to}");
        let of = format!("R{number}");
        self.comment(ID_COMMENT, &of, &format!("{id} {}", link.relation.0));
        self.comment("AnnotatorNotes", &of, &link.note);
        for one in evidence {
            let Some(at) = cited(one) else { continue };
            let place = match one {
                Evidence::Mention(id) => self.of_mention.get(id).map(|number| format!("T{number}")),
                Evidence::Quote(_) => None,
            };
            let place = place.unwrap_or_else(|| format!("{} {}", at.start, at.end));
            self.comment(EVIDENCE_COMMENT, &of, &format!("{place} {}", at.words));
        }
    }
}

/// Words as brat repeats them beside their place: on one line.
fn words(text: &str) -> String {
    text.split('\n')
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .replace(['\t', '\r'], " ")
}

/// A text as a line holds it: nothing of it ends the line or its column.
fn on_one_line(text: &str) -> String {
    text.replace(['\t', '\r', '\n'], " ")
}

/// Where words stand, from this code point on. A place that runs over a line break is told line by line, as brat does it.
fn spans(start: usize, text: &str) -> String {
    let mut spans = String::new();
    let mut at = start;
    for line in text.split('\n') {
        let end = at + line.chars().count();
        if end > at {
            let _ = write!(spans, "{}{at} {end}", if spans.is_empty() { "" } else { ";" });
        }
        at = end + 1;
    }
    spans
}

/// What declares to brat which types there are.
fn configuration(names: &BTreeMap<RelationId, String>) -> String {
    let mut text = String::from("[entities]\nActor\n");
    for kind in ActorKind::ALL.into_iter().filter(|kind| *kind != ActorKind::Unset) {
        let _ = writeln!(text, "\t{}", actor_type(kind));
    }
    text.push_str("Claim\n\n[relations]\n");
    for name in names.values() {
        let _ = writeln!(text, "{name}\tArg1:<ENTITY>|<EVENT>, Arg2:<ENTITY>|<EVENT>");
    }
    text.push_str("\n[events]\nEvent\t");
    let roles = Role::ALL.map(|role| format!("{}*:<ENTITY>", role_name(role)));
    text.push_str(&roles.join(", "));
    text.push_str("\n\n[attributes]\nTo_check\tArg:<ENTITY>|<EVENT>\n");
    let values = |all: &[String]| all.join("|");
    let _ = writeln!(
        text,
        "Modality\tArg:Claim, Value:{}",
        values(&Modality::ALL.map(|one| format!("{one:?}")))
    );
    let _ = writeln!(
        text,
        "Polarity\tArg:Claim, Value:{}",
        values(&Polarity::ALL.map(|one| format!("{one:?}")))
    );
    let _ = writeln!(
        text,
        "Form\tArg:Claim, Value:{}",
        values(&Form::ALL.map(|one| format!("{one:?}")))
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_over_two_lines_is_told_line_by_line() {
        assert_eq!(spans(3, "ab"), "3 5");
        assert_eq!(spans(3, "ab\n\ncé"), "3 5;7 9");
        assert_eq!(words("ab\n\nc\td"), "ab c d");
    }

    #[test]
    fn a_relation_is_called_in_letters() {
        assert_eq!(relation_name("works for"), "works_for");
        assert_eq!(relation_name("“said by”"), "said_by");
        assert_eq!(relation_name("продаёт"), "relation");
        assert_eq!(relation_name("2nd"), "relation_2nd");
    }
}
