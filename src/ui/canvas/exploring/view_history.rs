//! The views of the canvas there were, to go back to and forward again, as in a browser.

use egui::Rect;

use crate::ui::canvas::view::View;

/// The most views that are kept; older ones are dropped.
const MOST: usize = 100;

/// The views there were before the one in view, and those it was gone back from.
#[derive(Debug, Default)]
pub struct ViewHistory {
    back: Vec<View>,
    here: Option<View>,
    forward: Vec<View>,
}

impl ViewHistory {
    /// Takes down a view that came to rest. One that shows much the same as the last takes its place.
    pub fn rest(&mut self, view: View, pane: Rect) {
        match self.here {
            Some(here) if alike(here, view, pane) => self.here = Some(view),
            Some(here) => {
                self.back.push(here);
                if self.back.len() > MOST {
                    self.back.remove(0);
                }
                self.forward.clear();
                self.here = Some(view);
            }
            None => self.here = Some(view),
        }
    }

    /// Takes down what is in view without the user having moved there: it is where the first step back leads.
    pub const fn stay(&mut self, view: View) {
        self.here = Some(view);
    }

    /// The view before (-1) or after (1) this one, which is it from now on.
    pub fn step(&mut self, by: i32) -> Option<View> {
        let (from, to) = if by < 0 {
            (&mut self.back, &mut self.forward)
        } else {
            (&mut self.forward, &mut self.back)
        };
        let next = from.pop()?;
        to.extend(self.here.replace(next));
        Some(next)
    }
}

/// Whether two views show much the same: moved by less than a quarter of the pane, at about the same zoom.
fn alike(a: View, b: View, pane: Rect) -> bool {
    let moved = a.centre.distance(b.centre) * a.zoom.min(b.zoom);
    let zoomed = (a.zoom / b.zoom).ln().abs();
    moved < pane.width().min(pane.height()) * 0.25 && zoomed < 0.2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Point;

    #[test]
    fn back_and_forward_lead_where_one_was() {
        let pane = Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(800.0, 600.0));
        let at = |x: f32| View { centre: Point::new(x, 0.0), zoom: 1.0 };
        let mut trail = ViewHistory::default();
        assert_eq!(trail.step(-1), None);
        for x in [0.0, 1000.0, 1010.0, 2000.0] {
            trail.rest(at(x), pane);
        }
        assert_eq!(trail.step(-1), Some(at(1010.0)), "a little nudge is no other view");
        assert_eq!(trail.step(-1), Some(at(0.0)));
        assert_eq!(trail.step(-1), None);
        assert_eq!(trail.step(1), Some(at(1010.0)));
        trail.rest(at(1010.0), pane);
        assert_eq!(trail.step(1), Some(at(2000.0)), "arriving is no step of its own");
        trail.step(-1);
        trail.rest(at(5000.0), pane);
        assert_eq!(trail.step(1), None, "another way was taken");
    }
}
