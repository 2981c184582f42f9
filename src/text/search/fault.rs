//! Patterns that cannot be used: what is wrong, where, and what to do about it.

use std::fmt;

/// A pattern that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    /// What is wrong and what to do about it.
    pub message: String,
    /// Where: a byte offset in the pattern, where the place is known.
    pub at: Option<usize>,
    /// One line for a tooltip: the pattern with `‸` at the fault, and the fault.
    pub pointed: String,
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for PatternError {}

impl PatternError {
    /// The error for a pattern with more bytes than are allowed.
    pub(super) fn too_long(bytes: usize, most: usize) -> PatternError {
        let message = format!(
            "What to look for is too long: {bytes} bytes, and at most {most} can be looked for. Look for fewer words."
        );
        PatternError { pointed: message.clone(), message, at: None }
    }

    /// The error for a pattern that cannot be parsed.
    pub(super) fn syntax(error: &regex_syntax::Error, pattern: &str) -> PatternError {
        let (what, at) = match error {
            regex_syntax::Error::Parse(error) => {
                (error.kind().to_string(), Some(error.span().start.offset))
            }
            regex_syntax::Error::Translate(error) => {
                (error.kind().to_string(), Some(error.span().start.offset))
            }
            other => (other.to_string(), None),
        };
        PatternError::new(&what, at.filter(|at| pattern.is_char_boundary(*at)), pattern, true)
    }

    /// The error for a pattern that exceeds the limits when compiled.
    pub(super) fn too_large(pattern: &str, is_regex: bool) -> PatternError {
        let what =
            "it grows too large when it is made ready; shorten it, repeat fewer times, or let accents count".to_owned();
        PatternError::new(&what, None, pattern, is_regex)
    }

    fn new(what: &str, at: Option<usize>, pattern: &str, is_regex: bool) -> PatternError {
        let message = if is_regex {
            format!(
                "This pattern cannot be used: {what}. Mend it, or switch regular expressions off to look for the words as they stand."
            )
        } else {
            format!("These words cannot be looked for: {what}. Look for fewer of them.")
        };
        let mut pointed: String =
            pattern.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if let Some(at) = at {
            // Control characters were replaced by a space of one byte; those of two bytes (U+0080…) shift the position.
            let scalar = pattern[..at].chars().count();
            let byte = pointed.char_indices().nth(scalar).map_or(pointed.len(), |(i, _)| i);
            pointed.insert(byte, '‸');
        }
        pointed.push_str(" — ");
        pointed.push_str(what);
        PatternError { message, at, pointed }
    }
}
