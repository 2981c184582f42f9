//! What an office file says about itself, without what its program filled in by itself.

/// Titles that programs give without being asked, in lower case.
const NO_TITLES: [&str; 18] = [
    "untitled",
    "untitled document",
    "unbenannt",
    "unbenanntes dokument",
    "sans titre",
    "sans nom",
    "document sans titre",
    "sin título",
    "senza titolo",
    "title",
    "titre",
    "titel",
    "word document",
    "document",
    "dokument",
    "powerpoint presentation",
    "normal",
    "normal.dotm",
];
/// Names that programs fill in for an author or a company, in lower case.
const NOBODY: [&str; 26] = [
    "python-docx",
    "docx4j",
    "apache poi",
    "openpyxl",
    "phpword",
    "microsoft office user",
    "microsoft office-anwender",
    "utilisateur microsoft office",
    "utilisateur windows",
    "windows user",
    "windows-benutzer",
    "microsoft",
    "microsoft corporation",
    "hewlett-packard company",
    "unknown",
    "unknown author",
    "unbekannt",
    "unbekannter autor",
    "auteur inconnu",
    "author",
    "user",
    "admin",
    "administrator",
    "home",
    "toshiba",
    "your organization name",
];

/// A title, on one line; empty where a program made it up.
pub(in crate::article::format) fn title(raw: &str) -> String {
    let title = one_line(raw);
    let lower = title.to_lowercase();
    // “Microsoft Word - Document1”, “Document3.docx”.
    let bare = lower.strip_prefix("microsoft word - ").unwrap_or(&lower);
    let bare = ["docx", "docm", "doc", "odt", "rtf"]
        .iter()
        .find_map(|ending| bare.strip_suffix(ending)?.strip_suffix('.'))
        .unwrap_or(bare);
    let bare = bare.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let made_up = NO_TITLES.contains(&bare) || !title.contains(char::is_alphanumeric);
    if made_up { String::new() } else { title }
}

/// Who wrote it: names parted by commas; empty where a program filled it in.
pub(in crate::article::format) fn people(raw: &str) -> String {
    let names = raw.split([';', '\n']).map(one_line).filter(|name| {
        name.contains(char::is_alphabetic) && !NOBODY.contains(&&*name.to_lowercase())
    });
    let mut all: Vec<String> = Vec::new();
    for name in names {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.join(", ")
}

/// The day of a date as such files write it (`2031-03-04T10:00:00Z`), as EDTF; empty where it is none, or the first day
/// of some calendar, which programs write when they know none.
pub(in crate::article::format) fn day(raw: &str) -> String {
    let raw = raw.trim();
    let date = raw.split(['T', ' ']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split('-').collect();
    let digits = |part: &str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
    };
    let number = |at: usize| parts.get(at).and_then(|part| part.parse::<u32>().ok()).unwrap_or(0);
    let (year, month, date_of_month) = (number(0), number(1), number(2));
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    };
    let well_formed = match parts.as_slice() {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && digits(month, 2),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    };
    let there = (parts.len() < 2 || (1..=12).contains(&month))
        && (parts.len() < 3 || (1..=days).contains(&date_of_month));
    let first = ["1970-01-01", "1980-01-01", "1899-12-30", "1900-01-01"].contains(&date);
    if well_formed && there && year > 1601 && !first { date.to_owned() } else { String::new() }
}

/// A language tag as it is usually written; empty where it is none.
pub(in crate::article::format) fn language(raw: &str) -> String {
    let tag = raw.trim().replace('_', "-");
    let parts: Vec<&str> = tag.split('-').collect();
    let good = |part: &&str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let first = parts.first().is_some_and(|first| {
        (2..=3).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic())
    });
    // “zxx”: no language; “x-none”: Word for the same.
    if !first || !parts.iter().all(good) || matches!(parts[0], "zxx" | "und" | "none") {
        return String::new();
    }
    parts
        .iter()
        .enumerate()
        .map(|(at, part)| match part.len() {
            2 if at > 0 => part.to_ascii_uppercase(),
            _ if at == 0 => part.to_ascii_lowercase(),
            _ => (*part).to_owned(),
        })
        .collect::<Vec<_>>()
        .join("-")
}

fn one_line(raw: &str) -> String {
    let words: Vec<&str> = raw
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ").chars().take(1000).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_filled_in_says_nothing() {
        for made_up in
            ["Microsoft Word - Document1", "Document12.docx", "Untitled", " ", "Dokument1", "…"]
        {
            assert_eq!(title(made_up), "", "{made_up}");
        }
        assert_eq!(title(" What the \n board knew "), "What the board knew");
        assert_eq!(title("Document 7: the minutes"), "Document 7: the minutes");
        assert_eq!(title("1984"), "1984");
        assert_eq!(people("python-docx"), "");
        assert_eq!(people("Ann Ker; Bo Li;Ann Ker;User"), "Ann Ker, Bo Li");
    }

    #[test]
    fn days_are_days() {
        for (raw, said) in [
            ("2031-03-04T10:00:00Z", "2031-03-04"),
            ("2031-03", "2031-03"),
            ("2031", "2031"),
            ("2032-02-29T10:00:00.123456789", "2032-02-29"),
            ("2031-02-29", ""),
            ("2031-13-01", ""),
            ("1970-01-01T00:00:00Z", ""),
            ("1601-01-01T00:00:00Z", ""),
            ("4 March 2031", ""),
            ("", ""),
            ("20é1-03-04", ""),
        ] {
            assert_eq!(day(raw), said, "{raw}");
        }
    }

    #[test]
    fn languages_are_tags() {
        for (raw, tag) in [
            ("fr-FR", "fr-FR"),
            ("EN_us", "en-US"),
            ("zh-Hant-TW", "zh-Hant-TW"),
            ("x-none", ""),
            ("zxx", ""),
            ("english please", ""),
            ("", ""),
        ] {
            assert_eq!(language(raw), tag, "{raw}");
        }
    }
}
