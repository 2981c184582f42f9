//! What the picker proposes beside the entity: of a claim who says so and how surely, of an event its date, of an actor
//! its sort, and the other places of the words. Each part has a key, which is shown on it.

use egui::{
    Color32, CornerRadius, FontId, Key, Modifiers, Pos2, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons::{ICON_ADD, ICON_ARROW_BACK, ICON_CHECK};

use crate::app::{
    DateDraft, Intent, OpenNotebook, Picker, PickerPart, SortDraft, SpeakerDraft, SpeechDraft,
    TaggingIntent,
};
use crate::inquiry::Meaning;
use crate::notebook::{ActorKind, Form, Kind, Modality, Polarity};
use crate::text::shown_name;
use crate::ui::theme::Style;
use crate::ui::widgets::{cut, named, text_field};

/// The height of a part.
const PART: f32 = 26.0;
/// Between parts.
const GAP: f32 = 4.0;
/// The keys of the parts, with Alt, in the order they are shown.
const KEYS: [Key; 6] = [Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];

/// What the keys said.
#[derive(Default)]
pub struct PartKeys {
    pub out: Vec<Intent>,
    /// The field of the date is to have the keyboard.
    pub to_date: bool,
}

fn part(part: PickerPart) -> Intent {
    Intent::Tagging(TaggingIntent::PickerPart(part))
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

/// The keys of the parts, taken before a field sees them.
pub fn take_keys(input: &mut egui::InputState, picker: &Picker) -> PartKeys {
    let mut keys = PartKeys::default();
    let zero = input.consume_key(Modifiers::ALT, Key::Num0);
    let mut pressed = KEYS.iter().map(|key| input.consume_key(Modifiers::ALT, *key));
    let pressed: [bool; 6] = std::array::from_fn(|_| pressed.next().unwrap_or(false));
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
            keys.out.extend(taken.map(|(_, one)| part(one)));
            if zero {
                keys.out.push(Intent::Tagging(TaggingIntent::PickerChooseSpeaker));
            }
        }
        Kind::Actor if picker.sort.is_some() => {
            let taken = pressed.iter().zip(ActorKind::ALL).filter(|(pressed, _)| **pressed);
            keys.out.extend(taken.map(|(_, kind)| part(PickerPart::Sort(kind))));
        }
        Kind::Event => keys.to_date = pressed[0],
        _ => {}
    }
    if zero && has_others(picker) {
        keys.out.push(part(PickerPart::Others));
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
                    chain(ui, book, speech, style, out);
                    manner(ui, speech, style, out);
                });
            }
        }
        Kind::Event => {
            if let Some(date) = &picker.date {
                when(ui, date, style, to_date, out);
            }
        }
        Kind::Actor => {
            if let Some(sort) = picker.sort {
                sorts(ui, book, picker, sort, style, out);
            }
        }
    }
}

/// A part: words in a frame with its key, filled where it is accepted.
struct Part<'a> {
    key: Option<u8>,
    words: &'a str,
    /// Muted, after the words.
    more: &'a str,
    on: bool,
    width: f32,
    colour: Color32,
    fill: Color32,
}

impl Part<'_> {
    fn show(&self, ui: &mut Ui, style: &Style) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(self.width, PART), Sense::click());
        let enabled = ui.is_enabled();
        let painter = ui.painter();
        let radius = CornerRadius::same(6);
        let fill = match (self.on, response.hovered()) {
            (true, _) => self.fill,
            (false, true) => style.hovered,
            (false, false) => style.surface,
        };
        painter.rect_filled(rect, radius, fill);
        let line = if self.on { self.colour } else { style.lines };
        painter.rect_stroke(rect, radius, Stroke::new(1.0, line), StrokeKind::Inside);
        if response.has_focus() {
            let around = rect.expand(1.5);
            painter.rect_stroke(
                around,
                radius,
                Stroke::new(1.5, style.accent),
                StrokeKind::Outside,
            );
        }
        let mut left = rect.left() + 7.0;
        if let Some(key) = self.key {
            let small = FontId::new(10.5, style.sans.clone());
            let at = pos2(left, rect.center().y);
            let drawn =
                painter.text(at, egui::Align2::LEFT_CENTER, key.to_string(), small, style.muted);
            left = drawn.right() + 5.0;
        }
        let ink = if self.on && enabled { style.ink } else { style.muted };
        let right = rect.right() - 7.0;
        let more =
            (!self.more.is_empty()).then(|| cut(ui, self.more, style.small(), style.muted, 60.0));
        let room = right - left - more.as_ref().map_or(0.0, |more| more.size().x + 5.0);
        let words = cut(ui, self.words, FontId::new(13.0, style.sans.clone()), ink, room.max(12.0));
        let width = words.size().x;
        let middle = |height: f32| rect.center().y - height / 2.0;
        let top = middle(words.size().y);
        ui.painter().galley(pos2(left, top), words, ink);
        if !self.on {
            let y = rect.center().y + 0.5;
            ui.painter().hline(left..=left + width, y, Stroke::new(1.0, style.muted));
        }
        if let Some(more) = more {
            let at = pos2(left + width + 5.0, middle(more.size().y));
            ui.painter().galley(at, more, style.muted);
        }
        response
    }
}

