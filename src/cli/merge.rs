//! `casebook merge`: what two people made of one notebook becomes one notebook.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use serde::Serialize;
use serde_json::Value;

use super::args::Merge;
use super::kept::Beside;
use super::{is_stream, lock, may_write, output, rendered, same_file, secure_unsaved_work};
use crate::edit::three_way::{merge, merge_desks};
use crate::inquiry::difference::id_of;
use crate::notebook::{Conflict, Notebook, ViewState};
use crate::storage::{
    Expected, LoadError, TwoVersions, load, parse, save, two_versions, write_file,
};

/// What the command exits with when there are conflicts: git's merge drivers do so.
pub(super) const CONFLICTS: u8 = 1;
/// What it exits with when nothing was merged: to git, a driver that exits with more than 128 has failed.
pub(super) const FAILED: u8 = 129;

#[derive(Serialize)]
struct Done {
    notebook: String,
    /// Conflicts of this merge.
    conflicts: Vec<Told>,
    /// How many there are in the notebook, with those of merges before.
    unsettled: usize,
}

/// A conflict: the record's id, its field, and what each has; `null` for nothing.
#[derive(Serialize)]
pub(super) struct Told {
    id: String,
    name: String,
    field: String,
    base: Value,
    ours: Value,
    theirs: Value,
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

/// A notebook, what was open in it, and its source where that is a whole file.
struct Side {
    notebook: Notebook,
    desk: ViewState,
    source: Vec<u8>,
}

fn merged(args: &Merge) -> anyhow::Result<ExitCode> {
    let (base, ours, theirs, in_place) = match &args.notebooks[..] {
        [base, ours, theirs] => {
            (read_base(base)?, read(ours)?, read(theirs)?, Some(ours.as_path()))
        }
        [both] => {
            let [base, ours, theirs] = read_both(both)?;
            (base, ours, theirs, Some(both.as_path()))
        }
        _ => {
            bail!(
                "name three notebooks (BASE OURS THEIRS), two (OURS THEIRS), or one in which git left both versions"
            )
        }
    };
    let to_stdout = is_stream(&args.output);
    let replaces = in_place.is_some_and(|path| same_file(&args.output, path));
    if !to_stdout && !replaces {
        may_write(&args.output, args.force)?;
    }
    let merged = merge(&base.notebook, &ours.notebook, &theirs.notebook, &|| false)
        .ok_or_else(|| anyhow!("merging was stopped"))?;
    let told: Vec<Told> =
        merged.conflicts().iter().map(|it| told(it, &ours.notebook, merged.notebook())).collect();
    let desk = merge_desks(&base.desk, &ours.desk, &theirs.desk);
    let notebook = merged.into_notebook();
    let done = Done {
        notebook: args.output.display().to_string(),
        unsettled: notebook.conflicts().len(),
        conflicts: told,
    };
    let source = rendered(&notebook, &desk)?;
    // Where one of them changed nothing, the other's file is taken as it is, to the byte.
    let unchanged = [(&base, &ours, &theirs), (&base, &theirs, &ours), (&ours, &theirs, &ours)]
        .into_iter()
        .find(|(a, b, _)| !a.source.is_empty() && a.source == b.source)
        .map(|(.., other)| &other.source)
        .filter(|bytes| !bytes.is_empty());
    let code =
        if done.conflicts.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(CONFLICTS) };
    if to_stdout {
        let source = match unchanged {
            Some(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            None => source,
        };
        output::notebook(&source, args.json.then_some(&done))?;
        return Ok(code);
    }
    let _lock = lock(&args.output)?;
    secure_unsaved_work(&args.output)?;
    let beside = Beside::of(&args.output);
    let sides: Vec<&Path> = args.notebooks.iter().map(|path| &**path).collect();
    beside.bring(&notebook, &sides);
    match unchanged {
        Some(bytes) => {
            // Nothing is in the way of what was agreed to above.
            write_file(&args.output, args.force || replaces, &|| false, &mut |file| {
                file.write_all(bytes)?;
                Ok(())
            })?;
        }
        None => {
            let saved = save(&args.output, &notebook, &desk, &Expected::New, &|| false)?;
            output::complain_of_saved(&saved);
        }
    }
    beside.saved();
    let said = in_words(&done);
    output::after_saving_as(&args.output, &done, (!args.json).then_some(&*said), code)
}

fn read(path: &Path) -> anyhow::Result<Side> {
    let loaded = load(path, &|| false, &|_| {})?;
    let source = fs::read(path).with_context(|| format!("“{}” cannot be read", path.display()))?;
    Ok(Side { notebook: loaded.notebook, desk: loaded.desk, source })
}

/// The base. Git gives an empty file where the two have none in common.
fn read_base(path: &Path) -> anyhow::Result<Side> {
    match load(path, &|| false, &|_| {}) {
        Err(LoadError::Empty(_)) => Ok(Side {
            notebook: Notebook::default(),
            desk: ViewState::default(),
            source: Vec::new(),
        }),
        _ => read(path),
    }
}

/// Both versions that git left in one file, and what they began with.
fn read_both(path: &Path) -> anyhow::Result<[Side; 3]> {
    match load(path, &|| false, &|_| {}) {
        Err(LoadError::Unmerged { .. }) => {}
        Ok(_) => bail!(
            "“{}” is one notebook without conflict marks: name BASE, OURS and THEIRS",
            path.display()
        ),
        Err(other) => return Err(other.into()),
    }
    let source = fs::read_to_string(path)?;
    let Some(TwoVersions { base, ours, theirs }) = two_versions(&source) else {
        bail!("“{}” changed while it was read: try again", path.display())
    };
    let side = |which: &str, source: &str| -> anyhow::Result<Side> {
        let (notebook, desk, _) = parse(source)
            .with_context(|| format!("“{}”, the version of {which}", path.display()))?;
        Ok(Side { notebook, desk, source: Vec::new() })
    };
    let base = match base {
        Some(base) => side("the base", &base)?,
        None => {
            Side { notebook: Notebook::default(), desk: ViewState::default(), source: Vec::new() }
        }
    };
    Ok([base, side("ours", &ours)?, side("theirs", &theirs)?])
}

pub(super) fn told(conflict: &Conflict, ours: &Notebook, merged: &Notebook) -> Told {
    let value = |text: &str| serde_json::from_str(text).unwrap_or_default();
    let there = !merged.as_it_is(&conflict.of).removes();
    Told {
        id: id_of(&conflict.of),
        name: if there { merged } else { ours }.record_name(&conflict.of),
        field: conflict.field.clone(),
        base: value(&conflict.base),
        ours: value(&conflict.ours),
        theirs: value(&conflict.theirs),
    }
}

fn in_words(done: &Done) -> String {
    let Done { notebook, conflicts, unsettled } = done;
    let mut said = match conflicts.len() {
        0 => format!("{notebook}: merged"),
        n => format!(
            "{notebook}: merged, with {}: ours stands, and the other value is kept until it is settled in the review",
            output::count(n, "conflict", "conflicts")
        ),
    };
    if *unsettled > conflicts.len() {
        // Writing to a string cannot fail.
        let _ = write!(said, " ({} with those of earlier merges)", unsettled);
    }
    said.push_str(&listed(conflicts));
    said
}

/// Conflicts in words, a line each.
pub(super) fn listed(conflicts: &[Told]) -> String {
    let mut said = String::new();
    for Told { id, name, field, base, ours, theirs } in conflicts {
        let short = |value: &Value| {
            let text = match value {
                Value::Null => return "nothing".to_owned(),
                Value::String(text) => format!("“{text}”"),
                // Of a whole record its name says most.
                Value::Object(fields) => fields
                    .get("name")
                    .or(fields.get("exact"))
                    .map_or_else(|| value.to_string(), ToString::to_string),
                other => other.to_string(),
            };
            let text = output::one_line(&text);
            match text.char_indices().nth(SHORT) {
                Some((end, _)) => format!("{}…", &text[..end]),
                None => text,
            }
        };
        let _ = write!(
            said,
            "\n  {id} “{}” {field}: base {} · ours {} · theirs {}",
            output::one_line(name),
            short(base),
            short(ours),
            short(theirs)
        );
    }
    said
}

/// The most characters of a value that are printed.
const SHORT: usize = 80;
