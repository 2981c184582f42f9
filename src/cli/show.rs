//! `casebook show`: what a notebook says, for reading or for another program.

use std::fmt::Write;
use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};

use super::args::Show;
use super::named::entity_named;
use super::output::{self, one_line};
use crate::fields::{ARTICLE, ENTITY, Field, LINK, MENTION, Record, STATEMENT, field};
use crate::notebook::{
    Article, ArticleId, EntityId, Evidence, Fit, Kind, Link, LinkId, Matrix, MatrixId, Mention,
    MentionId, Notebook, ReadIn, SetAside, SetAsideId, Subject, Waiver, WaiverId,
};
use crate::storage::load;
use crate::text::fold;

#[derive(Serialize)]
struct Shown {
    title: String,
    articles: Vec<ShownArticle>,
    entities: Vec<ShownEntity>,
    links: Vec<ShownLink>,
    derived_links: Vec<ShownDerived>,
    waivers: Vec<Value>,
    set_aside: Vec<Value>,
    matrices: Vec<Value>,
}

/// The fields of a record, by their keys, in the order of their table.
struct Fields(Vec<(&'static str, Value)>);

impl Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl Fields {
    /// Those that a record has, but for some.
    fn of<R: Record>(
        fields: &'static [Field<R>],
        notebook: &Notebook,
        record: &R,
        but: &[&str],
    ) -> Self {
        let shown = fields.iter().filter(|field| !but.contains(&field.key));
        Self(shown.filter_map(|f| Some((f.key, f.json(notebook, record)?))).collect())
    }

    fn get(&self, key: &str) -> &Value {
        self.0.iter().find(|(known, _)| *known == key).map_or(&Value::Null, |(_, value)| value)
    }

    /// A field in words: names, not ids.
    fn words(&self, key: &str) -> String {
        one_line(&plain(self.get(key)))
    }

    fn is_on(&self, key: &str) -> bool {
        self.get(key) == &Value::Bool(true)
    }
}

#[derive(Serialize)]
struct ShownArticle {
    id: String,
    #[serde(flatten)]
    fields: Fields,
    characters: usize,
    mentions: usize,
    versions: u32,
}

#[derive(Serialize)]
struct ShownEntity {
    id: String,
    #[serde(flatten)]
    fields: Fields,
    mentions: Vec<ShownMention>,
    #[serde(skip)]
    kind: Kind,
}

#[derive(Serialize)]
struct ShownMention {
    id: String,
    /// Where: article, start, end (Unicode scalar values, end exclusive), quote, orphan.
    #[serde(flatten)]
    at: Value,
    #[serde(flatten)]
    fields: Fields,
    /// Null for a mention of an actor or event.
    statement: Option<Fields>,
}

#[derive(Serialize)]
struct ShownLink {
    id: String,
    #[serde(flatten)]
    fields: Fields,
}

/// A derived link, and the mentions that it follows from.
#[derive(Serialize)]
struct ShownDerived {
    id: String,
    from: Value,
    relation: String,
    to: Value,
    follows_from: Vec<Value>,
}

pub(super) fn run(args: &Show) -> anyhow::Result<ExitCode> {
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    output::complain_of_orphans(&loaded.orphans);
    let notebook = &loaded.notebook;
    let only = args.entity.as_deref().map(|name| entity_named(notebook, name, None)).transpose()?;
    let shown = shown(notebook, only);
    if args.json {
        output::json(&shown)?;
    } else {
        output::text(&words(&shown, only.is_none())?)?;
    }
    Ok(ExitCode::SUCCESS)
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
        derived_links: match only {
            None => notebook.derived_links().map(|(id, it)| derived(notebook, id, it)).collect(),
            Some(only) => notebook
                .derived_links_of(only)
                .filter_map(|id| Some(derived(notebook, id, notebook.any_link(id)?)))
                .collect(),
        },
        waivers: if only.is_some() { Vec::new() } else { waivers(notebook) },
        set_aside: if only.is_some() { Vec::new() } else { set_aside(notebook) },
        matrices: if only.is_some() { Vec::new() } else { matrices(notebook) },
    }
}

fn named(notebook: &Notebook, subject: Subject) -> Value {
    json!({ "id": subject.to_string(), "name": notebook.subject_name(subject) })
}

fn waivers(notebook: &Notebook) -> Vec<Value> {
    let one = |(id, waiver): (&WaiverId, &Arc<Waiver>)| {
        json!({
            "id": id.to_string(),
            "rule": waiver.rule,
            "of": waiver.of.iter().map(|of| named(notebook, *of)).collect::<Vec<_>>(),
            "reason": waiver.reason,
            "at": waiver.at,
            "by": waiver.by,
        })
    };
    notebook.waivers().iter().map(one).collect()
}

fn set_aside(notebook: &Notebook) -> Vec<Value> {
    let one = |(id, aside): (&SetAsideId, &Arc<SetAside>)| {
        json!({
            "id": id.to_string(),
            "what": named(notebook, aside.what),
            "from": aside.from,
            "reason": aside.reason,
            "at": aside.at,
            "by": aside.by,
        })
    };
    notebook.set_aside().iter().map(one).collect()
}

fn matrices(notebook: &Notebook) -> Vec<Value> {
    let one = |(id, matrix): (&MatrixId, &Arc<Matrix>)| {
        let claims = matrix.claims.iter().map(|claim| {
            let mut shown = named(notebook, Subject::Entity(*claim));
            shown["inconsistent"] = json!(matrix.count(*claim, Fit::Inconsistent));
            shown
        });
        let rows = matrix.rows.iter().map(|row| {
            let cells = matrix.claims.iter().map(|claim| matrix.cell(*claim, *row).map(Fit::label));
            let mut shown = named(notebook, *row);
            shown["cells"] = json!(cells.collect::<Vec<_>>());
            shown
        });
        json!({
            "id": id.to_string(),
            "title": matrix.title,
            "claims": claims.collect::<Vec<_>>(),
            "rows": rows.collect::<Vec<_>>(),
        })
    };
    notebook.matrices().iter().map(one).collect()
}

fn article(notebook: &Notebook, id: ArticleId, article: &Article) -> ShownArticle {
    ShownArticle {
        id: id.to_string(),
        // The text is in the file, and the order is that of the list.
        fields: Fields::of(ARTICLE, notebook, article, &["text", "order"]),
        characters: article.text.scalars(),
        mentions: notebook.mention_count_in(id),
        versions: article.versions(),
    }
}

fn entity(notebook: &Notebook, id: EntityId) -> Option<ShownEntity> {
    let entity = notebook.entity(id)?;
    Some(ShownEntity {
        id: id.to_string(),
        fields: Fields::of(ENTITY, notebook, entity, &[]),
        mentions: notebook.mentions_of(id).filter_map(|id| mention(notebook, id)).collect(),
        kind: entity.kind(),
    })
}

fn mention(notebook: &Notebook, id: MentionId) -> Option<ShownMention> {
    let mention = notebook.mention(id)?;
    let fields = Fields::of(MENTION, notebook, mention, &["entity", "at"]);
    let at = field::<Mention>("at").and_then(|at| at.json(notebook, mention));
    Some(ShownMention {
        id: id.to_string(),
        at: at.unwrap_or_default(),
        fields,
        statement: mention
            .statement
            .as_ref()
            .map(|_| Fields::of(STATEMENT, notebook, mention, &[])),
    })
}

fn link(notebook: &Notebook, id: LinkId, link: &Link) -> ShownLink {
    ShownLink { id: id.to_string(), fields: Fields::of(LINK, notebook, link, &[]) }
}

fn derived(notebook: &Notebook, id: LinkId, link: &Link) -> ShownDerived {
    let end = |id: EntityId| json!({ "id": id.to_string(), "name": notebook.name(id) });
    let places = field::<Mention>("at").map_or_else(Vec::new, |at| {
        let mentions = link.evidence.iter().filter_map(|evidence| match evidence {
            Evidence::Mention(id) => Some((id, notebook.mention(*id)?)),
            Evidence::Quote(_) => None,
        });
        mentions
            .map(|(id, mention)| {
                let mut place = at.json(notebook, mention).unwrap_or_default();
                place["mention"] = Value::String(id.to_string());
                place
            })
            .collect()
    });
    ShownDerived {
        id: id.to_string(),
        from: end(link.from),
        relation: notebook.relation_label(&link.relation).to_owned(),
        to: link.to_entity().map_or(Value::Null, end),
        follows_from: places,
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
            let known = ["publisher", "author", "date", "language"].map(|key| a.fields.words(key));
            let known: Vec<String> = known.into_iter().filter(|text| !text.is_empty()).collect();
            let mentions = output::count(a.mentions, "mention", "mentions");
            writeln!(out, "  {}  “{}”  {}", a.id, a.fields.words("title"), known.join(", "))?;
            writeln!(
                out,
                "      {}, {}, {} characters, {mentions}",
                a.fields.words("file_name"),
                a.fields.words("encoding"),
                a.characters
            )?;
        }
    }
    for kind in Kind::ALL {
        let of_kind: Vec<_> = shown.entities.iter().filter(|e| e.kind == kind).collect();
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
    if !shown.derived_links.is_empty() {
        writeln!(out, "\nDERIVED LINKS")?;
    }
    for link in &shown.derived_links {
        let (from, to) = (one_line(text(&link.from["name"])), one_line(text(&link.to["name"])));
        writeln!(out, "  {}  {from} — {} → {to}", link.id, one_line(&link.relation))?;
        for place in &link.follows_from {
            writeln!(out, "      {}", place_words(place))?;
        }
    }
    for (title, all) in [
        ("WAIVED", &shown.waivers),
        ("SET ASIDE", &shown.set_aside),
        ("COMPETING CLAIMS", &shown.matrices),
    ] {
        if !all.is_empty() {
            writeln!(out, "\n{title}")?;
        }
        for one in all {
            other_words(&mut out, one)?;
        }
    }
    Ok(out)
}

/// A waiver, a source that is set aside, or a matrix.
fn other_words(out: &mut String, one: &Value) -> std::fmt::Result {
    let names = |value: &Value| -> Vec<String> {
        let all = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        all.iter().map(|it| one_line(text(&it["name"]))).collect()
    };
    write!(out, "  {}", text(&one["id"]))?;
    if let Value::Array(rows) = &one["rows"] {
        writeln!(out, "  {}", one_line(text(&one["title"])))?;
        for claim in one["claims"].as_array().into_iter().flatten() {
            writeln!(
                out,
                "      {} inconsistent  {}",
                claim["inconsistent"],
                one_line(text(&claim["name"]))
            )?;
        }
        for row in rows {
            let cells = row["cells"].as_array().into_iter().flatten();
            let cells: Vec<&str> =
                cells.map(|cell| cell.as_str().unwrap_or("not judged")).collect();
            writeln!(out, "      “{}”  {}", one_line(text(&row["name"])), cells.join(", "))?;
        }
        return Ok(());
    }
    let what = if one["what"].is_null() { &one["of"] } else { &one["what"] };
    let mut parts = vec![text(&one["rule"]).to_owned(), names(what).join(", ")];
    if !text(&one["from"]).is_empty() {
        parts.push(format!("from {}", text(&one["from"])));
    }
    parts.extend(["at", "by", "reason"].map(|key| one_line(text(&one[key]))));
    parts.retain(|part| !part.is_empty());
    writeln!(out, "  {}", parts.join(" · "))
}

fn to_check(fields: &Fields) -> &'static str {
    if fields.is_on("to_check") { "  (to check)" } else { "" }
}

