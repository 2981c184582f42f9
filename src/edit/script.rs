//! Edit lists as files: RON, a list of [`Edit`]s.

use ron::error::SpannedError;
use ron::extensions::Extensions;

use super::Edit;
use crate::text::{RonFault, ron_fault};

/// An edit list that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {what}")]
pub struct ScriptError {
    /// From 1.
    pub line: usize,
    /// In Unicode scalars, from 1.
    pub column: usize,
    /// What is wrong there.
    pub what: String,
}

/// What `casebook edit --help` shows.
pub const EXAMPLE: &str = r#"[
  // Handles ($name) name what an earlier edit of the list made.
  AddEntity(kind: Actor, name: "Port Authority", handle: "$port", with: (actor_kind: PublicBody)),
  AddEntity(kind: Claim, name: "The harbour will close in May.", handle: "$closes"),
  // Words that occur once name their place; Nth("…", 2) is the second time; Offsets(10, 14) counts characters.
  Tag(at: Nth("the authority", 2), entity: "$port", remember_alias: true),
  Tag(at: Quote("the harbour would close in May"), entity: "$closes", handle: "$said",
      statement: (chain: [(actor: "$port", cue: "according to", source: Reported)], modality: Possible)),
  // Names work where only one entity has them, ids always.
  Link(from: "Port Authority", relation: "denies", to: "$closes",
       evidence: [Sentence(at: Quote("the harbour would close in May")), Mention("$said")],
       with: (basis: Paraphrased, strength: Unconfirmed)),
]
"#;

/// Edit lists longer than this (bytes) are refused.
pub const SCRIPT_LIMIT: u64 = 64 << 20;

/// Nesting deeper than this is refused.
pub(super) const DEPTH: usize = 64;

/// Reads an edit list.
///
/// # Errors
/// The line and column of what is wrong, and what it is.
///
/// ```
/// use casebook::edit::parse_script;
///
/// assert_eq!(parse_script("[Title(\"Port-Léonie\")]").map(|edits| edits.len()), Ok(1));
/// let error = parse_script("[\n  Titel(\"Port-Léonie\"),\n]").unwrap_err();
/// assert_eq!(error.line, 2);
/// ```
pub fn parse_script(text: &str) -> Result<Vec<Edit>, ScriptError> {
    // Optional fields are written without `Some(…)` here: people write these lists by hand.
    let options = ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(DEPTH);
    // Editors on Windows put a byte order mark before everything.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = |text: &str| options.from_str::<Vec<Edit>>(text);
    read(text).map_err(|error| fault(text, &error, |text| read(text).err()))
}

/// What RON's reader found wrong in a list of edits; `again` reads another in the same way.
pub(super) fn fault(
    text: &str,
    error: &SpannedError,
    again: impl Fn(&str) -> Option<SpannedError>,
) -> ScriptError {
    let RonFault { line, column, what } = ron_fault(text, error, DEPTH, "edit", again);
    let what = match error.code {
        ron::Error::ExceededRecursionLimit => format!(
            "it is nested deeper than {DEPTH} levels: put batches side by side, not in one another"
        ),
        _ => what,
    };
    ScriptError { line, column, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_nested_without_end_is_refused_with_the_limit() {
        for depth in [40, 100_000] {
            let list = format!("[{}", "Batch(\"\", [".repeat(depth));
            let error = parse_script(&list).expect_err("not closed");
            assert!(error.what.contains("deeper than 64 levels"), "{depth}: {error}");
        }
        let fits = format!("[{}{}]", "Batch(\"\", [".repeat(10), "])".repeat(10));
        assert_eq!(parse_script(&fits).map(|edits| edits.len()), Ok(1));
    }

    #[test]
    fn a_byte_order_mark_may_come_first() {
        assert_eq!(parse_script("\u{feff}[Title(\"x\")]"), parse_script("[Title(\"x\")]"));
        assert!(parse_script("\u{feff}[Title(\"x\")]").is_ok());
    }

    #[test]
    fn what_a_field_takes_is_said() {
        for (list, words) in [
            (
                "[AddEntity(kind: \"Actor\", name: \"A\")]",
                "“kind” of edit 1 (AddEntity) takes one of these words, without quotation marks: Actor, Event, Claim",
            ),
            (
                "[Title(\"x\"),\n Tag(at: Quote(x), entity: \"$a\")]",
                "“at” of edit 2 (Tag) takes text in quotation marks",
            ),
            ("[Tag(at: \"x\", entity: \"$a\")]", "“at” of edit 1 (Tag) takes one of these words"),
            (
                "[Link(from: $a, relation: \"x\", to: \"b\")]",
                "“from” of edit 1 (Link) takes text in quotation marks",
            ),
            ("[Title]", "edit 1"),
            ("(Title(\"x\"))", "takes a list in square brackets"),
        ] {
            let error = parse_script(list).expect_err(list);
            assert!(error.what.contains(words), "{list}: {error}");
        }
    }
}
