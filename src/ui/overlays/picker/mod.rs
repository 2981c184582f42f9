//! The picker: which entity the selected words mean. Opens at the words; Enter takes the highlighted row.

mod date;
mod part;
mod parts;
mod sorts;
mod speech;

use egui::{Context, Key, Modifiers, Rect, RichText, Sense, Ui, Vec2};

use self::parts::PartKeys;
use super::frame::{Frame, select_all};
use super::{Overlay, OverlayFrame, on_canvas, place};
use crate::app::{Intent, OpenNotebook, Picker, Program, Purpose, TaggingIntent, Tool};
use crate::inquiry::{Choice, Meaning};
use crate::notebook::Kind;
use crate::text::shown_name;
use crate::ui::kind_icons;
use crate::ui::text_fields::{field_layout, text_field, text_field_of_lines};
use crate::ui::theme::Style;

const WIDTH: f32 = 530.0;
const ROW: f32 = 30.0;
/// What stands below the list, in points.
const BELOW: f32 = 46.0;
/// Rows in view before the list scrolls.
const ROWS: usize = 8;

/// The picker.
#[derive(Default)]
pub struct PickerView;

impl Overlay for PickerView {
    fn is_open(&self, _: &Program, book: &OpenNotebook) -> bool {
        matches!(book.tool(), Tool::Picker(_))
    }

    fn ui(&mut self, frame: &mut OverlayFrame<'_>) {
        let Tool::Picker(picker) = frame.book.tool() else { return };
        let on_board = matches!(picker.purpose, Purpose::Place(_)) || picker.put_at.is_some();
        let at = if on_board {
            on_canvas(frame.ctx, frame.shown)
        } else {
            place(frame.ctx, frame.shown)
        };
        draw(frame.ctx, frame.book, picker, frame.style, at, frame.just_opened, frame.out);
    }
}

/// Draws the picker.
fn draw(
    ctx: &Context,
    book: &OpenNotebook,
    picker: &Picker,
    style: &Style,
    at: Rect,
    just_opened: bool,
    out: &mut Vec<Intent>,
) {
    let PartKeys { out: keys, to_date } = take_keys(ctx, picker);
    // While a speaker is chosen the picker stays where it was: only its list grows, as far as there is room.
    let rows = picker.rows_at_rest().clamp(1, ROWS);
    let extra = if picker.kind == Kind::Claim { 46.0 } else { 0.0 };
    let more = parts::height(picker);
    let size = Vec2::new(WIDTH, 96.0 + extra + more + rows as f32 * ROW + 34.0);
    Frame { name: "picker", at, size, just_opened }.show(ctx, out, |ui, out| {
        heading(ui, book, picker, style, out);
        field(ui, picker, just_opened, out);
        parts::show(ui, book, picker, style, to_date, out);
        // What was typed comes before the keys: a slow frame holds both, and Enter means what it finds.
        out.extend(keys);
        list(ui, book, picker, style, out);
        parts::others(ui, picker, style, out);
        foot(ui, book, picker, style, out);
    });
}

/// The kind of the rows: of speakers, while one is chosen for a claim.
const fn row_kind(picker: &Picker, choosing: bool) -> Kind {
    if choosing { Kind::Actor } else { picker.kind }
}

/// What the keys say, taken before the field sees them.
fn take_keys(ctx: &Context, picker: &Picker) -> PartKeys {
    ctx.input_mut(|input| {
        let PartKeys { mut out, to_date } = parts::take_keys(input, picker);
        for (key, by) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
            if input.consume_key(Modifiers::NONE, key) {
                out.push(Intent::Tagging(TaggingIntent::PickerMove(by)));
            }
        }
        if input.consume_key(Modifiers::NONE, Key::Enter) {
            out.push(Intent::Tagging(TaggingIntent::PickerAccept));
        }
        if input.consume_key(Modifiers::ALT, Key::Enter) {
            if picker.is_choosing_speaker() {
                // The row, and one more speaker.
                out.push(Intent::Tagging(TaggingIntent::PickerAccept));
                out.push(Intent::Tagging(TaggingIntent::PickerChooseSpeaker));
            } else {
                out.push(Intent::Tagging(TaggingIntent::PickerRemember(true)));
                out.push(Intent::Tagging(TaggingIntent::PickerAccept));
            }
        }
        if can_change_kind(picker) {
            for (n, kind) in [Key::Num1, Key::Num2, Key::Num3].into_iter().zip(Kind::ALL) {
                if parts::take_with_alt(input, n) {
                    out.push(Intent::Tagging(TaggingIntent::PickerKind(kind)));
                }
            }
        }
        PartKeys { out, to_date }
    })
}

