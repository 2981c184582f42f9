//! What a PDF says about itself: the information dictionary, the metadata stream (XMP), and the catalog's language.

use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::{Dict, Stream, String as Bytes};

use super::letters;
use crate::article::document::Description;
use crate::foreign::xml::{Node, Xml};

/// The most of a value that is kept, in characters, and of the metadata that is read, in bytes.
const MOST_VALUE: usize = 1_000;
const MOST_METADATA: usize = 4 << 20;

/// What the file says about itself.
pub(super) fn of_pdf(pdf: &Pdf, catalog: &Dict<'_>) -> Description {
    let info = pdf.metadata();
    let text = |value: &Option<Box<[u8]>>| {
        value.as_deref().map(letters::of_text_string).map(|text| tidy(&text)).unwrap_or_default()
    };
    let stream = catalog
        .get::<Stream<'_>>(b"Metadata")
        .filter(|stream| stream.raw_data().len() <= MOST_METADATA)
        .and_then(|stream| stream.decoded_data().ok().map(|data| data.into_owned()))
        .filter(|data| data.len() <= MOST_METADATA)
        .unwrap_or_default();
    let metadata = Metadata::of(&stream);
    let maker = [text(&info.creator), text(&info.producer)];
    let title = [metadata.title, text(&info.title)]
        .into_iter()
        .find(|title| is_title(title) && !maker.contains(title))
        .unwrap_or_default();
    let author =
        if metadata.authors.is_empty() { text(&info.author) } else { metadata.authors.join(", ") };
    let date = info
        .creation_date
        .as_ref()
        .map(|date| day(date.year, date.month, date.day))
        .filter(|date| !date.is_empty())
        .or_else(|| metadata.date.get(..10).map(str::to_owned))
        .filter(|date| is_day(date))
        .unwrap_or_default();
    let language = catalog
        .get::<Bytes<'_>>(b"Lang")
        .map(|bytes| tidy(&letters::of_text_string(bytes.as_bytes())))
        .filter(|language| is_language(language))
        .or_else(|| Some(metadata.language).filter(|language| is_language(language)))
        .unwrap_or_default();
    Description {
        title,
        author: if is_name(&author) && !maker.contains(&author) { author } else { String::new() },
        date,
        publisher: metadata.publisher,
        language,
        ..Description::default()
    }
}

/// A value on one line, without control characters, not longer than is shown.
fn tidy(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = clean.split_whitespace().collect();
    words.join(" ").chars().take(MOST_VALUE).collect()
}

/// Whether a title is one that a person gave: not a file's name, not what a program puts there by itself.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let made_up = [
        "microsoft word -",
        "microsoft powerpoint -",
        "microsoft excel -",
        "powerpoint presentation",
        "untitled",
        "sans titre",
        "unbenannt",
        "document1",
        "print",
        "about:blank",
    ];
    let endings = [
        ".doc", ".docx", ".odt", ".rtf", ".tex", ".dvi", ".indd", ".qxd", ".qxp", ".pdf", ".ps",
        ".txt", ".html", ".htm", ".xls", ".xlsx", ".ppt", ".pptx", ".pub", ".pages", ".tif",
        ".jpg", ".png", ".md", ".fm",
    ];
    title.chars().any(char::is_alphanumeric)
        && !made_up.iter().any(|start| lower.starts_with(start))
        && !endings.iter().any(|end| lower.ends_with(end))
        && !lower.starts_with("file:")
        && !lower.contains('\\')
        && !title.contains('\u{fffd}')
}

/// Whether an author is one: not what a program fills in.
fn is_name(author: &str) -> bool {
    let lower = author.to_lowercase();
    let nobody = [
        "user",
        "admin",
        "administrator",
        "owner",
        "unknown",
        "anonymous",
        "author",
        "(anonymous)",
        "default",
        "root",
    ];
    author.chars().any(char::is_alphabetic)
        && !nobody.contains(&&*lower)
        && !author.contains('\u{fffd}')
}

fn day(year: u16, month: u8, day: u8) -> String {
    let valid = (1000..=9999).contains(&year)
        && i16::try_from(year).is_ok_and(|year| {
            jiff::civil::Date::new(year, month.cast_signed(), day.cast_signed()).is_ok()
        });
    if valid { format!("{year:04}-{month:02}-{day:02}") } else { String::new() }
}

fn is_day(date: &str) -> bool {
    date.parse::<jiff::civil::Date>().is_ok()
}

/// Whether a text looks like a tag of BCP 47.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().is_some_and(|part| {
        (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic())
    });
    let undetermined = tag.eq_ignore_ascii_case("und") || tag.eq_ignore_ascii_case("x-unknown");
    first
        && !undetermined
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// What is taken of XMP (ISO 16684-1): Dublin Core, and the day it was made.
#[derive(Debug, Default, PartialEq, Eq)]
struct Metadata {
    title: String,
    authors: Vec<String>,
    publisher: String,
    language: String,
    date: String,
}

