//! Fields of a record, generated from their descriptions: the label, the control for the kind of value, and the edit
//! that a change makes. A field added to a table of [`crate::fields`] is shown here automatically.

use std::hash::Hash;

use egui::{Ui, vec2};

use super::{Inspector, Scope, with_chosen};
use crate::edit::{Edit, Ref};
use crate::fields::{Field, Record, Value, ValueKind, choices_of};
use crate::notebook::{EntityId, Kind};
use crate::text::capital;
use crate::ui::entity_chooser::{Ask, Chosen};
use crate::ui::fields::{Field as TextField, field_key};
use crate::ui::text_fields::field_label;
use crate::ui::widgets::{ChipClick, chip, choice, segments};

/// Minimum height of a field of several lines, in rows.
const ROWS: usize = 2;

/// Maximum number of choices shown side by side; more are shown in a drop-down list.
const SIDE_BY_SIDE: usize = 4;

/// The layout of a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// A label to the left of its control, aligned with the fields before and after.
    Beside,
    /// A label above its control, which takes the full width.
    Above,
    /// A check box with its own label, in a line with the fields before and after.
    Box,
}

impl Layout {
    /// The layout for a kind of value; `None` if it has its own control elsewhere.
    const fn of(kind: ValueKind) -> Option<Self> {
        match kind {
            ValueKind::Line
            | ValueKind::Date
            | ValueKind::Choice(_)
            | ValueKind::Figure(_)
            | ValueKind::Entity(..) => Some(Self::Beside),
            ValueKind::Lines | ValueKind::Names | ValueKind::Entities(_) => Some(Self::Above),
            ValueKind::Flag(..) => Some(Self::Box),
            ValueKind::Participants(_)
            | ValueKind::Replies
            | ValueKind::Assessments
            | ValueKind::Relation
            | ValueKind::Target
            | ValueKind::Evidence
            | ValueKind::Anchor
            | ValueKind::Chain(_)
            | ValueKind::Number
            | ValueKind::Body => None,
        }
    }
}

impl Inspector {
    /// Shows the fields that a record has, in the order of their table, except those with these keys. `after` draws
    /// what belongs below a field's control.
    pub(super) fn fields<R: Record>(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        (id, record): (R::Id, &R),
        fields: &'static [Field<R>],
        except: &[&str],
        after: &mut dyn FnMut(&mut Ui, &mut Scope<'_>, &'static str),
    ) where
        R::Id: Hash + std::fmt::Debug,
    {
        let wanted = |field: &&Field<R>| {
            field.is_editable() && !except.contains(&field.key) && field.value(record).is_some()
        };
        let all: Vec<(Layout, &'static Field<R>)> = fields
            .iter()
            .filter(wanted)
            .filter_map(|field| Some((Layout::of(field.kind)?, field)))
            .collect();
        for run in all.chunk_by(|(a, _), (b, _)| a == b) {
            let Some(((layout, first), _)) = run.split_first() else { continue };
            match layout {
                Layout::Beside => {
                    let grid = egui::Grid::new(("fields", id, first.key));
                    grid.num_columns(2).spacing([10.0, 6.0]).show(ui, |ui| {
                        for (_, field) in run {
                            label(ui, scope, field);
                            ui.vertical(|ui| {
                                self.control(ui, scope, (id, record), field);
                                after(ui, scope, field.key);
                            });
                            ui.end_row();
                        }
                    });
                }
                Layout::Above => {
                    for (_, field) in run {
                        label(ui, scope, field);
                        self.control(ui, scope, (id, record), field);
                        after(ui, scope, field.key);
                    }
                }
                Layout::Box => {
                    ui.horizontal_wrapped(|ui| {
                        for (_, field) in run {
                            self.control(ui, scope, (id, record), field);
                        }
                    });
                }
            }
        }
    }

    /// Shows the control of a field, without its label.
    pub(super) fn control<R: Record>(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        (id, record): (R::Id, &R),
        field: &'static Field<R>,
    ) where
        R::Id: Hash + std::fmt::Debug,
    {
        let key = field_key(id, field.key);
        let name = field.name();
        let Some(now) = field.value(record) else { return };
        let set = |value: Value| field.set(Ref::Id(id), &value);
        match (field.kind, &now) {
            (ValueKind::Line | ValueKind::Lines | ValueKind::Date, Value::Text(text)) => {
                let shown = if field.kind == ValueKind::Lines {
                    TextField::lines(&name, field.hint, ROWS)
                } else {
                    TextField::line(&name, field.hint)
                };
                let typed = match field.kind {
                    ValueKind::Date => self.drafts.date(ui, scope.style, key, text, shown),
                    _ if field.required => self.drafts.filled(ui, key, text, shown),
                    _ => self.drafts.text(ui, key, text, shown),
                };
                if let Some(edit) = typed.changed.and_then(|text| set(Value::Text(text))) {
                    scope.typed(key, edit);
                }
            }
            (ValueKind::Flag(yes, _), Value::Flag(now)) => {
                let mut on = *now;
                if ui.checkbox(&mut on, capital(yes)).changed() {
                    scope.send(set(Value::Flag(on)));
                }
            }
            (kind @ (ValueKind::Choice(_) | ValueKind::Figure(_)), Value::Number(now)) => {
                let chosen = one_of(ui, (field.key, id), &name, kind, *now);
                scope.send(chosen.and_then(|number| set(Value::Number(number))));
            }
            (ValueKind::Names, Value::Names(names)) => {
                let changed = self.names(ui, scope, key, names, field);
                scope.send(changed.and_then(|names| set(Value::Names(names))));
            }
            (ValueKind::Entity(only, nobody), Value::Entity(now)) => {
                let prompt = if nobody { "None" } else { "Choose…" };
                let ask = Ask { now: *now, nobody, ..ask(id, field, &name, prompt, only) };
                let edit = match self.choose(ui, scope, key, ask) {
                    Some(Chosen::Entity(entity)) => set(Value::Entity(Some(entity))),
                    Some(Chosen::Nobody) => set(Value::Entity(None)),
                    Some(new) => with_new(new, field.label, (id, record), field),
                    None => None,
                };
                scope.send(edit);
            }
            (ValueKind::Entities(only), Value::Entities(ids)) => {
                let what = field.noun.trim_end_matches('s');
                let add = format!("Add {what}");
                let ask = ask(id, field, &add, "Add…", only);
                let edit = match self.entity_chips(ui, scope, ids, (what, key), ask) {
                    Some(Listed::Without(rest)) => set(Value::Entities(rest)),
                    Some(Listed::With(Chosen::Entity(entity))) => {
                        set(Value::Entities(ids.iter().copied().chain([entity]).collect()))
                    }
                    Some(Listed::With(new)) => with_new(new, &add, (id, record), field),
                    None => None,
                };
                scope.send(edit);
            }
            _ => {}
        }
    }

    /// Shows names as chips, with a text field to add one; returns all names if they were changed.
    fn names<R: Record>(
        &mut self,
        ui: &mut Ui,
        scope: &Scope<'_>,
        key: u64,
        names: &[String],
        field: &'static Field<R>,
    ) -> Option<Vec<String>> {
        let mut changed = None;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
            for (i, name) in names.iter().enumerate() {
                if chip(ui, scope.style, None, name, field.noun.trim_end_matches("es")).is_some() {
                    let mut rest = names.to_vec();
                    rest.remove(i);
                    changed = Some(rest);
                }
            }
            let entry = TextField::line(field.hint, field.hint).wide(150.0);
            if let Some(name) = self.drafts.entry(ui, key, entry) {
                changed = Some(names.iter().cloned().chain([name]).collect());
            }
        });
        changed
    }

    /// Shows entities as chips, with a button to add one; returns the change, if any.
    fn entity_chips(
        &mut self,
        ui: &mut Ui,
        scope: &mut Scope<'_>,
        ids: &[EntityId],
        (what, key): (&str, u64),
        ask: Ask<'_>,
    ) -> Option<Listed> {
        let mut change = None;
        let notebook = scope.notebook();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
            for (i, id) in ids.iter().enumerate() {
                let mark = notebook.entity(*id).map(|e| (e.kind(), e.is_anonymous()));
                match chip(ui, scope.style, mark, notebook.name(*id), what) {
                    Some(ChipClick::Words) => scope.select(*id),
                    Some(ChipClick::Remove) => {
                        let mut rest = ids.to_vec();
                        rest.remove(i);
                        change = Some(Listed::Without(rest));
                    }
                    None => {}
                }
            }
            if let Some(chosen) = self.choose(ui, scope, key, ask) {
                change = Some(Listed::With(chosen));
            }
        });
        change
    }
}

