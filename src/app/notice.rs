//! Notices: short messages about what happened, which need no answer.

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
    /// The article whose details say more and offer a remedy.
    pub details: Option<ArticleId>,
}

/// An error message as a sentence, with a capital and a full stop.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
