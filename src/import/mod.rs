//! The way back in: a table of formats that a case is read from. File › Import…, `casebook import` and the documentation come
//! from it.
//!
//! A format is a file here and a row in [`FORMATS`]: it reads bytes into a [`Case`], opens no file itself, and never panics,
//! whatever the bytes are. [`plan`] makes of a case the edits that a notebook takes: what is there already stays as it is,
//! and what does not fit is listed.

mod annotations;
mod brat;
mod case;
mod csv;
mod csv_rows;
mod csv_words;
mod error;
mod ftm;
mod graphml;
mod ids;
mod json;
mod place;
mod plan;
mod planned_canvas;
mod planned_links;
mod planner;
mod qdpx;
mod source;
mod tree;

use std::path::Path;

pub use case::{
    Case, CaseArticle, CaseCard, CaseEntity, CaseEvidence, CaseGroup, CaseLink, CaseMention,
    CasePlace, Missed, Unit,
};
pub use error::ImportError;
pub use plan::{Plan, plan};
pub use planner::Counts;
pub use source::{Source, SourceFile};

/// Reads what is imported.
type Reader = fn(&Source, &dyn Fn() -> bool) -> Result<Case, ImportError>;

/// A format that a case can be read from.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `casebook import --format` calls it.
    pub id: &'static str,
    /// As the user reads it.
    pub name: &'static str,
    /// How its files end, in lower case, without the dot.
    pub endings: &'static [&'static str],
    /// Whether a folder of such files is read as one.
    pub folder: bool,
    /// What it brings, in a sentence.
    pub brings: &'static str,
    looks_like: fn(&Source) -> bool,
    read: Reader,
}

/// The formats, in the order in which they are tried.
pub static FORMATS: &[Format] = &[
    Format {
        id: "qdpx",
        name: "REFI-QDA project",
        endings: &["qdpx"],
        folder: false,
        brings: "Brings texts, codes as entities, coded selections as mentions, notes, links, places on a graph, and our own groups and note cards.",
        looks_like: qdpx::looks_like,
        read: qdpx::read,
    },
    Format {
        id: "brat",
        name: "Annotated texts (brat)",
        endings: &["ann", "txt"],
        folder: true,
        brings: "Brings texts, annotations as mentions, events with their participants, relations as links, notes, and attributes that statements have.",
        looks_like: brat::looks_like,
        read: brat::read,
    },
    Format {
        id: "graphml",
        name: "Graph (GraphML)",
        endings: &["graphml", "xml"],
        folder: false,
        brings: "Brings nodes as entities and edges as links, with places, notes and dates.",
        looks_like: graphml::looks_like,
        read: graphml::read,
    },
    Format {
        id: "ftm",
        name: "FollowTheMoney",
        endings: &["ftm.json", "json", "jsonl", "ndjson", "ijson"],
        folder: false,
        brings: "Brings persons, organisations, events and notes as entities, documents with their texts, links with their quotes, and mentions whose words stand once in their document or paragraph.",
        looks_like: ftm::looks_like,
        read: ftm::read,
    },
    Format {
        id: "annotations",
        name: "Web annotations (JSON-LD)",
        endings: &["jsonld", "json", "jsonl"],
        folder: false,
        brings: "Brings tagged words as mentions, notes, and links with their words; the notebook must hold the articles.",
        looks_like: annotations::looks_like,
        read: annotations::read,
    },
    Format {
        id: "csv",
        name: "Tables (CSV)",
        endings: &["csv", "tsv", "txt"],
        folder: true,
        brings: "Brings everything that the folder of an export holds but matrices, judgements and replies; or a list of nodes or of edges, with whatever columns are known.",
        looks_like: csv::looks_like,
        read: csv::read,
    },
];

/// The formats as the table of `docs/imports.md`.
#[must_use]
pub fn formats_as_markdown() -> String {
    use std::fmt::Write as _;
    let mut text = "| `--format` | format | reads | brings |\n|---|---|---|---|\n".to_owned();
    for Format { id, name, endings, folder, brings, .. } in FORMATS {
        let mut reads: Vec<String> = endings.iter().map(|end| format!("`.{end}`")).collect();
        if *folder {
            reads.push("a folder of them".to_owned());
        }
        let (reads, brings) = (reads.join(", "), brings.trim_start_matches("Brings "));
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| `{id}` | {name} | {reads} | {brings} |");
    }
    text
}

/// The format of this id.
#[must_use]
pub fn format(id: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.id == id)
}

impl Format {
    /// Reads what is in memory.
    ///
    /// # Errors
    /// It is in another format, damaged or too large, or was cancelled.
    pub fn read(&self, source: &Source, cancelled: &dyn Fn() -> bool) -> Result<Case, ImportError> {
        let case = (self.read)(source, cancelled);
        // A reader that was stopped half-way says what it had got to.
        if cancelled() { Err(ImportError::Cancelled) } else { case }
    }
}

/// Reads a file or folder in this format, or in the one that it seems to be in.
///
/// # Errors
/// It cannot be read, or is in none of the formats.
pub fn read(
    path: &Path,
    format: Option<&'static Format>,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<(&'static Format, Case), ImportError> {
    let is_folder = path.is_dir();
    let fits = |one: &&'static Format| {
        format.is_none_or(|format| format.id == one.id)
            && (!is_folder || one.folder)
            && (is_folder || format.is_some() || source::ends_in(path, one.endings))
    };
    let candidates: Vec<&'static Format> = FORMATS.iter().filter(fits).collect();
    let unknown = || {
        let formats: Vec<String> = FORMATS
            .iter()
            .map(|format| format!("{} (.{})", format.name, format.endings.join(", .")))
            .collect();
        ImportError::Unknown { path: path.to_owned(), formats: formats.join("; ") }
    };
    if candidates.is_empty() {
        return Err(unknown());
    }
    let endings: Vec<&str> = candidates.iter().flat_map(|format| format.endings).copied().collect();
    let source = Source::read(path, &endings, cancelled, &|done| progress(done / 2.0))?;
    // What was asked for is tried even where it does not look so: its message says why it is not.
    let found = match (format, &candidates[..]) {
        (Some(asked), _) => Some(asked),
        (None, all) => all.iter().copied().find(|one| (one.looks_like)(&source)),
    };
    let found = found.ok_or_else(unknown)?;
    let case = found.read(&source, cancelled)?;
    progress(1.0);
    Ok((found, case))
}
