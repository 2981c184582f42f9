//! Keys to commands. Single letters stay quiet while a text field has the focus.

use egui::{Event, Key, Modifiers};

use super::canvas::Canvas;
use crate::app::{Command, Intent, Program, Shortcut, Tool};

/// Other keys people know for the same commands.
const ALIASES: [(Shortcut, Command); 3] = [
    (Shortcut { command: true, shift: false, alt: false, key: "Y" }, Command::Redo),
    (Shortcut { command: true, shift: false, alt: false, key: "P" }, Command::Palette),
    (Shortcut { command: false, shift: false, alt: false, key: "Backspace" }, Command::Delete),
];

/// Takes the keys that run commands out of the input and says what they run.
pub fn take(ctx: &egui::Context, program: &Program, out: &mut Vec<Intent>) {
    let typing = ctx.text_edit_focused();
    let asked = program.question().is_some();
    let menu_open = egui::Popup::is_any_open(ctx);
    // While the picker or another tool is open, letters belong to it.
    let in_tool = program.book().is_some_and(|book| !matches!(book.tool(), Tool::None));
    let singles = program.prefs().single_keys && !typing && !asked && !in_tool && !menu_open;

    let on_canvas = ctx.memory(|memory| memory.has_focus(super::canvas::Canvas::id()));
    let all = Command::ALL
        .iter()
        .filter_map(|command| Some((command.shortcut()?, *command)))
        .chain(ALIASES);
    for (shortcut, command) in all {
        let allowed = if matches!(command, Command::Back | Command::Forward) {
            // On the canvas these keys nudge what is selected; in a field they are the field's.
            !typing && !asked && ctx.memory(|memory| memory.focused()) != Some(Canvas::id())
        } else if shortcut.is_single_key() {
            singles || (matches!(command, Command::Delete) && !typing && !asked && !in_tool)
        } else if asked {
            // A page over everything: only what makes sense over it.
            matches!(
                command,
                Command::Quit | Command::ZoomIn | Command::ZoomOut | Command::ZoomReset
            )
        } else {
            // A text field undoes its own typing.
            !(typing
                && matches!(command, Command::Undo | Command::Redo | Command::Copy | Command::Cut))
        };
        if allowed && pressed(ctx, shortcut) {
            // What is looked for is in the pane that has the keyboard.
            let command = match command {
                Command::Find if on_canvas => Command::FindOnCanvas,
                command => command,
            };
            out.push(Intent::Run(command));
        }
    }
    if !typing && !asked {
        ctx.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::Copy => {
                    out.push(Intent::Run(Command::Copy));
                    false
                }
                Event::Cut => {
                    out.push(Intent::Run(Command::Cut));
                    false
                }
                Event::Paste(text) => {
                    out.push(Intent::Pasted(text.clone()));
                    false
                }
                _ => true,
            });
        });
    }
    if singles {
        for n in 1..=9_usize {
            let key = Key::from_name(&n.to_string());
            if key.is_some_and(|key| ctx.input_mut(|i| i.consume_key(Modifiers::NONE, key))) {
                out.push(Intent::TagRecent(n));
            }
        }
    }
    // The fields over a cell of a table and on the canvas take Escape for themselves, and so does the list of
    // overlapping mentions.
    let in_cell = ctx.memory(|memory| memory.has_focus(super::table::field_id()));
    let writing = ctx.memory(|memory| memory.has_focus(Canvas::writing_id()));
    let taken = menu_open || in_cell || writing || super::reader::list_is_open(ctx);
    let escape = !taken && ctx.input(|input| input.key_pressed(Key::Escape));
    if escape {
        out.push(Intent::Cancel);
    }
}

fn pressed(ctx: &egui::Context, shortcut: Shortcut) -> bool {
    // Signs are told by what they type: where they sit differs from keyboard to keyboard.
    let sign = match shortcut.key {
        "?" => Some("?"),
        "OpenBracket" => Some("["),
        "CloseBracket" => Some("]"),
        _ => None,
    };
    if let Some(sign) = sign {
        let typed = |event: &Event| matches!(event, Event::Text(text) if text == sign);
        let key = Key::from_name(shortcut.key);
        return ctx.input_mut(|input| {
            let typed_it = input.events.iter().any(typed);
            input.events.retain(|event| !typed(event));
            let pressed_it = key.is_some_and(|key| input.consume_key(Modifiers::NONE, key));
            typed_it || pressed_it
        });
    }
    let Some(key) = Key::from_name(shortcut.key) else { return false };
    let modifiers = Modifiers {
        alt: shortcut.alt,
        shift: shortcut.shift,
        command: shortcut.command,
        ..Modifiers::NONE
    };
    ctx.input_mut(|input| {
        let exact = |m: Modifiers| {
            m.alt == modifiers.alt && m.shift == modifiers.shift && m.command == modifiers.command
        };
        let hit = |event: &Event| {
            matches!(event, Event::Key { key: k, pressed: true, modifiers: m, .. } if *k == key && exact(*m))
        };
        let any = input.events.iter().any(hit);
        if any {
            input.events.retain(|event| !hit(event));
            // The letter must not arrive as text in a field the command opens.
            if shortcut.is_single_key() {
                input.events.retain(|event| {
                    !matches!(event, Event::Text(text) if text.eq_ignore_ascii_case(shortcut.key))
                });
            }
        }
        any
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shortcut_names_a_key_that_exists() {
        for command in Command::ALL {
            if let Some(shortcut) = command.shortcut() {
                assert!(
                    shortcut.key == "?" || Key::from_name(shortcut.key).is_some(),
                    "{command:?}: {}",
                    shortcut.key
                );
            }
        }
    }
}