fn entity_words(out: &mut String, entity: &ShownEntity) -> std::fmt::Result {
    let fields = &entity.fields;
    writeln!(out, "  {}  {}{}", entity.id, fields.words("name"), to_check(fields))?;
    let elsewhere = ["kind", "name", "to_check", "replies", "assessments"];
    for field in ENTITY.iter().filter(|field| !elsewhere.contains(&field.key)) {
        let value = fields.words(field.key);
        if !value.is_empty() && fields.get(field.key) != &Value::Bool(false) {
            writeln!(out, "      {}: {value}", field.label.to_lowercase())?;
        }
    }
    replies_words(out, fields)?;
    assessments_words(out, fields)?;
    for mention in &entity.mentions {
        let check = to_check(&mention.fields);
        writeln!(out, "      {}  {}{check}", mention.id, place_words(&mention.at))?;
        if let Some(said) = &mention.statement {
            let mut chain = "article".to_owned();
            for hop in said.get("chain").as_array().into_iter().flatten() {
                write!(chain, " ← {}", text(&hop["actor"]["name"]))?;
                if !text(&hop["cue"]).is_empty() {
                    write!(chain, " [{}]", text(&hop["cue"]))?;
                }
                write!(chain, " ({})", text(&hop["source"]))?;
            }
            let how = ["modality", "polarity", "form"].map(|key| said.words(key)).join(", ");
            writeln!(out, "          {}  | {how}", one_line(&chain))?;
        }
        let note = mention.fields.words("note");
        if !note.is_empty() {
            writeln!(out, "          note: {note}")?;
        }
    }
    Ok(())
}

