//! What a mention is taken by: the ring that a link is drawn from, and its two ends.

use std::ops::Range;

use egui::{Mesh, Pos2, Rect, vec2};

use super::Scene;
use super::mention_marks::{Mark, covering};
use super::mouse::{Drag, Mouse, spot};
use super::paint::Frame;
use crate::app::Tool;
use crate::notebook::MentionId;

/// How near a handle is taken, in points.
pub const NEAR: f32 = 9.0;
/// The same for an end of a mention whose boundaries are not being changed, and only beside its letters: a selection
/// can still begin on them.
const CLOSE: f32 = 5.0;

impl Mouse {
    /// The end of a mention that is here: the mention's bytes, whether it is their end, and whether the boundary tool
    /// is still to be opened. The ends of the selected mention can always be dragged.
    pub(super) fn end_at(
        &self,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        marks: &[Mark],
        at: Pos2,
    ) -> Option<(Range<usize>, bool, bool)> {
        let (range, passing) = match scene.book.tool() {
            Tool::Boundary { article, range, .. } if *article == scene.id => (range.clone(), false),
            Tool::None => {
                let mark = marks.iter().find(|mark| mark.selected)?;
                // The ring lies over the upper end of the last letter.
                if self.handle_at(scene, frame, marks, at).is_some() {
                    return None;
                }
                (mark.range.clone(), true)
            }
            _ => return None,
        };
        let (start, end) = frame.ends(&range);
        let near = |rect: Rect, end: bool| {
            let edge = rect.center().x;
            let beside = if end { edge..=edge + CLOSE } else { edge - CLOSE..=edge };
            if passing {
                rect.y_range().contains(at.y) && beside.contains(&at.x)
            } else {
                rect.expand2(vec2(NEAR, 5.0)).contains(at)
            }
        };
        [(end, true), (start, false)]
            .into_iter()
            .find(|(rect, end)| rect.is_some_and(|rect| near(rect, *end)))
            .map(|(_, end)| (range, end, passing))
    }

    /// The mentions that show a handle to draw a link from: the selected and the hovered one.
    pub(super) fn with_handle<'a>(
        &'a self,
        scene: &Scene<'_>,
        marks: &'a [Mark],
    ) -> impl Iterator<Item = &'a Mark> {
        let idle = matches!(scene.book.tool(), Tool::None);
        let hovered = self.hovered();
        marks.iter().filter(move |mark| idle && (mark.selected || Some(mark.mention) == hovered))
    }

    /// The mention whose link handle is here.
    pub(super) fn handle_at(
        &self,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        marks: &[Mark],
        at: Pos2,
    ) -> Option<MentionId> {
        self.with_handle(scene, marks)
            .find(|mark| {
                frame.link_handle(&mark.range).is_some_and(|place| place.distance(at) < NEAR)
            })
            .map(|mark| mark.mention)
    }

    /// Behind the words that a link being drawn would reach.
    pub fn grounds(&self, frame: &Frame<'_>, marks: &[Mark], mesh: &mut Mesh) {
        let (Drag::Link { from }, Some(at)) = (&self.drag, self.pointer) else { return };
        let under = spot(frame, at).and_then(|spot| spot.under);
        let start = marks.iter().find(|mark| mark.mention == *from).map(|mark| mark.entity);
        if let Some(under) = under
            && let Some(target) =
                covering(marks, under.start).into_iter().find(|mark| Some(mark.entity) != start)
        {
            frame.band(&target.range, frame.style.accent.gamma_multiply(0.25), mesh);
        }
    }

    /// The link handles, and the thread of a link being drawn.
    pub fn handles(&self, scene: &Scene<'_>, frame: &Frame<'_>, marks: &[Mark]) {
        if let (Drag::Link { from }, Some(at)) = (&self.drag, self.pointer) {
            let range = scene.book.notebook().mention(*from).and_then(|m| m.anchor.range());
            let start = range.and_then(|range| {
                frame
                    .link_handle(&range)
                    .or_else(|| Some(frame.rects(&range, true).last()?.right_top()))
            });
            if let Some(start) = start {
                frame.draw_link_handle(start, true);
                if self.dragged {
                    frame.thread(start, at);
                }
            }
            return;
        }
        if self.drag != Drag::Nothing {
            return;
        }
        if let Some(at) = self.pointer
            && let Some((range, end, true)) = self.end_at(scene, frame, marks, at)
        {
            frame.draw_ends(&range, end);
        }
        for mark in self.with_handle(scene, marks) {
            if let Some(place) = frame.link_handle(&mark.range) {
                let hot = self.pointer.is_some_and(|at| place.distance(at) < NEAR);
                frame.draw_link_handle(place, hot);
            }
        }
    }
}
