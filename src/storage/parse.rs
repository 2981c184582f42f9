//! From the source of a file to a notebook: whole, or, when Casebook wrote it, in pieces on several threads.
//!
//! Nearly all of a large notebook is its section of mentions. [`in_pieces`] finds that section by its frame and
//! reads it in chunks of lines. What stands before it must parse by itself, and then each line, so that a place
//! inside a string, a comment or a record cannot pass for one between two records. Whenever anything is amiss,
//! [`whole`] reads the file once more from the start, and its answer or its error counts.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde::Deserialize;

use super::FormatError;
use super::mention_line;
use super::read::{Building, Trouble, Which, need};
use super::references::{ReadMention, References};
use super::v1;
use super::v2::{self, Sections};
use crate::notebook::{MentionId, Notebook, ViewState};
use crate::text::{RonFault, UniqueMap, ron_fault, shortened};

/// Nesting deeper than this is refused. The deepest record has 6.
const DEPTH: usize = 64;

/// Files shorter than this (bytes) are read whole; longer ones in pieces of this length.
const PIECE: usize = 256 * 1024;

/// What was read: the notebook, its desk, and a line for each anchor that does not match its article.
pub(super) type Parsed = (Notebook, ViewState, super::Orphans);

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

/// That git left two versions in the source, where it did: their lines stand between lines of `<<<<<<<`, `=======` and
/// `>>>>>>>` (git-merge, “How conflicts are presented”).
fn unmerged(source: &str) -> Option<FormatError> {
    let mut first = None;
    let mut conflicts = 0_usize;
    // 0 outside, 1 in the one version, 2 in the other.
    let mut side = 0;
    for (number, line) in source.lines().enumerate() {
        match side {
            0 if line.starts_with("<<<<<<< ") => {
                first.get_or_insert(number + 1);
                side = 1;
            }
            1 if line == "=======" => side = 2,
            2 if line.starts_with(">>>>>>> ") => {
                conflicts += 1;
                side = 0;
            }
            _ => {}
        }
    }
    let line = first.filter(|_| conflicts > 0)?;
    let places = if conflicts == 1 { "1 place".to_owned() } else { format!("{conflicts} places") };
    Some(FormatError {
        line,
        column: 1,
        what: format!(
            "git could not merge two versions of this notebook and left both in it at {places}, between “<<<<<<<” and \
             “>>>>>>>”: take one version whole with “git checkout --ours” or “--theirs”, or keep one side at each place \
             and remove the marks"
        ),
        newer: None,
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
    // Nothing is gained where few mentions stand behind long texts, which would be copied for it.
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

fn from_ron<'a, T: Deserialize<'a>>(source: &'a str) -> ron::error::SpannedResult<T> {
    ron::Options::default().with_recursion_limit(DEPTH).from_str(source)
}

/// The sections of a file of this version, as those of the current one.
fn sections(source: &str, version: u32) -> ron::error::SpannedResult<Sections<'_>> {
    match version {
        1 => from_ron::<v1::Sections<'_>>(source).map(Into::into),
        _ => from_ron(source),
    }
}

/// The source's format version. Refuses what is no notebook, and a notebook of a newer version, before anything
/// else is looked at.
pub(super) fn version(source: &str) -> Result<u32, FormatError> {
    let no_notebook = |rest: &str| {
        let what = "this is no notebook: a notebook begins with “(casebook: 2,”".to_owned();
        at(source, source.len() - rest.len(), what)
    };
    let mut rest = blank(source);
    for word in ["(", "casebook", ":"] {
        rest = blank(rest.strip_prefix(word).ok_or_else(|| no_notebook(rest))?);
    }
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match rest.get(..digits).unwrap_or("").parse::<u64>() {
        Ok(1) => Ok(1),
        Ok(found) if found == u64::from(v2::VERSION) => Ok(v2::VERSION),
        Ok(found) if found > u64::from(v2::VERSION) => Err(FormatError {
            newer: Some(found),
            ..at(
                source,
                source.len() - rest.len(),
                format!(
                    "this notebook is of format version {found}, and this Casebook reads up to version {}: open it with a newer Casebook",
                    v2::VERSION
                ),
            )
        }),
        Ok(found) => {
            let what = format!("there never was a format version {found}");
            Err(at(source, source.len() - rest.len(), what))
        }
        Err(_) => Err(no_notebook(rest)),
    }
}

/// The source without leading white space and comments.
fn blank(mut source: &str) -> &str {
    loop {
        source = source.trim_start();
        if let Some(rest) = source.strip_prefix("//") {
            source = rest.find('\n').and_then(|end| rest.get(end..)).unwrap_or("");
        } else if let Some(end) = source.strip_prefix("/*").and_then(|rest| rest.find("*/")) {
            source = source.get(end + 4..).unwrap_or("");
        } else {
            return source;
        }
    }
}

/// Reads the source from its start to its end.
fn whole(source: &str, version: u32) -> Result<Parsed, FormatError> {
    let mut sections = sections(source, version).map_err(|error| {
        let again = |source: &str| self::sections(source, version).err();
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
    build().map_err(|trouble| locate(source, trouble))
}

fn all_mentions(
    known: &References,
    mentions: UniqueMap<MentionId, v1::Mention<'_>>,
) -> Result<Vec<ReadMention>, Trouble> {
    mentions.0.into_iter().map(|(id, record)| known.mention(id, record)).collect()
}

/// An error at this byte.
pub(super) fn at(source: &str, byte: usize, what: String) -> FormatError {
    let before = source.get(..byte).unwrap_or(source);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    FormatError {
        line: 1 + memchr::memchr_iter(b'\n', before.as_bytes()).count(),
        column: 1 + before.get(line_start..).map_or(0, |line| line.chars().count()),
        what,
        newer: None,
    }
}

/// Where the record stands, and in it what is wrong.
fn locate(source: &str, trouble: Trouble) -> FormatError {
    let Trouble { key, value, which, what } = trouble;
    // A text's key is a tuple, all others are strings.
    let quoted = if key.starts_with('(') { key } else { format!("\"{key}\"") };
    let is_key = |from: &usize| {
        source.get(from + quoted.len()..).is_some_and(|rest| blank(rest).starts_with(':'))
    };
    let keys: Vec<usize> =
        source.match_indices(&quoted).map(|(from, _)| from).filter(is_key).collect();
    // One key can head several records: an entity and its place on the canvas.
    let inside = keys.iter().enumerate().find_map(|(i, from)| {
        let after = from + quoted.len();
        let end = keys.get(i + 1).copied().unwrap_or(source.len());
        source.get(after..end)?.find(&value).map(|n| after + n)
    });
    let record = match which {
        Which::First => keys.first(),
        Which::Second => keys.get(1),
        Which::Last => keys.last(),
    };
    let byte = inside.filter(|_| !value.is_empty()).or(record.copied()).unwrap_or(0);
    at(source, byte, shortened(&what).into_owned())
}

/// The byte ranges of the mentions' lines, and the byte where the rest begins, by the frame Casebook writes.
fn frame(source: &str) -> Option<(Range<usize>, usize)> {
    const OPEN: &str = "\nmentions: {\n";
    const CLOSE: &str = "\n},\n";
    let bytes = source.as_bytes();
    let start = memchr::memmem::find(bytes, OPEN.as_bytes())? + OPEN.len();
    // The section's last record ends before this, or the section's head itself when it is empty.
    let close = start - 1 + memchr::memmem::find(bytes.get(start - 1..)?, CLOSE.as_bytes())?;
    Some((start..close + 1, close + CLOSE.len()))
}

/// Cuts lines into pieces of about this length, each beginning with a record.
fn cut(source: &str, lines: Range<usize>, piece: usize) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = lines.start;
    while start < lines.end {
        let mut end = lines.end;
        if lines.end - start > piece {
            let from = start + piece;
            let rest = source.as_bytes().get(from..lines.end).unwrap_or(&[]);
            if let Some(newline) = memchr::memchr(b'\n', rest) {
                end = from + newline + 1;
            }
        }
        pieces.push(start..end);
        start = end;
    }
    pieces
}

/// Reads a file in the form Casebook writes; `None` when it is not, or is wrong somewhere, or was cancelled.
fn in_pieces(
    source: &str,
    version: u32,
    piece: usize,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Option<Parsed> {
    let (lines, rest) = frame(source)?;
    let head = format!("{})", source.get(..lines.start)?.strip_suffix("mentions: {\n")?);
    let tail = format!("(casebook: {version},\n{}", source.get(rest..)?);
    let pieces = cut(source, lines, piece);

    let mut building = Building::default();
    let mut before = sections(&head, version).ok()?;
    only_before(&before)?;
    building.head(&mut before).ok()?;

    let found = read_pieces(source, &pieces, &building.known, cancelled, progress)?;
    let mut last: Option<MentionId> = None;
    for mentions in found {
        // Keys in order are keys that differ; any other order is for the careful way.
        let (first, final_one) = (mentions.first()?.0, mentions.last()?.0);
        if last.is_some_and(|last| last >= first) {
            return None;
        }
        last = Some(final_one);
        building.mentions(mentions);
        if cancelled() {
            return None;
        }
    }

    let mut after = sections(&tail, version).ok()?;
    only_after(&after)?;
    after.complete(version);
    building.tail(&mut after).ok()
}

/// What stands before the mentions in a file Casebook wrote; `None` when more does.
fn only_before(half: &Sections<'_>) -> Option<()> {
    none(
        half.links.is_some()
            || half.relations.is_some()
            || half.canvas.is_some()
            || half.groups.is_some()
            || half.cards.is_some()
            || half.views.is_some()
            || half.dismissed.is_some()
            || half.assessments.is_some()
            || half.desk.is_some()
            || half.mentions.is_some(),
    )
}

/// What stands after the mentions; `None` when more does.
fn only_after(half: &Sections<'_>) -> Option<()> {
    none(
        half.title.is_some()
            || half.articles.is_some()
            || half.texts.is_some()
            || half.actors.is_some()
            || half.events.is_some()
            || half.claims.is_some()
            || half.mentions.is_some(),
    )
}

/// Nothing may stand in both halves.
fn none(amiss: bool) -> Option<()> {
    (!amiss).then_some(())
}

/// Reads all pieces, on as many threads as there are cores; in their order, or `None` when one of them failed.
fn read_pieces(
    source: &str,
    pieces: &[Range<usize>],
    known: &References,
    cancelled: &dyn Fn() -> bool,
    progress: &dyn Fn(f32),
) -> Option<Vec<Vec<ReadMention>>> {
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let done: Mutex<Vec<(usize, Vec<ReadMention>)>> = Mutex::new(Vec::new());
    let take = || -> bool {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let Some(range) = pieces.get(number) else { return false };
        if stop.load(Ordering::Relaxed) {
            return false;
        }
        let read = source.get(range.clone()).and_then(|lines| read_piece(lines, known));
        match (read, done.lock()) {
            (Some(mentions), Ok(mut done)) => {
                done.push((number, mentions));
                true
            }
            _ => {
                stop.store(true, Ordering::Relaxed);
                false
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(pieces.len());
    std::thread::scope(|scope| {
        for _ in 1..threads {
            // Where no thread can be had, this one reads all.
            let _ = std::thread::Builder::new().spawn_scoped(scope, || while take() {});
        }
        while take() {
            progress(next.load(Ordering::Relaxed).min(pieces.len()) as f32 / pieces.len() as f32);
            if cancelled() {
                stop.store(true, Ordering::Relaxed);
            }
        }
    });
    let mut done = done.into_inner().ok()?;
    if done.len() != pieces.len() {
        return None;
    }
    done.sort_unstable_by_key(|(number, _)| *number);
    Some(done.into_iter().map(|(_, mentions)| mentions).collect())
}

/// Reads lines that each hold one record and nothing else.
///
/// By that, the end of each line is certain to lie between two records, and not inside a string or a comment.
fn read_piece(lines: &str, known: &References) -> Option<Vec<ReadMention>> {
    let mut mentions: Vec<ReadMention> = Vec::with_capacity(lines.len() / 200);
    for line in lines.lines() {
        let (id, record) = mention_line::mention(line).or_else(|| one_record(line))?;
        if mentions.last().is_some_and(|(last, ..)| *last >= id) {
            return None;
        }
        mentions.push(known.mention(id, record).ok()?);
    }
    Some(mentions)
}

/// The line `"m…": (…),`, as RON reads it.
fn one_record(line: &str) -> Option<(MentionId, v1::Mention<'_>)> {
    let (id, record) = line.strip_prefix('"')?.strip_suffix(',')?.split_once("\": ")?;
    // After a record a comment may stand, and its comma be in it.
    if record.contains("//") || record.contains("/*") {
        from_ron::<Vec<serde::de::IgnoredAny>>(&format!("[{record},]")).ok()?;
    }
    Some((id.parse().ok()?, from_ron(record).ok()?))
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
        // Where words hold what looks like a comment, nothing changes.
        assert!(one_record("\"m0000000001\": (//x\"),").is_none());
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

    #[test]
    fn a_line_read_the_quick_way_is_what_ron_reads() {
        let (notebook, desk) = generate(9, Size { mentions: 400, ..SIZE });
        let source = render(&notebook, &desk);
        let (range, _) = frame(&source).expect("a frame");
        let mut building = Building::default();
        let mut sections: Sections<'_> = from_ron(&source).expect("good RON");
        building.head(&mut sections).expect("sound");
        let mut quick = 0;
        for line in source.get(range).expect("lines").lines() {
            let careful = one_record(line).expect("a record");
            let careful = building.known.mention(careful.0, careful.1).expect("sound");
            if let Some((id, record)) = mention_line::mention(line) {
                quick += 1;
                assert_eq!(building.known.mention(id, record).expect("sound"), careful);
            }
        }
        assert!(quick > 200, "{quick} of 400 lines take the quick way");
    }
}
