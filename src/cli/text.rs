//! `casebook text`: what is read out of an article's file, as the window would.

use std::process::ExitCode;

use serde::Serialize;

use super::args::Text as Arguments;
use super::output;
use crate::article::{Description, read_file};
use crate::text::Structure;

#[derive(Serialize)]
struct Shown<'a> {
    text: &'a str,
    structure: &'a Structure,
    description: Description,
    /// What was read: the format, and what was asked of it.
    reader: &'a str,
    encoding: &'a str,
    sha256: &'a str,
    /// Its lines look cut at one length.
    hard_wrapped: bool,
    remarks: &'a [String],
}

pub(super) fn run(args: &Arguments) -> anyhow::Result<ExitCode> {
    let read = read_file(&args.article, &args.reading.options(), &|| false, &|_| {})?;
    super::reading::complain_of_reading(&args.article, &read);
    let text = read.text.as_str();
    if args.json {
        let description = Description {
            title: read.title.clone(),
            language: read.language.clone().unwrap_or_default(),
            ..read.description.clone()
        };
        output::json(&Shown {
            text,
            structure: &read.origin.structure,
            description,
            reader: &read.origin.reader,
            encoding: &read.origin.encoding,
            sha256: &read.origin.sha256,
            hard_wrapped: read.text.is_hard_wrapped(),
            remarks: &read.remarks,
        })?;
    } else {
        output::text(text)?;
    }
    Ok(ExitCode::SUCCESS)
}
