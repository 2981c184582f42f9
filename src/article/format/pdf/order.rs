//! The order in which the lines of a page are read.
//!
//! A recursive XY-cut (G. Nagy and S. Seth, “Hierarchical representation of optically scanned documents”, ICPR 1984),
//! with bands: lines are gathered from the top down as long as one white strip stays free through all of them; there
//! they are cut into columns, each of which is cut again. What lies over a strip (a heading over both columns, a
//! footnote under them) ends the band.

use super::place::Line;
use super::rows::usual_size;

/// How deep columns may lie in one another.
const DEEPEST: usize = 12;

/// Lines of one column, from the top down.
pub(super) type Column = Vec<Line>;

/// The columns of a page in reading order.
pub(super) fn of_lines(lines: Vec<Line>) -> Vec<Column> {
    let usual = usual_size(lines.iter().map(|line| line.size));
    let leftward = lines.iter().filter(|line| line.leftward).count() * 2 > lines.len();
    let mut columns = Vec::new();
    cut(lines, usual, leftward, 0, &mut columns);
    columns
}

/// Lines between two heights, layer by layer, and the white strips that run through all of them.
#[derive(Debug, Default)]
struct Band {
    layers: Vec<Vec<Line>>,
    strips: Vec<(f32, f32)>,
}

/// How many layers back the beginning of a column is looked for.
const MOST_BACK: usize = 64;

fn cut(mut lines: Vec<Line>, usual: f32, leftward: bool, depth: usize, columns: &mut Vec<Column>) {
    lines.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.area.left.total_cmp(&b.area.left)));
    if depth >= DEEPEST {
        columns.push(lines);
        return;
    }
    let mut bands: Vec<Band> = Vec::new();
    let layers = layers(lines);
    let spans: Vec<Vec<Span>> = layers
        .iter()
        .map(|layer| {
            layer.iter().map(|line| (line.area.left, line.area.right, line.base)).collect()
        })
        .collect();
    for (at, layer) in layers.into_iter().enumerate() {
        let own = strips(&layer, usual);
        let Some(band) = bands.last_mut() else {
            bands.push(Band { layers: vec![layer], strips: own });
            continue;
        };
        if band.strips.is_empty() && own.is_empty() {
            band.layers.push(layer);
        } else if band.strips.is_empty() {
            // One of the columns may begin higher than the other: its beginning was taken for lines above both.
            let (begins, strips) = begin_of(&band.layers, &layer, own, usual, leftward);
            let mut layers = band.layers.split_off(begins);
            layers.push(layer);
            if band.layers.is_empty() {
                bands.pop();
            }
            bands.push(Band { layers, strips });
        } else {
            let held = narrowed(band.strips.clone(), layer.iter(), usual);
            let around =
                |from: usize, to: usize| spans.get(from..to.min(spans.len())).unwrap_or_default();
            let (before, after) = (around(at.saturating_sub(3), at), around(at + 1, at + 4));
            let heads = matches!(&*layer, [line] if line.size > 1.3 * usual)
                && held.iter().any(|strip| is_broken(before, after, *strip, 4.0 * usual));
            if held.is_empty() || heads {
                bands.push(Band { layers: vec![layer], strips: own });
            } else {
                band.strips = held;
                band.layers.push(layer);
            }
        }
    }
    for band in bands {
        let lines = band.layers.into_iter().flatten();
        if band.strips.is_empty() {
            columns.push(lines.collect());
            continue;
        }
        let mut parts: Vec<Vec<Line>> = band.strips.iter().map(|_| Vec::new()).collect();
        parts.push(Vec::new());
        for line in lines {
            let middle = f32::midpoint(line.area.left, line.area.right);
            let part =
                band.strips.iter().filter(|strip| f32::midpoint(strip.0, strip.1) < middle).count();
            if let Some(part) = parts.get_mut(part) {
                part.push(line);
            }
        }
        if leftward {
            parts.reverse();
        }
        for part in parts {
            if !part.is_empty() {
                cut(part, usual, leftward, depth + 1, columns);
            }
        }
    }
}

/// Where a line begins and ends, and its baseline.
type Span = (f32, f32, f32);

/// Whether the columns at both sides of a strip end and begin anew, with a gap of this height at least between them: a
/// short heading over both covers no strip.
fn is_broken(before: &[Vec<Span>], after: &[Vec<Span>], strip: (f32, f32), gap: f32) -> bool {
    let broken = |is_side: &dyn Fn(&&Span) -> bool| {
        let above = before.iter().flatten().filter(is_side).map(|span| span.2).reduce(f32::max);
        let below = after.iter().flatten().filter(is_side).map(|span| span.2).reduce(f32::min);
        above.zip(below).is_some_and(|(above, below)| below - above > gap)
    };
    broken(&|span| span.1 <= strip.0) && broken(&|span| span.0 >= strip.1)
}

