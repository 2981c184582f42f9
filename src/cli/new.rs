//! `casebook new`: a notebook of articles, nothing tagged.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::bail;
use serde::Serialize;

use super::args::New;
use super::{lock, may_write, output, same_file};
use crate::article::{Read, read_file};
use crate::edit::{Edit, apply};
use crate::notebook::{About, Article, ArticleId, Desk, Notebook};
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
    language: String,
    characters: usize,
    paragraphs: usize,
}

pub(super) fn run(args: &New) -> anyhow::Result<ExitCode> {
    if let Some(article) = args.articles.iter().find(|article| same_file(article, &args.output)) {
        bail!("“{}” is one of the articles; give the notebook another name", article.display());
    }
    may_write(&args.output, args.force)?;
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
    let _lock = lock(&args.output)?;
    let saved = save(&args.output, &notebook, &Desk::default(), &Expected::New, &|| false)?;
    if !saved.durable {
        output::complain("saved, but the system does not confirm that it is on the disk");
    }
    let made = Made { notebook: args.output.display().to_string(), articles: made };
    if args.json {
        output::json(&made)?;
    } else {
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
        output::text(&lines)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Says on standard error what is doubtful about how an article's bytes were read.
pub(super) fn complain_of_encoding(path: &Path, read: &Read) {
    if read.lossy {
        output::complain(&format!(
            "“{}” holds bytes that are not {}; � stands in their place. Name its encoding with --encoding",
            path.display(),
            read.origin.encoding
        ));
    }
}
