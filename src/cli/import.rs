//! `casebook import`: what another program wrote becomes part of a notebook, as one step.

use std::process::ExitCode;

use anyhow::anyhow;
use serde::Serialize;

use super::args::Import;
use super::output;
use super::working::Working;
use crate::article::now;
use crate::edit::apply_signed;
use crate::import::{Counts, format, plan, read};
use crate::notebook::Signature;

#[derive(Serialize)]
struct Done {
    notebook: String,
    file: String,
    format: &'static str,
    new: Counted,
    there: Counted,
    missed: Vec<String>,
    missed_count: usize,
}

#[derive(Serialize)]
struct Counted {
    articles: usize,
    entities: usize,
    mentions: usize,
    links: usize,
}

impl From<Counts> for Counted {
    fn from(counts: Counts) -> Self {
        let Counts { articles, entities, mentions, links } = counts;
        Self { articles, entities, mentions, links }
    }
}

pub(super) fn run(args: &Import) -> anyhow::Result<ExitCode> {
    let asked = args
        .format
        .as_deref()
        .map(|id| format(id).ok_or_else(|| anyhow!("there is no format “{id}” to import")));
    let (format, case) = read(&args.file, asked.transpose()?, &|| false, &|_| {})?;
    let mut working = Working::open(&args.notebook, args.output.as_deref(), args.force)?;
    let name = args.file.display().to_string();
    let label = format!("Import “{name}”");
    let planned = plan(case, working.notebook(), &label, &|| false, &|_| {})?;
    let signature = Signature { at: now(), by: args.by.clone().unwrap_or_default() };
    apply_signed(working.notebook(), &planned.edit, &signature)
        .map_err(|refusal| anyhow!("“{name}”: {refusal}; nothing was changed"))?;
    let done = Done {
        notebook: working.target().display().to_string(),
        file: name,
        format: format.id,
        new: planned.new.into(),
        there: planned.there.into(),
        missed: planned.missed.lines().to_vec(),
        missed_count: planned.missed.count(),
    };
    let counted = |counts: &Counted| {
        format!(
            "{}, {}, {}, {}",
            output::count(counts.articles, "article", "articles"),
            output::count(counts.entities, "entity", "entities"),
            output::count(counts.mentions, "mention", "mentions"),
            output::count(counts.links, "link", "links"),
        )
    };
    let mut said = format!("{}: imported {}", done.notebook, counted(&done.new));
    if planned.there.all() > 0 {
        said.push_str(&format!("\nthere already: {}", counted(&done.there)));
    }
    if done.missed_count > 0 {
        said.push_str(&format!("\ndid not fit: {}", done.missed_count));
        for line in &done.missed {
            said.push_str(&format!("\n  {line}"));
        }
        if done.missed_count > done.missed.len() {
            said.push_str(&format!("\n  and {} more", done.missed_count - done.missed.len()));
        }
    }
    working.save(&done, args.json, &said)
}
