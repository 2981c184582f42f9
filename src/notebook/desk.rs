//! The desk: how the notebook was left. Saved with it, but no edit: looking around is not undone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ArticleId;

/// How the notebook was left.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// The article whose tab is in front.
    pub article: Option<ArticleId>,
    /// Where reading stood in each article.
    pub reading: BTreeMap<ArticleId, ReadingPlace>,
    /// The part of the canvas in view; `None` until it was looked at.
    pub canvas: Option<View>,
}

/// Where reading stood in an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingPlace {
    /// The paragraph at the top of the view, from 0.
    pub paragraph: usize,
    /// How far into that paragraph the view begins, in points.
    pub offset: f32,
}

/// The part of the canvas in view.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View {
    /// The canvas point at the middle of the view, in canvas units.
    pub x: f32,
    /// The same, downwards.
    pub y: f32,
    /// Points on screen for one canvas unit.
    pub zoom: f32,
}
