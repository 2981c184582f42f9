//! Edit lists as files: RON, a list of [`Edit`]s.

use ron::extensions::Extensions;

use super::Edit;

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

/// Reads an edit list.
///
/// # Errors
/// The line and column of what is wrong, and what it is.
pub fn parse_script(text: &str) -> Result<Vec<Edit>, ScriptError> {
    // Optional fields are written without `Some(…)` here: people write these lists by hand.
    ron::Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(64)
        .from_str(text)
        .map_err(|error| ScriptError {
            line: error.span.start.line,
            column: error.span.start.col,
            what: error.code.to_string(),
        })
}