/// A change to a list of entities.
enum Listed {
    /// An entity was removed: the remaining ones.
    Without(Vec<EntityId>),
    /// An entity was added.
    With(Chosen),
}

/// Shows the label of a field, with its help as a tooltip.
pub(super) fn label<R: Record>(ui: &mut Ui, scope: &Scope<'_>, field: &Field<R>) {
    let response = field_label(ui, scope.style, field.label);
    if !field.help.is_empty() {
        response.on_hover_text(field.help);
    }
}

/// Whether the choices of a field are shown side by side rather than in a drop-down list.
pub(super) const fn is_side_by_side(kind: ValueKind) -> bool {
    choices_of(kind).len() <= SIDE_BY_SIDE
}

/// Shows a list of choices; returns a newly chosen one. None of them is current if records differ.
pub(super) fn one_of(
    ui: &mut Ui,
    salt: impl Hash + std::fmt::Debug,
    name: &str,
    kind: ValueKind,
    now: usize,
) -> Option<usize> {
    let choices = choices_of(kind);
    let all: Vec<usize> = (0..choices.len()).collect();
    let label = |number: usize| choices.get(number).map_or("Mixed", |one| one.label);
    if is_side_by_side(kind) {
        segments(ui, name, now, &all, label)
    } else {
        choice(ui, salt, name, now, &all, label)
    }
}

/// The request to choose an entity for a field.
fn ask<'a, R: Record>(
    id: R::Id,
    field: &Field<R>,
    name: &'a str,
    prompt: &'a str,
    kind: Option<Kind>,
) -> Ask<'a> {
    Ask {
        name,
        prompt,
        kind,
        now: None,
        except: R::entity(id),
        new: field.add().is_some(),
        nobody: false,
        near: None,
    }
}

/// The edit that adds a chosen entity to a field; a new entity is created in the same step.
fn with_new<R: Record>(
    chosen: Chosen,
    label: &str,
    (id, record): (R::Id, &R),
    field: &'static Field<R>,
) -> Option<Edit> {
    let add = field.add()?;
    Some(with_chosen(chosen, Kind::Actor, label, |entity| add(Ref::Id(id), record, entity)))
}
