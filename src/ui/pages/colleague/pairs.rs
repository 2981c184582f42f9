//! The pairs of entities that are or may be the same: a list to walk, with what each of the two is.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{FontId, Key, RichText, Ui};

use super::framed;
use crate::app::questions::Colleague;
use crate::app::{Intent, SessionIntent};
use crate::notebook::{EntityId, Notebook};
use crate::pairing::Pair;
use crate::text::{shortened, shown_name};
use crate::ui::pages::PageFrame;
use crate::ui::theme::Style;
use crate::ui::widgets::counted;

/// From which score on all can be taken in one go.
const SCORES: [(f32, &str); 3] = [(0.9, "From 90 %"), (0.7, "From 70 %"), (0.0, "All")];

/// The list.
#[derive(Default)]
pub(super) struct Pairs {
    /// Which offered pair is looked at, by its row.
    at: usize,
    /// That row is to be brought into view.
    bring: bool,
}

impl Pairs {
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        asked: &Colleague,
        height: f32,
        frame: &mut PageFrame<'_>,
    ) {
        let style = frame.style;
        let sure = asked.pairing.sure();
        let offered = asked.pairing.pairs().len() - sure;
        let said = match (sure, offered) {
            (0, 0) => "No entity of theirs looks like one of yours.".to_owned(),
            (sure, 0) => format!("{}: the same name and kind, or the same id.", surely(sure)),
            (0, offered) => format!("{} may be the same.", counted(offered, "pair")),
            (sure, offered) => {
                format!("{}. {} may be the same:", surely(sure), counted(offered, "pair"))
            }
        };
        ui.label(said);
        if offered == 0 {
            return;
        }
        self.keys(ui, asked, sure, offered, frame.out);
        self.list(ui, asked, sure, offered, (height - 150.0).max(80.0), style);
        ui.add_space(6.0);
        let number = sure + self.at;
        if let Some(pair) = asked.pairing.pairs().get(number) {
            both(ui, asked, pair, style);
            ui.add_space(4.0);
            decide(ui, asked, number, style, frame.out);
        }
    }

    fn keys(
        &mut self,
        ui: &Ui,
        asked: &Colleague,
        sure: usize,
        rows: usize,
        out: &mut Vec<Intent>,
    ) {
        let last = rows.saturating_sub(1);
        let before = self.at;
        let mut decided = None;
        ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(egui::Modifiers::NONE, key);
            if pressed(Key::ArrowDown) {
                self.at += 1;
            }
            if pressed(Key::ArrowUp) {
                self.at = self.at.saturating_sub(1);
            }
            if pressed(Key::PageDown) {
                self.at += 8;
            }
            if pressed(Key::PageUp) {
                self.at = self.at.saturating_sub(8);
            }
            if pressed(Key::Home) {
                self.at = 0;
            }
            if pressed(Key::End) {
                self.at = last;
            }
            for (key, choice) in [(Key::S, Some(true)), (Key::N, Some(false)), (Key::U, None)] {
                if pressed(key) {
                    decided = Some(choice);
                }
            }
        });
        self.at = self.at.min(last);
        if let Some(choice) = decided {
            let number = sure + self.at;
            out.push(Intent::Session(SessionIntent::Pair(number, choice)));
            // On to the next one that is open.
            let choices = asked.choices.iter().enumerate().skip(number + 1);
            let next = choices.filter(|(_, choice)| choice.is_none()).map(|(n, _)| n - sure).next();
            if choice.is_some() {
                self.at = next.unwrap_or(self.at);
            }
        }
        self.bring |= self.at != before;
    }

    /// Only the rows in view are laid out, however many there are.
    fn list(
        &mut self,
        ui: &mut Ui,
        asked: &Colleague,
        sure: usize,
        rows: usize,
        height: f32,
        style: &Style,
    ) {
        let row = ui.text_style_height(&egui::TextStyle::Body) + 6.0;
        let spacing = ui.spacing().item_spacing.y;
        let mut area = egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
        if std::mem::take(&mut self.bring) {
            #[allow(clippy::cast_precision_loss, reason = "a place on the screen")]
            let top = self.at as f32 * (row + spacing);
            area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
        }
        framed(ui, style, |ui| {
            area.show_rows(ui, row, rows, |ui, range| {
                for at in range {
                    if pair_row(ui, asked, sure + at, at == self.at, style) {
                        self.at = at;
                    }
                }
            });
        });
    }
}

fn surely(count: usize) -> String {
    if count == 1 {
        "1 entity is surely the same".to_owned()
    } else {
        format!("{count} entities are surely the same")
    }
}