/// The chain of speakers, and one more.
fn chain(
    ui: &mut Ui,
    book: &OpenNotebook,
    speech: &SpeechDraft,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    const ADD: f32 = 96.0;
    const ARROW: f32 = 16.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let room = ui.available_width() - ADD - GAP;
        let n = speech.chain.len();
        if n == 0 {
            let (rect, response) = ui.allocate_exact_size(vec2(room, PART), Sense::hover());
            let words = "The article speaks for itself";
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
            let galley = cut(ui, words, FontId::new(13.0, style.sans.clone()), style.muted, room);
            let at = pos2(rect.left() + 2.0, rect.center().y - galley.size().y / 2.0);
            ui.painter().galley(at, galley, style.muted);
        } else {
            let width = ((room - ARROW * (n - 1) as f32) / n as f32).min(190.0);
            for (i, draft) in speech.chain.iter().enumerate() {
                if i > 0 {
                    arrow(ui, style, ARROW);
                }
                if speaker(ui, book, i, draft, style, width).clicked() {
                    out.push(part(PickerPart::Speaker(i)));
                }
            }
            let used = width * n as f32 + ARROW * (n - 1) as f32;
            ui.add_space((room - used).max(0.0));
        }
        ui.add_space(GAP);
        let add = Part {
            key: None,
            words: "",
            more: "",
            on: true,
            width: ADD,
            colour: style.lines,
            fill: style.surface,
        };
        let response = add.show(ui, style);
        label_with_icon(ui, style, response.rect, ICON_ADD, "0", "Speaker");
        let response = response.on_hover_text("Alt+0: choose one more speaker, the nearest first");
        let enabled = ui.is_enabled();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, "Add a speaker"));
        if response.clicked() {
            out.push(Intent::Tagging(TaggingIntent::PickerChooseSpeaker));
        }
    });
}

fn label_with_icon(
    ui: &Ui,
    style: &Style,
    rect: Rect,
    icon: egui_material_icons::MaterialIcon,
    key: &str,
    words: &str,
) {
    let painter = ui.painter();
    let y = rect.center().y;
    let left = egui::Align2::LEFT_CENTER;
    let small = FontId::new(10.5, style.sans.clone());
    let drawn = painter.text(pos2(rect.left() + 7.0, y), left, key, small, style.muted);
    let face = FontId::new(14.0, icon.font_family());
    let at = pos2(drawn.right() + 4.0, y);
    let drawn = painter.text(at, left, icon.codepoint, face, style.muted);
    let face = FontId::new(13.0, style.sans.clone());
    painter.text(pos2(drawn.right() + 3.0, y), left, words, face, style.ink);
}

fn arrow(ui: &mut Ui, style: &Style, width: f32) {
    let (rect, _) = ui.allocate_exact_size(vec2(width, PART), Sense::hover());
    let face = FontId::new(12.0, ICON_ARROW_BACK.font_family());
    let centre = egui::Align2::CENTER_CENTER;
    ui.painter().text(rect.center(), centre, ICON_ARROW_BACK.codepoint, face, style.accent);
}

fn speaker(
    ui: &mut Ui,
    book: &OpenNotebook,
    i: usize,
    draft: &SpeakerDraft,
    style: &Style,
    width: f32,
) -> Response {
    let notebook = book.notebook();
    let (name, new) = match &draft.speaker.who {
        Meaning::Existing(id) => (notebook.name(*id).to_owned(), false),
        Meaning::New(name) => (name.clone(), true),
    };
    let key = u8::try_from(i).ok().filter(|i| *i < 3).map(|i| i + 4);
    let shown = Part {
        key,
        words: &name,
        more: if new { "new" } else { "" },
        on: draft.accepted,
        width,
        colour: style.actor,
        fill: style.tint(Kind::Actor),
    };
    let response = shown.show(ui, style);
    let name = shown_name(&name).into_owned();
    let sort = match (new, draft.speaker.kind) {
        (false, _) => String::new(),
        (true, None) => ", new actor, sort not set".to_owned(),
        (true, Some(kind)) => format!(", new actor: {}", kind.label()),
    };
    let said = format!("Speaker {}: {name}{sort}", i + 1);
    let enabled = ui.is_enabled();
    let on = draft.accepted;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, on, &said));
    let cue = match draft.speaker.cue.as_str() {
        "" => String::new(),
        cue => format!("\n“{}”", shown_name(cue)),
    };
    let act = if draft.accepted { "drop" } else { "accept" };
    let key = key.map_or_else(String::new, |key| format!("Alt+{key}: "));
    response.on_hover_text(format!("{name}{sort}{cue}\n{key}{act} this speaker"))
}

