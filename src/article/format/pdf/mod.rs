//! Reading PDF files: the text of their pages in reading order, and a page as a picture.
//!
//! A PDF says where each glyph is drawn, and little else. One parser (hayro) gives the glyphs, and draws the pages;
//! what they say is worked out here, step by step:
//!
//! - `glyphs` takes down what is drawn, leaving out what is not shown or drawn twice;
//! - `words` puts glyphs together, `rows` words at one height;
//! - `furniture` takes out running headers, footers and page numbers;
//! - `gutters` finds the white strips between columns and cells, where `lines` cuts the rows;
//! - `order` puts lines into columns and columns into reading order;
//! - `paragraphs` tells paragraphs, headings, items, rows and footnotes, with the help of the outline and, in a tagged
//!   file, of `tags`;
//! - `writing` writes them, with `hyphens` joining the words that line ends divide.
//!
//! What is said of each kind of thing is in its file, with the sources of its method.

mod description;
mod furniture;
mod glyphs;
mod gutters;
mod hyphens;
mod labels;
mod letters;
mod lines;
mod names;
mod open;
mod order;
mod paragraphs;
#[allow(dead_code, reason = "for whoever shows the page beside the text")]
mod picture;
mod place;
mod rows;
mod scrambled;
mod tags;
#[cfg(test)]
mod tests;
mod words;
mod writing;

use std::collections::HashMap;

use hayro::hayro_interpret::{InterpreterCache, InterpreterSettings};
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Dict;

use self::furniture::Sheet;
use self::place::Turn;
use self::writing::Placed;
use crate::article::document::{Builder, Document, DocumentError, Options};
use crate::article::language;

#[allow(unused_imports, reason = "for whoever shows the page beside the text")]
pub(in crate::article) use picture::page_image;

/// The most words of a document: some 5,000 pages of a book.
const MOST_WORDS: usize = 2 << 20;
/// The most pages of which only a part is taken.
const MOST_CUT: usize = 4;
/// Of how many glyphs, in a hundred, the characters may be unknown before the text is no text.
const MOST_UNKNOWN: usize = 30;

/// Whether bytes are a PDF: by the header they begin with, or one behind other things, if objects follow. A text may
/// speak of PDFs.
pub(in crate::article) fn looks_like(bytes: &[u8]) -> bool {
    let has = |what: &[u8]| memchr::memmem::find(bytes, what).is_some();
    open::header(bytes).is_some_and(|at| at == 0 || (has(b" obj") && has(b"endobj")))
}

/// Reads a PDF.
///
/// # Errors
/// It needs a password, is damaged beyond reading, has no text, or too much of it.
pub(in crate::article) fn read(bytes: &[u8], _: &Options) -> Result<Document, DocumentError> {
    let pdf = open::open(bytes)?;
    extract(&pdf).map(|extract| extract.document)
}

/// What was read of a PDF.
#[derive(Debug)]
#[allow(dead_code, reason = "what only `picture` asks for")]
struct Extract {
    document: Document,
    /// The words of the text with their places.
    placed: Vec<Placed>,
    /// Pages with too much on them to be drawn.
    heavy: Vec<usize>,
}

/// What was found on the pages, and repaired there.
#[derive(Debug, Default)]
struct Findings {
    sheets: Vec<Sheet>,
    /// Pages without text, with something on them; and pages that could not be read to their end.
    pictures: Vec<usize>,
    failed: Vec<usize>,
    /// Pages on which more is drawn than was taken.
    cut: Vec<usize>,
    heavy: Vec<usize>,
    letters: usize,
    words: usize,
    ligatures: usize,
    accents: usize,
    outside: usize,
    framing: usize,
    cleaned: glyphs::Cleaned,
}

/// What its pages are called.
fn labels_of(pdf: &Pdf) -> Vec<String> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    labels::of_catalog(&catalog, pdf.pages().len())
}

