//! The articles as a bibliography for BibTeX and biblatex.

use super::dates::plain;
use super::location::{one_line, web_address};
use super::{Content, Out, Stopped};

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    for (id, article) in content.articles() {
        let about = &article.about;
        out.line(&format!("@misc{{{id},"))?;
        let date = plain(&about.date);
        let part = |at: usize| date.as_ref().and_then(|date| date.parts.get(at)).copied();
        let publisher = about.publisher.map_or("", |id| content.notebook().name(id));
        for (key, value) in [
            ("title", format!("{{{}}}", escaped(&about.title))),
            // As written: braces keep it from being taken apart.
            ("author", braced(&about.author)),
            ("howpublished", braced(publisher)),
            ("date", braced(&about.date)),
            ("year", part(0).map_or_else(String::new, |year| format!("{year:04}"))),
            ("month", part(1).map_or_else(String::new, |month| month.to_string())),
            ("url", web_address(&about.url).unwrap_or_default()),
            ("langid", escaped(&about.language)),
        ] {
            if !value.is_empty() {
                out.line(&format!("  {key} = {{{value}}},"))?;
            }
        }
        out.line("}\n")?;
        out.step()?;
    }
    Ok(())
}

fn braced(text: &str) -> String {
    let text = escaped(text);
    if text.is_empty() { text } else { format!("{{{text}}}") }
}

/// A text in which nothing is a command, and no brace ends a field: BibTeX counts escaped ones, too.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '%' | '#' | '&' | '_' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_ends_its_field_or_runs_a_command() {
        let hostile = "}, \\input{x} 100 % @misc{a";
        let text = escaped(hostile);
        assert_eq!(text.matches('{').count(), text.matches('}').count());
        assert!(!text.contains("\\input") && text.contains("\\%"));
    }
}
