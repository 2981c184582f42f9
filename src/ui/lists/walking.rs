//! How rows are chosen and walked: by mouse and by key.

use std::collections::BTreeSet;

use egui::{Event, EventFilter, Key, Response, Ui};

use super::Lists;
use super::model::Line;
use crate::app::{Intent, OpenNotebook, ReadingIntent, Selection};
use crate::notebook::ArticleId;

impl Lists {
    /// What a click on a line asks for.
    pub(super) fn clicked(
        &mut self,
        ui: &Ui,
        book: &OpenNotebook,
        line: &Line,
        lines: &[Line],
        out: &mut Vec<Intent>,
    ) {
        let (modifiers, enter) = ui.input(|i| (i.modifiers, i.key_pressed(Key::Enter)));
        match line {
            Line::Folder(folder) => self.open_folder(&folder.path, folder.closed),
            Line::Article(id, _) if modifiers.shift => self.choose_to(book, *id, lines, out),
            Line::Article(id, _) if modifiers.command => {
                let mut chosen = book.chosen_articles().clone();
                if chosen.is_empty() {
                    chosen.extend(book.article());
                }
                if !chosen.remove(id) {
                    chosen.insert(*id);
                }
                self.chosen_from = Some(*id);
                out.push(Intent::Reading(ReadingIntent::ChooseArticles(chosen)));
            }
            Line::Article(id, _) => self.show_article(*id, out),
            Line::Entity(id, _) => {
                let only = book.selection().only_entity() == Some(*id);
                out.push(match () {
                    () if modifiers.command || modifiers.shift => Intent::ToggleEntity(*id),
                    // Enter on the row that is selected already goes on to its mentions.
                    () if enter && only => Intent::Reading(ReadingIntent::ShowMentions(*id)),
                    () => Intent::Select(Selection::entity(*id)),
                });
                self.selected = Some(*id);
            }
            _ => {}
        }
    }

    /// Shows an article, and no other is chosen.
    fn show_article(&mut self, id: ArticleId, out: &mut Vec<Intent>) {
        self.chosen_from = Some(id);
        out.push(Intent::Reading(ReadingIntent::ChooseArticles(BTreeSet::new())));
        out.push(Intent::Reading(ReadingIntent::ShowArticle(id)));
    }

    /// Chooses the articles from the one clicked last to this one.
    fn choose_to(&self, book: &OpenNotebook, id: ArticleId, lines: &[Line], out: &mut Vec<Intent>) {
        let place = |of: ArticleId| {
            lines.iter().position(|line| matches!(line, Line::Article(it, _) if *it == of))
        };
        let Some(to) = place(id) else { return };
        let from = self.chosen_from.or_else(|| book.article()).and_then(place).unwrap_or(to);
        let rows = lines.get(from.min(to)..=from.max(to)).unwrap_or(&[]);
        let chosen = rows.iter().filter_map(|line| match line {
            Line::Article(id, _) => Some(*id),
            _ => None,
        });
        out.push(Intent::Reading(ReadingIntent::ChooseArticles(chosen.collect())));
    }

    fn open_folder(&mut self, path: &str, open: bool) {
        if open {
            self.wanted.closed_folders.remove(path);
        } else {
            self.wanted.closed_folders.insert(path.to_owned());
        }
    }

    /// Arrows, Home and End walk from row to row; with Shift they choose articles; Left and Right close and open a folder.
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        book: &OpenNotebook,
        response: &Response,
        i: usize,
        lines: &[Line],
        out: &mut Vec<Intent>,
    ) {
        let folder = match lines.get(i) {
            Some(Line::Folder(folder)) => Some(folder),
            _ => None,
        };
        let filter = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: folder.is_some(),
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let mut to = None;
        let mut choosing = false;
        let mut opening = None;
        ui.input(|input| {
            for event in &input.events {
                let Event::Key { key, pressed: true, modifiers, .. } = event else { continue };
                choosing = modifiers.shift_only();
                if modifiers.any() && !choosing {
                    continue;
                }
                match key {
                    Key::ArrowLeft => opening = Some(false),
                    Key::ArrowRight => opening = Some(true),
                    _ => {}
                }
                let from = to.unwrap_or(i);
                let takes = |i: &usize| lines.get(*i).is_some_and(Line::takes_keyboard);
                to = match key {
                    Key::ArrowDown => (from + 1..lines.len()).find(takes),
                    Key::ArrowUp => (0..from).rev().find(takes),
                    Key::Home => (0..lines.len()).find(takes),
                    Key::End => (0..lines.len()).rev().find(takes),
                    _ => None,
                }
                .or(to);
            }
        });
        if let (Some(folder), Some(open)) = (folder, opening) {
            self.open_folder(&folder.path, open);
            ui.ctx().request_repaint();
        }
        let Some(to) = to else { return };
        self.focus = Some(to);
        self.reveal = Some(to);
        ui.ctx().request_repaint();
        match lines.get(to) {
            Some(Line::Entity(id, _)) => {
                self.selected = Some(*id);
                out.push(Intent::Select(Selection::entity(*id)));
            }
            Some(Line::Article(id, _)) if choosing => self.choose_to(book, *id, lines, out),
            Some(Line::Article(id, _)) => self.show_article(*id, out),
            _ => {}
        }
    }
}

impl Line {
    /// Whether it is a row that the keyboard walks to.
    pub(super) const fn takes_keyboard(&self) -> bool {
        matches!(self, Self::Folder(_) | Self::Article(..) | Self::Entity(..))
    }
}
