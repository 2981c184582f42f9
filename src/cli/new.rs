//! `casebook new`: a notebook of articles, nothing tagged.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use serde::Serialize;

use super::args::New;
use super::kept::Beside;
use super::reading::complain_of_reading;
use super::{is_stream, lock, may_write, output, rendered, same_file, secure_unsaved_work};
use crate::article::Alternative;
use crate::article::gather::{Gathered, GatheredArticle, NotRead, SameAs, gather};
use crate::edit::{Edit, apply};
use crate::inquiry::near_copies;
use crate::notebook::{Article, ArticleId, KeepSources, Notebook, ViewState};
use crate::storage::{Expected, save};

#[derive(Serialize)]
struct Made {
    notebook: String,
    articles: Vec<MadeArticle>,
    /// What lies in a folder or an archive and could not be read.
    failed: Vec<Told>,
    /// What lies there and is no article.
    left_out: Vec<Told>,
    identical: Vec<Same>,
    near_copies: Vec<Near>,
    /// What was not looked at because there is too much of it; null where there is not.
    limit: Option<String>,
}

#[derive(Serialize)]
struct MadeArticle {
    id: String,
    title: String,
    file_name: String,
    folder: String,
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

#[derive(Serialize)]
struct Told {
    file: String,
    why: String,
}

/// A file with the same bytes as an article.
#[derive(Serialize)]
struct Same {
    file: String,
    /// The article's id.
    article: String,
}

/// An article whose text is nearly that of an earlier one.
#[derive(Serialize)]
struct Near {
    article: String,
    of: String,
    /// From 0 to 1.
    similarity: f64,
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
    let gathered = gather(&args.articles, &options, Some(&keeper), &|_| None, &|| false, &|_| {});
    let Ok(gathered) = gathered else { bail!("it was stopped; nothing was written") };
    // A file that was named must become an article; of a folder, what can be read is worth having.
    if let Some(not) = gathered.failed.iter().chain(&gathered.left_out).find(|not| not.chosen) {
        bail!("{}", in_a_sentence(not));
    }
    if gathered.articles.is_empty() {
        complain_of_rest(&gathered);
        let named: Vec<String> =
            args.articles.iter().map(|path| format!("“{}”", path.display())).collect();
        bail!("there is no article in {}; nothing was written", named.join(", "));
    }
    complain_of_rest(&gathered);
    let mut notebook = Notebook::new(args.title.trim());
    let mut made = made_of(gathered, &mut notebook)?;
    made.notebook = args.output.display().to_string();
    let code = if made.failed.is_empty() && made.limit.is_none() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    };
    if to_stdout {
        let source = rendered(&notebook, &desk)?;
        return output::notebook(&source, args.json.then_some(&made)).map(|_| code);
    }
    let _lock = lock(&args.output)?;
    secure_unsaved_work(&args.output)?;
    let saved = save(&args.output, &notebook, &desk, &Expected::New, &|| false)?;
    beside.saved();
    output::complain_of_saved(&saved);
    let lines = in_lines(&made);
    output::after_saving_as(&args.output, &made, (!args.json).then_some(&*lines), code)
}

/// Adds the articles to a notebook, and says what was made.
fn made_of(gathered: Gathered, notebook: &mut Notebook) -> anyhow::Result<Made> {
    let Gathered { articles, failed, left_out, identical, limit, not_kept: _ } = gathered;
    let mut made = Vec::new();
    let mut ids = Vec::new();
    let mut edits = Vec::new();
    for GatheredArticle { name, folder, path, read } in articles {
        complain_of_reading(path.as_deref().unwrap_or(Path::new(&name)), &read);
        let id = ArticleId::random();
        let mut about = read.about();
        about.folder.clone_from(&folder);
        ids.push(id);
        made.push(MadeArticle {
            id: id.to_string(),
            title: read.title.clone(),
            file_name: read.origin.file_name.clone(),
            folder,
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
        edits.push(Edit::AddArticle(id, Arc::new(article)));
    }
    apply(notebook, &Edit::Batch("Add the articles".to_owned(), edits))?;
    let texts: Vec<(ArticleId, &str)> =
        ids.iter().filter_map(|id| Some((*id, notebook.article(*id)?.text.as_str()))).collect();
    let near = near_copies(&[], &texts, &|| false);
    let title = |id: ArticleId| notebook.article(id).map_or("", |article| &*article.about.title);
    for near in &near {
        let how = near.in_words();
        let (one, other) = (title(near.article), title(near.of));
        output::complain(&format!("“{one}” may be a copy of “{other}”: {how}"));
    }
    let told = |all: Vec<NotRead>| -> Vec<Told> {
        all.into_iter().map(|not| Told { file: not.name, why: not.why }).collect()
    };
    let same = identical.into_iter().filter_map(|same| match same.of {
        SameAs::There(_) => None,
        SameAs::Gathered(number) => {
            Some(Same { file: same.name, article: ids.get(number)?.to_string() })
        }
    });
    Ok(Made {
        notebook: String::new(),
        articles: made,
        failed: told(failed),
        left_out: told(left_out),
        identical: same.collect(),
        near_copies: near
            .iter()
            .map(|near| Near {
                article: near.article.to_string(),
                of: near.of.to_string(),
                similarity: near.share,
            })
            .collect(),
        limit,
    })
}

/// Says on standard error what did not become an article.
fn complain_of_rest(gathered: &Gathered) {
    for not in gathered.failed.iter().chain(&gathered.left_out) {
        output::complain(&in_a_sentence(not));
    }
    for same in &gathered.identical {
        let of = match same.of {
            SameAs::Gathered(number) => gathered.articles.get(number).map(|it| &*it.name),
            SameAs::There(_) => None,
        };
        output::complain(&format!(
            "“{}” has the same content as “{}” and was not added twice",
            same.name,
            of.unwrap_or_default()
        ));
    }
    for not in &gathered.not_kept {
        output::complain(&format!("the file “{}” is not kept: {}", not.name, not.why));
    }
    if let Some(limit) = &gathered.limit {
        output::complain(limit);
    }
}

/// What a file is and why it is no article. Most reasons name the file; those that begin with “It” do not.
fn in_a_sentence(not: &NotRead) -> String {
    let why = not.why.trim_end_matches('.');
    match why.strip_prefix("It ") {
        Some(rest) => format!("“{}” was left out: it {rest}", not.name),
        None if why.contains('“') => why.to_owned(),
        None => format!("“{}”: {why}", not.name),
    }
}

/// What was made, as it is printed.
fn in_lines(made: &Made) -> String {
    let count = output::count(made.articles.len(), "article", "articles");
    let mut lines = format!("{}: {count}\n", made.notebook);
    for a in &made.articles {
        let folder = if a.folder.is_empty() { String::new() } else { format!("{}/", a.folder) };
        lines += &format!(
            "  {} “{}” ({folder}{}, {}, {})\n",
            a.id,
            a.title,
            a.file_name,
            a.encoding,
            output::count(a.characters, "character", "characters")
        );
    }
    if !made.failed.is_empty() {
        let count = output::count(made.failed.len(), "file", "files");
        lines += &format!("{count} could not be read\n");
    }
    lines
}

fn others(alternatives: Vec<Alternative>) -> Vec<OtherEncoding> {
    let other = |Alternative { name, sample, as_read }| OtherEncoding { name, sample, as_read };
    alternatives.into_iter().map(other).collect()
}
