//! The parts of a Word file and how they belong together: the conventions of ECMA-376 part 2 (relationships, content
//! types). Parts are found by their relationships, never by a fixed name.

use std::collections::HashMap;

use crate::article::document::DocumentError;
use crate::article::format::office::ARCHIVE;
use crate::foreign::archive::{Archive, ArchiveError};
use crate::foreign::xml::{Xml, decoded};

/// The content types of documents and templates, with and without macros.
const DOCUMENT_TYPES: [&str; 4] = [
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroenabled.main+xml",
    "ms-word.template.macroenabledtemplate.main+xml",
];
/// How much is unpacked to tell what a file is, in bytes.
const SNIFFED: u64 = 1 << 20;
const CONTENT_TYPES: &str = "[Content_Types].xml";

/// What a part refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Relation {
    id: String,
    /// The last part of its type: `styles`, `footnotes`. That is the same in the strict and the transitional variety.
    kind: String,
    /// The name of the part.
    target: String,
}

/// A Word file.
pub(super) struct Package<'a> {
    archive: Archive<'a>,
    /// The name of the part with the words.
    main: String,
    roots: Vec<Relation>,
    relations: Vec<Relation>,
    damaged: bool,
}

impl<'a> Package<'a> {
    /// Opens a file and finds the part with the words.
    ///
    /// # Errors
    /// It is no archive, is behind a password, or holds something other than a Word document.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, DocumentError> {
        let mut archive = Archive::open(bytes, ARCHIVE)?;
        let types = archive.read(CONTENT_TYPES)?.map(decoded).unwrap_or_default();
        let roots = relations(&mut archive, "")?;
        let by_relation = roots.iter().find(|root| root.kind == "officeDocument");
        let main = by_relation
            .map(|root| root.target.clone())
            .filter(|name| archive.contains(name))
            .or_else(|| main_by_type(&types).filter(|name| archive.contains(name)))
            .or_else(|| Some("word/document.xml".to_owned()).filter(|name| archive.contains(name)))
            .ok_or_else(|| DocumentError::damaged("there is no Word document in it"))?;
        let relations = relations(&mut archive, &main)?;
        Ok(Self { archive, main, roots, relations, damaged: false })
    }

    /// The part with the words.
    ///
    /// # Errors
    /// It cannot be unpacked.
    pub(super) fn main(&mut self) -> Result<String, DocumentError> {
        let bytes = self.archive.read(&self.main)?;
        Ok(bytes.map(decoded).unwrap_or_default())
    }

    /// The part that stands in this relation to the one with the words (`styles`); empty where there is none, or where it
    /// is damaged: [`Self::is_damaged`] says so.
    ///
    /// # Errors
    /// It unpacks to too much.
    pub(super) fn part(&mut self, kind: &str) -> Result<String, DocumentError> {
        let found = self.relations.iter().find(|relation| relation.kind == kind);
        match found.map(|relation| relation.target.clone()) {
            Some(name) => self.unpacked(&name),
            None => Ok(String::new()),
        }
    }

    /// All parts that stand in this relation to the one with the words (`header`).
    ///
    /// # Errors
    /// They unpack to too much.
    pub(super) fn parts(&mut self, kind: &str) -> Result<Vec<String>, DocumentError> {
        let mut names: Vec<String> = self
            .relations
            .iter()
            .filter(|relation| relation.kind == kind)
            .map(|relation| relation.target.clone())
            .collect();
        names.sort();
        names.dedup();
        names.iter().map(|name| self.unpacked(name)).collect()
    }

    /// The parts in this relation, by the id that the words name them with.
    ///
    /// # Errors
    /// They unpack to too much.
    pub(super) fn parts_by_id(
        &mut self,
        kind: &str,
    ) -> Result<HashMap<String, String>, DocumentError> {
        let wanted: Vec<(String, String)> = self
            .relations
            .iter()
            .filter(|relation| relation.kind == kind)
            .map(|relation| (relation.id.clone(), relation.target.clone()))
            .collect();
        wanted.into_iter().map(|(id, name)| Ok((id, self.unpacked(&name)?))).collect()
    }

    /// The part of the whole file in this relation (`core-properties`).
    ///
    /// # Errors
    /// It unpacks to too much.
    pub(super) fn root(&mut self, kind: &str) -> Result<String, DocumentError> {
        let found = self.roots.iter().find(|relation| relation.kind == kind);
        match found.map(|relation| relation.target.clone()) {
            Some(name) => self.unpacked(&name),
            None => Ok(String::new()),
        }
    }

    /// Whether a part that was asked for is damaged.
    pub(super) const fn is_damaged(&self) -> bool {
        self.damaged
    }

    fn unpacked(&mut self, name: &str) -> Result<String, DocumentError> {
        match self.archive.read(name) {
            Ok(bytes) => Ok(bytes.map(decoded).unwrap_or_default()),
            Err(why @ ArchiveError::TooLarge(_)) => Err(why.into()),
            Err(_) => {
                self.damaged = true;
                Ok(String::new())
            }
        }
    }
}

