//! Names of files made of names in a notebook: safe on Windows, macOS and Linux and in wiki links, and no two alike.

use std::collections::{HashMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use crate::text::is_hidden;

/// The most bytes of a name without its ending: systems take 255, and an ending, a number and an id follow.
const LONGEST: usize = 120;

/// Names that Windows keeps for devices, with any ending.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// A text as a file may be called, without an ending: nothing that a system or a wiki link reads as a sign, no hidden
/// characters, no dot at either end; `otherwise` where nothing is left.
pub(super) fn safe(text: &str, otherwise: &str) -> String {
    let mut name = String::new();
    for c in text.nfc() {
        let c = match c {
            '/' | '\\' | '|' => '-',
            ':' => '–',
            '<' | '>' | '"' | '?' | '*' | '#' | '^' | '[' | ']' | '%' => ' ',
            c if c.is_whitespace() || c.is_control() => ' ',
            c if is_hidden(c) || c == '\u{fffe}' || c == '\u{ffff}' => continue,
            c => c,
        };
        if c == ' ' && (name.is_empty() || name.ends_with(' ')) {
            continue;
        }
        // “Half Fathom: a source” reads on with a dash.
        if c == '–' && !name.is_empty() && !name.ends_with(' ') {
            name.push(' ');
        }
        if name.len() + c.len_utf8() > LONGEST {
            break;
        }
        name.push(c);
    }
    // A dot before a name hides the file, a minus makes an option of it, and Windows drops dots and spaces after one.
    let name = name.trim_start_matches(['.', '-', ' ', '~']).trim_end_matches(['.', ' ']);
    if name.is_empty() {
        return otherwise.to_owned();
    }
    let stem = name.split('.').next().unwrap_or("").trim_end().to_ascii_lowercase();
    let port = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    let device = DEVICES.contains(&&*stem)
        || port.is_some_and(|number| {
            number.chars().count() == 1 && number.chars().all(|c| "0123456789¹²³".contains(c))
        });
    if device { format!("_{name}") } else { name.to_owned() }
}

/// Names of which no two are the same file anywhere: neither capitals nor the way an accent is encoded tell two apart.
#[derive(Default)]
pub(super) struct FileNames {
    taken: HashSet<String>,
    next: HashMap<String, usize>,
}

impl FileNames {
    /// A name for this text that none has yet: itself, or with a number.
    pub(super) fn unique(&mut self, text: &str, otherwise: &str) -> String {
        let name = safe(text, otherwise);
        if self.taken.insert(key(&name)) {
            return name;
        }
        let next = self.next.entry(key(&name)).or_insert(2);
        loop {
            let other = format!("{name} ({next})");
            *next += 1;
            if self.taken.insert(key(&other)) {
                return other;
            }
        }
    }
}

fn key(name: &str) -> String {
    name.nfkd().collect::<String>().to_lowercase().to_uppercase().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_safe_on_every_system() {
        assert_eq!(safe("a/b\\c: d*?\"<>[[x]]#^", "x"), "a-b-c – d x");
        assert_eq!(safe("..\u{202e}.hidden. .", "x"), "hidden");
        assert_eq!(safe("--force", "x"), "force");
        assert_eq!(safe("CON", "x"), "_CON");
        assert_eq!(safe("com1.txt", "x"), "_com1.txt");
        assert_eq!(safe("company", "x"), "company");
        assert_eq!(safe("///", "e1"), "e1");
        assert_eq!(safe("???", "e1"), "e1");
        let long = safe(&"é".repeat(1000), "x");
        assert!(long.len() <= LONGEST && long.chars().all(|c| c == 'é'));
    }

    #[test]
    fn no_two_names_are_one_file() {
        let mut names = FileNames::default();
        assert_eq!(names.unique("Straße", "x"), "Straße");
        assert_eq!(names.unique("STRASSE", "x"), "STRASSE (2)");
        assert_eq!(names.unique("Cafe\u{301}", "x"), "Café");
        assert_eq!(names.unique("café", "x"), "café (2)");
        assert_eq!(names.unique("café (2)", "x"), "café (2) (2)");
        assert_eq!(names.unique("Café", "x"), "Café (3)");
    }
}
