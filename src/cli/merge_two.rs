//! `casebook merge OURS THEIRS`: what two people made of the same articles, each on their own, becomes one notebook.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use serde::Serialize;

use super::agreement::{Figures, figures, paired, told as agreement_told};
use super::args::{Merge, Pair};
use super::kept::Beside;
use super::merge::{CONFLICTS, FAILED, Told, listed, told};
use super::{is_stream, lock, may_write, output, rendered, same_file, secure_unsaved_work};
use crate::edit::three_way::merge;
use crate::notebook::Notebook;
use crate::pairing::{NearArticles, Pairing, Tally};
use crate::storage::{Expected, load, save};

#[derive(Serialize)]
struct Done {
    notebook: String,
    articles: Vec<Both>,
    near: Vec<Both>,
    pairs: Vec<PairTold>,
    joined: Counts,
    added: Counts,
    /// What could not be done, a sentence each.
    refused: Vec<String>,
    agreement: Figures,
    conflicts: Vec<Told>,
    unsettled: usize,
}

#[derive(Serialize)]
struct Both {
    ours: String,
    theirs: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
}

#[derive(Serialize)]
struct PairTold {
    ours: Named,
    theirs: Named,
    kind: &'static str,
    score: f32,
    reason: String,
    sure: bool,
    joined: bool,
}

#[derive(Serialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct Counts {
    articles: usize,
    entities: usize,
    mentions: usize,
    links: usize,
    others: usize,
}

impl From<Tally> for Counts {
    fn from(tally: Tally) -> Self {
        let Tally { articles, entities, mentions, links, others } = tally;
        Self { articles, entities, mentions, links, others }
    }
}

pub(super) fn run(args: &Merge) -> ExitCode {
    match merged(args) {
        Ok(code) => code,
        Err(error) => {
            output::complain(&format!("{error:#}; nothing was written"));
            ExitCode::from(FAILED)
        }
    }
}

fn merged(args: &Merge) -> anyhow::Result<ExitCode> {
    let [ours_path, theirs_path] = &args.notebooks[..] else { bail!("name two notebooks") };
    let to_stdout = is_stream(&args.output);
    let replaces = same_file(&args.output, ours_path);
    if !to_stdout && !replaces {
        may_write(&args.output, args.force)?;
    }
    // Held before it is read: nobody else changes it meanwhile.
    let _lock = if to_stdout { None } else { lock(&args.output)? };
    let loaded = load(ours_path, &|| false, &|_| {})?;
    let (ours, theirs) = (loaded.notebook, load(theirs_path, &|| false, &|_| {})?.notebook);
    let pairing = paired(&ours, &theirs, args.pair);
    let chosen = match args.pair {
        Pair::All => pairing.from_score(0.0),
        Pair::Sure | Pair::None => BTreeSet::new(),
    };
    let stopped = || anyhow!("merging was stopped");
    let joined = pairing.joined(&ours, &theirs, &chosen, &|| false).ok_or_else(stopped)?;
    let agreed = pairing.agreement(&ours, &theirs, &chosen, &|| false).ok_or_else(stopped)?;
    let empty = Notebook::default();
    let merged = merge(&empty, &ours, &joined.notebook, &|| false).ok_or_else(stopped)?;
    let conflicts: Vec<Told> =
        merged.conflicts().iter().map(|it| told(it, &ours, merged.notebook())).collect();
    let notebook = merged.into_notebook();
    let done = Done {
        notebook: args.output.display().to_string(),
        articles: pairing.articles().iter().map(|it| both(&ours, it.ours, it.theirs)).collect(),
        near: pairing.near().iter().map(|it| near(&ours, it)).collect(),
        pairs: pairs(&ours, &theirs, &pairing, &chosen),
        joined: joined.joined.into(),
        added: joined.added.into(),
        refused: joined.refused,
        agreement: figures(&agreed, &ours),
        unsettled: notebook.conflicts().len(),
        conflicts,
    };
    let code =
        if done.conflicts.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(CONFLICTS) };
    if to_stdout {
        let source = rendered(&notebook, &loaded.desk)?;
        output::notebook(&source, args.json.then_some(&done))?;
        return Ok(code);
    }
    secure_unsaved_work(&args.output)?;
    let expected = if replaces { Expected::Same(loaded.stamp) } else { Expected::New };
    let beside = Beside::of(&args.output);
    beside.bring(&notebook, &[ours_path, theirs_path]);
    let saved = save(&args.output, &notebook, &loaded.desk, &expected, &|| false)?;
    beside.saved();
    output::complain_of_saved(&saved);
    let said = format!("{}{}", in_words(&done), agreement_told(&agreed, &ours));
    output::after_saving_as(&args.output, &done, (!args.json).then_some(&*said), code)
}

