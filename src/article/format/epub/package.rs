//! A book's package (EPUB 2 and 3): what it says about the book, and its parts in the order of reading.

use std::collections::{HashMap, HashSet};

use super::elements::{Element, elements};
use super::files::Files;
use super::paths;
use crate::article::document::{Description, DocumentError};
use crate::article::format::html;

/// The most parts of a book.
const MOST_PARTS: usize = 20_000;
/// The most titles and authors that are looked at.
const MOST_NAMED: usize = 50;
/// Ways to make fonts unusable outside of a book; they do not touch its words.
const OF_FONTS: [&str; 2] =
    ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// A book's package.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub description: Description,
    /// The parts in the order of reading, by their paths.
    pub parts: Vec<String>,
    /// The files that tell where printed pages begin, by their paths.
    pub navigation: Vec<String>,
}

/// The path of the package, as the container says it.
fn path_of(files: &mut Files<'_>) -> Result<String, DocumentError> {
    let container = files.read("META-INF/container.xml")?.map(|file| elements(&file.bytes));
    let roots = container.unwrap_or_default();
    let roots: Vec<&Element> = roots.iter().filter(|element| element.name == "rootfile").collect();
    let package = roots.iter().find(|root| {
        matches!(root.get("media-type"), "application/oebps-package+xml" | "")
            && !root.get("full-path").is_empty()
    });
    let stated = package.and_then(|root| paths::resolve("", root.get("full-path")));
    if let Some((path, _)) = stated
        && files.has(&path)
    {
        return Ok(path);
    }
    files
        .ending(".opf")
        .ok_or_else(|| DocumentError::damaged("the list of its parts (the OPF file) is missing"))
}

/// Whether words of the book are encrypted: anything but its fonts.
///
/// # Errors
/// As reading a file.
pub(super) fn is_encrypted(files: &mut Files<'_>) -> Result<bool, DocumentError> {
    let Some(file) = files.read("META-INF/encryption.xml")? else { return Ok(false) };
    let elements = elements(&file.bytes);
    let mut fonts = true;
    for (place, _) in elements.iter().enumerate().filter(|(_, data)| data.name == "EncryptedData") {
        let within = |name: &str| {
            let after = elements.iter().skip(place + 1);
            let mut within = after.take_while(|element| element.inside.contains(&place));
            within.find(|element| element.name == name)
        };
        let algorithm = within("EncryptionMethod").map_or("", |method| method.get("Algorithm"));
        let uri = within("CipherReference").map_or("", |reference| reference.get("URI"));
        let ending = uri.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
        let font = matches!(&*ending, "ttf" | "otf" | "woff" | "woff2" | "ttc");
        fonts &= OF_FONTS.contains(&algorithm) || font;
    }
    Ok(!fonts)
}

/// Reads the package.
///
/// # Errors
/// There is none, or it names no parts.
pub(super) fn read(files: &mut Files<'_>) -> Result<Package, DocumentError> {
    let path = path_of(files)?;
    let file = files
        .read(&path)?
        .ok_or_else(|| DocumentError::damaged("the list of its parts (the OPF file) is missing"))?;
    let elements = elements(&file.bytes);
    let mut manifest: HashMap<&str, &Element> = HashMap::new();
    let mut items = Vec::new();
    for item in elements.iter().filter(|element| element.name == "item") {
        manifest.entry(item.get("id")).or_insert(item);
        items.push(item);
    }
    let is_text = |item: &&Element| {
        let href = item.get("href").split('#').next().unwrap_or_default().to_ascii_lowercase();
        let named = [".xhtml", ".html", ".htm", ".xml"].iter().any(|ending| href.ends_with(ending));
        match item.get("media-type") {
            "application/xhtml+xml"
            | "text/html"
            | "text/x-oeb1-document"
            | "application/x-dtbook+xml" => true,
            "" | "text/xml" | "application/xml" | "text/plain" => named,
            _ => false,
        }
    };
    let spine: Vec<&Element> = elements
        .iter()
        .filter(|element| element.name == "itemref")
        .filter_map(|reference| manifest.get(reference.get("idref")).copied())
        .filter(is_text)
        .collect();
    // A book without an order is read in that of its list.
    let spine =
        if spine.is_empty() { items.iter().copied().filter(is_text).collect() } else { spine };
    let mut seen = HashSet::new();
    let place = |item: &Element| paths::resolve(&path, item.get("href")).map(|(path, _)| path);
    let parts =
        spine.iter().filter_map(|item| place(item)).filter(|path| seen.insert(path.clone()));
    let parts: Vec<String> = parts.take(MOST_PARTS).collect();
    if parts.is_empty() {
        return Err(DocumentError::damaged("the list of its parts names none"));
    }
    let navigates = |item: &&&Element| {
        item.get("media-type") == "application/x-dtbncx+xml"
            || item.get("properties").split_ascii_whitespace().any(|property| property == "nav")
    };
    let navigation =
        items.iter().filter(navigates).filter_map(|item| place(item)).take(4).collect();
    Ok(Package { description: describe(&elements), parts, navigation })
}

