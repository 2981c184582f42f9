//! `casebook new`: a notebook of articles, nothing tagged.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use serde::Serialize;

use super::args::New;
use super::{is_stream, lock, may_write, output, rendered, same_file, secure_unsaved_work};
use crate::article::{Alternative, Read, read_file};
use crate::edit::{Edit, apply};
use crate::notebook::{About, Article, ArticleId, Notebook, ViewState};
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
    let mut notebook = Notebook::new(args.title.trim());
    let mut made = Vec::new();
    for path in &args.articles {
        let read = read_file(path, args.encoding.as_deref(), &|| false, &|_| {})?;
        complain_of_encoding(path, &read);
        let id = ArticleId::random();
        let language = read.language.unwrap_or_default();
        made.push(MadeArticle {
            id: id.to_string(),
            title: read.title.clone(),
            file_name: read.origin.file_name.clone(),
            encoding: read.origin.encoding.clone(),
            encoding_sure: read.encoding_guess.sure,
            encoding_alternatives: others(read.encoding_guess.alternatives),
            mended_lines: read.encoding_guess.mended_lines,
            language: language.clone(),
            characters: read.text.scalars(),
            paragraphs: read.text.paragraph_count(),
        });
        let article = Article {
            about: About { title: read.title, language, ..About::default() },
            origin: read.origin,
            text: read.text,
            earlier: Vec::new(),
        };
        apply(&mut notebook, &Edit::AddArticle(id, Arc::new(article)))?;
    }
    let name = args.output.display().to_string();
    let made = Made { notebook: name, articles: made };
    if to_stdout {
        let source = rendered(&notebook, &ViewState::default())?;
        return output::notebook(&source, args.json.then_some(&made));
    }
    let _lock = lock(&args.output)?;
    secure_unsaved_work(&args.output)?;
    let saved = save(&args.output, &notebook, &ViewState::default(), &Expected::New, &|| false)?;
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

/// Says on standard error what is doubtful about how an article's bytes were read.
pub(super) fn complain_of_encoding(path: &Path, read: &Read) {
    let (name, encoding, guess) = (path.display(), &read.origin.encoding, &read.encoding_guess);
    if guess.mended_lines > 0 {
        let (lines, were) = match guess.mended_lines {
            1 => ("1 line".to_owned(), "was"),
            n => (format!("{n} lines"), "were"),
        };
        let other = encoding.rsplit(' ').next().unwrap_or(encoding);
        output::complain(&format!(
            "“{name}” is UTF-8 but for {lines}, which {were} read as {other}; check the accents there"
        ));
    }
    if read.lossy {
        output::complain(&format!(
            "“{name}” holds bytes that are not {encoding}; � stands in their place. Name its encoding with --encoding"
        ));
    }
    if guess.sure {
        return;
    }
    let mut said = format!("“{name}” was read as {encoding}, which is not certain");
    for Alternative { name, sample, as_read } in &guess.alternatives {
        said += &format!("\n  with --encoding {name}: “{sample}” instead of “{as_read}”");
    }
    output::complain(&said);
}
