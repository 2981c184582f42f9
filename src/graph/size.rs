//! The size at which a node is drawn on the canvas. It is known without a window, so that layout and placement leave
//! room for the label that will be painted.

use unicode_segmentation::UnicodeSegmentation;

use super::Point;

/// Size of a label's type in canvas units (points at a zoom of 1).
pub const LABEL_SIZE: f32 = 13.0;
/// Height of a line of a label.
pub const LABEL_LINE: f32 = 17.0;
/// Mean advance of a letter of a sans face at that size, with a margin for wide ones.
const ADVANCE: f32 = 7.6;

/// The share of a letter's advance that each letter and sign of a syllable adds, in scripts where they stack.
const STACKED: f32 = 0.72;

/// The outline a node is drawn with: it decides how much room its label has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outline {
    /// A rectangle with round ends.
    #[default]
    Pill,
    /// A rhombus: widest in the middle, so that its label is kept short.
    Diamond,
    /// A plain rectangle, for labels that are whole sentences.
    Rectangle,
}

/// The estimated width of a label on one line, in canvas units.
fn width_of(label: &str) -> f32 {
    // Without combining marks every scalar is a character of its own: no need to look for clusters.
    if label.chars().all(|c| (c as u32) < 0x300) {
        return label.chars().count() as f32 * ADVANCE;
    }
    label
        .graphemes(true)
        .map(|g| {
            // Wide letters (CJK, kana, Hangul, emoji) take about two.
            let wide = g.chars().next().is_some_and(|c| {
                matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x1f300..=0x1faff)
            });
            // A syllable of the scripts of India and its neighbours is put together of several letters and signs.
            let stacked = g.chars().next().is_some_and(|c| {
                matches!(c as u32, 0x0900..=0x0dff | 0x0f00..=0x109f | 0x1780..=0x17ff)
            });
            match (wide, stacked) {
                (true, _) => 2.0 * ADVANCE,
                (_, true) => ADVANCE * (g.chars().count() as f32 * STACKED).max(1.0),
                _ => ADVANCE,
            }
        })
        .sum()
}

/// Room for a label inside a node: width in canvas units, and at most two lines.
#[must_use]
pub fn label_room(outline: impl Into<Outline>, name: &str) -> (f32, usize) {
    let longest = match outline.into() {
        Outline::Rectangle => 190.0,
        Outline::Diamond => 130.0,
        Outline::Pill => 150.0,
    };
    let width = width_of(name);
    if width <= longest {
        return (width.max(24.0), 1);
    }
    // Two lines: half the words on each, with room for an uneven break.
    ((width * 0.5 + 28.0).min(longest), 2)
}

/// The size of a node, in canvas units: its label fits on at most two lines.
#[must_use]
pub fn node_size(outline: impl Into<Outline>, name: &str) -> Point {
    let outline = outline.into();
    let (width, lines) = label_room(outline, name);
    let height = lines as f32 * LABEL_LINE;
    match outline {
        // A rectangle inside a diamond touches it where its shares of the diamond's width and height add up to one.
        Outline::Diamond => {
            let tall = if lines == 1 { 58.0 } else { 84.0 };
            Point { x: (width / (1.0 - height / tall)).max(96.0) + 8.0, y: tall }
        }
        Outline::Rectangle => Point { x: width + 24.0, y: height + 16.0 },
        Outline::Pill => Point { x: width + 34.0, y: height + 15.0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_label_never_gets_less_room_than_its_first_letter() {
        for outline in [Outline::Pill, Outline::Diamond, Outline::Rectangle] {
            let small = node_size(outline, "A");
            for length in 1..400 {
                let size = node_size(outline, &"a".repeat(length));
                assert!(size.x >= small.x && size.y >= small.y);
                assert!(size.x < 420.0 && size.y < 100.0, "{outline:?} {length} {size:?}");
            }
        }
    }
}
