//! What the keyboard does while it is in the timeline: walk in time and from row to row, zoom, pan, go to the sentence.

use egui::{Key, Modifiers, Response, Ui};

use super::layout::Parts;
use super::pointer::go_to;
use super::tools::ZOOM;
use super::{TimelinePane, is_selected};
use crate::app::{Command, Intent, OpenNotebook, Selection, Tool};
use crate::inquiry::Spotlight;
use crate::timeline::{Entry, ROW, What};
use crate::ui::painted::keep_keys;

/// How far one press of Shift and an arrow pans: this part of what is in view.
const PAN: f32 = 0.15;

/// Which way an arrow leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Before,
    After,
    Up,
    Down,
}

impl TimelinePane {
    pub(super) fn press_keys(
        &mut self,
        ui: &Ui,
        response: &Response,
        parts: Parts,
        book: &OpenNotebook,
        out: &mut Vec<Intent>,
    ) {
        if std::mem::take(&mut self.select_all) {
            out.push(Intent::Select(self.everything(book)));
        }
        if !response.has_focus() {
            return;
        }
        keep_keys(ui, response.id);
        let pressed =
            |modifiers: Modifiers, key: Key| ui.input_mut(|i| i.consume_key(modifiers, key));
        let (width, height) = (parts.plot.width(), parts.plot.height());
        for (key, by) in [(Key::ArrowLeft, PAN), (Key::ArrowRight, -PAN)] {
            if pressed(Modifiers::SHIFT, key) {
                self.view.pan(width * by);
                self.touched = true;
            }
        }
        for (key, by) in [(Key::ArrowUp, -ROW * 3.0), (Key::ArrowDown, ROW * 3.0)] {
            if pressed(Modifiers::SHIFT, key) {
                self.scroll += by;
            }
        }
        for (key, by) in [(Key::PageUp, -1.0), (Key::PageDown, 1.0)] {
            if pressed(Modifiers::NONE, key) {
                self.scroll += by * (height - ROW).max(ROW);
            }
        }
        self.model.stack(self.view.level(), book);
        for (key, way) in [
            (Key::ArrowLeft, Way::Before),
            (Key::ArrowRight, Way::After),
            (Key::ArrowUp, Way::Up),
            (Key::ArrowDown, Way::Down),
        ] {
            if pressed(Modifiers::NONE, key) {
                let to = self.neighbour(book, parts, way);
                self.walk_to(book, parts, to, out);
            }
        }
        for (key, last) in [(Key::Home, false), (Key::End, true)] {
            if pressed(Modifiers::NONE, key) {
                let entries = &self.model.stacked().rows.entries;
                let item = |entry: &&Entry| entry.item;
                let to = if last {
                    entries.iter().max_by_key(item)
                } else {
                    entries.iter().min_by_key(item)
                };
                self.walk_to(book, parts, to.copied(), out);
            }
        }
        let larger = pressed(Modifiers::NONE, Key::Plus)
            || pressed(Modifiers::SHIFT, Key::Plus)
            || pressed(Modifiers::NONE, Key::Equals);
        for (pressed, by) in [(larger, ZOOM), (pressed(Modifiers::NONE, Key::Minus), 1.0 / ZOOM)] {
            if pressed {
                let x = self.here_x(parts).unwrap_or(width * 0.5);
                self.view.zoom_at(x, width, by);
                self.touched = true;
            }
        }
        if pressed(Modifiers::NONE, Key::Enter) {
            let what = self.here(book).map(|entry| entry.item);
            let what = what.and_then(|item| Some(self.model.timeline().item(item)?.what));
            out.extend(what.and_then(|what| go_to(book, what)));
        }
        let quiet = matches!(book.tool(), Tool::None);
        if !book.selection().is_empty() && quiet && pressed(Modifiers::NONE, Key::Escape) {
            self.walker = None;
            out.push(Intent::Select(Selection::none()));
        }
        if *book.exploration().spotlight() != Spotlight::Off
            && book.selection().is_empty()
            && quiet
            && pressed(Modifiers::NONE, Key::Escape)
        {
            out.push(Intent::Run(Command::LeaveFocus));
        }
    }

    /// Everything that is shown and not faded, selected.
    fn everything(&self, book: &OpenNotebook) -> Selection {
        let lit = book.exploration().emphasis().and_then(|emphasis| emphasis.lit.as_ref());
        let shown = self.model.shown(book).map(|item| item.entity);
        let all = shown.filter(|id| lit.is_none_or(|lit| lit.has_entity(*id)));
        Selection { entities: all.collect(), ..Selection::none() }
    }

