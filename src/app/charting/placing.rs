//! Working on the canvas first: adding entities there before anything mentions them, and linking to them.

use crate::app::charting::align::placed_by_hand;
use crate::app::{Effect, LinkDraft, Pane, Picker, Program, Selection, Tool};
use crate::edit::{Created, Edit, EntityFields};
use crate::graph::Point;
use crate::inquiry::Meaning;
use crate::notebook::{ActorKind, EntityId, Kind};
use crate::text::looks_anonymous;

impl Program {
    /// Adds the entity chosen in a picker opened on the canvas, and pins it if a place was given.
    pub(in crate::app) fn put_picked(
        &mut self,
        picker: &Picker,
        at: Option<(i32, i32)>,
        meaning: &Meaning,
    ) {
        let at = at.map(|(x, y)| (x as f32, y as f32));
        match meaning {
            Meaning::Existing(id) => {
                self.with_open_notebook(|book| _ = book.tagging.close());
                match at {
                    Some((x, y)) => self.put_entity(*id, x, y),
                    None => self.show_on_canvas(*id),
                }
            }
            Meaning::New(name) => {
                let mut edit = picker.new_entity(name);
                if let Edit::AddEntity { at: place, handle, .. } = &mut edit {
                    *place = at;
                    handle.clear();
                }
                if let Some(id) = self.make_entity(&edit) {
                    self.with_open_notebook(|book| {
                        book.tagging.close();
                        book.select(Selection::entity(id));
                        book.tagging.used(id);
                    });
                    // Selecting it brings it into view without changing the zoom.
                    if at.is_none() {
                        self.emit(Effect::ShowPane(Pane::CANVAS));
                    }
                }
            }
        }
    }

    /// Places an entity by hand: it is selected and pinned there.
    pub(in crate::app) fn put_entity(&mut self, id: EntityId, x: f32, y: f32) {
        let Some(book) = &self.book else { return };
        let label = format!("Add “{}” to the canvas", book.document.notebook().name(id));
        let place = placed_by_hand(std::iter::once((id, Point::new(x, y))));
        if self.edit(&Edit::Batch(label, place)).is_some() {
            self.with_open_notebook(|book| book.select(Selection::entity(id)));
        }
    }

    /// Makes a new entity for the link maker's other end, and goes on with the link.
    pub(in crate::app) fn link_to_new(&mut self, kind: Kind, at: Option<(f32, f32)>) {
        let Some(book) = &self.book else { return };
        let Tool::Link(draft) = book.tool().clone() else { return };
        let name = draft.text.trim().to_owned();
        let unnamed = kind == Kind::Actor && looks_anonymous(&name);
        let edit = Edit::AddEntity {
            kind,
            name,
            handle: String::new(),
            with: Box::new(EntityFields {
                actor_kind: unnamed.then_some(ActorKind::Anonymous),
                ..EntityFields::default()
            }),
            at: at.map(|(x, y)| (x.round(), y.round())),
        };
        if let Some(id) = self.make_entity(&edit) {
            self.change_link_draft(LinkDraft { to: Some(id), text: String::new(), ..draft });
        }
    }

    fn make_entity(&mut self, edit: &Edit) -> Option<EntityId> {
        self.edit(edit)?.into_iter().find_map(|made| match made {
            Created::Entity(id) => Some(id),
            _ => None,
        })
    }
}
