//! Moving a mention's ends: by keys (arrows, Ctrl+arrows, Tab for the other end, Enter, Escape) and by handles.

use std::ops::Range;

use egui::{Key, Modifiers, Ui};

use super::Scene;
use super::keys::{reveal, take};
use super::page::Page;
use crate::app::{Intent, TaggingIntent, Tool};
use crate::notebook::MentionId;
use crate::text::Text;

/// The reader's side of the boundary tool.
#[derive(Debug, Default)]
pub struct Boundary {
    /// The mention whose ends are being moved.
    mention: Option<MentionId>,
    /// The arrows move its end, not its start.
    end: bool,
}

impl Boundary {
    /// Whether the tool is open on this article.
    pub const fn is_on(&self) -> bool {
        self.mention.is_some()
    }

    /// Whether the arrows move the end.
    pub const fn moves_end(&self) -> bool {
        self.end
    }

    /// An end was taken with the mouse: the arrows go on with it.
    pub const fn take_end(&mut self, end: bool) {
        self.end = end;
    }

    /// Follows the book; takes the keyboard when the tool opens.
    pub fn follow(&mut self, ui: &Ui, scene: &Scene<'_>) {
        match scene.book.tool() {
            Tool::Boundary { mention, article, end, .. } if *article == scene.id => {
                if self.mention != Some(*mention) {
                    self.mention = Some(*mention);
                    self.end = *end;
                    scene.response.request_focus();
                    ui.ctx().request_repaint();
                }
            }
            _ => self.mention = None,
        }
    }

    /// Handles the keys that move the ends of a mention.
    pub fn keys(&mut self, ui: &Ui, scene: &Scene<'_>, page: &mut Page, out: &mut Vec<Intent>) {
        let Tool::Boundary { range, .. } = scene.book.tool() else { return };
        let mut range = range.clone();
        let text = &scene.article.text;
        let before = range.clone();
        for (key, modifiers) in take(ui, is_ours) {
            match key {
                Key::Tab => self.end = !self.end,
                Key::Enter => {
                    if range != before {
                        out.push(Intent::Tagging(TaggingIntent::Boundary(range)));
                    }
                    out.push(Intent::Tagging(TaggingIntent::BoundaryAccept));
                    return;
                }
                Key::Escape => {
                    out.push(Intent::Cancel);
                    return;
                }
                _ => {
                    let at = if self.end { range.end } else { range.start };
                    let forward = (key == Key::ArrowRight) != page.is_rtl_at(ui.ctx(), at);
                    let to = match (forward, modifiers.command) {
                        (true, true) => text.next_word(at),
                        (false, true) => text.prev_word(at),
                        (true, false) => text.next_grapheme(at),
                        (false, false) => text.prev_grapheme(at),
                    };
                    range = moved(text, &range, self.end, to);
                    reveal(ui.ctx(), page, to, scene.rect.height());
                }
            }
        }
        if range != before {
            out.push(Intent::Tagging(TaggingIntent::Boundary(range)));
            ui.ctx().request_repaint();
        }
    }
}

/// The words with one end moved: at least one grapheme stays.
pub fn moved(text: &Text, range: &Range<usize>, end: bool, to: usize) -> Range<usize> {
    if end {
        range.start..to.max(text.next_grapheme(range.start)).min(text.len())
    } else {
        to.min(text.prev_grapheme(range.end))..range.end
    }
}

fn is_ours(key: Key, modifiers: Modifiers) -> bool {
    match key {
        Key::Tab => !modifiers.command && !modifiers.alt,
        Key::ArrowLeft | Key::ArrowRight => !modifiers.alt,
        Key::Enter | Key::Escape => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_never_cross() {
        let text = Text::new("un deux trois");
        assert_eq!(moved(&text, &(3..7), true, 13), 3..13);
        assert_eq!(moved(&text, &(3..7), true, 0), 3..4);
        assert_eq!(moved(&text, &(3..7), false, 0), 0..7);
        assert_eq!(moved(&text, &(3..7), false, 13), 6..7);
    }
}
