//! Typing goes on while a field opens: what is typed in between waits for it, and is neither lost nor taken for commands.

use egui::{Context, Event, Id, Key};

/// A field that a command opens has the keyboard after so many frames; what opens none lets keys go on by then.
const PATIENCE: u8 = 3;

/// Keys that wait for a field.
#[derive(Debug, Default)]
pub struct TypeAhead {
    waiting: Option<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    frames: u8,
    /// What had the keyboard when the command was given.
    before: Option<Id>,
    held: Vec<Event>,
}

impl TypeAhead {
    /// At the beginning of a frame: hands over what waited, once the field has the keyboard, or lets it wait on.
    pub fn begin_frame(&mut self, ctx: &Context) {
        let Some(waiting) = &mut self.waiting else { return };
        let focused = ctx.memory(|memory| memory.focused());
        let arrived = ctx.text_edit_focused() && focused != waiting.before;
        if arrived || waiting.frames == 0 {
            let held = std::mem::take(&mut waiting.held);
            ctx.input_mut(|input| drop(input.events.splice(0..0, held)));
            self.waiting = None;
            return;
        }
        waiting.frames -= 1;
        ctx.input_mut(|input| waiting.held.extend(input.events.extract_if(.., |e| is_typed(e))));
        ctx.request_repaint();
    }

    /// Something over everything else is open, which Enter or Escape may close: what was typed after that, in the same
    /// frame, waits for the next, when it is known whom it is for.
    pub fn hold_after_end(&mut self, ctx: &Context) {
        if self.waiting.is_some() {
            return;
        }
        let before = ctx.memory(|memory| memory.focused());
        let held: Vec<Event> = ctx.input_mut(|input| {
            let ends = |event: &Event| {
                matches!(event, Event::Key { key: Key::Enter | Key::Escape, pressed: true, .. })
            };
            let Some(end) = input.events.iter().position(ends) else { return Vec::new() };
            input.events.extract_if(end + 1.., |event| is_typed(event)).collect()
        });
        if !held.is_empty() {
            self.waiting = Some(Waiting { frames: 0, before, held });
            ctx.request_repaint();
        }
    }

    /// A command was given that opens a field: `held` was typed after it, in the same frame.
    pub fn wait(&mut self, ctx: &Context, held: Vec<Event>) {
        let before = ctx.memory(|memory| memory.focused());
        self.waiting = Some(Waiting { frames: PATIENCE, before, held });
        ctx.request_repaint();
    }
}

/// Whether it comes from the keyboard.
pub const fn is_typed(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Paste(_))
}
