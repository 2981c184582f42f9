//! The lines between the panes: a name for each, and the keyboard moves them too.
//!
//! `egui_tiles` makes them draggable and says nothing of them to a screen reader; they are found by where they lie.

use egui::accesskit::Role;
use egui::{Context, EventFilter, Id, Key, LayerId, Modifiers, Rect, Sense, Stroke, Ui, vec2};
use egui_tiles::{Container, LinearDir, Tile, TileId, Tree};

use super::theme::Style;
use crate::app::Pane;

/// How much of the room of two neighbours one press of an arrow moves from one to the other.
const STEP: f32 = 0.04;

/// A line between two neighbours.
struct Splitter {
    rect: Rect,
    name: String,
    container: TileId,
    sides: [TileId; 2],
    upright: bool,
}

/// Names the lines between the panes, and moves the one that has the keyboard.
pub fn describe(
    ui: &Ui,
    tree: &mut Tree<Pane>,
    style: &Style,
    title: impl Fn(Pane) -> &'static str,
) {
    let ctx = ui.ctx();
    let focused = ctx.memory(|memory| memory.focused());
    // Only a screen reader and the keyboard ask for them.
    let listening = ctx.accesskit_node_builder(ui.unique_id(), |_| ()).is_some();
    if focused.is_none() && !listening {
        return;
    }
    for splitter in splitters(ui, tree, &title) {
        let Some(id) = widget_at(ctx, ui.layer_id(), splitter.rect) else { continue };
        if listening {
            ctx.accesskit_node_builder(id, |node| {
                node.set_role(Role::Splitter);
                node.set_label(&*splitter.name);
            });
        }
        if focused != Some(id) {
            continue;
        }
        let filter = EventFilter {
            tab: false,
            horizontal_arrows: splitter.upright,
            vertical_arrows: !splitter.upright,
            escape: false,
        };
        ctx.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        ui.painter().rect_stroke(
            splitter.rect.expand(1.0),
            2.0,
            Stroke::new(2.0, style.ink),
            egui::StrokeKind::Inside,
        );
        let keys = if splitter.upright {
            [Key::ArrowLeft, Key::ArrowRight]
        } else {
            [Key::ArrowUp, Key::ArrowDown]
        };
        for (key, by) in keys.into_iter().zip([-STEP, STEP]) {
            if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                shift(tree, &splitter, by);
                ctx.request_repaint();
            }
        }
    }
}

/// The lines between visible neighbours, as `egui_tiles` lays them.
fn splitters(ui: &Ui, tree: &Tree<Pane>, title: &impl Fn(Pane) -> &'static str) -> Vec<Splitter> {
    let grab = 2.0 * ui.style().interaction.resize_grab_radius_side;
    let active = tree.active_tiles();
    let mut found = Vec::new();
    for (container, tile) in tree.tiles.iter() {
        let Tile::Container(Container::Linear(linear)) = tile else { continue };
        let Some(parent) = tree.tiles.rect(*container).filter(|_| active.contains(container))
        else {
            continue;
        };
        let shown: Vec<TileId> = linear
            .children
            .iter()
            .copied()
            .filter(|child| tree.tiles.is_visible_in_layout(*child))
            .collect();
        for pair in shown.windows(2) {
            let [a, b] = *pair else { continue };
            let (Some(first), Some(second)) = (tree.tiles.rect(a), tree.tiles.rect(b)) else {
                continue;
            };
            let upright = linear.dir == LinearDir::Horizontal;
            let rect = if upright {
                let x = egui::lerp(first.right()..=second.left(), 0.5);
                Rect::from_center_size(
                    egui::pos2(x, parent.center().y),
                    vec2(grab, parent.height()),
                )
            } else {
                let y = egui::lerp(first.bottom()..=second.top(), 0.5);
                Rect::from_center_size(egui::pos2(parent.center().x, y), vec2(parent.width(), grab))
            };
            let name = |tile| first_pane(tree, tile).map_or("", title);
            let name = format!("Divider between {} and {}", name(a), name(b));
            let (container, sides) = (*container, [a, b]);
            found.push(Splitter { rect, name, container, sides, upright });
        }
    }
    found
}

/// The pane in a tile, or the first one in it that is in front.
fn first_pane(tree: &Tree<Pane>, tile: TileId) -> Option<Pane> {
    match tree.tiles.get(tile)? {
        Tile::Pane(pane) => Some(*pane),
        Tile::Container(container) => container
            .active_children(&tree.tiles)
            .filter(|child| tree.tiles.is_visible_in_layout(*child))
            .find_map(|child| first_pane(tree, child)),
    }
}

/// The widget that was drawn exactly here and can be dragged.
fn widget_at(ctx: &Context, layer: LayerId, rect: Rect) -> Option<Id> {
    ctx.viewport(|viewport| {
        let all = viewport.this_pass.widgets.get_layer(layer);
        let near = |widget: &Rect| {
            (widget.min - rect.min).length() < 1.0 && (widget.max - rect.max).length() < 1.0
        };
        all.filter(|widget| near(&widget.rect) && widget.sense.contains(Sense::DRAG))
            .map(|widget| widget.id)
            .next()
    })
}

/// Gives one neighbour some of the room of the other.
fn shift(tree: &mut Tree<Pane>, splitter: &Splitter, by: f32) {
    let Some(Tile::Container(Container::Linear(linear))) = tree.tiles.get_mut(splitter.container)
    else {
        return;
    };
    let [a, b] = splitter.sides;
    let (first, second) = (linear.shares[a], linear.shares[b]);
    let both = first + second;
    let first = (first + by * both).clamp(both * 0.1, both * 0.9);
    linear.shares.set_share(a, first);
    linear.shares.set_share(b, both - first);
}