impl Metadata {
    fn of(xml: &[u8]) -> Self {
        let mut metadata = Self::default();
        let text = String::from_utf8_lossy(xml);
        let mut xml = Xml::new(&text).forgiving();
        // The elements that are open, by their names as written; the property among them, and the words in it.
        let mut open: Vec<String> = Vec::new();
        let mut property: Option<String> = None;
        let mut words = String::new();
        loop {
            match xml.next_node() {
                Node::Start(tag) => {
                    let name = tag.written().to_owned();
                    if name == "rdf:Description" {
                        // Properties may be written as attributes.
                        for (name, value) in tag.attributes() {
                            metadata.put(&name, &tidy(&value));
                        }
                    } else if name.starts_with("dc:") || name == "xmp:CreateDate" {
                        property = Some(name.clone());
                        words.clear();
                    } else if name == "rdf:li" {
                        words.clear();
                    }
                    open.push(name);
                }
                Node::Text(more) => {
                    if property.is_some() && words.len() < 4 * MOST_VALUE {
                        words.push_str(&more);
                    }
                }
                Node::End if xml.is_ended() => return metadata,
                Node::End => {
                    let name = open.pop().unwrap_or_default();
                    if let Some(of) = &property {
                        if name == "rdf:li" || name == *of {
                            metadata.put(of, &tidy(&words));
                            words.clear();
                        }
                        if name == *of {
                            property = None;
                        }
                    }
                }
            }
        }
    }

    fn put(&mut self, property: &str, value: &str) {
        let value = value.to_owned();
        if value.is_empty() {
            return;
        }
        match property {
            // Of several languages the first is the document's own.
            "dc:title" if self.title.is_empty() => self.title = value,
            "dc:creator" if self.authors.len() < 100 => self.authors.push(value),
            "dc:publisher" if self.publisher.is_empty() => self.publisher = value,
            "dc:language" if self.language.is_empty() => self.language = value,
            "xmp:CreateDate" if self.date.is_empty() => self.date = value,
            _ => {}
        }
    }
}

/// The entries of the document's outline: their titles, and how deep they lie (from 1).
pub(super) fn outline(catalog: &Dict<'_>) -> Vec<(String, u8)> {
    const MOST_ENTRIES: usize = 20_000;
    let mut entries = Vec::new();
    let Some(root) = catalog.get::<Dict<'_>>(b"Outlines") else { return entries };
    let mut open: Vec<(Dict<'_>, u8)> =
        root.get::<Dict<'_>>(b"First").map(|first| (first, 1)).into_iter().collect();
    let mut steps = 0;
    while let Some((entry, depth)) = open.pop() {
        steps += 1;
        if steps > MOST_ENTRIES {
            break;
        }
        if let Some(title) = entry.get::<Bytes<'_>>(b"Title") {
            entries.push((tidy(&letters::of_text_string(title.as_bytes())), depth));
        }
        open.extend(entry.get::<Dict<'_>>(b"Next").map(|next| (next, depth)));
        if depth < 6 {
            open.extend(entry.get::<Dict<'_>>(b"First").map(|first| (first, depth + 1)));
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_puts_there_is_no_title() {
        for title in [
            "Microsoft Word - audit.doc",
            "untitled",
            "Untitled-1",
            "audit-final.docx",
            "C:\\temp\\x",
            "",
            "—",
        ] {
            assert!(!is_title(title), "{title}");
        }
        assert!(is_title("What the board knew") && is_title("Bras de fer à Port-Léonie"));
        assert!(is_name("Hester Wadlow") && !is_name("Administrator") && !is_name(""));
    }

    #[test]
    fn metadata_is_read_as_elements_and_as_attributes() {
        let xml = br#"<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>
            <rdf:Description xmp:CreateDate="2031-03-14T09:00:00Z"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Half &amp; half</rdf:li>
            <rdf:li xml:lang="fr">Autre</rdf:li></rdf:Alt></dc:title>
            <dc:creator><rdf:Seq><rdf:li>A. One</rdf:li><rdf:li>B. Two</rdf:li></rdf:Seq></dc:creator>
            <dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></x:xmpmeta>"#;
        let metadata = Metadata::of(xml);
        assert_eq!(metadata.title, "Half & half");
        assert_eq!(metadata.authors, ["A. One", "B. Two"]);
        assert_eq!((&*metadata.language, &*metadata.date), ("en-GB", "2031-03-14T09:00:00Z"));
        assert_eq!(Metadata::of(&xml[..300]).title, "Half & half");
        assert_eq!(Metadata::of(b"<a".repeat(100_000).as_slice()), Metadata::default());
    }

    #[test]
    fn days_and_languages_are_checked() {
        assert_eq!(day(2031, 3, 4), "2031-03-04");
        assert_eq!(day(2031, 2, 30), "");
        assert!(is_language("fr") && is_language("en-GB") && is_language("zh-Hant-TW"));
        assert!(
            !is_language("") && !is_language("english") && !is_language("und") && !is_language("x")
        );
    }
}
