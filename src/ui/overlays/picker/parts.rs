//! What the picker proposes beside the entity: of a claim who says so and how surely, of an event its date, of an actor
//! its sort, and the other places of the words. Each part has a key, which is shown on it.

use egui::{
    Event, FontId, Key, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons::ICON_CHECK;

use super::part::{GAP, PART, change};
use super::sorts::sorts_with_keys;
use super::{date, sorts, speech};
use crate::app::{Intent, OpenNotebook, Picker, PickerPart, TaggingIntent};
use crate::notebook::Kind;
use crate::ui::theme::Style;

/// The keys of the parts, with Alt, in the order they are shown.
const KEYS: [Key; 6] = [Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// What the keys said.
#[derive(Default)]
pub struct PartKeys {
    pub out: Vec<Intent>,
    /// The field of the date is to have the keyboard.
    pub to_date: bool,
}

/// How high the parts of a picker are, in points.
pub fn height(picker: &Picker) -> f32 {
    let own = match picker.kind {
        Kind::Claim if picker.speech.is_some() => 2.0 * PART + 3.0 * GAP,
        Kind::Event if picker.date.is_some() => PART + 2.0 * GAP,
        Kind::Actor if picker.sort.is_some() => PART + 2.0 * GAP + 18.0,
        _ => 0.0,
    };
    own + if has_others(picker) { PART } else { 0.0 }
}

fn has_others(picker: &Picker) -> bool {
    !picker.others.places.is_empty() && picker.kind != Kind::Claim
}

/// Takes a key pressed with Alt, and what it would type: some systems say both.
pub fn take_with_alt(input: &mut egui::InputState, wanted: Key) -> bool {
    let (mut taken, mut types) = (false, false);
    input.events.retain(|event| match event {
        Event::Key { key, modifiers, pressed: true, .. }
            if *key == wanted && modifiers.alt && !modifiers.ctrl && !modifiers.command =>
        {
            (taken, types) = (true, true);
            false
        }
        Event::Text(_) => !std::mem::take(&mut types),
        _ => {
            types = false;
            true
        }
    });
    taken
}

/// The keys of the parts, taken before a field sees them.
pub fn take_keys(input: &mut egui::InputState, picker: &Picker) -> PartKeys {
    let mut keys = PartKeys::default();
    let zero = take_with_alt(input, Key::Num0);
    let pressed = KEYS.map(|key| take_with_alt(input, key));
    match picker.kind {
        Kind::Claim if picker.speech.is_some() => {
            let parts = [
                PickerPart::Speaker(0),
                PickerPart::Speaker(1),
                PickerPart::Speaker(2),
                PickerPart::Certainty,
                PickerPart::Stance,
                PickerPart::Form,
            ];
            let taken = pressed.iter().zip(parts).filter(|(pressed, _)| **pressed);
            keys.out.extend(taken.map(|(_, one)| change(one)));
            if zero {
                keys.out.push(Intent::Tagging(TaggingIntent::PickerChooseSpeaker));
            }
        }
        Kind::Actor if picker.sort.is_some() => {
            let taken = pressed.iter().zip(sorts_with_keys()).filter(|(pressed, _)| **pressed);
            keys.out.extend(taken.map(|(_, kind)| change(PickerPart::Sort(kind))));
        }
        Kind::Event => keys.to_date = pressed[0],
        _ => {}
    }
    if zero && has_others(picker) {
        keys.out.push(change(PickerPart::Others));
    }
    keys
}

/// Draws the parts of the picker's kind.
pub fn show(
    ui: &mut Ui,
    book: &OpenNotebook,
    picker: &Picker,
    style: &Style,
    to_date: bool,
    out: &mut Vec<Intent>,
) {
    ui.add_space(GAP);
    ui.spacing_mut().item_spacing = vec2(GAP, GAP);
    match picker.kind {
        Kind::Claim => {
            if let Some(speech) = &picker.speech {
                ui.add_enabled_ui(!speech.is_choosing(), |ui| {
                    speech::chain(ui, book, speech, style, out);
                    speech::manner(ui, speech, style, out);
                });
            }
        }
        Kind::Event => {
            if let Some(date) = &picker.date {
                date::when(ui, date, style, to_date, out);
            }
        }
        Kind::Actor => {
            if let Some(sort) = picker.sort {
                sorts::sorts(ui, book, picker, sort, style, out);
            }
        }
    }
}

/// The offer to tag the other places of the words.
pub fn others(ui: &mut Ui, picker: &Picker, style: &Style, out: &mut Vec<Intent>) {
    if !has_others(picker) {
        return;
    }
    let n = picker.others.places.len();
    let words = match n {
        1 => "and the other place".to_owned(),
        n => format!("and the other {n} places"),
    };
    let on = picker.others.taken;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), PART - 2.0), Sense::click());
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(rect, 6.0, style.hovered);
    }
    let y = rect.center().y;
    let tick = Rect::from_center_size(pos2(rect.left() + 26.0, y), Vec2::splat(14.0));
    let small = FontId::new(10.5, style.sans.clone());
    let left = egui::Align2::LEFT_CENTER;
    painter.text(pos2(rect.left() + 7.0, y), left, "0", small, style.muted);
    let fill = if on { style.tint(picker.kind) } else { style.surface };
    painter.rect_filled(tick, 3.0, fill);
    painter.rect_stroke(tick, 3.0, Stroke::new(1.0, style.muted), StrokeKind::Inside);
    if on {
        let face = FontId::new(13.0, ICON_CHECK.font_family());
        let centre = tick.center();
        painter.text(centre, egui::Align2::CENTER_CENTER, ICON_CHECK.codepoint, face, style.ink);
    }
    let face = FontId::new(13.0, style.sans.clone());
    painter.text(pos2(tick.right() + 7.0, y), left, &words, face, style.ink);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &words));
    if response.on_hover_text("Alt+0: tag the same words there too").clicked() {
        out.push(change(PickerPart::Others));
    }
}
