//! Panes that are filled in: who clicks beside a field there and types means the field. Single letters run no commands
//! until something else is clicked or the keyboard is taken elsewhere.

use egui::{Context, Event, Id, Key, LayerId, PointerButton, Rect, Ui};

/// Where the fields are, and whether the last click was beside them.
#[derive(Clone, Debug, Default)]
struct Beside {
    /// The panes that were filled in as they were drawn last, with the frame they were drawn in.
    panes: Vec<(u64, LayerId, Rect)>,
    clicked: bool,
}

fn with<T>(ctx: &Context, act: impl FnOnce(&mut Beside) -> T) -> T {
    let id = Id::unique("panes that are filled in");
    ctx.data_mut(|data| act(data.get_temp_mut_or_default::<Beside>(id)))
}

/// This pane is filled in: called in each frame that draws it.
pub fn note_pane(ui: &Ui) {
    let now = ui.ctx().cumulative_frame_nr();
    let pane = (now, ui.layer_id(), ui.max_rect().intersect(ui.clip_rect()));
    with(ui.ctx(), |beside| {
        beside.panes.retain(|(drawn, layer, rect)| {
            now.saturating_sub(*drawn) <= 1 && (*layer, *rect) != (pane.1, pane.2)
        });
        beside.panes.push(pane);
    });
}

/// The click did something: it was no miss.
pub fn hit(ctx: &Context) {
    with(ctx, |beside| beside.clicked = false);
}

/// Whether letters are meant for a field that was missed. Called before the keys of a frame are looked at.
pub fn typing_beside(ctx: &Context) -> bool {
    let now = ctx.cumulative_frame_nr();
    let (pressed, left) = ctx.input(|input| {
        let pressed = input.events.iter().rev().find_map(|event| match event {
            Event::PointerButton { pos, button: PointerButton::Primary, pressed: true, .. } => {
                Some(*pos)
            }
            _ => None,
        });
        let left = [Key::Escape, Key::Tab, Key::F6].iter().any(|key| input.key_pressed(*key));
        (pressed, left)
    });
    let layer = pressed.and_then(|at| ctx.layer_id_at(at));
    with(ctx, |beside| {
        if let Some(at) = pressed {
            beside.clicked = beside.panes.iter().any(|(drawn, of, rect)| {
                now.saturating_sub(*drawn) <= 1
                    && layer.is_none_or(|it| it == *of)
                    && rect.contains(at)
            });
        }
        beside.clicked &= !left;
        beside.clicked
    })
}
