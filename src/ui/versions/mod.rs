//! Two versions of an article side by side, with what changed marked, and the list of the sentences that changed.

mod list;
mod texts;

use egui::{Key, Modifiers, RichText, Ui, vec2};

use super::theme::Style;
use super::widgets::named;
use crate::app::{Answer, Intent, ReadingIntent};
use crate::inquiry::VersionChanges;
use crate::notebook::{MentionId, Notebook};
use crate::text::{ChangeKind, capital, shown_name};
use list::List;
use texts::Texts;

/// The two versions and the list. It is for one comparison: another one has a view of its own.
pub struct VersionsView {
    /// The change that is looked at, by its number.
    at: usize,
    list: List,
    texts: Texts,
    /// The list was copied.
    copied: bool,
}

/// The sign that a change has in the list and beside its words.
const fn sign(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Removed => "−",
        ChangeKind::Reworded => "≠",
        ChangeKind::Moved => "→",
        ChangeKind::Added => "+",
    }
}

impl VersionsView {
    /// The view as it opens, at the first change.
    pub fn new(changes: &VersionChanges) -> Self {
        let mut texts = Texts::new(changes);
        if let Some(first) = changes.changes.list().first() {
            texts.bring(first.row);
        }
        Self { at: 0, list: List::default(), texts, copied: false }
    }

    /// Goes to a change by its number.
    fn go(&mut self, to: usize, changes: &VersionChanges) {
        let all = changes.changes.list();
        self.at = to.min(all.len().saturating_sub(1));
        self.list.bring();
        if let Some(change) = all.get(self.at) {
            self.texts.bring(change.row);
        }
    }

    fn step(&mut self, forward: bool, changes: &VersionChanges) {
        let to = if forward { self.at + 1 } else { self.at.saturating_sub(1) };
        self.go(to, changes);
    }

    /// The buttons that go from change to change, and the one that copies the list.
    pub fn bar(
        &mut self,
        ui: &mut Ui,
        changes: &VersionChanges,
        notebook: &Notebook,
        style: &Style,
    ) {
        let count = changes.changes.list().len();
        ui.horizontal_wrapped(|ui| {
            ui.label(capital(&changes.summary()) + ".");
            if count == 0 {
                return;
            }
            let previous = ui.add_enabled(self.at > 0, egui::Button::new("Previous change"));
            if previous.on_hover_text("↑, or Shift+F3").clicked() {
                self.step(false, changes);
            }
            let next = ui.add_enabled(self.at + 1 < count, egui::Button::new("Next change"));
            if next.on_hover_text("↓, or F3").clicked() {
                self.step(true, changes);
            }
            let place = format!("{} of {count}", self.at + 1);
            ui.label(RichText::new(place).font(style.small()).color(style.muted));
            let text = if self.copied { "Copied" } else { "Copy the list" };
            let copy = ui.button(text);
            if copy.on_hover_text("What the article took back and changed, as text").clicked() {
                ui.ctx().copy_text(changes.as_text(notebook));
                self.copied = true;
            }
        });
    }

