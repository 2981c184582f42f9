//! Named views: a filter, a focus and a part of the canvas, saved under a name in the notebook.

use crate::app::{Command, Effect, Level, Pane, Program, Question};
use crate::edit::{Edit, ViewFields};
use crate::inquiry::Spotlight;
use crate::notebook::{Focus, ViewId};

/// The page that names a view of the canvas: a new one, or this one.
#[derive(Debug)]
pub struct NameView(pub Option<ViewId>);

impl Question for NameView {}

impl Program {
    /// Asks for the name of a new view, or for a new name of this one.
    pub(in crate::app) fn ask_view_name(&mut self, view: Option<ViewId>) {
        self.ask(NameView(view));
    }

    /// What is shown now, as a view stores it, without shortest paths.
    fn looked_at(&self) -> ViewFields {
        let Some(book) = &self.book else { return ViewFields::default() };
        let ways = book.exploration();
        let focus = match ways.spotlight() {
            Spotlight::Around { entities, steps } => Focus {
                around: entities.iter().copied().collect(),
                steps: u8::try_from(*steps).unwrap_or(u8::MAX),
            },
            Spotlight::Off | Spotlight::Paths { .. } => Focus::default(),
        };
        ViewFields {
            name: None,
            filter: Some(ways.filter().clone()),
            focus: Some(focus),
            camera: book.canvas_view(),
        }
    }

    /// Saves what is shown now under a name.
    pub(in crate::app) fn keep_view(&mut self, name: String) {
        let with = ViewFields { name: Some(name.clone()), ..self.looked_at() };
        if self.edit(&Edit::AddView { handle: String::new(), with }).is_some() {
            let filter = Command::ToggleFilter.text().trim_end_matches('…');
            self.notify(
                Level::Info,
                format!(
                    "View “{}” saved. Open it from “{filter}” on the canvas or from the palette.",
                    name.trim()
                ),
            );
        }
    }

    /// Replaces a view by what is shown now.
    pub(in crate::app) fn replace_view(&mut self, view: ViewId) {
        let with = self.looked_at();
        self.edit(&Edit::SetView { view: crate::edit::Ref::Id(view), with });
    }

    /// Shows a view.
    pub(in crate::app) fn show_view(&mut self, id: ViewId) {
        let Some(book) = &mut self.book else { return };
        let Some(view) = book.document.notebook().views().get(&id).cloned() else { return };
        let spotlight = view.focus.as_ref().map_or(Spotlight::Off, |focus| Spotlight::Around {
            entities: focus.around.iter().copied().collect(),
            steps: u32::from(focus.steps),
        });
        book.charting.exploration.look_as(view.filter.clone(), spotlight);
        self.emit(Effect::ShowPane(Pane::CANVAS));
        if let Some(camera) = view.camera {
            self.emit(Effect::LookAt(camera));
        }
    }
}
