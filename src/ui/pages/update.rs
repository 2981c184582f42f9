//! An article's new version before it is accepted: what becomes of each mention and quote, its sentence as it was and as
//! it is, where an orphan is put by hand; and what changed in the text.

use std::ops::Range;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{FontId, Key, RichText, Ui};

use super::{Page, PageFrame, title};
use crate::app::questions::ArticleUpdate;
use crate::app::{Answer, Intent, SessionIntent};
use crate::notebook::{Anchor, Notebook, Place};
use crate::text::{Outcome, Text, shown, shown_name};
use crate::ui::theme::Style;
use crate::ui::versions::VersionsView;
use crate::ui::widgets::{counted, named, option};

/// The most bytes of a sentence that are shown on each side of the words.
const AROUND: usize = 240;
/// How many places are shown that an orphan could be, each with a digit that chooses it.
const PLACES: usize = 5;

/// The page.
pub struct UpdatePage {
    /// Which item is looked at, by its row.
    at: usize,
    /// That row is to be brought into view.
    bring: bool,
    /// What changed in the text is shown, not what becomes of mentions.
    changes: bool,
    view: VersionsView,
}

impl Page for UpdatePage {
    type Question = ArticleUpdate;

    fn open(asked: &ArticleUpdate, _: &crate::app::Program) -> Self {
        let view = VersionsView::new(&asked.changes);
        Self { at: 0, bring: false, changes: asked.items.is_empty(), view }
    }

    fn ui(&mut self, ui: &mut Ui, asked: &ArticleUpdate, frame: &mut PageFrame<'_>) {
        let Some(book) = frame.program.open_notebook() else { return };
        let style = frame.style;
        let screen = ui.ctx().content_rect();
        let widest = if self.changes { 1400.0 } else { 900.0 };
        ui.set_width((screen.width() - 80.0).min(widest));
        title(ui, style, &format!("Update “{}”", asked.title));
        self.tabs(ui, asked);
        if self.changes {
            self.view.bar(ui, &asked.changes, book.notebook(), style);
            ui.add_space(4.0);
            let height = (screen.height() - 240.0).max(160.0);
            self.view.body(ui, &asked.changes, book.notebook(), style, height, frame.out);
        } else {
            summary(ui, asked, style);
            self.keys(ui, asked, book.notebook(), frame.out);
            if !asked.items.is_empty() {
                self.list(ui, asked, book.notebook(), style);
                ui.add_space(8.0);
                let height = (screen.height() - 470.0).clamp(110.0, 330.0);
                let area = egui::ScrollArea::vertical().id_salt("both").max_height(height);
                area.auto_shrink([false, true]).show(ui, |ui| {
                    both(ui, asked, self.at, book.notebook(), style, frame.out);
                });
            }
        }
        ui.add_space(10.0);
        self.buttons(ui, asked, frame);
    }
}

impl UpdatePage {
    /// What is shown: the mentions, or the text.
    fn tabs(&mut self, ui: &mut Ui, asked: &ArticleUpdate) {
        let changed = asked.changes.changes.list().len();
        ui.horizontal(|ui| {
            let items = format!("Mentions and quotes ({})", asked.items.len());
            for (text, is_changes) in
                [(items, false), (format!("Changes in the text ({changed})"), true)]
            {
                let tab = ui.selectable_label(self.changes == is_changes, text);
                if tab.clicked() {
                    self.changes = is_changes;
                }
            }
        });
        ui.add_space(4.0);
    }

    fn buttons(&self, ui: &mut Ui, asked: &ArticleUpdate, frame: &mut PageFrame<'_>) {
        let style = frame.style;
        ui.horizontal_wrapped(|ui| {
            let accept = ui.button("Update");
            if frame.just_opened {
                accept.request_focus();
            }
            // While it has the keyboard, Enter accepts, and the arrows walk the list instead of the buttons.
            if accept.has_focus() && !self.changes {
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
            if !self.changes && asked.items.len() > 1 {
                let keys = "↑ ↓ walk the list; 1 to 5 put an orphan at a place, 0 takes it back";
                ui.label(RichText::new(keys).font(style.small()).color(style.muted));
            }
        });
    }

    /// Walks the list, and puts an orphan where a digit says.
    fn keys(&mut self, ui: &Ui, asked: &ArticleUpdate, notebook: &Notebook, out: &mut Vec<Intent>) {
        const DIGITS: [Key; PLACES] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
        let last = asked.items.len().saturating_sub(1);
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
            let candidates = looked_at(asked, self.at.min(last), notebook).map_or(
                0,
                |(_, outcome)| match outcome {
                    Outcome::Orphaned { candidates } => candidates.len(),
                    _ => 0,
                },
            );
            if candidates > 0 {
                let item = self.at.min(last);
                for (number, key) in DIGITS.into_iter().enumerate().take(candidates) {
                    if pressed(key) {
                        out.push(SessionIntent::PlaceOrphan(item, Some(number)).into());
                    }
                }
                if pressed(Key::Num0) {
                    out.push(SessionIntent::PlaceOrphan(item, None).into());
                }
            }
        });
        self.at = self.at.min(last);
        self.bring |= self.at != before;
    }

    /// The mentions and quotes: only the rows in view are laid out, however many there are.
    fn list(&mut self, ui: &mut Ui, asked: &ArticleUpdate, notebook: &Notebook, style: &Style) {
        let row = ui.text_style_height(&egui::TextStyle::Body) + 6.0;
        let spacing = ui.spacing().item_spacing.y;
        let height = (ui.ctx().content_rect().height() - 510.0).clamp(90.0, 240.0);
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
                area.show_rows(ui, row, asked.items.len(), |ui, rows| {
                    for at in rows {
                        if item_row(ui, asked, at, at == self.at, notebook, style) {
                            self.at = at;
                        }
                    }
                });
            });
    }
}

