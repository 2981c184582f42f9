//! YAML as the notes' properties need it.

use std::fmt::Write as _;

/// A text as a scalar in double quotes: nothing of it is markup, and only characters that YAML prints stand as they are.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_it() {
        assert_eq!(quoted("a: \"b\" \\ # é\n---"), "\"a: \\\"b\\\" \\\\ # é\\n---\"");
        assert_eq!(quoted("\u{85}\u{0}\u{2028}😀"), "\"\\u0085\\u0000\\u2028😀\"");
    }
}
