//! `casebook sources`: for each claim, who says so, how well it is confirmed, and what all of it hangs on.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;

use super::args::Sources;
use super::named::entity_named;
use super::output::{self, one_line};
use crate::inquiry::sources::{
    ASSUMED, AllSources, ClaimSources, Figures, Group, WhatIf, next_sources,
};
use crate::notebook::{ArticleId, EntityId, Kind, Notebook, check_edtf};
use crate::storage::load;
use crate::text::{fold, same_name};

#[derive(Serialize)]
struct Shown {
    claims: Vec<ShownClaim>,
    /// With `--next` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Vec<ShownNext>>,
}

#[derive(Serialize)]
struct ShownClaim {
    id: String,
    name: String,
    /// The ids of the claims that are one with it.
    equivalent: Vec<String>,
    affirmed: Option<ShownFigures>,
    denied: Option<ShownFigures>,
}

/// A group is a list of names.
#[derive(Serialize)]
struct ShownFigures {
    statements: usize,
    outlets: usize,
    origins: Vec<Group>,
    confirmed: usize,
    at_most: usize,
    through: Vec<Group>,
    cut: Vec<Group>,
    loops: Vec<Group>,
    unread: usize,
    unread_names: Vec<Group>,
    sentence: String,
}

#[derive(Serialize)]
struct ShownNext {
    /// `read` an original, or `find` another origin.
    what: &'static str,
    /// Whose original; beside or besides whom.
    names: Group,
    /// The ids of the claims that would gain.
    claims: Vec<String>,
}

impl From<&Figures> for ShownFigures {
    fn from(figures: &Figures) -> Self {
        let Figures { statements, outlets, origins, confirmed, at_most, .. } = figures.clone();
        Self {
            statements,
            outlets,
            origins,
            confirmed,
            at_most,
            through: figures.through.clone(),
            cut: figures.cut.clone(),
            loops: figures.loops.clone(),
            unread: figures.unread.len(),
            unread_names: figures.unread.clone(),
            sentence: figures.sentence(),
        }
    }
}

pub(super) fn run(args: &Sources) -> anyhow::Result<ExitCode> {
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    output::complain_of_orphans(&loaded.orphans);
    let notebook = &loaded.notebook;
    let only = args
        .claim
        .as_deref()
        .map(|name| entity_named(notebook, name, Some(Kind::Claim)))
        .transpose()?;
    let since = args.since.as_deref().unwrap_or_default().trim();
    if !since.is_empty() {
        check_edtf(since).map_err(|error| anyhow::anyhow!("--since: {error}"))?;
    }
    let mut what_if = WhatIf::recorded_in(notebook);
    for name in &args.without {
        match article_named(notebook, name) {
            Some(article) => _ = what_if.without_articles.insert(article),
            None => {
                let actor = entity_named(notebook, name, Some(Kind::Actor))?;
                what_if.without_actors.insert(actor, since.to_owned());
            }
        }
    }
    let all = AllSources::new(notebook, &what_if, &|| false).unwrap_or_default();
    let wanted = || all.iter().filter(|one| only.is_none_or(|id| id == one.claim));
    let next = args.next.then(|| {
        let claims: Vec<EntityId> = wanted().map(|one| one.claim).collect();
        next_sources(notebook, &what_if, &claims, &|| false)
    });
    if args.json {
        let next = next.map(|all| {
            let ids = |ids: &[EntityId]| ids.iter().map(ToString::to_string).collect();
            let row = |one: &crate::inquiry::sources::NextSource| ShownNext {
                what: one.what.word(),
                names: one.names.clone(),
                claims: ids(&one.claims),
            };
            all.iter().map(row).collect()
        });
        output::json(&Shown { claims: wanted().map(|one| shown(notebook, one)).collect(), next })?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut lines = String::new();
    for one in wanted() {
        claim(&mut lines, notebook, one)?;
    }
    if let Some(next) = next {
        writeln!(lines, "What to read or find next, by how many claims would gain:")?;
        for one in &next {
            writeln!(lines, "  {}  {}", one.claims.len(), one_line(&one.sentence()))?;
        }
        if next.is_empty() {
            writeln!(lines, "  nothing: no claim would gain")?;
        }
        lines.push('\n');
    }
    writeln!(lines, "{ASSUMED}")?;
    output::text(&lines)?;
    Ok(ExitCode::SUCCESS)
}

fn shown(notebook: &Notebook, one: &ClaimSources) -> ShownClaim {
    ShownClaim {
        id: one.claim.to_string(),
        name: notebook.name(one.claim).to_owned(),
        equivalent: one.equivalent.iter().map(ToString::to_string).collect(),
        affirmed: one.affirmed.as_ref().map(Into::into),
        denied: one.denied.as_ref().map(Into::into),
    }
}

fn claim(out: &mut String, notebook: &Notebook, one: &ClaimSources) -> std::fmt::Result {
    writeln!(out, "{}  {}", one.claim, one_line(notebook.name(one.claim)))?;
    for other in &one.equivalent {
        writeln!(out, "  one with {}", one_line(notebook.name(*other)))?;
    }
    for (stance, figures) in [("affirmed", &one.affirmed), ("denied", &one.denied)] {
        if let Some(figures) = figures {
            writeln!(out, "  {stance}: {}", one_line(&figures.sentence()))?;
        }
    }
    if one.affirmed.is_none() && one.denied.is_none() {
        writeln!(out, "  no statements")?;
    }
    out.push('\n');
    Ok(())
}

/// The article of this id or title.
fn article_named(notebook: &Notebook, name: &str) -> Option<ArticleId> {
    let by_id = name.parse().ok().filter(|id| notebook.article(*id).is_some());
    by_id.or_else(|| {
        let folded = fold(name);
        let all = || notebook.articles().iter();
        let title = |matches: &dyn Fn(&str) -> bool| {
            all().find(|(_, article)| matches(&article.about.title)).map(|(id, _)| *id)
        };
        title(&|t| same_name(t, name)).or_else(|| title(&|t| fold(t) == folded))
    })
}
