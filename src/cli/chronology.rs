//! `casebook chronology`: events and statements in the order of time.

use std::fmt::Write as _;
use std::process::ExitCode;

use serde::Serialize;

use super::args::Chronology;
use super::output::{self, one_line};
use crate::notebook::Notebook;
use crate::storage::load;
use crate::timeline::{Passage, What, chronology, clashes};

#[derive(Serialize)]
struct Shown {
    chronology: Vec<ShownPassage>,
}

#[derive(Serialize)]
struct ShownPassage {
    /// `event` or `statement`.
    kind: &'static str,
    /// The event, or the claim that is stated.
    id: String,
    date: String,
    date_as_written: String,
    what: String,
    who: String,
    place: String,
    sentence: String,
    /// The mention the sentence is around, and its article; null where it is told nowhere.
    mention: Option<String>,
    article: Option<String>,
    how_sure: String,
}

pub(super) fn run(args: &Chronology) -> anyhow::Result<ExitCode> {
    let loaded = load(&args.notebook, &|| false, &|_| {})?;
    let notebook = &loaded.notebook;
    let all = chronology(notebook, &clashes(notebook, &|| false), &|| false);
    if args.json {
        output::json(&Shown { chronology: all.into_iter().map(shown).collect() })?;
    } else {
        output::text(&words(notebook, &all)?)?;
    }
    Ok(ExitCode::SUCCESS)
}

const fn kind(what: What) -> &'static str {
    match what {
        What::Event(_) => "event",
        What::Statement(_) => "statement",
    }
}

fn shown(passage: Passage) -> ShownPassage {
    let (mention, article, sentence) = match passage.told {
        Some((mention, article, sentence)) => {
            (Some(mention.to_string()), Some(article.to_string()), sentence)
        }
        None => (None, None, String::new()),
    };
    ShownPassage {
        kind: kind(passage.what),
        id: passage.entity.to_string(),
        date: passage.date,
        date_as_written: passage.written,
        what: passage.name,
        who: passage.who,
        place: passage.place,
        sentence,
        mention,
        article,
        how_sure: passage.sure,
    }
}

fn words(notebook: &Notebook, all: &[Passage]) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    for passage in all {
        let date = match (passage.date.trim(), passage.written.trim()) {
            ("", "") => "no date".to_owned(),
            (date, "") => date.to_owned(),
            ("", written) => format!("“{written}”"),
            (date, written) => format!("{date} “{written}”"),
        };
        let said = if kind(passage.what) == "statement" { "said: " } else { "" };
        writeln!(out, "{}  {said}{}", one_line(&date), one_line(&passage.name))?;
        let rest = [passage.who.trim(), passage.place.trim(), passage.sure.trim()];
        let rest: Vec<&str> = rest.into_iter().filter(|words| !words.is_empty()).collect();
        writeln!(out, "  {}", one_line(&rest.join(" · ")))?;
        if let Some((_, article, sentence)) = &passage.told {
            let title = notebook.article(*article).map_or("", |it| &it.about.title);
            writeln!(out, "  {}  [{}]", one_line(sentence), one_line(title))?;
        }
    }
    if all.is_empty() {
        writeln!(out, "No events, and no statements.")?;
    }
    Ok(out)
}
