//! Notices: what happened, said once, without stopping anyone.

use crate::notebook::ArticleId;

/// How a notice looks.
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
    /// Names it.
    pub serial: u64,
    /// How it looks. Errors stay until dismissed.
    pub level: Level,
    /// What happened, to what, and what to do now.
    pub text: String,
    /// The article whose details say more and let something be done about it.
    pub details: Option<ArticleId>,
}

/// A refusal as a sentence: capital first, full stop last.
pub(super) fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
