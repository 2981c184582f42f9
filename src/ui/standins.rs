//! Panes still being built: empty until then.

use super::look::Look;
use crate::app::{Book, Intent, Program};

/// To come.
#[derive(Default)]
pub struct Inspector;

impl Inspector {
    pub fn new() -> Self {
        Self
    }

    pub fn focus(&mut self) {}

    pub fn focus_name(&mut self) {}

    pub fn count(&mut self, _book: &Book) -> usize {
        0
    }

    pub fn ui(
        &mut self,
        _ui: &mut egui::Ui,
        _program: &Program,
        _book: &Book,
        _look: &Look,
        _out: &mut Vec<Intent>,
    ) {
    }
}

/// To come.
#[derive(Default)]
pub struct Lists;

impl Lists {
    pub fn new() -> Self {
        Self
    }

    pub fn focus(&mut self) {}

    pub fn focus_name(&mut self) {}

    pub fn count(&mut self, _book: &Book) -> usize {
        0
    }

    pub fn ui(
        &mut self,
        _ui: &mut egui::Ui,
        _program: &Program,
        _book: &Book,
        _look: &Look,
        _out: &mut Vec<Intent>,
    ) {
    }
}

/// To come.
#[derive(Default)]
pub struct Review;

impl Review {
    pub fn new() -> Self {
        Self
    }

    pub fn focus(&mut self) {}

    pub fn focus_name(&mut self) {}

    pub fn count(&mut self, _book: &Book) -> usize {
        0
    }

    pub fn ui(
        &mut self,
        _ui: &mut egui::Ui,
        _program: &Program,
        _book: &Book,
        _look: &Look,
        _out: &mut Vec<Intent>,
    ) {
    }
}
