//! Groups and note cards: making, filling, folding and dissolving groups, adding note cards. One step each.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::app::{Effect, Level, OnCanvas, OpenNotebook, Pane, Program, Selection};
use crate::edit::{CARD_SIZE, CardFields, Created, Edit, GroupFields, Ref};
use crate::graph::{Point, Rect, Standing, frame_around, frame_room, free_place, node_size};
use crate::notebook::{CardId, EntityId, GroupId, Notebook};

/// The id of the field for a group's title or a card's text: typing in it joins one step.
#[must_use]
pub fn writing_field(of: OnCanvas) -> u64 {
    let mut hasher = DefaultHasher::new();
    ("written on the canvas", of).hash(&mut hasher);
    hasher.finish()
}

/// The place of a new note card: near the middle of the view, where it covers nothing if possible.
fn free_for_card(book: &OpenNotebook) -> (f32, f32) {
    /// How far from the middle it may be, in points on screen: even a small pane shows that much.
    const REACH: f32 = 260.0;
    let (middle, zoom) = book
        .canvas_view()
        .map_or((Point::default(), 1.0), |view| (Point::new(view.x, view.y), view.zoom));
    let notebook = book.document.notebook();
    let node = |id: &EntityId| {
        let at = book.place_on_canvas(*id)?;
        let kind = notebook.entity(*id).map(|entity| entity.kind());
        Some(Rect::around(at, node_size(kind, notebook.name(*id))))
    };
    let mut staying: Vec<Rect> = notebook.nodes().keys().filter_map(node).collect();
    staying.extend(notebook.groups().values().map(|group| {
        let all = group.members.iter().filter_map(node).fold(Rect::NOTHING, Rect::union);
        if all.is_valid() { frame_around(all) } else { all }
    }));
    staying.extend(
        notebook.cards().values().map(|card| {
            Rect::around(Point::new(card.x, card.y), Point::new(card.width, card.height))
        }),
    );
    let size = Point::new(CARD_SIZE.0, CARD_SIZE.1);
    let at = free_place(middle, size, &staying, 12.0, REACH / zoom.max(0.01));
    (at.x, at.y)
}

impl OpenNotebook {
    /// The selected entities, and the members of the selected groups.
    #[must_use]
    pub fn chosen_entities(&self) -> BTreeSet<EntityId> {
        let mut all = self.selection().entities.clone();
        for group in self
            .selection()
            .groups
            .iter()
            .filter_map(|id| self.document.notebook().groups().get(id))
        {
            all.extend(&group.members);
        }
        all
    }

    /// The selected groups; where none is, those that the selected entities are in.
    #[must_use]
    pub fn chosen_groups(&self) -> BTreeSet<GroupId> {
        if !self.selection().groups.is_empty() {
            return self.selection().groups.clone();
        }
        let groups = self.document.notebook().groups().iter();
        groups
            .filter(|(_, group)| !group.members.is_disjoint(&self.selection().entities))
            .map(|(id, _)| *id)
            .collect()
    }

    /// Whether a selected entity is in a group.
    #[must_use]
    pub fn is_in_a_group(&self) -> bool {
        let entities = &self.selection().entities;
        !entities.is_empty()
            && self
                .document
                .notebook()
                .groups()
                .values()
                .any(|group| !group.members.is_disjoint(entities))
    }
}

fn refs(entities: &BTreeSet<EntityId>) -> Vec<Ref<EntityId>> {
    entities.iter().copied().map(Ref::Id).collect()
}

/// The name of a group in messages.
fn title(notebook: &Notebook, id: GroupId) -> String {
    match notebook.groups().get(&id).map(|group| &*group.title) {
        Some("") | None => "the group".to_owned(),
        Some(title) => format!("the group “{title}”"),
    }
}

