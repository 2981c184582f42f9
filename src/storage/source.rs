//! The source of a notebook file: its version, its sections, and errors at a byte of it.

use serde::Deserialize;

use super::v5::Sections;
use super::{FormatError, VERSION, v1, v2, v3, v4};
use crate::notebook::{Notebook, ViewState};

/// The deepest nesting that is read. The deepest record has 6 levels.
pub(super) const DEPTH: usize = 64;

/// What was read: the notebook, its desk, and a line for each anchor that does not match its article.
pub(super) type Parsed = (Notebook, ViewState, super::Orphans);

/// Reads RON, no deeper than [`DEPTH`].
pub(super) fn from_ron<'a, T: Deserialize<'a>>(source: &'a str) -> ron::error::SpannedResult<T> {
    ron::Options::default().with_recursion_limit(DEPTH).from_str(source)
}

/// The sections of a file of this version, as those of the current one.
pub(super) fn sections(source: &str, version: u32) -> ron::error::SpannedResult<Sections<'_>> {
    match version {
        1 => from_ron::<v1::Sections<'_>>(source)
            .map(|old| v4::Sections::from(v3::Sections::from(v2::Sections::from(old))).into()),
        2 => from_ron::<v2::Sections<'_>>(source)
            .map(|old| v4::Sections::from(v3::Sections::from(old)).into()),
        3 => from_ron::<v3::Sections<'_>>(source).map(|old| v4::Sections::from(old).into()),
        4 => from_ron::<v4::Sections<'_>>(source).map(Into::into),
        _ => from_ron(source),
    }
}

/// The source's format version. Refuses what is not a notebook, and a notebook of a newer version, before anything else
/// is read.
pub(super) fn version(source: &str) -> Result<u32, FormatError> {
    let no_notebook = |rest: &str| {
        let what = format!("this is no notebook: a notebook begins with “(casebook: {VERSION},”");
        at(source, source.len() - rest.len(), what)
    };
    let mut rest = blank(source);
    for word in ["(", "casebook", ":"] {
        rest = blank(rest.strip_prefix(word).ok_or_else(|| no_notebook(rest))?);
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match rest.get(..digits).unwrap_or("").parse::<u64>() {
        Ok(found @ 1..) if found <= u64::from(VERSION) => Ok(found as u32),
        Ok(found) if found > u64::from(VERSION) => Err(FormatError {
            newer: Some(found),
            ..at(
                source,
                source.len() - rest.len(),
                format!(
                    "this notebook is of format version {found}, and this Casebook reads up to version {}: open it with a newer Casebook",
                    VERSION
                ),
            )
        }),
        Ok(found) => {
            let what = format!("there never was a format version {found}");
            Err(at(source, source.len() - rest.len(), what))
        }
        Err(_) => Err(no_notebook(rest)),
    }
}

/// The source without leading white space and comments.
pub(super) fn blank(mut source: &str) -> &str {
    loop {
        source = source.trim_start();
        if let Some(rest) = source.strip_prefix("//") {
            source = rest.find('\n').and_then(|end| rest.get(end..)).unwrap_or("");
        } else if let Some(end) = source.strip_prefix("/*").and_then(|rest| rest.find("*/")) {
            source = source.get(end + 4..).unwrap_or("");
        } else {
            return source;
        }
    }
}

/// An error at this byte.
pub(super) fn at(source: &str, byte: usize, what: String) -> FormatError {
    let before = source.get(..byte).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    FormatError {
        line: 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count(),
        column: 1 + before.get(line_start..).map_or(0, |line| line.chars().count()),
        what,
        newer: None,
    }
}
