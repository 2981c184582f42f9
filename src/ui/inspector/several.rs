//! Several things selected: how many of which, what all of them have in common, and what can be done with all at once.
//! What is set here is set in all of them, as one step.

use egui::{Ui, vec2};

use super::{Inspector, ViewState};
use crate::app::{Command, Intent, Selection, SessionIntent};
use crate::edit::{Edit, EntityFields, LinkFields, Ref, set_entities, set_links};
use crate::notebook::{
    ActorKind, Basis, Detail, EntityId, Kind, LinkId, Notebook, RelationId, Strength,
};
use crate::text::shown_name;
use crate::ui::widgets::{
    command_button, counted, entity_row, field_label, heading, hint, named, segments,
};

/// Entities listed by name; more are only counted.
const LISTED: usize = 20;

/// What is selected, counted once for each selection and state of the notebook.
#[derive(Debug, Default)]
pub(super) struct Summary {
    made_for: Option<(u64, Selection)>,
    /// How many of each kind.
    kinds: [usize; 3],
    links: usize,
    groups: usize,
    cards: usize,
    relation: Common<RelationId>,
    strength: Common<Strength>,
    basis: Common<Basis>,
    directed: Common<bool>,
    sort: Common<ActorKind>,
}

/// What several things have in common.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
enum Common<T> {
    /// There is none of them.
    #[default]
    Nothing,
    /// All have this.
    All(T),
    /// They differ.
    Differs,
}

impl<T: Clone + PartialEq> Common<T> {
    fn add(&mut self, one: &T) {
        match self {
            Self::Nothing => *self = Self::All(one.clone()),
            Self::All(all) if all == one => {}
            _ => *self = Self::Differs,
        }
    }

    fn get(&self) -> Option<T> {
        match self {
            Self::All(all) => Some(all.clone()),
            _ => None,
        }
    }
}

impl Summary {
    fn update(&mut self, notebook: &Notebook, selection: &Selection) {
        let same = |(revision, seen): &(u64, Selection)| {
            *revision == notebook.revision() && seen == selection
        };
        if self.made_for.as_ref().is_some_and(same) {
            return;
        }
        *self = Self {
            made_for: Some((notebook.revision(), selection.clone())),
            links: selection.links.len(),
            groups: selection.groups.len(),
            cards: selection.cards.len(),
            ..Self::default()
        };
        for entity in selection.entities.iter().filter_map(|id| notebook.entity(*id)) {
            self.kinds[entity.kind() as usize] += 1;
            if let Detail::Actor(actor) = &entity.detail {
                self.sort.add(&actor.kind);
            }
        }
        for link in selection.links.iter().filter_map(|id| notebook.link(*id)) {
            self.relation.add(&link.relation);
            self.strength.add(&link.strength);
            self.basis.add(&link.basis);
            self.directed.add(&link.directed);
        }
    }

    fn words(&self) -> String {
        let kinds = Kind::ALL.into_iter().map(|kind| (self.kinds[kind as usize], kind.word()));
        let parts: Vec<String> = kinds
            .chain([(self.links, "link"), (self.groups, "group"), (self.cards, "note card")])
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| counted(n, word))
            .collect();
        format!("{} selected", parts.join(", "))
    }
}

impl Inspector {
    pub(super) fn several(&mut self, ui: &mut Ui, desk: &mut ViewState<'_>) {
        let (notebook, selection) = (desk.notebook(), desk.book.selection());
        self.summary.update(notebook, selection);
        ui.strong(self.summary.words());
        ui.horizontal_wrapped(|ui| {
            for command in [
                Command::ToggleToCheck,
                Command::TogglePin,
                Command::Link,
                Command::GroupSelection,
                Command::Delete,
            ] {
                let button = command_button(ui, desk.program, command, desk.out);
                if self.focus && command == Command::ToggleToCheck {
                    button.request_focus();
                }
            }
        });
        if self.summary.links > 0 {
            links(ui, desk, &self.summary);
        }
        if self.summary.kinds[Kind::Actor as usize] > 0 {
            actors(ui, desk, &self.summary);
        }
        if selection.entities.is_empty() {
            return;
        }
        heading(ui, desk.style, "Selected", "");
        ui.spacing_mut().item_spacing.y = 0.0;
        for id in selection.entities.iter().take(LISTED) {
            if entity_row(ui, desk.style, notebook, *id, "selected").clicked() {
                desk.select(*id);
            }
        }
        if selection.entities.len() > LISTED {
            hint(ui, desk.style, &format!("and {} more", selection.entities.len() - LISTED));
        }
        // Only two can be merged: what is offered for them alone stands where it moves nothing as it goes.
        merge(ui, desk);
    }
}

/// A choice that shows what all have, or none where they differ.
fn set<T: Copy + PartialEq>(
    ui: &mut Ui,
    desk: &ViewState<'_>,
    what: &'static str,
    now: &Common<T>,
    all: &[T],
    label: impl Fn(T) -> &'static str,
) -> Option<T> {
    field_label(ui, desk.style, what);
    let offered: Vec<Option<T>> = all.iter().copied().map(Some).collect();
    let chosen = ui
        .vertical(|ui| {
            let chosen = segments(ui, what, now.get(), &offered, |one| one.map_or("", &label));
            let mixed = "Mixed";
            if *now == Common::Differs {
                hint(ui, desk.style, mixed);
            } else {
                // Its room is kept: nothing moves once they differ.
                let font = desk.style.small();
                let room = ui.painter().layout_no_wrap(mixed.to_owned(), font, desk.style.muted);
                ui.allocate_space(room.size());
            }
            chosen
        })
        .inner;
    ui.end_row();
    chosen.flatten()
}