const fn word(choice: Option<bool>) -> &'static str {
    match choice {
        Some(true) => "same",
        Some(false) => "not the same",
        None => "open",
    }
}

/// One pair; returns whether it was clicked.
fn pair_row(ui: &mut Ui, asked: &Colleague, number: usize, selected: bool, style: &Style) -> bool {
    let Some(pair) = asked.pairing.pairs().get(number) else { return false };
    let choice = asked.choices.get(number).copied().flatten();
    let (ours, theirs) = (asked.ours.name(pair.ours), asked.theirs.name(pair.theirs));
    let kind = asked.ours.entity(pair.ours).map_or("", |entity| entity.kind().word());
    let plain = TextFormat::simple(FontId::new(14.0, style.sans.clone()), style.ink);
    let small = TextFormat::simple(style.small(), style.muted);
    let sign = match choice {
        Some(true) => "=",
        Some(false) => "≠",
        None => "?",
    };
    let mark = TextFormat { color: style.accent, ..plain.clone() };
    let mut job = LayoutJob::default();
    job.append(sign, 0.0, mark);
    job.append(word(choice), 6.0, small.clone());
    job.append(&format!("{:.0} %", pair.score * 100.0), 10.0, small.clone());
    job.append(kind, 10.0, small.clone());
    job.append(&shown_name(&shortened(ours)), 10.0, plain.clone());
    job.append("·", 8.0, small.clone());
    job.append(&shown_name(&shortened(theirs)), 8.0, plain);
    job.append(&shown_name(&pair.reason), 12.0, small);
    job.wrap = TextWrapping::truncate_at_width(ui.available_width() - 12.0);
    let label = ui.selectable_label(selected, job);
    let told = format!(
        "{}: yours {ours}, theirs {theirs}, {kind}, {:.0} per cent, {}",
        word(choice),
        pair.score * 100.0,
        pair.reason
    );
    label.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::ListItem, true, selected, shown_name(&told))
    });
    label.clicked()
}

/// What each of the two is.
fn both(ui: &mut Ui, asked: &Colleague, pair: &Pair, style: &Style) {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.x = 24.0;
        ui.columns(2, |columns| {
            let [left, right] = columns else { return };
            described(left, "Yours", &asked.ours, pair.ours, style);
            described(right, "Theirs", &asked.theirs, pair.theirs, style);
        });
    });
}

fn described(ui: &mut Ui, heading: &str, notebook: &Notebook, id: EntityId, style: &Style) {
    ui.label(RichText::new(heading).font(style.small()).color(style.muted));
    let Some(entity) = notebook.entity(id) else { return };
    ui.add(egui::Label::new(shown_name(&entity.name).into_owned()).truncate());
    let mut facts = vec![counted(notebook.mention_count_of(id), "mention")];
    if let Some(mention) = notebook.mentions_of(id).find_map(|id| notebook.mention(id)) {
        let words = notebook.words(&mention.anchor);
        facts.push(format!("first “{}”", shortened(words)));
    }
    if !entity.aliases.is_empty() {
        facts.push(format!("also {}", entity.aliases.join(", ")));
    }
    if !entity.note.is_empty() {
        facts.push(shortened(&entity.note).into_owned());
    }
    let line = RichText::new(shown_name(&facts.join(" · "))).font(style.small()).color(style.muted);
    ui.add(egui::Label::new(line).truncate());
}

fn decide(ui: &mut Ui, asked: &Colleague, number: usize, style: &Style, out: &mut Vec<Intent>) {
    let choice = asked.choices.get(number).copied().flatten();
    ui.horizontal_wrapped(|ui| {
        for (text, to) in [("Same (S)", Some(true)), ("Not the same (N)", Some(false))] {
            if ui.selectable_label(choice == to, text).clicked() {
                let to = if choice == to { None } else { to };
                out.push(Intent::Session(SessionIntent::Pair(number, to)));
            }
        }
        ui.separator();
        ui.label(RichText::new("Take the likely ones:").font(style.small()).color(style.muted));
        for (score, text) in SCORES {
            let hint = "Those that are open, and for which nothing else looks nearly as like";
            if ui.button(text).on_hover_text(hint).clicked() {
                out.push(Intent::Session(SessionIntent::PairFrom(score)));
            }
        }
        let walk = "↑ ↓ walk the list, S and N decide, U opens again";
        ui.label(RichText::new(walk).font(style.small()).color(style.muted));
    });
}
