//! Gutters: the white strips between columns, and between the cells of a table.
//!
//! After T. M. Breuel, “Two geometric algorithms for layout analysis” (DAS 2002): columns are told by the tall white
//! rectangles between them, not by how far two words are apart, for justified lines have gaps as wide as a gutter. A
//! gap of one row is let grow up and down as long as the rows leave it free; what is tall enough, and has lines that
//! begin or end at it, is a gutter.

use super::place::Word;
use super::rows::{Row, usual_size};

/// The narrowest gutter, as a part of the font size.
const NARROWEST: f32 = 0.7;
/// The most rows of a page whose gutters are looked for, and the most steps.
const MOST_ROWS: usize = 3_000;
const MOST_STEPS: usize = 4_000_000;

/// A white strip between words, from one row to another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gutter {
    pub(super) left: f32,
    pub(super) right: f32,
    /// Its rows, first and last.
    pub(super) first: usize,
    pub(super) last: usize,
    /// Whether it stands between the cells of a table, whose rows are read across.
    pub(super) cells: bool,
}

impl Gutter {
    /// Whether it runs through a row.
    pub(super) const fn crosses(&self, row: usize) -> bool {
        self.first <= row && row <= self.last
    }

    pub(super) const fn middle(&self) -> f32 {
        f32::midpoint(self.left, self.right)
    }
}

/// The gutters of a page.
pub(super) fn of_rows(rows: &[Row]) -> Vec<Gutter> {
    if rows.len() > MOST_ROWS {
        return Vec::new();
    }
    let usual = usual_size(rows.iter().map(|row| row.size));
    let mut gutters: Vec<Gutter> = Vec::new();
    let mut steps = 0;
    for (at, row) in rows.iter().enumerate() {
        let mut reach = f32::NEG_INFINITY;
        for pair in row.words.windows(2) {
            reach = reach.max(pair[0].end);
            let (left, right) = (reach, pair[1].start);
            let middle = f32::midpoint(left, right);
            let wide = right - left >= NARROWEST * usual.max(row.size);
            let known = |gutter: &Gutter| {
                gutter.crosses(at) && gutter.left <= middle && middle <= gutter.right
            };
            if !wide || gutters.iter().any(known) || steps > MOST_STEPS {
                continue;
            }
            let gutter = grown(rows, at, (left, right), usual, &mut steps);
            if let Some(gutter) = judged(rows, gutter) {
                gutters.push(gutter);
            }
        }
    }
    // Which strips are between cells shows in what stands between them and the next strips.
    for at in 0..gutters.len() {
        gutters[at].cells = is_of_cells(rows, &gutters, at);
    }
    let tall = |gutter: &Gutter| gutter.cells || is_of_columns(rows, gutter, usual);
    gutters.retain(tall);
    gutters.sort_by(|a, b| a.left.total_cmp(&b.left));
    gutters
}

/// A gap grown up and down over the rows that leave it free.
fn grown(rows: &[Row], at: usize, gap: (f32, f32), usual: f32, steps: &mut usize) -> Gutter {
    let (mut left, mut right) = gap;
    let (mut first, mut last) = (at, at);
    // One row further in each direction by turns, so that neither takes all of the gap.
    let (mut up, mut down) = (true, true);
    while up || down {
        for downward in [true, false] {
            let next = if downward { Some(last + 1) } else { first.checked_sub(1) };
            let open = if downward { &mut down } else { &mut up };
            if !*open {
                continue;
            }
            let from = if downward { last } else { first };
            let found = next.and_then(|next| rows.get(next)).zip(rows.get(from)).and_then(|(row, from)| {
                *steps += row.words.len();
                let far = (row.base - from.base).abs() > 4.0 * row.size.max(from.size);
                free(row, left, right).filter(|(l, r)| !far && r - l >= NARROWEST * usual)
            });
            match found {
                Some(gap) => {
                    (left, right) = gap;
                    if downward {
                        last += 1;
                    } else {
                        first -= 1;
                    }
                }
                None => *open = false,
            }
        }
    }
    Gutter { left, right, first, last, cells: false }
}

/// The widest part of a gap that a row leaves free.
fn free(row: &Row, left: f32, right: f32) -> Option<(f32, f32)> {
    let mut best: Option<(f32, f32)> = None;
    let mut offer = |l: f32, r: f32| {
        if r > l && best.is_none_or(|(bl, br)| r - l > br - bl) {
            best = Some((l, r));
        }
    };
    let mut from = left;
    for word in &row.words {
        offer(from, right.min(word.start));
        from = from.max(word.end);
    }
    offer(from, right);
    best
}

