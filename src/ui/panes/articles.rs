//! The article in front and a second one beside it: their tabs, and the reader of each.

use std::collections::HashMap;

use egui::Ui;
use egui_material_icons::icons::ICON_FORMAT_SIZE;

use super::tab::article_tab;
use super::{PaneFrame, PaneView};
use crate::app::{Caret, Command, Effect, Intent, Pane, ReadingIntent};
use crate::notebook::ArticleId;
use crate::ui::reader::Reader;
use crate::ui::widgets::icon_button;

/// The articles.
#[derive(Default)]
pub struct Articles {
    readers: HashMap<ArticleId, Reader>,
    /// What is asked of the reader of an article, which may not be there yet.
    goto: Option<(ArticleId, Effect)>,
    /// The article whose reader had the keyboard last.
    read: Option<ArticleId>,
    /// All of the article in front is to be selected.
    select_all: bool,
}

impl PaneView for Articles {
    fn show(&mut self, ui: &mut Ui, frame: &mut PaneFrame<'_>) {
        self.readers.retain(|id, _| frame.book.notebook().article(*id).is_some());
        let shown = frame.book.article_in(frame.pane == Pane::BESIDE);
        let in_front = shown == frame.book.article();
        tab_bar(ui, frame, shown);
        crate::ui::notices::keep_clear(ui);
        if in_front {
            frame.shown.reader = Some(ui.max_rect());
        }
        let Some(article) = shown else {
            crate::ui::welcome::no_article(ui, frame.style, frame.out);
            return;
        };
        crate::ui::wrapped_bar::wrapped_bar(ui, frame.book, article, frame.style, frame.out);
        let reader = self.readers.entry(article).or_insert_with(|| {
            let mut reader = Reader::new();
            reader.focus();
            reader
        });
        if frame.takes_keyboard {
            reader.focus();
        }
        if let Some((_, effect)) = self.goto.take_if(|(of, _)| *of == article) {
            reader.apply_effect(&effect);
        }
        if in_front && std::mem::take(&mut self.select_all) {
            let end = frame.book.notebook().article(article).map_or(0, |it| it.text.len());
            let all = Caret { anchor: 0, head: end };
            frame.out.push(Intent::Reading(ReadingIntent::SetCaret(article, all)));
        }
        let output = reader.ui(ui, frame.book, article, frame.style, frame.out);
        if in_front {
            frame.shown.words = output.selection_rect;
        }
        // What has the keyboard is in front: that is where commands tag.
        if output.has_focus && self.read != Some(article) {
            self.read = Some(article);
            if !in_front {
                frame.out.push(Intent::Reading(ReadingIntent::ShowArticle(article)));
            }
        }
    }

    fn apply_effect(&mut self, effect: &Effect) {
        match effect {
            Effect::GoTo(goto) => self.goto = Some((goto.article, effect.clone())),
            Effect::SelectAll => self.select_all = true,
            _ => {}
        }
    }
}

/// A tab for each article, a button to add one, and the grip that moves the pane.
fn tab_bar(ui: &mut Ui, frame: &mut PaneFrame<'_>, shown: Option<ArticleId>) {
    let margin = egui::Margin::symmetric(8, 0);
    egui::Panel::top(ui.scope_id().with(("article tabs", frame.pane)))
        .exact_size(34.0)
        .frame(egui::Frame::new().fill(frame.style.surface).inner_margin(margin))
        .show(ui, |ui| {
            let all = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(all, |ui| {
                let name = Command::TextPanel.hint();
                if icon_button(ui, frame.style, ICON_FORMAT_SIZE, name).clicked() {
                    frame.out.push(Intent::Run(Command::TextPanel));
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    frame.grip(ui);
                    egui::ScrollArea::horizontal()
                        .id_salt("tabs")
                        .show(ui, |ui| tabs(ui, frame, shown));
                });
            });
        });
}

fn tabs(ui: &mut Ui, frame: &mut PaneFrame<'_>, shown: Option<ArticleId>) {
    let notebook = frame.book.notebook();
    let tabs = frame.book.tabs();
    for id in tabs.iter().copied() {
        let Some(article) = notebook.article(id) else { continue };
        let title = &article.about.title;
        let (tab, close) = article_tab(ui, frame.style, title, shown == Some(id));
        let show = Intent::Reading(ReadingIntent::ShowArticleIn(id, frame.pane == Pane::BESIDE));
        if close || tab.middle_clicked() {
            frame.out.push(Intent::Reading(ReadingIntent::CloseTab(id)));
        } else if tab.clicked() {
            frame.out.push(show.clone());
        }
        if tab.double_clicked() {
            *frame.maximise = Some(frame.pane);
        }
        tab.context_menu(|ui| {
            if ui.button(Command::CloseTab.text()).clicked() {
                frame.out.push(Intent::Reading(ReadingIntent::CloseTab(id)));
                ui.close();
            }
            if ui.add_enabled(tabs.len() > 1, egui::Button::new("Close other tabs")).clicked() {
                let others = tabs.iter().copied().filter(|other| *other != id);
                frame.out.extend(others.map(|it| Intent::Reading(ReadingIntent::CloseTab(it))));
                ui.close();
            }
            ui.separator();
            for command in [Command::DescribeArticle, Command::SideBySide, Command::RemoveArticle] {
                if ui.button(command.text()).clicked() {
                    frame.out.push(show.clone());
                    frame.out.push(Intent::Run(command));
                    ui.close();
                }
            }
        });
    }
    let add =
        ui.add(egui::Button::new("+").frame(false)).on_hover_text(Command::Open.hint_with_key());
    add.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Open an article"));
    if add.clicked() {
        frame.out.push(Intent::Run(Command::Open));
    }
}
