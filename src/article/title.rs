//! A title to propose for a text. Pure.

/// The longest first line that is taken for a title, in scalars.
const LONGEST: usize = 120;

/// The first line with anything in it, where it is short enough for a title; of Markdown without its marks, and the
/// `title:` of its front matter before that.
pub(super) fn title_of(text: &str, markdown: bool) -> Option<String> {
    let mut body = text;
    if markdown && let Some((front, rest)) = front_matter(text) {
        let titled = front.lines().find_map(|line| line.strip_prefix("title:"));
        if let Some(title) = titled.map(|t| t.trim().trim_matches(['"', '\''])).and_then(short) {
            return Some(title);
        }
        body = rest;
    }
    let line = body.lines().map(str::trim).find(|line| !line.is_empty())?;
    short(if markdown { without_marks(line) } else { line })
}

/// What stands between two lines of `---` at the start, and what follows.
fn front_matter(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("---\n")?;
    // Looked for in the first pages only: a rule at the start of a long text is no front matter.
    let head = &rest[..rest.floor_char_boundary(rest.len().min(16 << 10))];
    let end = head.find("\n---\n")?;
    Some((&rest[..end], &rest[end + 5..]))
}

/// A heading without `#` before and after it, or without the emphasis around it.
fn without_marks(line: &str) -> &str {
    line.trim_start_matches('#').trim_end_matches('#').trim().trim_matches(['*', '_']).trim()
}

fn short(line: &str) -> Option<String> {
    let fits = !line.is_empty() && line.chars().nth(LONGEST).is_none();
    fits.then(|| line.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::title_of;

    #[test]
    fn a_short_first_line_is_the_title() {
        assert_eq!(
            title_of("\n \u{a0}\nBras  de fer\u{a0}: suite \nLe texte.", false).as_deref(),
            Some("Bras de fer : suite")
        );
        assert_eq!(title_of(&"é".repeat(120), false), Some("é".repeat(120)));
        assert_eq!(title_of(&"é".repeat(121), false), None);
        assert_eq!(title_of(" \n", false), None);
        assert_eq!(title_of("# A #", false).as_deref(), Some("# A #"));
    }

    #[test]
    fn markdown_loses_its_marks() {
        assert_eq!(
            title_of("## What the board knew ##\n\ntext", true).as_deref(),
            Some("What the board knew")
        );
        assert_eq!(title_of("**Bold words**\ntext", true).as_deref(), Some("Bold words"));
        assert_eq!(
            title_of("---\nauthor: x\ntitle: \"Front\"\n---\n# Body\n", true).as_deref(),
            Some("Front")
        );
        assert_eq!(title_of("---\nauthor: x\n---\n# Body\n", true).as_deref(), Some("Body"));
        assert_eq!(title_of("---\nno end", true).as_deref(), Some("---"));
    }
}
