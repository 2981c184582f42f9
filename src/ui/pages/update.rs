//! An article's new version before it is accepted: what becomes of each mention, its sentence as it was and as it is.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{FontId, Key, RichText, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::ArticleUpdate;
use crate::app::{Answer, Intent};
use crate::notebook::{Notebook, Place};
use crate::text::{Outcome, Text, shown, shown_name};
use crate::ui::theme::Style;
use crate::ui::widgets::counted;

/// The most bytes of a sentence that are shown on each side of the words.
const AROUND: usize = 240;
/// How many places are shown that an orphan could be.
const PLACES: usize = 3;

/// The page.
pub struct UpdatePage {
    /// Which mention is looked at, by its row.
    at: usize,
    /// That row is to be brought into view.
    bring: bool,
}

impl Page for UpdatePage {
    type Question = ArticleUpdate;

    fn open(_: &ArticleUpdate, _: &crate::app::Program) -> Self {
        Self { at: 0, bring: false }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &ArticleUpdate, frame: &mut PageFrame<'_>) {
        let Some(book) = frame.program.open_notebook() else { return };
        let style = frame.style;
        ui.set_width((ui.ctx().content_rect().width() - 80.0).min(860.0));
        title(ui, style, &format!("Update “{}”", asked.title));
        summary(ui, asked, style);
        self.keys(ui, asked.mentions.len());
        if !asked.mentions.is_empty() {
            self.list(ui, asked, book.notebook(), style);
            ui.add_space(8.0);
            ui.scope(|ui| both(ui, asked, self.at, book.notebook(), style));
        }
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let accept = ui.button("Update");
            if frame.just_opened {
                accept.request_focus();
            }
            // While it has the keyboard, Enter accepts, and the arrows walk the list instead of the buttons.
            if accept.has_focus() {
                let arrows = egui::EventFilter { vertical_arrows: true, ..Default::default() };
                ui.memory_mut(|memory| memory.set_focus_lock_filter(accept.id, arrows));
            }
            let hint = "One step, which undo takes back. Both texts are kept";
            if accept.on_hover_text(hint).clicked() {
                frame.out.push(Intent::Answer(Answer::Reload));
            }
            if ui.button("Cancel").clicked() {
                frame.out.push(Intent::Answer(Answer::Cancel));
            }
            if asked.mentions.len() > 1 {
                ui.label(
                    RichText::new("↑ ↓ walk the mentions").font(style.small()).color(style.muted),
                );
            }
        });
    }
}

impl UpdatePage {
    /// Walks the list.
    fn keys(&mut self, ui: &Ui, rows: usize) {
        let last = rows.saturating_sub(1);
        let before = self.at;
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
        });
        self.at = self.at.min(last);
        self.bring |= self.at != before;
    }

    /// The mentions: only the rows in view are laid out, however many there are.
    fn list(&mut self, ui: &mut Ui, asked: &ArticleUpdate, notebook: &Notebook, style: &Style) {
        let row = ui.text_style_height(&egui::TextStyle::Body) + 6.0;
        let spacing = ui.spacing().item_spacing.y;
        let height = (ui.ctx().content_rect().height() - 430.0).clamp(90.0, 240.0);
        let mut area = egui::ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
        if std::mem::take(&mut self.bring) {
            #[allow(clippy::cast_precision_loss, reason = "a place on the screen")]
            let top = self.at as f32 * (row + spacing);
            area = area.vertical_scroll_offset((top - height / 2.0).max(0.0));
        }
        egui::Frame::new()
            .fill(style.surface)
            .stroke(egui::Stroke::new(1.0, style.lines))
            .corner_radius(6)
            .inner_margin(8)
            .show(ui, |ui| {
                area.show_rows(ui, row, asked.mentions.len(), |ui, rows| {
                    for at in rows {
                        if mention_row(ui, asked, at, at == self.at, notebook, style) {
                            self.at = at;
                        }
                    }
                });
            });
    }
}

/// The figures.
fn summary(ui: &mut Ui, asked: &ArticleUpdate, style: &Style) {
    let told = |of: [usize; 3], what: &str| {
        let [unchanged, moved, orphaned] = of;
        let all = counted(unchanged + moved + orphaned, what);
        format!("{all}: {unchanged} unchanged, {moved} moved, {orphaned} orphaned.")
    };
    let mut lines = told(asked.counts, "mention");
    if asked.quotes.iter().sum::<usize>() > 0 {
        lines.push(' ');
        lines.push_str(&told(asked.quotes, "quote"));
    }
    ui.label(lines);
    if asked.counts[2] + asked.quotes[2] > 0 {
        let kept = "Orphans are not surely found in the new text. They keep their words, and nothing is deleted.";
        ui.label(RichText::new(kept).color(style.muted));
    }
    ui.add_space(6.0);
}

const fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Unchanged(_) => "unchanged",
        Outcome::Moved { .. } => "moved",
        Outcome::Orphaned { .. } => "orphaned",
    }
}

/// How sure, as whole per cent.
fn per_cent(confidence: f32) -> String {
    format!("{:.0} %", confidence * 100.0)
}

/// One mention; returns whether it was clicked.
fn mention_row(
    ui: &mut Ui,
    asked: &ArticleUpdate,
    at: usize,
    selected: bool,
    notebook: &Notebook,
    style: &Style,
) -> bool {
    let mention = asked.mentions.get(at).and_then(|id| notebook.mention(*id));
    let Some(mention) = mention else { return false };
    let Some(outcome) = asked.update.outcome(&mention.anchor) else { return false };
    let (words, name) = (notebook.words(&mention.anchor), notebook.name(mention.entity));
    let mut job = LayoutJob::default();
    let plain = TextFormat::simple(FontId::new(14.0, style.sans.clone()), style.ink);
    let small = TextFormat::simple(style.small(), style.muted);
    let mark = match outcome {
        Outcome::Orphaned { .. } => TextFormat { color: style.accent, ..small.clone() },
        _ => small.clone(),
    };
    job.append(word(outcome), 0.0, mark);
    if matches!(outcome, Outcome::Moved { .. }) {
        job.append(&per_cent(outcome.confidence()), 6.0, small.clone());
    }
    job.append(&shown_name(words), 10.0, plain);
    job.append(&shown_name(name), 10.0, small);
    job.wrap = TextWrapping::truncate_at_width(ui.available_width() - 12.0);
    let label = ui.selectable_label(selected, job);
    let told = format!("{}: {words}, {name}", word(outcome));
    label.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::ListItem, true, selected, shown_name(&told))
    });
    label.clicked()
}

/// The sentence as it was, and as it is.
fn both(ui: &mut Ui, asked: &ArticleUpdate, at: usize, notebook: &Notebook, style: &Style) {
    let mention = asked.mentions.get(at).and_then(|id| notebook.mention(*id));
    let Some(mention) = mention else { return };
    let Some(outcome) = asked.update.outcome(&mention.anchor) else { return };
    let Some(article) = notebook.article(asked.update.article()) else { return };
    let new = asked.update.text();
    ui.spacing_mut().item_spacing.x = 24.0;
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        heading(left, "As it was", style);
        match &mention.anchor.place {
            Place::At { start, end } => sentence(left, &article.text, &(*start..*end), style),
            Place::Orphan(quote) => {
                let whole = [&*quote.prefix, &*quote.exact, &*quote.suffix].concat();
                let from = quote.prefix.len();
                let text = Text::new(whole);
                sentence(left, &text, &(from..from + quote.exact.len()), style);
            }
        }
        match outcome {
            Outcome::Unchanged(range) | Outcome::Moved { range, .. } => {
                heading(right, "As it is", style);
                sentence(right, new, range, style);
            }
            Outcome::Orphaned { candidates } if candidates.is_empty() => {
                heading(right, "Nothing like it in the new text", style);
            }
            Outcome::Orphaned { candidates } => {
                heading(right, "Not surely one of these", style);
                for (range, confidence) in candidates.iter().take(PLACES) {
                    right.label(
                        RichText::new(per_cent(*confidence)).font(style.small()).color(style.muted),
                    );
                    sentence(right, new, range, style);
                }
            }
        }
    });
}

fn heading(ui: &mut Ui, text: &str, style: &Style) {
    ui.label(RichText::new(text).font(style.small()).color(style.muted));
}

/// The sentence around a place, with the place marked.
fn sentence(ui: &mut Ui, text: &Text, range: &Range<usize>, style: &Style) {
    let whole = text.sentence_at(range.start);
    let (before, after) = text.context(range.clone(), AROUND);
    let first = before.start.max(whole.start).min(range.start);
    let last = after.end.min(text.sentence_at(range.end.saturating_sub(1)).end).max(range.end);
    let long = text.floor_grapheme((range.start + 3 * AROUND).min(range.end));
    let words = |range: Range<usize>| shown(text.get(range).unwrap_or_default()).into_owned();
    let plain = TextFormat::simple(FontId::new(15.0, style.serif.clone()), style.ink);
    let marked = TextFormat { underline: egui::Stroke::new(2.0, style.accent), ..plain.clone() };
    let mut job = LayoutJob::default();
    job.append(&words(first..range.start), 0.0, plain.clone());
    job.append(&words(range.start..long), 0.0, marked);
    if long < range.end {
        job.append("…", 0.0, plain);
    } else {
        job.append(&words(range.end..last), 0.0, plain);
    }
    job.wrap.max_width = ui.available_width();
    ui.add(egui::Label::new(job).wrap().selectable(false));
}