/// How sure the speakers are, whether they affirm, and in whose words.
fn manner(ui: &mut Ui, speech: &SpeechDraft, style: &Style, out: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        let width = (ui.available_width() - 2.0 * GAP) / 3.0;
        let unknown = speech.modality == Modality::Unknown;
        let certainty = if unknown { "certainty unknown" } else { speech.modality.label() };
        for (key, what, words, which) in [
            (7, "Certainty", certainty, PickerPart::Certainty),
            (8, "Stance", speech.polarity.label(), PickerPart::Stance),
            (9, "In whose words", speech.form.label(), PickerPart::Form),
        ] {
            let plain = match which {
                PickerPart::Certainty => unknown,
                PickerPart::Stance => speech.polarity == Polarity::Affirms,
                _ => speech.form == Form::Indirect,
            };
            let (colour, fill) = if plain {
                (style.lines, style.surface)
            } else {
                (style.claim, style.tint(Kind::Claim))
            };
            let shown = Part { key: Some(key), words, more: "", on: true, width, colour, fill };
            let response = shown.show(ui, style);
            let enabled = ui.is_enabled();
            let said = format!("{what}: {words}");
            response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &said));
            if response.on_hover_text(format!("{what}. Alt+{key}: the next")).clicked() {
                out.push(part(which));
            }
        }
    });
}

/// The date of an event.
fn when(ui: &mut Ui, date: &DateDraft, style: &Style, to_date: bool, out: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        let small = FontId::new(10.5, style.sans.clone());
        let (rect, _) = ui.allocate_exact_size(Vec2::new(46.0, PART), Sense::hover());
        let left = egui::Align2::LEFT_CENTER;
        let at = pos2(rect.left() + 2.0, rect.center().y);
        let key = ui.painter().text(at, left, "4", small, style.muted);
        let at = pos2(key.right() + 5.0, rect.center().y);
        ui.painter().text(at, left, "Date", FontId::new(13.0, style.sans.clone()), style.ink);
        let mut text = date.text.clone();
        let id = egui::Id::unique("picker date");
        let response = ui.add(
            crate::ui::limits::line(&mut text)
                .id(id)
                .hint_text("17 nov 2023, 2023-11~")
                .desired_width(150.0),
        );
        response.widget_info(|| text_field(&date.text, &text, "Date of the event"));
        if to_date {
            response.request_focus();
            super::frame::select_all(ui, id, &text);
        }
        if text != date.text {
            out.push(Intent::Tagging(TaggingIntent::PickerDate(text)));
        }
        let found = date.found.as_ref().map_or("", |found| found.written.as_str());
        let said = match (&date.read, date.text.trim()) {
            (_, "") => String::new(),
            (Some(read), typed) if *read == typed && found.is_empty() => String::new(),
            (Some(read), typed) if *read == typed => format!("“{found}” in the text"),
            (Some(read), _) => read.clone(),
            (None, _) => "kept as written".to_owned(),
        };
        let galley = cut(ui, &said, style.small(), style.muted, ui.available_width());
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), PART), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
        let at = pos2(rect.left() + 4.0, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, style.muted);
    });
}

/// The sort of an actor: of the one that is highlighted, or of a new one.
fn sorts(
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
        Some(crate::notebook::Detail::Actor(actor)) => Some(actor.kind),
        _ => sort.kind,
    };
    let head = match (existing.is_some(), now, sort.chosen) {
        (true, _, _) => "Kind of this actor".to_owned(),
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
            let widths: Vec<f32> = ActorKind::ALL
                .iter()
                .map(|kind| cut(ui, words(*kind), face.clone(), style.ink, 200.0).size().x)
                .collect();
            let all: f32 = widths.iter().sum();
            let spare = ui.available_width() - all - 3.0 * (widths.len() - 1) as f32;
            let pad = (spare / widths.len() as f32).max(8.0);
            for (n, (kind, width)) in (4_u8..).zip(ActorKind::ALL.into_iter().zip(widths)) {
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
                    out.push(part(PickerPart::Sort(kind)));
                }
            }
        });
    });
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
        let centre: Pos2 = tick.center();
        painter.text(centre, egui::Align2::CENTER_CENTER, ICON_CHECK.codepoint, face, style.ink);
    }
    let face = FontId::new(13.0, style.sans.clone());
    painter.text(pos2(tick.right() + 7.0, y), left, &words, face, style.ink);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &words));
    named(ui, &response, &words);
    if response.on_hover_text("Alt+0: tag the same words there too").clicked() {
        out.push(part(PickerPart::Others));
    }
}
