//! The menu of what is under the pointer.

use egui::{Button, Ui};

use super::Scene;
use super::mention_marks::{Mark, covering};
use crate::app::{Command, Intent};

/// What can be done with selected words.
const WORDS: [Command; 8] = [
    Command::TagActor,
    Command::TagEvent,
    Command::TagClaim,
    Command::TagAll,
    Command::AddEvidence,
    Command::Copy,
    Command::CopyCited,
    Command::CopyCitedMarkdown,
];
/// What can be done with a mention.
const MENTION: [Command; 9] = [
    Command::Link,
    Command::TagTheRest,
    Command::Boundaries,
    Command::Retag,
    Command::SplitMention,
    Command::Note,
    Command::ToggleToCheck,
    Command::CopyCited,
    Command::Untag,
];

/// Opens the menu on the other mouse button, and sends what is chosen.
pub(super) fn menu(scene: &Scene<'_>, marks: &[Mark], asked: Option<usize>, out: &mut Vec<Intent>) {
    scene.response.context_menu(|ui| {
        ui.set_min_width(240.0);
        let words = !scene.book.caret(scene.id).is_empty();
        let mention = scene.book.selection().mention;
        let mut sections: Vec<Vec<Command>> = Vec::new();
        if words {
            let evidence = scene.book.selection().only_made_link().is_some();
            let fits = |command: &Command| *command != Command::AddEvidence || evidence;
            sections.push(WORDS.into_iter().filter(fits).collect());
        }
        if let Some(mention) = mention {
            let claim =
                scene.book.notebook().mention(mention).is_some_and(|m| m.statement.is_some());
            let mut commands = MENTION.to_vec();
            if words {
                // Above, of the words.
                commands.retain(|command| *command != Command::CopyCited);
            }
            if claim {
                commands.insert(0, Command::WhoSays);
            }
            if asked.is_some_and(|byte| covering(marks, byte).len() > 1) {
                commands.push(Command::CycleMentions);
            }
            sections.push(commands);
        } else if words && scene.book.selection().only_entity().is_some() {
            sections.push(vec![Command::Link]);
        }
        if sections.is_empty() {
            ui.label("Select words to tag them, or a mention to link it.");
            sections.push(vec![Command::Find]);
        }
        sections.push(vec![Command::TextPanel]);
        for (i, section) in sections.iter().enumerate() {
            if i > 0 {
                ui.separator();
            }
            for command in section {
                item(ui, *command, out);
            }
        }
    });
}

fn item(ui: &mut Ui, command: Command, out: &mut Vec<Intent>) {
    let mut button = Button::new(command.text());
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(shortcut.text());
    }
    if ui.add(button).on_hover_text(command.hint()).clicked() {
        out.push(Intent::Run(command));
        ui.close();
    }
}