const fn can_change_kind(picker: &Picker) -> bool {
    matches!(
        picker.purpose,
        Purpose::Tag { .. } | Purpose::TagAll(_) | Purpose::Retag(_) | Purpose::Place(_)
    )
}

fn heading(
    ui: &mut Ui,
    book: &OpenNotebook,
    picker: &Picker,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    let words: String = shown_name(&picker.words).chars().take(60).collect();
    let text = match &picker.purpose {
        _ if picker.is_choosing_speaker() => "Who says so? The nearest first".to_owned(),
        Purpose::Tag { .. } => format!("Tag “{words}” as"),
        Purpose::TagAll(places) => {
            format!("Tag {} as", crate::ui::widgets::counted(places.len(), "mention"))
        }
        Purpose::Place(_) => "Add to canvas".to_owned(),
        Purpose::Retag(_) => format!("Make “{words}” a mention of"),
        Purpose::Merge(entity) => {
            format!("Merge “{}” into", shown_name(book.notebook().name(*entity)))
        }
        Purpose::Split(_) => format!("Split “{words}” into"),
    };
    ui.horizontal(|ui| {
        let kinds = can_change_kind(picker);
        let room = ui.available_width() - if kinds { 178.0 } else { 0.0 };
        let label = egui::Label::new(RichText::new(text).font(style.small()).color(style.muted));
        let layout = egui::Layout::left_to_right(egui::Align::Center);
        ui.allocate_ui_with_layout(egui::vec2(room, 22.0), layout, |ui| {
            ui.set_min_width(room);
            ui.add(label.truncate());
        });
        if kinds {
            ui.spacing_mut().item_spacing.x = 2.0;
            for kind in Kind::ALL {
                let label = RichText::new(kind.word()).font(style.small());
                let button = ui
                    .selectable_label(picker.kind == kind, label)
                    .on_hover_text(format!("Alt+{}", kind as u8 + 1));
                if button.clicked() {
                    out.push(Intent::Tagging(TaggingIntent::PickerKind(kind)));
                }
            }
        }
    });
}

fn field(ui: &mut Ui, picker: &Picker, just_opened: bool, out: &mut Vec<Intent>) {
    let mut text = picker.text.clone();
    let id = egui::Id::unique("picker field");
    let choosing = picker.is_choosing_speaker();
    let of_lines = picker.kind == Kind::Claim && !choosing;
    // A field is as high as before while a speaker is chosen: nothing moves under the pointer.
    let edit = if picker.kind == Kind::Claim {
        crate::ui::limits::lines(&mut text).desired_rows(3)
    } else {
        crate::ui::limits::line(&mut text)
    };
    let hint = match (&picker.purpose, picker.kind) {
        _ if choosing => "Find an actor or name a new one",
        (Purpose::Merge(_), _) => "Find the entity to keep",
        (_, Kind::Claim) => "The proposition, in one sentence",
        _ => "Find an entity or name a new one",
    };
    let mut layout = field_layout(picker.kind == Kind::Claim);
    let response = ui.add(
        edit.id(id)
            .with(|edit| edit.layouter(&mut layout))
            .hint_text(hint)
            .desired_width(f32::INFINITY),
    );
    response.widget_info(|| {
        if choosing {
            text_field_of_lines(&picker.text, &text, "Speaker name")
        } else if of_lines {
            text_field_of_lines(&picker.text, &text, "Entity name")
        } else {
            text_field(&picker.text, &text, "Entity name")
        }
    });
    if just_opened {
        response.request_focus();
        select_all(ui, id, &text);
    } else if !response.has_focus() && ui.ctx().memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    if text != picker.text {
        out.push(Intent::Tagging(TaggingIntent::PickerText(text)));
    }
}

