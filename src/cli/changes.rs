//! `casebook changes`: what changed between two versions of an article, sentence by sentence.

use std::process::ExitCode;

use anyhow::{anyhow, bail};
use serde::Serialize;
use serde_json::{Value, json};

use super::args::Changes as Arguments;
use super::{named, output};
use crate::inquiry::{ComparedVersion, VersionChanges};
use crate::notebook::{ArticleId, Notebook};
use crate::storage::load;
use crate::text::ChangeKind;

#[derive(Serialize)]
struct Told {
    article: String,
    title: String,
    from: Value,
    to: Value,
    /// How many sentences.
    removed: usize,
    reworded: usize,
    moved: usize,
    added: usize,
    respelt: usize,
    changes: Vec<Value>,
}

pub(super) fn run(args: &Arguments) -> anyhow::Result<ExitCode> {
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    let notebook = &loaded.notebook;
    let id = which(notebook, args.article.as_deref())?;
    let record = notebook.article(id).ok_or_else(|| anyhow!("the article is gone"))?;
    let versions = record.versions();
    let to = args.to.unwrap_or_else(|| match args.from {
        // Backwards from the latest: with the one before it.
        Some(from) if from == versions => versions.saturating_sub(1),
        _ => versions,
    });
    let from = args.from.unwrap_or_else(|| to.saturating_sub(1));
    let title = &record.about.title;
    for number in [from, to] {
        if record.version(number).is_none() {
            bail!("“{title}” has no version {number}: {}", numbered(versions));
        }
    }
    if from == to {
        bail!("version {from} is not compared with itself; say two with --from and --to");
    }
    let changes = VersionChanges::between(notebook, id, from, to)
        .ok_or_else(|| anyhow!("“{title}” has no such versions"))?;
    if args.json {
        let [removed, reworded, moved, added] = changes.changes.counts();
        output::json(&Told {
            article: id.to_string(),
            title: title.clone(),
            from: version(&changes.from),
            to: version(&changes.to),
            removed,
            reworded,
            moved,
            added,
            respelt: changes.changes.respelt(),
            changes: listed(notebook, &changes),
        })?;
    } else {
        output::text(&changes.as_text(notebook))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn numbered(versions: u32) -> String {
    match versions {
        1 => "it has one; “casebook update” adds another".to_owned(),
        n => format!("they are numbered from 1 to {n}"),
    }
}

fn version(version: &ComparedVersion) -> Value {
    json!({
        "version": version.number,
        "file_name": version.origin.file_name,
        "sha256": version.origin.sha256,
        "read_at": version.origin.read_at,
    })
}

/// The changes, for another program.
pub(super) fn listed(notebook: &Notebook, all: &VersionChanges) -> Vec<Value> {
    let mentions = |number: usize| -> Vec<Value> {
        let told = |id: &_| {
            let mention = notebook.mention(*id)?;
            Some(json!({
                "id": id.to_string(),
                "words": notebook.words(&mention.anchor),
                "entity": { "id": mention.entity.to_string(), "name": notebook.name(mention.entity) },
            }))
        };
        all.stood_in(number).iter().filter_map(told).collect()
    };
    let told = |(number, change): (usize, &crate::text::Change)| {
        let (old, new) = all.words(change);
        let old = (change.kind != ChangeKind::Added).then_some(old);
        let new = (change.kind != ChangeKind::Removed).then_some(new);
        json!({
            "kind": change.kind.word(),
            "old": old,
            "new": new,
            "mentions": mentions(number),
        })
    };
    all.changes.list().iter().enumerate().map(told).collect()
}

/// The article that is named, or the only one that has several versions.
fn which(notebook: &Notebook, name: Option<&str>) -> anyhow::Result<ArticleId> {
    if let Some(name) = name {
        return named::article_named(notebook, name);
    }
    let mut several =
        notebook.articles().iter().filter(|(_, article)| article.versions() > 1).map(|(id, _)| *id);
    match (several.next(), several.next()) {
        (Some(id), None) => Ok(id),
        (None, _) => bail!(
            "no article of the notebook has more than one version: “casebook update” or File › Article › Update article… adds one"
        ),
        (Some(_), Some(_)) => bail!(
            "more than one article has several versions; name one with --article:{}",
            named::list(notebook, notebook.articles().keys().copied())
        ),
    }
}
