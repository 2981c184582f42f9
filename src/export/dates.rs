//! Dates for formats that know less than EDTF: years, months and days, as exactly as they are written.

/// A date of the years 1 to 9999: its year, and its month and day as far as they are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    /// Year, month, day: one to three numbers.
    pub parts: Vec<u32>,
    /// It is uncertain or approximate.
    pub vague: bool,
}

impl Plain {
    /// `2031-03-14`, `2031-03` or `2031`.
    pub(super) fn iso(&self) -> String {
        let mut text = String::new();
        for (i, part) in self.parts.iter().enumerate() {
            text.push_str(&if i == 0 { format!("{part:04}") } else { format!("-{part:02}") });
        }
        text
    }
}

/// The first and last date of an EDTF date: the same for a single one, `None` for an end that is open or that these formats
/// cannot hold (a decade, a season).
pub(super) fn ends(edtf: &str) -> (Option<Plain>, Option<Plain>) {
    match edtf.split_once('/') {
        Some((from, to)) => (plain(from), plain(to)),
        None => (plain(edtf), plain(edtf)),
    }
}

/// A single date.
pub(super) fn plain(edtf: &str) -> Option<Plain> {
    let bare = edtf.trim_end_matches(['?', '~', '%']);
    let day = bare.split_once('T').map_or(bare, |(day, _)| day);
    let mut parts = Vec::new();
    let mut vague = bare.len() < edtf.len();
    for (i, part) in day.split('-').enumerate() {
        if part == "XX" && i > 0 {
            vague = true;
            break;
        }
        let width = if i == 0 { 4 } else { 2 };
        if part.len() != width || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        parts.push(part.parse().ok()?);
    }
    let valid = match parts[..] {
        [year] => year > 0,
        [year, month] | [year, month, _] => year > 0 && (1..=12).contains(&month),
        _ => false,
    };
    valid.then_some(Plain { parts, vague })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_as_exact_as_it_is_written() {
        let iso = |edtf: &str| plain(edtf).map(|date| (date.iso(), date.vague));
        assert_eq!(iso("2031-03-14"), Some(("2031-03-14".to_owned(), false)));
        assert_eq!(iso("2031-03~"), Some(("2031-03".to_owned(), true)));
        assert_eq!(iso("2031-XX"), Some(("2031".to_owned(), true)));
        assert_eq!(iso("2031-03-14T20:30:00Z"), Some(("2031-03-14".to_owned(), false)));
        for other in ["203X", "2031-21", "-0044", "Y17000", "", "..", "vendredi", "0000"] {
            assert_eq!(iso(other), None, "{other}");
        }
        let (from, to) = ends("2031-03-14/..");
        assert!(from.is_some() && to.is_none());
    }
}
