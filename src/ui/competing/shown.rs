//! The matrix that is shown.

use crate::notebook::{EntityId, Matrix, MatrixId, Subject};

/// A matrix as it is shown: its claims in the order of their score.
pub(super) struct Shown<'a> {
    pub(super) id: MatrixId,
    pub(super) matrix: &'a Matrix,
    pub(super) claims: Vec<EntityId>,
    /// Width of the first column, in points.
    pub(super) first: f32,
    /// Width of a claim's column, in points.
    pub(super) column: f32,
}

impl Shown<'_> {
    /// Whether this cell, a row and a claim, is in it.
    pub(super) fn has(&self, (row, claim): (Subject, EntityId)) -> bool {
        self.matrix.rows.contains(&row) && self.claims.contains(&claim)
    }
}