fn list(ui: &mut Ui, book: &OpenNotebook, picker: &Picker, style: &Style, out: &mut Vec<Intent>) {
    ui.add_space(2.0);
    if picker.choices.rows.is_empty() {
        ui.label(RichText::new("No matches.").color(style.muted));
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let room = ui.ctx().content_rect().bottom() - ui.cursor().top() - BELOW;
    let most = if picker.is_choosing_speaker() {
        ((room / ROW).floor() as usize).clamp(2, ROWS)
    } else {
        ROWS
    };
    egui::ScrollArea::vertical()
        .max_height(ROW * most as f32)
        // An area remembers how small it was: the rows there are now claim their room.
        .min_scrolled_height(ROW * picker.choices.rows.len().min(most) as f32)
        .show_rows(ui, ROW, picker.choices.rows.len(), |ui, range| {
            for i in range {
                let chosen = picker.choices.highlighted == i;
                let response = row(ui, book, picker, &picker.choices.rows[i], chosen, style);
                if chosen {
                    crate::ui::widgets::keep_in_view(ui, &response);
                }
                if response.clicked() {
                    out.push(Intent::Tagging(TaggingIntent::PickerHighlight(i)));
                    out.push(Intent::Tagging(TaggingIntent::PickerAccept));
                }
            }
        });
}

fn row(
    ui: &mut Ui,
    book: &OpenNotebook,
    picker: &Picker,
    choice: &Choice,
    chosen: bool,
    style: &Style,
) -> egui::Response {
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
    let kind = row_kind(picker, picker.is_choosing_speaker());
    let painter = ui.painter();
    if chosen {
        painter.rect_filled(rect, 6.0, style.tint(kind));
    } else if response.hovered() {
        painter.rect_filled(rect, 6.0, style.hovered);
    }
    let notebook = book.notebook();
    let (text, right, anonymous) = match &choice.meaning {
        Meaning::New(name) => (format!("New {}: {name}", kind.word()), String::new(), false),
        Meaning::Existing(id) => {
            let entity = notebook.entity(*id);
            let alias =
                choice.alias.as_ref().map_or_else(String::new, |alias| format!("  ({alias})"));
            (
                format!("{}{alias}", notebook.name(*id)),
                notebook.mention_count_of(*id).to_string(),
                entity.is_some_and(|e| e.is_anonymous()),
            )
        }
    };
    kind_icons::kind_mark(
        painter,
        rect.left_center() + Vec2::new(15.0, 0.0),
        style,
        kind,
        anonymous,
    );
    let right_text = if chosen { "⏎".to_owned() } else { right };
    painter.text(
        rect.right_center() - Vec2::new(10.0, 0.0),
        egui::Align2::RIGHT_CENTER,
        right_text,
        style.small(),
        style.muted,
    );
    let mut job = egui::text::LayoutJob::simple_singleline(
        shown_name(&text).into_owned(),
        egui::FontId::new(14.0, style.sans.clone()),
        style.ink,
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 64.0);
    let galley = ui.ctx().fonts_mut(|fonts| fonts.layout_job(job));
    let y = rect.center().y - galley.size().y / 2.0;
    ui.painter().galley(egui::pos2(rect.left() + 30.0, y), galley, style.ink);
    crate::ui::widgets::option(ui, &response, chosen, &text);
    response
}

fn foot(ui: &mut Ui, book: &OpenNotebook, picker: &Picker, style: &Style, out: &mut Vec<Intent>) {
    ui.add_space(4.0);
    let existing = picker
        .choices
        .rows
        .get(picker.choices.highlighted)
        .is_some_and(|row| matches!(row.meaning, Meaning::Existing(_)));
    match picker.purpose {
        _ if picker.is_choosing_speaker() => {
            ui.label(
                RichText::new("↑ ↓ select   ⏎ add this speaker   Esc back to the claim")
                    .font(style.small())
                    .color(style.muted),
            );
        }
        Purpose::Tag { .. } if existing || picker.remember => {
            let mut remember = picker.remember;
            let box_ = ui
                .checkbox(&mut remember, format!("Add “{}” as an alias", shown_name(&picker.words)))
                .on_hover_text("Alt+Enter accepts the row and adds the alias");
            if box_.changed() {
                out.push(Intent::Tagging(TaggingIntent::PickerRemember(remember)));
            }
        }
        Purpose::Merge(entity) => {
            let mut remember = picker.remember;
            let name = shown_name(book.notebook().name(entity));
            if ui.checkbox(&mut remember, format!("Keep “{name}” as an alias")).changed() {
                out.push(Intent::Tagging(TaggingIntent::PickerRemember(remember)));
            }
        }
        _ => {
            let keys = if picker.is_choosing_speaker() {
                "↑ ↓ select   ⏎ accept   Alt+⏎ accept, and one more   Esc back"
            } else {
                "↑ ↓ select   ⏎ accept   Alt+number changes a part   Esc close"
            };
            ui.label(RichText::new(keys).font(style.small()).color(style.muted));
        }
    }
}
