//! `casebook export`: a notebook in a format of other programs, as File › Export… writes it.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use serde::Serialize;

use super::args::Export;
use super::named::{entity_named, view_of};
use super::{is_stream, output, same_file};
use crate::edit::redaction::{Redaction, anonymous_sources};
use crate::export::{Content, ExportError, Scope, format, write_to, write_to_stream};
use crate::notebook::Notebook;
use crate::storage::{OutputError, load};

#[derive(Serialize)]
struct Done {
    notebook: String,
    format: &'static str,
    output: String,
    /// Of a folder; empty for a single file.
    files: Vec<String>,
    bytes: u64,
    articles: usize,
    entities: usize,
    mentions: usize,
    links: usize,
    /// With `--redact`: who is hidden, by what, and what was replaced.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    redacted: Vec<ShownHidden>,
    /// With `--redact`: how many places were replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced: Option<usize>,
}

#[derive(Serialize)]
struct ShownHidden {
    id: String,
    name: String,
    stand_in: String,
    forms: Vec<String>,
}

pub(super) fn run(args: &Export) -> anyhow::Result<ExitCode> {
    let format = format(&args.to).ok_or_else(|| anyhow!("there is no format “{}”", args.to))?;
    if same_file(&args.output, &args.notebook) {
        bail!("“{}” is the notebook itself; choose another name", args.output.display());
    }
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    output::complain_of_orphans(&loaded.orphans);
    let notebook = &loaded.notebook;
    let scope = match &args.view {
        Some(name) => Scope::View(view_of(notebook, name)?),
        None => Scope::Everything,
    };
    let redaction = redaction(notebook, &args.redact)?;
    let copy = redaction.as_ref().and_then(|redaction| {
        // Said before anything is written.
        redaction.hidden().iter().for_each(|hidden| {
            output::complain(&format!("“{}” stands for {}", hidden.stand_in, hidden.listed()));
        });
        redaction.apply(notebook, &|| false)
    });
    let notebook = copy.as_ref().map_or(notebook, |copy| &copy.notebook);
    let content = Content::of(notebook, &scope, &|| false)?.redacted_by(redaction.as_ref());
    let shown = redaction.iter().flat_map(Redaction::hidden).map(|hidden| ShownHidden {
        id: hidden.entity.to_string(),
        name: hidden.name.clone(),
        stand_in: hidden.stand_in.clone(),
        forms: hidden.forms.clone(),
    });
    let mut done = Done {
        notebook: args.notebook.display().to_string(),
        format: format.id,
        output: args.output.display().to_string(),
        files: Vec::new(),
        bytes: 0,
        articles: content.articles().count(),
        entities: content.entities().count(),
        mentions: content.mentions().count(),
        links: content.links().count(),
        redacted: shown.collect(),
        replaced: copy.as_ref().map(|copy| copy.places),
    };
    if is_stream(&args.output) {
        let mut stream = std::io::stdout().lock();
        done.bytes = write_to_stream(&mut stream, format, &content)?;
        stream.flush().context("the export could not be written to standard output")?;
        if args.json {
            let _ = writeln!(std::io::stderr().lock(), "{}", serde_json::to_string_pretty(&done)?);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let written = write_to(&args.output, format, &content, args.force, &|| false, &|_| {});
    let written = written.map_err(|error| match error {
        ExportError::Output(OutputError::Exists(path)) => anyhow!(
            "“{}” already exists; choose another name, or replace it with --force",
            path.display()
        ),
        error => error.into(),
    })?;
    if !written.durable {
        output::complain("written, but the system does not confirm that it is on the disk");
    }
    (done.files, done.bytes) = (written.files, written.bytes);
    if args.json {
        output::json(&done)?;
    } else {
        output::text(&format!(
            "{}: {}, {}, {}, {}",
            done.output,
            output::count(done.articles, "article", "articles"),
            output::count(done.entities, "entity", "entities"),
            output::count(done.mentions, "mention", "mentions"),
            output::count(done.links, "link", "links"),
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Who is to be hidden; `None` where nobody is asked for.
fn redaction(notebook: &Notebook, who: &[String]) -> anyhow::Result<Option<Redaction>> {
    let mut entities = BTreeSet::new();
    for name in who {
        match entity_named(notebook, name, None) {
            Ok(id) => _ = entities.insert(id),
            Err(_) if name == "anonymous" => entities.extend(anonymous_sources(notebook)),
            Err(error) => return Err(error),
        }
    }
    Ok((!who.is_empty()).then(|| Redaction::new(notebook, &entities)))
}
