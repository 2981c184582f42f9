//! One article as both tagged it, span by span: who tagged it, and as what.

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{FontId, Key, RichText, Ui};

use super::framed;
use crate::app::questions::Colleague;
use crate::notebook::{EntityId, Notebook};
use crate::pairing::{TaggedSpan, Who};
use crate::text::{shortened, shown_name};
use crate::ui::theme::Style;

/// The article that is shown, and where in it.
#[derive(Default)]
pub(super) struct Tags {
    article: usize,
    at: usize,
    bring: bool,
}

impl Tags {
    pub(super) fn ui(&mut self, ui: &mut Ui, asked: &Colleague, height: f32, style: &Style) {
        let articles = asked.pairing.articles();
        self.article = self.article.min(articles.len().saturating_sub(1));
        let Some(both) = articles.get(self.article) else {
            ui.label("There is no article in common.");
            return;
        };
        let name = |at: usize| {
            let both = articles.get(at);
            both.map_or_else(String::new, |both| asked.ours.subject_name(both.ours.into()))
        };
        ui.horizontal(|ui| {
            let chosen = shown_name(&name(self.article)).into_owned();
            let combo = egui::ComboBox::from_id_salt("article of both").selected_text(chosen);
            let before = self.article;
            let shown = combo.width(320.0).show_ui(ui, |ui| {
                for at in 0..articles.len() {
                    let title = shown_name(&name(at)).into_owned();
                    ui.selectable_value(&mut self.article, at, title);
                }
            });
            shown
                .response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Article"));
            if self.article != before {
                self.at = 0;
                self.bring = true;
            }
        });
        let none = Vec::new();
        let spans = asked.preview.spans.get(self.article).unwrap_or(&none);
        let same_text = asked.ours.article(both.ours).map(|it| &it.text)
            == asked.theirs.article(both.theirs).map(|it| &it.text);
        if !same_text {
            ui.label("One of you has updated this article: the two texts differ, and are not laid side by side.");
            return;
        }
        legend(ui, spans, style);
        self.keys(ui, spans.len());
        self.list(ui, asked, both.ours, spans, height - 50.0, style);
    }

    fn keys(&mut self, ui: &Ui, rows: usize) {
        let last = rows.saturating_sub(1);
        let before = self.at;
        ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(egui::Modifiers::NONE, key);
            for (key, step) in [
                (Key::ArrowDown, 1_isize),
                (Key::ArrowUp, -1),
                (Key::PageDown, 10),
                (Key::PageUp, -10),
            ] {
                if pressed(key) {
                    self.at = self.at.saturating_add_signed(step);
                }
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

    /// Only the rows in view are laid out.
    fn list(
        &mut self,
        ui: &mut Ui,
        asked: &Colleague,
        article: crate::notebook::ArticleId,
        spans: &[TaggedSpan],
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
            area.show_rows(ui, row, spans.len(), |ui, rows| {
                for at in rows {
                    let Some(span) = spans.get(at) else { continue };
                    let text = asked.ours.article(article).map(|it| &it.text);
                    let words = text.and_then(|text| text.get(span.range.clone()));
                    if span_row(ui, asked, span, words.unwrap_or_default(), at == self.at, style) {
                        self.at = at;
                    }
                }
            });
        });
    }
}

fn legend(ui: &mut Ui, spans: &[TaggedSpan], style: &Style) {
    let count = |who| spans.iter().filter(|span| span.who == who).count();
    let parts: Vec<String> = [Who::Both, Who::Apart, Who::Ours, Who::Theirs]
        .into_iter()
        .map(|who| format!("{} {}: {}", who.sign(), who.words(), count(who)))
        .collect();
    ui.label(RichText::new(parts.join("   ")).font(style.small()).color(style.muted));
}

fn names(notebook: &Notebook, ids: &[EntityId]) -> String {
    let names: Vec<String> = ids
        .iter()
        .map(|id| {
            let kind = notebook.entity(*id).map_or("", |entity| entity.kind().word());
            format!("{} ({kind})", shortened(notebook.name(*id)))
        })
        .collect();
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

/// One span: who tagged it, its words, and what each took it for; returns whether it was clicked.
fn span_row(
    ui: &mut Ui,
    asked: &Colleague,
    span: &TaggedSpan,
    words: &str,
    selected: bool,
    style: &Style,
) -> bool {
    let (ours, theirs) = (names(&asked.ours, &span.ours), names(&asked.theirs, &span.theirs));
    let words = shortened(words);
    let told = format!("{}: “{words}”, yours {ours}, theirs {theirs}", span.who.words());
    let plain = TextFormat::simple(FontId::new(14.0, style.sans.clone()), style.ink);
    let small = TextFormat::simple(style.small(), style.muted);
    let mark = TextFormat { color: style.accent, ..plain.clone() };
    let quiet = TextFormat { color: style.muted, ..plain.clone() };
    let shade = if span.who == Who::Both { quiet } else { mark };
    let width = ui.available_width() - 12.0;
    let mut job = LayoutJob::default();
    job.append(span.who.sign(), 0.0, shade);
    job.append(&shown_name(&words), 10.0, plain.clone());
    if span.who == Who::Both {
        job.append(&shown_name(&ours), 14.0, small);
    } else {
        job.append("yours", 14.0, small.clone());
        job.append(&shown_name(&ours), 5.0, plain.clone());
        job.append("theirs", 12.0, small);
        job.append(&shown_name(&theirs), 5.0, plain);
    }
    job.wrap = TextWrapping::truncate_at_width(width);
    let label = ui.selectable_label(selected, job);
    label.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::ListItem, true, selected, shown_name(&told))
    });
    label.clicked()
}