/// With which of the layers above it the columns of a layer begin, and the strips that stay free then.
fn begin_of(
    above: &[Vec<Line>],
    layer: &[Line],
    own: Vec<(f32, f32)>,
    usual: f32,
    leftward: bool,
) -> (usize, Vec<(f32, f32)>) {
    let mut begins = (above.len(), own);
    for from in (above.len().saturating_sub(MOST_BACK)..above.len()).rev() {
        let lines: Vec<&Line> = above.iter().skip(from).flatten().collect();
        let mut free = narrowed(begins.1.clone(), lines.iter().copied(), usual);
        free.retain(|strip| of_one_side(*strip, &lines, layer, usual, leftward));
        if free.is_empty() {
            break;
        }
        begins = (from, free);
    }
    begins
}

/// Whether lines above a layer, all at one side of a strip, are the beginning of the column below them: set like it, and
/// close above it.
fn of_one_side(
    strip: (f32, f32),
    above: &[&Line],
    layer: &[Line],
    usual: f32,
    leftward: bool,
) -> bool {
    let lefts = above.iter().all(|line| line.area.right <= strip.0);
    let rights = above.iter().all(|line| line.area.left >= strip.1);
    let side =
        |line: &Line| if rights { line.area.left >= strip.1 } else { line.area.right <= strip.0 };
    // The steps from line to line down to the layer.
    let below = layer.iter().find(|line| side(line));
    let steps = above.iter().copied().zip(above.iter().skip(1).copied().chain(below));
    let mut steps = steps.map(|(line, below)| {
        let edge = |area: super::place::Area| if leftward { area.right } else { area.left };
        (edge(below.area) - edge(line.area)).abs() < 2.5 * usual
            && (below.size - line.size).abs() < 0.05 * usual
            && below.base - line.base < 1.8 * usual
    });
    (lefts || rights) && below.is_some() && steps.all(|step| step)
}

/// The heights a line takes up, without the room above and below its small letters.
fn height(line: &Line) -> (f32, f32) {
    (line.base - 0.5 * line.size, line.base + 0.05 * line.size)
}

/// Lines that stand beside one another, from the top down.
fn layers(lines: Vec<Line>) -> Vec<Vec<Line>> {
    let mut layers: Vec<Vec<Line>> = Vec::new();
    let mut reach = f32::NEG_INFINITY;
    for line in lines {
        let (top, bottom) = height(&line);
        match layers.last_mut() {
            Some(layer) if top < reach => layer.push(line),
            _ => layers.push(vec![line]),
        }
        reach = reach.max(bottom);
    }
    layers
}

