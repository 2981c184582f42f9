//! OpenDocument texts (`.odt`, `.ott`, and `.fodt`, which is one XML file): OpenDocument 1.0 to 1.4, part 3. Elements are
//! known by their local names.

mod body;
mod inline;
mod list_style;
mod lists;
mod state;
mod styles;
#[cfg(test)]
mod tests;

use super::office::{ARCHIVE, properties};
use crate::article::document::{Document, DocumentError, MOST_DEPTH, Options};
use crate::foreign::archive::{Archive, ArchiveError};
use crate::foreign::xml::{Xml, decoded};
use state::State;

const MIME: &str = "application/vnd.oasis.opendocument.text";
/// The format of OpenOffice 1, before OpenDocument.
const OLD_MIME: &str = "application/vnd.sun.xml.writer";
/// How much is unpacked to tell what a file is, in bytes.
const SNIFFED: u64 = 1 << 20;
/// How much of a file is looked at to tell what it is, in bytes.
const HEAD: usize = 8192;
/// The most formulas that are read.
const MOST_FORMULAS: usize = 2000;

/// Whether these bytes are an OpenDocument text, or one of OpenOffice 1, which [`read`] refuses in words.
pub(in crate::article) fn looks_like(bytes: &[u8]) -> bool {
    if is_flat(bytes) {
        return true;
    }
    if !bytes.starts_with(b"PK") {
        return false;
    }
    let Ok(archive) = Archive::open(bytes, ARCHIVE) else {
        // One that is cut off or asks for too much is still one: its reader says so.
        return memchr::memmem::find(bytes, MIME.as_bytes()).is_some();
    };
    let mut archive = archive.only(SNIFFED);
    let mime = mime(&mut archive);
    mime.starts_with(MIME)
        || mime.starts_with(OLD_MIME)
        || (mime.is_empty() && manifest(&mut archive).contains(MIME))
}

/// Reads an OpenDocument text.
pub(in crate::article) fn read(bytes: &[u8], _: &Options) -> Result<Document, DocumentError> {
    let mut state = State::default();
    let (mut broken, mut deep) = (false, false);
    let mut part = |state: &mut State, text: &str| {
        let mut xml = Xml::new(text);
        if xml.next_tag().is_some() {
            document(state, &mut xml);
        }
        broken |= xml.broken().is_some();
        deep |= xml.too_deep();
    };
    if bytes.starts_with(b"PK") {
        let mut archive = Archive::open(bytes, ARCHIVE)?;
        if mime(&mut archive).starts_with(OLD_MIME) {
            return Err(DocumentError::OldFormat {
                what: "a text of OpenOffice 1 (.sxw)".to_owned(),
                instead: "an OpenDocument text (.odt)".to_owned(),
            });
        }
        if archive.contains("encrypted-package")
            || manifest(&mut archive).contains("encryption-data")
        {
            return Err(DocumentError::Encrypted);
        }
        for name in ["meta.xml", "styles.xml"] {
            match archive.read(name) {
                Ok(text) => part(&mut state, &text.map(decoded).unwrap_or_default()),
                Err(why @ ArchiveError::TooLarge(_)) => return Err(why.into()),
                // The words can be read without them.
                Err(_) => state.out.flow.remark(
                    "A part of the file is damaged: headings, lists or its description may be missing.",
                ),
            }
        }
        let content = archive.read("content.xml")?.map(decoded);
        let content =
            content.ok_or_else(|| DocumentError::damaged("there is no text in the archive"))?;
        formulas(&mut archive, &mut state, &content)?;
        state.pages.known = shows_pages(&content);
        part(&mut state, &content);
    } else {
        let text = decoded(bytes.to_vec());
        state.pages.known = shows_pages(&text);
        part(&mut state, &text);
    }
    if !state.found {
        return Err(DocumentError::damaged("it is no OpenDocument text"));
    }
    if let Some(why) = state.out.too_much() {
        return Err(why);
    }
    if broken && state.out.flow.is_empty() {
        return Err(DocumentError::damaged("its words cannot be read"));
    }
    for (label, blocks) in std::mem::take(&mut state.notes) {
        state.out.flow.note(&label, blocks);
    }
    remarks(&mut state, broken, deep);
    let mut description = std::mem::take(&mut state.description);
    if description.title.is_empty() {
        description.title = properties::title(state.title.as_deref().unwrap_or_default());
    }
    if description.language.is_empty() {
        description.language = std::mem::take(&mut state.styles.language);
    }
    state.out.flow.finish(description)
}

