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

/// Lines between two heights, and the white strips that run through all of them.
#[derive(Debug, Default)]
struct Band {
    lines: Vec<Line>,
    strips: Vec<(f32, f32)>,
    bottom: f32,
}

fn cut(mut lines: Vec<Line>, usual: f32, leftward: bool, depth: usize, columns: &mut Vec<Column>) {
    lines.sort_by(|a, b| a.base.total_cmp(&b.base).then(a.area.left.total_cmp(&b.area.left)));
    if depth >= DEEPEST {
        columns.push(lines);
        return;
    }
    let mut bands: Vec<Band> = Vec::new();
    for layer in layers(lines) {
        let bottom = layer.iter().map(|line| line.area.bottom).fold(f32::NEG_INFINITY, f32::max);
        let top = layer.iter().map(|line| line.area.top).fold(f32::INFINITY, f32::min);
        if let Some(band) = bands.last_mut() {
            let joined = match (&*band.strips, strips(&layer, usual)) {
                ([], own) if own.is_empty() => Some(own),
                ([], own) => {
                    // A column that begins higher than the one beside it.
                    let near = top - band.bottom < 1.5 * usual;
                    let free = narrowed(own, &band.lines, usual);
                    let before = |strip: &(f32, f32)| {
                        band.lines.iter().all(|line| {
                            if leftward { line.area.left >= strip.1 } else { line.area.right <= strip.0 }
                        })
                    };
                    Some(free.into_iter().filter(before).collect::<Vec<_>>())
                        .filter(|free| near && !free.is_empty())
                }
                (held, _) => {
                    Some(narrowed(held.to_vec(), &layer, usual)).filter(|held| !held.is_empty())
                }
            };
            if let Some(strips) = joined {
                band.lines.extend(layer);
                band.strips = strips;
                band.bottom = bottom;
                continue;
            }
        }
        bands.push(Band { strips: strips(&layer, usual), lines: layer, bottom });
    }
    for band in bands {
        if band.strips.is_empty() {
            columns.push(band.lines);
            continue;
        }
        let mut parts: Vec<Vec<Line>> = band.strips.iter().map(|_| Vec::new()).collect();
        parts.push(Vec::new());
        for line in band.lines {
            let middle = f32::midpoint(line.area.left, line.area.right);
            let part = band.strips.iter().filter(|strip| f32::midpoint(strip.0, strip.1) < middle).count();
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
    let mut spans: Vec<(f32, f32)> = layer.iter().map(|line| (line.area.left, line.area.right)).collect();
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
fn narrowed(strips: Vec<(f32, f32)>, lines: &[Line], usual: f32) -> Vec<(f32, f32)> {
    let mut kept = Vec::new();
    for (mut left, mut right) in strips {
        for line in lines {
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
        for (at, (left, right)) in [("a", "e"), ("b", "f"), ("c", "g"), ("d", "h")].into_iter().enumerate() {
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