/// The white strips between the lines of a layer, from left to right.
fn strips(layer: &[Line], usual: f32) -> Vec<(f32, f32)> {
    let mut spans: Vec<(f32, f32)> =
        layer.iter().map(|line| (line.area.left, line.area.right)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut strips = Vec::new();
    let mut reach = f32::INFINITY;
    for (left, right) in spans {
        if left - reach > 0.5 * usual {
            strips.push((reach, left));
        }
        reach = if reach.is_infinite() { right } else { reach.max(right) };
    }
    strips
}

/// Strips without what lines cover of them; those that stay too narrow are gone.
fn narrowed<'l>(
    strips: Vec<(f32, f32)>,
    lines: impl Iterator<Item = &'l Line> + Clone,
    usual: f32,
) -> Vec<(f32, f32)> {
    let mut kept = Vec::new();
    for (mut left, mut right) in strips {
        for line in lines.clone() {
            let area = line.area;
            if area.right <= left || area.left >= right {
                continue;
            }
            // A line that reaches into a strip from one side leaves the other part of it.
            if area.left <= left {
                left = area.right;
            } else if area.right >= right {
                right = area.left;
            } else {
                right = left;
            }
            if right - left <= 0.5 * usual {
                break;
            }
        }
        if right - left > 0.5 * usual {
            kept.push((left, right));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::place::Turn;
    use super::super::rows::tests::word;
    use super::*;

    fn line(text: &str, start: f32, width: f32, base: f32) -> Line {
        let mut word = word(text, start, base);
        word.end = start + width;
        Line::new(vec![word], Turn(0)).expect("a word")
    }

    fn read(lines: Vec<Line>) -> String {
        let columns = of_lines(lines);
        let texts: Vec<String> = columns
            .iter()
            .map(|column| column.iter().map(Line::text).collect::<Vec<_>>().join(" "))
            .collect();
        texts.join("/")
    }

    #[test]
    fn a_heading_over_two_columns_and_a_note_under_them() {
        let mut lines = vec![line("title", 60.0, 150.0, 0.0), line("note", 0.0, 240.0, 90.0)];
        for (at, (left, right)) in
            [("a", "e"), ("b", "f"), ("c", "g"), ("d", "h")].into_iter().enumerate()
        {
            lines.push(line(left, 0.0, 100.0, 20.0 + 12.0 * at as f32));
            lines.push(line(right, 120.0, 100.0, 23.0 + 12.0 * at as f32));
        }
        assert_eq!(read(lines), "title/a b c d/e f g h/note");
    }

    #[test]
    fn three_columns_of_unequal_length() {
        let mut lines = Vec::new();
        for (column, count) in [(0, 4), (1, 3), (2, 1)] {
            for at in 0..count {
                let text = format!("{column}{at}");
                lines.push(line(&text, 80.0 * column as f32, 70.0, 12.0 * at as f32));
            }
        }
        lines.reverse();
        assert_eq!(read(lines), "00 01 02 03/10 11 12/20");
    }

    #[test]
    fn a_column_that_begins_higher_stays_one_column() {
        let mut lines = vec![line("head", 0.0, 60.0, 0.0)];
        for at in 0..3 {
            let base = 12.0 + 12.0 * at as f32;
            lines.push(line(&format!("l{at}"), 0.0, 100.0, base));
            lines.push(line(&format!("r{at}"), 120.0, 100.0, base));
        }
        assert_eq!(read(lines), "head l0 l1 l2/r0 r1 r2");
    }

    #[test]
    fn the_second_column_may_begin_higher_and_a_date_above_it_is_read_first() {
        let columns = |above: Line| {
            let mut lines = vec![above];
            for at in 0..3 {
                let base = 12.0 + 12.0 * at as f32;
                lines.push(line(&format!("l{at}"), 0.0, 100.0, base + 5.0));
                lines.push(line(&format!("r{at}"), 120.0, 100.0, base));
            }
            read(lines)
        };
        assert_eq!(columns(line("r", 120.0, 90.0, 0.0)), "l0 l1 l2/r r0 r1 r2");
        assert_eq!(columns(line("date", 180.0, 40.0, 0.0)), "date/l0 l1 l2/r0 r1 r2");
    }

    #[test]
    fn a_short_heading_between_columns_parts_them() {
        let mut lines = Vec::new();
        for at in 0..6 {
            let base = if at < 3 { 12.0 * at as f32 } else { 60.0 + 12.0 * at as f32 };
            lines.push(line(&format!("l{at}"), 0.0, 100.0, base));
            lines.push(line(&format!("r{at}"), 120.0, 100.0, base));
        }
        let mut heading = line("head", 0.0, 80.0, 66.0);
        assert_eq!(
            read([lines.clone(), vec![heading.clone()]].concat()),
            "l0 l1 l2 head l3 l4 l5/r0 r1 r2 r3 r4 r5"
        );
        heading.size = 18.0;
        assert_eq!(
            read([lines.clone(), vec![heading.clone()]].concat()),
            "l0 l1 l2/r0 r1 r2/head/l3 l4 l5/r3 r4 r5"
        );
        // One in a column, beside which the other goes on, does not.
        lines.push(line("beside", 120.0, 100.0, 54.0));
        lines.push(line("on", 120.0, 100.0, 75.0));
        assert_eq!(
            read([lines, vec![heading]].concat()),
            "l0 l1 l2 head l3 l4 l5/r0 r1 r2 beside on r3 r4 r5"
        );
    }

    #[test]
    fn columns_inside_a_column_and_a_box_beside_the_text() {
        let mut lines = Vec::new();
        for at in 0..4 {
            let base = 12.0 * at as f32;
            lines.push(line(&format!("t{at}"), 0.0, 100.0, base));
            lines.push(line(&format!("x{at}"), 120.0, 40.0, base));
        }
        lines.push(line("below", 0.0, 160.0, 60.0));
        assert_eq!(read(lines), "t0 t1 t2 t3/x0 x1 x2 x3/below");
    }

    #[test]
    fn columns_of_hebrew_are_read_from_the_right() {
        let mut lines = Vec::new();
        for at in 0..3 {
            let base = 12.0 * at as f32;
            for (text, start) in [(format!("ב{at}"), 0.0), (format!("א{at}"), 120.0)] {
                let mut line = line(&text, start, 100.0, base);
                line.leftward = true;
                lines.push(line);
            }
        }
        assert_eq!(read(lines), "א0 א1 א2/ב0 ב1 ב2");
    }
}
