//! Word files (`.docx`, `.docm`, `.dotx`): Office Open XML after ECMA-376, in its strict and its transitional variety.
//! Elements are known by their local names: the two varieties differ in namespaces only.

mod body;
mod formula;
mod inline;
mod notes;
mod numbering;
mod package;
mod pages;
mod state;
mod styles;
#[cfg(test)]
mod tests;

use notes::{NoteKind, Notes};
use numbering::Numbering;
use package::Package;
use pages::Pages;
use state::State;
use styles::Styles;

use super::office::properties;
use crate::article::document::{Description, Document, DocumentError, MOST_DEPTH, Options};
use crate::foreign::xml::Xml;

/// The first bytes of the container that old Word documents and encrypted files are in.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether these bytes are a Word file: a new one, an encrypted one, or an old one, which [`read`] refuses in words.
pub(in crate::article) fn looks_like(bytes: &[u8]) -> bool {
    if bytes.starts_with(COMPOUND) {
        return holds(bytes, "WordDocument") || holds(bytes, "EncryptedPackage");
    }
    bytes.starts_with(b"PK") && package::is_word(bytes)
}

/// Reads a Word file.
pub(in crate::article) fn read(bytes: &[u8], _: &Options) -> Result<Document, DocumentError> {
    if bytes.starts_with(COMPOUND) {
        return Err(refused(bytes));
    }
    let mut package = Package::open(bytes)?;
    let styles = Styles::read(&package.part("styles")?);
    let numbering = Numbering::read(&package.part("numbering")?);
    let (feet, ends) = (package.part("footnotes")?, package.part("endnotes")?);
    let mut notes = Notes::default();
    notes.find(NoteKind::Foot, &feet);
    notes.find(NoteKind::End, &ends);
    let main = package.main()?;
    let mut state = State::new(&styles, numbering, notes, Pages::read(&main));
    for (id, part) in package.parts_by_id("diagramData")? {
        state.diagrams.insert(id, inline::drawn(&mut Xml::new(&part)));
    }

    let mut xml = Xml::new(&main);
    if xml.next_tag().is_none_or(|root| root.name() != "document") {
        return Err(DocumentError::damaged("the part with its words is no Word document"));
    }
    state.blocks(&mut xml);
    state.flush();
    let broken = xml.broken().is_some();
    let mut deep = xml.too_deep();
    drop(xml);
    state.pages.aside = 1;
    let mut at = 0;
    while let Some((kind, label, place)) = state.notes.get(at) {
        let part = if kind == NoteKind::Foot { &feet } else { &ends };
        let mut xml = Xml::new(part.get(place).unwrap_or_default());
        let blocks = state.contained(|state| state.blocks(&mut xml));
        state.out.keep(0);
        deep |= xml.too_deep();
        state.out.flow.note(&label, blocks);
        at += 1;
    }
    if let Some(why) = state.out.too_much() {
        return Err(why);
    }
    let description = described(&mut package, &state)?;
    if broken && state.out.flow.is_empty() {
        return Err(DocumentError::damaged("the part with its words cannot be read"));
    }
    remarks(&mut package, &mut state, broken, deep)?;
    state.out.flow.finish(description)
}

/// Why a file in the old container is not read.
fn refused(bytes: &[u8]) -> DocumentError {
    if holds(bytes, "EncryptedPackage") {
        DocumentError::Encrypted
    } else if holds(bytes, "WordDocument") {
        DocumentError::OldFormat {
            what: "an old Word document (.doc)".to_owned(),
            instead: "a Word document (.docx)".to_owned(),
        }
    } else {
        DocumentError::damaged("it is no Word document, but a file of another program")
    }
}

/// Whether the container has an entry of this name: its directory writes names in UTF-16.
fn holds(bytes: &[u8], name: &str) -> bool {
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

/// What the file says about itself.
fn described(package: &mut Package<'_>, state: &State<'_>) -> Result<Description, DocumentError> {
    let mut description = Description::default();
    let core = package.root("core-properties")?;
    let (mut created, mut modified) = (String::new(), String::new());
    let mut xml = Xml::new(&core);
    xml.next_tag();
    while let Some(tag) = xml.next_tag() {
        let words = xml.words();
        match tag.name() {
            "title" => description.title = properties::title(&words),
            "creator" => description.author = properties::people(&words),
            "created" => created = properties::day(&words),
            "modified" => modified = properties::day(&words),
            "language" => description.language = properties::language(&words),
            _ => {}
        }
    }
    description.date = if created.is_empty() { modified } else { created };
    if description.title.is_empty() {
        description.title = properties::title(state.title.as_deref().unwrap_or_default());
    }
    if description.language.is_empty() {
        description.language = properties::language(&state.language());
    }
    let app = package.root("extended-properties")?;
    let mut xml = Xml::new(&app);
    xml.next_tag();
    while let Some(tag) = xml.next_tag() {
        let words = xml.words();
        if tag.name() == "Company" {
            description.publisher = properties::people(&words);
        }
    }
    Ok(description)
}

fn remarks(
    package: &mut Package<'_>,
    state: &mut State<'_>,
    broken: bool,
    deep: bool,
) -> Result<(), DocumentError> {
    let left = &state.left;
    let flow = &mut state.out.flow;
    if broken {
        flow.remark(
            "The file is damaged: what comes after the words shown here could not be read.",
        );
    }
    if package.is_damaged() {
        flow.remark("Parts of the file are damaged: headings, lists or notes may be missing.");
    }
    if deep {
        flow.remark(format!("What lies more than {MOST_DEPTH} elements deep was left out."));
    }
    flow.left_out(left.deleted, left.comments, left.hidden);
    if left.missing_notes {
        flow.remark("Notes that the words refer to are missing in the file.");
    }
    if left.files {
        flow.remark("Other files that are inserted in the document were left out.");
    }
    if left.formulas {
        flow.remark("Words that are set by an EQ field were left out.");
    }
    let edges: Vec<String> =
        [package.parts("header")?, package.parts("footer")?].into_iter().flatten().collect();
    if edges.iter().any(|part| says_words(part)) {
        flow.remark("Words in the headers and footers of the pages were left out.");
    }
    Ok(())
}

/// Whether a part shows words, not only numbers.
fn says_words(part: &str) -> bool {
    let mut xml = Xml::new(part);
    while !xml.is_ended() {
        if let Some(tag) = xml.next_tag()
            && tag.name() == "t"
            && xml.words().contains(char::is_alphabetic)
        {
            return true;
        }
    }
    false
}
