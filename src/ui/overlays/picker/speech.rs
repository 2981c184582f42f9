//! Of a claim: the chain of speakers, how sure they are, and in whose words.

use egui::{FontId, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons::{ICON_ADD, ICON_ARROW_BACK};

use super::part::{GAP, PART, Part, change};
use crate::app::{Intent, OpenNotebook, PickerPart, SpeakerDraft, SpeechDraft, TaggingIntent};
use crate::inquiry::Meaning;
use crate::notebook::{Form, Kind, Modality, Polarity};
use crate::text::shown_name;
use crate::ui::theme::Style;
use crate::ui::widgets::cut;

/// The chain of speakers, and one more.
pub(super) fn chain(
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
            let arrows = ARROW * (n - 1) as f32;
            let widths = widths_of(ui, book, speech, style, room - arrows);
            let used = widths.iter().sum::<f32>() + arrows;
            for (i, (draft, width)) in speech.chain.iter().zip(widths).enumerate() {
                if i > 0 {
                    arrow(ui, style, ARROW);
                }
                if speaker(ui, book, i, draft, style, width).clicked() {
                    out.push(change(PickerPart::Speaker(i)));
                }
            }
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

/// How wide the speakers are: as wide as their names, and where that is too wide, the widest give way.
fn widths_of(
    ui: &Ui,
    book: &OpenNotebook,
    speech: &SpeechDraft,
    style: &Style,
    room: f32,
) -> Vec<f32> {
    /// Key, margins, and room for a letter.
    const AROUND: f32 = 34.0;
    let mut widths: Vec<f32> = speech
        .chain
        .iter()
        .map(|draft| {
            let (name, new) = name_of(book, draft);
            let face = FontId::new(13.0, style.sans.clone());
            let new = if new { 30.0 } else { 0.0 };
            cut(ui, &name, face, style.ink, room).size().x + AROUND + new
        })
        .collect();
    let share = room / widths.len().max(1) as f32;
    let narrow: f32 = widths.iter().filter(|width| **width <= share).sum();
    let wide: f32 = widths.iter().filter(|width| **width > share).sum();
    if narrow + wide > room && wide > 0.0 {
        let scale = (room - narrow) / wide;
        widths.iter_mut().filter(|width| **width > share).for_each(|width| *width *= scale);
    }
    widths
}

/// The name of a speaker, and whether the actor is new.
fn name_of(book: &OpenNotebook, draft: &SpeakerDraft) -> (String, bool) {
    match &draft.speaker.who {
        Meaning::Existing(id) => (book.notebook().name(*id).to_owned(), false),
        Meaning::New(name) => (name.clone(), true),
    }
}

fn speaker(
    ui: &mut Ui,
    book: &OpenNotebook,
    i: usize,
    draft: &SpeakerDraft,
    style: &Style,
    width: f32,
) -> Response {
    let (name, new) = name_of(book, draft);
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
pub(super) fn manner(ui: &mut Ui, speech: &SpeechDraft, style: &Style, out: &mut Vec<Intent>) {
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
            let said = format!("{what}: {}", words.trim_start_matches("certainty "));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, &said));
            if response.on_hover_text(format!("{what}. Alt+{key}: the next")).clicked() {
                out.push(change(which));
            }
        }
    });
}
