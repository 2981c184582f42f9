//! An arrangement that is not in the notebook yet, shown: nodes glide to where they would stand, and back when it is
//! discarded. All of it is state of the view.

use std::sync::Arc;

use super::Canvas;
use super::drag::Gesture;
use super::view::{View, ease};
use crate::app::{Arranging, OpenNotebook};
use crate::graph::{Point, Rect};
use crate::notebook::EntityId;
use crate::scene::{Scene, Visibility};

/// How long the canvas takes from one arrangement to another, in seconds.
const REARRANGE: f64 = 0.45;
/// How long it takes from one state of a layout that is still at work to the next.
const ON_THE_WAY: f64 = 0.12;
/// Of more nodes than this each goes its way with all others, and nothing is kept indexed.
const MOST_LOOSE: usize = 1_500;
/// More nodes than this do not glide between the states of a layout at work, but jump: each frame in which they move
/// costs what drawing all of them costs.
const MOST_AT_WORK: usize = 30_000;

/// Nodes on their way from where they were to where they are now.
#[derive(Debug)]
pub struct Motion {
    start: f64,
    /// How long it takes, in seconds.
    over: f64,
    moves: Vec<(u32, Point, Point)>,
}

/// The serial of an arrangement that is no more, while a scene shows it all the same.
pub const GONE: u64 = u64::MAX;

/// What of an arrangement is shown.
#[derive(Debug, Default)]
pub struct Preview {
    /// The state of the arrangement that is shown or glided to; 0 for none.
    pub serial: u64,
    /// The numbers of the nodes it moves, in its order; empty when they have to be looked up.
    numbers: Vec<u32>,
    /// Whom it moves.
    ids: Arc<[EntityId]>,
    /// The scene was brought up to date, or made anew: what is shown may not be the arrangement.
    pub stale: bool,
    /// The layout is at work: its nodes cannot be taken hold of.
    pub at_work: bool,
    /// The view before it, to go back to.
    before: Option<View>,
    /// The user has moved the view meanwhile: it is theirs.
    pub left_alone: bool,
    /// Since when it is being made, in seconds.
    pub since: Option<f64>,
    /// What is to come into view.
    pub fit: Option<Rect>,
}

impl Canvas {
    /// Shows the arrangement that is to be kept or discarded as far as it is, and takes it off when it is no more.
    pub(super) fn follow_arranging(&mut self, book: &OpenNotebook, time: f64) {
        let arranging = book.arranging();
        self.preview.at_work = arranging.is_some_and(Arranging::is_running);
        match arranging {
            None if self.preview.serial != 0 => self.put_back(book, time),
            None => {}
            // There are no places yet: what was shown before goes on being shown.
            Some(arranging) if arranging.ids().is_empty() => {}
            Some(arranging) => self.show_arranging(book, arranging, time),
        }
        let rests = self.motion.is_none() && !self.preview.at_work;
        let left_loose = self.scene.in_mass_motion()
            || (self.scene.is_loose()
                && self.preview.serial != 0
                && !self.dropped
                && matches!(self.gesture, Gesture::None));
        if rests && left_loose {
            self.land(book);
        }
    }

    fn show_arranging(&mut self, book: &OpenNotebook, arranging: &Arranging, time: f64) {
        let new = self.preview.serial != arranging.serial();
        if !new && !self.preview.stale {
            return;
        }
        let first = self.preview.serial == 0;
        let moves = if self.preview.stale || !Arc::ptr_eq(&self.preview.ids, arranging.ids()) {
            self.preview.ids = Arc::clone(arranging.ids());
            let number = |id: &EntityId| self.scene.node(*id).unwrap_or(u32::MAX);
            self.preview.numbers = arranging.ids().iter().map(number).collect();
            moves_to(&self.scene, book)
        } else {
            let moves = self.preview.numbers.iter().zip(arranging.places().iter());
            moves
                .filter_map(|(number, at)| {
                    let node = self.scene.nodes.get(*number as usize).filter(|n| !n.pinned)?;
                    (node.centre != *at).then_some((*number, node.centre, *at))
                })
                .collect()
        };
        self.preview.serial = arranging.serial();
        self.preview.stale = false;
        let over = match moves.len() {
            many if arranging.is_running() && many > MOST_AT_WORK => 0.0,
            _ if arranging.is_running() => ON_THE_WAY,
            _ => REARRANGE,
        };
        if new && arranging.is_of_all() && (first || !self.preview.left_alone) {
            self.preview.fit = Some(self.bounds_after(&moves));
        }
        if first {
            self.preview.before = Some(self.view);
            self.preview.left_alone = false;
        }
        self.set_out(moves, time, over);
    }

