//! Keys to commands. Single letters stay quiet while a text field has the focus.

use std::collections::BTreeSet;

use egui::{Event, Key, Modifiers};

use super::canvas::Canvas;
use super::type_ahead::{TypeAhead, is_typed};
use crate::app::{Command, Intent, Program, SessionIntent, Shortcut, TaggingIntent, Tool};

/// Takes the keys that run commands out of the input and says what they run.
///
/// What is typed after a command that opens a field waits for that field: `ahead`.
pub fn take(ctx: &egui::Context, program: &Program, ahead: &mut TypeAhead, out: &mut Vec<Intent>) {
    ahead.begin_frame(ctx);
    let typing = ctx.text_edit_focused();
    let asked = program.question().is_some();
    let menu_open = egui::Popup::is_any_open(ctx);
    // While the picker or another tool is open, letters belong to it.
    let in_tool = program.open_notebook().is_some_and(|book| !matches!(book.tool(), Tool::None));
    if asked || in_tool {
        ahead.hold_after_end(ctx);
    }
    // So do digits with Alt while the picker is open: they change its parts.
    let in_picker = program.open_notebook().is_some_and(|book| book.picker().is_some());
    let missed = super::beside_fields::typing_beside(ctx);
    let letters = !typing && !asked && !in_tool && !missed;
    let singles = program.prefs().single_keys && letters && !menu_open;

    let on_canvas = ctx.memory(|memory| memory.has_focus(super::canvas::Canvas::id()));
    let all = program
        .commands()
        .into_iter()
        .flat_map(|command| command.shortcuts().map(move |key| (key, command)));
    // Each press counts, in the order they came: a slow frame may hold several.
    let mut taken = BTreeSet::new();
    let mut pressed: Vec<(usize, Command)> = Vec::new();
    for (shortcut, command) in all {
        // The pane that has the keyboard takes it itself, in the order of its other keys.
        if command == Command::SelectAll {
            continue;
        }
        let allowed = if matches!(command, Command::Back | Command::Forward) {
            // On the canvas these keys nudge what is selected; in a field they are the field's.
            !typing && !asked && ctx.memory(|memory| memory.focused()) != Some(Canvas::id())
        } else if in_picker && shortcut.is_digit_with_alt() {
            false
        } else if shortcut.is_single_key() {
            singles || (matches!(command, Command::Delete) && letters)
        } else if asked {
            // A page over everything: only what makes sense over it.
            matches!(
                command,
                Command::Quit | Command::ZoomIn | Command::ZoomOut | Command::ZoomReset
            )
        } else {
            // A text field undoes its own typing.
            !(typing
                && matches!(
                    command,
                    Command::Undo | Command::Redo | Command::Copy | Command::Cut | Command::Paste
                ))
        };
        if allowed {
            // What is looked for is in the pane that has the keyboard.
            let command = match command {
                Command::Find if on_canvas => Command::FindOnCanvas,
                command => command,
            };
            let found = ctx.input(|input| presses(&input.events, shortcut, &mut taken));
            pressed.extend(found.into_iter().map(|at| (at, command)));
        }
    }
    pressed.sort_by_key(|(at, _)| *at);
    let opening = pressed.iter().position(|(_, command)| command.opens_field());
    if let Some(n) = opening {
        pressed.truncate(n + 1);
        let (opened_at, command) = pressed[n];
        let held =
            ctx.input_mut(|input| typed_after(&mut input.events, opened_at, command, &taken));
        ahead.wait(ctx, held);
    } else if !taken.is_empty() {
        ctx.input_mut(|input| {
            let mut at = 0..;
            input.events.retain(|_| at.next().is_none_or(|at| !taken.contains(&at)));
        });
    }
    out.extend(pressed.into_iter().map(|(_, command)| Intent::Run(command)));
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
                    out.push(Intent::Session(SessionIntent::Pasted(text.clone())));
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
                out.push(Intent::Tagging(TaggingIntent::TagRecent(n)));
            }
        }
    }
    // With the keyboard nowhere, Enter keeps what waits to be kept.
    let waits = program.open_notebook().is_some_and(|book| book.arranging().is_some());
    let nowhere = ctx.memory(|memory| memory.focused()).is_none();
    if waits && nowhere && !asked && !in_tool && !menu_open {
        let enter = ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        if enter {
            out.push(Intent::Run(Command::KeepArrangement));
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

/// Takes out of a frame's events those that pressed commands, up to the one at `opened_at` that opens a field, and what
/// was typed after it; that is returned.
fn typed_after(
    events: &mut Vec<Event>,
    opened_at: usize,
    command: Command,
    taken: &BTreeSet<usize>,
) -> Vec<Event> {
    // The letter that gave the command is no part of what is typed into the field.
    // With Alt it is typed as well.
    let letter = command.shortcut().filter(|shortcut| shortcut.key.len() == 1);
    let own = letter.and_then(|letter| {
        let own = |event: &Event| matches!(event, Event::Text(text) if text.eq_ignore_ascii_case(letter.key));
        events.iter().enumerate().find(|(at, event)| *at > opened_at && own(event))
    });
    let own = own.map(|(at, _)| at);
    let (mut left, mut held) = (Vec::new(), Vec::new());
    for (at, event) in std::mem::take(events).into_iter().enumerate() {
        if Some(at) == own || (at <= opened_at && taken.contains(&at)) {
            continue;
        }
        if at > opened_at && is_typed(&event) {
            held.push(event);
        } else {
            left.push(event);
        }
    }
    *events = left;
    held
}

/// The places of the events that press a shortcut; these and what goes with them are put among the `taken`. A key
/// that is held down counts once a frame.
fn presses(events: &[Event], shortcut: Shortcut, taken: &mut BTreeSet<usize>) -> Vec<usize> {
    // Signs are told by what they type: where they sit differs from keyboard to keyboard.
    let sign = match shortcut.key {
        "?" => Some("?"),
        "OpenBracket" => Some("["),
        "CloseBracket" => Some("]"),
        _ => None,
    };
    let key = Key::from_name(shortcut.key);
    let exact = |m: &Modifiers| {
        m.alt == shortcut.alt && m.shift == shortcut.shift && m.command == shortcut.command
    };
    let (mut typed, mut pressed, mut held) = (Vec::new(), Vec::new(), Vec::new());
    for (at, event) in events.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
        match event {
            Event::Text(text) if sign == Some(text.as_str()) => typed.push(at),
            Event::Key { key: k, pressed: true, modifiers, repeat, .. } if Some(*k) == key => {
                let ours = match sign {
                    Some(_) => modifiers.matches_logically(Modifiers::NONE),
                    None => exact(modifiers),
                };
                if ours {
                    (if *repeat { &mut held } else { &mut pressed }).push(at);
                }
            }
            _ => {}
        }
    }
    taken.extend(typed.iter().chain(&pressed).chain(&held));
    let found = [typed, pressed, held.into_iter().take(1).collect()];
    let found = found.into_iter().find(|found| !found.is_empty()).unwrap_or_default();
    // The letter must not arrive as text in a field the command opens.
    if sign.is_none() && !found.is_empty() && shortcut.is_single_key() {
        let letter = |event: &Event| matches!(event, Event::Text(text) if text.eq_ignore_ascii_case(shortcut.key));
        taken
            .extend(events.iter().enumerate().filter(|(_, event)| letter(event)).map(|(at, _)| at));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: Key, shift: bool, repeat: bool) -> Event {
        let modifiers = Modifiers { ctrl: true, command: true, shift, ..Modifiers::NONE };
        Event::Key { key, physical_key: None, pressed: true, repeat, modifiers }
    }

    /// A slow frame holds what was pressed while the one before was drawn.
    #[test]
    fn every_press_of_a_slow_frame_counts_and_in_its_order() {
        let pressed =
            [(Key::Z, false), (Key::Z, false), (Key::Z, true), (Key::Z, false), (Key::S, false)];
        let press_and_let_go = |(pressed, shift)| {
            let press = key(pressed, shift, false);
            let mut let_go = press.clone();
            if let Event::Key { pressed, .. } = &mut let_go {
                *pressed = false;
            }
            [press, let_go]
        };
        let events = pressed.into_iter().flat_map(press_and_let_go).collect();
        let ctx = egui::Context::default();
        let mut out = Vec::new();
        let input = egui::RawInput { events, ..egui::RawInput::default() };
        let output = ctx.run_ui(input, |ui| {
            let program = Program::new(crate::app::PrefsFile::none());
            take(ui.ctx(), &program, &mut TypeAhead::default(), &mut out);
            let left = ui.ctx().input(|input| input.events.clone());
            assert!(!left.iter().any(|event| matches!(event, Event::Key { pressed: true, .. })));
        });
        output.drop_without_applying_deltas();
        let ran: Vec<Command> = out
            .iter()
            .filter_map(
                |intent| if let Intent::Run(command) = intent { Some(*command) } else { None },
            )
            .collect();
        use Command::{Redo, Save, Undo};
        assert_eq!(ran, [Undo, Undo, Redo, Undo, Save]);
        // Held down it runs once a frame, however many frames behind.
        let held = [key(Key::Z, false, true), key(Key::Z, false, true)];
        let undo = Command::Undo.shortcut().expect("it has one");
        assert_eq!(presses(&held, undo, &mut BTreeSet::new()), [0]);
        assert_eq!(presses(&held, undo, &mut BTreeSet::from([0, 1])), [0; 0]);
    }

    #[test]
    fn every_shortcut_names_a_key_that_exists() {
        for command in crate::app::commands(crate::app::Pane::OWN) {
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
