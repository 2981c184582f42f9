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
use crate::app::{Intent, OpenNotebook, Program, Purpose, Tool};

/// The overlays' own state: what is drawn where.
#[derive(Default)]
pub struct Overlays {
    find: find_bar::FindBar,
    link: link_maker::LinkMaker,
    /// The tool that was open in the last frame: one that just opened takes the keyboard.
    open: Option<&'static str>,
    finding: bool,
    text: text_panel::TextPanel,
}

impl Overlays {
    /// Draws what is open. True when a tool was just closed: the keyboard goes back to the pane it was opened from.
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
        let name = match book.tool() {
            Tool::None | Tool::Boundary { .. } => None,
            Tool::Picker(_) => Some("picker"),
            Tool::Link(_) => Some("link"),
            Tool::Rest(_) => Some("rest"),
        };
        let just_opened = name.is_some() && name != self.open;
        let closed = name.is_none() && self.open.is_some();
        self.open = name;
        match book.tool() {
            Tool::Picker(tool) => {
                let at = match tool.purpose {
                    Purpose::Place(_) => on_canvas(ctx, shown),
                    _ if tool.put_at.is_some() => on_canvas(ctx, shown),
                    _ => place(ctx, shown),
                };
                picker::ui(ctx, book, tool, style, at, just_opened, out);
            }
            Tool::Link(draft) => {
                let at = shown
                    .link
                    .map_or_else(|| place(ctx, shown), |at| Rect::from_min_size(at.0, Vec2::ZERO));
                let dropped = shown.link.map(|at| (at.1.x, at.1.y));
                self.link.ui(ctx, book, draft, style, at, dropped, just_opened, out);
            }
            Tool::Rest(tool) => tag_rest::ui(ctx, book, tool, style, just_opened, out),
            Tool::None | Tool::Boundary { .. } => {}
        }
        if let (Some(find), Some(reader)) = (book.find(), shown.reader) {
            self.find.ui(ctx, find, style, reader, out);
        }
        let settled =
            shown.reader.is_some_and(|reader| self.text.ui(ctx, program, style, reader, out));
        let finding = book.find().is_some();
        let stopped = std::mem::replace(&mut self.finding, finding) && !finding;
        closed || stopped || settled
    }

    /// Puts the cursor into the field that finds.
    pub fn focus_find(&mut self) {
        self.find.focus();
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
