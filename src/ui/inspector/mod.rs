//! The inspector: shows everything known about the selection, and edits it in place.
//!
//! There is one file for each kind of selection. Data from many records (quotes, links) is gathered once for each state
//! of the notebook and of the selection, in `gather`.

mod article;
mod board;

mod entity;
mod field;
mod gather;
mod judgement;
mod link;
mod mention;
mod participants;
mod replies;
mod set_aside;
mod several;
mod sources;
mod statement;

use egui::{Id, ScrollArea, Ui};

use super::entity_chooser::{Ask, Chooser, Chosen};
use super::fields::{Drafts, field_key};
use super::theme::Style;
use crate::app::{Effect, Intent, OnCanvas, OpenNotebook, Program, Selection, SessionIntent};
use crate::edit::{Edit, EntityFields, Ref};
use crate::notebook::{ActorKind, CardId, EntityId, GroupId, Kind, LinkId, MentionId, Notebook};
use crate::text::looks_anonymous;
use crate::ui::panes::{PaneFrame, PaneView};
use gather::Gathered;

/// The subject being inspected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
enum Subject {
    /// The active article; nothing is selected.
    #[default]
    Article,
    Entity(EntityId),
    Mention(MentionId),
    Link(LinkId),
    Group(GroupId),
    Card(CardId),
    Several,
}

impl Subject {
    fn of(selection: &Selection) -> Self {
        let board = selection.groups.len() + selection.cards.len();
        if selection.entities.len() + selection.links.len() + board > 1 {
            return Self::Several;
        }
        match selection.only_on_board() {
            Some(OnCanvas::Group(id)) => return Self::Group(id),
            Some(OnCanvas::Card(id)) => return Self::Card(id),
            _ => {}
        }
        selection
            .only_link()
            .map(Self::Link)
            .or(selection.mention.map(Self::Mention))
            .or(selection.only_entity().map(Self::Entity))
            .unwrap_or_default()
    }
}

/// The inspector, with the text being typed and the data it has gathered.
#[derive(Debug, Default)]
pub struct Inspector {
    subject: Subject,
    /// The rung of a ladder that was clicked last, and which of its statements is next.
    rung: Option<((EntityId, usize, usize), usize)>,
    drafts: Drafts,
    chooser: Chooser,
    gathered: Gathered,
    summary: several::Summary,
    focus_name: bool,
    focus: bool,
    /// The record whose assessments are all listed.
    whole_history: Option<u64>,
}

/// The context passed to each part of the inspector.
struct Scope<'a> {
    program: &'a Program,
    book: &'a OpenNotebook,
    style: &'a Style,
    out: &'a mut Vec<Intent>,
}

impl<'a> Scope<'a> {
    fn notebook(&self) -> &'a Notebook {
        self.book.notebook()
    }

    /// Sends an edit, if there is one.
    fn send(&mut self, edit: Option<Edit>) {
        if let Some(edit) = edit {
            self.edit(edit);
        }
    }

    fn edit(&mut self, edit: Edit) {
        self.out.push(Intent::Session(SessionIntent::Edit(edit)));
    }

    /// Sends an edit made by typing into a field; it joins the undo step of the previous keystroke.
    fn typed(&mut self, field: u64, edit: Edit) {
        self.out.push(Intent::Session(SessionIntent::EditOn { edit, field }));
    }

    fn select(&mut self, entity: EntityId) {
        self.out.push(Intent::Select(Selection::entity(entity)));
    }
}

impl PaneView for Inspector {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        if frame.takes_keyboard {
            self.focus();
        }
        // The contents stay readable; the reason why nothing can be changed is shown above the panes.
        ui.visuals_mut().disabled_alpha = 0.8;
        ui.add_enabled_ui(frame.book.read_only().is_none(), |ui| {
            self.ui(ui, frame.program, frame.book, frame.style, frame.out);
        });
    }

    fn apply_effect(&mut self, effect: &Effect) {
        if *effect == Effect::FocusName {
            self.focus_name();
        }
    }
}