fn link_words(out: &mut String, link: &ShownLink) -> std::fmt::Result {
    let fields = &link.fields;
    let words = |key: &str| fields.words(key);
    let arrow = if fields.is_on("directed") { "→" } else { "—" };
    writeln!(
        out,
        "  {}  {} — {} {arrow} {}  | {}, {}{}",
        link.id,
        words("from"),
        words("relation"),
        words("to"),
        words("basis"),
        words("strength"),
        to_check(fields)
    )?;
    let when: Vec<String> =
        [words("written"), words("date")].into_iter().filter(|text| !text.is_empty()).collect();
    if !when.is_empty() {
        writeln!(out, "      when: {}", when.join("; "))?;
    }
    if !words("note").is_empty() {
        writeln!(out, "      note: {}", words("note"))?;
    }
    assessments_words(out, fields)?;
    let evidence = fields.get("evidence").as_array().map_or(&[][..], Vec::as_slice);
    if evidence.is_empty() {
        writeln!(out, "      no evidence")?;
    }
    for evidence in evidence {
        writeln!(out, "      {}", place_words(evidence))?;
    }
    Ok(())
}

/// Who was asked for a reply to a claim, and where they answer.
fn replies_words(out: &mut String, fields: &Fields) -> std::fmt::Result {
    for reply in fields.get("replies").as_array().into_iter().flatten() {
        let asked = ["written", "date", "asked_by"].map(|key| one_line(text(&reply[key])));
        let asked: Vec<String> = asked.into_iter().filter(|part| !part.is_empty()).collect();
        let answer = match &reply["answer"] {
            Value::Null => "no answer".to_owned(),
            answer => place_words(answer),
        };
        let name = one_line(text(&reply["actor"]["name"]));
        writeln!(out, "      asked: {name} ({}): {answer}", asked.join(", "))?;
    }
    Ok(())
}

