//! `casebook show`: what a notebook says, for reading or for another program.

use std::fmt::Write;
use std::process::ExitCode;

use anyhow::bail;
use serde::Serialize;

use super::args::Show;
use super::output::{self, one_line};
use crate::notebook::{
    Anchor, Article, ArticleId, Detail, EntityId, Evidence, Kind, Link, LinkId, MentionId,
    Notebook, Place, Statement, Target,
};
use crate::storage::load;
use crate::text::{fold, same_name};

#[derive(Serialize)]
struct Shown {
    title: String,
    articles: Vec<ShownArticle>,
    entities: Vec<ShownEntity>,
    links: Vec<ShownLink>,
}

#[derive(Serialize)]
struct ShownArticle {
    id: String,
    title: String,
    publisher: Option<Name>,
    author: String,
    date: String,
    url: String,
    language: String,
    file_name: String,
    sha256: String,
    encoding: String,
    characters: usize,
    mentions: usize,
}

/// Something that has an id and is called something.
#[derive(Serialize)]
struct Name {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct ShownEntity {
    id: String,
    kind: &'static str,
    name: String,
    aliases: Vec<String>,
    /// What its kind has, as name and value.
    #[serde(flatten)]
    details: serde_json::Map<String, serde_json::Value>,
    note: String,
    to_check: bool,
    mentions: Vec<ShownMention>,
}

#[derive(Serialize)]
struct ShownMention {
    id: String,
    #[serde(flatten)]
    at: ShownPlace,
    note: String,
    to_check: bool,
    statement: Option<ShownStatement>,
}

/// A place: offsets in Unicode scalar values, end exclusive.
#[derive(Serialize)]
struct ShownPlace {
    article: Name,
    start: usize,
    end: usize,
    quote: String,
    orphan: bool,
}

#[derive(Serialize)]
struct ShownStatement {
    chain: Vec<ShownHop>,
    modality: &'static str,
    polarity: &'static str,
    form: &'static str,
}

#[derive(Serialize)]
struct ShownHop {
    actor: Name,
    cue: String,
    source: &'static str,
}

#[derive(Serialize)]
struct ShownLink {
    id: String,
    from: Name,
    relation: String,
    to: Name,
    directed: bool,
    basis: &'static str,
    strength: &'static str,
    written: String,
    date: String,
    note: String,
    to_check: bool,
    evidence: Vec<ShownEvidence>,
}

#[derive(Serialize)]
struct ShownEvidence {
    /// The mention that serves as evidence; null for a quote.
    mention: Option<String>,
    #[serde(flatten)]
    at: ShownPlace,
}

pub(super) fn run(args: &Show) -> anyhow::Result<ExitCode> {
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    output::complain_of_orphans(&loaded.orphans);
    let notebook = &loaded.notebook;
    let only = args.entity.as_deref().map(|name| find(notebook, name)).transpose()?;
    let shown = shown(notebook, only);
    if args.json {
        output::json(&shown)?;
    } else {
        output::text(&words(&shown, only.is_none())?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The entity of this id, name or alias; accents and case count only where they are needed to tell two apart.
fn find(notebook: &Notebook, name: &str) -> anyhow::Result<EntityId> {
    if let Ok(id) = name.parse::<EntityId>()
        && notebook.entity(id).is_some()
    {
        return Ok(id);
    }
    let folded = fold(name);
    let tries: [&dyn Fn(&str) -> bool; 3] =
        [&|n| same_name(n, name), &|n| fold(n) == folded, &|n| fold(n).contains(&folded)];
    for (number, matches) in tries.iter().enumerate() {
        let found: Vec<_> =
            notebook.entities().iter().filter(|(_, e)| e.names().any(*matches)).collect();
        match found[..] {
            [] => {}
            // Part of a name is a guess: it is offered, not taken.
            [(id, _)] if number < 2 => return Ok(*id),
            _ => {
                let list: Vec<String> = found
                    .iter()
                    .take(20)
                    .map(|(id, e)| format!("{id} ({} “{}”)", e.kind().word(), e.name))
                    .collect();
                let says =
                    if number < 2 { "names several entities" } else { "is no entity’s name" };
                bail!("“{name}” {says}; name one by its id: {}", list.join(", "));
            }
        }
    }
    bail!(
        "no entity of this notebook is called “{name}”; “casebook show” without --entity lists them"
    )
}

fn shown(notebook: &Notebook, only: Option<EntityId>) -> Shown {
    let entities = |kind: Kind| {
        let mut of_kind: Vec<_> = notebook
            .entities()
            .iter()
            .filter(move |(id, e)| e.kind() == kind && only.is_none_or(|only| only == **id))
            .map(|(id, e)| (fold(&e.name), *id))
            .collect();
        of_kind.sort();
        of_kind.into_iter().filter_map(|(_, id)| entity(notebook, id))
    };
    let wanted: Vec<(LinkId, &Link)> = match only {
        None => notebook.links().iter().map(|(id, link)| (*id, &**link)).collect(),
        Some(only) => {
            notebook.links_of(only).filter_map(|id| Some((id, &**notebook.link(id)?))).collect()
        }
    };
    Shown {
        title: notebook.title().to_owned(),
        articles: notebook
            .articles_in_order()
            .into_iter()
            .filter_map(|id| Some(article(notebook, id, notebook.article(id)?)))
            .collect(),
        entities: Kind::ALL.into_iter().flat_map(entities).collect(),
        links: wanted.into_iter().map(|(id, l)| link(notebook, id, l)).collect(),
    }
}

fn named(notebook: &Notebook, id: EntityId) -> Name {
    Name { id: id.to_string(), name: notebook.name(id).to_owned() }
}

fn article(notebook: &Notebook, id: ArticleId, article: &Article) -> ShownArticle {
    let about = &article.about;
    ShownArticle {
        id: id.to_string(),
        title: about.title.clone(),
        publisher: about.publisher.map(|id| named(notebook, id)),
        author: about.author.clone(),
        date: about.date.clone(),
        url: about.url.clone(),
        language: about.language.clone(),
        file_name: article.origin.file_name.clone(),
        sha256: article.origin.sha256.clone(),
        encoding: article.origin.encoding.clone(),
        characters: article.text.scalars(),
        mentions: notebook.mention_count_in(id),
    }
}

fn entity(notebook: &Notebook, id: EntityId) -> Option<ShownEntity> {
    use serde_json::json;
    let entity = notebook.entity(id)?;
    let name = |id: &EntityId| json!(named(notebook, *id));
    let names = |ids: &[EntityId]| ids.iter().map(name).collect::<Vec<_>>();
    let details = match &entity.detail {
        Detail::Actor(actor) => json!({
            "actor_kind": actor.kind.label(),
            "owner": actor.owner.as_ref().map(name),
            "reliability": actor.reliability.map(crate::notebook::Reliability::label),
            "members": names(&actor.members),
        }),
        Detail::Event(event) => json!({
            "written": event.date.written,
            "date": event.date.edtf,
            "place": event.place,
            "participants": event.participants.iter().map(|p| json!({
                "actor": name(&p.actor), "role": p.role.label(),
            })).collect::<Vec<_>>(),
        }),
        Detail::Claim(claim) => json!({
            "about": names(&claim.about),
            "credibility": claim.credibility,
            "verdict": claim.verdict.as_ref().map(|v| json!({
                "status": v.status, "reason": v.reason,
            })),
        }),
    };
    let details = match details {
        serde_json::Value::Object(details) => details,
        _ => serde_json::Map::new(),
    };
    Some(ShownEntity {
        id: id.to_string(),
        kind: entity.kind().word(),
        name: entity.name.clone(),
        aliases: entity.aliases.clone(),
        details,
        note: entity.note.clone(),
        to_check: entity.to_check,
        mentions: notebook.mentions_of(id).filter_map(|id| mention(notebook, id)).collect(),
    })
}

fn mention(notebook: &Notebook, id: MentionId) -> Option<ShownMention> {
    let mention = notebook.mention(id)?;
    Some(ShownMention {
        id: id.to_string(),
        at: place(notebook, &mention.anchor),
        note: mention.note.clone(),
        to_check: mention.to_check,
        statement: mention.statement.as_ref().map(|said| statement(notebook, said)),
    })
}

fn place(notebook: &Notebook, anchor: &Anchor) -> ShownPlace {
    let article = notebook.article(anchor.article);
    let (start, end, orphan) = match &anchor.place {
        Place::At { start, end } => {
            let scalar = |byte| article.map_or(byte, |a| a.text.scalar_of(byte));
            (scalar(*start), scalar(*end), false)
        }
        Place::Orphan(quote) => (quote.start, quote.end, true),
    };
    ShownPlace {
        article: Name {
            id: anchor.article.to_string(),
            name: article.map_or_else(String::new, |a| a.about.title.clone()),
        },
        start,
        end,
        quote: notebook.words(anchor).to_owned(),
        orphan,
    }
}

fn statement(notebook: &Notebook, statement: &Statement) -> ShownStatement {
    ShownStatement {
        chain: statement
            .chain
            .iter()
            .map(|hop| ShownHop {
                actor: named(notebook, hop.actor),
                cue: hop.cue.clone(),
                source: hop.source.label(),
            })
            .collect(),
        modality: statement.modality.label(),
        polarity: statement.polarity.label(),
        form: statement.form.label(),
    }
}

fn link(notebook: &Notebook, id: LinkId, link: &Link) -> ShownLink {
    ShownLink {
        id: id.to_string(),
        from: named(notebook, link.from),
        relation: notebook.relation_label(&link.relation).to_owned(),
        to: match link.to {
            Target::Entity(to) => named(notebook, to),
            Target::Link(to) => Name { id: to.to_string(), name: format!("the link {to}") },
        },
        directed: link.directed,
        basis: link.basis.label(),
        strength: link.strength.label(),
        written: link.when.written.clone(),
        date: link.when.edtf.clone(),
        note: link.note.clone(),
        to_check: link.to_check,
        evidence: link
            .evidence
            .iter()
            .filter_map(|evidence| {
                let anchor = notebook.evidence_anchor(evidence)?;
                let mention = match evidence {
                    Evidence::Mention(id) => Some(id.to_string()),
                    Evidence::Quote(_) => None,
                };
                Some(ShownEvidence { mention, at: place(notebook, anchor) })
            })
            .collect(),
    }
}

fn words(shown: &Shown, with_articles: bool) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    if with_articles {
        if !shown.title.is_empty() {
            writeln!(out, "{}\n", one_line(&shown.title))?;
        }
        writeln!(out, "ARTICLES")?;
        for a in &shown.articles {
            let known =
                [a.publisher.as_ref().map_or("", |p| &p.name), &a.author, &a.date, &a.language];
            let known: Vec<&str> = known.into_iter().filter(|text| !text.is_empty()).collect();
            let mentions = output::count(a.mentions, "mention", "mentions");
            writeln!(out, "  {}  “{}”  {}", a.id, one_line(&a.title), known.join(", "))?;
            writeln!(
                out,
                "      {}, {}, {} characters, {mentions}",
                a.file_name, a.encoding, a.characters
            )?;
        }
    }
    for kind in Kind::ALL {
        let of_kind: Vec<_> = shown.entities.iter().filter(|e| e.kind == kind.word()).collect();
        if !of_kind.is_empty() {
            writeln!(out, "\n{}", kind.plural().to_uppercase())?;
        }
        for entity in of_kind {
            entity_words(&mut out, entity)?;
        }
    }
    if !shown.links.is_empty() {
        writeln!(out, "\nLINKS")?;
    }
    for link in &shown.links {
        link_words(&mut out, link)?;
    }
    Ok(out)
}

fn entity_words(out: &mut String, entity: &ShownEntity) -> std::fmt::Result {
    let check = if entity.to_check { "  (to check)" } else { "" };
    writeln!(out, "  {}  {}{check}", entity.id, one_line(&entity.name))?;
    if !entity.aliases.is_empty() {
        writeln!(out, "      also: {}", one_line(&entity.aliases.join(", ")))?;
    }
    for (field, value) in &entity.details {
        let value = plain(value);
        if !value.is_empty() {
            writeln!(out, "      {}: {}", field.replace('_', " "), one_line(&value))?;
        }
    }
    if !entity.note.is_empty() {
        writeln!(out, "      note: {}", one_line(&entity.note))?;
    }
    for mention in &entity.mentions {
        let check = if mention.to_check { "  (to check)" } else { "" };
        writeln!(out, "      {}  {}{check}", mention.id, place_words(&mention.at))?;
        if let Some(said) = &mention.statement {
            let mut chain = "article".to_owned();
            for hop in &said.chain {
                write!(chain, " ← {}", hop.actor.name)?;
                if !hop.cue.is_empty() {
                    write!(chain, " [{}]", hop.cue)?;
                }
                write!(chain, " ({})", hop.source)?;
            }
            let ShownStatement { modality, polarity, form, .. } = said;
            writeln!(out, "          {}  | {modality}, {polarity}, {form}", one_line(&chain))?;
        }
        if !mention.note.is_empty() {
            writeln!(out, "          note: {}", one_line(&mention.note))?;
        }
    }
    Ok(())
}

fn link_words(out: &mut String, link: &ShownLink) -> std::fmt::Result {
    let arrow = if link.directed { "→" } else { "—" };
    let check = if link.to_check { "  (to check)" } else { "" };
    writeln!(
        out,
        "  {}  {} — {} {arrow} {}  | {}, {}{check}",
        link.id,
        one_line(&link.from.name),
        one_line(&link.relation),
        one_line(&link.to.name),
        link.basis,
        link.strength
    )?;
    let when: Vec<&str> =
        [&*link.written, &*link.date].into_iter().filter(|text| !text.is_empty()).collect();
    if !when.is_empty() {
        writeln!(out, "      when: {}", one_line(&when.join("; ")))?;
    }
    if !link.note.is_empty() {
        writeln!(out, "      note: {}", one_line(&link.note))?;
    }
    if link.evidence.is_empty() {
        writeln!(out, "      no evidence")?;
    }
    for evidence in &link.evidence {
        writeln!(out, "      {}", place_words(&evidence.at))?;
    }
    Ok(())
}

fn place_words(at: &ShownPlace) -> String {
    let orphan = if at.orphan { " (orphan)" } else { "" };
    format!(
        "“{}”  {} {}–{}{orphan}",
        one_line(&at.quote),
        one_line(&at.article.name),
        at.start,
        at.end
    )
}

/// A detail in words: names, not ids.
fn plain(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            let parts: Vec<String> =
                fields.iter().filter(|(key, _)| *key != "id").map(|(_, v)| plain(v)).collect();
            parts.join(" · ")
        }
        other => other.to_string(),
    }
}
