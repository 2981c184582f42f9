//! From the source of a file to a notebook: whole, or, when Casebook wrote it, in pieces on several threads.
//!
//! If anything is wrong in the pieces, [`whole`] reads the file again from the start, and its result or error counts.

use super::FormatError;
use super::mention::Mention;
use super::pieces::{frame, in_pieces};
use super::read::{Building, need};
use super::record_fault::RecordFault;
use super::references::{ReadMention, References};
use super::source::{DEPTH, Parsed, sections, version};
use super::unmerged::unmerged;
use crate::notebook::MentionId;
use crate::text::{RonFault, UniqueMap, ron_fault};

/// Files shorter than this (bytes) are read whole; longer ones in pieces of this length.
const PIECE: usize = 256 * 1024;

/// Why nothing was read.
#[derive(Debug)]
pub(super) enum Stopped {
    Cancelled,
    Format(FormatError),
}

impl From<FormatError> for Stopped {
    fn from(error: FormatError) -> Self {
        Self::Format(error)
    }
}

/// Reads a notebook's source.
pub(super) fn parse(
    source: &str,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Parsed, Stopped> {
    parse_cut(source, PIECE, cancelled, progress).map_err(|stopped| match stopped {
        Stopped::Format(error) if error.newer.is_none() => {
            Stopped::Format(unmerged(source).unwrap_or(error))
        }
        other => other,
    })
}

fn parse_cut(
    source: &str,
    piece: usize,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Result<Parsed, Stopped> {
    // Editors on Windows may put a byte order mark before anything.
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let version = version(source)?;
    // Not worth it for few mentions after long texts, which would be copied.
    if frame(source).is_some_and(|(lines, _)| lines.len() > piece) {
        if let Some(parsed) = in_pieces(source, version, piece, cancelled, progress) {
            return Ok(parsed);
        }
        if cancelled() {
            return Err(Stopped::Cancelled);
        }
    }
    Ok(whole(source, version)?)
}

/// Reads the source from its start to its end.
fn whole(source: &str, version: u32) -> Result<Parsed, FormatError> {
    let mut sections = sections(source, version).map_err(|error| {
        let again = |source: &str| super::source::sections(source, version).err();
        let RonFault { line, column, what } = ron_fault(source, &error, DEPTH, "entry", again);
        FormatError { line, column, what, newer: None }
    })?;
    sections.complete(version);
    let mut build = || {
        let mut building = Building::default();
        building.head(&mut sections)?;
        let mentions = need(&mut sections.mentions, "mentions")?;
        let mentions = all_mentions(&building.known, mentions)?;
        building.mentions(mentions);
        building.tail(&mut sections)
    };
    build().map_err(|fault| fault.locate(source))
}

fn all_mentions(
    known: &References,
    mentions: UniqueMap<MentionId, Mention<'_>>,
) -> Result<Vec<ReadMention>, RecordFault> {
    mentions.0.into_iter().map(|(id, record)| known.mention(id, record)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notebook::generate::{Size, generate};
    use crate::storage::render;

    const SIZE: Size = Size { articles: 3, text: 4000, entities: 40, mentions: 200, links: 30 };

    fn whole(source: &str) -> Result<Parsed, FormatError> {
        super::whole(source, version(source)?)
    }

    fn pieces(source: &str, piece: usize) -> Option<Parsed> {
        in_pieces(source, version(source).ok()?, piece, &|| false, &|_| {})
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn in_pieces_gives_what_the_whole_gives(seed: u64, piece in 1..20_000_usize, mentions in 0..200_usize) {
            let (notebook, desk) = generate(seed, Size { mentions, ..SIZE });
            let source = render(&notebook, &desk);
            let cut = pieces(&source, piece).expect("Casebook wrote it");
            prop_assert!(cut.0 == notebook && cut.1 == desk);
            prop_assert_eq!(&cut.2, &whole(&source).expect("Casebook wrote it").2);
        }

        /// Whatever is done to the source, the quick way knows no notebook that the careful one does not.
        #[test]
        fn a_damaged_source_is_never_read_otherwise_in_pieces(
            seed in 0..50_u64,
            at in 0.0..1.0_f64,
            length in 0..400_usize,
            put in prop_oneof![
                Just(""), Just("\""), Just("\n"), Just("/*"), Just("*/"), Just("//"), Just("},\n"), Just("),\n"),
                Just("\nmentions: {\n"), Just("r#\""), Just("\"#"), Just("\\"), Just("("), Just("0"), Just(" "),
            ],
            twice: bool,
        ) {
            let (notebook, desk) = generate(seed, Size { mentions: 40, ..SIZE });
            let mut source = render(&notebook, &desk);
            let floor = |source: &str, mut byte: usize| {
                while !source.is_char_boundary(byte) { byte -= 1; }
                byte
            };
            for _ in 0..=usize::from(twice) {
                let start = floor(&source, (source.len() as f64 * at) as usize);
                let end = floor(&source, (start + length).min(source.len()));
                source.replace_range(start..end.max(start), put);
            }
            if let Some(cut) = pieces(&source, 500) {
                let whole = whole(&source).expect("read in pieces");
                prop_assert!(cut.0 == whole.0 && cut.1 == whole.1 && cut.2 == whole.2);
            }
        }
    }

    #[test]
    fn a_comma_in_a_comment_ends_no_record() {
        let (notebook, desk) = generate(3, SIZE);
        let source = render(&notebook, &desk);
        let at = source.find("\nmentions: {\n").expect("mentions") + 20;
        let end = at + source[at..].find("),\n").expect("a record's end") + 1;
        let mut damaged = source.clone();
        damaged.replace_range(end..end + 2, "//");
        assert!(whole(&damaged).is_err() && pieces(&damaged, 500).is_none());
    }

    #[test]
    fn a_section_inside_a_string_or_a_comment_is_none() {
        let (notebook, desk) = generate(1, SIZE);
        let source = render(&notebook, &desk);
        let section = {
            let (lines, rest) = frame(&source).expect("a frame");
            let start = lines.start - "mentions: {\n".len();
            source.get(start..rest).expect("a section").to_owned()
        };
        // The real section in another shape, and before it a false one where nothing is read.
        let real = source.replace("\nmentions: {\n", "\nmentions:{\n");
        let quoted = format!("title: r#\"\n{section}\"#,\n");
        let title = format!(
            "title: \"{}\",\n",
            notebook.title().replace('\\', "\\\\").replace('"', "\\\"")
        );
        for (from, to) in [(&*title, &*quoted), ("(\n", &*format!("(\n/*\n{section}*/\n"))] {
            let false_one = real.replacen(from, to, 1);
            assert_ne!(false_one, real, "{from}");
            assert!(pieces(&false_one, 100).is_none());
            assert!(whole(&false_one).expect("good RON").0.mentions() == notebook.mentions());
        }
    }

    #[test]
    fn a_file_a_person_laid_out_otherwise_reads_the_same() {
        let (notebook, desk) = generate(2, SIZE);
        let source = render(&notebook, &desk);
        let windows = format!("\u{feff}{}", source.replace('\n', "\r\n"));
        let spread =
            source.replace("(of: ", "(\n  // who\n  of: ").replace(", exact: ", ",\n  exact: ");
        let mut lines: Vec<&str> = source.lines().collect();
        let first = lines.iter().position(|line| *line == "mentions: {").expect("mentions") + 1;
        lines.swap(first, first + 1);
        let shuffled = lines.join("\n");
        for other in [windows, spread, shuffled] {
            let read = parse_cut(&other, 100, &|| false, &|_| {}).expect("good RON");
            assert!(read.0 == notebook && read.1 == desk);
        }
    }

    #[test]
    fn reading_can_be_stopped() {
        let (notebook, desk) = generate(2, SIZE);
        let source = render(&notebook, &desk);
        let stopped = parse_cut(&source, 100, &|| true, &|_| {});
        assert!(matches!(stopped, Err(Stopped::Cancelled)));
    }
}