    /// The list and the two texts, in this height.
    pub fn body(
        &mut self,
        ui: &mut Ui,
        changes: &VersionChanges,
        notebook: &Notebook,
        style: &Style,
        height: f32,
        out: &mut Vec<Intent>,
    ) {
        self.keys(ui, changes);
        let width = ui.available_width();
        let list = (width * 0.29).clamp(190.0, 340.0);
        ui.allocate_ui(vec2(width, height), |ui| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = 12.0;
                ui.allocate_ui(vec2(list, height), |ui| {
                    ui.vertical(|ui| {
                        ui.set_width(list);
                        ui.set_height(height);
                        let stood = self.stood(ui, changes, notebook, style, out);
                        let room = (height - stood).max(60.0);
                        if let Some(to) =
                            self.list.ui(ui, changes, notebook, style, (self.at, room))
                        {
                            self.go(to, changes);
                        }
                    });
                });
                let room = ui.available_width();
                ui.allocate_ui(vec2(room, height), |ui| {
                    ui.vertical(|ui| {
                        ui.set_width(room);
                        ui.set_height(height);
                        self.texts.ui(ui, changes, style, self.at);
                        legend(ui, style);
                    });
                });
            });
        });
    }

    /// F3 and Shift+F3 anywhere; the arrows while the texts or a row of the list have the keyboard.
    fn keys(&mut self, ui: &Ui, changes: &VersionChanges) {
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if pressed(Modifiers::SHIFT, Key::F3) {
            self.step(false, changes);
        } else if pressed(Modifiers::NONE, Key::F3) {
            self.step(true, changes);
        }
        let here = ui.memory(|memory| {
            memory.has_focus(self.texts.id())
                || memory.focused().is_some_and(|id| self.list.holds(id))
        });
        if !here {
            return;
        }
        if pressed(Modifiers::NONE, Key::ArrowDown) {
            self.step(true, changes);
        }
        if pressed(Modifiers::NONE, Key::ArrowUp) {
            self.step(false, changes);
        }
        if pressed(Modifiers::NONE, Key::Home) {
            self.go(0, changes);
        }
        if pressed(Modifiers::NONE, Key::End) {
            self.go(usize::MAX, changes);
        }
        if pressed(Modifiers::NONE, Key::PageDown) {
            self.texts.page(true);
        }
        if pressed(Modifiers::NONE, Key::PageUp) {
            self.texts.page(false);
        }
    }

    /// What was tagged in the sentence that is looked at: each leads to its mention. Returns the height it took.
    fn stood(
        &self,
        ui: &mut Ui,
        changes: &VersionChanges,
        notebook: &Notebook,
        style: &Style,
        out: &mut Vec<Intent>,
    ) -> f32 {
        /// More are counted, not listed.
        const MOST: usize = 4;
        let before = ui.cursor().top();
        let all = changes.stood_in(self.at);
        let heading = match changes.changes.list().get(self.at) {
            None => "No sentence changed",
            Some(_) if all.is_empty() => "Nothing was tagged in this sentence",
            Some(_) => "Tagged in this sentence",
        };
        ui.label(RichText::new(heading).font(style.small()).color(style.muted));
        for id in all.iter().take(MOST) {
            if mention(ui, notebook, *id, style) {
                out.push(Intent::Answer(Answer::Cancel));
                out.push(Intent::Reading(ReadingIntent::GoToMention(*id)));
            }
        }
        if all.len() > MOST {
            let more = format!("and {} more", all.len() - MOST);
            ui.label(RichText::new(more).font(style.small()).color(style.muted));
        }
        ui.add_space(6.0);
        ui.cursor().top() - before
    }

    /// Gives the texts the keyboard.
    pub fn focus(&self, ui: &Ui) {
        ui.memory_mut(|memory| memory.request_focus(self.texts.id()));
    }
}

/// A mention as a button; returns whether it was pressed.
fn mention(ui: &mut Ui, notebook: &Notebook, id: MentionId, style: &Style) -> bool {
    let Some(mention) = notebook.mention(id) else { return false };
    let (words, name) = (notebook.words(&mention.anchor), notebook.name(mention.entity));
    let kind = notebook.entity(mention.entity).map_or("", |entity| entity.kind().word());
    let orphan = mention.anchor.range().is_none();
    let text = if words == name {
        shown_name(name).into_owned()
    } else {
        format!("{} → {}", shown_name(words), shown_name(name))
    };
    let button = egui::Button::new(RichText::new(text).font(style.small())).truncate().small();
    let button = ui.add(button);
    let state = if orphan { ", an orphan now" } else { "" };
    named(ui, &button, &format!("Go to the {kind} {name}, tagged at “{words}”{state}"));
    button.on_hover_text(format!("{}{state}", capital(kind))).clicked()
}

/// What the marks mean.
fn legend(ui: &mut Ui, style: &Style) {
    let text = "− struck out: removed   + underlined: added   → slanted: moved   ~ thin line: other signs only";
    ui.add(
        egui::Label::new(RichText::new(text).font(style.small()).color(style.muted))
            .truncate()
            .selectable(false),
    );
}