/// The figures.
fn summary(ui: &mut Ui, asked: &ArticleUpdate, style: &Style) {
    let told = |of: [usize; 4], what: &str| {
        let [unchanged, moved, orphaned, placed] = of;
        let all = counted(of.iter().sum(), what);
        let by_hand = if placed > 0 { format!(", {placed} placed by you") } else { String::new() };
        format!("{all}: {unchanged} unchanged, {moved} moved, {orphaned} orphaned{by_hand}.")
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

/// The anchor of an item, and what becomes of it.
fn looked_at<'a>(
    asked: &'a ArticleUpdate,
    at: usize,
    notebook: &'a Notebook,
) -> Option<(&'a Anchor, &'a Outcome)> {
    let anchor = asked.items.get(at)?.anchor(notebook)?;
    Some((anchor, asked.update.outcome(anchor)?))
}

fn word(asked: &ArticleUpdate, anchor: &Anchor, outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Unchanged(_) => "unchanged",
        Outcome::Moved { .. } => "moved",
        Outcome::Orphaned { .. } if asked.update.placed(anchor).is_some() => "placed",
        Outcome::Orphaned { .. } => "orphaned",
    }
}

/// How sure, as whole per cent.
fn per_cent(confidence: f32) -> String {
    format!("{:.0} %", confidence * 100.0)
}

/// One item; returns whether it was clicked.
fn item_row(
    ui: &mut Ui,
    asked: &ArticleUpdate,
    at: usize,
    selected: bool,
    notebook: &Notebook,
    style: &Style,
) -> bool {
    let Some((anchor, outcome)) = looked_at(asked, at, notebook) else { return false };
    let Some(item) = asked.items.get(at) else { return false };
    let (words, name) = (notebook.words(anchor), item.of(notebook));
    let word = word(asked, anchor, outcome);
    let mut job = LayoutJob::default();
    let plain = TextFormat::simple(FontId::new(14.0, style.sans.clone()), style.ink);
    let small = TextFormat::simple(style.small(), style.muted);
    let mark = match word {
        "orphaned" => TextFormat { color: style.accent, ..small.clone() },
        _ => small.clone(),
    };
    job.append(word, 0.0, mark);
    if matches!(outcome, Outcome::Moved { .. }) {
        job.append(&per_cent(outcome.confidence()), 6.0, small.clone());
    }
    job.append(&shown_name(words), 10.0, plain);
    job.append(&shown_name(&name), 10.0, small);
    job.wrap = TextWrapping::truncate_at_width(ui.available_width() - 12.0);
    let label = ui.selectable_label(selected, job);
    let told = shown_name(&format!("{word}: {words}, {name}")).into_owned();
    option(ui, &label, selected, &told);
    label.clicked()
}

/// The sentence as it was, and as it is, or where an orphan could be.
fn both(
    ui: &mut Ui,
    asked: &ArticleUpdate,
    at: usize,
    notebook: &Notebook,
    style: &Style,
    out: &mut Vec<Intent>,
) {
    let Some((anchor, outcome)) = looked_at(asked, at, notebook) else { return };
    let Some(article) = notebook.article(asked.update.article()) else { return };
    let new = asked.update.text();
    ui.spacing_mut().item_spacing.x = 24.0;
    ui.columns(2, |columns| {
        let [left, right] = columns else { return };
        heading(left, "As it was", style);
        match &anchor.place {
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
                let placed = asked.update.placed(anchor);
                let text =
                    if placed.is_some() { "Placed by you" } else { "Not surely one of these" };
                heading(right, text, style);
                for (number, (range, confidence)) in candidates.iter().enumerate().take(PLACES) {
                    let here = placed.as_ref() == Some(range);
                    if place(right, (new, range), *confidence, number, here, style) {
                        let to = (!here).then_some(number);
                        out.push(SessionIntent::PlaceOrphan(at, to).into());
                    }
                }
            }
        }
    });
}

/// A place that an orphan could be; returns whether it is to be put there, or taken from there.
fn place(
    ui: &mut Ui,
    (text, range): (&Text, &Range<usize>),
    confidence: f32,
    number: usize,
    here: bool,
    style: &Style,
) -> bool {
    let (says, does) = if here {
        ("Take back", "Take the orphan from")
    } else {
        ("Place here", "Put the orphan at")
    };
    let mut clicked = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let button = ui.small_button(format!("{} {says}", number + 1));
        let words = text.get(text.sentence_at(range.start)).unwrap_or_default();
        let words: String = words.chars().take(AROUND).collect();
        named(ui, &button, &shown_name(&format!("{does} place {}: “{words}”", number + 1)));
        clicked = button.clicked();
        let told =
            if here { format!("{}, chosen", per_cent(confidence)) } else { per_cent(confidence) };
        ui.label(RichText::new(told).font(style.small()).color(style.muted));
    });
    sentence(ui, text, range, style);
    ui.add_space(4.0);
    clicked
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
