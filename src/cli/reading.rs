//! What is said of how an article's file was read, the same for every command that reads one.

use std::path::Path;

use super::output;
use crate::article::{Alternative, Read};

/// Says on standard error what is doubtful about how an article's file was read, and what was repaired in it.
pub(super) fn complain_of_reading(path: &Path, read: &Read) {
    let (name, encoding, guess) = (path.display(), &read.origin.encoding, &read.encoding_guess);
    for remark in &read.remarks {
        output::complain(&format!("“{name}”: {remark}"));
    }
    if read.text.is_hard_wrapped() {
        output::complain(&format!(
            "the lines of “{name}” look cut at one length: names and sentences are whole once they are joined, with --unwrap yes"
        ));
    }
    if guess.mended_lines > 0 {
        let (lines, were) = match guess.mended_lines {
            1 => ("1 line".to_owned(), "was"),
            n => (format!("{n} lines"), "were"),
        };
        let other = encoding.rsplit(' ').next().unwrap_or(encoding);
        output::complain(&format!(
            "“{name}” is UTF-8 but for {lines}, which {were} read as {other}; check the accents there"
        ));
    }
    if read.lossy {
        output::complain(&format!(
            "“{name}” holds bytes that are not {encoding}; � stands in their place. Name its encoding with --encoding"
        ));
    }
    if guess.sure {
        return;
    }
    let mut said = format!("“{name}” was read as {encoding}, which is not certain");
    for Alternative { name, sample, as_read } in &guess.alternatives {
        said += &format!("\n  with --encoding {name}: “{sample}” instead of “{as_read}”");
    }
    output::complain(&said);
}
