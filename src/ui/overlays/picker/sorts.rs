//! Of an actor: its sort, which is shown where it is not set.

use egui::{FontId, Role, Sense, Ui, WidgetInfo, vec2};

use super::part::{Part, change};
use crate::app::{Intent, OpenNotebook, Picker, PickerPart, SortDraft};
use crate::inquiry::Meaning;
use crate::notebook::{ActorKind, Detail, Kind};
use crate::ui::theme::Style;
use crate::ui::widgets::cut;

/// The sorts of actor that have a key: all that say something.
pub(super) fn sorts_with_keys() -> impl Iterator<Item = ActorKind> {
    ActorKind::ALL.into_iter().filter(|kind| *kind != ActorKind::Unset)
}

/// The sort of an actor: of the one that is highlighted, or of a new one.
pub(super) fn sorts(
    ui: &mut Ui,
    book: &OpenNotebook,
    picker: &Picker,
    sort: SortDraft,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    let row = picker.choices.rows.get(picker.choices.highlighted);
    let existing = row.and_then(|row| match row.meaning {
        Meaning::Existing(id) => book.notebook().entity(id),
        Meaning::New(_) => None,
    });
    let now = match existing.map(|entity| &entity.detail) {
        Some(Detail::Actor(actor)) => Some(actor.kind).filter(|kind| *kind != ActorKind::Unset),
        _ => sort.kind,
    };
    let head = match (existing.is_some(), now, sort.chosen) {
        (true, None, _) => "Kind of this actor: not set".to_owned(),
        (true, Some(kind), _) => format!("Kind of this actor: {}", kind.label()),
        (false, None, _) => "Kind of the new actor: not set".to_owned(),
        (false, Some(kind), true) => format!("Kind of the new actor: {}", kind.label()),
        (false, Some(kind), false) => format!("Kind of the new actor: {}, a guess", kind.label()),
    };
    let galley = cut(ui, &head, style.small(), style.muted, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 14.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &head));
    ui.painter().galley(rect.left_top(), galley, style.muted);
    ui.add_enabled_ui(existing.is_none(), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 3.0;
            let words = |kind: ActorKind| match kind {
                ActorKind::Anonymous => "Anonymous",
                kind => kind.label(),
            };
            let face = FontId::new(13.0, style.sans.clone());
            let widths: Vec<f32> = sorts_with_keys()
                .map(|kind| cut(ui, words(kind), face.clone(), style.ink, 200.0).size().x)
                .collect();
            let all: f32 = widths.iter().sum();
            let spare = ui.available_width() - all - 3.0 * (widths.len() - 1) as f32;
            let pad = (spare / widths.len() as f32).max(8.0);
            for (n, (kind, width)) in (4_u8..).zip(sorts_with_keys().zip(widths)) {
                let on = now == Some(kind);
                let (colour, fill) = if on {
                    (style.actor, style.tint(Kind::Actor))
                } else {
                    (style.lines, style.surface)
                };
                let shown = Part {
                    key: Some(n),
                    words: words(kind),
                    more: "",
                    on: true,
                    width: width + pad,
                    colour,
                    fill,
                };
                let response = shown.show(ui, style);
                let enabled = ui.is_enabled();
                let said = format!("Kind: {}", kind.label());
                response
                    .widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, on, &said));
                if response.on_hover_text(format!("{}. Alt+{n}", kind.label())).clicked() {
                    out.push(change(PickerPart::Sort(kind)));
                }
            }
        });
    });
}
