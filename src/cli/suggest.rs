//! `casebook suggest`: what could be tagged in an article, by the same rules as in the window.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;

use super::args::Suggest;
use super::output::{self, one_line};
use crate::article::read_file;
use crate::inquiry::{Lexicons, Rule, Suggestion, suggest};
use crate::text::Text;

#[derive(Serialize)]
struct Suggested {
    suggestions: Vec<Row>,
}

/// One suggestion: offsets in Unicode scalar values from 0, end exclusive.
#[derive(Serialize)]
struct Row {
    rule: &'static str,
    start: usize,
    end: usize,
    words: String,
    /// The day in EDTF; null for another rule, and where the day cannot be told.
    date: Option<String>,
    /// Who is named as the speaker by words that attribute.
    speaker: Option<String>,
}

pub(super) fn run(args: &Suggest) -> anyhow::Result<ExitCode> {
    let read = read_file(&args.article, &args.reading.options(), &|| false, &|_| {})?;
    super::reading::complain_of_reading(&args.article, &read);
    let language = args.language.as_deref().or(read.language.as_deref()).unwrap_or("");
    // The built-in lists only: a script's result does not depend on whose machine it runs on.
    let (lexicons, _) = Lexicons::new(&[]);
    let date = args.date.as_deref().unwrap_or("");
    let found = suggest(&read.text, language, date, &lexicons, &|| false, &|_| {});
    if found.cut {
        output::complain("there are more suggestions than are kept; the first of them follow");
    }
    let rows: Vec<Row> = found.all.into_iter().map(|s| row(&read.text, s)).collect();
    if args.json {
        output::json(&Suggested { suggestions: rows })?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut lines = String::new();
    for Row { rule, start, end, words, date, speaker } in &rows {
        write!(lines, "{start}–{end}  {rule}  “{}”", one_line(words))?;
        if let Some(date) = date {
            write!(lines, "  {date}")?;
        }
        if let Some(speaker) = speaker {
            write!(lines, "  by {}", one_line(speaker))?;
        }
        lines.push('\n');
    }
    lines += &output::count(rows.len(), "suggestion", "suggestions");
    output::text(&lines)?;
    Ok(ExitCode::SUCCESS)
}

fn row(text: &Text, suggestion: Suggestion) -> Row {
    let words = |range| text.get(range).unwrap_or("").to_owned();
    let rule = suggestion.word();
    let (date, speaker) = match suggestion.rule {
        Rule::Date(value) => (Some(value).filter(|value| !value.is_empty()), None),
        Rule::Cue(speaker) => (None, speaker.map(words)),
        _ => (None, None),
    };
    Row {
        rule,
        start: text.scalar_of(suggestion.range.start),
        end: text.scalar_of(suggestion.range.end),
        words: words(suggestion.range),
        date,
        speaker,
    }
}
