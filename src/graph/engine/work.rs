//! The amount of work in the layout of a part, and how much of it is done.

use super::small::POLISH;
use super::{ANCHORED, CALMS, Engine, LONG_CALMS, LONG_STRETCHES, SMALL, STRETCHES, Stage};

impl Engine {
    /// How many rounds a level gets: many when it is small, few when the coarser ones did the work.
    pub(super) fn rounds(&self, level: usize) -> usize {
        let count = self.levels[level].len();
        if level + 1 == self.levels.len() {
            self.care.rounds()
        } else if count > 30_000 {
            14
        } else {
            40
        }
    }

    /// The number of nodes from which distances are measured.
    pub(super) fn pivots(&self) -> usize {
        if self.levels[0].len() > 30_000 { 48 } else { 100 }
    }

    /// How much there is to do in all, in rounds times nodes.
    pub fn work(&self) -> f32 {
        let forces: usize =
            (0..self.levels.len()).map(|l| self.rounds(l) * self.levels[l].len()).sum();
        let count = self.levels[0].len();
        let anchored = if self.anchors.is_empty() { 0 } else { ANCHORED };
        let all = if self.is_small() {
            forces * self.care.trials(count) + POLISH / 300
        } else if self.is_long {
            count * (self.pivots() / 4 + 1 + LONG_STRETCHES + LONG_CALMS + anchored)
        } else {
            forces + count * (self.pivots() / 4 + STRETCHES + CALMS + anchored)
        };
        all as f32
    }

    /// An estimate of [`Self::work`] for a part of `count` nodes that has not been examined yet.
    pub fn expected_work(count: usize) -> f32 {
        if count <= SMALL { 8_000.0 + 400.0 * count as f32 } else { 80.0 * count as f32 }
    }

    /// How much of the work the next step does.
    pub fn cost(&self) -> f32 {
        match &self.stage {
            // One step for each picture on one thread, and some for the polish.
            Stage::Draw(_) => self.work() / (self.care.trials(self.levels[0].len()) + 8) as f32,
            Stage::Coarsen => self.levels.last().map_or(0.0, |level| level.len() as f32),
            _ => self.levels[self.level].len() as f32,
        }
    }

    /// The share that is done, from 0 to 1.
    pub fn progress(&self) -> f32 {
        match self.stage {
            // How much there is to do is not known yet.
            Stage::Begin | Stage::Coarsen => 0.0,
            _ => (self.done / self.work().max(1.0)).min(1.0),
        }
    }
}