    /// Everything goes back to where the notebook has it: the arrangement was discarded, or kept, and then it is there.
    fn put_back(&mut self, book: &OpenNotebook, time: f64) {
        let moves = moves_to(&self.scene, book);
        let preview = std::mem::take(&mut self.preview);
        if moves.is_empty() {
            self.motion = None;
            if self.scene.is_loose() {
                self.scene.settle();
            }
            return;
        }
        self.set_out(moves, time, REARRANGE);
        if let Some(view) = preview.before.filter(|_| !preview.left_alone) {
            self.go_to(view, time);
        }
    }

    /// Sets nodes in motion.
    pub(super) fn set_out(&mut self, moves: Vec<(u32, Point, Point)>, time: f64, over: f64) {
        self.motion = None;
        if moves.is_empty() {
            return;
        }
        if moves.len() > MOST_LOOSE {
            self.scene.start_mass_motion();
        } else if !self.scene.in_mass_motion() {
            let numbers: Vec<u32> = moves.iter().map(|(number, ..)| *number).collect();
            self.scene.loosen(&numbers);
        }
        // Where the desktop or the user wants no animation, there is none.
        let over = if self.still { 0.0 } else { over };
        self.motion = Some(Motion { start: time, over, moves });
    }

    /// The rectangle around what is not hidden, once it is where it goes.
    fn bounds_after(&self, moves: &[(u32, Point, Point)]) -> Rect {
        let mut centres: Vec<Point> = self.scene.nodes.iter().map(|node| node.centre).collect();
        for &(number, _, to) in moves {
            centres[number as usize] = to;
        }
        let nodes = self.scene.nodes.iter().zip(centres).zip(0_u32..);
        nodes
            .filter(|(_, number)| self.scene.node_visibility(*number) != Visibility::Hidden)
            .fold(Rect::NOTHING, |all, ((node, at), _)| all.union(Rect::around(at, node.size)))
    }

    /// Moves nodes on their way.
    pub(super) fn move_nodes(&mut self, book: &OpenNotebook, time: f64) {
        let Some(motion) = self.motion.take() else { return };
        let t = if motion.over > 0.0 { ((time - motion.start) / motion.over) as f32 } else { 1.0 };
        let share = ease(t);
        for &(number, from, to) in &motion.moves {
            // The end is where they go, to the bit.
            let at = if t >= 1.0 { to } else { from.lerp(to, share) };
            self.scene.nodes[number as usize].centre = at;
        }
        if self.scene.in_mass_motion() {
            self.scene.nodes_moved();
        } else {
            self.scene.follow();
        }
        if t < 1.0 {
            self.motion = Some(motion);
        } else if !self.preview.at_work {
            self.land(book);
        }
    }

    /// What was loose is indexed where it is now. Of very much that takes longer than a frame: the scene is made anew
    /// in the background, and this one goes on being looked through from end to end until it is there.
    fn land(&mut self, book: &OpenNotebook) {
        if !self.scene.in_mass_motion() {
            self.scene.settle();
        } else if !Scene::is_large(book.notebook()) {
            self.scene.index();
        } else if !self.is_making() {
            self.make(book, false);
        }
    }

    /// Everything that moves is where it goes.
    pub(super) fn arrive(&mut self) {
        let Some(motion) = self.motion.take() else { return };
        for (number, _, to) in motion.moves {
            self.scene.nodes[number as usize].centre = to;
        }
        if self.scene.in_mass_motion() {
            self.scene.nodes_moved();
        } else {
            self.scene.settle();
        }
    }
}

/// What is to stand elsewhere than in the scene: where the notebook has it, or an arrangement that is shown.
fn moves_to(scene: &Scene, book: &OpenNotebook) -> Vec<(u32, Point, Point)> {
    let ids = book.notebook().nodes().keys();
    ids.filter_map(|id| {
        let number = scene.node(*id)?;
        let (here, there) = (scene.nodes[number as usize].centre, book.place_on_canvas(*id)?);
        (here != there && there.is_finite()).then_some((number, here, there))
    })
    .collect()
}