/// Who moves when these become a group, and where to: as few and as little as will do, and nobody who is pinned.
fn moved_for_frame(
    notebook: &Notebook,
    members: &BTreeSet<EntityId>,
) -> Vec<(Ref<EntityId>, f32, f32)> {
    /// Room around a frame, in canvas units.
    const GAP: f32 = 12.0;
    let standing = |id: &EntityId| {
        let node = notebook.nodes().get(id)?;
        let kind = notebook.entity(*id).map(|entity| entity.kind());
        let size = node_size(kind, notebook.name(*id));
        Some((*id, Standing { at: Point::new(node.x, node.y), size, pinned: node.pinned }))
    };
    let (inside, outside): (Vec<_>, Vec<_>) =
        notebook.nodes().keys().filter_map(standing).partition(|(id, _)| members.contains(id));
    let nodes =
        |all: &[(EntityId, Standing)]| all.iter().map(|(_, node)| *node).collect::<Vec<_>>();
    let cards: Vec<Rect> = notebook
        .cards()
        .values()
        .map(|card| Rect::around(Point::new(card.x, card.y), Point::new(card.width, card.height)))
        .collect();
    let (members, others) = frame_room(&nodes(&inside), &nodes(&outside), &cards, GAP);
    let moves = inside.iter().zip(members).chain(outside.iter().zip(others));
    moves
        .filter(|((_, node), at)| node.at != *at && at.is_finite())
        .map(|((id, _), at)| (Ref::Id(*id), at.x.round(), at.y.round()))
        .collect()
}

impl Program {
    /// Makes a group of the selection; its title is typed next.
    pub(in crate::app) fn group_selection(&mut self) {
        let Some(book) = &self.book else { return };
        let members = book.chosen_entities();
        let with = GroupFields { members: Some(refs(&members)), ..GroupFields::default() };
        let group = Edit::AddGroup { handle: String::new(), with };
        // Who is not in the group does not stay in its frame.
        let places = moved_for_frame(book.document.notebook(), &members);
        let edit = if places.is_empty() {
            group
        } else {
            let label = match members.len() {
                1 => "Group 1 entity".to_owned(),
                many => format!("Group {many} entities"),
            };
            Edit::Batch(label, vec![group, Edit::Place(places)])
        };
        let made = self.edit(&edit);
        let id = made.into_iter().flatten().find_map(|made| match made {
            Created::Group(id) => Some(id),
            _ => None,
        });
        if let Some(id) = id {
            self.write_on(OnCanvas::Group(id));
            // Typing its title joins the same step.
            self.continue_typing(writing_field(OnCanvas::Group(id)));
        }
    }

    /// Selects a group or note card and puts the cursor into its text.
    pub(in crate::app) fn write_on(&mut self, what: OnCanvas) {
        self.with_open_notebook(|book| book.select(Selection::on_canvas(what)));
        self.emit(Effect::ShowPane(Pane::CANVAS));
        self.emit(Effect::WriteOn(what));
    }

    pub(in crate::app) fn ungroup(&mut self) {
        let Some(book) = &self.book else { return };
        let groups = book.chosen_groups();
        let members: BTreeSet<EntityId> = groups
            .iter()
            .filter_map(|id| book.document.notebook().groups().get(id))
            .flat_map(|group| group.members.iter().copied())
            .collect();
        let mut edits: Vec<Edit> =
            groups.iter().map(|id| Edit::DeleteGroup { group: Ref::Id(*id) }).collect();
        let edit = match edits.len() {
            1 => edits.remove(0),
            many => Edit::Batch(format!("Ungroup {many} groups"), edits),
        };
        if self.edit(&edit).is_some() {
            self.with_open_notebook(|book| {
                book.select(Selection { entities: members, ..Selection::none() });
            });
        }
    }

    /// Adds the selected entities to the group that is selected with them; if none is, asks which.
    pub(in crate::app) fn add_to_group(&mut self) {
        let Some(book) = &self.book else { return };
        match book.selection().groups.first() {
            Some(id) => self.add_to(*id),
            None => self.ask(crate::app::questions::Palette::Groups),
        }
    }

    pub(in crate::app) fn add_to(&mut self, id: GroupId) {
        let Some(book) = &self.book else { return };
        let coming = book.selection().entities.clone();
        let Some(group) = book.document.notebook().groups().get(&id) else { return };
        if coming.is_subset(&group.members) {
            let text = format!("They are already in {}.", title(book.notebook(), id));
            self.notify(Level::Info, text);
            return;
        }
        let label = match coming.first() {
            Some(one) if coming.len() == 1 => {
                format!(
                    "Add “{}” to {}",
                    book.document.notebook().name(*one),
                    title(book.notebook(), id)
                )
            }
            _ => format!("Add {} entities to {}", coming.len(), title(book.notebook(), id)),
        };
        let edit = joining(book.notebook(), id, &coming);
        self.edit(&Edit::Batch(label, vec![edit]));
    }

