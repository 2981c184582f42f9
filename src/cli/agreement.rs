//! `casebook agreement`: how far two people agree who tagged the same articles apart.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use super::args::{Agreement as Arguments, Pair};
use super::output;
use crate::inquiry::agreement::{Agreement, Confusion, InBoth, in_words};
use crate::notebook::{Kind, Notebook};
use crate::pairing::Pairing;
use crate::storage::load;

/// Agreement for a script.
#[derive(Serialize)]
pub(super) struct Figures {
    articles: Vec<Named>,
    /// Articles that only one of them tagged.
    left_out: Vec<Named>,
    characters: u64,
    spans: Spans,
    kinds: Coded,
    entities: Coded,
    /// Spans that only one of them tagged.
    alone: Alone,
}

#[derive(Serialize)]
struct Named {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct Spans {
    alpha: Option<f64>,
    actors: OfKind,
    events: OfKind,
    claims: OfKind,
}

#[derive(Serialize)]
struct OfKind {
    alpha: Option<f64>,
    ours: usize,
    theirs: usize,
}

#[derive(Serialize)]
struct Coded {
    kappa: Option<f64>,
    spans: usize,
    same: usize,
    /// Spans to which at least one of them gave several.
    ambiguous: usize,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    confusion: Vec<Count>,
}

#[derive(Serialize)]
struct Count {
    ours: &'static str,
    theirs: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct Alone {
    ours: usize,
    theirs: usize,
}

pub(super) fn run(args: &Arguments) -> anyhow::Result<ExitCode> {
    let open =
        |path: &Path| -> anyhow::Result<Notebook> { Ok(load(path, &|| false, &|_| {})?.notebook) };
    let (ours, theirs) = (open(&args.ours)?, open(&args.theirs)?);
    let pairing = paired(&ours, &theirs, args.pair);
    let chosen = match args.pair {
        Pair::All => pairing.from_score(0.0),
        Pair::Sure | Pair::None => Default::default(),
    };
    // Nobody asks it to stop.
    let found = pairing.agreement(&ours, &theirs, &chosen, &|| false).unwrap_or_default();
    let figures = figures(&found, &ours);
    if args.json {
        output::json(&figures)?;
    } else {
        output::text(&told(&found, &ours))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What two notebooks have in common, with the pairs that may be taken.
pub(super) fn paired(ours: &Notebook, theirs: &Notebook, which: Pair) -> Pairing {
    let pairing = Pairing::of(ours, theirs, &|| false).unwrap_or_default();
    if which == Pair::None { pairing.of_one_id() } else { pairing }
}

/// To four places: more would be a pretence.
fn rounded(figure: Option<f64>) -> Option<f64> {
    figure.map(|figure| (figure * 10_000.0).round() / 10_000.0)
}

pub(super) fn figures(found: &Agreement, ours: &Notebook) -> Figures {
    let named = |all: &[InBoth]| -> Vec<Named> {
        let one = |both: &InBoth| Named {
            id: both.ours.to_string(),
            name: ours.subject_name(both.ours.into()),
        };
        all.iter().map(one).collect()
    };
    let of_kind = |at: usize| OfKind {
        alpha: rounded(found.spans[at].alpha()),
        ours: found.units[at][0],
        theirs: found.units[at][1],
    };
    let confusion = found.kinds.counts.iter().map(|((a, b), count)| Count {
        ours: a.word(),
        theirs: b.word(),
        count: *count,
    });
    Figures {
        articles: named(&found.articles),
        left_out: named(&found.left_out),
        characters: found.scalars,
        spans: Spans {
            alpha: rounded(found.alpha()),
            actors: of_kind(0),
            events: of_kind(1),
            claims: of_kind(2),
        },
        kinds: coded(&found.kinds, found.ambiguous_kinds, confusion.collect()),
        entities: coded(&found.entities, found.ambiguous_entities, Vec::new()),
        alone: Alone { ours: found.alone[0], theirs: found.alone[1] },
    }
}

fn coded<C: Ord + Copy>(table: &Confusion<C>, ambiguous: usize, confusion: Vec<Count>) -> Coded {
    Coded {
        kappa: rounded(table.kappa()),
        spans: table.all(),
        same: table.same(),
        ambiguous,
        confusion,
    }
}

/// A figure with what it says.
fn figure(value: Option<f64>) -> String {
    match value {
        Some(number) => format!("{number:.3} ({})", in_words(value)),
        None => in_words(None).to_owned(),
    }
}

/// Agreement in words.
pub(super) fn told(found: &Agreement, ours: &Notebook) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{} that both tagged, {} characters",
        output::count(found.articles.len(), "article", "articles"),
        found.scalars
    );
    for both in &found.left_out {
        let name = ours.subject_name(both.ours.into());
        let _ = writeln!(out, "not counted, only one tagged anything in it: {name}");
    }
    if found.articles.is_empty() {
        out.push_str("nothing to compare\n");
        return out;
    }
    let _ = writeln!(out, "spans: Krippendorff’s α {}", figure(found.alpha()));
    for (at, kind) in Kind::ALL.into_iter().enumerate() {
        let [a, b] = found.units[at];
        let alpha = figure(found.alpha_of(kind));
        let _ = writeln!(out, "  {}: α {alpha}; {a} and {b}", kind.plural().to_lowercase());
    }
    let _ = writeln!(
        out,
        "the very same words tagged by both: {}; by ours only {}, by theirs only {}",
        found.together(),
        found.alone[0],
        found.alone[1]
    );
    let told = |out: &mut String, what: &str, kappa, same, all, ambiguous| {
        let _ =
            write!(out, "{what} there: Cohen’s κ {}; the same in {same} of {all}", figure(kappa));
        if ambiguous > 0 {
            let _ = write!(out, "; {ambiguous} left out, where one of them gave several");
        }
        out.push('\n');
    };
    let (kinds, entities) = (&found.kinds, &found.entities);
    told(&mut out, "kinds", kinds.kappa(), kinds.same(), kinds.all(), found.ambiguous_kinds);
    for ((a, b), count) in kinds.counts.iter().filter(|((a, b), _)| a != b) {
        let _ = writeln!(out, "  {} for ours, {} for theirs: {count}", a.word(), b.word());
    }
    told(
        &mut out,
        "entities",
        entities.kappa(),
        entities.same(),
        entities.all(),
        found.ambiguous_entities,
    );
    out
}
