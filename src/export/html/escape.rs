//! Words of the notebook in HTML: nothing of them is markup, and nothing of a name reverses or hides what is around it.

use crate::export::Content;
use crate::export::location::one_line;
use crate::export::report::Voice;
use crate::notebook::{EntityId, LinkId, Notebook, Subject};
use crate::text::shown_line;

/// A text as it may stand between tags and inside of an attribute in double quotes. What HTML forbids (control characters,
/// noncharacters) becomes `�`.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control()
                || (c as u32) & 0xfffe == 0xfffe
                || ('\u{fdd0}'..='\u{fdef}').contains(&c) =>
            {
                out.push('\u{fffd}');
            }
            c => out.push(c),
        }
    }
    out
}

/// A name or a title: on one line, with a mark for each hidden character, and no longer than its own direction reaches.
pub(super) fn name(text: &str) -> String {
    format!("<bdi>{}</bdi>", escaped(&shown_line(&one_line(text))))
}

/// Words of an article, in quotation marks, with their own direction.
pub(super) fn quoted(words: &str) -> String {
    format!("<bdi>“{}”</bdi>", escaped(&one_line(words)))
}

/// A text of several lines, as paragraphs.
pub(super) fn lines(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| format!("<p dir=\"auto\">{}</p>", escaped(line))).collect()
}

/// How HTML writes names: what is in the report is linked to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Html<'a>(pub &'a Content<'a>);

impl Voice for Html<'_> {
    fn notebook(&self) -> &Notebook {
        self.0.notebook()
    }

    fn text(&self, words: &str) -> String {
        name(words)
    }

    fn name(&self, id: EntityId) -> String {
        let text = name(self.notebook().name(id));
        if self.0.has_entity(id) { format!("<a href=\"#{id}\">{text}</a>") } else { text }
    }

    fn link(&self, id: LinkId) -> String {
        format!("<a href=\"#{id}\">{}</a>", name(&self.notebook().subject_name(Subject::Link(id))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(
            escaped("<script>\"a\" & 'b'\u{0}\u{85}\u{ffff}\u{1ffff}\nc"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;\u{fffd}\u{fffd}\u{fffd}\u{fffd}\nc"
        );
        assert_eq!(name("a\u{202e}b\nc"), "<bdi>a·b c</bdi>");
    }
}
