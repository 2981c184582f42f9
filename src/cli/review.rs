//! `casebook review`: what is open before publication, rule by rule.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;
use serde_json::{Value, json};

use super::args::Review;
use super::output::{self, one_line};
use crate::inquiry::review::{Open, review};
use crate::inquiry::sources::{AllSources, WhatIf};
use crate::notebook::Notebook;
use crate::storage::load;

#[derive(Serialize)]
struct Shown {
    open: Vec<ShownOpen>,
    waived: Vec<ShownOpen>,
}

#[derive(Serialize)]
struct ShownOpen {
    rule: &'static str,
    severity: &'static str,
    /// The record it is about: id and name.
    what: Value,
    /// The other records it is about.
    others: Vec<Value>,
    /// What is said of it.
    words: String,
    /// Article, start and end (Unicode scalar values, end exclusive); null where there is no place.
    #[serde(rename = "where")]
    place: Value,
    /// Of what is waived: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

pub(super) fn run(args: &Review) -> anyhow::Result<ExitCode> {
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    let notebook = &loaded.notebook;
    let what_if = WhatIf::recorded_in(notebook);
    let sources = AllSources::new(notebook, &what_if, &|| false).unwrap_or_default();
    let list = review(notebook, &sources, &|| false).unwrap_or_default();
    if args.json {
        let all = |all: &[Open]| all.iter().map(|open| shown(notebook, open)).collect();
        output::json(&Shown { open: all(&list.open), waived: all(&list.waived) })?;
    } else {
        output::text(&words(notebook, &list.open, &list.waived)?)?;
    }
    Ok(if list.is_serious() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn shown(notebook: &Notebook, open: &Open) -> ShownOpen {
    let named =
        |subject| json!({ "id": subject_id(subject), "name": notebook.subject_name(subject) });
    let place = open.place.as_ref().and_then(|(article, range)| {
        let text = &notebook.article(*article)?.text;
        let (start, end) = (text.scalar_of(range.start), text.scalar_of(range.end));
        Some(json!({ "article": article.to_string(), "start": start, "end": end }))
    });
    let waiver = open.waived.and_then(|id| notebook.waivers().get(&id));
    ShownOpen {
        rule: open.rule.id,
        severity: open.rule.severity.word(),
        what: named(open.what),
        others: open.others.iter().map(|it| named(*it)).collect(),
        words: if open.words.is_empty() { open.rule.title.to_owned() } else { open.words.clone() },
        place: place.unwrap_or(Value::Null),
        reason: waiver.map(|waiver| waiver.reason.clone()),
    }
}

fn subject_id(subject: crate::notebook::Subject) -> String {
    subject.to_string()
}

fn words(notebook: &Notebook, open: &[Open], waived: &[Open]) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    let mut rule = "";
    for one in open {
        if one.rule.id != rule {
            rule = one.rule.id;
            let (title, severity) = (one.rule.title, one.rule.severity.word());
            writeln!(out, "{title}  ({severity}, {rule})")?;
            writeln!(out, "  {}", one.rule.explanation)?;
        }
        line(&mut out, one)?;
    }
    if open.is_empty() {
        writeln!(out, "Nothing is open.")?;
    }
    if !waived.is_empty() {
        writeln!(out, "Waived")?;
        for one in waived {
            line(&mut out, one)?;
            let waiver = one.waived.and_then(|id| notebook.waivers().get(&id));
            if let Some(waiver) = waiver.filter(|waiver| !waiver.reason.is_empty()) {
                writeln!(out, "      {}: {}", one.rule.title, one_line(&waiver.reason))?;
            }
        }
    }
    Ok(out)
}

fn line(out: &mut String, open: &Open) -> std::fmt::Result {
    let words =
        if open.words.is_empty() { String::new() } else { format!(": {}", one_line(&open.words)) };
    writeln!(out, "  {}  {}{words}", open.what, one_line(&open.name))
}
