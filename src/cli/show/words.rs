//! What `casebook show` prints for reading.

use std::fmt::Write;

use serde_json::Value;

use super::{Fields, Shown, ShownEntity, ShownLink};
use crate::cli::output::{self, one_line};
use crate::fields::ENTITY;
use crate::notebook::{Kind, ReadIn};

/// All that is shown, in words.
pub(super) fn words(shown: &Shown, with_articles: bool) -> Result<String, std::fmt::Error> {
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
pub(super) fn plain(value: &Value) -> String {
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