impl Inspector {
    /// An inspector for any notebook.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Focuses the name field in the next frame, with all of its text selected.
    pub const fn focus_name(&mut self) {
        self.focus_name = true;
    }

    /// Focuses the most useful control in the next frame: adding a speaker for a statement, otherwise the first
    /// control.
    pub const fn focus(&mut self) {
        self.focus = true;
    }

    /// Shows the page of the selection.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        program: &Program,
        book: &OpenNotebook,
        style: &Style,
        out: &mut Vec<Intent>,
    ) {
        let subject = Subject::of(book.selection());
        if subject != self.subject {
            self.subject = subject;
            self.drafts.clear();
            self.chooser = Chooser::default();
            self.gathered = Gathered::default();
        }
        if self.focus_name
            && let (Subject::Mention(_), Some(entity)) = (subject, book.selection().only_entity())
        {
            // The name field is on the entity's own page.
            out.push(Intent::Select(Selection::entity(entity)));
        }
        crate::ui::beside_fields::note_pane(ui);
        let sent_before = out.len();
        let mut scope = Scope { program, book, style, out };
        let scroll = ScrollArea::vertical()
            .id_salt(("inspector", subject))
            .auto_shrink(false)
            // The scroll bar floats over the right edge: the margin keeps the contents clear of it.
            .content_margin(egui::Margin { left: 14, right: 16, top: 10, bottom: 16 });
        scroll.show(ui, |ui| match subject {
            Subject::Article => article::show(ui, &mut scope, self.focus),
            Subject::Entity(id) => self.entity(ui, &mut scope, id),
            Subject::Mention(id) => self.mention(ui, &mut scope, id),
            Subject::Link(id) => self.link(ui, &mut scope, id),
            Subject::Group(id) => self.group(ui, &mut scope, id),
            Subject::Card(id) => self.card(ui, &mut scope, id),
            Subject::Several => self.several(ui, &mut scope),
        });
        if out.len() > sent_before {
            crate::ui::beside_fields::hit(ui.ctx());
        }
        if !matches!(subject, Subject::Mention(_)) {
            self.focus_name = false;
        }
        self.focus = false;
    }

    /// Shows a button to choose an entity; returns the choice made.
    fn choose(&mut self, ui: &mut Ui, scope: &Scope<'_>, key: u64, ask: Ask<'_>) -> Option<Chosen> {
        self.chooser.ui(ui, scope.style, scope.book.notebook(), key, ask)
    }
}

/// The edit for a choice of an entity; a new entity is created first, in the same step.
fn with_chosen(
    chosen: Chosen,
    kind: Kind,
    label: &str,
    edit: impl FnOnce(Ref<EntityId>) -> Edit,
) -> Edit {
    match chosen {
        Chosen::Entity(id) => edit(Ref::Id(id)),
        Chosen::Nobody => edit(Ref::none()),
        Chosen::New(name) => {
            let anonymous = kind == Kind::Actor && looks_anonymous(&name);
            let with = EntityFields {
                actor_kind: anonymous.then_some(ActorKind::Anonymous),
                ..EntityFields::default()
            };
            let add = Edit::AddEntity {
                kind,
                name,
                handle: "new".to_owned(),
                with: Box::new(with),
                at: None,
            };
            Edit::Batch(label.to_owned(), vec![add, edit(Ref::handle("new"))])
        }
    }
}

/// The edit that changes an entity.
fn set_entity(id: EntityId, with: EntityFields) -> Edit {
    Edit::SetEntity { entity: Ref::Id(id), with: Box::new(with) }
}

/// The id of a widget for a record.
fn id_of(of: impl std::hash::Hash + std::fmt::Debug, what: &'static str) -> Id {
    Id::unique(("inspector", field_key(of, what)))
}
