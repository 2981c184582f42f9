//! What stands where on a page: glyphs, words and lines, in points.
//!
//! A page's own coordinates run right and down from its upper left corner, after cropping and turning. Text is measured
//! in the frame of its own direction: `start` and `end` lie along the baseline, `base` is the baseline itself, and grows
//! downward as one reads. For upright text the two are the same.

/// A rectangle of a page, in points from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Area {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

impl Area {
    /// The smallest rectangle around both.
    pub(super) fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// What is in both; nothing (of no size) where they are apart.
    pub(super) fn common(self, other: Self) -> Self {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        Self {
            left,
            top,
            right: self.right.min(other.right).max(left),
            bottom: self.bottom.min(other.bottom).max(top),
        }
    }

    /// Whether a point is in it, or on its edge.
    pub(super) fn holds(self, x: f32, y: f32) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// Its size in square points.
    pub(super) fn size(self) -> f32 {
        (self.right - self.left).max(0.0) * (self.bottom - self.top).max(0.0)
    }
}

/// The direction in which text runs: whole degrees clockwise from rightward, 0 to 359.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Turn(pub(super) u16);

impl Turn {
    /// The direction of a vector in page coordinates; rightward where it has no length.
    pub(super) fn of(x: f64, y: f64) -> Self {
        let degrees = y.atan2(x).to_degrees();
        if !degrees.is_finite() {
            return Self(0);
        }
        // Text that is slightly off (a crooked scan) still runs rightward.
        let near = (degrees / 90.0).round() * 90.0;
        let degrees = if (degrees - near).abs() < 4.0 { near } else { degrees.round() };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 359")]
        Self(degrees.rem_euclid(360.0) as u16 % 360)
    }

    /// A point of the page in the frame of this direction.
    pub(super) fn into_frame(self, x: f64, y: f64) -> (f32, f32) {
        let (sin, cos) = f64::from(self.0).to_radians().sin_cos();
        #[allow(clippy::cast_possible_truncation, reason = "points need no more than f32")]
        ((x * cos + y * sin) as f32, (y * cos - x * sin) as f32)
    }

    /// The rectangle of the page around one of this frame.
    fn on_page(self, frame: Area) -> Area {
        if self.0 == 0 {
            return frame;
        }
        let (sin, cos) = f32::from(self.0).to_radians().sin_cos();
        let corner = |u: f32, v: f32| {
            let (x, y) = (u * cos - v * sin, u * sin + v * cos);
            Area { left: x, top: y, right: x, bottom: y }
        };
        corner(frame.left, frame.top)
            .around(corner(frame.right, frame.top))
            .around(corner(frame.left, frame.bottom))
            .around(corner(frame.right, frame.bottom))
    }
}

/// One glyph with what it stands for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// The characters it stands for, ligatures taken apart; empty where nothing says which.
    pub(super) text: String,
    pub(super) turn: Turn,
    pub(super) start: f32,
    pub(super) end: f32,
    pub(super) base: f32,
    /// The font size in points, as it is on the page.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Drawn without ink.
    pub(super) hidden: bool,
    /// The marked content it belongs to: the number its page's structure knows it by.
    pub(super) mark: Option<u32>,
}

impl Glyph {
    /// Whether it is white space.
    pub(super) fn is_space(&self) -> bool {
        !self.text.is_empty() && self.text.chars().all(char::is_whitespace)
    }
}

/// A word of a line, or a part of one that is set apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) start: f32,
    pub(super) end: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Whether it stands higher and is smaller than its neighbour, as the signs of footnotes do.
    pub(super) raised: bool,
    /// Whether white space was written before and after it.
    pub(super) spaced: (bool, bool),
    pub(super) mark: Option<u32>,
}

impl Word {
    /// How high letters rise above the baseline and hang below it, as parts of the font size.
    pub(super) const RISE: f32 = 0.78;
    pub(super) const DROP: f32 = 0.22;

    /// Where it is in its frame.
    pub(super) fn area(&self) -> Area {
        Area {
            left: self.start,
            top: self.base - Self::RISE * self.size,
            right: self.end,
            bottom: self.base + Self::DROP * self.size,
        }
    }
}

/// Words on one baseline, in the order in which they are read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    pub(super) turn: Turn,
    pub(super) area: Area,
    pub(super) base: f32,
    /// The size of most of its letters.
    pub(super) size: f32,
    /// Whether all its letters are bold.
    pub(super) bold: bool,
    /// Whether it is read from right to left.
    pub(super) leftward: bool,
    /// Of a row of a table: with which word each cell begins. Empty otherwise.
    pub(super) cells: Vec<usize>,
}

impl Line {
    /// A line of words that are sorted along the baseline; `None` of none.
    pub(super) fn new(words: Vec<Word>, turn: Turn) -> Option<Self> {
        let first = words.first()?;
        let area = words.iter().fold(first.area(), |area, word| area.around(word.area()));
        let flat = || words.iter().filter(|word| !word.raised);
        let largest = flat().max_by(|a, b| {
            let ink = |word: &Word| word.text.chars().count();
            ink(a).cmp(&ink(b))
        });
        let (base, size) = largest.map_or((first.base, first.size), |word| (word.base, word.size));
        let bold = flat().all(|word| word.bold);
        Some(Self { turn, area, base, size, bold, leftward: false, cells: Vec::new(), words })
    }

    /// Its words with a space between them.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| &*word.text).collect();
        words.join(" ")
    }

    /// Where a word of it is on its page.
    pub(super) fn on_page(&self, word: &Word) -> Area {
        self.turn.on_page(word.area())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_runs_up_the_page_is_measured_along_its_baseline() {
        assert_eq!(Turn::of(1.0, 0.02), Turn(0));
        assert_eq!(Turn::of(0.0, -1.0), Turn(270));
        assert_eq!(Turn::of(1.0, 1.0), Turn(45));
        assert_eq!(Turn::of(f64::NAN, 0.0), Turn(0));
        // A letter at (100, 700) of text that runs up: further up is further along, further right is further down.
        let up = Turn(270);
        let (u, v) = up.into_frame(100.0, 700.0);
        let (further, _) = up.into_frame(100.0, 650.0);
        let (_, below) = up.into_frame(112.0, 700.0);
        assert!((further - u - 50.0).abs() < 1e-3 && (below - v - 12.0).abs() < 1e-3);
        let page = up.on_page(Area { left: u, top: v - 8.0, right: u + 50.0, bottom: v + 2.0 });
        assert!((page.left - 92.0).abs() < 1e-2 && (page.right - 102.0).abs() < 1e-2, "{page:?}");
        assert!((page.top - 650.0).abs() < 1e-2 && (page.bottom - 700.0).abs() < 1e-2, "{page:?}");
    }
}