/// Reads the root of a part, or of a flat file.
fn document(state: &mut State, xml: &mut Xml<'_>) {
    while let Some(tag) = xml.next_tag() {
        match tag.name() {
            "meta" => described(state, xml),
            "styles" | "automatic-styles" => state.styles.read(xml),
            "master-styles" => state.left.edges |= styles::edges_say_words(xml),
            "body" => {
                while let Some(inner) = xml.next_tag() {
                    if inner.name() == "text" {
                        state.found = true;
                        state.blocks(xml);
                    } else {
                        xml.skip();
                    }
                }
            }
            _ => xml.skip(),
        }
    }
}

/// Reads what a file says about itself.
fn described(state: &mut State, xml: &mut Xml<'_>) {
    let description = &mut state.description;
    let (mut first, mut last) = (String::new(), String::new());
    let (mut created, mut changed, mut said) = (String::new(), String::new(), String::new());
    while let Some(tag) = xml.next_tag() {
        let is_date = tag.get("name").is_some_and(|name| name.eq_ignore_ascii_case("date"));
        let words = xml.words();
        match tag.name() {
            "title" => description.title = properties::title(&words),
            "language" => description.language = properties::language(&words),
            "initial-creator" => first = properties::people(&words),
            "creator" => last = properties::people(&words),
            "creation-date" => created = properties::day(&words),
            "date" => changed = properties::day(&words),
            // A date that the author gave the text.
            "user-defined" if is_date => said = properties::day(&words),
            _ => {}
        }
    }
    description.author = if first.is_empty() { last } else { first };
    description.date =
        [said, created, changed].into_iter().find(|day| !day.is_empty()).unwrap_or_default();
}

/// Reads the formulas that stand in files of their own.
fn formulas(
    archive: &mut Archive<'_>,
    state: &mut State,
    content: &str,
) -> Result<(), DocumentError> {
    if memchr::memmem::find(content.as_bytes(), b"draw:object").is_none() {
        return Ok(());
    }
    let names: Vec<String> = archive
        .names()
        .filter_map(|name| name.strip_suffix("/content.xml"))
        .take(MOST_FORMULAS)
        .map(str::to_owned)
        .collect();
    for name in names {
        let part = match archive.read(&format!("{name}/content.xml")) {
            Ok(part) => part.map(decoded).unwrap_or_default(),
            Err(why @ ArchiveError::TooLarge(_)) => return Err(why.into()),
            Err(_) => continue,
        };
        let mut xml = Xml::new(&part);
        if xml.next_tag().is_some_and(|root| root.name() == "math") {
            state.formulas.insert(name, inline::formula(&mut xml));
        }
    }
    Ok(())
}

fn remarks(state: &mut State, broken: bool, deep: bool) {
    let flow = &mut state.out.flow;
    if broken {
        flow.remark(
            "The file is damaged: what comes after the words shown here could not be read.",
        );
    }
    if deep {
        flow.remark(format!("What lies more than {MOST_DEPTH} elements deep was left out."));
    }
    flow.left_out(state.left.deleted, state.left.comments, state.left.hidden);
    if state.left.edges {
        flow.remark("Words in the headers and footers of the pages were left out.");
    }
}

/// Whether the program has written where pages begin.
fn shows_pages(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"soft-page-break").is_some()
}

fn mime(archive: &mut Archive<'_>) -> String {
    let mime = archive.read("mimetype").ok().flatten().unwrap_or_default();
    String::from_utf8_lossy(&mime).trim().to_owned()
}

fn manifest(archive: &mut Archive<'_>) -> String {
    archive.read("META-INF/manifest.xml").ok().flatten().map(decoded).unwrap_or_default()
}

/// Whether a file is an OpenDocument text in one piece.
fn is_flat(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let has = |what: &str| memchr::memmem::find(head, what.as_bytes()).is_some();
    has("<office:document") && has(MIME)
}