/// How a record was judged, a line for each time.
fn assessments_words(out: &mut String, fields: &Fields) -> std::fmt::Result {
    for one in fields.get("assessments").as_array().into_iter().flatten() {
        let words = |key: &str| one_line(text(&one[key]));
        let change = if words("old") == words("new") {
            words("new")
        } else {
            format!("{} → {}", words("old"), words("new"))
        };
        let mut parts = vec![format!("{}: {change}", words("of"))];
        parts.extend(["at", "by", "reason"].map(words));
        parts.retain(|part| !part.is_empty());
        writeln!(out, "      judged: {}", parts.join(" · "))?;
    }
    Ok(())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn place_words(at: &Value) -> String {
    let orphan = if at["orphan"] == Value::Bool(true) { " (orphan)" } else { "" };
    let read_in = match (at["version"].as_u64(), at["versions"].as_u64()) {
        (Some(version), Some(of)) => {
            let version = u32::try_from(version).unwrap_or(u32::MAX);
            let of = u32::try_from(of).unwrap_or(u32::MAX);
            format!(", {}", ReadIn { version, of, read_at: text(&at["read_at"]) })
        }
        _ => String::new(),
    };
    let pages = at["pages"].as_str().map_or_else(String::new, |pages| format!(" {pages},"));
    format!(
        "“{}”  {}{pages} {}–{}{orphan}{read_in}",
        one_line(text(&at["quote"])),
        one_line(text(&at["article"]["name"])),
        at["start"],
        at["end"]
    )
}

/// A detail in words: names, not ids.
fn plain(value: &Value) -> String {
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
