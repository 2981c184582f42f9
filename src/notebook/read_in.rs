//! Where something was read, in words: in which version of an article (“read in version 1 of 2, 14 March 2031”), and on
//! which pages (“p. 12”).

use std::fmt;
use std::ops::Range;

use super::{Anchor, Article, Notebook};

/// In which version of its article an anchor was read. There is one only where the article has several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadIn<'a> {
    /// The number of the version, from 1.
    pub version: u32,
    /// How many versions there are.
    pub of: u32,
    /// When the file of that version was read: RFC 3339, UTC.
    pub read_at: &'a str,
}

impl fmt::Display for ReadIn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "read in version {} of {}", self.version, self.of)?;
        let day = self.read_at.split(['T', 't', ' ']).next().unwrap_or("");
        if day.is_empty() { Ok(()) } else { write!(f, ", {}", day_in_words(day)) }
    }
}

impl Notebook {
    /// In which version of its article an anchor was read; `None` where the article has only one.
    #[must_use]
    pub fn read_in(&self, anchor: &Anchor) -> Option<ReadIn<'_>> {
        let article = self.article(anchor.article)?;
        let of = article.versions();
        if of < 2 {
            return None;
        }
        let (origin, _) = article.version(anchor.version)?;
        Some(ReadIn { version: anchor.version, of, read_at: &origin.read_at })
    }
}

/// The pages of a document that words stand on: “p. 12”, “pp. 12–13”.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pages {
    /// The label of the page they begin on.
    pub first: String,
    /// The label of the page they end on.
    pub last: String,
}

impl fmt::Display for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "p. {}", self.first)
        } else {
            write!(f, "pp. {}–{}", self.first, self.last)
        }
    }
}

impl Article {
    /// The pages that these bytes of its current text stand on; `None` where it has no pages.
    #[must_use]
    pub fn pages_of(&self, range: &Range<usize>) -> Option<Pages> {
        let structure = &self.origin.structure;
        if structure.pages.is_empty() {
            return None;
        }
        let label = |byte: usize| {
            let line = self.text.paragraph_at(byte);
            let start = self.text.paragraph(line).start;
            // Scalars are counted inside the line alone.
            let column = self.text.get(start..byte)?.chars().count();
            let page = structure.page_at(u32::try_from(line).ok()?, u32::try_from(column).ok()?)?;
            Some(page.label.clone())
        };
        let first = label(range.start)?;
        // The last character, not the one after it.
        let end = self.text.get(range.clone())?.char_indices().next_back();
        let last = end.and_then(|(at, _)| label(range.start + at));
        Some(Pages { last: last.unwrap_or_else(|| first.clone()), first })
    }
}

impl Notebook {
    /// The pages that the words of an anchor stand on; `None` where they are no longer found, and where there are none.
    #[must_use]
    pub fn pages(&self, anchor: &Anchor) -> Option<Pages> {
        self.article(anchor.article)?.pages_of(&anchor.range()?)
    }
}

/// The names of the months, in full.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A plain day in words (“14 March 2031”); any other EDTF date as it is written.
#[must_use]
pub fn day_in_words(edtf: &str) -> String {
    let mut parts = edtf.splitn(3, '-');
    let parsed = (|| {
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let (month, day) = (month.parse::<usize>().ok()?, day.parse::<u8>().ok()?);
        let name = MONTHS.get(month.checked_sub(1)?)?;
        (year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
            .then(|| format!("{day} {name} {year}"))
    })();
    parsed.unwrap_or_else(|| edtf.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_on_the_pages_that_began_before_them() {
        use std::sync::Arc;

        use crate::notebook::{About, Origin};
        use crate::text::{Page, Structure, Text};

        let page = |label: &str, line, column| Page { label: label.to_owned(), line, column };
        let pages = vec![page("iv", 0, 2), page("1", 1, 0), page("2", 1, 4)];
        let structure = Arc::new(Structure { blocks: Vec::new(), pages });
        let article = Article {
            about: About::default(),
            origin: Origin { structure, ..Origin::default() },
            text: Text::new("éé abc\nun été"),
            earlier: Vec::new(),
        };
        let at = |words: &str| {
            let start = article.text.as_str().find(words).expect("there");
            article.pages_of(&(start..start + words.len())).map(|pages| pages.to_string())
        };
        assert_eq!(at("éé"), None);
        assert_eq!(at("abc").as_deref(), Some("p. iv"));
        assert_eq!(at("un é").as_deref(), Some("p. 1"));
        assert_eq!(at("été").as_deref(), Some("pp. 1–2"));
        assert_eq!(at("té").as_deref(), Some("p. 2"));
        assert_eq!(at("abc\nun").as_deref(), Some("pp. iv–1"));
    }

    #[test]
    fn it_is_told_with_the_day_of_its_version() {
        let read = |read_at| ReadIn { version: 1, of: 2, read_at }.to_string();
        assert_eq!(read("2031-03-14T09:26:53Z"), "read in version 1 of 2, 14 March 2031");
        assert_eq!(read(""), "read in version 1 of 2");
        assert_eq!(read("some time"), "read in version 1 of 2, some");
    }
}
