//! Whether the pointer lies idle while its user types: a card that opens because the pointer rests somewhere would only
//! be in the way.

use egui::{Context, Event, Id, Pos2};

/// A pointer that moved no farther than this, in points, rests: a table that shakes is no hand on the mouse.
const STILL: f32 = 3.0;

/// Whether the pointer has only rested since a key was pressed. To be asked in every frame.
pub fn is_idle(ctx: &Context) -> bool {
    let id = Id::unique("idle pointer");
    let (pressed, at) = ctx.input(|input| {
        // Keys that ran a command are gone from `events`.
        let key = |event: &Event| matches!(event, Event::Key { pressed: true, .. });
        (input.raw.events.iter().any(key), input.pointer.latest_pos())
    });
    ctx.data_mut(|data| {
        if pressed {
            data.insert_temp::<Option<Pos2>>(id, at);
        }
        let Some(rested) = data.get_temp::<Option<Pos2>>(id) else { return false };
        let still = match (rested, at) {
            (Some(rested), Some(at)) => rested.distance(at) <= STILL,
            (rested, at) => rested == at,
        };
        if !still {
            data.remove::<Option<Pos2>>(id);
        }
        still
    })
}
