//! Results out: a table of formats. The File menu, `casebook export` and the documentation are to come from it.
//!
//! Nothing here draws, and nothing here writes a file: a format makes bytes of a notebook, and the session or the command
//! line puts them where they belong. The table is empty so far.

use crate::notebook::Notebook;

/// Makes the bytes of a file: told what to ask whether to go on, and what to tell how far it is.
pub type Writer = fn(&Notebook, &dyn Fn() -> bool, &dyn Fn(f32)) -> Option<Vec<u8>>;

/// A format that a notebook can be exported to.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// What `casebook export --to` calls it: `csv`.
    pub id: &'static str,
    /// As the user reads it: “Tables (CSV)”.
    pub name: &'static str,
    /// The ending of its file's name, without the dot.
    pub extension: &'static str,
    /// What it keeps and what it loses, in a sentence.
    pub keeps: &'static str,
    /// The bytes of the file: the same for the same notebook. `None` where `cancelled` said so.
    pub write: Writer,
}

/// The formats, in the order of the menu.
pub static FORMATS: &[Format] = &[];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_formats_have_one_name_and_each_makes_the_same_bytes_twice() {
        let (notebook, _) = crate::notebook::generate::generate(
            1,
            crate::notebook::generate::Size {
                articles: 2,
                text: 500,
                entities: 8,
                mentions: 12,
                links: 5,
            },
        );
        for (i, format) in FORMATS.iter().enumerate() {
            assert!(!format.keeps.is_empty() && !format.extension.contains('.'), "{}", format.id);
            assert!(FORMATS[i + 1..].iter().all(|other| other.id != format.id), "{}", format.id);
            let write = || (format.write)(&notebook, &|| false, &|_| {});
            assert_eq!(write(), write(), "{}", format.id);
        }
    }
}
