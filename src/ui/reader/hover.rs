//! What shows while the pointer rests: the card of a mention, the names behind a bar in the margin, what a character
//! is that cannot be seen; and the pointer's own shape.

use egui::{CursorIcon, Rect, RichText, Tooltip, Ui};

use super::hidden_characters::{Sign, unseen_in};
use super::margin;
use super::mention_marks::{Mark, covering};
use super::mouse::{Drag, Hover, Mouse, spot};
use super::paint::Frame;
use super::{Reader, Scene};
use crate::app::Tool;
use crate::notebook::{MentionId, Notebook};
use crate::text::shown_name;
use crate::ui::idle_pointer;
use crate::ui::widgets::{capital, counted};

/// How long the pointer rests on a mention before its card opens, in seconds.
const REST: f64 = 0.45;

impl Reader {
    pub(super) fn hover(
        &mut self,
        ui: &Ui,
        scene: &Scene<'_>,
        frame: &Frame<'_>,
        marks: &[Mark],
        inside: bool,
        time: f64,
    ) {
        self.mouse.hidden = None;
        self.mouse.idle = idle_pointer::is_idle(ui.ctx());
        let Some(at) = self.mouse.pointer else {
            self.mouse.hover = None;
            return;
        };
        if self.mouse.drag != Drag::Nothing {
            self.mouse.hover = None;
            ui.ctx().set_cursor_icon(match self.mouse.drag {
                Drag::Link { .. } => CursorIcon::Crosshair,
                Drag::End { .. } => CursorIcon::ResizeHorizontal,
                Drag::Held(_) if self.mouse.dragged => CursorIcon::Grabbing,
                _ => CursorIcon::Text,
            });
            return;
        }
        if !inside {
            self.mouse.hover = None;
            return;
        }
        let handle = self.mouse.handle_at(scene, frame, marks, at);
        let under = spot(frame, at).and_then(|spot| spot.under);
        let mention = handle
            .or_else(|| covering(marks, under.as_ref()?.start).first().map(|mark| mark.mention));
        let before = self.mouse.hover;
        self.mouse.hover = mention.map(|mention| match before {
            Some(same) if same.mention == mention => same,
            _ => Hover { mention, since: time },
        });
        let unseen = under.as_ref().and_then(|range| {
            let grapheme = frame.text.get(range.clone())?;
            // Between the cells of a table a tab is the table's.
            let of_table = grapheme == "\t" && !frame.has_sign(range.start, Sign::Tab);
            if of_table { None } else { unseen_in(grapheme) }
        });
        match (unseen, under) {
            (Some(name), Some(range)) => {
                let since = match self.mouse.over {
                    Some((byte, since)) if byte == range.start => since,
                    _ => time,
                };
                self.mouse.over = Some((range.start, since));
                // A space where it belongs says its name only to who rests on it: there is one at every turn.
                let quiet = frame.has_sign(range.start, Sign::Quiet) && time - since < REST;
                if quiet {
                    let left = REST - (time - since) + 0.01;
                    ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
                } else if let Some(rect) = frame.rects(&range, false).first() {
                    self.mouse.hidden = Some((name, *rect));
                }
            }
            _ => self.mouse.over = None,
        }
        let end = self.mouse.end_at(scene, frame, marks, at).is_some();
        let beside = !margin::under(frame, marks, at).is_empty();
        ui.ctx().set_cursor_icon(match (handle, &self.mouse.hover) {
            (Some(_), _) => CursorIcon::Grab,
            _ if end => CursorIcon::ResizeHorizontal,
            (None, Some(_)) => CursorIcon::PointingHand,
            (None, None) if beside => CursorIcon::PointingHand,
            (None, None) => CursorIcon::Text,
        });
    }
}

impl Mouse {
    /// The mention that the pointer rests on.
    pub(super) fn hovered(&self) -> Option<MentionId> {
        self.hover.map(|hover| hover.mention)
    }

