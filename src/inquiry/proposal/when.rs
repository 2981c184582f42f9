//! The date of an event, from the words around it or as it is typed.

use std::ops::Range;

use super::super::suggest::{Lexicons, dates_in, read_date};
use crate::notebook::{ArticleId, Notebook, When, edtf_span};

/// So far from the span a date is looked for in its sentence, in bytes.
const REACH: usize = 4 << 10;
/// The longest words that are read as a date, in bytes.
const LONGEST: usize = 200;

/// The date nearest to a span in its sentence; one inside the span first.
#[must_use]
pub fn date_near(
    notebook: &Notebook,
    article: ArticleId,
    range: &Range<usize>,
    lexicons: &Lexicons,
) -> Option<When> {
    let record = notebook.article(article)?;
    let text = &record.text;
    let sentence = text.sentence_at(range.start);
    let sentence = sentence.start.max(range.start.saturating_sub(REACH))
        ..sentence.end.max(range.end).min(range.end.saturating_add(REACH));
    let distance = |at: &Range<usize>| {
        if at.end <= range.start {
            range.start - at.end
        } else {
            at.start.saturating_sub(range.end)
        }
    };
    let about = &record.about;
    let found = dates_in(text, sentence, &about.language, &about.date, lexicons);
    let (at, edtf) = found.into_iter().min_by_key(|(at, _)| distance(at))?;
    let written = text.get(at)?.to_owned();
    let edtf = reckoned(&written, edtf);
    Some(When { written, edtf })
}

/// The date that is typed, in an article of this language and day: in EDTF, or in words of any language that is known.
#[must_use]
pub fn read_typed_date(
    typed: &str,
    language: &str,
    date: &str,
    lexicons: &Lexicons,
) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() || typed.len() > LONGEST {
        return None;
    }
    if edtf_span(typed).is_some() {
        return Some(typed.to_owned());
    }
    // “17 nov 2023”: what is typed need not have the capital that tells the month from a word.
    let capital: String = typed
        .split(' ')
        .map(|word| {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(chars).collect::<String>()
            })
        })
        .collect::<Vec<_>>()
        .join(" ");
    [language, "en", "fr"].iter().find_map(|language| {
        [typed, &capital]
            .iter()
            .find_map(|words| read_date(words, language, date, lexicons))
            .map(|edtf| reckoned(typed, edtf))
    })
}

/// A value marked as approximate where its words have no figure: “vendredi” is reckoned from the article's day.
fn reckoned(written: &str, edtf: String) -> String {
    let approximate = !edtf.is_empty()
        && !written.contains(|c: char| c.is_numeric())
        && !edtf.contains(['~', '?', '%', '/', 'X']);
    if approximate { format!("{edtf}~") } else { edtf }
}
