//! The values that arguments can have.

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::notebook::KeepSources;
use crate::timeline::LaneBy;

/// Which entities of two notebooks are taken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Pair {
    /// Those of the same name and kind, where no other could be meant
    Sure,
    /// Those that look the same too, where no other looks nearly as like
    All,
    /// None but those that came from one notebook
    None,
}

/// Which files are kept beside a notebook.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum KeptFiles {
    /// Those whose text was taken out of a document.
    Documents,
    /// Plain text, too.
    All,
    /// None.
    None,
}

impl From<KeptFiles> for KeepSources {
    fn from(files: KeptFiles) -> Self {
        match files {
            KeptFiles::Documents => Self::Documents,
            KeptFiles::All => Self::All,
            KeptFiles::None => Self::None,
        }
    }
}

/// What lanes can be made by.
pub(super) fn lanes(text: &str) -> Result<LaneBy, String> {
    let known = |by: &LaneBy| by.label().eq_ignore_ascii_case(text.trim());
    LaneBy::ALL
        .into_iter()
        .find(known)
        .ok_or_else(|| "none, actor, kind, place or article is needed".to_owned())
}

/// A scale that pictures can have.
pub(super) fn scale(text: &str) -> Result<f32, String> {
    let (least, most) = crate::picture::SCALES;
    match text.parse::<f32>() {
        Ok(scale) if (least..=most).contains(&scale) => Ok(scale),
        _ => Err(format!("a number from {least} to {most} is needed")),
    }
}

/// The formats that can be imported: another one is answered with this list.
pub(super) fn import_formats() -> PossibleValuesParser {
    let format = |format: &crate::import::Format| PossibleValue::new(format.id).help(format.name);
    PossibleValuesParser::new(crate::import::FORMATS.iter().map(format))
}

/// The formats there are: another one is answered with this list.
pub(super) fn formats() -> PossibleValuesParser {
    let format = |format: &crate::export::Format| PossibleValue::new(format.id).help(format.name);
    PossibleValuesParser::new(crate::export::FORMATS.iter().map(format))
}
