//! In which version of an article something was read, in words: “read in version 1 of 2, 14 March 2031”.

use std::fmt;

use super::{Anchor, Notebook};

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

/// A plain day in words (“14 March 2031”); any other EDTF date as it is written.
#[must_use]
pub fn day_in_words(edtf: &str) -> String {
    const MONTHS: [&str; 12] = [
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
    fn it_is_told_with_the_day_of_its_version() {
        let read = |read_at| ReadIn { version: 1, of: 2, read_at }.to_string();
        assert_eq!(read("2031-03-14T09:26:53Z"), "read in version 1 of 2, 14 March 2031");
        assert_eq!(read(""), "read in version 1 of 2");
        assert_eq!(read("some time"), "read in version 1 of 2, some");
    }
}
