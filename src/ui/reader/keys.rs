//! The keyboard in the reader: the text cursor, pages, and Enter on a mention.

use egui::{Context, Event, Key, Modifiers, Ui};

use super::page::Page;
use super::{Reader, Scene};
use crate::app::{Caret, Intent, ReadingIntent, Selection};
use crate::notebook::MentionId;

/// Rows kept in view above and below the cursor, in points.
const ROOM: f64 = 12.0;

/// Takes the presses of these keys from the events of this frame.
pub(super) fn take(ui: &Ui, wanted: impl Fn(Key, Modifiers) -> bool) -> Vec<(Key, Modifiers)> {
    let mut taken = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } if wanted(*key, *modifiers) => {
                taken.push((*key, *modifiers));
                false
            }
            _ => true,
        });
    });
    taken
}

fn is_ours(key: Key, modifiers: Modifiers) -> bool {
    if modifiers.alt {
        return false;
    }
    match key {
        Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown | Key::Home | Key::End => {
            true
        }
        Key::PageUp | Key::PageDown | Key::Space | Key::Enter => !modifiers.command,
        Key::A => modifiers.command && !modifiers.shift,
        _ => false,
    }
}

impl Reader {
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        scene: &Scene<'_>,
        page: &mut Page,
        out: &mut Vec<Intent>,
    ) {
        for (key, modifiers) in take(ui, is_ours) {
            let before = self.caret(scene);
            match key {
                Key::Enter => {
                    let found = scene.book.notebook().mentions_at(scene.id, before.head);
                    if let Some(mention) = next_of(&found, scene.book.selection().mention) {
                        out.push(Intent::Select(Selection::mention(
                            mention,
                            scene.book.notebook(),
                        )));
                    }
                    continue;
                }
                Key::A => {
                    self.goal = None;
                    self.moved = Some(Caret { anchor: 0, head: scene.article.text.len() });
                    continue;
                }
                Key::PageUp | Key::PageDown | Key::Space => {
                    let up = key == Key::PageUp || (key == Key::Space && modifiers.shift);
                    self.turn(ui.ctx(), scene, page, up, modifiers.shift && key != Key::Space);
                    continue;
                }
                _ => {}
            }
            let head = self.step(ui.ctx(), scene, page, before, key, modifiers);
            if modifiers.command && matches!(key, Key::Home | Key::End) {
                out.push(Intent::Reading(ReadingIntent::LeaveFor(scene.id, head)));
            }
            self.moved =
                Some(Caret { anchor: if modifiers.shift { before.anchor } else { head }, head });
            reveal(ui.ctx(), page, head, scene.rect.height());
            self.glide = 0.0;
        }
    }

    /// Where a key takes the cursor.
    fn step(
        &mut self,
        ctx: &Context,
        scene: &Scene<'_>,
        page: &mut Page,
        caret: Caret,
        key: Key,
        modifiers: Modifiers,
    ) -> usize {
        let text = &scene.article.text;
        let at = caret.head;
        if let Key::ArrowUp | Key::ArrowDown = key {
            let down = key == Key::ArrowDown;
            if modifiers.command {
                let paragraph = text.paragraph_at(at);
                let start = text.paragraph(paragraph).start;
                return match (down, at == start) {
                    (true, _) if paragraph + 1 < text.paragraph_count() => {
                        text.paragraph(paragraph + 1).start
                    }
                    (true, _) => text.len(),
                    (false, true) => text.paragraph(paragraph.saturating_sub(1)).start,
                    (false, false) => start,
                };
            }
            let (unit, row, line) = page.line_at(ctx, at);
            let goal = *self.goal.get_or_insert_with(|| line.x_of(text.as_str(), at));
            return match page.neighbour(ctx, unit, row, if down { 1 } else { -1 }) {
                Some((unit, row)) => page.place_on(ctx, unit, row, goal),
                None if down => text.len(),
                None => 0,
            };
        }
        self.goal = None;
        let forward = (key == Key::ArrowRight) != page.is_rtl_at(ctx, at);
        match key {
            Key::Home if modifiers.command => 0,
            Key::End if modifiers.command => text.len(),
            Key::Home => page.line_at(ctx, at).2.bytes.start,
            Key::End => page.line_at(ctx, at).2.last_place(text.as_str()),
            // Without Shift an arrow lets go of the selection, at the end it points to.
            _ if !caret.is_empty() && !modifiers.shift && !modifiers.command => {
                if forward {
                    caret.range().end
                } else {
                    caret.range().start
                }
            }
            _ => match (forward, modifiers.command) {
                (true, true) => text.next_word(at),
                (false, true) => text.prev_word(at),
                (true, false) => text.next_grapheme(at),
                (false, false) => text.prev_grapheme(at),
            },
        }
    }

    /// Turns a page: the view and the cursor move by it, less a row.
    fn turn(&mut self, ctx: &Context, scene: &Scene<'_>, page: &mut Page, up: bool, extend: bool) {
        let row = page.metrics.body.row;
        let height = (scene.rect.height() - 2.0 * row).max(row);
        let rows = (height / row) as usize;
        let caret = self.caret(scene);
        let (mut unit, mut at, line) = page.line_at(ctx, caret.head);
        let text = &scene.article.text;
        let goal = *self.goal.get_or_insert_with(|| line.x_of(text.as_str(), caret.head));
        let mut whole = true;
        for _ in 0..rows {
            match page.neighbour(ctx, unit, at, if up { -1 } else { 1 }) {
                Some(next) => (unit, at) = next,
                None => {
                    whole = false;
                    break;
                }
            }
        }
        let head = match (whole, up) {
            (true, _) => page.place_on(ctx, unit, at, goal),
            (false, true) => 0,
            (false, false) => text.len(),
        };
        self.moved = Some(Caret { anchor: if extend { caret.anchor } else { head }, head });
        self.glide += f64::from(if up { -height } else { height });
    }
}

/// Moves the view just so far that the row of this byte is in it.
pub(super) fn reveal(ctx: &Context, page: &mut Page, byte: usize, view: f32) {
    let (y, height) = page.y_of(ctx, byte);
    let (height, view) = (f64::from(height), f64::from(view));
    if y < -view || y > 2.0 * view {
        page.bring(ctx, byte, 1.0 / 3.0);
    } else if y < ROOM {
        page.scroll_by(y - ROOM);
    } else if y + height > view - ROOM {
        page.scroll_by(y + height + ROOM - view);
    }
}

/// The one after the selected one; the first where none of them is selected.
pub(super) fn next_of(found: &[MentionId], selected: Option<MentionId>) -> Option<MentionId> {
    let at = found.iter().position(|id| Some(*id) == selected);
    found.get(at.map_or(0, |at| (at + 1) % found.len())).copied()
}
