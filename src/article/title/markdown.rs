//! The title of a Markdown text, found by CommonMark's rules for headings.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::short;

/// How many bytes of a text are examined.
const HEAD: usize = 16 << 10;
/// The most scalars before the first main heading: after more, it is the heading of a part of the text.
const BEFORE: usize = 300;

/// The first main heading, if there is hardly anything before it (a date, a by-line); otherwise the first line with
/// words. Pictures, code and HTML are skipped. `None` where it is too long for a title.
pub(super) fn title_of(text: &str) -> Option<String> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let mut lines = Lines::default();
    // The number of a footnote is no part of a title.
    for event in Parser::new_ext(head, Options::ENABLE_FOOTNOTES) {
        match event {
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                lines.passed_over += 1;
            }
            Event::End(TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                lines.passed_over = lines.passed_over.saturating_sub(1);
            }
            // A heading that is quoted is that of another text.
            Event::Start(Tag::BlockQuote(_)) => {
                lines.end();
                lines.quoted += 1;
            }
            Event::End(TagEnd::BlockQuote(_)) => {
                lines.end();
                lines.quoted = lines.quoted.saturating_sub(1);
            }
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if lines.quoted == 0 => {
                if let Some(title) = short(&lines.line) {
                    return Some(title);
                }
                lines.end();
            }
            Event::Text(words) | Event::Code(words) if lines.passed_over == 0 => {
                lines.line.push_str(&words);
            }
            // Within a heading a line break is a space.
            Event::SoftBreak | Event::HardBreak if lines.in_heading => lines.line.push(' '),
            Event::Start(Tag::Heading { .. }) => {
                lines.end();
                lines.in_heading = true;
            }
            Event::SoftBreak | Event::HardBreak => lines.end(),
            Event::Start(ref tag) if !is_inline(tag) => lines.end(),
            Event::End(ref tag) if !is_inline_end(tag) => lines.end(),
            _ => {}
        }
        if lines.before > BEFORE {
            break;
        }
    }
    lines.end();
    lines.first.as_deref().and_then(short)
}

/// The state of reading the lines of a text.
#[derive(Default)]
struct Lines {
    /// The line that is being read.
    line: String,
    in_heading: bool,
    /// How many elements are open whose words do not count.
    passed_over: usize,
    /// How many quotations are open.
    quoted: usize,
    /// The first line with words.
    first: Option<String>,
    /// How many scalars were read so far.
    before: usize,
}

impl Lines {
    fn end(&mut self) {
        self.in_heading = false;
        let line = std::mem::take(&mut self.line);
        self.before += line.chars().count();
        if self.first.is_none() && !line.trim().is_empty() {
            self.first = Some(line);
        }
    }
}

fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(&tag.to_end())
}

fn is_inline_end(tag: &TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

#[cfg(test)]
mod tests {
    use super::title_of;

    #[test]
    fn headings_are_those_of_commonmark() {
        for (text, title) in [
            ("## What the board knew ##\n\ntext", "What the board knew"),
            ("# The C# affair", "The C# affair"),
            ("#quay and #harbour", "#quay and #harbour"),
            ("The *quay*,\na `sequel`\n=====\ntext", "The quay, a sequel"),
            ("The quay\n---\ntext", "The quay"),
            ("**Bold words**\ntext", "Bold words"),
            ("# [The quay](https://example.org/a_b) &amp; the \\*port\\*", "The quay & the *port*"),
            ("# snake_case and 2 * 3", "snake_case and 2 * 3"),
            ("<!-- draft -->\n\n![a boat](boat.png)\n\n# The quay", "The quay"),
            ("```\n# not this\n```\n# The quay", "The quay"),
            ("    # not this either\n\nThe quay", "The quay"),
            ("3 March 2031\n\n# The quay\n\ntext", "The quay"),
            ("> The quay\n> words", "The quay"),
            ("> # Quoted\n>\n> words\n\n# The quay", "The quay"),
            ("> # The quay\n>\n> words", "The quay"),
            ("- The quay\n- words", "The quay"),
            ("####### Seven", "####### Seven"),
            ("The quay  \nwords", "The quay"),
            ("#\n\nThe quay", "The quay"),
            ("# The quay[^1]\n\n[^1]: A note.\n", "The quay"),
        ] {
            assert_eq!(title_of(text).as_deref(), Some(title), "{text}");
        }
        let long = "word ".repeat(80);
        assert_eq!(title_of(&format!("{long}\n\n# A part\n")), None);
        assert_eq!(title_of("The quay\n\ntext\n\n## A part\n").as_deref(), Some("The quay"));
        assert_eq!(title_of("![a boat](boat.png)\n"), None);
        assert_eq!(title_of(""), None);
    }
}
