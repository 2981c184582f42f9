//! `casebook check`: every invariant, and the counts.

use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::Check;
use super::output;
use crate::kept_sources::{SourcesFolder, kept_by, kept_without_hash};
use crate::notebook::{Kind, Notebook, Place, check};
use crate::storage::{FormatError, LoadError, load};

#[derive(Serialize)]
struct Report {
    #[serde(flatten)]
    counts: Option<Counts>,
    kept_sources: Option<KeptSources>,
    problems: Vec<Problem>,
}

/// The files in the folder beside the notebook.
#[derive(Serialize)]
struct KeptSources {
    /// The folder's name.
    folder: String,
    /// How many the notebook says are kept.
    kept: usize,
    /// How many of them are there, and right.
    right: usize,
    /// What lies there and no article was read from.
    unused: Vec<String>,
}

#[derive(Serialize)]
struct Counts {
    articles: usize,
    actors: usize,
    events: usize,
    claims: usize,
    mentions: usize,
    statements: usize,
    orphans: usize,
    links: usize,
    evidence: usize,
    relations: usize,
}

#[derive(Serialize)]
struct Problem {
    /// What it is about.
    item: String,
    /// What is wrong.
    what: String,
    /// Where in the file, for what its format forbids; from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

pub(super) fn run(args: &Check) -> anyhow::Result<ExitCode> {
    let report = match load(&args.notebook, &|| false, &|_| {}) {
        Ok(loaded) => {
            let mut problems: Vec<Problem> = check(&loaded.notebook)
                .into_iter()
                .map(|problem| Problem {
                    item: problem.item.to_string(),
                    what: problem.what,
                    line: None,
                    column: None,
                })
                .collect();
            let kept_sources = kept_sources(&args.notebook, &loaded.notebook, &mut problems);
            Report { counts: Some(counts(&loaded.notebook)), kept_sources, problems }
        }
        Err(LoadError::Format { error: FormatError { line, column, what, .. }, .. }) => Report {
            counts: None,
            kept_sources: None,
            problems: vec![Problem {
                item: "file".to_owned(),
                what,
                line: Some(line),
                column: Some(column),
            }],
        },
        Err(error) => return Err(error.into()),
    };
    if args.json {
        json(&report)?;
    } else {
        output::text(&words(args, &report)?)?;
    }
    let sound = report.problems.is_empty();
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads every file that the notebook says is kept, and adds what is wrong with them to the problems. `None` where nothing
/// is kept and there is no folder.
fn kept_sources(
    path: &Path,
    notebook: &Notebook,
    problems: &mut Vec<Problem>,
) -> Option<KeptSources> {
    let folder = SourcesFolder::beside(path);
    let needed = kept_by(notebook);
    let wrong = folder.problems(&needed, &|| false).unwrap_or_default();
    for (source, state) in &wrong {
        let item = format!("{}/{}", folder.name(), source.file_name());
        let what = state.problem(source).unwrap_or_default();
        problems.push(Problem { item, what, line: None, column: None });
    }
    for article in kept_without_hash(notebook) {
        let what =
            "its file is said to be kept, but its SHA-256, by which it would be found, is none";
        let (item, what) = (article.to_string(), what.to_owned());
        problems.push(Problem { item, what, line: None, column: None });
    }
    let unused = folder.unused(&needed);
    (!needed.is_empty() || folder.exists()).then(|| KeptSources {
        folder: folder.name(),
        kept: needed.len(),
        right: needed.len() - wrong.len(),
        unused,
    })
}

/// Every key is there always; the counts of a file that cannot be read are null.
fn json(report: &Report) -> anyhow::Result<()> {
    const KEYS: [&str; 10] = [
        "articles",
        "actors",
        "events",
        "claims",
        "mentions",
        "statements",
        "orphans",
        "links",
        "evidence",
        "relations",
    ];
    let mut value = serde_json::to_value(report)?;
    if let (None, Some(object)) = (&report.counts, value.as_object_mut()) {
        for key in KEYS {
            object.insert(key.to_owned(), serde_json::Value::Null);
        }
    }
    output::json(&value)
}

fn counts(notebook: &Notebook) -> Counts {
    let mentions = notebook.mentions().values();
    Counts {
        articles: notebook.articles().len(),
        actors: notebook.count(Kind::Actor),
        events: notebook.count(Kind::Event),
        claims: notebook.count(Kind::Claim),
        mentions: notebook.mentions().len(),
        statements: mentions.clone().filter(|m| m.statement.is_some()).count(),
        orphans: mentions.filter(|m| matches!(m.anchor.place, Place::Orphan(_))).count(),
        links: notebook.links().len(),
        evidence: notebook.links().values().map(|link| link.evidence.len()).sum(),
        relations: notebook.relations().len(),
    }
}

fn words(args: &Check, report: &Report) -> anyhow::Result<String> {
    let mut out = String::new();
    if let Some(counts) = &report.counts {
        let say = output::count;
        writeln!(
            out,
            "{}: {}, {}, {}, {}, {} ({}), {} with {} of evidence",
            args.notebook.display(),
            say(counts.articles, "article", "articles"),
            say(counts.actors, "actor", "actors"),
            say(counts.events, "event", "events"),
            say(counts.claims, "claim", "claims"),
            say(counts.mentions, "mention", "mentions"),
            say(counts.statements, "statement", "statements"),
            say(counts.links, "link", "links"),
            say(counts.evidence, "piece", "pieces"),
        )?;
    }
    if let Some(KeptSources { folder, kept, right, unused }) = &report.kept_sources {
        let files = output::count(*kept, "kept file", "kept files");
        writeln!(out, "{folder}: {files}, {right} verified")?;
        for name in unused {
            writeln!(
                out,
                "{folder}/{name}: no article of the notebook was read from it; delete it if you do not need it"
            )?;
        }
    }
    for Problem { item, what, line, column } in &report.problems {
        match (line, column) {
            (Some(line), Some(column)) => {
                let file = args.notebook.display();
                writeln!(out, "{file}: line {line}, column {column}: {what}")?;
            }
            _ => writeln!(out, "{item}: {what}")?,
        }
    }
    match report.problems.len() {
        0 => writeln!(out, "no problems")?,
        n => writeln!(out, "{}", output::count(n, "problem", "problems"))?,
    }
    Ok(out)
}
