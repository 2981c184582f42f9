//! `casebook find`: where words stand in a notebook's articles, by the same search as in the window.

use std::fmt::Write as _;
use std::ops::Range;
use std::process::ExitCode;

use anyhow::anyhow;
use serde::Serialize;

use super::args::Find;
use super::output::{self, one_line};
use crate::storage::load;
use crate::text::{Finder, Query, Text};

/// More hits than these are not listed.
const MOST: usize = 500_000;
/// How much of the text is printed before and after a hit, in scalars.
const CONTEXT: usize = 40;

#[derive(Serialize)]
struct Found {
    hits: Vec<Hit>,
}

/// One hit: offsets in Unicode scalar values of the article's text from 0, end exclusive.
#[derive(Serialize)]
struct Hit {
    /// The article's id.
    article: String,
    start: usize,
    end: usize,
    words: String,
}

pub(super) fn run(args: &Find) -> anyhow::Result<ExitCode> {
    let finder = Finder::new(&Query {
        pattern: args.words.clone(),
        regex: args.regex,
        case_sensitive: args.match_case,
        accents: args.match_accents,
        whole_word: args.whole_word,
    })
    .map_err(|error| anyhow!("{}\n{error}", error.pointed))?;
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    let notebook = &loaded.notebook;
    let mut hits = Vec::new();
    let mut lines = String::new();
    for id in notebook.articles_in_order() {
        let Some(article) = notebook.article(id) else { continue };
        let text = &article.text;
        let mut places = Vec::new();
        let most = MOST - hits.len();
        finder.find_each(text.as_str(), &|| false, most, &mut |more| places.extend(more));
        if !args.json && !places.is_empty() {
            writeln!(lines, "{id}  “{}”", one_line(&article.about.title))?;
            places.iter().try_for_each(|place| line(&mut lines, text, place))?;
        }
        hits.extend(places.into_iter().map(|place| Hit {
            article: id.to_string(),
            start: text.scalar_of(place.start),
            end: text.scalar_of(place.end),
            words: text.get(place).unwrap_or("").to_owned(),
        }));
        if hits.len() >= MOST {
            output::complain(&format!("there may be more hits; these are the first {MOST}"));
            break;
        }
    }
    if args.json {
        output::json(&Found { hits })?;
    } else {
        lines += &output::count(hits.len(), "hit", "hits");
        output::text(&lines)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Adds a line that shows a hit between the words around it, as far as its paragraph goes.
fn line(out: &mut String, text: &Text, hit: &Range<usize>) -> std::fmt::Result {
    let (start, end) = (text.scalar_of(hit.start), text.scalar_of(hit.end));
    let paragraph = text.paragraph(text.paragraph_at(hit.start));
    let from = text.byte_of(start.saturating_sub(CONTEXT)).unwrap_or(0).max(paragraph.start);
    let to = text.byte_of(end + CONTEXT).unwrap_or(text.len()).min(paragraph.end.max(hit.end));
    let words = |range: Range<usize>| one_line(text.get(range).unwrap_or(""));
    let (before, found, after) = (words(from..hit.start), words(hit.clone()), words(hit.end..to));
    writeln!(out, "  {start}–{end}  {before}[{found}]{after}")
}
