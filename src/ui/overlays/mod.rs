//! What opens over the text or the canvas: the picker, the link maker, find, “tag the rest”, how the text is set.

mod find_bar;
mod frame;
mod link_maker;
mod picker;
mod tag_rest;
mod text_panel;

use egui::{Context, Pos2, Rect, Vec2};

use super::panes::Shown;
use super::theme::Style;
use crate::app::{Effect, Intent, OpenNotebook, Program};

/// What opens over the text or the canvas, and its state on screen.
trait Overlay {
    /// Whether it is open.
    fn is_open(&self, program: &Program, book: &OpenNotebook) -> bool;

    /// Draws it. It is open.
    fn ui(&mut self, frame: &mut OverlayFrame<'_>);

    /// Does what the program asks of it, from the next frame on. It is asked everything, and leaves alone what is not
    /// for it.
    fn apply_effect(&mut self, _effect: &Effect) {}
}

/// What an overlay is drawn with in one frame.
struct OverlayFrame<'a> {
    ctx: &'a Context,
    program: &'a Program,
    book: &'a OpenNotebook,
    style: &'a Style,
    /// Where things are that it opens beside.
    shown: &'a Shown,
    /// It was not open in the last frame: it takes the keyboard.
    just_opened: bool,
    out: &'a mut Vec<Intent>,
}

/// Makes what draws one overlay.
const fn row<V: Overlay + Default + 'static>() -> fn() -> Box<dyn Overlay> {
    || Box::new(V::default())
}

/// All overlays: a new one is its file and its row.
static OVERLAYS: &[fn() -> Box<dyn Overlay>] = &[
    row::<picker::PickerView>(),
    row::<link_maker::LinkMaker>(),
    row::<tag_rest::TagRestView>(),
    row::<find_bar::FindBar>(),
    row::<text_panel::TextPanel>(),
];

/// The overlays, and whether each was open in the last frame.
pub struct Overlays(Vec<(Box<dyn Overlay>, bool)>);

impl Default for Overlays {
    fn default() -> Self {
        Self(OVERLAYS.iter().map(|make| (make(), false)).collect())
    }
}

impl Overlays {
    /// Draws what is open. True when one was just closed: the keyboard goes back to the pane it was opened from.
    pub fn ui(
        &mut self,
        ctx: &Context,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        shown: &Shown,
        out: &mut Vec<Intent>,
    ) -> bool {
        // A page over everything has the keyboard.
        if program.question().is_some() {
            return false;
        }
        let (mut opened, mut closed) = (false, false);
        for (overlay, was_open) in &mut self.0 {
            let open = overlay.is_open(program, book);
            let just_opened = open && !*was_open;
            opened |= just_opened;
            closed |= *was_open && !open;
            *was_open = open;
            if open {
                overlay.ui(&mut OverlayFrame {
                    ctx,
                    program,
                    book,
                    style,
                    shown,
                    just_opened,
                    out,
                });
            }
        }
        // One that opens in place of another has the keyboard.
        closed && !opened
    }

    /// Hands the overlays what the program asks of them.
    pub fn apply_effect(&mut self, effect: &Effect) {
        self.0.iter_mut().for_each(|(overlay, _)| overlay.apply_effect(effect));
    }
}

/// Where an overlay opens: at the selected words, otherwise in the reader.
fn place(ctx: &Context, shown: &Shown) -> Rect {
    let all = ctx.content_rect();
    shown
        .words
        .filter(|words| words.is_finite() && all.intersects(*words))
        .or_else(|| {
            shown.reader.map(|reader| {
                Rect::from_min_size(reader.left_top() + Vec2::new(60.0, 90.0), Vec2::ZERO)
            })
        })
        .unwrap_or_else(|| Rect::from_min_size(all.center(), Vec2::ZERO))
}

/// Where an overlay opens that is about the canvas: where it was clicked, otherwise in its middle.
fn on_canvas(ctx: &Context, shown: &Shown) -> Rect {
    let middle = || shown.canvas.map(|canvas| canvas.center() - Vec2::new(180.0, 120.0));
    shown
        .link
        .map(|at| at.0)
        .or_else(middle)
        .map_or_else(|| place(ctx, shown), |at| Rect::from_min_size(at, Vec2::ZERO))
}

/// The upper left corner of an overlay of this size: below the place, above it where there is no room below.
fn corner(ctx: &Context, at: Rect, size: Vec2) -> Pos2 {
    let all = ctx.content_rect().shrink(8.0);
    let x = at.left().min(all.right() - size.x).max(all.left());
    let below = at.bottom() + 6.0;
    let y = if below + size.y <= all.bottom() {
        below
    } else if at.top() - 6.0 - size.y >= all.top() {
        at.top() - 6.0 - size.y
    } else {
        (all.bottom() - size.y).max(all.top())
    };
    Pos2::new(x, y)
}