    pub(in crate::app) fn take_out_of_group(&mut self) {
        let Some(book) = &self.book else { return };
        let going = &book.selection().entities;
        let mut edits = Vec::new();
        for (id, group) in book.document.notebook().groups() {
            if group.members.is_disjoint(going) {
                continue;
            }
            let left: BTreeSet<EntityId> = group.members.difference(going).copied().collect();
            let group = Ref::Id(*id);
            edits.push(if left.is_empty() {
                Edit::DeleteGroup { group }
            } else {
                let with = GroupFields { members: Some(refs(&left)), ..GroupFields::default() };
                Edit::SetGroup { group, with }
            });
        }
        let label = match going.first() {
            Some(one) if going.len() == 1 => {
                format!("Remove “{}” from its group", book.document.notebook().name(*one))
            }
            _ => format!("Remove {} entities from their groups", going.len()),
        };
        self.edit(&Edit::Batch(label, edits));
    }

    /// Folds the chosen groups; if all of them are folded, unfolds them.
    pub(in crate::app) fn toggle_fold(&mut self) {
        let Some(book) = &self.book else { return };
        let groups = book.chosen_groups();
        let all = book.document.notebook().groups();
        let folded = |id: &GroupId| all.get(id).is_some_and(|group| group.collapsed);
        let unfold = groups.iter().all(folded);
        let mut edits: Vec<Edit> = groups
            .iter()
            .filter(|id| folded(id) == unfold)
            .map(|id| Edit::SetGroup {
                group: Ref::Id(*id),
                with: GroupFields { collapsed: Some(!unfold), ..GroupFields::default() },
            })
            .collect();
        let edit = match edits.len() {
            1 => edits.remove(0),
            many => {
                let verb = if unfold { "Expand" } else { "Collapse" };
                Edit::Batch(format!("{verb} {many} groups"), edits)
            }
        };
        if self.edit(&edit).is_some() && !unfold {
            // Folded members are no longer selected; the group's box is.
            self.with_open_notebook(|book| book.select(Selection { groups, ..Selection::none() }));
        }
    }

    /// Selects the groups of the selected entities, or the members of the selected groups.
    pub(in crate::app) fn select_group(&mut self) {
        self.with_open_notebook(|book| {
            book.select(if book.selection().groups.is_empty() {
                Selection { groups: book.chosen_groups(), ..Selection::none() }
            } else {
                Selection { entities: book.chosen_entities(), ..Selection::none() }
            });
        });
    }

    /// Adds a note card to the canvas: here, or in the middle of the view; its text is typed next.
    pub(in crate::app) fn put_card(&mut self, at: Option<(f32, f32)>) {
        let book = self.open_notebook_or_new();
        let (x, y) = at.unwrap_or_else(|| free_for_card(book));
        let with = CardFields { at: Some((x.round(), y.round())), ..CardFields::default() };
        let made = self.edit(&Edit::AddCard { handle: String::new(), with });
        let id: Option<CardId> = made.into_iter().flatten().find_map(|made| match made {
            Created::Card(id) => Some(id),
            _ => None,
        });
        if let Some(id) = id {
            self.write_on(OnCanvas::Card(id));
            self.continue_typing(writing_field(OnCanvas::Card(id)));
        }
    }

    /// Tells the user if the entity that is to be shown is in a folded group.
    pub(in crate::app) fn say_if_folded(&mut self, id: EntityId) {
        let Some(book) = &self.book else { return };
        let notebook = book.document.notebook();
        let folded = notebook
            .groups()
            .iter()
            .find(|(_, group)| group.collapsed && group.members.contains(&id))
            .map(|(group, _)| *group);
        if let Some(group) = folded {
            let text = format!(
                "“{}” is in {}, which is collapsed. Press G to expand it.",
                notebook.name(id),
                title(notebook, group)
            );
            self.notify(Level::Info, text);
        }
    }
}

/// The edit that adds these entities to a group.
#[must_use]
pub fn joining(notebook: &Notebook, id: GroupId, coming: &BTreeSet<EntityId>) -> Edit {
    let mut members = coming.clone();
    members.extend(notebook.groups().get(&id).into_iter().flat_map(|group| &group.members));
    let with = GroupFields { members: Some(refs(&members)), ..GroupFields::default() };
    Edit::SetGroup { group: Ref::Id(id), with }
}
