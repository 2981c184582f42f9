//! The page of several selected records: how many there are of each kind, what they have in common, and the commands
//! for all of them. A value set here is set in all of them, as one step.

use egui::{Ui, vec2};

use super::field::{is_side_by_side, label, one_of};
use super::{Inspector, Scope};
use crate::app::{Command, Intent, Selection};
use crate::edit::{Edit, Ref};
use crate::fields::{ENTITY, Field, LINK, Record, Value, ValueKind, set_field};
use crate::notebook::{Entity, EntityId, Kind, Link, Notebook, RelationId};
use crate::text::shown_name;
use crate::ui::entity_chooser::{Ask, Chosen};
use crate::ui::fields::field_key;
use crate::ui::text_fields::field_label;
use crate::ui::widgets::{command_button, counted, entity_row, heading, hint, named};

/// Maximum number of entities listed by name; the rest are only counted.
const LISTED: usize = 20;

/// A summary of the selection, computed once for each selection and state of the notebook.
#[derive(Debug, Default)]
pub(super) struct Summary {
    made_for: Option<(u64, Selection)>,
    /// The number of entities of each kind.
    kinds: [usize; 3],
    links: usize,
    groups: usize,
    cards: usize,
    /// The common value of all links in each field that can be set for many.
    of_links: Vec<(&'static Field<Link>, Common)>,
    /// The common value of all entities in each field that can be set for many.
    of_entities: Vec<(&'static Field<Entity>, Common)>,
}

/// The common value of a field in several records.
#[derive(Clone, Debug, PartialEq, Default)]
enum Common {
    /// No record has the field.
    #[default]
    Nothing,
    /// All records that have the field have this value.
    All(Value),
    /// The records differ.
    Differs,
}

impl Common {
    fn add(&mut self, one: Value) {
        match self {
            Self::Nothing => *self = Self::All(one),
            Self::All(all) if *all == one => {}
            _ => *self = Self::Differs,
        }
    }

    const fn get(&self) -> Option<&Value> {
        match self {
            Self::All(all) => Some(all),
            _ => None,
        }
    }

    /// The common values of these records, in each of these fields that can be set for many.
    fn of<'a, R: Record>(
        fields: &'static [Field<R>],
        records: impl Iterator<Item = &'a R>,
    ) -> Vec<(&'static Field<R>, Self)> {
        let offered = |field: &&Field<R>| {
            field.in_bulk
                // “To check” has a command, with a button above.
                && field.key != "to_check"
                && matches!(
                    field.kind,
                    ValueKind::Choice(_)
                        | ValueKind::Figure(_)
                        | ValueKind::Flag(..)
                        | ValueKind::Relation
                        | ValueKind::Entity(..)
                )
        };
        let mut all: Vec<(&'static Field<R>, Self)> =
            fields.iter().filter(offered).map(|field| (field, Self::Nothing)).collect();
        for record in records {
            for (field, common) in &mut all {
                if let Some(value) = field.value(record) {
                    common.add(value);
                }
            }
        }
        all.retain(|(_, common)| *common != Self::Nothing);
        all
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
        }
        let links = selection.links.iter().filter_map(|id| Link::find(notebook, *id));
        self.of_links = Common::of(LINK, links);
        let entities = selection.entities.iter().filter_map(|id| Entity::find(notebook, *id));
        self.of_entities = Common::of(ENTITY, entities);
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
    pub(super) fn several(&mut self, ui: &mut Ui, scope: &mut Scope<'_>) {
        let (notebook, selection) = (scope.notebook(), scope.book.selection());
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
                let button = command_button(ui, scope.program, command, scope.out);
                if self.focus && command == Command::ToggleToCheck {
                    button.request_focus();
                }
            }
        });
        let summary = std::mem::take(&mut self.summary);
        if summary.links > 0 {
            let title = format!("In {}", counted(summary.links, "link"));
            heading(ui, scope.style, &title, "");
            self.of_all(ui, scope, selection.made_links(), &summary.of_links);
        }
        for kind in Kind::ALL {
            let of_kind: Vec<_> = summary
                .of_entities
                .iter()
                .filter(|(field, _)| field.only == Some(kind))
                .map(|(field, common)| (*field, common.clone()))
                .collect();
            if !of_kind.is_empty() {
                let count = summary.kinds[kind as usize];
                heading(ui, scope.style, &format!("In {}", counted(count, kind.word())), "");
                self.of_all(ui, scope, selection.entities.iter().copied(), &of_kind);
            }
        }
        self.summary = summary;
        if selection.entities.is_empty() {
            return;
        }
        heading(ui, scope.style, "Selected", "");
        ui.spacing_mut().item_spacing.y = 0.0;
        for id in selection.entities.iter().take(LISTED) {
            if entity_row(ui, scope.style, notebook, *id, "selected").clicked() {
                scope.select(*id);
            }
        }
        if selection.entities.len() > LISTED {
            hint(ui, scope.style, &format!("and {} more", selection.entities.len() - LISTED));
        }
        // Only two entities can be merged: this is last, so that nothing moves when it disappears.
        merge(ui, scope);
    }
}

