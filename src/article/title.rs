//! Proposing a title for a text.

mod front_matter;
mod markdown;

/// The longest line that is proposed as a title, in scalars.
const LONGEST: usize = 120;

/// The first line that is not blank, if it is short enough for a title.
pub(super) fn of_plain_text(text: &str) -> Option<String> {
    short(text.lines().find(|line| !line.trim().is_empty())?)
}

/// The `title` of the front matter, or else the first heading or line, without marks.
pub(super) fn of_markdown(text: &str) -> Option<String> {
    let front = front_matter::read(text);
    front.title.as_deref().and_then(short).or_else(|| markdown::title_of(front.body))
}

/// A line as a title, with single spaces; `None` where it is empty or too long for one.
fn short(line: &str) -> Option<String> {
    let line = line.trim();
    let fits = crate::text::is_visible(line) && line.chars().nth(LONGEST).is_none();
    fits.then(|| line.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::{of_markdown, of_plain_text};

    fn title_of(text: &str, markdown: bool) -> Option<String> {
        if markdown { of_markdown(text) } else { of_plain_text(text) }
    }

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
    fn front_matter_comes_before_headings() {
        for (text, title) in [
            ("---\nauthor: x\ntitle: \"Front\"\n---\n# Body\n", "Front"),
            ("---\nauthor: x\n---\n# Body\n", "Body"),
            ("---\ntitle:\n---\n# Body\n", "Body"),
            ("---\ntitle: Only this\n---", "Only this"),
            // A rule and a line underlined as a heading, which is no front matter.
            ("---\nno end", "no end"),
            ("---\nThe quay\n---\nwords\n", "The quay"),
        ] {
            assert_eq!(title_of(text, true).as_deref(), Some(title), "{text}");
        }
    }
}
