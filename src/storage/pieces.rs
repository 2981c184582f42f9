//! Reading a file that Casebook wrote in pieces, on several threads.
//!
//! Nearly all of a large notebook is its section of mentions. [`in_pieces`] finds that section by its frame and reads
//! it in chunks of lines. The text before it must parse by itself, and so must each line, so that a position inside a
//! string, a comment or a record is never mistaken for one between two records.

use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use super::mention::{self, Mention};
use super::read::Building;
use super::references::{ReadMention, References};
use super::source::{Parsed, from_ron, sections};
use super::v5::Sections;
use crate::notebook::MentionId;

/// The byte ranges of the mentions' lines, and the byte where the rest begins, by the frame Casebook writes.
pub(super) fn frame(source: &str) -> Option<(Range<usize>, usize)> {
    const OPEN: &str = "\nmentions: {\n";
    const CLOSE: &str = "\n},\n";
    let bytes = source.as_bytes();
    let start = memchr::memmem::find(bytes, OPEN.as_bytes())? + OPEN.len();
    // The section ends here: after its last record, or after its first line when it is empty.
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
pub(super) fn in_pieces(
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
        // Keys in ascending order are all different; any other order is left to reading the file whole.
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

/// Checks that only what Casebook writes before the mentions is there; `None` otherwise.
fn only_before(half: &Sections<'_>) -> Option<()> {
    none(
        half.links.is_some()
            || half.relations.is_some()
            || half.canvas.is_some()
            || half.groups.is_some()
            || half.cards.is_some()
            || half.views.is_some()
            || half.dismissed.is_some()
            || half.waivers.is_some()
            || half.set_aside.is_some()
            || half.matrices.is_some()
            || half.conflicts.is_some()
            || half.assessments.is_some()
            || half.desk.is_some()
            || half.mentions.is_some(),
    )
}

/// Checks that only what Casebook writes after the mentions is there; `None` otherwise.
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

/// `None` where something is amiss.
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
            // Where no thread can be started, this one reads everything.
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
/// This ensures that the end of each line lies between two records, and not inside a string or a comment.
fn read_piece(lines: &str, known: &References) -> Option<Vec<ReadMention>> {
    let mut mentions: Vec<ReadMention> = Vec::with_capacity(lines.len() / 200);
    for line in lines.lines() {
        let (id, record) = mention::read_line(line).or_else(|| one_record(line))?;
        if mentions.last().is_some_and(|(last, ..)| *last >= id) {
            return None;
        }
        mentions.push(known.mention(id, record).ok()?);
    }
    Some(mentions)
}

/// The line `"m…": (…),`, as RON reads it.
fn one_record(line: &str) -> Option<(MentionId, Mention<'_>)> {
    let (id, record) = line.strip_prefix('"')?.strip_suffix(',')?.split_once("\": ")?;
    // After a record a comment may stand, and its comma be in it.
    if record.contains("//") || record.contains("/*") {
        from_ron::<Vec<serde::de::IgnoredAny>>(&format!("[{record},]")).ok()?;
    }
    Some((id.parse().ok()?, from_ron(record).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notebook::generate::{Size, generate};
    use crate::storage::render;

    #[test]
    fn a_record_that_a_comment_cuts_off_is_none() {
        assert!(one_record("\"m0000000001\": (//x\"),").is_none());
    }

    #[test]
    fn a_line_read_the_quick_way_is_what_ron_reads() {
        let (notebook, desk) =
            generate(9, Size { articles: 3, text: 4000, entities: 40, mentions: 400, links: 30 });
        let source = render(&notebook, &desk);
        let (range, _) = frame(&source).expect("a frame");
        let mut building = Building::default();
        let mut sections: Sections<'_> = from_ron(&source).expect("good RON");
        building.head(&mut sections).expect("sound");
        let mut quick = 0;
        for line in source.get(range).expect("lines").lines() {
            let careful = one_record(line).expect("a record");
            let careful = building.known.mention(careful.0, careful.1).expect("sound");
            if let Some((id, record)) = mention::read_line(line) {
                quick += 1;
                assert_eq!(building.known.mention(id, record).expect("sound"), careful);
            }
        }
        assert!(quick > 200, "{quick} of 400 lines take the quick way");
    }
}
