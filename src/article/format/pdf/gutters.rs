//! Gutters: the white strips between columns, and between the cells of a table.
//!
//! After T. M. Breuel, “Two geometric algorithms for layout analysis” (DAS 2002): columns are told by the tall white
//! rectangles between them, not by how far two words are apart, for justified lines have gaps as wide as a gutter. A
//! gap of one row is let grow up and down as long as the rows leave it free; what is tall enough, and has lines that
//! begin or end at it, is a gutter.

use super::place::Word;
use super::rows::{Row, usual_size};

/// The narrowest gutter, as a part of the font size; and how narrow it may become where signs hang into the margin.
const NARROWEST: f32 = 0.7;
const HUNG_INTO: f32 = 0.45;
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

/// The gutters of a page. `known` are strips between columns on other pages of the document (their left and right
/// edges): where one stands in the same place, few lines are enough.
pub(super) fn of_rows(rows: &[Row], known: &[(f32, f32)]) -> Vec<Gutter> {
    if rows.len() > MOST_ROWS {
        return Vec::new();
    }
    let usual = usual_size(rows.iter().map(|row| row.size));
    let mut gutters: Vec<Gutter> = Vec::new();
    let mut steps = 0;
    for (at, row) in rows.iter().enumerate() {
        let mut reach = f32::NEG_INFINITY;
        for pair in row.words.windows(2) {
            let begins = pair[0].start - reach > NARROWEST * usual;
            reach = reach.max(pair[0].end);
            if begins && is_marker(&pair[0].text) {
                continue;
            }
            let (left, right) = (reach, pair[1].start);
            let middle = f32::midpoint(left, right);
            let wide = right - left >= NARROWEST * usual;
            let found = |gutter: &Gutter| {
                gutter.crosses(at) && gutter.left <= middle && middle <= gutter.right
            };
            if !wide || gutters.iter().any(found) || steps > MOST_STEPS {
                continue;
            }
            let gutter = grown(rows, at, (left, right), usual, &mut steps);
            let Some(gutter) = judged(rows, gutter) else { continue };
            // The taller of two that are one.
            match gutters.iter_mut().find(|other| is_same(other, &gutter)) {
                Some(other) if gutter.last - gutter.first > other.last - other.first => {
                    *other = gutter
                }
                Some(_) => {}
                None => gutters.push(gutter),
            }
        }
    }
    // Which strips are between cells shows in what stands between them and the next strips.
    let elsewhere = |gutter: &Gutter| {
        known.iter().any(|strip| {
            gutter.right.min(strip.1) - gutter.left.max(strip.0)
                > 0.6 * (strip.1 - strip.0).min(2.0 * usual)
        })
    };
    for at in 0..gutters.len() {
        gutters[at].cells = !elsewhere(&gutters[at]) && is_of_cells(rows, &gutters, at);
    }
    let tall =
        |gutter: &Gutter| gutter.cells || is_of_columns(rows, gutter, usual, elsewhere(gutter));
    gutters.retain(tall);
    for gutter in gutters.iter_mut().filter(|gutter| !gutter.cells) {
        lengthen(rows, gutter, usual);
    }
    gutters.sort_by(|a, b| a.left.total_cmp(&b.left));
    gutters
}

