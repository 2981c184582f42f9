//! Commands on the selection: untag, delete, mark, pin, note.

use crate::app::questions::{DeleteWithDependents, NoteOn};
use crate::app::{Effect, Level, OpenNotebook, Pane, Program, Purpose};
use crate::edit::{Edit, Ref};
use crate::fields::{Field, Record, Value, field};
use crate::inquiry::dependents;
use crate::notebook::{
    ArticleId, Entity, EntityId, Evidence, Link, LinkId, Mention, MentionId, Target,
};
use crate::text::shortened;

/// The edit that puts a mark on a record, or takes it off.
fn mark<R: Record>(record: Ref<R::Id>, field: Option<&Field<R>>, on: bool) -> Option<Edit> {
    field?.set(record, &Value::Flag(on))
}

impl Program {
    pub(in crate::app) fn untag(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(|b| b.selection().mention) {
            self.edit(&Edit::Untag { mention: Ref::Id(id) });
        }
    }

    /// Puts the cursor into the name of what is selected.
    pub(in crate::app) fn rename_selected(&mut self) {
        if let Some(what) = self.book.as_ref().and_then(|b| b.selection().only_on_board()) {
            self.write_on(what);
            return;
        }
        self.emit(Effect::ShowPane(Pane::INSPECTOR));
        self.emit(Effect::FocusName);
    }

    /// Asks which entity the selected one is merged into.
    pub(in crate::app) fn merge_selected(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(|b| b.selection().only_entity()) {
            self.open_picker(Purpose::Merge(id));
        }
    }

    /// Asks which entity the selected mention refers to instead.
    pub(in crate::app) fn retag_selected(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(|b| b.selection().mention) {
            self.open_picker(Purpose::Retag(id));
        }
    }

    /// Asks for the name of the entity that the selected mention is split off as.
    pub(in crate::app) fn split_selected(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(|b| b.selection().mention) {
            self.open_picker(Purpose::Split(id));
        }
    }

    /// Swaps the ends of the selected link.
    pub(in crate::app) fn reverse_selected(&mut self) {
        if let Some(id) = self.book.as_ref().and_then(|b| b.selection().only_made_link()) {
            self.edit(&Edit::Reverse { link: Ref::Id(id) });
        }
    }

    /// Moves the keyboard to the attribution of the selected statement.
    pub(in crate::app) fn edit_attribution(&mut self) {
        self.emit(Effect::ShowPane(Pane::INSPECTOR));
        self.emit(Effect::FocusPane(Pane::INSPECTOR));
    }

    pub(in crate::app) fn delete_selected(&mut self) {
        let Some(book) = &self.book else { return };
        let selection = book.selection().clone();
        let derived = selection.links.iter().any(|id| id.is_derived());
        if selection.links.is_empty()
            && let Some(mention) = selection.mention
        {
            self.edit(&Edit::Untag { mention: Ref::Id(mention) });
            return;
        }
        // A link that is deleted with its entity, or with the link it targets, must not be deleted twice: links come
        // first, and only those that are not deleted with another.
        let taken_along = |mut id: LinkId| {
            for _ in 0..book.document.notebook().links().len() {
                match book.document.notebook().link(id).map(|link| link.to) {
                    Some(Target::Link(to)) if selection.links.contains(&to) => return true,
                    Some(Target::Link(to)) => id = to,
                    _ => return false,
                }
            }
            false
        };
        let mut edits: Vec<Edit> = selection
            .made_links()
            .filter(|id| !taken_along(*id))
            .map(|id| Edit::DeleteLink { link: Ref::Id(id) })
            .collect();
        edits.extend(
            selection.entities.iter().map(|id| Edit::DeleteEntity { entity: Ref::Id(*id) }),
        );
        edits.extend(selection.groups.iter().map(|id| Edit::DeleteGroup { group: Ref::Id(*id) }));
        edits.extend(selection.cards.iter().map(|id| Edit::DeleteCard { card: Ref::Id(*id) }));
        let edit = match edits.len() {
            0 if derived => {
                self.notify(
                    Level::Info,
                    "A derived link goes with what it follows from: change the statement, the participants or what \
                     the claim is about.",
                );
                return;
            }
            0 => return,
            1 => edits.remove(0),
            many => Edit::Batch(format!("Delete {many} items"), edits),
        };
        let notebook = book.document.notebook();
        let dependents = dependents(notebook, &selection.entities);
        if !dependents.is_referenced() {
            self.edit(&edit);
            return;
        }
        let several = selection.entities.len() > 1;
        let words = match selection.entities.first() {
            Some(id) if !several => format!("“{}”", shortened(notebook.name(*id))),
            _ => format!("{} entities", selection.entities.len()),
        };
        let asked = DeleteWithDependents { words, several, dependents, edit };
        self.ask(asked);
    }

    pub(in crate::app) fn toggle_to_check(&mut self) {
        let Some(book) = &self.book else { return };
        let notebook = book.document.notebook();
        let edit = if let Some(id) = book.selection().mention {
            let now = notebook.mention(id).is_some_and(|mention| mention.to_check);
            let Some(edit) = mark(id.into(), field::<Mention>("to_check"), !now) else { return };
            edit
        } else {
            let entities = &book.selection().entities;
            let links: Vec<LinkId> = book.selection().made_links().collect();
            let now = entities.iter().all(|id| notebook.entity(*id).is_some_and(|e| e.to_check))
                && links.iter().all(|id| notebook.link(*id).is_some_and(|link| link.to_check));
            let entities = entities
                .iter()
                .filter_map(|id| mark((*id).into(), field::<Entity>("to_check"), !now));
            let links =
                links.iter().filter_map(|id| mark((*id).into(), field::<Link>("to_check"), !now));
            let edits: Vec<Edit> = entities.chain(links).collect();
            let label = if now { "Unmark “to check”" } else { "Mark “to check”" };
            Edit::Batch(label.to_owned(), edits)
        };
        self.edit(&edit);
    }

    pub(in crate::app) fn toggle_pin(&mut self) {
        let Some(book) = &self.book else { return };
        let all: Vec<EntityId> = book.chosen_entities().into_iter().collect();
        let pinned =
            |id: &EntityId| book.document.notebook().nodes().get(id).is_some_and(|n| n.pinned);
        let now = all.iter().all(pinned);
        let entities = all.into_iter().map(Ref::Id).collect();
        self.edit(&Edit::Pin { entities, pinned: !now });
    }

    pub(in crate::app) fn open_note(&mut self) {
        let Some(book) = &self.book else { return };
        if let Some(what @ crate::app::OnCanvas::Card(_)) = book.selection().only_on_board() {
            self.write_on(what);
            return;
        }
        let on = if let Some(id) = book.selection().only_made_link() {
            NoteOn::Link(id)
        } else if let Some(id) = book.selection().mention {
            NoteOn::Mention(id)
        } else if let Some(id) = book.selection().only_entity() {
            NoteOn::Entity(id)
        } else {
            return;
        };
        self.ask(on);
    }
}

impl OpenNotebook {
    /// The selected mention, when it is a statement.
    #[must_use]
    pub fn selected_statement(&self) -> Option<MentionId> {
        self.selection().mention.filter(|id| {
            self.document.notebook().mention(*id).is_some_and(|m| m.statement.is_some())
        })
    }

    /// The article and bytes of a piece of evidence.
    #[must_use]
    pub fn place_of(&self, evidence: &Evidence) -> Option<(ArticleId, std::ops::Range<usize>)> {
        let anchor = self.document.notebook().evidence_anchor(evidence)?;
        Some((anchor.article, anchor.range()?))
    }
}