/// The words of a row to the left and to the right of a gutter.
fn sides<'r>(row: &'r Row, gutter: &Gutter) -> (&'r [Word], &'r [Word]) {
    row.words.split_at(row.words.partition_point(|word| word.start < gutter.middle()))
}

/// Leaves out the rows above and below that have words at one side only where those would begin before the gutter, and
/// strips that stand after the signs of a list.
fn judged(rows: &[Row], mut gutter: Gutter) -> Option<Gutter> {
    let both = |at: usize| {
        rows.get(at).is_some_and(|row| {
            let (left, right) = sides(row, &gutter);
            !left.is_empty() && !right.is_empty()
        })
    };
    let shared: Vec<usize> = (gutter.first..=gutter.last).filter(|at| both(*at)).collect();
    let markers = shared.iter().filter(|at| {
        let (left, _) = sides(&rows[**at], &gutter);
        left.last().is_some_and(|word| is_marker(&word.text))
    });
    if markers.count() * 5 >= shared.len() * 3 && !shared.is_empty() {
        return None;
    }
    // Rows at the ends that stand at one side only belong to it, unless they go on at its level.
    let sided = |at: usize| {
        let (left, right) = sides(&rows[at], &gutter);
        (!left.is_empty(), !right.is_empty())
    };
    let lefts = (gutter.first..=gutter.last).filter(|at| sided(*at).0);
    let rights = (gutter.first..=gutter.last).filter(|at| sided(*at).1);
    let (first_left, last_left) = (lefts.clone().next()?, lefts.last()?);
    let (first_right, last_right) = (rights.clone().next()?, rights.last()?);
    let (first, last) = (first_left.max(first_right), last_left.min(last_right));
    if first > last {
        return None;
    }
    (gutter.first, gutter.last) = (first, last);
    (last - first >= 2).then_some(gutter)
}

/// Whether a word is a sign that begins an item of a list.
pub(super) fn is_marker(text: &str) -> bool {
    let bullet = |c: char| "•◦▪▫‣·∙●○■□◻➢✓→–—-*".contains(c);
    let mut chars = text.chars();
    if chars.next().is_some_and(bullet) && chars.next().is_none() {
        return true;
    }
    let inner = text.strip_prefix('(').unwrap_or(text);
    let Some(inner) = inner.strip_suffix(['.', ')']) else { return false };
    let number = inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit());
    let letter = inner.len() == 1 && inner.bytes().all(|b| b.is_ascii_alphabetic());
    let roman = inner.len() <= 5 && inner.bytes().all(|b| b"ivxIVX".contains(&b));
    !inner.is_empty() && (number || letter || roman)
}

/// Whether a strip stands between columns: enough lines at both its sides, which begin or end at it.
fn is_of_columns(rows: &[Row], gutter: &Gutter, usual: f32) -> bool {
    let (mut lefts, mut rights, mut ends, mut begins) = (0_usize, 0_usize, 0_usize, 0_usize);
    for row in rows.get(gutter.first..=gutter.last).unwrap_or_default() {
        let (left, right) = sides(row, gutter);
        if let Some(word) = left.last() {
            lefts += 1;
            ends += usize::from((word.end - gutter.left).abs() < 0.35 * usual);
        }
        if let Some(word) = right.first() {
            rights += 1;
            begins += usize::from((word.start - gutter.right).abs() < 0.35 * usual);
        }
    }
    let wide = gutter.right - gutter.left > 1.5 * usual;
    let least = if wide { 3 } else { 5 };
    lefts >= least && rights >= least && (begins * 2 >= rights || ends * 2 >= lefts)
}