fn both(
    ours: &Notebook,
    here: crate::notebook::ArticleId,
    there: crate::notebook::ArticleId,
) -> Both {
    let name = ours.subject_name(here.into());
    Both { ours: here.to_string(), theirs: there.to_string(), name, share: None }
}

fn near(ours: &Notebook, it: &NearArticles) -> Both {
    Both { share: Some((it.share * 1000.0).round() / 1000.0), ..both(ours, it.ours, it.theirs) }
}

fn pairs(
    ours: &Notebook,
    theirs: &Notebook,
    pairing: &Pairing,
    chosen: &BTreeSet<usize>,
) -> Vec<PairTold> {
    let taken = pairing.taken(chosen);
    let named = |notebook: &Notebook, id| {
        let name = notebook.name(id).to_owned();
        Named { id: id.to_string(), name }
    };
    let told = |pair: &crate::pairing::Pair| PairTold {
        ours: named(ours, pair.ours),
        theirs: named(theirs, pair.theirs),
        kind: ours.entity(pair.ours).map_or("", |entity| entity.kind().word()),
        score: (pair.score * 1000.0).round() / 1000.0,
        reason: pair.reason.clone(),
        sure: pair.is_sure,
        joined: taken.get(&pair.theirs) == Some(&pair.ours),
    };
    pairing.pairs().iter().map(told).collect()
}

fn in_words(done: &Done) -> String {
    let counted = |counts: &Counts| {
        format!(
            "{}, {}, {}, {}",
            output::count(counts.articles, "article", "articles"),
            output::count(counts.entities, "entity", "entities"),
            output::count(counts.mentions, "mention", "mentions"),
            output::count(counts.links, "link", "links"),
        )
    };
    let mut said = format!(
        "{}: merged; in both {}; added {}\n",
        done.notebook,
        counted(&done.joined),
        counted(&done.added)
    );
    // Writing to a string cannot fail.
    for near in &done.near {
        let share = near.share.unwrap_or_default() * 100.0;
        let _ = writeln!(
            said,
            "nearly the same article ({share:.0} %), kept as two: “{}”",
            output::one_line(&near.name)
        );
    }
    let open: Vec<&PairTold> = done.pairs.iter().filter(|pair| !pair.joined).collect();
    if !open.is_empty() {
        let may = output::count(open.len(), "pair", "pairs");
        let _ = writeln!(said, "not joined, though they may be the same: {may}");
        for pair in open {
            let _ = writeln!(
                said,
                "  {:.2} {} “{}” and “{}”: {}",
                pair.score,
                pair.kind,
                output::one_line(&pair.ours.name),
                output::one_line(&pair.theirs.name),
                output::one_line(&pair.reason)
            );
        }
    }
    for why in &done.refused {
        let _ = writeln!(said, "{}", output::one_line(why));
    }
    if !done.conflicts.is_empty() {
        let count = output::count(done.conflicts.len(), "conflict", "conflicts");
        let _ = writeln!(
            said,
            "{count}: ours stands, and the other value is kept until it is settled in the review{}",
            listed(&done.conflicts)
        );
    }
    said
}
