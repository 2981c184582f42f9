//! Notices: short messages about what happened, which need no answer.

use std::path::PathBuf;

use crate::notebook::ArticleId;

/// The severity of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Something was done.
    Info,
    /// Something needs attention.
    Warning,
    /// Something failed.
    Error,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its identity.
    pub serial: u64,
    /// Its severity. Errors stay until dismissed.
    pub level: Level,
    /// What happened, to what, and what to do now.
    pub text: String,
    /// What can be done about it, as a button beside it.
    pub remedy: Option<Remedy>,
}

/// What can be done about what happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The details of this article say more.
    Details(ArticleId),
    /// This file is read as a new version of the article.
    Update(ArticleId, PathBuf),
    /// What changed in the latest version of this article is shown.
    Changes(ArticleId),
    /// These two articles are shown side by side.
    SideBySide(ArticleId, ArticleId),
    /// This file is opened although an article has the same content.
    OpenTwice(PathBuf),
    /// What came of opening many files is shown.
    Gathering,
}

/// An error message as a sentence, with a capital and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