/// Whether an archive is a Word file.
pub(super) fn is_word(bytes: &[u8]) -> bool {
    let has = |name: &str| memchr::memmem::find(bytes, name.as_bytes()).is_some();
    let Ok(archive) = Archive::open(bytes, ARCHIVE) else {
        // One that is cut off or asks for too much is still one: its reader says so.
        return has(CONTENT_TYPES) && has("word/");
    };
    let mut archive = archive.only(SNIFFED);
    match archive.read(CONTENT_TYPES) {
        Ok(Some(types)) => main_by_type(&decoded(types)).is_some(),
        // What is behind a password or damaged is told by its names.
        _ => archive.contains("word/document.xml"),
    }
}

/// The part that has the content type of a Word document.
fn main_by_type(types: &str) -> Option<String> {
    let mut xml = Xml::new(types);
    xml.next_tag()?;
    while let Some(tag) = xml.next_tag() {
        let kind = tag.get("ContentType").unwrap_or_default().to_lowercase();
        if DOCUMENT_TYPES.iter().any(|known| kind.ends_with(known)) {
            // A type may also be given to an ending; the usual name is tried then.
            let named = tag.get("PartName").map(|name| name.trim_start_matches('/').to_owned());
            return Some(named.unwrap_or_else(|| "word/document.xml".to_owned()));
        }
        xml.skip();
    }
    None
}

/// What a part refers to; the whole file where no name is given.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Relation>, DocumentError> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let listed = match archive.read(&format!("{folder}{slash}_rels/{name}.rels")) {
        Ok(listed) => listed.map(decoded).unwrap_or_default(),
        Err(why @ (ArchiveError::TooLarge(_) | ArchiveError::Encrypted)) => return Err(why.into()),
        Err(_) => String::new(),
    };
    let mut xml = Xml::new(&listed);
    let mut found = Vec::new();
    if xml.next_tag().is_none() {
        return Ok(found);
    }
    while let Some(tag) = xml.next_tag() {
        let get = |name| tag.get(name).unwrap_or_default();
        // What lies outside of the file is never looked up.
        if tag.name() == "Relationship" && get("TargetMode") != "External" {
            let kind = get("Type").rsplit('/').next().unwrap_or_default().to_owned();
            // Dublin Core was named differently by some programs.
            let kind = if kind == "coreProperties" { "core-properties".to_owned() } else { kind };
            let target = resolved(folder, &get("Target"));
            found.push(Relation { id: get("Id").into_owned(), kind, target });
        }
        xml.skip();
    }
    Ok(found)
}

/// The name of a part as it is written in another one of this folder.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let absolute = target.starts_with('/');
    let mut parts: Vec<&str> = if absolute { Vec::new() } else { folder.split('/').collect() };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/").replace("%20", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_named_from_where_they_are_referred_to() {
        for (folder, target, name) in [
            ("word", "styles.xml", "word/styles.xml"),
            ("word", "/word/styles.xml", "word/styles.xml"),
            ("", "word/document.xml", "word/document.xml"),
            ("", "/word\\document.xml", "word/document.xml"),
            ("a/b", "../../../c.xml", "c.xml"),
            ("a/b", "./my%20c.xml", "a/b/my c.xml"),
        ] {
            assert_eq!(resolved(folder, target), name);
        }
    }
}
