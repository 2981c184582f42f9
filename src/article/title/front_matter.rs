//! The front matter of a Markdown file: YAML between two lines of `---` at its start.
//!
//! It is read as events, not as a tree, so that nested aliases cost nothing.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser};

/// How many bytes are searched for front matter: a rule at the start of a long text does not begin any.
const HEAD: usize = 16 << 10;

/// A Markdown file, split into front matter and body.
pub(super) struct Front<'a> {
    /// The front matter's `title`.
    pub title: Option<String>,
    /// The text after the front matter: all of it where there is none.
    pub body: &'a str,
}

/// Reads the front matter of a text.
pub(super) fn read(text: &str) -> Front<'_> {
    let none = Front { title: None, body: text };
    let Some((yaml, body)) = split(text) else { return none };
    match title_in(yaml) {
        Ok(Some(title)) => Front { title, body },
        Ok(None) => none,
        // “title: The quay: a sequel” is not valid YAML, and is taken literally.
        Err(()) => match title_line(yaml) {
            Some(title) => Front { title: Some(title), body },
            None => none,
        },
    }
}

/// The text between the lines of `---` (or `...`, which ends a YAML document too), and what follows.
fn split(text: &str) -> Option<(&str, &str)> {
    let head = &text[..text.floor_char_boundary(HEAD)];
    let mut lines = head.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut at = first.len();
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[first.len()..at], &text[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// The `title` of a YAML mapping, if it has one with words; the outer `None` if it is not a mapping.
fn title_in(yaml: &str) -> Result<Option<Option<String>>, ()> {
    let mut depth = 0_usize;
    let mut mapping = false;
    // In the outermost mapping: whether the next node is a key, and whether the last one was `title`.
    let (mut key, mut titled) = (true, false);
    let mut anchored: HashMap<usize, String> = HashMap::new();
    let mut title = None;
    for event in Parser::new_from_str(yaml) {
        let (event, _) = event.map_err(|_| ())?;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                mapping |= depth == 0 && matches!(event, Event::MappingStart(..));
                depth += 1;
            }
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    (key, titled) = (!key, false);
                }
            }
            Event::Scalar(value, style, anchor, _) => {
                if anchor > 0 {
                    anchored.insert(anchor, value.clone().into_owned());
                }
                if depth == 1 && !key && titled && title.is_none() {
                    let plain = style == saphyr_parser::ScalarStyle::Plain;
                    let null = plain && matches!(&*value, "" | "~" | "null" | "Null" | "NULL");
                    title = (!null).then(|| value.clone().into_owned());
                }
                if depth == 1 {
                    titled = key && value.eq_ignore_ascii_case("title");
                    key = !key;
                }
            }
            Event::Alias(anchor) if depth == 1 => {
                if !key && titled && title.is_none() {
                    title = anchored.get(&anchor).cloned();
                }
                (key, titled) = (!key, false);
            }
            _ => {}
        }
    }
    Ok(mapping.then_some(title))
}

/// The rest of the line that begins with `title:`, without the quotation marks around it.
fn title_line(yaml: &str) -> Option<String> {
    let line = yaml.lines().find_map(|line| line.strip_prefix("title:"))?.trim();
    let quoted =
        ['"', '\''].into_iter().find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark));
    Some(quoted.unwrap_or(line).to_owned())
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_title_is_read_as_yaml_writes_it() {
        for (yaml, title) in [
            ("title: The quay", Some("The quay")),
            ("title: The quay   # as printed", Some("The quay")),
            ("title: d'Orvel et 'ses amis'", Some("d'Orvel et 'ses amis'")),
            ("title: 'L''armateur'", Some("L'armateur")),
            (r#"title: "The \"deal\", \u00e9t\u00e9""#, Some("The \"deal\", été")),
            ("title: >\n  The quay,\n  a sequel", Some("The quay, a sequel\n")),
            ("title: The quay,\n  a sequel", Some("The quay, a sequel")),
            ("'title': Quoted key", Some("Quoted key")),
            ("Title: A capital", Some("A capital")),
            ("{author: x, title: In a row}", Some("In a row")),
            ("name: &n The quay\ntitle: *n", Some("The quay")),
            ("seo:\n  title: Not this\ntags: [title, x]\ntitle: This", Some("This")),
            ("seo: {title: Not this}\nkind: title\nother: x", None),
            ("title: 2031", Some("2031")),
            ("title: ~", None),
            ("title: \"\"", Some("")),
            ("title: [a, b]", None),
            // No YAML, and clear all the same.
            ("title: The quay: a sequel", Some("The quay: a sequel")),
            ("title: \"The quay\": a sequel", Some("\"The quay\": a sequel")),
            ("author: x: y\ntitle: 'The quay'", Some("The quay")),
        ] {
            let text = format!("---\n{yaml}\n---\nbody\n");
            let front = read(&text);
            assert_eq!(front.title.as_deref(), title, "{yaml}");
            assert_eq!(front.body, "body\n", "{yaml}");
        }
    }

    #[test]
    fn what_is_no_front_matter_is_text() {
        for text in [
            "",
            "---",
            "---\ntitle: x",
            "----\ntitle: x\n---\n",
            "---\nwords\n---\n",
            "a\n---\nb: c\n---\n",
        ] {
            let front = read(text);
            assert_eq!((front.title, front.body), (None, text));
        }
        assert_eq!(read("--- \ntitle: x\n...\nbody").body, "body");
    }

    #[test]
    fn hostile_yaml_costs_nothing() {
        let nested = format!("---\n{}\n---\n", "[".repeat(8000));
        assert_eq!(read(&nested).title, None);
        let mut bomb = "---\na: &a [x, x, x, x, x, x, x, x]\n".to_owned();
        for (of, on) in ('a'..='y').zip('b'..='z') {
            let row = format!("*{of}, ").repeat(8);
            bomb += &format!("{on}: &{on} [{row}]\n");
        }
        bomb += "title: *z\n---\n";
        assert_eq!(read(&bomb).title, None);
    }
}
