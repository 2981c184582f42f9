//! A Word document (Office Open XML, ECMA-376) for editors and lawyers: the report with real headings, a table of claims, a
//! footnote for every assertion, and a bibliography.
//!
//! `package` makes the archive, `text` paragraphs, `document` gathers them with their footnotes,
//! `body` and `claims` say what is in them.

mod body;
mod claims;
mod document;
mod package;
mod text;

use super::report::Report;
use super::{Content, Out, Stopped};

pub(super) fn write(content: &Content<'_>, out: &mut Out<'_>) -> Result<(), Stopped> {
    let report = Report::new(content, out)?;
    let (body, footnotes) = body::written(&report, out)?;
    let bytes = package::packed(report.title(), &body, &footnotes)?;
    out.bytes(&bytes)
}
