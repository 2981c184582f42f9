//! The bars beside the column: one lane for each kind, over the rows that mention it.

use egui::{CornerRadius, Pos2, Rect, pos2};

use super::mention_marks::Mark;
use super::paint::Frame;
use crate::notebook::Kind;

/// From the column's left edge to the nearest bar, and from bar to bar, in points.
const BARS: (f32, f32) = (15.0, 7.0);
/// The kinds of the lanes, from the column outwards.
const LANES: [Kind; 3] = [Kind::Claim, Kind::Event, Kind::Actor];

/// The middle of a lane.
fn middle(frame: &Frame<'_>, lane: usize) -> f32 {
    frame.origin.x - BARS.0 - BARS.1 * lane as f32
}

/// The mentions whose bar is here, in the order of the text.
pub(super) fn under<'a>(frame: &Frame<'_>, marks: &'a [Mark], at: Pos2) -> Vec<&'a Mark> {
    let lane = (0..LANES.len()).find(|lane| (at.x - middle(frame, *lane)).abs() < BARS.1 / 2.0);
    let y = at.y - frame.origin.y;
    let row = frame.lines.partition_point(|placed| placed.y + placed.height <= y);
    let Some(kind) = lane.map(|lane| LANES[lane]) else { return Vec::new() };
    if frame.lines.get(row).is_none_or(|placed| y < placed.y) {
        return Vec::new();
    }
    let here = |mark: &&Mark| mark.kind == kind && frame.rows(&mark.range).contains(&row);
    marks.iter().filter(here).collect()
}

impl Frame<'_> {
    /// Draws the bars.
    pub fn bars(&self, marks: &[Mark]) {
        for (lane, kind) in LANES.into_iter().enumerate() {
            let x = middle(self, lane);
            let mut open: Option<(usize, f32, f32)> = None;
            let mut rows: Vec<usize> = Vec::new();
            for mark in marks.iter().filter(|mark| mark.kind == kind) {
                rows.extend(self.rows(&mark.range));
            }
            rows.sort_unstable();
            rows.dedup();
            let draw = |(_, top, bottom): (usize, f32, f32)| {
                let rect = Rect::from_min_max(
                    pos2(x - 2.0, self.origin.y + top + 3.0),
                    pos2(x + 2.0, self.origin.y + bottom - 3.0),
                );
                self.painter.rect_filled(
                    self.snap(rect),
                    CornerRadius::same(2),
                    self.style.kind(kind),
                );
            };
            for row in rows {
                let placed = &self.lines[row];
                open = Some(match open.take() {
                    Some((unit, top, bottom)) if unit == placed.unit && placed.y - bottom < 1.0 => {
                        (unit, top, placed.y + placed.height)
                    }
                    done => {
                        done.into_iter().for_each(draw);
                        (placed.unit, placed.y, placed.y + placed.height)
                    }
                });
            }
            open.into_iter().for_each(draw);
        }
    }
}