/// Whether a strip stands between cells: its rows have words at both sides, at one height, that are few or do not fill
/// their side, as lines of prose do.
fn is_of_cells(rows: &[Row], gutters: &[Gutter], at: usize) -> bool {
    let gutter = &gutters[at];
    let (mut shared, mut single) = (0_usize, 0_usize);
    let mut cells: Vec<(f32, f32, usize)> = Vec::new();
    for (index, row) in rows.iter().enumerate().take(gutter.last + 1).skip(gutter.first) {
        let (left, right) = sides(row, gutter);
        if left.is_empty() || right.is_empty() {
            single += 1;
            continue;
        }
        shared += 1;
        let others = || gutters.iter().filter(|other| other.crosses(index));
        let from = others()
            .filter(|other| other.right <= gutter.left)
            .map(Gutter::middle)
            .fold(f32::NEG_INFINITY, f32::max);
        let to = others()
            .filter(|other| other.left >= gutter.right)
            .map(Gutter::middle)
            .fold(f32::INFINITY, f32::min);
        let left = left.iter().filter(|word| word.start > from);
        let right = right.iter().filter(|word| word.start < to);
        for cell in [left.collect::<Vec<_>>(), right.collect()] {
            if let (Some(first), Some(last)) = (cell.first(), cell.last()) {
                cells.push((first.start, last.end, cell.len()));
            }
        }
    }
    if shared < 3 || shared < single || cells.is_empty() {
        return false;
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of words")]
    let words = cells.iter().map(|cell| cell.2 as f32).sum::<f32>() / cells.len() as f32;
    let fill = |left: bool| {
        let side = || {
            cells.iter().filter(move |cell| (cell.0 < gutter.middle()) == left).map(|cell| cell.1 - cell.0)
        };
        let widest = side().fold(1.0_f32, f32::max);
        #[allow(clippy::cast_precision_loss, reason = "counts of words")]
        let count = side().count().max(1) as f32;
        side().sum::<f32>() / widest / count
    };
    words <= 1.6 || (words <= 5.0 && f32::midpoint(fill(true), fill(false)) < 0.72)
}

#[cfg(test)]
mod tests {
    use super::super::rows::tests::word;
    use super::*;

    fn rows(texts: &[&[(&str, f32)]]) -> Vec<Row> {
        let words = texts.iter().enumerate().flat_map(|(at, row)| {
            row.iter().map(move |(text, start)| word(text, *start, 12.0 * at as f32))
        });
        super::super::rows::of_words(words.collect())
    }

    #[test]
    fn two_columns_are_told_by_the_strip_between_them() {
        let line: &[(&str, f32)] =
            &[("words", 0.0), ("that", 40.0), ("fill", 75.0), ("words", 110.0), ("that", 140.0), ("also", 175.0)];
        let mut texts = vec![line; 8];
        texts.insert(0, &[("A", 20.0), ("heading-over-both-of-them", 40.0)]);
        let gutters = of_rows(&rows(&texts));
        assert_eq!(gutters.len(), 1, "{gutters:?}");
        assert!((gutters[0].left - 95.0).abs() < 0.1 && (gutters[0].right - 110.0).abs() < 0.1);
        assert_eq!((gutters[0].first, gutters[0].last, gutters[0].cells), (1, 8, false));
    }

    #[test]
    fn wide_gaps_of_justified_lines_are_no_gutter() {
        let texts: Vec<Vec<(&str, f32)>> = (0..8)
            .map(|row| {
                let shift = 13.0 * (row % 3) as f32;
                vec![("words", 0.0), ("here", 40.0 + shift), ("there", 90.0 + shift), ("end", 160.0)]
            })
            .collect();
        let texts: Vec<&[(&str, f32)]> = texts.iter().map(Vec::as_slice).collect();
        // The last word of each line stands at one place, which is what a table looks like: three words of four columns
        // do not.
        assert!(of_rows(&rows(&texts)).iter().all(|gutter| gutter.left > 100.0));
    }

    #[test]
    fn cells_are_read_across() {
        let texts: [&[(&str, f32)]; 4] = [
            &[("Port", 0.0), ("Ships", 120.0), ("2031", 220.0)],
            &[("Skerry", 0.0), ("12", 120.0), ("1,200", 220.0)],
            &[("Mordane", 0.0), ("9", 120.0), ("840", 220.0)],
            &[("Port", 0.0), ("Léonie", 30.0), ("31", 120.0), ("2,004", 220.0)],
        ];
        let gutters = of_rows(&rows(&texts));
        assert_eq!(gutters.len(), 2, "{gutters:?}");
        assert!(gutters.iter().all(|gutter| gutter.cells && gutter.last == 3));
    }

    #[test]
    fn the_signs_of_a_list_are_no_column() {
        let texts: [&[(&str, f32)]; 4] = [
            &[("1.", 0.0), ("One", 30.0)],
            &[("2.", 0.0), ("Two", 30.0)],
            &[("3.", 0.0), ("Three", 30.0)],
            &[("4.", 0.0), ("Four", 30.0)],
        ];
        assert_eq!(of_rows(&rows(&texts)), []);
        assert!(is_marker("•") && is_marker("(a)") && is_marker("iv.") && is_marker("12)"));
        assert!(!is_marker("Mr.") && !is_marker("2031.") && !is_marker("a") && !is_marker("."));
    }
}