    /// The card of the mention under the pointer, or the name of a character that cannot be seen.
    pub fn card(&self, ui: &Ui, scene: &Scene<'_>, frame: &Frame<'_>, marks: &[Mark]) {
        if self.idle
            || scene.response.context_menu_opened()
            || !matches!(scene.book.tool(), Tool::None)
        {
            return;
        }
        let id = scene.response.id.with("card");
        let layer = scene.response.layer_id;
        if let Some((name, rect)) = &self.hidden {
            Tooltip::always_open(ui.ctx().clone(), layer, id, *rect).show(|ui| ui.label(name));
            return;
        }
        if let Some(at) = self.pointer.filter(|_| scene.response.contains_pointer()) {
            let beside = margin::under(frame, marks, at);
            if !beside.is_empty() {
                let place = Rect::from_center_size(at, egui::vec2(8.0, 20.0));
                Tooltip::always_open(ui.ctx().clone(), layer, id, place)
                    .show(|ui| names(ui, scene, &beside));
                return;
            }
        }
        let Some(hover) = self.hover.filter(|_| self.stack.is_none()) else { return };
        let rested = ui.input(|i| i.time) - hover.since;
        if rested < REST {
            ui.ctx()
                .request_repaint_after(std::time::Duration::from_secs_f64(REST - rested + 0.01));
            return;
        }
        let Some(mark) = marks.iter().find(|mark| mark.mention == hover.mention) else { return };
        let near = |rect: &&Rect| self.pointer.is_some_and(|at| rect.expand(6.0).contains(at));
        let rects = frame.rects(&mark.range, true);
        let Some(anchor) = rects.iter().find(near).or_else(|| rects.first()) else { return };
        Tooltip::always_open(ui.ctx().clone(), layer, id, *anchor)
            .gap(10.0)
            .show(|ui| card(ui, scene.book.notebook(), scene, mark));
    }
}

/// The entities behind a bar in the margin.
fn names(ui: &mut Ui, scene: &Scene<'_>, beside: &[&Mark]) {
    /// More are counted, not named.
    const MOST: usize = 8;
    ui.set_max_width(320.0);
    let mut told: Vec<_> = Vec::new();
    for mark in beside {
        if !told.contains(&mark.entity) {
            told.push(mark.entity);
        }
    }
    for entity in told.iter().take(MOST) {
        ui.label(shown_name(scene.book.notebook().name(*entity)));
    }
    if told.len() > MOST {
        ui.label(RichText::new(format!("and {} more", told.len() - MOST)).small());
    }
    let kind = beside.first().map_or("", |mark| mark.kind.word());
    ui.label(RichText::new(capital(kind)).small().color(scene.style.muted));
}

/// So many other mentions are quoted on a card; all are counted.
const OTHERS: usize = 3;

/// “… a nommé Alban au conseil …”: a mention's words with a little of what stands around them.
fn in_context(notebook: &Notebook, mention: MentionId) -> Option<String> {
    let anchor = &notebook.mention(mention)?.anchor;
    let text = &notebook.article(anchor.article)?.text;
    let range = anchor.range()?;
    let (before, after) = text.context(range.clone(), 24);
    let long = range.len() > 80;
    let end = if long { text.floor_grapheme(range.start + 80) } else { range.end };
    // Whole words on both sides.
    let before = text.get(before)?;
    let before = before.split_once(' ').map_or("", |(_, whole)| whole);
    let after = if long { "" } else { text.get(after)? };
    let after = after.rsplit_once(' ').map_or("", |(whole, _)| whole);
    let words = format!("… {before}{}{after} …", text.get(range.start..end)?);
    Some(shown_name(&words).into_owned())
}

/// Who or what it is, where else it is mentioned, what was noted.
fn card(ui: &mut Ui, notebook: &Notebook, scene: &Scene<'_>, mark: &Mark) {
    let style = scene.style;
    let Some(entity) = notebook.entity(mark.entity) else { return };
    ui.set_max_width(320.0);
    ui.label(
        RichText::new(shown_name(&entity.name))
            .font(egui::FontId::new(14.5, style.bold.clone()))
            .color(style.ink),
    );
    let count = notebook.mention_count_of(mark.entity);
    let links = notebook.all_links_of(mark.entity).count();
    let kind = if entity.is_anonymous() { "anonymous source" } else { mark.kind.word() };
    let line = format!("{kind} · {} · {}", counted(count, "mention"), counted(links, "link"));
    ui.label(RichText::new(line).small().color(style.kind(mark.kind)));
    let mention = notebook.mention(mark.mention);
    if let Some(statement) = mention.and_then(|mention| mention.statement.as_ref()) {
        let chain: Vec<&str> = statement.chain.iter().map(|hop| notebook.name(hop.actor)).collect();
        let said = if chain.is_empty() {
            "no attribution".to_owned()
        } else {
            shown_name(&format!("article ← {}", chain.join(" ← "))).into_owned()
        };
        ui.label(RichText::new(said).small().color(style.muted));
    }
    let others = notebook.mentions_of(mark.entity).filter(|id| *id != mark.mention);
    for other in others.take(OTHERS) {
        let Some(words) = in_context(notebook, other) else { continue };
        ui.label(RichText::new(words).small().color(style.muted));
    }
    for note in [entity.note.as_str(), mention.map_or("", |mention| mention.note.as_str())] {
        if !note.is_empty() {
            ui.label(note);
        }
    }
}
