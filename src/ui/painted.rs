//! What panes that are painted by hand need to be as good as ones of widgets: keys that stay theirs, and nodes of the
//! accessibility tree.

use egui::accesskit::{self, Action, Role};
use egui::{EventFilter, Id, Rect, Sense, Ui};

/// The arrows and Escape. Tab leaves a pane as it leaves everything else. Left to egui, Escape would take the keyboard away
/// before what was typed in the same frame.
pub const OWN_KEYS: EventFilter =
    EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };

/// Lets what has the keyboard keep its arrows and Escape.
pub fn keep_keys(ui: &Ui, id: Id) {
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, OWN_KEYS));
}

/// A place as the accessibility tree has it.
#[must_use]
pub fn bounds(rect: Rect) -> accesskit::Rect {
    accesskit::Rect {
        x0: rect.min.x.into(),
        y0: rect.min.y.into(),
        x1: rect.max.x.into(),
        y1: rect.max.y.into(),
    }
}

/// What was asked of a node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To press it.
    Click,
    /// To go there.
    Focus,
}

/// Puts a node of this name there, as a button; what was asked of it.
pub fn describe(
    ui: &Ui,
    id: Id,
    rect: Rect,
    name: impl FnOnce() -> String,
    selected: bool,
) -> Option<Asked> {
    // It senses nothing: the pane under it does. It is there so that it has a parent and a place.
    ui.interact(rect, id, Sense::hover());
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(Role::Button);
        node.set_label(name());
        node.set_bounds(bounds(rect));
        node.set_selected(selected);
        node.add_action(Action::Click);
        node.add_action(Action::Focus);
    });
    ui.input(|input| {
        let asked = |action| input.has_accesskit_action_request(id, action);
        if asked(Action::Click) {
            Some(Asked::Click)
        } else {
            asked(Action::Focus).then_some(Asked::Focus)
        }
    })
}