impl Inspector {
    /// Shows the fields that can be set in all of these records at once.
    fn of_all<R: Record>(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        ids: impl Iterator<Item = R::Id> + Clone,
        fields: &[(&'static Field<R>, Common)],
    ) {
        let Some((first, _)) = fields.first() else { return };
        let grid = egui::Grid::new(("several", R::WORD, first.key));
        grid.num_columns(2).spacing(vec2(10.0, 6.0)).show(ui, |ui| {
            for (field, common) in fields {
                label(ui, scope, field);
                let chosen = ui
                    .vertical(|ui| {
                        let chosen = self.one_for_all(ui, scope, field, common);
                        // A drop-down control itself shows that records differ.
                        let opens =
                            matches!(field.kind, ValueKind::Relation | ValueKind::Entity(..));
                        if !opens && is_side_by_side(field.kind) {
                            mixed(ui, scope, *common == Common::Differs);
                        }
                        chosen
                    })
                    .inner;
                ui.end_row();
                if let Some(value) = chosen {
                    scope.send(set_field(scope.notebook(), ids.clone(), field, &value));
                }
            }
        });
    }

    /// Shows the control of a field for many records, with the common value, or none if they differ.
    fn one_for_all<R: Record>(
        &mut self,
        ui: &mut Ui,
        scope: &Scope<'_>,
        field: &'static Field<R>,
        common: &Common,
    ) -> Option<Value> {
        let name = field.name();
        match field.kind {
            ValueKind::Choice(_) | ValueKind::Figure(_) => {
                let now = match common.get() {
                    Some(Value::Number(number)) => *number,
                    _ => usize::MAX,
                };
                one_of(ui, ("several", field.key), &name, field.kind, now).map(Value::Number)
            }
            ValueKind::Flag(yes, no) => {
                let now = match common.get() {
                    Some(Value::Flag(on)) => Some(*on),
                    _ => None,
                };
                let words = |on: Option<bool>| match on {
                    Some(true) => yes,
                    _ if no.is_empty() => "no",
                    _ => no,
                };
                let both = [Some(true), Some(false)];
                let chosen = crate::ui::widgets::segments(ui, &name, now, &both, words);
                chosen.flatten().map(Value::Flag)
            }
            ValueKind::Relation => relation(ui, scope, common).map(Value::Relation),
            ValueKind::Entity(only, nobody) => {
                let now = match common.get() {
                    Some(Value::Entity(now)) => *now,
                    _ => None,
                };
                let prompt = if *common == Common::Differs { "Mixed" } else { "None" };
                let ask = Ask {
                    name: &name,
                    prompt,
                    kind: only,
                    now,
                    except: None,
                    new: false,
                    nobody,
                    near: None,
                };
                match self.choose(ui, scope, field_key("several", field.key), ask)? {
                    Chosen::Entity(id) => Some(Value::Entity(Some(id))),
                    Chosen::Nobody => Some(Value::Entity(None)),
                    Chosen::New(_) => None,
                }
            }
            _ => None,
        }
    }
}

/// Shows “Mixed” below a control if records differ; otherwise keeps the space, so that nothing moves once they do.
fn mixed(ui: &mut Ui, scope: &Scope<'_>, differ: bool) {
    let words = "Mixed";
    if differ {
        hint(ui, scope.style, words);
    } else {
        let font = scope.style.small();
        let room = ui.painter().layout_no_wrap(words.to_owned(), font, scope.style.muted);
        ui.allocate_space(room.size());
    }
}

/// Shows the relations by family; returns a newly chosen one.
fn relation(ui: &mut Ui, scope: &Scope<'_>, now: &Common) -> Option<RelationId> {
    let notebook = scope.notebook();
    let shown = match now.get() {
        Some(Value::Relation(id)) => Some(id),
        _ => None,
    };
    let text = shown.map_or("Mixed", |id| notebook.relation_label(id));
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
                    field_label(ui, scope.style, one.family.label());
                }
                if ui.selectable_label(shown == Some(id), &one.label).clicked() {
                    chosen = Some(id.clone());
                }
            }
        });
    named(ui, &combo.response, "Relation of the selected links");
    chosen
}

/// Shows the controls to merge two entities of the same kind; the user chooses which one stays.
fn merge(ui: &mut Ui, scope: &mut Scope<'_>) {
    let notebook = scope.notebook();
    let selection = scope.book.selection();
    if selection.entities.len() != 2 || !selection.links.is_empty() {
        return;
    }
    let ids: Vec<EntityId> = selection.entities.iter().copied().collect();
    let [a, b] = ids[..] else { return };
    let (Some(one), Some(other)) = (notebook.entity(a), notebook.entity(b)) else { return };
    if one.kind() != other.kind() {
        return;
    }
    heading(ui, scope.style, "Merge", "");
    for (from, into) in [(a, b), (b, a)] {
        let (gone, stays) = (shown_name(notebook.name(from)), shown_name(notebook.name(into)));
        let response = ui.add(egui::Button::new(format!("Keep “{stays}”")).truncate());
        named(ui, &response, &format!("Merge “{gone}” into “{stays}”"));
        let response = response.on_hover_text(format!(
            "“{stays}” gets the mentions and links of “{gone}”, and its name as an alias"
        ));
        if response.clicked() {
            scope.edit(Edit::Merge { from: Ref::Id(from), into: Ref::Id(into), keep_names: true });
            scope.out.push(Intent::Select(Selection::entity(into)));
        }
    }
}
