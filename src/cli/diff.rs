//! `casebook diff`: how two notebooks differ, in words; also as git's external diff, and one notebook in lines for git's
//! own comparison.

use std::ffi::OsStr;
use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::bail;
use serde::Serialize;
use serde_json::Value as Json;

use super::args::Diff;
use super::output;
use crate::inquiry::difference::{Differing, How, What, difference, fields_of, id_of, readable};
use crate::inquiry::{Summary, summarise};
use crate::notebook::Notebook;
use crate::storage::load;

#[derive(Serialize)]
struct Report {
    old: Option<String>,
    new: Option<String>,
    counts: serde_json::Map<String, Json>,
    differences: Vec<Line>,
}

#[derive(Serialize)]
struct Counted {
    added: usize,
    removed: usize,
    changed: usize,
}

#[derive(Serialize)]
struct Line {
    how: &'static str,
    what: &'static str,
    id: String,
    name: String,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Field {
    field: &'static str,
    old: Json,
    new: Json,
    #[serde(skip)]
    words: String,
}

/// Set by git when it calls an external diff (gitdiffcore, since 1.8.4): how many files there are.
const CALLED_BY_GIT: &str = "GIT_DIFF_PATH_TOTAL";

pub(super) fn run(args: &Diff) -> anyhow::Result<ExitCode> {
    if args.textconv {
        if args.new.is_some() || !args.git.is_empty() {
            bail!("--textconv prints one notebook in lines: name one file");
        }
        return lines(&args.old);
    }
    match (&args.new, &args.git[..]) {
        (Some(new), []) => two(args, &args.old, new),
        // path old-file old-hex old-mode new-file new-hex new-mode, and of a file that git takes for renamed the new
        // path and what it says of it (git(1), GIT_EXTERNAL_DIFF).
        (Some(old), [_, _, new, _, _, renamed @ ..]) if [0, 2].contains(&renamed.len()) => {
            Ok(for_git(&args.old, old, Path::new(new), renamed.first().map(Path::new)))
        }
        (None, []) if std::env::var_os(CALLED_BY_GIT).is_some() => {
            let path = args.old.display();
            output::text(&format!(
                "{path}: not merged yet, both sides changed it; “casebook merge” with the three versions merges it\n"
            ))?;
            Ok(ExitCode::SUCCESS)
        }
        (None, []) => {
            bail!(
                "name two notebooks to compare: the older and the newer one. One notebook in lines of words: --textconv"
            )
        }
        _ => bail!(
            "name two notebooks to compare, or give the seven arguments that git gives an external diff: path old-file old-hex old-mode new-file new-hex new-mode"
        ),
    }
}

fn open(path: &Path) -> anyhow::Result<Notebook> {
    Ok(load(path, &|| false, &|_| {})?.notebook)
}

fn lines(path: &Path) -> anyhow::Result<ExitCode> {
    let said = readable(&open(path)?, &|| false);
    output::text(&said.unwrap_or_default())?;
    Ok(ExitCode::SUCCESS)
}

fn two(args: &Diff, old: &Path, new: &Path) -> anyhow::Result<ExitCode> {
    let (a, b) = (open(old)?, open(new)?);
    let report = report(&a, &b, Some(old), Some(new));
    if args.json {
        output::json(&report)?;
    } else {
        let (from, to) = (old.display(), new.display());
        let head = format!("{from} → {to}: {}\n", summary(&a, &b).summary());
        output::text(&(head + &in_words(&report)))?;
    }
    let differs = args.exit_code && !report.differences.is_empty();
    Ok(if differs { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What git shows of one path. It always succeeds: git gives up on all other files when an external diff fails, so a file
/// that is no notebook is said in its place.
fn for_git(path: &Path, old: &Path, new: &Path, renamed: Option<&Path>) -> ExitCode {
    let read = |file: &Path| -> Result<Option<Notebook>, anyhow::Error> {
        if is_nothing(file) { Ok(None) } else { open(file).map(Some) }
    };
    let shown = match renamed {
        Some(renamed) => format!("{} → {}", path.display(), renamed.display()),
        None => path.display().to_string(),
    };
    let said = match (read(old), read(new)) {
        (Ok(a), Ok(b)) => {
            let how = match (&a, &b) {
                (None, _) => "added: ",
                (_, None) => "deleted: ",
                _ => "",
            };
            let empty = Notebook::default();
            let (a, b) = (a.as_ref().unwrap_or(&empty), b.as_ref().unwrap_or(&empty));
            let report = report(a, b, Some(old), Some(new));
            format!("{shown}: {how}{}\n{}", summary(a, b).summary(), in_words(&report))
        }
        (Err(why), _) | (_, Err(why)) => format!("{shown}: cannot be compared: {why:#}\n"),
    };
    match output::text(&format!("{}\n", said.trim_end())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            output::complain(&format!("{why:#}"));
            ExitCode::FAILURE
        }
    }
}

/// What git names where there is no file: it was added, or deleted.
fn is_nothing(file: &Path) -> bool {
    file == Path::new("/dev/null") || file.as_os_str().eq_ignore_ascii_case(OsStr::new("nul"))
}

/// In words. Nothing asks to stop here.
fn summary(old: &Notebook, new: &Notebook) -> Summary {
    summarise(old, new, &|| false).unwrap_or_default()
}

fn report(old: &Notebook, new: &Notebook, from: Option<&Path>, to: Option<&Path>) -> Report {
    let found = difference(old, new, &|| false).unwrap_or_default();
    let told = summary(old, new);
    let counts = found.counts.iter().map(|(what, count)| {
        let counted =
            Counted { added: count.added, removed: count.removed, changed: count.changed };
        (key(*what), serde_json::to_value(counted).unwrap_or_default())
    });
    let by_record: std::collections::BTreeMap<_, &Differing> = found
        .records
        .iter()
        .map(|differing| ((differing.what, &differing.record), differing))
        .collect();
    let differences = told.lines.iter().filter_map(|line| {
        let differing = by_record.get(&(line.what, &line.record))?;
        let fields = fields_of(differing, old, new).into_iter().map(|field| Field {
            words: match line.how {
                How::Added => format!("{}: {}", field.noun, field.new.words.replace('\n', " ")),
                _ => field.words(),
            },
            field: field.key,
            old: field.old.json,
            new: field.new.json,
        });
        Some(Line {
            how: how_word(line.how),
            what: line.what.words().0,
            id: id_of(&line.record),
            name: line.name.clone(),
            fields: fields.collect(),
        })
    });
    let shown = |path: Option<&Path>| path.map(|path| path.display().to_string());
    Report {
        old: shown(from),
        new: shown(to),
        counts: counts.collect(),
        differences: differences.collect(),
    }
}

fn key(what: What) -> String {
    what.words().0.to_owned()
}

const fn how_word(how: How) -> &'static str {
    match how {
        How::Added => "added",
        How::Removed => "removed",
        How::Changed => "changed",
    }
}

/// What is already said by a record’s name.
const SAID: [&str; 6] = ["name", "title", "kind", "from", "relation", "to"];

fn in_words(report: &Report) -> String {
    let mut out = String::new();
    for line in &report.differences {
        let sign = match line.how {
            "added" => '+',
            "removed" => '−',
            _ => '~',
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{sign} {} “{}”", line.what, output::one_line(&line.name));
        let told = |field: &&Field| line.how == "changed" || !SAID.contains(&field.field);
        // What is gone is named; all that it said is in the older notebook.
        for field in line.fields.iter().filter(told).filter(|_| line.how != "removed") {
            let _ = writeln!(out, "    {}", output::one_line(&field.words));
        }
    }
    out
}
