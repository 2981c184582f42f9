//! Books (EPUB 2 and 3): their parts in the order of reading, printed pages where they say so, notes at the end.

mod elements;
mod files;
mod package;
mod pages;
mod paths;
#[cfg(test)]
mod tests;

use dom_query::NodeRef;

use super::html::notes::Notes;
use super::html::walk::{self, Surroundings, is_marked};
use super::html::{self, Part};
use crate::article::document::{Builder, Document, DocumentError, Options};

use files::Files;
use pages::Pages;

/// The most elements of a book.
const MOST_ELEMENTS: usize = 1_500_000;

/// Reads a book.
///
/// # Errors
/// It is encrypted, damaged, too large, or holds no words.
pub(in crate::article) fn read(bytes: &[u8], _: &Options) -> Result<Document, DocumentError> {
    let mut files = Files::open(bytes)?;
    if package::is_encrypted(&mut files)? {
        return Err(DocumentError::Encrypted);
    }
    let package = package::read(&mut files)?;
    let mut pages = Pages::default();
    for path in &package.navigation {
        if let Some(file) = files.read(path)? {
            pages.add(path, &file.bytes);
        }
    }
    let mut left_out = LeftOut::default();
    let mut parts = Vec::new();
    for path in &package.parts {
        let Some(file) = files.read(path)? else {
            left_out.missing.push(path.clone());
            continue;
        };
        if file.damage.is_some() {
            left_out.damaged.push(path.clone());
        }
        let decoded = html::decode(&file.bytes, None, None)?;
        if !decoded.text.contains('<') {
            if !decoded.text.trim().is_empty() && file.damage.is_none() {
                left_out.damaged.push(path.clone());
            }
            continue;
        }
        parts.push((path.as_str(), decoded.text.into_owned()));
    }
    if parts.is_empty() && files.has("META-INF/rights.xml") {
        return Err(DocumentError::Encrypted);
    }
    // Notes may stand in a part before or after that which refers to them.
    let mut notes = Notes::default();
    let mut elements = 0;
    let annotated = parts.iter().any(|(_, text)| may_have_notes(text));
    for (path, text) in parts.iter().filter(|_| annotated) {
        let part = Part::parse(text)?;
        elements += part.elements;
        if elements > MOST_ELEMENTS {
            return Err(too_many());
        }
        notes.take_out(&part.root(), path, &|href| target(path, href));
    }
    let mut builder = Builder::default();
    let mut hidden = false;
    let mut too_deep = false;
    for (path, text) in &parts {
        let part = Part::parse(text)?;
        elements += part.elements;
        if elements > MOST_ELEMENTS {
            return Err(too_many());
        }
        hidden |= part.hidden;
        too_deep |= part.too_deep;
        let root = part.root();
        remove_navigation(&root);
        notes.take_out(&root, path, &|href| target(path, href));
        if let Some(label) = pages.take(path, "") {
            builder.page(label);
        }
        let mut surroundings = OfPart { path, notes: &mut notes, pages: &mut pages };
        walk::walk(&root, &mut builder, &mut surroundings);
        if builder.is_full() {
            break;
        }
    }
    notes.write(true, &mut builder);
    left_out.say(&mut builder);
    if too_deep {
        builder.remark(
            "Parts of the book lie too deep in one another: their words were kept, how they were set was not.",
        );
    }
    if hidden {
        builder.remark("Words that are hidden in the book were left out.");
    }
    builder.finish(package.description)
}

/// Whether bytes are a book: an archive that begins by saying so, or holds what only books do.
pub(in crate::article) fn looks_like(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"PK\x03\x04") {
        return false;
    }
    let head = bytes.get(..256).unwrap_or(bytes);
    if memchr::memmem::find(head, b"mimetypeapplication/epub+zip").is_some() {
        return true;
    }
    // The list of an archive's files is at its end.
    let tail = bytes.get(bytes.len().saturating_sub(4 << 20)..).unwrap_or(bytes);
    memchr::memmem::find(tail, b"META-INF/container.xml").is_some()
        && memchr::memmem::find(tail, b".opf").is_some()
}

fn too_many() -> DocumentError {
    DocumentError::TooMuch { what: format!("the book has more than {MOST_ELEMENTS} elements") }
}

/// Where a link leads in the book, as notes are kept.
fn target(from: &str, href: &str) -> Option<String> {
    paths::resolve(from, href).map(|(path, id)| format!("{path}#{id}"))
}

fn may_have_notes(text: &str) -> bool {
    ["noteref", "footnote", "endnote", "rearnote", "_ftn", "_edn"]
        .iter()
        .any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
}

/// Lists of contents and of pages, which are no text of the book.
fn remove_navigation(root: &NodeRef<'_>) {
    for element in html::elements(root) {
        if element.has_name("nav")
            && is_marked(&element, &["toc", "page-list", "pagelist", "landmarks", "lot", "loi"])
        {
            element.remove_from_parent();
        }
    }
}

/// What could not be read.
#[derive(Default)]
struct LeftOut {
    missing: Vec<String>,
    damaged: Vec<String>,
}

impl LeftOut {
    fn say(self, builder: &mut Builder) {
        let named = |mut paths: Vec<String>| {
            let more = paths.len().saturating_sub(10);
            paths.truncate(10);
            let named = paths.join(", ");
            if more > 0 { format!("{named} and {more} more") } else { named }
        };
        if !self.missing.is_empty() {
            builder.remark(format!(
                "Parts that the book names are missing in it: {}.",
                named(self.missing)
            ));
        }
        if !self.damaged.is_empty() {
            builder.remark(format!(
                "Parts of the book are damaged, and only what could be read of them is here: {}.",
                named(self.damaged)
            ));
        }
    }
}

/// The surroundings of a part.
struct OfPart<'a> {
    path: &'a str,
    notes: &'a mut Notes,
    pages: &'a mut Pages,
}

impl Surroundings for OfPart<'_> {
    fn note(&mut self, reference: &NodeRef<'_>) -> Option<u32> {
        let path = self.path;
        self.notes.number(reference, &|href| target(path, href))
    }

    fn page(&mut self, element: &NodeRef<'_>) -> Option<(String, bool)> {
        self.pages.at(self.path, element)
    }
}