fn extract(pdf: &Pdf) -> Result<Extract, DocumentError> {
    let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id()).unwrap_or_default();
    let labels = labels_of(pdf);
    let mut findings = find(pdf, &labels)?;
    let pages = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
    if findings.letters == 0 {
        let pictures = !findings.pictures.is_empty();
        return Err(if pictures {
            DocumentError::NoTextLayer { pages }
        } else {
            DocumentError::Empty
        });
    }
    if findings.cleaned.unknown * 100 > findings.letters * MOST_UNKNOWN {
        return Err(DocumentError::damaged(
            "its fonts do not say which letters their signs stand for, so its words cannot be read (copying them from another program gives nonsense, too)",
        ));
    }
    let furniture = furniture::take_out(&mut findings.sheets) || findings.framing > 0;
    let mut description = description::of_pdf(pdf, &catalog);
    let titles: HashMap<String, u8> = description::outline(&catalog)
        .into_iter()
        .map(|(title, level)| (plain(&title), level))
        .collect();
    let tagged = tags::headings(pdf, &catalog);
    let level_of = |page: usize, mark: Option<u32>, text: &str| {
        let tag = mark.and_then(|mark| tagged.get(&(page, mark)));
        tag.or_else(|| titles.get(&plain(text))).copied()
    };
    let columns = paragraphs::columns_of(std::mem::take(&mut findings.sheets));
    let paragraphs = paragraphs::of_columns(columns, &level_of);
    let french = if description.language.is_empty() {
        let sample: String = paragraphs.iter().take(200).map(|p| p.text() + "\n").collect();
        language::language_of(&sample) == Some("fr")
    } else {
        description.language.to_ascii_lowercase().starts_with("fr")
    };
    let mut builder = Builder::default();
    let (placed, joined) = writing::write(&paragraphs, &labels, french, &mut builder);
    for remark in remarks(&findings, joined, furniture, &labels) {
        builder.remark(remark);
    }
    if scrambled::looks_scrambled(builder.text()) {
        builder.remark(
            "Most words look scrambled: the file seems to name other letters than those it shows. Compare them with the page, or run text recognition (OCR) on it in another program.",
        );
    }
    // The title of a document that says nothing is its first heading, which the caller proposes by itself.
    description.title = description.title.trim().to_owned();
    let document = builder.finish(description)?;
    Ok(Extract { document, placed, heavy: findings.heavy })
}

/// A title as it is compared: letters and digits only.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Reads page by page.
fn find(pdf: &Pdf, labels: &[String]) -> Result<Findings, DocumentError> {
    let settings = InterpreterSettings::default();
    let cache = InterpreterCache::new();
    let mut names = names::Names::default();
    let mut findings = Findings::default();
    for (number, page) in pdf.pages().iter().enumerate() {
        let label = labels.get(number).cloned().unwrap_or_default();
        let mut sheet = Sheet { label, ..Sheet::default() };
        let Some(mut found) = glyphs::of_page(page, &cache, &settings, &mut names) else {
            findings.failed.push(number);
            findings.sheets.push(sheet);
            continue;
        };
        if found.heavy {
            findings.heavy.push(number);
        }
        if found.cut {
            findings.cut.push(number);
            // Each such page takes its time.
            if findings.cut.len() > MOST_CUT {
                let what = format!("more than {MOST_CUT} of its pages have no end");
                return Err(DocumentError::TooMuch { what });
            }
        }
        let cleaned = glyphs::clean(&mut found);
        findings.cleaned.add(cleaned);
        findings.outside += found.outside;
        findings.framing += found.framing;
        findings.ligatures += found.ligatures;
        let letters = found.glyphs.iter().filter(|glyph| !glyph.is_space()).count();
        findings.letters += letters;
        if letters == 0 {
            if found.pictured > 0.05 || found.drawn > 20 {
                findings.pictures.push(number);
            }
            findings.sheets.push(sheet);
            continue;
        }
        let (words, mended) = words::of_glyphs(&found.glyphs);
        findings.accents += mended.accents;
        findings.words += words.values().map(Vec::len).sum::<usize>();
        if findings.words > MOST_WORDS {
            let what = format!("it has more than {MOST_WORDS} words");
            return Err(DocumentError::TooMuch { what });
        }
        sheet.turn = words
            .iter()
            .max_by_key(|(turn, words)| (words.len(), std::cmp::Reverse(**turn)))
            .map_or(Turn(0), |(turn, _)| *turn);
        sheet.rows = words.into_iter().map(|(turn, words)| (turn, rows::of_words(words))).collect();
        findings.sheets.push(sheet);
    }
    Ok(findings)
}