/// What can be set in all selected links.
fn links(ui: &mut Ui, desk: &mut ViewState<'_>, summary: &Summary) {
    let title = format!("In {}", counted(summary.links, "link"));
    heading(ui, desk.style, &title, "");
    let mut with = LinkFields::default();
    let mut what = "";
    egui::Grid::new("several links").num_columns(2).spacing(vec2(10.0, 6.0)).show(ui, |ui| {
        field_label(ui, desk.style, "Relation");
        with.relation = relation(ui, desk, &summary.relation);
        ui.end_row();
        let all = &Strength::ALL;
        with.strength = set(ui, desk, "Strength", &summary.strength, all, Strength::label);
        with.basis = set(ui, desk, "Basis", &summary.basis, &Basis::ALL, Basis::label);
        let ways = |one: bool| if one { "directed" } else { "undirected" };
        with.directed = set(ui, desk, "Direction", &summary.directed, &[true, false], ways);
    });
    for (given, word) in [
        (with.relation.is_some(), "relation"),
        (with.strength.is_some(), "strength"),
        (with.basis.is_some(), "basis"),
        (with.directed.is_some(), "direction"),
    ] {
        if given {
            what = word;
        }
    }
    if !what.is_empty() {
        let ids: Vec<LinkId> = desk.book.selection().links.iter().copied().collect();
        desk.out.extend(set_links(ids, what, &with).map(|it| SessionIntent::Edit(it).into()));
    }
}

/// The relations by family; what was chosen anew.
fn relation(ui: &mut Ui, desk: &ViewState<'_>, now: &Common<RelationId>) -> Option<RelationId> {
    let notebook = desk.notebook();
    let shown = now.get();
    let text = shown.as_ref().map_or("Mixed", |id| notebook.relation_label(id));
    let mut chosen = None;
    let combo = egui::ComboBox::from_id_salt("relation of several")
        .selected_text(text)
        .height(360.0)
        .show_ui(ui, |ui| {
            let mut all: Vec<_> = notebook.relations().iter().collect();
            all.sort_by(|a, b| (a.1.family, &a.1.label).cmp(&(b.1.family, &b.1.label)));
            let mut family = None;
            for (id, one) in all {
                if family.replace(one.family) != Some(one.family) {
                    field_label(ui, desk.style, one.family.label());
                }
                if ui.selectable_label(shown.as_ref() == Some(id), &one.label).clicked() {
                    chosen = Some(id.clone());
                }
            }
        });
    named(ui, &combo.response, "Relation of the selected links");
    chosen
}

/// What can be set in all selected actors.
fn actors(ui: &mut Ui, desk: &mut ViewState<'_>, summary: &Summary) {
    let count = summary.kinds[Kind::Actor as usize];
    heading(ui, desk.style, &format!("In {}", counted(count, "actor")), "");
    let sort = egui::Grid::new("several actors")
        .num_columns(2)
        .spacing(vec2(10.0, 6.0))
        .show(ui, |ui| set(ui, desk, "Kind", &summary.sort, &ActorKind::ALL, ActorKind::label));
    if let Some(sort) = sort.inner {
        let with = EntityFields { actor_kind: Some(sort), ..EntityFields::default() };
        let ids: Vec<EntityId> = desk.book.selection().entities.iter().copied().collect();
        let edit = set_entities(desk.notebook(), ids, Some(Kind::Actor), "kind", &with);
        desk.out.extend(edit.map(|it| SessionIntent::Edit(it).into()));
    }
}

/// Two entities of one kind can be made one: the user says which one stays.
fn merge(ui: &mut Ui, desk: &mut ViewState<'_>) {
    let notebook = desk.notebook();
    let selection = desk.book.selection();
    if selection.entities.len() != 2 || !selection.links.is_empty() {
        return;
    }
    let ids: Vec<EntityId> = selection.entities.iter().copied().collect();
    let [a, b] = ids[..] else { return };
    let (Some(one), Some(other)) = (notebook.entity(a), notebook.entity(b)) else { return };
    if one.kind() != other.kind() {
        return;
    }
    heading(ui, desk.style, "Merge", "");
    for (from, into) in [(a, b), (b, a)] {
        let (gone, stays) = (shown_name(notebook.name(from)), shown_name(notebook.name(into)));
        let response = ui.add(egui::Button::new(format!("Keep “{stays}”")).truncate());
        named(ui, &response, &format!("Merge “{gone}” into “{stays}”"));
        let response = response.on_hover_text(format!(
            "“{stays}” gets the mentions and links of “{gone}”, and its name as an alias"
        ));
        if response.clicked() {
            desk.edit(Edit::Merge { from: Ref::Id(from), into: Ref::Id(into), keep_names: true });
            desk.out.push(Intent::Select(Selection::entity(into)));
        }
    }
}
