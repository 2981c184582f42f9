//! Shapes and words in SVG: outlines of nodes, arrows, and labels broken into lines without knowing the face.

use unicode_segmentation::UnicodeSegmentation as _;

use super::escape::escaped;
use crate::export::location::one_line;
use crate::graph::{Curve, LABEL_LINE, LABEL_SIZE, Point, Rect};
use crate::notebook::Kind;
use crate::text::shown_line;

/// The mean advance of a letter of a sans face at the size of labels, in canvas units.
const ADVANCE: f32 = 6.9;

/// A number of canvas units, as short as it can be told.
pub(super) fn number(value: f32) -> String {
    let text = format!("{:.1}", if value.is_finite() { value } else { 0.0 });
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A point, as paths have it.
pub(super) fn point(at: Point) -> String {
    format!("{} {}", number(at.x), number(at.y))
}

/// The outline of a node of this kind.
pub(super) fn outline(kind: Kind, rect: Rect, class: &str) -> String {
    let size = rect.size();
    match kind {
        Kind::Actor => rectangle(rect, size.y / 2.0, class),
        Kind::Claim => rectangle(rect, 4.0, class),
        Kind::Event => {
            let centre = rect.centre();
            let corners = [
                Point::new(centre.x, rect.min.y),
                Point::new(rect.max.x, centre.y),
                Point::new(centre.x, rect.max.y),
                Point::new(rect.min.x, centre.y),
            ];
            format!("<path class=\"{class}\" d=\"M{}Z\"/>", corners.map(point).join("L"))
        }
    }
}

/// A rectangle with round corners.
pub(super) fn rectangle(rect: Rect, radius: f32, class: &str) -> String {
    let size = rect.size();
    format!(
        "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
        number(rect.min.x),
        number(rect.min.y),
        number(size.x.max(0.0)),
        number(size.y.max(0.0)),
        number(radius)
    )
}

/// A line along a curve.
pub(super) fn line(curve: &Curve, class: &str) -> String {
    format!(
        "<path class=\"{class}\" d=\"M{}Q{} {}\"/>",
        point(curve.from),
        point(curve.control),
        point(curve.to)
    )
}

/// The head of an arrow whose tip is here and that points this way.
pub(super) fn arrow(tip: Point, way: Point, class: &str) -> String {
    /// Its length, and half of its width, in canvas units.
    const SIZE: (f32, f32) = (10.0, 4.2);
    let back = tip - way * SIZE.0;
    let side = Point::new(-way.y, way.x) * SIZE.1;
    format!(
        "<path class=\"{class}\" d=\"M{}L{}L{}Z\"/>",
        point(tip),
        point(back + side),
        point(back - side)
    )
}

/// Words in the middle of a place, line under line.
pub(super) fn words(lines: &[String], centre: Point, class: &str) -> String {
    let top = centre.y - (lines.len() as f32 - 1.0) * LABEL_LINE / 2.0 + LABEL_SIZE * 0.35;
    let mut text = String::new();
    for (line, row) in lines.iter().zip(0_u16..) {
        let y = top + f32::from(row) * LABEL_LINE;
        text.push_str(&format!(
            "<text class=\"{class}\" x=\"{}\" y=\"{}\">{}</text>",
            number(centre.x),
            number(y),
            escaped(line)
        ));
    }
    text
}

/// The estimated width of words at the size of labels, in canvas units.
pub(super) fn width_of(words: &str) -> f32 {
    let wide = |c: char| matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x1f300..=0x1faff);
    words
        .graphemes(true)
        .map(|one| if one.chars().any(wide) { 2.0 * ADVANCE } else { ADVANCE })
        .sum()
}

/// Words broken into so many lines of this width at most; what does not fit is cut, with a sign that it is.
pub(super) fn wrapped(text: &str, width: f32, most: usize) -> Vec<String> {
    let text = one_line(text);
    let text = shown_line(&text);
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split(' ') {
        let fits =
            |line: &str| line.is_empty() || width_of(line) + width_of(word) + ADVANCE <= width;
        if !lines.last().is_some_and(|line| fits(line)) {
            if lines.len() == most {
                break;
            }
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    let kept: usize = lines.iter().map(|line| line.len()).sum::<usize>() + lines.len() - 1;
    let whole = kept == text.len();
    for line in &mut lines {
        cut(line, width);
    }
    if !whole && let Some(last) = lines.last_mut().filter(|line| !line.ends_with('…')) {
        last.push_str(" …");
        cut(last, width);
    }
    lines
}

/// Cuts a line that is too long.
fn cut(line: &mut String, width: f32) {
    if width_of(line) <= width + ADVANCE {
        return;
    }
    let mut room = width - ADVANCE;
    let mut end = 0;
    for (at, one) in line.grapheme_indices(true) {
        room -= width_of(one);
        if room < 0.0 {
            break;
        }
        end = at + one.len();
    }
    line.truncate(end);
    line.push('…');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_broken_between_words_and_cut_with_a_sign() {
        assert_eq!(wrapped("Anne Kervel", 150.0, 2), ["Anne Kervel"]);
        assert_eq!(wrapped("Anne Kervel", 60.0, 2), ["Anne", "Kervel"]);
        assert_eq!(wrapped("Anne Kervel parle", 60.0, 2), ["Anne", "Kervel …"]);
        assert_eq!(wrapped("Rindfleischetikettierung", 60.0, 2), ["Rindfle…"]);
        assert_eq!(wrapped("", 60.0, 2), [""]);
    }

    #[test]
    fn numbers_are_short_and_finite() {
        assert_eq!([1.0, -0.04, 2.55, f32::NAN].map(number), ["1", "0", "2.5", "0"]);
    }
}