/// What was repaired and left out, in whole sentences.
fn remarks(
    findings: &Findings,
    joined: writing::Joined,
    furniture: bool,
    labels: &[String],
) -> Vec<String> {
    let mut remarks = Vec::new();
    if furniture {
        remarks.push("Headers and footers that run over the pages were left out.".to_owned());
    }
    let counted = |count: usize, one: &str, many: &str| {
        (count > 0).then(|| {
            if count == 1 { one.to_owned() } else { many.replace("{}", &count.to_string()) }
        })
    };
    remarks.extend(counted(
        joined.dropped,
        "1 word that was divided at a line end was joined.",
        "{} words that were divided at line ends were joined.",
    ));
    remarks.extend(counted(
        joined.kept,
        "1 hyphen at a line end was taken for a part of its word.",
        "{} hyphens at line ends were taken for parts of their words.",
    ));
    remarks.extend(counted(
        findings.ligatures,
        "1 ligature, such as ﬁ, was written as its letters.",
        "{} ligatures, such as ﬁ, were written as their letters.",
    ));
    remarks.extend(counted(
        findings.accents,
        "1 accent that was drawn apart was put on its letter.",
        "{} accents that were drawn apart were put on their letters.",
    ));
    remarks.extend(counted(
        findings.cleaned.twice,
        "1 letter that was drawn twice, to look bold, was taken once.",
        "{} letters that were drawn twice, to look bold, were taken once.",
    ));
    if findings.cleaned.hidden > 0 {
        remarks.push("Words that are hidden on the page were left out.".to_owned());
    }
    if findings.outside > 0 {
        remarks.push("Words outside the visible part of the page were left out.".to_owned());
    }
    remarks.extend(counted(
        findings.cleaned.unknown,
        "1 sign stands as “\u{fffd}”: its font does not say which letter it is.",
        "{} signs stand as “\u{fffd}”: their fonts do not say which letters they are.",
    ));
    if !findings.pictures.is_empty() {
        remarks.push(format!(
            "Of {} there is no text: {} a picture, such as a scan. Text recognition (OCR) in another program would find it.",
            named(&findings.pictures, labels),
            if findings.pictures.len() == 1 { "it is" } else { "each is" },
        ));
    }
    if !findings.failed.is_empty() {
        remarks.push(format!(
            "{} could not be read: what is drawn there does not keep to the format.",
            capital(&named(&findings.failed, labels)),
        ));
    }
    if !findings.cut.is_empty() {
        remarks.push(format!(
            "Only a part of {} was read: more is drawn there than is taken.",
            named(&findings.cut, labels),
        ));
    }
    remarks
}

/// Pages in words: “page 3”, “pages 3, 5 to 9 and 12”.
fn named(pages: &[usize], labels: &[String]) -> String {
    const MOST_RANGES: usize = 12;
    let label = |page: usize| labels.get(page).map_or("?", String::as_str);
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for page in pages {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == *page => *last = *page,
            _ => ranges.push((*page, *page)),
        }
    }
    let mut words: Vec<String> = ranges
        .iter()
        .take(MOST_RANGES)
        .map(|(first, last)| match last - first {
            0 => label(*first).to_owned(),
            1 => format!("{}, {}", label(*first), label(*last)),
            _ => format!("{} to {}", label(*first), label(*last)),
        })
        .collect();
    if ranges.len() > MOST_RANGES {
        words.push(format!("{} more", ranges.len() - MOST_RANGES));
    }
    let noun = if pages.len() == 1 { "page" } else { "pages" };
    match words.split_last() {
        Some((last, [])) => format!("{noun} {last}"),
        Some((last, others)) => format!("{noun} {} and {last}", others.join(", ")),
        None => noun.to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