    /// Where the keyboard is: what was walked to last, while it is selected, or else what is selected.
    pub(super) fn here(&self, book: &OpenNotebook) -> Option<Entry> {
        let (timeline, rows) = (self.model.timeline(), &self.model.stacked().rows);
        let of = |what: What| {
            let number = timeline.number(what)?;
            let selected = is_selected(timeline.item(number)?, book.selection());
            selected.then_some(number)
        };
        let walked = self.walker.and_then(|(what, lane)| {
            let number = of(what)?;
            let all = || rows.entries.iter().filter(move |entry| entry.item == number);
            all().find(|entry| entry.lane as usize == lane).or_else(|| all().next())
        });
        walked
            .or_else(|| {
                let selected = |entry: &&Entry| {
                    timeline.item(entry.item).is_some_and(|it| is_selected(it, book.selection()))
                };
                if book.selection().is_empty() { None } else { rows.entries.iter().find(selected) }
            })
            .copied()
    }

    /// Where that is in the plot, when it is in view.
    fn here_x(&self, parts: Parts) -> Option<f32> {
        let (what, _) = self.walker?;
        let item = self.model.timeline().item(self.model.timeline().number(what)?)?;
        let (from, to) = item.extent.known();
        let width = parts.plot.width();
        let middle = (self.view.x(from, width) + self.view.x(to, width)) * 0.5;
        (0.0..=width).contains(&middle).then_some(middle)
    }

    /// What an arrow leads to: in the lane what comes next in time; above and below what is nearest in time in the next
    /// row that has anything. From nowhere: what is nearest to the middle of the view.
    fn neighbour(&self, book: &OpenNotebook, parts: Parts, way: Way) -> Option<Entry> {
        let (timeline, rows) = (self.model.timeline(), &self.model.stacked().rows);
        let lit = book.exploration().emphasis().and_then(|emphasis| emphasis.lit.as_ref());
        let stands_out = |entry: &Entry| {
            let entity = timeline.item(entry.item).map(|item| item.entity);
            lit.is_none_or(|lit| entity.is_some_and(|id| lit.has_entity(id)))
        };
        let x = |entry: &Entry| {
            let item = timeline.item(entry.item);
            let (from, to) = item.map_or((0, 0), |item| item.extent.known());
            (from as f64 + to as f64) * 0.5
        };
        let Some(here) = self.here(book) else {
            let height = parts.plot.height();
            let seen = |entry: &&Entry| {
                let top = rows.top(**entry) - self.scroll;
                stands_out(entry) && top > -ROW && top < height
            };
            let off = |entry: &&Entry| (x(entry) - self.view.centre).abs();
            let all = rows.entries.iter().filter(seen);
            return all.min_by(|a, b| off(a).total_cmp(&off(b))).copied();
        };
        let in_lane = || rows.entries.iter().filter(|entry| entry.lane == here.lane);
        match way {
            // In a lane they are in the order of time.
            Way::Before => {
                in_lane().rfind(|entry| entry.item < here.item && stands_out(entry)).copied()
            }
            Way::After => {
                in_lane().find(|entry| entry.item > here.item && stands_out(entry)).copied()
            }
            Way::Up | Way::Down => {
                let mut row = here.row;
                loop {
                    row = if way == Way::Up { row.checked_sub(1)? } else { row + 1 };
                    if row as usize >= rows.len() {
                        return None;
                    }
                    let off = |entry: &&Entry| (x(entry) - x(&here)).abs();
                    let there = rows.in_row(row).iter().map(|n| &rows.entries[*n as usize]);
                    let nearest = there.filter(|entry| stands_out(entry));
                    let nearest = nearest.min_by(|a, b| off(a).total_cmp(&off(b)));
                    if let Some(entry) = nearest {
                        return Some(*entry);
                    }
                }
            }
        }
    }

    fn walk_to(
        &mut self,
        book: &OpenNotebook,
        parts: Parts,
        to: Option<Entry>,
        out: &mut Vec<Intent>,
    ) {
        let Some(entry) = to else { return };
        let Some(item) = self.model.timeline().item(entry.item).cloned() else { return };
        let lane = entry.lane as usize;
        self.walker = Some((item.what, lane));
        self.select(&item, book, out);
        self.reveal(book, parts, item.what, lane);
    }
}
