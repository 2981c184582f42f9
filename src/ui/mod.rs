//! What is drawn: egui on top of [`crate::app`]. Views get `&Program` or `&OpenNotebook` and send intents; they change
//! nothing themselves and do no I/O.

mod as_of_bar;
mod beside_fields;
pub mod canvas;
pub mod competing;
pub mod concordance;
pub mod document_page;
mod drop_hint;
mod entity_chooser;
pub mod fields;
mod file_dialog;
pub mod fonts;
mod heights;
mod idle_pointer;
pub mod inspector;
mod keys;
pub mod kind_icons;
pub mod limits;
pub mod lists;
mod notices;
mod overlays;
mod pages;
mod painted;
mod panes;
#[cfg(target_os = "linux")]
mod portal;
pub mod reader;
pub mod results;
pub mod review;
mod splitters;
mod stopped;
pub mod suggestions;
pub mod table;
mod text_fields;
pub mod theme;
pub mod timeline;
mod toolbars;
mod type_ahead;
mod versions;
mod welcome;
mod what_if_bar;
pub mod widgets;
mod window;
mod window_place;
mod wrapped_bar;

pub use window::{Window, run};

use crate::app::Pane;
use panes::{Articles, PaneRow};

/// What is drawn in each pane: a new pane is its file and its row. One that the program does not show or hide by itself
/// is made known to it from here.
static PANES: &[PaneRow] = &[
    PaneRow::new::<lists::Lists>(&[Pane::LISTS]),
    PaneRow::new::<Articles>(&[Pane::READER, Pane::BESIDE]),
    PaneRow::new::<canvas::Canvas>(&[Pane::CANVAS]),
    PaneRow::new::<inspector::Inspector>(&[Pane::INSPECTOR]),
    PaneRow::new::<review::Review>(&[Pane::REVIEW]),
    PaneRow::new::<results::Results>(&[Pane::RESULTS]),
    PaneRow::new::<suggestions::Suggestions>(&[Pane::SUGGESTIONS]),
    PaneRow::new::<table::Table>(&[Pane::TABLE]),
    PaneRow::new::<competing::Competing>(&[competing::PANE]),
    PaneRow::new::<timeline::TimelinePane>(&[timeline::PANE]),
    PaneRow::new::<document_page::DocumentPage>(&[document_page::PANE]),
];

/// All panes of the window.
pub fn all_panes() -> impl Iterator<Item = Pane> {
    PANES.iter().flat_map(|row| row.panes.iter().copied())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_pane_of_the_program_is_drawn_by_one_row() {
        let drawn: Vec<Pane> = all_panes().collect();
        assert_eq!(drawn.iter().collect::<HashSet<_>>().len(), drawn.len());
        assert_eq!(Pane::OWN.iter().find(|pane| !drawn.contains(pane)), None);
    }
}
