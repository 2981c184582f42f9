//! A layout of the panes as tiles, and the tiles as a layout.

use egui_tiles::{Container, Linear, LinearDir, Tile, TileId, Tiles, Tree};

use crate::app::{Pane, PaneLayout};

/// The tiles of a layout.
pub(super) fn tree_of(layout: &PaneLayout) -> Tree<Pane> {
    let mut tiles = Tiles::default();
    let root = insert(&mut tiles, layout);
    let mut tree = Tree::new(egui::Id::unique("panes"), root, tiles);
    let hidden: Vec<TileId> =
        hidden_in(layout).iter().filter_map(|pane| tree.tiles.find_pane(pane)).collect();
    for tile in hidden {
        tree.set_visible(tile, false);
    }
    tree
}

fn insert(tiles: &mut Tiles<Pane>, layout: &PaneLayout) -> TileId {
    let linear = |tiles: &mut Tiles<Pane>, dir, parts: &[(f32, PaneLayout)]| {
        let children: Vec<(TileId, f32)> =
            parts.iter().map(|(share, part)| (insert(tiles, part), *share)).collect();
        let mut linear = Linear::new(dir, children.iter().map(|(child, _)| *child).collect());
        // A pane that is dropped between them gets a share of 1, which has to be that of an average pane.
        let average = children.iter().map(|(_, share)| share).sum::<f32>() / children.len() as f32;
        let average = if average > 0.0 { average } else { 1.0 };
        for (child, share) in children {
            linear.shares.set_share(child, share / average);
        }
        tiles.insert_container(Container::Linear(linear))
    };
    match layout {
        PaneLayout::Pane { pane, .. } => tiles.insert_pane(*pane),
        PaneLayout::Row(parts) => linear(tiles, LinearDir::Horizontal, parts),
        PaneLayout::Column(parts) => linear(tiles, LinearDir::Vertical, parts),
        PaneLayout::Tabs { tabs, front } => {
            let children: Vec<TileId> = tabs.iter().map(|tab| insert(tiles, tab)).collect();
            let mut tabs = egui_tiles::Tabs::new(children.clone());
            tabs.active = children.get(*front).copied();
            tiles.insert_container(Container::Tabs(tabs))
        }
    }
}

fn hidden_in(layout: &PaneLayout) -> Vec<Pane> {
    match layout {
        PaneLayout::Pane { pane, hidden } => hidden.then_some(*pane).into_iter().collect(),
        PaneLayout::Row(parts) | PaneLayout::Column(parts) => {
            parts.iter().flat_map(|(_, part)| hidden_in(part)).collect()
        }
        PaneLayout::Tabs { tabs, .. } => tabs.iter().flat_map(hidden_in).collect(),
    }
}

/// The layout of the tiles. The second article counts as shown: whether it is there is the notebook's.
pub(super) fn layout_of(tree: &Tree<Pane>) -> Option<PaneLayout> {
    of_tile(tree, tree.root()?)
}

fn of_tile(tree: &Tree<Pane>, tile: TileId) -> Option<PaneLayout> {
    let share_by = |shares: &egui_tiles::Shares, children: &[TileId]| -> Vec<(f32, PaneLayout)> {
        children.iter().filter_map(|child| Some((shares[*child], of_tile(tree, *child)?))).collect()
    };
    Some(match tree.tiles.get(tile)? {
        Tile::Pane(pane) => {
            let hidden = !tree.is_visible(tile) && *pane != Pane::BESIDE;
            PaneLayout::Pane { pane: *pane, hidden }
        }
        Tile::Container(Container::Linear(linear)) => {
            let parts = share_by(&linear.shares, &linear.children);
            match linear.dir {
                LinearDir::Horizontal => PaneLayout::Row(parts),
                LinearDir::Vertical => PaneLayout::Column(parts),
            }
        }
        Tile::Container(Container::Tabs(tabs)) => {
            let front = tabs.children.iter().position(|child| Some(*child) == tabs.active);
            let tabs = tabs.children.iter().filter_map(|child| of_tile(tree, *child)).collect();
            PaneLayout::Tabs { tabs, front: front.unwrap_or(0) }
        }
        Tile::Container(Container::Grid(grid)) => PaneLayout::Row(
            grid.children().filter_map(|it| Some((1.0, of_tile(tree, *it)?))).collect(),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Layouts, Workspace};

    #[test]
    fn a_pane_dropped_between_others_is_as_wide_as_they_are_on_average() {
        let layout = PaneLayout::parse("row(10 lists, 60 article, 30 canvas)", Pane::OWN);
        let tree = tree_of(&layout.expect("a layout"));
        let root = tree.root().and_then(|root| tree.tiles.get(root));
        let Some(Tile::Container(Container::Linear(row))) = root else { panic!("a row") };
        let shares: f32 = row.children.iter().map(|child| row.shares[*child]).sum();
        assert!((shares / row.children.len() as f32 - 1.0).abs() < 1e-4);
    }

    #[test]
    fn tiles_say_the_layout_they_were_made_of() {
        for workspace in [Workspace::Read, Workspace::Canvas, Workspace::Review] {
            let layout = Layouts { workspace, ..Layouts::default() }.layout(Pane::OWN);
            let again = layout_of(&tree_of(&layout)).map(|again| again.to_string());
            assert_eq!(again, Some(layout.to_string()));
        }
    }
}
