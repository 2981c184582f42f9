//! How an article’s file is read: the arguments that `casebook new`, `update`, `suggest` and `text` share.

use clap::{Args, ValueEnum};

use crate::article::{Lines, ReadOptions};

/// How an article’s file is read.
#[derive(Debug, Args)]
pub(in crate::cli) struct Reading {
    /// The article’s encoding, such as windows-1252, macintosh or cp850; detected when left out
    #[arg(long, value_name = "NAME")]
    pub(in crate::cli) encoding: Option<String>,
    /// Of a web page: everything that stands on it, not only its article
    #[arg(long)]
    pub(in crate::cli) everything: bool,
    /// Whether lines that were cut at one length, as in plain text and mails, are joined into paragraphs: auto (where they
    /// look so), yes, no (the default)
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) unwrap: Option<Unwrap>,
}

impl Reading {
    /// What is asked of the reader.
    pub(in crate::cli) fn options(&self) -> ReadOptions {
        ReadOptions {
            encoding: self.encoding.clone(),
            everything: self.everything,
            lines: self.unwrap.map_or(Lines::Kept, Into::into),
        }
    }
}

/// Whether hard-wrapped lines are joined.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum Unwrap {
    /// Where the text looks hard-wrapped.
    Auto,
    /// In any case.
    Yes,
    /// Never.
    No,
}

impl From<Unwrap> for Lines {
    fn from(unwrap: Unwrap) -> Self {
        match unwrap {
            Unwrap::Auto => Self::JoinedIfWrapped,
            Unwrap::Yes => Self::Joined,
            Unwrap::No => Self::Kept,
        }
    }
}
