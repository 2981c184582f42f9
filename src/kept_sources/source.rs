//! What a notebook says is kept.

use std::collections::BTreeSet;

use crate::article::format_of_reader;
use crate::notebook::{Article, ArticleId, Notebook, Origin};

/// A file that a notebook says is kept beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptSource {
    /// The SHA-256 of its bytes: 64 digits in lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// The usual extension of the format that the text was read by, without the dot; `None` where no format of this
    /// Casebook is named so.
    pub extension: Option<&'static str>,
    /// The article that was read from it, or the first of several.
    pub article: ArticleId,
    /// The name that the file had, as the notebook says: to be shown, never opened.
    pub named: String,
    /// The article's title.
    pub title: String,
}

impl KeptSource {
    /// What it is called in a folder of sources.
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(&self.sha256, self.extension)
    }

    /// The name to show: that of the file, or the article's title where it had none.
    #[must_use]
    pub fn shown(&self) -> String {
        let name = if self.named.is_empty() { &self.title } else { &self.named };
        crate::text::shown_name(name).into_owned()
    }
}

/// What a file is called in a folder of sources.
pub(super) fn file_name(sha256: &str, extension: Option<&str>) -> String {
    extension.map_or_else(|| sha256.to_owned(), |extension| format!("{sha256}.{extension}"))
}

/// The hash in such a name; `None` where it is another name.
pub(super) fn hash_in(name: &str) -> Option<&str> {
    let hash = name.split('.').next().unwrap_or(name);
    is_hash(hash).then_some(hash)
}

/// Whether this is a SHA-256 as it is written here. What a notebook says is anybody's: no other text becomes a path.
pub(super) fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The file that the present text of an article was read from, where it is kept.
#[must_use]
pub fn kept_source(id: ArticleId, article: &Article) -> Option<KeptSource> {
    of(id, article, &article.origin)
}

/// All files that a notebook says are kept, of earlier versions too: each once, however many articles were read from it.
#[must_use]
pub fn kept_by(notebook: &Notebook) -> Vec<KeptSource> {
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for id in notebook.articles_in_order() {
        let Some(article) = notebook.article(id) else { continue };
        let origins = article.earlier.iter().map(|version| &version.origin);
        for source in origins.chain([&article.origin]).filter_map(|origin| of(id, article, origin))
        {
            if seen.insert(source.sha256.clone()) {
                all.push(source);
            }
        }
    }
    all
}

/// The articles of which the notebook says that a file is kept, and not by which hash: such a file cannot be found.
#[must_use]
pub fn kept_without_hash(notebook: &Notebook) -> Vec<ArticleId> {
    let without = |origin: &Origin| origin.kept && !is_hash(&origin.sha256);
    let articles = notebook.articles().iter().filter(|(_, article)| {
        without(&article.origin) || article.earlier.iter().any(|version| without(&version.origin))
    });
    articles.map(|(id, _)| *id).collect()
}

fn of(id: ArticleId, article: &Article, origin: &Origin) -> Option<KeptSource> {
    (origin.kept && is_hash(&origin.sha256)).then(|| KeptSource {
        sha256: origin.sha256.clone(),
        bytes: origin.bytes,
        extension: format_of_reader(&origin.reader)
            .and_then(|format| format.extensions.first().copied()),
        article: id,
        named: origin.file_name.clone(),
        title: article.about.title.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_becomes_a_name() {
        let hash = "0123456789abcdef".repeat(4);
        assert!(is_hash(&hash));
        for other in ["", "../../etc/passwd", &hash[1..], &hash.to_uppercase(), &format!("{hash}0")]
        {
            assert!(!is_hash(other), "{other}");
        }
        assert_eq!(hash_in(&format!("{hash}.pdf")), Some(&*hash));
        assert_eq!(hash_in(&hash), Some(&*hash));
        assert_eq!(hash_in(".x.casebook-tmp"), None);
    }
}
