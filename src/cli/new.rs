//! `casebook new`: a notebook of articles, nothing tagged.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use serde::Serialize;

use super::args::New;
use super::kept::{Beside, complain_of_not_kept};
use super::reading::complain_of_reading;
use super::{is_stream, lock, may_write, output, rendered, same_file, secure_unsaved_work};
use crate::article::Alternative;
use crate::edit::{Edit, apply};
use crate::notebook::{Article, ArticleId, KeepSources, Notebook, ViewState};
use crate::storage::{Expected, save};

#[derive(Serialize)]
struct Made {
    notebook: String,
    articles: Vec<MadeArticle>,
}

#[derive(Serialize)]
struct MadeArticle {
    id: String,
    title: String,
    file_name: String,
    encoding: String,
    /// No other encoding comes near.
    encoding_sure: bool,
    /// What else it could be, the most likely first.
    encoding_alternatives: Vec<OtherEncoding>,
    /// Lines that were not in UTF-8 as the rest was.
    mended_lines: usize,
    language: String,
    characters: usize,
    paragraphs: usize,
    /// Its file is kept beside the notebook.
    kept: bool,
}

#[derive(Serialize)]
struct OtherEncoding {
    name: String,
    /// A few words as they would read.
    sample: String,
    /// The same words as they were read.
    as_read: String,
}

pub(super) fn run(args: &New) -> anyhow::Result<ExitCode> {
    if let Some(article) = args.articles.iter().find(|article| same_file(article, &args.output)) {
        bail!("“{}” is one of the articles; give the notebook another name", article.display());
    }
    let to_stdout = is_stream(&args.output);
    if !to_stdout {
        may_write(&args.output, args.force)?;
    }
    let options = args.reading.options();
    let choice: KeepSources = args.keep_sources.into();
    let desk = ViewState { keep_sources: choice, ..ViewState::default() };
    // Standard output has no folder beside it.
    let choice = if to_stdout { KeepSources::None } else { choice };
    let beside = Beside::of(&args.output);
    let keeper = beside.keeper(choice);
    let mut notebook = Notebook::new(args.title.trim());
    let mut made = Vec::new();
    for path in &args.articles {
        let (read, not_kept) = keeper.read(path, &options, &|| false, &|_| {})?;
        complain_of_reading(path, &read);
        complain_of_not_kept(path, not_kept.as_ref());
        let id = ArticleId::random();
        let about = read.about();
        made.push(MadeArticle {
            id: id.to_string(),
            title: read.title.clone(),
            file_name: read.origin.file_name.clone(),
            encoding: read.origin.encoding.clone(),
            encoding_sure: read.encoding_guess.sure,
            encoding_alternatives: others(read.encoding_guess.alternatives),
            mended_lines: read.encoding_guess.mended_lines,
            language: about.language.clone(),
            characters: read.text.scalars(),
            paragraphs: read.text.paragraph_count(),
            kept: read.origin.kept,
        });
        let article = Article { about, origin: read.origin, text: read.text, earlier: Vec::new() };
        apply(&mut notebook, &Edit::AddArticle(id, Arc::new(article)))?;
    }
    let name = args.output.display().to_string();
    let made = Made { notebook: name, articles: made };
    if to_stdout {
        let source = rendered(&notebook, &desk)?;
        return output::notebook(&source, args.json.then_some(&made));
    }
    let _lock = lock(&args.output)?;
    secure_unsaved_work(&args.output)?;
    let saved = save(&args.output, &notebook, &desk, &Expected::New, &|| false)?;
    beside.saved();
    output::complain_of_saved(&saved);
    let mut lines = format!(
        "{}: {}\n",
        made.notebook,
        output::count(made.articles.len(), "article", "articles")
    );
    for a in &made.articles {
        lines += &format!(
            "  {} “{}” ({}, {}, {})\n",
            a.id,
            a.title,
            a.file_name,
            a.encoding,
            output::count(a.characters, "character", "characters")
        );
    }
    output::after_saving(&args.output, &made, (!args.json).then_some(&*lines))
}

fn others(alternatives: Vec<Alternative>) -> Vec<OtherEncoding> {
    let other = |Alternative { name, sample, as_read }| OtherEncoding { name, sample, as_read };
    alternatives.into_iter().map(other).collect()
}