/// Whether two strips are one: most of the narrower lies in the other, and most of the shorter beside it.
fn is_same(one: &Gutter, other: &Gutter) -> bool {
    let width = (one.right - one.left).min(other.right - other.left);
    let common = one.right.min(other.right) - one.left.max(other.left);
    let height = (one.last - one.first).min(other.last - other.first) + 1;
    let beside = (one.last.min(other.last) + 1).saturating_sub(one.first.max(other.first));
    common > 0.5 * width && beside * 2 > height
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
            let found =
                next.and_then(|next| rows.get(next)).zip(rows.get(from)).and_then(|(row, from)| {
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

/// Lets a gutter between columns go on over rows whose signs hang into it: hyphens and quotation marks may be set a
/// little outside their column.
fn lengthen(rows: &[Row], gutter: &mut Gutter, usual: f32) {
    let goes_on = |row: &Row, from: &Row, gutter: &Gutter| {
        let (left, right) = sides(row, gutter);
        let near = (row.base - from.base).abs() < 4.0 * usual;
        near && match (left.last(), right.first()) {
            (Some(left), Some(right)) => {
                let at_edge = (right.start - gutter.right).abs() < 0.5 * usual
                    || (left.end - gutter.left).abs() < 0.5 * usual;
                at_edge && right.start - left.end >= HUNG_INTO * usual
            }
            (Some(left), None) => left.end < gutter.right,
            (None, right) => right.is_some_and(|right| right.start > gutter.left),
        }
    };
    while let Some(pair) = rows.get(gutter.last..gutter.last + 2)
        && goes_on(&pair[1], &pair[0], gutter)
    {
        gutter.last += 1;
    }
    while let Some(before) = gutter.first.checked_sub(1)
        && let Some(pair) = rows.get(before..before + 2)
        && goes_on(&pair[0], &pair[1], gutter)
    {
        gutter.first = before;
    }
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
    let mut lefts = (gutter.first..=gutter.last).filter(|at| sided(*at).0);
    let mut rights = (gutter.first..=gutter.last).filter(|at| sided(*at).1);
    let (first_left, last_left) = (lefts.clone().next()?, lefts.next_back()?);
    let (first_right, last_right) = (rights.clone().next()?, rights.next_back()?);
    let (first, last) = (first_left.max(first_right), last_left.min(last_right));
    if first > last {
        return None;
    }
    (gutter.first, gutter.last) = (first, last);
    Some(gutter)
}

/// Whether a word is a sign that begins an item of a list.
pub(super) fn is_marker(text: &str) -> bool {
    let bullet = |c: char| "•◦▪▫‣·∙●○■□◻➢✓→–—-*\u{fffd}".contains(c);
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
fn is_of_columns(rows: &[Row], gutter: &Gutter, usual: f32, elsewhere: bool) -> bool {
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
    let least = if elsewhere {
        1
    } else if wide {
        3
    } else {
        5
    };
    lefts >= least && rights >= least && (begins * 2 >= rights || ends * 2 >= lefts)
}

/// Whether a strip stands between the cells of a table: its rows have words at both sides, at one height; those at its
/// right begin at one place (or have their middle or, being numbers, their end there); and they are few, or do not fill their side, as lines of
/// prose would.
fn is_of_cells(rows: &[Row], gutters: &[Gutter], at: usize) -> bool {
    let gutter = &gutters[at];
    let mut single = 0_usize;
    let mut cells: Vec<(Cell, Cell)> = Vec::new();
    for (index, row) in rows.iter().enumerate().take(gutter.last + 1).skip(gutter.first) {
        let (left, right) = sides(row, gutter);
        let others = || gutters.iter().filter(|other| other.crosses(index));
        let from = others()
            .filter(|other| other.right <= gutter.left)
            .map(Gutter::middle)
            .fold(f32::NEG_INFINITY, f32::max);
        let to = others()
            .filter(|other| other.left >= gutter.right)
            .map(Gutter::middle)
            .fold(f32::INFINITY, f32::min);
        let left = left.get(left.partition_point(|word| word.start < from)..).unwrap_or_default();
        let right = right.get(..right.partition_point(|word| word.start < to)).unwrap_or_default();
        match (Cell::of(left), Cell::of(right)) {
            (Some(left), Some(right)) => cells.push((left, right)),
            _ => single += 1,
        }
    }
    let count = cells.len();
    let size = usual_size(rows.iter().map(|row| row.size));
    // Three lines of prose may have a gap in one place by chance.
    let least = if gutter.right - gutter.left > 2.0 * size { 3 } else { 4 };
    if count < least || count < single {
        return false;
    }
    // How many of the places are one place.
    let one_place = |places: Vec<f32>| {
        let middle = usual_size(places.iter().copied());
        places.iter().filter(|place| (**place - middle).abs() < 0.1 * size).count() * 4 >= count * 3
    };
    let begin = one_place(cells.iter().map(|cell| cell.1.start).collect())
        || one_place(cells.iter().map(|cell| f32::midpoint(cell.1.start, cell.1.end)).collect());
    let end = one_place(cells.iter().map(|cell| cell.1.end).collect());
    let numbers = cells.iter().filter(|cell| cell.1.number).count() * 3 >= count * 2;
    // Justified lines have gaps as wide as this one between all their words.
    let set_off = cells.iter().filter(|(left, right)| {
        right.start - left.end > 1.6 * left.widest_gap.max(right.widest_gap)
    });
    if !(begin || (end && numbers)) || set_off.count() * 4 < count * 3 {
        return false;
    }
    let all = || cells.iter().flat_map(|(left, right)| [left, right]);
    #[allow(clippy::cast_precision_loss, reason = "counts of words")]
    let words = all().map(|cell| cell.words as f32).sum::<f32>() / (2 * count) as f32;
    let fill = |side: fn(&(Cell, Cell)) -> &Cell| {
        let widths = || cells.iter().map(side).map(|cell| cell.end - cell.start);
        let widest = widths().fold(1.0_f32, f32::max);
        #[allow(clippy::cast_precision_loss, reason = "counts of rows")]
        let count = count as f32;
        widths().sum::<f32>() / widest / count
    };
    words <= 1.6 || (words <= 5.0 && f32::midpoint(fill(|row| &row.0), fill(|row| &row.1)) < 0.72)
}

/// What stands between two strips in one row.
struct Cell {
    start: f32,
    end: f32,
    words: usize,
    widest_gap: f32,
    /// Whether most of it are digits.
    number: bool,
}

impl Cell {
    fn of(words: &[Word]) -> Option<Self> {
        let (first, last) = (words.first()?, words.last()?);
        let widest_gap =
            words.windows(2).map(|pair| pair[1].start - pair[0].end).fold(0.0, f32::max);
        let letters = || words.iter().flat_map(|word| word.text.chars());
        let digits = letters().filter(|c| c.is_numeric()).count();
        let number = digits * 2 >= letters().count();
        Some(Self { start: first.start, end: last.end, words: words.len(), widest_gap, number })
    }
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
        let line: &[(&str, f32)] = &[
            ("words", 0.0),
            ("that", 30.0),
            ("filled", 55.0),
            ("words", 100.0),
            ("that", 130.0),
            ("filled", 155.0),
        ];
        let mut texts = vec![line; 8];
        texts.insert(0, &[("A", 20.0), ("heading-over-both-of-them", 40.0)]);
        let gutters = of_rows(&rows(&texts), &[]);
        assert_eq!(gutters.len(), 1, "{gutters:?}");
        assert!((gutters[0].left - 85.0).abs() < 0.1 && (gutters[0].right - 100.0).abs() < 0.1);
        assert_eq!((gutters[0].first, gutters[0].last, gutters[0].cells), (1, 8, false));
    }

    #[test]
    fn signs_may_hang_into_a_gutter() {
        let line: &[(&str, f32)] =
            &[("words", 0.0), ("here", 30.0), ("words", 58.0), ("here", 88.0)];
        let hung: &[(&str, f32)] =
            &[("words", 0.0), ("here-", 30.0), ("words", 60.0), ("here", 88.0)];
        let gutters = of_rows(&rows(&[hung, hung, line, line, line, line, line, line]), &[]);
        assert_eq!(
            gutters.iter().map(|g| (g.first, g.last)).collect::<Vec<_>>(),
            [(0, 7)],
            "{gutters:?}"
        );
    }

    #[test]
    fn a_few_lines_are_columns_where_other_pages_have_them() {
        let line: &[(&str, f32)] =
            &[("words", 0.0), ("that", 40.0), ("words", 75.0), ("that", 105.0)];
        let rows = rows(&[line, line]);
        assert_eq!(of_rows(&rows, &[]), []);
        assert_eq!(of_rows(&rows, &[(61.0, 74.0)]).len(), 1);
        assert_eq!(of_rows(&rows, &[(300.0, 320.0)]), []);
    }

    #[test]
    fn wide_gaps_of_justified_lines_are_no_gutter() {
        let texts: Vec<Vec<(&str, f32)>> = (0..8)
            .map(|row| {
                let shift = 13.0 * (row % 3) as f32;
                vec![
                    (["words", "or", "four"][row % 3], 0.0),
                    ("here", 40.0 + shift),
                    ("there", 90.0 + shift),
                    ("ending", 150.0 + 9.0 * (row % 3) as f32),
                ]
            })
            .collect();
        let texts: Vec<&[(&str, f32)]> = texts.iter().map(Vec::as_slice).collect();
        assert_eq!(of_rows(&rows(&texts), &[]), []);
    }

    #[test]
    fn cells_are_read_across() {
        let texts: [&[(&str, f32)]; 4] = [
            &[("Port", 0.0), ("Ships", 120.0), ("2031", 220.0)],
            &[("Skerry", 0.0), ("12", 120.0), ("1,200", 220.0)],
            &[("Mordane", 0.0), ("9", 120.0), ("840", 220.0)],
            &[("Port", 0.0), ("Léonie", 30.0), ("31", 120.0), ("2,004", 220.0)],
        ];
        let gutters = of_rows(&rows(&texts), &[]);
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
        assert_eq!(of_rows(&rows(&texts), &[]), []);
        assert!(is_marker("•") && is_marker("(a)") && is_marker("iv.") && is_marker("12)"));
        assert!(!is_marker("Mr.") && !is_marker("2031.") && !is_marker("a") && !is_marker("."));
    }
}
