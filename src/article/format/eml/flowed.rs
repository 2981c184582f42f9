//! The text of a mail: quotations by their `>`, paragraphs of `format=flowed` (RFC 3676) whole, other lines as they are.

use crate::article::document::Builder;
use crate::text::BlockKind;

/// How a text's lines are to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flow {
    /// Whether a space at the end of a line says that it goes on.
    pub flowed: bool,
    /// Whether that space is no part of the text.
    pub delete_space: bool,
    /// Whether `>From ` at the beginning of a line stands for `From `, as in mailbox files.
    pub mailbox: bool,
}

/// Writes the text of a mail.
pub(super) fn write(text: &str, flow: Flow, builder: &mut Builder) {
    // The depth of the quotation that is open, and whether a block is.
    let mut depth = 0;
    let mut open = false;
    // Whether the line before goes on.
    let mut goes_on = false;
    for line in text.split('\n') {
        if builder.is_full() {
            return;
        }
        let line = line.strip_suffix('\r').unwrap_or(line);
        let line = if flow.mailbox && line.starts_with(">From ") { &line[1..] } else { line };
        let (quoted, mut words) = unquoted(line, flow.flowed);
        if flow.flowed && (quoted > 0 || line.starts_with(' ')) {
            words = words.strip_prefix(' ').unwrap_or(words);
        }
        let signature = words == "-- ";
        if words.trim().is_empty() || quoted != depth {
            builder.end();
            (open, goes_on) = (false, false);
            depth = quoted;
            if words.trim().is_empty() {
                continue;
            }
        }
        if !open {
            let level = u8::try_from(depth).unwrap_or(u8::MAX);
            builder.begin((depth > 0).then_some(BlockKind::Quotation(level)));
            open = true;
        } else if !goes_on {
            builder.line_break();
        }
        goes_on = flow.flowed && !signature && words.ends_with(' ');
        if goes_on {
            let words = words.strip_suffix(' ').unwrap_or(words);
            builder.push_verbatim(words.trim_end());
            if !flow.delete_space {
                builder.push(" ");
            }
        } else {
            builder.push_verbatim(words.trim_end());
        }
    }
    builder.end();
}

/// How deep a line is quoted, and what it says. Only lines of `format=flowed` keep to signs without spaces between them.
fn unquoted(line: &str, flowed: bool) -> (usize, &str) {
    let mut depth = 0;
    let mut rest = line;
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            depth += 1;
            rest = after;
        } else if !flowed && depth > 0 && rest.starts_with(" >") {
            rest = &rest[1..];
        } else {
            break;
        }
    }
    let rest = if !flowed && depth > 0 { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
    (depth, rest)
}