/// What the package says about the book.
fn describe(elements: &[Element]) -> Description {
    let metadata: Vec<(usize, &Element)> = elements
        .iter()
        .enumerate()
        .filter(|(_, element)| {
            element
                .inside
                .iter()
                .any(|at| elements.get(*at).is_some_and(|above| above.name == "metadata"))
        })
        .collect();
    let all = |name: &str| {
        let name = name.to_owned();
        metadata
            .iter()
            .map(|(_, element)| *element)
            .filter(move |element| element.name == name && !element.text.is_empty())
    };
    // EPUB 3 says more about an element in others, that refer to it.
    let refined = |element: &Element, property: &str| -> String {
        let id = element.get("id");
        let refines = |meta: &&Element| {
            !id.is_empty()
                && meta.get("refines").strip_prefix('#') == Some(id)
                && meta.get("property") == property
        };
        all("meta").find(refines).map(|meta| meta.text.clone()).unwrap_or_default()
    };
    let titles: Vec<&Element> = all("title").take(MOST_NAMED).collect();
    let main = titles.iter().find(|title| refined(title, "title-type") == "main");
    let title = main.or_else(|| titles.first()).map(|title| title.text.clone()).unwrap_or_default();
    let role = |creator: &Element| {
        let role = creator.get("role");
        if role.is_empty() { refined(creator, "role") } else { role.to_owned() }
    };
    let creators: Vec<&Element> = all("creator").take(MOST_NAMED).collect();
    let wrote = |creator: &&&Element| matches!(&*role(creator), "" | "aut");
    let mut authors: Vec<&str> =
        creators.iter().filter(wrote).map(|creator| &*creator.text).collect();
    if authors.is_empty() {
        authors = creators.iter().map(|creator| &*creator.text).collect();
    }
    authors.dedup();
    let unknown = |name: &&str| {
        matches!(&*name.to_lowercase(), "unknown" | "unbekannt" | "inconnu" | "author")
    };
    authors.retain(|name| !unknown(name));
    let dates: Vec<&Element> = all("date").collect();
    let event = |date: &&&Element, event: &str| date.get("event") == event;
    let date = dates
        .iter()
        .find(|date| event(date, "publication") || event(date, "original-publication"))
        .or_else(|| dates.iter().find(|date| event(date, "")))
        .and_then(|date| html::date::edtf(&date.text));
    let issued = || {
        let issued = all("meta").find(|meta| meta.get("property") == "dcterms:issued");
        issued.and_then(|meta| html::date::edtf(&meta.text))
    };
    let first =
        |name: &str| all(name).next().map(|element| element.text.clone()).unwrap_or_default();
    let source =
        all("source").map(|source| html::address(&source.text)).find(|url| !url.is_empty());
    Description {
        title: if html::is_no_title(&title) { String::new() } else { title },
        author: authors.join(", "),
        // Some writers put the day of a conversion at the beginning of time.
        date: date.or_else(issued).filter(|date| !date.starts_with("0101")).unwrap_or_default(),
        publisher: first("publisher"),
        language: html::language(&first("language")),
        url: source.unwrap_or_default(),
        ..Description::default()
    }
}
