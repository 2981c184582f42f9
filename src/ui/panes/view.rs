//! What a pane is to the window: what draws it, and what it is given for that.

use egui::{Color32, Ui};
use egui_tiles::UiResponse;

use super::Shown;
use super::tab::grip;
use crate::app::{Effect, Intent, OpenNotebook, Pane, Program};
use crate::ui::theme::Style;

/// What is drawn in a pane, and its state on screen.
pub trait PaneView {
    /// Draws it in all of the room there is.
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>);

    /// How many things wait in it to be dealt with; `None` where that is not what it is for.
    fn count(&mut self, _book: &OpenNotebook) -> Option<usize> {
        None
    }

    /// What its tab shows.
    fn title(&mut self, pane: Pane, book: &OpenNotebook) -> String {
        match self.count(book) {
            Some(count) => format!("{} {count}", pane.title()),
            None => pane.title().to_owned(),
        }
    }

    /// Whether “Fit” fits what it shows into it while it has the keyboard.
    fn fits(&self) -> bool {
        false
    }

    /// The colour behind it.
    fn background(&self, style: &Style) -> Color32 {
        style.surface
    }

    /// Does what the program asks of it, from the next frame on. It is asked everything, and leaves alone what is not
    /// for it.
    fn apply_effect(&mut self, _effect: &Effect) {}
}

/// What a pane is drawn with in one frame.
pub struct PaneFrame<'a> {
    /// Which pane: a view may draw several.
    pub pane: Pane,
    /// The program.
    pub program: &'a Program,
    /// The open notebook.
    pub book: &'a OpenNotebook,
    /// The colours and faces.
    pub style: &'a Style,
    /// What the user wants.
    pub out: &'a mut Vec<Intent>,
    /// Where things are that overlays open beside.
    pub shown: &'a mut Shown,
    /// The pane is given the keyboard.
    pub takes_keyboard: bool,
    /// Something was chosen whose details are to be seen.
    pub inspect: &'a mut bool,
    /// The pane whose tab or grip was clicked twice: it gets the window to itself, or the others their room back.
    pub maximise: &'a mut Option<Pane>,
    pub(super) dragged: UiResponse,
}

impl PaneFrame<'_> {
    /// The grip of the pane, for views without a tab: dragged, it moves the pane; clicked twice, it gives it the
    /// window.
    pub fn grip(&mut self, ui: &mut Ui) {
        let (response, twice) = grip(ui, self.style, self.pane);
        if response == UiResponse::DragStarted {
            self.dragged = response;
        }
        if twice {
            *self.maximise = Some(self.pane);
        }
    }
}

/// A row of the table of panes: what draws one or more of them.
pub struct PaneRow {
    /// The panes.
    pub panes: &'static [Pane],
    /// Makes what draws them.
    pub view: fn() -> Box<dyn PaneView>,
}

impl PaneRow {
    /// A row for panes that are drawn by this view.
    #[must_use]
    pub const fn new<V: PaneView + Default + 'static>(panes: &'static [Pane]) -> Self {
        Self { panes, view: || Box::new(V::default()) }
    }
}
